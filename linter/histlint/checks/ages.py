"""Ages of people whom the reference knows, against their birth and the moment that the text speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import subjects
from ..chronology import moment as moments
from ..facts import Entity
from ..model import Finding, Moment, Span
from ..prepositions import named_in
from ..reading import Clause, Reading, Time
from .context import Context, cite
from .wordlists import has


def check(context: Context) -> Iterator[Finding]:
    """Ages of people of the reference that do not follow from birth and moment."""
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
        slack = (
            2
            if time.mention.relation == "about"
            or born.calendar == "islamic"
            or when.calendar == "islamic"
            or born.precision != "day"
            else 1
        )
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

    reading = context.reading
    out: dict[str, tuple[Moment, Span]] = {}
    for predication in reading.predications:
        if predication.frame != "born" or not predication.asserted:
            continue
        who = [m for m in subjects(predication) if m.has("person")]
        clause = reading.clauses[predication.clause]
        dated = date_of(
            reading, clause, predication.first, max([predication.last, *(m.last for m in who if m.first >= predication.first)])
        )
        if len(who) == 1 and dated and dated.time.mention.value and len(context.people(who[0])) == 1:
            out.setdefault(
                context.people(who[0])[0].id, (dated.time.mention.value, reading.span(dated.time.first, dated.time.last))
            )
    return out


_BESIDE = 2
"""Words that may stand between a name and the age of its bearer."""


def _whose(context: Context, clause: Clause, time: Time) -> Entity | None:
    """Whose age it is: the one who dies or accedes in the sentence before it, else the person that the text is about."""
    reading = context.reading
    best = None
    for predication in reading.predications:
        if (
            reading.clauses[predication.clause].sentence == clause.sentence
            and predication.first <= time.last
            and predication.form != "noun"
        ):
            who = [m for m in subjects(predication) if m.has("person")]
            if len(who) == 1:
                people = context.people(who[0])
                best = people[0] if len(people) == 1 else None
                if predication.carried and has(reading, reading.sentences[clause.sentence][0], predication.first, "relative"):
                    return None  # "… the year that Michelangelo died, and died in 1616"
    start = reading.sentences[clause.sentence][0]
    aside = {
        m for p in reading.predications if p.form == "noun" and start <= p.first < time.first for m in (*p.agents, *p.patients)
    }
    named = [m for m in named_in(reading, start, time.first) if m.has("person") and m.how != "anaphor" and m not in aside]
    if named and best is not None and best.id not in named[-1].ids("person"):
        if time.first - named[-1].last > _BESIDE:
            return None  # somebody else was named since
        people = context.people(named[-1])  # "by Charles XII, then eighteen years old"
        best = people[0] if len(people) == 1 else None
    if best is None and reading.topic and not _behind_name(reading, start, time):
        best = context.entity(reading.topic[0])
    return best if best is not None and best.kind == "person" else None


def _behind_name(reading: Reading, start: int, time: Time) -> bool:
    """Whether the age stands behind a name that the reference does not have: "by Charles XII, then eighteen years old"."""
    at = time.first - 1
    while at > start and (reading.tokens[at].norm in (",", "(") or has(reading, at, at + 1, "aged", "hedges", "then")):
        at -= 1
    return at > start and reading.document.text[reading.tokens[at].start].isupper()


_OF_BIRTH = 6
"""Words behind a birth within which a date is its own."""


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
    births = [p for p in reading.predications if p.frame == "born" and reading.clauses[p.clause].sentence == clause.sentence]
    dates = [t for t in dates if not any(0 <= t.first - p.last <= _OF_BIRTH or person.born == t.mention.value for p in births)]
    if dates:
        return dates[-1].mention.value, reading.span(dates[-1].first, dates[-1].last)
    if any(p.frame == "die" and p.clause == clause.index for p in reading.predications):
        return person.died, None
    return None, None
