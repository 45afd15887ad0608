"""A deed told the wrong way round or of the wrong doer, where place, date and the other side tell which event is meant.

An event of the reference that fits the deed's kind, its time and two of doer, sufferer and place, while what is left contradicts a
field that is filled, is the one that was meant, unless another event fits all that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..bind import apart, date_of, part_of
from ..facts import Event
from ..model import Finding, Moment
from ..normalise import fold
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, cite, names_as_words
from .dealings import Dealing, dealings
from .fights import acts_for, side_of
from .frame import frame_of
from .spoken import spoken_of

_TYPES: dict[str, frozenset[str]] = {
    "attack": frozenset({"invasion", "raid", "bombing", "operation", "campaign", "war", "massacre", "incident", "battle", "occupation", "conquest"}),
    "besiege": frozenset({"siege", "blockade"}),
    "close": frozenset({"blockade"}),
    "declare": frozenset({"declaration", "war"}),
    "surrender": frozenset({"siege", "battle", "surrender", "conquest", "fall"}),
}
_VETO = frozenset({"siege", "battle", "raid", "bombing", "operation", "campaign", "war", "invasion", "declaration", "blockade", "occupation",
    "conquest", "fall", "surrender", "massacre", "incident", "other", "revolt", "uprising"})  # fmt: skip


def check(context: Context) -> Iterator[Finding]:
    """Deeds turned round."""
    for dealing in dealings(context):
        if dealing.kind == "surrender" and not (dealing.doers and dealing.others):
            yield from _gave_up(context, dealing)
        if dealing.kind not in _TYPES or not (dealing.doers or dealing.others):
            continue
        events = _meant(context, dealing)
        if events and all(_turned(context, event, dealing) for event in events):
            event = events[0]
            if dealing.kind == "besiege" and _came_in_relief(context, event, dealing):
                continue
            spots = (*dealing.doers, *dealing.others)
            yield context.finding(
                min([dealing.first, *(m.first for m in spots)]),
                max([dealing.last, *(m.last for m in spots)]),
                {"event": event, "doer": tuple(context.reference.fact(who) or who for who in _doers(context, event, dealing.kind))},
                cite(event, "by" if event.by else "won"),
            )


def _came_in_relief(context: Context, siege: Event, dealing: Dealing) -> bool:
    """Whether he fought a battle at the town then: who comes to its relief besieges the besiegers."""
    for place in (*siege.target, *siege.where[:1]):
        for fact in context.reference.events_with(place, "where"):
            event = context.event(fact)
            if event is None or event.id == siege.id or event.type != "battle" or not event.when or not siege.when:
                continue
            if apart(event.when, siege.when, 60):
                continue
            if any(side_of(context, event, who) for m in dealing.doers for who in m.ids("person", "polity")):
                return True
    return False


def _gave_up(context: Context, dealing: Dealing) -> Iterator[Finding]:
    """"General X surrendered to Y" by names alone that the event's commanders bear."""
    event = spoken_of(context, dealing.clause, _TYPES["surrender"], dealing.last)
    lost = _doers(context, event, "surrender") if event else ()
    if event is None or not lost or not (event.captured or event.result == "capitulated" or event.type == "surrender"):
        return
    reading, clause = context.reading, dealing.clause
    if reading.lang == "ar":
        to = next((k for k in range(dealing.last, clause.last) if _under_to(reading, k)), clause.last)
        spans = (dealing.last, to), (to, clause.last)
    else:
        spans = (clause.first, dealing.first), (dealing.last, clause.last)
    giver, taker = (_cast_in(context, event, *span) for span in spans)
    if len(giver) == len(taker) == 1:
        (one, first, _), (other, _, last) = giver[0], taker[0]
        if _stand_of(context, event, one, "surrender") == "suffers" and _stand_of(context, event, other, "surrender") == "does":
            values = {"event": event, "doer": tuple(context.reference.fact(who) or who for who in lost)}
            yield context.finding(min(first, dealing.first), max(last, dealing.last), values, cite(event, "won"))


def _under_to(reading: Reading, index: int) -> bool:
    norm = reading.tokens[index].norm
    return norm in _TO or (norm.startswith("لل") and len(norm) > 4)


_TO = frozenset({"ل", "الي", "امام"})


def _cast_in(context: Context, event: Event, first: int, last: int) -> list[tuple[str, int, int]]:
    """The commanders of an event who are called by the last word of their names in a token range, and where."""
    reading = context.reading
    out = {}
    for who in {person for group in event.leaders for person in group}:
        entity = context.entity(who)
        names = [name.split() for group in (entity.names, entity.short) for name in group.get(reading.lang, ())] if entity else []
        known = {fold(word) for words in names for word in (words[1:] if reading.lang != "ar" else words) or words}
        for k in range(first, last):
            norm = reading.tokens[k].norm
            if len(norm) > _SHORT and norm not in reading.lexicon.titles_behind and {norm, norm.removeprefix("ل")} & known:
                out[who] = (who, k, k + 1)
    return list(out.values())


_SHORT = 3


def _when(context: Context, dealing: Dealing) -> Moment | None:
    reading, clause = context.reading, dealing.clause
    dated = date_of(reading, clause, dealing.first, dealing.last, (*dealing.doers, *dealing.others))
    if dated is not None:
        return dated.time.mention.value if not dated.time.mention.relation else None
    values = [t.mention.value for t in clause.times if t.mention.type in _DATED and t.mention.value and not t.mention.relation]
    if len(values) == 1 == len([t for t in clause.times if t.mention.type != "duration"]):
        return values[0]
    frame = frame_of(context, clause) if not clause.times else None
    return frame.when if frame else None


_DATED = frozenset({"date", "period"})


def _meant(context: Context, dealing: Dealing) -> list[Event]:
    """The events that may be meant; empty where one fits as it is told."""
    when = _when(context, dealing)
    types = _TYPES[dealing.kind]
    found: dict[str, Event] = {}
    named = spoken_of(context, dealing.clause, types, dealing.last)
    if named is not None and dealing.kind != "declare" and (when is None or (named.when and not apart(named.when, when, 31))):
        found[named.id] = named
    near = [e for e in _of_those(context, dealing) if dealing.kind != "declare" or e.type != "declaration" or _of_war(context, e)]
    for event in near:
        if _of_type(event, dealing.kind) and (_at(event, when, dealing.kind) if when else _there(context, event, dealing)):
            found[event.id] = event
    events = [event for event in found.values() if _doers(context, event, dealing.kind) and _anchored(context, event, dealing, named, when)]
    if dealing.kind == "declare":  # Germany began the war on 1 September, Britain declared it on the 3rd
        if when is None or _answered(context, when, dealing):
            return []
        events = [event for event in events if event.type == "declaration"] or events
        if any(event.type == "declaration" for event in events):
            near = [event for event in near if event.type == "declaration" or (event.by and _begun(event, when, 1))]
            found = {event.id: event for event in events}
    if not events or any(_fits(context, event, dealing, when, events) for event in (*near, *found.values())):
        return []
    return sorted(events, key=lambda event: event.id)


def _of_type(event: Event, kind: str) -> bool:
    """Whether an event is of a type that a deed may be; a battle is a siege where it is told how a place was taken."""
    return event.type in _TYPES[kind] or (kind == "besiege" and event.type == "battle" and bool(event.result and event.by))


def _at(event: Event, when: Moment, kind: str) -> bool:
    """Whether an event began, or where it lasts was, at a written time."""
    if event.when is None or when.precision not in ("day", "month", "season", "year"):
        return False
    if kind in ("attack", "declare"):
        if when.precision == "year":
            return False
        return not apart(part_of(event.when, "start"), when, _slack(when))
    return not apart(event.when, when, _slack(when))


def _lasting(event: Event) -> bool:
    """Whether an event lasted so long that much else was done in it."""
    return event.when is not None and (event.when.end_hi or 1 << 40) - (event.when.start_lo or 0) > _LONG


_LONG = 60


def _there(context: Context, event: Event, dealing: Dealing) -> bool:
    """Whether an undated siege was in a town that the clause names."""
    dated = any(t.mention.type != "duration" for t in dealing.clause.times)
    return dealing.kind in ("besiege", "close") and bool(_spots(context, dealing) & {*event.where[:1]}) and not dated


def _spots(context: Context, dealing: Dealing) -> set[str]:
    """The places that a clause names; where it has «فيها» behind its verb, those of the clause before."""
    reading, clause = context.reading, dealing.clause
    here = {fact for m in clause.mentions for fact in m.ids("place")}
    points = any(reading.tokens[k].norm in reading.lexicon.pronoun_phrases for k in range(dealing.last, min(dealing.last + 2, clause.last)))
    if here or not points:
        return here
    return {fact for c in reading.before(clause)[-1:] for m in c.mentions for fact in m.ids("place")}


def _slack(when: Moment) -> int:
    return 2 if when.precision == "day" else 5


def _of_those(context: Context, dealing: Dealing) -> Iterable[Event]:
    """The events of those named."""
    seen: dict[str, Event] = {}
    places = [fact for m in dealing.clause.mentions for fact in m.ids("place")]
    actors = [fact for m in (*dealing.doers, *dealing.others) for fact in m.ids("polity", "person")]
    for fact in (*actors, *places):
        for id in context.reference.events_with(fact):
            event = context.event(id)
            if event is not None and event.type in _VETO:
                seen[event.id] = event
    return seen.values()


def _doers(context: Context, event: Event, kind: str) -> tuple[str, ...]:
    """Who did it: the attacker, or in a surrender those who gave up, else those who lost the war that it belongs to."""
    if kind != "surrender":
        return event.by
    if event.lost or event.won or event.type != "surrender":
        return event.lost
    wars = [war for fact in (*event.ended, *event.part_of) if (war := context.event(fact)) and war.lost]
    losers = {i for war in wars for who in war.lost for i in side_of(context, event, who)}
    return tuple(who.who for who in event.sides[losers.pop()]) if len(losers) == 1 and len(event.sides) == 2 else ()


def _stand(context: Context, event: Event, mentions: Sequence[Mention], kind: str) -> str:
    """does, suffers or "" for all that the names may mean."""
    actors = {actor for mention in mentions for actor in mention.ids("polity", "person")}
    verdicts = {_stand_of(context, event, actor, kind) for actor in actors if _then(context, event, actor)}
    if all(mention.how == "demonym" for mention in mentions):
        verdicts -= {""}  # "Soviet": that of the reading that had a part in it
    return verdicts.pop() if len(verdicts) == 1 else ""


def _then(context: Context, event: Event, actor: str) -> bool:
    """Whether a state was there at the time of an event: "Soviet" is no Soviet Russia in 1941."""
    entity = context.entity(actor)
    return not (entity and entity.existed and event.when and apart(entity.existed, event.when))


def _stand_of(context: Context, event: Event, actor: str, kind: str) -> str:
    doers = _doers(context, event, kind)
    doing = {i for who in doers for i in side_of(context, event, who)}
    entity = context.entity(actor)
    names = (actor, *(entity.of if entity and entity.kind == "person" else ()))
    sides = side_of(context, event, actor)
    does = any(acts_for(context, name, doer) for name in names for doer in doers) or (len(sides) == 1 and sides == doing)
    targets = event.won if kind == "surrender" else event.target
    suffers = any(acts_for(context, name, target) for name in names for target in targets)
    suffers = suffers or (len(doing) == 1 and len(sides) == 1 and sides != doing)
    return "does" if does and not suffers else "suffers" if suffers and not does else ""


def _anchored(context: Context, event: Event, dealing: Dealing, named: Event | None, when: Moment | None) -> bool:
    """Whether two things tell the event: both sides, or one side and the place or name."""
    known = [_stand(context, event, group, dealing.kind) for group in (dealing.doers, dealing.others) if group]
    spots = _spots(context, dealing)
    if known == ["suffers"] and dealing.doers and event.type in ("war", "invasion") and _begun(event, when):
        return True  # «في 25 يونيو 1950 اجتاحت …»
    if not any(known) or (not all(known) and not (known[0] and spots & {*event.where})):
        return False
    return len(known) == 2 or event is named or bool(spots & {*event.where[:1], *event.target}) or _called(context, event, dealing.clause)


def _begun(event: Event, when: Moment | None, slack: int = 0) -> bool:
    """Whether an event began on the written day."""
    if when is None or when.precision != "day" or event.when is None or event.when.start_lo is None or when.start_lo is None:
        return False
    return abs(event.when.start_lo - when.start_lo) <= slack


def _of_war(context: Context, event: Event) -> bool:
    """Whether a declaration is one of war, as its name says."""
    nouns = context.reading.lexicon.event_nouns
    words = {word for name in names_as_words(event, context.reading.lang) for word in name}
    return any("war" in value for word in words for _, value, _ in nouns.begun_by(word))


def _answered(context: Context, when: Moment, dealing: Dealing) -> bool:
    """Whether he who is said to have declared war declared one in those days: he may have answered this one too."""
    for mention in dealing.doers:
        for actor in mention.ids("polity"):
            for fact in context.reference.events_with(actor, "by"):
                other = context.event(fact)
                if other is None or other.type != "declaration" or not other.when or not _of_war(context, other):
                    continue
                if not apart(other.when, when, 14):
                    return True
    return False


def _called(context: Context, event: Event, clause: Clause) -> bool:
    """Whether the clause has the words by which an event is called: "the garrison of Fort Sumter"."""
    reading = context.reading
    here = {reading.tokens[k].norm for k in range(clause.first, clause.last)}
    idle = reading.lexicon.event_nouns.first_words() | reading.lexicon.glue
    for words in names_as_words(event, reading.lang):
        rest = {word for word in words if word not in idle}
        if len(words) > 2 and rest and rest <= here:
            return True
    return False


def _turned(context: Context, event: Event, dealing: Dealing) -> bool:
    """Whether those who suffered are said to have done it, and nobody is said to have done it who did."""
    did = _stand(context, event, dealing.doers, dealing.kind) if dealing.doers else "suffers"
    bore = _stand(context, event, dealing.others, dealing.kind) if dealing.others else "does"
    if dealing.kind in ("besiege", "close") and bore == "does" and dealing.others:
        return did != "does"  # whoever is said to have done it, it was not done to them
    there = bool({fact for m in dealing.others for fact in m.ids()} & {*event.where})
    return did == "suffers" and (bore == "does" or there)


def _fits(context: Context, event: Event, dealing: Dealing, when: Moment | None, meant: Sequence[Event]) -> bool:
    """Whether an event may be what is told: at that time, done by those who are said to have done it, or by nobody knows whom."""
    if event.when is None or not _of_type(event, dealing.kind):
        return False
    if when is not None and apart(event.when, when, 10 if when.precision == "day" else 31):
        return False
    doers = _doers(context, event, dealing.kind)
    up = context.reference.ancestors
    if not doers and (_lasting(event) or any(up(event.id) & up(other.id) for other in meant)):
        return False
    if not dealing.others and _lasting(event):
        spots = {fact for m in dealing.clause.mentions for fact in m.ids("place")}
        if not spots & {*event.where, *event.target}:
            return False
    for group, wanted in ((dealing.doers, "does"), (dealing.others, "suffers")):
        if group and doers and _stand(context, event, group, dealing.kind) != wanted:
            return False
        if group and not any(side_of(context, event, a) or a in (*event.by, *event.target) for m in group for a in m.ids("polity", "person")):
            return False
    return True
