"""Who can have followed whom: namesakes of another age, thrones that the text names, heirs that the reference names."""

from __future__ import annotations

from ..bind import apart
from ..facts import Entity, Role
from ..reading import Predication
from .context import RULING, Context, alive, reigns


def of_one_age(ones: list[Entity], others: list[Entity]) -> tuple[list[Entity], list[Entity]]:
    """Two lists of those whom names may mean, without namesakes of another age than all of the other list."""
    near = [
        (a, b) for a in ones for b in others if (one := alive(a)) is None or (other := alive(b)) is None or abs(apart(one, other)) <= _AGE
    ]
    if not near:
        return ones, others
    return [a for a in ones if any(a is x for x, _ in near)], [b for b in others if any(b is x for _, x in near)]


_AGE = 100 * 366
"""Days between two lives from which one of them is a namesake's."""


def throne_named(context: Context, predication: Predication) -> bool:
    """Whether the clause says that it was the throne in which somebody followed."""
    reading = context.reading
    clause = reading.clauses[predication.clause]
    return predication.frame == "appoint" or bool(reading.lexicon.thrones.find(reading.tokens, predication.first, clause.last))


def named_heir(context: Context, before: Entity, after: Entity) -> tuple[Entity, Role] | None:
    """Who followed somebody in the thrones that he left last, where the reference names him for all of them and `after` held none."""
    ends = [role for role in reigns(before, RULING) if role.when and role.when.end_hi]
    latest = max((role.when.end_hi for role in ends if role.when and role.when.end_hi), default=0)
    last = [role for role in ends if role.when and role.when.end_hi and role.when.end_hi >= latest - _LAST]
    if not last or not all(role.successor and role.of for role in last) or any(role.successor == after.id for role in last):
        return None
    if any(role.of == mine.of for role in after.roles for mine in last) or after.father == before.id:
        return None
    heir = context.entity(last[-1].successor)
    came = next((role for role in heir.roles if role.of == last[-1].of and role.when), None) if heir is not None else None
    return (heir, came) if heir is not None and came is not None else None


_LAST = 300
"""Days before the end of the last reign at which another office of a ruler ended with it."""
