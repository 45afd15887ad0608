"""A thing, or an alliance or organisation, in a text that ends before it was there.

`lifetime` compares a thing with the date of its own clause. Here the whole text decides: where all its dates and events lie before
the thing began, and there are several, the thing is out of place whatever its clause says.

Options: `things` lists the things that count (not those with which later ages look at a time: photographs, satellites), and `years`
how many years must lie between the last date of the text and the beginning; `dates` is how many dates or dated events a text needs.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..chronology import moment as moments
from ..facts import Entity
from ..model import Finding, Moment
from ..reading import Clause
from ..tag.entities import Mention
from .context import Context, cite
from .wordlists import phrases

_YEAR = 366
_ORGANISED = frozenset({"alliance", "organisation"})


def check(context: Context) -> Iterator[Finding]:
    """Everything named that began after the text ends."""
    reading = context.reading
    late = [(c, m) for c in reading.clauses for m in c.mentions if m.has("thing", "polity") and m.how == "name"]
    if not late:
        return
    times = _times(context)
    if len(times) < int(context.options.get("dates", 3)) or any(time.end_hi is None for time in times):
        return
    last = max(times, key=lambda time: time.end_hi or 0)
    for clause, mention in late:
        entry = _entry(context, mention)
        if entry is None or entry.existed is None or entry.existed.start_lo is None or not _told(context, clause, mention):
            continue
        if entry.existed.start_lo - (last.end_hi or 0) >= int(context.options.get("years", 2)) * _YEAR:
            yield context.finding(
                mention.first, mention.last, {"thing": entry, "since": _beginning(entry.existed), "last": last}, cite(entry, "existed")
            )


def _entry(context: Context, mention: Mention) -> Entity | None:
    if len(mention.ids()) != 1:
        return None
    entry = context.entity(mention.ids()[0])
    if entry is None:
        return None
    counts = entry.id in context.options.get("things", ()) if entry.kind == "thing" else entry.subkind in _ORGANISED
    return entry if counts else None


def _beginning(existed: Moment) -> Moment:
    low, _ = moments.year_bounds(existed)
    return moments.of(low or 1)


def _told(context: Context, clause: Clause, mention: Mention) -> bool:
    """Whether the clause tells of the past, with no comparison and no look ahead."""
    reading = context.reading
    if clause.kind not in ("paragraph", "item") or reading.in_quotation(mention.first):
        return False
    if any(doubt.first < mention.first for doubt in clause.doubts) or any(hit.value == "until" for hit in clause.relations):
        return False
    made = range(max(clause.first, mention.first - 5), mention.last + 3)
    if any(hit.value.frame in ("found", "begin", "build") and hit.first in made for hit in clause.triggers):
        return False  # "the creation of the League", "were formed after …"
    if reading.looks_back(clause.first, clause.last):
        return False
    return not phrases(reading, "likened", "looking_ahead").find(reading.tokens, clause.first, clause.last)


def _times(context: Context) -> list[Moment]:
    """The dates of the text and the times of the events that it names, one for each month or so that they end in."""
    reading = context.reading
    values = [time.mention.value for time in reading.times if time.mention.type in ("date", "period")]
    named = {fact for mention in reading.mentions if mention.how == "name" for fact in mention.ids("event")}
    values += [event.when for fact in named if (event := context.event(fact)) and event.when and event.when.end_hi is not None]
    out: dict[int | None, Moment] = {}
    for value in values:
        if value is not None:
            month = value.end_hi and value.end_hi // 31
            if month not in out or (value.end_hi or 0) > (out[month].end_hi or 0):
                out[month] = value
    return list(out.values())
