"""One time written twice, with no reference: a day in two calendars, decades and centuries beside years.

Options: `of` is twins, century or decade.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, part_of
from ..chronology import calendars
from ..chronology import moment as moments
from ..model import Finding, Moment, TimeMention
from ..reading import Reading, Time
from .context import Context
from .wordlists import filling, has, values

_YEAR = 366


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    of = context.options["of"]
    tokens = context.reading.tokens
    for one, other in zip(context.reading.times, context.reading.times[1:], strict=False):
        if one.last < len(tokens) and tokens[one.last].norm in _DASHES and one.first and tokens[one.first - 1].norm in _SLASHES:
            continue  # «61هـ/681م - 101هـ/720م»: the dash leads to the second pair
        if other.first - one.last > _MOST_BETWEEN or not one.last <= other.first:
            continue
        if of == "twins":
            yield from _twins(context, one, other)
        elif of in ("century", "decade"):
            yield from _coarse(context, one, other, of)


_DASHES = frozenset("-–—")
_SLASHES = frozenset("/\\=")
_MOST_BETWEEN = 6
"""Tokens that may stand between two dates that are one."""


# ---------------------------------------------------------------- Hijri and civil twins


def equated(reading: Reading, one: Time, other: Time) -> bool:
    """Whether only marks and words of equation («الموافق», "or", "i.e.") stand between two dates."""
    between = filling(reading, one.last, other.first, ("equals", "joining"), "()[]/-–—=،,")
    if not between:
        return False
    if "equals" in between and _in_pairs(reading, one, other):
        return False
    return any(item in ("(", "[", "/", "-", "–", "—", "=", "equals") for item in between)


def _in_pairs(reading: Reading, one: Time, other: Time) -> bool:
    """Whether the two belong to two pairs: «154 هـ = 770م أو 164 هـ = 780 م»."""
    tokens = reading.tokens
    before = tokens[one.first - 1].norm if one.first else ""
    behind = tokens[other.last].norm if other.last < len(tokens) else ""
    return before in _SLASHES and behind in _SLASHES


def _twins(context: Context, one: Time, other: Time) -> Iterator[Finding]:
    a, b = one.mention, other.mention
    if a.value is None or b.value is None or a.type != b.type or a.type not in ("date", "period"):
        return
    if (a.value.calendar == "islamic") == (b.value.calendar == "islamic") or not equated(context.reading, one, other):
        return
    if has(context.reading, max(0, one.first - 3), one.first, "century_before"):
        return  # «القرن (12هـ/18م)»
    if any(mention.relation not in ("", "about", "during", "since", "after", "before", "until", "by") for mention in (a, b)):
        return
    years = "year" if a.type == "date" else "end.year"
    if any(
        years not in dict(mention.parts) or mention.value is None or mention.value.precision == "century" for mention in (a, b)
    ):
        return
    hijri, civil = (a, b) if a.value.calendar == "islamic" else (b, a)
    assert hijri.value is not None
    assert civil.value is not None
    if any(_one_time(x, y) for x in values(hijri) for y in values(civil)):
        return
    parted = any("part" in dict(mention.parts) for mention in (a, b))  # «أواخر عام 539هـ»: how late is left open
    if parted and any(not apart(x, y, _PARTED) for x in values(hijri) for y in values(civil)):
        return
    if any(_one_time(moments.shifted(x, round(100 * k * _LUNAR)), y) for x in _abridged(hijri) for y in values(civil) for k in range(1, 15)):
        return  # «شوال سنة تسع وستين»: the century is understood
    yield context.finding(
        one.first,
        other.last,
        {"hijri": _text(context, hijri), "civil": _text(context, civil), "hijri_civil": _in_civil(hijri.value)},
    )


def _abridged(mention: TimeMention) -> list[Moment]:
    """The readings of a Hijri date whose year is below a hundred."""
    year = dict(mention.parts).get("year", "")
    return values(mention) if year.isdigit() and int(year) < 100 else []


_PARTED = 92
"""Days by which the "end" of a year may begin sooner."""
_LUNAR = 354.367
"""Days of a lunar year."""


def _one_time(hijri: Moment, civil: Moment) -> bool:
    """Whether a Hijri time and a civil one may be one; of periods, both ends."""
    if (hijri.start_lo, hijri.start_hi) != (hijri.end_lo, hijri.end_hi) or (civil.start_lo, civil.start_hi) != (
        civil.end_lo,
        civil.end_hi,
    ):
        ends = [(part_of(hijri, end), part_of(civil, end)) for end in ("start", "end")]
        return all(not apart(a, b, _YEAR // 2) for a, b in ends)
    if hijri.precision == civil.precision == "day":
        if civil.calendar == "gregorian" and civil.start_lo is not None and civil.start_lo < calendars.GREGORIAN_START:
            return _proleptic(hijri, civil)
        return not apart(hijri, civil, 1)
    return not apart(hijri, civil)


def _proleptic(hijri: Moment, civil: Moment) -> bool:
    """Whether a day before 1582 was reckoned by the Gregorian rule, as some converters do.

    Only where the tables agree to the day, and not where the rule moves a date by about as much as a wrong day would.
    """
    assert hijri.start_lo is not None
    assert hijri.end_hi is not None
    assert civil.start_lo is not None
    year, month, day = calendars.from_jdn("gregorian", civil.start_lo)
    moved = calendars.to_jdn("julian", year, month, day) - civil.start_lo if (month, day) != (2, 29) else 0
    return not 4 <= moved <= 6 and civil.start_lo == (hijri.start_lo + hijri.end_hi) // 2


def _text(context: Context, mention: TimeMention) -> str:
    return context.reading.document.text[mention.start : mention.end]


def _in_civil(value: Moment) -> Moment:
    """The days of a Hijri date as a civil period; the day of tolerance on each side is left out."""
    first = value.start_lo + 1 if value.start_lo is not None else None
    last = value.end_hi - 1 if value.end_hi is not None else None
    return Moment(first, first, last, last, "day")


# ---------------------------------------------------------------- decades and centuries


def _coarse(context: Context, one: Time, other: Time, of: str) -> Iterator[Finding]:
    """A year in brackets behind its decade or century, or said to be in it."""
    a, b = one.mention, other.mention
    if a.value is None or b.value is None:
        return
    wide, narrow = (a, b) if a.value.precision == of and a.type == "date" else (b, a)
    if wide.value is None or narrow.value is None or wide.value.precision != of or wide.type != "date":
        return
    if narrow.value.precision not in ("year", "month", "day") or narrow.type not in ("date", "period"):
        return
    parts = dict(narrow.parts)
    if narrow.anchor or not ("year" in parts or "end.year" in parts) or "hundreds" in wide.rules:
        return
    bracketed = context.reading.tokens[one.last].norm == "("
    if any(mention.relation not in ("", "during", "about", "since" if bracketed else "") for mention in (a, b)) or wide.anchor:
        return
    if of == "decade" and "decade" not in dict(wide.parts):
        return
    year = parts.get("year", "")
    if not _apposed(context.reading, one, other, wide_first=wide is a) or (of == "century" and year.isdigit() and int(year) <= _CENTURIES):
        return  # «القرن التاسع الهجري (15م)» gives the number of the other century
    slack = 2 * _YEAR if of == "century" else _YEAR
    if any(not apart(x, y, slack) for x in _wholes(wide) for y in values(narrow)):
        return
    yield context.finding(
        one.first, other.last, {of: _text(context, wide), "year": _text(context, narrow), "known": _wholes(wide)[0]}
    )


_CENTURIES = 21


def _wholes(wide: TimeMention) -> list[Moment]:
    """The decade or century with a wide edge where only a part of it is meant, and what else it may be."""
    if "part" not in dict(wide.parts):
        return values(wide)
    years = 15 if wide.value is not None and wide.value.precision == "century" else 3
    return [moments.widen(value, years * _YEAR) for value in values(wide)]


def _apposed(reading: Reading, one: Time, other: Time, *, wide_first: bool) -> bool:
    """Whether a year and a decade or century are said to be one time: brackets, "namely", «عام 1875 في ثمانينيات …»."""
    between = filling(reading, one.last, other.first, ("namely", "joining"), "()،,")
    if not between:
        return False
    closed = other.last < len(reading.tokens) and reading.tokens[other.last].norm == ")"
    if between[0] == "(" and between.count("(") == 1 and ")" not in between and closed:
        return True
    if "(" in between or ")" in between:
        return False
    if "namely" in between:
        return True
    return (
        not wide_first
        and between[-1] == "joining"
        and all(item == "joining" or (k == 0 and item in ",،") for k, item in enumerate(between))
    )
