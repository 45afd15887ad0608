"""HTML: the visible prose of a page, with the exact place of each character.

A tokenizer of our own, because the standard library's `html.parser` needs quadratic time on unclosed tags and comments (Python
3.11: a minute for 60 KB of `<a <a <a …`), raises AssertionError on `<![`, and does not say where decoded references end.
This one looks for tags with one regular expression whose parts cannot backtrack, and looks for no closing text twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ..patterns import regex
from .prose import Prose, directive

# A tag; an attribute's quoted value may hold anything.
TAG = regex(r"<(/?)([A-Za-z][A-Za-z0-9:-]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
REFERENCE = regex(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
ADDRESS = regex(r"(?:https?://|www\.)[^\s<>«»()؛،]++", re.IGNORECASE)

# Elements whose content is not prose, and those of them whose content is not even markup.
SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "textarea",
        "iframe",
        "noembed",
        "noframes",
        "xmp",
        "svg",
        "math",
        "code",
        "pre",
        "kbd",
        "samp",
        "tt",
        "var",
        "object",
        "audio",
        "video",
        "canvas",
        "head",
        "select",
        "datalist",
        "del",
        "s",
        "strike",
    ]
)
_RAW = frozenset(["script", "style", "textarea", "iframe", "noembed", "noframes", "xmp"])
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "title"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    **dict.fromkeys(("figcaption", "caption", "legend"), "caption"),
    "blockquote": "quote",
}
BLOCKS = frozenset(_KINDS) | frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
        "ul",
        "ol",
        "dl",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "form",
        "fieldset",
        "address",
        "details",
        "summary",
        "hr",
        "body",
        "html",
        "figure",
        "center",
        "hgroup",
        "search",
        "menu",
        "dialog",
        "option",
        "optgroup",
        "button",
    ]
)
_CLOSED_BY_SELF = frozenset(("p", "li", "dt", "dd", "td", "th", "tr", "option"))  # elements whose end tag is mostly left out
_HIDDEN = regex(r"\shidden(?=[\s=/]|$)|display\s*:\s*none", re.IGNORECASE)
_NOTE = regex(r"[\s\[\]()]*[0-9٠-٩*†‡]{1,4}[\s\[\]()]*")  # a footnote mark
_SPACES = regex(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
_LOOK = 300  # how far a footnote mark may reach, and a tag once patience is at its end
_PATIENCE = 20  # how many tags with a quote that is never closed may be looked through to the end of the file


def html(source: str, prose: Prose) -> None:
    """Adds the visible prose of a whole page."""
    Scanner(source, prose).feed(0, len(source))
    prose.end("paragraph")


def decode_references(text: str, at: int, put: Callable[[str, int], None]) -> None:
    """Passes `text`, which stands at `at`, on to `put` in pieces, character references decoded."""
    if "&" in text:
        from html import unescape

        done = 0
        for match in REFERENCE.finditer(text):
            character = unescape(match[0])
            if character == match[0] or "\0" in character:
                continue
            put(text[done : match.start()], at + done)
            put(character, at + match.start())
            done = match.end()
        text, at = text[done:], at + done
    put(text, at)


def note_end(source: str, start: int, end: int) -> int:
    """Where the `<sup>` whose content begins at `start` ends if it only holds a footnote mark; otherwise 0."""
    close = source.find("</sup", start, min(end, start + _LOOK))
    if close < 0 or not _NOTE.fullmatch(re.sub("<[^<>]*+>", "", source[start:close])):
        return 0
    return source.find(">", close, end) + 1


class Scanner:
    """Goes through HTML, remembering which elements are open; a Markdown file feeds it piece by piece."""

    def __init__(self, source: str, prose: Prose) -> None:
        self.source = source
        self.prose = prose
        self._open: list[str] = []
        self._count: dict[str, int] = {}
        self._kinds: list[str] = []
        self._quotes = 0
        self._break = False  # a <br> was the last thing seen
        self._unclosed = 0
        self._missing: set[str] = set()  # closing texts that do not occur any more

    @property
    def kind(self) -> str:
        """The kind of a block that begins here."""
        if self._quotes:
            return "quote"
        return self._kinds[-1] if self._kinds else "paragraph"

    def find(self, text: str, start: int, end: int) -> int:
        """`source.find`, but never in vain for the same text twice."""
        if text in self._missing:
            return -1
        found = self.source.find(text, start, end)
        if found < 0:
            self._missing.add(text)
        return found

    def feed(self, at: int, end: int) -> None:
        """Goes through the source from `at` to `end`."""
        source = self.source
        self._missing.clear()
        while (start := source.find("<", at, end)) >= 0:
            after = self.markup(start, end)
            if after < 0:  # a "<" that begins nothing
                self._text(at, start + 1)
                at = start + 1
                continue
            self._text(at, start)
            at = self.element(start, after, end)
        self._text(at, end)

    def markup(self, start: int, end: int) -> int:
        """Where the comment or tag that begins at `start` ends; -1 where none does."""
        source = self.source
        if source.startswith("<!--", start):
            close = self.find("-->", start + 4, end)
            return close + 3 if close >= 0 else end
        following = source[start + 1 : start + 3]
        if following[:1] in ("!", "?") or (following[:1] == "/" and not following[1:].isalpha()):
            close = self.find(">", start + 1, end)
            return close + 1 if close >= 0 else -1
        if not following.lstrip("/")[:1].isalpha() or ">" in self._missing:
            return -1
        limit = end if self._unclosed < _PATIENCE else min(end, start + _LOOK)
        if match := TAG.match(source, start, limit):
            return match.end()
        self._unclosed += 1
        close = self.find(">", start, end)  # a quote that is never closed
        return close + 1 if close >= 0 else -1

    def element(self, start: int, after: int, end: int) -> int:
        """Acts on the markup from `start` to `after`; returns where to go on, behind what is to be skipped."""
        source = self.source
        if source.startswith("<!", start):
            if found := directive(source[start + 4 : after - 3], start, after):
                self.prose.directives.append(found)
            return after
        match = TAG.match(source, start, after)
        if not match:
            return after
        name, attributes = match[2].lower(), match[3]
        if match[1]:
            self._close(name, start)
            return after
        if name in SKIPPED or (name not in _VOID and attributes and _HIDDEN.search(attributes)):
            return after if attributes.endswith("/") else self._skip(name, after, end)
        if name == "sup" and (note := note_end(source, after, end)):
            return note
        if name == "br":
            self._line_break(start)
        elif name == "q":
            self.prose.add("“", start)
        self._begin(name)
        return after

    def _begin(self, name: str) -> None:
        if name in BLOCKS:
            self.prose.end(self.kind)
            if name in _CLOSED_BY_SELF and self._open and self._open[-1] == name:
                self._close(name)
            if name in _VOID:
                return
            self._open.append(name)
            self._count[name] = self._count.get(name, 0) + 1
            if kind := _KINDS.get(name):
                self._kinds.append(kind)
                self._quotes += kind == "quote"

    def _close(self, name: str, start: int = 0) -> None:
        if name == "q":
            self.prose.add("”", start)
        if name not in BLOCKS:
            return
        self.prose.end(self.kind)
        if not self._count.get(name):
            return
        while True:
            last = self._open.pop()
            self._count[last] -= 1
            if kind := _KINDS.get(last):
                self._kinds.pop()
                self._quotes -= kind == "quote"
            if last == name:
                return

    def _line_break(self, start: int) -> None:
        """One <br> is white space, two make a new block."""
        if self._break:
            self.prose.end(self.kind)
        elif not self.prose.spaced:
            self.prose.add(" ", start)
        self._break = True

    def _skip(self, name: str, after: int, end: int) -> int:
        """Where the element whose content begins at `after` ends; one that never ends is skipped only if it holds no markup."""
        key = f"</{name}"
        if name not in SKIPPED:
            return self._skip_hidden(name, after, end)
        if key not in self._missing:
            match = re.compile(f"{key}(?![a-z0-9-])[^>]*+>?", re.IGNORECASE).search(self.source, after, end)
            if match:
                return match.end()
        self._missing.add(key)
        return end if name in _RAW else after

    def _skip_hidden(self, name: str, after: int, end: int) -> int:
        """The end of a hidden element, those of the same name in it counted; the end of everything where it is not closed."""
        depth = 1
        for match in re.compile(f"<(/?){name}(?![a-z0-9-])[^>]*+>?", re.IGNORECASE).finditer(self.source, after, end):
            depth += -1 if match[1] else 1
            if not depth:
                return match.end()
        return end

    def _text(self, at: int, end: int) -> None:
        """Adds character data, white space collapsed as a browser does, addresses left out."""
        text = self.source[at:end]
        if not text:
            return
        if not text.isspace():
            self._break = False
        done = 0
        for match in _SPACES.finditer(text):
            self._words(text[done : match.start()], at + done)
            if not self.prose.spaced:
                self.prose.add(" ", at + match.start())
            done = match.end()
        self._words(text[done:], at + done)

    def _words(self, text: str, at: int) -> None:
        if text.startswith(" ") and self.prose.spaced:
            text, at = text[1:], at + 1
        if "://" in text or "www." in text:
            done = 0
            for match in ADDRESS.finditer(text):
                decode_references(text[done : match.start()], at + done, self.prose.add)
                done = match.end()
            text, at = text[done:], at + done
        decode_references(text, at, self.prose.add)
