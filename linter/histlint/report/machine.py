"""Findings for programs: JSON, SARIF 2.1.0, and the annotations of GitHub Actions."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from .. import __version__
from ..model import Diagnostic, Document, Evidence
from ..named_tuple import TYPE_CHECKING
from . import Options, Report, Run, evidence_line
from .bidi import clean

if TYPE_CHECKING:
    from typing import Any

    from . import Labels, Rules

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HOME = "https://github.com/histlint/histlint"
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")


def dump(data: object) -> str:
    """`data` as JSON that a terminal shows safely: what `clean` would escape is escaped the JSON way."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def finding(document: Document, item: Diagnostic) -> dict[str, Any]:
    """A finding as an object of JSON."""
    return {
        "path": item.path,
        "line": item.line,
        "column": item.column,
        "end_line": item.end_line,
        "end_column": item.end_column,
        "rule": item.rule,
        "level": item.level,
        "message": item.message,
        "claim": item.claim,
        "evidence": [evidence_object(document, evidence) for evidence in item.evidence],
        "related": [
            {"line": line, "column": column, "end_line": end_line, "end_column": end_column, "text": text}
            for line, column, end_line, end_column, text in item.related
        ],
        "suggestion": item.suggestion,
        "lang": item.lang,
    }


def evidence_object(document: Document, evidence: Evidence) -> dict[str, Any]:
    """A piece of evidence as an object of JSON; another place of the text has line and column instead of a fact."""
    result: dict[str, Any] = {
        "text": evidence.text,
        "when": evidence.when,
        "fact": evidence.fact,
        "sources": [{"id": source.id, "title": source.title, "url": source.url} for source in evidence.sources],
    }
    if evidence.span:
        start, end = document.position(evidence.span.start), document.position(evidence.span.end, end=True)
        result |= {"line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column}
    return result


class JsonReport(Report):
    """`--format json`: one object with `findings`, `errors` about files that could not be read, and a `summary`."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._findings: list[dict[str, Any]] = []

    def add(self, document: Document, diagnostics: Sequence[Diagnostic]) -> str:
        """Keeps the findings of one file."""
        self._findings += [finding(document, item) for item in diagnostics]
        return ""

    def finish(self, run: Run) -> str:
        """The whole report."""
        levels = Counter(item["level"] for item in self._findings)
        data: dict[str, Any] = {
            "version": __version__,
            "findings": self._findings,
            "errors": [{"path": path, "message": reason} for path, reason in run.failures],
            "summary": {"files": run.files, **{level: levels[level] for level in ("error", "warning", "info")}},
        }
        if self.options.statistics:
            data["statistics"] = dict(sorted(Counter(item["rule"] for item in self._findings).items()))
        return dump(data)


class GithubReport(Report):
    """`--format github`: one workflow command for each finding, which GitHub shows beside the line."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels

    def add(self, document: Document, diagnostics: Sequence[Diagnostic]) -> str:
        """The annotations of one file."""
        return "".join(self._annotation(item) for item in diagnostics)

    def finish(self, run: Run) -> str:
        """Annotations for the files that could not be read."""
        failed = [f"::error file={_property(path)},title=histlint::{_data(clean(reason))}\n" for path, reason in run.failures]
        return "".join(failed)

    def _annotation(self, item: Diagnostic) -> str:
        command = {"error": "error", "warning": "warning"}.get(item.level, "notice")
        place = f"file={_property(item.path)},line={item.line},endLine={item.end_line}"
        if item.line == item.end_line:  # GitHub refuses columns over several lines
            place += f",col={item.column},endColumn={item.end_column}"
        return f"::{command} {place},title={_property('histlint ' + item.rule)}::{_data(full_message(item, self.labels))}\n"


def full_message(item: Diagnostic, labels: Labels) -> str:
    """The message with the facts it rests on and the suggestion, one a line."""
    words, lines = labels[item.lang], [clean(item.message)]
    for evidence in item.evidence:
        sources = "; ".join(" ".join(filter(None, (source.title, source.url))) for source in evidence.sources)
        text = evidence_line(evidence.text, evidence.when)
        lines.append(clean(f"{words['fact']}: {text}" + (f" [{sources}]" if sources else "")))
    lines += [clean(f"{words['related']}: {line}:{column} «{text}»") for line, column, _, _, text in item.related]
    if item.suggestion:
        lines.append(clean(f"{words['suggestion']}: {item.suggestion}"))
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(clean(text)).replace(":", "%3A").replace(",", "%2C")


class SarifReport(Report):
    """`--format sarif`: one run with the metadata of the rules that found something."""

    def __init__(self, labels: Labels, rules: Rules) -> None:
        self.labels = labels
        self.rules = rules
        self._results: list[dict[str, Any]] = []
        self._used: dict[str, Diagnostic] = {}
        self._seen: Counter[str] = Counter()

    def add(self, document: Document, diagnostics: Sequence[Diagnostic]) -> str:
        """Keeps the results of one file."""
        for item in diagnostics:
            self._used.setdefault(item.rule, item)
            self._results.append(self._result(document, item))
        return ""

    def finish(self, run: Run) -> str:
        """The whole log."""
        ids = sorted(self._used)
        for result in self._results:
            result["ruleIndex"] = ids.index(result["ruleId"])
        notes = [{"level": "error", "message": {"text": reason}, "locations": [_location(path)]} for path, reason in run.failures]
        driver = {"name": "histlint", "version": __version__, "informationUri": HOME, "rules": [self._rule(rule) for rule in ids]}
        invocation: dict[str, Any] = {"executionSuccessful": not notes}
        if notes:
            invocation["toolExecutionNotifications"] = notes
        log = {
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {"driver": driver},
                    "invocations": [invocation],
                    "columnKind": "unicodeCodePoints",
                    "results": self._results,
                }
            ],
        }
        return dump(log)

    def _result(self, document: Document, item: Diagnostic) -> dict[str, Any]:
        from ..suppress import fingerprint

        mark = fingerprint(item, "")
        self._seen[mark] += 1
        region = _region(item.line, item.column, item.end_line, item.end_column)
        if item.line == item.end_line:
            region["snippet"] = {"text": document.line_text(item.line)[item.column - 1 : item.end_column - 1]}
        result: dict[str, Any] = {
            "ruleId": item.rule,
            "level": _level(item.level),
            "message": {"text": full_message(item, self.labels)},
            "locations": [_location(item.path, region)],
            "partialFingerprints": {"histlint/v1": f"{mark}:{self._seen[mark]}"},
            "properties": {
                "claim": item.claim,
                "evidence": [evidence_object(document, evidence) for evidence in item.evidence],
                "suggestion": item.suggestion,
            },
        }
        places = [(line, column, end_line, end, text) for line, column, end_line, end, text in item.related]
        for evidence in item.evidence:
            if evidence.span:
                start, stop = document.position(evidence.span.start), document.position(evidence.span.end, end=True)
                places.append((*start, *stop, evidence.text))
        if places:
            result["relatedLocations"] = [
                {"id": number, **_location(item.path, _region(line, column, end_line, end)), "message": {"text": text}}
                for number, (line, column, end_line, end, text) in enumerate(dict.fromkeys(places), 1)
            ]
        return result

    def _rule(self, rule: str) -> dict[str, Any]:
        """The metadata of a rule: what it says, why, its limits and its level."""
        content: Mapping[str, Any] = self.rules.get(rule, {})
        lang = self._used[rule].lang
        why = in_language(content.get("why"), lang)
        limits = in_language(content.get("limits"), lang)
        result: dict[str, Any] = {"id": rule, "name": "".join(part.capitalize() for part in re.split(r"\W+", rule))}
        if why:
            result["shortDescription"] = {"text": why.split("\n")[0]}
            result["fullDescription"] = {"text": why}
            result["help"] = {"text": f"{why}\n\n{limits}".strip()}
        result["defaultConfiguration"] = {"level": _level(str(content.get("level", self._used[rule].level)))}
        return result


def in_language(text: Any, lang: str) -> str:
    """A text of a rule that may be one for all languages or one for each."""
    if isinstance(text, Mapping):
        text = text.get(lang) or next(iter(text.values()), "")
    return str(text or "").strip()


def _level(level: str) -> str:
    return {"error": "error", "warning": "warning", "off": "none"}.get(level, "note")


def _location(path: str, region: dict[str, Any] | None = None) -> dict[str, Any]:
    from urllib.parse import quote

    uri = quote(path.replace("\\", "/").encode("utf-8", "surrogateescape"), safe="/~+,=@!$&'()*;")
    physical: dict[str, Any] = {"artifactLocation": {"uri": f"file://{uri}" if uri.startswith("/") else uri}}
    if region:
        physical["region"] = region
    return {"physicalLocation": physical}


def _region(line: int, column: int, end_line: int, end_column: int) -> dict[str, Any]:
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
