"""Who killed whom, told otherwise than by a verb with both names: "was killed … by", "the assassin of", «وكان القاتل», a victim whose
name only the date tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart, aside
from ..facts import Entity, Event
from ..model import Finding, Moment
from ..named_tuple import NamedTuple
from ..normalise import name_key
from ..prepositions import preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import Context, cite
from .doers import commanded, did
from .people_words import members, phrases, verbs
from .story import possessive

_KILLED = frozenset({"assassination", "execution"})
_BODIES = frozenset({"party", "organisation", "army"})
_REACH = 8
"""Words between a killing and him who did it."""


class Killing(NamedTuple):
    """A killing as it is told."""

    killer: Mention
    victims: tuple[Entity, ...]
    first: int
    last: int
    victim: Mention | None = None  # where he is named


def killings(context: Context) -> Iterator[Finding]:
    """Killers other than those whom the reference knows."""
    for killing in told_killings(context):
        yield from _report(context, killing)


def told_killings(context: Context) -> Sequence[Killing]:
    """Who is said to have killed whom."""
    return context.once(_killings)


def _killings(context: Context) -> Sequence[Killing]:
    reading = context.reading
    found = [_told(context, p) for p in reading.predications if p.frame in ("kill", "die") and p.asserted and p.form != "noun"]
    for table, read in ((phrases(reading, "killers", "killer_of"), _named), (verbs(reading, "shot"), _shot)):
        near = reading.clauses_with(table) if table.places(reading.tokens) else ()
        found += [read(context, clause) for clause in near if clause.kind in ("paragraph", "item")]
    found += [_noun(context, mention) for mention in reading.mentions if mention.has("event") and mention.how == "name"]
    return [killing for killing in found if killing is not None and killing.victims]


def _report(context: Context, killing: Killing) -> Iterator[Finding]:
    killers = killing.killer.ids("person", "polity")
    found = [_events(context, victim) for victim in killing.victims]
    if not killers or not all(found):
        return
    events = [event for group in found for event in group]
    if any(set(killers) & {*event.by, *event.target} for event in events):
        return
    if any(commanded(context, killer, event) for killer in killers for event in events):
        return
    if any(_did(context, actor, doer, event) for actor in killers for event in events for doer in event.by):
        return
    if any(bears(context, killing.killer, doer) for event in events for doer in event.by):
        return  # «باوسانياس», who is not he of Sparta
    if killing.victim is not None and any(bears(context, killing.victim, who) for who in _slain(context, killers)):
        return  # "Kennedy was shot by Sirhan Sirhan"
    event = events[0]
    yield context.finding(
        killing.first,
        killing.last,
        {
            "event": event,
            "doer": tuple(context.reference.fact(who) or who for who in event.by),
            "person": context.reference.fact(killers[0]),
        },
        cite(event, "by"),
    )


def _slain(context: Context, killers: Sequence[str]) -> Iterator[str]:
    """Whom these are known to have killed."""
    for killer in killers:
        for fact in context.reference.events_with(killer, "by"):
            event = context.event(fact)
            if event is not None and event.type in _KILLED:
                yield from event.target


def bears(context: Context, mention: Mention, person: str) -> bool:
    """Whether a name as it is written may be that of somebody: all its words are among those of one of his names."""
    entity, words = context.entity(person), {key for name in mention.names for key in name.key}
    names = [text for group in (entity.names, entity.short) for texts in group.values() for text in texts] if entity is not None else []
    return mention.has("person") and any(words & {*name_key(text)} == words for text in names)


def _did(context: Context, actor: str, doer: str, event: Event) -> bool:
    """Whether the killer may be one of those who did it; where one of them is named, a body is only that of its own men."""
    man, body = context.entity(actor), context.entity(doer)
    if man is not None and man.subkind in _BODIES:  # not every man of a land is of its parties and orders
        return _of_body(context, actor, event)
    if man is not None and body is not None and man.kind == "person" and body.kind == "polity":
        if any((e := context.entity(who)) is not None and e.kind == "person" for who in event.by):
            return any(doer in context.reference.ancestors(of) for of in man.of)
    return did(context, actor, doer)


def _of_body(context: Context, actor: str, event: Event) -> bool:
    """Whether a party or order may have killed through its men; True where it is not known whose men they were."""
    known = False
    for doer in event.by:
        entity = context.entity(doer)
        for who in (doer, *(entity.of if entity is not None and entity.kind == "person" else ())):
            body = context.entity(who)
            if actor == who or actor in context.reference.ancestors(who) or who in context.reference.ancestors(actor):
                if body is None or body.subkind in _BODIES:
                    return True
            known = known or (body is not None and body.subkind in _BODIES)
    return not known


def _events(context: Context, victim: Entity) -> list[Event]:
    """The killing of somebody, where all that the reference has of it names who did it."""
    events = [event for fact in context.reference.events_with(victim.id, "target") if (event := context.event(fact))]
    events = [event for event in events if event.type in _KILLED]
    return events if all(event.by for event in events) else []


def _told(context: Context, predication: Predication) -> Killing | None:
    """ "X was killed in 1940 by Y", «اغتيل … على يد …»."""
    reading = context.reading
    clause = reading.clauses[predication.clause]
    if predication.frame == "die":
        norms = {reading.tokens[k].norm for k in range(predication.first, predication.last)}
        if not norms & members(reading, "killed"):
            return None
        gone = [m for m in predication.agents if m.last <= predication.first]
    elif predication.form == "passive":
        gone = list(predication.patients)
    else:
        return _beside(context, predication) or _active(context, predication)
    behind = [m for m in clause.mentions if predication.last <= m.first and m.has("person", "polity") and m.how not in ("anaphor", "demonym")]
    behind = [m for m in behind if not possessive(reading, m)]  # "by Cleopatra's brother"
    near = [m for m in behind if m.first - predication.last <= _REACH]
    killers = [m for m in near if preposition(reading, m) == "by" or _by_weapon(reading, clause, m) or _men_of(reading, clause, m)]
    if len(killers) != 1 or killers[0] in gone:
        return None
    if any(hit.value.form != "noun" and predication.last <= hit.first < killers[0].first for hit in clause.triggers):
        return None  # "was shot while he was attacked by …"
    dates = [t.mention.value for t in clause.times if t.mention.type == "date" and t.mention.value and not t.mention.relation]
    named = preposition(reading, killers[0]) == "by" or _by_weapon(reading, clause, killers[0])
    if not named and not _is_body(context, killers[0]):
        return None  # «عضو من البوسنة الفتاة»
    victims = _living(context, gone[0], dates) if len(gone) == 1 and gone[0].has("person") else []
    if not gone and not predication.carried:
        victims = _of_the_day(context, clause, predication, dates)
    starts = [m.first for m in gone if clause.first <= m.first]
    return Killing(killers[0], tuple(victims), min([predication.first, *starts]), killers[0].last, gone[0] if gone else None)


def _is_body(context: Context, mention: Mention) -> bool:
    """Whether a name is that of a party or order, and nothing else."""
    return all((entity := context.entity(fact)) is not None and entity.subkind in _BODIES for fact in mention.ids())


def _men_of(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a body is named behind its men who did it: "by a gunman of …", «برصاص رجال من …», «على يد أفراد من …»."""
    men, at = members(reading, "men_of"), mention.first - 1
    start = at
    while at >= clause.first and reading.tokens[at].norm in men:
        at -= 1
    by = phrases(reading, "agency", "weapons")
    body = at < start and mention.has("polity") and mention.how == "name"
    return body and any(by.at(reading.tokens, k, at + 1) for k in range(max(clause.first, at - 1), at + 1))


def _by_weapon(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a man is named behind his weapon: «بحربة وحشي», «بطعنة سكين من شارلوت كورداي»."""
    if not mention.has("person") or mention.has("polity"):
        return False
    from_him = preposition(reading, mention) == "من"
    stop = mention.first - from_him
    floor = max(clause.first, stop - (_BLOW if from_him else 1))
    return any(phrases(reading, "weapons").at(reading.tokens, k, stop) for k in range(floor, stop))


_BLOW = 3
"""Words of a blow before «من»."""


def _beside(context: Context, predication: Predication) -> Killing | None:
    """ "Yusupov and Kerensky killed Rasputin": he who stands beside one of several whom the reference knows to have done it."""
    agents = [m for m in predication.agents if m.has("person") and m.how == "name"]
    if len(agents) < 2 or len(agents) != len(predication.agents) or len(predication.patients) != 1 or predication.carried:
        return None
    victim = predication.patients[0]
    victims = context.people(victim) if victim.how in ("name", "short") else []
    doers = {who for person in victims for event in _events(context, person) for who in event.by}
    men = {who for who in doers if (entity := context.entity(who)) is not None and entity.kind == "person"}
    others = [m for m in agents if not doers & {*m.ids()}]
    if len(men) < 2 or len(others) != 1 or not all(_known_man(context, m) for m in others):
        return None
    spots = [predication.first, victim.first, *(m.first for m in agents)], [predication.last, victim.last, *(m.last for m in agents)]
    return Killing(others[0], tuple(victims), min(spots[0]), max(spots[1]), victim)


def _known_man(context: Context, mention: Mention) -> bool:
    """Whether so much is known of whoever a name may mean that the reference would have him among the killers."""
    return all(person.roles or len(tuple(context.reference.events_with(person.id))) > 1 for person in context.people(mention))


def _active(context: Context, predication: Predication) -> Killing | None:
    """«طعن فلان الخليفة فلاناً»: a title stands between him who did it and his victim, so that no verb has him as its object."""
    agents = [m for m in predication.agents if m.has("person") and m.how not in ("anaphor", "demonym")]
    free = [m for role, m in predication.others if not role and m.has("person") and m.how not in ("anaphor", "demonym")]
    clause = context.reading.clauses[predication.clause]
    suffix = any(hit.first == predication.first and hit.value.suffix for hit in clause.triggers)
    if context.reading.lang != "ar" or len(agents) != 1 or predication.patients or predication.carried or suffix or not free:
        return None
    killer, victim = agents[0], free[0]
    titles = range(killer.last, victim.first)
    if not 0 < len(titles) <= 2 or killer.first < predication.last:
        return None
    if not all(context.reading.lexicon.titles.at(context.reading.tokens, k, k + 1) for k in titles):
        return None
    return Killing(killer, tuple(context.people(victim)), predication.first, victim.last, victim)


def _living(context: Context, mention: Mention, dates: Sequence[Moment]) -> list[Entity]:
    """Whom a name may mean of those who died at the date that is told."""
    people = context.people(mention)
    if len(people) > 1 and dates:
        return [p for p in people if p.died and not any(apart(p.died, value, 3) for value in dates)]
    return people


def _of_the_day(context: Context, clause: Clause, predication: Predication, dates: Sequence[Moment]) -> list[Entity]:
    """Him who was killed on the day, in the month or the year that is told, where the word beside the verb is one of his name."""
    reading = context.reading
    fine = [value for value in dates if value.precision in ("day", "month", "year")]
    near = range(max(clause.first, predication.first - 2), predication.first)
    if reading.lang == "ar":
        near = range(predication.last, min(predication.last + 2, clause.last))
    words = {reading.tokens[k].norm for k in near if k not in reading.mention_at and reading.tokens[k].kind == "word"}
    if not fine or not words:
        return []
    out = {}
    for kind in sorted(_KILLED):
        for fact in context.reference.events_of_type(kind):
            event = context.event(fact)
            if event is None or event.when is None or any(apart(event.when, value, 1) for value in fine):
                continue
            for who in event.target:
                person = context.entity(who)
                if person is not None and person.kind == "person" and words & _words_of(person, reading.lang):
                    out[person.id] = person
    return list(out.values()) if len(out) == 1 else []


def _words_of(person: Entity, lang: str) -> set[str]:
    """The words of somebody's names; in Arabic, where a father's name follows, only the first of a full one."""
    full = [name_key(text) for text in person.names.get(lang, ())]
    short = [name_key(text) for text in person.short.get(lang, ())]
    return {word for key in full for word in (key[:1] if lang == "ar" else key)} | {word for key in short for word in key}


def _named(context: Context, clause: Clause) -> Killing | None:
    """ "the assassin of Lincoln was …", "Lincoln's assassin, …", «كان قاتل السادات …»; "the assassin was …" behind a killing."""
    reading = context.reading
    tokens = reading.tokens
    for hit in phrases(reading, "killers", "killer_of").find(tokens, clause.first, clause.last):
        if hit.first in reading.mention_at or not reading.asserted(clause, hit.first):
            continue
        people = [m for m in clause.mentions if m.has("person") and m.how not in ("anaphor", "demonym")]
        behind = [m for m in people if m.first >= hit.last]
        before = [m for m in people if m.last <= hit.first]
        if any(tokens[k].kind == "mark" and tokens[k].norm in (".", ";", "؛", "(") for k in range(hit.last, behind[0].first if behind else hit.last)):
            continue
        owner = before[-1] if before and tokens[before[-1].last].norm == "'" and hit.first - before[-1].last <= 3 else None
        if owner is not None and behind and behind[0].first - hit.last <= 2:
            return Killing(behind[0], tuple(context.people(owner)), owner.first, behind[0].last, owner)
        of = bool(behind) and behind[0].first - hit.last <= 2 and (hit.value == "killers" or tokens[hit.last].norm in reading.lexicon.head_links)
        if of and len(behind) > 1 and behind[1].first - behind[0].last <= 3 and _equal(context, behind[0].last, behind[1].first):
            return Killing(behind[1], tuple(context.people(behind[0])), hit.first, behind[1].last, behind[0])
        if of and before and hit.first - before[-1].last <= 3 and _equal(context, before[-1].last, hit.first):
            return Killing(before[-1], tuple(context.people(behind[0])), before[-1].first, behind[0].last, behind[0])
        if len(behind) == 1 and not before and behind[0].first - hit.last <= 3 and _equal(context, hit.last, behind[0].first):
            victims = _just_killed(context, clause)
            return Killing(behind[0], tuple(victims), hit.first, behind[0].last) if victims else None
    return None


def _equal(context: Context, first: int, last: int) -> bool:
    """Whether nothing but "was", a comma and what he was stands between a killer and the word for him."""
    reading = context.reading
    allowed = members(reading, "being") | reading.lexicon.describers | reading.lexicon.indefinite | {",", "،", "the"}
    return all(reading.tokens[k].norm in allowed or k in reading.mention_at for k in range(first, last))


def _just_killed(context: Context, clause: Clause) -> list[Entity]:
    """Whose killing the clause before told."""
    reading = context.reading
    for other in reversed(reading.clauses[max(0, clause.index - 3) : clause.index]):
        if any(reading.tokens[k].norm == "\n" for k in range(other.last - 1, clause.first)):
            return []
        for predication in reversed(reading.said.get(other.index, ())):
            if predication.frame in ("kill", "die"):
                gone = predication.patients if predication.frame == "kill" else predication.agents
                return context.people(gone[0]) if len(gone) == 1 and gone[0].has("person") and predication.asserted else []
    return []


def _noun(context: Context, mention: Mention) -> Killing | None:
    """ "the assassination of Lincoln by …", «اغتيال السادات على يد …»."""
    reading = context.reading
    clause = reading.clauses[reading.clause_at[mention.first]]
    behind = next((m for m in clause.mentions if mention.last <= m.first <= mention.last + _REACH and m.has("person")), None)
    if behind is None or behind.has("event", "place") or behind.how == "demonym":
        return None
    if preposition(reading, behind) != "by" and not _by_weapon(reading, clause, behind):
        return None
    events = context.events(mention)
    if not events or len(events) != len(mention.ids()) or not all(event.type in _KILLED for event in events):
        return None
    if aside(reading, behind.first) or not reading.asserted(clause, behind.first):
        return None
    if any(hit.value.form != "noun" and mention.last <= hit.first < behind.first for hit in clause.triggers):
        return None
    victims = [person for event in events for who in event.target if (person := context.entity(who))]
    return Killing(behind, tuple(victims), mention.first, behind.last)


def _shot(context: Context, clause: Clause) -> Killing | None:
    """ "X shot Y", «أطلق فلان النار على فلان فقتله»: on the day of the killing, or told to have killed him."""
    reading = context.reading
    people = [m for m in clause.mentions if m.has("person") and m.how not in ("anaphor", "demonym")]
    for hit in verbs(reading, "shot").find(reading.tokens, clause.first, clause.last):
        if not reading.asserted(clause, hit.first) or hit.first in reading.mention_at:
            continue
        near = [m for m in people if m.first >= hit.last]
        if reading.lang == "ar":
            at = hit.last - (hit.last - hit.first > 1)
            near = [m for m in people if m.first >= hit.first + 1 and m.first - at <= _REACH]
            pair = near[:2] if len(near) > 1 and preposition(reading, near[1]) == "علي" and not preposition(reading, near[0]) else []
        else:
            before = [m for m in people if m.last <= hit.first and hit.first - m.last <= 1 and not preposition(reading, m)]
            pair = [before[-1], near[0]] if before and near and near[0].first - hit.last <= 3 and not preposition(reading, near[0]) else []
        if len(pair) != 2:
            continue
        victims = context.people(pair[1])
        dates = [t.mention.value for t in clause.times if t.mention.type == "date" and t.mention.value and not t.mention.relation]
        on_day = bool(dates) and all(p.died is not None and not any(apart(p.died, value, 3) for value in dates) for p in victims)
        stop = reading.sentences[clause.sentence][1]
        dead = phrases(reading, "deadly").find(reading.tokens, pair[1].last, min(stop, pair[1].last + _REACH))
        if on_day or dead:
            return Killing(pair[0], tuple(victims), min(hit.first, pair[0].first), pair[1].last, pair[1])
    return None
