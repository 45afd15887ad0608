"""Finds the dates, periods, durations and ages of a text and places them in time.

`tag_times` reads like the work it does: look up every word, let the grammar read where a time may begin, place what was read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from histlint.model import TimeMention, Token
from histlint.named_tuple import TYPE_CHECKING
from histlint.tag.draft import Draft
from histlint.tag.ranges import expression, start_of
from histlint.tag.resolve import place
from histlint.tag.timewords import Reader, table_for

if TYPE_CHECKING:
    from typing import Any

_RELATION_REACH = 3  # words that a relation phrase may have


def tag_times(
    tokens: Sequence[Token], text: str, lang: str, wording: Mapping[str, Any], *, vague: bool = False
) -> list[TimeMention]:
    """All time mentions of a document, in order.

    `tokens` are those of the whole document (`normalise.tokenise`), a line break between blocks; `wording` is the language's
    `time.yaml`. With `vague`, words like "now" are mentions too (type date, no value).
    """
    return times_of(Reader(tokens, text, table_for(wording)), vague=vague)


def times_of(reader: Reader, *, vague: bool = False) -> list[TimeMention]:
    """As `tag_times`, for a text whose words were looked up already."""
    return place(reader, find(reader, vague=vague))


def find(reader: Reader, *, vague: bool = False) -> list[Draft]:
    """The expressions of a text as drafts, not placed yet."""
    out: list[Draft] = []
    behind = 0
    for i, entry in enumerate(reader.entries):
        if entry is None or i < behind or not entry[3] or not reader.may_begin(i):
            continue
        drafts = expression(reader, i, with_vague=vague)
        if not drafts:
            continue
        for draft in drafts:
            if draft.relation in ("", "about"):
                draft.relation = _relation(reader, start_of(draft), draft) or draft.relation
            if draft.join == "range":
                draft.about = False  # "about" of a range stays its relation
            out.append(draft)
        behind = max(drafts[-1].last, i + 1)
    return out


def _relation(reader: Reader, first: int, draft: Draft, depth: int = 0) -> str:
    """The relation word directly before an expression: "before", «منذ» …"""
    if depth > _RELATION_REACH:
        return ""
    for back in range(_RELATION_REACH, 0, -1):
        lex = reader.at(first - back)
        if lex and lex.end == first:
            if "rel" in lex.cats:
                return str(lex.cats["rel"])
            if "about" in lex.cats:
                draft.about = True
                return _relation(reader, first - back, draft, depth + 1) or "about"
            if "the" in lex.cats or "unit" in lex.cats or "more" in lex.cats or "less" in lex.cats:
                return _relation(reader, first - back, draft, depth + 1)
    return ""
