"""Who commanded: «معركة … بقيادة X», "X launched Operation …", where X led neither side and could not have."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, aside
from ..facts import Entity, Event
from ..model import Finding
from ..prepositions import preposition
from ..reading import Clause, Reading
from .context import Context, alive, cite, participants
from .fights import FIGHTS, side_of


def leaders(context: Context, clause: Clause) -> Iterator[Finding]:
    """«معركة … بقيادة X»: X led neither side, and could not have."""
    reading = context.reading
    named = [m for m in clause.mentions if m.has("event") and m.how != "anaphor"]
    if len(named) != 1 or aside(reading, named[0].first):
        return  # «بعد معركة حطين تقدم جيش بقيادة …»
    events = [e for e in context.events(named[0]) if e.leaders and any(e.leaders)]
    if not events or len(events) != len(named[0].ids()):
        return
    launched = [h for h in reading.lexicon.staging.find(reading.tokens, clause.first, clause.last) if 0 <= named[0].first - h.last <= _LAUNCHED]
    for hit in (*reading.lexicon.roles.find(reading.tokens, clause.first, clause.last), *launched):
        if (hit.value != "led" and hit not in launched) or not reading.asserted(clause, hit.first):
            continue
        for mention in clause.mentions:
            if hit in launched:
                ahead = hit.first - mention.last <= 1 if reading.lang != "ar" else hit.last <= mention.first < named[0].first
                if preposition(reading, mention) == "of" and reading.tokens[mention.last].norm == ",":
                    continue  # "Kutuzov, a pupil of Suvorov, fought at …"
                if not ahead or mention.last > (hit.first if reading.lang != "ar" else named[0].first) or not mention.has("person"):
                    continue
            elif not hit.last <= mention.first <= hit.last + 3 or not mention.has("person") or mention.first < named[0].last:
                continue
            people = context.people(mention)
            if hit not in launched and _joined_before(reading, named[0].last, hit.first):
                continue  # «معاهدة فرساي وصعود النازية بقيادة هتلر»
            if people and all(_no_leader(context, person, event) for person in people for event in events):
                event = events[0]
                yield context.finding(
                    min(named[0].first, mention.first),
                    max(named[0].last, mention.last),
                    {
                        "event": event,
                        "person": people[0],
                        "leaders": tuple(context.reference.fact(p) or p for g in event.leaders for p in g),
                    },
                    cite(event, "leaders"),
                    cite(people[0], "life"),
                )


def _joined_before(reading: Reading, first: int, last: int) -> bool:
    """Whether "and" with something new stands between an event and "led by"."""
    for k in range(first, last):
        norm = reading.tokens[k].norm
        new = reading.lang == "ar" and norm.startswith("و") and len(norm) > 3 and k not in reading.mention_at and k not in reading.time_at
        if norm in reading.lexicon.joins or new:
            return True
    return False


_LAUNCHED = 4
"""Words between "launched" and the operation; in Arabic he who did it stands there."""


def _no_leader(context: Context, person: Entity, event: Event) -> bool:
    if any(person.id in group for group in event.leaders) or person.id in participants(event):
        return False
    life = alive(person)
    if life and event.when and apart(life, event.when, 370):
        return True
    return "leaders" in event.closed or _led_elsewhere(context, person, event)


def _led_elsewhere(context: Context, person: Entity, event: Event) -> bool:
    """Whether somebody is known as a commander of other fights, all long before or after this one, whose own side had another."""
    if event.when is None or event.type == "war":
        return False
    mine = {i for i in side_of(context, event, person.id) if i < len(event.leaders) and event.leaders[i]}
    led = [other for fact in context.reference.events_with(person.id, "leader") if (other := context.event(fact)) and other.when]
    led = [other for other in led if other.type in FIGHTS and other.when and (other.when.end_hi or 0) - (other.when.start_lo or 0) < _LONG]
    apart_all = all(other.when is not None and abs(apart(other.when, event.when)) > _CAMPAIGN for other in led)
    return len(mine) == 1 and len(led) >= _COMMANDS and apart_all


_COMMANDS, _CAMPAIGN, _LONG = 2, 150, 250
"""Fights that make somebody a commander whose fights are known, days within which he may have been at one more, and days beyond
which a campaign has several commanders one after the other."""
