"""Shows findings: the only place that formats. A report gets each file's findings in turn and gives text to write.

`make` gives the report of a format. `labels` hold the wording by language (rules/language/<lang>/report.yaml).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import Diagnostic, Document
from ..named_tuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

    Labels = Mapping[str, Mapping[str, Any]]
    Rules = Mapping[str, Mapping[str, Any]]

FORMATS = ("text", "json", "sarif", "github")


class Options(NamedTuple):
    """How a report looks. `lang` is the language of what belongs to no finding; `width` the characters of an excerpt,
    `columns` those of a line, 0 for any number."""

    colour: bool = False
    quiet: bool = False
    statistics: bool = False
    width: int = 100
    lang: str = ""
    columns: int = 0


class Run(NamedTuple):
    """What a report says at its end: how many files were read, and the messages about those that could not be."""

    files: int
    failures: Sequence[tuple[str, str]] = ()  # path and reason


class Report:
    """A way to show findings."""

    def add(self, document: Document, diagnostics: Sequence[Diagnostic]) -> str:
        """Takes the findings of one file, in order; gives what can be written at once."""
        raise NotImplementedError

    def finish(self, run: Run) -> str:
        """The rest of the report."""
        raise NotImplementedError


def make(format: str, labels: Labels, rules: Rules, options: Options) -> Report:
    """The report of a format of `FORMATS`."""
    if format == "text":
        from .text import TextReport

        return TextReport(labels, options)
    from . import machine

    if format == "github":
        return machine.GithubReport(labels)
    if format == "sarif":
        return machine.SarifReport(labels, rules)
    return machine.JsonReport(options)


def evidence_line(text: str, when: str) -> str:
    """A fact with its time, unless it names the time already."""
    return f"{text} ({when})" if when and when not in text else text
