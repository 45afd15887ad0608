"""`histlint reference …`: what the commands print, and their exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import example_pack
import pytest
from histlint import packs


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return example_pack.write(tmp_path / "packs")


def run(capsys, *argv: str) -> tuple[int, str, str]:
    from histlint.commands.reference import main

    code = main(argv)
    return (code, *capsys.readouterr())


def test_show(folder, capsys):
    own = ("--reference", str(folder), "--no-shipped")
    code, out, _ = run(capsys, "show", "معركة", "ستالينغراد", *own)
    assert code == 0
    assert "battle-of-stalingrad: event, battle" in out
    assert "side 1        Soviet Union (soviet-union), victory" in out
    assert "source        Data 8, https://example.org/8" in out
    code, out, _ = run(capsys, "show", "Stalin", *own)
    assert "office        general-secretary of Soviet Union (soviet-union), 3 April 1922 – 5 March 1953" in out
    code, out, _ = run(capsys, "show", "volgograd", "--lang", "ar", *own)
    assert "events        معركة ستالينغراد" in out
    code, out, _ = run(capsys, "show", "Battle of Stalingrda", *own)
    assert code == 1
    assert "Near names:\n  Battle of Stalingrad  (battle-of-stalingrad, event)" in out
    code, out, _ = run(capsys, "show", "?", *own)
    assert (code, out) == (1, "No fact is called «?», and no name is near it.\n")


def test_search_and_stats(folder, capsys):
    own = ("--reference", str(folder), "--no-shipped")
    assert run(capsys, "search", "stali", *own)[1].splitlines() == [
        "Stalin  (stalin, person, short)",
        "Stalingrad  (volgograd, place, former)",
        "Joseph Stalin  (stalin, person)",
        "Battle of Stalingrad  (battle-of-stalingrad, event)",
    ]
    assert run(capsys, "search", "nothing", *own)[0] == 1
    code, out, _ = run(capsys, "stats", *own)
    assert code == 0
    for line in ("2  event\n", "1  battle\n", "2  20\n", "6  book\n", "1  place (city)\n"):
        assert line in out


def test_check_and_build(folder, capsys):
    own = ("--reference", str(folder), "--no-shipped")
    assert run(capsys, "check", *own) == (0, "", "2 files, 7 facts, 0 rules: 0 errors, 0 warnings\n")
    (folder / "bad.yaml").write_text("event: {}\n")
    code, out, _ = run(capsys, "check", *own)
    assert code == 1
    assert out.startswith(f"{folder / 'bad.yaml'}:1:1: error: unknown section «event»: did you mean «events»?")
    assert run(capsys, "check", *own, str(folder / "sub"))[0] == 0
    code, _, err = run(capsys, "build", *own)
    assert code == 2
    assert "nothing was built" in err
    (folder / "bad.yaml").unlink()
    code, out, _ = run(capsys, "build", *own)
    assert code == 0
    assert Path(out.strip()).exists()


def test_check_says_what_a_path_is_not(folder, tmp_path, capsys):
    own = ("--reference", str(folder), "--no-shipped")
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.md").write_text("text\n", "utf-8")
    for path, said in (("none", "no such file or folder"), ("empty", "holds no packs"), ("a.md", "belongs to none of the packs")):
        code, out, err = run(capsys, "check", *own, str(tmp_path / path))
        assert (code, out) == (2, "")
        assert f"{tmp_path / path}: {said}" in err


def test_check_takes_in_folders_that_are_no_part_of_the_packs(folder, tmp_path, capsys):
    own = ("--reference", str(folder), "--no-shipped")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.yaml").write_text("events: {stalin: {}}\n")
    code, out, err = run(capsys, "check", *own, str(tmp_path / "more"))
    assert code == 1
    assert "more/a.yaml:1:10: error: «names» is missing" in out
    assert err == "3 files, 7 facts, 0 rules: 3 errors, 0 warnings\n"
    (tmp_path / "house" / "dates").mkdir(parents=True)
    (tmp_path / "house" / "dates" / "x.yaml").write_text("kind: datd\nmessage: {ar: x, en: x}\n")
    code, out, err = run(capsys, "check", *own, str(tmp_path / "house"))
    assert code == 1
    assert "house/dates/x.yaml:1:7: error: «datd» is not known here: did you mean «dated»?" in out
    code, _, err = run(capsys, "check", "--no-shipped", "--rules", str(packs.shipped("rules")))
    assert code == 0, err
    assert re.fullmatch(r"0 files, 0 facts, [1-9]\d* rules: 0 errors, 0 warnings\n", err)


def test_coverage(folder, tmp_path, capsys):
    article = tmp_path / "a.txt"
    article.write_text("انتهت معركة ستالينغراد عام 1943.\nثم وقعت معركة فلانستان، ثم معركة فلانستان.\n", encoding="utf-8")
    english = tmp_path / "b.txt"
    english.write_text("In 1943 the Battle of Stalingrad ended. Then came Duke Foobar.\n", encoding="utf-8")
    wording = packs.shipped("rules")
    own = ("--reference", str(folder), "--no-shipped", "--rules", wording)
    code, out, err = run(capsys, "coverage", str(article), str(english), *own)
    assert (code, err) == (0, "")
    assert "a.txt: 1 names known, 1 unknown; 1 dates, 0 of them" in out
    assert "معركة ستالينغراد (battle-of-stalingrad, event)" in out
    assert "2:9  معركة فلانستان ×2" in out
    assert "1:51  Duke Foobar" in out
    code, _, err = run(capsys, "coverage", str(tmp_path / "none"), *own)
    assert code == 2
    assert "no such file or folder" in err


@pytest.mark.parametrize("kind", ["polity", "person", "place", "thing", "event"])
def test_skeletons_use_known_keys(kind, capsys):
    from histlint.decode import decode_pack
    from histlint.yamlio import loads

    out = run(capsys, "new", kind, "some-id")[1]
    text = re.sub("^    # ", "    ", out, flags=re.MULTILINE).replace("ID", "some-id")
    _, errors = decode_pack(loads(text))
    assert [error.message for error in errors] == []


def test_the_schema_command(capsys):
    assert json.loads(run(capsys, "schema")[1])["title"] == "histlint reference pack"
    assert json.loads(run(capsys, "schema", "rule")[1])["title"] == "histlint rule"
