"""Where events took place that a text names, tells without their name, or points back to.

«شُنق عمر المختار يوم … في مصراتة»; "landed at Messina on 11 May 1860"; «وقد دارت قرب …»; "near Paris, where the battle was fought".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import aside
from ..facts import Event
from ..model import Finding
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context
from .place import befell
from .scene_days import scene_days
from .spots import FOUGHT, FROM, IN, Where, breaks, chain, contradiction, dates, elsewhere, meets, spot
from .told import told
from .told_slots import places_of_tellings

_SPOTTED = frozenset(
    {
        "battle", "siege", "treaty", "conference", "massacre", "armistice", "agreement", "assassination", "bombing", "coup", "coronation",
        "execution", "founding", "declaration", "speech", "surrender", "abdication", "death", "trial", "operation", "incident", "pact",
    }
)  # fmt: skip
"""Types of event that take place in one spot, where the reference knows it."""
_HELD = frozenset({"happen", "sign", "accede", "found", "meet", "open", "begin"})
"""Frames of verbs that say that an event took place."""
_LOOSE = 3
"""Words of unknown meaning that may stand between an event and its place."""
_OPENING = 2
"""Words with which a sentence may open before its verb."""


def check(context: Context) -> Iterator[Finding]:
    """Places that the reference refutes."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        if clause.mentions:
            yield from _where(context, clause)
        spots = [m for m in clause.mentions if spot(context, clause, m)]
        if spots:
            yield from _named(context, clause, spots)
            yield from _it(context, clause, spots)
            yield from told(context, clause, spots)
            yield from scene_days(context, clause, spots)
    yield from places_of_tellings(context)


def _events(context: Context, mention: Mention) -> list[Event]:
    """The events that a name means, where all of them took place in one spot each."""
    events = [e for e in context.events(mention) if e.where and e.type in _SPOTTED]
    return events if len(events) == len(mention.ids()) else []


def _named(context: Context, clause: Clause, spots: Sequence[Mention]) -> Iterator[Finding]:
    """A place told of an event that the clause names."""
    reading = context.reading
    for mention in clause.mentions:
        events = _events(context, mention)
        if not events or mention.how not in ("name", "short") or aside(reading, mention.first) or _told_of(reading, clause, mention):
            continue
        if befell(reading, clause, mention):
            continue
        for place in spots if reading.asserted(clause, mention.first) else ():
            start, stop = chain(reading, clause, place)
            between = range(stop, mention.first)
            if between and _plain(reading, between) and _fought_at(reading, place, mention, events):
                yield from _compare(context, clause, (mention.first, mention.last), place, events)
                break
            if preposition(reading, place) in FROM or start < mention.last or _others(clause, mention.last, start):
                continue
            gap = range(mention.last, start)
            if _led_to(reading, clause, gap) and not any(_goes_on(reading, k) for k in range(mention.last, place.first)):
                yield from _compare(context, clause, (mention.first, mention.last), place, events)
            break


def _others(clause: Clause, first: int, last: int) -> bool:
    return any(first <= m.first < last and m.has("event", "person", "polity") for m in clause.mentions)


def _fought_at(reading: Reading, place: Mention, mention: Mention, events: Sequence[Event]) -> bool:
    """Whether a place told right before a fight is that of the fight: "near Damascus in the battle of Hattin"."""
    fights = all(event.type in FOUGHT for event in events) and preposition(reading, place) in IN
    return fights and (reading.tokens[mention.first - 1].norm in IN or reading.tokens[mention.first - 2].norm in IN)


def _led_to(reading: Reading, clause: Clause, gap: range) -> bool:
    """Whether little stands between an event and a place but words for taking place."""
    verbs = [h for h in clause.triggers if h.first in gap and h.value.form != "noun" and h.value.frame not in _HELD]
    if any(reading.tokens[h.first - 1].norm not in reading.lexicon.prepositions for h in verbs):
        return False
    odd = [k for k in gap if not _glued(reading, k)]
    under = not odd or any(reading.tokens[k].norm in IN for k in range(gap.start, odd[0]))  # "in a hole on a farm near …"
    return under and len(odd) <= _LOOSE and not any(breaks(reading, k) for k in gap)


def _told_of(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a noun stands before an event that makes it something else: the news, the memory of it."""
    lexicon, at = reading.lexicon, mention.first - 1
    if at < clause.first or at in reading.time_at or at in reading.mention_at:
        return False
    norm = reading.tokens[at].norm
    if norm == "the":
        at, norm = at - 1, reading.tokens[at - 1].norm
    if preposition(reading, mention) == "of" or norm == "of":
        return True
    if reading.lang != "ar" or norm in lexicon.glue or norm in lexicon.prepositions or reading.tokens[at].kind != "word":
        return False
    return lexicon.verbs.at(reading.tokens, at, mention.last) is None and at > clause.first


def _compare(context: Context, clause: Clause, at: tuple[int, int], place: Mention, events: Sequence[Event]) -> Iterator[Finding]:
    wheres = [Where(event, event.where) for event in events]
    if all(elsewhere(context, place, where) for where in wheres) and all(meets(e.when, dates(clause)) for e in events if e.when):
        yield contradiction(context, clause, at, place, wheres[0])


def _it(context: Context, clause: Clause, spots: Sequence[Mention]) -> Iterator[Finding]:
    """Where the event took place that the sentence before told, its name left out."""
    reading = context.reading
    hit = next((h for h in clause.triggers if h.value.frame in ("happen", "sign") and h.value.form != "noun"), None)
    if hit is None or hit.first - clause.first > _OPENING or any(m.has("event") or m.first < hit.first for m in clause.mentions):
        return
    place = spots[0]
    start, _ = chain(reading, clause, place)
    if preposition(reading, place) in FROM:
        return  # "it was from Berlin that …"
    if start < hit.last or not reading.asserted(clause, hit.first) or not _plain(reading, range(hit.last, place.first), start):
        return
    before = reading.sentences[max(0, clause.sentence - 1)][0]
    events = _last(context, named_in(reading, before, clause.first))
    if events and not any(hit.last <= m.first < start for m in clause.mentions):
        yield from _compare(context, clause, (hit.first, hit.last), place, events)


def _where(context: Context, clause: Clause) -> Iterator[Finding]:
    """"… near Toulouse, where the battle was fought": the place told last in the clause before."""
    reading = context.reading
    hit = next((h for h in clause.triggers if h.value.frame in ("happen", "sign") and h.value.form != "noun"), None)
    told = [m for m in clause.mentions if m.has("event")]
    if hit is None or len(told) != 1 or len(clause.mentions) > 1 or not clause.index or not reading.asserted(clause, hit.first):
        return
    before = reading.clauses[clause.index - 1]
    if before.sentence != clause.sentence or not reading.lexicon.connectors.at(reading.tokens, clause.first, clause.last):
        return
    if hit.first > clause.first + 1 + (told[0].last - told[0].first) + _OPENING or not before.mentions:
        return
    near = [m for m in before.mentions if before.last - chain(reading, before, m)[1] <= 1]
    place = next((m for m in near if spot(context, before, m, under=True)), None)
    events = _events(context, told[0])
    if place is not None and len(events) == 1 and _wherever(reading, clause.first):
        yield from _compare(context, before, (clause.first, max(hit.last, told[0].last)), place, events)


def _wherever(reading: Reading, index: int) -> bool:
    """Whether a clause begins with "where"."""
    return reading.tokens[index].norm in reading.lexicon.whereat


def _last(context: Context, mentions: Sequence[Mention]) -> list[Event]:
    """The one event named last."""
    named = [m for m in mentions if m.has("event")]
    events = _events(context, named[-1]) if named else []
    return events if len(events) == 1 else []


def _plain(reading: Reading, between: range, stop: int | None = None) -> bool:
    """Whether words say nothing of their own (those from `stop` on belong to a place), and lead on to nothing else."""
    return all((_glued(reading, k) or (stop is not None and k >= stop)) and not _goes_on(reading, k) for k in between)


def _goes_on(reading: Reading, index: int) -> bool:
    """Whether a word leads on to something else: «ثم في …», «وفي …»."""
    lexicon, norm = reading.lexicon, reading.tokens[index].norm
    if index in reading.time_at:
        return False
    return norm in lexicon.joins or norm in lexicon.parting or (norm[:1] in ("و", "ف") and norm[1:] in lexicon.prepositions)


def _glued(reading: Reading, index: int) -> bool:
    lexicon, tokens, norm = reading.lexicon, reading.tokens, reading.tokens[index].norm
    if index in reading.time_at or norm in lexicon.glue or norm in lexicon.carriers or norm in lexicon.premises or norm in lexicon.prepositions:
        return True
    return norm in (",", "،") or any(table.at(tokens, index, index + 2) for table in (lexicon.verbs, lexicon.titles))
