"""From tokens, names and times to a Reading: clauses, what each states, and what the text is about."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from .facts import Entity, Event, Fact, Name
from .lexicon import Hit, Lexicon, Trigger
from .model import Document, TimeMention, Token
from .normalise import bare, is_arabic, name_key, stems
from .reading import Clause, Predication, Reading, Time
from .segment import quotations, sentences
from .tag.entities import Mention
from .tag.timewords import Reader, table_for

Lookup = Callable[[str], Fact | None]
EventsAt = Callable[[str, str], Sequence[str]]

_COMMAS = frozenset("،,;؛:")
_ACTORS = ("person", "polity")
_WEAK = frozenset({"begin", "end", "happen"})  # say when and how long, not what


def read_text(
    document: Document,
    lexicon: Lexicon,
    tokens: Sequence[Token],
    names: Sequence[Mention],
    times: Sequence[TimeMention],
    fact: Lookup,
    events_with: EventsAt,
) -> Reading:
    """Everything that later stages ask of the text."""
    spans = sentences(tokens, lexicon.abbreviations)
    placed = _place_times(tokens, times)
    kinds = _block_kinds(document, tokens, spans)
    mentions = _choose(document.text, tokens, lexicon, names, placed, fact)
    mentions = [_fought_there(tokens, lexicon, mention, mentions, fact, events_with) for mention in mentions]
    inside = {k: m.last for m in mentions for k in range(m.first, m.last)}
    placed = [time for time in placed if inside.get(time.first, 0) < time.last]
    topic = _topic(mentions, spans, kinds, fact)
    mentions = _with_anaphors(tokens, lexicon, mentions, topic, fact)
    clauses = _clauses(tokens, lexicon, spans, mentions, placed, kinds)
    reading = Reading(
        document,
        lexicon,
        tuple(tokens),
        tuple(spans),
        tuple(clauses),
        tuple(mentions),
        tuple(placed),
        (),
        topic,
        tuple(quotations(tokens)),
        {k: mention for mention in mentions for k in range(mention.first, mention.last)},
        {k: time for time in placed for k in range(time.first, time.last)},
        {},
        {k: clause.index for clause in clauses for k in range(clause.first, clause.last)},
        frozenset(name.id for mention in mentions for name in mention.names),
        Reader(tokens, document.text, table_for(lexicon.wording["time"])),
    )
    predications = tuple(_predications(reading, fact))
    said: dict[int, tuple[Predication, ...]] = {}
    for predication in predications:
        said[predication.clause] = (*said.get(predication.clause, ()), predication)
    return reading._replace(predications=predications, said=said)


def nominal(lexicon: Lexicon, tokens: Sequence[Token], name: Name, index: int) -> bool:
    """Whether a name can stand at a token: «فتح مصر» is the event in «بعد فتح مصر», a verb and its object in «ثم فتح مصر».

    Only for event names whose first word is both a verbal noun and a verb in undiacritised writing.
    """
    if name.kind != "event" or not name.key or name.key[0] not in lexicon.ambiguous:
        return True
    norm = tokens[index].norm
    if norm.lstrip("وف")[:1] in ("ب", "ل", "ك") and norm != name.key[0]:
        return True
    if index == 0 or tokens[index - 1].kind == "mark":
        return index == 0 or tokens[index - 1].norm in ("\n", "(", "«", ":")
    before = tokens[index - 1].norm
    if before in lexicon.prepositions or before.lstrip("وف") in lexicon.prepositions:
        return True
    hit = lexicon.relations.at(tokens, index - 1, index) or lexicon.nouns.at(tokens, index - 1, index)
    return bool(hit) or before in lexicon.nominal_before


def _place_times(tokens: Sequence[Token], times: Sequence[TimeMention]) -> list[Time]:
    starts = [token.start for token in tokens]
    out = []
    for time in times:
        first = bisect_left(starts, time.start)
        last = bisect_left(starts, time.end)
        out.append(Time(first, max(last, first + 1), time))
    return out


def _block_kinds(document: Document, tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[str]:
    out, at = [], 0
    blocks = document.blocks
    for first, _ in spans:
        start = tokens[first].start
        while at + 1 < len(blocks) and blocks[at + 1].start <= start:
            at += 1
        out.append(blocks[at].kind if blocks else "paragraph")
    return out


# ---------------------------------------------------------------- which fact a name means


def _choose(
    text: str, tokens: Sequence[Token], lexicon: Lexicon, mentions: Sequence[Mention], times: Sequence[Time], fact: Lookup
) -> list[Mention]:
    """Settle what the text around it settles; drop short names that nothing supports and names that are parts of dates.

    English names are written with capitals ("a march" is no March), but for those that the pack writes in lower case.
    """
    dated = {index for time in times for index in range(time.first, time.last)}
    full = {name.id for mention in mentions for name in mention.names if name.how != "short"}
    shorts = {mention.first: {name.id for name in mention.names if name.how == "short"} for mention in mentions}
    spoken = Counter(name_id for ids in shorts.values() for name_id in ids)
    out = []
    for mention in mentions:
        if mention.first in dated and mention.last - 1 in dated:
            continue
        names = mention.names
        if any(name.how == "short" for name in names):
            own = shorts[mention.first]  # a short name does not bear itself out, however often it stands
            names = _supported(tokens, lexicon, mention, full | (spoken.keys() - own), fact)
        if any(name.how == "short" for name in names) and lexicon.lang != "ar" and _within_name(text, tokens, lexicon, mention):
            names = tuple(name for name in names if name.how != "short")
        if lexicon.lang != "ar" and not any(text[tokens[k].start].isupper() for k in range(mention.first, mention.last)):
            names = tuple(name for name in names if name.text[:1].islower() or name.kind == "thing")
        if names:
            out.append(mention._replace(names=names))
    return out


def _within_name(text: str, tokens: Sequence[Token], lexicon: Lexicon, mention: Mention) -> bool:
    """Whether a short English name is a part of a longer one: "Ciudad Juárez", "Wellington Street"."""
    if mention.first > 1:
        before = tokens[mention.first - 1]
        begins = tokens[mention.first - 2].norm in (".", "\n", "!", "?", '"', ":")
        capital = before.kind == "word" and text[before.start].isupper() and not begins
        if capital and not lexicon.ranks.at(tokens, mention.first - 1, mention.first) and before.norm not in lexicon.carriers:
            return True
    if mention.last < len(tokens):
        after = tokens[mention.last]
        return after.kind == "word" and text[after.start].isupper() and after.start - mention.end == 1
    return False


def _supported(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, full: set[str], fact: Lookup) -> tuple[Name, ...]:
    head = _head_noun(tokens, lexicon, mention.first)
    keep = []
    for name in mention.names:
        if name.how != "short":
            keep.append(name)
            continue
        entry = fact(name.id)
        if entry is None:
            continue
        if isinstance(entry, Event):
            if head is not None:
                if entry.type in head or (entry.type in _FIGHTS and head & _FIGHTS):
                    return (name,)
                continue
            if name.id in full or full & _related(entry):
                keep.append(name)
        elif (
            name.id in full
            or _known_person(entry, full, fact)
            or lexicon.titles.at(tokens, max(0, mention.first - 1), mention.first)
        ):
            keep.append(name)
    known = tuple(name for name in keep if name.id in full)
    events = tuple(name for name in keep if name.kind == "event")
    if known and not events:
        return known  # the person named in full elsewhere
    return tuple(keep)


def _fought_there(
    tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, mentions: Sequence[Mention], fact: Lookup, events_with: EventsAt
) -> Mention:
    """ "The landing at Inchon", «معركة في …»: a noun for an event before a place means what the reference knows to have been there,
    where the text names somebody who had a part in it."""
    if mention.has("event", "person") or not mention.has("place"):
        return mention
    head = _head_noun(tokens, lexicon, mention.first)
    if not head:
        return mention
    kinds = head | _FIGHTS if head & _FIGHTS else head
    named = {i for other in mentions for i in other.ids() if other is not mention}
    found = []
    for place in mention.ids("place"):
        for name_id in events_with(place, "where"):
            event = fact(name_id)
            if isinstance(event, Event) and event.type in kinds and event.where[:1] == (place,) and named & _related(event):
                found.append(Name((), event.id, "event", "short", lexicon.lang, ""))
    return mention._replace(names=tuple(found)) if found else mention


_FIGHTS = frozenset({"battle", "siege", "war", "campaign", "operation", "raid"})


def _head_noun(tokens: Sequence[Token], lexicon: Lexicon, first: int) -> frozenset[str] | None:
    """The event types of the noun that stands before a short name (معركة حطين, battle of Hattin)."""
    at = first - 1
    while at >= 0 and tokens[at].norm in lexicon.head_links:
        at -= 1
    if at < 0 or tokens[at].kind != "word":
        return None
    hit = lexicon.event_nouns.at(tokens, at, at + 1)
    return frozenset(hit.value) if hit else None


def _known_person(person: Entity, full: set[str], fact: Lookup) -> bool:
    """Whether the text names his realm, his family, or an event that he had a part in."""
    realms = {*person.of, *(role.of for role in person.roles)}
    near = realms | {person.father} | {other for role in person.roles for other in (role.predecessor, role.successor)}
    if near & full:
        return True
    for other in full:
        entry = fact(other)
        if isinstance(entry, Event):
            if person.id in _related(entry):
                return True
        elif (
            entry is not None
            and entry.kind == "person"
            and (entry.father == person.id or realms & {*entry.of, *(r.of for r in entry.roles)})
        ):
            return True
    return False


def _related(event: Event) -> set[str]:
    ids = {who.who for side in event.sides for who in side}
    ids.update(person for group in event.leaders for person in group)
    for group in (event.part_of, event.by, event.captured, event.killed):
        ids.update(group)
    return ids


def _topic(mentions: Sequence[Mention], spans: Sequence[tuple[int, int]], kinds: Sequence[str], fact: Lookup) -> tuple[str, ...]:
    """The event or person that the text is about: named in a heading or at its start, and not once only."""
    counts = Counter(mention.ids("event", "person") for mention in mentions if mention.has("event", "person"))
    heads = [index for index, kind in enumerate(kinds) if kind == "heading"][:3]
    first = next((index for index, kind in enumerate(kinds) if kind != "heading"), 0)
    for index in [*heads, first]:
        if index >= len(spans):
            continue
        start, stop = spans[index]
        for mention in mentions:
            if start <= mention.first < stop and mention.has("event", "person") and len(mention.ids("event", "person")) == 1:
                ids = mention.ids("event", "person")
                man = mention.has("person")  # a text about a man begins with his full name
                begins = mention.first - start <= (2 if counts[ids] > 1 or kinds[index] == "heading" else 0)
                if man and mention.how == "name" and begins:
                    return ids
                if not man and (mention.first - start <= 8 or counts[ids] > 2):
                    return ids
    return ()


def _with_anaphors(
    tokens: Sequence[Token], lexicon: Lexicon, mentions: Sequence[Mention], topic: tuple[str, ...], fact: Lookup
) -> list[Mention]:
    """Add «المعركة», "the war" where only one event of the text can be meant."""
    mentions = [*mentions, *_titled(tokens, lexicon, mentions, topic, fact)]
    mentions.sort(key=lambda mention: mention.first)
    by_type: dict[str, dict[str, None]] = {}
    entries = [fact(name_id) for name_id in dict.fromkeys(i for mention in mentions for i in mention.ids("event"))]
    for entry in entries:
        if isinstance(entry, Event):
            by_type.setdefault(entry.type, {})[entry.id] = None
    about = fact(topic[0]) if topic else None
    if isinstance(about, Event):
        for whole in about.part_of:
            entry = fact(whole)
            if isinstance(entry, Event):
                by_type.setdefault(entry.type, {})[entry.id] = None
    mentions = sorted([*mentions, *_code_names(tokens, lexicon, mentions, entries)], key=lambda mention: mention.first)
    if not by_type:
        return list(mentions)
    taken = {index for mention in mentions for index in range(mention.first, mention.last)}
    found = []
    for index, token in enumerate(tokens):
        if token.kind != "word" or index in taken:
            continue
        hit = lexicon.event_nouns.at(tokens, index, index + 1)
        if not hit or not _definite(tokens, index) or _qualified(tokens, index + 1, taken):
            continue
        fits = [i for kind in hit.value for i in by_type.get(kind, ())]
        if isinstance(about, Event) and about.id in fits:
            fits = [about.id]
        if len(fits) > 1:
            fits = _last_of(tokens, mentions, index, fits)
        if len(fits) == 1:
            name = Name((), fits[0], "event", "anaphor", lexicon.lang, "")
            found.append(Mention(index, index + 1, token.start, token.end, (name,)))
    return sorted([*mentions, *found], key=lambda mention: mention.first)


def _code_names(
    tokens: Sequence[Token], lexicon: Lexicon, mentions: Sequence[Mention], events: Sequence[Fact | None]
) -> list[Mention]:
    """«أورانوس» alone, in a text that speaks of «عملية أورانوس»."""
    codes = {}
    for event in events:
        if isinstance(event, Event) and event.type == "operation":
            for text in event.names.get(lexicon.lang, ()):
                key = name_key(text)
                if len(key) == 2 and key[0] in lexicon.event_nouns.first_words():
                    codes[key[1]] = event.id
    if not codes:
        return []
    taken = {index for mention in mentions for index in range(mention.first, mention.last)}
    return [
        Mention(i, i + 1, token.start, token.end, (Name((code,), codes[code], "event", "short", lexicon.lang, ""),))
        for i, token in enumerate(tokens)
        if token.kind == "word" and i not in taken
        for code in stems(token.norm)
        if code in codes
    ]


def _last_of(tokens: Sequence[Token], mentions: Sequence[Mention], index: int, fits: Sequence[str]) -> list[str]:
    """Of several events the one named last before token `index` in its sentence, by the same noun: «الحرب» for «الحرب العالمية»."""
    noun = bare(stems(tokens[index].norm)[-1])
    for mention in reversed(mentions):
        if mention.first >= index:
            continue
        if any(token.norm in (".", "\n") for token in tokens[mention.last : index]):
            break
        named = [fact for fact in mention.ids("event") if fact in fits]
        if named and mention.names[0].key[:1] == (noun,):
            return named[:1]
    return []


def _titled(
    tokens: Sequence[Token], lexicon: Lexicon, mentions: Sequence[Mention], topic: tuple[str, ...], fact: Lookup
) -> list[Mention]:
    """«السلطان», "the sultan" without a name: the one holder of that title whom the text names."""
    holders: dict[str, dict[str, None]] = {}
    for mention in mentions:
        for name_id in mention.ids("person"):
            entry = fact(name_id)
            if isinstance(entry, Entity):
                for role in entry.roles:
                    holders.setdefault(role.office, {})[name_id] = None
    if not holders:
        return []
    taken = {index for mention in mentions for index in range(mention.first, mention.last)}
    out = []
    for index, token in enumerate(tokens):
        if token.kind != "word" or index in taken or not _definite(tokens, index):
            continue
        hit = lexicon.titles.at(tokens, index, len(tokens))
        if not hit or index + 1 >= len(tokens) or hit.last in taken or _qualified(tokens, hit.last, taken):
            continue
        fits = list(dict.fromkeys(i for office in hit.value for i in holders.get(office, ())))
        if topic and topic[0] in fits:
            fits = [topic[0]]
        if len(fits) == 1:
            out.append(
                Mention(
                    index,
                    hit.last,
                    token.start,
                    tokens[hit.last - 1].end,
                    (Name((), fits[0], "person", "anaphor", lexicon.lang, ""),),
                )
            )
    return out


def _definite(tokens: Sequence[Token], index: int) -> bool:
    norm = tokens[index].norm
    if is_arabic(norm):
        return norm.lstrip("وف").startswith(("ال", "بال", "لل", "كال"))
    return index > 0 and tokens[index - 1].norm == "the"


def _qualified(tokens: Sequence[Token], index: int, taken: set[int]) -> bool:
    """Whether the noun before `index` goes on as a longer name: an adjective with the article, a name, "of"."""
    if index >= len(tokens):
        return False
    token = tokens[index]
    return index in taken or token.norm.startswith("ال") or token.norm in ("of", "for")


# ---------------------------------------------------------------- clauses


def _clauses(
    tokens: Sequence[Token],
    lexicon: Lexicon,
    spans: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    times: Sequence[Time],
    kinds: Sequence[str],
) -> list[Clause]:
    out: list[Clause] = []
    named = {index for mention in mentions if mention.how != "anaphor" for index in range(mention.first, mention.last)}
    dated = {index for time in times for index in range(time.first, time.last)}
    mention_at = {mention.first: mention for mention in mentions}
    time_at = {time.first: time for time in times}
    taken = named | dated
    for number, (start, stop) in enumerate(spans):
        triggers = _triggers(tokens, lexicon, start, stop, taken)
        for first, last in _cut(tokens, lexicon, start, stop, triggers, named):
            out.append(
                Clause(
                    len(out),
                    number,
                    first,
                    last,
                    tuple(mention_at[k] for k in range(first, last) if k in mention_at),
                    tuple(time_at[k] for k in range(first, last) if k in time_at),
                    tuple(hit for hit in triggers if first <= hit.first < last),
                    tuple(hit for hit in lexicon.relations.find(tokens, first, last) if hit.first not in dated),
                    tuple(hit for hit in lexicon.not_asserted.find(tokens, first, last) if hit.first not in dated),
                    kinds[number],
                )
            )
    return out


def _triggers(tokens: Sequence[Token], lexicon: Lexicon, start: int, stop: int, taken: set[int]) -> list[Hit]:
    out, index = [], start
    while index < stop:
        token = tokens[index]
        hit = None
        if token.kind == "word" and index not in taken and not lexicon.not_triggers.at(tokens, index, stop):
            hit = lexicon.verbs.at(tokens, index, stop) or lexicon.nouns.at(tokens, index, stop)
        if hit and not any(k in taken for k in range(hit.first, hit.last)):
            out.append(hit)
            index = hit.last
        else:
            index += 1
    return out


def _cut(
    tokens: Sequence[Token], lexicon: Lexicon, start: int, stop: int, triggers: Sequence[Hit], named: set[int]
) -> list[tuple[int, int]]:
    """Cut before connectors, before و/ف + verb, and at commas; pieces without a verb go to their neighbour."""
    verbs = {hit.first: hit for hit in triggers if hit.value.form != "noun"}
    cuts = {start}
    for index in range(start + 1, stop):
        token = tokens[index]
        before = tokens[index - 1]
        if before.kind == "mark" and before.norm in _COMMAS:
            cuts.add(index)
        elif index in verbs and verbs[index].clitic in ("و", "ف") and verbs[index].clitic:
            if not (
                verbs[index].clitic == "ف"
                and any(tokens[k].norm in lexicon.topicalisers for k in range(max(start, index - 5), index))
            ):
                cuts.add(index)  # but «أما إيطاليا فدخلت»
        elif before.norm in lexicon.joins and index in verbs and index - 1 > start:
            cuts.add(index - 1)  # "… and died in 1198"
        elif (token.kind == "word" and index not in named and lexicon.connectors.at(tokens, index, stop)) or _joined_adverbial(tokens, lexicon, index, stop):
            cuts.add(index)
    edges = [*sorted(cuts), stop]
    pieces = [(a, b) for a, b in pairwise(edges) if b > a]
    out: list[tuple[int, int]] = []
    open_front = False  # the piece before is an adverbial or a subject that waits for its verb
    for first, last in pieces:
        verbal = any(first <= index < last for index in verbs)
        if not verbal and not open_front and _joined_adverbial(tokens, lexicon, first, last):
            out.append((first, last))  # «وخلال ثلاثة أشهر …، تم …»: the front of the next clause
            open_front = True
        elif out and (open_front or not verbal):
            out[-1] = (out[-1][0], last)
            open_front = open_front and not verbal
        else:
            out.append((first, last))
            open_front = not verbal and _waits(tokens, lexicon, first, last, named)
    return out


def _joined_adverbial(tokens: Sequence[Token], lexicon: Lexicon, index: int, stop: int) -> bool:
    """Whether و and a word of time or order begin here: «وبعد …», «وخلال …»."""
    norm = tokens[index].norm
    return len(norm) > 3 and norm.startswith("و") and bool(lexicon.relations.at(tokens, index, stop))


def _waits(tokens: Sequence[Token], lexicon: Lexicon, first: int, last: int, named: set[int]) -> bool:
    """Whether a piece without a known verb is the front of a clause: it begins with a name, a preposition or a relation."""
    norm = tokens[first].norm
    if first in named or norm in lexicon.prepositions or norm.lstrip("وف") in lexicon.prepositions or norm in lexicon.glue:
        return True
    return (
        tokens[first].kind != "word"
        or bool(lexicon.relations.at(tokens, first, last))
        or bool(lexicon.titles.at(tokens, first, last))
    )


# ---------------------------------------------------------------- who did what to whom


def _predications(reading: Reading, fact: Lookup) -> list[Predication]:
    out: list[Predication] = []
    topic = _topic_person(reading, fact)
    subject: tuple[Mention, ...] = ()
    sentence = -1
    for clause in reading.clauses:
        if clause.sentence != sentence and (topic or not _alone(reading, clause, subject)):
            subject = topic  # a new sentence speaks of the man that the text is about
        sentence = clause.sentence
        said = []
        for number, hit in enumerate(clause.triggers):
            if hit.value.frame in _WEAK:
                continue
            stop = _next_verb(clause, number)
            said.append(_slots(reading, clause, hit, stop))
        named = _named_subject(reading, clause)
        if named and not (said and said[0].form == "verb" and said[0].agents and said[0].first < named[0].first):
            subject = named
        for predication in said:
            if not predication.agents and predication.form == "verb" and _subject_dropped(reading, clause, predication):
                predication = predication._replace(agents=subject, carried=bool(subject))
            out.append(predication)
            if predication.form == "verb" and predication.agents:
                subject = predication.agents
            elif predication.form == "passive" and predication.patients:
                subject = predication.patients
    return out


_REMEMBERED = 60
"""Words for which a subject is remembered into the next sentence."""


def _alone(reading: Reading, clause: Clause, subject: tuple[Mention, ...]) -> bool:
    """Whether the sentence before spoke of one man only, so that the next one may leave him out."""
    if not subject or clause.first - subject[0].last > _REMEMBERED or clause.sentence == 0:
        return False
    start, stop = reading.sentences[clause.sentence - 1]
    people = {m.ids("person") for m in named_in(reading, start, stop) if m.has("person")}
    return people == {subject[0].ids("person")}


def _subject_dropped(reading: Reading, clause: Clause, predication: Predication) -> bool:
    """Whether the verb has no subject of its own: in Arabic none stands behind it, in English "and" or a pronoun before it."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if lexicon.lang != "ar":
        before = [token.norm for token in tokens[clause.first : predication.first] if token.kind == "word"]
        return all(word in lexicon.pronouns or word in lexicon.fillers for word in before)
    if predication.last >= len(tokens):
        return True
    token = tokens[predication.last]
    if token.kind != "word" or token.norm in lexicon.prepositions or token.norm in lexicon.fillers:
        return True
    if any(time.first <= predication.last < time.last for time in clause.times):
        return True
    if any(hit.first == predication.last and hit.value for hit in clause.relations):
        return True
    near = next((m for m in clause.mentions if m.first <= predication.last < m.last), None)
    return near is not None and (near in predication.patients or bool(preposition(reading, near)))


def _topic_person(reading: Reading, fact: Lookup) -> tuple[Mention, ...]:
    """The person that the text is about, as the subject of a sentence that names none."""
    if not reading.topic:
        return ()
    entry = fact(reading.topic[0])
    if not isinstance(entry, Entity) or entry.kind != "person":
        return ()
    return tuple(m for m in reading.mentions if reading.topic[0] in m.ids("person"))[:1]


def _named_subject(reading: Reading, clause: Clause) -> tuple[Mention, ...]:
    """The actor that a clause without a known verb begins with."""
    for mention in clause.mentions:
        if mention.first - clause.first > 3:
            break
        if mention.has(*_ACTORS) and not preposition(reading, mention):
            return (mention,)
    return ()


def _next_verb(clause: Clause, number: int) -> int:
    for hit in clause.triggers[number + 1 :]:
        if hit.value.form != "noun":
            return hit.first
    return clause.last


def preposition(reading: Reading, mention: Mention) -> str:
    """The preposition that a name stands under, "" for none; carriers and titles between the two are passed over.

    Roles of prepositional phrases come as their class: by, led, against, beside, between.
    """
    return _preposition(reading, mention)[0]


def _preposition(reading: Reading, mention: Mention) -> tuple[str, int]:
    tokens, lexicon = reading.tokens, reading.lexicon
    clitic = _clitic(tokens[mention.first].norm, mention)
    if clitic:
        return clitic, mention.first
    key = mention.names[0].key
    if key and tokens[mention.first].norm.startswith("و") and not key[0].startswith("و"):
        before = reading.mention_at.get(mention.first - 1)
        if before is not None:  # «في طهران ويالطا»
            return _preposition(reading, before)
    at = mention.first - 1
    floor = max(0, mention.first - 5)
    while at >= floor and tokens[at].kind == "word":
        for length in (4, 3, 2, 1):
            if at - length + 1 < 0:
                continue
            role = lexicon.roles.at(tokens, at - length + 1, at + 1)
            if role and role.last == at + 1:
                return str(role.value), role.first
        word = tokens[at].norm
        if word in lexicon.prepositions:
            return word, at
        if is_arabic(word) and word not in lexicon.carriers:
            stripped = _carrier_clitic(word, lexicon)
            if stripped:
                return stripped, at
        if word not in lexicon.carriers and not lexicon.titles.at(tokens, at, at + 1) and not _in_mention(reading, at):
            return "", at + 1
        at -= 1
    return "", at + 1


def named_in(reading: Reading, first: int, last: int) -> list[Mention]:
    """The mentions that begin in a token range."""
    return [m for k in range(first, last) if (m := reading.mention_at.get(k)) is not None and m.first == k]


def _in_mention(reading: Reading, index: int) -> bool:
    mention = reading.mention_at.get(index)
    return mention is not None and mention.how == "demonym"


def _clitic(norm: str, mention: Mention) -> str:
    key = mention.names[0].key
    if not key or not is_arabic(norm) or norm == key[0]:
        return ""
    head = norm[: max(0, len(norm) - len(key[0]))]
    head = head.removesuffix("ال").lstrip("وف") if not head.endswith("لل") else "ل"
    return head[:1] if head[:1] in ("ب", "ل", "ك") else ""


def _carrier_clitic(word: str, lexicon: Lexicon) -> str:
    rest = word.lstrip("وف")
    if rest[:1] in ("ب", "ل", "ك"):
        for stem in (rest[1:], "ال" + rest[2:] if rest.startswith("لل") else rest[1:]):
            if stem in lexicon.carriers:
                return rest[0]
    return ""


def _slots(reading: Reading, clause: Clause, hit: Hit, stop: int) -> Predication:
    trigger: Trigger = hit.value
    lexicon = reading.lexicon
    after = [m for m in clause.mentions if hit.last <= m.first < stop and not _in_title(reading, clause, m)]
    before = [m for m in clause.mentions if m.last <= hit.first]
    objects = lexicon.objects.get(trigger.frame, ())
    agents: list[Mention] = []
    patients: list[Mention] = []
    others: list[tuple[str, Mention]] = []
    plain = [(preposition(reading, m), m) for m in after]
    for role, mention in plain:
        if role == "by" and mention.has(*_ACTORS):
            agents.extend(_coordinated(reading, mention, [m for m in after if m.first > mention.first]))
    free = [m for role, m in plain if not role]
    by_whom = list(agents)
    if trigger.form == "noun":
        near = [m for m in free if m.first - hit.last <= 3 and not _definite(reading.tokens, hit.last - 1)]
        if near:
            target = agents if lexicon.of.get(trigger.frame) == "agent" else patients
            objects_after = [m for role, m in plain if role in ("ل", "to") and m.first > near[0].first]
            if target is patients and objects_after and near[0].has(*_ACTORS):
                agents.append(near[0])
                patients.append(objects_after[0])
            else:
                target.extend(_coordinated(reading, near[0], free))
    elif lexicon.lang == "ar":
        _arabic_slots(reading, clause, hit, plain, before, objects, agents, patients)
    else:
        _english_slots(reading, trigger, plain, before, objects, agents, patients)
    if trigger.suffix:
        pointed = _pronoun(reading, hit)
        if pointed and trigger.form == "noun" and not agents and not patients:
            (agents if lexicon.of.get(trigger.frame) == "agent" else patients).append(pointed)
        elif pointed and trigger.form == "verb" and pointed not in agents:
            patients.append(pointed)
    elif trigger.form == "verb" and not agents:
        forces = _forces(reading, clause, hit)
        if forces:
            agents.append(forces)
    used = {id(m) for m in (*agents, *patients)}
    others += [(role, m) for role, m in plain if id(m) not in used and not any(m is o for _, o in others)]
    victim = (
        trigger.form == "verb" and trigger.frame in lexicon.single and patients and agents == by_whom and lexicon.lang == "ar"
    )
    return Predication(
        trigger.frame,
        "passive" if victim else trigger.form,
        hit.first,
        hit.last,
        clause.index,
        tuple(agents),
        tuple(patients),
        tuple(others),
        reading.asserted(clause, hit.first),
    )


def _in_title(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a place or power only tells whose king it is: «ملك بيت المقدس بلدوين الرابع»."""
    if mention.has("person", "event") or mention.first == 0:
        return False
    if not reading.lexicon.titles.at(reading.tokens, mention.first - 1, mention.first):
        return False
    return any(m.first == mention.last and m.has("person") for m in clause.mentions)


def _pronoun(reading: Reading, hit: Hit) -> Mention | None:
    """Whom the Arabic pronoun on a trigger means: the last fitting name before it in its sentence.

    ه is a man (or none), ها a power, a town or a woman, هم and هما are not resolved.
    """
    norm = reading.tokens[hit.last - 1].norm
    made = hit.value.frame in ("found", "build", "invent", "write", "conquer", "besiege")
    start = max(reading.sentences[_sentence_of(reading, hit.first)][0], hit.first - 40)
    before = [m for m in named_in(reading, start, hit.first) if m.how != "demonym"]
    if norm.endswith("ها"):
        fits = [m for m in before if m.has("polity", "place") and not m.has("person")]
    elif norm.endswith("ه"):
        fits = [m for m in before if m.has("place", "thing", "event")] if made else [m for m in before if m.has("person")]
        if not made and len({m.ids() for m in fits}) > 1:
            return None  # «حتى وفاته» may be anybody's of those named
    else:
        return None
    return fits[-1] if fits else None


def _sentence_of(reading: Reading, index: int) -> int:
    return bisect_left([stop for _, stop in reading.sentences], index + 1)


def _forces(reading: Reading, clause: Clause, hit: Hit) -> Mention | None:
    """«انسحبت تلك القوات»: the power whose troops were last spoken of, where the noun has no adjective of its own."""
    tokens, lexicon = reading.tokens, reading.lexicon
    for index in range(hit.last, min(hit.last + 2, clause.last)):
        if tokens[index].norm in lexicon.forces and _definite(tokens, index):
            if index + 1 < len(tokens) and tokens[index + 1].norm.startswith("ال"):
                return None
            start = reading.sentences[clause.sentence][0]
            before = [m for m in named_in(reading, start, hit.first) if m.has("polity")]
            troops = [m for m in before if m.first and tokens[m.first - 1].norm in lexicon.forces]
            return (troops or before)[-1] if before else None
    return None


def _coordinated(reading: Reading, head: Mention, mentions: Sequence[Mention]) -> list[Mention]:
    """`head` and the names joined to it by "and" or و."""
    out = [head]
    for mention in mentions:
        if mention.first < out[-1].last:
            continue
        gap = [token.norm for token in reading.tokens[out[-1].last : mention.first]]
        attached = not gap and reading.tokens[mention.first].norm.startswith("و")
        if attached or (gap and set(gap) <= reading.lexicon.listing and not set(gap) <= reading.lexicon.carriers):
            out.append(mention)
        else:
            break
    return out


def _arabic_slots(
    reading: Reading,
    clause: Clause,
    hit: Hit,
    plain: Sequence[tuple[str, Mention]],
    before: Sequence[Mention],
    objects: Sequence[str],
    agents: list[Mention],
    patients: list[Mention],
) -> None:
    trigger: Trigger = hit.value
    free = [m for role, m in plain if not role]
    first = (
        free[0]
        if free and free[0].first - hit.last <= 4 and free[0].has(*_ACTORS) and not _owned(reading, hit, free[0])
        else None
    )
    clause_verbs = [h.first for h in clause.triggers if h.value.form != "noun" and h.first < hit.first]
    lead = [m for m in before if not preposition(reading, m) and m.has(*_ACTORS) and hit.first - m.last <= 4]
    lead = [m for m in lead if not any(first < m.first for first in clause_verbs)]  # not the subject of another verb
    if trigger.form == "passive":
        if first:
            patients.extend(_coordinated(reading, first, free))
        elif free and free[0].first - hit.last <= 4:
            patients.append(free[0])
        elif lead:
            patients.append(lead[-1])
        return
    if first:
        agents.extend(_coordinated(reading, first, [m for m in free if m.has(*_ACTORS)]))
    elif lead and (not hit.clitic or (hit.clitic == "ف" and lead[-1].last == hit.first)):  # «أما إيطاليا فدخلت»
        agents.append(lead[-1])
    if (
        first is not None
        and "" in objects
        and not trigger.suffix
        and not trigger.intransitive
        and not [m for m in free if m not in agents]
    ):
        # one name behind a transitive verb: subject, or object of a subject left out, or victim («قُتل فلان»)
        if trigger.frame in reading.lexicon.single or first.has("place"):
            patients.extend(agents)
            agents.clear()
            return
        if trigger.frame in reading.lexicon.unclear:
            agents.clear()
            return
    if trigger.suffix:
        return
    rest = [(role, m) for role, m in plain if m not in agents]
    for role, mention in rest:
        if role in objects and (role or first is not None or lead or mention.first - hit.last <= 3):
            patients.append(mention)
            break
    if not patients and not first and free and not lead and "" in objects and free[0].first - hit.last <= 3:
        patients.append(free[0])


def _owned(reading: Reading, hit: Hit, mention: Mention) -> bool:
    """Whether a verbal noun stands between the verb and the name: «بعد وفاة أبيه المهدي» names no subject of the verb."""
    return any(reading.lexicon.nouns.at(reading.tokens, k, mention.first) for k in range(hit.last, mention.first))


def _english_slots(
    reading: Reading,
    trigger: Trigger,
    plain: Sequence[tuple[str, Mention]],
    before: Sequence[Mention],
    objects: Sequence[str],
    agents: list[Mention],
    patients: list[Mention],
) -> None:
    lead = [m for m in before if m.has(*_ACTORS) and not preposition(reading, m)]
    target = patients if trigger.form == "passive" else agents
    if lead:
        group = [lead[-1]]
        for mention in reversed(lead[:-1]):
            between = {token.norm for token in reading.tokens[mention.last : group[0].first]}
            if between and between <= {"and", ",", "the"}:
                group.insert(0, mention)
            else:
                break
        target.extend(group)
    elif trigger.form == "passive":
        other = [m for m in before if not preposition(reading, m)]
        if other:
            patients.append(other[-1])
    if trigger.form == "verb":
        for role, mention in plain:
            if role in objects and mention not in agents:
                patients.append(mention)
                break
