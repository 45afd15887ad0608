"""What became of people: killed in a battle that they survived, or by a man who was dead.

Options: `of` is battle (the reference knows that he lived on) or killer (who was dead when his victim died, or not yet born).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, aside, subjects
from ..facts import Entity, Event
from ..model import Finding
from ..objects import may_have_object
from ..prepositions import preposition
from ..reading import Clause, Predication
from ..tag.entities import Mention
from .context import Context, alive, cite, participants
from .deeds import context_events
from .fights import FIGHTS

_LATER = 60
_NAMESAKE = 400 * 366
"""Days between two lives from which a name is likelier that of somebody whom the reference does not know."""
"""Days after a battle from which a death is not one of it."""


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    for predication in context.reading.predications:
        if not predication.asserted or predication.form == "noun" or predication.frame not in ("kill", "die"):
            continue
        if context.options["of"] == "killer":
            yield from _killer(context, predication)
        else:
            yield from _battle(context, predication)


def _battle(context: Context, predication: Predication) -> Iterator[Finding]:
    who = predication.patients if predication.frame == "kill" else subjects(predication)
    people = [p for m in who[:1] if m.has("person") and m.how != "anaphor" for p in context.people(m)]
    clause = context.reading.clauses[predication.clause]
    if len(who) != 1 or not people or predication.carried or may_have_object(context.reading, predication.first, who[0]):
        return
    event = _event(context, clause, predication)
    if event is None or event.when is None or event.when.end_hi is None:
        return
    sure = who[0].how == "name" and any(event in context.events(m) for m in clause.mentions if m.how != "anaphor")
    if not all(_survived(person, event, elsewhere=sure) for person in people):
        return
    person = people[0]
    yield context.finding(
        min(predication.first, who[0].first),
        max(predication.last, who[0].last),
        {"person": person, "event": event, "died": person.died, "captured": person.id in event.captured},
        cite(person, "life"),
        cite(event, "leaders"),
    )


def _event(context: Context, clause: Clause, predication: Predication) -> Event | None:
    """The fight that the clause names beside the death, under "in" or as «المعركة», or «ذلك اليوم» of the fight told before."""
    if _named(context, clause):
        return fight_named(context, clause)
    if any(time.mention.anchor == "narrative" and not _numbered(time.mention.parts) for time in clause.times):
        events = context_events(context, clause, predication.first, "battle", "siege")
        return events[0] if len(events) == 1 else None
    return None


def _named(context: Context, clause: Clause) -> list[Mention]:
    """The fights that a clause names under "in"."""
    reading = context.reading
    named = [m for m in clause.mentions if any(e.type in FIGHTS and e.type != "war" for e in context.events(m))]
    return [m for m in named if preposition(reading, m) in _IN and not aside(reading, m.first)]


def fight_named(context: Context, clause: Clause) -> Event | None:
    """The one fight that a clause names under "in"."""
    named = _named(context, clause)
    events = context.events(named[0]) if len(named) == 1 else []
    return events[0] if len(events) == 1 else None


_GROWN = 15 * 366
"""Days from a birth after which somebody may have fought."""
_IN = frozenset({"في", "in", "at", "during", "خلال", "اثناء", "عند"})


def _numbered(parts: tuple[tuple[str, str], ...]) -> bool:
    return any(key in ("year", "month", "length") for key, _ in parts)


def _survived(person: Entity, event: Event, *, elsewhere: bool) -> bool:
    """Whether somebody lived on after a fight; with `elsewhere` also a grown man of whom no part in it is known."""
    if person.died is None or event.when is None or person.id in event.killed:
        return False
    if person.id not in participants(event):
        grown = person.born is not None and apart(person.born, event.when) > _GROWN
        return elsewhere and grown and apart(event.when, person.died, _LATER) > 0
    return apart(event.when, person.died, _LATER) > 0


def _killer(context: Context, predication: Predication) -> Iterator[Finding]:
    killers = [m for m in predication.agents if m.has("person") and m.how != "anaphor"]
    victims = [m for m in predication.patients if m.has("person") and m.how != "anaphor"]
    if any(preposition(context.reading, m) for m in victims) or any(
        m.first - max(k.last, predication.last) > 2 for m in victims for k in killers if m.first > k.first
    ):
        return
    start = context.reading.sentences[context.reading.clauses[predication.clause].sentence][0]
    if any(m.first < start or any(m.last == k.first for k in killers) for m in victims):
        return  # «قتل الخليفة» may be a noun, and the man told of before another
    if predication.frame != "kill" or len(killers) != 1 or len(victims) != 1 or predication.carried or killers[0] == victims[0]:
        return
    pairs = [(a, b) for a in context.people(killers[0]) for b in context.people(victims[0])]
    if not pairs or not all((life := alive(a)) and b.died and apart(life, b.died, _LATER) for a, b in pairs):
        return
    full = killers[0].how == victims[0].how == "name"
    if not full and all((life := alive(a)) and b.died and abs(apart(life, b.died)) > _NAMESAKE for a, b in pairs):
        return  # «قتلت أوليمبياس فيليب الثالث», who is not the king of France
    one, other = pairs[0]
    yield context.finding(
        min(predication.first, killers[0].first, victims[0].first),
        max(predication.last, killers[0].last, victims[0].last),
        {"killer": one, "victim": other},
        cite(one, "life"),
        cite(other, "life"),
    )
