"""The time that the front of a sentence sets for what follows: «في عام 1945 …», «وخلال ثلاثة أشهر من نهاية الحرب …».

It holds for the clauses joined to it until another time comes. Used by checks that need a time for a deed without one, and as
a check of its own: a deed or event known to lie outside the frame.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, part_of
from ..model import Finding, Moment
from ..named_tuple import NamedTuple
from ..reading import Clause, Predication
from .context import Context, cite
from .deeds import known
from .fights import Known

_ONWARD = 400
"""Days behind the frame in which a story may have gone on from it."""
_SLACK = 45
"""Days outside the frame that are still let pass."""


class Frame(NamedTuple):
    """A time set at tokens `first` to `last`; `wide` where it is a span of months around another event."""

    when: Moment
    first: int
    last: int


def frame_of(context: Context, clause: Clause) -> Frame | None:
    """The frame that holds in a clause without a time of its own."""
    reading = context.reading
    found: Frame | None = None
    start = clause.index
    while start and reading.clauses[start - 1].sentence == clause.sentence:
        start -= 1
    for other in reading.clauses[start : clause.index + 1]:
        front = _front(context, other)
        if front is not None:
            found = front
        elif any(time.mention.type in ("date", "period") and time.mention.value for time in other.times):
            found = None
    return found


def _front(context: Context, clause: Clause) -> Frame | None:
    """The frame that a clause itself begins with."""
    reading = context.reading
    for relation in clause.relations:
        if relation.value in ("during", "within") and relation.first - clause.first <= 1:
            for time in clause.times:
                days = time.mention.days
                if days is not None and time.first - relation.last <= 1 and time.mention.type == "duration":
                    return _around(context, clause, relation.first, time.last, days[1])
    for time in clause.times:
        value = time.mention.value
        if (
            time.mention.type == "date"
            and value
            and time.first - clause.first <= 3
            and time.mention.relation in ("", "during")
            and clause.first == reading.sentences[clause.sentence][0]
        ):
            return Frame(value, time.first, time.last)
    return None


def _around(context: Context, clause: Clause, first: int, at: int, days: int) -> Frame | None:
    """From an event to so many days after it."""
    for mention in clause.mentions:
        if not mention.has("event") or not 0 <= mention.first - at <= 4:
            continue
        edge = "whole"
        for hit in clause.triggers:
            if at <= hit.first < mention.first and hit.value.frame in ("begin", "end"):
                edge = "start" if hit.value.frame == "begin" else "end"
        for event in context.events(mention):
            if event.when:
                when = part_of(event.when, edge)
                if when.start_lo is not None and when.end_hi is not None:
                    low, high = when.start_lo, when.end_hi + days
                    return Frame(Moment(low, high, low, high, "day"), first, mention.last)
    return None


def check(context: Context) -> Iterator[Finding]:
    """Deeds in clauses joined by "and" to a frame in which they did not happen."""
    reading = context.reading
    for predication in reading.predications:
        clause = reading.clauses[predication.clause]
        if not predication.asserted or any(t.mention.value for t in clause.times) or not _joined(context, clause, predication):
            continue
        if predication.frame in ("enter", "exit") and not any(clause.first <= m.first < clause.last for m in predication.agents):
            continue  # «وانضم إليها الجنود»
        if any(hit.value in ("after", "before") for hit in clause.relations):
            continue  # «وبُني السد بعد ذلك»
        governed = reading.tokens[predication.first - 1].norm in reading.lexicon.prepositions
        if predication.form == "noun" and (predication.first - clause.first > 1 or governed):
            continue  # «وساعده شركاؤه بقتل المتوكل»
        start = reading.sentences[clause.sentence][0]
        if predication.carried and any(m.first < start for m in (*predication.agents, *predication.patients)):
            continue  # somebody else may have come between: «فصدمت جندياً … وتوفي هناك»
        frame = frame_of(context, clause)
        if frame is None or frame.last > predication.first:
            continue
        if _of_then(context, predication, frame):
            continue
        facts = known(context, predication)
        if not facts or not all(_outside(item, frame) for item in facts):
            continue
        facts = sorted(facts, key=lambda item: abs(apart(item.when, frame.when)))
        places = [m for _, m in predication.others if m.has("place")] if predication.frame == "sign" else []
        last = max([predication.last, *(m.last for m in (*predication.patients, *places) if m.first >= predication.first)])
        yield context.finding(
            predication.first,
            last,
            {"event": facts[0].fact, "known": facts[0].when, "frame": reading.text(frame.first, frame.last)},
            *[cite(item.fact, item.aspect) for item in facts[:2]],
            related=[reading.span(frame.first, frame.last)],
        )


def _of_then(context: Context, predication: Predication, frame: Frame) -> bool:
    """Whether something brief that the doer had a part in happened within a frame: it may be what the clause speaks of."""
    doers = {fact for m in predication.agents for fact in m.ids("polity", "person")}
    events = (context.event(fact) for doer in sorted(doers) for fact in context.reference.events_with(doer) if predication.frame in _PEACES)
    return any(e is not None and e.type in ("treaty", "armistice") and e.when is not None and not apart(e.when, frame.when) for e in events)


_PEACES = frozenset({"peace", "sign", "end"})


def _joined(context: Context, clause: Clause, predication: Predication) -> bool:
    """Whether the clause goes on with "and" + past verb, and does not look back («وكان قد …»)."""
    reading = context.reading
    token = reading.tokens[clause.first]
    if clause.first == reading.sentences[clause.sentence][0] or not token.norm.startswith("و"):
        return False
    return not any(reading.tokens[k].norm in reading.lexicon.pluperfect for k in range(clause.first, predication.first))


def _outside(item: Known, frame: Frame) -> bool:
    gap = apart(frame.when, item.when, _SLACK)  # positive: the deed came later
    return -366 * 12 < gap < 0 or _ONWARD < gap < 366 * 12
