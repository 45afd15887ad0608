"""Sums of years that a text states beside the dates they follow from: lengths of periods, ages.

Options: `of` is duration or age.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import subjects
from ..chronology import moment as moments
from ..facts import Entity
from ..model import Finding, Moment, Span
from ..prepositions import named_in
from ..reading import Clause, Reading, Time
from .context import Context, cite
from .wordlists import denied, filling, has, members, values, written

UNITS = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}
ROUND = 0.15
"""Share by which an "about" may be off."""


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    if context.options["of"] == "duration":
        yield from _durations(context)
    else:
        yield from _ages(context)


def _durations(context: Context) -> Iterator[Finding]:
    reading = context.reading
    for one, other in zip(reading.times, reading.times[1:], strict=False):
        period, length = (one, other) if one.mention.type == "period" else (other, one)
        if period.mention.type != "period" or length.mention.type != "duration" or period.mention.value is None:
            continue
        if length.mention.anchor or length.mention.days is None or not 0 <= other.first - one.last <= _REACH:
            continue
        if "anchor" in dict(length.mention.parts) or "narrative-length" in length.mention.rules:
            continue
        sides = _explained(reading, one, other, period_first=period is one)
        if not sides or denied(reading, length.first):
            continue
        spans = [days for value in values(period.mention) if None not in (days := moments.length_days(value))]
        least, most = tolerant(reading, length)
        wrong = [
            (low, high)
            for low, high in spans
            if low is not None and high is not None and ((most < low and sides == "both") or least > high)
        ]
        if not wrong or len(wrong) < len(spans):
            continue
        yield context.finding(
            one.first,
            other.last,
            {
                "period": written(reading, period),
                "stated": written(reading, length),
                "real": spell(context, *wrong[0], length.mention.edtf[-1:]),
            },
        )


_REACH = 9
"""Tokens that may stand between a period and its length."""


def _explained(reading: Reading, one: Time, other: Time, *, period_first: bool) -> str:
    """Whether the length is said to be that of the period: "both" ways, "less" where it can only not be longer, or "".

    "Less" is for what lies within the period: "for two years between 1914 and 1918", «فلان (1869–1948) … حكم 30 عاماً».
    """
    between = filling(
        reading, one.last, other.first, ("namely", "lasting", "hedges", "joining", "reigning", "from", "between"), "()،,-–—:"
    )
    if between is None:
        return ""
    if period_first:
        bracketed = reading.tokens[one.first - 1].norm == "(" if one.first else False
        if "reigning" in between:
            return "less" if bracketed else "both"
        if "lasting" in between or "namely" in between:
            return "both" if not _goes_on(reading, other) else ""
        return "both" if between == ["("] and reading.tokens[min(other.last, len(reading.tokens) - 1)].norm == ")" else ""
    if (
        one.mention.relation in ("after", "before", "until", "since")
        or "reigning" in between
        or between.count("(") > 1
        or ")" in between
    ):
        return ""
    if any(item in ("lasting", "namely") for item in between) and "(" not in between:
        return ""
    opener = reading.tokens[other.first - 1].norm
    return "less" if has(reading, other.first - 1, other.first, "between") or opener in reading.lexicon.joins else "both"


def _goes_on(reading: Reading, length: Time) -> bool:
    """Whether the length is that of something named behind it: "for two years of exile", «ثلاثة أيام من القصف»."""
    if length.last >= len(reading.tokens):
        return False
    token = reading.tokens[length.last]
    return token.norm in members(reading, "goes_on")


def tolerant(reading: Reading, length: Time) -> tuple[float, float]:
    """Days that a written length allows: its unit either way, counted inclusively or not, in solar or lunar years."""
    mention = length.mention
    assert mention.days is not None
    low, high = map(float, mention.days)
    bound = dict(mention.parts).get("bound", "")
    unit = UNITS.get(mention.edtf[-1:], 1.0)
    hedged = (
        mention.relation == "about"
        or has(reading, length.first - 2, length.first, "hedges")
        or has(reading, length.last, length.last + 1, "hedges")
    )
    slack = max(unit, high * ROUND if hedged else 0.0)
    if unit >= 300:
        low *= 0.97
        count = round(high / unit)
        if count >= 10 and count % 5 == 0:
            slack = max(slack, high * 0.1)
    elif unit == 1.0 and high >= 100 and high % 100 == 0:
        slack = max(slack, high * 0.1)  # "the nine hundred days"
    if bound == "more":
        return float(mention.days[0]) - slack, float("inf")
    if bound == "less":
        return 0.0 if mention.relation != "about" else low * 0.8 - slack, high + slack
    return low - slack, high + slack


def spell(context: Context, low: int, high: int, unit: str) -> str:
    """A length in the unit that the text uses, smaller where that says too little."""
    size = UNITS.get(unit, 1.0)
    a, b = round(low / size), round(high / size)
    if a < 2 and ((unit == "Y" and high < 2 * size) or (unit == "M" and high < 1.5 * size)):
        return spell(context, low, high, "M" if unit == "Y" else "D")
    return _counted(context, a, b, unit)


def _counted(context: Context, a: int, b: int, unit: str) -> str:
    """A number and its unit, in the form that the number asks for."""
    forms = context.reading.lexicon.wording.get("arithmetic", {}).get("units", {}).get(unit, {})
    number = str(a) if a == b else f"{a}–{b}"
    last = b % 100
    kind = "one" if b == 1 and a == b else "two" if b == 2 and a == b else "few" if 3 <= last <= 10 or b == 2 else "many"
    return str(forms.get(kind, forms.get("many", "{n}"))).replace("{n}", number)


def _ages(context: Context) -> Iterator[Finding]:
    reading = context.reading
    births = _births(context)
    for time in reading.times:
        if time.mention.type != "age" or time.mention.days is None:
            continue
        clause = next((c for c in reading.clauses if c.first <= time.first < c.last), None)
        if clause is None or any(doubt.value != "plan" for doubt in clause.doubts):
            continue
        person = _whose(context, clause, time)
        if person is None:
            continue
        born, place = births.get(person.id, (person.born, None))
        when, when_place = _at(context, clause, time, person)
        if born is None or when is None:
            continue
        low, high = moments.gap_years(born, when)
        if low is None or high is None:
            continue
        stated = round(sum(time.mention.days) / 2 / 365.25 - 0.5)
        slack = (
            2
            if time.mention.relation == "about"
            or born.calendar == "islamic"
            or when.calendar == "islamic"
            or born.precision != "day"
            else 1
        )
        slack += stated // 33  # lunar years run ahead one in thirty-three
        if low - slack <= stated <= high + slack:
            continue
        yield context.finding(
            time.first,
            time.last,
            {"person": person, "born": born, "when": when, "age": str(low) if low == high else f"{low}–{high}", "stated": stated},
            *([] if place else [cite(person, "life")]),
            related=[span for span in (place, when_place) if span],
        )


def _births(context: Context) -> dict[str, tuple[Moment, Span]]:
    """Births that the text itself dates."""
    from ..bind import date_of

    reading = context.reading
    out: dict[str, tuple[Moment, Span]] = {}
    for predication in reading.predications:
        if predication.frame != "born" or not predication.asserted:
            continue
        who = [m for m in subjects(predication) if m.has("person")]
        clause = reading.clauses[predication.clause]
        dated = date_of(
            reading, clause, predication.first, max([predication.last, *(m.last for m in who if m.first >= predication.first)])
        )
        if len(who) == 1 and dated and dated.time.mention.value and len(context.people(who[0])) == 1:
            out.setdefault(
                context.people(who[0])[0].id, (dated.time.mention.value, reading.span(dated.time.first, dated.time.last))
            )
    return out


_BESIDE = 2
"""Words that may stand between a name and the age of its bearer."""


def _whose(context: Context, clause: Clause, time: Time) -> Entity | None:
    """Whose age it is: the one who dies or accedes in the sentence before it, else the person that the text is about."""
    reading = context.reading
    best = None
    for predication in reading.predications:
        if (
            reading.clauses[predication.clause].sentence == clause.sentence
            and predication.first <= time.last
            and predication.form != "noun"
        ):
            who = [m for m in subjects(predication) if m.has("person")]
            if len(who) == 1:
                people = context.people(who[0])
                best = people[0] if len(people) == 1 else None
                if predication.carried and has(reading, reading.sentences[clause.sentence][0], predication.first, "relative"):
                    return None  # "… the year that Michelangelo died, and died in 1616"
    start = reading.sentences[clause.sentence][0]
    aside = {
        m for p in reading.predications if p.form == "noun" and start <= p.first < time.first for m in (*p.agents, *p.patients)
    }
    named = [m for m in named_in(reading, start, time.first) if m.has("person") and m.how != "anaphor" and m not in aside]
    if named and best is not None and best.id not in named[-1].ids("person"):
        if time.first - named[-1].last > _BESIDE:
            return None  # somebody else was named since
        people = context.people(named[-1])  # "by Charles XII, then eighteen years old"
        best = people[0] if len(people) == 1 else None
    if best is None and reading.topic and not _behind_name(reading, start, time):
        best = context.entity(reading.topic[0])
    return best if best is not None and best.kind == "person" else None


def _behind_name(reading: Reading, start: int, time: Time) -> bool:
    """Whether the age stands behind a name that the reference does not have: "by Charles XII, then eighteen years old"."""
    at = time.first - 1
    while at > start and (reading.tokens[at].norm in (",", "(") or has(reading, at, at + 1, "aged", "hedges", "then")):
        at -= 1
    return at > start and reading.document.text[reading.tokens[at].start].isupper()


_OF_BIRTH = 6
"""Words behind a birth within which a date is its own."""


def _at(context: Context, clause: Clause, time: Time, person: Entity) -> tuple[Moment | None, Span | None]:
    """When he was of that age: the date of the sentence, else his death where the clause tells it."""
    reading = context.reading
    dates = [
        t
        for c in reading.clauses
        if c.sentence == clause.sentence
        for t in c.times
        if t.mention.type == "date" and t.mention.value and t.first < time.first and t.mention.relation in ("", "about")
    ]
    births = [p for p in reading.predications if p.frame == "born" and reading.clauses[p.clause].sentence == clause.sentence]
    dates = [t for t in dates if not any(0 <= t.first - p.last <= _OF_BIRTH or person.born == t.mention.value for p in births)]
    if dates:
        return dates[-1].mention.value, reading.span(dates[-1].first, dates[-1].last)
    if any(p.frame == "die" and p.clause == clause.index for p in reading.predications):
        return person.died, None
    return None, None
