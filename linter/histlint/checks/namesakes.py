"""A namesake in the story: «قسطنطين التاسع» at the fall of Constantinople, where Constantine XI was.

Two rulers, two brothers or uncle and nephew bear one name and differ in a numeral, a family name or a by-name. Somebody who was
dead or not yet born stands in an event, while one who took part in it, or held the same throne then, bears his given or his family
name: the writer took the one for the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart, aside, subjects
from ..facts import Entity, Event
from ..lexicon import Hit
from ..model import Evidence, Finding, Moment
from ..normalise import bare, name_key, stems
from ..prepositions import named_in, preposition
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import RULING, Context, alive, cite, participants, reigns
from .lifetime import title_of
from .narrative import titled
from .story import bracket, brief, dates_of, hull, possessive

_YEAR = 366
_STANDING = frozenset({"", "led", "by", "against", "beside", "between", "مع", "with", "ب", "من"})
_NAMED = frozenset({"led", "as", "باسم"})
_TIMELESS = frozenset({"born", "write", "invent", "found", "build"})
_CLOSE = frozenset({"son", "brother"})
_WIDE = 60 * _YEAR
"""Days from an event at which a kinsman is taken for a namesake."""
_APART = 30 * _YEAR
"""Days from an event at which is somebody of whom it only speaks: the court, the daughter, the wars of a king."""
_AROUND = 10 * _YEAR
"""Days from the dates told around a name at which its bearer is."""
_LINKS = frozenset({"of", "the", "بن", "ابن", "ابو", "ابي", "ابا", "الدين", "دين"})
"""Words in a name whose last word is no family's."""
_FAR = 700 * _YEAR
"""Days beyond which a bearer of the name is likelier somebody whom the reference does not know."""


def check(context: Context) -> Iterator[Finding]:
    """Every namesake of one who was there, where he is named first."""
    told: set[tuple[object, ...]] = set()
    for clause in context.reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for mention in (*clause.mentions, *_unheard(context, clause)):
            if mention.how in ("name", "short") and mention.has("person") and not mention.has("event", "place", "polity"):
                found = _namesake(context, clause, mention)
                if found is not None and (pair := tuple(item.fact for item in found.evidence)) not in told:
                    told.add(pair)
                    yield found


def _unheard(context: Context, clause: Clause) -> Iterator[Mention]:
    """Given names with a numeral of whom nothing else in the text speaks: the tagger passes over them."""
    reading = context.reading
    tokens = reading.tokens
    for at in range(clause.first + 1, clause.last):
        if tokens[at].norm not in reading.lexicon.regnal or at in reading.mention_at or at - 1 in reading.mention_at:
            continue
        if tokens[at - 1].kind != "word" or not _titled(reading, mention := Mention(at - 1, at + 1, tokens[at - 1].start, tokens[at].end, ())):
            continue
        given, numeral = bare(tokens[at - 1].norm), bare(tokens[at].norm)
        names = context.reference.names({given}).get(given, ())
        meant = tuple(name for name in names if name.kind == "person" and name.key == (given, numeral) and name.lang == reading.lang)
        if meant:
            yield mention._replace(names=meant)


def _namesake(context: Context, clause: Clause, mention: Mention) -> Finding | None:
    people = context.people(mention)
    if not people:
        return None
    father = _father(context, clause, mention, people)
    if father is not None:
        return _finding(context, mention, people[0], father, alive(father), cite(father, "life"))
    if any(alive(person) is None for person in people):
        return None
    if any(p.frame == "die" and mention in subjects(p) for p in context.reading.said.get(clause.index, ())):
        return None  # what his sentence tells next came after him
    told = _in_story(context, clause, mention)
    if not told and not _spoken_of(context, clause, mention):
        return None
    named = [m for m in named_in(context.reading, *_paragraph(context.reading, clause)) if m.how != "anaphor"]
    around = {fact for m in named for fact in m.ids("person")}
    for when, event, gap in _times(context, clause, mention, told=told):
        if not all(_absent(person, when, event, gap) for person in people):
            continue
        for person in people:
            other = _double(context, person, when, event if told else None)
            if other is None or other.id in around:
                continue
            why = cite(event, "leaders") if event is not None else cite(other, "roles")
            return _finding(context, mention, person, other, when, why)
    return None


def _finding(
    context: Context, mention: Mention, person: Entity, other: Entity, when: Moment | None, why: Evidence
) -> Finding:
    values = {"person": person, "other": other, "life": alive(person), "when": when}
    name = other.label(context.reading.lang)
    return context.finding(mention.first, mention.last, values, cite(person, "life"), why, suggestion=name)


def _father(context: Context, clause: Clause, mention: Mention, people: list[Entity]) -> Entity | None:
    """The father of the one person of the sentence, where "his father" or "the daughter of" stands before a namesake of that father."""
    reading = context.reading
    if not any(hit.value in ("father", "son_of") for hit in _kin_words(reading, mention)):
        return None
    first, last = reading.sentences[clause.sentence]
    ids = {m.ids("person") for m in named_in(reading, first, last) if m is not mention and m.has("person")}
    ids.discard(tuple(person.id for person in people))
    ids = ids or {(fact,) for fact in reading.topic}
    fathers = set()
    for child in (entity for each in ids for fact in each if len(each) == 1 and (entity := context.entity(fact))):
        father = context.entity(child.father) if child.father else None
        if father is None or father.id in {person.id for person in people}:
            continue
        life, lives = alive(father), [_span(person) for person in people]
        if life is None or not all(own is not None and apart(own, life, _APART) for own in lives):
            continue
        if all(_given(context, father) & _given(context, person) for person in people):
            fathers.add(father.id)
    return context.entity(fathers.pop()) if len(fathers) == 1 else None


def _span(person: Entity) -> Moment | None:
    """The life of somebody, or his reign where not both of its ends are known."""
    life = alive(person)
    if life is not None and life.start_lo is not None and life.end_hi is not None:
        return life
    return next((role.when for role in reigns(person)), life)


def _kin_words(reading: Reading, mention: Mention) -> list[Hit]:
    """The words of kinship right before a name; a title may stand between."""
    stop = mention.first
    if stop > 1 and (reading.tokens[stop - 1].norm == "," or reading.lexicon.titles.at(reading.tokens, stop - 1, stop)):
        stop -= 1
    hits = reading.lexicon.kin.find(reading.tokens, max(0, stop - 4), stop)
    return [hit for hit in hits if hit.last == stop]


def _in_story(context: Context, clause: Clause, mention: Mention) -> bool:
    """Whether a name is that of somebody who acts here and now, by a deed, a title or a word of command, or is a kinsman's."""
    reading = context.reading
    if reading.in_quotation(mention.first) or possessive(reading, mention) or aside(reading, mention.first):
        return False
    if reading.looks_back(max(clause.first, mention.first - 6), mention.first):
        return False
    if reading.looks_back(mention.last, min(mention.last + 3, clause.last)):
        return False
    if _kinsman(reading, mention):
        return True
    if any(reading.tokens[k].norm in reading.lexicon.pluperfect for k in range(clause.first, mention.first)):
        return False
    words = (stem for k in range(max(0, mention.first - 3), mention.first) for stem in stems(reading.tokens[k].norm))
    if any(word.rstrip("ه") in reading.lexicon.kinsmen for word in words):
        return False
    told = reading.said.get(clause.index, ())
    said = [p for p in told if mention in (*p.agents, *p.patients)]
    if any(p.frame in _TIMELESS for p in told) or any(p.carried for p in said):
        return False
    role, titled_so = preposition(reading, mention), _titled(reading, mention)
    if titled_so and _behind_object(reading, mention):
        return True
    return role in _NAMED or (role in _STANDING and (titled_so or any(p.form == "verb" for p in said)))


def _spoken_of(context: Context, clause: Clause, mention: Mention) -> bool:
    """Whether a sentence of one time names somebody, whatever for, and does not look back."""
    reading = context.reading
    if not any(reading.tokens[k].norm in reading.lexicon.regnal for k in range(mention.first, mention.last)):
        return False
    if any(p.frame in _TIMELESS for p in reading.said.get(clause.index, ())):
        return False
    near = reading.looks_back(max(clause.first, mention.first - 4), min(mention.last + 3, clause.last))
    had = any(reading.tokens[k].norm in reading.lexicon.pluperfect for k in range(clause.first, mention.first))
    return not near and not had and not reading.in_quotation(mention.first)


def _behind_object(reading: Reading, mention: Mention) -> bool:
    """Whether a title and name stand behind a noun that ends the phrase before: «دافع عن المدينة الإمبراطور …»."""
    hit = title_of(reading, mention)
    before = reading.tokens[hit.first - 1] if hit is not None and 0 < hit.first < mention.first else None
    return before is not None and hit is not None and before.norm.startswith("ال") and hit.clitic in ("", "ال")


def _titled(reading: Reading, mention: Mention) -> bool:
    return titled(reading, mention) or title_of(reading, mention) is not None


def _kinsman(reading: Reading, mention: Mention) -> bool:
    """Whether «أخيه» or "his son" stands directly before a name."""
    return any(hit.value in _CLOSE for hit in _kin_words(reading, mention))


def _times(
    context: Context, clause: Clause, mention: Mention, *, told: bool = True
) -> Iterator[tuple[Moment, Event | None, int]]:
    """When the story is, with the one event that tells it and the gap that it asks for: the event of the sentence, its dates, the
    dates told before and after the name, the event that the text is about."""
    reading = context.reading
    close = _WIDE if _kinsman(reading, mention) else _YEAR if told else _APART
    first, last = reading.sentences[clause.sentence]
    named = [m for m in named_in(reading, first, last) if m.has("event") and m.how != "demonym"]
    events = {e.id: e for m in named for e in context.events(m)}
    event = next(iter(events.values())) if len(events) == 1 == len({fact for m in named for fact in m.ids()}) else None
    if event is not None and event.when and brief(event.when) and not any(aside(reading, m.first) for m in named):
        yield event.when, event, close
    if any(
        t.mention.relation in ("since", "before", "until") or reading.lexicon.not_asserted.find(reading.tokens, mention.last, t.first)
        for t in reading.times_from(first, last)
    ):
        return  # "which had not met since 1614", «ولم تستعد استقلالها إلا سنة 1640»
    own = dates_of(reading, clause.first, clause.last) or dates_of(reading, first, last)
    if own and not any(apart(a, b, 5 * _YEAR) for a in own for b in own):
        yield hull(own), None, close
    if own or named:
        return
    span = bracket(context, clause, mention)
    if span is not None and span.after is not None and not apart(span.before, span.after, 30 * _YEAR):
        yield hull([span.before, span.after]), None, max(close, _AROUND)


def _absent(person: Entity, when: Moment, event: Event | None, gap: int) -> bool:
    """Whether somebody was dead or not yet born, by that many days."""
    life = alive(person)
    away = abs(apart(life, when, gap)) if life is not None else 0
    return 0 < away < _FAR and (event is None or person.id not in participants(event))


def _double(context: Context, person: Entity, when: Moment, event: Event | None) -> Entity | None:
    """The namesake in the event, or on the same throne."""
    others = [entity for fact in sorted(participants(event)) if (entity := context.entity(fact))] if event is not None else []
    for other in others:
        if other.kind == "person" and other.id != person.id and _share(context, person, other):
            return other
    thrones = {(role.of, role.office) for role in reigns(person, RULING) if role.of}
    for realm in sorted({of for of, _ in thrones}):
        for fact in context.reference.events_with(realm, "office"):
            holder = context.entity(fact)
            if holder is None or holder.id == person.id or not _given(context, person) & _given(context, holder):
                continue
            reign = [role for role in reigns(holder, RULING) if (role.of, role.office) in thrones]
            if any(role.when and not apart(role.when, when) for role in reign):
                return holder
    return None


def _keys(context: Context, person: Entity) -> list[tuple[str, ...]]:
    """The names of somebody, without what is a title."""
    lexicon = context.reading.lexicon
    out = []
    for text in person.names.get(context.reading.lang, ())[:3]:
        key = name_key(text)
        while key and (lexicon.titles.by_word[key[0]] or lexicon.ranks.by_word[key[0]] or f"ال{key[0]}" in lexicon.carriers):
            key = key[1:]
        if len(key) > 1:
            out.append(key)
    return out


def _given(context: Context, person: Entity) -> set[str]:
    """His given name; «أبو» alone is none."""
    return {" ".join(key[:2]) if key[0] in _LINKS else key[0] for key in _keys(context, person)}


def _share(context: Context, one: Entity, other: Entity) -> bool:
    """Whether two people have a given or a family name in common, and none that half the world bears."""
    lexicon = context.reading.lexicon
    if (_given(context, one) & _given(context, other)) - {bare(word) for word in lexicon.given_names}:
        return True
    plain = {bare(word) for word in lexicon.regnal}
    last = {key[-1] for key in _keys(context, one) if not plain & {*key} and not _LINKS & {*key}}
    return bool(last & {key[-1] for key in _keys(context, other) if not plain & {*key} and not _LINKS & {*key}})


def _paragraph(reading: Reading, clause: Clause) -> tuple[int, int]:
    first, last = reading.sentences[clause.sentence]
    while first > 0 and reading.tokens[first - 1].norm != "\n":
        first -= 1
    while last < len(reading.tokens) and reading.tokens[last - 1].norm != "\n":
        last += 1
    return first, last
