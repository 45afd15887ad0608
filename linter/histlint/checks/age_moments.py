"""Whose an age is and of which moment, where neither stands in its clause: "He was fifty-five." behind a death, "the 66-year-old
Lincoln died", «وكان يومئذ في الرابعة والثلاثين», «تولى الأمر وهو في السابعة عشرة».
"""

from __future__ import annotations

from collections.abc import Sequence

from ..bind import apart, same_day, subjects
from ..facts import Entity
from ..model import Moment
from ..reading import Clause, Reading, Time
from .context import RULING, Context, reigns
from .told_ages import Age
from .wordlists import filling, has, sentence_at, times_in, verbs_in

_GROWN = 15
_SHORT = 12
"""Words of a sentence that tells nothing but an age."""
_YEARS_OFF = 800
"""Days by which a death on the same day of a year may be told amiss."""
_THEN_BACK = 60
"""Words before "then" among which the moment is told."""
_PASSED = frozenset({"happen", "end", "begin"})


def on_day(died: Moment, told: Moment) -> bool:
    """Whether a death is that of a told day (a slip in the year allowed) or month."""
    if died.precision not in ("day", "month"):
        return False
    gap = apart(told, died)
    if "month" in (told.precision, died.precision):
        return gap == 0
    return abs(gap) <= 1 or (abs(gap) < _YEARS_OFF and same_day(told, died))


def only_age(reading: Reading, clause: Clause, age: Age) -> bool:
    """Whether a short sentence says only how old somebody was: "He was fifty-five years old."."""
    start, stop = reading.sentences[clause.sentence]
    if clause.sentence == 0 or stop - start > _SHORT or any(t.first < age.first or t.first >= age.last for t in reading.times_from(start, stop)):
        return False
    before = reading.sentences[clause.sentence - 1][0]
    if age.years < _GROWN or has(reading, before, stop, "family"):
        return False
    return not any(reading.tokens[k].norm == "\n" for k in range(before, start))


def dead_of_day(context: Context, clause: Clause, age: Age) -> Entity | None:
    """Who died on the day of the sentence before one that says only an age: the only one whom the text names."""
    reading = context.reading
    if not only_age(reading, clause, age):
        return None
    start = reading.sentences[clause.sentence][0]
    opens = reading.tokens[start].norm
    if reading.lang != "ar" and opens not in reading.lexicon.pronouns:
        return None
    before, behind = reading.sentences[clause.sentence - 1]
    if not verbs_in(reading, before, behind, ("die", "kill")):
        return None
    told = [t.mention.value for t in times_in(reading, before, behind) if t.mention.type == "date" and t.mention.value]
    if not told or told[-1].precision not in ("day", "month"):
        return None
    people = [p for fact in reading.named if (p := context.entity(fact)) is not None and p.kind == "person" and p.died]
    dead = [p for p in people if p.died is not None and on_day(p.died, told[-1])]
    return dead[0] if len(dead) == 1 else None


def then_told(reading: Reading, age: Age) -> Time | None:
    """The date told last before the sentence of "he was then thirty-five", «وكان يومئذ في الرابعة والثلاثين»."""
    start = sentence_at(reading, age.first)[0]
    if not has(reading, age.cue - 2, age.last, "at_that_time"):
        return None
    floor = max(0, start - _THEN_BACK)
    dates = [t for t in times_in(reading, floor, start) if t.mention.type in ("date", "period") and t.mention.value is not None]
    if not dates or any(reading.tokens[k].norm == "\n" for k in range(dates[-1].last, start)):
        return None
    last = dates[-1]
    assert last.mention.value is not None
    plain = last.mention.type == "date" and last.mention.relation in ("", "during") and "length" not in dict(last.mention.parts)
    return last if plain and last.mention.value.precision in ("day", "month", "year") else None


def acceded(context: Context, clause: Clause, age: Age, person: Entity) -> tuple[Moment, ...] | None:
    """When he came to power, where the last deed before an age is that and has no date; empty where some other deed comes between.

    None where no deed stands between the last date and the age.
    """
    reading = context.reading
    first = reading.sentences[clause.sentence][0]
    dates = [t for t in times_in(reading, first, age.cue) if t.mention.type in ("date", "period")]
    floor = max([first, *(t.last for t in dates)])
    if dates and not verbs_in(reading, first, dates[-1].first):
        return None  # a date at the front of a sentence holds for all of it
    verbs = [v for v in verbs_in(reading, floor, age.cue) if v[2] not in _PASSED and not has(reading, v[0], v[1], "aged", "being")]
    enthroned = has(reading, floor, age.cue, "acceding") or (bool(verbs) and verbs[-1][2] == "accede")
    if not verbs and not enthroned:
        if not dates or not has(reading, floor, age.cue, "pluperfect"):
            return None
        return _at_his_end(reading, first, dates[-1], person) if age.cue - _after(reading, dates[-1], age) <= _BEHIND else ()
    if verbs and verbs[-1][2] == "die":
        return (person.died,) if person.died is not None and _own_end(reading, verbs[-1][0], person) else ()
    if not enthroned or any(t.first >= age.last for t in times_in(reading, first, reading.sentences[clause.sentence][1])):
        return ()
    return tuple(role.when._replace(end_lo=role.when.start_lo, end_hi=role.when.start_hi) for role in reigns(person, RULING) if role.when)


def _after(reading: Reading, time: Time, age: Age) -> int:
    """The token behind a date and a comma, or behind the last comma before an age."""
    marks = [k + 1 for k in range(time.last, age.cue) if reading.tokens[k].kind == "mark"]
    return marks[-1] if marks else time.last


_BEHIND = 2
"""Words between a comma and the phrase of an age: «، وقد بلغ من العمر»."""


def _at_his_end(reading: Reading, first: int, time: Time, person: Entity) -> tuple[Moment, ...]:
    """When somebody died, where that is what the date before «وقد بلغ من العمر» is told of; else nothing."""
    verbs, told = verbs_in(reading, first, time.first), time.mention.value
    if not verbs or verbs[-1][2] != "die" or told is None or person.died is None or apart(person.died, told):
        return ()
    return (person.died,) if _own_end(reading, verbs[-1][0], person) else ()


def _own_end(reading: Reading, at: int, person: Entity) -> bool:
    """Whether the death at a token is that of a person alone."""
    deaths = [p for p in reading.predications if p.first == at and p.frame == "die" and p.form == "verb"]
    whose = {m.ids("person") for p in deaths for m in subjects(p)}
    if len(deaths) != 1 or (deaths[0].carried and reading.tokens[deaths[0].last].norm not in reading.lexicon.prepositions):
        return False
    return whose == {(person.id,)} and not has(reading, deaths[0].last, deaths[0].last + 2, "family")


def of_name(context: Context, age: Age) -> Entity | None:
    """Whose age stands right before his name: "the 66-year-old Lincoln"; or before the clause that he is the subject of."""
    reading = context.reading
    mention = reading.mention_at.get(age.last)
    if mention is None:
        start, stop = sentence_at(reading, age.first)
        comma = age.last < stop and reading.tokens[age.last].norm in (",", "،")
        fronted = age.cue - start <= 2 and comma
        mention = reading.mention_at.get(age.last + 1) if fronted else None
        told = [p for p in reading.predications if mention is not None and mention.last <= p.first < stop]
        if mention is None or not told or mention not in subjects(told[0]):
            return None
    people = context.people(mention)
    return people[0] if len(people) == 1 and len(mention.ids()) == 1 else None


def apposed(context: Context, age: Age) -> Sequence[Entity] | None:
    """Whose name stands behind an English age that stands for him, "the crown passed to a ten-year-old, Richard II": nobody where it is
    a name that the reference does not know, and None where none stands there."""
    reading = context.reading
    before = reading.tokens[age.first - 1].norm if age.first else ""
    comma = age.last + 1 < len(reading.tokens) and reading.tokens[age.last].norm == ","
    if reading.lang == "ar" or not comma or (before not in reading.lexicon.indefinite and before != "the"):
        return None
    mention, token = reading.mention_at.get(age.last + 1), reading.tokens[age.last + 1]
    if mention is not None and mention.has("person"):
        return context.people(mention)
    return () if token.kind == "word" and reading.document.text[token.start].isupper() else None


def date_behind(reading: Reading, age: Age) -> Time | None:
    """The one date of a sentence behind an age that stands before the name."""
    times = times_in(reading, age.last, sentence_at(reading, age.first)[1])
    dates = [t for t in times if t.mention.type in ("date", "period")]
    if len(dates) != 1 or dates[0].mention.type != "date" or dates[0].mention.relation not in ("", "during"):
        return None
    value = dates[0].mention.value
    verbs = [v for v in verbs_in(reading, age.last, dates[0].first) if v[2] not in _PASSED]
    one = value is not None and value.precision in ("day", "month", "year") and len(verbs) == 1
    return dates[0] if one and filling(reading, dates[0].first - 1, dates[0].first, ("relative",)) is None else None


