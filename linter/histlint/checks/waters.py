"""On what water a place lies: «قرطبة الواقعة على نهر إبرو», "Trabzon, a port on the Aegean", "the bridge over the Po at Lodi"."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Finding
from ..prepositions import preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .apposed import apposed
from .context import Context, cite
from .within import another_town

_RUNNING = frozenset({"river", "canal"})
_STANDING = frozenset({"sea", "lake", "bay", "strait"})
_AT = frozenset({"at", "عند"})
"""Prepositions between a river and the town by which it is told: "crossed the Rhine at Remagen"."""


def waters(context: Context, clause: Clause) -> Iterator[Finding]:
    """Waters of a clause that do not touch the place put on them."""
    for mention in clause.mentions:
        kinds = [context.entity(fact) for fact in mention.ids("place")] if mention.how == "name" else []
        sort = next((s for s in (_RUNNING, _STANDING) if kinds and all(w and w.subkind in s for w in kinds)), None)
        if sort is None:
            continue
        reading = context.reading
        place = _place_on(reading, mention) or _along(reading, clause, mention) or (_town_at(reading, mention) if sort is _RUNNING else None)
        if place is None or another_town(context, place) or _bearing(context.reading, place):
            continue
        if context.reading.asserted(clause, place.first):
            yield from _shore(context, mention, place, sort)


def _shore(context: Context, mention: Mention, place: Mention, sort: frozenset[str]) -> Iterator[Finding]:
    known = [_on(context, fact, sort) for fact in place.ids()]
    up = context.reference.ancestors
    if not all(known) or any(w in up(k) or k in up(w) for w in mention.ids() for ids in known for k in ids):
        return
    spot, water, other = (context.reference.fact(fact) for fact in (place.ids("place")[0], mention.ids()[0], known[0][0]))
    if spot is not None:
        first, last = min(place.first, mention.first), max(place.last, mention.last)
        yield context.finding(first, last, {"place": spot, "water": water, "known": other}, cite(spot, "on"))


def _place_on(reading: Reading, water: Mention) -> Mention | None:
    """The place said to lie on a water: only words for lying stand between the two, among them one for "on"."""
    lexicon, at, on = reading.lexicon, water.first - 1, False
    words = lexicon.lying | lexicon.lying_on
    while at >= 0:
        mention = reading.mention_at.get(at)
        if mention is not None and on and mention.has("polity") and mention.first and _capital_before(reading, mention.first):
            at = mention.first - 1  # «طليطلة عاصمة القوط الواقعة على نهر …»
        elif reading.tokens[at].norm not in words or (mention is not None and not _all_in(reading, mention, words)):
            break
        on = on or reading.tokens[at].norm in lexicon.lying_on
        at -= 1
    while at >= 0 and on and reading.tokens[at].norm in lexicon.capitals:
        at -= 1
    place = reading.mention_at.get(at)
    return place if on and place is not None and place.last == at + 1 and _plain(place) else None


def _along(reading: Reading, clause: Clause, water: Mention) -> Mention | None:
    """The place of which an apposition says that it lies on a water: "X, a long city stretched along the …", «X، تلك المدينة الممتدة على ضفة …»."""
    lexicon, at, on = reading.lexicon, water.first - 1, False
    while at > clause.first and not on and reading.tokens[at].norm in lexicon.lying | lexicon.lying_on | lexicon.along:
        on = reading.tokens[at].norm in lexicon.lying_on | lexicon.along
        at -= 1
    return apposed(reading, clause, at) if on else None


def _all_in(reading: Reading, mention: Mention, words: frozenset[str]) -> bool:
    return all(reading.tokens[k].norm in words for k in range(mention.first, mention.last))


def _town_at(reading: Reading, water: Mention) -> Mention | None:
    """The town at which a river is said to flow."""
    at = water.last
    if at >= len(reading.tokens) or reading.tokens[at].norm not in _AT:
        return None
    while at + 1 < len(reading.tokens) and reading.tokens[at + 1].norm in reading.lexicon.carriers and at + 1 not in reading.mention_at:
        at += 1
    place = reading.mention_at.get(at + 1)
    return place if place is not None and place.first == at + 1 and _plain(place) else None


def _bearing(reading: Reading, place: Mention) -> bool:
    """Whether a place only says where another lies that is on the water: "300 km northwest of Vienna on the bank of the …"."""
    near = range(max(0, place.first - _BACK), place.first)
    if any(k not in reading.mention_at and reading.lexicon.bearings.at(reading.tokens, k, place.first) for k in near):
        return True
    under = preposition(reading, place)
    return under in _FROM or (under in _OF and any(reading.tokens[k].kind == "number" for k in near))


_BACK = 4
"""Words before a place within which it is told what lies how from it."""
_FROM, _OF = frozenset({"from", "عن"}), frozenset({"of", "من"})


def _plain(place: Mention) -> bool:
    return place.how in ("name", "former", "short") and place.has("place") and not place.has("person", "polity")


def _capital_before(reading: Reading, at: int) -> bool:
    """Whether a state stands behind "capital of" at these words."""
    return any(reading.tokens[k].norm in reading.lexicon.capitals for k in range(max(0, at - 3), at))


def _on(context: Context, fact: str, sort: frozenset[str]) -> list[str]:
    """The waters of a sort that a place lies on, or the places of an event that is called after one."""
    event = context.event(fact)
    places = [place for id in (event.where if event else (fact,)) if (place := context.entity(id)) is not None]
    return [id for place in places for id in place.on if (water := context.entity(id)) and water.subkind in sort]
