"""The grammar of lengths of time: durations, ages, repeated times, and dates counted by a length ("two years later")."""

from __future__ import annotations

from histlint.tag.draft import Draft
from histlint.tag.numbers import read
from histlint.tag.timewords import Lex, Reader

_ISO = {"minute": "T{}M", "hour": "T{}H", "day": "{}D", "night": "{}D", "week": "{}W", "month": "{}M", "year": "{}Y"}
_YEARS = {"decade": 10, "century": 100, "millennium": 1000}


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


def span(r: Reader, i: int) -> Draft | None:
    """A duration, age, repeated time or shifted date that begins at token `i`."""
    lex = r.at(i)
    if lex is None:
        return None
    cats = lex.cats
    if "every" in cats or "set" in cats:
        found = _set(r, i, lex)
        if found:
            return found
    if "age_before" in cats:
        found = _age(r, i, lex)
        if found:
            return found
    if "after_that" in cats or "before_that" in cats:
        return _after_that(r, i, lex)
    found = _age_behind(r, i) or _next_lengths(r, i)
    if found:
        return found
    length = _length(r, i)
    if length is None:
        return None
    return _placed(r, i, length)


def _next_lengths(r: Reader, i: int) -> Draft | None:
    """ "the next three months", "the following days": a duration that begins or ends at the narrative time."""
    j = r.skip(i, "the")
    lex = r.at(j)
    if lex is None or r.table.clitics or not {"next", "prev", "this", "same"} & lex.cats.keys():
        return None
    amount = 1 if "next" in lex.cats else -1 if "prev" in lex.cats else 0
    j = lex.end
    if r.is_(j, "same"):
        j += 1
    unit = r.at(j)
    if unit and unit.cats.get("unit", ("", 1))[1] == 0:
        length = _finish(r, i, unit, 2.0, 9.0)
    else:
        found = _measure(r, j)
        if found is None:
            return None
        length = found
    draft = _duration(r, i, length, "narrative-length")
    draft.first = i
    draft.rel = ("length", amount)
    return draft


def _bound(r: Reader, i: int) -> tuple[int, str]:
    lex = r.at(i)
    if lex:
        for category in ("about", "more", "less"):
            if category in lex.cats:
                return lex.end, category
    return i, ""


def _length(r: Reader, i: int) -> Length | None:
    """A number (or «a», «several», nothing with a dual) and a unit, and what is added to it."""
    j, bound = _bound(r, i)
    if bound:
        inner = _bound(r, j)
        if inner[1]:
            j, bound = inner
    found = _measure(r, j)
    if found is None:
        return None
    found.about = bound
    # «سنتين وثلاثة أشهر», "two years and three months"
    for _ in range(3):
        k = found.end
        lex = r.word(k)
        if lex is None or not ("and" in lex.cats or "comma" in lex.cats or lex.conj):
            break
        k = lex.end if "and" in lex.cats or "comma" in lex.cats else k
        following = _measure(r, r.skip(k, "and"))
        order = ("minute", "hour", "day", "week", "month", "year", "century")
        if following is None or following.unit not in order or found.unit not in order or order.index(following.unit) >= order.index(found.unit):
            break
        found.end = following.end
        found.days = (found.days[0] + following.days[0], found.days[1] + following.days[1])
        found.iso += following.iso[1:]
        found.unit = following.unit
    return found


def _measure(r: Reader, i: int) -> Length | None:
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
            return _finish(r, i, lex, low, high)
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
                if unit in ("day", "month", "century", "night") and follow and not whole and not one and {"ord", "month", "part"} & follow.cats.keys():
                    return None
                return _finish(r, i, lex, 1.0, 1.0)
        if number == 0 and lex.article and r.table.clitics:
            # «الأعوام الثلاثة الأولى»
            count = read(r, lex.end)
            if count and count.article and count.words and not count.ordinal and not r.is_(i - 1, "year_head"):
                found = _finish(r, i, lex, float(count.value), float(count.value))
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
            return _finish(r, i, unit_lex, 0.5, 0.5)
        return None
    elif "a" in cats:
        j = r.skip_phrase(lex.end, "whole")
        low = high = 1.0
        if r.has(lex.end, "half"):
            j = r.skip(lex.end + 1, "dash")
            low = high = 0.5
        elif r.has(lex.end, "quant"):
            j = lex.end
            return _measure(r, j)
        unit_lex = r.at(j)
        if unit_lex is None or unit_lex.cats.get("unit", ("", 0))[1] != 1:
            return None
        return _finish(r, i, unit_lex, low, high)
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
    if not r.table.clitics and r.capital(unit_lex.end - 1) and r.capital(i) and i and r.tokens[i - 1][0] not in (".", "\n"):
        return None  # "the Thirty Years' War", "the First Five-Year Plan"
    return _finish(r, i, unit_lex, low, high)


def r_cats(r: Reader, i: int) -> dict[str, object]:
    """Categories of a word, empty where it has none."""
    lex = r.word(i)
    return lex.cats if lex else {}


def _finish(r: Reader, i: int, unit_lex: Lex, low: float, high: float) -> Length:
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
            end = half.end
    end = r.skip_phrase(end, "whole") if r.table.clitics else end
    years = _YEARS.get(unit)
    shown = "X" if high > low else f"{low:g}"
    iso = f"P{low * years:g}Y" if years and high == low else f"P{shown}Y" if years else "P" + _ISO[unit].format(shown)
    return Length(i, end, unit, low, high, iso)


def _duration(r: Reader, i: int, length: Length, rule: str) -> Draft:
    draft = Draft(length.first, length.end, rule, "duration")
    draft.days, draft.iso, draft.length_unit = length.days, length.iso, length.unit
    draft.amount = (length.low, length.high)
    if length.about:
        draft.about = length.about == "about"
        draft.relation = "about" if draft.about else ""
        draft.code = length.about if length.about != "about" else ""
        if length.about == "more":
            draft.days = (length.days[0], length.days[1] * 2)
        elif length.about == "less":
            draft.days = (length.days[0] // 2, length.days[1])
    return draft


def _placed(r: Reader, i: int, length: Length) -> Draft | None:
    """The length as such, or as the distance to a date ("two years later", «بعد ثلاثة أشهر»)."""
    j = length.end
    lex = r.at(j)
    draft = _duration(r, i, length, "duration")
    if lex:
        cats = lex.cats
        if "age_old" in cats or "age_after" in cats:
            return None
        sign = 1 if "later" in cats else -1 if "earlier" in cats or "ago" in cats else 0
        if not sign and cats.get("rel") in ("after", "before") and not r.table.clitics:
            sign = 1 if cats["rel"] == "after" else -1
            if not _clause_end(r, lex.end):
                draft.relation, draft.event = str(cats["rel"]), True
                return draft
        if sign and not r.table.clitics:
            if ("after_event" in cats or "rel" in cats) and not _clause_end(r, lex.end):
                # "four days after the vote": counted from an event, which the checks may know
                draft.relation = "after" if sign > 0 else "before"
                draft.event = True
                return draft
            draft.kind, draft.last, draft.shift = "date", lex.end, (sign, length.unit)
            draft.rules = ["length-later" if sign > 0 else "length-earlier"]
            return draft
        if sign and r.table.clitics and not lex.pre:
            follow = r.at(lex.end)
            if follow and "by" in follow.cats:
                return draft
            draft.kind, draft.last, draft.shift = "date", lex.end, (sign, length.unit)
            draft.rules = ["length-later"]
            return draft
    before = r.at(i - 1)
    if r.table.clitics and before:
        # «بعد ثلاثة أشهر»: counted from the narrative unless an event follows («من سقوط المدينة»)
        k = i - 1
        relation = before.cats.get("rel")
        if relation in ("after", "before") and before.end == i and r.tokens[k][0]:
            draft.relation = draft.relation or relation
            if r.skip_phrase(j, "after_event") > j:
                draft.event = True
                return draft
            if relation == "after":
                draft.kind, draft.shift, draft.first = "date", (1, length.unit), k
                draft.relation = ""
                draft.rules = ["after-length"]
                return draft
            draft.event = True
    if not r.table.clitics and before and before.cats.get("rel") == "after":
        draft.relation = draft.relation or "after"
    return draft


def _clause_end(r: Reader, i: int) -> bool:
    """Whether nothing that could be an event follows."""
    if i >= r.size:
        return True
    token = r.tokens[i]
    return token[3] == "mark" and token[0] not in "\"'«“" or not {"in", "to", "and"}.isdisjoint(r_cats(r, i))


def _after_that(r: Reader, i: int, lex: Lex) -> Draft | None:
    """«بعدها بعامين», «قبل ذلك بثلاثة أشهر»."""
    j = lex.end
    first = r.word(j)
    sign = 1 if "after_that" in lex.cats else -1
    if first is None or first.pre[:1] != "ب":
        about = r.word(j)
        if about is None:
            return None
    length = _prefixed_length(r, j)
    if length is None:
        return None
    draft = _duration(r, j, length, "that-and-length")
    draft.kind, draft.first, draft.shift = "date", i, (sign, length.unit)
    draft.relation = ""
    return draft


def _prefixed_length(r: Reader, i: int) -> Length | None:
    """A length whose first word carries a preposition: «بعامين», «بنحو ثلاثة أشهر», «بسنة»."""
    lex = r.at(i)
    if lex is None or not lex.pre:
        return None
    if "unit" in lex.cats:
        number = lex.cats["unit"][1]
        if number == 0 or lex.article:
            return None
        return _finish(r, i, lex, float(number), float(number))
    return _length(r, i)


def _set(r: Reader, i: int, lex: Lex) -> Draft | None:
    if "set" in lex.cats:
        return Draft(i, lex.end, "set", "set")
    j = lex.end
    number = read(r, j)
    if number and (number.words or r.plain(j)):
        j = number.end
    unit = r.at(j)
    if unit and "unit" in unit.cats and not unit.article and unit.cats["unit"][0] != "minute":
        return Draft(i, unit.end, "every", "set")
    if unit and ("season" in unit.cats or "weekday" in unit.cats) and not r.table.clitics:
        return Draft(i, unit.end, "every", "set")
    return None


def _years_of(r: Reader, i: int) -> tuple[int, int, str] | None:
    """A number of years, with or without the unit: (number, end, unit)."""
    j, _ = _bound(r, i)
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


def _age(r: Reader, i: int, lex: Lex) -> Draft | None:
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


def _age_behind(r: Reader, i: int) -> Draft | None:
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
    draft.iso = "P" + _ISO[unit].format(value)
    draft.length_unit = unit
    return draft


def vague(r: Reader, i: int) -> Draft | None:
    """ "now", "recently": a time that says nothing which could be checked."""
    lex = r.at(i)
    if lex is None or "vague" not in lex.cats:
        return None
    draft = Draft(i, lex.end, "vague", "vague")
    draft.code = lex.cats["vague"]
    return draft
