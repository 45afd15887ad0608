"""Mothers and wives: «وأمه زبيدة», "Octavia, the wife of Pompey", «تزوج فلان فلانة», where the reference has another mother or other husbands.

A man had several wives, so only her husbands are compared: the reference has all of them that it knows at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..facts import Entity
from ..lexicon import Hit
from ..model import Finding
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, alive, cite
from .people_words import members, phrases
from .story import possessive

_OF = {"mother": ("mother_of", "their_mother"), "spouse": ("wife_of", "their_wife", "their_husband", "married")}
"""The keys of the wording for the two choices of the rule."""

_NAMESAKE = 100 * 366
"""Days between two lives from which one of them is a namesake's."""


def check(context: Context) -> Iterator[Finding]:
    """Women who are called the mother or wife of one who had another, or was another's."""
    reading, of = context.reading, str(context.options.get("of", "mother"))
    table = phrases(reading, *_OF[of])
    for clause in reading.clauses_with(table):
        if clause.kind not in ("paragraph", "item"):
            continue
        for hit in table.find(reading.tokens, clause.first, clause.last):
            if hit.first in reading.mention_at or not reading.told(clause, hit.first):
                continue
            pair = _PAIRS[str(hit.value)](context, clause, hit)
            if pair is not None and pair[0] is not pair[1]:
                yield from _compare(context, of, hit, *pair)


_OWNED = frozenset({"their_mother", "their_wife", "their_husband"})
"""The keys of words with a pronoun."""

_Pair = tuple[Mention, Mention] | None
"""The woman, and her child or husband."""


def _compare(context: Context, of: str, hit: Hit, woman: Mention, other: Mention) -> Iterator[Finding]:
    pairs = [(a, b) for a in context.people(woman) for b in context.people(other)]
    if not pairs or any(a.sex != "female" or a.id == b.id or not _wrong(of, a, b) for a, b in pairs):
        return
    near = [(a, b) for a, b in pairs if not ((one := alive(a)) and (life := alive(b)) and abs(apart(one, life)) > _NAMESAKE)]
    if not near or not all(in_full(context.reading, mention) for mention in (woman, other)):
        return
    who, person = near[0]
    named = [woman, other] if str(hit.value) not in _OWNED else [other if hit.value == "their_husband" else woman]
    first, last = min(hit.first, *(m.first for m in named)), max(hit.last, *(m.last for m in named))
    known = [context.entity(person.mother)] if of == "mother" else [context.entity(husband) for husband in who.spouses]
    values = {"woman": who, "person": person, "real": tuple(entry for entry in known if entry is not None)}
    yield context.finding(first, last, values, cite(person if of == "mother" else who, "life"))


def _wrong(of: str, woman: Entity, other: Entity) -> bool:
    """Whether a woman surely was not the mother or wife of somebody."""
    if of == "mother":
        return bool(other.mother) and other.mother != woman.id
    return other.sex != "female" and bool(woman.spouses) and other.id not in woman.spouses and woman.id not in other.spouses


def in_full(reading: Reading, mention: Mention) -> bool:
    """Whether a name can mean nobody else: it does so in the reference, is of several words, or the text has such a one too."""
    ids = mention.ids("person")
    return mention.how == "name" or any(m.how in ("name", "short") and m.last - m.first > 1 and m.ids("person") == ids for m in reading.mentions)


def _people(reading: Reading, first: int, last: int) -> list[Mention]:
    return [m for m in named_in(reading, first, last) if m.has("person") and m.how != "anaphor" and not m.has("event", "polity")]


def _woman(context: Context, mention: Mention) -> bool:
    return all(person.sex == "female" for person in context.people(mention))


def behind(context: Context, clause: Clause, first: int) -> Mention | None:
    """The person named right behind a token, past titles."""
    reading, at = context.reading, first
    tokens, passed = reading.tokens, members(reading, "kin_passed")
    while at < clause.last and at not in reading.mention_at and (reading.lexicon.titles.at(tokens, at, at + 1) or tokens[at].norm in passed):
        at += 1
    mention = reading.mention_at.get(at)
    sure = mention is not None and mention.first == at and mention.has("person") and mention.how != "anaphor" and not mention.has("polity")
    return mention if sure and mention is not None and not possessive(reading, mention) and not _goes_on(reading, mention) else None


def _goes_on(reading: Reading, mention: Mention) -> bool:
    """Whether a name goes on as that of somebody's child: «زوجة معاوية بن هشام»."""
    behind = reading.tokens[mention.last].norm if mention.last < len(reading.tokens) else ""
    return behind in reading.lexicon.sons_of


def ahead(context: Context, clause: Clause, hit: Hit) -> Mention | None:
    """The person of whom a word of kinship is said: right before it, or before "was", "who was", a comma."""
    reading, at = context.reading, hit.first - 1
    while at > clause.first and at not in reading.mention_at and reading.tokens[at].norm in members(reading, "kin_said"):
        at -= 1
    mention = reading.mention_at.get(at)
    if mention is None or not mention.has("person") or mention.how == "anaphor" or mention.has("polity"):
        return None
    return None if possessive(reading, mention) or preposition(reading, mention) in ("of", "'s") or _of_another(reading, mention) else mention


def _of_another(reading: Reading, mention: Mention) -> bool:
    """Whether a name only says whose kin or servant somebody was: «جارية زبيدة والدة المأمون»."""
    before = reading.tokens[mention.first - 1].norm if mention.first else ""
    return before in reading.lexicon.kinsmen or before in members(reading, "servants")


def _kin_of(context: Context, clause: Clause, hit: Hit) -> _Pair:
    """ "X, the mother of Y", «فلانة أرملة فلان», «والدة فلان فلانة»."""
    reading = context.reading
    other = behind(context, clause, hit.last)
    if other is None or hit.clitic not in ("", "ل"):
        return None
    woman = ahead(context, clause, hit)
    if woman is None and reading.lang == "ar":
        woman = behind(context, clause, other.last)
    return (woman, other) if woman is not None and _woman(context, woman) else None


def _theirs(context: Context, clause: Clause, hit: Hit) -> _Pair:
    """«وأمه فلانة», "his wife X", of the one of whom the sentence speaks: where it is plain, or wrong for all who are named."""
    woman = behind(context, clause, hit.last)
    if woman is None or not _woman(context, woman):
        return None
    of, owners = str(context.options.get("of")), _owners(context, clause, hit)
    if _own_near(context, clause, woman, owners):
        return None
    if of == "spouse":
        owners = [m for m in owners if not _woman(context, m)]
    wrong = all(_wrong(of, a, b) for m in owners for a in context.people(woman) for b in context.people(m))
    return (woman, owners[-1]) if owners and wrong else None


def _own_near(context: Context, clause: Clause, woman: Mention, owners: list[Mention]) -> bool:
    """Whether a text that names a husband of hers, or a child where the sentence names nobody before, may mean him by the pronoun."""
    named = [entry for fact in context.reading.named if (entry := context.entity(fact)) and entry.kind == "person"]
    who = {person.id for person in context.people(woman)}
    if context.options.get("of") == "spouse":
        return any(who & {*person.spouses} for person in named)
    here = context.reading.sentences[clause.sentence][0]
    return not any(m.first >= here for m in owners) and any(person.mother in who for person in named)


def _hers(context: Context, clause: Clause, hit: Hit) -> _Pair:
    """«زوجها فلان», "her husband, X"."""
    man = behind(context, clause, hit.last)
    women = [m for m in _owners(context, clause, hit) if _woman(context, m)]
    return (women[-1], man) if man is not None and len({m.ids() for m in women}) == 1 and not _woman(context, man) else None


def _owners(context: Context, clause: Clause, hit: Hit) -> list[Mention]:
    """To whom a pronoun may point: all who are named before it in the sentence, else in the sentence before, with whom the text is about."""
    reading = context.reading
    start = reading.sentences[clause.sentence][0]
    found = [m for m in _people(reading, start, hit.first) if not _parent(reading, m)]
    if not found and clause.sentence:
        found = _people(reading, reading.sentences[clause.sentence - 1][0], start)
    topic = [fact for fact in reading.topic if (entry := context.entity(fact)) and entry.kind == "person"]
    known = {fact for m in found for fact in m.ids("person")}
    return found if known.issuperset(topic) else []


def _parent(reading: Reading, mention: Mention) -> bool:
    """Whether a name is that of the father of the same one: «أبوه الزبير بن العوام، وأمه أسماء»."""
    hits = (reading.lexicon.kin.at(reading.tokens, mention.first - size, mention.first) for size in (2, 1) if mention.first >= size)
    return any(hit is not None and hit.last == mention.first and hit.value == "father" for hit in hits)


def _married(context: Context, clause: Clause, hit: Hit) -> _Pair:
    """ "X married Y", «تزوج فلان من فلانة»: both stand right beside the verb."""
    reading = context.reading
    other = behind(context, clause, hit.last)
    if other is None:
        return None
    one = behind(context, clause, other.last) if reading.lang == "ar" else None
    one = one or ahead(context, clause, hit)
    if one is None or _woman(context, one) == _woman(context, other):
        return None
    return (one, other) if _woman(context, one) else (other, one)


_PAIRS = {
    "mother_of": _kin_of, "wife_of": _kin_of, "their_mother": _theirs, "their_wife": _theirs, "their_husband": _hers, "married": _married,
}  # fmt: skip
