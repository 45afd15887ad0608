"""The fates that a clause tells: who is said to have been killed, taken, to have got away, and in which words."""

from __future__ import annotations

from collections.abc import Iterator

from ..named_tuple import NamedTuple
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .outcome_words import after_man, fates, is_between, is_noun, joined_by, linked, put_to_death, spared, weak

_REACH = 8
"""Words between a verb and the man of whom it tells."""


class Told(NamedTuple):
    """What a clause says became of a man, and the tokens that say so."""

    fate: str  # killed captured escaped uncaptured suicide lived natural gone
    man: Mention
    first: int
    last: int
    loose: bool = False  # whether the man is only carried on from what was told before


def told_fates(reading: Reading, clause: Clause) -> Iterator[Told]:
    """The fates that a clause tells."""
    taken = [hit for hit in fates(reading, clause) if weak(reading, hit)]
    for predication in reading.said.get(clause.index, ()):
        if predication.frame not in ("kill", "capture") or not predication.asserted:
            continue
        if any(hit.first == predication.first for hit in taken):
            continue  # «سقط فلان قتيلاً»: what stands behind him tells it
        men = [m for m in predication.patients if m.has("person") and m.how != "anaphor" and not preposition(reading, m)]
        fate = "killed" if predication.frame == "kill" else "captured"
        if predication.carried:
            ar = reading.lang == "ar"
            man = _dropped(reading, clause, predication.last) if ar else _carried(reading, clause, predication.first)
            if man is not None and man in predication.patients and predication.form == "passive":
                yield Told(fate, man, predication.first, predication.last, loose=True)
            continue
        if put_to_death(reading, predication.first, predication.last):
            continue
        before = men[:1] if reading.lang != "ar" and men and men[0].last <= predication.first else ()
        link = joined_by(reading, men[0].last, predication.first) if before else "plain"
        if not link:
            continue  # "Nogi, whose two sons were killed"
        if len(men) == 1 == len(predication.patients):
            ends = min(predication.first, men[0].first), max(predication.last, men[0].last)
            yield Told(fate, men[0], *ends, loose=link == "joined")
        elif reading.lang == "ar" and not predication.patients and not predication.agents and predication.form != "noun":
            man = _behind(reading, clause, predication.last)
            if man is not None:
                yield Told(fate, man, predication.first, man.last)
    for hit in fates(reading, clause):
        fate = str(hit.value)
        if reading.lang != "ar":
            man = _before(reading, clause, hit.first)
            if man is not None:
                loose = man.first < clause.first or joined_by(reading, man.last, hit.first) == "joined"
                yield Told(fate, man, hit.first if man.first < clause.first else man.first, hit.last, loose)
            continue
        man = _behind(reading, clause, hit.last)
        alone = _dropped(reading, clause, hit.last) if man is None and not is_noun(reading, hit) else None
        if man is None and alone is None:
            continue
        said = after_man(reading, clause, man.last if man is not None else hit.last)
        man = man or alone
        assert man is not None
        if said is not None:
            fate = str(said.value).removesuffix("_after")
            if fate != "uncaptured" or spared(reading, hit):
                yield Told(fate, man, hit.first, said.last, man is alone)
        elif not weak(reading, hit):
            yield Told(fate, man, hit.first, max(hit.last, man.last), man is alone)


def _dropped(reading: Reading, clause: Clause, at: int) -> Mention | None:
    """The man who is the subject of an Arabic verb without one: the only one that its sentence has named."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if any(tokens[k].norm in lexicon.reporting for k in range(max(0, at - 3), at)):
        return None  # «وقالت السلطات إنه انتحر»
    if at < clause.last and tokens[at].norm.rstrip("ه") in lexicon.kinsmen:
        return None  # «قُتل شقيقه»
    if at < clause.last and tokens[at].kind == "word" and after_man(reading, clause, at) is None:
        if tokens[at].norm not in lexicon.prepositions and tokens[at].norm not in lexicon.fillers:
            return None
    if any(tokens[k].norm in lexicon.given_names and k not in reading.mention_at for k in range(clause.first, at)):
        return None  # «وفرّ نصر غرباً حتى مات»
    return _only(reading, reading.sentences[clause.sentence][0], at)


def _only(reading: Reading, first: int, at: int) -> Mention | None:
    """The man of a range who is the only one named there, and is subject or object of something."""
    men = [m for m in named_in(reading, first, at) if m.has("person")]
    if not men or len({m.ids("person") for m in men}) > 1 or men[0].how == "anaphor" or preposition(reading, men[0]):
        return None
    return men[0]


def _behind(reading: Reading, clause: Clause, at: int) -> Mention | None:
    """The man behind an Arabic verb, past «في المعركة», titles and adverbs."""
    man = next((m for m in clause.mentions if m.first >= at and m.has("person")), None)
    if man is None or man.first - at > _REACH or man.how == "anaphor" or preposition(reading, man):
        return None
    return man if is_between(reading, clause, at, man.first) else None


def _before(reading: Reading, clause: Clause, at: int) -> Mention | None:
    """The man before an English verb: its subject, also behind "who", across an apposition or "and"."""
    men = [m for m in _people(reading, clause, at) if m.last <= at]
    if not men:
        return _carried(reading, clause, at)
    man = men[-1]
    link = joined_by(reading, man.last, at)
    if not link or (link != "who" and preposition(reading, man)):
        return None
    if link == "joined" and (len(men) > 1 or any(m.has("person", "polity") and m.how != "demonym" for m in named_in(reading, man.last, at))):
        return None
    return man


def _carried(reading: Reading, clause: Clause, at: int) -> Mention | None:
    """The one man told of before "and was killed" or "he was killed"."""
    before = {reading.tokens[k].norm for k in range(clause.first, at)}
    start = reading.sentences[clause.sentence][0]
    if not linked(reading, clause.first, at) or not before & (reading.lexicon.pronouns | reading.lexicon.verb_joins):
        return None
    if before & reading.lexicon.pronouns:
        start = reading.sentences[max(0, clause.sentence - 1)][0] if start == clause.first else start
    elif start == clause.first:
        return None
    return _only(reading, start, at)


def _people(reading: Reading, clause: Clause, at: int) -> list[Mention]:
    """The people named in a clause, or in the one before where this one begins with "who"."""
    first = clause.first
    if clause.index and reading.tokens[first].norm in reading.lexicon.personal_relatives:
        first = reading.clauses[clause.index - 1].first
    return [m for m in named_in(reading, first, at) if m.has("person") and m.how != "anaphor"]


