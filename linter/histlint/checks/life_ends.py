"""Fates that the end of a life refutes: a man who died peacefully, fled abroad or killed himself when he was put to death, and one
who is killed in a story that he outlived by years.
"""

from __future__ import annotations

from ..bind import apart, era_unsure
from ..facts import Entity, Event
from ..model import Finding, Moment
from ..prepositions import preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, cite
from .fights import FIGHTS
from .outcome_words import fates, of_another_time, of_the_field, out_of_prison, phrases
from .story import Bracket, bracket
from .told_fates import Told

_BACK = 60
"""Words for which a date stays the time of the story."""
_SOON = 10
"""Days within which nobody who is put to death gets settled abroad."""
_YEARS, _NARROW = 3 * 366, 2 * 366
"""Days by which a man outlived a story that kills him, and that such a story may span."""


def at_the_end(context: Context, clause: Clause, told: Told) -> Finding | None:
    """The finding that a fate is not how a life ended."""
    reading = context.reading
    people = context.people(told.man)
    if len(people) != 1 or people[0].died is None or of_the_field(reading, clause):
        return None
    person = people[0]
    if told.fate == "lived":
        return _elsewhere(context, clause, told, person)
    if told.fate == "natural":
        return _in_peace(context, clause, told, person)
    if of_another_time(reading, clause.first, told.last) or reading.looks_back(clause.first, clause.last):
        return None
    if told.fate == "suicide":
        return _in_peace(context, clause, told, person, fights=False) or _taken_alive(context, clause, told, person)
    if told.fate in ("escaped", "gone"):
        return _abroad(context, clause, told, person)
    return _outlived(context, clause, told, person) if told.fate == "killed" and not _then(context, person) else None


def _then(context: Context, person: Entity) -> bool:
    """Whether the text is about, or names, an event of the days in which somebody died: that date may be the wrong one."""
    events = [context.event(fact) for fact in {*context.reading.topic, *context.reading.named}]
    return any(e is not None and e.when and person.died and not apart(e.when, person.died, 31) for e in events)


def _in_peace(context: Context, clause: Clause, told: Told, person: Entity, *, fights: bool = True) -> Finding | None:
    """A natural death, or one by his own hand, of somebody who was put to death or, with `fights`, fell."""
    if any(p.frame == "kill" for p in context.reading.said.get(clause.index, ())):
        return None
    end = _end(context, person)
    return _finding(context, told, person, end) if end is not None and (fights or end.type not in FIGHTS) else None


def _end(context: Context, person: Entity) -> Event | None:
    """The assassination, execution or fight in which somebody died."""
    for role, kinds in (("target", ("assassination", "execution")), ("killed", tuple(FIGHTS))):
        for fact in context.reference.events_with(person.id, role):
            event = context.event(fact)
            if event is not None and event.type in kinds and event.when and person.died and not apart(event.when, person.died, 5):
                return event
    return None


def _elsewhere(context: Context, clause: Clause, told: Told, person: Entity) -> Finding | None:
    """Last years in a place other than that of his death: "lived out his days in Vienna"."""
    place = next((m for m in clause.mentions if 0 <= m.first - told.last <= 2 and m.has("place")), None)
    if place is None or preposition(context.reading, place) not in _IN or not _far(context, place, person):
        return None
    return _finding(context, told, person, None, last=place.last, gone=person)


_IN = frozenset({"in", "at", "في", "ب"})


def _far(context: Context, place: Mention, person: Entity) -> bool:
    """Whether a place is another than that in which somebody is known to have died, neither within the other."""
    died = context.entity(person.died_in)
    if died is None or not place.has("place", "polity"):
        return False
    known = {died.id, *context.reference.ancestors(died.id), *(part.into for part in died.part_of)}
    here = {*place.ids("place", "polity")}
    up = {whole for fact in here for whole in context.reference.ancestors(fact)}
    return not here & known and died.id not in up


def _taken_alive(context: Context, clause: Clause, told: Told, person: Entity) -> Finding | None:
    """A suicide at the time of his capture, of somebody who lived on for years."""
    for fact in context.reference.events_with(person.id, "captured"):
        event = context.event(fact)
        story = story_date(context, clause, told.first)
        if event is None or event.when is None or story is None or person.died is None or apart(event.when, story, 70):
            continue
        if apart(event.when, person.died, _YEARS) > 0:
            return _finding(context, told, person, event, taken=person)
    return None


def story_date(context: Context, clause: Clause, at: int) -> Moment | None:
    """The date of the clause, else the last one before a token in its paragraph, else the first one behind it."""
    reading = context.reading
    start, stop = at, at
    while start > max(0, at - _BACK) and reading.tokens[start - 1].norm != "\n":
        start -= 1
    while stop < min(len(reading.tokens), at + _BACK) and reading.tokens[stop].norm != "\n":
        stop += 1
    for times in ((*clause.times,), tuple(reversed([*reading.times_from(start, at)])), (*reading.times_from(at, stop),)):
        for time in times:
            value = time.mention.value
            fine = value is not None and value.precision in ("day", "month", "year") and time.mention.type == "date"
            if fine and not era_unsure(reading.lang, time.mention):
                return value
    return None


def _abroad(context: Context, clause: Clause, told: Told, person: Entity) -> Finding | None:
    """A flight or exile to another place, told of the days in which somebody was killed."""
    reading = context.reading
    abroad = phrases(reading, "abroad").find(reading.tokens, told.last - 1, min(told.last + 4, clause.last))
    place = next((m for m in clause.mentions if 0 <= m.first - told.last <= 3 and m.has("place", "polity") and preposition(reading, m)), None)
    if not abroad and (place is None or not _far(context, place, person)):
        return None
    story, end = story_date(context, clause, told.first), _end(context, person)
    if story is None or end is None or person.died is None or story.precision == "year" or person.died.precision == "year":
        return None
    if apart(story, person.died, _SOON) or out_of_prison(reading, told.last) or goes_on(reading, clause, told):
        return None
    last = max([told.last, *(hit.last for hit in abroad), *([place.last] if place is not None else [])])
    return _finding(context, told, person, end, last=last)


def _outlived(context: Context, clause: Clause, told: Told, person: Entity) -> Finding | None:
    """A violent death between two dates of the story, years before his own."""
    reading = context.reading
    between = _dated_here(reading, clause) or bracket(context, clause, told.man)
    if between is None or between.after is None or person.died is None or _relative(reading, told):
        return None
    before, after = between
    if before.start_lo is None or after is None or after.end_hi is None or not 0 <= after.end_hi - before.start_lo <= _NARROW:
        return None
    return _finding(context, told, person, None, gone=person) if apart(after, person.died, _YEARS) > 0 else None


def _dated_here(reading: Reading, clause: Clause) -> Bracket | None:
    """The one date of a clause that tells a death by words that have no object: «سقط قتيلا»."""
    if any(p.frame == "kill" for p in reading.said.get(clause.index, ())):
        return None  # «قتل الإسكندر كليتوس»
    values = [t.mention.value for t in clause.times if t.mention.type == "date" and not t.mention.relation]
    value = values[0] if len(values) == len(clause.times) == 1 else None
    return Bracket(value, value) if value is not None and value.precision in ("day", "month", "year") else None


def _relative(reading: Reading, told: Told) -> bool:
    """Whether a relative clause tells it, which may look ahead."""
    tokens, lexicon = reading.tokens, reading.lexicon
    words = {tokens[k].norm for k in range(max(0, told.first - 2), told.last)}
    return bool(words & (lexicon.relatives | lexicon.personal_relatives))


def goes_on(reading: Reading, clause: Clause, told: Told) -> bool:
    """Whether the text tells a further fate behind this one: he escaped, but was caught and killed."""
    stop = reading.sentences[min(clause.sentence + 1, len(reading.sentences) - 1)][1]
    for other in reading.clauses[clause.index : clause.index + 8]:
        men = {m.ids("person") for m in other.mentions if m.has("person") and m.first >= told.last}
        if other.first >= stop or (men and told.man.ids("person") not in men and other.sentence != clause.sentence):
            return False
        ends = ("kill", "die") if told.fate == "captured" else ("kill", "die", "capture")
        said = [p for p in reading.said.get(other.index, ()) if p.frame in ends and p.form != "noun"]
        if any(p.first >= told.last for p in said):
            return True
        further = ("killed", "suicide") if told.fate == "captured" else ("killed", "captured", "suicide")
        if any(hit.first >= told.last and hit.value in further for hit in fates(reading, other)):
            return True
        if phrases(reading, "put_to_death", "beheaded").find(reading.tokens, max(other.first, told.last), other.last):
            return True
    return False


def _finding(
    context: Context,
    told: Told,
    person: Entity,
    event: Event | None,
    *,
    last: int = 0,
    taken: Entity | None = None,
    gone: Entity | None = None,
) -> Finding:
    place = context.entity(person.died_in) if person.died_in else None
    values = {
        "event": event,
        "person": person,
        "victim": person if event is not None and taken is None else None,
        "taken": taken,
        "free": None,
        "gone": gone if place is not None else None,
        "ended": gone if place is None else None,
        "place": place,
        "died": person.died,
    }
    evidence = [cite(person, "life"), *([cite(event)] if event is not None else [])]
    man = told.man
    first = min(told.first, man.first) if context.reading.lang == "ar" and 0 <= told.first - man.last <= _SPAN else told.first
    return context.finding(first, max(told.last, last), values, *evidence)


_SPAN = 8
"""Words between an Arabic name and the verb behind it that are marked with them."""
