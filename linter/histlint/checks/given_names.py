"""A family name behind the given name of somebody else: «ليونيد خروتشوف», "the secretary of state, Harry Kissinger"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..bind import apart
from ..facts import Entity, Event
from ..model import Finding
from ..normalise import bare, name_key, stems
from ..reading import Reading
from ..tag.entities import Mention
from .context import Context, cite, participants, reigns
from .story import when_of

_GENERATION = 25 * 366
_LETTERS = 3
"""Letters that a given name has at least, and that those of one man do not begin alike with."""


def given_names(context: Context) -> Iterator[Finding]:
    """The family name of one who took part in what the text is about behind the given name of another who held the same office or took
    part too; behind any other where his own title stands before it."""
    reading = context.reading
    facts = {fact for mention in reading.mentions if mention.how != "anaphor" for fact in mention.ids("event")} | set(reading.topic)
    known: dict[str, list[Entity]] = {}
    for mention in reading.mentions:
        at = mention.first - 1
        person = _of_family(context, mention) if _written_as_one(reading, mention, at) else None
        if person is None:
            continue
        given = bare(reading.tokens[at].norm)
        if any(given in stems(word) for name in _keys_of(context, person) for word in name):
            continue
        if person.id not in known:
            known[person.id] = _peers(context, person, facts)
        owner = next((peer for peer in known[person.id] if _given_name(context, peer) == given), None)
        if owner is not None or _in_office(context, mention, at, person):
            name = person.label(reading.lang)
            values = {"person": person, "other": owner or "", "name": name}
            yield context.finding(at, mention.last, values, cite(person, "roles" if owner is None else "life"), suggestion=name)


def _of_family(context: Context, mention: Mention) -> Entity | None:
    """The one whom a family name alone means."""
    plain = mention.last - mention.first == 1 and len(mention.ids()) == 1 and mention.has("person") and mention.how in ("name", "short")
    if not plain or bare(context.reading.tokens[mention.first].norm) != mention.names[0].key[0]:
        return None  # «جبه وسبوتاي» are two
    return context.entity(mention.ids()[0])


def _written_as_one(reading: Reading, mention: Mention, at: int) -> bool:
    """Whether the word before a family name may be a given name."""
    if at < 0 or at in reading.mention_at:
        return False
    token, lexicon = reading.tokens[at], reading.lexicon
    if token.kind != "word" or token.norm in lexicon.prepositions or (token.norm.isascii() and not reading.document.text[token.start].isupper()):
        return False
    titled = lexicon.titles.at(reading.tokens, at, mention.first) or lexicon.ranks.at(reading.tokens, at, mention.first)
    if titled or reading.in_quotation(at):
        return False
    return not (lexicon.kin.at(reading.tokens, max(0, at - 1), at) or reading.tokens[at - 1].norm in lexicon.kinsmen)  # «أخاه أحمد زغلول»


def _in_office(context: Context, mention: Mention, at: int, person: Entity) -> bool:
    """Whether a title before an unknown given name is that which somebody held then, as the only one of his family.

    Common given names of Arabs may be parts of anybody's; one that begins like the real one is another spelling.
    """
    reading = context.reading
    given, lexicon = reading.tokens[at].norm, reading.lexicon
    realm = reading.mention_at.get(at - 1)
    stop = realm.first if realm is not None and realm.how == "demonym" else at
    title = next((hit for k in range(max(0, stop - 3), stop) if (hit := lexicon.titles.at(reading.tokens, k, stop)) and hit.last == stop), None)
    front = title or (stop > 0 and lexicon.titles.at(reading.tokens, stop - 1, stop))
    if not front or len(given) < _LETTERS or given in lexicon.given_names or given.startswith("ال") or lexicon.titles.at(reading.tokens, at, at + 1):
        return False
    when = when_of(context, reading.clauses[reading.clause_at[mention.first]])[0]
    held = [role for role in reigns(person, front.value) if role.of and role.when and when is not None and not apart(role.when, when)]
    of = {own for fact in realm.ids() for own in (fact, *context.reference.ancestors(fact))} if realm is not None and stop != at else set()
    if not held or (of and not any(role.of in of for role in held)):
        return False
    keys = _keys_of(context, person)
    if any(word[:2] == given[:2] for key in keys for word in key[:-1]) or not any(len(key) > 1 for key in keys):
        return False
    family = keys[0][-1]
    others = {fact for role in held for fact in context.reference.events_with(role.of, "office")} - {person.id}
    return not any(key[-1] == family for fact in others if (other := context.entity(fact)) for key in _keys_of(context, other))


def _given_name(context: Context, person: Entity) -> str:
    """The first word of the name that a person is shown by, where it has more than one; not that of «المارشال …»."""
    key = next(iter(_keys_of(context, person)), ())
    return key[0] if len(key) > 1 else ""


def _keys_of(context: Context, person: Entity) -> list[tuple[str, ...]]:
    slot = ("keys", person.id)
    if slot not in context.memo:
        context.memo[slot] = [name_key(text) for text in person.names.get(context.reading.lang, ())]
    keys: list[tuple[str, ...]] = context.memo[slot]
    return keys


def _peers(context: Context, person: Entity, facts: Iterable[str]) -> list[Entity]:
    """Who held an office of that person's, or took part in the same event of the text; none where the text has no such event."""
    reference = context.reference
    events = [event for fact in facts if (event := context.event(fact)) and person.id in participants(event)]
    if not events:
        return []
    ids = {who for event in events for who in participants(event)}
    ids.update(who for role in person.roles if role.of for who in reference.events_with(role.of, "office"))
    people = (context.entity(one) for one in sorted(ids - {person.id}))
    return [peer for peer in people if peer is not None and peer.kind == "person" and any(_of_the_time(peer, event) for event in events)]


def _of_the_time(person: Entity, event: Event) -> bool:
    """Whether somebody was in office within a generation of an event; also who is known for no office."""
    roles = [role.when for role in person.roles if role.when is not None]
    return event.when is None or not roles or any(not apart(when, event.when, _GENERATION) for when in roles)
