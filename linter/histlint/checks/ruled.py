"""How long somebody ruled and a state stood, against the reference: «حكم … ثلاثة عشر عاماً», "lasted two hundred years".

Sources count reigns and states in more ways than one: a finding needs a length that none of them comes near to. Options: `of` is
reign or state.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import subjects
from ..chronology import moment as moments
from ..lexicon import Hit
from ..model import Finding, Moment
from ..prepositions import preposition
from ..reading import Clause, Reading, Time
from ..tag.entities import Mention
from .arithmetic import spell, tolerant
from .context import RULING, Context, cite, reigns
from .lasting import lasting_verb
from .own_reigns import owners
from .wordlists import denied, filling, has, members, phrases

_REACH = 8
_YEARS = 365.25
_BETWEEN = ("reigning", "lasting", "hedges", "joining", "after", "enthroned")
_ENDS = frozenset({"die", "unseat", "kill"})
_STATES = frozenset({"state", "empire", "dynasty", "kingdom", "republic", "country"})

Span = tuple[int, int]
"""Fewest and most days of a length."""


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    reading = context.reading
    for clause in reading.clauses:
        if clause.kind not in ("paragraph", "item"):
            continue
        for time in clause.times:
            if time.mention.type != "duration" or time.mention.days is None or time.mention.edtf[-1:] != "Y" or time.mention.anchor:
                continue
            if denied(reading, time.first):
                continue
            found = _state(context, clause, time) if context.options["of"] == "state" else _reign(context, clause, time)
            if found is not None:
                yield found


def _reign(context: Context, clause: Clause, time: Time) -> Finding | None:
    mention = _ruler(context, clause, time) or _of_ruler(context.reading, time)
    people = context.people(mention) if mention is not None else owners(context, clause, time)
    if not people:
        return None
    known = [reign_lengths([role.when for role in reigns(person, RULING) if role.when]) for person in people]
    if not all(known) or not far_off(context.reading, time, [span for spans in known for span in spans]):
        return None
    person = people[0]
    rules = sorted((role.when for role in reigns(person, RULING) if role.when), key=lambda when: when.start_lo or 0)
    first = min(mention.first, time.first) if mention is not None and mention.first >= clause.first else time.first
    values = {
        "who": person,
        "known": moments.span(rules[0], rules[-1]),
        "stated": context.reading.text(time.first, time.last),
        "real": spell(context, *known[0][-1], "Y"),
    }
    return context.finding(first, max(mention.last if mention is not None else 0, time.last), values, cite(person, "roles"))


def _ruler(context: Context, clause: Clause, time: Time) -> Mention | None:
    """Whose rule a length is: named beside the word for it, or he who died or fell "after a reign of"."""
    reading = context.reading
    table = phrases(reading, "reigning")
    for at in reversed(table.starts(reading.tokens, max(clause.first, time.first - _REACH), time.first)):
        hit = table.at(reading.tokens, at, time.first)
        if hit is None or at in reading.mention_at:  # «الحكم المستنصر» is a name
            continue
        behind = reading.mention_at.get(hit.last)
        if behind is not None and behind.has("person") and filling(reading, behind.last, time.first, _BETWEEN) is not None:
            return behind if behind.how != "anaphor" and not behind.has("polity", "place") else None
        realm = next((reading.mention_at[k] for k in (hit.last, hit.last + 1) if k in reading.mention_at), None)
        start = realm.last if realm is not None and realm.has("polity", "place") and not realm.has("person") else hit.last
        if filling(reading, start, time.first, _BETWEEN) is None:
            return None
        before = reading.mention_at.get(at - 1)
        if before is not None and before.has("person") and before.last == at and reading.lang != "ar":
            return before if before.how != "anaphor" else None
        if not has(reading, at - 3, at, "after"):
            return None
        return _gone(context, clause, at)
    return None


_NAME = 3
"""Words between a reign and the name of its king."""


def _of_ruler(reading: Reading, time: Time) -> Mention | None:
    """Whose whole reign a length is said to be: "Victoria's forty-year reign", «عهد سليمان الذي دام …», "sat on the throne for …"."""
    tokens, behind = reading.tokens, time.last
    reign = phrases(reading, "reigning")
    hit = reign.at(tokens, behind, len(tokens)) if behind < len(tokens) and tokens[behind - 2].norm == "-" else None
    if hit is not None:  # "Victoria's forty-year reign", "the forty-year reign of Victoria"
        owner = next((m for k in range(max(0, time.first - _NAME), time.first) if (m := reading.mention_at.get(k)) and m.last < time.first), None)
        of = tokens[hit.last].norm in members(reading, "of_it") if hit.last < len(tokens) else False
        return _person(owner or (reading.mention_at.get(hit.last + 1) if of else None))
    if has(reading, time.first - 2, time.first, "throughout"):  # "during the forty years of Victoria's reign"
        named = [m for k in range(behind, min(behind + _REACH, len(tokens))) if (m := reading.mention_at.get(k)) and m.first == k]
        if named and named[0].first - behind <= _NAME and has(reading, behind, named[0].last + _NAME, "reigning", "enthroned"):
            return _person(named[0])
        return None
    return _enthroned(reading, time) or _whose_lasted(reading, time) or _spent(reading, time)


def _spent(reading: Reading, time: Time) -> Mention | None:
    """«السنوات الخمس التي قضاها أبو بكر في الخلافة», "the five years that Victoria spent on the throne"."""
    tokens, at = reading.tokens, time.last
    if at + 2 >= len(tokens) or tokens[at].norm not in reading.lexicon.relatives:
        return None
    arabic = reading.lang == "ar"
    verb = at + 1
    named = reading.mention_at.get(at + 1 + arabic)
    if named is None:
        return None
    if not arabic:
        verb = named.last
    spent = verb < len(tokens) and tokens[verb].norm in members(reading, "spent_them")
    throne = has(reading, named.last, named.last + _NAME + 2, "enthroned") or tokens[verb].norm in members(reading, "ruled_them")
    return _person(named) if spent and throne else None


def _enthroned(reading: Reading, time: Time) -> Mention | None:
    """ "Victoria sat on the throne for forty years", «جلس عبد الحميد على العرش عشرين عاماً»."""
    tokens, throne = reading.tokens, phrases(reading, "enthroned")
    closed = time.last >= len(tokens) or tokens[time.last].kind == "mark"
    for at in range(time.first - 1, max(0, time.first - _REACH) - 1, -1):
        hit = throne.at(tokens, at, time.first) if tokens[at].kind == "word" else None
        if hit is None:
            continue
        if not closed or filling(reading, hit.last, time.first, ("lasting", "hedges", "joining")) is None:
            return None
        named = [m for k in range(max(0, at - _NAME), at) if (m := reading.mention_at.get(k)) and m.last <= at]
        if not named or has(reading, named[-1].first - 3, at, "pluperfect", "relative", "after"):
            return None
        stayed = range(named[-1].last, at) if reading.lang != "ar" else range(max(0, named[-1].first - 1), named[-1].first)
        return _person(named[-1]) if any(tokens[k].norm in members(reading, "reigned_on") for k in stayed) else None
    return None


def _whose_lasted(reading: Reading, time: Time) -> Mention | None:
    """ "The reign of Victoria lasted forty years", «عهد سليمان الذي دام ستاً وثلاثين سنة»."""
    verb = lasting_verb(reading, time)
    if verb is None or filling(reading, verb.last, time.first, ("lasting", "hedges", "joining")) is None:
        return None
    at = verb.first - (reading.tokens[verb.first - 1].norm in reading.lexicon.relatives)
    mention = reading.mention_at.get(at - 1)
    if mention is None or mention.last != at:
        return None
    before = mention.first - (reading.tokens[mention.first - 1].norm in members(reading, "of_it"))
    hit = next((h for k in (before - 2, before - 1) if k >= 0 and (h := phrases(reading, "reigning").at(reading.tokens, k, before))), None)
    return _person(mention) if hit is not None and hit.last == before else None


def _person(mention: Mention | None) -> Mention | None:
    """A mention that can only be somebody named."""
    named = mention is not None and mention.has("person") and mention.how != "anaphor" and not mention.has("polity", "place", "event")
    return mention if named else None


def _gone(context: Context, clause: Clause, before: int) -> Mention | None:
    """The one man whose end the clause tells."""
    said = [p for p in context.reading.said.get(clause.index, ()) if p.first < before and p.form != "noun" and p.frame != "act"]
    if len(said) != 1 or said[0].frame not in _ENDS or not said[0].asserted:
        return None
    who = [m for m in (said[0].patients if said[0].frame == "kill" else subjects(said[0])) if m.has("person")]
    return who[0] if len(who) == 1 else None


def _state(context: Context, clause: Clause, time: Time) -> Finding | None:
    reading = context.reading
    verb = lasting_verb(reading, time, "stood")
    if verb is None:
        return None
    mention = _told_before(reading, verb) or reading.mention_at.get(verb.last if reading.lang == "ar" else verb.first - 1)
    if mention is None or not mention.has("polity") or mention.has("person", "event", "place") or mention.how != "name":
        return None
    if preposition(reading, mention):
        return None  # "the process of independence from the Soviet Union lasted …"
    start = mention.last if reading.lang == "ar" and mention.first >= verb.last else verb.last
    seat = reading.mention_at.get(start) or reading.mention_at.get(start + 1)
    if seat is not None and seat.has("place") and preposition(reading, seat) in _SEATED:
        start = seat.last  # «بعد أن عمّرت في غرناطة …»
    if filling(reading, start, time.first, _BETWEEN) is None:
        return None
    states = [state for fact in mention.ids("polity") if (state := context.entity(fact))]
    known = [reign_lengths([state.existed] if state.existed and state.subkind in _STATES else []) for state in states]
    if not known or not all(known) or not far_off(reading, time, [span for spans in known for span in spans]):
        return None
    state = states[0]
    values = {
        "who": state,
        "known": state.existed,
        "stated": reading.text(time.first, time.last),
        "real": spell(context, *known[0][0], "Y"),
    }
    return context.finding(min(mention.first, verb.first), time.last, values, cite(state, "existed"))


def _told_before(reading: Reading, verb: Hit) -> Mention | None:
    """The state before "after it had lasted": «وسقطت الدولة الأموية بعد أن عاشت …»."""
    tokens, at = reading.tokens, verb.first
    if reading.lang != "ar" or at < 3 or tokens[at - 1].norm not in reading.lexicon.clausal or not has(reading, at - 2, at - 1, "after"):
        return None
    mention = reading.mention_at.get(at - 3)
    return mention if mention is not None and mention.last == at - 2 else None


_SEATED = frozenset({"في", "in", "ب"})


def reign_lengths(whens: list[Moment]) -> list[Span]:
    """What may be called the length of these times: each, all together, and from the first to the last."""
    spans = [(low, high) for when in whens for low, high in [moments.length_days(when)] if low is not None and high is not None]
    if not spans or len(spans) != len(whens):
        return []
    starts, ends = [w.start_lo for w in whens], [w.end_hi for w in whens]
    whole = max(end for end in ends if end is not None) - min(start for start in starts if start is not None)
    return [*spans, (sum(low for low, _ in spans), sum(high for _, high in spans)), (whole, whole)]


def far_off(reading: Reading, time: Time, spans: list[Span]) -> bool:
    """Whether a length misses all of these by a quarter and more than two years."""
    least, most = tolerant(reading, time)
    if dict(time.mention.parts).get("bound"):
        return False
    return all(least > high * _OFF + _YEARS or most * _OFF + _YEARS < low for low, high in spans)


_OFF = 1.1
"""How many times longer or shorter than known a length must be, and a year more."""
