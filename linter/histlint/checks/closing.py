"""Lengths that close what two dates tell, in one sentence or two: "crossed on 25 July. The battle ended on 16 November, after eight
months"; "came to light in November 1969, five months later"; "ran from 10 July to 31 October; those six months"; "who became
king in 976 and died in 1025, reigned for thirty-nine years".

Each way has its own sure sign of the beginning and of the end, and no other date told before leads to the end in that length.
"""

from __future__ import annotations

from ..reading import Reading, Time
from ..tag import numbers
from .measures import any_fits, measured
from .wordlists import filling, has, members, sentence_at, stated, times_in, verbs_in

_WINDOW = 300
"""Words before a length from whose dates it may be counted."""
_NEAR = 3
_BEHIND = 12
_BEGINS = ("begin", "besiege", "found", "invade", "declare-war", "accede", "enter")
_ENDS = ("end", "conquer", "lose", "surrender", "enter", "capture", "dissolve")
_MARKS = ".,;:)؛،\n!"


def closing(reading: Reading, time: Time) -> tuple[Time, Time] | None:
    """Where a length begins and ends, of which it is the close."""
    if time.mention.type == "date":
        return _later(reading, time)
    return _later(reading, time) or _those(reading, time) or _held_till(reading, time)


def never(reading: Reading, time: Time) -> tuple[Time, Time] | None:
    """The period or the two dates that are said not to have reached a length: «من 255هـ إلى 270هـ، أي أنها لم تبلغ سبع سنوات»."""
    if not has(reading, time.first - _NEAR, time.first, "not_reaching") or not _closed(reading, time.last):
        return None
    first = sentence_at(reading, time.first)[0]
    here = _dates(reading, first, time.first)
    if not here or time.first - here[-1].last > _BEHIND or has(reading, here[-1].last, time.first, "relative"):
        return None
    if here[-1].mention.type == "period":
        return _ends(here[-1]) if len(here) == 1 else None
    return (here[0], here[1]) if len(here) == 2 and all(_date(t) for t in here) and _begun(reading, here[0]) else None


def _date(time: Time) -> bool:
    """Whether a time is a date with its year, or with day and month of a year told before."""
    mention = time.mention
    parts = dict(mention.parts)
    if mention.type != "date" or mention.value is None or mention.relation not in ("", "during", "until", "since") or "length" in parts:
        return False
    whole = stated(mention) or (mention.anchor == "narrative" and "month" in parts)
    return whole and mention.value.precision in ("day", "month", "year") and "part" not in parts


def _closed(reading: Reading, at: int) -> bool:
    """Whether nothing follows at a token that what stands before might be of."""
    return at >= len(reading.tokens) or reading.tokens[at].norm in _MARKS


def _dates(reading: Reading, first: int, last: int) -> list[Time]:
    return [t for t in times_in(reading, first, last) if t.mention.type in ("date", "period")]


def _before(reading: Reading, first: int) -> tuple[int, int] | None:
    """The sentence before the one that begins at a token, in its paragraph."""
    if first == 0 or reading.tokens[first - 1].norm == "\n":
        return None
    return sentence_at(reading, first - 1)


def _none_leads(reading: Reading, time: Time, start: Time, end: Time) -> bool:
    """Whether no date told before leads to the end in the length: of the sentence where it has the beginning too, else of the paragraph."""
    length = measured(reading, time)
    if length is None:
        return False
    first = sentence_at(reading, time.first)[0]
    if start.first < first:
        floor = max(0, time.first - _WINDOW)
        first = max([floor, *(at + 1 for at in range(floor, first) if reading.tokens[at].norm == "\n")])
    near = times_in(reading, first, time.first)
    dates = [t for t in near if t is not end and t.mention.type in ("date", "period") and t.mention.value is not None]
    return not any_fits(dates, end, length, 1)


# ---------------------------------------------------------------- "The battle ended on 16 November, after nearly eight months"


def after_end(reading: Reading, time: Time) -> tuple[Time, Time] | None:
    """A beginning with its date, then an end with its date and "after eight months" right behind: no longer than from the one to the other."""
    first = sentence_at(reading, time.first)[0]
    here = _dates(reading, first, time.first)
    end = here[-1] if here else None
    if end is None or not _date(end) or not _spent(reading, end, time):
        return None
    floor = here[-2].last if len(here) > 1 else first
    verbs = [v for v in verbs_in(reading, floor, end.first) if v[2] != "happen"]
    built = verbs and verbs[-1][2] == "open" and has(reading, time.last + 1, time.last + 3, "works")
    if not verbs or (verbs[-1][2] not in _ENDS and not built) or has(reading, floor, time.first, "relative"):
        return None
    start = here[-2] if len(here) > 1 else _only_date_before(reading, first)
    if start is None or not _date(start) or not _begun(reading, start):
        return None
    return (start, end) if _none_leads(reading, time, start, end) else None


def _spent(reading: Reading, end: Time, time: Time) -> bool:
    """Whether "after" and a length stand right behind a date, of nothing else than fighting or digging."""
    found = filling(reading, end.last, time.first, ("after", "hedges", "joining"), "،,")
    if found is None or ("after" not in found and time.mention.relation != "after"):
        return False
    if time.last < len(reading.tokens) and reading.tokens[time.last].norm in members(reading, "of_it"):
        return has(reading, time.last + 1, time.last + 3, "ongoing", "works")
    return _closed(reading, time.last)


def _only_date_before(reading: Reading, first: int) -> Time | None:
    sentence = _before(reading, first)
    dates = _dates(reading, *sentence) if sentence else []
    return dates[0] if len(dates) == 1 else None


def _begun(reading: Reading, start: Time) -> bool:
    """Whether a sentence tells a beginning with its date."""
    first, last = sentence_at(reading, start.first)
    near = (max(first, start.first - _BEHIND), min(last, start.last + _BEHIND))
    return bool(verbs_in(reading, *near, _BEGINS)) or has(reading, *near, "setting_out")


# ---------------------------------------------------------------- "came to light only in November 1969, five months later"


def _later(reading: Reading, time: Time) -> tuple[Time, Time] | None:
    """A date and "that is, five months later" right behind it: counted from the date told last before."""
    tokens, mention = reading.tokens, time.mention
    first = sentence_at(reading, time.first)[0]
    here = _dates(reading, first, time.first)
    end = here[-1] if here else None
    if end is None or not 0 < time.first - end.last <= _NEAR or not _date(end) or end.mention.relation:
        return None
    found = filling(reading, end.last, time.first, ("namely", "hedges", "only", "after"), "،,(")
    if not found or has(reading, time.first - 2, time.last + 1, "before"):
        return None
    if reading.lang == "ar":
        counted = "namely" in found and ("after" in found or mention.relation == "after" or has(reading, time.first, time.last, "after"))
    else:
        counted = mention.type == "date" and not dict(mention.parts).get("length", "-").startswith("-")
        counted = counted and found[0] in (",", "(") and has(reading, time.last - 1, time.last + 1, "counted_on")
    if not counted or not _closed(reading, time.last) or mention.anchor == "event" or dict(mention.parts).get("anchor") == "event":
        return None
    told = here[:-1] or _sentence_dates(reading, first)
    if not told or not _date(told[-1]) or told[-1].mention.relation or tokens[time.last - 1].norm == "\n":
        return None
    return (told[-1], end) if _none_leads(reading, time, told[-1], end) else None


def _sentence_dates(reading: Reading, first: int) -> list[Time]:
    sentence = _before(reading, first)
    return _dates(reading, *sentence) if sentence else []


# ---------------------------------------------------------------- "ran from 10 July to 31 October, and those six months"


def _those(reading: Reading, time: Time) -> tuple[Time, Time] | None:
    """ "Those six months" right behind a period, or two dates that a word of lasting joins."""
    first = sentence_at(reading, time.first)[0]
    if not has(reading, time.first - 3, time.first + 1, "those") or not _alone(reading, time):
        return None
    if not any(numbers.read(reading.numbers, at) for at in range(time.first, time.last)):
        return None  # "those days"
    here = _dates(reading, first, time.first) or _sentence_dates(reading, first)
    if not here or here[-1].mention.type != "period" or here[-1].mention.value is None:
        if len(here) != 2 or not all(_date(t) for t in here):
            return None
        joined = here[1].mention.relation == "until" or has(reading, here[1].first - 2, here[1].first, "until")
        return (here[0], here[1]) if joined and _begun_or_since(reading, here[0]) else None
    return _ends(here[-1])


def _alone(reading: Reading, time: Time) -> bool:
    """Whether a length that "those" stands before is not one of something else: "those two years of peace"."""
    return not (time.last < len(reading.tokens) and reading.tokens[time.last].norm in members(reading, "of_it"))


def _begun_or_since(reading: Reading, start: Time) -> bool:
    return start.mention.relation == "since" or has(reading, start.first - 2, start.first, "since", "from") or _begun(reading, start)


def _ends(period: Time) -> tuple[Time, Time] | None:
    value = period.mention.value
    if value is None:
        return None
    start = period.mention._replace(value=value._replace(end_lo=value.start_lo, end_hi=value.start_hi), readings=())
    end = period.mention._replace(value=value._replace(start_lo=value.end_lo, start_hi=value.end_hi), readings=())
    return period._replace(mention=start), period._replace(mention=end)


# ---------------------------------------------------------------- "became queen in June 1837. She died in 1901, after a reign of"


def reigned(reading: Reading, time: Time) -> tuple[Time, Time] | None:
    """Accession and death of one and the same, each with its date, and how long he reigned."""
    if time.mention.edtf[-1:] != "Y" or (not _closed(reading, time.last) and not has(reading, time.last, time.last + 3, "enthroned")):
        return None
    first = sentence_at(reading, time.first)[0]
    here = _dates(reading, first, time.first)
    behind = (here[-1].last if here else first, time.first)
    said = has(reading, *behind, "reigning") or has(reading, time.last, time.last + 3, "enthroned")
    if not here or not said:
        return None
    if len(here) == 1 and here[0].mention.type == "period":
        return _of_period(reading, here[0], time)
    if behind[1] - behind[0] > _BEHIND:
        return None
    carried = len(here) == 1 and _goes_on(reading, first)
    dates = [*(_sentence_dates(reading, first) if carried else []), *here]
    if len(dates) != 2 or not all(_date(t) for t in dates):
        return None
    start, end = dates
    begin = sentence_at(reading, start.first)[0]
    acceded = verbs_in(reading, begin, start.first, ("accede",)) or has(reading, begin, start.first, "acceding")
    gone = verbs_in(reading, max(first, start.last), end.first, ("die", "unseat", "kill"))
    if not acceded or len(gone) != 1 or _others(reading, begin, start, end, time):
        return None
    return start, end


def _of_period(reading: Reading, period: Time, time: Time) -> tuple[Time, Time] | None:
    """The years of a rule that a sentence gives: «في خلافة فلان (86–96هـ) … دام حكمه», "was caliph from 644 to 656 …, his years in office"."""
    floor = max(sentence_at(reading, period.first)[0], period.first - _TITLE)
    titles = reading.lexicon.titles.find(reading.tokens, max(floor, period.first - _NEAR), period.first)
    told = bool(titles) or has(reading, floor, period.first, "reign_of", "reign_marks")
    own = has(reading, time.first - _NEAR, time.first, "his_reign", "its_own")
    if not told or not own or not stated(period.mention) or _named(reading, period.last, time.first):
        return None
    return None if has(reading, period.last, time.first, "family", "relative") else _ends(period)


_TITLE = 7
"""Words before the years of a rule in which it is called one."""


def _goes_on(reading: Reading, first: int) -> bool:
    """Whether a sentence goes on with the subject of the one before: "She died …", «ومات …»."""
    if reading.lang == "ar":
        return bool(verbs_in(reading, first, first + 1, ("die", "unseat"))) and not _named(reading, first, first + _NEAR)
    return reading.tokens[first].norm in reading.lexicon.pronouns


def _named(reading: Reading, first: int, last: int) -> bool:
    return any(k in reading.mention_at and reading.mention_at[k].has("person") for k in range(first, last))


def _others(reading: Reading, begin: int, start: Time, end: Time, time: Time) -> bool:
    """Whether somebody else comes in between: a second name, a kinsman."""
    people = {m.ids("person") for k in range(begin, time.first) if (m := reading.mention_at.get(k)) and m.first == k and m.has("person")}
    return len(people) > 1 or has(reading, begin, time.first, "family") or has(reading, start.last, end.first, "relative")


# ---------------------------------------------------------------- "was besieged in September and held out for fifteen months. It fell in April"


def _held_till(reading: Reading, time: Time) -> tuple[Time, Time] | None:
    """A siege with its date and how long the place held out; then, in the next sentence, the day of its fall."""
    first, last = sentence_at(reading, time.first)
    here = _dates(reading, first, last)
    if len(here) != 1 or here[0].last > time.first or not _date(here[0]) or not has(reading, here[0].last, time.first, "held", "lasted"):
        return None
    if not verbs_in(reading, first, here[0].first, ("besiege", "begin", "invade")) and not has(reading, first, here[0].first, "besieging"):
        return None
    if last >= len(reading.tokens) or has(reading, here[0].last, time.first, "relative") or reading.tokens[last - 1].norm == "\n":
        return None
    stop = sentence_at(reading, last)[1]
    behind = _dates(reading, last, min(stop, last + _BEHIND))
    if not behind or not _date(behind[0]) or behind[0].mention.relation or reading.tokens[last].norm == "\n":
        return None
    fell = verbs_in(reading, last, behind[0].first, ("conquer", "lose", "surrender", "end", "capture"))
    return (here[0], behind[0]) if fell else None
