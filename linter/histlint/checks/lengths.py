"""Lengths of time beside the dates that they follow from, where a clause gives each date by itself: all from the text alone.

Options: `of` is later ("two years later, in 1198"), span (began … ended … 43 days), reign or lifespan.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..chronology import calendars
from ..chronology import moment as moments
from ..model import Finding, Moment
from ..reading import Reading, Time
from .arithmetic import UNITS, spell, tolerant
from .context import Context
from .wordlists import begin, denied, filling, has, members, phrases, sentence_at, stated, times_in, values, verbs_in, written

_SHIFTS = frozenset({"length-later", "length-earlier", "that-and-length", "after-length"})
_LUNAR = 33
"""Lunar years run ahead one in thirty-three."""


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    of = context.options["of"]
    if of == "later":
        yield from _later(context)
        yield from _from_event(context)
    elif of == "span":
        yield from _spans(context)
    elif of == "reign":
        yield from _reigns(context)
    else:
        yield from _lifespans(context)


class _Length(NamedTuple):
    """A written length: whole units low to high, and how many more or fewer it allows."""

    low: float
    high: float
    slack: float
    unit: str


def _length(reading: Reading, time: Time) -> _Length | None:
    mention = time.mention
    parts = dict(mention.parts)
    text = parts.get("length", mention.edtf).lstrip("-P")
    unit, number = text[-1:], text[:-1]
    if mention.days is None or unit not in UNITS:
        return None
    size = UNITS[unit]
    low, high = mention.days[0] / size, mention.days[1] / size
    if number.replace(".", "", 1).isdigit():
        low = high = float(number)
    count = high
    if parts.get("bound") == "more" or has(reading, time.first - 3, time.last, "more"):
        high = float("inf")
    if parts.get("bound") == "less" or has(reading, time.first - 3, time.last, "less"):
        low = 0.0
    slack = 1.0
    if count >= 10 and count % 5 == 0:
        slack = max(slack, count * 0.1)
    if mention.relation == "about" or "about" in parts or has(reading, time.first - 2, time.last, "hedges"):
        slack = max(slack, count * (0.3 if count >= 10 and count % 5 == 0 else 0.2))
    if unit == "Y":
        slack += count // _LUNAR
    return _Length(low, high, slack, unit)


def _apart(first: Moment, second: Moment, unit: str) -> tuple[float, float] | None:
    """Fewest and most units from one moment to another. Years are counted by their numbers where no days are given."""
    if (
        unit == "Y"
        and first.precision == "year"
        and second.precision == "year"
        and first.calendar != "islamic"
        and second.calendar != "islamic"
    ):
        a, b = moments.year_bounds(first), moments.year_bounds(second)
        if a[0] is not None and b[0] is not None and a[0] == a[1] and b[0] == b[1]:
            gap = float(calendars.astronomical(b[0]) - calendars.astronomical(a[0]))
            return gap, gap
    low, high = moments.gap_days(first, second)
    if low is None or high is None:
        return None
    return low / UNITS[unit], high / UNITS[unit]


def _fits(gap: tuple[float, float], length: _Length, sign: int) -> bool:
    low, high = gap if sign > 0 else (-gap[1], -gap[0])
    return high >= length.low - length.slack and low <= length.high + length.slack


def _any_fits(anchors: list[Time], target: Time, length: _Length, sign: int) -> bool:
    for anchor in anchors:
        for a in values(anchor.mention):
            edges = [a]
            if anchor.mention.type == "period":
                edges = [
                    a._replace(end_lo=a.start_lo, end_hi=a.start_hi),
                    a._replace(start_lo=a.end_lo, start_hi=a.end_hi),
                ]
            for edge in edges:
                for b in values(target.mention):
                    gap = _apart(edge, b, length.unit)
                    if gap is None or _fits(gap, length, sign):
                        return True
    return False


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
        length = _length(reading, time)
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
        if _any_fits(before, target, length, sign):
            continue
        yield from _found(context, anchor, time, target, length, sign)


def _found(context: Context, anchor: Time, time: Time, target: Time, length: _Length, sign: int) -> Iterator[Finding]:
    reading = context.reading
    assert anchor.mention.value is not None
    assert target.mention.value is not None
    gap = _apart(anchor.mention.value, target.mention.value, length.unit)
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
            "real": _gap_text(context, gap, length.unit),
            "later": written(reading, second_of_two) if turned else "",
        },
        related=[reading.span(anchor.first, anchor.last)],
    )


def _gap_text(context: Context, gap: tuple[float, float], unit: str) -> str:
    low, high = sorted((abs(gap[0]), abs(gap[1])))
    if gap[0] * gap[1] < 0:
        low = 0.0
    size = UNITS[unit]
    return spell(context, round(low * size), round(high * size), unit)


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
        if not all(_plain(t) for t in (one, other)) or sentence_at(reading, one.first) != sentence_at(reading, other.first):
            continue
        length = _length(reading, time)
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
        if _any_fits([other], one, length, sign):
            continue
        yield from _found(context, other, time, one, length, sign)


def _plain(time: Time) -> bool:
    mention = time.mention
    return (
        stated(mention)
        and mention.type == "date"
        and mention.relation in ("", "during")
        and mention.value is not None
        and mention.value.precision in ("year", "month", "day")
        and "part" not in dict(mention.parts)
    )


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


# ---------------------------------------------------------------- began … ended … 43 days


def _spans(context: Context) -> Iterator[Finding]:
    reading = context.reading
    for first, last in reading.sentences:
        times = times_in(reading, first, last)
        dates = [t for t in times if t.mention.type == "date" and t.mention.value is not None]
        lengths = [t for t in times if t.mention.type == "duration"]
        if len(times) != 3 or len(dates) != 2 or len(lengths) != 1:
            continue
        start, end, length = dates[0], dates[1], lengths[0]
        if (
            not _dated_pair(start, end)
            or denied(reading, length.first)
            or not _begun_and_ended(reading, first, last, start, end, length)
        ):
            continue
        if not _whole(reading, first, start, end, length):
            continue
        spans = [
            days
            for a in values(start.mention)
            for b in values(end.mention)
            if not (
                a.calendar != b.calendar
                and {a.calendar, b.calendar} == {"julian", "gregorian"}
                and a.precision == b.precision == "day"
            )
            and moments.before(b, a) is not True
            and None not in (days := moments.length_days(moments.span(a, b)))
        ]
        least, most = tolerant(reading, length)
        wrong = [(low, high) for low, high in spans if low is not None and high is not None and (most < low or least > high)]
        if not spans or len(wrong) < len(spans):
            continue
        yield context.finding(
            length.first,
            length.last,
            {
                "start": start.mention.value,
                "end": end.mention.value,
                "stated": reading.text(length.first, length.last),
                "real": spell(context, *wrong[0], length.mention.edtf[-1:]),
            },
            related=[reading.span(start.first, start.last), reading.span(end.first, end.last)],
        )


def _dated_pair(start: Time, end: Time) -> bool:
    """Whether two dates are whole: each with its year, or both with day and month of one year."""
    a, b = start.mention, end.mention
    if (
        a.relation not in ("", "during", "since")
        or b.relation not in ("", "during", "until")
        or "part" in dict(a.parts)
        or "part" in dict(b.parts)
    ):
        return False
    if a.value is None or b.value is None or any(v.precision not in ("year", "month", "day") for v in (a.value, b.value)):
        return False
    if moments.before(b.value, a.value):
        return False
    return stated(b) and (stated(a) or (a.anchor == "narrative" and "month" in dict(a.parts) and "day" in dict(a.parts)))


def _begun_and_ended(reading: Reading, first: int, last: int, start: Time, end: Time, length: Time) -> bool:
    """Whether one verb says that something began at the first date, and the next that it ended at the second."""
    begins = verbs_in(reading, first, start.first, ("begin",))
    ends = verbs_in(reading, start.last, end.first, ("end",))
    others = [v for v in verbs_in(reading, first, last) if v[2] not in ("begin", "end", "happen")]
    if len(begins) == 1 and not ends and _summed_up(reading, start, end, length):
        return True  # «بدأ الحصار في … ثم دخلوها في …، أي أنها صمدت شهرين»
    if len(begins) != 1 or len(ends) != 1 or others or len(verbs_in(reading, first, last, ("begin", "end"))) != 2:
        return False
    if has(reading, first, last, "relative"):
        return False
    begin, finish = begins[0], ends[0]
    tokens = reading.tokens
    if filling(reading, finish[1], end.first, ("joining",)) is not None:
        if reading.lang == "ar":
            return True
        before = [token.norm for token in tokens[max(start.last, finish[0] - 3) : finish[0]] if token.kind == "word"]
        return all(word in members(reading, "resumed") for word in before)
    # «بدأ الحصار … وانتهى الحصار»: the same noun again
    return (
        tokens[begin[1]].norm == tokens[finish[1]].norm and filling(reading, finish[1] + 1, end.first, ("joining",)) is not None
    )


def _summed_up(reading: Reading, start: Time, end: Time, length: Time) -> bool:
    """Whether "that is, it held out for two months" sums up the two dates before it."""
    if length.first < end.last or has(reading, start.last, length.first, "relative"):
        return False
    between = filling(reading, end.last, length.first, ("namely", "lasting", "hedges", "joining"), "،,")
    return (
        between is not None
        and "namely" in between
        and "lasting" in between
        and len(verbs_in(reading, start.last, end.first)) <= 2
    )


def _whole(reading: Reading, first: int, start: Time, end: Time, length: Time) -> bool:
    """Whether the length is said of the whole: behind the second date or before the first verb, and of nothing else."""
    behind = reading.tokens[length.last].norm if length.last < len(reading.tokens) else "."
    if has(reading, length.last, length.last + 2, "facing"):
        behind = "."
    if behind not in (".", "،", ",", ")", "؛", ";", "\n", "!", ":"):
        return False
    keys = ("namely", "lasting", "hedges", "joining", "after")
    if length.first >= end.last:
        between = filling(reading, end.last, length.first, keys, "()،,-–—:")
        return between is not None and any(item in ("lasting", "namely", "after", "(") for item in between)
    if length.last <= start.first:
        return has(reading, first, length.first, "lasting") and length.mention.relation in ("", "about", "during")
    return False


# ---------------------------------------------------------------- reigns


def _reigns(context: Context) -> Iterator[Finding]:
    reading = context.reading
    for time in reading.times:
        if (
            time.mention.type != "duration"
            or time.mention.days is None
            or time.mention.edtf[-1:] != "Y"
            or denied(reading, time.first)
        ):
            continue
        first, last = sentence_at(reading, time.first)
        before = times_in(reading, first, time.first)
        if before and len(times_in(reading, first, last)) == len(before) + 1:
            yield from _reign(context, first, before, time)


def _reign(context: Context, first: int, before: list[Time], length: Time) -> Iterator[Finding]:
    reading = context.reading
    end = before[-1]
    least, most = tolerant(reading, length)
    if len(before) == 1 and end.mention.type == "period" and end.mention.value is not None and stated(end.mention):
        marked = _bracketed_reign(reading, end, length)
        if not marked:
            return
        spans = [days for value in values(end.mention) if None not in (days := moments.length_days(value))]
        start_value, end_value = _edges(end.mention.value)
    elif len(before) == 2 and all(_plain(t) for t in before) and _acceded_and_gone(reading, first, before, length):
        marked = "both"
        spans = [
            days
            for a in values(before[0].mention)
            for b in values(end.mention)
            if moments.before(b, a) is not True and None not in (days := moments.length_days(moments.span(a, b)))
        ]
        assert before[0].mention.value is not None
        assert end.mention.value is not None
        start_value, end_value = before[0].mention.value, end.mention.value
    else:
        return
    wrong = [
        (low, high)
        for low, high in spans
        if low is not None and high is not None and ((most < low and marked == "both") or least > high)
    ]
    if not spans or len(wrong) < len(spans):
        return
    yield context.finding(
        length.first,
        length.last,
        {
            "start": start_value,
            "end": end_value,
            "stated": reading.text(length.first, length.last),
            "real": spell(context, *wrong[0], "Y"),
        },
        related=[reading.span(t.first, t.last) for t in before],
    )


def _edges(value: Moment) -> tuple[Moment, Moment]:
    return value._replace(end_lo=value.start_lo, end_hi=value.start_hi), value._replace(
        start_lo=value.end_lo, start_hi=value.end_hi
    )


def _ruled(reading: Reading, first: int, length: Time) -> bool:
    """Whether the length is that of a rule: «بعد حكم دام 30 عاماً», "after 30 years on the throne"."""
    keys = ("reigning", "lasting", "hedges", "joining", "after")
    between = filling(reading, first, length.first, keys, "،,")
    if between is None:
        return False
    if "reigning" in between:
        return not (length.last < len(reading.tokens) and reading.tokens[length.last].norm in members(reading, "of_it"))
    table = phrases(reading, "enthroned")
    return (
        "after" in between
        and length.last < len(reading.tokens)
        and table.at(reading.tokens, length.last, len(reading.tokens)) is not None
    )


def _bracketed_reign(reading: Reading, period: Time, length: Time) -> str:
    """What «هارون الرشيد (786-809م) مات بعد حكم دام 30 عاماً» allows: the years are a life or a reign, and no reign is longer."""
    tokens = reading.tokens
    close = period.last
    opened = period.first and tokens[period.first - 1].norm == "("
    marked = has(reading, period.first - 3, period.first, "reign_marks")
    if not opened and not marked:
        return ""
    if opened and (close >= len(tokens) or tokens[close].norm != ")"):
        return ""
    behind = close + 1 if opened else close
    verbs = verbs_in(reading, behind, length.first)
    last_verb = max([v[1] for v in verbs if v[2] in ("die", "unseat")], default=behind)
    if any(frame not in ("die", "unseat", "end", "happen") and at < last_verb for at, _, frame in verbs):
        return ""
    if any(behind <= m.first < length.first and m.has("person", "polity") for m in reading.mentions):
        return ""
    if has(reading, behind, length.first, "relative") or last_verb - behind > 5:
        return ""
    if not _ruled(reading, last_verb, length):
        return ""
    return "both" if marked else "less"


def _acceded_and_gone(reading: Reading, first: int, before: list[Time], length: Time) -> bool:
    """Whether the one who came to power at the first date died or was deposed at the second, after a rule of that length."""
    start, end = before
    acceded = verbs_in(reading, first, start.first, ("accede",))
    gone = verbs_in(reading, start.last, end.first, ("die", "unseat"))
    all_verbs = verbs_in(reading, first, end.first)
    if len(acceded) != 1 or len(gone) != 1 or len([v for v in all_verbs if v[2] not in ("happen", "end", "begin")]) != 2:
        return False
    if filling(reading, gone[0][1], end.first, ("joining",), "") is None:
        return False
    if reading.lang != "ar":
        words = [token.norm for token in reading.tokens[start.last : gone[0][0]] if token.kind == "word"]
        if not all(word in members(reading, "resumed") for word in words):
            return False
    elif filling(reading, start.last, gone[0][0], ("joining",), "،") is None:
        return False
    if has(reading, first, length.first, "relative"):
        return False
    return _ruled(reading, end.last, length)


# ---------------------------------------------------------------- ages at death


def _lifespans(context: Context) -> Iterator[Finding]:
    reading = context.reading
    for time in reading.times:
        if (
            time.mention.type != "age"
            or time.mention.days is None
            or not time.mention.edtf.endswith("Y")
            or denied(reading, time.first)
        ):
            continue
        first, last = sentence_at(reading, time.first)
        times = times_in(reading, first, last)
        before = [t for t in times if t.last <= time.first]
        life = _life(reading, first, before, time) if len(times) == len(before) + 1 else None
        if life is None:
            continue
        born, died, sides = life
        gaps = [gap for a in born for b in died if None not in (gap := moments.gap_years(a, b))]
        years = (
            int(time.mention.edtf.strip("PY").split(".")[0] or 0)
            if time.mention.edtf.strip("PY").replace(".", "").isdigit()
            else 0
        )
        if not years or not gaps:
            continue
        hedged = time.mention.relation == "about" or has(reading, time.first - 2, time.last, "hedges") or _nears(reading, time)
        slack = (max(2, years * 0.1) if hedged else 1) + years // _LUNAR
        wrong = [
            (low, high)
            for low, high in gaps
            if low is not None and high is not None and (years < low - slack or (years > high + slack and sides == "both"))
        ]
        if len(wrong) < len(gaps):
            continue
        low, high = wrong[0]
        yield context.finding(
            time.first,
            time.last,
            {"born": born[0], "died": died[0], "age": str(low) if low == high else f"{low}–{high}", "stated": str(years)},
            related=[reading.span(t.first, t.last) for t in before],
        )


def _nears(reading: Reading, time: Time) -> bool:
    """Whether the age is only nearly given: «ناهز», "in his seventies"."""
    return time.last - time.first > 3 and reading.lang == "ar"


def _life(
    reading: Reading, first: int, before: list[Time], age: Time
) -> tuple[tuple[Moment, ...], tuple[Moment, ...], str] | None:
    """Birth and death of the one whose age it is, and whether the years may be a reign ("less") or surely are a life ("both")."""
    tokens = reading.tokens
    if len(before) == 1 and before[0].mention.type == "period" and stated(before[0].mention):
        period = before[0]
        if (
            not period.first
            or tokens[period.first - 1].norm != "("
            or period.last >= len(tokens)
            or tokens[period.last].norm != ")"
        ):
            return None
        if not _died_aged(reading, period.last + 1, age):
            return None
        found = values(period.mention)
        return tuple(_edges(v)[0] for v in found), tuple(_edges(v)[1] for v in found), "less"
    if len(before) != 2 or not all(_plain(t) for t in before):
        return None
    born, died = before
    births, deaths = verbs_in(reading, first, born.first, ("born",)), verbs_in(reading, born.last, died.first, ("die",))
    verbs = [v for v in verbs_in(reading, first, age.first) if v[2] != "happen"]
    if len(births) != 1 or len(deaths) != 1 or len(verbs) != 2 or has(reading, born.last, age.first, "relative"):
        return None
    if not _then_died(reading, born, deaths[0], died):
        return None
    if filling(reading, died.last, age.first, ("joining", "hedges", "aged"), "،,") is None:
        return None
    return tuple(values(born.mention)), tuple(values(died.mention)), "both"


_PLACE_WORDS = 6


def _then_died(reading: Reading, born: Time, death: tuple[int, int, str], died: Time) -> bool:
    """Whether "and died in Cairo in 1948" has no subject of its own."""
    tokens, lexicon = reading.tokens, reading.lexicon
    behind = tokens[death[1]]
    before_date = tokens[death[1] : died.first]
    if len(before_date) > _PLACE_WORDS or any(token.kind == "mark" and token.norm not in "،," for token in before_date):
        return False
    if reading.lang == "ar":
        own = (
            death[1] < died.first
            and behind.norm not in lexicon.prepositions
            and not behind.norm.startswith(("ب", "ل"))
            and not has(reading, death[1], died.first, "joining")
        )
        direct = (
            has(reading, death[1], death[1] + 1, "joining")
            or death[1] == died.first
            or behind.norm in lexicon.prepositions
            or behind.norm.startswith("ب")
        )
        between = [token for token in tokens[born.last : death[0]] if token.kind == "mark" and token.norm not in "،,"]
        return direct and not own and not between
    words = [token.norm for token in tokens[max(born.last, death[0] - 3) : death[0]] if token.kind == "word"]
    return bool(words) and words[-1] in members(reading, "resumed") and behind.norm in members(reading, "there")


def _died_aged(reading: Reading, behind: int, age: Time) -> bool:
    """Whether «توفي عن عمر …» follows the bracket with nobody else between."""
    tokens = reading.tokens
    if age.first - behind > 6 or any(behind <= m.first < age.first and m.has("person") for m in reading.mentions):
        return False
    if has(reading, behind, age.first, "relative") or any(
        token.kind == "mark" and token.norm not in "،," for token in tokens[behind : age.first]
    ):
        return False
    table = phrases(reading, "aged_at")
    at = behind
    while at < age.first and tokens[at].kind == "mark":
        at += 1
    return at < age.first and tokens[at].kind == "word" and table.at(tokens, at, age.first) is not None
