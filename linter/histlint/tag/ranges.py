"""The grammar of ranges: two dates joined to one period, each giving the other the fields that were written once."""

from __future__ import annotations

from histlint.tag.dates import date
from histlint.tag.draft import Draft
from histlint.tag.evidence import counted, glued, is_general, small_years, take_era
from histlint.tag.numbers import read, year_pair
from histlint.tag.spans import span, vague
from histlint.tag.timewords import Reader

_RANGE_STARTS = frozenset(("digits", "num", "scale", "unit", "era_first", "about"))


def expression(r: Reader, i: int, *, with_vague: bool = False) -> list[Draft]:
    """The drafts of the expression that begins at token `i`; a range is one draft with `join` "range"."""
    found = _year_range(r, i) or date(r, i)
    if found is None:
        found = span(r, i)
        if found is None:
            found = vague(r, i) if with_vague else None
        return [found] if found else []
    if found.kind == "date" and not found.join:
        found = _range(r, i, found)
    if found.join == "list":
        return _listed(found)
    if found.join == "range":
        share(found.others[0], found)
    return [found]


def start_of(draft: Draft) -> int:
    """First token of a draft with its others."""
    return min([draft.first, *(other.first for other in draft.others)])


def _listed(found: Draft) -> list[Draft]:
    """A list as single drafts that share their fields."""
    others, found.others, found.join = found.others, [], ""
    for other in reversed(others):
        share(other, found)
    return [*others, found]


def _connector(r: Reader, i: int) -> tuple[int, str]:
    lex = r.at(i)
    if lex is None:
        return i, ""
    if "dash" in lex.cats:
        return lex.end, "dash"
    if "to" in lex.cats and "and" not in lex.cats:
        return lex.end, "to"
    if "and" in lex.cats:
        return lex.end, "and"
    if lex.cats.get("rel") == "until":
        return lex.end, "to"
    if lex.conj and r.table.clitics:
        return i, "and"
    return i, ""


def _opened_by(r: Reader, i: int, category: str) -> bool:
    """Whether "from" or "between" stands before token `i`, perhaps with a unit word between."""
    for back in (1, 2):
        if r.is_(i - back, category):
            return True
        if back == 1 and not (r.has(i - 1, "unit") or r.has(i - 1, "about") or r.is_(i - 1, "the")):
            return False
    return False


def _year_range(r: Reader, i: int) -> Draft | None:
    """Two bare years that make each other sure: "1939–45", «(786-809م)», "from 499 to 493 BC", «بين 1095 و1291»."""
    start = i
    word = r.at(i)
    if word is None or _RANGE_STARTS.isdisjoint(word.cats):
        return None
    if "unit" in word.cats and word.cats["unit"][0] == "year" and not is_general(r, i):
        i = word.end
    i = r.skip(i, "open") if i > start else i
    era = r.has(i, "era_first") and r.has(i, "era")
    if era:
        i = r.skip_phrase(i, "era_first")
    i2 = r.skip_phrase(i, "about")
    first = _bare_number(r, i2)
    if first is None:
        return None
    value, end = first
    left = Draft(start if i > start and not era else i2 if not era else start, end, "year")
    left.year = value
    left.about = i2 > i
    take_era(r, left)
    left.era = left.era or str(era or "")
    j, kind = _connector(r, left.last)
    if not kind:
        return None
    if kind == "and" and not _opened_by(r, start, "between"):
        return None
    if kind == "dash" and (not r.adjacent(j) and r.adjacent(j - 1)):
        return None
    k = r.skip(j, "the")
    unit = r.at(k)
    if unit and "unit" in unit.cats:
        if unit.cats["unit"][0] != "year":
            return None
        k = unit.end
    k = r.skip_phrase(k, "about")
    if r.has(k, "era_first"):
        return None
    second = _bare_number(r, k)
    if second is None:
        return None
    right = Draft(k, second[1], "year")
    right.year = second[0]
    take_era(r, right)
    if counted(r, right.last) and not right.era and not (unit and "unit" in unit.cats):
        return None
    if r.has(right.last, "month") or (left.era and right.era and left.calendar != right.calendar):
        return None
    if glued(r, i2, end) and kind != "dash":
        return None
    if r.ends_with(i2, "not_before") or (r.adjacent(i2) and r.tokens[i2 - 1][0] in "/.-–:"):
        return None
    if r.adjacent(right.last) and r.is_(right.last, "dash") and r.is_(right.last + 1, "digits"):
        return None
    if not _sure_years(r, start, left, right, kind, i > start):
        return None
    if right.last < r.size and r.adjacent(right.last) and r.tokens[right.last][3] == "word":
        return None
    short = right.year is not None and left.year is not None and right.year < 100 <= left.year and left.year % 100 < right.year
    if short and right.year and left.year and right.era not in ("bce", "bh"):
        right.year += left.year // 100 * 100
    right.others, right.join = [left], "range"
    right.rules.append("year-range")
    return right


def _bare_number(r: Reader, i: int) -> tuple[int, int] | None:
    number = year_pair(r, i) or read(r, i)
    if number is None or number.ordinal or not 1 <= number.value <= 9999:
        return None
    if not number.words and (not r.plain(i) or number.end != i + 1):
        return None
    if number.words and number.value < 100:
        return None
    return number.value, number.end


def _sure_years(r: Reader, start: int, left: Draft, right: Draft, kind: str, worded: bool) -> bool:
    a, b = left.year or 0, right.year or 0
    era = left.era or right.era
    if era:
        return not (era == "ce" and a < 32 and not _opened_by(r, start, "from") and not worded and kind != "dash")
    if worded:
        return a >= 100 and (b >= 100 or b > a % 100)
    before = r.word(start - 1)
    cats = before.cats if before else {}
    framed = "open" in cats and (r.is_(right.last, "close") or r.is_(right.last, "stop") or r.is_(right.last, "comma"))
    if 1000 <= a <= 2100 and len(r.tokens[start][0]) == 4:
        if 1000 <= b <= 2100 and a < b:
            return (
                kind == "dash" or framed or _opened_by(r, start, "from") or _opened_by(r, start, "between") or not r.table.clitics
            )
        return kind == "dash" and 10 <= b <= 99 and a % 100 < b and len(r.tokens[right.last - 1][0]) == 2
    if 100 <= a <= 999 and 100 <= b <= 2100:
        opened = _opened_by(r, start, "from") or _opened_by(r, start, "between") or (kind == "dash" and "in" in cats)
        return framed or (small_years(r) and opened)
    return False


def _range(r: Reader, i: int, left: Draft) -> Draft:
    """Extends a date to a range where a connector and another date follow."""
    j, kind = _connector(r, left.last)
    if not kind:
        return left
    if kind == "and" and not _opened_by(r, i, "between"):
        return left
    if left.year is None and left.rel is None and not left.dated and left.weekday is None:
        return left
    if r.is_(j, "from"):
        return left
    right = (_year_range(r, j) and None) or date(r, j)
    if right is None or right.kind != "date" or right.others:
        return left
    if (
        kind == "dash"
        and (left.day is None) != (right.day is None)
        and right.dated
        and not r.adjacent(j)
        and right.rel is not None
    ):
        return left  # a spaced dash is often a pause
    if right.rel is not None and kind != "to" and kind != "and":
        return left
    if kind == "to" and left.day is None and right.day is not None and left.year is not None and right.year is None:
        return left
    if left.era and right.era and left.calendar != right.calendar:
        return left  # two calendars: twins, not a range
    if kind == "to" and not (_opened_by(r, i, "from") or _opened_by(r, i, "between")):
        same = (left.day is None) == (right.day is None) and (left.month is None) == (right.month is None)
        if not same:
            return left
    right.others, right.join = [left], "range"
    right.rules.append("range")
    return right


def share(left: Draft, right: Draft) -> None:
    """Each end of a range, and each item of a list, takes what only the other says."""
    if left.kind != "date" or right.kind != "date":
        return
    if left.era == "" and right.era:
        if right.era not in ("bce", "bh") or left.year is None or right.year is None or left.year >= right.year or left.century:
            left.era = right.era
            left.calendar = left.calendar or right.calendar
        elif right.era in ("bce", "bh"):
            left.era = right.era
    elif right.era == "" and left.era and left.era in ("ah", "ap", "am", "ag"):
        right.era, right.calendar = left.era, right.calendar or left.calendar
    elif (
        right.era == ""
        and left.era in ("bce", "bh")
        and right.year is not None
        and left.year is not None
        and right.year < left.year
    ):
        right.era = left.era
    if left.day is not None and left.month is None and left.rel is None:
        left.month, left.month_calendar, left.rel = right.month, right.month_calendar, right.rel
    if right.calendar and not left.calendar and left.month is None and left.year is not None and left.era == "":
        left.calendar = right.calendar
    if left.year is None and right.year is not None and left.rel is None and (left.month or left.season):
        left.year, left.short_year = right.year, right.short_year
        earlier = (
            left.month is not None
            and right.month is not None
            and left.month > right.month
            and left.month_calendar == right.month_calendar
        )
        earlier = earlier or (left.season is not None and right.season is not None and left.season > right.season)
        if earlier:
            left.year = right.year + 1 if right.era == "bce" else right.year - 1
    elif right.year is None and left.year is not None and right.rel is None and (right.month or right.season):
        right.year, right.short_year = left.year, left.short_year
        later = (
            left.month is not None
            and right.month is not None
            and right.month < left.month
            and left.month_calendar == right.month_calendar
        )
        if later:
            right.year = left.year - 1 if left.era == "bce" else left.year + 1
    elif (
        left.year is None
        and left.rel is None
        and right.rel is not None
        and right.rel[0] == "year"
        and (left.month or left.season)
    ):
        left.rel = right.rel
    if right.year is not None and left.year is not None and right.short_year and right.year < 100 <= left.year:
        right.year += left.year // 100 * 100
        right.short_year = False
