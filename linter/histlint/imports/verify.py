"""Tries new entries with the checks of `histlint reference check`, and takes out what fails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from .. import schema
from ..check_packs import apart, check
from ..decode import Pack, Packs, decode_pack
from ..facts import Event
from ..pack_errors import PackError
from ..reference import Reference
from ..yamlio import Yaml, YamlPath
from .log import Log, Place

Entries = dict[str, dict[str, dict[str, Any]]]
_ROUNDS = 6  # an entry that falls may take a key of another with it


class _Recorder(Yaml):
    """A pack that has no text yet: an error's place is its path."""

    __slots__ = ("paths",)

    def __init__(self, path: str, value: Any) -> None:
        super().__init__(path, "", value, [])
        self.paths: list[YamlPath] = []

    def error(self, path: YamlPath, message: str, *, key: bool = False, level: str = "error") -> PackError:
        """An error whose line is the number of its path in `paths`."""
        self.paths.append(path)
        return PackError(self.path, len(self.paths), 0, message, level)


def verified(
    path: str, old: Mapping[str, Mapping[str, Any]], added: Entries, places: Mapping[str, Place], base: Reference, log: Log,
    sources: Mapping[str, Mapping[str, str]],
) -> Entries:  # fmt: skip
    """The entries of `added` that pass, in a pack that also has the entries of `old`; the log names what was left out."""
    added = {section: dict(entries) for section, entries in added.items()}
    for _ in range(_ROUNDS):
        faults = _faults(path, old, added, base, sources)
        if not faults:
            break
        for (section, id), found in faults.items():
            _repair(added, section, id, found, places.get(id, Place(path)), log)
    return {section: entries for section, entries in added.items() if entries}


def _faults(
    path: str, old: Mapping[str, Mapping[str, Any]], added: Entries, base: Reference, sources: Mapping[str, Mapping[str, str]]
) -> dict[tuple[str, str], list[tuple[YamlPath, str]]]:
    """What is wrong with new entries: paths inside the entry, and messages."""
    value: dict[str, Any] = {"sources": dict(sources)} if sources else {}
    for section in schema.ENTRIES:
        entries = {**old.get(section, {}), **added.get(section, {})}
        if entries:
            value[section] = entries
    yaml = _Recorder(path, value)
    pack, errors = decode_pack(yaml)
    pack.replaced.update(pack.facts)  # the reference may hold an earlier state of this very file
    packs = Packs(base)
    packs.errors.extend(errors)
    packs.add(pack)
    found: dict[tuple[str, str], list[tuple[YamlPath, str]]] = defaultdict(list)
    for error in check(packs):
        at = yaml.paths[error.line - 1] if 0 < error.line <= len(yaml.paths) else ()
        if error.level == "error" and len(at) >= 2 and at[1] in added.get(str(at[0]), {}):
            found[str(at[0]), str(at[1])].append((at[2:], error.message))
    for id, message in _namesakes(pack, added, base):
        found["events", id].append((("names",), message))
    return found


def _namesakes(pack: Pack, added: Entries, base: Reference) -> list[tuple[str, str]]:
    """New events that another pack has under the same name and time."""
    events = [fact for id in added.get("events", {}) if isinstance(fact := pack.facts.get(id), Event)]
    keys = {event.id: [(text, Packs().key(text)) for texts in event.names.values() for text in texts] for event in events}
    names = base.names({word for texts in keys.values() for _, key in texts for word in key})
    out = []
    for event in events:
        for text, key in keys[event.id]:
            for name in names.get(key[0], ()) if key else ():
                other = base.fact(name.id) if name.key == key and name.how == "name" and name.id not in pack.facts else None
                if isinstance(other, Event) and other.confidence != "low" and not apart(event.when, other.when):
                    out.append((event.id, f"«{text}» is in the reference already, as {other.id}"))
    return out


def _repair(added: Entries, section: str, id: str, found: list[tuple[YamlPath, str]], place: Place, log: Log) -> None:
    """Takes the faulty keys out of an entry, or the entry where it cannot do without them."""
    entries = added[section]
    record = schema.ENTRIES[section].fields
    fields = dict(entries[id])
    for path, message in found:
        key = str(path[0]) if path else ""
        if key not in record or record[key].required or key == "sources":
            log.skipped(place, f"{id}: {message}")
            del entries[id]
            return
        if key in fields:
            log.note(place, f"{id}: {key} is left out: {message}")
            del fields[key]
            for other in {"sides": ("won", "lost", "leaders")}.get(key, ()):
                fields.pop(other, None)
    entries[id] = fields
