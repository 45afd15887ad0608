"""Moments: making them from dates of any calendar, comparing them with three values, moving and describing them.

A comparison answers True, False or None (it depends on what is not known). Only False can ever become a finding.
"""

from __future__ import annotations

from histlint.chronology import calendars
from histlint.model import Moment

ISLAMIC_TOLERANCE = 1
"""Days by which a Hijri month may begin earlier or later than the tables say: it began when the moon was seen."""

SEASONS = ("", "spring", "summer", "autumn", "winter")
"""Season names by number, 1 spring to 4 winter (EDTF 21 to 24)."""

# First and last month and day of each season, wide enough for the astronomical and the meteorological reading.
_SEASON_BOUNDS = {1: (3, 1, 6, 21), 2: (6, 1, 9, 23), 3: (9, 1, 12, 22), 4: (12, 1, 3, 21)}

# Parts of a period as numerators and denominators of where they begin and end. They overlap on purpose: what one writer
# calls early another calls the middle.
_PARTS = {
    "start": (0, 1, 1, 3),
    "early": (0, 1, 5, 12),
    "mid": (1, 4, 3, 4),
    "late": (7, 12, 1, 1),
    "end": (2, 3, 1, 1),
    "first-half": (0, 1, 1, 2),
    "second-half": (1, 2, 1, 1),
    "first-third": (0, 1, 1, 3),
    "second-third": (1, 3, 2, 3),
    "last-third": (2, 3, 1, 1),
    "first-quarter": (0, 1, 1, 4),
    "second-quarter": (1, 4, 1, 2),
    "third-quarter": (1, 2, 3, 4),
    "last-quarter": (3, 4, 1, 1),
    "first-decade": (0, 1, 1, 10),
    "last-decade": (9, 10, 1, 1),
}

PARTS = tuple(_PARTS)
"""The parts that `part` knows."""


def within(first: int | None, last: int | None, precision: str, calendar: str = "gregorian") -> Moment:
    """Something at an unknown place between two days: it starts and ends somewhere in them."""
    return Moment(first, last, first, last, precision, calendar)


def of(year: int, month: int | None = None, day: int | None = None, calendar: str = "") -> Moment:
    """The moment of a written year, month or day. ValueError where the calendar has no such date.

    Without a calendar: Julian before 15 October 1582, Gregorian from then on. Islamic dates are widened by
    `ISLAMIC_TOLERANCE` on each side.
    """
    if month is None:
        first_calendar, last_calendar = (calendar, calendar) if calendar else (_civil(year, 1, 1), _civil(year, 12, 31))
        last_month = calendars.MONTHS.get(calendar, 12)
        first = calendars.to_jdn(first_calendar, year, 1, 1)
        last = calendars.to_jdn(last_calendar, year, last_month, calendars.month_length(last_calendar, year, last_month))
        precision, calendar = "year", last_calendar
    elif day is None:
        first_calendar, last_calendar = (calendar, calendar) if calendar else (_civil(year, month, 1), _civil(year, month, 28))
        first = calendars.to_jdn(first_calendar, year, month, 1)
        last = calendars.to_jdn(last_calendar, year, month, calendars.month_length(last_calendar, year, month))
        precision, calendar = "month", last_calendar
    else:
        calendar = calendar or calendars.civil(year, month, day)
        first = last = calendars.to_jdn(calendar, year, month, day)
        precision = "day"
    if calendar == "islamic":
        first, last = first - ISLAMIC_TOLERANCE, last + ISLAMIC_TOLERANCE
    return Moment(first, last, first, last, precision, calendar)


def years(first: int, last: int, precision: str, calendar: str = "") -> Moment:
    """Somewhere in the years `first` to `last`, with the precision of a decade, a century or an era."""
    start, end = of(first, calendar=calendar), of(last, calendar=calendar)
    return Moment(start.start_lo, end.start_hi, start.start_lo, end.start_hi, precision, end.calendar)


def decade(year: int, calendar: str = "") -> Moment:
    """The ten years that share all but the last digit with `year` (BC: 480 to 489 for -480)."""
    if year < 0:
        base = -(-year // 10 * 10)
        return years(base - 9, base or -1, "decade", calendar)
    base = year // 10 * 10
    return years(base or 1, base + 9, "decade", calendar)


def century(number: int, calendar: str = "") -> Moment:
    """The nth century, negative for BC. The round year before it counts in: writers put 1900 in the twentieth century."""
    if not number:
        raise ValueError("there is no century 0")
    if number < 0:
        return years(number * 100, (number + 1) * 100 or -1, "century", calendar)
    return years(max(1, (number - 1) * 100), number * 100, "century", calendar)


def millennium(number: int, calendar: str = "") -> Moment:
    """The nth millennium, negative for BC."""
    if not number:
        raise ValueError("there is no millennium 0")
    if number < 0:
        return years(number * 1000, (number + 1) * 1000 or -1, "era", calendar)
    return years(max(1, (number - 1) * 1000), number * 1000, "era", calendar)


def season(year: int, number: int, calendar: str = "") -> Moment:
    """A season of a year: 1 spring to 4 winter; the winter is the one that begins in the year."""
    month, day, last_month, last_day = _SEASON_BOUNDS[number]
    last_year = year if number < 4 else calendars.historical(calendars.astronomical(year) + 1)
    first = calendars.to_jdn(calendar or calendars.civil(year, month, day), year, month, day)
    last_calendar = calendar or calendars.civil(last_year, last_month, last_day)
    return within(first, calendars.to_jdn(last_calendar, last_year, last_month, last_day), "season", last_calendar)


def part(whole: Moment, name: str) -> Moment:
    """A part ("early", "mid", "second-half" …, see `PARTS`) of a month, year, decade or century."""
    first, last = whole.start_lo, whole.end_hi
    if first is None or last is None:
        return whole
    if whole.precision in ("century", "era"):
        # The tolerance year before a century (see `century`) does not move its halves.
        first_year = calendars.convert(first, whole.calendar)[0]
        if first_year % 100 == 0:
            first += 365
    low, low_of, high, high_of = _PARTS[name]
    length = last + 1 - first
    start = (whole.start_lo or 0) if low == 0 else first + length * low // low_of
    return within(start, first + -(-length * high // high_of) - 1, whole.precision, whole.calendar)


def about(moment: Moment) -> Moment:
    """The moment as "about" means it: a year either side of a year, ten of a decade, twenty of a century, a week of a day."""
    years_off = {"year": 1, "decade": 10, "century": 20, "era": 100}.get(moment.precision)
    first, last = moment.start_lo, moment.end_hi
    if not years_off or first is None or last is None or (moment.start_lo, moment.start_hi) != (moment.end_lo, moment.end_hi):
        return widen(moment, {"day": 7, "month": 31}.get(moment.precision, 366))
    year, month, day = calendars.convert(first, moment.calendar)
    start = calendars.historical(calendars.astronomical(year) - years_off)
    year, last_month, last_day = calendars.convert(last, moment.calendar)
    end = calendars.historical(calendars.astronomical(year) + years_off)
    low = _clipped(moment.calendar, start, month, day)
    high = _clipped(moment.calendar, end, last_month, last_day)
    return within(min(low, first), max(high, last), moment.precision, moment.calendar)


def shifted(moment: Moment, days: int) -> Moment:
    """`moment` that many days later."""
    low, low_end, high, high_end = [bound + days if bound is not None else None for bound in moment[:4]]
    return Moment(low, low_end, high, high_end, moment.precision, moment.calendar)


def widen(moment: Moment, days: int) -> Moment:
    """Every bound moved outwards by a number of days."""
    a, b, c, d = moment[:4]
    return moment._replace(
        start_lo=None if a is None else a - days,
        start_hi=None if b is None else b + days,
        end_lo=None if c is None else c - days,
        end_hi=None if d is None else d + days,
    )


def span(first: Moment, last: Moment) -> Moment:
    """The period from one moment to another: starts within the first, ends within the last."""
    order = ("day", "month", "season", "year", "decade", "century", "era")
    precision = max(first.precision, last.precision, key=order.index)
    return Moment(first.start_lo, first.start_hi, last.end_lo, last.end_hi, precision, last.calendar)


def union(first: Moment, second: Moment) -> Moment:
    """The narrowest moment that allows all that either allows."""
    return Moment(
        _low(first.start_lo, second.start_lo),
        _high(first.start_hi, second.start_hi),
        _low(first.end_lo, second.end_lo),
        _high(first.end_hi, second.end_hi),
        span(first, second).precision,
        first.calendar,
    )


def after(moment: Moment) -> Moment:
    """The open time that begins when `moment` ends."""
    return Moment(moment.end_lo, moment.end_hi, moment.end_lo, None, moment.precision, moment.calendar)


def until(moment: Moment) -> Moment:
    """The open time that ends when `moment` begins."""
    return Moment(None, moment.start_hi, moment.start_lo, moment.start_hi, moment.precision, moment.calendar)


def shift(moment: Moment, days: tuple[int, int]) -> Moment:
    """The moment moved by between `days[0]` and `days[1]` days (negative into the past)."""
    low, high = days
    a, b, c, d = moment[:4]
    return moment._replace(
        start_lo=None if a is None else a + low,
        start_hi=None if b is None else b + high,
        end_lo=None if c is None else c + low,
        end_hi=None if d is None else d + high,
    )


def meets(written: Moment, known: Moment) -> bool | None:
    """Whether what a text puts at `written` can be, or surely is, at the time of `known`.

    False where they can share no day. True where they share one whatever the unknown is, or where all of `known` lies within
    the written precision ("1945" meets any day of it). The answer False is symmetric.
    """
    if _less(written.end_hi, known.start_lo) or _less(known.end_hi, written.start_lo):
        return False
    if _reaches(written, known) and _reaches(known, written):
        return True
    return True if contains(written, known) else None


def contains(outer: Moment, inner: Moment) -> bool:
    """Whether all that `inner` may be lies between the first and the last day that `outer` allows."""
    low = outer.start_lo is None or (inner.start_lo is not None and outer.start_lo <= inner.start_lo)
    return low and (outer.end_hi is None or (inner.end_hi is not None and inner.end_hi <= outer.end_hi))


def before(first: Moment, second: Moment) -> bool | None:
    """Whether `first` ended before `second` began: True where it surely did, False where it cannot have."""
    if _less(first.end_hi, second.start_lo):
        return True
    if first.end_lo is not None and second.start_hi is not None and first.end_lo >= second.start_hi:
        return False
    return None


def starts_before(first: Moment, second: Moment) -> bool | None:
    """Whether `first` began before `second` began."""
    if _less(first.start_hi, second.start_lo):
        return True
    if first.start_lo is not None and second.start_hi is not None and first.start_lo >= second.start_hi:
        return False
    return None


def gap_days(first: Moment, second: Moment) -> tuple[int | None, int | None]:
    """Fewest and most days from the start of `first` to the start of `second`; None is unbounded."""
    low = None if second.start_lo is None or first.start_hi is None else second.start_lo - first.start_hi
    high = None if second.start_hi is None or first.start_lo is None else second.start_hi - first.start_lo
    return low, high


def gap_years(first: Moment, second: Moment) -> tuple[int | None, int | None]:
    """Fewest and most whole years (as ages are counted) from the start of `first` to the start of `second`."""
    low = None if second.start_lo is None or first.start_hi is None else _full_years(first.start_hi, second.start_lo)
    high = None if second.start_hi is None or first.start_lo is None else _full_years(first.start_lo, second.start_hi)
    return low, high


def length_days(moment: Moment) -> tuple[int | None, int | None]:
    """Fewest and most days of a period, first and last day counted."""
    low = None if moment.end_lo is None or moment.start_hi is None else max(1, moment.end_lo - moment.start_hi + 1)
    return low, None if moment.end_hi is None or moment.start_lo is None else moment.end_hi - moment.start_lo + 1


def year_bounds(moment: Moment) -> tuple[int | None, int | None]:
    """First and last historical year that the moment touches, in the calendar historians use."""
    low = None if moment.start_lo is None else calendars.civil_from_jdn(moment.start_lo)[0]
    return low, None if moment.end_hi is None else calendars.civil_from_jdn(moment.end_hi)[0]


def describe(moment: Moment, lang: str) -> str:
    """Short text for a reader: "4 July 1187", «4 تموز/يوليو 1187», "1939–1945", "480 BC"."""
    from histlint.chronology.display import describe as describe_in

    return describe_in(moment, lang)


def _clipped(calendar: str, year: int, month: int, day: int) -> int:
    """JDN of a date, 29 February taken back a day in a year that has none."""
    return calendars.to_jdn(calendar, year, month, min(day, calendars.month_length(calendar, year, month)))


def _civil(year: int, month: int, day: int) -> str:
    return calendars.civil(year, month, day)


def _low(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else min(a, b)


def _high(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else max(a, b)


def _less(a: int | None, b: int | None) -> bool:
    return a is not None and b is not None and a < b


def _reaches(a: Moment, b: Moment) -> bool:
    """Whether `a` surely started by the time the earliest end of `b` came."""
    return a.start_hi is not None and b.end_lo is not None and a.start_hi <= b.end_lo


def _full_years(first: int, last: int) -> int:
    y1, m1, d1 = calendars.from_jdn("gregorian", first)
    y2, m2, d2 = calendars.from_jdn("gregorian", last)
    return calendars.astronomical(y2) - calendars.astronomical(y1) - ((m2, d2) < (m1, d1))
