"""argparse with errors that name the nearest right option or choice."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from .cli import UsageError
from .nearest import hint

# At every start argparse looks for translations of its texts and asks shutil for the width of the terminal: 10 ms of a run.
argparse._ = str  # type: ignore[attr-defined]


def _formatter(prog: str) -> argparse.HelpFormatter:
    return argparse.HelpFormatter(prog, max_help_position=28, width=_width())


def _width() -> int:
    """Characters of a line of help: those of the terminal, where there is one and it is not wider than lines read well."""
    given = os.environ.get("COLUMNS", "")
    try:
        columns = int(given) if given.isdecimal() and int(given) else os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError, AttributeError):  # no terminal, or a stream of a test
        return 110
    return min(max(columns, 40) - 2, 110)


class Parser(argparse.ArgumentParser):
    """An argument parser that raises UsageError instead of leaving the program."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("allow_abbrev", False)
        kwargs.setdefault("formatter_class", _formatter)
        super().__init__(*args, **kwargs)

    def error(self, message: str) -> NoReturn:
        """Raises the error with the place of more help."""
        raise UsageError(f"{message} (see {self.prog} --help)")

    def parse(self, args: Sequence[str]) -> argparse.Namespace:
        """The arguments; an unknown option is an error that names the nearest one."""
        found, extra = self.parse_known_args(args)
        if extra:
            unknown = next((item for item in extra if item.startswith("-")), "")
            if not unknown:
                self.error(f"unexpected argument {extra[0]!r}")
            self.error(f"unknown option {unknown}{hint(unknown.split('=')[0], _options(self))}")
        return found

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            choices = [str(choice) for choice in action.choices]
            raise argparse.ArgumentError(
                action, f"unknown value {value!r}{hint(str(value), choices)} (choices: {', '.join(choices)})"
            )


def _options(parser: argparse.ArgumentParser) -> set[str]:
    """All options of a parser and of the commands under it."""
    found = {option for option in parser._option_string_actions if option.startswith("--")}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                found |= _options(below)
    return found
