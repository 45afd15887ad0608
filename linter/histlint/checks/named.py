"""Names: wrong renderings, near-misses of a known name, one event under another's name, one kind of treaty for another.

Options: `of` is misnomer, near, alias, instrument or given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart, date_of
from ..facts import Event
from ..model import Finding
from ..normalise import bare, is_arabic, is_separator
from ..prepositions import named_in
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, cite
from .given_names import given_names

_SIMILAR = 0.6
"""Share of letters in common (2·matches/length) from which one word may be a slip for another."""


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    of = str(context.options["of"])
    if of == "misnomer":
        yield from _misnomers(context)
    elif of == "near":
        yield from _near(context)
    elif of == "given":
        yield from given_names(context)
    elif of == "alias":
        for clause in context.reading.clauses_with(context.reading.lexicon.apposition):
            yield from _alias(context, clause)
    elif of == "instrument":
        for clause in context.reading.clauses_with(context.reading.lexicon.instruments):
            yield from _instrument(context, clause)


def _misnomers(context: Context) -> Iterator[Finding]:
    for mention in context.reading.mentions:
        if all(name.how == "misnomer" for name in mention.names) and len(mention.ids()) == 1:
            fact = context.reference.fact(mention.ids()[0])
            if fact:
                yield context.finding(
                    mention.first, mention.last, {"fact": fact}, cite(fact), suggestion=fact.label(context.reading.lang)
                )


def _near(context: Context) -> Iterator[Finding]:
    """A noun for an event («عملية», "Battle of") before words that almost spell a known event of this text's world."""
    reading, tokens = context.reading, context.reading.tokens
    taken = {i for m in reading.mentions if m.has("event") and m.how != "anaphor" for i in range(m.first, m.last)}
    for index in reading.lexicon.event_nouns.places(tokens):
        token = tokens[index]
        if index in taken:
            continue
        head = reading.lexicon.event_nouns.at(tokens, index, index + 1)
        if not head or token.norm.startswith("ال"):
            continue
        following = _words(context, index + 1)
        if not following:
            continue
        noun = bare(token.norm[len(head.clitic) :])
        found = _nearest(context, index, noun, following, taken)
        if found:
            name, event, last = found
            written = reading.text(index, last)[len(head.clitic) if head.clitic in ("و", "ف") else 0 :]
            yield context.finding(index, last, {"event": event, "name": name, "claim": written}, cite(event), suggestion=name)


def _words(context: Context, index: int) -> list[int]:
    """The next three word tokens of the same phrase."""
    reading, tokens = context.reading, context.reading.tokens
    out: list[int] = []
    while index < len(tokens) and len(out) < 3:
        token = tokens[index]
        if token.kind == "word":
            if token.norm not in ("of", "the"):
                if token.norm in reading.lexicon.glue or token.norm in reading.lexicon.prepositions:
                    break
                if token.norm.isascii() and not reading.document.text[token.start].isupper():
                    break
                out.append(index)
        elif not is_separator(token):
            break
        index += 1
    return out


def _world(context: Context) -> set[str]:
    """Events that the text may speak of: those it names, their wholes, and the parts of these."""
    reference = context.reference
    out: set[str] = set()
    for mention in context.reading.mentions:
        for fact in mention.ids("event"):
            out.update(reference.ancestors(fact))
    for fact in context.reading.topic:
        out.update(reference.ancestors(fact))
    parts = reference.parts(out)
    return out | parts | reference.parts(parts)


def _nearest(
    context: Context, index: int, head: str, following: Sequence[int], taken: set[int]
) -> tuple[str, Event, int] | None:
    reading, tokens = context.reading, context.reading.tokens
    best: tuple[float, str, str, int] | None = None
    spelled = [bare(tokens[i].norm) for i in following]
    free = next((k for k, i in enumerate(following) if i in taken), len(following))
    for fact, text, tail in _event_names(context, head):
        if len(tail) > free:
            continue
        written, words = following[: len(tail)], spelled[: len(tail)]
        score = _likeness(words, tail)
        if score < _SIMILAR:
            continue
        if len(words) > 1 and not all(
            _distinctive(context, i) for i, word, real in zip(written, words, tail, strict=True) if word == real
        ):
            continue
        if best is None or score > best[0]:
            best = score, text, fact, written[-1] + 1
    if best is None or best[0] >= 1:
        return None
    _, name, fact, last = best
    event = context.event(fact)
    known = [m for m in reading.mentions if m.first > index and m.last <= last and not m.has("thing")]
    if known and len(following) == 1:
        return None
    if len(following) == 1 and any(m.has("event", "place", "person") for m in known):
        return None  # a real name of something else
    return (name, event, last) if event else None


def _distinctive(context: Context, index: int) -> bool:
    """Whether a word that a slip has in common with the real name is itself a name (موكدن), not a common noun ("Fort")."""
    return any(m.first <= index < m.last for m in context.reading.mentions)


_Names = list[tuple[str, str, Sequence[str]]]
"""Names of events: event, name, and the words behind the first."""


def _event_names(context: Context, head: str) -> _Names:
    """The names of the events of the text's world that begin with a word."""
    known = context.once(_by_head)
    if head not in known:
        world = context.once(_world)
        titles = context.reference.titles(world, context.reading.lang, head)
        known[head] = [(event, text, _without_links(tail)) for event in sorted(world) for tail, text in titles[event]]
    return known[head]


def _by_head(context: Context) -> dict[str, _Names]:
    """Where `_event_names` keeps the names of a text."""
    return {}


def _without_links(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in ("of", "the")) if "of" in words or "the" in words else words


def _likeness(words: Sequence[str], known: Sequence[str]) -> float:
    """Likeness of a written name to a known one of as many words: one word may differ wholly where the others agree."""
    if len(words) == 1:
        if words[0][:2] != known[0][:2] or len(known[0]) < 6 or _sounds(words[0]) == _sounds(known[0]):
            return 0.0
        score = _ratio(words[0], known[0])
        return score if 0.75 <= score < 0.95 else 0.0
    differ = [pair for pair in zip(words, known, strict=True) if pair[0] != pair[1]]
    if not differ or all(_sounds(a) == _sounds(b) for a, b in differ):
        return 1.0  # no other name, but another spelling of this one
    score = _ratio(*differ[0]) if len(differ) == 1 else 0.0
    return max(_SIMILAR, (len(words) - 1 + score) / len(words)) if score >= 0.5 else 0.0


_VOWELS = str.maketrans({**dict.fromkeys("aeiouyاوي"), "ج": "غ", "ق": "غ", "ك": "غ", "c": "k", "q": "k", "g": "k", "ه": None})


def _sounds(word: str) -> str:
    """The consonants of a name, as far as transliterations agree on them: «جاوجميلا» and «غوغميلا», "Mantineia" and "Mantinea"."""
    plain = word.translate(_VOWELS)
    return "".join(letter for k, letter in enumerate(plain) if not k or letter != plain[k - 1])


def _ratio(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if is_arabic(a) != is_arabic(b):
        return 0.0
    rows = [0] * (len(b) + 1)
    for x in a:  # longest common subsequence
        previous = 0
        for j, y in enumerate(b, 1):
            previous, rows[j] = rows[j], previous + 1 if x == y else max(rows[j], rows[j - 1])
    return 2 * rows[-1] / (len(a) + len(b))


def _alias(context: Context, clause: Clause) -> Iterator[Finding]:
    """«معركة … المعروفة باسم …»: two names of two events, said to be one."""
    reading = context.reading
    for hit in reading.lexicon.apposition.find(reading.tokens, clause.first, clause.last):
        start = reading.sentences[clause.sentence][0]
        before = [m for m in named_in(reading, start, hit.first) if m.has("event") and hit.first - m.last <= 8]
        after = [m for m in clause.mentions if m.has("event") and 0 <= m.first - hit.last <= 2]
        if not before or not after:
            continue
        one, other = before[-1], after[0]
        if not _apposed(reading, one.last, hit.first):
            continue
        left, right = context.events(one), context.events(other)
        if not left or not right or {e.id for e in left} & {e.id for e in right}:
            continue
        if any(
            a.id in context.reference.ancestors(b.id) or b.id in context.reference.ancestors(a.id) for a in left for b in right
        ):
            continue
        if any(not a.when or not b.when or not apart(a.when, b.when, 30) for a in left for b in right):
            continue
        yield context.finding(one.first, other.last, {"event": left[0], "other": right[0]}, cite(left[0]), cite(right[0]))


def _apposed(reading: Reading, first: int, last: int) -> bool:
    """Whether what stands between an event and a word for its name still tells of it: nothing of its own, or a clause behind a comma."""
    lexicon, tokens = reading.lexicon, reading.tokens
    if first >= last or tokens[first].norm in (",", "،", "(") or tokens[first].norm in lexicon.relatives:
        return True
    plain = lexicon.glue | lexicon.prepositions | lexicon.auxiliaries | lexicon.pluperfect
    between = range(first, last)
    own = next((k for k in between if k not in reading.time_at and tokens[k].norm.lstrip("وف") not in plain), last)
    return own == last or tokens[own].norm in (",", "،", "(")  # "at Kosovo in June 1389, a fight also called …"


_INSTRUMENTS: dict[str, frozenset[str]] = {
    "armistice": frozenset({"treaty"}),
    "surrender": frozenset({"treaty", "armistice"}),
    "treaty": frozenset({"armistice"}),
}
"""The kind of a known document, and the kinds that it must not be called."""


def _instrument(context: Context, clause: Clause) -> Iterator[Finding]:
    """A peace treaty that was an armistice: kind, place and day of signing tell which document is meant."""
    reading, tokens = context.reading, context.reading.tokens
    for phrase in reading.lexicon.instruments.find(tokens, clause.first, clause.last):
        if not reading.asserted(clause, phrase.first):
            continue
        places = [m for m in clause.mentions if m.has("place") and 0 <= m.first - phrase.last <= 8]
        dated = date_of(reading, clause, phrase.first, places[0].last if places else phrase.last)
        if (
            not places
            or dated is None
            or dated.time.mention.value is None
            or dated.time.mention.value.precision not in ("day", "month")
        ):
            continue
        for place in places[0].ids("place"):
            for fact in context.reference.events_with(place, "where"):
                event = context.event(fact)
                if (
                    event
                    and event.when
                    and phrase.value in _INSTRUMENTS.get(event.type, ())
                    and not apart(event.when, dated.time.mention.value, 1)
                ):
                    yield context.finding(phrase.first, places[0].last, {"event": event}, cite(event))
                    return


__all__ = ["Mention", "check"]
