"""Order of events: what is said to be before, after, during or at something else, against when both were.

Each statement is an edge between two facts whose times the reference knows; a statement is refuted where no choice of days
within both makes it true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..bind import apart, date_of, part_of
from ..lexicon import Hit
from ..model import Finding, Moment
from ..reading import Clause, Predication, Reading
from .context import Context, cite
from .deeds import Known, known

_NEAR = 3
"""Words between a relation word and what it relates to."""


_STATES = frozenset({"state", "empire", "dynasty", "organisation"})


class _Term:
    """One side of a statement: where it stands and what it may be."""

    def __init__(self, first: int, last: int, facts: Sequence[Known], edge: str = "whole", deed: bool = False) -> None:
        self.first, self.last, self.facts, self.edge, self.deed = first, last, facts, edge, deed

    def moments(self) -> list[Moment]:
        return [part_of(item.when, self.edge) for item in self.facts]


def check(context: Context) -> Iterator[Finding]:
    """Statements of order that the reference refutes."""
    for clause in context.reading.clauses:
        for relation in clause.relations:
            terms = _landmarks(context, clause, relation)
            if not terms or not _asserted(context.reading, clause, relation):
                continue
            if relation.value == "at":
                yield from _together(context, terms)
                if terms[0].edge == "whole" and not terms[0].deed:
                    continue  # "at the battle of …" is a place
            landmark = terms[0]
            if relation.value in ("since", "until"):
                continue
            for term in _mains(context, clause, terms, relation):
                if _refuted(relation.value, term, landmark):
                    yield _report(context, relation, term, landmark)
                    break


def _asserted(reading: Reading, clause: Clause, relation: Hit) -> bool:
    if clause.kind in ("heading", "quote", "caption") or reading.in_quotation(relation.first):
        return False
    return not any(doubt.value in ("hearsay", "counterfactual", "question") for doubt in clause.doubts)


def _landmarks(context: Context, clause: Clause, relation: Hit) -> list[_Term]:
    """What stands behind the relation word; with "at", also what is joined to it by "and"."""
    out: list[_Term] = []
    at = relation.last
    while True:
        term = _term_at(context, clause, at)
        if term is None or term.last <= at:
            break
        out.append(term)
        if relation.value != "at" or term.last >= clause.last or not _joined(context.reading, term.last):
            break
        at = term.last
    return out


def _joined(reading: Reading, index: int) -> bool:
    norm = reading.tokens[index].norm
    return norm == "and" or (norm.startswith("و") and len(norm) > 2)


def _term_at(context: Context, clause: Clause, at: int) -> _Term | None:
    reading = context.reading
    edge = "whole"
    first = at
    for hit in clause.triggers:
        if at <= hit.first <= at + 1 and hit.value.frame in ("begin", "end"):
            edge = "start" if hit.value.frame == "begin" else "end"
            at = hit.last
            break
    for mention in clause.mentions:
        if at <= mention.first <= at + 1 and mention.has("event"):
            facts = [Known(e.when, e) for e in context.events(mention) if e.when]
            return _Term(first, mention.last, facts, edge) if facts and len(facts) == len(mention.ids()) else None
    if edge != "whole":
        return None
    for predication in reading.said.get(clause.index, ()):
        if at <= predication.first <= at + 1 and predication.asserted:
            named = [
                m
                for role, m in predication.others
                if m.has("event")
                and role not in ("من", "from")
                and 0 <= m.first - predication.last <= 5
                and not _deed_between(clause, predication, m.first)
            ]
            facts = [Known(e.when, e) for m in named[:1] for e in context.events(m) if e.when] or known(context, predication)
            if not facts:
                return None
            end = max(
                [
                    predication.last,
                    *(m.last for m in (*predication.agents, *predication.patients) if m.first >= predication.first),
                ]
            )
            end = max([end, *(m.last for _, m in predication.others if m.has("event") and m.first <= end + 4)])
            while end < clause.last and reading.tokens[end].norm in reading.lexicon.pronoun_phrases:
                end += 1
            return _Term(first, end, facts, deed=True)
    return None


def _deed_between(clause: Clause, predication: Predication, last: int) -> bool:
    return any(predication.last <= hit.first < last for hit in clause.triggers)


def _mains(context: Context, clause: Clause, terms: Sequence[_Term], relation: Hit) -> Iterator[_Term]:
    """What the clause states to have been then: its deeds and the events that it says happened."""
    reading = context.reading
    start, stop = relation.first, terms[-1].last
    fronted = relation.first - clause.first <= 2
    clauses = [clause]
    if fronted and clause.index + 1 < len(reading.clauses) and not _has_main(reading, clause, stop):
        following = reading.clauses[clause.index + 1]
        if following.sentence == clause.sentence:
            clauses.append(following)
    for each in clauses:
        for predication in _own(reading, each, start, stop):
            facts = known(context, predication)
            if facts:
                ends = [m.last for m in (*predication.agents, *predication.patients) if m.first >= predication.first]
                ends += [m.last for _, m in predication.others if m.has("event")]
                yield _Term(predication.first, max([predication.last, *ends]), facts)
        yield from _states(context, each, start, stop)
        for hit in each.triggers:
            if hit.value.frame not in ("begin", "end", "happen") or start <= hit.first < stop or hit.value.form == "noun":
                continue
            for mention in each.mentions:
                if (
                    mention.has("event")
                    and reading.lang != "ar"
                    and 0 <= hit.first - mention.last <= 2
                    and not start <= mention.first < stop
                ):
                    facts = [Known(e.when, e) for e in context.events(mention) if e.when]
                    edge = {"begin": "start", "end": "end"}.get(hit.value.frame, "whole")
                    if facts and len(facts) == len(mention.ids()):
                        yield _Term(mention.first, hit.last, facts, edge)
                    continue
                between = reading.tokens[hit.last : mention.first] if mention.first >= hit.last else ()
                if (
                    mention.has("event")
                    and mention.first >= hit.last
                    and len(between) <= 1
                    and not any(t.kind == "mark" for t in between)
                ):
                    facts = [Known(e.when, e) for e in context.events(mention) if e.when]
                    edge = {"begin": "start", "end": "end"}.get(hit.value.frame, "whole")
                    if facts and len(facts) == len(mention.ids()):
                        yield _Term(hit.first, mention.last, facts, edge)


def _states(context: Context, clause: Clause, start: int, stop: int) -> Iterator[_Term]:
    """«أُعلن قيام الجمهورية»: beginnings and ends of states."""
    for hit in clause.triggers:
        if hit.value.frame not in ("begin", "found", "dissolve") or start <= hit.first < stop:
            continue
        for mention in clause.mentions:
            if mention.has("polity") and mention.how == "name" and 0 <= mention.first - hit.last <= 1:
                states = [
                    e for fact in mention.ids("polity") if (e := context.entity(fact)) and e.existed and e.subkind in _STATES
                ]
                facts = [Known(e.existed, e, "existed") for e in states if e.existed]
                if facts and len(facts) == len(mention.ids()):
                    yield _Term(hit.first, mention.last, facts, "end" if hit.value.frame == "dissolve" else "start")


def _own(reading: Reading, clause: Clause, start: int, stop: int) -> list[Predication]:
    return [
        p
        for p in reading.said.get(clause.index, ())
        if p.asserted and p.form != "noun" and not start <= p.first < stop and not p.carried
    ]


def _has_main(reading: Reading, clause: Clause, stop: int) -> bool:
    return any(hit.first >= stop and hit.value.form != "noun" for hit in clause.triggers)


def _together(context: Context, terms: Sequence[_Term]) -> Iterator[Finding]:
    """«عند قيام الحرب وهزيمة …»: two things that are put at one moment and lie apart."""
    for one, other in pairwise(terms):
        pairs = [(a, b) for a in one.moments() for b in other.moments()]
        if pairs and all(abs(apart(a, b)) > 200 for a, b in pairs):
            yield _statement(context, one, other, one.first, other.last, "at")


def _refuted(relation: str, term: _Term, landmark: _Term) -> bool:
    pairs = [(a, b) for a in term.moments() for b in landmark.moments()]
    return bool(pairs) and all(_impossible(relation, a, b) for a, b in pairs)


def _impossible(relation: str, main: Moment, landmark: Moment) -> bool:
    gap = apart(landmark, main, 3)
    if relation == "after":
        return gap < 0
    if relation == "before":
        return gap > 0
    if relation in ("at", "during", "within"):
        return abs(gap) > (300 if relation == "at" else 3)
    return False


def _report(context: Context, relation: Hit, term: _Term, landmark: _Term) -> Finding:
    first = min(relation.first, term.first)
    last = max(term.last, landmark.last)
    return _statement(context, term, landmark, first, last, str(relation.value))


def _statement(context: Context, one: _Term, other: _Term, first: int, last: int, relation: str) -> Finding:
    reading = context.reading
    words = reading.lexicon.wording.get("relations", {})
    a, b = one.facts[0], other.facts[0]
    return context.finding(
        first,
        last,
        {
            "one": _words(reading, one),
            "one_when": part_of(a.when, one.edge),
            "other": _words(reading, other),
            "other_when": part_of(b.when, other.edge),
            "relation": words.get(relation, relation),
        },
        cite(a.fact, a.aspect),
        cite(b.fact, b.aspect),
    )


def _words(reading: Reading, term: _Term) -> str:
    """The words of a term without the conjunction that hangs on the first."""
    text = reading.text(term.first, term.last)
    joined = any(hit.first == term.first and hit.clitic in ("و", "ف") for clause in reading.clauses for hit in clause.triggers)
    return text[1:] if joined else text


__all__ = ["check", "date_of"]
