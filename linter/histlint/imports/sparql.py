"""Reads results of SPARQL queries on Wikidata (JSON or CSV) to items: one row for an item, or several that add up.

Columns: `item`; `itemLabel` or `label_en`, `label_ar`, `alias_en`, `alias_ar`; `type` (a class) and `typeLabel`; and for each
property its English name below or its number (`P580`). A date may have `…Precision` and `…Calendar` beside it.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .drafts import words
from .log import Log, Place, Unusable
from .wikidata_read import UNKNOWN, Claim, Item, clean, item_id, open_text

PROPERTIES = {
    "date": "P585", "time": "P585", "pointintime": "P585", "when": "P585", "start": "P580", "starttime": "P580", "end": "P582",
    "endtime": "P582", "inception": "P571", "founded": "P571", "dissolved": "P576", "abolished": "P576", "born": "P569",
    "birth": "P569", "birthdate": "P569", "dateofbirth": "P569", "died": "P570", "death": "P570", "deathdate": "P570",
    "dateofdeath": "P570", "birthplace": "P19", "placeofbirth": "P19", "deathplace": "P20", "placeofdeath": "P20",
    "country": "P17", "place": "P276", "location": "P276", "partof": "P361", "participant": "P710", "winner": "P1346",
    "father": "P22", "sex": "P21", "gender": "P21", "capital": "P36", "type": "P31", "class": "P31", "instanceof": "P31",
    "citizenship": "P27", "conflict": "P607", "participantin": "P1344", "replaces": "P1365", "cause": "P828",
}  # fmt: skip
TIMES = words("P580 P582 P585 P571 P576 P569 P570")

Row = dict[str, tuple[str, str]]  # column → text and language


def is_result(value: Any) -> bool:
    """Whether a JSON document is a SPARQL result, as endpoints or the query page write it."""
    if isinstance(value, dict):
        return isinstance(value.get("results"), dict) and "bindings" in value["results"]
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and "item" in first and "claims" not in first


def json_rows(value: Any, path: str, log: Log) -> Iterator[tuple[Row, Place]]:
    """The rows of a JSON result; places count rows, as JSON has no lines of its own."""
    bindings = value["results"]["bindings"] if isinstance(value, dict) else value
    if not isinstance(bindings, list):
        raise Unusable(f"{path}: «results.bindings» is not a list")
    for number, binding in enumerate(bindings, 1):
        place = Place(f"{path} (row {number})")
        if not isinstance(binding, dict):
            log.skipped(place, "a row is a JSON object of columns")
            continue
        yield {key: _cell(cell) for key, cell in binding.items()}, place


def _cell(cell: Any) -> tuple[str, str]:
    if not isinstance(cell, dict):
        return ("" if cell is None else str(cell), "")
    text = UNKNOWN if cell.get("type") == "bnode" else str(cell.get("value", ""))
    return text, str(cell.get("xml:lang", ""))


def csv_rows(path: str, log: Log) -> Iterator[tuple[Row, Place]]:
    """The rows of a CSV or TSV result with the lines where they begin."""
    with open_text(path) as file:
        reader = csv.reader(file, delimiter="\t" if path.removesuffix(".gz").endswith((".tsv", ".tab")) else ",")
        try:
            header = [name.strip().lstrip("?") for name in next(reader, [])]
            if "item" not in header:
                raise Unusable(f"{path}:1: no column «item» among {', '.join(header[:12]) or 'no columns'}")
            line = reader.line_num + 1
            for cells in reader:
                place, line = Place(path, line), reader.line_num + 1
                if not any(cells):
                    continue
                if len(cells) != len(header):
                    log.skipped(place, f"{len(cells)} cells, but {len(header)} columns")
                    continue
                yield {name: _csv_cell(cell) for name, cell in zip(header, cells, strict=True)}, place
        except (csv.Error, UnicodeDecodeError) as error:
            raise Unusable(f"{path}:{reader.line_num}: cannot be read: {error}") from None


def _csv_cell(cell: str) -> tuple[str, str]:
    found = re.fullmatch(r'"(.*)"(?:@([a-z-]+)|\^\^<[^>]*>)?|<([^>]*)>', cell, re.S)  # TSV writes terms as Turtle does
    if found:
        return found[3] or found[1], found[2] or ""
    return (UNKNOWN, "") if cell.startswith(("_:", "t1", "http://www.wikidata.org/.well-known/genid/")) else (cell, "")


def items(rows: Iterable[tuple[Row, Place]], log: Log, *, astronomical: bool = True) -> Iterator[Item]:
    """One item for each `item`, in the order of their first rows."""
    found: dict[str, Item] = {}
    for row, place in rows:
        id = item_id(row.get("item", ("", ""))[0])
        if not id:
            log.skipped(place, f"«{row.get('item', ('', ''))[0]}» in column «item» is not a Wikidata item")
            continue
        item = found.setdefault(id, Item(id, {}, {"ar": [], "en": []}, {}, place, astronomical))
        fault = _add(item, row)
        if fault:
            log.note(place, f"{id}: {fault}")
        labels = _class_labels(row)
        if labels:
            found[id] = item._replace(class_labels=tuple(dict.fromkeys((*item.class_labels, *labels))))
    yield from found.values()


def _class_labels(row: Row) -> list[str]:
    return [row[name][0] for name in ("typeLabel", "classLabel", "instanceOfLabel") if row.get(name, ("", ""))[0]]


def _add(item: Item, row: Row) -> str:
    """Adds the cells of a row to an item; says what could not be used."""
    faults = []
    for column, (text, lang) in row.items():
        if not text or column == "item":
            continue
        language = lang if lang in ("ar", "en") else _language(column)
        lower = column.lower().replace("_", "")
        if lower.startswith(("itemaltlabel", "alias", "altlabel")):
            known, parts = item.aliases[language], [clean(part) for part in re.split(r"[|،]|, ", text)]
            known += [part for part in dict.fromkeys(parts) if part and part not in known]
        elif re.fullmatch("(item)?label(ar|en)?|(item)?(ar|en)label|name(ar|en)?", lower):
            if not item_id(text):  # a label that Wikidata lacks comes back as the id
                item.labels.setdefault(language, clean(text))
        else:
            property = column if re.fullmatch("P[0-9]+", column) else PROPERTIES.get(lower, "")
            claim = _claim(property, text, column, row)
            if isinstance(claim, str):
                faults.append(claim)
            elif claim and claim not in item.claims.setdefault(property, []):
                item.claims[property].append(claim)
    return "; ".join(faults)


def _language(column: str) -> str:
    return "ar" if re.search("(_ar|Ar|AR|ar)$", column) and not column.lower().endswith("calendar") else "en"


def _claim(property: str, text: str, column: str, row: Mapping[str, tuple[str, str]]) -> Claim | str | None:
    if not property:
        return None
    if text == UNKNOWN:
        return Claim(UNKNOWN)
    if property in TIMES:
        precision = row.get(f"{column}Precision", ("", ""))[0]
        model = row.get(f"{column}Calendar", ("", ""))[0]
        # RDF holds days in the Gregorian calendar, whatever calendar they were written in; months and years as written
        day = precision in ("11", "12", "13", "14") or (not precision and not re.search(r"-01-01T|-01T", text))
        model = "Q1985727" if day else model
        return Claim("value", {"time": text, "precision": precision or None, "calendarmodel": model})
    id = item_id(text)
    if id:
        return Claim("value", {"id": id})
    if property in ("P1120", "P1339"):
        return Claim("value", {"amount": text})
    return f"column «{column}»: «{text}» is not a Wikidata item"


def load_json(path: str) -> Any:
    """The document of a JSON file."""
    with open_text(path) as file:
        return json.load(file)
