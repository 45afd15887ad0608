"""Finds what a text mentions: entities, times and the relations between them."""
