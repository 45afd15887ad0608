"""Cross-checks of decoded packs: what no single value shows, such as an unknown id or a battle after its commander's death.

Each check is a function from all packs to errors; `CHECKS` lists them. Only what is surely wrong is an error: times are
compared by the bounds between which they must lie.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from . import normalise, schema_types
from .chronology.moment import describe
from .decode import Pack, Packs
from .facts import Entity, Event, Fact, Role, lifetime
from .model import Moment
from .yamlio import PackError, YamlPath

Check = Callable[[Packs], Iterator[PackError]]

YEAR = 366  # days
_MAX_HINTS = 200  # nearest ids are looked for; it takes long where there are many facts
_ONE_AT_A_TIME = {
    "king", "queen", "emperor", "empress", "caliph", "sultan", "shah", "khan", "emir", "pharaoh", "doge", "pope", "patriarch",
    "president", "prime-minister", "chancellor", "khedive", "tsar", "dey", "bey", "dictator",
}  # fmt: skip
_AFTERMATH = {  # what may follow the war it is counted to
    "treaty", "armistice", "surrender", "agreement", "conference", "trial", "election", "law", "partition", "declaration",
}  # fmt: skip
_WATERS = {"river", "sea", "lake", "bay", "strait", "canal"}
_SHARED_RULE = re.compile(r"\bco-?(?:rul|reign|emperor|king|sultan)|\bjoint|\brival|\bdisputed|\bclaimant|\bcontested", re.I)


def check(packs: Packs) -> list[PackError]:
    """All that is wrong with `packs`, decoding errors included, in the order of files and lines."""
    found = set(packs.errors)
    for one in CHECKS:
        found.update(one(packs))
    return sorted(found, key=lambda error: (error.path, error.line, error.column, error.message))


# Ids and sources


def references(packs: Packs) -> Iterator[PackError]:
    """Ids that nothing defines, and ids of the wrong kind; each once per file."""
    hints = _MAX_HINTS
    for pack in packs.packs:
        places: dict[tuple[str, str], list[YamlPath]] = defaultdict(list)
        for reference in pack.references:
            if packs.section(reference.id) not in reference.kinds and reference.kinds != ("sources",):
                places[reference.id, _bad_reference(reference, packs)].append(reference.path)
        for (id, message), paths in places.items():
            near = schema_types.nearest(id, packs.facts, 0.82) if hints > 0 and not packs.section(id) else ""
            hints -= 1
            hint = f": did you mean «{near}»?" if near else ""
            more = f" (in {len(paths)} places of this file)" if len(paths) > 1 else ""
            yield pack.yaml.error(paths[0], f"{message}{hint}{more}")


def _bad_reference(reference: schema_types.Reference, packs: Packs) -> str:
    section = packs.section(reference.id)
    if section:
        return f"«{reference.id}» stands in «{section}»; here belongs one of: {', '.join(reference.kinds)}"
    return f"unknown id «{reference.id}»"


def sources(packs: Packs) -> Iterator[PackError]:
    """Sources that are cited but not defined, malformed, or defined but never cited; facts that cite none."""
    cited = set()
    for pack in packs.packs:
        for reference in pack.references:
            if reference.kinds == ("sources",):
                cited.add(reference.id.partition(":")[0])
                message = _bad_citation(reference.id, packs)
                if message:
                    yield pack.yaml.error(reference.path, message)
    for fact in packs.facts.values():
        if not fact.sources:
            yield packs.error(fact.id, ("sources",), "cites no source", key=True)
    for pack in packs.packs:
        for id in pack.sources:
            if id not in cited and id not in packs.data_sets and not _is_shared(pack):
                yield pack.yaml.error(("sources", id), f"the source «{id}» is never cited", key=True, level="warning")


def _bad_citation(citation: str, packs: Packs) -> str:
    id, colon, row = citation.partition(":")
    if not packs.source(id):
        near = schema_types.nearest(id, packs.sources)
        return f"unknown source «{id}»" + (f": did you mean «{near}»?" if near else ": define it under «sources»")
    data = packs.data_set(id)
    if colon and not data:
        return f"rows of «{id}» cannot be cited: write «{id}»"
    if data and not re.fullmatch(data[0], row):
        return f"«{row}» is not a row of {id} (they look like {data[0]})" if colon else f"cite a row of it: {id}:…"
    return ""


def _is_shared(pack: Pack) -> bool:
    return pack.yaml.path.replace("\\", "/").rpartition("/")[2] == "sources.yaml"


# Names


def scripts(packs: Packs) -> Iterator[PackError]:
    """Arabic names without Arabic letters, and English ones without Latin letters."""
    wanted = {"ar": re.compile("[\u0600-\u06ff]"), "en": re.compile("[A-Za-z\u00c0-\u024f]")}
    words = {"ar": "Arabic", "en": "Latin"}
    for fact in packs.facts.values():
        for field in ("names", "short", "misnomers", "demonyms"):
            for lang, texts in getattr(fact, field, {}).items():
                for index, text in enumerate(texts):
                    if lang in wanted:
                        if not wanted[lang].search(text):
                            yield packs.error(fact.id, (field, lang, index), f"the name «{text}» has no {words[lang]} letters")
                    elif not packs.key(text):
                        yield packs.error(fact.id, (field, lang, index), f"the name «{text}» has no words")


def tellings(packs: Packs) -> Iterator[PackError]:
    """Tellings of a single word, which many other sentences have too, or in another script."""
    for pack in packs.packs:
        for id, names in pack.tellings.items():
            for lang, texts in names.items():
                for index, text in enumerate(texts):
                    path = ("tellings", id, lang, index)
                    if len(set(packs.key(text))) < _TELLING:
                        yield pack.yaml.error(path, f"«{text}»: at least {_TELLING} words tell of an event")
                    elif any(normalise.is_arabic(word) != (lang == "ar") for word in packs.key(text) if not word.isdigit()):
                        yield pack.yaml.error(path, f"«{text}» is not written in the letters of «{lang}»")


_TELLING = 2


def bracketed_names(packs: Packs) -> Iterator[PackError]:
    """Names of events with a qualifier in brackets: titles of pages, which no sentence holds."""
    for event in packs.events():
        for field in ("names", "short"):
            for lang, texts in getattr(event, field).items():
                for index, text in enumerate(texts):
                    if "(" in text:
                        message = f"«{text}» is a title: prose has it without the bracket, or as «… of 1917», «… 1917»"
                        yield packs.error(event.id, (field, lang, index), message)


def same_names(packs: Packs) -> Iterator[PackError]:
    """Two events of one name at one time; two other facts of one kind with one name (a warning)."""
    owners: dict[tuple[str, tuple[str, ...]], list[tuple[Fact, YamlPath, str]]] = defaultdict(list)
    for fact in packs.facts.values():
        for lang, texts in fact.names.items():
            for index, text in enumerate(texts):
                owners[fact.kind, packs.key(text)].append((fact, ("names", lang, index), text))
    for (kind, _), claims in owners.items():
        if len(claims) > 1:
            yield from _same_name(kind, claims, packs)


def _same_name(kind: str, claims: list[tuple[Fact, YamlPath, str]], packs: Packs) -> Iterator[PackError]:
    for number, (fact, path, text) in enumerate(claims):
        others = {other.id: other for other, _, _ in claims[:number] if other.id != fact.id}
        for other in others.values():
            if kind != "event":
                yield packs.error(fact.id, path, f"«{text}» is also a name of {other.id}", level="warning")
            elif not apart(_when(fact), _when(other)):
                message = f"«{text}» is also a name of {other.id}, at the same time"
                low = "low" in (getattr(fact, "confidence", ""), getattr(other, "confidence", ""))  # the next import drops it
                yield packs.error(fact.id, path, message, level="warning" if low else "error")


# Wholes


def circles(packs: Packs) -> Iterator[PackError]:
    """Facts that are part of themselves through others."""
    for start in packs.facts:
        above, todo = set(), [start]
        while todo:
            for whole in _wholes(packs.fact(todo.pop())):
                if whole == start:
                    yield packs.error(start, ("part_of",), f"«{start}» is part of itself", key=True)
                    todo.clear()
                    break
                if whole not in above:
                    above.add(whole)
                    todo.append(whole)


def _wholes(fact: Fact | None) -> Sequence[str]:
    if fact is None:
        return ()
    return fact.part_of if isinstance(fact, Event) else [whole.into for whole in fact.part_of]


def parts(packs: Packs) -> Iterator[PackError]:
    """Events outside the war they belong to, and memberships outside the existence of the whole."""
    for event in packs.events():
        for index, id in enumerate(event.part_of):
            whole = packs.fact(id)
            days = outside(event.when, whole.when) if isinstance(whole, Event) else 0
            if whole and days:
                level = "warning" if days <= 31 or event.type in _AFTERMATH else "error"
                message = f"{_times(event)} lies outside its whole, {_times(whole)}"
                yield packs.error(event.id, ("part_of", index), message, level=level)
    for entity in packs.entities():
        for index, member in enumerate(entity.part_of):
            whole = packs.fact(member.into)
            if whole and apart(_joined(member.start, member.end) or entity.existed, _when(whole)):
                message = f"{_times(entity)} was never at one time with {_times(whole)}"
                yield packs.error(entity.id, ("part_of", index), message)


def causes(packs: Packs) -> Iterator[PackError]:
    """Events before their own cause."""
    for event in packs.events():
        for index, id in enumerate(event.cause):
            cause = packs.fact(id)
            first, then = _when(cause), event.when
            if cause and first and then and _less(then.start_hi, first.start_lo):
                yield packs.error(event.id, ("cause", index), f"{_times(event)} began before its cause, {_times(cause)}")


# Who was there


def participants(packs: Packs) -> Iterator[PackError]:
    """Participants that did not exist at the event, the dead and the unborn among its leaders and doers."""
    for event in packs.events():
        for path, id, when in _attendance(event):
            fact = packs.fact(id)
            days = apart(when, _when(fact))
            if fact and days:
                what = "did not live" if fact.kind == "person" else "did not exist"
                level = "warning" if days <= YEAR and fact.kind != "person" else "error"
                message = f"{_times(fact)} {what} at {_times(event)}"
                yield packs.error(event.id, path, message, level=level)


def _attendance(event: Event) -> Iterator[tuple[YamlPath, str, Moment | None]]:
    for number, side in enumerate(event.sides):
        for index, participant in enumerate(side):
            yield ("sides", number, index), participant.who, _joined(participant.start, participant.end) or event.when
    for number, leaders in enumerate(event.leaders):
        for index, leader in enumerate(leaders):
            yield ("leaders", number, index), leader, event.when
    for role in ("by", "captured", "supported_by", "opposed_by"):
        for index, id in enumerate(getattr(event, role)):
            yield (role, index), id, event.when


def stays(packs: Packs) -> Iterator[PackError]:
    """Entries and exits of participants that run backwards or lie outside the event."""
    for event in packs.events():
        for number, side in enumerate(event.sides):
            for index, (_, start, end, _) in enumerate(side):
                path = ("sides", number, index)
                if start and end and _less(end.end_hi, start.start_lo):
                    yield packs.error(event.id, path, "«to» lies before «from»")
                elif apart(start, event.when) > YEAR or apart(end, event.when) > YEAR:
                    yield packs.error(event.id, path, f"the dates lie outside {_times(event)}", level="warning")


def deaths(packs: Packs) -> Iterator[PackError]:
    """People killed in an event who died at another time."""
    for event in packs.events():
        for index, id in enumerate(event.killed):
            fact = packs.fact(id)
            if isinstance(fact, Entity) and fact.died and apart(fact.died, event.when) > 31:
                died = f"{id} died {describe(fact.died, 'en')}"
                yield packs.error(event.id, ("killed", index), f"{died}, not in {_times(event)}")


def sides(packs: Packs) -> Iterator[PackError]:
    """Leaders that fit no sides, winners that took no part, who won and lost at once, completeness of nothing."""
    for event in packs.events():
        if event.sides and event.leaders and len(event.leaders) != len(event.sides):
            message = f"{len(event.leaders)} lists of leaders for {len(event.sides)} sides: write [] for a side without"
            yield packs.error(event.id, ("leaders",), message, key=True)
        present = {item.who for side in event.sides for item in side}.union(event.by, event.target, *event.leaders)
        for role in ("won", "lost"):
            for index, id in enumerate(getattr(event, role)):
                if id not in present:
                    message = f"«{id}» is in «{role}» but took no part (sides, leaders, by, target)"
                    yield packs.error(event.id, (role, index), message)
        for id in set(event.won) & set(event.lost):
            yield packs.error(event.id, ("won",), f"«{id}» both won and lost", key=True)
        for id in present & set(event.absent):
            yield packs.error(event.id, ("absent",), f"«{id}» is absent and takes part", key=True)
        for field in event.closed:
            if not getattr(event, field):
                yield packs.error(event.id, ("closed",), f"«{field}» is said to be complete but is empty", key=True)


# Lives and reigns


def lives(packs: Packs) -> Iterator[PackError]:
    """Deaths before births, fathers younger than their children, offices outside a life."""
    for person in packs.entities():
        if person.kind != "person":
            continue
        if person.born and person.died and _less(person.died.end_hi, person.born.start_lo):
            yield packs.error(person.id, ("died",), f"{person.id} died before being born")
        for key in ("father", "mother"):
            parent = packs.fact(getattr(person, key))
            if isinstance(parent, Entity) and parent.born and person.born and not _less(parent.born.start_lo, person.born.end_hi):
                yield packs.error(person.id, (key,), f"{_times(parent)} was born after {person.id}")
            if isinstance(parent, Entity) and (parent.sex == "female") != (key == "mother"):
                yield packs.error(person.id, (key,), f"{parent.id}: the sex does not fit")
        for index, spouse in enumerate(person.spouses):
            other = packs.fact(spouse)
            if isinstance(other, Entity) and (other.sex == "female") == (person.sex == "female"):
                yield packs.error(person.id, ("spouses", index), f"{spouse}: the sex does not fit")
        life = person.when
        for index, role in enumerate(person.roles):
            if apart(role.when, life):
                yield packs.error(person.id, ("roles", index), f"{role.office}: the time lies outside the life, {_times(person)}")


def reigns(packs: Packs) -> Iterator[PackError]:
    """Two holders of one throne at one time, and offices in a polity that did not exist."""
    thrones: dict[tuple[str, str], list[tuple[Moment, Entity, int]]] = defaultdict(list)
    for person in packs.entities():
        for index, role in enumerate(person.roles):
            polity = packs.fact(role.of)
            if polity and apart(role.when, _when(polity)) > YEAR:
                yield packs.error(person.id, ("roles", index), f"{role.office}: {_times(polity)} did not exist then")
            if role.when and role.of and role.office in _ONE_AT_A_TIME and not _SHARED_RULE.search(person.note):
                thrones[role.office, role.of].append((role.when, person, index))
    for (office, of), holders in thrones.items():
        holders.sort(key=lambda holder: (holder[0].start_lo or 0, holder[1].id))
        yield from _overlaps(office, of, holders, packs)


def _overlaps(office: str, of: str, holders: list[tuple[Moment, Entity, int]], packs: Packs) -> Iterator[PackError]:
    for number, (when, person, index) in enumerate(holders):
        for other_when, other, _ in holders[:number]:
            if other.id != person.id and shared(when, other_when) > YEAR:
                holder = f"{other.id} ({describe(other_when, 'en')})"
                message = f"{office} of {of}: {holder} held it too (say «co-ruler» or «rival» in the note if so)"
                branches = getattr(packs.fact(of), "subkind", "") in ("dynasty", "people")  # of several thrones
                yield packs.error(person.id, ("roles", index), message, level="warning" if branches else "error")


def successions(packs: Packs) -> Iterator[PackError]:
    """Predecessors who came later and successors who came earlier."""
    for person in packs.entities():
        for index, role in enumerate(person.roles):
            for key, sign in (("predecessor", -1), ("successor", 1)):
                other = packs.fact(getattr(role, key))
                if isinstance(other, Entity) and _wrong_order(role, other, sign):
                    message = f"{key} {other.id} held the office {'before' if sign > 0 else 'after'} {person.id}"
                    yield packs.error(person.id, ("roles", index, key), message)


def waters(packs: Packs) -> Iterator[PackError]:
    """Places that are said to lie on something that is no water."""
    for entity in packs.entities():
        for index, id in enumerate(entity.on):
            water = packs.fact(id)
            if isinstance(water, Entity) and water.subkind not in _WATERS:
                yield packs.error(entity.id, ("on", index), f"«{id}» is a {water.subkind}, not one of {', '.join(sorted(_WATERS))}")


def _wrong_order(role: Role, other: Entity, sign: int) -> bool:
    theirs = [item.when for item in other.roles if item.when and (item.office, item.of) == (role.office, role.of)]
    if not role.when or not theirs:
        return False
    if sign > 0:
        return all(_less(when.start_hi, role.when.start_lo) for when in theirs)
    return all(_less(role.when.start_hi, when.start_lo) for when in theirs)


def holdings(packs: Packs) -> Iterator[PackError]:
    """Polities that held a place, or had a capital, while they did not exist."""
    for entity in packs.entities():
        for index, held in enumerate(entity.held_by):
            holder = packs.fact(held.who)
            if holder and apart(held.when, _when(holder)):
                yield packs.error(entity.id, ("held_by", index), f"{_times(holder)} did not exist then")
        for index, capital in enumerate(entity.capitals):
            if apart(_joined(capital.start, capital.end), entity.existed):
                yield packs.error(entity.id, ("capitals", index), f"the time lies outside {_times(entity)}")


# Times


def apart(first: Moment | None, second: Moment | None) -> int:
    """Days by which the two surely miss each other; 0 where they may meet or one is unknown."""
    if first is None or second is None:
        return 0
    return max(0, _gap(first.end_hi, second.start_lo), _gap(second.end_hi, first.start_lo))


def outside(part: Moment | None, whole: Moment | None) -> int:
    """Days by which `part` surely begins before `whole` or ends after it."""
    if part is None or whole is None:
        return 0
    return max(0, _gap(part.start_hi, whole.start_lo), _gap(whole.end_hi, part.end_lo))


def shared(first: Moment, second: Moment) -> int:
    """Days that both surely cover."""
    bounds = (first.start_hi, second.start_hi, first.end_lo, second.end_lo)
    if None in bounds:
        return 0
    a, b, c, d = (bound or 0 for bound in bounds)
    return max(0, min(c, d) - max(a, b))


def _gap(first: int | None, second: int | None) -> int:
    return 0 if first is None or second is None else second - first


def _less(first: int | None, second: int | None) -> bool:
    return _gap(first, second) > 0


def _joined(start: Moment | None, end: Moment | None) -> Moment | None:
    return lifetime(start, end) if start or end else None


def _when(fact: Fact | None) -> Moment | None:
    return fact.when if fact else None


def _times(fact: Any) -> str:
    return f"{fact.id} ({describe(fact.when, 'en')})" if fact.when else str(fact.id)


CHECKS: tuple[Check, ...] = (
    references, sources, scripts, bracketed_names, tellings, same_names, circles, parts, causes, participants, stays, deaths, sides, lives,
    reigns, successions, waters, holdings,
)  # fmt: skip
