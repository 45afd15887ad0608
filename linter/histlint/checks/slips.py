"""A date one slip of the pen from what is known: «8 فبراير 1914» for an attack by those powers on that port on 8 February 1904.

No verb has to be understood: a place and a power, or two actors, that stand with a written day in one clause are those of an
event of the same day and month in another year, or of the same day and year in another month. By chance that happens to one
date in some hundreds; an event that fits the written date keeps the rule silent.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import GREGORIAN_START, apart, aside, date_of, other_month, part_of, turned
from ..chronology import calendars
from ..facts import Event
from ..model import Finding, Moment
from ..prepositions import named_in
from ..reading import Clause, Predication, Reading, Time
from ..tag.entities import Mention
from .calendar import equated
from .context import Context, cite, participants
from .deed_days import misdated
from .deeds import done_to, known, of_something_else
from .fight_days import misdated_fights
from .fights import FIGHTS
from .told_slots import misdated_tellings
from .wordlists import has

_LONG = 400
"""Days beyond which an event is a background, not what a day is about."""
_FAR = 120
"""Years by which a slip may be off."""
_NAMED = ("place", "polity", "person")

Date = tuple[int, int, int]


def check(context: Context) -> Iterator[Finding]:
    """Findings on written days and months."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item", "cell"):
            continue
        if reading.looks_back(clause.first, clause.last) or has(reading, clause.first, clause.last, "anniversary"):
            continue
        dates = [time for time in clause.times if _plain(time)]
        if len(dates) == 1:
            yield from _named(context, clause, dates[0])
        if len(dates) == 1 and _names(clause) and reading.asserted(clause, max(dates[0].first, *(m.first for m in _names(clause)[:1]))):
            yield from _slip(context, clause, dates[0])
    for predication in reading.predications:
        if predication.asserted and predication.frame in _TAKING:
            yield from _deed(context, predication)
    yield from misdated(context)
    yield from misdated_fights(context)
    yield from misdated_tellings(context)


def _names(clause: Clause) -> list[Mention]:
    return [m for m in clause.mentions if m.has(*_NAMED) and m.how != "anaphor"]


def _plain(time: Time) -> bool:
    mention = time.mention
    return (
        mention.type == "date"
        and mention.value is not None
        and mention.value.precision in ("day", "month")
        and mention.value.calendar in ("gregorian", "julian")
        and mention.relation in ("", "during")
        and mention.anchor != "narrative"
        and "year" in dict(mention.parts)
    )


_COUNTED = 3
"""Words between another time, or a length, and the event that it is that of."""


def _named(context: Context, clause: Clause, time: Time) -> Iterator[Finding]:
    """An event named in the clause of a date that is a misread one of its own, whatever the words between say."""
    written = time.mention.value
    named = [m for m in clause.mentions if m.has("event") and m.how != "anaphor"]
    if written is None or len(named) != 1 or aside(context.reading, named[0].first) or (time.mention.readings and written.precision != "day"):
        return
    if any(named[0].first - t.last <= _COUNTED for t in context.reading.times_from(time.last, named[0].first)):
        return  # «أي عقب خمسة أعوام كاملة من اغتيال …»
    events = context.events(named[0])
    if not events or len(events) != len(named[0].ids("event")) or not context.reading.asserted(clause, named[0].first):
        return
    fates = context.reading.lexicon.fates.find(context.reading.tokens, clause.first, clause.last)
    misread = all(e.when and apart(e.when, written, 366) and _slipped(written, e.when) and _misread_year(written, e.when) for e in events)
    month = not fates and all(e.when and apart(e.when, written, 20) and _in_other_month(written, e.when) for e in events)
    if misread or (month and _free(context, clause, written)):
        event = events[0]
        values = {"event": event, "written": context.reading.text(time.first, time.last)}
        yield context.finding(time.first, time.last, values, cite(event))


def _free(context: Context, clause: Clause, written: Moment) -> bool:
    """Whether nothing known of those named in a clause began or ended on a day."""
    facts = {fact for mention in clause.mentions for fact in mention.ids(*_NAMED)}
    events = (context.event(i) for fact in facts for i in context.reference.events_with(fact))
    return not any(event is not None and event.when is not None and _edge(event.when, written) for event in events)


def _misread_year(written: Moment, known: Moment) -> bool:
    year = _date(written.start_lo or 0)[0]
    return any(_misread(year, _date(jdn)[0]) for jdn in (known.start_lo, known.end_hi) if jdn is not None)


def _slip(context: Context, clause: Clause, time: Time) -> Iterator[Finding]:
    written = time.mention.value
    assert written is not None
    names = _names(clause)
    start, stop = context.reading.sentences[clause.sentence]
    if not any(t.mention.type == "date" and start <= t.first < stop and t is not time for t in context.reading.times):
        others = named_in(context.reading, time.last, stop)  # the sentence has no other date
        names += [m for m in others if m.has(*_NAMED) and m.how != "anaphor" and m not in names]
    spoken = [e for m in named_in(context.reading, start, stop) if m.has("event") for e in context.events(m)]
    if any(e.when and _edge(e.when, value) for e in spoken for value in (written, *time.mention.readings)):
        return  # the day is that of what the sentence names
    found = _named_with(context, {fact: m for m in names for fact in m.ids(*_NAMED)})
    misses, lasting = [], False
    for event_id, mentions in found.items():
        event = context.event(event_id)
        if event is None or event.when is None:
            continue
        then = any(not apart(event.when, value, 1) for value in (written, *time.mention.readings))
        if then and _length(event.when) < _LONG and _fits(event, mentions):
            if _length(event.when) < _BRIEF or written.precision != "day" or any(_edge(event.when, v) for v in (written, *time.mention.readings)):
                return  # this is what happened then
            lasting = True
        told = (len(mentions) > 1 and _told(event, mentions)) or _alone(context, event, mentions, written)
        if (told and written.precision == "day" and _slipped(written, event.when)) or _only_one(context, event, mentions, written):
            misses.append(event)
    if misses and lasting:
        misses = [event for event in misses if event.when is not None and _in_other_month(written, event.when)]
    if misses:
        event = min(misses, key=lambda item: (_length(item.when) if item.when else 0, item.id))
        yield context.finding(
            time.first, time.last, {"event": event, "written": context.reading.text(time.first, time.last)}, cite(event)
        )


_BRIEF = 31
"""Days within which an event is what its days are told of; of a longer one, its first and last day are."""


def _edge(when: Moment, value: Moment) -> bool:
    return any(not apart(part_of(when, edge), value, 1) for edge in ("start", "end"))


def _in_other_month(written: Moment, known: Moment) -> bool:
    return any(other_month(written, part_of(known, edge)._replace(precision="day")) for edge in ("start", "end"))


def _named_with(context: Context, ids: dict[str, Mention]) -> dict[str, set[Mention]]:
    """The events that the names of a clause have a part in, with those names; not those that one great power alone has."""
    found: dict[str, set[Mention]] = {}
    wide: dict[str, set[Mention]] = {}
    for fact, mention in ids.items():
        events = context.reference.events_with(fact)
        power = len(events) > _FEW and not mention.has("person", "place")
        for event_id in events:
            (wide if power else found).setdefault(event_id, set()).add(mention)
    for event_id, mentions in wide.items():
        if event_id in found or len(mentions) > 1:
            found.setdefault(event_id, set()).update(mentions)
    return found


def _fits(event: Event, mentions: set[Mention]) -> bool:
    """Whether what is named may be about an event: its place, one of its people, or two of its parties."""
    places = {*event.where, *event.target}
    return len(mentions) > 1 or any(m.has("person") or (places & set(m.ids("place")) and not m.has("polity")) for m in mentions)


def _told(event: Event, mentions: set[Mention]) -> bool:
    """Whether the clause names where it was and somebody who took part, or two who took part, apart from one another."""
    places = {*event.where, *event.target}
    actors = participants(event) - set(event.where)
    at = [m for m in mentions if places & set(m.ids("place")) and not m.has("polity")]
    who = [m for m in mentions if actors & set(m.ids()) and m not in at[:1]]
    return (bool(at) and bool(who)) or len([m for m in mentions if actors & set(m.ids("person"))]) > 1


def _alone(context: Context, event: Event, mentions: set[Mention], written: Moment) -> bool:
    """Whether one name is enough: the day and month are the event's, the year is misread, and few events have that name."""
    if written.precision != "day" or written.start_lo is None or event.when is None or event.when.start_lo is None:
        return False
    mine, known = _date(written.start_lo), _date(event.when.start_lo)
    if event.type in _YEARLY:
        return False  # presidents are inaugurated on one day of many years
    if mine[1:] != known[1:] or not _misread(mine[0], known[0]):
        return False
    doers = [m for m in mentions if {*event.by, *event.lost} & set(m.ids())]
    if doers and any({*event.target, *event.won} & set(m.ids()) for m in mentions if m not in doers):
        return True  # the one who did it and the one it was done to
    return all(len(context.reference.events_with(fact)) <= _FEW for m in mentions for fact in m.ids(*_NAMED))


_YEARLY = frozenset({"other", "election", "speech", "coronation", "era"})
_FEW = 40
_TAKING = frozenset({"surrender", "besiege", "conquer", "found", "build", "kill", "bomb", "invade", "occupy", "invent"})


def _deed(context: Context, predication: Predication) -> Iterator[Finding]:
    """«فتح بلغراد سنة 1512»: a deed known for one year only that a misread year makes."""
    reading = context.reading
    clause = reading.clauses[predication.clause]
    last = max([predication.last, *(m.last for m in predication.patients if m.first >= predication.first)])
    if reading.looks_back(clause.first, clause.last) or turned(reading, predication.first) or of_something_else(reading, predication):
        return
    if predication.frame in _OFTEN and not all(m.has("place") and not m.has("polity") for m in predication.patients):
        return  # a land is invaded more often than the reference knows
    unnamed = predication.form == "verb" and any(hit.clitic for hit in clause.triggers if hit.first == predication.first)
    if reading.tokens[predication.first].norm.lstrip("وف") in reading.lexicon.entering:
        return  # who enters a town need not take it
    if predication.frame in _OFTEN and not predication.agents and (unnamed or _strange_subject(reading, predication)):
        return  # «دخل الثوار أحياء دمشق»: who they are is not known
    dated = date_of(reading, clause, predication.first, last, predication.agents)
    if dated is None or dated.time.mention.relation or dated.time.mention.anchor == "narrative" or _twice(reading, clause, dated.time):
        return
    value = dated.time.mention.value
    if value is None or value.start_lo is None or value.precision not in ("day", "month", "season", "year"):
        return
    if predication.frame == "surrender":  # "Port Arthur surrendered": what was done to it
        towns = tuple(m for m in (*predication.agents, *predication.patients) if m.has("place") and not m.has("polity", "person"))
        if not towns:
            return
        predication = predication._replace(frame="conquer", patients=towns, agents=())
    suffered = done_to(context, predication._replace(agents=()))
    found = known(context, predication) if predication.agents else suffered
    facts = [item for item in found if isinstance(item.fact, Event)]
    fitting = [item for item in (*facts, *suffered) if isinstance(item.fact, Event)]  # who took the place then may be left out
    if not facts or any(not apart(item.when, other) for item in fitting for other in (value, *dated.time.mention.readings)):
        return
    year, own_day = _date(value.start_lo)[0], value.precision == "day"
    near = [item for item in facts if own_day and _same_day(value, item.when)]
    if not near and any(abs(apart(item.when, other)) < 3 * 366 for item in fitting for other in (value, *dated.time.mention.readings)):
        return
    people = {who for m in predication.agents for who in m.ids("person")}
    if people:  # a man's deed is his own, not one of his realm
        facts = [item for item in facts if isinstance(item.fact, Event) and people & participants(item.fact)]
    near = near or [item for item in facts if None not in (item.when.start_lo, item.when.end_hi) and _single_year(item.when, year)]
    if len(near) == 1 and isinstance(near[0].fact, Event):
        yield context.finding(
            min(predication.first, dated.time.first),
            max(last, dated.time.last),
            {"event": near[0].fact, "written": reading.text(dated.time.first, dated.time.last)},
            cite(near[0].fact),
        )


def _twice(reading: Reading, clause: Clause, time: Time) -> bool:
    """Whether a date stands in two calendars that agree: no slip of the pen makes both wrong."""
    values = [time.mention.value, *time.mention.readings]
    for other in clause.times:
        one, two = (time, other) if time.first < other.first else (other, time)
        if other is not time and equated(reading, one, two) and other.mention.value is not None:
            return any(value is not None and not apart(value, other.mention.value) for value in values)
    return False


def _strange_subject(reading: Reading, predication: Predication) -> bool:
    """Whether a noun stands between an Arabic verb and what was taken."""
    lexicon = reading.lexicon
    stop = next((m.first for m in predication.patients if m.first >= predication.last), predication.last)
    words = [reading.tokens[k].norm for k in range(predication.last, stop)]
    return reading.lang == "ar" and any(w not in lexicon.carriers | lexicon.glue | lexicon.prepositions | lexicon.fillers for w in words)


_OFTEN = frozenset({"besiege", "conquer", "bomb", "invade", "occupy"})


def _same_day(written: Moment, known: Moment) -> bool:
    """Whether a written day is the day on which something began or ended, but for its year, nearby, or its month."""
    assert written.start_lo is not None
    mine = _date(written.start_lo)
    for low, high in ((known.start_lo, known.start_hi), (known.end_lo, known.end_hi)):
        for day in _days(low, high):
            theirs = _date(day)
            if mine[1:] == theirs[1:] and 0 < abs(mine[0] - theirs[0]) <= _NEAR:
                return True
            if (mine[0], mine[2]) == (theirs[0], theirs[2]) and mine[1] != theirs[1]:
                return True
    return False


def _days(low: int | None, high: int | None) -> set[int]:
    """The day of an edge, or the two that sources give where they differ by their calendars only."""
    return {low, high} if low is not None and high is not None and high - low <= _CALENDARS else set()


_CALENDARS = 14
"""Days between the Julian and the Gregorian calendar, and one for the night."""


def _single_year(when: Moment, year: int) -> bool:
    years = {_date(jdn)[0] for jdn in (when.start_lo, when.end_hi) if jdn is not None}
    return any(_misread(year, known) for known in years) and len(years) <= 2


def _length(when: Moment) -> int:
    return (when.end_hi or 0) - (when.start_lo or 0)


def _date(jdn: int) -> Date:
    return calendars.convert(jdn, "julian" if jdn < GREGORIAN_START else "gregorian")


def _slipped(written: Moment, known: Moment) -> bool:
    """Whether one part of the written date differs from the first or last day of an event."""
    if None in (known.start_lo, known.start_hi, known.end_lo, known.end_hi) or written.start_lo is None or written.end_hi is None:
        return False
    edges = [(known.start_lo, known.start_hi), (known.end_lo, known.end_hi)]
    if written.precision == "day":
        mine = _date(written.start_lo)
        return any(_one_off(mine, _date(day)) for low, high in edges for day in _days(low, high))
    return any(_misread(year, known_year) and abs(year - known_year) <= _FAR for year, known_year in _same_months(written, known))


def _same_months(written: Moment, known: Moment) -> Iterator[tuple[int, int]]:
    """The years of a written month or season and of the first or last day of an event, where that day lies in such a month."""
    assert written.start_lo is not None
    assert written.end_hi is not None
    begin, end = _date(written.start_lo), _date(written.end_hi)
    months = {begin[1], end[1]} if written.precision == "month" else {(begin[1] - 1 + k) % 12 + 1 for k in range(3)}
    for low, high in ((known.start_lo, known.start_hi), (known.end_lo, known.end_hi)):
        if low is None or high is None:
            continue
        first, last = _date(low), _date(high)
        if first[:2] == last[:2] and first[1] in months:
            yield begin[0], first[0]


def _only_one(context: Context, event: Event, mentions: set[Mention], written: Moment) -> bool:
    """Whether the man who did it and the place stand with the event's month of a year nearby, and no other event has the two."""
    if event.when is None or written.start_lo is None or _length(event.when) > _LONG or written.precision == "day":
        return False
    places = {*event.where[:1], *event.target}
    at = {fact for m in mentions for fact in m.ids("place") if fact in places}
    doers = {fact for m in mentions for fact in m.ids("person") if fact in event.by}
    if not at or not doers or not any(0 < abs(a - b) <= _NEAR for a, b in _same_months(written, event.when)):
        return False
    both = {i for fact in at for i in context.reference.events_with(fact)} & {
        i for fact in doers for i in context.reference.events_with(fact)
    }
    others = [other for fact in both - {event.id} if (other := context.event(fact)) is not None]
    brief = _length(event.when) < _BRIEF and event.type not in FIGHTS
    return both == {event.id} or (brief and event.id in both and all(o.when and not apart(o.when, event.when, 2) for o in others))


_NEAR = 20
"""Years by which the year of a deed done by one man in one place may be off and still be a slip."""


def _one_off(mine: Date, known: Date) -> bool:
    """Same day and month in another year, or same day and year in another month."""
    if mine[2] != known[2]:
        return False
    if mine[1] == known[1]:
        return 0 < abs(mine[0] - known[0]) <= _FAR
    return mine[0] == known[0]


def _misread(one: int, other: int) -> bool:
    """Whether two years differ by one digit, or by two digits that changed places, and by more than a few years."""
    a, b = str(abs(one)), str(abs(other))
    if len(a) != len(b) or abs(one - other) < 5 or one * other < 0:
        return False
    at = [k for k in range(len(a)) if a[k] != b[k]]
    return len(at) == 1 or (len(at) == 2 and at[1] - at[0] == 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]])

