"""Dates against the calendar, with no reference: weekdays, one day in two calendars, centuries beside years.

Options: `of` is weekday, twins or century.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..model import Finding, Moment, TimeMention
from ..reading import Reading, Time
from .context import Context

_WEEK = 7
_BRITISH_REFORM = 2361222
"""14 September 1752: earlier dates of English texts may be Julian ones."""


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    of = context.options["of"]
    if of == "weekday":
        yield from _weekdays(context)
        return
    for one, other in zip(context.reading.times, context.reading.times[1:], strict=False):
        if not _beside(context.reading, one, other):
            continue
        if of == "twins":
            yield from _twins(context, one, other)
        elif of == "century":
            yield from _century(context, one, other)


def _values(mention: TimeMention) -> list[Moment]:
    return [value for value in (mention.value, *mention.readings) if value is not None]


def _weekdays(context: Context) -> Iterator[Finding]:
    """A Julian Day Number modulo 7 is the weekday, 0 for Monday."""
    names = context.reading.lexicon.wording.get("facts", {}).get("weekdays", [])
    for time in context.reading.times:
        mention = time.mention
        if mention.weekday is None or mention.value is None or mention.value.precision != "day" or "year" not in dict(mention.parts):
            continue
        old = (mention.value.start_lo or 0) < _BRITISH_REFORM
        days = {day % _WEEK for value in (_values(mention) if old else [mention.value]) if value.start_lo is not None and value.end_hi is not None for day in range(value.start_lo, value.end_hi + 1)}
        if mention.weekday in days:
            continue
        right = (mention.value.start_lo or 0) % _WEEK
        yield context.finding(
            time.first,
            time.last,
            {"date": mention.value, "weekday": names[right] if right < len(names) else str(right), "written": names[mention.weekday] if names else ""},
            suggestion=str(names[right]) if right < len(names) else "",
        )


def _beside(reading: Reading, one: Time, other: Time) -> bool:
    """Whether only marks and words of equation («الموافق», "or", "i.e.") stand between two dates."""
    gap = reading.tokens[one.last : other.first]
    return 0 < len(gap) <= 3 and all(token.norm in reading.lexicon.equations for token in gap)


def _twins(context: Context, one: Time, other: Time) -> Iterator[Finding]:
    a, b = one.mention, other.mention
    if a.value is None or b.value is None or a.type != b.type or a.type != "date":
        return
    if (a.value.calendar == "islamic") == (b.value.calendar == "islamic"):
        return
    for mention in (a, b):
        if "year" not in dict(mention.parts):
            return
    if any(not apart(x, y, 1 if x.precision == y.precision == "day" else 0) for x in _values(a) for y in _values(b)):
        return
    hijri, civil = (a, b) if a.value.calendar == "islamic" else (b, a)
    assert hijri.value is not None
    assert civil.value is not None
    yield context.finding(
        one.first,
        other.last,
        {"hijri": _text(context, hijri), "civil": _text(context, civil), "hijri_civil": _in_civil(hijri.value)},
        suggestion="",
    )


def _text(context: Context, mention: TimeMention) -> str:
    return context.reading.document.text[mention.start : mention.end]


def _in_civil(value: Moment) -> Moment:
    """The days of a Hijri date as a civil period; the day of tolerance on each side is left out."""
    first = value.start_lo + 1 if value.start_lo is not None else None
    last = value.end_hi - 1 if value.end_hi is not None else None
    return Moment(first, first, last, last, "day")


def _century(context: Context, one: Time, other: Time) -> Iterator[Finding]:
    a, b = one.mention, other.mention
    if a.value is None or b.value is None or "century" not in (a.value.precision, b.value.precision):
        return
    century, year = (a, b) if a.value.precision == "century" else (b, a)
    if year.value is None or year.value.precision not in ("year", "month", "day") or century.value is None:
        return
    if any(not apart(x, y, 366 * 2) for x in _values(century) for y in _values(year)):
        return
    yield context.finding(one.first, other.last, {"century": _text(context, century), "year": _text(context, year), "known": century.value})
