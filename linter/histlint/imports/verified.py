"""Writes `reference/verified.csv`: what every curated date was compared with, and whether the two agree.

Run: python -m histlint.imports.verified [DATA_DIR] [--output reference/verified.csv] [--lookups reference/lookups.csv]

Without DATA_DIR the rows of the table that is there are kept and compared anew: enough after facts or lookups were edited.
DATA_DIR holds events.jsonl (Wikidata), cdb90/, polities/hist_states.csv and, to compare with only, check-only/ (Archigos, rulers
of nomisma.org): of these the table names the row and says whether it agrees, but not its date.
Pages that somebody looked up stand in lookups.csv, kept by hand. A row that the entry cites itself is compared all the same
(`own`): what it says may have been copied wrongly.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ..chronology import edtf
from ..decode import Packs
from ..facts import Entity, Event
from ..model import Moment
from ..normalise import name_key
from .broad import curated_packs
from .broad_names import key

COLUMNS = ("fact", "field", "stated", "sources", "second", "own", "says", "verdict")
LOOKUP_COLUMNS = ("fact", "field", "page", "says", "verdict", "looked")
DATA_SETS = frozenset({"wikidata", "cdb90", "hist_states", "archigos", "nomisma"})
GREGORIAN_START = 2299161
RULERS = frozenset({"king", "queen", "emperor", "caliph", "sultan", "shah", "khan", "emir"})
HEADS = frozenset(
    {"king", "queen", "emperor", "president", "prime-minister", "chancellor", "general-secretary", "dictator", "shah", "sultan"}
)
NEAR = 4 * 366  # days within which a namesake is the same event


class Date(NamedTuple):
    """A date of a curated fact: `fact` is section/id, `field` what it dates."""

    fact: str
    field: str
    stated: Moment
    sources: tuple[str, ...]


class Second(NamedTuple):
    """A row that dates the same: its identifier, its date, and whether the date may be written down."""

    row: str
    says: str
    shown: bool = True
    verdict: str = ""


def dates(packs: Packs) -> Iterator[Date]:
    """Every date of events, lives, reigns and states, in the order of their ids."""
    sections = {"person": "people", "polity": "polities", "place": "places", "thing": "things"}
    for fact in sorted(packs.facts.values(), key=lambda fact: (fact.kind, fact.id)):
        if isinstance(fact, Event):
            if fact.when and fact.confidence == "high":
                yield Date(f"events/{fact.id}", "when", fact.when, fact.sources)
            continue
        name = f"{sections[fact.kind]}/{fact.id}"
        for field in ("existed", "born", "died"):
            if moment := getattr(fact, field):
                yield Date(name, field, moment, fact.sources)
        seen: dict[str, int] = defaultdict(int)
        for role in fact.roles:
            if role.when:
                field = " ".join(filter(None, (role.office, role.of)))
                seen[field] += 1
                yield Date(name, field if seen[field] == 1 else f"{field} {seen[field]}", role.when, fact.sources)


def verdict(stated: Moment, says: Moment) -> str:
    """agrees, lies within (the row is of a longer event), or how far the dates lie apart, at the start or the end where only one does."""
    start, end = _gap(_edge(stated, "start"), _edge(says, "start")), _gap(_edge(stated, "end"), _edge(says, "end"))
    if None not in (says.start_lo, says.end_hi) and _length(says) <= 366:  # one date: it may be any of the event's
        whole = _gap((stated.start_lo, stated.end_hi), (says.start_lo, says.end_hi))
        return "agrees" if not whole else f"differs by {_span(whole)}"
    if not start and not end:
        return "agrees"
    if _inside(stated, says) and _length(says) > 1.5 * _length(stated) + 300:
        return "lies within"
    if not end:
        return f"differs at the start by {_span(start)}"
    if not start:
        return f"differs at the end by {_span(end)}"
    return f"differs by {_span(min(start, end))} and {_span(max(start, end))}"


def _inside(stated: Moment, says: Moment) -> bool:
    outer, inner = (says.start_lo, says.end_hi), (stated.start_lo, stated.end_hi)
    if None in outer or None in inner:
        return False
    return (outer[0] or 0) <= (inner[0] or 0) + 1 and (inner[1] or 0) <= (outer[1] or 0) + 1


def _length(moment: Moment) -> int:
    return (moment.end_hi or 0) - (moment.start_lo or 0)


def _edge(moment: Moment, part: str) -> tuple[int | None, int | None]:
    return (moment.start_lo, moment.start_hi) if part == "start" else (moment.end_lo, moment.end_hi)


def _gap(a: tuple[int | None, int | None], b: tuple[int | None, int | None]) -> int:
    """Days between two intervals that are certain, less what calendars and days' ends make of one date."""
    if a[1] is not None and b[0] is not None and b[0] > a[1]:
        gap, at = b[0] - a[1], b[0]
    elif b[1] is not None and a[0] is not None and a[0] > b[1]:
        gap, at = a[0] - b[1], a[0]
    else:
        return 0
    return 0 if gap <= (14 if at < GREGORIAN_START else 1) else gap


def _span(days: int) -> str:
    return f"{days} days" if days < 60 else f"{round(days / 30.4)} months" if days < 700 else f"{round(days / 365.25)} years"


# The data


def _text(date: str, precision: str = "") -> str:
    """A date of the data ("-0490", "1187-07-04"; years are historical) as ours."""
    sign, parts = (-1, date[1:].split("-")) if date.startswith("-") else (1, date.split("-"))
    numbers = [int(part) for part in parts]
    if precision == "year":
        numbers = numbers[:1]
    if precision == "month":
        numbers = numbers[:2]
    return edtf.date_string(sign * (numbers[0] or 1), *numbers[1:])


def _period(start: str, end: str) -> str:
    return start if not end or end == start else f"{start}/{end}"


class Data:
    """The rows that a fact may be compared with."""

    def __init__(self, folder: str, packs: Packs) -> None:
        self.packs = packs
        self.events: dict[str, dict[str, Any]] = {}
        self.named: dict[str, list[str]] = defaultdict(list)
        for row in _json_lines(os.path.join(folder, "events.jsonl")):
            if row.get("start"):
                self.events[row["qid"]] = row
                for name in {key(row["label_en"]), key(row.get("article_en", ""))} - {""}:
                    self.named[name].append(row["qid"])
        self.cdb90: dict[str, dict[str, Any]] = {}
        self.cdb90_qid: dict[str, dict[str, Any]] = {}
        for row in _json_lines(os.path.join(folder, "cdb90", "cdb90_battles_with_qid.jsonl")):
            self.cdb90_qid[row.get("qid") or ""] = row
            for number in row["cdb90"]:
                self.cdb90[number] = row
        self.states = _by_name(_rows(os.path.join(folder, "polities", "hist_states.csv")), "name_en")
        self.leaders = _by_name(_rows(os.path.join(folder, "check-only", "archigos.csv")), "leader")
        self.rulers: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in _json_lines(os.path.join(folder, "check-only", "rulers_nomisma.jsonl")):
            for name in {row.get("qid", ""), *(" ".join(name_key(row.get(k) or "")) for k in ("label_en", "label_ar"))} - {""}:
                self.rulers[name].append(row)

    def second(self, date: Date) -> Iterator[Second]:
        """The rows that date the same thing."""
        section, _, id = date.fact.partition("/")
        fact = self.packs.facts[id]
        if isinstance(fact, Event):
            yield from self._event(fact, date)
        elif section == "polities" and date.field == "existed":
            yield from self._state(fact, date)
        elif section == "people":
            yield from self._person(fact, date)

    def _event(self, event: Event, date: Date) -> Iterator[Second]:
        cited = [source.partition(":")[2] for source in event.sources if source.startswith("wikidata:")]
        qids = [qid for qid in cited if qid in self.events]
        if not qids:
            near = {qid for text in event.names.get("en", ()) for qid in self.named.get(key(text), ())}
            near = {qid for qid in near if _gap((date.stated.start_lo, date.stated.end_hi), _whole(self._says(qid))) < NEAR}
            qids = sorted(near) if len(near) == 1 else []
        for qid in qids:
            yield Second(f"wikidata:{qid}", self._says(qid))
        battles = [self.cdb90[n] for source in event.sources if source.startswith("cdb90:") and (n := source[6:]) in self.cdb90]
        battles = battles or [self.cdb90_qid[qid] for qid in qids if qid in self.cdb90_qid]
        for battle in battles[:1]:
            yield Second(f"cdb90:{battle['cdb90'][0]}", _period(_text(battle["start"]), _text(battle["end"])))

    def _says(self, qid: str) -> str:
        row = self.events[qid]
        start = _text(row["start"], row.get("start_precision", ""))
        end = _text(row["end"], row.get("end_precision", row.get("start_precision", ""))) if row.get("end") else ""
        return _period(start, end)

    def _state(self, polity: Entity, date: Date) -> Iterator[Second]:
        names = {" ".join(name_key(text)) for text in polity.names.get("en", ())}
        rows = [row for name in names for row in self.states.get(name, ())]
        if len({row["id"] for row in rows}) == 1:
            spells = [spell.split("/") for spell in rows[0]["spells"].split(";")]
            years = [spell[0] for spell in spells] + [spell[-1] for spell in spells]
            if all(year.strip().lstrip("-").isdecimal() for year in years):
                yield Second(f"hist_states:{rows[0]['id']}", _period(_year(years[0]), _year(years[-1])))

    def _person(self, person: Entity, date: Date) -> Iterator[Second]:
        names = {" ".join(name_key(text)) for texts in person.names.values() for text in texts}
        names |= {source.partition(":")[2] for source in person.sources if source.startswith("wikidata:")}
        if date.field in ("born", "died"):
            return
        office = date.field.split()[0]
        if office in RULERS:
            rows = {json.dumps(row, sort_keys=True): row for name in names for row in self.rulers.get(name, ())}
            terms = [(row, term) for row in rows.values() for term in row["terms"] if term.get("start") and term.get("end")]
            found = [
                (row, term) for row, term in terms if _gap((date.stated.start_lo, date.stated.end_hi), _whole(_term(term))) < NEAR
            ]
            if found:
                row, term = found[0]
                yield Second(row["source"][0], _term(term), shown=False)
        last = {name.split()[-1] for name in names if name}
        states = {key(text) for role in person.roles for text in self._state_names(role.of)}
        leaders = [row for name in last for row in self.leaders.get(name, ()) if _state_keys(row["statename"]) & states]
        if office in HEADS:
            near = [row for row in leaders if _gap((date.stated.start_lo, date.stated.start_hi), _whole(row["startdate"])) < 400]
            if len(near) == 1:
                yield Second(f"archigos:{near[0]['obsid']}", _period(near[0]["startdate"], near[0]["enddate"]), shown=False)

    def _state_names(self, id: str) -> Iterable[str]:
        fact = self.packs.facts.get(id)
        return fact.names.get("en", ()) if fact else ()


def _state_keys(name: str) -> set[str]:
    return {key(name), key(name.split("/")[0])}


def _term(term: dict[str, str]) -> str:
    ends = sorted((_text(term["start"], "year"), _text(term["end"], "year")), key=lambda text: _whole(text)[0] or 0)
    return _period(*ends)  # some rows have them the wrong way round


def _year(text: str) -> str:
    return edtf.date_string(int(text) or 1)


def _whole(says: str) -> tuple[int | None, int | None]:
    moment = edtf.parse(says)
    return moment.start_lo, moment.end_hi


def _json_lines(path: str) -> Iterator[dict[str, Any]]:
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _rows(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _by_name(rows: Iterable[dict[str, str]], column: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        for name in row[column].split("/"):
            found[" ".join(name_key(name))].append(row)
    return found


class Kept:
    """The rows of the table that is there: what `Data` found the last time."""

    def __init__(self, rows: Iterable[dict[str, str]]) -> None:
        self.rows: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            if row["second"].partition(":")[0] in DATA_SETS:
                self.rows[row["fact"], row["field"]].append(row)

    def second(self, date: Date) -> Iterator[Second]:
        """The rows that date the same thing; one whose date is not written down stands only while the fact says the same."""
        for row in self.rows[date.fact, date.field]:
            if row["says"]:
                yield Second(row["second"], row["says"])
            elif row["stated"] == edtf.format(date.stated):
                yield Second(row["second"], "", shown=False, verdict=row["verdict"])


# The table


def table(packs: Packs, data: Data | Kept, lookups: Sequence[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The rows: one for each comparison, and one for each date that nothing was found for."""
    pages: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for lookup in lookups:
        pages[lookup["fact"], lookup["field"]].append(lookup)
    for date in dates(packs):
        base = {"fact": date.fact, "field": date.field, "stated": edtf.format(date.stated), "sources": " ".join(date.sources)}
        found = [
            {"second": row, "own": "yes" if row in date.sources else "", "says": says if shown else "",
             "verdict": known or verdict(date.stated, edtf.parse(says))}
            for row, says, shown, known in data.second(date)
        ]  # fmt: skip
        found += [
            {"second": one["page"], "own": "", "says": one["says"], "verdict": one["verdict"]}
            for one in pages[date.fact, date.field]
        ]
        for row in found or [{"second": "", "own": "", "says": "", "verdict": "none"}]:
            yield base | row


def main(argv: Sequence[str] | None = None) -> int:
    """Writes the table and prints how many dates were compared with what, and every difference."""
    parser = argparse.ArgumentParser(prog="python -m histlint.imports.verified", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", metavar="DATA_DIR", nargs="?", default="")
    parser.add_argument("--reference", default="reference", metavar="DIR")
    parser.add_argument("--output", default="reference/verified.csv", metavar="FILE")
    parser.add_argument("--lookups", default="reference/lookups.csv", metavar="FILE")
    args = parser.parse_args(argv)
    try:
        packs = curated_packs(args.reference, os.path.join(args.reference, "broad"))
        data = Data(args.data, packs) if args.data else Kept(_rows(args.output))
        rows = list(table(packs, data, _rows(args.lookups)))
        with open(args.output, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    except (OSError, ValueError, KeyError) as error:
        print(f"histlint: {error}", file=sys.stderr)
        return 2
    for row in rows:
        if row["verdict"].startswith("differs"):
            print(*(row[column] for column in ("fact", "field", "stated", "second", "says", "verdict")))
    verified = {(row["fact"], row["field"]) for row in rows if row["verdict"] not in ("none",) and not row["own"]}
    own = {(row["fact"], row["field"]) for row in rows if row["own"]} - verified
    every = {(row["fact"], row["field"]) for row in rows}
    print(
        f"{len(every)} dates: {len(verified)} compared with a second source, {len(own)} with the row they cite", file=sys.stderr
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
