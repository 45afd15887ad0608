"""What the grammar reads before it is placed in time: the written fields of one expression."""

from __future__ import annotations


class Draft:
    """One expression at tokens `first` to `last` (exclusive), with the fields that were written.

    `kind` is date, duration, age, set or vague. `rel` is (unit, amount) of a field counted from the narrative time ("the
    following year" is ("year", 1)). `shift` is (direction, unit) where a length is counted from it ("two years later").
    `others` are drafts before this one that share its fields, joined as a "range" or "list".
    """

    __slots__ = (
        "about", "amount", "calendar", "century", "century_end", "code", "day", "daypart", "days", "decade", "era", "event",
        "first", "iso", "join", "kind", "last", "length_unit", "millennium", "month", "month_calendar", "numeric_alternative",
        "others", "parts", "rel", "relation", "rules", "season", "shift", "short_year", "weekday", "year", "year_end",
    )  # fmt: skip

    def __init__(self, first: int, last: int, rule: str, kind: str = "date") -> None:
        self.first = first
        self.last = last
        self.kind = kind
        self.rules = [rule]
        self.year: int | None = None
        self.year_end: int | None = None
        self.short_year = False
        self.era = ""
        self.calendar = ""
        self.month: int | None = None
        self.month_calendar = ""
        self.day: int | None = None
        self.weekday: int | None = None
        self.season: int | None = None
        self.decade: int | None = None
        self.century: int | None = None
        self.century_end: int | None = None
        self.millennium: int | None = None
        self.parts: list[str] = []
        self.daypart = ""
        self.rel: tuple[str, int] | None = None
        self.shift: tuple[int, str] | None = None
        self.days: tuple[int, int] | None = None
        self.iso = ""
        self.amount: tuple[float, float] = (0, 0)
        self.length_unit = ""
        self.relation = ""
        self.about = False
        self.event = False
        self.code = ""
        self.others: list[Draft] = []
        self.join = ""
        self.numeric_alternative: tuple[int, int] | None = None  # day and month the other way round

    @property
    def dated(self) -> bool:
        """Whether a calendar field was written (not only a weekday or a relative word)."""
        return not (self.year is self.month is self.season is self.decade is self.century is self.millennium is None)

    def begin(self, first: int) -> None:
        """Moves the start to a token before it; in a list that is the start of its first item."""
        if self.others:
            self.others[0].first = first
        else:
            self.first = first

    def take(self, other: Draft) -> Draft:
        """Takes over the fields of a year, decade or century that stands behind this one."""
        self.last = other.last
        self.year, self.year_end, self.short_year = other.year, other.year_end, other.short_year
        self.decade, self.century, self.millennium = other.decade, other.century, other.millennium
        self.era = other.era or self.era
        self.calendar = other.calendar or self.calendar
        self.rel = other.rel or self.rel
        self.parts += other.parts
        self.about = self.about or other.about
        self.rules += other.rules
        return self
