"""Whose commander somebody is called: «كتبغا قائد المماليك», "the Mamluk general Kitbuqa", who led the other side.

A finding needs that he led against that power or man in a fight of the reference, and nowhere for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Entity, Event
from ..model import Finding
from ..normalise import stems
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, akin, cite
from .fights import FIGHTS, side_of


def commanded(context: Context, clause: Clause) -> Iterator[Finding]:
    """Commanders who are put at the head of their enemies."""
    reading = context.reading
    if clause.kind not in ("paragraph", "item") or len(clause.mentions) < 2:
        return
    for man in clause.mentions:
        if not man.has("person") or man.has("polity", "place", "event") or man.how not in ("name", "short"):
            continue
        whose = _whose(reading, clause, man)
        people = context.people(man)
        if whose is None or not people or not reading.told(clause, min(man.first, whose.first)):
            continue
        events = [_against(context, person, whose) for person in people]
        event = events[0]
        if event is None or not all(events):
            continue
        mine = side_of(context, event, people[0].id)
        side = event.sides[min(mine)] if mine and min(mine) < len(event.sides) else ()
        values = {
            "event": event,
            "who": people[0],
            "other": context.reference.fact(whose.ids("person", "polity")[0]),
            "allies": tuple(entry for who in side[:5] if (entry := context.reference.fact(who.who))),
        }
        yield context.finding(min(man.first, whose.first), max(man.last, whose.last), values, cite(event, "leaders"))
        return


def _whose(reading: Reading, clause: Clause, man: Mention) -> Mention | None:
    """The power or man whose commander a man is said to be."""
    if reading.lang == "ar":
        return _behind_arabic(reading, man) or _before_arabic(reading, clause, man)
    return _behind_english(reading, man) or _before_english(reading, clause, man)


def _head(reading: Reading, index: int) -> bool:
    """Whether a word says that somebody commands."""
    return 0 <= index < len(reading.tokens) and reading.tokens[index].norm in reading.lexicon.captains


def _side(reading: Reading, index: int) -> Mention | None:
    """The power or man named at a token, past a word for its troops."""
    while index < len(reading.tokens) and reading.tokens[index].kind == "word" and index not in reading.mention_at:
        if reading.tokens[index].norm not in reading.lexicon.forces | {"the", "of"}:
            return None
        index += 1
    mention = reading.mention_at.get(index)
    named = mention is not None and mention.first == index and mention.has("person", "polity") and not mention.has("event")
    return mention if named else None


def _behind_arabic(reading: Reading, man: Mention) -> Mention | None:
    """«كتبغا قائد المماليك», «كتبغا، قائد جيوش …»."""
    at = man.last + (man.last < len(reading.tokens) and reading.tokens[man.last].norm in ("،", ","))
    if not _head(reading, at) or reading.tokens[at].norm.startswith("ال"):
        return None
    return _side(reading, at + 1)


def _before_arabic(reading: Reading, clause: Clause, man: Mention) -> Mention | None:
    """«قائد المماليك كتبغا», «القائد المملوكي كتبغا»."""
    whose = next((m for m in clause.mentions if m.last == man.first and m.has("person", "polity") and not m.has("event")), None)
    if whose is None or reading.tokens[man.first].norm.startswith("و"):
        return None
    at = whose.first - 1
    while at > clause.first and reading.tokens[at].norm in reading.lexicon.forces:
        at -= 1
    norm = reading.tokens[at].norm
    known = reading.lexicon.captains
    if norm not in known and not any(stem in known for stem in stems(norm)):
        return None
    return whose if (whose.how == "demonym") == norm.lstrip("وفبلك").startswith("ال") or whose.how != "demonym" else None


def _behind_english(reading: Reading, man: Mention) -> Mention | None:
    """ "Kitbuqa, commander of the Mamluks", "Kitbuqa, the Mamluk general"."""
    tokens, at = reading.tokens, man.last
    if at >= len(tokens) or tokens[at].norm != ",":
        return None
    at += 1
    at += at < len(tokens) and tokens[at].norm == "the"
    mention = reading.mention_at.get(at)
    if mention is not None and mention.how == "demonym" and _head(reading, mention.last) and mention.has("polity"):
        return mention
    if not _head(reading, at) or at + 1 >= len(tokens) or tokens[at + 1].norm != "of":
        return None
    return _side(reading, at + 2)


def _before_english(reading: Reading, clause: Clause, man: Mention) -> Mention | None:
    """ "The Mamluk general Kitbuqa", "Qutuz's general Kitbuqa"."""
    tokens, at = reading.tokens, man.first - 1
    if not _head(reading, at):
        return None
    mention = next((m for m in clause.mentions if m.last <= at and at - m.last <= 2), None)
    mention = next((m for m in reversed(clause.mentions) if m.last <= at and at - m.last <= 2), mention)
    if mention is None or mention.has("event") or not mention.has("person", "polity"):
        return None
    between = [tokens[k].norm for k in range(mention.last, at)]
    return mention if (mention.how == "demonym" and not between) or between == ["'", "s"] else None


def _against(context: Context, person: Entity, whose: Mention) -> Event | None:
    """A fight that somebody led against whose commander he is called; None where he led anywhere for him, or is of his people."""
    found = None
    for actor in whose.ids("person", "polity"):
        theirs = akin(context, actor)
        own = {name for of in person.of for name in akin(context, of)}
        offices = {name for role in person.roles if role.of for name in akin(context, role.of)}
        if actor == person.id or (theirs & (own | offices)):
            return None
        entity = context.entity(actor)
        loose = whose.how != "demonym" or entity is None or entity.subkind != "people"  # a Tatar may fight the Golden Horde
        against = None
        for fact in context.reference.events_with(person.id, "leader"):
            event = context.event(fact)
            if event is None or event.type not in FIGHTS:
                continue
            mine, others = side_of(context, event, person.id), side_of(context, event, actor)
            if mine & others:
                return None
            exact = loose or any(who.who == actor for side in event.sides for who in side)
            if len(mine) == len(others) == 1 and exact:
                against = against or event
        if against is None:
            return None
        found = found or against
    return found
