"""Words in other forms: what a verb and its verbal noun have in common, an Arabic word without what hangs on it.

Coarse on purpose: who asks must want several words to agree.
"""

from __future__ import annotations

from ..lexicon import Lexicon
from ..model import Token
from ..normalise import is_arabic, stems


def codes(word: str) -> set[str]:
    """What a word and those derived from it have in common."""
    return _cores(word) if is_arabic(word) else {word[:4]}


def same_word(word: str, token: Token) -> bool:
    """Whether a token is a word of a name, with whatever hangs on it."""
    norm = token.norm
    if norm == word:
        return True
    if is_arabic(word):
        return bool(_forms(word) & _forms(norm))
    return norm.removesuffix("s") == word.removesuffix("s")


_SUFFIXES = ("", "تهم", "تها", "ها", "هم", "ته", "وا", "ه", "ت", "ا")


_forms_of: dict[str, set[str]] = {}


def _forms(word: str) -> set[str]:
    """An Arabic word without what may hang on it; the ending of the feminine too."""
    if word in _forms_of:
        return _forms_of[word]
    out = {part for stem in stems(word) for part in (stem, stem.removesuffix("ه")) if len(part) > 1}
    for stem in tuple(out):
        out.update(stem.removesuffix(end) for end in ("ها", "هم", "ته", "تها", "تهم") if len(stem) - len(end) > 2)
    if len(_forms_of) < _CACHED:
        _forms_of[word] = out
    return out


def word_forms(word: str) -> set[str]:
    """What a word and its inflected forms have in common: two words with one form in common may be the same."""
    return _forms(word) if is_arabic(word) else {word.removesuffix("s")}


def derived(word: str, norm: str) -> bool:
    """Whether a word is the verb of a verbal noun or the other way round."""
    if is_arabic(word) != is_arabic(norm):
        return False
    if is_arabic(word):
        return bool(_cores(word) & _cores(norm))
    size = 0
    while size < min(len(word), len(norm)) and word[size] == norm[size]:
        size += 1
    one, other = word[size:], norm[size:]
    return size > 3 and (one in _ENDINGS and other in _ENDINGS if size == 4 else max(len(one), len(other)) <= _ENDING)


_ENDING = 6
"""Letters by which a verb and its noun differ behind what they have in common."""
_ENDINGS = frozenset(["", "e", "d", "s", "t", "ed", "er", "es", "ing", "ings", "ion", "nt", "al"])

_cores_of: dict[str, set[str]] = {}


def _cores(word: str) -> set[str]:
    """The consonants that an Arabic word may be derived from."""
    known = _cores_of.get(word)
    if known is not None:
        return known
    out: set[str] = set()
    for stem in stems(word) if not word.endswith("ات") else ():
        for end in _SUFFIXES:
            if stem.endswith(end) and len(stem) - len(end) > 2:
                body = stem[: len(stem) - len(end)] if end else stem
                for front in ("", "ت", "م"):
                    if body.startswith(front) and len(body) - len(front) > 2:
                        out.add(_consonants(body[len(front) :]))
    out = {core for core in out if len(core) > 1}
    if len(_cores_of) < _CACHED:
        _cores_of[word] = out
    return out


_CACHED = 200_000
"""Words kept; bounds memory on hostile input."""


_frames_of: dict[tuple[str, str], frozenset[str]] = {}


def frames(lexicon: Lexicon, word: str) -> frozenset[str]:
    """What a word says happened, as a verb or a verbal noun; founding is beginning, and falling is being taken."""
    known = _frames_of.get((lexicon.lang, word))
    if known is not None:
        return known
    found = (*lexicon.verbs.begun_by(word), *lexicon.nouns.begun_by(word))
    whole = [trigger.frame for words, trigger, _ in found if len(words) == 1 or (len(words) == 2 and words[1] in lexicon.head_links)]
    out = {_KINDRED.get(frame, frame) for frame in whole if frame not in _PLAIN}
    if any(derived(verb, word) for verb in lexicon.entering):
        out.add("conquer")
    if len(_frames_of) < _CACHED:
        _frames_of[lexicon.lang, word] = frozenset(out)
    return frozenset(out)


_KINDRED = {"found": "begin", "dissolve": "end", "occupy": "conquer", "invade": "conquer", "surrender": "conquer"}
_PLAIN = frozenset({"act", "happen", "meet", "lead", "enter", "win", "lose", "support", "oppose", "appoint", "succeed"})
"""Frames of verbs that tell of no one thing."""


def weak(norm: str) -> bool:
    """Whether an Arabic word has so few consonants that many are like it."""
    return is_arabic(norm) and max((len(core) for core in _cores(norm)), default=0) < _STRONG


_STRONG = 3


def _consonants(word: str) -> str:
    plain = word.translate(_WEAK)
    single = "".join(letter for k, letter in enumerate(plain) if not k or letter != plain[k - 1])
    return single if len(single) > 1 else plain


_WEAK = str.maketrans("", "", "اويء")
