"""Whose reign a length is that is told with a pronoun: "his sixteen years in office", «خلافته التي امتدت أربع عشرة سنة».

The pronoun means whoever was named last; of all who are named nearby and ruled, none may have ruled so long.
"""

from __future__ import annotations

from ..facts import Entity
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading, Time
from .context import RULING, Context, reigns
from .wordlists import filling, has, members, phrases

_SENTENCES = 2
"""Sentences before that of a length in which its owner may be named."""
_REACH = 8
_BEHIND = 3
"""Words behind a length within which a land makes it that of a rule over this land alone."""
_FILLING = ("lasting", "lasted", "hedges", "joining", "relative")


def owners(context: Context, clause: Clause, time: Time) -> list[Entity]:
    """The rulers whose whole reign a length may be, he who was named last first; empty where it is no reign's, or open whose."""
    reading = context.reading
    if reading.looks_back(clause.first, clause.last) or not _own(reading, clause, time) or _of_a_land(reading, time):
        return []
    number = max(0, clause.sentence - _SENTENCES)
    start = reading.sentences[number][0]
    start = max([start, *(k + 1 for k in range(start, time.first) if reading.tokens[k].norm == "\n")])
    named = [m for m in named_in(reading, start, time.first) if m.has("person") and m.how != "demonym"]
    if not named or named[-1].has("place", "polity", "event"):
        return []
    last = context.people(named[-1])
    if not last or not all(_ruled(person) for person in last):
        return []
    others = [person for m in named for person in context.people(m)]
    others += [entity for fact in reading.topic if (entity := context.entity(fact)) is not None and entity.kind == "person"]
    return list({person.id: person for person in (*last, *others) if _ruled(person)}.values())


def _ruled(person: Entity) -> bool:
    return any(role.when for role in reigns(person, RULING))


def _own(reading: Reading, clause: Clause, time: Time) -> bool:
    """Whether the words around a length make it that of somebody's own reign, the whole of it."""
    tokens = reading.tokens
    stop = min(clause.last, time.last + _REACH)
    front = tokens[time.first - 1].norm if time.first else ""
    if front in members(reading, "own"):  # "his sixteen years in office", "her forty-year reign"
        throne = phrases(reading, "enthroned", "reigning").at(tokens, time.last, stop)
        return throne is not None and (throne.value == "enthroned" or tokens[time.last - 2].norm == "-")
    table = phrases(reading, "own_reign")
    begin = max(clause.first, time.first - _REACH)
    for at in reversed(table.starts(tokens, begin, time.first)):
        hit = table.at(tokens, at, time.first)
        if hit is None or at in reading.mention_at:
            continue
        inside = [k for k in range(hit.last, time.first) if tokens[k].norm not in reading.lexicon.relatives]
        plain = all(filling(reading, k, k + 1, _FILLING) is not None for k in inside) or filling(reading, hit.last, time.first, _FILLING) is not None
        before = range(max(clause.first, at - 2), at)
        part = any(tokens[k].norm in reading.lexicon.prepositions and tokens[k].norm in members(reading, "amid") for k in before)
        return plain and not part and not has(reading, at - 3, at, "after")
    if time.last < len(tokens) and tokens[time.last].kind != "mark":
        return False  # "for forty years when …"
    table = phrases(reading, "enthroned")
    for at in reversed(table.starts(tokens, begin, time.first)):
        hit = table.at(tokens, at, time.first)
        if hit is not None and at > clause.first and filling(reading, hit.last, time.first, ("lasting", "hedges", "joining")) is not None:
            return tokens[at - 1].norm in members(reading, "reigned_on") and not has(reading, at - 4, at, "pluperfect", "relative", "after")
    return False


def _of_a_land(reading: Reading, time: Time) -> bool:
    """Whether a land stands by a length: a rule over it, which may be one of several."""
    return any(
        (m := reading.mention_at.get(k)) is not None and m.has("place", "polity") and m.how != "demonym" and preposition(reading, m)
        for k in range(max(0, time.first - _BEHIND), min(time.last + _BEHIND, len(reading.tokens)))
    )
