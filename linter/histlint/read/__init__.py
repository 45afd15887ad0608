"""Reads a file: bytes to a Document that holds the visible prose and the exact place of each character.

The format follows from the suffix: `.md` and `.markdown`, `.html`, `.htm` and `.xhtml`; everything else is plain text.
All readers take time linear in the size of the file, whatever stands in it.
"""

from __future__ import annotations

import sys

from ..model import Document
from .prose import Prose

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
HTML = (".html", ".htm", ".xhtml")
SUFFIXES = (".txt", ".text", *MARKDOWN, *HTML)

_MAGIC = (
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"%PDF", "a PDF file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF file"),
    (b"SQLite format 3", "a database"),
)
_WIDE = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


_COMMON = (  # encodings that texts come in, for hints
    "utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1250", "windows-1251", "windows-1252", "windows-1256", "iso-8859-1", "iso-8859-6",
    "iso-8859-15", "latin-1", "mac-roman", "mac-arabic", "cp720", "cp850", "cp864",
)  # fmt: skip


class InputError(Exception):
    """A file that cannot be read; the text says why and what can be done. `path` is the file's name as it is shown."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def read(path: str, data: bytes | None = None, encoding: str = "utf-8") -> Document:
    """The Document of the file at `path`, of `data` where it is given (`path` then only names it), or of stdin for "-"."""
    if data is None:
        data = _load(path)
    name = "<stdin>" if path == "-" else path
    return read_string(decode(name, data, encoding), name)


def read_named(path: str, stdin_name: str, encoding: str = "utf-8") -> Document:
    """The Document of a file, or for "-" of standard input under the name it was given, whose suffix tells the format."""
    if path == "-" and stdin_name:
        return read(stdin_name, _load("-"), encoding)
    return read(path, None, encoding)


def read_string(source: str, path: str = "") -> Document:
    """The Document of a text already decoded; the suffix of `path` tells the format, plain text where it has none."""
    suffix = path[path.rfind(".") :].lower() if "." in path else ""
    prose = Prose()
    if suffix in MARKDOWN:
        from .markdown import markdown

        markdown(source, prose)
    elif suffix in HTML:
        from .html import html

        html(source, prose)
    else:
        from .plain import plain

        plain(source, prose)
    document = prose.finish(path, source)
    if suffix in MARKDOWN or suffix in HTML:
        document.lang = _foreign(source)
    return document


def _foreign(source: str) -> str:
    """The language that `<html lang>` or a front matter declares, where it is neither of the two with wording files.

    Arabic and English are told by their letters: pages often declare the wrong one.
    """
    import re

    start = source[:5000]
    found = None
    if "<" in start:
        found = re.search(r"""<html\b[^>]{0,200}?\blang=["']?([a-z]{2})\b""", start, re.IGNORECASE)
    if not found and start.startswith("---\n"):
        found = re.match(r"(?s)---\n.{0,2000}?^lang(?:uage)?:\s*[\"']?([a-z]{2})\b(?=.{0,3000}?^---)", source, re.MULTILINE)
    lang = found[1].lower() if found else ""
    return "" if lang in ("ar", "en") else lang


def _load(path: str) -> bytes:
    if path == "-":
        if sys.stdin is None:
            raise InputError("<stdin>", "is closed")
        return sys.stdin.buffer.read()
    try:
        with open(path, "rb") as file:
            return file.read()
    except IsADirectoryError:
        reason = "is a folder, not a file"
    except FileNotFoundError:
        reason = "no such file"
    except PermissionError:
        reason = "cannot be read: permission denied"
    except ValueError as error:  # a NUL in the name
        reason = f"cannot be read: {error}"
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
    raise InputError(path, reason)


def decode(path: str, data: bytes, encoding: str = "utf-8") -> str:
    """The text of `data` without its byte order mark; what is not text of that encoding is an InputError."""
    try:
        encoding = encoding_name(encoding)
    except ValueError as error:
        raise InputError(path, str(error)) from None
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(path, f"is {what}, not text; save it as text, Markdown or HTML")
    wide = next((name for mark, name in _WIDE if data.startswith(mark)), "")
    if wide and encoding == "utf-8":
        raise InputError(path, f"looks like {wide.upper()}, not UTF-8; name the encoding: --encoding {wide}")
    if encoding == "utf-8" and (wide := _unmarked(data)):
        raise InputError(path, f"looks like UTF-16 without a byte order mark; name the encoding: --encoding {wide}")
    if (nul := data.find(0)) >= 0 and not encoding.startswith(("utf-16", "utf-32")):
        raise InputError(path, f"is binary: a NUL byte {_place(data, nul)}")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(path, _undecodable(data, encoding, error)) from None
    if (nul := text.find("\0")) >= 0:
        raise InputError(path, f"is binary: a NUL character {_place(text[:nul].encode(), nul)}")
    return text.removeprefix("\ufeff")


def encoding_name(encoding: str) -> str:
    """Python's own name of an encoding of texts; ValueError where there is none of this name."""
    if encoding.lower() in ("utf-8", "utf8"):
        return "utf-8"
    import codecs

    try:
        info = codecs.lookup(encoding)
    except (LookupError, ValueError, UnicodeError):
        info = None
    if info is None or not getattr(info, "_is_text_encoding", True) or info.name in ("undefined", "idna", "punycode"):
        from ..nearest import hint

        raise ValueError(f"unknown encoding {encoding!r}{hint(encoding, _COMMON)}")
    return info.name


def _unmarked(data: bytes) -> str:
    """`utf-16-le` or `utf-16-be` where every second byte of the beginning is what these letters begin or end with, else ""."""
    even, odd = data[:400:2], data[1:400:2]
    if len(odd) < 8 or max(even + odd) == 0:
        return ""
    for high, low, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if 0 in high and sum(byte in (0, 6) for byte in high) >= len(high) * 0.95 and low.count(0) <= len(low) // 20:
            return name
    return ""


def _place(data: bytes, offset: int) -> str:
    start = data.rfind(b"\n", 0, offset) + 1
    column = len(data[start:offset].decode("utf-8", "replace")) + 1
    return f"at byte {offset + 1}, line {data.count(10, 0, offset) + 1}, column {column}"


def _undecodable(data: bytes, encoding: str, error: UnicodeDecodeError) -> str:
    """What to say of bytes that the encoding does not know: where, and that another one can be named."""
    if encoding.startswith(("utf-16", "utf-32")):
        return f"is not {encoding.upper()}: {error.reason} at byte {error.start + 1}"
    where = _place(data, error.start)
    said = f"is not {encoding.upper()}: byte 0x{data[error.start]:02X} {where}"
    guess = "windows-1256 (Arabic) or windows-1252" if encoding == "utf-8" else "utf-8"
    return f"{said}; if it is written in another encoding, name it: --encoding NAME, for example {guess}"
