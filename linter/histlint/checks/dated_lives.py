"""Dates of lives, reigns and states: births, deaths, accessions, foundings and ends against the years of the reference."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import Dated, apart, conflict, date_of, only, other_month, part_of, same_day, same_month, subjects, turned
from ..facts import Entity
from ..model import Finding, Moment, TimeMention
from ..prepositions import preposition
from ..reading import Predication, Reading
from ..tag.entities import Mention
from .certain import among_several, pronominal
from .context import RULING, Context, cite, reigns, related
from .wordlists import has

_FRAMES = {"birth": "born", "death": "die", "reign-start": "accede", "reign-end": "unseat"}


def lives(context: Context, of: str) -> Iterator[Finding]:
    """Births, deaths and the ends of reigns that a text dates otherwise than the reference."""
    reading = context.reading
    for predication in reading.predications:
        killed = of == "death" and predication.frame == "kill" and predication.form != "noun"
        if (predication.frame != _FRAMES[of] and not killed) or not predication.asserted:
            continue
        if predication.carried or (predication.form == "noun" and turned(reading, predication.first)):
            continue  # whom a dropped subject means is never sure enough for a date
        if of == "reign-end" and predication.form == "noun" and pronominal(reading, predication):
            continue  # «أعلن … تنحيه», and took it back
        if of == "birth" and any(h.last == predication.first and h.value.form != "noun" for h in reading.clauses[predication.clause].triggers):
            continue  # «عين ولد داداه رئيساً»: a verb before it makes it a name
        if _whose(reading, predication) or (of == "birth" and of_kin(reading, predication)):
            continue
        if _by_pronoun(reading, predication) and among_several(reading, predication, "person"):
            continue  # "Mazarin succeeded Richelieu and governed until he died"
        if pronominal(reading, predication) and among_several(reading, predication, "person"):
            continue  # «خاف أيبك من أقطاي فدبر قتله»
        gone = predication.patients if killed else subjects(predication)
        whose = only(gone, "person")
        if len(whose) != 1 or len(gone) != 1:
            continue
        if of == "reign-end" and preposition(reading, whose[0]) in _FOR:
            continue  # «تنازل القوتلي عن الرئاسة لعبد الناصر»: his began
        people = context.people(whose[0])
        clause = reading.clauses[predication.clause]
        if reading.lang != "ar" and _kinsman_who(reading, predication):
            continue
        if reading.lang != "ar" and _kinsman_told(reading, whose[0]):
            continue  # "Park Geun-hye, daughter of former President Park Chung-hee, took office"
        if killed and reading.lang == "ar" and _last_of_several(reading, predication, whose[0]):
            continue
        if _bracketed_on(reading, predication, whose[0]) or (killed and predication.first - whose[0].last > _PRONOUN):
            continue
        aside = turned(reading, whose[0].first) != ""  # "ten years after he was born, in 1828"
        anchor = max(predication.last, whose[0].last) if whose[0].first >= predication.first else predication.last
        dated = date_of(reading, clause, predication.first, anchor, whose)
        if dated is None or dated.time.mention.type != "date" or dated.time.mention.anchor == "narrative":
            continue
        if aside and any(reading.tokens[k].norm in (",", "،") for k in range(anchor, dated.time.first)):
            continue
        if not people or not all(_refuted(person, of, dated) for person in people):
            continue
        if whose[0].last - whose[0].first == 1 and all(abs(_years(dated, _nearest(p, of, dated))) > _NAMESAKE for p in people):
            continue  # «الضابط شكسبير»: one name, another man
        if all(abs(_years(dated, _nearest(p, of, dated))) > _OTHER_AGE for p in people):
            continue  # «إبراهيم باشا» of another age
        if of == "reign-start" and any(_crowned_then(context, person, dated) for person in people):
            continue  # crowned years after he came to the throne
        if of == "reign-end" and all(_before_reign(person, dated) for person in people):
            continue  # "exiled in 1964", who ruled from 1979
        if of in ("reign-start", "reign-end") and _as_other(reading, predication, people):
            continue  # "resigned as party leader"
        if of in ("reign-start", "reign-end") and not _same_realm(context, predication, people):
            continue
        person = people[0]
        yield context.finding(
            min(predication.first, dated.time.first),
            max(anchor, dated.time.last),
            {"person": person, "known": _nearest(person, of, dated), "written": reading.text(dated.time.first, dated.time.last)},
            cite(person, "life" if of in ("birth", "death") else "roles"),
        )


def _by_pronoun(reading: Reading, predication: Predication) -> bool:
    """Whether the subject of an English verb is a pronoun."""
    at = predication.first - 1
    while at > 0 and reading.tokens[at].norm in reading.lexicon.auxiliaries | reading.lexicon.pluperfect:
        at -= 1
    return reading.lang != "ar" and predication.form != "noun" and at >= 0 and reading.tokens[at].norm in reading.lexicon.pronouns


_FOR = frozenset({"ل", "لصالح", "to", "for"})


def _kinsman_told(reading: Reading, mention: Mention) -> bool:
    """Whether "daughter of" and the like stand shortly before an English name."""
    near = range(max(0, mention.first - 8), mention.first - 1)
    return any(reading.tokens[k].norm in reading.lexicon.kinsmen and reading.tokens[k + 1].norm == "of" for k in near)


def _last_of_several(reading: Reading, predication: Predication, whose: Mention) -> bool:
    """Whether an unknown given name joined by «و» stands right before a name: «قُتل الأخوان بوبليوس وغنايوس سكيبيو»."""
    at = whose.first - 1
    return at > predication.last and at not in reading.mention_at and reading.tokens[at].norm.startswith("و")


_PRONOUN = 8
"""Words over which a pronoun says who was killed."""


def _bracketed_on(reading: Reading, predication: Predication, whose: Mention) -> bool:
    """Whether a verb stands in brackets behind another name: "descended from Catherine (born circa 1483)"."""
    opened = next((k for k in range(predication.first - 1, max(-1, predication.first - 3), -1) if reading.tokens[k].norm == "("), None)
    return opened is not None and whose.last != opened


def of_kin(reading: Reading, predication: Predication) -> bool:
    """Whether a word of kin stands right before the verb: "their son, born in March 1811"."""
    at = predication.first - 1
    at -= at > 0 and reading.tokens[at].norm in (",", "،")
    return at >= 0 and (reading.tokens[at].norm in reading.lexicon.kinsmen or reading.lexicon.kin.at(reading.tokens, at, at + 1) is not None)


def _whose(reading: Reading, predication: Predication) -> bool:
    """Whether it is open whose end an Arabic verb tells: «أسر فلان فلاناً حتى مات», «ذكر فلان أنه ولد»."""
    lexicon = reading.lexicon
    before = reading.tokens[predication.first - 1].norm if predication.first else ""
    return reading.lang == "ar" and (before in lexicon.reporting or before in lexicon.until_when)


def bracketed(context: Context) -> Iterator[Finding]:
    """«كولومبوس (1451-1596)»: years in brackets behind a name of which one is that of his birth or death, and the other is not."""
    reading = context.reading
    for clause in reading.clauses:
        for mention in clause.mentions:
            at = mention.last
            time = reading.time_at.get(at + 1)
            if not mention.has("person") or mention.how == "anaphor" or time is None or time.mention.type != "period":
                continue
            opened = reading.tokens[at].norm == "(" and time.first == at + 1
            if not opened or time.last >= len(reading.tokens) or reading.tokens[time.last].norm != ")" or time.mention.value is None:
                continue
            people = context.people(mention)
            slips = [_one_end(person, time.mention) for person in people]
            if people and all(slips) and reading.asserted(clause, mention.first):
                known = slips[0]
                written = reading.text(time.first, time.last)
                values = {"person": people[0], "known": known, "written": written}
                yield context.finding(mention.first, time.last + 1, values, cite(people[0], "life"))


def _one_end(person: Entity, written: TimeMention) -> Moment | None:
    """The end of a life that written years miss while they meet the other; None for a reign, and where both fit or neither does."""
    if person.born is None or person.died is None:
        return None
    first, second = part_of(written.value, "start"), part_of(written.value, "end")  # type: ignore[arg-type]
    if any(role.when and not (apart(role.when, first, _LOOSE) or apart(role.when, second, _LOOSE)) for role in reigns(person)):
        return None
    born, died = abs(apart(person.born, first, _LOOSE)), abs(apart(person.died, second, _LOOSE))
    if bool(born) == bool(died) or max(born, died) < _SLIP:
        return None
    return person.died if died else person.born


_SLIP = 2 * 366
"""Days by which a year in brackets must miss a birth or death."""


def _crowned_then(context: Context, person: Entity, dated: Dated) -> bool:
    """Whether a coronation of somebody is known at a date."""
    events = (context.event(fact) for fact in context.reference.events_with(person.id))
    return any(e is not None and e.type == "coronation" and e.when and not conflict(dated.time.mention, e.when) for e in events)


def _before_reign(person: Entity, dated: Dated) -> bool:
    value = dated.time.mention.value
    starts = [role.when for role in reigns(person, RULING) if role.when]
    return value is not None and bool(starts) and all(apart(when, value, _LOOSE) < 0 for when in starts)


_OTHER_AGE = 250
"""Years from which a date is that of a namesake, however long the name."""
_NAMESAKE = 90
"""Years by which a date must miss a life for a name of one word to be that of somebody else."""


def _as_other(reading: Reading, predication: Predication, people: list[Entity]) -> bool:
    """Whether "as" and an office that is none of his thrones stand behind an English verb."""
    at = predication.last
    if reading.lang == "ar" or at >= len(reading.tokens):
        return False
    if has(reading, at, at + 1, "jointly"):
        return True  # "was crowned co-emperor"
    if reading.tokens[at].norm != "as":
        return False
    titles = reading.lexicon.titles.find(reading.tokens, at, min(at + 4, len(reading.tokens)))
    offices = {role.office for person in people for role in person.roles if role.office in RULING}
    return not offices & {office for hit in titles for office in hit.value}


def _kinsman_who(reading: Reading, predication: Predication) -> bool:
    """Whether an English verb is told of a kinsman without a name: "Caesar's only daughter, who died in 54 BC"."""
    at = predication.first - 1
    if at < 2 or reading.tokens[at].norm not in reading.lexicon.personal_relatives:
        return False
    noun = reading.tokens[at - 1 - (reading.tokens[at - 1].norm == ",")].norm
    return noun in reading.lexicon.kinsmen


def _same_realm(context: Context, predication: Predication, people: list[Entity]) -> bool:
    """Whether a realm that the clause names is one that the person ruled: else somebody else is meant."""
    if _of_a_stranger(context.reading, predication):
        return False
    clause = context.reading.clauses[predication.clause]
    ruled = [p for p in context.reading.said.get(clause.index, ()) if p.first > predication.first and not p.agents]  # «تولى … حكم برقة»
    realms = [m for _, m in predication.others] + [m for p in ruled for m in p.patients]
    realms = [m for m in realms if m.has("polity", "place") and not m.has("person")]
    return all(
        any(related(context, place, role.of) for place in m.ids() for p in people for role in p.roles if role.of)
        for m in realms[:1]
    )


def _of_a_stranger(reading: Reading, predication: Predication) -> bool:
    """Whether an English throne is that of a land which the reference does not know: "became King of Ruthenia"."""
    tokens, of = reading.tokens, predication.last
    of += of + 1 < len(tokens) and tokens[of].norm != "of"
    if reading.lang == "ar" or of + 1 >= len(tokens) or tokens[of].norm != "of":
        return False
    return of + 1 not in reading.mention_at and reading.document.text[tokens[of + 1].start].isupper()


def _refuted(person: Entity, of: str, dated: Dated) -> bool:
    known = _known(person, of)
    if not known or not all(conflict(dated.time.mention, moment) for moment in known):
        return False
    return all(_far(dated, moment) for moment in known)


def _far(dated: Dated, known: Moment) -> bool:
    """Whether the dates are certainly more than a year apart."""
    return all(_years_off(value, known) for value in (dated.time.mention.value, *dated.time.mention.readings))


def _years_off(value: Moment | None, known: Moment) -> bool:
    if value is None or value.start_lo is None or known.end_hi is None or known.start_lo is None or value.end_hi is None:
        return False
    gap = max(value.start_lo - known.end_hi, known.start_lo - value.end_hi)
    return gap > _LOOSE or (gap > 300 and (same_day(value, known) or same_month(value, known))) or other_month(value, known)


_LOOSE = 370
"""Days by which dates of lives differ between good sources: only a wrong year counts."""


def _known(person: Entity, of: str) -> list[Moment]:
    if of == "birth":
        return [person.born] if person.born else []
    if of == "death":
        return [person.died] if person.died else []
    out = []
    for role in reigns(person):
        assert role.when is not None
        if role.office not in RULING:
            continue
        edge = (role.when.start_lo, role.when.start_hi) if of == "reign-start" else (role.when.end_lo, role.when.end_hi)
        if None in edge:
            return []
        out.append(Moment(edge[0], edge[1], edge[0], edge[1], role.when.precision, role.when.calendar))
    return out


def _nearest(person: Entity, of: str, dated: Dated) -> Moment:
    value = dated.time.mention.value
    at = value.start_lo if value and value.start_lo else 0
    return min(_known(person, of), key=lambda moment: abs((moment.start_lo or 0) - at))


def polities(context: Context, of: str) -> Iterator[Finding]:
    """Beginnings and ends of states: «تأسست الدولة … عام», "was dissolved in"."""
    reading = context.reading
    frame, edge = ("found", "start") if of == "founding" else ("dissolve", "end")
    for predication in reading.predications:
        if predication.frame != frame or not predication.asserted or predication.form == "verb":
            continue
        if predication.form == "noun" and turned(reading, predication.first):
            continue
        whose = [m for m in predication.patients if m.has("polity") and m.how != "demonym"]
        if len(whose) != 1 or len(predication.patients) != 1 or _goes_on(reading, whose[0].last):
            continue
        states = [entity for fact in whose[0].ids("polity") if (entity := context.entity(fact))]
        clause = reading.clauses[predication.clause]
        last = max(predication.last, whose[0].last) if whose[0].first >= predication.first else predication.last
        dated = date_of(reading, clause, min(predication.first, whose[0].first), last)
        if dated is None or dated.time.mention.type != "date":
            continue
        if of == "end" and _lost_somewhere(reading, max(last, dated.time.last)):
            continue  # "Prussia collapsed in October 1806 at Jena": a defeat
        known = [part_of(state.existed, edge) for state in states if state.existed]
        if len(known) != len(states) or not known:
            continue
        if any(moment.start_lo is None or moment.end_hi is None for moment in known):
            continue
        if not all(
            conflict(dated.time.mention, moment) and _far(dated, moment) and _years(dated, moment) > 1 for moment in known
        ):
            continue
        yield context.finding(
            min(predication.first, whose[0].first, dated.time.first),
            max(last, dated.time.last),
            {"state": states[0], "known": known[0], "written": reading.text(dated.time.first, dated.time.last)},
            cite(states[0], "existed"),
        )


def _lost_somewhere(reading: Reading, at: int) -> bool:
    """Whether "at" and no time stand there."""
    inside = at + 1 < len(reading.tokens) and reading.tokens[at].norm in reading.lexicon.fought_at
    return inside and at + 1 not in reading.time_at and reading.tokens[at + 1].norm != "the"


def _goes_on(reading: Reading, index: int) -> bool:
    """Whether an English name goes on with a capital: "United Nations Assistance Mission"."""
    token = reading.tokens[index] if index < len(reading.tokens) else None
    return reading.lang != "ar" and token is not None and token.kind == "word" and reading.document.text[token.start].isupper()


def _years(dated: Dated, known: Moment) -> float:
    """Years that certainly lie between a written date and a known one."""
    value = dated.time.mention.value
    return abs(apart(value, known)) / 365.25 if value else 0.0
