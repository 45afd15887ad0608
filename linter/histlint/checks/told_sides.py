"""What one power did to another, told in words of its own the other way round: "French troops released chlorine gas near Ypres".

`tellings` finds the event; the doer is the power that is the subject of the words that tell it. A finding needs a power of the event
that was not the one that did it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import conflict
from ..facts import Event
from ..model import Finding
from ..prepositions import preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, akin, cite, participants
from .tellings import Told, parted
from .terms import plain_date
from .told_slots import asserted_tellings

_NEAR = 2
"""Words between a doer and what is told."""
_FOUGHT = frozenset({"battle", "siege", "war", "campaign", "operation", "invasion", "conquest"})
_BOTH = _FOUGHT | {"declaration", "treaty", "agreement", "pact", "alliance", "armistice", "conference", "surrender"}
"""Types of event of which the deeds of either side are told, or that each side may do."""


def reversed_tellings(context: Context) -> Iterator[Finding]:
    """Deeds told of those who suffered them."""
    reading = context.reading
    for clause, told in asserted_tellings(context):
        event = told.event
        doers = [who for who in event.by if _is_power(context, who)]
        if not doers or event.type in _BOTH or event.when is None or reading.looks_back(clause.first, told.last):
            continue
        if any(conflict(t.mention, event.when) for t in clause.times if plain_date(t)):
            continue
        powers = [m for m in clause.mentions if m.has("polity") and not m.has("person", "event") and m.how != "anaphor"]
        subjects = [m for m in powers if _does(reading, clause, m, told)]
        if len(subjects) != 1 or not _suffered(context, event, subjects[0], doers) or _under_by(context, powers, doers):
            continue
        first, last = min(subjects[0].first, told.first), max(subjects[0].last, told.last)
        by = tuple(context.reference.fact(who) or who for who in event.by)
        yield context.finding(first, last, {"event": event, "doer": by}, cite(event, "by"))


def _is_power(context: Context, who: str) -> bool:
    entity = context.entity(who)
    return entity is not None and entity.kind == "polity"


def _does(reading: Reading, clause: Clause, power: Mention, told: Told) -> bool:
    """Whether a power is the subject of a verb of what is told: before it in English, right behind it in Arabic."""
    if preposition(reading, power):
        return False
    verbs = [k for k in told.words if _verb(reading, clause, k)]
    if reading.lang == "ar":
        passive = any(p.form == "passive" and power in p.patients for p in reading.said.get(clause.index, ()))
        ahead = power.first - (2 if power.how == "demonym" else 1)  # «أعلنت الحكومة البريطانية»
        return not passive and (power.first - 1 in verbs or ahead in verbs)
    light = reading.lexicon.auxiliaries | reading.lexicon.prepositions | reading.lexicon.pluperfect
    for verb in verbs:
        gap = range(power.last, verb)
        if 0 <= verb - power.last <= _NEAR and not parted(reading, power.last, verb):
            return not any(reading.tokens[k].norm in light or reading.tokens[k].kind == "mark" for k in gap)
    return False


def _verb(reading: Reading, clause: Clause, at: int) -> bool:
    """Whether a finite verb stands at a token."""
    if any(hit.first <= at < hit.last and hit.value.form == "verb" for hit in clause.triggers):
        return True
    norm, lexicon = reading.tokens[at].norm, reading.lexicon
    return reading.lang != "ar" and (norm.endswith(tuple(lexicon.past_endings)) or norm in lexicon.participles)


def _suffered(context: Context, event: Event, power: Mention, doers: list[str]) -> bool:
    """Whether all that a name means are of the event, or known to have had no part in it, and none of those who did it."""
    others = (participants(event) | {*event.absent}) - {*event.where} - {*event.by}
    did = {name for who in doers for name in akin(context, who)}
    up = context.reference.ancestors
    ids = power.ids("polity")
    return bool(ids) and all(
        not akin(context, actor) & did
        and not any(actor in up(who) for who in doers)
        and (akin(context, actor) & others or any(actor in up(who) for who in others))
        for actor in ids
    )


def _under_by(context: Context, powers: list[Mention], doers: list[str]) -> bool:
    """Whether those who did it stand under "by" or "with" in the clause."""
    named = [m for m in powers if any(akin(context, actor) & {*doers} for actor in m.ids("polity"))]
    return any(preposition(context.reading, m) in ("by", "with", "مع", "ب") for m in named)
