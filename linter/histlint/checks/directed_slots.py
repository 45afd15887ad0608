"""Deeds of one man upon another that need no `done`: who took whom prisoner, besieged or put him to death follows from an event's slots.

The slots of verbs (`Reading.said`) tell who is said to have done it; only two men named in one clause, never a noun or a carried subject.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Done, Event
from ..normalise import fold
from ..prepositions import preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import Context
from .fights import side_of

_KINDS = frozenset({"capture", "besiege", "kill", "appoint"})
"""The frames of such deeds."""
_ROLES = {"capture": "captured", "kill": "target", "besiege": "leader", "dismiss": "target", "appoint": "target", "call": "target"}
_TYPES = {"kill": frozenset({"execution", "assassination"})}
_ANY = frozenset({"other", "incident", "fall", "abdication", "revolt", "conquest", "coup", "revolution"})
_HEAD = 3
"""Words of an event's name among which the noun for the deed stands."""
_NAMED = ("name", "short")
_SHORT = 3


def framed(context: Context, clause: Clause) -> Iterator[tuple[str, Predication, Mention, Mention]]:
    """The deeds of a clause as its verbs have them: kind, verb, who did it and to whom."""
    reading = context.reading
    for predication in reading.said.get(clause.index, ()):
        kind = predication.frame
        if kind not in _KINDS or predication.form == "noun" or predication.carried or not predication.asserted:
            continue
        doer, other = _ends(context, predication)
        if doer is None or other is None or not (doer.has("person") and other.has("person")) or {doer.how, other.how} - {*_NAMED}:
            continue
        if kind == "kill" and reading.lang == "ar" and predication.form == "verb" and doer.first >= predication.last:
            continue  # «قتل علي بن أبي طالب عبد الرحمن بن ملجم»: either
        behind = predication.last <= doer.first < other.first
        if behind and reading.lang == "ar" and predication.form == "verb" and under_another(reading, doer, other):
            continue
        yield kind, predication, doer, other


def under_another(reading: Reading, one: Mention, other: Mention) -> bool:
    """Whether a preposition between two names makes the second no object: «عُزل فلان في خلافة فلان», «… بأمر فلان»."""
    between = [reading.tokens[k].norm for k in range(one.last, other.first) if k not in reading.mention_at]
    return any(norm in reading.lexicon.prepositions or (norm.startswith(("ب", "ل")) and len(norm) > _SHORT) for norm in between)


def _ends(context: Context, predication: Predication) -> tuple[Mention | None, Mention | None]:
    """Doer and sufferer: of "had X executed" he who had it done."""
    if predication.form == "verb" and predication.frame == "kill" and not predication.patients and len(predication.agents) == 1:
        return _had_done(context.reading, predication, predication.agents[0]), predication.agents[0]
    one = predication.agents[0] if len(predication.agents) == 1 else None
    return one, predication.patients[0] if len(predication.patients) == 1 else None


def _had_done(reading: Reading, predication: Predication, victim: Mention) -> Mention | None:
    """He who had somebody put to death: the name right before "had"."""
    at = victim.first - 1
    if reading.lang == "ar" or victim.last != predication.first or at < 1 or reading.tokens[at].norm not in reading.lexicon.pluperfect:
        return None
    clause = reading.clauses[predication.clause]
    return next((m for m in clause.mentions if m.last == at and m.has("person") and not preposition(reading, m)), None)


def derived(context: Context, kind: str, doer: Mention, other: Mention) -> Iterator[tuple[Event, Done]]:
    """The deeds of a kind between two men as the slots of events have them, either way."""
    for one, two in ((doer, other), (other, doer)):
        for who in one.ids("person"):
            for whom in two.ids("person"):
                for event in _between(context, kind, who, whom):
                    yield event, Done(kind, who, whom)


def _between(context: Context, kind: str, who: str, whom: str) -> Iterator[Event]:
    """The events in which one did something to the other."""
    role = _ROLES.get(kind)
    for fact in context.reference.events_with(whom, role) if role else ():
        event = context.event(fact)
        if event is None:
            continue
        if kind == "capture":
            fits = _took(context, event, who, whom)
        elif kind == "besiege":
            fits = _besieged(event, who, whom)
        else:
            fits = who in event.by and (event.type in _TYPES.get(kind, ()) or _called(context, event, kind))
        if fits:
            yield event


def _called(context: Context, event: Event, kind: str) -> bool:
    """Whether an event is called by a noun for a kind of deed: "dismissal of Montazeri"."""
    lang = context.reading.lang
    nouns = context.reading.lexicon.wording.get("dealings", {}).get("doing_nouns", {}).get(kind, ())
    words = {fold(word) for name in event.names.get(lang, ()) for word in name.split()[:_HEAD]}
    return event.type in _ANY and not words.isdisjoint(fold(noun) for noun in nouns)


def _took(context: Context, event: Event, who: str, whom: str) -> bool:
    """Whether somebody stood on the other side than a captive, or did it himself."""
    theirs, mine = side_of(context, event, whom), side_of(context, event, who)
    return who in event.by or (len(theirs) == len(mine) == 1 and theirs != mine and who not in event.captured)


def _besieged(event: Event, who: str, whom: str) -> bool:
    """Whether one led the besiegers of a siege and the other those within."""
    if event.type not in ("siege", "blockade") or not event.by:
        return False
    sides = {i for i, side in enumerate(event.sides) if any(item.who in event.by for item in side)}
    sides |= {i for i, group in enumerate(event.leaders) if {*group} & {*event.by}}
    if len(sides) != 1 or len(event.leaders) != 2:
        return False
    (attackers,) = sides
    return who in event.leaders[attackers] and whom in event.leaders[1 - attackers]


def at_its_place(context: Context, event: Event, clause: Clause) -> bool:
    """Whether a clause names an event or the town where it happened."""
    facts = {fact for mention in clause.mentions for fact in mention.ids()}
    return bool(facts & {event.id, *event.where[:1], *event.target})


def bears(context: Context, who: str, first: int, last: int) -> int | None:
    """The token of a range that is the last word of a man's name, where no name of the reference stands: "Necker", «لي»."""
    reading = context.reading
    entity = context.entity(who)
    names = [name.split() for group in (entity.names, entity.short) for name in group.get(reading.lang, ())] if entity else []
    known = {fold(words[-1]) for words in names if words}
    for k in range(first, last):
        if k in reading.mention_at or k in reading.time_at or reading.tokens[k].kind != "word":
            continue
        norm = reading.tokens[k].norm
        if not (len(norm) >= _SHORT and reading.document.text[reading.tokens[k].start].isupper()):
            continue
        if norm in known:
            return k
    return None
