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
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_LTR = "A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"
_MIXED_URL = rf"https?://[^\s<>«»“”]*[{_RTL}][^\s<>«»“”]*"  # one piece, whatever its path is written in
# From a Latin word to the last one before Arabic, or numbers joined by signs that would change places.
_LTR_RUN = (
    rf"{_MIXED_URL}|\{{[a-z_.]+\}}|[{_DIGIT}]*[{_LTR}](?:(?:(?!{_MIXED_URL})[^{_RTL}\n«»“”،؛])*(?!{_MIXED_URL})[{_LTR}{_DIGIT}/])?"
    rf"|[-+]?[{_DIGIT}]+(?:[-/–.:][{_DIGIT}]+)+"
)
_RTL_RUN = rf"(?P<url>{_MIXED_URL})|[{_RTL}](?:(?:(?!https?://)[^{_LTR}\n“”])*[{_RTL}{_DIGIT}])?"
_URL_END = re.compile(f"(https?://[^\\s{PDI}]*)(?={PDI})")
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
    if text.isascii() or not re.search(f"[{_RTL}]", text):
        return text
    strong = re.search(f"[{_RTL}]|[{_LTR}]", re.sub(r"\x1b\[[\d;]*m", "", text))  # the m of a colour is no letter of the line
    return f"{LRI if strong and re.match(f'[{_LTR}]', strong[0]) else RLI}{text}{PDI}"


def isolate(text: str, lang: str) -> str:
    """A line in `lang` as an isolate of that direction, with its quotations and pieces of the other direction isolated in it.

    Text of one direction only stays as it is, so that most English output holds no invisible characters.
    """
    rtl = lang == "ar"
    if not rtl and (text.isascii() or not re.search(f"[{_RTL}]", text)):
        return text
    done, parts = 0, []
    for match in re.finditer(_QUOTED, text):
        parts += [_runs(text[done : match.start()], rtl), wrap(match[0])]
        done = match.end()
    parts.append(_runs(text[done:], rtl))
    whole = f"{RLI if rtl else LRI}{''.join(parts)}{PDI}"
    # a terminal that opens addresses would take the end of an isolate for a part of the address
    return _URL_END.sub(r"\1 ", whole) if "://" in whole else whole


def _runs(text: str, rtl: bool) -> str:
    if rtl:
        return re.sub(_LTR_RUN, lambda match: f"{LRI}{match[0]}{PDI}", text)
    return re.sub(_RTL_RUN, lambda match: f"{LRI if match['url'] else RLI}{match[0]}{PDI}", text)
