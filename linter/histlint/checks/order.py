"""Order of events: what is said to be before, after, during, at, or the cause of something else, against when both were.

Each statement is an edge between two terms (see `terms`) whose times the reference knows or, for one, the text gives; it is
refuted where no choice of days within both makes it true. With a length of time («بعد … بعامين») also where the order holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..bind import apart, date_of, part_of, slack_for
from ..lexicon import Hit
from ..model import Finding, Moment
from ..prepositions import preposition
from ..reading import Clause, Reading, Time
from .causes import followed
from .context import Context, cite
from .date_bonds import dates_anew
from .terms import Term, dated, events_of, last_verb, mains, plain_date, term_at

_YEAR = 366
_STORYLINE = 2 * _YEAR
"""Days beyond which "the armistice" is no longer that of the text."""


def check(context: Context) -> Iterator[Finding]:
    """Statements of order that the reference refutes."""
    leading = {clause.index for clause in context.reading.clauses_with(context.reading.lexicon.leads)}
    for clause in context.reading.clauses:
        if clause.kind in ("heading", "quote", "caption"):
            continue
        for relation in clause.relations:
            if _asserted(context.reading, clause, relation):
                yield from _related(context, clause, relation)
        if clause.index in leading:
            yield from _causes(context, clause)
        yield from _next(context, clause)


def _related(context: Context, clause: Clause, relation: Hit) -> Iterator[Finding]:
    length, at = _length_before(context.reading, clause, relation)
    landmarks = _landmarks(context, clause, relation, at)
    if not landmarks:
        return
    if relation.value == "at":
        if not _plural(context.reading, landmarks[0].first):
            yield from _together(context, landmarks)
        if landmarks[0].edge == "whole" and not landmarks[0].deed:
            return  # "at the battle of …" is a place
    landmark = landmarks[0]
    heads = [reading.mention_at[k] for k in range(landmark.first, landmark.last) if k in reading.mention_at] if (reading := context.reading) else []
    anaphor = any(m.how == "anaphor" for m in heads)
    named = any(m.has("event") for m in clause.mentions if landmark.first <= m.first < landmark.last)
    if relation.value == "because" and not (landmark.deed or named):
        return  # «بسبب كريت»: the place, not the battle there
    if relation.value in ("during", "within"):
        landmark = landmark._replace(edge="whole")  # «خلال قيام الحرب»
    if relation.value in ("since", "until"):
        return
    stop = landmarks[-1].last
    if length is None:
        length, stop = _length_behind(context.reading, clause, stop)
    kind = "after" if relation.value == "because" else str(relation.value)
    for each in _clauses(context.reading, clause, relation, stop):
        beside = _date_beside(context.reading, each, relation, length) if each is clause else ()
        for term in (*mains(context, each, relation.first, stop), *_dated(context, each, relation, stop), *beside):
            if term.first < relation.first and term not in beside and not reaches(context.reading, each, term, relation):
                continue
            if each is clause and term.first >= stop and _of_a_list(context.reading, clause, relation, stop, term):
                continue
            if kind in ("at", "during") and context.reading.lexicon.sequels.find(context.reading.tokens, stop, term.first):
                continue  # «حين هُزمت الحملة، ثم …»
            if kind in ("at", "during") and _of_then(each, term, landmark):
                continue  # «احتل الروس منشوريا أثناء ثورة الملاكمين سنة 1900» is not what they did in 1945
            if anaphor and all(abs(apart(a, b)) > _STORYLINE for a in term.moments() for b in landmark.moments()):
                continue  # "the armistice" is another than the one that the text names
            if _refuted(context, kind, term, landmark):
                yield _report(context, relation, term, landmark, length)
                return
            if length is not None and kind in ("before", "after") and _other_length(kind, length, term, landmark):
                yield _report(context, relation, term, landmark, length)
                return


def _of_then(clause: Clause, term: Term, landmark: Term) -> bool:
    """Whether a deed without a name is known of another age than its clause has, which dates it to its landmark."""
    dates = [t.mention.value for t in clause.times if t.mention.type == "date" and t.mention.value is not None]
    there = [date for date in dates if any(not apart(moment, date) for moment in landmark.moments())]
    named = any(m.has("event") for m in clause.mentions if term.first <= m.first < term.last)
    return bool(there and not named) and all(abs(apart(moment, date)) > _STORYLINE for moment in term.moments() for date in there)


def _asserted(reading: Reading, clause: Clause, relation: Hit) -> bool:
    if reading.in_quotation(relation.first):
        return False
    return not any(doubt.value in ("hearsay", "counterfactual", "question") for doubt in clause.doubts)


def _length_before(reading: Reading, clause: Clause, relation: Hit) -> tuple[Time | None, int]:
    """The length of time with the relation word, and where its landmark begins: "two years after …", «بعد عامين من …»."""
    time = reading.time_at.get(relation.last)
    if time is not None and time.mention.type == "duration" and time.last < clause.last:
        if reading.tokens[time.last].norm in reading.lexicon.counted_from:
            return time, time.last + 1
    time = reading.time_at.get(relation.first - 1)
    if time is not None and time.mention.type == "duration":
        return time, relation.last
    return None, relation.last


def _length_behind(reading: Reading, clause: Clause, at: int) -> tuple[Time | None, int]:
    """«بعد سقوط بغداد بعامين»: the length behind the landmark, and where it ends."""
    time = reading.time_at.get(at)
    if time is None and at + 1 < clause.last and reading.tokens[at].norm.lstrip("ب") in reading.lexicon.glue:
        time = reading.time_at.get(at + 1)  # «بنحو شهر»
    if reading.lang == "ar" and time is not None and time.mention.type == "duration" and reading.tokens[at].norm.startswith("ب"):
        return time, time.last
    return None, at


def _landmarks(context: Context, clause: Clause, relation: Hit, at: int) -> list[Term]:
    """What stands behind the relation word; with "at", also what is joined to it by "and"."""
    out: list[Term] = []
    while True:
        term = term_at(context, clause, at)
        if term is None or term.last <= at:
            break
        out.append(term)
        if relation.value != "at" or term.last >= clause.last or not _joined(context.reading, term.last):
            break
        at = term.last
    return out


def _joined(reading: Reading, index: int) -> bool:
    norm = reading.tokens[index].norm
    return norm == "and" or (norm.startswith("و") and len(norm) > 2)


def _clauses(reading: Reading, clause: Clause, relation: Hit, stop: int) -> list[Clause]:
    """The clauses that a relation may belong to: its own, the next where it opens the sentence, the one before where it follows."""
    out = [clause]
    if relation.first - clause.first <= 2 and last_verb(clause, stop) is None:
        for other in (clause.index + 1, clause.index - 1):
            if 0 <= other < len(reading.clauses) and reading.clauses[other].sentence == clause.sentence:
                opens = relation.first - reading.sentences[clause.sentence][0] <= 3
                opens = opens or any(reading.tokens[k].norm in _HALTS for k in range(clause.first - 1, relation.first))
                if other > clause.index if opens or reading.lang == "ar" else other < clause.index:
                    out.append(reading.clauses[other])
    if relation.value == "after" and relation.first - clause.first <= 2 and len(out) == 1:
        following = reading.clauses[clause.index + 1 : clause.index + 2]
        out += [c for c in following if c.sentence == clause.sentence and _goes_on(reading, c)]  # «عاد فهزم …»
    return out


def reaches(reading: Reading, clause: Clause, term: Term, relation: Hit) -> bool:
    """Whether a relation word may speak of a deed before it: no verb or conjunction stands between the two."""
    if relation.clitic in ("و", "ف") or reading.tokens[relation.first - 1].norm in reading.lexicon.joins:
        return False
    if any(term.last <= hit.first < relation.first and hit.value.form != "noun" for hit in clause.triggers):
        return False
    if any(reading.tokens[k].norm in _HALTS or _goes_on_with(reading, k) for k in range(term.last, relation.first)):
        return False  # "begins with A and ends with B"
    comma = max((k for k in range(term.last, relation.first) if reading.tokens[k].norm in (",", "،")), default=None)
    if comma is not None and any(
        reading.tokens[k].kind == "word" and k not in reading.time_at and k not in reading.mention_at
        for k in range(comma + 1, relation.first)
    ):
        return False  # "Born in 1494, he ascended after …": another verb may have begun
    if any(dates_anew(reading, k) for k in range(term.last, relation.first)):
        return False
    if reading.lang == "ar" and any(_joined_verb(reading, k) for k in range(term.last, relation.first)):
        return False  # «ولدت عام 69 وأصبحت ملكة بعد وفاة والدها»
    return not any(reading.lexicon.sequels.at(reading.tokens, k, relation.first) for k in range(term.last, relation.first))


_HALTS = frozenset({";"})
"""Marks behind which an English sentence begins anew; the Arabic one also stands where others have a comma."""


def _goes_on_with(reading: Reading, index: int) -> bool:
    """Whether a word joins something that is no name or date: another deed."""
    behind = index + 1
    joins = reading.tokens[index].norm in reading.lexicon.joins and reading.lang != "ar"
    if not joins or behind in reading.mention_at or behind in reading.time_at or reading.tokens[behind].kind != "word":
        return False
    return reading.tokens[behind].norm not in reading.lexicon.carriers and not reading.document.text[reading.tokens[behind].start].isupper()


def _of_a_list(reading: Reading, clause: Clause, relation: Hit, stop: int, term: Term) -> bool:
    """Whether what is told behind a landmark is the next item of a list: "for leading it during the war, and for negotiating …"."""
    if relation.first - clause.first <= _OPENING:
        return False
    items = range(stop, term.first)
    return any(
        reading.tokens[k].norm in (",", "،") and reading.tokens[k + 1].norm in reading.lexicon.joins | reading.lexicon.prepositions for k in items
    ) or any(reading.tokens[k].norm in reading.lexicon.joins for k in items)


_OPENING = 2
"""Words before a word of order with which it may still open its clause, and belong to what comes."""


def _joined_verb(reading: Reading, index: int) -> bool:
    """Whether a word with "and" may be a verb of its own: no name, date or preposition, and no article."""
    norm = reading.tokens[index].norm
    if not norm.startswith("و") or len(norm) < 4 or index in reading.mention_at or index in reading.time_at:
        return False
    return not norm.startswith(("وال", "ولل")) and norm[1:] not in reading.lexicon.prepositions and norm[1:] not in reading.lexicon.carriers


def _goes_on(reading: Reading, clause: Clause) -> bool:
    """Whether a clause begins with و or ف and a verb, and so comes after what the one before said."""
    hit = clause.triggers[0] if clause.triggers else None
    return hit is not None and hit.first == clause.first and bool(hit.clitic) and hit.value.form != "noun"


def _dated(context: Context, clause: Clause, relation: Hit, stop: int) -> Iterator[Term]:
    """Deeds that the text itself dates, where the relation opens the clause or follows the deed."""
    if relation.value not in ("before", "after", "because"):
        return
    reading = context.reading
    for term in dated(context, clause, relation.first, stop):
        assert term.written is not None
        between = range(min(term.written.last, stop), max(term.written.first, relation.first))
        if any(reading.tokens[k].norm in reading.lexicon.pluperfect | reading.lexicon.relatives for k in between):
            continue
        yield term


def _date_beside(reading: Reading, clause: Clause, relation: Hit, length: Time | None) -> tuple[Term, ...]:
    """The date right before "a fortnight after …", "some months after the outbreak of …": it is when that was."""
    first = length.first if length is not None and length.last <= relation.first else relation.first
    time = next((t for t in reversed(clause.times) if t.last <= first), None)
    if time is None or not plain_date(time) or first - time.last > _BESIDE or relation.value not in ("before", "after"):
        return ()
    between = range(time.last, first)
    words = [reading.tokens[k].norm for k in between]
    if words[:1] not in ([","], ["،"]) or not set(words[1:]) <= reading.lexicon.vaguely:
        return ()
    return (Term(time.first, time.last, written=time),)


_BESIDE = 4
"""Words between a date and "after" that only say by how much: a comma, "some months"."""


def _plural(reading: Reading, first: int) -> bool:
    """Whether a name belongs to a list: "at the battles of the Nile and Trafalgar"."""
    plurals = reading.lexicon.wording["words"].get("plurals", {})
    return any(reading.tokens[k].norm in plurals for k in range(max(0, first - 3), first + 1))


def _together(context: Context, terms: Sequence[Term]) -> Iterator[Finding]:
    """«عند قيام الحرب وهزيمة …»: two things that are put at one moment and lie apart."""
    for one, other in pairwise(terms):
        pairs = [(a, b) for a in one.moments() for b in other.moments()]
        if pairs and all(abs(apart(a, b)) > 200 for a, b in pairs) and not (one.loose or other.loose):
            yield statement(context, one, other, one.first, other.last, "at")


def _causes(context: Context, clause: Clause) -> Iterator[Finding]:
    """ "X led to Y", «أدى سقوط … إلى …», «تلته معركة …»: what came first is said by a verb."""
    reading = context.reading
    for hit in reading.lexicon.leads.find(reading.tokens, clause.first, clause.last):
        if hit.first in reading.mention_at or not reading.asserted(clause, hit.first):
            continue
        first = _subject(context, clause, hit)
        if first is None:
            continue
        behind = max(hit.last, first.last)
        near = range(behind, min(clause.last, behind + _EFFECT))
        at = max((k for k in near if reading.tokens[k].norm in reading.lexicon.effects), default=behind)  # «أدى تمرد … في الجزائر إلى …»
        second = term_at(context, clause, at) if at == behind else None
        while second is None and at < min(clause.last, behind + 5):
            at += 1
            if reading.tokens[at - 1].norm in reading.lexicon.effects:
                second = term_at(context, clause, at) or _deed_dated(context, clause, at)
        if second is None or second.first < behind:
            continue
        cause, effect = (second, first) if hit.value == "preceded_by" else (first, second)
        if _refuted(context, "after", effect, cause):
            yield statement(context, effect, cause, min(hit.first, first.first), second.last, "after")
            return


_EFFECT = 5
"""Words behind a cause within which «إلى» may stand before its effect."""
_STORY = 60
"""Days by which what comes "then" must have been earlier."""


def _next(context: Context, clause: Clause) -> Iterator[Finding]:
    """«ثم», "then", «بعد ذلك», "later": a clause that says itself to follow on the one before it."""
    reading = context.reading
    hit = reading.lexicon.sequels.at(reading.tokens, clause.first, clause.last)
    if hit is None or clause.index == 0 or not reading.asserted(clause, hit.last):
        return
    before = reading.clauses[clause.index - 1]
    if clause.sentence - before.sentence > 1 or before.kind != clause.kind or _looks_back(reading, clause) or _looks_back(reading, before):
        return
    if reading.tokens[reading.sentences[clause.sentence][0] - 1].norm == "\n" and before.sentence != clause.sentence:
        return
    told = [term for term in mains(context, before, clause.first, clause.first) if not term.loose]
    for term in mains(context, clause, hit.first, hit.last):
        if told and not term.loose and not any(plain_date(time) for time in clause.times):
            pairs = [(a, b) for a in term.moments() for b in told[-1].moments()]
            if pairs and all(apart(b, a, _STORY) < 0 for a, b in pairs):
                yield statement(context, term, told[-1], told[-1].first, term.last, "after")
                return


def _looks_back(reading: Reading, clause: Clause) -> bool:
    return any(reading.tokens[k].norm in reading.lexicon.pluperfect for k in range(clause.first, clause.last))


def _deed_dated(context: Context, clause: Clause, at: int) -> Term | None:
    """«إلى توقيع معاهدة … في 23 أغسطس 1939»: a verbal noun to which the text gives a date."""
    reading = context.reading
    for hit in clause.triggers:
        if hit.first == at and hit.value.form == "noun" and reading.asserted(clause, at):
            found = date_of(reading, clause, hit.first, hit.last, clause.mentions)
            if found and plain_date(found.time):
                return Term(hit.first, found.time.last, written=found.time)
    return None


def _subject(context: Context, clause: Clause, hit: Hit) -> Term | None:
    """What stands as the subject of a verb of cause: before it, in Arabic also behind it."""
    reading = context.reading
    for mention in reversed(clause.mentions):
        if mention.has("event") and 0 <= hit.first - mention.last <= (1 if reading.lang == "ar" else 0):
            facts = events_of(context, mention)
            return Term(mention.first, mention.last, facts) if facts and not preposition(reading, mention) else None
    for predication in reading.said.get(clause.index, ()):
        if predication.form == "noun" and predication.last <= hit.first:
            term = term_at(context, clause, predication.first)
            if term is not None and 0 <= hit.first - term.last <= 1:
                return term
    return term_at(context, clause, hit.last) if reading.lang == "ar" and hit.value == "led_to" else None


def _refuted(context: Context, relation: str, term: Term, landmark: Term) -> bool:
    first, then = (landmark, term) if relation == "before" else (term, landmark)
    if relation in ("before", "after") and not (term.loose or landmark.loose) and followed(context, then, first):
        return True
    pairs = [(a, b) for a in term.moments() for b in landmark.moments()]
    if not pairs:
        return False
    if term.loose or landmark.loose:
        return _unlikely(relation, pairs)
    if term.written is not None and landmark.written is not None:
        return False  # see `sequence`
    written = term.written is not None or landmark.written is not None
    return all(_impossible(relation, a, b, max(3, slack_for(a, b)) if written else 3) for a, b in pairs)


def _impossible(relation: str, main: Moment, landmark: Moment, slack: int = 3) -> bool:
    gap = apart(landmark, main, slack)
    if relation == "after":
        return gap < 0
    if relation == "before":
        return gap > 0
    if relation in ("at", "during", "within"):
        return abs(gap) > (300 if relation == "at" else slack)
    return False


_NEAR, _FAR = 3 * _YEAR, 60 * _YEAR


def _unlikely(relation: str, pairs: Sequence[tuple[Moment, Moment]]) -> bool:
    """Whether, of what a place saw several times, one lies shortly on the wrong side and none on the right side for an age."""
    if relation not in ("before", "after"):
        return False
    wrong = [abs(apart(a, b)) for a, b in pairs if _impossible(relation, a, b, 20)]
    right = [abs(apart(a, b)) for a, b in pairs if not _impossible(relation, a, b, 0)]
    return bool(wrong) and min(wrong) <= _NEAR and all(gap > _FAR for gap in right)


def _other_length(relation: str, length: Time, term: Term, landmark: Term) -> bool:
    """Whether the two lie much nearer or farther apart than the length that is said."""
    days = length.mention.days
    if days is None or term.loose or landmark.loose:
        return False
    low, high = days
    spare = (_YEAR if high > 300 else 31 if high > 27 else 3) + high // (2 if length.mention.relation == "about" else 4)
    pairs = [(a, b) if relation == "after" else (b, a) for a in term.moments() for b in landmark.moments()]
    return bool(pairs) and all(_off(later, earlier, low - spare, high + spare) for later, earlier in pairs)


def _off(later: Moment, earlier: Moment, low: int, high: int) -> bool:
    if None in (later.start_lo, later.end_hi, earlier.start_lo, earlier.end_hi):
        return False
    least = later.start_lo - earlier.end_hi  # type: ignore[operator]
    most = later.end_hi - earlier.start_lo  # type: ignore[operator]
    return most < low or least > high


def _report(context: Context, relation: Hit, term: Term, landmark: Term, length: Time | None) -> Finding:
    first = min([relation.first, term.first, *([length.first] if length else [])])
    last = max([term.last, landmark.last, *([length.last] if length else [])])
    return statement(context, term, landmark, first, last, str(relation.value), length)


def statement(
    context: Context, one: Term, other: Term, first: int, last: int, relation: str, length: Time | None = None
) -> Finding:
    """The finding that two terms do not stand in the relation that the text gives them."""
    reading = context.reading
    words = reading.lexicon.wording.get("relations", {})
    one, other = _nearest(one, other), _nearest(other, one)
    return context.finding(
        first,
        last,
        {
            "one": _words(reading, one),
            "one_when": one.moments()[0],
            "other": _words(reading, other),
            "other_when": other.moments()[0],
            "relation": words.get(relation, relation),
            "length": _decapitalised(reading.text(length.first, length.last)) if length else "",
        },
        *[cite(term.facts[0].fact, term.facts[0].aspect) for term in (one, other) if term.facts],
    )


def _nearest(term: Term, other: Term) -> Term:
    """The term with the fact first that lies nearest to the other."""
    if len(term.facts) < 2 or not other.moments():
        return term
    when = other.moments()[0]
    return term._replace(facts=tuple(sorted(term.facts, key=lambda item: abs(apart(part_of(item.when, term.edge), when)))))


def _decapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]


def _words(reading: Reading, term: Term) -> str:
    """The words of a term without the conjunction that hangs on the first."""
    text = reading.text(term.first, term.last)
    joined = any(hit.first == term.first and hit.clitic in ("و", "ف") for clause in reading.clauses for hit in clause.triggers)
    mention = reading.mention_at.get(term.first)
    if mention is not None and text.startswith("و") and mention.names[0].key[:1]:
        joined = not mention.names[0].key[0].startswith("و")  # «ومعركة …»
    return text[1:] if joined else text
