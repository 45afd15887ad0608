"""One name for another: a king with another's by-name, an event under the name of another place than that of its day.

Options: `of` is epithet («محمد السادس رشاد»), day («معاهدة بودابست في 10 أغسطس 1913») or codename (see `codenames`).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, date_of
from ..facts import Event
from ..lexicon import Hit, words_of
from ..model import Finding, Moment
from ..normalise import bare, name_key
from ..prepositions import named_in
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .codenames import codenames
from .context import Context, cite
from .geography import kilometres, positions

_APART = 100
"""Kilometres from which a town is not that of an event."""


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    reading, of = context.reading, context.options["of"]
    if of == "codename":
        yield from codenames(context)
    elif of == "epithet":
        words = words_of(reading.tokens)
        numerals = reading.clauses_at(at for norm in reading.lexicon.regnal & words.keys() for at in words[norm])
        for clause in numerals:
            if clause.kind in ("paragraph", "item"):
                yield from _epithet(context, clause)
    else:
        for clause in reading.clauses_with(reading.lexicon.event_nouns):
            if clause.kind in ("paragraph", "item"):
                yield from _of_day(context, clause)


def _epithet(context: Context, clause: Clause) -> Iterator[Finding]:
    """A given name, a numeral and a by-name that is a namesake's with another numeral."""
    reading = context.reading
    lexicon, tokens = reading.lexicon, reading.tokens
    for at in range(clause.first + 1, clause.last - 1):
        if tokens[at].norm not in lexicon.regnal or tokens[at + 1].kind != "word" or tokens[at + 1].start - tokens[at].end != 1:
            continue
        if tokens[at - 1].kind != "word" or not _by_name(reading, at + 1) or not reading.asserted(clause, at):
            continue
        given, numeral, word = (bare(tokens[k].norm) for k in (at - 1, at, at + 1))
        names = context.reference.names({given, word, numeral})
        if any((given, numeral, word) == n.key[k : k + 3] for found in names.values() for n in found for k in range(len(n.key) - 2)):
            continue
        called = [n for n in names.get(given, ()) if n.kind == "person" and n.key[-1] == word]
        bearers = {name.id for name in called}
        other = context.entity(next(iter(bearers))) if len(bearers) == 1 else None
        if other is None:
            continue
        keys = [name_key(text) for text in other.names.get(reading.lang, ())]
        numerals = {bare(word) for word in lexicon.regnal}
        if any(numeral in key for key in keys) or not any(numerals & {*key} for key in keys if given in key):
            continue
        values = {"other": other, "epithet": reading.text(at + 1, at + 2)}
        yield context.finding(at - 1, at + 2, values, cite(other, "roles"), suggestion=other.label(reading.lang))


def _by_name(reading: Reading, at: int) -> bool:
    """Whether a word may be a by-name: nothing of the grammar, no land or people, in English with a capital."""
    lexicon, token = reading.lexicon, reading.tokens[at]
    mention = reading.mention_at.get(at)
    if at in reading.time_at or (mention is not None and (not mention.has("person") or mention.last > at + 1)):
        return False
    if reading.lang != "ar":
        return reading.document.text[token.start].isupper()
    plain = token.norm not in lexicon.glue | lexicon.prepositions | lexicon.fillers | lexicon.carriers | lexicon.regnal
    tables = (lexicon.titles, lexicon.ranks, lexicon.verbs, lexicon.nouns, lexicon.relations, lexicon.connectors)
    return plain and not any(table.at(reading.tokens, at, at + 1) for table in tables)


def _of_day(context: Context, clause: Clause) -> Iterator[Finding]:
    """A noun for an event before a place, on a day on which those named met elsewhere."""
    reading = context.reading
    taken = {k for m in clause.mentions if m.has("event") for k in range(m.first, m.last)}
    for hit in reading.lexicon.event_nouns.find(reading.tokens, clause.first, clause.last):
        if hit.first in taken or not reading.asserted(clause, hit.first):
            continue
        place = _place(reading, hit)
        dated = date_of(reading, clause, hit.first, place.last) if place is not None else None
        when = dated.time.mention.value if dated is not None and not dated.time.mention.relation else None
        if place is None or dated is None or when is None or when.precision != "day" or dated.time.mention.anchor:
            continue
        events = [event for event in _then(context, clause, hit, when) if not _there(context, event, place)]
        if len(events) == 1:
            spot = next((fact for where in events[0].where if (fact := context.reference.fact(where))), "")
            values = {"event": events[0], "place": spot}
            yield context.finding(
                hit.first, place.last, values, cite(events[0]), suggestion=events[0].label(reading.lang)
            )


def _place(reading: Reading, hit: Hit) -> Mention | None:
    at = hit.last
    while at < len(reading.tokens) and reading.tokens[at].norm in reading.lexicon.head_links:
        at += 1
    mention = reading.mention_at.get(at)
    plain = mention is not None and mention.first == at and mention.how == "name" and mention.has("place")
    return mention if plain and mention is not None and not mention.has("person", "polity", "event") else None


def _then(context: Context, clause: Clause, hit: Hit, when: Moment) -> list[Event]:
    """The events of that sort that began or ended on a day, and in which somebody of the sentence, or of the one before, had a part."""
    reading = context.reading
    start = reading.sentences[max(0, clause.sentence - 1)][0]
    named = {fact for m in named_in(reading, start, reading.sentences[clause.sentence][1]) for fact in m.ids("person", "polity")}
    found = {}
    for fact in sorted(named):
        for id in context.reference.events_with(fact):
            event = context.event(id)
            if event is not None and event.when is not None and event.type in hit.value and event.when.precision == "day":
                if not apart(event.when, when, 1) and (event.when.end_hi or 0) - (event.when.start_lo or 0) < _BRIEF:
                    found[event.id] = event
    return list(found.values())


_BRIEF = 8
"""Days that an event of one day may last."""


def _there(context: Context, event: Event, place: Mention) -> bool:
    """Whether an event may have been at a place, as far as the reference knows."""
    up = context.reference.ancestors
    if any(p in up(spot) or spot in up(p) for p in place.ids() for spot in event.where if positions(context, [spot])):
        return True
    here, there = positions(context, place.ids()), positions(context, event.where)
    return not here or not there or any(kilometres(a, b) < _APART for a in here for b in there)
