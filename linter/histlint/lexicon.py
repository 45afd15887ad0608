"""The wording of one language as look-up tables: what states a kind of deed, what negates it, what glues a clause.

`wording_tables` makes the tables from `rules/language/<lang>/` when packs are compiled; a look-up costs a dict access per
token.
"""

from __future__ import annotations

import marshal
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from .model import Token
from .named_tuple import TYPE_CHECKING, NamedTuple
from .normalise import bare, is_arabic, stems

if TYPE_CHECKING:
    from typing import Any

    _Candidate = tuple[tuple[str, ...], Any, str]  # the words of a phrase, its value, the clitic taken off the first
    # the second words of its phrases, value and clitic where it is one alone, and all candidates, the longest first
    _Entry = tuple[frozenset[str], tuple[Any, str] | None, tuple[_Candidate, ...]]


class Trigger(NamedTuple):
    """A word or phrase that states a frame; `form` is verb, passive or noun, `suffix` whether an object pronoun hangs on it,
    `intransitive` whether the name behind it can only be its subject."""

    frame: str
    form: str
    suffix: bool = False
    intransitive: bool = False


class Hit(NamedTuple):
    """A phrase found at tokens `first` to `last` (exclusive); `clitic` is what was taken off its first word (و ف ب ل ك)."""

    first: int
    last: int
    value: Any
    clitic: str = ""


class Phrases:
    """A set of phrases with values, found in token streams by their first word; the longest match wins."""

    any_word = False  # whether `at` may find a phrase at a word that `by_word` has nothing for

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._by_first: Mapping[str, Any] = (
            _InParts(table["parts"], table["letters"]) if "parts" in table else table["phrases"]
        )
        self.by_word: Mapping[str, _Entry | None] = _Candidates(table, self._by_first)  # by a word of a text, what it can begin
        self._verbal: bool = table["verbal"]  # only و and ف come off, and the article stays
        self._tight: frozenset[tuple[str, ...]] = table["tight"]
        self.adverb_endings: tuple[str, ...] = table.get("adverb_endings", ("\0",))
        self._last: tuple[tuple[Token, ...], list[int]] = ((), [])  # see `places`

    def first_words(self) -> Set[str]:
        """The words that phrases begin with."""
        return self._by_first.keys()

    def begun_by(self, word: str) -> tuple[_Candidate, ...]:
        """The phrases that a word begins, each with its value and the clitic taken off."""
        entry = self.by_word[word]
        return entry[2] if entry else ()

    def at(self, tokens: Sequence[Token], index: int, stop: int) -> Hit | None:
        """The longest phrase that begins at token `index` and ends before `stop`; none at the end of a text."""
        if index >= stop or index >= len(tokens):
            return None
        entry = self.by_word[tokens[index].norm]
        if not entry:
            return None
        seconds, alone, candidates = entry
        following = tokens[index + 1 : min(index + 2 + (_GAP if self._verbal else 0), stop)] if seconds else ()
        near = {token.norm for token in following}
        if seconds.isdisjoint(near):
            return Hit._make((index, index + 1, *alone)) if alone else None
        for words, value, clitic in candidates:
            if len(words) == 1:
                return Hit._make((index, index + 1, value, clitic))
            if words[1] not in near:
                continue
            last = index + len(words)
            if last <= stop and _stand(tokens, index, words):
                return Hit._make((index, last, value, clitic))
            if self._verbal:
                if not is_arabic(words[0]):
                    if self._around_adverb(tokens, index, stop, words):
                        return Hit(index, last + 1, value, clitic)
                elif words not in self._tight and _after_gap(tokens, index + 1, stop, words[1:]):
                    return Hit(index, index + 1, value, clitic)
        return None

    def _around_adverb(self, tokens: Sequence[Token], index: int, stop: int, words: Sequence[str]) -> bool:
        """Whether an adverb stands behind the first word: "was decisively beaten"."""
        if index + len(words) + 1 > stop or not tokens[index + 1].norm.endswith(self.adverb_endings):
            return False
        return _stand(tokens, index + 1, words)

    def find(self, tokens: Sequence[Token], start: int, stop: int) -> list[Hit]:
        """All phrases in a token range, left to right, not overlapping."""
        if type(tokens) is not tuple:
            return self.find(tuple(tokens[:stop]), start, stop)
        places = self.starts(tokens, start, stop)
        if not places:  # nearly always
            return []
        out: list[Hit] = []
        behind = start
        for index in places:
            if index >= behind and (hit := self.at(tokens, index, stop)):
                out.append(hit)
                behind = hit.last
        return out

    def starts(self, tokens: tuple[Token, ...], start: int, stop: int) -> Sequence[int]:
        """Those of its `places` that lie in a token range."""
        places = self.places(tokens)
        first = bisect_left(places, start)
        if first == len(places) or places[first] >= stop:
            return ()
        return places[first : bisect_left(places, stop, first)]

    def places(self, tokens: tuple[Token, ...]) -> list[int]:
        """The words of a text that phrases may begin at, kept for the text that was asked about last."""
        text, places = self._last
        if text is tokens:
            return places
        words = words_of(tokens)
        found = sorted([index for word in self._beginning(tokens, words) for index in words[word]])
        self._last = tokens, found
        return found

    def _beginning(self, tokens: tuple[Token, ...], words: Places) -> Iterable[str]:
        """The words of a text that phrases may begin at."""
        if self.any_word:
            return words
        if isinstance(self._by_first, _InParts):
            return filter(self.by_word.__getitem__, words)
        forms = forms_of(tokens, self._verbal)
        return {word for form in forms.keys() & self._by_first.keys() for word in forms[form]}


Places = Mapping[str, Sequence[int]]
"""Where each word, number or mark stands."""
_last_places: tuple[tuple[Token, ...], Mapping[str, Places]] = ((), {"word": {}, "number": {}, "mark": {}})


def places_of(tokens: tuple[Token, ...]) -> Mapping[str, Places]:
    """Where each token of a text stands, by kind; kept for the text that was asked about last."""
    global _last_places
    text, places = _last_places
    if text is not tokens:
        found: dict[str, dict[str, list[int]]] = {"word": {}, "number": {}, "mark": {}}
        for index, (norm, _, _, kind) in enumerate(tokens):
            found[kind].setdefault(norm, []).append(index)
        places = found
        _last_places = tokens, places
    return places


def words_of(tokens: tuple[Token, ...]) -> Places:
    """Where each word of a text stands."""
    return places_of(tokens)["word"]


_last_forms: dict[bool, tuple[tuple[Token, ...], dict[str, list[str]]]] = {}


def forms_of(tokens: tuple[Token, ...], verbal: bool) -> dict[str, list[str]]:
    """The words of a text by what is left of them without clitics; kept for the text that was asked about last."""
    text, forms = _last_forms.get(verbal, ((), {}))
    if text is not tokens:
        forms = {}
        for word in words_of(tokens):
            for form, _ in _clitic_forms(word, verbal):
                forms.setdefault(form, []).append(word)
        _last_forms[verbal] = tokens, forms
    return forms


def marks_of(tokens: tuple[Token, ...], marks: Iterable[str]) -> list[int]:
    """Where some marks stand in a text."""
    places = places_of(tokens)["mark"]
    return sorted(index for mark in marks for index in places.get(mark, ()))


class _InParts(Mapping[str, "Any"]):
    """A large table of words stored in parts by their first letters; a part is loaded when it is asked for the first time."""

    def __init__(self, parts: Mapping[str, bytes], letters: int) -> None:
        self._stored, self._letters = dict(parts), letters
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, word: str) -> Any:
        part = self._stored.get(word[: self._letters])
        if part is not None:
            self._loaded.update(marshal.loads(part))
            self._stored.pop(word[: self._letters], None)
        return self._loaded[word]

    def _all(self) -> dict[str, Any]:
        for first in tuple(self._stored):
            self.get(first)
        return self._loaded

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


class _Candidates(dict[str, "_Entry | None"]):
    """Phrases by the word of a text that they can begin with; filled as words are met."""

    def __init__(self, table: Mapping[str, Any], by_first: Mapping[str, Any]) -> None:
        self._by_first, self._values = by_first, table["values"]
        self._verbal, self._triggers = table["verbal"], table["triggers"]

    def __missing__(self, norm: str) -> _Entry | None:
        found: tuple[_Candidate, ...] = ()
        for word, clitic in _clitic_forms(norm, self._verbal):
            phrases = self._by_first.get(word, ())
            if isinstance(phrases, int):  # the word alone
                phrases = (((word,), self._values[phrases]),)
            for words, value in phrases:
                found += ((words, Trigger(*value) if self._triggers else value, clitic),)
        alone = next(((value, clitic) for words, value, clitic in found if len(words) == 1), None)
        entry = (frozenset(words[1] for words, _, _ in found if len(words) > 1), alone, found) if found else None
        if len(self) < 200_000:  # bounds memory on hostile input
            self[norm] = entry
        return entry


_GAP = 5


def _stand(tokens: Sequence[Token], index: int, words: Sequence[str]) -> bool:
    """Whether the words of a phrase stand behind its first, which is at `index`."""
    if len(words) == 1:
        return True
    return all(tokens[index + k].norm == words[k] for k in range(1, len(words)))


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


class Lexicon:
    """All tables of one language."""

    abbreviations: frozenset[str]
    answered_by: frozenset[str]
    clausal: frozenset[str]
    towns_of: frozenset[str]
    captains: frozenset[str]
    inverting: frozenset[str]
    participles: frozenset[str]
    aims: frozenset[str]
    auxiliaries: frozenset[str]
    ambiguous: frozenset[str]
    carriers: frozenset[str]
    counted_from: frozenset[str]
    effects: frozenset[str]
    emerging: frozenset[str]
    entering: frozenset[str]
    equations: frozenset[str]
    event_words: frozenset[str]
    exceptives: frozenset[str]
    explains: frozenset[str]
    feminine: frozenset[str]
    fillers: frozenset[str]
    followers: frozenset[str]
    adverbs: frozenset[str]
    instrumental: frozenset[str]
    forces: frozenset[str]
    fought_at: frozenset[str]
    given_names: frozenset[str]
    going_to: frozenset[str]
    indefinite: frozenset[str]
    glue: frozenset[str]
    head_links: frozenset[str]
    atop: frozenset[str]
    clerical: frozenset[str]
    honorifics: frozenset[str]
    hosts: frozenset[str]
    indemnities: frozenset[str]
    irregular_pasts: frozenset[str]
    joins: frozenset[str]
    verb_joins: frozenset[str]
    belongings: frozenset[str]
    parting: frozenset[str]
    landmarks: frozenset[str]
    now: frozenset[str]
    juniors: frozenset[str]
    news: frozenset[str]
    won_fights: frozenset[str]
    grounds: frozenset[str]
    premises: frozenset[str]
    parts_of_lands: frozenset[str]
    capitals: frozenset[str]
    so_called: frozenset[str]
    whereat: frozenset[str]
    surroundings: frozenset[str]
    along: frozenset[str]
    coasts: frozenset[str]
    edges: frozenset[str]
    departing: frozenset[str]
    attempts: frozenset[str]
    seated: frozenset[str]
    identifying: frozenset[str]
    settlements: frozenset[str]
    situated: frozenset[str]
    personal_relatives: frozenset[str]
    ages: frozenset[str]
    apposed: frozenset[str]
    naming: frozenset[str]
    amounted: frozenset[str]
    defeats: frozenset[str]
    describers: frozenset[str]
    qualified: frozenset[str]
    victories: frozenset[str]
    possessives: frozenset[str]
    drafting: frozenset[str]
    heroes: frozenset[str]
    peaks: frozenset[str]
    formerly: frozenset[str]
    kin_objects: frozenset[str]
    kinsmen: frozenset[str]
    led_bodies: frozenset[str]
    list_openers: frozenset[str]
    listing: frozenset[str]
    lying: frozenset[str]
    lying_on: frozenset[str]
    name_ends: frozenset[str]
    name_links: frozenset[str]
    nominal_before: frozenset[str]
    of_a_life: frozenset[str]
    partners: frozenset[str]
    places_of: frozenset[str]
    pluperfect: frozenset[str]
    other_than: frozenset[str]
    past_endings: frozenset[str]
    pointing: frozenset[str]
    prepositions: frozenset[str]
    pronoun_phrases: frozenset[str]
    pronouns: frozenset[str]
    regimes: frozenset[str]
    regnal: frozenset[str]
    relatives: frozenset[str]
    reporting: frozenset[str]
    single: frozenset[str]
    sons_of: frozenset[str]
    titles_behind: frozenset[str]
    eastern_titles: frozenset[str]
    oblique_relatives: frozenset[str]
    absolutes: frozenset[str]
    was_before: frozenset[str]
    topicalisers: frozenset[str]
    unclear: frozenset[str]
    units: frozenset[str]
    undergoing: frozenset[str]
    until_when: frozenset[str]
    vaguely: frozenset[str]
    aftermath: Phrases
    answering: Phrases
    decisions: Phrases
    remaining: Phrases
    among: Phrases
    apposition: Phrases
    bearings: Phrases
    connectors: Phrases
    counts: Phrases
    deeds: Phrases
    doings: Phrases
    event_nouns: Phrases
    exile: Phrases
    hardly: Phrases
    heading: Phrases
    replacing: Phrases
    passes: Phrases
    thrones: Phrases
    in_his_place: Phrases
    fates: Phrases
    fight_nouns: Phrases
    going: Phrases
    instruments: Phrases
    kin: Phrases
    leads: Phrases
    manners: Phrases
    native: Phrases
    not_asserted: Phrases
    not_triggers: Phrases
    nouns: Phrases
    ranks: Phrases
    circumstances: Phrases
    sending: Phrases
    reign_of: Phrases
    held: Phrases
    telling: Phrases
    fighting: Phrases
    then: Phrases
    managed: Phrases
    sequels: Phrases
    staging: Phrases
    relations: Phrases
    commemorating: Phrases
    unbroken: Phrases
    retrospective: Phrases
    roles: Phrases
    titles: Phrases
    verbs: Phrases

    def __init__(self, lang: str, wording: Mapping[str, Any], tables: Mapping[str, Any]) -> None:
        self.lang = lang
        self.wording = wording
        self.objects: Mapping[str, tuple[str, ...]] = tables["objects"]
        self.of: Mapping[str, str] = tables["of"]
        self.lists: Mapping[str, Sequence[tuple[tuple[str, ...], bool]]] = tables["lists"]
        self.nouns_of: Mapping[str, tuple[tuple[str, ...], ...]] = tables["nouns_of"]
        self.__dict__.update(tables["sets"])
        for name, table in tables["phrases"].items():
            setattr(self, name, Phrases(table))
