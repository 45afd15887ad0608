"""histlint: a fact-checking and consistency linter for historical prose."""

__version__ = "0.1.0"
