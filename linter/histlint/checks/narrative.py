"""Rulers and commanders in a story of another age: «الإمبراطور هرقل» in a paragraph whose dates are 833 to 842.

Where no verb binds a name to a date, the dates of its sentence or paragraph tell when it is. Only a title, a word of command or
reign, or a deed makes a name part of the story, and only a wide gap counts.

Options: `of` is age (the whole life lies elsewhere), polity (a state that was founded long after), office (the title was
another's then) or reign («في عهد X» with a date outside his reign).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..facts import Entity
from ..lexicon import Hit
from ..model import Finding, Moment
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import RULING, Context, alive, cite, kin, reigns
from .in_reigns import in_reign
from .later_states import unborn
from .lifetime import holder_of, holders_of, title_of
from .regimes import regimes
from .story import (
    Bracket,
    bracket,
    dated_before,
    dates_of,
    hull,
    moves_on,
    of_another_member,
    parallel,
    possessive,
    reckoned_after,
    unmeant,
    when_of,
)
from .wordlists import has

_YEAR = 366
_GAP = 15 * _YEAR
_NAMESAKE = 450 * _YEAR
"""A ruler so far from the story is likelier a namesake that the reference does not know than a slip."""
_TIMELESS = frozenset({"born", "write", "invent", "found", "build", "succeed"})


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    of = context.options["of"]
    for clause in context.reading.clauses:
        if clause.kind != "paragraph":
            continue
        for mention in clause.mentions:
            if of != "reign" and context.reading.looks_back(clause.first, min(mention.last + _BEHIND, clause.last)):
                break
            if of == "polity":
                if mention.has("polity") and not mention.has("place", "person", "event") and context.reading.asserted(clause, mention.first):
                    yield from list(unborn(context, clause, mention)) or regimes(context, clause, mention)
                continue
            if not mention.has("person") or mention.has("event", "place") or mention.how == "anaphor":
                continue
            doing = [p for p in context.reading.said.get(clause.index, ()) if mention in p.agents and p.form == "verb"]
            first = min([mention.first, *(p.first for p in doing)])  # who called for something did call
            if not context.reading.asserted(clause, first) or parallel(context.reading, clause, mention):
                continue
            if formerly(context.reading, mention):
                continue
            if of_another_member(context.reading, clause, mention):
                continue
            if of == "age" and _fitting_date(context, clause, mention):
                continue
            if of == "age":
                yield from _age(context, clause, mention)
            elif of == "office":
                yield from _office(context, clause, mention)
            else:
                yield from in_reign(context, clause, mention)


def _fitting_date(context: Context, clause: Clause, mention: Mention) -> bool:
    """Whether a sentence has a date, however wide, at which somebody named in it lived: "in the late 19th century, under …"."""
    values = [time.mention.value for time in context.reading.times_from(*context.reading.sentences[clause.sentence])]
    lives = [life for person in context.people(mention) if (life := alive(person)) is not None]
    return any(not apart(life, value) for value in values if value is not None for life in lives)


def formerly(reading: Reading, mention: Mention) -> bool:
    """Whether "former" stands before a name and its title: he is told of, but not as of the story."""
    if unmeant(reading, mention):
        return True
    near = range(max(0, mention.first - _BEHIND), mention.first)
    if any(hit.value in ("until", "since") for hit in reading.lexicon.relations.find(reading.tokens, near.start, mention.first)):
        return True  # «بقيت في أيديهم حتى استردها صلاح الدين», «دام حكمهم قرناً منذ دخلها معز الدولة»
    if reckoned_after(reading, mention.first):
        return True
    return any(reading.tokens[k].norm in reading.lexicon.formerly for k in near)


_BEHIND = 5
"""Words behind a name in which "later" and the like still put it into another time."""


def _age(context: Context, clause: Clause, mention: Mention) -> Iterator[Finding]:
    reading = context.reading
    told = (p for c in reading.before(clause) for p in reading.said.get(c.index, ()))
    if _reckoned(clause) or any(p.frame in ("die", "born") for p in told):
        return  # the clause speaks of another time than its sentence
    people = [p for p in context.people(mention) if _realm_named(context, p)]
    if len(people) != len(context.people(mention)) or _bare(reading, mention):
        return
    realm = reading.mention_at.get(mention.first - 1)
    if realm is not None and realm.has("polity", "place") and not any(_of_realm(context, p, realm) for p in people):
        return  # «ملك اليونان جورج الأول» is not he of Great Britain
    if not people or not (titled(reading, mention) or _commands(reading, clause, mention) or _acts(context, clause, mention)):
        return
    when, own = when_of(context, clause)
    if not own and not _told_just_before(reading, clause):
        return  # a date of the paragraph that is far off, or told only later
    if own and not dated_before(context.reading, clause):
        return  # the date is told of something later in the sentence
    if own and not dates_of(reading, *reading.sentences[clause.sentence]) and not any(m.has("event") for m in clause.mentions):
        return  # an event of another clause: «الأمل في فتح القسطنطينية …، فحاصرها بايزيد»
    if when is not None and moves_on(reading, clause, mention) and any((life := alive(p)) is None or apart(life, when) < 0 for p in people):
        return  # «… ثم حكمها فلان»: long after
    if when is None or not all((life := alive(p)) and _strange(apart(life, when), own) for p in people):
        return
    if _by_name(reading, mention, people[0], when):
        return
    if not own and _goes_on(context, clause, mention, when):
        return
    topic = context.reference.fact(reading.topic[0]) if reading.topic else None
    if topic is not None and topic.when is not None and not all(abs(apart(alive(p) or when, topic.when)) > _GAP for p in people):
        return
    person = people[0]
    yield context.finding(mention.first, mention.last, {"who": person, "when": when}, cite(person, "life"))


def _goes_on(context: Context, clause: Clause, mention: Mention, when: Moment) -> bool:
    """Whether somebody lived after the time told before, and no later date of the text lies before his life too: a story goes on."""
    lives = [life for p in context.people(mention) if (life := alive(p)) is not None and apart(life, when) < 0]
    dates = dates_of(context.reading, context.reading.sentences[clause.sentence][1], len(context.reading.tokens))[:1]
    return bool(lives) and not any(all(apart(life, date) < 0 for life in lives) for date in dates)


def _told_just_before(reading: Reading, clause: Clause) -> bool:
    """Whether one of the few sentences before, in the same paragraph, has a date or names an event."""
    stop = reading.sentences[clause.sentence][0]
    start = reading.sentences[max(0, clause.sentence - _SENTENCES)][0]
    start = max([start, *(k + 1 for k in range(start, stop) if reading.tokens[k].norm == "\n")])
    return next(reading.times_from(start, stop), None) is not None or any(m.has("event") for m in named_in(reading, start, stop))


_SENTENCES = 3
"""Sentences over which a date still tells when the story is."""


def _reckoned(clause: Clause) -> bool:
    """Whether a time counted from another stands in the clause: «قبل ذلك بأكثر من قرن»."""
    return any(key == "length" for time in clause.times for key, _ in time.mention.parts)


def _realm_named(context: Context, person: Entity) -> bool:
    """Whether the text names a realm or army of his: else a namesake is meant that the reference does not know (Charles V)."""
    about = context.event(context.reading.topic[0]) if context.reading.topic else None
    around = (
        {*context.reading.named, *(who.who for side in about.sides for who in side), *about.where}
        if about
        else context.reading.named
    )
    realms = {*person.of, *(role.of for role in person.roles if role.of)}
    return any(not kin(context, realm).isdisjoint(around) for realm in realms)


def _bare(reading: Reading, mention: Mention) -> bool:
    """Whether the name is one word, with or without a title: "King John", «الإمبراطور قسطنطين»."""
    title = reading.lexicon.titles.at(reading.tokens, mention.first, mention.last)
    return mention.last - (title.last if title else mention.first) < 2


def _of_realm(context: Context, person: Entity, realm: Mention) -> bool:
    realms = {*person.of, *(role.of for role in person.roles if role.of)}
    return any(not kin(context, own).isdisjoint(kin(context, named)) for own in realms for named in realm.ids())


def _strange(gap: int, own: bool) -> bool:
    """Whether a life lies too far from a time (positive: after death) to belong to the story; a date of the sentence binds closer."""
    return abs(gap) < _NAMESAKE and (gap > 2 * _YEAR or -gap > 5 * _YEAR if own else abs(gap) > _GAP)


def _by_name(reading: Reading, mention: Mention, person: Entity, when: Moment) -> bool:
    """Whether an Arabic name without "son of", which later rulers took up again, is of a far age: «المستكفي بالله»."""
    links = any(reading.tokens[k].norm in reading.lexicon.name_links for k in range(mention.first, mention.last))
    short = reading.lang == "ar" and mention.last - mention.first <= 2 and not links
    return short and abs(apart(alive(person) or when, when)) > _AGES


_AGES = 200 * _YEAR
"""Days after which a by-name may be another's."""


def titled(reading: Reading, mention: Mention) -> bool:
    """Whether a title stands before the name, or is its first word; an adjective may stand between."""
    tokens, lexicon = reading.tokens, reading.lexicon
    at = mention.first - 1
    realm = reading.mention_at.get(at)
    if lexicon.lang == "ar" and realm is not None and realm.has("polity", "place") and realm.how == "name":
        at = realm.first - 1  # «ملك المجر لويس الثاني»
    while (
        at > 0
        and mention.first - at <= 2
        and (lexicon.lang == "ar" and tokens[at].norm.startswith("ال"))
        and not lexicon.ranks.at(tokens, at, at + 1)
    ):
        at -= 1
    return at >= 0 and bool(lexicon.ranks.at(tokens, at, mention.first) or lexicon.titles.at(tokens, mention.first, mention.last))


def _commands(reading: Reading, clause: Clause, mention: Mention) -> bool:
    hits = reading.lexicon.roles.find(reading.tokens, clause.first, mention.first)
    return any(hit.value == "led" and mention.first - hit.last <= 2 for hit in hits)


def lives_on(reading: Reading, predication: Predication) -> bool:
    """Whether a verb tells what the memory of somebody still does: «ظل رمزاً», "became a symbol"."""
    return bool(reading.lexicon.remaining.find(reading.tokens, predication.first, predication.last))


def _acts(context: Context, clause: Clause, mention: Mention) -> bool:
    return any(
        mention in p.agents and not p.carried and p.frame not in _TIMELESS and p.form == "verb" and not lives_on(context.reading, p)
        for p in context.reading.said.get(clause.index, ())
    )


_OFFICES = frozenset(
    [
        "president",
        "prime-minister",
        "king",
        "queen",
        "emperor",
        "caliph",
        "sultan",
        "tsar",
        "pope",
        "chancellor",
        "khedive",
        "secretary-general",
        "shah",
        "foreign-minister",
        "defence-minister",
        "chief-of-staff",
        "governor",
        "general-secretary",
        "leader",
    ]
)


_OF_COURT = 4
"""Words before a title in which it is that of a host: "went to the court of the Persian king …"."""


def _office(context: Context, clause: Clause, mention: Mention) -> Iterator[Finding]:
    """«الرئيس الأمريكي بيل كلينتون» in 1991: the sentence's own date finds another in that office."""
    reading = context.reading
    title = title_of(reading, mention) or title_then(context, mention)
    if possessive(reading, mention):
        return  # "President Kennedy's goal"
    if title is None or set(mention.ids()) & set(reading.topic):
        return
    if has(reading, min(title.first, mention.first) - _OF_COURT, mention.first, "at_court"):
        return
    said = reading.said.get(clause.index, ())
    host = any(mention in p.agents for p in said) and not preposition(reading, mention)
    if any(p.frame in _TURNING or (p.frame == "meet" and not host) for p in said):
        return
    if any(p.frame == "born" for c in reading.before(clause) for p in reading.said.get(c.index, ())):
        return  # the date of a birth does not hold on for the life
    comma = next((k for k in range(mention.last, clause.last) if reading.tokens[k].norm in (",", "،")), clause.last)
    dates = dates_of(reading, clause.first, comma)  # behind a comma another story may begin
    when = hull(dates) if dates else None
    if when is None and (mention.last - mention.first > 1 or _acts(context, clause, mention)):
        around = bracket(context, clause, mention)
        if around is not None and around.after is not None:
            yield from _office_between(context, mention, title, around)
            return
    if when is None and comma == clause.last and _acts(context, clause, mention):
        when, own = when_of(context, clause)
        if when is not None and not own and _goes_on(context, clause, mention, when):
            return
    if when is None or (when.end_hi or 0) - (when.start_lo or 0) > 2 * _YEAR:
        return
    offices = [office for office in title.value if office in _OFFICES]
    held = [(p, role) for p in context.people(mention) for role in reigns(p, offices)] if offices else []
    if not held or not all(role.when and abs(apart(role.when, when)) > (30 if _dead(p, when) else 200) for p, role in held):
        return
    if _another_ruled(context, mention, when):
        return
    person, role = min(held, key=lambda pair: abs(apart(pair[1].when or when, when)))
    holders = holders_of(context, role, when)
    if not holders or (not dates and any(holder.id in reading.named for holder in holders)):
        return  # the text itself has gone on to the next
    yield context.finding(
        min(title.first, mention.first),
        max(title.last, mention.last),
        {"person": person, "role_when": role.when, "holder": holders},
        cite(person, "roles"),
        *(cite(holder, "roles") for holder in holders),
    )


_TURNING = frozenset({"born", "die", "accede", "succeed"})


def _another_ruled(context: Context, mention: Mention, when: Moment) -> bool:
    """Whether one of several of a name ruled then, by whatever title: «السلطان المنصور» may be the Almohad caliph."""
    people = context.people(mention)
    return len(people) > 1 and any(role.when and not apart(role.when, when) for p in people for role in reigns(p, RULING))


def title_then(context: Context, mention: Mention) -> Hit | None:
    """The title behind a name and a word for the time of the story: "Churchill, then British prime minister", «X، رئيس الوزراء في
    … يومئذ»."""
    reading = context.reading
    tokens, lexicon = reading.tokens, reading.lexicon
    for start in range(mention.last, min(mention.last + 2, len(tokens))):
        word = lexicon.then.at(tokens, start, len(tokens))
        if word:
            at = word.last
            while (realm := reading.mention_at.get(at)) is not None and realm.how == "demonym":
                at = realm.last
            return lexicon.titles.at(tokens, at, len(tokens))
    if mention.last + 1 >= len(tokens) or tokens[mention.last].norm not in (",", "،"):
        return None
    title = lexicon.titles.at(tokens, mention.last + 1, len(tokens))
    stop = title.last if title else 0
    while title and stop < min(title.last + _APPOSED, len(tokens)) and tokens[stop].kind == "word":
        if lexicon.then.at(tokens, stop, len(tokens)):
            return title
        stop += 1
    return None


_APPOSED = 5
"""Words of an apposed title within which "then" stands."""


def _office_between(context: Context, mention: Mention, title: Hit, around: Bracket) -> Iterator[Finding]:
    """A title between two dates at both of which one other man held the office."""
    offices = [office for office in title.value if office in _OFFICES]
    held = [(p, role) for p in context.people(mention) for role in reigns(p, offices)] if offices else []
    values = [value for value in around if value is not None]
    if not held or not all(role.when and abs(apart(role.when, value)) > 200 for _, role in held for value in values):
        return
    if any(_another_ruled(context, mention, value) for value in values):
        return
    person, role = min(held, key=lambda pair: abs(apart(pair[1].when or values[0], values[0])))
    holders = [holder_of(context, role, value) for value in values]
    holder = holders[0]
    if holder is None or any(other is None or other.id != holder.id for other in holders):
        return
    values_of = {"person": person, "role_when": role.when, "holder": holder}
    yield context.finding(title.first, mention.last, values_of, cite(person, "roles"), cite(holder, "roles"))


def _dead(person: Entity, when: Moment) -> bool:
    return bool(person.died and apart(person.died, when) > 0)
