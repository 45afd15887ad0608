"""People among contemporaries of another age: «دخلها ريتشارد وفيليب وفريدريك بربروسا» in 1191, a friar of 1500 at a court of 1542.

The time is that of the sentence, else of the dates told last before the name and first after it. Whoever was dead by then, or
not yet born, cannot be part of the story; part of it are those who do something, to whom something is done, who command, who
reign, or who are named in one row with people of that time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..bind import apart, era_unsure
from ..facts import Entity
from ..lexicon import Hit
from ..model import Finding, Moment, TimeMention
from ..prepositions import named_in, preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from .certain import whole, words_of
from .context import Context, alive, cite
from .lifetime import title_of
from .narrative import lives_on, titled
from .story import dates_of, hull, moves_on, of_another_member, of_today, parallel, passed, possessive, story_time, unmeant
from .toppled import outlived_states

_YEAR = 366
_OWN, _AROUND, _WIDE = 6 * _YEAR, 12 * _YEAR, 40 * _YEAR
"""Days within which the dates of a clause, and those around it, tell of one time; within the last, of one age."""
_DEAD, _WIDE_OUT = _YEAR, 25 * _YEAR
_FAR, _VERY_FAR = 200 * _YEAR, 450 * _YEAR
"""Days from which a name is likelier that of a namesake whom the reference does not know; the shorter for names of one word."""
_STORY = 90
"""Words over which a date goes on telling when the story is."""


def check(context: Context) -> Iterator[Finding]:
    """People who were dead or unborn when they are said to be there; bodies and things before or after their time."""
    reading = context.reading
    of = str(context.options["of"])
    if of != "person":
        yield from _out_of_time(context, of)
        return
    yield from outlived_states(context)
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for mention in clause.mentions:
            if not mention.has("person") or mention.has("event", "place", "polity") or mention.how == "anaphor":
                continue
            people = context.people(mention)
            lives = [alive(person) for person in people]
            if not people or not all(lives) or not _sure(reading, mention):
                continue
            when, margin = _when(reading, clause, mention)
            topical = when is None
            if when is None:
                when, margin = _topic_time(context, clause), 2 * _DEAD
            if when is None or not all(_out(life, when, margin, words_of(reading, mention) <= 2) for life in lives if life):
                continue
            if not reading.told(clause, mention.first) or _aside(reading, clause, mention) or parallel(reading, clause, mention):
                continue
            if preposition(reading, mention) != "led" and _event_of_his(context, clause, lives):
                continue
            if not dates_of(reading, *reading.sentences[clause.sentence]) and _survey(context, clause, mention, when):
                continue
            how = _present(context, clause, mention, when, margin) or (topical and _ranked(reading, mention) and "rank")
            if topical and (how not in _STANDING or _in_relative(reading, clause, mention)):
                continue  # «المنبر الذي أمر نور الدين بصنعه»
            late = any(life and apart(life, when) < 0 for life in lives)
            if how != "row" and late and moves_on(reading, clause, mention) and not _bounded(reading, clause, mention, when):
                continue  # «… ثم حاصرها سليمان»: long after
            if how:
                yield context.finding(mention.first, mention.last, {"who": people[0], "when": when, "meant": "", "how": how}, cite(people[0], "life"))


def _survey(context: Context, clause: Clause, mention: Mention, when: Moment) -> bool:
    """Whether somebody else in a sentence without a date is of another time too: it tells of several reigns, one after the other."""
    others = [m for m in named_in(context.reading, *context.reading.sentences[clause.sentence]) if m.has("person") and m.ids() != mention.ids()]
    lives = [[alive(person) for person in context.people(other)] for other in others]
    return any(known and all(life and apart(life, when) for life in known) for known in lives)


_STANDING = frozenset({"led", "row", "title", "rank", "force"})
"""How somebody is part of a story that no date tells, only the event that the text is about."""


def _ranked(reading: Reading, mention: Mention) -> bool:
    """Whether a rank or title stands before a name, or is its first word."""
    return titled(reading, mention) or reading.lexicon.ranks.at(reading.tokens, mention.first, mention.last) is not None


def _in_relative(reading: Reading, clause: Clause, mention: Mention) -> bool:
    return any(reading.tokens[k].norm in reading.lexicon.relatives for k in range(clause.first, mention.first))


def _topic_time(context: Context, clause: Clause) -> Moment | None:
    """The time of the short event that the text is about, where the paragraph tells of no other time."""
    reading = context.reading
    topic = context.event(reading.topic[0]) if reading.topic else None
    if topic is None or topic.when is None or (topic.when.end_hi or 1 << 40) - (topic.when.start_lo or 0) > _YEAR:
        return None
    if any(time.mention.value is None for time in reading.times_from(*reading.sentences[clause.sentence])):
        return None
    story = story_time(context, clause)
    return topic.when if story is not None and not apart(story, topic.when) else None


def _event_of_his(context: Context, clause: Clause, lives: Sequence[Moment | None]) -> bool:
    """Whether the sentence names an event of somebody's time: "defeated his rival Pompey in Caesar's civil war"."""
    named = named_in(context.reading, *context.reading.sentences[clause.sentence])
    whens = [event.when for m in named if m.has("event") and m.how != "anaphor" for event in context.events(m) if event.when]
    return any(life is not None and not apart(life, when) for life in lives for when in whens)


_EXACT = 4
"""How much less a founding or an invention, of which the earliest date is known, must miss a time than a life."""
_PLANNED = 300
"""Days before its founding in which a body is spoken of: its charter is signed, its members meet."""
_GONE = 9 * _YEAR
"""Days for which a body is still spoken of when it is no more; later ones may be others of its name."""
_MODERN = 2268924
"""1 January 1500, from when on inventions serve scholars too."""
_BODIES = frozenset({"organisation", "army", "party", "alliance"})


def _out_of_time(context: Context, of: str) -> Iterator[Finding]:
    """Bodies that were not founded yet or were dissolved, weapons and techniques that were not yet invented."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for mention in clause.mentions:
            if not mention.has(of) or len(mention.ids()) != 1 or mention.how not in ("name", "former", "demonym") or not _whole(reading, mention):
                continue
            what = context.entity(mention.ids()[0])
            if mention.how == "demonym" and (what is None or what.subkind != "army"):
                continue  # «حرسه الإنكشاري» is told of the corps, "Soviet" of much else
            if what is None or what.existed is None or what.existed.start_lo is None or (of == "polity" and what.subkind not in _BODIES):
                continue
            if of == "thing" and any(token.norm in reading.lexicon.drafting for token in reading.tokens[clause.first : clause.last]):
                continue
            when, margin = _when(reading, clause, mention)
            if when is None or not _misplaced(what, when, max(margin // _EXACT, _PLANNED if of == "polity" else 0)):
                continue
            if not reading.told(clause, mention.first) or _aside(reading, clause, mention):
                continue
            if moves_on(reading, clause, mention) and not _bounded(reading, clause, mention, when):
                continue
            said = reading.said.get(clause.index, ())
            if of_another_member(reading, clause, mention) or of_today(reading, clause):
                continue
            if any(p.frame in _TIMELESS and not _founded(p, mention) for p in said) or _told_of_another(reading, clause, mention):
                continue
            if parallel(reading, clause, mention) or _no_more_of_it(reading, mention):
                continue
            yield context.finding(mention.first, mention.last, {"what": what, "when": when}, cite(what, "existed"))


def _no_more_of_it(reading: Reading, mention: Mention) -> bool:
    """Whether an Arabic "former" behind the name of a body says what somebody had been in it: «زعيم الإرغون السابق», «ضابط الغستابو سابقا»."""
    behind = reading.tokens[mention.last].norm if mention.last < len(reading.tokens) else ""
    return reading.lang == "ar" and behind in reading.lexicon.formerly


def _founded(predication: Predication, mention: Mention) -> bool:
    """Whether a clause tells that a body was founded then: "sixteen countries set up the European Union"."""
    told = predication.asserted and not predication.carried and predication.form == "verb"
    return told and predication.frame == "found" and mention in predication.patients


def _bounded(reading: Reading, clause: Clause, mention: Mention, when: Moment) -> bool:
    """Whether a date of the same time stands behind a name in its paragraph: the story has not gone on far."""
    stop = reading.sentences[clause.sentence][1]
    end = next((k for k in range(stop, min(stop + _STORY, len(reading.tokens))) if reading.tokens[k].norm == "\n"), stop + _STORY)
    after = dates_of(reading, mention.last, end)
    return bool(after) and not apart(after[0], when)


def _misplaced(what: Entity, when: Moment, margin: int) -> bool:
    gap = apart(what.existed, when) if what.existed else 0
    if what.kind == "thing":  # photographs of old walls were taken by those who study them
        return -gap > margin and (-gap <= _FAR or (what.existed is not None and (what.existed.start_lo or 0) < _MODERN))
    return abs(gap) <= _FAR and (-gap > margin or gap > _GONE)


def _whole(reading: Reading, mention: Mention) -> bool:
    """Whether an English name is written as one and does not go on: no "United Nations Charter", no "European union" of ideas."""
    text, token = reading.document.text, reading.tokens[mention.last] if mention.last < len(reading.tokens) else None
    if reading.lang == "ar":
        return True
    if mention.has("polity") and not text[reading.tokens[mention.last - 1].start].isupper():
        return False
    return token is None or token.kind != "word" or not text[token.start].isupper() or token.start - mention.end != 1


def _sure(reading: Reading, mention: Mention) -> bool:
    return whole(reading, mention) and (mention.how != "short" or words_of(reading, mention) > 1)


def _when(reading: Reading, clause: Clause, mention: Mention) -> tuple[Moment | None, int]:
    """The time of the clause, else of the dates around the name, and the days by which a life must miss it; None where they tell no one time."""
    start, stop = reading.sentences[clause.sentence]
    times = [time.mention for time in reading.times_from(start, stop)]
    if dates_of(reading, *_statement(reading, clause, mention)):  # «في 13 نوفمبر، بعد يومين من …»
        times = [time for time in times if time.type != "duration" or time.relation != "after"]
    if any(era_unsure(reading.lang, time) or time.relation in ("since", "until", "before", "after") for time in times):
        return None, 0
    if any(time.value is None and time.days is None and not _of_then(time) for time in times):
        return None, 0
    here, own = dates_of(reading, *_statement(reading, clause, mention)), dates_of(reading, start, stop)
    if here and any("year" in dict(time.parts) or time.type != "date" for time in times):
        when = hull(own)
        wide = (when.end_hi or 0) - (when.start_lo or 0)
        if wide > _OWN and _before_it(reading, clause, mention):
            when = hull(here)
            wide = (when.end_hi or 0) - (when.start_lo or 0)
        return (when if wide <= _AROUND else None), _DEAD if wide <= _OWN else 2 * _DEAD
    if any(any(key == "length" for key, _ in time.parts) and time.value is None for time in times):
        return None, 0
    before = dates_of(reading, max(0, mention.first - _STORY), start)
    after = dates_of(reading, stop, min(len(reading.tokens), mention.last + _STORY))
    told = [*before[-1:], *own, *after[:1]] if after or own else before[-2:]
    if len(told) < 2 or not (own or _in_paragraph(reading, mention)):
        return None, 0
    when = hull(told)
    wide = (when.end_hi or 0) - (when.start_lo or 0)
    if wide <= _AROUND:
        return when, _DEAD if own and wide <= _YEAR else 2 * _DEAD
    return (when if wide <= _WIDE else None), _WIDE_OUT


def _of_then(time: TimeMention) -> bool:
    """Whether a time that no calendar tells is that of the story: "on that day", "every year"."""
    return time.type == "set" or any(key == "relative" and value.endswith("+0") for key, value in time.parts)


def _before_it(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether the dates of a statement all stand before a name, so that what is told of him is of that time."""
    first, last = _statement(reading, clause, mention)
    return all(time.last <= mention.first for time in reading.times_from(first, last))


def _in_paragraph(reading: Reading, mention: Mention) -> bool:
    """Whether the paragraph of a name has a date at all."""
    begin = next((k for k in range(mention.first, 0, -1) if reading.tokens[k - 1].norm == "\n"), 0)
    end = next((k for k in range(mention.last, len(reading.tokens)) if reading.tokens[k].norm == "\n"), len(reading.tokens))
    return bool(dates_of(reading, begin, end))


def _statement(reading: Reading, clause: Clause, mention: Mention) -> tuple[int, int]:
    """The tokens of a clause up to those where ", and" begins another statement."""
    cuts = [
        k
        for k in range(clause.first + 1, clause.last)
        if reading.tokens[k - 1].norm in (",", "،") and reading.tokens[k].norm in reading.lexicon.joins
    ]
    return max([clause.first, *(k for k in cuts if k <= mention.first)]), min([clause.last, *(k for k in cuts if k >= mention.last)])


def _out(life: Moment, when: Moment, margin: int, common: bool) -> bool:
    gap = apart(life, when)
    return margin < abs(gap) <= (_FAR if common else _VERY_FAR)


def _aside(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether words next to a name put it into another time than that of the story: kin, tombs, memories, "former", "before"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    first, last = max(clause.first, mention.first - 5), min(mention.last + 3, clause.last)
    reign = _reign(reading, clause, mention)
    if possessive(reading, mention) or unmeant(reading, mention) or (reign is None and reading.looks_back(first, last)):
        return True
    near = reign.last if reign else first
    if any(tokens[k].norm in lexicon.formerly or tokens[k].norm.rstrip("ه") in lexicon.kinsmen for k in range(near, mention.first)):
        return True
    if lexicon.kin.find(tokens, near, last) or (not clause.times and _pluperfect(reading, clause.first, last)):
        return True
    dated = bool(clause.times) and clause.times[0].first >= mention.last
    words = ("before", "after", "since") if dated else ("before", "after", "since", "until")  # «حتى أذن له الخليفة … سنة»
    turns = [hit for hit in lexicon.relations.find(tokens, first, mention.first) if hit.value in words]
    if any(hit.value != "after" or not passed(reading, clause, hit.last, mention) for hit in turns):
        return True
    opened = [k for k in range(first, mention.first) if tokens[k].norm in ("(", "[")]
    return bool(opened) and not any(tokens[k].norm in (")", "]") for k in range(opened[-1], mention.first))


_FROM = frozenset({"from", "من"})
_TIMELESS = frozenset({"born", "die", "write", "invent", "found", "build", "succeed"})
_HARM = frozenset({"win", "capture", "kill", "unseat", "besiege", "dismiss", "meet", "appoint", "act"})


def _present(context: Context, clause: Clause, mention: Mention, when: Moment, margin: int) -> str:
    """How a clause makes somebody part of the story, "" where it does not."""
    reading = context.reading
    said = reading.said.get(clause.index, ())
    if any(p.form != "noun" and p.frame in _TIMELESS and mention not in p.agents for p in said) or _told_of_another(reading, clause, mention):
        return ""
    if clause.times and any(p.frame in ("kill", "die") and mention in p.patients + p.agents for p in said):
        return ""  # the date of a death: whether that is right others ask
    for p in said:
        if p.form == "noun" or p.carried or p.frame in _TIMELESS or not p.asserted or lives_on(reading, p):
            continue
        if mention in p.agents and not _reduced(reading, p, mention):
            return "agent"
        if mention in p.patients and p.frame in _HARM:
            return "patient"
    under = preposition(reading, mention)
    if under in _FROM and any(p.frame in ("conquer", "capture") and p.form == "verb" and p.asserted and p.last <= mention.first for p in said):
        return "from"
    if clause.times and any(p.frame == "meet" and p.form == "noun" and p.asserted and mention in (*p.agents, *p.patients) for p in said):
        return "met"
    if under == "led":
        return "led"
    if _reign(reading, clause, mention) and not _in_relative(reading, clause, mention) and margin < _WIDE_OUT:
        return "reign"
    at = mention.first - 1
    at -= at > clause.first and reading.lexicon.titles.at(reading.tokens, at, at + 1) is not None
    at -= at > clause.first and reading.tokens[at].norm == "of"
    if at >= clause.first and reading.tokens[at].norm in reading.lexicon.forces:
        return "force"
    if clause.times and under in ("to", "الي") and any(p.form == "verb" and p.agents and p.asserted and p.frame not in _TIMELESS for p in said):
        return "to"
    if _in_row(context, clause, mention, when):
        return "row"
    if title_of(reading, mention) is not None and under not in ("of", "in", "في") and mention.first - clause.first < 12:
        return "title"
    return ""


def _told_of_another(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether the date of a clause stands in a relative clause behind the name: "Hammarskjöld, who won the prize in …"."""
    behind = [time for time in clause.times if time.first >= mention.last]
    if not behind or len(behind) < len(clause.times):
        return False
    return any(reading.tokens[k].norm in reading.lexicon.relatives for k in range(mention.last + 1, behind[-1].first))


def _reduced(reading: Reading, predication: Predication, mention: Mention) -> bool:
    """ "the waters plowed by Drake", "ideas introduced by Riemann": a passive without its auxiliary."""
    if reading.lang == "ar" or (predication.form != "passive" and preposition(reading, mention) != "by"):
        return False
    near = reading.tokens[max(0, predication.first - 1) : predication.first + 1]
    return not any(token.norm in reading.lexicon.auxiliaries for token in near)


def _reign(reading: Reading, clause: Clause, mention: Mention) -> Hit | None:
    """The words "in the reign of" before a name."""
    hits = reading.lexicon.reign_of.find(reading.tokens, clause.first, mention.first)
    return next((hit for hit in hits if 0 <= mention.first - hit.last <= 2), None)


def _pluperfect(reading: Reading, first: int, last: int) -> bool:
    return any(reading.tokens[k].norm in reading.lexicon.pluperfect for k in range(first, last))


def _in_row(context: Context, clause: Clause, mention: Mention, when: Moment) -> bool:
    """Whether a name stands in one row with others, all of them people of that time."""
    reading = context.reading
    row = [m for m in named_in(reading, *reading.sentences[clause.sentence]) if m.has("person") and m is not mention]
    beside = [m for m in row if _joined(reading, m, mention) or _joined(reading, mention, m)]
    if not beside or any(m.how == "anaphor" for m in beside):
        return False
    return all(any((life := alive(p)) is not None and not apart(life, when) for p in context.people(m)) for m in beside)


def _joined(reading: Reading, one: Mention, other: Mention) -> bool:
    """Whether nothing but a comma or "and" stands between two names."""
    between = reading.tokens[one.last : other.first]
    if one.last > other.first or len(between) > 2:
        return False
    written = reading.tokens[other.first].norm
    key = other.names[0].key
    fused = reading.lang == "ar" and written.startswith("و") and not (key and key[0].startswith("و"))
    return (fused and not between) or (bool(between) and all(t.norm in (",", "،", "and", "و") for t in between))
