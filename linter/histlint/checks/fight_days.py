"""Days and months of fights and meetings that are told by their place alone: "at Rossbach in November 1775".

The place, the people of the text and the day or month are those of one known event, and its year, or the month of its day, is a
slip. Nothing known of the place or of those named may fit the date as it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart, other_month, part_of, same_day
from ..chronology import calendars
from ..facts import Event
from ..model import Finding, Moment
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading, Time
from ..tag.entities import Mention
from .context import Context, cite, participants
from .fights import CLASHES, FIGHTS, called

_HELD = frozenset({"conference", "treaty", "agreement", "armistice", "surrender", "pact", "massacre", "coronation", "founding", "landing"})
_TYPES = FIGHTS - {"war", "campaign", "revolt"} | _HELD
"""Types of event that a day and a place tell."""
_LONG = 400
"""Days beyond which an event has no day of its own."""
_NEAR = 20
"""Years by which a day of another year may be off and still be a slip."""
_GAP = 2
"""Words between a place and its date."""
_FEW = 40
"""Events of a place that is known for little else."""


def misdated_fights(context: Context) -> Iterator[Finding]:
    """Findings on the dates beside places."""
    reading = context.reading
    for clause in reading.clauses:
        if not clause.times or clause.kind not in ("paragraph", "item", "cell"):
            continue
        dates = [time for time in clause.times if _whole(time)]
        if not dates or reading.looks_back(clause.first, clause.last):
            continue
        for time in dates:
            event = _slipped(context, clause, time)
            if event is not None and reading.asserted(clause, time.first):
                written = reading.text(time.first, time.last)
                yield context.finding(time.first, time.last, {"event": event, "written": written}, cite(event))


def _whole(time: Time) -> bool:
    """Whether a time is a day or month of a written year."""
    mention = time.mention
    value = mention.value
    if mention.type != "date" or value is None or mention.relation not in ("", "during") or value.start_lo is None:
        return False
    return value.precision in ("day", "month") and value.calendar in ("gregorian", "julian") and "year" in dict(mention.parts)


def _slipped(context: Context, clause: Clause, time: Time) -> Event | None:
    """The event of which a date beside its place is a slip."""
    reading = context.reading
    written = time.mention.value
    assert written is not None
    values = (written, *time.mention.readings)
    start, stop = reading.sentences[clause.sentence]
    for first, last, mention in _places(reading, clause, time):
        found = _there(context, clause, first, last, mention)
        near = [event for event in found if event.when and _slip(context, clause, event, written, direct=mention is None)]
        if not near:
            continue
        facts = {fact for m in named_in(reading, start, stop) for fact in m.ids("place", "person")}
        events = [event for fact in sorted(facts) for i in context.reference.events_with(fact) if (event := context.event(i))]
        if any(e.when and _then(e.when, value) for e in found for value in values):
            continue
        if any(e.when and (_edge if written.precision == "day" else _then)(e.when, value) for e in events for value in values):
            continue
        others = [t.mention.value for t in reading.times_from(start, stop) if t is not time]
        near = [event for event in near if not any(v and event.when and not apart(event.when, v, 2) for v in others)]
        if near:
            return min(near, key=lambda event: event.id)
    return None


def _places(reading: Reading, clause: Clause, time: Time) -> Iterator[tuple[int, int, Mention | None]]:
    """The names of places beside a date, under "at" or right before it; a word that no list knows too."""
    for k in range(max(clause.first, time.first - _GAP - _WORDS), min(clause.last, time.last + _GAP + _WORDS)):
        mention = reading.mention_at.get(k)
        if k in reading.time_at or (mention is not None and mention.first != k):
            continue
        last = mention.last if mention is not None else k + 1
        gap = range(last, time.first) if last <= time.first else range(time.last, k)
        if len(gap) > _GAP + 1 or any(reading.tokens[i].norm not in reading.lexicon.prepositions | {",", "،", "the"} for i in gap):
            continue
        under = preposition(reading, mention) if mention is not None else reading.tokens[k - 1].norm if k > clause.first else ""
        at = under in reading.lexicon.fought_at or under in _ON
        if mention is None:
            if at and reading.tokens[k].kind == "word":
                yield k, last, None
        elif (at or last <= time.first) and mention.how in ("name", "former", "short") and not mention.has("person", "polity"):
            yield k, last, mention


_WORDS = 5
_ON = frozenset({"on", "at", "near", "in", "في", "عند", "قرب"})


def _there(context: Context, clause: Clause, first: int, last: int, mention: Mention | None) -> list[Event]:
    """The fights that are called by a word, or that took place where it says."""
    found = {event.id: event for event in called(context, first, last)}
    if mention is not None and not found and mention.has("event"):
        found = {event.id: event for event in context.events(mention)}
    if mention is not None:
        for place in mention.ids("place"):
            if len(context.reference.events_with(place)) > _MANY:
                continue
            for fact in context.reference.events_with(place, "where"):
                event = context.event(fact)
                if event is not None and event.where[:1] == (place,):
                    found[event.id] = event
    return [event for event in found.values() if event.type in _TYPES and event.when and _length(event.when) < _LONG]


_MANY = 150


def _slip(context: Context, clause: Clause, event: Event, written: Moment, *, direct: bool) -> bool:
    """Whether a date is that of an event but for one slip, and the sentence names who else had a part in it where that may be chance."""
    assert event.when is not None
    reading = context.reading
    here = {fact for m in named_in(reading, *reading.sentences[clause.sentence]) if m.how != "anaphor" for fact in m.ids("person", "polity")}
    parties = participants(event) - set(event.where)
    people = {fact for fact in parties & here if (e := context.entity(fact)) is not None and e.kind == "person"}
    small = direct or all(len(context.reference.events_with(place)) <= _FEW for place in event.where[:1])
    if event.when.precision != "day" and people and small and _fought(reading, clause):
        years = {_date(jdn)[0] for jdn in (event.when.start_lo, event.when.end_hi) if jdn is not None}
        months = {month for _, month in _same_months(written, event.when)}
        in_month = event.when.precision == "year" or bool(months)
        return in_month and bool(apart(written, event.when, 100)) and any(_misread(_date(written.start_lo or 0)[0], year) for year in years)
    if written.precision == "day":
        if not (parties & here) and not (small and parties & reading.named):
            return False
        return any(_one_off(written, part_of(event.when, edge)._replace(precision="day")) for edge in ("start", "end"))
    if not (people or (small and event.type in CLASHES and parties & here)):
        return False
    return any(_misread(one, other) for one, other in _same_months(written, event.when))


_OUTCOMES = frozenset({"win", "lose", "surrender", "capture", "kill", "die", "besiege", "conquer", "meet"})


def _fought(reading: Reading, clause: Clause) -> bool:
    """Whether a sentence tells how a fight went."""
    return any(
        p.frame in _OUTCOMES and p.form != "noun" for c in reading.clauses_in(clause.sentence) for p in reading.said.get(c.index, ())
    )


def _one_off(written: Moment, known: Moment) -> bool:
    """Whether two days differ in the year or in the month alone."""
    return other_month(written, known) or (same_day(written, known) and 0 < abs(apart(written, known)) < _NEAR * 366)


def _same_months(written: Moment, known: Moment) -> Iterator[tuple[int, int]]:
    """The years of a written month and of the first or last day of an event, where that lies in the same month."""
    assert written.start_lo is not None
    mine = _date(written.start_lo)
    for low, high in ((known.start_lo, known.start_hi), (known.end_lo, known.end_hi)):
        if low is not None and high is not None and _date(low)[:2] == _date(high)[:2] and _date(low)[1] == mine[1]:
            yield mine[0], _date(low)[0]


def _misread(one: int, other: int) -> bool:
    """Whether two years differ by one digit, or by two that changed places."""
    a, b = str(abs(one)), str(abs(other))
    if len(a) != len(b) or one * other < 0:
        return False
    at = [k for k in range(len(a)) if a[k] != b[k]]
    return len(at) == 1 or (len(at) == 2 and at[1] - at[0] == 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]])


def _then(when: Moment, value: Moment) -> bool:
    """Whether something known was going on, or began or ended, at a date."""
    return (not apart(when, value, 2) and _length(when) < _LONG) or _edge(when, value)


def _edge(when: Moment, value: Moment) -> bool:
    """Whether something known began or ended at a date."""
    return any(not apart(part_of(when, edge), value, 2) for edge in ("start", "end"))


def _length(when: Moment) -> int:
    return (when.end_hi or 0) - (when.start_lo or 0)


def _date(jdn: int) -> Sequence[int]:
    return calendars.convert(jdn, "julian" if jdn < 2299161 else "gregorian")
