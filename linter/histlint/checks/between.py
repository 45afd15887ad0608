"""Lengths that belong to two dates told just before or around them: "besieged since June 1916 … given up in January 1919, after a
siege of a year"; "He landed in May 1814. After two years there, he left in February 1815"; «سنة 1830 … 1962 … دام 122 عاماً».

All from the text alone. Each way of telling has its own sure sign that the length runs from the one date to the other; a length
must be off by a fifth and by more than its unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..chronology import moment as moments
from ..model import Finding
from ..named_tuple import NamedTuple
from ..reading import Reading, Time
from .arithmetic import UNITS, spell, tolerant
from .closing import after_end, closing, never, reigned
from .context import Context
from .measures import any_fits, measured
from .wordlists import denied, filling, has, members, phrases, sentence_at, stated, times_in, values, verbs_in, written

_OFF = 1.2
"""How many times a length must be too long or too short."""
_FINE = 0.6
"""Part of a month or year by which a length may miss two days."""
_SUBJECT = 4
"""Tokens between two dates and the verb of lasting with its length."""
_REACH = 12
_BACK = 6


class _Told(NamedTuple):
    """Where a length begins and ends; `longest` where it may be shorter than that, `sure` where a year more or less is all it may miss,
    `guarded` where no other date near leads to the end."""

    start: Time
    end: Time
    longest: bool = False
    sure: bool = False
    guarded: bool = False


def check(context: Context) -> Iterator[Finding]:
    """Lengths that do not fit the two dates that they run between."""
    reading = context.reading
    for counted in reading.times:
        time = _as_length(counted)
        mention = time.mention
        if mention.type != "duration" or mention.days is None or mention.edtf[-1:] not in UNITS:
            continue
        if denied(reading, time.first):
            short = never(reading, time)
            if short is not None and (real := _beyond(reading, time, _Told(*short))) is not None and real[0] > mention.days[1]:
                yield _found(context, time, _Told(*short), real)
            continue
        told = _held(reading, time) or _this(reading, time) or _since(reading, time) or _there(reading, time) or _undertaken(reading, time)
        if told is None:
            told = _closing(reading, counted, time)
        if told is None:
            continue
        real = _beyond(reading, time, told)
        if real is None or (told.longest and not told.guarded and _fits_another(reading, time, told)):
            continue
        yield _found(context, time, told, real)


def _found(context: Context, time: Time, told: _Told, real: tuple[int, int]) -> Finding:
    reading = context.reading
    return context.finding(
        time.first,
        time.last,
        {
            "start": _shown(reading, told.start),
            "end": _shown(reading, told.end),
            "stated": written(reading, time),
            "real": spell(context, *real, time.mention.edtf[-1:]),
        },
        related=[reading.span(t.first, t.last) for t in (told.start, told.end)],
    )


def _closing(reading: Reading, counted: Time, time: Time) -> _Told | None:
    """The two dates that a length closes."""
    close = closing(reading, counted if counted.mention.type == "date" else time)
    if close is not None:
        return _Told(*close)
    close = after_end(reading, time)
    if close is not None:
        return _Told(*close, longest=True, guarded=True)
    close = reigned(reading, time)
    return _Told(*close, sure=True) if close is not None else None


def _as_length(time: Time) -> Time:
    """A date that is only counted from the one before («بعد عشر سنوات قضاها هناك»), as its length."""
    length = dict(time.mention.parts).get("length", "")
    if time.mention.type != "date" or not length or length.startswith("-"):
        return time
    return time._replace(mention=time.mention._replace(type="duration", edtf=length, parts=(), relation="after"))


def _shown(reading: Reading, time: Time) -> object:
    value = time.mention.value
    return reading.text(time.first, time.last) if value is None or "part" in dict(time.mention.parts) else value


def _beyond(reading: Reading, time: Time, told: _Told) -> tuple[int, int] | None:
    """Days between the two dates where a length cannot be theirs."""
    least, most = tolerant(reading, time)
    days = time.mention.days
    assert days is not None
    ends = (*values(told.start.mention), *values(told.end.mention))
    if all(value.precision == "day" for value in ends) and time.mention.edtf[-1:] in "MY" and "bound" not in dict(time.mention.parts):
        fine = UNITS[time.mention.edtf[-1:]] * _FINE  # days tell more than the months that they are counted in
        least, most = max(least, days[0] - fine), min(most, days[1] + fine)
    off = 1.0 if told.sure else _OFF
    spans = [
        span
        for a in values(told.start.mention)
        for b in values(told.end.mention)
        if a.calendar == b.calendar and moments.before(b, a) is not True and None not in (span := moments.length_days(moments.span(a, b)))
    ]
    wrong = [
        (low, high)
        for low, high in spans
        if low is not None
        and high is not None
        and ((least > high and days[0] > high * off) or (most < low and days[1] * off < low and not told.longest))
    ]
    return wrong[0] if spans and len(wrong) == len(spans) else None


def _fits_another(reading: Reading, time: Time, told: _Told) -> bool:
    """Whether a length leads from another date told shortly before to the end."""
    length, mine = measured(reading, time), {told.start.first, told.end.first}
    before = [t for t in reading.times if t.last <= time.first and t.first not in mine and t.mention.value is not None]
    dates = [t for t in before if t.mention.type in ("date", "period")][-_BACK:]
    return length is None or any_fits(dates, told.end, length, 1)


def _date(time: Time) -> bool:
    """Whether a time is one date, with its year or with the day and month of a year told before."""
    mention = time.mention
    parts = dict(mention.parts)
    if mention.type != "date" or mention.value is None or mention.relation not in ("", "during", "since", "until"):
        return False
    whole = stated(mention) or (mention.anchor == "narrative" and {"day", "month"} <= set(parts))
    return whole and mention.value.precision in ("day", "month", "year", "season") and "length" not in parts


def _goes_on(reading: Reading, time: Time) -> bool:
    """Whether a length is that of something behind it, or counts to something: "two years of talks", "two years later"."""
    tokens = reading.tokens
    return time.last < len(tokens) and tokens[time.last].norm in members(reading, "goes_on") and not _wherein(reading, time)


def _wherein(reading: Reading, time: Time) -> bool:
    return has(reading, time.last, time.last + 3, "wherein", "facing")


# ---------------------------------------------------------------- «… في سبتمبر 1793 … في يوليو 1794، فدام سنتين»


def _held(reading: Reading, time: Time) -> _Told | None:
    """Two dates, or "from … to …", and right behind them "and so it held out for": «فصمدت المدينة نحو سنتين»."""
    first = sentence_at(reading, time.first)[0]
    before = [t for t in times_in(reading, first, time.first) if t.mention.type == "period" or "length" not in dict(t.mention.parts)]
    if not before or before[-1].last < time.first - _SUBJECT - 3 or _goes_on(reading, time):
        return None
    last = before[-1]
    table = phrases(reading, "lasted", "held")
    hit = next((h for k in range(last.last, time.first) if reading.tokens[k].kind == "word" and (h := table.at(reading.tokens, k, time.first))), None)
    behind = filling(reading, last.last, hit.first, ("joining", "summing"), "،,;؛)") if hit is not None else None
    if hit is None or behind is None or len(behind) > _SUBJECT or time.first - hit.last > _SUBJECT:
        return None
    if any(reading.tokens[k].kind == "mark" for k in range(hit.last, time.first)) or has(reading, last.last, time.first, "relative"):
        return None
    return None if last is None else _two(reading, before)


def _two(reading: Reading, before: list[Time]) -> _Told | None:
    """The two ends that are all the dates of a sentence so far."""
    last = before[-1]
    if len(before) == 1 and last.mention.type == "period" and last.mention.value is not None:
        return _ends_of(last)
    if len(before) != 2 or not all(_date(t) for t in before) or before[0].mention.relation == "until":
        return None
    begun = verbs_in(reading, sentence_at(reading, last.first)[0], before[0].last + _SUBJECT, ("begin", "besiege", "found", "invade", "accede"))
    return _Told(before[0], last) if begun and not has(reading, before[0].last, last.first, "relative", "equals") else None


def _ends_of(period: Time) -> _Told | None:
    value = period.mention.value
    if value is None:
        return None
    start = period.mention._replace(value=value._replace(end_lo=value.start_lo, end_hi=value.start_hi), readings=())
    end = period.mention._replace(value=value._replace(start_lo=value.end_lo, start_hi=value.end_hi), readings=())
    return _Told(period._replace(mention=start), period._replace(mention=end))


# ---------------------------------------------------------------- "This battle lasted until 16 November, that is, …"


def _this(reading: Reading, time: Time) -> _Told | None:
    """ "On 25 July they crossed the river. This battle lasted until 16 November, that is, a year": from the date told last."""
    tokens = reading.tokens
    first = sentence_at(reading, time.first)[0]
    before = times_in(reading, max(0, first - _REACH * 4), time.first)
    if len(before) < 2 or _goes_on(reading, time) or not _date(before[-1]) or before[-1].first < first:
        return None
    end, start = before[-1], before[-2]
    until = end.mention.relation == "until" or has(reading, end.first - 2, end.first, "until")
    found = filling(reading, end.last, time.first, ("namely", "hedges", "joining", "lasting"), "،,")
    if not until or found is None or not {"namely", "lasting"} & set(found):
        return None
    table = phrases(reading, "lasted")
    verb = next((h for k in range(max(start.last, end.first - _REACH), end.first) if (h := table.at(tokens, k, end.first))), None)
    if verb is None or not has(reading, max(start.last, verb.first - 4), end.first, "this_one"):
        return None
    if any(token.norm == "\n" for token in tokens[start.last : end.first]) or not _date(start) or start.mention.relation:
        return None
    return _Told(start, end)


# ---------------------------------------------------------------- "since June 1916 … in January 1919, after a siege of"


def _since(reading: Reading, time: Time) -> _Told | None:
    """ "… held it since June 1916 and gave it up only in January 1919, after a siege of a year": the closing of what went on since."""
    first = sentence_at(reading, time.first)[0]
    before = times_in(reading, first, time.first)
    if len(before) < 2 or time.first - before[-1].last > _REACH or _goes_on(reading, time):
        return None
    start, end = before[-2:]
    since = start.mention.relation == "since" or has(reading, start.first - 2, start.first, "since", "from")
    cut = verbs_in(reading, first, start.first, ("besiege", "begin", "invade"))
    if not (since or cut) or not (_date(start) and _date(end)) or end.mention.relation in ("since", "until"):
        return None
    if any(reading.tokens[k].norm in reading.lexicon.relatives for k in range(start.last, time.first) if k >= end.first):
        return None
    return _Told(start, end) if _after_closed(reading, end.last, time) else None


def _after_closed(reading: Reading, first: int, time: Time) -> bool:
    """Whether "after a siege of", «بعد إغلاق دام» fills the words between a date and a length."""
    keys = ("after", "lasting", "hedges", "joining", "closed_term", "lasted")
    found = filling(reading, first, time.first, keys, "،,")
    return found is not None and "after" in found and "closed_term" in found


# ---------------------------------------------------------------- "After two years there, he left in …"


def _there(reading: Reading, time: Time) -> _Told | None:
    """ "He landed in May 1814. After two years there, he left on 26 February 1815": from an arrival to a departure."""
    tokens = reading.tokens
    first, last = sentence_at(reading, time.first)
    if not has(reading, time.first - 3, time.last + 4, "over_there") or first == 0 or tokens[first - 1].norm == "\n":
        return None
    here = times_in(reading, first, last)
    if not here or here[0].first != time.first or len(here) < 2 or not _date(here[1]):
        return None
    start, stop = sentence_at(reading, first - 1)
    told = [t for t in times_in(reading, start, stop) if t.mention.type in ("date", "period")]
    if len(told) != 1 or not _date(told[0]) or not has(reading, start, stop, "arrived"):
        return None
    after = has(reading, time.first - 3, time.first, "after") or time.mention.relation == "after"
    before = has(reading, time.last, here[1].first, "ere")
    return _Told(told[0], here[1]) if after or before else None


# ---------------------------------------------------------------- "left on 12 March …, and after a walk of fifty days … on 6 April"


def _undertaken(reading: Reading, time: Time) -> _Told | None:
    """ "On 12 March he left, and after a walk of fifty days came to the sea on 6 April": no longer than from the one to the other."""
    first, last = sentence_at(reading, time.first)
    behind = next(iter(reading.times_from(time.last, last)), None)
    if behind is None or not _date(behind) or not _endured(reading, time) or has(reading, time.last, behind.first, "relative"):
        return None
    before = times_in(reading, first, time.first)
    if not before and first and reading.tokens[first - 1].norm != "\n":
        before = times_in(reading, sentence_at(reading, first - 1)[0], first)
    if not before or not _date(before[-1]):
        return None
    return _Told(before[-1], behind, longest=True)


def _endured(reading: Reading, time: Time) -> bool:
    """Whether a length is that of an undertaking told before: "after a walk of", «وبعد خمسة أسابيع من الاعتقال»."""
    tokens = reading.tokens
    keys = ("after", "hedges", "joining", "endured", "lasting")
    for at in range(time.first - 1, max(0, time.first - _SUBJECT - 2) - 1, -1):
        if tokens[at].kind != "word":
            break
        found = filling(reading, at, time.first, keys)
        if found is not None and found[0] == "after" and {"endured", "lasting"} & set(found):
            return not _goes_on(reading, time)
    after = has(reading, time.first - 3, time.first, "after") or time.mention.relation == "after"
    of = time.last < len(tokens) and tokens[time.last].norm in members(reading, "of_it")
    return after and of and has(reading, time.last + 1, time.last + 2, "endured")
