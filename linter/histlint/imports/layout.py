"""Changes a pack file where it must be changed and leaves every other character of it as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..yamlio import Yaml, loads
from . import writer
from .log import Unusable


def inserted(pack: Yaml, sections: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> str:
    """The text of `pack` with these entries: those that it has are replaced, the others stand at the end of their section.

    Raises Unusable where a section is written in a way that nothing can be added to, such as `events: {…}` on one line.
    """
    lines = pack.text.split("\n")
    replacements: list[tuple[int, int, list[str]]] = []
    tail: list[str] = []
    for section, entries in sections.items():
        there = pack.value.get(section)
        if not isinstance(there, dict) or not there:
            if section in pack.value:
                line = pack.where((section,), key=True)[0]
                replacements.append((line - 1, line, [f"{section}:", *_block(entries)]))
            else:
                tail += ["", f"{section}:", *_block(entries)]
            continue
        _check(pack, section, there)
        starts = {id: pack.where((section, id), key=True)[0] - 1 for id in there}
        for id in [id for id in entries if id in there]:
            first = starts[id]
            replacements.append((first, _end(lines, first), writer.entry(id, entries[id]).rstrip("\n").split("\n")))
        new = {id: fields for id, fields in entries.items() if id not in there}
        if new:
            last = _end(lines, max(starts.values()))
            replacements.append((last, last, ["", *_block(new)]))
    for first, last, block in sorted(replacements, key=lambda change: change[:2], reverse=True):
        lines[first:last] = block
    text = "\n".join(lines)
    if tail:
        text = text.rstrip("\n") + "\n" + "\n".join(tail) + "\n"
    return text if text.endswith("\n") else text + "\n"


def _block(entries: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return "\n".join(writer.entry(id, fields) for id, fields in entries.items()).rstrip("\n").split("\n")


def _check(pack: Yaml, section: str, there: Mapping[str, Any]) -> None:
    line = pack.where((section,), key=True)[0]
    for id in there:
        place = pack.where((section, id), key=True)
        if place[0] == line or place[1] != 3:
            what = f"entries of «{section}» must stand on lines of their own, indented by two spaces"
            raise Unusable(f"{pack.path}:{place[0]}:{place[1]}: {what}, for an import to add to them")


def _end(lines: list[str], first: int) -> int:
    """The line behind an entry that begins at `first`: blank lines and comments before the next one are not part of it."""
    last = first + 1
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= 2 and not line.lstrip().startswith("#"):
            break
        if line.strip() and len(line) - len(line.lstrip(" ")) > 2:
            last = number + 1
    return last


def reads_back(text: str, path: str) -> None:
    """Makes sure that what is about to be written can be read."""
    yaml = loads(text, path)
    if yaml.errors:
        raise Unusable(f"the pack would not be readable, so nothing was written: {yaml.errors[0]}")
