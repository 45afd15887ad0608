"""Kin of a pronoun told of the wrong degree: «وخلفه ابنه محمد رشاد» where everybody named near was none, and one of them his brother.

Whoever the pronoun means is among those whom the sentences before name, or the one that the text is about. A finding needs that the
kinship is impossible for each of them, that nobody named before was that kinsman, and that one near was known kin of another degree.
"""

from __future__ import annotations

from ..bind import apart
from ..facts import Entity
from ..lexicon import Hit
from ..normalise import bare, name_key
from ..prepositions import named_in
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, alive
from .kin_of import ancestor
from .people_words import phrases

KINDS = {
    "kin_son": "son", "kin_daughter": "son", "kin_brother": "brother", "kin_sister": "brother", "kin_uncle": "uncle", "kin_nephew": "nephew",
    "kin_grandson": "grandson",
}  # fmt: skip
"""The keys of `people.yaml` and the degrees that they tell."""
_OPEN = frozenset({"son", "brother"})
"""Degrees of which the reference knows enough to look further back than the sentence."""
_BEFORE = 2
"""Sentences before that of the pronoun in which its man may be named."""
_TITLES = 3
"""Words (a comma, an article, a title) between the word of kinship and the name."""
_MOST = 8
_NAMESAKE = 100 * 366
_LETTERS = 4


def kin_near(context: Context, clause: Clause, mention: Mention) -> tuple[str, int, Entity, Entity] | None:
    """The degree told, the token of its word, the kinsman near whom the pronoun may mean, and him who is named."""
    reading = context.reading
    word, own = kin_word(reading, mention), context.people(mention)
    if word is None or len(own) != 1 or mention.how not in ("name", "short"):
        return None
    kind, start = KINDS[str(word.value)], _from(reading, clause)
    near = [m for m in named_in(reading, start, word.first) if m.has("person") and m.ids() != mention.ids() and m.last <= word.first]
    named = {person.id: person for m in near for person in context.people(m)}
    topic = (context.entity(fact) for fact in reading.topic)
    named |= {person.id: person for person in topic if person is not None and person.kind == "person" and person.id != own[0].id}
    men = [person for person in named.values() if person.sex != "female"]
    told = own[0].father not in named and _father_told(context, own[0], word.first)
    told = told or any(related_as(context, own[0], p) == kind for m in named_in(reading, 0, word.first) if m.has("person") for p in context.people(m))
    if not 0 < len(men) <= _MOST or told or not all(_impossible(context, kind, own[0], man) for man in men):
        return None
    if kind not in _OPEN:
        men = [man for man in men if any(man.id in m.ids() for m in named_in(reading, reading.sentences[clause.sentence][0], word.first))]
    bound = [man for man in men if related_as(context, own[0], man) and not _ages_apart(own[0], man)]
    return (kind, word.first, bound[-1], own[0]) if bound else None


def kin_word(reading: Reading, mention: Mention) -> Hit | None:
    """The word for a kinsman of "him" before a name, past a title: "his uncle, the Grand Duke Michael"."""
    tokens, table = reading.tokens, phrases(reading, *KINDS)
    for stop in range(mention.first, max(0, mention.first - _TITLES - 1), -1):
        if stop < mention.first and not _light(reading, stop):
            return None
        for first in range(max(0, stop - 4), stop):
            hit = table.at(tokens, first, stop)
            if hit is not None and hit.last == stop:
                last = tokens[hit.last - 1].end
                return None if reading.document.text[last - 1] == "ة" else hit  # «ابنة فلان»
    return None


def _light(reading: Reading, at: int) -> bool:
    """Whether a token is a title, or an article or comma before one."""
    norm = reading.tokens[at].norm
    return bool(reading.lexicon.titles.at(reading.tokens, at, at + 1)) or (reading.lang != "ar" and norm in (",", "the"))


def _from(reading: Reading, clause: Clause) -> int:
    """Where the sentences begin that may name him whom a pronoun means; those of the paragraph before where it is the first."""
    return reading.sentences[max(0, clause.sentence - _BEFORE)][0]


def _father_told(context: Context, person: Entity, last: int) -> bool:
    """Whether the text before a token names somebody's father, or has a word of his names."""
    reading, father = context.reading, context.entity(person.father) if person.father else None
    if father is None:
        return False
    if any(father.id in m.ids() for m in named_in(reading, 0, last)):
        return True
    words = {word for name in father.names.get(reading.lang, ()) for word in name_key(name) if len(word) >= _LETTERS}
    words -= {bare(word) for word in reading.lexicon.regnal}
    words = {word for word in words if not reading.lexicon.titles.by_word.get(word)}
    return any(k not in reading.mention_at and bare(reading.tokens[k].norm) in words for k in range(max(0, last - 60), last))


def related_as(context: Context, one: Entity, other: Entity) -> str:
    """What one was to another, "" where the reference does not tell: son, father, brother, grandson, grandfather, nephew or uncle."""
    if other.id in (one.father, one.mother):
        return "son"
    if one.id in (other.father, other.mother):
        return "father"
    if _siblings(one, other):
        return "brother"
    if ancestor(context, one, other):
        return "grandson"
    if ancestor(context, other, one):
        return "grandfather"
    parents = [[p for k in (who.father, who.mother) if k and (p := context.entity(k))] for who in (one, other)]
    if any(_siblings(parent, other) for parent in parents[0]):
        return "nephew"
    return "uncle" if any(_siblings(parent, one) for parent in parents[1]) else ""


def _siblings(one: Entity, other: Entity) -> bool:
    return one.id != other.id and bool((one.father and one.father == other.father) or (one.mother and one.mother == other.mother))


def _impossible(context: Context, kind: str, person: Entity, man: Entity) -> bool:
    """Whether somebody was surely not that to a man."""
    real = related_as(context, person, man)
    if real:
        return real != kind and (real, kind) != ("grandson", "son")
    if _ages_apart(person, man):
        return True
    if kind == "son":
        return bool(person.father)
    return kind == "brother" and bool(person.father and man.father) and not (person.mother and not man.mother)


def _ages_apart(one: Entity, other: Entity) -> bool:
    lives = alive(one), alive(other)
    return lives[0] is not None and lives[1] is not None and abs(apart(lives[0], lives[1])) > _NAMESAKE
