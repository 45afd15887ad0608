"""Where the object of an Arabic verb stands: what tells «خلع أورنكزيب أباه» from «خُلع أورنكزيب», both written alike."""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import Hit, Lexicon
from .model import Token
from .prepositions import preposition
from .reading import Clause, Reading
from .tag.entities import Mention


def has_object(reading: Reading, name: Mention) -> bool:
    """Whether the object of an Arabic verb stands right behind the name that follows it: «خلع أورنكزيب أباه», «أعدم جمال باشا جماعة من …»."""
    tokens, lexicon, at = reading.tokens, reading.lexicon, name.last
    if not name.has("person") or at >= len(tokens) or tokens[at].kind != "word" or tokens[at].start - name.end != 1:
        return False
    other = reading.mention_at.get(at)
    if other is not None:
        written = tokens[at].norm
        return other.first == at and other.has("person") and not preposition(reading, other) and not written.startswith("و")
    if at + 1 < len(tokens) and tokens[at + 1].norm in lexicon.titles_behind:
        return True  # «قتل الشاه إسماعيل شيباني خان»
    kin, norm = lexicon.kin.at(tokens, at, at + 1), tokens[at].norm
    return kin is not None or norm in lexicon.carriers | lexicon.forces or (at not in reading.time_at and _noun(lexicon, tokens, at, norm))


_OWNED = 5
"""Letters of an Arabic noun with its pronoun, below which «ف» is likelier a conjunction."""


def _noun(lexicon: Lexicon, tokens: Sequence[Token], at: int, norm: str) -> bool:
    """Whether an Arabic word is neither of the grammar nor an adverb, an epithet or a title: a name, «فارسهم», «الشهداء»."""
    if len(norm) < 4 or norm.endswith(("ا", "ي", "يه")) or norm in lexicon.apposed | lexicon.honorifics:
        return False
    owned = norm[0] == "ف" and len(norm) > _OWNED and norm.endswith(("هم", "ها"))  # «فارسهم»
    if (norm[0] in "وفبلك" and not owned) or norm in lexicon.prepositions | lexicon.glue | lexicon.fillers | lexicon.joins | lexicon.titles_behind:
        return False
    grammar = (lexicon.relations, lexicon.connectors, lexicon.roles, lexicon.verbs, lexicon.nouns, lexicon.not_asserted)
    return not any(table.at(tokens, at, at + 1) for table in (*grammar, lexicon.titles, lexicon.ranks, lexicon.bearings))


def may_have_object(reading: Reading, verb: int, name: Mention) -> bool:
    """Whether a word behind the name that follows an unmarked Arabic verb may be whom no name tells: «قتل المنصور غالبا في معركة …»."""
    if reading.lang != "ar" or name.first != verb + 1 or name.last >= len(reading.tokens) or _DAMMA in reading.text(verb, verb + 1):
        return False
    behind, lexicon = reading.tokens[name.last], reading.lexicon
    free = behind.kind == "word" and name.last not in reading.time_at and name.last not in reading.mention_at
    return free and behind.norm.endswith("ا") and behind.norm not in lexicon.prepositions | lexicon.glue


_DAMMA = "\u064f"


def plural(reading: Reading, hit: Hit) -> bool:
    """Whether an Arabic verb has the ending of "they", so that its subject stands before it: «وفي المعركة هزموا جيش ملك البرتغال»."""
    token = reading.tokens[hit.last - 1]
    return not hit.value.suffix and token.norm.endswith("وا") and hit.value.form != "noun"


def subordinate(reading: Reading, first: int, last: int) -> bool:
    """Whether a verb of its own behind «أن» stands between two tokens of an Arabic clause: «هزم فلاناً قبل أن يتم بناء …»."""
    tokens, lexicon = reading.tokens, reading.lexicon
    return any(tokens[k].norm in lexicon.clausal and lexicon.relations.at(tokens, k - 1, k) for k in range(first + 1, last))


def hollow(reading: Reading, hit: Hit) -> bool:
    """Whether an Arabic verb has the long vowel that its passive has not: «اغتال» beside «اغتيل»."""
    return hit.last - hit.first == 1 and reading.tokens[hit.first].norm.removesuffix("ت")[-2:-1] == "ا"


def object_apart(reading: Reading, clause: Clause, first: Mention) -> bool:
    """Whether words about a name between commas part it from another behind them, which may be the object of its deed."""
    tokens = reading.tokens
    stop = reading.sentences[clause.sentence][1]
    if first.last + 1 >= stop or tokens[first.last].norm != "،":
        return False
    about = tokens[first.last + 1].norm
    if about not in reading.lexicon.relatives and about not in reading.lexicon.pronouns:
        return False
    comma = next((k for k in range(first.last + 1, stop) if tokens[k].norm == "،"), stop)
    behind = (reading.mention_at.get(k) for k in range(comma + 1, min(comma + 1 + _OBJECT, stop)))
    return any(m is not None and m.has("person") and not preposition(reading, m) for m in behind)


_OBJECT = 8
"""Words behind a comma in which the object stands."""
