"""What became of people in a fight: killed where they were taken prisoner or lived on, got away where they fell, and the like.

The man must have had a part in the fight that the clause names, or that was told last before it. What needs no fight is in
`life_ends`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..bind import apart, aside
from ..facts import Entity, Event
from ..model import Finding
from ..objects import has_object, may_have_object
from ..prepositions import preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, cite, participants
from .fights import FIGHTS, called_at, fought_at, side_of
from .life_ends import at_the_end, goes_on, story_date
from .outcome_words import of_another_time, of_the_field, out_of_prison
from .own_fields import joint_fates, own_field
from .told_fates import Told, told_fates

_LATER = 60
"""Days after a battle from which a death is not one of it."""
_BACK = 60
"""Words for which a fight stays what the text tells of."""


def check(context: Context) -> Iterator[Finding]:
    """All findings."""
    reading = context.reading
    for clause in reading.clauses:
        near = reading.clauses[max(0, clause.index - 1) : clause.index + 1]
        if clause.kind not in ("paragraph", "item") or not any(m.has("person") for c in near for m in c.mentions):
            continue
        seen: set[tuple[int, str]] = set()
        for told in (*told_fates(reading, clause), *joint_fates(reading, clause)):
            if (told.man.first, told.fate) in seen or not reading.asserted(clause, told.first):
                continue
            if told.fate == "killed" and told.man.first >= told.first and (
                has_object(reading, told.man) or may_have_object(reading, told.first, told.man)
            ):
                continue  # «وقتل علي بن أبي طالب فارسهم»
            seen.add((told.man.first, told.fate))
            finding = _in_a_fight(context, clause, told) or at_the_end(context, clause, told) or _elsewhere(context, clause, told)
            if finding is not None:
                yield finding
                break


def _in_a_fight(context: Context, clause: Clause, told: Told) -> Finding | None:
    """The finding on a fate in the fight that the clause tells of."""
    reading = context.reading
    if of_another_time(reading, clause.first, told.last) or told.fate in ("lived", "natural", "gone") or out_of_prison(reading, told.last):
        return None
    if told.loose and told.fate in ("killed", "captured") and not of_the_field(reading, clause):
        return None
    if told.fate in ("killed", "captured") and _did_it(reading, clause, told):
        return None
    event = _fight(context, clause, told)
    if event is None and told.fate == "captured":
        return _never_taken(context, clause, told)
    if event is None or event.when is None or event.when.end_hi is None:
        return None
    there = {event.id, *event.where, *event.target}
    if told.fate == "escaped" and any(m.first >= told.last and preposition(reading, m) in _TO and there & {*m.ids()} for m in clause.mentions):
        return None  # "Cornwallis withdrew to Yorktown": before it
    dates = [t.mention.value for t in clause.times if t.mention.type == "date" and t.mention.value is not None]
    if any(apart(event.when, value, 20) for value in dates):
        return None
    people = [p for p in context.people(told.man) if p.id in participants(event)]
    if len(people) != 1 or (told.fate == "killed" and any(people[0].died and not apart(people[0].died, value) for value in dates)):
        return None  # dated as he died: not of a fight
    known = _known(people[0], event)
    if told.fate == "captured" and (captive := _captor(context, clause, event, people[0])) is not None:
        return _finding(context, told, captive, event, "taken")
    if known not in _CONTRARY[told.fate] or (told.fate in ("escaped", "captured") and goes_on(reading, clause, told)):
        return None
    return _finding(context, told, people[0], event, known)


def _elsewhere(context: Context, clause: Clause, told: Told) -> Finding | None:
    """The finding on a man who fell or was taken in another battle than the one that the clause names."""
    reading = context.reading
    if of_another_time(reading, clause.first, told.last) or (told.fate == "captured" and goes_on(reading, clause, told)):
        return None
    if _did_it(reading, clause, told) or out_of_prison(reading, told.last):
        return None
    found = own_field(context, clause, told)
    if found is None:
        return None
    return _finding(context, *found, "slain" if told.fate == "killed" else "taken")


def _never_taken(context: Context, clause: Clause, told: Told) -> Finding | None:
    """A capture in a campaign of which all captives are known, at its place and in its time."""
    people, story = context.people(told.man), story_date(context, clause, told.first)
    places = {fact for m in clause.mentions if m.has("place", "polity") and preposition(context.reading, m) for fact in m.ids()}
    if len(people) != 1 or story is None or people[0].id in context.reading.topic:
        return None
    for fact in context.reference.events_with(people[0].id, "leader"):
        event = context.event(fact)
        if event is None or "captured" not in event.closed or event.when is None or apart(event.when, story):
            continue
        if places & {*event.where} and people[0].id not in event.captured:
            return _finding(context, told, people[0], event, "free")
    return None


def _did_it(reading: Reading, clause: Clause, told: Told) -> bool:
    """Whether an Arabic verb has its object behind the man: «قتل هولاكو الخليفة المستعصم»."""
    if reading.lang != "ar" or told.man.first < told.first:
        return False
    behind = [m for m in clause.mentions if m.has("person") and 0 <= m.first - told.man.last <= _OBJECT and m.how != "demonym"]
    return any(not preposition(reading, m) and not reading.tokens[m.first].norm.startswith("و") for m in behind)


_TO = frozenset({"to", "into", "الي"})
_OBJECT = 3
"""Words between the doer and his victim."""


_CONTRARY = {
    "killed": ("lived", "taken"),
    "captured": ("slain",),
    "escaped": ("slain", "taken"),
    "uncaptured": ("taken",),
    "suicide": ("taken",),
    "natural": (),
    "gone": (),
}
"""What is known of a man that a fate contradicts."""


def _captor(context: Context, clause: Clause, event: Event, person: Entity) -> Entity | None:
    """Who was really taken, where a leader of the winners is said to have been taken by him."""
    won = {i for who in event.won for i in side_of(context, event, who)}
    mine = side_of(context, event, person.id)
    if person.id in event.captured or len(won) != 1 or mine != won:
        return None
    others = [m for m in clause.mentions if context.reading.lang != "ar" or preposition(context.reading, m)]  # «أسر تيمورلنك بايزيد»
    by = [fact for m in others for fact in m.ids("person") if fact in event.captured and fact != person.id]
    return context.entity(by[0]) if len(set(by)) == 1 else None


def _known(person: Entity, event: Event) -> str:
    """How a fight ended for one of its people: slain, taken, lived or "" where the reference does not say."""
    if person.id in event.killed:
        return "" if person.id in event.captured else "slain"
    later = person.died is not None and event.when is not None and apart(event.when, person.died, _LATER) > 0
    if person.id in event.captured:
        return "taken" if later or person.died is None else ""
    return "lived" if later else ""


def _fight(context: Context, clause: Clause, told: Told) -> Event | None:
    """The fight that a fate is told of: the one named in the clause, else the last one told before it in the paragraph."""
    reading = context.reading
    here = _fights_in(context, clause, told)
    if here is not None:
        return here[0] if len(here) == 1 else None
    field = of_the_field(reading, clause)
    for other in reversed(reading.clauses[max(0, clause.index - (20 if field else 6)) : clause.index]):
        between = range(other.first, clause.first)
        if not field and (clause.first - other.last > _BACK or any(reading.tokens[k].norm == "\n" for k in between)):
            return None
        found = _fights_in(context, other, told)
        if found is not None:
            return found[0] if len(found) == 1 and not _dated_since(reading, other.last, clause, found[0]) else None
        if not field and ((other.times and other.sentence != clause.sentence) or of_another_time(reading, other.first, other.last)):
            return None
    return None


def _fights_in(context: Context, clause: Clause, told: Told) -> list[Event] | None:
    """The fights that a clause names or tells by their place; empty where they are not what it tells, None where there is none."""
    reading = context.reading
    named = [m for m in clause.mentions if any(e.type in FIGHTS and e.type != "war" for e in context.events(m))]
    if named:
        mention = named[-1]
        if aside(reading, mention.first) or preposition(reading, mention) in _OTHER or _after(reading, mention):
            return []
        return _with(context, [e for e in context.events(mention) if e.type in FIGHTS], told.man)
    found = {event.id: event for m in clause.mentions for event in fought_at(context, m)}
    if not found:  # "At Barnet …": the town has no entry
        at = (k for k in range(clause.first, clause.last - 1) if reading.tokens[k].norm in reading.lexicon.fought_at)
        found = {event.id: event for k in at for event in called_at(context, k, k + 1)}
    ours = _with(context, found.values(), told.man)
    if ours:
        return ours
    return [] if found else None


def _with(context: Context, events: Iterable[Event], man: Mention) -> list[Event]:
    """Those of some events in which the man had a part."""
    ids = {*man.ids("person")}
    return [event for event in events if ids & participants(event)]


def _dated_since(reading: Reading, first: int, clause: Clause, event: Event) -> bool:
    """Whether another time than that of a fight has been told since it was: «…، ثم هزمهم على نهر الخازر سنة 67، وقُتل هناك …»."""
    values = [t.mention.value for t in reading.times_from(first, clause.first) if t.mention.type == "date" and t.mention.value is not None]
    return any(event.when is not None and apart(event.when, value, _LATER) for value in values)


_OTHER = frozenset({"after", "before", "since", "until", "بعد", "قبل", "منذ", "حتى"})


def _after(reading: Reading, mention: Mention) -> bool:
    """Whether "after" or "before" stands shortly before the name of a fight."""
    hits = reading.lexicon.relations.find(reading.tokens, max(0, mention.first - 4), mention.first)
    return any(hit.value in ("before", "after", "since", "until") for hit in hits)


def _finding(context: Context, told: Told, person: Entity, event: Event, known: str) -> Finding:
    return context.finding(
        told.first,
        told.last,
        {
            "event": event,
            "person": person,
            "slain": person if known == "slain" else "",
            "taken": person if known == "taken" else "",
            "lived": person if known == "lived" else "",
            "free": person if known == "free" else "",
            "died": person.died,
        },
        cite(event, "leaders"),
        cite(person, "life"),
    )
