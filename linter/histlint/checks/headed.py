"""Who was at the head of an event, signed or attended it: "the British fleet under X" at a battle whose commanders the reference
names, and X is none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart
from ..facts import Entity, Event
from ..lexicon import Hit
from ..model import Finding
from ..named_tuple import NamedTuple
from ..normalise import bare, fold
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .called_commander import called_commander
from .context import RULING, Context, akin, alive, cite, participants, reigns
from .fights import side_of
from .guests import guests
from .led import leaders_of_risings
from .people_words import members, phrases
from .spoken import spoken_all, told_before

_FIGHTS = frozenset({"battle", "siege", "raid", "conquest", "invasion", "operation", "fall", "surrender", "bombing", "massacre", "campaign"})
_PACTS = frozenset({"treaty", "armistice", "agreement", "pact", "alliance", "surrender"})
_MEETINGS = _PACTS | {"conference", "declaration"}
_LED = frozenset({"lead", "win", "conquer", "besiege", "surrender"})


class _Claim(NamedTuple):
    first: int
    last: int
    who: Mention
    kind: str  # head, beaten, taker (of a surrender), sign or listed
    beside: tuple[Mention, ...] = ()
    of: tuple[str, ...] = ()  # what was taken or besieged
    host: Mention | None = None  # whose army he is said to have led


_TYPES = {"head": _FIGHTS, "beaten": _FIGHTS, "taker": _FIGHTS, "sign": _PACTS, "listed": _MEETINGS}


def check(context: Context) -> Iterator[Finding]:
    """People whom a text puts at the head of an event in which they had no part."""
    yield from guests(context)
    yield from leaders_of_risings(context)
    for clause in context.reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for claim in _claims(context, clause):
            events = spoken_all(context, clause, _TYPES[claim.kind], claim.who.last)
            if not events and claim.kind in ("head", "beaten", "taker"):
                events = told_before(context, clause, _TYPES["head"])
            if claim.of and not all({*claim.of} & {*e.where, *e.target, e.id} for e in events):
                continue  # "took a second consulship"
            people = context.people(claim.who)
            if not events or not people:
                continue
            if claim.host is not None and not any(side_of(context, e, who) for e in events for who in claim.host.ids("polity")):
                continue  # the army of somebody else: «احتلال القدس، صعود الدولة الزنكية بقيادة …»
            across = claim.host is not None and all(_across(context, p, e, claim.host) for p in people for e in events)
            if not across and not all(_stranger(context, p, e, claim) for p in people for e in events):
                continue
            event = events[0]
            cast = tuple(context.reference.fact(p) or p for group in event.leaders for p in group)
            yield context.finding(
                claim.first, claim.last, {"event": event, "person": people[0], "leaders": cast}, cite(event, "leaders")
            )
            break


def _claims(context: Context, clause: Clause) -> Iterator[_Claim]:
    reading = context.reading
    people = [m for m in clause.mentions if m.has("person") and not m.has("event") and m.how != "anaphor"]
    if not people:
        return
    lexicon, tokens = reading.lexicon, reading.tokens
    for hit in (*lexicon.roles.find(tokens, clause.first, clause.last), *lexicon.held.find(tokens, clause.first, clause.last)):
        if hit.value in ("led", "held") and reading.asserted(clause, hit.first) and not _of_its_own(reading, clause, hit):
            for m in people:
                near = hit.last <= m.first <= hit.last + (3 if hit.value == "led" else 6)
                if near and _of_all(context, clause, hit) and not lexicon.relations.find(tokens, hit.last, m.first):
                    yield _Claim(hit.first, m.last, m, "head", host=_host(context, clause, hit))
    for hit in lexicon.heading.find(tokens, clause.first, clause.last):
        for m in people:
            if reading.asserted(clause, hit.first) and 0 <= m.first - hit.last <= _REACH and _head(context, clause, hit, m):
                yield _Claim(min(hit.first, m.first), max(hit.last, m.last), m, "head")
                break
    yield from _at_the_head(context, clause, people)
    for first, last, m, host in called_commander(context.reading, clause, people):
        yield _Claim(first, last, m, "head", host=host)
    for p in reading.said.get(clause.index, ()):
        if p.frame == "sign" and p.form == "verb" and p.asserted:
            with_him = [m for m in people if 0 < m.first - p.last <= 2 and preposition(reading, m) in lexicon.partners]
            yield from (_Claim(p.first, m.last, m, "sign") for m in with_him)  # «وقّع مع فلان معاهدة …»
        if not p.asserted or p.carried or p.form == "noun":
            continue
        for m in (*p.agents, *(m for role, m in p.others if role in ("by", "led") and p.form == "passive")):
            led = (clause.first, p.first) if p.form == "passive" and m.first >= p.last else (p.last, min(p.last + 5, clause.last))
            if p.frame == "lead" and not _army(context, *led):
                continue
            if m in people and (p.frame in _LED or (p.frame == "lose" and m not in p.patients)):
                taken = tuple(fact for patient in p.patients for fact in patient.ids()) or ("",)
                of = taken if p.frame in ("conquer", "besiege") else ()
                yield _Claim(min(p.first, m.first), max(p.last, m.last), m, "head", of=of)
            elif m in people and p.frame == "sign":
                yield _Claim(min(p.first, m.first), max(p.last, m.last), m, "sign")
        for m in _beaten(p):
            if m in people and preposition(reading, m) != "of":
                kind = "taker" if p.frame == "surrender" else "beaten"
                yield _Claim(min(p.first, m.first), max(p.last, m.last), m, kind)
    for group in _groups(context, people):
        for m in group:
            if reading.told(clause, m.first) and not preposition(reading, m).startswith(("after", "بعد")):
                yield _Claim(m.first, m.last, m, "listed", tuple(other for other in group if other is not m))


def _at_the_head(context: Context, clause: Clause, people: Sequence[Mention]) -> Iterator[_Claim]:
    """Commanders named before the words for commanding («كان هولاكو يقود المغول», "Meade was in command of the army"), or behind the
    army that is the object of an Arabic verb («وقاد قوات … الجنرال فلان»)."""
    reading = context.reading
    for hit in phrases(reading, "commanding").find(reading.tokens, clause.first, clause.last):
        ahead = [m for m in people if m.last <= hit.first and hit.first - m.last <= _SELF and not preposition(reading, m)]
        floor = max(clause.first, ahead[-1].first - _SELF) if ahead else clause.last
        opened = reading.lang != "ar" or any(reading.tokens[k].norm.lstrip("وف") in members(reading, "was") for k in range(floor, hit.first))
        if opened and reading.asserted(clause, hit.first) and _army(context, hit.last, min(hit.last + _HOST, clause.last)):
            yield _Claim(ahead[-1].first, hit.last, ahead[-1], "head", host=_power(context, hit.last))
    for p in reading.said.get(clause.index, ()) if reading.lang == "ar" else ():
        if p.frame != "lead" or p.form != "verb" or not p.asserted or any(m.has("person") for m in p.agents if not p.carried):
            continue
        behind = next((m for m in people if m.first >= p.last), None)
        if behind is None or not 1 < behind.first - p.last <= _REACH or preposition(reading, behind):
            continue
        if _army(context, p.last, behind.first) and not reading.tokens[behind.first].norm.startswith("و"):
            yield _Claim(p.first, behind.last, behind, "head", host=_power(context, p.last))


def _of_its_own(reading: Reading, clause: Clause, hit: Hit) -> bool:
    """Whether an army or campaign that has no name stands right before «قادها»: «وردّوا بحملة قادها فلان» is not what was told before."""
    before = reading.tokens[hit.first - 1].norm if hit.first > clause.first else ""
    return reading.lang == "ar" and not {before, before[1:]}.isdisjoint(reading.lexicon.led_bodies)


def _power(context: Context, at: int) -> Mention | None:
    """The power whose army is named at a token."""
    near = [m for m in named_in(context.reading, at, at + _HOST) if m.has("polity") and not m.has("person", "event")]
    return near[0] if near else None


_SELF, _HOST = 2, 4
"""Words between a man and his command («نفسه»), and those within which the army is named."""


def _beaten(predication: Predication) -> Sequence[Mention]:
    """Whom somebody is said to have beaten, or to have surrendered to."""
    if predication.frame == "win" and predication.form == "verb":
        near = [m for role, m in predication.others if role in _OVER and m.first - predication.last <= _OPPONENT]
        return (*predication.patients[:1], *near[:1])
    if predication.frame == "lose" and predication.form == "passive":
        return predication.patients[:1]
    if predication.frame == "surrender" and predication.form == "verb":
        return [m for role, m in predication.others if role in _TO and m.first - predication.last <= _OPPONENT][:1]
    return ()


_SUBJECT = 12
"""Words between a power and "under": "the knights held out for months under …"."""
_OVER, _TO = frozenset({"علي", "over"}), frozenset({"to", "ل"})
_OPPONENT = 6
"""Words behind a victory or surrender within which the other side is named."""
_REACH = 12


def _head(context: Context, clause: Clause, hit: Hit, mention: Mention) -> bool:
    """Whether a name behind a word for commanding is that of the commander: right behind it, or behind the army that he led."""
    if context.reading.lexicon.relations.find(context.reading.tokens, hit.last, mention.first):
        return False  # «على رأس الجيش الثامن بعد مقتل الجنرال غوت»
    if mention.first - hit.last <= 3:
        return True
    between = named_in(context.reading, hit.last, mention.first)
    return not preposition(context.reading, mention) and not any(m.has("person") for m in between) and _army(context, hit.last, mention.first)


def _of_all(context: Context, clause: Clause, hit: Hit) -> bool:
    """Whether it is a whole army that was led: "the British fleet under", not "the third brigade under"."""
    powers = any(m.has("polity") and not m.has("person") for m in named_in(context.reading, max(clause.first, hit.first - _SUBJECT), hit.first))
    floor = max(clause.first, hit.first - (_SUBJECT if powers else 5))
    return _army(context, floor, hit.first) or (hit.value == "held" and _army(context, hit.last, min(hit.last + 3, clause.last)))


def _host(context: Context, clause: Clause, hit: Hit) -> Mention | None:
    """The one power whose army stands before "led by", no battle between: not «هزم المسلمون الفرس في القادسية بقيادة سعد»."""
    near = named_in(context.reading, max(clause.first, hit.first - 5), hit.first)
    powers = [m for m in near if m.has("polity") and not m.has("person", "event")]
    return powers[0] if len(powers) == 1 and not any(m.has("event") and m.first >= powers[0].last for m in near) else None


def _across(context: Context, person: Entity, event: Event, host: Mention) -> bool:
    """Whether somebody led a side of an event, and the army that he is given stood on another."""
    led = {i for i, group in enumerate(event.leaders) if person.id in group}
    stood = {i for who in host.ids("polity") for i in side_of(context, event, who)}
    theirs = {name for own in person.of for name in akin(context, own)} & {*host.ids("polity")}
    return len(led) == 1 == len(stood) and led != stood and not theirs


def _army(context: Context, first: int, last: int) -> bool:
    """Whether the words for an army or fleet, or the name of a power, stand in a token range."""
    reading = context.reading
    norms = {reading.tokens[k].norm for k in range(first, last)}
    powers = any(m.has("polity", "event") and not m.has("person") for m in named_in(reading, first, last))
    norms |= {bare(norm.lstrip("وف")) for norm in norms}
    return bool(norms & reading.lexicon.hosts) or (powers and not norms & reading.lexicon.units)


def _groups(context: Context, people: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Names of three or more people joined by commas and "and"."""
    reading, group = context.reading, list[Mention]()
    for mention in people:
        between = [reading.tokens[k].norm for k in range(group[-1].last, mention.first)] if group else []
        attached = not between and reading.tokens[mention.first].norm.startswith("و")
        if group and not attached and not (0 < len(between) <= 6 and between[0] in reading.lexicon.listing):
            if len(group) > 2:
                yield group
            group = []
        group.append(mention)
    if len(group) > 2:
        yield group


def _stranger(context: Context, person: Entity, event: Event, claim: _Claim) -> bool:
    """Whether somebody surely had no such part: others of his side had it, and he is not known there or near it."""
    if event.when is None or person.id in participants(event) or event.type == "war":
        return False
    cast = {p for group in event.leaders for p in group}
    if claim.kind == "listed":
        real = [m for m in claim.beside if {*m.ids()} & cast]
        full = "leaders" in event.closed or person.id in event.absent
        return full and len(real) >= 2 and len(real) == len(claim.beside)
    if _namesake(context, claim.who, cast):
        return False
    whole = {who for id in context.reference.ancestors(event.id) if (e := context.event(id)) for who in participants(e)}
    if person.id in event.absent:
        return claim.host is not None or person.id not in whole
    mine = {i for i in side_of(context, event, person.id) if i < len(event.leaders) and event.leaders[i]}
    if len(mine) != 1 and not _outsider(context, person, event):
        return False
    for role in reigns(person, RULING):
        if role.when and not apart(role.when, event.when, 31):
            return False
    if claim.kind == "taker" and event.type == "surrender":
        return bool(mine) and all(event.leaders)  # wherever else he took part in those weeks
    life = alive(person)
    if life is not None and apart(life, event.when, 0):
        return abs(apart(life, event.when, 0)) < (_AGE if claim.who.how == "name" and claim.kind == "head" else _JUST)
    for fact in context.reference.events_with(person.id):
        other = context.event(fact)
        if other is None or other.when is None or other.id == event.id or apart(other.when, event.when, _NEAR):
            continue
        if (other.when.end_hi or 1 << 40) - (other.when.start_lo or 0) < _LONG:
            return False
    return True


def _outsider(context: Context, person: Entity, event: Event) -> bool:
    """Whether somebody belonged only to powers that had nothing to do with any side of a fight."""
    sides = {who.who for side in event.sides for who in side}
    if len(event.sides) < 2 or not all(event.sides) or not all(event.leaders) or len(event.leaders) < 2 or not person.of:
        return False
    near = {name for who in (*sides, *event.where, *event.by, *event.target) for name in akin(context, who)}
    return not any(akin(context, own) & near for own in person.of)


def _namesake(context: Context, mention: Mention, cast: set[str]) -> bool:
    """Whether one of the cast bears the name as it is written: a short name may be his."""
    reading = context.reading
    words = {token.norm for token in reading.tokens[mention.first : mention.last]}
    for who in cast:
        entity = context.entity(who)
        names = [name for group in entity.names.values() for name in group] if entity else []
        if any(words <= {fold(word) for word in name.replace("-", " ").split()} for name in names):
            return True
    return False


_AGE = 100 * 366
"""Days by which a commander of a full name may have missed an event; who is further off is a namesake, or see `lifetime`."""
_JUST = 800
"""Days by which somebody may have missed an event so closely that the rules on lives keep silent."""
_NEAR, _LONG = 45, 500
