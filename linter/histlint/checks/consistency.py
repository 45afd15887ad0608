"""A text against itself: one event dated twice, a number against the list behind it.

Options: `of` is dates or list.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import Dated, apart, date_of, slack_for, subjects, turned
from ..model import Finding
from ..reading import Clause, Reading
from .context import Context

_MOST = 12


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    if context.options["of"] == "dates":
        yield from _dates(context)
    else:
        for clause in context.reading.clauses:
            yield from _list(context, clause)


def _dates(context: Context) -> Iterator[Finding]:
    """The second of two dates that cannot both be right."""
    seen: dict[tuple[str, str], list[tuple[Dated, int]]] = {}
    for key, dated, clause in _dated(context):
        for before, where in seen.get(key, []):
            if _differ(before, dated):
                fact = context.reference.fact(key[0])
                reading = context.reading
                yield context.finding(
                    dated.time.first,
                    dated.time.last,
                    {"fact": fact, "one": reading.text(before.time.first, before.time.last), "other": reading.text(dated.time.first, dated.time.last)},
                    related=[reading.span(before.time.first, before.time.last)],
                )
                break
            del where
        seen.setdefault(key, []).append((dated, clause.index))


def _dated(context: Context) -> Iterator[tuple[tuple[str, str], Dated, Clause]]:
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind == "quote":
            continue
        for mention in clause.mentions:
            events = context.events(mention)
            if len(events) != 1 or mention.how == "anaphor":
                continue
            dated = date_of(reading, clause, mention.first, mention.last)
            if dated and (dated.close or (not turned(reading, mention.first) and reading.asserted(clause, mention.first))):
                yield (events[0].id, dated.part), dated, clause
        for predication in reading.predications:
            if predication.clause == clause.index and predication.frame in ("die", "born") and predication.asserted and not predication.carried:
                who = [m for m in subjects(predication) if m.has("person")]
                people = context.people(who[0]) if len(who) == 1 else []
                last = max([predication.last, *(m.last for m in who if m.first >= predication.first)])
                dated = date_of(reading, clause, predication.first, last)
                if dated and len(people) == 1:
                    yield (people[0].id, predication.frame), dated, clause


def _differ(one: Dated, other: Dated) -> bool:
    a, b = one.time.mention, other.time.mention
    if a.relation or b.relation or a.type != "date" or b.type != "date":
        return False
    if "narrative" in (a.anchor, b.anchor) and not _day_and_month(a.parts, b.parts):
        return False
    for x in (a.value, *a.readings):
        for y in (b.value, *b.readings):
            if x is None or y is None or not apart(x, y, max(slack_for(x, y), slack_for(y, x))):
                return False
    return True


def _day_and_month(one: tuple[tuple[str, str], ...], other: tuple[tuple[str, str], ...]) -> bool:
    a, b = dict(one), dict(other)
    return "day" in a and "day" in b and "month" in a and "month" in b and "part" not in a and "part" not in b


def _list(context: Context, clause: Clause) -> Iterator[Finding]:
    """«ثلاثة من الحكام هم فلان وفلان وفلان وفلان»: a number, a word that opens a list, and another number of items."""
    from ..tag import numbers
    from ..tag.timewords import Reader, table_for

    reading = context.reading
    tokens = reading.tokens
    openers = [i for i in range(clause.first, clause.last) if tokens[i].norm in reading.lexicon.list_openers]
    if not openers:
        return
    reader = Reader(tokens, reading.document.text, table_for(reading.lexicon.wording["time"]))
    start = reading.sentences[clause.sentence][0]
    for opener in openers[:1]:
        stated = None
        for index in range(max(start, opener - 9), opener):
            number = numbers.read(reader, index)
            if number and not number.ordinal and 2 <= number.value <= _MOST and number.end <= opener and not any(t.first <= index < t.last for t in reading.times):
                stated = (number.value, index)
        items = _items(reading, opener + 1, reading.sentences[clause.sentence][1])
        if stated is None or items is None or items[0] < 2 or items[0] == stated[0]:
            continue
        yield context.finding(stated[1], items[1], {"stated": stated[0], "counted": items[0]})


def _items(reading: Reading, first: int, stop: int) -> tuple[int, int] | None:
    """Number of joined names from token `first`, and the token behind the last; None where it is no plain list of names."""
    count, at = 0, first
    names = [m for m in reading.mentions if first <= m.first < stop and m.has("person", "polity", "place", "event")]
    for mention in names:
        gap = reading.tokens[at : mention.first]
        if count and not (any(t.norm in (",", "،", "and") for t in gap) or reading.tokens[mention.first].norm.startswith("و")):
            if mention.first - at <= 2:
                at = mention.last  # "Leopold Duke of Austria": a name within an item
                continue
            return None
        if len(gap) > 3:
            return None
        count += 1
        at = mention.last
    rest = [token for token in reading.tokens[at:stop] if token.kind == "word"]
    return (count, at) if count and len(rest) <= 2 else None
