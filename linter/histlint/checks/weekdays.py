"""Weekdays of dates, with no reference: those of whole dates, and of days whose year the text leaves no doubt about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..chronology import calendars
from ..chronology import moment as moments
from ..model import Finding, Moment, TimeMention
from ..reading import Reading, Time
from .context import Context
from .wordlists import values

_WEEK = 7
_NO_INTERCALATION = 1951810
"""1 Muharram 11 AH: how months were put in before is not known, and sources have weekdays that no table gives."""
_BRITISH_REFORM = 2361222
"""14 September 1752: earlier dates of English texts may be Julian ones."""
_EASTERN_REFORM = 2423480
"""1 March 1923, when Greece went over as the last state."""


def check(context: Context) -> Iterator[Finding]:
    """A Julian Day Number modulo 7 is the weekday, 0 for Monday."""
    names = context.reading.lexicon.wording.get("facts", {}).get("weekdays", [])
    for time in context.reading.times:
        mention = time.mention
        if mention.weekday is None or mention.type != "date" or "part" in dict(mention.parts):
            continue
        clause = context.reading.clauses[context.reading.clause_at[time.first]]
        if _either_order(context.reading, time):
            continue  # "9/1/95" may be in January or September
        if any(doubt.value == "hearsay" for doubt in clause.doubts):
            continue  # «سنة خمس وثمانين، وقيل ست وثمانين»
        if _verb(context.reading, time):
            continue
        dates = _readings(context, mention)
        if any(value.calendar == "islamic" and (value.start_lo or 0) < _NO_INTERCALATION for value in dates):
            continue
        if not dates or any(mention.weekday in _days(value) for value in dates) or _old_style(context, time, dates):
            continue
        shown = dates[0]
        right = ((shown.start_lo or 0) + (shown.end_hi or 0)) // 2 % _WEEK
        yield context.finding(
            time.first,
            time.last,
            {
                "date": shown,
                "weekday": names[right] if right < len(names) else str(right),
                "written": names[mention.weekday] if names else "",
            },
            suggestion=str(names[right]) if right < len(names) else "",
        )


def _old_style(context: Context, time: Time, dates: Sequence[Moment]) -> bool:
    """Whether a clause on a land that kept the Julian calendar gives the weekday of a Julian day."""
    kept = frozenset(context.options.get("old_style", ()))
    early = [value.start_lo for value in dates if value.start_lo is not None and value.start_lo < _EASTERN_REFORM]
    reading = context.reading
    named = {fact for m in reading.clauses[reading.clause_at[time.first]].mentions for fact in m.ids()} | {*reading.topic}
    named |= {of for fact in named if (entry := context.entity(fact)) is not None for of in entry.of}
    if not early or all(kept.isdisjoint(context.reference.ancestors(fact)) for fact in named):
        return False
    return any(calendars.to_jdn("julian", *calendars.from_jdn("gregorian", day)) % _WEEK == time.mention.weekday for day in early)


def _verb(reading: Reading, time: Time) -> bool:
    """Whether an English date begins with a short word without a capital: "they wed on May 29", "sat"."""
    token = reading.tokens[time.first]
    if "part_of_day" in dict(time.mention.parts):
        return False  # "the evening of Friday"
    return reading.lang != "ar" and len(token.norm) == 3 and reading.document.text[token.start].islower()


def _either_order(reading: Reading, time: Time) -> bool:
    """Whether a date is written with strokes, and its day and month may change places."""
    numbers = [int(token.norm) for token in reading.tokens[time.first : time.last] if token.norm.isdigit()]
    strokes = any(token.norm == "/" for token in reading.tokens[time.first : time.last])
    return (strokes or "/" in reading.text(time.first, time.last)) and sum(number <= 12 for number in numbers) > 1


def _days(value: Moment) -> set[int]:
    if value.start_lo is None or value.end_hi is None:
        return set(range(_WEEK))
    return {day % _WEEK for day in range(value.start_lo, value.end_hi + 1)}


def _readings(context: Context, mention: TimeMention) -> list[Moment]:
    """The days that a date may mean, the likeliest first; none where it is not sure enough which they are."""
    if mention.value is None or mention.value.precision != "day":
        return []
    parts = dict(mention.parts)
    if "year" in parts:
        old = (mention.value.start_lo or 0) < _BRITISH_REFORM or mention.value.calendar == "julian"
        return values(mention) if old else [mention.value]
    return _with_year(context, mention, parts)


_LATE = 1753
"""Year from which a day has one weekday in all of the West."""


def _with_year(context: Context, mention: TimeMention, parts: dict[str, str]) -> list[Moment]:
    """A day whose year is told elsewhere: that of its month wherever the text dates it, and the one told last.

    Where the two differ, or the text never dates the month, the years next to the one told last count too.
    """
    day, month, told = parts.get("day", ""), parts.get("month", ""), parts.get("narrative_year", "")
    if not (day.isdigit() and month.isdigit() and told.isdigit()) or parts.get("calendar", "gregorian") != "gregorian":
        return []
    if mention.value is None or mention.value.calendar != "gregorian" or "relative" in parts:
        return []
    dated = sorted(_years_of(context.reading, month), key=lambda year: abs(year - int(told)))
    dated += [year for year in _topic_years(context) if year not in dated]
    years = list(dated) if int(told) in dated else [*dated, *(int(told) + k for k in (0, -1, 1))]
    if not dated and not _sure(context.reading, int(told)):
        return []
    if not years or min(years) < _LATE:
        return []
    out = []
    for year in years:
        try:
            out.append(moments.of(year, int(month), int(day)))
        except ValueError:
            return []
    return out


def _years_of(reading: Reading, month: str) -> set[int]:
    """The years that the text gives a month."""
    out = set()
    for time in reading.times:
        parts = dict(time.mention.parts)
        for prefix in ("", "start.", "end."):
            year = parts.get(prefix + "year", "")
            if parts.get(prefix + "month") == month and year.isdigit():
                out.add(int(year))
    return out


def _topic_years(context: Context) -> list[int]:
    """The years of what the text is about, where they are few."""
    for fact in context.reading.topic:
        event = context.event(fact)
        if event is not None and event.when is not None:
            low, high = moments.year_bounds(event.when)
            if low is not None and high is not None and high - low <= 1:
                return list(range(low, high + 1))
    return []


def _sure(reading: Reading, year: int) -> bool:
    """Whether all dates of a text that give a year give this one."""
    years = {dict(time.mention.parts).get("year", "") for time in reading.times} - {""}
    return years == {str(year)}
