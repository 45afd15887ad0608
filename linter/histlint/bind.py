"""Which date belongs to what: the time that a clause gives for an event or a deed, and comparisons with the reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .chronology import calendars
from .chronology import moment as moments
from .model import Moment, TimeMention
from .named_tuple import NamedTuple
from .reading import Clause, Predication, Reading, Time
from .tag.entities import Mention

MAX_UNKNOWN = 3
"""Words of unknown meaning that may stand between an event and its date."""

_FRONT = 3
"""Words before a date with which it may still open its sentence."""
_WEAK = frozenset({"begin", "end", "happen"})
_TURNS = frozenset({"before", "after", "since", "until"})


class Dated(NamedTuple):
    """A time that a clause gives to something: `part` is start, end or whole; `close` where only a bracket stands between."""

    time: Time
    part: str
    close: bool


def date_of(reading: Reading, clause: Clause, first: int, last: int, own: Iterable[Mention] = ()) -> Dated | None:
    """The date that the clause gives for what stands at tokens `first` to `last`, or None where none is clearly its own.

    `own` are names that belong to it (the subject of a deed) and so do not keep a date before them apart from it.
    """
    times = list(_reachable(reading, clause))
    if not times:
        return None
    passed = frozenset(k for mention in own for k in range(mention.first, mention.last))
    if reading.clauses[clause.index] is not clause:  # with other triggers or times
        return _date_of(reading, clause, times, first, last, passed)
    key = ("date_of", clause.index, first, last, passed)
    if key not in reading.memo:
        reading.memo[key] = _date_of(reading, clause, times, first, last, passed)
    known: Dated | None = reading.memo[key]
    return known


def _date_of(
    reading: Reading, clause: Clause, times: Sequence[Time], first: int, last: int, passed: frozenset[int]
) -> Dated | None:
    best: tuple[int, Dated] | None = None
    for time in times:
        if time.mention.value is None or time.mention.type not in ("date", "period") or _counted_on(time.mention):
            continue
        gap = (last, time.first) if time.first >= last else (time.last, first)
        if gap[0] > gap[1] or (time.first < first and _told_already(reading, clause, time, first)):
            continue
        owner = reading.mention_at.get(time.first - 1)
        if time.first < first and owner is not None and owner.has("event") and owner.first < first and reading.lang == "ar":
            continue  # «غزو بولندا ١٩٣٩م، ومعركة ستالينجراد»
        cost = _cost(reading, clause, gap, passed, backwards=time.first < first)
        if cost is None:
            continue
        bracket = time.first - last == 1 and reading.tokens[last].norm == "("
        if best is None or cost < best[0]:
            best = cost, Dated(time, _part(reading, clause, first, last, time.first), bracket)
    return best[1] if best else None


def _told_already(reading: Reading, clause: Clause, time: Time, first: int) -> bool:
    """Whether a date belongs to the verb before it: «ضرب الدينار سنة 77هـ، وبنى قبة الصخرة»."""
    tokens = reading.tokens
    joined = any(hit.first == first and hit.clitic and hit.value.form != "noun" for hit in clause.triggers)
    if not joined or tokens[first - 1].norm not in (",", "،"):
        return False
    return time.first - reading.sentences[clause.sentence][0] > _FRONT


def era_unsure(lang: str, mention: TimeMention) -> bool:
    """Whether a bare Arabic year may as well be of the Hijra: «استولى على طليطلة سنة 478»."""
    parts = dict(mention.parts)
    if mention.value is not None and mention.value.calendar != "islamic" and any(r.calendar == "islamic" for r in mention.readings):
        return True
    year = parts.get("year", "")
    return lang == "ar" and year.isdigit() and int(year) < 1000 and not any(key.endswith("era") for key in parts)


def relative(reading: Reading, first: int, last: int) -> bool:
    """Whether a relative clause of its own gives the date: «معاهدة لوزان التي وُقعت سنة …»."""
    if first >= last or reading.tokens[first].norm not in reading.lexicon.relatives:
        return False
    hit = reading.lexicon.verbs.at(reading.tokens, first + 1, last) if first + 1 < last else None
    return bool(hit and hit.value.frame in (*_WEAK, "sign") and last - hit.last <= 3)


def _counted_on(mention: TimeMention) -> bool:
    """Whether a date was only reckoned from the one told before («بعد ذلك بعامين»): too unsure to refute with."""
    return any(key == "length" for key, _ in mention.parts)


def _reachable(reading: Reading, clause: Clause) -> Iterator[Time]:
    yield from clause.times
    if clause.index + 1 < len(reading.clauses):
        following = reading.clauses[clause.index + 1]
        if following.sentence != clause.sentence or not following.times:
            return
        if following.times[0].first - following.first <= 1 and reading.tokens[following.first].norm not in reading.lexicon.joins:
            yield following.times[0]
        elif following.triggers:
            hit = following.triggers[0]
            if hit.value.frame in _WEAK and hit.first - following.first <= 1 and following.times[0].first - hit.last <= 3:
                yield following.times[0]


def _cost(reading: Reading, clause: Clause, gap: tuple[int, int], passed: frozenset[int], *, backwards: bool) -> int | None:
    """How far apart, or None where something between them keeps them apart."""
    lexicon, tokens = reading.lexicon, reading.tokens
    unknown = commas = 0
    mentioned = reading.mention_at
    timed = {i for i in range(*gap) if i in reading.time_at}
    if reading.lang != "ar" and _of_next_noun(reading, gap, backwards=backwards):
        return None
    if timed and not backwards and any(reading.time_at[i].mention.type in ("date", "period") for i in timed):
        first = reading.time_at[min(timed)]
        if tokens[first.first - 1].norm != "(" and tokens[min(first.last, len(tokens) - 1)].norm not in ("(", "/", "،", ","):
            return None
    counted = (reading.time_at[i].last for i in timed if reading.time_at[i].mention.type == "duration")
    if backwards and any(tokens[k].norm in lexicon.prepositions for k in counted if k < len(tokens)):
        return None  # «في أوت 1961 وعام ونصف من فشل إنزال خليج الخنازير»
    if any(_counted_on(reading.time_at[i].mention) for i in timed):
        return None  # «24 يوليو 1922، أي بعد سنتين من معركة ميسلون»
    deeds = {
        i
        for c in reading.clauses[max(0, clause.index - 1) : clause.index + 2]
        for hit in c.triggers
        if hit.value.frame not in (*_WEAK, "sign") and hit.value.form != "noun" and not relative(reading, hit.first - 1, gap[1])
        for i in range(hit.first, hit.last)
    }
    at = gap[0]
    while at < gap[1]:
        token = tokens[at]
        if at in mentioned:
            bracketed = not backwards and mentioned[at].last < gap[1] and tokens[mentioned[at].last].norm == "("
            if bracketed and mentioned[at].has("person") and at not in passed:
                return None  # the years of somebody else
            if mentioned[at].has("event") or (backwards and mentioned[at].has("person") and at not in passed):
                return None
            if backwards and commas and _joins(reading, at):
                return None
            at += 1
            continue
        if at in deeds:
            return None
        if token.kind == "mark":
            if token.norm in "،,":
                commas += 1
                if commas > (1 if not backwards else 2) or (not backwards and tokens[gap[1] - 1].norm == "("):
                    return None  # the date in brackets is that of what stands before it
            elif token.norm in "؛;:":
                return None
        elif at not in timed and token.kind == "word":
            relation = lexicon.relations.at(tokens, at, gap[1])
            if relation and relation.value == "after" and not backwards and _manner(reading, relation.last, gap[1]):
                break  # "fell after a long siege in June 1098"
            if (relation and relation.value in _TURNS) or lexicon.managed.at(tokens, at, gap[1]):
                return None
            if lexicon.connectors.at(tokens, at, gap[1]) and token.norm not in lexicon.glue:
                return None
            if commas and not backwards and _follows_on(reading, at):
                return None  # «…، فرحل آخر جندي … في يونيو 1956»
            if not _known(reading, at):
                unknown += 1
                if unknown > (1 if backwards else MAX_UNKNOWN):
                    return None
            if (commas or (backwards and (unknown or at == gap[0]))) and _joins(reading, at):
                return None  # "the 1972 election and the Paris accords"; «…، وفي عام …»
        elif token.kind == "number" and at not in timed:
            unknown += 1
        at += 1
    return (gap[1] - gap[0]) + 3 * unknown + 4 * commas + (6 if backwards else 0)


def _of_next_noun(reading: Reading, gap: tuple[int, int], *, backwards: bool) -> bool:
    """Whether an English date belongs to something else: "the 1917 revolution", "in 1882 to commemorate …", "(1974), the …"."""
    tokens = reading.tokens
    if backwards:
        infinitive = any(tokens[k].norm == "to" and k + 1 < gap[1] and not _known(reading, k + 1) for k in range(*gap))
        return infinitive or (gap[0] < gap[1] and tokens[gap[0]].norm == ")")
    time = reading.time_at.get(gap[1])
    after = tokens[time.last] if time is not None and time.last < len(tokens) else None
    the = gap[1] > gap[0] and tokens[gap[1] - 1].norm == "the"
    if gap[1] - gap[0] >= 2 and tokens[gap[1] - 1].norm in ("in", "on", "during", "by") and tokens[gap[1] - 2].norm in reading.lexicon.joins:
        return True  # "the Boston Tea Party and in 1774 Parliament …"
    of = gap[1] > gap[0] and tokens[gap[1] - 1].norm == "of" and any(tokens[k].norm == "," for k in range(*gap))
    if of and reading.document.text[tokens[gap[1] - 2].start].isupper():
        return True  # "across the Louisiana Purchase, the Compromise of 1850 admitted …"
    short = time is not None and (time.last - time.first == 1 or tokens[gap[1] - 2].norm in reading.lexicon.joins)
    return the and after is not None and after.kind == "word" and short


def _follows_on(reading: Reading, index: int) -> bool:
    """Whether an Arabic word right behind a comma may be a verb behind «ف»."""
    norm = reading.tokens[index].norm
    joined = reading.lang == "ar" and norm.startswith("ف") and len(norm) > _JOINED and norm not in reading.lexicon.prepositions
    return joined and reading.tokens[index - 1].norm in ("،", ",") and not norm.startswith("فال")


_JOINED = 3
"""Letters of an Arabic word that is more than a conjunction."""


def _manner(reading: Reading, first: int, last: int) -> bool:
    """Whether all words from "after" to a date are an indefinite noun with its adjectives, which only tells how it came."""
    tokens, lexicon = reading.tokens, reading.lexicon
    words = range(first, last)
    if not 0 < len(words) <= _MANNER or any(tokens[k].kind != "word" or k in reading.mention_at or k in reading.time_at for k in words):
        return False
    if any((hit := lexicon.verbs.at(tokens, k, k + 1)) is not None and hit.value.form != "noun" for k in words):
        return False
    norms = [tokens[k].norm for k in words if tokens[k].norm not in lexicon.prepositions]
    if reading.lang != "ar":
        return bool(norms) and norms[0] in lexicon.indefinite
    light = lexicon.carriers | lexicon.glue | lexicon.pointing
    return bool(norms) and not any(norm.startswith("ال") or norm in light or norm.endswith(("ها", "هم")) for norm in norms)


_MANNER = 5
"""Words of such a noun."""


def _joins(reading: Reading, index: int) -> bool:
    """Whether a token begins something new: "and", و before a preposition."""
    lexicon, norm = reading.lexicon, reading.tokens[index].norm
    member = norm.startswith("وال") and index > 0 and reading.tokens[index - 1].norm in ("،", ",")  # «في 14 أكتوبر، والروس في فريدلاند»
    return member or norm in lexicon.joins or (norm.startswith("و") and norm[1:] in lexicon.prepositions)


def _known(reading: Reading, index: int) -> bool:
    lexicon, norm = reading.lexicon, reading.tokens[index].norm
    if norm in lexicon.glue or norm in lexicon.carriers or norm in lexicon.prepositions:
        return True
    if norm[:1] in ("و", "ف") and norm[1:] in lexicon.glue:
        return True
    hit = lexicon.verbs.at(reading.tokens, index, index + 1)
    return bool(hit and hit.value.frame in _WEAK) or bool(lexicon.titles.at(reading.tokens, index, index + 1))


def _part(reading: Reading, clause: Clause, first: int, last: int, dated: int) -> str:
    """Whether the clause speaks of the start or the end of what stands at these tokens; a relative clause that ends at the date says
    it first: «اندلعت حرب بوشين التي انتهت … عام 1869»."""
    if last < dated and reading.tokens[last].norm in reading.lexicon.relatives:
        told = [hit for hit in clause.triggers if last < hit.first < dated and hit.value.form != "noun"]
        if told and told[0].value.frame in ("begin", "end"):
            return "start" if told[0].value.frame == "begin" else "end"
    nearest: tuple[int, str] | None = None
    if turned(reading, first) == "during":
        return "whole"  # "broke out in 1792 during the French Revolution"
    for hit in clause.triggers:
        if hit.value.frame in ("begin", "end"):
            distance = first - hit.last if hit.last <= first else hit.first - last
            if 0 <= distance <= (6 if hit.value.form != "noun" else 1) and (nearest is None or distance < nearest[0]):
                nearest = distance, "start" if hit.value.frame == "begin" else "end"
    return nearest[1] if nearest else "whole"


def turned(reading: Reading, first: int) -> str:
    """The relation word (before, after, since, until …) that stands directly before token `first`, or ""."""
    tokens, lexicon = reading.tokens, reading.lexicon
    for start in lexicon.relations.starts(tokens, max(0, first - 6), first + 1):
        hit = lexicon.relations.at(tokens, start, len(tokens))
        if hit and hit.last <= first and all(_passed_over(reading, k, first - start) for k in range(hit.last, first)):
            return str(hit.value)
    return ""


def aside(reading: Reading, first: int) -> bool:
    """Whether what stands at a token only says when something else was: "after the battle of …"."""
    return turned(reading, first) in _TURNS


def _passed_over(reading: Reading, index: int, reach: int) -> bool:
    """Whether a word may stand between "after" and what it turns: a carrier, a verbal noun, «بعد سنتين من …»."""
    norm = reading.tokens[index].norm
    if reach <= 6 and (norm in reading.lexicon.carriers or _weak_noun(reading, index)):
        return True
    time = reading.time_at.get(index)
    if time is not None:
        return time.mention.type == "duration"
    after = reading.time_at.get(index - 1)
    return after is not None and after.mention.type == "duration" and norm in reading.lexicon.prepositions


def _weak_noun(reading: Reading, index: int) -> bool:
    for start in (index - 1, index):  # "the signing of"
        hit = reading.lexicon.nouns.at(reading.tokens, start, index + 2) if start >= 0 else None
        if hit and hit.first <= index < hit.last:
            return True
    return False


def part_of(moment: Moment, part: str) -> Moment:
    """The start or the end of a moment as a moment of its own."""
    if part == "start":
        return moment._replace(end_lo=moment.start_lo, end_hi=moment.start_hi)
    if part == "end":
        return moment._replace(start_lo=moment.end_lo, start_hi=moment.end_hi)
    return moment


def apart(a: Moment, b: Moment, slack: int = 0) -> int:
    """Days that certainly lie between two moments (positive: b later), 0 where they may meet within `slack` days."""
    if a.end_hi is not None and b.start_lo is not None and b.start_lo - a.end_hi > slack:
        return b.start_lo - a.end_hi
    if b.end_hi is not None and a.start_lo is not None and a.start_lo - b.end_hi > slack:
        return -(a.start_lo - b.end_hi)
    return 0


GREGORIAN_START = 2299161
"""15 October 1582: days before it are written in either calendar."""


def same_day(one: Moment, other: Moment) -> bool:
    """Whether two days have one day and month in different years: a slip in the year, however small."""
    return any(a[1:] == b[1:] and a[0] != b[0] for a, b in _days(one, other))


def other_month(one: Moment, other: Moment) -> bool:
    """Whether two days differ in nothing but the month: a slip in the month."""
    return any(a[0] == b[0] and a[2] == b[2] and a[1] != b[1] for a, b in _days(one, other))


def _days(written: Moment, known: Moment) -> Iterator[tuple[tuple[int, int, int], tuple[int, int, int]]]:
    """Two days as year, month and day, the known one also in the calendar of the East and of England after 1582."""
    if written.precision != "day" or written.start_lo is None or known.start_lo is None or known.end_hi is None:
        return
    if known.precision != "day" or known.end_hi - known.start_lo > _CALENDARS:
        return
    mine = calendars.convert(written.start_lo, "julian" if written.start_lo < GREGORIAN_START else "gregorian")
    if known.end_hi - known.start_lo > _WINDOW:  # one day in either calendar, where it is open which was meant
        yield mine, calendars.convert(known.start_lo, "gregorian")
        yield mine, calendars.convert(known.end_hi, "julian")
        return
    for jdn in range(known.start_lo, known.end_hi + 1):
        for calendar in ("julian",) if jdn < GREGORIAN_START else ("gregorian", "julian") if jdn < _JULIAN_END else ("gregorian",):
            yield mine, calendars.convert(jdn, calendar)


_WINDOW = 2
"""Days on any of which sources may put an event."""
_CALENDARS = 13
"""Days between the calendars at most."""
_JULIAN_END = 2361222
"""14 September 1752: Julian days of what came later are written only of Russia and the East."""


def same_month(written: Moment, known: Moment) -> bool:
    """Whether a written month is that of a known day in another year of its calendar: «ربيع الأول سنة 10» for that of 11."""
    if written.precision != "month" or known.precision not in ("day", "month") or None in (written.start_lo, known.start_lo, known.end_hi):
        return False
    calendar = written.calendar or "gregorian"
    if calendar == "gregorian" and written.start_lo is not None and written.start_lo < GREGORIAN_START:
        calendar = "julian"
    mine = calendars.convert((written.start_lo or 0) + 10, calendar)
    first, last = (calendars.convert(jdn or 0, calendar) for jdn in (known.start_lo, known.end_hi))
    return first[:2] == last[:2] and mine[1] == first[1] and mine[0] != first[0]


def slack_for(written: Moment, known: Moment) -> int:
    """Days by which a right statement may differ from the reference: time zones and "the next day", calendars, sources."""
    if written.precision == "day":
        old = (written.start_lo or 0) < GREGORIAN_START or (known.start_lo or 0) < GREGORIAN_START
        return 14 if old else 2
    if written.precision == "month":
        return 14 if (written.start_lo or 0) < GREGORIAN_START else 1
    return 1


def conflict(time: TimeMention, known: Moment, part: str = "whole") -> bool:
    """Whether no reading of a written date meets what the reference knows."""
    target = part_of(known, part)
    if part in ("start", "end") and known.precision in ("decade", "century", "era"):
        return False
    for value in (time.value, *time.readings):
        if value is None:
            return False
        if value.precision in ("century", "era") and known.precision in ("century", "era"):
            return False
        if time.relation in ("before", "until", "by"):
            if value.end_hi is None or target.start_lo is None or target.start_lo <= value.end_hi + 1:
                return False
        elif time.relation in ("after", "since") and time.type != "period":  # "from 1 to 3 July" has two ends
            if value.start_lo is None or target.end_hi is None or target.end_hi >= value.start_lo - 1:
                return False
        else:
            written = moments.about(value) if time.relation == "about" else value
            if not apart(written, target, slack_for(value, known)):
                return False
    if time.anchor == "narrative" and time.value is not None and time.value.precision in ("day", "month", "season"):
        return _other_day(time, target)
    return True


def _other_day(time: TimeMention, known: Moment) -> bool:
    """For a date whose year was taken from the text before it: whether it is also wrong in the event's own year."""
    parts = dict(time.parts)
    if time.value is not None and time.value.calendar == "islamic":
        shifted = (moments.shifted(time.value, round(years * _LUNAR)) for years in (-2, -1, 1, 2))
        return all(apart(value, known, _SIGHTED) for value in shifted)
    if not parts.get("month", "").isdigit() or known.start_lo is None or known.end_hi is None:
        return False
    if known.end_hi - known.start_lo > 200:
        return False
    for jdn in (known.start_lo, known.end_hi):
        year = calendars.convert(jdn, "julian" if jdn < GREGORIAN_START else "gregorian")[0]
        for other in (year - 1, year, year + 1):
            try:
                day = int(parts["day"]) if parts.get("day", "").isdigit() else None
                value = moments.of(other, int(parts["month"]), day)
            except ValueError:
                return False
            if not apart(value, known, slack_for(value, known)):
                return False
    return True


_LUNAR = 354.367
"""Days of a lunar year."""
_SIGHTED = 3
"""Days by which a month reckoned from another year may begin sooner or later."""


def subjects(predication: Predication) -> tuple[Mention, ...]:
    """Whom an intransitive deed (died, was born, acceded, surrendered) is said of."""
    if predication.form == "verb":
        return predication.agents
    if predication.form == "passive":
        return predication.patients  # the agents are those behind "by"
    return predication.patients or predication.agents


def only(mentions: Iterable[Mention], *kinds: str) -> list[Mention]:
    """The mentions that may be of these kinds."""
    return [mention for mention in mentions if mention.has(*kinds)]
