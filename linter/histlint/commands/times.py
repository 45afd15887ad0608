"""`histlint times`: every date, period and duration that was understood, and how it was read."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from ..model import Document
from ..report.bidi import clean, isolate
from . import listing


def register(subparsers: Any) -> None:
    """Adds `times` to the parser of the command line."""
    parser = subparsers.add_parser(
        "times", description="List every date, period and duration that was understood, and how it was read."
    )
    parser.set_defaults(run=run)
    listing.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Lists the times; gives the exit code."""
    return listing.run(args, "times", _rows, _show, lambda rows, labels: "")


def _rows(linter: Any, document: Document) -> list[dict[str, Any]]:
    from ..chronology.moment import describe

    rows = []
    for mention in linter.times(document):
        start, end = document.position(mention.start), document.position(mention.end, end=True)
        lang = linter.settings.lang or document.lang
        rows.append(
            {
                "path": document.path,
                "line": start.line,
                "column": start.column,
                "end_line": end.line,
                "end_column": end.column,
                "text": document.text[mention.start : mention.end],
                "type": mention.type,
                "edtf": mention.edtf,
                "earliest": _day(mention.value.start_lo) if mention.value else None,
                "latest": _day(mention.value.end_hi) if mention.value else None,
                "calendar": mention.value.calendar if mention.value else "",
                "precision": mention.value.precision if mention.value else "",
                "value": describe(mention.value, lang) if mention.value else "",
                "other_readings": [describe(reading, lang) for reading in mention.readings],
                "relation": mention.relation,
                "anchor": mention.anchor,
                "days": list(mention.days) if mention.days else None,
                "lang": lang,
            }
        )
    return rows


def _day(jdn: int | None) -> str | None:
    """A day as EDTF in the calendar of its time: Julian before 15 October 1582."""
    if jdn is None:
        return None
    from ..chronology import calendars, edtf

    return edtf.date_string(*calendars.civil_from_jdn(jdn))


def _show(row: dict[str, Any], labels: Mapping[str, Any], colour: bool) -> str:
    place = f"{clean(row['path'])}:{row['line']}:{row['column']}: {row['type']} {row['relation']}".rstrip()
    others = "".join(f" | {value}" for value in row["other_readings"])
    value = f"{row['value']}{others}"
    text = f"«{row['text']}»" + (f" = {value}" if value else "")
    return f"{place} {row['edtf'] or '?'}\n  {isolate(clean(text), row['lang'])}\n"
