"""Dates of named events and of lives: the written time does not meet the time of the fact.

Options: `of` is event, broad (events of the broad layer), birth, death, life (both in brackets behind a name),
reign-start, reign-end, founding or end (of a state).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import Dated, apart, conflict, date_of, part_of
from ..chronology import moment as moments
from ..facts import Event
from ..model import Finding, Moment
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, cite
from .date_bonds import joined_behind, of_a_part, of_another_verb, town_of_a_life
from .date_ways import closing, dated_behind
from .dated_lives import bracketed, lives, polities
from .fights import FIGHTS
from .namesake_events import longer_name, of_another, of_other_era
from .other_matters import other_matter

_LONG = 300  # days


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    if context.options["of"] in ("event", "broad"):
        yield from _events(context, str(context.options["of"]))
        if context.options["of"] == "event":
            yield from _begun(context)
            yield from dated_behind(context)
    elif context.options["of"] == "life":
        yield from bracketed(context)
    elif context.options["of"] in ("founding", "end"):
        yield from polities(context, str(context.options["of"]))
    else:
        yield from lives(context, str(context.options["of"]))


def _events(context: Context, of: str) -> Iterator[Finding]:
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind == "quote":
            continue
        for mention in clause.mentions:
            if not mention.has("event"):
                continue
            broad = context.broad(mention)
            events = broad if of == "broad" and not context.events(mention) else context.events(mention)
            if not events or len(events) + (0 if events is broad else len(broad)) != len(mention.ids()):
                continue  # also a place or person of that name: not certain
            if events is broad and (mention.how != "name" or of != "broad"):
                continue
            if mention.how == "anaphor" and preposition(reading, mention) not in _DURING:
                continue  # "on the site of the battle"
            if longer_name(context, mention, events) or town_of_a_life(reading, clause, mention):
                continue
            if mention.how == "anaphor" and (mention.ids() != reading.topic or _moved_on(reading, mention, events)):
                continue
            dated = date_of(reading, clause, mention.first, mention.last)
            if dated is not None and (joined_behind(reading, dated, mention) or of_another_verb(reading, clause, dated, mention)):
                continue  # «كربلاء في العاشر من المحرم 61هـ، ووقعة الحرة»
            if dated is not None and mention.how == "anaphor" and of_a_part(context, dated, events):
                continue  # "the war" is the first of several
            if dated is None:
                dated = _of_the_deed(context, clause, mention)
                if dated is None:
                    continue
            elif (as_whole := closing(reading, mention, dated, events)) is not None:
                dated = as_whole
                if not reading.asserted(clause, mention.first):
                    continue
            elif other_matter(context, clause, mention.first, dated) or of_another(reading, mention, dated):
                continue
            if dated.time.first < mention.first and _names_its_year(reading, mention, events):
                continue  # "in 1356, and the Battle of Poitiers of 732"
            if not all(event.when and _wrong(reading, clause, dated, event.when) for event in events):
                continue
            if _dated_again(reading, clause, dated, events):
                continue
            if dated.part != "whole" and _elsewhere(clause, mention.last, dated.time.first, events):
                continue
            if events is broad and not all(event.when and _namesake_free(dated, event) for event in events):
                continue
            if events is not broad and any(
                event.when and not conflict(dated.time.mention, event.when, dated.part) for event in broad
            ):
                continue  # a namesake of the broad layer fits
            if all(_another_there(context, event, dated) or of_other_era(dated, event) for event in events):
                continue
            if mention.how == "short" and (_far_off(dated, events) or dated.time.mention.anchor == "narrative"):
                continue  # "at Gettysburg that November"
            nearest = min(events, key=lambda event: (_distance(dated, event), event.id))
            first, last = min(mention.first, dated.time.first), max(mention.last, dated.time.last)
            yield context.finding(
                first,
                last,
                {
                    "event": nearest,
                    "known": nearest.when,
                    "part": dated.part,
                    "written": reading.text(dated.time.first, dated.time.last),
                },
                cite(nearest),
                suggestion="",
            )


def _moved_on(reading: Reading, mention: Mention, events: Sequence[Event]) -> bool:
    """Whether the date told last before «المعركة» lies outside every one of the events: the story is at another one."""
    told = [t.mention.value for t in reading.times_from(max(0, mention.first - _TOLD), mention.first) if t.mention.type == "date"]
    when = next((value for value in reversed(told) if value is not None), None)
    return when is not None and all(event.when is not None and apart(event.when, when, 31) for event in events)


_DURING = frozenset({"", "in", "at", "during", "في", "خلال"})
_TOLD = 120
"""Words for which a date tells where the story is."""


def _dated_again(reading: Reading, clause: Clause, dated: Dated, events: Sequence[Event]) -> bool:
    """Whether a second date is joined to the first and fits: "began on 7 July 1937 in Asia and on 1 September 1939 in Europe"."""
    for time in clause.times:
        if 0 < time.first - dated.time.last <= _AGAIN and time.mention.value is not None:
            between = range(dated.time.last, time.first + 1)
            joined = any(reading.tokens[k].norm.startswith("و") or reading.tokens[k].norm in reading.lexicon.joins for k in between)
            if joined and any(event.when and not _wrong(reading, clause, dated._replace(time=time), event.when) for event in events):
                return True
    return False


def _another_there(context: Context, event: Event, dated: Dated) -> bool:
    """Whether a place saw another fight at the written date, or the date is of another age: «فتح حلب عام 2450 ق.م»."""
    value = dated.time.mention.value
    if event.type not in _LOCAL | {"revolution", "independence"} or value is None or event.when is None:
        return False
    if abs(apart(value, event.when)) > (_LONG_AGO if event.type == "independence" else _ANOTHER_AGE):
        return True
    if event.type == "independence":
        return False
    there = (context.event(fact) for place in event.where for fact in context.reference.events_with(place, "where"))
    others = [other for other in there if other is not None and other.id != event.id and other.when is not None]
    if event.type == "revolution":
        others = [other for other in others if other.type == event.type]
    else:
        town = context.entity(event.where[0]) if event.where else None
        if town is None or town.subkind not in _TOWNS:
            return False
        others = [other for other in others if other.type in _LOCAL and other.where[:1] == event.where[:1]]
    return any(other.when is not None and not conflict(dated.time.mention, other.when, dated.part) for other in others)


_LOCAL = frozenset({"battle", "siege", "conquest", "raid", "fall"})
_TOWNS = frozenset({"city", "town", "village", "fortress"})
"""Fights that are called by their town, which may have seen several; so may a land see revolutions."""


_ANOTHER_AGE = 700 * 366
"""Days by which a date is too far off to be a slip; years of the Hijra taken for years of our era are 640 off at most."""
_LONG_AGO = 60 * 366
"""Days by which a land may have been independent once before."""
_AGAIN = 5
"""Words between two dates that are given to one event."""


def _far_off(dated: Dated, events: Sequence[Event]) -> bool:
    """Whether a date is of another age than what a short name means: «الخندق سنة 327هـ» is another battle of the ditch."""
    value = dated.time.mention.value
    return value is not None and all(event.when is not None and abs(apart(event.when, value)) > _LONG_AGO for event in events)


def _names_its_year(reading: Reading, mention: Mention, events: Sequence[Event]) -> bool:
    """Whether the name ends in the year of the event; Resolution 242 has another number."""
    last = reading.tokens[mention.last - 1]
    years = {bound for e in events if e.when for bound in moments.year_bounds(e.when)}
    return last.kind == "number" and (not last.norm.isdigit() or int(last.norm) in years)


def _begun(context: Context) -> Iterator[Finding]:
    """«الثورة …، اندلعت ليلة …»: a beginning or end without a subject, in a sentence that begins with the event."""
    reading = context.reading
    for clause in reading.clauses:
        for hit in clause.triggers:
            if hit.value.frame not in ("begin", "end") or hit.value.form == "noun" or clause.kind != "paragraph":
                continue
            time = next((t for t in clause.times if 0 <= t.first - hit.last <= 3 and t.mention.type == "date" and t.mention.value), None)
            start = reading.sentences[clause.sentence][0]
            head = reading.mention_at.get(start)
            if time is None or head is None or not head.has("event") or head.how == "anaphor" or hit.first - head.last < 2:
                continue
            events = context.events(head)
            if len(events) != 1 or len(head.ids()) != 1 or not reading.asserted(clause, hit.first) or events[0].when is None:
                continue
            between = named_in(reading, head.last, hit.first)
            part = "start" if hit.value.frame == "begin" else "end"
            if named_in(reading, hit.last, time.first) or any(m.has("event") and m.ids() != head.ids() for m in between):
                continue
            relative_clause = any(reading.tokens[k].norm in reading.lexicon.relatives for k in range(head.last, hit.first))
            if relative_clause or not conflict(time.mention, events[0].when, part):
                continue
            if _dated_again(reading, clause, Dated(time, part, False), events):
                continue
            written = reading.text(time.first, time.last)
            values = {"event": events[0], "known": events[0].when, "part": part, "written": written}
            yield context.finding(hit.first, time.last, values, cite(events[0]))


_FOUGHT = frozenset({"kill", "die", "win", "lose", "lead", "capture", "surrender", "withdraw", "enter", "conquer"})
"""Deeds done in a battle on a day of its own."""


def _of_the_deed(context: Context, clause: Clause, mention: Mention) -> Dated | None:
    """The date before a deed done in a battle: "on 16 November 1632 the king fell in the battle of Nördlingen"."""
    reading = context.reading
    dates = [time for time in clause.times if time.mention.type == "date" and time.mention.value]
    staged = any(
        hit.last <= mention.first <= hit.last + 4 for hit in reading.lexicon.staging.find(reading.tokens, clause.first, mention.first)
    ) and not preposition(reading, mention)
    staged = staged or any(
        p.frame in ("win", "lose") and p.form == "verb" and 0 <= mention.first - p.last <= 2 and not preposition(reading, mention)
        for p in reading.said.get(clause.index, ())
    )
    if not dates or not (staged or preposition(reading, mention) in _IN) or not all(e.type in FIGHTS for e in context.events(mention)):
        return None
    time = min(dates, key=lambda item: item.first)
    if time.mention.relation or time.mention.anchor == "narrative" or not reading.asserted(clause, mention.first):
        return None
    said = [p for p in reading.said.get(clause.index, ()) if time.last <= p.first < mention.first and p.form != "noun"]
    if time.last > mention.first or mention.first - time.last > _APART or (not staged and (not said or any(p.frame not in _FOUGHT for p in said))):
        return None
    if any(m.has("event") for m in named_in(reading, time.last, mention.first)):
        return None
    lexicon = reading.lexicon
    between = range(time.last, mention.first)
    if lexicon.connectors.find(reading.tokens, time.last, mention.first) or reading.looks_back(clause.first, mention.last):
        return None
    if any(reading.tokens[k].norm in lexicon.pluperfect or reading.tokens[k].norm in lexicon.relatives for k in between):
        return None
    if said and any(reading.tokens[k].norm in lexicon.joins for k in range(time.last, said[0].first)):
        return None  # "… in 1885 and was conquered in the First World War"
    if any(other is not time and other.first > mention.first and other.mention.anchor != "narrative" for other in dates):
        return None
    return Dated(time, "whole", False)


_IN = frozenset({"في", "in", "at", "during", "on"})
_APART = 14


_NEAREST, _LASTING, _FARTHEST = 3 * 365, 5 * 365, 60 * 366
"""Days by which a date must and may miss an event of the broad layer: years are sure there, namesakes are not all known."""


def _elsewhere(clause: Clause, first: int, last: int, events: Sequence[Event]) -> bool:
    """Whether only a part of a lasting event began or ended then: "the Second World War ended in Europe on 8 May 1945"."""
    between = [mention for mention in clause.mentions if first <= mention.first and mention.last <= last and mention.has("place")]
    lasting = all(event.when and (event.when.end_hi or 0) - (event.when.start_lo or 0) > _LONG for event in events)
    return lasting and any(not set(mention.ids("place")).intersection(*(event.where for event in events)) for mention in between)


def _distance(dated: Dated, event: Event) -> int:
    value = dated.time.mention.value
    return abs(apart(value, event.when)) if value is not None and event.when is not None else 0


def _namesake_free(dated: Dated, event: Event) -> bool:
    value = dated.time.mention.value
    if value is None or event.when is None or value.precision not in ("day", "month", "season", "year"):
        return False
    least = _LASTING if event.type in ("war", "revolt", "campaign") else _NEAREST
    return least <= abs(apart(value, event.when)) <= _FARTHEST


def _wrong(reading: Reading, clause: Clause, dated: Dated, known: Moment) -> bool:
    """Whether the date does not meet the event, or the two ends that a text gives it ("lasted from … to …") are not its ends."""
    mention = dated.time.mention
    if dated.part == "start" and _flared(mention.value, known):
        return False
    if (
        mention.type != "period"
        or mention.value is None
        or mention.relation not in ("", "since")
        or known.precision in ("decade", "century", "era")
    ):
        return conflict(mention, known, dated.part)
    lasting = any(hit.value.frame == "happen" and abs(hit.last - dated.time.first) <= 2 for hit in clause.triggers)
    if not dated.close and not lasting:
        return conflict(mention, known, dated.part)
    ends = [abs(apart(part_of(mention.value, end), part_of(known, end), 200)) for end in ("start", "end")]
    return max(ends) > 370 or conflict(mention, known)


def _flared(written: Moment | None, known: Moment) -> bool:
    """Whether a year is one of the two of a short campaign whose first day nobody gives: it may have broken out in the second."""
    if written is None or written.precision != "year" or known.start_lo is None or known.start_hi is None or known.end_hi is None:
        return False
    return known.start_hi - known.start_lo > _DAYS and known.end_hi - known.start_lo < 2 * 366 and not apart(written, known)


_DAYS = 20
"""Days beyond which the first day of an event is not known."""
