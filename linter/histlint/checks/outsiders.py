"""A power or man listed among those of an event whose list the reference has in full: Austria at Navarino, Cicero in the triumvirate.

Only where the text itself coordinates it with real ones («بريطانيا وفرنسا والنمسا»), so that it is surely meant as one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart, aside
from ..facts import Event
from ..model import Finding
from ..prepositions import named_in
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, akin, cite
from .tellings import events_told


def check(context: Context) -> Iterator[Finding]:
    """Powers among the parties that were none of them."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        powers = [m for m in clause.mentions if m.has("polity") and not m.has("person", "event") and m.how != "anaphor"]
        for group in _groups(reading, powers):
            if reading.told(clause, group[0].first) and not reading.looks_back(clause.first, group[-1].last):
                yield from _among(context, clause, group)
        men = [m for m in clause.mentions if m.has("person") and not m.has("polity", "event") and m.how == "name"]
        for group in _groups(reading, men):
            if len(group) > _REAL and reading.told(clause, group[0].first) and not reading.looks_back(group[0].first, group[-1].last):
                yield from _of_council(context, clause, group)


def _of_council(context: Context, clause: Clause, group: Sequence[Mention]) -> Iterator[Finding]:
    """A man among the members of a council or alliance all of whom are known."""
    start, stop = context.reading.sentences[clause.sentence]
    named = [m for m in named_in(context.reading, start, stop) if m.has("event") and m.how != "anaphor" and not aside(context.reading, m.first)]
    events = {e.id: e for m in named for e in context.events(m)} or {e.id: e for e in events_told(context, clause)}
    if len(events) != 1:
        return
    (event,) = events.values()
    members = {who for side in event.leaders for who in side} if "leaders" in event.closed and event.type in _COUNCILS else set()
    strangers = [m for m in group if not members & {*m.ids("person")}]
    if len(strangers) == 1 and len(group) <= len(members):
        who = context.reference.fact(strangers[0].ids("person")[0])
        known = tuple(entry for member in sorted(members) if (entry := context.reference.fact(member)))
        yield context.finding(strangers[0].first, strangers[0].last, {"event": event, "who": who, "parties": known}, cite(event, "leaders"))


_COUNCILS = frozenset({"alliance", "pact", "founding", "election", "other"})
"""Events whose leaders are members."""


def _groups(reading: Reading, powers: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Names joined by commas and "and"."""
    group: list[Mention] = []
    for mention in powers:
        if group and not _joined(reading, group[-1], mention):
            if _listed(reading, group):
                yield group
            group = []
        group.append(mention)
    if _listed(reading, group):
        yield group


def _listed(reading: Reading, group: Sequence[Mention]) -> bool:
    """Whether names are a list: three, or two behind a word for troops («جيوش بروسيا وبافاريا»)."""
    if len(group) != 2:
        return len(group) > 2
    front = [reading.tokens[k].norm for k in range(max(0, group[0].first - 2), group[0].first)]
    if group[-1].how == "demonym" and reading.lang != "ar":  # "the combined Russian and Prussian armies"
        front += [reading.tokens[k].norm for k in range(group[-1].last, min(group[-1].last + 1, len(reading.tokens)))]
    return any(word in reading.lexicon.forces for word in front)


def _joined(reading: Reading, one: Mention, other: Mention) -> bool:
    between = [reading.tokens[k].norm for k in range(one.last, other.first)]
    attached = not between and reading.tokens[other.first].norm.startswith("و")
    return attached or (0 < len(between) <= 2 and set(between) <= reading.lexicon.listing)


def _among(context: Context, clause: Clause, group: list[Mention]) -> Iterator[Finding]:
    events = _events(context, clause, group)
    if len(events) != 1:
        return
    event = events[0]
    strangers = [m for m in group if not _party(context, event, m)]
    if len(strangers) != 1 or len(group) - len(strangers) < min(_REAL, len(group) - 1):
        return
    stranger = strangers[0]
    if _beside(context, event, stranger, [m for m in group if m is not stranger]):
        return
    who = context.reference.fact(stranger.ids("polity")[0])
    sides = [party.who for side in event.sides for party in side] or [*event.by]
    parties = tuple(entry for party in sides if (entry := context.reference.fact(party)))
    yield context.finding(stranger.first, stranger.last, {"event": event, "who": who, "parties": parties}, cite(event, "sides"))


def _beside(context: Context, event: Event, stranger: Mention, others: Sequence[Mention]) -> bool:
    """Whether another event of those weeks had the power and one of the others: the declaration beside the conference."""
    for actor in stranger.ids("polity"):
        for fact in context.reference.events_with(actor):
            other = context.event(fact)
            if other is None or other.when is None or event.when is None or other.id == event.id or apart(other.when, event.when, _WEEKS):
                continue
            if (other.when.end_hi or 0) - (other.when.start_lo or 0) < _WEEKS and any(_party(context, other, m) for m in others):
                return True
    return False


_WEEKS = 40
_REAL = 2
"""Real parties with which a power must be listed."""


def _events(context: Context, clause: Clause, group: list[Mention]) -> list[Event]:
    """The event with a full list of parties that the clause or its sentence names, or that its place tells."""
    reading = context.reading
    start, stop = reading.sentences[clause.sentence]
    named = [m for m in named_in(reading, start, stop) if m.has("event") and m.how != "anaphor" and not aside(reading, m.first)]
    found = {e.id: e for m in named for e in context.events(m)}
    if not found:
        found = {e.id: e for e in events_told(context, clause) if sum(_party(context, e, m) for m in group) >= _REAL}
    if not found:
        for mention in clause.mentions:
            for place in mention.ids("place"):
                for fact in context.reference.events_with(place, "where"):
                    event = context.event(fact)
                    if event is not None and event.where[:1] == (place,) and sum(_party(context, event, m) for m in group) >= _REAL:
                        found[event.id] = event
    return list(found.values()) if all(_FULL & {*event.closed} for event in found.values()) else []


_FULL = frozenset({"sides", "by"})


def _party(context: Context, event: Event, mention: Mention) -> bool:
    """Whether a power is a party, or of its people, land or house."""
    parties = {who.who for side in event.sides for who in side} | {*event.by, *event.target, *event.supported_by}
    theirs = {name for party in parties for name in akin(context, party)}
    up = context.reference.ancestors
    return any(akin(context, actor) & theirs or any(actor in up(party) for party in parties) for actor in mention.ids("polity"))
