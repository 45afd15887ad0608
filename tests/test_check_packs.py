"""Cross-checks of packs: each rule with what it catches and what it leaves alone."""

from __future__ import annotations

import pytest
from histlint import packs as packs_module
from histlint.check_packs import apart, check, outside, shared
from histlint.chronology.edtf import parse
from histlint.decode import Packs, decode_folders, decode_pack
from histlint.yamlio import loads

SOURCES = "sources: {s: {title: S}, w: {title: W, rows: 'Q[0-9]+', row_url: 'https://w.org/{}'}}"


def found(text: str, *, level: str = "error") -> list[str]:
    """Messages of one level for packs given as text, files separated by `---`."""
    packs = Packs()
    for number, part in enumerate([SOURCES, *text.split("---\n")]):
        pack, errors = decode_pack(loads(part, "sources.yaml" if not number else f"{number}.yaml"))
        assert errors == []
        packs.add(pack)
    return [f"{error.path}:{error.line}: {error.message}" for error in check(packs) if error.level == level]


def messages(text: str) -> list[str]:
    """Messages of errors in the order of the alphabet, without places."""
    return sorted(line.partition(": ")[2] for line in found(text))


def event(id: str = "b", when: str = "1187-07-04", type: str = "battle", **more: str) -> str:
    rest = "".join(f", {key}: {value}" for key, value in more.items())
    return f"  {id}: {{type: {type}, names: {{en: [The {id}]}}, when: '{when}', sources: [s]{rest}}}\n"


def person(id: str, **more: str) -> str:
    rest = "".join(f", {key}: {value}" for key, value in more.items())
    return f"  {id}: {{names: {{en: [Mr {id}]}}, sources: [s]{rest}}}\n"


def polity(id: str, kind: str = "state", **more: str) -> str:
    rest = "".join(f", {key}: {value}" for key, value in more.items())
    return f"  {id}: {{kind: {kind}, names: {{en: [State {id}]}}, sources: [s]{rest}}}\n"


def test_ids():
    text = "events:\n" + event(part_of="[crusade]", by="[jerusalme]", where="[x]") + event("c", where="[x]")
    text += "polities:\n" + polity("jerusalem") + "people:\n" + person("crusade")
    assert messages(text) == [
        "unknown id «jerusalme»: did you mean «jerusalem»?",
        "unknown id «x» (in 2 places of this file)",
        "«crusade» stands in «people»; here belongs one of: events",
    ]


def test_sources():
    text = """
sources: {unused: {title: U}}
events:
  a: {type: war, names: {en: [A]}, sources: [s, t]}
  b: {type: war, names: {en: [B]}, sources: ['w:Q1', 'w:1', w, 's:1']}
  c: {type: war, names: {en: [C]}, sources: []}
"""
    assert found(text) == [
        "1.yaml:4: unknown source «t»: define it under «sources»",
        "1.yaml:5: «1» is not a row of w (they look like Q[0-9]+)",
        "1.yaml:5: cite a row of it: w:…",
        "1.yaml:5: rows of «s» cannot be cited: write «s»",
        "1.yaml:6: cites no source",
    ]
    assert found(text, level="warning") == ["1.yaml:2: the source «unused» is never cited"]


def test_scripts():
    text = "events:\n  a: {type: war, names: {ar: [War], en: [حرب]}, short: {ar: ['...']}, sources: [s]}\n"
    assert found(text) == [  # in the order of their columns
        "1.yaml:2: the name «War» has no Arabic letters",
        "1.yaml:2: the name «حرب» has no Latin letters",
        "1.yaml:2: the name «...» has no Arabic letters",
    ]


def test_bracketed_names():
    text = "events:\n  a: {type: war, names: {en: [War, War (1900)]}, when: 1900, sources: [s]}\n"
    assert found(text) == ["1.yaml:2: «War (1900)» is a title: prose has it without the bracket, or as «… of 1917», «… 1917»"]


def test_same_names():
    twice = (
        "events:\n  a: {{type: war, names: {{ar: [الحَرب الأولى]}}, when: 1900/1905, sources: [s]}}\n"
        "  b: {{type: war, names: {{ar: [حرب اولي]}}, when: {}, sources: [s]}}\n"
    )
    assert found(twice.format("1903")) == ["1.yaml:3: «حرب اولي» is also a name of a, at the same time"]
    assert found(twice.format("1907")) == []
    people = (
        "people:\n  a: {names: {en: [John]}, sources: [s]}\n  b: {names: {en: [JOHN]}, sources: [s]}\n"
        "places:\n  c: {kind: city, names: {en: [John]}, sources: [s]}\n"
    )
    assert found(people) == []
    assert found(people, level="warning") == ["1.yaml:3: «JOHN» is also a name of a"]


def test_circles():
    assert found("events:\n" + event("a", part_of="[b]") + event("b", part_of="[c]") + event("c", part_of="[a]")) == [
        "1.yaml:2: «a» is part of itself",
        "1.yaml:3: «b» is part of itself",
        "1.yaml:4: «c» is part of itself",
    ]


@pytest.mark.parametrize(
    ("when", "type", "errors", "warnings"),
    [
        ("1942", "battle", 0, 0),
        ("1939", "battle", 0, 0),  # a day of the year lies inside
        ("1945-09-20", "battle", 0, 1),
        ("1947", "battle", 1, 0),
        ("1944/1946", "battle", 1, 0),
        ("1947", "treaty", 0, 1),
    ],
)
def test_parts_outside_their_whole(when, type, errors, warnings):
    text = "events:\n" + event("war", "1939-09-01/1945-09-02", "war") + event("b", when, type, part_of="[war]")
    assert (len(found(text)), len(found(text, level="warning"))) == (errors, warnings)


def test_memberships_at_other_times():
    text = "polities:\n" + polity("a", existed="1800/1850", part_of="[b, {in: b, from: 1795}]") + polity("b", existed="1860/1900")
    assert found(text) == ["1.yaml:2: a (1800–1850) was never at one time with b (1860–1900)"]


def test_causes():
    text = "events:\n" + event("a", "1914-07-28", cause="[b, c]") + event("b", "1914-08") + event("c", "1914")
    assert found(text) == ["1.yaml:2: a (28 July 1914) began before its cause, b (August 1914)"]


def test_participants():
    text = (
        "events:\n"
        + event("a", "1190", sides="[[old, fine, {who: late, from: 1191}], [dead]]", leaders="[[child], []]", by="[late]")
        + "polities:\n" + polity("old", existed="1000/1100") + polity("fine", existed="1000/..")
        + polity("late", existed="1191/1200")
        + "people:\n" + person("dead", died="1170") + person("child", born="1190-12-31/1191")
    )  # fmt: skip
    assert messages(text) == [
        "dead (until 1170) did not live at a (1190)",
        "old (1000–1100) did not exist at a (1190)",
    ]
    assert found(text, level="warning") == ["1.yaml:2: late (1191–1200) did not exist at a (1190)"]


def test_stays():
    sides = "[[{who: x, from: 1917, to: 1915}], [{who: y, from: 1925}]]"
    text = "events:\n" + event("a", "1914/1918", sides=sides)
    text += "polities:\n" + polity("x") + polity("y")
    assert found(text) == ["1.yaml:2: «to» lies before «from»"]
    assert found(text, level="warning") == ["1.yaml:2: the dates lie outside a (1914–1918)"]


def test_deaths():
    text = "events:\n" + event(killed="[x, y]") + "people:\n" + person("x", died="1187-07-20") + person("y", died="1193")
    assert found(text) == ["1.yaml:2: y died 1193, not in b (4 July 1187)"]


def test_sides():
    text = "polities:\n" + polity("x") + polity("y") + polity("z") + "people:\n" + person("p")
    wrong = {"leaders": "[[p]]", "won": "[z]", "lost": "[z]", "absent": "[x]", "closed": "[by, sides]"}
    text += "events:\n" + event("a", sides="[[x], [y]]", **wrong)
    text += event("b", sides="[[x], [y]]", leaders="[[p], []]", won="[p]", lost="[y]", closed="[leaders]")
    assert found(text) == [
        "1.yaml:8: 1 lists of leaders for 2 sides: write [] for a side without",
        "1.yaml:8: «z» both won and lost",
        "1.yaml:8: «z» is in «won» but took no part (sides, leaders, by, target)",
        "1.yaml:8: «z» is in «lost» but took no part (sides, leaders, by, target)",
        "1.yaml:8: «x» is absent and takes part",
        "1.yaml:8: «by» is said to be complete but is empty",
    ]


def test_lives():
    text = "people:\n" + person("a", born="1200", died="1190") + person("b", born="1150", father="a", died="1193")
    text += person("c", born="1150", died="1193", roles="[{office: king, when: 1195/1200}, {office: emir, when: 1190/1200}]")
    assert [line.split(":")[1] for line in found(text)] == ["2", "3", "4"]
    assert [message.split(", c")[0].split(" (")[0] for message in messages(text)] == [
        "a",
        "a died before being born",
        "king: the time lies outside the life",
    ]


def reign(id: str, when: str, of: str = "x", **more: str) -> str:
    return person(id, roles=f"[{{office: king, of: {of}, when: {when}}}]", **more)


def test_reigns():
    text = "polities:\n" + polity("x", existed="1100/1300") + polity("d", "dynasty")
    text += "people:\n" + reign("a", "1180/1190") + reign("b", "1190/1200") + reign("c", "1195/1210")
    text += reign("e", "1182/1189", note="co-ruler of a") + reign("f", "1150/1160", of="d") + reign("g", "1155/1170", of="d")
    text += reign("h", "1310/1320")
    assert found(text) == [
        "1.yaml:7: king of x: b (1190–1200) held it too (say «co-ruler» or «rival» in the note if so)",
        "1.yaml:11: king: x (1100–1300) did not exist then",
    ]
    assert found(text, level="warning") == [
        "1.yaml:10: king of d: f (1150–1160) held it too (say «co-ruler» or «rival» in the note if so)"
    ]


def test_successions():
    text = "polities:\n" + polity("x") + "people:\n" + reign("a", "1180/1190")
    text += person("b", roles="[{office: king, of: x, when: 1190/1200, predecessor: a, successor: a}]")
    assert found(text) == ["1.yaml:5: successor a held the office before b"]


def test_holdings():
    text = "polities:\n" + polity("x", existed="1100/1200", capitals="[{place: p, from: 1150, to: 1160}, {place: p, from: 1250}]")
    text += "places:\n  p: {kind: city, names: {en: [P]}, held_by: [{who: x, when: 1150}, {who: x, when: 1201}], sources: [s]}\n"
    assert found(text) == ["1.yaml:2: the time lies outside x (1100–1200)", "1.yaml:4: x (1100–1200) did not exist then"]


def test_waters():
    text = "places:\n  p: {kind: city, names: {en: [P]}, on: [r, q], sources: [s]}\n"
    text += "  q: {kind: city, names: {en: [Q]}, sources: [s]}\n  r: {kind: river, names: {en: [R]}, sources: [s]}\n"
    assert found(text) == ["1.yaml:2: «q» is a city, not one of bay, canal, lake, river, sea, strait"]


def test_time_arithmetic():
    def days(first: str, second: str) -> tuple[int, int, int]:
        a, b = parse(first), parse(second)
        return apart(a, b), outside(a, b), shared(a, b)

    assert days("1900-01-05", "1900-01-01/1900-01-31") == (0, 0, 0)
    assert days("1900-02-05", "1900-01-01/1900-01-31") == (5, 5, 0)
    assert days("1900-01-20/1900-02-05", "1900-01-01/1900-01-31") == (0, 5, 11)
    assert days("1900", "1900-06-01") == (0, 0, 0)
    assert days("1950", "1900/..") == (0, 0, 0)
    assert apart(None, parse("1900")) == outside(parse("1900"), None) == 0


def test_shipped_packs_have_no_errors():
    errors = [str(error) for error in check(decode_folders([packs_module.shipped("reference")])) if error.level == "error"]
    assert errors == []
