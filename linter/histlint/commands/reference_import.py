"""`histlint reference import …`: facts from Wikidata and from CSV files as a pack."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from ..arguments import add_settings, settings_of
from ..cli import complain

if TYPE_CHECKING:
    from ..imports.drafts import Draft
    from ..imports.log import Log
    from ..reference import Reference

WIKIDATA = {
    "title": "Wikidata", "url": "https://www.wikidata.org/", "licence": "CC0-1.0", "rows": "Q[1-9][0-9]*",
    "row_url": "https://www.wikidata.org/wiki/{}",
}  # fmt: skip


def register(commands: Any) -> None:
    """Adds `import` to the commands of `reference`."""
    help = "bring facts in from Wikidata or a CSV file, as a pack"
    parser = commands.add_parser("import", help=help, description=f"{help[0].upper()}{help[1:]}.")
    kinds = parser.add_subparsers(dest="import_command", metavar="SOURCE", required=True)

    command = _command(kinds, "wikidata", wikidata, "entity JSON (single, many, dumps) and results of SPARQL queries (JSON, CSV, TSV)")
    command.add_argument("files", nargs="+", metavar="FILE", help="also packed with gzip or bzip2")
    command.add_argument("--types", default="", metavar="FILE", help="a YAML file with further classes: Q178561: events/battle")
    command.add_argument(
        "--years",
        choices=("historical", "astronomical"),
        default="",
        help="what -0044 is: 44 BC, or 45 BC (default: historical in entity JSON, astronomical in query results)",
    )
    command.add_argument("--confidence", choices=("high", "low"), default="high", help="of the events (default: high)")

    command = _command(kinds, "csv", csv, "a CSV file, after a mapping that says what its columns mean")
    command.add_argument("files", nargs="+", metavar="FILE")
    command.add_argument("--mapping", required=True, metavar="MAP.yaml", help="see docs/import.md")


def _command(kinds: Any, name: str, run: Callable[[argparse.Namespace], int], help: str) -> Any:
    parser = kinds.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
    parser.set_defaults(run=run)
    parser.add_argument("--output", required=True, metavar="PACK.yaml", help="a new pack, or one that the facts are added to")
    parser.add_argument("--update", action="store_true", help="write anew what the pack has otherwise (by default it stays)")
    parser.add_argument("--quiet", action="store_true", help="no progress")
    add_settings(parser)
    return parser


def wikidata(args: argparse.Namespace) -> int:
    """Imports from Wikidata: 0 done, 2 nothing could be used."""

    def drafts(base: Reference, log: Log) -> Iterable[Draft]:
        from ..imports.wikidata import Converter, items, unique

        types = _types(args.types) if args.types else {}
        found = unique(log.progress("read", items(args.files, log, args.years)), log)
        return Converter(found, log, types, args.confidence).drafts()

    return _run(args, drafts, lambda: {"wikidata": WIKIDATA})


def csv(args: argparse.Namespace) -> int:
    """Imports from CSV files: 0 done, 2 nothing could be used."""
    from ..imports.csvfile import MappingFile

    mapping: list[MappingFile] = []

    def drafts(base: Reference, log: Log) -> Iterable[Draft]:
        from ..imports import csvfile

        mapping.append(MappingFile(args.mapping))
        return (draft for path in args.files for draft in csvfile.drafts(path, mapping[0], base, log))

    return _run(args, drafts, lambda: {"wikidata": WIKIDATA, **mapping[0].sources})


def _run(
    args: argparse.Namespace, make: Callable[[Reference, Log], Iterable[Draft]], sources: Callable[[], dict[str, dict[str, str]]]
) -> int:
    from ..imports import layout, merge, writer
    from ..imports.log import Log, Unusable
    from ..packs import PackErrors, open_reference

    log = Log(quiet=args.quiet)
    try:
        _check_output(args.output)
        settings = settings_of(args)
        with open_reference(settings.reference, settings.rules, include_shipped=settings.shipped, lenient=True) as base:
            for warning in base.warnings:
                complain(warning, "warning")
            drafts = list(make(base, log))
            if not drafts and not os.path.exists(args.output):
                raise Unusable(f"nothing in {', '.join(args.files)} could be used: {args.output} is not written")
            used = {source.partition(":")[0] for draft in drafts for source in draft.fields.get("sources", ())}
            cited = {id: source for id, source in sources().items() if id in used}
            header = (f"Imported by `histlint reference import {args.import_command}`. Edit it freely: what it has stays as it is",
                      "when the import is run again, and new facts are added behind.")  # fmt: skip
            result = merge.combine(drafts, args.output, base, log, header=header, update=args.update, sources=cited)
        layout.reads_back(result.text, args.output)
        if not os.path.exists(args.output) or _read(args.output) != result.text:
            writer.write(args.output, result.text)
    except Unusable as error:
        return _fail(str(error))
    except PackErrors as errors:
        return _fail(str(errors))
    except OSError as error:
        return _fail(f"{args.output}: cannot be written: {error.strerror or error}")
    counts = f"{result.new} new, {result.updated} updated, {result.kept} there already"
    print(f"{args.output}: {counts}; {log.counts['skipped']} rows skipped, {log.counts['note']} notes", file=sys.stderr)
    return 0


def _types(path: str) -> dict[str, str]:
    from .. import schema
    from ..imports.log import Unusable
    from ..yamlio import load

    yaml = load(path)
    if yaml.errors or not isinstance(yaml.value, dict):
        raise Unusable("\n".join(map(str, yaml.errors)) or f"{path}: expected lines such as Q178561: events/battle")
    for id, kind in yaml.value.items():
        section, _, type = str(kind).partition("/")
        field = schema.ENTRIES[section].fields.get("type" if section == "events" else "kind") if section in schema.ENTRIES else None
        known = getattr(field.type, "values", ()) if field else ("",)
        if not re.fullmatch("Q[1-9][0-9]*", id) or section not in schema.ENTRIES or type not in known:
            raise Unusable(str(yaml.error((id,), f"«{id}: {kind}» is not such as Q178561: events/battle, Q5: people or Q515: places/city")))
    return {id: str(kind) if "/" in kind else f"{kind}/" for id, kind in yaml.value.items()}


def _check_output(path: str) -> None:
    from ..imports.log import Unusable

    folder = os.path.dirname(os.path.abspath(path))
    if not path.endswith((".yaml", ".yml")):
        raise Unusable(f"{path}: a pack's name ends in .yaml")
    if not os.path.isdir(folder):
        raise Unusable(f"{path}: there is no folder {folder}")


def _read(path: str) -> str:
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def _fail(message: str) -> int:
    complain(message)
    return 2
