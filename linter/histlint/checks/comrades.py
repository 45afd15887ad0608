"""An attack on an ally: "in August 1945 the Soviet Union attacked Mongolia", which fought at its side in that war.

Both powers stand on one side of a war or campaign at the written time, on different sides of nothing that was within a year of it,
and neither was the other's target.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..facts import Event
from ..model import Finding, Moment
from ..tag.entities import Mention
from .context import Context, akin, cite
from .dealings import Dealing, dealings
from .fights import FIGHTS, participant, side_of
from .story import dates_of

_KINDS = frozenset({"attack", "besiege", "declare"})
_JOINT = frozenset({"war", "campaign", "invasion", "operation"})
_YEAR = 366


def check(context: Context) -> Iterator[Finding]:
    """Attacks on allies."""
    for dealing in dealings(context):
        if dealing.kind not in _KINDS or len(dealing.doers) != 1 or len(dealing.others) != 1:
            continue
        one, other = dealing.doers[0], dealing.others[0]
        if not (_power(one) and _power(other)) or {*one.ids()} & {*other.ids()} or _joined(context, one, other):
            continue
        when = _when(context, dealing)
        event = _shared(context, one, other, when) if when is not None else None
        if event is not None:
            yield context.finding(
                min(dealing.first, one.first),
                max(dealing.last, other.last),
                {"event": event, "who": context.reference.fact(one.ids("polity")[0]), "other": context.reference.fact(other.ids("polity")[0])},
                cite(event, "sides"),
            )


def _power(mention: Mention) -> bool:
    return mention.has("polity") and not mention.has("person", "event") and mention.how != "anaphor"


def _joined(context: Context, one: Mention, other: Mention) -> bool:
    """Whether two powers are named together: «شن البريطانيون والفرنسيون هجوم …»."""
    reading = context.reading
    between = [reading.tokens[k].norm for k in range(one.last, other.first)]
    if not between:
        return other.first >= one.last and reading.tokens[other.first].norm.startswith("و")
    return len(between) <= _JOINED and between[0] in reading.lexicon.joins | {",", "،"}


_JOINED = 2
"""Words between two powers of a list."""


def _when(context: Context, dealing: Dealing) -> Moment | None:
    """The one date of the clause, else of its sentence."""
    reading, clause = context.reading, dealing.clause
    dates = dates_of(reading, clause.first, clause.last) or dates_of(reading, *reading.sentences[clause.sentence])
    return dates[0] if len(dates) == 1 else None


def _shared(context: Context, one: Mention, other: Mention, when: Moment) -> Event | None:
    """The war that the two fought side by side then, where they never stood against one another about that time."""
    found: dict[str, Event] = {}
    for mine in one.ids("polity"):
        for theirs in other.ids("polity"):
            if akin(context, mine) & akin(context, theirs):
                return None
            for event in _events_of(context, mine, theirs):
                if event.when is None or apart(event.when, when, _YEAR):
                    continue
                sides, others = side_of(context, event, mine), side_of(context, event, theirs)
                target = (theirs in event.target and _partakes(event, mine, sides)) or (mine in event.target and _partakes(event, theirs, others))
                if target or (sides and others and sides != others) or len(sides | others) > 1:
                    return None
                if sides and sides == others and event.type in _JOINT and len(event.sides) > 1 and not apart(event.when, when):
                    if _fighting(context, event, mine, when) and _fighting(context, event, theirs, when):
                        found[event.id] = event
    return min(found.values(), key=lambda event: (event.type != "war", event.id)) if found else None


def _partakes(event: Event, actor: str, sides: set[int]) -> bool:
    return bool(sides) or actor in event.by


def _events_of(context: Context, mine: str, theirs: str) -> Iterator[Event]:
    """The fights and the like in which either has a part."""
    names = {mine, theirs}
    for actor in (mine, theirs):
        names.update(name for name in akin(context, actor) if name not in (mine, theirs))
    seen = set()
    for actor in sorted(names):
        for fact in context.reference.events_with(actor):
            event = context.event(fact) if fact not in seen else None
            seen.add(fact)
            if event is not None and (event.type in FIGHTS or event.type in _HOSTILE):
                yield event


_HOSTILE = frozenset({"declaration", "bombing", "occupation", "annexation", "blockade", "massacre", "incident", "fall", "coup", "crisis"})


def _fighting(context: Context, event: Event, actor: str, when: Moment) -> bool:
    """Whether a power was in a war at a time, as far as the reference dates its part."""
    entry = participant(context, event, actor)
    if entry is None or (entry.left and entry.end is None):
        return False
    begun = entry.start is None or entry.start.start_lo is None or (when.end_hi or 0) >= entry.start.start_lo
    over = entry.end is not None and entry.end.end_hi is not None and (when.start_lo or 0) > entry.end.end_hi
    return begun and not over
