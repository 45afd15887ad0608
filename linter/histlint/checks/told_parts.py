"""What a part of a sentence tells of: the events that it names, deeds, fights at a place, states begun, dates.

The two parts between which a sentence puts a word of sequence (see `joints`) are asked alike; what stands behind "after" need not be
asserted, what follows it must be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..bind import apart, part_of, subjects
from ..facts import Event
from ..model import Moment
from ..normalise import stems
from ..prepositions import preposition
from ..reading import Clause, Predication, Reading, Time
from ..tag.entities import Mention
from .context import Context, participants
from .deeds import PARTING, TYPES, known
from .fights import CLASHES, Known, called
from .nouns import recalled
from .retold import retold
from .tellings import tellings
from .terms import Term, events_of, facts_of, his_end, plain_date, pointed, states

_MARGIN = 20
"""Days by which a date may differ from that of a deed."""

def told(context: Context, clauses: Sequence[Clause], first: int, last: int, *, landmark: bool) -> list[Term]:
    """What a part of the sentence tells of, in the order of its words."""
    slot = ("told", first, last, landmark)
    if slot not in context.memo:
        context.memo[slot] = _told(context, clauses, first, last, landmark)
    found: list[Term] = context.memo[slot]
    return found


def _told(context: Context, clauses: Sequence[Clause], first: int, last: int, landmark: bool) -> list[Term]:
    reading = context.reading
    out: list[Term] = []
    for clause in clauses:
        start, stop = max(clause.first, first), min(clause.last, last)
        if start >= stop:
            continue
        if landmark and start == first:
            out += _in_front(context, clause, start, stop)
        here = _of_clause(context, clauses, clause, start, stop, landmark)
        if not landmark:
            here = [t for t in here if t.written is None or t.first - first <= _FAR]
            here = [t for t in here if not _behind_relation(reading, clause, first, t.first) and not _earlier(reading, t, start, stop)]
        out += [term for term in here if not any(_over(term, other) for other in out)]
    if landmark and not out:
        return [Term(t.first, t.last, written=t) for t in reading.times_from(first, last) if plain_date(t)]
    sure = [term for term in out if len(term.facts) <= _VAGUE and (landmark or not _anaphor(reading, term))]
    out = sorted(sure or out, key=lambda term: term.first)
    return out if landmark else _dated_by_start(reading, out)


def _dated_by_start(reading: Reading, terms: list[Term]) -> list[Term]:
    """The same, where something long is told with the date of its beginning: "blockaded Berlin in June 1948" tells how it began."""
    dates = [term for term in terms if term.written is not None]
    if len(dates) != 1:
        return terms
    (date,), clause = dates[0].moments()[:1], reading.clause_at[dates[0].first]
    return [t._replace(edge="start") if reading.clause_at[t.first] == clause and _begins(t, date) else t for t in terms]


def _begins(term: Term, date: Moment) -> bool:
    """Whether all that something may mean began at a date and lasted longer."""
    if term.written is not None or term.edge != "whole" or not term.facts:
        return False
    ends = [item.when.end_lo for item in term.facts]
    long = all(end is not None and date.end_hi is not None and end > date.end_hi for end in ends)
    return long and not any(apart(part_of(item.when, "start"), date) for item in term.facts)


def _earlier(reading: Reading, term: Term, first: int, last: int) -> bool:
    """Whether the words between two commas around something look back: "and by that time revolution had broken out"."""
    marks = [k for k in range(first, last) if reading.tokens[k].norm in _MARKS]
    start = max((k for k in marks if k < term.first), default=first)
    stop = min((k for k in marks if k >= term.last), default=last)
    return any(reading.tokens[k].norm in reading.lexicon.pluperfect for k in range(start, stop))


_PLANNED = 1
"""Words between a plan and what was planned."""
_FAR = 25
"""Words from the beginning of a part within which its date is told."""
_MARKS = frozenset([",", "،", ";", "؛"])


def _anaphor(reading: Reading, term: Term) -> bool:
    mention = reading.mention_at.get(term.first)
    return mention is not None and mention.how == "anaphor"


def _over(one: Term, other: Term) -> bool:
    return one.first < other.last and other.first < one.last


def _of_clause(context: Context, clauses: Sequence[Clause], clause: Clause, first: int, last: int, landmark: bool) -> list[Term]:
    """What a clause tells of between two tokens: by names, by half a name, by a date, by deeds, by the words of a name."""
    reading = context.reading
    out: list[Term] = []
    for mention in clause.mentions:
        if not first <= mention.first < last or not (landmark or _asserted(reading, clause, mention.first, first)):
            continue
        if (not landmark and _in_passing(reading, mention, first)) or (mention.how == "anaphor" and _called_so(reading, mention)):
            continue
        facts = events_of(context, mention) if mention.has("event") else _fought(context, mention)
        if facts:
            edge = _edge(reading, clause, mention, facts) if landmark else "start" if _begun(reading, clause, mention) else "whole"
            out.append(Term(mention.first, mention.last, tuple(facts), edge))
    out += [term for term in states(context, clause, 0, 0) if first <= term.first < last]
    out += _by_half(context, clause, first, last, out)
    out += _gathered(context, clause, first, last)
    if not landmark:
        out += _dated(reading, clause, first, last)
    for predication in reading.said.get(clause.index, ()):
        here = not predication.carried or any(m.first >= clauses[0].first and m.has("polity") for m in predication.agents)
        if any(d.value == "plan" and 0 <= predication.first - d.last <= _PLANNED for d in clause.doubts):
            continue  # «همّوا باغتيال النبي»
        if not first <= predication.first < last or not here or not (landmark or _asserted(reading, clause, predication.first, first)):
            continue
        if any(term.first <= predication.first < term.last for term in out):
            continue  # the noun of a name
        if predication.form != "noun" and any(h.first == predication.first and h.value.suffix for h in clause.triggers):
            if not any(m.first >= predication.last for m in (*predication.agents, *predication.patients)):
                continue  # «فحاصرته مياه الفيضان»
        if predication.form == "noun" and not predication.patients:
            predication = his_end(context, clause, predication)
        facts, loose = facts_of(context, clause, predication)
        facts = _of_the_day(reading, clause, facts or _taken(context, predication))
        facts = _named_here(context, clause, facts, first, last)
        if facts and (not loose or predication.form == "noun" or (landmark and predication.form == "passive")):
            ends = [m.last for m in (*predication.agents, *predication.patients) if predication.first <= m.first < last]
            edge = "end" if landmark and predication.frame in _FALLS and _taking(Term(0, 0, tuple(facts))) else "whole"
            edge = "start" if not landmark and predication.frame in _BEGUN else edge
            out = [term for term in out if not _is_part(predication, facts, term)]
            out.append(Term(predication.first, max([predication.last, *ends]), tuple(facts), edge, deed=True))
    for term in (*retold(context, clause, first, last), *_tellings(context, clause, first, last)):
        over = [one for one in out if _over(one, term)]
        if landmark and _of_a_fall(reading, clause, term) and _taking(term):
            term = term._replace(edge="end")
        ids = {item.fact.id for item in term.facts}
        if not any(len(one.facts) <= len(term.facts) + _VAGUE and not ids < {item.fact.id for item in one.facts} for one in over):
            out = [*(one for one in out if one not in over), term]
    return out


def _tellings(context: Context, clause: Clause, first: int, last: int) -> Iterator[Term]:
    """What two tokens hold that is told in words that the reference has for it."""
    for told in tellings(context).get(clause.index, ()):
        if first <= told.first and told.last <= last and told.event.when and context.reading.told(clause, max(told.words)):
            yield Term(told.first, told.last, (Known(told.event.when, told.event),))


def _of_a_fall(reading: Reading, clause: Clause, term: Term) -> bool:
    """Whether something is told as the fall or surrender of a place, by a verb or a noun at the head of a name."""
    head = reading.lexicon.nouns.at(reading.tokens, term.first, term.last)
    if head is not None and head.value.frame in _FALLS:
        return True
    return any(h.value.frame in _FALLS and term.first <= h.first < term.last for h in clause.triggers)


def _called_so(reading: Reading, mention: Mention) -> bool:
    """Whether what looks like a word for an event told before is a name, or has its parties behind it: "Congress", «الصراع بين …»."""
    single = mention.last - mention.first == 1
    if reading.lang != "ar" and single and reading.document.text[reading.tokens[mention.first].start].isupper():
        return True
    role = reading.lexicon.roles.at(reading.tokens, mention.last, len(reading.tokens)) if mention.last < len(reading.tokens) else None
    return role is not None and role.value == "between"


_FALLS = frozenset({"conquer", "surrender", "finish", "dissolve", "end"})
"""Deeds behind which, under "after", the whole was over."""


_BEGUN = frozenset({"besiege", "invade", "land"})
"""Deeds that tell how something longer began."""


def _taking(term: Term) -> bool:
    """Whether all that something may mean is the taking of a place, which is over when it is taken."""
    return all(isinstance(item.fact, Event) and item.fact.type in ("siege", "conquest") for item in term.facts)


def _is_part(predication: Predication, facts: Iterable[Known], term: Term) -> bool:
    """Whether a name is that of the war which somebody is told to have entered or left."""
    ids = {item.fact.id for item in facts if item.aspect in ("sides", "left")}
    return bool(ids) and predication.frame in (*PARTING, "enter") and bool(ids & {item.fact.id for item in term.facts})


def _taken(context: Context, predication: Predication) -> list[Known]:
    """ "The surrender of Cuauhtémoc": when somebody was taken."""
    who = subjects(predication)
    if predication.frame != "surrender" or not who or not who[0].has("person"):
        return []
    return known(context, predication._replace(frame="capture", patients=who))


def _named_here(context: Context, clause: Clause, facts: Sequence[Known], first: int, last: int) -> list[Known]:
    """Of the fights that a clause names those between two tokens: «هزيمة … في كورسك هي التي دفعته إلى … ستالينغراد»."""
    elsewhere = {fact for m in clause.mentions if not first <= m.first < last for fact in m.ids("event")}
    return [item for item in facts if item.fact.id not in elsewhere]


def _in_front(context: Context, clause: Clause, first: int, last: int) -> list[Term]:
    """What stands right behind a word of sequence: «هذا النصر», an alliance, half the name of a treaty."""
    reading = context.reading
    before = pointed(context, clause, first) or recalled(context, clause, first)
    if before is not None:
        return [before]
    at = first + (reading.lang != "ar" and reading.tokens[first].norm == "the")
    mention = reading.mention_at.get(at)
    if mention is not None and mention.first == at and mention.how == "name" and mention.last <= last:
        unions = [entry for fact in mention.ids("polity") if (entry := context.entity(fact)) and entry.subkind in _UNIONS]
        facts = tuple(Known(entry.existed, entry, "existed") for entry in unions if entry.existed)
        if facts and len(facts) == len(mention.ids()):
            return [Term(at, mention.last, facts, "start")]
    if at < last and (mention is None or (mention.first == at and _quiet(context, mention))):
        stop = mention.last if mention is not None else at + 1
        facts = tuple(Known(e.when, e) for e in called(context, at, stop, types=CLASHES | TYPES["sign"]) if e.when)
        if facts and not (reading.lang != "ar" and (not _capital(reading, at) or _verb_at(reading, stop))):
            return [Term(at, stop, facts)]
    return []


_UNIONS = frozenset({"alliance", "organisation"})


def _quiet(context: Context, mention: Mention) -> bool:
    """Whether a name is that of a place of which few events are known."""
    busy = any(len(context.reference.events_with(place, "where")) > _BUSY for place in mention.ids("place"))
    return mention.has("place") and not mention.has("event", "person", "polity") and not busy


def _verb_at(reading: Reading, at: int) -> bool:
    """Whether a verb stands at a token: "once Paris was free"."""
    light = reading.lexicon.auxiliaries | reading.lexicon.pluperfect
    return at < len(reading.tokens) and (reading.tokens[at].norm in light or bool(reading.lexicon.verbs.at(reading.tokens, at, at + 3)))


def _capital(reading: Reading, at: int) -> bool:
    return reading.document.text[reading.tokens[at].start].isupper()


_VAGUE = 3
"""Alternatives more than which a deed may mean, so that it says little: all treaties that were signed in a town."""


def _of_the_day(reading: Reading, clause: Clause, facts: Sequence[Known]) -> list[Known]:
    """Of several deeds those at the date that the clause gives, where there are such."""
    invasions = [item for item in facts if isinstance(item.fact, Event) and item.fact.type == "invasion"]
    facts = invasions or facts  # not the campaigns of which it was made
    dates = [time.mention.value for time in clause.times if plain_date(time) and time.mention.value]
    near = [item for item in facts if any(not apart(item.when, value, _MARGIN) for value in dates)] if len(facts) > 1 else []
    return near or list(facts)


def _edge(reading: Reading, clause: Clause, mention: Mention, facts: Sequence[Known]) -> str:
    """The end of what is told to be over, or of a siege that is called a fall."""
    if any(hit.value.frame == "end" and 0 <= mention.first - hit.last <= 1 for hit in clause.triggers):
        return "end"
    head = reading.lexicon.nouns.at(reading.tokens, mention.first, mention.last)
    fallen = head is not None and head.value.frame in ("conquer", "surrender")
    return "end" if fallen and _taking(Term(0, 0, tuple(facts))) else "whole"


def _by_half(context: Context, clause: Clause, first: int, last: int, told: Sequence[Term]) -> list[Term]:
    """The battles of the story that are called by the word behind "at" or "to": "at Munda", «سار إلى بزاخة»."""
    reading = context.reading
    taken = {k for term in told for k in range(term.first, term.last)}
    out = []
    for k in range(first, last - 1):
        mention = reading.mention_at.get(k + 1)
        under = reading.tokens[k].norm in reading.lexicon.fought_at | reading.lexicon.going_to
        if any(at in reading.time_at for at in range(max(first, k - 2), k)):
            continue  # «تمرد 13 مايو 1958 في الجزائر»
        if not under or k + 1 in taken or (mention is not None and (mention.has("person", "event", "polity") or mention.first != k + 1)):
            continue
        if mention is not None and any(len(context.reference.events_with(place, "where")) > _KNOWN for place in mention.ids("place")):
            continue  # a town where much happened
        wide = [place for fact in (mention.ids("place") if mention is not None else ()) if (place := context.entity(fact))]
        if any(place.subkind in _WIDE for place in wide):
            continue
        stop = mention.last if mention is not None else k + 2
        facts = tuple(Known(event.when, event) for event in called(context, k + 1, stop) if event.when)
        if facts:
            out.append(Term(k + 1, stop, facts))
    return out


def _gathered(context: Context, clause: Clause, first: int, last: int) -> list[Term]:
    """The conference of the story at a place where somebody met: "the partners met at Luca"."""
    reading = context.reading
    out = []
    for hit in clause.triggers:
        if hit.value.frame != "meet" or hit.value.form == "noun" or not first <= hit.first < last:
            continue
        for k in range(hit.last, min(hit.last + _NEAR, last - 1)):
            if reading.tokens[k].norm in reading.lexicon.fought_at:
                mention = reading.mention_at.get(k + 1)
                if mention is None or (mention.first == k + 1 and mention.has("place")):
                    stop = mention.last if mention is not None else k + 2
                    facts = tuple(Known(e.when, e) for e in called(context, k + 1, stop, types={"conference"}) if e.when)
                    out += [Term(hit.first, stop, facts)] if facts else []
                break
    return out


_NEAR = 5
"""Words between a verb of meeting and the place."""
_WIDE = frozenset({"continent", "country", "region", "sea", "ocean"})


def _dated(reading: Reading, clause: Clause, first: int, last: int) -> list[Term]:
    """The date that the main part itself tells, under "in" or "on"."""
    out = []
    for time in reading.times_from(first, last):
        before = reading.tokens[time.first - 1].norm
        relative = any(reading.tokens[k].norm in reading.lexicon.relatives for k in range(first, time.first))
        if not plain_date(time) or any(doubt.first < time.first for doubt in clause.doubts) or relative:
            continue
        if before in _WHEN or before[1:] in _WHEN or reading.tokens[time.first].norm in _WHEN or _by_its_day(reading, time):
            out.append(Term(time.first, time.last, written=time))
    return out


def _by_its_day(reading: Reading, time: Time) -> bool:
    """Whether a noun for an event is told apart by its day: «تمرد 13 مايو 1958», "the putsch of 8 November 1923"."""
    at = time.first - 1
    if reading.tokens[at].norm in reading.lexicon.head_links:
        at -= 1
    known = reading.lexicon.event_nouns.at(reading.tokens, at, at + 1) or reading.lexicon.nouns.at(reading.tokens, at, at + 1)
    value = time.mention.value
    return at > 0 and bool(known) and value is not None and value.precision in ("day", "month")


_WHEN = frozenset({"in", "on", "في", "عام", "سنه", "العام"})


def _asserted(reading: Reading, clause: Clause, at: int, first: int) -> bool:
    """Whether something is asserted in a part that begins at token `first`; the negation of «لم … إلا بعد» asserts, and that before
    the part is another's."""
    late = any(reading.tokens[k].norm in reading.lexicon.exceptives for k in range(at, clause.last))
    doubts = tuple(doubt for doubt in clause.doubts if not ((late or doubt.first < first) and doubt.value == "negation"))
    return reading.asserted(clause._replace(doubts=doubts), at)


def _behind_relation(reading: Reading, clause: Clause, first: int, at: int) -> bool:
    """Whether "before", "since" or the like stands before something in the main part of a sentence, or a length of time up to it:
    «بعد عام من بناء الجدار وعام ونصف من الإنزال»."""
    lengths = (time for time in reading.times_from(max(first, at - _COUNTED), at) if time.mention.type == "duration" and time.last < at)
    if any(reading.tokens[time.last].norm in reading.lexicon.prepositions for time in lengths):
        return True
    comma = max((k for k in range(first, at) if reading.tokens[k].norm in _MARKS), default=first)
    hits = reading.lexicon.relations.find(reading.tokens, min(max(clause.first, first), comma), at)
    hits = [hit for hit in hits if not reading.lexicon.sequels.at(reading.tokens, hit.first, at)]  # «بعد ذلك»
    return any(hit.value in ("before", "after", "since", "until", "because") for hit in hits)


_COUNTED = 5
"""Words before something within which a length of time is counted from it."""


def _in_passing(reading: Reading, mention: Mention, first: int) -> bool:
    """Whether a name of the main part only says of what somebody or something was: behind "who", "of", «الذي»."""
    tokens, lexicon = reading.tokens, reading.lexicon
    front = range(max(first, mention.first - 6), mention.first)
    if preposition(reading, mention) in ("of", "with"):
        return True  # "the victor of Mohács", "in accordance with the pact"
    if reading.lang != "ar" and any(_done_by(reading, k) for k in front):
        return True  # "a poison used by soldiers in the war"
    return any(tokens[k].norm in lexicon.relatives for k in front) or reading.looks_back(mention.first - 2, mention.last + 1)


def _done_by(reading: Reading, at: int) -> bool:
    """Whether "by" stands at a token behind an English participle that hangs on a noun."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if at < 2 or tokens[at].norm not in lexicon.answered_by or tokens[at - 2].kind != "word":
        return False
    norm = tokens[at - 1].norm
    participle = norm.endswith(tuple(lexicon.past_endings)) or norm in lexicon.participles
    light = lexicon.auxiliaries | lexicon.pluperfect | lexicon.pronouns | lexicon.joins
    return participle and tokens[at - 2].norm not in light and not tokens[at - 2].norm.endswith(tuple(lexicon.verbs.adverb_endings))


def _begun(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether somebody is said to have begun something: «أعلن الشريف حسين الثورة»."""
    if any(hit.value.frame in ("begin", "happen", "land") and abs(mention.first - hit.last) <= 2 for hit in clause.triggers):
        return True
    return any(p.form == "verb" and p.frame == "act" and p.agents and mention in p.patients for p in reading.said.get(clause.index, ()))


def _fought(context: Context, mention: Mention) -> list[Known]:
    """The one fight at a town under "at" in which somebody of the text had a part, or of which alone the town is known."""
    if not mention.has("place") or mention.has("person", "polity") or mention.how != "name":
        return []
    if any(k in context.reading.time_at for k in range(max(0, mention.first - 3), mention.first)):
        return []  # «تمرد 13 مايو 1958 في الجزائر»: the place of what the date tells
    found = {}
    for place in mention.ids("place"):
        events = [context.event(fact) for fact in context.reference.events_with(place, "where")]
        here = [e for e in events if e is not None and e.when and e.type in _FIGHTS and e.where[:1] == (place,)]
        at = preposition(context.reading, mention) in context.reading.lexicon.fought_at or _won_at(context.reading, mention)
        if (at and len(events) <= _BUSY) or (len(here) == 1 and len(events) <= _KNOWN):
            found.update({e.id: Known(e.when, e) for e in here if e.when and participants(e) & context.reading.named})
    return list(found.values())


def _won_at(reading: Reading, mention: Mention) -> bool:
    """«نصر حطين», "the defeat at …": whether a noun for victory or defeat stands right before a place."""
    at = mention.first - 1
    if at > 0 and reading.tokens[at].norm in reading.lexicon.head_links:
        at -= 1
    norm = reading.tokens[at].norm
    return at >= 0 and any(word in reading.lexicon.victories | reading.lexicon.defeats for word in stems(norm))


_KNOWN, _BUSY = 2, 8
"""Events of a place that is known for a fight alone, and of one where too much happened for "at" to tell of a fight."""
_FIGHTS = frozenset({"battle", "siege", "raid", "massacre", "bombing", "invasion", "operation"})
