"""What an article names that the reference knows, and what looks like a name but is not known: what a desk might add next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..facts import Event
from ..normalise import fold, is_arabic, name_key, stems
from ..reading import Reading
from ..reference import Reference

_MAX_WORDS = 4  # of an Arabic name after its type word
_STOPS = {
    "في", "من", "الي", "علي", "عن", "مع", "بين", "ضد", "حتي", "منذ", "عام", "سنه", "التي", "الذي", "كان", "كانت", "ثم", "او",
    "ان", "هذه", "هذا", "ذلك", "تلك", "بعد", "قبل", "خلال", "اثناء", "عند", "بقياده",
}  # fmt: skip


def covered(reading: Reading, reference: Reference, lang: str) -> str:
    """The coverage of one article as lines of text; `lang` is the language of the facts' names ("": the article's)."""
    lang = lang or reading.lang
    known = Counter(id for mention in reading.mentions for id in mention.ids()[:1])
    unknown = Counter(reading.text(first, last) for first, last in unknown_names(reading))
    unplaced = [reading.text(time.first, time.last) for time in reading.times if time.mention.value is None]
    undated = [id for id in known if isinstance(fact := reference.fact(id), Event) and not fact.when]
    lines = [
        f"{reading.document.path}: {len(known)} names known, {len(unknown)} unknown;"
        f" {len(reading.times)} dates, {len(unplaced)} of them without a place in time"
    ]
    for title, rows in (
        ("known", [f"{_label(reference, id, lang)}{_times(count)}" for id, count in known.most_common()]),
        ("unknown", [f"{_place(reading, text)}  {text}{_times(count)}" for text, count in unknown.items()]),
        ("no date known", [_label(reference, id, lang) for id in undated]),
        ("dates not placed", unplaced),
    ):
        if rows:
            lines.append(f"  {title}:")
            lines.extend(f"    {row}" for row in rows)
    return "\n".join(lines)


def unknown_names(reading: Reading) -> Iterator[tuple[int, int]]:
    """Token ranges that look like names and are none of the reference: words of events and offices with what follows, and
    runs of capitalised words."""
    taken = {index for mention in reading.mentions for index in range(mention.first, mention.last)}
    taken |= {index for time in reading.times for index in range(time.first, time.last)}
    heads = _heads(reading)
    index = 0
    while index < len(reading.tokens):
        last = index if index in taken else _name_end(reading, index, taken, heads)
        if last > index:
            yield index, last
        index = max(last, index + 1)


def _heads(reading: Reading) -> frozenset[str]:
    """Folded words that a name follows: battle, treaty …, and offices."""
    words = reading.lexicon.wording
    nouns: Iterable[Iterable[str]] = words.get("words", {}).get("event_nouns", {}).values()
    titles: Iterable[Iterable[str]] = words.get("titles", {}).values()
    return frozenset(key[0] for group in (*nouns, *titles) for word in group if len(key := name_key(word)) == 1)


def _name_end(reading: Reading, index: int, taken: set[int], heads: frozenset[str]) -> int:
    """The token behind the name that starts at `index`, or `index`."""
    token = reading.tokens[index]
    if token.kind != "word":
        return index
    if is_arabic(token.norm):
        if not heads.intersection(stems(token.norm)):
            return index
        last = index + 1
        while last < min(len(reading.tokens), index + 1 + _MAX_WORDS) and _goes_on(reading, last, taken):
            last += 1
        return last if last > index + 1 else index
    starts = index == 0 or reading.tokens[index - 1].kind == "mark"  # the first word of a sentence proves nothing
    if starts and (token.norm in reading.lexicon.prepositions or token.norm in reading.lexicon.glue):
        return index
    last = index
    while last < len(reading.tokens) and last not in taken and _is_capital(reading, last):
        last += 1
    return index if last == index or (starts and last == index + 1) else last


def _goes_on(reading: Reading, index: int, taken: set[int]) -> bool:
    token = reading.tokens[index]
    return token.kind == "word" and index not in taken and token.norm not in _STOPS and not token.norm.startswith("و")


def _is_capital(reading: Reading, index: int) -> bool:
    token = reading.tokens[index]
    return token.kind == "word" and reading.document.text[token.start].isupper() and fold(token.norm) not in ("i", "the")


def _label(reference: Reference, id: str, lang: str) -> str:
    fact = reference.fact(id)
    return f"{fact.label(lang)} ({id}, {fact.kind})" if fact else id


def _times(count: int) -> str:
    return f" ×{count}" if count > 1 else ""


def _place(reading: Reading, text: str) -> str:
    """Line and column of the first occurrence."""
    at = reading.document.text.find(text)
    position = reading.document.position(max(at, 0))
    return f"{position.line}:{position.column}"
