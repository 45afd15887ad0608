"""Ages at death against the birth and death of the same sentence: all from the text alone, whoever it is about."""

from __future__ import annotations

from collections.abc import Iterator

from ..chronology import moment as moments
from ..model import Finding, Moment
from ..named_tuple import NamedTuple
from ..reading import Reading, Time
from .age_moments import then_told
from .context import Context
from .measures import LUNAR, edges, plain
from .told_ages import Age, moment_behind, of_story, strangers, told_ages
from .wordlists import denied, filling, has, members, phrases, sentence_at, stated, times_in, values, verbs_in


def check(context: Context) -> Iterator[Finding]:
    """Ages that do not follow from the two dates before them."""
    reading = context.reading
    for age in told_ages(reading):
        if denied(reading, age.first):
            continue
        life = _life(reading, age) or _remembered(context, age)
        if life is None:
            continue
        born, died, sides, places = life
        gaps = [gap for a in born for b in died if None not in (gap := moments.gap_years(a, b))]
        hedged = age.hedged or _nears(reading, age)
        rough = 2 if any(has(reading, first - 2, first + 1, "hedges") for first, _ in places) else 1
        slack = (max(2, age.years * 0.1) if hedged else rough) + (0 if _solar(born) else age.years // LUNAR)
        wrong = [
            (low, high)
            for low, high in gaps
            if low is not None
            and high is not None
            and (age.years < low - slack or (age.years > high + slack and sides == "both"))
        ]
        if not gaps or len(wrong) < len(gaps):
            continue
        low, high = wrong[0]
        yield context.finding(
            age.first,
            age.last,
            {"born": born[0], "died": died[0], "age": str(low) if low == high else f"{low}–{high}", "stated": str(age.years)},
            related=[reading.span(first, last) for first, last in places],
        )


_SOLAR = 2385000
"""A day of 1817: ages of those who were born later on a known day are told in solar years."""


def _solar(born: tuple[Moment, ...]) -> bool:
    """Whether a birth is told so late and so exactly that the age can only be one of solar years."""
    return all(value.precision == "day" and value.calendar != "islamic" and (value.start_lo or 0) >= _SOLAR for value in born)


def _nears(reading: Reading, age: Age) -> bool:
    """Whether the age is only nearly given: «ناهز», "in his seventies"."""
    return has(reading, age.cue - 2, age.last, "nearly")


class _Life(NamedTuple):
    """Birth, moment, whether both ways count, and where both stand."""

    born: tuple[Moment, ...]
    died: tuple[Moment, ...]
    sides: str
    places: tuple[tuple[int, int], ...]


def _life(reading: Reading, age: Age) -> _Life | None:
    """Birth and death of the one whose age it is, and whether the years may be a reign ("less") or surely are a life ("both")."""
    tokens = reading.tokens
    first, last = sentence_at(reading, age.first)
    before = [t for t in times_in(reading, first, last) if t.last <= age.first]
    if any(t.first >= age.last for t in times_in(reading, first, last)):
        return None
    if len(before) == 1 and before[0].mention.type == "period" and stated(before[0].mention):
        period = before[0]
        if (
            not period.first
            or tokens[period.first - 1].norm != "("
            or period.last >= len(tokens)
            or tokens[period.last].norm != ")"
        ):
            return None
        if not _died_aged(reading, period.last + 1, age):
            return None
        found = values(period.mention)
        place = (period.first, period.last)
        return _Life(tuple(edges(v)[0] for v in found), tuple(edges(v)[1] for v in found), "less", (place,))
    if len(before) != 2 or not all(plain(t) for t in before):
        return None
    born, died = before
    births, deaths = verbs_in(reading, first, born.first, ("born",)), verbs_in(reading, born.last, died.first, ("die",))
    verbs = [v for v in verbs_in(reading, first, age.cue) if v[2] != "happen" and not has(reading, v[0], v[1], "aged")]
    if len(births) != 1 or len(deaths) != 1 or len(verbs) != 2 or has(reading, born.last, age.cue, "relative"):
        return None
    if not _then_died(reading, born, deaths[0], died):
        return None
    if filling(reading, died.last, age.first, ("joining", "hedges", "aged"), "،,") is None:
        return None
    return _Life(tuple(values(born.mention)), tuple(values(died.mention)), "both", tuple((t.first, t.last) for t in before))


# ---------------------------------------------------------------- a birth told before


_ASIDE = ("after", "before")
"""How a length that is told by the way stands to a moment: "in April 1945, a day after his wedding"."""
_SINCE_BIRTH = 90
"""Words for which a birth is remembered within its paragraph."""
_OF_BIRTH = 7


def _remembered(context: Context, age: Age) -> _Life | None:
    """The birth told last before an age, where nobody else comes between, and the moment of the age."""
    reading = context.reading
    birth = _birth(reading, age)
    if birth is None:
        return None
    begins, born, name = birth
    moment = moment_behind(reading, age) or _moment_before(reading, age, begins, born) or of_story(context, age)
    if moment is None and (then := then_told(reading, age)) is not None and then is not born:
        moment = then
    if moment is None or not (stated(moment.mention) or moment.mention.anchor == "narrative"):
        return None
    if moment.first >= begins and strangers(reading, born.last, age.cue):
        return None
    if moment.first > born.last and moment.last <= age.cue and not _own_deed(reading, born, moment, age, name):
        return None
    places = ((born.first, born.last), (moment.first, moment.last))
    return _Life(tuple(values(born.mention)), tuple(values(moment.mention)), "both", places)


def _birth(reading: Reading, age: Age) -> tuple[int, Time, frozenset[str]] | None:
    """Where the last birth before an age is told, its date, and the words that name who was born."""
    tokens = reading.tokens
    start = max(0, age.cue - _SINCE_BIRTH)
    while any(token.norm == "\n" for token in tokens[start : age.cue]):
        start = next(k for k in range(start, age.cue) if tokens[k].norm == "\n") + 1
    births = verbs_in(reading, start, age.cue, ("born",)) or [
        (at, at + 1, "born") for at in range(start, age.cue) if tokens[at].norm in members(reading, "born_aside")
    ]
    if not births:
        return None
    first, last, _ = births[-1]
    near = [t for t in times_in(reading, last, min(last + _OF_BIRTH, age.cue)) if t.mention.type == "date"]
    date = next((t for t in near if stated(t.mention)), None)
    if date is None or date.mention.relation not in ("", "during", "about"):
        return None
    if date.mention.value is None or date.mention.value.precision not in ("year", "month", "day") or denied(reading, first):
        return None
    if any(token.kind == "mark" and token.norm in ".;؛\n" for token in tokens[last : date.first]):
        return None
    if (
        has(reading, age.cue - 1, age.first + 1, "hers")
        and members(reading, "born_she")
        and not has(reading, first, last, "born_she")
    ):
        return None  # «تزوج سنة 1927 وعمرها تسع عشرة سنة»
    around = range(last, date.first) if reading.lang == "ar" else range(sentence_at(reading, first)[0], first)
    return first, date, frozenset(tokens[k].norm for k in around if tokens[k].kind == "word")


def _moment_before(reading: Reading, age: Age, begins: int, born: Time) -> Time | None:
    """The date told last before an age in its sentence, its birth left out; before a participle also: "in 1948 …; born in 1869, he"."""
    start = sentence_at(reading, age.cue)[0]
    times = [t for t in times_in(reading, start, age.cue) if t.mention.type in ("date", "period", "duration") and t is not born]
    dates = [t for t in times if "length" not in dict(t.mention.parts) and (t.mention.type != "duration" or t.mention.relation not in _ASIDE)]
    if not dates or dates[-1].mention.type != "date":
        return None
    moment = dates[-1]
    if moment.mention.relation not in ("", "during", "about") or "part" in dict(moment.mention.parts):
        return None
    if moment.mention.value is None or moment.mention.value.precision not in ("year", "month", "day"):
        return None
    if moment.first < begins and not _participle(reading, begins):
        return None
    return moment


def _participle(reading: Reading, first: int) -> bool:
    """Whether "born" stands by itself behind a mark: "…; born in October 1869, he was …", «المولود سنة 1887»."""
    if reading.tokens[first].norm in members(reading, "born_aside"):
        return True
    return reading.lang != "ar" and first > 0 and reading.tokens[first - 1].kind == "mark"


def _own_deed(reading: Reading, born: Time, moment: Time, age: Age, name: frozenset[str]) -> bool:
    """Whether what happened at the moment is told of the one who was born: no subject of its own before the date."""
    tokens, lexicon = reading.tokens, reading.lexicon
    start = max(sentence_at(reading, moment.first)[0], born.last)
    at = start
    while at < moment.first and tokens[at].kind == "mark":
        at += 1
    if at >= moment.first:
        return filling(reading, moment.last, age.first, ("joining", "hedges", "aged"), "،,") is not None
    if filling(reading, moment.last, age.first, ("joining", "hedges", "aged", "being", "then"), "،,") is None:
        return at + 1 >= moment.first and _died_behind(reading, moment, age)
    if reading.lang == "ar":
        if at + 1 >= moment.first or _died_at(reading, at, moment):
            return True
        behind = tokens[at + 1].norm
        return (
            behind in lexicon.prepositions
            or behind in name
            or behind.startswith(("ب", "ل"))
            or at + 1 in reading.time_at
            or has(reading, at + 1, at + 2, "joining")
        )
    opening = [token.norm for token in tokens[at : at + 2]]
    if born.first < start:  # another sentence
        return opening[0] in lexicon.pronouns or opening[0] in name
    return opening[0] in lexicon.joins and opening[1] not in members(reading, "article")


def _died_at(reading: Reading, first: int, moment: Time) -> bool:
    """Whether a death without a subject of its own stands right before a moment: «… حيث توفي سنة 1095»."""
    deaths = verbs_in(reading, first, moment.first, ("die",))
    return bool(deaths) and filling(reading, deaths[-1][1], moment.first, ("joining",)) is not None


def _died_behind(reading: Reading, moment: Time, age: Age) -> bool:
    """Whether nothing but a death without a subject of its own is told between the date of a sentence and the age."""
    deeds = [v for v in verbs_in(reading, moment.last, age.cue) if v[2] != "happen"]
    if reading.lang != "ar" or len(deeds) != 1 or deeds[0][2] != "die":
        return False
    behind = reading.tokens[deeds[0][1]].norm
    return deeds[0][1] >= age.cue or behind in reading.lexicon.prepositions or behind.startswith("ب")


_PLACE_WORDS = 6


def _then_died(reading: Reading, born: Time, death: tuple[int, int, str], died: Time) -> bool:
    """Whether "and died in Cairo in 1948" has no subject of its own."""
    tokens, lexicon = reading.tokens, reading.lexicon
    behind = tokens[death[1]]
    before_date = tokens[death[1] : died.first]
    if len(before_date) > _PLACE_WORDS or any(token.kind == "mark" and token.norm not in "،," for token in before_date):
        return False
    if reading.lang == "ar":
        own = (
            death[1] < died.first
            and behind.norm not in lexicon.prepositions
            and not behind.norm.startswith(("ب", "ل"))
            and not has(reading, death[1], died.first, "joining")
        )
        direct = (
            has(reading, death[1], death[1] + 1, "joining")
            or death[1] == died.first
            or behind.norm in lexicon.prepositions
            or behind.norm.startswith("ب")
        )
        between = [token for token in tokens[born.last : death[0]] if token.kind == "mark" and token.norm not in "،,"]
        return direct and not own and not between
    words = [token.norm for token in tokens[max(born.last, death[0] - 3) : death[0]] if token.kind == "word"]
    return bool(words) and words[-1] in members(reading, "resumed") and behind.norm in members(reading, "there")


def _died_aged(reading: Reading, behind: int, age: Age) -> bool:
    """Whether «توفي عن عمر …» follows the bracket with nobody else between."""
    tokens = reading.tokens
    if age.first - behind > 6 or any(behind <= m.first < age.first and m.has("person") for m in reading.mentions):
        return False
    if has(reading, behind, age.first, "relative") or any(
        token.kind == "mark" and token.norm not in "،," for token in tokens[behind : age.first]
    ):
        return False
    table = phrases(reading, "aged_at")
    at = behind
    while at < age.first and tokens[at].kind == "mark":
        at += 1
    return at < age.first and tokens[at].kind == "word" and table.at(tokens, at, age.first) is not None
