"""Of which place an apposition or a relative clause speaks: "Inchon, a port on …", «مرج دابق، وهو سهل فسيح يقع …», «المعركة التي دارت قبالة …»."""

from __future__ import annotations

from ..reading import Clause, Reading
from ..tag.entities import Mention

_REACH = 9
"""Words of an apposition before what it says of where the place lies."""
_COMMAS = frozenset({",", "،"})


def apposed(reading: Reading, clause: Clause, at: int, *, sort: bool = False) -> Mention | None:
    """The name that the words up to `at` are said of: they open right behind it and call it a sort of place or say that it lies, or happened.

    `sort` says that the words behind call it so.
    """
    for index in range(at, max(clause.first, at - _REACH), -1):
        sort = sort or _sort(reading, index, clause.last)
        if _opens(reading, index):
            return _named_before(reading, clause, index) if sort else None
        if not _passes(reading, clause, index):
            return None
    return None


def _opens(reading: Reading, index: int) -> bool:
    """Whether an apposition begins at a word: "a" behind a comma, «وهي», «تلك», «التي»."""
    tokens, lexicon = reading.tokens, reading.lexicon
    behind = index and tokens[index - 1].norm in _COMMAS
    norm = tokens[index].norm
    return norm in lexicon.identifying or bool(behind and norm in lexicon.indefinite)


def _named_before(reading: Reading, clause: Clause, index: int) -> Mention | None:
    """The place or fight whose name ends right before a word, a comma left out."""
    last = index - 1 if index and reading.tokens[index - 1].norm in _COMMAS else index
    mention = reading.mention_at.get(last - 1)
    if mention is None or mention.last != last or mention.first < clause.first:
        return None
    if mention.how not in ("name", "former", "short") or mention.has("person", "polity", "thing"):
        return None
    return mention if mention.has("place", "event") else None


def _passes(reading: Reading, clause: Clause, index: int) -> bool:
    """Whether a word may stand in an apposition: a noun, an adjective, a word for lying; no other name, date or deed."""
    token, lexicon = reading.tokens[index], reading.lexicon
    mention = reading.mention_at.get(index)
    if token.kind != "word" or index in reading.time_at or (mention is not None and mention.how != "demonym" and not mention.has("thing")):
        return False
    if token.norm in lexicon.prepositions or token.norm in lexicon.joins:
        return False
    hit = next((h for h in clause.triggers if h.first <= index < h.last), None)
    return hit is None or token.norm in lexicon.situated or hit.value.form == "noun" or hit.value.frame == "happen"


def _sort(reading: Reading, index: int, stop: int) -> bool:
    """Whether a word calls something a sort of place, or says that it lies or happened somewhere."""
    norm, lexicon = reading.tokens[index].norm, reading.lexicon
    if {norm, norm.removeprefix("ال")} & lexicon.premises or norm in lexicon.situated:
        return True
    hit = lexicon.verbs.at(reading.tokens, index, stop)
    return hit is not None and hit.value.frame == "happen" and hit.value.form == "verb"
