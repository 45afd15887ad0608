"""Who met whom: "Reagan and Gorbachev met off Malta", where another of his country did.

Of those who are said to have met or signed together some were there; one stands for a man of his power whom the sentence leaves out, or
is known to have been absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import aside
from ..facts import Entity, Event
from ..model import Finding
from ..prepositions import named_in
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import Context, akin, cite, participants
from .spoken import spoken_of

_MEETINGS = frozenset({"conference", "treaty", "agreement", "pact", "armistice"})
_FRAMES = frozenset({"meet", "sign", "peace", "armistice"})
_NEAR, _REACH = 3, 10
"""Words between the two, and between the verb and him who was met."""
_COMPANY = 4
"""How many people a sentence on a meeting names."""


def guests(context: Context) -> Iterator[Finding]:
    """Findings on those who met."""
    reading = context.reading
    for predication in reading.predications:
        if not predication.asserted or predication.frame not in _FRAMES or predication.form == "noun":
            continue
        clause = reading.clauses[predication.clause]
        named = [m for m in named_in(reading, *reading.sentences[clause.sentence]) if m.has("person") and not m.has("event", "polity")]
        people = [m for m in named if m.how in ("name", "short")]
        if not 0 < len(people) <= _COMPANY or aside(reading, predication.first):
            continue
        event = spoken_of(context, clause, _MEETINGS, predication.last)
        if event is None or reading.lexicon.commemorating.find(reading.tokens, clause.first, clause.last):
            continue
        there = [m for m in _company(reading, predication, named) if {*m.ids()} & participants(event)]
        present = {fact for m in (*named, *there) for fact in m.ids("person")}
        absent = [m for m in people if not {*m.ids()} & participants(event)]
        if not there or len(absent) != 1 or not any(_together(reading, clause, m, absent[0], predication) for m in there):
            continue
        if not all(_instead(context, person, event, present) for person in context.people(absent[0])):
            continue
        cast = tuple(context.reference.fact(p) or p for group in event.leaders for p in group)
        values = {"event": event, "person": context.people(absent[0])[0], "leaders": cast}
        here = [m for m in people if m in (*there, *absent) and clause.first <= m.first < clause.last]
        yield context.finding(here[0].first, here[-1].last, values, cite(event, "leaders"))


def _company(reading: Reading, predication: Predication, named: Sequence[Mention]) -> list[Mention]:
    """Those who are named in the sentence, and who is carried on as the subject of the verb."""
    return [*named, *(m for m in predication.agents if predication.carried and m not in named and m.has("person"))]


def _together(reading: Reading, clause: Clause, one: Mention, other: Mention, predication: Predication) -> bool:
    """Whether two are the subject and the object of a verb, or joined by "and", "with", or stand on both sides of it."""
    roles = [m for role, m in predication.others if role in _WITH or (not role and m.first - predication.last <= _REACH)]
    met = (*predication.patients, *roles)
    if (one in predication.agents and other in met) or (other in predication.agents and not predication.carried and one in met):
        return True
    one, other = (one, other) if one.first < other.first else (other, one)
    if not clause.first <= one.first < other.first < clause.last:
        return False
    between = [reading.tokens[k].norm for k in range(one.last, other.first)]
    joined = reading.tokens[other.first].norm.startswith("و") or any(norm in reading.lexicon.joins or norm in _WITH for norm in between)
    return (joined and len(between) <= _NEAR) or one.last <= predication.first < other.first


_WITH = frozenset({"with", "مع", "ب"})


def _instead(context: Context, person: Entity, event: Event, present: set[str]) -> bool:
    """Whether somebody is known to have been absent, or a leader of the same power was there, and nobody of it is named."""
    if person.id in event.absent:
        return True
    mine = {name for own in person.of for name in akin(context, own)}
    leaders = [e for group in event.leaders for p in group if (e := context.entity(p)) is not None]
    same = [e for e in leaders if {name for own in e.of for name in akin(context, own)} & mine]
    return bool(same) and not any(e.id in present for e in same)
