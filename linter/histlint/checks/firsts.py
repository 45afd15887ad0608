"""Who was the first or last in an office: «أصبح جمال عبد الناصر أول رئيس لها», "the last caliph, Mehmed VI".

The reference need not know all holders: one who held the office right before the "first", or right after the "last", refutes it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, part_of
from ..facts import Entity, Role
from ..model import Finding
from ..named_tuple import NamedTuple
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, akin, cite, reigns
from .people_words import members, phrases
from .story import story_time

_NEXT = 400
"""Days between two terms that follow one another in one state: else a state began anew."""
_SOME = 120
"""Days of a term that is worth counting."""
_REACH = 4
_CROWNS = frozenset({"king", "emperor", "sultan", "caliph", "shah", "tsar", "khan", "emir", "president"})


class _Claim(NamedTuple):
    """"First" or "last" at token `first`, the office behind it, and the realm that is named with it."""

    way: str
    first: int
    last: int
    office: str
    realms: frozenset[str]  # empty where none is named


def firsts(context: Context) -> Iterator[Finding]:
    """People who were not the first, or the last, in their office."""
    reading = context.reading
    table = phrases(reading, "first_in", "last_in")
    for at in table.places(reading.tokens):
        hit = table.at(reading.tokens, at, len(reading.tokens))
        clause = reading.clauses[reading.clause_at[at]] if hit and at in reading.clause_at else None
        if hit is None or clause is None or at in reading.mention_at or clause.kind not in ("paragraph", "item") or not reading.asserted(clause, at):
            continue
        claim = _claim(context, clause, str(hit.value).removesuffix("_in"), at, hit.last)
        mention = _bearer(reading, clause, claim) if claim else None
        if claim is None or mention is None:
            continue
        people = context.people(mention)
        found = [_other(context, clause, person, claim) for person in people]
        if not found or not all(found):
            continue
        holder, role = found[0]  # type: ignore[misc]
        yield context.finding(
            min(claim.first, mention.first),
            max(claim.last, mention.last),
            {"person": people[0], "holder": holder, "role_when": role.when},
            cite(people[0], "roles"),
            cite(holder, "roles"),
        )


def _claim(context: Context, clause: Clause, way: str, at: int, start: int) -> _Claim | None:
    reading = context.reading
    tokens, lexicon = reading.tokens, reading.lexicon
    hit = lexicon.titles.at(tokens, start, clause.last) or phrases(reading, *_plurals(reading)).at(tokens, start, clause.last)
    if hit is None:
        return None
    offices = (str(hit.value).removeprefix("several_"),) if isinstance(hit.value, str) else hit.value
    k, realms = hit.last, set()
    if lexicon.lang != "ar":
        before = reading.mention_at.get(at - 1) or reading.mention_at.get(at - 3)
        realms |= {*before.ids("polity", "place")} if before is not None and tokens[at - 1].norm in ("s", "'s") else set()
    while k < clause.last and tokens[k].kind == "word":
        mention = reading.mention_at.get(k)
        if mention is not None and mention.has("person") and not mention.has("polity", "place"):
            break
        if mention is not None and mention.has("polity", "place"):
            realms |= {*mention.ids("polity", "place")}
            k = mention.last
        elif tokens[k].norm in members(reading, "of_the_state") and k - hit.last <= 2:
            k += 1
        else:
            return None  # "first president to visit", «أول رئيس منتخب»
    return _Claim(way, at, k, offices[0], frozenset(realms)) if len(offices) == 1 else None


def _plurals(reading: Reading) -> list[str]:
    words = reading.lexicon.wording.get("people", {})
    return [key for key in words if str(key).startswith("several_")]


def _bearer(reading: Reading, clause: Clause, claim: _Claim) -> Mention | None:
    """Who is said to be it: named right behind, or before it past a verb or an apposition."""
    tokens = reading.tokens
    stop = min(claim.last + 3, clause.last)
    link = members(reading, "apposing")
    for k in range(claim.last, stop):
        mention = reading.mention_at.get(k)
        if mention is not None:
            if mention.has("person") and not mention.has("place", "event") and mention.how != "anaphor":
                return mention
            break
        if tokens[k].norm not in (",", "،") and tokens[k].norm not in link:
            break
    for k in range(claim.first - 1, max(clause.first, claim.first - _REACH) - 1, -1):
        mention = reading.mention_at.get(k)
        if mention is not None:
            if mention.last - 1 == k and mention.has("person") and not mention.has("place", "event") and mention.how != "anaphor":
                return mention
            return None
        if tokens[k].norm not in (",", "،") and tokens[k].norm not in link:
            return None
    return None


def _other(context: Context, clause: Clause, person: Entity, claim: _Claim) -> tuple[Entity, Role] | None:
    """Who held the office right before the first, or right after the last."""
    own = [role for role in reigns(person) if role.office == claim.office or (role.office in _CROWNS and claim.office in _CROWNS)]
    if claim.realms:
        own = [role for role in own if not akin(context, role.of).isdisjoint(claim.realms)]
        if any(role.of not in claim.realms and claim.realms & _regimes(context, role.of) for role in own):
            return None
    meant = claim.realms or _state(context, clause, claim)
    if not own or (meant and not any(akin(context, role.of) & meant for role in own)):
        return _never(context, clause, person, claim)
    found = [_beside(context, person, role, claim) for role in own]
    return found[0] if all(found) else None


def _regimes(context: Context, of: str) -> set[str]:
    """Nothing but the state itself counts: the first president of the Fifth Republic was not that of France."""
    return {fact for fact in akin(context, of) if fact != of and (e := context.entity(fact)) is not None and e.kind == "polity" and e.existed}


def _beside(context: Context, person: Entity, role: Role, claim: _Claim) -> tuple[Entity, Role] | None:
    """The first, or last, holder of an office, where only a few terms lie between his and that of the person."""
    if any(r.of == role.of and r.office == role.office and r.when and r.when != role.when for r in person.roles):
        return None
    terms = _terms(context, role.of, claim.office)
    if claim.way == "last":
        terms.reverse()
        if not terms or not _over(context, role.of, claim.office, terms[0][1]):
            return None
    chain = [(other, theirs) for other, theirs in terms[: _FEW + 1] if other.id != person.id and _sure(theirs)]
    for other, theirs in chain:
        if _follows(theirs, role) if claim.way == "first" else _follows(role, theirs):
            return other, theirs
    return None


def _terms(context: Context, of: str, office: str) -> list[tuple[Entity, Role]]:
    """All known terms in an office, the earliest first."""
    people = [other for fact in context.reference.events_with(of, "office") if (other := context.entity(fact)) is not None]
    terms = [(other, role) for other in people for role in reigns(other, (office,)) if role.of == of]
    return sorted(terms, key=lambda term: (term[1].when.start_lo or 0, term[0].id) if term[1].when else (0, ""))


_FEW = 2
"""Terms between the first and one who may be taken for him."""
_ENDED = 2_451_500
"""The Julian day after which an office of today may have had other holders since."""


def _over(context: Context, of: str, office: str, last: Role) -> bool:
    """Whether an office is surely no more: of a state that is gone, or a throne without a holder for long."""
    state = context.entity(of)
    ended = state is not None and state.existed is not None and state.existed.end_hi is not None
    return ended or (office in _CROWNS - {"president"} and last.when is not None and (last.when.end_hi or 1 << 40) < _ENDED)


def _sure(role: Role) -> bool:
    """Whether a term is long enough to count."""
    when = role.when
    return when is not None and None not in (when.start_hi, when.end_lo) and (when.end_lo or 0) - (when.start_hi or 0) >= _SOME


def _follows(one: Role, two: Role) -> bool:
    """Whether a term came right after another."""
    first, second = one.when, two.when
    if first is None or second is None or None in (first.end_lo, first.end_hi, second.start_lo, second.start_hi, first.start_hi):
        return False
    gap = (second.start_lo or 0) - (first.end_hi or 0)
    return gap <= _NEXT and (second.start_lo or 0) > (first.start_hi or 0) + _SOME and abs((second.start_hi or 0) - (first.end_lo or 0)) <= 4 * _NEXT


def _never(context: Context, clause: Clause, person: Entity, claim: _Claim) -> tuple[Entity, Role] | None:
    """The first in an office of the state that is named, where the person held such an office of another state only."""
    elsewhere = [role for role in reigns(person, (claim.office,)) if role.of]
    realms = claim.realms or _state(context, clause, claim)
    when = story_time(context, clause)
    if claim.way != "first" or not elsewhere or len(realms) != 1 or when is None:
        return None
    realm = next(iter(realms))
    if any(realm in akin(context, role.of) or role.of in akin(context, realm) for role in elsewhere):
        return None
    terms = [(other, role) for other, role in _terms(context, realm, claim.office) if role.when]
    if not terms or terms[0][0].id == person.id:
        return None
    start = part_of(terms[0][1].when, "start") if terms[0][1].when else None
    return terms[0] if start is not None and not apart(start, when, 31) else None


def _state(context: Context, clause: Clause, claim: _Claim) -> frozenset[str]:
    """The state that a pronoun means: the only one named before it in the sentence."""
    reading = context.reading
    start = reading.sentences[clause.sentence][0]
    named = [m for c in (*reading.before(clause), clause) for m in c.mentions if start <= m.first < claim.first]
    states = {m.ids("polity") for m in named if m.has("polity") and m.how == "name"}
    return frozenset(next(iter(states))) if len(states) == 1 else frozenset()
