"""People who act after what came after their death: «وبعد أن دخل الموحدون مراكش …، أعلن ابن تومرت أنه المهدي».

The sentence puts the deed behind an event; the reference knows when both the event and the man's life ended. The parts of the
sentence are those of `joints`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart
from ..facts import Entity
from ..model import Finding
from ..reading import Clause, Predication
from ..tag.entities import Mention
from .context import Context, cite
from .joints import joints
from .lifetime import PERSONAL
from .narrative import lives_on
from .terms import Term
from .told_parts import told

_MARGIN = 60
"""Days by which somebody must have been dead when the event began."""
_NAMESAKE = 100 * 366
"""Days beyond which a namesake is likelier."""


def check(context: Context) -> Iterator[Finding]:
    """Deeds that a sentence puts behind an event which the doer did not live to see."""
    reading = context.reading
    for number, (start, stop) in enumerate(reading.sentences):
        clauses = reading.clauses_in(number)
        if not clauses or clauses[0].kind not in ("paragraph", "item") or reading.in_quotation(start):
            continue
        for _, behind, main, hung in joints(reading, clauses, start, stop):
            if hung is not None:
                continue
            landmarks = [term for term in told(context, clauses, *behind, landmark=True) if not term.loose]
            found = next(_dead(context, clauses, main, landmarks), None) if landmarks else None
            if found is not None:
                yield found
                break


def _dead(context: Context, clauses: Sequence[Clause], main: tuple[int, int], landmarks: Sequence[Term]) -> Iterator[Finding]:
    for clause in clauses:
        for predication in context.reading.said.get(clause.index, ()):
            if not main[0] <= predication.first < main[1] or not _acts(context, clause, predication):
                continue
            for mention in predication.agents[:1]:
                entry = _one(context, mention)
                if entry is not None and all(_outlived(entry, term) for term in landmarks):
                    yield _finding(context, mention, entry, landmarks[0])


def _acts(context: Context, clause: Clause, predication: Predication) -> bool:
    """Whether a deed is told of its subject itself, and of this story."""
    if predication.frame not in PERSONAL or predication.form == "noun" or predication.carried or not predication.asserted:
        return False
    return not lives_on(context.reading, predication) and not context.reading.looks_back(clause.first, clause.last)


def _one(context: Context, mention: Mention) -> Entity | None:
    """The person who is meant, where it can be but one."""
    ids = mention.ids("person")
    return context.entity(ids[0]) if len(ids) == len(mention.ids()) == 1 and mention.how in ("name", "short") else None


def _outlived(entry: Entity, term: Term) -> bool:
    if entry.died is None or term.written is not None:
        return False
    gaps = [apart(entry.died, when, _MARGIN) for when in term.moments()]
    return bool(gaps) and all(0 < gap < _NAMESAKE for gap in gaps)


def _finding(context: Context, mention: Mention, entry: Entity, landmark: Term) -> Finding:
    return context.finding(
        mention.first,
        mention.last,
        {
            "who": entry,
            "died": entry.died,
            "event": context.reading.text(landmark.first, landmark.last),
            "when": landmark.moments()[0],
        },
        cite(entry, "life"),
        cite(landmark.facts[0].fact, landmark.facts[0].aspect),
    )
