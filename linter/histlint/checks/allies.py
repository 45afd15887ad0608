"""Whom somebody fought for: entered a war "on the side of", fought "in the ranks of", sided with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart
from ..facts import Event
from ..model import Finding
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import Context, cite
from .deeds import context_events
from .fights import fight_of, side_of


def entered(context: Context, predication: Predication) -> Iterator[Finding]:
    """«دخلت إيطاليا الحرب إلى جانب …»: the ally named is on the other side."""
    clause = context.reading.clauses[predication.clause]
    actors = [m for m in predication.agents if m.has("polity")]
    for role, other in predication.others:
        if role != "beside" or not other.has("polity"):
            continue
        for event in (context_events(context, clause, predication.first, "war") or _wars_of(context, clause, actors[:1]))[:1]:
            for mention in actors[:1]:
                mine = {i for actor in mention.ids("polity") for i in _sides_or_alliance(context, event, actor)}
                theirs = {i for actor in other.ids("polity") for i in _sides_or_alliance(context, event, actor)}
                if mine and theirs and not mine & theirs and len(mine) == 1 and len(theirs) == 1:
                    yield context.finding(
                        min(mention.first, predication.first) if mention.first >= clause.first else predication.first,
                        other.last,
                        {
                            "event": event,
                            "who": context.reference.fact(mention.ids("polity")[0]),
                            "other": context.reference.fact(other.ids("polity")[0]),
                            "allies": tuple(
                                entry
                                for who in event.sides[next(iter(mine))][:5]
                                if who.who not in mention.ids() and (entry := context.reference.fact(who.who))
                            ),
                        },
                        cite(event, "sides"),
                    )
                    return


def fought_for(context: Context, clause: Clause) -> Iterator[Finding]:
    """«فقاتل في صف …», "fighting for …": somebody fights for the other side of the fight spoken of."""
    reading = context.reading
    for other in clause.mentions:
        if not other.has("polity", "person") or other.has("event"):
            continue
        if not (preposition(reading, other) == "beside" or _at_side(reading, other) or _against_others(reading, clause, other)):
            continue
        if not reading.asserted(clause, other.first) or not reading.lexicon.fighting.find(reading.tokens, clause.first, other.first):
            continue
        actors = _fighters(reading, [m for m in clause.mentions if m.last <= other.first]) or _told_of(reading, clause)
        events = context_events(context, clause, other.first, "battle", "siege", "war", "campaign") or _fight_told(context, clause)
        events = events or _wars_of(context, clause, actors)
        if actors and not events:
            events = _wars_of(context, reading.clauses[reading.clause_at[actors[0].first]], actors)
        if len(actors) != 1 or not events:
            continue
        event = events[0]
        if any(event.when and apart(event.when, t.mention.value, 370) for t in clause.times if t.mention.value and t.mention.type == "date"):
            continue  # "fought in Spain in 206 BC on the side of the Carthaginians"
        mine = {i for actor in actors[0].ids("person", "polity") for i in side_of(context, event, actor)}
        theirs = {i for actor in other.ids("polity", "person") for i in _sides_or_alliance(context, event, actor)}
        if len(mine) == len(theirs) == 1 and mine != theirs:
            side = event.sides[next(iter(mine))] if next(iter(mine)) < len(event.sides) else ()
            values = {
                "event": event,
                "who": context.reference.fact(actors[0].ids("person", "polity")[0]),
                "other": context.reference.fact(other.ids("polity", "person")[0]),
                "allies": tuple(entry for who in side[:5] if who.who not in actors[0].ids() and (entry := context.reference.fact(who.who))),
            }
            yield context.finding(actors[0].first, other.last, values, cite(event, "sides"))
            return


def _fighters(reading: Reading, mentions: Sequence[Mention]) -> list[Mention]:
    """Those of some names who may be the subject of a verb for fighting: the people, else the powers."""
    actors = [m for m in mentions if m.has("person", "polity") and not m.has("event")]
    actors = [m for m in actors if preposition(reading, m) in ("", "of") and m.how != "demonym"]
    return [m for m in actors if m.has("person")] or actors


def _told_of(reading: Reading, clause: Clause) -> list[Mention]:
    """The one of whom the sentence before a clause without a subject told, else the sentence before it."""
    start = reading.sentences[clause.sentence][0]
    before = reading.sentences[clause.sentence - 1][0] if clause.sentence else start
    if any(token.norm == "\n" for token in reading.tokens[before : clause.first]):
        before = start
    for first in (start, before):
        named = [m for m in named_in(reading, first, clause.first) if m.has("person", "polity") and not m.has("event")]
        if named:
            return named if len(named) == 1 and not preposition(reading, named[0]) and named[0].how == "name" else []
    return []


def _against_others(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether it was with somebody against others that one fought: «قاتلت مع روسيا ضد فرنسا», "fought with Prussia against France"."""
    if preposition(reading, mention) not in _WITH and reading.tokens[mention.first - 1].norm not in _WITH:
        return False
    verb = reading.lexicon.fighting.find(reading.tokens, max(clause.first, mention.first - _FOUGHT), mention.first)
    behind = [m for m in clause.mentions if 0 < m.first - mention.last <= _FOUGHT and m.has("person", "polity")]
    return bool(verb) and bool(behind) and preposition(reading, behind[0]) == "against"


_WITH = frozenset({"with", "مع"})
_FOUGHT = 4
"""Words between a verb for fighting and an ally, and between the ally and the enemy."""


def _at_side(reading: Reading, mention: Mention) -> bool:
    """"On the Allied side", "at Napoleon's side"."""
    if preposition(reading, mention) not in ("on", "at"):
        return False
    behind = [token.norm for token in reading.tokens[mention.last : mention.last + 3]]
    return behind[:1] == ["side"] or (len(behind) == 3 and behind[0] in ("'", "’") and behind[2] == "side")


def _fight_told(context: Context, clause: Clause) -> list[Event]:
    """The fight that is told by its place in the clause or shortly before it: "at Zama"."""
    for number in range(clause.index, max(-1, clause.index - _CLAUSES), -1):
        told = [item.fact for item in fight_of(context, context.reading.clauses[number]) if isinstance(item.fact, Event)]
        if told:
            return told if len(told) == 1 else []
    return []


_CLAUSES = 5
"""Clauses over which a place goes on telling the fight."""


def _wars_of(context: Context, clause: Clause, actors: list[Mention]) -> list[Event]:
    """The one war that a power was in at the date of the clause."""
    when = next((t.mention.value for t in clause.times if t.mention.type == "date" and t.mention.value), None)
    out: dict[str, Event] = {}
    for mention in actors if when else ():
        for actor in mention.ids("polity"):
            for fact in context.reference.events_with(actor, "side"):
                event = context.event(fact)
                if (
                    event
                    and event.type == "war"
                    and event.when
                    and when
                    and not apart(event.when, when)
                    and sum(map(len, event.sides)) > 4
                ):
                    out[event.id] = event
    return list(out.values()) if len(out) == 1 else []


def _sides_or_alliance(context: Context, event: Event, actor: str) -> set[int]:
    """Sides by membership: an alliance stands where most of its members stand."""
    exact = {i for i, side in enumerate(event.sides) if any(who.who == actor for who in side)}
    if exact:
        return exact
    entity = context.entity(actor)
    if entity is not None and entity.subkind == "alliance":
        votes = [0] * len(event.sides)
        for i, side in enumerate(event.sides):
            for who in side:
                member = context.entity(who.who)
                votes[i] += bool(member and any(whole.into == actor for whole in member.part_of))
        best = max(votes, default=0)
        return {i for i, n in enumerate(votes) if n == best} if best and votes.count(best) == 1 else set()
    return side_of(context, event, actor)
