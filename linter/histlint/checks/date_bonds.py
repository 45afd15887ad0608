"""Dates that stand beside the name of an event and are not its own: of another member of a list, of a part of it, of a life."""

from __future__ import annotations

from collections.abc import Iterable

from ..bind import Dated, conflict
from ..extract import may_be_verb
from ..facts import Event
from ..lexicon import Hit
from ..normalise import fold
from ..reading import Clause, Reading
from ..slots import marked_passive
from ..tag.entities import Mention
from .context import Context


def joined_behind(reading: Reading, dated: Dated, mention: Mention) -> bool:
    """Whether an Arabic name is joined behind a comma to something that has the date before it."""
    if reading.lang != "ar" or dated.time.last > mention.first:
        return False
    comma = any(reading.tokens[k].norm == "،" for k in range(dated.time.last, mention.first))
    written = reading.tokens[mention.first].norm
    return comma and written.startswith("و") and not any(fold(name.text).startswith(written) for name in mention.names)


def of_another_verb(reading: Reading, clause: Clause, dated: Dated, mention: Mention) -> bool:
    """Whether an Arabic verb of unknown meaning, joined behind a comma, stands between an event and a date: «وبعد يومين صدر وعد
    بلفور، وسُلّمت القدس في التاسع من كانون الأول». It is a passive, or the event has a time of its own before it."""
    if reading.lang != "ar" or dated.time.first < mention.last:
        return False
    own = any(time.last <= mention.first for time in clause.times)
    known = {hit.first for hit in clause.triggers}
    for k in range(mention.last + 1, dated.time.first):
        if reading.tokens[k - 1].norm not in (",", "،") or not reading.tokens[k].norm.startswith("و") or k in known:
            continue
        if may_be_verb(reading, k) and (own or marked_passive(reading, Hit(k, k + 1, None, "و"))):
            return True
    return False


def of_a_part(context: Context, dated: Dated, events: Iterable[Event]) -> bool:
    """Whether a date is that of a part of an event."""
    parts = (context.event(part) for part in sorted(context.reference.parts([event.id for event in events])))
    return any(part.when and not conflict(dated.time.mention, part.when, dated.part) for part in parts if part is not None)


def town_of_a_life(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a battle that is told by its town alone is only where somebody was born or died."""
    lives = (p for p in reading.said.get(clause.index, ()) if p.frame in ("born", "die"))
    return mention.how == "short" and any(m is mention for p in lives for _, m in p.others)


def dates_anew(reading: Reading, index: int) -> bool:
    """Whether "and" behind a comma goes on to a date of its own: «كُسر الهجوم في تموز، وفي 25 منه، بعد …، أقال الملك»."""
    tokens, lexicon = reading.tokens, reading.lexicon
    norm, before = tokens[index].norm, tokens[index - 1].norm
    joined = norm in lexicon.joins or (norm[:1] in ("و", "ف") and (norm[1:] in lexicon.prepositions or index in reading.time_at))
    near = range(index, index + 3)
    return joined and before in (",", "،") and any(k in reading.time_at and reading.time_at[k].first >= index for k in near)
