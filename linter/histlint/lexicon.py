"""The wording of one language as look-up tables: what states a kind of deed, what negates it, what glues a clause.

Tables are built once per language from `rules/language/<lang>/`; a look-up costs one dict access per token.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from .model import Token
from .normalise import bare, fold, is_arabic, stems, tokenise

_PRONOUNS = ("ه", "ها", "هم", "هما")  # object suffixes of Arabic verbs


class Trigger(NamedTuple):
    """A word or phrase that states a frame; `form` is verb, passive or noun, `suffix` whether an object pronoun hangs on it."""

    frame: str
    form: str
    suffix: bool = False


class Hit(NamedTuple):
    """A phrase found at tokens `first` to `last` (exclusive); `clitic` is what was taken off its first word (و ف ب ل ك)."""

    first: int
    last: int
    value: Any
    clitic: str = ""


class Phrases:
    """A set of phrases with values, found in token streams by their first word; the longest match wins."""

    def __init__(self, verbal: bool = False) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
        self._verbal = verbal  # only و and ف come off, and the article stays
        self._tight: set[tuple[str, ...]] = set()
        self._may: dict[str, bool] = {}  # by word: whether a phrase can begin with it

    def add(self, phrase: str, value: Any) -> None:
        """Add a phrase as written in a wording file; words joined by _ must stand side by side."""
        words = tuple(token.norm for token in tokenise(phrase.replace("_", " ")))
        self.add_words(words, value, tight="_" in phrase)

    def add_words(self, words: tuple[str, ...], value: Any, *, tight: bool = False) -> None:
        """Add a phrase of folded words; a `tight` one is not found around a subject."""
        if tight:
            self._tight.add(words)
        self._may.clear()
        entries = self._by_first.setdefault(words[0], [])
        if (words, value) not in entries:
            entries.append((words, value))
            entries.sort(key=lambda entry: -len(entry[0]))

    def first_words(self) -> set[str]:
        """The words that phrases begin with."""
        return set(self._by_first)

    def at(self, tokens: Sequence[Token], index: int, stop: int) -> Hit | None:
        """The longest phrase that begins at token `index` and ends before `stop`."""
        norm = tokens[index].norm
        may = self._may.get(norm)
        if may is None:
            may = any(word in self._by_first for word, _ in _clitic_forms(norm, self._verbal))
            if len(self._may) < 200_000:
                self._may[norm] = may
        if not may:
            return None
        for word, clitic in _clitic_forms(norm, self._verbal):
            for words, value in self._by_first.get(word, ()):
                last = index + len(words)
                if last <= stop and all(tokens[index + k].norm == words[k] for k in range(1, len(words))):
                    return Hit(index, last, value, clitic)
                if self._verbal and len(words) > 1 and is_arabic(words[0]) and words not in self._tight and _after_gap(tokens, index + 1, stop, words[1:]):
                    return Hit(index, index + 1, value, clitic)
        return None

    def find(self, tokens: Sequence[Token], start: int, stop: int) -> list[Hit]:
        """All phrases in a token range, left to right, not overlapping."""
        out, index = [], start
        while index < stop:
            hit = self.at(tokens, index, stop) if tokens[index].kind == "word" else None
            if hit:
                out.append(hit)
                index = hit.last
            else:
                index += 1
        return out


_GAP = 5


def _after_gap(tokens: Sequence[Token], index: int, stop: int, words: Sequence[str]) -> bool:
    """Whether the rest of an Arabic verb phrase follows behind the subject: «دخلت الولايات المتحدة الحرب»."""
    for start in range(index, min(index + _GAP + 1, stop - len(words) + 1)):
        if all(tokens[start + k].norm == word for k, word in enumerate(words)):
            return True
        if tokens[start].kind == "mark":
            return False
    return False


_forms: dict[tuple[str, bool], tuple[tuple[str, str], ...]] = {}


def _clitic_forms(word: str, verbal: bool) -> tuple[tuple[str, str], ...]:
    known = _forms.get((word, verbal))
    if known is None:
        forms = [(word, "")]
        if is_arabic(word) and len(word) > 2:
            if word[0] in "وف":
                forms.append((word[1:], word[0]))
            if not verbal:
                forms += [(stem, word[: max(0, len(word) - len(stem))]) for stem in stems(word) if stem != word]
                if word.startswith("ال"):
                    forms.append((bare(word), ""))
        known = tuple(forms)
        if len(_forms) < 200_000:
            _forms[word, verbal] = known
    return known


def _inflected(verb: str) -> Iterable[tuple[tuple[str, ...], bool]]:
    """The past forms of an Arabic verb phrase that histories use: gender, plural, object pronouns; (words, has object)."""
    first, *rest = [token.norm for token in tokenise(verb.replace("_", " "))]
    tail = tuple(rest)
    yield (first, *tail), False
    if not is_arabic(first):
        return
    weak = verb.replace("_", " ").split()[0].endswith(("ى", "ا"))
    stem = first[:-1] if weak else first
    for ending in ("ت", "وا", "تا", "ا") if not weak else ("ت", "وا", "تا", "يا"):
        yield (stem + ending, *tail), False
    if not tail:
        for base in (stem + "ا" if weak else stem, stem + "ت", stem + "و"):
            for pronoun in _PRONOUNS:
                yield (base + pronoun,), True


def _noun_forms(noun: str) -> Iterable[tuple[tuple[str, ...], bool]]:
    """A verbal noun, and with the possessive pronouns that stand for whose deed it was; (words, has pronoun)."""
    words = tuple(bare(token.norm) for token in tokenise(noun))
    yield words, False
    if len(words) == 1 and is_arabic(words[0]):
        stem = words[0][:-1] + "ت" if noun.endswith("ة") else words[0]
        for pronoun in _PRONOUNS:
            yield (stem + pronoun,), True


def _word_set(words: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(fold(word) for phrase in words.get(key, ()) for word in phrase.split())


class Lexicon:
    """All tables of one language."""

    def __init__(self, lang: str, wording: Mapping[str, Any]) -> None:
        self.lang = lang
        self.wording = wording
        words: Mapping[str, Any] = wording.get("words", {})
        self.abbreviations = frozenset(fold(word) for word in words.get("abbreviations", ()))
        self.objects: dict[str, tuple[str, ...]] = {}
        self.of: dict[str, str] = {}
        self.verbs = Phrases(verbal=True)
        self.nouns = Phrases()
        self.single: set[str] = set()
        self.unclear: set[str] = set()
        for frame, entry in wording.get("frames", {}).items():
            self._add_frame(frame, entry)
        self.event_nouns = Phrases()
        types: dict[str, list[str]] = {}
        for kind, nouns in words.get("event_nouns", {}).items():
            for noun in nouns:
                types.setdefault(bare(fold(noun)), []).append(kind)
        for noun, kinds in types.items():
            self.event_nouns.add_words((noun,), tuple(kinds))
        verbs, nouns = self.verbs.first_words(), self.nouns.first_words()
        self.ambiguous = frozenset(word for word in verbs & nouns if is_arabic(word))
        self.nominal_before = _word_set(words, "nominal_before")
        self.not_triggers = self._phrases(words, ("not_triggers",))
        self.head_links = _word_set(words, "head_links")
        self.glue = _word_set(words, "glue")
        self.carriers = _word_set(words, "carriers")
        self.prepositions = _word_set(words, "prepositions")
        self.roles = self._phrases(words, ("by", "led", "against", "beside", "between"))
        self.relations = self._phrases(words, ("before", "after", "during", "at", "since", "until", "within"))
        self.connectors = self._phrases(words, ("connectors",))
        self.retrospective = self._phrases(words, ("retrospective",))
        self.apposition = self._phrases(words, ("apposition",))
        self.not_asserted = self._phrases(words.get("not_asserted", {}), tuple(words.get("not_asserted", {})))
        self.instruments = self._phrases(words.get("instruments", {}), tuple(words.get("instruments", {})))
        self.counts = self._phrases(words.get("counts", {}), tuple(words.get("counts", {})))
        self.kin = self._phrases(words.get("kin", {}), tuple(words.get("kin", {})))
        self.reign_of = self._phrases(words, ("reign_of",))
        self.ranks = self._phrases(words, ("ranks",))
        self.manners = self._phrases(words.get("manners", {}), tuple(words.get("manners", {})))
        self.pronoun_phrases = _word_set(words, "pronoun_phrases")
        self.listing = self.carriers | _word_set(words, "joins") | {",", "،"}
        self.aims = _word_set(words, "aims")
        self.joins = _word_set(words, "joins")
        self.fillers = _word_set(words, "fillers")
        self.equations = _word_set(words, "equations")
        self.explains = _word_set(words, "explains")
        self.list_openers = _word_set(words, "list_openers")
        self.pluperfect = _word_set(words, "pluperfect")
        self.event_words = _word_set(words, "event_words")
        self.forces = _word_set(words, "forces")
        self.pronouns = {fold(w): who for who, forms in words.get("pronouns", {}).items() for w in forms}
        self.titles = Phrases()
        titles: dict[str, list[str]] = {}
        for office, forms in wording.get("titles", {}).items():
            for form in forms:
                titles.setdefault(form, []).append(office)
        for form, offices in titles.items():
            key = tuple(bare(token.norm) for token in tokenise(form))
            self.titles.add_words(key, tuple(offices))
            self.ranks.add_words(key, "ranks")

    def _add_frame(self, frame: str, entry: Mapping[str, Any]) -> None:
        self.objects[frame] = tuple(fold(word) if word else "" for word in entry.get("object", ()))
        self.of[frame] = str(entry.get("of", ""))
        if entry.get("single"):
            (self.single if entry["single"] == "patient" else self.unclear).add(frame)
        for verb in entry.get("verbs", ()):
            for words, suffix in _inflected(verb):
                self.verbs.add_words(words, Trigger(frame, "verb", suffix), tight="_" in verb)
        for verb in entry.get("passive", ()):
            self.verbs.add(verb, Trigger(frame, "passive"))
        for noun in entry.get("nouns", ()):
            for words, suffix in _noun_forms(noun):
                self.nouns.add_words(words, Trigger(frame, "noun", suffix))

    @staticmethod
    def _phrases(source: Mapping[str, Any], keys: Iterable[str]) -> Phrases:
        out = Phrases()
        for key in keys:
            for phrase in source.get(key, ()):
                out.add(phrase, key)
        return out
