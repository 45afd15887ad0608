"""Lengths of periods that a text states beside their two ends."""

from __future__ import annotations

from collections.abc import Iterator

from ..chronology import moment as moments
from ..model import Finding
from ..reading import Reading, Time
from .context import Context
from .wordlists import denied, filling, has, members, values, written

UNITS = {"D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}
ROUND = 0.15
"""Share by which an "about" may be off."""


def check(context: Context) -> Iterator[Finding]:
    """Periods with another length beside them."""
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
        if not sides or denied(reading, length.first) or _joined_to_another(reading, period):
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


def _joined_to_another(reading: Reading, period: Time) -> bool:
    """Whether a second period is joined to one, so that the length is that of both: "ten years, from 1832 to 1836 and from 1847 to 1853"."""
    for other in (*reading.times_from(period.last, period.last + _NEXT + 1), *reading.times_from(period.first - _BEFORE, period.first)):
        first, last = (period.last, other.first) if other.first > period.first else (other.last, period.first)
        if other.mention.type not in ("period", "date") or last - first > _NEXT or first > last:
            continue
        norms = [token.norm for token in reading.tokens[first : last + 1]]
        joined = any(norm in reading.lexicon.joins or norm in (",", "،", ";", "؛", "&") or norm.startswith("و") for norm in norms)
        if joined and all(reading.tokens[k].kind != "word" or _light(reading, k) for k in range(first, last)):
            return True
    return False


def _light(reading: Reading, index: int) -> bool:
    norm = reading.tokens[index].norm
    bare = norm[1:] if norm.startswith("و") else norm
    lexicon = reading.lexicon
    return any(word in lexicon.glue or word in lexicon.prepositions or word in lexicon.joins for word in (norm, bare)) or has(
        reading, index, index + 1, "from", "then", "resumed", "and_again"
    )


_NEXT, _BEFORE = 7, 14
"""Words between two periods that add up; words that the first of them may be long."""
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
        if between and set(between) <= {",", "،", "hedges"} and has(reading, one.first - 4, one.first, "lasted", "reign_marks"):
            return "both" if _alone(reading, other) else ""  # "lasted from 1204 to 1261, some eighty years"
        if not between and has(reading, one.first - 4, one.first, "length_of"):
            return "both" if _alone(reading, other) else ""  # «كانت مدة ملكه من … إلى … سبع عشرة سنة»
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


def _alone(reading: Reading, length: Time) -> bool:
    """Whether nothing follows a length in its phrase."""
    return length.last >= len(reading.tokens) or reading.tokens[length.last].norm in (".", ",", "،", ";", "؛", "\n", ":", "!")


def _goes_on(reading: Reading, length: Time) -> bool:
    """Whether the length is that of something named behind it: "for two years of exile", «ثلاثة أيام من القصف»."""
    if length.last >= len(reading.tokens):
        return False
    token = reading.tokens[length.last]
    if token.norm in members(reading, "of_it") and has(reading, length.last + 1, length.last + 2, "fought"):
        return False  # «أي نحو ستة أشهر من القتال»
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
    if a < 2 and high < {"Y": 2, "M": 1.5, "W": 2}.get(unit, 0) * size:
        return spell(context, low, high, "M" if unit == "Y" else "D")
    return _counted(context, a, b, unit)


def _counted(context: Context, a: int, b: int, unit: str) -> str:
    """A number and its unit, in the form that the number asks for."""
    forms = context.reading.lexicon.wording.get("arithmetic", {}).get("units", {}).get(unit, {})
    number = str(a) if a == b else f"{a}–{b}"
    last = b % 100
    kind = "one" if b == 1 and a == b else "two" if b == 2 and a == b else "few" if 3 <= last <= 10 or b == 2 else "many"
    return str(forms.get(kind, forms.get("many", "{n}"))).replace("{n}", number)
