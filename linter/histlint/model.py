"""The values that pass between the stages of the pipeline. All are immutable.

Offsets of a `Span` count characters of `Document.text`, the visible prose. `Document.position` leads back to line and
column of the file. Days are Julian Day Numbers (integers, see `chronology.calendars`), so values of all calendars compare.

NamedTuples rather than dataclasses: importing `dataclasses` costs more than the whole check of a short article.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from .named_tuple import NamedTuple


class Span(NamedTuple):
    """Half-open range of characters in `Document.text`."""

    start: int
    end: int


class Position(NamedTuple):
    """Place in the file: both count from 1, columns in characters of the original line."""

    line: int
    column: int


class Block(NamedTuple):
    """A paragraph-like stretch of prose; `kind` is paragraph, heading, item, quote, cell or caption."""

    start: int
    end: int
    kind: str


class Suppression(NamedTuple):
    """A comment in the text that silences `rules` (all where empty) on the lines `first` to `last` of the file."""

    rules: tuple[str, ...]
    reason: str
    first: int
    last: int
    line: int
    column: int
    end_column: int
    wrong: str = ""  # what stands in the place of the word, where it is none of those that there are


class Document:
    """One text: the file as it was read and the prose in it.

    `source` is the whole file after decoding; `text` the visible prose, blocks separated by a newline. `runs` maps prose to
    file: pairs (offset in text, offset in source), ascending, each valid up to the next.
    """

    __slots__ = ("_lines", "blocks", "lang", "path", "runs", "source", "suppressions", "text")

    def __init__(
        self,
        path: str,
        source: str,
        text: str,
        blocks: Sequence[Block],
        runs: Sequence[tuple[int, int]] = ((0, 0),),
        suppressions: Sequence[Suppression] = (),
        lang: str = "",
    ) -> None:
        self.path = path
        self.source = source
        self.text = text
        self.blocks = tuple(blocks)
        self.runs = tuple(runs)
        self.suppressions = tuple(suppressions)
        self.lang = lang
        self._lines: list[int] = []

    def source_offset(self, offset: int) -> int:
        """Offset in the file of the prose character at `offset`."""
        start, source = self.runs[bisect_right(self.runs, (offset, 1 << 62)) - 1]
        return source + offset - start

    def position(self, offset: int, *, end: bool = False) -> Position:
        """Line and column of a prose offset; with `end`, the place just behind the character before it."""
        if not self._lines:
            at, lines = self.source.find("\n"), [0]
            while at >= 0:
                lines.append(at + 1)
                at = self.source.find("\n", at + 1)
            self._lines = lines
        source = self.source_offset(offset - 1) + 1 if end and offset else self.source_offset(offset)
        line = bisect_right(self._lines, source - 1 if end and source else source)
        return Position(line, source - self._lines[line - 1] + 1)

    def line_text(self, line: int) -> str:
        """The original line (counted from 1) without its line break."""
        self.position(0)
        start = self._lines[line - 1]
        stop = self._lines[line] if line < len(self._lines) else len(self.source)
        return self.source[start:stop].rstrip("\r\n")


class Token(NamedTuple):
    """A word, number or mark. `norm` is its normalised form (see `normalise`); `kind` is word, number or mark."""

    norm: str
    start: int
    end: int
    kind: str


class Moment(NamedTuple):
    """When something was, with what is not known about it: days in which its start and its end lie.

    None is unbounded. A written "1945" has start and end somewhere in that year (all four bounds are its first or last day);
    "1939–45" starts in 1939 and ends in 1945.
    """

    start_lo: int | None
    start_hi: int | None
    end_lo: int | None
    end_hi: int | None
    precision: str  # day month season year decade century era
    calendar: str = "gregorian"  # gregorian julian islamic …: the calendar it was written in


class TimeMention(NamedTuple):
    """A date, period or duration in the text (a TIMEX).

    `type` is date, period, duration, age or set. `value` is None where the expression could not be placed
    (an unanchored "two years later"). `edtf` is the value as EDTF in its own calendar, or an ISO 8601 duration. `rules` names the composition
    rules that made it. `readings` holds other possible values (a Julian reading, a date without era). `anchor` says how a relative one
    was placed: "" absolute, "narrative", "before"/"after"/"during" with the index of the anchoring mention.
    """

    start: int
    end: int
    type: str
    value: Moment | None
    edtf: str
    readings: tuple[Moment, ...] = ()
    relation: str = ""  # "", before, after, since, until, about
    anchor: str = ""
    weekday: int | None = None  # 0 Monday … 6 Sunday, as written
    days: tuple[int, int] | None = None  # a duration's length in days, (low, high)
    rules: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()  # what was read: ("day", "4"), ("month", "7"), ("year", "1187"), ("era", "ce") …


class Source(NamedTuple):
    """A work or data row that a fact cites."""

    id: str
    title: str
    url: str


class Evidence(NamedTuple):
    """What a finding rests on: a reference fact (`fact` is its id) or another place of the text (`span`)."""

    text: str
    when: str = ""
    sources: tuple[Source, ...] = ()
    fact: str = ""
    span: Span | None = None


class Finding(NamedTuple):
    """A refuted claim or a defect of the text. `values` fill the rule's message; nothing is formatted yet."""

    rule: str
    span: Span
    values: Mapping[str, object]
    evidence: tuple[Evidence, ...] = ()
    related: tuple[Span, ...] = ()
    suggestion: str = ""


class Diagnostic(NamedTuple):
    """A finding ready to print: positions of the file (1-based, end exclusive) and text in the reader's language."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    rule: str
    level: str  # error warning info
    message: str
    claim: str  # the words of the article
    evidence: tuple[Evidence, ...]
    related: tuple[tuple[int, int, int, int, str], ...]  # line, column, end_line, end_column, what stands there
    suggestion: str
    lang: str
