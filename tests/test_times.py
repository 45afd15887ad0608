"""The corpus in tests/times: one value, many phrasings, and what must not be read as a time beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from histlint import yamlio
from histlint.model import TimeMention
from histlint.normalise import tokenise
from histlint.tag.times import tag_times

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


@pytest.mark.parametrize(("lang", "group", "phrase"), cases("says"))
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


@pytest.mark.parametrize(("lang", "group", "phrase"), cases("not"))
def test_no_time(lang: str, group: dict[str, Any], phrase: str) -> None:
    assert [phrase[m.start : m.end] for m in tag(phrase, lang)] == []


@pytest.mark.parametrize(("lang", "entry"), cases("texts"))
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
