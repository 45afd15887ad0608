"""Decodes pack files to facts; all errors of all files come at once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from . import normalise, schema, schema_types
from .facts import Complete, Entity, Event, Fact, Names
from .model import Source
from .packs import pack_files
from .yamlio import PackError, Yaml, YamlPath, load, without_gc

if TYPE_CHECKING:
    from .reference import Reference

_ID = re.compile(schema_types.ID).fullmatch
_SOURCE_ID = re.compile(schema_types.SOURCE_ID).fullmatch


class DataSet(NamedTuple):
    """A source of which single rows are cited, as `id:row`."""

    rows: str  # pattern of a row's identifier
    url: str  # with {} for the row


class Pack:
    """One decoded file."""

    def __init__(self, yaml: Yaml) -> None:
        self.yaml = yaml
        self.sources: dict[str, Source] = {}
        self.data_sets: dict[str, DataSet] = {}
        self.facts: dict[str, Fact] = {}
        self.sections: dict[str, str] = {}  # fact id → section
        self.tellings: dict[str, Names] = {}  # by event
        self.complete: list[Complete] = []
        self.references: list[schema_types.Reference] = []
        self.replaced: set[str] = set()


class Packs:
    """All files of a reference, decoded, with everything that is wrong in any of them."""

    def __init__(self, base: Reference | None = None) -> None:
        self.base = base
        self.packs: list[Pack] = []
        self.home: dict[str, Pack] = {}
        self.facts: dict[str, Fact] = {}
        self.sources: dict[str, Source] = {}
        self.data_sets: dict[str, DataSet] = {}
        self.complete: list[Complete] = []
        self.replaced: set[str] = set()
        self.errors: list[PackError] = []
        self._keys: dict[str, tuple[str, ...]] = {}

    def entities(self) -> Iterator[Entity]:
        """All polities, people, places and things."""
        return (fact for fact in self.facts.values() if isinstance(fact, Entity))

    def events(self) -> Iterator[Event]:
        """All events."""
        return (fact for fact in self.facts.values() if isinstance(fact, Event))

    def key(self, name: str) -> tuple[str, ...]:
        """The normalised words of a name; kept, as several checks and the compiler ask."""
        known = self._keys.get(name)
        if known is None:
            known = self._keys[name] = normalise.name_key(name)
        return known

    def fact(self, id: str) -> Fact | None:
        """The fact of this id, here or in the packs below."""
        return self.facts.get(id) or (self.base.fact(id) if self.base else None)

    def source(self, id: str) -> Source | None:
        """The source of this id (without a row), here or in the packs below."""
        below = self.base.source(id) if self.base else None
        return self.sources.get(id) or (below if below and below.title != id else None)

    def data_set(self, id: str) -> tuple[str, str] | None:
        """For a source whose rows are cited: the pattern of row identifiers and the address of a row."""
        return self.data_sets.get(id) or (self.base.data_set(id) if self.base else None)

    def section(self, id: str) -> str:
        """The section that defines `id`, "" if none does."""
        if id in self.home:
            return self.home[id].sections[id]
        fact = self.base.fact(id) if self.base else None
        return schema.SECTION_OF[fact.kind] if fact else ""

    def error(self, id: str, path: YamlPath, message: str, *, key: bool = False, level: str = "error") -> PackError:
        """An error about the value at `path` inside the entry `id`."""
        pack = self.home[id]
        return pack.yaml.error((pack.sections[id], id, *path), message, key=key, level=level)

    def add(self, pack: Pack) -> None:
        """Takes in the facts of one file; an id that is taken is an error."""
        self.packs.append(pack)
        for id, fact in pack.facts.items():
            taken = self._taken(id, pack)
            if taken:
                self.errors.append(pack.yaml.error((pack.sections[id], id), f"the id «{id}» is taken: {taken}", key=True))
                continue
            self.facts[id] = fact
            self.home[id] = pack
        for id, source in pack.sources.items():
            known = self.source(id)
            if known and known[1:] != source[1:]:
                message = f"the source «{id}» stands elsewhere with another title or address ({known.title})"
                self.errors.append(pack.yaml.error(("sources", id), message, key=True))
            self.sources.setdefault(id, source)
        self.data_sets.update(pack.data_sets)
        self.complete.extend(pack.complete)

    def _taken(self, id: str, pack: Pack) -> str:
        """Where else `id` is defined, "" if it may be defined here."""
        other = self.home.get(id)
        if other:
            return f"{other.yaml.path}:{other.yaml.where((other.sections[id], id), key=True)[0]}"
        if self.base and self.base.fact(id):
            if id not in pack.replaced:
                return "it belongs to another pack (say replace: 'true' to put this entry in its place)"
            self.replaced.add(id)
        return ""


def display(path: str) -> str:
    """`path` as a reader knows it: relative to the working folder where it lies inside."""
    inside = os.path.join(os.getcwd(), "")
    return path[len(inside) :] if path.startswith(inside) else path


def decode_folders(folders: Iterable[str], base: Reference | None = None) -> Packs:
    """All packs of `folders`, which build on the facts of `base`. Nothing is raised: errors stand in the result."""
    packs = Packs(base)
    with without_gc():
        for folder in folders:
            if not os.path.isdir(folder):
                packs.errors.append(PackError(folder, 0, 0, "is not a folder"))
            for file in pack_files(folder):
                pack, errors = decode_pack(load(file, display(file)))
                packs.errors.extend(errors)
                packs.add(pack)
    return packs


def decode_pack(yaml: Yaml) -> tuple[Pack, list[PackError]]:
    """The facts of one loaded file, and its errors."""
    pack, context = Pack(yaml), schema_types.Context(yaml)
    if yaml.value is not None and type(yaml.value) is not dict:
        context.fail((), f"expected sections: {', '.join(schema.SECTIONS)}")
    elif yaml.value and "kind" in yaml.value and "message" in yaml.value:
        context.fail((), "this is a rule, not a pack of facts: give its folder with --rules")
    elif yaml.value:
        for section, content in yaml.value.items():
            _decode_section(section, content, pack, context)
    pack.references = context.references
    return pack, context.errors


def _decode_section(section: str, content: Any, pack: Pack, context: schema_types.Context) -> None:
    if section == "complete":
        pack.complete = _decode_complete(content, context)
    elif section not in schema.SECTIONS:
        context.fail((section,), f"unknown section «{section}»{schema_types.choose(section, schema.SECTIONS)}", key=True)
    elif type(content) is not dict:
        if content:
            context.fail((section,), "expected entries: id: {…}")
    elif section == "sources":
        for id, value in content.items():
            _decode_source(id, value, pack, context)
    elif section == "tellings":
        for id, value in content.items():
            schema.TOLD.decode(id, (section, id), context)
            pack.tellings[id] = schema.TELLING.decode(value, (section, id), context)
    else:
        for id, value in content.items():
            _decode_entry(section, id, value, pack, context)


def _decode_complete(content: Any, context: schema_types.Context) -> list[Complete]:
    if type(content) is not list:
        if content:
            context.fail(("complete",), "expected a list of statements: - {type: …, when: …, sources: […]}")
        return []
    found = [schema.COMPLETE.decode(item, ("complete", index), context) for index, item in enumerate(content)]
    for index, item in enumerate(found):
        if item and not (item.by or item.target or item.part_of):
            context.fail(("complete", index), "says nothing about whom: give «by», «target» or «part_of»")
    return [item for item in found if item]


def _decode_entry(section: str, id: str, value: Any, pack: Pack, context: schema_types.Context) -> None:
    path = (section, id)
    if not _ID(id):
        context.fail(path, f"the id «{id}» is not lower-case English words joined by hyphens", key=True)
    if id in pack.facts:
        context.fail(path, f"the id «{id}» is taken: it stands in «{pack.sections[id]}» of this file", key=True)
        return
    fields = schema.ENTRIES[section].decode(value, path, context)
    if fields is None:
        return
    pack.sections[id] = section
    if type(value) is dict and value.get("replace") == "true":
        pack.replaced.add(id)
    pack.facts[id] = Event(id, **fields) if section == "events" else Entity(id, schema.KIND_OF[section], **fields)


def _decode_source(id: str, value: Any, pack: Pack, context: schema_types.Context) -> None:
    path = ("sources", id)
    if not _SOURCE_ID(id):
        context.fail(path, f"the source id «{id}» is not lower-case letters, digits, hyphens and underscores", key=True)
    fields = schema.SOURCE_ENTRY.decode(value, path, context)
    if fields is None:
        return
    parts = (fields.get(key, "") for key in ("author", "title", "publisher", "year"))
    pack.sources[id] = Source(id, ", ".join(part for part in parts if part), fields.get("url", ""))
    if "rows" in fields:
        try:
            re.compile(fields["rows"])
        except re.error as error:
            context.fail((*path, "rows"), f"«{fields['rows']}» is not a pattern: {error}")
            return
        pack.data_sets[id] = DataSet(fields["rows"], fields.get("row_url", ""))
