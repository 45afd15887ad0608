"""How long something lasted, where its ends stand in other clauses, or where the reference knows them.

«بدأ الحصار في 6 أبريل 1453م وسقطت المدينة … 29 مايو، فدام الحصار أربعة أشهر»; "withdrew on 26 February 1991 after an
occupation of nine months since August 1990"; "the First World War lasted ten years". Options: `of` is told (both ends come
from the text) or known (the event is one of the reference).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..chronology import moment as moments
from ..facts import Event
from ..lexicon import Hit
from ..model import Finding, Moment
from ..normalise import bare
from ..prepositions import preposition
from ..reading import Reading, Time
from ..tag.entities import Mention
from .arithmetic import spell, tolerant
from .context import Context, cite
from .fought import fought
from .measures import measured
from .summed import beyond, summed
from .wordlists import denied, filling, members, phrases, sentence_at, stated, times_in, values, verbs_in, written

_BACK = 120
"""Words for which the beginning of something is remembered within its paragraph."""
_NEAR = 4


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    reading = context.reading
    for time in reading.times:
        if time.mention.days is None or denied(reading, time.first):
            continue
        if context.options["of"] == "told":
            yield from _summed(context, time)
        else:
            yield from fought(context, time, long_event)
        if time.mention.type != "duration" or not (_of_the_whole(reading, time) or _event_behind(reading, time)):
            continue
        if context.options["of"] == "known":
            yield from _known(context, time)
        else:
            yield from _told(context, time)


def _of_the_whole(reading: Reading, time: Time) -> bool:
    """Whether a length stands for itself: not "two years of talks", «ثلاثة أيام من القصف», "ten years later"."""
    if dict(time.mention.parts).get("anchor") or time.mention.relation not in ("", "about", "during", "after", "for"):
        return False
    if time.last >= len(reading.tokens):
        return True
    token = reading.tokens[time.last]
    complete = members(reading, "complete")
    if complete & {token.norm, reading.tokens[time.last - 1].norm}:  # «سنة كاملة», also before another sentence about the same
        behind = reading.tokens[time.last + (token.norm in complete) :][:1]
        return not behind or behind[0].norm not in members(reading, "of_it")
    if token.kind == "mark":
        return token.norm not in "-–%("
    table = phrases(reading, "until", "since", "facing", "hedges")
    return table.at(reading.tokens, time.last, len(reading.tokens)) is not None


def lasting_verb(reading: Reading, time: Time, *more: str) -> Hit | None:
    """The verb that the length belongs to: «دام», "lasted", or one of other keys, no further off than its subject."""
    table, tokens = phrases(reading, "lasted", *more), reading.tokens
    for at in reversed(table.starts(tokens, max(sentence_at(reading, time.first)[0], time.first - 8), time.first)):
        hit = table.at(tokens, at, time.first)
        if hit is not None:
            return None if any(token.kind == "mark" for token in tokens[at : time.first]) else hit
    return None


# ---------------------------------------------------------------- both ends told


def _summed(context: Context, time: Time) -> Iterator[Finding]:
    reading = context.reading
    found = summed(reading, time)
    real = beyond(reading, time, *found) if found else None
    if found is None or real is None:
        return
    unit = dict(time.mention.parts).get("length", time.mention.edtf)[-1:]
    yield context.finding(
        time.first,
        time.last,
        {
            "start": _shown(reading, found[0]),
            "end": _shown(reading, found[1]),
            "stated": written(reading, time),
            "real": spell(context, *real, unit),
        },
        related=[reading.span(t.first, t.last) for t in found],
    )


def _told(context: Context, time: Time) -> Iterator[Finding]:
    reading = context.reading
    found = _told_around(reading, time) or _since(reading, time)
    if found is None:
        return
    start, end = found
    spans = [
        days
        for a in values(start.mention)
        for b in values(end.mention)
        if moments.before(b, a) is not True and None not in (days := moments.length_days(moments.span(a, b)))
    ]
    wrong = _wrong(reading, time, spans)
    if not wrong:
        return
    yield context.finding(
        time.first,
        time.last,
        {
            "start": _shown(reading, start),
            "end": _shown(reading, end),
            "stated": reading.text(time.first, time.last),
            "real": spell(context, *wrong[0], time.mention.edtf[-1:]),
        },
        related=[reading.span(start.first, start.last), reading.span(end.first, end.last)],
    )


def _shown(reading: Reading, time: Time) -> Moment | str | None:
    """A date as messages show it: in its own words where they mean a part of it («مطلع أغسطس 1990م»)."""
    value = time.mention.value
    return reading.text(time.first, time.last) if value is None or "part" in dict(time.mention.parts) else value


def _wrong(reading: Reading, time: Time, spans: list[tuple[int | None, int | None]]) -> list[tuple[int, int]]:
    """The spans, where none of them is as long as stated; empty where one is."""
    least, most = tolerant(reading, time)
    if _low_only(reading, time):
        least = 0.0
    wrong = [(low, high) for low, high in spans if low is not None and high is not None and (most < low or least > high)]
    return wrong if spans and len(wrong) == len(spans) else []


def _low_only(reading: Reading, time: Time) -> bool:
    length = measured(reading, time)
    return length is not None and length.low == 0.0


def _told_around(reading: Reading, time: Time) -> tuple[Time, Time] | None:
    """The beginning of a thing and its end, where its name comes again beside the length: «بدأ الحصار … ودام الحصار …»."""
    verb = lasting_verb(reading, time)
    if verb is None:
        return None
    noun = _subject(reading, verb, time)
    if not noun:
        return None
    start = _begun(reading, noun, verb)
    if start is None:
        return None
    end = _until(reading, time) or _ended(reading, start, verb)
    if end is None or not (_dated(end) or _told_day(end)):
        return None
    return start, end


def _subject(reading: Reading, verb: Hit, time: Time) -> str:
    """The noun that lasted: behind the verb in Arabic, before it in English; "" where there is none, or more than a noun."""
    tokens = reading.tokens
    if reading.lang == "ar":
        between = [token.norm for token in tokens[verb.last : time.first]]
        nouns = [norm for norm in between if norm not in members(reading, "hedges") and norm not in reading.lexicon.prepositions]
        return nouns[0] if len(nouns) == 1 and nouns[0].startswith("ال") else ""
    if filling(reading, verb.last, time.first, ("hedges", "joining", "lasting")) is None or verb.first == 0:
        return ""
    noun = tokens[verb.first - 1]
    article = tokens[verb.first - 2].norm if verb.first > 1 else ""
    return noun.norm if noun.kind == "word" and article in members(reading, "article") else ""


def _begun(reading: Reading, noun: str, verb: Hit) -> Time | None:
    """The date at which the text says that a thing began."""
    floor = max(0, verb.first - _BACK)
    for first, last, _ in reversed(verbs_in(reading, floor, verb.first, ("begin",))):
        if any(token.norm == "\n" for token in reading.tokens[last : verb.first]):
            continue
        start, stop = sentence_at(reading, first)
        arabic = reading.lang == "ar"
        near = reading.tokens[last : last + 2] if arabic else reading.tokens[max(start, first - 2) : first]
        if not any(bare(token.norm) == bare(noun) for token in near) or denied(reading, first):
            continue
        date = next((t for t in times_in(reading, last, min(stop, last + 9)) if t.mention.type == "date"), None)
        return date if date is not None and _dated(date) and date.mention.relation in ("", "during", "since") else None
    return None


def _until(reading: Reading, time: Time) -> Time | None:
    """The date behind "until …" that follows a length."""
    hit = (
        phrases(reading, "until").at(reading.tokens, time.last, len(reading.tokens)) if time.last < len(reading.tokens) else None
    )
    if hit is None:
        return None
    stop = sentence_at(reading, time.first)[1]
    date = next((t for t in times_in(reading, hit.last, stop) if t.mention.type == "date"), None)
    if date is None or any(token.kind == "mark" for token in reading.tokens[hit.last : date.first]):
        return None
    return date


def _ended(reading: Reading, start: Time, verb: Hit) -> Time | None:
    """The date of what ended a thing (it fell, was taken, ended), the last one told before its length, in one sentence with it."""
    first = max(sentence_at(reading, verb.first)[0], start.last)
    dates = [t for t in times_in(reading, first, verb.first) if t.mention.type in ("date", "period", "duration")]
    if len(dates) != 1 or dates[0].mention.type != "date" or dates[0].mention.relation not in ("", "during"):
        return None
    ends = verbs_in(reading, first, dates[0].first, ("end", "conquer", "enter", "capture", "surrender", "lose", "win"))
    return dates[0] if ends and ends[-1][1] <= dates[0].first else None


def _dated(time: Time) -> bool:
    mention = time.mention
    whole = mention.value is not None and mention.value.precision in ("day", "month", "year")
    return stated(mention) and whole and mention.type == "date"


def _told_day(time: Time) -> bool:
    """A day and month whose year is that of the beginning."""
    parts = dict(time.mention.parts)
    return time.mention.anchor == "narrative" and time.mention.value is not None and "month" in parts and "part" not in parts


def _since(reading: Reading, time: Time) -> tuple[Time, Time] | None:
    """ "withdrew in February 1991, after an occupation of nine months since August 1990": the two dates on both sides."""
    tokens = reading.tokens
    hit = phrases(reading, "since").at(tokens, time.last, len(tokens)) if time.last < len(tokens) else None
    first, last = sentence_at(reading, time.first)
    times = times_in(reading, first, last)
    index = next(k for k, t in enumerate(times) if t is time)
    if hit is None or not 0 < index < len(times) - 1:
        return None
    end, start = times[index - 1], times[index + 1]
    if hit.last != start.first and not (hit.first >= start.first):
        return None
    if not (_dated(end) and _dated(start)) or end.mention.relation not in ("", "during"):
        return None
    after = next((h for h in reading.lexicon.relations.find(tokens, end.last, time.first) if h.value == "after"), None)
    if after is None or time.first - after.last > _NEAR or after.first - end.last > 1:
        return None
    return start, end


# ---------------------------------------------------------------- events of the reference


def _known(context: Context, time: Time) -> Iterator[Finding]:
    reading = context.reading
    verb = lasting_verb(reading, time)
    mention = _event_beside(context, verb, time) if verb is not None else _event_behind(reading, time)
    if mention is None:
        return
    events = context.events(mention)
    if not events or len(events) != len(mention.ids()):
        return
    spans = [moments.length_days(event.when) for event in events if event.when is not None and long_event(event)]
    wrong = _wrong(reading, time, spans) if len(spans) == len(events) else []
    if not wrong or not all(_far(time, low, high) for low, high in wrong):
        return
    yield context.finding(
        min(mention.first, verb.first if verb else time.first),
        max(time.last, mention.last) if verb is None else time.last,
        {
            "event": events[0],
            "known": events[0].when,
            "stated": reading.text(time.first, time.last),
            "real": spell(context, *wrong[0], time.mention.edtf[-1:]),
        },
        cite(events[0]),
    )


def _event_behind(reading: Reading, time: Time) -> Mention | None:
    """The event that a length is an adjective of: "the nine-month siege of Tenochtitlan"."""
    if time.last < 2 or reading.tokens[time.last - 2].norm != "-":
        return None
    mention = reading.mention_at.get(time.last)
    return mention if mention is not None and mention.has("event") and mention.how == "name" else None


def _event_beside(context: Context, verb: Hit, time: Time) -> Mention | None:
    """The event that is the subject of the verb: behind it in Arabic, before it in English, with nothing else between."""
    reading = context.reading
    for mention in reading.mentions:
        if not mention.has("event") or (mention.how == "anaphor" and mention.ids() != reading.topic):
            continue
        if _in_relative(reading, mention, verb):
            if filling(reading, verb.last, time.first, ("hedges", "lasting", "joining")) is not None:
                return mention
        elif reading.lang == "ar":
            behind = mention.last if mention.first == verb.last else verb.last if _leading(reading, mention, verb) else None
            if behind is not None and filling(reading, behind, time.first, ("hedges", "lasting", "joining")) is not None:
                return mention
        elif mention.last == verb.first and filling(reading, verb.last, time.first, ("hedges", "lasting", "joining")) is not None:
            before = reading.tokens[mention.first - 1].norm if mention.first else ""
            before = (
                reading.tokens[mention.first - 2].norm if before in members(reading, "article") and mention.first > 1 else before
            )
            if before not in members(reading, "matter_of") and before not in reading.lexicon.prepositions:
                return mention
    return None


def _leading(reading: Reading, mention: Mention, verb: Hit) -> bool:
    """Whether an Arabic sentence or clause begins with an event and goes on with its verb: «حرب الخليج الأولى دامت …»."""
    if mention.last != verb.first or preposition(reading, mention):
        return False
    before = reading.tokens[mention.first - 1] if mention.first else None
    return before is None or before.kind == "mark" or mention.first == sentence_at(reading, mention.first)[0]


def _in_relative(reading: Reading, mention: Mention, verb: Hit) -> bool:
    """Whether the verb stands in a relative clause right behind the event: «الحرب التي دامت», "the war, which lasted"."""
    words = [reading.tokens[k].norm for k in range(mention.last, verb.first)]
    return 0 < len(words) <= 2 and words[-1] in reading.lexicon.relatives and words[0] in (*reading.lexicon.relatives, ",", "،")


_TYPES = frozenset({"war", "siege", "blockade", "battle", "campaign", "revolt", "occupation", "conference", "operation", "era"})


def long_event(event: Event) -> bool:
    """Whether the reference gives the two ends of an event, and both to the year at least."""
    when: Moment | None = event.when
    if when is None or event.type not in _TYPES or None in when[:4] or when.precision not in ("day", "month", "year"):
        return False
    assert when.start_hi is not None
    assert when.end_lo is not None
    return when.end_lo > when.start_hi


def off_by_a_part(reading: Reading, time: Time, low: int, high: int) -> bool:
    """Whether a length is neither within what its words allow nor within a fifth of the real one."""
    days = time.mention.days
    return days is not None and bool(_wrong(reading, time, [(low, high)])) and (days[0] > high * _PART or days[1] * _PART < low)


_PART = 1.2


def _far(time: Time, low: int, high: int) -> bool:
    """Whether a length is so far off that no other way to count its ends explains it."""
    days = time.mention.days
    assert days is not None
    return days[0] > high * 1.4 + 2 or days[1] * 1.4 + 2 < low
