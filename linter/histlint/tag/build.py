"""From written fields to a moment and its EDTF string, once the year is known."""

from __future__ import annotations

from contextlib import suppress

from histlint.chronology import calendars, edtf, moment
from histlint.model import Moment
from histlint.tag.draft import Draft

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "last")
_NTH = {name: n for n, name in enumerate(_ORDINALS)}
_WEEKS = {"first-week": (1, 9), "second-week": (6, 16), "third-week": (13, 23), "last-week": (20, 31)}


def signed(year: int, era: str) -> int:
    """Historical year of a written one: BC and BH are negative."""
    return -year if era in ("bce", "bh") else year


def built(draft: Draft, year: int | None, calendar: str) -> tuple[Moment | None, str]:
    """The moment and EDTF of a draft (without its parts) in a signed `year` of `calendar`; (None, "XXXX-…") without one."""
    value, text = _whole(draft, year, calendar)
    if value is None:
        return None, text
    if draft.about or draft.relation == "about":
        value = moment.about(value)
        text = text and text + "~"
    return value, text or edtf.format(value)


def _whole(draft: Draft, year: int | None, calendar: str) -> tuple[Moment | None, str]:
    """The moment without its vagueness."""
    if draft.century is not None and draft.decade is None:
        number = signed(draft.century, draft.era)
        digits = f"{draft.century - 1:02d}XX" + (" BC" if number < 0 else "")
        return moment.century(number, calendar), digits
    if draft.millennium is not None:
        number = signed(draft.millennium, draft.era)
        return moment.millennium(number, calendar), f"{draft.millennium - 1}XXX" + (" BC" if number < 0 else "")
    if draft.decade is not None:
        if year is None:
            return None, f"XX{draft.decade // 10 % 10}X"
        value = moment.decade(year, calendar)
        return value, edtf.format(value)
    if year is None:
        return None, _yearless(draft)
    own = {"gregorian", "julian", ""} if draft.month_calendar == "gregorian" else {draft.month_calendar}
    if draft.month is not None and draft.month_calendar and calendar not in own:
        return _crossed(draft, year, calendar)
    try:
        if draft.month is not None:
            value = moment.of(year, draft.month, draft.day, calendar)
            return value, edtf.date_string(year, draft.month, draft.day)
        if draft.season is not None:
            return moment.season(year, draft.season, calendar if calendar == "julian" else ""), edtf.date_string(
                year, 20 + draft.season
            )
        if draft.year_end is not None:
            last = calendars.historical(calendars.astronomical(year) + 1)
            value = moment.years(year, last, "year", calendar)
            return value, f"{edtf.date_string(year)}/{edtf.date_string(last)}"
        return moment.of(year, calendar=calendar), edtf.date_string(year)
    except ValueError:
        # A day that its month does not have: the month is meant, the day is the checks' business.
        draft.rules.append("impossible-date")
        text = edtf.date_string(year, draft.month, draft.day)
        try:
            return moment.of(year, draft.month, calendar=calendar), text
        except ValueError:
            return None, text


def _yearless(draft: Draft) -> str:
    if draft.season is not None:
        return f"XXXX-{20 + draft.season}"
    if draft.month is not None:
        return f"XXXX-{draft.month:02d}" + (f"-{draft.day:02d}" if draft.day is not None else "")
    return ""


def _crossed(draft: Draft, year: int, calendar: str) -> tuple[Moment | None, str]:
    """A month of one calendar in a year of another: «تموز 583 هـ», «رمضان سنة 1187م»."""
    whole = moment.of(year, calendar=calendar)
    low, high = whole.start_lo, whole.end_hi
    if low is None or high is None or draft.month is None:
        return None, _yearless(draft)
    month_calendar = draft.month_calendar
    own = "" if month_calendar == "gregorian" else month_calendar
    found: Moment | None = None
    text = ""
    for candidate in range(calendars.convert(low, own)[0], calendars.convert(high, own)[0] + 1):
        if not candidate:
            continue
        try:
            value = moment.of(candidate, draft.month, draft.day, own)
        except ValueError:
            continue
        if moment.meets(value, whole) is not False:
            text = edtf.date_string(candidate, draft.month, draft.day)
            found = moment.union(found, value) if found else value
    draft.rules.append("two-calendars")
    return found, text


def part_of(value: Moment, name: str) -> Moment:
    """The part of a moment that a part word means."""
    if name in ("rest", "whole"):
        return value
    if name in moment.PARTS and not (name.endswith("-decade") and value.precision == "century"):
        if name in ("start", "end") and value.precision in ("month", "decade"):
            name = "early" if name == "start" else "late"
        return moment.part(value, name)
    low, high = value.start_lo, value.end_hi
    if low is None or high is None:
        return value
    if name in _WEEKS:
        first, last = _WEEKS[name]
        return moment.within(min(high, low + first - 1), min(high, low + last - 1), "day", value.calendar)
    if name == "first-day":
        return moment.within(low, low + (2 if value.calendar == "islamic" else 0), "day", value.calendar)
    if name == "last-day":
        return moment.within(high - (2 if value.calendar == "islamic" else 0), high, "day", value.calendar)
    if name.endswith("-decade") and value.precision == "century":
        first_year = calendars.convert(low, value.calendar)[0]
        nth = _NTH[name.split("-")[0]]
        start = first_year + nth * 10
        if first_year < 0:
            return moment.years(start, start + 10 or -1, "decade", value.calendar)
        return moment.years(start if first_year % 100 == 0 else max(1, start - 1), start + 10, "decade", value.calendar)
    return value


def other_readings(draft: Draft, value: Moment, year: int, calendar: str) -> list[Moment]:
    """What else the words may mean: the other calendar of a day, the winter before, day and month the other way round."""
    out = []
    if draft.season == 4 and draft.year_end is None and not draft.parts:
        out.append(
            moment.season(calendars.historical(calendars.astronomical(year) - 1), 4, calendar if calendar == "julian" else "")
        )
    if draft.day is not None and draft.month is not None and value.precision == "day" and value.start_lo is not None:
        swapped = draft.numeric_alternative
        if swapped and not draft.others:
            with suppress(ValueError):
                out.append(moment.of(year, swapped[1], swapped[0], calendar))
        if value.calendar in ("julian", "gregorian") and not calendar:
            other = "gregorian" if value.calendar == "julian" else "julian"
            if value.calendar == "julian" or value.start_lo < 2423480:  # Greece was the last: 1 March 1923
                with suppress(ValueError):
                    out.append(moment.of(year, draft.month, draft.day, other))
    return out
