"""Who did what is told in words of its own, when and where: "Günter Grass read out the new travel rules", «إغلاق مضيق هرمز في وجه السفن».

`tellings` finds the event; the doer is whoever is the subject of the words that tell it, or stands under "by"; the place is the one
beside them, or the strait, river or mountain named in the stead of the event's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import GREGORIAN_START, apart, aside, conflict, date_of
from ..chronology import calendars
from ..facts import Entity, Event
from ..model import Finding, Moment, TimeMention
from ..prepositions import attendant, named_in, preposition
from ..reading import Clause, Reading, Time
from ..tag.entities import Mention
from .context import Context, cite, participants
from .doers import commanded
from .geography import kilometres
from .killings import bears
from .people_words import phrases as people_phrases
from .people_words import verbs
from .spots import FROM, IN, Where, chain, contradiction, elsewhere, spot
from .story import possessive
from .tellings import Told, parted, relative_heads, tellings
from .terms import plain_date

_NEAR = 2
"""Words between a doer and what is told, or a place and it."""
_BY = 8
"""Words between what is told and "by"."""
_KINDS = frozenset({"strait", "river", "canal", "mountain", "bay", "sea", "lake", "island", "bridge", "peninsula", "fortress"})
"""Places that are told for one another; towns are where things were."""
_ON_THE_WAY = FROM | {"to", "into", "toward", "towards", "الي", "نحو"}
_OTHER = 60
"""Kilometres from which one of these is another."""
_BREAKS = frozenset({";", "؛"})
_FRONT = 5
"""Words before a date with which it opens its clause or sentence."""
_AHEAD = 24
"""Words between a date that opens a clause and what is told."""
_YEARS = 2 * 366
"""Days beyond which an event is no occasion."""
_FAR, _MISREAD = 25 * 366, 110 * 366
"""Days by which a date may be off and still be that of the event, and where but a digit of its year differs."""


def misdated_tellings(context: Context) -> Iterator[Finding]:
    """Findings on the dates of what is told."""
    reading = context.reading
    for index, told in tellings(context).items():
        clause = reading.clauses[index]
        if clause.kind not in ("paragraph", "item", "cell") or reading.lexicon.commemorating.find(reading.tokens, clause.first, clause.last):
            continue
        for item in told:
            time = _time(reading, clause, item)
            if time is None or not reading.told(clause, max(item.words)) or aside(reading, item.first):
                continue
            if any(reading.tokens[k].norm in _BREAKS for k in range(item.first, item.last)):
                continue  # "a cousin of Anne Boleyn; she was executed in …"
            if _wrong(context, clause, time, item, told):
                written = reading.text(time.first, time.last)
                yield context.finding(time.first, time.last, {"event": item.event, "written": written}, cite(item.event))
                break


def _time(reading: Reading, clause: Clause, told: Told) -> Time | None:
    """The date of what is told: beside it, or at the front of its clause or sentence with nothing between that parts them."""
    start, stop = reading.sentences[clause.sentence]
    times = list(reading.times_from(start, stop))
    dates = [time for time in times if time.mention.type in ("date", "period") and not _vague(time)]
    end = max(clause.last, reading.clauses[reading.clause_at.get(told.last - 1, clause.index)].last)
    own = [time for time in dates if clause.first <= time.first < end]
    if len(own) > 1 or (not own and len(dates) != 1) or not dates:
        return None
    time = (own or dates)[0]
    if not plain_date(time) or any(time.last <= between.first < told.last for between in times):
        return None  # «في 23 يوليو …، وغادر فاروق البلاد بعد ثلاثة أيام»: it has a time of its own
    if time.last <= told.first and _behind_verb(reading, time):
        return None
    heads = relative_heads(reading.lexicon)
    if any(reading.tokens[k].norm in heads and k > time.first for k in range(told.first, told.last)):
        return None  # "In 1995 the museum showed the Enola Gay, which had dropped …"
    if told.first <= time.first < told.last:
        return None if _goes_on(reading, time.last) else time
    if any(reading.tokens[k].norm in reading.lexicon.verb_joins for k in range(told.last, time.first)):
        return None  # "was defeated at Custoza and again at Novara in 1849"
    dated = date_of(reading, clause, told.first, told.last, [mention for mention in clause.mentions if not mention.has("event")])
    if dated is not None and dated.time is time:
        return time
    opens = time.first - (clause.first if own else start) <= _FRONT and 0 <= told.first - time.last <= _AHEAD
    if not own and any(p.first < told.first for p in reading.said.get(reading.clause_at[time.first], ()) if p.form == "verb"):
        return None  # «وفي أول نوفمبر ألغى المجلس السلطنة، فغادر …»
    return time if opens and not parted(reading, time.last, told.first) else None


def _goes_on(reading: Reading, at: int) -> bool:
    """Whether the words behind a date go on to another deed: "was exiled in 1929 and killed", «عام 1929 ثم قُتل»."""
    token, lexicon = reading.tokens[at], reading.lexicon
    joined = token.norm in lexicon.verb_joins or bool(lexicon.sequels.at(reading.tokens, at, at + 1))
    verb = reading.lang == "ar" and token.norm[:1] in ("و", "ف") and len(token.norm) > _JOINED
    return joined or verb or token.norm in (",", "،")


_JOINED = 3
"""Letters of an Arabic word that is more than a conjunction."""


def _behind_verb(reading: Reading, time: Time) -> bool:
    """Whether a date stands behind a verb of its clause, and so is that of another deed than what follows."""
    return any(hit.value.form == "verb" and hit.first < time.first for hit in reading.clauses[reading.clause_at[time.first]].triggers)


def _vague(time: Time) -> bool:
    """Whether a time says only "then", "in the morning"."""
    return not {"year", "month", "day", "century", "decade"} & dict(time.mention.parts).keys()


def _wrong(context: Context, clause: Clause, time: Time, item: Told, told: Sequence[Told]) -> bool:
    """Whether a date is not that of what is told, nor of anything else that the clause tells or names."""
    mention, when = time.mention, item.event.when
    if when is None or mention.value is None or not conflict(mention, when):
        return False
    off = abs(apart(mention.value, when))
    if off > _MISREAD or (off > _FAR and not _misread(mention, when)) or _of_another(context, clause, item.event):
        return False
    if _fits_another(context, clause, item, mention.value):
        return False
    others = [other.event for other in told] + [event for m in clause.mentions for event in (*context.events(m), *context.broad(m))]
    values = (mention.value, *mention.readings)
    return not any(event.when is not None and not apart(event.when, value, 1) for event in others for value in values if value is not None)


def _fits_another(context: Context, clause: Clause, item: Told, written: Moment) -> bool:
    """Whether another event of the written date was there, or of two of those named in what is told: "At Susa in 324 BC … took wives"."""
    named = {fact for m in clause.mentions if item.first <= m.first < item.last for fact in m.ids("person", "place", "polity")}
    events = {fact for one in named for fact in context.reference.events_with(one)}
    found = (event for fact in sorted(events) if (event := context.event(fact)) is not None and event is not item.event)
    then = [event for event in found if event.when is not None and not apart(event.when, written) and _length(event.when) < _YEARS]
    return any(named & {*event.where} or len(named & participants(event)) > 1 for event in then)


def _length(when: Moment) -> int:
    return (when.end_hi or 0) - (when.start_lo or 0)


def _misread(mention: TimeMention, when: Moment) -> bool:
    """Whether a written year differs from that of an event by one digit, or by the order of its digits."""
    year = dict(mention.parts).get("year", "")
    for jdn in (when.start_lo, when.end_hi):
        known = str(calendars.convert(jdn, "julian" if jdn < GREGORIAN_START else "gregorian")[0]) if jdn is not None else ""
        if len(year) == len(known) and (sum(a != b for a, b in zip(year, known, strict=True)) == 1 or sorted(year) == sorted(known)):
            return True
    return False


def _of_another(context: Context, clause: Clause, event: Event) -> bool:
    """Whether a clause names somebody else than those to whom something was done: «طُعن عمر في صلاة الفجر» is not the murder of Ali."""
    people = {fact for m in clause.mentions if m.how != "anaphor" for fact in m.ids("person")}
    suffered = {who for who in (*event.target, *event.killed, *event.captured) if (e := context.entity(who)) is not None and e.kind == "person"}
    return bool(suffered and people - participants(event)) and not people & suffered


def doers_of_tellings(context: Context) -> Iterator[Finding]:
    """What one man did that is given to another."""
    for clause, told in asserted_tellings(context):
        event = told.event
        if not any((e := context.entity(who)) is not None and e.kind == "person" for who in event.by):
            continue
        man = _doer(context, clause, told)
        if man is None or any(bears(context, man, who) for who in event.by):
            continue
        if any(commanded(context, person, event) for person in man.ids("person")):
            continue
        people, doers = context.people(man), tuple(context.reference.fact(who) or who for who in event.by)
        first, last = min(man.first, told.first), max(man.last, told.last)
        yield context.finding(first, last, {"event": event, "doer": doers, "person": people[0]}, cite(event, "by"))


def places_of_tellings(context: Context) -> Iterator[Finding]:
    """What is told at another place than its own."""
    for clause, told in asserted_tellings(context):
        if not told.event.where or _of_another(context, clause, told.event):
            continue
        places = [m for m in clause.mentions if m.has("place") and m.how in ("name", "former") and not m.has("person", "event", "thing")]
        if any(_of(context, m, told.event) and not _made(context, m, told) for m in places):
            continue
        where = Where(told.event, told.event.where)
        for place in places:
            if _before_it(context.reading, clause, place, told):
                continue
            instead = _instead(context, place, told)
            if instead or (_beside(context, clause, place, told) and elsewhere(context, place, where)):
                yield contradiction(context, clause, (told.first, told.last), place, where)
                break


def _before_it(reading: Reading, clause: Clause, place: Mention, told: Told) -> bool:
    """Whether a place stands in what "after" says to have been before: «بعد هزيمته في بولتافا فر …»."""
    relations = [hit for hit in clause.relations if hit.last <= place.first and hit.value in ("before", "after", "since", "until")]
    return bool(relations) and place.first - relations[-1].last <= _NEAR and max(told.words) >= place.last


def asserted_tellings(context: Context) -> Iterator[tuple[Clause, Told]]:
    """What the clauses of prose state to have happened, told in words of its own."""
    reading = context.reading
    for index, several in tellings(context).items():
        clause = reading.clauses[index]
        if clause.kind not in ("paragraph", "item"):
            continue
        if reading.lexicon.commemorating.find(reading.tokens, clause.first, clause.last):
            continue
        for told in _meant(clause, several):
            if reading.told(clause, max(told.words)) and not aside(reading, told.first):
                yield clause, told


def _meant(clause: Clause, several: Sequence[Told]) -> Sequence[Told]:
    """The one thing that a clause tells; of several the one of its date."""
    if len(several) < 2:
        return several
    dates = [t.mention for t in clause.times if plain_date(t)]
    fit = [told for told in several if told.event.when and dates and not any(conflict(date, told.event.when) for date in dates)]
    return fit if len(fit) == 1 else ()


def _doer(context: Context, clause: Clause, told: Told) -> Mention | None:
    """The one man of a clause who is its subject or stands under "by", where nobody of the event is named near."""
    reading = context.reading
    start, stop = reading.sentences[clause.sentence]
    suffered = {*told.event.target, *told.event.killed, *told.event.captured}
    cast = participants(told.event) - suffered | {*told.event.by}
    named = [m for m in named_in(reading, start, stop) if m.has("person") and (set(m.ids()) & cast or not set(m.ids()) & suffered)]
    if any(fact in cast for m in named for fact in m.ids("person")):
        return None
    dates = [t.mention for t in clause.times if plain_date(t)]
    if told.event.when is None or any(conflict(date, told.event.when) for date in dates):
        return None  # another occasion
    here = [m for m in named if clause.first <= m.first < clause.last and m.how not in ("anaphor", "demonym")]
    here = [m for m in here if not m.has("event", "place", "polity")]
    doers = [m for m in here if not possessive(reading, m) and _acts(reading, clause, m, told)]
    if len(doers) != 1 or len({m.ids("person") for m in here}) != 1 or not context.people(doers[0]):
        return None
    return doers[0]


def _acts(reading: Reading, clause: Clause, man: Mention, told: Told) -> bool:
    """Whether somebody is the subject of what is told: right before it in English, right behind its verb in Arabic, or under "by"."""
    under = preposition(reading, man)
    if under == "by":
        return -1 <= man.first - told.last <= _BY or told.first <= man.first < told.last
    if under:
        return False
    said = [p for p in reading.said.get(clause.index, ()) if _near(p.first, p.last, told)]
    if any(k in told.words for k in range(man.first, man.last)) or any(p.form == "passive" and man in p.patients for p in said):
        return False
    if any(p.form == "verb" and man in p.agents and not p.carried and (reading.lang == "ar" or man.first < p.first) for p in said):
        return True
    if reading.lang == "ar":
        verbs = [hit.last for hit in clause.triggers if hit.value.form == "verb" and 0 <= man.first - hit.last <= _NEAR]
        titled = reading.lexicon.titles
        plain = any(all(titled.at(reading.tokens, k, k + 1) for k in range(last, man.first)) for last in verbs)
        return plain and man.last >= told.first - _NEAR and man.first < told.last + 1
    passive = any(reading.tokens[k].norm in reading.lexicon.auxiliaries for k in range(man.last, min(man.last + 2, told.last)))
    return 0 <= told.first - man.last <= _NEAR and not passive and not parted(reading, man.last, told.first)


def _near(first: int, last: int, told: Told) -> bool:
    return first < told.last + _NEAR and last > told.first - _NEAR


def _of(context: Context, place: Mention, event: Event) -> bool:
    """Whether a place has to do with an event."""
    up = context.reference.ancestors
    spots = [who for who in event.where if not any(who in up(other) and who != other for other in event.where)]  # the town, not its land
    mine = participants(event) - {*event.where} | {*spots}
    if any(fact in mine for fact in place.ids()):
        return True
    return any(fact in up(who) or who in up(fact) for fact in place.ids() for who in (*spots, *event.target))


def _made(context: Context, place: Mention, told: Told) -> bool:
    """Whether a place is only what was built or seized in what is told: the Dome of the Rock does not say where it was built."""
    up = context.reference.ancestors
    wheres = {id for where in told.event.where for id in up(where)}
    return set(place.ids()) <= set(told.event.target) - wheres and any(k in told.words for k in range(place.first, place.last))


def _beside(context: Context, clause: Clause, place: Mention, told: Told) -> bool:
    """Whether a place says where what is told was: in it or next to it, under "in" or "at"; for a departure, under "from"."""
    reading = context.reading
    if not spot(context, clause, place):
        return False
    start, stop = chain(reading, clause, place)
    if any(attendant(reading, m) for m in named_in(reading, told.first + 1, place.first)):
        return False
    if preposition(reading, place) in FROM:
        left = told.event.type == "voyage" and any(reading.tokens[k].norm in reading.lexicon.departing for k in told.words)
        return (left or _announced(reading, told)) and 0 <= start - told.last <= _NEAR
    if _seated(reading, start):
        return False
    heads = relative_heads(reading.lexicon)
    if told.first <= start and stop <= told.last:
        return not any(reading.tokens[k].kind == "mark" or reading.tokens[k].norm in heads for k in range(told.first, told.last))
    gap = range(told.last, start) if start >= told.last else range(stop, told.first)
    if any(reading.tokens[k].norm in heads for k in gap):
        return False
    if any(reading.tokens[k].kind == "mark" for k in gap) or any(h.first in gap and h.value.form != "noun" for h in clause.triggers):
        return False
    within = len(gap) <= _NEAR or (start >= told.last and _inside(reading, gap))
    return within and preposition(reading, place) in IN


def _announced(reading: Reading, told: Told) -> bool:
    """Whether what is told was said by somebody, so that "from" is where he spoke, and is not that something broke away from a power."""
    start = max(0, told.first - _NEAR)
    if told.event.type not in _SAID or people_phrases(reading, "breaks_away").find(reading.tokens, start, told.last):
        return False
    return bool(verbs(reading, "announces").find(reading.tokens, start, told.last))


_SAID = frozenset({"declaration", "speech", "law", "founding"})
"""Types of event that are announced."""


def _seated(reading: Reading, index: int) -> bool:
    """Whether what stands before "in" is a government or embassy, which only has its seat there."""
    return any(reading.tokens[k].norm in reading.lexicon.seated for k in range(max(0, index - 2), index + 1))


def _inside(reading: Reading, gap: range) -> bool:
    """Whether words between a deed and its place say only when and in what it was done: "shot himself in his bunker in …"."""
    if len(gap) > _ROOMS:
        return False
    lexicon, tokens = reading.lexicon, reading.tokens
    words = [tokens[k].norm for k in gap if k not in reading.time_at]
    if any(k in reading.mention_at for k in gap) or any(norm in lexicon.joins or norm in lexicon.relatives for norm in words):
        return False
    leading = [norm for norm in words if norm in lexicon.prepositions]
    return not words or (words[0] in IN and all(norm in IN for norm in leading))


_ROOMS = 5
"""Words between a deed and the town where it was done that may say in what: "in a theatre in"."""


def _instead(context: Context, place: Mention, told: Told) -> bool:
    """Whether a strait, river or the like stands in what is told in the stead of the event's own."""
    if not told.first - 1 <= place.first <= told.last or place.has("polity") or preposition(context.reading, place) in _ON_THE_WAY:
        return False
    entries = [entry for fact in place.ids("place") if (entry := context.entity(fact)) is not None]
    own = [entry for fact in (*told.event.where, *told.event.target) if (entry := context.entity(fact)) is not None]
    kinds = {entry.subkind for entry in entries}
    same = [entry for entry in own if entry.subkind in kinds]
    if len(kinds) != 1 or not kinds <= _KINDS or not same:
        return False
    return all(_far(entry, other) for entry in entries for other in same)


def _far(one: Entity, other: Entity) -> bool:
    """Whether two places are not one; those of unknown position are told apart by their ids."""
    if one.subkind == "river":
        return one.id != other.id
    return bool(one.at and other.at) and kilometres(one.at, other.at) > _OTHER
