"""Date strings of fact packs: EDTF (ISO 8601-2) levels 0 and 1, `[a..b]`, and `BC` (docs/facts.md, section "Dates").

    date     = year ["-" month ["-" day]] [qualifier] [" BC"]      1945  1945-08  1945-08-09  480 BC  057X  05XX  -0479
    month    = 01 … 12, or 21 … 24 for spring, summer, autumn, winter
    set      = "[" date ".." date "]"                              some day in this range
    value    = side | side "/" side        side = date | set | ".." | ""

Written by hand rather than with a regular expression so that each mistake gets its own sentence.
"""

from __future__ import annotations

from histlint.chronology import calendars, moment
from histlint.model import Moment

_FORMS = "write 1945, 1945-08, 1945-08-09, 0570, 057X, 05XX, 480 BC, [1187-07-03..1187-07-04], 1939/1945, 1922/.. or ../1258"
_QUALIFIERS = "~?%"


def parse(text: str, calendar: str = "") -> Moment:
    """The moment that a date string means.

    `calendar` is what the string is written in; "" is Julian before 15 October 1582 and Gregorian from then on.
    """
    if calendar and calendar not in calendars.CALENDARS:
        raise ValueError(f"unknown calendar {calendar!r}; known are {', '.join(calendars.CALENDARS)}")
    stripped = text.strip()
    if not stripped:
        raise ValueError(f"empty date; {_FORMS}")
    sides = stripped.split("/")
    if len(sides) == 1:
        return _side(stripped, calendar, text)
    if len(sides) > 2:
        raise ValueError(f"{text!r} has more than one '/'; an interval is start/end")
    start, end = (None if side.strip() in ("", "..") else _side(side.strip(), calendar, text) for side in sides)
    if start and end:
        if start.start_lo is not None and end.end_hi is not None and end.end_hi < start.start_lo:
            raise ValueError(f"{text!r} ends before it begins")
        return moment.span(start, end)
    if start:
        # An open end is still not before the start.
        return Moment(start.start_lo, start.start_hi, start.start_lo, None, start.precision, start.calendar)
    if end:
        return Moment(None, end.end_hi, end.end_lo, end.end_hi, end.precision, end.calendar)
    raise ValueError(f"{text!r} has neither start nor end; leave the date out")


def format(value: Moment) -> str:
    """The date string of a moment, in the calendar of the moment; `parse` gives the moment back.

    Bounds that are not those of a day, month, season, year, decade or century become `[first..last]`.
    """
    tolerance = moment.ISLAMIC_TOLERANCE if value.calendar == "islamic" else 0
    start = _edge(value.start_lo, value.start_hi, value.calendar, tolerance)
    if (value.start_lo, value.start_hi) == (value.end_lo, value.end_hi):
        return start
    if value.end_hi is None:
        return f"{start}/.."
    if value.start_lo is None:
        return f"../{_edge(value.end_lo, value.end_hi, value.calendar, tolerance)}"
    return f"{start}/{_edge(value.end_lo, value.end_hi, value.calendar, tolerance)}"


def date_string(year: int, month: int | None = None, day: int | None = None) -> str:
    """EDTF of a historical year, month or day: "0622-07-16", "480-09 BC"."""
    digits = f"{year:04d}" if year > 0 else f"{-year}"
    if month is not None:
        digits += f"-{month:02d}"
    if day is not None:
        digits += f"-{day:02d}"
    return digits if year > 0 else f"{digits} BC"


def _side(text: str, calendar: str, whole: str) -> Moment:
    if not text.startswith("["):
        return _date(text, calendar, whole)
    if not text.endswith("]"):
        raise ValueError(f"{whole!r}: '[' without ']'")
    first, dots, last = text[1:-1].partition("..")
    if not dots:
        raise ValueError(f"{whole!r}: a set of dates is [first..last]")
    if not first.strip() or not last.strip():
        raise ValueError(f"{whole!r}: a set of dates needs both ends; for an open end write date/.. or ../date")
    low, high = _date(first.strip(), calendar, whole), _date(last.strip(), calendar, whole)
    if low.start_lo is None or high.end_hi is None or high.end_hi < low.start_lo:
        raise ValueError(f"{whole!r}: the set ends before it begins")
    return moment.within(low.start_lo, high.end_hi, moment.span(low, high).precision, high.calendar)


def _date(text: str, calendar: str, whole: str) -> Moment:
    body, sign = text, 1
    for era in (" BCE", " BC"):
        if body.endswith(era):
            body, sign = body[: -len(era)].rstrip(), -1
            break
    approximate = body[-1:] in tuple(_QUALIFIERS)
    if approximate:
        body = body[:-1]
    if body.startswith("-"):
        if sign < 0:
            raise ValueError(f"{whole!r}: a year is either negative or BC, not both")
        body, sign = body[1:], 0  # 0: astronomical, counted from -0001 = 2 BC
    pieces = body.split("-")
    if len(pieces) > 3 or not all(pieces):
        raise ValueError(f"{whole!r} is not a date; {_FORMS}")
    try:
        value = _pieces(pieces, sign, calendar)
    except ValueError as problem:
        raise ValueError(f"{whole!r}: {problem}") from None
    return moment.about(value) if approximate else value


def _pieces(pieces: list[str], sign: int, calendar: str) -> Moment:
    year = pieces[0]
    if not (year.rstrip("X").isdecimal() and year.isascii()):
        raise ValueError(f"{year!r} is not a year; {_FORMS}")
    if len(year) < 4 and sign == 1:
        raise ValueError(f"a year has four digits: {year.zfill(4)}")
    if year.endswith("X"):
        return _unknown_digits(year, sign, calendar, len(pieces) > 1)
    number = int(year)
    number = number if sign > 0 else -number if sign < 0 else calendars.historical(-number)
    if not number:
        raise ValueError("there is no year 0: 1 BC is followed by AD 1")
    if len(pieces) == 1:
        return moment.of(number, calendar=calendar)
    if pieces[1] == "XX":
        return moment.of(number, calendar=calendar)
    month = _two_digits(pieces[1], "month")
    if 21 <= month <= 24:
        if len(pieces) == 3:
            raise ValueError("a season has no days")
        if calendar not in ("", "gregorian", "julian"):
            raise ValueError(f"the {calendar} calendar has no seasons")
        season = moment.season(number, month - 20, calendar)
        if month == 24:
            # Written "winter 1942" the year may be the one it ended in.
            previous = calendars.historical(calendars.astronomical(number) - 1)
            return moment.union(moment.season(previous, 4, calendar), season)
        return season
    if len(pieces) == 2 or pieces[2] == "XX":
        return moment.of(number, month, calendar=calendar)
    return moment.of(number, month, _two_digits(pieces[2], "day"), calendar)


def _unknown_digits(year: str, sign: int, calendar: str, more: bool) -> Moment:
    digits = year.rstrip("X")
    if more:
        raise ValueError("a decade or century has no month")
    unknown = len(year) - len(digits)
    if not digits or unknown > 3:
        raise ValueError(f"{year!r} is too vague; {_FORMS}")
    number = int(digits)
    if sign == 0:
        raise ValueError("write decades and centuries before Christ with BC: 48X BC, 4XX BC")
    if unknown == 1:
        return moment.decade(sign * number * 10 if number or sign > 0 else -1, calendar)
    if unknown == 2:
        return moment.century(sign * (number + 1), calendar)
    return moment.millennium(sign * (number + 1), calendar)


def _two_digits(text: str, what: str) -> int:
    if len(text) != 2 or not (text.isascii() and text.isdecimal()):
        raise ValueError(f"{text!r} is not a {what} of two digits")
    return int(text)


def _edge(low: int | None, high: int | None, calendar: str, tolerance: int) -> str:
    """The string of one end of a moment."""
    if low is None or high is None:
        known = low if high is None else high
        return ".." if known is None else date_string(*_convert(known, calendar))
    low, high = low + tolerance, high - tolerance
    if low >= high:
        return date_string(*_convert(low, calendar))
    y1, m1, d1 = _convert(low, calendar)
    y2, m2, d2 = _convert(high, calendar)
    months = calendars.MONTHS.get(calendar, 12)
    rule = _rule(high, calendar)
    if d1 == 1 and d2 == calendars.month_length(rule, y2, m2):
        if (y1, m1) == (y2, m2):
            return date_string(y1, m1)
        if m1 == 1 and m2 == months:
            if y1 == y2:
                return date_string(y1)
            digits = _digits(y1, y2)
            if digits:
                return digits
    if calendar in ("gregorian", "julian"):
        for number in (1, 2, 3, 4):
            season = moment.season(y1, number, rule)
            if (season.start_lo, season.end_hi) == (low, high):
                return date_string(y1, 20 + number)
    return f"[{date_string(y1, m1, d1)}..{date_string(y2, m2, d2)}]"


def _digits(first: int, last: int) -> str:
    """A run of years as a decade or century with X, or ""."""
    if first > 0:
        if last % 10 == 9 and first == (last - 9 or 1):
            return f"{last // 10:03d}X"
        if last % 100 == 0 and first == (last - 100 or 1):
            return f"{last // 100 - 1:02d}XX"
        if last % 1000 == 0 and first == (last - 1000 or 1):
            return f"{last // 1000 - 1:01d}XXX"
        return ""
    if last < 0:
        low, high = -last, -first
        if high % 10 == 9 and low == (high - 9 or 1):
            return f"{high // 10:01d}X BC"
        if high % 100 == 0 and low == (high - 100 or 1):
            return f"{high // 100 - 1:01d}XX BC"
        if high % 1000 == 0 and low == (high - 1000 or 1):
            return f"{high // 1000 - 1:01d}XXX BC"
    return ""


def _rule(jdn: int, calendar: str) -> str:
    """Calendar in which a bound is written: Gregorian moments reach back through 1582 into the Julian calendar."""
    if calendar == "gregorian" and jdn < calendars.GREGORIAN_START:
        return "julian"
    return calendar


def _convert(jdn: int, calendar: str) -> tuple[int, int, int]:
    return calendars.from_jdn(_rule(jdn, calendar), jdn)
