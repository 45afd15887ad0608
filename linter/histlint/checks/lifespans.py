"""Ages at death against the birth and death of the same sentence: all from the text alone, whoever it is about."""

from __future__ import annotations

from collections.abc import Iterator

from ..chronology import moment as moments
from ..model import Finding, Moment
from ..reading import Reading, Time
from .context import Context
from .measures import LUNAR, edges, plain
from .wordlists import denied, filling, has, members, phrases, sentence_at, stated, times_in, values, verbs_in


def check(context: Context) -> Iterator[Finding]:
    """Ages that do not follow from the two dates before them."""
    reading = context.reading
    for time in reading.times:
        if (
            time.mention.type != "age"
            or time.mention.days is None
            or not time.mention.edtf.endswith("Y")
            or denied(reading, time.first)
        ):
            continue
        first, last = sentence_at(reading, time.first)
        times = times_in(reading, first, last)
        before = [t for t in times if t.last <= time.first]
        life = _life(reading, first, before, time) if len(times) == len(before) + 1 else None
        if life is None:
            continue
        born, died, sides = life
        gaps = [gap for a in born for b in died if None not in (gap := moments.gap_years(a, b))]
        years = (
            int(time.mention.edtf.strip("PY").split(".")[0] or 0)
            if time.mention.edtf.strip("PY").replace(".", "").isdigit()
            else 0
        )
        if not years or not gaps:
            continue
        hedged = time.mention.relation == "about" or has(reading, time.first - 2, time.last, "hedges") or _nears(reading, time)
        slack = (max(2, years * 0.1) if hedged else 1) + years // LUNAR
        wrong = [
            (low, high)
            for low, high in gaps
            if low is not None and high is not None and (years < low - slack or (years > high + slack and sides == "both"))
        ]
        if len(wrong) < len(gaps):
            continue
        low, high = wrong[0]
        yield context.finding(
            time.first,
            time.last,
            {"born": born[0], "died": died[0], "age": str(low) if low == high else f"{low}–{high}", "stated": str(years)},
            related=[reading.span(t.first, t.last) for t in before],
        )


def _nears(reading: Reading, time: Time) -> bool:
    """Whether the age is only nearly given: «ناهز», "in his seventies"."""
    return time.last - time.first > 3 and reading.lang == "ar"


def _life(
    reading: Reading, first: int, before: list[Time], age: Time
) -> tuple[tuple[Moment, ...], tuple[Moment, ...], str] | None:
    """Birth and death of the one whose age it is, and whether the years may be a reign ("less") or surely are a life ("both")."""
    tokens = reading.tokens
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
        return tuple(edges(v)[0] for v in found), tuple(edges(v)[1] for v in found), "less"
    if len(before) != 2 or not all(plain(t) for t in before):
        return None
    born, died = before
    births, deaths = verbs_in(reading, first, born.first, ("born",)), verbs_in(reading, born.last, died.first, ("die",))
    verbs = [v for v in verbs_in(reading, first, age.first) if v[2] != "happen"]
    if len(births) != 1 or len(deaths) != 1 or len(verbs) != 2 or has(reading, born.last, age.first, "relative"):
        return None
    if not _then_died(reading, born, deaths[0], died):
        return None
    if filling(reading, died.last, age.first, ("joining", "hedges", "aged"), "،,") is None:
        return None
    return tuple(values(born.mention)), tuple(values(died.mention)), "both"


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


def _died_aged(reading: Reading, behind: int, age: Time) -> bool:
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
