"""Deeds that never were: of a kind and target that the reference knows completely, at a time for which it knows none; and
deeds known to have been done once, at another time."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, conflict, date_of, same_day
from ..facts import Complete, Event
from ..model import Finding, Moment, TimeMention
from ..reading import Predication, Reading, Time
from .context import Context, cite
from .deeds import TYPES, known, of_something_else
from .frame import frame_of
from .wordlists import members

_TAKINGS = frozenset({"occupation", "conquest", "campaign", "annexation"})
"""Events that answer to an invasion, to show and to silence."""
_LISTED = 2
"""Times in a clause beyond which it is a list."""
_ONCE = frozenset({"build", "kill", "invent", "independence"})
"""Deeds that are done to a thing once."""


def check(context: Context) -> Iterator[Finding]:
    """Deeds with a time that the reference refutes."""
    for predication in context.reading.predications:
        if not predication.asserted or predication.frame not in TYPES or of_something_else(context.reading, predication):
            continue
        frame = _time(context, predication)
        if frame is None:
            continue
        yield from _never(context, predication, *frame)
        described_only = predication.frame in ("found", "dissolve") and all(
            isinstance(k.fact, Event) for k in known(context, predication)
        )
        entered = context.reading.tokens[predication.first].norm.lstrip("وف") in context.reading.lexicon.entering
        if not entered and (predication.frame in _ONCE or described_only or _personal(context, predication)):
            yield from _once(context, predication, *frame)


def _time(context: Context, predication: Predication) -> tuple[TimeMention | None, Moment, int, int] | None:
    """The date of a deed: its own, else the one that its sentence began with."""
    reading = context.reading
    clause = reading.clauses[predication.clause]
    if len(clause.times) > _LISTED:
        return None  # "1745 corresponded to the invention of …, 1764 that of …"
    dated = date_of(reading, clause, predication.first, predication.last, predication.agents)
    if dated and (_for_the_deed(reading, predication, dated.time) or _one_of_two(reading, predication)):
        return None
    listed = [m for m in predication.patients if dated and m.first >= dated.time.last]
    if listed and any(time.first >= listed[0].last for time in clause.times):
        return None  # "took Damascus in 1174, Aleppo in 1183"
    if dated and dated.time.mention.value:
        return dated.time.mention, dated.time.mention.value, dated.time.first, dated.time.last
    frame = frame_of(context, clause) if not any(time.mention.value for time in clause.times) else None
    return (None, *frame) if frame else None


def _for_the_deed(reading: Reading, predication: Predication, time: Time) -> bool:
    """Whether a date before a verbal noun is that of what was done in view of it: "a prize in 1935 for his discovery of …"."""
    if predication.form != "noun" or time.last > predication.first:
        return False
    norms = [reading.tokens[k].norm for k in range(time.last, predication.first)]
    clitic = reading.lang == "ar" and reading.tokens[predication.first].norm.startswith("ل")
    return clitic or any(norm in reading.lexicon.aims or norm in reading.lexicon.possessives or norm in _SINCE for norm in norms)


_SINCE = frozenset({"after", "because", "following", "بعد", "بفضل", "بسبب", "نتيجه", "اثر", "تقديرا"})


def _one_of_two(reading: Reading, predication: Predication) -> bool:
    """Whether the doer is only pointed at among several: "Brazil and Uruguay, until the latter achieved independence"."""
    spots = [m.last for m in predication.agents if m.last <= predication.first]
    near = range(max([0, predication.first - _POINTED, *spots]), predication.first) if reading.lang != "ar" else range(
        predication.last, min(predication.last + 2, len(reading.tokens))
    )
    return any(reading.tokens[k].norm in members(reading, "one_of_them") for k in near)


_POINTED = 6
"""Words before an English verb within which "the latter" is its subject."""


def _never(
    context: Context, predication: Predication, time: TimeMention | None, when: Moment, first: int, last: int
) -> Iterator[Finding]:
    statement = _complete(context, predication, when)
    if statement is None:
        return
    events = [e for fact in context.reference.events_with(statement.target or statement.by) if (e := context.event(fact))]
    fits = [e for e in events if e.type in TYPES[predication.frame] | _TAKINGS and e.when and _covers(statement, e)]
    if any(not apart(e.when, when, 31) for e in fits if e.when and e.type in TYPES[predication.frame]):
        return
    fits = [e for e in fits if e.when and apart(e.when, when, 31)]
    del time
    yield from _report(context, predication, fits, when, first, last)


def _complete(context: Context, predication: Predication, when: Moment) -> Complete | None:
    """The statement of completeness that covers a deed at a time."""
    targets = {fact for m in predication.patients for fact in m.ids()}
    doers = {fact for m in predication.agents for fact in m.ids()}
    for statement in context.reference.complete():
        if statement.type not in TYPES[predication.frame] or not statement.when:
            continue
        if (statement.target and statement.target not in targets) or (statement.by and statement.by not in doers):
            continue
        low, high = statement.when.start_lo, statement.when.end_hi
        if (low is None or (when.start_lo or 0) >= low) and (high is None or (when.end_hi or 0) <= high):
            return statement
    return None


def _covers(statement: Complete, event: Event) -> bool:
    """Whether the statement is about events like this one."""
    doers = {*event.by, *(who.who for side in event.sides for who in side)}
    return (not statement.target or statement.target in (*event.target, *event.where)) and (
        not statement.by or statement.by in doers
    )


def _personal(context: Context, predication: Predication) -> bool:
    """Whether one man did it: he rarely conquers a place twice, and the reference knows when."""
    agents = predication.agents
    if predication.frame not in ("conquer", "invade", "besiege") or len(agents) != 1 or predication.carried or not agents[0].has("person"):
        return False
    facts = [item.fact for item in known(context, predication) if isinstance(item.fact, Event)]
    return all(any(who in {*fact.by, *(p for group in fact.leaders for p in group)} for who in agents[0].ids("person")) for fact in facts)


def _once(
    context: Context, predication: Predication, time: TimeMention | None, when: Moment, first: int, last: int
) -> Iterator[Finding]:
    facts = known(context, predication)
    if (
        not facts
        or time is None
        or (len(facts) > 1 and predication.frame not in _ONCE and predication.frame not in ("found", "dissolve"))
    ):
        return
    if not all(conflict(time, item.when) and (abs(apart(item.when, when)) > 370 or same_day(when, item.when)) for item in facts):
        return
    if any(abs(apart(item.when, when)) > 366 * 60 for item in facts):
        return  # so far off that another deed is meant
    yield from _report(context, predication, [f.fact for f in facts if isinstance(f.fact, Event)], when, first, last)


def _report(
    context: Context, predication: Predication, events: list[Event], when: Moment, first: int, last: int
) -> Iterator[Finding]:
    if not events:
        return
    nearest = min(events, key=lambda e: abs(apart(e.when, when)) if e.when else 1 << 40)
    reading = context.reading
    ends = [m.last for m in (*predication.agents, *predication.patients) if m.first >= predication.first]
    start, stop = predication.first, max([predication.last, *ends])
    if reading.clauses[predication.clause].first <= first:
        start, stop = (
            min(start, first) if first < start and start - first < 8 else start,
            max(stop, last if last > stop and last - stop < 8 else stop),
        )
    yield context.finding(
        start, stop, {"event": nearest, "known": nearest.when, "written": reading.text(first, last)}, cite(nearest)
    )
