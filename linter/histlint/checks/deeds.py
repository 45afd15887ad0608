"""Which facts of the reference a predication or a name speaks of, and when they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..bind import apart, aside, part_of, subjects
from ..facts import Event
from ..model import Moment
from ..normalise import bare, stems
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import RULING, Context, alive, reigns
from .fights import Known, acts_for, fights, participant, side_of
from .tellings import events_told

TYPES: dict[str, frozenset[str]] = {
    frame: frozenset(types.split())
    for frame, types in {
        "invade": "invasion campaign",
        "occupy": "occupation invasion conquest",
        "conquer": "conquest siege fall annexation occupation surrender",
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
        "open": "founding other",
        "land": "operation invasion battle campaign raid voyage discovery",
    }.items()
}
"""The types of event that the verbs of a frame may speak of."""

PARTING = frozenset({"surrender", "withdraw", "armistice", "peace", "exit", "lose"})
"""Frames that say how and when somebody's part in a war or battle ended."""


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
    if here := events_told(context, clause, types):
        return here
    for mention in reversed(named_in(reading, max(0, before - _PARAGRAPH), before)):
        if not mention.has("event"):
            continue
        if aside(reading, mention.first):
            return []  # the story has gone on: «بعد عامين من أحد …»
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


def of_something_else(reading: Reading, predication: Predication) -> bool:
    """Whether what was founded or built is not the thing named: «تأسيس نادي النصر السعودي», «أقام إمارة لم تعترف ببغداد»."""
    if predication.frame not in ("found", "build", "invent", "dissolve"):
        return False
    lexicon = reading.lexicon
    known_words = lexicon.carriers | lexicon.glue | lexicon.prepositions | lexicon.fillers
    for patient in predication.patients:
        between = [k for k in range(predication.last, patient.first) if k not in reading.mention_at and reading.tokens[k].kind == "word"]
        strange = [k for k in between if reading.tokens[k].norm not in known_words and not lexicon.titles.at(reading.tokens, k, k + 1)]
        if patient.how == "demonym" or len(strange) > (0 if predication.frame == "invent" else 1):
            return True
        if _name_goes_on(reading, patient) or (patient.last <= predication.first and _object_behind(reading, predication)):
            return True
    return False


def _name_goes_on(reading: Reading, patient: Mention) -> bool:
    """Whether an English name goes on behind the part that is known: "founded the United States Gramophone Company"."""
    at = patient.last
    if reading.lang == "ar" or at >= len(reading.tokens) or reading.tokens[at].kind != "word" or at in reading.time_at:
        return False
    return reading.document.text[reading.tokens[at].start].isupper()


def _object_behind(reading: Reading, predication: Predication) -> bool:
    """Whether a verbal noun has an object of its own behind it, which no name tells: "leading to the discovery of nuclear fission"."""
    at, lexicon = predication.last, reading.lexicon
    if predication.form != "noun" or at + 1 >= len(reading.tokens):
        return False
    if reading.lang != "ar":
        return "of" in (reading.tokens[at - 1].norm, reading.tokens[at].norm) and at not in reading.time_at and at + 1 not in reading.time_at
    word = reading.tokens[at]
    free = word.kind == "word" and at not in reading.time_at and not lexicon.relations.at(reading.tokens, at, at + 1)
    return free and word.norm not in lexicon.prepositions and word.norm not in lexicon.glue and word.norm not in lexicon.fillers


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
        if states or (frame == "dissolve" and any(m.has("polity") for m in predication.patients)):
            return states  # the fall of a state is not that of its capital
    if frame == "sign":
        return _own_deeds(context, predication) or _between(context, predication)
    if frame in ("conquer", "besiege", "bomb", "occupy", "invade") and predication.form == "passive" and not predication.patients:
        return []  # "it was conquered by the British": the reference need not know what "it" is
    if frame in TYPES:
        found = _titled(context, predication) or _own_deeds(context, predication)
        doers = {fact for m in predication.agents for fact in m.ids("person")}  # «أعدم جمال باشا …» is not his own death
        return found or [Known(e.when, e) for e in described(context, predication) if e.when and doers.isdisjoint(e.target)]
    if frame in ("win", "lose"):
        clause = context.reading.clauses[predication.clause]
        return [Known(e.when, e) for e in fights(context, predication, clause) if e.when]
    return []


def _independence(context: Context, predication: Predication) -> list[Known]:
    """When a country became independent."""
    out = {}
    for mention in predication.agents[:1] if not predication.carried and not _part_of_a_land(context, predication) else ():
        for actor in mention.ids("polity", "place"):
            for fact in context.reference.events_with(actor):
                event = context.event(fact)
                if (
                    event
                    and event.type == "independence"
                    and event.when
                    and actor in (event.by or event.target)
                    and not _from_another(context, predication, event)
                ):
                    out[event.id] = Known(event.when, event)
    return list(out.values())


def _part_of_a_land(context: Context, predication: Predication) -> bool:
    """Whether an English word with a capital stands before the land: "Upper Peru became independent"."""
    reading = context.reading
    at = predication.agents[0].first - 1 if predication.agents else -1
    if reading.lang == "ar" or at < 0 or reading.tokens[at].kind != "word" or not reading.document.text[reading.tokens[at].start].isupper():
        return False
    return reading.tokens[at].norm not in reading.lexicon.glue | reading.lexicon.prepositions


def _from_another(context: Context, predication: Predication, event: Event) -> bool:
    """Whether a country became independent of others than in an event: "from Italian control"."""
    origins = [m for role, m in predication.others if role == "from" and m.has("polity")]
    sides = {*event.target, *event.lost, *event.won, *event.by, *(who.who for side in event.sides for who in side)}
    return any(not any(acts_for(context, fact, who) for fact in m.ids("polity") for who in sides) for m in origins)


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
                when = part_of(entity.existed, edge)
                if edge == "end" and _another_fall(context, predication, when):
                    continue
                if edge == "end" and predication.form == "noun":  # a collapse takes years
                    when = when._replace(start_lo=(when.start_lo or 0) - _COLLAPSE, end_lo=(when.end_lo or 0) - _COLLAPSE)
                out.append(Known(when, entity, "existed"))
    return out


def _another_fall(context: Context, predication: Predication, end: Moment) -> bool:
    """Whether somebody named with the fall of a state was dead at its end: it fell before him, but not for good."""
    lives = [alive(person) for _, mention in predication.others if mention.has("person") for person in context.people(mention)]
    return any(apart(life, end) > 0 for life in lives if life is not None)


_COLLAPSE = 5 * 366
"""Days that a collapse may have taken before a state was formally gone."""


def described(context: Context, predication: Predication) -> list[Event]:
    """Events whose descriptive name the clause spells out: «اكتُشف البنسلين» is «اكتشاف البنسلين»."""
    reading = context.reading
    nouns = reading.lexicon.nouns_of.get(predication.frame, ())
    clause = reading.clauses[predication.clause]
    if not nouns or predication.frame not in ("found", "build", "invent", "kill", "write", "dissolve", "open"):
        return []
    behind = reading.lang == "ar" or predication.form == "verb" or _object_behind(reading, predication)
    start = predication.last if behind else clause.first
    stop = min(clause.last, start + _DESCRIPTION) if predication.frame in ("found", "build") else clause.last
    if predication.frame == "kill":  # «قُتل سنة 65هـ، ثم تتبع فلان قتلة الحسين»: what is told then is another's
        stop = min([stop, *(hit.first for hit in reading.lexicon.sequels.find(reading.tokens, start, stop))])
    words = ["" if _governed(reading, k) else bare(reading.tokens[k].norm) for k in range(start, stop)]
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


_DESCRIPTION = 5
"""Words behind a verb of making within which what was made is named."""


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
                state = context.entity(actor)
                if entry is None or (state and state.existed and event.when and apart(state.existed, event.when)):
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
                    if predication.frame in ("conquer", "occupy") and entry.type == "siege" and _beaten_off(context, entry):
                        continue
                    seen.add(fact)
                    yield Known(entry.when, entry)


def _beaten_off(context: Context, event: Event) -> bool:
    """Whether those who besieged a place lost: it did not fall."""
    attackers = {i for who in event.by for i in side_of(context, event, who)}
    winners = {i for who in event.won for i in side_of(context, event, who)}
    return len(attackers) == len(winners) == 1 and attackers != winners


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
