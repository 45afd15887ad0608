"""Findings for people: place, the line with the words in question marked, the message, the fact with its sources, a suggestion.

Nothing is drawn under a line: a caret cannot point at Arabic, which a terminal may show from the right or from the left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ..model import Diagnostic, Document
from ..named_tuple import TYPE_CHECKING
from . import Options, Report, Run, evidence_line
from .bidi import clean, isolate, line

if TYPE_CHECKING:
    from typing import Any

    from . import Labels

_STYLES = {"error": "31", "warning": "33", "info": "36", "dim": "2", "bold": "1"}
_EDGE = 15  # how far from the wished place a line may be cut, to cut between words
_HANG = 2  # by which further lines of a text are indented
_LEVELS = ("error", "warning", "info")


_SHOWN = 2
"""Sources of a fact that are shown; a long list hides the finding."""


class TextReport(Report):
    """The report of `--format text`; with `quiet`, one line for each finding and nothing else."""

    def __init__(self, labels: Labels, options: Options) -> None:
        self.labels = labels
        self.options = options
        self._levels: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()
        self._lang = ""

    def add(self, document: Document, diagnostics: Sequence[Diagnostic]) -> str:
        """The findings of one file."""
        self._levels.update(item.level for item in diagnostics)
        self._rules.update(item.rule for item in diagnostics)
        self._lang = self._lang or next((item.lang for item in diagnostics), document.lang)
        show = self._short if self.options.quiet else self._finding
        return "".join(show(document, item) for item in diagnostics)

    def finish(self, run: Run) -> str:
        """The counts by rule where asked for, and the summary."""
        labels = self._labels(self.options.lang or self._lang)
        out = ""
        if self.options.statistics:
            width = len(str(max(self._rules.values(), default=0)))
            out += "".join(f"{number:>{width}}  {clean(rule)}\n" for rule, number in sorted(self._rules.items(), key=_by_number))
        if not self.options.quiet:
            out += self._summary(labels, run) + "\n"
        return out

    def _labels(self, lang: str) -> Mapping[str, Any]:
        return self.labels[lang]

    def _style(self, text: str, *styles: str) -> str:
        if not self.options.colour or not text:
            return text
        return f"\x1b[{';'.join(_STYLES.get(style, style) for style in styles)}m{text}\x1b[0m"

    def _short(self, document: Document, item: Diagnostic) -> str:
        return f"{self._place(item)} {isolate(clean(item.message), item.lang)}\n"

    def _place(self, item: Diagnostic) -> str:
        place = f"{clean(item.path)}:{item.line}:{item.column}:"
        return f"{self._style(place, 'bold')} {self._style(item.level, item.level)} {self._style(clean(item.rule), 'dim')}"

    def _finding(self, document: Document, item: Diagnostic) -> str:
        labels = self._labels(item.lang)
        lines = [self._place(item), f"  {self._excerpt(document, item)}"]
        lines += self._wrapped(item.message, item.lang, "  ")
        for evidence in item.evidence:
            place = evidence.span and document.position(evidence.span.start)
            text = evidence_line(evidence.text, evidence.when) + (f" ({place.line}:{place.column})" if place else "")
            lines += self._labelled(labels["fact"], text, item.lang)
            titles = [f"{source.title} {source.url}".strip() for source in evidence.sources]
            if len(titles) > _SHOWN:  # all of them stand in the JSON
                titles[_SHOWN - 1 :] = [f"{titles[_SHOWN - 1]} +{len(titles) - _SHOWN}"]
            for title in titles:
                lines += self._labelled(labels["source"], title, item.lang, "  ")
        for first, column, _, _, text in item.related:
            lines += self._labelled(labels["related"], f"{first}:{column} «{text}»", item.lang)
        if item.suggestion:
            lines += self._labelled(labels["suggestion"], item.suggestion, item.lang)
        return "\n".join(lines) + "\n\n"

    def _labelled(self, label: str, text: str, lang: str, indent: str = "") -> list[str]:
        first, *rest = self._wrapped(f"{label}: {text}", lang, f"    {indent}")
        return [first.replace(label + ":", self._style(label + ":", "dim"), 1), *rest]

    def _wrapped(self, text: str, lang: str, indent: str) -> list[str]:
        """The text in lines that fit the screen, broken between words, each an isolate of its own."""
        lines = wrapped(clean(text), self.options.columns - len(indent) - _HANG) if self.options.columns else [clean(text)]
        return [f"{indent}{' ' * _HANG if number else ''}{isolate(line, lang)}" for number, line in enumerate(lines)]

    def _excerpt(self, document: Document, item: Diagnostic) -> str:
        """The line of the file around the finding, the finding marked."""
        before, words, after = excerpt(document, item, self.options.width)
        words = clean(words)
        marked = self._style(words, "4", item.level) if self.options.colour else f"⟦{words}⟧"
        return line(f"{clean(before)}{marked}{clean(after)}".strip())

    def _summary(self, labels: Mapping[str, Any], run: Run) -> str:
        found = [counted(labels["counts"][level], self._levels[level]) for level in _LEVELS if self._levels[level]]
        files = counted(labels["counts"]["file"], run.files)
        lang = self.options.lang or self._lang
        if not found:
            text = labels["clean"].format(files=files)
        else:
            text = labels["summary"].format(found=labels["and"].join(found), files=files)
        if run.failures:
            text += labels["unread"].format(files=counted(labels["counts"]["file"], len(run.failures)))
        return isolate(text, lang)


def _by_number(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def counted(forms: Mapping[str, str], number: int) -> str:
    """`number` with its noun, in the form that the number takes (the plural categories of Unicode CLDR; Arabic has six)."""
    if number in (0, 1, 2):
        form = ("zero", "one", "two")[number]
    else:
        form = "few" if 3 <= number % 100 <= 10 else "many" if number % 100 > 10 else "other"
    return forms.get(form, forms["other"]).format(n=number)


def wrapped(text: str, width: int) -> list[str]:
    """The words of `text` in lines of at most `width` characters; a longer word has a line of its own."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines


def excerpt(document: Document, item: Diagnostic, width: int) -> tuple[str, str, str]:
    """What stands before the finding, the finding, and what follows it, together not much more than `width` characters."""
    first = document.line_text(item.line)
    if item.end_line == item.line:
        words, after = first[item.column - 1 : item.end_column - 1], first[item.end_column - 1 :]
    else:
        last = document.line_text(item.end_line)
        between = [document.line_text(number) for number in range(item.line + 1, min(item.end_line, item.line + 4))]
        words = " ".join([first[item.column - 1 :], *between, last[: item.end_column - 1]])
        after = last[item.end_column - 1 :]
    before = first[: item.column - 1].lstrip()
    if len(words) > width - 2 * _EDGE:
        half = max(width // 2 - _EDGE, 10)
        words = f"{_head(words, half)} {_tail(words, half).removeprefix('… ')}"
    room = max(width - len(words), 2 * _EDGE)
    left = min(len(before), max(room // 2, room - len(after)))
    right = room - left
    return _tail(before, left), words, _head(after, right)


def _head(text: str, size: int) -> str:
    """The first `size` characters or a little less, up to the end of a word, with … where something is left out."""
    text = text[: size + 1].rstrip() if len(text) <= size else text
    if len(text) <= size:
        return text
    space = text.rfind(" ", max(size - _EDGE, 0), size + 1)
    return (text[:space] if space > 0 else text[:size]) + " …"


def _tail(text: str, size: int) -> str:
    """The last `size` characters or a little less, from the start of a word, with … where something is left out."""
    if len(text) <= size:
        return text
    space = text.find(" ", len(text) - size - 1, len(text) - size + _EDGE)
    return "… " + (text[space + 1 :] if space >= 0 else text[len(text) - size :])
