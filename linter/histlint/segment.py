"""Sentences of a token stream, and the stretches of it that are quotations.

Arabic prose runs on with commas and و; the clauses that dates and participants attach to are cut in `extract`, where
the verbs are known.
"""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import marks_of
from .model import Token
from .normalise import is_arabic

_ENDS = frozenset(".!?؟")
_OPEN = {"«": "»", '"': '"', "“": "”", "‹": "›"}
_CLOSERS = frozenset("»\"')]”")


def sentences(text: str, tokens: tuple[Token, ...], abbreviations: frozenset[str]) -> list[tuple[int, int]]:
    """Token ranges of the sentences. A point after an abbreviation, an initial or within a number ends none."""
    out: list[tuple[int, int]] = []
    start, count = 0, len(tokens)
    for index in marks_of(tokens, ("\n", *_ENDS)):
        if index >= start and (tokens[index].norm == "\n" or _is_end(text, tokens, index, abbreviations)):
            stop = index + 1
            while stop < count and tokens[stop].norm in _CLOSERS and tokens[stop].start == tokens[stop - 1].end:
                stop += 1
            if stop - start > 1 or tokens[index].norm != "\n":
                out.append((start, stop))
            start = stop
    if start < count:
        out.append((start, count))
    return out


_NUMERALS = frozenset({"i", "x"})
_RULERS = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xviii"})
"""Numerals of rulers, behind which old books put a point."""


def _is_end(text: str, tokens: Sequence[Token], index: int, abbreviations: frozenset[str]) -> bool:
    if tokens[index].norm != ".":
        return True
    if index + 1 < len(tokens) and tokens[index + 1].start == tokens[index].end and tokens[index + 1].kind != "mark":
        words = index > 0 and tokens[index - 1].kind == tokens[index + 1].kind == "word"
        glued = words and is_arabic(tokens[index - 1].norm) and is_arabic(tokens[index + 1].norm)
        return glued and min(len(tokens[index - 1].norm), len(tokens[index + 1].norm)) > 2  # 3.5, U.S, ق.م; «لوفاته.فيصل» are two
    if index == 0:
        return True
    before = tokens[index - 1]
    if before.end != tokens[index].start or before.kind != "word":
        return True
    if index > 1 and tokens[index - 2].kind == "number" and is_arabic(before.norm):
        return True  # «سقطت سنة 1453م. كان …»: the mark of an era
    if index + 1 < len(tokens) and before.norm in _RULERS and text[tokens[index + 1].start].islower():
        return False  # "King George I. in 1715"
    if before.norm in _NUMERALS and index > 1 and tokens[index - 2].kind == "word" and len(tokens[index - 2].norm) > 2:
        return True  # "the First World War, or World War I. In the 1940s": seldom an initial
    single_latin = len(before.norm) == 1 and before.norm.isascii()
    return not (single_latin or before.norm in abbreviations)


def quotations(tokens: tuple[Token, ...], low: int = 4) -> list[tuple[int, int]]:
    """Token ranges inside quotation marks that hold at least `low` words: speech or a cited opinion, not a name."""
    out: list[tuple[int, int]] = []
    behind, count = 0, len(tokens)
    for index in marks_of(tokens, _OPEN):
        if index < behind:
            continue
        close = _OPEN[tokens[index].norm]
        words, stop = 0, index + 1
        while stop < count and tokens[stop].norm not in (close, "\n"):
            words += tokens[stop].kind == "word"
            stop += 1
        if stop < count and tokens[stop].norm == close:
            if words >= low:
                out.append((index, stop + 1))
            behind = stop + 1
    return out
