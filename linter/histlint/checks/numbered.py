"""A number inside a known name that is not the known one: «النقاط الأربع والعشرون», "the Ninety Years' War".

The name counts where the text around it belongs to what is so named: a date of its beginning or end, a person or part of it in the
paragraph, or the topic. Years' wars of other numbers were fought too, so that a number alone is no slip.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from ..bind import apart
from ..facts import Entity, Event, Name
from ..lexicon import marks_of
from ..model import Finding, Token
from ..named_tuple import NamedTuple
from ..normalise import bare, fold, is_separator, stems, tokenise
from ..tag import numbers
from ..tag.numbers import Number
from ..tag.timewords import Reader, Table
from .context import Context, cite, participants

_LEAST = 3
"""Numbers below this stand in names of too many kinds."""
_MARGIN = 31
"""Days by which a date may lie beside the beginning or end of what is named."""


class _Template(NamedTuple):
    """A name around its number."""

    before: tuple[str, ...]
    value: int
    after: tuple[str, ...]


def check(context: Context) -> Iterator[Finding]:
    """Known names with a number that is not theirs."""
    reading = context.reading
    words = _number_words(context)
    if not words:
        return
    written = [
        (index, number)
        for index in reading.numbers.numbers(0, len(reading.tokens))
        if (norm := reading.tokens[index].norm) in words or norm.startswith(("و", "ال"))
        if (number := numbers.read(reading.numbers, index)) and number.words and not number.ordinal and number.value >= _LEAST
    ]
    if not written:
        return
    breaks = [-1, *marks_of(reading.tokens, "\n"), len(reading.tokens)]
    belonging: dict[tuple[str, int], bool] = {}  # by fact and paragraph
    present = {stem for token in reading.tokens for stem in stems(token.norm)} | words
    table = reading.numbers.table
    stored = (name for names in context.reference.names(present).values() for name in names)
    own = {name for name in stored if name.lang == reading.lang and name.how == "name" and not words.isdisjoint(name.key)}
    for name in sorted(name for name in own if all(word in present or word in _LOST or _numeral(table, word) for word in name.key)):
        template = _template(name, reading.numbers.table)
        fact = context.reference.fact(name.id)
        if template is None or fact is None or (isinstance(fact, Event) and fact.confidence != "high"):
            continue
        if any(name.id in m.ids() and not words.isdisjoint(m.names[0].key) for m in reading.mentions):
            continue  # the text has the right number too, so that the other is meant
        for first, last in _places(context, template, written):
            line = bisect_right(breaks, first)
            key = (fact.id, line)
            if key not in belonging:
                belonging[key] = _belongs(context, fact, breaks[line - 1] + 1, breaks[line])
            if belonging[key] and not _known(context, first, last):
                yield context.finding(first, last, {"fact": fact, "name": name.text}, cite(fact), suggestion=name.text)


_LOST = frozenset({"the", "s"})
"""Words of a name that a text may leave out."""


def _numeral(table: Table, word: str) -> bool:
    """Whether a word is one of a number, instead of which a text may have another."""
    entry = table[word]
    return entry is not None and not {"num", "ord", "scale", "digits"}.isdisjoint(entry[0])


_words: dict[str, frozenset[str]] = {}


def _number_words(context: Context) -> frozenset[str]:
    """The words of the language for numbers."""
    lang = context.reading.lang
    if lang not in _words:
        wording = context.reference.wording(lang).get("time", {}).get("numbers", {})
        cardinal: Mapping[str, list[str]] = wording.get("cardinal", {})
        out = {fold(word) for group in cardinal.values() for word in group}
        _words[lang] = frozenset(out | {"و" + word for word in out} | {"وال" + word for word in out if lang == "ar"})
    return _words[lang]


_templates: dict[str, _Template | None] = {}


def _template(name: Name, table: Table) -> _Template | None:
    if name.text not in _templates:
        tokens = tokenise(name.text)
        reader = Reader(tokens, name.text, table)
        found = None
        for index in range(len(tokens)):
            number = numbers.read(reader, index)
            if number and number.words and not number.ordinal and number.value >= _LEAST:
                before, after = _key(tokens[:index]), _key(tokens[number.end :])
                if before or after:
                    found = _Template(before, number.value, after)
                break
        _templates[name.text] = found
    return _templates[name.text]


def _key(tokens: list[Token]) -> tuple[str, ...]:
    return tuple(bare(token.norm) for token in tokens if token.kind != "mark" and token.norm not in ("the", "s"))


def _places(context: Context, template: _Template, written: Sequence[tuple[int, Number]]) -> Iterator[tuple[int, int]]:
    """Where the words of a name stand around another number in words."""
    reading, tokens = context.reading, context.reading.tokens
    for index, number in written:
        if number.value == template.value:
            continue
        first = _back(tokens, index, template.before)
        last = _on(tokens, number.end, template.after)
        if first is None or last is None:
            continue
        english = tokens[index].norm.isascii()
        if english and not reading.document.text[tokens[last - 1].start].isupper():
            continue  # "ninety years of war" is no name
        if not english and not (number.article or template.after):
            continue
        yield first, last


def _back(tokens: tuple[Token, ...], index: int, words: tuple[str, ...]) -> int | None:
    for word in reversed(words):
        index -= 1
        while index >= 0 and (is_separator(tokens[index]) or tokens[index].norm in ("the", "s")):
            index -= 1
        if index < 0 or word not in stems(tokens[index].norm):
            return None
    return index


def _on(tokens: tuple[Token, ...], index: int, words: tuple[str, ...]) -> int | None:
    for word in words:
        while index < len(tokens) and (is_separator(tokens[index]) or tokens[index].norm in ("the", "s")):
            index += 1
        if index >= len(tokens) or word != bare(tokens[index].norm):
            return None
        index += 1
    return index


def _known(context: Context, first: int, last: int) -> bool:
    """Whether the name is one with this number too, or part of another name."""
    mentions = (context.reading.mention_at.get(index) for index in range(first, last))
    return any(mention is not None and mention.last - mention.first > 1 for mention in mentions)


def _belongs(context: Context, fact: Entity | Event, start: int, stop: int) -> bool:
    """Whether the paragraph, or the topic of the text, is about that fact."""
    reading, reference = context.reading, context.reference
    if any(fact.id in reference.ancestors(topic) for topic in reading.topic):
        return True
    for mention in reading.mentions:
        if not start <= mention.first < stop:
            continue
        if any(fact.id in reference.ancestors(one) for one in mention.ids("event")):
            return True
        people = mention.ids("person")
        if len(people) == 1 and isinstance(fact, Event) and people[0] in participants(fact):
            return True
    when = fact.when
    if when is None or not isinstance(fact, Event):
        return False
    dates = [t.mention.value for t in reading.times if start <= t.first < stop and t.mention.type == "date" and t.mention.value]
    ends = (when._replace(end_lo=when.start_lo, end_hi=when.start_hi), when._replace(start_lo=when.end_lo, start_hi=when.end_hi))
    return any(
        date.precision in ("day", "month", "year") and not apart(end, date, _MARGIN)
        for date in dates
        for end in ends
    )
