"""Whoever and whatever acts outside its time: people before birth or after death, states before they existed, office holders
out of office, weapons before their invention, and people who could not have met.

Options: `of` is person, polity, office, thing or meeting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart, date_of, era_unsure, subjects, turned
from ..chronology import moment as moments
from ..facts import Entity, Event, Role
from ..lexicon import Hit
from ..model import Finding, Moment, TimeMention
from ..named_tuple import NamedTuple
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .certain import introduced
from .context import Context, alive, cite, reigns
from .people_words import descended
from .story import of_another_member, of_other_dates, of_today, possessive, story_time, when_of

_YEAR = 366
_NAMESAKE = 400 * _YEAR
"""Somebody so far from a story is likelier a namesake that the reference does not know than a slip: Muhammad V of Granada."""
PERSONAL = frozenset(
    {
        "accede", "unseat", "dismiss", "appoint", "win", "lose", "surrender", "withdraw", "armistice", "peace",
        "invade", "occupy", "conquer", "besiege", "bomb", "sign", "enter", "exit", "declare-war", "support", "oppose",
        "lead", "capture", "meet", "kill", "act", "succeed", "open", "land", "dissolve",
    }
)  # fmt: skip
"""Deeds that only the living do."""

_STATELY = PERSONAL - {"meet", "kill"}


class _Anchor(NamedTuple):
    """The time of a clause: a written date, or an event that it names."""

    when: Moment
    time: TimeMention | None
    event: Event | None
    first: int
    last: int
    onward: bool = False  # the date was told before «ثم»: what follows may have come long after


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    of = str(context.options["of"])
    if of == "thing":
        yield from _things(context)
        return
    for predication in context.reading.predications:
        if not predication.asserted or predication.frame not in PERSONAL:
            continue
        if of == "meeting":
            yield from _meeting(context, predication)
            continue
        yield from _actor(context, predication, of)


def _anchors(context: Context) -> dict[int, _Anchor | None]:
    """Where the times of the deeds of a text are kept for the rules."""
    return {}


def _anchor(context: Context, clause: Clause, predication: Predication) -> _Anchor | None:
    reading = context.reading
    own = (*predication.agents, *subjects(predication))
    dated = date_of(reading, clause, predication.first, predication.last, own)
    if dated and (era_unsure(reading.lang, dated.time.mention) or dated.time.mention.anchor == "narrative"):
        return None
    if dated and dated.time.mention.value and dated.time.mention.relation in ("", "about", "during"):
        value = dated.time.mention.value
        return _Anchor(value, dated.time.mention, None, dated.time.first, dated.time.last)
    named = [m for m in clause.mentions if m.has("event") and m.how != "anaphor"]
    for mention in named:
        events = [e for e in context.events(mention) if e.when]
        borrowed = preposition(reading, mention) == "from"  # "opening with words from the Declaration of Independence"
        other = any(time.mention.value and events and apart(events[0].when or time.mention.value, time.mention.value, 366) for time in clause.times)
        if other or (mention.how == "short" and events and events[0].when and of_other_dates(reading, mention, events[0].when)):
            continue  # a town of which another battle is known
        if len(events) == 1 and events[0].when and _short(events[0].when) and not borrowed and not _relative(context, clause, mention):
            return _Anchor(events[0].when, None, events[0], mention.first, mention.last)
    # a date earlier in the sentence holds on until another comes
    if named or clause.times:
        return None
    told = reading.before(clause)
    if any(p.frame in ("die", "born") for c in told for p in reading.said.get(c.index, ())):
        return None  # what is told after a death need not have come after it; after a birth comes a life
    for other in reversed(told):
        for time in reversed(other.times):
            value = time.mention.value
            turns = reading.lexicon.relations.find(reading.tokens, time.last, predication.first)
            ended = any(time.last <= h.first < predication.first and h.value.frame == "end" for c in (*told, clause) for h in c.triggers)
            if any(reading.tokens[k].norm == "(" for k in range(time.last, predication.first)):
                return None  # what stands in brackets may be of another time
            if ended or any(hit.value in ("after", "because") for hit in turns):
                return None  # "was opened in 1908 after a campaign led by …", «تبدأ عام 1752 وتنتهي عندما …»
            if (
                time.mention.type == "date"
                and value
                and time.mention.relation in ("", "about", "during")
                and value.precision in ("day", "month", "season", "year")
            ):
                onward = bool(reading.lexicon.sequels.find(reading.tokens, time.last, predication.first))
                onward = onward or any(p.frame == "accede" for c in told for p in reading.said.get(c.index, ()))  # a reign follows
                return _Anchor(value, time.mention, None, time.first, time.last, onward)
        if other.times:
            break
    return None


def _short(when: Moment) -> bool:
    return when.start_lo is not None and when.end_hi is not None and when.end_hi - when.start_lo < 12 * _YEAR


def _relative(context: Context, clause: Clause, mention: Mention) -> bool:
    return any(hit.value in ("before", "after", "since", "until") and hit.last <= mention.first for hit in clause.relations)


def _actor(context: Context, predication: Predication, of: str) -> Iterator[Finding]:
    reading = context.reading
    clause = reading.clauses[predication.clause]
    if reading.looks_back(clause.first, clause.last):
        return
    anchors = context.once(_anchors)  # by `id`: the reading keeps its predications
    if id(predication) not in anchors:
        anchors[id(predication)] = _anchor(context, clause, predication)
    anchor = anchors[id(predication)]
    if anchor is None:
        return
    later = reading.lexicon.relations.find(reading.tokens, anchor.last, predication.first) if anchor.last <= predication.first else ()
    if any(hit.value == "until" for hit in later):
        return  # «سقطت سنة 1099 وبقيت في أيديهم حتى استردها صلاح الدين»
    if predication.form == "noun" and (
        anchor.first < predication.last or turned(reading, predication.first) or not predication.agents or of != "person"
    ):
        return  # «بعد 132 عاماً من استسلام الداي»: a deed that is only mentioned has a time of its own
    actors = [(m, True) for m in predication.agents if not predication.carried or predication.form == "passive"]
    if predication.frame in ("capture", "dismiss", "appoint", "meet", "win", "besiege", "lead"):
        actors += [(m, False) for m in predication.patients]
    if predication.frame == "act" and predication.form == "passive":
        told = any(reading.lexicon.telling.at(reading.tokens, k, k + 1) for k in range(predication.first, predication.last))
        told = told or _from_afar(reading, predication, predication.patients)
        actors += [(m, False) for m in predication.patients if not told]
    actors += [(m, True) for role, m in predication.others if role in ("by", "led")]
    if predication.frame == "accede":  # «انتخب رئيساً للجمهورية …»
        actors += [(m, True) for role, m in predication.others if role in ("ل", "of") and not m.has("person")]
    for mention, _ in actors:
        if possessive(reading, mention):
            continue  # "married Edward IV's daughter"
        near = range(max(0, mention.first - 8), mention.first - 1)
        if reading.lang != "ar" and any(reading.tokens[k].norm in reading.lexicon.kinsmen and reading.tokens[k + 1].norm == "of" for k in near):
            continue  # "…, daughter of former President Park Chung-hee, took office"
        if mention.how == "anaphor":
            continue  # «الخليفة»: whom it stands for was settled by the text, right or wrong
        if of == "office":
            yield from _office(context, mention, anchor, predication)
        elif of == "person" and mention.has("person") and not mention.has("event", "place") and introduced(reading, mention):
            yield from _existence(context, mention, anchor, "person")
        elif of == "polity" and predication.frame in _STATELY and mention.has("polity") and not mention.has("place", "person"):
            if not descended(reading, mention):
                yield from _existence(context, mention, anchor, "polity")


def _existence(context: Context, mention: Mention, anchor: _Anchor, kind: str) -> Iterator[Finding]:
    entries = [entry for fact in mention.ids(kind) if (entry := context.entity(fact))]
    if not entries or not all(_outside(entry, anchor) for entry in entries):
        return
    if kind == "polity" and any(not apart(entry.when, value) for entry in entries if entry.when for value in _bracketed(context.reading, mention)):
        return
    if (anchor.onward or _to_be_read(anchor)) and not all(_after(entry, anchor) for entry in entries):
        return
    if kind == "person" and all(abs(apart(alive(entry) or anchor.when, anchor.when)) > _NAMESAKE for entry in entries):
        return
    entry = entries[0]
    yield context.finding(
        mention.first,
        mention.last,
        {
            "who": entry,
            "when": anchor.when,
            "written": context.reading.text(anchor.first, anchor.last),
            "event": anchor.event or "",
            "died": entry.died if kind == "person" and _after(entry, anchor) else "",
            "born": entry.born if kind == "person" and not _after(entry, anchor) else "",
            "existed": entry.existed or "",
            "then": _then(context, entry, anchor),
        },
        cite(entry, "life" if kind == "person" else "existed"),
        *([cite(anchor.event)] if anchor.event else []),
    )


def _to_be_read(anchor: _Anchor) -> bool:
    """Whether a book gave the time, which men of later times have read: «قرأ لينين كتاب رأس المال»."""
    return anchor.time is None and anchor.event is not None and anchor.event.type == "publication"


def _from_afar(reading: Reading, predication: Predication, people: Sequence[Mention]) -> bool:
    """Whether those of whom a deed without a subject is told were named in another paragraph, and this one names somebody else before it."""
    if not predication.carried or not people:
        return False
    start = next((k + 1 for k in range(predication.first - 1, people[0].last - 1, -1) if reading.tokens[k].norm == "\n"), 0)
    own = {fact for mention in people for fact in mention.ids()}
    others = [m for m in named_in(reading, start, predication.first) if m.has("person") and not own & {*m.ids()}] if start else []
    return bool(start) and (bool(others) or reading.topic[:1] not in [mention.ids("person") for mention in people])


def _bracketed(reading: Reading, mention: Mention) -> list[Moment]:
    """The dates in brackets behind a name: "the Xin dynasty (9–23 AD)"."""
    if mention.last >= len(reading.tokens) or reading.tokens[mention.last].norm != "(":
        return []
    behind = reading.times_from(mention.last, mention.last + 2)
    return [time.mention.value for time in behind if time.mention.value is not None]


def _outside(entry: Entity, anchor: _Anchor) -> bool:
    life = entry.when
    if life is None:
        return False
    slack = 370 if entry.kind == "polity" else 40
    if anchor.time is not None and any(not apart(life, value, slack) for value in anchor.time.readings):
        return False
    return bool(apart(life, anchor.when, slack))


def _after(entry: Entity, anchor: _Anchor) -> bool:
    life = entry.when
    return bool(life and apart(life, anchor.when) > 0)


def _then(context: Context, entry: Entity, anchor: _Anchor) -> object:
    """The state that stood there at that time: what it succeeded, or what succeeded it."""
    for fact in entry.succeeds:
        other = context.entity(fact)
        if other and other.existed and not apart(other.existed, anchor.when):
            return other
    return ""


def _office(context: Context, mention: Mention, anchor: _Anchor, predication: Predication) -> Iterator[Finding]:
    """«الرئيس أيزنهاور» does something in 1951, when the president was another."""
    reading = context.reading
    if not mention.has("person") or predication.frame not in ("dismiss", "appoint", "declare-war", "sign", "support", "oppose"):
        return
    title = title_of(reading, mention)
    if title is None:
        return
    people = context.people(mention)
    held = [(person, role) for person in people for role in reigns(person, title.value)]
    if not held or not all(role.when and apart(role.when, anchor.when, 60) for _, role in held):
        return
    person, role = min(held, key=lambda pair: abs(apart(pair[1].when or anchor.when, anchor.when)))
    holders = holders_of(context, role, anchor.when)
    if not holders:
        return
    yield context.finding(
        min(title.first, predication.first),
        max(mention.last, predication.last, anchor.last if anchor.first >= reading.clauses[predication.clause].first else 0),
        {
            "person": person,
            "role_when": role.when,
            "holder": holders,
            "written": reading.text(anchor.first, anchor.last),
            "title": reading.text(title.first, title.last),
        },
        cite(person, "roles"),
        *(cite(holder, "roles") for holder in holders),
        suggestion="",
    )


def title_of(reading: Reading, mention: Mention) -> Hit | None:
    """The title before a name («الرئيس الأمريكي رونالد ريغان», "the prime minister, Winston Churchill"), or the one that the name
    begins with."""
    tokens, lexicon = reading.tokens, reading.lexicon
    stop = mention.first
    if any(tokens[k].norm in lexicon.formerly for k in range(max(0, stop - _FORMER), min(mention.last + 2, len(tokens)))):
        return None
    if stop > 1 and tokens[stop - 1].norm in (",", "،"):
        stop -= 1
    realm = reading.mention_at.get(stop - 1)
    if realm is not None and realm.has("polity", "place") and realm.last == stop and realm.how == "name":
        stop = realm.first  # «الأمين العام للأمم المتحدة كورت فالدهايم»
        stop -= stop > 0 and tokens[stop - 1].norm in lexicon.head_links
    for start in range(stop - 1, max(-1, stop - 4), -1):
        hit = lexicon.titles.at(tokens, start, stop)
        if hit:
            return hit if all(tokens[k].norm.startswith("ال") for k in range(hit.last, stop)) else None
    return lexicon.titles.at(tokens, mention.first, mention.last)


_FORMER = 5
"""Words before a name within which "former" or "ex-" belongs to its title."""


def holder_of(context: Context, role: Role, when: Moment) -> Entity | None:
    """Who held the same office at a time; of a president, the king of that time."""
    offices = (role.office, *_CROWNS) if role.office == "president" else (role.office,)
    for office in (offices[:1], offices[1:]):
        for fact in context.reference.events_with(role.of, "office") if office else ():
            other = context.entity(fact)
            for theirs in reigns(other, office) if other is not None else ():
                if theirs.of == role.of and theirs.when and _within(when, theirs.when):
                    return other
    return None


def holders_of(context: Context, role: Role, when: Moment) -> tuple[Entity, ...]:
    """Who held the same office through a time, one after the other; empty where the reference does not know of all of it."""
    one = holder_of(context, role, when)
    if one is not None or when.start_lo is None or when.end_hi is None:
        return (one,) if one else ()
    others = [other for fact in context.reference.events_with(role.of, "office") if (other := context.entity(fact))]
    terms = [(theirs, other) for other in others for theirs in reigns(other, (role.office,)) if theirs.of == role.of]
    spans = [(t.when.start_hi or 0, t.when.end_lo or when.end_hi, other) for t, other in terms if t.when and not apart(t.when, when)]
    spans.sort(key=lambda span: span[:2])
    known = when.start_lo
    for start, end, _ in spans:
        if start > known + _VACANT:
            return ()
        known = max(known, end)
    return tuple(other for _, _, other in spans) if known >= when.end_hi else ()


_VACANT = 45
"""Days for which an office may stand empty between two holders."""
_CROWNS = ("king", "queen", "emperor", "shah", "sultan", "tsar", "khedive")
"""Offices of heads of state beside whom there is no president."""


def _within(inner: Moment, outer: Moment) -> bool:
    return None not in (inner.start_lo, inner.end_hi, outer.start_hi, outer.end_lo) and (
        outer.start_hi <= inner.start_lo and inner.end_hi <= outer.end_lo  # type: ignore[operator]
    )


def _meeting(context: Context, predication: Predication) -> Iterator[Finding]:
    """Two people whose lives do not touch deal with one another."""
    reading = context.reading
    if predication.frame not in ("meet", "win", "capture", "kill", "dismiss", "appoint", "lead", "besiege", "support", "oppose"):
        return
    clause = reading.clauses[predication.clause]
    if reading.looks_back(clause.first, clause.last) or _from_afar(reading, predication, predication.agents):
        return
    one = [m for m in predication.agents if m.has("person") and m.how != "anaphor"]
    actors = [p for m in one[:1] for p in context.people(m)]
    others = [m for m in predication.patients if m.has("person") and m.how != "anaphor"]
    others += [
        m for role, m in predication.others if m.has("person") and role in ("مع", "with", "الي", "to", "beside", "against")
    ]
    for mention in others:
        people = context.people(mention)
        if not actors or not people or mention in one:
            continue
        full = one[0].how == mention.how == "name"
        lives = [(alive(a), alive(b)) for a in actors for b in people]
        if predication.frame == "kill" and not full and all(a and b and abs(apart(a, b)) > _NAMESAKE for a, b in lives):
            continue  # «فيليب الثالث» under Olympias is not the king of France
        if all(_never(a, b) for a in actors for b in people):
            yield context.finding(
                min(predication.first, mention.first),
                max(predication.last, mention.last),
                {"person": people[0], "other": actors[0]},
                cite(people[0], "life"),
                cite(actors[0], "life"),
            )
            return


def _never(one: Entity, other: Entity) -> bool:
    a, b = alive(one), alive(other)
    return bool(a and b and apart(a, b, 10 * _YEAR))


def _things(context: Context) -> Iterator[Finding]:
    """A weapon or institution in a text about a time before it existed."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind in ("quote", "heading") or reading.looks_back(clause.first, clause.last):
            continue
        for mention in clause.mentions:
            if not mention.has("thing") or len(mention.ids()) != 1 or not reading.asserted(clause, mention.first):
                continue
            if any(token.norm in reading.lexicon.drafting for token in reading.tokens[clause.first : clause.last]):
                continue  # "the B-29 was designed in 1940"
            thing = context.entity(mention.ids("thing")[0])
            if thing is None or thing.existed is None or thing.existed.start_lo is None:
                continue
            if of_another_member(reading, clause, mention) or of_today(reading, clause) or _own_date(reading, clause, thing):
                continue
            when, event = _era(context, clause, mention)
            if when is None or when.end_hi is None or when.end_hi >= thing.existed.start_lo:
                continue
            yield context.finding(
                mention.first,
                mention.last,
                {"thing": thing, "since": moments.of(*_first_year(thing.existed)), "when": when, "event": event or ""},
                cite(thing, "existed"),
                *([cite(event)] if event else []),
            )


def _first_year(existed: Moment) -> tuple[int]:
    low, _ = moments.year_bounds(existed)
    return (low or 1,)


def _own_date(reading: Reading, clause: Clause, thing: Entity) -> bool:
    """Whether a sentence has a date that fits a thing: "first studied in 1775, contributing to the invention of the battery in 1800"."""
    values = [time.mention.value for time in reading.times_from(*reading.sentences[clause.sentence])]
    return any(not apart(thing.existed, value) for value in values if value is not None and thing.existed is not None)


_NEAR = 14
"""Words between the one date of a sentence and a thing that it is told of."""


def _era(context: Context, clause: Clause, mention: Mention) -> tuple[Moment | None, Event | None]:
    """The time that a clause is about: its own date, that of the event it names, or that of the short event which is the
    topic of the text."""
    for time in clause.times:
        aside = any(context.reading.tokens[k].norm == "(" for k in range(mention.last, time.first))  # "relays (invented 1835)"
        if time.mention.type == "date" and time.mention.value and not aside:
            return time.mention.value, None
    named = [e for m in clause.mentions if m.how != "anaphor" for e in context.events(m)]
    for event in named or [e for fact in context.reading.topic if (e := context.event(fact))]:
        if event.when and _short(event.when):
            story = None if named else story_time(context, clause)
            if story is None or not apart(event.when, story, 366):
                return event.when, event  # else the text has gone on

    times = list(context.reading.times_from(*context.reading.sentences[clause.sentence]))
    when, own = when_of(context, clause)
    near = len(times) == 1 and abs(mention.first - times[0].last) <= _NEAR
    if when is None or not own or not near or era_unsure(context.reading.lang, times[0].mention):
        return None, None
    return when, None
