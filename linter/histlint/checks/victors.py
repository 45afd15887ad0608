"""Who beat whom in a fight, both told by the cast that the fight has: "Persano sank the flagship of Tegetthoff" at Lissa.

The fight is named in the clause, by its place there, or was told last before it. The two ends are the names of powers and the bare
surnames of the fight's own commanders, each end all of one side; a finding needs the losers in the place of the winners.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, aside
from ..facts import Event
from ..lexicon import Hit, Lexicon, Phrases
from ..model import Finding, Moment
from ..named_tuple import NamedTuple
from ..normalise import fold
from ..prepositions import preposition
from ..reading import Clause, Reading
from ..wording_tables import inflected_table
from .context import Context, cite
from .fights import CLASHES, called_anyhow, side_of
from .outcome_words import members, phrases
from .spoken import told_before
from .story import dates_of

_REACH = 12
"""Words between a verb and either end."""
_ARMY = 4
"""Words behind a name in which the genitive of its army ends: "Obregón's army"."""
_SHORT = 3
"""Letters up to which a word is no surname."""
_TO = frozenset({"امام", "by", "before", "ل"})
_OVER = frozenset({"", "علي", "ب", "over", "against", "of"})
"""Prepositions of the beaten behind a verb of beating."""
_SELF = frozenset({"", "of", "led"})
"""Those of the subject before an English verb: "the fleet of Persano"."""

_tables: dict[int, tuple[Lexicon, Phrases]] = {}


class _End(NamedTuple):
    """One of the cast where a clause has it."""

    first: int
    last: int
    side: int
    under: str


def won_by_others(context: Context) -> Iterator[Finding]:
    """Fights of which the losers are said to have beaten the winners."""
    reading = context.reading
    ahead: set[int] = set()
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for hit, turned in _verbs(reading, clause):
            if hit.first in reading.mention_at or hit.first in ahead or not reading.asserted(clause, hit.first) or _partial(reading, clause):
                continue
            if phrases(reading, "held_off").at(reading.tokens, hit.first, hit.last):
                continue  # so may the losers too for a time
            events = _fight(context, clause, hit)
            found = [_told(context, clause, hit, event, turned=turned) for event in events]
            if events and all(item is not None for item in found) and found[0] is not None:
                ahead.update(range(*found[0]))
                yield report(context, events[0], *found[0])


def report(context: Context, event: Event, first: int, last: int) -> Finding:
    """The finding that a fight was won by others than a text says, at tokens `first` to `last`."""
    won, lost = (tuple(context.reference.fact(who) or who for who in party) for party in (event.won, event.lost))
    values = {"event": event, "winner": event.won, "won": won, "lost": lost, "beaten": () if event.won else lost}
    return context.finding(first, last, values, cite(event, "won"))


def _verbs(reading: Reading, clause: Clause) -> Iterator[tuple[Hit, bool]]:
    """The verbs of beating of a clause, and whether their subject is who was beaten."""
    for hit in clause.triggers:
        if hit.value.form != "noun" and not hit.value.suffix and hit.value.frame in ("win", "lose"):
            yield hit, hit.value.frame == "lose"
    for hit in _broke(reading).find(reading.tokens, clause.first, clause.last):
        passive = reading.tokens[hit.first - 1].norm in reading.lexicon.auxiliaries if hit.first else False
        yield hit, passive


def _broke(reading: Reading) -> Phrases:
    """Further verbs that tell a victory only between the two sides of a fight: "broke", "sank", «شتت»."""
    known = _tables.get(id(reading.lexicon))
    if known is None:
        words = reading.lexicon.wording.get("outcomes", {}).get("broke", ())
        known = _tables[id(reading.lexicon)] = (reading.lexicon, Phrases(inflected_table("broke", [str(word) for word in words])))
    return known[1]


def _partial(reading: Reading, clause: Clause) -> bool:
    """Whether a clause may tell of a part or a first stage of a fight."""
    return bool(phrases(reading, "partial").find(reading.tokens, clause.first, clause.last))


def _fight(context: Context, clause: Clause, hit: Hit) -> list[Event]:
    """The fight of which a verb tells: named in the clause, at the place that it names, or told last before it."""
    reading = context.reading
    named = [m for m in clause.mentions if m.has("event")]
    if any(aside(reading, m.first) for m in clause.mentions if m.has("event", "place")):
        return []
    if named:
        events = context.events(named[0]) if len(named) == 1 and named[0].how != "anaphor" else []
        whole = bool(events) and len(events) == len(named[0].ids("event"))
        return _settled(events) if whole else []
    found = {event.id: event for event in _at_place(context, clause)}
    dates = dates_of(reading, *reading.sentences[clause.sentence])
    if found:
        events = [e for e in found.values() if e.when and not any(apart(e.when, date, 60) for date in dates)]
        return [] if any(_on_a_day(event, dates) for event in events) else _settled(events)
    if any(m.has("place") and preposition(reading, m) in reading.lexicon.fought_at for m in clause.mentions):
        return []
    events = told_before(context, clause, CLASHES)
    topic = context.event(reading.topic[0]) if len(reading.topic) == 1 and not events and not dates else None
    return _settled(events or ([topic] if topic is not None else []))


def _on_a_day(event: Event, dates: list[Moment]) -> bool:
    """Whether a date may be that of one day of a fight of several."""
    assert event.when is not None
    last = event.when.end_hi
    return last != event.when.start_lo and any(date.precision == "day" and date.end_hi != last for date in dates)


def _settled(events: list[Event]) -> list[Event]:
    """Fights between two sides of which one is known to have won, if all are so."""
    sure = all(e.type in CLASHES and len(e.sides) == 2 and e.won and e.lost for e in events)
    return sorted(events, key=lambda event: event.id) if sure else []


def _at_place(context: Context, clause: Clause) -> Iterator[Event]:
    """The fights at a place that stands under "at", or that are called by the word behind it."""
    reading = context.reading
    for mention in clause.mentions:
        if mention.has("place") and preposition(reading, mention) in reading.lexicon.fought_at:
            for place in mention.ids("place"):
                events = (context.event(fact) for fact in context.reference.events_with(place, "where"))
                yield from (event for event in events if event and event.type in CLASHES and event.where[:1] == (place,))
    for k in range(clause.first, clause.last - 1):
        if reading.tokens[k].norm in reading.lexicon.fought_at and k + 1 not in reading.time_at:
            here = reading.mention_at.get(k + 1)
            yield from called_anyhow(context, k + 1, here.last if here is not None else k + 2, CLASHES)


def _told(context: Context, clause: Clause, hit: Hit, event: Event, *, turned: bool) -> tuple[int, int] | None:
    """Where a clause says that the losers of a fight beat its winners."""
    reading = context.reading
    ends = [end for end in _cast(context, clause, event) if _near(end, hit)]
    behind = [end for end in ends if end.first >= hit.last]
    before = [end for end in ends if end.last <= hit.first]
    if reading.lang == "ar":
        lead = [end for end in before if hit.first - end.last <= 1 and not end.under]
        subject, rest = (lead, behind) if lead and hit.clitic not in ("و", "ف") else (behind[:1], behind[1:])
        if not subject or subject[0].under or _accusative(reading, subject[0]):
            return None
        rest = [end for end in rest if end.side != subject[0].side][:1]
        if rest and rest[0].first == subject[0].last:
            return None  # «القائد الألماني فلان»
    else:
        subject, rest = before, behind
        if any(end.under not in _SELF for end in subject):
            return None
    if not subject or not rest or len({e.side for e in subject}) != 1 or len({e.side for e in rest}) != 1:
        return None
    if rest[0].under not in (_TO if turned else _OVER) or _parted(reading, clause, hit, subject[-1], rest[0]):
        return None
    if hit.value == "broke" and not turned and not _host(reading, hit.last, rest[0].last + _ARMY):
        return None  # "captured General Prentiss"
    victor, loser = (rest[0], subject[0]) if turned else (subject[0], rest[0])
    won, lost = ({i for who in party for i in side_of(context, event, who)} for party in (event.won, event.lost))
    if lost != {victor.side} or won != {loser.side}:
        return None
    return min(hit.first, *(e.first for e in subject)), max(hit.last, rest[0].last)


def _parted(reading: Reading, clause: Clause, hit: Hit, subject: _End, other: _End) -> bool:
    """Whether another verb or a relative stands between the ends, or a place before a bare Arabic object, which may be no object."""
    tokens, lexicon = reading.tokens, reading.lexicon
    span = [k for k in range(min(subject.last, hit.last), other.first) if not hit.first <= k < hit.last]
    if any(tokens[k].norm in lexicon.relatives or tokens[k].kind == "mark" for k in span):
        return True
    if any(h.value.form != "noun" and h.first in span for h in clause.triggers):
        return True
    return not other.under and any(tokens[k].norm in lexicon.fought_at for k in span)


def _host(reading: Reading, first: int, last: int) -> bool:
    """Whether a word for an army or fleet stands in a range."""
    known = reading.lexicon.hosts | members(reading, "squadrons")
    return any(token.norm in known for token in reading.tokens[first:last])


def _near(end: _End, hit: Hit) -> bool:
    return 0 <= end.first - hit.last <= _REACH or 0 <= hit.first - end.last <= _REACH


def _accusative(reading: Reading, end: _End) -> bool:
    """Whether an Arabic plural is written as an object: «هزم العثمانيين»."""
    mention = reading.mention_at.get(end.first)
    return mention is not None and mention.how == "demonym" and reading.tokens[end.last - 1].norm.endswith("ين")


def _cast(context: Context, clause: Clause, event: Event) -> list[_End]:
    """Those of a fight whom a clause names, in order: by name, or by the bare surname of a commander."""
    reading = context.reading
    out = []
    for mention in clause.mentions:
        if mention.has("person", "polity") and not mention.has("event") and mention.how != "anaphor":
            sides = [side_of(context, event, actor) for actor in mention.ids("person", "polity")]
            known = {i for group in sides for i in group}
            if len(known) == 1 and all(sides):
                out.append(_End(mention.first, mention.last, min(known), preposition(reading, mention)))
            elif known:
                return []  # on either side
    surnames = _surnames(context, event)
    for k in range(clause.first, clause.last):
        norm = reading.tokens[k].norm
        word = norm if norm in surnames else norm.removeprefix("ل")
        if k not in reading.mention_at and word in surnames and _capital(reading, k):
            out.append(_End(k, k + 1, surnames[word], "ل" if word != norm else _under(reading, k)))
    return sorted(out)


def _capital(reading: Reading, at: int) -> bool:
    return reading.lang == "ar" or reading.document.text[reading.tokens[at].start].isupper()


def _under(reading: Reading, at: int) -> str:
    """The preposition right before a surname, past titles."""
    lexicon, tokens = reading.lexicon, reading.tokens
    for k in range(at - 1, max(-1, at - 4), -1):
        if tokens[k].norm in lexicon.prepositions or tokens[k].norm in _TO:
            return tokens[k].norm
        if not (lexicon.ranks.at(tokens, k, k + 1) or lexicon.titles.at(tokens, k, k + 1)):
            return ""
    return ""


def _surnames(context: Context, event: Event) -> dict[str, int]:
    """The side of each surname that the commanders of one side only bear."""
    reading = context.reading
    common = reading.lexicon.given_names | reading.lexicon.titles_behind | members(reading, "between")
    out: dict[str, set[int]] = {}
    for side, group in enumerate(event.leaders):
        for who in group:
            entity = context.entity(who)
            for name in entity.names.get(reading.lang, ()) if entity else ():
                words = [fold(word) for word in name.split()]
                if len(words) > 1 and len(words[-1]) > _SHORT and words[-1] not in common:
                    out.setdefault(words[-1], set()).add(side)
    return {word: min(sides) for word, sides in out.items() if len(sides) == 1}
