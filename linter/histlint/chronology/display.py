"""Moments as short text for a reader. The only words that the chronology knows; a third language adds one table."""

from __future__ import annotations

from histlint.chronology import calendars, moment
from histlint.model import Moment

_GREGORIAN_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_GREGORIAN_AR = (
    "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو",
    "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
)  # fmt: skip
_ISLAMIC_EN = (
    "Muharram", "Safar", "Rabi I", "Rabi II", "Jumada I", "Jumada II",
    "Rajab", "Sha'ban", "Ramadan", "Shawwal", "Dhu al-Qa'da", "Dhu al-Hijja",
)  # fmt: skip
_ISLAMIC_AR = (
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
    "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
)  # fmt: skip

_WORDS: dict[str, dict[str, str | tuple[str, ...]]] = {
    "en": {
        "months": _GREGORIAN_EN,
        "islamic": _ISLAMIC_EN,
        "seasons": ("", "spring", "summer", "autumn", "winter"),
        "weekdays": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        "bc": "{} BC",
        "ah": "{} AH",
        "bh": "{} BH",
        "decade": "{}s",
        "century": "{} century",
        "millennium": "{} millennium",
        "julian": "{} (Julian)",
        "from": "from {}",
        "to": "until {}",
        "between": "between {} and {}",
    },
    "ar": {
        "months": _GREGORIAN_AR,
        "islamic": _ISLAMIC_AR,
        "seasons": ("", "ربيع", "صيف", "خريف", "شتاء"),
        "weekdays": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
        "bc": "{} ق.م",
        "ah": "{} هـ",
        "bh": "{} ق.هـ",
        "century": "القرن {}",
        "millennium": "الألف {}",
        "julian": "{} (يولياني)",
        "from": "من {}",
        "to": "حتى {}",
        "between": "بين {} و{}",
    },
}


def describe(value: Moment, lang: str) -> str:
    """See `moment.describe`. A language without a table is described in English."""
    words = _WORDS.get(lang, _WORDS["en"])
    start = _edge(value.start_lo, value.start_hi, value, words, lang)
    if (value.start_lo, value.start_hi) == (value.end_lo, value.end_hi):
        text = start
    elif value.end_hi is None:
        text = str(words["from"]).format(start)
    elif value.start_lo is None:
        text = str(words["to"]).format(_edge(value.end_lo, value.end_hi, value, words, lang))
    else:
        text = _range(value, words, lang)
    later = value.start_lo is not None and value.start_lo >= calendars.GREGORIAN_START
    return str(words["julian"]).format(text) if value.calendar == "julian" and later else text


def weekday_name(day: int, lang: str) -> str:
    """Name of a weekday, 0 Monday to 6 Sunday."""
    return str(_WORDS.get(lang, _WORDS["en"])["weekdays"][day])


def month_name(calendar: str, month: int, lang: str) -> str:
    """Name of a month of the Gregorian, Julian or Islamic calendar."""
    return str(_WORDS.get(lang, _WORDS["en"])["islamic" if calendar == "islamic" else "months"][month - 1])


def _range(value: Moment, words: dict[str, str | tuple[str, ...]], lang: str) -> str:
    """ "1939–1945", "4–8 July 1187", else both ends in full."""
    start = _edge(value.start_lo, value.start_hi, value, words, lang)
    end = _edge(value.end_lo, value.end_hi, value, words, lang)
    first, last = start.split(" "), end.split(" ")
    if value.start_lo == value.start_hi and value.end_lo == value.end_hi and first[1:] == last[1:]:
        return f"{first[0]}–{end}"
    if start.isdigit() and end.isdigit():
        return f"{start}–{end}"
    if len(first) > 1 and first[0].isdigit() and last[0].isdigit() and first[1:] == last[1:]:
        return f"{first[0]}–{end}"
    return f"{start} – {end}"


def _edge(low: int | None, high: int | None, value: Moment, words: dict[str, str | tuple[str, ...]], lang: str) -> str:
    if low is None or high is None:
        known = low if high is None else high
        return "…" if known is None else _day(known, value.calendar, words)
    if value.calendar == "islamic":
        low, high = low + moment.ISLAMIC_TOLERANCE, high - moment.ISLAMIC_TOLERANCE
    if low >= high:
        return _day(low, value.calendar, words)
    y1, m1, d1 = _convert(low, value.calendar)
    y2, m2, d2 = _convert(high, value.calendar)
    if value.precision == "season" and value.calendar != "islamic":
        number = (m1 % 12) // 3
        return f"{words['seasons'][number or 4]} {_year(y1, value.calendar, words)}"
    if d1 == 1 and d2 >= 29 - (m2 == 2):
        if (y1, m1) == (y2, m2):
            return f"{_month(m1, value.calendar, words)} {_year(y1, value.calendar, words)}".strip()
        if m1 == 1 and m2 == calendars.MONTHS.get(value.calendar, 12):
            if y1 == y2:
                return _year(y1, value.calendar, words)
            if value.precision == "century" and abs(y2 - y1) in (99, 100):
                number = -(-y2 // 100) if y2 > 0 else -y1 // 100
                return _era(str(words["century"]).format(_ordinal(number, lang)), y1, value.calendar, words)
            if value.precision == "decade" and "decade" in words and abs(y2 - y1) in (8, 9) and y1 > 0:
                return _era(str(words["decade"]).format(y2 // 10 * 10), y1, value.calendar, words)
            return f"{_year(y1, value.calendar, words) if y1 * y2 < 0 else abs(y1)}–{_year(y2, value.calendar, words)}"
    return str(words["between"]).format(_day(low, value.calendar, words), _day(high, value.calendar, words))


def _day(jdn: int, calendar: str, words: dict[str, str | tuple[str, ...]]) -> str:
    year, month, day = _convert(jdn, calendar)
    return f"{day} {_month(month, calendar, words)} {_year(year, calendar, words)}"


def _month(month: int, calendar: str, words: dict[str, str | tuple[str, ...]]) -> str:
    return str(words["islamic" if calendar == "islamic" else "months"][month - 1])


def _year(year: int, calendar: str, words: dict[str, str | tuple[str, ...]]) -> str:
    return _era(str(abs(year)), year, calendar, words)


def _era(text: str, year: int, calendar: str, words: dict[str, str | tuple[str, ...]]) -> str:
    if calendar == "islamic":
        return str(words["ah" if year > 0 else "bh"]).format(text)
    return str(words["bc"]).format(text) if year < 0 else text


def _ordinal(number: int, lang: str) -> str:
    if lang != "en":
        return str(number)
    tail = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number % 100 // 10 != 1 else 0, "th")
    return f"{number}{tail}"


def _convert(jdn: int, calendar: str) -> tuple[int, int, int]:
    """Dates print in the calendar they were written in; Coptic and other rarer ones in the historian's default."""
    if calendar == "islamic" or (calendar == "julian" and jdn >= calendars.GREGORIAN_START):
        return calendars.from_jdn(calendar, jdn)
    return calendars.civil_from_jdn(jdn)
