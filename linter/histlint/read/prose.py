"""Collects the visible prose of a file with the place of every piece, and the suppressions written between it.

All readers build on two things: `Prose`, which grows `Document.text` block by block, and `Directive`, a suppression as it was
written. `finish` turns both into a Document.

A suppression is `histlint: WORD[rules] reason` in a comment (`<!-- … -->`) or, in plain text, in brackets (`[histlint: …]`):

- `ignore` beside prose silences the lines it stands on; alone on its line, the block that follows;
- `ignore-next` silences the block that follows, wherever it stands;
- `ignore-start` and `ignore-end` silence the lines from one to the other (without an end, the rest of the file);
- `ignore-file` silences the whole file.

Rules are separated by commas; without them all rules are meant. A word that is none of these is kept, to be reported.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ..model import Block, Document, Suppression
from ..named_tuple import NamedTuple

WORDS = ("ignore", "ignore-next", "ignore-start", "ignore-end", "ignore-file")

_DIRECTIVE = r"(?s)\s*histlint\s*:\s*([\w-]+)\s*(?:\[([^\]\[]*)\])?\s*(.*)"
_ALMOST = r"(?i)\s*(histlint\s*[-:]?\s*(?:ignore|disable|enable|skip|off|noqa)[\w-]*)"
_RULES = r"(?:[a-z-]+/[a-z-]+[\s,،]*)+"  # without their brackets
_SPLIT = r"[\s,،]+"


class Directive(NamedTuple):
    """A suppression as written: its offsets in the source cover the whole comment."""

    word: str
    rules: tuple[str, ...]
    reason: str
    start: int
    end: int


def directive(body: str, start: int, end: int) -> Directive | None:
    """The suppression that the comment `body` holds, if it holds one; an unknown word is kept, to be reported."""
    if "histlint" not in body.lower():
        return None
    match = re.match(_DIRECTIVE, body)
    if not match:
        almost = re.match(_ALMOST, body)
        return Directive(almost[1], (), "", start, end) if almost else None
    word, named, reason = match[1], match[2], " ".join(match[3].split())
    if named is None and reason.startswith(("[", "(", "{")):  # brackets without an end, or of another kind
        word += reason[0]
    elif named is None and (rules := re.match(_RULES, reason)):
        named, reason = rules[0], reason[rules.end() :]
    return Directive(word, tuple(dict.fromkeys(rule for rule in re.split(_SPLIT, named or "") if rule)), reason, start, end)


class Prose:
    """Visible prose, growing; white space at both ends of a block is dropped."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.runs: list[tuple[int, int]] = []
        self.directives: list[Directive] = []
        self._parts: list[str] = []
        self._length = 0
        self._start = -1  # of the open block

    @property
    def spaced(self) -> bool:
        """Whether nothing or white space stands before what is added next."""
        return self._start < 0 or self._parts[-1][-1].isspace()

    def add(self, text: str, at: int) -> None:
        """Appends `text` to the open block; its first character stands at offset `at` of the source."""
        if self._start < 0:
            kept = text.lstrip()
            if not kept:
                return
            at += len(text) - len(kept)
            text = kept
            if self.blocks:
                self._parts.append("\n")
                self._length += 1
            self._start = self._length
        if not text:
            return
        if not self.runs or self.runs[-1][1] - self.runs[-1][0] != at - self._length:
            self.runs.append((self._length, at))
        self._parts.append(text)
        self._length += len(text)

    def end(self, kind: str) -> None:
        """Closes the open block, if there is one."""
        if self._start < 0:
            return
        while True:  # ends at the latest at the block's first character, which is no white space
            last = self._parts.pop()
            kept = last.rstrip()
            self._length -= len(last) - len(kept)
            if kept:
                self._parts.append(kept)
                break
        while self.runs[-1][0] >= self._length:
            self.runs.pop()
        self.blocks.append(Block(self._start, self._length, kind))
        self._start = -1

    def finish(self, path: str, source: str) -> Document:
        """The Document of everything collected."""
        self.end("paragraph")
        text = "".join(self._parts)
        runs = self.runs or [(0, 0)]
        document = Document(path, source, text, self.blocks, runs)
        if self.directives:
            document.suppressions = _resolve(document, self.directives)
        return document


def _resolve(document: Document, directives: Sequence[Directive]) -> tuple[Suppression, ...]:
    """Gives every directive the lines it silences; one that can silence nothing gets none (first > last)."""
    source, starts = document.source, [0]
    starts.extend(match.end() for match in re.finditer("\n", source))
    firsts = [bisect_right(starts, document.source_offset(block.start)) for block in document.blocks]
    lasts = [bisect_right(starts, document.source_offset(block.end - 1)) for block in document.blocks]
    result: list[Suppression] = []
    open_: list[int] = []  # indices in `result` of unclosed ignore-start
    for item in directives:
        line, until = bisect_right(starts, item.start), bisect_right(starts, item.end - 1)
        first, last = 1, 0
        if item.word == "ignore-file":
            first, last = 1, len(starts)
        elif item.word == "ignore-start":
            first, last = line, len(starts)
            open_.append(len(result))
        elif item.word == "ignore-end":
            if index := _opening(result, open_, item.rules):
                open_.remove(index - 1)
                result[index - 1] = result[index - 1]._replace(last=until)
                continue
        elif item.word in ("ignore", "ignore-next"):
            first, last = _lines(firsts, lasts, line, until, item.word)
        column = item.start - starts[line - 1] + 1
        end = item.end if until == line else source.index("\n", item.start)
        wrong = "" if item.word in WORDS else item.word
        result.append(Suppression(item.rules, item.reason, first, last, line, column, end - starts[line - 1] + 1, wrong))
    return tuple(result)


def _opening(result: Sequence[Suppression], open_: Sequence[int], rules: tuple[str, ...]) -> int:
    """One more than the index of the suppression that an ignore-end of `rules` closes; 0 where there is none."""
    for index in reversed(open_):
        if not rules or result[index].rules == rules:
            return index + 1
    return 0


def _lines(firsts: Sequence[int], lasts: Sequence[int], line: int, until: int, word: str) -> tuple[int, int]:
    """The lines that an `ignore` or `ignore-next` on the lines `line` to `until` silences."""
    here = bisect_left(lasts, line)  # first block that ends on this line or below
    if word == "ignore" and here < len(firsts) and firsts[here] <= until:
        return line, until
    following = bisect_right(firsts, until)
    return (firsts[following], lasts[following]) if following < len(firsts) else (1, 0)
