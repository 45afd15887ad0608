"""Text that is safe to print and reads right where Arabic and Latin script meet.

`clean` takes from a text what could command the terminal or turn the order of what stands around it. `isolate` then wraps the
pieces of the other direction in isolates (Unicode bidirectional algorithm), so that «1945-08-09» in an Arabic line is not shown
as 09-08-1945.
"""

from __future__ import annotations

import re

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"

# Controls (C0, C1, delete), line and paragraph separators, bidirectional embeddings, overrides and isolates, annotation marks.
_RANGES = ((0, 0x1F), (0x7F, 0x9F), (0x2028, 0x2029), (0x202A, 0x202E), (0x2066, 0x2069), (0xFFF9, 0xFFFB))
_UNSAFE = [code for first, last in _RANGES for code in range(first, last + 1)]
_ESCAPES = {code: f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}" for code in _UNSAFE}
_ESCAPES.update(dict.fromkeys(map(ord, "\t\n\r\v\f\x85\u2028\u2029"), " "))
_RTL = ((0x590, 0x8FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF))
_LTR = ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x370, 0x3FF), (0x400, 0x52F))
_ARABIC_DIGITS = ((0x660, 0x669), (0x6F0, 0x6F9))
_SIGNS = "{}_.-+/:\n"


class _Kinds(dict[int, str]):
    """What a character is, as one ASCII character: a short pattern over these is ready many times sooner than one over Unicode
    ranges. l L left to right, U an address of both, R right to left, D digit, A Arabic digit, q Q quotation marks, ~ dash; _SIGNS
    stand for themselves."""

    def __missing__(self, code: int) -> str:
        kind = self[code] = self._kind(code)
        return kind

    @staticmethod
    def _kind(code: int) -> str:
        char = chr(code)
        if char.isascii():
            return (
                "l" if char.islower() else "L" if char.isupper() else "D" if char.isdigit() else char if char in _SIGNS else " "
            )
        if char in "«»“”–":
            return {"«": "q", "»": "q", "–": "~"}.get(char, "Q")
        for kind, ranges in (("A", _ARABIC_DIGITS), ("R", _RTL), ("L", _LTR)):
            if any(first <= code <= last for first, last in ranges):
                return kind
        return " "


_kinds = _Kinds()
# An address with Arabic in it, from a Latin word to the last one before Arabic, or numbers joined by signs that would change places.
_LTR_RUN = r"U+|\{[l_.]+\}|[DA]*[lL](?:[^RAU\nqQ]*[lLDA/])?|[-+]?[DA]+(?:[-/~.:][DA]+)+"
_RTL_RUN = r"U+|[RA](?:[^lLU\nQ]*[RDA])?"
_URL = r"https?://[^\s<>«»“”]*"
_URL_END = f"(https?://[^\\s{PDI}]*)(?={PDI})"
_QUOTED = "(?<=“)[^“”]+(?=”)|(?<=«)[^«»]+(?=»)"


def clean(text: str) -> str:
    """`text` without anything that acts on a terminal: breaks and tabs become blanks, other controls are written as escapes."""
    if text.isprintable():
        return text
    text = text.translate(_ESCAPES)
    try:
        text.encode()
    except UnicodeEncodeError:  # bytes of a file name that are no text
        text = text.encode("utf-8", "backslashreplace").decode()
    return text


def wrap(text: str) -> str:
    """`text` as an isolate that takes its direction from its own first letter."""
    return f"{FSI}{text}{PDI}"


def line(text: str) -> str:
    """A line of an article as an isolate of the direction of its first letter; a left-to-right line stays as it is."""
    if not _has_rtl(text):
        return text
    if "\x1b" in text:
        kinds = re.sub(r"\x1b\[[\d;]*m", "", text).translate(_kinds)  # the m of a colour is no letter of the line
    else:
        kinds = text.translate(_kinds)
    strong = next((kind for kind in kinds if kind in "lLRA"), "")
    return f"{LRI if strong in ('l', 'L') else RLI}{text}{PDI}"


def isolate(text: str, lang: str) -> str:
    """A line in `lang` as an isolate of that direction, with its quotations and pieces of the other direction isolated in it.

    Text of one direction only stays as it is, so that most English output holds no invisible characters.
    """
    rtl = lang == "ar"
    if not rtl and not _has_rtl(text):
        return text
    done, parts = 0, []
    for match in re.finditer(_QUOTED, text):
        parts += [_runs(text[done : match.start()], rtl), wrap(match[0])]
        done = match.end()
    parts.append(_runs(text[done:], rtl))
    whole = f"{RLI if rtl else LRI}{''.join(parts)}{PDI}"
    # a terminal that opens addresses would take the end of an isolate for a part of the address
    return re.sub(_URL_END, r"\1 ", whole) if "://" in whole else whole


def _has_rtl(text: str) -> bool:
    return not text.isascii() and not {"R", "A"}.isdisjoint(text.translate(_kinds))


def _kinds_of(text: str) -> str:
    kinds = text.translate(_kinds)
    for url in re.finditer(_URL, text) if "://" in text else ():
        if not {"R", "A"}.isdisjoint(kinds[url.start() : url.end()]):  # one piece, whatever its path is written in
            kinds = kinds[: url.start()] + "U" * len(url[0]) + kinds[url.end() :]
    return kinds


def _runs(text: str, rtl: bool) -> str:
    done, parts = 0, []
    for run in re.finditer(_LTR_RUN if rtl else _RTL_RUN, _kinds_of(text)):
        mark = LRI if rtl or run[0][0] == "U" else RLI
        parts += [text[done : run.start()], mark, text[run.start() : run.end()], PDI]
        done = run.end()
    return "".join(parts) + text[done:]
