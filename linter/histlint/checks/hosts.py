"""Who won or lost where the clause names him by his army, or by a pronoun: "the armies of Lysimachus", «فهزموه»."""

from __future__ import annotations

from collections.abc import Sequence

from ..facts import Event
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import Context
from .outcome_words import members

_REACH, _BACK = 6, 60
"""Words between a verb and the man whose army it speaks of, and words over which a pronoun points back."""


def host(reading: Reading, clause: Clause, predication: Predication, *, behind: bool) -> tuple[Mention, ...]:
    """Whose army an English verb has as its object, or before it as its subject: "routed the armies of Lysimachus"."""
    if reading.lang == "ar":
        return ()
    nouns = reading.lexicon.forces | members(reading, "hosts")
    for mention in clause.mentions if behind else reversed(clause.mentions):
        gap = mention.first - predication.last if behind else predication.first - mention.last
        if not 0 <= gap <= (_REACH if behind else 1) or not mention.has("person", "polity") or preposition(reading, mention) != "of":
            continue
        words = [reading.tokens[k].norm for k in range(max(clause.first, mention.first - 4), mention.first)]
        if "of" in words and words.index("of") and words[words.index("of") - 1] in nouns:
            return (mention,)
    return ()


def pointed_at(context: Context, clause: Clause, predication: Predication, events: Sequence[Event]) -> tuple[Mention, ...]:
    """Whom the pronoun on an Arabic verb means: the one leader of the fight whom the paragraph has named before."""
    reading = context.reading
    norm = reading.tokens[predication.last - 1].norm
    if reading.lang != "ar" or len(events) != 1 or not norm.endswith("ه"):
        return ()
    leaders = {person for group in events[0].leaders for person in group}
    start = max(0, predication.first - _BACK)
    men = [m for m in named_in(reading, start, predication.first) if m.has("person") and {*m.ids("person")} & leaders]
    agents = {fact for m in predication.agents for fact in m.ids("person")}
    men = [m for m in men if not {*m.ids("person")} & agents]
    return (men[-1],) if men and len({m.ids("person") for m in men}) == 1 else ()
