"""Other ways in which a text gives a named event its date: what ended a war, a treaty by which something was done, whose death it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import Dated, apart, aside, conflict, date_of
from ..facts import Event
from ..model import Finding
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading, Time
from ..tag.entities import Mention
from .context import Context, cite
from .terms import plain_date

CLOSERS = frozenset({"treaty", "agreement", "pact", "armistice", "surrender", "conference"})
"""Types of event with which wars end."""
_BY = frozenset({"with", "by", "ب", "against"})  # "with" is the class of its other sense
_NEAR = 3
"""Words between the name and the relative clause that dates it."""
_WITHIN = 9
"""Words of a relative clause before its date."""
_FAR = 110 * 366
"""Days by which a date may be off and still be that of the event."""


def closing(reading: Reading, mention: Mention, dated: Dated, events: Sequence[Event]) -> Dated | None:
    """The date as that of the whole treaty where something else ended with it: "the war ended with the Peace of Amasya in 1545"."""
    if dated.part != "end" or dated.time.first < mention.last or preposition(reading, mention) not in _BY:
        return None
    between = range(mention.last, dated.time.first)
    light = reading.lexicon.prepositions | reading.lexicon.glue
    if not all(event.type in CLOSERS for event in events) or any(reading.tokens[k].norm not in light for k in between):
        return None
    return dated._replace(part="whole")


def dated_behind(context: Context) -> Iterator[Finding]:
    """Treaties and the like whose relative clause dates them: "the Treaty of Riga, by which the war was closed in March 1923"."""
    reading = context.reading
    for mention in reading.mentions:
        if not mention.has("event") or mention.how != "name":
            continue
        clause = reading.clauses[reading.clause_at[mention.first]]
        events = [event for event in context.events(mention) if event.type in CLOSERS]
        if clause.kind not in ("paragraph", "item") or not events or len(events) != len(mention.ids()) or aside(reading, mention.first):
            continue
        time = _in_relative(reading, clause, mention)
        if time is None or date_of(reading, clause, mention.first, mention.last) is not None or not reading.asserted(clause, mention.first):
            continue
        value = time.mention.value
        if value is None or not all(event.when and conflict(time.mention, event.when) and abs(apart(value, event.when)) < _FAR for event in events):
            continue
        values = {"event": events[0], "known": events[0].when, "part": "whole", "written": reading.text(time.first, time.last)}
        yield context.finding(mention.first, time.last, values, cite(events[0]))


def _in_relative(reading: Reading, clause: Clause, mention: Mention) -> Time | None:
    """The date at the end of "by which …", «التي بموجبها …» right behind a name."""
    tokens, lexicon = reading.tokens, reading.lexicon
    stop = reading.sentences[clause.sentence][1]
    which = next((k for k in range(mention.last, min(mention.last + _NEAR, stop)) if tokens[k].norm in lexicon.relatives), None)
    if which is None or not any(tokens[k].norm in lexicon.instrumental for k in range(mention.last, min(which + _NEAR, stop))):
        return None
    time = next(reading.times_from(which, min(which + _WITHIN, stop)), None)
    if time is None or not plain_date(time) or any(m.has("event") for m in named_in(reading, which, time.first) if m.how != "anaphor"):
        return None
    between = range(which, time.first)
    return None if any(tokens[k].norm in (",", "،", ";") or tokens[k].norm in lexicon.pluperfect for k in between) else time


