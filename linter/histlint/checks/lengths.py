"""Lengths of time between two dates that a text gives: "two years later, in 1198", "in 1265, two years after … in 1258".

All from the text alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Finding
from ..reading import Reading, Time
from .context import Context
from .measures import Length, any_fits, gap_text, measured, plain, units_apart
from .wordlists import begin, denied, filling, has, members, sentence_at, stated, times_in, verbs_in, written

_SHIFTS = frozenset({"length-later", "length-earlier", "that-and-length", "after-length"})


def check(context: Context) -> Iterator[Finding]:
    """Counted times and lengths beside the dates that they lie between."""
    yield from _later(context)
    yield from _from_event(context)


# ---------------------------------------------------------------- "two years later, in 1198"


_BACK = 6
"""Dates before a counted one that it may be counted from: where it follows from any of them, nothing is said."""
_TOKENS = 30


def _later(context: Context) -> Iterator[Finding]:
    reading = context.reading
    times = reading.times
    for index, time in enumerate(times):
        if (
            time.mention.type != "date"
            or not _SHIFTS & set(time.mention.rules)
            or time.mention.value is None
            or index + 1 >= len(times)
        ):
            continue
        target = times[index + 1]
        length = measured(reading, time)
        if length is None or not _said_at(reading, time, target) or denied(reading, time.first):
            continue
        sign = -1 if dict(time.mention.parts).get("length", "").startswith("-") else 1
        anchor = _anchor(reading, index)
        if anchor is None:
            continue
        before = [
            t
            for t in times[max(0, index - _BACK) : index]
            if t.mention.value is not None and t.mention.type in ("date", "period")
        ]
        if any_fits(before, target, length, sign):
            continue
        yield from _found(context, anchor, time, target, length, sign)


def _found(context: Context, anchor: Time, time: Time, target: Time, length: Length, sign: int) -> Iterator[Finding]:
    reading = context.reading
    assert anchor.mention.value is not None
    assert target.mention.value is not None
    gap = units_apart(anchor.mention.value, target.mention.value, length.unit)
    if gap is None:
        return
    turned = (gap[1] < 0) if sign > 0 else (gap[0] > 0)
    last = max(time.last, target.last)
    said = written(reading, time)
    if reading.lang != "ar" and time.mention.type == "duration" and reading.tokens[time.last].kind == "word":
        last = max(last, time.last + 1)
        said = f"{said} {reading.tokens[time.last].norm}"
    elif time.mention.type == "duration":
        said = f"{reading.tokens[time.first - 1].norm} {said}"
    first_of_two, second_of_two = (target, anchor) if gap[1] < 0 else (anchor, target)
    yield context.finding(
        min(begin(reading, time), begin(reading, target)),
        last,
        {
            "length": said,
            "anchor": written(reading, first_of_two),
            "date": written(reading, second_of_two),
            "real": gap_text(context, gap, length.unit),
            "later": written(reading, second_of_two) if turned else "",
        },
        related=[reading.span(anchor.first, anchor.last)],
    )


def _said_at(reading: Reading, time: Time, target: Time) -> bool:
    """Whether a date stands directly behind the counted time, as the same time: «بعد ذلك بعامين، أي في عام 1198»."""
    if not stated(target.mention) or target.mention.relation not in ("", "about", "during") or target.mention.type != "date":
        return False
    if (
        target.mention.value is None
        or target.mention.value.precision not in ("year", "month", "day")
        or "part" in dict(target.mention.parts)
    ):
        return False
    between = filling(reading, time.last, target.first, ("namely", "joining"), "()،,")
    return between is not None and len(between) <= 4 and ")" not in between


def _anchor(reading: Reading, index: int) -> Time | None:
    """The date told last before a counted time: in its sentence, else at the end of the sentence before it."""
    time = reading.times[index]
    first, _ = sentence_at(reading, time.first)
    here = [t for t in times_in(reading, first, time.first) if t.mention.type in ("date", "period", "age", "duration")]
    if not here and first:
        if reading.tokens[first - 1].norm == "\n":
            return None
        before, _ = sentence_at(reading, first - 1)
        here = times_in(reading, before, first)
    if not here:
        return None
    anchor = here[-1]
    if (
        not stated(anchor.mention)
        or anchor.mention.relation not in ("", "about", "during", "since")
        or anchor.mention.type not in ("date", "period")
    ):
        return None
    if (
        anchor.mention.value is None
        or anchor.mention.value.precision not in ("year", "month", "day")
        or "part" in dict(anchor.mention.parts)
    ):
        return None
    if time.first - anchor.last > _TOKENS or len(verbs_in(reading, anchor.last, time.first)) > 2:
        return None
    return anchor


def _from_event(context: Context) -> Iterator[Finding]:
    """ "in 1265, two years after the fall of Baghdad in 1258": the length stands between two dates."""
    reading = context.reading
    for one, time, other in zip(reading.times, reading.times[1:], reading.times[2:], strict=False):
        parts = dict(time.mention.parts)
        if time.mention.type != "duration" or parts.get("anchor") != "event" or time.mention.relation not in ("after", "before"):
            continue
        if not all(plain(t) for t in (one, other)) or sentence_at(reading, one.first) != sentence_at(reading, other.first):
            continue
        length = measured(reading, time)
        between = filling(reading, one.last, time.first, ("namely", "joining", "hedges", "after"), "()،,")
        before = filling(reading, one.last, time.first, ("namely", "joining", "hedges"), "()،,")
        turned = reading.tokens[time.first - 1].norm
        if before is None and time.mention.relation == "before":
            before = filling(reading, one.last, time.first - 1, ("namely", "joining", "hedges"), "()،,")
            if turned in (",", "،"):
                before = None
        if (
            length is None
            or (between is None and before is None)
            or not _of_event(reading, time, other)
            or denied(reading, time.first)
        ):
            continue
        sign = 1 if time.mention.relation == "after" else -1
        if any_fits([other], one, length, sign):
            continue
        yield from _found(context, other, time, one, length, sign)


_EVENT_WORDS = 7


def _of_event(reading: Reading, time: Time, other: Time) -> bool:
    """Whether only a short name of one event stands between the length and its date."""
    tokens = reading.tokens
    gap = tokens[time.last : other.first]
    if not 1 <= len(gap) <= _EVENT_WORDS + 2 or any(token.kind != "word" and token.norm not in "'(-" for token in gap):
        return False
    if sum(token.norm in members(reading, "of_it") for token in gap) > 1 or verbs_in(reading, time.last, other.first):
        return False
    if has(reading, time.last, other.first, "relative", "year_named"):
        return False
    limit = 5 if reading.lang == "ar" else _EVENT_WORDS
    words = [
        token
        for token in gap
        if token.kind == "word"
        and token.norm not in reading.lexicon.prepositions
        and token.norm not in members(reading, "article")
    ]
    if len(words) > limit:
        return False
    return not any(
        hit.value.frame in ("begin", "end")
        for clause in reading.clauses
        for hit in clause.triggers
        if time.last <= hit.first < other.first and hit.value.form == "noun"
    )
