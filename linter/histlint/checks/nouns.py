"""What a word of sequence recalls by a noun alone: "after the execution", «وردّاً على التأميم», «وبعد هذا القرار», "after this vote".

A noun with its article is the one event of the story that is called by it; «هذا القرار» is the last law, resolution or declaration of
which the sentences before tell.
"""

from __future__ import annotations

from ..facts import Event
from ..normalise import bare
from ..reading import Clause
from .context import Context
from .fights import Known
from .retold import names_of, near_in_time
from .story import story_time
from .terms import Term
from .wordforms import same_word

_NOW = 400
"""Days from the time of the story within which what is recalled lies."""
_BACK = 2
"""Sentences back in which a decision was told."""
_DECIDED = frozenset({"law", "resolution", "declaration", "reform", "election", "agreement"})


def recalled(context: Context, clause: Clause, at: int) -> Term | None:
    """The event that a noun at token `at` recalls."""
    reading = context.reading
    tokens, lexicon = reading.tokens, reading.lexicon
    pointing = at < clause.last and tokens[at].norm in lexicon.pointing
    noun = at + 1 if pointing or (reading.lang != "ar" and tokens[at].norm == "the") else at
    if noun >= clause.last or noun in reading.mention_at or noun in reading.time_at or tokens[noun].kind != "word":
        return None
    if noun == at and not tokens[at].norm.startswith("ال"):
        return None
    behind = noun + 1
    if behind < clause.last and (tokens[behind].norm in lexicon.head_links or (reading.lang == "ar" and behind in reading.mention_at)):
        return None  # "the execution of …"
    if behind < clause.last and lexicon.roles.at(tokens, behind, clause.last) is not None:
        return None  # «الصراع بين …»
    if reading.lang != "ar" and reading.document.text[tokens[noun].start].isupper():
        return None  # "the Congress" is a party
    if pointing and lexicon.decisions.at(tokens, noun, noun + 1):
        return _decided(context, clause, at, noun + 1)
    return _called(context, clause, at, noun)


def _called(context: Context, clause: Clause, at: int, noun: int) -> Term | None:
    """The one event at the time of the story whose name begins with a noun."""
    reading = context.reading
    token = reading.tokens[noun]
    if len(bare(token.norm)) < _LETTERS or reading.lexicon.event_nouns.at(reading.tokens, noun, noun + 1):
        return None  # "the battle" is an anaphor
    when = story_time(context, clause)
    if when is None:
        return None
    found: dict[str, Event] = {}
    for event in near_in_time(context, when, _NOW):
        if any(same_word(telling.words[0], token) for telling in names_of(context, event).all):
            found[event.id] = event
    events = [event for event in found.values() if event.when]
    return Term(at, noun + 1, tuple(Known(event.when, event) for event in events if event.when)) if len(events) == 1 else None


_LETTERS = 5


def _decided(context: Context, clause: Clause, at: int, last: int) -> Term | None:
    """«هذا القرار»: the last decision that the clauses before name, or tell by a noun alone."""
    reading = context.reading
    for other in reversed(reading.clauses[: clause.index]):
        if clause.sentence - other.sentence > _BACK:
            return None
        for k in range(other.last - 1, other.first - 1, -1):
            mention = reading.mention_at.get(k)
            facts = [Known(e.when, e) for e in context.events(mention) if e.when] if mention is not None and mention.first == k else []
            term = Term(at, last, tuple(facts)) if facts else _called(context, other, k, k) if reading.tokens[k].norm.startswith("ال") else None
            if term is not None and all(isinstance(item.fact, Event) and item.fact.type in _DECIDED for item in term.facts):
                return term._replace(first=at, last=last)
    return None
