"""Who took part in an event and how: sides, commanders, captives, doers, and the stand that others took.

Options: `of` is side, stance, leader, captive, doer, victim or absent.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, aside, subjects
from ..facts import Entity, Event
from ..model import Finding
from ..normalise import bare, fold
from ..prepositions import preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .allies import entered, fought_for
from .attributed import attributed
from .captains import commanded
from .commanders import leaders
from .context import Context, alive, cite, participants
from .deeds import context_events
from .doers import doer_of
from .fights import FIGHTS, acts_for, near_side
from .killings import killings
from .led import doers_of_deeds
from .people_words import verbs
from .story import plainly_passive
from .tellings import events_told
from .told_slots import doers_of_tellings
from .toppled import toppled
from .victims import victims
from .wordlists import phrases
from .wrested import wrested

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
        yield from wrested(context)
        return
    if of == "side":
        for clause in context.reading.clauses:
            yield from fought_for(context, clause)
            yield from commanded(context, clause)
    if of == "absent":
        for clause in context.reading.clauses:
            yield from _absent(context, clause)
        return
    if of == "victim":
        yield from victims(context)
        return
    for predication in context.reading.predications:
        if not predication.asserted:
            continue
        if of == "side" and predication.frame in ("enter", "support", "conquer"):
            yield from entered(context, predication)
        elif of == "stance" and predication.frame in ("support", "oppose"):
            yield from _stance(context, predication)
        elif of == "captive" and predication.frame == "capture":
            yield from _captive(context, predication)
        elif of == "doer" and predication.frame in ("found", "build", "invent", "write", "kill"):
            yield from doer_of(context, predication)
    if of == "doer":
        yield from killings(context)
        yield from attributed(context)
        yield from toppled(context)
        yield from doers_of_tellings(context)
        yield from doers_of_deeds(context)


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
    signers = [m for p in reading.said.get(clause.index, ()) if p.frame == "sign" and p.asserted and not p.carried for m in p.agents]
    signers = signers if all(event.type in _PACTS and _bilateral(event) for event in events) else []
    for mention in clause.mentions:
        if not mention.has("polity") or mention.has("person", "event") or not reading.asserted(clause, mention.first):
            continue
        titled = [m for m in clause.mentions if 0 <= m.first - mention.last <= 2 and m.has("person")]
        if mention.how == "demonym" and any(not preposition(reading, m) for m in titled):
            continue  # "the Danish leader Guthrum"
        if any(reading.tokens[k].norm in (";", "؛", ":") for k in range(named[0].last, mention.first)):
            continue  # told of something else: "…; Austria had better fortune against the Italians"
        if any(mention.last <= m.first < named[0].first and m.has("polity") for m in clause.mentions):
            continue  # «سُحق البروسيون في يينا، والروس في فريدلاند»
        opposed = mention in signers or _against(context, clause, named[0], mention, events)
        if not opposed and not (events[0].type in FIGHTS and _among(context, mention, beaten)):
            continue
        if all(not near_side(context, actor, event) for actor in mention.ids("polity") for event in events):
            event = events[0]
            yield context.finding(
                min(named[0].first, mention.first),
                max(named[0].last, mention.last),
                {"event": event, "who": context.reference.fact(mention.ids("polity")[0])},
                cite(event, "sides"),
            )
            return


def _bilateral(event: Event) -> bool:
    """Whether all the parties of a treaty are known: the list is full, or it was made between two."""
    return bool({"sides"} & {*event.closed}) or (len(event.sides) == 2 and all(len(side) == 1 for side in event.sides))


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
        joined = joined or (mention.first == other.last + 1 and tokens[other.last].norm in context.reading.lexicon.verb_joins)
        if joined and mention.how == other.how == "demonym":
            return True
    return False


_FOUGHT = frozenset({"begin", "end", "happen", "win", "lose", "enter"})


def _captive(context: Context, predication: Predication) -> Iterator[Finding]:
    """A captive whom the reference does not put into the event, and who was dead or is not in its closed list."""
    clause = context.reading.clauses[predication.clause]
    for event in context_events(context, clause, predication.first, *_WARS)[:1]:
        for mention in predication.patients:
            people = context.people(mention)
            if not people or not event.when:
                continue
            if any(m.last == mention.first and any(p.id in event.captured for p in context.people(m)) for m in clause.mentions):
                continue  # «وقع رومانوس الرابع ديوجينيس أسيراً»: the end of his own name
            fell = all(p.id in event.killed and p.id not in event.captured for p in people)
            here = mention in clause.mentions and _beside(context, predication, event)
            free = here and plainly_passive(context.reading, predication) and all(_not_taken(p, event) for p in people)
            if fell or free or (event.captured and all(p.id not in participants(event) and _out_of_life(p, event) for p in people)):
                captured = tuple(context.reference.fact(p) or p for p in event.captured)
                yield context.finding(
                    min(predication.first, mention.first),
                    max(predication.last, mention.last),
                    {"event": event, "person": people[0], "captured": captured},
                    cite(event, "leaders"),
                    cite(people[0], "life"),
                )


def _beside(context: Context, predication: Predication, event: Event) -> bool:
    """Whether an event is named with what is told, not in a relative clause: «أُسر بايزيد الذي انتصر في نيقوبوليس»."""
    reading = context.reading
    named = [m for m in reading.clauses[predication.clause].mentions if event in context.events(m)]
    spots = [range(min(m.first, predication.first), max(m.first, predication.last)) for m in named]
    return any(not any(reading.tokens[k].norm in reading.lexicon.relatives for k in spot) for spot in spots)


def _not_taken(person: Entity, event: Event) -> bool:
    """Whether somebody was absent, or led the side that won, where the reference knows who was taken."""
    if person.id in event.captured or person.id in event.absent:
        return person.id not in event.captured
    winning = [
        group for side, group in zip(event.sides, event.leaders, strict=False) if any(who.who in event.won for who in side) and person.id in group
    ]
    return bool(winning and event.captured) and event.type in ("battle", "siege")


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
        told = [m for m in clause.mentions if m.has("event")]
        if any(_in_view(reading, clause, m) for m in told):
            continue
        named = [e for m in told for e in context.events(m) if e.type in _WARS]
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


def _in_view(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether something was only done in view of an event: "attacked on the Somme to relieve Verdun", «لتخفيف الضغط عن فردان»."""
    tokens = reading.tokens
    for k in range(mention.first - 1, max(clause.first, mention.first - _VIEW) - 1, -1):
        norm = tokens[k].norm
        if tokens[k].kind == "mark":
            return False
        if phrases(reading, "in_view").at(tokens, k, mention.first):
            return True
        if reading.lang != "ar" and norm == "to" and k + 1 < mention.first and tokens[k + 1].norm not in reading.lexicon.glue:
            return not reading.lexicon.verbs.at(tokens, k + 1, mention.first) and k + 1 not in reading.mention_at
    return False


_VIEW = 8
"""Words before an event within which it is told what was done in view of it."""


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
    acts = any(mention in p.agents or (p.frame == "meet" and mention in p.patients) for p in said)
    if not (led or held or acts or _attends(reading, clause, mention)):
        return
    comma = next((k for k in range(mention.last, clause.last) if reading.tokens[k].norm in (",", "،")), clause.last)
    named = [m for m in clause.mentions if m.has("event")]
    named = [m for m in named if mention.last <= m.first < comma] or named
    if named and reading.lexicon.sequels.find(reading.tokens, mention.last, named[0].first):
        return  # "… met at Yalta in February, then at Potsdam"
    if named and _parted(reading, named[0], mention):
        return
    if _another_subject(reading, mention.last, named[0].first if named and named[0].first > mention.last else clause.last):
        return  # "Hitler flew to Berlin, and Paulus was encircled at Stalingrad"
    if len(named) > 1 or any(aside(reading, m.first) or _news_of(reading, m) for m in named):
        return
    split = any(reading.tokens[k].norm in (";", "؛") for k in range(clause.first, clause.last))
    events = context.events(named[0]) if named else [] if split else events_told(context, clause)
    if not named and not events and reading.topic and any(p.frame == "lead" and mention in p.agents for p in said):
        events = [e for fact in reading.topic if (e := context.event(fact)) and e.type in FIGHTS and e.type != "war"]
        events = [e for e in events if not _elsewhere(context, clause, e)]
    if named and named[0].how == "short" and preposition(reading, named[0]) and not all(_bears(context, e, named[0]) for e in events):
        return  # «عند صفورية» is the place
    ids = mention.ids("person")
    if named and _another_there(context, clause, named[0], ids):
        return
    if events and ids and all(person in event.absent for person in ids for event in events):
        yield context.finding(
            mention.first, mention.last, {"event": events[0], "who": context.reference.fact(ids[0])}, cite(events[0], "absent")
        )


def _parted(reading: Reading, event: Mention, man: Mention) -> bool:
    """Whether a semicolon stands between an event and a man, or what he did ends in a relative clause that names it."""
    between = reading.tokens[min(event.last, man.last) : max(event.first, man.first)]
    ends = {";", "؛"} if event.first < man.first else {";", "؛", *reading.lexicon.relatives}
    return any(token.norm in ends for token in between)


def _another_subject(reading: Reading, first: int, stop: int) -> bool:
    """Whether an English comma and "and" begin something that is told of somebody else: no verb stands right behind them."""
    tokens, lexicon = reading.tokens, reading.lexicon
    joints = (k for k in range(first, stop - 2) if tokens[k].norm == "," and tokens[k + 1].norm in lexicon.verb_joins)
    return reading.lang != "ar" and any(not lexicon.verbs.at(tokens, k + 2, stop) and tokens[k + 2].norm not in lexicon.auxiliaries for k in joints)


def _attends(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether somebody sat at the table of a conference named before him, or spoke for a power there."""
    tokens, lexicon = reading.tokens, reading.lexicon
    events = [m for m in clause.mentions if m.has("event")]
    if preposition(reading, mention) or not events or any(m.first > mention.first for m in events):
        return False
    if any(tokens[k].norm in lexicon.relatives for k in range(events[-1].last, mention.first)):
        return False
    for hit in verbs(reading, "attended").find(tokens, clause.first, clause.last):
        gap = range(hit.last, mention.first) if reading.lang == "ar" else range(mention.last, hit.first)
        if 0 <= gap.stop - gap.start <= 2 and all(lexicon.titles.at(tokens, k, k + 1) for k in gap):
            return True
    return False


def _another_there(context: Context, clause: Clause, named: Mention, people: tuple[str, ...]) -> bool:
    """Whether a name means a fight of another date than the clause has, or the bare name of a place that saw one in which somebody
    had a part: «أوقفه أوكنلك عند العلمين في جويلية»."""
    dates = [time.mention.value for time in clause.times if time.mention.value is not None and time.mention.type == "date"]
    events = [event for event in context.events(named) if event.when is not None]
    if dates and all(event.when and apart(event.when, value, 31) for event in events for value in dates):
        return True
    for place in named.ids("place"):
        fights = [e for fact in context.reference.events_with(place, "where") if (e := context.event(fact)) and e.type in FIGHTS]
        if any(person in participants(event) for event in fights for person in people):
            return True
    return False


def _bears(context: Context, event: Event, mention: Mention) -> bool:
    """Whether the place of an event is called as the short name of the event is."""
    words = [token.norm for token in context.reading.tokens[mention.first : mention.last]]
    entity = context.entity(event.where[0]) if event.where else None
    if entity is None or entity.subkind not in ("city", "town", "village", "fortress"):
        return True
    names = [name for group in entity.names.values() for name in group]
    return any(bare(word) in {bare(fold(part)) for part in name.split()} for name in names for word in words)


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
