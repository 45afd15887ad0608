"""States whose name is that of a form of government, in a story of some years before: the Soviet Union in 1917.

A land is called by its later name in any story; "Soviet Union" or «الجمهورية الخامسة» is told of nothing before.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, era_unsure
from ..model import Finding, Moment, TimeMention
from ..prepositions import preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, cite
from .story import bracket, hull, passed

_YEAR = 366
_OWN, _YEARLY, _STORY = _YEAR, 6 * _YEAR, 2 * _YEAR
"""Days by which a day or month of the sentence, a mere year, or the dates around it must lie before the founding."""
_SPAN = 4 * _YEAR
"""Days within which the dates told before and after a name must lie."""
_FARTHEST = 45 * _YEAR
"""Days beyond which another state of that name may be meant."""
_BODIES = frozenset({"organisation", "alliance"})
_FOUNDING = frozenset({"found", "begin", "build", "accede", "independence"})
_BESIDE = 6
"""Words around a name in which a founding, or "later", makes it one of what was to come."""
_AROUND = 12
"""Words before a name in which "today" and the like speak of it."""
_NEXT = 3
"""Words before a name in which its coming into being is told."""
_IN = frozenset({"in", "at", "within", "في", "ب"})
"""Prepositions under which a state of today may only say where something lies."""
_SHORT = 3
"""Letters of a name in capitals that is sure: "UAR"."""


def regimes(context: Context, clause: Clause, mention: Mention) -> Iterator[Finding]:
    """A state that is told of some years before it was founded."""
    reading = context.reading
    if mention.how != "name" or not _of_regime(context, mention) or _ahead(reading, clause, mention):
        return
    states = [entity for fact in mention.ids("polity") if (entity := context.entity(fact))]
    if not states or not all(s.existed and s.existed.start_lo is not None for s in states):
        return
    if any(s.existed and s.existed.end_hi is None for s in states) and preposition(reading, mention) in _IN:
        return  # «ولد سنة 1937 في تكريت في جمهورية العراق»: where it lies on the map of today
    times, limit = _times(context, clause, mention)
    if not times or (times[-1].end_hi or 0) - (times[0].start_lo or 0) > _SPAN:
        return
    if not all(s.existed and limit < -apart(s.existed, time) < _FARTHEST for s in states for time in times):
        return
    yield context.finding(mention.first, mention.last, {"who": states[0], "when": times[0]}, cite(states[0], "existed"))


def _of_regime(context: Context, mention: Mention) -> bool:
    """Whether a name has a word for a form of government in it."""
    reading = context.reading
    states = [context.entity(fact) for fact in mention.ids("polity")]
    written = reading.document.text[mention.start : mention.end]
    if any(state is None or state.subkind in _BODIES for state in states):
        return False  # bodies have a rule of their own
    if len(written) >= _SHORT and written.isupper() and reading.lang != "ar":
        return True
    words, norms = reading.lexicon.regimes, [token.norm for token in reading.tokens[mention.first : mention.last]]
    return len(norms) > 1 and any(norm in words or norm.lstrip("ولبفك") in words for norm in norms)


def _ahead(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether words around a name look ahead to what was founded later, or back from there."""
    start, stop = reading.sentences[clause.sentence]
    tokens, lexicon = reading.tokens, reading.lexicon
    if reading.looks_back(max(start, mention.first - _AROUND), min(mention.last + _BESIDE, stop)) or not reading.asserted(clause, mention.first):
        return True
    near = range(mention.first - _BESIDE, mention.last + _BESIDE)
    if any(hit.first in near and hit.value.frame in _FOUNDING for hit in clause.triggers):
        return True
    for hit in lexicon.relations.find(tokens, start, mention.last):
        beside = hit.value in ("before", "since", "after") and mention.first - hit.last <= _BESIDE
        if hit.value == "until" or (beside and not (hit.value == "after" and passed(reading, clause, hit.last, mention))):
            return True
    if any(tokens[k].norm in lexicon.emerging for k in range(max(start, mention.first - _NEXT), mention.first)):
        return True
    opened = [tokens[k].norm for k in range(start, mention.first) if tokens[k].norm in ("(", ")")]
    return opened[-1:] == ["("] or tokens[mention.first - 1].norm in lexicon.aims


def _times(context: Context, clause: Clause, mention: Mention) -> tuple[list[Moment], int]:
    """The dates of the sentence in order, else those told before and after it, and by how much they must come before the founding."""
    reading = context.reading
    start, stop = reading.sentences[clause.sentence]
    own = list(reading.times_from(start, stop))
    if any(era_unsure(reading.lang, time.mention) or not _then(time.mention) for time in own):
        return [], 0
    dates = [v for t in own if t.mention.type == "date" and (v := t.mention.value) is not None and v.start_lo is not None]
    if dates:
        if any(v.precision not in ("day", "month", "season", "year") for v in dates) or not own[0].first < clause.last:
            return [], 0
        told = all(t.mention.anchor == "narrative" for t in own)
        limit = _YEARLY if all(v.precision == "year" for v in dates) else _STORY if told else _OWN
        return [hull(dates)], limit
    around = bracket(context, clause, mention)
    if own or around is None or around.after is None:
        return [], 0
    return sorted([around.before, around.after], key=lambda time: time.start_lo or 0), _STORY


def _then(time: TimeMention) -> bool:
    """Whether a time tells when something was: a date, or the day from which it went on."""
    since = time.relation == "since" and time.value is not None and time.value.precision == "day"
    return since or time.relation in ("", "about", "during")
