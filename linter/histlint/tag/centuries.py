"""The grammar of decades, centuries and millennia."""

from __future__ import annotations

from histlint.tag.draft import Draft
from histlint.tag.evidence import small_years, take_era
from histlint.tag.numbers import Number, read, roman, shared_tens
from histlint.tag.relatives import relative
from histlint.tag.timewords import Lex, Reader, bounded


def decade(r: Reader, i: int) -> Draft | None:
    """ "1930s", "1930's", "480s BC"."""
    if not r.is_(i, "digits") or not r.plain(i):
        return None
    value = int(r.tokens[i][0])
    j = i + 1
    if r.is_(j, "quote") and r.adjacent(j):
        j += 1
    if j >= r.size or r.tokens[j][0] != "s" or not r.adjacent(j) or value % 10 or not 10 <= value <= 2100:
        return None
    draft = Draft(i, j + 1, "decade")
    draft.decade = value
    take_era(r, draft)
    if value < 100:
        if draft.era != "bce":
            draft.short_year = True
    elif value < 1000 and not draft.era and not small_years(r) and not (r.is_(i - 1, "the") and r.is_(i - 2, "in")):
        return None
    if value % 100 == 0 and value >= 1000:
        draft.rules[0] = "hundreds"  # "the 1800s": the century in most prose, the decade in some
    return draft


@bounded
def decade_word(r: Reader, i: int, lex: Lex) -> Draft | None:
    """«ثلاثينيات القرن التاسع عشر», «الأربعينيات», "the thirties"."""
    draft = Draft(i, lex.end, "decade-word")
    draft.decade, draft.short_year = lex.cats["decade"], True
    j = r.skip(r.skip(lex.end, "of"), "the")
    following = r.at(j)
    if following:
        if "unit" in following.cats and following.cats["unit"][0] == "century":
            inner = long_unit(r, j, following) or relative(r, j)
            if inner:
                draft.century, draft.era, draft.rel, draft.last = inner.century, inner.era, inner.rel, inner.last
                draft.calendar = inner.calendar
                draft.rules.append("decade-of-century")
                return draft
        elif (inner := century(r, j)) and inner.century_end is None and not inner.others:
            draft.century, draft.era, draft.last = inner.century, inner.era, inner.last
            draft.rules.append("decade-of-century")
            return draft
    take_era(r, draft)
    if following and following.conj and draft.last == lex.end:
        # «أواخر خمسينيات وأوائل ستينيات القرن العشرين»
        k = following.end if "part" in following.cats else j
        second = r.at(k)
        inner = decade_word(r, k, second) if second and "decade" in second.cats else None
        if inner and inner.century is not None:
            draft.century, draft.era, draft.calendar = inner.century, inner.era, inner.calendar
            return draft
    if r.table.clitics:
        return draft if lex.article or draft.era or (lex.cats["decade"] > 10 and draft.last > lex.end) else None
    before = r.word(i - 1)
    if not (before and ("the" in before.cats or "part" in before.cats)) or lex.cats["decade"] < 20:
        return None
    follow = r.tokens[draft.last][0] if draft.last < r.size else ""
    return None if follow in ("and",) and not r.is_(draft.last + 1, "decade") else draft


def decade_after_years(r: Reader, i: int, j: int) -> Draft | None:
    """«سنوات الأربعينيات»."""
    lex = r.at(j)
    if lex and "decade" in lex.cats:
        draft = decade_word(r, j, lex)
        if draft:
            draft.first = i
        return draft
    return None


def century(r: Reader, i: int) -> Draft | None:
    """ "19th century", "fifth century BC", "the 18th and 19th centuries"."""
    number = read(r, i)
    if number is None or not number.ordinal or number.value > 60:
        return None
    return _century_behind(r, i, [(i, number)], number.end)


def roman_century(r: Reader, i: int) -> Draft | None:
    """ "XIX century"."""
    number = roman(r, i)
    if number is None:
        return None
    end = number.end
    if r.is_(end, "suffix") and r.adjacent(end):
        end += 1
    return _century_behind(r, i, [(i, number)], end)


def _century_behind(r: Reader, i: int, numbers: list[tuple[int, Number]], end: int) -> Draft | None:
    j = end
    join = "list"
    parts: dict[int, str] = {}
    while len(numbers) < 4:
        lex = r.word(j)
        if lex is None:
            break
        k = j
        if "dash" in lex.cats or "comma" in lex.cats or "and" in lex.cats or "to" in lex.cats or "or" in lex.cats:
            join = "range" if "dash" in lex.cats or ("to" in lex.cats and "and" not in lex.cats) else join
            k = lex.end
            k = r.skip(r.skip(k, "and"), "the")
        part = str(r.has(k, "part") or "")  # "from the late 15th to the early 17th century"
        k = r.skip_phrase(k, "part")
        following = read(r, k) if k > j else None
        if following is None or not following.ordinal:
            break
        numbers.append((k, following))
        parts[k] = part
        j = following.end
    if r.is_(j, "dash") and r.adjacent(j):
        j += 1
    unit = r.at(j)
    value = unit.cats.get("unit", ("", 0))[0] if unit else ""
    if unit is None or value not in ("century", "millennium"):
        return None
    draft = Draft(numbers[-1][0], unit.end, value)
    setattr(draft, value, numbers[-1][1].value)
    if parts.get(draft.first):
        draft.parts.append(parts[draft.first])
    take_era(r, draft)
    draft.last = max(draft.last, unit.end)
    for at, number in numbers[:-1]:
        other = Draft(at, number.end, value)
        setattr(other, value, number.value)
        draft.others.append(other)
    draft.join = join if draft.others else ""
    draft.begin(i)
    return draft


def long_unit(r: Reader, i: int, lex: Lex) -> Draft | None:
    """«القرن التاسع عشر», «القرن الـ19 الميلادي», «القرنين السابع والثامن الهجريين», «عقد الثلاثينيات»."""
    unit, count = lex.cats["unit"]
    if not r.table.clitics:
        return None
    j = lex.end
    if unit == "decade":
        following = r.at(j)
        return _renamed(decade_word(r, j, following), i) if following and "decade" in following.cats else None
    j = r.skip(j, "the")
    number = read(r, j) or roman(r, j)
    if number is None or not (number.ordinal or number.article or not number.words or j > lex.end):
        return None
    if not 1 <= number.value <= 60 or count == 0:
        return None
    if not (lex.article or number.ordinal or not number.words):
        return None
    draft = Draft(i, number.end, unit)
    setattr(draft, unit, number.value)
    take_era(r, draft)
    last = draft
    between = r.is_(i - 1, "between")
    while len(last.others) < 6 and (count == 2 or not draft.others):
        k = last.last
        conj = r.word(k)
        if conj is None or not conj.conj:
            dash = r.is_(k, "dash")
            if not (dash or r.is_(k, "and")):
                break
            k += 1
            join = "range" if dash else "list"
        else:
            join = "range" if between else "list"
        following_unit = r.at(k)
        if following_unit and "unit" in following_unit.cats:
            break
        k = r.skip(k, "the")
        second = read(r, k)
        if second is None or not (second.ordinal or second.article or (not second.words and count == 2)) or second.value > 60:
            break
        if count != 2 and join != "range":
            break
        other = Draft(k, second.end, unit)
        setattr(other, unit, second.value)
        if last is draft:
            setattr(draft, unit, shared_tens(number, second).value)
        take_era(r, other)
        other.others, other.join = [*last.others, last], join
        last.others = []
        last = other
    return last


def _renamed(draft: Draft | None, first: int) -> Draft | None:
    if draft:
        draft.first = first
    return draft
