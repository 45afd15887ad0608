"""The slots of an English verb: its subject stands before it, its objects behind it (see `slots`)."""

from __future__ import annotations

from collections.abc import Sequence

from .clauses import participle
from .lexicon import Trigger
from .prepositions import preposition
from .reading import Reading
from .tag.entities import Mention
from .troops import troops_of, whose_troops

ACTORS = ("person", "polity")


def adverb(reading: Reading, norm: str) -> bool:
    """Whether an English word may stand between an auxiliary and its participle: "soon", "all but"."""
    return norm.endswith("ly") or norm in reading.lexicon.adverbs


def _apposed(reading: Reading, mention: Mention, lead: Sequence[Mention]) -> bool:
    """Whether a demonym between two commas only describes who was named before: "Arminius, a Roman citizen, destroyed …"."""
    tokens = reading.tokens
    if mention.how != "demonym" or not any(m.last <= mention.first for m in lead):
        return False
    comma = {","}
    return any(tokens[k].norm in comma for k in range(max(0, mention.first - 3), mention.first)) and any(
        tokens[k].norm in comma for k in range(mention.last, min(mention.last + 4, len(tokens)))
    )


def _after_conjunction(reading: Reading, mention: Mention) -> bool:
    """Whether "before", "after" … stands directly before a name that begins a clause: "before Constantinople was taken"."""
    return mention.first > 0 and bool(reading.lexicon.relations.at(reading.tokens, mention.first - 1, mention.first))


def _stranger_before(reading: Reading, first: int, lead: Sequence[Mention]) -> bool:
    """Whether a name that the reference lacks stands right before an English verb: "until Agrippa destroyed …"."""
    tokens, lexicon, at = reading.tokens, reading.lexicon, first - 1
    while at > 0 and (tokens[at].norm in lexicon.auxiliaries | lexicon.pluperfect or tokens[at].norm.endswith(lexicon.verbs.adverb_endings)):
        at -= 1
    if not lead or at <= lead[-1].last or at in reading.mention_at or at in reading.time_at or tokens[at].kind != "word":
        return False
    return reading.document.text[tokens[at].start].isupper() and tokens[at - 1].norm not in (".", "\n", "!", "?")


def _participle_begins(reading: Reading, index: int) -> bool:
    """Whether a comma and a participle at a token go on to another deed of the same subject: ", broken …", ", occupied …"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if tokens[index - 1].norm != "," or index in reading.mention_at or index in reading.time_at:
        return False
    return index + 1 < len(tokens) and tokens[index + 1].norm not in lexicon.prepositions and participle(tokens, lexicon, index)


def _noun_before(reading: Reading, first: int, lead: Sequence[Mention]) -> bool:
    """Whether a noun that is no name stands before an English passive, behind "but" or "and": "…, but the coalition was beaten"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    at = first - 1
    while at > 0 and (tokens[at].norm in lexicon.auxiliaries | lexicon.pluperfect or adverb(reading, tokens[at].norm)):
        at -= 1
    noun = at
    while at > 0 and noun - at < _DESCRIBING and tokens[at].kind == "word" and at not in reading.mention_at and at not in reading.time_at:
        if tokens[at].norm == "the":
            joined = tokens[at - 1].norm in lexicon.joins or tokens[at - 1].norm in lexicon.verb_joins
            return bool(lead) and lead[-1].last <= at < noun and joined and tokens[noun].norm not in lexicon.forces | lexicon.carriers
        at -= 1
    return False


_DESCRIBING = 4
"""Words of a noun with its adjectives."""


def english_slots(
    reading: Reading,
    trigger: Trigger,
    first: int,
    last: int,
    plain: Sequence[tuple[str, Mention]],
    before: Sequence[Mention],
    objects: Sequence[str],
    agents: list[Mention],
    patients: list[Mention],
) -> None:
    """Adds the doers and those it was done to of a verb at tokens `first` to `last` to `agents` and `patients`."""
    before = [m for m in before if reading.tokens[m.last].norm != "'" or whose_troops(reading, m, first)]  # "Genghis Khan's grandson"
    indefinite = reading.lexicon.indefinite
    before = [m for m in before if m.how != "demonym" or not m.first or reading.tokens[m.first - 1].norm not in indefinite]
    lead = [m for m in before if m.has(*ACTORS) and (not preposition(reading, m) or _after_conjunction(reading, m) or troops_of(reading, m, first))]
    lead = [m for m in lead if not _apposed(reading, m, lead)] or lead
    target = patients if trigger.form == "passive" else agents
    if _stranger_before(reading, first, lead) or (trigger.form == "passive" and _noun_before(reading, first, lead)):
        return
    if lead:
        group = [lead[-1]]
        for mention in reversed(lead[:-1]):
            between = {token.norm for token in reading.tokens[mention.last : group[0].first]}
            if between and between <= {"and", ",", "the"}:
                group.insert(0, mention)
            else:
                break
        target.extend(group)
    elif trigger.form == "passive":
        other = [m for m in before if not preposition(reading, m) or _after_conjunction(reading, m)]
        if other:
            patients.append(other[-1])
    if trigger.form == "verb":
        for role, mention in plain:
            heads = reading.lexicon.relatives | reading.lexicon.personal_relatives | reading.lexicon.whereat
            if any(reading.tokens[k].norm in heads for k in range(last, mention.first)):
                break  # "took two forts and survived an attack in which the Confederate commander died"
            if any(_participle_begins(reading, k) for k in range(last + 1, mention.first)):
                break  # "had executed his brothers Ahmed and Korkud, broken Ismail at Chaldiran"
            if role in objects and mention not in agents:
                if not any(reading.tokens[k].norm in ":;" for k in range(last, mention.first)):
                    patients.append(mention)
                break
