"""Events named by a plural and their places: "the battles of Austerlitz, Jena and Wagram", «معارك ألما وبالاكلافا وإنكرمان»."""

from __future__ import annotations

from collections.abc import Sequence

from ..facts import Name
from ..lexicon import Lexicon, words_of
from ..model import Token
from ..normalise import bare, fold
from .entities import Lookup, Mention


def with_listed(tokens: tuple[Token, ...], lexicon: Lexicon, mentions: Sequence[Mention], lookup: Lookup) -> list[Mention]:
    """The mentions with those that such lists add; a place of that name gives way."""
    plurals = {fold(plural): fold(singular) for plural, singular in lexicon.wording.get("words", {}).get("plurals", {}).items()}
    found: dict[int, Mention] = {}
    heads = {
        norm: singular
        for norm in words_of(tokens)
        if (singular := plurals.get(norm) or plurals.get(norm[1:] if norm[:1] in "وفب" else ""))
    }
    for index in sorted(index for norm in heads for index in words_of(tokens)[norm]):
        listed = _items(tokens, lexicon, index + 1, heads[tokens[index].norm], lookup)
        if len(listed) > 1:
            found.update({k: mention for mention in listed for k in range(mention.first, mention.last)})
    if not found:
        return list(mentions)
    kept = [m for m in mentions if not any(k in found for k in range(m.first, m.last))]
    return sorted([*kept, *dict.fromkeys(found.values())], key=lambda mention: mention.first)


def _items(tokens: Sequence[Token], lexicon: Lexicon, at: int, singular: str, lookup: Lookup) -> list[Mention]:
    out: list[Mention] = []
    joined = True
    while joined and at < len(tokens):
        while at < len(tokens) and tokens[at].norm in lexicon.head_links:
            at += 1
        item = _item(tokens, lexicon, at, singular, lookup, first=not out)
        if item is None:
            break
        out.append(item)
        at, joined = item.last, False
        while at < len(tokens) and (tokens[at].norm in (",", "،") or tokens[at].norm in lexicon.joins):
            at, joined = at + 1, True
        joined = joined or (at < len(tokens) and tokens[at].kind == "word" and tokens[at].norm.startswith("و"))
    return out


def _item(tokens: Sequence[Token], lexicon: Lexicon, at: int, singular: str, lookup: Lookup, *, first: bool) -> Mention | None:
    """The event of that noun whose name goes on with the words at `at`, two or one."""
    for size in (2, 1):
        words = [token.norm for token in tokens[at : at + size]]
        if len(words) < size or any(token.kind != "word" for token in tokens[at : at + size]):
            continue
        forms = [words] if first or not words[0].startswith("و") else [words, [words[0][1:], *words[1:]]]
        for form in forms:
            key = [bare(word) for word in form]
            names: list[Name] = [
                name
                for name in lookup({singular, *key}).get(singular, ())
                if name.kind == "event" and [part for part in name.key[1:] if part not in lexicon.head_links] == key
            ]
            if names:
                return Mention(at, at + size, tokens[at].start, tokens[at + size - 1].end, tuple(dict.fromkeys(names)))
    return None
