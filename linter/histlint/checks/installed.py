"""Who came into an office: "Jinnah became prime minister of Pakistan in 1947", where another did and Jinnah held another office.

The words for coming to an office name it («أصبح رئيساً», "became prime minister"), the clause names the realm and the time. A finding
needs a known holder who came into that office then, and somebody else of that realm whose own offices are known and are others.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, date_of, part_of, subjects
from ..facts import Entity, Role
from ..model import Finding, Moment
from ..reading import Clause, Predication
from .context import Context, cite, kin, reigns
from .story import story_time

_OFFICES = frozenset({"president", "prime-minister", "chancellor", "foreign-minister", "secretary-general", "general-secretary"})
"""Offices of which a state has one, and whose holders the reference lists by name."""
_REACH = 4
_YEAR = 366


def check(context: Context) -> Iterator[Finding]:
    """People who came into an office that was another's."""
    reading = context.reading
    for predication in reading.predications:
        if predication.frame != "accede" or predication.form == "noun" or not predication.asserted or predication.carried:
            continue
        who = [m for m in subjects(predication) if m.has("person")]
        clause = reading.clauses[predication.clause]
        office = _office(context, predication, clause)
        if len(who) != 1 or office is None or len(subjects(predication)) != 1:
            continue
        dated = date_of(reading, clause, predication.first, max(predication.last, office[1]), who)
        when = dated.time.mention.value if dated and not dated.time.mention.relation else None
        when = when or (story_time(context, clause) if not clause.times else None)
        realms = [fact for m in clause.mentions for fact in m.ids("polity") if m is not who[0]]
        if when is None or when.start_lo is None or when.end_hi is None or when.end_hi - when.start_lo > _YEAR or not realms:
            continue
        verdicts = [_holder(context, person, office[0], realms, when) for person in context.people(who[0])]
        if not verdicts or not all(verdicts):
            continue
        person = context.people(who[0])[0]
        holder, role = verdicts[0]  # type: ignore[misc]
        yield context.finding(
            min(predication.first, who[0].first),
            max(predication.last, who[0].last, office[1]),
            {"person": person, "holder": holder, "role_when": role.when, "title": reading.text(office[2], office[1])},
            cite(holder, "roles"),
            cite(person, "roles"),
        )


def _office(context: Context, predication: Predication, clause: Clause) -> tuple[str, int, int] | None:
    """The office that the words name, with the tokens of the title: within the verb phrase or right behind it."""
    tokens, titles = context.reading.tokens, context.reading.lexicon.titles
    for at in range(predication.first, min(predication.last + _REACH, clause.last)):
        hit = titles.at(tokens, at, clause.last)
        if hit:
            offices = [office for office in hit.value if office in _OFFICES]
            return (offices[0], hit.last, hit.first) if len(offices) == 1 == len(hit.value) else None
    return None


def _holder(context: Context, person: Entity, office: str, realms: list[str], when: Moment) -> tuple[Entity, Role] | None:
    """Who came into the office in one of the realms then, where the person is of that realm and never held it."""
    mine = list(reigns(person))
    if not mine or any(role.office == office for role in person.roles):
        return None
    for realm in realms:
        if not any(role.of and kin(context, role.of) & {realm} for role in mine):
            continue
        for fact in context.reference.events_with(realm, "office"):
            other = context.entity(fact)
            for role in reigns(other, (office,)) if other and other.id != person.id else ():
                start = part_of(role.when, "start") if role.when else None
                if role.of == realm and start is not None and start.start_lo is not None and not apart(start, when, 31):
                    assert other is not None
                    return other, role
    return None
