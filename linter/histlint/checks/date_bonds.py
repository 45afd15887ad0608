"""Dates that stand beside the name of an event and are not its own: of another member of a list, of a part of it, of a life."""

from __future__ import annotations

from collections.abc import Iterable

from ..bind import Dated, conflict
from ..facts import Event
from ..normalise import fold
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context


def joined_behind(reading: Reading, dated: Dated, mention: Mention) -> bool:
    """Whether an Arabic name is joined behind a comma to something that has the date before it."""
    if reading.lang != "ar" or dated.time.last > mention.first:
        return False
    comma = any(reading.tokens[k].norm == "،" for k in range(dated.time.last, mention.first))
    written = reading.tokens[mention.first].norm
    return comma and written.startswith("و") and not any(fold(name.text).startswith(written) for name in mention.names)


def of_a_part(context: Context, dated: Dated, events: Iterable[Event]) -> bool:
    """Whether a date is that of a part of an event."""
    parts = (context.event(part) for part in sorted(context.reference.parts([event.id for event in events])))
    return any(part.when and not conflict(dated.time.mention, part.when, dated.part) for part in parts if part is not None)


def town_of_a_life(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a battle that is told by its town alone is only where somebody was born or died."""
    lives = (p for p in reading.said.get(clause.index, ()) if p.frame in ("born", "die"))
    return mention.how == "short" and any(m is mention for p in lives for _, m in p.others)
