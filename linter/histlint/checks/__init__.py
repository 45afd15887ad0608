"""The kinds of check. A rule names its kind; a kind is a module here with `check(context)`, found by its name."""
