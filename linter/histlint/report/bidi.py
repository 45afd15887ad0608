"""Text that is safe to print and reads right where Arabic and Latin script meet.

`clean` takes from a text what could command the terminal or turn the order of what stands around it. `isolate` then wraps the pieces
of the other direction in isolates (Unicode bidirectional algorithm), so that «1945-08-09» in an Arabic line is not shown as 09-08-1945.
"""

from __future__ import annotations

import re

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"

# Controls (C0, C1, delete), line and paragraph separators, bidirectional embeddings, overrides and isolates, lone surrogates.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]")
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_LTR = "A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
_HAS_RTL = re.compile(f"[{_RTL}]")
_STRONG = re.compile(f"[{_RTL}{_LTR}]")
_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"
# From a Latin word to the last one before Arabic, or numbers joined by signs that would change places.
_LTR_RUN = re.compile(
    f"\\{{[a-z_.]+\\}}|[{_DIGIT}]*[{_LTR}](?:[^{_RTL}\\n«»“”،؛]*[{_LTR}{_DIGIT}/])?|[-+]?[{_DIGIT}]+(?:[-/–.:][{_DIGIT}]+)+"
)
_RTL_RUN = re.compile(f"[{_RTL}](?:[^{_LTR}\\n“”]*[{_RTL}{_DIGIT}])?")
_QUOTED = re.compile("(?<=“)[^“”]+(?=”)|(?<=«)[^«»]+(?=»)")


def clean(text: str) -> str:
    """`text` without anything that acts on a terminal: line breaks and tabs become blanks, other controls are written as \\u escapes."""
    return _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in "\t\n\r\v\f\u2028\u2029\x85":
        return " "
    return f"\\x{ord(character):02x}" if character < "\x80" else f"\\u{ord(character):04x}"


def wrap(text: str) -> str:
    """`text` as an isolate that takes its direction from its own first letter."""
    return f"{FSI}{text}{PDI}"


def line(text: str) -> str:
    """A line of an article as an isolate of the direction of its first letter; a left-to-right line stays as it is."""
    if not _HAS_RTL.search(text):
        return text
    strong = _STRONG.search(text)
    return f"{RLI if strong and _HAS_RTL.match(strong[0]) else LRI}{text}{PDI}"


def isolate(text: str, lang: str) -> str:
    """A line in `lang` as an isolate of that direction, with its quotations and pieces of the other direction isolated in it.

    Text of one direction only stays as it is, so that most English output holds no invisible characters.
    """
    rtl = lang == "ar"
    if not rtl and not _HAS_RTL.search(text):
        return text
    done, parts = 0, []
    for match in _QUOTED.finditer(text):
        parts += [_runs(text[done : match.start()], rtl), wrap(match[0])]
        done = match.end()
    parts.append(_runs(text[done:], rtl))
    return f"{RLI if rtl else LRI}{''.join(parts)}{PDI}"


def _runs(text: str, rtl: bool) -> str:
    if rtl:
        return _LTR_RUN.sub(lambda match: f"{LRI}{match[0]}{PDI}", text)
    return _RTL_RUN.sub(lambda match: f"{RLI}{match[0]}{PDI}", text)
