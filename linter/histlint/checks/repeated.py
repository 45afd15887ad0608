"""A paragraph, or a long sentence, that the text has already had, word for word: pasted twice.

Options: `words` is how many words a passage needs to count (default 12); a text with `often` such passages or more (default 4) is
one that repeats itself on purpose, a manual or a list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from ..model import Finding
from .context import Context

_WORDS = 12
_OFTEN = 4


def check(context: Context) -> Iterator[Finding]:
    """The later one of two equal passages; sentences that stand in a repeated paragraph are one finding with it."""
    reading, tokens = context.reading, context.reading.tokens
    least = int(context.options.get("words", _WORDS))
    found: list[tuple[int, int, tuple[int, int]]] = []
    blocks = reading.document.blocks
    starts = [block.start for block in blocks]
    seen: dict[tuple[str, ...], tuple[int, int]] = {}
    last = -1
    for first, end in reading.sentences:
        words = tuple([token[0] for token in tokens[first:end] if token[3] != "mark"])
        if len(words) < least:
            continue
        block = bisect_right(starts, tokens[first].start) - 1
        if block < 0 or blocks[block].kind not in ("paragraph", "item"):
            continue
        before = seen.setdefault(words, (first, end))
        if before == (first, end) or reading.in_quotation(first):
            continue
        if last != first:  # the next sentence of a passage that is already reported
            found.append((first, end, before))
        last = end
    if len(found) < int(context.options.get("often", _OFTEN)):
        for first, end, before in found:
            yield context.finding(first, end, {}, related=[reading.span(*before)])
