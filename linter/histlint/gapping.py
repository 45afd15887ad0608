"""Verbs that are said once and hold for a second name with a date of its own: "Madrid fell in January 1939 and Barcelona in March"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .reading import Clause, Predication, Reading, Time
from .tag.entities import Mention

_FRAMES = frozenset({"conquer", "occupy", "die", "born"})
_DATE = 3
"""Words between a name and its date."""


def gapped(reading: Reading, clause: Clause, told: Sequence[Predication]) -> Iterator[Predication]:
    """What the verb told last in the sentence of a clause says of a further name of the clause."""
    if not clause.times or not clause.mentions:
        return
    verb = next((p for p in reversed(told) if p.form != "noun"), None)
    if verb is None or verb.frame not in _FRAMES or not verb.asserted or reading.clauses[verb.clause].sentence != clause.sentence:
        return
    start = max(verb.last, clause.first)
    if any(h.first >= start and h.value.form != "noun" for h in clause.triggers) or not _dated(reading, verb, start, clause.last):
        return
    man = verb.frame in ("die", "born")
    for mention in clause.mentions:
        if mention.first < start or mention.how not in ("name", "short") or not mention.has("person" if man else "place"):
            continue
        if man and mention.has("place"):
            continue
        if _joined(reading, mention) and _date(reading, mention) is not None:
            group = (mention,)
            whole = verb._replace(first=mention.first, last=mention.last, clause=clause.index, others=(), carried=False)
            if verb.form == "passive":
                yield whole._replace(patients=group, agents=())
            elif man:
                yield whole._replace(agents=group, patients=())
            elif verb.agents:
                yield whole._replace(patients=group)
            return


def _dated(reading: Reading, verb: Predication, start: int, stop: int) -> bool:
    """Whether a date stands with the verb itself."""
    first = reading.clauses[verb.clause].first
    return any(time.mention.type == "date" for time in reading.times_from(first, max(start, verb.last + _REACH)) if time.first < stop)


_REACH = 8
"""Words behind a verb within which its date stands."""


def _joined(reading: Reading, mention: Mention) -> bool:
    """Whether "and" or "then" stands right before a name."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if reading.lang == "ar" and tokens[mention.first].norm.startswith("و") and not mention.names[0].key[0].startswith("و"):
        return True
    front = tokens[mention.first - 1].norm if mention.first else ""
    return front in lexicon.joins or bool(lexicon.sequels.at(tokens, mention.first - 1, mention.first))


def _date(reading: Reading, mention: Mention) -> Time | None:
    """The date right behind a name."""
    for k in range(mention.last, min(mention.last + _DATE, len(reading.tokens))):
        time = reading.time_at.get(k)
        if time is not None:
            value = time.mention.value
            return time if time.mention.type == "date" and value is not None else None
        if reading.tokens[k].kind != "word" or reading.tokens[k].norm not in reading.lexicon.prepositions:
            return None
    return None
