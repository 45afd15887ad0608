"""What a statement of order speaks of: the event, deed, death or founding that stands behind "after", or that a clause tells.

A `Term` is one side of such a statement; its facts are alternatives. The lookups that `deeds` offers to all checks come first;
what only holds in company (a battle told by its place alone, a town taken by nobody named) is `loose`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..bind import apart, date_of, part_of
from ..facts import Event
from ..lexicon import Hit
from ..model import Moment
from ..named_tuple import NamedTuple
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading, Time
from ..tag.entities import Mention
from ..tag.numbers import read as read_number
from .context import Context
from .deeds import TYPES, done_to, known
from .fights import CLASHES, Known, called, fight_of, fights, told_by_place

_STATES = frozenset({"state", "empire", "dynasty", "organisation"})
_EDGES = {"begin": "start", "end": "end"}


class Term(NamedTuple):
    """Where one side stands and what it may be. `written` is the date that the text itself gives for it."""

    first: int
    last: int
    facts: tuple[Known, ...] = ()
    edge: str = "whole"
    deed: bool = False
    loose: bool = False
    written: Time | None = None

    def moments(self) -> list[Moment]:
        """When it may have been."""
        if self.written is not None and self.written.mention.value is not None:
            return [self.written.mention.value, *self.written.mention.readings]
        return [part_of(item.when, self.edge) for item in self.facts]


def term_at(context: Context, clause: Clause, at: int) -> Term | None:
    """What is named or told at token `at` of a clause: an event, the start or end of one, a deed."""
    reading = context.reading
    if at < clause.last and reading.tokens[at].norm in reading.lexicon.pointing:
        return pointed(context, clause, at)
    edge, first = "whole", at
    for hit in clause.triggers:
        if at <= hit.first <= at + 1 and hit.value.frame in _EDGES:
            edge, at = _EDGES[hit.value.frame], hit.last
            first = hit.first
            break
    for mention in clause.mentions:
        if at <= mention.first <= at + _described(context, clause, at) and mention.has("event"):
            if any(doubt.value == "plan" and at <= doubt.first < mention.first for doubt in clause.doubts):
                return None  # «بعد أن حاولوا اغتيال السادات»
            facts = events_of(context, mention)
            begin = first if edge != "whole" or reading.lang != "ar" else mention.first
            return Term(begin, mention.last, facts, edge) if facts else None
    if edge != "whole":
        return None
    for predication in reading.said.get(clause.index, ()):
        if predication.asserted and (at <= predication.first <= at + 1 or _finite(reading, clause, predication, at)):
            term = _deed(context, clause, predication, first)
            return term if term is not None and not term.loose else _told_with_date(context, clause, predication) or term
    return _battle(context, clause, at)


def _told_with_date(context: Context, clause: Clause, predication: Predication) -> Term | None:
    """«بعد انتصار الشيوعيين في الصين عام 1949م»: a deed behind "after" that the text itself dates."""
    reading = context.reading
    for time in clause.times:
        if not 0 <= time.first - predication.last <= 7:
            continue
        between = range(predication.last, time.first)
        busy = any(predication.last <= hit.first < time.first for hit in (*clause.triggers, *clause.relations))
        if busy or any(reading.tokens[k].kind == "mark" for k in between) or not plain_date(time):
            return None
        return Term(predication.first, time.last, deed=True, written=time)
    return None


def plain_date(time: Time) -> bool:
    """Whether a time is a date with its year, as written."""
    mention = time.mention
    return mention.type == "date" and not mention.relation and not mention.anchor and "year" in dict(mention.parts)


def _battle(context: Context, clause: Clause, at: int) -> Term | None:
    """ "Ten years after Crécy", «بعد نزيب»: a battle by the second half of its name."""
    reading = context.reading
    if at >= clause.last or reading.tokens[at].kind != "word":
        return None
    mention = reading.mention_at.get(at)
    if mention is not None and (mention.has("person", "polity") or not mention.has("place") or mention.first != at):
        return None
    last = mention.last if mention is not None else at + 1
    if last < clause.last and any(hit.first == last and hit.value.form != "noun" for hit in clause.triggers):
        return None  # "after Hiroshima was bombed"
    facts = tuple(Known(e.when, e) for e in called(context, at, last) if e.when)
    return Term(at, last, facts) if facts else None


def events_of(context: Context, mention: Mention) -> tuple[Known, ...]:
    """The times of an event that is named, where all that the name may mean are dated."""
    facts = tuple(Known(e.when, e) for e in context.events(mention) if e.when)
    if _numbered(context.reading, mention) or _of_another_year(context.reading, mention, facts):
        return ()
    places = mention.ids("place")  # "after Crécy": the battle, not the village
    return facts if len(facts) == len([i for i in mention.ids() if i not in places]) else ()


def _numbered(reading: Reading, mention: Mention) -> bool:
    """Whether an ordinal that is no part of the name says which of several it was: "the first siege of Constantinople"."""
    number = read_number(reading.numbers, mention.last if reading.lang == "ar" else mention.first - 1) if mention.first else None
    return bool(number and number.ordinal)


def _of_another_year(reading: Reading, mention: Mention, facts: Sequence[Known]) -> bool:
    """Whether a year in brackets follows that is not that of any of the facts."""
    tokens = reading.tokens
    if mention.last + 1 >= len(tokens) or tokens[mention.last].norm != "(":
        return False
    time = reading.time_at.get(mention.last + 1)
    if time is None or time.mention.value is None:
        return tokens[mention.last + 1].kind == "number"
    written = time.mention.value
    return any(apart(written, item.when, 366) for item in facts)


def _described(context: Context, clause: Clause, at: int) -> int:
    """How far behind "after" the name of an event may stand: "after the great battle of …" in English."""
    reading = context.reading
    if reading.lang == "ar":
        return 1
    reach = 1
    while reach < 3 and at + reach < clause.last:
        index = at + reach - 1
        token = reading.tokens[index]
        busy = token.kind != "word" or index in reading.mention_at or any(hit.first == index for hit in clause.triggers)
        if busy or reading.lexicon.relations.at(reading.tokens, index, clause.last):
            break
        reach += 1
    return reach


def _finite(reading: Reading, clause: Clause, predication: Predication, at: int) -> bool:
    """Whether an English clause begins at token `at` that has this verb: "after Lincoln had been shot"."""
    if reading.lang == "ar" or predication.form == "noun" or not at < predication.first <= at + 7:
        return False
    if any(reading.tokens[k].kind != "word" for k in range(at, predication.first)):
        return False
    subject = [m for m in (*predication.agents, *predication.patients) if at <= m.first < predication.first]
    lexicon = reading.lexicon
    alone = subject[-1] if subject else None
    if reading.tokens[at].norm in lexicon.pronouns and predication.carried and not named_in(reading, at, predication.first):
        return all(reading.tokens[k].norm in lexicon.auxiliaries | lexicon.pluperfect for k in range(at + 1, predication.first))
    if alone is None or any(hit.first < predication.first for hit in clause.triggers if hit.first >= at):
        return False
    light = lexicon.auxiliaries | lexicon.pluperfect | lexicon.carriers | lexicon.glue | lexicon.forces
    spare = [k for k in range(at, predication.first) if k not in reading.mention_at and reading.tokens[k].norm not in light]
    return not spare and not any(m is not alone for m in named_in(reading, at, predication.first) if m.how != "demonym")


def _deed(context: Context, clause: Clause, predication: Predication, first: int) -> Term | None:
    reading = context.reading
    named = [
        m
        for role, m in predication.others
        if m.has("event")
        and role not in ("من", "from")
        and 0 <= m.first - predication.last <= 5
        and not any(_joins(reading, k) for k in range(predication.last, m.first))
        and not any(predication.last <= hit.first < m.first for hit in (*clause.triggers, *_goings(reading, clause)))
    ]
    if predication.form == "noun" and not predication.agents:
        predication = _possessed(reading, clause, predication)
    if predication.form == "noun" and not predication.patients:
        predication = his_end(context, clause, predication)
    facts: Sequence[Known] = [Known(e.when, e) for m in named[:1] for e in context.events(m) if e.when]
    loose = False
    if not facts:
        facts, loose = facts_of(context, clause, predication)
    if not facts:
        return None
    ends = [m.last for m in (*predication.agents, *predication.patients) if m.first >= predication.first]
    end = max([predication.last, *ends])
    end = max([end, *(m.last for m in named[:1])])
    while end < clause.last and reading.tokens[end].norm in reading.lexicon.pronoun_phrases:
        end += 1
    return Term(first, end, tuple(facts), deed=True, loose=loose)


def _joins(reading: Reading, at: int) -> bool:
    """Whether a comma and "and" stand at a token, behind which something else is told: «بعد مقتل غوت، وكسب معركة العلمين»."""
    tokens = reading.tokens
    joined = at + 1 < len(tokens) and (tokens[at + 1].norm in reading.lexicon.joins or (reading.lang == "ar" and tokens[at + 1].norm[:1] in "وف"))
    return tokens[at].norm in (",", "،") and joined


def his_end(context: Context, clause: Clause, predication: Predication) -> Predication:
    """«بعد وفاته»: of the one man of whom this sentence and the one before speak."""
    reading = context.reading
    hit = next((hit for hit in clause.triggers if hit.first == predication.first), None)
    norm = reading.tokens[predication.last - 1].norm
    if hit is None or not hit.value.suffix or norm.endswith(("ها", "هم", "هما")) or predication.frame not in ("die", "kill"):
        return predication
    start = reading.sentences[max(0, clause.sentence - 1)][0]
    people = {m.ids("person"): m for m in named_in(reading, start, predication.first) if m.has("person")}
    if len(people) != 1:
        return predication
    man = next(iter(people.values()))
    topic = reading.topic[:1]
    return predication._replace(patients=(man,)) if not topic or man.ids("person") == topic or not context.entity(topic[0]) else predication


def _goings(reading: Reading, clause: Clause) -> list[Hit]:
    return reading.lexicon.going.find(reading.tokens, clause.first, clause.last)


def _possessed(reading: Reading, clause: Clause, predication: Predication) -> Predication:
    """«قبل استيلائهم على القدس»: a verbal noun with a pronoun, done by the subject of the clause to what stands behind على."""
    hit = next(hit for hit in clause.triggers if hit.first == predication.first)
    if not hit.value.suffix or reading.lexicon.of.get(predication.frame) == "agent":
        return predication
    objects = reading.lexicon.objects.get(predication.frame, ())
    behind = [m for role, m in predication.others if role and role in objects and m.first - predication.last <= 2]
    doers = [p for p in reading.said.get(clause.index, ()) if p.form == "verb" and p.agents and not p.carried]
    if not behind or not doers:
        return predication
    return predication._replace(agents=doers[-1].agents, patients=(behind[0],))


def facts_of(
    context: Context, clause: Clause, predication: Predication, without: tuple[int, int] = (0, 0)
) -> tuple[list[Known], bool]:
    """The facts that a predication may speak of, what stands at `without` left aside; and whether they are but likely."""

    def own(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        return tuple(m for m in mentions if not without[0] <= m.first < without[1])

    predication = predication._replace(
        agents=own(predication.agents),
        patients=own(predication.patients),
        others=tuple((role, m) for role, m in predication.others if not without[0] <= m.first < without[1]),
    )
    clause = clause._replace(mentions=own(clause.mentions))
    found = known(context, predication) if predication.frame != "win" else []
    if not found and predication.frame in ("win", "lose"):
        found = [Known(e.when, e) for e in fights(context, predication, clause) if e.when]
        return found or told_by_place(context, predication, clause), False
    if not found and predication.frame in ("surrender", "meet"):
        return told_by_place(context, predication, clause), False
    if not found and predication.frame in ("conquer", "occupy", "besiege") and not predication.agents and not predication.carried:
        return [k for k in done_to(context, predication) if isinstance(k.fact, Event)], True
    return found, False


def pointed(context: Context, clause: Clause, at: int) -> Term | None:
    """ "After this victory", «بعد هذه الهزيمة», «ردا على هذا القرار»: what the sentence or two before spoke of."""
    reading = context.reading
    tokens, lexicon = reading.tokens, reading.lexicon
    if at + 1 >= clause.last or tokens[at].norm not in lexicon.pointing or at + 2 in reading.mention_at:
        return None
    noun = lexicon.event_nouns.at(tokens, at + 1, at + 2)
    fight = lexicon.fight_nouns.at(tokens, at + 1, at + 2) or (noun and CLASHES & set(noun.value))
    if not fight and not (noun and set(noun.value) <= _ACTS):
        return None
    for other in reversed(reading.clauses[: clause.index]):
        if clause.sentence - other.sentence > 2:
            break
        facts = fight_of(context, other) if fight or noun is None else _last_of(context, other, set(noun.value))
        if facts:
            return Term(at, at + 2, tuple(facts)) if len({item.fact.id for item in facts}) == 1 else None
    return None


_ACTS = TYPES["sign"] | {"law", "reform", "resolution", "independence", "massacre", "assassination", "visit", "speech", "coup"}
"""Types of event that happen on a day, and to which «هذا القرار» may point."""


def _last_of(context: Context, clause: Clause, types: set[str]) -> list[Known]:
    """The last event of some types that a clause names."""
    for mention in reversed(clause.mentions):
        facts = [Known(e.when, e) for e in context.events(mention) if e.when and e.type in types]
        if facts:
            return facts
    return []


def mains(context: Context, clause: Clause, start: int, stop: int) -> Iterator[Term]:
    """What a clause states to have happened, leaving out the tokens `start` to `stop`: its deeds, and events that it says were."""
    reading = context.reading
    for predication in _own(reading, clause, start, stop):
        if predication.patients and not predication.agents and all(start <= m.first < stop for m in predication.patients):
            continue  # «تأسست عقب انهيار الدولة العثمانية»: who was founded stands elsewhere
        facts, loose = facts_of(context, clause, predication, (start, stop))
        if facts:
            ends = [m.last for m in (*predication.agents, *predication.patients) if m.first >= predication.first]
            ends += [m.last for _, m in predication.others if m.has("event") and not start <= m.first < stop]
            last = max([predication.last, *(e for e in ends if e <= start or start < predication.first or predication.first < start)])
            yield Term(predication.first, last, tuple(facts), loose=loose)
    yield from states(context, clause, start, stop)
    yield from _happened(context, clause, start, stop)
    yield from _aimed(context, clause, start, stop)


def _own(reading: Reading, clause: Clause, start: int, stop: int) -> list[Predication]:
    def counts(p: Predication) -> bool:
        if not p.asserted or p.form == "noun" or start <= p.first < stop or _another(reading, clause, p):
            return False
        if not p.carried:
            return True
        if any(m.has("event") and 0 <= m.first - p.last <= 2 for m in p.patients):
            return p.frame == "sign"
        begin = reading.sentences[clause.sentence][0]
        who = p.patients if p.form == "passive" else p.agents
        if p.frame not in ("kill", "die", "found", "build", "born") or not any(m.first >= begin for m in who):
            return False
        people = {m.ids() for m in named_in(reading, begin, p.first) if m.has("person")}
        return not who[0].has("person") or people == {who[0].ids()}

    return [p for p in reading.said.get(clause.index, ()) if counts(p)]


def _another(reading: Reading, clause: Clause, predication: Predication) -> bool:
    """Whether an English verb has a name for its subject that the reference does not know: "after he resigned Ford became …"."""
    if any(m.has("event") and 0 <= m.first - predication.last <= 2 for m in clause.mentions):
        return False  # the event is the same, whoever won it
    at = predication.first - 1
    while at > clause.first and reading.tokens[at].norm in reading.lexicon.auxiliaries | reading.lexicon.pluperfect:
        at -= 1
    if reading.lang == "ar" or at <= clause.first or at in reading.mention_at or at in reading.time_at:
        return False
    token = reading.tokens[at]
    return token.kind == "word" and reading.document.text[token.start].isupper()


def states(context: Context, clause: Clause, start: int, stop: int) -> Iterator[Term]:
    """«أُعلن قيام الجمهورية»: beginnings and ends of states."""
    for hit in clause.triggers:
        if hit.value.frame not in ("begin", "found", "dissolve") or start <= hit.first < stop:
            continue
        for mention in clause.mentions:
            if mention.has("polity") and mention.how == "name" and 0 <= mention.first - hit.last <= 1:
                states = [
                    e for fact in mention.ids("polity") if (e := context.entity(fact)) and e.existed and e.subkind in _STATES
                ]
                facts = tuple(Known(e.existed, e, "existed") for e in states if e.existed)
                if facts and len(facts) == len(mention.ids()):
                    yield Term(hit.first, mention.last, facts, "end" if hit.value.frame == "dissolve" else "start")


def _happened(context: Context, clause: Clause, start: int, stop: int) -> Iterator[Term]:
    """ "The war broke out", «وقعت معركة …»."""
    reading = context.reading
    for hit in clause.triggers:
        if hit.value.frame not in ("begin", "end", "happen") or start <= hit.first < stop or hit.value.form == "noun":
            continue
        edge = _EDGES.get(hit.value.frame, "whole")
        place = _battle(context, clause, hit.last) if reading.lang == "ar" and not start <= hit.last < stop else None
        if place is not None:  # «وقعت الريدانية»
            yield place._replace(first=hit.first, edge=edge)
        for mention in clause.mentions:
            if not mention.has("event") or start <= mention.first < stop:
                continue
            if reading.lang != "ar" and 0 <= hit.first - mention.last <= 2:
                facts = events_of(context, mention)
                if facts:
                    yield Term(mention.first, hit.last, facts, edge)
                continue
            between = reading.tokens[hit.last : mention.first] if mention.first >= hit.last else ()
            if mention.first >= hit.last and len(between) <= 1 and not any(t.kind == "mark" for t in between):
                facts = events_of(context, mention)
                if facts:
                    yield Term(hit.first, mention.last, facts, edge)


def _aimed(context: Context, clause: Clause, start: int, stop: int) -> Iterator[Term]:
    """ "Flew to Moscow to sign the SALT I agreement", «سار إلى حطين»: an event that somebody went for."""
    reading = context.reading
    for hit in _goings(reading, clause):
        if start <= hit.first < stop or not reading.asserted(clause, hit.first):
            continue
        for mention in clause.mentions:
            if not 0 <= mention.first - hit.last <= 4 or start <= mention.first < stop or not mention.has("event"):
                continue
            if hit.value == "marched" and preposition(reading, mention) not in reading.lexicon.going_to:
                continue
            if hit.value == "to_sign" and mention.first - hit.last > 2:
                continue
            facts = events_of(context, mention)
            if facts:
                yield Term(hit.first, mention.last, facts)
            break


def dated(context: Context, clause: Clause, start: int, stop: int) -> Iterator[Term]:
    """The deeds of a clause to which it gives a date of its own, outside the tokens `start` to `stop`."""
    reading = context.reading
    for hit in clause.triggers:
        if hit.value.form == "noun" or start <= hit.first < stop or not reading.asserted(clause, hit.first):
            continue
        found = date_of(reading, clause, hit.first, hit.last)
        if found is None or found.close or start <= found.time.first < stop or found.part != "whole":
            continue
        if plain_date(found.time):
            yield Term(hit.first, max(hit.last, found.time.last), written=found.time)


def last_verb(clause: Clause, stop: int) -> Hit | None:
    """The last verb of a clause from token `stop` on."""
    return next((hit for hit in reversed(clause.triggers) if hit.first >= stop and hit.value.form != "noun"), None)
