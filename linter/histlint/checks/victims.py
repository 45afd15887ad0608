"""To whom something was done: "Jacques Hébert was stabbed in his bath by Charlotte Corday", «قُتل دانتون بسكين شارلوت كورداي».

Either the killer is known for one deed only, and the reference knows how he who is named met his end; or `tellings` finds the event,
and another than those to whom it was done stands as the object or the passive subject of the words that tell it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, aside, conflict
from ..facts import Entity, Event
from ..model import Finding
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import RULING, Context, cite, participants, reigns
from .killings import Killing, bears, told_killings
from .story import possessive
from .tellings import Told, tellings
from .terms import plain_date

_DEADLY = frozenset({"assassination", "execution", "death"})
_KILLINGS = frozenset({"assassination", "other"})
_ENDS = _DEADLY | {"trial", "birth"}
"""Types of event in which one who is known for a single killing may stand besides."""
_RAISED = frozenset({"coronation", "election", "abdication", "coup"})
_MONTH, _YEAR = 31, 366
_NEAR = 2
"""Words between a victim and what is told."""


def victims(context: Context) -> Iterator[Finding]:
    """Findings on those to whom something is said to have been done."""
    for killing in told_killings(context):
        yield from _of_known_killer(context, killing)
    reading = context.reading
    for index, several in tellings(context).items():
        clause = reading.clauses[index]
        if clause.kind not in ("paragraph", "item") or reading.lexicon.commemorating.find(reading.tokens, clause.first, clause.last):
            continue
        for told in several:
            yield from _of_telling(context, clause, told)


def _of_known_killer(context: Context, killing: Killing) -> Iterator[Finding]:
    """A man killed by somebody who is known to have killed another, and nothing else is known of him."""
    killers = context.people(killing.killer)
    if not killers or len(killers) != len(killing.killer.ids()):
        return
    deeds = [event for killer in killers for event in _deeds(context, killer)]
    if not deeds or not all(_deeds(context, killer) for killer in killers):
        return
    if killing.victim is not None and any(bears(context, killing.victim, who) for deed in deeds for who in deed.target):
        return  # "Kennedy was shot by Sirhan Sirhan"
    if all(_ended_otherwise(context, victim, deed) for victim in killing.victims for deed in deeds):
        yield _finding(context, killing.first, killing.last, killing.victims[0], deeds[0])


def _deeds(context: Context, killer: Entity) -> list[Event]:
    """The killings that somebody is known for, if for nothing else."""
    events = [event for fact in context.reference.events_with(killer.id) if (event := context.event(fact)) is not None]
    deeds = [event for event in events if killer.id in event.by and event.type in _KILLINGS and event.when and _persons(context, event)]
    return deeds if not killer.roles and all(event in deeds or event.type in _ENDS for event in events) else []


def _ended_otherwise(context: Context, person: Entity, event: Event) -> bool:
    """Whether the reference knows how somebody met his end, and it was not in this event."""
    if person.id in participants(event) or person.died is None or event.when is None or not apart(person.died, event.when, _MONTH):
        return False
    ends = [e for role in ("target", "killed") for fact in context.reference.events_with(person.id, role) if (e := context.event(fact))]
    ends = [e for e in ends if person.id in e.killed or e.type in _DEADLY]
    return any(e.when is not None and not apart(e.when, person.died, _MONTH) for e in ends)


def _of_telling(context: Context, clause: Clause, told: Told) -> Iterator[Finding]:
    reading, event = context.reading, told.event
    if event.type not in _DEADLY | _RAISED or event.when is None or not _persons(context, event):
        return
    if not reading.told(clause, max(told.words)) or aside(reading, told.first) or reading.looks_back(clause.first, told.last):
        return
    dates = [t.mention for t in clause.times if plain_date(t)]
    if any(conflict(date, event.when) for date in dates):
        return  # another occasion
    start, stop = reading.sentences[clause.sentence]
    cast = participants(event)
    named = [m for m in named_in(reading, start, stop) if m.has("person")]
    if any(fact in event.target for m in named for fact in m.ids("person")):
        return
    men = [m for m in named if clause.first <= m.first < clause.last and m.how not in ("anaphor", "demonym")]
    men = [m for m in men if not m.has("event", "place", "polity")]
    gone = [m for m in men if not set(m.ids()) & cast and _suffers(reading, clause, m, told)]
    if any(bears(context, m, who) for m in gone for who in event.target):
        return
    people = context.people(gone[0]) if len(gone) == 1 else []
    if people and all(_was_not(context, person, event, bool(dates)) for person in people):
        yield _finding(context, min(told.first, gone[0].first), max(told.last, gone[0].last), people[0], event)


def _persons(context: Context, event: Event) -> bool:
    return bool(event.target) and all((e := context.entity(who)) is not None and e.kind == "person" for who in event.target)


def _suffers(reading: Reading, clause: Clause, man: Mention, told: Told) -> bool:
    """Whether something that is told was done to somebody: the object of its verb, or the subject of a passive."""
    if preposition(reading, man) or possessive(reading, man):
        return False
    for p in reading.said.get(clause.index, ()):
        if man in p.patients and p.frame in ("kill", "accede", "unseat") and p.form != "noun" and not p.carried:
            return p.first < told.last + _NEAR and p.last > told.first - _NEAR
    auxiliaries = reading.lexicon.auxiliaries
    if reading.lang == "ar" or man.last + 1 >= clause.last or reading.tokens[man.last].norm not in auxiliaries:
        return False
    return man.last + 1 in told.words


def _was_not(context: Context, person: Entity, event: Event, dated: bool) -> bool:
    """Whether it was surely not done to somebody: he ended otherwise, was dead or lived on, or held that throne at another time."""
    if event.when is None:
        return False
    if event.type in _DEADLY:
        late = dated and person.died is not None and apart(person.died, event.when, _YEAR) != 0
        return late or _ended_otherwise(context, person, event)
    offices = {(role.office, role.of) for who in event.target if (e := context.entity(who)) for role in reigns(e, RULING)}
    own = [role for role in reigns(person, RULING) if (role.office, role.of) in offices]
    return bool(own) and all(role.when is not None and apart(role.when, event.when, _YEAR) for role in own)


def _finding(context: Context, first: int, last: int, person: Entity, event: Event) -> Finding:
    real = tuple(context.reference.fact(who) or who for who in event.target)
    return context.finding(first, last, {"event": event, "person": person, "victim": real}, cite(event, "target"), cite(person, "life"))
