"""The wording of `outcomes.yaml`: what tells of the fate of a man or a town, and what may stand between it and the name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..lexicon import Hit, Lexicon, Phrases
from ..normalise import fold
from ..prepositions import named_in
from ..reading import Clause, Reading
from ..wording_tables import phrase_table

_FATES = ("killed", "captured", "escaped", "uncaptured", "suicide", "lived", "natural", "gone")
_AFTER = tuple(f"{fate}_after" for fate in _FATES)

_tables: dict[tuple[int, tuple[str, ...]], tuple[Lexicon, Phrases]] = {}
_sets: dict[tuple[int, str], tuple[Lexicon, frozenset[str]]] = {}


def phrases(reading: Reading, *keys: str) -> Phrases:
    """The phrases of these keys; the value of a hit is its key."""
    known = _tables.get((id(reading.lexicon), keys))
    if known is None:
        lists = reading.lexicon.lists
        table = Phrases(phrase_table({key: lists.get(f"outcomes/{key}", ()) for key in keys}))
        known = _tables[id(reading.lexicon), keys] = (reading.lexicon, table)  # keeps the lexicon alive, so that its id stays its own
    return known[1]


def members(reading: Reading, key: str) -> frozenset[str]:
    """The words of the phrases of a key, folded."""
    known = _sets.get((id(reading.lexicon), key))
    if known is None:
        words: Iterable[str] = reading.lexicon.wording.get("outcomes", {}).get(key, ())
        known = _sets[id(reading.lexicon), key] = (reading.lexicon, frozenset(fold(part) for word in words for part in str(word).split()))
    return known[1]


def fates(reading: Reading, clause: Clause) -> list[Hit]:
    """What a clause tells of fates, in the order of its words."""
    return [hit for hit in phrases(reading, *_FATES).find(reading.tokens, clause.first, clause.last) if hit.first not in reading.mention_at]


def after_man(reading: Reading, clause: Clause, at: int) -> Hit | None:
    """What stands behind an Arabic name and tells the fate of the man: «سقط فلان قتيلاً»."""
    table = phrases(reading, *_AFTER)
    for k in range(at, min(at + 3, clause.last)):
        hit = table.at(reading.tokens, k, clause.last) if reading.tokens[k].kind == "word" else None
        if hit is not None:
            return hit
        if not reading.tokens[k].norm.startswith("ال") and reading.tokens[k].norm not in members(reading, "between"):
            return None
    return None


def is_noun(reading: Reading, hit: Hit) -> bool:
    """Whether an Arabic word for a fate is a noun: «فرار فلان»."""
    return phrases(reading, "nouns").at(reading.tokens, hit.first, hit.last) is not None


def weak(reading: Reading, hit: Hit) -> bool:
    """Whether an Arabic verb tells a fate only with what stands behind the man."""
    return phrases(reading, "weak").at(reading.tokens, hit.first, hit.last) is not None


def spared(reading: Reading, hit: Hit) -> bool:
    """Whether an Arabic verb says that somebody was spared what stands behind «من»: «نجا من الأسر», not «فر من الأسر»."""
    return phrases(reading, "spared").at(reading.tokens, hit.first, hit.last) is not None


def put_to_death(reading: Reading, first: int, last: int) -> bool:
    """Whether a verb for killing is not one for what happens in a fight: "murdered", «أعدم»."""
    return bool(phrases(reading, "put_to_death").find(reading.tokens, max(0, first - 1), last))


def out_of_prison(reading: Reading, at: int) -> bool:
    """Whether it is captivity that somebody got out of, as the words behind say."""
    return bool(phrases(reading, "prison").find(reading.tokens, at, min(at + 4, len(reading.tokens))))


def of_the_field(reading: Reading, clause: Clause) -> bool:
    """Whether a clause places what it tells in the fight spoken of: "in the battle", «في ساحة القتال»."""
    return bool(phrases(reading, "on_the_field").find(reading.tokens, clause.first, clause.last))


def of_another_time(reading: Reading, first: int, last: int) -> bool:
    """Whether a word in a range puts what it tells at another time than that of the fight."""
    return bool(phrases(reading, "another_time").find(reading.tokens, first, last))


def is_between(reading: Reading, clause: Clause, first: int, last: int) -> bool:
    """Whether only titles, adverbs, «في المعركة» and the like stand between an Arabic verb and a man."""
    tokens, lexicon = reading.tokens, reading.lexicon
    field = phrases(reading, "on_the_field")
    known = members(reading, "between") | lexicon.fillers | lexicon.carriers | lexicon.pronoun_phrases
    at = first
    while at < last:
        hit = field.at(tokens, at, last) if tokens[at].kind == "word" else None
        if hit is not None:
            at = hit.last
            continue
        mention = reading.mention_at.get(at)
        titled = lexicon.titles.at(tokens, at, last) or lexicon.ranks.at(tokens, at, last)
        plain = tokens[at].kind == "word" and (tokens[at].norm in known or tokens[at].norm.startswith("ال"))
        if not titled and not plain and not (mention is not None and mention.how == "demonym"):
            return False
        at += 1
    return True


def joined_by(reading: Reading, first: int, last: int) -> str:
    """How an English subject and its verb hang together: "plain", "who", "apposition" or "" where they do not."""
    tokens, lexicon = reading.tokens, reading.lexicon
    words = [tokens[k].norm for k in range(first, last)]
    known = members(reading, "between") | lexicon.auxiliaries | lexicon.pluperfect
    rest = [word for word in words if word not in known and not word.endswith(tuple(lexicon.verbs.adverb_endings))]
    who = bool(lexicon.personal_relatives & set(words))
    if not rest and not set(words) & {"and"}:
        return "who" if who else "plain"
    if rest == [","] and who:
        return "who"
    if words and words[-1] in lexicon.verb_joins and not who and not set(words) & {";", ":"}:
        return "joined"
    if _commas(words) and not named_people(reading, first, last) and not who:
        return "apposition"
    return ""


def linked(reading: Reading, first: int, last: int) -> bool:
    """Whether only "and", a pronoun, auxiliaries and adverbs stand in a range."""
    lexicon = reading.lexicon
    known = members(reading, "between") | lexicon.auxiliaries | lexicon.pluperfect | lexicon.verb_joins | lexicon.pronouns | {","}
    return all(token.norm in known or token.norm.endswith(tuple(lexicon.verbs.adverb_endings)) for token in reading.tokens[first:last])


def _commas(words: Sequence[str]) -> bool:
    """Whether a short apposition stands between two commas right before the verb."""
    if not 2 < len(words) <= _APPOSITION or words[0] != "," or words.count(",") != 2:
        return False
    return "," in words[-3:]


_APPOSITION = 10
"""Words of an apposition, its commas and an auxiliary."""


def named_people(reading: Reading, first: int, last: int) -> bool:
    """Whether a person is named in a range."""
    return any(m.has("person") for m in named_in(reading, first, last))
