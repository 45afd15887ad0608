"""The opened reference: names, facts, roles, rules and wording, read from compiled files as they are asked for.

Several files lie behind one `Reference`, the shipped packs lowest and the user's above them.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from .facts import Complete, Entity, Event, Fact, Name, decode_complete, decode_entity, decode_event
from .model import Moment, Source
from .named_tuple import TYPE_CHECKING
from .stored import inflater

if TYPE_CHECKING:
    import sqlite3
    from typing import Any
else:
    try:
        import _sqlite3 as sqlite3  # what `sqlite3` wraps; without datetime, which a run does not need
    except ImportError:
        import sqlite3

_CHUNK = 400  # values per query
_MAX_CACHED = 400_000  # words; bounds memory in bulk runs
_OF_ENTITIES = frozenset({"office", "of", "within", "capital_of"})  # roles that lead from entities to entities


def connect(path: str) -> sqlite3.Connection:
    """Opens a compiled file for reading only; it never changes while it has its name, so nothing is locked."""
    name = path.replace("\\", "/").replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    connection = sqlite3.connect(f"file:{'/' if name[1:2] == ':' else ''}{name}?mode=ro&immutable=1", uri=True)
    connection.execute(f"PRAGMA mmap_size={1 << 30}")  # pages are read without being copied
    return connection


class Reference:
    """All that the packs know. Facts and names are read when they are asked for and kept."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self.stamp = ""  # changes when any layer does
        self.files: list[str] = []  # of the layers; ":memory:" where the cache could not be written
        self._layers: list[sqlite3.Connection] = []
        self._replaced: list[frozenset[str]] = []  # for each layer, the ids of lower layers that it replaces
        self.memo: dict[Any, Any] = {}  # what checks work out of facts alone, whatever the text
        self._names: dict[str, list[Name]] = {}
        self._facts: dict[str, Fact | None] = {}
        self._ancestors: dict[str, frozenset[str]] = {}
        self._events: dict[tuple[str, str], tuple[str, ...]] = {}
        self._told: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = {}
        self._titles: dict[tuple[str, str], dict[str, list[tuple[tuple[str, ...], str]]]] = {}
        self._rules: dict[str, dict[str, dict[str, Any]]] = {}
        self._inflaters: dict[tuple[sqlite3.Connection, str], Callable[[bytes], Any]] = {}
        self._wording: dict[str, Mapping[str, Any]] = {}
        self._complete: tuple[Complete, ...] | None = None

    def add(self, connection: sqlite3.Connection, file: str) -> None:
        """Puts a compiled file on top."""
        self._layers.append(connection)
        self.files.append(file)
        self._replaced.append(frozenset(self._blob(connection, "replaced") or ()))
        self.stamp += f"{self._blob(connection, 'meta:content') or self._blob(connection, 'meta:stamp')}\n"
        problems = self._blob(connection, "problems")
        if problems:
            count = len(problems)
            self.warnings.append(f"{count} errors in the packs (see `histlint reference check`), the first: {problems[0]}")
        for cache in (self.memo, self._names, self._facts, self._ancestors, self._events, self._told, self._titles, self._wording, self._rules):
            cache.clear()
        self._complete = None

    def close(self) -> None:
        """Closes the files."""
        for connection in self._layers:
            connection.close()
        self._layers.clear()
        self._inflaters.clear()

    def __enter__(self) -> Reference:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Names

    def names(self, words: Iterable[str]) -> dict[str, list[Name]]:
        """The names that a text with these words can hold, by their first word. `words` are all stems of the text.

        Each name is stored under the rarest of its words: of the thousands of names that begin with "battle" only those come
        back whose other word occurs too.
        """
        wanted = set(words)
        self._read_names(wanted)
        cache = self._names
        found: dict[str, list[Name]] = {}
        for word in wanted:
            for name in cache[word]:
                if name.key[0] in wanted:
                    found.setdefault(name.key[0], []).append(name)
        for names in found.values():
            if len(names) > 1:
                names.sort(key=_name_order)
        return found

    def names_under(self, words: Collection[str]) -> list[Name]:
        """The names of which one of these words is the rarest."""
        self._read_names(set(words))
        return [name for word in words for name in self._names[word]]

    def _read_names(self, words: set[str]) -> None:
        """Fills the cache for `words`, also with what is not there."""
        cache = self._names
        missing = [word for word in words if word not in cache]
        if len(cache) + len(missing) > _MAX_CACHED:
            cache.clear()
            missing = list(words)
        for word in missing:
            cache[word] = []
        for word, item in self._under("SELECT anchor, data FROM names WHERE anchor", "names", missing):
            cache[word].append(_name(item))

    def all_names(self) -> Iterator[Name]:
        """Every name: for searching, not for tagging."""
        for number, layer in enumerate(self._layers):
            replaced, opened = self._replaced_above(number), self._inflater(layer, "names")
            for (data,) in layer.execute("SELECT data FROM names"):
                yield from (_name(item) for item in opened(data) if item[1] not in replaced)

    # Facts

    def fact(self, id: str) -> Fact | None:
        """The entity or event of this id."""
        try:
            return self._facts[id]
        except KeyError:
            fact = self._facts[id] = self._read_fact(id)
            return fact

    def _read_fact(self, id: str) -> Fact | None:
        for connection in reversed(self._layers):
            row = connection.execute("SELECT kind, data FROM facts WHERE id = ?", (id,)).fetchone()
            if row:
                return _fact(row[0], self._inflater(connection, "facts")(row[1]))
        return None

    def facts(self) -> Iterator[Fact]:
        """Every fact, in the order of ids within each layer: for statistics, not for checking."""
        for number, layer in enumerate(self._layers):
            replaced, opened = self._replaced_above(number), self._inflater(layer, "facts")
            for id, kind, data in layer.execute("SELECT id, kind, data FROM facts"):
                if id not in replaced:
                    yield _fact(kind, opened(data))

    def events_with(self, entity: str, role: str = "") -> tuple[str, ...]:
        """Ids of the events in which `entity` has `role` (side leader by target where won lost captured killed absent
        supported_by opposed_by part_of ended cause), or any of these.

        The roles office, of, within and capital_of lead from an entity to entities: who held an office there, who belonged
        to it, what lies in it, whose capital it was.
        """
        known = self._events.get((entity, role))
        if known is None:
            roles = self._roles(entity)
            asked = [role] if role else [role for role in sorted(roles) if role not in _OF_ENTITIES]
            known = self._events[entity, role] = tuple(dict.fromkeys(fact for role in asked for fact in roles.get(role, ())))
        return known

    def _roles(self, entity: str) -> dict[str, list[str]]:
        """The facts in which `entity` stands, by role."""
        found: dict[str, list[str]] = {}
        for number, layer in enumerate(self._layers):
            row = layer.execute("SELECT data FROM roles WHERE entity = ?", (entity,)).fetchone()
            replaced = self._replaced_above(number)
            for role, facts in self._inflater(layer, "roles")(row[0]).items() if row else ():
                found.setdefault(role, []).extend(fact for fact in facts if fact not in replaced)
        return found

    def parts(self, events: Collection[str]) -> set[str]:
        """Ids of the direct parts of these events."""
        return {part for event in events for part in self.events_with(event, "part_of")}

    def titles(self, events: Iterable[str], lang: str, head: str) -> Mapping[str, Sequence[tuple[tuple[str, ...], str]]]:
        """The names in `lang` that begin with the word `head`, of events checked by hand, among them all those of `events`: by event the
        words behind the first, and the text."""
        known = self._titles.setdefault((lang, head), {})
        missing = [event for event in events if event not in known]
        known.update((event, []) for event in missing)
        query = "SELECT event, place, tail, text FROM titles WHERE lang = ? AND head = ? AND event"
        for event, _, tail, text in sorted(self._among(query, missing, lang, head, id_column=0)):
            known[event].append((tuple(tail.split(" ")), text))
        return known

    def told(self, words: Iterable[str], lang: str) -> list[tuple[tuple[str, ...], str]]:
        """The words in `lang` that tell of an event where they stand together, and its id; of those whose rarest word has a form in `words`."""
        known = self._told
        missing = [word for word in words if (lang, word) not in known]
        if len(known) > _MAX_CACHED:
            known.clear()
            missing = list(words)
        known.update(((lang, word), []) for word in missing)
        anchors = [f"{lang} {word}" for word in missing]
        for anchor, (phrase, event) in self._under("SELECT anchor, data FROM told WHERE anchor", "told", anchors):
            known[lang, anchor.partition(" ")[2]].append((tuple(phrase.split(" ")), event))
        return sorted({item for word in words for item in known[lang, word]})

    def events_of_type(self, type: str) -> tuple[str, ...]:
        """Ids of the events of this type."""
        return tuple(row[0] for row in self._rows("SELECT event FROM types WHERE type = ?", (type,), id_column=0))

    def complete(self) -> tuple[Complete, ...]:
        """What the packs say that they know completely."""
        if self._complete is None:
            stored = (item for connection in self._layers for item in self._blob(connection, "complete") or ())
            self._complete = tuple(map(decode_complete, stored))
        return self._complete

    def ancestors(self, id: str) -> frozenset[str]:
        """`id` and all that it is part of, directly or through others: places, polities, wars."""
        known = self._ancestors.get(id)
        if known is None:
            found, todo = {id}, [id]
            while todo:
                wholes = _wholes(self.fact(todo.pop()))
                todo.extend(whole for whole in wholes if whole not in found)
                found.update(wholes)
            known = self._ancestors[id] = frozenset(found)
        return known

    def source(self, id: str) -> Source:
        """The source of this id; a row of a data set (`wikidata:Q42`) has the row's address.

        A source that no pack defines has its id as title.
        """
        set_id, _, row_id = id.partition(":")
        for connection in reversed(self._layers):
            row = connection.execute("SELECT title, url, row_url FROM sources WHERE id = ?", (set_id,)).fetchone()
            if row:
                title, url, row_url = row
                if row_id:
                    return Source(id, f"{title.partition(',')[0]} {row_id}", row_url.format(row_id) if row_url else url)
                return Source(id, title, url)
        return Source(id, id, "")

    def data_set(self, id: str) -> tuple[str, str] | None:
        """For a source whose rows are cited: the pattern of row identifiers and the address of a row."""
        for connection in reversed(self._layers):
            row = connection.execute("SELECT rows, row_url FROM sources WHERE id = ?", (id,)).fetchone()
            if row and row[0]:
                return (row[0], row[1])
        return None

    # Rules and wording

    def rules(self, *, applied: bool = False) -> dict[str, dict[str, Any]]:
        """The rule files' contents by rule id (path without suffix); with `applied` without what only explains them."""
        key = "rules:applied" if applied else "rules"
        known = self._rules.get(key)
        if known is None:
            known = self._rules[key] = {}
            for connection in self._layers:
                known.update(self._blob(connection, key) or {})
        return known

    def phrase_index(self, rule: str, lang: str) -> Mapping[str, Any] | None:
        """What `checks.phrase.index_of` makes of a list of phrases of a rule, where it is stored."""
        for connection in reversed(self._layers):
            stored = self._blob(connection, f"phrases:{rule}")
            if stored is not None:
                return marshal.loads(stored[lang]) if lang in stored else None
        return None

    def languages(self) -> tuple[str, ...]:
        """The languages that have wording."""
        return tuple(sorted({lang for connection in self._layers for lang in self._blob(connection, "languages") or ()}))

    def wording(self, lang: str) -> Mapping[str, Any]:
        """The wording files' contents for `lang` by file name without suffix, those of all packs merged."""
        known = self._wording.get(lang)
        if known is None:
            known = self._wording[lang] = _Wording(tuple(self._layers), lang)
        return known

    def tables(self, lang: str) -> dict[str, Any]:
        """The look-up tables of the wording for `lang` (see `wording_tables`): stored ones, built anew where packs add to them."""
        stored = [blob for connection in self._layers if (blob := self._blob(connection, f"tables:{lang}"))]
        if len(stored) == 1:
            return dict(stored[0])
        from .wording_tables import build

        return build(self.wording(lang))

    def times(self, lang: str) -> tuple[dict[str, str], dict[str, Any]] | None:
        """What makes a `tag.timewords.Table` of the wording for `lang`, where it is stored: not where several packs add to it."""
        stored = [blob for connection in self._layers if (blob := self._blob(connection, f"times:{lang}"))]
        return stored[0] if len(stored) == 1 else None

    # Reading

    def _rows(self, query: str, values: Iterable[str], *, id_column: int) -> Iterator[tuple[Any, ...]]:
        """The rows of all layers, without those of facts that a higher layer replaces."""
        values = tuple(values)
        for number, connection in enumerate(self._layers):
            replaced = self._replaced_above(number)
            for row in connection.execute(query, values):
                if row[id_column] not in replaced:
                    yield row

    def _among(self, query: str, values: Sequence[str], *given: str, id_column: int) -> Iterator[tuple[Any, ...]]:
        """The rows for which what the query ends with is one of many values; `given` are the values of the query itself."""
        for start in range(0, len(values), _CHUNK):
            chunk = values[start : start + _CHUNK]
            yield from self._rows(f"{query} IN ({','.join('?' * len(chunk))})", (*given, *chunk), id_column=id_column)

    def _under(self, query: str, table: str, words: Sequence[str]) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """What a table of clusters holds under these words; an item's second field is its fact."""
        for number, layer in enumerate(self._layers):
            replaced, opened = self._replaced_above(number), self._inflater(layer, table)
            for start in range(0, len(words), _CHUNK):
                chunk = words[start : start + _CHUNK]
                for word, data in layer.execute(f"{query} IN ({','.join('?' * len(chunk))})", chunk):
                    for item in opened(data):
                        if item[1] not in replaced:
                            yield word, item

    def _replaced_above(self, number: int) -> frozenset[str]:
        """The ids that the layers above this one replace."""
        return frozenset().union(*self._replaced[number + 1 :])

    def _inflater(self, layer: sqlite3.Connection, table: str) -> Callable[[bytes], Any]:
        known = self._inflaters.get((layer, table))
        if known is None:
            known = self._inflaters[layer, table] = inflater(self._blob(layer, f"dictionary:{table}"))
        return known

    @staticmethod
    def _blob(connection: sqlite3.Connection, key: str) -> Any:
        return _blob(connection, key)


def _blob(connection: sqlite3.Connection, key: str) -> Any:
    row = connection.execute("SELECT value FROM blobs WHERE key = ?", (key,)).fetchone()
    return marshal.loads(row[0]) if row else None


class _Wording(Mapping[str, "Any"]):
    """The wording of a language by file; a file is read when it is asked for."""

    def __init__(self, layers: Sequence[sqlite3.Connection], lang: str) -> None:
        self._layers, self._lang = layers, lang
        self._names = {name: None for layer in layers for name in _blob(layer, f"wording:{lang}") or ()}
        self._known: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            if name not in self._names:
                raise KeyError(name)
            parts = [part for layer in self._layers if (part := _blob(layer, f"wording:{self._lang}:{name}")) is not None]
            known = parts[0]
            for part in parts[1:]:
                known = merge(known, part)
            self._known[name] = known
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def merge(first: Any, second: Any) -> Any:
    """Both values in one: groups merged, lists joined, otherwise the second."""
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return {**first, **{key: merge(first[key], value) if key in first else value for key, value in second.items()}}
    if isinstance(first, list) and isinstance(second, list):
        return [*first, *(item for item in second if item not in first)]
    return second


def _name(row: tuple[Any, ...]) -> Name:
    key, id, kind, how, lang, text, when = row
    return Name(tuple(key.split(" ")), id, kind, how, lang, text, Moment(*marshal.loads(when)) if when else None)


def _name_order(name: Name) -> tuple[Any, ...]:
    return name[:6]


def _wholes(fact: Fact | None) -> tuple[str, ...]:
    if fact is None:
        return ()
    return fact.part_of if isinstance(fact, Event) else tuple(whole.into for whole in fact.part_of)


def _fact(kind: str, fields: dict[str, Any]) -> Fact:
    return decode_event(fields) if kind == "event" else decode_entity(fields)


__all__ = ["Entity", "Event", "Reference", "connect", "merge", "sqlite3"]
