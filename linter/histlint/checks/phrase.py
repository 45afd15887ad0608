"""Phrases that do not belong in a text: page furniture (cookie notices, "read also", share buttons) and what machine
translation leaves behind.

Options: `phrases` maps a language, or `any` for all of them, to entries. An entry is a pattern, or a mapping: `say` is a pattern
or several, `near` patterns of which one must stand in the same paragraph, `text` patterns of which one must stand anywhere,
`unless` patterns of which none may stand in the paragraph, `nowhere` patterns of which none may stand anywhere, `facts` ids of which
one, or something that is part of it, must be named in the paragraph or be what the text is about, `means` what the words should
have been, `fact` the id of that; with `often: n` the entry is silent where it matches in n lines or more: the text is about it, or
written so.

A pattern is words; `*` stands for up to three words or marks, `_` for one word, `&` for one in Arabic letters, `#` for a
number, `^` for the start of a line, `~` for that of a line or sentence, `$` for the end of a line; words joined by `|` are
alternatives, and `\\` before a sign means the sign itself. Marks between words are passed over.

`once: line` reports one finding a line; `quoted: skip` leaves quotations alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from ..lexicon import places_of
from ..model import Finding, Token
from ..named_tuple import TYPE_CHECKING, NamedTuple
from ..normalise import bare, fold, is_arabic, stems
from .context import Context, cite

if TYPE_CHECKING:
    from typing import Any

_GAP = 3
_MARKS = 5  # between two words of a phrase
_KINDS = {"number": "number token", "word": "word token", "mark": "mark token"}
_ARABIC = "arabic word"
_ANY = {"#": _KINDS["number"], "_": _KINDS["word"], "&": _ARABIC}
"""What stands in a pattern for any token of a kind."""
_STOPS = frozenset(".!?؟…]|>•*–—")
"""Marks behind which a sentence, or a scrap of a page, begins."""


class _Pattern:
    """One pattern, ready to match."""

    def __init__(self, text: str) -> None:
        words = text.split()
        self.edge = words[0] if words[0] in ("^", "~") else ""
        self.end = words[-1] == "$"
        core = words[bool(self.edge) : len(words) - self.end]
        self.words = [None if word == "*" else _alternatives(word) for word in core]

    def possible(self, present: Collection[str]) -> bool:
        """Whether a text with these words may hold it."""
        return all(want is None or any(word in present for word in want) for want in self.words)

    def match(self, tokens: Sequence[Token], index: int, forms: Sequence[frozenset[str]]) -> int:
        """Token behind the match at `index`, or 0."""
        if self.edge and index:
            before = tokens[index - 1]
            if before.norm != "\n" and (self.edge == "^" or before.norm not in _STOPS):
                return 0
        return self._rest(tokens, index, 0, forms)

    def _rest(self, tokens: Sequence[Token], index: int, at: int, forms: Sequence[frozenset[str]]) -> int:
        if at == len(self.words):
            return index if not self.end or _at_end(tokens, index) else 0
        want = self.words[at]
        if want is None:
            for skip in range(_GAP + 1):
                if index + skip > len(tokens) or (skip and tokens[index + skip - 1].norm == "\n"):
                    break
                last = self._rest(tokens, index + skip, at + 1, forms)
                if last:
                    return last
            return 0
        limit = index + _MARKS
        while (
            at
            and index < limit
            and index < len(tokens)
            and tokens[index].kind == "mark"
            and tokens[index].norm not in want
            and tokens[index].norm != "\n"
        ):
            index += 1
        if index >= len(tokens) or not (want & forms[index] or _KINDS[tokens[index].kind] in want):
            return 0
        return self._rest(tokens, index + 1, at + 1, forms)


def _alternatives(word: str) -> frozenset[str]:
    if word.startswith("\\"):
        return frozenset((word[1:],))
    return frozenset(bare(fold(part)) if part.isalpha() else _ANY.get(part, part) for part in word.split("|"))


def _at_end(tokens: Sequence[Token], index: int) -> bool:
    limit = index + _MARKS
    while index < min(limit, len(tokens)) and tokens[index].kind == "mark" and tokens[index].norm != "\n":
        index += 1
    return index >= len(tokens) or tokens[index].norm == "\n"


class _Entry(NamedTuple):
    """Patterns that say one thing, and where they count."""

    near: tuple[_Pattern, ...] = ()
    text: tuple[_Pattern, ...] = ()
    unless: tuple[_Pattern, ...] = ()
    nowhere: tuple[_Pattern, ...] = ()
    facts: frozenset[str] = frozenset()
    fact: str = ""
    means: str = ""
    often: int = 0


_Index = Mapping[str, Sequence[tuple[int, str]]]
"""For each word that patterns of a list can begin with, these and the places of their entries in the list."""


def index_of(phrases: Mapping[str, Sequence[object]]) -> dict[str, _Index]:
    """The index of each list of phrases: plain values, which are stored with the compiled packs."""
    out: dict[str, _Index] = {}
    for lang, items in phrases.items():
        index: dict[str, list[tuple[int, str]]] = {}
        for number, item in enumerate(items):
            said = item["say"] if isinstance(item, Mapping) else item
            for text in [said] if isinstance(said, str) else said:  # type: ignore[union-attr]
                for word in _Pattern(str(text)).words[0] or ():
                    index.setdefault(word, []).append((number, str(text)))
        out[lang] = index
    return out


class _Table:
    """The patterns of a rule by each word that they can begin with; they are made ready when a text has that word."""

    def __init__(self, phrases: Mapping[str, Sequence[object]], indices: Mapping[str, _Index]) -> None:
        self.phrases = phrases
        self.words = frozenset(word for index in indices.values() for word in index)
        self._indices = indices
        self._known: dict[str, list[tuple[_Pattern, _Entry]]] = {}
        self._entries: dict[tuple[str, int], _Entry] = {}

    def beginning(self, word: str) -> list[tuple[_Pattern, _Entry]]:
        """The patterns that begin with a word, in the order of the lists."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = [
                (_Pattern(text), self._entry(lang, number))
                for lang, index in self._indices.items()
                for number, text in index.get(word, ())
            ]
        return known

    def _entry(self, lang: str, number: int) -> _Entry:
        known = self._entries.get((lang, number))
        if known is None:
            item = self.phrases[lang][number]
            given: Mapping[str, Any] = item if isinstance(item, Mapping) else {}
            near, text, unless, nowhere = (_compile(given.get(part)) for part in ("near", "text", "unless", "nowhere"))
            about, meant = frozenset(given.get("facts", ())), str(given.get("fact", ""))
            known = _Entry(near, text, unless, nowhere, about, meant, str(given.get("means", "")), int(given.get("often", 0)))
            self._entries[lang, number] = known
        return known


_tables: dict[tuple[str, str], _Table] = {}


def _table(context: Context) -> _Table | None:
    """The patterns of a rule for the language of the text; None where it has none."""
    rule, lang, phrases = context.rule, context.reading.lang, context.options.get("phrases")
    if not isinstance(phrases, Mapping):
        return None
    known = _tables.get((rule, lang))
    if known is None or known.phrases is not phrases:
        indices = {}
        for part in (lang, "any"):
            if part in phrases:
                index = context.reference.phrase_index(rule, part)
                indices[part] = index if index is not None else index_of({part: phrases[part]})[part]
        known = _tables[rule, lang] = _Table(phrases, indices)
    return known


def _compile(patterns: object) -> tuple[_Pattern, ...]:
    if isinstance(patterns, str):
        return (_Pattern(patterns),)
    return tuple(_Pattern(str(one)) for one in patterns) if isinstance(patterns, Sequence) else ()


class _Match(NamedTuple):
    first: int
    last: int
    line: int
    entry: _Entry


def check(context: Context) -> Iterator[Finding]:
    """Every place where a phrase stands."""
    table = _table(context)
    if table is None:
        return
    matches = list(_matches(context, table))
    lines: dict[int, set[int]] = {}
    for match in matches:
        lines.setdefault(id(match.entry), set()).add(match.line)
    for match in matches:
        entry = match.entry
        if entry.often and len(lines[id(entry)]) >= entry.often:
            continue
        fact = context.reference.fact(entry.fact) if entry.fact else None
        means = entry.means or (fact.label(context.reading.lang) if fact else "")
        evidence = [cite(fact, "life" if getattr(fact, "kind", "") == "person" else "when")] if fact else []
        yield context.finding(match.first, match.last, {"means": means}, *evidence, suggestion=means)


def _matches(context: Context, table: _Table) -> Iterator[_Match]:
    reading, tokens = context.reading, context.reading.tokens
    once, unquoted = context.options.get("once") == "line", context.options.get("quoted") == "skip"
    forms, places = context.once(_text_forms)
    present = places.keys()
    possible = {
        word: kept
        for word in table.words & present
        if (kept := [(pattern, entry) for pattern, entry in table.beginning(word) if pattern.possible(present)])
    }
    if not possible:
        return
    scopes = _Scopes(context, forms)
    lines = [place + 1 for place in places.get("\n", ())]
    behind = 0
    for index in sorted({place for word in possible for place in places[word]}):
        if index < behind:
            continue
        token = tokens[index]
        number = bisect_right(lines, index + 1)
        line = lines[number - 1] if number else 0
        best = _Match(index, 0, line, _Entry())
        for key in (*forms[index], _KINDS[token.kind]):
            for pattern, entry in possible.get(key, ()):
                last = pattern.match(tokens, index, forms)
                if last > best.last and scopes.applies(entry, line):
                    best = _Match(index, last, line, entry)
        if best.last and not (unquoted and reading.in_quotation(index)):
            yield best
            behind = best.last
            while once and behind < len(tokens) and tokens[behind].norm != "\n":
                behind += 1


def _text_forms(context: Context) -> tuple[list[frozenset[str]], dict[str, list[int]]]:
    """The forms of each token, and where each form and each kind of token stands."""
    tokens = context.reading.tokens
    known: dict[str, frozenset[str]] = {}
    places: dict[str, list[int]] = {}
    for kind, norms in places_of(tokens).items():
        for norm, indices in norms.items():
            known[norm] = _forms(tokens[indices[0]])
            for word in (*known[norm], _KINDS[kind]):
                places.setdefault(word, []).extend(indices)
    return [known[token[0]] for token in tokens], places


class _Scopes:
    """Answers for one text, each asked once: whether patterns stand in a line or in the text, and what a line is about."""

    def __init__(self, context: Context, forms: Sequence[frozenset[str]]) -> None:
        self._context = context
        self._forms = forms
        self._known: dict[tuple[int, int], bool] = {}
        self._ends: dict[int, int] = {}

    def applies(self, entry: _Entry, line: int) -> bool:
        """Whether what stands around a match on the line that begins at token `line` is as the entry asks."""
        if not (entry.near or entry.unless or entry.facts or entry.text or entry.nowhere):
            return True
        whole = self._ask(entry, -1, self._in_text)
        return whole and (not (entry.near or entry.unless or entry.facts) or self._ask(entry, line, self._in_line))

    def _ask(self, entry: _Entry, line: int, question: Callable[[_Entry, int], bool]) -> bool:
        key = (id(entry), line)
        if key not in self._known:
            self._known[key] = question(entry, line)
        return self._known[key]

    def _in_text(self, entry: _Entry, _: int) -> bool:
        tokens = self._context.reading.tokens
        if entry.text and not _found(entry.text, tokens, self._forms, 0, len(tokens)):
            return False
        return not _found(entry.nowhere, tokens, self._forms, 0, len(tokens))

    def _in_line(self, entry: _Entry, line: int) -> bool:
        tokens = self._context.reading.tokens
        end = self._end(line)
        if entry.near and not _found(entry.near, tokens, self._forms, line, end):
            return False
        if _found(entry.unless, tokens, self._forms, line, end):
            return False
        return not entry.facts or _about(self._context, entry.facts, line, end)

    def _end(self, line: int) -> int:
        tokens = self._context.reading.tokens
        if line not in self._ends:
            end = line
            while end < len(tokens) and tokens[end].norm != "\n":
                end += 1
            self._ends[line] = end
        return self._ends[line]


def _about(context: Context, facts: frozenset[str], first: int, last: int) -> bool:
    """Whether a paragraph, or the text, is about one of these facts."""
    reading = context.reading
    named = {fact for mention in reading.mentions if first <= mention.first < last for fact in mention.ids()}
    return any(not facts.isdisjoint(context.reference.ancestors(fact)) for fact in (*named, *reading.topic))


def _found(
    patterns: Sequence[_Pattern], tokens: Sequence[Token], forms: Sequence[frozenset[str]], first: int, last: int
) -> bool:
    for pattern in patterns:
        want = pattern.words[0] or frozenset()
        for index in range(first, last):
            if (want & forms[index] or _KINDS[tokens[index].kind] in want) and pattern.match(tokens, index, forms):
                return True
    return False


_form_cache: dict[str, frozenset[str]] = {}


def _forms(token: Token) -> frozenset[str]:
    known = _form_cache.get(token.norm)
    if known is None:
        known = frozenset((token.norm, *stems(token.norm))) if token.kind == "word" else frozenset((token.norm,))
        if token.kind == "word" and is_arabic(token.norm):
            known |= {_ARABIC}
        if len(_form_cache) < 200_000:
            _form_cache[token.norm] = known
    return known
