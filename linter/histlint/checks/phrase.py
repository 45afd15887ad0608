"""Phrases that do not belong in a text: page furniture (cookie notices, "read also", share buttons) and what machine
translation leaves behind.

Options: `phrases` maps a language to patterns. A pattern is words; `*` stands for up to three words, `^` for the start of a
line, `$` for its end, and words joined by `|` are alternatives. `within` of a rule limits it to texts where all mentions lie before a year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Finding, Token
from ..normalise import bare, fold, stems
from .context import Context

_GAP = 3
_MARKS = 5  # between two words of a phrase


class _Pattern:
    def __init__(self, text: str) -> None:
        words = text.split()
        self.start = words[0] == "^"
        self.end = words[-1] == "$"
        core = words[self.start : len(words) - self.end]
        self.words = [
            None if word == "*" else frozenset(bare(fold(part)) if part.isalpha() else part for part in word.split("|"))
            for word in core
        ]

    def match(self, tokens: Sequence[Token], index: int, forms: Sequence[frozenset[str]]) -> int:
        """Token behind the match at `index`, or 0."""
        if self.start and index and tokens[index - 1].norm != "\n":
            return 0
        last = self._rest(tokens, index, 0, forms)
        if last and self.end and last < len(tokens) and tokens[last].norm != "\n":
            return 0
        return last

    def _rest(self, tokens: Sequence[Token], index: int, at: int, forms: Sequence[frozenset[str]]) -> int:
        if at == len(self.words):
            return index
        want = self.words[at]
        if want is None:
            for skip in range(_GAP + 1):
                if index + skip > len(tokens) or any(
                    tokens[k].norm == "\n" for k in range(index, min(index + skip, len(tokens)))
                ):
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
        if index >= len(tokens) or not want & forms[index]:
            return 0
        return self._rest(tokens, index + 1, at + 1, forms)


_cache: dict[tuple[str, ...], dict[str, list[_Pattern]]] = {}


def _patterns(phrases: Sequence[str]) -> dict[str, list[_Pattern]]:
    key = tuple(phrases)
    if key not in _cache:
        table: dict[str, list[_Pattern]] = {}
        for pattern in map(_Pattern, phrases):
            for word in pattern.words[0] or ():
                table.setdefault(word, []).append(pattern)
        _cache[key] = table
    return _cache[key]


def check(context: Context) -> Iterator[Finding]:
    """Every place where a phrase stands; the finding covers the whole line for patterns that begin one."""
    reading = context.reading
    phrases = context.options.get("phrases", {}).get(reading.lang, ())
    table = _patterns(phrases)
    if not table:
        return
    tokens = reading.tokens
    forms = [_forms(token) for token in tokens]
    index = 0
    while index < len(tokens):
        last = 0
        for form in forms[index]:
            for pattern in table.get(form, ()):
                last = max(last, pattern.match(tokens, index, forms))
        if last:
            yield context.finding(index, last, {})
            while index < len(tokens) and tokens[index].norm != "\n":  # one finding a line
                index += 1
        index += 1


_form_cache: dict[str, frozenset[str]] = {}


def _forms(token: Token) -> frozenset[str]:
    known = _form_cache.get(token.norm)
    if known is None:
        known = frozenset((token.norm, *stems(token.norm))) if token.kind == "word" else frozenset((token.norm,))
        if len(_form_cache) < 200_000:
            _form_cache[token.norm] = known
    return known
