"""Names of the reference in a token stream: the longest match at each place, with all facts that the name may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..facts import Name
from ..model import Token
from ..named_tuple import NamedTuple
from ..normalise import is_separator, stems

Accept = Callable[[Name, int], bool]
Lookup = Callable[[Iterable[str]], Mapping[str, Sequence[Name]]]


class Mention(NamedTuple):
    """A name at tokens `first` to `last` (exclusive), characters `start` to `end`.

    `names` are its readings, of one or several facts and kinds; an anaphor («المعركة») has the fact it points back to.
    """

    first: int
    last: int
    start: int
    end: int
    names: tuple[Name, ...]

    def ids(self, *kinds: str) -> tuple[str, ...]:
        """The facts that it may mean, of these kinds (all kinds where none is given), each once."""
        if len(self.names) == 1:  # nearly always
            name = self.names[0]
            return (name.id,) if not kinds or name.kind in kinds else ()
        return tuple(dict.fromkeys([name.id for name in self.names if not kinds or name.kind in kinds]))

    def has(self, *kinds: str) -> bool:
        """Whether one of its readings is of these kinds."""
        for name in self.names:  # noqa: SIM110 - asked too often for a generator
            if name.kind in kinds:
                return True
        return False

    @property
    def how(self) -> str:
        """How the name is written: name, short, demonym, misnomer, former or anaphor."""
        return self.names[0].how


def tag_entities(
    tokens: Sequence[Token], lookup: Lookup, accept: Accept | None = None, titled: Callable[[int], bool] | None = None
) -> list[Mention]:
    """All mentions, left to right; a name inside a longer one is not given. `accept` may refuse a name at a token, `titled` says
    that a title stands there: "Sultan Ibrahim Lodi" is he of that name, no Sultan Ibrahim."""
    firsts = {
        token.norm: stems(token.norm) if token.kind == "word" else (token.norm,) for token in tokens if token.kind != "mark"
    }
    words = {stem for forms in firsts.values() for stem in forms}
    present = words | {norm[2:] for norm in firsts if norm.startswith("ال")} | {"بن"}  # whatever `_match` may find
    names = {word: kept for word, found in lookup(words).items() if (kept := [n for n in found if present.issuperset(n.key)])}
    candidates = {
        word: found for word, forms in firsts.items() if (found := [(stem, names[stem]) for stem in forms if stem in names])
    }
    out: list[Mention] = []
    behind = 0
    for index, token in enumerate(tokens):
        if token.norm in candidates and index >= behind and token.kind != "mark":
            mention = _longest(tokens, index, firsts[token.norm][0], candidates[token.norm], accept)
            if mention and titled is not None and _reaches_on(tokens, mention, firsts, candidates, accept) and titled(index):
                continue
            if mention:
                out.append(mention)
                behind = mention.last
    return out


def _reaches_on(
    tokens: Sequence[Token], mention: Mention, firsts: Mapping[str, Sequence[str]], candidates: Mapping[str, Sequence[tuple[str, Sequence[Name]]]],
    accept: Accept | None,
) -> bool:
    """Whether the name of a person behind the first word of another's, which is all of one word more, goes on beyond it."""
    at = mention.first + 1
    if mention.last - mention.first != _TITLE_AND_NAME or not mention.has("person") or tokens[at].norm not in candidates:
        return False
    other = _longest(tokens, at, firsts[tokens[at].norm][0], candidates[tokens[at].norm], accept)
    return other is not None and other.has("person") and other.last > mention.last


_TITLE_AND_NAME = 2


def _longest(
    tokens: Sequence[Token], index: int, word: str, candidates: Sequence[tuple[str, Sequence[Name]]], accept: Accept | None
) -> Mention | None:
    """The longest of the names whose first word may be the one at `index`; those that begin with its first stem `word` go first."""
    best = 0
    found: list[Name] = []
    for first, names in candidates:
        for name in names:
            last = _match(tokens, index, name.key)
            if last and (_wrong_article(tokens, index, name) if len(name.key) > 1 else _no_article(tokens[index].norm, first, name)):
                continue
            if not last or last < best or (accept and not accept(name, index)):
                continue
            if last > best:
                best, found = last, [name]
            elif first == word or not any(known.key[0] == word for known in found):
                found.append(name)
    if not best:
        return None
    return Mention(index, best, tokens[index].start, tokens[best - 1].end, tuple(dict.fromkeys(found)))


def _wrong_article(tokens: Sequence[Token], index: int, name: Name) -> bool:
    """Whether the article stands at the first word of a name whose second should have it: «النهر دون» is no «نهر الدون»."""
    if "ال" not in tokens[index].norm[:4] or index + 1 >= len(tokens) or tokens[index + 1].norm.startswith("ال"):
        return False
    first, _, rest = name.text.partition(" ")
    return rest.startswith("ال") and not first.startswith("ال")


def _no_article(norm: str, stem: str, name: Name) -> bool:
    """Whether letters were taken off a word that is without the article of a town: «فرقة» is no «الرقة»."""
    return name.kind == "place" and name.text.startswith("ال") and norm != stem and not norm.startswith(_ARTICLES)


_ARTICLES = ("ال", "وال", "فال", "بال", "كال", "لل", "ولل", "فلل", "وبال", "وكال")


_OPENING = frozenset("«“\"‘")
"""Quotation marks that may stand within a name: «عملية «القلعة»»."""


_INITIAL = 3
"""Letters of a word behind which a point may stand within a name: "St. Petersburg"."""


def _match(tokens: Sequence[Token], index: int, key: Sequence[str]) -> int:
    """The token behind the name whose first word stands at `index`, or 0."""
    at, count = index + 1, len(tokens)
    for word in key[1:]:
        while at < count and tokens[at].kind == "mark" and (is_separator(tokens[at]) or tokens[at].norm in _OPENING):
            if tokens[at].norm == "." and len(tokens[at - 1].norm) > _INITIAL:
                return 0  # "captured Warsaw. The Treaty …"
            at += 1
        if at < count and word != "the" and tokens[at].norm == "the":
            at += 1
        if at >= count:
            return 0
        norm = tokens[at].norm
        if norm != word and not (norm.startswith("ال") and norm[2:] == word) and (word, norm) != ("بن", "ابن"):
            return 0
        if tokens[at].kind == "mark":
            return 0
        at += 1
    return at
