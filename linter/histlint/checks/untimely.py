"""People in a story of another time: Pope Leo IX in 1520, Thomas Cromwell's cavalry in 1644.

The time is that of the sentence, or of the dates told before and after the name. Whoever was dead then, or not yet born, is a
namesake or a slip where another held his throne at the time; who held none must be told to act, to be harmed, to command or to
be dealt with.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, era_unsure
from ..facts import Entity
from ..model import Finding, Moment
from ..normalise import bare, name_key
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .certain import goes_on, words_of
from .context import RULING, Context, akin, alive, cite, reigns
from .lifetime import title_of
from .people_words import in_clan
from .story import bracket, dated_before, dates_of, hull, listed, moves_on, parallel, passed, possessive

_YEAR = 366
_STORY = 12 * _YEAR
"""Days within which the dates of a sentence tell of one time."""
_DEAD, _UNBORN = 3 * _YEAR, 2 * _YEAR
_BETWEEN = 200
"""Days from which a death keeps somebody out of a story, where the dates on both sides come later."""
_EARLY, _LATE = 18 * _YEAR, 60 * _YEAR
"""Days before and after his reigns in which somebody may have lived whose birth or death is not known."""
_NAMESAKE = 450 * _YEAR
"""Somebody so far from the story is likelier a namesake that the reference does not know than a slip."""
_SHORT = 200 * _YEAR
_SOON = 5 * _YEAR
_BARE = 3
"""Words of a name that has no realm in it."""
_AROUND = 5
"""Words before a name in which something may make it one of another time: «حفيد السلطان …», "the tomb of …"."""


def check(context: Context) -> Iterator[Finding]:
    """People who were dead or unborn when the story is."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for mention in clause.mentions:
            if not mention.has("person") or mention.has("event", "place", "polity") or mention.how == "anaphor":
                continue
            if not full(reading, mention) or not asserted(reading, clause, mention) or elsewhere(reading, clause, mention):
                continue
            if parallel(reading, clause, mention) or possessive(reading, mention):
                continue
            yield from _untimely(context, clause, mention)


def _untimely(context: Context, clause: Clause, mention: Mention) -> Iterator[Finding]:
    times = _times(context, clause, mention)
    people = context.people(mention)
    if not times or not people or not all(_out(person, times) for person in people):
        return
    who = people[0]
    life = alive(who)
    named = [m for m in named_in(context.reading, *context.reading.sentences[clause.sentence]) if m.has("event") and m.how == "name"]
    if any(e.when and life and not apart(life, e.when) for m in named for e in context.events(m)):
        return  # the sentence speaks of an event of his own time
    if moves_on(context.reading, clause, mention) and (life is None or apart(life, times[0]) < 0):
        return  # «… ثم حاصرها سليمان»: long after
    if words_of(context.reading, mention) == 1 and _borne_by_many(context, mention, people):
        return  # "King John": of France, perhaps
    if words_of(context.reading, mention) == 1 and (life is None or not 0 < apart(life, times[0]) < _SHORT):
        return  # one word, and unborn or of a far age: a namesake
    if context.reading.tokens[mention.first - 1].norm == "of" and not _of_forces(context.reading, mention):
        return  # "the body of Napoleon Bonaparte"
    meant = _holder(context, people, mention, times)
    if meant is not None:
        fathers = {one.father for one in (who, meant)}
        unrelated = all(fathers) and fathers.isdisjoint(context.reading.named)
        if unrelated and given_of(context.reading, mention) and _of_kin(context.reading, clause, mention):
            return  # "his grandson Henry I", of a count: no kin of kings
        if meant.id not in _about(context.reading, clause) and _spoken_of(context, mention, who, meant):
            values = {"who": who, "meant": meant, "when": times[0]}
            evidence = cite(who, "life"), cite(meant, "roles")
            yield context.finding(mention.first, mention.last, values, *evidence, suggestion=meant.label(context.reading.lang))
    elif in_story(context, clause, mention, who):
        yield context.finding(mention.first, mention.last, {"who": who, "meant": "", "when": times[0]}, cite(who, "life"))


def full(reading: Reading, mention: Mention) -> bool:
    """Whether a name is more than one word, or has a title; no part of a longer name («بن قلاوون», "Ho Chi Minh Trail")."""
    before = reading.tokens[mention.first - 1].norm if mention.first else ""
    if before in reading.lexicon.name_links or in_clan(reading, mention) or goes_on(reading, mention):
        return False
    titles = reading.lexicon.titles
    own = titles.at(reading.tokens, mention.first, mention.last) or titles.at(reading.tokens, mention.first - 1, mention.first)
    return len(mention.names[0].key) > 1 or own is not None


def _borne_by_many(context: Context, mention: Mention, people: list[Entity]) -> bool:
    """Whether rulers with numerals bear the one word of a name too."""
    numerals = {bare(word) for word in context.reading.lexicon.regnal}
    word = mention.names[0].key[-1]
    known = context.reference.names({word, *numerals}).get(word, ())
    return any(name.kind == "person" and len(name.key) > 1 and name.key[1] in numerals and name.id not in {p.id for p in people} for name in known)


def titles_of(reading: Reading, mention: Mention) -> tuple[str, ...]:
    """The offices that the title of a name may mean."""
    hit = reading.lexicon.titles.at(reading.tokens, mention.first, mention.last) or title_of(reading, mention)
    return tuple(hit.value) if hit else ()


def asserted(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a name is not under a doubt; one before an earlier comma is that of another statement."""
    doing = [p.first for p in reading.said.get(clause.index, ()) if mention in p.agents and p.form == "verb"]
    return reading.told(clause, min([mention.first, *doing]))  # who called for something did call


def elsewhere(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether words around a name put it into another time than that of the story."""
    tokens, lexicon = reading.tokens, reading.lexicon
    dated = next(reading.times_from(mention.last, reading.sentences[clause.sentence][1]), None)
    if dated is not None and any(tokens[k].norm in (";", "؛") for k in range(mention.last, dated.first)):
        return True  # "Haidar died in the war; his son … on 4 May 1799"
    if dated is not None and lexicon.sequels.find(tokens, mention.last, dated.first):
        return True  # «فرماه بأبي مسلم … ثم مات في محبسه بعد عشر سنين»
    first = max(clause.first, mention.first - _AROUND)
    kinsman = [hit for hit in lexicon.kin.find(tokens, first, mention.first) if mention.first - hit.last <= 1]
    if kinsman and kinsman[-1].value in ("brother", "son", "grandson"):
        return False  # «أخيه مراد الرابع» lived when he did
    near = range(max(clause.first, mention.first - 2), mention.first)
    if any(tokens[k].norm.removesuffix("ه").removesuffix("ها") in lexicon.kinsmen for k in near):
        return True  # «تربة جده محمود الثاني»
    if any(tokens[k].norm in lexicon.formerly or (tokens[k].norm in lexicon.kinsmen and lexicon.lang != "ar") for k in range(first, mention.first)):
        return True  # "daughter of former President Park"
    if reading.looks_back(first, min(mention.last + 3, clause.last)) or lexicon.kin.find(tokens, first, mention.first):
        return True
    if any(tokens[k].norm in lexicon.pluperfect for k in range(clause.first, mention.first)):
        return True
    behind = range(mention.last, min(mention.last + 2, clause.last))
    if tokens[mention.first - 1].norm in lexicon.relatives | lexicon.reporting and any(tokens[k].norm in lexicon.pluperfect for k in behind):
        return True  # "the date that Charles I had been executed"
    sent = preposition(reading, mention) in _TO and lexicon.sending.find(tokens, clause.first, mention.first)
    told = [k for k in range(first, mention.first) if lexicon.telling.at(tokens, k, k + 1)]
    if told and not sent:
        return True
    turns = [hit for hit in lexicon.relations.find(tokens, first, mention.first) if hit.value in ("before", "after", "since", "until")]
    return any(hit.value != "after" or not passed(reading, clause, hit.last, mention) for hit in turns)


def _times(context: Context, clause: Clause, mention: Mention) -> list[Moment]:
    """The time of the sentence, else the dates told before and after a name; nothing where they tell no one time."""
    sentence = context.reading.sentences[clause.sentence]
    told = [time.mention for time in context.reading.times_from(*sentence)]
    if any(era_unsure(context.reading.lang, time) or (time.value is None and time.days is None and time.type != "duration") for time in told):
        return []  # "eight days later" is of the story, "in the second year of his reign" is not
    own = dates_of(context.reading, *sentence)
    if any(time.relation in ("since", "until", "before", "after") for time in told):
        return []
    if own and all(time.first >= mention.last and time.mention.anchor == "narrative" for time in context.reading.times_from(*sentence)):
        return []  # «رماه بأبي مسلم، … ثم مات في محبسه بعد عشر سنين»
    if own:
        when = hull(own)
        return [when] if (when.end_hi or 0) - (when.start_lo or 0) <= _STORY else []
    around = bracket(context, clause, mention)
    begin = mention.first
    while begin > 0 and context.reading.tokens[begin - 1].norm != "\n":
        begin -= 1
    if next(context.reading.times_from(begin, mention.first), None) is None:
        return []  # the paragraph may look back
    return [value for value in around if value is not None] if around is not None and around.after is not None else []


def _out(person: Entity, times: list[Moment]) -> bool:
    """Whether somebody was dead at all of the times, or at none yet born, or long before his reign where no birth is known."""
    life = alive(person)
    gaps = [apart(life, when) for when in times] if life is not None else [0]
    if max(map(abs, gaps)) > _NAMESAKE:
        return False
    if all(gap > (_DEAD if len(gaps) == 1 else _BETWEEN) for gap in gaps) or all(-gap > _UNBORN for gap in gaps):
        return True
    ruled = [role.when for role in reigns(person, RULING) if role.when]
    early = not person.born and all(-apart(role, when) > _EARLY for role in ruled for when in times)
    late = not person.died and all(apart(role, when) > _LATE for role in ruled for when in times)
    return bool(ruled) and (early or late)


def _about(reading: Reading, clause: Clause) -> set[str]:
    """Who else is named in the sentence."""
    return {fact for m in named_in(reading, *reading.sentences[clause.sentence]) for fact in m.ids("person")}


def _spoken_of(context: Context, mention: Mention, person: Entity, meant: Entity) -> bool:
    """Whether the text names the realm of both: else a namesake is meant that the reference does not know (Charles V)."""
    realms = {role.of for role in person.roles} & {role.of for role in meant.roles}
    if any(not akin(context, realm).isdisjoint(context.reading.named) for realm in realms if realm):
        return True
    if len(mention.names[0].key) > _BARE:
        return True  # "Louis IX of France"
    offices = {role.office for role in meant.roles}
    return any(office in offices for office in titles_of(context.reading, mention) if office not in _MANY)


_MANY = frozenset({"king", "queen", "emperor", "empress", "sultan", "emir", "president", "prime-minister", "tsar", "shah", "khan", "governor"})
"""Titles that rulers of many realms bore at one time; there was one pope, one caliph."""


def _holder(context: Context, people: list[Entity], mention: Mention, times: list[Moment]) -> Entity | None:
    """Who held a throne of the same realm at the times; a namesake first."""
    found = {}
    realms = {role.of for person in people for role in reigns(person, RULING) if role.of}
    offices = {role.office for person in people for role in reigns(person, RULING)}
    if offices & _CROWNS:
        offices |= _CROWNS
    for realm in sorted(realms):
        for fact in context.reference.events_with(realm, "office"):
            other = context.entity(fact)
            if other is None or other in people:
                continue
            if any(role.of in realms and role.when and _then(role.when, times) for role in reigns(other, offices)):
                found[other.id] = other
    given = given_of(context.reading, mention)
    namesakes = [other for other in found.values() if given and _named(context, other, given)]
    if len(namesakes) == 1:
        return namesakes[0]
    return next(iter(found.values())) if len(found) == 1 else None


_CROWNS = frozenset({"king", "queen", "emperor", "empress", "tsar", "sultan", "shah", "khan", "president", "caliph", "emir", "khedive"})
"""Offices of heads of state."""


def _then(reign: Moment, times: list[Moment]) -> bool:
    """Whether somebody ruled at the times, or came to the throne soon after."""
    return all(-_SOON <= apart(reign, when) <= 0 for when in times)


def given_of(reading: Reading, mention: Mention) -> str:
    """The given name before the numeral of a ruler's name, "" for other names."""
    key = mention.names[0].key
    numerals = {bare(word) for word in reading.lexicon.regnal}
    return next((key[k - 1] for k in range(1, len(key)) if key[k] in numerals), "")


def _named(context: Context, person: Entity, given: str) -> bool:
    return any(given in name_key(text) for text in person.names.get(context.reading.lang, ()))


_HARM = frozenset({"win", "capture", "kill", "unseat", "besiege", "dismiss", "meet"})
_DEALT = frozenset({"by", "led", "against", "with", "مع", "من", "from"})
_TO = frozenset({"الي", "ل", "to"})
_TIMELESS = frozenset({"born", "write", "invent", "found", "build", "succeed"})


def in_story(context: Context, clause: Clause, mention: Mention, person: Entity) -> bool:
    """Whether a clause makes somebody take part: as doer or sufferer, as commander, among others, by his troops, or by his title as
    one dealt with."""
    reading = context.reading
    if given_of(reading, mention) and person.father not in reading.named and _of_kin(reading, clause, mention):
        return False  # "his grandson Richard I", of a duke: the king of that name was no kin of his
    if given_of(reading, mention) and not any(not akin(context, role.of).isdisjoint(reading.named) for role in person.roles if role.of):
        return False  # kings of several realms bear such a name
    here = [time.mention for time in reading.times_from(*reading.sentences[clause.sentence])]
    if not dated_before(reading, clause) and any(time.anchor != "narrative" for time in here if time.type != "duration"):
        return False
    said = reading.said.get(clause.index, ())
    if any(mention in p.agents and not p.carried and p.frame not in _TIMELESS and p.form == "verb" for p in said):
        return True
    if any(mention in p.patients and p.frame in _HARM and p.form != "noun" for p in said):
        return True
    under = preposition(reading, mention)
    if under == "led" or listed(context, clause, mention) or _of_forces(reading, mention):
        return True
    if under in _TO and reading.lexicon.sending.find(reading.tokens, clause.first, mention.first):
        return True  # «وجّه رسالة إلى …»
    return bool(titles_of(reading, mention)) and (under in _DEALT or (not under and mention.first == clause.first))


def _of_kin(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a word of kinship brings somebody in: "his son Richard II"."""
    hits = reading.lexicon.kin.find(reading.tokens, max(clause.first, mention.first - _AROUND), mention.first)
    return any(mention.first - hit.last <= 1 for hit in hits)


def _of_forces(reading: Reading, mention: Mention) -> bool:
    """Whether troops are said to be somebody's: "the cavalry of Thomas Cromwell"."""
    at = mention.first - 1
    if reading.lang != "ar" and reading.tokens[at].norm == "of":
        at -= 1
    return reading.tokens[at].norm in reading.lexicon.forces
