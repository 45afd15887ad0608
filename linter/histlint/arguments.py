"""The options that several commands share, and what they come to: settings, and linters for them."""

from __future__ import annotations

import os
from collections.abc import Sequence

from .config import LANGUAGES, ConfigError, Settings, load, resolve
from .named_tuple import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from typing import Any


class Defaults:
    """Stands for a parser, and for what it would give, where no option is written: it takes the defaults from `add_argument`.

    Most runs check a file under no option; argparse would take a tenth of their time.
    """

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)

    def add_parser(self, name: str, **_: object) -> Defaults:
        """The command itself."""
        return self

    def set_defaults(self, **values: object) -> None:
        """Adds values that no option sets."""
        self.__dict__.update(values)

    def add_argument(self, *names: str, action: str = "", default: object = None, **_: object) -> None:
        """Notes the default of an option; a positional argument is there already."""
        name = next((name for name in names if name.startswith("--")), names[0])
        self.__dict__.setdefault(name.lstrip("-").replace("-", "_"), False if action == "store_true" else default)


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
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def words(text: str) -> str:
    """Text that is not empty, as the type of an argument."""
    if not text.strip():
        from argparse import ArgumentTypeError

        raise ArgumentTypeError("is empty")
    return text


def add_encoding(parser: argparse.ArgumentParser) -> None:
    """The encoding of the files, which must be one."""
    parser.add_argument("--encoding", default="utf-8", type=_encoding, metavar="NAME", help="of the files (default: utf-8)")


def _encoding(name: str) -> str:
    from .read import encoding_name

    try:
        return encoding_name(name)
    except ValueError as error:
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(str(error)) from None


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
                resolve(self.settings, linter.applied)
                self._checked = True
            linter.settings = resolve(settings, linter.applied)
            self.warnings += [text for text in linter.warnings if text not in self.warnings]
            self._linters[key] = linter
        return self._linters[key]


class Labels(dict[str, "Any"]):
    """The wording of reports by language, read as it is asked for; English where a language has none."""

    def __init__(self, linter: Any) -> None:
        super().__init__()
        self._linter = linter

    def __missing__(self, lang: str) -> Any:
        self[lang] = {**self._wording("en"), **self._wording(lang)} if lang not in ("", "en") else self._wording("en")
        return self[lang]

    def _wording(self, lang: str) -> Any:
        return self._linter.reference.wording(lang).get("report", {})
