"""How an event ended: who won and lost, and whether a participant surrendered, made peace or withdrew.

Options: `of` is winner, parting or fall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart, subjects
from ..chronology.moment import widen
from ..extract import may_be_verb
from ..facts import Event, Participant
from ..model import Finding, Moment
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .certain import among_several, pronominal
from .context import Context, cite
from .deeds import context_events
from .fights import FIGHTS, fights, participant, side_of
from .hosts import another_verb, host, may_be_object, pointed_at
from .laurels import phrased
from .outcome_words import phrases
from .spoken import spoken_of
from .story import dates_of
from .verdicts import told
from .victors import report, won_by_others

_CONTRARY: dict[str, frozenset[str]] = {
    "withdraw": frozenset({"surrender", "capitulation", "conquered"}),
    "surrender": frozenset({"withdrawal", "victory"}),
    "peace": frozenset({"surrender", "capitulation", "conquered"}),
}
"""What a text may say of a participant's end, and the ends known to the reference that it contradicts."""


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    of = context.options["of"]
    for predication in context.reading.predications:
        if not predication.asserted:
            continue
        if of == "winner" and predication.frame in ("win", "lose", "surrender"):
            yield from _winner(context, predication)
        elif of == "parting" and predication.frame in _CONTRARY:
            yield from _parting(context, predication)
        elif of == "fall" and predication.frame in ("conquer", "enter"):
            yield from _fall(context, predication)
    if of == "winner":
        yield from won_by_others(context)
        for statement in (*told(context), *phrased(context)):
            yield from _compare(context, statement.events, statement.victors, statement.losers, statement.first, statement.last)


def _winner(context: Context, predication: Predication) -> Iterator[Finding]:
    clause = context.reading.clauses[predication.clause]
    if predication.form == "noun" and pronominal(context.reading, predication) and among_several(context.reading, predication, "person", "polity"):
        return  # «أما حملة النجومي على مصر فانتهت بهزيمتها»
    events = _fought(context, predication, clause)
    if not events:
        return
    if predication.frame == "surrender":
        events = _surrendered_to(predication, events)
    subject = [m for m in subjects(predication) if m.has("person", "polity")]
    victor = predication.agents if predication.frame == "win" else ()
    loser = predication.patients if predication.frame == "win" else subject
    if predication.frame == "win" and _over(context, predication):
        loser, victor = tuple(predication.agents), ()
    elif predication.frame == "win" and predication.form == "verb":
        victor = victor or host(context.reading, clause, predication, behind=False)
        loser = loser or host(context.reading, clause, predication, behind=True) or pointed_at(context, clause, predication, events)
    if predication.frame == "win" and predication.form == "passive":
        loser = ()  # "a victory that was won by …"
    if predication.frame == "surrender":
        victor = tuple(m for role, m in predication.others if role in ("ل", "to"))
    if predication.frame == "lose" and _bereaved(context, predication):
        return
    if predication.frame == "lose" and predication.carried and _other_began(context, loser, predication):
        return
    if predication.frame == "lose":
        by = [m for m in loser if m in predication.agents and preposition(context.reading, m) == "by"]
        by = by if len(loser) > 1 or predication.form == "noun" else []
        loser = [m for m in loser if m not in by]  # «تكبد … هزيمة على يد …»
        victor = tuple(m for m in predication.agents if m not in loser)
        near = [m for role, m in predication.others if role in _BEFORE and m.first - predication.last <= _OVER and m.has("person", "polity")]
        victor += tuple(near)
        victor += tuple(m for role, m in predication.others if role in ("by", "against") and m.has("person", "polity"))
    if predication.form == "noun" and not victor and not loser and context.reading.lang != "ar":
        of = tuple(m for role, m in predication.others if role == "of" and m.first - predication.last <= 2 and m.has("person", "polity"))
        victor, loser = (of, ()) if predication.frame == "win" else ((), of if predication.frame == "lose" else ())
    if predication.frame == "win" and _beat_him(context, predication):
        loser, victor = tuple(predication.agents), ()
    elif predication.carried and predication.frame == "win":
        start = context.reading.sentences[clause.sentence][0]
        victor = tuple(m for m in victor if m.first >= start and (context.reading.lang != "ar" or _goes_on(context, events, m, predication)))
    own = tuple(m for m in loser if not another_verb(context.reading, predication, m))
    if loser and not own and victor and may_be_object(context.reading, victor[-1]):
        return  # «هزم شيغي قوتوقو عند بروان»
    loser = own
    if _his_own(context.reading, predication) or _in_part(context, predication, clause):
        return
    named = next((m for m in clause.mentions if events and any(e.id == events[0].id for e in context.events(m))), None)
    at = [m for m in (*victor, *loser) if _said_wrong(context, events, m, victor)]
    start = context.reading.sentences[clause.sentence][0]
    first = min([predication.first, *(m.first for m in at if m.first >= start), *([named.first] if named else [])])
    last = max([predication.last, *(m.last for m in at), *([named.last] if named else [])])
    yield from _compare(context, events, victor, tuple(m for m in loser if m.has("person", "polity")), first, last)


def _his_own(reading: Reading, predication: Predication) -> bool:
    """Whether whom an Arabic verb has for its object pronoun was the subject of the verb before: «طوق حنبعل جيشا أكبر من جيشه وأفناه»."""
    doers = {m.ids() for m in predication.agents}
    before = [m for m in predication.patients if m.last <= predication.first and not preposition(reading, m)]
    itself = any(m.ids() in doers or (not doers and m.first and may_be_verb(reading, m.first - 1)) for m in before)
    return reading.lang == "ar" and (predication.carried or not doers) and predication.form == "verb" and itself


def _in_part(context: Context, predication: Predication, clause: Clause) -> bool:
    """Whether one wing or one assault is told of, which the losers of a fight may have won: «حطم المغول ميسرة المماليك»."""
    reading = context.reading
    held = phrases(reading, "held_off")
    if predication.carried and any(hit.first <= predication.first < hit.last for hit in held.find(reading.tokens, clause.first, clause.last)):
        return True
    behind = phrases(reading, "partial").find(reading.tokens, predication.last, min(predication.last + _PART, clause.last))
    objects = [m.first for m in (*predication.patients, *predication.agents) if m.first >= predication.last]
    if predication.frame != "win" or predication.form != "verb":
        return False
    return any(hit.last == at for hit in behind for at in objects) or (bool(behind) and not predication.patients)  # "crushed two Union corps"


_PART = 8
"""Words behind a verb in which the part of an army is named that was beaten."""


def _beat_him(context: Context, predication: Predication) -> bool:
    """Whether an Arabic verb of many has a man for its object, of whom the text told: «ثار عليه الإخوان، فهزموه»."""
    subject = predication.agents
    plural = context.reading.lang == "ar" and context.reading.tokens[predication.last - 1].norm.endswith("وه")
    return plural and predication.carried and len(subject) == 1 and subject[0].has("person") and not subject[0].has("polity")


def _goes_on(context: Context, events: Sequence[Event], subject: Mention, predication: Predication) -> bool:
    """Whether an Arabic verb without a subject may go on with the one before: nobody of the other side has come between."""
    between = named_in(context.reading, subject.last, predication.first)
    if context.reading.tokens[predication.first].norm.endswith(("ه", "هم", "ها", "هما")):
        return False  # «أغار المغول ثانية، فكسرهم …»
    return predication.form == "verb" and not any(_stands(context, event, m) for m in between if m.has("person", "polity") for event in events)


def _other_began(context: Context, subject: Sequence[Mention], predication: Predication) -> bool:
    """Whether an Arabic verb that no file lists may have brought another subject: «زحف السلطان …، فجرد الغوري جيشا …، فانكسر»."""
    reading = context.reading
    if reading.lang != "ar" or not subject:
        return False
    known = {hit.first for c in reading.clauses_in(reading.clauses[predication.clause].sentence) for hit in c.triggers}
    return any(
        reading.tokens[k].norm.startswith("ف") and reading.tokens[k - 1].norm in ",،؛" and k not in known and may_be_verb(reading, k)
        for k in range(subject[-1].last + 1, predication.first)
    )


def _over(context: Context, predication: Predication) -> bool:
    """Whether «على» right behind the verb makes the name behind it that of the beaten: «انتصر على جيش الملك الشاب فلان»."""
    reading = context.reading
    behind = reading.tokens[predication.last : predication.last + 1]
    under = reading.lang == "ar" and any(token.norm in reading.lexicon.objects.get("win", ()) for token in behind)
    ahead = bool(predication.agents) and all(predication.last < m.first <= predication.last + _OVER for m in predication.agents)
    return under and ahead and not predication.carried and not predication.patients


_BEFORE = frozenset({"امام", "before"})
"""Prepositions before him who beats."""
_OVER = 5
"""Words behind «على» within which the beaten is named."""


def _said_wrong(context: Context, events: Sequence[Event], mention: Mention, victors: Sequence[Mention]) -> bool:
    """Whether somebody is said to have won a fight that he lost, or the reverse."""
    return all(_stands(context, event, mention) == ("lost" if mention in victors else "won") for event in events)


def _compare(
    context: Context, events: Sequence[Event], victors: Sequence[Mention], losers: Sequence[Mention], first: int, last: int
) -> Iterator[Finding]:
    """The finding that a fight was won by others than a text says, at tokens `first` to `last`."""
    wrong = [m for m in (*victors, *losers) if _said_wrong(context, events, m, victors)]
    right = [m for m in victors if any(_stands(context, event, m) == "won" for event in events)]
    right += [m for m in losers if any(_stands(context, event, m) == "lost" for event in events)]
    if not events or not wrong or right:
        return
    yield report(context, events[0], first, last)


def _bereaved(context: Context, predication: Predication) -> bool:
    """Whether it was a man or a thing that was lost: "lost General Pike", «خسر الأمريكيون الحاملة»."""
    if context.reading.lang == "ar":
        return _object_lost(context, predication)
    others = [m for role, m in predication.others if not role]
    return any(0 <= m.first - predication.last <= 2 and m.has("person") for m in (*predication.patients, *others))


def _object_lost(context: Context, predication: Predication) -> bool:
    """Whether a definite noun behind the subject of an Arabic verb is what was lost."""
    reading = context.reading
    at = predication.agents[-1].last if predication.agents and not predication.carried else 0
    if predication.form != "verb" or at <= predication.last or at >= len(reading.tokens) or at in reading.mention_at or at in reading.time_at:
        return False
    norm = reading.tokens[at].norm
    noun = norm.startswith("ال") and not norm.endswith(("ون", "ين", "ي"))
    tables = (reading.lexicon.event_nouns, reading.lexicon.nouns)
    return noun and not any(table.at(reading.tokens, at, at + 1) for table in tables)


def _surrendered_to(predication: Predication, events: list[Event]) -> list[Event]:
    """A surrender tells a winner only where it says to whom."""
    to = [m for role, m in predication.others if role in ("ل", "to") and m.has("person", "polity")]
    return [e for e in events if _gave_up(e)] if to else []


def _gave_up(event: Event) -> bool:
    """Whether a fight ended with a surrender."""
    ends = {who.left for side in event.sides for who in side}
    return (
        event.type == "surrender"
        or event.result == "capitulated"
        or bool(event.captured)
        or bool(ends & {"surrender", "capitulation"})
    )


def _fought(context: Context, predication: Predication, clause: Clause) -> list[Event]:
    """The fight that the victory is said to be of, where the reference knows who won it."""
    events = fights(context, predication, clause)
    if not events and any(m.has("event") and m.how != "anaphor" for m in clause.mentions):
        return []
    if (
        not events
        and predication.form == "noun"
        and any(hit.value.frame == "end" and hit.last <= predication.first for hit in clause.triggers)
    ):
        sentence = context.reading.sentences[clause.sentence][0]
        near = [m for m in context.reading.mentions if sentence <= m.first < predication.first and m.has("event")]
        events = [e for e in context.events(near[-1]) if e.type in FIGHTS] if near else []  # «وقعت معركة …، وانتهت بانتصار …»
    if not all(e.won or e.lost for e in events) or _of_another_time(context, clause, events):
        return []
    return events


def _of_another_time(context: Context, clause: Clause, events: list[Event]) -> bool:
    """Whether a fight told by its place alone was not at the dates of the sentence: a place sees several."""
    reading = context.reading
    start, stop = reading.sentences[clause.sentence]
    if any(m.has("event") and {*m.ids()} & {event.id for event in events} for m in named_in(reading, start, stop)):
        return False
    dates = dates_of(reading, start, stop)
    return bool(dates) and all(event.when is not None and apart(event.when, value, _slack(value)) for event in events for value in dates)


def _slack(written: Moment) -> int:
    """Days by which a fight may miss a date of its sentence, which may be that of its sequel."""
    return 60 if written.precision == "year" else 120


def _stands(context: Context, event: Event, mention: Mention) -> str:
    """won, lost or "" for whom a mention may mean, over all its readings."""
    verdicts = set()
    for actor in mention.ids("person", "polity"):
        sides = side_of(context, event, actor)
        names = {who.who for i in sides if i < len(event.sides) for who in event.sides[i]} | {
            p for i in sides if i < len(event.leaders) for p in event.leaders[i]
        }
        winners = {i for who in event.won for i in side_of(context, event, who)}
        won = actor in event.won or (len(sides) == 1 and bool(names & set(event.won)))
        lost = actor in event.lost or (len(sides) == 1 and bool(names & set(event.lost)))
        lost = lost or (not event.lost and len(event.sides) == 2 and len(winners) == len(sides) == 1 and winners != sides)
        verdicts.add("won" if won and not lost else "lost" if lost and not won else "")
    return verdicts.pop() if len(verdicts) == 1 else ""


def _parting(context: Context, predication: Predication) -> Iterator[Finding]:
    reading = context.reading
    clause = reading.clauses[predication.clause]
    who = [m for m in subjects(predication) if m.has("polity", "person")]
    if len(who) != 1:
        return
    types = ("war", "battle", "siege", "campaign")
    events = context_events(context, clause, predication.first, *types)[:1]
    told = spoken_of(context, clause, types, predication.last) if not any(m.has("event") for m in clause.mentions) else None
    for event in [told] if told is not None else events:
        for actor in who[0].ids("polity", "person"):
            entry = participant(context, event, actor)
            how = _left(event, entry) if entry else ""
            if entry is None or how not in _CONTRARY[predication.frame]:
                continue
            if not _ending(context, predication, clause, event):
                continue
            left = context.reading.lexicon.wording.get("facts", {}).get("left_words", {}).get(how, how)
            last = max([predication.last, *(m.last for m in who if m.first >= predication.first)])
            last = max([last, *(m.last for m in clause.mentions if m.has("event") and predication.last <= m.first <= last + 3)])
            near = predication.form != "noun" and not predication.carried and who[0].first >= clause.first
            first = min(predication.first, who[0].first) if near else predication.first
            yield context.finding(
                first,
                last,
                {
                    "event": event,
                    "who": context.reference.fact(actor),
                    "left": left,
                    "left_word": left,
                    "known": entry.end or event.when,
                },
                cite(event, "left"),
            )
            return


def _fall(context: Context, predication: Predication) -> Iterator[Finding]:
    """A town taken by storm that surrendered on terms, taken at a siege that was lifted, or the reverse."""
    reading = context.reading
    clause = reading.clauses[predication.clause]
    manner = next(iter(reading.lexicon.manners.find(reading.tokens, clause.first, clause.last)), None)
    siege = [e for m in clause.mentions for e in context.events(m) if e.type == "siege" and m.last <= predication.first]
    if not siege and _speaks_of_siege(context, clause, predication):
        siege = context_events(context, clause, clause.first, "siege")
    failed = _failed_siege(context, predication, clause) if not siege and manner is None else []
    if siege and predication.form == "noun":
        said, events = "taken", siege[:1]
    elif failed:
        said, events = "taken", failed
    elif manner is not None:
        said, events = str(manner.value), _falls(context, predication)
    else:
        return
    wrong = {"taken": {"lifted", "abandoned"}, "stormed": {"capitulated", "lifted"}, "capitulated": {"stormed", "lifted"}}[said]
    if not events or not all(event.result in wrong for event in events):
        return
    last = max(
        [
            predication.last,
            manner.last if manner else 0,
            *(m.last for m in (*predication.agents, *predication.patients) if m.first >= predication.first),
        ]
    )
    event = events[0]
    results = reading.lexicon.wording.get("facts", {}).get("results", {})
    yield context.finding(
        predication.first, last, {"event": event, "ending": results.get(event.result, event.result)}, cite(event, "result")
    )


def _failed_siege(context: Context, predication: Predication, clause: Clause) -> list[Event]:
    """Sieges of the town at the written time, all of which failed, where no taking of it is known then."""
    if predication.form == "noun" or predication.frame != "conquer":
        return []
    times = _dates(clause)
    if not clause.times:  # «حاصر … سنة …، ثم دخلها»
        sentence = context.reading.before(clause)
        times = next((dates for c in reversed(sentence) if (dates := _dates(c))), [])
    if len(times) != 1:
        return []
    failed = []
    for mention in predication.patients[:1]:
        for target in mention.ids("place"):
            facts = {*context.reference.events_with(target, "target"), *context.reference.events_with(target, "where")}
            for event in sorted((e for fact in facts if (e := context.event(fact))), key=lambda e: e.id):
                if event.when is None or apart(event.when, times[0], 200 if times[0].precision == "year" else 45):
                    continue
                if event.type in ("conquest", "fall", "occupation", "annexation", "battle") or event.result in (
                    "stormed",
                    "capitulated",
                ):
                    return []
                if event.type == "siege" and event.result in ("lifted", "abandoned"):
                    failed.append(event)
    return failed


def _dates(clause: Clause) -> list[Moment]:
    values = [t.mention.value for t in clause.times if t.mention.type == "date"]
    return [v for v in values if v and v.precision in ("day", "month", "season", "year")]


def _speaks_of_siege(context: Context, clause: Clause, predication: Predication) -> bool:
    """Whether the clause begins with «انتهى الحصار», "the siege ended"."""
    reading = context.reading
    if not any(hit.value.frame == "end" for hit in clause.triggers):
        return False
    for index in range(clause.first, predication.first):
        hit = reading.lexicon.event_nouns.at(reading.tokens, index, index + 1)
        if hit and "siege" in hit.value:
            return True
    return False


def _falls(context: Context, predication: Predication) -> list[Event]:
    """Sieges and conquests of the town at the time that the sentence speaks of."""
    reading = context.reading
    sentence = reading.clauses[predication.clause].sentence
    times = [
        t.mention.value
        for c in reading.clauses
        if c.sentence == sentence
        for t in c.times
        if t.mention.type == "date" and t.mention.value
    ]
    topics = [e.when for fact in reading.topic if (e := context.event(fact)) and e.when]
    times += [widen(when, 200) for when in topics]
    out: dict[str, Event] = {}
    for mention in predication.patients:
        for target in mention.ids("place", "polity"):
            for role in ("target", "where"):
                for fact in context.reference.events_with(target, role):
                    event = context.event(fact)
                    if (
                        event
                        and event.when
                        and event.type in ("siege", "conquest", "fall")
                        and any(not apart(event.when, t, 40) for t in times)
                    ):
                        out[event.id] = event
    return list(out.values())


def _left(event: Event, entry: Participant) -> str:
    """How a participant's part ended: as the entry says, or as a town's that was given over."""
    if not entry.left and event.result == "capitulated" and entry.who in event.lost:
        return "capitulation"
    return entry.left


def _ending(context: Context, predication: Predication, clause: Clause, event: Event) -> bool:
    """Whether the clause speaks of the end of the participant's part, not of a retreat in between: the war itself is what
    was left, or the date is that of the end."""
    if predication.frame != "withdraw":
        return True
    for role, mention in predication.others:
        if role in ("من", "from") and any(e.id == event.id or e.type == "war" for e in context.events(mention)):
            return True
    for time in clause.times:
        value = time.mention.value
        if value and event.when and value.start_lo and value.end_hi and event.when.end_lo and event.when.end_hi:
            if value.precision == "day" and value.start_lo - 2 <= event.when.end_hi and event.when.end_lo <= value.end_hi + 2:
                return True
    return event.type == "siege" and event.result in ("capitulated", "stormed")
