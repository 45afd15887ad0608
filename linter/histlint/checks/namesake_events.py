"""When the name of an event is that of another, or its date that of something else: "the Teutonic invasion of Poland", "the Great War
of Africa", "the surrender was issued in September in compliance with the Potsdam Declaration".
"""

from __future__ import annotations

from collections.abc import Sequence

from ..bind import Dated, apart, relative
from ..chronology import moment as moments
from ..facts import Event
from ..normalise import is_arabic
from ..prepositions import named_in, preposition
from ..reading import Reading
from ..tag import numbers
from ..tag.entities import Mention
from .context import Context, akin, participants

_AGES = 100 * 366
"""Days beyond which a date before our era is no slip for one of it."""
_HANGING = frozenset({"against", "to", "under", "for", "from", "about", "despite", "per", "over", "led", "ضد"})
"""Prepositions by which an event hangs on what was done in view of it, on a date of its own."""
_WHENCE = frozenset({"from", "against", "about", "over", "despite"})
_DOING = frozenset({"", "in", "at", "during", "on", "by", "في", "خلال", "اثناء", "ب", "عند"})
"""Prepositions, or none, under which an event is told as something that was done then."""


def longer_name(context: Context, mention: Mention, events: Sequence[Event]) -> bool:
    """Whether a name is only part of that of another event: another people stands before it, another land behind "of"."""
    reading = context.reading
    if mention.how == "anaphor":
        return False
    if is_arabic(reading.tokens[mention.first].norm):
        behind = reading.mention_at.get(mention.last)
        told = behind is not None and behind.first == mention.last and behind.how == "demonym"
        return told and behind is not None and _strange(context, behind, events)
    return _others_before(context, mention, events) or _others_behind(context, mention, events)


def _others_before(context: Context, mention: Mention, events: Sequence[Event]) -> bool:
    """ "A Teutonic invasion of Poland", "a siege of Vienna": an adjective of strangers, or the indefinite article."""
    reading = context.reading
    tokens, at = reading.tokens, mention.first - 1
    if at < 0 or tokens[at].kind != "word":
        return False
    before = reading.mention_at.get(at)
    if before is not None:
        if before.how == "demonym" and _strange(context, before, events):
            return True
    elif _capital(reading, at) and tokens[at].norm.endswith(_ADJECTIVES) and at not in reading.time_at and not _opens(reading, at):
        return True
    while at >= 0 and mention.first - at <= _ADJECTIVAL and tokens[at].kind == "word" and tokens[at].norm not in reading.lexicon.prepositions:
        number = numbers.read(reading.numbers, at)
        if number is not None and number.ordinal:
            return False  # "a second Crimean War" is told as one of its own
        if tokens[at].norm in reading.lexicon.indefinite:
            return True
        at -= 1
    return False


_ADJECTIVES = ("ic", "ish", "an", "ese", "ite")
"""Endings of English adjectives of peoples."""
_ADJECTIVAL = 3
"""Words from the indefinite article to a name."""


def _others_behind(context: Context, mention: Mention, events: Sequence[Event]) -> bool:
    """ "The Great War of Africa": a land behind "of" in which the event was not."""
    reading = context.reading
    at = mention.last
    if at + 1 >= len(reading.tokens) or reading.tokens[at].norm != "of" or at + 1 in reading.time_at:
        return False
    behind = at + 1 + (reading.tokens[at + 1].norm == "the")
    other = reading.mention_at.get(behind)
    if other is None:
        return behind < len(reading.tokens) and behind not in reading.time_at and _capital(reading, behind)
    return other.has("place", "polity") and not other.has("person", "event") and _strange(context, other, events)


def _strange(context: Context, mention: Mention, events: Sequence[Event]) -> bool:
    """Whether a people or land had no part in an event and is not where it was."""
    ids = mention.ids("polity", "place")
    if not ids:
        return False
    up = context.reference.ancestors
    for event in events:
        own = {*participants(event), *event.where}
        mine = {name for who in own for name in (who, *akin(context, who), *up(who))}
        wide = {name for who in own if (e := context.entity(who)) and e.kind == "person" for of in e.of for name in akin(context, of)}
        if not own or any((akin(context, id) | up(id)) & (mine | wide) for id in ids):
            return False
    return True


def of_other_era(dated: Dated, event: Event) -> bool:
    """Whether one of a date and an event lies before our era and the other long within it: «فتح الشام (65 ق.م)» is Pompey's."""
    value, known = dated.time.mention.value, event.when
    if value is None or known is None or abs(apart(value, known)) < _AGES or value.start_lo is None or known.start_lo is None:
        return False
    if (value.start_lo < _ERA) == (known.start_lo < _ERA):
        return False
    years, written = ([abs(year) for year in moments.year_bounds(moment) if year is not None] for moment in (known, value))
    return not any(abs(a - b) <= 1 for a in years for b in written)  # one in the year of the same number is a slip


_ERA = 1721426
"""1 January 1."""


def of_another(reading: Reading, mention: Mention, dated: Dated) -> bool:
    """Whether a date is that of the noun or deed on which an event hangs by a preposition."""
    role = _hangs(reading, mention)
    if dated.close or role in _DOING:
        return False
    if dated.time.first < mention.first:
        strange = any(_unknown(reading, k) for k in range(dated.time.last, mention.first))
        return role in _HANGING or (reading.lang != "ar" and strange)
    if reading.lang != "ar" and role in _WHENCE and relative(reading, mention.last, dated.time.first):
        return True  # "a series of conflicts resulting from the revolution that lasted from …"
    lasting = dated.time.mention.type == "period" and dated.time.first - mention.last <= 1
    return role in _HANGING and lasting and not named_in(reading, mention.last, dated.time.first)


def _hangs(reading: Reading, mention: Mention) -> str:
    """The preposition that a name stands under, past "the invasion of" and the like."""
    role, at = preposition(reading, mention), mention.first - 1
    while role == "of" and at > 0 and mention.first - at <= _NOUNS and reading.tokens[at].kind == "word":
        word = reading.tokens[at].norm
        if word != "of" and (word in reading.lexicon.prepositions or word in _HANGING):
            return word
        at -= 1
    return role


_NOUNS = 6
"""Words from a preposition to a name behind "of"."""


def _unknown(reading: Reading, at: int) -> bool:
    """Whether a word is no name, time or word of the grammar, nor one for beginning or ending."""
    token, lexicon = reading.tokens[at], reading.lexicon
    if token.kind != "word" or at in reading.mention_at or at in reading.time_at:
        return False
    plain = (lexicon.glue, lexicon.carriers, lexicon.prepositions, lexicon.auxiliaries)
    return not any(token.norm in words for words in plain) and not lexicon.nouns.at(reading.tokens, at, at + 2)


def _capital(reading: Reading, at: int) -> bool:
    return reading.document.text[reading.tokens[at].start].isupper()


def _opens(reading: Reading, at: int) -> bool:
    return any(start == at for start, _ in reading.sentences)
