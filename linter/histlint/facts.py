"""What the reference knows: entities, events and statements of completeness, as immutable values.

The keys of a pack file (docs/facts.md) are the fields here, but for a few names that Python reserves: `from` and `to` are
`start` and `end`, `in` is `into`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from .model import Moment
from .named_tuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

Names = Mapping[str, tuple[str, ...]]

_NONE: Mapping[str, Any] = MappingProxyType({})

KINDS = ("polity", "person", "place", "thing")


class Participant(NamedTuple):
    """Who took part in an event, from when to when, and how that part ended (`left`)."""

    who: str
    start: Moment | None = None
    end: Moment | None = None
    left: str = ""


class Role(NamedTuple):
    """An office that a person held."""

    office: str
    of: str = ""
    when: Moment | None = None
    predecessor: str = ""
    successor: str = ""


class Membership(NamedTuple):
    """A whole that something belonged to, or a capital that a polity had, for a time."""

    into: str
    start: Moment | None = None
    end: Moment | None = None


class Held(NamedTuple):
    """A polity that held a place."""

    who: str
    when: Moment | None = None


class Former(NamedTuple):
    """Names that a place had only for a time."""

    names: Names
    when: Moment | None = None


class Ceded(NamedTuple):
    """What one party gave to another by a treaty or sale."""

    what: tuple[str, ...]
    by: str
    to: str


class Share(NamedTuple):
    """What one party got, ruled, led or stood for where another got its counterpart: ids, and words that are no names of facts.

    `called` is how texts call the party beside the others, though it means many elsewhere («فيصل»).
    """

    who: str
    called: Names = _NONE
    what: tuple[str, ...] = ()
    words: Names = _NONE


class Done(NamedTuple):
    """A deed of one upon another that texts turn round; `what` and `words` are what passed between the two, one of which must be told."""

    deed: str
    by: str
    to: str
    what: tuple[str, ...] = ()
    words: Names = _NONE


class Entity(NamedTuple):
    """A polity, person, place or thing; `subkind` is the `kind` of the pack file (state, city …)."""

    id: str
    kind: str
    subkind: str = ""
    names: Names = _NONE
    short: Names = _NONE
    misnomers: Names = _NONE
    demonyms: Names = _NONE
    existed: Moment | None = None
    born: Moment | None = None
    died: Moment | None = None
    born_in: str = ""
    died_in: str = ""
    exiled: tuple[str, ...] = ()  # every place to which the person was sent into exile
    father: str = ""
    mother: str = ""
    spouses: tuple[str, ...] = ()  # of a woman every husband who is an entry; of a man some of his wives
    sex: str = ""
    of: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    part_of: tuple[Membership, ...] = ()
    on: tuple[str, ...] = ()
    at: tuple[float, ...] = ()  # latitude and longitude in degrees, or nothing
    former: tuple[Former, ...] = ()
    held_by: tuple[Held, ...] = ()
    capitals: tuple[Membership, ...] = ()
    succeeds: tuple[str, ...] = ()
    members: tuple[str, ...] = ()  # of an alliance: everybody who may be counted as a member
    counts: Mapping[str, tuple[int, int]] = _NONE
    where: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    note: str = ""

    def label(self, lang: str) -> str:
        """The name for messages in `lang`, or in another language where it has none."""
        return label(self, lang)

    @property
    def when(self) -> Moment | None:
        """The time in which it could act: its existence, or a life where birth or death is known."""
        if self.existed or not (self.born or self.died):
            return self.existed
        return lifetime(self.born, self.died)


class Event(NamedTuple):
    """Something that happened."""

    id: str
    type: str
    names: Names = _NONE
    short: Names = _NONE
    misnomers: Names = _NONE
    when: Moment | None = None
    where: tuple[str, ...] = ()
    sides: tuple[tuple[Participant, ...], ...] = ()
    leaders: tuple[tuple[str, ...], ...] = ()
    by: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    won: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    result: str = ""
    captured: tuple[str, ...] = ()
    killed: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    supported_by: tuple[str, ...] = ()
    opposed_by: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    cause: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    counts: Mapping[str, tuple[int, int]] = _NONE
    closed: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    note: str = ""
    ceded: tuple[Ceded, ...] = ()
    shares: tuple[Share, ...] = ()
    done: tuple[Done, ...] = ()
    confidence: str = "high"  # or low: taken over from a data set unseen, so it refutes only at a margin

    @property
    def kind(self) -> str:
        """`event`, so that facts of all kinds can be asked alike."""
        return "event"

    def label(self, lang: str) -> str:
        """The name for messages in `lang`, or in another language where it has none."""
        return label(self, lang)


class Complete(NamedTuple):
    """A statement that every event of `type` with this agent, target or whole within `when` is in the packs."""

    type: str
    by: str = ""
    target: str = ""
    part_of: str = ""
    when: Moment | None = None
    sources: tuple[str, ...] = ()


class Name(NamedTuple):
    """One way to write a fact's name: `key` is its normalised tokens, `text` the name as the pack has it."""

    key: tuple[str, ...]
    id: str
    kind: str  # event person polity place thing
    how: str  # name short demonym misnomer former
    lang: str
    text: str
    when: Moment | None = None  # of a former name


Fact = Entity | Event

Lookup = Callable[[str], Fact | None]
"""The fact of an id, None for an unknown one."""


def label(fact: Fact, lang: str) -> str:
    """The first name of `fact` in `lang`, else in any language, else its id."""
    for names in (fact.names.get(lang), *fact.names.values()):
        if names:
            return names[0]
    return fact.id


def lifetime(born: Moment | None, died: Moment | None) -> Moment:
    """From birth to death; an unknown end is unbounded."""
    return Moment(
        born.start_lo if born else None,
        born.end_hi if born else None,
        died.start_lo if died else None,
        died.end_hi if died else None,
        (born or died or _ERA).precision,
    )


_ERA = Moment(None, None, None, None, "era")

# How facts are stored: a dict of the fields that are set, nested values as plain tuples, ready for `marshal`.

_NESTED: dict[str, type] = {"roles": Role, "part_of": Membership, "capitals": Membership, "held_by": Held, "former": Former}
_MOMENTS = frozenset({"when", "existed", "born", "died", "start", "end"})
_ENTITY: dict[str, Any] = {**dict.fromkeys(Entity._fields), **Entity._field_defaults}  # in the order of the fields
_EVENT: dict[str, Any] = {**dict.fromkeys(Event._fields), **Event._field_defaults}


def encode(fact: Fact | Complete) -> dict[str, Any]:
    """The fields of `fact` that are set, as plain values."""
    defaults = fact._field_defaults
    out = {}
    for key, value in zip(fact._fields, fact, strict=True):
        default = defaults.get(key)
        if value is not default and value != default:
            out[key] = plain(value) if isinstance(value, tuple) else value
    return out


def plain(value: tuple[Any, ...]) -> tuple[Any, ...]:
    """`value` with plain tuples for all named ones, and plain mappings."""
    return tuple([plain(item) if isinstance(item, tuple) else dict(item) if isinstance(item, Mapping) else item for item in value])


def decode_entity(data: dict[str, Any]) -> Entity:
    """The entity that `encode` stored."""
    for key, value in data.items():
        if key in _MOMENTS:
            data[key] = Moment(*value)
        elif key in _NESTED:
            data[key] = tuple(_nested(_NESTED[key], item) for item in value)
    return Entity._make({**_ENTITY, **data}.values())


def decode_event(data: dict[str, Any]) -> Event:
    """The event that `encode` stored."""
    if "when" in data:
        data["when"] = Moment(*data["when"])
    if "sides" in data:
        data["sides"] = tuple(tuple(_nested(Participant, item) for item in side) for side in data["sides"])
    if "ceded" in data:
        data["ceded"] = tuple(Ceded(*item) for item in data["ceded"])
    if "shares" in data:
        data["shares"] = tuple(Share(*item) for item in data["shares"])
    if "done" in data:
        data["done"] = tuple(Done(*item) for item in data["done"])
    return Event._make({**_EVENT, **data}.values())


def decode_complete(data: dict[str, Any]) -> Complete:
    """The statement that `encode` stored."""
    if data.get("when"):
        data["when"] = Moment(*data["when"])
    return Complete(**data)


def _nested(kind: Any, values: tuple[Any, ...]) -> Any:
    pairs = zip(kind._fields, values, strict=True)
    return kind(*(Moment(*value) if name in _MOMENTS and value else value for name, value in pairs))
