"""Reads YAML that strangers write: strict, bounded, every scalar a string, every value with its line and column.

YAML as such would read `0622` as 402 and `no` as False, lose the first of two equal keys without a word, and let a few lines
of aliases grow into gigabytes. Here scalars stay as written, a repeated key is an error, and aliases, anchors, tags, deep
nesting and huge files are refused. All errors of a file are collected, not only the first.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from .pack_errors import PackError, PackErrors

MAX_DEPTH = 30
MAX_BYTES = 20_000_000

YamlPath = tuple[str | int, ...]

__all__ = ["MAX_BYTES", "MAX_DEPTH", "PackError", "PackErrors", "Yaml", "YamlPath", "load", "loads", "without_gc"]

class Yaml:
    """One loaded file. `value` holds only dicts, lists and strings; it is None where the file could not be read."""

    __slots__ = ("_keys", "_places", "errors", "path", "text", "value")

    def __init__(self, path: str, text: str, value: Any, errors: list[PackError]) -> None:
        self.path = path
        self.text = text
        self.value = value
        self.errors = errors
        self._places: dict[YamlPath, tuple[int, int]] | None = None
        self._keys: dict[YamlPath, tuple[int, int]] = {}

    def where(self, path: YamlPath, *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value at `path` (of its key, with `key`), or of the nearest value around it.

        Places are looked for only when they are asked for: most files have no errors.
        """
        if self._places is None:
            builder = _Builder(self.path, record=True)
            builder.build(self.text)
            self._places, self._keys = builder.places, builder.keys
        while path:
            place = (self._keys.get(path) if key else None) or self._places.get(path)
            if place:
                return place
            path, key = path[:-1], False
        return (1, 1)

    def error(self, path: YamlPath, message: str, *, key: bool = False, level: str = "error") -> PackError:
        """An error about the value (or key) at `path`."""
        return PackError(self.path, *self.where(path, key=key), message, level)


@contextmanager
def without_gc() -> Iterator[None]:
    """Pauses the garbage collector: big packs make millions of objects of which none is garbage."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def load(path: str | Path, name: str = "") -> Yaml:
    """Reads the file at `path`; errors call it `name`. Never raises: what is wrong stands in `errors`."""
    name = name or str(path)
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return Yaml(name, "", None, [PackError(name, 0, 0, f"cannot be read: {error.strerror or error}")])
    if len(data) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 1_000_000} MB: split it into several files"
        return Yaml(name, "", None, [PackError(name, 0, 0, message)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        message = f"is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}"
        return Yaml(name, "", None, [PackError(name, line, column, message)])
    return loads(text, name)


def loads(text: str, name: str = "<text>") -> Yaml:
    """Reads YAML from `text`; errors call it `name`."""
    builder = _Builder(name)
    with without_gc():
        value = builder.build(text)
    return Yaml(name, text, value, builder.errors)


class _Stop(Exception):
    """Nothing sensible can be read behind this place."""


class _Builder:
    """Makes dicts, lists and strings from parser events: no recursion, so no depth can crash it."""

    def __init__(self, name: str, *, record: bool = False) -> None:
        self.name = name
        self.errors: list[PackError] = []
        self.places: dict[YamlPath, tuple[int, int]] = {}
        self.keys: dict[YamlPath, tuple[int, int]] = {}
        self.record = record
        self.root: Any = None
        self.documents = 0
        self.containers: list[Any] = []  # the open dicts and lists, outermost first
        self.path: list[Any] = []  # for each of them the current key or index; None: a key comes next
        self.key_mark: Any = None

    def build(self, text: str) -> Any:
        """The document's value, None where it cannot be read."""
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        handlers, get_event = _HANDLERS, loader.get_event
        try:
            while (event := get_event()) is not None:
                if handler := handlers.get(type(event)):
                    handler(self, event)
        except _Stop:
            return None
        except yaml.MarkedYAMLError as error:
            self.syntax_error(error)
            return None
        except yaml.reader.ReaderError as error:
            self.errors.append(self.bad_character(text, error))
            return None
        finally:
            loader.dispose()
        return {} if self.root is None else self.root

    def fail(self, mark: Any, message: str) -> None:
        self.errors.append(PackError(self.name, mark.line + 1, mark.column + 1, message))

    def syntax_error(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        message = " ".join(part for part in (error.problem, error.context) if part)
        hint = " (quote the value if it holds «: » or starts with a sign that YAML uses)" if "mapping values" in message else ""
        self.errors.append(
            PackError(self.name, mark.line + 1 if mark else 0, mark.column + 1 if mark else 0, f"not valid YAML: {message}{hint}")
        )

    def bad_character(self, text: str, error: yaml.reader.ReaderError) -> PackError:
        code = error.character if isinstance(error.character, int) else ord(str(error.character)[:1] or "\0")
        offset = text.find(chr(code))
        line = text.count("\n", 0, max(offset, 0)) + 1
        column = offset - text.rfind("\n", 0, max(offset, 0))
        return PackError(self.name, line, column, f"a character that YAML does not allow: U+{code:04X}")

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self.fail(event.start_mark, "a second document («---»): one file is one document")
            raise _Stop

    def alias(self, event: Any) -> None:
        self.fail(event.start_mark, f"aliases (*{event.anchor}) are not allowed: write the value out")
        self.put("", event.start_mark)

    def check_node(self, event: Any) -> None:
        if event.anchor is not None:
            self.fail(event.start_mark, f"anchors (&{event.anchor}) are not allowed: write the value out where it is needed")
        if event.tag is not None and event.tag != "!":
            self.fail(event.start_mark, f"tags ({event.tag}) are not allowed: all values are text")

    def scalar(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self.check_node(event)
        path = self.path
        if path and path[-1] is None:
            self.key(event)
        elif path and not self.record:  # the same as `put`, without its detours
            container = self.containers[-1]
            if type(container) is list:
                container.append(event.value)
            else:
                container[path[-1]] = event.value
                path[-1] = None
        else:
            self.put(event.value, event.start_mark)

    def key(self, event: Any) -> None:
        key = event.value
        if key in self.containers[-1]:
            self.fail(event.start_mark, f"the key «{key}» stands here a second time")
        self.path[-1] = key
        self.key_mark = event.start_mark
        if self.record:
            self.keys[tuple(self.path)] = (event.start_mark.line + 1, event.start_mark.column + 1)

    def put(self, value: Any, mark: Any) -> None:
        if not self.containers:
            self.root = value
            return
        container = self.containers[-1]
        if type(container) is list:
            self.path[-1] = len(container)
            container.append(value)
        elif self.path[-1] is None:  # an alias as a key
            raise _Stop
        else:
            container[self.path[-1]] = value
        if self.record:
            at = self.key_mark if type(value) is not str and type(container) is dict else mark
            self.places[tuple(self.path)] = (at.line + 1, at.column + 1)
        if type(container) is dict and type(value) is str:
            self.path[-1] = None

    def open(self, event: Any, container: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self.check_node(event)
        if len(self.containers) >= MAX_DEPTH:
            self.fail(event.start_mark, f"nested deeper than {MAX_DEPTH} levels")
            raise _Stop
        if self.path and self.path[-1] is None and type(self.containers[-1]) is dict:
            self.fail(event.start_mark, "a key must be text")
            raise _Stop
        self.put(container, event.start_mark)
        self.containers.append(container)
        self.path.append(None if type(container) is dict else -1)

    def open_map(self, event: Any) -> None:
        self.open(event, {})

    def open_list(self, event: Any) -> None:
        self.open(event, [])

    def close(self, event: Any) -> None:
        self.containers.pop()
        self.path.pop()
        if self.containers and type(self.containers[-1]) is dict:
            self.path[-1] = None


_HANDLERS: dict[type, Any] = {
    yaml.ScalarEvent: _Builder.scalar,
    yaml.MappingStartEvent: _Builder.open_map,
    yaml.MappingEndEvent: _Builder.close,
    yaml.SequenceStartEvent: _Builder.open_list,
    yaml.SequenceEndEvent: _Builder.close,
    yaml.AliasEvent: _Builder.alias,
    yaml.DocumentStartEvent: _Builder.document,
}
