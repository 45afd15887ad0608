"""`reference/verified.csv` is what `python -m histlint.imports.verified` writes from the packs and `lookups.csv` of today."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from histlint.chronology import edtf
from histlint.imports.broad import curated_packs
from histlint.imports.verified import COLUMNS, LOOKUP_COLUMNS, Kept, dates, table, verdict

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


def read(name: str) -> list[dict[str, str]]:
    with open(REFERENCE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_table_is_current() -> None:
    packs = curated_packs(str(REFERENCE), str(REFERENCE / "broad"))
    written, lookups = read("verified.csv"), read("lookups.csv")
    assert tuple(written[0]) == COLUMNS
    assert tuple(lookups[0]) == LOOKUP_COLUMNS
    known = {(date.fact, date.field) for date in dates(packs)}
    assert [row for row in lookups if (row["fact"], row["field"]) not in known] == []
    assert {row["verdict"] for row in lookups} <= {"agrees", "widened", "corrected", "added"}
    assert written == list(table(packs, Kept(written), lookups)), "run: python -m histlint.imports.verified"


@pytest.mark.parametrize(
    ("stated", "says", "expected"),
    [
        ("1187-07-04", "1187", "agrees"),
        ("1187-07-04", "1187-07-10", "agrees"),  # before 1582: either calendar
        ("1916-05-16", "1916-05-19", "differs by 3 days"),
        ("1914-07-28/1918-11-11", "1918-11-11", "agrees"),  # a single date is any of its days
        ("1914-07-28/1918-11-11", "1914/1915", "differs at the end by 3 years"),
        ("1813-10-24", "1804/1813", "lies within"),
        ("480 BC", "470 BC/460 BC", "differs by 9 years and 19 years"),
    ],
)
def test_verdict(stated: str, says: str, expected: str) -> None:
    assert verdict(edtf.parse(stated), edtf.parse(says)) == expected
