"""A length in years that misses two years told beside it by ten, or by two figures that changed places: «1830 … 1962 … 122 عاماً».

All from the text alone: the years of the sentence and of the one before it, where no other date near leads to the length.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..chronology import calendars
from ..chronology import moment as moments
from ..model import Finding, Moment
from ..named_tuple import NamedTuple
from ..reading import Reading, Time
from .arithmetic import spell
from .context import Context
from .measures import LUNAR, measured
from .wordlists import denied, has, sentence_at, stated, times_in, values, written

_LEAST = 13
"""Years below which ten more or less is no slip."""
_NEAR = 1000
"""Words before a length among whose dates the right one may be."""
_SENTENCES = 3
"""Sentences of a paragraph, up to that of the length, in which the end is told."""
_MARK = 9


class _Gap(NamedTuple):
    """Years between two dates, and whether they are lunar."""

    years: int
    lunar: bool


def check(context: Context) -> Iterator[Finding]:
    """Lengths that are ten years off."""
    reading = context.reading
    for time in reading.times:
        mention = time.mention
        if mention.type != "duration" or mention.edtf[-1:] != "Y" or mention.days is None:
            continue
        length = measured(reading, time)
        if length is None or length.high != length.low or length.high < _LEAST or denied(reading, time.first):
            continue
        if not _lasting(reading, time):
            continue
        years = round(length.high)
        slack = length.slack - years // LUNAR
        ends = [t for t in _dates(reading, time, sentences=_SENTENCES) if _year(t)]
        near = [t for t in _dates(reading, time, sentences=0) if _year(t)]
        if any(abs(gap.years - years) <= slack for a in near for b in ends for gap in _gaps(a, b)):
            continue
        pair = next(((a, b) for b in reversed(ends) for a in near if any(_slip(gap, years) for gap in _gaps(a, b))), None)
        if pair is None:
            continue
        real = next(gap.years for gap in _gaps(*pair) if _slip(gap, years))
        yield context.finding(
            time.first,
            time.last,
            {
                "start": pair[0].mention.value,
                "end": pair[1].mention.value,
                "stated": written(reading, time),
                "real": spell(context, round(real * 365.25), round(real * 365.25), "Y"),
            },
            related=[reading.span(t.first, t.last) for t in pair],
        )


def _lasting(reading: Reading, time: Time) -> bool:
    """Whether a length is said to have passed: behind "after", "lasted", "that is", "for"."""
    keys = ("after", "lasting", "lasted", "namely", "held", "reigning")
    relation = time.mention.relation in ("after", "for", "during")
    return relation or has(reading, time.first - _MARK, time.first, *keys)


def _dates(reading: Reading, time: Time, sentences: int) -> list[Time]:
    """The dates of a sentence and those before it; with 0, of many words around."""
    first, last = sentence_at(reading, time.first)
    if not sentences:
        return times_in(reading, max(0, time.first - _NEAR), min(last + _NEAR // 2, len(reading.tokens)))
    for _ in range(1, sentences):
        if first and reading.tokens[first - 1].norm != "\n":
            first = sentence_at(reading, first - 1)[0]
    return times_in(reading, first, last)


def _year(time: Time) -> bool:
    mention = time.mention
    whole = mention.value is not None and mention.value.precision in ("day", "month", "year")
    return whole and mention.type == "date" and stated(mention) and mention.relation in ("", "during", "since", "until")


def _gaps(one: Time, other: Time) -> list[_Gap]:
    """How many years the second date lies behind the first, by their numbers, in each calendar that both have."""
    return [
        _Gap(gap, a.calendar == "islamic")
        for a in values(one.mention)
        for b in values(other.mention)
        if (a.calendar == "islamic") == (b.calendar == "islamic") and (gap := _number(b) - _number(a)) > 0
    ]


def _number(value: Moment) -> int:
    """The year of a moment in its calendar, counted through the year 0."""
    if value.calendar == "islamic" and value.start_lo is not None:
        return calendars.convert(value.start_lo, "islamic")[0]
    low = moments.year_bounds(value)[0]
    return calendars.astronomical(low) if low is not None else 0


def _slip(gap: _Gap, years: int) -> bool:
    """Whether a gap is written ten years off, or with two figures changed, and not in years of the other calendar."""
    off = years - gap.years
    other = -off if gap.lunar else off
    if gap.years < _LEAST or abs(off) <= 1 or 0 < other <= gap.years // LUNAR + 1:
        return False
    return abs(off) == 10 or (abs(off) == 100 and gap.years > 100) or sorted(str(gap.years)) == sorted(str(years))
