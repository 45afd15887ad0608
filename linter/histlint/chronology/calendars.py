"""Calendars as arithmetic on Julian Day Numbers (JDN, whole days; JDN 0 is 1 January 4713 BC, Julian).

Years are historical in every calendar: 1 BC is -1 and is followed by 1; there is no year 0. Months and days count from 1.

The conversions follow E. G. Richards, "Calendars", in Urban and Seidelmann (eds.), *Explanatory Supplement to the
Astronomical Almanac*, 3rd ed. 2013, chapter 15, and Dershowitz and Reingold, *Calendrical Calculations*, 4th ed. 2018,
written out as floor divisions. All arithmetic is exact on integers of any size.
"""

from __future__ import annotations

GREGORIAN_START = 2299161
"""JDN of 15 October 1582 (Gregorian), the day after 4 October 1582 (Julian)."""

CALENDARS = ("gregorian", "julian", "islamic", "coptic", "seleucid", "solar-hijri", "republican")
"""Every calendar that the functions of this module know."""

MONTHS = {"coptic": 13, "republican": 13}
"""Number of months where it is not twelve. The thirteenth holds the five or six days at the end of the year."""

_CUMULATIVE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ISLAMIC_EPOCH = 1948440  # 16 July 622 (Julian), the civil epoch: Friday
_COPTIC_EPOCH = 1825030  # 29 August 284 (Julian)
_SOLAR_HIJRI_EPOCH = 1948320  # fits the 33-year rule to the observed years; a day early in the first centuries
_REPUBLICAN_EPOCH = 2375840  # 22 September 1792 (Gregorian)
_REPUBLICAN_LEAP = (3, 7, 11)  # the years that had a sixth complementary day before the calendar was abolished


def astronomical(year: int) -> int:
    """Year with a year 0 (1 BC is 0) of a historical year (1 BC is -1)."""
    if not year:
        raise ValueError("there is no year 0: 1 BC is followed by AD 1")
    return year + 1 if year < 0 else year


def historical(year: int) -> int:
    """Historical year (1 BC is -1) of an astronomical one (1 BC is 0)."""
    return year if year > 0 else year - 1


def weekday(jdn: int) -> int:
    """Day of the week, 0 Monday to 6 Sunday. JDN 0 was a Monday."""
    return jdn % 7


def is_leap(calendar: str, year: int) -> bool:
    """Whether `year` has a leap day in `calendar`.

    Islamic: the years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29 of each thirty (the common "civil" tables).
    Solar Hijri: the 33-year rule, equal to the observed calendar for the years 1178 to 1634.
    """
    if calendar == "seleucid":
        return (_julian_year(year, 5) % 4) == 0
    y = astronomical(year)
    if calendar == "gregorian":
        return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
    if calendar == "julian":
        return y % 4 == 0
    if calendar == "islamic":
        return (11 * y + 14) % 30 < 11
    if calendar == "coptic":
        return y % 4 == 3
    if calendar == "solar-hijri":
        return (25 * y + 11) % 33 < 8
    if calendar == "republican":
        return y in _REPUBLICAN_LEAP
    raise ValueError(f"unknown calendar {calendar!r}; known are {', '.join(CALENDARS)}")


def month_length(calendar: str, year: int, month: int) -> int:
    """Number of days of a month."""
    if not 1 <= month <= MONTHS.get(calendar, 12):
        raise ValueError(f"the {calendar} calendar has no month {month}")
    leap = is_leap(calendar, year)
    if calendar in ("gregorian", "julian"):
        return 29 if leap and month == 2 else _LENGTHS[month - 1]
    if calendar == "islamic":
        return 30 if month % 2 or (leap and month == 12) else 29
    if calendar == "solar-hijri":
        return 31 if month <= 6 else 30 if month < 12 or leap else 29
    if calendar == "seleucid":
        julian = (month + 8) % 12 + 1
        return 29 if leap and julian == 2 else _LENGTHS[julian - 1]
    return 30 if month <= 12 else 6 if leap else 5


def to_jdn(calendar: str, year: int, month: int, day: int) -> int:
    """JDN of a date; ValueError for one that the calendar does not have."""
    length = month_length(calendar, year, month)
    if not 1 <= day <= length:
        raise ValueError(f"month {month} of the {calendar} year {year} has {length} days, not {day}")
    return _ordinal(calendar, year, month) + day - 1


def from_jdn(calendar: str, jdn: int) -> tuple[int, int, int]:
    """Year, month and day of a JDN in `calendar`."""
    if calendar in ("gregorian", "julian"):
        # Richards's algorithm 4, with March as the first month so that the leap day is the last of the year.
        f = jdn + 1401
        if calendar == "gregorian":
            f += (4 * jdn + 274277) // 146097 * 3 // 4 - 38
        e = 4 * f + 3
        h = 5 * (e % 1461 // 4) + 2
        month = (h // 153 + 2) % 12 + 1
        return historical(e // 1461 - 4716 + (14 - month) // 12), month, h % 153 // 5 + 1
    if calendar == "islamic":
        year = (30 * (jdn - _ISLAMIC_EPOCH) + 10646) // 10631
    elif calendar == "coptic":
        year = (4 * (jdn - _COPTIC_EPOCH) + 1463) // 1461
    elif calendar == "solar-hijri":
        year = (33 * (jdn - _SOLAR_HIJRI_EPOCH) + 12053) // 12053
        while jdn < _ordinal(calendar, historical(year), 1):
            year -= 1
        while jdn >= _ordinal(calendar, historical(year + 1), 1):
            year += 1
    elif calendar == "seleucid":
        year, month, day = from_jdn("julian", jdn)
        return historical(astronomical(year) + 311 + (month >= 10)), (month + 2) % 12 + 1, day
    elif calendar == "republican":
        year = max(1, (jdn - _REPUBLICAN_EPOCH) // 365 + 1)
        while jdn < _ordinal(calendar, year, 1):
            year -= 1
            if year < 1:
                raise ValueError("the French Republican calendar began on 22 September 1792")
    else:
        raise ValueError(f"unknown calendar {calendar!r}; known are {', '.join(CALENDARS)}")
    year = historical(year)
    month = MONTHS.get(calendar, 12)
    while jdn < _ordinal(calendar, year, month):
        month -= 1
    return year, month, jdn - _ordinal(calendar, year, month) + 1


def civil(year: int, month: int = 1, day: int = 1) -> str:
    """The calendar that a historian means by default: Julian before 15 October 1582, Gregorian from then on."""
    return "julian" if (year, month, day) < (1582, 10, 15) else "gregorian"


def civil_from_jdn(jdn: int) -> tuple[int, int, int]:
    """Year, month and day as historians write them: Julian before 15 October 1582, Gregorian from then on."""
    return from_jdn("julian" if jdn < GREGORIAN_START else "gregorian", jdn)


def convert(jdn: int, calendar: str) -> tuple[int, int, int]:
    """`from_jdn` that also takes "" for the default of `civil`."""
    return from_jdn(calendar, jdn) if calendar else civil_from_jdn(jdn)


def _julian_year(seleucid: int, julian_month: int) -> int:
    """Astronomical Julian year of a month of a Seleucid year (Babylon and Antioch: from 1 October 312 BC)."""
    return astronomical(seleucid) - (312 if julian_month >= 10 else 311)


def _ordinal(calendar: str, year: int, month: int) -> int:
    """JDN of the first day of a month. The caller has checked the month."""
    if calendar == "seleucid":
        julian = (month + 8) % 12 + 1
        return _ordinal("julian", historical(_julian_year(year, julian)), julian)
    y = astronomical(year)
    if calendar in ("gregorian", "julian"):
        before = y - 1
        days = 365 * before + before // 4 + _CUMULATIVE[month - 1]
        if calendar == "gregorian":
            leap = y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
            days += before // 400 - before // 100 + 1721426
        else:
            leap = y % 4 == 0
            days += 1721424
        return days + (leap and month > 2)
    if calendar == "islamic":
        return _ISLAMIC_EPOCH + 354 * (y - 1) + (11 * y + 3) // 30 + (59 * (month - 1) + 1) // 2
    if calendar == "coptic":
        return _COPTIC_EPOCH + 365 * (y - 1) + y // 4 + 30 * (month - 1)
    if calendar == "solar-hijri":
        return _SOLAR_HIJRI_EPOCH + 365 * (y - 1) + (8 * y + 21) // 33 + 30 * (month - 1) + min(month - 1, 6)
    if calendar == "republican":
        if y < 1:
            raise ValueError("the French Republican calendar has no year before I")
        return _REPUBLICAN_EPOCH + 365 * (y - 1) + sum(leap < y for leap in _REPUBLICAN_LEAP) + 30 * (month - 1)
    raise ValueError(f"unknown calendar {calendar!r}; known are {', '.join(CALENDARS)}")
