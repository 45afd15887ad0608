"""argparse with errors that name the nearest right option or choice, and the options that several commands share."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from .cli import UsageError
from .config import LANGUAGES, ConfigError, Settings, load, resolve
from .nearest import hint

# At every start argparse looks for translations of its texts and asks shutil for the width of the terminal: 10 ms of a cold run.
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


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Options that choose packs, rules and language."""
    parser.add_argument(
        "--config",
        metavar="FILE",
        default="",
        help="settings file (default: histlint.toml or pyproject.toml found above the first path)",
    )
    parser.add_argument(
        "--reference", metavar="DIR", action="append", default=[], help="a folder of your own reference packs (repeatable)"
    )
    parser.add_argument(
        "--rules", metavar="DIR", action="append", default=[], help="a folder of your own rules and wording (repeatable)"
    )
    parser.add_argument("--no-shipped", action="store_true", help="leave out the packs that come with histlint")
    parser.add_argument("--lang", choices=LANGUAGES, default="", help="language of the messages (default: that of the article)")
    parser.add_argument(
        "--morphology", choices=("camel",), default="", help="match triggers by lemma (needs histlint[camel] and its data)"
    )


def add_input(parser: argparse.ArgumentParser) -> None:
    """Paths and how they are read."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="files, folders, patterns such as 'drafts/**/*.md', or - for standard input"
    )
    add_encoding(parser)
    parser.add_argument(
        "--stdin-filename", default="", metavar="NAME", help="what to call standard input; its suffix tells the format"
    )


def number(text: str) -> int:
    """A whole number from 1, as the type of an option."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def words(text: str) -> str:
    """Text that is not empty, as the type of an argument."""
    if not text.strip():
        raise argparse.ArgumentTypeError("is empty")
    return text


def add_encoding(parser: argparse.ArgumentParser) -> None:
    """The encoding of the files, which must be one."""
    parser.add_argument("--encoding", default="utf-8", type=_encoding, metavar="NAME", help="of the files (default: utf-8)")


def _encoding(name: str) -> str:
    from .read import encoding_name

    try:
        return encoding_name(name)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Options that choose rules."""
    parser.add_argument(
        "--select",
        metavar="RULE",
        action="append",
        default=[],
        help="only these rules or folders of rules (repeatable, or with commas)",
    )
    parser.add_argument("--ignore", metavar="RULE", action="append", default=[], help="not these rules or folders of rules")


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings file's settings, changed by the options given."""
    paths = getattr(args, "paths", None) or ["."]
    start = getattr(args, "stdin_filename", "") or "." if paths[0] == "-" else paths[0]
    settings = load(start, args.config)
    select, ignore = split(getattr(args, "select", [])), split(getattr(args, "ignore", []))
    return settings._replace(
        reference=merged(settings.reference, _folders("--reference", args.reference)),
        rules=merged(settings.rules, _folders("--rules", args.rules)),
        select=select or settings.select,
        ignore=(*settings.ignore, *ignore),
        lang=args.lang or settings.lang,
        morphology=args.morphology or settings.morphology,
        shipped=settings.shipped and not args.no_shipped,
    )


def merged(folders: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    """All these folders, each once."""
    return tuple({os.path.realpath(folder): folder for folder in (*folders, *more)}.values())


def _folders(option: str, folders: Sequence[str]) -> list[str]:
    for folder in folders:
        if not os.path.isdir(folder):
            raise ConfigError(f"{option}: {folder}: {'is not a folder' if os.path.exists(folder) else 'no such folder'}")
    return list(folders)


def split(values: Sequence[str]) -> tuple[str, ...]:
    """The parts of values separated by commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


_NO_WORDING = (
    "there is no wording, and so nothing can be read: --no-shipped (or shipped = false) leaves out the rules and the wording "
    "that come with histlint, too; bring your own with --rules DIR"
)


class Linters:
    """The linters of a run: one for each combination of settings that its files ask for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.warnings: list[str] = []
        self._linters: dict[object, Any] = {}
        self._checked = False

    def get(self, settings: Settings) -> Any:
        """The linter (see `pipeline.Linter`) for these settings; unknown rules in them are a ConfigError."""
        key = (settings.select, settings.ignore, tuple(sorted(settings.levels.items())), settings.lang)
        if key not in self._linters:
            from . import pipeline

            linter = pipeline.load(settings)
            if not linter.reference.wording("en").get("report"):
                raise ConfigError(_NO_WORDING)
            if not self._checked:
                resolve(self.settings, linter.rules)
                self._checked = True
            linter.settings = resolve(settings, linter.rules)
            self.warnings += [text for text in linter.warnings if text not in self.warnings]
            self._linters[key] = linter
        return self._linters[key]


class Labels(dict[str, Any]):
    """The wording of reports by language, read as it is asked for; English where a language has none."""

    def __init__(self, linter: Any) -> None:
        super().__init__()
        self._linter = linter

    def __missing__(self, lang: str) -> Any:
        self[lang] = {**self._wording("en"), **self._wording(lang)} if lang not in ("", "en") else self._wording("en")
        return self[lang]

    def _wording(self, lang: str) -> Any:
        return self._linter.reference.wording(lang).get("report", {})
