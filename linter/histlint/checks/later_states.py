"""States in a story that ended long before they were founded."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..facts import Entity
from ..model import Finding, Moment
from ..prepositions import named_in
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, cite
from .story import SPAN, bracket, narrow, of_another_member, when_of

_YEAR = 366


def unborn(context: Context, clause: Clause, mention: Mention) -> Iterator[Finding]:
    """A state in a story that ended long before the state was founded."""
    states = [entity for fact in mention.ids("polity") if (entity := context.entity(fact))]
    if not states or not all(s.existed and s.subkind in _STATES | _BODIES for s in states) or _named_after(context.reading, mention):
        return
    if context.reading.lang != "ar" and any(s.subkind in _BODIES for s in states) and not _capitals(context.reading, mention):
        return  # "some sort of European union"
    if any(hit.value.frame in ("found", "begin", "build") and -4 <= mention.first - hit.last <= 1 for hit in clause.triggers):
        return  # "presided over the creation of British India"
    when, own = when_of(context, clause)
    if not own and when is not None:
        around = bracket(context, clause, mention)
        times = [time for time in around or () if time is not None]
        if len(times) < 2 or not narrow(times):
            when = None
        elif not all(s.existed and -apart(s.existed, time) > 2 * _young(s) for s in states for time in times):
            return  # the story has gone on
    if own and (_of_a_life(context.reading, clause) or _opened_after(context.reading, clause, mention)):
        return
    if of_another_member(context.reading, clause, mention) or _of_its_era(context.reading, mention):
        return
    start, stop = context.reading.sentences[clause.sentence]
    if any(context.reading.tokens[k].norm in (";", "؛") for k in range(start, stop)) or _present(context.reading, clause):
        return  # a list of many things; "Brussels is home to NATO"
    if when is not None and all(s.existed and -apart(s.existed, when) > _OTHER_STATE for s in states):
        return
    topic = context.event(context.reading.topic[0]) if context.reading.topic else None
    start, stop = context.reading.sentences[clause.sentence]
    if context.reading.looks_back(start, mention.first):
        return  # "Centuries later, the Duchy …"
    if when is None and topic and topic.when and _length(topic.when) < SPAN and not any(context.reading.times_from(start, stop)):
        when = topic.when  # and not "centuries later"
    if when is None:
        return
    told = [when, *([topic.when] if topic and topic.when else [])]
    if not all(s.existed and -apart(s.existed, time) > (1 if own else 2) * _young(s) for s in states for time in told):
        return
    if any(other.when and not apart(other.when, s.existed) for s in states if s.existed for other in _cast_of(context, clause)):
        return
    yield context.finding(mention.first, mention.last, {"who": states[0], "when": when}, cite(states[0], "existed"))


def _capitals(reading: Reading, mention: Mention) -> bool:
    """Whether the last word of an English name is written with a capital."""
    return reading.document.text[reading.tokens[mention.last - 1].start].isupper()


def _present(reading: Reading, clause: Clause) -> bool:
    """Whether an English clause speaks of today."""
    return reading.lang != "ar" and any(reading.tokens[k].norm in reading.lexicon.now for k in range(clause.first, clause.last))


def _of_a_life(reading: Reading, clause: Clause) -> bool:
    """Whether a date of the sentence is that of somebody's birth or death: «الشيخ … المتوفى سنة 735هـ»."""
    start, stop = reading.sentences[clause.sentence]
    words = reading.lexicon.of_a_life
    return any(
        reading.tokens[k].norm in words for time in reading.times_from(start, stop) for k in range(max(start, time.first - 2), time.first)
    )


def _opened_after(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether the date before a name is that of something behind which all that follows came: "Following the conquest in 1204, …"."""
    start = reading.sentences[clause.sentence][0]
    times = list(reading.times_from(start, mention.first))
    if not times or any(token.norm in (",", "،") for token in reading.tokens[start : times[0].first]):
        return False
    hits = reading.lexicon.relations.find(reading.tokens, start, times[0].first)
    return any(hit.value == "after" and hit.first - start <= 1 for hit in hits)


def _of_its_era(reading: Reading, mention: Mention) -> bool:
    """Whether an adjective only names an age: «خلال العصر العثماني», "in Ottoman times"."""
    at = mention.first - 1 if reading.lang == "ar" else mention.last
    return mention.how == "demonym" and 0 <= at < len(reading.tokens) and reading.tokens[at].norm in reading.lexicon.ages


def _named_after(reading: Reading, mention: Mention) -> bool:
    """Whether an English state is a man's given name: "Israel Getzler"."""
    at = mention.last
    if reading.lang == "ar" or at >= len(reading.tokens) or reading.tokens[at].kind != "word" or at in reading.mention_at:
        return False
    token = reading.tokens[at]
    return mention.how == "name" and reading.document.text[token.start].isupper() and token.start - mention.end == 1


_OTHER_STATE = 900 * _YEAR
"""A state so much younger than the story is another of that name: the Israel of 1000 BC."""
_STATES = frozenset({"state", "empire", "dynasty", "country", "kingdom", "republic"})
_BODIES = frozenset({"organisation", "alliance"})
_YOUNG, _NEW = 40 * _YEAR, 8 * _YEAR


def _young(state: Entity) -> int:
    """Days by which a story must be over before something was founded; lands are often called by a later name, bodies are not."""
    return _NEW if state.subkind in _BODIES else _YOUNG


def _cast_of(context: Context, clause: Clause) -> list[Entity]:
    """The people of the clause's sentence."""
    start, stop = context.reading.sentences[clause.sentence]
    return [person for m in named_in(context.reading, start, stop) for person in context.people(m)]


def _length(when: Moment) -> int:
    return (when.end_hi or 1 << 40) - (when.start_lo or 0)
