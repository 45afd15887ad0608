"""How long something had lasted when it ended on a day that tells what it was: «سقطت … في 26 مارس 1913 بعد حصار دام سنتين».

The text need not name the siege, war or reign beside its length: among what it names, the reference has one of that kind which
ended on that date. Options: `of` is event or reign.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..bind import apart, part_of
from ..chronology import moment as moments
from ..facts import Entity, Event
from ..lexicon import Hit
from ..model import Finding, Moment
from ..prepositions import named_in
from ..reading import Reading, Time
from .arithmetic import UNITS, spell, tolerant
from .context import RULING, Context, cite, reigns
from .lasting import long_event, off_by_a_part
from .ruled import reign_lengths
from .wordlists import denied, filling, has, members, phrases, sentence_at, times_in, verbs_in

_TYPES = {
    "long_siege": frozenset({"siege", "blockade", "battle"}),
    "long_war": frozenset({"war", "battle", "campaign", "revolt", "siege", "operation", "blockade"}),
    "long_occupation": frozenset({"occupation", "campaign"}),
}
"""What the nouns of each list may mean."""
_SHORT_TYPES = frozenset({"battle", "operation"})
"""What is not told in years."""
_TIMES = 8
"""How many times too long or too short a length may be that is that of an event."""
_NEAR = {"day": 20, "month": 4, "season": 31, "year": 0}
"""Days between the date of a text and the end that the reference has, by the precision of the text."""
_REACH = 8
_UNTIL = 12


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    reading = context.reading
    events = context.options["of"] == "event"
    for time in reading.times:
        mention = time.mention
        if mention.type != "duration" or mention.days is None or mention.edtf[-1:] not in UNITS:
            continue
        key = _noun(reading, time) if events else _reign_noun(reading, time)
        if not _whole(reading, time):
            continue
        begun = _begun(reading, time) if events else None
        end = _end(reading, time) if key and begun is None else []
        if not (end or begun) or _denied(reading, time):
            continue
        if begun is not None:
            yield from _events(context, time, [begun[1]], begun[0], "start")
        else:
            yield from _events(context, time, end, key, "end") if events else _reigns(context, time, end)


def _denied(reading: Reading, time: Time) -> bool:
    """Whether the statement is doubted; a negation before an earlier comma is that of another one."""
    if not denied(reading, time.first):
        return False
    number = reading.clause_at.get(time.first)
    if number is None or reading.in_quotation(time.first):
        return True
    return not reading.told(reading.clauses[number], time.first)


# ---------------------------------------------------------------- the length


def _noun(reading: Reading, time: Time) -> str:
    """The list of the noun whose length it is: «بعد حصار دام سنتين», "after five years of war", "the nine-month siege"; or ""."""
    tokens, keys = reading.tokens, tuple(_TYPES)
    table = phrases(reading, *keys)
    behind = time.last
    if behind < len(tokens) and tokens[behind].norm in members(reading, "of_it"):
        behind += 1
        hit = next((h for k in (behind, behind + 1) if k < len(tokens) and (h := table.at(tokens, k, len(tokens)))), None)
        if hit is not None and tokens[hit.first].norm not in members(reading, "also_points"):
            return str(hit.value)
    for at in range(time.first - 1, max(sentence_at(reading, time.first)[0], time.first - _REACH) - 1, -1):
        if tokens[at].kind != "word":
            return ""
        hit = table.at(tokens, at, time.first)
        if hit is not None:
            return str(hit.value) if _said_of(reading, hit.last, time.first) or _subject(reading, hit, time) else ""
    return ""


def _subject(reading: Reading, noun: Hit, time: Time) -> bool:
    """Whether a noun is what the Arabic verb before it says to have lasted: «دام القتال على شبه الجزيرة سنتين»."""
    lexicon = reading.lexicon
    table = phrases(reading, "lasted")
    if reading.lang != "ar" or noun.first == 0 or table.at(reading.tokens, noun.first - 1, noun.first) is None:
        return False
    rest = range(noun.last, time.first)
    return not rest or reading.tokens[noun.last].norm in lexicon.prepositions or has(reading, noun.last, noun.last + 1, "hedges")


_ADJECTIVES = 1
"""Words that may stand between a noun and "lasted": «بعد قتال بري دام …»."""


def _said_of(reading: Reading, first: int, last: int) -> bool:
    """Whether a length belongs to the noun before it: "siege of some", «حصار مرير دام نحو»."""
    keys = ("lasting", "lasted", "hedges", "relative")
    for skipped in range(_ADJECTIVES + 1):
        found = filling(reading, first + skipped, last, keys, "") if first + skipped <= last else None
        if found is not None and (set(found) & {"lasting", "lasted"} or (skipped == 0 and reading.tokens[first - 1].norm == "of")):
            return True
    if reading.lang == "ar":
        return False
    return any(
        first + skipped < last
        and reading.tokens[first + skipped].norm in members(reading, "of_it")
        and filling(reading, first + skipped + 1, last, ("hedges", "joining")) is not None
        for skipped in range(_ADJECTIVES + 1)
    )


def _reign_noun(reading: Reading, time: Time) -> str:
    """Whether a length is that of a rule: «بعد حكم دام 30 عاماً», "after a reign of nearly 30 years", "30 years on the throne"."""
    tokens, start = reading.tokens, sentence_at(reading, time.first)[0]
    table = phrases(reading, "enthroned")
    if time.last < len(tokens) and table.at(tokens, time.last, len(tokens)) and has(reading, time.first - 4, time.first, "after"):
        return "reign"
    table, stayed = phrases(reading, "reigning"), phrases(reading, "enthroned")
    for at in range(time.first - 1, max(start, time.first - _REACH) - 1, -1):
        if tokens[at].kind != "word":
            return ""
        hit = table.at(tokens, at, time.first)
        if hit is not None and at not in reading.mention_at:
            before = has(reading, at - 3, at, "after") or verbs_in(reading, at - 2, at, ("end", "dissolve"))
            said = hit.last == time.first or _said_of(reading, hit.last, time.first)
            if before and said:
                return "reign"
        hit = stayed.at(tokens, at, time.first)
        if hit is not None and at not in reading.mention_at:
            until = time.last < len(tokens) and phrases(reading, "until").at(tokens, time.last, len(tokens))
            return "reign" if until and filling(reading, hit.last, time.first, ("hedges", "joining", "lasting")) is not None else ""
    return ""


def _whole(reading: Reading, time: Time) -> bool:
    """Whether nothing else behind a length claims it: "two years later", «ثلاثة أيام من القصف»."""
    tokens, at = reading.tokens, time.last
    if at >= len(tokens) or tokens[at].kind == "mark" or has(reading, at, at + 3, "wherein", "until", "enthroned"):
        return True
    if tokens[at].norm in members(reading, "of_it"):
        return has(reading, at + 1, at + 3, *_TYPES)
    return tokens[at].norm not in members(reading, "goes_on")


# ---------------------------------------------------------------- its end


def _end(reading: Reading, time: Time) -> list[Time]:
    """The date told last before a length in its sentence, with its twin in another calendar, else that of "until …" behind it."""
    first, last = sentence_at(reading, time.first)
    before = times_in(reading, first, time.first)
    if before:
        since = has(reading, before[-1].first - 2, before[-1].first + 1, "since")
        twins = [t for t in before[-2:] if before[-1].first - t.last <= _TWINS and _dated(t)]
        return twins if _dated(before[-1]) and not since else []
    behind = next(iter(reading.times_from(time.last, min(last, time.last + _UNTIL))), None)
    if behind is not None:
        until = behind.mention.relation == "until" or has(reading, time.last, behind.first, "until")
        return [behind] if until and _dated(behind) else []
    summed_up = time.last - first <= _SHORT and verbs_in(reading, first, time.first, ("end", "dissolve"))
    if first == 0 or reading.tokens[first - 1].norm == "\n" or not summed_up:
        return []
    told = times_in(reading, sentence_at(reading, first - 1)[0], first)
    return [t for t in told[:2] if _dated(t)]


def _begun(reading: Reading, time: Time) -> tuple[str, Time] | None:
    """The noun and the beginning of "the war that had begun in 431 BC had lasted thirty years"."""
    first = sentence_at(reading, time.first)[0]
    before = times_in(reading, first, time.first)
    if not before or not _dated(before[-1]) or time.first - before[-1].last > _REACH + 2:
        return None
    start = before[-1]
    verbs = verbs_in(reading, first, start.first, ("begin",))
    if not verbs or start.first - verbs[-1][1] > 3 or not has(reading, start.last, time.first, "lasted"):
        return None
    if not has(reading, verbs[-1][0] - 3, verbs[-1][0], "relative") or has(reading, start.last, time.first, "relative"):
        return None
    table = phrases(reading, *_TYPES)
    hits = [hit for k in range(max(first, verbs[-1][0] - _REACH), verbs[-1][0]) if (hit := table.at(reading.tokens, k, verbs[-1][0]))]
    return (str(hits[-1].value), start) if hits else None


_TWINS = 2
_SHORT = 9
"""Words of a sentence that only sums up what the one before it told: «وبذلك انتهى حكم دام …»."""


def _dated(time: Time) -> bool:
    mention = time.mention
    return (
        mention.type == "date"
        and mention.value is not None
        and mention.value.precision in _NEAR
        and mention.relation in ("", "during", "until")
        and not any(key == "length" for key, _ in mention.parts)
    )


def _dated_at(when: Moment, end: Sequence[Time], part: str) -> bool:
    """Whether a known time ended, or began, at a date of the text, in any of its readings."""
    known = part_of(when, part)
    told = [value for time in end for value in (time.mention.value, *time.mention.readings)]
    return any(value is not None and not apart(value, known, _NEAR.get(value.precision, 0)) for value in told)


# ---------------------------------------------------------------- what ended


def _events(context: Context, time: Time, end: Sequence[Time], key: str, part: str) -> Iterator[Finding]:
    about = _about(context, time) if part == "start" or any(_fine(t) for t in end) else context.reading.named
    named = {fact for fact in about if (event := context.event(fact)) and event.type in _TYPES[key]}
    known = [event for fact in sorted(named) if (event := context.event(fact)) and event.when and _dated_at(event.when, end, part)]
    known = [event for event in known if event.type not in _SHORT_TYPES or time.mention.edtf[-1:] != "Y"]
    spans = [(event, moments.length_days(event.when)) for event in known if event.when is not None and long_event(event)]
    if any(event.id in context.reading.named and event not in [item[0] for item in spans] for event in known):
        return
    assert time.mention.days is not None
    stated = time.mention.days[0]
    for _, (low, high) in spans:
        if low is None or high is None or not off_by_a_part(context.reading, time, low, high):
            return
    if _length_of_another(context, time, end):
        return
    spans = [item for item in spans if stated < (item[1][1] or 0) * _TIMES and (item[1][0] or 0) < stated * _TIMES]
    spans.sort(key=lambda item: (item[0].id not in context.reading.named, _gap(item[0], end, part), abs((item[1][1] or 0) - stated)))
    if not spans:
        return
    event, (low, high) = spans[0]
    values = {
        "event": event,
        "known": event.when,
        "stated": context.reading.text(time.first, time.last),
        "real": spell(context, low or 0, high or 0, time.mention.edtf[-1:]),
    }
    related = [context.reading.span(end[-1].first, end[-1].last)]
    yield context.finding(time.first, time.last, values, cite(event), related=related)


def _length_of_another(context: Context, time: Time, end: Sequence[Time]) -> bool:
    """Whether two who are named in the sentence fought so long another time: "a peace with the Dutch, ending eighty years of conflict"."""
    named = {fact for m in named_in(context.reading, *sentence_at(context.reading, time.first)) for fact in m.ids("polity", "person")}
    counts = Counter(event for fact in named for event in context.reference.events_with(fact))
    events = (event for fact, count in counts.items() if count > 1 and (event := context.event(fact)) is not None)
    then = (event for event in events if event.when is not None and long_event(event) and _dated_at(event.when, end, "end"))
    lengths = [moments.length_days(event.when) for event in then if event.when is not None]
    return any(low is not None and high is not None and not off_by_a_part(context.reading, time, low, high) for low, high in lengths)


def _fine(time: Time) -> bool:
    """Whether a date says more than its year."""
    return time.mention.value is not None and time.mention.value.precision in ("day", "month")


def _gap(event: Event, end: Sequence[Time], part: str) -> int:
    """Days between the end (or start) of an event and the date of the text."""
    value = end[-1].mention.value
    return 0 if event.when is None or value is None else abs(apart(value, part_of(event.when, part)))


def _about(context: Context, time: Time) -> set[str]:
    """Events of the reference that the text names, and those of everybody and everything that the paragraph names so far."""
    reading = context.reading
    out = set(reading.named)
    for at in range(max(0, time.first - _PARAGRAPH), sentence_at(reading, time.first)[1]):
        mention = reading.mention_at.get(at)
        if mention is not None and mention.first == at and mention.has("place", "person", "event", "polity"):
            ids = mention.ids()
            out.update(event for fact in ids for event in context.reference.events_with(fact))
            out.update(whole for fact in mention.ids("event") for whole in context.reference.ancestors(fact))
    return out


_PARAGRAPH = 80
"""Words before a length whose names say what it may be about."""


def _reigns(context: Context, time: Time, end: Sequence[Time]) -> Iterator[Finding]:
    if time.mention.edtf[-1:] != "Y":
        return
    reading = context.reading
    first = sentence_at(reading, min(time.first, end[0].first))[0]
    if not verbs_in(reading, first, time.first, ("die", "kill", "unseat", "end", "dissolve")):
        return
    people = [person for fact in sorted(reading.named) if (person := context.entity(fact)) and person.kind == "person"]
    gone = [person for person in people if _gone(person, end)]
    known = [reign_lengths([role.when for role in reigns(person, RULING) if role.when]) for person in gone]
    if not gone or not all(known) or not _off(reading, time, [span for spans in known for span in spans]):
        return
    person = gone[0]
    rules = sorted((role.when for role in reigns(person, RULING) if role.when), key=lambda when: when.start_lo or 0)
    values = {
        "who": person,
        "known": moments.span(rules[0], rules[-1]),
        "stated": reading.text(time.first, time.last),
        "real": spell(context, *known[0][-1], "Y"),
    }
    yield context.finding(time.first, time.last, values, cite(person, "roles"), related=[reading.span(end[-1].first, end[-1].last)])


def _off(reading: Reading, time: Time, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a length is none of these, a year more or less."""
    least, most = tolerant(reading, time)
    return all(least > high + _YEAR or most + _YEAR < low for low, high in spans)


_YEAR = 366


def _gone(person: Entity, end: Sequence[Time]) -> bool:
    """Whether somebody who ruled died or lost his rule at a date."""
    rules = [role.when for role in reigns(person, RULING) if role.when is not None]
    return bool(rules) and any(_dated_at(when, end, "end") for when in (*rules, person.died) if when is not None)


