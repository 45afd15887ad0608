"""Two who have changed places: «تُوّج فيصل في عمّان ونُصّب عبد الله على عرش بغداد», "President Lumumba and Prime Minister Kasavubu".

Two of a kind stand each beside what was the other's. What was whose is in the `shares` of an event, or in the offices that
the two held. A finding needs the two and the two shares alone in one stretch of a sentence, each with its half, and both crossed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..bind import apart
from ..facts import Entity, Event
from ..model import Finding
from ..named_tuple import NamedTuple
from ..normalise import fold
from ..prepositions import named_in
from ..reading import Reading
from ..tag.entities import Mention
from .context import RULING, Context, cite, kin, reigns
from .story import dates_of
from .tellings import tellings
from .wordforms import same_word, word_forms

_GAP = 12
"""Words between two items of one stretch."""
_BESIDE = 3
"""Words between somebody and his office."""
_YEARS = 6 * 366


class Item(NamedTuple):
    """Somebody, or somebody's share, at its tokens; `whose` says of whom it is or who it is."""

    first: int
    last: int
    whose: str
    share: bool


def check(context: Context) -> Iterator[Finding]:
    """Findings on crossed shares."""
    for event in _events(context):
        for run in _runs(context.reading, _items(context, event)):
            if _crossed(context.reading, run) and not _of_another_time(context, event, run[0].first):
                yield _report(context, run, event)
    yield from _offices(context)
    yield from _realms(context)


def _report(context: Context, run: Sequence[Item], event: Event | None = None) -> Finding:
    one, other = (next(item.whose for item in half if not item.share) for half in (run[:2], run[2:]))
    values = {"one": context.reference.fact(one), "other": context.reference.fact(other), "event": event or ""}
    evidence = [cite(event, "shares")] if event else [cite(fact, "roles") for who in (one, other) if (fact := context.entity(who))]
    return context.finding(min(item.first for item in run), max(item.last for item in run), values, *evidence)


def _events(context: Context) -> list[Event]:
    """The events of which the text names two who shared or two shares; shares of powers only where the text tells of the event."""
    named = context.reading.named
    found = sorted({event for who in named for event in context.reference.events_with(who, "share")})
    events = [event for id in found if (event := context.event(id)) and len({i for s in event.shares for i in (s.who, *s.what)} & named) > 1]
    told = {item.event.id for several in tellings(context).values() for item in several} if events else set()
    return [e for e in events if e.id in named or e.id in told or all((who := context.entity(i.who)) and who.kind == "person" for i in e.shares)]


def _items(context: Context, event: Event) -> list[Item]:
    """Those who shared and their shares, in order."""
    reading = context.reading
    out: list[Item] = []
    taken: set[int] = set()
    for mention in named_in(reading, 0, len(reading.tokens)):
        ids = {*mention.ids()}
        who = {item.who for item in event.shares if item.who in ids}
        what = {item.who for item in event.shares if ids & {*item.what}}
        if len(who) == 1 or len(what) == 1:
            out.append(Item(mention.first, mention.last, *((who.pop(), False) if len(who) == 1 else (what.pop(), True))))
        if who or mention.has("person"):
            taken.update(range(mention.first, mention.last))
    for item in event.shares:
        for names, share in ((item.called, False), (item.words, True)):
            for words in names.get(reading.lang, ()):
                out += [Item(k, last, item.who, share) for k, last in _written(context, words) if k not in taken]
    return sorted(out)


def _written(context: Context, words: str) -> Iterator[tuple[int, int]]:
    """Where words stand one behind the other."""
    first, *rest = (fold(word) for word in words.split())
    tokens = context.reading.tokens
    for k in sorted({index for form in word_forms(first) for index in context.once(_by_form).get(form, ())}):
        if same_word(first, tokens[k]) and len(tokens) > k + len(rest):
            if all(same_word(word, tokens[k + n]) for n, word in enumerate(rest, 1)):
                yield k, k + 1 + len(rest)


def _by_form(context: Context) -> dict[str, list[int]]:
    """The words of the text by the forms that they share with others."""
    out: dict[str, list[int]] = {}
    for k, token in enumerate(context.reading.tokens):
        for form in word_forms(token.norm) if token.kind == "word" else ():
            out.setdefault(form, []).append(k)
    return out


def _runs(reading: Reading, items: Sequence[Item]) -> Iterator[list[Item]]:
    """The stretches of items in one sentence without a long gap; several shares of one, or one named twice, in a row are one item."""
    run: list[Item] = []
    for item in items:
        if item.first not in reading.clause_at:
            continue
        if run and (item.first - run[-1].last > _GAP or _sentence(reading, item.first) != _sentence(reading, run[-1].first)):
            yield run
            run = []
        if run and (run[-1].whose, run[-1].share) == (item.whose, item.share):
            run[-1] = run[-1]._replace(last=max(item.last, run[-1].last))
        elif len(run) < 2 or (run[-2].whose, run[-2].share) != (item.whose, item.share) or not item.share:
            run.append(item)
    if run:
        yield run


def _sentence(reading: Reading, at: int) -> int:
    return reading.clauses[reading.clause_at[at]].sentence


def _crossed(reading: Reading, run: Sequence[Item]) -> bool:
    """Whether a stretch is of pairs, each of somebody with one share, two of them with the share of the other, and asserted."""
    if len(run) % 2 or any(run[k].share == run[k + 1].share for k in range(0, len(run), 2)):
        return False
    given = {}
    for k in range(0, len(run), 2):
        man, his = sorted(run[k : k + 2], key=lambda item: item.share)
        if man.whose in given or (k and not _joint(reading, run[k - 1].last, run[k].first)):
            return False
        given[man.whose] = his.whose
    if not any(one != other and given.get(other) == one for one, other in given.items()):
        return False
    return _stated(reading, run)


def _stated(reading: Reading, run: Sequence[Item]) -> bool:
    """Whether a stretch is asserted, and tells of nobody's fall but as a share."""
    for item in run:
        clause = reading.clauses[reading.clause_at[item.first]]
        if clause.kind not in ("paragraph", "item") or not reading.asserted(clause, item.first):
            return False
        own = {k for other in run for k in range(other.first, other.last)}
        fallen = (p for p in reading.said.get(clause.index, ()) if p.frame in _FALLS and run[0].first <= p.first < run[-1].last)
        if any(not own & {*range(p.first, p.last)} for p in fallen):
            return False
    return True


_FALLS = frozenset({"kill", "dismiss", "unseat"})


def _joint(reading: Reading, first: int, last: int) -> bool:
    """Whether a comma or a joining word stands between two halves."""
    if reading.lang == "ar" and reading.document.text[reading.tokens[last].start] == "و":
        return True
    for k in range(first, last):
        norm = reading.tokens[k].norm
        if reading.tokens[k].kind == "mark" or norm in reading.lexicon.joins or (reading.lang == "ar" and norm.startswith("و")):
            return True
    return False


def _of_another_time(context: Context, event: Event, at: int) -> bool:
    dates = dates_of(context.reading, *context.reading.sentences[_sentence(context.reading, at)])
    return event.when is not None and bool(dates) and all(apart(event.when, value, _YEARS) for value in dates)


def _pairs(context: Context) -> Iterator[tuple[Mention, Mention, Entity, Entity]]:
    """Two men named one after the other in a sentence, of whom each name means one."""
    reading = context.reading
    people = [m for m in reading.mentions if m.has("person") and m.how != "anaphor" and not m.has("event", "place", "polity")]
    for one, other in pairwise(people):
        if other.first - one.last > 2 * _GAP or one.ids() == other.ids() or {one.first, other.first} - {*reading.clause_at}:
            continue
        if _sentence(reading, one.first) != _sentence(reading, other.first):
            continue
        mine, theirs = context.people(one), context.people(other)
        if len(mine) == len(theirs) == 1 and mine[0].roles and theirs[0].roles:
            yield one, other, mine[0], theirs[0]


def _offices(context: Context) -> Iterator[Finding]:
    """Two men of one realm and time in each other's offices."""
    reading = context.reading
    for one, other, mine, theirs in _pairs(context):
        first = _office(reading, one, one.last, other.first), _office(reading, other, other.last, other.last + 2 * _GAP)
        behind = _office(reading, one, one.first, one.first), _office(reading, other, one.last, other.first)
        for his, its in (first, behind):
            if his is None or its is None or his.whose == its.whose or not _exchanged(mine, theirs, his.whose, its.whose):
                continue
            run = sorted((Item(one.first, one.last, mine.id, False), his, Item(other.first, other.last, theirs.id, False), its))
            clauses = [reading.clauses[reading.clause_at[item.first]] for item in run]
            if _joint(reading, run[1].last, run[2].first) and all(reading.asserted(c, i.first) for c, i in zip(clauses, run, strict=True)):
                yield _report(context, run)
                break


def _office(reading: Reading, man: Mention, first: int, last: int) -> Item | None:
    """The one office that a man is said to hold: right behind him, or where `first` is not behind him, right before."""
    titles = reading.lexicon.titles
    ahead = first < man.last
    low, high = (max(0, man.first - _BESIDE), man.first) if last <= man.first else (first, min(last, man.last + _BESIDE + 2, len(reading.tokens)))
    hits = [hit for hit in titles.find(reading.tokens, low, high) if len(hit.value) == 1]
    hits = hits[-1:] if last <= man.first and not ahead else hits[:1]
    return Item(hits[0].first, hits[0].last, str(hits[0].value[0]), True) if hits else None


def _exchanged(mine: Entity, theirs: Entity, his: str, its: str) -> bool:
    """Whether each held the office given to the other, in one realm at one time, and never that given to him."""
    if any(role.office == his for role in mine.roles) or any(role.office == its for role in theirs.roles):
        return False
    for role in reigns(mine, (its,)):
        for other in reigns(theirs, (his,)):
            if role.of == other.of and role.of and role.when and other.when and not apart(role.when, other.when, 366):
                return True
    return False


def _realms(context: Context) -> Iterator[Finding]:
    """Two rulers on each other's thrones."""
    reading = context.reading
    for one, other, mine, theirs in _pairs(context):
        start, stop = reading.sentences[_sentence(reading, one.first)]
        lands = [m for m in named_in(reading, max(start, one.first - _GAP), min(stop, other.last + _GAP)) if m.has("polity", "place")]
        lands = [m for m in lands if not m.has("person", "event") and m.how != "anaphor"]
        owners = [(m, _owner(context, m, mine, theirs)) for m in lands]
        items = [Item(m.first, m.last, who, True) for m, who in owners if who]
        items += [Item(one.first, one.last, mine.id, False), Item(other.first, other.last, theirs.id, False)]
        run = next((run for run in _runs(reading, sorted(items)) if len(run) == 4), None)
        if run and len(items) == 4 == 2 + len(lands) and _crossed(reading, run) and all(_throned(reading, half) for half in (run[:2], run[2:])):
            yield _report(context, run)


def _owner(context: Context, land: Mention, mine: Entity, theirs: Entity) -> str:
    """Which of two men alone ruled what a name means."""
    of = [who.id for who in (mine, theirs) if any(fact in _ruled(context, who) for fact in land.ids("polity", "place"))]
    return of[0] if len(of) == 1 else ""


def _ruled(context: Context, who: Entity) -> set[str]:
    out: set[str] = set()
    for role in reigns(who, RULING):
        if role.of:
            out |= kin(context, role.of)
    return out


def _throned(reading: Reading, half: Sequence[Item]) -> bool:
    """Whether one half of a stretch tells of a throne."""
    first, last = max(0, half[0].first - _BESIDE), half[1].last
    if reading.lexicon.thrones.find(reading.tokens, first, last):
        return True
    if any({*hit.value} & RULING for hit in reading.lexicon.titles.find(reading.tokens, first, last)):
        return True
    said = [p for clause in {reading.clause_at[item.first] for item in half} for p in reading.said.get(clause, ())]
    return any(p.frame == "accede" and first <= p.first < last for p in said)
