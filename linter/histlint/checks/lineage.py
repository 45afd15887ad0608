"""Who followed whom in an office: «خلفه», "succeeded by", "took the throne after the death of …"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart, part_of, subjects
from ..facts import Entity, Role
from ..lexicon import Hit
from ..model import Finding, Moment
from ..prepositions import named_in, preposition
from ..reading import Predication, Reading
from ..tag.entities import Mention
from .called import spoken_of
from .context import RULING, Context, cite, reigns
from .story import dates_of
from .successors import named_heir, of_one_age, throne_named


def check(context: Context) -> Iterator[Finding]:
    """Successions that the reigns of the reference refute."""
    reading = context.reading
    for predication, before, after in pairs(context):
        yield from compare(context, predication, before, after)
    for predication in reading.predications:
        if not predication.asserted or told_pair(context, predication) is not None:
            continue
        if predication.frame in ("succeed", "unseat"):
            yield from _either(context, predication)
        elif predication.frame == "accede":
            yield from _after_his_father(context, predication)
    for said, before, heir in passed(context):
        yield from compare(context, said, before, heir)


def pairs(context: Context) -> Iterator[tuple[Predication, Mention, Mention]]:
    """The deeds that say that one man followed another in an office: the deed, who went and who came."""
    for predication in context.reading.predications:
        pair = told_pair(context, predication) if predication.asserted else None
        if pair is not None:
            yield predication, *pair


def told_pair(context: Context, predication: Predication) -> tuple[Mention, Mention] | None:
    """Who went and who came where both are known names."""
    if predication.frame == "succeed":
        return _pair(context, predication)
    if predication.frame == "accede":
        before = _after_death_of(context, predication)
        after = [m for m in subjects(predication) if m.has("person")]
        tokens = context.reading.tokens
        kinsman = after and tokens[max(0, after[0].first - 1)].norm in context.reading.lexicon.kinsmen
        return (before, after[0]) if before and len(after) == 1 and not kinsman and before.ids() != after[0].ids() else None
    if predication.frame == "appoint":
        return _in_his_place(context, predication)
    if predication.frame == "unseat":
        heirs = [m for role, m in predication.others if role in _FOR and m.has("person")]
        gone = [m for m in subjects(predication) if m.has("person")]
        return (gone[0], heirs[0]) if len(gone) == len(heirs) == 1 else None
    return None


def _in_his_place(context: Context, appointed: Predication) -> tuple[Mention, Mention] | None:
    """Him who was dismissed and him who was appointed in his place, told in one sentence."""
    reading = context.reading
    clause = reading.clauses[appointed.clause]
    came = [m for m in appointed.patients if m.has("person")]
    if len(came) != 1 or appointed.form == "noun" or not reading.lexicon.in_his_place.find(reading.tokens, appointed.first, clause.last):
        return None
    own = (*reading.before(clause)[-1:], clause)
    told = [p for c in own for p in reading.said.get(c.index, ()) if p.first < appointed.first and p.frame in ("dismiss", "unseat") and p.asserted]
    gone = [m for p in told[-1:] for m in p.patients if m.has("person")]
    return (gone[0], came[0]) if len(gone) == 1 else None


def _either(context: Context, predication: Predication) -> Iterator[Finding]:
    """«وخلف قطز على عرش مصر أيبك»: whichever of the two is the subject, he did not follow the other."""
    agents, others = ([m for m in group if m.has("person")] for group in (predication.agents, [m for role, m in predication.others if not role]))
    if predication.frame != "succeed" or context.reading.lang != "ar" or predication.form != "verb" or predication.carried:
        return
    if len(agents) == len(others) == 1 and agents[0].last <= others[0].first <= predication.last + _NEAR + 2 and not predication.patients:
        if context.reading.tokens[others[0].first - 1].norm in context.reading.lexicon.kin_objects:
            return  # «خلف أباقا أباه هولاكو»: who is the subject is plain
        found = list(compare(context, predication, agents[0], others[0]))
        if found and list(compare(context, predication, others[0], agents[0])):
            yield found[0]


def passed(context: Context) -> Iterator[tuple[Predication, Mention, Mention]]:
    """«وانتقلت الولاية بعده إلى أخيه …», "the crown went to …": the deed, whose end was told last, and to whom his throne went."""
    reading = context.reading
    for clause in reading.clauses_with(reading.lexicon.passes):
        for hit in reading.lexicon.passes.find(reading.tokens, clause.first, clause.last) if clause.kind in ("paragraph", "item") else ():
            heir = next((m for m in clause.mentions if hit.last <= m.first <= hit.last + _NEAR and m.has("person")), None)
            said = Predication("succeed", "verb", hit.first, hit.last, clause.index, (), (), (), True)
            if heir is None or not reading.asserted(clause, hit.first) or any(hit.first <= t.first < heir.first for t in clause.times):
                continue
            before = last_subject(context, said)
            if before is not None and before.ids() != heir.ids():
                yield said, before, heir


def _after_his_father(context: Context, predication: Predication) -> Iterator[Finding]:
    """«تولى فيصل الحكم بعد وفاة والده»: where another ruled between the two."""
    reading = context.reading
    tokens, clause = reading.tokens, reading.clauses[predication.clause]
    after = [m for m in subjects(predication) if m.has("person")]
    ends = [p for p in reading.said.get(clause.index, ()) if p.frame == "die" and p.form == "noun" and p.first > predication.first]
    if len(after) != 1 or not ends or not any(hit.value == "after" and 0 <= ends[0].first - hit.last <= 1 for hit in clause.relations):
        return
    kin = reading.lexicon.kin.at(tokens, ends[0].last, clause.last)
    behind = reading.mention_at.get(kin.last) if kin is not None else None
    if kin is None or kin.value != "father" or (behind is not None and behind.has("person")):
        return
    people = context.people(after[0])
    found = [(father, _next_ruler(context, father, p)) if (father := context.entity(p.father)) else None for p in people]
    if not people or not all(pair and pair[1] for pair in found):
        return
    father, (real, role) = found[0]  # type: ignore[misc]
    values = {"before": father, "after": people[0], "real": real, "role_when": role.when}
    yield context.finding(min(predication.first, after[0].first), kin.last, values, cite(father, "roles"), cite(real, "roles"))


def follows(left: Moment, came: Moment) -> bool:
    """Whether a reign began just when another ended."""
    return not apart(part_of(left, "end"), part_of(came, "start"), _CLOSE)


_FOR = frozenset({"ل", "to", "for", "of"})
"""Prepositions before the name of him in whose favour somebody abdicated."""


def _pair(context: Context, predication: Predication) -> tuple[Mention, Mention] | None:
    """Predecessor and successor of a "succeed" clause."""
    reading = context.reading
    agents = [m for m in predication.agents if m.has("person")]
    patients = [m for m in predication.patients if m.has("person")]
    hit = next(h for h in reading.clauses[predication.clause].triggers if h.first == predication.first)
    if predication.form == "passive":
        by = [m for role, m in predication.others if role == "by" and m.has("person")] or agents or _behind_by(context, predication)
        gone = patients[0] if patients else last_subject(context, predication)
        return (gone, by[0]) if gone and by and gone != by[0] else None
    if hit.value.suffix or _suffixed(reading, hit):  # خلفه ابنه الأمين: the one followed is the last subject before the clause
        before = last_subject(context, predication)
        own = _heir(context, predication, hit.last)
        if before is not None and reading.tokens[hit.last - 1].norm.endswith("ها") and all(p.sex != "female" for p in context.people(before)):
            return None  # «تولى شريف باشا الوزارة، ثم أعقبتها وزارة البارودي»
        if before and own and (not hit.value.suffix or preposition(reading, own)) and not _one_throne(context, before, own):
            return None  # another of that name is meant
        return (before, own) if before and own and before.ids() != own.ids() else None
    if agents and patients and not predication.carried:
        return patients[0], agents[0]
    if agents and not patients and not predication.carried and _joined_passive(reading, predication, agents[0]):
        gone = last_subject(context, predication)
        return (gone, agents[0]) if gone is not None and gone.ids() != agents[0].ids() else None
    replaced = [m for role, m in predication.others if not role and m.has("person") and _in_place_of(reading, predication, m)]
    if agents and replaced and not predication.carried:
        return replaced[0], agents[0]
    left = [m for role, m in predication.others if role in _TO and m.has("person") and m.first - predication.last <= 1]
    if reading.lang == "ar" and left:  # «عُيّن هتلر مستشاراً خلفاً لشلايشر»
        start = reading.sentences[reading.clauses[predication.clause].sentence][0]
        heirs = {m.ids(): m for m in named_in(reading, start, predication.first) if m.has("person")}
        return (left[0], next(iter(heirs.values()))) if len(heirs) == 1 else None
    return None


_TO = frozenset({"ل"})


def _joined_passive(reading: Reading, predication: Predication, heir: Mention) -> bool:
    """Whether an English participle goes on with the passive before it: "was removed in October and replaced by Leonid Brezhnev"."""
    tokens, at = reading.tokens, predication.first - 1
    joined = reading.lang != "ar" and at > 0 and tokens[at].norm in reading.lexicon.joins
    if not joined or reading.lexicon.roles.at(tokens, heir.first - 1, heir.first) is None or preposition(reading, heir) != "by":
        return False
    own = (*reading.before(reading.clauses[predication.clause])[-1:], reading.clauses[predication.clause])
    told = [other for clause in own for other in reading.said.get(clause.index, ()) if other.first < predication.first]
    return bool(told) and told[-1].form == "passive"


def _in_place_of(reading: Reading, predication: Predication, mention: Mention) -> bool:
    """«حل أوكنلك محل مونتغمري»: the rest of the verb phrase stands right before the name."""
    hit = reading.lexicon.verbs.at(reading.tokens, predication.first, mention.first)
    before = {reading.tokens[k].norm for k in range(max(predication.last, mention.first - 2), mention.first)}
    return hit is not None and hit.value.frame == "succeed" and bool(before & reading.lexicon.places_of)


def _behind_by(context: Context, predication: Predication) -> list[Mention]:
    """Whom "was succeeded by his stepson …" names, past the word for the kinsman."""
    reading = context.reading
    by = reading.lexicon.roles.at(reading.tokens, predication.last, predication.last + 2)
    if by is None or by.value != "by":
        return []
    found = [m for m in named_in(reading, by.last, min(by.last + _KINSMAN, len(reading.tokens))) if m.has("person")]
    return found[:1]


_KINSMAN = 4
"""Words behind "by" within which the successor is named."""


def _heir(context: Context, predication: Predication, start: int) -> Mention | None:
    """The first man named behind «خلفه», past «على عرش مصر» and «ابنه»."""
    clause = context.reading.clauses[predication.clause]
    for mention in clause.mentions:
        if start <= mention.first <= start + _NEAR and mention.has("person") and _free(context.reading, mention):
            if context.reading.lexicon.sequels.find(context.reading.tokens, start, mention.first):
                return None  # «فخلفه ابنه ثم حفيداه …»: the second in line
            return mention
    return None


_NEAR = 6


def _free(reading: Reading, mention: Mention) -> bool:
    """Whether a name stands under no preposition, or right behind the word for the kinsman that he was: «ابنه المتوكل»."""
    return not preposition(reading, mention) or reading.lexicon.kin.at(reading.tokens, mention.first - 1, mention.first) is not None


def _one_throne(context: Context, before: Mention, after: Mention) -> bool:
    """Whether all that two names may mean sat on one throne."""
    groups = of_one_age(context.people(before), context.people(after))
    thrones = [{role.of for role in reigns(person, RULING)} for group in groups for person in group]
    return bool(thrones) and bool(set.intersection(*thrones) - {""})


def _suffixed(reading: Reading, hit: Hit) -> bool:
    """Whether a verb of several words ends with a pronoun: «تولى بعده», «تولى الحكم بعد وفاته»."""
    return reading.lang == "ar" and hit.last - hit.first > 1 and reading.tokens[hit.last - 1].norm.endswith(("ه", "ها"))


def last_subject(context: Context, predication: Predication) -> Mention | None:
    """Whose end was told last: in the sentence, or in the one before where it spoke of one man's end."""
    reading = context.reading
    sentence = reading.clauses[predication.clause].sentence
    start = reading.sentences[sentence][0]
    for other in reversed(reading.predications):
        if other.first >= predication.first or other.form == "noun":
            continue
        away = sentence - reading.clauses[other.clause].sentence
        if away > 1 or (away and any(token.norm == "\n" for token in reading.tokens[other.last : start])):
            break
        if away and other.frame not in ("die", "unseat", "kill"):
            continue
        who = [m for m in (other.patients if other.frame in _ENDED_BY else subjects(other)) if m.has("person")]
        if other.frame == "act" and other.form == "verb" and who and not other.carried:
            return None  # «عزل السلطان إسماعيل، وخلفه ابنه»: of the other, perhaps
        if not who and not away and _in_a_phrase(context.reading, other):
            continue  # «بعد حكم دام خمسة عشر عاماً»
        who = who or ([] if away else _killed_unnamed(context.reading, other))
        if len(who) == 1 and other.carried and _died_otherwise(context, other, who[0]):
            return None  # of whom the paragraph speaks is not who is carried on
        return who[0] if len(who) == 1 else None
    return None


_ENDED_BY = frozenset({"kill", "dismiss"})
"""Deeds that end the rule of him to whom they are done."""


def _in_a_phrase(reading: Reading, predication: Predication) -> bool:
    """Whether a verb without anybody only tells more of the noun before it, inside its clause."""
    bare_act = predication.frame == "act" and not (predication.agents or predication.patients)
    clause = reading.clauses[predication.clause]
    joined = any(hit.first == predication.first and hit.clitic for hit in clause.triggers)
    inside = predication.first > clause.first and reading.tokens[predication.first - 1].norm in reading.lexicon.prepositions
    return reading.lang == "ar" and bare_act and (inside or predication.first > clause.first + 1) and not joined


def _killed_unnamed(reading: Reading, death: Predication) -> list[Mention]:
    """The one man whom a sentence names before it tells that he was killed: «لم يهنأ قطز بنصره، فقد قُتل في طريق عودته»."""
    tokens, start = reading.tokens, reading.sentences[reading.clauses[death.clause].sentence][0]
    behind = range(death.last - 1, min(death.last + 1, len(tokens)))
    alone = death.last in reading.time_at or any(tokens[k].norm in reading.lexicon.prepositions for k in behind)
    if reading.lang != "ar" or death.frame != "kill" or death.form != "passive" or not alone:
        return []
    named = [m for m in named_in(reading, start, death.first) if m.has("person", "polity") and m.how != "anaphor"]
    return named[:1] if len({m.ids() for m in named}) == 1 and named[0].has("person") else []


def _died_otherwise(context: Context, death: Predication, who: Mention) -> bool:
    """Whether the sentence of a death gives a year that is not that of somebody's death."""
    dates = dates_of(context.reading, *context.reading.sentences[context.reading.clauses[death.clause].sentence])
    people = [p for p in context.people(who) if p.died]
    return bool(dates) and any(p.died and all(apart(p.died, value, _LONG) for value in dates) for p in people)


def _after_death_of(context: Context, predication: Predication) -> Mention | None:
    """«تولى الخلافة بعد وفاة X»: X, where he was the ruler before and the word for it says so at once."""
    reading = context.reading
    clause = reading.clauses[predication.clause]
    for relation in clause.relations:
        if relation.value != "after":
            continue
        for other in reading.predications:
            if (
                other.clause == clause.index
                and other.frame in ("die", "unseat")
                and relation.last <= other.first <= relation.last + 1
            ):
                who = [m for m in (*other.patients, *other.agents) if m.has("person") and m.first >= other.last]
                of = [m for role, m in other.others if role == "of" and m.has("person") and m.first == other.last]
                if of and who:  # "after the death of Augustus his stepson Tiberius"
                    return of[0]
                return who[0] if len(who) == 1 else None
    return None


def compare(context: Context, predication: Predication, before: Mention, after: Mention) -> Iterator[Finding]:
    """The finding on one said to have followed another; `before` may be the name of a ruler's death."""
    earlier, later = of_one_age(context.people(before) or _gone(context, before), context.people(after))
    if not earlier or not later or _in_another_office(context, predication, earlier) or _long_out(context, predication, earlier):
        return
    sure = throne_named(context, predication)
    verdicts = [_next_ruler(context, a, b) or (named_heir(context, a, b) if sure else None) for a in earlier for b in later]
    if not all(verdicts) or any(verdict and spoken_of(context, predication, verdict[0]) for verdict in verdicts):
        return
    real, role = verdicts[0]  # type: ignore[misc]
    start = context.reading.clauses[predication.clause].first
    first = min(m for m in (predication.first, after.first, before.first) if m >= start)
    last = max(
        predication.last,
        after.last if after.first >= predication.first else 0,
        before.last if before.first >= predication.first else 0,
    )
    yield context.finding(
        first,
        last,
        {"before": earlier[0], "after": later[0], "real": real, "role_when": role.when},
        cite(earlier[0], "roles"),
        cite(real, "roles"),
    )


def _gone(context: Context, mention: Mention) -> list[Entity]:
    """Who ended in an event that is named: "the death of Stalin"."""
    ends = [who for event in context.events(mention) for who in (*event.target, *event.killed)]
    return [person for who in dict.fromkeys(ends) if (person := context.entity(who)) and any(reigns(person, RULING))]


def _in_another_office(context: Context, predication: Predication, people: Sequence[Entity]) -> bool:
    """Whether an English sentence says "as" what, and that is none of his thrones: "succeeded Churchill as First Lord of the Admiralty"."""
    reading = context.reading
    start, stop = reading.sentences[reading.clauses[predication.clause].sentence]
    offices = {role.office for person in people for role in person.roles if role.office in RULING}
    for k in range(start, stop - 1) if reading.lang != "ar" else ():
        if reading.tokens[k].norm == "as":
            hits = reading.lexicon.titles.find(reading.tokens, k + 1, min(k + 4, stop))
            if not any(offices & {*hit.value} for hit in hits) and not reading.lexicon.thrones.at(reading.tokens, k, stop):
                return True
    return False


def _long_out(context: Context, predication: Predication, people: Sequence[Entity]) -> bool:
    """Whether the sentence tells of a time when the one before held no throne: the leader of a party who had once been minister died."""
    reading = context.reading
    sentence = reading.clauses[predication.clause].sentence
    told = [t.mention.value for t in reading.times_from(*reading.sentences[sentence]) if t.mention.type == "date" and t.mention.value]
    deaths = [p for c in reading.clauses_in(sentence) for p in reading.said.get(c.index, ()) if p.frame == "die" and p.first < predication.first]
    told += [person.died for person in people if person.died] if deaths else []
    ends = [role.when for person in people for role in reigns(person, RULING) if role.when]
    return bool(told and ends) and all(apart(part_of(when, "end"), value, _AFTERWARDS) for when in ends for value in told)


_AFTERWARDS = 500
"""Days after the end of a reign from which another thing is inherited than the throne."""


def _next_ruler(context: Context, before: Entity, after: Entity) -> tuple[Entity, Role] | None:
    """Who came to the throne when `before` left it, where `after` reigned there at another
    time, or elsewhere, or is a son who never did."""
    if any(role.successor == after.id for role in before.roles) or any(role.predecessor == before.id for role in after.roles):
        return None
    found = None
    for left in reigns(before, RULING):
        theirs = [role for role in reigns(after) if role.of == left.of]
        if not left.of or left.when is None or left.when.end_lo is None or left.when.end_hi is None:
            return None
        if not theirs and after.father != before.id and not any(reigns(after, RULING)):
            continue  # the reference may not know all that he was
        own = [role.when for role in theirs if role.when and _joins(left.when, role.when)]
        heir = context.entity(left.successor) if left.successor else None
        if own and heir is not None and any(role.predecessor and role.predecessor != before.id for role in theirs):
            came = next((role for role in reigns(heir, alike(left.office)) if role.of == left.of), None)
            if came is not None:
                found = heir, came
                continue
        if own:
            between = _between(context, left, own[0], before, after)
            if between is None:
                return None
            found = between
            continue
        for fact in context.reference.events_with(left.of, "office"):
            other = context.entity(fact)
            if other is None or other.id in (before.id, after.id):
                continue
            for role in reigns(other, alike(left.office)):
                if role.of == left.of and role.when and _joins(left.when, role.when) and _sooner(left.when, role, found):
                    found = other, role
    return found


def _sooner(left: Moment, role: Role, found: tuple[Entity, Role] | None) -> bool:
    """Whether a reign began nearer to the end of another than one that was found before."""
    if found is None or found[1].when is None or role.when is None or found[1].of != role.of:
        return True
    end = left.end_hi or 0
    return abs((role.when.start_lo or 0) - end) <= abs((found[1].when.start_lo or 0) - end)


def alike(office: str) -> frozenset[str]:
    """The offices that are one throne, whoever sits on it."""
    return next((group for group in _THRONES if office in group), frozenset({office}))


_THRONES = (frozenset({"king", "queen"}), frozenset({"emperor", "empress", "tsar"}))


def _between(context: Context, left: Role, came: Moment, before: Entity, after: Entity) -> tuple[Entity, Role] | None:
    """A ruler of a year and more between two reigns that nearly meet; of perhaps a year where he is known as the predecessor."""
    for fact in context.reference.events_with(left.of, "office"):
        other = context.entity(fact)
        for role in reigns(other, alike(left.office)) if other and other.id not in (before.id, after.id) else ():
            when = role.when
            if role.of != left.of or when is None or left.when is None or None in (*when[:4], came.start_lo):
                continue
            named = any(mine.predecessor == other.id for mine in after.roles) if other else False
            long = (when.end_hi if named else when.end_lo or 0) - (when.start_lo if named else when.start_hi or 0) >= _LONG  # type: ignore[operator]
            first = abs(apart(left.when, when, 0)) < _CLOSE and not apart(part_of(left.when, "end"), part_of(when, "start"), _CLOSE)
            if long and first and not apart(part_of(when, "end"), part_of(came, "start"), _CLOSE) and other is not None:
                return other, role
    return None


_LONG, _CLOSE = 300, 60
"""Days that a reign in between must have lasted, and by which its ends may miss the others'."""


def _joins(left: Moment, came: Moment) -> bool:
    """Whether a reign began when another ended, give or take what sources differ by."""
    if came.start_lo is None or came.start_hi is None or left.end_lo is None or left.end_hi is None:
        return True
    return came.start_lo - left.end_hi < _INTERVAL and left.end_lo - came.start_hi < _INTERVAL


_INTERVAL = 800
"""Days between two reigns that still follow one another."""
