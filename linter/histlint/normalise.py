"""Spelling and Unicode forms: words of a text to the one form that all matching uses.

`tokenise` cuts the original text and folds each word, so positions need no map back: a token carries the place of the
word as written and its folded form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .model import Token

# Marks that may stand inside a word without changing it: tashkil and Quranic signs, tatweel, zero-width and bidi
# controls, soft hyphen, combining accents. `\w` of `re` splits words at the first kind.
_INSIDE = [
    *range(0x300, 0x370), *range(0x610, 0x61B), 0x640, *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6EE), 0xAD,
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF,
]  # fmt: skip
# Words are cut in a copy of the text that has one soft hyphen for each such mark and ASCII for digits and their separators:
# a pattern with the marks and digits in it takes 2 ms to compile.
_PLAIN: dict[int, int] = {
    **{code: 0xAD for code in _INSIDE if not chr(code).isalpha()},
    **str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬،", "01234567890123456789,,"),
}
_TOKEN = re.compile(r"([0-9]+(?:,[0-9]{3}(?![0-9]))*)|([^\W\d_](?:[^\W\d_]|\xad)*)|(\n)|([^\s\xad])")
_SCRIPT = re.compile("[\u0600-\u06ff\ufb50-\ufeff]+")
_LATIN = re.compile("[A-Za-z]+")
_ARABIC: dict[int, int | None] = str.maketrans(
    "أإآٱىةؤئکكگیېےہھۀۃپچڤژڨ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹",
    "ااااي" + "ه" + "وي" + "كككييي" + "هههه" + "بجفزق" + "01234567890123456789",
    "".join(map(chr, _INSIDE)),
)
_MARKS = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "٫": ".", "٪": "%"}
_SEPARATORS = frozenset("-–—‐‑'.·/")  # marks that names are written with and without

_folded: dict[str, str] = {}


def fold(word: str) -> str:
    """The normalised form of one word: no diacritics or invisible marks, one spelling per letter, lower case."""
    known = _folded.get(word)
    if known is not None:
        return known
    if word.isascii():
        out = word.lower()
    else:
        out = unicodedata.normalize("NFKC", word)
        if out[0] < "\u0530":  # Latin, Greek, Cyrillic: accents are combining marks after decomposition
            out = unicodedata.normalize("NFKD", out)
        out = out.translate(_ARABIC).lower()
        while "يي" in out:
            out = out.replace("يي", "ي")
    if len(_folded) < 200_000:  # bounds memory on hostile input
        _folded[word] = out
    return out


def tokenise(text: str) -> list[Token]:
    """All tokens of `text` in order: words, numbers (ASCII digits, grouped thousands joined) and single marks.

    A line break is a mark `\\n`. Words keep their clitics; "1945م" gives two adjacent tokens.
    """
    out: list[Token] = []
    append, make, folded = out.append, Token._make, _folded.get
    for match in _TOKEN.finditer(text if text.isascii() else text.translate(_PLAIN)):
        start, end = match.span()
        kind = match.lastindex
        raw = text[start:end]
        if kind == 2:
            append(make((folded(raw) or fold(raw), start, end, "word")))
        elif kind == 1:
            append(make((match[0].replace(",", ""), start, end, "number")))
        else:
            append(make((_MARKS.get(raw, raw), start, end, "mark")))
    return out


def is_arabic(word: str) -> bool:
    """Whether a folded word is written in Arabic letters."""
    return "\u0600" <= word[:1] <= "\u06ff"


def bare(word: str) -> str:
    """A folded word without the Arabic article: names match with and without it."""
    if word.startswith("ال") and len(word) > 3:
        return word[2:]
    return word


def name_key(text: str) -> tuple[str, ...]:
    """The words by which a name is found: folded, without article, marks and the English "the"."""
    known = _keys.get(text)
    if known is None:
        # «ألمانيا» does not begin with the article: only a plain alef does
        words = tuple(
            bare(token.norm) if text[token.start] == "ا" or token.norm[:1] != "ا" else token.norm
            for token in tokenise(text)
            if token.kind != "mark"
        )
        known = words[1:] if len(words) > 1 and words[0] == "the" else words
        if len(_keys) < _CACHED:
            _keys[text] = known
    return known


_keys: dict[str, tuple[str, ...]] = {}
_CACHED = 100_000
"""Names whose words are kept; bounds memory."""


def is_separator(token: Token) -> bool:
    """Whether a mark may stand between the words of a name (hyphen, apostrophe, point)."""
    return token.kind == "mark" and token.norm in _SEPARATORS


def variants(key: Sequence[str], endings: Iterable[Sequence[str]] = ()) -> Iterator[tuple[str, ...]]:
    """`key` and its spelling variants: each group of `endings` holds word endings that are written for one another."""
    yield tuple(key)
    for group in endings:
        for index, word in enumerate(key):
            for ending in group:
                if word.endswith(ending) and len(word) > len(ending):
                    stem = word[: -len(ending)]
                    for other in group:
                        if other != ending:
                            yield (*key[:index], stem + other, *key[index + 1 :])
                    break


_stems: dict[str, tuple[str, ...]] = {}


def stems(word: str) -> tuple[str, ...]:
    """What a folded word may be once Arabic clitics (و ف, then ب ل ك, then the article) are taken off.

    The word itself comes first, without and with what may be an article. Words of other scripts have one stem.
    """
    known = _stems.get(word)
    if known is not None:
        return known
    out = [bare(word)]
    if out[0] != word:
        out.append(word)  # ألمانيا written without its hamza
    if is_arabic(word) and len(word) > 3:
        rests = [word]
        if word[0] in "وف":
            rests.append(word[1:])
        for rest in tuple(rests):
            if rest.startswith("لل") and len(rest) > 3:
                rests.append(rest[2:])
                rests.append("ا" + rest[1:])  # للامان: ل + ال…, the alef of the article is not written
            elif rest[0] in "بلك" and len(rest) > 3:
                rests.append(rest[1:])
        for rest in rests[1:]:
            for stem in (bare(rest), rest):
                if stem not in out:
                    out.append(stem)
    result = tuple(out)
    if len(_stems) < 200_000:
        _stems[word] = result
    return result


def language(text: str) -> str:
    """ "ar" or "en": the script that most letters of the first 4,000 characters have."""
    sample = text[:4000]
    arabic = len(sample) - len(_SCRIPT.sub("", sample))
    latin = len(sample) - len(_LATIN.sub("", sample))
    return "ar" if arabic >= latin and arabic else "en"


def spelling_groups(wording: Mapping[str, object], key: str) -> list[list[str]]:
    """Groups of word endings or words that are written for one another, from a language's `spelling` wording, folded."""
    spelling = wording.get("spelling")
    groups = spelling.get(key, []) if isinstance(spelling, Mapping) else []
    return [[fold(word) for word in group] for group in groups]
