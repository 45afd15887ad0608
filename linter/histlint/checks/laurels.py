"""Victories and defeats told by a phrase around a name: «كُتب النصر للمغول», «دارت الدائرة على المماليك», «خرج المغول منتصرين»."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..facts import Event
from ..prepositions import preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context
from .fights import CLASHES, FIGHTS, fight_of, led_against
from .outcome_words import phrases
from .story import dates_of
from .verdicts import Told

_BEHIND, _BEFORE = 3, 3
"""Words between a phrase and the name behind it, and between a name and what is said of it."""


def phrased(context: Context) -> Iterator[Told]:
    """All such statements of a text."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item") or not clause.mentions:
            continue
        yield from _possessed(context, clause)
        keys = ("won_by", "lost_by", "victorious", "vanquished", "in_favour", "in_his_favour")
        for hit in phrases(reading, *keys).find(reading.tokens, clause.first, clause.last):
            if not reading.asserted(clause, hit.first) or (hit.value in _DECIDED and not _decided(reading, clause, hit.first)):
                continue
            around = hit.value in ("victorious", "vanquished")
            who = _before(reading, clause, hit.first) if around else _behind(clause, hit.last)
            if hit.value == "in_his_favour":
                who = _decider(reading, clause, hit.first)
            events = _fights(context, clause)
            if who is None or not events:
                continue
            won = hit.value in ("won_by", "victorious", *_DECIDED)
            first, last = min(hit.first, who.first), max(hit.last, who.last)
            yield Told(events, (who,) if won else (), () if won else (who,), first, last)


_DECIDED = ("in_favour", "in_his_favour")


def _decided(reading: Reading, clause: Clause, at: int) -> bool:
    """Whether a verb before "in favour of" says that it was how the fight ended."""
    return bool(phrases(reading, "decided").find(reading.tokens, clause.first, at))


def _decider(reading: Reading, clause: Clause, at: int) -> Mention | None:
    """Who decided a fight in his favour: the one power or man before."""
    who = [m for m in clause.mentions if m.last <= at and m.has("person", "polity") and not m.has("event") and not preposition(reading, m)]
    return who[0] if len(who) == 1 else None


def _possessed(context: Context, clause: Clause) -> Iterator[Told]:
    """ "Napoleon's great victory at Waterloo", "the French victory at …": the noun of one whose fight is named behind it."""
    reading = context.reading
    for who in clause.mentions if reading.lang != "ar" else ():
        owner = reading.document.text[who.end : who.end + 1] in ("'", "’")
        if not who.has("person", "polity") or not (owner or who.how == "demonym"):
            continue
        for index in range(who.last + owner, min(who.last + (_OWNED if owner else 2), clause.last - 2)):
            norm = reading.tokens[index].norm
            won, lost = norm in reading.lexicon.victories, norm in reading.lexicon.defeats
            if won and reading.asserted(clause, index):
                yield from _over(context, clause, who, index)
            fight = next((m for m in clause.mentions if 1 < m.first - index <= _BEHIND + 1), None)
            here = reading.tokens[index + 1].norm in reading.lexicon.fought_at
            if not (won or lost) or not here or fight is None or not reading.asserted(clause, index):
                continue
            events = [e for e in context.events(fight) if e.type in CLASHES and (e.won or e.lost)]
            if len(events) == 1 == len(fight.ids("event")):
                yield Told(events, (who,) if won else (), (who,) if lost else (), who.first, fight.last)


def _over(context: Context, clause: Clause, who: Mention, index: int) -> Iterator[Told]:
    """ "Huáscar's victory over Atahualpa": the fights that the two led against each other."""
    reading = context.reading
    beaten = next((m for m in clause.mentions if 1 < m.first - index <= _BEHIND and m.has("person")), None)
    if beaten is None or not who.has("person") or reading.tokens[index + 1].norm not in _OVER:
        return
    events = [event for event in led_against(context, who, beaten).values() if event.won or event.lost]
    if events and not any(m.has("event", "place") for m in clause.mentions if m.first >= beaten.last):
        yield Told(events, (who,), (beaten,), who.first, beaten.last)


_OVER = frozenset({"over", "against"})
_OWNED = 5
"""Words between an owner and his victory."""


def _behind(clause: Clause, at: int) -> Mention | None:
    """The power or man behind a phrase."""
    who = next((m for m in clause.mentions if m.first >= at - 1), None)
    return who if who is not None and who.first - at <= _BEHIND and who.has("person", "polity") else None


def _before(reading: Reading, clause: Clause, at: int) -> Mention | None:
    """The subject of whom an adverbial says that he won: «خرج المغول منتصرين»."""
    before = [m for m in clause.mentions if m.last <= at and m.has("person", "polity")]
    if not before or at - before[-1].last > _BEFORE or preposition(reading, before[-1]):
        return None
    return before[-1]


def _fights(context: Context, clause: Clause) -> list[Event]:
    """The one fight that a clause, or the one before it in its sentence, speaks of."""
    reading = context.reading
    known = fight_of(context, clause)
    if not known and clause.index and reading.clauses[clause.index - 1].sentence == clause.sentence:
        known = fight_of(context, reading.clauses[clause.index - 1])
    dates = dates_of(reading, *reading.sentences[clause.sentence])
    events = [item.fact for item in known if isinstance(item.fact, Event) and not any(apart(item.when, date, 60) for date in dates)]
    return events if len(events) == 1 and events[0].type in FIGHTS and (events[0].won or events[0].lost) else []
