"""Measures what the linter finds in articles whose errors are known.

    python benchmarks/detection.py [FOLDER] [--missed] [--false] [--duplicates] [--kind KIND] [--reference DIR] [--rules DIR]

FOLDER (default: tests/documents) holds articles, each beside a YAML file of the same name:

    lang: ar
    topic: "the Mongol capture of Baghdad, 1258"
    findings:                     # [] for a clean article
      - line: 3                   # 1-based line of the file
        text: "the wrong words"   # occur once in that line
        also: ["other words"]     # anywhere in the text: reporting the same contradiction there is equally right
        kind: calendar
        why: "what is right"
    traps:                        # correct places that tempt
      - {line: 2, text: "…"}

A finding is right where its place overlaps an expected one on the same line, or one of its `also`. Two findings for one
expected error count as one right and one duplicate; a duplicate is neither right nor false. Everything else is false.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "linter"))

from histlint import yamlio  # noqa: E402
from histlint.config import Settings  # noqa: E402
from histlint.model import Diagnostic  # noqa: E402
from histlint.pipeline import Linter, load  # noqa: E402
from histlint.read import read  # noqa: E402

DOCUMENTS = ROOT / "tests" / "documents"
SUFFIXES = (".txt", ".md", ".html")
KINDS = (
    *("date", "day", "weekday", "calendar", "duration", "age", "repeated", "list", "order", "outcome", "terms", "participant"),
    *("side", "leader", "succession", "doer", "place", "anachronism", "meeting", "office", "number", "name", "boilerplate"),
    *("no-such-event", "other"),
)


class Place(NamedTuple):
    """Characters of one line: 1-based columns, the end exclusive."""

    line: int
    column: int
    end: int


class Expected(NamedTuple):
    """A planted error: the places where it may be reported, the best one first."""

    places: tuple[Place, ...]
    text: str
    kind: str
    why: str


class Article(NamedTuple):
    path: Path
    lang: str
    expected: tuple[Expected, ...]
    traps: tuple[tuple[Place, str], ...]


class Result(NamedTuple):
    """What came of one article. `found` and `missed` share out its expected errors, the rest its findings."""

    article: Article
    found: tuple[tuple[Expected, Diagnostic], ...]
    missed: tuple[Expected, ...]
    false: tuple[Diagnostic, ...]
    duplicates: tuple[Diagnostic, ...]


class Score(NamedTuple):
    found: int
    expected: int
    false: int

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.false) if self.found + self.false else 1.0


def articles(folder: Path) -> list[Article]:
    """All articles of a folder, by name. Raises ValueError where an article and its YAML do not fit together."""
    paths = [path for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES]
    return [_article(path) for path in paths if path.with_suffix(".yaml").exists()]


def _article(path: Path) -> Article:
    loaded = yamlio.load(path.with_suffix(".yaml"))
    if loaded.errors:
        raise ValueError("\n".join(str(error) for error in loaded.errors))
    lines = path.read_text(encoding="utf-8").split("\n")
    expected = []
    for entry in loaded.value["findings"]:
        if entry["kind"] not in KINDS:
            raise ValueError(f"{path.name}: unknown kind {entry['kind']}")
        places = [_once(path, lines, entry)]
        for words in entry.get("also", []):
            found = list(_all(lines, words))
            if not found:
                raise ValueError(f"{path.name}: «{words}» is nowhere")
            places += found
        expected.append(Expected(tuple(places), entry["text"], entry["kind"], entry["why"]))
    traps = [(_once(path, lines, trap), trap["text"]) for trap in loaded.value.get("traps", [])]
    return Article(path, loaded.value["lang"], tuple(expected), tuple(traps))


def _once(path: Path, lines: Sequence[str], entry: dict[str, Any]) -> Place:
    line, words = int(entry["line"]), entry["text"]
    if not 1 <= line <= len(lines) or lines[line - 1].count(words) != 1:
        raise ValueError(f"{path.name}:{line}: «{words}» must occur once in the line")
    column = lines[line - 1].index(words) + 1
    return Place(line, column, column + len(words))


def _all(lines: Sequence[str], words: str) -> Iterator[Place]:
    for number, line in enumerate(lines, 1):
        start = line.find(words)
        while start >= 0:
            yield Place(number, start + 1, start + 1 + len(words))
            start = line.find(words, start + 1)


def overlap(place: Place, finding: Diagnostic) -> int:
    """How many characters of `place` the finding covers."""
    if not finding.line <= place.line <= finding.end_line:
        return 0
    start = finding.column if finding.line == place.line else 1
    end = finding.end_column if finding.end_line == place.line else place.end
    return max(0, min(end, place.end) - max(start, place.column))


def match(article: Article, findings: Iterable[Diagnostic]) -> Result:
    """Pairs findings with expected errors, the best places and the longest overlaps first."""
    findings = list(findings)
    pairs = []
    for number, finding in enumerate(findings):
        for index, expected in enumerate(article.expected):
            shared = overlap(expected.places[0], finding)
            other = max((overlap(place, finding) for place in expected.places[1:]), default=0)
            if shared or other:
                pairs.append((shared == 0, -max(shared, other), number, index))
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, _, number, index in sorted(pairs):
        if index not in taken and number not in used:
            taken[index] = number
            used.add(number)
    touching = {number for _, _, number, _ in pairs}
    return Result(
        article,
        tuple((article.expected[index], findings[number]) for index, number in sorted(taken.items())),
        tuple(expected for index, expected in enumerate(article.expected) if index not in taken),
        tuple(finding for number, finding in enumerate(findings) if number not in touching),
        tuple(finding for number, finding in enumerate(findings) if number in touching - used),
    )


def run(linter: Linter, folder: Path = DOCUMENTS) -> list[Result]:
    """Lints every article of a folder and matches what was found."""
    return [match(article, linter.check(read(str(article.path)))) for article in articles(folder)]


def score(results: Iterable[Result]) -> Score:
    results = list(results)
    return Score(
        sum(len(result.found) for result in results),
        sum(len(result.article.expected) for result in results),
        sum(len(result.false) for result in results),
    )


def by_kind(results: Iterable[Result]) -> dict[str, tuple[int, int]]:
    """Found and expected errors of each kind that occurs."""
    counts: dict[str, list[int]] = {}
    for result in results:
        for expected in result.article.expected:
            counts.setdefault(expected.kind, [0, 0])[1] += 1
        for expected, _ in result.found:
            counts[expected.kind][0] += 1
    return {kind: (counts[kind][0], counts[kind][1]) for kind in KINDS if kind in counts}


def by_rule(results: Iterable[Result]) -> dict[str, tuple[int, int, int]]:
    """Right, false and duplicate findings of each rule."""
    counts: dict[str, list[int]] = {}
    for result in results:
        groups = ([finding for _, finding in result.found], result.false, result.duplicates)
        for column, group in enumerate(groups):
            for finding in group:
                counts.setdefault(finding.rule, [0, 0, 0])[column] += 1
    return {rule: (right, false, twice) for rule, (right, false, twice) in sorted(counts.items())}


def table(results: Sequence[Result]) -> str:
    """Recall by kind and language, findings by rule, and the totals."""
    lines = [f"{'kind':<16}{'expected':>9}{'found':>7}{'recall':>8}"]
    for kind, (found, expected) in by_kind(results).items():
        lines.append(f"{kind:<16}{expected:>9}{found:>7}{found / expected:>8.2f}")
    lines += ["", f"{'rule':<32}{'right':>7}{'false':>7}{'twice':>7}"]
    for rule, (right, false, twice) in by_rule(results).items():
        lines.append(f"{rule:<32}{right:>7}{false:>7}{twice:>7}")
    lines += ["", f"{'':<8}{'articles':>9}{'expected':>9}{'found':>7}{'false':>7}{'recall':>8}{'precision':>11}"]
    langs = sorted({result.article.lang for result in results})
    for name in (*langs, "clean", "all"):
        part = [
            result
            for result in results
            if name in ("all", result.article.lang) or (name == "clean" and not result.article.expected)
        ]
        total = score(part)
        lines.append(
            f"{name:<8}{len(part):>9}{total.expected:>9}{total.found:>7}{total.false:>7}{total.recall:>8.2f}{total.precision:>11.3f}"
        )
    return "\n".join(lines)


def _show(result: Result, finding: Diagnostic) -> str:
    trap = next((text for place, text in result.article.traps if overlap(place, finding)), "")
    where = f"{result.article.path.name}:{finding.line}:{finding.column}"
    return f"{where}: [{finding.rule}] «{finding.claim}» {finding.message}" + (f" (trap «{trap}»)" if trap else "")


def missed(results: Iterable[Result], kind: str = "") -> list[str]:
    return [
        f"{result.article.path.name}:{expected.places[0].line}: [{expected.kind}] «{expected.text}» {expected.why}"
        for result in results
        for expected in result.missed
        if kind in ("", expected.kind)
    ]


def false(results: Iterable[Result]) -> list[str]:
    return [_show(result, finding) for result in results for finding in result.false]


def duplicates(results: Iterable[Result]) -> list[str]:
    return [_show(result, finding) for result in results for finding in result.duplicates]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=DOCUMENTS)
    parser.add_argument("--missed", action="store_true", help="list the errors that were not found")
    parser.add_argument("--false", action="store_true", help="list the findings that are none")
    parser.add_argument("--duplicates", action="store_true", help="list second findings for one error")
    parser.add_argument("--kind", default="", choices=("", *KINDS), help="list missed errors of this kind only")
    parser.add_argument("--reference", action="append", default=[], metavar="DIR", help="a further reference pack")
    parser.add_argument("--rules", action="append", default=[], metavar="DIR", help="a further rule pack")
    options = parser.parse_args()
    results = run(load(Settings(reference=tuple(options.reference), rules=tuple(options.rules))), options.folder)
    if not results:
        sys.exit(f"{options.folder}: no article beside a YAML file")
    print(table(results))
    for wanted, title, lines in (
        (options.missed, "missed", missed(results, options.kind)),
        (options.false, "false", false(results)),
        (options.duplicates, "twice", duplicates(results)),
    ):
        if wanted:
            print("", f"{title}: {len(lines)}", *lines, sep="\n")


if __name__ == "__main__":
    main()
