"""Where places lie from one another: «عين جالوت شمالي حلب», "El Alamein, west of Tripoli", "near Valencia"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import atan2, cos, degrees, radians, sin, sqrt

from ..lexicon import Hit
from ..model import Finding
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .apposed import apposed
from .context import Context, cite

_NEAR = 150
"""Kilometres from which nobody would call a place near."""
_APART = 15
"""Kilometres below which positions are too rough to tell a direction."""
_ASTRAY = 68
"""Degrees by which a direction may miss: three points of the compass of sixteen."""
_DIRECTIONS = {name: 45 * k for k, name in enumerate(("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"))}


def check(context: Context) -> Iterator[Finding]:
    """Directions and nearness that positions of the reference refute."""
    reading = context.reading
    for clause in reading.clauses_with(reading.lexicon.bearings):
        if clause.kind not in ("paragraph", "item"):
            continue
        for hit in reading.lexicon.bearings.find(reading.tokens, clause.first, clause.last):
            place, spot = _place_behind(reading, clause, hit), _spot_before(reading, clause, hit)
            if place is not None and spot is not None and reading.asserted(clause, hit.first):
                yield from _compare(context, hit, spot, place)


def _place_behind(reading: Reading, clause: Clause, hit: Hit) -> Mention | None:
    """The place from which a direction is told; «مدينة» may stand between."""
    at = hit.last
    while at < clause.last and at not in reading.mention_at and reading.tokens[at].norm in reading.lexicon.carriers:
        at += 1
    mention = reading.mention_at.get(at)
    plain = mention is not None and mention.first == at and mention.how in ("name", "former") and mention.has("place")
    return mention if plain and mention is not None and not mention.has("person", "event", "polity") else None


def _spot_before(reading: Reading, clause: Clause, hit: Hit) -> Mention | None:
    """The place or battle that is said to lie there: only words for lying stand between it and the direction."""
    at, lexicon = hit.first - 1, reading.lexicon
    known = lexicon.lying | lexicon.lying_on | lexicon.auxiliaries | {"(", ")"}
    while at >= 0 and at not in reading.mention_at and (reading.tokens[at].norm in known or at in reading.time_at or _happened(reading, at)):
        at -= 1
    mention = reading.mention_at.get(at)
    if mention is None:
        return apposed(reading, clause, hit.first - 1, sort=True)
    if mention.how not in ("name", "former", "short") or mention.has("person", "polity"):
        return None
    return mention if mention.last == at + 1 or reading.tokens[mention.last].norm == "," else None


def _happened(reading: Reading, index: int) -> bool:
    hit = reading.lexicon.verbs.at(reading.tokens, index, index + 2)
    return bool(hit and hit.value.frame in ("happen", "sign"))


def _compare(context: Context, hit: Hit, spot: Mention, place: Mention) -> Iterator[Finding]:
    up = context.reference.ancestors
    facts = [fact for m in spot.ids() if (fact := context.reference.fact(m)) is not None]
    wheres = [[fact.id] if fact.kind == "place" else list(getattr(fact, "where", ())) for fact in facts]
    spots = [[id for id in where if positions(context, [id])] for where in wheres]
    if any(other in up(mine) or mine in up(other) for ids in spots for mine in ids for other in place.ids()):
        return
    there = positions(context, place.ids("place"))
    here = [positions(context, ids) for ids in spots]
    if not here or not all(here) or len(there) != len(place.ids()):
        return
    if not all(_astray(str(hit.value), a, b) for at in here for a in at for b in there):
        return
    far = round(kilometres(here[0][0], there[0]))
    way = round(bearing(there[0], here[0][0]) / 45) % 8
    words = context.reading.lexicon.wording.get("facts", {}).get("directions", [])
    values = {
        "spot": facts[0],
        "place": context.reference.fact(place.ids("place")[0]),
        "kilometres": f"{far:,}",
        "direction": words[way] if len(words) == 8 else "",
    }
    yield context.finding(spot.first, place.last, values, cite(facts[0], "where" if facts[0].kind == "event" else "at"))


def _astray(direction: str, spot: Sequence[float], place: Sequence[float]) -> bool:
    """Whether a spot does not lie in that direction from a place, or not near it."""
    if direction == "near":
        return kilometres(spot, place) > _NEAR
    off = abs(bearing(place, spot) - _DIRECTIONS[direction]) % 360
    return kilometres(spot, place) > _APART and min(off, 360 - off) > _ASTRAY

_RADIUS = 6371.0
"""Kilometres from the middle of the earth to its surface (mean radius, IUGG)."""


def kilometres(one: Sequence[float], other: Sequence[float]) -> float:
    """The distance of two positions (latitude, longitude in degrees) along a great circle, by the haversine formula."""
    (lat1, lon1), (lat2, lon2) = (map(radians, one), map(radians, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _RADIUS * atan2(sqrt(half), sqrt(1 - half))


def bearing(start: Sequence[float], to: Sequence[float]) -> float:
    """The compass direction in which a great circle leaves `start` for `to`: degrees from north, clockwise, 0 to 360."""
    (lat1, lon1), (lat2, lon2) = (map(radians, start), map(radians, to))
    east = sin(lon2 - lon1) * cos(lat2)
    north = cos(lat1) * sin(lat2) - sin(lat1) * cos(lat2) * cos(lon2 - lon1)
    return degrees(atan2(east, north)) % 360


def positions(context: Context, facts: Sequence[str]) -> list[tuple[float, ...]]:
    """Where these places are, as far as the reference knows it."""
    return [place.at for fact in facts if (place := context.entity(fact)) is not None and place.at]
