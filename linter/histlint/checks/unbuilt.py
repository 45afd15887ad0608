"""Towns and buildings in a story that was over before they were founded: Cairo under the Umayyads, gladiators of 20 BC in the Colosseum.

The reference knows when a town was founded on new ground, or a building built. Who only says where something lies may use a later
name; so under "near", "north of" and the like nothing is said, nor of places that had another name before.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import era_unsure
from ..facts import Entity, Event
from ..model import Finding, Moment
from ..prepositions import named_in
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, cite
from .lived_before import life_before
from .story import bracket, narrow, when_of

_YEAR = 366
_OWN, _STORY = 3 * _YEAR, 15 * _YEAR
"""Days by which a date of the sentence, or of the story around it, must lie before the founding."""
_FARTHEST = 450 * _YEAR
"""Days beyond which a later name only says where something was."""
_MADE = frozenset({"founding", "building"})
_SITES = frozenset({"city", "town", "fortress", "building", "canal"})


def check(context: Context) -> Iterator[Finding]:
    """Findings on places that were not there yet."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for mention in clause.mentions:
            event = _founding(context, mention)
            if event is None or not reading.asserted(clause, mention.first) or _compound(reading, mention):
                continue
            if set_elsewhere(context, clause, mention):
                continue
            when = None if _told_of(context, clause, mention, event) else _time(context, clause, mention, event)
            who = None if when is not None else life_before(context, clause, mention, event)
            when = who.died if who is not None else when
            if when is not None:
                values = {"place": context.entity(mention.ids("place")[0]) or "", "event": event, "when": when, "who": who or ""}
                yield context.finding(mention.first, mention.last, values, cite(event))


def _founding(context: Context, mention: Mention) -> Event | None:
    """The one event in which a place was founded or built."""
    ids = mention.ids()
    place = context.entity(ids[0]) if len(ids) == 1 and mention.has("place") and mention.how == "name" else None
    if not isinstance(place, Entity) or place.subkind not in _SITES:
        return None
    events = [context.event(fact) for fact in context.reference.events_with(place.id, "target")]
    made = [event for event in events if event is not None and event.type in _MADE and event.when and event.when.start_lo is not None]
    if len(made) != 1 or any(_earlier(former.when, made[0].when) for former in place.former):
        return None  # it stood before under another name
    return made[0]


def _earlier(when: Moment | None, founded: Moment | None) -> bool:
    return when is None or when.start_lo is None or founded is None or when.start_lo < (founded.start_lo or 0)


def set_elsewhere(context: Context, clause: Clause, mention: Mention) -> bool:
    """Whether words around a name put it into another time, or make it a landmark for where something lies."""
    reading = context.reading
    tokens, lexicon = reading.tokens, reading.lexicon
    start, stop = reading.sentences[clause.sentence]
    if reading.looks_back(max(start, mention.first - _NEAR), min(stop, mention.last + _NEAR)):
        return True
    front = range(max(start, mention.first - _FRONT), mention.first)
    if any(lexicon.bearings.at(tokens, k, mention.first) for k in front):
        return True
    if any(tokens[k].norm in lexicon.landmarks for k in front):
        return True
    if any(token.norm in lexicon.aims for token in tokens[max(0, mention.first - 2) : mention.first]):
        return True  # money spent for it
    if any(hit.value in ("before", "after", "until", "since") for hit in lexicon.relations.find(tokens, front.start, mention.first)):
        return True
    return any(mention.last <= hit.first for time in clause.times for hit in lexicon.relations.find(tokens, mention.last, time.first))
    # «في بغداد بعد أن دامت قروناً منذ قيام دولتهم عام 750»


def _compound(reading: Reading, mention: Mention) -> bool:
    """Whether an English name is part of another: "Panama Canal bonds"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    behind = tokens[mention.last] if mention.last < len(tokens) else None
    if lexicon.lang == "ar" or behind is None or behind.kind != "word" or mention.last in reading.time_at:
        return False
    plain = behind.norm in lexicon.glue | lexicon.prepositions | lexicon.joins | lexicon.auxiliaries | lexicon.pluperfect
    return not plain and not lexicon.verbs.at(tokens, mention.last, len(tokens))


def _told_of(context: Context, clause: Clause, mention: Mention, event: Event) -> bool:
    """Whether the founding itself is told of, or who built the place is in the story."""
    reading = context.reading
    start, stop = paragraph(reading, clause) if next(reading.times_from(*reading.sentences[clause.sentence]), None) else (0, len(reading.tokens))
    here = {fact for m in named_in(reading, start, stop) for fact in m.ids()}
    builders = [builder for who in event.by if who in here and (builder := context.entity(who))]
    if any(builder.kind == "person" for builder in builders):
        return True  # who built it is in the story
    named = [m for c in reading.clauses_in(clause.sentence) for m in c.mentions if m is not mention]
    if any(event.id in m.ids() for m in named):
        return True
    said = [p for p in reading.said.get(clause.index, ()) if p.frame in ("found", "build", "open", "begin")]
    return any(mention in p.patients or (p.form == "noun" and 0 <= mention.first - p.last <= 2) for p in said)


def paragraph(reading: Reading, clause: Clause) -> tuple[int, int]:
    """The tokens of the paragraph of a clause."""
    first, last = reading.sentences[clause.sentence]
    while first > 0 and reading.tokens[first - 1].norm != "\n":
        first -= 1
    while last < len(reading.tokens) and reading.tokens[last - 1].norm != "\n":
        last += 1
    return first, last


_NEAR = 6
"""Words around a name in which "today" and the like speak of it."""
_FRONT = 4
"""Words before a name in which something may say that it is but a landmark."""


def _time(context: Context, clause: Clause, mention: Mention, event: Event) -> Moment | None:
    """When the story is, where it was over before the founding."""
    assert event.when is not None
    founded = event.when.start_lo
    when, own = when_of(context, clause)
    if when is None or founded is None or when.end_hi is None:
        return None
    if own and not _told(context.reading, clause, mention):
        return None
    site = context.entity(mention.ids("place")[0])
    brief = (when.end_hi or 0) - (when.start_lo or 0) < 2 * _YEAR
    if not own and site is not None and site.subkind in ("building", "canal") and brief:
        own = True  # a wall or a canal is no landmark of an older story
    if not own:
        around = bracket(context, clause, mention)
        times = [time for time in around or () if time is not None]
        if len(times) < 2 or not narrow(times) or any((time.end_hi or founded) > founded - _STORY for time in times):
            return None
    gap = founded - when.end_hi
    return when if (_OWN if own else _STORY) < gap < _FARTHEST and _past(context.reading, clause) else None


_YEARS = frozenset({"year", "start.year", "end.year", "century"})


def _told(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a date of the sentence is told of its story: not in brackets behind a name, and of an era that is sure."""
    start, stop = reading.sentences[clause.sentence]
    tokens = reading.tokens

    def bracketed(index: int) -> bool:
        opened = [k for k in range(start, index) if tokens[k].norm in ("(", ")")]
        return bool(opened) and tokens[opened[-1]].norm == "("

    times = [time for time in reading.times_from(start, stop) if not bracketed(time.first) and _YEARS & dict(time.mention.parts).keys()]
    sure = bool(times) and not any(era_unsure(reading.lang, time.mention) for time in times)
    return sure and not bracketed(mention.first)


def _past(reading: Reading, clause: Clause) -> bool:
    """Whether a clause tells of the past: none that is a list or speaks of what is there now."""
    return any(h.value.form != "noun" for h in clause.triggers) or bool(reading.said.get(clause.index))
