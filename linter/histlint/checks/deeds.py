"""Which facts of the reference a predication or a name speaks of, and when they were."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..bind import part_of, subjects
from ..extract import preposition
from ..facts import Entity, Event, Participant
from ..model import Moment
from ..reading import Clause, Predication
from ..tag.entities import Mention
from .context import RULING, Context, reigns

TYPES: dict[str, frozenset[str]] = {
    frame: frozenset(types.split())
    for frame, types in {
        "invade": "invasion campaign",
        "occupy": "occupation invasion conquest",
        "conquer": "conquest siege fall annexation occupation",
        "besiege": "siege",
        "bomb": "bombing raid",
        "found": "founding",
        "build": "building",
        "kill": "assassination execution",
        "sign": "treaty armistice pact alliance agreement conference declaration",
        "invent": "invention discovery",
    }.items()
}
"""The types of event that the verbs of a frame may speak of."""

PARTING = frozenset({"surrender", "withdraw", "armistice", "peace", "exit", "lose"})
"""Frames that say how and when somebody's part in a war or battle ended."""


class Known(NamedTuple):
    """A fact that a text speaks of, the time that counts, and the aspect to cite."""

    when: Moment
    fact: Entity | Event
    aspect: str = "when"


def acts_for(context: Context, actor: str, participant: str) -> bool:
    """Whether `actor` stands for a participant: the same, its army, its part or its whole."""
    if actor == participant:
        return True
    up = context.reference.ancestors
    return participant in up(actor) or actor in up(participant)


def side_of(context: Context, event: Event, actor: str) -> set[int]:
    """The sides of an event on which `actor` stands, itself or as the power that it belongs to."""
    exact = {i for i, side in enumerate(event.sides) if any(who.who == actor for who in side)}
    led = {i for i, group in enumerate(event.leaders) if actor in group}
    if exact or led:
        return exact | led
    entity = context.entity(actor)
    names = [actor, *(entity.of if entity and entity.kind == "person" else ())]
    return {i for i, side in enumerate(event.sides) for who in side if any(acts_for(context, name, who.who) for name in names)}


def participant(context: Context, event: Event, actor: str) -> Participant | None:
    """The entry of `actor` among an event's participants."""
    fallback = None
    for side in event.sides:
        for who in side:
            if who.who == actor:
                return who
            if acts_for(context, actor, who.who):
                fallback = fallback or who
    return fallback


def context_events(context: Context, clause: Clause, before: int, *types: str) -> list[Event]:
    """The event that is spoken of at token `before` of a clause: the one joined to it by a preposition, else the last one
    named before it in the clause, else in the paragraph, else the topic."""
    reading = context.reading

    def fits(mention: Mention) -> list[Event]:
        return [e for e in context.events(mention) if not types or e.type in types]

    following = [m for m in clause.mentions if before < m.first <= before + _ATTACHED and fits(m) and preposition(reading, m)]
    preceding = [m for m in clause.mentions if m.first <= before and fits(m)]
    others = [m for m in clause.mentions if fits(m)]
    if following or preceding or others:
        return fits((following[:1] or preceding[-1:] or others[:1])[0])
    for mention in reversed(reading.mentions):
        if mention.first >= before or not mention.has("event"):
            continue
        if before - mention.first > _PARAGRAPH:
            break
        stated = _stated(context, mention.last, before, types)
        events = stated or fits(mention)
        if events:
            return events
    stated = _stated(context, max(0, before - _PARAGRAPH), before, types)
    if stated:
        return stated
    for fact in reading.topic:
        event = context.event(fact)
        while event is not None:
            if not types or event.type in types:
                return [event]
            event = next((e for whole in event.part_of if (e := context.event(whole))), None)
    return []


_ATTACHED = 7
"""Words behind a deed within which «في معركة …» belongs to it."""
_PARAGRAPH = 60
"""Words for which an event that was named stays what the text speaks of."""


def _stated(context: Context, first: int, last: int, types: tuple[str, ...]) -> list[Event]:
    """The one event that a deed between two tokens speaks of without its name (besieged, took, invaded)."""
    for predication in reversed(context.reading.predications):
        if first <= predication.first and predication.last < last and predication.frame in ("besiege", "invade", "conquer", "occupy"):
            events = [item.fact for item in _deeds(context, predication) if isinstance(item.fact, Event)]
            events = [event for event in events if not types or event.type in types]
            if len(events) == 1:
                return events
    return []


def known(context: Context, predication: Predication) -> list[Known]:
    """The facts that a predication may speak of. Several are alternatives; empty where the reference knows none."""
    frame = predication.frame
    if frame in ("die", "born", "accede", "unseat"):
        return list(_lives(context, predication))
    if frame == "enter" or frame in PARTING:
        return list(_parts(context, predication))
    if frame in TYPES:
        return list(_deeds(context, predication))
    return []


def _lives(context: Context, predication: Predication) -> Iterator[Known]:
    who = subjects(predication)
    if len(who) != 1:
        return
    for person in context.people(who[0]):
        if predication.frame == "die" and person.died:
            yield Known(person.died, person, "life")
        elif predication.frame == "born" and person.born:
            yield Known(person.born, person, "life")
        elif predication.frame in ("accede", "unseat"):
            for role in reigns(person, RULING):
                assert role.when is not None
                edge = part_of(role.when, "start" if predication.frame == "accede" else "end")
                if edge.start_lo is not None and edge.end_hi is not None:
                    yield Known(edge, person, "roles")


def _parts(context: Context, predication: Predication) -> Iterator[Known]:
    """When somebody entered or left the war or battle that the clause is about."""
    who = subjects(predication) if predication.frame in PARTING else predication.agents or predication.patients
    clause = context.reading.clauses[predication.clause]
    kinds = ("war", "campaign") if predication.frame in ("enter", "exit") else ("war", "campaign", "battle", "siege")
    for event in context_events(context, clause, predication.first, *kinds)[:1]:
        for mention in who[:1]:
            for actor in mention.ids("polity"):
                entry = participant(context, event, actor)
                if entry is None:
                    continue
                if predication.frame == "enter":
                    when = entry.start or (part_of(event.when, "start") if event.when else None)
                else:
                    when = entry.end or (part_of(event.when, "end") if event.when and entry.left else None)
                if when is not None:
                    yield Known(when, event, "left" if predication.frame != "enter" else "sides")


def _deeds(context: Context, predication: Predication) -> Iterator[Known]:
    """Events of the frame's types done to the patients, by the agents where both are known."""
    targets = list(predication.patients)
    if predication.frame in ("sign", "besiege"):
        targets += [m for _, m in predication.others if m.has("place")]
    seen: set[str] = set()
    actors = {actor for mention in predication.agents for actor in mention.ids("person", "polity")}
    repeated = predication.frame in ("invade", "occupy", "conquer", "besiege", "bomb")  # done to a place by many
    for mention in targets:
        if mention.has("event"):
            for event in context.events(mention):
                if event.when and event.id not in seen:
                    seen.add(event.id)
                    yield Known(event.when, event)
            continue
        for target in mention.ids():
            if predication.frame == "kill":
                person = context.entity(target)
                if person and person.kind == "person" and person.died:
                    yield Known(person.died, person, "life")
            for role in ("target", "where", "side"):
                if role == "where" and predication.frame in ("found", "build"):
                    continue
                for fact in context.reference.events_with(target, role):
                    entry = context.event(fact)
                    if entry is None or entry.type not in TYPES[predication.frame] or not entry.when or fact in seen:
                        continue
                    if (actors or repeated) and not _done_by(context, entry, actors):
                        continue
                    seen.add(fact)
                    yield Known(entry.when, entry)


def _done_by(context: Context, event: Event, actors: Iterable[str]) -> bool:
    doers = {*event.by, *(who.who for side in event.sides for who in side), *(p for group in event.leaders for p in group)}
    for actor in actors:
        entity = context.entity(actor)
        names = (actor, *(entity.of if entity else ()))
        if any(acts_for(context, name, doer) for name in names for doer in doers):
            return True
    return False


def events_at(context: Context, mention: Mention) -> list[Known]:
    """The time of a named event, cut to its start or end where the words before it say so."""
    return [Known(event.when, event) for event in context.events(mention) if event.when]
