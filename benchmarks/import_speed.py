"""How long an import takes: 10,000 Wikidata entities as a dump, 10,000 rows of a query, 10,000 rows of a CSV file.

Run: python benchmarks/import_speed.py [--rows 10000] [--shipped]

Each is imported twice, into a new pack and into the pack that is there then; the second must change nothing. With `--shipped`
the rows are also compared with the packs that come with histlint.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "linter"))

from histlint.cli import main as histlint

ENTITY = "http://www.wikidata.org/entity/"


def name(rng: random.Random, number: int) -> str:
    return "".join(rng.choice("bcdfgklmnprst") + rng.choice("aeiou") for _ in range(4)).capitalize() + f" {number}"


def dump(path: Path, rows: int) -> None:
    """Battles in wars, with two states each, as one entity a line."""
    rng = random.Random(1)
    with open(path, "w", encoding="utf-8") as file:
        file.write("[\n")
        for number in range(1, rows + 1):
            label, year = name(rng, number), rng.randint(1000, 1999)
            kind, states = ("Q6256", ()) if number <= 100 else ("Q178561", rng.sample(range(1, 101), 2))
            claims: dict[str, list[object]] = {"P31": [_claim({"id": kind})], "P710": [_claim({"id": f"Q{one}"}) for one in states]}
            if states:
                date = f"+{year}-05-0{rng.randint(1, 9)}T00:00:00Z"
                claims["P585"] = [_claim({"time": date, "precision": 11, "calendarmodel": f"{ENTITY}Q1985786"})]
            labels = {"en": {"value": f"Battle of {label}" if states else label}, "ar": {"value": f"معركة {number}"}}
            file.write(json.dumps({"type": "item", "id": f"Q{number}", "labels": labels, "claims": claims}, ensure_ascii=False) + ",\n")
        file.write("]\n")


def _claim(value: object) -> dict[str, object]:
    return {"rank": "normal", "mainsnak": {"snaktype": "value", "datavalue": {"value": value}}}


def table(path: Path, rows: int) -> None:
    """A query's result, which is also read as a plain CSV file."""
    rng = random.Random(2)
    with open(path, "w", encoding="utf-8") as file:
        file.write("item,itemLabel,itemLabel_ar,type,date,datePrecision\n")
        for number in range(1, rows + 1):
            date = f"{rng.randint(1000, 1999)}-05-0{rng.randint(1, 9)}T00:00:00Z"
            file.write(f"{ENTITY}Q{number},Battle of {name(rng, number)},معركة {number},{ENTITY}Q178561,{date},11\n")


MAPPING = """
section: events
entry:
  type: battle
  names: {ar: {column: itemLabel_ar}, en: {column: itemLabel}}
  sources: [made-up]
sources: {made-up: {title: Made up}}
"""


def measure(title: str, run: Callable[[str], list[str]], folder: Path, options: list[str]) -> float:
    pack = folder / f"{title.replace(' ', '-')}.yaml"
    took = []
    text = b""
    for _ in range(2):
        start = time.perf_counter()
        with contextlib.redirect_stderr(io.StringIO()) as said:
            code = histlint(["reference", "import", *run(str(pack)), *options])
        took.append(time.perf_counter() - start)
        if code:
            sys.exit(said.getvalue()[-2000:])
        if text and pack.read_bytes() != text:
            sys.exit(f"{title}: the second import changed the pack")
        text = pack.read_bytes()
    summary = said.getvalue().splitlines()[-1].partition(": ")[2]
    print(f"{title:>16}  {took[0]:6.1f} s new  {took[1]:6.1f} s again  {len(text) / 1e6:5.1f} MB  {summary}")
    return max(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--shipped", action="store_true")
    args = parser.parse_args()
    options = [] if args.shipped else ["--no-shipped"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        dump(folder / "dump.json", args.rows)
        table(folder / "query.csv", args.rows)
        (folder / "map.yml").write_text(MAPPING, encoding="utf-8")
        data = {kind: str(folder / kind) for kind in ("dump.json", "query.csv", "map.yml")}
        slowest = max(
            measure("entity dump", lambda pack: ["wikidata", data["dump.json"], "--output", pack], folder, options),
            measure("query result", lambda pack: ["wikidata", data["query.csv"], "--output", pack], folder, options),
            measure("csv file", lambda pack: ["csv", data["query.csv"], "--mapping", data["map.yml"], "--output", pack], folder, options),
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{args.rows:,} rows: {slowest:.1f} s at most (30 s wanted), {memory:.0f} MB")


if __name__ == "__main__":
    main()
