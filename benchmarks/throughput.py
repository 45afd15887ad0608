"""Throughput of checking: KiB of text a second, with the whole shipped reference, on one core.

Run: python benchmarks/throughput.py [--size 256] [--rounds 5]

The corpus is made from templates in Arabic and in English, with the names, dates and winners of the reference; about one sentence
in five is wrong, half name no fact at all. It is cut into articles of about 8 KiB. Measured is the processor time of `check` (all
of it: cutting into tokens, tagging, extraction, rules, messages) and of tagging alone (tokens, names, times). A first round, which
reads names and facts into memory, is shown apart; the numbers that count are the medians of the rounds after it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "linter"))

from histlint import pipeline
from histlint.chronology.calendars import civil_from_jdn
from histlint.config import Settings
from histlint.facts import Event
from histlint.naming import nominal
from histlint.normalise import tokenise
from histlint.read import read_string
from histlint.tag.entities import tag_entities
from histlint.tag.times import tag_times

ARTICLE = 8 * 1024
TEMPLATES = {
    "ar": [
        "وقعت {event} عام {year}، وانتهت بعد أيام من القتال الشديد.",
        "انتصر فيها جيش {won}، ثم بدأت المفاوضات بين الطرفين.",
        "وفي {event} سنة {year} انتصر {won} على {lost}.",
        "كان {won} قد خسر كثيراً من رجاله قبل {event} بعامين.",
    ],
    "en": [
        "The {event} was fought in {year} and ended after days of heavy fighting.",
        "{won} defeated {lost} in the {event}, and negotiations began.",
        "In {year}, during the {event}, the army of {won} crossed the river.",
        "Two years before the {event}, {won} had lost many of its men.",
    ],
}
PLAIN = {
    "ar": [
        "كانت المدينة من أكبر مدن الإقليم، وقد عاش فيها التجار والصناع من كل مكان.",
        "ثم سار الجيش نحو الساحل بعد أن جمع القائد رجاله، وعبر النهر دون مقاومة تذكر.",
        "ولم يجد الأهالي بداً من التفاوض، فخرج وفد منهم إلى المعسكر وطلب الأمان.",
        "وكان لهذه الأحداث أثر كبير في السياسة العامة للدولة وفي علاقاتها مع جيرانها.",
    ],
    "en": [
        "The city was among the largest of the region, and merchants from everywhere lived in it.",
        "Then the army marched to the coast, after its commander had gathered his men, and crossed the river unopposed.",
        "The inhabitants had no choice but to negotiate, and a delegation went out to the camp to ask for terms.",
        "These events had a lasting effect on the policy of the state and on its relations with its neighbours.",
    ],
}  # fmt: skip


def corpus(reference: Any, lang: str, kilobytes: int) -> list[str]:
    """Articles in this language, together about that many KiB of UTF-8."""
    chance = random.Random(5)
    events = [fact for fact in reference.facts() if isinstance(fact, Event) and usable(fact, lang)]
    events.sort(key=lambda event: event.id)

    def article() -> Iterator[str]:
        size = 0
        while size < ARTICLE:
            sentences = [sentence(chance, reference, events, lang) for _ in range(6)]
            paragraph = " ".join(sentences)
            size += len(paragraph.encode()) + 2
            yield paragraph

    return ["\n\n".join(article()) for _ in range(max(1, kilobytes * 1024 // ARTICLE))]


def usable(event: Event, lang: str) -> bool:
    return bool(
        event.names.get(lang) and event.won and event.lost and event.when and event.when.start_hi and first_year(event) > 100
    )


def sentence(chance: random.Random, reference: Any, events: list[Event], lang: str) -> str:
    if chance.random() < 0.5:
        return chance.choice(PLAIN[lang])
    event = chance.choice(events)
    won, lost = event.won[0], event.lost[0]
    if chance.random() < 0.2:
        won, lost = lost, won
    year = first_year(event) + (chance.random() < 0.2) * chance.randint(2, 9)
    said = {"event": event.names[lang][0].removeprefix("The "), "won": name(reference, won, lang)}
    return chance.choice(TEMPLATES[lang]).format(**said, lost=name(reference, lost, lang), year=year)


def first_year(event: Event) -> int:
    """The year in which it began at the latest."""
    assert event.when is not None
    assert event.when.start_hi is not None
    return civil_from_jdn(event.when.start_hi)[0]


def name(reference: Any, id: str, lang: str) -> str:
    fact = reference.fact(id)
    names: tuple[str, ...] = fact.names.get(lang, ()) if fact else ()
    return names[0] if names else id


def check(linter: pipeline.Linter, lang: str, text: str) -> None:
    linter.check(read_string(text, "a.txt"))


def tag(linter: pipeline.Linter, lang: str, text: str) -> None:
    lexicon = linter.lexicon(lang)
    tokens = tokenise(text)
    tag_entities(tokens, linter.reference.names, lambda name, index: nominal(lexicon, tokens, name, index))
    tag_times(tokens, text, lang, lexicon.wording["time"])


def rates(texts: list[str], rounds: int, work: Callable[[str], object]) -> tuple[float, float]:
    """KiB of UTF-8 a second: in the first round, and the median of the others."""
    size = sum(len(text.encode()) for text in texts) / 1024
    found = []
    for _ in range(rounds + 1):
        start = time.process_time()
        for text in texts:
            work(text)
        found.append(size / (time.process_time() - start))
    return found[0], statistics.median(found[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--size", type=int, default=256, help="KiB in each language")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    for lang in ("ar", "en"):
        linter = pipeline.load(Settings())
        texts = corpus(linter.reference, lang, args.size)
        count = sum(len(linter.check(read_string(text, "a.txt"))) for text in texts)
        linter.reference.close()
        size, words = sum(len(text.encode()) for text in texts), sum(len(text.split()) for text in texts)
        print(
            f"{lang}: {len(texts)} articles, {size / 1024:.0f} KiB, {words:,} words, {count / size * 1024:.1f} findings per KiB"
        )
        for label, work in (("check", check), ("tagging alone", tag)):
            linter = pipeline.load(Settings())
            first, rest = rates(texts, args.rounds, partial(work, linter, lang))
            linter.reference.close()
            print(f"    {label:<14} {rest:7.1f} KiB/s   (first round {first:.1f})")


if __name__ == "__main__":
    main()
