"""Importing facts: Wikidata's entities and query results, CSV files, and what happens to a pack that is there already."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from histlint import cli
from histlint.imports import wikidata_time
from histlint.yamlio import load

JULIAN, GREGORIAN = "http://www.wikidata.org/entity/Q1985786", "http://www.wikidata.org/entity/Q1985727"


def time(text: str, precision: int = 11, model: str = GREGORIAN, **more: int) -> dict[str, Any]:
    return {"time": text, "timezone": 0, "before": 0, "after": 0, "precision": precision, "calendarmodel": model, **more}


def claim(value: Any, rank: str = "normal", **qualifiers: Any) -> dict[str, Any]:
    return {"type": "statement", "rank": rank, "mainsnak": snak(value), "qualifiers": {p: [snak(v)] for p, v in qualifiers.items()}}


def snak(value: Any) -> dict[str, Any]:
    if value in ("somevalue", "novalue"):
        return {"snaktype": value}
    if isinstance(value, str):
        value = {"entity-type": "item", "id": value}
    return {"snaktype": "value", "datavalue": {"value": value, "type": "?"}}


def entity(id: str, en: str = "", ar: str = "", aliases: dict[str, list[str]] | None = None, **claims: Any) -> dict[str, Any]:
    labels = {lang: {"language": lang, "value": text} for lang, text in (("en", en), ("ar", ar)) if text}
    made = {p: [c if "mainsnak" in c else claim(c) for c in _listed(cs)] for p, cs in claims.items()}
    made_aliases = {lang: [{"language": lang, "value": text} for text in texts] for lang, texts in (aliases or {}).items()}
    return {"type": "item", "id": id, "labels": labels, "aliases": made_aliases, "claims": made}


def _listed(value: Any) -> list[Any]:
    return [one if isinstance(one, dict) and "mainsnak" in one else claim(one) for one in (value if isinstance(value, list) else [value])]


def run(*args: str) -> int:
    return cli.main(["reference", "import", *args])


class Desk:
    """A folder with an input file and a pack."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.pack = folder / "packs" / "pack.yaml"
        self.pack.parent.mkdir()
        self.err = ""

    def wikidata(self, *entities: Any, name: str = "in.json", options: tuple[str, ...] = ()) -> dict[str, Any]:
        value = entities[0] if len(entities) == 1 else {"entities": {e["id"]: e for e in entities}}
        (self.folder / name).write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
        return self.run("wikidata", str(self.folder / name), *options)

    def run(self, *args: str, code: int = 0, shipped: bool = False) -> dict[str, Any]:
        assert run(*args, "--output", str(self.pack), *([] if shipped else ["--no-shipped"])) == code, self.capsys.readouterr().err
        self.err = self.capsys.readouterr().err
        return load(self.pack).value if self.pack.exists() else {}

    def check(self, *options: str) -> str:
        code = cli.main(["reference", "check", "--reference", str(self.pack.parent), *options])
        out = self.capsys.readouterr().out
        return out if code else ""


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Desk(tmp_path, capsys)


AWKWARD = [
    entity("Q9001", "Battle of Foo", "معركة فو", {"en": ["Foo Field", "Battle of Foo"], "ar": ["موقعة فو", "Foo"]}, P31="Q178561",
           P585=[claim(time("+1187-07-05T00:00:00Z"), "deprecated"), claim(time("+1187-07-04T00:00:00Z", model=JULIAN), "preferred"),
                 claim(time("+1188-00-00T00:00:00Z", 9))], P276="Q9010", P710=["Q9020", "Q9021"], P1346="Q9020",
           P361="Q9003", P1120={"amount": "+1200", "lowerBound": "+1000", "upperBound": "+1500", "unit": "1"}),
    entity("Q9002", "Battle of Bar", P31="Q178561", P585=time("-0490-09-12T00:00:00Z", model=JULIAN)),
    entity("Q9003", "Foo War", "حرب فو", P31="Q198", P580=time("+1180-00-00T00:00:00Z", 9), P582="somevalue"),
    entity("Q9004", "October Rising of Baz", P31="Q10931", P580=time("+1917-10-25T00:00:00Z", model=JULIAN), P582=time("+1917-11-00T00:00:00Z", 10)),
    entity("Q9005", "Siege of Qux", P31="Q188055", P580="novalue", P582=time("+1529-10-15T00:00:00Z", model=GREGORIAN)),
    entity("Q9006", "Naval Fight off Quux", P31="Q9100", P585=[time("+1571-00-00T00:00:00Z", 9), time("+1573-00-00T00:00:00Z", 9)]),
    entity("Q9007", "Treaty of Corge", P31="Q625298", P585=time("+1940-00-00T00:00:00Z", 8), P710=["Q9020", "Q9021", "Q9022"]),
    entity("Q9008", "Revolt of Grault", P31="Q124734", P585=time("+1900-00-00T00:00:00Z", 7)),
    entity("Q9009", "Massacre of Garply", P31="Q3199915", P585=claim(time("+0570-00-00T00:00:00Z", 9), P1480="Q5727902")),
    entity("Q9010", "Waldo", "والدو", P31="Q515", P17="Q9020"),
    entity("Q9020", "Fredland", "فريدلاند", P31="Q3024240", P571=time("+1099-07-21T00:00:00Z", model=GREGORIAN),
           P576=time("+1291-00-00T00:00:00Z", 9), P36="Q9010"),
    entity("Q9021", "Plughia", P31="Q6256"),
    entity("Q9022", "Late Plughia", P31="Q3024240", P571=time("+1990-00-00T00:00:00Z", 9)),
    entity("Q9030", "Xyzzy of Fredland", "زيزي", P31="Q5", P21="Q6581072", P569=[time("+1137-00-00T00:00:00Z", 9), time("+1138-00-00T00:00:00Z", 9)],
           P570=time("+1193-03-04T00:00:00Z", model=JULIAN), P19="Q9010", P22="Q9031", P27="Q9020"),
    entity("Q9031", "Father of Xyzzy", P31="Q5", 
           P570=claim("somevalue", P1319=time("+1160-00-00T00:00:00Z", 9), P1326=time("+1170-00-00T00:00:00Z", 9))),
    entity("Q9100", "fleet action", P31="Q16889133", P279="Q1261499"),
]  # fmt: skip


def test_every_awkward_entity(desk: Desk) -> None:
    pack = desk.wikidata(*AWKWARD)
    events = pack["events"]
    assert events["battle-of-foo"] == {
        "type": "battle",
        "names": {"ar": ["معركة فو", "موقعة فو"], "en": ["Battle of Foo", "Foo Field"]},
        "when": "1187-07-04",
        "where": ["waldo"],
        "sides": [["fredland"], ["plughia"]],
        "won": ["fredland"],
        "part_of": ["foo-war"],
        "counts": {"dead": "1000/1500"},
        "sources": ["wikidata:Q9001"],
    }
    when = {id: event.get("when") for id, event in events.items()}
    assert when == {
        "battle-of-foo": "1187-07-04",
        "battle-of-bar": "490-09-12 BC",
        "foo-war": "1180/..",
        "october-rising-of-baz": "1917-11-07/1917-11",
        "siege-of-qux": "../1529-10-05",
        "naval-fight-off-quux": "[1571..1573]",
        "treaty-of-corge": "194X",
        "revolt-of-grault": "18XX",
        "massacre-of-garply": "0570~",
    }
    assert events["naval-fight-off-quux"]["type"] == "battle"  # through the class's own superclass
    assert "sides" not in events["treaty-of-corge"]  # one of its parties did not exist yet
    assert "sides is left out: fredland (15 July 1099 – 1291) did not exist at treaty-of-corge" in desk.err
    assert pack["polities"]["fredland"]["existed"] == "1099-07-15/1291"
    person = pack["people"]["xyzzy-of-fredland"]
    assert person == {
        "names": {"ar": ["زيزي"], "en": ["Xyzzy of Fredland"]}, "sex": "female", "born": "[1137..1138]", "born_in": "waldo",
        "died": "1193-03-04", "father": "father-of-xyzzy", "of": ["fredland"], "sources": ["wikidata:Q9030"],
    }  # fmt: skip
    assert pack["people"]["father-of-xyzzy"]["died"] == "[1160..1170]"
    assert "wikidata" in pack["sources"]  # nothing else defines it here
    assert desk.check("--no-shipped") == ""


def test_a_second_import_changes_nothing(desk: Desk) -> None:
    desk.wikidata(*AWKWARD)
    first = desk.pack.read_bytes()
    desk.wikidata(*AWKWARD)
    assert desk.pack.read_bytes() == first
    assert "0 new, 0 updated, 15 there already" in desk.err
    desk.pack.unlink()
    desk.wikidata(*AWKWARD)
    assert desk.pack.read_bytes() == first


def test_what_was_edited_stays(desk: Desk) -> None:
    desk.wikidata(*AWKWARD[:6])
    text = desk.pack.read_text(encoding="utf-8").replace("  battle-of-bar:", "  # looked up\n  the-bar:   # shorter")
    text = text.replace("'490-09-12 BC'", "'490 BC'") + "# the end\n"
    desk.pack.write_text(text, encoding="utf-8")
    desk.wikidata(*AWKWARD[:6])
    assert desk.pack.read_text(encoding="utf-8") == text
    assert "the-bar: when is '490 BC' in the pack, '490-09-12 BC' here: kept" in desk.err
    desk.wikidata(*AWKWARD)
    grown = desk.pack.read_text(encoding="utf-8")
    assert "  # looked up\n  the-bar:   # shorter\n" in grown
    assert "# the end" in grown
    assert "treaty-of-corge" in load(desk.pack).value["events"]
    assert "people" in load(desk.pack).value
    desk.wikidata(*AWKWARD, options=("--update",))
    assert load(desk.pack).value["events"]["the-bar"]["when"] == "490-09-12 BC"
    assert "2 updated" in desk.err  # and the first battle, whose place and sides are known now
    assert desk.check("--no-shipped") == ""


def test_a_dump_with_broken_lines(desk: Desk) -> None:
    lines = ["["] + [json.dumps(e) + "," for e in AWKWARD[:3]] + ['{"id": "Q1", "cla', '{"id": "P31", "claims": {}},', '"text"', "]"]
    lines.insert(2, json.dumps({"id": "Q5555", "missing": ""}) + ",")
    path = desk.folder / "dump.json.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines))
    pack = desk.run("wikidata", str(path))
    assert len(pack["events"]) == 3
    assert f"{path}:6:14: error: skipped: the line is not valid JSON" in desk.err
    assert f"{path}:3:1: error: skipped: Q5555: Wikidata has no such entity" in desk.err
    assert "«P31» is not an item" in desk.err
    assert "4 rows skipped" in desk.err


def test_one_entity_alone_and_what_cannot_be_used(desk: Desk) -> None:
    assert list(desk.wikidata(AWKWARD[1])["events"]) == ["battle-of-bar"]
    desk.wikidata(entity("Q1", "Thing", P31="Q424242"), AWKWARD[1])
    assert "in.json:3:3: error: skipped: Q1 «Thing»: its classes (Q424242) are none known here: name them with --types" in desk.err
    types = desk.folder / "types.yaml"
    types.write_text("Q424242: places/city\n", encoding="utf-8")
    assert list(desk.wikidata(entity("Q1", "Thing", P31="Q424242"), options=("--types", str(types)))["places"]) == ["thing"]
    desk.pack.unlink()
    types.write_text("Q424242: places/cty\n", encoding="utf-8")
    desk.run("wikidata", str(desk.folder / "in.json"), "--types", str(types), code=2)
    assert "types.yaml:1:10" in desk.err
    desk.wikidata(entity("Q2", P31="Q178561"), AWKWARD[1])
    assert "Q2: it has no Arabic or English label" in desk.err


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (time("-0000-00-00T00:00:00Z", 9), "there is no year 0"),
        (time("+1900-02-30T00:00:00Z"), "has 28 days"),
        (time("+1900-00-00T00:00:00Z", 11), "promises more"),
        (time("+1900-01-01T00:00:00Z", model="http://www.wikidata.org/entity/Q12138"), "calendar model Q12138"),
        (time("-13798000000-00-00T00:00:00Z", 3), "vaguer than a millennium"),
        ({"time": "yesterday"}, "is not a time"),
        (None, "no time value"),
    ],
)
def test_a_bad_time_is_left_out_and_said(desk: Desk, value: Any, said: str) -> None:
    pack = desk.wikidata(entity("Q1", "Battle of Foo", P31="Q178561", P585=claim(value)), AWKWARD[1])
    assert "when" not in pack["events"]["battle-of-foo"]
    assert "P585 is left out: " in desk.err
    assert said in desk.err


def test_an_end_before_its_start(desk: Desk) -> None:
    war = entity("Q1", "Foo War", P31="Q198", P580=time("+1900-00-00T00:00:00Z", 9), P582=time("+1800-00-00T00:00:00Z", 9))
    assert "when" not in desk.wikidata(war)["events"]["foo-war"]
    assert "ends before it begins" in desk.err


def test_unusable_input_writes_nothing(desk: Desk) -> None:
    broken = desk.folder / "broken.json"
    broken.write_text('{"entities": {\n  "Q1": [}\n', encoding="utf-8")
    desk.run("wikidata", str(broken), code=2)
    assert "broken.json:2:10: not valid JSON" in desk.err
    desk.run("wikidata", str(desk.folder / "none.json"), code=2)
    broken.write_text("{}", encoding="utf-8")
    desk.run("wikidata", str(broken), code=2)
    assert not desk.pack.exists()
    desk.wikidata(AWKWARD[1])
    desk.pack.write_text("events: {a: {}}\n", encoding="utf-8")
    desk.run("wikidata", str(desk.folder / "in.json"), code=2)
    assert "pack.yaml:1:10: entries of «events» must stand on lines of their own" in desk.err
    assert desk.pack.read_text(encoding="utf-8") == "events: {a: {}}\n"
    assert not list(desk.pack.parent.glob("*.tmp"))


def test_what_the_reference_has_already_is_not_written_twice(desk: Desk) -> None:
    hattin = entity("Q193714", "Battle of Hattin", "معركة حطين", P31="Q178561", P585=time("+1187-07-04T00:00:00Z", model=JULIAN))
    (desk.folder / "in.json").write_text(json.dumps({"entities": {"Q193714": hattin, "Q9002": AWKWARD[1]}}), encoding="utf-8")
    pack = desk.run("wikidata", str(desk.folder / "in.json"), shipped=True)
    assert list(pack["events"]) == ["battle-of-bar"]
    assert "is in the reference already, as battle-of-hattin" in desk.err
    assert "sources" not in pack
    assert desk.check() == "" or "pack.yaml" not in desk.check()


def binding(**cells: str) -> dict[str, Any]:
    return {key: {"type": "literal", "value": value} for key, value in cells.items()}


def test_sparql_json(desk: Desk) -> None:
    entity_url, rdf = "http://www.wikidata.org/entity/", {"head": {"vars": []}, "results": {"bindings": []}}
    rdf["results"]["bindings"] = [  # type: ignore[index]
        binding(item=f"{entity_url}Q1", itemLabel="Battle of Marathon Bay", type=f"{entity_url}Q178561", date="-0489-09-07T00:00:00Z",
                datePrecision="11", dateCalendar=JULIAN),
        binding(item=f"{entity_url}Q1", itemLabel="Battle of Marathon Bay", type=f"{entity_url}Q178561", alias_en="Marathon Bay fight"),
        binding(item=f"{entity_url}Q2", itemLabel="Q2", type=f"{entity_url}Q178561"),
        binding(item="nothing"),
        binding(item=f"{entity_url}Q3", itemLabel="Foo", typeLabel="naval battle", start="1571-01-01T00:00:00Z", startPrecision="9",
                end="t123", country="no item"),
    ]  # fmt: skip
    rdf["results"]["bindings"][4]["end"]["type"] = "bnode"  # type: ignore[index]
    rdf["results"]["bindings"][0]["label_ar"] = {"type": "literal", "value": "معركة ماراثون", "xml:lang": "ar"}  # type: ignore[index]
    pack = desk.wikidata(rdf)
    assert pack["events"]["battle-of-marathon-bay"] == {
        "type": "battle",
        "names": {"ar": ["معركة ماراثون"], "en": ["Battle of Marathon Bay", "Marathon Bay fight"]},
        "when": "490-09-12 BC",
        "sources": ["wikidata:Q1"],
    }
    assert pack["events"]["foo"]["when"] == "1571/.."
    assert "(row 3): error: skipped: Q2: it has no Arabic or English label" in desk.err
    assert "(row 4): error: skipped: «nothing» in column «item»" in desk.err
    assert "(row 5): note: Q3: column «country»: «no item» is not a Wikidata item" in desk.err
    first = desk.pack.read_bytes()
    desk.wikidata(rdf)
    assert desk.pack.read_bytes() == first


def test_sparql_csv(desk: Desk) -> None:
    path = desk.folder / "query.csv"
    path.write_text(
        "item,itemLabel,itemLabel_ar,type,date\n"
        'http://www.wikidata.org/entity/Q1,"Battle of ""Foo"",\nat night",معركة فو,http://www.wikidata.org/entity/Q178561,1187-07-11T00:00:00Z\n'
        "http://www.wikidata.org/entity/Q2,Battle of Bar,,http://www.wikidata.org/entity/Q178561,-0489-01-01T00:00:00Z\n"
        "http://www.wikidata.org/entity/Q3,too,few\n"
        "http://www.wikidata.org/entity/Q4,Battle of Baz,,http://www.wikidata.org/entity/Q178561,1815-06-01T00:00:00Z\n",
        encoding="utf-8",
    )
    events = desk.run("wikidata", str(path))["events"]
    assert {event["when"] for event in events.values()} == {"1187-07-04", "490 BC", "1815-06"}
    assert f"{path}:5: error: skipped: 3 cells, but 5 columns" in desk.err
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    desk.run("wikidata", str(path), code=2)
    assert "no column «item» among a, b" in desk.err


MAPPING = """
section: events
delimiter: ';'
sources:
  my-book: {title: My Book, url: 'https://example.org/'}
entry:
  type: {column: kind, map: {B: battle, S: siege}}
  names:
    ar: {column: arabic, split: '|'}
    en: {column: name}
  when: {from: {column: start, date: dmy}, to: {column: end, date: dmy}}
  counts: {dead: {column: dead}}
  sources: [my-book]
"""


def test_csv(desk: Desk) -> None:
    mapping, data = desk.folder / "map.yaml", desk.folder / "data.csv"
    mapping.write_text(MAPPING, encoding="utf-8")
    data.write_text(
        "name;arabic;kind;start;end;dead\n"
        "Battle of Foo;معركة فو|موقعة فو;B;4/7/1187;;1200\n"
        "Siege of Bar;;S;-490;-489;\n"
        "Battle of Baz;;X;1815;;\n"
        "Battle of Qux;;B;31/2/1815;;\n"
        "Battle of Corge;;B;1815\n"
        ";;B;1815;;\n"
        "Battle of Grault;;B;622;622;many\n",
        encoding="utf-8",
    )
    pack = desk.run("csv", str(data), "--mapping", str(mapping))
    assert pack["events"]["battle-of-foo"] == {
        "type": "battle", "names": {"ar": ["معركة فو", "موقعة فو"], "en": ["Battle of Foo"]}, "when": "1187-07-04/..",
        "counts": {"dead": "1200"}, "sources": ["my-book"],
    }  # fmt: skip
    assert pack["events"]["siege-of-bar"]["when"] == "490 BC/489 BC"
    assert pack["events"]["battle-of-grault"]["when"] == "0622"
    assert "counts" not in pack["events"]["battle-of-grault"]
    assert f"{data}:4: error: skipped: column «kind»: «X» is not in the mapping's «map» (B, S)" in desk.err
    assert f"{data}:5: error: skipped: column «start»: '1815-02-31'" in desk.err
    assert f"{data}:6: error: skipped: 4 cells, but 6 columns" in desk.err
    assert f"{data}:7: error: skipped: no name" in desk.err
    assert f"{data}:8: note: battle-of-grault: counts is left out" in desk.err
    first = desk.pack.read_bytes()
    desk.run("csv", str(data), "--mapping", str(mapping))
    assert desk.pack.read_bytes() == first
    assert desk.check("--no-shipped") == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("section: events", "section: event", "map.yaml:2:10: error: «section» must be one of"),
        ("entry:", "entri:", "map.yaml:6:1: error: unknown key «entri»: did you mean «entry»?"),
        ("{column: name}", "{column: nme}", "map.yaml:10:18: error: "),
        ("  when:", "  wen:", "map.yaml:11:3: error: unknown key «wen»: did you mean «when»?"),
        ("split:", "splt:", "map.yaml:9:26: error: unknown key «splt»: did you mean «split»?"),
        ("delimiter: ';'", "delimiter: ';;'", "is not one character"),
        ("sources: [my-book]", "note: x", "«sources» is missing"),
    ],
)
def test_a_wrong_mapping(desk: Desk, old: str, new: str, said: str) -> None:
    mapping, data = desk.folder / "map.yaml", desk.folder / "data.csv"
    mapping.write_text(MAPPING.replace(old, new), encoding="utf-8")
    data.write_text("name;arabic;kind;start;end;dead\nBattle of Foo;;B;1187;;\n", encoding="utf-8")
    desk.run("csv", str(data), "--mapping", str(mapping), code=2)
    assert said in desk.err
    assert not desk.pack.exists()


def test_names_of_a_cell_are_found(desk: Desk) -> None:
    mapping, data = desk.folder / "map.yaml", desk.folder / "data.csv"
    (desk.pack.parent / "places.yaml").write_text(
        "sources: {s: {title: S}}\nplaces:\n  hattin: {kind: village, names: {en: [Hattin]}, sources: [s]}\n", encoding="utf-8"
    )
    mapping.write_text(MAPPING.replace("  counts:", "  where: [{column: dead, find: [places]}]\n  x:").replace("  x: {dead: {column: dead}}\n", ""))
    data.write_text("name;arabic;kind;start;end;dead\nBattle of Foo;;B;1187;1187;Hattin\nBattle of Bar;;B;1188;1188;Nowhere\n", encoding="utf-8")
    events = desk.run("csv", str(data), "--mapping", str(mapping), "--reference", str(desk.pack.parent))["events"]
    assert events["battle-of-foo"]["where"] == ["hattin"]
    assert "where" not in events["battle-of-bar"]
    assert "data.csv:3: note: column «dead» is left out: «Nowhere» is no name in places" in desk.err
    first = desk.pack.read_bytes()
    desk.run("csv", str(data), "--mapping", str(mapping), "--reference", str(desk.pack.parent))
    assert desk.pack.read_bytes() == first


def test_times_of_both_calendars_agree() -> None:
    julian = wikidata_time.read(time("-0490-09-12T00:00:00Z", model=JULIAN))
    rdf = wikidata_time.read(time("-0489-09-07T00:00:00Z"), astronomical=True)
    assert wikidata_time.text(julian) == wikidata_time.text(rdf) == "490-09-12 BC"
