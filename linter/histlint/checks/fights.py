"""Who stood on which side, and which fight a clause speaks of: by its name, its place, its day, or who met in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ..bind import apart, aside
from ..facts import Entity, Event, Name, Participant
from ..model import Moment
from ..named_tuple import NamedTuple
from ..normalise import bare
from ..prepositions import preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import Context, akin
from .outcome_words import members
from .tellings import events_told


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


def near_side(context: Context, actor: str, event: Event) -> bool:
    """Whether a power has anything to do with a side: itself, its people, its land, what came before or after it."""
    mine = akin(context, actor)
    parties = {who.who for side in event.sides for who in side} | {*event.by, *event.target, *event.won, *event.lost}
    whole = context.reference.ancestors
    for who in parties:
        entity = context.entity(who)
        for name in (who, *(entity.of if entity and entity.kind == "person" else ())):
            if mine & akin(context, name) or actor in whole(name) or name in whole(actor):
                return True
    return False


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


FIGHTS = frozenset(["battle", "siege", "war", "campaign", "operation", "raid", "conquest", "invasion", "revolt"])


def fights(context: Context, predication: Predication, clause: Clause) -> list[Event]:
    """The fight that a victory, defeat or surrender is said to be of: named in the clause, else told by its place, else the one
    in which both sides met; only what its date allows."""
    named = [m for m in clause.mentions if any(e.type in FIGHTS for e in context.events(m)) and m.how != "anaphor"]
    if len(named) > 1 or any(aside(context.reading, m.first) or _cut_off(context, predication, m) for m in named):
        return []
    if not named and not any(m.has("event") for m in clause.mentions) and not _elsewhere(context, clause):
        named = _named_before(context, clause)
    if named:
        if _of_another_noun(context, predication, named[0]) or _behind_sequence(context, predication, named[0]):
            return []
        events = [e for e in context.events(named[0]) if e.type in FIGHTS]
        places = named[0].ids("place")  # "at Hastings": the battle, not the town
        return events if len(events) == len([fact for fact in named[0].ids() if fact not in places]) else []
    if in_other_words := events_told(context, clause, FIGHTS):
        return in_other_words
    who = [
        m for m in (*predication.agents, *predication.patients, *(m for _, m in predication.others)) if m.has("person", "polity")
    ]
    found: dict[str, Event] = {}
    spots = clause.mentions
    start = clause.first
    if not any(m.has("place", "event") or _land(context, m) for m in spots):  # «التقى … في مرج دابق …، وانتصر على …»
        start = next((c.first for c in context.reading.before(clause)[-1:]), start)
        spots = tuple(
            m
            for c in context.reading.clauses[max(0, clause.index - 1) : clause.index]
            if c.sentence == clause.sentence
            for m in c.mentions
        )
    for mention in spots:
        under = preposition(context.reading, mention) if mention.has("place") and not mention.has("person") else ""
        if under not in _NOWHERE | _WHENCE:
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
        at = (k for k in range(start, clause.last - 1) if context.reading.tokens[k].norm in context.reading.lexicon.fought_at)
        found = {event.id: event for k in at for event in called_at(context, k, k + 1) if any(_has_side(context, event, m) for m in who)}
    if found and not any(_opposed(context, event, predication) for event in found.values()):
        found = _common(context, predication) or found
    if not found and clause.index and _there(context, clause):
        before = context.reading.clauses[clause.index - 1]
        apart_from = before.sentence != clause.sentence and context.reading.tokens[clause.first - 1].norm == "\n"
        told = [] if apart_from else fight_of(context, before)
        found = {item.fact.id: item.fact for item in told if isinstance(item.fact, Event)}
        found = found or _then_fought(context, who, before)
    if not found:
        found = _common(context, predication) or _on_the_day(context, predication, clause)
    dates = [t.mention for t in clause.times if t.mention.type == "date" and t.mention.value and "year" in dict(t.mention.parts)]
    return [e for e in found.values() if e.when and all(not apart(d.value, e.when, 1100) for d in dates if d.value)]


def _then_fought(context: Context, who: Sequence[Mention], before: Clause) -> dict[str, Event]:
    """The one war of two powers in the year of the clause before: "in 1897 war broke out …, in which the Ottomans beat the Greeks"."""
    dates = [t.mention.value for t in before.times if t.mention.type == "date" and t.mention.value and t.mention.value.precision == "year"]
    powers = [m for m in who if m.has("polity")]
    if len(dates) != 1 or len(powers) != 2:
        return {}
    found = {}
    for one in powers[0].ids("polity"):
        for fact in context.reference.events_with(one, "side"):
            event = context.event(fact)
            if event and event.type == "war" and event.when and dates[0] and not apart(event.when, dates[0]) and _has_side(context, event, powers[1]):
                found[event.id] = event
    return found if len(found) == 1 else {}


_WHENCE = frozenset({"من", "from"})
"""Prepositions before the place that somebody came from."""


def _cut_off(context: Context, predication: Predication, mention: Mention) -> bool:
    """Whether a semicolon stands between a deed and the name of a fight."""
    span = range(predication.last, mention.first) if mention.first >= predication.last else range(mention.last, predication.first)
    return any(context.reading.tokens[k].norm in (";", "؛") for k in span)


def _land(context: Context, mention: Mention) -> bool:
    """Whether a power is named as a land: "in Poland"."""
    role = preposition(context.reading, mention)
    return mention.has("polity") and mention.how == "name" and (role in context.reading.lexicon.fought_at or role in _NOWHERE - {""})


_NOWHERE = frozenset({"", "as", "like", "than", "about", "for", "ك", "مثل"})
"""Prepositions that tell of no place: "in such lands as Bulgaria"."""


def _opposed(context: Context, event: Event, predication: Predication) -> bool:
    """Whether those who did it and those it was done to both had a side in a fight."""
    return all(any(_has_side(context, event, m) for m in group) for group in (predication.agents, predication.patients))


def _of_another_noun(context: Context, predication: Predication, fight: Mention) -> bool:
    """Whether the victory is told in a relative clause on something else: «ديون الحرب … والآلة العسكرية التي قهرت أوروبا»."""
    at = predication.first - 1
    relative = at > fight.last and context.reading.tokens[at].norm in context.reading.lexicon.relatives
    return relative and at - fight.last > _HEAD


def _behind_sequence(context: Context, predication: Predication, fight: Mention) -> bool:
    """Whether a fight is that of another deed behind "after": "were defeated, but rejoined it after the defeat of … at Poltava"."""
    reading = context.reading
    hits = reading.lexicon.relations.find(reading.tokens, predication.last, fight.first) if fight.first > predication.last else ()
    return any(hit.value in ("before", "after", "since", "until") and hit.first not in reading.mention_at for hit in hits)


_HEAD = 2
"""Words that may stand between a fight and the relative clause on it."""


def _there(context: Context, clause: Clause) -> bool:
    """Whether a clause begins with what stands for the fight just told: «وفيها هزم …»."""
    phrases = context.reading.lexicon.pronoun_phrases | members(context.reading, "there")
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
        found = {event.id: event for event in called_at(context, predication.last, stop)}
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


def _of_the_story(context: Context, event: Event, *, powers: bool = False, types: Collection[str] = ()) -> bool:
    people = {*event.by, *(who for group in event.leaders for who in group)}
    if powers:
        people.update(who.who for side in event.sides for who in side)
    return event.type in (types or (*CLASHES, "surrender")) and bool(people & context.reading.named)


def called_at(context: Context, first: int, last: int) -> Iterator[Event]:
    """The battles and sieges of the story that are called by the word behind "at": «في نزيب» is «معركة نزيب»."""
    reading = context.reading
    at = next((k for k in range(first, last) if reading.tokens[k].norm in reading.lexicon.fought_at), None)
    if at is None or at + 1 in reading.mention_at:
        return
    if at + 2 < len(reading.tokens) and reading.tokens[at + 2].kind == "word" and at + 2 not in reading.mention_at:
        both = list(called(context, at + 1, at + 3))  # «عند تل الجزر»
        yield from both
        if both:
            return
    if not _goes_on(reading, at + 2):
        yield from called(context, at + 1)


def _goes_on(reading: Reading, index: int) -> bool:
    """Whether an English name goes on with another capital: "in Eastern Europe" is no Eastern Front."""
    if reading.lang == "ar" or index >= len(reading.tokens) or reading.tokens[index].kind != "word":
        return False
    return reading.document.text[reading.tokens[index].start].isupper() and index not in reading.time_at and index not in reading.mention_at


def called(context: Context, at: int, last: int = 0, types: Collection[str] = ()) -> Iterator[Event]:
    """The battles and sieges of the story, or its events of some types, whose name is a noun and the words from token `at`."""
    for event in called_anyhow(context, at, last):
        if _of_the_story(context, event, powers=True, types=types):
            yield event


def called_anyhow(context: Context, at: int, last: int = 0, types: Collection[str] = ()) -> Iterator[Event]:
    """The events, of some types where given, whose name is a noun and the words from token `at`."""
    lexicon = context.reading.lexicon
    heads = lexicon.event_nouns.first_words()
    words = [bare(token.norm) for token in context.reading.tokens[at : max(last, at + 1)]]
    if context.reading.tokens[at].norm in lexicon.glue or context.reading.tokens[at].norm in lexicon.prepositions:
        return  # «كان» is no Caen
    plain = {*words, *lexicon.head_links}
    named = (name for name in context.reference.names_under(words) if name.kind == "event" and name.key[0] in heads)
    rare = (name for name in context.once(_rarely_led) if plain.issuperset(name.key[1:]))
    fitting = {name for name in (*named, *rare) if [part for part in name.key[1:] if part not in lexicon.head_links] == words}
    for name in sorted(fitting, key=lambda name: name[:6]):
        event = context.event(name.id)
        if event and (not types or event.type in types):
            yield event


def _rarely_led(context: Context) -> list[Name]:
    """The names of events that lie under their noun or a link: rarer than the rest of their words."""
    lexicon = context.reading.lexicon
    heads = lexicon.event_nouns.first_words()
    found = context.reference.names_under(sorted({*heads, *lexicon.head_links}))
    return [name for name in found if name.kind == "event" and name.key[0] in heads and len(name.key) > 1]


def fight_of(context: Context, clause: Clause) -> list[Known]:
    """The fight that a clause speaks of, by its name or by the place that it tells."""
    named = [m for m in clause.mentions if m.has("event") and any(e.type in CLASHES for e in context.events(m))]
    if named:
        return [Known(e.when, e) for e in context.events(named[-1]) if e.when] if len(named) == 1 else []
    found = {event.id: event for m in clause.mentions for event in fought_at(context, m)}
    for at in range(clause.first, clause.last - 1):
        if not found:
            found = {event.id: event for event in called_at(context, at, at + 1)}
    return [Known(event.when, event) for event in found.values() if event.when]


def _elsewhere(context: Context, clause: Clause) -> bool:
    """Whether a clause has a day and a place of its own: "… at the Pyramids, but on 1 August Nelson destroyed the fleet in Aboukir Bay"."""
    days = any(t.mention.type == "date" for t in clause.times)
    return days and any(m.has("place") and preposition(context.reading, m) in context.reading.lexicon.fought_at for m in clause.mentions)


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
    others += [m for role, m in predication.others if m.has("person") and role in roles and m.first - predication.last <= _NEAR]
    if len(agents) != 1 or len(others) != 1 or (predication.carried and not _just_named(context, predication, agents[0])):
        return {}
    return led_against(context, agents[0], others[0])


def _just_named(context: Context, predication: Predication, subject: Mention) -> bool:
    """Whether an English sentence goes on with its subject: "Gates found himself surrounded and surrendered to Burgoyne"."""
    reading = context.reading
    own = reading.sentences[reading.clauses[predication.clause].sentence][0]
    return reading.lang != "ar" and predication.frame == "surrender" and subject.first >= own


def led_against(context: Context, leader: Mention, opponent: Mention) -> dict[str, Event]:
    """Fights that two people led on opposite sides; a war only where nobody else led in it."""
    found = {}
    for one in leader.ids("person"):
        for fact in context.reference.events_with(one, "leader"):
            event = context.event(fact)
            if event and event.type in FIGHTS and (event.type != "war" or all(len(group) == 1 for group in event.leaders)):
                for other in opponent.ids("person"):
                    mine, theirs = side_of(context, event, one), side_of(context, event, other)
                    if len(mine) == len(theirs) == 1 and mine != theirs:
                        found[event.id] = event
    return found


_NEAR = 7
"""Words behind a defeat within which «أمام …» says by whom."""
