"""Names that translation broke: «غابرييل برينستون» for Gavrilo Princip, «رينالدو شامبليون» for Raynald of Châtillon.

Who took part in what the text tells of is known. A word that is no name of theirs, behind the given name of such a one and near to his
family name, is his. What only spells it otherwise is no error: sounds that transliterations confuse count as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..facts import Entity
from ..lexicon import words_of as places_of
from ..model import Finding
from ..normalise import bare, name_key
from ..reading import Reading
from .context import Context, cite, participants
from .tellings import tellings

_LETTERS = 4
"""Letters of a name that may be broken."""
_BROKEN = 3
"""Sounds that only one of two names has; fewer are a way to spell it."""
_LIKE = 0.5
"""Share of sounds in common behind his given name."""
_BACK = 4
"""Words before a name within which something may make it one of later times: «المؤرخ»."""
_SHORT = 2
"""Sounds of an English name that are too few."""
_SAME = 0.7
"""Share of letters that two spellings of a given name have in common."""

_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("اأإآويىئؤءةهعaeiouyhwj'", None),
        **dict.fromkeys("غجكقcqgkخ", "k"), **dict.fromkeys("فبپڤvfpb", "p"), **dict.fromkeys("سصثزظszxذ", "s"),
        **dict.fromkeys("تطضدdt", "t"), "ش": "š", "ر": "r", "ل": "l", "م": "m", "ن": "n", "ح": None,
    }
)  # fmt: skip


def check(context: Context) -> Iterator[Finding]:
    """Every broken name of somebody who took part in an event of the text, where it stands first."""
    reading = context.reading
    people = context.once(_people)
    by_sound: dict[str, list[tuple[Entity, str, str]]] = {}
    for person in people:
        for key in _keys(context, person):
            by_sound.setdefault(_sounds(key[0]), []).append((person, key[-1], key[0]))
    if not by_sound:
        return
    seen: set[str] = set()
    for at in _unknown(reading):
        word = bare(reading.tokens[at].norm)
        front = at - 1
        found = None
        if _one_name(reading, front, at):
            given = bare(reading.tokens[front].norm)
            called = [(p, name) for p, name, own in by_sound.get(_sounds(given), ()) if given[0] == own[0] and _likeness(given, own) >= _SAME]
            found = _nearest(context, word, called)
        if found is not None and found.id not in seen and not reading.in_quotation(at) and not reading.looks_back(max(0, front - _BACK), front):
            seen.add(found.id)
            name = found.label(reading.lang)
            claim = reading.text(front, at + 1)
            yield context.finding(front, at + 1, {"person": found, "name": name, "claim": claim}, cite(found, "life"), suggestion=name)


def _people(context: Context) -> list[Entity]:
    """Who took part in the events that a text names or tells of."""
    reading = context.reading
    events = [event for m in reading.mentions if m.how != "anaphor" and len(m.ids()) == 1 for event in context.events(m)]
    events += [told.event for found in tellings(context).values() for told in found]
    ids = {fact for event in events for fact in participants(event)}
    return [person for fact in sorted(ids) if (person := context.entity(fact)) is not None and person.kind == "person"]


def _names(context: Context, person: Entity) -> Iterator[tuple[str, ...]]:
    """The names of somebody without a father's name or a numeral."""
    lexicon = context.reading.lexicon
    links = {bare(word) for word in (*lexicon.name_links, *lexicon.regnal)} | {"of", "the", "الدين", "دين", "الله", "ابو"}
    for text in person.names.get(context.reading.lang, ()):
        key = name_key(text)
        if links.isdisjoint(key) and len(key[-1]) >= _LETTERS:
            yield key


def _keys(context: Context, person: Entity) -> Iterator[tuple[str, ...]]:
    """His names of a given and a family name."""
    common, titles = {bare(word) for word in context.reading.lexicon.given_names}, context.reading.lexicon.titles.by_word
    for key in _names(context, person):
        if len(key) > 1 and len(key[0]) >= _LETTERS and key[0] not in common and not titles.get(key[0]):
            yield key


def _unknown(reading: Reading) -> Iterator[int]:
    """The words that may be names and that no person whom the reference knows bears."""
    lexicon = reading.lexicon
    plain = lexicon.glue | lexicon.prepositions | lexicon.relatives
    for norm, places in places_of(reading.tokens).items():
        if len(norm) < _LETTERS or norm.startswith(("ال", "وال", "بال", "لل")) or norm in plain:
            continue
        for at in places:
            mention = reading.mention_at.get(at)
            if at == 0 or at in reading.time_at or (mention is not None and (mention.first < at or mention.last > at + 1)):
                continue
            if reading.lang == "ar" or reading.document.text[reading.tokens[at].start].isupper():
                yield at


def _one_name(reading: Reading, front: int, at: int) -> bool:
    """Whether the word before may be a given name that goes with a word."""
    token, lexicon = reading.tokens[front], reading.lexicon
    tables = (lexicon.verbs, lexicon.nouns, lexicon.titles)
    if token.norm.startswith("ال") or any(table.at(reading.tokens, k, k + 1) for table in tables for k in (front, at)):
        return False
    if reading.lang != "ar" and not reading.document.text[token.start].isupper():
        return False
    return token.kind == "word" and len(token.norm) >= _LETTERS and reading.tokens[at].start - token.end == 1 and front not in reading.mention_at


def _nearest(context: Context, word: str, known: Iterable[tuple[Entity, str]]) -> Entity | None:
    """The one person whose name a word is near to, and no spelling of."""
    own = _sounds(word)
    found = {}
    for person, name in known:
        real = _sounds(name)
        if any(_apart(own, _sounds(part)) < _BROKEN for text in person.names.get(context.reading.lang, ()) for part in name_key(text)):
            return None
        sure = context.reading.lang == "ar" or (word[0] == name[0] and len(real) > _SHORT)
        if own[:1] == real[:1] and sure and min(len(own), len(real)) > 1 and _likeness(own, real) >= _LIKE:
            found[person.id] = person
    return next(iter(found.values())) if len(found) == 1 else None


def _apart(one: str, other: str) -> int:
    """The sounds that only one of two names has."""
    return len(one) + len(other) - 2 * _common(one, other)


def _likeness(one: str, other: str) -> float:
    return 2 * _common(one, other) / (len(one) + len(other))


def _common(one: str, other: str) -> int:
    """The length of the longest common subsequence."""
    rows = [0] * (len(other) + 1)
    for x in one:
        previous = 0
        for j, y in enumerate(other, 1):
            previous, rows[j] = rows[j], previous + 1 if x == y else max(rows[j], rows[j - 1])
    return rows[-1]


def _sounds(word: str) -> str:
    """The consonants of a name, as far as transliterations agree on them, without a Greek or Latin ending."""
    plain: Sequence[str] = _ending(word).translate(_SOUNDS)
    return "".join(letter for k, letter in enumerate(plain) if not k or letter != plain[k - 1])


def _ending(word: str) -> str:
    return next((word.removesuffix(end) for end in ("يوس", "وس", "ius", "us", "os") if len(word) > len(end) + 2 and word.endswith(end)), word)
