"""A text against itself: one event dated twice, a number against the list behind it, the dead counted twice.

Options: `of` is dates, list or toll.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import Dated, apart, conflict, date_of, slack_for, subjects, turned
from ..model import Finding
from ..reading import Clause, Reading
from ..tag import numbers
from ..tag.entities import Mention
from .context import Context
from .wordlists import has, members, phrases, verbs_in

_MOST = 12


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    if context.options["of"] == "dates":
        yield from _dates(context)
    elif context.options["of"] == "toll":
        yield from _tolls(context)
    else:
        for clause in context.reading.clauses:
            yield from _list(context, clause)


def _dates(context: Context) -> Iterator[Finding]:
    """The second of two dates that cannot both be right."""
    seen: dict[tuple[str, str], dict[object, Dated]] = {}  # the first of those that say the same time in the same way
    for key, dated in _dated(context):
        for before in seen.get(key, {}).values():
            if _differ(before, dated) and not _both_within(context, key, before, dated):
                fact = context.reference.fact(key[0])
                reading = context.reading
                yield context.finding(
                    dated.time.first,
                    dated.time.last,
                    {
                        "fact": fact,
                        "one": reading.text(before.time.first, before.time.last),
                        "other": reading.text(dated.time.first, dated.time.last),
                    },
                    related=[reading.span(before.time.first, before.time.last)],
                )
                break
        time = dated.time.mention
        said = (time.type, time.relation, time.anchor, time.parts, time.value, tuple(time.readings))
        seen.setdefault(key, {}).setdefault(said, dated)


def _dated(context: Context) -> Iterator[tuple[tuple[str, str], Dated]]:
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind == "quote":
            continue
        for mention in clause.mentions:
            events = context.events(mention)
            if len(events) != 1 or mention.how == "anaphor" or not _by_itself(reading, clause, mention):
                continue
            dated = date_of(reading, clause, mention.first, mention.last)
            if dated and (dated.close or (not turned(reading, mention.first) and reading.asserted(clause, mention.first))):
                yield (events[0].id, dated.part), dated
        for predication in reading.said.get(clause.index, ()):
            if predication.frame not in ("die", "born") or not predication.asserted or predication.carried:
                continue
            who = [m for m in subjects(predication) if m.has("person")]
            people = context.people(who[0]) if len(who) == 1 else []
            last = max([predication.last, *(m.last for m in who if m.first >= predication.first)])
            dated = date_of(reading, clause, predication.first, last)
            if dated and len(people) == 1:
                yield (people[0].id, predication.frame), dated


def _by_itself(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether an event stands for itself: not "a film of the battle", «ذكرى معركة حطين»."""
    if mention.first == clause.first or reading.tokens[mention.first - 1].kind == "mark":
        return True
    at = mention.first - 1
    if reading.tokens[at].norm in members(reading, "article") and at > clause.first:
        at -= 1
    before = reading.tokens[at]
    if reading.lang != "ar":
        return before.norm not in members(reading, "matter_of") or bool(
            reading.lexicon.event_nouns.at(reading.tokens, at - 1, at)
        )
    if (
        before.norm in reading.lexicon.prepositions
        or before.norm in reading.lexicon.glue
        or before.norm in reading.lexicon.carriers
    ):
        return True
    if (
        reading.tokens[mention.first].norm[:1] in ("ب", "ل", "و", "ف")
        or before.kind != "word"
        or reading.lexicon.relations.at(reading.tokens, at, at + 1)
    ):
        return True
    return bool(verbs_in(reading, at - 1, at + 1)) or any(hit.first <= at < hit.last for hit in clause.triggers)


def _both_within(context: Context, key: tuple[str, str], one: Dated, other: Dated) -> bool:
    """Whether two dates fall into an event that lasted: what a congress did in June and in the July of the next year."""
    event = context.event(key[0])
    if event is None or event.when is None or key[1] != "whole" or (event.when.end_lo or 0) - (event.when.start_hi or 0) < _LASTED:
        return False
    return not any(conflict(dated.time.mention, event.when) for dated in (one, other))


_LASTED = 60
"""Days from which an event may be dated by what was done in it."""


def _differ(one: Dated, other: Dated) -> bool:
    a, b = one.time.mention, other.time.mention
    if a.relation or b.relation or a.type != "date" or b.type != "date":
        return False
    if "narrative" in (a.anchor, b.anchor) and not _day_and_month(a.parts, b.parts):
        return False
    for x in (a.value, *a.readings):
        for y in (b.value, *b.readings):
            if x is None or y is None or not apart(x, y, max(slack_for(x, y), slack_for(y, x))):
                return False
    return True


def _day_and_month(one: tuple[tuple[str, str], ...], other: tuple[tuple[str, str], ...]) -> bool:
    a, b = dict(one), dict(other)
    return "day" in a and "day" in b and "month" in a and "month" in b and "part" not in a and "part" not in b


def _list(context: Context, clause: Clause) -> Iterator[Finding]:
    """«ثلاثة من الحكام هم فلان وفلان وفلان وفلان»: a number, a word that opens a list, and another number of items."""
    reading = context.reading
    tokens = reading.tokens
    start, stop = reading.sentences[clause.sentence]
    words = reading.lexicon.list_openers if reading.lang == "ar" else reading.lexicon.list_openers | {","}
    likely = [i for i, token in enumerate(tokens[clause.first : clause.last], clause.first) if token.norm in words]
    openers = [found for i in likely if (found := _opener(reading, i, stop)) is not None]
    if not openers:
        return
    reader = reading.numbers
    for opener, first in openers[:3]:
        stated = None
        for index in reader.numbers(max(start, opener - _NOUNS - 1), opener):
            number = numbers.read(reader, index) if index not in reading.time_at else None
            if (
                number
                and not number.ordinal
                and 2 <= number.value <= _MOST
                and number.end < opener + (tokens[opener].norm != ",")
                and _counted(reading, index, number.end, opener)
            ):
                stated = (number.value, index, number.end)
        if stated is None:
            continue
        if reading.lang == "ar" and tokens[stated[1]].norm.startswith("ال") and tokens[opener].norm == ":":
            continue  # «الكتب الأربعة: …», «لجنة الخمسة: …»: part of a name
        items = _items(reading, first, stop)
        if items is not None and reading.lang == "ar" and items[1] + 1 < len(tokens) and tokens[items[1]].norm == ".":
            if tokens[items[1] + 1].norm.startswith("و") and not tokens[items[1] + 1].norm.startswith("وقد"):
                continue  # a stray point may cut the list
        if items is None or items[0] < 2 or items[0] == stated[0] or _listed_on(reading, items[1], stop):
            continue
        if _plural_item(reading, first, items[1]):
            continue  # "Maryland, Pennsylvania and the Carolinas" are four
        if has(reading, first, items[1], "family") or (items[0] > stated[0] and _pronominal(reading, first, items[1])):
            continue  # «والتعريف بابن خلدون ورحلته غرباً وشرقاً» is one title
        yield context.finding(stated[1], items[1], {"stated": stated[0], "counted": items[0]})
        return


def _listed_on(reading: Reading, at: int, stop: int) -> bool:
    """Whether an English list goes on behind the mark that seems to end it: "A and B, C, and D", "A and B; C", "A and B, as well as C"."""
    if reading.lang == "ar" or at + 1 >= stop or reading.tokens[at].norm not in (",", ";", "–", "—"):
        return False
    behind = reading.tokens[at + 1]
    written = behind.kind == "word" and reading.document.text[behind.start].isupper()
    return written or behind.norm in reading.lexicon.joins or bool(phrases(reading, "listed_on").at(reading.tokens, at + 1, stop))


def _plural_item(reading: Reading, first: int, last: int) -> bool:
    """Whether an English item of a list is itself several."""
    tokens = reading.tokens
    return reading.lang != "ar" and any(tokens[k].norm == "the" and tokens[k + 1].norm.endswith("s") for k in range(first, last - 1))


def _pronominal(reading: Reading, first: int, last: int) -> bool:
    """Whether an item hangs on another by the pronoun of its noun."""
    endings = tuple(members(reading, "own_endings"))
    return bool(endings) and any(
        token.norm.startswith("و") and token.norm.endswith(endings) for token in reading.tokens[first:last]
    )


_NOUNS = 5
"""Words that may stand between a number and its list."""


def _opener(reading: Reading, index: int, stop: int) -> tuple[int, int] | None:
    """A word that opens a list at a token, and where the list begins: «هم», ":", "namely", and in English a comma."""
    tokens = reading.tokens
    norm = tokens[index].norm
    if norm in reading.lexicon.list_openers:
        return index, index + 1
    if reading.lang == "ar" or norm != ",":
        return None
    hit = phrases(reading, "named").at(tokens, index + 1, stop) if index + 1 < stop and tokens[index + 1].kind == "word" else None
    return index, hit.last if hit else index + 1


def _counted(reading: Reading, first: int, behind: int, opener: int) -> bool:
    """Whether a number counts the noun that the list stands behind."""
    tokens = reading.tokens
    if any(time.first <= first < time.last or behind <= time.first < opener for time in reading.times):
        return False
    if any(token.kind == "mark" for token in tokens[behind:opener]) or (
        (first and (tokens[first - 1].kind == "mark" and tokens[first - 1].norm in "-–./"))
        or tokens[max(0, first - 1)].norm in members(reading, "partly")
    ):
        return False
    if _share(reading, first):
        return False
    if tokens[opener].norm == "," and _names_already(reading, behind, opener):
        return False
    if verbs_in(reading, behind + 1, opener) or (tokens[opener].norm == "," and opener - behind > 3):
        return False
    to = first > 1 and tokens[first - 1].norm in members(reading, "range_to") and not _number_at(reading, first - 2)
    return not has(reading, first if to else first - 2, opener, "inexact", "relative")


def _number_at(reading: Reading, index: int) -> bool:
    """Whether a token is a number: «من أربع إلى خمس» against «قسّموه إلى خمس»."""
    return reading.tokens[index].kind == "number" or numbers.read(reading.numbers, index) is not None


def _share(reading: Reading, first: int) -> bool:
    """Whether a number is that of all, and the list is of some: "two of its five members, …", «أربعة من الأحياء الخمسة: …»."""
    tokens = reading.tokens
    for k in range(first - 1, max(0, first - _SHARE) - 1, -1):
        if tokens[k].kind == "mark" and tokens[k].norm not in ("'", "’", "-"):
            return False
        if tokens[k].norm in members(reading, "shared_by") and (_number_at(reading, k - 1) or has(reading, k - 1, k, "some_of")):
            return True
    return False


def _names_already(reading: Reading, first: int, comma: int) -> bool:
    """Whether the list began before the comma: "the five lakes are Superior, …", "the four counties of Antrim, …"."""
    tokens = reading.tokens
    words = reading.lexicon.auxiliaries | reading.lexicon.head_links
    return any(tokens[k].norm in words for k in range(first, comma)) or reading.document.text[tokens[comma - 1].start].isupper()


_SHARE = 7
"""Words before a number in which it is said of how many of them."""
_ITEM = 4
"""Words of the longest name in a list."""


def _items(reading: Reading, first: int, stop: int) -> tuple[int, int] | None:
    """Number of joined names from token `first`, and the token behind the last; None where it is no plain list of names."""
    tokens = reading.tokens
    arabic = reading.lang == "ar"
    named = {m.first: m for m in reading.mentions}
    inside = {k for m in reading.mentions for k in range(m.first + 1, m.last)}
    count, length, joined, fresh, at = 1, 0, False, True, first
    spaced = False
    while at < stop:
        token = tokens[at]
        if token.kind == "mark":
            more = arabic and (spaced or not joined) and at + 1 < stop and tokens[at + 1].norm.startswith("و")
            more = more and _name_word(reading, at + 1, at + 1 in named)
            if token.norm in (",", "،") and length and (not joined or more):
                fresh = True  # the next item: «قلب، وميسرة، وميمنة»
            elif token.norm in (".", "\n", ";", "؛", ",", "،", "!", "–", "—", ")") and joined and length:
                return count, at
            elif token.norm not in ("-", "'") or not length:
                return None
            at += 1
            continue
        if token.kind == "number" or any(time.first <= at < time.last for time in reading.times):
            return None
        conjunction = arabic and token.norm.startswith("و") and at not in inside and at > first
        if conjunction and at in named and named[at].names[0].key[:1] and named[at].names[0].key[0].startswith("و"):
            conjunction = False
        if (not arabic and token.norm in reading.lexicon.joins) or conjunction:
            if not length and not fresh:
                return None
            spaced = tokens[at - 1].kind == "mark"  # «قلب، وميسرة، وميمنة» has a comma before every «و»
            if joined and not arabic:
                return None
            joined, fresh = True, True
            if not arabic:
                at += 1
                length = length if length else 0
                continue
        if fresh and length:
            count, length = count + 1, 0
        fresh = False
        length += 1
        if length > _ITEM or not _name_word(reading, at, at in named or at in inside):
            return None
        at += 1
    return (count, at) if joined and length and tokens[stop - 1].kind == "mark" else None


def _name_word(reading: Reading, at: int, known: bool) -> bool:
    """Whether a token may be part of a bare name."""
    token, lexicon = reading.tokens[at], reading.lexicon
    if known or token.norm in members(reading, "name_links"):
        return True
    if has(reading, at, at + 1, "groups"):
        return False
    if reading.lang != "ar":
        return reading.document.text[token.start].isupper()
    plain = token.norm[1:] if token.norm.startswith("و") else token.norm
    if token.norm in lexicon.prepositions or plain in lexicon.prepositions or token.norm in lexicon.glue or plain in lexicon.glue:
        return False
    return not verbs_in(reading, at, at + 1) and not lexicon.relations.at(reading.tokens, at, at + 1)


# ---------------------------------------------------------------- the dead, counted twice


_TOLL_BACK = 60


def _tolls(context: Context) -> Iterator[Finding]:
    """"Five men died. … the seven victims": the dead that the only number of the paragraph before counted otherwise."""
    reading = context.reading
    tokens = reading.tokens
    told: list[tuple[int, int, int]] = []  # numbers of the paragraph
    fatal = phrases(reading, "died_in_number")
    behind = 0
    for at in reading.numbers.numbers(0, len(tokens)):
        number = numbers.read(reading.numbers, at) if at not in reading.time_at and tokens[at].kind != "mark" else None
        if number is None or number.ordinal or number.high or at < behind:
            continue
        if told and any(token.norm == "\n" for token in tokens[behind:at]):
            told = []
        if _these_dead(reading, at, number.end) and len(told) == 1 and told[0][2] != number.value:
            first, last, _ = told[0]
            hits = [hit for k in range(last, min(last + 2, len(tokens))) if (hit := fatal.at(tokens, k, len(tokens)))]
            before = reading.lang == "ar" and any(fatal.at(tokens, k, first) for k in range(max(0, first - 2), first))
            since = hits[0].last if hits else last
            near = at - last <= _TOLL_BACK and not has(reading, max(0, first - 2), last, "hedges", "of_whom")
            if (hits or before) and near and not has(reading, since, at, "added_dead", "relative"):
                english = reading.lang != "ar"
                yield context.finding(
                    at - english,
                    number.end + english,
                    {"one": reading.text(first, last), "other": reading.text(at, number.end)},
                    related=[reading.span(first, last)],
                )
        told.append((at, number.end, number.value))
        behind = number.end


def _these_dead(reading: Reading, first: int, last: int) -> bool:
    """Whether a number counts all the dead spoken of before: "the seven victims", «القتلى السبعة»."""
    tokens, dead = reading.tokens, members(reading, "these_dead")
    if reading.lang == "ar":
        return first > 0 and tokens[first - 1].norm in dead and tokens[first].norm.startswith("ال")
    article = first > 0 and tokens[first - 1].norm in members(reading, "article")
    return article and last < len(tokens) and tokens[last].norm in dead
