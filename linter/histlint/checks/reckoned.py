"""Sums in words: "fourteen fell, six of the one and nine of the other"; "300 were killed and 200 wounded, a total loss of 700".

Parts that are more than their whole, and losses that are not the dead and wounded told with them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Finding
from ..reading import Reading
from ..tag import numbers
from .context import Context
from .wordlists import denied, has, members, phrases, sentence_at

_NOUN = 3
"""Words between a total and its parts, or between two parts."""
_PART = 4
_PAIR = 2
_OFF = 0.08
"""Share by which a sum of losses may be rounded."""


def reckoned(context: Context) -> Iterator[Finding]:
    """Totals that their parts refute."""
    yield from _split(context)
    yield from _losses(context)


def _split(context: Context) -> Iterator[Finding]:
    """"Fourteen men, six from the coast and nine from the hills": parts that are more than the whole."""
    reading = context.reading
    found = _numbers(reading, 0, len(reading.tokens))
    for total, one, other in zip(found, found[1:], found[2:], strict=False):
        if total[2] <= max(one[2], other[2]) or one[2] + other[2] <= total[2] or other[2] + one[2] > total[2] * 2:
            continue
        if not _opened(reading, total[1], one[0]) or not _of(reading, one) or not _of(reading, other):
            continue
        joined = reading.tokens[other[0]].norm.startswith("و") if reading.lang == "ar" else reading.tokens[other[0] - 1].norm in reading.lexicon.joins
        near = 0 < other[0] - one[1] <= _PART and not any(token.kind == "mark" for token in reading.tokens[one[1] : other[0]])
        if not joined or not near or denied(reading, total[0]) or has(reading, total[0] - 2, other[1] + 1, "inexact", "hedges"):
            continue
        values = {"total": str(total[2]), "parts": f"{one[2]} + {other[2]}", "sum": str(one[2] + other[2])}
        yield context.finding(total[0], other[1], values)


def _opened(reading: Reading, first: int, last: int) -> bool:
    """Whether a noun and a comma or colon lead from a total to its parts."""
    gap = reading.tokens[first:last]
    return 1 < len(gap) <= _NOUN + 1 and gap[-1].norm in (",", "،", ":") and all(token.kind == "word" for token in gap[:-1])


def _of(reading: Reading, number: tuple[int, int, int]) -> bool:
    """Whether "of" or "from" follows a number, which then counts part of what was told."""
    tokens, at = reading.tokens, number[1]
    return at < len(tokens) and (tokens[at].norm in members(reading, "of_it") or has(reading, at, at + 1, "from"))


def _losses(context: Context) -> Iterator[Finding]:
    """"300 were killed and 200 wounded, a total loss of 700"."""
    reading = context.reading
    for hit in phrases(reading, "losses_total").find(reading.tokens, 0, len(reading.tokens)):
        first, last = sentence_at(reading, hit.first)
        total = next(iter(_numbers(reading, hit.last, min(last, hit.last + _NOUN))), None)
        parts = _numbers(reading, first, hit.first)
        if total is None or len(parts) != _PAIR or denied(reading, total[0]) or has(reading, first, last, "inexact"):
            continue
        if not all(has(reading, part[0] - 2, part[1] + _NOUN, "fates", "fated") for part in parts):
            continue
        added = parts[0][2] + parts[1][2]
        if abs(added - total[2]) <= max(1, added * _OFF):
            continue
        values = {"total": str(total[2]), "parts": f"{parts[0][2]} + {parts[1][2]}", "sum": str(added)}
        yield context.finding(total[0], total[1], values, related=[reading.span(part[0], part[1]) for part in parts])


def _numbers(reading: Reading, first: int, last: int) -> list[tuple[int, int, int]]:
    """Cardinal numbers of a token range that are no part of a time: (first, last, value)."""
    out: list[tuple[int, int, int]] = []
    for at in reading.numbers.numbers(first, last):
        if at in reading.time_at or (out and at < out[-1][1]):
            continue
        number = numbers.read(reading.numbers, at)
        if number is not None and number.end <= last and not number.ordinal and not number.high and number.value > 1:
            out.append((at, number.end, number.value))
    return out
