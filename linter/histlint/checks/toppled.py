"""Who overthrew a ruler or made an end of a state: "King Idris was overthrown by …", «قضى فلان على الدولة …»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart, part_of
from ..facts import Entity, Event
from ..lexicon import Hit
from ..model import Finding, Moment
from ..named_tuple import NamedTuple
from ..prepositions import preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import RULING, Context, alive, cite, participants, reigns
from .people_words import verbs
from .story import possessive

_OUSTED = frozenset({"coup", "revolution", "fall", "revolt", "conquest", "dissolution", "law", "war", "other"})
"""Types of event by which a ruler may have lost his throne, or a state its being."""
_REACH, _FAR = 3, 10
_AT_THE_END = 120
"""Days by which an overthrow may miss the end of a reign."""
_STATE_END = 3 * 366
_LATE = 2 * 366
"""Days by which a state's end may be told otherwise, and by which a life must have missed it."""


class Toppled(NamedTuple):
    """Who is said to have overthrown whom or what."""

    man: Mention
    gone: Mention
    first: int
    last: int


def toppled(context: Context) -> Iterator[Finding]:
    """Overthrows that were the work of others."""
    for fall in falls(context):
        people = context.people(fall.man)
        fallen = context.people(fall.gone) or _states(context, fall.gone)
        events = [_overthrow(context, gone) for gone in fallen]
        if not people or not events or not all(events):
            continue
        cast = {who for group in events for event in group for who in participants(event)}
        mine = {whole for person in people for own in person.of for whole in context.reference.ancestors(own)}
        if any(person.id in cast for person in people) or any(who in mine for group in events for event in group for who in event.by):
            continue
        event = min(events[0], key=lambda e: abs(apart(e.when, _end(fallen[0]) or e.when)) if e.when else 1 << 40)
        doers = tuple(context.reference.fact(who) or who for who in event.by)
        yield context.finding(fall.first, fall.last, {"event": event, "doer": doers, "person": people[0]}, cite(event, "by"))


def outlived_states(context: Context) -> Iterator[Finding]:
    """States that somebody is said to have made an end of, in whose last days he was not alive."""
    for fall in falls(context):
        states, people = _states(context, fall.gone), context.people(fall.man)
        ends = [(_end(state), alive(person)) for state in states for person in people]
        if not ends or not all(end is not None and life is not None and abs(apart(life, end, 0)) > _LATE for end, life in ends):
            continue
        yield context.finding(fall.first, fall.last, {"who": people[0], "when": ends[0][0]}, cite(people[0], "life"), cite(states[0], "existed"))


def falls(context: Context) -> list[Toppled]:
    """All that a text says of overthrows, found once."""
    return context.once(_falls)


def _falls(context: Context) -> list[Toppled]:
    reading = context.reading
    table = verbs(reading, "toppled")
    if not table.places(reading.tokens):
        return []
    out = []
    for clause in reading.clauses_with(table):
        if clause.kind not in ("paragraph", "item"):
            continue
        for hit in table.find(reading.tokens, clause.first, clause.last):
            if hit.first not in reading.mention_at and reading.asserted(clause, hit.first):
                pair = _arabic(reading, clause, hit) if reading.lang == "ar" else _english(reading, clause, hit)
                if pair is not None:
                    man, gone = pair
                    out.append(Toppled(man, gone, min(hit.first, man.first, gone.first), max(hit.last, man.last, gone.last)))
    return out


def _named(reading: Reading, clause: Clause) -> tuple[list[Mention], list[Mention]]:
    """The men of a clause, and the men and states."""
    whole = [m for m in clause.mentions if m.how not in ("anaphor", "demonym") and not m.has("event") and not possessive(reading, m)]
    men = [m for m in whole if m.has("person") and not m.has("polity", "place")]
    return men, [m for m in whole if m in men or (m.has("polity") and not m.has("person", "place"))]


def _arabic(reading: Reading, clause: Clause, hit: Hit) -> tuple[Mention, Mention] | None:
    men, all_named = _named(reading, clause)
    at = hit.first + 1
    under = [m for m in men if m.first >= at and m.first - at <= _FAR and preposition(reading, m) in ("by", "led")]
    first = [m for m in all_named if 0 <= m.first - at <= 1]
    if under and first and first[0] not in under:
        return under[0], first[0]
    if not first or first[0] not in men or preposition(reading, first[0]):
        return None
    gone = [m for m in all_named if 0 <= m.first - first[0].last <= 2 and preposition(reading, m) in ("", "ب", "علي")]
    return (first[0], gone[0]) if gone else None


def _english(reading: Reading, clause: Clause, hit: Hit) -> tuple[Mention, Mention] | None:
    men, all_named = _named(reading, clause)
    passive = any(reading.tokens[k].norm in reading.lexicon.auxiliaries for k in range(max(clause.first, hit.first - 2), hit.first))
    before = [m for m in all_named if m.last <= hit.first and not preposition(reading, m)]
    behind = [m for m in all_named if m.first >= hit.last]
    if any(h.value.form != "noun" and hit.last <= h.first < behind[0].first for h in clause.triggers if behind):
        return None
    if passive:
        by = [m for m in behind if m in men and m.first - hit.last <= _FAR and preposition(reading, m) in ("by", "led")]
        return (by[0], before[-1]) if by and before and hit.first - before[-1].last <= _REACH else None
    if not before or before[-1] not in men or hit.first - before[-1].last > 1 or not behind:
        return None
    return (before[-1], behind[0]) if behind[0].first - hit.last <= _REACH and not preposition(reading, behind[0]) else None


def _states(context: Context, mention: Mention) -> list[Entity]:
    return [state for fact in mention.ids("polity") if (state := context.entity(fact)) and state.kind == "polity"]


def _end(entity: Entity) -> Moment | None:
    """When somebody's last reign or a state ended."""
    if entity.kind == "polity":
        return part_of(entity.existed, "end") if entity.existed and entity.existed.end_hi is not None else None
    ends = [part_of(role.when, "end") for role in reigns(entity, RULING) if role.when and role.when.end_hi is not None]
    return max(ends, key=lambda end: end.end_hi or 0) if ends else None


def _overthrow(context: Context, gone: Entity) -> list[Event]:
    """All that the reference has done to a ruler or state, where it knows by whom the end was made."""
    end = _end(gone)
    events = [event for fact in context.reference.events_with(gone.id, "target") if (event := context.event(fact)) and event.type in _OUSTED]
    slack = _AT_THE_END if gone.kind == "person" else _STATE_END
    last = [event for event in events if end is not None and event.when and not apart(event.when, end, slack)]
    return events if last and all(_by_a_man(context, event.by) for event in last) else []


def _by_a_man(context: Context, doers: Sequence[str]) -> bool:
    return any((entity := context.entity(who)) is not None and entity.kind == "person" for who in doers)
