"""A Hijri day whose year is a slip of the pen: its day and month are those of a day that the text tells or knows in another year.

«سقطت المدينة في 29 مايو 1453م … كان الفتح في 20 جمادى الأولى سنة 875هـ»: 29 May 1453 was 20 Jumada I 857. By chance day and month
agree for one pair in a hundred, and hardly ever with the digits of the year turned about too.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..chronology import calendars
from ..facts import Event
from ..model import Finding, Moment
from ..reading import Reading, Time
from .calendar import equated
from .context import Context, cite
from .wordlists import denied, values

_YEAR = 355


def check(context: Context) -> Iterator[Finding]:
    """Hijri days in the wrong year."""
    reading = context.reading
    days = [time for time in reading.times if _hijri_day(time)]
    if not days:
        return
    known = list(_known_days(context))
    for time in days:
        if denied(reading, time.first) or _has_twin(reading, time):
            continue
        value, parts = time.mention.value, dict(time.mention.parts)
        assert value is not None
        if any(not apart(value, other, _YEAR) for other, _, _ in known):
            continue  # something in the text happened about then
        for other, where, fact in known:
            if fact is not None and not _beside(context, time, fact):
                continue
            year = _same_day(parts, other)
            if year is None or not _slip(parts["year"], str(year)):
                continue
            yield context.finding(
                time.first,
                time.last,
                {"date": reading.text(time.first, time.last), "other": other, "year": str(year)},
                *([cite(fact)] if fact is not None else []),
                related=[reading.span(where.first, where.last)] if where is not None else [],
            )
            break


def _beside(context: Context, time: Time, event: Event) -> bool:
    """Whether the paragraph of a date names an event, or the text is about it."""
    reading = context.reading
    if event.id in reading.topic:
        return True
    first = next((k for k in range(time.first, 0, -1) if reading.tokens[k - 1].norm == "\n"), 0)
    last = next((k for k in range(time.last, len(reading.tokens)) if reading.tokens[k].norm == "\n"), len(reading.tokens))
    return any(event.id in m.ids() for m in reading.mentions if first <= m.first < last)


def _hijri_day(time: Time) -> bool:
    mention, parts = time.mention, dict(time.mention.parts)
    return (
        mention.type == "date"
        and mention.value is not None
        and mention.value.precision == "day"
        and parts.get("calendar") == "islamic"
        and all(parts.get(key, "").isdigit() for key in ("day", "month", "year"))
        and mention.relation in ("", "during")
    )


def _has_twin(reading: Reading, time: Time) -> bool:
    """Whether a date in another calendar is written beside this one: those two are compared with each other."""
    return any(
        other is not time and abs(other.first - time.first) < 12 and equated(reading, *sorted((time, other)))
        for other in reading.times
    )


def _known_days(context: Context) -> Iterator[tuple[Moment, Time | None, Event | None]]:
    """The civil days that the text tells, and those of the events that it names."""
    for time in context.reading.times:
        mention = time.mention
        if mention.type == "date" and mention.value is not None and mention.value.precision == "day":
            for value in values(mention):
                if value.calendar != "islamic":
                    yield value, time, None
    named = {fact for mention in context.reading.mentions for fact in mention.ids("event")} | set(context.reading.topic)
    for fact in sorted(named):
        event = context.event(fact)
        if event is not None and event.when is not None and event.when.precision == "day":
            yield event.when, None, event


def _same_day(parts: dict[str, str], other: Moment) -> int | None:
    """The Hijri year in which a civil day fell on the day and month written, a day's tolerance on each side."""
    for day in {other.start_lo, other.end_lo, other.end_hi} - {None}:
        for moved in (0, -1, 1):
            assert day is not None
            year, month, number = calendars.from_jdn("islamic", day + moved)
            if (month, number) == (int(parts["month"]), int(parts["day"])):
                return year
    return None


def _slip(written: str, right: str) -> bool:
    """Whether a year differs from another by one digit, or by the order of its digits."""
    if written == right or len(written) != len(right):
        return False
    return sorted(written) == sorted(right) or sum(a != b for a, b in zip(written, right, strict=True)) == 1
