"""Written dates by way of the dateparser library: the last resort, and the way in for languages without a wording file.

dateparser is slow to import and generous: it reads "the 1940s" as yesterday and «41 هـ» as 2041. So it is imported on first use
only, gets nothing but spans that are already delimited, has to find day, month and year in them (`STRICT_PARSING`), and its
`search_dates` is never called. What it adds to our own tagger for Arabic and English was measured as nothing (see
`benchmarks/wikiwars.py --fallback`), so `times.tag_times` does not call it; `tag_foreign` does, for prose in other languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from histlint.chronology import edtf, moment
from histlint.model import Moment, TimeMention, Token

_LOCALES = {"ar": "ar-SY", "en": "en-GB"}  # Levantine months; day before month
_LANGUAGES = frozenset(
    [
        "fr",
        "es",
        "de",
        "tr",
        "fa",
        "ru",
        "it",
        "pt",
        "nl",
        "pl",
        "uk",
        "id",
        "ms",
        "ro",
        "cs",
        "sv",
        "da",
        "nb",
        "fi",
        "hu",
        "el",
        "he",
    ]
)
_FILLERS = frozenset((".", "er", "º", "°", "ª"))  # between a day and its month: "1er mai", "8. Mai", "1º de mayo"
_REACH = 6  # tokens that a day, its month, the small words between and the year may take

_parsers: dict[str, Any] = {}


def parse_span(text: str, lang: str) -> Moment | None:
    """The day that a delimited span means in a language, or None. Years below 1000 are not dateparser's."""
    found = _parse(text, lang)
    return None if found is None else moment.of(*found)


def tag_foreign(tokens: Sequence[Token], lang: str) -> list[TimeMention]:
    """Written dates (day, month and year) in prose of a language that has no wording file."""
    if lang not in _LANGUAGES:
        return []
    out: list[TimeMention] = []
    behind = 0
    for i, token in enumerate(tokens):
        if i < behind or token.kind != "number" or not 1 <= len(token.norm) <= 2 or not 1 <= int(token.norm) <= 31:
            continue
        last = _year_behind(tokens, i)
        if not last:
            continue
        words = " ".join(t.norm for t in tokens[i : last + 1] if t.norm not in _FILLERS)
        found = _parse(words, lang)
        if found is None or found[2] != int(token.norm) or found[0] != int(tokens[last].norm):
            continue
        value = moment.of(*found)
        year, month, day = found
        parts = (("day", str(day)), ("month", str(month)), ("year", str(year)))
        text = edtf.date_string(year, month, day)
        out.append(TimeMention(token.start, tokens[last].end, "date", value, text, rules=("dateparser",), parts=parts))
        behind = last + 1
    return out


def _year_behind(tokens: Sequence[Token], i: int) -> int:
    """Index of the four-digit year near a day, with at least one word between them and no mark but a point; else 0."""
    words = 0
    for k in range(i + 1, min(i + 1 + _REACH, len(tokens))):
        token = tokens[k]
        if token.kind == "number":
            return k if words and len(token.norm) == 4 and 1000 <= int(token.norm) <= 2100 else 0
        if token.kind == "word":
            words += token.norm not in _FILLERS
        elif token.norm not in _FILLERS:
            return 0
    return 0


def _parse(text: str, lang: str) -> tuple[int, int, int] | None:
    """Year, month and day that dateparser reads in a span."""
    parser = _parsers.get(lang)
    if parser is None:
        from dateparser.date import DateDataParser  # type: ignore[import-untyped]

        settings = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY"}
        locale = _LOCALES.get(lang)
        parser = (
            DateDataParser(locales=[locale], settings=settings) if locale else DateDataParser(languages=[lang], settings=settings)
        )
        _parsers[lang] = parser
    found = parser.get_date_data(text)
    if found is None or found.date_obj is None or found.period != "day":
        return None
    return found.date_obj.year, found.date_obj.month, found.date_obj.day
