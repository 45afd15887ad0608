"""Whose king, and whose general: «ملك بولندا كريستيان الرابع», "Kitbuqa, commander of the Mamluks".

A realm or people that stands with a title and a name is refuted only where the reference knows better on both ends: who held
that throne while he reigned over another, or that he led the other side against them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import apart
from ..facts import Entity
from ..model import Finding
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import RULING, Context, akin, alive, cite, reigns
from .fights import acts_for

_GAP = 3
"""Words that may stand between a name and the title behind it: a comma, an adjective."""


def check(context: Context) -> Iterator[Finding]:
    """Titles with a realm that is not his."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item") or any(p.frame in ("accede", "appoint") for p in reading.said.get(clause.index, ())):
            continue  # "proclaimed the king of Italy emperor of Ethiopia"
        for mention in clause.mentions:
            if not mention.has("person") or mention.has("event", "place", "polity") or mention.how == "anaphor":
                continue
            for first, last, realm, offices in _titles(reading, clause, mention):
                if reading.told(clause, mention.first):
                    yield from _compare(context, mention, first, last, realm, offices)


def _titles(reading: Reading, clause: Clause, mention: Mention) -> Iterator[tuple[int, int, Mention, tuple[str, ...]]]:
    """Titles with a realm directly before the name, or behind it: tokens, realm and the offices meant (none for commanders)."""
    tokens, lexicon = reading.tokens, reading.lexicon
    for realm in clause.mentions:
        if not realm.has("polity") or realm.has("person", "event"):
            continue
        if realm.how == "demonym" and _describes(reading, realm, mention) and not _did_to(reading, clause, realm, mention):
            yield realm.first, mention.last, realm, _ADJECTIVE
        if realm.last == mention.first or (realm.last + 1 == mention.first and lexicon.lang != "ar"):
            for size in (2, 1):
                at = realm.first - size
                hit = lexicon.titles.at(tokens, at, realm.first) if at >= clause.first else None
                if hit and hit.last == realm.first:
                    yield at, mention.last, realm, tuple(hit.value)
                    break
        elif realm.last <= mention.first - 1 <= realm.last + _GAP:  # «مملكة … وعلى رأسها الملك …»
            hits = [*lexicon.held.find(tokens, realm.last, mention.first), *lexicon.roles.find(tokens, realm.last, mention.first)]
            if any(hit.value in ("led", "held") and hit.first == realm.last for hit in hits) and not _beaten(reading, clause, realm):
                yield realm.first, mention.last, realm, ()
        elif mention.last <= realm.first <= mention.last + _GAP + 2:
            for start in range(mention.last, min(mention.last + _GAP, realm.first)):
                hit = lexicon.titles.at(tokens, start, realm.first)
                rank = lexicon.ranks.at(tokens, start, realm.first)
                end = (hit or rank).last if hit or rank else 0  # type: ignore[union-attr]
                links = all(tokens[k].norm in lexicon.head_links or tokens[k].norm in lexicon.carriers for k in range(end, realm.first))
                before = all(tokens[k].kind == "mark" or tokens[k].norm in lexicon.carriers for k in range(mention.last, start))
                joined = ("و", "بال", "لل", "كال", "فال")  # «… والسلطان العثماني», «استعان فلان بالأمير المريني»
                before = before and not (lexicon.lang == "ar" and tokens[start].norm.startswith(joined))
                named = reading.mention_at.get(realm.last)  # «هزم ابن تاشفين ملك قشتالة ألفونسو السادس»: his foe's
                if end and links and before and not (named is not None and named.has("person")):
                    yield mention.first, realm.last, realm, tuple(hit.value) if hit else ()
                    break


_ADJECTIVE = ("",)
"""In place of offices: a nationality counts only against somebody who led the other side."""


def _describes(reading: Reading, realm: Mention, mention: Mention) -> bool:
    """Whether an adjective of nationality is somebody's: «الفرنسي مارك سايكس», "the French diplomat Mark Sykes"."""
    gap = range(realm.last, mention.first)
    if reading.lang == "ar":
        noun = realm.first > 0 and reading.tokens[realm.first - 1].norm.startswith("ال")
        front = reading.tokens[realm.first - 1].norm.lstrip("وف") if realm.first else ""
        governed = front.startswith(("بال", "لل", "كال"))  # «التقى فلان بالأمير الصربي»
        if reading.tokens[realm.first].norm.endswith("ون"):
            return False  # «نفى البريطانيون بهادر شاه»: they did it
        return not noun and not governed and realm.last == mention.first and reading.tokens[realm.first].norm.lstrip("وفب").startswith("ال")
    lower = all(reading.tokens[k].kind == "word" and reading.document.text[reading.tokens[k].start].islower() for k in gap)
    known = reading.lexicon.prepositions | reading.lexicon.joins | reading.lexicon.forces
    if any(_past(reading, k) for k in gap):
        return False  # "the Austrians besieged Suleiman"
    return 1 <= len(gap) <= 2 and lower and not any(reading.tokens[k].norm in known for k in gap)


def _beaten(reading: Reading, clause: Clause, realm: Mention) -> bool:
    """Whether a people is beaten there, so that who led stands for the victors too: «انتصر المسلمون على الروم بقيادة خالد»."""
    said = [p for p in reading.said.get(clause.index, ()) if p.frame in ("win", "conquer", "invade", "besiege")]
    return any(realm in p.patients or realm in [m for _, m in p.others] for p in said)


def _did_to(reading: Reading, clause: Clause, realm: Mention, mention: Mention) -> bool:
    """Whether a people is said to have done something to somebody: «أعدم الإيطاليون عمر المختار»."""
    said = reading.said.get(clause.index, ())
    return any(mention in p.patients and (realm in p.agents or p.last == realm.first) for p in said)


def _past(reading: Reading, index: int) -> bool:
    """Whether a word is a verb of the past."""
    norm, lexicon = reading.tokens[index].norm, reading.lexicon
    return bool(lexicon.verbs.at(reading.tokens, index, index + 1)) or norm.endswith(tuple(lexicon.past_endings)) or norm in lexicon.irregular_pasts


def _compare(
    context: Context, mention: Mention, first: int, last: int, realm: Mention, offices: tuple[str, ...]
) -> Iterator[Finding]:
    people = context.people(mention)
    verdicts = [entity for person in people if (entity := _wrong(context, person, realm, offices)) is not None]
    if not people or len(verdicts) < len(people):
        return
    own = verdicts[0]
    near = [m for k in range(max(0, first - _GAP - 1), first) if (m := context.reading.mention_at.get(k)) is not None and m.has("polity")]
    if any(akin(context, own.id) & {*m.ids()} for m in near if m is not realm):
        return  # "Italy's King Victor Emmanuel III emperor of Ethiopia"
    yield context.finding(
        first,
        last,
        {"person": people[0], "realm": context.reference.fact(realm.ids("polity")[0]), "own": own},
        cite(people[0], "roles"),
    )


def _wrong(context: Context, person: Entity, realm: Mention, offices: tuple[str, ...]) -> Entity | None:
    """His own realm, where that of the text was certainly another's."""
    mine = {role.of for role in reigns(person, RULING) if role.of} | set(person.of)
    wide = {other for own in mine for other in akin(context, own)}
    for fact in realm.ids("polity"):
        named = context.entity(fact)
        if wide & akin(context, fact) or (named is not None and named.subkind == "people" and realm.how == "demonym"):
            return None  # «الجيش المغولي بقيادة تيمورلنك»
        if offices and offices != _ADJECTIVE and named is not None and named.subkind in _THRONELESS:
            return None  # a king is of no organisation: a land is meant that the reference lacks under that name
        if offices == _ADJECTIVE:
            if not _opposed(context, person, fact):
                return None
        elif not (_gone(context, person, fact) or _opposed(context, person, fact) or _held_by_another(context, person, fact, offices)):
            return None
    own = [entity for name in sorted(mine) if (entity := context.entity(name))]
    return next((entity for entity in own if entity.subkind in ("state", "empire", "dynasty")), own[0] if own else None)


_THRONELESS = frozenset({"organisation", "party", "army", "alliance"})


def _gone(context: Context, person: Entity, polity: str) -> bool:
    """Whether that state was no more, or not yet, in his lifetime."""
    entity, life = context.entity(polity), alive(person)
    return bool(entity and entity.existed and life and abs(apart(entity.existed, life)) > 20 * 366)


def _held_by_another(context: Context, person: Entity, polity: str, offices: tuple[str, ...]) -> bool:
    """Whether others are known to have held that throne all through his reign."""
    times = [role.when for role in reigns(person, RULING) if role.when]
    if not times or not offices or any(role.of == polity for role in person.roles):
        return False
    lands = akin(context, polity)
    holders = {fact for land in lands for fact in context.reference.events_with(land, "office")}
    for fact in sorted(holders - {person.id}):
        other = context.entity(fact)
        for role in reigns(other, offices) if other else ():
            if role.of in lands and role.when and any(not apart(role.when, when, -366) for when in times):
                return True
    return False


def _opposed(context: Context, person: Entity, polity: str) -> bool:
    """Whether he led a side against them, and never theirs."""
    against = False
    for fact in context.reference.events_with(person.id, "leader"):
        event = context.event(fact)
        if event is None:
            continue
        for number, side in enumerate(event.sides):
            if any(acts_for(context, who.who, polity) for who in side):
                mine = {i for i, group in enumerate(event.leaders) if person.id in group}
                if number in mine:
                    return False
                against = against or bool(mine)
    return against
