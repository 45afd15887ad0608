"""Numbers that the reference knows: how many caliphs a dynasty had, prisoners a battle, states an alliance.

The wording file `counts` says which words name a count; the number before them is compared with the fact that the
sentence is about. Rounding is allowed: a written number within the tolerance of the range is right.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, turned
from ..facts import Entity, Event
from ..model import Finding
from ..prepositions import named_in
from ..reading import Clause, Reading
from ..tag import numbers
from .context import Context, cite, related
from .deeds import context_events
from .wordlists import denied, has, phrases

TOLERANCE = 0.35
"""Share by which a stated large number may lie outside the range of the sources; small counts (below 60) must be exact."""

_MONEY = frozenset({"francs"})
_MILLIARD = 1_000_000_000
_FACTOR, _FEW_FACTOR, _MANY = 20, 6, 1000
"""Large and small numbers further off than this count something else; from where on a number is large."""


def check(context: Context) -> Iterator[Finding]:
    """Counts that the reference refutes."""
    for clause in context.reading.clauses:
        yield from _members(context, clause)
        yield from _votes(context, clause)
        for number, first, last, key in _counts(context, clause):
            if context.reading.asserted(clause, first):
                yield from _compare(context, clause, number, first, last, key)


def _members(context: Context, clause: Clause) -> Iterator[Finding]:
    """«أربع حروب بونية»: more of what a name means all of. Fewer may be some of them."""
    reading = context.reading
    for mention in clause.mentions:
        facts = [fact for name in mention.ids() if (fact := context.reference.fact(name)) is not None]
        if len(facts) != 1 or "members" not in facts[0].counts or mention.how == "anaphor":
            continue
        starts = range(max(clause.first, mention.first - 3), mention.first)
        found = next(((k, n) for k in starts if (n := numbers.read(reading.numbers, k)) and n.end == mention.first), None)
        most = facts[0].counts["members"][1]
        if found is None or found[1].ordinal or found[1].value <= most or found[0] in reading.time_at:
            continue
        if reading.asserted(clause, found[0]):
            values = {"fact": facts[0], "known": str(most), "number": found[1].value}
            yield context.finding(found[0], mention.last, values, cite(facts[0], "counts"))


_TOLD = ("votes", "against", "abstentions", "republics")


def _votes(context: Context, clause: Clause) -> Iterator[Finding]:
    """«بموافقة 33 دولة ومعارضة 23», "broke up into fifteen republics": numbers behind words for a count of what the sentence names."""
    reading = context.reading
    hits = phrases(reading, *_TOLD).find(reading.tokens, clause.first, clause.last)
    if not hits:
        return
    first, last = reading.sentences[clause.sentence]
    here = [m for m in reading.mentions if first <= m.first < last and m.how != "anaphor" and not turned(reading, m.first)]
    known = [fact for name in {name for m in here for name in m.ids()} if (fact := context.reference.fact(name))]
    for hit in hits:
        key = str(hit.value)
        facts = [fact for fact in known if key in fact.counts]
        number = numbers.read(reading.numbers, hit.last) if hit.last < last and hit.last not in reading.time_at else None
        if len(facts) != 1 or number is None or number.ordinal or denied(reading, hit.first):
            continue
        low, high = facts[0].counts[key]
        if low <= number.value <= high or (key == "republics" and not has(reading, number.end, number.end + 2, "lands")):
            continue
        values = {"fact": facts[0], "known": str(low), "number": number.value}
        yield context.finding(hit.first, number.end, values, cite(facts[0], "counts"))


def _counts(context: Context, clause: Clause) -> Iterator[tuple[int, int, int, str]]:
    """Numbers followed within two words by a word that names a count: (number, first, last, key)."""
    reading = context.reading
    tokens = reading.tokens
    reader = reading.numbers
    likely = reader.numbers(clause.first, clause.last)
    if not likely:
        return
    captured = any(p.frame == "capture" for p in reading.said.get(clause.index, ()))
    taken = {i for time in clause.times for i in range(time.first, time.last)}
    behind = clause.first
    for index in likely:
        if index < behind or index in taken:
            continue
        got = numbers.read(reader, index)
        if got is None or got.ordinal or got.end > clause.last:
            continue
        unit = numbers.read(reader, index - 1) if index > clause.first else None
        if unit is not None and unit.ordinal:
            continue  # «ثاني عشر خلفاء»
        if got.value == 1:
            index += 1  # «أحد خلفاء …» counts nobody
            continue
        value, last = got.value, got.end
        for at in range(last, min(last + 3, clause.last)):
            hit = reading.lexicon.counts.at(tokens, at, clause.last)
            if any(m.first <= at < m.last for m in clause.mentions):
                break  # "700,000 Japanese troops" are one side's
            if hit:
                key = "prisoners" if hit.value == "troops" and captured else str(hit.value)
                yield value, index, hit.last, key
                break
        behind = last


def _compare(context: Context, clause: Clause, number: int, first: int, last: int, key: str) -> Iterator[Finding]:
    founded = key == "states" and any(
        p.frame == "found" and _one_phrase(context.reading, *((p.last, first) if p.last <= first else (last, p.first)))
        for p in context.reading.said.get(clause.index, ())
    )
    for fact in _about(context, clause, first):
        bounds = fact.counts.get(key) or (fact.counts.get("founders") if founded else None)
        if bounds is None or _of_another_time(context.reading, clause, fact):
            continue
        if isinstance(fact, Event) and key in _LOSSES and _of_one_side(context, clause, fact):
            return
        low, high = bounds
        slack = 0.0 if high < 60 else TOLERANCE
        thousandth = low >= _MILLIARD and low <= number * 1000 <= high  # a million for a milliard
        if low * (1 - slack) <= number <= high * (1 + slack):
            return
        if key in _MONEY and not thousandth:
            return  # an instalment
        factor = _FACTOR if high >= _MANY else _FEW_FACTOR
        if not thousandth and not low / factor <= number <= high * factor:
            return
        yield context.finding(
            first,
            last,
            {"fact": fact, "known": f"{low:,}" if low == high else f"{low:,}–{high:,}", "number": number},
            cite(fact, "counts"),
        )
        return


_LOSSES = frozenset({"dead", "killed", "wounded", "casualties"})


def _of_one_side(context: Context, clause: Clause, event: Event) -> bool:
    """Whether a clause that does not name an event names one of those who fought in it: its losses are not those of all."""
    if any(event.id in m.ids() for m in clause.mentions):
        return False
    sides = {who.who for side in event.sides for who in side}
    return any(related(context, fact, who) for m in clause.mentions if m.has("polity") for fact in m.ids("polity") for who in sides)


def _one_phrase(reading: Reading, first: int, last: int) -> bool:
    """Whether nothing parts a verb from who did it."""
    return not any(reading.tokens[k].kind == "mark" or reading.tokens[k].norm in reading.lexicon.joins for k in range(first, last))


def _of_another_time(reading: Reading, clause: Clause, fact: Entity | Event) -> bool:
    """Whether all dates of the sentence and the one before are other than an event's: its name is another's, or the story has gone on."""
    start, stop = reading.sentences[max(0, clause.sentence - 1)][0], reading.sentences[clause.sentence][1]
    dates = [t.mention.value for t in reading.times_from(start, stop) if t.mention.type == "date" and t.mention.value is not None]
    when = fact.when if isinstance(fact, Event) else None
    return when is not None and bool(dates) and all(apart(when, value, _APART) for value in dates)


_APART = 400
"""Days between an event and a date that is not its own."""


def _about(context: Context, clause: Clause, before: int) -> Iterator[Entity | Event]:
    """What a number in the clause may be of: what the clause names, then the event and the topic that it belongs to."""
    seen = set()
    for mention in clause.mentions:
        for name in mention.ids():
            fact = context.reference.fact(name)
            if fact and name not in seen:
                seen.add(name)
                yield fact
    told = {m.ids("event"): m for m in named_in(context.reading, *context.reading.sentences[clause.sentence]) if m.has("event")}
    if told:  # another part of the sentence says which event it is
        yield from (event for mention in told.values() for event in context.events(mention) if len(told) == 1 and event.id not in seen)
        return
    if any(time.mention.anchor for time in clause.times):
        return  # "the next year": of which event it is, the text leaves to be reckoned
    yield from context_events(context, clause, before)
    last = next(
        (m for m in reversed(context.reading.mentions) if m.first < before and before - m.first < 60 and m.has("polity")), None
    )
    for name in last.ids("polity") if last else ():
        fact = context.reference.fact(name)
        if fact and name not in seen:
            yield fact
