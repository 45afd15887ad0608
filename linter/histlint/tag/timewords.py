"""The wording of times as look-up tables, and a reader that gives the meaning of each token of a text.

`Table` is a dict from a folded word to its entry, filled as words are met: clitics come off once per word type. `Reader` adds
the phrases of several words. Grammar (`dates`, `spans`, `ranges`) sees only categories, never words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps

from histlint.model import Token
from histlint.named_tuple import TYPE_CHECKING
from histlint.normalise import fold, tokenise

if TYPE_CHECKING:
    from typing import Any, TypeVar

    Cats = dict[str, Any]
    Phrases = list[tuple[tuple[str, ...], Cats]]  # the words behind the first, longest first
    Base = dict[str, tuple[Cats, Phrases]]
    Entry = tuple[Cats, dict[str, Phrases], str, bool]  # categories, phrases by second word, clitics taken off, may begin a time
    _Read = TypeVar("_Read", bound=Callable[..., Any])

_MARKS = {
    "-": "dash", "–": "dash", "—": "dash", "‐": "dash", "‑": "dash", "−": "dash", "‒": "dash", "―": "dash",
    "/": "slash", "(": "open", "[": "open", ")": "close", "]": "close", ",": "comma", "،": "comma", ".": "dot", "'": "quote",
    ";": "stop", "؛": "stop", ":": "colon",
}  # fmt: skip
_STARTS = frozenset(
    (
        "digits", "roman", "num", "ord", "scale", "month", "weekday", "season", "daypart", "unit", "part", "decade", "quant",
        "about", "more", "less", "a", "half", "this", "next", "prev", "same", "every", "set", "vague", "age_before", "holiday",
        "era_first", "after_that", "before_that", "general", "later", "earlier", "mid_month", "style",
    )
)  # fmt: skip
_BEGINS = _STARTS | {"quote"}
_NUMBERS = frozenset(("digits", "num", "ord", "scale"))
_KEYS = {
    "in": "in", "from": "from", "between": "between", "to": "to", "and": "and", "or": "or", "of": "of", "the": "the",
    "date_words": "date_word", "equals": "equals", "same": "same", "this": "this", "next": "next", "previous": "prev",
    "later": "later", "earlier": "earlier", "after_that": "after_that", "before_that": "before_that", "by_amount": "by",
    "of_that_month": "of_that_month", "after_event": "after_event", "ago": "ago", "rest": "rest", "whole": "whole", "every": "every", "sets": "set",
    "not_before": "not_before", "not_after": "not_after", "year_heads": "year_head", "general": "general", "lengths": "length",
    "passed": "passed", "left": "left", "mid_month": "mid_month", "a": "a", "in_years": "in_year",
    "about": "about", "about_after": "about_after", "era_first": "era_first",
}  # fmt: skip

_BY_VALUE = (
    ("part", "parts"), ("era", "eras"), ("style", "styles"), ("rel", "relations"), ("daypart", "day_parts"), ("vague", "vague"),
    ("half", "halves"), ("holiday", "holidays"),
)  # fmt: skip


class Lex:
    """What stands at a token: its categories, the token behind it and the clitics taken off (`conj`: with "and")."""

    __slots__ = ("article", "cats", "conj", "end", "pre")

    def __init__(self, cats: Cats, end: int, pre: str, article: str, conj: str) -> None:
        self.cats = cats
        self.end = end
        self.pre = pre
        self.article = bool(article) and article in pre
        self.conj = bool(conj) and pre[:1] == conj


_DEPTH = 12


def bounded(read: _Read) -> _Read:
    """A grammar function that calls itself through others: it gives up below a depth that no prose reaches."""

    @wraps(read)
    def wrapper(r: Reader, *arguments: Any, **named: Any) -> Any:
        if r.depth >= _DEPTH:
            return None
        r.depth += 1
        try:
            return read(r, *arguments, **named)
        finally:
            r.depth -= 1

    return wrapper  # type: ignore[return-value]


def base_of(wording: Mapping[str, Any]) -> Base:
    """The words of a `time.yaml` with their categories and phrases: plain values, which are stored with the compiled packs."""
    builder = _Builder()
    builder.fill(wording)
    return builder.base


class _Builder:
    def __init__(self) -> None:
        self.base: Base = {}

    def fill(self, wording: Mapping[str, Any]) -> None:
        """Adds a language's `time.yaml`."""
        for key, category in _KEYS.items():
            self._add(wording.get(key, ()), category, True)
        weak, rare = (set(_phrases(wording.get(key, ()))) for key in ("weak_months", "rare_months"))
        for calendar, months in wording.get("months", {}).items():
            for number, names in months.items():
                for words in _phrases(names):
                    self._put(words, "month", (calendar, int(number), 2 if words in rare else 1 if words in weak else 0))
        weak = set(_phrases(wording.get("weak_weekdays", ())))
        for number, names in wording.get("weekdays", {}).items():
            for words in _phrases(names):
                self._put(words, "weekday", (int(number), words in weak))
        weak = set(_phrases(wording.get("weak_seasons", ())))
        for number, names in wording.get("seasons", {}).items():
            for words in _phrases(names):
                self._put(words, "season", (int(number), words in weak))
        for category, section in _BY_VALUE:
            for value, names in wording.get(section, {}).items():
                self._add(names, category, value)
        for value, names in wording.get("bounds", {}).items():
            self._add(names, value, True)
        for value, names in wording.get("quantities", {}).items():
            low, high = value.split()
            self._add(names, "quant", (int(low), int(high)))
        for value, names in wording.get("decades", {}).items():
            self._add(names, "decade", int(value))
        for name, forms in wording.get("units", {}).items():
            for number, key in ((1, "one"), (0, "many"), (2, "dual")):
                self._add(forms.get(key, ()), "unit", (name, number))
        for category, names in wording.get("ages", {}).items():
            self._add(names, f"age_{category}", True)
        numbers = wording.get("numbers", {})
        for category, section in (("num", "cardinal"), ("ord", "ordinal"), ("scale", "scale")):
            for value, names in numbers.get(section, {}).items():
                self._add(names, category, int(value))
        self._add(numbers.get("teen", ()), "teen", True)
        self._add(numbers.get("suffix", ()), "suffix", True)

    def _add(self, names: Iterable[str], category: str, value: Any) -> None:
        for words in _phrases(names):
            self._put(words, category, value)

    def _put(self, words: tuple[str, ...], category: str, value: Any) -> None:
        cats, phrases = self.base.setdefault(words[0], ({}, []))
        if len(words) > 1:
            for rest, known in phrases:
                if rest == words[1:]:
                    cats = known
                    break
            else:
                cats = {}
                phrases.append((words[1:], cats))
        cats.setdefault(category, value)


class Table(dict[str, "Entry | None"]):
    """Entries by folded word, filled as words are met. `style` is that of the wording, `base` what `base_of` makes of it."""

    def __init__(self, style: Mapping[str, str], base: Base) -> None:
        super().__init__()
        self.clitics = style.get("clitics") == "yes"
        self.month_day = style.get("month_day") == "yes"
        self.year_pairs = style.get("year_pairs") == "yes"
        self.month_first = style.get("numeric") == "mdy"
        # Arabic's clitics are letters, not words: the one place where the code knows them, as `normalise.stems` does.
        self.article, self.conj = ("ال", "و") if self.clitics else ("", "")
        self._base = base

    def __missing__(self, norm: str) -> Entry | None:
        entry = self._entry(norm)
        if len(self) < 300_000:  # bounds memory in bulk runs
            self[norm] = entry
        return entry

    def _entry(self, norm: str) -> Entry | None:
        if not norm:
            return _made({"dash": True}, [], "")  # a lone tatweel: typed for a dash
        mark = _MARKS.get(norm)
        if mark:
            own = self._base.get(norm, ({}, []))
            return _made({mark: True, **own[0]}, own[1], "")
        if norm.isascii() and len(norm) > 1 and not norm.strip("ivxlc") and norm not in self._base:
            return _made({"roman": True}, [], "")
        if norm.isdecimal():
            return _made({"digits": int(norm)}, [], "") if len(norm) < 10 else None
        # The word nearest to what is written gives the meaning; phrases may begin with any of its forms («اليوم الأول من»).
        cats: Cats = {}
        phrases: Phrases = []
        taken, known = "", False
        for word, pre in self._forms(norm):
            found = self._base.get(word)
            if found and len(word) == 2 and (pre[-1:] in ("ب", "ك") or pre.endswith(self.article)) and "month" in found[0]:
                continue  # too little is left: «باب», «كاب» and «الأب» are no August
            if found:
                if not cats:
                    cats, taken = found[0], pre
                phrases = phrases + found[1]
                known = True
        return _made(cats, phrases, taken) if known else None

    def _forms(self, norm: str) -> Iterable[tuple[str, str]]:
        """The word, and what it may be without clitics, nearest first."""
        yield norm, ""
        if not self.clitics or len(norm) < 3:
            return
        rests = [(norm, "")]
        if norm[0] in "وف":
            rests.append((norm[1:], norm[0]))
        for rest, pre in rests:
            if pre:
                yield rest, pre
            if rest.startswith("لل") and len(rest) > 3:
                yield rest[2:], pre + "لال"
            if rest[0] in "بلك" and len(rest) > 2:
                yield rest[1:], pre + rest[0]
                if rest[1:3] == "ال" and len(rest) > 4:
                    yield rest[3:], pre + rest[0] + "ال"
            if rest.startswith("ال") and len(rest) > 3:
                yield rest[2:], pre + "ال"


def _made(cats: Cats, phrases: Phrases, taken: str) -> Entry:
    """An entry; phrases longest first."""
    by_second: dict[str, Phrases] = {}
    for phrase in sorted(phrases, key=lambda phrase: -len(phrase[0])):
        by_second.setdefault(phrase[0][0], []).append(phrase)
    starts = not _STARTS.isdisjoint(cats) or any(not _STARTS.isdisjoint(phrase) for _, phrase in phrases)
    return cats, by_second, taken, starts


def _phrases(names: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """The folded words of each phrase of a wording list."""
    for name in names:
        pieces = name.split()
        # Most names are words only: folding them is much faster than cutting.
        words = tuple(map(fold, pieces)) if all(map(str.isalpha, pieces)) else tuple(token.norm for token in tokenise(name))
        if words:
            yield words


_tables: dict[int, tuple[Mapping[str, Any], Table]] = {}


def table_for(wording: Mapping[str, Any]) -> Table:
    """The table of a `time.yaml`, built once."""
    known = _tables.get(id(wording))
    if known is None:
        table = Table(wording.get("style", {}), base_of(wording))
        known = _tables[id(wording)] = (wording, table)  # keeps the wording alive, so that its id stays its own
    return known[1]


class Reader:
    """Meanings by token index. `at` takes the longest phrase, `word` only the one token."""

    __slots__ = ("_lexes", "_numbers", "_words", "depth", "entries", "size", "small_years", "table", "text", "tokens")

    def __init__(self, tokens: Sequence[Token], text: str, table: Table) -> None:
        self.tokens = tokens
        self.text = text
        self.table = table
        self.size = len(tokens)
        self.entries = [table[token[0]] for token in tokens]
        self.depth = 0  # of the grammar's calls, kept by `bounded`
        self.small_years: bool | None = None  # kept by `years`
        self._lexes: dict[int, Lex] = {}
        self._words: dict[int, Lex] = {}
        self._numbers: list[int] | None = None

    def numbers(self, first: int, last: int) -> list[int]:
        """The tokens from `first` to `last` (exclusive) that a number may begin at."""
        if self._numbers is None:
            self._numbers = [i for i, entry in enumerate(self.entries) if entry and not _NUMBERS.isdisjoint(entry[0])]
        return self._numbers[bisect_left(self._numbers, first) : bisect_left(self._numbers, last)]

    def at(self, i: int) -> Lex | None:
        """The longest phrase that begins at token `i`, or its word."""
        known = self._lexes.get(i)
        if known is not None:
            return known
        if not 0 <= i < self.size:
            return None
        entry = self.entries[i]
        if entry is None:
            return None
        cats, phrases, pre, _ = entry
        end = i + 1
        if phrases and end < self.size:
            for rest, phrase_cats in phrases.get(self.tokens[end][0], ()):
                stop = i + 1 + len(rest)
                if stop <= self.size and all(self.tokens[i + 1 + k][0] == word for k, word in enumerate(rest)):
                    cats, end = phrase_cats, stop
                    break
        if not cats:
            return None
        lex = self._lexes[i] = Lex(cats, end, pre, self.table.article, self.table.conj)
        return lex

    def may_begin(self, i: int) -> bool:
        """Whether what stands at token `i` may begin a time; its word alone may only because of a phrase that does not stand here."""
        for k in {i, self.skip(i, "the")}:
            lex = self.at(k)
            if lex is not None and (lex.pre or not _BEGINS.isdisjoint(lex.cats)):
                return True
        return False

    def word(self, i: int) -> Lex | None:
        """The meaning of the single token `i`."""
        known = self._words.get(i)
        if known is not None:
            return known
        if not 0 <= i < self.size:
            return None
        entry = self.entries[i]
        if entry is None or not entry[0]:
            return None
        lex = self._words[i] = Lex(entry[0], i + 1, entry[2], self.table.article, self.table.conj)
        return lex

    def has(self, i: int, category: str) -> Any:
        """The value of a category at token `i` (longest phrase), or None."""
        lex = self.at(i)
        return lex.cats.get(category) if lex else None

    def is_(self, i: int, category: str) -> bool:
        """Whether the single token `i` has a category."""
        lex = self.word(i)
        return lex is not None and category in lex.cats

    def skip(self, i: int, *categories: str) -> int:
        """The index behind token `i` where it has one of the categories, else `i`."""
        lex = self.word(i)
        if lex:
            for category in categories:
                if category in lex.cats:
                    return lex.end
        return i

    def skip_phrase(self, i: int, *categories: str) -> int:
        """As `skip`, with phrases."""
        lex = self.at(i)
        if lex:
            for category in categories:
                if category in lex.cats:
                    return lex.end
        return i

    def adjacent(self, i: int) -> bool:
        """Whether nothing stands between token `i` and the one before it."""
        return 0 < i < self.size and self.tokens[i][1] == self.tokens[i - 1][2]

    def ends_with(self, i: int, category: str) -> bool:
        """Whether a word or phrase of a category ends directly before token `i`."""
        for back in (1, 2, 3):
            lex = self.at(i - back)
            if lex and lex.end == i and category in lex.cats:
                return True
        # an abbreviation: "p. 1945"
        return self.is_(i - 1, "dot") and self.is_(i - 2, category) and self.adjacent(i - 1)

    def start_of(self, i: int) -> int:
        """Offset of token `i` behind the conjunction or preposition written with it («وسنة» from «سنة»)."""
        start = self.tokens[i][1]
        entry = self.entries[i]
        pre = entry[2].removesuffix(self.table.article) if entry and entry[2] else ""
        if not pre or entry is None or entry[2] == "ل" + self.table.article or entry[2].endswith("ل" + self.table.article):
            pre = pre[:-1] if pre.endswith("ل") else pre
        for _ in pre:
            start += 1
            while not self.text[start].isalpha():  # diacritics and tatweel of the letter that came off
                start += 1
        return start

    def plain(self, i: int) -> bool:
        """Whether a number token is written without grouping marks."""
        token = self.tokens[i]
        return token[3] != "number" or token[2] - token[1] == len(token[0])

    def capital(self, i: int) -> bool:
        """Whether a word is written with a capital letter (or in a script that has none)."""
        char = self.text[self.tokens[i][1]]
        return not char.islower()
