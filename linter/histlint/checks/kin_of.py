"""Kinship that a sentence states of two who are named: "X was the father of Y", «فلان عم فلان», «فلان ابن السلطان فلان»."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Entity
from ..lexicon import Hit
from ..reading import Clause
from ..tag.entities import Mention
from .context import Context
from .families import ahead, behind, in_full
from .people_words import phrases

_KEYS = ("father_of", "uncle_of", "nephew_of", "grandfather_of", "grandson_of", "child_of", "sibling_of")
_GENERATIONS = 9
"""How far up a line of fathers somebody may be called the grandson of a forefather."""


def told_kin(context: Context) -> Iterator[tuple[str, Hit, Mention, Mention]]:
    """The word of kinship, whose kin somebody is said to be, and who that is."""
    reading = context.reading
    table = phrases(reading, *_KEYS)
    for clause in reading.clauses_with(table):
        if clause.kind not in ("paragraph", "item"):
            continue
        for hit in table.find(reading.tokens, clause.first, clause.last):
            pair = _pair(context, clause, hit)
            if pair is not None and reading.told(clause, hit.first):
                yield str(hit.value), hit, *pair


def _pair(context: Context, clause: Clause, hit: Hit) -> tuple[Mention, Mention] | None:
    """Whose kin, and who, where both are named in full beside the word."""
    reading = context.reading
    one, other = behind(context, clause, hit.last), ahead(context, clause, hit)
    if one is None or other is None or hit.first in reading.mention_at or hit.clitic or one.ids() == other.ids():
        return None
    if hit.value == "child_of" and (one.first == hit.last or other.last != hit.first or other.last - other.first < 2):
        return None  # a part of the name: «علي ابن أبي طالب»
    full = all(in_full(reading, mention) and (mention.how == "name" or mention.last - mention.first > 1) for mention in (one, other))
    return (one, other) if full else None


def unlike(context: Context, kind: str, one: Entity, other: Entity) -> bool:
    """Whether somebody (`other`) surely is not that to another, because he is nearer or further kin in another way."""
    if kind == "father_of":
        return bool(one.father) and one.father != other.id and other.sex != "female"
    if kind == "child_of":
        return bool(other.father) and other.father != one.id and one.sex != "female"
    if kind == "sibling_of":
        return one.father == other.id or other.father == one.id
    brothers = bool(one.father) and one.father == other.father
    lineal = ancestor(context, one, other) or ancestor(context, other, one)
    if kind in ("uncle_of", "nephew_of"):
        return brothers or one.father == other.id or other.father == one.id or _turned(context, kind, one, other)
    elder, younger = (other, one) if kind == "grandfather_of" else (one, other)
    uncle = not lineal and brother_of_father(context, elder, younger)
    return brothers or younger.father == elder.id or ancestor(context, elder, younger) or uncle


def _turned(context: Context, kind: str, one: Entity, other: Entity) -> bool:
    """Whether the uncle is the nephew."""
    elder, younger = (one, other) if kind == "uncle_of" else (other, one)
    return brother_of_father(context, elder, younger)


def brother_of_father(context: Context, elder: Entity, younger: Entity) -> bool:
    """Whether somebody was a brother of another's father."""
    father = context.entity(younger.father) if younger.father else None
    return father is not None and father.id != elder.id and bool(elder.father) and elder.father == father.father


def ancestor(context: Context, person: Entity, elder: Entity) -> bool:
    """Whether somebody descends from another by his fathers."""
    for _ in range(_GENERATIONS):
        father = context.entity(person.father) if person.father else None
        if father is None:
            return False
        if father.id == elder.id:
            return True
        person = father
    return False
