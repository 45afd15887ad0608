"""The grammar of ages: «عن عمر ناهز 65 عاما», «في الثلاثين من عمره», "aged sixty-one"."""

from __future__ import annotations

from histlint.tag.draft import Draft
from histlint.tag.lengths import ISO_UNITS, bound, length_days
from histlint.tag.numbers import read
from histlint.tag.timewords import Lex, Reader


def age(r: Reader, i: int, lex: Lex) -> Draft | None:
    """«عن عمر ناهز 65 عاما», «وعمره 20 سنة», «في سن الخامسة والعشرين», "aged sixty-one"."""
    if lex.conj and "age_loose" in lex.cats:
        pass
    j = r.skip(lex.end, "the", "comma")
    found = _years_of(r, j)
    if found is None and j < r.size and r.tokens[j][3] == "word" and r.word(j) is None:
        # «عمره آنذاك 20 سنة»
        found = _years_of(r, j + 1)
        if found and found[2] != "year":
            return None
    if found is None:
        return None
    value, end, unit = found
    if "age_loose" in lex.cats and unit != "year":
        return None
    if not unit and r.has(end, "not_after"):
        return None
    behind = r.at(end)
    if behind and "age_after" in behind.cats:
        end = behind.end
    return _aged(i, end, value, unit or "year", exact=True)


def age_behind(r: Reader, i: int) -> Draft | None:
    """«في الثلاثين من عمره», "61 years old", "60-year-old", "26 years of age"."""
    found = _years_of(r, i)
    if found is None:
        return None
    value, end, unit = found
    k = end
    if r.is_(k, "dash") and r.adjacent(k):
        k += 1
    lex = r.at(k)
    if lex is None:
        return None
    if "age_after" in lex.cats:
        return _aged(i, lex.end, value, unit or "year", exact=bool(unit))
    if "age_old" in lex.cats and unit:
        return _aged(i, lex.end, value, unit, exact=True)
    return None


def _aged(first: int, end: int, value: int, unit: str, *, exact: bool) -> Draft:
    draft = Draft(first, end, "age", "age")
    low = value if exact else value - 1
    draft.days = length_days(unit, low, value + 1)
    draft.iso = "P" + ISO_UNITS[unit].format(value)
    draft.length_unit = unit
    return draft


def _years_of(r: Reader, i: int) -> tuple[int, int, str] | None:
    """A number of years, with or without the unit: (number, end, unit)."""
    j, _ = bound(r, i)
    number = read(r, j)
    if r.is_(i - 1, "dot") and r.adjacent(i):
        return None
    if number is None or number.value > 150 or (not number.words and not r.plain(j)):
        return None
    k = number.end
    if r.is_(k, "dash"):
        k += 1
    unit = r.at(k)
    if unit and "unit" in unit.cats and unit.cats["unit"][0] in ("year", "month", "day") and not unit.article and not unit.conj:
        return number.value, unit.end, unit.cats["unit"][0]
    return number.value, number.end, ""
