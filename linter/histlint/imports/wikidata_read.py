"""Reads Wikidata's documents to items: single entities, `{"entities": …}`, lists, and dumps with one entity a line."""

from __future__ import annotations

import bz2
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import IO, Any, NamedTuple

from .log import Log, Place, Unusable

UNKNOWN, NONE = "somevalue", "novalue"  # "unknown value" and "no value", which a statement may have in place of a value

_ITEM = re.compile(r"Q[1-9][0-9]*").fullmatch
_LANGUAGES = ("ar", "en")


class Claim(NamedTuple):
    """One statement: its value as Wikidata has it, or `kind` somevalue or novalue without one."""

    kind: str
    value: Any = None
    rank: str = "normal"
    qualifiers: Mapping[str, list[Any]] = MappingProxyType({})


class Item(NamedTuple):
    """One entity; `astronomical` and `gregorian` say how the times of its source are written."""

    id: str
    labels: dict[str, str]
    aliases: dict[str, list[str]]
    claims: dict[str, list[Claim]]
    place: Place
    astronomical: bool = False
    class_labels: tuple[str, ...] = ()

    def best(self, property: str) -> list[Claim]:
        """The statements that count: the preferred ones, else the normal ones; never deprecated ones."""
        claims = self.claims.get(property, [])
        return [c for c in claims if c.rank == "preferred"] or [c for c in claims if c.rank == "normal"]

    def ids(self, property: str) -> list[str]:
        """The items that the best statements name."""
        found = (item_id(claim.value) for claim in self.best(property))
        return list(dict.fromkeys(id for id in found if id))


def item_id(value: Any) -> str:
    """The Q id of a value, "" if it is none."""
    if isinstance(value, dict):
        value = value.get("id") or (f"Q{value['numeric-id']}" if value.get("numeric-id") else "")
    text = str(value or "").rpartition("/")[2]
    return text if _ITEM(text) else ""


def open_text(path: str, encoding: str = "utf-8-sig") -> IO[str]:
    """The file as text; `.gz` and `.bz2` are unpacked on the way."""
    try:
        if path.endswith(".gz"):
            return gzip.open(path, "rt", encoding=encoding, newline="")
        if path.endswith(".bz2"):
            return bz2.open(path, "rt", encoding=encoding, newline="")
        return open(path, encoding=encoding, newline="")
    except (OSError, LookupError) as error:
        raise Unusable(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None


def documents(path: str, log: Log) -> Iterator[tuple[Any, Place]]:
    """The JSON documents of a file with their places: the whole file is one, or each of its lines."""
    with open_text(path) as file:
        try:
            first = file.readline()
            while first and not first.strip():
                first = file.readline()
            if first.strip() == "[" or _is_entity(first):
                yield from _lines(path, first, file, log)
                return
            text = first + file.read()
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise Unusable(f"{path}: cannot be read: {error}") from None
    yield from _whole(path, text, log)


def _is_entity(line: str) -> bool:
    try:
        value = json.loads(line.strip().rstrip(","))
    except ValueError:
        return False
    return isinstance(value, dict) and "id" in value and ("claims" in value or "labels" in value)


def _lines(path: str, first: str, file: IO[str], log: Log) -> Iterator[tuple[Any, Place]]:
    held: list[str] = [first]
    for number, line in enumerate(_chain(held, file), 1):
        content = line.strip().rstrip(",")
        if number == 2 and first.strip() == "[" and content in ("{", ""):  # a list written over many lines
            yield from _whole(path, first + line + file.read(), log)
            return
        if content in ("", "[", "]"):
            continue
        try:
            yield json.loads(content), Place(path, number, 1)
        except ValueError as error:
            column = error.colno if isinstance(error, json.JSONDecodeError) else 1
            log.skipped(Place(path, number, column), f"the line is not valid JSON: {getattr(error, 'msg', error)}")


def _chain(held: list[str], file: IO[str]) -> Iterator[str]:
    yield from held
    yield from file


def _whole(path: str, text: str, log: Log) -> Iterator[tuple[Any, Place]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        lines = text.split("\n")
        if sum(map(_is_entity, lines[:1000])) > 0:  # a dump whose first line is broken
            import io

            yield from _lines(path, "", io.StringIO(text), log)
            return
        if isinstance(error, json.JSONDecodeError):
            raise Unusable(f"{path}:{error.lineno}:{error.colno}: not valid JSON: {error.msg}") from None
        raise Unusable(f"{path}: not valid JSON: {error}") from None
    yield from _split(value, text, path)


def _split(value: Any, text: str, path: str) -> Iterator[tuple[Any, Place]]:
    """The entities of a document with the lines where they begin."""
    if isinstance(value, dict) and isinstance(value.get("entities"), dict | list):
        inner = value["entities"]
        at = 0
        for id, entity in inner.items() if isinstance(inner, dict) else enumerate(inner):
            key = id if isinstance(inner, dict) else entity.get("id") if isinstance(entity, dict) else ""
            found = text.find(f'"{key}"', at)
            at = max(at, found)
            yield entity, _place(path, text, found)
    elif isinstance(value, list):
        at = 0
        for entity in value:
            key = entity.get("id") if isinstance(entity, dict) else None
            found = text.find(f'"{key}"', at) if key else -1
            at = max(at, found)
            yield entity, _place(path, text, found)
    else:
        yield value, Place(path, 1, 1)


def _place(path: str, text: str, offset: int) -> Place:
    if offset < 0:
        return Place(path)
    return Place(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def entity(value: Any, place: Place, *, astronomical: bool = False) -> Item:
    """The item of an entity document. Raises ValueError that says why it is none."""
    if not isinstance(value, dict):
        raise ValueError("an entity is a JSON object")
    id = value.get("id")
    if "missing" in value:
        raise ValueError(f"{id}: Wikidata has no such entity")
    if not isinstance(id, str) or not _ITEM(id):
        raise ValueError(f"«{id}» is not an item (their ids look like Q42)")
    raw = value.get("claims") or value.get("statements") or {}
    if not isinstance(raw, dict):
        raise ValueError(f"{id}: «claims» is not a group of statements by property")
    claims = {property: [claim for one in _list(many) if (claim := _claim(one))] for property, many in raw.items()}
    return Item(id, _labels(value.get("labels")), _aliases(value.get("aliases")), claims, place, astronomical)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _claim(value: Any) -> Claim | None:
    if not isinstance(value, dict):
        return None
    snak = value.get("mainsnak")
    if not isinstance(snak, dict):
        return None
    kind, content = _snak(snak)
    qualifiers = value.get("qualifiers")
    found = {}
    if isinstance(qualifiers, dict):
        found = {key: [inner for one in _list(many) if (inner := _snak(one)[1]) is not None] for key, many in qualifiers.items()}
    return Claim(kind, content, str(value.get("rank") or "normal"), found)


def _snak(snak: Any) -> tuple[str, Any]:
    if not isinstance(snak, dict):
        return UNKNOWN, None
    kind = snak.get("snaktype", "value")
    if kind in (UNKNOWN, NONE):
        return kind, None
    data = snak.get("datavalue")
    return "value", data.get("value") if isinstance(data, dict) else None


def _labels(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    given = {lang: value[lang] for lang in _LANGUAGES if lang in value}
    found = {lang: one.get("value") if isinstance(one, dict) else one for lang, one in given.items()}
    if "en" not in found and isinstance(value.get("mul"), dict):
        found["en"] = value["mul"].get("value")  # one label for all languages of the Latin script
    return {lang: clean(text) for lang, text in found.items() if isinstance(text, str) and clean(text)}


def _aliases(value: Any) -> dict[str, list[str]]:
    if not isinstance(value, dict):
        return {}
    out = {}
    for lang in _LANGUAGES:
        texts = [one.get("value") if isinstance(one, dict) else one for one in _list(value.get(lang))]
        out[lang] = [clean(text) for text in texts if isinstance(text, str) and clean(text)]
    return out


def clean(text: str) -> str:
    """A text on one line, without characters that no name has."""
    return " ".join("".join(char if char.isprintable() or char in "\u200c\u200d" else " " for char in text).split())
