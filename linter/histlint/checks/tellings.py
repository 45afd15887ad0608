"""Events told in words of their own: "threw the tea into Boston harbour", «حطت طائرة السادات في مطار اللد».

The reference has, under `tellings`, words that tell of an event where they stand close together in a sentence, in any order and
inflection. Such a telling is as good as the name of the event: what the clause says of its time can be compared with it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence

from ..facts import Event
from ..lexicon import Lexicon
from ..named_tuple import NamedTuple
from ..normalise import is_arabic
from ..prepositions import attendant
from ..reading import Clause, Reading
from .context import Context
from .wordforms import codes, derived, frames, same_word, weak, word_forms

_CLOSE = 4
"""Words that may stand between those of a telling, and two more for each of them."""

class Told(NamedTuple):
    """What tokens `first` to `last` of a clause tell of."""

    first: int
    last: int
    words: frozenset[int]  # those of the telling among them
    event: Event
    exact: bool = True  # whether all its words are written, not others for the same deed


def tellings(context: Context) -> Mapping[int, Sequence[Told]]:
    """What the clauses of the text tell of, by their indexes."""
    return context.once(_tellings)


def events_told(context: Context, clause: Clause, types: Collection[str] = ()) -> list[Event]:
    """The one event of these types, or of any, that a clause tells in words of its own; what others it tells must be of other types."""
    told = [item for item in tellings(context).get(clause.index, ()) if not types or item.event.type in types]
    return [told[0].event] if len(told) == 1 and context.reading.told(clause, max(told[0].words)) else []


def _tellings(context: Context) -> Mapping[int, Sequence[Told]]:
    reading = context.reading
    words = _Words(reading)
    out: dict[int, list[Told]] = {}
    for phrase, id in context.reference.told(words.forms, reading.lang):
        event = context.event(id) if all(words.like(word) for word in phrase) else None
        if event is None or event.when is None:
            continue
        for place in _places(reading, phrase, words):
            if min(place) and reading.tokens[min(place) - 1].norm.lstrip("وفبل") in reading.lexicon.attempts:
                continue  # «محاولة اغتيال فلان»
            exact = all(not place.isdisjoint(words.written(word)) for word in phrase)
            out.setdefault(reading.clause_at[min(place)], []).append(Told(min(place), max(place) + 1, place, event, exact))
    return {index: tuple(_plainest(list(_longest(told)))) for index, told in out.items()}


def _plainest(told: Sequence[Told]) -> Iterator[Told]:
    """The same without those that share a word with another whose own words are written: "attacked … in Havana" beside "entered Havana"."""
    for item in told:
        if item.exact or not any(other.exact and other.event is not item.event and item.words & other.words for other in told):
            yield item


class _Words:
    """The words of a text by what they have in common with others."""

    def __init__(self, reading: Reading) -> None:
        self.lexicon = reading.lexicon
        self.forms: dict[str, list[int]] = {}  # tokens by the forms of their words
        self._common: dict[str, list[int]] = {}  # by their consonants, and by what they say happened
        self._like: dict[str, list[int]] = {}
        for index, token in enumerate(reading.tokens):
            if token.kind in ("word", "number"):
                for form in word_forms(token.norm):
                    self.forms.setdefault(form, []).append(index)
                for code in (*codes(token.norm), *frames(reading.lexicon, token.norm)):
                    self._common.setdefault(code, []).append(index)

    def written(self, word: str) -> list[int]:
        """The tokens that are a form of a word, in order."""
        return sorted({index for form in word_forms(word) for index in self.forms.get(form, ())})

    def like(self, word: str) -> list[int]:
        """The tokens that may be a form of a word, or a noun or verb for the same deed, in order."""
        known = self._like.get(word)
        if known is None:
            found = {index for form in word_forms(word) for index in self.forms.get(form, ())}
            found.update(index for code in (*codes(word), *frames(self.lexicon, word)) for index in self._common.get(code, ()))
            known = self._like[word] = sorted(found)
        return known


def _longest(told: Sequence[Told]) -> Iterator[Told]:
    """One telling of each event, with the words of the others within it."""
    seen: set[str] = set()
    for item in sorted(told, key=lambda item: (item.first - item.last, item.first, item.event.id)):
        if item.event.id not in seen:
            seen.add(item.event.id)
            within = [other for other in told if other.event.id == item.event.id and item.first <= other.first and other.last <= item.last]
            words = frozenset[int]().union(*(other.words for other in within))
            yield item._replace(words=words, exact=any(other.exact for other in within))


def _places(reading: Reading, phrase: Sequence[str], words: _Words) -> Iterator[frozenset[int]]:
    """The stretches of one clause in which all words of a telling stand close together, as those words."""
    there = {word: found for word in phrase if (found := words.written(word))}
    rare = min(there, key=lambda word: (len(there[word]), -len(word)), default="")
    reach = _CLOSE + 2 * len(phrase)
    for start in there.get(rare, ()):
        if start not in reading.clause_at or start in reading.time_at:
            continue
        clause = reading.clauses[reading.clause_at[start]]
        low, high = max(clause.first, start - reach), min(clause.last, start + reach + 1)
        found = [start]
        for word in phrase:
            if word == rare:
                continue
            near = words.like(word)
            near = near[bisect_left(near, low) : bisect_left(near, high)]
            same = [k for k in near if k not in found and k not in reading.time_at and _means(reading, word, k)]
            if not same:
                break
            found.append(min(same, key=lambda k: abs(k - start)))
        else:
            if max(found) - min(found) <= reach and not _in_two(reading, found) and not _names_alone(reading, clause, found):
                yield frozenset(found)


def relative_heads(lexicon: Lexicon) -> frozenset[str]:
    """The words that a relative clause may begin with."""
    return lexicon.relatives | lexicon.personal_relatives | lexicon.oblique_relatives


def _in_two(reading: Reading, found: Sequence[int]) -> bool:
    """Whether the words of a telling stand in two clauses: some behind a relative that speaks of something else, or behind a name
    that begins a clause of circumstance: "sacked Nice with the French, Francis having become …"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    first, last = min(found), max(found)
    heads = relative_heads(lexicon)
    if any(first < _absolute(reading, k) <= last for k in range(first + 1, min(last + _SUBJECT, len(tokens)))):
        return True
    for k in range(first + 1, last + 1):
        mention = reading.mention_at.get(k)
        if mention is not None:
            if mention.first == k and attendant(reading, mention):
                return True
        elif tokens[k].norm in heads and k not in found:
            at = k - 1 - (tokens[k - 1].kind == "mark")
            head = reading.mention_at.get(at)
            own = range(head.first, head.last) if head is not None else range(at, at + 1)
            if not any(j in found for j in own):
                return True
    return False


def _absolute(reading: Reading, index: int) -> int:
    """Where an English clause of circumstance begins with the subject of a participle at a token, behind a comma: ", Francis I having
    become his ally"; 0 where there is none."""
    tokens, at = reading.tokens, index
    if tokens[index].norm not in reading.lexicon.absolutes:
        return 0
    while at > 0 and index - at < _SUBJECT and tokens[at - 1].kind == "word":
        at -= 1
    return at if at < index and at > 0 and tokens[at - 1].norm == "," else 0


_SUBJECT = 4
"""Words of the subject of an English participle, at most."""


def _names_alone(reading: Reading, clause: Clause, found: Sequence[int]) -> bool:
    """Whether a telling is of names of people only and no deed stands between them, nor, in Arabic, before them: "the boy Honorius,
    under the tutelage of Stilicho"."""
    people = [reading.mention_at.get(k) for k in found]
    if not all(m is not None and m.has("person") and not m.has("place", "event", "polity") for m in people):
        return False
    first, last = min(found), max(found)
    deeds = any(first - _BEFORE <= hit.first < last for hit in clause.triggers)
    return not deeds and not reading.lexicon.event_nouns.find(reading.tokens, max(clause.first, first - _BEFORE), last)


_BEFORE = 4
"""Words before two names within which the deed stands that joins them."""


def _means(reading: Reading, word: str, at: int) -> bool:
    """Whether a token is a word in some form, or, outside names, a verb or noun for the same deed."""
    token = reading.tokens[at]
    if same_word(word, token):
        return True
    norm = token.norm
    if is_arabic(word) != is_arabic(norm) or at in reading.mention_at:
        return False
    told = frames(reading.lexicon, norm)
    if not frames(reading.lexicon, word).isdisjoint(told):
        return True
    short = (weak(word) or weak(norm)) and min(len(word), len(norm)) < _PLAIN
    return derived(word, norm) and not short and (bool(told) or not _of_a_doer(word, norm))


def _of_a_doer(word: str, norm: str) -> bool:
    """Whether a token is a noun for one who does what a word says: «فاتح» beside «فتح», «مؤسس» beside «أسس», founder beside founded."""
    if not is_arabic(norm):
        return norm.endswith(_DOERS) and not word.endswith(_DOERS)
    plain = norm.lstrip("وفبلك").removeprefix("ال")
    if plain[:1] in ("ي", "ت", "ن") and plain[2:3] == "ا" and len(plain) == _FOUGHT and not set(word) & set("اويى"):
        return True  # «يقاتل» fights, it does not kill
    return (plain[:1] == "م" and word[:1] != "م") or (plain[1:2] == "ا" and word[1:2] != "ا")


_PLAIN = 4
"""Letters of an Arabic word of two consonants, below which too many are like it: «بنى» and «بين»."""
_FOUGHT = 5
"""Letters of an Arabic verb of the third form in the present."""
_DOERS = ("er", "or", "ers", "ors")


def parted(reading: Reading, first: int, last: int) -> bool:
    """Whether another deed, a relative clause or a word of sequence stands between a date and what is told."""
    lexicon = reading.lexicon
    if lexicon.connectors.find(reading.tokens, first, last) or lexicon.relations.find(reading.tokens, first, last):
        return True
    apart_words = relative_heads(lexicon) | lexicon.pluperfect
    return any(reading.tokens[k].norm in apart_words for k in range(first, last))
