"""Anniversaries whose number does not lead from the event to the date beside it: «6 أكتوبر 1981، في الذكرى العاشرة لحرب أكتوبر».

An ordinal with the word, behind them an event that the reference dates, and in the sentence one date or more, from none of which so
many years lead back to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import part_of
from ..chronology import moment as moments
from ..model import Finding, Moment
from ..reading import Clause, Reading, Time
from ..tag.numbers import read as read_number
from .arithmetic import spell
from .context import Context, cite
from .measures import plain
from .terms import Term, term_at
from .wordlists import denied, phrases, sentence_at, times_in, values

_YEARS = 1.4
"""Years by which an anniversary may be off: it may be kept a year early or late."""
_REACH = 3
"""Words behind the anniversary within which what it is kept of begins."""
_DAYS = 365.25


def check(context: Context) -> Iterator[Finding]:
    """Numbered anniversaries that the dates of their sentence refute."""
    reading = context.reading
    table = phrases(reading, "anniversary")
    for clause in reading.clauses_with(table):
        for hit in table.find(reading.tokens, clause.first, clause.last):
            number = _number(reading, hit.first, hit.last)
            if number is None or denied(reading, hit.first) or clause.kind not in ("paragraph", "item"):
                continue
            count, first, last = number
            term = _kept(context, clause, last)
            if term is None or term.loose or not term.facts:
                continue
            date = _date(reading, hit.first, term)
            if date is not None and not any(_leads(a, value, count) for a in term.moments() for value in _told(reading, date, term)):
                yield _found(context, term, date, first, count)


def _found(context: Context, term: Term, date: Time, first: int, count: int) -> Finding:
    reading, fact = context.reading, term.facts[0]
    low, high = moments.gap_days(term.moments()[0], values(date.mention)[0])
    return context.finding(
        first,
        term.last,
        {
            "event": fact.fact,
            "known": fact.when,
            "stated": count,
            "date": reading.text(date.first, date.last),
            "real": spell(context, low or 0, high or 0, "Y"),
        },
        cite(fact.fact, fact.aspect),
        related=[reading.span(date.first, date.last)],
    )


def _number(reading: Reading, first: int, last: int) -> tuple[int, int, int] | None:
    """The number of an anniversary, and where the two begin and end: «الذكرى السنوية العاشرة», "the tenth anniversary"."""
    if reading.lang == "ar":
        for at in range(last, min(last + 2, len(reading.tokens))):
            number = read_number(reading.numbers, at)
            if number is not None:
                return (number.value, first, number.end) if number.ordinal or number.article else None
        return None
    for at in range(max(0, first - 3), first):
        number = read_number(reading.numbers, at)
        if number is not None and number.end == first:
            return (number.value, at, last) if number.ordinal else None
    return None


def _kept(context: Context, clause: Clause, at: int) -> Term | None:
    """What an anniversary is kept of."""
    reading = context.reading
    light = reading.lexicon.prepositions | reading.lexicon.glue | {"of", "the"}
    for k in range(at, min(at + _REACH, clause.last)):
        term = term_at(context, clause, k)
        if term is not None:
            return term
        if reading.tokens[k].norm not in light:
            return None
    return None


def _date(reading: Reading, at: int, term: Term) -> Time | None:
    """The date of a sentence that stands nearest to the anniversary in it, outside what it is kept of."""
    dates = [t for t in times_in(reading, *sentence_at(reading, at)) if plain(t) and not term.first <= t.first < term.last]
    return min(dates, key=lambda t: abs(t.first - at), default=None)


def _told(reading: Reading, date: Time, term: Term) -> Iterator[Moment]:
    """All that the dates of the sentence may mean, but for that of the event behind it."""
    for time in times_in(reading, *sentence_at(reading, date.first)):
        if not term.first <= time.first < term.last:
            yield from values(time.mention)


def _leads(event: Moment, date: Moment, count: int) -> bool:
    """Whether so many years, more or less, lead from any day of an event to a date."""
    gaps = [moments.gap_days(part_of(event, edge), date) for edge in ("start", "end")]
    if any(low is None or high is None for low, high in gaps):
        return True
    low, high = min(low or 0 for low, _ in gaps), max(high or 0 for _, high in gaps)
    return low / _DAYS - _YEARS < count < high / _DAYS + _YEARS
