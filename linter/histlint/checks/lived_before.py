"""Who was dead before a town was founded or a building built, and does something in it: «ثم بنى عمرو بن العاص القاهرة»."""

from __future__ import annotations

from ..facts import Entity, Event
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication
from ..tag.entities import Mention
from .context import Context, alive
from .families import in_full
from .story import dates_of, possessive

_YEAR = 366
_DEAD = 3 * _YEAR
"""Days by which a death must come before the founding."""
_FARTHEST = 450 * _YEAR
"""Days beyond which a later name only says where something was."""
_PLACED = frozenset({"في", "ب", "الي", "من", "in", "at", "to", "from", "into", "on"})
"""Prepositions under which a place is that of the deed."""
_WITHIN = frozenset({"في", "ب", "in", "at", "on"})
_MADE, _TOWNS = frozenset({"found", "build", "open"}), frozenset({"city", "town"})
_NO_DEED = frozenset({"die", "born", "plan"})


def life_before(context: Context, clause: Clause, mention: Mention, event: Event) -> Entity | None:
    """Who does something in a place, where his life was over before the founding as were those of all in the sentence."""
    reading = context.reading
    founded = event.when.start_lo if event.when is not None else None
    start, stop = reading.sentences[clause.sentence]
    deeds = [p for p in reading.said.get(clause.index, ()) if _done_there(context, p, mention)]
    if founded is None or not deeds:
        return None
    if deeds[-1].carried and any(who in reading.named for who in event.by):
        return None  # it may be the builder
    doers = [m for m in deeds[-1].agents if _doer(context, deeds[-1], m)] if deeds[-1].agents else _spoken_of(context, clause, deeds[-1])
    cast = [m for m in named_in(reading, start, stop) if m.has("person")]
    people = [person for m in (*doers, *cast) for person in context.people(m)]
    if not doers or any(possessive(reading, m) for m in doers) or not all(_over(person, founded) for person in people):
        return None
    if any((when.end_hi or founded) >= founded for when in dates_of(reading, start, stop)):
        return None
    return context.people(doers[0])[0]


def _spoken_of(context: Context, clause: Clause, deed: Predication) -> list[Mention]:
    """Who did something just before in the same sentence, where a joined verb has no subject: «وفتح فلان مصر، ثم بنى …»."""
    reading = context.reading
    told = [p for c in reading.before(clause) for p in reading.said.get(c.index, ())]
    told += [p for p in reading.said.get(clause.index, ()) if p.first < deed.first]
    agents = [m for p in told if p.form == "verb" and p.asserted for m in p.agents]
    sure = agents and all(_doer(context, deed._replace(carried=False), m) for m in agents)
    return agents[:1] if sure and reading.lang == "ar" else []


def _done_there(context: Context, predication: Predication, mention: Mention) -> bool:
    """Whether a verb tells of a deed done in or to a place, and no other verb stands between the two."""
    reading = context.reading
    if predication.form != "verb" or not predication.asserted or predication.frame in _NO_DEED or predication.first > mention.first:
        return False
    at = preposition(reading, mention)
    site = context.entity(mention.ids("place")[0])
    if (at and at not in _PLACED) or (not at and mention not in predication.patients):
        return False
    if at in _WITHIN and not any(0 <= mention.first - last <= 2 for last in (predication.last, *(m.last for m in predication.agents))):
        return False  # "gave his name to a mosque in Cairo"
    if at and predication.frame in _MADE and site is not None and site.subkind in _TOWNS:
        return False  # «بنى مسجده في القاهرة»: where it stands
    clause = reading.clauses[predication.clause]
    return not any(predication.last <= hit.first < mention.first and hit.value.form != "noun" for hit in clause.triggers)


def _doer(context: Context, predication: Predication, mention: Mention) -> bool:
    """Whether a subject is one man for sure: named in the clause, or the one man of the sentence or of the text."""
    reading = context.reading
    if not mention.has("person") or mention.has("place", "polity", "event") or mention.how == "anaphor" or not in_full(reading, mention):
        return False
    if not predication.carried:
        return True
    start = reading.sentences[reading.clauses[predication.clause].sentence][0]
    before = {m.ids() for m in named_in(reading, start, predication.first) if m.has("person")}
    if any(hit.first not in reading.mention_at for hit in reading.lexicon.titles.find(reading.tokens, start, predication.first)):
        return False  # «تفرغ الخليفة للإصلاح وبنى …»: perhaps another
    return before == {mention.ids()} or (not before and reading.topic == mention.ids())


def _over(person: Entity, founded: int) -> bool:
    """Whether a life was over before a day, not too long."""
    life = alive(person)
    return life is not None and life.end_hi is not None and _DEAD < founded - life.end_hi < _FARTHEST
