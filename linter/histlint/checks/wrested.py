"""From whom a town was taken: «انتزع سنان باشا طرابلس من حامية البندقية», where it was the Knights that held it.

The town, its taker and the time tell the event; the power behind "from" must be near neither side of any taking that may be meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..facts import Event
from ..model import Finding, Moment
from ..reading import Predication
from ..tag.entities import Mention
from .context import Context, cite
from .fights import near_side, side_of
from .people_words import phrases
from .reversed import time_of

_TAKEN = frozenset({"conquest", "siege", "fall", "annexation", "occupation", "battle", "surrender", "campaign", "operation"})
_SLACK = 31
_YEARS = 5 * 366
"""Days around a taking in which no other of the town may have been from the power that is named."""
_NEAR = 4
"""Words between a town and the power that lost it."""


def wrested(context: Context) -> Iterator[Finding]:
    """Towns said to have been taken from a power that had no part in it."""
    for predication in context.reading.predications:
        if predication.frame not in ("conquer", "occupy") or predication.form == "noun" or not predication.asserted:
            continue
        power, towns = _loser(context, predication), [m for m in predication.patients if m.has("place")]
        when = time_of(context, predication)
        if power is None or len(towns) != 1 or when is None or when.precision not in ("day", "month", "season", "year"):
            continue
        event = _meant(context, predication, towns[0], power, when)
        if event is not None:
            who = context.reference.fact(power.ids("polity")[0])
            first, last = min(predication.first, towns[0].first), max(predication.last, power.last)
            yield context.finding(first, last, {"event": event, "who": who}, cite(event, "sides"))


def _loser(context: Context, predication: Predication) -> Mention | None:
    """The power from whose hands something was taken."""
    reading = context.reading
    clause = reading.clauses[predication.clause]
    start = max([predication.last, *(m.last for m in predication.patients if m.first >= predication.first)])
    for hit in phrases(reading, "wrested_from").find(reading.tokens, start, clause.last):
        at = hit.last + (reading.tokens[min(hit.last, clause.last - 1)].norm == "the")
        power = reading.mention_at.get(at)
        if power is not None and power.has("polity") and not power.has("person", "place") and power.last <= clause.last:
            return power if hit.first - start <= _NEAR else None
    return None


def _meant(context: Context, predication: Predication, town: Mention, power: Mention, when: Moment) -> Event | None:
    """The taking of a town at a time in which the power had no part; None where it may have lost the town in another."""
    near = {e.id: e for fact in town.ids("place") for e in _takings(context, fact) if e.when and not apart(e.when, when, _YEARS)}
    then = [event for event in near.values() if event.when and not apart(event.when, when, _SLACK)]
    doers = [actor for m in predication.agents for actor in m.ids("person", "polity")]
    then = [event for event in then if not doers or any(side_of(context, event, actor) or actor in event.by for actor in doers)]
    if not then or any(len(event.sides) < 2 or not all(event.sides) for event in then):
        return None
    if any(near_side(context, actor, event) for event in (*near.values(), *then) for actor in power.ids("polity")):
        return None
    return min(then, key=lambda event: event.id)


def _takings(context: Context, place: str) -> Iterator[Event]:
    """What was done to a town by arms."""
    for fact in {*context.reference.events_with(place, "target"), *context.reference.events_with(place, "where")}:
        event = context.event(fact)
        if event is not None and event.type in _TAKEN and (place in event.target or event.where[:1] == (place,)):
            yield event
