"""Pack files as text: entries in the order and the layout that people write, the same text for the same facts."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from typing import Any

from .drafts import words

Fields = Mapping[str, Any]  # the keys of an entry: text, lists and groups of keys
Sections = Mapping[str, Mapping[str, Fields]]

WIDTH = 128

_PLAIN = re.compile(r"[^\W\d_](?:[\w '’ʼ.()/&–+-]*[\w'’ʼ.()–+-])?").fullmatch
_CITATION = re.compile(r"[a-z][a-z0-9_.-]*:[A-Za-z0-9]+").fullmatch
_OTHER_TYPES = words("true false yes no on off null y n")  # what other readers of YAML take for more than text
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff\u2028\u2029]")


def scalar(value: str) -> str:
    """One text value, quoted where YAML needs it."""
    if (_PLAIN(value) and value.lower() not in _OTHER_TYPES) or _CITATION(value):
        return value
    if _UNPRINTABLE.search(value):
        return json.dumps(value)
    return "'" + value.replace("'", "''") + "'"


def flow(value: Any) -> str:
    """A value on one line: text, a list or a group of keys."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def entry(id: str, fields: Fields) -> str:
    """One entry of a section, indented by two spaces, with its line break."""
    lines = [f"  {id}:"]
    for key, value in fields.items():
        lines += _lines(key, value, "    ")
    return "\n".join(lines) + "\n"


def _lines(key: str, value: Any, indent: str) -> list[str]:
    line = f"{indent}{key}: {flow(value)}"
    if len(line) <= WIDTH or not value:
        return [line]
    if isinstance(value, Mapping):
        return [f"{indent}{key}:", *(line for inner, item in value.items() for line in _lines(inner, item, indent + "  "))]
    if isinstance(value, list | tuple):
        return [f"{indent}{key}:", *(f"{indent}  - {flow(item)}" for item in value)]
    return [line]


def pack(sections: Sections, header: Iterable[str] = ()) -> str:
    """A whole pack file; `header` are lines of a comment."""
    parts = ["".join(f"# {line}".rstrip() + "\n" for line in header)]
    for section, entries in sections.items():
        if entries:
            parts.append(f"{section}:\n" + "\n".join(entry(id, fields) for id, fields in entries.items()))
    return "\n".join(part for part in parts if part)


def write(path: str, text: str) -> None:
    """Writes a whole file or nothing: a reader never sees half of it. Raises OSError."""
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(path):
            with contextlib.suppress(OSError):
                os.chmod(temporary, os.stat(path).st_mode & 0o7777)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.remove(temporary)
        raise
