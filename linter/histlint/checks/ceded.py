"""Land that changed hands the wrong way: "France ceded Nice to Sardinia", "he bought Louisiana from the United States".

What was sold or ceded by name is in the reference; of a peace that ended a war that one side lost, it is the loser who cedes and pays.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..facts import Ceded, Event
from ..model import Finding, Moment
from ..prepositions import preposition
from ..reading import Clause
from ..tag.entities import Mention
from .context import Context, cite
from .dealings import Dealing, dealings
from .fights import side_of
from .story import dates_of
from .treaties import TO, conveyed, stands_for, things, treaty_told

_FROM = frozenset({"من", "from"})
_REACH = 14
"""Words behind a verb within which the one stands to whom something went."""

_Found = tuple[Event, tuple[str, ...], tuple[str, ...]]
"""A treaty or sale, who gave and who took."""


def check(context: Context) -> Iterator[Finding]:
    """Cessions, sales and payments turned round."""
    for dealing in dealings(context):
        if dealing.kind not in ("cede", "give", "buy", "pay", "gain", "regain", "return", "lose"):
            continue
        giver, taker = _parties(context, dealing)
        if not giver and not taker:
            continue
        found = _found(context, dealing, giver, taker)
        if found:
            event, gave, took = found
            spots = (*giver, *taker)
            yield context.finding(
                min([dealing.first, *(m.first for m in spots)]),
                max([dealing.last, *(m.last for m in spots)]),
                {
                    "event": event,
                    "giver": tuple(context.reference.fact(who) or who for who in gave),
                    "taker": tuple(context.reference.fact(who) or who for who in took),
                },
                cite(event, "ceded" if event.ceded else "sides"),
            )


def _found(context: Context, dealing: Dealing, giver: tuple[Mention, ...], taker: tuple[Mention, ...]) -> _Found | None:
    """What a cession, sale or payment was in truth, where it is told wrong."""
    if dealing.kind == "pay":
        return _of_peace(context, dealing, giver, taker)
    by_treaty = conveyed(context, dealing, giver, taker) if dealing.kind != "buy" else None
    if by_treaty is not None:
        treaty, item = by_treaty
        return treaty, (item.by,), (item.to,)
    passive = dealing.passive or context.reading.tokens[dealing.first - 1].norm in context.reading.lexicon.auxiliaries
    if dealing.kind not in ("cede", "buy") or passive:
        return None
    return _of_thing(context, dealing, giver, taker) or _of_peace(context, dealing, giver, taker)


def _parties(context: Context, dealing: Dealing) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Who gave and who took."""
    reading, clause = context.reading, dealing.clause
    takes = dealing.kind in ("buy", "gain", "regain")
    wanted = _FROM if takes else TO
    other = [
        m
        for m in clause.mentions
        if m.has("polity", "person") and dealing.last <= m.first <= dealing.last + _REACH and preposition(reading, m) in wanted
    ]
    doers, others = dealing.doers, tuple(m for m in other[:1] if m not in dealing.doers)
    return (others, doers) if takes else (doers, others)


def _of_thing(
    context: Context, dealing: Dealing, giver: tuple[Mention, ...], taker: tuple[Mention, ...]
) -> _Found | None:
    """The sale or cession of what the clause names, where it was the other way round or to another."""
    clause = dealing.clause
    given = [fact for m in things(context.reading, dealing, giver, taker) for fact in m.ids("place", "polity", "thing")]
    dates = dates_of(context.reading, *context.reading.sentences[clause.sentence])
    for thing in given:
        records = [
            (event, item)
            for fact in context.reference.events_with(thing, "ceded")
            if (event := context.event(fact))
            for item in event.ceded
            if thing in item.what
        ]
        if not records or any(_right(context, item, giver, taker) for _, item in records):
            continue
        for event, item in records:
            near = _near(event, dates) or event.id in {*context.reading.named}
            if near and _wrong(context, item, giver, taker):
                return event, (item.by,), (item.to,)
    named = any(context.reference.events_with(thing, "ceded") for thing in given)
    for actor in {fact for m in taker for fact in m.ids("polity")} if giver and not named else ():  # what was ceded has no name that is known
        for fact in context.reference.events_with(actor, "side"):
            event = context.event(fact)
            if event and event.ceded and _near(event, dates) and not any(_right(context, item, giver, taker) for item in event.ceded):
                if any(stands_for(context, giver, item.to) and stands_for(context, taker, item.by) for item in event.ceded):
                    return event, (event.ceded[0].by,), (event.ceded[0].to,)
    return None


def _near(event: Event, dates: list[Moment]) -> bool:
    return event.when is not None and any(not apart(event.when, value, 366) for value in dates)


def _right(context: Context, item: Ceded, giver: tuple[Mention, ...], taker: tuple[Mention, ...]) -> bool:
    return all(stands_for(context, group, who) for group, who in ((giver, item.by), (taker, item.to)) if group)


def _wrong(context: Context, item: Ceded, giver: tuple[Mention, ...], taker: tuple[Mention, ...]) -> bool:
    """Whether the giver is said to have taken, or one end is right and the other another power."""
    if stands_for(context, giver, item.to) or stands_for(context, taker, item.by):
        return True
    return bool(giver and taker) and (stands_for(context, giver, item.by) or stands_for(context, taker, item.to))


def _of_peace(
    context: Context, dealing: Dealing, giver: tuple[Mention, ...], taker: tuple[Mention, ...]
) -> _Found | None:
    """The peace of which the clause tells, where the victor is said to have ceded or paid to the vanquished."""
    fined = dealing.kind == "pay" and _indemnity(context, dealing.clause)
    if dealing.kind == "buy" or (dealing.kind == "pay" and not fined) or not (taker or fined):
        return None
    peace = treaty_told(context, dealing.clause)
    if peace is None:
        return None
    for war in (event for fact in peace.ended if (event := context.event(fact)) and event.won and event.lost):
        gave, took = _stand(context, war, giver), _stand(context, war, taker)
        if (took == "lost" and (gave == "won" or not giver)) or (fined and gave == "won" and took in ("", "lost")):
            return peace, war.lost, ()
    return None


def _indemnity(context: Context, clause: Clause) -> bool:
    """Whether money is paid as an indemnity, which the vanquished pays."""
    return any(context.reading.tokens[k].norm in context.reading.lexicon.indemnities for k in range(clause.first, clause.last))


def _stand(context: Context, war: Event, group: tuple[Mention, ...]) -> str:
    """won, lost or "" for all that names may mean."""
    winners, losers = ({i for who in side for i in side_of(context, war, who)} for side in (war.won, war.lost))
    verdicts = set()
    for mention in group:
        for actor in mention.ids("polity", "person"):
            sides = side_of(context, war, actor)
            verdicts.add("won" if sides and sides <= winners - losers else "lost" if sides and sides <= losers - winners else "")
    return verdicts.pop() if len(verdicts) == 1 else ""
