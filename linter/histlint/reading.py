"""What a text was read as: tokens, sentences, clauses, mentions and times, and what was seen in each clause.

`extract` makes a Reading; the checks ask it. Token ranges are half-open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .lexicon import Hit, Lexicon, Phrases
from .model import Document, Span, TimeMention, Token
from .named_tuple import TYPE_CHECKING, NamedTuple
from .tag.entities import Mention
from .tag.timewords import Reader

if TYPE_CHECKING:
    from typing import Any


class Time(NamedTuple):
    """A time mention at its tokens."""

    first: int
    last: int
    mention: TimeMention


class Predication(NamedTuple):
    """A deed that a clause states: frame, who did it, to whom. `carried` says that the agent comes from an earlier clause."""

    frame: str
    form: str  # verb passive noun
    first: int
    last: int
    clause: int
    agents: tuple[Mention, ...]
    patients: tuple[Mention, ...]
    others: tuple[tuple[str, Mention], ...]  # further names of the clause with the preposition before each
    asserted: bool
    carried: bool = False


class Clause(NamedTuple):
    """A stretch of a sentence with its own predicate."""

    index: int  # type: ignore[assignment]  # its place among the clauses; the method of tuples is not used
    sentence: int
    first: int
    last: int
    mentions: tuple[Mention, ...]
    times: tuple[Time, ...]
    triggers: tuple[Hit, ...]
    relations: tuple[Hit, ...]
    doubts: tuple[Hit, ...]  # negation, plan, hearsay …
    kind: str  # of its block


class Reading(NamedTuple):
    """One text, read."""

    document: Document
    lexicon: Lexicon
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    clauses: tuple[Clause, ...]
    mentions: tuple[Mention, ...]
    times: tuple[Time, ...]
    predications: tuple[Predication, ...]
    topic: tuple[str, ...]  # what the text is about: ids of one event or person, empty where unclear
    quoted: tuple[tuple[int, int], ...]
    mention_at: Mapping[int, Mention]  # by token
    time_at: Mapping[int, Time]
    said: Mapping[int, tuple[Predication, ...]]  # by clause
    clause_at: Mapping[int, int]  # index of the clause by token
    named: frozenset[str]  # every fact that a name of the text may mean
    numbers: Reader  # for `tag.numbers`
    lang: str
    memo: dict[object, Any]  # answers that were asked for before

    def text(self, first: int, last: int) -> str:
        """The words of a token range as written."""
        return self.document.text[self.tokens[first].start : self.tokens[last - 1].end]

    def span(self, first: int, last: int) -> Span:
        """The characters of a token range."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def asserted(self, clause: Clause, first: int) -> bool:
        """Whether what token `first` of the clause states is asserted of the past."""
        if self.clauses[clause.index] is not clause:  # with other doubts
            return self._asserted(clause, first)
        key = ("asserted", clause.index, first)
        known = self.memo.get(key)
        if known is None:
            known = self.memo[key] = self._asserted(clause, first)
        return bool(known)

    def _asserted(self, clause: Clause, first: int) -> bool:
        if clause.kind in ("heading", "quote", "caption") or self.in_quotation(first):
            return False
        return not self._doubted(clause, first)

    def told(self, clause: Clause, first: int) -> bool:
        """Like `asserted`, but a negation or plan before an earlier comma is that of another statement."""
        comma = next((k for k in range(first, clause.first, -1) if self.tokens[k].norm in (",", "،")), clause.first)
        doubts = tuple(doubt for doubt in clause.doubts if doubt.first >= comma or doubt.value not in ("negation", "plan"))
        return self.asserted(clause._replace(doubts=doubts), first)

    def _doubted(self, clause: Clause, first: int) -> bool:
        stop = self.sentences[clause.sentence][1]
        if self.tokens[stop - 1].norm in ("?", "؟") or (stop < len(self.tokens) and self.tokens[stop].norm in ("?", "؟")):
            return True
        for doubt in clause.doubts:
            if doubt.value in ("hearsay", "counterfactual", "question"):
                return True
            if doubt.first < first and not self._excepted(doubt, first):
                return True
        # hearsay and conditions reach from their clause over the rest of the sentence
        for number in range(clause.index - 1, -1, -1):
            other = self.clauses[number]
            if other.sentence != clause.sentence:
                break
            if any(doubt.value in ("hearsay", "counterfactual", "question") for doubt in other.doubts):
                return True
        return False

    def _excepted(self, doubt: Hit, first: int) -> bool:
        """Whether what a token says is asserted after all: «لم يُرفع الحصار إلا بعد وصول …», "not … until X arrived"."""
        return doubt.value == "negation" and any(
            self.tokens[k].norm in self.lexicon.exceptives for k in range(doubt.last, first)
        )

    def clauses_in(self, sentence: int) -> Sequence[Clause]:
        """The clauses of a sentence."""
        by_sentence = self.memo.get("clauses")
        if by_sentence is None:
            by_sentence = self.memo["clauses"] = {}
            for clause in self.clauses:
                by_sentence.setdefault(clause.sentence, []).append(clause)
        found: Sequence[Clause] = by_sentence.get(sentence, ())
        return found

    def clauses_with(self, table: Phrases) -> list[Clause]:
        """The clauses with a word that a phrase of a table may begin at."""
        return self.clauses_at(table.places(self.tokens))

    def clauses_at(self, tokens: Iterable[int]) -> list[Clause]:
        """The clauses that hold some tokens."""
        return [self.clauses[index] for index in sorted({self.clause_at[at] for at in tokens})]

    def before(self, clause: Clause) -> Sequence[Clause]:
        """The clauses of its sentence before a clause."""
        own = self.clauses_in(clause.sentence)
        return own[: clause.index - own[0].index]

    def times_from(self, first: int, last: int) -> Iterator[Time]:
        """The time mentions that begin in a token range."""
        starts = self.memo.get("times")
        if starts is None:
            starts = self.memo["times"] = [time.first for time in self.times]
        yield from self.times[bisect_left(starts, first) : bisect_left(starts, last)]

    def looks_back(self, first: int, last: int) -> bool:
        """Whether a word in a token range, not part of a name, makes it speak from a later time ("today", «حفيد»)."""
        key = ("looks_back", first, last)
        known = self.memo.get(key)
        if known is None:
            hits = self.lexicon.retrospective.find(self.tokens, first, min(last, len(self.tokens)))
            known = self.memo[key] = any(hit.first not in self.mention_at for hit in hits)
        return bool(known)

    def in_quotation(self, index: int) -> bool:
        """Whether a token stands inside a quotation."""
        return bool(self.quoted) and any(first <= index < last for first, last in self.quoted)

    def between(self, first: int, last: int, items: Iterable[Mention]) -> list[Mention]:
        """The mentions inside a token range."""
        return [item for item in items if first <= item.first and item.last <= last]
