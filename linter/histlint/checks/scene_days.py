"""Deeds told by a noun, a day and who did them, at another place than the event known of that man and day.

«قاد … انقلاب 28 سبتمبر 1961 في حلب», "staged a landing at Wonsan on 15 September 1950".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..facts import Event
from ..model import Finding
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading, Time
from ..tag.entities import Mention
from .context import Context
from .spots import FROM, IN, Where, adjoin, breaks, chain, contradiction, dates, elsewhere, meets, on_day

_ONCE = frozenset({"coup", "dissolution", "revolt", "raid", "declaration", "conference", "founding", "assassination", "massacre"})
"""Types of event of which one man has not two in one year."""
_KINDS = {
    "raid": frozenset({"raid", "operation", "invasion", "battle"}),
    "revolt": frozenset({"revolt", "coup", "battle"}),
    "coup": frozenset({"coup", "revolt", "dissolution"}),
}
"""The types of event that a noun may be used of besides its own."""
_SHORT = 62
"""Days within which the reference must know when an event was."""
_GAP = 5
"""Words of unknown meaning that may stand between a deed and its place."""


def scene_days(context: Context, clause: Clause, spots: Sequence[Mention]) -> Iterator[Finding]:
    """Places of the deeds that a clause tells by a noun."""
    reading = context.reading
    times = dates(clause)
    if not times:
        return
    for hit in reading.lexicon.event_nouns.find(reading.tokens, clause.first, clause.last):
        if hit.first in reading.mention_at and not reading.mention_at[hit.first].has("event"):
            continue
        place = next((m for m in spots if _of_noun(reading, clause, hit.first, hit.last, m, times)), None)
        if place is None or not reading.asserted(clause, hit.first):
            continue
        known = _known(context, clause, str(hit.value), times)
        if known and all(elsewhere(context, place, where) for where in known):
            yield contradiction(context, clause, (hit.first, hit.last), place, known[0])
            return


def _of_noun(reading: Reading, clause: Clause, first: int, last: int, place: Mention, times: Sequence[Time]) -> bool:
    """Whether a place under "in" stands behind the noun of a deed, or beside its date."""
    if preposition(reading, place) in FROM or preposition(reading, place) not in IN:
        return False
    start, stop = chain(reading, clause, place)
    gap = range(last, start) if last <= start else range(stop, first)
    if any(hit.first in gap and hit.value.form != "noun" for hit in clause.triggers) or any(breaks(reading, k) for k in gap):
        return False
    lexicon = reading.lexicon
    if any(m.has("event") and m.first in gap for m in clause.mentions) or any(reading.tokens[k].norm in lexicon.relatives for k in gap):
        return False
    odd = [k for k in gap if k not in reading.time_at and k not in reading.mention_at and reading.tokens[k].norm not in lexicon.glue]
    led = [k for k in odd if reading.tokens[k].norm in lexicon.prepositions and reading.tokens[k].norm not in IN]
    beside = any(adjoin(reading, start, stop, time) for time in times)
    return not led and len(odd) <= (_GAP if beside or last <= start else 1)


def _known(context: Context, clause: Clause, kind: str, times: Sequence[Time]) -> list[Where]:
    """The events of that sort and date in which somebody of the sentence had the lead."""
    reading = context.reading
    start, stop = reading.sentences[clause.sentence]
    kinds = _KINDS.get(kind, frozenset({kind}))
    exact = any(t.mention.value and t.mention.value.precision in ("day", "month") for t in times)
    if not exact and kind not in _ONCE:
        return []
    people = dict.fromkeys(fact for m in named_in(reading, start, stop) if m.how != "demonym" for fact in m.ids("person"))
    out: dict[str, Where] = {}
    for person in people:
        for fact in context.reference.events_with(person):
            event = context.event(fact)
            if event is not None and event.type in kinds and event.where and _leads(event, person) and _at(event, times):
                out[event.id] = Where(event, event.where)
    return list(out.values())


def _leads(event: Event, person: str) -> bool:
    return person in event.by or any(person in group for group in event.leaders)


def _at(event: Event, times: Sequence[Time]) -> bool:
    """Whether an event was at the written dates; a battle on the very day."""
    when = event.when
    if when is None or when.start_lo is None or when.end_hi is None or not meets(when, times):
        return False
    if event.type in _ONCE:
        return when.end_hi - when.start_lo <= _SHORT
    return on_day(times) and when.end_hi - when.start_lo <= _SHORT
