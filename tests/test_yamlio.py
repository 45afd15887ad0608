"""The YAML reader: what it gives back, what it refuses, and where it says the fault is."""

from __future__ import annotations

import gc
import tracemalloc

import pytest
from histlint import yamlio


def errors(text: str) -> list[tuple[int, int, str]]:
    return [(error.line, error.column, error.message) for error in yamlio.loads(text).errors]


def test_scalars_stay_as_written():
    text = "year: 0622\nno: no\nempty:\nfloat: 1.50\nlist: [on, 1e3, ~, 'x']\nislands: 2001-01-01\n"
    assert yamlio.loads(text).value == {
        "year": "0622",
        "no": "no",
        "empty": "",
        "float": "1.50",
        "list": ["on", "1e3", "~", "x"],
        "islands": "2001-01-01",
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [("", {}), ("# only a comment\n", {}), ("\ufeffa: b\n", {"a": "b"}), ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"})],
)
def test_empty_and_foreign_line_ends(tmp_path, text, value):
    file = tmp_path / "a.yaml"
    file.write_bytes(text.encode())
    loaded = yamlio.load(file)
    assert (loaded.value, loaded.errors) == (value, [])


def test_places_of_values_and_keys():
    loaded = yamlio.loads("a: b\nم:\n  - x\n  - {y: z}\n")
    assert loaded.where(("a",)) == (1, 4)
    assert loaded.where(("a",), key=True) == (1, 1)
    assert loaded.where(("م",)) == (2, 1)  # a group: where its key stands
    assert loaded.where(("م", 1, "y")) == (4, 9)
    assert loaded.where(("م", 1, "y"), key=True) == (4, 6)
    assert loaded.where(("م", 7, "gone")) == (2, 1)  # the nearest thing around it
    assert loaded.where(("gone",)) == (1, 1)


def test_all_errors_of_a_file_come_at_once():
    assert errors("a: 1\nb: &x [1]\na: 2\nc: *x\nd: !!int 3\n") == [
        (2, 4, "anchors (&x) are not allowed: write the value out where it is needed"),
        (3, 1, "the key «a» stands here a second time"),
        (4, 4, "aliases (*x) are not allowed: write the value out"),
        (5, 4, "tags (tag:yaml.org,2002:int) are not allowed: all values are text"),
    ]


def test_duplicate_keys_are_told_apart_by_level():
    assert errors("a: {x: 1}\nb: {x: 1}\n") == []
    assert errors("a: {x: 1, x: 2}\n") == [(1, 11, "the key «x» stands here a second time")]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: b\nc: d: e\n", 2, "mapping values are not allowed"),
        ("a: 'open\n", 2, "unexpected end of stream"),
        ("a: b\n---\nc: d\n", 2, "second document"),
        ("? [a]\n: b\n", 1, "a key must be text"),
        ("a:\n\t- b\n", 2, "not valid YAML"),
        ("a: b\nc: \x1b[31m\n", 2, "U+001B"),
        ("a: \x00", 1, "U+0000"),
    ],
)
def test_broken_yaml(text, line, message):
    [(found_line, _, found)] = errors(text)
    assert found_line == line
    assert message in found


def test_depth_is_bounded_without_a_crash():
    assert errors("a: " + "[" * 30_000)[0][2] == "nested deeper than 30 levels"
    assert errors("{a: " * 30_000)[0][2] == "nested deeper than 30 levels"
    assert errors("- " * 29 + "x") == []


def test_alias_bombs_do_not_grow():
    pairs = zip("abcdefgh", "bcdefghi", strict=True)
    bomb = "a: &a [x, x, x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in pairs)
    tracemalloc.start()
    assert len(errors(bomb)) == 41
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_unreadable_files(tmp_path, monkeypatch):
    assert "cannot be read" in yamlio.load(tmp_path / "none.yaml").errors[0].message
    assert "cannot be read" in yamlio.load(tmp_path).errors[0].message
    bad = tmp_path / "latin.yaml"
    bad.write_bytes("a: b\nاسم: caf".encode() + b"\xe9\n")
    [error] = yamlio.load(bad, "latin.yaml").errors
    assert str(error) == "latin.yaml:2:9: error: is not UTF-8: byte 0xe9 at offset 16"
    monkeypatch.setattr(yamlio, "MAX_BYTES", 10)
    big = tmp_path / "big.yaml"
    big.write_text("a: " + "x" * 20)
    assert "larger than" in yamlio.load(big).errors[0].message


def test_errors_carry_no_control_characters():
    [error] = yamlio.loads('a: 1\n"a\\e[31m": 1\n"a\\e[31m": 2\n').errors
    assert "\x1b" not in str(error)
    assert "a\ufffd[31m" in str(error)


def test_the_collector_is_switched_on_again():
    assert gc.isenabled()
    yamlio.loads("a: [")
    assert gc.isenabled()
