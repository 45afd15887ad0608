"""Who is called the commander at a fight by a noun: "the British commander at X was Y", «كان قائد … في معركة … فلان»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..prepositions import named_in, preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .people_words import members

_REACH, _SIDE = 4, 4
"""Words between a commander and his fight, and those in which his side is named."""


def called_commander(reading: Reading, clause: Clause, people: Sequence[Mention]) -> Iterator[tuple[int, int, Mention, Mention | None]]:
    """The tokens of such a statement, the man, and the power whose commander he is called."""
    for at in range(clause.first, clause.last):
        norm = reading.tokens[at].norm
        if norm not in reading.lexicon.captains or at in reading.mention_at:
            continue
        if not reading.asserted(clause, at):
            continue
        found = _arabic(reading, clause, at, people) if reading.lang == "ar" else _english(reading, clause, at, people)
        if found is not None:
            yield found


def _fight(reading: Reading, first: int, last: int) -> Mention | None:
    """The event that stands under "at" or "in" soon behind the commander."""
    event = next((m for m in named_in(reading, first, last) if m.has("event")), None)
    near = event is not None and event.first - first <= _REACH and preposition(reading, event) in reading.lexicon.fought_at
    return event if near else None


def _host(reading: Reading, first: int, last: int) -> Mention | None:
    return next((m for m in named_in(reading, first, last) if m.has("polity") and not m.has("person", "event")), None)


def _english(reading: Reading, clause: Clause, at: int, people: Sequence[Mention]) -> tuple[int, int, Mention, Mention | None] | None:
    """ "Y was the British commander at X", "the British commander at X was Y"."""
    event = _fight(reading, at + 1, clause.last)
    if event is None:
        return None
    was = reading.lexicon.auxiliaries
    host = _host(reading, max(clause.first, at - _SIDE), at) or _host(reading, at + 1, event.first)
    if event.last < clause.last and reading.tokens[event.last].norm in was:
        man = next((m for m in people if event.last < m.first <= event.last + 2), None)
        return (at, man.last, man, host) if man is not None and not preposition(reading, man) else None
    man = next((m for m in people if m.last <= at and at - m.last <= _SIDE and reading.tokens[m.last].norm in was), None)
    return (man.first, event.last, man, host) if man is not None and not preposition(reading, man) else None


def _arabic(reading: Reading, clause: Clause, at: int, people: Sequence[Mention]) -> tuple[int, int, Mention, Mention | None] | None:
    """«كان قائد … في معركة … فلان», «كان فلان قائد … في معركة …»."""
    event = _fight(reading, at + 1, clause.last)
    was = members(reading, "was")
    begins = next((k for k in range(at - 1, max(clause.first, at - _SIDE) - 1, -1) if reading.tokens[k].norm.lstrip("وف") in was), None)
    if event is None or begins is None:
        return None
    host = _host(reading, at + 1, event.first)
    man = next((m for m in people if begins < m.first and m.last == at), None) or next((m for m in people if 0 <= m.first - event.last <= 2), None)
    if man is None or preposition(reading, man) or reading.tokens[man.first].norm.startswith("و"):
        return None
    return (begins, max(man.last, event.last), man, host)
