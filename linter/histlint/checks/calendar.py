"""Dates against the calendar, with no reference: weekdays, one day in two calendars, decades and centuries beside years.

Options: `of` is weekday, twins, styles, century or decade.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ..bind import apart, part_of
from ..chronology import calendars
from ..chronology import moment as moments
from ..model import Finding, Moment, TimeMention
from ..reading import Reading, Time
from .context import Context
from .wordlists import filling, phrases, values

_WEEK = 7
_BRITISH_REFORM = 2361222
"""14 September 1752: earlier dates of English texts may be Julian ones."""

_YEAR = 366


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    of = context.options["of"]
    if of == "weekday":
        yield from _weekdays(context)
        return
    if of == "styles":
        yield from _styles(context)
        return
    for one, other in zip(context.reading.times, context.reading.times[1:], strict=False):
        if other.first - one.last > _MOST_BETWEEN or not one.last <= other.first:
            continue
        if of == "twins":
            yield from _twins(context, one, other)
        elif of in ("century", "decade"):
            yield from _coarse(context, one, other, of)


_MOST_BETWEEN = 6
"""Tokens that may stand between two dates that are one."""


def _weekdays(context: Context) -> Iterator[Finding]:
    """A Julian Day Number modulo 7 is the weekday, 0 for Monday."""
    names = context.reading.lexicon.wording.get("facts", {}).get("weekdays", [])
    for time in context.reading.times:
        mention = time.mention
        if (
            mention.weekday is None
            or mention.value is None
            or mention.value.precision != "day"
            or "year" not in dict(mention.parts)
        ):
            continue
        if mention.type != "date" or "part" in dict(mention.parts):
            continue
        old = (mention.value.start_lo or 0) < _BRITISH_REFORM or mention.value.calendar == "julian"
        days = {
            day % _WEEK
            for value in (values(mention) if old else [mention.value])
            if value.start_lo is not None and value.end_hi is not None
            for day in range(value.start_lo, value.end_hi + 1)
        }
        if mention.weekday in days:
            continue
        middle = ((mention.value.start_lo or 0) + (mention.value.end_hi or 0)) // 2
        right = middle % _WEEK
        yield context.finding(
            time.first,
            time.last,
            {
                "date": mention.value,
                "weekday": names[right] if right < len(names) else str(right),
                "written": names[mention.weekday] if names else "",
            },
            suggestion=str(names[right]) if right < len(names) else "",
        )


# ---------------------------------------------------------------- Hijri and civil twins


def _equated(reading: Reading, one: Time, other: Time) -> bool:
    """Whether only marks and words of equation («الموافق», "or", "i.e.") stand between two dates."""
    between = filling(reading, one.last, other.first, ("equals", "joining"), "()[]/-–—=،,")
    if not between:
        return False
    return any(item in ("(", "[", "/", "-", "–", "—", "=", "equals") for item in between)


def _twins(context: Context, one: Time, other: Time) -> Iterator[Finding]:
    a, b = one.mention, other.mention
    if a.value is None or b.value is None or a.type != b.type or a.type not in ("date", "period"):
        return
    if (a.value.calendar == "islamic") == (b.value.calendar == "islamic") or not _equated(context.reading, one, other):
        return
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
    yield context.finding(
        one.first,
        other.last,
        {"hijri": _text(context, hijri), "civil": _text(context, civil), "hijri_civil": _in_civil(hijri.value)},
    )


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
    if not _apposed(context.reading, one, other, wide_first=wide is a):
        return
    slack = 2 * _YEAR if of == "century" else _YEAR
    if any(not apart(x, y, slack) for x in _wholes(wide) for y in values(narrow)):
        return
    yield context.finding(
        one.first, other.last, {of: _text(context, wide), "year": _text(context, narrow), "known": _wholes(wide)[0]}
    )


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


# ---------------------------------------------------------------- Old Style and New Style


def _styles(context: Context) -> Iterator[Finding]:
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
        right = _shown(julian.mention, gregorian.mention, year.mention if year else None)
        if right is None:
            continue
        yield context.finding(
            one.first,
            other.last,
            {
                "julian": _text(context, julian.mention),
                "gregorian": _text(context, gregorian.mention),
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


def _shown(julian: TimeMention, gregorian: TimeMention, behind: TimeMention | None) -> tuple[Moment, int] | None:
    """The Gregorian day of a Julian one and the days between the two, where the Gregorian one written is another."""
    old, new = dict(julian.parts), dict(gregorian.parts)
    written = [int(parts["year"]) for parts in (old, new) if parts.get("year", "").isdigit()]
    later = dict(behind.parts).get("year", "") if behind is not None and not written else ""
    if later.isdigit():
        written.append(int(later))
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
    if not answers:
        return None
    jdn, shift = answers[0]
    if (month, day) < (3, 1):
        year = calendars.from_jdn("julian", jdn)[0]
        shift = calendars.to_jdn("julian", year, 1, 1) - calendars.to_jdn("gregorian", year, 1, 1)
    return Moment(jdn, jdn, jdn, jdn, "day"), shift
