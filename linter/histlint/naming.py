"""Which fact a name means: short names that the text bears out, «المعركة» and «السلطان», a noun before a place, the topic."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from .bind import apart
from .facts import Entity, Event, Lookup, Name
from .lexicon import Lexicon
from .model import Moment, TimeMention, Token
from .normalise import bare, fold
from .reading import Time
from .strangers import (
    a_junior,
    alliance_of_another_age,
    another_number,
    article_added,
    bare_numeral,
    coloured,
    common_noun,
    doubled,
    goes_on,
    goes_on_as_another,
    goes_on_as_his,
    in_compound,
    in_longer,
    longer_name,
    of_another_age,
    of_another_cloth,
    of_another_father,
    of_another_house,
    of_another_king,
    of_another_land,
    of_another_man,
    of_another_office,
    of_another_realm,
    of_another_style,
    of_another_throne,
    on_another,
    titled_work,
    town_alone,
    with_article,
)
from .tag.entities import Mention

EventsAt = Callable[[str, str], Sequence[str]]


def nominal(lexicon: Lexicon, tokens: Sequence[Token], name: Name, index: int) -> bool:
    """Whether a name can stand at a token: «فتح مصر» is the event in «بعد فتح مصر», a verb and its object in «ثم فتح مصر».

    Only for event names whose first word is both a verbal noun and a verb in undiacritised writing, and men before a hyphen.
    """
    if name.kind == "person" and len(name.key) == 1 and lexicon.lang != "ar" and _hyphened(tokens, index):
        return False
    if name.kind == "event" and index and tokens[index - 1].norm.lstrip("وفبل") in lexicon.attempts:
        return False  # «فشلت محاولة اغتيال السادات عام 1975»
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
    return bool(hit) or not lexicon.nominal_before.isdisjoint((before, before[1:] if before[:1] in ("و", "ف") else before))


def _hyphened(tokens: Sequence[Token], index: int) -> bool:
    """Whether a hyphen makes a word the first half of another: "Franco-Spanish"."""
    behind = tokens[index + 1 : index + 3]
    return len(behind) == 2 and behind[0].norm == "-" and tokens[index].end == behind[0].start and behind[0].end == behind[1].start


def hide_names(tokens: Sequence[Token], names: Sequence[Mention], times: Sequence[TimeMention]) -> list[Token] | None:
    """The tokens with those names made unknown words whose last words were read as the head of a date; None if there are none.

    «حرب أكتوبر عام 1973» gives the year of a war, no October; «تل أبيب عام 1935» no month of the Coptic calendar.
    """
    starts = [token.start for token in tokens]
    hidden: list[Token] | None = None
    for time in times:
        first = bisect_left(starts, time.start)
        at = bisect_left(names, first, key=lambda mention: mention.last)
        while at < len(names) and names[at].last <= first:
            at += 1
        if at == len(names) or not names[at].first < first < names[at].last or time.end <= names[at].end:
            continue
        name = names[at]
        if name.how not in ("name", "former") or name.last >= len(tokens) or tokens[name.last].kind == "mark":
            continue
        if tokens[name.last - 1].kind == "number" and time.type != "duration":
            continue  # «حرب 1967 - 1970»
        if time.type == "duration" and not any(_ends_as_written(one, tokens[name.last - 1]) for one in name.names):
            continue  # «استمرت الثورة عشرين شهراً» is no «ثورة العشرين»
        hidden = hidden or list(tokens)
        for k in range(name.first, name.last):
            hidden[k] = tokens[k]._replace(norm="", kind="word")
    return hidden


def _ends_as_written(name: Name, token: Token) -> bool:
    """Whether a word is the last of a name, with its article where the name has one."""
    words = [fold(word) for word in name.text.split()]
    return bool(words) and words[-1] == token.norm


_OPENING = frozenset("«\"“'‘")
"""Quotation marks that open."""


def choose(
    text: str, tokens: Sequence[Token], lexicon: Lexicon, mentions: Sequence[Mention], times: Sequence[Time], fact: Lookup
) -> list[Mention]:
    """Settle what the text around it settles; drop short names that nothing supports and names that are parts of dates.

    English names are written with capitals ("a march" is no March), but for those that the pack writes in lower case.
    """
    dated = {index for time in times for index in range(time.first, time.last)}
    starts = {time.first for time in times}
    begins = {begin(tokens, time) for time in times} | starts
    full = {name.id for mention in mentions for name in mention.names if name.how != "short"}
    shorts = {mention.first: {name.id for name in mention.names if name.how == "short"} for mention in mentions}
    spoken = Counter(name_id for ids in shorts.values() for name_id in ids)
    out = []
    strangers = _named_on(tokens, lexicon, mentions)
    strangers |= {n.id for m in mentions for n in m.names if of_another_throne(tokens, lexicon, m, n, fact)}
    if lexicon.lang == "ar":
        longer = [(m, n) for m in mentions for n in m.names if m.last - m.first > 1 and longer_name(tokens, lexicon, m, n)]
        strangers |= {n.id for m, n in longer if not goes_on_as_his(tokens, m, n, fact)}
    begun = {mention.first: mention for mention in mentions}
    ended = {mention.last: mention for mention in mentions}
    for mention in mentions:
        if mention.first in dated and mention.last - 1 in dated:
            continue
        if mention.first in dated and mention.first not in begins:
            continue  # "the 14 July Revolution" is no July Revolution
        names = tuple(name for name in mention.names if not another_number(tokens, lexicon, mention, name))
        if _brings_its_year(tokens, mention, starts):
            names = tuple(name for name in names if name.how != "short")
        if any(name.how == "short" for name in names):
            own = shorts[mention.first]  # a short name does not bear itself out, however often it stands
            names = _supported(tokens, lexicon, mention, full | (spoken.keys() - own), fact)
            names = tuple(name for name in names if not common_noun(tokens, lexicon, mention, name, full, times, fact))
        names = tuple(name for name in names if not town_alone(tokens, lexicon, mention, name))
        ahead = mention.first - 1 - (mention.first > 1 and tokens[mention.first - 1].norm in _OPENING)
        if mention.first and tokens[ahead].norm in lexicon.grounds:
            names = tuple(name for name in names if name.how != "short" or name.kind != "event")  # «أسوار غاليبولي», «الحاملة «يوركتاون»»
        free = lexicon.lang == "ar" or mention.first - 1 in dated  # "in March Mussolini"
        if any(name.how == "short" for name in names) and not free and within_name(text, tokens, lexicon, mention):
            names = tuple(name for name in names if name.how != "short")
        if lexicon.lang != "ar":
            names = tuple(
                name
                for name in names
                if not (
                    in_longer(text, tokens, mention, name)
                    or a_junior(tokens, lexicon, mention, name)
                    or of_another_king(tokens, lexicon, mention, name, ended, fact)
                    or coloured(tokens, mention, name, ended)
                    or of_another_land(tokens, mention, name, begun, fact)
                    or of_another_age(tokens, lexicon, mention, name, times, fact)
                    or of_another_office(tokens, lexicon, mention, name, fact)
                    or with_article(tokens, lexicon, mention, name, fact)
                    or in_compound(text, tokens, mention, name)
                )
            )
            if not any(text[tokens[k].start].isupper() for k in range(mention.first, mention.last)):
                names = tuple(name for name in names if name.text.removeprefix("the ")[:1].islower() or name.kind == "thing")
        elif names and doubled(text, mention):
            continue
        else:
            names = tuple(
                name
                for name in names
                if not (
                    of_another_cloth(tokens, lexicon, mention, name, fact)
                    or article_added(tokens, mention, name)
                    or bare_numeral(tokens, lexicon, mention, name)
                    or goes_on(tokens, lexicon, mention, name, dated)
                    or on_another(tokens, lexicon, mention, name, begun, fact)
                    or of_another_realm(tokens, lexicon, mention, name, ended, fact)
                    or of_another_man(tokens, lexicon, mention, name, fact)
                    or longer_name(tokens, lexicon, mention, name)
                    or of_another_father(tokens, lexicon, mention, name, fact)
                    or of_another_house(tokens, mention, name, begun, fact)
                    or of_another_style(tokens, lexicon, mention, name, fact)
                )
            )
        names = tuple(
            name
            for name in names
            if not goes_on_as_another(tokens, lexicon, mention, name)
            and name.id not in strangers
            and not titled_work(text, tokens, lexicon, mention, name, ended)
            and not alliance_of_another_age(mention, name, times, fact)
        )
        if len(names) > 1:
            names = _living(_of_this_age(names, times, fact), times, fact)
        if names:
            out.append(mention._replace(names=names))
    return _without_others(text, tokens, lexicon, out) if lexicon.lang != "ar" else out


def _without_others(text: str, tokens: Sequence[Token], lexicon: Lexicon, mentions: list[Mention]) -> list[Mention]:
    """Without the bare names of people that the text gives in full to somebody else: Nero, where it tells of Tiberius Claudius Nero."""
    bare_names = [m for m in mentions if m.last - m.first == 1 and m.has("person") and m.first > 1]
    taken = {k for m in mentions for k in range(m.first, m.last)}
    others = {tokens[m.first].norm for m in bare_names if _ends_longer(text, tokens, lexicon, m, taken)}
    if not others:
        return mentions
    full = {name.id for m in mentions for name in m.names if m.last - m.first > 1}
    return [m for m in mentions if m not in bare_names or tokens[m.first].norm not in others or full & {*m.ids("person")}]


def _ends_longer(text: str, tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, taken: set[int]) -> bool:
    """Whether two more words of a name stand before a bare one."""
    front = range(mention.first - 2, mention.first)
    words = all(tokens[k].kind == "word" and text[tokens[k].start].isupper() and k not in taken for k in front)
    titled = (lexicon.ranks.at(tokens, k, k + 1) or lexicon.titles.at(tokens, k, k + 1) for k in front)
    begins = front.start == 0 or tokens[front.start - 1].norm in (".", "\n", "!", "?", ":")
    return words and not begins and not any(titled) and all(tokens[k].end + 1 == tokens[k + 1].start for k in front)


def _named_on(tokens: Sequence[Token], lexicon: Lexicon, mentions: Sequence[Mention]) -> set[str]:
    """Who bears a name that goes on with a family name in this text: «طلعت باشا حرب», also «طلعت حرب», is not طلعت باشا."""
    found: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for mention in mentions:
        at = mention.last
        if tokens[at - 1].norm not in lexicon.titles_behind or at >= len(tokens) or tokens[at].kind != "word" or at - mention.first < 2:
            continue
        pairs = pairs or {(one.norm, two.norm) for one, two in pairwise(tokens)}
        plain = tokens[at].norm not in lexicon.glue | lexicon.prepositions | lexicon.carriers | lexicon.fillers | lexicon.joins
        if plain and (tokens[mention.first].norm, tokens[at].norm) in pairs:
            found.update(mention.ids("person"))
    return found


def _of_this_age(names: tuple[Name, ...], times: Sequence[Time], fact: Lookup) -> tuple[Name, ...]:
    """Without the namesakes of the broad layer of whose time the text has no date: few texts tell of the Battle of Manzikert of 1915."""
    events = {name.id: entry for name in names if isinstance(entry := fact(name.id), Event)}
    sure = {id for id, event in events.items() if event.confidence == "high"}
    if not sure or len(sure) == len(events):
        return names
    values = [value for time in times for value in (time.mention.value, *time.mention.readings) if value is not None]
    meant = {id for id, event in events.items() if event.when and any(not apart(value, event.when) for value in values)}
    return tuple(name for name in names if name.id not in events or name.id in sure or name.id in meant)


def _living(names: tuple[Name, ...], times: Sequence[Time], fact: Lookup) -> tuple[Name, ...]:
    """Of namesakes those who were alive at a date of the text, if any was: «كتبغا» at Ayn Jalut is not the sultan of 1294."""
    lives = {name.id: entry.when for name in names if isinstance(entry := fact(name.id), Entity) and entry.kind == "person"}
    if len(lives) < 2 or len(lives) != len({name.id for name in names}) or None in lives.values():
        return names
    dates = [v for t in times if t.mention.type == "date" for v in (t.mention.value, *t.mention.readings) if v is not None]
    living = {id for id, life in lives.items() if life is not None and any(not apart(value, _bounded(life)) for value in dates)}
    return tuple(name for name in names if name.id in living) if living else names


_CENTURY = 36_600
"""Days that nobody lives."""


def _bounded(life: Moment) -> Moment:
    """A life of which one end is not known, as long as lives are."""
    if life.start_lo is None and life.end_lo is not None:
        return life._replace(start_lo=life.end_lo - _CENTURY)
    if life.end_hi is None and life.start_hi is not None:
        return life._replace(end_hi=life.start_hi + _CENTURY)
    return life


def begin(tokens: Sequence[Token], time: Time) -> int:
    """The first token of a time but for its article: "the Winter" of "the Winter War" begins where the name does."""
    return time.first + (tokens[time.first].norm == "the")


def _brings_its_year(tokens: Sequence[Token], mention: Mention, starts: set[int]) -> bool:
    """Whether a year in brackets follows: "the Siege of Constantinople (717–718)" says itself which of the sieges it was."""
    return mention.last < len(tokens) and tokens[mention.last].norm == "(" and mention.last + 1 in starts


def within_name(text: str, tokens: Sequence[Token], lexicon: Lexicon, mention: Mention) -> bool:
    """Whether a short English name is a part of a longer one: "Ciudad Juárez", "Wellington Street"."""
    if mention.first > 1 and tokens[mention.first - 1].norm in ('"', "”", "'") and text[tokens[mention.first - 2].start].isupper():
        return True  # "Willie" Lincoln
    if mention.first and tokens[mention.first - 1].norm in lexicon.naming:
        return True  # "took the name Catherine"
    if mention.first > 1:
        before = tokens[mention.first - 1]
        begins = tokens[mention.first - 2].norm in (".", "\n", "!", "?", '"', ":")
        capital = before.kind == "word" and text[before.start].isupper() and not begins
        if before.norm in lexicon.name_links and lexicon.lang != "ar" and text[tokens[mention.first - 2].start].isupper():
            return True  # "Wilhelm von Humboldt"
        if capital and not lexicon.ranks.at(tokens, mention.first - 1, mention.first) and before.norm not in lexicon.carriers:
            return True
    if mention.last < len(tokens):
        after = tokens[mention.last]
        return after.kind == "word" and text[after.start].isupper() and after.start - mention.end == 1
    return False


def _supported(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, full: set[str], fact: Lookup) -> tuple[Name, ...]:
    head = _head_noun(tokens, lexicon, mention.first)
    kin = given_name_of_kin(tokens, lexicon, mention)
    keep = []
    for name in mention.names:
        if name.how != "short":
            keep.append(name)
            continue
        entry = fact(name.id)
        if entry is None or (kin and isinstance(entry, Entity) and entry.father not in full):
            continue  # «فخلفه ابنه هشام»: a son of the man just named, not him of that name known elsewhere
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
            or (mention.last - mention.first > 1 and lexicon.titles.at(tokens, max(0, mention.first - 2), mention.first))
        ):
            keep.append(name)
    known = tuple(name for name in keep if name.id in full and name.kind == "person" and name.how != "short")
    events = tuple(name for name in keep if name.kind == "event")
    if known and not events:
        family = [name for name in keep if name.how == "short" and len(name.key) > 1 and name.key[-1] not in _numerals(lexicon)]
        return (*known, *family)  # the person named in full elsewhere, or another of that family name
    return tuple(keep)


def _numerals(lexicon: Lexicon) -> frozenset[str]:
    return lexicon.regnal | {bare(numeral) for numeral in lexicon.regnal}


def given_name_of_kin(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention) -> bool:
    """Whether "his son" stands before a bare given name."""
    if mention.last - mention.first > 1 or tokens[mention.first].norm.startswith("ال"):
        return False
    elder = mention.first - 1  # «أخوه الأكبر إبراهيم»
    if elder > 0 and (tokens[elder].norm in lexicon.honorifics or lexicon.titles.at(tokens, elder, mention.first)):
        return bool((hit := lexicon.kin.at(tokens, elder - 1, elder)) and hit.last == elder)  # «ابنه سيدي محمد»
    ends = [mention.first, *([elder] if elder > 0 and tokens[elder].norm.startswith("ال") else [])]
    return any(end >= k and (hit := lexicon.kin.at(tokens, end - k, end)) and hit.last == end for end in ends for k in (1, 2))


def _called(tokens: Sequence[Token], lexicon: Lexicon, first: int, text: str) -> bool:
    """Whether the noun before "at" has a name of its own in front of it."""
    at = first - 1
    while at >= 0 and tokens[at].norm in lexicon.head_links:
        at -= 1
    before = tokens[at - 1] if at > 1 else None
    ends = before is None or tokens[at - 2].norm in (".", "\n", "!", "?")
    return lexicon.lang != "ar" and before is not None and before.kind == "word" and text[before.start].isupper() and not ends


def fought_there(
    text: str,
    tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, mentions: Sequence[Mention], fact: Lookup, events_with: EventsAt
) -> Mention:
    """ "The landing at Inchon", «معركة في …»: a noun for an event before a place means what is known to have been there.

    Only where the text names somebody who had a part in it.
    """
    if mention.has("event", "person") or not mention.has("place"):
        return mention
    head = _head_noun(tokens, lexicon, mention.first)
    if not head:
        return mention
    if _called(tokens, lexicon, mention.first, text):
        return mention  # "the Boxer rebellion in Peking"
    kinds = head | _FIGHTS if head & _FIGHTS else head
    named = {i for other in mentions for i in other.ids() if other is not mention}
    found = []
    for place in mention.ids("place"):
        spot = fact(place)
        if isinstance(spot, Entity) and spot.subkind in _WIDE:
            return mention  # "the first battle in Virginia": the reference need not know it
        for name_id in events_with(place, "where"):
            event = fact(name_id)
            if isinstance(event, Event) and event.type in kinds and event.where[:1] == (place,) and named & _related(event):
                found.append(Name((), event.id, "event", "short", lexicon.lang, ""))
    return mention._replace(names=tuple(found)) if found else mention


_WIDE = frozenset({"region", "country", "continent", "sea", "desert"})
"""Kinds of place too wide to say which battle was there."""
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
    realms |= {whole.into for realm in tuple(realms) if isinstance(state := fact(realm), Entity) for whole in state.part_of}
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


def topic_of(
    mentions: Sequence[Mention], spans: Sequence[tuple[int, int]], kinds: Sequence[str], fact: Lookup
) -> tuple[str, ...]:
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
