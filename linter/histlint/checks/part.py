"""Who took part in an event and how: sides, commanders, captives, doers, and the stand that others took.

Options: `of` is side, stance, leader, captive, doer or absent.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, aside, subjects
from ..facts import Entity, Event
from ..model import Finding
from ..prepositions import preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .commanders import leaders
from .context import Context, akin, alive, cite, participants
from .deeds import context_events
from .doers import doer_of
from .fights import FIGHTS, acts_for, fight_of, side_of

_WARS = ("war", "campaign", "battle", "siege", "operation", "invasion", "crisis")


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    of = str(context.options["of"])
    if of == "leader":
        for clause in context.reading.clauses:
            yield from leaders(context, clause)
        return
    if of == "opponent":
        for clause in context.reading.clauses:
            yield from _opponent(context, clause)
        return
    if of == "side":
        for clause in context.reading.clauses:
            yield from _fought_for(context, clause)
    if of == "absent":
        for clause in context.reading.clauses:
            yield from _absent(context, clause)
        return
    for predication in context.reading.predications:
        if not predication.asserted:
            continue
        if of == "side" and predication.frame in ("enter", "support", "conquer"):
            yield from _side(context, predication)
        elif of == "stance" and predication.frame in ("support", "oppose"):
            yield from _stance(context, predication)
        elif of == "captive" and predication.frame == "capture":
            yield from _captive(context, predication)
        elif of == "doer" and predication.frame in ("found", "build", "invent", "write", "kill"):
            yield from doer_of(context, predication)


def _side(context: Context, predication: Predication) -> Iterator[Finding]:
    """«دخلت إيطاليا الحرب إلى جانب …»: the ally named is on the other side."""
    clause = context.reading.clauses[predication.clause]
    actors = [m for m in predication.agents if m.has("polity")]
    for role, other in predication.others:
        if role != "beside" or not other.has("polity"):
            continue
        for event in (context_events(context, clause, predication.first, "war") or _wars_of(context, clause, actors[:1]))[:1]:
            for mention in actors[:1]:
                mine = {i for actor in mention.ids("polity") for i in _sides_or_alliance(context, event, actor)}
                theirs = {i for actor in other.ids("polity") for i in _sides_or_alliance(context, event, actor)}
                if mine and theirs and not mine & theirs and len(mine) == 1 and len(theirs) == 1:
                    yield context.finding(
                        min(mention.first, predication.first) if mention.first >= clause.first else predication.first,
                        other.last,
                        {
                            "event": event,
                            "who": context.reference.fact(mention.ids("polity")[0]),
                            "other": context.reference.fact(other.ids("polity")[0]),
                            "allies": tuple(
                                entry
                                for who in event.sides[next(iter(mine))][:5]
                                if who.who not in mention.ids() and (entry := context.reference.fact(who.who))
                            ),
                        },
                        cite(event, "sides"),
                    )
                    return


def _fought_for(context: Context, clause: Clause) -> Iterator[Finding]:
    """«فقاتل في صف …», "fighting for …": somebody fights for the other side of the fight spoken of."""
    reading = context.reading
    for other in clause.mentions:
        if not other.has("polity", "person") or other.has("event") or not (preposition(reading, other) == "beside" or _at_side(reading, other)):
            continue
        if not reading.asserted(clause, other.first) or not reading.lexicon.fighting.find(reading.tokens, clause.first, other.first):
            continue
        actors = [m for m in clause.mentions if m.last <= other.first and m.has("person", "polity") and not m.has("event")]
        actors = [m for m in actors if preposition(reading, m) in ("", "of") and m.how != "demonym"]
        actors = [m for m in actors if m.has("person")] or actors
        events = context_events(context, clause, other.first, "battle", "siege", "war", "campaign") or _fight_told(context, clause)
        if len(actors) != 1 or not events:
            continue
        event = events[0]
        if any(event.when and apart(event.when, t.mention.value, 370) for t in clause.times if t.mention.value and t.mention.type == "date"):
            continue  # "fought in Spain in 206 BC on the side of the Carthaginians"
        mine = {i for actor in actors[0].ids("person", "polity") for i in side_of(context, event, actor)}
        theirs = {i for actor in other.ids("polity", "person") for i in _sides_or_alliance(context, event, actor)}
        if len(mine) == len(theirs) == 1 and mine != theirs:
            side = event.sides[next(iter(mine))] if next(iter(mine)) < len(event.sides) else ()
            values = {
                "event": event,
                "who": context.reference.fact(actors[0].ids("person", "polity")[0]),
                "other": context.reference.fact(other.ids("polity", "person")[0]),
                "allies": tuple(entry for who in side[:5] if (entry := context.reference.fact(who.who))),
            }
            yield context.finding(actors[0].first, other.last, values, cite(event, "sides"))
            return


def _at_side(reading: Reading, mention: Mention) -> bool:
    """"On the Allied side", "at Napoleon's side"."""
    if preposition(reading, mention) not in ("on", "at"):
        return False
    behind = [token.norm for token in reading.tokens[mention.last : mention.last + 3]]
    return behind[:1] == ["side"] or (len(behind) == 3 and behind[0] in ("'", "’") and behind[2] == "side")


def _fight_told(context: Context, clause: Clause) -> list[Event]:
    """The fight that is told by its place in the clause or shortly before it: "at Zama"."""
    for number in range(clause.index, max(-1, clause.index - _CLAUSES), -1):
        told = [item.fact for item in fight_of(context, context.reading.clauses[number]) if isinstance(item.fact, Event)]
        if told:
            return told if len(told) == 1 else []
    return []


_CLAUSES = 5
"""Clauses over which a place goes on telling the fight."""


def _wars_of(context: Context, clause: Clause, actors: list[Mention]) -> list[Event]:
    """The one war that a power was in at the date of the clause."""
    when = next((t.mention.value for t in clause.times if t.mention.type == "date" and t.mention.value), None)
    out: dict[str, Event] = {}
    for mention in actors if when else ():
        for actor in mention.ids("polity"):
            for fact in context.reference.events_with(actor, "side"):
                event = context.event(fact)
                if (
                    event
                    and event.type == "war"
                    and event.when
                    and when
                    and not apart(event.when, when)
                    and sum(map(len, event.sides)) > 4
                ):
                    out[event.id] = event
    return list(out.values()) if len(out) == 1 else []


def _sides_or_alliance(context: Context, event: Event, actor: str) -> set[int]:
    """Sides by membership: an alliance stands where most of its members stand."""
    exact = {i for i, side in enumerate(event.sides) if any(who.who == actor for who in side)}
    if exact:
        return exact
    entity = context.entity(actor)
    if entity is not None and entity.subkind == "alliance":
        votes = [0] * len(event.sides)
        for i, side in enumerate(event.sides):
            for who in side:
                member = context.entity(who.who)
                votes[i] += bool(member and any(whole.into == actor for whole in member.part_of))
        best = max(votes, default=0)
        return {i for i, n in enumerate(votes) if n == best} if best and votes.count(best) == 1 else set()
    return side_of(context, event, actor)


def _stance(context: Context, predication: Predication) -> Iterator[Finding]:
    clause = context.reading.clauses[predication.clause]
    actors = [m for m in predication.agents if m.has("polity", "person") and not predication.carried]
    if len(actors) != 1:
        return
    near = [m for m in (*predication.patients, *(m for _, m in predication.others)) if 0 <= m.first - predication.last <= 6]
    objects = [e for m in near for e in context.events(m)]
    events = objects or context_events(context, clause, predication.first)
    for event in events[:1]:
        against = event.opposed_by if predication.frame == "support" else event.supported_by
        both = set(event.opposed_by) & set(event.supported_by)
        for actor in actors[0].ids("polity", "person"):
            if actor in both or not any(acts_for(context, actor, other) for other in against):
                continue
            if not objects and not _speaks_of_attack(context, predication):
                continue
            yield context.finding(
                min(predication.first, actors[0].first),
                max([predication.last, actors[0].last, *(m.last for m in predication.patients)]),
                {"event": event, "who": context.reference.fact(actor)},
                cite(event, "stance"),
            )
            return


def _speaks_of_attack(context: Context, predication: Predication) -> bool:
    """Whether the object is the event spoken of: a definite noun for an attack or war directly behind the verb."""
    reading = context.reading
    for index in range(predication.last, min(predication.last + 5, len(reading.tokens))):
        if reading.tokens[index].norm in reading.lexicon.event_words:
            return True
    return False


def _opponent(context: Context, clause: Clause) -> Iterator[Finding]:
    """«معركة … ضد X», «معاهدة … مع X», "beat X at the battle of …": a power that has nothing to do with any side."""
    reading = context.reading
    named = [m for m in clause.mentions if m.has("event") and m.how != "anaphor"]
    if len(named) != 1 or aside(reading, named[0].first):
        return
    events = [e for e in context.events(named[0]) if (e.type in FIGHTS and e.type != "war") or e.type in _PACTS]
    if not events or len(events) != len(named[0].ids()) or not all(_parties(event) for event in events):
        return
    beaten = [
        m
        for p in reading.said.get(clause.index, ())
        if p.form != "noun" and p.asserted and not p.carried and p.frame in ("win", "lose")
        for m in ((*p.patients, *(m for role, m in p.others if role in _OVER)) if p.frame == "win" else subjects(p))
    ]
    for mention in clause.mentions:
        if not mention.has("polity") or mention.has("person", "event") or not reading.asserted(clause, mention.first):
            continue
        if not (_against(context, clause, named[0], mention, events) or (events[0].type in FIGHTS and _among(context, mention, beaten))):
            continue
        if all(not _near_side(context, actor, event) for actor in mention.ids("polity") for event in events):
            event = events[0]
            yield context.finding(
                min(named[0].first, mention.first),
                max(named[0].last, mention.last),
                {"event": event, "who": context.reference.fact(mention.ids("polity")[0])},
                cite(event, "sides"),
            )
            return


_PACTS = frozenset({"treaty", "armistice", "agreement", "pact", "alliance"})
_OVER = frozenset({"علي", "over", "against"})


def _parties(event: Event) -> bool:
    """Whether the reference knows both sides of a fight, or two parties of a treaty."""
    if event.type in _PACTS:
        return len({who.who for side in event.sides for who in side} | set(event.by)) > 1
    return len(event.sides) > 1 and all(event.sides)


def _against(context: Context, clause: Clause, named: Mention, mention: Mention, events: list[Event]) -> bool:
    """Whether a power stands behind the event under "against", behind a treaty under "with"."""
    role = preposition(context.reading, mention)
    if role != "against" and not (role == "مع" and all(event.type in _PACTS for event in events)):
        return False
    if not 0 <= mention.first - named.last <= 5:
        return False
    fought = _FOUGHT | {"sign"}
    return not any(named.last <= hit.first < mention.first and hit.value.frame not in fought for hit in clause.triggers)


def _among(context: Context, mention: Mention, beaten: list[Mention]) -> bool:
    """Whether a power is among those said to be beaten: the object itself or an adjective joined to it («الروسي والبروسي»)."""
    tokens = context.reading.tokens
    for other in beaten:
        if other == mention and preposition(context.reading, mention) not in ("ب", "in", "في"):
            return True
        joined = mention.first == other.last and tokens[mention.first].norm.startswith("و")
        if joined and mention.how == other.how == "demonym":
            return True
    return False


_FOUGHT = frozenset({"begin", "end", "happen", "win", "lose", "enter"})


def _near_side(context: Context, actor: str, event: Event) -> bool:
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


def _captive(context: Context, predication: Predication) -> Iterator[Finding]:
    """A captive whom the reference does not put into the event, and who was dead or is not in its closed list."""
    clause = context.reading.clauses[predication.clause]
    for event in context_events(context, clause, predication.first, *_WARS)[:1]:
        for mention in predication.patients:
            people = context.people(mention)
            if not people or not event.when:
                continue
            fell = all(p.id in event.killed and p.id not in event.captured for p in people)
            if fell or (event.captured and all(p.id not in participants(event) and _out_of_life(p, event) for p in people)):
                captured = tuple(context.reference.fact(p) or p for p in event.captured)
                yield context.finding(
                    min(predication.first, mention.first),
                    max(predication.last, mention.last),
                    {"event": event, "person": people[0], "captured": captured},
                    cite(event, "leaders"),
                    cite(people[0], "life"),
                )


def _out_of_life(person: Entity, event: Event) -> bool:
    life = alive(person)
    return bool(life and event.when and apart(life, event.when, 370))


def _absent(context: Context, clause: Clause) -> Iterator[Finding]:
    """A power named among the forces of an event that the reference says it took no part in."""
    reading = context.reading
    for mention in clause.mentions:
        if mention.has("person") and not mention.has("polity", "place", "event"):
            yield from _not_there(context, clause, mention)
        if not mention.has("polity") or not reading.asserted(clause, mention.first):
            continue
        named = [e for m in clause.mentions for e in context.events(m) if e.type in _WARS]
        for event in (named or [e for fact in reading.topic if (e := context.event(fact)) and e.type in _WARS])[:1]:
            wholes = [event, *(e for whole in event.part_of if (e := context.event(whole)))]
            for whole in wholes:
                ids = mention.ids("polity")
                if (
                    ids
                    and all(set(whole.absent) & context.reference.ancestors(actor) for actor in ids)
                    and _as_force(context, mention, clause)
                ):
                    yield context.finding(
                        mention.first,
                        mention.last,
                        {"event": whole, "who": context.reference.fact(ids[0])},
                        cite(whole, "absent"),
                    )
                    return


def _news_of(reading: Reading, mention: Mention) -> bool:
    """Whether only word came of something: «حين بلغه خبر هزيمة عين جالوت»."""
    return any(reading.tokens[k].norm in reading.lexicon.news for k in range(max(0, mention.first - 4), mention.first))


def _not_there(context: Context, clause: Clause, mention: Mention) -> Iterator[Finding]:
    """A man who acts in a fight or at a conference at which the reference says that he was not."""
    reading = context.reading
    if mention.how == "anaphor" or not reading.asserted(clause, mention.first):
        return
    said = [p for p in reading.said.get(clause.index, ()) if p.form == "verb" and p.frame in _PRESENT and not p.carried]
    led = preposition(reading, mention) == "led"
    held = any(0 <= mention.first - hit.last <= 4 for hit in reading.lexicon.held.find(reading.tokens, clause.first, mention.first))
    if not (led or held or any(mention in p.agents or (p.frame == "meet" and mention in p.patients) for p in said)):
        return
    comma = next((k for k in range(mention.last, clause.last) if reading.tokens[k].norm in (",", "،")), clause.last)
    named = [m for m in clause.mentions if m.has("event")]
    named = [m for m in named if mention.last <= m.first < comma] or named
    if len(named) > 1 or any(aside(reading, m.first) or _news_of(reading, m) for m in named):
        return
    events = context.events(named[0]) if named else []
    if not named and reading.topic and any(p.frame == "lead" and mention in p.agents for p in said):
        events = [e for fact in reading.topic if (e := context.event(fact)) and e.type in FIGHTS and e.type != "war"]
        events = [e for e in events if not _elsewhere(context, clause, e)]
    ids = mention.ids("person")
    if events and ids and all(person in event.absent for person in ids for event in events):
        yield context.finding(
            mention.first, mention.last, {"event": events[0], "who": context.reference.fact(ids[0])}, cite(events[0], "absent")
        )


def _elsewhere(context: Context, clause: Clause, event: Event) -> bool:
    """Whether a clause tells of another time or place than the event that the text is about."""
    if any(event.when and apart(event.when, t.mention.value, 31) for t in clause.times if t.mention.value and t.mention.type == "date"):
        return True
    wholes = {whole for place in event.where for whole in context.reference.ancestors(place)}
    return any(m.has("place") and not m.has("polity", "person") and not wholes & {*m.ids()} for m in clause.mentions)


_PRESENT = frozenset({"win", "lose", "lead", "act", "sign", "meet", "enter", "besiege", "conquer", "surrender", "withdraw"})


def _as_force(context: Context, mention: Mention, clause: Clause) -> bool:
    """Whether the power is named as fighting: its troops are spoken of, or it is said to enter or take part."""
    reading = context.reading
    if mention.how == "demonym":
        start = mention.first
        for other in reversed(clause.mentions):  # «قوات رومانية وبلغارية»
            if other.last == start and other.how == "demonym":
                start = other.first
        around = [reading.tokens[start - 1].norm] if start else []
        around += [reading.tokens[mention.last].norm] if mention.last < clause.last else []
        if any(word in reading.lexicon.forces for word in around):
            return True
    return any(
        p.frame == "enter" and mention in p.agents and any(m.has("event") for m in p.patients)
        for p in reading.said.get(clause.index, ())
    )
