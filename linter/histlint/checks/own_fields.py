"""Killed or taken in another battle than his own: «قُتل أبو جهل في غزوة أحد», "Francis I was captured at Marignano".

The clause names the battle under "in"; the reference knows the one in which he fell or was taken, at another time.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, subjects
from ..facts import Entity, Event
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, participants
from .fate import fight_named
from .fights import FIGHTS, side_of
from .told_fates import Told

_NEAR = 8
"""Words between a fate and the name of the fight."""
_FIELDS = FIGHTS - {"war", "campaign", "revolt"}
"""Fights that are over in days or months, so that a man can have fallen in one only."""


def joint_fates(reading: Reading, clause: Clause) -> Iterator[Told]:
    """Several men who are told of together: «قُتل طلحة والزبير», "Talha and al-Zubayr were killed"."""
    for predication in reading.said.get(clause.index, ()):
        if predication.frame not in ("kill", "die", "capture") or predication.form == "noun" or predication.carried or not predication.asserted:
            continue
        men = predication.patients if predication.frame != "die" else subjects(predication)
        if len(men) < 2 or (predication.frame != "die" and (predication.form != "passive" or predication.agents)):
            continue
        if all(m.has("person") and m.how not in ("anaphor", "demonym") for m in men):
            fate = "captured" if predication.frame == "capture" else "killed"
            for man in men:
                yield Told(fate, man, min(predication.first, man.first), max(predication.last, man.last))


def own_field(context: Context, clause: Clause, told: Told) -> tuple[Told, Entity, Event] | None:
    """What is told up to the name of the battle, the man, and the battle in which he really fell or was taken."""
    if told.loose or told.fate not in ("killed", "captured"):
        return None
    found = _named_at(context, clause, told)
    people = context.people(told.man)
    if found is None:
        return None
    event, named = found
    if event.type not in _FIELDS or event.when is None or len(people) != 1:
        return None
    person = people[0]
    own = _fields(context, person, told.fate)
    if not own or person.id in (*event.killed, *event.captured) or any(_same(context, event, other) for other in own):
        return None
    if told.fate == "captured" and not _free(context, person, event):
        return None
    return told._replace(first=min(told.first, named.first), last=max(told.last, named.last)), person, own[0]


def _named_at(context: Context, clause: Clause, told: Told) -> tuple[Event, Mention] | None:
    """The fight named beside a fate: right behind it, or before it with nothing else told in between."""
    reading, tokens = context.reading, context.reading.tokens
    found = fight_named(context, clause)
    named = [m for m in clause.mentions if m.how in ("name", "short") and found in context.events(m)] if found else []
    if len(named) != 1 or any(tokens[k].norm.rstrip("ه") in reading.lexicon.kinsmen for k in range(told.first, told.last)):
        return None
    first, last = min(told.man.first, told.first), max(told.man.last, told.last)
    gap = range(last, named[0].first) if named[0].first >= last else range(named[0].last, first)
    if named[0].first >= first and named[0].first < last:
        return None  # "Bayezid I, victor at the Battle of Nicopolis, was captured"
    if any(hit.last > gap.start and hit.first < gap.stop for hit in clause.triggers):
        return None
    between = [k for k in gap if k not in reading.time_at]
    if found is None or len(between) > _NEAR or any(tokens[k].norm in reading.lexicon.relatives for k in between):
        return None
    return found, named[0]


def _fields(context: Context, person: Entity, fate: str) -> list[Event]:
    """The battles in which somebody is known to have been killed, or taken."""
    role = "killed" if fate == "killed" else "captured"
    events = [event for fact in context.reference.events_with(person.id, role) if (event := context.event(fact))]
    return [event for event in events if event.type in _FIELDS and event.when is not None]


def _same(context: Context, event: Event, other: Event) -> bool:
    """Whether two battles may be one: of one time, or part of one another."""
    up = context.reference.ancestors
    near = event.when is None or other.when is None or not apart(event.when, other.when)
    return near or event.id in up(other.id) or other.id in up(event.id)


def _free(context: Context, person: Entity, event: Event) -> bool:
    """Whether somebody was surely not taken in a battle: he had no part in it, or won it."""
    won = {i for who in event.won for i in side_of(context, event, who)}
    led = {i for i, group in enumerate(event.leaders) if person.id in group}
    return person.id not in participants(event) or (len(won) == 1 and led == won)
