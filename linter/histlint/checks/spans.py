"""Lengths of what has both its ends in one sentence: "began … ended … after 43 days", "became king … died … a reign of".

All from the text alone. Options: `of` is span or reign.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..chronology import moment as moments
from ..model import Finding, TimeMention
from ..reading import Reading, Time
from .arithmetic import spell, tolerant
from .context import Context
from .measures import edges, plain
from .wordlists import denied, filling, has, members, phrases, sentence_at, stated, times_in, values, verbs_in


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    if context.options["of"] == "span":
        yield from _spans(context)
    else:
        yield from _reigns(context)


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
    return (stated(a) or _day_told(a)) and (stated(b) or _day_told(b)) and (stated(a) or stated(b))


def _day_told(mention: TimeMention) -> bool:
    """Whether a date says its day and month, its year being that of the other one."""
    parts = dict(mention.parts)
    return mention.anchor == "narrative" and "month" in parts and "day" in parts


def _begun_and_ended(reading: Reading, first: int, last: int, start: Time, end: Time, length: Time) -> bool:
    """Whether one verb says that something began at the first date, and the next that it ended at the second."""
    begins = verbs_in(reading, first, start.first, ("begin",))
    ends = verbs_in(reading, start.last, end.first, ("end",))
    others = [v for v in verbs_in(reading, first, last) if v[2] not in ("begin", "end", "happen")]
    if len(begins) == 1 and not ends and _summed_up(reading, start, end, length):
        return True  # «بدأ الحصار في … ثم دخلوها في …، أي أنها صمدت شهرين»
    if len(begins) != 1 or len(ends) != 1 or others or len(verbs_in(reading, first, last, ("begin", "end"))) != 2:
        return False
    if has(reading, begins[0][1], last, "relative") or has(reading, first, begins[0][0] - 3, "relative"):
        return False  # "the siege, which had begun in …" is no other matter
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
    keys = ("namely", "lasting", "hedges", "joining", "after", "summing")
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
        start_value, end_value = edges(end.mention.value)
    elif len(before) == 2 and all(plain(t) for t in before) and _acceded_and_gone(reading, first, before, length):
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
