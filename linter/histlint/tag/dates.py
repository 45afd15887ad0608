"""The grammar of one date: what may stand before a day, month or year, and which shape is tried in which order.

Each function reads one shape at a token and returns a draft or None; its rule name is what `histlint explain` shows. The shapes
are the same for all languages; the order of day and month and the clitics come from the wording's `style`.
"""

from __future__ import annotations

from histlint.tag import centuries, years
from histlint.tag.days import counted_day, read_day, read_month, read_numeric, read_season, read_year
from histlint.tag.draft import Draft
from histlint.tag.relatives import bare_unit, later_in, relative
from histlint.tag.timewords import Lex, Reader, bounded


@bounded
def date(r: Reader, i: int) -> Draft | None:
    """A date with what may stand before it: the article, part, time of day, weekday, day word."""
    start = i
    i = r.skip(i, "the")
    lex = r.at(i)
    if lex is None:
        return None
    cats = lex.cats
    found: Draft | None = None
    if "part" in cats:
        found = _part(r, i, lex)
    if found is None and "daypart" in cats:
        found = _daypart(r, i, lex)
    if found is None and "weekday" in cats:
        found = _weekday(r, i, lex)
    if found is None and ("later" in cats or "earlier" in cats):
        found = later_in(r, i, lex)
    if found is None:
        found = core(r, i)
    if found is None:
        return None
    # The article belongs to "the summer of 1942", not to "the 1942 campaign" or "the May 1958 crisis".
    plain = "month" in cats or (
        "digits" in cats and found.decade is None and found.century is None and not r.is_(i + 1, "suffix")
    )
    found.begin(i if plain else start)
    return found


@bounded
def core(r: Reader, i: int) -> Draft | None:
    """A date from its day, month, season, year, decade or century on."""
    lex = r.at(i)
    if lex is None:
        return None
    cats = lex.cats
    if "month" in cats:
        found = read_month(r, i, lex)
        if found:
            return found
    if "holiday" in cats:
        return _holiday(r, lex, i)
    if "season" in cats:
        return read_season(r, i, lex)
    if "decade" in cats:
        found = centuries.decade_word(r, i, lex)
        if found:
            return found
    if r.table.clitics and (lex.pre or "mid_month" in cats):
        found = counted_day(r, i, lex)
        if found:
            return found
    if "unit" in cats:
        found = _unit(r, i, lex)
        if found:
            return found
    if "digits" in cats or "num" in cats or "ord" in cats or "scale" in cats:
        found = read_numeric(r, i) or read_day(r, i) or centuries.century(r, i) or centuries.decade(r, i) or years.year(r, i)
        if found:
            return found
    elif "era_first" in cats:
        return years.year(r, i)
    if not cats.keys().isdisjoint(("this", "same", "next", "prev")):
        return relative(r, i)
    if "quote" in cats:
        return years.short(r, i)
    return centuries.roman_century(r, i) if "roman" in cats else None


def _part(r: Reader, i: int, lex: Lex) -> Draft | None:
    """Early, mid, late …: of a month, season, year, decade, century or of the narrative ones."""
    name = lex.cats["part"]
    j = lex.end
    if r.is_(j, "dash") and r.adjacent(j):
        j += 1
    j = r.skip(j, "of")
    inner = date(r, j) or bare_unit(r, j)
    if (
        inner is None
        or inner.kind != "date"
        or (inner.day is not None and not inner.daypart)
        or inner.weekday is not None
        or (inner.others and inner.century is None)
    ):
        return None
    if inner.month is None and inner.season is None and inner.rel is None and inner.daypart:
        return None
    if inner.others:
        inner.others[0].parts.insert(0, name)
        inner.begin(i)
        return inner
    inner.first = i
    inner.parts.insert(0, name)
    inner.rules.append("part-of")
    return inner


def _daypart(r: Reader, i: int, lex: Lex) -> Draft | None:
    """The morning, evening … of a day."""
    j = r.skip(r.skip(lex.end, "of"), "the")
    if r.has(j, "part") or r.has(j, "daypart"):
        return None
    inner = date(r, j)
    if (
        inner is None
        or inner.kind != "date"
        or (inner.day is None and inner.weekday is None and (inner.rel or ("",))[0] != "day")
    ):
        return None
    inner.begin(i)
    for draft in (*inner.others, inner):
        draft.daypart = lex.cats["daypart"]
    inner.rules.append("time-of-day")
    return inner


def _weekday(r: Reader, i: int, lex: Lex) -> Draft | None:
    """A weekday and the date behind it, or alone where it cannot be another word."""
    day, weak = lex.cats["weekday"]
    j = r.skip(lex.end, "comma", "dot" if weak and not r.table.clitics else "comma")  # "Mon. 5 June", but «كل اثنين. وفي …»
    equal = r.skip_phrase(j, "equals")
    of = r.skip(equal, "of", "date_word")
    for k in (of, equal) if of != equal else (equal,):
        k = r.skip(k, "the")
        inner = core(r, k)
        if inner and inner.kind == "date" and inner.day is not None and inner.weekday is None:
            if equal > j:
                inner.rules.append("equals")
            inner.begin(i)
            several = inner.others and not (r.has(i - 1, "weekday") or r.has(i - 2, "weekday"))
            (inner.others[0] if several else inner).weekday = day
            inner.rules.append("weekday-date")
            return inner
    if r.table.clitics:
        ok = not weak or r.has(i - 1, "daypart") is not None or (_day_word(r, i - 1) and not r.is_(lex.end, "and"))
    else:
        ok = not weak and r.capital(i)
    if not ok:
        return None
    draft = Draft(i, lex.end, "weekday")
    draft.weekday = day
    modifier = r.at(lex.end)
    if modifier:
        for category, amount in (("next", 1), ("prev", -1)):
            if category in modifier.cats and r.table.clitics:
                draft.last, draft.rel = modifier.end, ("weekday", amount)
    inner = relative(r, r.skip(lex.end, "of")) if r.is_(lex.end, "of") else None
    if inner and inner.rel and inner.rel[0] == "week":
        draft.last, draft.rel = inner.last, inner.rel
    return draft


def _day_word(r: Reader, i: int) -> bool:
    unit = r.has(i, "unit")
    return bool(unit) and unit[0] in ("day", "night")


def _unit(r: Reader, i: int, lex: Lex) -> Draft | None:
    """What begins with the name of a unit: «عام 1945», «يوم 4 تموز», «شهر آب», «القرن التاسع عشر», «العام التالي»."""
    unit, number = lex.cats["unit"]
    if unit in ("day", "night"):
        inner: Draft | None = None
        if number != 0 or r.table.clitics:
            j = r.skip(r.skip(lex.end, "of"), "the")
            j = r.skip(j, "date_word")
            follow = r.at(j)
            if follow and "weekday" in follow.cats:
                inner = _weekday(r, j, follow)
            elif follow and r.table.clitics:
                inner = (read_numeric(r, j) or read_day(r, j)) if "month" not in follow.cats else None
            if inner:
                inner.begin(i)
                if unit == "night":
                    inner.daypart = "TNI"
                return inner
    elif unit == "month" and number in (1, 2):
        month = r.at(lex.end)
        if month and "month" in month.cats and r.table.clitics:
            inner = read_month(r, lex.end, month)
            if inner:
                inner.begin(i)
                return inner
    elif unit == "year":
        inner = years.year_word(r, i, lex)
        if inner:
            return inner
    elif unit in ("decade", "century", "millennium"):
        inner = centuries.long_unit(r, i, lex)
        if inner:
            return inner
    return relative(r, i)


def _holiday(r: Reader, lex: Lex, i: int) -> Draft | None:
    """A feast with a fixed day: «عيد الفطر سنة 658 هـ», "Christmas Day 800"."""
    calendar, month, day = lex.cats["holiday"].split()
    draft = Draft(i, lex.end, "holiday")
    draft.month, draft.day, draft.month_calendar = int(month), int(day), calendar
    read_year(r, draft, day=True)
    return draft
