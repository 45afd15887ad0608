"""People of another age than the whole text: «الإمبراطور جستنيان الأول» in the story of 1453, where no date is near.

The text tells when it is by all of its dates and events. Whoever was dead or unborn at every one of them, and is told to act, to rule
or to stand among others as if he were of that time, is somebody else's namesake or a slip.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, era_unsure
from ..facts import Entity
from ..model import Finding, Moment
from ..normalise import bare, name_key
from ..prepositions import named_in
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .certain import whole, words_of
from .context import Context, akin, alive, cite, participants
from .story import dates_of, hull, moves_on, parallel, possessive
from .tellings import tellings
from .untimely import asserted, elsewhere, full, given_of, in_story, titles_of

_YEAR = 366
_TOLD = 3
"""Dates from which a text tells of what time it is."""
_GAP = 3 * _YEAR
"""Days that somebody is away from every date of the text."""
_SPAN = 60 * _YEAR
"""Days between the dates told before and after a name within which they tell when the story is."""
_NAMESAKE = 450 * _YEAR
"""Somebody so far from the story is likelier a namesake that the reference does not know than a slip, but for an emperor with a numeral."""
_TIMELESS = frozenset({"born", "write", "invent", "found", "build", "succeed"})


def check(context: Context) -> Iterator[Finding]:
    """Everybody of another age, where he is named first."""
    reading = context.reading
    told = context.once(_told)
    if len(told) < _TOLD:
        return
    seen: set[str] = set()
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for mention in clause.mentions:
            if mention.how != "name" or not mention.has("person") or mention.has("event", "place", "polity"):
                continue
            people = context.people(mention)
            if not seen.isdisjoint(mention.ids()) or not people or not all(_away(person, told) for person in people):
                continue
            if _background(context, clause, mention, told):
                continue
            times = _around(told, mention, people)
            if times and _meant(reading, clause, mention) and _stands(context, clause, mention, people, times[0]):
                seen.update(mention.ids())
                values = {"who": people[0], "when": times[0]}
                yield context.finding(mention.first, mention.last, values, cite(people[0], "life"))


def _told(context: Context) -> list[tuple[int, Moment]]:
    """The dates of a text and the times of the events that it names, by their tokens; nothing where more are unsure than sure."""
    reading = context.reading
    dates = [(t.first, when) for t in reading.times for when in dates_of(reading, t.first, t.first + 1)]
    plain = [t.mention for t in reading.times if t.mention.type == "date"]
    unsure = sum(mention.value is None or era_unsure(reading.lang, mention) for mention in plain)
    if len(dates) < _TOLD or unsure > len(dates):
        return []
    events = [(m.first, e.when) for m in reading.mentions if m.how != "anaphor" for e in context.events(m)]
    return sorted((at, when) for at, when in (*dates, *events) if when is not None and when.start_lo is not None and when.end_hi is not None)


def _away(person: Entity, told: list[tuple[int, Moment]]) -> bool:
    """Whether somebody was dead, or not yet born, at every time of the text."""
    life = alive(person)
    if life is None or (life.start_lo is None and life.end_hi is None):
        return False
    gaps = [apart(life, when) for _, when in told]
    return all(abs(gap) > _GAP for gap in gaps)


def _background(context: Context, clause: Clause, mention: Mention, told: list[tuple[int, Moment]]) -> bool:
    """Whether a sentence tells of another age: others whom it names were not of that time either, or the name stands in a relative
    clause: «بدأ صعودها مع خالد بن برمك الذي خدم أبا العباس السفاح ثم المنصور»."""
    reading = context.reading
    start, stop = reading.sentences[clause.sentence]
    heads = reading.lexicon.relatives | reading.lexicon.personal_relatives
    if any(reading.tokens[k].norm in heads for k in range(max(start, mention.first - _CLOSE), mention.first)):
        return True
    others = [m for m in named_in(reading, start, stop) if m.has("person") and m.ids() != mention.ids()]
    return any(people and all(_away(person, told) for person in people) for people in map(context.people, others))


_CLOSE = 4
"""Words between a relative and a name of its clause."""


def _around(told: list[tuple[int, Moment]], mention: Mention, people: list[Entity]) -> list[Moment]:
    """The time told last before a name with the one told first after it, where they lie together; for the dead there must be one before,
    or the text may begin with what was long ago, for the unborn one after, or it may end with what came of it."""
    before = [when for at, when in told if at < mention.first][-1:]
    after = [when for at, when in told if at > mention.first][:1]
    when = hull([*before, *after])
    gaps = [apart(life, when) for person in people if (life := alive(person)) is not None]
    if not (before if min(gaps) > 0 else after if max(gaps) < 0 else False) or (when.end_hi or 0) - (when.start_lo or 0) > _SPAN:
        return []
    return [when]


def _meant(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a name is whole, and the words around it tell of him as of a man of the story."""
    if not full(reading, mention) or not whole(reading, mention) or _names(reading, mention) < 2:
        return False
    if not asserted(reading, clause, mention) or elsewhere(reading, clause, mention):
        return False
    if parallel(reading, clause, mention) or possessive(reading, mention) or moves_on(reading, clause, mention):
        return False
    if any(hit.value == "grandson" for hit in reading.lexicon.kin.find(reading.tokens, max(clause.first, mention.first - 2), mention.first)):
        return False  # «حفيدة» is written like «حفيده»
    return not any(p.frame in _TIMELESS for p in reading.said.get(clause.index, ()))


def _names(reading: Reading, mention: Mention) -> int:
    """The words of a name that are no titles, before or behind it: «خليل باشا» has one."""
    lexicon, tokens = reading.lexicon, reading.tokens
    last = mention.last - bool(lexicon.titles.at(tokens, mention.last - 1, mention.last))
    return words_of(reading, mention) - (mention.last - last)


def _stands(context: Context, clause: Clause, mention: Mention, people: list[Entity], when: Moment) -> bool:
    """Whether somebody is told of as of one who was there: a namesake of one who had a part, or a man of deeds who acts, rules or stands
    among people of that time."""
    reading = context.reading
    gap = max(abs(apart(life, when)) for person in people if (life := alive(person)) is not None)
    doubled = any(_double(context, person) for person in people)
    title = titles_of(reading, mention)
    known = any(not akin(context, role.of).isdisjoint(reading.named) for person in people for role in person.roles if role.of)
    if gap > _NAMESAKE and not doubled and not (title and given_of(reading, mention) and known):
        return False
    if not _free(reading, mention):
        return False
    if doubled:
        return True
    if not any(person.roles for person in people) or (given_of(reading, mention) and not known):
        return False
    return bool(title) or in_story(context, clause, mention, people[0]) or _among_living(context, clause, mention, when)


def _free(reading: Reading, mention: Mention) -> bool:
    """Whether no noun before an Arabic name owns it: not «حفيدة المنصور», «جسر ماركو بولو»."""
    lexicon, tokens = reading.lexicon, reading.tokens
    if reading.lang != "ar":
        return True
    at = mention.first - 1
    if at < 0 or tokens[at].kind == "mark" or tokens[mention.first].norm[:1] == "و" or lexicon.titles.at(tokens, mention.first, mention.last):
        return True
    plain = tokens[at].norm in lexicon.prepositions | lexicon.glue | lexicon.relatives or tokens[at].norm.startswith("ال")
    tables = (lexicon.titles, lexicon.ranks, lexicon.verbs, lexicon.kin)
    return plain or any(table.at(tokens, at, mention.first) for table in tables) or at in reading.mention_at or tokens[at].norm.endswith(_OWNED)


_OWNED = ("ه", "ها", "هم")
"""Pronouns behind which a name stands in apposition: «ملكهم لويس الثاني»."""


def _among_living(context: Context, clause: Clause, mention: Mention, when: Moment) -> bool:
    """Whether somebody right before or behind him in a list lived at the time."""
    reading = context.reading
    for other in clause.mentions:
        first, last = sorted((other, mention), key=lambda m: m.first)
        between = range(first.last, last.first)
        if other is mention or not other.has("person") or len(between) > _NEXT:
            continue
        joined = (last.start > first.end and any(reading.tokens[k].norm in _JOINTS for k in between)) or reading.tokens[last.first].norm[:1] == "و"
        if joined and all((life := alive(person)) is not None and not apart(life, when) for person in context.people(other)):
            return True
    return False


_NEXT = 5
"""Words between two names of a list: a title and a land."""
_JOINTS = frozenset({",", "،", "and"})


def _double(context: Context, person: Entity) -> bool:
    """Whether somebody who took part in an event of the text and whom it does not name has the same given name; in English the same
    family name, which in Arabic is that of a dynasty."""
    return any(not given.isdisjoint(_givens(context, person)) for given in context.once(_parts).values())


def _parts(context: Context) -> dict[str, set[str]]:
    """The given names of those who took part in the events that a text names, and whom it does not name."""
    reading = context.reading
    events = [event for m in reading.mentions if m.how != "anaphor" and len(m.ids()) == 1 for event in context.events(m)]
    events += [told.event for found in tellings(context).values() for told in found]
    ids = {fact for event in events for fact in participants(event)} - reading.named
    people = [person for fact in sorted(ids) if (person := context.entity(fact)) is not None and person.kind == "person"]
    return {person.id: _givens(context, person) for person in people}


def _givens(context: Context, person: Entity) -> set[str]:
    """The first words of the names of somebody, but for those that half the world bears."""
    lexicon = context.reading.lexicon
    keys = [name_key(text) for text in person.names.get(context.reading.lang, ())[:2]]
    common = {bare(word) for word in lexicon.given_names} | {"بن", "ابو", "ابن", "ام", "عبد"}
    numerals = {bare(word) for word in lexicon.regnal}
    words = {key[0] for key in keys if len(key) > 1}
    if context.reading.lang != "ar":
        words |= {key[-1] for key in keys if len(key) > 1 and "of" not in key and not numerals & {*key}}
    return {word for word in words - common if not lexicon.titles.by_word.get(word) and not lexicon.ranks.by_word.get(word)}
