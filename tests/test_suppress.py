"""Suppressions in the text and the baseline of known findings."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import RULES, FakeLinter, FakeReference
from histlint.config import BUILT_IN, ConfigError, Settings
from histlint.model import Diagnostic
from histlint.read import read_string
from histlint.suppress import UNUSED, apply, baseline_text, fingerprint, known_removed, read_baseline, stale

LABELS = {lang: FakeReference().wording(lang)["report"] for lang in ("ar", "en")}


def check(source: str, path: str = "a.md", **settings: object) -> list[Diagnostic]:
    chosen = Settings()._replace(**settings)
    document = read_string(source, path)
    return apply(document, FakeLinter(chosen).check(document), chosen, [*RULES, *BUILT_IN], LABELS)


def rules(found: list[Diagnostic]) -> list[tuple[int, str]]:
    return [(item.line, item.rule) for item in found]


def test_silences_what_it_names() -> None:
    assert rules(check("1190 <!-- histlint: ignore[dates/event] r -->")) == []
    assert rules(check("1190 <!-- histlint: ignore[dates] -->")) == []
    assert rules(check("1190 cookies <!-- histlint: ignore -->")) == []
    assert rules(check("1190 cookies <!-- histlint: ignore[dates] -->")) == [(1, "text/boilerplate")]
    assert rules(check("1190\n\n1291 <!-- histlint: ignore -->")) == [(1, "dates/event")]
    assert rules(check("1190 [histlint: ignore[dates/event] تاريخ المؤلف]", "a.txt")) == []


def test_unused_ones_are_reported() -> None:
    (found,) = check("Hattin <!-- histlint: ignore[dates/event] r -->")
    assert (found.rule, found.level, found.line, found.column, found.end_column) == (UNUSED, "warning", 1, 8, 48)
    assert found.message == "This suppression silences nothing (dates/event)"
    assert found.claim == "<!-- histlint: ignore[dates/event] r -->"
    (found,) = check("حطين <!-- histlint: ignore -->")
    assert (found.message, found.lang) == ("هذا الإسكات لا يُسكت شيئاً (كل القواعد)", "ar")
    (found,) = check("حطين 1190 <!-- histlint: ignore[dates/event, order/events] -->", lang="en")
    assert found.message == "This suppression silences nothing (order/events)"
    assert rules(check("a\n\n<!-- histlint: ignore-end -->")) == [(3, UNUSED)]
    assert rules(check("1190 <!-- histlint: ingore -->")) == [(1, "dates/event"), (1, UNUSED)]


@pytest.mark.parametrize(
    ("comment", "wrong", "near"),
    [
        ("histlint: ingore[dates]", "ingore", "ignore"),
        ("histlint: ignore-next-line", "ignore-next-line", "ignore-next"),
        ("histlint: ignore-stop", "ignore-stop", "ignore-start"),
        ("histlint: ignore[dates", "ignore[", "histlint: ignore[…]"),
        ("histlint: ignore(dates/event)", "ignore(", "histlint: ignore[…]"),
        ("histlint ignore", "histlint ignore", "histlint: ignore[…]"),
        ("HISTLINT: IGNORE", "HISTLINT: IGNORE", "histlint: ignore[…]"),
        ("histlint-disable dates/event", "histlint-disable", "histlint: ignore[…]"),
    ],
)
def test_an_unknown_word_is_named_and_silences_nothing(comment: str, wrong: str, near: str) -> None:
    first, second = check(f"1190 <!-- {comment} -->")
    assert (first.rule, second.rule) == ("dates/event", UNUSED)
    assert second.message.startswith(f"This suppression silences nothing: “{wrong}” is none of ignore, ")
    assert second.suggestion == f"perhaps {near}"
    assert len(check(f"1190 <!-- {comment} -->", ignore=("dates",))) == 1


def test_rules_without_brackets_are_meant_all_the_same() -> None:
    assert rules(check("1190 cookies <!-- histlint: ignore dates/event his reason -->")) == [(1, "text/boilerplate")]
    assert rules(check("1190 cookies <!-- histlint: ignore dates/event, text/boilerplate -->")) == []
    assert rules(check("1190 cookies <!-- histlint: ignore and/or not -->")) == [
        (1, "dates/event"),
        (1, "text/boilerplate"),
        (1, UNUSED),
    ]
    assert rules(check("1190 <!-- histlint is told to be quiet here -->")) == [(1, "dates/event")]


def test_an_unknown_rule_is_named_with_the_nearest() -> None:
    (first, second) = check("1190 <!-- histlint: ignore[dates/evnt] -->")
    assert first.rule == "dates/event"
    assert second.message == "This suppression silences nothing: there is no rule dates/evnt"
    assert second.suggestion == "perhaps dates/event"


def test_not_reported_where_the_rule_did_not_run() -> None:
    source = "1190 <!-- histlint: ignore[dates/event] -->"
    assert check(source, ignore=("dates",)) == []
    assert check(source, select=("order",)) == []
    assert check(source, levels={"dates/event": "off"}) == []
    assert check("x <!-- histlint: ignore -->", select=("dates",)) == []
    assert check("x <!-- histlint: ignore[dates] -->", ignore=(UNUSED,)) == []
    (found,) = check("x <!-- histlint: ignore[dates] -->", levels={UNUSED: "error"})
    assert found.level == "error"


def test_order_and_internal_errors() -> None:
    source = "a <!-- histlint: ignore[dates] -->\n\n1190\n"
    assert [line for line, _ in rules(check(source))] == [1, 3]
    document = read_string("1190 <!-- histlint: ignore -->", "a.md")
    (crash,) = (item._replace(rule="internal-error") for item in FakeLinter(Settings()).check(document))
    assert apply(document, [crash], Settings(select=("dates",)), RULES, LABELS) == [crash]


def found_in(source: str, path: str) -> list[Diagnostic]:
    return FakeLinter(Settings()).check(read_string(source, path))


def test_baseline(tmp_path: Path) -> None:
    path, article = str(tmp_path / "known.json"), str(tmp_path / "articles" / "a.txt")
    before = found_in("1190 and 1190\n1291", article)
    text = baseline_text(path, before)
    assert text == baseline_text(path, list(reversed(before)))
    (tmp_path / "known.json").write_text(text, "utf-8")
    known = read_baseline(path)
    remaining = dict(known.counts)
    after = found_in("new line\n\n1190 and 1190 and 1190\n", article)
    kept = known_removed(known, after, remaining)
    assert [(item.line, item.column) for item in kept] == [(3, 19)]
    assert stale(known, remaining, [article]) == 1
    assert stale(known, remaining, ["other.txt"]) == 0


def test_a_fingerprint_is_file_rule_and_words() -> None:
    one, two = found_in("1190\n1190", "a/b.txt")
    assert fingerprint(one, "") == fingerprint(two, "") != fingerprint(one._replace(path="b.txt"), "")
    assert fingerprint(one, "") != fingerprint(one._replace(rule="x"), "") != fingerprint(one._replace(claim="x"), "")
    assert fingerprint(one._replace(claim="a \n b"), "a") == fingerprint(one._replace(claim="a b"), "a")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"histlint-baseline": 1}', '{"histlint-baseline": 1, "findings": [{}]}', '{"histlint-baseline": 9}'],
)
def test_a_broken_baseline(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(ConfigError, match=r"b\.json: "):
        read_baseline(str(tmp_path / "b.json"))
    with pytest.raises(ConfigError, match="cannot be read"):
        read_baseline(str(tmp_path / "none.json"))
