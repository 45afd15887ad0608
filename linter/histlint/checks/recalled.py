"""Lengths counted from a deed that the text dated before: "proclaimed on 17 March 1861 … died on 6 June, three weeks after the
proclamation"; «قامت الوحدة في فبراير 1958 … في سبتمبر 1961، بعد خمس سنوات من قيامها».

All from the text alone. The noun behind the length says which deed it is counted from: the only one of that kind told with a date
in the paragraph, of the same object where the noun has one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Finding, Token
from ..normalise import bare
from ..reading import Reading, Time
from .context import Context
from .measures import any_fits, gap_text, measured, units_apart
from .wordlists import denied, filling, has, members, phrases, sentence_at, stated, times_in, verbs_in, written

_FRAMES = {
    "recall_sign": frozenset({"sign"}),
    "recall_surrender": frozenset({"surrender"}),
    "recall_conquer": frozenset({"conquer", "lose"}),
    "recall_begin": frozenset({"begin", "declare-war"}),
    "recall_found": frozenset({"found", "accede", "begin"}),
    "recall_die": frozenset({"die", "kill"}),
    "recall_accede": frozenset({"accede"}),
    "recall_capture": frozenset({"capture"}),
}
"""The deeds that the nouns of each list recall."""
_BACK = 120
"""Words before a length for which a deed and its date are remembered."""
_BEHIND = 12
_REACH = 4


def check(context: Context) -> Iterator[Finding]:
    """Lengths that do not lead from the deed that they are counted from to the date beside them."""
    reading = context.reading
    for time in reading.times:
        recalled = _recalled(reading, time)
        if recalled is None or denied(reading, time.first):
            continue
        end = _beside(reading, time)
        start = _deed(reading, time, *recalled) if end is not None else None
        length = measured(reading, time)
        if start is None or end is None or length is None or start is end or any_fits([start], end, length, 1):
            continue
        if start.mention.value is None or end.mention.value is None:
            continue
        if not _this_one(reading, time, recalled[1]) and any_fits(_others(reading, time, end), end, length, 1):
            continue
        gap = units_apart(start.mention.value, end.mention.value, length.unit)
        if gap is None or gap[0] < 0:
            continue
        yield context.finding(
            time.first,
            time.last,
            {
                "start": written(reading, start),
                "end": written(reading, end),
                "stated": written(reading, time),
                "real": gap_text(context, gap, length.unit),
            },
            related=[reading.span(t.first, t.last) for t in (start, end)],
        )


def _this_one(reading: Reading, time: Time, noun: int) -> bool:
    """Whether it can only be the deed told last: "after this surrender"."""
    return has(reading, time.last - 1, noun, "this_one")


def _others(reading: Reading, time: Time, end: Time) -> list[Time]:
    """The dates told just before, from any of which a length may also be counted."""
    first = max(0, sentence_at(reading, time.first)[0] - _BACK // 3)
    return [t for t in times_in(reading, first, time.first) if t is not end and t.mention.value is not None and t.mention.type == "date"]


def _recalled(reading: Reading, time: Time) -> tuple[str, int, int] | None:
    """The list of the noun that a length is counted from, and its tokens: "after this surrender", «من قيامها»."""
    mention, tokens = time.mention, reading.tokens
    length = mention.type == "duration" and dict(mention.parts).get("anchor") == "event" and mention.relation == "after"
    if not length and not (mention.type == "date" and "length-later" in mention.rules and dict(mention.parts).get("length", "-")[0] == "P"):
        return None
    table = phrases(reading, *_FRAMES)
    for at in range(time.last, min(time.last + _REACH, len(tokens))):
        if tokens[at].kind != "word":
            return None
        hit = table.at(tokens, at, len(tokens))
        if hit is not None:
            return str(hit.value), hit.first, hit.last
        if tokens[at].norm not in reading.lexicon.prepositions and not has(reading, at, at + 1, "joining", "after", "this_one", "its_own"):
            return None
    return None


def _beside(reading: Reading, time: Time) -> Time | None:
    """The date that a length leads to: right before it, else the first of its sentence behind it where it opens the sentence."""
    first, last = sentence_at(reading, time.first)
    before = times_in(reading, first, time.first)
    if before:
        end = before[-1]
        near = filling(reading, end.last, time.first, ("namely", "joining", "hedges", "after", "only"), "،,()–—")
        return end if near is not None and _dated(end) else None
    opens = filling(reading, first, time.first, ("after", "hedges", "less", "more", "joining", "only"), "،,") is not None
    times = [t for t in reading.times_from(time.last, min(last, time.last + _BEHIND)) if t.mention.value is not None]
    behind = next(iter(times), None)
    return behind if opens and behind is not None and _dated(behind) and not has(reading, time.last, behind.first, "relative") else None


def _dated(time: Time) -> bool:
    mention = time.mention
    parts = dict(mention.parts)
    whole = stated(mention) or (mention.anchor == "narrative" and {"day", "month"} <= set(parts))
    good = mention.value is not None and mention.value.precision in ("day", "month", "year")
    return whole and good and mention.type == "date" and mention.relation in ("", "during") and "length" not in parts


def _deed(reading: Reading, time: Time, key: str, first: int, last: int) -> Time | None:
    """The date of the only deed of a kind that the paragraph told so far, of the object of the noun where it has one."""
    tokens = reading.tokens
    floor = max(0, time.first - _BACK)
    floor = max([floor, *(k + 1 for k in range(floor, time.first) if tokens[k].norm == "\n")])
    found: list[tuple[int, Time]] = []
    for begin, behind, _ in verbs_in(reading, floor, time.first, _FRAMES[key]):
        if denied(reading, begin):
            continue
        date = _date_of(reading, begin, behind, time.first)
        if date is None:
            return None  # when it was, the text does not say
        found.append((begin, date))
    noun = _object(reading, last)
    if noun:
        found = [item for item in found if any(bare(token.norm) == noun for token in _near(reading, item[0]))]
    return found[0][1] if len(found) == 1 else None


def _near(reading: Reading, verb: int) -> tuple[Token, ...]:
    """The words around a verb in its sentence."""
    first, last = sentence_at(reading, verb)
    return reading.tokens[max(first, verb - _OWN) : min(last, verb + _OWN)]


def _date_of(reading: Reading, begin: int, behind: int, stop: int) -> Time | None:
    """The date of a deed: the nearest one of its sentence, with no other deed between."""
    first, last = sentence_at(reading, begin)
    times = [t for t in times_in(reading, first, min(last, stop)) if t.mention.type in ("date", "period")]
    times.sort(key=lambda t: min(abs(t.first - behind), abs(begin - t.last)))
    if not times or not _dated(times[0]) or min(abs(times[0].first - behind), abs(begin - times[0].last)) > _OWN:
        return None
    between = (behind, times[0].first) if times[0].first >= behind else (times[0].last, begin)
    return times[0] if not verbs_in(reading, *between) else None


_OWN = 8
"""Words between a deed and its date or object."""


def _object(reading: Reading, at: int) -> str:
    """The object of a noun: «سقوط العقبة», "the fall of the city"; "" where it has none."""
    tokens = reading.tokens
    if at >= len(tokens) or tokens[at].kind != "word":
        return ""
    if reading.lang == "ar":
        own = tokens[at - 1].norm.endswith(tuple(members(reading, "own_endings"))) or tokens[at - 1].norm.startswith("ال")
        return "" if own or tokens[at].norm in reading.lexicon.prepositions else bare(tokens[at].norm)
    if tokens[at].norm not in members(reading, "of_it"):
        return ""
    behind = at + 1 + (tokens[at + 1].norm in members(reading, "article")) if at + 1 < len(tokens) else at
    return bare(tokens[behind].norm) if behind < len(tokens) else ""
