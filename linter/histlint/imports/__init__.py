"""Bringing facts in from elsewhere: Wikidata, CSV files, and the broad layer of the shipped reference."""
