"""The grammar of days, months and seasons, each with the year that stands behind it."""

from __future__ import annotations

from histlint.tag import years
from histlint.tag.draft import Draft
from histlint.tag.evidence import small_years, take_era, take_style
from histlint.tag.numbers import Number, read, shared_tens
from histlint.tag.relatives import bare_unit, relative
from histlint.tag.timewords import Lex, Reader, bounded


def read_numeric(r: Reader, i: int) -> Draft | None:
    """4/7/1187, 04.07.1187, 1187-07-04."""
    if i + 4 >= r.size:
        return None
    first, mark, second, mark2, third = (r.tokens[k] for k in range(i, i + 5))
    if mark[0] != mark2[0] or mark[0] not in "/.-–" or second[3] != "number" or third[3] != "number":
        return None
    if not all(r.adjacent(k) for k in range(i + 1, i + 5)) or first[3] != "number" or r.adjacent(i) or len(second[0]) > 2:
        if not (r.adjacent(i) and r.is_(i - 1, "open")):
            return None
        if first[3] != "number" or len(second[0]) > 2 or not all(r.adjacent(k) for k in range(i + 1, i + 5)):
            return None
    a, b, c = int(first[0]), int(second[0]), int(third[0])
    draft = Draft(i, i + 5, "numeric-date")
    if len(first[0]) == 4 and 1 <= b <= 12 and 1 <= c <= 31:
        draft.year, draft.month, draft.day = a, b, c
    elif len(third[0]) in (2, 3, 4) and len(first[0]) <= 2:
        if r.table.month_first and a <= 12:
            a, b = b, a
        if b > 12 and a <= 12:
            a, b = b, a
        if not (1 <= b <= 12 and 1 <= a <= 31):
            return None
        draft.day, draft.month, draft.year = a, b, c
        draft.short_year = len(third[0]) == 2
        if a <= 12 and a != b:
            draft.numeric_alternative = (b, a)
    else:
        return None
    take_era(r, draft)
    if draft.short_year and draft.era:
        draft.short_year = False
    return draft


def read_day(r: Reader, i: int) -> Draft | None:
    """A day and its month: «4 تموز 1187», «الرابع من شهر تموز», "the 4th of July", "8–9 August 1945", "3, 4 and 5 May"."""
    number = read(r, i)
    if number is None or not 1 <= number.value <= 31 or not r.plain(i):
        return None
    days = [(i, number)]
    joins = []
    j = number.end
    while len(days) < 5:
        k, join = joiner(r, j)
        if not join:
            break
        k = r.skip(k, "the")
        following = read(r, k)
        if following is None or not 1 <= following.value <= 31 or not r.plain(k):
            break
        days.append((k, following))
        joins.append(join)
        j = following.end
    while days:
        found = _month_of_day(r, days[-1][0], days[-1][1])
        if found:
            break
        days.pop()
        if joins:
            joins.pop()
    else:
        return None
    if len(days) == 2 and r.table.clitics:
        days[0] = (days[0][0], shared_tens(days[0][1], days[1][1]))
    if len(days) > 1:
        if days[0][1].value >= days[-1][1].value and joins[0] == "range":
            return None
        for at, number in days[:-1]:
            other = Draft(at, number.end, "shared-month")
            other.day = number.value
            found.others.append(other)
        found.first = days[-1][0]
        between = joins == ["list"] and (r.is_(i - 1, "between") or (r.is_(i - 2, "between") and r.has(i - 1, "unit")))
        found.join = "range" if joins == ["range"] or between else "list"
    return found


def counted_day(r: Reader, i: int, lex: Lex) -> Draft | None:
    """Days as chroniclers count them: «لثلاث خلون من شعبان», «لست بقين من رمضان», «للنصف من رجب»."""
    if "mid_month" in lex.cats:
        day, j = 15, lex.end
    else:
        number = read(r, i)
        unit, count = lex.cats.get("unit", ("", 0))
        if number is None and unit == "night" and count in (1, 2):
            number = Number(count, lex.end)
        if number is None or not 1 <= number.value <= 29:
            return None
        nights = r.at(number.end)
        j = nights.end if nights and nights.cats.get("unit", ("",))[0] in ("night", "day") else number.end
        if r.is_(j, "passed"):
            day = number.value
        elif r.is_(j, "left"):
            day = 30 - number.value
        else:
            return None
        j = r.skip(j + 1, "of")
    month = r.at(j)
    if month and "unit" in month.cats and month.cats["unit"] == ("month", 1):
        month = r.at(month.end)
    if month is None or "month" not in month.cats:
        return None
    draft = Draft(i, month.end, "counted-day")
    draft.day = day
    draft.month_calendar, draft.month = month.cats["month"][:2]
    read_year(r, draft, day=True)
    return draft


def joiner(r: Reader, i: int) -> tuple[int, str]:
    """What may join two days: (index behind it, "range" or "list")."""
    lex = r.word(i)
    if lex is None:
        return i, ""
    cats = lex.cats
    if "dash" in cats:
        return lex.end, "range"
    if "comma" in cats:
        following = r.word(lex.end)
        if following and "and" in following.cats:
            return following.end, "list"
        return lex.end, "list"
    if "to" in cats and "and" not in cats and not (r.table.clitics and "of" in cats):
        return lex.end, "range"
    if "slash" in cats:
        return lex.end, "range"  # "the night of 8/9 May"
    if "and" in cats or "or" in cats:
        return lex.end, "list"
    if lex.conj:
        return i, "list"
    return i, ""


def _month_of_day(r: Reader, i: int, number: Number) -> Draft | None:
    j = number.end
    if r.is_(j, "of_that_month"):
        return _day_of_that_month(r, i, number)
    of = r.skip(j, "of")
    if r.is_(of, "the") and not r.table.clitics:
        return None if r.has(of + 1, "month") else _day_of_narrative(r, i, number, of)
    month_word = r.at(of)
    k = of
    if month_word and month_word.cats.get("unit", ("", 0)) == ("month", 1):
        k = month_word.end
    dash = r.is_(k, "dash") and r.adjacent(k)
    lex = r.at(k + 1 if dash else k)
    if lex is None or "month" not in lex.cats:
        return _day_of_narrative(r, i, number, of) if of > j else None
    calendar, month, level = lex.cats["month"]
    if r.table.clitics and number.ordinal is False and number.words and of == j and not number.article:
        return None  # «خمسة آب»
    if r.table.clitics and number.ordinal is False and number.words and number.article:
        return None  # «انتحر الاثنان في أغسطس»
    if not r.table.clitics and level and not r.capital(lex.end - 1) and not number.ordinal:
        return None
    if not r.table.clitics and number.words and not number.ordinal:
        return None
    draft = Draft(i, lex.end, "day-month")
    draft.day, draft.month, draft.month_calendar = number.value, month, calendar
    draft.last = _month_alias(r, lex.end, calendar, month)
    read_year(r, draft, day=True)
    if draft.year is None and draft.rel is None and draft.month_calendar != "islamic":
        return _old_style(r, draft) or draft
    return draft


def _old_style(r: Reader, old: Draft) -> Draft | None:
    """The same day in both calendars, the year written once: "25 October (7 November) 1917", "25 October/7 November 1917"."""
    opened = r.is_(old.last, "open")
    if not opened and not r.is_(old.last, "slash"):
        return None
    number = read(r, old.last + 1)
    month = r.at(number.end) if number else None
    if number is None or month is None or month.cats.get("month", ("",))[0] != "gregorian":
        return None
    last = _month_alias(r, month.end, "gregorian", month.cats["month"][1])
    if opened and not r.is_(last, "close"):
        return None
    new = Draft(old.last + 1, last + 1 if opened else last, "new-style")
    new.day, new.month, new.month_calendar = number.value, month.cats["month"][1], "gregorian"
    apart = (new.month - (old.month or 0)) % 12 * 30 + new.day - (old.day or 0)
    if not 8 <= apart <= 15:
        return None
    read_year(r, new, day=True)
    if new.year is None:
        return None
    old.calendar, new.calendar = "julian", new.calendar or "gregorian"
    old.rules = ["old-style"]
    new.others, new.join = [old], "list"
    return new


def _day_of_narrative(r: Reader, i: int, number: Number, j: int) -> Draft | None:
    """«الثالث من الشهر نفسه», "the 4th of the following month"."""
    if not number.ordinal and r.table.clitics and not number.article and number.words:
        return None
    inner = relative(r, j)
    if inner is None or inner.rel is None or inner.rel[0] != "month":
        return None
    inner.first = i
    inner.day = number.value
    inner.rules.append("day-of-narrative-month")
    return inner


_NAMED_BEFORE = 20
"""Words before "of it" within which the month is named."""


def _day_of_that_month(r: Reader, i: int, number: Number) -> Draft | None:
    """«في 28 منه»: a day of the month named just before."""
    if number.words and not (number.ordinal and number.article):
        return None
    if not (r.is_(i - 1, "in") or r.is_(i - 1, "to") or r.has(i - 1, "rel")):
        return None
    if not any(r.is_(k, "month") for k in range(max(0, i - _NAMED_BEFORE), i)):
        return None
    draft = Draft(i, number.end + 1, "day-of-narrative-month")
    draft.day, draft.rel = number.value, ("month", 0)
    return draft


def _month_alias(r: Reader, i: int, calendar: str, month: int) -> int:
    """The index behind the month's other name: «آب/أغسطس», «تشرين الأول (أكتوبر)»."""
    lex = r.word(i)
    if lex is None:
        return i
    if "dot" in lex.cats and r.adjacent(i) and len(r.tokens[i - 1][0]) <= 4 and r.is_(i + 1, "digits"):
        return i + 1  # an abbreviated name
    opened = "open" in lex.cats
    j = lex.end if opened or "slash" in lex.cats or "dash" in lex.cats else i
    other = r.at(j)
    if other is None or other.cats.get("month", ("", 0))[:2] != (calendar, month):
        return i
    if not opened:
        return other.end
    return other.end + 1 if r.is_(other.end, "close") else i


@bounded
def read_month(r: Reader, i: int, lex: Lex) -> Draft | None:
    """A month: with its year, in English with its day, or alone where the word can be nothing else."""
    calendar, month, level = lex.cats["month"]
    draft = Draft(i, lex.end, "month")
    draft.month, draft.month_calendar = month, calendar
    if not r.table.clitics and not r.capital(i) and not (r.is_(lex.end, "digits") and level == 0):
        return None
    draft.last = _month_alias(r, lex.end, calendar, month)
    if r.table.month_day:
        found = _month_day(r, i, draft)
        if found:
            return found
    read_year(r, draft, day=False)
    if draft.last > lex.end + 1 or draft.year is not None or draft.rel:
        return draft
    k, join = joiner(r, draft.last)
    if (
        join
        and (second := r.at(k))
        and second.cats.get("month", ("", 0, 2))[0] == calendar
        and (level == 0 or r.is_(k - 1, "slash") or r.is_(k - 1, "dash"))
    ):
        other = read_month(r, k, second)
        if other and other.day is None and other.month != month and other.year is not None:
            draft.rules = ["shared-year"]
            other.others.append(draft)
            other.join = "list" if join == "list" and not r.is_(k - 1, "slash") else "range"
            return other
    if level and not _month_context(r, i, level):
        return None
    return draft


def _month_context(r: Reader, i: int, level: int) -> bool:
    """Whether a month's name that is also another word is meant as a month."""
    before = r.word(i - 2 if r.is_(i - 1, "dash") and r.adjacent(i) else i - 1)
    here = r.word(i)
    if before and before.cats.get("unit", ("", 0)) == ("month", 1):
        return True
    if level == 2:
        return bool(before and "part" in before.cats and "mid" in str(before.cats["part"]))
    if here and here.conj:
        return False
    return bool(before and ("in" in before.cats or "part" in before.cats or "rel" in before.cats or "from" in before.cats))


def _month_day(r: Reader, i: int, draft: Draft) -> Draft | None:
    """ "July 4, 1187", "July 4–8", "July 12 and 13"."""
    j = r.skip(draft.last, "the")
    number = read(r, j)
    if number is None or not 1 <= number.value <= 31 or not r.plain(j) or (number.words and not number.ordinal):
        return None
    if r.is_(number.end, "slash") or (
        r.is_(number.end, "dot") and r.is_(number.end + 1, "digits") and r.adjacent(number.end + 1)
    ):
        return None
    if r.has(number.end, "era") or _year_of_month(r, i, number):
        return None
    if number.words and number.end < r.size and r.tokens[number.end][3] == "word" and r.capital(number.end):
        return None  # "May the Second Squadron"
    following = r.at(number.end)
    if following and "month" in following.cats and draft.month_calendar == "gregorian":
        return None  # "from May 3 June" is no date
    draft.rules = ["month-day"]
    days = [(i, number)]
    joins = []
    k = number.end
    while len(days) < 5:
        at, join = joiner(r, k)
        after = read(r, r.skip(at, "the")) if join else None
        if after is None or not 1 <= after.value <= 31 or not r.plain(at) or after.value <= days[-1][1].value:
            break
        if (
            (after.words and not after.ordinal)
            or r.has(after.end, "month")
            or r.has(after.end, "unit")
            or r.has(after.end, "era")
        ):
            break
        if r.is_(at - 1, "comma") and not r.is_(after.end, "and"):
            break
        days.append((at, after))
        joins.append(join)
        k = after.end
    for at, one in days[:-1]:
        other = Draft(at, one.end, "shared-month")
        other.day = one.value
        draft.others.append(other)
    if len(days) > 1:
        draft.first = days[-1][0]
        draft.join = "range" if joins == ["range"] or (joins == ["list"] and r.is_(i - 1, "between")) else "list"
    draft.day, draft.last = days[-1][1].value, days[-1][1].end
    read_year(r, draft, day=True)
    return draft


def _year_of_month(r: Reader, i: int, number: Number) -> bool:
    """Whether a number behind "in" and a month is a year of one or two figures: "at Actium in September 31"."""
    return r.is_(i - 1, "in_year") and not (number.words or number.ordinal) and small_years(r)


def read_year(r: Reader, draft: Draft, *, day: bool) -> None:
    """The year behind a month or season: absolute, or «من العام نفسه»."""
    j = draft.last
    if r.is_(j, "dash") and r.adjacent(j) and r.is_(j + 1, "digits") and len(r.tokens[j + 1][0]) == 4:
        j += 1
    comma = r.is_(j, "comma")
    k = r.skip(j, "comma")
    of = r.skip(k, "of")
    the = r.skip(of, "the")
    found = years.year_behind(r, of if r.table.clitics else the, draft.month_calendar, day=day, comma=comma)
    if found is None and not comma:
        found = relative(r, of)
        if found and (found.rel is None or found.rel[0] != "year" or found.month is not None or found.season is not None):
            found = None
        if found is None and of > k:
            found = bare_unit(r, of)
            if found and found.rel != ("year", 0):
                found = None
        if found is None and draft.month is not None and not day and r.table.clitics and of > k:
            found = None
    if found:
        draft.take(found)
    else:
        take_style(r, draft)


@bounded
def read_season(r: Reader, i: int, lex: Lex) -> Draft | None:
    """A season: with its year, or alone behind a preposition."""
    number, weak = lex.cats["season"]
    draft = Draft(i, lex.end, "season")
    draft.season = number
    read_year(r, draft, day=False)
    if draft.year is not None or draft.rel:
        if number == 4 and draft.year is not None and draft.year_end is None:
            years.second_year(r, draft)
        return draft
    k, join = joiner(r, draft.last)
    if join and (second := r.at(k)) and "season" in second.cats:
        other = read_season(r, k, second)
        if other and other.year is not None and not other.others:
            draft.rules = ["shared-year"]
            other.others.append(draft)
            other.join = "list" if not r.is_(k - 1, "dash") else "range"
            return other
    if r.table.clitics:
        # «الربيع العربي», «ربيع» as a name: only behind a preposition, with the article or a relative word
        modifier = r.at(lex.end)
        if lex.article and modifier and ("next" in modifier.cats or "prev" in modifier.cats or "same" in modifier.cats):
            draft.last = modifier.end
            draft.rel = ("season", 1 if "next" in modifier.cats else -1 if "prev" in modifier.cats else 0)
            return draft
        before = r.word(i - 1)
        if lex.article and before and "in" in before.cats and number != 1:
            return draft
        return None
    before = r.word(i - 1)
    if before and "the" in before.cats:
        before = r.word(i - 2)
    if weak and not (before and (("in" in before.cats and not {"to", "and"} & before.cats.keys()) or "part" in before.cats)):
        return None
    if weak and r.is_(lex.end, "of"):
        return None
    return draft
