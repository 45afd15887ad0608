"""Deeds that a text tells at another place than the reference: «أُعدم عمر المختار في مصراتة», "landed at Messina on 11 May 1860".

The date, the people and the sort of deed say which event is meant, though its name is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..facts import Event
from ..model import Finding
from ..prepositions import attendant, named_in, preposition
from ..reading import Clause, Predication, Reading, Time
from ..subjects import of_the_object
from ..tag.entities import Mention
from .context import Context
from .spots import FROM, IN, Where, adjoin, breaks, chain, contradiction, elsewhere, meets, on_day, own_dates

_DEEDS: dict[str, frozenset[str]] = {
    frame: frozenset(types.split())
    for frame, types in {
        "kill": "assassination execution death massacre",
        "die": "death assassination execution",
        "accede": "coronation founding declaration",
        "sign": "treaty armistice pact alliance agreement surrender conference",
        "armistice": "armistice surrender",
        "peace": "treaty agreement",
        "meet": "conference agreement treaty",
        "capture": "battle siege operation incident other",
        "land": "invasion operation voyage discovery raid battle",
        "found": "founding",
        "open": "conference founding other",
        "surrender": "surrender siege battle",
        "unseat": "abdication coup",
        "independence": "independence declaration",
        "win": "battle siege",
        "lose": "battle siege",
        "burn": "execution destruction",
        "lead": "coup revolt battle siege raid conference",
        "invade": "assassination battle raid",
    }.items()
}
"""The types of event that the verbs of a frame may tell."""
_ANY = frozenset(
    {
        "speech", "declaration", "founding", "independence", "conference", "coup", "voyage", "revolt", "coronation", "ultimatum",
        "invasion", "law",
    }
)  # fmt: skip
"""The same for all other verbs."""
_SAID = frozenset({"declaration", "founding", "speech", "independence"})
"""Types of event that somebody may tell "from" a place."""
_ONCE = frozenset({"kill", "die", "accede", "burn"})
"""Frames of deeds that are done to somebody once, so that a year tells which is meant."""
_RARE = frozenset({"assassination", "execution", "death", "coronation", "coup", "surrender", "abdication", "armistice", "founding", "independence"})
"""Types of event of which a month has not two with the same people."""
_WITH = frozenset({"", "led", "with", "مع", "و"})
"""Prepositions before those who sign or meet with somebody."""
_PRECISE, _YEAR = 62, 370
"""Days within which the reference must know when an event was, and those for a deed done once."""
_LOOSE = 3
"""Words of unknown meaning that may stand between a deed and a place beside its date."""
_REACH = 12
"""Words before a deed within which the one is named to whom a pronoun points."""
_FRONT = 6
"""Words of a clause before a place that opens it."""


def told(context: Context, clause: Clause, spots: Sequence[Mention]) -> Iterator[Finding]:
    """Places of the deeds of a clause that the reference refutes."""
    for predication in context.reading.said.get(clause.index, ()):
        times = own_dates(context.reading, clause, predication.first)
        if predication.asserted and predication.form != "noun" and (times or predication.frame in _DEEDS):
            yield from _deed(context, clause, predication, spots, times)


def _deed(context: Context, clause: Clause, predication: Predication, spots: Sequence[Mention], times: Sequence[Time]) -> Iterator[Finding]:
    place = next((m for m in spots if _of_deed(context.reading, clause, predication, m, times)), None)
    if place is None:
        return
    known = _known(context, clause, predication, place, times)
    if preposition(context.reading, place) in FROM:
        known = [w for w in known if isinstance(w.fact, Event) and (w.fact.type in _SAID or (w.fact.type == "voyage" and on_day(times)))]
    if known and all(elsewhere(context, place, where) for where in known):
        yield contradiction(context, clause, (predication.first, predication.last), place, known[0])


def _known(context: Context, clause: Clause, predication: Predication, place: Mention, times: Sequence[Time]) -> list[Where]:
    """What a deed may be: of its sort, of its people, at its date."""
    done_to = [p for m in predication.patients for p in m.ids("person")]
    doers = [p for m in predication.agents for p in m.ids("person")]
    if predication.frame in ("sign", "meet"):
        doers += [p for role, m in predication.others if role in _WITH for p in m.ids("person")]
    found = _of_people(context, predication, done_to, doers, times) or _of_powers(context, predication, times)
    if found or ((done_to or doers) and not predication.carried):
        return found
    if of_the_object(context.reading, clause, predication):
        return []
    if context.reading.lang == "ar" and any(not _passed(context.reading, k, predication) for k in range(predication.last, place.first)):
        return _of_anybody(context, predication, place, times)  # «ومات الرضا في طوس»: whoever that is
    near = _before(context, clause, predication)
    return _of_people(context, predication, near, near, times) or _of_anybody(context, predication, place, times)


def _of_anybody(context: Context, predication: Predication, place: Mention, times: Sequence[Time]) -> list[Where]:
    """The deeds of that sort and date of those whom the text names, where the sentence does not say whose it was."""
    if not any(t.mention.value and t.mention.value.precision in ("day", "month") for t in times):
        return []
    if any(m.has("person", "polity") for m in (*predication.agents, *predication.patients)) and not predication.carried:
        return []
    certain = predication.frame in _ONCE and on_day(times) and any("year" in dict(t.mention.parts) for t in times)
    if not certain and not _nobody_else(context.reading, predication, place):
        return []
    kinds = _DEEDS.get(predication.frame, _ANY)
    clause = context.reading.clauses[predication.clause]
    nouns = context.reading.lexicon.event_nouns.find(context.reading.tokens, clause.first, predication.first)
    if nouns:
        kinds = kinds & frozenset(nouns[-1].value)  # «أما معاهدة الصلح فوُقّعت في …» is no congress
    pool = [*context.once(_dated), *(context.once(_parts) if on_day(times) and predication.frame in _ASSEMBLING else ())]
    out = [Where(e, e.where) for e in pool if e.type in kinds and e.where and _at(e, predication, times, ())]
    if predication.frame in ("die", "kill"):
        if not on_day(times):  # many die in a year
            out = [w for w in out if isinstance(w.fact, Event) and w.fact.when and w.fact.when.precision in _FINE]
        people = [e for fact in sorted(context.reading.named) if (e := context.entity(fact)) and e.kind == "person"]
        dead = [p for p in people if p.died and p.died_in and p.died.precision in _FINE and meets(p.died, times)]
        out = out or [Where(p, (p.died_in,)) for p in dead if len(dead) == 1 or (p.died and p.died.precision == "day")]
    return out


def _dated(context: Context) -> list[Event]:
    """The events of everybody whom the text names."""
    people = [fact for fact in sorted(context.reading.named) if (e := context.entity(fact)) and e.kind == "person"]
    ids = dict.fromkeys(fact for person in people for fact in context.reference.events_with(person))
    return [event for fact in ids if (event := context.event(fact)) and event.when]


_FINE = frozenset({"day", "month"})
_ASSEMBLING = frozenset({"open", "meet", "sign", "armistice", "peace"})
"""Frames of deeds of which a land has not two on one day."""


def _parts(context: Context) -> list[Event]:
    """The events that are part of what the text names, or is about."""
    named = {fact for fact in context.reading.named if context.event(fact) is not None} | set(context.reading.topic)
    return [event for fact in sorted(context.reference.parts(named)) if (event := context.event(fact)) and event.when]


def _nobody_else(reading: Reading, predication: Predication, place: Mention) -> bool:
    """Whether nobody stands beside a deed whom no list knows: the subject is a pronoun, a title, or not told."""
    if reading.lang == "ar":
        unknown = [k for k in range(predication.last, place.first) if not _passed(reading, k, predication)]
        return not unknown or (len(unknown) == 1 and reading.tokens[unknown[0]].norm.startswith("ال"))
    before = reading.tokens[predication.first - 1].norm if predication.first else ""
    return before in reading.lexicon.pronouns or before in reading.lexicon.verb_joins


def _before(context: Context, clause: Clause, predication: Predication) -> list[str]:
    """Who is named last before a deed in its sentence."""
    start = context.reading.sentences[clause.sentence][0]
    for mention in reversed(named_in(context.reading, max(start, predication.first - _REACH), predication.first)):
        if mention.has("person") and mention.how != "demonym":
            return list(mention.ids("person"))
    return []


def _of_people(context: Context, predication: Predication, done_to: Sequence[str], doers: Sequence[str], times: Sequence[Time]) -> list[Where]:
    """The events of these people that a deed may be, and where they died."""
    kinds = _DEEDS.get(predication.frame, _ANY)
    people = tuple(dict.fromkeys((*done_to, *doers)))
    out: dict[str, Where] = {}
    for person in people:
        for fact in context.reference.events_with(person):
            event = context.event(fact)
            if event is None or not event.where or event.type not in kinds or not _role(event, person, predication, suffered=person in done_to):
                continue
            if _at(event, predication, times, people):
                out[event.id] = Where(event, event.where)
        entry = context.entity(person)
        dies = predication.frame == "die" or (predication.frame == "kill" and person in done_to)
        sure = times or (predication.frame == "kill" and not predication.carried)
        if any(isinstance(w.fact, Event) and person in w.fact.target for w in out.values()):
            continue
        if dies and sure and entry and entry.died_in and (not times or (entry.died and meets(entry.died, times))):
            out[person] = Where(entry, (entry.died_in,))
    return list(out.values())


def _of_powers(context: Context, predication: Predication, times: Sequence[Time]) -> list[Where]:
    """The events of a written day in which the powers had a part that are said to have landed, signed or surrendered."""
    powers = {p for m in predication.agents if not m.has("person") for p in m.ids("polity")} if not predication.carried else set()
    if predication.frame not in _POWERS or not on_day(times) or not powers:
        return []
    facts = dict.fromkeys(f for power in sorted(powers) for role in ("side", "by") for f in context.reference.events_with(power, role))
    events = [event for fact in facts if (event := context.event(fact)) and event.where and event.type in _DEEDS[predication.frame]]
    return [Where(event, event.where) for event in events if _at(event, predication, times, ())]


_POWERS = frozenset({"land", "sign", "surrender", "armistice", "meet", "peace"})
"""Frames of deeds by which a day tells an event of states."""


def _role(event: Event, person: str, predication: Predication, *, suffered: bool) -> bool:
    """Whether somebody had the part in an event that a deed gives him."""
    if predication.frame == "capture":
        others = {fact for m in predication.patients for fact in m.ids("person")}
        return person in event.captured if suffered else not others or bool(others & {*event.captured})
    if predication.frame == "kill":
        return not suffered or person in event.target or person in event.killed
    if predication.frame == "die" and event.target and person not in (*event.target, *event.killed):
        return False  # who killed somebody died elsewhere
    if predication.frame in ("die", "accede", "surrender"):
        lost = predication.frame == "surrender" and person in event.captured
        return lost or person in (*event.target, *event.killed, *event.by)
    return person in (event.target if suffered else event.by) or _leads(event, person)


def _leads(event: Event, person: str) -> bool:
    return any(person in group for group in event.leaders) or any(who.who == person for side in event.sides for who in side)


def _at(event: Event, predication: Predication, times: Sequence[Time], people: Sequence[str]) -> bool:
    """Whether an event was at the written dates, and these tell which one is meant; a violent death needs none."""
    when, frame = event.when, predication.frame
    if when is None or when.start_lo is None or when.end_hi is None:
        return False
    opposed = sum(_leads(event, person) or person in event.by for person in people) > 1
    if not times and frame in ("win", "lose") and any(m.first < predication.first - _FRONT for m in predication.patients):
        return False  # «فهزمه طاهر»: of whom "him" is, there were several fights
    if not times:
        return frame == "kill" or (frame == "die" and not predication.carried) or (frame in ("win", "lose") and opposed)
    known = when.end_hi - when.start_lo <= (_YEAR if frame in _ONCE or opposed else _PRECISE) and meets(when, times)
    if on_day(times) or frame in _ONCE or opposed or not known:
        return known
    month = any(t.mention.value and t.mention.value.precision == "month" for t in times)
    return month and (event.type in _RARE or frame == "capture")


def _of_deed(reading: Reading, clause: Clause, predication: Predication, place: Mention, times: Sequence[Time]) -> bool:
    """Whether a place is that of a deed: right behind it, or beside its date."""
    start, stop = chain(reading, clause, place)
    gap = range(stop, predication.first) if stop <= predication.first else range(predication.last, start)
    if any(hit.first in gap and hit.value.form != "noun" for hit in clause.triggers):
        return False
    tokens, lexicon = reading.tokens, reading.lexicon
    if any(attendant(reading, m) for m in named_in(reading, gap.start, gap.stop)):
        return False
    if any(tokens[k].norm in lexicon.relatives or breaks(reading, k) for k in gap):
        return False
    if predication.frame not in _DEEDS:
        led = [k for k in gap if tokens[k].norm in lexicon.prepositions and tokens[k].norm not in IN and k not in reading.time_at]
        if any(k + 1 not in reading.mention_at and k + 1 not in reading.time_at for k in led):
            return False  # «عاد من منفاه في سويسرا»
    unknown = sum(not _passed(reading, k, predication) for k in gap)
    beside = any(adjoin(reading, start, stop, t) for t in times)
    if stop <= predication.first:
        return beside and unknown <= _LOOSE and start - clause.first <= _FRONT
    return unknown <= (2 if on_day(times) else 1) or (unknown <= 2 * _LOOSE and beside)


def _passed(reading: Reading, index: int, predication: Predication) -> bool:
    """Whether a word between a deed and its place says nothing of its own."""
    lexicon, norm = reading.lexicon, reading.tokens[index].norm
    mention = reading.mention_at.get(index)
    if mention is not None:
        return mention in predication.patients or mention in predication.agents or (mention.has("person") and bool(preposition(reading, mention)))
    if index in reading.time_at or norm in lexicon.glue or norm in lexicon.carriers or norm in lexicon.fillers or norm in lexicon.premises:
        return True
    tables = (lexicon.titles, lexicon.nouns, lexicon.event_nouns, lexicon.instruments)
    hits = (table.at(reading.tokens, first, index + 2) for table in tables for first in (index - 1, index))
    return norm in IN or any(hit is not None and hit.last > index for hit in hits)
