"""What followed from what, as the reference has it: of such two the order is certain where their dates alone leave it open."""

from __future__ import annotations

from ..bind import apart
from ..facts import Event
from .context import Context
from .terms import Term

_STEPS = 4
"""Links of a chain of causes that are followed."""


def causes_of(context: Context, event: Event) -> frozenset[str]:
    """The events from which one followed, and those from which these did."""
    slot = ("causes", event.id)
    made = context.reference.memo
    if slot not in made:
        found: set[str] = set()
        todo = list(event.cause)
        for _ in range(_STEPS):
            earlier = [cause for fact in todo if fact not in found and (cause := context.event(fact)) is not None]
            found.update(todo)
            todo = [fact for cause in earlier for fact in cause.cause]
        made[slot] = frozenset(found)
    known: frozenset[str] = made[slot]
    return known


def followed(context: Context, later: Term, earlier: Term) -> bool:
    """Whether all that one side may be followed from all that the other may be, which was then over."""
    pairs = [(one.fact, other.fact) for one in later.facts for other in earlier.facts]
    return bool(pairs) and all(
        isinstance(one, Event) and isinstance(other, Event) and other.id in causes_of(context, one) and _over(one, other)
        for one, other in pairs
    )


def _over(later: Event, earlier: Event) -> bool:
    """Whether a cause was certainly short, or over when what followed from it began."""
    one, other = earlier.when, later.when
    if one is None or other is None:
        return False
    lasted = None not in (one.start_hi, one.end_lo) and (one.end_lo or 0) - (one.start_hi or 0) > _SHORT
    return not lasted or apart(other, one) < 0


_SHORT = 3
"""Days that a short event lasts at most."""
