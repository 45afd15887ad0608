"""The corpus in tests/times: one value, many phrasings, and what must not be read as a time beside them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from histlint import yamlio
from histlint.model import TimeMention
from histlint.normalise import tokenise
from histlint.tag.fallback import parse_span, tag_foreign
from histlint.tag.times import tag_times
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "tests" / "times").glob("*.yaml"))


@cache
def wording(lang: str) -> dict[str, Any]:
    loaded = yamlio.load(ROOT / "rules" / "language" / lang / "time.yaml")
    assert not loaded.errors, loaded.errors
    return loaded.value  # type: ignore[no-any-return]


def tag(text: str, lang: str) -> list[TimeMention]:
    return tag_times(tokenise(text), text, lang, wording(lang))


def cases(kind: str) -> Iterator[Any]:
    for path in FILES:
        loaded = yamlio.load(path)
        assert not loaded.errors, loaded.errors
        for group in loaded.value["groups"]:
            if kind == "texts":
                for entry in group.get("texts", ()):
                    yield pytest.param(loaded.value["lang"], entry, id=f"{path.stem}: {entry['text']}")
            elif not group.get("skip"):
                for phrase in group.get(kind, ()):
                    yield pytest.param(loaded.value["lang"], group, phrase, id=f"{path.stem}: {phrase}")


@pytest.mark.parametrize(("lang", "group", "phrase"), list(cases("says")))
def test_phrase(lang: str, group: dict[str, Any], phrase: str) -> None:
    text = phrase.replace("⟦", "").replace("⟧", "")
    start = phrase.find("⟦")
    span = (start, phrase.find("⟧") - 1) if start >= 0 else (0, len(text))
    found = tag(text, lang)
    shown = [f"{text[m.start : m.end]} = {m.edtf}" for m in found]
    here = [m for m in found if m.start < span[1] and span[0] < m.end]
    assert len(here) == 1, shown
    mention = here[0]
    if not group.get("anyspan"):
        assert (mention.start, mention.end) == span, shown
    if "of" in group:
        parts = dict(mention.parts)
        assert (parts.get("of"), parts.get("part")) == (group["of"], group["part"]), mention
        assert mention.value is not None
        return
    expected = group.get("edtf", group.get("value"))
    assert mention.edtf == expected, (shown, mention)
    assert mention.type == group.get("type", "date"), mention
    if "relation" in group:
        assert mention.relation == group["relation"], mention
    if "calendar" in group:
        assert mention.value is not None
        assert mention.value.calendar == group["calendar"], mention
    if "weekday" in group:
        assert mention.weekday == int(group["weekday"]), mention


@pytest.mark.parametrize(("lang", "group", "phrase"), list(cases("not")))
def test_no_time(lang: str, group: dict[str, Any], phrase: str) -> None:
    assert [phrase[m.start : m.end] for m in tag(phrase, lang)] == []


@pytest.mark.parametrize(("lang", "entry"), list(cases("texts")))
def test_text(lang: str, entry: dict[str, Any]) -> None:
    found = tag(entry["text"], lang)
    assert [f"{entry['text'][m.start : m.end]} = {m.edtf}" for m in found] == entry["finds"]


def test_the_corpus_is_large_enough() -> None:
    count = {"ar": 0, "en": 0}
    for kind in ("says", "texts"):
        for case in cases(kind):
            count[case.values[0]] += 1
    assert count["ar"] >= 400
    assert count["en"] >= 300


@cache
def vocabulary(lang: str) -> list[str]:
    """Words of the corpus and of the wording file, and what breaks readers of numbers."""
    words: set[str] = set()
    for kind in ("says", "not", "texts"):
        for case in cases(kind):
            if case.values[0] == lang:
                text = case.values[1]["text"] if kind == "texts" else case.values[2]
                words.update(text.replace("⟦", "").replace("⟧", "").split())

    def walk(value: object) -> None:
        if isinstance(value, str):
            words.add(value)
        elif isinstance(value, dict):
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(wording(lang))
    marks = [
        "-",
        "–",
        "/",
        "(",
        ")",
        ",",
        "،",
        ".",
        "\n",
        "ـ",
        "'",
        "0",
        "00",
        "480",
        "99999",
        "31/2/1900",
        "0/0/0",
        "13/13/1300",
    ]
    return sorted(words) + marks * 5


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from(["ar", "en"]), st.booleans())
def test_any_words_give_ordered_mentions(data: st.DataObject, lang: str, vague: bool) -> None:
    """Whatever is written, tagging ends, and mentions neither overlap nor leave the text nor end before they begin."""
    words = data.draw(st.lists(st.sampled_from(vocabulary(lang)), min_size=1, max_size=30))
    text = data.draw(st.sampled_from([" ", ""])).join(words) if len(words) < 6 else " ".join(words)
    last = 0
    for mention in tag_times(tokenise(text), text, lang, wording(lang), vague=vague):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        (
            "fr",
            "Le 14 juillet 1789, la Bastille ; le 1er mai 1886.",
            [("14 juillet 1789", "1789-07-14"), ("1er mai 1886", "1886-05-01")],
        ),
        ("es", "El 2 de mayo de 1808 se alzó Madrid.", [("2 de mayo de 1808", "1808-05-02")]),
        ("de", "Am 8. Mai 1945 endete der Krieg.", [("8. Mai 1945", "1945-05-08")]),
        ("tr", "29 Mayıs 1453 günü", [("29 Mayıs 1453", "1453-05-29")]),
        ("ru", "22 июня 1941 года", [("22 июня 1941", "1941-06-22")]),
        ("fr", "les 1500 soldats, page 12 et 1789", []),
        ("xx", "4 July 1187", []),
    ],
)
def test_languages_without_wording(lang: str, text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[m.start : m.end], m.edtf) for m in tag_foreign(tokenise(text), lang)] == found


def test_dateparser_reads_only_whole_dates() -> None:
    assert parse_span("4 تموز 1187", "ar") is not None
    assert parse_span("41 هـ", "ar") is None
    assert parse_span("the 1940s", "en") is None
    assert parse_span("August", "en") is None


def test_readings_and_anchors() -> None:
    (day,) = tag("في 4 تموز 1187", "ar")
    assert day.value is not None
    assert day.value.calendar == "julian"
    assert [reading.calendar for reading in day.readings] == ["gregorian"]
    _, bare = tag("سنة 132 هـ سقطت الدولة. وفي سنة 136 مات", "ar")
    assert bare.anchor == "narrative"
    assert len(bare.readings) == 1
    (winter,) = tag("the winter of 1942", "en")
    assert len(winter.readings) == 1
    (numeric,) = tag("on 4/7/1945", "en")
    assert len(numeric.readings) == 1


def test_times_do_not_reach_over_a_heading() -> None:
    text = "وقعت المعركة في 4 تموز 1187.\nعنوان\nوبعد شهر سقطت المدينة. وفي اليوم التالي"
    assert [m.value for m in tag(text, "ar")][1:] == [None, None]


def test_days_that_a_month_has_not_are_kept_as_written() -> None:
    (mention,) = tag("في 31 أبريل 1945", "ar")
    assert mention.edtf == "1945-04-31"
    assert "impossible-date" in mention.rules
    assert dict(mention.parts)["day"] == "31"


def test_ranges_that_run_backwards_have_no_value() -> None:
    (mention,) = tag("(1945-1939م)", "ar")
    assert mention.value is None
    assert "backwards" in mention.rules


@pytest.mark.parametrize(
    ("lang", "phrase"),
    [
        *(
            ("ar", phrase)
            for phrase in ("أوائل", "عام", "خمسينيات وستينيات", "مايو ويونيو", "سنة 145 هـ سنة 146", "يوم الجمعة", "نحو")
        ),
        *(
            ("ar", phrase)
            for phrase in ("القرنين السابع والثامن و", "بين", "1/1/", "ألف و", "(", "صيف وشتاء", "صباح", "ليلة يوم")
        ),
        *(
            ("en", phrase)
            for phrase in ("May–", "summer and", "the", "1945-", "early mid-", "two years and", "AD", "the same", "12")
        ),
        *(("en", phrase) for phrase in ("480 BC, 490,", "'", "3, 4, 5,", "the night of", "Monday", "later that", "every")),
    ],
)
def test_endless_repetition_ends_soon(lang: str, phrase: str) -> None:
    text = f"{phrase} " * 4000
    start = time.perf_counter()
    tag(text, lang)
    assert time.perf_counter() - start < 10


def test_a_language_without_wording_has_its_written_dates(tmp_path: Path) -> None:
    """A page that declares French is read with the last resort; nothing of it needs Arabic or English wording."""
    from histlint import pipeline
    from histlint.config import Settings
    from histlint.read import read

    page = tmp_path / "page.html"
    page.write_text('<html lang="fr"><body><p>La bataille eut lieu le 18 juin 1815.</p></body></html>', encoding="utf-8")
    linter = pipeline.load(Settings())
    document = read(str(page))
    assert [mention.edtf for mention in linter.times(document)] == ["1815-06-18"]
    assert linter.check(document) == []
