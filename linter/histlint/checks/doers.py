"""Whose work something was: built, founded, invented or killed by another than the reference says."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..facts import Event
from ..model import Finding
from ..prepositions import named_in, preposition
from ..reading import Predication, Reading
from ..tag.entities import Mention
from .context import Context, alive, cite, kin
from .deeds import TYPES, described, of_something_else
from .fights import acts_for
from .story import possessive


def doer_of(context: Context, predication: Predication) -> Iterator[Finding]:
    """Built, founded, invented, killed by somebody else than the reference says."""
    agents = [m for m in predication.agents if m.has("person", "polity")]
    if len(agents) != 1 or _adjective(context, agents[0]) or possessive(context.reading, agents[0]):
        return
    for patient in predication.patients[:1] or (None,):
        if patient is not None and context.reading.looks_back(patient.last, patient.last + 2):
            continue  # "established Cairo as the capital"
        if patient is not None and predication.frame == "kill" and len(patient.ids("person")) > 1:
            continue  # see `killings`
        if patient is not None and (patient.how == "demonym" or of_something_else(context.reading, predication)):
            continue  # "established Mughal painting"
        events = _events_on(context, patient, TYPES.get(predication.frame, frozenset())) if patient else []
        if not events and (patient is None or not patient.has("place", "polity")) and not _on_pronoun(context, predication):
            events = described(context, predication)
        if not events or not all(event.by for event in events) or any(set(agents[0].ids()) & set(e.target) for e in events):
            continue
        if any(commanded(context, actor, event) for actor in agents[0].ids("person") for event in events):
            continue
        if _again(context, patient, agents[0], events) or (predication.carried and _far(context.reading, predication, agents[0])):
            continue
        for actor in agents[0].ids("person", "polity"):
            if any(did(context, actor, doer) for event in events for doer in event.by):
                break
        else:
            event = events[0]
            spots = [m for m in (patient, *(() if predication.carried else agents)) if m is not None]
            first = min([predication.first, *(m.first for m in spots)])
            last = max([predication.last, *(m.last for m in spots)])
            if patient is None:  # the words of the description: «أمر ببناء مدينة الزهراء»
                last = max(last, min(predication.last + _DESCRIBED, context.reading.clauses[predication.clause].last))
            yield context.finding(
                first,
                last,
                {
                    "event": event,
                    "doer": tuple(context.reference.fact(who) or who for who in event.by),
                    "person": context.reference.fact(agents[0].ids("person", "polity")[0]),
                },
                cite(event, "by"),
            )


def _again(context: Context, patient: Mention | None, agent: Mention, events: list[Event]) -> bool:
    """Whether a state was founded so long before somebody lived that he may have restored it."""
    if patient is None or not patient.has("polity"):
        return False
    lives = [life for person in context.people(agent) if (life := alive(person)) is not None]
    return any(event.when is not None and apart(event.when, life) > _LATER for event in events for life in lives)


def _far(reading: Reading, predication: Predication, agent: Mention) -> bool:
    """Whether a subject is carried on over more than the sentence before, or past somebody else, or is no man."""
    sentence = reading.clauses[predication.clause].sentence
    if _unsure_subject(reading, agent):
        return True
    between = named_in(reading, agent.last, predication.first)
    if not agent.has("person") or any(m.has("person", "polity") and not preposition(reading, m) for m in between):
        return True
    relative = any(reading.tokens[k].norm in reading.lexicon.relatives for k in range(agent.last, predication.first))
    return agent.first < reading.sentences[max(0, sentence - 1)][0] or (relative and reading.lang != "ar")


def _unsure_subject(reading: Reading, agent: Mention) -> bool:
    """Whether somebody stands behind an Arabic verb that no list has, in the midst of a sentence: he may be its object, «ثم صالح فلان …»."""
    clause = reading.clauses[reading.clause_at[agent.first]]
    begun = clause.first > reading.sentences[clause.sentence][0]
    return begun and reading.lang == "ar" and any(agent in p.agents and p.frame == "act" for p in reading.said.get(clause.index, ()))


_LATER = 50 * 366


def _adjective(context: Context, mention: Mention) -> bool:
    """Whether an English demonym only describes who did it: "by Russian Populists", "by French soldiers"."""
    reading = context.reading
    if reading.lang == "ar" or mention.how != "demonym" or mention.last >= len(reading.tokens):
        return False
    token = reading.tokens[mention.last]
    return token.kind == "word" and token.norm not in reading.lexicon.forces | reading.lexicon.glue | reading.lexicon.prepositions


def _on_pronoun(context: Context, predication: Predication) -> bool:
    """Whether a pronoun on the verb is its object: «أسسه الأمير …، آخر حكام الدولة الأموية»."""
    clause = context.reading.clauses[predication.clause]
    return any(hit.first == predication.first and hit.value.suffix for hit in clause.triggers) and predication.form == "verb"


_DESCRIBED = 4
"""Words behind a verb that are shown where what was done has no entry of its own."""


def _events_on(context: Context, patient: Mention, types: frozenset[str]) -> list[Event]:
    out = []
    for target in patient.ids():
        for fact in context.reference.events_with(target, "target"):
            event = context.event(fact)
            if event and event.type in types:
                out.append(event)
    return out


def commanded(context: Context, actor: str, event: Event) -> bool:
    """Whether somebody led in the fight or war in which another was killed: «قتل خالد مسيلمة في اليمامة»."""
    wholes = [whole for id in context.reference.ancestors(event.id) - {event.id} if (whole := context.event(id)) is not None]
    return event.type in TYPES["kill"] and any(actor in group for whole in wholes for group in whole.leaders)


def did(context: Context, actor: str, doer: str) -> bool:
    """Whether a text may credit `actor` with a deed of `doer`: himself, his realm, his dynasty, his house."""
    if actor == doer or acts_for(context, actor, doer):
        return True
    one, other = context.entity(actor), context.entity(doer)
    if one is None or other is None:
        return True
    if one.kind == other.kind == "person":
        return False
    if other.kind == "person" and not other.of and not other.roles:
        return True  # whose man he was the reference does not know
    return bool(kin(context, actor) & kin(context, doer))
