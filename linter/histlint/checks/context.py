"""What every check is given, and the questions that several checks ask of the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ..facts import Entity, Event, Role
from ..model import Evidence, Finding, Moment, Span
from ..named_tuple import TYPE_CHECKING, NamedTuple
from ..normalise import fold
from ..reading import Reading
from ..tag.entities import Mention

if TYPE_CHECKING:
    from typing import Any, TypeVar

    from ..reference import Reference

    _Made = TypeVar("_Made")


class Context(NamedTuple):
    """One rule applied to one text."""

    reading: Reading
    reference: Reference
    rule: str
    options: Mapping[str, Any]
    memo: dict[Any, Any]  # of `once`; the rules applied to one text share it

    def once(self, make: Callable[[Context], _Made]) -> _Made:
        """What `make` gives for this text whatever the rule, worked out once."""
        if make not in self.memo:
            self.memo[make] = make(self)
        made: _Made = self.memo[make]
        return made

    def event(self, fact: str) -> Event | None:
        """The event of that id, if it is one that was checked by hand; the broad layer only dates (see `checks.dated`)."""
        entry = self.reference.fact(fact)
        return entry if isinstance(entry, Event) and entry.confidence == "high" else None

    def entity(self, fact: str) -> Entity | None:
        """The entity of that id, if it is one."""
        entry = self.reference.fact(fact)
        return entry if isinstance(entry, Entity) else None

    def events(self, mention: Mention) -> list[Event]:
        """The events that a mention may name."""
        if not mention.has("event"):
            return []
        return [event for fact in mention.ids("event") if (event := self.event(fact))]

    def broad(self, mention: Mention) -> list[Event]:
        """The events of the broad layer that a mention may name."""
        facts = [self.reference.fact(fact) for fact in mention.ids("event")]
        return [fact for fact in facts if isinstance(fact, Event) and fact.confidence != "high"]

    def people(self, mention: Mention) -> list[Entity]:
        """The people that a mention may name."""
        return [person for fact in mention.ids("person") if (person := self.entity(fact))]

    def finding(
        self,
        first: int,
        last: int,
        values: Mapping[str, object],
        *evidence: Evidence,
        related: Iterable[Span] = (),
        suggestion: str = "",
    ) -> Finding:
        """A finding of this rule on tokens `first` to `last`, cut to the paragraph in which it ends."""
        if first > 1 and self.reading.tokens[first - 1].norm == "'" and first - 2 in self.reading.mention_at:
            first = self.reading.mention_at[first - 2].first  # "Stalin's death"
        for k in range(last - 1, first, -1):
            if self.reading.tokens[k].norm == "\n":
                first = k + 1
                break
        return Finding(self.rule, self.reading.span(first, last), values, evidence, tuple(related), suggestion)


def cite(fact: Entity | Event, aspect: str = "when") -> Evidence:
    """Evidence from the reference; `aspect` says which part of the fact counts (when, life, roles, sides, won …)."""
    return Evidence(aspect, fact=fact.id)


def kin(context: Context, fact: str) -> frozenset[str]:
    """`fact` with what it is part of, belongs to, succeeds or names as capital: whatever a text may use for it."""
    slot = ("kin", fact)
    made = context.reference.memo
    if slot not in made:
        made[slot] = _kin(context, fact)
    known: frozenset[str] = made[slot]
    return known


def _kin(context: Context, fact: str) -> frozenset[str]:
    out = set(context.reference.ancestors(fact))
    for name in tuple(out):
        entry = context.entity(name)
        if entry is None:
            continue
        out.update(entry.of)
        out.update(entry.succeeds)
        out.update(whole.into for whole in entry.part_of)
        for role in entry.roles:
            if role.of:
                out.add(role.of)
        for capital in entry.capitals:
            out.add(capital.into)
    for name in tuple(out):
        out.update(context.reference.ancestors(name))
    return frozenset(out)


_LOOSE = frozenset({"alliance", "organisation", "continent", "people"})
_ALLIANCES = frozenset({"alliance", "organisation"})


def akin(context: Context, fact: str) -> set[str]:
    """A polity with its wholes, peoples, capitals and the states before it; alliances only where it is one itself."""
    out = set(context.reference.ancestors(fact))
    for name in tuple(out):
        entity = context.entity(name)
        if entity is not None:
            out.update(entity.succeeds)
            out.update(capital.into for capital in entity.capitals)
    own = context.entity(fact)
    if own is not None and own.subkind in _LOOSE:
        return out
    return {name for name in out if (e := context.entity(name)) is None or e.subkind not in _LOOSE}


def related(context: Context, one: str, other: str) -> bool:
    """Whether two facts may stand for one another in prose: same, part and whole, ruler and realm, successor states."""
    shared = kin(context, one) & kin(context, other)
    return any((e := context.entity(name)) is None or e.subkind not in _ALLIANCES or name in (one, other) for name in shared)


def names_as_words(event: Event, lang: str) -> Iterator[tuple[str, ...]]:
    """The full names of an event in a language, as the words that a text would have."""
    for name in event.names.get(lang, ()):
        yield tuple(fold(word) for word in name.split())


def participants(event: Event) -> frozenset[str]:
    """Everybody whom the reference puts into an event, in any role."""
    ids = {who.who for side in event.sides for who in side}
    for group in (event.by, event.target, event.won, event.lost, event.captured, event.killed, event.where, *event.leaders):
        ids.update(group)
    return frozenset(ids)


def alive(person: Entity) -> Moment | None:
    """The time of a life, None where neither end is known."""
    return person.when if person.kind == "person" else None


def reigns(person: Entity, offices: Iterable[str] = ()) -> Iterator[Role]:
    """The dated roles of a person, only of `offices` where given."""
    wanted = frozenset(offices)
    for role in person.roles:
        if role.when is not None and (not wanted or role.office in wanted):
            yield role


RULING = frozenset(
    {
        "king", "queen", "emperor", "empress", "caliph", "sultan", "shah", "khan", "emir", "pharaoh", "doge", "pope",
        "president", "prime-minister", "chancellor", "imam", "dey", "bey", "pasha", "khedive", "regent", "consul",
        "dictator", "tsar", "general-secretary", "secretary-general", "leader", "wali", "governor", "vizier",
    }
)  # fmt: skip
"""Offices that "took the throne", "came to power" and the like may speak of."""
