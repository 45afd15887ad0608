"""Names of the reference in a token stream: the longest match at each place, with all facts that the name may mean."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ..facts import Name
from ..model import Token
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
        return tuple(dict.fromkeys(name.id for name in self.names if not kinds or name.kind in kinds))

    def has(self, *kinds: str) -> bool:
        """Whether one of its readings is of these kinds."""
        return any(name.kind in kinds for name in self.names)

    @property
    def how(self) -> str:
        """How the name is written: name, short, demonym, misnomer, former or anaphor."""
        return self.names[0].how


def tag_entities(tokens: Sequence[Token], lookup: Lookup, accept: Accept | None = None) -> list[Mention]:
    """All mentions, left to right; a name inside a longer one is not given. `accept` may refuse a name at a token."""
    candidates: dict[str, tuple[str, ...]] = {}
    for token in tokens:
        if token.kind != "mark" and token.norm not in candidates:
            candidates[token.norm] = stems(token.norm) if token.kind == "word" else (token.norm,)
    names = lookup({stem for forms in candidates.values() for stem in forms})
    out: list[Mention] = []
    index, count = 0, len(tokens)
    while index < count:
        token = tokens[index]
        mention = None
        if token.kind != "mark":
            mention = _longest(tokens, index, candidates[token.norm], names, accept)
        if mention:
            out.append(mention)
            index = mention.last
        else:
            index += 1
    return out


def _longest(
    tokens: Sequence[Token], index: int, firsts: Sequence[str], names: Mapping[str, Sequence[Name]], accept: Accept | None
) -> Mention | None:
    best = 0
    found: list[Name] = []
    for order, first in enumerate(firsts):
        for name in names.get(first, ()):
            last = _match(tokens, index, name.key)
            if last and accept and not accept(name, index):
                continue
            if last and (last > best or (last == best and order == 0)):
                if last > best:
                    best, found = last, []
                found.append(name)
            elif last and last == best and not any(known.key[0] == firsts[0] for known in found):
                found.append(name)
    if not best:
        return None
    return Mention(index, best, tokens[index].start, tokens[best - 1].end, tuple(dict.fromkeys(found)))


def _match(tokens: Sequence[Token], index: int, key: Sequence[str]) -> int:
    """The token behind the name whose first word stands at `index`, or 0."""
    at, count = index + 1, len(tokens)
    for word in key[1:]:
        while at < count and is_separator(tokens[at]):
            at += 1
        if at < count and word != "the" and tokens[at].norm == "the":
            at += 1
        if at >= count or tokens[at].kind == "mark":
            return 0
        if not _same(tokens[at].norm, word):
            return 0
        at += 1
    return at


def _same(norm: str, word: str) -> bool:
    return norm == word or (norm.startswith("ال") and norm[2:] == word)
