"""Numbers in digits and words: cardinals, ordinals, years read in pairs, Roman numerals.

One reader serves both languages: a number is a run of words whose magnitudes fit together. Arabic joins them with a
conjunction in any order («ثلاث وثمانين وخمسمئة»), English by order alone ("five hundred and eighty-three").
"""

from __future__ import annotations

from histlint.named_tuple import NamedTuple
from histlint.tag.timewords import Reader

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Number(NamedTuple):
    """A number at tokens up to `end`. `words`: written in words; `article`: with the definite article."""

    value: int
    end: int
    ordinal: bool = False
    words: bool = False
    article: bool = False
    high: int = 0  # of "two or three"


def read(r: Reader, i: int) -> Number | None:
    """The number that begins at token `i`."""
    lex = r.word(i)
    if lex is None:
        return None
    cats = lex.cats
    if "digits" in cats:
        return _digits(r, i, cats["digits"])
    if "num" in cats or "ord" in cats or "scale" in cats:
        return _words(r, i)
    return None


def roman(r: Reader, i: int) -> Number | None:
    """A Roman numeral in capitals (a century's, a ruler's)."""
    if not 0 <= i < r.size:
        return None
    token = r.tokens[i]
    raw = r.text[token[1] : token[2]]
    if not raw.isupper() or len(raw) > 7:
        return None
    total = last = 0
    for char in reversed(raw.lower()):
        value = _ROMAN.get(char, 0)
        if not value:
            return None
        total += -value if value < last else value
        last = max(last, value)
    return Number(total, i + 1, True)


def _digits(r: Reader, i: int, value: int) -> Number | None:
    end, ordinal = i + 1, False
    if r.is_(end, "suffix") and r.adjacent(end):
        return Number(value, end + 1, True)
    scale = r.word(end)
    if scale and "scale" in scale.cats and not scale.conj:
        return Number(value * scale.cats["scale"], scale.end)
    return Number(value, end, ordinal)


def _words(r: Reader, i: int) -> Number | None:
    """A run of number words. `groups` is what a thousand or million closed, `current` what is below."""
    arabic = r.table.clitics
    groups = current = 0
    ordinal = article = False
    j = i
    while True:
        lex = r.word(j)
        joined = False
        if j > i:
            if lex and not arabic and current + groups and ("and" in lex.cats) and (current % 100 == 0 or current == 0):
                following = r.word(j + 1)
                if following and ("num" in following.cats or "ord" in following.cats):
                    lex, j, joined = following, j + 1, True
            elif lex and "dash" in lex.cats and 20 <= current % 100 < 100 and current % 10 == 0:
                following = r.word(j + 1)
                value = following and (following.cats.get("num") or following.cats.get("ord"))
                if following and value and value < 10 and r.adjacent(j) and r.adjacent(j + 1):
                    lex, j = following, j + 1
        apart = arabic and j > i and _lone_conjunction(r, j)
        if apart:  # «السابع و العشرين»
            lex = r.word(j + 1)
        if lex is None:
            break
        cats = lex.cats
        value = cats.get("num", cats.get("ord"))
        if arabic and j > i:
            joined = lex.conj or apart
            hundreds = r.word(lex.end)
            if joined and value and 3 <= value <= 9 and 0 < current < 100 and hundreds and hundreds.cats.get("scale") == 100:
                current += value * 100  # «ثمان وسبعين وخمس مائة»
                j = hundreds.end
                continue
            if "teen" in cats and not joined and 0 < current % 100 < 10 and (not lex.article or article or ordinal):
                current += 10
                j = lex.end
                continue
        if "scale" in cats and (value is None or j > i):
            scale = cats["scale"]
            if arabic and joined and j > i:
                if scale >= 1000:
                    if groups % (scale * 1000) >= scale:
                        break
                    groups += scale
                else:
                    if current >= 100:
                        break
                    current += scale
            elif scale == 100:
                if current >= 100:
                    break
                current = (current or 1) * 100
            else:
                if not current and (groups or (j > i and not arabic)):
                    break
                groups += (current or 1) * scale
                current = 0
            article = article or lex.article
            j = lex.end
            continue
        if value is None:
            break
        if j > i and not _fits(current, groups, value, arabic, joined):
            break
        if j > i and arabic and not ordinal and lex.article and not article and "ord" in cats:
            break
        if value >= 1000:
            groups += value
        else:
            current += value
        ordinal = ordinal or "num" not in cats
        article = article or lex.article
        j = lex.end
        if not arabic and ordinal:
            break
    total = groups + current
    if not total or j == i:
        return None
    # A separate conjunction, dash or "and" at the end belongs to what follows.
    return Number(total, j, ordinal, True, article)


def _lone_conjunction(r: Reader, i: int) -> bool:
    """Whether token `i` is the conjunction of the language, written apart from a number word behind it."""
    if not 0 <= i < r.size or r.tokens[i][0] not in r.table.conj:
        return False
    following = r.word(i + 1)
    return following is not None and ("num" in following.cats or "ord" in following.cats)


def _fits(current: int, groups: int, value: int, arabic: bool, joined: bool) -> bool:
    """Whether a further number word goes with what was read: each magnitude stands once."""
    if arabic:
        if not joined:
            return False
        if value >= 1000:
            return groups < 1000
        if value >= 100:
            return current < 100
        if value >= 10:
            # 11 to 19 is a unit and a ten already
            return current % 100 < 10 and (value % 10 == 0)
        return current % 10 == 0 and current % 100 != 10
    if joined:
        return value < 100
    if value >= 100:
        return False
    if value < 10:
        return (current % 10 == 0 and current % 100 >= 20) or (current % 100 == 0 and (current > 0 or groups > 0))
    return current % 100 == 0 and (current > 0 or groups > 0)


def year_pair(r: Reader, i: int) -> Number | None:
    """A year read in two halves: "nineteen forty-five", "eighteen hundred", "nineteen oh five"."""
    if not r.table.year_pairs:
        return None
    first = r.word(i)
    head = first.cats.get("num") if first else None
    if head is None or not 10 <= head <= 20:
        return None
    j = i + 1
    if r.is_(j, "dash") and r.adjacent(j):
        j += 1
    second = r.word(j)
    tail = second.cats.get("num") if second else None
    if second and second.cats.get("scale") == 100:
        rest = read(r, r.skip(j + 1, "and"))
        if rest and rest.words and not rest.ordinal and rest.value < 100 and r.is_(j + 1, "and"):
            return Number(head * 100 + rest.value, rest.end, False, True)
        return Number(head * 100, j + 1, False, True)
    if tail is None or not 10 <= tail <= 90:
        return None
    rest = read(r, j)
    if rest is None or rest.ordinal or not 10 <= rest.value <= 99:
        return None
    return Number(head * 100 + rest.value, rest.end, False, True)


def shared_tens(first: Number, second: Number) -> Number:
    """The first of two ordinals that share their tens: «السابع والثامن عشر» are the 17th and the 18th."""
    tens = second.value - second.value % 10
    if first.words and second.words and first.value < 10 <= tens and second.value % 10 == first.value + 1:
        return first._replace(value=first.value + tens)
    return first
