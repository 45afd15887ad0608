"""Attacks, sieges, declarations of war and surrenders as clauses tell them: who did it, and to whom.

Read from the order of the names around the verb, so that "batteries opened fire on the Confederate garrison" tells who was fired on
though nobody knows the batteries.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lexicon import Hit
from ..named_tuple import NamedTuple
from ..normalise import bare
from ..prepositions import preposition
from ..reading import Clause, Reading
from ..slots import marked_passive
from ..tag.entities import Mention
from .context import Context

_BEHIND = 9
"""Words behind a verb within which the one stands to whom it was done."""
_SUBJECT = 6
"""Words between a verb and its subject."""


class Dealing(NamedTuple):
    """A deed of one upon another; either side may be empty where no known name stands for it."""

    kind: str  # attack besiege close declare surrender cede gain regain return lose buy pay
    clause: Clause
    first: int
    last: int
    doers: tuple[Mention, ...]
    others: tuple[Mention, ...]
    passive: bool = False


def dealings(context: Context) -> tuple[Dealing, ...]:
    """All of a text."""
    return context.once(_all)


def _all(context: Context) -> tuple[Dealing, ...]:
    reading = context.reading
    out: list[Dealing] = []
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for hit in reading.lexicon.deeds.find(reading.tokens, clause.first, clause.last):
            if reading.asserted(clause, hit.first) and not marked_passive(reading, hit):
                out.extend(_read(reading, clause, hit))
    return tuple(out)


def _read(reading: Reading, clause: Clause, hit: Hit) -> Iterator[Dealing]:
    kind, _, passive = str(hit.value).partition("/")
    actors = [m for m in clause.mentions if m.has("person", "polity") and not m.has("event")]
    stop = _end(reading, clause, hit)
    after = [m for m in actors if hit.last <= m.first < stop and m.first - hit.last <= _BEHIND]
    if reading.lang == "ar":
        subject = _arabic_subject(reading, clause, hit, actors, after)
    else:
        subject = english_subject(reading, clause, hit, actors)
    if not subject and not passive:
        subject = _carried(reading, clause, hit) or _stated(reading, clause, hit)
    if passive:
        by = reading.lang != "ar" and reading.tokens[hit.last - 1].norm == "by"
        doers = after[:1] if by else [m for m in after if preposition(reading, m) == "by"]
        yield Dealing(kind, clause, hit.first, hit.last, tuple(doers[:1]), tuple(subject[:1]), passive=True)
        return
    roles = _TO if kind == "surrender" else _ON
    if reading.lang == "ar" and not subject:
        roles = roles - {""}  # the name behind the verb may be that of the subject
    if reading.lang == "ar" and subject:
        after = [m for m in after if m not in _joined(reading, subject[0], after)]
    rest = [m for m in after if m not in subject and preposition(reading, m) in roles]
    if reading.lang == "ar" and not rest and subject and kind in _STRIKES and not _object(reading, clause, hit, subject[0]):
        return  # «غزت بولندا»
    yield Dealing(kind, clause, hit.first, hit.last, tuple(subject[:1]), tuple(rest[:1]))


def _joined(reading: Reading, subject: Mention, after: list[Mention]) -> list[Mention]:
    """Those named with an Arabic subject: «قطعت الولايات المتحدة وبريطانيا الطرق»."""
    out: list[Mention] = []
    at = subject.last
    for mention in after:
        if mention.first == at and reading.tokens[at].norm.startswith("و") and reading.document.text[mention.start] == "و":
            out.append(mention)
            at = mention.last
    return out


def _stated(reading: Reading, clause: Clause, hit: Hit) -> list[Mention]:
    """The subject as the slots of the verb have it, past words that nobody lists: «حاصرت قوات الشرطة المصرية المعسكر»."""
    said = [p for p in reading.said.get(clause.index, ()) if p.first == hit.first and p.form == "verb" and p.patients and not p.carried]
    return list(said[0].agents) if said and len(said[0].agents) == 1 else []


def _end(reading: Reading, clause: Clause, hit: Hit) -> int:
    """Where what belongs to a verb ends: at the next verb, a comma, or behind a place that was its object."""
    stop = min((h.first for h in clause.triggers if h.value.form == "verb" and h.first > hit.last), default=clause.last)
    stop = next((k for k in range(hit.last, stop) if reading.tokens[k].kind == "mark" and k not in reading.mention_at), stop)
    for mention in clause.mentions:
        if hit.last <= mention.first < stop and mention.has("place") and not mention.has("polity", "person"):
            if not preposition(reading, mention):
                return mention.last
    return stop


_STRIKES = frozenset({"attack", "besiege", "close", "declare"})
_ON = frozenset({"", "علي", "on", "upon", "against", "of", "عن", "الي", "into", "to", "ب", "at"})
_TO = frozenset({"", "ل", "to", "before", "امام", "الي"})


def _object(reading: Reading, clause: Clause, hit: Hit, mention: Mention) -> bool:
    """Whether the single name behind an Arabic verb is its subject: an object stands behind it, or it stands before the verb."""
    at = mention.last
    if mention.last <= hit.first:
        return True
    if at >= clause.last or reading.tokens[at].kind != "word" or at in reading.time_at:
        return False
    norm, lexicon = reading.tokens[at].norm, reading.lexicon
    return norm not in lexicon.prepositions | lexicon.glue | lexicon.fillers and not norm.startswith(("و", "ف"))


def _carried(reading: Reading, clause: Clause, hit: Hit) -> list[Mention]:
    """The subject of the verb before it: "invaded Albania and declared war"."""
    before = reading.clauses[clause.index - 1] if clause.index else clause
    joined = reading.lang != "ar" and hit.first > 0 and reading.tokens[hit.first - 1].norm in reading.lexicon.verb_joins
    if not joined or before.sentence != clause.sentence or hit.first - clause.first > 1:
        return []
    verb = next((h for h in before.triggers if h.value.form == "verb"), None)
    actors = [m for m in before.mentions if m.has("person", "polity") and not m.has("event")]
    return english_subject(reading, before, verb, actors) if verb else []


def _arabic_subject(reading: Reading, clause: Clause, hit: Hit, actors: list[Mention], after: list[Mention]) -> list[Mention]:
    """The name behind the verb with nothing unknown between the two, or the one right before it."""
    lead = [m for m in actors if m.last <= hit.first and hit.first - m.last <= 1 and not preposition(reading, m)]
    if lead and hit.clitic != "و" and not any(h.last <= lead[-1].first and h.value.form == "verb" for h in clause.triggers):
        return lead[-1:]
    for mention in after:
        if preposition(reading, mention) or mention.first - hit.last > _SUBJECT:
            return []
        words = [reading.tokens[k].norm for k in range(hit.last, mention.first) if k not in reading.mention_at]
        if reading.text(mention.first, mention.last).endswith("ين") and mention.how == "demonym" and not words:
            return []  # «حاصر العثمانيين»
        return [mention] if all(_known(reading, word) for word in words) else []
    return []


def _known(reading: Reading, word: str) -> bool:
    lexicon = reading.lexicon
    known = lexicon.carriers | lexicon.forces | lexicon.hosts | lexicon.units | lexicon.fillers
    forms = {word, bare(word), word.lstrip("وف")}
    return bool(forms & known) or any(lexicon.titles.by_word[form] or lexicon.ranks.by_word[form] for form in forms)


def english_subject(reading: Reading, clause: Clause, hit: Hit, actors: list[Mention]) -> list[Mention]:
    """The last name before the verb that stands under no preposition, or that before the first of several verbs joined by "and"."""
    tokens = reading.tokens
    own = next((m for m in actors if m.last == hit.first and _opens(reading, m)), None)
    if own is not None:
        return [own]
    begin = _behind_relative(reading, clause, hit.first)
    verbs = [h.first for h in clause.triggers if h.value.form == "verb" and begin <= h.first < hit.first]
    at = verbs[0] if verbs else hit.first
    lead = [m for m in actors if begin <= m.first and m.last <= at and not preposition(reading, m)]
    if not lead:
        return []
    between = range(lead[-1].last, at)
    if len(between) > _SUBJECT or any(tokens[k].kind != "word" or tokens[k].norm in reading.lexicon.relatives for k in between):
        return []
    if any(reading.document.text[tokens[k].start].isupper() and k not in reading.mention_at for k in between):
        return []  # somebody unknown
    if tokens[lead[-1].last].norm == "'" or any(k in reading.mention_at for k in between):
        return []
    indefinite = lead[-1].how == "demonym" and tokens[lead[-1].first - 1].norm in reading.lexicon.prepositions if lead[-1].first else False
    return [] if indefinite else lead[-1:]


def _opens(reading: Reading, mention: Mention) -> bool:
    """Whether a name right before a verb begins a statement of its own: ", and Spain ceded", "which France made over"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    at = mention.first - 1 - (mention.first > 0 and tokens[mention.first - 1].norm == "the")
    return at > 0 and (tokens[at].norm in (",", ";") or (tokens[at].norm in lexicon.joins and tokens[at - 1].norm in (",", ";")))


def _behind_relative(reading: Reading, clause: Clause, at: int) -> int:
    """Where what "under which", "by which" begin starts, before a verb; else the clause."""
    tokens, lexicon = reading.tokens, reading.lexicon
    for k in range(at - 1, clause.first, -1):
        if tokens[k].norm in lexicon.relatives and tokens[k - 1].norm in lexicon.prepositions:
            return k + 1
    return clause.first
