"""In which land, province or sea a place lies: «قلعة ألموت في جبال لبنان», "Pharsalus, a town in southern Italy".

A place is not in a whole that the reference knows by its other parts, where it lies far from all of them and no state, ruler or
former whole joins the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..facts import Entity, Event
from ..model import Finding
from ..normalise import is_arabic
from ..prepositions import preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .apposed import apposed
from .context import Context, akin, cite, kin
from .fights import called
from .geography import kilometres, positions

_IN = frozenset({"في", "ب", "in"})
_LANDS = frozenset({"state", "country"})
_REGIONS = frozenset({"region", "peninsula", "island", "country"})
_BOUNDED, _EMPIRE = 300, 1500
"""Kilometres from every known part of a land beyond which nothing of it lies, or ever lay where an empire of its own reached farther."""
_LATE = 2268924
"""1500: empires that ended before do not make a country of today larger."""
_BESIDE = 130
"""The same for a region; more where its known parts lie far apart."""
_ENOUGH, _MANY = 3, 5
"""Known parts by which the extent of a state and of a region can be told."""
_WORDS = 7
"""Words that may stand between a place and the land it is put into."""


def check(context: Context) -> Iterator[Finding]:
    """Places put into wholes that do not hold them."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for whole in clause.mentions:
            place = _put_into(reading, clause, whole) or _called(reading, clause, whole) or _said_of(reading, clause, whole)
            if place is not None and reading.asserted(clause, place.first):
                yield from _compare(context, place, whole)
            elif place is None and whole.how == "name" and preposition(reading, whole) in _UNDER:
                yield from _battle(context, clause, whole)


def _battle(context: Context, clause: Clause, whole: Mention) -> Iterator[Finding]:
    """"… was checked at Antietam in southern Pennsylvania": a fight told by the word behind "at" alone."""
    reading = context.reading
    tokens, lexicon = reading.tokens, reading.lexicon
    at, inside = whole.first - 1, False
    while at > clause.first and at not in reading.mention_at and tokens[at].norm in lexicon.parts_of_lands | lexicon.premises | _IN:
        inside = inside or tokens[at].norm in _IN
        at -= 1
    if not inside or at <= clause.first or at in reading.mention_at or tokens[at - 1].norm not in lexicon.fought_at:
        return
    events = list({event.id: event for event in called(context, at)}.values()) if reading.asserted(clause, at) else []
    lands = [land for id in whole.ids("place", "polity") if (land := context.entity(id)) is not None]
    if len(events) == 1 and lands and all(outside(context, events[0], land) for land in lands):
        known = _land_of(context, events[0], lands[0])
        if known is not None:
            yield context.finding(at, whole.last, {"place": events[0], "whole": lands[0], "known": known}, cite(events[0], "where"))


_UNDER = frozenset({"", "في", "ب", "in"})


def _put_into(reading: Reading, clause: Clause, whole: Mention) -> Mention | None:
    """The place that a text puts into a whole: right before it, with only words for lying between."""
    if not whole.has("place", "polity") or whole.has("person", "event"):
        return None
    if _prefixed(reading, whole):
        return None
    if whole.how == "demonym":
        return _described(reading, clause, whole)
    if whole.how not in ("name", "former"):
        return None
    tokens, lexicon = reading.tokens, reading.lexicon
    passed = lexicon.premises | lexicon.parts_of_lands | lexicon.lying | lexicon.carriers | {"of", "من"}
    at, inside, unknown, comma, sort, edge = whole.first - 1, False, 0, False, False, False
    if reading.lang == "ar" and preposition(reading, whole) == "ب" and _plain(reading, reading.mention_at.get(at)):
        return reading.mention_at[at]  # «بلدة … بالمغرب»
    while at >= clause.first and at not in reading.mention_at and whole.first - at <= _WORDS:
        norm = tokens[at].norm
        if norm in _IN:
            inside = True
        elif norm in (",", "،"):
            comma = True
        elif norm in lexicon.premises:
            sort, edge = True, edge or norm in lexicon.edges
        elif edge and norm in lexicon.lying_on:
            inside = True
        elif norm not in passed:
            if not inside or comma or tokens[at].kind != "word" or norm in lexicon.prepositions or lexicon.verbs.at(tokens, at, clause.last):
                return None
            unknown += 1
        at -= 1
    place = reading.mention_at.get(at)
    if not inside or not _plain(reading, place) or place is None or place.last != at + 1 or at < clause.first:
        return None
    if edge and not comma and reading.lang == "ar" and preposition(reading, place) not in _UNDER - {""}:
        return None  # «أغار أسطول المهدية على ساحل صقلية»
    return place if not unknown or (comma and sort and unknown <= _UNKNOWN) else None  # no "Bristol, landing in Newfoundland"


_UNKNOWN = 2


def _said_of(reading: Reading, clause: Clause, whole: Mention) -> Mention | None:
    """The place of which an apposition says in what land or on whose coast it lies: «X، وهي قرية مغربية», "X, a port on the coast of …"."""
    named = whole.has("place", "polity") and not whole.has("person", "event") and whole.how in ("name", "former", "demonym")
    if not named or _prefixed(reading, whole):
        return None
    tokens, lexicon = reading.tokens, reading.lexicon
    at, inside, sort = whole.first - 1, False, False
    if whole.how == "demonym":
        at, inside, sort = _sort_of(reading, clause, whole)
        if not sort:
            return None
    while at > clause.first and not (inside and tokens[at].norm in lexicon.prepositions):
        norm = tokens[at].norm
        if norm not in lexicon.parts_of_lands | lexicon.premises | lexicon.coasts | {"of", "the"} | _IN:
            break
        inside, sort = inside or norm in lexicon.coasts or norm in _IN, sort or norm in lexicon.coasts
        at -= norm not in _IN
    while at > clause.first and tokens[at].norm in lexicon.prepositions:
        at -= 1
    return apposed(reading, clause, at, sort=sort) if inside or sort else None


def _sort_of(reading: Reading, clause: Clause, whole: Mention) -> tuple[int, bool, bool]:
    """Where the words end before what an adjective makes a coast or place of a land, whether it is a coast, and whether it does so.

    «قرية مغربية», "a small Catalan town", "on the Libyan coast".
    """
    lexicon, tokens = reading.lexicon, reading.tokens
    sorts = lexicon.settlements | lexicon.coasts
    if reading.lang == "ar":
        at = whole.first - 1
        return at - 1, tokens[at].norm in lexicon.coasts, tokens[at].norm in sorts
    behind = next((tokens[k].norm for k in range(whole.last, min(whole.last + 2, clause.last)) if tokens[k].norm in sorts), "")
    return whole.first - 1, behind in lexicon.coasts, bool(behind)


def _called(reading: Reading, clause: Clause, whole: Mention) -> Mention | None:
    """The place that is named behind the land: "a town in northern Virginia named Gettysburg"."""
    tokens, at = reading.tokens, whole.last
    if whole.how != "name" or whole.has("person", "event") or not whole.has("place", "polity"):
        return None
    while at < clause.last and tokens[at].norm in reading.lexicon.so_called | {",", "،"}:
        at += 1
    place = reading.mention_at.get(at)
    inside = any(tokens[k].norm in _IN for k in range(max(clause.first, whole.first - 3), whole.first))
    return place if at > whole.last and tokens[at - 1].norm not in ",،" and inside and _plain(reading, place) else None


def another_town(context: Context, place: Mention) -> bool:
    """Whether a land right behind a town says that it is another of that name: "Cairo, Illinois", «طرابلس، لبنان», "Córdoba (Argentina)"."""
    tokens = context.reading.tokens
    at = place.last
    if at + 1 >= len(tokens) or tokens[at].norm not in (",", "،", "(", "-", "–"):
        return False
    whole = context.reading.mention_at.get(at + 1)
    if whole is None or whole.first != at + 1 or not whole.has("place", "polity") or whole.has("person", "event") or whole.how == "demonym":
        return False
    towns = [town for id in place.ids("place") if (town := context.entity(id)) is not None]
    lands = [land for id in whole.ids("place", "polity") if (land := context.entity(id)) is not None]
    return bool(towns and lands) and all(outside(context, town, land) for town in towns for land in lands)


def _plain(reading: Reading, mention: Mention | None) -> bool:
    """Whether a name is that of a place or of what happened at one, written as it is."""
    if mention is None or mention.how not in ("name", "former", "short") or mention.has("person", "polity"):
        return False
    key, norm = (mention.names[0].key or ("",))[0], reading.tokens[mention.first].norm
    return bool(key) and mention.has("place", "event") and (key.startswith("ال") or not norm.endswith("ال" + key))


def _prefixed(reading: Reading, mention: Mention) -> bool:
    """Whether a conjunction hangs on a name: «الإسكندرية ومصر»."""
    key, norm = (mention.names[0].key or ("",))[0], reading.tokens[mention.first].norm
    return bool(key) and norm[:1] in ("و", "ف") and not key.startswith(norm[:1])


def _described(reading: Reading, clause: Clause, whole: Mention) -> Mention | None:
    """The place that an adjective calls one of a land: «بلدة … المغربية», "the Moroccan town of …"."""
    if not whole.has("polity"):
        return None
    if is_arabic(reading.tokens[whole.first].norm):
        place = reading.mention_at.get(whole.first - 1)
        if place is None or not _plain(reading, place) or not place.has("place"):
            return None
        sorts = reading.lexicon.premises | reading.lexicon.carriers | reading.lexicon.prepositions
        before = {reading.tokens[k].norm for k in (place.first - 1, place.first) if k >= clause.first}
        return place if before & sorts else None  # not «بلدية حيفا الإسرائيلية»
    at = whole.last if reading.lang != "ar" else clause.last
    while at < clause.last and at not in reading.mention_at and reading.tokens[at].norm in reading.lexicon.premises | {"of", "small"}:
        at += 1
    place = reading.mention_at.get(at)
    return place if at > whole.last + 1 and _plain(reading, place) and place is not None and place.has("place") else None


def _compare(context: Context, place: Mention, whole: Mention) -> Iterator[Finding]:
    facts = [fact for id in place.ids() if (fact := context.reference.fact(id)) is not None]
    lands = [land for id in whole.ids("place", "polity") if (land := context.entity(id)) is not None]
    tokens, lexicon = context.reading.tokens, context.reading.lexicon
    around = any(tokens[k].norm in lexicon.surroundings for k in range(place.last, whole.first))
    seats = any(land.subkind in _SEATS for land in lands)
    if place.how == "former" or (not around and seats and not _stands_in(context.reading, place, whole, facts)):
        return  # "the envoy of Paris in Vienna"
    if not facts or not lands or not all(outside(context, fact, land) for fact in facts for land in lands):
        return
    if all(_overseas(context, fact, land) for fact in facts for land in lands):
        return
    known = _land_of(context, facts[0], lands[0])
    if known is not None:
        first, last = min(place.first, whole.first), max(place.last, whole.last)
        values = {"place": facts[0], "whole": lands[0], "known": known}
        yield context.finding(first, last, values, cite(facts[0], "where" if facts[0].kind == "event" else "at"))


def _stands_in(reading: Reading, place: Mention, whole: Mention, facts: Sequence[Entity | Event]) -> bool:
    """Whether a palace or mosque is said to stand in a town, right behind its name: «قصر الحمراء في قرطبة»."""
    between = [token.norm for token in reading.tokens[place.last : whole.first]]
    under = not between or between[0] in _IN
    carried = all(norm in reading.lexicon.premises | reading.lexicon.towns_of | {"the", "of"} for norm in between[1:])
    built = all(isinstance(fact, Entity) and fact.subkind == "building" for fact in facts)
    return built and under and carried and preposition(reading, place) not in _NEWS


_NEWS = frozenset({"from", "من"})
"""Prepositions before a building from which something in a town came."""


def _overseas(context: Context, fact: Entity | Event, land: Entity) -> bool:
    """Whether a land lies so far from a town that another is meant: settlers took the names of their towns with them."""
    parts = _parts(context, land.id)
    if not isinstance(fact, Entity) or fact.subkind not in _NAMED_AFTER or not fact.at or not parts:
        return False
    return all(kilometres(fact.at, at) > _OVERSEAS for at in parts)


_NAMED_AFTER = frozenset({"city", "town", "village", "fortress"})
_OVERSEAS = 4000
"""Kilometres from a land beyond which a town in it is a namesake."""


def _land_of(context: Context, fact: Entity | Event, land: Entity) -> Entity | None:
    """What a place lies in, as wide as the land named."""
    spots = (fact.id,) if isinstance(fact, Entity) else fact.where
    wholes = [e for spot in spots for id in context.reference.ancestors(spot) if (e := context.entity(id)) is not None and id != fact.id]
    own = {part.into for spot in spots if (p := context.entity(spot)) for part in p.part_of}
    if land.subkind in _SEAS:
        return next((e for spot in spots if (p := context.entity(spot)) for id in p.on if (e := context.entity(id)) and e.subkind in _SEAS), None)
    same = [e for e in wholes if e.subkind == land.subkind and (e.kind == "place" or not e.existed)]
    states = [e for e in wholes if e.kind == "polity" and e.subkind in _LANDS and not e.existed]
    found = sorted(same) or sorted(states)
    return next((e for e in found if e.id in own), next(iter(found), None))  # Córdoba is in Spain, not in what else was al-Andalus


def outside(context: Context, fact: Entity | Event, land: Entity) -> bool:
    """Whether a fact certainly does not lie in a land."""
    if isinstance(fact, Event):
        spots = [e for spot in fact.where if (e := context.entity(spot)) is not None and (e.at or e.subkind == "region")]
        return bool(spots) and fact.type in _SPOTS and all(outside(context, spot, land) for spot in spots)
    if land.subkind in _SEAS:
        return _in_other_sea(context, fact, land)
    if land.subkind == "island" and _on_other_island(context, fact, land):
        return True
    if fact.subkind == "region" and land.subkind == "region" and land.id not in kin(context, fact.id):
        return fact.id != land.id and _beside(context, fact, land)
    if fact.subkind == "building" and land.subkind in _SEATS:
        return land.id not in context.reference.ancestors(fact.id) and _far_off(context, fact, land)
    if not fact.at or fact.subkind not in _TOWNS:
        return False
    if land.subkind in _SEATS | _RANGES:
        return land.id not in context.reference.ancestors(fact.id) and bool(land.at) and kilometres(fact.at, land.at) > _AROUND
    if not _modern(land) or not _states(context, fact.id) - {land.id}:
        return False
    if land.id in kin(context, fact.id) or fact.id in context.reference.ancestors(land.id) or _held(context, fact, land):
        return False
    return _beyond(context, fact, land) or (land.kind == "place" and (_beside(context, fact, land) or _abroad(context, fact, land)))


def _far_off(context: Context, built: Entity, town: Entity) -> bool:
    """Whether a building, or the town in which it stands, is far from another town."""
    spots = positions(context, [built.id]) or positions(context, [part.into for part in built.part_of])
    return bool(spots and town.at) and all(_WALK < kilometres(at, town.at) < _COPIES for at in spots)


_WALK, _COPIES = 60, 2500
"""Kilometres from a town beyond which no building is said to stand in it, and those from which one there is a copy."""


def extent_known(context: Context, land: Entity) -> bool:
    """Whether a land is one of today whose extent its known parts tell."""
    return _modern(land) and len(_parts(context, land.id)) >= (_ENOUGH if land.kind == "polity" else _MANY)


def _beyond(context: Context, place: Entity, land: Entity) -> bool:
    """Whether a place is far from all that the reference puts into a land."""
    parts = [at for at in _parts(context, land.id) if at != place.at]
    if len(parts) < (_ENOUGH if land.kind == "polity" else _MANY):
        return False
    limit = _reach(context, land) if land.kind == "polity" else max(_BESIDE, max(kilometres(a, b) for a in parts for b in parts))
    return all(kilometres(place.at, at) > limit for at in parts)


def _reach(context: Context, land: Entity) -> int:
    realms = [realm for id in context.reference.events_with(land.id, "within") if (realm := context.entity(id)) is not None]
    late = (realm for realm in realms if realm.subkind == "empire" and realm.existed and (realm.existed.end_hi or _LATE) >= _LATE)
    return _EMPIRE if any(late) else _BOUNDED


def _beside(context: Context, place: Entity, land: Entity) -> bool:
    """Whether a place lies in another region of the same state: in Maryland, not in Pennsylvania."""
    up = context.reference.ancestors
    mine = [r for id in up(place.id) if (r := context.entity(id)) is not None and r.kind == "place" and r.subkind == "region"]
    states = _states(context, land.id)
    return land.subkind == "region" and len(states) == 1 and any(
        up(r.id) - {r.id} == up(land.id) - {land.id} and _states(context, r.id) == states for r in mine
    )


def _abroad(context: Context, place: Entity, land: Entity) -> bool:
    """Whether a place is far from the states of today in which a region lies."""
    states = [e for id in sorted(_states(context, land.id)) if (e := context.entity(id)) is not None]
    return bool(states) and all(state.id not in context.reference.ancestors(place.id) and _beyond(context, place, state) for state in states)


def _states(context: Context, place: str) -> set[str]:
    ids = context.reference.ancestors(place) - {place}
    return {id for id in ids if (e := context.entity(id)) is not None and e.kind == "polity" and e.subkind in _LANDS and not e.existed}


_SEATS = frozenset({"city", "town"})
_RANGES = frozenset({"mountain", "valley"})
_AROUND = 150
"""Kilometres beyond which nothing lies in the mountains or the plain of a town."""
_TOWNS = frozenset({"city", "town", "village", "fortress", "building", "valley", "lake"})
_SPOTS = frozenset({"battle", "siege", "massacre"})
_SEAS = frozenset({"sea", "bay", "lake"})


def _modern(land: Entity) -> bool:
    return (land.kind == "polity" and land.subkind in _LANDS and not land.existed) or (land.kind == "place" and land.subkind in _REGIONS)


def _held(context: Context, place: Entity, land: Entity) -> bool:
    """Whether the land, or a state before or after it, ever held the place."""
    mine = akin(context, land.id)
    return any(mine & akin(context, held.who) for held in place.held_by)


def _on_other_island(context: Context, place: Entity, island: Entity) -> bool:
    """Whether a place lies on another island than that one, and neither island is part of the other."""
    up = context.reference.ancestors
    own = [id for id in up(place.id) - {place.id} if (e := context.entity(id)) is not None and e.subkind == "island"]
    return bool(own) and not any(id in up(island.id) or island.id in up(id) for id in (*own, place.id))


def _in_other_sea(context: Context, place: Entity, sea: Entity) -> bool:
    """Whether an island lies in other seas than that one."""
    up = context.reference.ancestors
    seas = [id for id in place.on if (e := context.entity(id)) is not None and e.subkind in _SEAS]
    return place.subkind == "island" and bool(seas) and not any(sea.id in up(id) or id in up(sea.id) for id in seas)


def _parts(context: Context, land: str) -> list[tuple[float, ...]]:
    """The positions of all that the reference puts into a land."""
    known = context.memo.setdefault("parts", {})
    if land not in known:
        found, todo = {land}, [land]
        while todo:
            inside = [id for id in context.reference.events_with(todo.pop(), "within") if id not in found]
            found.update(inside)
            todo.extend(inside)
        known[land] = list(dict.fromkeys(positions(context, sorted(found))))
    parts: Sequence[tuple[float, ...]] = known[land]
    return list(parts)
