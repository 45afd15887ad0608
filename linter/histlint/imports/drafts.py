"""Entries on their way into a pack: what an input says of one fact, before its id and those it refers to are known."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from .log import Place


class Ref(NamedTuple):
    """A fact that another source calls `id`, to be found among the facts of these sections."""

    id: str
    sections: tuple[str, ...]


class Draft(NamedTuple):
    """An entry without its final id. `cite` is the row it comes from (`wikidata:Q42`), by which it is found again."""

    section: str
    cite: str
    id: str
    fields: dict[str, Any]
    place: Place


def words(text: str) -> frozenset[str]:
    """The words of a text as a set, for tables that are easier to read without quotes."""
    return frozenset(text.split())


_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE", "œ": "oe", "ı": "i"}
)


def slug(text: str) -> str:
    """An id made of a name: its letters without accents, lower case, joined by hyphens; "" where it has no Latin letters."""
    plain = unicodedata.normalize("NFKD", re.sub("['’ʼʻ`]", "", text.translate(_LETTERS)))
    return "-".join(re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower()))
