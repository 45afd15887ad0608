"""Every claim of a text with its verdict: supported, refuted or unknown (the terms of the FEVER task), and why."""

from __future__ import annotations

from collections.abc import Iterator

from .bind import apart, conflict, date_of, turned
from .checks.context import Context
from .checks.deeds import known
from .model import Document, Evidence, Span
from .named_tuple import TYPE_CHECKING, NamedTuple
from .reading import Predication, Reading

if TYPE_CHECKING:
    from .facts import Fact
    from .pipeline import Linter

SUPPORTED, REFUTED, UNKNOWN = "supported", "refuted", "unknown"


class ClaimRow(NamedTuple):
    """One claim: where it stands, what kind it is, its words, the verdict, and the reason in the message language."""

    line: int
    column: int
    end_line: int
    end_column: int
    kind: str
    text: str
    verdict: str
    why: str
    evidence: tuple[Evidence, ...]


def claims(linter: Linter, document: Document) -> list[ClaimRow]:
    """All claims that were understood, in order of place; a refuted one is shown as its finding."""
    reading = linter.read(document)
    lang = linter.settings.lang or document.lang
    words = linter.reference.wording(lang).get("claims", {})
    rows = [
        ClaimRow(d.line, d.column, d.end_line, d.end_column, d.rule, d.claim, REFUTED, d.message, d.evidence)
        for d in linter.check(document)
        if not d.rule.startswith("text/")
    ]
    taken = [(row.line, row.column, row.end_column) for row in rows]
    context = Context(reading, linter.reference, "", {}, {})
    for kind, span, verdict, why, facts in (*_dated(context), *_stated(context)):
        start, end = document.position(span.start), document.position(span.end, end=True)
        if any(line == start.line and column < end.column and start.column < stop for line, column, stop in taken):
            continue
        evidence = tuple(_evidence(fact, lang, linter) for fact in facts)
        text = document.text[span.start : span.end]
        rows.append(
            ClaimRow(start.line, start.column, end.line, end.column, kind, text, verdict, str(words.get(why, why)), evidence)
        )
    return sorted(rows)


def _evidence(fact: Fact, lang: str, linter: Linter) -> Evidence:
    from .chronology.moment import describe

    return Evidence(
        fact.label(lang),
        describe(fact.when, lang) if fact.when else "",
        tuple(linter.reference.source(s) for s in fact.sources),
        fact.id,
    )


_Row = tuple[str, Span, str, str, list["Fact"]]


def _dated(context: Context) -> Iterator[_Row]:
    """Named events that the text dates."""
    reading = context.reading
    for clause in reading.clauses:
        for mention in clause.mentions:
            events = context.events(mention)
            dated = date_of(reading, clause, mention.first, mention.last) if events else None
            if dated is None or turned(reading, mention.first):
                continue
            span = reading.span(min(mention.first, dated.time.first), max(mention.last, dated.time.last))
            fits = [e for e in events if e.when and not conflict(dated.time.mention, e.when, dated.part)]
            if not reading.asserted(clause, mention.first) and clause.kind != "heading":
                yield "dated", span, UNKNOWN, "not-asserted", []
            elif fits:
                yield "dated", span, SUPPORTED, "meets", list(fits)
            else:
                yield "dated", span, UNKNOWN, "not-sure", []


def _stated(context: Context) -> Iterator[_Row]:
    """Deeds that clauses state."""
    reading = context.reading
    for predication in reading.predications:
        if not predication.agents and not predication.patients:
            continue
        span = _extent(reading, predication)
        if not predication.asserted:
            yield predication.frame, span, UNKNOWN, "not-asserted", []
            continue
        facts = known(context, predication)
        if not facts:
            yield predication.frame, span, UNKNOWN, "no-fact", []
            continue
        clause = reading.clauses[predication.clause]
        dated = date_of(reading, clause, predication.first, predication.last)
        value = dated.time.mention.value if dated else None
        if value is None:
            yield predication.frame, span, UNKNOWN, "no-time", [facts[0].fact]
        else:
            fits = [item for item in facts if not apart(item.when, value, 2)]
            yield (
                predication.frame,
                span,
                SUPPORTED if fits else UNKNOWN,
                "meets" if fits else "not-sure",
                [f.fact for f in fits or facts][:1],
            )


def _extent(reading: Reading, predication: Predication) -> Span:
    first, last = predication.first, predication.last
    for mention in (*predication.agents, *predication.patients):
        if abs(mention.first - first) < 15:
            first, last = min(first, mention.first), max(last, mention.last)
    return reading.span(first, last)
