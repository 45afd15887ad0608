"""«في عهد X», "in the reign of X", "broke out under X": what lies outside every reign of X, by its date or by what the reference knows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart
from ..facts import Entity, Event
from ..lexicon import Hit
from ..model import Finding, Moment
from ..prepositions import named_in
from ..reading import Clause
from ..tag.entities import Mention
from .context import RULING, Context, akin, cite, participants, reigns
from .deeds import done_to, of_something_else
from .lifetime import holder_of
from .people_words import phrases
from .story import brief, dates_of, goes_on

_REIGN = 2 * 366
_CLOSE = 14
"""Words that a reign and its date may stand apart."""


def in_reign(context: Context, clause: Clause, mention: Mention) -> Iterator[Finding]:
    """«في عهد X» with a date of its own clause that lies outside every reign of X."""
    reading = context.reading
    phrase = next(
        (
            h
            for h in reading.lexicon.reign_of.find(reading.tokens, clause.first, mention.first)
            if 0 <= mention.first - h.last <= 3
        ),
        None,
    )
    phrase = phrase or _under(context, clause, mention)
    if phrase is None:
        return
    dates = [
        t
        for t in clause.times
        if t.mention.type == "date"
        and t.mention.value
        and "year" in dict(t.mention.parts)
        and t.mention.relation in ("", "about")
    ]
    if not dates:
        yield from _reign_in(context, clause, mention, phrase.first)
    if len(dates) != 1:
        return
    near = sorted((phrase.first, mention.last, dates[0].first, dates[0].last))
    behind = dates[0].first > mention.last
    if near[-1] - near[0] > _CLOSE or (behind and any(reading.tokens[k].norm in (",", "،") for k in range(near[0], near[-1]))):
        return
    if not behind and any(goes_on(reading, clause, dates[0].first, k) for k in range(near[1] + 1, near[2])):
        return  # «هزم … سنة 1176م، وبلغت الدولة ذروتها في أيام فلان»
    turns = reading.lexicon.relations.find(reading.tokens, near[0], near[-1])
    if any(hit.value in ("before", "after", "since", "until") for hit in turns):
        return  # «بعد وفاته سنة 350هـ إلى أن انهارت في عهد …»
    if any(near[0] < hit.first for hit in reading.lexicon.connectors.find(reading.tokens, near[0], near[-1])):
        return  # «كُتبت سنة 72هـ، وذلك لأن الصناع في أيام المأمون أبدلوا الاسم»
    when = dates[0].mention.value
    assert when is not None
    people = context.people(mention)
    if not people or not all(_not_ruling(context, person, when, dates[0].mention.readings) for person in people):
        return
    person = people[0]
    yield context.finding(
        min(phrase.first, dates[0].first) if abs(dates[0].first - mention.last) < 12 else phrase.first,
        mention.last,
        {
            "person": person,
            "reign": next(r.when for r in reigns(person, RULING)),
            "written": reading.text(dates[0].first, dates[0].last),
        },
        cite(person, "roles"),
    )


def _reign_in(context: Context, clause: Clause, mention: Mention, first: int) -> Iterator[Finding]:
    """«وقعت معركة … في خلافة X»: the event of the sentence lies outside every reign of X."""
    reading = context.reading
    start, stop = reading.sentences[clause.sentence]
    named = [m for m in named_in(reading, start, stop) if m.has("event") and m.how == "name"]
    events = [e for m in named for e in context.events(m)]
    people = context.people(mention)
    if not any(m.has("event") for m in clause.mentions) and not reading.before(clause):
        named, events = [mention], _deeds(context, clause, people)
    several = len(events) > 1 and bool(named) and named[0] is not mention
    if len(named) != 1 or not events or several or dates_of(reading, start, stop):
        return
    whens = [event.when for event in events if event.when is not None and brief(event.when)]
    if len(whens) != len(events) or not people or not all(_not_ruling(context, person, when, ()) for person in people for when in whens):
        return
    reign = next(r.when for r in reigns(people[0], RULING))
    values = {"person": people[0], "reign": reign, "written": events[0]}
    yield context.finding(first, mention.last, values, cite(people[0], "roles"), cite(events[0]))


def _not_ruling(context: Context, person: Entity, when: Moment, readings: tuple[Moment, ...]) -> bool:
    """Whether somebody surely did not rule then: years off, or another is known to have held his throne all that time."""
    roles = list(reigns(person, RULING))
    if not roles or any(role.when is None or not apart(role.when, value) for role in roles for value in (when, *readings)):
        return False
    if all(abs(apart(role.when, value)) > _REIGN for role in roles for value in (when, *readings) if role.when):
        return True
    holders = [holder_of(context, role, when) for role in roles]
    return not readings and all(holder is not None and holder.id != person.id for holder in holders)


def _under(context: Context, clause: Clause, mention: Mention) -> Hit | None:
    """ "The fire broke out under Nero": the bare preposition behind what happened; no army stands before it."""
    reading = context.reading
    tokens, at = reading.tokens, mention.first - 1
    while at > clause.first and reading.lexicon.titles.at(tokens, at, at + 1):
        at -= 1
    under = phrases(reading, "under").at(tokens, at, mention.first)
    if under is None:
        return None
    before = at - 1
    skipped = reading.lexicon.prepositions | {","}
    while before > clause.first and (before in reading.time_at or tokens[before].kind == "number" or tokens[before].norm in skipped):
        before -= 1
    hits = [hit for hit in clause.triggers if hit.first <= before < max(hit.last, hit.first + 1)]
    return under if any(_happened(hit) for hit in hits) else None


def _happened(hit: Hit) -> bool:
    return hit.value.frame in ("begin", "end", "happen") or (hit.value.form == "passive" and hit.value.frame in _DONE)


_DONE = frozenset({"conquer", "build", "found", "open", "dissolve", "burn", "occupy"})


def _deeds(context: Context, clause: Clause, people: Sequence[Entity]) -> list[Event]:
    """What the clause says was taken, built or founded, where his own state had a part in it."""
    said = [p for p in context.reading.said.get(clause.index, ()) if p.frame in _DONE and p.asserted and p.patients and not p.carried]
    if len(said) != 1 or of_something_else(context.reading, said[0]):
        return []
    events = [item.fact for item in done_to(context, said[0]) if isinstance(item.fact, Event) and item.fact.when]
    realms = {role.of for person in people for role in reigns(person, RULING) if role.of}
    return [e for e in events if any(realms & akin(context, who) for who in participants(e)) and brief(e.when or _never)]


_never = Moment(None, None, None, None, "era")
