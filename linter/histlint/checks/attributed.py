"""Whose work a named thing of history was: "the Edict was issued by …", «أعلن فلان تأميم القناة», "drafted by", «ينسب … إلى …».

The reference has the law, proclamation, work or deed as an event with those who did it. A finding needs one of them to be a man, and
the words to give it to another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart, aside
from ..facts import Event
from ..lexicon import Hit
from ..model import Finding
from ..normalise import name_key
from ..prepositions import preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .authored import authored
from .context import Context, cite, participants
from .people_words import members, phrases, verbs
from .story import possessive
from .wordforms import derived, frames

_MADE = frozenset(
    {
        "law", "declaration", "reform", "publication", "building", "founding", "invention", "discovery", "speech", "ultimatum", "coup",
        "dissolution", "union", "destruction", "other",
    }
)  # fmt: skip
"""Types of event that are the work of one man or few, if the reference names any."""
_READ_OUT = frozenset({"speech", "declaration"})
"""Types of event that are read out by him whose work they are; a book is read by anybody."""
_NEAR, _FAR = 3, 9


def attributed(context: Context) -> Iterator[Finding]:
    """Works and deeds that are given to another than the reference says."""
    reading = context.reading
    for mention in reading.mentions:
        if not mention.has("event") or mention.how not in ("name", "short"):
            continue
        events = context.events(mention)
        if not events or len(events) != len(mention.ids()) or not all(_of_a_man(context, event) for event in events):
            continue
        clause = reading.clauses[reading.clause_at[mention.first]]
        if clause.kind not in ("paragraph", "item") or aside(reading, mention.first):
            continue
        credit = _by(context, clause, mention) or _active(reading, clause, mention, events) or authored(reading, clause, mention, events)
        if credit is None or not reading.asserted(clause, credit.first):
            continue
        yield from _report(context, mention, credit, events)
    for clause in reading.clauses_with(verbs(reading, "issued")):
        if clause.kind in ("paragraph", "item"):
            yield from _works(context, clause)


def _report(context: Context, made: Mention, credit: Mention, events: Sequence[Event], verb: int = 1 << 60) -> Iterator[Finding]:
    """The finding on what is given to a man who had no part in it."""
    people = context.people(credit)
    cast = {who for event in events for who in participants(event)}
    if not people or any(p.id in cast for p in people):
        return
    event = events[0]
    doers = tuple(context.reference.fact(who) or who for who in event.by)
    first, last = min(made.first, credit.first, verb), max(made.last, credit.last)
    yield context.finding(first, last, {"event": event, "doer": doers, "person": people[0]}, cite(event, "by"))


def _works(context: Context, clause: Clause) -> Iterator[Finding]:
    """«أمم فلان القناة», "the bridge was designed by …": what the verb says was done to a thing, by the name of the event."""
    reading = context.reading
    for hit in verbs(reading, "issued").find(reading.tokens, clause.first, clause.last):
        if hit.first in reading.mention_at or not reading.asserted(clause, hit.first):
            continue
        pair = _maker(reading, clause, hit)
        if pair is None:
            continue
        man, thing = pair
        events = [e for fact in thing.ids() for id in context.reference.events_with(fact, "target") if (e := context.event(id))]
        events = [event for event in events if _means(context, event, hit)]
        dates = [t.mention.value for t in clause.times if t.mention.type == "date" and t.mention.value]
        if not events or not all(_of_a_man(context, event) for event in events):
            continue
        if any(event.when and apart(event.when, value, 800) for event in events for value in dates):
            continue  # another of the kind
        yield from _report(context, thing, man, events, hit.first)


def _maker(reading: Reading, clause: Clause, hit: Hit) -> tuple[Mention, Mention] | None:
    """Who did something, and to what, around a verb."""
    things = [m for m in clause.mentions if m.has("place", "thing", "polity") and not m.has("person", "event") and m.how != "demonym"]
    people = _people(reading, clause)
    behind = [m for m in people if m.first >= hit.last]
    if reading.lang == "ar":
        man = next((m for m in behind if m.first - hit.last <= 2 and not preposition(reading, m)), None)
        thing = next((m for m in things if man is not None and 0 <= m.first - man.last <= _NEAR and not preposition(reading, m)), None)
        return (man, thing) if man is not None and thing is not None else None
    passive = hit.first > 0 and any(reading.tokens[k].norm in reading.lexicon.auxiliaries for k in range(max(0, hit.first - 2), hit.first))
    if passive:
        by = next((m for m in behind if m.first - hit.last <= _FAR and preposition(reading, m) == "by"), None)
        before = [m for m in things if m.last <= hit.first and not preposition(reading, m) and hit.first - m.last <= _NEAR]
        if by is None or not before or any(h.value.form != "noun" and hit.last <= h.first < by.first for h in clause.triggers):
            return None
        return by, before[-1]
    ahead = [m for m in people if m.last <= hit.first and hit.first - m.last <= 1 and not preposition(reading, m)]
    thing = next((m for m in things if 0 <= m.first - hit.last <= _NEAR and not preposition(reading, m)), None)
    return (ahead[-1], thing) if ahead and thing is not None else None


def _means(context: Context, event: Event, hit: Hit) -> bool:
    """Whether a verb says what the name of an event says: "nationalised", nationalisation; a builder without an office designed."""
    reading = context.reading
    norm = reading.tokens[hit.first].norm.lstrip("وف") if reading.lang == "ar" else reading.tokens[hit.first].norm
    names = event.names.get(reading.lang, ())
    if any(derived(word, norm) for text in names for word in name_key(text)[:1]):
        return True
    designed = event.type == "building" and "invent" in frames(reading.lexicon, norm)
    return designed and any((e := context.entity(who)) is not None and e.kind == "person" and not e.roles for who in event.by)


def _of_a_man(context: Context, event: Event) -> bool:
    """Whether an event is the known work of somebody named."""
    if event.type not in _MADE or not event.by:
        return False
    return any((entity := context.entity(who)) is not None and entity.kind == "person" for who in event.by)


def _people(reading: Reading, clause: Clause) -> list[Mention]:
    people = [m for m in clause.mentions if m.has("person") and m.how not in ("anaphor", "demonym")]
    return [m for m in people if not m.has("event", "place", "polity") and not possessive(reading, m)]


def _by(context: Context, clause: Clause, mention: Mention) -> Mention | None:
    """Him to whom the words behind a name give it: "was issued by …", «الذي أصدره …», «إلى …»."""
    reading = context.reading
    tokens = reading.tokens
    clauses = [clause, *reading.clauses[clause.index + 1 : clause.index + 2]]
    behind = [m for c in clauses if c.sentence == clause.sentence for m in _people(reading, c) if m.first >= mention.last]
    if not behind or behind[0].first - mention.last > _FAR:
        return None
    man = behind[0]
    if any(m.has("event") for c in clauses for m in c.mentions if mention.last <= m.first < man.first):
        return None
    hits = phrases(reading, "issued_by").find(tokens, mention.last, man.first)
    under = preposition(reading, man)
    if reading.lang == "ar":
        if hits and not under and man.first - hits[-1].last <= 1 and hits[-1].first - mention.last <= _NEAR:
            return man  # «المرسوم الذي أصدره …»
        if under == "الي" and man.first - mention.last <= 2:
            return man if phrases(reading, "owed").find(tokens, max(clause.first, mention.first - _NEAR), mention.first) else None
        direct = all(k in reading.time_at or tokens[k].norm in members(reading, "agency") for k in range(mention.last, man.first))
        return man if under == "by" and direct else None
    plain = bool(hits) and _plain(reading, mention.last, hits[-1])
    return man if plain and (under == "by" or tokens[hits[-1].last - 1].norm == "of") else None


def _plain(reading: Reading, first: int, hit: Hit) -> bool:
    """Whether only "was", "which", commas and dates stand between a name and the participle."""
    allowed = members(reading, "credited") | reading.lexicon.auxiliaries
    return all(reading.tokens[k].norm in allowed or k in reading.time_at or k in reading.mention_at for k in range(first, hit.first))


def _active(reading: Reading, clause: Clause, mention: Mention, events: Sequence[Event]) -> Mention | None:
    """Him who is said to have issued, designed or launched what is named: "Lincoln issued the …", «أصدر لنكولن …»."""
    if preposition(reading, mention) not in ("", "ب"):
        return None
    before = [m for m in _people(reading, clause) if m.last <= mention.first and not preposition(reading, m)]
    if not before:
        return None
    man = before[-1]
    if any(m.has("event") for m in clause.mentions if man.last <= m.first < mention.first):
        return None
    table = verbs(reading, "issued")
    if reading.lang == "ar":
        tables = [table, *([verbs(reading, "read_out")] if all(event.type in _READ_OUT for event in events) else ())]
        start = max(clause.first, man.first - _NEAR)
        hits = [hit for table in tables for hit in table.find(reading.tokens, start, man.first) if man.first - hit.last <= 2]
        patent = phrases(reading, "patent").find(reading.tokens, man.last, mention.first)
        return man if (hits or patent) and mention.first - man.last <= _NEAR else None
    hits = [hit for hit in table.find(reading.tokens, man.last, mention.first) if hit.first - man.last <= 2 and mention.first - hit.last <= _NEAR]
    passive = hits and any(reading.tokens[k].norm in reading.lexicon.auxiliaries for k in range(man.last, hits[0].first))
    return man if hits and not passive else None
