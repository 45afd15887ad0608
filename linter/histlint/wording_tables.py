"""Look-up tables from the wording files of one language: plain values that are stored with the compiled packs.

The keys of the result are the attributes of `lexicon.Lexicon`.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping

from .named_tuple import TYPE_CHECKING
from .normalise import bare, fold, is_arabic, tokenise

if TYPE_CHECKING:
    from typing import Any

_PRONOUNS = ("ه", "ها", "هم", "هما")  # object suffixes of Arabic verbs

_SETS = (
    "abbreviations", "aims", "auxiliaries", "carriers", "counted_from", "effects", "emerging", "entering", "equations", "event_words", "exceptives",
    "explains", "fillers", "followers", "forces", "fought_at", "given_names", "glue", "going_to", "head_links", "honorifics", "indefinite",
    "atop", "clerical", "irregular_pasts", "joins", "kin_objects", "kinsmen", "led_bodies",
    "list_openers", "lying", "lying_on", "name_ends", "name_links", "nominal_before", "of_a_life", "other_than",
    "partners", "past_endings", "pluperfect", "pointing", "prepositions", "pronoun_phrases", "regimes", "regnal", "relatives", "reporting", "sons_of",
    "titles_behind", "topicalisers", "undergoing", "until_when", "vaguely", "verb_joins",
    "amounted", "belongings", "drafting", "heroes", "peaks", "defeats", "formerly", "grounds", "juniors",
    "capitals", "parts_of_lands", "premises", "so_called", "surroundings", "whereat",
    "along", "coasts", "departing", "edges", "identifying", "seated", "settlements", "situated",
    "landmarks", "news", "now", "parting", "personal_relatives", "possessives", "qualified", "victories", "won_fights",
    "instrumental",
    "adverbs", "ages", "answered_by", "apposed", "naming", "captains", "clausal", "describers", "inverting", "participles", "towns_of",
)
_GROUPS = ("not_asserted", "instruments", "counts", "kin", "manners", "bearings")
"""Wording that holds lists of phrases by name; a phrase found has that name as its value."""
_LISTS = {
    "not_triggers": ("not_triggers",),
    "roles": ("by", "led", "against", "beside", "between"),
    "relations": ("before", "after", "during", "at", "since", "until", "within", "because"),
    "connectors": ("connectors",),
    "retrospective": ("retrospective",),
    "commemorating": ("commemorating",),
    "unbroken": ("unbroken",),
    "fates": ("fates",),
    "apposition": ("apposition",),
    "reign_of": ("reign_of",),
    "held": ("held",),
    "telling": ("telling",),
    "fighting": ("fighting",),
    "then": ("then",),
    "managed": ("managed",),
    "staging": ("staging",),
    "going": ("marched", "to_sign"),
    "leads": ("led_to", "followed_by", "preceded_by"),
    "fight_nouns": ("fight_nouns",),
    "sequels": ("sequels",),
    "among": ("among",),
    "exile": ("exile",),
    "native": ("native",),
    "hardly": ("hardly",),
    "replacing": ("ousting", "takes"),
    "sending": ("sending",),
    "passes": ("passes",),
    "thrones": ("thrones",),
    "in_his_place": ("in_his_place",),
    "aftermath": ("aftermath",),
    "answering": ("answering",),
    "decisions": ("decisions",),
    "remaining": ("remaining",),
    "ranks": ("ranks",),
}
"""Phrase tables and the lists of `words` that they hold; a phrase found has its list's name as its value."""


class _Table:
    """A phrase table while it is built."""

    def __init__(self, *, verbal: bool = False, triggers: bool = False) -> None:
        self.phrases: dict[str, list[tuple[tuple[str, ...], Any]]] = {}
        self.tight: set[tuple[str, ...]] = set()
        self.verbal, self.triggers = verbal, triggers

    def add(self, phrase: str, value: Any) -> None:
        """Add a phrase as written in a wording file; words joined by _ must stand side by side."""
        self.add_words(_cut(phrase), value, tight="_" in phrase)

    def add_words(self, words: tuple[str, ...], value: Any, *, tight: bool = False) -> None:
        """Add a phrase of folded words; a `tight` one is not found around a subject."""
        if tight:
            self.tight.add(words)
        entries = self.phrases.setdefault(words[0], [])
        if (words, value) not in entries:
            entries.append((words, value))

    def finished(self) -> dict[str, Any]:
        """The table with the longest phrases first. Where a word is all of one phrase, only the number of its value is kept: of
        the inflected verbs these are nearly all, and what a run loads of them takes half the time."""
        values: list[Any] = []
        phrases: dict[str, Any] = {}
        for first, entries in self.phrases.items():
            if len(entries) > 1 or len(entries[0][0]) > 1:
                phrases[first] = sorted(entries, key=lambda entry: -len(entry[0]))
                continue
            value = entries[0][1]
            if value not in values:
                values.append(value)
            phrases[first] = values.index(value)
        table = {"phrases": phrases, "values": values, "tight": frozenset(self.tight)}
        return {**table, "verbal": self.verbal, "triggers": self.triggers}


def build(wording: Mapping[str, Any]) -> dict[str, Any]:
    """All tables of a language."""
    words: Mapping[str, Any] = wording.get("words", {})
    frames: Mapping[str, Any] = wording.get("frames", {})
    sets = {name: _word_set(words, name) for name in _SETS}
    sets["name_links"] |= {bare(word) for word in sets["name_links"]}  # the keys of names have no article
    sets["listing"] = sets["carriers"] | sets["joins"] | {",", "،"}
    sets["pronouns"] = frozenset(fold(word) for forms in words.get("pronouns", {}).values() for word in forms)
    sets["feminine"] = frozenset(fold(word) for word in words.get("pronouns", {}).get("she", ()))
    sets["single"] = frozenset(frame for frame, entry in frames.items() if entry.get("single") == "patient")
    sets["unclear"] = frozenset(frame for frame, entry in frames.items() if entry.get("single") == "unclear")
    verbs, nouns = _Table(verbal=True, triggers=True), _Table(triggers=True)
    for frame, entry in frames.items():
        _add_frame(verbs, nouns, frame, entry)
    sets["ambiguous"] = frozenset(word for word in verbs.phrases.keys() & nouns.phrases.keys() if is_arabic(word))
    dealings: Mapping[str, Any] = wording.get("dealings", {})
    sets |= {name: _word_set(dealings, name) for name in ("hosts", "units", "indemnities", "places_of")}
    tables = {"verbs": verbs, "nouns": nouns, "event_nouns": _event_nouns(words), "titles": _titles(wording)}
    for name in _GROUPS:
        group = words.get(name, {})
        tables[name] = _phrases(group, tuple(group))
    for name, keys in _LISTS.items():
        tables[name] = _phrases(words, keys)
    tables["deeds"] = _deeds(dealings)
    tables["doings"] = _deeds({"deeds": dealings.get("doings", {})})
    tables["heading"] = _phrases(dealings, ("heading",))
    for entries in tables["titles"].phrases.values():
        for key, _ in entries:
            tables["ranks"].add_words(key, "ranks")
    return {
        "objects": {
            frame: tuple(fold(word) if word else "" for word in entry.get("object", ())) for frame, entry in frames.items()
        },
        "nouns_of": {
            frame: tuple(tuple(bare(token.norm) for token in tokenise(noun)) for noun in entry.get("nouns", ()))
            for frame, entry in frames.items()
        },
        "of": {frame: str(entry.get("of", "")) for frame, entry in frames.items()},
        "lists": {
            before + key: tuple((_cut(phrase), "_" in phrase) for phrase in phrases)
            for file, before in (("arithmetic", ""), ("outcomes", "outcomes/"), ("people", "people/"))
            for key, phrases in wording.get(file, {}).items()
            if isinstance(phrases, list)
        },
        "sets": sets,
        "phrases": {
            **{name: table.finished() for name, table in tables.items()},
            "verbs": {**verbs.finished(), "adverb_endings": tuple(words.get("adverb_endings", ())) or ("\0",)},
        },
    }


_MANY, _LETTERS = 300, 2
"""Words from which on a table is stored in parts, and the letters by which it is parted."""


def packed(tables: Mapping[str, Any]) -> dict[str, Any]:
    """The tables as they are stored: large ones in parts, by the first letters of their words; a short text loads few of them."""
    out = {}
    for name, table in tables["phrases"].items():
        out[name] = table
        if len(table["phrases"]) > _MANY:
            parts: dict[str, dict[str, Any]] = {}
            for word, value in table["phrases"].items():
                parts.setdefault(word[:_LETTERS], {})[word] = value
            stored = {first: marshal.dumps(part, 4) for first, part in parts.items()}
            out[name] = {**table, "phrases": {}, "parts": stored, "letters": _LETTERS}
    return {**tables, "phrases": out}


def _add_frame(verbs: _Table, nouns: _Table, frame: str, entry: Mapping[str, Any]) -> None:
    for verb in entry.get("verbs", ()):
        for words, suffix in _inflected(verb):
            verbs.add_words(words, (frame, "verb", suffix), tight="_" in verb)
    for verb in entry.get("intransitive", ()):
        for words, suffix in _inflected(verb):
            if not suffix:
                verbs.add_words(words, (frame, "verb", False, True), tight="_" in verb)
    for verb in entry.get("passive", ()):
        verbs.add(verb, (frame, "passive", False))
    for noun in entry.get("nouns", ()):
        for words, suffix in _noun_forms(noun):
            nouns.add_words(words, (frame, "noun", suffix))


def _deeds(dealings: Mapping[str, Any]) -> _Table:
    """Verbs by the kind of deed; a passive has its kind with "/passive"."""
    out = _Table(verbal=True)
    for kind, verbs in dealings.get("deeds", {}).items():
        for verb in verbs:
            for words, suffix in _inflected(verb):
                if not suffix:
                    out.add_words(words, kind)
    for kind, verbs in dealings.get("passives", {}).items():
        for verb in verbs:
            out.add(verb, f"{kind}/passive")
    return out


def _event_nouns(words: Mapping[str, Any]) -> _Table:
    """Nouns for events with the types that they may mean."""
    types: dict[str, list[str]] = {}
    for kind, forms in words.get("event_nouns", {}).items():
        for noun in forms:
            types.setdefault(bare(fold(noun)), []).append(kind)
    out = _Table()
    for noun, kinds in types.items():
        out.add_words((noun,), tuple(kinds))
    return out


def _titles(wording: Mapping[str, Any]) -> _Table:
    """Titles with the offices that they may mean."""
    offices: dict[tuple[str, ...], list[str]] = {}
    for office, forms in wording.get("titles", {}).items():
        for form in forms:
            first, *rest = (token.norm for token in tokenise(form))
            held = offices.setdefault((bare(first), *rest), [])  # only the first word is looked up without its article
            held += [office] if office not in held else []
    out = _Table()
    for key, held in offices.items():
        out.add_words(key, tuple(held))
    return out


def _cut(phrase: str) -> tuple[str, ...]:
    return tuple(token.norm for token in tokenise(phrase.replace("_", " ")))


def phrase_table(lists: Mapping[str, Iterable[tuple[tuple[str, ...], bool]]]) -> dict[str, Any]:
    """A table for `lexicon.Phrases` of cut phrases by list, each with whether it is tight; one found has its list's name as value."""
    out = _Table()
    for key, phrases in lists.items():
        for words, tight in phrases:
            out.add_words(words, key, tight=tight)
    return out.finished()


def inflected_table(key: str, verbs: Iterable[str]) -> dict[str, Any]:
    """A table for `lexicon.Phrases` of verbs with their endings, without object pronouns; one found has `key` as value."""
    out = _Table(verbal=True)
    for verb in verbs:
        for words, suffix in _inflected(verb):
            if not suffix:
                out.add_words(words, key)
    return out.finished()


def _phrases(source: Mapping[str, Any], keys: Iterable[str]) -> _Table:
    out = _Table()
    for key in keys:
        for phrase in source.get(key, ()):
            out.add(phrase, key)
    return out


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
        if noun.endswith("ء"):  # «استيلائهم»
            for pronoun in _PRONOUNS:
                yield (fold(noun[:-1] + "ئ" + pronoun),), True


def _word_set(words: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(fold(word) for phrase in words.get(key, ()) for word in phrase.split())
