"""Whether a town was taken: said to have fallen at a siege that failed, or to have held out at one that took it.

The siege is the one told before in the paragraph, or what the reference has at the town at the time that the text tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..bind import apart
from ..chronology.moment import widen
from ..facts import Event
from ..model import Finding, Moment
from ..named_tuple import NamedTuple
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .context import Context, cite
from .fights import side_of
from .outcome_words import members, phrases

_BACK = 60
"""Words for which a siege or a date stays what the text tells of."""
_MIDST = 45
"""Days by which a date of the story may miss a siege."""
_AROUND = 500
"""Days around a siege in which nothing else may have been done to the town."""

_ARMED = frozenset({"siege", "battle", "conquest", "fall", "occupation", "surrender", "annexation", "raid", "destruction", "invasion"})
_ASSAULTS = frozenset({"battle", "operation", "campaign", "raid"})
_TAKEN = frozenset({"conquest", "fall", "occupation", "surrender", "annexation", "destruction"})


class Said(NamedTuple):
    """A town that is said to have been taken, or not; None where it stands for the town of the siege told before."""

    taken: bool
    town: Mention | None
    agents: tuple[Mention, ...]
    first: int
    last: int


def check(context: Context) -> Iterator[Finding]:
    """All findings."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for said in (*_taken(reading, clause), *_held(reading, clause)):
            event = _refuted(context, clause, said)
            if event is not None:
                results = reading.lexicon.wording.get("facts", {}).get("results", {})
                won = tuple(context.reference.fact(who) or who for who in event.won)
                ending = results.get(event.result, "") or ("" if won else results.get(_ending(context, event), ""))
                values = {"event": event, "ending": ending, "won": () if ending else won}
                yield context.finding(said.first, said.last, values, cite(event, "result" if ending else "won"))
                break


def _taken(reading: Reading, clause: Clause) -> Iterator[Said]:
    """What the clause says of towns taken."""
    for predication in reading.said.get(clause.index, ()):
        if not predication.asserted or predication.frame not in ("conquer", "occupy", "surrender"):
            continue
        if predication.form == "noun" and not _achieved(reading, clause, predication):
            continue
        towns, agents = _towns(reading, predication)
        if len(towns) > 1 or (_enters(reading, predication) and not agents and not _manner(reading, clause)):
            continue
        town = towns[0] if towns else None
        noun = _town_noun(reading, clause, predication) if town is None else None
        if town is None and noun is None and not _pointed(reading, clause, predication):
            continue
        ends = [m.last for m in (*towns, *agents) if m.first >= predication.first]
        starts = [m.first for m in (*towns, *agents) if clause.first <= m.first < predication.first]
        first = min([predication.first, *starts, *([noun] if noun is not None else [])])
        yield Said(True, town, agents, first, max([predication.last, *ends, noun + 1 if noun is not None else 0]))
    for hit in phrases(reading, "fell_to").find(reading.tokens, clause.first, clause.last):
        town = next((m for m in clause.mentions if m.last == hit.first and m.has("place")), None)
        if town is not None and reading.asserted(clause, hit.first):
            agents = tuple(m for m in clause.mentions if hit.last <= m.first <= hit.last + 1 and m.has("person", "polity"))
            yield Said(True, town, agents, town.first, max([hit.last, *(m.last for m in agents)]))


    for hit in phrases(reading, "gave_up").find(reading.tokens, clause.first, clause.last):
        before = [m for m in clause.mentions if m.last <= hit.first]
        if not before or not before[-1].has("place") or not reading.asserted(clause, hit.first):
            continue
        others = [m for m in before if m.has("person", "polity") or (m.has("place") and m is not before[-1])]
        if not others:
            yield Said(True, before[-1], (), before[-1].first, hit.last)


def _towns(reading: Reading, predication: Predication) -> tuple[list[Mention], tuple[Mention, ...]]:
    """What was taken and by whom, as far as the clause names them."""
    agents = () if predication.carried else predication.agents
    behind = [m for role, m in predication.others if role in ("", "علي") and m.has("place") and m.first - predication.last <= 2]
    if predication.frame == "surrender":
        towns = [m for m in agents if _land(m)] or behind[:1]
        return towns, tuple(m for role, m in predication.others if role in ("ل", "to"))
    towns = [m for m in predication.patients if _land(m)]
    if not towns and not predication.patients and reading.lang == "ar":
        towns = behind[:1]
    return towns, tuple(m for m in agents if m not in towns)


def _land(mention: Mention) -> bool:
    """Whether a name may be that of a town or an island rather than of its people."""
    return mention.has("place") or (mention.has("polity") and mention.how == "name")


def _enters(reading: Reading, predication: Predication) -> bool:
    """Whether the verb only says that somebody entered."""
    return reading.tokens[predication.first].norm.lstrip("وف") in reading.lexicon.entering


def _manner(reading: Reading, clause: Clause) -> bool:
    """Whether the clause tells how a town was taken: «عنوة», "by storm"."""
    return bool(reading.lexicon.manners.find(reading.tokens, clause.first, clause.last))


def _achieved(reading: Reading, clause: Clause, predication: Predication) -> bool:
    """Whether a verbal noun tells how a siege ended or what somebody succeeded in: «انتهى الحصار بسقوط المدينة»."""
    near = max(clause.first, predication.first - 5)
    ended = any(hit.value.frame == "end" and hit.last <= predication.first for hit in clause.triggers)
    return ended or bool(reading.lexicon.managed.find(reading.tokens, near, predication.first))


def _pointed(reading: Reading, clause: Clause, predication: Predication) -> bool:
    """Whether a pronoun stands for the town of the siege, or nothing: «فدخلها عنوة», «فسقطت في يده», "it fell"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if (predication.agents and predication.frame == "surrender") or predication.patients or predication.form == "noun":
        return False
    if reading.lang != "ar":
        return predication.form == "passive" and tokens[predication.first - 1].norm == "it" and predication.first - clause.first <= 2
    norm = tokens[predication.first].norm
    if predication.form == "verb":
        return norm.endswith("ها") and predication.frame != "surrender"
    behind = tokens[predication.last].norm if predication.last < len(tokens) else ""
    return norm.endswith("ت") and (behind in lexicon.prepositions or tokens[min(predication.last, len(tokens) - 1)].kind == "mark")


def _town_noun(reading: Reading, clause: Clause, predication: Predication) -> int | None:
    """Where «المدينة», "the city" stands as what was taken, for the town of the siege; None where nothing stands for it."""
    tokens = reading.tokens
    nouns = members(reading, "towns")
    if reading.lang != "ar":
        at = predication.first - 1
        while at > clause.first and (tokens[at].norm in reading.lexicon.auxiliaries | reading.lexicon.pluperfect):
            at -= 1
        fell = predication.form == "passive" or predication.frame == "surrender"
        here = at if fell else next((k for k in range(predication.last, min(predication.last + 3, clause.last)) if tokens[k].norm in nouns), -1)
        return here if here > 0 and tokens[here].norm in nouns and tokens[here - 1].norm == "the" else None
    for k in range(predication.last, min(predication.last + 4, clause.last)):
        norm = tokens[k].norm
        if norm in nouns:
            return k if not (k + 1 in reading.mention_at or tokens[min(k + 1, len(tokens) - 1)].norm.startswith("ال")) else None
        if k not in reading.mention_at and tokens[k].kind != "word":
            return None
    return None


def _held(reading: Reading, clause: Clause) -> Iterator[Said]:
    """What the clause says of towns that were not taken."""
    if reading.in_quotation(clause.first):
        return
    if phrases(reading, "at_first").find(reading.tokens, clause.first, clause.last):
        return
    for hit in phrases(reading, "held").find(reading.tokens, clause.first, clause.last):
        towns = [m for m in clause.mentions if m.has("place") and not m.has("person") and m.how == "name"]
        doubts = [d for d in clause.doubts if d.value != "negation" and not hit.first <= d.first < hit.last]
        save = doubts or any(reading.tokens[k].norm in reading.lexicon.exceptives for k in range(hit.first, clause.last))
        if len(towns) <= 1 and not save and not _taken_before(reading, clause, hit.first) and not _taken_after(reading, clause, hit.last):
            yield Said(False, towns[0] if towns else None, (), hit.first, hit.last)


def _taken_before(reading: Reading, clause: Clause, at: int) -> bool:
    """Whether the sentence has told before that a town was taken: «فتح القسطنطينية بعد أن عجز عن فتحها من سبقه»."""
    here = [c for c in reading.clauses[: clause.index + 1] if c.sentence == clause.sentence]
    return any(p.frame == "conquer" and p.form != "noun" and p.first < at for c in here for p in reading.said.get(c.index, ()))


def _taken_after(reading: Reading, clause: Clause, at: int) -> bool:
    """Whether the paragraph goes on to tell that the town, or something unnamed, was taken."""
    stop = reading.sentences[min(clause.sentence + 1, len(reading.sentences) - 1)][1]
    told = {fact for m in named_in(reading, reading.sentences[clause.sentence][0], at) for fact in m.ids("place", "polity")}
    for other in reading.clauses[clause.index : clause.index + 8]:
        if other.first >= stop or any(reading.tokens[k].norm == "\n" for k in range(at, other.first)):
            return False
        for predication in reading.said.get(other.index, ()):
            if predication.frame not in ("conquer", "surrender") or predication.first < at:
                continue
            named = {fact for m in (*predication.patients, *predication.agents) for fact in m.ids("place")}
            if not named or named & told:
                return True
    return False


def _refuted(context: Context, clause: Clause, said: Said) -> Event | None:
    """The siege that ended otherwise than a text says."""
    sieges = _siege_told(context, clause, said) if said.town is None else _near(context, clause, said, [said.town])
    if not sieges or not all(_ending(context, event) == ("failed" if said.taken else "taken") for event in sieges):
        return None
    if any(not _attacked(context, event, agent) for event in sieges for agent in said.agents):
        return None
    event = sieges[0]
    if not said.taken and _on_the_day(context, clause, said, event):
        return event
    for town in event.target or event.where[:1]:
        for other in _armed(context, town):
            if other.id == event.id or other.when is None or event.when is None or apart(other.when, event.when, _AROUND):
                continue
            if _ending(context, other) != ("failed" if said.taken else "taken"):
                return None
    return event


def _on_the_day(context: Context, clause: Clause, said: Said, event: Event) -> bool:
    """Whether the text dates what it says to the days on which a town fell."""
    time = _time(context, clause, said.first)
    short = event.when is not None and event.when.precision == "day" and event.type in _TAKEN
    return short and time is not None and time.precision == "day" and event.when is not None and not apart(event.when, time, 3)


def _attacked(context: Context, event: Event, mention: Mention) -> bool:
    """Whether somebody may have been among those who attacked a town."""
    for actor in mention.ids("person", "polity"):
        attacking = {i for who in event.by for i in side_of(context, event, who)}
        if actor in event.by or (attacking and side_of(context, event, actor) and side_of(context, event, actor) <= attacking):
            return True
    return False


def _ending(context: Context, event: Event) -> str:
    """failed or taken, "" where the reference does not say how a siege ended."""
    if event.result in ("lifted", "abandoned"):
        return "failed"
    if event.result in ("stormed", "capitulated") or event.type in _TAKEN:
        return "taken"
    attacking = {i for who in event.by for i in side_of(context, event, who)}
    won = {i for who in event.won for i in side_of(context, event, who)}
    if not (event.type == "siege" or _assault(event)) or len(attacking) != 1 or len(won) != 1:
        return ""
    return "taken" if attacking == won else "failed"


def _assault(event: Event) -> bool:
    """Whether a battle or campaign was for a town, as its target says."""
    return event.type in _ASSAULTS and bool(event.by and event.target)


def _at_town(event: Event, town: str) -> bool:
    """Whether an event was a deed of arms against a town, or at it."""
    if town in event.target and _assault(event):
        return True
    return event.type in _ARMED and (town in event.target or town in event.where[:1])


def _armed(context: Context, town: str) -> list[Event]:
    """What was done to a town by arms."""
    facts = {*context.reference.events_with(town, "target"), *context.reference.events_with(town, "where")}
    return [e for fact in sorted(facts) if (e := context.event(fact)) and _at_town(e, town)]


def _siege_told(context: Context, clause: Clause, said: Said) -> list[Event]:
    """The siege that the paragraph told last before, by its name, as a deed, or as what befell a town named then."""
    reading = context.reading
    near = reading.clauses[max(0, clause.index - 3) : clause.index + 1]
    spoken = not said.taken or any(hit.value.frame == "besiege" for c in near for hit in c.triggers)
    verbs = (hit for c in reading.clauses[max(0, clause.index - 8) : clause.index + 1] for hit in c.triggers)
    unknown = {h.first for h in verbs if h.value.frame == "besiege" and h.value.form == "verb" and not h.value.suffix and _active(reading, h.first)}
    for index in range(said.first - 1, max(0, said.first - _BACK), -1):
        if reading.tokens[index].norm == "\n" or index in unknown:
            return []
        mention = reading.mention_at.get(index)
        if mention is None or mention.first != index:
            continue
        found = [e for e in context.events(mention) if e.type == "siege" or _assault(e)]
        if not found and (spoken or mention.first >= clause.first) and _land(mention) and not mention.has("person"):
            found = _near(context, clause, said, [mention])
        if found or _gone_to(reading, clause, mention):
            return found
    return []


def _gone_to(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a town is named, in the sentence of a clause, as the one that somebody went to or against: «جاء الأسطول إلى الإسكندرية فارتدّ عنها»."""
    start = reading.sentences[clause.sentence][0]
    town = _land(mention) and mention.how == "name" and not mention.has("person", "event")
    return town and mention.first >= start and preposition(reading, mention) in _WHITHER


_WHITHER = frozenset({"الي", "علي", "نحو", "to", "on", "upon", "against", "towards"})


def _active(reading: Reading, index: int) -> bool:
    """Whether a verb of besieging has its town behind it: it is not "was besieged"."""
    return reading.tokens[index - 1].norm not in reading.lexicon.auxiliaries if index else True


def _near(context: Context, clause: Clause, said: Said, towns: Iterable[Mention]) -> list[Event]:
    """The sieges of a town at the time that the text tells, and what else took it."""
    time = _time(context, clause, said.first)
    if time is None:
        return []
    found = {}
    for mention in towns:
        for town in mention.ids("place", "polity"):
            for event in _armed(context, town):
                of_town = event.type == "siege" or event.type in _TAKEN or (_assault(event) and town in event.target)
                if of_town and event.when is not None and not apart(event.when, time, _MIDST):
                    found[event.id] = event
    return list(found.values())


def _time(context: Context, clause: Clause, at: int) -> Moment | None:
    """The date of the clause, else the last one before it in the paragraph."""
    reading = context.reading
    heads = reading.lexicon.relatives | reading.lexicon.pronouns
    relative = next((k for k in range(at, clause.last) if reading.tokens[k].norm in heads), clause.last)
    for time in sorted(clause.times, key=lambda time: (time.first > relative, -time.first)):  # «… وهي المدينة التي عجز عنها … سنة»
        value = time.mention.value
        if time.mention.type == "date" and value is not None and value.precision in ("day", "month", "season", "year"):
            return value
    start = at
    while start > max(0, at - _BACK) and reading.tokens[start - 1].norm != "\n":
        start -= 1
    before: Sequence[Moment] = [
        t.mention.value
        for t in reading.times_from(start, at)
        if t.mention.type == "date" and t.mention.value is not None and t.mention.value.precision in ("day", "month", "season", "year")
    ]
    return widen(before[-1], 200) if before and before[-1].precision != "year" else before[-1] if before else None
