"""Sons, fathers and brothers: «ابنه المعتصم» where the reference names another father."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..facts import Entity
from ..lexicon import Hit
from ..model import Finding
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, alive, cite

_REACH = 40
_NAMESAKE = 100 * 366
"""Days between two lives from which a kinsman is taken for a namesake."""


def check(context: Context) -> Iterator[Finding]:
    """Kinship words before a name that the reference refutes."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind != "paragraph":
            continue
        for mention in clause.mentions:
            if mention.how == "anaphor" or not mention.has("person") or not reading.asserted(clause, mention.first):
                continue
            word = _kin_word(reading, mention)
            before = _other(context, clause, mention) if word else None
            if word is None or before is None or _of_kin(reading, word.first) or _of_this(reading, word.first):
                continue
            if _stranger_between(reading, before, word.first):
                continue
            if _another_since(reading, before.last, word.first):
                continue
            if word.value == "son_of" and not _said_of(reading, before, word.first):
                continue
            yield from _compare(context, str(word.value), word.first, before, mention)


def _stranger_between(reading: Reading, before: Mention, first: int) -> bool:
    """Whether a son of somebody whom no list has is named between two: «… وبعد أوقطاي اختير منكو بن تولي، فأرسل أخاه هولاكو»."""
    sons = reading.lexicon.sons_of
    return any(reading.tokens[k].norm in sons and k not in reading.mention_at for k in range(before.last, first))


def _kin_word(reading: Reading, mention: Mention) -> Hit | None:
    """The word of kinship right before a name; a title may stand between: «وهو ابن السلطان مراد الأول»."""
    tokens, lexicon = reading.tokens, reading.lexicon
    stop = mention.first
    if stop > 1 and lexicon.titles.at(tokens, stop - 1, stop):
        stop -= 1
    for size in (4, 3, 2, 1):
        hit = lexicon.kin.at(tokens, stop - size, stop) if stop >= size else None
        if hit and hit.last == stop and (stop == mention.first or hit.value == "son_of"):
            return hit
    return None


def _of_kin(reading: Reading, first: int) -> bool:
    """Whether another word of kinship stands before one: «جد أبيه», "his father's brother"."""
    return first > 0 and reading.tokens[first - 1].norm.lstrip("وف") in reading.lexicon.kinsmen


def _of_this(reading: Reading, first: int) -> bool:
    """«وخلف هذا ابنه مراد»: of the man named last, whom the reference may not know."""
    return first > 0 and reading.tokens[first - 1].norm in reading.lexicon.pointing


def _another_since(reading: Reading, first: int, last: int) -> bool:
    """Whether something is done since to somebody whom the reference does not know: «أمر بقتل الناصر، وقُتل معه أخوه الظاهر»,
    «فخلع كسرى ابنُه شيرويه»."""
    tokens, lexicon = reading.tokens, reading.lexicon
    for clause in reading.clauses[reading.clause_at[first - 1] : reading.clause_at[last] + 1]:
        for hit in clause.triggers:
            at = hit.last
            if not first <= hit.first or at >= last or hit.value.frame not in _DONE or hit.value.suffix or tokens[at].kind != "word":
                continue
            while at < last and lexicon.titles.at(tokens, at, at + 1):
                at += 1
            norm = tokens[at].norm
            words = lexicon.prepositions | lexicon.glue | lexicon.fillers | lexicon.carriers
            plain = at >= last or norm in words or lexicon.relations.at(tokens, at, last)
            if not plain and at not in reading.mention_at and at not in reading.time_at:
                return True
    return False


_DONE = frozenset({"kill", "unseat", "capture", "die", "dismiss"})


def _said_of(reading: Reading, before: Mention, first: int) -> bool:
    """Whether "the son of" is said of a name: right behind it or behind "was"; «وهو ابن» is said of the subject."""
    if reading.lang == "ar":
        return True
    between = [reading.tokens[k].norm for k in range(before.last, first) if k not in reading.time_at]
    return all(norm in reading.lexicon.auxiliaries or norm in (",", "(", ")") for norm in between)


def _other(context: Context, clause: Clause, mention: Mention) -> Mention | None:
    """Whom «ابنه» points to: the one person named before it in the sentence or, alone, in the sentence before."""
    reading = context.reading
    start = reading.sentences[clause.sentence][0]
    low = max(start, mention.first - _REACH)
    found = [m for k in range(low, mention.first) if (m := reading.mention_at.get(k)) is not None and m.first == k]
    named = [m for m in found if m.has("person")]
    if any(_governed(reading, m) or _kin_word(reading, m) for m in named):
        return None  # «قبة الإمام الشافعي»; «والده عبد العزيز وشقيقه سعود» are kinsmen of a third
    ids = {m.ids("person") for m in named}
    return named[-1] if len(ids) == 1 else None


def _governed(reading: Reading, mention: Mention) -> bool:
    """Whether a name only says whose something was: a preposition and a noun stand before it."""
    tokens, lexicon = reading.tokens, reading.lexicon
    at = mention.first - 1
    while at > 0 and lexicon.titles.at(tokens, at, at + 1):
        at -= 1
    noun = tokens[at].norm if at > 0 else ""
    plain = noun not in lexicon.prepositions | lexicon.carriers | lexicon.joins and not lexicon.kin.at(tokens, at, at + 1)
    return reading.lang == "ar" and at > 0 and plain and tokens[at - 1].norm in lexicon.prepositions


def _compare(context: Context, kind: str, first: int, before: Mention, after: Mention) -> Iterator[Finding]:
    ones, others = context.people(before), context.people(after)
    if not ones or not others:
        return
    if not all(_wrong(context, kind, a, b) for a in ones for b in others):
        return
    lives = [(alive(a), alive(b)) for a in ones for b in others]
    if all(a and b and abs(apart(a, b)) > _NAMESAKE for a, b in lives):
        return  # a namesake of another age
    child = others[0] if kind in ("son", "brother", "grandson") else ones[0]  # else the one who is somebody's son
    father = context.entity(child.father)
    yield context.finding(
        first, after.last, {"one": ones[0], "other": others[0], "child": child, "father": father or ""}, cite(child, "father")
    )


def _wrong(context: Context, kind: str, one: Entity, other: Entity) -> bool:
    if one.id == other.id:
        return False
    if kind == "son":
        return bool(other.father) and other.father != one.id and one.sex != "female"
    if kind in ("father", "son_of"):
        return bool(one.father) and one.father != other.id
    if kind == "brother":
        return bool(one.father and other.father) and one.father != other.father
    if kind == "grandson":
        father = context.entity(other.father)
        return (
            bool(father and father.father)
            and father is not None
            and father.father != one.id
            and other.father != one.id
            and one.sex != "female"
        )
    return False


__all__ = ["Reading", "check"]
