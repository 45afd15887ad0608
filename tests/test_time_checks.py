"""The checks that need no reference: what they find, what they leave alone, Hijri twins, and correct sentences in number."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from histlint import yamlio
from histlint.chronology import calendars
from histlint.chronology.display import month_name
from histlint.config import Settings
from histlint.model import Diagnostic
from histlint.pipeline import Linter, check_text, load

ROOT = Path(__file__).resolve().parent
DATA = ROOT / "time_checks"
FOLDERS = ("calendar", "arithmetic", "consistency")


@cache
def linter() -> Linter:
    return load(Settings(select=FOLDERS))


def found(text: str) -> list[Diagnostic]:
    return check_text(linter(), text)


def shown(items: list[Diagnostic]) -> list[str]:
    return [f"{item.rule} «{item.claim}»: {item.message}" for item in items]


def _cases() -> dict[str, dict[str, list[str]]]:
    loaded = yamlio.load(DATA / "cases.yaml")
    assert not loaded.errors, loaded.errors
    return loaded.value  # type: ignore[no-any-return]


CASES = _cases()


def listed(kind: str) -> list[Any]:
    return [pytest.param(rule, text, id=f"{rule}: {text}") for rule, case in CASES.items() for text in case[kind]]


@pytest.mark.parametrize(("rule", "text"), listed("bad"))
def test_finds(rule: str, text: str) -> None:
    items = found(text)
    assert rule in [item.rule for item in items], shown(items)


@pytest.mark.parametrize(("rule", "text"), listed("good"))
def test_leaves_alone(rule: str, text: str) -> None:
    assert not found(text), shown(found(text))


def test_every_rule_has_enough_cases() -> None:
    rules = [rule for rule in linter().rules if rule.split("/")[0] in FOLDERS]
    assert set(CASES) <= set(rules)
    for rule in set(rules) - set(CASES):  # the others are held to the examples in their own files
        examples = yamlio.load(ROOT.parent / "rules" / f"{rule}.yaml").value["examples"]
        assert len(examples["bad"]) >= 3, rule
        assert len(examples["good"]) >= 4, rule
    for rule, case in CASES.items():
        assert len(case["bad"]) >= 8, rule
        assert len(case["good"]) >= 8, rule


# Correct sentences with two dates or more


def right(lang: str) -> list[str]:
    return [line for line in (DATA / f"right.{lang}.txt").read_text(encoding="utf-8").splitlines() if line]


@pytest.mark.parametrize("text", right("ar") + right("en"))
def test_correct_sentence(text: str) -> None:
    items = found(text)
    assert not items, shown(items)


def test_there_are_enough_correct_sentences() -> None:
    assert len(set(right("ar"))) >= 120
    assert len(set(right("en"))) >= 80
    for text in right("ar") + right("en"):
        from histlint.read import read_string

        assert len(linter().times(read_string(text))) >= 2, text


# Hijri days and their civil twins, (day, month, year) each; the civil ones Julian before 15 October 1582

DAYS = [
    ((8, 3, 1), (20, 9, 622)),  # the Prophet reaches Quba
    ((17, 9, 2), (13, 3, 624)),  # Badr
    ((7, 10, 3), (23, 3, 625)),  # Uhud
    ((20, 9, 8), (11, 1, 630)),  # Mecca
    ((12, 3, 11), (8, 6, 632)),  # death of the Prophet
    ((5, 7, 15), (12, 8, 636)),  # Yarmuk, first days
    ((18, 12, 35), (17, 6, 656)),  # death of Uthman
    ((21, 9, 40), (28, 1, 661)),  # death of Ali
    ((10, 1, 61), (10, 10, 680)),  # Karbala
    ((28, 7, 92), (19, 5, 711)),  # Guadalete campaign
    ((2, 9, 114), (25, 10, 732)),  # Tours
    ((11, 6, 132), (25, 1, 750)),  # the Zab
    ((4, 3, 170), (2, 9, 786)),  # accession of Harun
    ((6, 9, 223), (31, 7, 838)),  # Amorium besieged
    ((17, 8, 358), (6, 7, 969)),  # the Fatimids in Fustat
    ((12, 7, 479), (23, 10, 1086)),  # Zallaqa
    ((27, 11, 463), (26, 8, 1071)),  # Manzikert
    ((23, 8, 492), (15, 7, 1099)),  # Jerusalem taken
    ((24, 4, 583), (4, 7, 1187)),  # Hattin
    ((27, 7, 583), (2, 10, 1187)),  # Jerusalem retaken
    ((27, 2, 589), (4, 3, 1193)),  # death of Saladin
    ((15, 2, 609), (17, 7, 1212)),  # Las Navas
    ((4, 2, 656), (10, 2, 1258)),  # Baghdad
    ((25, 9, 658), (3, 9, 1260)),  # Ain Jalut
    ((17, 5, 690), (18, 5, 1291)),  # Acre
    ((2, 9, 702), (20, 4, 1303)),  # Marj al-Saffar
    ((19, 6, 791), (15, 6, 1389)),  # Kosovo
    ((19, 12, 804), (20, 7, 1402)),  # Ankara
    ((20, 5, 857), (29, 5, 1453)),  # Constantinople
    ((2, 3, 897), (3, 1, 1492)),  # Granada
    ((25, 7, 922), (24, 8, 1516)),  # Marj Dabiq
    ((21, 11, 932), (29, 8, 1526)),  # Mohacs
    ((17, 5, 979), (7, 10, 1571)),  # Lepanto
    ((30, 5, 986), (4, 8, 1578)),  # Three Kings
    ((20, 9, 1094), (12, 9, 1683)),  # Vienna
    ((7, 2, 1213), (21, 7, 1798)),  # the Pyramids
    ((14, 1, 1246), (5, 7, 1830)),  # Algiers
    ((5, 10, 1319), (15, 1, 1902)),  # Riyadh
    ((9, 8, 1334), (10, 6, 1916)),  # the Arab revolt
    ((1, 1, 1446), (7, 7, 2024)),  # new year 1446
]

MONTHS_EN = {1: "Muharram", 2: "Safar", 3: "Rabi al-Awwal", 4: "Rabi al-Thani", 5: "Jumada al-Ula", 6: "Jumada al-Akhira",
             7: "Rajab", 8: "Sha'ban", 9: "Ramadan", 10: "Shawwal", 11: "Dhu al-Qa'da", 12: "Dhu al-Hijja"}  # fmt: skip

Day = tuple[int, int, int]
FRAMES_AR = (
    "وقع ذلك في {h} هـ الموافق {c}م.",
    "وقع ذلك يوم {h} هـ ({c}م)، ثم عاد الناس.",
    "في {c}م ({h} هـ) دخل الجيش المدينة.",
    "جرى ذلك في {h} هـ / {c}م.",
)
FRAMES_EN = (
    "It happened on {h} AH ({c}).",
    "It happened on {h} AH, corresponding to {c} CE.",
    "On {c} ({h} AH) the army entered the city.",
    "It took place on {h} AH / {c}.",
)


def jdn(civil: Day) -> int:
    day, month, year = civil
    return calendars.to_jdn(calendars.civil(year, month, day), year, month, day)


def civil(day: int) -> Day:
    year, month, of_month = calendars.civil_from_jdn(day)
    return of_month, month, year


def sentences(hijri: Day, day: Day) -> list[str]:
    h_ar = f"{hijri[0]} {month_name('islamic', hijri[1], 'ar')} {hijri[2]}"
    c_ar = f"{day[0]} {month_name('gregorian', day[1], 'ar')} {day[2]}"
    h_en = f"{hijri[0]} {MONTHS_EN[hijri[1]]} {hijri[2]}"
    c_en = f"{day[0]} {month_name('gregorian', day[1], 'en')} {day[2]}"
    return [frame.format(h=h_ar, c=c_ar) for frame in FRAMES_AR] + [frame.format(h=h_en, c=c_en) for frame in FRAMES_EN]


def moved(day: Day, years: int = 0, months: int = 0) -> Day:
    total = day[2] * 12 + day[1] - 1 + 12 * years + months
    return min(day[0], 28 if months else day[0]), total % 12 + 1, total // 12


@pytest.mark.parametrize(("hijri", "day"), DAYS)
def test_right_twins_are_silent(hijri: Day, day: Day) -> None:
    table = calendars.to_jdn("islamic", hijri[2], hijri[1], min(hijri[0], calendars.month_length("islamic", hijri[2], hijri[1])))
    assert abs(table - jdn(day)) <= 2, table - jdn(day)
    for shift in (0, 1) if jdn(day) < table else (0, -1) if jdn(day) > table else (-1, 0, 1):
        for text in sentences(hijri, civil(jdn(day) + shift)):
            assert not found(text), (text, shown(found(text)))


@pytest.mark.parametrize(("hijri", "day"), DAYS)
def test_wrong_twins_are_found(hijri: Day, day: Day) -> None:
    wrong = [civil(jdn(day) + 5), civil(jdn(day) - 5), moved(day, 1), moved(day, -1), moved(day, 0, 1), moved(day, 0, -1)]
    pairs = [(hijri, other) for other in wrong]
    pairs += [(moved(hijri, years, months), day) for years, months in ((1, 0), (-1, 0), (0, 1), (0, -1)) if hijri[2] + years > 0]
    for one, other in pairs:
        if one[2] < 1 or (other == day and one == hijri):
            continue
        for text in sentences(one, other):
            assert [item.rule for item in found(text)] == ["calendar/twins"], (text, shown(found(text)))
