"""`histlint claims`: every claim that was understood, with its verdict and what it rests on."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..model import Document
from ..report import evidence_line
from ..report.bidi import clean, isolate, line
from ..report.text import counted
from . import listing

_COLOURS = {"supported": "32", "refuted": "31", "unknown": "2"}


def register(subparsers: Any) -> None:
    """Adds `claims` to the parser of the command line."""
    parser = subparsers.add_parser(
        "claims",
        description="List every claim that was understood, with its verdict: supported, refuted or unknown, and the evidence.",
    )
    parser.set_defaults(run=run)
    listing.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Lists the claims; gives the exit code."""
    return listing.run(args, "claims", _rows, _show, _summary)


def _rows(linter: Any, document: Document) -> list[dict[str, Any]]:
    from ..report.machine import evidence_object

    lang = linter.settings.lang or document.lang
    return [
        {
            "path": document.path,
            "line": row.line,
            "column": row.column,
            "end_line": row.end_line,
            "end_column": row.end_column,
            "kind": row.kind,
            "claim": row.text,
            "verdict": row.verdict,
            "why": row.why,
            "evidence": [evidence_object(document, evidence) for evidence in row.evidence],
            "lang": lang or document.lang,
        }
        for row in linter.claims(document)
    ]


def _show(row: dict[str, Any], labels: Mapping[str, Any], colour: bool) -> str:
    verdict = f"\x1b[{_COLOURS[row['verdict']]}m{row['verdict']}\x1b[0m" if colour else row["verdict"]
    lines = [f"{clean(row['path'])}:{row['line']}:{row['column']}: {verdict} {row['kind']}", f"  {line(clean(row['claim']))}"]
    if row["why"]:
        lines.append(f"    {isolate(clean(row['why']), row['lang'])}")
    for evidence in row["evidence"]:
        titles = "; ".join(source["title"] for source in evidence["sources"])
        text = evidence_line(evidence["text"], evidence["when"]) + (f" [{titles}]" if titles else "")
        lines.append(f"    {isolate(clean(labels['fact'] + ': ' + text), row['lang'])}")
    return "\n".join(lines) + "\n"


def _summary(rows: list[dict[str, Any]], labels: Mapping[str, Any]) -> str:
    """How many claims have which verdict."""
    counts = Counter(row["verdict"] for row in rows)
    words = labels["verdicts"]
    parts = [f"{words[verdict]} {counts[verdict]}" for verdict in _COLOURS if counts[verdict]]
    total = counted(labels["counts"]["claim"], len(rows))
    return f"{total}: {labels['and'].join(parts)}" if parts else total
