"""One day in the Old and in the New Style, with no reference: ten to thirteen days apart, by the century."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ..chronology import calendars
from ..model import Finding, Moment, TimeMention
from ..reading import Reading, Time
from .context import Context
from .wordlists import filling, phrases

_MOST_BETWEEN = 6
"""Tokens that may stand between two dates that are one."""


def check(context: Context) -> Iterator[Finding]:
    """One day written in the Julian and the Gregorian calendar, where the text names one of the two."""
    reading = context.reading
    times = reading.times
    for index, (one, other) in enumerate(itertools.pairwise(times)):
        if not one.last <= other.first <= one.last + _MOST_BETWEEN or not (_dayed(one.mention) and _dayed(other.mention)):
            continue
        between = filling(reading, one.last, other.first, ("old_style", "new_style", "equals", "joining"), "()[]/=،,.:")
        if not between or not any(item in ("(", "[", "/", "=", "equals") for item in between):
            continue
        first, second = (
            _style(reading, one, before=False),
            _style(reading, other, before=True) or _style(reading, other, before=False),
        )
        if first == second == "":
            continue
        if first == second:
            continue
        julian, gregorian = (one, other) if "julian" in (first, "julian" if second == "gregorian" else "") else (other, one)
        year = next((t for t in times[index + 2 : index + 3] if words_between(reading, other.last, t.first) == 0), None)
        right = _shown(julian.mention, gregorian.mention, year.mention if year else None, _told_year(reading, index))
        if right is None:
            continue
        yield context.finding(
            one.first,
            other.last,
            {
                "julian": _written(reading, julian),
                "gregorian": _written(reading, gregorian),
                "right": right[0],
                "shift": right[1],
            },
        )


def words_between(reading: Reading, first: int, last: int) -> int:
    """Number of words between two tokens; many where they are far apart."""
    if not 0 <= last - first <= 3:
        return 99
    return sum(token.kind != "mark" or token.norm in "\n.;" for token in reading.tokens[first:last])


def _dayed(mention: TimeMention) -> bool:
    parts = dict(mention.parts)
    civil = parts.get("calendar", "gregorian") in ("gregorian", "julian")
    return (
        mention.type == "date"
        and civil
        and parts.get("day", "").isdigit()
        and parts.get("month", "").isdigit()
        and "part" not in parts
    )


def _style(reading: Reading, time: Time, *, before: bool) -> str:
    """The calendar that is written with a date: julian, gregorian or ""."""
    if "calendar-style" in time.mention.rules:
        return dict(time.mention.parts).get("calendar", "")
    table, tokens = phrases(reading, "old_style", "new_style"), reading.tokens
    starts = range(max(0, time.first - 5), time.first) if before else range(time.last, min(time.last + 3, len(tokens)))
    for at in starts:
        hit = table.at(tokens, at, len(tokens)) if tokens[at].kind == "word" else None
        if hit is None:
            continue
        gap = tokens[hit.last : time.first] if before else tokens[time.last : hit.first]
        if not before and any(token.norm in ("(", "[") for token in gap):
            close = hit.last + (hit.last < len(tokens) and tokens[hit.last].norm == ".")
            if close >= len(tokens) or tokens[close].norm not in (")", "]"):
                continue
        if all(token.norm in (".", ":", ",", "،", "(") if before else token.norm in (",", "،", "(", "[") for token in gap):
            return "julian" if hit.value == "old_style" else "gregorian"
    return ""


def _shown(
    julian: TimeMention, gregorian: TimeMention, behind: TimeMention | None, told: int | None
) -> tuple[Moment, int] | None:
    """The Gregorian day of a Julian one and the days between the two, where the Gregorian one written is another."""
    old, new = dict(julian.parts), dict(gregorian.parts)
    written = [int(parts["year"]) for parts in (old, new) if parts.get("year", "").isdigit()]
    later = dict(behind.parts).get("year", "") if behind is not None and not written else ""
    if later.isdigit():
        written.append(int(later))
    sure = bool(written)
    if not written and told is not None:
        written.append(told)
    if not written or not 1500 <= min(written) <= max(written) < 2100 or ("era" in old and old["era"] == "bce"):
        return None
    day, month = int(old["day"]), int(old["month"])
    answers = []
    for year in {y + k for y in written for k in (-1, 0, 1)}:
        try:
            jdn = calendars.to_jdn("julian", year, month, day)
        except ValueError:
            continue
        _, right_month, right_day = calendars.from_jdn("gregorian", jdn)
        if (right_month, right_day) == (int(new["month"]), int(new["day"])):
            return None
        if year in written:
            answers.append((jdn, calendars.to_jdn("julian", year, 3, 1) - calendars.to_jdn("gregorian", year, 3, 1)))
    if not answers or (not sure and _apart(old, new, written[0]) in _SHIFTS):
        return None
    jdn, shift = answers[0]
    if (month, day) < (3, 1):
        year = calendars.from_jdn("julian", jdn)[0]
        shift = calendars.to_jdn("julian", year, 1, 1) - calendars.to_jdn("gregorian", year, 1, 1)
    return Moment(jdn, jdn, jdn, jdn, "day"), shift


_SHIFTS = range(10, 14)


def _apart(old: dict[str, str], new: dict[str, str], year: int) -> int:
    """Days from one day of a year to another, both taken for days of one calendar."""
    try:
        days = [calendars.to_jdn("gregorian", year, int(parts["month"]), int(parts["day"])) for parts in (old, new)]
    except ValueError:
        return _SHIFTS[0]
    return (days[1] - days[0]) % 365


def _told_year(reading: Reading, index: int) -> int | None:
    """The year of two dates that give none: the one of their sentence or the one told last before them."""
    for time in reversed(reading.times[:index]):
        year = dict(time.mention.parts).get("year", "")
        if year.isdigit() and time.mention.value is not None and "calendar" not in dict(time.mention.parts):
            return int(year)
    return None


def _written(reading: Reading, time: Time) -> str:
    return reading.document.text[time.mention.start : time.mention.end]
