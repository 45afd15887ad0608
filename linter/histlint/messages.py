"""Findings to Diagnostics: positions of the file, and text in the reader's language from the rule's templates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .chronology.moment import describe
from .facts import Entity, Event, lifetime
from .model import Diagnostic, Document, Evidence, Finding, Moment
from .named_tuple import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from .reference import Reference

_FIELD = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_OPTIONAL = re.compile(r"\[\[(.*?)\]\]")


class Messages:
    """Renders findings of one text in one language."""

    def __init__(
        self, reference: Reference, rules: Mapping[str, Mapping[str, Any]], wording: Mapping[str, Any], lang: str
    ) -> None:
        self._reference = reference
        self._rules = rules
        self._report: Mapping[str, Any] = wording.get("report", {})
        self._facts: Mapping[str, Any] = wording.get("facts", {})
        self._and: str = str(self._facts.get("and", ", "))
        self._lang = lang

    def diagnose(self, finding: Finding, document: Document, level: str) -> Diagnostic:
        """The finding ready to print."""
        rule = self._rules.get(finding.rule) or {"message": {self._lang: self._report.get(finding.rule, "{error}")}}
        start = document.position(finding.span.start)
        end = document.position(finding.span.end, end=True)
        related = []
        for span in finding.related:
            a, b = document.position(span.start), document.position(span.end, end=True)
            related.append((a.line, a.column, b.line, b.column, document.text[span.start : span.end]))
        values = {"claim": document.text[finding.span.start : finding.span.end], **finding.values}
        suggestion = finding.suggestion
        template = rule.get("suggestion")
        if not suggestion and isinstance(template, Mapping):
            suggestion = self.fill(str(template.get(self._lang, "")), values)
        return Diagnostic(
            document.path,
            start.line,
            start.column,
            end.line,
            end.column,
            finding.rule,
            level,
            self.fill(self._message(rule["message"]), values),
            str(values["claim"]),
            tuple(self._evidence(item, values) for item in finding.evidence),
            tuple(related),
            suggestion,
            self._lang,
        )

    def _message(self, texts: Mapping[str, str]) -> str:
        """The template in the language asked for; a language that came with a user's wording has none in the shipped rules."""
        return str(texts.get(self._lang) or texts.get("en") or next(iter(texts.values()), ""))

    def fill(self, template: str, values: Mapping[str, object]) -> str:
        """`template` with its {fields}; a [[part]] whose fields are empty is left out."""
        template = _OPTIONAL.sub(lambda match: self._optional(match[1], values), template)
        return _FIELD.sub(lambda match: self._value(values.get(match[1], ""), match[2]), template)

    def _optional(self, part: str, values: Mapping[str, object]) -> str:
        fields = [self._value(values.get(field[0], ""), field[1]) for field in _FIELD.findall(part)]
        return part if all(fields) else ""

    def _value(self, value: object, attribute: str | None) -> str:
        if attribute and value:
            value = self._attribute(value, attribute)
        if isinstance(value, (Entity, Event)):
            return value.label(self._lang)
        if isinstance(value, Moment):
            return describe(value, self._lang)
        if isinstance(value, (tuple, list, frozenset)):
            items = sorted(value) if isinstance(value, frozenset) else value
            return self._join([self._value(item, None) for item in items])
        if value is None:
            return ""
        return str(value)

    def _attribute(self, value: object, attribute: str) -> object:
        if isinstance(value, Mapping):
            return value.get(self._lang, "")
        if attribute == "life" and isinstance(value, Entity):
            return lifetime(value.born, value.died) if value.born or value.died else ""
        got = getattr(value, attribute, "")
        if isinstance(got, str) and got:
            return self._name(got)
        if isinstance(got, tuple) and not isinstance(got, Moment):
            return tuple(self._name(item) for item in got if isinstance(item, str))
        return got

    def _name(self, fact: str) -> str:
        entry = self._reference.fact(fact)
        return entry.label(self._lang) if entry else fact

    def _join(self, items: Sequence[str]) -> str:
        if len(items) < 2:
            return "".join(items)
        comma = str(self._facts.get("comma", ", "))
        return comma.join(items[:-1]) + self._and + items[-1]

    def _evidence(self, item: Evidence, values: Mapping[str, object]) -> Evidence:
        if not item.fact:
            return item
        fact = self._reference.fact(item.fact)
        if fact is None:
            return item
        text = self.fill(str(self._facts.get(item.text, "{fact}")), {**values, **self._details(fact), "fact": fact})
        when = fact.when
        sources = tuple(self._reference.source(source) for source in fact.sources)
        return Evidence(text, describe(when, self._lang) if when else "", sources, fact.id)

    def _details(self, fact: Entity | Event) -> dict[str, object]:
        if isinstance(fact, Event):
            return {
                "sides": tuple(self._join([self._name(who.who) for who in side]) for side in fact.sides),
                "leaders": tuple(self._name(person) for group in fact.leaders for person in group),
                "won": tuple(self._name(who) for who in fact.won),
                "lost": tuple(self._name(who) for who in fact.lost),
                "places": tuple(self._name(place) for place in fact.where),
                "by_whom": tuple(self._name(who) for who in fact.by),
                "targets": tuple(self._name(what) for what in fact.target),
                "result_word": str((self._facts.get("results") or {}).get(fact.result, "")),
                "opposers": tuple(self._name(who) for who in fact.opposed_by),
                "supporters": tuple(self._name(who) for who in fact.supported_by),
                "absentees": tuple(self._name(who) for who in fact.absent),
            }
        offices: Mapping[str, str] = self._facts.get("offices") or {}
        roles = [
            self.fill(
                str(self._facts.get("role", "{office} {of} {when}")),
                {
                    "office": offices.get(role.office, role.office),
                    "of": self._name(role.of) if role.of else "",
                    "when": role.when,
                },
            )
            for role in fact.roles
        ]
        return {
            "born": fact.born,
            "died": fact.died,
            "born_in": self._name(fact.born_in) if fact.born_in else "",
            "died_in": self._name(fact.died_in) if fact.died_in else "",
            "exiles": tuple(self._name(place) for place in fact.exiled),
            "existed": fact.existed,
            "position": ", ".join(f"{degrees:g}°" for degrees in fact.at),
            "waters": tuple(self._name(water) for water in fact.on),
            "roles": tuple(roles),
        }
