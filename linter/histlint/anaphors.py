"""Short ways to name what a text has named before: «المعركة», "the war", «السلطان», a family name, a code name alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from .bind import apart
from .facts import Entity, Event, Fact, Lookup, Name
from .lexicon import Lexicon, words_of
from .model import Token
from .naming import given_name_of_kin, within_name
from .normalise import bare, fold, is_arabic, name_key, stems
from .reading import Time
from .tag.entities import Mention


def with_anaphors(
    text: str,
    tokens: tuple[Token, ...],
    lexicon: Lexicon,
    mentions: Sequence[Mention],
    times: Sequence[Time],
    topic: tuple[str, ...],
    fact: Lookup,
) -> list[Mention]:
    """Add «المعركة», "the war" where only one event of the text can be meant."""
    mentions = _of_the_named(tokens, lexicon, mentions, times, fact)
    mentions = [*mentions, *_by_part(text, tokens, lexicon, mentions, fact)]
    mentions = [*mentions, *_titled(text, tokens, lexicon, mentions, topic, fact)]
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
    for index in lexicon.event_nouns.places(tokens):
        token = tokens[index]
        if index in taken:
            continue
        hit = lexicon.event_nouns.at(tokens, index, index + 1)
        if lexicon.lang != "ar" and lexicon.event_nouns.at(tokens, index + 1, index + 2):
            continue  # "the peace conference" is no peace
        if not hit or not definite(tokens, index) or _qualified(tokens, lexicon, index + 1, taken):
            continue
        fits = [i for kind in hit.value for i in by_type.get(kind, ())]
        if len(fits) > 1:
            near = _last_of(tokens, mentions, index, fits)
            ours = isinstance(about, Event) and about.id in fits and not _passed(tokens, mentions, index, fits, about.id)
            fits = near or ([about.id] if about is not None and ours else [])
        if len(fits) == 1:
            name = Name((), fits[0], "event", "anaphor", lexicon.lang, "")
            found.append(Mention(index, index + 1, token.start, token.end, (name,)))
    return sorted([*mentions, *found], key=lambda mention: mention.first)


def _of_the_named(
    tokens: Sequence[Token], lexicon: Lexicon, mentions: Sequence[Mention], times: Sequence[Time], fact: Lookup
) -> list[Mention]:
    """«المنصور» in a text that names يعقوب المنصور and no other of that by-name is he."""
    if lexicon.lang != "ar":
        return list(mentions)
    full: dict[str, int] = {}  # where somebody is named in full, the last time so far
    named = {n.id: n for m in mentions for n in m.names if n.how == "name" and n.kind == "person" and len(n.key) > 1}
    bearers: dict[str, set[str]] = {}
    for name in named.values():
        for before, part in pairwise(name.key):
            if part not in lexicon.name_links and before not in lexicon.name_links:
                bearers.setdefault(part, set()).add(name.id)  # «أحمد المنصور السعدي» too
    out = []
    for mention in mentions:
        part = bare(tokens[mention.first].norm)
        bearer = bearers.get(part, set())
        stranger = mention.how == "short" and mention.last - mention.first == 1 and not {*mention.ids()} & named.keys()
        if stranger and bearer and mention.has("person") and not mention.has("event", "place", "polity"):
            told = [who for who in bearer if who in full and not _parted(tokens, full[who], mention.first)]
            meant = max(told, key=lambda who: full[who]) if told else next(iter(bearer)) if len(bearer) == 1 else ""
            if meant and (told or not _of_his_time(mention, meant, times, fact)):
                mention = mention._replace(names=(Name((part,), meant, "person", "short", lexicon.lang, ""),))
        full.update((fact_id, mention.first) for fact_id in mention.ids() if fact_id in named and mention.how == "name")
        out.append(mention)
    return out


def _parted(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(tokens[k].norm == "\n" for k in range(first, last))


def _of_his_time(mention: Mention, other: str, times: Sequence[Time], fact: Lookup) -> bool:
    """Whether a date near a by-name fits him who alone bears it, and not the other who is named in full elsewhere: «حكم فوكاس» in 610
    where نقفور فوكاس comes later."""
    near = [t.mention.value for t in times if abs(t.first - mention.first) < _NEAR and t.mention.value is not None and t.mention.type == "date"]
    own = [person.when for one in mention.ids() if isinstance(person := fact(one), Entity)]
    his = person.when if isinstance(person := fact(other), Entity) else None
    mine = any(not apart(life, value) for life in own for value in near if life is not None)
    return mine and his is not None and all(apart(his, value) for value in near)


_NEAR = 40
"""Words around a by-name in which a date says of whose time it is."""


def _by_part(text: str, tokens: tuple[Token, ...], lexicon: Lexicon, mentions: Sequence[Mention], fact: Lookup) -> list[Mention]:
    """ "Burgoyne" in a text that names John Burgoyne, «سليمان» where it names سليمان القانوني: a part that one man alone has."""
    owners: dict[str, set[str]] = {}
    told: dict[str, int] = {}  # where somebody is named in full first
    given: set[str] = set()
    named = {name.id for mention in mentions for name in mention.names}
    articled = {bare(word) for m in mentions for name in m.names for word in map(fold, name.text.split()) if word.startswith("ال")}
    for mention in mentions:
        for name in mention.names:
            if name.kind == "person" and len(name.key) > 1:
                told.setdefault(name.id, mention.first)
                ruler = any(part in lexicon.regnal or "ال" + part in lexicon.regnal for part in name.key)
                if lexicon.lang == "ar":
                    first = _given(name.key, lexicon)
                    given.add(first)
                    owners.setdefault(first, set()).update([name.id, "another"] if ruler else [name.id])
                    plain = "ال" + name.key[-1] not in lexicon.regnal | lexicon.honorifics  # no «الله» of «عبيد الله»
                    if plain and not {*name.key[-2:]} & lexicon.name_links:
                        owners.setdefault(name.key[-1], set()).add(name.id)  # «السادات», «الفاتح»
                elif not ruler and "the" not in name.key and "of" not in name.key:
                    owners.setdefault(name.key[-1], set()).add(name.id)  # the family name
    taken = {index for mention in mentions for index in range(mention.first, mention.last)}
    behind = {mention.last for mention in mentions if mention.has("person")}  # «يوسف بن تاشفين اللمتوني» is one man
    least = _LEAST if lexicon.lang == "ar" else _LEAST - 1
    out: list[Mention] = []
    others: dict[str, int] = {}  # where somebody else of a given name comes in
    for index in _with_stem(tokens, owners):
        token = tokens[index]
        if index in taken or len(token.norm) < least or (index in behind and lexicon.lang == "ar" and token.norm.startswith("ال")):
            continue
        for part in stems(token.norm):
            ids = owners.get(part, set())
            if len(ids) != 1 or lexicon.verbs.at(tokens, index, index + 1) or lexicon.ranks.at(tokens, index, index + 1):
                continue
            if token.norm in lexicon.prepositions or token.norm[1:] in lexicon.prepositions:
                continue  # «وعلى»
            person = next(iter(ids))
            if part not in articled and token.norm.lstrip("وف").startswith("ال"):
                continue  # «الموسي» is not Mansa Musa
            if part in given and index < told.get(person, 0):
                continue  # «يزيد», long before «يزيد بن الوليد»
            if part in others and not any(others[part] < m.first < index and person in m.ids() for m in mentions):
                continue  # «إبراهيم», long after «أخوه إبراهيم»
            mention = Mention(
                index, index + 1, token.start, token.end, (Name((part,), person, "person", "short", lexicon.lang, ""),)
            )
            if lexicon.lang == "ar":
                follows = tokens[index + 1].norm if index + 1 < len(tokens) else ""
                if index and tokens[index - 1].norm in lexicon.name_links:
                    continue  # «علي بن محمد»
                if index > 1 and tokens[index - 2].norm in lexicon.sons_of:
                    continue  # «يحيى بن عمر اللمتوني»
                if index and token.norm.startswith("ال") and tokens[index - 1].norm in lexicon.given_names:
                    continue  # «محمد الناصر» is not Abd al-Rahman
                if follows in lexicon.name_links or _numbered(follows, lexicon):
                    continue  # another man of that first name
                if part in lexicon.given_names and (follows in lexicon.regnal or bare(follows) in lexicon.given_names):
                    continue  # «محمد الناصر», «محمد محمود»
                if part in given and part in lexicon.given_names and index + 1 not in taken and _surnamed(tokens, lexicon, index + 1):
                    others[part] = index
                    continue  # «وخلفه أحمد زيور»
                if given_name_of_kin(tokens, lexicon, mention):
                    entry = fact(person)
                    if part in given and not (isinstance(entry, Entity) and entry.father in named):
                        others[part] = index
                    continue
            elif not text[token.start].isupper() or within_name(text, tokens, lexicon, mention) or given_name_of_kin(tokens, lexicon, mention):
                continue
            out.append(mention)
            break
    return out


def _surnamed(tokens: Sequence[Token], lexicon: Lexicon, at: int) -> bool:
    """Whether an Arabic word behind a given name can be but a family name: bare, of no ending, and the last of its phrase."""
    if at >= len(tokens) or tokens[at].kind != "word":
        return False
    norm, behind = tokens[at].norm, tokens[at + 1] if at + 1 < len(tokens) else None
    titled = behind is not None and behind.norm in lexicon.titles_behind
    if not titled and not _UNENDED.isdisjoint((norm[-1:], norm[-2:])):
        return False
    light = lexicon.prepositions | lexicon.fillers | lexicon.glue | lexicon.carriers | lexicon.joins | lexicon.relatives | lexicon.pluperfect
    if len(norm) < _LEAST or norm.startswith(("ال", "لل", "و", "ف", "ب", "ل")) or norm in light | lexicon.honorifics | lexicon.kinsmen:
        return False
    tables = (lexicon.verbs, lexicon.nouns, lexicon.roles, lexicon.relations, lexicon.connectors, lexicon.titles, lexicon.ranks, lexicon.event_nouns)
    if any(table.at(tokens, at, min(at + 2, len(tokens))) for table in tables):
        return False
    return titled or behind is None or behind.kind == "mark" or behind.norm in lexicon.prepositions


_UNENDED = frozenset({"ا", "ه", "ي", "ين", "ون", "ات", "اء", "هم", "ها"})
"""Endings of Arabic objects and adverbs."""


def _given(key: Sequence[str], lexicon: Lexicon) -> str:
    """The given name in a name, past titles: «إسماعيل» of «الشاه إسماعيل الأول»."""
    titles = lexicon.titles.first_words()
    known = (part for part in key if part not in titles and "ال" + part not in titles and part not in lexicon.honorifics)
    return next(known, key[0])


def _with_stem(tokens: tuple[Token, ...], known: Collection[str]) -> list[int]:
    """The words of the text that have one of these stems."""
    if not known:
        return []
    found = [places for norm, places in words_of(tokens).items() if any(stem in known for stem in stems(norm))]
    return sorted(index for places in found for index in places)


_LEAST = 4
"""Letters that a part of a name must have to stand for it."""


def _numbered(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.regnal


def _code_names(
    tokens: tuple[Token, ...], lexicon: Lexicon, mentions: Sequence[Mention], events: Sequence[Fact | None]
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
        Mention(i, i + 1, tokens[i].start, tokens[i].end, (Name((code,), codes[code], "event", "short", lexicon.lang, ""),))
        for i in _with_stem(tokens, codes)
        if i not in taken
        for code in stems(tokens[i].norm)
        if code in codes
    ]


def _last_of(tokens: Sequence[Token], mentions: Sequence[Mention], index: int, fits: Sequence[str]) -> list[str]:
    """Of several events the one named last in the sentence before token `index`, by the same noun («الحرب العالمية» … «الحرب»)."""
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


def _passed(tokens: Sequence[Token], mentions: Sequence[Mention], index: int, fits: Sequence[str], about: str) -> bool:
    """Whether the paragraph, or the one before, has gone on to another of several events, so that «المعركة» may be that one."""
    start, left = index, 2
    while start > 0 and left:
        start -= 1
        left -= tokens[start].norm == "\n"
    named = [fact for m in mentions if start <= m.first < index for fact in m.ids("event") if fact in fits]
    return bool(named) and named[-1] != about


def _perhaps_name(text: str, tokens: Sequence[Token], lexicon: Lexicon, index: int) -> bool:
    """Whether the word behind a title may be a name: nothing of the grammar, in English with a capital."""
    if index >= len(tokens) or tokens[index].kind != "word":
        return False
    norm = tokens[index].norm
    if lexicon.lang != "ar":
        return text[tokens[index].start].isupper()
    if (
        norm in lexicon.prepositions
        or norm in lexicon.glue
        or norm in lexicon.fillers
        or norm in lexicon.joins
        or norm[0] in "وفبلك"
    ):
        return False
    tables = (lexicon.verbs, lexicon.nouns, lexicon.relations, lexicon.connectors, lexicon.roles, lexicon.not_asserted)
    return not any(table.at(tokens, index, index + 1) for table in tables)


def _titled(
    text: str, tokens: tuple[Token, ...], lexicon: Lexicon, mentions: Sequence[Mention], topic: tuple[str, ...], fact: Lookup
) -> list[Mention]:
    """«السلطان», "the sultan" without a name: the one holder of that title whom the text names."""
    holders: dict[str, dict[str, None]] = {}
    named: dict[str, int] = {}
    for mention in mentions:
        for name_id in mention.ids("person"):
            entry = fact(name_id)
            named.setdefault(name_id, mention.first)
            if isinstance(entry, Entity):
                for role in entry.roles:
                    holders.setdefault(role.office, {})[name_id] = None
    if not holders:
        return []
    taken = {index for mention in mentions for index in range(mention.first, mention.last)}
    out = []
    for index in lexicon.titles.places(tokens):
        token = tokens[index]
        if index in taken or not definite(tokens, index):
            continue
        hit = lexicon.titles.at(tokens, index, len(tokens))
        if not hit or index + 1 >= len(tokens) or hit.last in taken or _qualified(tokens, lexicon, hit.last, taken):
            continue
        if _perhaps_name(text, tokens, lexicon, hit.last):
            continue  # «الإمبراطور مانويل», whom the reference does not know
        fits = list(dict.fromkeys(i for office in hit.value for i in holders.get(office, ())))
        if topic and topic[0] in fits:
            last = next((m for m in reversed(mentions) if m.first < index and {*m.ids("person")} & {*fits}), None)
            fits = [topic[0]] if last is None or topic[0] in last.ids("person") else []
        if len(fits) == 1 and (named[fits[0]] < index + _AHEAD or fits == [*topic]):
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


_AHEAD = 40
"""Words behind a title within which the one man who is meant may first be named."""


def definite(tokens: Sequence[Token], index: int) -> bool:
    """Whether a noun has the article."""
    norm = tokens[index].norm
    if is_arabic(norm):
        return norm.lstrip("وف").startswith(("ال", "بال", "لل", "كال"))
    return index > 0 and tokens[index - 1].norm == "the"


def _qualified(tokens: Sequence[Token], lexicon: Lexicon, index: int, taken: set[int]) -> bool:
    """Whether the noun before `index` goes on as a longer name: an adjective with the article, a name, "of"."""
    if index >= len(tokens):
        return False
    token = tokens[index]
    if token.norm in lexicon.relatives and index + 1 < len(tokens) and lexicon.followers & {*stems(tokens[index + 1].norm)}:
        return True  # "the battle that followed" is another
    return index in taken or token.norm.startswith("ال") or token.norm in ("of", "for")
