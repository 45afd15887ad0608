"""The commands behind `histlint`, one module each."""
