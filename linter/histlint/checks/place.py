"""Where people were born and died and where events took place.

Options: `of` is birth, death or event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import subjects
from ..model import Finding
from ..reading import Predication
from ..tag.entities import Mention
from .context import Context, cite

_IN = frozenset({"في", "ب", "in", "at", "near", "قرب"})
_WIDE = frozenset({"continent", "sea", "region", "country"})


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    of = str(context.options["of"])
    frame = {"birth": "born", "death": "die"}[of]
    for predication in context.reading.predications:
        if predication.frame == frame and predication.asserted and predication.form != "noun":
            yield from _life(context, predication, of)


def _life(context: Context, predication: Predication, of: str) -> Iterator[Finding]:
    who = [m for m in subjects(predication) if m.has("person")]
    if len(who) != 1 or len(subjects(predication)) != 1:
        return
    places = [m for role, m in predication.others if role in _IN and m.has("place")]
    if not places or places[0].first - predication.last > 12:
        return
    people = context.people(who[0])
    known = [person.born_in if of == "birth" else person.died_in for person in people]
    if not people or not all(known):
        return
    where = places[0]
    if any(not _apart(context, where.ids("place", "polity"), place) for place in known):
        return
    person = people[0]
    yield context.finding(
        predication.first,
        where.last,
        {"person": person, "place": context.reference.fact(where.ids("place")[0]), "known": context.reference.fact(known[0])},
        cite(person, "life"),
    )


def _apart(context: Context, written: Sequence[str], known: str) -> bool:
    """Whether two places certainly differ: neither contains the other, and both are known as towns or lands of their own."""
    up = context.reference.ancestors
    real = context.entity(known)
    if real is None:
        return False
    for place in written:
        entry = context.entity(place)
        if entry is None or place in up(known) or known in up(place):
            return False
        if entry.kind == "polity":
            return False
        wide = entry.subkind in _WIDE or real.subkind in _WIDE
        if wide and not (_placed(context, place) and _placed(context, known)):
            return False
        if wide and (up(place) & up(known)) - {place, known}:
            return False
    return bool(written)


def _placed(context: Context, place: str) -> bool:
    return len(context.reference.ancestors(place)) > 1


__all__ = ["Mention", "check"]
