"""Ages of people whom the reference knows, against their birth and the moment that the text speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, subjects
from ..chronology import moment as moments
from ..facts import Entity
from ..lexicon import Hit
from ..model import Finding, Moment, Span
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from .age_moments import acceded, apposed, date_behind, dead_of_day, of_name, on_day, only_age, then_told
from .context import Context, cite
from .dated_lives import of_kin
from .measures import LUNAR
from .told_ages import Age, moment_behind, of_story, opens_moment, strangers, told_ages
from .wordlists import has


def check(context: Context) -> Iterator[Finding]:
    """Ages of people of the reference that do not follow from birth and moment."""
    reading = context.reading
    births = _births(context)
    for age in told_ages(reading):
        clause = reading.clauses[reading.clause_at[age.first]] if age.first in reading.clause_at else None
        if clause is None or any(_doubts(doubt, age) for doubt in clause.doubts):
            continue
        if reading.in_quotation(age.first) or clause.kind == "quote":
            continue
        person, whens, when_place = _person_and_moment(context, clause, age)
        if person is None:
            continue
        born, place = births.get(person.id, (person.born, None))
        if born is None:
            continue
        if not whens and (story := of_story(context, age)) is not None and story.mention.value is not None:
            whens, when_place = (story.mention.value,), reading.span(story.first, story.last)
        if not whens and person.died is not None and _died_before(context, clause, age, person):
            whens = (person.died,)
        if not whens and person.died is not None and dead_of_day(context, clause, age) == person:
            whens = (person.died,)
        found = [gap for when in whens if (gap := _wrong(age, born, when)) is not None]
        if not found or len(found) < len(whens):
            continue
        (low, high), when = found[0], whens[0]
        yield context.finding(
            age.first,
            age.last,
            {
                "person": person,
                "born": born,
                "when": when,
                "age": str(low) if low == high else f"{low}–{high}",
                "stated": str(age.years),
            },
            *([] if place else [cite(person, "life")]),
            related=[span for span in (place, when_place) if span],
        )


_KIN = 3
"""Words between a kinsman and the phrase of his age."""
_SOLAR = 2385000
"""A day of 1817: ages of those who were born later are told in solar years."""


def _wrong(age: Age, born: Moment, when: Moment) -> tuple[int, int] | None:
    """Fewest and most years from a birth to a moment, where an age is none of them."""
    low, high = moments.gap_years(born, when)
    if low is None or high is None or high < 0 or not apart(when, born):
        return None
    islamic = "islamic" in (born.calendar, when.calendar)
    slack = 2 if age.hedged or islamic or born.precision != "day" else 1
    if (born.start_lo or 0) < _SOLAR:
        slack += age.years // LUNAR
    if age.hedged:
        slack = max(slack, round(age.years * 0.1))
    return None if low - slack <= age.years <= high + slack else (low, high)


def _person_and_moment(context: Context, clause: Clause, age: Age) -> tuple[Entity | None, tuple[Moment, ...], Span | None]:
    """Whose an age is, and when he was of it: several moments where any may be meant, none where the text leaves it open."""
    reading = context.reading
    people = apposed(context, age)
    if people is not None:
        times = [t for t in clause.times if t.mention.type == "date" and t.last <= age.first and t.mention.value]
        if len(people) != 1 or len(times) != 1 or times[0].mention.relation not in ("", "during"):
            return None, (), None
        return people[0], (times[0].mention.value,), reading.span(times[0].first, times[0].last)  # type: ignore[return-value]
    person = of_name(context, age)
    if person is not None:
        behind = date_behind(reading, age)
        if behind is not None and behind.mention.value is not None:
            return person, (behind.mention.value,), reading.span(behind.first, behind.last)
    person = _whose(context, clause, age)
    if person is None:
        dead = _died_then(context, clause, age) or dead_of_day(context, clause, age)
        return dead, (dead.died,) if dead is not None and dead.died is not None else (), None
    throne = acceded(context, clause, age, person)
    if throne is not None and moment_behind(reading, age) is None:
        return person if throne else None, throne, None
    when, place = _at(context, clause, age, person)
    if when is None and (then := then_told(reading, age)) is not None:
        when, place = then.mention.value, reading.span(then.first, then.last)
    return person, (when,) if when is not None else (), place


def _died_before(context: Context, clause: Clause, age: Age, person: Entity) -> bool:
    """Whether the sentence before told a death, and this one says only how old he was: "He was fifty-five years old."."""
    reading = context.reading
    if not only_age(reading, clause, age):
        return False
    before, behind = reading.sentences[clause.sentence - 1]
    for predication in reading.predications:
        if before <= predication.first < behind and predication.frame in ("die", "kill") and predication.form != "noun":
            who = predication.patients if predication.frame == "kill" else subjects(predication)
            if any(person.id in m.ids("person") for m in who):
                return True
    return False


def _doubts(doubt: Hit, age: Age) -> bool:
    """Whether a doubt reaches the age: what is only denied behind it («عن اثنين وثلاثين عاماً، ولم يخسر معركة») does not."""
    return doubt.value not in ("plan", "question") and not (doubt.value == "negation" and doubt.first >= age.last)


def _died_then(context: Context, clause: Clause, age: Age) -> Entity | None:
    """Whose death a clause without a subject tells: the only one of the text who died on that day, or in that month."""
    reading = context.reading
    deaths = [
        p
        for p in reading.said.get(clause.index, ())
        if p.frame in ("die", "kill") and p.asserted and p.form in ("verb", "passive") and p.last <= age.first
    ]
    if len(deaths) != 1 or (deaths[0].frame == "kill" and deaths[0].form != "passive" and reading.lang != "ar"):
        return None
    if (deaths[0].agents or deaths[0].patients) and not deaths[0].carried:
        return None
    start = reading.sentences[clause.sentence][0]
    if has(reading, clause.first, age.cue, "family", "relative") or not _without_subject(reading, start, deaths[0]):
        return None
    dates = [
        t
        for t in clause.times
        if t.mention.type == "date" and deaths[0].last <= t.first < age.first and t.mention.value and not t.mention.relation
    ]
    if not dates or any(t.mention.value.precision not in ("day", "month") for t in dates[:1] if t.mention.value):
        return None
    told = dates[0].mention.value
    assert told is not None
    others = [m for m in named_in(reading, start, age.first) if m.has("person")]
    if others and told.precision != "day":
        return None
    people = [p for fact in reading.named if (p := context.entity(fact)) is not None and p.kind == "person" and p.died]
    then = [p for p in people if p.died is not None and on_day(p.died, told)]
    return then[0] if len(then) == 1 else None


def _without_subject(reading: Reading, start: int, death: Predication) -> bool:
    """Whether a verb has no noun beside it: it opens its clause, and a preposition or a date follows."""
    tokens, lexicon, at = reading.tokens, reading.lexicon, death.first - 1
    if at >= start and tokens[at].kind != "mark" and tokens[at].norm not in (*lexicon.joins, *lexicon.pronouns):
        return False
    if death.last >= len(tokens) or death.last in reading.time_at or tokens[death.last].norm in lexicon.prepositions:
        return True
    return reading.lang == "ar" and tokens[death.last].norm.startswith(("بال", "لل"))


def _births(context: Context) -> dict[str, tuple[Moment, Span]]:
    """Births that the text itself dates."""
    from ..bind import date_of

    reading = context.reading
    out: dict[str, tuple[Moment, Span]] = {}
    for predication in reading.predications:
        if predication.frame != "born" or not predication.asserted or of_kin(reading, predication):
            continue
        who = [m for m in subjects(predication) if m.has("person")]
        clause = reading.clauses[predication.clause]
        dated = date_of(
            reading, clause, predication.first, max([predication.last, *(m.last for m in who if m.first >= predication.first)])
        )
        if len(who) == 1 and dated and dated.time.mention.value and len(context.people(who[0])) == 1:
            out.setdefault(
                context.people(who[0])[0].id, (dated.time.mention.value, reading.span(dated.time.first, dated.time.last))
            )
    return out


_OF_DEATH = 5
"""Words behind "the death of" within which an age is that of the dead."""
_BESIDE = 2
"""Words that may stand between a name and the age of its bearer."""


_ENDS = ("die", "kill")


def _died_otherwise(clause: Clause, person: Entity) -> bool:
    """Whether a clause has another date than that of somebody's death."""
    dates = [t.mention.value for t in clause.times if t.mention.type == "date" and t.mention.value is not None]
    return person.died is not None and any(apart(person.died, date) for date in dates)


def _whose(context: Context, clause: Clause, age: Age) -> Entity | None:
    """Whose age it is: the one who dies or accedes in the sentence before it, else the person that the text is about."""
    reading = context.reading
    best = None
    related = _in_relative(context, clause, age)
    if related is not None:
        return related
    for predication in reading.predications:
        if (
            reading.clauses[predication.clause].sentence == clause.sentence
            and predication.first <= age.last
            and predication.form != "noun"
        ):
            who = [m for m in subjects(predication) if m.has("person")]
            if len(who) == 1:
                people = context.people(who[0])
                best = people[0] if len(people) == 1 else None
                if best is not None and predication.carried and predication.frame in _ENDS and _died_otherwise(clause, best):
                    best = None  # the date of the death is another's
                if predication.carried and has(reading, reading.sentences[clause.sentence][0], predication.first, "relative"):
                    return None  # "… the year that Michelangelo died, and died in 1616"
    start = reading.sentences[clause.sentence][0]
    if any(p.form == "noun" and p.frame == "die" and 0 <= age.cue - p.last <= _OF_DEATH for p in reading.said.get(clause.index, ())):
        return None  # «وبعد وفاة فلان عن خمسة عشر عاماً»
    aside = {
        m for p in reading.predications if p.form == "noun" and start <= p.first < age.first for m in (*p.agents, *p.patients)
    }
    named = [m for m in named_in(reading, start, age.first) if m.has("person") and m.how != "anaphor" and m not in aside]
    if not named and any(token.norm in reading.lexicon.topicalisers for token in reading.tokens[start : age.cue]):
        return None  # «أما الوزير فتوفي …»
    he = any(reading.tokens[k].norm in _HE for k in range(age.cue - 2, age.first))
    if he and len({m.ids("person") for m in named}) > 1:
        return None  # «كان ابن عباس صغيراً، توفي النبي وهو ابن ثلاث عشرة سنة»
    since = {reading.tokens[k].norm for k in range(named[-1].last, age.cue)} if named and reading.lang == "ar" else set()
    if named and reading.lexicon.kinsmen & {*since, preposition(reading, named[-1])}:
        return None  # «أصغر أبناء السلطان …، وعمره …»
    if named and has(reading, named[-1].last, age.cue, "family") and has(reading, age.cue, age.first, "year_of_life"):
        return None  # «مات الملك فؤاد، فخلفه ابنه فاروق وقد أتم عامه السادس عشر»
    if named and reading.lang != "ar" and has(reading, max(named[-1].last, age.cue - _KIN), age.cue, "family"):
        return None  # "When Edward IV died, his heir was a boy of twelve."
    if named and has(reading, start, named[-1].first, "family") and has(reading, named[-1].last, age.cue, "relative"):
        return None  # "son and heir to the throne of Justinian, who was killed at the age of six"
    if named and best is not None and best.id not in named[-1].ids("person"):
        if age.first - named[-1].last > _BESIDE:
            return None  # somebody else was named since
        people = context.people(named[-1])  # "by Charles XII, then eighteen years old"
        best = people[0] if len(people) == 1 else None
    if best is None and len({m.ids("person") for m in named}) == 1 and not preposition(reading, named[0]):
        people = context.people(named[0])  # "Napoleon was thirty-five when …"
        if len(people) == 1 and not strangers(reading, start, age.cue, frozenset([people[0].id])):
            best = people[0]
    if best is None and not named:
        best = _pronoun_subject(context, clause.sentence, age)
    known = frozenset(reading.topic)
    if best is None and _nameless(reading, start, age):
        return None
    if best is None and known and not _by_title(context, start, age) and _told_of_another(reading, start, known):
        return None
    if best is None and known and not _behind_name(reading, start, age) and not strangers(reading, start, age.cue, known):
        best = context.entity(reading.topic[0])
    return best if best is not None and best.kind == "person" else None


def _in_relative(context: Context, clause: Clause, age: Age) -> Entity | None:
    """Of whom a short Arabic relative clause tells the age: «ابنه فيصل الثاني الذي احتفل بعيد ميلاده التاسع»."""
    reading = context.reading
    start = max(reading.sentences[clause.sentence][0], age.cue - _RELATED)
    named = [m for m in named_in(reading, start, age.cue) if m.has("person") and m.how != "anaphor"]
    if reading.lang != "ar" or not named or reading.tokens[named[-1].last].norm not in reading.lexicon.relatives:
        return None
    behind = range(named[-1].last, age.cue)
    if any(reading.tokens[k].norm in (",", "،") for k in behind) or has(reading, behind.start, behind.stop, "family"):
        return None
    people = context.people(named[-1])
    return people[0] if len(people) == 1 else None


_RELATED = 12
"""Words of a relative clause before an age in it."""


def _by_title(context: Context, start: int, age: Age) -> bool:
    """Whether a sentence calls him that the text is about by his office alone: «دخل السلطان المدينة وقد بلغ …»."""
    reading = context.reading
    person = context.entity(reading.topic[0]) if reading.topic else None
    offices = {role.office for role in person.roles} if person is not None else set()
    for k in reading.lexicon.titles.starts(reading.tokens, start, age.cue) if offices and reading.lang == "ar" else ():
        hit = reading.lexicon.titles.at(reading.tokens, k, age.cue)
        alone = hit is not None and hit.last not in reading.mention_at and reading.tokens[k].norm.startswith("ال")
        if hit is not None and alone and offices & {*hit.value}:
            return True
    return False


def _told_of_another(reading: Reading, start: int, known: frozenset[str]) -> bool:
    """Whether the sentence before, in the same paragraph, is of one man, who is not he that the text is about."""
    number = next((n for n, (first, _) in enumerate(reading.sentences) if first == start), 0)
    if not number or any(reading.tokens[k].norm == "\n" for k in range(reading.sentences[number - 1][0], start)):
        return False
    people = {m.ids("person") for m in named_in(reading, *reading.sentences[number - 1]) if m.has("person")}
    return len(people) == 1 and not known & {*next(iter(people))} and not _bare_name(reading, number - 1, known)


def _bare_name(reading: Reading, sentence: int, known: frozenset[str]) -> bool:
    """Whether a sentence has the first word of the name by which the text calls somebody, alone: «فجلس سليمان على العرش»."""
    tokens, titles = reading.tokens, reading.lexicon.titles
    named = [m for m in reading.mentions if m.how != "anaphor" and known & {*m.ids("person")}]
    given = {next((tokens[k].norm for k in range(m.first, m.last) if not titles.at(tokens, k, m.last)), "") for m in named}
    start, stop = reading.sentences[sentence]
    return any(reading.tokens[k].norm.lstrip("وف") in given for k in range(start, stop) if k not in reading.mention_at)


_HE = frozenset({"وهو", "وهي"})
_BACK = 5
"""Sentences over which "he" is followed back to a name."""


def _pronoun_subject(context: Context, sentence: int, age: Age) -> Entity | None:
    """Whom "he" means at the front of a sentence: the one whose name opens a sentence before it, with only "he" since."""
    reading = context.reading
    if reading.lang == "ar":
        return None
    for number in range(sentence, max(-1, sentence - _BACK), -1):
        start, stop = reading.sentences[number]
        stop = min(stop, age.cue + 1)
        he = next((k for k in range(start, stop) if reading.tokens[k].norm in reading.lexicon.pronouns), stop)
        first = next((m for m in named_in(reading, start, stop) if m.has("person") and not preposition(reading, m)), None)
        if first is not None and first.first < he:
            people = context.people(first)
            opens = first.first - start <= 1 and len(people) == 1
            return people[0] if opens and number < sentence else None
        if he == stop and stop - start > 2 and not strangers(reading, start, stop):
            return None
        if strangers(reading, start, he):
            return None
    return None


def _nameless(reading: Reading, start: int, age: Age) -> bool:
    """Whether an English sentence begins with a subject that the reference does not have: "Kublai died in 1294 at the age of …"."""
    token = reading.tokens[start]
    unknown = token.kind == "word" and start not in reading.mention_at and start not in reading.time_at
    known = token.norm in reading.lexicon.pronouns | reading.lexicon.fillers | reading.lexicon.prepositions
    verbs = [p for p in reading.predications if p.first == start + 1 and p.form == "verb" and not p.agents]
    return reading.lang != "ar" and unknown and not known and bool(verbs) and age.first > start


def _behind_name(reading: Reading, start: int, age: Age) -> bool:
    """Whether the age stands behind a name that the reference does not have: "by Charles XII, then eighteen years old"."""
    at = age.cue - 1
    while at > start and (reading.tokens[at].norm in (",", "(") or has(reading, at, at + 1, "aged", "hedges", "then")):
        at -= 1
    return at > start and reading.document.text[reading.tokens[at].start].isupper()


_KIN = 2
"""Words behind "the death of" within which a kinsman is the one who died."""
_OF_BIRTH = 6
"""Words behind a birth within which a date is its own."""


def _at(context: Context, clause: Clause, age: Age, person: Entity) -> tuple[Moment | None, Span | None]:
    """When he was of that age: the date of the sentence, else his death where the clause tells it."""
    reading = context.reading
    behind = moment_behind(reading, age)
    if behind is not None:
        return behind.mention.value, reading.span(behind.first, behind.last)
    opened = opens_moment(reading, age)
    if opened is not None:
        stop = reading.sentences[clause.sentence][1]
        deaths = [p for p in reading.predications if p.frame == "die" and opened <= p.first <= min(opened + 1, stop - 1)]
        own = deaths and (deaths[0].carried or not deaths[0].agents) and deaths[0].form == "verb"
        return (person.died, None) if own and not _named_behind(reading, deaths[0].last, stop) else (None, None)
    dates = [
        t
        for c in reading.clauses
        if c.sentence == clause.sentence
        for t in c.times
        if t.mention.type == "date" and t.mention.value and t.last <= age.first and t.mention.relation in ("", "about")
    ]
    births = [p for p in reading.predications if p.frame == "born" and reading.clauses[p.clause].sentence == clause.sentence]
    of_births = {next((t for t in dates if 0 <= t.first - p.last <= _OF_BIRTH), None) for p in births}
    dates = [t for t in dates if t not in of_births and not (births and person.born == t.mention.value)]
    if dates:
        return dates[-1].mention.value, reading.span(dates[-1].first, dates[-1].last)
    deaths = [p for p in reading.predications if p.frame == "die" and p.clause == clause.index]
    if deaths and not any(has(reading, p.last, min(p.last + _KIN, clause.last), "family") for p in deaths):
        return person.died, None
    return None, None


def _named_behind(reading: Reading, first: int, stop: int) -> bool:
    """Whether somebody is named right behind a verb: it may be his death that is meant."""
    return any(m.has("person") for m in named_in(reading, first, min(first + 3, stop)))
