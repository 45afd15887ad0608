"""Decoding packs: the format of docs/facts.md, its errors with file and line, and its JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from histlint import packs as packs_module
from histlint import schema, yamlio
from histlint.decode import Pack, decode_folders, decode_pack
from histlint.facts import Membership, Participant, Role
from histlint.model import Moment

ROOT = Path(__file__).resolve().parent.parent


def decode(text: str) -> tuple[Pack, list[str]]:
    pack, errors = decode_pack(yamlio.loads(text, "pack.yaml"))
    return pack, [str(error) for error in errors]


def one(text: str):
    pack, errors = decode(text)
    assert errors == []
    [fact] = pack.facts.values()
    return fact


def test_a_polity():
    fact = one(
        """
polities:
  soviet-union:
    kind: state
    names: {ar: [الاتحاد السوفيتي], en: [Soviet Union, USSR]}
    demonyms: {ar: سوفيتي}
    existed: 1922-12-30/1991-12-26
    part_of: [eastern-bloc, {in: allies, from: 1941-06-22, to: 1945-09-02}]
    capitals: [moscow]
    counts: {republics: '15', dead: 20_000_000/27_000_000}
    sources: [wikidata:Q15180]
"""
    )
    assert (fact.kind, fact.subkind) == ("polity", "state")
    assert (fact.label("en"), fact.label("fr")) == ("Soviet Union", "الاتحاد السوفيتي")
    assert fact.demonyms == {"ar": ("سوفيتي",)}
    assert fact.when == fact.existed == Moment(2423419, 2423419, 2448617, 2448617, "day", "gregorian")
    assert fact.part_of[0] == Membership("eastern-bloc")
    assert fact.part_of[1].into == "allies"
    assert fact.part_of[1].start.start_lo == 2430168
    assert fact.counts == {"republics": (15, 15), "dead": (20_000_000, 27_000_000)}


def test_a_person_with_a_calendar():
    fact = one(
        """
people:
  saladin:
    names: {ar: [صلاح الدين الأيوبي], en: [Saladin]}
    born: '0532'
    died: 0589-02-27
    calendar: islamic
    roles: [{office: sultan, of: ayyubids, when: 1174/1193-03-04, calendar: julian, predecessor: nur-ad-din}]
    sources: [x]
"""
    )
    assert fact.died.calendar == "islamic"
    [role] = fact.roles
    assert role == Role("sultan", "ayyubids", role.when, "nur-ad-din")
    assert role.when.calendar == "julian"
    assert fact.when.start_lo == fact.born.start_lo
    assert fact.when.end_hi == fact.died.end_hi


def test_an_event():
    fact = one(
        """
events:
  battle-of-hattin:
    type: battle
    names: {en: [Battle of Hattin]}
    when: 1187-07-04
    sides: [[ayyubids], [{who: jerusalem, from: 1187-07-03, left: surrender}, templars]]
    leaders: [[saladin], []]
    won: [ayyubids]
    sources: [x]
"""
    )
    assert fact.kind == "event"
    assert fact.sides[0] == (Participant("ayyubids"),)
    assert fact.sides[1][0].left == "surrender"
    assert fact.leaders == (("saladin",), ())


def test_former_names_things_and_completeness():
    pack, errors = decode(
        """
places:
  saint-petersburg:
    kind: city
    names: {en: [Saint Petersburg]}
    former: [{names: {en: [Petrograd]}, when: 1914/1924}]
    held_by: [sweden, {who: russia, when: 1703/..}]
    on: [neva]
    at: [59.9, -30]
    sources: [x]
things:
  cannon: {names: {en: [cannon]}, existed: '[1250..1330]/..', where: levant, sources: [x]}
complete:
  - {type: invasion, target: palestine, when: 1900/1947, sources: [x]}
"""
    )
    assert errors == []
    city = pack.facts["saint-petersburg"]
    assert city.former[0].names == {"en": ("Petrograd",)}
    assert [held.who for held in city.held_by] == ["sweden", "russia"]
    assert (city.on, city.at) == (("neva",), (59.9, -30.0))
    assert pack.facts["cannon"].where == ("levant",)
    assert pack.facts["cannon"].existed.end_hi is None
    assert pack.complete[0].target == "palestine"


MIN = "names: {en: [X]}, sources: [x]"


@pytest.mark.parametrize(  # one fault each
    ("text", "message"),
    [
        ("evnts: {}", "1:1: error: unknown section «evnts»: did you mean «events»? choices: sources, polities"),
        ("events: {a: {type: batle, %s}}", "1:20: error: «batle» is not known here: did you mean «battle»?"),
        ("events: {a: {type: war, comander: [x], %s}}", "1:25: error: unknown key «comander»"),
        ("events: {a: {type: war, commanders: [x], %s}}", "1:25: error: unknown key «commanders»: write «leaders»"),
        ("people: {a: {roles: [{office: king, before: b}], %s}}", "unknown key «before»: write «predecessor»"),
        ("events: {a: {type: war, when: 1187-13, %s}}", "1:31: error: not a date: '1187-13': "),
        ("events: {a: {type: war, when: '\"1187\"', %s}}", "the value holds quotes of its own: write '1187'"),
        ("events: {a: {type: war, when: [1187], %s}}", "1:25: error: expected text, found a list"),
        ("events: {a: {names: {en: [X]}, type: war}}", "1:10: error: «sources» is missing"),
        ("events: {A_b: {type: war, %s}}", "1:10: error: the id «A_b» is not lower-case English words joined by hyphens"),
        ("events: {a: war}", "expected keys and values: type, names"),
        ("events: {a: {type: war, names: [X], sources: [x]}}", "expected names by language: {ar: […], en: […]}"),
        ("events: {a: {type: war, names: {english: [X]}, sources: [x]}}", "«english» is not a language code"),
        ("events: {a: {type: war, counts: {dead: many}, %s}}", "«many» is not a number or a range low/high"),
        ("events: {a: {type: war, counts: {dead: 9/3}, %s}}", "the range 9/3 runs backwards"),
        ("events: {a: {type: war, %s}}\nthings: {a: {%s}}", "2:10: error: the id «a» is taken: it stands in «events»"),
        ("complete: [{type: war, when: 1900/1910, sources: [x]}]", "says nothing about whom"),
        ("sources: {a: {title: T, url: ftp://x}}", "«ftp://x» is not an address that starts with https:// or http://"),
        ("sources: {a: {title: T, rows: '['}}", "«[» is not a pattern"),
        ("events: [a]", "expected entries: id: {…}"),
        ("- a", "expected sections: sources, polities"),
        ("places: {a: {kind: city, at: [91, 0], %s}}", "expected [latitude, longitude] in degrees"),
        ("places: {a: {kind: city, at: 1, %s}}", "expected [latitude, longitude] in degrees"),
        ("places: {a: {kind: city, held_by: [{when: 1900}], %s}}", "«who» is missing"),
    ],
)
def test_errors_name_the_place_and_the_choices(text, message):
    _, errors = decode(text.replace("%s", MIN))
    assert len(errors) == 1, errors
    assert message in errors[0]


def test_all_errors_of_all_files_come_at_once(tmp_path):
    (tmp_path / "a.yaml").write_text("events:\n  x: {type: wor, when: 19, names: {en: [X]}, sources: [s]}\n")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.yml").write_text("a: b: c\n")
    (tmp_path / ".hidden.yaml").write_text("nonsense")
    (tmp_path / "c.txt").write_text("nonsense")
    packs = decode_folders([str(tmp_path), str(tmp_path / "none")])
    places = [(Path(error.path).name, error.line) for error in packs.errors]
    assert places == [("a.yaml", 2), ("a.yaml", 2), ("b.yml", 1), ("none", 0)]


def test_one_id_in_two_files(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(f"events: {{x: {{type: war, {MIN}}}}}\n")
    [error] = decode_folders([str(tmp_path)]).errors
    assert error.path.endswith("b.yaml")
    assert error.message == f"the id «x» is taken: {tmp_path / 'a.yaml'}:1"


def test_one_source_in_two_files(tmp_path):
    (tmp_path / "a.yaml").write_text("sources: {s: {title: T, url: https://x.org}, t: {title: A}}")
    (tmp_path / "b.yaml").write_text("sources: {s: {title: T, url: https://x.org}, t: {title: B}}")
    [error] = decode_folders([str(tmp_path)]).errors
    assert "«t» stands elsewhere with another title" in error.message


# The JSON Schema


def test_the_schema_file_is_up_to_date():
    written = json.loads((ROOT / "schema" / "facts.schema.json").read_text(encoding="utf-8"))
    assert written == schema.json_schema(), "run: histlint reference schema > schema/facts.schema.json"


def test_the_schema_agrees_with_the_decoder():
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(schema.json_schema())
    names = {"ar": "س", "en": ["X"]}
    good = {
        "events": {"a-b": {"type": "war", "names": names, "when": "1187", "sides": [["a", {"who": "b"}]], "sources": ["x"]}},
        "complete": [{"type": "war", "by": "a", "when": "1900", "sources": ["wikidata:Q1"]}],
        "sources": {"x--y_z": {"title": "T"}},
    }  # fmt: skip
    assert list(validator.iter_errors(good)) == []
    for bad in ({"evnts": {}}, {"events": {"A": {}}}, {"events": {"a": {"type": "wor", "names": {}, "sources": []}}}):
        assert list(validator.iter_errors(bad)), bad


@pytest.mark.parametrize("file", packs_module.pack_files(packs_module.shipped("reference")), ids=lambda path: Path(path).name)
def test_shipped_packs_fit_the_schema(file):
    jsonschema = pytest.importorskip("jsonschema")
    found = next(jsonschema.Draft202012Validator(schema.json_schema()).iter_errors(yamlio.load(file).value), None)
    assert found is None, found and f"{list(found.absolute_path)}: {found.message[:300]}"
