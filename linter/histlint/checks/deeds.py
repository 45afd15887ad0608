"""Which facts of the reference a predication or a name speaks of, and when they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..bind import apart, aside, part_of, subjects
from ..facts import Entity, Event, Participant
from ..model import Moment
from ..named_tuple import NamedTuple
from ..normalise import bare, stems
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import RULING, Context, reigns

TYPES: dict[str, frozenset[str]] = {
    frame: frozenset(types.split())
    for frame, types in {
        "invade": "invasion campaign",
        "occupy": "occupation invasion conquest",
        "conquer": "conquest siege fall annexation occupation",
        "besiege": "siege",
        "bomb": "bombing raid",
        "found": "founding",
        "build": "building",
        "kill": "assassination execution",
        "sign": "treaty armistice pact alliance agreement conference declaration",
        "invent": "invention discovery",
        "independence": "independence",
        "burn": "destruction fire",
        "declare-war": "declaration",
        "finish": "conquest siege fall annexation occupation campaign destruction",
        "dissolve": "dissolution fall reform law declaration",
    }.items()
}
"""The types of event that the verbs of a frame may speak of."""

PARTING = frozenset({"surrender", "withdraw", "armistice", "peace", "exit", "lose"})
"""Frames that say how and when somebody's part in a war or battle ended."""


class Known(NamedTuple):
    """A fact that a text speaks of, the time that counts, and the aspect to cite."""

    when: Moment
    fact: Entity | Event
    aspect: str = "when"


def acts_for(context: Context, actor: str, participant: str) -> bool:
    """Whether `actor` stands for a participant: the same, its army, its part or its whole."""
    if actor == participant:
        return True
    up = context.reference.ancestors
    return participant in up(actor) or actor in up(participant)


def side_of(context: Context, event: Event, actor: str) -> set[int]:
    """The sides of an event on which `actor` stands, itself or as the power that it belongs to."""
    exact = {i for i, side in enumerate(event.sides) if any(who.who == actor for who in side)}
    led = {i for i, group in enumerate(event.leaders) if actor in group}
    if exact or led:
        return exact | led
    entity = context.entity(actor)
    names = [actor, *(entity.of if entity and entity.kind == "person" else ())]
    return {i for i, side in enumerate(event.sides) for who in side if any(acts_for(context, name, who.who) for name in names)}


def participant(context: Context, event: Event, actor: str) -> Participant | None:
    """The entry of `actor` among an event's participants."""
    fallback = None
    for side in event.sides:
        for who in side:
            if who.who == actor:
                return who
            if acts_for(context, actor, who.who):
                fallback = fallback or who
    return fallback


def context_events(context: Context, clause: Clause, before: int, *types: str) -> list[Event]:
    """The event that is spoken of at token `before` of a clause: the one joined to it by a preposition, else the last one
    named before it in the clause, else in the paragraph, else the topic."""
    reading = context.reading

    def fits(mention: Mention) -> list[Event]:
        return [e for e in context.events(mention) if not types or e.type in types]

    following = [m for m in clause.mentions if before < m.first <= before + _ATTACHED and fits(m) and preposition(reading, m)]
    preceding = [m for m in clause.mentions if m.first <= before and fits(m)]
    others = [m for m in clause.mentions if fits(m)]
    if following or preceding or others:
        return fits((following[:1] or preceding[-1:] or others[:1])[0])
    for mention in reversed(named_in(reading, max(0, before - _PARAGRAPH), before)):
        if not mention.has("event"):
            continue
        stated = _stated(context, mention.last, before, types)
        events = stated or fits(mention)
        if events:
            return events
    stated = _stated(context, max(0, before - _PARAGRAPH), before, types)
    if stated:
        return stated
    for fact in reading.topic:
        event = context.event(fact)
        while event is not None:
            if not types or event.type in types:
                return [event]
            event = next((e for whole in event.part_of if (e := context.event(whole))), None)
    return []


_ATTACHED = 7
"""Words behind a deed within which «في معركة …» belongs to it."""
_PARAGRAPH = 60
"""Words for which an event that was named stays what the text speaks of."""


def _stated(context: Context, first: int, last: int, types: tuple[str, ...]) -> list[Event]:
    """The one event that a deed between two tokens speaks of without its name (besieged, took, invaded)."""
    near = {clause for k in range(first, last) if (clause := context.reading.clause_at.get(k)) is not None}
    for predication in (p for clause in sorted(near, reverse=True) for p in reversed(context.reading.said.get(clause, ()))):
        if (
            first <= predication.first
            and predication.last < last
            and predication.frame in ("besiege", "invade", "conquer", "occupy")
        ):
            events = [item.fact for item in _own_deeds(context, predication) if isinstance(item.fact, Event)]
            events = [event for event in events if not types or event.type in types]
            if len(events) == 1:
                return events
    return []


def known(context: Context, predication: Predication) -> list[Known]:
    """The facts that a predication may speak of. Several are alternatives; empty where the reference knows none."""
    frame = predication.frame
    if frame in ("die", "born", "accede", "unseat", "return"):
        return list(_lives(context, predication)) or _titled(context, predication)
    if frame == "enter" or frame in PARTING:
        return list(_parts(context, predication))
    if frame == "capture":
        return _captures(context, predication)
    if frame == "independence":
        return _independence(context, predication)
    if frame in ("found", "dissolve"):
        states = _states(context, predication)
        if states:
            return states
    if frame == "sign":
        return _own_deeds(context, predication) or _between(context, predication)
    if frame in TYPES:
        found = _titled(context, predication) or _own_deeds(context, predication)
        return found or [Known(e.when, e) for e in described(context, predication) if e.when]
    if frame in ("win", "lose"):
        clause = context.reading.clauses[predication.clause]
        return [Known(e.when, e) for e in fights(context, predication, clause) if e.when]
    return []


def _independence(context: Context, predication: Predication) -> list[Known]:
    """When a country became independent."""
    out = {}
    for mention in predication.agents[:1] if not predication.carried else ():
        for actor in mention.ids("polity", "place"):
            for fact in context.reference.events_with(actor):
                event = context.event(fact)
                if (
                    event
                    and event.type == "independence"
                    and event.when
                    and (event.target[:1] or event.by[:1])
                    and actor in (*event.target, *event.by)
                ):
                    out[event.id] = Known(event.when, event)
    return list(out.values())


def _captures(context: Context, predication: Predication) -> list[Known]:
    """When somebody was taken prisoner."""
    found = {}
    for mention in predication.patients[:1] if not predication.carried else ():
        for who in mention.ids("person"):
            for fact in context.reference.events_with(who, "captured"):
                event = context.event(fact)
                if event and event.when:
                    found[event.id] = Known(event.when, event, "captured")
    return list(found.values())


def _states(context: Context, predication: Predication) -> list[Known]:
    """When a state began or ended."""
    edge = "start" if predication.frame == "found" else "end"
    out = []
    for mention in predication.patients[:1]:
        for fact in mention.ids("polity") if mention.how == "name" else ():
            entity = context.entity(fact)
            if entity and entity.existed and None not in part_of(entity.existed, edge)[:4]:
                out.append(Known(part_of(entity.existed, edge), entity, "existed"))
    return out


FIGHTS = frozenset(["battle", "siege", "war", "campaign", "operation", "raid", "conquest", "invasion", "revolt"])


def fights(context: Context, predication: Predication, clause: Clause) -> list[Event]:
    """The fight that a victory, defeat or surrender is said to be of: named in the clause, else told by its place, else the one
    in which both sides met; only what its date allows."""
    named = [m for m in clause.mentions if any(e.type in FIGHTS for e in context.events(m)) and m.how != "anaphor"]
    if len(named) > 1 or any(aside(context.reading, m.first) for m in named):
        return []
    if not named and not any(m.has("event") for m in clause.mentions):
        named = _named_before(context, clause)
    if named:
        events = [e for e in context.events(named[0]) if e.type in FIGHTS]
        return events if len(events) == len(named[0].ids()) else []
    who = [
        m for m in (*predication.agents, *predication.patients, *(m for _, m in predication.others)) if m.has("person", "polity")
    ]
    found: dict[str, Event] = {}
    spots = clause.mentions
    if not any(m.has("place", "event") for m in spots):  # «التقى … في مرج دابق …، وانتصر على …»
        spots = tuple(
            m
            for c in context.reading.clauses[max(0, clause.index - 1) : clause.index]
            if c.sentence == clause.sentence
            for m in c.mentions
        )
    for mention in spots:
        if mention.has("place") and preposition(context.reading, mention) and not mention.has("person"):
            for place in mention.ids("place"):
                for fact in context.reference.events_with(place, "where"):
                    event = context.event(fact)
                    if (
                        event
                        and event.type in FIGHTS
                        and event.where[:1] == (place,)
                        and any(_has_side(context, event, m) for m in who)
                    ):
                        found[event.id] = event
    if not found:  # "At Ligny … defeated": the town has no entry, the battle has
        at = (k for k in range(clause.first, clause.last - 1) if context.reading.tokens[k].norm in context.reading.lexicon.fought_at)
        found = {event.id: event for k in at for event in _called_at(context, k, k + 1) if any(_has_side(context, event, m) for m in who)}
    if not found and clause.index and _there(context, clause):
        before = context.reading.clauses[clause.index - 1]
        told = fight_of(context, before) if before.sentence == clause.sentence else []
        found = {item.fact.id: item.fact for item in told if isinstance(item.fact, Event)}
    if not found:
        found = _common(context, predication) or _on_the_day(context, predication, clause)
    dates = [t.mention for t in clause.times if t.mention.type == "date" and t.mention.value and "year" in dict(t.mention.parts)]
    return [e for e in found.values() if e.when and all(not apart(d.value, e.when, 1100) for d in dates if d.value)]


def _there(context: Context, clause: Clause) -> bool:
    """Whether a clause begins with what stands for the fight just told: «وفيها هزم …»."""
    phrases = context.reading.lexicon.pronoun_phrases
    norms = [context.reading.tokens[k].norm for k in range(clause.first, min(clause.first + 2, clause.last))]
    return any(norm in phrases or (norm[:1] in ("و", "ف") and norm[1:] in phrases) for norm in norms)


def told_by_place(context: Context, predication: Predication, clause: Clause) -> list[Known]:
    """The battle that a clause tells by its place alone, or by the second half of its name: «انتصر في نزيب», "they met at …".

    Only one in which somebody had a part whom the text names.
    """
    found: dict[str, Event] = {}
    for mention in clause.mentions:
        if mention.first >= predication.last:
            found.update({event.id: event for event in fought_at(context, mention)})
    if not found:
        stop = min(predication.last + 5, clause.last - 1)
        found = {event.id: event for event in _called_at(context, predication.last, stop)}
    kinds = CLASHES | {"surrender"} if predication.frame == "surrender" else CLASHES
    return [Known(event.when, event) for event in found.values() if event.when and event.type in kinds]


def fought_at(context: Context, mention: Mention) -> Iterator[Event]:
    """The battles and surrenders at a place that stands under "at", «في», in which somebody had a part whom the text names."""
    reading = context.reading
    if not mention.has("place") or preposition(reading, mention) not in reading.lexicon.fought_at:
        return
    for place in mention.ids("place"):
        for fact in context.reference.events_with(place, "where"):
            event = context.event(fact)
            if event and event.where[:1] == (place,) and _of_the_story(context, event):
                yield event


def _of_the_story(context: Context, event: Event, *, powers: bool = False) -> bool:
    people = {*event.by, *(who for group in event.leaders for who in group)}
    if powers:
        people.update(who.who for side in event.sides for who in side)
    return event.type in (*CLASHES, "surrender") and bool(people & context.reading.named)


def _called_at(context: Context, first: int, last: int) -> Iterator[Event]:
    """The battles and sieges of the story that are called by the word behind "at": «في نزيب» is «معركة نزيب»."""
    reading = context.reading
    at = next((k for k in range(first, last) if reading.tokens[k].norm in reading.lexicon.fought_at), None)
    if at is not None and at + 1 not in reading.mention_at:
        yield from called(context, at + 1)


def called(context: Context, at: int, last: int = 0) -> Iterator[Event]:
    """The battles and sieges of the story whose name is a noun and the words from token `at`."""
    lexicon = context.reading.lexicon
    heads = lexicon.event_nouns.first_words()
    words = [bare(token.norm) for token in context.reading.tokens[at : max(last, at + 1)]]
    for names in context.reference.names({*words, *heads, *lexicon.head_links}).values():
        for name in names:
            rest = [part for part in name.key[1:] if part not in lexicon.head_links]
            event = context.event(name.id) if name.kind == "event" and name.key[0] in heads and rest == words else None
            if event and _of_the_story(context, event, powers=True):
                yield event


def fight_of(context: Context, clause: Clause) -> list[Known]:
    """The fight that a clause speaks of, by its name or by the place that it tells."""
    named = [m for m in clause.mentions if m.has("event") and any(e.type in CLASHES for e in context.events(m))]
    if named:
        return [Known(e.when, e) for e in context.events(named[-1]) if e.when] if len(named) == 1 else []
    found = {event.id: event for m in clause.mentions for event in fought_at(context, m)}
    for at in range(clause.first, clause.last - 1):
        if not found:
            found = {event.id: event for event in _called_at(context, at, at + 1)}
    return [Known(event.when, event) for event in found.values() if event.when]


def _named_before(context: Context, clause: Clause) -> list[Mention]:
    """The fight named in the clause before, in the same sentence: «التقى الجيشان في … فهزم …»."""
    for other in reversed(context.reading.clauses[max(0, clause.index - 1) : clause.index]):
        if other.sentence != clause.sentence:
            break
        named = [m for m in other.mentions if m.has("event")]
        if len(named) == 1 and any(e.type in CLASHES for e in context.events(named[0])) and not aside(context.reading, named[0].first):
            return named
    return []


CLASHES = frozenset(["battle", "siege", "raid"])


def _on_the_day(context: Context, predication: Predication, clause: Clause) -> dict[str, Event]:
    """The one battle of two powers on a written day or in a written month."""
    dates = [t.mention.value for t in clause.times if t.mention.type == "date" and t.mention.value and not t.mention.relation]
    if len(dates) != 1 or dates[0] is None or dates[0].precision not in ("day", "month") or predication.carried:
        return {}
    sides = [m for m in (*predication.agents, *predication.patients) if m.has("polity", "person")]
    if len(sides) != 2:
        return {}
    found = {}
    for one in sides[0].ids("polity", "person"):
        for fact in (*context.reference.events_with(one, "side"), *context.reference.events_with(one, "leader")):
            event = context.event(fact)
            if event and event.when and event.type in CLASHES and not apart(event.when, dates[0], 1):
                for other in sides[1].ids("polity", "person"):
                    mine, theirs = side_of(context, event, one), side_of(context, event, other)
                    if len(mine) == len(theirs) == 1 and mine != theirs:
                        found[event.id] = event
    return found if len(found) == 1 else {}


def _has_side(context: Context, event: Event, mention: Mention) -> bool:
    return any(side_of(context, event, actor) for actor in mention.ids("person", "polity"))


def _common(context: Context, predication: Predication) -> dict[str, Event]:
    """Fights that two people led on opposite sides."""
    agents = [m for m in predication.agents if m.has("person")]
    others = [m for m in predication.patients if m.has("person")]
    roles = ("علي", "over", "against") if predication.frame == "win" else ("ل", "to", "by", "امام", "against")
    others += [m for role, m in predication.others if m.has("person") and role in roles and m.first - predication.last <= _ATTACHED]
    if len(agents) != 1 or len(others) != 1 or predication.carried:
        return {}
    found = {}
    for one in agents[0].ids("person"):
        for fact in context.reference.events_with(one, "leader"):
            event = context.event(fact)
            if event and event.type in FIGHTS and event.type != "war":
                for other in others[0].ids("person"):
                    mine, theirs = side_of(context, event, one), side_of(context, event, other)
                    if len(mine) == len(theirs) == 1 and mine != theirs:
                        found[event.id] = event
    return found


def described(context: Context, predication: Predication) -> list[Event]:
    """Events whose descriptive name the clause spells out: «اكتُشف البنسلين» is «اكتشاف البنسلين»."""
    reading = context.reading
    nouns = reading.lexicon.nouns_of.get(predication.frame, ())
    clause = reading.clauses[predication.clause]
    if not nouns or predication.frame not in ("found", "build", "invent", "kill", "write", "dissolve"):
        return []
    start = predication.last if reading.lang == "ar" or predication.form == "verb" else clause.first
    words = ["" if _governed(reading, k) else bare(reading.tokens[k].norm) for k in range(start, clause.last)]
    stems_here = {
        stem for token in reading.tokens[clause.first : clause.last] if token.kind == "word" for stem in stems(token.norm)
    }
    out: dict[str, Event] = {}
    found = context.reference.names(stems_here | {noun for key in nouns for noun in key})
    for key in nouns:
        for name in found.get(key[0], ()):
            rest = [word for word in name.key[len(key) :] if word not in ("the",)]
            if name.kind == "event" and name.how == "name" and name.key[: len(key)] == key and rest and _runs(words, rest):
                event = context.event(name.id)
                if event:
                    out[event.id] = event
    return list(out.values())


def _governed(reading: Reading, index: int) -> bool:
    """Whether a preposition stands before a token: «بنى قصراً في بغداد» built no Baghdad."""
    return index > 0 and reading.tokens[index - 1].norm in reading.lexicon.prepositions


def _runs(words: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether `rest` stands in `words` as it is."""
    size = len(rest)
    return any(list(words[k : k + size]) == list(rest) for k in range(len(words) - size + 1))


def _lives(context: Context, predication: Predication) -> Iterator[Known]:
    who = subjects(predication)
    if len(who) != 1:
        return
    for person in context.people(who[0]):
        if predication.frame == "die" and person.died:
            yield Known(person.died, person, "life")
        elif predication.frame == "born" and person.born:
            yield Known(person.born, person, "life")
        elif predication.frame in ("accede", "unseat", "return"):
            for role in reigns(person, RULING):
                assert role.when is not None
                edge = part_of(role.when, "end" if predication.frame == "unseat" else "start")
                if edge.start_lo is not None and edge.end_hi is not None:
                    yield Known(edge, person, "roles")


def _between(context: Context, predication: Predication) -> list[Known]:
    """"Signed a treaty of alliance with …": the treaties of that kind between the two."""
    reading = context.reading
    partners = [m for role, m in predication.others if role in reading.lexicon.partners and m.has("polity")]
    agents = [m for m in predication.agents if m.has("polity")]
    if len(partners) != 1 or not agents or predication.carried:
        return []
    kinds = {kind for k in range(predication.last, partners[0].first) for kind in _instruments(reading, k)}
    found = {}
    for one in agents[0].ids("polity"):
        for fact in context.reference.events_with(one, "side"):
            event = context.event(fact)
            if event and event.when and event.type in kinds & TYPES["sign"]:
                theirs = {i for other in partners[0].ids("polity") for i in side_of(context, event, other)}
                if theirs or any(other in event.by for other in partners[0].ids("polity")):
                    found[event.id] = Known(event.when, event)
    return list(found.values())


def _instruments(reading: Reading, index: int) -> tuple[str, ...]:
    hit = reading.lexicon.event_nouns.at(reading.tokens, index, index + 1)
    return tuple(hit.value) if hit else ()


def _titled(context: Context, predication: Predication) -> list[Known]:
    """«مقتل ملك السويد», "the death of the king of Sweden": when the one holder of that title died whom the text names."""
    if predication.frame not in ("die", "kill") or len(predication.patients) != 1:
        return []
    reading, realm = context.reading, predication.patients[0]
    at = realm.first - 1
    if not realm.has("polity", "place") or at < predication.last:
        return []
    if reading.tokens[at].norm in reading.lexicon.head_links:
        at -= 1
    title = reading.lexicon.titles.at(reading.tokens, at, at + 1)
    if title is None:
        return []
    holders = []
    for fact in sorted(reading.named):
        person = context.entity(fact)
        if person and any(role.office in title.value and role.of in realm.ids() for role in person.roles):
            holders.append(person)
    return [Known(person.died, person, "life") for person in holders if person.died] if len(holders) == 1 else []


def _parts(context: Context, predication: Predication) -> Iterator[Known]:
    """When somebody entered or left the war or battle that the clause is about."""
    who = subjects(predication) if predication.frame in PARTING else predication.agents or predication.patients
    clause = context.reading.clauses[predication.clause]
    kinds = ("war", "campaign") if predication.frame in ("enter", "exit") else ("war", "campaign", "battle", "siege")
    for event in context_events(context, clause, predication.first, *kinds)[:1]:
        for mention in who[:1]:
            for actor in mention.ids("polity"):
                entry = participant(context, event, actor)
                if entry is None:
                    continue
                if predication.frame == "enter":
                    when = entry.start or (part_of(event.when, "start") if event.when else None)
                else:
                    when = entry.end or (part_of(event.when, "end") if event.when and entry.left else None)
                if when is not None:
                    yield Known(when, event, "left" if predication.frame != "enter" else "sides")


def _own_deeds(context: Context, predication: Predication) -> list[Known]:
    """The deeds that the agent himself had a part in, where there are such among those of his realm."""
    found = list(_deeds(context, predication))
    if predication.frame in ("conquer", "occupy"):
        found = [k for k in found if not (isinstance(k.fact, Event) and _suffered(context, predication, k.fact))]
    doers = {fact for mention in predication.agents for fact in mention.ids("person")}
    own = [
        k for k in found if isinstance(k.fact, Event) and doers & {*k.fact.by, *(p for group in k.fact.leaders for p in group)}
    ]
    return own or found


def _suffered(context: Context, predication: Predication, event: Event) -> bool:
    """Whether the agent lost what was taken in an event: «استردها الكامل» is not the fall that he suffered."""
    lost = {i for who in event.lost for i in side_of(context, event, who)}
    sides = {i for m in predication.agents for actor in m.ids("person", "polity") for i in side_of(context, event, actor)}
    return bool(sides) and sides <= lost


def done_to(context: Context, predication: Predication) -> list[Known]:
    """The deeds that a predication may speak of, by anybody where it names no agent."""
    return list(_deeds(context, predication, anybody=True))


def _deeds(context: Context, predication: Predication, *, anybody: bool = False) -> Iterator[Known]:
    """Events of the frame's types done to the patients, by the agents where both are known."""
    targets = list(predication.patients)
    spots = [m for _, m in predication.others if m.has("place")]
    if predication.frame == "besiege" and spots:
        targets = spots  # «حاصر العثمانيون القوات البريطانية في الكوت»
    elif predication.frame == "sign":
        targets += spots
    seen: set[str] = set()
    actors = {actor for mention in predication.agents for actor in mention.ids("person", "polity")}
    repeated = predication.frame in ("invade", "occupy", "conquer", "besiege", "bomb")  # done to a place by many
    for mention in targets:
        if mention.has("event"):
            for event in context.events(mention):
                if event.when and event.id not in seen:
                    seen.add(event.id)
                    yield Known(event.when, event)
            continue
        for target in mention.ids():
            if predication.frame == "kill":
                person = context.entity(target)
                if person and person.kind == "person" and person.died:
                    yield Known(person.died, person, "life")
            for role in ("target", "where", "side"):
                if role == "where" and not _happened_there(context, predication.frame, target):
                    continue
                for fact in context.reference.events_with(target, role):
                    entry = context.event(fact)
                    if entry is None or entry.type not in TYPES[predication.frame] or not entry.when or fact in seen:
                        continue
                    if (actors or (repeated and not anybody)) and not _done_by(context, entry, actors):
                        continue
                    seen.add(fact)
                    yield Known(entry.when, entry)


_TOWNS = frozenset({"city", "town", "village", "fortress", "island"})


def _happened_there(context: Context, frame: str, place: str) -> bool:
    """Whether what was done to a place may be told by an event that took place there: a siege in a town, not in a country."""
    if frame in ("found", "build"):
        return False
    entry = context.entity(place)
    return frame in ("besiege", "sign", "bomb") or bool(entry and entry.subkind in _TOWNS)


def _done_by(context: Context, event: Event, actors: Iterable[str]) -> bool:
    doers = {*event.by, *(who.who for side in event.sides for who in side), *(p for group in event.leaders for p in group)}
    if event.by and len(event.sides) > 1:  # those who did it and their side, not those who bore it
        attacking = {i for who in event.by for i in side_of(context, event, who)}
        doers = {*event.by} | {who.who for i in attacking if i < len(event.sides) for who in event.sides[i]}
        doers |= {p for i in attacking if i < len(event.leaders) for p in event.leaders[i]}
    for actor in actors:
        entity = context.entity(actor)
        names = (actor, *(entity.of if entity else ()))
        if any(acts_for(context, name, doer) for name in names for doer in doers):
            return True
    return False


def events_at(context: Context, mention: Mention) -> list[Known]:
    """The time of a named event, cut to its start or end where the words before it say so."""
    return [Known(event.when, event) for event in context.events(mention) if event.when]
