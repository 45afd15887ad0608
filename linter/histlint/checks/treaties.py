"""Who got what by a treaty: "by the peace of Utrecht Gibraltar was handed over to France", «نالت السويد الألزاس».

Only what the reference says a treaty gave to whom is compared, and only where the text tells of that treaty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ..bind import apart, aside
from ..facts import Ceded, Event
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, akin
from .dealings import Dealing
from .outcome_words import phrases
from .spoken import spoken_of
from .story import dates_of

PACTS = frozenset({"treaty", "armistice", "agreement", "conference"})
_BACK, _FAR = 45, 200
"""Words before a sentence within which the treaty is named of which it tells; the same where it points back to one."""
_YEAR = 366
_ASSERTING = frozenset({"قد"})
_BEFORE = 8
"""Words before a passive within which the land is named."""


def treaty_told(context: Context, clause: Clause) -> Event | None:
    """The treaty of which a clause tells: the one named in the sentence, else shortly before it in the paragraph, else the one pointed to."""
    reading = context.reading
    start, stop = reading.sentences[clause.sentence]
    floor = max(0, start - _BACK)
    floor = next((k + 1 for k in range(start - 1, floor, -1) if reading.tokens[k].norm == "\n"), floor)
    for first, last in ((start, stop), (floor, start)):
        named = [m for m in named_in(reading, first, last) if m.has("event")]
        pacts = [m for m in named if any(event.type in PACTS for event in context.events(m))]
        events = {event.id: event for m in pacts for event in context.events(m) if event.type in PACTS}
        if len({m.ids("event") for m in pacts}) == 1 and len(events) > 1:  # of namesakes the one of which it is known
            events = {fact: event for fact, event in events.items() if event.ceded}
        if len(events) > 1 or any(aside(reading, m.first) for m in pacts):
            return None
        if events:
            return _in_time(context, clause, next(iter(events.values())))
        told = None if named else _by_place(context, first, last)
        if told is not None:
            return _in_time(context, clause, told)
    return _pointed_to(context, clause, start) if _points_back(reading, clause) else None


def _pointed_to(context: Context, clause: Clause, start: int) -> Event | None:
    """The treaty named last before a sentence that points back to one, else the one that the text is about."""
    for mention in reversed(named_in(context.reading, max(0, start - _FAR), start)):
        events = [event for event in context.events(mention) if event.type in PACTS - {"conference"}] if mention.has("event") else []
        if events:
            return _in_time(context, clause, events[0]) if len(events) == 1 else None
    topics = [event for fact in context.reading.topic if (event := context.event(fact)) and event.type in PACTS]
    return _in_time(context, clause, topics[0]) if topics else None


def _by_place(context: Context, first: int, last: int) -> Event | None:
    """The treaty that a range tells by its place and date: "Peace was made at Brest-Litovsk in March 1918"."""
    found = {}
    for clause in context.reading.clauses[context.reading.clause_at[first] : context.reading.clause_at[last - 1] + 1] if last > first else ():
        event = spoken_of(context, clause, PACTS, clause.first) if clause.times else None
        if event is not None:
            found[event.id] = event
    return next(iter(found.values())) if len(found) == 1 else None


def _in_time(context: Context, clause: Clause, event: Event) -> Event | None:
    """A treaty, unless the clause is dated to another time."""
    dates = dates_of(context.reading, clause.first, clause.last)
    return event if not dates or any(near(event, value) for value in dates) else None


def near(event: Event, value: object) -> bool:
    """Whether an event was within a year of a date."""
    return event.when is not None and not apart(event.when, value, _YEAR)  # type: ignore[arg-type]


def _points_back(reading: Reading, clause: Clause) -> bool:
    """Whether a clause points to a treaty told before: «بموجبها», "by its terms", «ونصت المعاهدة»."""
    return bool(phrases(reading, "by_treaty").find(reading.tokens, reading.sentences[clause.sentence][0], clause.last))


def conveyed(context: Context, dealing: Dealing, giver: Sequence[Mention], taker: Sequence[Mention]) -> tuple[Event, Ceded] | None:
    """The treaty told, and what it gave to another, or from another, than a clause says."""
    clause = dealing.clause
    if (not giver and not taker) or _earlier(context.reading, dealing):
        return None
    given = [fact for m in things(context.reading, dealing, giver, taker) for fact in m.ids("place", "polity", "thing")]
    if not given:
        return None
    treaty = treaty_told(context, clause) or _of_those_days(context, clause, given)
    if treaty is None or (dealing.kind == "give" and context.reading.lang == "ar" and not _by_itself(context, dealing, treaty)):
        return None  # «مُنحت فرنسا …» is written like «منحت فرنسا …»
    parties = {item.by for item in treaty.ceded} | {item.to for item in treaty.ceded} | {who.who for side in treaty.sides for who in side}
    for thing in given:
        items = [item for item in treaty.ceded if thing in item.what]
        back = dealing.kind in ("return", "regain") and any(stands_for(context, taker, item.by) for item in items)
        if back and not _by_itself(context, dealing, treaty):
            continue
        if items and all(_other_way(context, item, giver, taker, parties) for item in items):
            return treaty, items[0]
    return None


def _by_itself(context: Context, dealing: Dealing, treaty: Event) -> bool:
    """Whether a treaty is the subject of the verb: «أعادت المعاهدة الألزاس إلى …», "the Treaty of … returned Alsace to"."""
    reading = context.reading
    spots = (dealing.last,) if reading.lang == "ar" else (dealing.first - 1,)
    mention = next((m for at in spots if (m := reading.mention_at.get(at)) is not None), None)
    if mention is not None:
        return treaty.id in mention.ids("event")
    return any(phrases(reading, "by_treaty").at(reading.tokens, at, at + 1) for at in spots)


def _of_those_days(context: Context, clause: Clause, given: Sequence[str]) -> Event | None:
    """The one treaty that gave something about the date told last, where the text points back to a treaty that it did not name."""
    reading = context.reading
    if not _points_back(reading, clause):
        return None
    dates = dates_of(reading, max(0, clause.first - _FAR), clause.first)[-1:]
    found = {event.id: event for thing in given for fact in context.reference.events_with(thing, "ceded") if (event := context.event(fact))}
    events = [event for event in found.values() if any(near(event, value) for value in dates)]
    return events[0] if len(events) == 1 else None


def _earlier(reading: Reading, dealing: Dealing) -> bool:
    """Whether the verb looks back to another cession: "Alsace, which had been ceded in 1871"."""
    front = [reading.tokens[k].norm for k in range(max(dealing.clause.first, dealing.first - 4), dealing.first)]
    if reading.lang == "ar" and front[-1:] and front[-1].lstrip("و") in _ASSERTING and len(front) == 1:
        return False  # «وقد أعادت المعاهدة …»: it only asserts
    return any(norm in reading.lexicon.pluperfect for norm in front)


def _other_way(context: Context, item: Ceded, giver: Sequence[Mention], taker: Sequence[Mention], parties: Iterable[str]) -> bool:
    """Whether another party is said to have given or taken."""
    for group, who in ((giver, item.by), (taker, item.to)):
        if group and not stands_for(context, group, who) and any(stands_for(context, group, party) for party in parties):
            return True
    return False


def stands_for(context: Context, group: Iterable[Mention], who: str) -> bool:
    """Whether a name may stand for a power."""
    names = akin(context, who)
    for mention in group:
        for actor in mention.ids("polity", "person"):
            entity = context.entity(actor)
            own = (actor, *(entity.of if entity and entity.kind == "person" else ()))
            if any(akin(context, name) & names for name in own):
                return True
    return False


def things(reading: Reading, dealing: Dealing, giver: Sequence[Mention], taker: Sequence[Mention]) -> Iterator[Mention]:
    """What was given, as the order of the words has it."""
    clause, parties = dealing.clause, (*giver, *taker)
    if dealing.passive and reading.lang != "ar":
        spots = [m for m in clause.mentions if dealing.first - _BEFORE <= m.first < dealing.first]
    else:
        spots = [m for m in clause.mentions if dealing.last <= m.first < _stop(reading, dealing, parties)]
    for mention in spots:
        if mention in parties or not mention.has("place", "polity", "thing") or mention.has("person", "event") or _adjective(reading, mention):
            continue
        if preposition(reading, mention) in _OBJECT:
            yield mention


def _adjective(reading: Reading, mention: Mention) -> bool:
    """Whether a name is only an adjective: not «سورية» behind «على», which is the land."""
    return mention.how == "demonym" and not (reading.lang == "ar" and reading.tokens[mention.first - 1].norm in _LANDS)


_LANDS = frozenset({"علي", "عن"})
"""Prepositions behind which a name like an adjective is that of a land."""
_OBJECT = frozenset({"", "of", "عن", "علي", "ب"})


def _stop(reading: Reading, dealing: Dealing, parties: Sequence[Mention]) -> int:
    """Where what a verb takes ends: at the next verb, at a comma before one, or at another recipient or actor."""
    clause = dealing.clause
    stop = min((h.first for h in clause.triggers if h.first > dealing.last and h.value.form != "noun"), default=clause.last)
    other = next(iter(reading.lexicon.deeds.find(reading.tokens, dealing.last, stop)), None)
    if other is not None:
        before = reading.mention_at.get(other.first - 1)
        stop = before.first if before is not None and reading.lang != "ar" else other.first
    stop = next((k for k in range(dealing.last, stop) if reading.tokens[k].kind == "mark" and not _goes_on(reading, k)), stop)
    recipients = [m for m in clause.mentions if dealing.last <= m.first < stop and m.has("polity", "person") and preposition(reading, m) in TO]
    if len(recipients) > 1:
        stop = recipients[1].first
    ahead = [m for m in clause.mentions if recipients and dealing.last <= m.first < recipients[0].first and m not in parties]
    if reading.lang != "ar" and ahead:
        stop = recipients[0].first
    return _gapped(reading, dealing, stop)


def _goes_on(reading: Reading, mark: int) -> bool:
    """Whether a mark only stands between the names of a list, or inside a name."""
    behind = mark + 1 + (reading.tokens[min(mark + 1, len(reading.tokens) - 1)].norm in reading.lexicon.joins)
    link = behind < len(reading.tokens) and reading.tokens[behind].norm in reading.lexicon.carriers | {"the"}
    return mark in reading.mention_at or behind in reading.mention_at or (link and behind + 1 in reading.mention_at)


def _gapped(reading: Reading, dealing: Dealing, stop: int) -> int:
    """The same, before a second pair of a taker and what he took: "Prussia received Schleswig and Austria Holstein"."""
    after = [m for m in dealing.clause.mentions if dealing.last <= m.first < stop]
    for one, other in pairwise(after):
        joined = one.first > dealing.last and reading.tokens[one.first - 1].norm in reading.lexicon.joins | {","}
        pair = other.first == one.last or (other.first == one.last + 1 and reading.tokens[one.last].norm in _LANDS)
        if one.has("polity") and pair and not _with_and(reading, other) and (joined or _with_and(reading, one)):
            return one.first
    return stop


def _with_and(reading: Reading, mention: Mention) -> bool:
    """Whether «و» hangs on an Arabic name."""
    key = mention.names[0].key[:1]
    return reading.tokens[mention.first].norm.startswith("و") and bool(key) and not key[0].startswith("و")


TO = frozenset({"ل", "to", "الي"})
