"""Rulers in a story that was another's: Truman at Yalta, where the reference has Roosevelt as president of the same country.

A conference, battle or siege has its cast: whom the reference names in it. Somebody else who held the same throne or office at
another time, put into the story without him, is a namesake, a neighbour in the list of rulers or a slip.

Options: `of` is event (the event that is spoken of has another in that office) or held («كان على عرش مصر …»: the text says who
ruled at a time, and another did).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, aside, conflict, subjects
from ..facts import Entity, Event
from ..lexicon import Hit
from ..model import Finding, Moment
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import RULING, Context, akin, alive, cite, participants, reigns
from .lifetime import holder_of, title_of
from .narrative import titled
from .story import dates_of, of_other_dates, possessive, story_time
from .tellings import events_told

_MONTHS = 20
"""Days between the end of a reign and an event within which a ruler may still be spoken of in it."""
_BRIEF = 6 * 366
_STANDING = frozenset({"", "led", "by", "against", "beside", "between", "مع", "with", "ب"})
"""Prepositions under which a name is that of somebody in the story."""
_ELSEWHERE = frozenset({"born", "found", "build", "write", "invent", "succeed", "accede", "appoint"})


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    for clause in context.reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        if context.options["of"] == "held":
            yield from _held(context, clause)
        else:
            yield from _recast(context, clause)


def _recast(context: Context, clause: Clause) -> Iterator[Finding]:
    reading = context.reading
    people = [m for m in clause.mentions if m.has("person") and m.how != "anaphor" and not m.has("event", "place", "polity")]
    if not people:
        return
    event = event_of(context, clause)
    if event is None or event.when is None:
        return
    start, stop = reading.sentences[clause.sentence]
    present = {fact for m in named_in(reading, start, stop) for fact in m.ids("person")}
    for mention in people:
        if not reading.asserted(clause, mention.first) or preposition(reading, mention) not in _STANDING:
            continue
        if reading.looks_back(clause.first, mention.last) or possessive(reading, mention):
            continue  # "Caetano, Salazar's successor"
        if reading.lexicon.kin.find(reading.tokens, max(0, mention.first - 2), mention.first) or _dated_elsewhere(context, clause, mention, event):
            continue
        if any(reading.tokens[k].norm.rstrip("ه") in reading.lexicon.kinsmen for k in range(max(0, mention.first - 2), mention.first)):
            continue  # «اسم جده السلطان محمد»
        if any(p.form == "noun" and mention in (*p.patients, *p.agents) for p in reading.said.get(clause.index, ())):
            continue  # «… في مقتل عثمان»
        pairs = [_double(context, person, event) for person in context.people(mention)]
        if not all(pairs) or not pairs:
            continue
        person, real = pairs[0]  # type: ignore[misc]
        if present & {other.id for pair in pairs if pair for other in pair[1:]}:
            continue
        if not _in_story(context, clause, mention, person, event):
            continue
        yield context.finding(
            mention.first, mention.last, {"person": person, "event": event, "real": real}, cite(event, "leaders"), cite(person, "roles")
        )


def event_of(context: Context, clause: Clause) -> Event | None:
    """The one event that a clause speaks of: named in it or its sentence, else the topic of the text where nothing else is named."""
    reading = context.reading
    for mentions in (clause.mentions, tuple(named_in(reading, *reading.sentences[clause.sentence]))):
        named = [m for m in mentions if m.has("event")]
        if any(aside(reading, m.first) for m in named):
            return None  # "after the battle of …": what follows is another story
        if named:
            events = {e.id: e for m in named for e in context.events(m)}
            ids = {fact for m in named for fact in m.ids()}
            only = next(iter(events.values())) if len(events) == 1 == len(ids) else None
            if only and only.when and all(m.how == "short" and of_other_dates(reading, m, only.when) for m in named):
                return None  # a town of which something else is told
            return only if only and only.when and _length(only.when) < _BRIEF else None
    told = events_told(context, clause)
    if told and told[0].when and _length(told[0].when) < _BRIEF:
        told_at = reading.times_from(*reading.sentences[clause.sentence])
        dates = [t.mention for t in told_at if t.mention.value is not None and not t.mention.relation and t.mention.anchor != "narrative"]
        return None if any(conflict(date, told[0].when) for date in dates) else told[0]
    if any(time.mention.value for time in reading.times_from(*reading.sentences[clause.sentence])) or not reading.topic:
        return None
    topic = context.event(reading.topic[0])
    if topic is None or topic.when is None or _length(topic.when) >= 366:
        return None
    story = story_time(context, clause)
    return topic if story is None or not apart(topic.when, story, 366) else None


def _dated_elsewhere(context: Context, clause: Clause, mention: Mention, event: Event) -> bool:
    """Whether the date told next to a name is not that of the event: "Nixon signed … in 1972, and in 1975 the Helsinki accords"."""
    behind = [t for t in clause.times if t.first >= mention.first and not t.mention.relation]
    dates = [t for t in behind if t.mention.value is not None and t.mention.type == "date"]
    value = dates[0].mention.value if dates else None
    return value is not None and event.when is not None and apart(event.when, value, 60) != 0


def _length(when: Moment) -> int:
    return (when.end_hi or 1 << 40) - (when.start_lo or 0)


def _double(context: Context, person: Entity, event: Event) -> tuple[Entity, Entity] | None:
    """The person and him of the event's cast who then held the throne that the person held at another time."""
    cast = participants(event)
    if person.id in cast or event.when is None:
        return None
    for role in reigns(person, RULING):
        if not role.of or role.when is None or not apart(role.when, event.when, _MONTHS):
            return None
    for role in reigns(person, RULING):
        for fact in sorted(cast):
            other = context.entity(fact)
            if other is None or other.kind != "person":
                continue
            for theirs in reigns(other, RULING):
                if theirs.of == role.of and theirs.office == role.office and theirs.when and not apart(theirs.when, event.when):
                    return person, other
    return None


_ACTIVE = frozenset(
    {
        "win", "lose", "lead", "besiege", "invade", "conquer", "sign", "kill", "capture", "meet", "act", "surrender",
        "withdraw", "occupy", "bomb", "die", "enter", "declare-war", "dismiss", "support", "oppose", "peace", "armistice",
    }
)  # fmt: skip


def _in_story(context: Context, clause: Clause, mention: Mention, person: Entity, event: Event) -> bool:
    """Whether the clause makes him act in the event: by a deed, by command, by his title, or beside others of the cast."""
    reading = context.reading
    said = [
        p
        for p in reading.said.get(clause.index, ())
        if mention in p.agents or mention in p.patients or (p.form == "verb" and any(m is mention and not role for role, m in p.others))
    ]
    if any(p.frame in _ELSEWHERE for p in said) or any(p.carried for p in said):
        return False
    if any(reading.tokens[k].norm in reading.lexicon.pluperfect for k in range(clause.first, mention.first)):
        return False
    life = alive(person)
    living = life is not None and event.when is not None and not apart(life, event.when)
    led = preposition(reading, mention) == "led"
    title = title_of(reading, mention) is not None or titled(reading, mention)
    acts = any(p.frame in _ACTIVE for p in said)
    if not living:
        return led or title or acts
    beside = [m for m in clause.mentions if m is not mention and set(m.ids("person")) & participants(event)]
    return (title and (acts or led)) or (acts and any({mention, *beside[:1]} <= set(p.agents) for p in said if beside))


def _held(context: Context, clause: Clause) -> Iterator[Finding]:
    """«كان على عرش مصر …», "headed by …": the words for holding an office, and the time of the story."""
    reading = context.reading
    yield from _left(context, clause)
    for hit in reading.lexicon.held.find(reading.tokens, clause.first, clause.last):
        for mention in clause.mentions:
            if not mention.has("person") or mention.how == "anaphor" or not reading.asserted(clause, hit.first):
                continue
            gap = mention.first - hit.last
            title = title_of(reading, mention)
            if title is not None and not RULING & {*title.value}:
                continue  # «وكان رئيس الأركان فلان …»
            if not 0 <= gap <= _REACH or reading.looks_back(clause.first, mention.last):
                continue
            when = story_time(context, clause)
            if when is None or _length(when) > _BRIEF:
                continue
            if _of_what(context, hit, mention) or _of_a_body(reading, hit):
                continue
            realms = [fact for m in clause.mentions for fact in m.ids("polity") if abs(m.first - mention.first) <= _REACH + 3]
            held = [_not_then(context, person, when) or _no_more(context, person, when, realms) for person in context.people(mention)]
            if not held or not all(held):
                continue
            if _told_before(context, clause, mention):
                continue
            person, role_when, holder = held[0]  # type: ignore[misc]
            yield context.finding(
                min(hit.first, mention.first),
                max(hit.last, mention.last),
                {"person": person, "role_when": role_when, "holder": holder},
                cite(person, "roles"),
                cite(holder, "roles"),
            )
            break


def _told_before(context: Context, clause: Clause, mention: Mention) -> bool:
    """Whether the dates of a sentence all stand in later clauses, and somebody ruled at the one told last before it: "The court, then
    ruled by Irene, was affronted, and only in 812 did …"."""
    reading = context.reading
    start, stop = reading.sentences[clause.sentence]
    own = list(reading.times_from(start, stop))
    begin = next((k for k in range(start, 0, -1) if reading.tokens[k - 1].norm == "\n"), 0)
    before = dates_of(reading, begin, start)
    if not own or not before or any(time.first < clause.last for time in own):
        return False
    roles = [role for person in context.people(mention) for role in reigns(person, RULING)]
    return any(role.when is not None and not apart(role.when, before[-1], _MONTHS) for role in roles)


def _of_what(context: Context, hit: Hit, mention: Mention) -> bool:
    """Whether a pronoun on the words for holding an office may mean something else than his realm: «وكان على رأسه …» of a party."""
    reading = context.reading
    if reading.lang != "ar" or not reading.tokens[hit.last - 1].norm.endswith(("ه", "ها", "هم")):
        return False
    start = max(0, hit.first - _BACK)
    last = next((m for m in reversed(named_in(reading, start, hit.first)) if m.has("polity", "place")), None)
    realms = {role.of for person in context.people(mention) for role in person.roles if role.of}
    return last is None or not any(akin(context, realm) & {*last.ids()} for realm in realms)


def _of_a_body(reading: Reading, hit: Hit) -> bool:
    """Whether what somebody heads is no state: «على رأس لوائهم», "the delegation was headed by"."""
    start = reading.sentences[reading.clauses[reading.clause_at[hit.first]].sentence][0]
    near = (hit.last,) if reading.lang == "ar" else range(max(start, hit.first - _REACH), hit.first)
    adjective = reading.mention_at.get(hit.last)
    if reading.lang == "ar" and adjective is not None and adjective.how == "demonym" and adjective.first == hit.last:
        return True  # «على رأس الحكومة البريطانية فلان، وعلى رأس الفرنسية فلان»
    return any(k < len(reading.tokens) and reading.tokens[k].norm in reading.lexicon.led_bodies for k in near)


_BACK = 12
"""Words over which «رئيسها» looks back for its land."""


def _left(context: Context, clause: Clause) -> Iterator[Finding]:
    """Somebody resigns or is overthrown at a time at which another held his office."""
    reading = context.reading
    for predication in reading.said.get(clause.index, ()):
        who = [m for m in subjects(predication) if m.has("person")] if predication.frame == "unseat" else []
        if len(who) != 1 or predication.form == "noun" or predication.carried or not predication.asserted or clause.times:
            continue
        when = story_time(context, clause)
        if when is None or _length(when) > _YEAR or _lesser_office(context, predication, who[0]):
            continue
        people = context.people(who[0])
        left = [_not_then(context, person, when, _YEAR) for person in people]
        if left and all(left):
            person, role_when, holder = left[0]  # type: ignore[misc]
            yield context.finding(
                min(predication.first, who[0].first),
                max(predication.last, who[0].last),
                {"person": person, "role_when": role_when, "holder": holder},
                cite(person, "roles"),
                cite(holder, "roles"),
            )


def _lesser_office(context: Context, predication: Predication, mention: Mention) -> bool:
    """Whether the office that somebody left is named and is none that he is known for: "resigned as Secretary of State"."""
    reading = context.reading
    titles = reading.lexicon.titles.find(reading.tokens, predication.last, predication.last + _REACH)
    named = {office for hit in titles for office in hit.value}
    offices = {role.office for person in context.people(mention) for role in person.roles}
    if named:
        return not named & offices & _THRONES
    return predication.last < len(reading.tokens) and reading.tokens[predication.last].norm == "as"


_YEAR = 400
_REACH = 5
"""Words between the words for holding an office and the name."""


def _no_more(context: Context, person: Entity, when: Moment, realms: list[str]) -> tuple[Entity, Moment, Entity] | None:
    """The person, his life and who ruled the realm that is named, where he was dead or not yet born."""
    life = alive(person)
    if life is None or not apart(life, when, 366):
        return None
    for realm in realms:
        for fact in context.reference.events_with(realm, "office"):
            other = context.entity(fact)
            if other and any(
                role.of == realm and role.when and not apart(role.when, when) and role.office in _THRONES for role in reigns(other)
            ):
                return person, life, other
    return None


_THRONES = RULING - {"prime-minister", "vizier", "wali", "governor", "chancellor", "consul"}


def _not_then(context: Context, person: Entity, when: Moment, slack: int = _MONTHS) -> tuple[Entity, Moment, Entity] | None:
    """The person, his reign and the real holder, where each of his offices was another's at that time."""
    roles = list(reigns(person, RULING))
    if not roles or any(role.when is None or not apart(role.when, when, slack) for role in roles):
        return None
    for role in sorted(roles, key=lambda item: abs(apart(item.when or when, when))):
        holder = holder_of(context, role, when)
        if holder is not None and holder.id != person.id and role.when:
            return person, role.when, holder
    return None
