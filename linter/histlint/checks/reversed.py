"""Who did it to whom, the other way round: "the Franks stormed Edessa" in 1144, «أعلنت بروسيا الحرب على فرنسا» in 1870.

The place or the other power and the time tell the event; the reference tells who attacked, declared or took. A finding needs the
doer of the text on the suffering side of every event that fits, and on the doing side of none.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, date_of, part_of
from ..facts import Event
from ..model import Finding, Moment
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import RULING, Context, alive, cite, participants, reigns
from .deeds import TYPES
from .fights import FIGHTS, acts_for, side_of
from .frame import frame_of
from .told_sides import reversed_tellings

_DEEDS = frozenset({"invade", "occupy", "conquer", "besiege", "bomb"})
_TAKEN = frozenset({"conquest", "fall", "annexation", "occupation"})
_FITTING = frozenset({"siege", "battle", "raid", "bombing", "invasion", "conquest", "fall", "occupation", "annexation", "campaign"})
_WIDE = frozenset({"invasion", "campaign", "operation", "war", "bombing"})
_ON = frozenset({"علي", "on", "against", "ضد"})
_SLACK = 31
_OUTBREAK = 3
"""Days from the beginning of a war within which an attack may be the one that began it."""


def check(context: Context) -> Iterator[Finding]:
    """Deeds and declarations of war with the roles reversed."""
    for predication in context.reading.predications:
        if predication.frame == "kill" and predication.form != "noun":
            yield from _killed(context, predication)
        if not predication.asserted or predication.form == "noun" or predication.carried or len(predication.agents) != 1:
            continue
        if all((power := context.entity(fact)) is not None and power.subkind == "alliance" for fact in predication.agents[0].ids()):
            continue  # "the Allies" of any war
        if predication.frame == "declare-war" and predication.form == "verb":
            yield from _declared(context, predication)
        elif predication.frame in _DEEDS:
            yield from _done(context, predication)
    yield from reversed_tellings(context)


def _killed(context: Context, predication: Predication) -> Iterator[Finding]:
    """The victim said to have killed his murderer: "Bessus was put to death by Darius"."""
    agents, patients = ([m for m in group if m.has("person")] for group in (predication.agents, predication.patients))
    if len(agents) != 1 or len(patients) != 1 or not predication.asserted or predication.carried:
        return
    if context.reading.lang == "ar" and predication.form != "passive":
        return  # «قتل عليا ابن ملجم»: the object may stand first
    for victim in agents[0].ids("person"):
        known = {*context.reference.events_with(victim, "target"), *context.reference.events_with(victim, "killed")}
        events = [event for fact in sorted(known) if (event := context.event(fact)) and event.type in TYPES["kill"] | FIGHTS]
        if len(agents[0].ids()) == 1 and events and all(_killed_him(event, victim, patients[0]) for event in events):
            killer = tuple(context.reference.fact(who) for who in patients[0].ids("person"))
            first, last = min(predication.first, agents[0].first), max(predication.last, agents[0].last, patients[0].last)
            yield context.finding(first, last, {"event": events[0], "doer": killer}, cite(events[0], "killed"))


def _killed_him(event: Event, victim: str, killer: Mention) -> bool:
    """Whether somebody's death was the other's deed: his murder, or a battle that the other won and lived through."""
    others = {*killer.ids()}
    if event.type in TYPES["kill"]:
        return bool(others & {*event.by})
    sides = [{*group} for group in event.leaders]
    led = [i for i, group in enumerate(sides) if group & others and victim not in group]
    lost = victim in event.killed and any(victim in group for group in sides)
    return lost and bool(led) and not others & {*event.killed}


def time_of(context: Context, predication: Predication) -> Moment | None:
    """The time of a deed, not finer than a year where it is only that of its sentence."""
    reading = context.reading
    clause = reading.clauses[predication.clause]
    dated = date_of(reading, clause, predication.first, predication.last, predication.agents)
    if dated is None and len(clause.times) == 1 and clause.times[0].first <= clause.first + 2:
        mention = clause.times[0].mention
        return mention.value if mention.type == "date" and not mention.relation else None
    if dated is not None:
        return dated.time.mention.value if not dated.time.mention.relation else None
    frame = frame_of(context, clause) if not clause.times else None
    return frame.when if frame else _before_when(reading, clause)


def _before_when(reading: Reading, clause: Clause) -> Moment | None:
    """The date at the end of the clause before, where this one begins with "when": «… سنة 1144م، عندما انتزع …»."""
    before = reading.before(clause)[-1:]
    if clause.times or not before or not any(hit.value == "at" and hit.first == clause.first for hit in clause.relations):
        return None
    times = [t for t in before[0].times if t.last >= clause.first - 1]
    if len(before[0].times) != 1 or not times or times[0].mention.type != "date" or times[0].mention.relation:
        return None
    return times[0].mention.value


def _declared(context: Context, predication: Predication) -> Iterator[Finding]:
    others = [m for m in predication.patients if m.has("polity")]
    others += [m for role, m in predication.others if role in _ON and m.has("polity")]
    one = predication.agents[0]
    if not others or not one.has("polity", "person"):
        return
    if _known_so(context, one, others[0]):
        return
    when = time_of(context, predication)
    wars = []
    for actor in one.ids("polity", "person"):
        for fact in context.reference.events_with(actor, "side"):
            event = context.event(fact)
            if event and event.type == "war" and event.when and _opposed(context, event, one, others[0]):
                wars.append(event)
    topic = {*context.reading.topic}
    if when is not None:
        wars = [event for event in wars if event.when and not apart(part_of(event.when, "start"), when, 400)]
    else:
        wars = [event for event in wars if event.id in topic]
    if wars and all(_suffers(context, event, one) and _does(context, event, others[0]) for event in wars):
        yield from _report(context, predication, wars[0], others[0])


def _known_so(context: Context, one: Mention, other: Mention) -> bool:
    """Whether the one is known to have declared war on the other: the Soviet Union on Japan, in a war that Japan began."""
    for actor in one.ids("polity", "person"):
        for fact in context.reference.events_with(actor, "by"):
            event = context.event(fact)
            if event and event.type == "declaration" and {*event.target} & {*other.ids("polity")}:
                return True
    return False


def _opposed(context: Context, event: Event, one: Mention, other: Mention) -> bool:
    mine = {i for actor in one.ids("polity", "person") for i in side_of(context, event, actor)}
    theirs = {i for actor in other.ids("polity") for i in side_of(context, event, actor)}
    return len(mine) == len(theirs) == 1 and mine != theirs


def _done(context: Context, predication: Predication) -> Iterator[Finding]:
    one = predication.agents[0]
    if _doer_behind(context, predication):
        return
    when = time_of(context, predication)
    if when is None or when.precision not in ("day", "month", "season", "year") or not one.has("polity", "person"):
        return
    for patient in predication.patients[:1]:
        fits: dict[str, Event] = {}
        for target in patient.ids("place"):
            for role in ("target", "where"):
                for fact in context.reference.events_with(target, role):
                    event = context.event(fact)
                    if event and event.when and event.type in _FITTING | TYPES[predication.frame]:
                        if (role == "target" or event.where[:1] == (target,)) and not apart(event.when, when, _SLACK):
                            fits[event.id] = event
        for target in patient.ids("polity") if predication.frame in ("invade", "bomb") else ():
            for fact in (*context.reference.events_with(target, "target"), *context.reference.events_with(target, "side")):
                event = context.event(fact)
                if event and event.when and event.type in _WIDE and _opposed(context, event, one, patient):
                    if event.type == "war" and not _invaded(context, event, one):
                        continue  # a war is declared by one and its land invaded by the other: 1870
                    slack = _OUTBREAK if event.type == "war" and when.precision == "day" else _SLACK
                    if not apart(part_of(event.when, "start"), when, slack):
                        fits[event.id] = event
        battles = [event for event in fits.values() if event.type == "battle"]
        if predication.frame == "besiege" and any(side_of(context, e, who) for e in battles for who in one.ids("polity", "person")):
            continue  # he came to the relief, and besieged the besiegers
        taking = predication.frame == "conquer"
        events = [event for event in fits.values() if _doers(event, taking=taking)]
        if taking and any(not event.by and _still_fought(context, event, when) for event in events):
            continue
        if events and all(_suffers(context, event, one, taking=taking) or _not_his(context, event, one, when) for event in events):
            yield from _report(context, predication, min(events, key=lambda item: item.id), patient, taking=taking)


def _still_fought(context: Context, event: Event, when: Moment) -> bool:
    """Whether a fight that is known by its winner went on long behind a date, or was for a whole region: who stormed in may be he who lost."""
    wide = (place.subkind in _REGIONS for fact in event.where[:1] if (place := context.entity(fact)) is not None)
    return any(wide) or (event.when is not None and apart(part_of(event.when, "end"), when) < -_LASTED)


_LASTED = 10
"""Days for which a fight goes on behind the day on which somebody stormed a place, and which make that day none of its last."""
_REGIONS = frozenset({"region", "country", "peninsula", "island", "mountain", "desert", "valley", "continent"})
"""Kinds of place that are not taken with one battle in them."""


def _doer_behind(context: Context, predication: Predication) -> bool:
    """Whether an Arabic verb with a pronoun for its object has its doer behind it, whom the reference does not know: «فتحها سعد»."""
    reading, at = context.reading, predication.last
    lexicon = reading.lexicon
    if reading.lang != "ar" or predication.agents[0].first >= at or at >= len(reading.tokens) or reading.tokens[at].kind != "word":
        return False
    suffixed = any(h.first == predication.first and h.value.suffix for h in reading.clauses[predication.clause].triggers)
    if not suffixed or at in reading.time_at or at in reading.mention_at or lexicon.relations.at(reading.tokens, at, at + 1):
        return False
    norm = reading.tokens[at].norm
    plain = (lexicon.prepositions, lexicon.glue, lexicon.fillers, lexicon.joins)
    adverb = norm.endswith("ا") and not norm.endswith(("يا", "ضا", "سا"))
    return not adverb and not any(word in words for words in plain for word in (norm, norm[1:])) and not lexicon.roles.at(reading.tokens, at, at + 1)


def _not_his(context: Context, event: Event, mention: Mention, when: Moment) -> bool:
    """Whether a ruler is put in the place of another: Edessa fell in 1144 to Zengi, not to Nur al-Din who reigned from 1146.

    A ruler whose reign was another time is no general of the one who took it; of anybody else that cannot be said.
    """
    people = context.people(mention)
    if not people or not any((who := context.entity(doer)) and who.kind == "person" for doer in event.by):
        return False
    for person in people:
        times = [role.when for role in reigns(person, RULING) if role.when]
        life = alive(person)
        if life is None or apart(life, when, 370):
            return False  # see `lifetime`
        if not times or any(not apart(time, when, 366) for time in times) or person.id in participants(event):
            return False
    return True


def _invaded(context: Context, event: Event, mention: Mention) -> bool:
    """Whether the war was begun with an attack on the one who is said to have attacked."""
    return any(_stands_for(context, event, actor, event.target) for actor in mention.ids("polity", "person"))


def _doers(event: Event, *, taking: bool = False) -> tuple[str, ...]:
    """Who attacked, declared or took, as far as the reference says so; a town falls to who won the battle in it."""
    if event.by:
        return event.by
    return event.won if taking or event.type in _TAKEN or event.result in ("stormed", "capitulated") else ()


def _does(context: Context, event: Event, mention: Mention) -> bool:
    return any(_stands_for(context, event, actor, _doers(event)) for actor in mention.ids("polity", "person"))


def _suffers(context: Context, event: Event, mention: Mention, *, taking: bool = False) -> bool:
    """Whether all that a name may mean is on the other side than those who did it."""
    doers = _doers(event, taking=taking)
    doing = {i for who in doers for i in side_of(context, event, who)}
    if len(doing) != 1 or len(event.sides) != 2:
        return False
    for actor in mention.ids("polity", "person"):
        sides = side_of(context, event, actor)
        if len(sides) != 1 or sides & doing or _stands_for(context, event, actor, doers):
            return False
    return bool(mention.ids("polity", "person"))


def _stands_for(context: Context, event: Event, actor: str, doers: tuple[str, ...]) -> bool:
    entity = context.entity(actor)
    names = (actor, *(entity.of if entity and entity.kind == "person" else ()))
    return any(acts_for(context, name, doer) for name in names for doer in doers)


def _report(
    context: Context, predication: Predication, event: Event, other: Mention, *, taking: bool = False
) -> Iterator[Finding]:
    one = predication.agents[0]
    yield context.finding(
        min(predication.first, one.first, other.first),
        max(predication.last, one.last, other.last),
        {"event": event, "doer": tuple(context.reference.fact(who) or who for who in _doers(event, taking=taking))},
        cite(event, "by" if event.by else "won"),
    )
