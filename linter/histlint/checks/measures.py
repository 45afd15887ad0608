"""Written lengths of time as ranges of units, and how many units lie between two moments."""

from __future__ import annotations

from ..chronology import calendars
from ..chronology import moment as moments
from ..model import Moment
from ..named_tuple import NamedTuple
from ..reading import Reading, Time
from .arithmetic import UNITS, spell
from .context import Context
from .wordlists import has, stated, values

LUNAR = 33
"""Lunar years run ahead one in thirty-three."""


class Length(NamedTuple):
    """A written length: whole units low to high, and how many more or fewer it allows."""

    low: float
    high: float
    slack: float
    unit: str


def measured(reading: Reading, time: Time) -> Length | None:
    """The length that a duration, or a date counted by one, is written with."""
    mention = time.mention
    parts = dict(mention.parts)
    text = parts.get("length", mention.edtf).lstrip("-P")
    unit, number = text[-1:], text[:-1]
    if mention.days is None or unit not in UNITS:
        return None
    size = UNITS[unit]
    low, high = mention.days[0] / size, mention.days[1] / size
    if number.replace(".", "", 1).isdigit():
        low = high = float(number)
    count = high
    if parts.get("bound") == "more" or has(reading, time.first - 3, time.last, "more"):
        high = float("inf")
    if parts.get("bound") == "less" or has(reading, time.first - 3, time.last, "less"):
        low = 0.0
    slack = 1.0
    if count >= 10 and count % 5 == 0:
        slack = max(slack, count * 0.1)
    if mention.relation == "about" or "about" in parts or has(reading, time.first - 2, time.last, "hedges"):
        slack = max(slack, count * (0.3 if count >= 10 and count % 5 == 0 else 0.2))
    if unit == "Y":
        slack += count // LUNAR
    return Length(low, high, slack, unit)


def units_apart(first: Moment, second: Moment, unit: str) -> tuple[float, float] | None:
    """Fewest and most units from one moment to another. Years are counted by their numbers where no days are given."""
    if (
        unit == "Y"
        and first.precision == "year"
        and second.precision == "year"
        and first.calendar != "islamic"
        and second.calendar != "islamic"
    ):
        a, b = moments.year_bounds(first), moments.year_bounds(second)
        if a[0] is not None and b[0] is not None and a[0] == a[1] and b[0] == b[1]:
            gap = float(calendars.astronomical(b[0]) - calendars.astronomical(a[0]))
            return gap, gap
    low, high = moments.gap_days(first, second)
    if low is None or high is None:
        return None
    return low / UNITS[unit], high / UNITS[unit]


def fits(gap: tuple[float, float], length: Length, sign: int) -> bool:
    """Whether a length may lie between two moments so far apart; `sign` is -1 where the second is said to come first."""
    low, high = gap if sign > 0 else (-gap[1], -gap[0])
    return high >= length.low - length.slack and low <= length.high + length.slack


def _of_two_styles(one: Moment, other: Moment) -> bool:
    """Whether one day is of the old calendar and the other of the new: a text keeps to one."""
    return {one.calendar, other.calendar} == {"julian", "gregorian"} and one.precision == other.precision == "day"


def any_fits(anchors: list[Time], target: Time, length: Length, sign: int) -> bool:
    """Whether the length leads from any reading of any anchor to the target."""
    for anchor in anchors:
        for a in values(anchor.mention):
            edges = [a]
            if anchor.mention.type == "period":
                edges = [
                    a._replace(end_lo=a.start_lo, end_hi=a.start_hi),
                    a._replace(start_lo=a.end_lo, start_hi=a.end_hi),
                ]
            for edge in edges:
                for b in values(target.mention):
                    if _of_two_styles(a, b) and any(not _of_two_styles(a, other) for other in values(target.mention)):
                        continue
                    gap = units_apart(edge, b, length.unit)
                    if gap is None or fits(gap, length, sign):
                        return True
    return False


def gap_text(context: Context, gap: tuple[float, float], unit: str) -> str:
    """Some units apart, in words."""
    low, high = sorted((abs(gap[0]), abs(gap[1])))
    if gap[0] * gap[1] < 0:
        low = 0.0
    size = UNITS[unit]
    return spell(context, round(low * size), round(high * size), unit)


def plain(time: Time) -> bool:
    """Whether a mention is a whole date of its own: with its year, and not "before" or "early in" it."""
    mention = time.mention
    return (
        stated(mention)
        and mention.type == "date"
        and mention.relation in ("", "during")
        and mention.value is not None
        and mention.value.precision in ("year", "month", "day")
        and "part" not in dict(mention.parts)
    )


def edges(value: Moment) -> tuple[Moment, Moment]:
    """The start and the end of a period as moments."""
    return value._replace(end_lo=value.start_lo, end_hi=value.start_hi), value._replace(
        start_lo=value.end_lo, start_hi=value.end_hi
    )
