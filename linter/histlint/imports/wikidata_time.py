"""Wikidata's times as the date strings of packs.

Entity JSON counts years as historians do (`-0044` is 44 BC, there is no year 0) and keeps days in the calendar that it names.
The RDF behind SPARQL counts as astronomers do (`-0043` is 44 BC) and has turned days into the proleptic Gregorian calendar.
Packs are Julian before 15 October 1582 and Gregorian from then on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..chronology import calendars, edtf

JULIAN, GREGORIAN = "Q1985786", "Q1985727"
DAY, MONTH, YEAR, DECADE, CENTURY, MILLENNIUM = 11, 10, 9, 8, 7, 6

_TIME = re.compile(r"\s*([+-]?)(\d{1,16})(?:-(\d{2})-(\d{2}))?(?:T[0-9:.]*(?:Z|[+-]\d\d:\d\d)?)?\s*").fullmatch


class Time(NamedTuple):
    """A historical year, and as much more as is known; `before` and `after` are how many units it may be off."""

    year: int
    month: int
    day: int
    precision: int
    calendar: str  # julian or gregorian, in which month and day are written
    before: int = 0
    after: int = 0
    circa: bool = False


def read(value: Any, *, astronomical: bool = False) -> Time:
    """The time of a Wikidata value (`time`, `precision`, `calendarmodel` …). Raises ValueError that says what is wrong."""
    if not isinstance(value, dict) or not isinstance(value.get("time"), str):
        raise ValueError("no time value")
    found = _TIME(value["time"])
    if not found:
        raise ValueError(f"«{value['time']}» is not a time such as +1187-07-04T00:00:00Z")
    year = int(found[2]) * (-1 if found[1] == "-" else 1)
    month, day = int(found[3] or 0), int(found[4] or 0)
    if astronomical:
        year = calendars.historical(year)
    elif not year:
        raise ValueError("there is no year 0: 1 BC is -0001 in Wikidata's JSON (if this file counts it as 0: --years astronomical)")
    precision = _precision(value.get("precision"), month, day)
    model = str(value.get("calendarmodel") or "").rpartition("/")[2]
    if model not in ("", JULIAN, GREGORIAN):
        raise ValueError(f"the calendar model {model} is neither {GREGORIAN} (Gregorian) nor {JULIAN} (Julian)")
    calendar = {JULIAN: "julian", GREGORIAN: "gregorian"}.get(model) or calendars.civil(year, month or 1, day or 1)
    return Time(year, month, day, precision, calendar, _whole(value.get("before")), _whole(value.get("after")))


def _precision(value: Any, month: int, day: int) -> int:
    precision = int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()) else None
    if precision is None:
        # Wikidata writes years as 1 January or 00-00: a first of January without precision is read as a year.
        precision = YEAR if not month or (month, day) == (1, 1) else MONTH if day in (0, 1) else DAY
    if not 0 <= precision <= 14:
        raise ValueError(f"the precision {value} is not one of 0 to 14")
    precision = min(precision, DAY)
    if (precision == DAY and not (month and day)) or (precision == MONTH and not month):
        raise ValueError(f"the precision {precision} promises more than the date {month:02d}-{day:02d} holds")
    return precision


def _whole(value: Any) -> int:
    return int(value) if isinstance(value, int) and 0 < value < 10_000 else 0


def text(time: Time) -> str:
    """The date string. Raises ValueError for a day that the calendar does not have and for what is too vague to write."""
    if time.before or time.after:
        if time.precision == YEAR:
            first, last = (_shifted(time.year, by) for by in (-time.before, time.after))
            return f"[{edtf.date_string(first)}..{edtf.date_string(last)}]"
        if time.precision == DAY:
            middle = calendars.to_jdn(time.calendar, time.year, time.month, time.day)
            return f"[{_day(middle - time.before)}..{_day(middle + time.after)}]"
    written = _plain(time)
    if not time.circa or written.startswith("["):
        return written
    return written.replace(" BC", "~ BC") if written.endswith(" BC") else f"{written}~"


def _plain(time: Time) -> str:
    year, era = abs(time.year), "" if time.year > 0 else " BC"
    if time.precision == DAY:
        return _day(calendars.to_jdn(time.calendar, time.year, time.month, time.day))
    if time.precision == MONTH:
        last = calendars.month_length(time.calendar, time.year, time.month)
        if time.calendar == calendars.civil(time.year, time.month, last):
            return edtf.date_string(time.year, time.month)
        days = [calendars.to_jdn(time.calendar, time.year, time.month, day) for day in (1, last)]
        return f"[{_day(days[0])}..{_day(days[1])}]"  # a month of the other calendar is no month of ours
    if time.precision == YEAR:
        return edtf.date_string(time.year)
    if time.precision == DECADE:
        return f"{f'{year // 10:03d}' if not era else year // 10}X{era}"
    if time.precision == CENTURY:
        return f"{f'{(year - 1) // 100:02d}' if not era else (year - 1) // 100}XX{era}"
    if time.precision == MILLENNIUM:
        return f"{(year - 1) // 1000}XXX{era}"
    raise ValueError(f"the date is vaguer than a millennium (precision {time.precision})")


def _day(jdn: int) -> str:
    return edtf.date_string(*calendars.civil_from_jdn(jdn))


def _shifted(year: int, by: int) -> int:
    return calendars.historical(calendars.astronomical(year) + by)


def either(texts: Sequence[str]) -> str:
    """One date string that allows all of these: sources differ, or a value was given twice."""
    distinct = list(dict.fromkeys(texts))
    if len(distinct) == 1:
        return distinct[0]
    moments = [(edtf.parse(one), one) for one in distinct]
    first = min(moments, key=lambda pair: pair[0].start_lo or 0)
    last = max(moments, key=lambda pair: pair[0].end_hi or 0)
    if first[1] == last[1]:
        return first[1]
    if all(re.fullmatch(r"[0-9-]+( BC)?", one) for one in (first[1], last[1])):
        return f"[{first[1]}..{last[1]}]"
    return f"[{_day(first[0].start_lo or 0)}..{_day(last[0].end_hi or 0)}]"
