"""What is kept ready so that a run looks up little: it must say the same as the plain way."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from histlint import wording_tables
from histlint.checks import phrase
from histlint.config import Settings, _has_table
from histlint.lexicon import Lexicon, Phrases, _InParts, marks_of, words_of
from histlint.normalise import name_key, tokenise
from histlint.patterns import regex
from histlint.pipeline import Linter, load
from histlint.read import read_string
from histlint.reading import Reading

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ("abbasids.ar.txt", "battle-of-britain.en.txt")


@cache
def linter() -> Linter:
    return load(Settings())


@cache
def reading(name: str) -> Reading:
    return linter().read(read_string((ROOT / "tests" / "documents" / name).read_text("utf-8"), name))


def tables(lexicon: Lexicon) -> dict[str, Phrases]:
    return {name: table for name, table in vars(lexicon).items() if isinstance(table, Phrases)}


def test_patterns_are_compiled_when_used() -> None:
    pattern = regex("a+(b)?")
    assert "match" not in vars(pattern)
    assert pattern.match("aab")[0] == "aab"  # type: ignore[index]
    assert "match" in vars(pattern)
    assert pattern.fullmatch("c") is None


@pytest.mark.parametrize("name", TEXTS)
def test_phrases_are_found_as_by_going_through_the_tokens(name: str) -> None:
    text, chance = reading(name), random.Random(1)
    tokens = text.tokens
    for table in tables(text.lexicon).values():
        for _ in range(12):
            start = chance.randrange(len(tokens))
            stop = min(len(tokens), start + chance.randrange(60))
            hits, behind = [], start
            for index in range(start, stop):
                hit = table.at(tokens, index, stop) if index >= behind and tokens[index].kind == "word" else None
                if hit:
                    hits.append(hit)
                    behind = hit.last
            assert table.find(tokens, start, stop) == hits == table.find(list(tokens), start, stop)


@pytest.mark.parametrize("name", TEXTS)
def test_places_of_words_clauses_and_times(name: str) -> None:
    text = reading(name)
    tokens = text.tokens
    assert {i for places in words_of(tokens).values() for i in places} == {i for i, t in enumerate(tokens) if t.kind == "word"}
    assert marks_of(tokens, ".,،") == [i for i, token in enumerate(tokens) if token.norm in (".", ",", "،")]
    for number in range(len(text.sentences)):
        assert list(text.clauses_in(number)) == [clause for clause in text.clauses if clause.sentence == number]
    for clause in text.clauses:
        before = [other for other in text.clauses[: clause.index] if other.sentence == clause.sentence]
        assert list(text.before(clause)) == before
    for first in range(0, len(tokens), 37):
        assert list(text.times_from(first, first + 50)) == [t for t in text.times if first <= t.first < first + 50]
    relations = text.lexicon.relations
    assert text.clauses_with(relations) == [
        clause for clause in text.clauses if relations.starts(tokens, clause.first, clause.last)
    ]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_stored_tables_are_those_of_the_wording(lang: str) -> None:
    built, stored = wording_tables.build(linter().reference.wording(lang)), linter().reference.tables(lang)
    for name, table in built["phrases"].items():
        given = stored["phrases"][name]
        words = _InParts(given["parts"], given["letters"]) if "parts" in given else given["phrases"]
        assert words.get("no such word") is None
        assert dict(words) == table["phrases"]
    assert built["lists"] == stored["lists"]


def test_wording_is_read_by_file() -> None:
    wording = linter().reference.wording("ar")
    assert "time" in wording
    assert "nothing" not in wording
    assert {"time", "words", "frames"} <= set(wording)
    assert len(wording) == len(list(wording))
    assert wording.get("nothing", {}) == {}
    assert wording["time"] is wording["time"]


def test_rules_without_their_texts() -> None:
    whole, applied = linter().reference.rules(), linter().reference.rules(applied=True)
    assert list(whole) == list(applied)
    for id, rule in applied.items():
        assert rule == {key: value for key, value in whole[id].items() if key not in ("why", "limits", "examples")}


def test_stored_indices_of_phrases() -> None:
    found = 0
    for id, rule in linter().applied.items():
        if rule["kind"] == "phrase":
            for lang, index in phrase.index_of(rule["options"]["phrases"]).items():
                assert linter().reference.phrase_index(id, lang) == index
                found += 1
            assert linter().reference.phrase_index(id, "xx") is None
    assert found > 5
    assert linter().reference.phrase_index("no/rule", "ar") is None


def test_titles_by_their_first_word() -> None:
    reference = linter().reference
    titles = reference.titles(["battle-of-hattin", "no-event"], "ar", "معركه")
    fact = reference.fact("battle-of-hattin")
    assert fact is not None
    keys = [(name_key(text), text) for text in fact.names["ar"]]
    wanted = [(key[1:], text) for key, text in keys if key[0] == "معركه" and len(key) > 1]
    assert wanted
    assert titles["battle-of-hattin"] == wanted
    assert titles["no-event"] == []


def test_names_under_their_rarest_word() -> None:
    found = linter().reference.names_under(["حطين"])
    assert "battle-of-hattin" in {name.id for name in found}
    assert all("حطين" in name.key for name in found)


def test_a_text_of_another_tuple_is_looked_at_anew() -> None:
    table = linter().lexicon("en").relations
    one, other = tuple(tokenise("It fell after the war.")), tuple(tokenise("After this, before that."))
    assert [hit.first for hit in table.find(one, 0, len(one))] == [2]
    assert [hit.first for hit in table.find(other, 0, len(other))] == [0, 3]
    assert [hit.first for hit in table.find(one, 0, len(one))] == [2]


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("[tool.histlint]\n", True),
        ("[ tool . histlint ]\n", True),
        ("[tool.histlint.levels]\n", True),
        ('["tool"."histlint"]\n', True),
        ("[tool]\nhistlint.lang = 'ar'\n", True),
        ("tool.histlint.lang = 'ar'\n", True),
        ("tool = {histlint = {lang = 'ar'}}\n", True),
        ("[tool]\n[tool.histlint]\n", True),
        ("[tool.ruff]\nexclude = ['histlint']\n", False),
        ("[project.scripts]\nhistlint = 'histlint.cli:program'\n", False),
        ("[other]\ntool.histlint = 1\n", False),
        ("[tool.other]\nlang = 'ar'\n", False),
    ],
)
def test_settings_in_a_pyproject(tmp_path: Path, text: str, has: bool) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert _has_table(str(tmp_path / "pyproject.toml")) is has
