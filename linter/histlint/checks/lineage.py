"""Who followed whom in an office: «خلفه», "succeeded by", "took the throne after the death of …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import subjects
from ..facts import Entity, Role
from ..model import Finding
from ..reading import Predication
from ..tag.entities import Mention
from .context import RULING, Context, cite, reigns


def check(context: Context) -> Iterator[Finding]:
    """Successions that the reference refutes."""
    reading = context.reading
    for predication in reading.predications:
        if not predication.asserted:
            continue
        if predication.frame == "succeed":
            pair = _pair(context, predication)
            if pair:
                yield from _compare(context, predication, *pair)
        elif predication.frame == "accede":
            before = _after_death_of(context, predication)
            after = [m for m in subjects(predication) if m.has("person")]
            if before and len(after) == 1:
                yield from _compare(context, predication, before, after[0])


def _pair(context: Context, predication: Predication) -> tuple[Mention, Mention] | None:
    """Predecessor and successor of a "succeed" clause."""
    reading = context.reading
    agents = [m for m in predication.agents if m.has("person")]
    patients = [m for m in predication.patients if m.has("person")]
    hit = next(h for h in reading.clauses[predication.clause].triggers if h.first == predication.first)
    if predication.form == "passive":
        by = [m for role, m in predication.others if role == "by" and m.has("person")] or agents
        return (patients[0], by[0]) if patients and by and patients[0] != by[0] else None
    if hit.value.suffix:  # خلفه ابنه الأمين: the one followed is the last subject before the clause
        before = _last_subject(context, predication)
        own = [m for m in agents if m.first >= predication.first]
        return (before, own[0]) if before and own else None
    if agents and patients and not predication.carried:
        return patients[0], agents[0]
    return None


def _last_subject(context: Context, predication: Predication) -> Mention | None:
    reading = context.reading
    sentence = reading.clauses[predication.clause].sentence
    for other in reversed(reading.predications):
        if other.first >= predication.first or reading.clauses[other.clause].sentence != sentence:
            continue
        if other.form in ("verb", "passive"):
            who = [m for m in subjects(other) if m.has("person")]
            return who[0] if len(who) == 1 else None
    return None


def _after_death_of(context: Context, predication: Predication) -> Mention | None:
    """«تولى الخلافة بعد وفاة X»: X, where he was the ruler before and the word for it says so at once."""
    reading = context.reading
    clause = reading.clauses[predication.clause]
    for relation in clause.relations:
        if relation.value != "after":
            continue
        for other in reading.predications:
            if (
                other.clause == clause.index
                and other.frame in ("die", "unseat")
                and relation.last <= other.first <= relation.last + 1
            ):
                who = [m for m in (*other.patients, *other.agents) if m.has("person") and m.first >= other.last]
                return who[0] if len(who) == 1 else None
    return None


def _compare(context: Context, predication: Predication, before: Mention, after: Mention) -> Iterator[Finding]:
    earlier, later = context.people(before), context.people(after)
    if not earlier or not later:
        return
    verdicts = [_verdict(context, a, b) for a in earlier for b in later]
    if not all(verdicts):
        return
    real, role = verdicts[0]  # type: ignore[misc]
    start = context.reading.clauses[predication.clause].first
    first = min(m for m in (predication.first, after.first, before.first) if m >= start)
    last = max(
        predication.last,
        after.last if after.first >= predication.first else 0,
        before.last if before.first >= predication.first else 0,
    )
    yield context.finding(
        first,
        last,
        {"before": earlier[0], "after": later[0], "real": real, "role_when": role.when},
        cite(later[0], "roles"),
        cite(real, "roles"),
    )


def _verdict(context: Context, before: Entity, after: Entity) -> tuple[Entity, Role] | None:
    """The real predecessor and the role, where `before` certainly did not come directly before `after`."""
    for role in reigns(after, RULING):
        if not role.predecessor:
            continue
        if role.predecessor == before.id:
            return None
        if any(theirs.successor == after.id for theirs in before.roles):
            return None
    candidates: Sequence[Role] = [
        role for role in reigns(after, RULING) if role.predecessor and any(t.of == role.of for t in before.roles)
    ]
    for role in candidates:
        real = context.entity(role.predecessor)
        if real is not None:
            return real, role
    return None
