"""A length far off the two dates told with it: "begun in 264 BC and brought to an end in 241, lasted thirteen years".

All from the text alone, and whatever the verbs say: one period, or two dates one behind the other, and one length tied to them by
a word of lasting, "that is", or nothing but a comma. Only a length that is off by a good part counts; `arithmetic` and its
neighbours hold what grammar makes sure to exact limits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..chronology import moment as moments
from ..model import Finding, Moment, TimeMention
from ..named_tuple import NamedTuple
from ..reading import Reading, Time
from .arithmetic import ROUND, UNITS, spell
from .context import Context
from .measures import edges
from .wordlists import denied, filling, has, sentence_at, stated, times_in, values, verbs_in, written

_REACH = 11
"""Tokens that may stand between the dates and the length."""
_OF = 6
"""Tokens between a length and the period behind it: "the six years of its rule, from …"."""
_TIMES = 40
"""How many times a length may be too short that is meant to be that of the dates."""
_OFF = 1.25
"""How many times a length must be too long or too short."""


class _Ends(NamedTuple):
    """Two dates told one behind the other, or the ends of one period."""

    first: int
    last: int
    pairs: tuple[tuple[Moment, Moment], ...]
    times: tuple[Time, ...]


def check(context: Context) -> Iterator[Finding]:
    """Lengths that do not fit the two dates of their sentence."""
    reading = context.reading
    for start, stop in reading.sentences:
        times = times_in(reading, start, stop)
        lengths = [time for time in times if _length(time)]
        ends = _ends(reading, [time for time in times if not _length(time)])
        if len(lengths) != 1 or ends is None or denied(reading, lengths[0].first) or not _tied(reading, lengths[0], ends):
            continue
        length = lengths[0]
        if any(reading.tokens[k].norm in reading.lexicon.exceptives for k in range(max(start, length.first - 3), length.first)):
            continue  # "since 1891 except for one year"
        spans = [days for a, b in ends.pairs if None not in (days := moments.length_days(moments.span(a, b)))]
        wrong = [(low, high) for low, high in spans if low is not None and high is not None and _off(reading, length, ends, low, high)]
        if not spans or len(wrong) < len(spans):
            continue
        begin, end = ends.pairs[0]
        values_of = {
            "start": edges(begin)[0],
            "end": edges(end)[1],
            "stated": written(reading, length),
            "real": spell(context, *wrong[0], length.mention.edtf[-1:] if length.mention.type == "duration" else "Y"),
        }
        yield context.finding(length.first, length.last, values_of, related=[reading.span(t.first, t.last) for t in ends.times])


def _length(time: Time) -> bool:
    """Whether a time is a plain length in days, weeks, months or years."""
    mention = time.mention
    return (
        mention.type == "duration"
        and mention.days is not None
        and mention.edtf[-1:] in UNITS
        and not mention.anchor
        and "narrative-length" not in mention.rules
    )


def _ends(reading: Reading, times: Sequence[Time]) -> _Ends | None:
    """The period, or the two dates, that are all the times of a sentence but its length."""
    if len(times) == 1 and times[0].mention.type == "period" and _years_told(times[0].mention):
        return _Ends(times[0].first, times[0].last, tuple(edges(value) for value in values(times[0].mention)), tuple(times))
    if len(times) != 2 or any(time.mention.type != "date" or time.mention.value is None for time in times):
        return None
    one, other = times
    if not stated(one.mention) or any("length" in dict(t.mention.parts) or t.mention.relation not in ("", "during", "since", "until") for t in times):
        return None
    if has(reading, one.last, other.first, "relative", "equals"):
        return None
    pairs = [(a, b) for a in values(one.mention) for b in values(other.mention) if moments.before(a, b) and a.calendar == b.calendar]
    return _Ends(one.first, other.last, tuple(pairs), (one, other)) if pairs else None


def _off(reading: Reading, length: Time, ends: _Ends, low: int, high: int) -> bool:
    """Whether a length is off by a good part and by more than its unit, or by most of it where the dates say the month."""
    assert length.mention.days is not None
    least, most = map(float, length.mention.days)
    unit = UNITS[length.mention.edtf[-1:]]
    fine = all(value.precision in ("day", "month") for pair in ends.pairs for value in pair)
    slack = unit * (_FINE if fine and unit > UNITS["M"] else 1.0)
    bound = dict(length.mention.parts).get("bound", "")
    if length.mention.relation == "about" or has(reading, length.first - 2, length.first, "hedges"):
        slack = max(slack, most * ROUND)
    too_long = least - slack > high and least > high * _OFF and bound != "less"
    return too_long or (most + slack < low and most * _OFF < low < most * _TIMES and bound != "more")


_FINE = 0.6
"""Part of a year by which a length in years may miss dates that say the month."""


def _years_told(mention: TimeMention) -> bool:
    """Whether a period says the year of one end and at least day or month of the other."""
    keys = {key for key, _ in mention.parts}
    return mention.value is not None and bool({"start.year", "end.year"} & keys) and {"start.year", "start.month"} & keys != set()


def _tied(reading: Reading, length: Time, ends: _Ends) -> bool:
    """Whether a length is said of what lies between the dates."""
    tokens = reading.tokens
    if ends.last <= length.first <= ends.last + _REACH:
        if any(tokens[k].norm in reading.lexicon.relatives for k in range(ends.last, length.first)):
            return False
        if tokens[ends.last].norm == ")" and has(reading, ends.last, length.first, "reigning"):
            return False  # «هارون الرشيد (766-809م) مات بعد حكم دام …»
        begun = verbs_in(reading, sentence_at(reading, ends.first)[0], ends.times[0].last + _REACH, ("accede", "begin", "found"))
        if has(reading, ends.last, length.first, "reigning") and not begun:
            return False  # «في 1908 …، ثم خُلع في 1909 بعد حكم دام …»
        if len(ends.times) == 2 and verbs_in(reading, sentence_at(reading, ends.first)[0], ends.times[1].first, ("die", "born")):
            return False
        between = filling(reading, ends.last, length.first, ("hedges", "joining"), "،,")
        if len(ends.times) == 1 and between and any(mark in between for mark in (",", "،")):
            return _closed(reading, length)
        if len(ends.times) == 2 and any(h.form == "verb" and ends.last <= h.first < length.first for h in reading.predications):
            return False  # "the agreement of 2005 granted autonomy for six years"
        tied = has(reading, ends.last, length.first, "namely", "lasting", "lasted")
        return tied and (_closed(reading, length) or (_joined(reading, length) and has(reading, length.first - 3, length.first, "lasted")))
    if len(ends.times) == 1 and length.last < ends.first <= length.last + _OF:
        words = [tokens[k].norm for k in range(length.last, ends.first)]
        from_there = has(reading, max(length.last, ends.first - 2), ends.first + 1, "from", "between", "since")
        names = any(k in reading.mention_at for k in range(length.last, ends.first))
        return from_there and any(word in (",", "،", "(") for word in words) and not names
    return False


def _joined(reading: Reading, length: Time) -> bool:
    """Whether "and" and another verb follow a length: "lasted twenty-three years and was decided at sea"."""
    token = reading.tokens[length.last]
    return token.norm in reading.lexicon.joins and bool(verbs_in(reading, length.last, length.last + 3) or not reading.time_at.get(length.last + 1))


def _closed(reading: Reading, length: Time) -> bool:
    """Whether nothing follows a length that it might be of."""
    token = reading.tokens[length.last] if length.last < len(reading.tokens) else None
    return token is None or token.kind == "mark"
