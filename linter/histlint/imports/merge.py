"""Puts drafts into a pack file: new entries are added, those that it has stay as they are written.

An entry is found again by the row it cites (`wikidata:Q42`), so ids, names and everything else in it may be edited freely, and
its comments stay. With `update` the keys that the source gives are written anew. What is written has passed the checks of
`histlint reference check`: a key that fails is left out, or the entry where it cannot do without, and the log says so.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain, count
from typing import Any, NamedTuple

from .. import schema
from ..facts import Event
from ..reference import Reference
from ..yamlio import Yaml, load
from . import writer
from .drafts import Draft, Ref
from .log import Log, Place, Unusable
from .verify import verified

Entries = dict[str, dict[str, dict[str, Any]]]  # section → id → fields


class Result(NamedTuple):
    """The text of the pack and what became of the drafts."""

    text: str
    new: int
    kept: int
    updated: int


def combine(
    drafts: Iterable[Draft], path: str, base: Reference, log: Log, *, header: Iterable[str] = (), update: bool = False,
    sources: Mapping[str, Mapping[str, str]] | None = None,
) -> Result:  # fmt: skip
    """The pack at `path`, if there is one, with the drafts in it. Raises Unusable where it cannot be read."""
    return _Merge(path, base, log, sources or {}).run(list(drafts), header, update)


class _Merge:
    def __init__(self, path: str, base: Reference, log: Log, sources: Mapping[str, Mapping[str, str]]) -> None:
        self.path, self.base, self.log = path, base, log
        self.sources = sources
        self.old = _existing(path)
        self.sections: dict[str, dict[str, Any]] = {
            name: value for name in schema.ENTRIES if isinstance(value := (self.old.value or {}).get(name), dict)
        }
        self.cited: dict[str, list[tuple[str, str]]] = defaultdict(list)  # row → (section, id) of the facts that cite it
        self.home: dict[str, str] = {}
        for section, entries in self.sections.items():
            for id, fields in entries.items():
                self.home[id] = section
                for source in _listed(fields.get("sources")) if isinstance(fields, dict) else ():
                    self.cited[source].append((section, id))
        self.below: dict[str, list[tuple[str, str]]] = defaultdict(list)  # the same in the packs of the reference
        for fact in base.facts():
            if fact.id not in self.home:
                low = isinstance(fact, Event) and fact.confidence == "low"
                for source in fact.sources:
                    self.below[source].append(("low" if low else schema.SECTION_OF[fact.kind], fact.id))

    def run(self, drafts: list[Draft], header: Iterable[str], update: bool) -> Result:
        here: dict[str, str] = {}  # row → id of an entry that the pack has already
        new: list[tuple[Draft, str]] = []
        taken = set(self.home)
        for draft in drafts:
            known = self._known(draft)
            if known:
                here[draft.cite or draft.id] = known
            elif not self._elsewhere(draft):
                id = self._free(draft, taken)
                taken.add(id)
                if draft.cite:
                    self.cited[draft.cite].append((draft.section, id))
                new.append((draft, id))
        added: Entries = defaultdict(dict)
        places: dict[str, Place] = {}
        for draft, id in new:
            added[draft.section][id] = self._resolved(draft)
            places[id] = draft.place
        changed = self._changed(drafts, here, update)
        for section, entries in changed.items():
            added[section].update(entries)
        passed = verified(self.path, self.sections, added, places, self.base, self.log, self._all_sources())
        for section, entries in changed.items():
            for id in entries:  # what the checks left of a change may be what stood there before
                if passed.get(section, {}).get(id) == self.sections[section][id]:
                    del passed[section][id]
        updated = sum(id in self.home for entries in passed.values() for id in entries)
        text = self._text(passed, header)
        return Result(text, sum(map(len, passed.values())) - updated, len(here) - updated, updated)

    # Which entry

    def _known(self, draft: Draft) -> str:
        """The id of the entry that the pack has for a draft, "" if it has none."""
        rows = self.cited.get(draft.cite, ()) if draft.cite else ()
        found = [id for section, id in rows if section == draft.section and id in self.home]
        if len(found) == 1:
            return found[0]
        if draft.id in found or (not draft.cite and self.home.get(draft.id) == draft.section):
            return draft.id
        if found:
            self.log.note(draft.place, f"{draft.cite} is cited by {', '.join(found)}: taken for the first of them")
            return found[0]
        return ""

    def _elsewhere(self, draft: Draft) -> bool:
        """Whether another pack has the fact, so that it would stand here a second time."""
        for section, id in self.below.get(draft.cite, ()) if draft.cite else ():
            if section == draft.section:
                self.log.skipped(draft.place, f"{draft.cite} is in the reference already, as {id}")
                return True
        return False

    def _free(self, draft: Draft, taken: set[str]) -> str:
        row = draft.cite.partition(":")[2].lower()
        stem = draft.id or f"{draft.section.rstrip('s')}-{row}".strip("-")
        tries = chain((stem, f"{stem}-{row}" if row else stem), (f"{stem}-{number}" for number in count(2)))
        return next(id for id in tries if id not in taken and self.base.fact(id) is None)

    # What it refers to

    def _resolved(self, draft: Draft) -> dict[str, Any]:
        lost: list[str] = []
        fields = {key: self._ids(value, key, lost) for key, value in draft.fields.items()}
        fields = {key: value for key, value in fields.items() if value not in (None, [], {})}
        if any(not side for side in fields.get("sides", ())):
            fields.pop("sides")
            fields.pop("won", None)
        if lost:
            self.log.note(draft.place, f"{draft.cite or draft.id}: left out, as no pack has them: {', '.join(lost)}")
        return fields

    def _ids(self, value: Any, key: str, lost: list[str]) -> Any:
        if isinstance(value, Ref):
            id = self._find(value)
            if not id:
                lost.append(f"{key} {value.id}")
            return id
        if isinstance(value, list):
            return [found for item in value if (found := self._ids(item, key, lost)) is not None]
        if isinstance(value, dict):
            return {inner: self._ids(item, key, lost) for inner, item in value.items()}
        return value

    def _find(self, ref: Ref) -> str | None:
        for facts in (self.cited, self.below):
            found = sorted({id for section, id in facts.get(f"wikidata:{ref.id}", ()) if section in ref.sections})
            if len(found) == 1:
                return found[0]
        return None

    # Entries that are there

    def _changed(self, drafts: Iterable[Draft], here: Mapping[str, str], update: bool) -> Entries:
        """Entries that the source tells otherwise: with `update` as they are to be written, else they are only told."""
        out: Entries = defaultdict(dict)
        for draft in drafts:
            id = here.get(draft.cite or draft.id)
            if id is None:
                continue
            old = self.sections[draft.section][id]
            fields = self._resolved(draft)
            if not isinstance(old, dict):
                continue
            differing = [key for key, value in fields.items() if key in old and not _says(old[key], value, key)]
            if update:
                news = {key: value for key, value in fields.items() if key in differing or key not in old}
                merged = {**old, **{key: _joined(old.get(key), value, key) for key, value in news.items()}}
                if merged != old:
                    out[draft.section][id] = merged
            else:
                for key in differing:
                    there, here_now = writer.flow(old[key]), writer.flow(fields[key])
                    self.log.note(draft.place, f"{id}: {key} is {there} in the pack, {here_now} here: kept")
        return out

    # Text

    def _all_sources(self) -> dict[str, Any]:
        """The sources that the pack will define."""
        defined = (self.old.value or {}).get("sources")
        return {**(defined if isinstance(defined, dict) else {}), **self._extra_sources()}

    def _extra_sources(self) -> dict[str, Mapping[str, str]]:
        """Definitions of sources that neither the pack nor the reference has."""
        defined = (self.old.value or {}).get("sources") or {}
        return {id: value for id, value in self.sources.items() if id not in defined and self.base.source(id).title == id}

    def _text(self, passed: Entries, header: Iterable[str]) -> str:
        all_sections: dict[str, dict[str, Any]] = {"sources": {id: dict(value) for id, value in self._extra_sources().items()}}
        all_sections.update({section: passed[section] for section in schema.ENTRIES if passed.get(section)})
        if not self.old.text.strip():
            return writer.pack(all_sections, header)
        from .layout import inserted

        return inserted(self.old, {section: entries for section, entries in all_sections.items() if entries})


def _existing(path: str) -> Yaml:
    if not os.path.exists(path):
        return Yaml(path, "", {}, [])
    yaml = load(path)
    if yaml.errors or not isinstance(yaml.value, dict):
        raise Unusable("\n".join(map(str, yaml.errors)) or f"{path}: is no pack: expected sections")
    return yaml


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, str) else []


def _says(old: Any, new: Any, key: str) -> bool:
    """Whether a key of the pack holds all that the source says."""
    if key in ("names", "counts") and isinstance(old, dict):
        return all(set(_listed(value)) <= set(_listed(old.get(inner))) for inner, value in new.items())
    if isinstance(new, list) and key != "sides":
        return all(item in _listed(old) for item in new)
    return bool(old == new)


def _joined(old: Any, new: Any, key: str) -> Any:
    """Names and sources are joined; of other keys the new value counts."""
    if key == "names" and isinstance(old, dict):
        languages = dict.fromkeys((*old, *new))
        return {lang: list(dict.fromkeys((*_listed(old.get(lang)), *new.get(lang, ())))) for lang in languages}
    if key == "sources":
        return list(dict.fromkeys((*_listed(old), *new)))
    return new
