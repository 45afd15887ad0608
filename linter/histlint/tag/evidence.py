"""What stands around a number: its era and calendar, and the signs that it is a year or a count of something else."""

from __future__ import annotations

from itertools import pairwise

from histlint.tag.draft import Draft
from histlint.tag.numbers import read
from histlint.tag.timewords import Reader

ERA_CALENDARS = {"ah": "islamic", "bh": "islamic", "ap": "solar-hijri", "am": "coptic", "ag": "seleucid", "ar": "republican"}
"""The calendars that eras count in, where not the historian's default."""

_WEAK_ENDINGS = ("ss", "us", "is", "as")  # of words before which a number is not a count: "this", "was", "thus"


def take_era(r: Reader, draft: Draft) -> None:
    """Reads the era and calendar written behind a year."""
    j = draft.last
    dash = r.is_(j, "dash") and r.adjacent(j)
    lex = r.at(j)
    opened = lex is not None and "open" in lex.cats and r.has(j + 1, "era")
    if opened:
        after = r.at(j + 1)
        if after is None or not r.is_(after.end, "close"):
            return
        lex, opened = after, True
    if lex and "era" in lex.cats and not dash:
        draft.era = lex.cats["era"]
        draft.calendar = ERA_CALENDARS.get(draft.era, draft.calendar)
        draft.last = lex.end + (1 if opened else 0)
        second = r.at(draft.last)
        # «هجرية قمرية», «هـ ش»: a phrase has taken it; a lone repeat («م ميلادية») is swallowed
        if second and second.cats.get("era") == draft.era and not opened:
            draft.last = second.end
        draft.rules.append("era")
    take_style(r, draft)


def take_style(r: Reader, draft: Draft) -> None:
    """Reads "(Old Style)", «بالتقويم اليولياني» behind a date."""
    opened = r.is_(draft.last, "open")
    lex = r.at(draft.last + 1 if opened else draft.last)
    if lex and "style" in lex.cats and (not opened or r.is_(lex.end, "close")):
        draft.calendar = lex.cats["style"]
        draft.last = lex.end + (1 if opened else 0)
        draft.rules.append("calendar-style")


def glued(r: Reader, i: int, end: int) -> bool:
    """Whether a number is part of a longer sign: 3.1945, B-1945, 1945a, $1945."""
    tokens = r.tokens
    if end < r.size and tokens[end][1] == tokens[end - 1][2]:
        mark = tokens[end][0]
        if tokens[end][3] == "word":
            return True
        if mark in "./:%°,٫" and end + 1 < r.size and tokens[end + 1][1] == tokens[end][2] and tokens[end + 1][3] == "number":
            return True
        if mark in "%°$€£":
            return True
        if (
            mark in "-"
            and not r.is_(i - 1, "in")
            and end + 1 < r.size
            and tokens[end + 1][1] == tokens[end][2]
            and tokens[end + 1][3] == "word"
        ):
            return True
    if i and tokens[i][1] == tokens[i - 1][2]:
        mark = tokens[i - 1][0]
        if mark in "$€£#°:@_" or tokens[i - 1][3] == "word":
            return bool(tokens[i - 1][3] != "word" or not r.table.clitics)
        if mark in ".,/-" and i > 1 and tokens[i - 1][1] == tokens[i - 2][2]:
            before = r.word(i - 2)
            if tokens[i - 2][3] == "number":
                return True
            return mark == "-" and not (before and ("part" in before.cats or "rel" in before.cats or "month" in before.cats))
    return False


def counted(r: Reader, end: int) -> bool:
    """Whether what stands behind a number is what it counts."""
    if end >= r.size:
        return False
    lex = r.at(end)
    if lex:
        if "not_after" in lex.cats or "scale" in lex.cats:
            return True
        if "unit" in lex.cats and not lex.article and not lex.conj:
            return True
    token = r.tokens[end]
    if r.table.clitics or token[3] != "word":
        return False
    norm = token[0]
    if lex and not {"rel", "in", "of", "and", "or", "to"}.isdisjoint(lex.cats):
        return False
    following = r.tokens[end + 1][0] if end + 1 < r.size else ""
    plural = len(norm) > 3 and norm.endswith("s") and not norm.endswith(_WEAK_ENDINGS)
    if plural and r.is_(end - 2, "in") and r.capital(end):
        return False
    return plural and not r.capital(end) and following not in ("of",) and not r.is_(end - 2, "in")


def counts_to(r: Reader, end: int) -> bool:
    """«من 1500 إلى 2000 جندي»: the second number of a range is counted, so the first is."""
    lex = r.word(end)
    if lex is None or not ("to" in lex.cats or "dash" in lex.cats or "or" in lex.cats or "and" in lex.cats or lex.conj):
        return False
    k = end if lex.conj and "digits" in lex.cats else lex.end
    second = read(r, k)
    return bool(second and not second.words and second.end == k + 1 and counted(r, second.end))


def small_years(r: Reader) -> bool:
    """Whether the text tells of the first thousand years or of years before Christ: then bare numbers may be such years."""
    if r.small_years is None:
        r.small_years = _find_small_years(r)
    return r.small_years


def _find_small_years(r: Reader) -> bool:
    for i, era in enumerate(r.entries):
        if era is None or r.tokens[i - 1][3] != "number":
            continue
        if "era" in era[0] or (i and era[1] and r.has(i, "era") in ("bce", "ce")):
            return True
    return not r.table.clitics and _dated_in_hundreds(r)


_HUNDREDS = range(300, 1000)
_DATED = 3
"""Numbers behind "in" that nothing is counted by, from which on a text without any era tells of such years."""


def _dated_in_hundreds(r: Reader) -> bool:
    """Whether a text says "in 793", "in 865", "from 871" often enough for these to be its dates; those before Christ run backwards."""
    found: list[int] = []
    for i, token in enumerate(r.tokens):
        if token[3] != "number" or len(token[0]) != len("999") or not token[0].isdigit() or int(token[0]) not in _HUNDREDS:
            continue
        before = r.word(i - 1)
        if before and "in" in before.cats and not counted(r, i + 1) and not glued(r, i, i + 1):
            found.append(int(token[0]))
    rising = sum(one < other for one, other in pairwise(found)) - sum(one > other for one, other in pairwise(found))
    return len({*found}) >= _DATED and rising > 0


def is_general(r: Reader, i: int) -> bool:
    """Whether the year word means "general" here: the phrases end with it."""
    for back in (1, 2):
        lex = r.at(i - back)
        if lex and "general" in lex.cats and lex.end == i + 1:
            return True
    return False


def year_context(r: Reader, i: int) -> bool:
    """Whether what stands before a number lets it be a year: a preposition, a bracket, a dash."""
    before = r.word(i - 1)
    return bool(before and ("in" in before.cats or "open" in before.cats or "dash" in before.cats or "slash" in before.cats))
