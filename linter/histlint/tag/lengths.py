"""The grammar of measured lengths of time: a number and a unit."""

from __future__ import annotations

from histlint.tag.numbers import read
from histlint.tag.timewords import Lex, Reader

ISO_UNITS = {"minute": "T{}M", "hour": "T{}H", "day": "{}D", "night": "{}D", "week": "{}W", "month": "{}M", "year": "{}Y"}
_YEARS = {"decade": 10, "century": 100, "millennium": 1000}
_MOST = 300
"""Decades or centuries that nobody counts: a higher number is a year."""


def length_days(unit: str, low: float, high: float) -> tuple[int, int]:
    """Fewest and most days of `low` to `high` units."""
    if unit in ("minute", "hour"):
        return 0, max(1, round(high / (24 if unit == "hour" else 1440)))
    if unit in ("day", "night"):
        return int(low), int(high)
    if unit == "week":
        return int(low * 7), int(high * 7)
    if unit == "month":
        return max(0, int(low * 30.4369) - 2), int(high * 30.4369) + 2
    years = _YEARS.get(unit, 1)
    return int(low * years * 365.2425), int(high * years * 365.2425 + 1)


class Length:
    """A measured length at tokens up to `end`."""

    __slots__ = ("about", "days", "end", "first", "high", "iso", "low", "unit")

    def __init__(self, first: int, end: int, unit: str, low: float, high: float, iso: str) -> None:
        self.first = first
        self.end = end
        self.unit = unit
        self.low = low
        self.high = high
        self.iso = iso
        self.days = length_days(unit, low, high)
        self.about = ""


def bound(r: Reader, i: int) -> tuple[int, str]:
    """A word like "about" or "more than": the index behind it and "about", "more" or "less"."""
    lex = r.at(i)
    if lex:
        for category in ("about", "more", "less"):
            if category in lex.cats:
                return lex.end, category
    return i, ""


def read_length(r: Reader, i: int) -> Length | None:
    """A number (or «a», «several», nothing with a dual) and a unit, and what is added to it."""
    j, limit = bound(r, i)
    if limit:
        inner = bound(r, j)
        if inner[1]:
            j, limit = inner
    found = measure(r, j)
    if found is None:
        return None
    found.about = limit
    # «سنتين وثلاثة أشهر», "two years and three months"
    for _ in range(3):
        k = found.end
        lex = r.word(k)
        if lex is None or not ("and" in lex.cats or "comma" in lex.cats or lex.conj):
            break
        k = lex.end if "and" in lex.cats or "comma" in lex.cats else k
        following = measure(r, r.skip(k, "and"))
        order = ("minute", "hour", "day", "week", "month", "year", "century")
        if (
            following is None
            or following.unit not in order
            or found.unit not in order
            or order.index(following.unit) >= order.index(found.unit)
        ):
            break
        found.end = following.end
        found.days = (found.days[0] + following.days[0], found.days[1] + following.days[1])
        found.iso += following.iso[1:]
        found.unit = following.unit
    return found


def measure(r: Reader, i: int) -> Length | None:
    """One number and its unit."""
    lex = r.at(i)
    if lex is None:
        return None
    cats = lex.cats
    low = high = 0.0
    j = i
    if "unit" in cats:
        unit, number = cats["unit"]
        if number == 2:
            low = high = 2.0
            if unit == "year" and r.is_(lex.end, "digits"):
                return None
            return finish(r, i, lex, low, high)
        if number == 1 and r.table.clitics and not lex.article:
            before = r.word(i - 1)
            follow = r.at(lex.end)
            whole = follow is not None and "whole" in follow.cats
            one = follow is not None and follow.cats.get("num") == 1
            if (before and "length" in before.cats) or whole or one or "half" in (follow.cats if follow and follow.conj else ()):
                if follow and "digits" in follow.cats:
                    return None
                if follow and not (whole or one) and ("num" in follow.cats or "month" in follow.cats or "weekday" in follow.cats):
                    return None
                if (
                    unit in ("day", "month", "century", "night")
                    and follow
                    and not whole
                    and not one
                    and {"ord", "month", "part"} & follow.cats.keys()
                ):
                    return None
                return finish(r, i, lex, 1.0, 1.0)
        if number == 0 and lex.article and r.table.clitics:
            # «الأعوام الثلاثة الأولى»
            count = read(r, lex.end)
            if count and count.article and count.words and not count.ordinal and not r.is_(i - 1, "year_head"):
                found = finish(r, i, lex, float(count.value), float(count.value))
                found.end = count.end
                return found
        return None
    if "quant" in cats:
        low, high = cats["quant"]
        j = lex.end
    elif "half" in cats:
        if cats["half"] != "half" or lex.article:
            return None
        j = r.skip(r.skip(lex.end, "dash"), "a")
        unit_lex = r.at(j)
        if unit_lex and "unit" in unit_lex.cats and unit_lex.cats["unit"][1] == 1 and not unit_lex.article:
            return finish(r, i, unit_lex, 0.5, 0.5)
        return None
    elif "a" in cats:
        j = r.skip_phrase(lex.end, "whole")
        low = high = 1.0
        if r.has(lex.end, "half"):
            j = r.skip(lex.end + 1, "dash")
            low = high = 0.5
        elif r.has(lex.end, "quant"):
            j = lex.end
            return measure(r, j)
        unit_lex = r.at(j)
        if unit_lex is None or unit_lex.cats.get("unit", ("", 0))[1] != 1:
            return None
        return finish(r, i, unit_lex, low, high)
    else:
        number = read(r, i)
        if number is None:
            return None
        low = high = float(number.value)
        j = number.end
        if number.ordinal and not (r.table.clitics and number.article):
            return None
        if number.ordinal:
            return None
        if not number.words and number.value > 3000:
            return None
        # "two or three years", "10–12 days", "10 to 12 days", "two and a half years", "3.5 years"
        connector = r.word(j)
        if connector:
            k = j
            if "dash" in connector.cats or "or" in connector.cats or ("to" in connector.cats and "digits" in r_cats(r, i)):
                k = connector.end
            if r.is_(j, "dot") and r.adjacent(j) and r.is_(j + 1, "digits") and r.adjacent(j + 1):
                low = high = float(f"{number.value}.{r.tokens[j + 1][0]}")
                j += 2
                k = j
            second = read(r, k) if k > j else None
            if second and not second.ordinal and second.value > number.value:
                high, j = float(second.value), second.end
            elif "and" in connector.cats:
                k = r.skip(connector.end, "a")
                half = r.at(k)
                if half and "half" in half.cats:
                    low = high = number.value + (0.5 if half.cats["half"] == "half" else 0.25)
                    j = half.end
    k = j
    if r.is_(k, "dash") and r.adjacent(k) and r.adjacent(k + 1):
        k += 1
    k = r.skip_phrase(k, "whole")
    unit_lex = r.at(k)
    if unit_lex is None or "unit" not in unit_lex.cats or unit_lex.article or unit_lex.conj:
        return None
    unit, number_of = unit_lex.cats["unit"]
    if number_of == 2 or (r.table.clitics and unit_lex.pre):
        return None
    if unit in _YEARS and low >= _MOST:
        return None  # «وفي يونيو 1148 عقد القادة مجلساً»
    if not r.table.clitics and r.capital(unit_lex.end - 1) and r.capital(i) and i and r.tokens[i - 1][0] not in (".", "\n"):
        return None  # "the Thirty Years' War", "the First Five-Year Plan"
    return finish(r, i, unit_lex, low, high)


def r_cats(r: Reader, i: int) -> dict[str, object]:
    """Categories of a word, empty where it has none."""
    lex = r.word(i)
    return lex.cats if lex else {}


def _of_unit(r: Reader, i: int, unit: str) -> int:
    """The end of a half that says once more of what: «قرنان ونصف القرن», «خمس سنوات ونصف السنة»."""
    lex = r.word(i) if r.table.clitics else None
    again = lex is not None and not lex.conj and lex.cats.get("unit", ("", 0)) == (unit, 1 if not lex.article else lex.cats.get("unit", ("", 0))[1])
    return lex.end if lex is not None and again else i


def finish(r: Reader, i: int, unit_lex: Lex, low: float, high: float) -> Length:
    """Adds what follows the unit: «ونصف», "and a half", «كاملة»."""
    unit = unit_lex.cats["unit"][0]
    end = unit_lex.end
    lex = r.word(end)
    if lex and ("and" in lex.cats or lex.conj):
        k = lex.end if "and" in lex.cats else end
        k = r.skip(k, "a")
        half = r.word(k)
        if half and "half" in half.cats and not (half.article and not r.table.clitics):
            low += 0.5 if half.cats["half"] == "half" else 0.25
            high = low
            end = _of_unit(r, half.end, unit)
    end = r.skip_phrase(end, "whole") if r.table.clitics else end
    years = _YEARS.get(unit)
    shown = "X" if high > low else f"{low:g}"
    iso = f"P{low * years:g}Y" if years and high == low else f"P{shown}Y" if years else "P" + ISO_UNITS[unit].format(shown)
    return Length(i, end, unit, low, high, iso)
