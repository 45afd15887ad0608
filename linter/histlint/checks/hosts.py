"""Who won or lost where the clause names him by his army, or by a pronoun: "the armies of Lysimachus", «فهزموه»."""

from __future__ import annotations

from collections.abc import Sequence

from ..facts import Event
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import Context
from .outcome_words import members

_OWNED = 4
"""Words between an owner and the verb of his troops."""
_REACH, _BACK = 6, 60
"""Words between a verb and the man whose army it speaks of, and words over which a pronoun points back."""


def host(reading: Reading, clause: Clause, predication: Predication, *, behind: bool) -> tuple[Mention, ...]:
    """Whose army an English verb has as its object, or before it as its subject: "routed the armies of Lysimachus"."""
    if reading.lang == "ar":
        return ()
    nouns = reading.lexicon.forces | members(reading, "hosts")
    if not behind:
        near = [m for m in clause.mentions if m.has("person") and 0 < predication.first - m.last <= _OWNED]
        for mention in near if reading.tokens[predication.first - 1].norm in nouns else ():
            if reading.document.text[mention.end : mention.end + 1] in ("'", "’"):  # "Mussolini's divisions won"
                return (mention,)
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
    sentence = reading.sentences[clause.sentence][0]
    before = [p for p in reading.predications if sentence <= p.first < predication.first]
    if any(m.first >= sentence and not m.has("person") for p in before[-1:] for m in p.patients):
        return ()  # «أوقفوا الزحف اليوناني ثم سحقوه»
    leaders = {person for group in events[0].leaders for person in group}
    start = max(0, predication.first - _BACK)
    men = [m for m in named_in(reading, start, predication.first) if m.has("person") and {*m.ids("person")} & leaders]
    agents = {fact for m in predication.agents for fact in m.ids("person")}
    men = [m for m in men if not {*m.ids("person")} & agents]
    return (men[-1],) if men and len({m.ids("person") for m in men}) == 1 else ()


def may_be_object(reading: Reading, mention: Mention) -> bool:
    """Whether nothing stands behind a name that could be the object of an Arabic verb, so that the name may be it."""
    tokens = reading.tokens
    at = mention.last
    return at >= len(tokens) or tokens[at].kind != "word" or tokens[at].norm in reading.lexicon.prepositions


def another_verb(reading: Reading, predication: Predication, mention: Mention) -> bool:
    """Whether a comma and «ف» stand between an Arabic verb and a name: «ألحق بهم هزيمة، فتقلص نفوذ الإيطاليين»."""
    tokens = reading.tokens
    if reading.lang != "ar" or mention.first <= predication.last:
        return False
    return any(tokens[k].norm in ("،", "؛") and tokens[k + 1].norm.startswith("ف") for k in range(predication.last, mention.first - 1))
