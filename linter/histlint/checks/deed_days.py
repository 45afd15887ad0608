"""Deeds on the day of the month that is known for them, in a wrong month or year: "invaded Poland on 1 November 1939".

The verb and those whom it names make the deed (see `terms.facts_of`); the written day is that of its start or end but for the
month, or but for the year. By chance that happens to one date in thirty or more, so that little else is asked: no event with
those names may begin or end on the written day, and the verb may not speak of a commemoration.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, other_month, part_of, same_day, turned
from ..facts import Event
from ..model import Finding, Moment
from ..named_tuple import NamedTuple
from ..reading import Clause, Predication, Time
from ..tag.entities import Mention
from .context import Context, cite
from .deeds import of_something_else
from .fights import FIGHTS
from .terms import facts_of, plain_date


class _Dated(NamedTuple):
    """An event and its time."""

    when: Moment
    fact: Event


_NEAR = 30
"""Years by which a day of another year may be off and still be a slip."""
_AT_ONCE = frozenset({"invade", "declare-war", "bomb", "enter"})
"""Deeds whose day is that of their beginning."""
_LONG = 400
"""Days beyond which an event has no day of its own."""


def misdated(context: Context) -> Iterator[Finding]:
    """Findings on the days of deeds."""
    reading = context.reading
    for predication in reading.predications:
        clause = reading.clauses[predication.clause]
        if not predication.asserted or predication.carried or clause.kind not in ("paragraph", "item", "cell"):
            continue
        time = _only_day(clause)
        if time is None or turned(reading, predication.first) or of_something_else(reading, predication):
            continue
        if predication.form == "noun" and abs(time.first - predication.last) > _BESIDE:
            continue
        event = _slipped(context, clause, time, _facts(context, clause, predication), predication)
        if event is not None:
            yield context.finding(time.first, time.last, {"event": event, "written": reading.text(time.first, time.last)}, cite(event))


def _facts(context: Context, clause: Clause, predication: Predication) -> list[_Dated]:
    """What a predication may speak of; for a power or town that surrendered what was done to it, for two foes what one did to
    the other, for a place where little else happened all of that."""
    if predication.frame == "surrender" and predication.agents:
        return [item for item in _events_with(context, predication.agents[0]) if item.fact.type in _ENDS]
    found, _ = facts_of(context, clause, predication)
    facts = [_Dated(item.when, item.fact) for item in found if isinstance(item.fact, Event)]
    if predication.frame in _HOSTILE:
        facts += _between(context, predication)
        if not predication.agents:
            facts += [item for m in predication.patients[:1] for item in _at_place(context, m) if item.fact.type in _TAKINGS]
    if not facts and predication.frame not in ("born", "die", "accede", "unseat", "act", "meet"):
        facts = [item for m in predication.patients[:1] for item in _at_place(context, m, most=_FEW)]
    return list({item.fact.id: item for item in facts}.values())


def _events_with(context: Context, mention: Mention) -> list[_Dated]:
    events = (context.event(fact) for who in mention.ids() for fact in context.reference.events_with(who))
    return [_Dated(event.when, event) for event in events if event and event.when]


def _at_place(context: Context, mention: Mention, most: int = 1000) -> list[_Dated]:
    """What happened at a place that is no power, where the reference knows at most so many events of it."""
    if not mention.has("place") or mention.has("polity", "person"):
        return []
    known = _events_with(context, mention)
    places = set(mention.ids("place"))
    return [item for item in known if places & {*item.fact.where[:1], *item.fact.target}] if len(known) <= most else []


def _between(context: Context, predication: Predication) -> Iterator[_Dated]:
    """Fights in which the doer and what it was done to met."""
    sides = [mentions[0] for mentions in (predication.agents, predication.patients) if mentions and mentions[0].has("polity", "person", "place")]
    if len(sides) != 2:
        return
    targets = set(sides[1].ids())
    for item in _events_with(context, sides[0]):
        event = item.fact
        doers = {*event.by, *(p for group in event.leaders[:1] for p in group)} or {who.who for side in event.sides[:1] for who in side}
        suffered = {*event.target, *event.where, *event.lost, *(who.who for side in event.sides for who in side)}
        if event.type in FIGHTS | {"bombing"} and set(sides[0].ids()) & doers and targets & suffered:
            yield item


_HOSTILE = frozenset({"invade", "bomb", "besiege", "occupy", "conquer", "land"})
_TAKINGS = frozenset({"conquest", "siege", "fall", "annexation", "occupation", "battle", "bombing", "raid"})
_ENDS = frozenset({"surrender", "armistice", "siege", "conquest", "fall"})
_FEW = 5
"""Events of a place that is known for little else."""
_BESIDE = 6
"""Words between a verbal noun and its date."""


def _only_day(clause: Clause) -> Time | None:
    """The one date of a clause, where it is a whole day."""
    dates = [time for time in clause.times if time.mention.type in ("date", "period")]
    time = dates[0] if len(dates) == 1 else None
    if time is None or not plain_date(time) or time.mention.value is None or time.mention.value.precision != "day":
        return None
    return time if time.mention.value.calendar in ("gregorian", "julian") else None


def _slipped(context: Context, clause: Clause, time: Time, found: list[_Dated], predication: Predication) -> Event | None:
    """The event of which the written day is a slip, where nothing known fits the day as it is written."""
    reading = context.reading
    written = time.mention.value
    assert written is not None
    values = (written, *time.mention.readings)
    edges = ("start",) if predication.frame in _AT_ONCE else ("start", "end")
    near = [item for item in found if any(_slip(written, part_of(item.when, edge)) for edge in edges)]
    if not near or any(_on(item.when, value, edges) for item in found for value in values):
        return None
    commemorated = reading.looks_back(clause.first, clause.last)
    near = [item for item in near if not commemorated or any(other_month(written, part_of(item.when, edge)) for edge in edges)]
    for fact in sorted({fact for mention in clause.mentions for fact in mention.ids("place", "person", "polity")}):
        if len(context.reference.events_with(fact)) > _MANY:
            continue
        for other in context.reference.events_with(fact):
            event = context.event(other)
            if event and event.when and any(_day_of(event.when, value) for value in values):
                return None  # something else was on that day
    return near[0].fact if near else None


_MANY = 60
"""Events of a power with which something happens on any day."""


def _slip(written: Moment, known: Moment) -> bool:
    known = known._replace(precision="day")
    if other_month(written, known):
        return True
    return same_day(written, known) and 0 < abs(apart(written, known)) < _NEAR * 366


def _day_of(when: Moment, value: Moment) -> bool:
    """Whether an event began or ended on a day that is known."""
    edges = [part_of(when, edge) for edge in ("start", "end")]
    return any(edge.start_lo and edge.end_hi and edge.end_hi - edge.start_lo <= 2 and not apart(edge, value, 1) for edge in edges)


def _on(when: Moment, value: Moment, edges: tuple[str, ...]) -> bool:
    """Whether an event may have begun or ended on a day, or have been going on for a short while."""
    if edges != ("start",) and not apart(when, value, 1) and (when.end_hi or 0) - (when.start_lo or 0) < _LONG:
        return True
    return any(not apart(part_of(when, edge), value, 2) for edge in edges)
