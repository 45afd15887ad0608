"""What a sentence puts after something, however it tells the two: «وبعد أن وقّع … كامب ديفيد فاجأ العالم بزيارة القدس».

A word of sequence or revenge at the front of a sentence, and behind it two parts. What each part tells of is found by the names in
it: an event, a town that saw one fight of this story, a deed. Nothing else of the grammar is asked, so the two must be known
each by more than a guess, and every reading of both must be out of order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart
from ..facts import Event
from ..lexicon import Hit
from ..model import Finding
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, participants
from .fights import Known, called
from .order import statement
from .terms import Term, events_of, facts_of, plain_date, pointed

_FRONT = 4
"""Words that may stand before the word of sequence at the front of a sentence."""
_MARGIN = 20
"""Days by which what is told to follow must have ended before."""
_AGE = 40 * 366
"""Days beyond which two events have nothing to do with one another: other ones are meant."""


def check(context: Context) -> Iterator[Finding]:
    """Sentences whose main part was over before the part behind "after"."""
    reading = context.reading
    for number, (start, stop) in enumerate(reading.sentences):
        clauses = reading.clauses_in(number)
        if not clauses or clauses[0].kind not in ("paragraph", "item") or reading.in_quotation(start):
            continue
        for first, behind, main in parts(reading, clauses, start, stop):
            found = _reversed(told(context, clauses, *behind, landmark=True), told(context, clauses, *main, landmark=False))
            if found is not None:
                one, landmark = found
                begin = min(first, one.first, landmark.first)
                yield statement(context, one, landmark, begin, max(one.last, landmark.last), "after")
                break


Part = tuple[int, int]


def parts(reading: Reading, clauses: Sequence[Clause], start: int, stop: int) -> Sequence[tuple[int, Part, Part]]:
    """The parts of a sentence; two rules ask for them."""
    key = ("parts", start)
    if key not in reading.memo:
        reading.memo[key] = tuple(_parts(reading, clauses, start, stop))
    known: Sequence[tuple[int, Part, Part]] = reading.memo[key]
    return known


def _parts(reading: Reading, clauses: Sequence[Clause], start: int, stop: int) -> Iterator[tuple[int, Part, Part]]:
    """The word of sequence, the tokens behind it and those of the main part: "after A, B", «لم يقع ب إلا بعد أ», "A led to B"."""
    opened = list(_opened(reading, clauses, start, stop, _FRONT))
    for clause in clauses[1:]:
        if not opened and _joined(reading, clause.first):
            opened = list(_opened(reading, clauses, clause.first, stop, 1))
    yield from opened or _hung(reading, clauses, start, stop)
    for hit in reading.lexicon.leads.find(reading.tokens, start + 1, stop) if not opened else ():
        if hit.value == "led_to" and hit.first not in reading.mention_at:
            comma = next((k for k in range(hit.last, stop) if reading.tokens[k].norm in _STOPS), stop)
            yield start, (start, hit.first), (hit.last, comma)
            break


_STOPS = frozenset([",", "،", ";", "؛"])


def _joined(reading: Reading, index: int) -> bool:
    """Whether a clause goes on with "and": «…، ولما فرغ منها سار إلى …»."""
    norm = reading.tokens[index].norm
    return norm in reading.lexicon.joins or (reading.lang == "ar" and norm[:1] in ("و", "ف"))


def _opened(reading: Reading, clauses: Sequence[Clause], start: int, stop: int, reach: int) -> Iterator[tuple[int, Part, Part]]:
    """A word of sequence at most `reach` words behind `start`."""
    hit = next(iter(reading.lexicon.aftermath.find(reading.tokens, start, min(stop, start + reach + 3))), None)
    if hit is None or hit.first - start > reach or hit.first in reading.mention_at or named_in(reading, start, hit.first):
        return
    for split in _splits(reading, clauses, hit, stop):
        yield hit.first, (hit.last, split), (split, stop)


def _hung(reading: Reading, clauses: Sequence[Clause], start: int, stop: int) -> Iterator[tuple[int, Part, Part]]:
    """What is told to follow by other words than one in front: «لم يكد … حتى», "Humbled at …", «لم … إلا بعد …»."""
    hardly = next(iter(reading.lexicon.hardly.find(reading.tokens, start, min(stop, start + _FRONT + 3))), None)
    until = next((k for k in range(hardly.last, stop) if reading.tokens[k].norm in reading.lexicon.until_when), None) if hardly else None
    if hardly is not None and until is not None:
        yield hardly.first, (hardly.last, until), (until, stop)
        return
    if _humbled(reading, start, stop):
        comma = next((k for k in range(start, stop) if reading.tokens[k].norm == ","), None)
        if comma is not None:
            yield start, (start, comma), (comma + 1, stop)
        return
    for late in reading.lexicon.relations.find(reading.tokens, start + _FRONT, stop):
        before = reading.tokens[late.first - 1].norm
        if late.value == "after" and before in reading.lexicon.exceptives and _denied(clauses, late.first):
            comma = next((k for k in range(late.last, stop) if reading.tokens[k].norm in (",", "،")), stop)
            yield late.first - 1, (late.last, comma), (start, late.first - 1)
            return


def _humbled(reading: Reading, start: int, stop: int) -> bool:
    """Whether an English participle opens a sentence, with the place of what had happened: "Humbled at Leipzig, …"."""
    if reading.lang == "ar" or start + 2 >= stop or start in reading.mention_at:
        return False
    norm = reading.tokens[start].norm
    return norm.endswith(tuple(reading.lexicon.past_endings)) and reading.tokens[start + 1].norm in reading.lexicon.fought_at


def _denied(clauses: Sequence[Clause], before: int) -> bool:
    return any(doubt.value == "negation" and doubt.first < before for clause in clauses for doubt in clause.doubts)


def _splits(reading: Reading, clauses: Sequence[Clause], hit: Hit, stop: int) -> Iterator[int]:
    """Where the main part may begin: behind the first comma, else at the second verb that is not joined by "and", else behind the
    first name; in English also at the first verb, as in "After the battle the king fled …"."""
    tokens = reading.tokens
    comma = next((k for k in range(hit.last + 1, stop - 1) if tokens[k].norm in (",", "،")), None)
    names = [m for m in named_in(reading, hit.last, stop) if m.how != "demonym"]
    if reading.lang != "ar" or not names:
        if comma is not None:
            yield comma + 1
        verb = _finite(reading, clauses, names[0].last, stop) if names else None
        if verb is not None and (comma is None or verb < comma):
            yield verb
        return
    verbs = [h for c in clauses for h in c.triggers if h.value.form != "noun" and h.first >= names[0].last and not h.clitic]
    at = min([k for k in (comma, *(h.first for h in verbs[:1])) if k is not None], default=names[0].last if len(names) > 1 else None)
    if at is not None and at > hit.last + 1:
        yield at


def _finite(reading: Reading, clauses: Sequence[Clause], start: int, stop: int) -> int | None:
    """The first verb or auxiliary from `start` on that stands in no relative clause."""
    verbs = {h.first for c in clauses for h in c.triggers if h.value.form != "noun"}
    for k in range(start, stop):
        if reading.tokens[k].norm in reading.lexicon.relatives:
            return None
        if k in verbs or reading.tokens[k].norm in reading.lexicon.auxiliaries:
            return k
    return None


def told(context: Context, clauses: Sequence[Clause], first: int, last: int, *, landmark: bool) -> list[Term]:
    """What a part of the sentence tells of, in the order of its words."""
    reading = context.reading
    out: list[Term] = []
    for clause in clauses:
        if landmark and clause.first <= first < clause.last and (before := pointed(context, clause, first)) is not None:
            out.append(before)
        words = range(max(clause.first, first), min(clause.last, last))
        if not landmark and any(reading.tokens[k].norm in reading.lexicon.pluperfect for k in words):
            continue
        for mention in clause.mentions:
            if not first <= mention.first < last or not (landmark or _asserted(reading, clause, mention.first)):
                continue
            if not landmark and (_in_passing(reading, clause, mention) or _behind_relation(reading, clause, first, mention.first)):
                continue
            facts = events_of(context, mention) if mention.has("event") else _fought(context, mention)
            if facts:
                edge = "start" if not landmark and _begun(reading, clause, mention) else "whole"
                out.append(Term(mention.first, mention.last, tuple(facts), edge))
        out += _by_half(context, clause, max(clause.first, first), min(clause.last, last), out)
        if not landmark:
            out += _dated(reading, clause, max(clause.first, first), min(clause.last, last))
        for predication in reading.said.get(clause.index, ()):
            here = not predication.carried or any(m.first >= clauses[0].first and m.has("polity") for m in predication.agents)
            if not first <= predication.first < last or not here:
                continue
            if not landmark and not _asserted(reading, clause, predication.first):
                continue
            if not landmark and (_behind_relation(reading, clause, first, predication.first)):
                continue
            if any(term.first <= predication.first < term.last for term in out):
                continue  # the noun of a name
            facts, loose = facts_of(context, clause, predication)
            if facts and (not loose or predication.form == "noun"):
                ends = [m.last for m in (*predication.agents, *predication.patients) if predication.first <= m.first < last]
                out.append(Term(predication.first, max([predication.last, *ends]), tuple(facts), deed=True))
    return sorted(out, key=lambda term: term.first)


def _by_half(context: Context, clause: Clause, first: int, last: int, told: Sequence[Term]) -> list[Term]:
    """The battles of the story that are called by the word behind "at" or "to": "at Munda", «سار إلى بزاخة»."""
    reading = context.reading
    taken = {k for term in told for k in range(term.first, term.last)}
    out = []
    for k in range(first, last - 1):
        mention = reading.mention_at.get(k + 1)
        under = reading.tokens[k].norm in reading.lexicon.fought_at | reading.lexicon.going_to
        if not under or k + 1 in taken or (mention is not None and (mention.has("person", "event", "polity") or mention.first != k + 1)):
            continue
        if mention is not None and any(len(context.reference.events_with(place, "where")) > _KNOWN for place in mention.ids("place")):
            continue  # a town where much happened
        wide = [place for fact in (mention.ids("place") if mention is not None else ()) if (place := context.entity(fact))]
        if any(place.subkind in _WIDE for place in wide):
            continue
        stop = mention.last if mention is not None else k + 2
        facts = tuple(Known(event.when, event) for event in called(context, k + 1, stop) if event.when)
        if facts:
            out.append(Term(k + 1, stop, facts))
    return out


_WIDE = frozenset({"continent", "country", "region", "sea", "ocean"})


def _dated(reading: Reading, clause: Clause, first: int, last: int) -> list[Term]:
    """The date that the main part itself tells, under "in" or "on"."""
    out = []
    for time in reading.times_from(first, last):
        before = reading.tokens[time.first - 1].norm
        relative = any(reading.tokens[k].norm in reading.lexicon.relatives for k in range(first, time.first))
        if not plain_date(time) or clause.doubts or relative:
            continue
        if before in _WHEN or reading.tokens[time.first].norm in _WHEN:
            out.append(Term(time.first, time.last, written=time))
    return out


_WHEN = frozenset({"in", "on", "في", "عام", "سنه", "العام"})


def _asserted(reading: Reading, clause: Clause, first: int) -> bool:
    """Whether something is asserted; the negation of «لم … إلا بعد» asserts."""
    late = any(reading.tokens[k].norm in reading.lexicon.exceptives for k in range(first, clause.last))
    doubts = tuple(doubt for doubt in clause.doubts if not (late and doubt.value == "negation"))
    return reading.asserted(clause._replace(doubts=doubts), first)


def _behind_relation(reading: Reading, clause: Clause, first: int, at: int) -> bool:
    """Whether "before", "since" or the like stands before something in the main part of a sentence."""
    hits = reading.lexicon.relations.find(reading.tokens, max(clause.first, first), at)
    return any(hit.value in ("before", "after", "since", "until", "because") for hit in hits)


def _in_passing(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a name of the main part only says of what somebody or something was: behind "who", "of", «الذي»."""
    tokens, lexicon = reading.tokens, reading.lexicon
    front = range(max(clause.first, mention.first - 6), mention.first)
    if preposition(reading, mention) in ("of", "with"):
        return True  # "the victor of Mohács", "in accordance with the pact"
    return any(tokens[k].norm in lexicon.relatives for k in front) or reading.looks_back(mention.first - 2, mention.last + 1)


def _begun(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether somebody is said to have begun something: «أعلن الشريف حسين الثورة»."""
    if any(hit.value.frame in ("begin", "happen") and abs(mention.first - hit.last) <= 2 for hit in clause.triggers):
        return True
    return any(p.form == "verb" and p.frame == "act" and p.agents and mention in p.patients for p in reading.said.get(clause.index, ()))


def _fought(context: Context, mention: Mention) -> list[Known]:
    """The one fight at a town under "at" in which somebody of the text had a part, or of which alone the town is known."""
    if not mention.has("place") or mention.has("person", "polity") or mention.how != "name":
        return []
    found = {}
    for place in mention.ids("place"):
        events = [context.event(fact) for fact in context.reference.events_with(place, "where")]
        here = [e for e in events if e is not None and e.when and e.type in _FIGHTS and e.where[:1] == (place,)]
        at = preposition(context.reading, mention) in context.reading.lexicon.fought_at
        if (at and len(events) <= _BUSY) or (len(here) == 1 and len(events) <= _KNOWN):
            found.update({e.id: Known(e.when, e) for e in here if e.when and participants(e) & context.reading.named})
    return list(found.values())


_KNOWN, _BUSY = 2, 8
"""Events of a place that is known for a fight alone, and of one where too much happened for "at" to tell of a fight."""
_FIGHTS = frozenset({"battle", "siege", "raid", "massacre", "bombing", "invasion", "operation"})


def _reversed(landmarks: Sequence[Term], mains: Sequence[Term]) -> tuple[Term, Term] | None:
    """A main part all of whose readings were over before all readings of the landmark; none where any two are in order."""
    found = None
    for main in mains:
        for landmark in landmarks:
            if main.written is not None and len(mains) > 1 and not found:
                continue  # what is dated is told by name
            if {item.fact.id for item in main.facts} & {item.fact.id for item in landmark.facts}:
                return None
            if any(_part(a.fact, b.fact) for a in main.facts for b in landmark.facts):
                return None
            gaps = [apart(b, a, _MARGIN) for a in main.moments() for b in landmark.moments()]
            gaps = [gap for gap in gaps if abs(gap) < _AGE]
            if not gaps or not all(gap < 0 for gap in gaps):
                return None
            found = found or (main, landmark)
    return found


def _part(one: object, other: object) -> bool:
    """Whether one of two events belongs to the other."""
    return isinstance(one, Event) and isinstance(other, Event) and (one.id in other.part_of or other.id in one.part_of)
