"""Sums of years that a text states beside the dates they follow from: lengths of periods, ages.

Options: `of` is duration or age.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import subjects
from ..chronology import moment as moments
from ..facts import Entity
from ..model import Finding, Moment, Span, TimeMention
from ..reading import Clause, Reading, Time
from .context import Context, cite

_UNITS = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}
_ROUND = 0.15
"""Share by which an "about" may be off."""


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    if context.options["of"] == "duration":
        yield from _durations(context)
    else:
        yield from _ages(context)


def _durations(context: Context) -> Iterator[Finding]:
    reading = context.reading
    for one, other in zip(reading.times, reading.times[1:], strict=False):
        period, length = (one, other) if one.mention.type == "period" else (other, one)
        if period.mention.type != "period" or length.mention.type != "duration" or period.mention.value is None:
            continue
        if not _explained(reading, one, other, period is one) or length.mention.anchor or length.mention.days is None:
            continue
        low, high = moments.length_days(period.mention.value)
        if low is None or high is None:
            continue
        least, most = _tolerant(length.mention)
        if most < low or least > high:
            yield context.finding(
                one.first,
                other.last,
                {
                    "period": reading.text(period.first, period.last),
                    "stated": reading.text(length.first, length.last),
                    "real": _spell(context, low, high, length.mention.edtf[-1]),
                },
            )


def _explained(reading: Reading, one: Time, other: Time, period_first: bool) -> bool:
    """Whether the length is said to be that of the period: «أي», "that is", "lasting" between, or nothing."""
    gap = reading.tokens[one.last : other.first]
    if len(gap) > 7 or any(token.norm in (".", "\n") for token in gap):
        return False
    words = [token.norm for token in gap if token.kind == "word"]
    if period_first:
        return any(word in reading.lexicon.explains for word in words) or (not words and any(token.norm == "(" for token in gap))
    return len(words) <= 2 and all(word in reading.lexicon.explains or word in reading.lexicon.glue for word in words)


def _tolerant(mention: TimeMention) -> tuple[float, float]:
    """Days that a written length allows: its unit either way, counted inclusively or not, in solar or lunar years."""
    assert mention.days is not None
    low, high = map(float, mention.days)
    unit = _UNITS.get(mention.edtf[-1:], 1.0)
    slack = max(unit, high * _ROUND if mention.relation == "about" else 0.0)
    if unit >= 300:
        low *= 0.97
    return low - slack, high + slack


def _spell(context: Context, low: int, high: int, unit: str) -> str:
    """A length in the unit that the text uses, smaller where that says too little."""
    names = context.reading.lexicon.wording.get("facts", {}).get("units", {})
    size = _UNITS.get(unit, 1.0)
    a, b = round(low / size), round(high / size)
    if a < 3 and unit in ("Y", "M"):
        return _spell(context, low, high, "M" if unit == "Y" else "D")
    number = str(a) if a == b else f"{a}–{b}"
    return str(names.get(unit, "{n}")).replace("{n}", number)


def _ages(context: Context) -> Iterator[Finding]:
    reading = context.reading
    births = _births(context)
    for time in reading.times:
        if time.mention.type != "age" or time.mention.days is None:
            continue
        clause = next((c for c in reading.clauses if c.first <= time.first < c.last), None)
        if clause is None or any(doubt.value != "plan" for doubt in clause.doubts):
            continue
        person = _whose(context, clause, time)
        if person is None:
            continue
        born, place = births.get(person.id, (person.born, None))
        when, when_place = _at(context, clause, time, person)
        if born is None or when is None:
            continue
        low, high = moments.gap_years(born, when)
        if low is None or high is None:
            continue
        stated = round(sum(time.mention.days) / 2 / 365.25 - 0.5)
        slack = 2 if time.mention.relation == "about" or born.calendar == "islamic" or when.calendar == "islamic" or born.precision != "day" else 1
        slack += stated // 33  # lunar years run ahead one in thirty-three
        if low - slack <= stated <= high + slack:
            continue
        yield context.finding(
            time.first,
            time.last,
            {"person": person, "born": born, "when": when, "age": str(low) if low == high else f"{low}–{high}", "stated": stated},
            *([] if place else [cite(person, "life")]),
            related=[span for span in (place, when_place) if span],
        )


def _births(context: Context) -> dict[str, tuple[Moment, Span]]:
    """Births that the text itself dates."""
    from ..bind import date_of

    reading, out = context.reading, {}
    for predication in reading.predications:
        if predication.frame != "born" or not predication.asserted:
            continue
        who = [m for m in subjects(predication) if m.has("person")]
        clause = reading.clauses[predication.clause]
        dated = date_of(reading, clause, predication.first, max([predication.last, *(m.last for m in who if m.first >= predication.first)]))
        if len(who) == 1 and dated and dated.time.mention.value and len(context.people(who[0])) == 1:
            out.setdefault(context.people(who[0])[0].id, (dated.time.mention.value, reading.span(dated.time.first, dated.time.last)))
    return out


def _whose(context: Context, clause: Clause, time: Time) -> Entity | None:
    """Whose age it is: the one who dies or accedes in the sentence before it, else the person that the text is about."""
    reading = context.reading
    best = None
    for predication in reading.predications:
        if reading.clauses[predication.clause].sentence == clause.sentence and predication.first <= time.last and predication.form != "noun":
            who = [m for m in subjects(predication) if m.has("person")]
            if len(who) == 1:
                people = context.people(who[0])
                best = people[0] if len(people) == 1 else None
    if best is None and reading.topic:
        best = context.entity(reading.topic[0])
    return best if best is not None and best.kind == "person" else None


def _at(context: Context, clause: Clause, time: Time, person: Entity) -> tuple[Moment | None, Span | None]:
    """When he was of that age: the date of the sentence, else his death where the clause tells it."""
    reading = context.reading
    dates = [
        t
        for c in reading.clauses
        if c.sentence == clause.sentence
        for t in c.times
        if t.mention.type == "date" and t.mention.value and t.first < time.first and t.mention.relation in ("", "about")
    ]
    if dates:
        return dates[-1].mention.value, reading.span(dates[-1].first, dates[-1].last)
    if any(p.frame == "die" and p.clause == clause.index for p in reading.predications):
        return person.died, None
    return None, None
