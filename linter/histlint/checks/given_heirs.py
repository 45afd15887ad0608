"""Heirs told by a word of kinship and their given name alone: «فخلفه ابنه تاشفين», "abdicated in favour of his brother Victor Emmanuel"."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import subjects
from ..facts import Entity, Role
from ..lexicon import Hit
from ..model import Finding
from ..named_tuple import NamedTuple
from ..normalise import bare, name_key
from ..reading import Predication, Reading
from .called import called
from .context import RULING, Context, cite, reigns
from .lineage import alike, follows, last_subject, told_pair

_NEAR = 6
"""Words behind the word of succession within which the word of kinship stands."""


class GivenHeir(NamedTuple):
    """What says that somebody was followed, the word for his kinsman, the given name behind it, and whom he followed."""

    said: Predication
    kin: Hit
    given: tuple[str, ...]
    before: list[Entity]


def given_heirs(context: Context) -> list[GivenHeir]:
    """The heirs of a text that no list of names has."""
    reading = context.reading
    said = [p for p in reading.predications if p.asserted and p.frame in ("succeed", "unseat") and told_pair(context, p) is None]
    for clause in reading.clauses_with(reading.lexicon.passes):
        for hit in reading.lexicon.passes.find(reading.tokens, clause.first, clause.last):
            if clause.kind in ("paragraph", "item") and reading.asserted(clause, hit.first):
                said.append(Predication("succeed", "verb", hit.first, hit.last, clause.index, (), (), (), True))  # noqa: PERF401
    return [heir for one in said if (heir := _heir(context, one)) is not None]


def _heir(context: Context, predication: Predication) -> GivenHeir | None:
    reading = context.reading
    tokens, clause = reading.tokens, reading.clauses[predication.clause]
    kin = next(iter(reading.lexicon.kin.find(tokens, predication.last, min(predication.last + _NEAR, clause.last))), None)
    if kin is None or kin.last >= clause.last or kin.last in reading.mention_at or tokens[kin.last].kind != "word":
        return None
    if predication.frame == "unseat":
        who = [m for m in subjects(predication) if m.has("person")]
        before = who[0] if len(who) == 1 else None
    else:
        before = last_subject(context, predication)
    given = _given_name(reading, kin.last, clause.last)
    return GivenHeir(predication, kin, given, context.people(before)) if before is not None and given else None


def _given_name(reading: Reading, first: int, stop: int) -> tuple[str, ...]:
    """The given name that begins at a token, «عبد السلام» too; empty where it goes on as a longer name."""
    links, tokens = reading.lexicon.name_links, reading.tokens
    words = [bare(tokens[first].norm)]
    if words[0] in links and first + 1 < stop and tokens[first + 1].kind == "word" and tokens[first + 1].norm not in reading.lexicon.prepositions:
        words.append(bare(tokens[first + 1].norm))
    behind = first + len(words)
    return () if behind < stop and tokens[behind].norm in links else tuple(words)


def check(context: Context) -> Iterator[Finding]:
    """Heirs of the name of another who sat on that throne."""
    for said, kin, given, people in context.once(given_heirs):
        found = [_another_name(context, person, given) for person in people]
        if people and all(found):
            real, role, other = found[0]  # type: ignore[misc]
            values = {"before": people[0], "after": other, "real": real, "role_when": role.when}
            yield context.finding(said.first, kin.last + len(given), values, cite(people[0], "roles"), cite(real, "roles"))


def came_next(context: Context, before: Entity) -> Iterator[tuple[Role, list[tuple[Entity, Role]], list[Entity]]]:
    """The thrones that somebody left, the last first: his reign, who came next on it, and all who ever sat on it."""
    for left in reversed(list(reigns(before, RULING))):
        if left.of and left.when is not None:
            holders = [e for fact in context.reference.events_with(left.of, "office") if (e := context.entity(fact)) and e.id != before.id]
            came = [(e, role) for e in holders for role in reigns(e, alike(left.office)) if role.of == left.of and role.when]
            yield left, [(e, role) for e, role in came if e.id == left.successor or (role.when and follows(left.when, role.when))], holders


def _another_name(context: Context, before: Entity, given: tuple[str, ...]) -> tuple[Entity, Role, Entity] | None:
    """Who followed somebody and has no such name, and who of that throne has it."""
    lang = context.reading.lang
    for _, came, holders in came_next(context, before):
        named = [e for e in holders if any(name_key(text)[: len(given)] == given for text in e.names.get(lang, ()))]
        if len({e.id for e, _ in came}) == 1 and named and not called(context, came[0][0], given):
            return *came[0], named[0]
    return None
