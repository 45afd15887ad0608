"""Who led, attended or carried out an event that the sentence names: "the Urabi revolt was led by …", «ارتكب … مذبحة …».

The event is the object of the verb, or the subject of its passive, so that nothing else can be meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, aside
from ..facts import Entity, Event
from ..lexicon import Hit
from ..model import Finding
from ..named_tuple import NamedTuple
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import RULING, Context, akin, alive, cite, participants, reigns
from .doers import did
from .people_words import verbs
from .story import possessive

_RISINGS = frozenset({"revolt", "revolution", "coup", "mutiny", "voyage", "migration", "massacre", "raid", "bombing", "destruction"})
_MEETINGS = frozenset({"conference", "treaty", "agreement", "pact", "armistice", "surrender", "alliance"})
_DEEDS = frozenset({"massacre", "bombing", "destruction", "coup", "assassination"})
_YEAR = 400
"""Days by which whatever is known of somebody must miss an event that he is said to have led."""
_NEAR, _BY, _TITLE = 2, 6, 2
"""Words between a verb and its event, between it and the one under "by", and between two names in Arabic."""


class _Said(NamedTuple):
    who: Mention
    event: Mention
    first: int
    last: int


def leaders_of_risings(context: Context) -> Iterator[Finding]:
    """Revolts, coups and the like that somebody led who had no part in them; meetings that somebody attended who was absent."""
    for key, types in (("leads", _RISINGS), ("attends", _MEETINGS)):
        for said in _said(context, key):
            events, people = context.events(said.event), context.people(said.who)
            if not people or not _all_of(events, said.event, types):
                continue
            refuted = _had_no_part if key == "leads" else _was_absent
            if all(refuted(context, person, event, said.who) for person in people for event in events):
                event = events[0]
                cast = dict.fromkeys(who for group in (event.by, *event.leaders) for who in group)
                leaders = tuple(entry for who in cast if (entry := context.entity(who)) is not None and entry.kind == "person")
                yield context.finding(said.first, said.last, {"event": event, "person": people[0], "leaders": leaders}, cite(event, "leaders"))


def doers_of_deeds(context: Context) -> Iterator[Finding]:
    """Massacres and the like that were the work of others: the power that is named is known to have had no part in them."""
    for said in _said(context, "perpetrates"):
        events = context.events(said.event)
        ids = said.who.ids("person", "polity")
        if not ids or not _all_of(events, said.event, _DEEDS) or not all(event.by for event in events):
            continue
        if all(_not_by(context, who, event) or _of_absent_powers(context, who, event) for who in ids for event in events):
            event = events[0]
            doers = tuple(context.reference.fact(who) or who for who in event.by)
            values = {"event": event, "doer": doers, "person": context.reference.fact(ids[0])}
            yield context.finding(said.first, said.last, values, cite(event, "by"))


def _all_of(events: list[Event], mention: Mention, types: frozenset[str]) -> bool:
    return bool(events) and len(events) == len(mention.ids()) and all(event.type in types for event in events)


def _not_by(context: Context, who: str, event: Event) -> bool:
    """Whether the reference says that a power, or the one whose body it is, had no part in a deed."""
    cast = participants(event)
    absent = any(one in context.reference.ancestors(who) | akin(context, who) for one in event.absent)
    return absent and who not in cast and not any(did(context, who, doer) for doer in event.by)


def _of_absent_powers(context: Context, who: str, event: Event) -> bool:
    """Whether a man served only powers that are known to have had no part in a deed."""
    person = context.entity(who)
    if person is None or person.kind != "person" or not person.of or who in _cast(context, event):
        return False
    return all(_not_by(context, own, event) for own in person.of) and not any(did(context, who, doer) for doer in event.by)


def _had_no_part(context: Context, person: Entity, event: Event, who: Mention) -> bool:
    """Whether somebody alive at the time is known elsewhere only, and the leaders of the event are known."""
    heads = {one for group in (event.by, *event.leaders) for one in group if (e := context.entity(one)) is not None and e.kind == "person"}
    life = alive(person)
    if event.when is None or not heads or (life is not None and apart(life, event.when)) or who.how != "name":
        return False
    if person.id in _cast(context, event) or any(role.when and not apart(role.when, event.when, _YEAR) for role in reigns(person, RULING)):
        return False
    if _of_house(context, person, heads):
        return False
    if "leaders" in event.closed or person.id in event.absent:
        return True
    known = [other for fact in context.reference.events_with(person.id) if (other := context.event(fact)) is not None and other.when]
    led = [other for other in known if person.id in other.by or any(person.id in group for group in other.leaders)]
    return bool(led) and all(other.when is None or apart(other.when, event.when, _YEAR) for other in known)


def _of_house(context: Context, person: Entity, heads: set[str]) -> bool:
    """Whether somebody is kin to one who led, so that the reference may have left him out."""
    fathers = {person.id, person.father} - {""}
    return any((e := context.entity(one)) is not None and {e.id, e.father} & fathers for one in heads)


def _was_absent(context: Context, person: Entity, event: Event, who: Mention) -> bool:
    """Whether the reference says that somebody was not there."""
    return person.id in event.absent and person.id not in _cast(context, event)


def _cast(context: Context, event: Event) -> set[str]:
    """All who had a part in an event, in what it is part of, or in its parts; not those known to have been absent from it."""
    ids = {event.id, *context.reference.ancestors(event.id), *context.reference.parts([event.id])}
    return {who for id in ids if (e := context.event(id)) is not None for who in participants(e) if id == event.id or who not in event.absent}


def _said(context: Context, key: str) -> Iterator[_Said]:
    """The statements with a verb of a key whose event and doer stand beside it."""
    reading = context.reading
    table = verbs(reading, key)
    if not table.places(reading.tokens):
        return
    for clause in reading.clauses_with(table):
        if clause.kind not in ("paragraph", "item"):
            continue
        for hit in table.find(reading.tokens, clause.first, clause.last):
            if hit.first in reading.mention_at or not reading.told(clause, hit.first):
                continue
            pair = _arabic(reading, hit, clause) if reading.lang == "ar" else _english(reading, hit, clause)
            if pair is not None and not aside(reading, pair[1].first) and not possessive(reading, pair[0]):
                who, event = pair
                yield _Said(who, event, min(hit.first, who.first, event.first), max(hit.last, who.last, event.last))


def _whole(mention: Mention) -> bool:
    return mention.has("person", "polity") and not mention.has("event", "place") and mention.how != "anaphor"


def _arabic(reading: Reading, hit: Hit, clause: Clause) -> tuple[Mention, Mention] | None:
    """«قاد فلان ثورة …», «قاد ثورة … فلان», «نُفذت مذبحة … على يد فلان»."""
    here = named_in(reading, hit.last, clause.last)
    event = next((m for m in here if m.has("event") and m.how in ("name", "short")), None)
    who = next((m for m in here if _whole(m)), None)
    if event is None or who is None or preposition(reading, event):
        return None
    one, other = (who, event) if who.first < event.first else (event, who)
    if preposition(reading, who) == "by" and who is other:
        return (who, event) if event.first - hit.last <= 1 and who.first - event.last <= _BY else None
    near = one.first - hit.last <= 1 and other.first - one.last <= _TITLE
    joined = reading.tokens[other.first].norm.startswith("و") or _marked(reading, one.last, other.first)
    return (who, event) if near and not preposition(reading, who) and not joined else None


def _english(reading: Reading, hit: Hit, clause: Clause) -> tuple[Mention, Mention] | None:
    """ "X led the … revolt", "the … revolt was led by X"."""
    passive = any(reading.tokens[k].norm in reading.lexicon.auxiliaries for k in range(max(clause.first, hit.first - 2), hit.first))
    before, behind = named_in(reading, clause.first, hit.first), named_in(reading, hit.last, clause.last)
    if passive:
        event = before[-1] if before and before[-1].has("event") and hit.first - before[-1].last <= _NEAR else None
        who = next((m for m in behind if _whole(m)), None)
        if event is None or who is None or preposition(reading, event) or preposition(reading, who) != "by":
            return None
        return (who, event) if who.first - hit.last <= _BY and not _marked(reading, hit.last, who.first) else None
    who = before[-1] if before and _whole(before[-1]) and hit.first - before[-1].last <= 1 else None
    event = behind[0] if behind and behind[0].has("event") and behind[0].first - hit.last <= _NEAR else None
    if who is None or event is None or preposition(reading, who) or preposition(reading, event):
        return None
    return who, event


def _marked(reading: Reading, first: int, last: int) -> bool:
    return any(reading.tokens[k].kind == "mark" for k in range(first, last))
