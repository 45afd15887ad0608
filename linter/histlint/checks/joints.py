"""Where a sentence puts one thing after another: "after A, B", «لم يقع ب إلا بعد أ», "A led to B", "B, in reply to A".

Each joint is the word of sequence, the tokens that tell what came first, and those that tell what followed. Nothing is known yet of
what the two parts tell; see `aftermath`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..extract import may_be_verb
from ..lexicon import Hit
from ..model import Token
from ..named_tuple import NamedTuple
from ..prepositions import named_in
from ..reading import Clause, Reading

_FRONT = 4
"""Words that may stand before the word of sequence at the front of a sentence."""
_STOPS = frozenset([",", "،", ";", "؛"])

Part = tuple[int, int]


class Joint(NamedTuple):
    """The first token of the whole, the tokens that tell what came first, and those that tell what came then."""

    first: int
    earlier: Part
    later: Part
    hung: Hit | None = None  # the word of sequence where it stands between the two, behind what came later


def joints(reading: Reading, clauses: Sequence[Clause], start: int, stop: int) -> Iterator[Joint]:
    """The ways to read the order that a sentence states."""
    opened = list(_opened(reading, clauses, start, stop, _FRONT))
    for clause in clauses[1:]:
        if not opened and _joined(reading, clause.first):
            opened = list(_opened(reading, clauses, clause.first, stop, 1))
    yield from opened or _framed(reading, clauses, start, stop)
    if not opened:
        yield from _caused(reading, clauses, start, stop)
    yield from _answered(reading, start, stop)
    yield from _following(reading, clauses, start, stop)
    yield from _hung(reading, clauses, start, stop)


def _joined(reading: Reading, index: int) -> bool:
    """Whether a clause goes on with "and": «…، ولما فرغ منها سار إلى …»."""
    norm = reading.tokens[index].norm
    return norm in reading.lexicon.joins or (reading.lang == "ar" and norm[:1] in ("و", "ف"))


def _opened(reading: Reading, clauses: Sequence[Clause], start: int, stop: int, reach: int) -> Iterator[Joint]:
    """A word of sequence at most `reach` words behind `start`."""
    hit = next(iter(reading.lexicon.aftermath.find(reading.tokens, start, min(stop, start + reach + 3))), None)
    if hit is None or hit.first in reading.mention_at or named_in(reading, start, hit.first):
        return
    if reading.lexicon.sequels.at(reading.tokens, hit.first, stop):
        return  # «بعد ذلك»
    if len([k for k in range(start, hit.first) if reading.tokens[k].norm not in reading.lexicon.exceptives]) > reach:
        return
    for split in _splits(reading, clauses, hit, stop):
        yield Joint(hit.first, (hit.last, split), (split, stop))


def _framed(reading: Reading, clauses: Sequence[Clause], start: int, stop: int) -> Iterator[Joint]:
    """What is told to follow by other words than one in front: «لم يكد … حتى», "Humbled at …", «لم … إلا بعد …»."""
    hardly = next(iter(reading.lexicon.hardly.find(reading.tokens, start, min(stop, start + _FRONT + 3))), None)
    until = next((k for k in range(hardly.last, stop) if reading.tokens[k].norm in reading.lexicon.until_when), None) if hardly else None
    if hardly is not None and until is not None:
        yield Joint(hardly.first, (hardly.last, until), (until + 1, stop))
        return
    comma = next((k for k in range(start, stop) if reading.tokens[k].norm == "," and k not in reading.time_at), None)
    if comma is not None and _humbled(reading, start, comma):
        yield Joint(start, (start, comma), (comma + 1, stop))
        return
    for late in reading.lexicon.relations.find(reading.tokens, start + _FRONT, stop):
        before = reading.tokens[late.first - 1].norm
        if late.value == "after" and before in reading.lexicon.exceptives and _denied(clauses, late.first):
            yield Joint(late.first - 1, (late.last, _stopped(reading, late.last, stop)), (_denial(clauses, late.first), late.first - 1))
            return


def _humbled(reading: Reading, start: int, comma: int) -> bool:
    """Whether an English participle opens a sentence, with what had happened: "Humbled at Leipzig, …", "Driven on by the fall of …"."""
    if reading.lang == "ar" or start + 2 >= comma or start in reading.mention_at:
        return False
    tokens, lexicon = reading.tokens, reading.lexicon
    norm = tokens[start].norm
    if not norm.endswith(tuple(lexicon.past_endings)) and norm not in lexicon.participles:
        return False
    under = next((k for k in range(start + 1, min(start + _ADVERBS, comma)) if tokens[k].norm in lexicon.fought_at | lexicon.answered_by), None)
    if under is not None and under + 1 in reading.time_at and not _undone(reading, start, comma):
        return False  # "Published in 1962, the book …": it goes on to tell of earlier things
    plain = under is not None and not any(tokens[k].norm in lexicon.auxiliaries for k in range(start, comma))
    return plain and under is not None and (under == start + 1 or tokens[under].norm in lexicon.answered_by)


def _undone(reading: Reading, start: int, comma: int) -> bool:
    """Whether a participle tells of a fate behind which what is told next came: "Beaten in 1809, …"."""
    hit = reading.lexicon.verbs.at(reading.tokens, start, comma)
    return hit is not None and hit.value.frame in _FATES


_FATES = frozenset({"lose", "unseat", "capture", "surrender", "withdraw", "win"})
_ADVERBS = 5
"""Words between a participle and "by"."""


def _denied(clauses: Sequence[Clause], before: int) -> bool:
    return any(doubt.value == "negation" and doubt.first < before for clause in clauses for doubt in clause.doubts)


def _denial(clauses: Sequence[Clause], before: int) -> int:
    """The negation before a token, behind which what follows is told: «…، ولم يستسلموا إلا بعد …»."""
    return max(doubt.first for clause in clauses for doubt in clause.doubts if doubt.value == "negation" and doubt.first < before)


def _stopped(reading: Reading, first: int, stop: int) -> int:
    """The first comma or semicolon from a token on, else the end."""
    return next((k for k in range(first, stop) if reading.tokens[k].norm in _STOPS), stop)


def _caused(reading: Reading, clauses: Sequence[Clause], start: int, stop: int) -> Iterator[Joint]:
    """ "A led to B", «أدى أ إلى ب»."""
    for hit in reading.lexicon.leads.find(reading.tokens, start, stop):
        if hit.value != "led_to" or hit.first in reading.mention_at or not (hit.first > start or reading.lang == "ar"):
            continue
        end = _stopped(reading, hit.last, stop)
        if reading.lang == "ar" and any(reading.tokens[k].norm in reading.lexicon.pluperfect for k in range(max(0, hit.first - 2), hit.first)):
            return  # «وكان أبوه قد أُجبر على الرحيل»
        if hit.first > start + 1:
            first = _before(reading, clauses, hit.first) if reading.lang == "ar" else start
            yield Joint(first, (first, hit.first), (hit.last, end))
        else:  # «أدى سقوط … إلى …»
            late = [other.first for other in reading.lexicon.relations.find(reading.tokens, hit.last + 1, end) if other.value != "at"]
            for effect in range(hit.last + 2, min([end - 1, *late])):
                if reading.tokens[effect].norm in reading.lexicon.effects:
                    yield Joint(start, (hit.last, effect), (effect + 1, end))
        return


def _answered(reading: Reading, start: int, stop: int) -> Iterator[Joint]:
    """ "Answered A by B", «رد على أ ب…»."""
    for hit in reading.lexicon.answering.find(reading.tokens, start, stop):
        if hit.first in reading.mention_at:
            continue
        end = _stopped(reading, hit.last, stop)
        for by in range(hit.last + 1, end - 1):
            norm = reading.tokens[by].norm
            if norm in reading.lexicon.answered_by or (reading.lang == "ar" and norm[:1] in reading.lexicon.answered_by and len(norm) > 4):
                yield Joint(hit.first, (hit.last, by), (by, end))


def _following(reading: Reading, clauses: Sequence[Clause], start: int, stop: int) -> Iterator[Joint]:
    """ "B, which followed A", «ب التي أعقبت أ»: a verb of coming after, with what it came after as its object."""
    for k in range(start + 2, stop - 1):
        if reading.tokens[k].norm in reading.lexicon.followers and not reading.lexicon.roles.at(reading.tokens, k + 1, stop):
            before = reading.tokens[k - 1].norm
            if before in reading.lexicon.auxiliaries | reading.lexicon.joins or before in reading.lexicon.pluperfect:
                continue
            hit = Hit(k, k + 1, "after")
            yield Joint(_before(reading, clauses, k), (k + 1, _stopped(reading, k + 1, stop)), (_before(reading, clauses, k), k), hit)


def _hung(reading: Reading, clauses: Sequence[Clause], start: int, stop: int) -> Iterator[Joint]:
    """ "B, in reply to A", «ب رداً على أ»: a word of sequence behind what came later."""
    for clause in clauses:
        for hit in clause.relations:
            if hit.value not in ("after", "because") or hit.clitic in ("و", "ف") or hit.first - start < _FRONT - 1:
                continue
            if reading.lexicon.sequels.at(reading.tokens, hit.first, stop):
                continue  # «بعد ذلك»
            if reading.lexicon.retrospective.find(reading.tokens, hit.first - 1, hit.last):
                continue  # «فيما بعد»
            first = _before(reading, clauses, hit.first)
            if any(reading.tokens[k].norm == ";" for k in range(first, hit.first)):
                continue  # "…; following A, B"
            if hit.first - first >= 2:
                yield Joint(first, (hit.last, min(_stopped(reading, hit.last, stop), clause.last)), (first, hit.first), hit)


_COMMAS = 3
"""Commas that the first part may hold at most, the last of which ends it."""


def _before(reading: Reading, clauses: Sequence[Clause], at: int) -> int:
    """Where the clause begins that ends before a word of cause: its own, or the one before where it begins with the word."""
    clause = reading.clauses[reading.clause_at[at]]
    if at - clause.first <= 2 and clause.index and reading.clauses[clause.index - 1].sentence == clause.sentence:
        clause = reading.clauses[clause.index - 1]
    return max(clause.first, clauses[0].first)


def _splits(reading: Reading, clauses: Sequence[Clause], hit: Hit, stop: int) -> Iterator[int]:
    """Where the main part may begin: behind the first comma, else at the verb that is not that of the first part; in English
    also at each verb before the comma, as in "After the battle the king fled …", and behind the "that" of "it was after …"."""
    tokens = reading.tokens
    comma = next((k for k in range(hit.last + 1, stop - 1) if tokens[k].norm in (",", "،")), None)
    names = [m for m in named_in(reading, hit.last, stop) if m.how != "demonym"]
    if reading.lang != "ar":
        cleft = next((k for k in range(hit.last + 1, stop) if tokens[k].norm in reading.lexicon.relatives), None) if hit.first > 1 else None
        if cleft is not None and tokens[hit.first - 1].norm in reading.lexicon.auxiliaries | reading.lexicon.exceptives:
            yield cleft + 1
        yield from [k + 1 for k in range(hit.last + 1, stop - 1) if tokens[k].norm == ","][:_COMMAS]
        end = comma if comma is not None else stop
        yield from _finite(reading, clauses, names[0].last if names and names[0].last < end else hit.last + 2, end)
        return
    verbs = _arabic_verbs(reading, clauses, hit, stop)
    at = min([k for k in (comma, *verbs[:1]) if k is not None], default=None)
    if at is None and len(names) > 1:
        at = names[0].last
    if at is not None and at > hit.last:
        yield at


def _own_verb(reading: Reading, hit: Hit) -> int | None:
    """Where the verb of the first part stands, behind an Arabic word of sequence that has one: «لما», «بعد أن», «ثأراً لما»."""
    for k in range(hit.first, min(hit.last + 1, len(reading.tokens))):
        norm = reading.tokens[k].norm
        if norm.lstrip("وف") in reading.lexicon.clausal or (norm[:1] in ("ب", "ل") and norm[1:] in reading.lexicon.clausal):
            return k + 1
    return None


def _arabic_verbs(reading: Reading, clauses: Sequence[Clause], hit: Hit, stop: int) -> list[int]:
    """The words from a word of sequence on that are verbs, also those that no wording file lists: feminine pasts."""
    tokens, lexicon = reading.tokens, reading.lexicon
    known = {h.first for c in clauses for h in c.triggers if h.value.form != "noun" and not h.clitic}
    out = []
    own = _own_verb(reading, hit)
    front = own if own is not None else hit.first
    for k in range((own if own is not None else hit.last) + 1, stop):
        norm, before = tokens[k].norm, tokens[k - 1].norm
        if k in reading.mention_at or k in reading.time_at or before in lexicon.prepositions | lexicon.relatives:
            continue
        goes = lexicon.going.at(tokens, k, stop)
        nominal = norm in lexicon.ambiguous and (k - 1 < hit.last or bool(lexicon.nouns.at(tokens, k - 1, k)))
        if ((k in known or (goes and not goes.clitic)) and not nominal) or _feminine(tokens[k]) or _unlisted(reading, k, front):
            out.append(k)
    return out


def _feminine(token: Token) -> bool:
    """Whether an Arabic word has the ending of a feminine past."""
    norm = token.norm
    return token.kind == "word" and len(norm) > 3 and norm.endswith("ت") and not norm.endswith(("ات", "وت")) and not norm.startswith(("ال", "و"))


def _unlisted(reading: Reading, at: int, verb: int) -> bool:
    """Whether an Arabic word is a verb that no file lists: between a name or date and who did it, or a word of time. Not what is
    done by the subject right behind a first verb: «لما جمع فلان منصبي الرئيس …»."""
    before, behind = reading.mention_at.get(at - 1), reading.mention_at.get(at + 1)
    if before is not None and before.first == verb + 1 and before.has("person", "polity"):
        return False
    if (before is None and at - 1 not in reading.time_at) or at + 1 >= len(reading.tokens) or not may_be_verb(reading, at):
        return False
    actor = behind is not None and behind.first == at + 1 and behind.has("person", "polity") and behind.how != "anaphor"
    return actor or bool(reading.lexicon.relations.at(reading.tokens, at + 1, at + 2))


def _finite(reading: Reading, clauses: Sequence[Clause], start: int, stop: int) -> Iterator[int]:
    """The verbs and auxiliaries from `start` on that stand in no relative clause."""
    verbs = {h.first for c in clauses for h in c.triggers if h.value.form != "noun"}
    for k in range(start, stop):
        if reading.tokens[k].norm in reading.lexicon.relatives:
            return
        norm = reading.tokens[k].norm
        past = (norm.endswith(tuple(reading.lexicon.past_endings)) and len(norm) > 4) or norm in reading.lexicon.irregular_pasts
        if k in verbs or past or norm in reading.lexicon.auxiliaries | reading.lexicon.inverting:
            yield k
