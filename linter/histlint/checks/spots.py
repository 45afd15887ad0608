"""The place that stands beside a deed or event, and whether it is another than the one known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..bind import apart, conflict, slack_for
from ..facts import Entity, Event
from ..model import Finding, Moment
from ..named_tuple import NamedTuple
from ..prepositions import preposition
from ..reading import Clause, Reading, Time
from ..tag.entities import Mention
from .context import Context, cite
from .geography import kilometres, positions
from .place import not_in
from .within import another_town, extent_known, outside

IN = frozenset({"في", "ب", "in", "at", "near", "on", "outside", "قرب", "عند", "aboard", "داخل", "within", "خارج", "inside", "off"})
"""Prepositions before the place of a deed."""
FROM = frozenset({"من", "from"})
_UPON = frozenset({"علي", "upon"})
_FAR, _MARCH, _NEAR, _DOORS = 25, 100, 150, 6
"""Kilometres from which a place is another: a town, the town that a battle is called after, what something was "near", a building."""
FOUGHT = frozenset({"battle", "siege", "raid", "operation", "invasion", "campaign"})
"""Types of event that are called after towns around them."""
_PREMISES = 4
"""Words of what stands in a town, before its name."""
_CLOSE = 4
"""Words between a deed and its place up to which both are reported."""


class Where(NamedTuple):
    """A fact that a deed may be, and where it was."""

    fact: Entity | Event
    spots: tuple[str, ...]


def spot(context: Context, clause: Clause, mention: Mention, *, under: bool = False) -> bool:
    """Whether a name is a place of known position or extent in which something is said to have happened.

    `under` says that it is so whatever preposition the name stands under.
    """
    if mention.how not in ("name", "former") or mention.has("person", "event", "thing") or another_town(context, mention):
        return False
    ids = mention.ids("place")
    if mention.has("polity") or not positions(context, ids):
        lands = [context.entity(id) for id in mention.ids("place", "polity")]
        if all(land is not None and extent_known(context, land) for land in lands):
            return under or (_inside(context.reading, clause, mention, river=False) and preposition(context.reading, mention) not in FROM)
    if not ids or mention.has("polity"):
        return False
    rivers = _rivers(context, ids)
    known = len(ids) in (len(positions(context, ids)), len(rivers))
    return known and (under or _inside(context.reading, clause, mention, river=bool(rivers)))


def _rivers(context: Context, places: Sequence[str]) -> list[str]:
    return [id for id in places if (place := context.entity(id)) is not None and place.subkind == "river"]


def _inside(reading: Reading, clause: Clause, mention: Mention, *, river: bool) -> bool:
    """Whether a place stands under "in", or behind what stands there: "in the great mosque of Basra"."""
    under = preposition(reading, mention)
    if under in IN or under in FROM or (river and under in _UPON):
        return True
    tokens, lexicon = reading.tokens, reading.lexicon
    at = mention.first - 1
    if under == "of" and at >= clause.first:
        at -= 1
    elif under:
        return False
    built = at
    while at > clause.first and at not in reading.mention_at and built - at < _PREMISES and tokens[at].norm not in lexicon.prepositions:
        at -= 1
    return built > at and tokens[at].norm in IN and any(tokens[k].norm in lexicon.premises for k in range(at + 1, built + 1))


def chain(reading: Reading, clause: Clause, place: Mention) -> tuple[int, int]:
    """The tokens of a place with what it lies in and what stands there: "in the cathedral of Notre-Dame in Paris"."""
    start, stop = place.first, place.last
    tokens, lexicon = reading.tokens, reading.lexicon
    words = 0
    while start > clause.first and words < _PREMISES:
        if start - 1 in reading.time_at or tokens[start - 1].kind == "mark":
            break
        other = reading.mention_at.get(start - 1)
        if other is not None and not (other.has("place") and other.how in ("name", "former")):
            break
        start -= 1
        if tokens[start].norm in IN or (tokens[start].norm in lexicon.prepositions and tokens[start].norm != "of"):
            break
        words += 1
    start = _building(reading, clause, start)
    inner = next((k for k in range(start - 1, max(clause.first, start - _PREMISES - 2), -1) if tokens[k].norm in IN), start)
    if any(tokens[k].norm in lexicon.premises for k in range(inner, start)):
        start = inner
    passed = lexicon.parts_of_lands | lexicon.premises
    while stop < clause.last:
        other = reading.mention_at.get(stop)
        ahead = next((k for k in range(stop + 1, min(stop + _PREMISES, clause.last)) if tokens[k].norm not in passed), stop + 1)
        behind = reading.mention_at.get(ahead)
        if other is not None and other.has("place", "polity") and not other.has("person", "event"):
            stop = other.last
        elif tokens[stop].norm in (*IN, "of", "من") and behind is not None and behind.has("place", "polity"):
            stop = ahead
        else:
            break
    return start, stop


def _building(reading: Reading, clause: Clause, start: int) -> int:
    """Where what stands in an English town begins, with a name that no list knows: "in the cathedral of Notre-Dame in Paris"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if reading.lang == "ar" or start <= clause.first or tokens[start].norm not in IN:
        return start
    at = start - 1
    while at > clause.first and start - at <= _PREMISES + 2 and (_capital(reading, at) or tokens[at].norm in lexicon.premises | {"of", "the", "-"}):
        if at in reading.time_at or at in reading.mention_at:
            return start
        at -= 1
    named = any(_capital(reading, k) or tokens[k].norm in lexicon.premises for k in range(at + 1, start))
    return at if named and tokens[at].norm in IN else start


def _capital(reading: Reading, index: int) -> bool:
    return reading.document.text[reading.tokens[index].start].isupper()


def adjoin(reading: Reading, start: int, stop: int, time: Time) -> bool:
    """Whether only commas and prepositions stand between a place and a date."""
    between = range(stop, time.first) if time.first >= stop else range(time.last, start)
    passed = reading.lexicon.prepositions | {",", "،", "the"}
    return all(reading.tokens[k].norm in passed or k in reading.time_at for k in between)


def breaks(reading: Reading, index: int) -> bool:
    """Whether a mark parts what stands before it from what comes."""
    token = reading.tokens[index]
    return token.kind == "mark" and token.norm not in _LIGHT


_LIGHT = frozenset({",", "،", "(", ")", "-", "'", "’", '"', "«", "»", "/"})


def dates(clause: Clause) -> list[Time]:
    """The dates of a clause that are written out."""
    found = [t for t in clause.times if t.mention.type == "date" and t.mention.value and not t.mention.relation]
    return [t for t in found if {"day", "month", "year"} & {key for key, _ in t.mention.parts}]


def own_dates(reading: Reading, clause: Clause, at: int) -> list[Time]:
    """The dates of a clause without those of a circumstance before token `at`: «وحين أطاح به في سبتمبر 1969 ألقى خطابًا»."""
    tokens, lexicon = reading.tokens, reading.lexicon
    found = dates(clause)
    heads = lexicon.circumstances.find(tokens, clause.first, at) if found else ()
    if not heads:
        return found
    opened = heads[0].last
    plain = lexicon.prepositions | lexicon.glue
    while opened < at and tokens[opened].norm in plain and opened not in reading.time_at:
        opened += 1
    return [time for time in found if not opened < time.first < at]


def on_day(times: Iterable[Time]) -> bool:
    """Whether one of the dates is a day."""
    return any(t.mention.value and t.mention.value.precision == "day" for t in times)


def meets(when: Moment, times: Sequence[Time]) -> bool:
    """Whether all written dates are those of something; one without its year is taken as of the year told before."""
    if any(conflict(time.mention, when) for time in times):
        return False
    told = [v for t in times if t.mention.anchor == "narrative" and (v := t.mention.value) is not None]
    return not any(apart(value, when, slack_for(value, when)) for value in told)


def elsewhere(context: Context, place: Mention, where: Where) -> bool:
    """Whether a place lies far from all where something was, and neither holds the other."""
    up = context.reference.ancestors
    if rivers := _rivers(context, place.ids("place")):
        others = _rivers(context, where.spots)
        return bool(others) and not any(a in up(b) or b in up(a) for a in rivers for b in others)
    spots = [id for id in where.spots if positions(context, [id])]
    lands = [land for id in place.ids("place", "polity") if (land := context.entity(id)) is not None and not land.at]
    if lands:
        known = [entry for id in spots if (entry := context.entity(id)) is not None]
        return bool(known) and len(lands) == len(place.ids()) and all(outside(context, entry, land) for entry in known for land in lands)
    if not spots:
        return place.has("place") and isinstance(where.fact, Event) and not_in(context, place, where.fact)
    wide = [id for id in where.spots if id not in spots and not any(id in up(other) for other in spots)]
    if any(id in up(other) or other in up(id) for id in place.ids("place") for other in (*spots, *wide)):
        return False
    far = _limit(context, place, where)
    return all(kilometres(a, b) > far for a in positions(context, place.ids("place")) for b in positions(context, spots))


def _limit(context: Context, place: Mention, where: Where) -> int:
    if context.reading.lexicon.bearings.find(context.reading.tokens, max(0, place.first - 3), place.first):
        return _NEAR
    if isinstance(where.fact, Event) and where.fact.type in FOUGHT:
        return _MARCH
    kinds = {entry.subkind for id in place.ids("place") if (entry := context.entity(id)) is not None}
    return _DOORS if kinds == {"building"} and isinstance(where.fact, Event) and where.fact.type == "coronation" else _FAR


def contradiction(context: Context, clause: Clause, deed: tuple[int, int], place: Mention, where: Where) -> Finding:
    """The finding that something at the tokens `deed` was not at a place."""
    first, last = chain(context.reading, clause, place)
    if 0 <= first - deed[1] <= _CLOSE:
        first = deed[0]
    elif 0 <= deed[0] - last <= _CLOSE:
        last = deed[1]
    fact = where.fact
    values = {
        "place": context.reference.fact(place.ids("place", "polity")[0]),
        "known": context.reference.fact(next((id for id in where.spots if positions(context, [id])), where.spots[0])),
        "event" if fact.kind == "event" else "person": fact,
    }
    return context.finding(first, last, values, cite(fact, "where" if fact.kind == "event" else "life"))
