"""What a name stands under: the preposition before it, or the clitic on it, past titles and nouns that carry the name."""

from __future__ import annotations

from bisect import bisect_left

from .lexicon import Lexicon
from .normalise import is_arabic
from .reading import Reading
from .tag.entities import Mention


def preposition(reading: Reading, mention: Mention) -> str:
    """The preposition that a name stands under, "" for none; carriers and titles between the two are passed over.

    Roles of prepositional phrases come as their class: by, led, against, beside, between.
    """
    key = ("preposition", mention.first)
    if reading.mention_at.get(mention.first) is not mention:  # not one of this text
        return _preposition(reading, mention)[0]
    if key not in reading.memo:
        reading.memo[key] = _preposition(reading, mention)[0]
    known: str = reading.memo[key]
    return known


def under(reading: Reading, mention: Mention) -> int:
    """The token of the preposition that a name stands under."""
    return _preposition(reading, mention)[1]


def _preposition(reading: Reading, mention: Mention) -> tuple[str, int]:
    tokens, lexicon = reading.tokens, reading.lexicon
    clitic = _clitic(tokens[mention.first].norm, mention)
    if clitic:
        return clitic, mention.first
    key = mention.names[0].key
    if key and tokens[mention.first].norm.startswith("و") and not key[0].startswith("و"):
        before = reading.mention_at.get(mention.first - 1)
        if before is not None:  # «في طهران ويالطا»
            return _preposition(reading, before)
    at = mention.first - 1
    floor = max(0, mention.first - 5)
    agent = _described_agent(reading, mention)
    if agent is not None:
        return agent
    while at >= floor and tokens[at].kind == "word":
        for start in lexicon.roles.starts(tokens, max(0, at - 3), at + 1):  # the longest first
            role = lexicon.roles.at(tokens, start, at + 1)
            if role and role.last == at + 1:
                return str(role.value), role.first
        word = tokens[at].norm
        if word == "of" and at > 1 and tokens[at - 1].norm in lexicon.towns_of:
            at -= 2  # "in the city of …"
            continue
        if word == "for" and at and tokens[at - 1].norm in (",", ";") and tokens[min(mention.last, len(tokens) - 1)].norm in lexicon.auxiliaries:
            return "", at + 1  # ", for the Black Prince was taken"
        if word in lexicon.prepositions:
            return word, at
        if word[:1] in ("و", "ف") and word[1:] in lexicon.prepositions and is_arabic(word) and not _is_verb(lexicon, word):
            return word[1:], at  # «وفي نوارين»
        if is_arabic(word) and word not in lexicon.carriers:
            stripped = _carrier_clitic(word, lexicon)
            if stripped:
                return stripped, at
        if word not in lexicon.carriers and not lexicon.titles.at(tokens, at, at + 1) and not _in_mention(reading, at):
            return "", at + 1
        at -= 1
    return "", at + 1


def _described_agent(reading: Reading, mention: Mention) -> tuple[str, int] | None:
    """The role of a man whom words for what he was stand before: "by the Serbian student Gavrilo Princip", «على يد الطالب الصربي …».

    One word of any sort may stand before the first of them.
    """
    tokens, lexicon = reading.tokens, reading.lexicon
    at, told = mention.first - 1, False
    if at < 0 or tokens[at].norm not in lexicon.describers or not mention.has("person"):
        return None
    while at > 0 and mention.first - at <= _DESCRIBED:
        if tokens[at].norm not in lexicon.describers and tokens[at].norm != "-" and not _in_mention(reading, at):
            break
        at -= 1
    for _ in range(3):
        for start in range(max(0, at - 3), at + 1):
            role = lexicon.roles.at(tokens, start, at + 1)
            if role and role.last == at + 1:
                return (str(role.value), role.first) if role.value in ("by", "led") else None
        norm = tokens[at].norm
        if norm in lexicon.indefinite | lexicon.possessives or norm == "the":
            at -= 1
        elif not told and tokens[at].kind == "word" and norm not in lexicon.prepositions and not lexicon.verbs.at(tokens, at, at + 1):
            told, at = True, at - 1
        else:
            return None
        if at < 0:
            return None
    return None


_DESCRIBED = 6
"""Words for what somebody is that may stand before his name."""


def _is_verb(lexicon: Lexicon, word: str) -> bool:
    """Whether a word is a verb as it stands: «فتحت» is not «ف» and «تحت»."""
    return any(not clitic for words, _, clitic in lexicon.verbs.begun_by(word) if len(words) == 1)


def named_in(reading: Reading, first: int, last: int) -> list[Mention]:
    """The mentions that begin in a token range."""
    starts = reading.memo.get("mentions")
    if starts is None:
        starts = reading.memo["mentions"] = [mention.first for mention in reading.mentions]
    found = reading.mentions[bisect_left(starts, first) : bisect_left(starts, last)]
    return [mention for mention in found if reading.mention_at[mention.first] is mention]


def _in_mention(reading: Reading, index: int) -> bool:
    mention = reading.mention_at.get(index)
    return mention is not None and mention.how == "demonym"


def _clitic(norm: str, mention: Mention) -> str:
    key = mention.names[0].key
    if not key or not is_arabic(norm) or norm == key[0]:
        return ""
    head = norm[: max(0, len(norm) - len(key[0]))]
    head = head.removesuffix("ال").lstrip("وف") if not head.endswith("لل") else "ل"
    return head[:1] if head[:1] in ("ب", "ل", "ك") else ""


def _carrier_clitic(word: str, lexicon: Lexicon) -> str:
    rest = word.lstrip("وف")
    if rest[:1] in ("ب", "ل", "ك"):
        for stem in (rest[1:], "ال" + rest[2:] if rest.startswith("لل") else rest[1:]):
            if stem in lexicon.carriers:
                return rest[0]
    return ""


def attendant(reading: Reading, mention: Mention) -> bool:
    """Whether an Arabic name joined to none of its kind begins a clause of circumstance: «مات في شعبان والفرنسيون بدمياط»."""
    key, joined = mention.names[0].key, reading.tokens[mention.first].norm.startswith("و")
    if reading.lang != "ar" or not joined or not key or key[0].startswith("و") or not mention.has("person", "polity"):
        return False
    if mention.first - 1 in reading.time_at:
        return True
    before = reading.mention_at.get(mention.first - 1)
    alike = before is not None and any(before.has(kind) and mention.has(kind) for kind in ("person", "polity"))
    return before is not None and (not alike or bool(preposition(reading, before)))
