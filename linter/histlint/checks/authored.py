"""Whose book a named book was, told without a verb: "Averroes, author of the Canon …", «من أشهر كتب الرازي القانون …», «وفيات الأعيان لابن كثير»."""

from __future__ import annotations

from collections.abc import Sequence

from ..facts import Event
from ..prepositions import preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .people_words import members, phrases
from .story import possessive

_BEHIND = 8
"""Words between an English author and his work: "'s most famous work,"."""


def authored(reading: Reading, clause: Clause, work: Mention, events: Sequence[Event]) -> Mention | None:
    """Him whom the words beside the name of a book call its author."""
    if any(event.type != "publication" for event in events):
        return None
    people = [m for m in clause.mentions if m.has("person") and m.how == "name" and not m.has("event", "place", "polity")]
    before = [m for m in people if m.last <= work.first]
    found = _called_author(reading, clause, work, before) or _his_works(reading, clause, work, before)
    return found or _of_him(reading, clause, work, people)


def _called_author(reading: Reading, clause: Clause, work: Mention, before: Sequence[Mention]) -> Mention | None:
    """«ابن رشد صاحب كتاب …», "Averroes, the author of …"."""
    for hit in phrases(reading, "author_of").find(reading.tokens, clause.first, work.first):
        man = next((m for m in reversed(before) if m.last <= hit.first), None)
        if man is None or hit.first in reading.mention_at or not _carried(reading, hit.last, work.first):
            continue
        if _plain(reading, man.last, hit.first, members(reading, "being") | {",", "،", "the"}) and not _anothers(reading, clause, man):
            return man
    return None


def _his_works(reading: Reading, clause: Clause, work: Mention, before: Sequence[Mention]) -> Mention | None:
    """«من أشهر كتب الرازي …», "Avicenna's most famous work, …"."""
    if not before:
        return None
    man = before[-1]
    if reading.lang != "ar":
        if not possessive(reading, man) or work.first - man.last > _BEHIND:
            return None
        hits = phrases(reading, "works_of").find(reading.tokens, man.last, work.first)
        words = members(reading, "works_of") | members(reading, "works_called") | members(reading, "being")
        return man if hits and _plain(reading, man.last, work.first, words | {",", "'", "s", "’", '"', "“", ":", "-", "the"}) else None
    hits = phrases(reading, "works_of").find(reading.tokens, max(clause.first, man.first - 2), man.first)
    if not any(hit.last == man.first and hit.first not in reading.mention_at for hit in hits):
        return None
    return man if _carried(reading, man.last, work.first) else None


def _of_him(reading: Reading, clause: Clause, work: Mention, people: Sequence[Mention]) -> Mention | None:
    """«وفيات الأعيان لابن كثير», where nothing before the book could have another mind or a second book in it."""
    man = next((m for m in people if 0 <= m.first - work.last <= 1), None)
    if reading.lang != "ar" or man is None or preposition(reading, man) != "ل":
        return None
    if any(not reading.lexicon.titles.at(reading.tokens, k, k + 1) for k in range(work.last, man.first)):
        return None
    at = work.first - 1
    if at >= clause.first and reading.tokens[at].norm in members(reading, "works_of"):
        at -= 1
    before = reading.tokens[at].norm if at >= clause.first else ""
    opened = not before or reading.tokens[at].kind == "mark" or before in reading.lexicon.prepositions
    return man if opened else None


def _carried(reading: Reading, first: int, last: int) -> bool:
    """Whether nothing but a word for a book, marks and "called" stands between two tokens."""
    marks = {",", "،", "«", '"', "“", ":", "(", "-", "–", "the"}
    return _plain(reading, first, last, members(reading, "works_of") | members(reading, "works_called") | marks)


def _plain(reading: Reading, first: int, last: int, allowed: frozenset[str]) -> bool:
    tokens = reading.tokens
    return all(tokens[k].norm in allowed or reading.lexicon.titles.at(tokens, k, k + 1) for k in range(first, last))


def _anothers(reading: Reading, clause: Clause, man: Mention) -> bool:
    """Whether a name only says whose pupil, father or reader is called the author: «تلميذ ابن رشد صاحب كتاب …», "with Averroes and …"."""
    at = man.first - 1
    if at < clause.first or reading.tokens[at].kind == "mark":
        return False
    if reading.lang != "ar":
        return reading.tokens[at].norm in reading.lexicon.prepositions
    hit = reading.lexicon.verbs.at(reading.tokens, at, at + 1)
    named = reading.lexicon.titles.at(reading.tokens, at, at + 1) and reading.tokens[at].norm.startswith("ال")  # no «تلميذ»
    return not hit and not named and reading.tokens[at].norm not in members(reading, "being")
