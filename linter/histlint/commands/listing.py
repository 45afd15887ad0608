"""What `claims` and `times` share: going through the files, and the two formats."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from ..arguments import Labels, Linters, add_input, add_settings, settings_of
from ..cli import complain
from ..config import for_path
from ..files import Output, collect, terminal
from ..model import Document
from ..read import InputError, read_named
from ..report.bidi import isolate

Rows = Callable[[Any, Document], list[dict[str, Any]]]
Show = Callable[[dict[str, Any], Any, bool], str]
Summary = Callable[[list[dict[str, Any]], Any], str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of a listing command."""
    add_input(parser)
    add_settings(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="of the list (default: text)")
    parser.add_argument("--output", metavar="FILE", default="", help="write the list there instead of to standard output")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="of the text")


def run(args: argparse.Namespace, key: str, rows: Rows, show: Show, summary: Summary) -> int:
    """Lists the `rows` of every file, as text by `show` or under `key` of a JSON object; gives the exit code."""
    settings = settings_of(args)
    linters = Linters(settings)
    labels = Labels(linters.get(settings))
    for text in linters.warnings:
        complain(text, "warning")
    paths, errors = collect(args.paths, settings)
    colour = terminal(args.color, to_file=bool(args.output)).colour
    output, found, failed, lang = Output(args.output, machine=args.format == "json"), [], bool(errors), settings.lang
    for error in errors:
        complain(str(error))
    for path in paths:
        try:
            document = read_named(path, args.stdin_filename, args.encoding)
        except InputError as error:
            complain(str(error))
            failed = True
            continue
        part = rows(linters.get(for_path(settings, path)), document)
        found += part
        lang = lang or document.lang
        if args.format == "text":
            for row in part:
                output.write(show(row, labels[settings.lang or document.lang], colour))
    if args.format == "json":
        from ..report.machine import dump

        output.write(dump({key: found}))
    elif line := summary(found, labels[lang]):
        output.write(isolate(line, lang) + "\n")
    output.close()
    return 2 if failed else 0
