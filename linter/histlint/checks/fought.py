"""More of fighting than the war that a text is about lasted in all: «وبعد أحد عشر يوماً من القتال», «وهكذا انتهى نزاع دام أكثر من ست سنوات».

The length is that of fighting counted from its start, or of the war that a closing sentence ends; that sentence has no other date and
names no other event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..chronology import moment as moments
from ..facts import Event
from ..model import Finding
from ..reading import Reading, Time
from .arithmetic import spell
from .context import Context, cite, kin, participants
from .wordlists import filling, has, members, phrases, sentence_at, times_in

_TIMES_OVER = 4
"""How many times the real length a told one may be; beyond that it is one of something else."""
_LONG = 1000
"""Days from which on a length is told in years that leave little to explain."""
_SHORTER = 1.3
"""How many times over a war may be longer than the length that closes the tale of it."""
_SIEGES = frozenset({"siege", "conquest", "fall"})
_FRONT, _GAP = 8, 5
"""Words before a length in which the end is told, and those between the two."""
_SUMMARY = 3
"""Words before what ended, at the front of the sentence: «وهكذا انتهى …», "So ended …"."""


def fought(context: Context, time: Time, lasting: Callable[[Event], bool]) -> Iterator[Finding]:
    """Lengths of fighting that are longer than the war of the text."""
    reading = context.reading
    if time.mention.type != "duration" or time.mention.days is None:
        return
    ended, besieged = _ended(reading, time), _besieged(reading, time)
    told = _counted(reading, time) or ended or besieged
    if told is None:
        return
    events = [event for fact in reading.topic if (event := context.event(fact)) is not None]
    if len(events) != 1 or len(reading.topic) != 1 or events[0].when is None or not lasting(events[0]):
        return
    first, last = sentence_at(reading, time.first)
    if any(t is not time and (besieged is None or t.mention.type in ("date", "period")) for t in times_in(reading, first, last)):
        return
    if besieged is not None and (events[0].type not in _SIEGES or not _there(context, events[0], first, last)):
        return
    if any(m.has("event") and m.ids() != reading.topic for m in reading.mentions if first <= m.first < last):
        return
    low, high = moments.length_days(events[0].when)
    if low is None or high is None or not (_too_long(time, high) or (ended is not None and time.mention.days[1] * _SHORTER < low)):
        return
    yield context.finding(
        *told,
        {
            "event": events[0],
            "known": events[0].when,
            "stated": reading.text(time.first, time.last),
            "real": spell(context, low, high, time.mention.edtf[-1:]),
        },
        cite(events[0]),
    )


def _besieged(reading: Reading, time: Time) -> tuple[int, int] | None:
    """«ودخلوا المدينة بعد حصار استمر أربعة أشهر», "fell after a siege of four months"."""
    tokens, table = reading.tokens, phrases(reading, "besieged")
    for at in table.starts(tokens, max(sentence_at(reading, time.first)[0], time.first - _FRONT), time.first):
        hit = table.at(tokens, at, time.first)
        if hit is not None and filling(reading, hit.last, time.first, ("lasted", "lasting", "hedges", "that_had")) is not None:
            return hit.first, time.last
    return None


def _there(context: Context, event: Event, first: int, last: int) -> bool:
    """Whether a sentence names no place but that of an event, and nobody who was not there."""
    known = participants(event) | {part for fact in event.where for part in kin(context, fact)}
    here = [m for m in context.reading.mentions if first <= m.first < last and m.how != "anaphor"]
    return all(known & {*m.ids()} for m in here if m.has("place") or m.has("person"))


def _too_long(time: Time, high: int) -> bool:
    """Whether a length is beyond what rounding and other ways to count explain; "more than" leaves less to explain."""
    assert time.mention.days is not None
    least, over = time.mention.days[0], dict(time.mention.parts).get("bound") == "more"
    long = least > _LONG
    return (high * 1.1 + 30 if over and least > 300 else high * (1.3 if long else 1.4) + 2) < least <= high * _TIMES_OVER


def _counted(reading: Reading, time: Time) -> tuple[int, int] | None:
    """«وبعد أحد عشر يوماً من القتال», «مضت سبع سنوات من الحرب»: fighting behind the length."""
    tokens, behind = reading.tokens, time.last + 1
    if behind >= len(tokens) or tokens[time.last].norm not in members(reading, "of_it"):
        return None
    noun = phrases(reading, "fought").at(tokens, behind, len(tokens))
    if noun is None or not (time.mention.relation == "after" or has(reading, time.first - 3, time.first, "after", "passed") or _over(reading, time)):
        return None
    return time.first, noun.last


def _ended(reading: Reading, time: Time) -> tuple[int, int] | None:
    """«وهكذا انتهى نزاع دام أكثر من ست سنوات», "So ended a conflict that had lasted six years": the war of which nothing else is said."""
    tokens, start = reading.tokens, sentence_at(reading, time.first)[0]
    table = phrases(reading, "over")
    for at in table.starts(tokens, start, min(time.first, start + _SUMMARY)):
        hit = table.at(tokens, at, time.first)
        noun = hit.last if hit is not None else time.first
        if noun < time.first and tokens[noun].norm in members(reading, "articles_of_one"):
            noun += 1
        conflict = phrases(reading, "conflicts").at(tokens, noun, time.first) if noun < time.first else None
        if conflict is not None and _lasted(reading, conflict.last, time.first):
            return conflict.first, time.last
    return None


def _lasted(reading: Reading, first: int, last: int) -> bool:
    """Whether between a noun and a length only a verb of lasting stands."""
    between = filling(reading, first, last, ("lasted", "hedges", "that_had"))
    return between is not None and "lasted" in between


def _over(reading: Reading, time: Time) -> bool:
    """Whether a war is said to be over that lasted so long: «أُسدل الستار على صراع دام بين … وبين … خمس سنوات من القتال»."""
    start = sentence_at(reading, time.first)[0]
    return has(reading, start, start + _SUMMARY + 1, "over") and has(reading, time.first - _FRONT - _GAP, time.first, "lasted")
