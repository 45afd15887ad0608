"""How compiling and looking up grow with the reference: 1k, 10k, 100k and 1M names.

Run: python benchmarks/reference_scale.py [--names 1000 10000 100000 1000000]

Packs are made up (two Arabic and two English names per event, a war for each thousand, participants, places, sources),
written as YAML, read, checked and compiled as a user's would be. Each size runs in a process of its own, so that memory is its
own too. Times vary between machines; the ratios are what counts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "linter"))

PER_FILE = 20_000
AR = "بتثجحخدرزسشصضطعغفقكلمنهو"
EN = "bcdfghklmnprstvwz"


def word(rng: random.Random, letters: str) -> str:
    return "".join(rng.choice(letters) + rng.choice("اوي" if letters is AR else "aeiou") for _ in range(rng.randint(3, 5)))


def write_packs(folder: Path, names: int) -> int:
    """Writes packs with `names` names; gives how many events there are."""
    rng = random.Random(1)
    events = max(1, names // 4)
    (folder / "sources.yaml").write_text("sources: {made-up: {title: Made up, url: 'https://example.org/'}}\n", encoding="utf-8")
    with open(folder / "world.yaml", "w", encoding="utf-8") as file:
        file.write("polities:\n")
        for number in range(200):
            names = f"{{ar: [دولة {word(rng, AR)}], en: [State {number}]}}"
            file.write(f"  state-{number}: {{kind: state, names: {names}, sources: [made-up]}}\n")
        file.write("events:\n")
        for number in range(0, events, 1000):
            names = f"{{ar: [حرب {number}], en: [War {number}]}}"
            file.write(f"  war-{number}: {{type: war, names: {names}, when: 1400/1999, sources: [made-up]}}\n")
    for start in range(0, events, PER_FILE):
        with open(folder / f"events-{start}.yaml", "w", encoding="utf-8") as file:
            file.write("events:\n")
            for number in range(start, min(start + PER_FILE, events)):
                file.write(event(rng, number))
    return events


def event(rng: random.Random, number: int) -> str:
    ar, en, year = word(rng, AR), word(rng, EN).capitalize(), rng.randint(1400, 1999)
    sides = rng.sample(range(200), 2)
    return (
        f"  battle-{number}:\n    type: battle\n"
        f"    names: {{ar: [معركة {ar} {number}, موقعة {ar} {number}], en: [Battle of {en} {number}, {en} Battle {number}]}}\n"
        f"    when: {year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}\n"
        f"    sides: [[state-{sides[0]}], [state-{sides[1]}]]\n    won: [state-{sides[0]}]\n"
        f"    part_of: [war-{number // 1000 * 1000}]\n    sources: [made-up]\n"
    )


def measure(names: int) -> dict[str, float]:
    """Compiles a reference of this size and looks names up; meant for a fresh process."""
    from histlint import packs
    from histlint.normalise import name_key, stems

    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
        pack = Path(folder, "packs")
        pack.mkdir()
        start = time.perf_counter()
        events = write_packs(pack, names)
        made = time.perf_counter() - start
        start = time.perf_counter()
        packs.open_reference([str(pack)], include_shipped=False).close()
        compiled = time.perf_counter() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

        rng = random.Random(2)
        text = {stem for _ in range(600) for stem in stems(word(rng, AR))} | {"معركه", "موقعه", "حرب"}
        opening, looking, hits = [], [], []
        for _ in range(7):
            start = time.perf_counter()
            reference = packs.open_reference([str(pack)], include_shipped=False)
            opening.append(time.perf_counter() - start)
            start = time.perf_counter()
            reference.names(text)
            looking.append(time.perf_counter() - start)
            known = [reference.fact(f"battle-{rng.randrange(events)}") for _ in range(20)]
            words = [set(name_key(fact.names["ar"][0])) for fact in known if fact]
            start = time.perf_counter()
            for one in words:
                assert reference.names(one)
            hits.append((time.perf_counter() - start) / 20)
            reference.close()
        size = sum(file.stat().st_size for file in Path(f"{folder}/cache").rglob("*.sqlite")) / 1e6
    return {
        "names": names, "events": events, "write": made, "compile": compiled, "memory_mb": memory, "file_mb": size,
        "open_ms": statistics.median(opening) * 1000, "article_ms": statistics.median(looking) * 1000,
        "hit_us": statistics.median(hits) * 1e6,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--names", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measure(args.measure)))
        return
    rows = []
    for names in args.names:
        out = subprocess.run([sys.executable, __file__, "--measure", str(names)], capture_output=True, text=True, check=False)
        if out.returncode:
            sys.exit(out.stderr)
        rows.append(json.loads(out.stdout))
    print(f"{'names':>9} {'events':>8} {'compile':>9} {'memory':>8} {'file':>8} {'open':>14} {'600 words':>14} {'one name':>14}")
    first = rows[0]
    for row in rows:
        sizes = f"{row['names']:>9,} {row['events']:>8,} {row['compile']:>7.1f} s"
        sizes += f" {row['memory_mb']:>5.0f} MB {row['file_mb']:>5.1f} MB"
        units = (("open_ms", "ms"), ("article_ms", "ms"), ("hit_us", "µs"))
        print(sizes, *(f"{row[key]:7.2f} {unit} ×{row[key] / first[key]:3.1f}" for key, unit in units))


if __name__ == "__main__":
    main()
