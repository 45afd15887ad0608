"""The wording of `arithmetic.yaml` as look-up tables, and what stands between two places of a sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ..lexicon import Lexicon, Phrases
from ..model import Moment, TimeMention
from ..normalise import fold
from ..reading import Clause, Reading, Time
from ..wording_tables import phrase_table

_members: dict[tuple[int, str], tuple[Lexicon, frozenset[str]]] = {}
_tables: dict[tuple[int, tuple[str, ...]], tuple[Lexicon, Phrases]] = {}


def phrases(reading: Reading, *keys: str) -> Phrases:
    """The phrases of these keys; the value of a hit is its key."""
    known = _tables.get((id(reading.lexicon), keys))
    if known is None:
        table = Phrases(phrase_table({key: reading.lexicon.lists.get(key, ()) for key in keys}))
        known = _tables[id(reading.lexicon), keys] = (
            reading.lexicon,
            table,
        )  # keeps the lexicon alive, so that its id stays its own
    return known[1]


def members(reading: Reading, key: str) -> frozenset[str]:
    """The single words of a key, folded, for tokens that must be exactly one of them."""
    known = _members.get((id(reading.lexicon), key))
    if known is None:
        words = reading.lexicon.wording.get("arithmetic", {}).get(key, ())
        known = _members[id(reading.lexicon), key] = (reading.lexicon, frozenset(fold(str(word)) for word in words))
    return known[1]


def filling(reading: Reading, first: int, last: int, keys: tuple[str, ...], marks: str = "") -> list[str] | None:
    """What tokens `first` to `last` consist of, as keys and marks; None where there is anything else."""
    table, tokens = phrases(reading, *keys), reading.tokens
    out, at = [], first
    while at < last:
        token = tokens[at]
        hit = table.at(tokens, at, last) if token.kind == "word" else None
        if hit:
            out.append(str(hit.value))
            at = hit.last
        elif token.kind == "mark" and token.norm in marks and token.norm != "\n":
            out.append(token.norm)
            at += 1
        else:
            return None
    return out


def has(reading: Reading, first: int, last: int, *keys: str) -> bool:
    """Whether a phrase of these keys stands in a token range."""
    table, tokens = phrases(reading, *keys), reading.tokens
    last = min(last, len(tokens))
    return any(table.at(tokens, at, last) for at in table.starts(tokens, max(0, first), last))


def sentence_at(reading: Reading, index: int) -> tuple[int, int]:
    """The token range of the sentence that holds a token."""
    at = bisect_right(reading.sentences, (index, 1 << 60)) - 1
    return reading.sentences[max(0, at)]


def times_in(reading: Reading, first: int, last: int) -> list[Time]:
    """The time mentions in a token range."""
    return [time for time in reading.times_from(first, last) if time.last <= last]


def words_in(reading: Reading, first: int, last: int) -> int:
    """Number of words and numbers in a token range."""
    return sum(token.kind != "mark" for token in reading.tokens[first:last])


def stated(mention: TimeMention) -> bool:
    """Whether a date or period says its year itself."""
    parts = dict(mention.parts)
    return (
        mention.value is not None and ("year" in parts or ("start.year" in parts and "end.year" in parts)) and not mention.anchor
    )


def values(mention: TimeMention) -> list[Moment]:
    """Every reading of a mention."""
    return [value for value in (mention.value, *mention.readings) if value is not None]


def denied(reading: Reading, index: int) -> bool:
    """Whether the clause of a token doubts what it says, or stands in a quotation. «لم تعش سوى ستة أعوام» says six years, «لم يُكشف إلا
    بعد سنة» one."""
    if reading.in_quotation(index):
        return True
    only = has(reading, index - 2, index, "only")
    for clause in reading.clauses:
        if clause.first <= index < clause.last:
            doubts = [doubt for doubt in clause.doubts if doubt.value != "plan" and (doubt.first < index or doubt.value in _WIDE)]
            excepted = [only or any(reading.tokens[k].norm in reading.lexicon.exceptives for k in range(doubt.last, index)) for doubt in doubts]
            return clause.kind == "quote" or any(
                not (but and doubt.value == "negation") for doubt, but in zip(doubts, excepted, strict=True)
            )
    return False


_WIDE = frozenset({"hearsay", "counterfactual", "question"})


def clauses_in(reading: Reading, first: int, last: int) -> Iterator[Clause]:
    """The clauses that a token range touches."""
    start = max(0, bisect_right(reading.clauses, first, key=lambda clause: clause.first) - 1)
    for number in range(start, len(reading.clauses)):
        clause = reading.clauses[number]
        if clause.first >= last:
            return
        if clause.last > first:
            yield clause


def verbs_in(reading: Reading, first: int, last: int, frames: Iterable[str] = ()) -> list[tuple[int, int, str]]:
    """The verbs of known deeds in a token range as (first, last, frame), only of `frames` where given."""
    wanted = frozenset(frames)
    return [
        (hit.first, hit.last, str(hit.value.frame))
        for clause in clauses_in(reading, first, last)
        for hit in clause.triggers
        if first <= hit.first < last and hit.value.form != "noun" and (not wanted or hit.value.frame in wanted)
    ]


def written(reading: Reading, time: Time) -> str:
    """The words of a time mention, without a conjunction written together with its first word."""
    return reading.document.text[time.mention.start : time.mention.end]


def begin(reading: Reading, time: Time) -> int:
    """The first token of a mention, the one included that its first word is only a part of («وبعد»)."""
    before = time.first - 1
    return before if before >= 0 and reading.tokens[before].end > time.mention.start else time.first
