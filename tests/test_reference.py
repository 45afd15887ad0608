"""The compiled reference: what it answers, when it is made anew, and that nothing half-built is left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import example_pack
import pytest
from histlint import packs
from histlint.compile import anchor, demonym_forms, forms
from histlint.facts import Entity, Event, decode_entity, decode_event, encode
from histlint.model import Source
from histlint.reference import Reference

RULE = "kind: order\nmessage: {ar: x, en: x}\n"


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A folder with packs, and a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(packs, "cache_folder", lambda: str(tmp_path / "cache" / "histlint"))
    return example_pack.write(tmp_path / "packs")


@pytest.fixture
def rules(tmp_path) -> Path:
    folder = tmp_path / "rules"
    (folder / "language" / "ar").mkdir(parents=True)
    (folder / "time").mkdir()
    (folder / "language" / "ar" / "spelling.yaml").write_text("endings:\n  - [غراد, جراد]\n", encoding="utf-8")
    (folder / "time" / "weekday.yaml").write_text(RULE, encoding="utf-8")
    return folder


def open_(*folders: Path, rules: tuple[Path, ...] = (), lenient: bool = False) -> Reference:
    return packs.open_reference(list(map(str, folders)), list(map(str, rules)), include_shipped=False, lenient=lenient)


def cached(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder.parent / "cache").rglob("*") if path.is_file())


# Answers


def test_names_come_by_their_first_word(folder, rules):
    with open_(folder, rules=(rules,)) as reference:
        found = reference.names(["battle", "of", "stalingrad", "joseph", "سوفيتيه", "unknown"])
        assert {first: [(name.id, name.how) for name in names] for first, names in found.items()} == {
            "battle": [("battle-of-stalingrad", "name")],
            "joseph": [("stalin", "name")],
            "stalingrad": [("volgograd", "former")],
            "سوفيتيه": [("soviet-union", "demonym")],
        }
        [former] = found["stalingrad"]
        assert former.when.start_lo == 2424251
        [variant] = reference.names(["معركه", "ستالينجراد"])["معركه"]
        assert (variant.key, variant.text) == (("معركه", "ستالينجراد"), "معركة ستالينغراد")


def test_only_names_whose_rare_word_occurs(folder):
    battles = (f"  b-{x}: {{type: battle, names: {{en: [Battle of X{x}]}}, when: 1900, sources: [book]}}\n" for x in "abcdefgh")
    (folder / "more.yaml").write_text("events:\n" + "".join(battles), encoding="utf-8")
    with open_(folder) as reference:
        for _ in range(2):  # the second time from the cache
            assert reference.names(["battle", "of"]) == {}
        assert [name.id for name in reference.names(["battle", "of", "xc"])["battle"]] == ["b-c"]


def test_names_need_no_cache(folder, monkeypatch):
    monkeypatch.setattr("histlint.reference._MAX_CACHED", 3)
    with open_(folder) as reference:
        for _ in range(3):
            assert list(reference.names(["world", "war", "ii", "x", "y"])) == ["world"]
            assert list(reference.names(["germany"])) == ["germany"]


def test_demonyms_are_inflected():
    assert set(demonym_forms(("سوفيتي",))) >= {("سوفيتي",), ("سوفيتيه",), ("سوفيتيون",), ("سوفيتين",), ("سوفيتيات",)}
    assert ("روسيا",) not in set(demonym_forms(("روسي",)))  # the country
    assert list(demonym_forms(("روس",))) == [("روس",)]
    assert set(forms(("ستالينغراد",), "ar", "name", [["غراد", "جراد"]])) == {("ستالينغراد",), ("ستالينجراد",)}
    assert forms((), "ar", "name") == ()


def test_a_name_lies_under_its_rarest_word():
    counts = {"battle": 90, "of": 95, "hattin": 1, "18": 1, "march": 2}
    assert anchor(("battle", "of", "hattin"), counts) == "hattin"
    assert anchor(("18", "march"), counts) == "march"
    assert anchor(("18",), counts) == "18"


def test_facts(folder):
    with open_(folder) as reference:
        battle = reference.fact("battle-of-stalingrad")
        assert isinstance(battle, Event)
        assert battle.sides[0][0].left == "victory"
        assert battle.counts == {"dead": (1_000_000, 2_000_000)}
        assert battle is reference.fact("battle-of-stalingrad")
        assert reference.fact("none") is None
        stalin = reference.fact("stalin")
        assert isinstance(stalin, Entity)
        assert stalin.label("ar") == "جوزيف ستالين"
        assert sorted(fact.id for fact in reference.facts()) == [
            "battle-of-stalingrad", "eastern-bloc", "germany", "soviet-union", "stalin", "volgograd", "world-war-ii",
        ]  # fmt: skip


def test_every_fact_survives_storing(folder):
    with open_(folder) as reference:
        for fact in reference.facts():
            again = decode_event(encode(fact)) if isinstance(fact, Event) else decode_entity(encode(fact))
            assert again == fact
    

def test_relations(folder):
    with open_(folder) as reference:
        assert reference.events_with("soviet-union") == ("battle-of-stalingrad",)
        assert reference.events_with("soviet-union", "won") == ("battle-of-stalingrad",)
        assert reference.events_with("soviet-union", "lost") == ()
        assert reference.events_with("soviet-union", "office") == ("stalin",)
        assert reference.events_with("world-war-ii", "part_of") == ("battle-of-stalingrad",)
        assert reference.events_of_type("war") == ("world-war-ii",)
        assert reference.ancestors("battle-of-stalingrad") == {"battle-of-stalingrad", "world-war-ii"}
        assert reference.ancestors("soviet-union") == {"soviet-union", "eastern-bloc"}
        assert reference.ancestors("none") == {"none"}
        [complete] = reference.complete()
        assert (complete.type, complete.by, complete.target) == ("invasion", "soviet-union", "")


def test_sources(folder):
    with open_(folder) as reference:
        assert reference.source("book") == Source("book", "An Author, A Book, 1999", "https://example.org/book")
        assert reference.source("data:8") == Source("data:8", "Data 8", "https://example.org/8")
        assert reference.source("none") == Source("none", "none", "")


def test_rules_and_wording(folder, rules):
    with open_(folder, rules=(rules,)) as reference:
        assert reference.rules() == {"time/weekday": {"kind": "order", "message": {"ar": "x", "en": "x"}}}
        assert reference.wording("ar") == {"spelling": {"endings": [["غراد", "جراد"]]}}
        assert reference.wording("xx") == {}
        assert reference.languages() == ("ar",)


# Layers


@pytest.fixture
def layered(folder, monkeypatch) -> Path:
    """A user's folder above the packs of `folder`, which stand for the shipped ones."""
    monkeypatch.setattr(packs, "_shipped_folders", lambda name: [str(folder)] if name == "reference" else [])
    monkeypatch.setattr(packs, "_COMPILED", "/nowhere")
    own = folder.parent / "own"
    own.mkdir()
    return own


def test_user_packs_add_and_refer(layered):
    (layered / "a.yaml").write_text(
        "events: {siege-of-x: {type: siege, names: {en: [Siege of Stalingrad]}, where: [volgograd], part_of: [world-war-ii],"
        " when: 1942, sources: [book]}}",
        encoding="utf-8",
    )
    with packs.open_reference([str(layered)]) as reference:
        assert len(reference.files) == 2
        assert reference.ancestors("siege-of-x") == {"siege-of-x", "world-war-ii"}
        assert reference.events_with("volgograd") == ("battle-of-stalingrad", "siege-of-x")
        assert set(reference.names(["battle", "siege", "of", "stalingrad"])) == {"battle", "siege", "stalingrad"}


def test_user_packs_replace_only_when_they_say_so(layered):
    entry = "events: {world-war-ii: {type: war, names: {en: [The War]}, when: 1937/1945, %s sources: [book]}}"
    (layered / "a.yaml").write_text(entry % "", encoding="utf-8")
    with pytest.raises(packs.PackErrors, match="it belongs to another pack"):
        packs.open_reference([str(layered)])
    (layered / "a.yaml").write_text(entry % "replace: 'true',", encoding="utf-8")
    with packs.open_reference([str(layered)]) as reference:
        assert reference.fact("world-war-ii").names == {"en": ("The War",)}
        assert "world" not in reference.names(["world", "war", "ii"])
        assert [name.text for name in reference.names(["war"])["war"]] == ["The War"]
        assert [fact.id for fact in reference.facts()].count("world-war-ii") == 1


def test_user_packs_are_checked_against_the_shipped_ones(layered):
    (layered / "a.yaml").write_text(
        "events: {x: {type: battle, names: {en: [X]}, when: 1950, part_of: [world-war-ii, nothing], sources: [none]}}",
        encoding="utf-8",
    )
    with pytest.raises(packs.PackErrors) as caught:
        packs.open_reference([str(layered)])
    assert sorted(error.message.split(",")[0] for error in caught.value.errors) == [
        "unknown id «nothing»",
        "unknown source «none»: define it under «sources»",
        "x (1950) lies outside its whole",
    ]


def test_user_rules(folder, rules, tmp_path, layered):
    more = tmp_path / "more"
    (more / "language" / "ar").mkdir(parents=True)
    (more / "time").mkdir()
    (more / "language" / "ar" / "spelling.yaml").write_text("endings:\n  - [نغ, نج]\n", encoding="utf-8")
    (more / "time" / "weekday.yaml").write_text(RULE, encoding="utf-8")
    with pytest.raises(packs.PackErrors, match="the rule «time/weekday» exists already"):
        open_(folder, rules=(rules, more))
    (more / "time" / "weekday.yaml").unlink()
    with open_(folder, rules=(rules, more)) as reference:
        assert reference.wording("ar")["spelling"]["endings"] == [["غراد", "جراد"], ["نغ", "نج"]]


# The cache


def test_it_compiles_once(folder, monkeypatch):
    open_(folder).close()
    monkeypatch.setattr(packs, "_compile", lambda *_: pytest.fail("compiled again"))
    open_(folder).close()
    assert len(cached(folder)) == 1


def test_it_compiles_again_when_a_file_changes(folder):
    open_(folder).close()
    (folder / "sub" / "germany.yml").write_text(example_pack.GERMANY.replace("ألمانيا", "جرمانيا"), encoding="utf-8")
    with open_(folder) as reference:
        assert reference.fact("germany").label("ar") == "جرمانيا"
    (folder / "new.yaml").write_text("polities: {x: {kind: state, names: {en: [X]}, sources: [book]}}")
    with open_(folder) as reference:
        assert reference.fact("x")
    (folder / "new.yaml").unlink()
    with open_(folder) as reference:
        assert reference.fact("x") is None
    assert len(cached(folder)) == 1


def test_files_that_were_only_touched_are_not_compiled_again(folder, monkeypatch):
    open_(folder).close()
    for file in folder.rglob("*.y*ml"):
        os.utime(file, ns=(1, 1))
    monkeypatch.setattr(packs, "_compile", lambda *_: pytest.fail("compiled again"))
    open_(folder).close()
    monkeypatch.setattr(packs, "_content", lambda *_: pytest.fail("the new times were not kept"))
    open_(folder).close()
    assert len(cached(folder)) == 1


def test_a_damaged_cache_is_made_anew(folder):
    reference = open_(folder)
    [file] = reference.files
    reference.close()
    whole = Path(file).read_bytes()
    for damage in (b"", b"nonsense", whole[:5000], whole[:-4096], whole + b"x"):
        Path(file).write_bytes(damage)
        with open_(folder) as reference:
            assert reference.fact("stalin")


def test_what_killed_processes_left_is_removed(folder):
    cache = folder.parent / "cache" / "histlint"
    cache.mkdir(parents=True)
    for name, age in (("old.sqlite.1.tmp", 1), ("new.sqlite.2.tmp", None)):
        (cache / name).write_text("half")
        if age:
            os.utime(cache / name, (age, age))
    open_(folder).close()
    assert [name for name in cached(folder) if name.endswith(".tmp")] == ["new.sqlite.2.tmp"]


def test_broken_links_are_named(folder):
    (folder / "gone.yaml").symlink_to(folder / "nowhere.yaml")
    with pytest.raises(packs.PackErrors, match=r"gone\.yaml: error: cannot be read"):
        open_(folder)


def test_bad_packs_leave_nothing_behind(folder):
    (folder / "bad.yaml").write_text("events: {x: {type: wor}}\nevent: {}\n")
    with pytest.raises(packs.PackErrors) as caught:
        open_(folder)
    assert len(caught.value.errors) == 3 + 1
    assert cached(folder) == []
    with open_(folder, lenient=True) as reference:
        assert reference.fact("stalin")
        assert "4 errors in the packs" in reference.warnings[0]


def test_an_unwritable_cache_is_said_and_worked_around(folder, monkeypatch):
    blocked = folder.parent / "blocked"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setattr(packs, "cache_folder", lambda: str(blocked / "histlint"))
    with open_(folder) as reference:
        assert reference.fact("stalin")
        assert reference.files == [":memory:"]
        assert "cannot be written" in reference.warnings[0]


def test_cache_folders(monkeypatch):
    for platform, variable, value, expected in (
        ("linux", "XDG_CACHE_HOME", "/x", "/x/histlint"),
        ("linux", "XDG_CACHE_HOME", "x", os.path.expanduser("~/.cache/histlint")),
        ("win32", "LOCALAPPDATA", "C:/x", "C:/x/histlint"),
        ("darwin", "HOME", "/home/x", "/home/x/Library/Caches/histlint"),
    ):
        monkeypatch.setattr(sys, "platform", platform)
        monkeypatch.setenv(variable, value)
        assert packs.cache_folder().replace("\\", "/") == expected


def test_odd_characters_in_paths(folder, monkeypatch):
    odd = folder.parent / "a #1?100%25 ملف"
    monkeypatch.setattr(packs, "cache_folder", lambda: str(odd / "histlint"))
    for _ in range(2):
        with open_(folder) as reference:
            assert reference.warnings == []
            assert reference.fact("stalin")


def test_processes_at_once(folder):
    code = (
        "import sys; from histlint import packs\n"
        "r = packs.open_reference([sys.argv[1]], include_shipped=False)\n"
        "assert not r.warnings and r.fact('stalin') and r.names(['germany']), r.warnings\n"
    )
    env = {**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache2"), "PYTHONPATH": os.pathsep.join(sys.path)}
    running = [subprocess.Popen([sys.executable, "-c", code, str(folder)], env=env) for _ in range(6)]
    assert [process.wait() for process in running] == [0] * 6
    assert len([path for path in (folder.parent / "cache2").rglob("*") if path.is_file()]) == 1


def test_an_ordinary_run_loads_no_yaml(folder):
    open_(folder).close()
    code = (
        "import sys; from histlint import packs\n"
        "packs.open_reference([sys.argv[1]], include_shipped=False).fact('stalin')\n"
        "print([name for name in ('yaml', 'json', 'dataclasses', 'datetime', 'pathlib', 'hashlib') if name in sys.modules])"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for _ in range(2):
        out = subprocess.run([sys.executable, "-S", "-c", code, str(folder)], env=env, capture_output=True, text=True, check=True)
    assert out.stdout == "[]\n"
