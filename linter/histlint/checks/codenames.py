"""A code name that is another operation's: "landed on Guadalcanal on 7 August 1942 in Operation Galvanic", «في العملية المسماة «أفالانش»»."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, aside, conflict
from ..facts import Event
from ..lexicon import Hit
from ..model import Finding
from ..normalise import bare, fold
from ..reading import Clause, Reading, Time
from .context import Context, cite, related
from .tellings import parted, tellings
from .wordlists import has, phrases

_APART = 31
"""Days by which a date may miss an operation and still be one of its preparation or its end."""
_LINK = 4
"""Words of the longest link before a code name."""
_NOUN = "operation"
_CALLED = frozenset({"operation", "campaign"})
_PHRASE = 7
"""Words of a phrase that tells what is called so."""
_WRITTEN = frozenset({"year", "month", "day"})
_QUOTES = frozenset("«“\"‘")


def codenames(context: Context) -> Iterator[Finding]:
    """What was done at another time than the operation under whose name it is told to have been done."""
    reading = context.reading
    for clause in reading.clauses_with(reading.lexicon.event_nouns):
        if clause.kind not in ("paragraph", "item"):
            continue
        for first, last, known, link in _code_names(context, clause):
            if not reading.told(clause, first) or has(reading, max(clause.first, link.first - _LINK), link.first, "code_unlike"):
                continue
            if all(event.when is None for event in known):
                continue
            if _misdated(context, clause, known, link) or (link.value == "code_names" and _of_another(context, clause, known)):
                yield context.finding(first, last, {"event": known[0]}, cite(known[0]))


def _code_names(context: Context, clause: Clause) -> Iterator[tuple[int, int, list[Event], Hit]]:
    """The operations named in a clause behind a word that says that something was done in them, with their tokens and that word."""
    reading = context.reading
    for mention in clause.mentions:
        if mention.how == "name" and mention.has("event") and _noun(reading, mention.first) and (link := _link(reading, clause, mention.first)):
            events = context.events(mention) + context.broad(mention)
            if len(events) == len(mention.ids()):
                yield mention.first, mention.last, events, link
    for hit in phrases(reading, "code_names").find(reading.tokens, clause.first, clause.last):
        at = hit.last
        if at + 1 < clause.last and reading.tokens[at].norm in _QUOTES and _behind_noun(reading, clause, hit):
            events = _called(context, bare(reading.tokens[at + 1].norm))
            if events:
                yield at + 1, at + 2, events, hit


def _noun(reading: Reading, at: int) -> bool:
    hit = reading.lexicon.event_nouns.at(reading.tokens, at, at + 1)
    return hit is not None and _NOUN in hit.value


def _behind_noun(reading: Reading, clause: Clause, hit: Hit) -> bool:
    """Whether a word that names stands behind a noun for an operation, or for a campaign with words of its own between."""
    nouns = reading.lexicon.event_nouns.find(reading.tokens, max(clause.first, hit.first - _PHRASE), hit.first)
    return any(_CALLED & set(noun.value) for noun in nouns)


def _called(context: Context, word: str) -> list[Event]:
    """The operations whose code name is one word."""
    nouns = {bare(fold(str(word))) for word in context.reading.lexicon.wording["words"]["event_nouns"][_NOUN]}
    found = context.reference.names({word, *nouns})
    named = (name for names in found.values() for name in names if name.kind == "event" and len(name.key) == 2)
    ids = {name.id for name in named if name.key[0] in nouns and name.key[1] == word}
    return [event for id in sorted(ids) if (event := context.event(id)) is not None]


def _link(reading: Reading, clause: Clause, first: int) -> Hit | None:
    """The word right before a code name that says that something was done under it."""
    stop = first
    while stop > clause.first and reading.tokens[stop - 1].kind == "mark" and reading.tokens[stop - 1].norm in _QUOTES:
        stop -= 1
    hits = phrases(reading, "code_names", "code_in").find(reading.tokens, max(clause.first, stop - _LINK), stop)
    return next((hit for hit in hits if hit.last == stop and not _participle(reading, hit)), None)


def _participle(reading: Reading, link: Hit) -> bool:
    """Whether a word before a link makes what stands there part of a noun: «الدروس المستفادة في …», "the ships used in …"."""
    before = reading.tokens[link.first - 1]
    if link.value == "code_names" or before.kind != "word":
        return False
    if reading.lang == "ar":
        return before.norm.startswith(("الم", "والم")) and link.first - 1 not in reading.mention_at
    return before.norm.endswith(("ed", "en", "used", "fought", "won", "lost", "learnt"))


def _misdated(context: Context, clause: Clause, known: list[Event], link: Hit) -> bool:
    """Whether the one date of a clause, before its code name, is far from the operation."""
    time = _date(context.reading, clause, link)
    if time is None or time.mention.value is None:
        return False
    value = time.mention.value
    if value.precision not in ("day", "month", "year"):
        return False
    return all(e.when is not None and conflict(time.mention, e.when) and abs(apart(value, e.when)) > _APART for e in known)


def _date(reading: Reading, clause: Clause, link: Hit) -> Time | None:
    start, stop = reading.sentences[clause.sentence]
    dates = [time for time in reading.times_from(start, stop) if time.mention.type == "period" or _WRITTEN & dict(time.mention.parts).keys()]
    if len(dates) != 1 or dates[0].mention.relation or dates[0].mention.anchor:
        return None
    time = dates[0]
    if time.last > link.first or parted(reading, time.last, link.first):
        return None
    if any(reading.tokens[k].norm in reading.lexicon.relatives | reading.lexicon.pluperfect for k in range(time.last, link.first)):
        return None
    return time


def _of_another(context: Context, clause: Clause, known: list[Event]) -> bool:
    """Whether a clause tells in words of its own of another event than the one so called, far from it in time."""
    reading = context.reading
    told = [item for item in tellings(context).get(clause.index, ()) if not aside(reading, item.first)]
    if len(told) != 1:
        return False
    event = told[0].event
    up = context.reference.ancestors
    if any(event.id in up(e.id) or e.id in up(event.id) for e in known):
        return False
    return all(_other(context, e, event) for e in known)


def _other(context: Context, one: Event, other: Event) -> bool:
    """Whether two events were at other times, or the work of powers that have nothing to do with one another."""
    if one.when is not None and other.when is not None and apart(one.when, other.when, _APART):
        return True
    return bool(one.by and other.by) and not any(related(context, a, b) for a in one.by for b in other.by)
