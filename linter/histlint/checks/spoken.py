"""Which one event a clause speaks of: told by place and date, named in it or its sentence, or named last before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from ..bind import apart, aside
from ..facts import Event
from ..model import Moment, TimeMention
from ..prepositions import named_in, preposition
from ..reading import Clause
from ..tag.entities import Mention
from .context import Context, participants, related
from .deeds import known
from .fights import called, fought_at, side_of
from .tellings import events_told

_SLACK = 5
"""Days by which a date that tells an event may miss it."""
_BRIEF = 250
"""Days beyond which an event is no single scene."""
_PARAGRAPH = 70
"""Words for which an event that was named stays what the text speaks of."""
_FINE = ("day", "month", "season", "year")


def spoken_of(context: Context, clause: Clause, types: Collection[str], at: int) -> Event | None:
    """The one event of these types of which a clause says something at token `at`."""
    events = spoken_all(context, clause, types, at)
    return events[0] if len(events) == 1 else None


def spoken_all(context: Context, clause: Clause, types: Collection[str], at: int) -> list[Event]:
    """The same with the namesakes that a name may mean."""
    reading = context.reading
    then = next((hit.first for hit in reading.lexicon.sequels.find(reading.tokens, at, clause.last)), clause.last)
    told = told_by_date(context, [m for m in clause.mentions if m.first < then], _dates(context, clause.first, then), types)
    if told is not None:
        return [] if _elsewhere(context, clause, at, told) else [told]
    before = reading.clauses[clause.index - 1] if clause.index else clause
    groups = [[m for m in clause.mentions if m.has("event")] or _pointed(context, clause)]
    if before.sentence == clause.sentence:
        groups.append([m for m in before.mentions if m.has("event") and m.how != "anaphor"])
    for named in groups:
        if any(aside(reading, m.first) or reading.lexicon.sequels.find(reading.tokens, at, m.first) for m in named):
            return []  # "after …"; "met at Yalta, then at Potsdam"
        if named:
            events = _only(context, named, types, _dates(context, clause.first, clause.last))
            return [] if any(_elsewhere(context, clause, at, event) for event in events) else events
    here = _fought_here(context, clause, types) or events_told(context, clause, types)
    if here or clause.index + 1 >= len(reading.clauses):
        return here
    behind = reading.clauses[clause.index + 1]  # "the Sixth Army, led by …, was encircled at Stalingrad"
    named = [m for m in behind.mentions if m.has("event") and m.how != "anaphor"]
    aparted = behind.sentence != clause.sentence or any(aside(reading, m.first) for m in named) or bool(behind.relations)
    aparted = aparted or bool(reading.lexicon.sequels.at(reading.tokens, behind.first, behind.last))  # «…، ثم قُتل الإمبراطور في معركة …»
    if aparted or len(named) != 1 or _dates(context, clause.first, clause.last) or any(m.has("place") for m in clause.mentions):
        return []
    return _only(context, named, types, _dates(context, behind.first, behind.last))


def told_before(context: Context, clause: Clause, types: Collection[str]) -> list[Event]:
    """The event of `_told_before`, where the clause has no other land and no campaign of its own: «وقاد فلان حملة السند»."""
    tokens, lexicon = context.reading.tokens, context.reading.lexicon
    if lexicon.sequels.at(tokens, clause.first, clause.last):
        return []  # «ثم عادوا بقيادة فلان»: another deed
    for k in range(clause.first, clause.last - 1):
        if tokens[k].norm in lexicon.event_nouns.first_words() and tokens[k + 1].norm.startswith("ال") and k + 1 not in context.reading.mention_at:
            return []
    lands = [m for m in clause.mentions if m.has("place") and not m.has("person", "event") and m.how != "anaphor"]
    events = _told_before(context, clause, types)
    theirs = [(m, event) for m in lands for event in events]
    near = all(any(related(context, fact, who) for fact in m.ids() for who in participants(event)) for m, event in theirs)
    return events if near else []


def _told_before(context: Context, clause: Clause, types: Collection[str]) -> list[Event]:
    """The event that the clauses before tell, where this one has no date or event of its own: by their date and its place or theirs, by a
    siege or an attack without a name, by its name, or as «ذلك اليوم» of the topic."""
    reading = context.reading
    dates = [time.mention for time in clause.times]
    pointing = any(_that_day(time) for time in dates)
    if (dates and not pointing) or any(m.has("event") and m.how != "anaphor" for m in clause.mentions):
        return []
    placed = any(m.has("place") and preposition(reading, m) in reading.lexicon.fought_at for m in clause.mentions)
    for other in _clauses_before(context, clause):
        if any(aside(reading, m.first) for m in other.mentions if m.has("event")):
            return []
        own = _dates(context, other.first, other.last)
        told = told_by_date(context, clause.mentions if placed else other.mentions, own, types)
        if told is not None:
            return [told]
        named = [m for m in other.mentions if m.has("event") and m.how != "anaphor"]
        if not placed and (named or (stated := _stated(context, other, types))):
            return _only(context, named, types, ()) if named else stated
        if own:
            return []
    topic = context.event(reading.topic[0]) if reading.topic else None
    return [topic] if pointing and not placed and topic is not None and topic.type in types and _brief(topic) else []


def _clauses_before(context: Context, clause: Clause) -> Iterator[Clause]:
    """The clauses before one, back to the start of the sentence before, in its paragraph."""
    reading = context.reading
    for other in reversed(reading.clauses[: clause.index]):
        if clause.sentence - other.sentence > 1 or any(reading.tokens[k].norm == "\n" for k in range(other.last - 1, clause.first)):
            return
        yield other


def _stated(context: Context, clause: Clause, types: Collection[str]) -> list[Event]:
    """The one siege or attack that a clause tells by its verb."""
    for predication in context.reading.said.get(clause.index, ()):
        if predication.frame in ("besiege", "conquer", "invade") and predication.form != "noun" and predication.asserted:
            events = [item.fact for item in known(context, predication) if isinstance(item.fact, Event)]
            return events if len(events) == 1 and events[0].type in types else []
    return []


def _that_day(time: TimeMention) -> bool:
    """Whether a time is that of the story: «في ذلك اليوم»."""
    numbered = any(key in ("year", "month", "length") for key, _ in time.parts)
    return not numbered and (time.anchor == "narrative" or any(key == "relative" and value.endswith("+0") for key, value in time.parts))


def _brief(event: Event) -> bool:
    return event.when is not None and (event.when.end_hi or 1 << 40) - (event.when.start_lo or 0) < _BRIEF


def _fought_here(context: Context, clause: Clause, types: Collection[str]) -> list[Event]:
    """The one fight of the story at the place that a clause names, or that is called by the word behind "at"."""
    reading = context.reading
    if any(aside(reading, m.first) for m in clause.mentions if m.has("place")):
        return []
    found = {event.id: event for m in clause.mentions if not m.has("event") for event in fought_at(context, m)}
    for k in range(clause.first, clause.last - 1):
        if reading.tokens[k].norm in reading.lexicon.fought_at and k + 1 not in reading.mention_at and k + 1 not in reading.time_at:
            if reading.lang == "ar" or reading.document.text[reading.tokens[k + 1].start].isupper():
                found.update({event.id: event for event in called(context, k + 1)})
    dates = _dates(context, clause.first, clause.last)
    events = [event for event in found.values() if event.when and not any(apart(event.when, value, 370) for value in dates)]
    return events if len(events) == 1 == len(found) and events[0].type in types else []


def _elsewhere(context: Context, clause: Clause, at: int, event: Event) -> bool:
    """Whether the words behind token `at` name another place: "crushed by Jackson at Horseshoe Bend"."""
    reading = context.reading
    for k in range(at, clause.last - 1):
        mention = reading.mention_at.get(k + 1)
        if reading.tokens[k].norm not in reading.lexicon.fought_at or k + 1 in reading.time_at:
            if mention is None or not mention.has("place") or preposition(reading, mention) not in reading.lexicon.fought_at:
                continue
        if mention is None:
            strange = reading.lang != "ar" and reading.document.text[reading.tokens[k + 1].start].isupper()
            if strange and not any(event.id in m.ids() and m.last <= at for m in clause.mentions):
                return True
        elif mention.has("event") and event.id in mention.ids():
            return False
        elif mention.has("place"):
            wholes = {whole for place in (*event.where, *event.target) for whole in context.reference.ancestors(place)}
            return not wholes & {*mention.ids("place")}
    return False


def _pointed(context: Context, clause: Clause) -> list[Mention]:
    """The event named last in the paragraph where the clause points back to it: «وكان يقود الجيش فيها …»."""
    reading = context.reading
    phrases = reading.lexicon.pronoun_phrases
    norms = [reading.tokens[k].norm for k in range(clause.first, clause.last)]
    if not any(norm in phrases or (norm[:1] in ("و", "ف") and norm[1:] in phrases) for norm in norms):
        return []
    floor = max(0, clause.first - _PARAGRAPH)
    floor = next((k + 1 for k in range(clause.first - 1, floor, -1) if reading.tokens[k].norm == "\n"), floor)
    named = [m for m in named_in(reading, floor, clause.first) if m.has("event", "place") and not m.has("person", "polity")]
    return named[-1:] if named and named[-1].has("event") else []


def _dates(context: Context, first: int, last: int) -> list[Moment]:
    """The dates of a token range, fine enough to tell an event."""
    times = [t.mention for t in context.reading.times_from(first, last) if t.mention.type in ("date", "period")]
    return [t.value for t in times if t.value is not None and t.relation in ("", "during") and t.value.precision in _FINE]


def _only(context: Context, named: Iterable[Mention], types: Collection[str], dates: Iterable[Moment]) -> list[Event]:
    """The events that one name may mean, those of its time where the clause is dated."""
    mentions, dates = list(named), list(dates)
    found = {event.id: event for m in mentions for event in context.events(m)}
    ids = {fact for m in mentions for fact in (m.ids("event") if dates else m.ids())}
    if not found or ids != set(found) or (len(found) > 1 and len({m.ids() for m in mentions}) > 1):
        return []
    events = [event for event in found.values() if event.when and not any(apart(event.when, value, 370) for value in dates)]
    return events if all(event.type in types for event in events) else []


def told_by_date(
    context: Context, mentions: Sequence[Mention], dates: Sequence[Moment], types: Collection[str]
) -> Event | None:
    """The one event of a day or month at a place that is named, or of that time between two powers that are."""
    found: dict[str, Event] = {}
    for when in dates:
        for mention in mentions:
            at_land = not mention.has("place") and preposition(context.reading, mention) in context.reading.lexicon.fought_at
            for place in mention.ids("place", "polity") if at_land else mention.ids("place"):  # Singapore is a state
                for role in ("where", "target"):
                    for fact in context.reference.events_with(place, role):
                        event = context.event(fact)
                        if event and event.type in types and (event.where[:1] == (place,) or role == "target") and at_time(event, when):
                            found[event.id] = event
    if not found:
        for when in dates:
            for mention in mentions if when.precision in ("day", "month") else ():
                for actor in mention.ids("polity"):
                    for fact in context.reference.events_with(actor, "side"):
                        event = context.event(fact)
                        if event and event.type in types and at_time(event, when) and _both(context, event, mentions):
                            found[event.id] = event
    return next(iter(found.values())) if len(found) == 1 else None


def at_time(event: Event, when: Moment) -> bool:
    """Whether a brief event was at that time."""
    return event.when is not None and not apart(event.when, when, _SLACK) and _brief(event)


def _both(context: Context, event: Event, mentions: Iterable[Mention]) -> bool:
    """Whether powers of two sides are named."""
    stands = {i for m in mentions for actor in m.ids("polity", "person") for i in side_of(context, event, actor)}
    return len(stands) > 1
