"""`python -m histlint`."""

from .cli import program

program()
