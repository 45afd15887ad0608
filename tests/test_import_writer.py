"""Pack files as an import writes them."""

from __future__ import annotations

import pytest
from histlint.imports.writer import entry, scalar
from histlint.yamlio import loads


@pytest.mark.parametrize(
    "text",
    ["a: b", "a #b", "- a", "no", "1984", "0622", "it's", '"x"', "[x]", "a, b", "x:", "@a", "%", "'", "معركة: حطين", "a\tb", "\x85", "*a", "&a",
     "1939-09-01/..", "[1137..1138]", "wikidata:Q1", "~", "", "null", "Ōtani’s", "a\\b", " a ", "😀", "\u2028"],
)  # fmt: skip
def test_every_text_reads_back(text: str) -> None:
    yaml = loads(f"k: {{v: [{scalar(text)}], w: {scalar(text)}}}\nx: {scalar(text)}\n")
    assert yaml.errors == []
    assert yaml.value == {"k": {"v": [text], "w": text}, "x": text}


def test_a_long_entry_reads_back() -> None:
    fields = {"names": {"en": [f"Name number {n}" for n in range(30)], "ar": ["اسم"]}, "sources": [f"s{n}" for n in range(60)]}
    assert loads(f"people:\n{entry('x', fields)}").value == {"people": {"x": fields}}
