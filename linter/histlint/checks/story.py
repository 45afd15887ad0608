"""When the story is at a name: the dates of its sentence or paragraph, those told before and after it, short events named there."""

from __future__ import annotations

from collections.abc import Sequence

from ..bind import apart, era_unsure, turned
from ..extract import may_be_verb
from ..model import Moment, TimeMention, Token
from ..named_tuple import NamedTuple
from ..prepositions import named_in
from ..reading import Clause, Predication, Reading, Time
from ..tag.entities import Mention
from .context import Context

_YEAR = 366
SPAN = 120 * _YEAR
"""A paragraph whose dates lie further apart than this tells no single time."""


def story_time(context: Context, clause: Clause) -> Moment | None:
    """The time of a clause's sentence, else of its paragraph, else of the short event that the text is about."""
    when = when_of(context, clause)[0]
    if when is None and context.reading.topic:
        topic = context.event(context.reading.topic[0])
        when = topic.when if topic and topic.when and brief(topic.when) else None
    return when


class Bracket(NamedTuple):
    """The dates told last before a name and first after it; `after` is None only within one paragraph."""

    before: Moment
    after: Moment | None


def bracket(context: Context, clause: Clause, mention: Mention) -> Bracket | None:
    """Between which dates of the story a name stands, where the clause has none of its own and does not look back."""
    reading = context.reading
    tokens = reading.tokens
    dated = any(t.mention.type != "duration" for t in clause.times)
    if dated or any(tokens[k].norm in reading.lexicon.pluperfect for k in range(clause.first, clause.last)):
        return None
    told = [(t.first, t.mention.value) for t in reading.times if t.mention.type == "date" and _told(t.mention)]
    if any(era_unsure(reading.lang, t.mention) for t in reading.times_from(max(0, mention.first - _STORY), mention.first + _STORY)):
        return None
    before = [(at, value) for at, value in told if mention.first - _STORY < at < mention.first]
    after = [(at, value) for at, value in told if mention.first < at < mention.first + _STORY]
    if not before or before[-1][1] is None:
        return None
    if not after:
        return None if _parted(tokens, before[-1][0], mention.first) else Bracket(before[-1][1], None)
    return Bracket(before[-1][1], after[0][1])


_STORY = 120
"""Words in which a date still tells when the story is."""


def _told(mention: TimeMention) -> bool:
    value = mention.value
    fine = value is not None and value.precision in ("day", "month", "season", "year")
    return fine and mention.relation in ("", "about", "during") and not any(key == "length" for key, _ in mention.parts)


def _parted(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(tokens[k].norm == "\n" for k in range(first, last))


def when_of(context: Context, clause: Clause) -> tuple[Moment | None, bool]:
    """The span of the dates of the sentence (True), else of its paragraph; None where there are none or they are far apart."""
    reading = context.reading
    own = dates_of(reading, *reading.sentences[clause.sentence]) or _events(context, *reading.sentences[clause.sentence])
    if own:
        return (hull(own) if narrow(own) else None), True
    first, last = reading.sentences[clause.sentence]
    if any({"year", "century"} & dict(t.mention.parts).keys() for t in reading.times_from(first, last)):
        return None, True  # a year of its own, of an era that is not sure
    start = first
    while start > 0 and reading.tokens[start - 1].norm != "\n":
        start -= 1
    stop = last
    while stop < len(reading.tokens) and reading.tokens[stop - 1].norm != "\n":
        stop += 1
    around = dates_of(reading, start, stop) or _events(context, start, stop)
    return (hull(around) if around and narrow(around) else None), False


def dated_before(reading: Reading, clause: Clause) -> bool:
    """Whether the first date of a sentence stands no later than in this clause, or the sentence has none."""
    start, stop = reading.sentences[clause.sentence]
    first = next(reading.times_from(start, stop), None)
    return first is None or first.first < clause.last


def moves_on(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether "then" or an end stands before a name in its sentence: what follows may have come long after."""
    start = reading.sentences[clause.sentence][0]
    here = (*reading.before(clause), clause)
    ended = any(h.first < mention.first and h.value.frame == "end" for c in here for h in c.triggers)
    if ended or reading.lexicon.sequels.find(reading.tokens, start, mention.first):
        return True
    reign = next((h for h in reading.lexicon.reign_of.find(reading.tokens, clause.first, mention.first) if mention.first - h.last <= 3), None)
    return reign is not None and any(goes_on(reading, clause, reign.first, k) for k in range(clause.first + 1, reign.first))


def reckoned_after(reading: Reading, first: int) -> bool:
    """Whether a long time is counted in the sentence up to what stands behind "after": "four centuries, less a few days, after Selim I
    took it", «بعد أربعة قرون من استيلاء سليم الأول عليها»."""
    after = turned(reading, first) in ("after", "before")
    start = reading.sentences[reading.clauses[reading.clause_at[first]].sentence][0]
    return after and any((time.mention.days or (0, 0))[0] >= _LONG for time in reading.times_from(start, first))


_LONG = 3000
"""Days that are long enough to lead from one age to another."""


def goes_on(reading: Reading, clause: Clause, dated: int, at: int) -> bool:
    """Whether an Arabic verb at a token is joined behind a comma to another one that has the date."""
    tokens = reading.tokens
    if reading.lang != "ar" or tokens[at - 1].norm not in (",", "،") or tokens[at].norm[:1] not in ("و", "ف"):
        return False
    told = any(hit.first < dated and hit.value.form != "noun" for hit in clause.triggers)
    unknown = may_be_verb(reading, at) or reading.lexicon.telling.at(tokens, at, at + 1) is not None
    return told and (unknown or any(hit.first == at and hit.value.form != "noun" for hit in clause.triggers))


def passed(reading: Reading, clause: Clause, first: int, mention: Mention) -> bool:
    """Whether a verb parts a name from an Arabic "after": «وبعد أيام وصل فلان», «وقّع مندوبو الاتحاد», not «بعد أن مات فلان»."""
    if reading.lang != "ar" or reading.tokens[first].norm in reading.lexicon.clausal:
        return False
    return any(first < hit.first and 0 <= mention.first - hit.last <= 1 and hit.value.form == "verb" for hit in clause.triggers)


def of_another_member(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether all dates, or the events, of a sentence belong to another member of a list than a name: "commander during the war, and a
    founder of the league", "a founder of the league and winner of the prize in 1962". What opens a sentence is told of all."""
    start, stop = reading.sentences[clause.sentence]
    times: list[Time] | list[Mention] = list(reading.times_from(start, stop))
    times = times or [m for m in named_in(reading, start, stop) if m.has("event") and m is not mention]
    return bool(times) and all(_joined_between(reading, clause, mention, time.first, time.last) for time in times)


def _joined_between(reading: Reading, clause: Clause, mention: Mention, first: int, last: int) -> bool:
    tokens, start = reading.tokens, reading.sentences[clause.sentence][0]
    if first >= mention.last:
        return any(_joining(reading, k) for k in range(mention.last, first))
    commas = (k for k in range(max(last, clause.first), mention.first) if tokens[k].norm in _COMMAS)
    return first - start > _OPENING and any(_joining(reading, k + 1) for k in commas)


def _joining(reading: Reading, at: int) -> bool:
    """Whether a token joins a noun to others."""
    norm = reading.tokens[at].norm
    if reading.lang == "ar":
        return norm.startswith("وال")
    return norm in reading.lexicon.joins and not reading.lexicon.verbs.at(reading.tokens, at + 1, at + 3)


_OPENING = 4
"""Words before a date that opens a sentence."""
_COMMAS = frozenset(",،;؛")


def of_today(reading: Reading, clause: Clause) -> bool:
    """Whether an English clause without a date speaks of today: "is considered", "has been adapted"."""
    here = range(clause.first, clause.last)
    return reading.lang != "ar" and not clause.times and any(reading.tokens[k].norm in reading.lexicon.now for k in here)


def of_other_dates(reading: Reading, mention: Mention, when: Moment) -> bool:
    """Whether all dates around the bare name of a place lie far from the battle that it may stand for."""
    start = next((k for k in range(mention.first, 0, -1) if reading.tokens[k - 1].norm == "\n"), 0)
    stop = next((k for k in range(mention.last, len(reading.tokens)) if reading.tokens[k].norm == "\n"), len(reading.tokens))
    dates = dates_of(reading, start, stop)
    return bool(dates) and all(abs(apart(when, date)) > _ANOTHER for date in dates)


_ANOTHER = 60 * _YEAR
"""Days between the dates of a paragraph and a battle from which a town is spoken of for something else."""


def possessive(reading: Reading, mention: Mention) -> bool:
    """Whether an English name only says whose something was: "Kennedy's goal"."""
    behind = reading.document.text[mention.end : mention.end + 2]
    return reading.lang != "ar" and behind in ("'s", "’s")


def plainly_passive(reading: Reading, predication: Predication) -> bool:
    """Whether a verb without a subject is written as a passive: «أُسر»; «أسر صلاح الدين …» may go on to whom he took."""
    written = reading.text(predication.first, predication.last)
    return reading.lang != "ar" or predication.form != "passive" or _DAMMA in written


_DAMMA = "\u064f"


def unmeant(reading: Reading, mention: Mention) -> bool:
    """Whether a name is that of somebody else than is spoken of: «وهو غير أبي جعفر المنصور»."""
    return mention.first > 0 and reading.tokens[mention.first - 1].norm in reading.lexicon.other_than


def parallel(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a name begins something parallel behind a dated relative clause: «إلى السلطان محمد، الذي فتح … سنة 1453، وإلى …»."""
    tokens, start = reading.tokens, reading.sentences[clause.sentence][0]
    front = tokens[max(start, mention.first - 3) : mention.first]
    joined = any(token.norm[:1] == "و" and token.norm[1:] in reading.lexicon.prepositions for token in front)
    return joined and any(tokens[k].norm in reading.lexicon.relatives for k in range(start, mention.first))


def dates_of(reading: Reading, first: int, last: int) -> list[Moment]:
    """The whole dates, with a year of a sure era, that begin in a token range."""
    out = []
    for time in reading.times_from(first, last):
        value = time.mention.value
        if (
            value
            and time.mention.type in ("date", "period")
            and any(key.endswith("year") for key, _ in time.mention.parts)
            and not era_unsure(reading.lang, time.mention)
        ):
            if value.start_lo is not None and value.end_hi is not None and value.precision in ("day", "month", "season", "year"):
                out.append(value)
    return out


_STANDING = frozenset({"declaration", "law", "reform", "publication", "era", "building", "founding", "invention"})
"""Types of event whose names are mostly those of what they left behind: the Monroe Doctrine."""


def _events(context: Context, first: int, last: int) -> list[Moment]:
    """The times of the short events that are named in a range without a date."""
    out = []
    for mention in named_in(context.reading, first, last):
        events = context.events(mention) if mention.how == "name" else []
        if len(events) == 1 == len(mention.ids()) and events[0].type not in _STANDING and (when := events[0].when) and brief(when):
            out.append(when)
    return out


def brief(when: Moment) -> bool:
    """Whether a time is short enough to say when a story is."""
    return when.start_lo is not None and when.end_hi is not None and when.end_hi - when.start_lo < 16 * _YEAR


def narrow(dates: list[Moment]) -> bool:
    """Whether dates lie close enough to one another to tell of one time."""
    return max(d.end_hi or 0 for d in dates) - min(d.start_lo or 0 for d in dates) <= SPAN


def hull(dates: list[Moment]) -> Moment:
    """The span of several dates."""
    if len(set(dates)) == 1:
        return dates[0]
    low, high = min(dates, key=lambda d: d.start_lo or 0), max(dates, key=lambda d: d.end_hi or 0)
    calendars = {d.calendar for d in dates}
    calendar = calendars.pop() if len(calendars) == 1 else ""
    if calendar and {d.precision for d in dates} == {"year"}:
        return Moment(low.start_lo, low.start_hi, high.end_lo, high.end_hi, "year", calendar)
    return Moment(low.start_lo, low.start_lo, high.end_hi, high.end_hi, "year", calendar or "gregorian")


def listed(context: Context, clause: Clause, mention: Mention) -> bool:
    """Whether somebody is named among those who did something: «قاد العصابات رجال، منهم فلان وفلان»."""
    reading = context.reading
    start = reading.sentences[clause.sentence][0]
    hits = reading.lexicon.among.find(reading.tokens, start, mention.first)
    told = [*reading.before(clause), clause]
    deeds = any(p.form == "verb" and p.frame in _TOGETHER for c in told for p in reading.said.get(c.index, ()))
    if not hits or not deeds:
        return False
    between = range(hits[-1].last, mention.first)
    return not any(reading.tokens[k].norm in (".", ";", "؛", "\n") or k in reading.time_at for k in between)


_TOGETHER = frozenset({"lead", "act", "enter", "win", "meet", "sign", "besiege", "conquer", "invade", "support", "oppose", "lose", "capture"})
"""Deeds that several of the living do."""
