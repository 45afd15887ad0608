"""Written dates that no calendar has, and years in the wrong era: all from the text alone.

Options: `of` is impossible (31 June), backwards (1193–1174) or mark (a Hijri year marked as a civil one, or the reverse).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..chronology import moment as moments
from ..model import Finding, Moment, TimeMention
from ..reading import Reading, Time
from .calendar import equated
from .context import Context
from .wordlists import denied, has, sentence_at, values

_CIVIL = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LONGEST = 30  # of a Hijri or Coptic month
_SWEDISH = 1712  # the year whose February had thirty days


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    of = context.options["of"]
    if of == "impossible":
        yield from _impossible(context)
    elif of == "backwards":
        yield from _backwards(context)
    else:
        yield from _marks(context)


# ---------------------------------------------------------------- days that a month does not have


def _impossible(context: Context) -> Iterator[Finding]:
    reading = context.reading
    for time in reading.times:
        parts = dict(time.mention.parts)
        for prefix in ("", "start.", "end."):
            day, month = parts.get(prefix + "day", ""), parts.get(prefix + "month", "")
            if not (day.isdigit() and month.isdigit()):
                continue
            year = parts.get(prefix + "year", "")
            length = _length(parts.get(prefix + "calendar", "gregorian"), int(month), year)
            if int(day) <= length or not (year or _led(reading, time)) or denied(reading, time.first):
                continue
            yield context.finding(
                time.first, time.last, {"date": reading.text(time.first, time.last), "length": str(length), "day": day}
            )
            break


def _length(calendar: str, month: int, year: str) -> int:
    """Most days that a month may have; 99 where that is not known."""
    if calendar in ("islamic", "coptic"):
        return _LONGEST if month <= 12 else 6
    if calendar not in ("gregorian", "julian") or not 1 <= month <= 12 or year == str(_SWEDISH):
        return 99
    if month == 2 and year.isdigit() and int(year) % 4:
        return 28
    return _CIVIL[month - 1]


def _led(reading: Reading, time: Time) -> bool:
    """Whether a day without a year stands as a date stands: behind a preposition or the word for day."""
    if not time.first:
        return False
    before = reading.tokens[time.first - 1].norm
    return (
        before in reading.lexicon.prepositions
        or before in reading.lexicon.carriers
        or has(reading, time.first - 1, time.first, "joining")
    )


# ---------------------------------------------------------------- ranges that run backwards


_WIDEST = 150
"""Years of the longest range that counts as one: wider ones mix two calendars or eras."""


def _backwards(context: Context) -> Iterator[Finding]:
    reading = context.reading
    for index, time in enumerate(reading.times):
        found = _ends(reading, time)
        if found is None:
            continue
        first, last, start, end, era, last_token = found
        if denied(reading, first) or not 0 < abs(start - end) <= _WIDEST:
            continue
        if era in ("bce", "bh"):
            if start >= end:
                continue
        elif start <= end or (not era and not _common_era(context, index, start, end)):
            continue
        yield context.finding(
            first,
            last,
            {
                "first": reading.text(first, time.last) if last_token else reading.text(first, last),
                "start": str(start),
                "end": str(end),
            },
        )


def _ends(reading: Reading, time: Time) -> tuple[int, int, int, int, str, int] | None:
    """A range that runs backwards: its tokens, its two years and its era."""
    parts, mention = dict(time.mention.parts), time.mention
    if "backwards" in mention.rules:
        start, end = parts.get("start.year", ""), parts.get("end.year", "")
        if not (start.isdigit() and end.isdigit()) or mention.anchor or start == end:
            return None
        if any(k in parts for k in ("start.month", "end.month", "start.about", "end.about", "start.relative", "end.relative")):
            return None
        if parts.get("start.calendar", "") != parts.get("end.calendar", ""):
            return None
        eras = {parts.get("start.era", ""), parts.get("end.era", "")}
        if len(eras - {""}) > 1:
            return None
        era = next(iter(eras - {""}), "")
        if era in ("bce", "bh") and "" in eras:
            return None
        return time.first, time.last, int(start), int(end), era, 0
    return _bracketed(reading, time)


def _bracketed(reading: Reading, time: Time) -> tuple[int, int, int, int, str, int] | None:
    """«(1193-1174)» where the second number was not taken for a year, since the two run backwards."""
    tokens, parts = reading.tokens, dict(time.mention.parts)
    at = time.last
    if (
        time.mention.type != "date"
        or time.mention.anchor
        or time.last - time.first != 1
        or at + 2 >= len(tokens)
        or not time.first
    ):
        return None
    if tokens[time.first - 1].norm != "(" or tokens[at].norm not in ("-", "–", "—") or tokens[at + 2].norm != ")":
        return None
    year, second = parts.get("year", ""), tokens[at + 1].norm
    if (
        tokens[time.first].norm != year
        or not second.isdigit()
        or len(second) != len(year)
        or len(year) < 3
        or int(second) >= int(year)
    ):
        return None
    if tokens[at].start != tokens[time.first].end and tokens[at + 1].start == tokens[at].end:
        return None
    if any(t.first == at + 1 and "era" in dict(t.mention.parts) for t in reading.times):
        return None
    return time.first, at + 2, int(year), int(second), parts.get("era", ""), 0


def _common_era(context: Context, index: int, start: int, end: int) -> bool:
    """Whether unmarked years are surely years AD: nothing in the text is older, and something dates it."""
    reading = context.reading
    if start > 1900 and end > 1500:
        return start < 2100
    eras = {value for time in reading.times for name, value in time.mention.parts if name.endswith("era")}
    if eras & {"bce", "bh", "ah"}:
        return False
    if "ce" in eras or end >= 1500:
        return True
    for other, time in enumerate(reading.times):
        year = dict(time.mention.parts).get("year", "")
        if other != index and year.isdigit() and "backwards" not in time.mention.rules and -100 <= int(year) - start <= 200:
            return True
    first, last = sentence_at(reading, reading.times[index].first)
    for mention in reading.mentions:
        if first <= mention.first < last and mention.has("person", "event"):
            facts = [context.reference.fact(fact) for fact in mention.ids("person", "event")]
            whens = [fact.when for fact in facts if fact is not None and fact.when is not None]
            if whens and all(when.start_lo is not None and when.start_lo > _FIRST_CENTURY for when in whens):
                return True
    return False


_FIRST_CENTURY = 1757600
"""JDN in the first century."""


# ---------------------------------------------------------------- Hijri years marked as civil ones


_ERA_WIDTH = 90
"""Years around the right reading in which all other dates of the text must lie."""
_NEAR = 1
"""Years by which a date in the same or the next sentence may differ from the right reading."""


def _marks(context: Context) -> Iterator[Finding]:
    reading = context.reading
    dated = [time for time in reading.times if _yearly(time.mention)]
    for time in dated:
        mention = time.mention
        parts = dict(mention.parts)
        if parts.get("era") not in ("ce", "ah") or mention.type != "date" or not parts.get("year", "").isdigit():
            continue
        year = int(parts["year"])
        other = _other(mention, year, parts["era"])
        if other is None or mention.relation not in ("", "about", "during") or "month" in parts or "part" in parts:
            continue
        others = [t for t in dated if t is not time and dict(t.mention.parts).get("year") != parts["year"]]
        if not others or any(not _within(t.mention, other, _ERA_WIDTH) for t in others):
            continue
        if not _settled(context, time, other, others):
            continue
        yield context.finding(
            time.first,
            time.last,
            {
                "written": reading.text(time.first, time.last),
                "as_written": mention.value,
                "meant": other,
                "nearby": _nearby(others, time),
            },
            related=[reading.span(t.first, t.last) for t in others[:1]],
        )


def _yearly(mention: TimeMention) -> bool:
    return (
        mention.value is not None and mention.value.precision in ("year", "month", "day") and mention.type in ("date", "period")
    )


def _other(mention: TimeMention, year: int, era: str) -> Moment | None:
    """The same number as a year of the other calendar."""
    try:
        if era == "ce":
            return moments.of(year, calendar="islamic") if 1 <= year <= 1446 else None
        return moments.of(year) if 500 <= year <= 1500 and dict(mention.parts).get("calendar") == "islamic" else None
    except ValueError:
        return None


def _within(mention: TimeMention, around: Moment, years: int) -> bool:
    return any(not apart(value, around, years * 365) for value in values(mention))


def _settled(context: Context, time: Time, other: Moment, others: list[Time]) -> bool:
    """Whether the text shows that the other calendar is meant: a date nearby lies at it, and nothing fits the year as written."""
    reading = context.reading
    first, last = sentence_at(reading, time.first)
    if denied(reading, time.first) or has(reading, first, last, "editions", "early_islam"):
        return False
    if any(equated(reading, *sorted((time, t))) for t in others if abs(t.first - time.first) < 12):
        return False  # said to be one day: that is for the twins
    assert time.mention.value is not None
    people = False
    clause = next((c for c in reading.clauses if c.first <= time.first < c.last), None)
    if clause and any(
        lookback.first < time.first
        for lookback in reading.lexicon.retrospective.find(reading.tokens, clause.first, clause.last)
    ):
        return False
    for mention in reading.mentions:
        if not first <= mention.first < last or mention.how == "demonym":
            continue
        for fact in (context.reference.fact(name) for name in mention.ids("person", "event")):
            when = fact.when if fact is not None else None
            if when is None:
                continue
            when = _bounded(when)
            if not apart(when, time.mention.value, 5 * 365):
                return False
            people = people or not apart(when, other, 365)
    near = [t for t in others if _sentences_apart(reading, t.first, time.first) <= 1]
    if people:
        return bool(near)
    return len(others) > 1 and any(_within(t.mention, other, _NEAR) for t in near)


_LIFE = 100 * 365


def _bounded(when: Moment) -> Moment:
    """A time with an unknown end as a life may have been."""
    if when.start_lo is None and when.end_lo is not None:
        return when._replace(start_lo=when.end_lo - _LIFE)
    if when.end_hi is None and when.start_hi is not None:
        return when._replace(end_hi=when.start_hi + _LIFE)
    return when


def _sentences_apart(reading: Reading, one: int, other: int) -> int:
    low, high = sorted((one, other))
    return sum(low < start <= high for start, _ in reading.sentences)


def _nearby(others: list[Time], time: Time) -> Moment | None:
    return min(others, key=lambda t: abs(t.first - time.first)).mention.value
