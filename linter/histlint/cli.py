"""The command line: finds the command, runs it, and turns what goes wrong into one line and an exit code.

Exit codes: 0 nothing found, 1 findings, 2 wrong usage, settings, packs or input, 130 interrupted. Each command is a module of
`commands` with `register(subparsers)`, imported only when it is the one to run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

COMMANDS = {
    "check": "report the claims that conflict with the reference or with each other (the default)",
    "claims": "list every claim that was understood, with its verdict and evidence",
    "times": "list every date, period and duration that was understood",
    "rules": "list the rules",
    "explain": "explain rules: what they report, why, and where they go wrong",
    "test": "run the examples of rules, your own too",
    "reference": "look into the reference facts; check and build packs",
    "wording": "for rule authors: inflected forms of a trigger word (needs histlint[camel])",
}
MODULES = {"rules": "explain"}  # commands that live in a module of another name

_SHOWN = 20  # errors of packs


class UsageError(Exception):
    """A command line that cannot be run; the text says what is wrong and what would be right."""


def program() -> None:
    """`histlint` as a process of its own. What a run loads stays to its end: the collector hardly looks for garbage in it."""
    import gc

    gc.set_threshold(100_000, 10, 10)
    code = main()
    gc.freeze()  # the exit would go through all of it once more
    sys.exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs histlint; gives the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of the output has gone, as with `histlint … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        if os.environ.get("HISTLINT_DEBUG"):
            raise
        complain(_reason(error))
        return 2


def complain(message: str, kind: str = "error") -> None:
    """Writes `histlint: error: …` to standard error, safe for a terminal."""
    from .report.bidi import clean

    text = "\n".join(map(clean, message.splitlines()))
    try:
        print(f"histlint: {kind}: {text}", file=sys.stderr)
    except UnicodeEncodeError:
        print(f"histlint: {kind}: {text}".encode("ascii", "backslashreplace").decode(), file=sys.stderr)


def _run(arguments: list[str]) -> int:
    first = arguments[0] if arguments else ""
    if first in ("-V", "--version") or (arguments == ["version"] and not os.path.lexists("version")):
        from . import __version__

        print(f"histlint {__version__}")
        return 0
    if first == "help" and len(arguments) > 1 and arguments[1] in COMMANDS:
        return _dispatch(arguments[1], [*arguments[2:], "--help"])
    if first in ("-h", "--help", "help"):
        print(_overview())
        return 0
    if not arguments:
        raise UsageError("nothing to check: give files, folders or - (see histlint --help)")
    if first in COMMANDS:
        return _dispatch(first, arguments[1:])
    if first.isidentifier() and not os.path.lexists(first):
        from .nearest import nearest

        if command := nearest(first, COMMANDS):
            raise UsageError(f"{first}: no such file or folder (did you mean the command {command!r}?)")
    return _dispatch("check", arguments)


def _overview() -> str:
    width = max(map(len, COMMANDS))
    listed = "\n".join(f"  {name:<{width}}  {help}" for name, help in COMMANDS.items())
    return (
        "usage: histlint [check] [OPTIONS] PATH… | -\n       histlint COMMAND --help\n\n"
        "A fact-checking and consistency linter for historical prose, in Arabic and English.\n\n"
        f"commands:\n{listed}\n\n"
        "histlint check --help lists the options, histlint --version says which version this is.\n"
        "exit codes: 0 nothing found, 1 findings, 2 wrong usage, settings, packs or input"
    )


def _dispatch(command: str, arguments: list[str]) -> int:
    from importlib import import_module

    try:
        module = import_module(f".commands.{MODULES.get(command, command)}", __package__)
    except ModuleNotFoundError as error:
        raise UsageError(f"the command {command!r} cannot run: {error}") from None
    if command == "check" and arguments and not any(item.startswith("-") and item != "-" for item in arguments):
        from .arguments import Defaults

        plain = Defaults(command=command, paths=arguments)
        module.register(plain)
        return int(module.run(plain))
    from .parser import Parser

    parser = Parser(prog="histlint")
    module.register(parser.add_subparsers(dest="command", metavar="COMMAND", prog="histlint"))
    args = parser.parse([command, *arguments])
    return int(args.run(args))


def _reason(error: Exception) -> str:
    """What to tell the user of an error: its own text where it was meant for him."""
    if type(error).__name__ in ("UsageError", "InputError", "ConfigError"):
        return str(error)
    if type(error).__name__ == "PackErrors":
        lines = str(error).splitlines()
        more = [f"… and {len(lines) - _SHOWN} more (`histlint reference check` with the same options shows all)"] if len(lines) > _SHOWN else []
        return "\n  ".join(["the packs cannot be used:", *lines[:_SHOWN], *more])
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'the output cannot be written'}: {error.strerror}"
    return f"internal error: {type(error).__name__}: {error} (HISTLINT_DEBUG=1 shows where; please report it)"


if __name__ == "__main__":
    program()
