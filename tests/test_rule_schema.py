"""Rule files are looked over before a run: all that is wrong in them, each with its place and what would be right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from histlint import packs, pipeline, rule_schema, yamlio
from histlint.checks import run
from histlint.compile import read_rules
from histlint.config import Settings

ROOT = Path(__file__).parents[1]
RULE = "kind: dated\nlevel: error\noptions: {of: event}\nmessage: {ar: س, en: x}\n"
PHRASES = "kind: phrase\nmessage: {ar: س, en: x}\noptions: {phrases: %s}\n"


def errors(text: str) -> list[str]:
    return [str(error) for error in rule_schema.check_rule(yamlio.loads(text, "x.yaml"), rule_schema.shipped_kinds())]


def test_a_whole_rule() -> None:
    assert errors(RULE) == []
    assert errors(RULE + "suggestion: {ar: '{known.x}'}\nwhy: text\nlimits: {en: text}\npriority: 20\nreplace: 'true'\n") == []
    assert errors(RULE + "examples: {bad: [{text: ⟦a⟧, says: b}], good: [a, {text: b, lang: en}], known_miss: a}\n") == []
    assert errors(PHRASES % "{ar: [^ كلمة|لفظ * أخرى $], en: [a]}") == []
    assert errors(PHRASES % "{any: [~ a _ b], en: [{say: [a, '\\\\| b'], near: c, means: d, often: 3}]}") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RULE.replace("dated", "datd"), ["1:7: error: «datd» is not known here: did you mean «dated»?"]),
        (RULE.replace("kind: dated\n", ""), ["1:1: error: «kind» is missing"]),
        (RULE.replace("level:", "levl:"), ["2:1: error: unknown key «levl»: did you mean «level»? choices: kind, "]),
        (RULE.replace("error", "eror"), ["2:8: error: «eror» is not known here: did you mean «error»?"]),
        (RULE.replace("error", "[error]"), ["2:1: error: expected text, found a list"]),
        (RULE.replace("of: event", "of: evnt"), ["3:15: error: «evnt» is not known here: did you mean «event»?"]),
        (RULE.replace("of: event", "of: event, within: 3"), ["3:22: error: unknown key «within»: choices: of"]),
        (RULE.replace("{of: event}", "event"), ["3:10: error: expected keys and values: of"]),
        (RULE.replace("options: {of: event}\n", ""), ["1:1: error: «options» are missing: rules of the kind «dated» need"]),
        ("kind: acted\nmessage: {ar: س, en: x}\noptions: {of: x}\n", ["3:11: error: unknown option «of»: rules of this kind"]),
        (RULE.replace("ar: س, ", ""), ["4:1: error: «ar» is missing: messages are shown in Arabic and in English"]),
        (RULE.replace("en: x", "english: x"), ["4:1: error: «en» is missing", "4:18: error: «english» is not a language code"]),
        (RULE.replace("{ar: س, en: x}", "text"), ["4:10: error: expected text by language: {ar: …, en: …}, found «text»"]),
        (RULE.replace("en: x", "en: [x]"), ["4:18: error: expected text, found a list"]),
        (RULE.replace("en: x", "en: '{wrttien}'"), ["4:22: error: unknown field «{wrttien}»: did you mean «written»?"]),
        (RULE + "priority: high\n", ["5:11: error: «high» is not a number from 0 to 100"]),
        (RULE + "priority: -1\n", ["5:11: error: «-1» is not a number"]),
        (RULE + "why: [a]\n", ["5:1: error: expected text by language"]),
        (RULE + "examples: {bd: [x]}\n", ["5:12: error: unknown key «bd»: did you mean «bad»?"]),
        (RULE + "examples: {bad: [{txt: x}]}\n", ["«text» is missing", "unknown key «txt»: did you mean «text»?"]),
        (RULE + "examples: {given: {evnts: {}}}\n", ["5:20: error: unknown section «evnts»: did you mean «events»?"]),
        (RULE + "replace: yes\n", ["5:10: error: «yes» is not known here: choices: true"]),
        (PHRASES % "[a]", ["3:11: error: expected phrases by language"]),
        (PHRASES % "{en: a}", ["3:25: error: expected a list of phrases, found «a»"]),
        (PHRASES % "{en: ['* b']}", ["3:26: error: «* b» begins with «*»"]),
        (PHRASES % "{en: [{sy: a}]}", ["3:26: error: «say» is missing", "3:27: error: unknown key «sy»"]),
        (PHRASES % "{en: [{say: a, near: ['* b']}]}", ["3:35: error: «* b» begins with «*»"]),
        (PHRASES % "{en: ['^ $']}", ["3:26: error: «^ $» holds no word"]),
        (PHRASES % "{en: ['a | b']}", ["«a | b» has an empty alternative beside «|»"]),
        (PHRASES % "{en: ['']}", ["3:26: error: expected text, found nothing"]),
        ("events: {}\n", ["1:1: error: «events» belongs to packs of facts: give their folder with --reference"]),
        ("kind: datd\nlevl: x\n", ["«message» is missing", "«datd» is not known here", "unknown key «levl»"]),
    ],
)  # fmt: skip
def test_what_is_wrong(text: str, said: list[str]) -> None:
    found = errors(text)
    assert len(found) == len(said), found
    for error, part in zip(found, said, strict=True):
        assert error.startswith("x.yaml:")
        assert part in error


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("en/words", "gleu: [x]\n", "en/words.yaml:1:1: error: unknown key «gleu»: did you mean «glue»?"),
        ("en/words", "glue: in\n", "en/words.yaml:1:7: error: expected a list as in the shipped wording, found text"),
        ("en/words", "glue: [{a: b}]\n", "expected text as in the shipped wording, found a group of keys"),
        ("en/wrds", "a: b\n", "en/wrds.yaml:1:1: error: no wording is called «wrds»: did you mean «words»?"),
        ("en/frames", "kill: {vebs: [x]}\n", "en/frames.yaml:1:8: error: unknown key «vebs»: did you mean «verbs»?"),
        ("en/frames", "kill: {verbs: slew}\n", "en/frames.yaml:1:15: error: expected a list"),
        ("en/titles", "king: king\n", "en/titles.yaml:1:7: error: expected a list"),
        ("en", "a: b\n", "error: wording belongs into language/LANGUAGE/NAME.yaml"),
        ("en/frames", "new-frame: {verbs: [did], of: agent}\n", ""),
        ("en/spelling", "endings:\n  - [grad, grade]\n", ""),
        ("fr/words", "glue: [dans]\n", ""),
    ],
)
def test_wording_has_the_form_of_the_shipped(tmp_path: Path, name: str, text: str, said: str) -> None:
    file = tmp_path / "language" / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    with packs.open_reference() as base:
        found = read_rules([str(tmp_path)], base).errors
    assert [said in str(error) for error in found] == [True] * bool(said), found


def test_own_rules_and_wording_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A house rule, a house level for a shipped rule, and wording in a third language, whose messages are English."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "mine" / "house").mkdir(parents=True)
    (tmp_path / "mine" / "language" / "fr").mkdir(parents=True)
    (tmp_path / "mine" / "house" / "style.yaml").write_text(PHRASES % "{en: [very unique]}", "utf-8")
    (tmp_path / "mine" / "language" / "fr" / "words.yaml").write_text("glue: [dans]\n", "utf-8")
    linter = pipeline.load(Settings(rules=(str(tmp_path / "mine"),)))
    assert [item.rule for item in pipeline.check_text(linter, "It was a very unique battle.")] == ["house/style"]
    (found,) = pipeline.check_text(linter, "Friday, 18 June 1815.", "fr") or [None]
    assert found is None or found.message == "18 June 1815 was a Sunday, not a Friday"


def test_kinds_are_those_of_the_shipped_rules() -> None:
    kinds = rule_schema.shipped_kinds()
    assert set(kinds) == set(run.KINDS)
    assert {"event", "birth", "death"} <= set(kinds["dated"].of)
    assert {"event", "written"} <= set(kinds["dated"].fields)
    assert kinds["dated"].needed
    assert not kinds["lineage"].needed
    assert kinds["phrase"] == rule_schema.Kind((), ("means",), True, False, ("once", "quoted"))


def test_every_shipped_rule_passes_for_one_of_your_own() -> None:
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        if path.relative_to(ROOT / "rules").parts[0] != "language":
            assert rule_schema.check_rule(yamlio.load(path), rule_schema.shipped_kinds()) == [], path


# The JSON Schema


def test_the_schema_file_is_up_to_date() -> None:
    written = json.loads((ROOT / "schema" / "rule.schema.json").read_text("utf-8"))
    assert written == rule_schema.json_schema(), "run: histlint reference schema rule > schema/rule.schema.json"


def test_shipped_rules_fit_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(rule_schema.json_schema())
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        if path.relative_to(ROOT / "rules").parts[0] != "language":
            rule = yamlio.load(path).value
            if "priority" in rule:
                rule["priority"] = int(rule["priority"])  # as the YAML of an editor reads it
            for phrases in rule.get("options", {}).get("phrases", {}).values():
                for phrase in phrases:
                    if "often" in phrase and isinstance(phrase, dict):
                        phrase["often"] = int(phrase["often"])
            assert list(validator.iter_errors(rule)) == [], path


@pytest.mark.parametrize(
    "change", [{"kind": "datd"}, {"levl": "error"}, {"level": "eror"}, {"message": {"en": "x"}}, {"options": {"of": "evnt"}}]
)
def test_the_schema_refuses(change: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(rule_schema.json_schema())
    rule = yamlio.loads(RULE).value
    assert list(validator.iter_errors(rule)) == []
    assert list(validator.iter_errors(rule | change))
