"""Events that a text tells in other words than their names: "When Nasser nationalised the canal", «صدر أول قانون للإصلاح الزراعي».

The names of the events of the story are taken apart into their words of meaning; a stretch of the text tells of an event where all
words of one of its names stand close together in it, the deed also as a verb («أُلغيت الخلافة» for «إلغاء الخلافة»). The name of the land
may be missing where the text has named it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..bind import apart, conflict
from ..facts import Entity, Event
from ..lexicon import Lexicon
from ..model import Moment
from ..named_tuple import NamedTuple
from ..normalise import name_key
from ..prepositions import named_in
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, names_as_words, participants, related
from .fights import Known
from .story import dates_of, hull, story_time
from .terms import Term
from .wordforms import codes, derived, frames, same_word, weak


class Telling(NamedTuple):
    """One name of an event as the words that must be found."""

    event: Event
    words: tuple[str, ...]
    alike: tuple[frozenset[str], ...]  # what each word has in common with others


class Names(NamedTuple):
    """The names of an event by which texts may tell of it."""

    all: tuple[Telling, ...]
    alike: frozenset[str]  # what their words have in common with others


def retold(context: Context, clause: Clause, first: int, last: int) -> list[Term]:
    """What the tokens `first` to `last` of a clause tell of, by the words of the names of events."""
    slot = ("retold", first, last)
    if slot not in context.memo:
        context.memo[slot] = _retold(context, clause, first, last)
    found: list[Term] = context.memo[slot]
    return found


def _retold(context: Context, clause: Clause, first: int, last: int) -> list[Term]:
    reading = context.reading
    light = reading.lexicon.head_links | reading.lexicon.prepositions | reading.lexicon.joins | reading.lexicon.glue
    words = [k for k in range(first, last) if reading.tokens[k].kind == "word" and k not in reading.time_at]
    words = [k for k in words if reading.tokens[k].norm not in light]
    if len(words) < _LEAST:
        return []
    here = {code for k in words for code in _alike(reading.lexicon, reading.tokens[k].norm)}
    when = story_time(context, clause) or _between(context.reading, clause)
    likely = [names for event in near_in_time(context, when, _STORY) if not here.isdisjoint((names := names_of(context, event)).alike)]
    found: list[tuple[int, int, Event]] = []
    for telling in (telling for names in likely for telling in names.all):
        if sum(not here.isdisjoint(alike) for alike in telling.alike) < max(_LEAST, len(telling.words) - _MISSING):
            continue
        found_at = _place(context, telling, words)
        if found_at is None or not reading.told(clause, found_at[0]):
            continue
        begin, end, whole = found_at
        if when is None and not whole:
            continue
        if _theirs(context, telling.event, begin, end) and not _dated_otherwise(reading, telling.event, begin, end):
            found.append((begin, end, telling.event))
    return list(_grouped(found))


def _dated_otherwise(reading: Reading, event: Event, first: int, last: int) -> bool:
    """Whether words stand right before a date, or around one, that is not of an event: «بعد نزول الحلفاء في نوفمبر 1942» is not of Normandy."""
    near = (time for time in reading.times_from(first, last + _DATE) if time.mention.value is not None and not time.mention.relation)
    dates = [time.mention for time in near if time.mention.type in ("date", "period")]
    return event.when is not None and bool(dates) and conflict(dates[0], event.when)


_DATE = 2
"""Words behind what is told within which its own date begins."""


def _between(reading: Reading, clause: Clause) -> Moment | None:
    """The time between the dates before and behind a clause, where they are not far apart."""
    before = dates_of(reading, max(0, clause.first - _AROUND), clause.first)
    after = dates_of(reading, clause.last, clause.last + _AROUND)
    around = [*before[-1:], *after[:1]]
    when = hull(around) if around else None
    return when if when is not None and (when.end_hi or 0) - (when.start_lo or 0) <= _STORY else None


_AROUND = 150
"""Words in which a date still tells when the story is."""
_MISSING = 3
"""Words of a name that may be missing at most: those of a king."""
_LEAST = 2
"""Words that tell of something at least."""
_STORY = 6 * 366
"""Days between the time of a paragraph and an event of its story."""


def _grouped(found: Iterable[tuple[int, int, Event]]) -> Iterator[Term]:
    """One term for each stretch: what lies on one another are alternatives."""
    groups: list[tuple[int, int, dict[str, Event]]] = []
    for first, last, event in sorted(found, key=lambda item: (item[0], item[1], item[2].id)):
        if groups and first < groups[-1][1]:
            begin, end, events = groups[-1]
            groups[-1] = (begin, max(end, last), {**events, event.id: event})
        else:
            groups.append((first, last, {event.id: event}))
    for first, last, events in groups:
        yield Term(first, last, tuple(Known(event.when, event) for event in events.values() if event.when))


def near_in_time(context: Context, when: Moment | None, days: int) -> list[Event]:
    """The events of the story at most that many days from a time, all where it is unknown."""
    events = context.once(_events)
    if when is None:
        return [event for _, _, event in events]
    first = when.start_lo - days if when.start_lo is not None else -_EVER
    last = when.end_hi + days if when.end_hi is not None else _EVER
    return [event for start, end, event in events if start <= last and end >= first]


_EVER = 10**9


def _events(context: Context) -> list[tuple[int, int, Event]]:
    """The events in which somebody has a part whom the text names, each with its first and last day."""
    reference, reading = context.reference, context.reading
    links: dict[str, int] = {}
    for fact in reading.named:
        linked = reference.events_with(fact)
        for id in linked:
            links[id] = links.get(id, 0) + (2 if len(linked) <= _FEW else 1)
    ids = {id for id, count in links.items() if count > 1} | {fact for fact in reading.named if context.event(fact)}
    low, high = _span(context)
    found = [event for fact in sorted(ids) if (event := context.event(fact)) and event.when and event.type not in _LONG]
    spans = [((e.when.start_lo or 0, e.when.end_hi or 0) if e.when else (0, 0), e) for e in found]
    return [(start, end, event) for (start, end), event in spans if end > low and start < high]


def names_of(context: Context, event: Event) -> Names:
    """The names of an event as words, but for those of fights, which texts tell by the place alone."""
    lexicon, made = context.reading.lexicon, context.reference.memo
    slot = ("names told", lexicon.lang, event.id)
    if slot not in made:
        light = lexicon.head_links | lexicon.prepositions | lexicon.joins
        keys = dict.fromkeys(_content(light, key) for key in names_as_words(event, lexicon.lang))
        told = [words for words in keys if len(words) >= _LEAST and not _of_a_fight(lexicon, event, words)]
        all = tuple(Telling(event, words, tuple(_alike(lexicon, word) for word in words)) for words in told)
        made[slot] = Names(all, frozenset(code for telling in all for alike in telling.alike for code in alike))
    names: Names = made[slot]
    return names


def _alike(lexicon: Lexicon, word: str) -> frozenset[str]:
    """What a word has in common with others: its consonants or first letters, and what it says happened."""
    return frozenset((*codes(word), *frames(lexicon, word)))


_FEW = 400
"""Events of somebody of whom each belongs to the story; of a great power only those in which another of the text has a part."""
_LONG = frozenset({"era", "revolution"})
"""Types of event that texts name as they are called."""
_FOUGHT = frozenset({"battle", "siege", "war"})
_CAMPAIGNS = frozenset({"campaign", "operation", "invasion"})


def _of_a_fight(lexicon: Lexicon, event: Event, words: Sequence[str]) -> bool:
    """Whether a name is that of a fight by a noun for fights, which texts tell by the place alone."""
    if event.type not in _FOUGHT | _CAMPAIGNS:
        return False
    return any(_FOUGHT & {*kinds} for word in words for _, kinds, _ in lexicon.event_nouns.begun_by(word))


def _span(context: Context) -> tuple[int, int]:
    """The days between which the story of a text may lie, by its dates and by the events that it names."""
    whens = [value for time in context.reading.times if time.mention.type == "date" and (value := time.mention.value)]
    whens += [event.when for fact in context.reading.named if (event := context.event(fact)) and event.when]
    lows, highs = [w.start_lo for w in whens if w.start_lo is not None], [w.end_hi for w in whens if w.end_hi is not None]
    return (min(lows) - _STORY, max(highs) + _STORY) if lows and highs else (0, 0)


def _content(light: frozenset[str], key: Sequence[str]) -> tuple[str, ...]:
    """The words of a name that mean something: no prepositions, articles or years."""
    return tuple(word for word in key if len(word) > 1 and not word.isdigit() and word not in light)


def _place(context: Context, telling: Telling, words: Sequence[int]) -> tuple[int, int, bool] | None:
    """Where all words of a name stand close together; the name of a land of the text may be missing, and one word a verb. Also whether none is."""
    tokens, lexicon = context.reading.tokens, context.reading.lexicon
    words = [k for k in words if (m := context.reading.mention_at.get(k)) is None or _part(context, telling.event, m)]
    at: list[int] = []
    missing, verbs = [], []
    for word in telling.words:
        same = [k for k in words if k not in at and (same_word(word, tokens[k]) or _means(context, k, word))]
        if not same:
            told = frames(lexicon, word)
            same = [k for k in words if k not in at and (derived(word, tokens[k].norm) or told & frames(lexicon, tokens[k].norm))]
            if same and word in _towns(context, telling.event):
                return None
            verbs += same[:1]
        if same:
            at.append(min(same, key=lambda k: abs(k - at[-1])) if at else same[0])
        else:
            missing.append(word)
    if len(verbs) > 1 or len(at) < _LEAST or max(at) - min(at) > _CLOSE + 2 * len(at):
        return None
    if missing and not _understood(context, telling.event, missing, at[0]):
        return None
    if any(weak(tokens[k].norm) and (missing or min(abs(k - other) for other in at if other != k) > _CLOSE) for k in verbs):
        return None
    return (min(at), max(at) + 1, not missing) if any(not _in_name(context.reading, k) for k in at) else None


def _towns(context: Context, event: Event) -> frozenset[str]:
    """The words of the names of the towns of an event, from which nothing is derived: «السفر» is not «سيفر»."""
    slot = ("towns told", event.id)
    if slot not in context.memo:
        places = [place for fact in event.where if (place := context.entity(fact)) is not None and place.subkind in _TOWNS]
        context.memo[slot] = frozenset(key[-1] for place in places for key in _keys_of(context, place))
    towns: frozenset[str] = context.memo[slot]
    return towns


_TOWNS = frozenset({"city", "town", "village", "port", "fort", "fortress"})


def _means(context: Context, at: int, word: str) -> bool:
    """Whether a token is a name, in another form, of what a word names: "Chinese" of China."""
    mention = context.reading.mention_at.get(at)
    if mention is None or mention.first != at or not mention.has("polity", "place"):
        return False
    entries = [entry for fact in mention.ids("polity", "place") if (entry := context.entity(fact))]
    return any((word,) in _keys_of(context, entry) for entry in entries)


def _part(context: Context, event: Event, mention: Mention) -> bool:
    """Whether a name is that of somebody or something in an event, or of the event."""
    facts = participants(event) | {*event.where, event.id}
    if mention.has("person") and not mention.has("place"):
        return any(fact in facts for fact in mention.ids())
    return mention.has("thing") or any(fact in facts or related(context, fact, who) for fact in mention.ids() for who in facts)


_CLOSE = 4
"""Words that may stand between those of a name."""


def _in_name(reading: Reading, at: int) -> bool:
    mention = reading.mention_at.get(at)
    return mention is not None and mention.has("person", "polity", "place")


def _understood(context: Context, event: Event, missing: Sequence[str], at: int) -> bool:
    """Whether the words of an event's name that are missing are that of a land of the text, not one that was taken, or of one man
    who is named shortly before."""
    reading, facts = context.reading, {fact for one in (*participants(event), *event.where) for fact in context.reference.ancestors(one)}
    sentence = reading.clauses[reading.clause_at[at]].sentence
    near = named_in(reading, reading.sentences[max(0, sentence - 1)][0], reading.sentences[sentence][1])
    around = {fact for mention in near for fact in mention.ids()} | {*reading.topic}
    for fact in sorted(facts):
        entry = context.entity(fact)
        if entry is None:
            continue
        if entry.kind == "polity" or entry.subkind in _LANDS:
            told = fact in reading.named or facts & around
            if told and event.type not in _TAKEN | _CAMPAIGNS and tuple(missing) in _keys_of(context, entry):
                return True
        elif entry.kind == "person" and any(set(missing) <= {*key} for key in _keys_of(context, entry)):
            if fact in around or (fact in reading.named and _titled(context, event, entry, at)):
                return True
    return False


def _titled(context: Context, event: Event, person: Entity, at: int) -> bool:
    """Whether the one holder of an office whom the text names is called by it near a token: «إعدام الملك»."""
    reading = context.reading
    for k in range(at, min(at + _TITLE, len(reading.tokens))):
        title = reading.lexicon.titles.at(reading.tokens, k, k + 1)
        if title is not None and any(role.office in title.value for role in person.roles):
            holders = [one for fact in sorted(reading.named) if (one := context.entity(fact)) and any(r.office in title.value for r in one.roles)]
            living = [one for one in holders if one.when is None or event.when is None or not apart(one.when, event.when)]
            return living == [person]
    return False


_TITLE = 4
"""Words behind a deed within which a title says to whom it was done."""


_TAKEN = frozenset({"conquest", "fall", "occupation", "invasion", "liberation", "raid", "bombing", "annexation", "independence", "visit"})
"""Types of event that are many but for their place."""
_LANDS = frozenset({"country", "region"})


def _keys_of(context: Context, entity: Entity) -> list[tuple[str, ...]]:
    """The names of an entity as their words."""
    slot = ("all keys", entity.id)
    if slot not in context.memo:
        lang = context.reading.lang
        texts = [*entity.names.get(lang, ()), *entity.short.get(lang, ()), *entity.demonyms.get(lang, ())]
        context.memo[slot] = [name_key(text) for text in texts]
    keys: list[tuple[str, ...]] = context.memo[slot]
    return keys


def _theirs(context: Context, event: Event, first: int, last: int) -> bool:
    """Whether all who are named among the words have to do with an event."""
    mine = participants(event)
    if event.type in _TAKEN and not _done_here(context, event, first):
        return False
    for mention in named_in(context.reading, first, last):
        if mention.has("person", "polity") and not mention.has("event", "place"):
            if not any(related(context, fact, who) for fact in mention.ids() for who in mine):
                return False
    return True


def _done_here(context: Context, event: Event, at: int) -> bool:
    """Whether one of those who did what is done to many is named in the sentence or the one before."""
    doers = {*event.by, *(who.who for side in event.sides for who in side), *(who for group in event.leaders for who in group)}
    return not doers or bool(_around(context, at, related_to=doers))


def _around(context: Context, at: int, related_to: Iterable[str]) -> set[str]:
    """Who is named in a sentence or the one before and has to do with some facts."""
    reading = context.reading
    sentence = reading.clauses[reading.clause_at[at]].sentence
    near = named_in(reading, reading.sentences[max(0, sentence - 1)][0], reading.sentences[sentence][1])
    facts = {fact for mention in near for fact in mention.ids("person", "polity")} | {*reading.topic}
    return {fact for fact in facts if any(related(context, fact, who) for who in related_to)}
