"""Where people were born and died, where events took place, and on what water a place lies.

Options: `of` is birth, death, exile, event or water.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import subjects
from ..facts import Entity, Event
from ..model import Finding
from ..prepositions import attendant, named_in, preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import Context, cite, participants
from .geography import kilometres, positions
from .people_words import moves
from .waters import waters
from .within import another_town, outside

_NATURAL = frozenset({"lake", "river", "bay", "mountain", "valley", "desert", "canal"})
"""Kinds of place on which towns lie that the reference may not put there."""
_IN = frozenset({"في", "ب", "in", "at", "near", "قرب"})
_WIDE = frozenset({"continent", "sea", "region", "country"})


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    of = str(context.options["of"])
    if of == "event":
        for clause in context.reading.clauses:
            if clause.kind in ("paragraph", "item"):
                yield from _scene(context, clause)
        return
    if of == "water":
        for clause in context.reading.clauses:
            if clause.kind in ("paragraph", "item"):
                yield from waters(context, clause)
        return
    if of == "exile":
        for clause in context.reading.clauses_with(context.reading.lexicon.exile):
            if clause.kind in ("paragraph", "item"):
                yield from _exile(context, clause)
        return
    if of == "birth":
        for clause in context.reading.clauses:
            if clause.kind in ("paragraph", "item"):
                yield from _native(context, clause)
    for predication in context.reading.predications:
        killed = predication.frame == "kill" and predication.form == "passive" and not predication.carried
        if (predication.frame == ("born" if of == "birth" else "die") or (of == "death" and killed)) and predication.form != "noun":
            if predication.asserted:
                yield from _life(context, predication, of)


def _exile(context: Context, clause: Clause) -> Iterator[Finding]:
    """«نُفي … إلى جزيرة …»: a place that is none of those to which anybody of the sentence was exiled."""
    reading = context.reading
    for hit in reading.lexicon.exile.find(reading.tokens, clause.first, clause.last):
        name = reading.mention_at.get(hit.first)
        if (name is not None and not name.has("event")) or not reading.asserted(clause, hit.first) or reading.looks_back(clause.first, clause.last):
            continue
        if reading.lang != "ar" and hit.first and reading.tokens[hit.first - 1].norm == "the":
            continue  # "the exile landed near Antibes"
        places = [m for m in clause.mentions if hit.last <= m.first <= hit.last + _EXILED and m.has("place", "polity")]
        where = next((m for m in places if _sent_to(reading, hit.last, m) and m.how == "name"), None)
        spot = context.entity(where.ids("place", "polity")[0]) if where is not None else None
        if where is None or moves(reading, hit.last, where.first):
            continue
        if where.has("person", "event") or spot is None or spot.subkind in _VAGUE or another_town(context, where):
            continue
        people = _banished(context, clause, where.first)
        known = [place for person in people for place in person.exiled]
        if not known or any(_there(context, fact, place) for fact in where.ids("place", "polity") for place in known):
            continue
        person = next(person for person in people if person.exiled)
        named = [m for m in clause.mentions if person.id in m.ids() and m.first >= hit.last]
        values = {
            "person": person,
            "place": context.reference.fact(where.ids("place", "polity")[0]),
            "known": tuple(context.reference.fact(place) for place in person.exiled),
        }
        yield context.finding(hit.first, max([where.last, *(m.last for m in named if m.last <= where.last)]), values, cite(person, "exiled"))


def _sent_to(reading: Reading, behind: int, place: Mention) -> bool:
    """Whether a place is where somebody is sent: under "to", or right behind the word under "in"; no sea."""
    under = preposition(reading, place)
    return under in _TO or (under in _IN and place.first - behind <= _NEXT)


_TO = frozenset({"الي", "ل", "to"})
_NEXT = 2
_VAGUE = frozenset({"sea", "continent", "lake", "river", "bay", "mountain", "desert", "people", "alliance"})
_EXILED = 9
"""Words behind the word for exile within which its place is told."""


def _there(context: Context, written: str, known: str) -> bool:
    """Whether a place of exile may be another name of a known one: within it, around it, or near it."""
    up = context.reference.ancestors
    here, there = positions(context, [written]), positions(context, [known])
    near = any(kilometres(a, b) < _NEAR_EXILE for a in here for b in there)
    return near or written in up(known) or known in up(written)


_NEAR_EXILE = 60
"""Kilometres within which two places of exile may be one."""


def _banished(context: Context, clause: Clause, before: int) -> list[Entity]:
    """Who may be the one sent away: those named before the place in the sentence, else in the one before, else whom the text is about."""
    reading = context.reading
    for number in (clause.sentence, clause.sentence - 1):
        start, stop = reading.sentences[max(0, number)]
        named = named_in(reading, start, min(stop, before))
        people = [p for m in named if m.has("person") for p in context.people(m)]
        people += [p for m in named for e in context.events(m) for id in e.target if (p := context.entity(id)) and p.exiled]
        if people:
            return people
    topic = context.entity(reading.topic[0]) if reading.topic else None
    return [topic] if topic is not None and topic.kind == "person" else []


def _life(context: Context, predication: Predication, of: str) -> Iterator[Finding]:
    who = [m for m in subjects(predication) if m.has("person")]
    if predication.frame == "kill":
        who = [m for m in predication.patients if m.has("person")]
    if len(who) != 1 or len(subjects(predication) if predication.frame != "kill" else predication.patients) != 1:
        return
    places = [m for role, m in predication.others if role in _IN and m.has("place")]
    if not places or places[0].first - predication.last > 12:
        return
    if _goes_on(context.reading, predication.last, places[0].first):
        return
    start = context.reading.sentences[context.reading.clauses[predication.clause].sentence][0]
    told = named_in(context.reading, min(start, who[0].last), predication.first)
    if predication.carried and any(m.has("person") and m.how != "demonym" and m.ids() != who[0].ids() for m in told):
        return  # another may be meant: «انقلب المؤتمر على روبسبيير فأُعدم …، وكان قد وُلد في أراس»
    if predication.carried and _aside_of(context.reading, predication, who[0]):
        return  # «رفض الحسين … فاعترضه جيش واليها عبيد الله، واستشهد في كربلاء»
    yield from _elsewhere_born(context, predication.first, who[0], places[0], of)


def _aside_of(reading: Reading, predication: Predication, who: Mention) -> bool:
    """Whether somebody does nothing in his sentence in which others are named, so that a verb without a subject is hardly his."""
    start, _ = reading.sentences[reading.clauses[predication.clause].sentence]
    others = any(m.has("person") and m.ids() != who.ids() for m in named_in(reading, start, predication.first))
    earlier = (p for p in reading.predications if start <= p.first < predication.first and not p.carried)
    return who.first >= start and others and not any(who in (*p.agents, *p.patients) for p in earlier)


def _native(context: Context, clause: Clause) -> Iterator[Finding]:
    """«فلان، وهو من مواليد دمشق», "Karl Marx, a native of Berlin"."""
    reading = context.reading
    for hit in reading.lexicon.native.find(reading.tokens, clause.first, clause.last):
        place = next((m for m in clause.mentions if hit.last <= m.first <= hit.last + 1 and m.has("place") and not m.has("person", "event")), None)
        at = hit.first - 1
        while at > clause.first and at not in reading.mention_at and reading.tokens[at].norm in reading.lexicon.lying | reading.lexicon.glue:
            at -= 1
        person = reading.mention_at.get(at)
        told = place is not None and person is not None and person.has("person") and person.how != "demonym" and reading.asserted(clause, hit.first)
        if told and place is not None and person is not None:
            yield from _elsewhere_born(context, person.first, person, place, "birth")


def _elsewhere_born(context: Context, first: int, who: Mention, where: Mention, of: str) -> Iterator[Finding]:
    """The finding that somebody was born, or died, at another place."""
    people = context.people(who)
    if another_town(context, where):
        return
    known = [person.born_in if of == "birth" else person.died_in for person in people]
    if not people or not all(known):
        return
    near = _AROUND if preposition(context.reading, where) in _BESIDE else _SAME
    if any(not _apart(context, where.ids("place", "polity"), place, near) for place in known):
        return
    person = people[0]
    yield context.finding(
        first,
        where.last,
        {"person": person, "place": context.reference.fact(where.ids("place")[0]), "known": context.reference.fact(known[0])},
        cite(person, "life"),
    )


def _goes_on(reading: Reading, first: int, last: int) -> bool:
    """Whether something else is told before the place: «مات … والقتال دائر في أوكيناوا»."""
    lexicon = reading.lexicon
    for k in range(first, last):
        norm = reading.tokens[k].norm
        mention = reading.mention_at.get(k)
        if mention is not None and k > first and attendant(reading, mention):
            return True
        if mention is not None or k in reading.time_at:
            continue
        joined = lexicon.lang == "ar" and len(norm) > 3 and norm.startswith("و") and norm[1:] not in lexicon.prepositions
        if joined or norm in lexicon.joins:
            return True
    return False


def _apart(context: Context, written: Sequence[str], known: str, near: int) -> bool:
    """Whether two places certainly differ: neither contains the other, both are known as towns or lands of their own, and
    more than `near` kilometres lie between them."""
    up = context.reference.ancestors
    real = context.entity(known)
    if real is None:
        return False
    for place in written:
        entry = context.entity(place)
        if entry is None or place in up(known) or known in up(place):
            return False
        if entry.kind == "polity" or place in real.on or known in entry.on:
            return False  # Giulino lies on Lake Como
        if entry.subkind in _NATURAL and not positions(context, [place]):
            return False
        if entry.subkind == "region" and not real.at and real.subkind not in _WIDE:
            return False  # where in the land a town lay is not known
        if entry.subkind in _WIDE and entry.subkind != "sea" and real.at and not outside(context, real, entry):
            return False  # Harran lies in Mesopotamia, whatever its state of today
        if any(kilometres(a, b) < near for a in positions(context, [place]) for b in positions(context, [known])):
            return False
        wide = entry.subkind in _WIDE or real.subkind in _WIDE
        if wide and not (_placed(context, place) and _placed(context, known)):
            return False
        if wide and (up(place) & up(known)) - {place, known}:
            return False
    return bool(written)


_SAME, _AROUND = 12, 100
"""Kilometres within which two entries are one place, and those around a place that are "near" it."""
_BESIDE = frozenset({"near", "قرب"})
_MOMENTARY = frozenset({"battle", "siege", "treaty", "conference", "massacre", "armistice", "agreement", "assassination", "bombing", "fall"})
"""Types of event that take place in one spot."""
_REACH = 6


def _scene(context: Context, clause: Clause) -> Iterator[Finding]:
    """«معركة اليرموك في العراق», "the treaty was signed in Rome": a place that the event is said to have been in."""
    reading = context.reading
    for mention in clause.mentions:
        events = [e for e in context.events(mention) if e.where and e.type in _MOMENTARY]
        if any(e.type == "fall" for e in events) and reading.tokens[min(mention.last, clause.last - 1)].norm in reading.lexicon.fought_at:
            continue  # «سقوط الخلافة الأموية في قرطبة» says which of the two it was
        if not events or len(events) != len(mention.ids()) or mention.how == "anaphor":
            continue
        yield from _met(context, clause, mention, events)
        for place in clause.mentions:
            if not 0 < place.first - mention.last <= _REACH or not _plain_place(reading, place) or another_town(context, place):
                continue
            if not reading.asserted(clause, mention.first) or not _bound(context, mention.last, place.first):
                break
            if preposition(reading, mention) == "of" and not any(mention.last <= hit.first < place.first for hit in clause.triggers):
                break  # "heard of the battle of … in Quebec"
            if all(_far(context, place, event) or not_in(context, place, event) for event in events):
                spot = next((fact for where in events[0].where if (fact := context.reference.fact(where))), None)
                yield context.finding(
                    mention.first, place.last, {"event": events[0], "place": _fact(context, place), "known": spot}, cite(events[0], "where")
                )
            break


def _met(context: Context, clause: Clause, mention: Mention, events: Sequence[Event]) -> Iterator[Finding]:
    """ "Met in New York for the First Continental Congress": the one town of a clause, told before a meeting or treaty."""
    reading = context.reading
    places = [m for m in clause.mentions if _plain_place(reading, m) and not another_town(context, m)]
    doing = [p for p in reading.said.get(clause.index, ()) if p.frame in ("meet", "sign") and p.asserted and p.form != "noun"]
    if len(places) != 1 or len(doing) != 1 or not all(event.type in _HELD for event in events):
        return
    place = places[0]
    if not doing[0].last <= place.first < mention.first or mention.first - place.last > _REACH or preposition(reading, mention) not in _FOR:
        return
    if any(m.has("event") and m is not mention for m in clause.mentions) or not all(_far(context, place, event) for event in events):
        return
    spot = next((fact for where in events[0].where if (fact := context.reference.fact(where))), None)
    yield context.finding(
        place.first, mention.last, {"event": events[0], "place": _fact(context, place), "known": spot}, cite(events[0], "where")
    )


_HELD = frozenset({"conference", "treaty", "agreement", "armistice", "pact", "alliance"})
_FOR = frozenset({"", "for", "at", "in", "ل", "في"})


def _far(context: Context, place: Mention, event: Event) -> bool:
    """Whether an event in one spot was a day's march and more from a town."""
    up = context.reference.ancestors
    spots = [spot for spot in event.where if positions(context, [spot])]
    towns = positions(context, place.ids("place"))
    if not spots or len(towns) != len(place.ids()) or any(p in up(spot) or spot in up(p) for p in place.ids() for spot in spots):
        return False
    return all(kilometres(town, at) > _MARCH for town in towns for at in positions(context, spots))


_MARCH = 100
"""Kilometres from which a town no longer gives its name to what happened near it."""


def not_in(context: Context, place: Mention, event: Event) -> bool:
    """Whether a place lies in another land than an event, one of strangers to all who took part."""
    return all(_elsewhere(context, place, spot, participants(event) | set(event.by)) for spot in event.where)


def _plain_place(reading: Reading, mention: Mention) -> bool:
    return mention.how == "name" and mention.has("place", "polity") and not mention.has("event", "person") and preposition(reading, mention) in _IN


def _bound(context: Context, first: int, last: int) -> bool:
    """Whether only words that say nothing of their own stand between: "was fought near", «التي وقعت في»."""
    reading = context.reading
    lexicon = reading.lexicon
    for k in range(first, last):
        token = reading.tokens[k]
        if k in reading.time_at or token.norm in lexicon.glue or token.norm in lexicon.carriers or token.norm in lexicon.prepositions:
            continue
        hit = lexicon.verbs.at(reading.tokens, k, last)
        if hit and hit.value.frame in ("happen", "sign"):
            continue
        if token.norm in ",،" or lexicon.titles.at(reading.tokens, k, last):
            continue
        return False
    return True


def _fact(context: Context, mention: Mention) -> object:
    return context.reference.fact(mention.ids("place", "polity")[0])


def _lands(context: Context, place: str) -> set[str]:
    """The states of today that a place lies in."""
    return {
        name
        for name in context.reference.ancestors(place)
        if (e := context.entity(name)) is not None and e.kind == "polity" and e.subkind in ("state", "country") and not e.existed
    }


def _elsewhere(context: Context, mention: Mention, spot: str, parties: frozenset[str] = frozenset()) -> bool:
    """Whether no reading of a place can hold or lie in a spot: a region beside that of the spot, or the land of strangers.

    `parties` are who took part: what happened on their soil may bear the name of a state that has lost it since.
    """
    up = context.reference.ancestors
    mine = _lands(context, spot)
    if not mine:
        return False
    for place in mention.ids("place", "polity"):
        entry = context.entity(place)
        if entry is None or place in up(spot) or spot in up(place):
            return False
        theirs = {place} if entry.kind == "polity" and place in _lands(context, place) else _lands(context, place)
        if mine & theirs:
            regions = [name for name in up(spot) if (e := context.entity(name)) and e.kind == "place" and e.subkind == "region"]
            if entry.subkind != "region" or len(mine | theirs) > 1 or not any(len(up(r)) == len(up(place)) for r in regions):
                return False
        elif not theirs or not parties or _soil(context, place) & _soil(context, spot) or _theirs(context, theirs, parties):
            return False
    return True


def _soil(context: Context, place: str) -> set[str]:
    """What a place is part of, alliances left out."""
    loose = ("alliance", "organisation", "continent")
    return {n for n in context.reference.ancestors(place) if (e := context.entity(n)) is None or e.subkind not in loose}


def _theirs(context: Context, lands: set[str], parties: frozenset[str]) -> bool:
    return any(_related(context, land, who) for land in lands for who in parties)


def _related(context: Context, land: str, who: str) -> bool:
    return bool(_soil(context, land) & {name for other in (who, *_of(context, who)) for name in (*_soil(context, other), other)})


def _of(context: Context, who: str) -> tuple[str, ...]:
    entity = context.entity(who)
    return (*entity.of, *entity.succeeds, *(c.into for c in entity.capitals)) if entity else ()


def _placed(context: Context, place: str) -> bool:
    return len(context.reference.ancestors(place)) > 1


__all__ = ["Mention", "check"]
