"""The commands behind `histlint`, one module each, with `register(subparsers)`; only the one that runs is imported."""
