"""Sons, fathers and brothers: «ابنه المعتصم» where the reference names another father."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..facts import Entity
from ..lexicon import Hit
from ..model import Finding
from ..normalise import bare, name_key
from ..prepositions import named_in
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .called import called
from .context import RULING, Context, alive, cite, reigns
from .given_heirs import came_next, given_heirs
from .kin_near import kin_near
from .kin_of import ancestor, brother_of_father, told_kin, unlike
from .lineage import pairs, passed
from .people_words import members
from .successors import of_one_age

_REACH = 40
_NAMESAKE = 100 * 366
"""Days between two lives from which a kinsman is taken for a namesake."""


def check(context: Context) -> Iterator[Finding]:
    """Kinship words before a name that the reference refutes."""
    reading = context.reading
    for predication, gone, heir in (*pairs(context), *passed(context)):
        kin = _kin_word(reading, heir)
        if kin is not None and kin.value not in _SAID_OF | _LIKE.keys() and kin.first >= predication.last and not _of_kin(reading, kin.first):
            yield from _compare(context, str(kin.value), kin.first, gone, heir)
    yield from _given(context)
    yield from _told(context)
    for clause in reading.clauses:
        if clause.kind != "paragraph":
            continue
        for mention in clause.mentions:
            if mention.how == "anaphor" or not mention.has("person") or not reading.told(clause, mention.first):
                continue
            word = _kin_word(reading, mention)
            before = _other(context, clause, mention) if word is not None and _plain(reading, word) else None
            near = kin_near(context, clause, mention) if before is None else None
            if near is not None and not _of_kin(reading, near[1]) and not _unnamed(reading, clause, near[1]):
                yield _finding(context, near[0], (near[1], mention.last), near[2], near[3])
                continue
            if word is None or _of_kin(reading, word.first) or _of_this(reading, word.first) or _of_the_object(reading, word.first):
                continue
            if before is None:
                found = list(_of_none(context, clause, word, mention))
                yield from found or _of_no_ruler(context, clause, word, mention)
            elif not (
                _stranger_between(reading, before, word.first)
                or _forefather(reading, before)
                or _another_since(reading, before.last, word.first)
                or (word.value in _SAID_OF | _LIKE.keys() and not _said_of(context, before, word, mention))
            ):
                yield from _compare(context, _LIKE.get(str(word.value), str(word.value)), word.first, before, mention)


def _stranger_between(reading: Reading, before: Mention, first: int) -> bool:
    """Whether a son of somebody whom no list has is named between two: «… وبعد أوقطاي اختير منكو بن تولي، فأرسل أخاه هولاكو»."""
    sons = reading.lexicon.sons_of
    return any(reading.tokens[k].norm in sons and k not in reading.mention_at for k in range(before.last, first))


def _forefather(reading: Reading, before: Mention) -> bool:
    """Whether a name only says whose grandson another is, of whom a pronoun speaks: «كان الخان مونكو، حفيد جنكيز خان، قد كلف أخاه هولاكو»."""
    tokens, at = reading.tokens, before.first - 1
    return at > 0 and tokens[at].norm in reading.lexicon.kinsmen and tokens[at - 1].kind == "mark"


def _kin_word(reading: Reading, mention: Mention) -> Hit | None:
    """The word of kinship right before a name; a title may stand between: «وهو ابن السلطان مراد الأول»."""
    tokens, lexicon = reading.tokens, reading.lexicon
    stop = mention.first
    if stop > 1 and lexicon.titles.at(tokens, stop - 1, stop):
        stop -= 1
    for size in (4, 3, 2, 1):
        hit = lexicon.kin.at(tokens, stop - size, stop) if stop >= size else None
        if hit and hit.last == stop:
            hit = hit if _masculine(reading, hit) else _of_a_woman(hit)
            return hit if hit is None or stop == mention.first or hit.value in _TITLED else None
    return None


_NEAREST = frozenset({"son", "father", "brother", "grandson"})
_TITLED = frozenset({"son_of", "father", "brother_of", "daughter_of"})
_SAID_OF = frozenset({"son_of", "brother_of"})
_WOMEN = {"son": "daughter_of"}
_LIKE = {"daughter_of": "son_of", "brother_of": "brother"}
"""What an Arabic word of kinship means with a feminine ending, and the kinship by which the others are compared."""


def _of_a_woman(hit: Hit) -> Hit | None:
    """«ابنة فلان», where «ابنه» with the pronoun is written alike but for its ending."""
    kind = _WOMEN.get(str(hit.value)) if hit.last - hit.first == 1 else None
    return hit._replace(value=kind) if kind else None


def _plain(reading: Reading, word: Hit) -> bool:
    """Whether a word of kinship alone says enough to point to the one man of its sentence: «ابنه», "the son of"."""
    if word.value in _SAID_OF | _LIKE.keys():
        return True
    return word.value in _NEAREST and word.last - word.first <= (1 if reading.lang == "ar" else 2)


def _masculine(reading: Reading, hit: Hit) -> bool:
    """Whether an Arabic word of kinship ends with the pronoun, not with a feminine ending that is folded to it: «ابنة العادل»."""
    at = reading.tokens[hit.last - 1].end
    return reading.document.text[at - 1] != "ة"


def _of_kin(reading: Reading, first: int) -> bool:
    """Whether another word of kinship stands before one: «جد أبيه», "his father's brother"."""
    return first > 0 and reading.tokens[first - 1].norm.lstrip("وف") in reading.lexicon.kinsmen


def _of_this(reading: Reading, first: int) -> bool:
    """«وخلف هذا ابنه مراد»: of the man named last, whom the reference may not know."""
    return first > 0 and reading.tokens[first - 1].norm in reading.lexicon.pointing


def _of_the_object(reading: Reading, first: int) -> bool:
    """Whether a joined verb and an object whom the reference does not know stand before it: «أقصى الوزير الأكبر نزاراً وأجلس أخاه المستعلي»."""
    if reading.lang != "ar" or first < 2 or not reading.tokens[first - 1].norm.startswith("و") or first - 2 in reading.mention_at:
        return False
    token = reading.tokens[first - 2]
    return reading.document.text[token.start : token.end].endswith(("ًا", "اً"))


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


def _said_of(context: Context, before: Mention, word: Hit, mention: Mention) -> bool:
    """Whether "the son of" is said of a name: right behind it or behind "was"; «وهو ابن» is said of the subject, «ابنة» of a woman."""
    reading = context.reading
    if word.value in _WOMEN.values() and not all(person.sex == "female" for person in context.people(before)):
        return False
    if reading.lang == "ar" and (word.value == "son_of" or reading.tokens[word.first - 1].norm in members(reading, "she")):
        return True
    if word.value == "brother_of" and {before.how, mention.how} != {"name"}:
        return False
    behind = reading.tokens[mention.last].norm if mention.last < len(reading.tokens) else ""
    if word.value in _LIKE and behind in members(reading, "by_mother"):
        return False  # «أخو فلان لأمه»
    between = [reading.tokens[k].norm for k in range(before.last, word.first) if k not in reading.time_at]
    passed = reading.lexicon.auxiliaries | members(reading, "is_kin") | {",", "،", "(", ")"}
    return all(norm in passed for norm in between)


def _of_none(context: Context, clause: Clause, word: Hit, mention: Mention) -> Iterator[Finding]:
    """«… ابنه فلان» where it is not plain whose: a finding where he was that to none of all who are named before, and was otherwise
    related to one of them."""
    reading = context.reading
    if word.value not in _POINTING or word.last != mention.first:
        return
    first, stop = reading.sentences[clause.sentence]
    start = _from(reading, clause)
    reach = stop if word.value == "father" else word.first  # «توفي والده بايزيد فجلس سليمان»
    near = {m.ids("person") for m in named_in(reading, first, reach) if m.has("person") and m is not mention} or _subjects_before(reading, clause)
    named = [m for m in named_in(reading, start, reach) if m.has("person") and m is not mention]
    owners = {m.ids("person"): m for m in named}
    if not near or (word.value == "father" and len(owners) > 1) or not _in_full(reading, mention, named) or _kin_unnamed(reading, first, word):
        return
    topic = [person for fact in reading.topic if (person := context.entity(fact)) and person.kind == "person"]
    candidates = [person for m in owners.values() for person in context.people(m)] + topic
    own = context.people(mention)
    if not 0 < len(candidates) <= _MOST or not own or _real_near(context, own, start, word.first):
        return
    if not all(_wrong(context, str(word.value), one, other) for one in candidates for other in own):
        return
    bound = [one for one in candidates if all(_bound(context, one, other) for other in own)]
    lives = [(alive(one), alive(own[0])) for one in bound]
    close = [one for one, (a, b) in zip(bound, lives, strict=True) if not (a and b and abs(apart(a, b)) > _NAMESAKE)]
    if close:
        yield _finding(context, str(word.value), (word.first, mention.last), close[-1], own[0])


def _of_no_ruler(context: Context, clause: Clause, word: Hit, mention: Mention) -> Iterator[Finding]:
    """«فتولى بعده ابنه أبو جعفر المنصور»: whoever is meant by the pronoun reigned before him, and his father never did, but a brother."""
    reading = context.reading
    told = any(p.frame == "succeed" and p.asserted and 0 <= word.first - p.last <= _REIGN_NEAR for p in reading.said.get(clause.index, ()))
    people = context.people(mention)
    if word.value != "son" or word.last != mention.first or not told or mention.how != "name" or mention.last - mention.first < 2:
        return
    if any(person.father in reading.named for person in people):
        return
    before = [next((gone for role in reigns(person, RULING) if (gone := context.entity(role.predecessor))), None) for person in people]
    fathers = [context.entity(person.father) for person in people]
    if not people or not all(father and not any(reigns(father, RULING)) for father in fathers):
        return
    if all(gone and gone.father == person.father for gone, person in zip(before, people, strict=True)) and before[0] is not None:
        yield _finding(context, "son", (word.first, mention.last), before[0], people[0])


_REIGN_NEAR = 3
"""Words between the verb of succession and the word for the kinsman."""

def _unnamed(reading: Reading, clause: Clause, last: int) -> bool:
    """Whether a kinsman who has no name stands before a token in its sentence."""
    return any(hit.last not in reading.mention_at for hit in reading.lexicon.kin.find(reading.tokens, reading.sentences[clause.sentence][0], last))


def _kin_unnamed(reading: Reading, first: int, word: Hit) -> bool:
    """Whether a kinsman who has no name stands before the word, whose kin is perhaps meant: «وحفيده أحب عمه هولاكو»."""
    hits = reading.lexicon.kin.find(reading.tokens, first, word.first)
    return any(hit.value != word.value and hit.last not in reading.mention_at for hit in hits)


def _subjects_before(reading: Reading, clause: Clause) -> set[tuple[str, ...]]:
    """The man whom the text is about, where the sentence before names him, or nobody."""
    start, stop = reading.sentences[clause.sentence - 1] if clause.sentence else (0, 0)
    named = {m.ids("person") for m in named_in(reading, start, stop) if m.has("person")}
    return named if named == {reading.topic} else set()


_POINTING = frozenset({"son", "father", "nephew", "uncle"})
_MOST = 8
"""People to one of whom a pronoun may point; where more are named nothing is plain."""


def _from(reading: Reading, clause: Clause) -> int:
    """Where the paragraph of a clause begins."""
    at = clause.first
    while at > 0 and reading.tokens[at - 1].norm != "\n":
        at -= 1
    return at


def _in_full(reading: Reading, mention: Mention, others: list[Mention]) -> bool:
    """Whether the text has a name of several words for one of those: a by-name alone may be that of another house's ruler."""
    wanted = {fact for m in (mention, *others) for fact in m.ids("person")}
    return any(m.how == "name" and m.last - m.first > 1 and wanted.issuperset(m.ids("person")) for m in reading.mentions if m.has("person"))


def _real_near(context: Context, people: list[Entity], first: int, last: int) -> bool:
    """Whether a word of the true father's name, or of his father's, stands in a token range: he is meant, without being known."""
    fathers = [father for person in people if (father := context.entity(person.father))]
    fathers += [father for one in tuple(fathers) if (father := context.entity(one.father))]
    words = {word for one in fathers for group in one.names.values() for text in group for word in name_key(text)}
    words -= context.reading.lexicon.name_links
    named = [k for k in range(first, last) if k not in context.reading.mention_at]
    return any(bare(context.reading.tokens[k].norm) in words for k in named)


def _bound(context: Context, one: Entity, other: Entity) -> bool:
    """Whether two were kin by their fathers, or sat on one throne."""
    lines = [{person.id, *_line(context, person)} for person in (one, other)]
    if lines[0] & lines[1]:
        return True
    thrones = [{role.of for role in reigns(person, RULING) if role.of} for person in (one, other)]
    return bool(thrones[0] & thrones[1])


def _line(context: Context, person: Entity) -> Iterator[str]:
    """The father and grandfather of somebody."""
    father = context.entity(person.father) if person.father else None
    if father is not None:
        yield father.id
        if father.father:
            yield father.father


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
    ones, others = of_one_age(ones, others)
    if not ones or not others:
        return
    if not all(_wrong(context, kind, a, b) for a in ones for b in others):
        return
    lives = [(alive(a), alive(b)) for a in ones for b in others]
    if all(a and b and abs(apart(a, b)) > _NAMESAKE for a, b in lives):
        return  # a namesake of another age
    yield _finding(context, kind, (first, after.last), ones[0], others[0])


def _given(context: Context) -> Iterator[Finding]:
    """«وخلفه أخوه علي» of one whose son Ali came next: the heir is told by his given name alone."""
    for _, kin, given, people in context.once(given_heirs):
        heirs = [next((came for _, came, _ in came_next(context, person) if came), []) for person in people]
        found = [(one, came[0][0]) for one, came in zip(people, heirs, strict=True) if len({e.id for e, _ in came}) == 1]
        if len(found) == len(people) > 0 and all(called(context, heir, given) and _wrong(context, str(kin.value), one, heir) for one, heir in found):
            yield _finding(context, str(kin.value), (kin.first, kin.last + len(given)), *found[0])


def _told(context: Context) -> Iterator[Finding]:
    """ "X was the father of Y", «فلان عم فلان»."""
    for kind, hit, one, other in told_kin(context):
        ones, others = of_one_age(context.people(one), context.people(other))
        if not ones or not others or not all(unlike(context, kind, a, b) for a in ones for b in others):
            continue
        lives = [(alive(a), alive(b)) for a in ones for b in others]
        if not all(a and b and abs(apart(a, b)) > _NAMESAKE for a, b in lives):
            last = max(hit.last, one.last)
            yield _finding(context, _AS.get(kind, kind), (other.first if kind not in _AS else hit.first, last), ones[0], others[0])


_AS = {"father_of": "father", "child_of": "son", "sibling_of": "brother"}
"""The kinship by which a finding says who was the child."""


def _finding(context: Context, kind: str, at: tuple[int, int], one: Entity, other: Entity) -> Finding:
    child = other if kind not in ("father", "son_of", "uncle", "uncle_of", "grandfather_of") else one  # the one who is somebody's son
    values = {"one": one, "other": other, "child": child, "father": context.entity(child.father) or ""}
    return context.finding(*at, values, cite(child, "father" if child.father else "life"))


def _wrong(context: Context, kind: str, one: Entity, other: Entity) -> bool:
    """Whether somebody (`other`) surely is not that to another."""
    if one.id == other.id:
        return False
    if kind == "son":
        return (bool(other.father) and other.father != one.id and one.sex != "female") or _too_young(one, other)
    if kind == "son_of" and other.sex == "female":
        return bool(one.mother) and one.mother != other.id
    if kind in ("father", "son_of"):
        return bool(one.father) and one.father != other.id
    brothers = bool(one.father) and one.father == other.father
    if kind == "brother":
        mothers = one.mother == other.id or other.mother == one.id
        return (bool(one.father and other.father) and not brothers) or one.father == other.id or other.father == one.id or mothers
    if kind == "grandson":
        father = context.entity(other.father)
        return (
            bool(father and father.father)
            and father is not None
            and father.father != one.id
            and other.father != one.id
            and one.sex != "female"
        )
    nearer = brothers or other.father == one.id or one.father == other.id
    if kind == "cousin":
        return nearer
    elder, younger = (one, other) if kind == "nephew" else (other, one)
    turned = ancestor(context, younger, elder) or ancestor(context, elder, younger) or brother_of_father(context, younger, elder)
    return nearer or turned or (context.reading.lang == "ar" and _no_uncle(context, elder, younger))


def _no_uncle(context: Context, elder: Entity, younger: Entity) -> bool:
    """Whether somebody was no brother of another's father."""
    father = context.entity(younger.father) if younger.father else None
    return bool(father and father.father and elder.father) and father is not None and father.father != elder.father


def _too_young(father: Entity, son: Entity) -> bool:
    """Whether the births of two surely are too near for father and son."""
    if father.born is None or son.born is None or father.born.start_lo is None or son.born.end_hi is None:
        return False
    return son.born.end_hi - father.born.start_lo < _PARENT


_PARENT = 13 * 366
"""Days of age below which nobody was a father."""


__all__ = ["Reading", "check"]
