"""The grammar of years: with an era, behind a word for year, behind a month, and bare where they can be nothing else."""

from __future__ import annotations

from histlint.named_tuple import TYPE_CHECKING
from histlint.tag import centuries
from histlint.tag.draft import Draft
from histlint.tag.evidence import ERA_CALENDARS, counted, counts_to, glued, is_general, small_years, take_era, year_context
from histlint.tag.numbers import Number, read, roman, year_pair
from histlint.tag.timewords import Lex, Reader

if TYPE_CHECKING:
    from histlint.tag.timewords import Cats

MAX_YEAR = 2200


def year_number(r: Reader, i: int) -> tuple[int, int, bool, bool] | None:
    """A number that may be a year: (value, end, words, ordinal)."""
    found: Number | None = year_pair(r, i) or read(r, i)
    if found is None or found.value < 1:
        return None
    if not found.words:
        if not r.plain(i) and r.has(found.end, "era") != "bce":
            return None
        if found.end > i + 1 and not found.ordinal:
            return None  # "1500 thousand"
    return found.value, found.end, found.words, found.ordinal


def with_era(r: Reader, i: int, value: int, end: int, rule: str) -> Draft:
    """A draft of a year with what is written behind it: a second year ("1914/15"), era, calendar."""
    draft = Draft(i, end, rule)
    draft.year = value
    slash = r.word(end)
    if slash and "slash" in slash.cats and r.is_(end + 1, "digits") and r.adjacent(end) and r.adjacent(end + 1):
        other = r.tokens[end + 1]
        second = int(other[0])
        if second == (value - 1) % 10 ** len(other[0]) and second != value + 1:  # "446/5 BC" counts down
            draft.last = end + 2
            take_era(r, draft)
            if draft.era == "bce":
                draft.year, draft.year_end = value, value - 1
                draft.rules.append("two-years")
                return draft
            draft = Draft(i, end, rule)
            draft.year = value
        if (len(other[0]) == 2 and second == (value + 1) % 100) or second == value + 1:
            draft.year_end, draft.last = value + 1, end + 2
            draft.rules.append("two-years")
    take_era(r, draft)
    return draft


def is_valid(draft: Draft) -> bool:
    """Whether a year is one that its era can have."""
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
        number = year_number(r, lex.end) if lex else None
        if lex is None or number is None or number[3]:
            return None
        draft = with_era(r, lex.end, number[0], number[1], "era-year")
        draft.first, draft.era = start, draft.era or lex.cats["era"]
        draft.calendar = ERA_CALENDARS.get(draft.era, "")
        return draft if is_valid(draft) else None
    number = year_number(r, i)
    if number is None:
        return None
    value, end, words, ordinal = number
    if ordinal:
        return None
    draft = with_era(r, i, value, end, "year")
    if draft.era:
        if draft.era == "ce" and value < 300 and not words and len(r.tokens[end][0]) == 1 and not year_context(r, i):
            return None  # «150 م» is a length
        if draft.era == "ce" and r.is_(i - 1, "not_before"):
            return None
        draft.rules[0] = "era-year"
        return draft if is_valid(draft) else None
    if words:
        # Bare years in words: English pairs behind "in", never plain counts.
        pair = year_pair(r, i)
        if pair and 1000 < pair.value < 2100 and r.is_(i - 1, "in") and not counted(r, end):
            draft.rules[0] = "year-in-words"
            return draft
        return None
    return draft if _bare(r, i, value, end, draft) else None


def _bare(r: Reader, i: int, value: int, end: int, draft: Draft) -> bool:
    """Whether a number without era or year word is a year."""
    token = r.tokens[i]
    if glued(r, i, end) or r.ends_with(i, "not_before"):
        return False
    if counted(r, draft.last):
        return False
    if counts_to(r, draft.last):
        return False
    about = r.ends_with(i, "about")
    before = r.word(i - 1)
    cats = before.cats if before else {}
    framed = "open" in cats and r.is_(draft.last, "close")
    context = (
        framed
        or (about and not r.table.clitics)
        or "in" in cats
        or "from" in cats
        or "between" in cats
        or "part" in cats
        or "rel" in cats
        or "season" in cats
    )
    if r.table.clitics and "of" in cats and (r.has(i - 2, "more") or r.has(i - 2, "less")):
        return False
    length = len(token[0])
    if length == 4:
        if not 1000 <= value <= 2100:
            return False
        if _heads_line(r, i, draft.last):
            return True
        if context:
            return not (value % 1000 == 0 and not framed and "of" in cats and not _round_year(r, cats, draft.last))
        if "year_head" in cats or (r.is_(i - 2, "year_head") and i > 1 and r.tokens[i - 1][3] == "word"):
            return True
        if r.table.clitics:
            return "open" in cats and (r.is_(draft.last, "dash") or r.is_(draft.last, "comma"))
        if value % 100 == 0 or not 1100 <= value <= 2030:
            return bool("open" in cats)
        return True
    if length == 3 and value >= 100:
        clear = not r.table.clitics and (("in" in cats and "and" not in cats) or "of" in cats or "rel" in cats)
        return bool((clear or framed) and small_years(r))
    if length == 2 and "in_year" in cats and not r.table.clitics and value >= _TENS:
        stops = end < r.size and (r.is_(end, "and") or r.tokens[end][0] in _STOPS)
        return stops and small_years(r)  # "abolished the monarchy in 64 and made Syria a province"
    return False


_TENS = 10
_STOPS = frozenset(",.;:")


def _heads_line(r: Reader, i: int, end: int) -> bool:
    """Whether a number is the head of a line in a list of years: "1974 – Arab summit in Rabat"."""
    opens = i == 0 or r.tokens[i - 1][0] == "\n"
    marked = end + 1 < r.size and (r.is_(end, "dash") or r.tokens[end][0] == ":") and r.tokens[end + 1][3] == "word"
    return opens and marked


def _round_year(r: Reader, cats: Cats, end: int) -> bool:
    """Whether a round number behind "in" is a year: "in 2000", not "in 2000 villages"."""
    return "in_year" in cats and not (end < r.size and r.tokens[end][3] == "word" and r.tokens[end][0].endswith("s"))


def year_behind(r: Reader, i: int, calendar: str, *, day: bool, comma: bool) -> Draft | None:
    """The year that belongs to a month, season or holiday before it."""
    lex = r.at(i)
    if lex is None:
        return None
    if calendar == "republican":
        k = r.skip_phrase(i, "unit")
        counted_year = roman(r, k) or read(r, k)
        if counted_year and counted_year.value <= 14 and not r.table.clitics:
            draft = Draft(i, counted_year.end, "republican-year")
            draft.year = counted_year.value
            return draft
    if "unit" in lex.cats and lex.cats["unit"][0] == "year" and not (comma and lex.article):
        return year_word(r, i, lex)
    if "part" in lex.cats:
        return None
    if "decade" in lex.cats or (not comma and lex.cats.get("unit", ("",))[0] in ("decade", "century")):
        return None
    if "quote" in lex.cats:
        return short(r, i)
    if r.table.clitics and lex.conj:
        return None
    if "era_first" in lex.cats:
        return year(r, i)
    number = year_number(r, i)
    if number is None:
        return None if comma else centuries.decade(r, i)
    value, end, words, ordinal = number
    if ordinal:
        return None
    if not comma:
        # "the summer of the 1930s", «خريف ستينيات القرن …»
        found = centuries.decade(r, i)
        if found:
            return found
    if words and value < 100 and not r.has(end, "era"):
        return None
    draft = with_era(r, i, value, end, "year")
    if draft.era:
        return draft if is_valid(draft) else None
    if not words and (glued(r, i, draft.last) and not (r.is_(i - 1, "dash") or r.is_(i - 1, "comma"))):
        return None
    if r.has(end, "month") and value <= 31:
        return None
    length = len(r.tokens[i][0]) if not words else 4
    if not (words or comma or day or r.table.clitics) and length < 3 and r.is_(i - 2, "in_year") and small_years(r):
        return draft  # "at Actium in September 31"
    if (length != 4 or comma or r.table.clitics) and counted(r, draft.last):
        return None
    if length == 4 and 1000 <= value <= MAX_YEAR:
        return draft
    if calendar == "islamic" and not comma and 1 <= value <= 1500 and (day or value > 30):
        return draft
    if length == 3 and value >= 100 and not comma and (r.table.clitics or not r.is_(i - 1, "of") or small_years(r)):
        return draft
    if words and value >= 100:
        return draft
    return None


def year_word(r: Reader, i: int, lex: Lex) -> Draft | None:
    """«عام 1945», «سنة ثلاث وثمانين وخمسمئة للهجرة», «السنة الثامنة للهجرة», "the year 1187", «عامي 1945 و1946»."""
    number = lex.cats["unit"][1]
    if r.has(i - 1, "general") or is_general(r, i):
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
    found = year_number(r, about)
    if found is None and number == 1 and not r.table.clitics and (numeral := roman(r, about)):
        draft = Draft(i, numeral.end, "roman-year")
        draft.year, draft.calendar, draft.era = numeral.value, "republican", "ar"
        return draft if numeral.value <= 14 else None
    if found is None:
        if r.has(about, "era_first"):
            era_year = year(r, about)
            if era_year:
                era_year.first = i
            return era_year
        return centuries.decade_after_years(r, i, j) if number == 0 else None
    value, end, words, ordinal = found
    if ordinal:
        draft = Draft(i, end, "ordinal-year")
        draft.year = value
        if not era and not r.has(end, "era"):
            return None
    draft = with_era(r, about, value, end, "year-word")
    draft.first = i
    draft.about = about > j
    if era and not draft.era:
        draft.era, draft.calendar = era, ERA_CALENDARS.get(era, "")
    if ordinal and not draft.era:
        return None
    if not draft.era:
        if not words and glued(r, about, end) and not r.is_(end, "decade"):
            return None
        if not r.table.clitics and (value < 100 or (number != 1 and value < 1000)):
            return None
        if r.table.clitics and words and value < 10 and not lex.article and r.has(end, "unit"):
            return None
        if words and r.table.clitics and (value < 3 or (number == 0 and value < 100)):
            return None  # «سنة واحدة»
        if number == 0 and value < 100 and centuries.decade(r, about) is None:
            return None
        if counted(r, draft.last):
            return None
    if (r.table.clitics and number in (0, 2)) or (not r.table.clitics and number == 0):
        return _several(r, draft) if is_valid(draft) else None
    return draft if is_valid(draft) else None


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
        number = year_number(r, k)
        if number is None or number[3] or number[0] < 100:
            break
        following = with_era(r, k, number[0], number[1], "year-list")
        if not is_valid(following) or counted(r, following.last):
            break
        drafts.append(following)
    last = drafts.pop()
    if drafts:
        last.others = drafts
        last.join = "list"
        if r.has(draft.first - 1, "between"):
            last.join = "range"
    return last


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
