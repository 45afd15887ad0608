"""The broad layer: what is taken from a data set, what is left out and why, and what the shipped files hold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from histlint.imports import broad
from histlint.imports.broad_names import Labels, event_type, family, key, plain
from histlint.yamlio import load

ROOT = Path(__file__).resolve().parent.parent

CURATED = """
sources: {wikidata: {title: Wikidata, rows: 'Q[0-9]+'}, s: {title: S}}
places: {rome: {kind: city, names: {en: [Rome]}, sources: [s]}, ceva: {kind: town, names: {en: [Ceva]}, sources: [s]}}
polities:
  italy: {kind: state, names: {en: [Italy]}, existed: 1861/.., sources: [s]}
  france: {kind: state, names: {en: [France]}, sources: [s]}
  austria: {kind: state, names: {en: [Austria]}, sources: [s]}
events:
  battle-of-cannae: {type: battle, names: {en: [Battle of Cannae]}, when: 216 BC, sources: [s]}
  cited: {type: battle, names: {en: [Something else]}, when: '1500', sources: ['wikidata:Q77']}
  big-war: {type: war, names: {en: [Napoleonic Wars]}, when: 1803/1815, sources: [s]}
"""


def row(qid: str, label: str, start: str = "", end: str = "", types: str = "battle", **more: Any) -> dict[str, Any]:
    dates = {**({"start": start, "start_precision": "year"} if start else {}), **({"end": end, "end_precision": "year"} if end else {})}
    return {"qid": qid, "label_en": label, "types": [types] if types else [], **dates, **more}


def run(tmp_path: Path, rows: list[dict[str, Any]], battles: list[dict[str, Any]] = [], actors: str = "") -> dict[str, Any]:  # noqa: B006
    for folder in ("reference", "cdb90"):
        (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / "reference" / "curated.yaml").write_text(CURATED, encoding="utf-8")
    (tmp_path / "events.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    (tmp_path / "cdb90" / "cdb90_battles_with_qid.jsonl").write_text("".join(json.dumps(one) + "\n" for one in battles))
    (tmp_path / "cdb90" / "battle_actors.csv").write_text(f'"isqno","attacker","n","actor"\n{actors}')
    (tmp_path / "ar.csv").write_text("en,ar,n\nfoo war,حرب فو|الحرب الفوية,1\n", encoding="utf-8")
    args = [str(tmp_path / "events.jsonl"), str(tmp_path / "cdb90"), "--reference", str(tmp_path / "reference")]
    output = tmp_path / "reference" / "broad"
    assert broad.main([*args, "--output", str(output), "--arabic", str(tmp_path / "ar.csv")]) == 0
    first = {file.name: file.read_bytes() for file in output.iterdir()}
    assert broad.main([*args, "--output", str(output), "--arabic", str(tmp_path / "ar.csv")]) == 0
    assert {file.name: file.read_bytes() for file in output.iterdir()} == first
    return {id: fields for file in sorted(output.iterdir()) for id, fields in load(file).value["events"].items()}


def test_an_event_and_where_it_is_written(tmp_path: Path) -> None:
    found = run(tmp_path, [row("Q1", "battle of Zlotoryja", "-0490", places=["Ceva"], countries=["Elsewhere"])])
    assert found == {
        "battle-of-zlotoryja-q1": {
            "type": "battle", "names": {"en": ["Battle of Zlotoryja"]}, "when": "490 BC", "where": ["ceva"], "confidence": "low",
            "sources": ["wikidata:Q1"],
        }
    }  # fmt: skip
    assert [file.name for file in (tmp_path / "reference" / "broad").iterdir()] == ["0400s-bc.yaml"]


def when(tmp_path: Path, *args: Any, **more: Any) -> str:
    found = run(tmp_path, [row("Q1", *args, **more)])
    return str(next(iter(found.values()))["when"]) if found else ""


def test_only_years_and_no_date_of_an_unknown_end(tmp_path: Path) -> None:
    assert when(tmp_path, "Battle of Zlotoryja", "1813-05-27", "1813-05-27") == "1813"
    assert when(tmp_path, "Battle of Zlotoryja", "1260-09", day_candidates=["1260-09-03"]) == "1260"
    assert when(tmp_path, "Battle of Zlotoryja", "1814-01-27", "1814-01-27") == "[1813..1814]"
    assert when(tmp_path, "Siege of Zlotoryja", "1813", types="siege") == "[1812..1813]"
    assert when(tmp_path, "Zlotoryja War", "1813", "1815", types="war") == "1813/1815"
    assert when(tmp_path, "Zlotoryja War", "1813", types="war") == ""
    assert when(tmp_path, "Zlotoryja War", types="war", single_date_start_or_end="1815") == ""
    assert when(tmp_path, "Zlotoryja War", "1700", "1800", types="war") == ""
    assert when(tmp_path, "Battle of Zlotoryja", "1815", "1813") == ""
    assert when(tmp_path, "Treaty of Zlotoryja", "1813", "1850", types="treaty") == "1813"


def test_a_row_that_contradicts_itself(tmp_path: Path) -> None:
    assert when(tmp_path, "Treaty of Zlotoryja", "1703", types="treaty", description_en="1711 treaty") == ""
    assert when(tmp_path, "Treaty of Zlotoryja", "1710", types="treaty", description_en="1711 treaty, renewed 1750") == "1710"
    assert when(tmp_path, "Treaty of Zlotoryja", "0703", types="treaty", description_en="with 1,200 men") == "0703"


def test_a_day_only_where_both_sources_have_it(tmp_path: Path) -> None:
    battle = {"cdb90": ["7"], "qid": "Q1", "start": "1809-05-21", "end": "1809-05-22"}
    actors = '7,0,1,"France"\n7,1,1,"Austria"\n'
    event = row("Q1", "Battle of Zlotoryja", "1809-05-22", "1809-05-22", agrees_with_cdb90=True, part_of=["Napoleonic Wars of 1803-1815"])
    event["start_precision"] = "day"
    [found] = run(tmp_path, [event], [battle], actors).values()
    assert found["when"] == "1809-05-21/1809-05-22"
    assert found["sides"] == [["france"], ["austria"]]
    assert found["part_of"] == ["big-war"]
    assert found["sources"] == ["wikidata:Q1", "cdb90:7"]
    [found] = run(tmp_path, [{**event, "agrees_with_cdb90": False}], [battle], actors).values()
    assert (found["when"], "sides" in found, found["sources"]) == ("1809", False, ["wikidata:Q1"])
    [found] = run(tmp_path, [event], [battle], actors.replace("France", "Italy")).values()  # there was no Italy yet
    assert "sides" not in found


def test_what_the_curated_packs_have(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row("Q77", "Battle of Zlotoryja", "1500"), row("Q2", "battle of Cannae", "1018"), row("Q3", "Battle of Cannae (216 BC)", "-0216")]
    assert run(tmp_path, rows) == {}
    out = capsys.readouterr()
    assert "battle-of-cannae has the name of Q2 «battle of Cannae»: 1018 there, 216 BC here" in out.out
    assert "3  left out: curated already" in out.err


def test_names_of_several_events(tmp_path: Path) -> None:
    near = [row("Q1", "Battle of Zlotoryja", "1800"), row("Q2", "Battle of Zlotoryja", "1850")]
    assert run(tmp_path, near) == {}
    far = [row("Q1", "Battle of Zlotoryja", "1300"), row("Q2", "Battle of Zlotoryja", "1850")]
    assert len(run(tmp_path, far)) == 2
    assert run(tmp_path, [*far, row("Q3", "Battle of Zlotoryja")]) == {}  # one of them has no date
    assert run(tmp_path, [row("Q1", "Battle of Zlotoryja", "1300", article_en="Battle of Zlotoryja (1300)")]) == {}
    assert len(run(tmp_path, [row("Q1", "Zlotoryja War", "1300", "1301", types="war"), row("Q2", "Second Zlotoryja War", "1400", "1401")])) == 1


def test_arabic_names(tmp_path: Path) -> None:
    [found] = run(tmp_path, [row("Q1", "Foo War", "1300", "1301", types="war")]).values()
    assert found["names"] == {"ar": ["حرب فو", "الحرب الفوية"], "en": ["Foo War"]}


@pytest.mark.parametrize(
    ("label", "titled", "fault"),
    [
        ("Battle of Zlotoryja", False, ""),
        ("Second Maroon War", False, ""),
        ("Battle of Rome", False, "named after a well-known place"),
        ("Battle of Rome", True, ""),
        ("2010 Zlotoryja protests", True, "holds a number"),
        ("Action of 5 May 1794", True, "holds a number"),
        ("Uprising", True, "too short or too long"),
        ("The Great Revolt", True, "an ordinary phrase"),
        ("Peasants' War", True, "an ordinary phrase"),
        ("Peace treaty", True, "an ordinary phrase"),
        ("Franco-Italian War", False, "only nationalities"),
        ("Italian massacre", True, "only nationalities"),
        ("Masacre de Zlotoryja", True, "no word for an event"),
        ("Batalla de la War", True, "no word for an event"),
        ("Zlotoryja", True, "too short or too long"),
    ],
)
def test_labels(label: str, titled: bool, fault: str) -> None:
    labels = Labels([label], ["Italian", "French"], ["Rome"])
    assert labels.fault(label, titled=titled) == fault


def test_words_of_labels() -> None:
    assert plain("battle of  Adwa (1896)") == "Battle of Adwa"
    assert key("The battle of Adwa (1896)") == key("Battle of Adwa")
    assert family("Second Maroon Wars") == family("Maroon War")
    assert [event_type(label) for label in ("Siege of X", "X coup attempt", "War of X", "X declaration of independence", "X")] == [
        "siege", "coup", "war", "independence", "",
    ]  # fmt: skip


def test_the_shipped_layer() -> None:
    entries: dict[str, dict[str, Any]] = {}
    for file in sorted((ROOT / "reference" / "broad").glob("*.yaml")):
        yaml = load(file)
        assert yaml.errors == []
        entries.update(yaml.value["events"])
    assert len(entries) >= 8000
    for id, fields in entries.items():
        assert fields["confidence"] == "low"
        assert id.endswith(f"-{fields['sources'][0].partition(':')[2].lower()}")
        assert not re.search(r"\d", fields["names"]["en"][0])
        assert not re.search(r"\d-\d\d", fields["when"]) or any(source.startswith("cdb90:") for source in fields["sources"])
