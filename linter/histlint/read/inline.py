"""The inside of a Markdown block: which characters of its lines are prose.

Emphasis marks, code, link targets, tags, comments and shortcodes go; the text of links and decoded references stay. Every closing
mark is looked for at most once in vain, so that no text takes more than linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ..patterns import regex
from .html import ADDRESS, BLOCKS, REFERENCE, SKIPPED, TAG, note_end
from .prose import Prose, directive

_SPECIAL = regex(r"\\|`++|!?\[|\]|\*++|_++|~~++|==|<|&|\{\{|\{%|\{[#.:]|(?:https?://|www\.)", re.IGNORECASE)
_MARKS = frozenset("\\`[]*_~=<&{")  # one of them begins every special mark but an address
_ESCAPED = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_AUTOLINK = regex(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+|[\w.+-]{1,64}@[\w.-]{1,255})>")
_TITLE = r"(?:\s+(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?"
_TARGET = regex(r"\(\s*+(?:<[^<>\n]*+>|(?:[^\s()\\]++|\\.|\((?:[^\s()\\]++|\\.)*+\))*+)" + _TITLE + r"\s*+\)")
_LABEL = regex(r"\[[^\[\]]{0,999}\]")
_NOTE = regex(r"\[[\^@][^\[\]\s]{1,99}\]")
_ATTRIBUTES = regex(r"\{[#.:][^{}]{0,200}\}")
_SHORTCODE = regex(
    r"\[/?[a-z][a-z_-]{1,30}(?: [a-z_-]{1,30}=(?:\"[^\"\[\]]*\"|'[^'\[\]]*'))++ ?/?\]|\[/[a-z][a-z_-]{1,30}\]"
)
_CLOSERS = {"{{": "}}", "{%": "%}", "~~": "~~"}
_PATIENCE = 20  # how many tags with a quote that is never closed may be looked through to the end of the block
_LOOK = 300  # how far after that


def inline(source: str, lines: Sequence[tuple[int, int]], prose: Prose) -> None:
    """Adds the prose of the block made of `lines` (start and end of each in the source)."""
    text = source[slice(*lines[0])] if len(lines) == 1 else " ".join([source[at:end] for at, end in lines])
    scan = _Inline(text)
    scan.run()
    _emit(scan.pieces, lines, prose)
    if scan.comments:
        begins = [0]
        for at, end in lines:
            begins.append(begins[-1] + end - at + 1)
        for at, end in scan.comments:
            first, last = bisect_right(begins, at) - 1, bisect_right(begins, end - 1) - 1
            start, stop = lines[first][0] + at - begins[first], lines[last][0] + end - begins[last]
            if found := directive(text[at + 4 : end - 3], start, stop):
                prose.directives.append(found)


def _emit(pieces: Sequence[tuple[int, str]], lines: Sequence[tuple[int, int]], prose: Prose) -> None:
    """Adds pieces (offset in the block, prose), each line's part with its own place."""
    index, begins = 0, 0  # the line and where it begins in the block
    for at, piece in pieces:
        while piece:
            while at > begins + lines[index][1] - lines[index][0]:
                begins += lines[index][1] - lines[index][0] + 1
                index += 1
            start, end = lines[index]
            part = piece[: begins + end - start + 1 - at]  # with the blank that stands for the line's end
            piece = piece[len(part) :]
            skipped = part[0] == " " and prose.spaced
            prose.add(part[skipped:], start + at - begins + skipped)
            at += len(part)


class _Inline:
    """Scans one block; `pieces` are the prose found, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[tuple[int, str]] = []
        self.comments: list[tuple[int, int]] = []
        self._brackets: list[int] = []  # indices in `pieces` of opening brackets
        self._missing: set[str] = set()
        self._ticks: dict[int, list[int]] | None = None
        self._unclosed = 0

    def run(self) -> None:
        """Fills `pieces` and `comments`."""
        text, at = self.text, 0
        if _MARKS.isdisjoint(text) and "://" not in text and "www." not in text.lower():
            self.pieces.append((0, text))
            return
        while match := _SPECIAL.search(text, at):
            start = match.start()
            if start > at:
                self.pieces.append((at, text[at:start]))
            at = self._mark(match[0], start)
            if at < 0:  # nothing special after all
                at = match.end()
                self.pieces.append((start, match[0]))
        if at < len(text):
            self.pieces.append((at, text[at:]))

    def _mark(self, mark: str, at: int) -> int:
        """Acts on a special mark; returns where to go on, -1 where it is plain text."""
        first = mark[0]
        if first in "*_=":
            return self._emphasis(mark, at)
        if first in "![":
            return self._open(mark, at)
        if first == "]":
            return self._close(at)
        if first == "&":
            return self._reference(at)
        if first == "<":
            return self._angle(at)
        if first == "`":
            return self._code(len(mark), at + len(mark))
        if first == "\\":
            return self._escape(at)
        if closer := _CLOSERS.get(mark[:2]):
            close = self._find(closer, at + len(mark))
            return close + len(closer) if close >= 0 else -1
        match = (_ATTRIBUTES if first == "{" else ADDRESS).match(self.text, at)
        return match.end() if match else -1

    def _find(self, text: str, start: int) -> int:
        if text in self._missing:
            return -1
        found = self.text.find(text, start)
        if found < 0:
            self._missing.add(text)
        return found

    def _emphasis(self, mark: str, at: int) -> int:
        """Marks touching a word are dropped; between blanks or digits (5*3), and underscores inside a word, they are text."""
        after = at + len(mark)
        before, behind = self.text[at - 1 : at] if at else "", self.text[after : after + 1]
        if (not before or before.isspace()) and (not behind or behind.isspace()):
            return -1
        if before.isdigit() and behind.isdigit():
            return -1
        return -1 if mark[0] == "_" and before.isalnum() and behind.isalnum() else after

    def _escape(self, at: int) -> int:
        following = self.text[at + 1 : at + 2]
        if following in _ESCAPED:
            self.pieces.append((at + 1, following))
            return at + 2
        return at + 1 if following in ("", " ") else -1

    def _open(self, mark: str, at: int) -> int:
        if mark == "[" and (match := _NOTE.match(self.text, at) or _SHORTCODE.match(self.text, at)):
            return match.end()
        self._brackets.append(len(self.pieces))
        self.pieces.append((at, mark))
        return at + len(mark)

    def _close(self, at: int) -> int:
        """Ends a link or an image, whose target goes with it, or is a bracket."""
        if not self._brackets:
            return -1
        opening = self._brackets.pop()
        match = _TARGET.match(self.text, at + 1) or _LABEL.match(self.text, at + 1)
        if not match or _NOTE.match(self.text, at + 1):
            return -1
        if self.pieces[opening][1] == "![":
            del self.pieces[opening:]
        else:
            self.pieces[opening] = (self.pieces[opening][0], "")
        return match.end()

    def _reference(self, at: int) -> int:
        match = REFERENCE.match(self.text, at)
        if not match:
            return -1
        from html import unescape

        character = unescape(match[0])
        if character == match[0] or "\0" in character:
            return -1
        self.pieces.append((at, character))
        return match.end()

    def _code(self, length: int, after: int) -> int:
        """Skips a code span: up to the next run of exactly as many backticks."""
        if self._ticks is None:
            self._ticks = {}
            for match in re.finditer("`+", self.text):
                self._ticks.setdefault(match.end() - match.start(), []).append(match.start())
        places = self._ticks.get(length, [])
        index = bisect_left(places, after)
        return places[index] + length if index < len(places) else -1

    def _angle(self, at: int) -> int:
        """Skips a comment, an address in angle brackets or a tag, with its content where that is no prose."""
        text = self.text
        if text.startswith("<!--", at):
            close = self._find("-->", at + 4)
            if close < 0:
                return -1
            self.comments.append((at, close + 3))
            return close + 3
        if ">" in self._missing:
            return -1
        if match := _AUTOLINK.match(text, at):
            return match.end()
        tag = TAG.match(text, at, len(text) if self._unclosed < _PATIENCE else at + _LOOK)
        if not tag:
            self._unclosed += 1
            self._find(">", at)
            return -1
        name = tag[2].lower()
        if not tag[1] and name in SKIPPED and (close := self._find(f"</{name}", tag.end())) >= 0:
            after = self._find(">", close)
            return after + 1 if after >= 0 else len(text)
        if not tag[1] and name == "sup" and (note := note_end(text, tag.end(), len(text))):
            return note
        if name == "br" or name in BLOCKS:
            self.pieces.append((at, " "))
        return tag.end()
