"""What a sentence puts after something, however it tells the two: «وبعد أن وقّع … كامب ديفيد فاجأ العالم بزيارة القدس».

A word of sequence or revenge at the front of a sentence, and behind it two parts. What each part tells of is found by the names in
it: an event, a town that saw one fight of this story, a deed. Nothing else of the grammar is asked, so the two must be known
each by more than a guess, and every reading of both must be out of order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import GREGORIAN_START, apart
from ..facts import Event
from ..lexicon import Hit
from ..model import Finding, Moment
from ..reading import Clause, Reading
from .causes import followed
from .context import Context
from .joints import joints
from .order import reaches, statement
from .terms import Term
from .told_parts import told

_MARGIN, _DAYS = 20, 3
"""Days by which what is told to follow must have ended before; and where both days are known in the calendar of today."""
_AGE = 40 * 366
"""Days beyond which two events have nothing to do with one another: other ones are meant."""


def check(context: Context) -> Iterator[Finding]:
    """Sentences whose main part was over before the part behind "after"."""
    reading = context.reading
    for number, (start, stop) in enumerate(reading.sentences):
        clauses = reading.clauses_in(number)
        if not clauses or clauses[0].kind not in ("paragraph", "item") or reading.in_quotation(start):
            continue
        for first, earlier, later, hung in joints(reading, clauses, start, stop):
            landmarks, mains = told(context, clauses, *earlier, landmark=True), told(context, clauses, *later, landmark=False)
            if hung is not None:
                mains = [term for term in mains if not reading.lexicon.sequels.find(reading.tokens, term.last, hung.first)]
                if not _bound(reading, hung, landmarks, mains):
                    continue  # «أعاد التجنيد، ثم دخل الراين بعد …»: only what stands behind «ثم» is told to follow
            found = _reversed(context, landmarks, _first_of(reading, mains))
            if found is not None and not _told_back(reading, later[0], found[0].first):
                one, landmark = found
                begin = min(first, one.first, landmark.first)
                yield statement(context, one, landmark, begin, max(one.last, landmark.last), "after")
                break


def _told_back(reading: Reading, first: int, last: int) -> bool:
    """Whether a relative clause that looks further back begins between two tokens: «السلاجقة، الذين كانوا قد كسروا … وأسروا»."""
    tokens, lexicon = reading.tokens, reading.lexicon
    heads = (k for k in range(first, last) if tokens[k].norm in lexicon.relatives | lexicon.personal_relatives)
    return any(tokens[j].norm in lexicon.pluperfect for k in heads for j in range(k + 1, min(k + 3, last)))


def _bound(reading: Reading, hung: Hit, landmarks: Sequence[Term], mains: Sequence[Term]) -> bool:
    """Whether a word of sequence in the midst of a sentence joins what is told before it and behind it."""
    if not landmarks or not mains or landmarks[0].first - hung.last > _NEAR:
        return False
    mention = reading.mention_at.get(landmarks[0].first)
    if mention is not None and mention.how == "anaphor":
        return False
    return all(_joined(reading, term, hung) for term in mains[-1:])


def _joined(reading: Reading, term: Term, hung: Hit) -> bool:
    """Whether nothing else is told between something and the word of sequence behind it, but that it came: «وجاء الهجوم رداً على …».

    A date may stand before the one verb of the clause."""
    clause, last = reading.clauses[reading.clause_at[term.first]], reading.clauses[reading.clause_at[hung.first]]
    between = range(term.last, hung.first)
    if any(doubt.first in between for one in (clause, last) for doubt in one.doubts):
        return False  # «…، ولم يستسلموا إلا بعد …» tells of something else
    if _by_that(reading, last, hung):
        return True
    if reading.tokens[hung.first].norm in reading.lexicon.followers and hung.first - term.last <= _CAME:
        return True  # "…, which followed …"
    if any(reading.tokens[k].norm in reading.lexicon.relatives | reading.lexicon.personal_relatives for k in between):
        return False
    verbs = [hit for c in (clause, last)[: 1 + (clause is not last)] for hit in c.triggers if hit.first in between and hit.value.form != "noun"]
    told = [hit for hit in verbs if hit.value.frame != "happen"]
    if term.written is not None:
        return len(told) <= 1 and clause is last and not _told_on(reading, term.last, hung.first)
    if not verbs:
        first = hung.first
        while first > term.last and reading.tokens[first - 1].norm in reading.lexicon.vaguely:
            first -= 1  # ", some months after …"
        return reaches(reading, clause, term, hung._replace(first=first))
    came = verbs[-1]
    return not told and clause is not last and came.first == last.first and hung.first - came.last <= _CAME


def _by_that(reading: Reading, clause: Clause, hung: Hit) -> bool:
    """Whether "that" opens the clause and takes up all that was told before it: «…، وذلك ردًّا على …», «…، وجاء ذلك بعد …»."""
    at = hung.first - 1
    that = reading.tokens[at].norm.lstrip("و") in reading.lexicon.pointing
    return reading.lang == "ar" and that and at - clause.first <= 1


def _told_on(reading: Reading, first: int, last: int) -> bool:
    """Whether a sentence goes on behind a date with what it dates otherwise: "left in 1700, but rejoined in 1709 after …"."""
    if any(time.mention.type == "date" for time in reading.times_from(first, last)):
        return True
    tokens, lexicon = reading.tokens, reading.lexicon
    joins = (k for k in range(first, last - 1) if tokens[k].norm in lexicon.joins or lexicon.connectors.at(tokens, k, last))
    return reading.lang != "ar" and any(k + 1 not in reading.mention_at and k + 1 not in reading.time_at for k in joins)


_CAME = 2
"""Words between "came" and the word of sequence: what came."""
_NEAR = 4
"""Words behind a word of sequence within which what it puts first begins."""


def _first_of(reading: Reading, mains: Sequence[Term]) -> list[Term]:
    """What a main part tells before it goes on with "then" or «ف…»."""
    out: list[Term] = []
    for term in mains:
        clause = reading.clauses[reading.clause_at[term.first]]
        goes_on = clause.triggers and clause.triggers[0].first == clause.first and clause.triggers[0].clitic == "ف"
        then = reading.lexicon.sequels.at(reading.tokens, clause.first, clause.last)
        if out and out[0].first < clause.first and (goes_on or then):
            break
        out.append(term)
    return out


def _margin(one: Moment, other: Moment) -> int:
    fine = all(moment.precision in ("day", "month") and (moment.start_lo or 0) >= GREGORIAN_START for moment in (one, other))
    return _DAYS if fine else _MARGIN


def _reversed(context: Context, landmarks: Sequence[Term], mains: Sequence[Term]) -> tuple[Term, Term] | None:
    """A main part all of whose readings were over before all readings of the landmark; none where any two are in order."""
    found = None
    for main in mains:
        for landmark in landmarks:
            if main.written is not None and len(mains) > 1 and not found:
                continue  # what is dated is told by name
            if {item.fact.id for item in main.facts} & {item.fact.id for item in landmark.facts}:
                if found and main.facts and found[0].last <= main.first:
                    continue  # it is told again behind what followed
                return None
            if main.edge != "start" and any(_part(a.fact, b.fact) for a in main.facts for b in landmark.facts):
                return None
            if landmark.written is not None and (main.written is not None or main.deed):
                return None
            if main.edge == landmark.edge == "whole" and followed(context, landmark, main):
                found = found or (main, landmark)
                continue
            gaps = [apart(b, a, _margin(a, b)) for a in main.moments() for b in landmark.moments()]
            near = [gap for gap in gaps if abs(gap) < _AGE]
            if found and main.written is not None and any(gap < 0 for gap in gaps):
                continue  # one reading of the date is enough
            if not near and gaps:
                continue  # of another age: it is only named
            if any(gap > 0 for gap in near):
                return None
            if not all(gap < 0 for gap in near):
                if any(other is not landmark for other in landmarks) and all(gap == 0 for gap in near):
                    continue  # it does not follow the other either
                return None
            found = found or (main, landmark)
    return found


def _part(one: object, other: object) -> bool:
    """Whether one of two events belongs to the other."""
    return isinstance(one, Event) and isinstance(other, Event) and (one.id in other.part_of or other.id in one.part_of)
