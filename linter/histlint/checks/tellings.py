"""Events told in words of their own: "threw the tea into Boston harbour", «حطت طائرة السادات في مطار اللد».

The reference has, under `tellings`, words that tell of an event where they stand close together in a sentence, in any order and
inflection. Such a telling is as good as the name of the event: what the clause says of its time can be compared with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ..facts import Event
from ..named_tuple import NamedTuple
from ..normalise import is_arabic
from ..reading import Clause, Reading
from .context import Context
from .wordforms import derived, frames, same_word, weak, word_forms

_CLOSE = 4
"""Words that may stand between those of a telling, and two more for each of them."""

class Told(NamedTuple):
    """What tokens `first` to `last` of a clause tell of."""

    first: int
    last: int
    words: frozenset[int]  # those of the telling among them
    event: Event


def tellings(context: Context) -> Mapping[int, Sequence[Told]]:
    """What the clauses of the text tell of, by their indexes."""
    return context.once(_tellings)


def events_told(context: Context, clause: Clause, types: Collection[str] = ()) -> list[Event]:
    """The one event of these types, or of any, that a clause tells in words of its own; what others it tells must be of other types."""
    told = [item for item in tellings(context).get(clause.index, ()) if not types or item.event.type in types]
    return [told[0].event] if len(told) == 1 and context.reading.told(clause, max(told[0].words)) else []


def _tellings(context: Context) -> Mapping[int, Sequence[Told]]:
    reading = context.reading
    at: dict[str, list[int]] = {}
    for token in range(len(reading.tokens)):
        if reading.tokens[token].kind == "word":
            for form in word_forms(reading.tokens[token].norm):
                at.setdefault(form, []).append(token)
    out: dict[int, list[Told]] = {}
    for words, id in context.reference.told(at, reading.lang):
        event = context.event(id)
        if event is None or event.when is None:
            continue
        for place in _places(reading, words, at):
            out.setdefault(reading.clause_at[min(place)], []).append(Told(min(place), max(place) + 1, place, event))
    return {index: tuple(_longest(told)) for index, told in out.items()}


def _longest(told: Iterable[Told]) -> Iterator[Told]:
    """One telling of each event."""
    seen: set[str] = set()
    for item in sorted(told, key=lambda item: (item.first - item.last, item.first, item.event.id)):
        if item.event.id not in seen:
            seen.add(item.event.id)
            yield item


def _places(reading: Reading, words: Sequence[str], at: Mapping[str, Sequence[int]]) -> Iterator[frozenset[int]]:
    """The stretches of one clause in which all words stand close together, as those words."""
    rare = min(words, key=lambda word: (min(len(at.get(form, ())) for form in word_forms(word)) or len(reading.tokens), -len(word)))
    starts = sorted({token for form in word_forms(rare) for token in at.get(form, ())})
    for start in starts:
        if start not in reading.clause_at:
            continue
        low, high = reading.sentences[reading.clauses[reading.clause_at[start]].sentence]
        reach = _CLOSE + 2 * len(words)
        found = [start]
        for word in words:
            if word == rare:
                continue
            near = range(max(low, start - reach), min(high, start + reach + 1))
            same = [k for k in near if k not in found and k not in reading.time_at and _means(reading, word, k)]
            if not same:
                break
            found.append(min(same, key=lambda k: abs(k - start)))
        else:
            if max(found) - min(found) <= reach and len({reading.clause_at.get(k) for k in found}) == 1:
                yield frozenset(found)


def _means(reading: Reading, word: str, at: int) -> bool:
    """Whether a token is a word in some form, or, outside names, a verb or noun for the same deed."""
    token = reading.tokens[at]
    if token.kind not in ("word", "number"):
        return False
    if same_word(word, token):
        return True
    if is_arabic(word) != is_arabic(token.norm) or at in reading.mention_at:
        return False
    told = frames(reading.lexicon, token.norm)
    if not frames(reading.lexicon, word).isdisjoint(told):
        return True
    short = (weak(word) or weak(token.norm)) and min(len(word), len(token.norm)) < _PLAIN
    return derived(word, token.norm) and not short and (bool(told) or not _of_a_doer(word, token.norm))


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
    apart_words = lexicon.relatives | lexicon.pluperfect
    return any(reading.tokens[k].norm in apart_words for k in range(first, last))
