"""Laws of the calendars, of moments and of the date strings of packs."""

from __future__ import annotations

import pytest
from histlint.chronology import calendars, edtf, moment
from histlint.model import Moment
from hypothesis import given
from hypothesis import strategies as st

# Famous days as histories give them in both calendars. The month began when the moon was seen, so the tables may be a day off.
PAIRS = [
    ((1, 1, 1), (622, 7, 16), "Hijra epoch"),
    ((2, 9, 17), (624, 3, 13), "Badr"),
    ((3, 10, 7), (625, 3, 23), "Uhud"),
    ((8, 9, 20), (630, 1, 11), "Conquest of Mecca"),
    ((10, 12, 9), (632, 3, 6), "Farewell sermon"),
    ((11, 3, 12), (632, 6, 8), "Death of the Prophet"),
    ((23, 12, 26), (644, 11, 3), "Umar"),
    ((35, 12, 18), (656, 6, 17), "Uthman killed"),
    ((40, 9, 21), (661, 1, 28), "Ali"),
    ((61, 1, 10), (680, 10, 10), "Karbala"),
    ((132, 6, 11), (750, 1, 25), "Zab"),
    ((145, 5, 3), (762, 7, 30), "Baghdad founded"),
    ((193, 6, 3), (809, 3, 24), "Harun died"),
    ((218, 7, 18), (833, 8, 9), "Mamun died"),
    ((463, 11, 27), (1071, 8, 26), "Manzikert"),
    ((479, 7, 12), (1086, 10, 23), "Zallaqa"),
    ((492, 8, 23), (1099, 7, 15), "Jerusalem 1099"),
    ((583, 4, 24), (1187, 7, 4), "Hattin"),
    ((583, 7, 27), (1187, 10, 2), "Jerusalem 1187"),
    ((589, 2, 27), (1193, 3, 4), "Saladin died"),
    ((609, 2, 15), (1212, 7, 16), "al-Uqab"),
    ((656, 2, 4), (1258, 2, 10), "Baghdad fell"),
    ((658, 9, 25), (1260, 9, 3), "Ayn Jalut"),
    ((690, 5, 17), (1291, 5, 18), "Acre"),
    ((804, 12, 27), (1402, 7, 28), "Ankara"),
    ((857, 5, 20), (1453, 5, 29), "Constantinople"),
    ((897, 3, 2), (1492, 1, 2), "Granada"),
    ((922, 7, 25), (1516, 8, 24), "Marj Dabiq"),
    ((922, 12, 29), (1517, 1, 22), "Ridaniya"),
    ((932, 11, 20), (1526, 8, 29), "Mohacs"),
    ((979, 5, 17), (1571, 10, 7), "Lepanto"),
    ((986, 5, 30), (1578, 8, 4), "Wadi al-Makhazin"),
    ((1213, 1, 17), (1798, 7, 1), "Alexandria"),
    ((1213, 2, 7), (1798, 7, 21), "Pyramids"),
    ((1226, 2, 5), (1811, 3, 1), "Citadel"),
    ((1243, 3, 28), (1827, 10, 20), "Navarino"),
    ((1246, 1, 14), (1830, 7, 5), "Algiers"),
    ((1319, 10, 5), (1902, 1, 15), "Riyadh"),
    ((1336, 1, 17), (1917, 11, 2), "Balfour"),
    ((1342, 7, 27), (1924, 3, 3), "Caliphate abolished"),
    ((1351, 5, 21), (1932, 9, 23), "Saudi Arabia"),
    ((1393, 9, 10), (1973, 10, 6), "October war"),
    ((1395, 3, 13), (1975, 3, 25), "Faisal killed"),
    ((1400, 1, 1), (1979, 11, 20), "Mecca 1400"),
    ((1444, 9, 1), (2023, 3, 23), "Ramadan 1444"),
    ((1446, 1, 1), (2024, 7, 7), "New year 1446"),
    ((1367, 7, 6), (1948, 5, 15), "1948 war"),
    ((1293, 12, 7), (1876, 12, 23), "Ottoman constitution"),
    ((1326, 6, 24), (1908, 7, 24), "Young Turk"),
    ((1299, 10, 29), (1882, 9, 13), "Tell el-Kebir"),
    ((1302, 4, 9), (1885, 1, 26), "Khartoum"),
    ((1094, 9, 20), (1683, 9, 12), "Vienna"),
    ((1371, 11, 1), (1952, 7, 23), "July revolution"),
    ((1382, 2, 3), (1962, 7, 5), "Algeria independence"),
    ((1387, 2, 27), (1967, 6, 5), "June war"),
    ((1333, 5, 3), (1915, 3, 18), "Dardanelles"),
]

JDN = st.integers(min_value=0, max_value=2_600_000)
CALENDARS = ("gregorian", "julian", "islamic", "coptic", "seleucid", "solar-hijri")


# --- calendars ---------------------------------------------------------------------------------------------------------


def test_there_are_enough_pairs() -> None:
    assert len(PAIRS) >= 40


@pytest.mark.parametrize(("hijri", "western", "what"), PAIRS, ids=[pair[2] for pair in PAIRS])
def test_hijri_days_agree_with_history_within_a_day(
    hijri: tuple[int, int, int], western: tuple[int, int, int], what: str
) -> None:
    there = calendars.to_jdn(calendars.civil(*western), *western)
    assert abs(calendars.to_jdn("islamic", *hijri) - there) <= 1
    assert moment.meets(moment.of(*hijri, calendar="islamic"), moment.of(*western)) is True


@pytest.mark.parametrize(("hijri", "western", "what"), PAIRS, ids=[pair[2] for pair in PAIRS])
def test_an_error_of_five_days_a_month_or_a_year_is_found(
    hijri: tuple[int, int, int], western: tuple[int, int, int], what: str
) -> None:
    written = moment.of(*hijri, calendar="islamic")
    day = moment.of(*western)
    for days in (5, -5, 30, -30, 365, -365):
        assert moment.meets(written, moment.shift(day, (days, days))) is False


@pytest.mark.parametrize(
    ("calendar", "date", "jdn"),
    [
        ("julian", (-4713, 1, 1), 0),
        ("gregorian", (2000, 1, 1), 2451545),
        ("gregorian", (1582, 10, 15), 2299161),
        ("julian", (1582, 10, 4), 2299160),
        ("islamic", (1, 1, 1), 1948440),
        ("coptic", (1, 1, 1), 1825030),
        ("seleucid", (1, 1, 1), 1607739),
        ("republican", (1, 1, 1), 2375840),
    ],
)
def test_epochs(calendar: str, date: tuple[int, int, int], jdn: int) -> None:
    assert calendars.to_jdn(calendar, *date) == jdn
    assert calendars.from_jdn(calendar, jdn) == date


@pytest.mark.parametrize(
    ("calendar", "date", "western"),
    [
        ("solar-hijri", (1357, 11, 22), (1979, 2, 11)),
        ("solar-hijri", (1400, 1, 1), (2021, 3, 21)),
        ("republican", (8, 2, 18), (1799, 11, 9)),
        ("republican", (2, 11, 9), (1794, 7, 27)),
        ("republican", (3, 13, 6), (1795, 9, 22)),
        ("republican", (14, 4, 10), (1805, 12, 31)),
        ("coptic", (1716, 1, 1), (1999, 9, 12)),
    ],
)
def test_rarer_calendars(calendar: str, date: tuple[int, int, int], western: tuple[int, int, int]) -> None:
    assert calendars.to_jdn(calendar, *date) == calendars.to_jdn("gregorian", *western)


@pytest.mark.parametrize(
    ("date", "weekday"), [((1945, 5, 8), 1), ((1187, 7, 4), 5), ((622, 7, 16), 4), ((1815, 6, 18), 6), ((1789, 7, 14), 1)]
)
def test_weekdays(date: tuple[int, int, int], weekday: int) -> None:
    assert calendars.weekday(calendars.to_jdn(calendars.civil(*date), *date)) == weekday


@given(JDN, st.sampled_from(CALENDARS))
def test_a_day_has_one_date_and_a_date_one_day(jdn: int, calendar: str) -> None:
    assert calendars.to_jdn(calendar, *calendars.from_jdn(calendar, jdn)) == jdn


@given(JDN, st.sampled_from(CALENDARS))
def test_the_next_day_is_the_next_date(jdn: int, calendar: str) -> None:
    year, month, day = calendars.from_jdn(calendar, jdn)
    tomorrow = calendars.from_jdn(calendar, jdn + 1)
    if day < calendars.month_length(calendar, year, month):
        assert tomorrow == (year, month, day + 1)
    else:
        assert tomorrow[2] == 1
    assert 0 not in tomorrow


@pytest.mark.parametrize(
    ("calendar", "date"),
    [
        ("gregorian", (1900, 2, 29)),
        ("gregorian", (1945, 4, 31)),
        ("islamic", (583, 2, 30)),
        ("gregorian", (0, 1, 1)),
        ("gregorian", (1945, 13, 1)),
        ("babylonian", (1, 1, 1)),
        ("republican", (4, 13, 6)),
    ],
)
def test_days_that_no_calendar_has(calendar: str, date: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        calendars.to_jdn(calendar, *date)


# --- moments -----------------------------------------------------------------------------------------------------------

DAYS = st.integers(min_value=1_000_000, max_value=2_500_000)


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    """Any moment whose bounds allow a start that is not behind its end."""
    days = sorted(draw(st.lists(DAYS, min_size=4, max_size=4)))
    if draw(st.booleans()):
        return moment.within(days[0], days[3], "day")
    start_lo, start_hi, end_lo, end_hi = (days[0], days[1], days[2], days[3])
    if draw(st.booleans()):
        start_hi, end_lo = end_lo, start_hi
    return Moment(
        draw(st.sampled_from([start_lo, None])), start_hi, end_lo, draw(st.sampled_from([end_hi, None])), "day", "gregorian"
    )


@given(moments(), moments())
def test_refutation_is_symmetric(a: Moment, b: Moment) -> None:
    assert (moment.meets(a, b) is False) == (moment.meets(b, a) is False)


@given(moments())
def test_a_moment_is_not_refuted_by_itself(a: Moment) -> None:
    assert moment.meets(a, a) is not False
    assert moment.before(a, a) is not True


@given(moments(), moments())
def test_before_and_meeting_exclude_each_other(a: Moment, b: Moment) -> None:
    if moment.before(a, b):
        assert moment.meets(a, b) is False
        assert moment.before(b, a) is not True


@given(moments(), moments())
def test_a_union_meets_what_its_parts_meet(a: Moment, b: Moment) -> None:
    both = moment.union(a, b)
    assert moment.meets(both, a) is not False
    assert moment.meets(both, b) is not False


@given(moments(), moments(), st.integers(min_value=-100_000, max_value=100_000))
def test_moving_both_changes_no_comparison(a: Moment, b: Moment, days: int) -> None:
    x, y = moment.shift(a, (days, days)), moment.shift(b, (days, days))
    assert moment.meets(a, b) == moment.meets(x, y)
    assert moment.before(a, b) == moment.before(x, y)


@given(moments(), moments(), st.integers(min_value=0, max_value=1000))
def test_vaguer_moments_refute_no_more(a: Moment, b: Moment, days: int) -> None:
    if moment.meets(moment.widen(a, days), b) is False:
        assert moment.meets(a, b) is False


@given(st.integers(min_value=-3000, max_value=2000).filter(bool), st.sampled_from(moment.PARTS))
def test_a_part_lies_in_its_whole(year: int, name: str) -> None:
    for whole in (moment.of(year), moment.decade(year), moment.century(year // 100 or 1)):
        part = moment.part(whole, name)
        assert moment.contains(whole, part)
        assert part.start_lo is not None
        assert part.end_hi is not None
        assert part.start_lo <= part.end_hi


@pytest.mark.parametrize(
    ("written", "known", "answer"),
    [
        ("1945", "1945-08-06", True),
        ("1945-08", "1945-08-06", True),
        ("1944", "1945-08-06", False),
        ("1945-08-06", "1945", None),
        ("1941", "1939-09-01/1945-09-02", True),
        ("1946", "1939-09-01/1945-09-02", False),
        ("1945-09-01/1946", "1939-09-01/1945-09-02", True),
        ("193X", "1939", True),
        ("1187-07-04", "[1187-07-03..1187-07-04]", None),
        ("1187-07-05", "[1187-07-03..1187-07-04]", False),
        ("1260", "../1258", False),
        ("1200", "../1258", None),
        ("1900", "1922-12-30/..", False),
        ("18XX", "1900", True),
    ],
)
def test_meeting(written: str, known: str, answer: bool | None) -> None:
    assert moment.meets(edtf.parse(written), edtf.parse(known)) is answer


def test_gaps_and_lengths() -> None:
    siege = edtf.parse("1453-04-06/1453-05-29")
    assert moment.length_days(siege) == (54, 54)
    assert moment.gap_days(edtf.parse("1453-04-06"), edtf.parse("1453-05-29")) == (53, 53)
    assert moment.gap_years(edtf.parse("1869-10-02"), edtf.parse("1948-01-30")) == (78, 78)
    assert moment.gap_years(edtf.parse("1869"), edtf.parse("1948")) == (78, 79)
    assert moment.gap_years(edtf.parse("27 BC"), edtf.parse("0014")) == (39, 40)


@pytest.mark.parametrize(
    ("text", "english", "arabic"),
    [
        ("1187-07-04", "4 July 1187", "4 تموز/يوليو 1187"),
        ("1945-08", "August 1945", "آب/أغسطس 1945"),
        ("480 BC", "480 BC", "480 ق.م"),
        ("1939/1945", "1939–1945", "1939–1945"),
        ("499 BC/449 BC", "499–449 BC", "499–449 ق.م"),
        ("1945-08-06/1945-08-09", "6–9 August 1945", "6–9 آب/أغسطس 1945"),
        ("05XX", "6th century", "القرن 6"),
        ("193X", "1930s", "1930–1939"),
        ("1942-22", "summer 1942", "صيف 1942"),
        ("4XX BC", "5th century BC", "القرن 5 ق.م"),
        ("1922-12-30/..", "from 30 December 1922", "من 30 كانون الأول/ديسمبر 1922"),
        ("../1258", "until 1258", "حتى 1258"),
    ],
)
def test_descriptions(text: str, english: str, arabic: str) -> None:
    assert moment.describe(edtf.parse(text), "en") == english
    assert moment.describe(edtf.parse(text), "ar") == arabic


def test_hijri_moments_describe_themselves_in_their_calendar() -> None:
    assert moment.describe(edtf.parse("0583-04-24", "islamic"), "en") == "24 Rabi II 583 AH"
    assert moment.describe(edtf.parse("0583", "islamic"), "ar") == "583 هـ"


# --- date strings ------------------------------------------------------------------------------------------------------


@given(st.integers(min_value=1_000_000, max_value=2_500_000), st.sampled_from(["", "julian", "islamic"]))
def test_days_come_back(jdn: int, calendar: str) -> None:
    text = edtf.date_string(*calendars.convert(jdn, calendar))
    assert edtf.format(edtf.parse(text, calendar)) == text


@pytest.mark.parametrize(
    "text",
    [
        "1945", "1945-08", "1945-08-09", "1939-09-01/1945-09-02", "1922-12-30/..", "../1258", "[1187-07-03..1187-07-04]",
        "[1942-07-17..1942-08-23]/1943-02-02", "057X", "05XX", "480 BC", "480-09 BC", "480-09-25 BC", "499 BC/449 BC", "48X BC",
        "4XX BC", "1XXX", "1942-21", "1942-22", "1942-23", "1582", "1582-10", "27 BC/0014",
    ],
)  # fmt: skip
def test_strings_come_back(text: str) -> None:
    assert edtf.format(edtf.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("570", "four digits: 0570"),
        ("0000", "no year 0"),
        ("1945/1939", "ends before it begins"),
        ("1945-02-30", "28 days"),
        ("1945-13", "no month 13"),
        ("1945-8", "two digits"),
        ("[1945..]", "needs both ends"),
        ("[1945", "without"),
        ("1939/1941/1945", "more than one"),
        ("", "empty"),
        ("..", "neither|not a"),
        ("../..", "neither"),
        ("next year", "not a"),
        ("١٩٤٥", "not a year"),
        ("-0479 BC", "either negative or BC"),
        ("XXXX", "not a year|too vague"),
        ("193X-05", "no month"),
    ],
)
def test_mistakes_are_explained(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        edtf.parse(text)


def test_unknown_calendars_are_named() -> None:
    with pytest.raises(ValueError, match="known are gregorian"):
        edtf.parse("1945", "mayan")


def test_days_before_1582_are_julian_and_later_ones_gregorian() -> None:
    assert edtf.parse("1582-10-04").start_lo == edtf.parse("1582-10-15").start_lo - 1  # type: ignore[operator]
    assert edtf.parse("1917-10-25", "julian") == edtf.parse("1917-11-07")._replace(calendar="julian")


def test_about_is_a_year_either_side_or_a_decade() -> None:
    assert moment.year_bounds(edtf.parse("0570~")) == (569, 571)
    assert moment.year_bounds(edtf.parse("057X~")) == (560, 589)
