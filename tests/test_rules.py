"""Every example of every rule is a test, named after it: the rules' own pages are the specification of what is found.

Bad examples must be found exactly so; good ones must leave all rules silent; known misses and false alarms must still be
ones, so that closing a gap asks for the example to be moved. `histlint test` and these tests share `run_examples`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from histlint import normalise, pipeline, yamlio
from histlint.checks.run import KINDS
from histlint.commands.test import Failure, run_examples
from histlint.config import Settings

ROOT = Path(__file__).resolve().parent.parent / "rules"
SECTIONS = ("bad", "good", "known_miss", "known_false_alarm")


def read_rules() -> dict[str, dict[str, Any]]:
    rules = {}
    for path in sorted(ROOT.rglob("*.yaml")):
        if path.relative_to(ROOT).parts[0] != "language":
            loaded = yamlio.load(path)
            assert not loaded.errors, loaded.errors
            rules[path.relative_to(ROOT).with_suffix("").as_posix()] = loaded.value
    return rules


class Example(NamedTuple):
    rule: str
    section: str
    number: int  # from 1 in its section
    text: str
    says: str

    @property
    def lang(self) -> str:
        return normalise.language(self.text)


RULES = read_rules()


def examples(*sections: str) -> Iterator[Any]:
    for rule, content in RULES.items():
        for section in sections:
            for number, item in enumerate((content.get("examples") or {}).get(section, ()), 1):
                text, says = (item["text"], item.get("says", "")) if isinstance(item, Mapping) else (item, "")
                example = Example(rule, section, number, text, says)
                yield pytest.param(example, id=f"{rule} {section} {number} {example.lang}")


@pytest.fixture(scope="module")
def linter() -> Any:
    return pipeline.load(Settings())


@pytest.fixture(scope="module")
def failures(linter: Any) -> dict[tuple[str, str, int], Failure]:
    return {(one.rule, one.section, one.number): one for one in run_examples(linter, sorted(RULES))}


@pytest.fixture(scope="module")
def found(linter: Any) -> dict[tuple[str, str, int], list[Any]]:
    """What all rules together find in each example, without its marks. Facts that a rule's examples are `given` come on top."""
    out = {}
    for rule, content in RULES.items():
        own = with_given(linter, content)
        for parameter in examples(*SECTIONS):
            (example,) = parameter.values
            if example.rule == rule:
                out[rule, example.section, example.number] = pipeline.check_text(own, bare(example.text))
    return out


def with_given(linter: Any, content: Mapping[str, Any]) -> Any:
    from histlint.commands.test import _with_given

    return _with_given(linter, content)


def bare(text: str) -> str:
    return text.replace("⟦", "").replace("⟧", "")


def shown(found: list[Any]) -> list[str]:
    return [f"{one.rule} {one.claim!r}: {one.message}" for one in found]


@pytest.mark.parametrize("example", list(examples(*SECTIONS)))
def test_example(example: Example, failures: dict[tuple[str, str, int], Failure]) -> None:
    failure = failures.get(example[:3])
    assert failure is None, f"{failure.reason}\n{failure.text}"


@pytest.mark.parametrize("example", list(examples("bad")))
def test_bad_is_found_once(example: Example, found: dict[tuple[str, str, int], list[Any]]) -> None:
    here = found[example[:3]]
    own = [one for one in here if one.rule == example.rule]
    assert example.text.count("⟦") == example.text.count("⟧") == len(own) == 1, shown(here)
    assert (own[0].message, own[0].lang) == (example.says, example.lang)


@pytest.mark.parametrize("example", list(examples("good")))
def test_good_leaves_all_rules_silent(example: Example, found: dict[tuple[str, str, int], list[Any]]) -> None:
    assert not found[example[:3]], shown(found[example[:3]])


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_whole(rule: str) -> None:
    content = RULES[rule]
    written = content.get("examples") or {}
    assert set(written) <= {"given", *SECTIONS}
    assert len(written.get("bad", ())) >= 2, "fewer than two bad examples"
    assert len(written.get("good", ())) >= 3, "fewer than three good examples"
    for key in ("message", "why"):
        assert content[key]["ar"].strip(), f"no Arabic {key}"
        assert content[key]["en"].strip(), f"no English {key}"
    assert content["limits"].strip()
    assert content["kind"] in KINDS
    assert content["level"] in ("error", "warning", "info")


@pytest.mark.parametrize("rule", RULES)
def test_bad_examples_in_both_languages(rule: str) -> None:
    """A rule shows itself in Arabic and English, unless its wording has only one language."""
    phrases = (RULES[rule].get("options") or {}).get("phrases")
    wanted = {lang for lang in ("ar", "en") if phrases is None or lang in phrases} - ONE_LANGUAGE.get(rule, set())
    assert {parameter.values[0].lang for parameter in examples("bad") if parameter.values[0].rule == rule} == wanted


ONE_LANGUAGE: dict[str, set[str]] = {"order/frame": {"en"}}
"""Rules whose construction one language lacks."""


def test_no_text_is_used_twice() -> None:
    texts = [bare(parameter.values[0].text) for parameter in examples(*SECTIONS)]
    assert len(texts) == len(set(texts)), sorted({text for text in texts if texts.count(text) > 1})


@pytest.mark.parametrize("rule", RULES)
def test_breaking_the_rule_is_noticed(rule: str, linter: Any) -> None:
    """Without the rule none of its bad examples is found by it: each example depends on the rule that it stands under."""
    without = pipeline.Linter(linter.reference, linter.settings._replace(ignore=(rule,)))
    broken = run_examples(without, [rule])
    bad = [one for one in broken if one.section == "bad"]
    assert len(bad) == len(RULES[rule]["examples"]["bad"])
    assert {one.reason for one in bad} == {"was not reported"}
