"""Ages of people whom the reference knows, against their birth and the moment that the text speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import subjects
from ..chronology import moment as moments
from ..facts import Entity
from ..model import Finding, Moment, Span
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading
from .context import Context, cite
from .measures import LUNAR
from .told_ages import Age, moment_behind, opens_moment, strangers, told_ages
from .wordlists import has


def check(context: Context) -> Iterator[Finding]:
    """Ages of people of the reference that do not follow from birth and moment."""
    reading = context.reading
    births = _births(context)
    for age in told_ages(reading):
        clause = reading.clauses[reading.clause_at[age.first]] if age.first in reading.clause_at else None
        if clause is None or any(doubt.value not in ("plan", "question") for doubt in clause.doubts):
            continue
        if reading.in_quotation(age.first) or clause.kind == "quote":
            continue
        person = _whose(context, clause, age)
        if person is None:
            continue
        born, place = births.get(person.id, (person.born, None))
        when, when_place = _at(context, clause, age, person)
        if born is None or when is None:
            continue
        low, high = moments.gap_years(born, when)
        if low is None or high is None or high < 0:
            continue
        islamic = "islamic" in (born.calendar, when.calendar)
        slack = 2 if age.hedged or islamic or born.precision != "day" else 1
        slack += age.years // LUNAR
        if age.hedged:
            slack = max(slack, round(age.years * 0.1))
        if low - slack <= age.years <= high + slack:
            continue
        yield context.finding(
            age.first,
            age.last,
            {
                "person": person,
                "born": born,
                "when": when,
                "age": str(low) if low == high else f"{low}–{high}",
                "stated": str(age.years),
            },
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


def _whose(context: Context, clause: Clause, age: Age) -> Entity | None:
    """Whose age it is: the one who dies or accedes in the sentence before it, else the person that the text is about."""
    reading = context.reading
    best = None
    for predication in reading.predications:
        if (
            reading.clauses[predication.clause].sentence == clause.sentence
            and predication.first <= age.last
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
        m for p in reading.predications if p.form == "noun" and start <= p.first < age.first for m in (*p.agents, *p.patients)
    }
    named = [m for m in named_in(reading, start, age.first) if m.has("person") and m.how != "anaphor" and m not in aside]
    if named and best is not None and best.id not in named[-1].ids("person"):
        if age.first - named[-1].last > _BESIDE:
            return None  # somebody else was named since
        people = context.people(named[-1])  # "by Charles XII, then eighteen years old"
        best = people[0] if len(people) == 1 else None
    if best is None and len({m.ids("person") for m in named}) == 1 and not preposition(reading, named[0]):
        people = context.people(named[0])  # "Napoleon was thirty-five when …"
        if len(people) == 1 and not strangers(reading, start, age.cue, frozenset([people[0].id])):
            best = people[0]
    if best is None and not named:
        best = _pronoun_subject(context, clause.sentence, age)
    known = frozenset(reading.topic)
    if best is None and known and not _behind_name(reading, start, age) and not strangers(reading, start, age.cue, known):
        best = context.entity(reading.topic[0])
    return best if best is not None and best.kind == "person" else None


_BACK = 5
"""Sentences over which "he" is followed back to a name."""


def _pronoun_subject(context: Context, sentence: int, age: Age) -> Entity | None:
    """Whom "he" means at the front of a sentence: the one whose name opens a sentence before it, with only "he" since."""
    reading = context.reading
    if reading.lang == "ar":
        return None
    for number in range(sentence, max(-1, sentence - _BACK), -1):
        start, stop = reading.sentences[number]
        stop = min(stop, age.cue + 1)
        he = next((k for k in range(start, stop) if reading.tokens[k].norm in reading.lexicon.pronouns), stop)
        first = next((m for m in named_in(reading, start, stop) if m.has("person") and not preposition(reading, m)), None)
        if first is not None and first.first < he:
            people = context.people(first)
            opens = first.first - start <= 1 and len(people) == 1
            return people[0] if opens and number < sentence else None
        if he == stop and stop - start > 2 and not strangers(reading, start, stop):
            return None
        if strangers(reading, start, he):
            return None
    return None


def _behind_name(reading: Reading, start: int, age: Age) -> bool:
    """Whether the age stands behind a name that the reference does not have: "by Charles XII, then eighteen years old"."""
    at = age.cue - 1
    while at > start and (reading.tokens[at].norm in (",", "(") or has(reading, at, at + 1, "aged", "hedges", "then")):
        at -= 1
    return at > start and reading.document.text[reading.tokens[at].start].isupper()


_OF_BIRTH = 6
"""Words behind a birth within which a date is its own."""


def _at(context: Context, clause: Clause, age: Age, person: Entity) -> tuple[Moment | None, Span | None]:
    """When he was of that age: the date of the sentence, else his death where the clause tells it."""
    reading = context.reading
    behind = moment_behind(reading, age)
    if behind is not None:
        return behind.mention.value, reading.span(behind.first, behind.last)
    opened = opens_moment(reading, age)
    if opened is not None:
        stop = reading.sentences[clause.sentence][1]
        deaths = [p for p in reading.predications if p.frame == "die" and opened <= p.first <= min(opened + 1, stop - 1)]
        own = deaths and (deaths[0].carried or not deaths[0].agents) and deaths[0].form == "verb"
        return (person.died, None) if own and not _named_behind(reading, deaths[0].last, stop) else (None, None)
    dates = [
        t
        for c in reading.clauses
        if c.sentence == clause.sentence
        for t in c.times
        if t.mention.type == "date" and t.mention.value and t.last <= age.first and t.mention.relation in ("", "about")
    ]
    births = [p for p in reading.predications if p.frame == "born" and reading.clauses[p.clause].sentence == clause.sentence]
    of_births = {next((t for t in dates if 0 <= t.first - p.last <= _OF_BIRTH), None) for p in births}
    dates = [t for t in dates if t not in of_births and not (births and person.born == t.mention.value)]
    if dates:
        return dates[-1].mention.value, reading.span(dates[-1].first, dates[-1].last)
    if any(p.frame == "die" and p.clause == clause.index for p in reading.predications):
        return person.died, None
    return None, None


def _named_behind(reading: Reading, first: int, stop: int) -> bool:
    """Whether somebody is named right behind a verb: it may be his death that is meant."""
    return any(m.has("person") for m in named_in(reading, first, min(first + 3, stop)))
