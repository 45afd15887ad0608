"""Where a text tells how old somebody was, and the moment that it speaks of.

Besides the ages that the tagger knows ("aged sixty-one", «عن عمر ناهز 65 عاماً»): "he was sixty-eight", «وهو في الخامسة
والثلاثين», «كان عمره حين مات سنة … اثنتين وأربعين سنة».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart
from ..named_tuple import NamedTuple
from ..reading import Reading, Time
from ..tag import numbers
from .context import Context
from .wordlists import has, members, phrases, sentence_at, times_in, verbs_in

_YOUNGEST, _OLDEST = 5, 110


class Age(NamedTuple):
    """Years of age at tokens `first` to `last`; `cue` is the token at which the phrase begins."""

    first: int
    last: int
    years: int
    hedged: bool
    cue: int


def told_ages(reading: Reading) -> Sequence[Age]:
    """All ages in years of a text, in order of place."""
    if ("told_ages",) not in reading.memo:
        found = {age.first: age for age in (*_tagged(reading), *_behind_cue(reading))}
        reading.memo["told_ages",] = [found[first] for first in sorted(found)]
    known: Sequence[Age] = reading.memo["told_ages",]
    return known


def _tagged(reading: Reading) -> Iterator[Age]:
    for time in reading.times:
        mention = time.mention
        number = mention.edtf.strip("PY")
        if mention.days is None or not mention.edtf.endswith("Y") or not number.isdigit():
            continue
        if not any(_number(reading, at) == int(number) for at in range(time.first, time.last)):
            continue  # «بلغ عمره قرناً»
        hedged = mention.relation == "about" or has(reading, time.first - 2, time.last, "hedges", "nearly")
        if mention.type == "age" and not _of_a_noun(reading, time):
            yield Age(time.first, time.last, int(number), hedged, time.first)
        elif mention.type == "duration" and not mention.parts:
            cue = _age_noun(reading, time)
            if cue is not None:
                yield Age(time.first, time.last, int(number), hedged, cue)


def _of_a_noun(reading: Reading, time: Time) -> bool:
    """Whether a hyphenated age is that of a noun behind it: "his ten-year-old son"."""
    if reading.tokens[time.last - 2].norm != "-" or time.last >= len(reading.tokens):  # not "thirty-one years old on"
        return False
    return reading.tokens[time.last].kind == "word" and time.last not in reading.mention_at


def _number(reading: Reading, at: int) -> int:
    found = numbers.read(reading.numbers, at)
    return found.value if found else 0


_NOUN_REACH = 10


def _age_noun(reading: Reading, time: Time) -> int | None:
    """The noun for age that a length belongs to, where only its moment stands between: «عمره حين مات سنة … اثنتين وأربعين سنة»."""
    tokens = reading.tokens
    start = max(sentence_at(reading, time.first)[0], time.first - _NOUN_REACH)
    for at in range(time.first - 1, start - 1, -1):
        if _plain(tokens[at].norm, members(reading, "age_nouns")):
            return (
                at if _only(reading, at + 1, time.first, ("when", "aged_at", "its_death", "joining", "then", "hedges")) else None
            )
    return None


def _plain(norm: str, words: frozenset[str]) -> bool:
    return norm in words or (norm[:1] in ("و", "ف") and norm[1:] in words)


def _only(reading: Reading, first: int, last: int, keys: tuple[str, ...]) -> bool:
    """Whether nothing but phrases of these keys and dates stand in a token range."""
    table, at = phrases(reading, *keys), first
    while at < last:
        time = reading.time_at.get(at)
        hit = table.at(reading.tokens, at, last) if reading.tokens[at].kind == "word" else None
        if time is not None and time.mention.type == "date":
            at = time.last
        elif hit is not None:
            at = hit.last
        else:
            return False
    return True


def _behind_cue(reading: Reading) -> Iterator[Age]:
    """A bare number behind "he was" or «وهو في», where the phrase ends with it."""
    tokens = reading.tokens
    table, arabic = phrases(reading, "being"), reading.lang == "ar"
    aside = phrases(reading, "being_aside")
    named, ends = phrases(reading, "being_named"), {m.last for m in reading.mentions if m.has("person")}
    behind = 0
    commas = {at - 1 for at in aside.places(tokens) if tokens[at - 1].norm in (",", "،")}
    for at in sorted({*table.places(tokens), *ends.intersection(commas.union(named.places(tokens)))}):
        hit = table.at(tokens, at, len(tokens)) if at >= behind else None
        if hit is None and at in ends and at >= behind:
            hit = aside.at(tokens, at + 1, len(tokens)) if at in commas else named.at(tokens, at, len(tokens))
        if hit is None:
            continue
        first = hit.last
        while first < len(tokens) and _plain(tokens[first].norm, members(reading, "hedges") | members(reading, "then")):
            first += 1
        number = numbers.read(reading.numbers, first) if first < len(tokens) and first not in reading.time_at else None
        behind = hit.last
        if number is None or number.high or not _YOUNGEST <= number.value <= _OLDEST:
            continue
        if not number.words and opens_moment(reading, Age(first, number.end, number.value, False, hit.first)) is None:
            continue
        decade = arabic and number.value % 10 == 0 and number.end == first + 1
        of_years = _years_old(reading, first, number.end) or has(reading, hit.first, hit.last, "year_of_life")
        if (arabic != number.ordinal and not decade) or (arabic and not of_years):
            continue
        if _ends_there(reading, number.end):
            hedged = has(reading, hit.last, first, "hedges") or number.value % 10 == 0
            yield Age(first, number.end, number.value, hedged, hit.first)


def _years_old(reading: Reading, first: int, last: int) -> bool:
    """Whether every word of an Arabic ordinal has the article and the form that goes with years."""
    words = [token.norm.removeprefix("و") for token in reading.tokens[first:last]]
    return words[0].startswith("ال") and words[0].endswith(("ه", "ين"))


def _ends_there(reading: Reading, last: int) -> bool:
    """Whether the phrase ends at a token: a mark, the end, or a word that opens its moment."""
    tokens = reading.tokens
    if last >= len(tokens):
        return True
    if tokens[last].kind == "mark":
        return tokens[last].norm in ".,;:!)؛،\n—–؟?"
    return tokens[last].kind == "word" and phrases(reading, "when", "then").at(tokens, last, len(tokens)) is not None


_MOMENT_REACH = 14


def moment_behind(reading: Reading, age: Age) -> Time | None:
    """The date of "… when he died in 1948", or the one told between the noun for age and its number."""
    inside = [time for time in times_in(reading, age.cue, age.first) if _dated(time)]
    if len(inside) == 1:
        return inside[0]
    opened = opens_moment(reading, age)
    if opened is None:
        return None
    stop = min(sentence_at(reading, age.first)[1], opened + _MOMENT_REACH)
    for time in times_in(reading, opened, stop):
        clean = all(token.kind != "mark" for token in reading.tokens[opened : time.first])
        return time if _dated(time) and clean and not has(reading, opened, time.first, "relative", "editions") else None
    return None


_STORY_BACK = 120
_PASSING = frozenset({"act", "enter", "happen", "conquer", "end", "win"})


def of_story(context: Context, age: Age) -> Time | None:
    """ "… was thirty-one on the day that he rode in": the day told last before it, where it is one of the event of the text."""
    reading = context.reading
    if age.last >= len(reading.tokens) or not phrases(reading, "that_day").at(reading.tokens, age.last, len(reading.tokens)):
        return None
    first, last_token = sentence_at(reading, age.first)
    if any(frame not in _PASSING for _, _, frame in verbs_in(reading, age.last, last_token)):
        return None  # "on the day that he was crowned"
    topics = [event for fact in reading.topic if (event := context.event(fact)) is not None]
    if len(topics) != 1 or topics[0].when is None:
        return None
    days = [
        t
        for t in reading.times_from(max(0, first - _STORY_BACK), first)
        if t.mention.type == "date" and t.mention.value is not None and t.mention.value.precision in ("day", "month", "year")
    ]
    last = days[-1] if days else None
    if last is None or last.mention.value is None or last.mention.value.precision != "day":
        return None
    if last.mention.relation and "part_of_day" not in dict(last.mention.parts):  # "before dawn on 29 May"
        return None
    if apart(last.mention.value, topics[0].when, 1):
        return None
    return last


def opens_moment(reading: Reading, age: Age) -> int | None:
    """The token behind the "when" that follows an age."""
    tokens = reading.tokens
    hit = phrases(reading, "when").at(tokens, age.last, len(tokens)) if age.last < len(tokens) else None
    return hit.last if hit is not None else None


def _dated(time: Time) -> bool:
    mention = time.mention
    return (
        mention.type == "date"
        and mention.value is not None
        and mention.value.precision in ("year", "month", "day")
        and mention.relation in ("", "during", "about")
        and "part" not in dict(mention.parts)
    )


def strangers(reading: Reading, first: int, last: int, known: frozenset[str] = frozenset()) -> bool:
    """Whether somebody other than the person `known` may be spoken of in a token range: a name, a relative, an unknown name."""
    if has(reading, first, last, "family") or _of_relative(reading, first, last):
        return True
    for at in range(first, last):
        mention = reading.mention_at.get(at)
        if mention is not None:
            if mention.first == at and mention.has("person") and not known & set(mention.ids("person")):
                return True
        elif _unknown_name(reading, at):
            return True
    return False


def _of_relative(reading: Reading, first: int, last: int) -> bool:
    """Whether a relative clause may speak of somebody else: "who", but not "where"."""
    table, tokens = phrases(reading, "relative"), reading.tokens
    return any(table.at(tokens, at, last) and tokens[at].norm not in members(reading, "whereat") for at in table.starts(tokens, max(0, first), last))


def _unknown_name(reading: Reading, at: int) -> bool:
    """Whether a capital letter makes a token a name that the reference does not have, and no preposition stands before it."""
    token = reading.tokens[at]
    if token.kind != "word" or not reading.document.text[token.start].isupper() or at in reading.time_at:
        return False
    if len(token.norm) == 1 or at == 0 or sentence_at(reading, at)[0] == at:
        return False
    before = reading.tokens[at - 1]
    return before.kind != "mark" and before.norm not in reading.lexicon.prepositions and before.norm not in reading.lexicon.glue
