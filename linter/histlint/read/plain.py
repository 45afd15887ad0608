"""Plain text: every non-empty line is a block; lines that an editor wrapped are joined again.

Suppressions stand in brackets, `[histlint: ignore[rule] reason]`, on a line of their own or at the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .prose import Prose, directive

# Not prose although on the page: suppressions and addresses.
_SKIPPED = r"(?i)\[histlint:(?:[^\[\]\n]|\[[^\[\]\n]*+\])*+\]|(?:https?://|www\.)[^\s<>«»()؛،]++"
_ITEM = r"[ \t]*(?:[-*•–▪◦]|[0-9٠-٩]{1,2}[.)])[ \t]+(?=\S)"
_ITEM_BEGINS = "-*•–▪◦0123456789٠١٢٣٤٥٦٧٨٩"
_FINAL = ".!?؟…:،,;؛»”\"')]"
_HEADING_LENGTH = 80
_HEADING_WORDS = 12
_WRAP = range(50, 121)  # widths at which editors wrap lines


def plain(source: str, prose: Prose) -> None:
    """Adds the prose of a plain text."""
    paragraph: list[tuple[int, int]] = []  # lines up to the next empty one
    above = True  # nothing or an empty line stands before the paragraph
    special = "://" in source or "histlint" in source or "www." in source.lower()
    at, size = 0, len(source)
    while at <= size:
        end = source.find("\n", at)
        end = size if end < 0 else end
        if source[at:end].strip():
            paragraph.append((at, end))
        else:
            _paragraph(source, paragraph, prose, special=special, last=False, above=above)
            above, paragraph = True, []
        at = end + 1
    _paragraph(source, paragraph, prose, special=special, last=True, above=above)


def _paragraph(source: str, lines: Sequence[tuple[int, int]], prose: Prose, *, special: bool, last: bool, above: bool) -> None:
    if not lines:
        return
    if _wrapped(source, lines):
        for at, end in lines:
            _add(source, at, end, prose, special)
            prose.add(" ", end)
        prose.end("paragraph")
        return
    for number, (at, end) in enumerate(lines):
        kind = "paragraph"
        if item := _item(source[at:end]):
            at, kind = at + item, "item"
        elif number == 0 and above and (not last or len(lines) > 1) and _is_heading(source, lines):
            kind = "heading"
        _add(source, at, end, prose, special)
        prose.end(kind)


def _item(text: str) -> int:
    """The length of what makes a line an item of a list, 0 where it is none."""
    if text.lstrip(" \t")[:1] not in _ITEM_BEGINS:
        return 0
    found = re.match(_ITEM, text)
    return found.end() if found else 0


def _add(source: str, at: int, end: int, prose: Prose, special: bool) -> None:
    """Adds one line without its suppressions and addresses."""
    if special:
        for match in re.compile(_SKIPPED).finditer(source, at, end):
            prose.add(source[at : match.start()], at)
            if match[0].startswith("["):
                found = directive(match[0][1:-1], match.start(), match.end())
                prose.directives.extend([found] if found else [])
            at = match.end()
    prose.add(source[at:end], at)


def _is_heading(source: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether a paragraph's first line is its heading: short, no final mark, alone or above a line that is twice as long."""
    at, end = lines[0]
    if end - at > _HEADING_LENGTH * 2:
        return False
    text = source[at:end].strip()
    if len(text) > _HEADING_LENGTH or text[-1] in _FINAL or len(text.split()) > _HEADING_WORDS:
        return False
    return len(lines) == 1 or (len(text) * 2 < lines[1][1] - lines[1][0] and "[histlint:" not in text)


def _wrapped(source: str, lines: Sequence[tuple[int, int]]) -> bool:
    """Whether an editor broke these lines: no line could have taken the next one's first word, and sentences run on."""
    if len(lines) < 2:
        return False
    texts = [source[at:end].strip() for at, end in lines]
    width = max(map(len, texts))
    if width not in _WRAP or any(map(_item, texts)):
        return False
    if any(len(text) + 1 + len(below.split(None, 1)[0]) <= width for text, below in pairwise(texts)):
        return False
    running = sum(text[-1] not in ".!?؟…:" for text in texts[:-1])
    return running * 2 > len(texts) - 1
