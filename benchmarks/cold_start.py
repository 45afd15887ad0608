"""Cold start: a run of `histlint` on one article against `python -c pass` of the same interpreter.

Run: python benchmarks/cold_start.py [--python .venv/bin/python] [--names 1000000] [--rounds 41] [--folder DIR]

Each round starts Python alone, histlint with the shipped packs, and histlint with a made-up reference of that many names besides
(`--names 0` leaves it out), one after the other, so that what else the machine does falls on all of them. The numbers that count
are the ratios of the medians. With --python another interpreter that has histlint installed is measured, as users have it: this
checkout compiles its packs into the user's cache and looks whether they changed on every run, an installed one need not.
The made-up packs and their cache are in a temporary folder, or in --folder, where a second run finds them compiled. That, and the
.pyc files of a first run, are there before anything is measured.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--python", default="", help="an interpreter with histlint installed (default: this one and this checkout)"
    )
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=41)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--article", type=Path, default=ROOT / "examples" / "manchuria.ar.md")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(args, args.folder or Path(folder))


def measure(args: argparse.Namespace, folder: Path) -> None:
    python = args.python or sys.executable
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["XDG_CACHE_HOME"] = str(folder / "cache")
    if not args.python:
        environment["PYTHONPATH"] = str(ROOT / "linter")
    article = str(args.article.resolve())
    kinds = {"python -c pass": ["-c", "pass"], "histlint": ["-m", "histlint", article]}
    if args.names:
        kinds[f"histlint, {args.names:,} names"] = ["-m", "histlint", article, "--reference", str(packs(folder, args.names))]

    def run(options: list[str]) -> tuple[float, str]:
        start = time.perf_counter()
        done = subprocess.run([python, *options], cwd=folder, env=environment, capture_output=True, text=True, check=False)
        took = time.perf_counter() - start
        if done.returncode not in (0, 1) or done.stderr:
            sys.exit(f"{' '.join(options)}: exit code {done.returncode}\n{done.stderr}")
        return took, done.stdout

    first = {kind: run(options) for kind, options in kinds.items()}
    if len({said for _, said in first.values() if said}) > 1:
        sys.exit("the made-up reference changes what is found")
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(args.rounds):
        for kind, options in kinds.items():
            times[kind].append(run(options)[0])
    medians = {kind: statistics.median(values) for kind, values in times.items()}
    print(f"{python}, {article}, {args.rounds} rounds")
    for kind, values in times.items():
        row = f"{kind:<28} first {first[kind][0]:7.2f} s   median {medians[kind] * 1000:6.1f} ms   least {min(values) * 1000:6.1f} ms"
        print(row, f"  ×{medians[kind] / medians['python -c pass']:.2f} of python -c pass")
    if args.names:
        many, few = list(medians.values())[-1], medians["histlint"]
        print(f"with {args.names:,} names: {many / few - 1:+.1%} against the shipped packs alone")


def packs(folder: Path, names: int) -> Path:
    """The folder of the made-up packs, written if it is not there."""
    from reference_scale import write_packs

    made = folder / f"names-{names}"
    if not made.is_dir():
        made.mkdir(parents=True)
        write_packs(made, names)
    return made


if __name__ == "__main__":
    main()
