"""A total against its parts: «500 رجل: 300 قتيل و250 جريحاً».

Only plain numbers, and only where the text says that they are all.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Finding, Token
from ..named_tuple import NamedTuple
from ..reading import Reading
from ..tag import numbers
from .context import Context
from .reckoned import reckoned
from .wordlists import denied, has, phrases

_MOST_PARTS = 6
_NOUN = 5
"""Words that may stand between a number and the next."""


class _Count(NamedTuple):
    """A number at a token, and the word that it counts."""

    value: int
    at: int
    noun: str


def check(context: Context) -> Iterator[Finding]:
    """A total, a colon or "of whom", and parts that do not add up to it."""
    reading = context.reading
    for first, last in reading.sentences:
        counts = _counts(reading, first, last)
        for index, total in enumerate(counts[:-2]):
            found = _parts(reading, counts, index, last)
            if found is None:
                continue
            parts, exact = found
            added = sum(part.value for part in parts)
            if added == total.value or (added < total.value and not exact) or denied(reading, total.at):
                continue
            end = parts[-1].at + 1
            yield context.finding(
                total.at,
                end,
                {"total": str(total.value), "parts": " + ".join(str(part.value) for part in parts), "sum": str(added)},
            )
            break
    yield from _reinforced(context)
    yield from _in_all(context)
    yield from reckoned(context)


_FEWEST_PARTS = 3
_GAP = 4
"""Words between two parts of a sum, or between the last and the total."""


def _in_all(context: Context) -> Iterator[Finding]:
    """"four kingdoms, six duchies and three free cities, fifteen states in all": a list of counts and their sum."""
    reading = context.reading
    table = phrases(reading, "in_all")
    for first, last in reading.sentences:
        hits = [hit for at in range(first, last) if reading.tokens[at].kind == "word" and (hit := table.at(reading.tokens, at, last))]
        if not hits:
            continue
        counts = list(_numbers(reading, first, hits[0].first, fewest=1))
        if len(counts) <= _FEWEST_PARTS or hits[0].first - counts[-1][1] > 2 or denied(reading, counts[-1][0]):
            continue
        total, parts = counts[-1], [counts[-2]]
        for part in reversed(counts[:-2]):
            if not _beside(reading, part[1], parts[0][0]):
                break
            parts.insert(0, part)
        tied = _beside(reading, parts[-1][1], total[0])
        added = sum(value for _, _, value in parts)
        if len(parts) < _FEWEST_PARTS or not tied or added == total[2] or has(reading, parts[0][0] - 2, total[1], "inexact"):
            continue
        values = {"total": str(total[2]), "parts": " + ".join(str(value) for _, _, value in parts), "sum": str(added)}
        yield context.finding(total[0], total[1], values, related=[reading.span(parts[0][0], parts[-1][1])])


_FEWEST = 100
_TOLD_BEFORE = 60
_TOLD_HERE = 3
"""Numbers of a sentence before an outcome, beyond which it is unclear which were added."""
_ROUNDING = 0.15


def _reinforced(context: Context) -> Iterator[Finding]:
    """«عبر ومعه سبعة آلاف. فأرسل إليه خمسة آلاف، فاكتمل جيشه سبعة عشر ألفاً»: what came or went, what was there, and the outcome."""
    for key, moved, sign in (("brought_to", "joined_by", 1), ("left_with", "left_by", -1)):
        table = phrases(context.reading, key)
        for first, last in context.reading.sentences:
            for at in table.starts(context.reading.tokens, first, last):
                hit = table.at(context.reading.tokens, at, last)
                if hit is not None:
                    yield from _outcome(context, (first, at, hit.last, last), moved, sign)


def _outcome(context: Context, place: tuple[int, int, int, int], moved: str, sign: int) -> Iterator[Finding]:
    """A finding where the number behind an outcome follows from none of those told before it."""
    reading, (first, at, behind, last) = context.reading, place
    total = next(iter(_numbers(reading, behind, min(last, behind + 4))), None)
    here = list(_numbers(reading, first, at))
    if total is None or not 1 <= len(here) <= _TOLD_HERE or denied(reading, total[0]):
        return
    came, earlier = here[-1], here[:-1]
    if not has(reading, earlier[-1][1] if earlier else first, at, moved) or has(reading, came[0] - 2, total[1] + 1, "hedges"):
        return
    there = [*_numbers(reading, max(0, first - _TOLD_BEFORE), first), *earlier]
    if any(has(reading, number[0] - 2, number[0], "hedges") for number in earlier):
        return
    outcomes = [value + sign * came[2] for _, _, value in there] + [sum(v for _, _, v in there) + sign * came[2]]
    outcomes += [sum(v for _, _, v in earlier) + sign * came[2]]
    if not there or any(abs(value - total[2]) <= total[2] * _ROUNDING for value in outcomes):
        return
    yield context.finding(
        total[0],
        total[1],
        {
            "total": str(total[2]),
            "parts": f"{there[-1][2]} {'+' if sign > 0 else '−'} {came[2]}",
            "sum": str(there[-1][2] + sign * came[2]),
        },
        related=[reading.span(*there[-1][:2]), reading.span(*came[:2])],
    )


def _beside(reading: Reading, first: int, last: int) -> bool:
    """Whether two counts of a list follow one another: joined by a comma or "and", with a few words between."""
    gap = reading.tokens[first:last]
    words = all(token.kind == "word" or token.norm in "،," for token in gap)
    joined = _joined(gap, reading) or (reading.lang == "ar" and words and reading.tokens[last].norm.startswith("و"))
    return joined and last - first <= _GAP + 1


def _numbers(reading: Reading, first: int, last: int, fewest: int = _FEWEST) -> Iterator[tuple[int, int, int]]:
    """Cardinal numbers from `fewest` on that are no part of a time: (first, last, value)."""
    at = first
    while at < last:
        number = numbers.read(reading.numbers, at) if at not in reading.time_at else None
        if number is not None and number.end <= last and not number.ordinal and number.value >= fewest and not number.high:
            yield at, number.end, number.value
        at = max(at + 1, number.end if number is not None else 0)


def _counts(reading: Reading, first: int, last: int) -> list[_Count]:
    tokens = reading.tokens
    dated = reading.time_at
    out = []
    for at in range(first, last):
        token = tokens[at]
        if token.kind != "number" or at in dated or not token.norm.isdigit():
            continue
        noun = tokens[at + 1].norm if at + 1 < last and tokens[at + 1].kind == "word" else ""
        out.append(_Count(int(token.norm), at, noun))
    return out


def _parts(reading: Reading, counts: list[_Count], index: int, last: int) -> tuple[list[_Count], bool] | None:
    """The parts that follow a total, and whether they are said to be all of it; None where it is no such list."""
    tokens, total, parts = reading.tokens, counts[index], counts[index + 1 : index + 1 + _MOST_PARTS]
    if not total.noun or total.value < 2:
        return None
    opener = _opener(reading, total.at + 2, parts[0].at)
    if not opener:
        return None
    taken = [parts[0]]
    for part in parts[1:]:
        gap = tokens[taken[-1].at + 1 : part.at]
        if not _joined(gap, reading) or len([t for t in gap if t.kind == "word"]) > _NOUN:
            break
        taken.append(part)
    if len(taken) < 2 or (len(taken) < len(parts) and parts[len(taken)].at - taken[-1].at < 12):
        return None
    stop = taken[-1].at + 1
    while stop < last and tokens[stop].kind == "word" and stop - taken[-1].at <= _NOUN:
        stop += 1
    if stop < last and tokens[stop].norm not in (".", ")", "\n", "؛", ";", "!"):
        return None
    if has(reading, max(0, total.at - 3), stop, "inexact"):
        return None
    if any(token.norm in ("%", "٪") for token in tokens[total.at : stop]):
        return None
    if len({part.value for part in taken}) == 1 and taken[0].value == total.value:
        return None
    fated = all(has(reading, part.at + 1, part.at + 4, "fates") for part in taken)
    if opener == "of_whom":
        return (taken, False) if fated else None
    same = len({part.noun for part in taken}) == 1 and taken[0].noun != total.noun
    return None if same else (taken, opener == ":")


def _opener(reading: Reading, first: int, stop: int) -> str:
    """How a total opens its parts: ":" (they are all), "(" or "of_whom"; "" for neither."""
    tokens = reading.tokens
    gap = tokens[first:stop]
    if len(gap) > _NOUN:
        return ""
    if gap and gap[-1].norm in (":", "("):
        return gap[-1].norm if all(token.kind == "word" for token in gap[:-1]) else ""
    table = phrases(reading, "of_whom")
    for at in range(first, stop):
        hit = table.at(tokens, at, stop) if tokens[at].kind == "word" else None
        if hit and hit.last == stop and all(token.kind == "word" or token.norm in "،," for token in tokens[first:at]):
            return "of_whom"
    return ""


def _joined(gap: tuple[Token, ...] | list[Token], reading: Reading) -> bool:
    """Whether only the counted noun, a comma and "and" stand between two parts."""
    if not any(token.norm in ("،", ",") or token.norm in reading.lexicon.joins for token in gap):
        return False
    return all(token.kind == "word" or token.norm in "،," for token in gap)
