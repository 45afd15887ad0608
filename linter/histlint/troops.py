"""Whose troops did something, where a clause names a power or a man only by them: "Saladin's army", «انسحبت تلك القوات»."""

from __future__ import annotations

from .anaphors import definite
from .lexicon import Hit
from .prepositions import named_in, preposition, under
from .reading import Clause, Reading
from .tag.entities import Mention


def last_forces(reading: Reading, clause: Clause, hit: Hit) -> Mention | None:
    """«انسحبت تلك القوات»: the power whose troops were last spoken of, where the noun has no adjective of its own."""
    tokens, lexicon = reading.tokens, reading.lexicon
    for index in range(hit.last, min(hit.last + 2, clause.last)):
        if tokens[index].norm in lexicon.forces and definite(tokens, index):
            if index + 1 < len(tokens) and tokens[index + 1].norm.startswith("ال"):
                return None
            start = reading.sentences[clause.sentence][0]
            before = [m for m in named_in(reading, start, hit.first) if m.has("polity")]
            troops = [m for m in before if m.first and tokens[m.first - 1].norm in lexicon.forces]
            return (troops or before)[-1] if before else None
    return None


def whose_troops(reading: Reading, mention: Mention, verb: int) -> bool:
    """Whether an English genitive is that of the troops who do what the verb says: "Saladin's army took …"."""
    lexicon = reading.lexicon
    light = lexicon.auxiliaries | lexicon.pluperfect
    words = [reading.tokens[k].norm for k in range(mention.last + 1, verb)]
    while words and (words[-1] in light or words[-1].endswith(lexicon.verbs.adverb_endings)):
        words.pop()
    return 0 < len(words) <= _TROOPS and words[-1] in lexicon.forces and "," not in words


def of_others(reading: Reading, mention: Mention) -> bool:
    """Whether an English genitive is that of others than his troops: "by King John's allies"."""
    behind = [token.norm for token in reading.tokens[mention.last : mention.last + _TROOPS + 2]]
    return reading.lang != "ar" and behind[:2] == ["'", "s"] and not reading.lexicon.forces & {*behind}


def troops_of(reading: Reading, mention: Mention, verb: int) -> bool:
    """Whether an English name behind "of" right before the verb is that of whose troops did it: "the army of Saladin took …"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    at = under(reading, mention)
    if mention.last != verb or preposition(reading, mention) != "of" or at < 2 or tokens[at - 1].norm not in lexicon.forces:
        return False
    front = at - 2
    while front > 0 and at - front <= _TROOPS and tokens[front].norm not in ("the", "a") and front not in reading.mention_at:
        front -= 1
    return tokens[front].norm == "the" and (front == 0 or tokens[front - 1].norm not in lexicon.prepositions)


_TROOPS = 4
"""Words of a genitive and the noun for the troops, or of that noun with its adjectives."""
