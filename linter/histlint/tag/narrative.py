"""Where counted times come to: the narrative time, and what "the following year" and "two years later" are from there."""

from __future__ import annotations

from histlint.chronology import calendars, edtf, moment
from histlint.model import Moment
from histlint.tag.build import built, other_readings
from histlint.tag.draft import Draft

_LONG = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}


class Now:
    """The narrative time: the last date that was told, in one calendar. `spanned` where it was the end of a span of years."""

    __slots__ = ("calendar", "day", "month", "paragraph", "sentence", "spanned", "value", "year")

    def __init__(self, year: int, month: int | None, day: int | None, calendar: str, value: Moment, paragraph: int) -> None:
        self.year = year
        self.month = month
        self.day = day
        self.calendar = calendar
        self.value = value
        self.paragraph = paragraph
        self.spanned = False


class Placed:
    """A draft with its value."""

    __slots__ = ("anchor", "edtf", "readings", "value", "whole", "year")

    def __init__(self, value: Moment | None = None, text: str = "", anchor: str = "", year: int | None = None) -> None:
        self.value = value
        self.edtf = text
        self.anchor = anchor
        self.year = year
        self.readings: list[Moment] = []
        self.whole = ""  # EDTF of what the written part is a part of


def relative_year(draft: Draft, now: Now, unit: str, amount: int) -> Placed:
    """A year, season, named month, decade or century counted from the narrative year."""
    year = now.year
    calendar = now.calendar
    if unit == "year" and amount < 0 and now.spanned:
        return Placed(None, "XXXX")  # the year before which of the two?
    if unit in ("century", "decade", "millennium"):
        size = _LONG[unit]
        start = later(year, amount * size)
        if unit == "decade":
            value = moment.decade(start, calendar)
        else:
            value = moment.century(-(-start // 100) if start > 0 else start // 100, calendar)
        return Placed(value, edtf.format(value), "narrative", start if unit == "decade" else None)
    if unit == "season":
        month = now.month
        if amount > 0 and draft.season is not None:
            year = later(year, 0 if month is not None and month < draft.season * 3 - 1 else 1)
        elif amount < 0:
            year = later(year, -1)
    elif unit == "month-name":
        if amount > 0 and not (now.month is not None and draft.month is not None and now.month < draft.month):
            year = later(year, 1)
        elif amount < 0 and not (now.month is not None and draft.month is not None and now.month > draft.month):
            year = later(year, -1)
    else:
        year = later(year, amount)
    if draft.month_calendar and draft.month_calendar not in ("gregorian", calendar):
        calendar = "" if calendar == "islamic" else calendar
    draft.calendar = calendar
    value2, text = built(draft, year, calendar)
    placed = Placed(value2, text, "narrative", year)
    if value2:
        placed.readings = other_readings(draft, value2, year, calendar)
    return placed


def relative_day(draft: Draft, now: Now, unit: str, amount: int) -> Placed:
    """A month, week or day counted from the narrative day."""
    calendar = now.calendar
    if unit == "month":
        if now.month is None:
            return Placed(None, "XXXX-XX", "", None)
        year, month = months_later(now.year, now.month, amount, calendar)
        draft.month, draft.month_calendar = month, calendar or "gregorian"
        value, text = built(draft, year, calendar)
        return Placed(value, text, "narrative", year)
    low = now.value.start_lo
    if now.day is None or low is None or now.value.end_hi is None:
        return Placed(None, "XXXX-XX-XX" if unit == "day" else "XXXX-WXX")
    if unit == "day":
        value = moment.shift(now.value, (amount, amount))
    else:
        monday = low - calendars.weekday(low) + 7 * amount
        value = moment.within(monday, monday + 6, "day", now.value.calendar)
    return Placed(value, edtf.format(value), "narrative", calendars.convert(value.start_lo or 0, calendar)[0])


def shifted(draft: Draft, now: Now | None, paragraph: int) -> Placed:
    """ "two years later", «بعدها بثلاثة أشهر»: as precise as both the length and the narrative."""
    sign, unit = draft.shift or (1, "day")
    low, high = draft.amount
    if now is None or draft.days is None or paragraph - now.paragraph > 1:
        return Placed(None, "")
    if low != high or low != int(low):
        slack = 0 if low != high else 92 if years_of(unit) else 8
        days = (draft.days[0] - slack, draft.days[1] + slack)
        value = moment.shift(now.value, days if sign > 0 else (-days[1], -days[0]))
        return Placed(value, edtf.format(value), "narrative", None)
    count = int(low) * sign
    years = _LONG.get(unit)
    if years:
        year = later(now.year, count * years)
        value = moment.of(year, calendar=now.calendar)
        span = abs(count) * years
        if years > 1 or (span >= 20 and span % 10 == 0):
            value = moment.widen(value, span * 18)  # round numbers are rounded: a twentieth either way
        return Placed(value, edtf.date_string(year), "narrative", year)
    if unit == "month":
        if now.month is None:
            return Placed(None, "")
        year, month = months_later(now.year, now.month, count, now.calendar)
        value = moment.of(year, month, calendar=now.calendar)
        return Placed(value, edtf.date_string(year, month), "narrative", year)
    if now.day is None:
        return Placed(None, "")
    value = moment.shift(now.value, (draft.days[0], draft.days[1]) if sign > 0 else (-draft.days[1], -draft.days[0]))
    if unit == "week":
        value = moment.widen(value, 3)
    return Placed(value, edtf.format(value), "narrative", calendars.convert(value.start_lo or 0, now.calendar)[0])


def years_of(unit: str) -> int:
    """Years that a unit has, 0 for shorter ones."""
    return _LONG.get(unit, 0)


def later(year: int, count: int) -> int:
    """A historical year moved; there is no year 0."""
    return calendars.historical(calendars.astronomical(year) + count)


def months_later(year: int, month: int, count: int, calendar: str) -> tuple[int, int]:
    """Year and month some months on, in a calendar of twelve months."""
    total = calendars.astronomical(year) * 12 + month - 1 + count
    return calendars.historical(total // 12), total % 12 + 1


def yearless_relative(draft: Draft) -> str:
    """EDTF of a counted time that could not be placed."""
    if draft.month is not None and draft.rel and draft.rel[0] in ("year", "month-name"):
        return f"XXXX-{draft.month:02d}" + (f"-{draft.day:02d}" if draft.day is not None else "")
    if draft.season is not None:
        return f"XXXX-{20 + draft.season}"
    return {"year": "XXXX", "month": "XXXX-XX", "day": "XXXX-XX-XX", "week": "XXXX-WXX"}.get(
        draft.rel[0] if draft.rel else "", ""
    )


def written_parts(draft: Draft, placed: Placed, prefix: str) -> tuple[tuple[str, str], ...]:
    """What was read, as names and values."""
    out = []
    for name in ("day", "month", "year", "year_end", "season", "decade", "century", "millennium"):
        field = getattr(draft, name)
        if field is not None:
            out.append((prefix + name, str(field)))
    if draft.era:
        out.append((prefix + "era", draft.era))
    calendar = draft.calendar or (draft.month_calendar if draft.month_calendar != "gregorian" else "")
    if calendar:
        out.append((prefix + "calendar", calendar))
    if draft.weekday is not None:
        out.append((prefix + "weekday", str(draft.weekday)))
    if draft.parts:
        out.append((prefix + "part", "/".join(draft.parts)))
        if placed.whole:
            out.append((prefix + "of", placed.whole))
    if draft.daypart:
        out.append((prefix + "part_of_day", draft.daypart))
    if draft.rel:
        out.append((prefix + "relative", f"{draft.rel[0]}{draft.rel[1]:+d}"))
    if draft.shift:
        out.append((prefix + "length", draft.iso if draft.shift[0] > 0 else "-" + draft.iso))
    if draft.about:
        out.append((prefix + "about", "yes"))
    if placed.year is not None and draft.year is None:
        out.append((prefix + "narrative_year", str(placed.year)))
    return tuple(out)
