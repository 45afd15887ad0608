"""Reports: what people see, what programs get, and that nothing of an input can command a terminal."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

import jsonschema
import pytest
from fakes import RULES, FakeLinter, FakeReference, diagnostic
from histlint.config import Settings
from histlint.model import Diagnostic, Document
from histlint.read import read_string
from histlint.report import FORMATS, Options, Run, make
from histlint.report.bidi import FSI, LRI, PDI, RLI, clean, isolate, line
from histlint.report.text import counted, excerpt, wrapped

LABELS = {lang: FakeReference().wording(lang)["report"] for lang in ("ar", "en")}
INVISIBLE = re.compile("[\u2066-\u2069]")
ARABIC = "تمهيد\n\nوقعت معركة حطين عام 1190 للميلاد.\n"


ONE = Run(1)


def report(format: str, source: str, path: str = "a.txt", run: Run = ONE, **options: Any) -> str:
    document = read_string(source, path)
    shown = make(format, LABELS, RULES, Options(**options))
    return shown.add(document, FakeLinter(Settings()).check(document)) + shown.finish(run)


# For people


def test_text() -> None:
    assert INVISIBLE.sub("", report("text", ARABIC)).splitlines() == [
        "a.txt:3:21: error dates/event",
        "  وقعت معركة حطين عام ⟦1190⟧ للميلاد.",
        "  not “1190”",
        "    المرجع: معركة حطين (4 تموز 1187)",
        "      المصدر: Battle of Hattin, Britannica https://example.org/hattin?a=1,2 ",
        "    المرجع: elsewhere (1:1)",
        "    انظر: 1:1 «تم»",
        "    الاقتراح: 1187",
        "",
        "الحصيلة: خطأ واحد، في ملف واحد.",
    ]


def test_colour_marks_the_words_without_brackets() -> None:
    text = report("text", "In 1190.", colour=True)
    assert "\x1b[4;31m1190\x1b[0m" in text
    assert "⟦" not in text
    assert "\x1b" not in report("text", "In 1190.")


def test_quiet_is_a_line_for_each_finding() -> None:
    assert (
        report("text", "In 1190.\ncookies", quiet=True)
        == "a.txt:1:4: error dates/event not “1190”\na.txt:2:1: warning text/boilerplate not “cookies”\n"
    )
    assert report("text", "In 1187.", quiet=True) == ""


def test_summaries() -> None:
    assert report("text", "In 1187.", run=Run(3)) == "no findings in 3 files\n"
    assert report("text", "1190 1291 cookies").endswith("\n\n2 errors, 1 warning in 1 file\n")
    assert report("text", "x", run=Run(1, [("b.txt", "broken")])) == "no findings in 1 file; 1 file could not be read\n"
    assert "2  dates/event\n1  text/boilerplate\n" in report("text", "1190 1291 cookies", statistics=True)
    assert "لا ملاحظات" in report("text", "x", lang="ar")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "خطأ واحد"),
        (2, "خطآن"),
        (3, "3 أخطاء"),
        (10, "10 أخطاء"),
        (11, "11 خطأً"),
        (99, "99 خطأً"),
        (100, "100 خطأ"),
        (102, "102 خطأ"),
        (103, "103 أخطاء"),
    ],
)
def test_arabic_numbers_take_their_forms(number: int, said: str) -> None:
    assert counted(LABELS["ar"]["counts"]["error"], number) == said


def test_labels_of_both_languages_are_the_same_keys() -> None:
    assert LABELS["ar"].keys() == LABELS["en"].keys()


@pytest.mark.parametrize("before", [0, 10, 60, 500])
@pytest.mark.parametrize("words", [1, 30, 300])
@pytest.mark.parametrize("after", [0, 10, 60, 500])
def test_long_lines_are_cut_around_the_words(before: int, words: int, after: int) -> None:
    head, claim, tail = "قبل " * before, " ".join(["كلمة"] * words), " بعد" * after
    document = read_string(head + claim + tail, "a.txt")
    left, shown, right = excerpt(document, diagnostic(document, len(head), len(head) + len(claim), "x", "error"), 100)
    assert len(left + shown + right) <= 100 + 12
    assert shown == claim or (" … " in shown and len(claim) > 60)
    assert head.endswith(left.removeprefix("… "))
    assert tail.startswith(right.removesuffix(" …"))
    assert ("…" in left, "…" in right) == (len(left) < len(head), len(right) < len(tail))
    if len(head + claim + tail) <= 100:
        assert left + shown + right == head + claim + tail


def test_words_left_out_are_one_ellipsis() -> None:
    claim = "كلمة " * 60 + "آخر"
    document = read_string(f"قبل {claim} بعد", "a.txt")
    _, shown, _ = excerpt(document, diagnostic(document, 4, 4 + len(claim), "x", "error"), 80)
    assert shown.count("…") == 1
    assert shown.startswith("كلمة كلمة")
    assert shown.endswith("كلمة آخر")


def test_a_finding_over_several_lines() -> None:
    document = read_string("قبل معركة\nحطين\nعام 1190 بعد", "a.md")
    start, end = document.text.index("معركة"), document.text.index(" بعد")
    assert excerpt(document, diagnostic(document, start, end, "x", "error"), 100) == ("قبل ", "معركة حطين عام 1190", " بعد")


# Terminals and direction

HOSTILE = "a\x1b[31mb\x07\x9b2J\u202ec\u2066d\u2029e\x7f\udc80\ufffaf\tg"


def test_nothing_commands_the_terminal() -> None:
    assert clean(HOSTILE) == "a\\x1b[31mb\\x07\\u009b2J\\u202ec\\u2066d e\\x7f\\udc80\\ufffaf g"
    assert clean("بـِسم\u200cالله\u200f") == "بـِسم\u200cالله\u200f"


@pytest.mark.parametrize("format", FORMATS)
def test_no_control_character_of_an_input_gets_through(format: str) -> None:
    document = Document(HOSTILE, f"{HOSTILE} 1190 {HOSTILE}", f"{HOSTILE} 1190", ())
    item = diagnostic(document, 0, len(document.text), "dates/event", "error")
    item = item._replace(message=HOSTILE, suggestion=HOSTILE, claim=HOSTILE, related=((1, 1, 1, 2, HOSTILE),))
    shown = make(format, LABELS, RULES, Options())
    text = shown.add(document, [item]) + shown.finish(Run(1, [(HOSTILE, HOSTILE)]))
    text = text.encode("utf-8", "strict").decode()
    allowed = {"\n", LRI, RLI, FSI, PDI} if format == "text" else {"\n"}
    assert {character for character in text if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs")} <= allowed
    assert text.count(LRI) + text.count(RLI) + text.count(FSI) == text.count(PDI)


def test_isolates() -> None:
    assert isolate("plain English “quoted” 1187-07-04", "en") == "plain English “quoted” 1187-07-04"
    assert isolate("في 1187-07-04 كان", "ar") == f"{RLI}في {LRI}1187-07-04{PDI} كان{PDI}"
    assert isolate("سنة 1187 فقط", "ar") == f"{RLI}سنة 1187 فقط{PDI}"
    assert (
        isolate("المصدر: Battle of Hattin, 2 https://a.b/c", "ar")
        == f"{RLI}المصدر: {LRI}Battle of Hattin, 2 https://a.b/c {PDI}{PDI}"
    )
    assert isolate("“غزو 1945” was not", "en") == f"{LRI}“{FSI}غزو 1945{PDI}” was not{PDI}"
    assert isolate("the name حطين 1187 is", "en") == f"{LRI}the name {RLI}حطين 1187{PDI} is{PDI}"


@pytest.mark.parametrize("url", ["http://dw.de/ar/لمحة-تاريخية/a-15", "https://ar.wikipedia.org/wiki/معركة_حطين"])
def test_an_address_with_an_arabic_path_is_one_piece(url: str) -> None:
    """It ends before a blank, so that a terminal that opens it does not take the end of the isolate for a part of it."""
    assert isolate(f"المصدر: Deutsche Welle {url}", "ar") == f"{RLI}المصدر: {LRI}Deutsche Welle{PDI} {LRI}{url} {PDI}{PDI}"
    assert isolate(f"المصدر: صحيفة {url}", "ar") == f"{RLI}المصدر: صحيفة {LRI}{url} {PDI}{PDI}"
    assert isolate(f"source: صحيفة {url}", "en") == f"{LRI}source: {RLI}صحيفة{PDI} {LRI}{url} {PDI}{PDI}"


def test_a_line_of_an_article_keeps_its_own_direction() -> None:
    assert line("plain “English” – 1187") == "plain “English” – 1187"
    assert line("1187: معركة Hattin") == f"{RLI}1187: معركة Hattin{PDI}"
    assert line("Hattin (حطين)") == f"{LRI}Hattin (حطين){PDI}"
    assert line("⟦Hattin⟧ حطين") == f"{LRI}⟦Hattin⟧ حطين{PDI}"
    assert line("\x1b[4;31mمعركة\x1b[0m 1187") == f"{RLI}\x1b[4;31mمعركة\x1b[0m 1187{PDI}"  # the m of a colour is no letter


def test_a_narrow_screen_breaks_between_words() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("a https://example.org/long b", 8) == ["a", "https://example.org/long", "b"]
    assert wrapped("", 8) == [""]
    document = read_string("وقعت معركة حطين عام 1190 في فلسطين.", "a.txt")
    item = diagnostic(document, 5, 24, "dates/event", "error", "ar")._replace(message="كلمة " * 30)
    narrow = make("text", LABELS, RULES, Options(columns=40)).add(document, [item]).splitlines()
    assert max(map(len, narrow[2:8])) <= 40 + 2
    assert narrow[2].startswith(f"  {RLI}كلمة")
    assert narrow[3].startswith(f"    {RLI}كلمة")
    assert all(row.count(RLI) + row.count(LRI) + row.count(FSI) == row.count(PDI) for row in narrow)
    wide = make("text", LABELS, RULES, Options()).add(document, [item])
    assert " ".join("".join(narrow).split()).count("كلمة") == wide.count("كلمة")
    assert len(wide.splitlines()) < len(narrow)


# For programs


def test_json() -> None:
    data = json.loads(report("json", ARABIC, statistics=True, run=Run(1, [("b.txt", "broken")])))
    assert data["summary"] == {"files": 1, "error": 1, "warning": 0, "info": 0}
    assert data["statistics"] == {"dates/event": 1}
    assert data["errors"] == [{"path": "b.txt", "message": "broken"}]
    (found,) = data["findings"]
    assert list(found)[:11] == [
        "path",
        "line",
        "column",
        "end_line",
        "end_column",
        "rule",
        "level",
        "message",
        "claim",
        "evidence",
        "related",
    ]
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (3, 21, 3, 25)
    assert found["evidence"][0] == {
        "text": "معركة حطين",
        "when": "4 تموز 1187",
        "fact": "battle-of-hattin",
        "sources": [{"id": "britannica", "title": "Battle of Hattin, Britannica", "url": "https://example.org/hattin?a=1,2"}],
    }
    assert found["evidence"][1]["line"] == 1
    assert "معركة" in report("json", ARABIC)


def test_github() -> None:
    (line,) = report("github", ARABIC, path="مقال,1: a%.txt").splitlines()
    assert line.startswith(
        "::error file=مقال%2C1%3A a%25.txt,line=3,endLine=3,col=21,endColumn=25,title=histlint dates/event::not “1190”%0A"
    )
    assert "https://example.org/hattin?a=1,2" in line
    document = read_string("a\n1190\nb", "a.md")
    several = diagnostic(document, 0, 8, "dates/event", "info")
    text = make("github", LABELS, RULES, Options()).add(document, [several])
    assert text.startswith("::notice file=a.md,line=1,endLine=3,title=")
    assert report("github", "x", run=Run(0, [("b", "no")])) == "::error file=b,title=histlint::no\n"


def an_object(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required.split(), "properties": properties}


def a_list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


# What SARIF 2.1.0 (OASIS standard, section 3) says of the objects that histlint writes; other properties are refused.
TEXT, COUNT = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 1}
MESSAGE = an_object("text", text=TEXT)
LEVEL = {"enum": ["none", "note", "warning", "error"]}
REGION = an_object(
    "startLine", startLine=COUNT, startColumn=COUNT, endLine=COUNT, endColumn=COUNT, snippet=an_object("text", text=TEXT)
)
ARTIFACT = an_object("uri", uri={"type": "string", "pattern": r"^[\w.~!$&'()*+,;=:@/%-]+$"})
PHYSICAL = an_object("artifactLocation", artifactLocation=ARTIFACT, region=REGION)
LOCATION = an_object("physicalLocation", id={"type": "integer", "minimum": -1}, physicalLocation=PHYSICAL, message=MESSAGE)
RULE = an_object(
    "id",
    id=TEXT,
    name=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=an_object("", level=LEVEL),
)
NOTE = an_object("message", level=LEVEL, message=MESSAGE, locations=a_list(LOCATION))
RESULT = an_object(
    "message ruleId",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=MESSAGE,
    locations=a_list(LOCATION),
    relatedLocations={**a_list(LOCATION), "uniqueItems": True},
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
    properties={"type": "object"},
)
RUN = an_object(
    "tool results",
    tool=an_object(
        "driver",
        driver=an_object("name", name=TEXT, version=TEXT, informationUri=TEXT, rules={**a_list(RULE), "uniqueItems": True}),
    ),
    invocations=a_list(
        an_object("executionSuccessful", executionSuccessful={"type": "boolean"}, toolExecutionNotifications=a_list(NOTE))
    ),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=a_list(RESULT),
)
SARIF = an_object("version runs", **{"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": a_list(RUN)})


def test_sarif() -> None:
    log = json.loads(report("sarif", "cookies 1190\n1190", path="مقال 1.txt", run=Run(1, [("b c.txt", "broken")])))
    jsonschema.validate(log, SARIF, jsonschema.Draft202012Validator)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["dates/event", "text/boilerplate"]
    assert rules[0]["help"]["text"] == "A wrongly dated event.\n\nOnly named events."
    assert [(result["ruleId"], rules[result["ruleIndex"]]["id"]) for result in run["results"]] == [
        ("text/boilerplate",) * 2,
        ("dates/event",) * 2,
        ("dates/event",) * 2,
    ]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%D9%85%D9%82%D8%A7%D9%84%201.txt"
    assert place["region"] == {"startLine": 1, "startColumn": 9, "endLine": 1, "endColumn": 13, "snippet": {"text": "1190"}}
    assert len({result["partialFingerprints"]["histlint/v1"] for result in run["results"]}) == 3
    assert [location["id"] for location in run["results"][0]["relatedLocations"]] == [1, 2]
    assert run["invocations"][0]["executionSuccessful"] is False
    empty = json.loads(report("sarif", "x"))
    jsonschema.validate(empty, SARIF, jsonschema.Draft202012Validator)
    assert empty["runs"][0]["results"] == []


def test_reports_are_the_same_on_every_run() -> None:
    for format in FORMATS:
        assert report(format, "1190 cookies 1291", statistics=True) == report(format, "1190 cookies 1291", statistics=True)


def test_levels_of_programs() -> None:
    document = read_string("1190", "a.txt")
    items: list[Diagnostic] = [diagnostic(document, 0, 4, "dates/event", level) for level in ("error", "warning", "info")]
    shown = make("sarif", LABELS, RULES, Options())
    shown.add(document, items)
    results = json.loads(shown.finish(Run(1)))["runs"][0]["results"]
    assert [result["level"] for result in results] == ["error", "warning", "note"]
