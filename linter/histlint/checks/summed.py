"""Where something began and where it ended, for a length that sums the two up: «بدأ … واستمر حتى … أي نحو شهرين».

The end stands in the clause of the length. The beginning stands in the clause before, in the sentence before where only a
pronoun, a dropped subject or "so founded" carries it on, or further back in the paragraph where the noun comes again.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..chronology import moment as moments
from ..lexicon import Hit
from ..model import Moment
from ..normalise import bare
from ..reading import Reading, Time
from .arithmetic import UNITS
from .measures import Length, measured
from .wordlists import begin, filling, has, members, phrases, sentence_at, times_in, values, verbs_in

_BACK = 120
_FRAMES = ("begin", "besiege", "sign", "found", "invade", "declare-war", "accede")
"""Deeds with which something begins."""
_SUBJECT = 3
_DEEDS = 2
_ANY_YEAR = 2001


def summed(reading: Reading, time: Time) -> tuple[Time, Time] | None:
    """Beginning and end of what a length sums up, or None."""
    parts = dict(time.mention.parts)
    if (time.mention.type != "duration" and "length" not in parts) or not _closed(reading, time):
        return None
    end = _behind_end(reading, time)
    ended = _ended(reading, time) if end is None else None
    if ended is not None:
        start, end = ended
    elif end is not None and _open_end(reading, end):
        start = _start(reading, _lasted(reading, begin(reading, end)), end)
    elif end is not None:
        start = _begun_in_sentence(reading, end, time)
    else:
        end = _end_behind(reading, time)
        start = _start(reading, _lasted(reading, begin(reading, time)), time) if end is not None else None
    if start is None or end is None or not (_date(start) and _date(end)):
        return None
    return start, end


def spans_of(start: Time, end: Time) -> Iterator[Moment]:
    """The times that may lie between two dates; without years, those of one year or across its end."""
    pairs = [(a, b) for a in values(start.mention) for b in values(end.mention)]
    pairs = [(a, b) for a, b in pairs if a.calendar == b.calendar] or pairs
    loose = bool(end.mention.anchor) and not _has_year(end)
    if not pairs:
        a, b = _day_of_any_year(start, start), _day_of_any_year(end, start)
        if a is None or b is None:
            return
        pairs, loose = [(a, b)], True
    for a, b in pairs:
        if moments.before(b, a) is not True:
            yield moments.span(a, b)
        if loose:  # its year was only guessed
            yield moments.span(a, moments.shift(b, (365, 366)))


def beyond(reading: Reading, time: Time, start: Time, end: Time) -> tuple[int, int] | None:
    """How many days lie between two dates where a length cannot be theirs, else None."""
    length = measured(reading, time)
    if length is None or not _one_calendar(start, end, length):
        return None
    found: list[tuple[int, int]] = []
    for span in spans_of(start, end):
        low, high = moments.length_days(span)
        if low is None or high is None:
            return None
        size = UNITS[length.unit]
        if (length.low - length.slack) * size <= high and low <= (length.high + length.slack) * size:
            return None
        found.append((low, high))
    return found[0] if found else None


def _one_calendar(start: Time, end: Time, length: Length) -> bool:
    """Whether both dates are in one calendar, which counts where the length is in days or weeks."""
    one, other = ({v.calendar for v in values(t.mention)} for t in (start, end))
    return length.unit in ("Y", "M") or bool(one & other) or not (one or other)


def _has_year(time: Time) -> bool:
    parts = dict(time.mention.parts)
    return "year" in parts or parts.get("relative", "").startswith(("year", "month+0"))


def _day_of_any_year(time: Time, start: Time) -> Moment | None:
    parts = dict(time.mention.parts)
    month = parts.get("month", "")
    if not month and parts.get("relative") == "month+0":
        month = dict(start.mention.parts).get("month", "")
    if parts.get("calendar") or not month.isdigit() or not parts.get("day", "").isdigit():
        return None
    try:
        return moments.of(_ANY_YEAR, int(month), int(parts["day"]))
    except ValueError:
        return None


def _date(time: Time) -> bool:
    mention = time.mention
    parts = dict(mention.parts)
    if mention.type != "date" or "part" in parts or "length" in parts:
        return False
    if mention.value is None:
        return "day" in parts and ("month" in parts or parts.get("relative") == "month+0")
    return mention.value.precision in ("day", "month", "year")


# ---------------------------------------------------------------- the length


def _closed(reading: Reading, time: Time) -> bool:
    """Whether a length stands for itself: nothing behind it, or "of fighting", "in which …"."""
    tokens, at = reading.tokens, time.last
    if at >= len(tokens) or tokens[at].norm in (".", "،", ",", ")", "؛", ";", "\n", ":"):
        return True
    if has(reading, at, at + 1, "until", "facing") or has(reading, at, at + 3, "wherein"):
        return True
    return tokens[at].norm in members(reading, "of_it") and has(reading, at + 1, at + 2, "ongoing")


def _behind_end(reading: Reading, time: Time) -> Time | None:
    """The date before "that is, after a siege of" and the length."""
    start = sentence_at(reading, time.first)[0]
    before = times_in(reading, start, time.first)
    if not before:
        return None
    keys = ("namely", "lasting", "hedges", "joining", "after", "undertaking")
    between = filling(reading, before[-1].last, time.first, keys, "،,–—-")
    if between is None or "namely" not in between:
        return None
    return before[-1]


def _ended(reading: Reading, time: Time) -> tuple[Time | None, Time] | None:
    """"ended the war off the islands in 241, after twenty-three years of fighting": the war that began so many years before."""
    tokens = reading.tokens
    first = sentence_at(reading, time.first)[0]
    before = times_in(reading, first, time.first)
    behind = tokens[time.last].norm if time.last < len(tokens) else ""
    if len(before) != 1 or behind not in members(reading, "of_it"):
        return None
    end = before[0]
    between = filling(reading, end.last, time.first, ("after", "hedges"), "،,")
    verbs = [v for v in verbs_in(reading, first, end.first) if v[2] != "happen"]
    if between is None or "after" not in between or not verbs or verbs[-1][2] != "end":
        return None
    at = verbs[-1][1]
    if reading.lang != "ar":
        noun = tokens[at + 1].norm if at + 1 < end.first and tokens[at].norm in members(reading, "article") else ""
    else:
        noun = tokens[at].norm if at < end.first and tokens[at].norm.startswith("ال") else ""
    if not noun or not has(reading, verbs[-1][0], end.first, "ongoing"):
        return None
    return _of_noun(reading, noun, Hit(first, first, None, ""), paragraphs=2), end


def _end_behind(reading: Reading, time: Time) -> Time | None:
    """The date of "until …" right behind a length."""
    behind = next(iter(reading.times_from(time.last, time.last + 3)), None)
    if behind is None or sentence_at(reading, behind.first) != sentence_at(reading, time.first):
        return None
    between = filling(reading, time.last, behind.first, ("until", "joining"))
    return behind if between is not None and (behind.mention.relation == "until" or "until" in between) else None


def _open_end(reading: Reading, end: Time) -> bool:
    return end.mention.relation == "until" or has(reading, end.first - 2, end.first, "until")


# ---------------------------------------------------------------- the beginning


def _lasted(reading: Reading, before: int) -> tuple[Hit, list[int]] | None:
    """The verb "lasted" before a token, and the words of its subject that stand behind it."""
    start = sentence_at(reading, before)[0]
    table, rest = phrases(reading, "lasted"), phrases(reading, "until", "hedges", "joining")
    for at in range(before - 1, max(start, before - 5) - 1, -1):
        token = reading.tokens[at]
        if token.kind != "word":
            return None
        hit = table.at(reading.tokens, at, before)
        if hit is not None:
            return hit, [k for k in range(hit.last, before) if not rest.at(reading.tokens, k, before)]
    return None


def _start(reading: Reading, found: tuple[Hit, list[int]] | None, time: Time) -> Time | None:
    if found is None:
        return None
    verb, behind = found
    first = sentence_at(reading, verb.first)[0]
    if reading.lang == "ar":
        if len(behind) == 1 and reading.tokens[behind[0]].norm.startswith("ال"):
            return _of_noun(reading, reading.tokens[behind[0]].norm, verb)
        if behind:
            return None
        return _carried(reading, first, verb.first)
    if behind or verb.first == first:
        return None
    tokens, at = reading.tokens, verb.first - 1
    word = tokens[at].norm
    if word in (*reading.lexicon.joins, ","):
        return _carried(reading, first, verb.first)
    if has(reading, at - 1, verb.first, "so_begun"):
        return _only_date_before(reading, first) if at - first <= _SUBJECT else None
    if word in members(reading, "resumed"):
        return _carried(reading, first, at)
    if at > first and tokens[at - 1].norm in members(reading, "article"):
        return _of_noun(reading, word, verb)
    return None


def _carried(reading: Reading, first: int, verb: int) -> Time | None:
    """The date told last before a verb that goes on with its subject: in its sentence, else the only one of the sentence before."""
    here = times_in(reading, first, verb)
    if here:
        told = here[-1]
        if verbs_in(reading, told.last, verb) or has(reading, told.last, verb, "relative"):
            return None
        clause_first = here[-2].last if len(here) > 1 else first
        return told if _begins(reading, clause_first, told) else None
    start = _only_date_before(reading, first) if verb == first else None
    return start if start is not None and _begins(reading, sentence_at(reading, start.first)[0], start) else None


def _only_date_before(reading: Reading, first: int) -> Time | None:
    """The only time that the sentence before one tells, in its paragraph."""
    if first == 0 or reading.tokens[first - 1].norm == "\n":
        return None
    dates = [t for t in times_in(reading, sentence_at(reading, first - 1)[0], first) if t.mention.type != "set"]
    return dates[0] if len(dates) == 1 and dates[0].mention.relation in ("", "during", "since") else None


def _begins(reading: Reading, first: int, date: Time) -> bool:
    """Whether a beginning is told with a date, as the last deed before it."""
    verbs = [v for v in verbs_in(reading, first, date.first) if v[2] != "happen"]
    if verbs and verbs[-1][2] in _FRAMES:
        return date.mention.relation in ("", "during", "since")
    floor = max([first, *(v[1] for v in verbs if v[2] != "act")])
    return date.mention.relation in ("", "during", "since") and has(reading, floor, date.first, "opens")


def _of_noun(reading: Reading, noun: str, verb: Hit, paragraphs: int = 1) -> Time | None:
    """When the thing of a noun began: the clause that tells it last of the same noun, with one date."""
    tokens = reading.tokens
    floor = max(0, verb.first - _BACK)
    for at in range(verb.first - 1, floor - 1, -1):
        paragraphs -= tokens[at].norm == "\n"
        if not paragraphs:
            floor = at + 1
            break
    for number in range(len(reading.clauses) - 1, -1, -1):
        clause = reading.clauses[number]
        if clause.first < floor:
            return None
        if clause.last > verb.first or not any(bare(tokens[k].norm) == bare(noun) for k in range(clause.first, clause.last)):
            continue
        dates = [t for t in clause.times if t.mention.type == "date"]
        starts = [h for h in clause.triggers if h.value.form != "noun" and h.value.frame in _FRAMES]
        if len(dates) != 1 or not starts or clause.doubts or dates[0].mention.relation not in ("", "during", "since"):
            return None
        near = range(starts[0].first, starts[0].last + 4) if reading.lang == "ar" else range(clause.first, starts[0].last)
        return dates[0] if any(k < len(tokens) and bare(tokens[k].norm) == bare(noun) for k in near) else None
    return None


def _begun_in_sentence(reading: Reading, end: Time, time: Time) -> Time | None:
    """«بدأ … في 24 فبراير وأُوقف في 28 منه، أي بعد …»: one beginning, its date, and what ended it on the other."""
    first = sentence_at(reading, end.first)[0]
    before = times_in(reading, first, end.first)
    if len(before) != 1 or end.mention.relation not in ("", "during") or "part" in dict(end.mention.parts):
        return None
    start = before[0]
    deeds = [v for v in verbs_in(reading, start.last, end.first) if v[2] != "happen"]
    if len(deeds) > _DEEDS or has(reading, start.last, time.first, "relative"):
        return None
    told = verbs_in(reading, first, start.first, ("begin", "besiege"))
    others = [v for v in verbs_in(reading, first, start.first) if v[2] not in ("begin", "besiege", "happen")]
    after = has(reading, end.last, time.last, "after", "lasting")
    return start if len(told) == 1 and not others and after and start.mention.relation in ("", "during", "since") else None
