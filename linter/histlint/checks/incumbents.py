"""Titles of the story that were another's: «رئيس الأركان إسحاق رابين» in a text about October 1973.

`narrative` compares a title with a date of its own sentence. Here the event that the clause speaks of, the dates told before and
behind it, or the event that the text is about say when the story is; and the title may stand behind the name («فلان رئيس وزراء
إيطاليا», "Baldwin, the prime minister,", «وكان فلان رئيساً للحكومة»).

Options: `of` is story (the title was another's) or first (see `firsts`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart
from ..facts import Entity, Role
from ..model import Finding, Moment
from ..reading import Clause
from ..tag.entities import Mention
from .cast import event_of
from .context import RULING, Context, akin, cite, reigns
from .firsts import firsts
from .lifetime import holders_of
from .narrative import formerly, title_then
from .offices import Stated, stated_office
from .story import bracket, dates_of, hull, parallel, possessive, when_of
from .wordlists import has

_YEAR = 366
_OFFICES = frozenset(
    {
        "president", "prime-minister", "king", "queen", "emperor", "caliph", "sultan", "tsar", "pope", "chancellor", "khedive", "khan",
        "secretary-general", "shah", "foreign-minister", "defence-minister", "chief-of-staff", "governor", "general-secretary", "leader",
    }
)  # fmt: skip
_MODERN = frozenset({"president", "prime-minister", "foreign-minister", "defence-minister", "chief-of-staff", "secretary-general"})
"""Offices that are not called by one another's names."""
_FAR, _DEAD = 200, 30
"""Days from his reign at which a title is another's; the same of one who is dead by then."""
_ONWARD = 15 * _YEAR
"""Days ahead of the dates told before at which a ruler may be one of a later age that the story has come to."""
_TURNING = frozenset({"born", "die", "accede", "succeed", "unseat"})
_LONG = 2 * _YEAR
_AROUND = 5
"""Words around a title in which "today" and the like put it into another time."""


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    if context.options["of"] == "first":
        yield from firsts(context)
        return
    for clause in context.reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for mention in clause.mentions:
            if mention.has("person") and not mention.has("event", "place") and mention.how != "anaphor":
                yield from _titled(context, clause, mention)


def _titled(context: Context, clause: Clause, mention: Mention) -> Iterator[Finding]:
    title = stated_office(context, clause, mention, title_then(context, mention))
    if title is None or not _meant(context, clause, mention, title):
        return
    whens, told = _moments(context, clause, max(title.last, mention.last) if title.first > mention.first else mention.last, mention)
    if not whens:
        return
    people = context.people(mention)
    out = [_another(context, person, title, whens) for person in people]
    if not out or not all(out):
        return
    person, role, holders = out[0]  # type: ignore[misc]
    if not told and any(holder.id in context.reading.named for holder in holders):
        return  # the text itself has gone on to the next
    yield context.finding(
        min(title.first, mention.first),
        max(title.last, mention.last),
        {"person": person, "role_when": role.when, "office": role.office, "holder": holders},
        cite(person, "roles"),
        *(cite(holder, "roles") for holder in holders),
    )


def _meant(context: Context, clause: Clause, mention: Mention, title: Stated) -> bool:
    """Whether a clause gives somebody a title of its own time."""
    reading = context.reading
    first = min(title.first, mention.first)
    if {*mention.ids()} & {*reading.topic} or possessive(reading, mention) or parallel(reading, clause, mention):
        return False
    if reading.in_quotation(mention.first) or any(d.value in ("hearsay", "counterfactual", "question") for d in clause.doubts):
        return False
    if formerly(reading, mention) or reading.looks_back(max(clause.first, first - _AROUND), min(mention.last + _AROUND, clause.last)):
        return False
    commas = [k for k in range(clause.first, clause.last) if reading.tokens[k].norm in (",", "،")]
    start = max([clause.first, *(k for k in commas if k < first)])
    stop = min([clause.last, *(k for k in commas if k > max(title.last, mention.last))])
    if any(reading.tokens[k].norm in reading.lexicon.pluperfect for k in range(start, stop)) and not title.then:
        return False
    if has(reading, first - 4, mention.first, "at_court"):
        return False
    if reading.lexicon.kin.find(reading.tokens, max(clause.first, first - 2), mention.first):
        return False
    near = range(max(clause.first, first - 2), mention.first)
    if any(reading.tokens[k].norm.removesuffix("ه").removesuffix("ها") in reading.lexicon.kinsmen for k in near):
        return False  # «حفيد السلطان …»
    if reading.lexicon.sequels.find(reading.tokens, max(clause.first, first - _AROUND), first):
        return False  # «وواجه بعدها ريتشارد ملك إنجلترا»
    said = reading.said.get(clause.index, ())
    if any(p.frame in _TURNING and mention in (*p.agents, *p.patients, *(m for _, m in p.others)) for p in said):
        return False
    turns = reading.lexicon.relations.find(reading.tokens, max(clause.first, first - 4), first)
    return not any(hit.value in ("before", "after", "since", "until") for hit in turns)


def _moments(context: Context, clause: Clause, last: int, mention: Mention) -> tuple[list[Moment], bool]:
    """When the story is at a name, all of the moments that it lies between; and whether the sentence itself tells it."""
    reading = context.reading
    sentence = reading.sentences[clause.sentence]
    times = [t.mention for t in reading.times_from(*sentence)]
    if any(t.relation in ("since", "until", "before", "after") or "length" in dict(t.parts) for t in times):
        return [], False
    comma = next((k for k in range(last, clause.last) if reading.tokens[k].norm in (",", "،")), clause.last)
    dates = dates_of(reading, sentence[0], comma)
    if dates:
        when = hull(dates)
        return ([when], True) if (when.end_hi or 0) - (when.start_lo or 0) <= _LONG else ([], True)
    if behind := dates_of(reading, comma, sentence[1]):
        return _until(context, mention, hull(behind)), False
    if any({"year", "century"} & dict(t.parts).keys() for t in times):
        return [], False
    around = bracket(context, clause, mention)
    event = event_of(context, clause)
    if event is not None and event.when is not None and (event.when.end_hi or 0) - (event.when.start_lo or 0) <= _YEAR:
        near = [value for value in around or () if value is not None]
        if any(abs(apart(event.when, value)) > _LONG for value in near):
            return [], False  # a story of other times around it
        return [event.when], event.id not in reading.topic
    if around is not None and around.after is not None and apart(around.before, around.after) <= 0 and _told_here(context, mention):
        return [around.before, around.after], False
    told, own = when_of(context, clause)
    if told is None or own or not _told_here(context, mention):
        return [], False
    return ([told] if (told.end_hi or 0) - (told.start_lo or 0) <= _YEAR else []), False


def _until(context: Context, mention: Mention, behind: Moment) -> list[Moment]:
    """The date told last before a name in its paragraph and that behind it in its sentence, where they are of one time."""
    tokens = context.reading.tokens
    begin = next((k + 1 for k in range(mention.first - 1, -1, -1) if tokens[k].norm == "\n"), 0)
    before = dates_of(context.reading, begin, mention.first)[-1:]
    near = bool(before) and 0 <= (behind.end_hi or 1 << 40) - (before[0].start_lo or 0) <= _YEAR
    return [*before, behind] if near else []


def _told_here(context: Context, mention: Mention) -> bool:
    """Whether a date stands before a name in its paragraph: else it may look back."""
    tokens = context.reading.tokens
    begin = next((k + 1 for k in range(mention.first - 1, -1, -1) if tokens[k].norm == "\n"), 0)
    return next(context.reading.times_from(begin, mention.first), None) is not None


def _another(context: Context, person: Entity, title: Stated, whens: Sequence[Moment]) -> tuple[Entity, Role, tuple[Entity, ...]] | None:
    """The person, his nearest term in the office and who held it at all of the moments."""
    offices = [office for office in title.offices if office in _OFFICES]
    if not offices:
        return None
    held = [role for role in reigns(person, offices) if not title.realms or akin(context, role.of) & title.realms]
    if not held:
        return _swapped(context, person, title, whens)
    for when in whens:
        far = _DEAD if person.died and apart(person.died, when) > 0 else _FAR
        if any(role.when is None or abs(apart(role.when, when)) <= far for role in held):
            return None
        if any(role.when and not apart(role.when, when) for role in reigns(person, RULING)):
            return None  # a ruler by another title
    role = min(held, key=lambda item: abs(apart(item.when or whens[0], whens[0])))
    if role.when is not None and apart(role.when, whens[-1]) < -_ONWARD:
        return None  # the story has gone on: «… سنة 1055. ومع ضعف السلاجقة استعاد الخليفة الناصر …»
    return _held_by(context, person, role, role, whens)


def _swapped(context: Context, person: Entity, title: Stated, whens: Sequence[Moment]) -> tuple[Entity, Role, tuple[Entity, ...]] | None:
    """The same for one who then held another office of the state: "President Lumumba"."""
    if len(title.offices) != 1 or not _MODERN.issuperset(title.offices) or not title.full:
        return None
    office = title.offices[0]
    then = [role for role in reigns(person, _MODERN) if role.when and all(not apart(role.when, when) for when in whens)]
    if len(then) != 1 or any(role.office == office for role in person.roles):
        return None
    return _held_by(context, person, then[0], then[0]._replace(office=office), whens)


def _held_by(context: Context, person: Entity, own: Role, role: Role, whens: Sequence[Moment]) -> tuple[Entity, Role, tuple[Entity, ...]] | None:
    holders = [holders_of(context, role, when) for when in whens]
    same = all(found and found == holders[0] for found in holders)
    return (person, own, holders[0]) if same and person not in holders[0] else None
