"""Markdown: the blocks of a file (CommonMark with tables, footnotes, front matter and shortcodes), each passed on to `inline`.

A scanner of our own: markdown-it-py gives the line of a block but no columns inside it. Only what decides which characters are
prose is recognised; where a document is odd, text is kept rather than lost. HTML inside Markdown goes to the HTML scanner.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from ..named_tuple import NamedTuple
from ..patterns import regex
from .html import Scanner
from .inline import inline
from .prose import Prose, directive

_FENCE = regex(r"(`{3,}+(?=[^`]*$)|~{3,}+)")
_HEADING = regex(r"#{1,6}(?=[ \t]|$)")
_RULE = regex(r"([-*_])(?:[ \t]*+\1){2,}+[ \t]*+$")
_UNDERLINE = regex(r"(?:=+|-+)[ \t]*$")
_MARKER = regex(r"(?:[-*+]|([0-9]{1,9})[.)])(?:[ \t]+|$)")
_TASK = regex(r"\[[ xX]\][ \t]+")
_DEFINITION = regex(r"\[(?!\^)[^\[\]]{1,999}\]:[ \t]*\S")
_FOOTNOTE = regex(r"\[\^[^\[\]\s]{1,99}\]:[ \t]*")
_ALERT = regex(r"\[!\w{1,20}\]")
_DELIMITERS = regex(r"[ \t|:-]*-[ \t|:-]*$")
_DIRECTIVE_LINE = regex(r":{3,}|\{:[^}]*\}\s*$|(?:import|export)\s.*from\s+['\"][^'\"]*['\"];?\s*$")
_RAW_HTML = regex(r"<(script|style|pre|textarea|svg|math|iframe|template|object|noscript)(?=[\s>/]|$)", re.IGNORECASE)
_BLOCK_HTML = regex(
    r"</?(?:address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|"
    r"footer|form|h[1-6]|head|header|hr|html|li|link|main|menu|nav|ol|option|p|section|select|summary|table|tbody|td|tfoot|th|thead|"
    r"title|tr|ul)(?=[\s>/]|$)",
    re.IGNORECASE,
)
_FRONT = {"---": ("---", "..."), "+++": ("+++",), ";;;": (";;;",)}
_RULE_DEPTH = 4  # a rule inside more list marks is not looked for: each look reads the whole line
_PIPE = regex(r"(?<!\\)\|")


class Line(NamedTuple):
    """A line inside its block quotes: content from `at` to `end`, its indentation, whether it stands in a quote."""

    at: int
    end: int
    indent: int
    quoted: bool


def markdown(source: str, prose: Prose) -> None:
    """Adds the visible prose of a Markdown file."""
    _Blocks(source, prose).run()


class _Blocks:
    """Goes down the lines; `_lines` are those of the open paragraph."""

    def __init__(self, source: str, prose: Prose) -> None:
        self.source = source
        self.prose = prose
        self.html = Scanner(source, prose)
        self._lines: list[tuple[int, int]] = []
        self._kind = "paragraph"
        self._quoted = False
        self._list = False  # inside a list, where indentation is no code
        self._blank = True  # the line above is empty
        self._table = False
        self._alert = False

    def run(self) -> None:
        source, size = self.source, len(self.source)
        at = self._front_matter()
        while at < size:
            end = source.find("\n", at)
            end = size if end < 0 else end
            at = self._line(at, end)
        self._flush()
        self.prose.end(self.html.kind)

    def _front_matter(self) -> int:
        """Where the text begins, behind the front matter."""
        source = self.source
        first = source.find("\n")
        fences = _FRONT.get(source[: max(first, 0)].rstrip())
        if not fences:
            return 0
        at = first + 1
        while at < len(source):
            end = source.find("\n", at)
            end = len(source) if end < 0 else end
            if source[at:end].rstrip() in fences:
                return end + 1
            at = end + 1
        return 0

    def _line(self, at: int, end: int) -> int:
        """Takes the line from `at` to `end`, or the block that begins on it; returns where the next line begins."""
        line = self._strip(at, end)
        if line.at >= line.end:
            self._empty(line)
            return end + 1
        lazy = bool(self._lines) and self._quoted and not line.quoted
        if line.quoted != self._quoted and not lazy:
            self._flush()
            self._list = self._table = self._alert = False
            self._quoted = line.quoted
        if not line.indent and not self._lines and self._blank:
            self._list = False
        after = self._block(line, end)
        self._blank = False
        return after

    def _strip(self, at: int, end: int) -> Line:
        """The line without its quote marks, indentation and trailing white space."""
        source, quoted, indent = self.source, False, 0
        stop = end
        while stop > at and source[stop - 1] in " \t\r":
            stop -= 1
        while at < stop:
            character = source[at]
            if character == ">" and (indent < 4 or self._list):
                quoted, indent = True, 0
                at += 1 + (source[at + 1 : at + 2] == " ")
                continue
            if character == " ":
                indent += 1
            elif character == "\t":
                indent += 4 - indent % 4
            else:
                break
            at += 1
        return Line(at, max(at, stop), indent, quoted)

    def _empty(self, line: Line) -> None:
        self._flush()
        self._blank, self._table = True, False
        if not line.quoted:
            self._alert = False

    def _block(self, line: Line, end: int) -> int:
        """What a line with content is; returns where to go on."""
        source = self.source
        deep = line.indent >= 4 and not self._list
        if deep and self._lines:
            self._lines.append((line.at, line.end))
            return end + 1
        if deep:
            return end + 1  # indented code
        for depth in count():
            first = source[line.at]
            if first in "`~" and (fence := _FENCE.match(source, line.at, line.end)):
                return self._fenced(fence[1], end, line.quoted)
            if first == "<" and (after := self._html(line, end)):
                return after
            if first in "#-*_=:{ie[" and self._single(line, depth):
                return end + 1
            item = self._item(line)
            if item is None:
                break
            line = item
            if line.at >= line.end:
                return end + 1
        if not self._row(line):
            self._lines.append((line.at, line.end))
        return end + 1

    def _single(self, line: Line, depth: int) -> bool:
        """Takes a line that is a block of its own: heading, rule, definition, directive; `depth` list marks stand before it."""
        source, at, end = self.source, line.at, line.end
        if heading := _HEADING.match(source, at, end):
            self._flush()
            text = source[heading.end() : end].rstrip("#") if source[end - 1] == "#" else source[heading.end() : end]
            self._lines = [(heading.end(), heading.end() + len(text))]
            self._flush("heading")
        elif self._lines and _UNDERLINE.match(source, at, end) and (line.quoted or not self._quoted):
            self._flush("heading" if self._kind == "paragraph" else "")
        elif depth < _RULE_DEPTH and _RULE.match(source, at, end):
            self._flush()
            self._list = False
        elif not self._lines and _DEFINITION.match(source, at, end):
            pass
        elif _DIRECTIVE_LINE.match(source, at, end):
            self._flush()
        elif line.quoted and not self._lines and _ALERT.fullmatch(source, at, end):
            self._alert = True
        else:
            return False
        return True

    def _item(self, line: Line) -> Line | None:
        """The rest of a line that begins a list item or a footnote; None where it begins neither."""
        source = self.source
        first = source[line.at]
        if first == "[" and (footnote := _FOOTNOTE.match(source, line.at, line.end)):
            self._flush()
            return line._replace(at=footnote.end())
        marker = _MARKER.match(source, line.at, line.end) if first in "-*+0123456789" else None
        if not marker or (self._lines and self._kind == "paragraph" and marker[1] and int(marker[1]) != 1):
            return None
        if self._lines and marker.end() == line.end:
            return None
        self._flush()
        self._kind, self._list, self._table = "item", True, False
        at = line.at if marker[1] and len(marker[1]) > 2 else marker.end()  # a year at the start of a line is prose
        if at == line.at:
            return None
        task = _TASK.match(source, at, line.end)
        return line._replace(at=task.end() if task else at)

    def _fenced(self, fence: str, end: int, quoted: bool) -> int:
        """Skips fenced code; returns the start of the line behind it."""
        source, size = self.source, len(self.source)
        self._flush()
        at = end + 1
        while at < size:
            end = source.find("\n", at)
            end = size if end < 0 else end
            line = self._strip(at, end)
            if quoted and not line.quoted:
                return at
            if source.startswith(fence, line.at) and not source[line.at : line.end].strip(fence[0]):
                return end + 1
            at = end + 1
        return size

    def _html(self, line: Line, end: int) -> int:
        """Takes HTML that begins a line; returns where to go on, 0 where it is no block."""
        source, at = self.source, line.at
        if source.startswith(("<!", "<?"), at):
            self._flush()
            after = self.html.markup(at, len(source))
            if after < 0:
                return 0
            if source.startswith("<!--", at) and (found := directive(source[at + 4 : after - 3], at, after)):
                self.prose.directives.append(found)
        elif _RAW_HTML.match(source, at, line.end):
            self._flush()
            after = self.html.markup(at, len(source))
            if after < 0:
                return 0
            after = self.html.element(at, after, len(source))
        elif _BLOCK_HTML.match(source, at, line.end):
            self._flush()
            after = self._html_end(end)
            if line.quoted:
                self.prose.end("quote")
            self.html.feed(at, after)
            self.prose.end("quote" if line.quoted else self.html.kind)
            return after + 1
        else:
            return 0
        rest = source.find("\n", after)
        return after if source[after : rest if rest >= 0 else len(source)].strip() else (rest + 1 if rest >= 0 else len(source))

    def _html_end(self, end: int) -> int:
        """The end of the HTML block whose first line ends at `end`: the last line before an empty one."""
        source, size = self.source, len(self.source)
        while end < size:
            following = source.find("\n", end + 1)
            following = size if following < 0 else following
            if not source[end + 1 : following].strip():
                return end
            end = following
        return size

    def _row(self, line: Line) -> bool:
        """Takes a line of a table; the delimiter row turns the line above it into the header."""
        source = self.source
        if self._table:
            self._cells(line.at, line.end)
            return True
        if not self._lines or source[line.at] not in "|:-" or "|" not in source[line.at : line.end]:
            return False
        header = self._lines[-1]
        if "|" not in source[header[0] : header[1]] or not _DELIMITERS.match(source, line.at, line.end):
            return False
        self._lines.pop()
        self._flush()
        self._cells(*header)
        self._table = True
        return True

    def _cells(self, at: int, end: int) -> None:
        for match in _PIPE.finditer(self.source, at, end):
            self._emit([(at, match.start())], "cell")
            at = match.end()
        self._emit([(at, end)], "cell")

    def _flush(self, kind: str = "") -> None:
        """Ends the open paragraph."""
        if self._lines:
            self._emit(self._lines, kind or self._kind)
            self._lines = []
        self._kind = "paragraph"

    def _emit(self, lines: Sequence[tuple[int, int]], kind: str) -> None:
        if self._quoted and not self._alert:
            kind = "quote"
        elif kind == "paragraph" or self.html.kind == "quote":
            kind = self.html.kind
        inline(self.source, lines, self.prose)
        self.prose.end(kind)
