"""The order that a sentence states against the dates that it gives, and a part of a time outside the whole.

Options: `of` is order or within.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..model import Finding
from ..reading import Reading, Time
from .context import Context
from .wordlists import denied, filling, has, members, sentence_at, stated, values, verbs_in


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    for one, other in zip(context.reading.times, context.reading.times[1:], strict=False):
        if context.options["of"] == "order":
            yield from _order(context, one, other)
        else:
            yield from _within(context, one, other)


_REACH = 8
"""Tokens that may name the event behind "before" or "after"."""


def _order(context: Context, one: Time, other: Time) -> Iterator[Finding]:
    """«سنة 1260 قبل سقوط بغداد سنة 1258»: a relation word directly behind the first date, an event, and its date."""
    reading = context.reading
    if not (_simple(one) and _simple(other)) or not 2 <= other.first - one.last <= _REACH + 3:
        return
    at = one.last
    while at < other.first and reading.tokens[at].norm in ("،", ",", ")"):
        at += 1
    if reading.tokens[at].norm.startswith(("و", "ف")) and reading.lang == "ar":
        return
    hit = reading.lexicon.relations.at(reading.tokens, at, other.first)
    if hit is None or hit.value not in ("before", "after") or hit.clitic:
        return
    if denied(reading, one.first) or denied(reading, at) or sentence_at(reading, one.first) != sentence_at(reading, other.first):
        return
    if not _names_event(reading, hit.last, other, str(hit.value)):
        return
    later = {apart(a, b, 1) for a in values(one.mention) for b in values(other.mention)}
    wrong = all(days < 0 for days in later) if hit.value == "before" else all(days > 0 for days in later)
    if not wrong:
        return
    yield context.finding(
        one.first,
        other.last,
        {
            "one": reading.text(one.first, one.last),
            "other": reading.text(other.first, other.last),
            "relation": reading.text(hit.first, hit.last),
        },
    )


def _simple(time: Time) -> bool:
    mention = time.mention
    if not stated(mention) or mention.type != "date" or mention.value is None:
        return False
    return (
        mention.relation in ("", "during")
        and mention.value.precision in ("year", "month", "day")
        and "part" not in dict(mention.parts)
    )


def _names_event(reading: Reading, first: int, other: Time, relation: str) -> bool:
    """Whether tokens `first` to the second date name one event, so that the date is its own."""
    tokens = reading.tokens
    gap = tokens[first : other.first]
    if not gap or len(gap) > _REACH or any(token.kind != "word" and token.norm not in "'(-" for token in gap):
        return False
    if any(token.kind == "number" for token in gap) or has(reading, first, other.first, "relative"):
        return False
    if any(token.norm in reading.lexicon.joins for token in gap):
        return False
    if reading.lang == "ar" and any(
        token.norm.startswith("و") and token.norm[1:] in reading.lexicon.prepositions for token in gap
    ):
        return False
    behind = tokens[other.last] if other.last < len(tokens) else None
    if relation == "before":
        # "before the treaty of 1903 expired": the year may only name what it stands behind
        if has(reading, first, other.first, "year_named"):
            return False
        if (
            behind is not None
            and behind.kind == "word"
            and reading.lang != "ar"
            and tokens[other.first - 1].norm not in members(reading, "dated_in")
        ):
            return False
        if (
            tokens[other.first - 1].norm in members(reading, "article")
            or sum(token.norm in members(reading, "of_it") for token in gap) > 1
        ):
            return False
        if any(
            hit.value.frame in ("begin", "end") for c in reading.clauses for hit in c.triggers if first <= hit.first < other.first
        ):
            return False
    return len(verbs_in(reading, first, other.first)) <= 1


def _within(context: Context, one: Time, other: Time) -> Iterator[Finding]:
    """«في سبتمبر 1942 بين 23 أكتوبر و11 نوفمبر 1942»: a month or year and, directly behind it, the days it is said to hold."""
    reading = context.reading
    if other.mention.type != "period" or not _simple(one) or not stated(other.mention):
        return
    if (
        one.mention.value is None
        or one.mention.value.precision not in ("year", "month")
        or one.mention.value.calendar == "islamic"
    ):
        return
    whole, part = one.mention.value, other.mention.value
    if (
        part is None
        or part.precision not in ("day", "month")
        or part.calendar == "islamic"
        or other.mention.relation not in ("", "since")
    ):
        return
    if part.precision == whole.precision or denied(reading, one.first):
        return
    between = filling(reading, one.last, other.first, ("between", "namely", "from"), "(")
    if between is None or not between or len(between) > 2 or between.count("(") > 1:
        return
    if not all(apart(a, b, 1) for a in values(one.mention) for b in values(other.mention)):
        return
    yield context.finding(
        one.first, other.last, {"whole": reading.text(one.first, one.last), "part": reading.text(other.first, other.last)}
    )
