"""The grammar of years, decades, centuries and millennia, and of when a bare number is a year."""

from __future__ import annotations

from histlint.tag.draft import Draft
from histlint.tag.numbers import Number, read, roman, year_pair
from histlint.tag.timewords import Lex, Reader

MAX_YEAR = 2200
_ERA_CALENDARS = {"ah": "islamic", "bh": "islamic", "ap": "solar-hijri", "am": "coptic", "ag": "seleucid", "ar": "republican"}
_WEAK_ENDINGS = ("ss", "us", "is", "as")  # of words before which a number is not a count: "this", "was", "thus"


def take_era(r: Reader, draft: Draft) -> None:
    """Reads the era and calendar written behind a year."""
    j = draft.last
    dash = r.is_(j, "dash") and r.adjacent(j)
    lex = r.at(j)
    opened = lex is not None and "open" in lex.cats and r.has(j + 1, "era")
    if opened:
        after = r.at(j + 1)
        if after is None or not r.is_(after.end, "close"):
            return
        lex, opened = after, True
    if lex and "era" in lex.cats and not dash:
        draft.era = lex.cats["era"]
        draft.calendar = _ERA_CALENDARS.get(draft.era, draft.calendar)
        draft.last = lex.end + (1 if opened else 0)
        second = r.at(draft.last)
        # «هجرية قمرية», «هـ ش»: a phrase has taken it; a lone repeat («م ميلادية») is swallowed
        if second and second.cats.get("era") == draft.era and not opened:
            draft.last = second.end
        draft.rules.append("era")
    take_style(r, draft)


def take_style(r: Reader, draft: Draft) -> None:
    """Reads "(Old Style)", «بالتقويم اليولياني» behind a date."""
    opened = r.is_(draft.last, "open")
    lex = r.at(draft.last + 1 if opened else draft.last)
    if lex and "style" in lex.cats and (not opened or r.is_(lex.end, "close")):
        draft.calendar = lex.cats["style"]
        draft.last = lex.end + (1 if opened else 0)
        draft.rules.append("calendar-style")


def _number(r: Reader, i: int) -> tuple[int, int, bool, bool] | None:
    """A number that may be a year: (value, end, words, ordinal)."""
    found: Number | None = year_pair(r, i) or read(r, i)
    if found is None or found.value < 1:
        return None
    if not found.words:
        if not r.plain(i) and not r.has(found.end, "era") == "bce":
            return None
        if found.end > i + 1 and not found.ordinal:
            return None  # "1500 thousand"
    return found.value, found.end, found.words, found.ordinal


def _with_era(r: Reader, i: int, value: int, end: int, rule: str) -> Draft:
    draft = Draft(i, end, rule)
    draft.year = value
    slash = r.word(end)
    if slash and "slash" in slash.cats and r.is_(end + 1, "digits") and r.adjacent(end) and r.adjacent(end + 1):
        other = r.tokens[end + 1]
        second = int(other[0])
        if (len(other[0]) == 2 and second == (value + 1) % 100) or second == value + 1:
            draft.year_end, draft.last = value + 1, end + 2
            draft.rules.append("two-years")
    take_era(r, draft)
    return draft


def _valid(draft: Draft) -> bool:
    year = draft.year or 0
    if draft.era in ("bce", "bh"):
        return 1 <= year <= 99999
    if draft.era == "ah":
        return year <= 1500
    return 1 <= year <= MAX_YEAR


def year(r: Reader, i: int) -> Draft | None:
    """A year by its era ("480 BC", «583هـ»), or a bare number that can be nothing else."""
    start = i
    if r.has(i, "era_first"):
        lex = r.at(i)
        number = _number(r, lex.end) if lex else None
        if lex is None or number is None or number[3]:
            return None
        draft = _with_era(r, lex.end, number[0], number[1], "era-year")
        draft.first, draft.era = start, draft.era or lex.cats["era"]
        draft.calendar = _ERA_CALENDARS.get(draft.era, "")
        return draft if _valid(draft) else None
    number = _number(r, i)
    if number is None:
        return None
    value, end, words, ordinal = number
    if ordinal:
        return None
    draft = _with_era(r, i, value, end, "year")
    if draft.era:
        if draft.era == "ce" and value < 300 and not words and len(r.tokens[end][0]) == 1 and not _year_context(r, i):
            return None  # «150 م» is a length
        if draft.era == "ce" and r.is_(i - 1, "not_before"):
            return None
        draft.rules[0] = "era-year"
        return draft if _valid(draft) else None
    if words:
        # Bare years in words: English pairs behind "in", never plain counts.
        pair = year_pair(r, i)
        if pair and 1000 < pair.value < 2100 and r.is_(i - 1, "in") and not _counted(r, end):
            draft.rules[0] = "year-in-words"
            return draft
        return None
    return draft if _bare(r, i, value, end, draft) else None


def _year_context(r: Reader, i: int) -> bool:
    before = r.word(i - 1)
    return bool(before and ("in" in before.cats or "open" in before.cats or "dash" in before.cats or "slash" in before.cats))


def _bare(r: Reader, i: int, value: int, end: int, draft: Draft) -> bool:
    """Whether a number without era or year word is a year."""
    token = r.tokens[i]
    if _glued(r, i, end) or r.ends_with(i, "not_before"):
        return False
    if _counted(r, draft.last):
        return False
    if _counts_to(r, draft.last):
        return False
    about = r.ends_with(i, "about")
    before = r.word(i - 1)
    cats = before.cats if before else {}
    framed = "open" in cats and r.is_(draft.last, "close")
    context = (
        framed or (about and not r.table.clitics) or "in" in cats or "from" in cats or "between" in cats or "part" in cats or "rel" in cats or "season" in cats
    )
    if r.table.clitics and "of" in cats and (r.has(i - 2, "more") or r.has(i - 2, "less")):
        return False
    length = len(token[0])
    if length == 4:
        if not 1000 <= value <= 2100:
            return False
        if context:
            return not (value % 1000 == 0 and not framed and "of" in cats)
        if "year_head" in cats or (r.is_(i - 2, "year_head") and i > 1 and r.tokens[i - 1][3] == "word"):
            return True
        if r.table.clitics:
            return "open" in cats and (r.is_(draft.last, "dash") or r.is_(draft.last, "comma"))
        if value % 100 == 0 or not 1100 <= value <= 2030:
            return bool("open" in cats)
        return True
    if length == 3 and value >= 100:
        clear = not r.table.clitics and ("in" in cats and "and" not in cats or "of" in cats or "rel" in cats)
        return bool((clear or framed) and _small_years(r))
    return False


def _counts_to(r: Reader, end: int) -> bool:
    """«من 1500 إلى 2000 جندي»: the second number of a range is counted, so the first is."""
    lex = r.word(end)
    if lex is None or not ("to" in lex.cats or "dash" in lex.cats or "or" in lex.cats or "and" in lex.cats or lex.conj):
        return False
    k = end if lex.conj and "digits" in lex.cats else lex.end
    second = read(r, k)
    return bool(second and not second.words and second.end == k + 1 and _counted(r, second.end))


def _small_years(r: Reader) -> bool:
    """Whether the text tells of the first thousand years or of years before Christ: then bare numbers may be such years."""
    if r.small_years is None:
        r.small_years = _find_small_years(r)
    return r.small_years


def _find_small_years(r: Reader) -> bool:
    for i in range(r.size):
        era = r.entries[i]
        if era and "era" in era[0] and r.tokens[i - 1][3] == "number":
            return True
        if era and era[1] and (value := r.has(i, "era")) and value in ("bce", "ce") and i and r.tokens[i - 1][3] == "number":
            return True
    return False


def _glued(r: Reader, i: int, end: int) -> bool:
    """Whether a number is part of a longer sign: 3.1945, B-1945, 1945a, $1945."""
    tokens = r.tokens
    if end < r.size and tokens[end][1] == tokens[end - 1][2]:
        mark = tokens[end][0]
        if tokens[end][3] == "word":
            return True
        if mark in "./:%°,٫" and end + 1 < r.size and tokens[end + 1][1] == tokens[end][2] and tokens[end + 1][3] == "number":
            return True
        if mark in "%°$€£":
            return True
        if mark in "-" and not r.is_(i - 1, "in") and end + 1 < r.size and tokens[end + 1][1] == tokens[end][2] and tokens[end + 1][3] == "word":
            return True
    if i and tokens[i][1] == tokens[i - 1][2]:
        mark = tokens[i - 1][0]
        if mark in "$€£#°:@_" or tokens[i - 1][3] == "word":
            return bool(tokens[i - 1][3] != "word" or not r.table.clitics)
        if mark in ".,/-" and i > 1 and tokens[i - 1][1] == tokens[i - 2][2]:
            before = r.word(i - 2)
            if tokens[i - 2][3] == "number":
                return True
            return mark == "-" and not (before and ("part" in before.cats or "rel" in before.cats or "month" in before.cats))
    return False


def _counted(r: Reader, end: int) -> bool:
    """Whether what stands behind a number is what it counts."""
    if end >= r.size:
        return False
    lex = r.at(end)
    if lex:
        if "not_after" in lex.cats or "scale" in lex.cats:
            return True
        if "unit" in lex.cats and not lex.article and not lex.conj:
            return True
    token = r.tokens[end]
    if r.table.clitics or token[3] != "word":
        return False
    norm = token[0]
    if lex and not {"rel", "in", "of", "and", "or", "to"}.isdisjoint(lex.cats):
        return False
    following = r.tokens[end + 1][0] if end + 1 < r.size else ""
    plural = len(norm) > 3 and norm.endswith("s") and not norm.endswith(_WEAK_ENDINGS)
    if plural and r.is_(end - 2, "in") and r.capital(end):
        return False
    return plural and not r.capital(end) and following not in ("of",) and not r.is_(end - 2, "in")


def year_behind(r: Reader, i: int, calendar: str, *, day: bool, comma: bool) -> Draft | None:
    """The year that belongs to a month, season or holiday before it."""
    lex = r.at(i)
    if lex is None:
        return None
    if calendar == "republican":
        k = r.skip_phrase(i, "unit")
        number = roman(r, k) or read(r, k)
        if number and number.value <= 14 and not r.table.clitics:
            draft = Draft(i, number.end, "republican-year")
            draft.year = number.value
            return draft
    if "unit" in lex.cats and lex.cats["unit"][0] == "year" and not (comma and lex.article):
        return year_word(r, i, lex)
    if "part" in lex.cats:
        return None
    if "decade" in lex.cats or (not comma and lex.cats.get("unit", ("",))[0] in ("decade", "century")):
        return None
    if "quote" in lex.cats:
        return short(r, i)
    if r.table.clitics and lex.pre[:1] == "و":
        return None
    if "era_first" in lex.cats:
        return year(r, i)
    number = _number(r, i)
    if number is None:
        return None if comma else decade(r, i)
    value, end, words, ordinal = number
    if ordinal:
        return None
    if not comma:
        # "the summer of the 1930s", «خريف ستينيات القرن …»
        found = decade(r, i)
        if found:
            return found
    if words and value < 100 and not r.has(end, "era"):
        return None
    draft = _with_era(r, i, value, end, "year")
    if draft.era:
        return draft if _valid(draft) else None
    if not words and (_glued(r, i, draft.last) and not (r.is_(i - 1, "dash") or r.is_(i - 1, "comma"))):
        return None
    if r.has(end, "month") and value <= 31:
        return None
    length = len(r.tokens[i][0]) if not words else 4
    if (length != 4 or comma or r.table.clitics) and _counted(r, draft.last):
        return None
    if length == 4 and 1000 <= value <= MAX_YEAR:
        return draft
    if calendar == "islamic" and not comma and 1 <= value <= 1500 and (day or value > 30):
        return draft
    if length == 3 and value >= 100 and not comma and (r.table.clitics or not r.is_(i - 1, "of") or _small_years(r)):
        return draft
    if words and value >= 100:
        return draft
    return None


def year_word(r: Reader, i: int, lex: Lex) -> Draft | None:
    """«عام 1945», «سنة ثلاث وثمانين وخمسمئة للهجرة», «السنة الثامنة للهجرة», "the year 1187", «عامي 1945 و1946»."""
    number = lex.cats["unit"][1]
    if r.has(i - 1, "general") or _general(r, i):
        return None
    j = lex.end
    if not r.table.clitics:
        j = r.skip(j, "of") if number == 1 and r.has(j + 1, "era_first") else j
    if r.is_(j, "open"):
        return None
    era_adjective = r.at(j)  # «العام الهجري الثالث»
    era = ""
    if era_adjective and "era" in era_adjective.cats and lex.article:
        era, j = era_adjective.cats["era"], era_adjective.end
    about = r.skip_phrase(j, "about")
    found = _number(r, about)
    if found is None and number == 1 and not r.table.clitics and (numeral := roman(r, about)):
        draft = Draft(i, numeral.end, "roman-year")
        draft.year, draft.calendar, draft.era = numeral.value, "republican", "ar"
        return draft if numeral.value <= 14 else None
    if found is None:
        if r.has(about, "era_first"):
            draft = year(r, about)
            if draft:
                draft.first = i
            return draft
        return decade_after_years(r, i, j) if number == 0 else None
    value, end, words, ordinal = found
    if ordinal:
        draft = Draft(i, end, "ordinal-year")
        draft.year = value
        if not era and not r.has(end, "era"):
            return None
    draft = _with_era(r, about, value, end, "year-word")
    draft.first = i
    draft.about = about > j
    if era and not draft.era:
        draft.era, draft.calendar = era, _ERA_CALENDARS.get(era, "")
    if ordinal and not draft.era:
        return None
    if not draft.era:
        if not words and _glued(r, about, end) and not r.is_(end, "decade"):
            return None
        if not r.table.clitics and (value < 100 or number != 1 and value < 1000):
            return None
        if r.table.clitics and words and value < 10 and not lex.article and r.has(end, "unit"):
            return None
        if words and r.table.clitics and (value < 3 or number == 0 and value < 100):
            return None  # «سنة واحدة»
        if number == 0 and value < 100 and decade(r, about) is None:
            return None
        if _counted(r, draft.last):
            return None
    if r.table.clitics and number in (0, 2) or (not r.table.clitics and number == 0):
        return _several(r, draft) if _valid(draft) else None
    return draft if _valid(draft) else None


def _general(r: Reader, i: int) -> bool:
    """Whether the year word means "general" here: the phrases end with it."""
    for back in (1, 2):
        lex = r.at(i - back)
        if lex and "general" in lex.cats and lex.end == i + 1:
            return True
    return False


def _several(r: Reader, draft: Draft) -> Draft:
    """«عامي 1945 و1946», «أعوام 1941 و1942 و1943», "the years 1955 to 1960" (a range is left to `ranges`)."""
    drafts = [draft]
    while len(drafts) < 6:
        j = drafts[-1].last
        lex = r.word(j)
        k = j
        if lex and ("comma" in lex.cats or "and" in lex.cats):
            k = lex.end
            if r.is_(k, "and"):
                k += 1
        elif not (lex and lex.conj and "digits" not in lex.cats) and not (lex and lex.conj):
            break
        number = _number(r, k)
        if number is None or number[3] or number[0] < 100:
            break
        following = _with_era(r, k, number[0], number[1], "year-list")
        if not _valid(following) or _counted(r, following.last):
            break
        drafts.append(following)
    last = drafts.pop()
    if drafts:
        last.others = drafts
        last.join = "list"
        if r.has(draft.first - 1, "between"):
            last.join = "range"
    return last


def decade_after_years(r: Reader, i: int, j: int) -> Draft | None:
    """«سنوات الأربعينيات»."""
    lex = r.at(j)
    if lex and "decade" in lex.cats:
        draft = decade_word(r, j, lex)
        if draft:
            draft.first = i
        return draft
    return None


def second_year(r: Reader, draft: Draft) -> None:
    """The end year of a winter: "1942–43", «1942-1943»."""
    j = draft.last
    if (r.is_(j, "dash") or r.is_(j, "slash")) and r.is_(j + 1, "digits") and draft.year:
        token = r.tokens[j + 1]
        value = int(token[0])
        if (len(token[0]) == 2 and value == (draft.year + 1) % 100) or value == draft.year + 1:
            draft.year_end, draft.last = draft.year + 1, j + 2
            draft.rules.append("two-years")
            take_era(r, draft)


def short(r: Reader, i: int) -> Draft | None:
    """ "'45", "'30s": a year without its century."""
    if not (r.is_(i, "quote") and r.adjacent(i + 1)) or r.adjacent(i):
        return None
    token = r.tokens[i + 1] if i + 1 < r.size else None
    if token is None or token[3] != "number" or len(token[0]) != 2:
        return None
    suffix = r.tokens[i + 2] if i + 2 < r.size else None
    draft = Draft(i, i + 2, "short-year")
    draft.short_year = True
    if suffix and suffix[0] == "s" and r.adjacent(i + 2):
        if int(token[0]) % 10:
            return None
        draft.decade, draft.last = int(token[0]), i + 3
        draft.rules = ["short-decade"]
        return draft
    if suffix and suffix[3] == "word" and r.adjacent(i + 2):
        return None
    draft.year = int(token[0])
    return draft


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
    elif value < 1000 and not draft.era and not _small_years(r):
        return None
    if value % 100 == 0 and value >= 1000:
        draft.rules[0] = "hundreds"  # "the 1800s": the century in most prose, the decade in some
    return draft


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
    if r.table.clitics:
        return draft if lex.article or draft.era or lex.cats["decade"] > 10 and draft.last > lex.end else None
    before = r.word(i - 1)
    if not (before and ("the" in before.cats or "part" in before.cats)) or lex.cats["decade"] < 20:
        return None
    follow = r.tokens[draft.last][0] if draft.last < r.size else ""
    return None if follow in ("and",) and not r.is_(draft.last + 1, "decade") else draft


def relative(r: Reader, i: int) -> Draft | None:
    """See `dates.relative`, which imports this module."""
    from histlint.tag.dates import relative as relative_of

    return relative_of(r, i)


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
    while len(numbers) < 4:
        lex = r.word(j)
        if lex is None:
            break
        k = j
        if "dash" in lex.cats or "comma" in lex.cats or "and" in lex.cats or "to" in lex.cats or "or" in lex.cats:
            join = "range" if "dash" in lex.cats or ("to" in lex.cats and "and" not in lex.cats) else join
            k = lex.end
            k = r.skip(r.skip(k, "and"), "the")
        following = read(r, k) if k > j else None
        if following is None or not following.ordinal:
            break
        numbers.append((k, following))
        j = following.end
    if r.is_(j, "dash") and r.adjacent(j):
        j += 1
    unit = r.at(j)
    value = unit.cats.get("unit", ("", 0))[0] if unit else ""
    if unit is None or value not in ("century", "millennium"):
        return None
    draft = Draft(numbers[-1][0], unit.end, value)
    setattr(draft, value, numbers[-1][1].value)
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
    while count == 2 or not draft.others:
        k = last.last
        conj = r.word(k)
        if conj is None or not conj.conj:
            dash = r.is_(k, "dash")
            if not (dash or r.is_(k, "and")):
                break
            k += 1
            join = "range" if dash else "list"
        else:
            join = "list"
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
        take_era(r, other)
        other.others, other.join = [*last.others, last], join
        last.others = []
        last = other
    return last


def _renamed(draft: Draft | None, first: int) -> Draft | None:
    if draft:
        draft.first = first
    return draft
