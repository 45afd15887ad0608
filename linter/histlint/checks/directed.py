"""Deeds of one upon another told the other way round: «تنازل معاوية عن الخلافة للحسن», "Yamashita surrendered the city to Percival".

Who did it to whom is under `done` in an event, or, of a surrender, in the leaders of the sides that won and lost. The verb gives the
kind of deed; a finding needs the one end in the place of the other, and no deed of that kind that is as the text has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart
from ..facts import Done, Event
from ..lexicon import Hit
from ..model import Finding
from ..named_tuple import NamedTuple
from ..normalise import fold
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from ..slots import marked_passive
from ..tag.entities import Mention
from .context import Context, cite
from .dealings import english_subject
from .directed_slots import at_its_place, bears, derived, framed, under_another
from .outcome_words import phrases
from .story import dates_of, possessive
from .wordforms import same_word

_REACH = 14
"""Words behind a verb within which the one stands to whom it was done."""
_BACK = 45
"""Words before a clause within which the doer of a verb without a subject is named."""
_YEARS = 6 * 366
_TO = frozenset({"ل", "الي", "to", "امام", "before"})
_FROM = frozenset({"من", "from"})
_TOWARD = {"hand": _TO, "yield": _TO, "pay": _TO, "take": _FROM, "wed": _TO | _FROM | {"ب"}}
"""Prepositions of those to whom it was done, for the kinds whose verbs do not have them; the others have an object."""
_BARE = frozenset({"yield", "pay", "wed"})
"""Kinds of which English has the other end without a preposition too."""


class _Told(NamedTuple):
    """A deed as a clause tells it."""

    kind: str
    clause: Clause
    hit: Hit | Predication
    doer: Mention | None
    to: Mention | None
    object: Mention | None  # whom it was done with: "handed over his father-in-law"


def check(context: Context) -> Iterator[Finding]:
    """Deeds turned round."""
    reading = context.reading
    for clause in reading.clauses_with(reading.lexicon.doings):
        if clause.kind not in ("paragraph", "item"):
            continue
        for hit in reading.lexicon.doings.find(reading.tokens, clause.first, clause.last):
            if reading.told(clause, hit.first):
                told = _read(reading, clause, hit)
                yield from _compare(context, told) if told is not None else ()
                yield from _half_named(context, clause, hit) if reading.lang != "ar" else ()
    for clause in reading.clauses:
        if clause.kind in ("paragraph", "item"):
            for kind, predication, doer, other in framed(context, clause):
                yield from _compare(context, _Told(kind, clause, predication, doer, other, None))


def _read(reading: Reading, clause: Clause, hit: Hit) -> _Told | None:
    kind = str(hit.value)
    actors = [m for m in clause.mentions if m.has("person", "polity", "place") and not m.has("event") and m.how != "anaphor"]
    stop = next((k for k in range(hit.last, clause.last) if reading.tokens[k].norm in _STOPS and k not in reading.mention_at), clause.last)
    behind = [m for m in actors if hit.last <= m.first < (clause.last if kind in _TOWARD else stop) and m.first - hit.last <= _REACH]
    toward = [m for m in behind if preposition(reading, m) in _TOWARD.get(kind, ()) or _in_favour(reading, m)]
    plain = [m for m in behind if not preposition(reading, m)]
    if reading.lang == "ar":
        doer, object = _arabic(reading, clause, hit, actors, behind, plain)
        if doer is None and marked_passive(reading, hit):
            return None
    else:
        subject = _english(reading, clause, hit, [m for m in actors if m.has("person", "polity")])
        if reading.tokens[hit.first - 1].norm in reading.lexicon.auxiliaries - reading.lexicon.pluperfect:
            by = next((m for m in behind if preposition(reading, m) == "by"), None)
            return _Told(kind, clause, hit, by, subject, None) if by and kind not in _TOWARD else None
        near = behind[:1] if behind and behind[0].first - hit.last <= _NEAR else []  # "saved the life of Alexander"
        doer, object = subject, next(iter(plain if kind in _TOWARD else near), None)
        if doer is None and not _pronoun(reading, hit.first - 1):
            return None
    if kind == "take":
        return _Told("hand", clause, hit, _whole(toward), doer, None) if toward and doer else None
    if kind in _TOWARD:
        other = _whole(toward) or (object if reading.lang != "ar" and (kind in _BARE or len(toward) == 0) else None)
        return _Told(kind, clause, hit, doer, other, object if other is not object else None)
    return _Told(kind, clause, hit, doer, object, None)


def _half_named(context: Context, clause: Clause, hit: Hit) -> Iterator[Finding]:
    """A deed turned round whose one end is called by the last word of his name alone: "Necker dismissed Louis XVI"."""
    reading, kind = context.reading, str(hit.value)
    actors = [m for m in clause.mentions if m.has("person") and m.how in ("name", "short")]
    ahead = next((m for m in actors if m.last == hit.first and not preposition(reading, m)), None)
    behind = next((m for m in actors if hit.last <= m.first <= hit.last + 1 and not preposition(reading, m)), None)
    known = ahead or behind
    if kind in _TOWARD or known is None or (ahead and behind):
        return
    span = (hit.last, min(hit.last + 2, clause.last)) if ahead else (hit.first - 1, hit.first)
    for who in known.ids("person"):
        for event, done in _of(context, kind, who):
            if _of_another_time(context, event, _Told(kind, clause, hit, ahead, behind, None)):
                continue
            turned = who == (done.to if ahead else done.by)
            other = done.by if ahead else done.to
            at = bears(context, other, *span) if turned and not done.what and not done.words else None
            if at is not None:
                first, last = min(known.first, hit.first, at), max(known.last, hit.last, at + 1)
                values = {"one": context.reference.fact(done.by), "other": context.reference.fact(done.to), "event": event}
                yield context.finding(first, last, values, cite(event, "done"))
                return


def _of(context: Context, kind: str, who: str) -> Iterator[tuple[Event, Done]]:
    """The deeds of a kind that somebody has under `done`."""
    for fact in context.reference.events_with(who, "done"):
        event = context.event(fact)
        yield from ((event, done) for done in event.done if done.deed == kind) if event else ()


def _whole(found: Sequence[Mention]) -> Mention | None:
    """The last of several names for one: «الملك الحيثي خاتوسيلي»."""
    last = found[0] if found else None
    for mention in found[1:]:
        if last is not None and mention.first == last.last:
            last = mention
    return last


def _english(reading: Reading, clause: Clause, hit: Hit, actors: Sequence[Mention]) -> Mention | None:
    """The subject of an English verb: the name before it, past words that nobody lists where it is the only one."""
    own = english_subject(reading, clause, hit, list(actors))
    if own:
        return own[0]
    ahead = [m for m in actors if m.last <= hit.first]
    if len(ahead) != 1 or preposition(reading, ahead[0]) or possessive(reading, ahead[0]):
        return None
    tokens = reading.tokens
    loose = any(tokens[k].norm in reading.lexicon.relatives | reading.lexicon.pronouns for k in range(ahead[0].last, hit.first))
    return None if loose else ahead[0]


_STOPS = frozenset({",", ";", "،", "؛", ":"})


def _pronoun(reading: Reading, at: int) -> bool:
    """Whether a verb has a pronoun for its subject: "he agreed to pay", "who paid"."""
    return at >= 0 and reading.tokens[at].norm in reading.lexicon.pronouns


def _arabic(
    reading: Reading, clause: Clause, hit: Hit, actors: Sequence[Mention], behind: Sequence[Mention], plain: Sequence[Mention]
) -> tuple[Mention | None, Mention | None]:
    """The subject of a verb, within or behind it or right before it, and its object."""
    inside = [m for m in actors if hit.first < m.first < hit.last and not preposition(reading, m)]
    if inside:
        return inside[0], behind[0] if behind else None
    lead = [m for m in actors if 0 <= hit.first - m.last <= 1 and not preposition(reading, m)]
    if lead and hit.clitic not in ("و", "ف"):
        return lead[-1], plain[0] if plain else (behind[0] if behind else None)
    if not plain:
        return None, None
    one, rest = plain[0], plain[1:]
    if one.first - hit.last > _NEAR or _accusative(reading, one):
        return None, one
    if hit.value not in _TOWARD and hit.last - hit.first > 1:
        return None, one  # «ثار على ابنه»
    if not rest:
        roles = _PREFIXED.get(hit.value, ())
        return one, next((m for m in behind if m.first >= one.last and preposition(reading, m) in roles), None)
    if hit.value in _TOWARD:
        return one, rest[0]
    if not (_accusative(reading, rest[0]) or _nominative(reading, one)) and _kinsman(reading, rest[0]):
        return None, None  # «خلع السلطان ابنه»: either
    return one, None if under_another(reading, one, rest[0]) else rest[0]


_NEAR = 5
_PREFIXED = {"call": frozenset({"ب", "من", "الي"}), "dismiss": frozenset({"ب"}), "trick": frozenset({"ل"})}
"""Prepositions between which and the verb the subject stands: «استنجد فلان بفلان»."""


def _accusative(reading: Reading, mention: Mention) -> bool:
    """Whether an Arabic name is written as an object."""
    norm = reading.tokens[mention.first].norm
    before = reading.tokens[mention.first - 1].norm if mention.first else ""
    return norm == "ابا" or before in reading.lexicon.kin_objects or (mention.how == "demonym" and norm.endswith("ين"))


def _nominative(reading: Reading, mention: Mention) -> bool:
    return any(reading.tokens[k].norm == "ابو" for k in range(mention.first, mention.last))


def _kinsman(reading: Reading, mention: Mention) -> bool:
    """Whether a word for a kinsman stands before a name."""
    at = mention.first - 1
    norm = reading.tokens[at].norm if at >= 0 else ""
    known = reading.lexicon.kinsmen | reading.lexicon.kin_objects
    return {norm, norm.removeprefix("ل")} & known != set() or bool(at >= 0 and reading.lexicon.kin.at(reading.tokens, at, at + 1))


def _in_favour(reading: Reading, mention: Mention) -> bool:
    """Whether a name stands behind "in favour of", with a word for a kinsman between."""
    words = reading.lexicon.wording.get("outcomes", {}).get("in_favour", ())
    start = max(0, mention.first - 5)
    before = " ".join(reading.tokens[k].norm for k in range(start, mention.first))
    return any(f" {word} " in f" {before} " for word in words)


def _compare(context: Context, told: _Told) -> Iterator[Finding]:
    """A finding where the ends of a deed have changed places."""
    records = [
        (event, done)
        for event, done in _records(context, told)
        if not _of_another_time(context, event, told) and _anchored(context, event, done, told)
    ]
    if any(_right(context, done, told) for _, done in records):
        return
    for event, done in records:
        if not _turned(context, done, told):
            continue
        spots = [m for m in (told.doer, told.to, told.object) if m is not None]
        first, last = min(told.hit.first, *(m.first for m in spots)), max(told.hit.last, *(m.last for m in spots))
        values = {"one": context.reference.fact(done.by), "other": context.reference.fact(done.to), "event": event}
        yield context.finding(first, last, values, cite(event, "done"))
        return


def _records(context: Context, told: _Told) -> Iterator[tuple[Event, Done]]:
    """The deeds of a kind of those whom a clause names."""
    seen = set()
    for mention in (told.doer, told.to, told.object):
        for who in _meant(context, mention):
            for fact in context.reference.events_with(who, "done"):
                event = context.event(fact) if fact not in seen else None
                seen.add(fact)
                yield from ((event, done) for done in event.done if done.deed == told.kind) if event else ()
    if told.doer is not None and told.to is not None and told.kind in ("yield", "hand"):
        towns = {fact for m in told.clause.mentions if m.first >= told.hit.last for fact in m.ids("place")}
        whole = told.kind == "yield" or _gave_up(context.reading, told)
        for event, done in _surrenders(context, told.doer, told.to):
            if whole or towns & {*event.target, *event.where[:1]}:
                yield event, done
    if told.doer is not None and told.to is not None:
        yield from derived(context, told.kind, told.doer, told.to)


def _gave_up(reading: Reading, told: _Told) -> bool:
    """Whether what was handed over is what one surrenders: «سلّم حاميته إلى …», "handed over the fortress"."""
    stop = min(told.hit.last + _NEAR, told.clause.last)
    return told.kind == "hand" and bool(phrases(reading, "yielded").find(reading.tokens, told.hit.last, stop))


def _surrenders(context: Context, doer: Mention, to: Mention) -> Iterator[tuple[Event, Done]]:
    """The surrenders in which two men led the sides, from the loser to the winner."""
    for one in doer.ids("person"):
        for other in to.ids("person"):
            for fact in {*context.reference.events_with(one, "leader")} & {*context.reference.events_with(other, "leader")}:
                event = context.event(fact)
                if event is None or not (event.type == "surrender" or event.result == "capitulated" or event.captured):
                    continue
                winners = _leaders(event, event.won)
                losers = _leaders(event, event.lost)
                for by, taker in ((one, other), (other, one)):
                    if by in losers and taker in winners:
                        yield event, Done("yield", by, taker)


def _leaders(event: Event, party: Sequence[str]) -> set[str]:
    """The leaders of the side of a party."""
    sides = [i for i, side in enumerate(event.sides) if any(who.who in party for who in side)]
    return {who for i in sides if i < len(event.leaders) for who in event.leaders[i]} | {*party}


def _meant(context: Context, mention: Mention | None) -> list[str]:
    """Those whom a name means; a capital means its state."""
    if mention is None:
        return []
    places = mention.ids("place")
    return [*mention.ids("person", "polity", "place"), *(realm for place in places for realm in context.reference.events_with(place, "capital_of"))]


def _is(context: Context, mention: Mention | None, who: str) -> bool:
    """Whether a name may mean somebody; that of a country its former state too."""
    meant = _meant(context, mention)
    return who in meant or bool(mention is not None and {*mention.ids("polity")} & {*context.reference.ancestors(who)})


def _right(context: Context, done: Done, told: _Told) -> bool:
    """Whether one end of a deed is as it was."""
    if any(_is(context, told.doer, what) for what in done.what):
        return False
    ends = _is(context, told.doer, done.by), _is(context, told.to, done.to)
    men = all(m is not None and m.has("person") for m in (told.doer, told.to))
    return all(ends) if men and told.kind not in _TOWARD else any(ends)  # what one of two men did to a third tells nothing of the two


def _turned(context: Context, done: Done, told: _Told) -> bool:
    """Whether a deed was done to its doer by him to whom it was done, or its doer is what passed."""
    if _is(context, told.to, done.by):
        if told.doer is not None:
            return _is(context, told.doer, done.to)
        clause = told.clause
        before = named_in(context.reading, max(0, clause.first - _BACK), told.hit.first)
        assert told.to is not None
        return any(_is(context, m, done.to) for m in before) or (_of_kin(context, done) and _kinsman(context.reading, told.to))
    return told.object is not None and _is(context, told.object, done.by) and any(_is(context, told.doer, what) for what in done.what)


def _of_kin(context: Context, done: Done) -> bool:
    """Whether one end is the father of the other: "to his father Hussein" is then enough."""
    ends = [context.entity(who) for who in (done.by, done.to)]
    return any(end is not None and end.father in (done.by, done.to) for end in ends)


def _anchored(context: Context, event: Event, done: Done, told: _Told) -> bool:
    """Whether the ends tell of one deed: men do; of powers, what passed between them must be named, or the event."""
    if done.deed == "besiege":
        return at_its_place(context, event, told.clause)
    ends = [context.entity(who) for who in (done.by, done.to)]
    if any(end is not None and end.kind == "person" for end in ends) and not done.what and not done.words:
        return True
    clause = told.clause
    words = done.words.get(context.reading.lang, ())
    tokens, start = context.reading.tokens, told.hit.last
    stop = next((k for k in range(start, clause.last) if tokens[k].kind == "mark"), clause.last)
    if any(same_word(fold(word), tokens[k]) for word in words for k in range(start, stop)):
        return True
    near = named_in(context.reading, max(0, clause.first - _BACK), clause.last)
    return (event.id in context.reading.named and not words) or any(_is(context, m, what) or what in m.ids() for m in near for what in done.what)


def _of_another_time(context: Context, event: Event, told: _Told) -> bool:
    dates = dates_of(context.reading, told.clause.first, told.clause.last)
    return event.when is not None and bool(dates) and all(apart(event.when, value, _YEARS) for value in dates)
