"""Somebody told by his given name alone, whom no list of names has: «فتولى إبراهيم», "his brother Edward"."""

from __future__ import annotations

from ..facts import Entity
from ..normalise import bare, name_key
from ..reading import Predication
from .context import Context


def called(context: Context, person: Entity, given: tuple[str, ...]) -> bool:
    """Whether words are the first of a name of his, or behind a title or «أبو فلان»; of a father's or ancestor's it is not."""
    links = {bare(word) for word in context.reading.lexicon.name_links}
    for text in person.names.get(context.reading.lang, ()):
        key = name_key(text)
        at = [k for k in range(len(key)) if key[k : k + len(given)] == given]
        if any(k == 0 or key[k - 1] not in links for k in at):
            return True
    return False


def spoken_of(context: Context, predication: Predication, heir: Entity) -> bool:
    """Whether the real heir stands in the sentence before by his given name alone: «فتولى إبراهيم لكنه مات، وانتقل الحكم إلى عباس»."""
    reading = context.reading
    start = reading.sentences[reading.clauses[predication.clause].sentence][0]
    alone = [k for k in range(start, predication.first) if k not in reading.mention_at and reading.tokens[k].kind == "word"]
    return any(called(context, heir, (bare(reading.tokens[k].norm),)) for k in alone)
