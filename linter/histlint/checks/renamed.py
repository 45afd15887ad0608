"""Names that a town was given later: Leningrad in the story of 1917."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Former
from ..model import Finding
from ..prepositions import named_in
from ..reading import Clause
from ..tag.entities import Mention
from .context import Context, cite
from .story import when_of
from .unbuilt import set_elsewhere

_GAP = 2 * 366
"""Days before its naming from which a name is too early."""
_FAR = 80 * 366
"""Days beyond which it is another town's: Salisbury in 1460."""


def check(context: Context) -> Iterator[Finding]:
    """Findings on names of towns before they were given."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for mention in clause.mentions:
            former = _former(context, mention)
            given = former.when.start_lo if former is not None and former.when is not None else None
            if former is None or given is None or not reading.asserted(clause, mention.first) or set_elsewhere(context, clause, mention):
                continue
            if _renaming(context, clause, mention):
                continue
            when, _ = when_of(context, clause)
            if when is not None and when.end_hi is not None and _GAP < given - when.end_hi < _FAR:
                place = context.entity(mention.ids()[0])
                values = {"name": reading.text(mention.first, mention.last), "place": place or "", "since": former.when, "when": when}
                yield context.finding(mention.first, mention.last, values, *([cite(place)] if place else []))


def _renaming(context: Context, clause: Clause, mention: Mention) -> bool:
    """Whether the sentence has the place by another name too, or the name is part of that of something else."""
    reading = context.reading
    same = [m for m in named_in(reading, *reading.sentences[clause.sentence]) if set(m.ids()) & set(mention.ids()) and m is not mention]
    behind = reading.document.text[mention.end : mention.end + 2].strip()
    return bool(same) or behind[:1].isupper()


def _former(context: Context, mention: Mention) -> Former | None:
    """The former name by which a text calls a place, with the time in which it was its name."""
    place = context.entity(mention.ids()[0]) if len(mention.ids()) == 1 and mention.how == "former" else None
    if place is None:
        return None
    written = mention.names[0].text
    return next((former for former in place.former if any(written in names for names in former.names.values())), None)
