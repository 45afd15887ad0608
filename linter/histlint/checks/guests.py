"""Who met whom: "Reagan and Gorbachev met off Malta", where another of his country did.

Of two who are said to have met or signed together one was there; the other stands for a man of the same power whom the clause leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import aside
from ..facts import Entity, Event
from ..model import Finding
from ..prepositions import named_in
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, akin, cite, participants
from .spoken import spoken_of

_MEETINGS = frozenset({"conference", "treaty", "agreement", "pact", "armistice"})
_FRAMES = frozenset({"meet", "sign", "peace", "armistice"})
_NEAR = 3
"""Words between the two, or between them and the verb."""


def guests(context: Context) -> Iterator[Finding]:
    """Findings on those who met."""
    reading = context.reading
    for predication in reading.predications:
        if not predication.asserted or predication.frame not in _FRAMES or predication.form == "noun":
            continue
        clause = reading.clauses[predication.clause]
        people = [m for m in named_in(reading, *reading.sentences[clause.sentence]) if m.has("person") and not m.has("event", "polity")]
        people = [m for m in people if m.how in ("name", "short")]
        if len(people) != 2 or not _together(reading, clause, people[0], people[1], predication.first) or aside(reading, predication.first):
            continue
        event = spoken_of(context, clause, _MEETINGS, predication.last)
        if event is None or reading.lexicon.commemorating.find(reading.tokens, clause.first, clause.last):
            continue
        there = [m for m in people if {*m.ids()} & participants(event)]
        absent = [m for m in people if m not in there]
        if len(there) != 1 or not all(_instead(context, person, event, there[0]) for person in context.people(absent[0])):
            continue
        cast = tuple(context.reference.fact(p) or p for group in event.leaders for p in group)
        values = {"event": event, "person": context.people(absent[0])[0], "leaders": cast}
        yield context.finding(people[0].first, people[1].last, values, cite(event, "leaders"))


def _together(reading: Reading, clause: Clause, one: Mention, other: Mention, verb: int) -> bool:
    """Whether two names are joined by "and", "with", or stand on both sides of the verb in a clause."""
    if not clause.first <= one.first < other.first < clause.last:
        return False
    between = [reading.tokens[k].norm for k in range(one.last, other.first)]
    joined = reading.tokens[other.first].norm.startswith("و") or any(norm in reading.lexicon.joins or norm in _WITH for norm in between)
    return (joined and len(between) <= _NEAR) or one.last <= verb < other.first


_WITH = frozenset({"with", "مع", "ب"})


def _instead(context: Context, person: Entity, event: Event, other: Mention) -> bool:
    """Whether a leader of the same power was there, whom the clause does not name."""
    mine = {name for own in person.of for name in akin(context, own)}
    leaders = [e for group in event.leaders for p in group if (e := context.entity(p)) is not None and p not in other.ids()]
    return bool(leaders) and any({name for own in leader.of for name in akin(context, own)} & mine for leader in leaders)
