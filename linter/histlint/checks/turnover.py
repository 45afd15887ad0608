"""Two men of one office in the wrong order: "Khrushchev overthrew Brezhnev", «خلف أوكنلك مونتغمري في قيادة الجيش الثامن».

Who replaces or overthrows another comes after him. A finding needs the same office for both, one's time in it joined to the
other's, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, part_of
from ..facts import Entity, Event, Role
from ..model import Finding
from ..prepositions import preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, cite
from .lineage import pairs

_JOINED = 200
"""Days between two times in one office that follow one another."""
_REACH = 9
"""Words between a word for replacing or overthrowing and the two men."""


def check(context: Context) -> Iterator[Finding]:
    """Men said to have followed in an office those who followed them."""
    for predication, before, after in pairs(context):
        yield from _compare(context, predication.first, predication.last, before, after)
    for clause in context.reading.clauses_with(context.reading.lexicon.replacing):
        if clause.kind in ("paragraph", "item"):
            yield from _replaced(context, clause)
    for clause in context.reading.clauses_with(context.reading.lexicon.in_his_place):
        if clause.kind in ("paragraph", "item"):
            yield from _put_in_his_place(context, clause)


def _put_in_his_place(context: Context, clause: Clause) -> Iterator[Finding]:
    """«عزل أبا عبيدة … وولّى مكانه خالداً»: the one man of a clause in the place of the one whose dismissal was told before it."""
    reading = context.reading
    before = reading.before(clause)[-1:]
    told = [p for c in before for p in reading.said.get(c.index, ()) if p.frame in ("dismiss", "unseat") and p.asserted and p.form != "noun"]
    came = [m for m in clause.mentions if m.has("person") and not preposition(reading, m)]
    gone = [m for m in (*told[-1].patients, *told[-1].agents) if m.has("person")] if told else []
    if len(came) == 1 and gone and reading.asserted(clause, came[0].first) and came[0].how != "anaphor":
        yield from _compare(context, told[-1].first, came[0].last, gone[0], came[0])


def _replaced(context: Context, clause: Clause) -> Iterator[Finding]:
    """Words for overthrowing or taking over, with the one who did it and the one whom it befell."""
    reading = context.reading
    for hit in reading.lexicon.replacing.find(reading.tokens, clause.first, clause.last):
        if any(relation.last == hit.first for relation in clause.relations) or reading.tokens[hit.first - 1].norm in reading.lexicon.prepositions:
            continue  # «بعد خلع المستعين بايعوا المعتز»: a noun
        people = [m for m in clause.mentions if m.has("person") and not m.has("event", "place") and m.how != "anaphor"]
        behind = [m for m in people if hit.last <= m.first <= hit.last + _REACH]
        ahead = [m for m in people if m.last <= hit.first and hit.first - m.last <= 3]
        two = behind[:2] if reading.lang == "ar" and len(behind) > 1 else [*ahead[-1:], *behind[:1]]
        if hit.value == "takes" and len(two) == 2 and (_parted(reading, *two) or not _displaced(reading, two[1])):
            continue
        if len(two) == 2 and reading.lang == "ar" and any(reading.tokens[k].norm in ("،", ",") for k in range(two[0].last, two[1].first)):
            continue  # «خُلع أبريس، ونودي بأحمس ملكاً»
        if len(two) == 2 and reading.asserted(clause, hit.first):
            passive = reading.lang != "ar" and reading.tokens[hit.first - 1].norm in reading.lexicon.auxiliaries
            went, came = two if passive else two[::-1]  # "was ousted by"
            yield from _compare(context, hit.first, hit.last, went, came)


def _parted(reading: Reading, one: Mention, other: Mention) -> bool:
    """Whether a prepositional phrase stands between an Arabic verb's two names: «خلف قطز على عرش مصر بيبرس» has its object first."""
    return reading.lang == "ar" and any(reading.tokens[k].norm in reading.lexicon.prepositions for k in range(one.last, other.first))


def _displaced(reading: Reading, mention: Mention) -> bool:
    """Whether somebody is named as the one whose office it was: "took over as chancellor from …", «خلفت مائير رابين»."""
    if reading.lang != "ar":
        return preposition(reading, mention) == "from"
    tokens, lexicon = reading.tokens, reading.lexicon
    kin = any(lexicon.kin.at(tokens, k, mention.first) or tokens[k].norm in lexicon.kinsmen for k in range(max(0, mention.first - 2), mention.first))
    return not kin and not preposition(reading, mention)


def _compare(context: Context, first: int, last: int, before: Mention, after: Mention) -> Iterator[Finding]:
    ones, others = context.people(before), context.people(after)
    turned = [_turned(context, one, other) for one in ones for other in others]
    if not turned or not all(turned) or before.ids() == after.ids():
        return
    came = turned[0]
    assert came
    start = min(first, *(m.first for m in (before, after) if abs(m.first - first) <= _REACH))
    stop = max(last, *(m.last for m in (before, after) if abs(m.first - last) <= _REACH))
    values = {"earlier": others[0], "later": ones[0], "role_when": came.when or ""}
    proof = [cite(came)] if isinstance(came, Event) else [cite(others[0], "roles"), cite(ones[0], "roles")]
    yield context.finding(start, stop, values, *proof)


def _turned(context: Context, before: Entity, after: Entity) -> Role | Event | None:
    """The office in which the one said to have gone came right behind the one said to have come; None where he also went before."""
    found: Role | Event | None = None
    for fact in context.reference.events_with(before.id, "done"):
        event = context.event(fact)
        if event and any((d.deed, d.by, d.to) == ("replace", before.id, after.id) for d in event.done):
            found = event
    for mine in before.roles:
        for theirs in after.roles:
            if mine.when is None or theirs.when is None or mine.of != theirs.of:
                continue
            if mine.successor == after.id:
                return None
            if mine.office != theirs.office and theirs.successor != before.id:
                continue
            if not apart(part_of(mine.when, "end"), part_of(theirs.when, "start"), _JOINED):
                return None
            if not apart(part_of(theirs.when, "end"), part_of(mine.when, "start"), _JOINED):
                found = mine
    return found
