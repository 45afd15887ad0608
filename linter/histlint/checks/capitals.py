"""Which town was the capital: «سرقسطة عاصمة الفاطميين», "Isfahan, the capital of the Ottoman Empire", "the Umayyad capital, Baghdad"."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Finding
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, cite, kin
from .geography import kilometres, positions

_THE = frozenset({"the", "then", ",", "as", "("})
_OWNS = frozenset({"s", "'", "’", "'s", "’s"})
_NEAR = 60
"""Kilometres up to which a town may stand for the capital."""


def check(context: Context) -> Iterator[Finding]:
    """Towns called the capital of a state whose capitals the reference knows to be others."""
    reading = context.reading
    words = reading.lexicon.capitals
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for index in range(clause.first, clause.last):
            if reading.tokens[index].norm in words and reading.asserted(clause, index):
                pair = _arabic(reading, clause, index) if reading.lang == "ar" else _english(reading, clause, index)
                if pair is not None:
                    yield from _compare(context, *pair)


def _town(reading: Reading, mention: Mention | None) -> Mention | None:
    """A name, where it is that of a town with no conjunction on it."""
    if mention is None or mention.how not in ("name", "former", "short") or not mention.has("place") or mention.has("person", "polity", "event"):
        return None
    key, norm = mention.names[0].key[0], reading.tokens[mention.first].norm
    return None if norm[:1] in ("و", "ف") and not key.startswith(norm[:1]) else mention


def _state(mention: Mention | None) -> Mention | None:
    return mention if mention is not None and mention.has("polity") and not mention.has("person", "event", "place") else None


def _before(reading: Reading, clause: Clause, at: int) -> Mention | None:
    """The name that ends before token `at`, commas and what joins an apposition passed over."""
    passed = reading.lexicon.lying | reading.lexicon.auxiliaries | {"(", "the", "then"}
    while at > clause.first and at - 1 not in reading.mention_at and reading.tokens[at - 1].norm in passed:
        at -= 1
    mention = reading.mention_at.get(at - 1) if at > clause.first else None
    return mention if mention is not None and mention.last == at else None


def _behind(reading: Reading, clause: Clause, at: int) -> Mention | None:
    """The name that begins at token `at` or behind words that carry it."""
    lexicon = reading.lexicon
    passed = lexicon.carriers | {",", "،", "the", "(", "at"}
    while at < clause.last and at not in reading.mention_at and reading.tokens[at].norm in passed:
        at += 1
    mention = reading.mention_at.get(at)
    return mention if mention is not None and mention.first == at else None


def _arabic(reading: Reading, clause: Clause, index: int) -> tuple[Mention, Mention] | None:
    norm = reading.tokens[index].norm
    behind = _behind(reading, clause, index + 1)
    before = _before(reading, clause, index)
    if norm.endswith(("ته", "تها", "تهم")):  # «الدولة … وعاصمتها …»
        return _pair(_town(reading, behind), _state(before))
    if behind is None or _state(behind) is None or (norm.startswith("ال") != (behind.how == "demonym")):
        return None
    after = _behind(reading, clause, behind.last)
    own = after if after is not None and after.first == behind.last else None
    return _pair(_town(reading, own), _state(behind)) or _pair(_town(reading, before), _state(behind))


def _english(reading: Reading, clause: Clause, index: int) -> tuple[Mention, Mention] | None:
    tokens = reading.tokens
    if index + 1 < clause.last and tokens[index + 1].norm == "of":
        state = _behind(reading, clause, index + 2)
        if tokens[index - 1].norm not in _THE | reading.lexicon.auxiliaries and index - 1 not in reading.mention_at:
            return None  # "the financial capital of …"
        if state is None or _state(state) is None or state.first > index + 3:
            return None
        after = _behind(reading, clause, state.last)
        own = after if after is not None and after.first == state.last + 1 and tokens[state.last].norm in (",", "at") else None
        before = _before(reading, clause, index)
        return _pair(_town(reading, before), state) or _pair(_town(reading, own), state)
    owner = reading.mention_at.get(index - 1)
    for back in (2, 3):
        if owner is None and index >= back and tokens[index - 1].norm in _OWNS:  # "the Almohads' capital"
            owner = reading.mention_at.get(index - back)
    if owner is None or _state(owner) is None:
        return None
    behind = _behind(reading, clause, index + 1)
    own = behind if behind is not None and behind.first <= index + 2 else None
    return _pair(_town(reading, own), owner) or _pair(_town(reading, _before(reading, clause, owner.first)), owner)


def _pair(town: Mention | None, state: Mention | None) -> tuple[Mention, Mention] | None:
    return (town, state) if town is not None and state is not None else None


def _compare(context: Context, town: Mention, state: Mention) -> Iterator[Finding]:
    states = state.ids("polity")
    known = [[c.into for name in kin(context, id) if (e := context.entity(name)) is not None for c in e.capitals] for id in states]
    own = [c.into for id in states if (e := context.entity(id)) is not None for c in e.capitals]
    here = positions(context, town.ids("place"))
    if not own or not all((e := context.entity(id)) is not None and e.existed for id in states):
        return  # a country may have had others before
    if not all(known) or len(here) != len(town.ids()):
        return
    up = context.reference.ancestors
    seats = {seat for seats in known for seat in seats}
    if any(id in up(seat) or seat in up(id) for id in town.ids() for seat in seats):
        return
    there = positions(context, sorted(seats))
    if len(there) != len(seats) or any(kilometres(a, b) <= _NEAR for a in here for b in there):
        return
    entry = context.entity(states[0])
    if entry is None:
        return
    capitals = tuple(fact for seat in dict.fromkeys(own) if (fact := context.reference.fact(seat)))
    values = {"place": context.reference.fact(town.ids()[0]), "polity": entry, "known": capitals}
    yield context.finding(min(town.first, state.first), max(town.last, state.last), values, cite(entry, "capitals"))
