"""CSV files as entries of a pack, after a mapping: an entry as it is to be written, with columns in place of values.

The mapping (docs/import.md) is checked before a row is read: what is wrong in it is told with its line and column.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .. import normalise, schema, schema_types
from ..chronology import edtf
from ..reference import Reference
from ..yamlio import YamlPath, load
from .drafts import Draft, slug, words
from .log import Log, Place, Unusable
from .wikidata_read import clean, open_text

KEYS = ("section", "entry", "id", "sources", "delimiter", "encoding")
CELL_KEYS = ("column", "split", "prefix", "suffix", "map", "date", "years", "find", "required")
DATES = ("iso", "dmy", "mdy", "ymd")
DATE_KEYS = words("when existed born died from to")


class BadCell(Exception):
    """A cell that makes its row useless; the message names column and fault."""


class MappingFile:
    """A mapping file, checked: `entry` is the template of an entry."""

    def __init__(self, path: str) -> None:
        self.yaml = load(path)
        if self.yaml.errors:
            raise Unusable("\n".join(map(str, self.yaml.errors)))
        value = self.yaml.value
        if not isinstance(value, dict):
            self._fail((), f"expected keys: {', '.join(KEYS)}")
        for key in value:
            if key not in KEYS:
                self._fail((key,), f"unknown key «{key}»{schema_types.choose(key, KEYS)}", key=True)
        self.section = str(value.get("section", ""))
        if self.section not in schema.ENTRIES:
            self._fail(("section",), f"«section» must be one of: {', '.join(schema.ENTRIES)}")
        self.entry = value.get("entry")
        if not isinstance(self.entry, dict):
            self._fail(("entry",), "«entry» must hold the keys of an entry (see docs/import.md)")
        self.id = value.get("id")
        self.sources = value.get("sources") or {}
        if not isinstance(self.sources, dict) or not all(isinstance(one, dict) for one in self.sources.values()):
            self._fail(("sources",), "expected sources: id: {title: …}")
        self.delimiter = {"tab": "\t"}.get(str(value.get("delimiter", ",")), str(value.get("delimiter", ",")))
        if len(self.delimiter) != 1:
            self._fail(("delimiter",), f"«{self.delimiter}» is not one character (or tab)")
        self.encoding = str(value.get("encoding", "utf-8-sig"))
        self.columns: dict[str, YamlPath] = {}
        fields = schema.ENTRIES[self.section].fields
        for key in self.entry:
            if key not in fields and key not in schema.ENTRIES[self.section].also:
                self._fail(("entry", key), f"unknown key «{key}»{schema_types.choose(key, fields)}", key=True)
        for key in ("names", "sources", *(key for key, field in fields.items() if field.required)):
            if key not in self.entry:
                self._fail(("entry",), f"«{key}» is missing: every entry of {self.section} needs it", key=True)
        self._collect(self.entry, ("entry",))
        if self.id is not None:
            self._collect(self.id, ("id",))

    def _fail(self, path: YamlPath, message: str, *, key: bool = False) -> None:
        raise Unusable(str(self.yaml.error(path, message, key=key)))

    def _collect(self, value: Any, path: YamlPath) -> None:
        """Notes the columns that are asked for, and refuses cells that nobody could read."""
        if isinstance(value, dict) and "column" in value:
            for key in value:
                if key not in CELL_KEYS:
                    self._fail((*path, key), f"unknown key «{key}»{schema_types.choose(key, CELL_KEYS)}", key=True)
            if value.get("date", "iso") not in DATES:
                order = str(value["date"])
                self._fail((*path, "date"), f"«{order}» is not an order of a date{schema_types.choose(order, DATES)}")
            if not isinstance(value.get("map", {}), dict):
                self._fail((*path, "map"), "expected map: {text of the cell: our value}")
            self.columns.setdefault(str(value["column"]), (*path, "column"))
        elif isinstance(value, dict):
            for key, item in value.items():
                self._collect(item, (*path, key))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self._collect(item, (*path, index))

    def check_header(self, header: list[str], path: str) -> None:
        """Refuses a mapping that asks for columns that the file has not."""
        for column, where in self.columns.items():
            if column not in header:
                self._fail(where, f"{path} has no column «{column}»{schema_types.choose(column, header)}")


def drafts(path: str, mapping: MappingFile, base: Reference, log: Log) -> Iterator[Draft]:
    """An entry for each row that can be one."""
    rows = _rows(path, mapping, log)
    for cells, place in log.progress("rows", rows):
        try:
            yield _Row(cells, place, mapping, base, log).draft()
        except BadCell as error:
            log.skipped(place, str(error))


def _rows(path: str, mapping: MappingFile, log: Log) -> Iterator[tuple[dict[str, str], Place]]:
    with open_text(path, mapping.encoding) as file:
        reader = csv.reader(file, delimiter=mapping.delimiter)
        try:
            header = [name.strip() for name in next(reader, [])]
            mapping.check_header(header, path)
            line = reader.line_num + 1
            for cells in reader:
                place, line = Place(path, line), reader.line_num + 1
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(header):
                    log.skipped(place, f"{len(cells)} cells, but {len(header)} columns")
                    continue
                yield dict(zip(header, cells, strict=True)), place
        except (csv.Error, UnicodeDecodeError) as error:
            raise Unusable(f"{path}:{reader.line_num + 1}: cannot be read: {error}") from None


class _Row:
    """One row on its way to an entry."""

    def __init__(self, cells: Mapping[str, str], place: Place, mapping: MappingFile, base: Reference, log: Log) -> None:
        self.cells, self.place, self.mapping, self.base, self.log = cells, place, mapping, base, log

    def draft(self) -> Draft:
        """The entry. Raises BadCell."""
        fields = self._value(self.mapping.entry, "entry")
        names = fields.get("names")
        if not isinstance(names, dict) or not names:
            raise BadCell("no name: the columns of «names» are empty")
        names = {lang: [texts] if isinstance(texts, str) else texts for lang, texts in names.items()}
        fields["names"] = names
        fields["sources"] = [fields["sources"]] if isinstance(fields.get("sources"), str) else fields.get("sources")
        if not fields["sources"]:
            raise BadCell("no source: the columns of «sources» are empty")
        for key, field in schema.ENTRIES[self.mapping.section].fields.items():
            if field.required and key not in fields:
                raise BadCell(f"«{key}» is empty")
        id = self._value(self.mapping.id, "id") if self.mapping.id is not None else ""
        if id and not re.fullmatch(schema_types.ID, str(id)):
            id = slug(str(id))
        cite = next((text for text in fields["sources"] if text.startswith("wikidata:")), "")
        return Draft(self.mapping.section, "" if id else cite, str(id) or slug(names.get("en", [""])[0]), fields, self.place)

    def _value(self, item: Any, key: str) -> Any:
        if isinstance(item, dict) and "column" in item:
            return self._cell(item, key)
        if isinstance(item, dict) and item.keys() <= {"from", "to"} and key in DATE_KEYS:
            start, end = (self._value(item.get(side, ""), "when") for side in ("from", "to"))
            if start == end:
                return start
            return self._date(f"{start or '..'}/{end or '..'}", "iso", {}, "from/to")
        if isinstance(item, dict):
            return {inner: value for inner, one in item.items() if (value := self._value(one, inner)) not in ("", [], {}, None)}
        if isinstance(item, list):
            out: list[Any] = []
            for one in item:
                value = self._value(one, key)
                if isinstance(value, list) and isinstance(one, dict):
                    out += value  # a cell that was split
                elif value not in ("", [], {}, None):
                    out.append(value)
            return out
        return item

    def _cell(self, item: Mapping[str, Any], key: str) -> Any:
        column = str(item["column"])
        text = clean(self.cells[column])
        if not text:
            if item.get("required") == "true":
                raise BadCell(f"column «{column}» is empty")
            return ""
        parts = [part.strip() for part in text.split(str(item["split"]))] if item.get("split") else [text]
        found = [value for part in parts if part and (value := self._part(part, item, key, column))]
        return found if item.get("split") else found[0] if found else ""

    def _part(self, text: str, item: Mapping[str, Any], key: str, column: str) -> str:
        if "map" in item:
            if text not in item["map"]:
                choices = ", ".join(item["map"])
                raise BadCell(f"column «{column}»: «{text}» is not in the mapping's «map» ({choices})")
            text = str(item["map"][text])
        if "find" in item:
            return self._find(text, item["find"], column)
        text = f"{item.get('prefix', '')}{text}{item.get('suffix', '')}"
        return self._date(text, str(item.get("date", "iso")), item, column) if key in DATE_KEYS or "date" in item else text

    def _date(self, text: str, order: str, item: Mapping[str, Any], column: str) -> str:
        """A date as packs write it; a year may have fewer than four digits, and a minus for BC."""
        found = re.fullmatch(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})", text)
        if found and order != "iso":
            parts = dict(zip(order, found.groups(), strict=True))
            text = f"{parts['y']:0>4}-{parts['m']:0>2}-{parts['d']:0>2}"
        found = re.fullmatch(r"(-?)(\d+)((?:-\d\d){0,2})", text)
        if found and item.get("years") == "astronomical" and (found[1] or not int(found[2])):
            text = f"{int(found[2]) + 1}{found[3]} BC"
        elif found:
            text = f"{int(found[2])}{found[3]} BC" if found[1] else f"{found[2]:0>4}{found[3]}"
        try:
            edtf.parse(text)
        except ValueError as error:
            raise BadCell(f"column «{column}»: {error}") from None
        return text

    def _find(self, text: str, sections: Any, column: str) -> str:
        """The id of the fact with this name or id in the reference."""
        wanted = sections if isinstance(sections, list) else [sections]
        fact = self.base.fact(text)
        if fact and schema.SECTION_OF[fact.kind] in wanted:
            return text
        key = normalise.name_key(text)
        names = self.base.names(set(key)).get(key[0], []) if key else []
        same = [name for name in names if name.key == key and name.how != "misnomer"]
        found = {name.id for name in same if schema.SECTION_OF[name.kind] in wanted}
        if len(found) != 1:
            several = f"may be {', '.join(sorted(found))}" if found else f"is no name in {', '.join(wanted)}"
            self.log.note(self.place, f"column «{column}» is left out: «{text}» {several}")
            return ""
        return found.pop()
