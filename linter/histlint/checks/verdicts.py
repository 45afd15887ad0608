"""Victories and defeats told by a noun: "ended in a Frankish victory", "a crushing defeat for Saladin", «كانت نصراً بيزنطياً».

`told` gives the fight, whose victory or defeat it is said to be, and where that stands; `outcome` compares it with the reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..facts import Event
from ..lexicon import words_of
from ..named_tuple import NamedTuple
from ..normalise import stems
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context
from .fights import FIGHTS, called, fought_at
from .story import dates_of

_LINK, _SIDE = 12, 4
"""Words between a fight and the noun, and between the noun and whose it is."""


class Told(NamedTuple):
    """A fight, those who are said to have won and lost it, and the tokens that say so."""

    events: list[Event]
    victors: tuple[Mention, ...]
    losers: tuple[Mention, ...]
    first: int
    last: int


def told(context: Context) -> Iterator[Told]:
    """All such statements of a text."""
    reading = context.reading
    nouns = {i: won for norm, places in words_of(reading.tokens).items() if (won := _sort(reading, norm)) is not None for i in places}
    for index in sorted(nouns):
        clause, won = reading.clauses[reading.clause_at[index]], nouns[index]
        if clause.kind not in ("paragraph", "item") or index in reading.mention_at:
            continue
        if not reading.asserted(clause, index) or _qualified(reading, index):
            continue
        fight, events = _fight(context, clause, index)
        if fight is None:
            continue
        victors, losers = _sides(reading, clause, index, won=won)
        if victors or losers:
            at = [m for m in (fight, *victors, *losers) if m.first >= clause.first]
            first, last = min([index, *(m.first for m in at)]), max([index + 1, *(m.last for m in at)])
            yield Told(events, victors, losers, first, last)


def _sort(reading: Reading, norm: str) -> bool | None:
    """Whether a word is a noun for victory (True) or defeat (False)."""
    lexicon = reading.lexicon
    forms = {norm, *(stems(norm) if reading.lang == "ar" else ())}
    if forms & lexicon.victories:
        return True
    return False if forms & lexicon.defeats else None


def _qualified(reading: Reading, index: int) -> bool:
    near = range(max(0, index - 3), min(len(reading.tokens), index + 4))
    return any(reading.tokens[k].norm in reading.lexicon.qualified for k in near)


def _fight(context: Context, clause: Clause, index: int) -> tuple[Mention | None, list[Event]]:
    """The fight that "was" or "ended in" that noun: the last named before it in its clause, else in its sentence."""
    reading = context.reading
    tokens, lexicon = reading.tokens, reading.lexicon
    link = next((k for k in range(index - 1, max(clause.first - 1, index - 7), -1) if tokens[k].norm in lexicon.amounted), None)
    if link is None or any(tokens[k].norm in lexicon.relatives for k in range(link, index)):
        return None, []
    here = [m for m in clause.mentions if m.has("event") and m.last <= (index if reading.lang == "ar" else link)]
    if not here and reading.lang != "ar":
        half = _half_named(context, clause, link)
        if half is not None:
            return half
    if not here and reading.lang == "ar":
        told = _at_its_place(context, clause, link)
        if told is not None:
            return told
    start = reading.sentences[clause.sentence][0]
    near = here or [m for m in named_in(reading, start, clause.first) if m.has("event")] if link - clause.first <= 1 else here
    if not near or (here and index - near[-1].last > _LINK):
        return None, []
    if here and any(h.value.form != "noun" and here[-1].last <= h.first < index and h.value.frame not in _WEAK for h in clause.triggers):
        return None, []
    if preposition(reading, near[-1]) not in ("", "of") or (here and any(m.has("event") for m in named_in(reading, here[-1].last, index))):
        return None, []
    if near[-1].how == "anaphor" and not _just_named(reading, clause, near[-1]):
        return None, []
    events = context.events(near[-1])
    sure = events and len(events) == len(near[-1].ids()) and all(e.type in FIGHTS and (e.won or e.lost) for e in events)
    return (near[-1], events) if sure else (None, [])


def _at_its_place(context: Context, clause: Clause, link: int) -> tuple[Mention, list[Event]] | None:
    """«التقى الجيشان عند فارنا … في معركة انتهت بـ…»: the one fight at the place that the clause names before."""
    reading = context.reading
    spots = [m for m in clause.mentions if m.last <= link and m.has("place") and not m.has("person", "polity")]
    word = next(iter(reading.lexicon.event_nouns.find(reading.tokens, max(clause.first, link - 2), link)), None)
    events = [e for m in spots for e in fought_at(context, m)] if len(spots) == 1 and word is not None else []
    dates = dates_of(reading, clause.first, clause.last)
    events = [e for e in events if (e.won or e.lost) and e.when and any(not apart(e.when, date, 10) for date in dates)]
    return (spots[0], events) if len(events) == 1 else None


def _half_named(context: Context, clause: Clause, link: int) -> tuple[Mention, list[Event]] | None:
    """ "Zama was a disaster": a fight that a clause begins with by the name of its place."""
    mention = context.reading.mention_at.get(link - 1)
    if mention is None or mention.last != link or mention.first - clause.first > 1 or not mention.has("place") or mention.has("person", "polity"):
        return None
    events = [e for e in called(context, mention.first, mention.last) if e.won or e.lost]
    return (mention, events) if len(events) == 1 else None



def _just_named(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether what "the battle" means was named in its sentence or the one before."""
    start = reading.sentences[max(0, clause.sentence - 1)][0]
    named = [m for m in named_in(reading, start, mention.first) if m.has("event") and m.how != "anaphor"]
    return bool(named) and named[-1].ids() == mention.ids()


_WEAK = frozenset({"begin", "end", "happen"})


def _sides(reading: Reading, clause: Clause, index: int, *, won: bool) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Who won and who lost, as the words around the noun say."""
    winners: list[Mention] = []
    losers: list[Mention] = []
    mine, theirs = (winners, losers) if won else (losers, winners)
    for mention in clause.mentions:
        if not mention.has("polity", "person") or mention.has("event"):
            continue
        if reading.document.text[mention.end : mention.end + 1] in ("'", "’"):
            continue
        ahead, behind = index - mention.last, mention.first - index - 1
        role = preposition(reading, mention)
        if reading.lang != "ar" and 0 <= ahead <= 2 and mention.how == "demonym" and not _marks(reading, mention.last, index):
            mine.append(mention)
        elif 0 <= behind <= _SIDE and not _marks(reading, index + 1, mention.first):
            if role in ("for", "ل", "of") or (reading.lang == "ar" and not role and (mention.how == "demonym" or behind == 0)):
                mine.append(mention)
            elif role == "علي" and not won:
                mine.append(mention)  # «كارثة على الأسطول العثماني»
            elif role in ("over", "against", "علي", "امام"):
                theirs.append(mention)
    return tuple(winners), tuple(losers)


def _marks(reading: Reading, first: int, last: int) -> bool:
    return any(reading.tokens[k].kind == "mark" for k in range(first, last))
