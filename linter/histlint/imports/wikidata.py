"""Wikidata's entities and query results as entries of a pack."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ..chronology import edtf
from . import sparql, wikidata_time
from .drafts import Draft, Ref, slug
from .log import Log, Unusable
from .wikidata_read import NONE, UNKNOWN, Claim, Item, documents, entity, item_id
from .wikidata_types import CIRCA, CLASSES, COUNTS, ENDS, PARTIES, POINTS, SEXES, STARTS, VAGUE, kind_of_label

LANDS = ("places", "polities")
ANYONE = ("polities", "people", "places")


def items(paths: Iterable[str], log: Log, years: str = "") -> Iterator[Item]:
    """The items of all files. `years` says how all of them count years before Christ; "" leaves it to each format."""
    for path in paths:
        if not os.path.exists(path):
            raise Unusable(f"{path}: no such file")
        if path.removesuffix(".gz").endswith((".csv", ".tsv", ".tab")):
            yield from sparql.items(sparql.csv_rows(path, log), log, astronomical=years != "historical")
            continue
        yield from _json_items(path, log, years)


def _json_items(path: str, log: Log, years: str) -> Iterator[Item]:
    rows: list[Any] = []
    for value, place in documents(path, log):
        if sparql.is_result(value):
            yield from sparql.items(sparql.json_rows(value, path, log), log, astronomical=years != "historical")
        elif isinstance(value, dict) and "item" in value and "claims" not in value:
            rows.append(value)
        else:
            try:
                yield entity(value, place, astronomical=years == "astronomical")
            except ValueError as error:
                log.skipped(place, str(error))
    if rows:
        yield from sparql.items(sparql.json_rows(rows, path, log), log, astronomical=years != "historical")


def unique(found: Iterable[Item], log: Log) -> list[Item]:
    """The items, each once."""
    out: dict[str, Item] = {}
    for item in found:
        if item.id in out:
            log.skipped(item.place, f"{item.id} was read already, from {out[item.id].place.path}:{out[item.id].place.line}")
        else:
            out[item.id] = item
    return list(out.values())


class Converter:
    """Makes drafts of items; `types` adds to the table of classes."""

    def __init__(self, found: list[Item], log: Log, types: Mapping[str, str] | None = None, confidence: str = "") -> None:
        self.items = found
        self.log = log
        self.classes = {**CLASSES, **(types or {})}
        self.confidence = confidence
        self.supers = {item.id: item.ids("P279") for item in found if "P279" in item.claims}
        self.joined: dict[str, list[str]] = defaultdict(list)  # event → people who say that they took part in it
        for item in found:
            if "Q5" in item.ids("P31"):
                for event in (*item.ids("P1344"), *item.ids("P607")):
                    self.joined[event].append(item.id)

    def drafts(self) -> Iterator[Draft]:
        """An entry for each item that can be one."""
        for item in self.log.progress("items", self.items, len(self.items)):
            draft = self._draft(item)
            if isinstance(draft, Draft):
                yield draft
            else:
                self.log.skipped(item.place, f"{item.id}{self._called(item)}: {draft}")

    @staticmethod
    def _called(item: Item) -> str:
        name = item.labels.get("en") or item.labels.get("ar")
        return f" «{name}»" if name else ""

    def _draft(self, item: Item) -> Draft | str:
        kind = self._kind(item)
        if item.id in self.supers and not any(self._class(id) for id in item.ids("P31")):
            return "it is a class: only read for what it is below (P279)"
        if not kind:
            classes = ", ".join(item.ids("P31")) or ", ".join(item.class_labels)
            return f"its classes ({classes}) are none known here: name them with --types" if classes else "it has no class (P31)"
        names = self._names(item)
        if not names:
            return "it has no Arabic or English label"
        section, _, type = kind.partition("/")
        fields: dict[str, Any] = {"type" if section == "events" else "kind": type} if type else {}
        fields["names"] = names
        make: dict[str, Callable[[Item, dict[str, Any]], None]] = {
            "events": self._event, "people": self._person, "polities": self._polity, "places": self._place,
        }  # fmt: skip
        if section in make:
            make[section](item, fields)
        if section == "events" and self.confidence == "low":
            fields["confidence"] = "low"
        fields["sources"] = [f"wikidata:{item.id}"]
        return Draft(section, f"wikidata:{item.id}", slug(names.get("en", [""])[0]), fields, item.place)

    def _names(self, item: Item) -> dict[str, list[str]]:
        names = {}
        for lang in ("ar", "en"):
            written = (item.labels.get(lang, ""), *item.aliases.get(lang, ()))
            texts = list(dict.fromkeys(text for text in written if _is_name(text, lang)))
            if texts:
                names[lang] = texts
        return names

    def _kind(self, item: Item) -> str:
        found = [kind for id in item.ids("P31") if (kind := self._class(id))]
        found += [kind for label in item.class_labels if (kind := kind_of_label(label))]
        telling = [kind for kind in found if kind not in VAGUE]
        if telling:
            return telling[0]
        named = kind_of_label(item.labels.get("en", "")) if "P31" in item.claims or item.class_labels else ""
        if named.startswith("events/") and (not found or found[0].startswith("events/")):
            return named
        return found[0] if found else ""

    def _class(self, id: str) -> str:
        """The kind of a class, or of the nearest class above it that is known."""
        todo, seen = [id], {id}
        for one in todo:
            if one in self.classes:
                return self.classes[one]
            above = [more for more in self.supers.get(one, ()) if more not in seen]
            seen.update(above)
            todo += above
        return ""

    # Keys by section

    def _event(self, item: Item, fields: dict[str, Any]) -> None:
        when = self._span(item, STARTS[:1], ENDS[:1]) or self._date(item, *POINTS) or self._span(item, STARTS[1:], ENDS[1:])
        if when:
            fields["when"] = when
        _put(fields, "where", [Ref(id, LANDS) for id in (*item.ids("P276"), *item.ids("P17"))])
        self._sides(item, fields)
        _put(fields, "part_of", [Ref(id, ("events",)) for id in item.ids("P361")])
        _put(fields, "cause", [Ref(id, ("events",)) for id in item.ids("P828")])
        counts = {}
        for property, key in COUNTS.items():
            number = next((one for claim in item.best(property) if (one := _amount(claim.value))), "")
            if number:
                counts[key] = number
        _put(fields, "counts", counts)

    def _sides(self, item: Item, fields: dict[str, Any]) -> None:
        """Participants, where it is sure on which side they stood: the parties of a treaty, or the two of a battle."""
        parties = item.ids("P710")
        people = [Ref(id, ("people",)) for id in self.joined.get(item.id, ())]
        if fields["type"] in PARTIES:
            _put(fields, "sides", [[Ref(id, ANYONE)] for id in parties])
            _put(fields, "leaders", [[one] for one in people] if not parties else [])
        elif len(parties) == 2:
            fields["sides"] = [[Ref(id, ANYONE)] for id in parties]
            _put(fields, "won", [Ref(id, ANYONE) for id in item.ids("P1346") if id in parties])
        elif parties:
            message = f"{len(parties)} participants left out: Wikidata does not say on which side"
            self.log.note(item.place, f"{item.id}{self._called(item)}: {message}")

    def _person(self, item: Item, fields: dict[str, Any]) -> None:
        sex = next((SEXES[id] for id in item.ids("P21") if id in SEXES), "")
        if sex == "female":
            fields["sex"] = sex
        for key, place, date, where in (("born", "born_in", "P569", "P19"), ("died", "died_in", "P570", "P20")):
            _put(fields, key, self._date(item, date))
            _put(fields, place, next((Ref(id, LANDS) for id in item.ids(where)), None))
        for key, property in (("father", "P22"), ("mother", "P25")):
            _put(fields, key, next((Ref(id, ("people",)) for id in item.ids(property)), None))
        _put(fields, "of", [Ref(id, LANDS) for id in item.ids("P27")])

    def _polity(self, item: Item, fields: dict[str, Any]) -> None:
        _put(fields, "existed", self._span(item, ("P571", "P580"), ("P576", "P582")))
        _put(fields, "part_of", [Ref(id, LANDS) for id in item.ids("P361")])
        _put(fields, "succeeds", [Ref(id, ("polities",)) for id in item.ids("P1365")])
        _put(fields, "capitals", [Ref(id, ("places",)) for id in item.ids("P36")])

    def _place(self, item: Item, fields: dict[str, Any]) -> None:
        wholes = [*item.ids("P361"), *item.ids("P17")]
        _put(fields, "part_of", [Ref(id, LANDS) for id in dict.fromkeys(wholes) if id != item.id])

    # Dates

    def _date(self, item: Item, *properties: str) -> str:
        texts = [text for property in properties for claim in item.best(property) if (text := self._text(item, property, claim))]
        return wikidata_time.either(texts) if texts else ""

    def _span(self, item: Item, starts: tuple[str, ...], ends: tuple[str, ...]) -> str:
        """From the first of `starts` to the first of `ends` that the item has; an unknown or absent end stays open."""
        start = next((text for property in starts if (text := self._date(item, property))), "")
        end = next((text for property in ends if (text := self._date(item, property))), "")
        if not start and not end:
            return ""
        if start == end:
            return start
        ended = any(claim.kind == NONE for property in ends for claim in item.best(property))
        written = f"{start or '..'}/{end if end and not ended else '..'}"
        try:
            edtf.parse(written)
        except ValueError as error:
            self.log.note(item.place, f"{item.id}{self._called(item)}: the time is left out: {error}")
            return ""
        return written

    def _text(self, item: Item, property: str, claim: Claim) -> str:
        if claim.kind in (UNKNOWN, NONE):
            return self._bounds(item, claim)
        try:
            time = wikidata_time.read(claim.value, astronomical=item.astronomical)
            circa = any(item_id(value) == CIRCA for value in claim.qualifiers.get("P1480", ()))
            bounds = self._bounds(item, claim)
            text = bounds or wikidata_time.text(time._replace(circa=circa))
            edtf.parse(text)
            return text
        except (ValueError, OverflowError) as error:
            self.log.note(item.place, f"{item.id}{self._called(item)}: {property} is left out: {error}")
            return ""

    def _bounds(self, item: Item, claim: Claim) -> str:
        """The range that the qualifiers "earliest date" and "latest date" give, "" where one is missing."""
        found = []
        for property in ("P1319", "P1326"):
            for value in claim.qualifiers.get(property, ())[:1]:
                try:
                    found.append(wikidata_time.text(wikidata_time.read(value, astronomical=item.astronomical)))
                except ValueError:
                    return ""
        return wikidata_time.either(found) if len(found) == 2 else ""


def _put(fields: dict[str, Any], key: str, value: Any) -> None:
    if value:
        fields[key] = value


def _is_name(text: str, lang: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    arabic = any("\u0600" <= char <= "\u06ff" for char in letters)
    return arabic if lang == "ar" else any(char < "\u0250" for char in letters)


def _amount(value: Any) -> str:
    """A quantity as a pack counts: `n`, or `low/high` where it has bounds."""
    if not isinstance(value, dict):
        return ""
    try:
        amount, low, high = (int(float(value[key])) if key in value else None for key in ("amount", "lowerBound", "upperBound"))
    except (TypeError, ValueError, OverflowError):
        return ""
    if amount is None or amount < 0:
        return ""
    return f"{max(0, low)}/{high}" if low is not None and high is not None and low < high else str(amount)
