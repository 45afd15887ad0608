"""Whether a name in the text is surely that of the one whom the reference knows by it, and no part or namesake of another."""

from __future__ import annotations

from ..prepositions import named_in
from ..reading import Predication, Reading
from ..tag.entities import Mention
from .people_words import in_clan


def words_of(reading: Reading, mention: Mention) -> int:
    """The words of a name without its title."""
    title = reading.lexicon.titles.at(reading.tokens, mention.first, mention.last)
    return mention.last - (title.last if title else mention.first)


def goes_on(reading: Reading, mention: Mention) -> bool:
    """Whether a name may be the beginning of a longer one that the reference does not know: "Sultan Ibrahim Lodi"."""
    token = reading.tokens[mention.last] if mention.last < len(reading.tokens) else None
    if token is None or token.kind != "word" or token.start - mention.end != 1:
        return False
    return token.norm in reading.lexicon.name_links if reading.lang == "ar" else reading.document.text[token.start].isupper()


def whole(reading: Reading, mention: Mention) -> bool:
    """Whether a name is no part of a longer one: «بن قلاوون», "Ho Chi Minh Trail", «الملك الصالح صلاح الدين», «أسرة كيتا»."""
    before = reading.tokens[mention.first - 1] if mention.first else None
    if before is not None and (before.norm in reading.lexicon.name_links or (before.end == mention.start and before.norm in ("-", "–"))):
        return False
    if before is not None and reading.lang == "ar" and (in_clan(reading, mention) or _heads(reading, mention.first - 1)):
        return False
    return not goes_on(reading, mention)


def introduced(reading: Reading, mention: Mention) -> bool:
    """Whether a short name of one word is that of somebody whom the text names in full: any other may be a namesake whom the
    reference does not know, «فرناندو», «المنصور»."""
    if mention.how != "short" or words_of(reading, mention) > 1:
        return True
    own = {*mention.ids("person")}
    return any(other.how == "name" and not own.isdisjoint(other.ids("person")) for other in reading.mentions)


def pronominal(reading: Reading, predication: Predication) -> bool:
    """Whether a verbal noun has its owner in a pronoun: «مقتله», «هزيمتها»."""
    return any(hit.first == predication.first and hit.value.suffix for hit in reading.clauses[predication.clause].triggers)


def among_several(reading: Reading, predication: Predication, *kinds: str) -> bool:
    """Whether not just one of these kinds is named in the sentence before a pronoun."""
    start = reading.sentences[reading.clauses[predication.clause].sentence][0]
    return len({m.ids() for m in named_in(reading, start, predication.first) if m.has(*kinds)}) != 1


def _heads(reading: Reading, at: int) -> bool:
    """Whether an Arabic word is a noun whom the name behind it owns, or another name: «مملكة صلاح الدين»."""
    norm = reading.tokens[at].norm
    if at in reading.mention_at and reading.mention_at[at].has("person"):
        return not reading.tokens[at + 1].norm.startswith("و")
    if norm not in reading.lexicon.belongings or norm in reading.lexicon.forces:
        return False
    return not any(hit.last == at + 1 for hit in reading.lexicon.reign_of.find(reading.tokens, max(0, at - 2), at + 1))
