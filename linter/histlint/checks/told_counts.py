"""The same things counted twice: "the five directors … the rule of the seven directors"; and what two counts of one thing leave:
"79 votes to 49, a majority of twenty".

All from the text alone. A count that looks back says so: it has the article, or "all". Options: `of` is again or difference.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Finding
from ..named_tuple import NamedTuple
from ..normalise import bare
from ..reading import Reading
from ..tag import numbers
from .context import Context
from .wordlists import denied, has, members, phrases, sentence_at

_FEW = range(3, 21)
"""Counts small enough to be of one known set of things."""
_SHORT = 4
_AWAY = 900
"""Words between the two counts of one thing."""


class _Count(NamedTuple):
    """A count of a noun: its tokens, value and noun, and whether it looks back at things told before."""

    first: int
    last: int
    value: int
    noun: str
    back: bool


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    if context.options["of"] == "again":
        yield from _again(context)
    else:
        yield from _majority(context)


# ---------------------------------------------------------------- "five directors … the seven directors"


def _again(context: Context) -> Iterator[Finding]:
    reading = context.reading
    counts = list(_counts(reading))
    if not any(count.back for count in counts):
        return
    by_noun: dict[str, list[_Count]] = {}
    for count in counts:
        by_noun.setdefault(count.noun, []).append(count)
    for told in by_noun.values():
        for index, count in enumerate(told):
            before = told[:index]
            if not count.back or len(before) != 1 or len(told) != index + 1:
                continue
            first = before[0]
            if first.back or first.value == count.value or count.first - first.last > _AWAY or _apart(reading, first, count):
                continue
            if denied(reading, first.first) or reading.in_quotation(count.first):
                continue
            values = {"first": reading.text(first.first, first.last), "again": reading.text(count.first, count.last)}
            yield context.finding(count.first, count.last, values, related=[reading.span(first.first, first.last)])


def _apart(reading: Reading, first: _Count, count: _Count) -> bool:
    """Whether two counts are of different sets: one is "other", "more" or "of the", or only about."""
    for told in (first, count):
        if has(reading, told.first - 3, told.first, "inexact") or has(reading, told.first - 3, told.last + 2, "other_ones"):
            return True
    return sentence_at(reading, first.first) == sentence_at(reading, count.first)


def _counts(reading: Reading) -> Iterator[_Count]:
    """Small whole numbers with the noun that they count."""
    tokens = reading.tokens
    behind = 0
    for at in reading.numbers.numbers(0, len(tokens)):
        if at < behind or at in reading.time_at:
            continue
        number = numbers.read(reading.numbers, at)
        if number is None or number.ordinal or number.high or number.value not in _FEW:
            continue
        behind = number.end
        found = _arabic(reading, at, number.end, number.value) if reading.lang == "ar" else _english(reading, at, number.end, number.value)
        if found is not None:
            yield found


def _english(reading: Reading, first: int, last: int, value: int) -> _Count | None:
    tokens = reading.tokens
    if last >= len(tokens) or first == 0:
        return None
    noun = tokens[last]
    plural = noun.kind == "word" and len(noun.norm) > _SHORT and noun.norm.endswith("s")
    if not plural or last in reading.mention_at or noun.norm in members(reading, "not_sets"):
        return None
    if reading.document.text[noun.start].isupper():
        return None  # the "Seven Pillars" are a name
    if last + 1 < len(tokens) and (tokens[last + 1].norm in ("-", "%") or has(reading, last + 1, last + 2, "partly_of")):
        return None
    back = tokens[first - 1].norm in members(reading, "the_same")
    return _Count(first, last + 1, value, noun.norm, back)


def _arabic(reading: Reading, first: int, last: int, value: int) -> _Count | None:
    tokens = reading.tokens
    if last - first != 1 or last >= len(tokens) or first == 0:
        return None
    if tokens[first].norm.startswith("ال"):  # «المديرين السبعة»
        noun = tokens[first - 1]
        if noun.kind != "word" or not noun.norm.startswith("ال") or first - 1 in reading.mention_at:
            return None
        return _Count(first - 1, last, value, _stem(noun.norm), True) if noun.norm not in members(reading, "not_sets") else None
    noun = tokens[last]
    if noun.kind != "word" or last in reading.mention_at or noun.norm.startswith("ال") or noun.norm in reading.lexicon.prepositions:
        return None
    return _Count(first, last + 1, value, _stem(noun.norm), False) if noun.norm not in members(reading, "not_sets") else None


def _stem(norm: str) -> str:
    """A noun without its article and the ending of its plural."""
    norm = bare(norm)
    return norm[:-2] if norm.endswith(("ين", "ون")) and len(norm) > 4 else norm


# ---------------------------------------------------------------- "79 votes to 49, a majority of twenty"

_ROUNDING = 1
_PHRASE = 4


def _majority(context: Context) -> Iterator[Finding]:
    reading = context.reading
    tokens = reading.tokens
    table = phrases(reading, "majority_of")
    for hit in table.find(tokens, 0, len(tokens)):
        first = sentence_at(reading, hit.first)[0]
        stop = sentence_at(reading, hit.first)[1]
        gap = numbers.read(reading.numbers, hit.last) if hit.last < stop else None
        if gap is None or gap.ordinal or gap.high or hit.last in reading.time_at or denied(reading, hit.first):
            continue
        told = list(_plain(reading, first, hit.first))[-2:]
        if len(told) != 2 or hit.first - told[1][1] > _PHRASE or has(reading, told[0][0] - 2, gap.end + 2, "inexact"):
            continue
        between = [token.norm for token in tokens[told[0][1] : told[1][0]]]
        if not between or not set(between) & members(reading, "against_votes") or len(between) > _PHRASE:
            continue
        real = told[0][2] - told[1][2]
        if real <= 0 or abs(real - gap.value) <= _ROUNDING or (gap.end < len(tokens) and tokens[gap.end].norm in ("%", "٪")):
            continue
        values = {"first": f"{told[0][2]} – {told[1][2]}", "again": str(gap.value), "real": str(real)}
        yield context.finding(hit.first, gap.end, values, related=[reading.span(told[0][0], told[1][1])])


def _plain(reading: Reading, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    at = first
    while at < last:
        number = numbers.read(reading.numbers, at) if at not in reading.time_at else None
        if number is not None and number.end <= last and not number.ordinal and not number.high:
            yield at, number.end, number.value
        at = max(at + 1, number.end if number is not None else 0)
