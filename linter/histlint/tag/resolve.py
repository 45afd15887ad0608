"""Places drafts in time: which year a date without year means, which era a bare year, and what "two years later" comes to.

Nothing is ever placed by the present. What cannot be placed keeps its written form and has no value.
"""

from __future__ import annotations

from histlint.chronology import calendars, edtf, moment
from histlint.model import TimeMention
from histlint.normalise import is_arabic
from histlint.tag.build import built, other_readings, part_of, signed
from histlint.tag.draft import Draft
from histlint.tag.narrative import Now, Placed, later, relative_day, relative_year, shifted, written_parts, yearless_relative
from histlint.tag.timewords import Reader

_BACK = 15
"""Years by which a date within a sentence goes back only in passing."""
_AGE = 600
_HIJRI = 1400
"""Years by which a bare year may differ from the year before Christ told last and still be one itself."""
_SENTENCE_ENDS = frozenset(".!?؟\n")


def place(r: Reader, drafts: list[Draft]) -> list[TimeMention]:
    """The mentions of all drafts, in order."""
    scene = Scene(r, drafts)
    return [scene.mention(index, draft) for index, draft in enumerate(drafts)]


class Scene:
    """Walks through the drafts with the narrative time."""

    def __init__(self, r: Reader, drafts: list[Draft]) -> None:
        self.r = r
        self.drafts = drafts
        self.now: dict[str, Now] = {}
        self.told = ""  # the calendar of the last date
        self.eras = [(k, d.era, d.year) for k, draft in enumerate(drafts) for d in (*draft.others, draft) if d.era and d.year]
        # For each era the year told last, or before it is told the one that will be told first.
        self._nearest = {era: year for _, era, year in reversed(self.eras)}
        self._last_era = self.eras[0][1] if self.eras else ""
        self._passed = 0
        self.paragraph = 0
        self._ascending = False  # within a range whose years grow: not years before Christ
        self._scanned = 0

    def mention(self, index: int, draft: Draft) -> TimeMention:
        """Places one draft and moves the narrative on."""
        r = self.r
        for k in range(self._scanned, draft.first):
            if r.tokens[k][0] == "\n" and not (k and r.tokens[k - 1][0] == "\n"):
                self.paragraph += 1
        self._scanned = max(self._scanned, draft.first)
        first = min([draft.first, *(d.first for d in draft.others)]) if draft.join == "range" else draft.first
        start, end = r.start_of(first), r.tokens[draft.last - 1][2]
        if "after-length" in draft.rules and self._trails(index, draft):
            # «تنحى في 2011 بعد 30 عاما»: the length leads up to the date before it
            draft.kind, draft.shift, draft.relation = "duration", None, "after"
            draft.first += 1
            start = r.start_of(draft.first)
        kind = draft.kind
        if kind in ("duration", "age", "set", "vague"):
            parts: tuple[tuple[str, str], ...] = ()
            if draft.event:
                parts = (("anchor", "event"),)
            if draft.code:
                parts = (*parts, ("ref" if kind == "vague" else "bound", draft.code))
            type_ = "date" if kind == "vague" else kind
            return TimeMention(
                start, end, type_, None, draft.iso, (), draft.relation, "", None, draft.days, tuple(draft.rules), parts
            )
        if draft.join == "range":
            return self._period(index, draft, start, end)
        placed = self._placed(index, draft)
        self._tell(draft, placed)
        days = draft.days if draft.shift else None
        return TimeMention(
            start, end, "date", placed.value, placed.edtf, tuple(placed.readings), draft.relation, placed.anchor,
            draft.weekday, days, tuple(draft.rules), written_parts(draft, placed, ""),
        )  # fmt: skip

    def _period(self, index: int, draft: Draft, start: int, end: int) -> TimeMention:
        left = draft.others[0]
        self._ascending = left.year is not None and draft.year is not None and left.year < draft.year
        before = self.now.get(self.told)
        first = self._placed(index, left)
        rolled = False
        if left.year is draft.year is None and first.year is not None and left.month and draft.month and not draft.rel:
            year = later(first.year, int(draft.month < left.month and left.month_calendar == draft.month_calendar))
            rolled = year != first.year
            draft.year, draft.era = abs(year), "bce" if year < 0 else draft.era
            draft.calendar = draft.calendar or left.calendar
        relation, draft.relation = draft.relation, ""
        last = self._placed(index, draft)
        draft.relation = relation
        self._ascending = False
        value = None
        if first.value and last.value:
            if moment.before(last.value, first.value):
                draft.rules.append("backwards")  # no time at all; what was written stays in the parts
            else:
                value = moment.span(first.value, last.value)
        r = self.r
        spans = tuple(
            (name, f"{r.start_of(d.first)}:{r.tokens[d.last - 1][2]}") for name, d in (("start.span", left), ("end.span", draft))
        )
        starts = [first.value, *first.readings][:3]
        ends = [last.value, *last.readings][:3]
        pairs = [(a, b) for a in starts for b in ends if a and b and moment.before(b, a) is not True]
        same = [(a, b) for a, b in pairs if a.calendar == b.calendar]  # both ends are written in one calendar
        readings = [moment.span(a, b) for a, b in same or pairs][1:]
        self._tell(left, first)
        if rolled and before:
            self.now[self.told] = before  # which of the two years was the narrative one is open
        else:
            self._tell(draft, last)
            if self.told in self.now and first.year != last.year:
                self.now[self.told].spanned = True
        parts = (*written_parts(left, first, "start."), *written_parts(draft, last, "end."), *spans)
        return TimeMention(
            start, end, "period", value, f"{first.edtf}/{last.edtf}", tuple(readings), relation, first.anchor or last.anchor,
            left.weekday, None, (*left.rules, *draft.rules), parts,
        )  # fmt: skip

    def _tell(self, draft: Draft, placed: Placed) -> None:
        """The narrative moves to a date once it is told (not to "before 1914", nor to a whole century)."""
        if placed.value is None or placed.year is None or (draft.relation in ("before",) and draft.shift is None):
            return
        if (draft.century is not None and draft.decade is None) or draft.millennium is not None:
            return
        month, day = draft.month, draft.day
        calendar = _class(draft)
        if draft.season is not None and month is None:
            month = draft.season * 3 if draft.season < 4 else None
        if draft.rel or draft.shift:
            low, high = placed.value.start_lo, placed.value.end_hi
            if low is not None and high is not None and high - low < 32:
                _, month, day = calendars.convert(low, calendar if calendar == "islamic" else "")
                day = day if high == low else None
        known = self.now.get(calendar)
        if known and month is None and known.year == placed.year and self.paragraph - known.paragraph < 2:
            self.told = calendar
            known.paragraph = self.paragraph  # told again, less precisely: the month still holds
            return
        aside = known and month is None and known.month is not None and self.paragraph == known.paragraph
        back = known and known.year - placed.year > _BACK and self.paragraph == known.paragraph  # "Washington, born in February 1732, …"
        if back or (aside and not self._opens_sentence(draft)):
            return  # "… which he would finish in 1976": a year told in passing
        self.told = calendar
        self.now[calendar] = Now(placed.year, month, day, draft.calendar, placed.value, self.paragraph)

    def _placed(self, index: int, draft: Draft) -> Placed:
        """The draft with its parts ("early", "second half") taken of the whole."""
        names, draft.parts = draft.parts, []
        try:
            placed = self._place(index, draft)
        except ValueError:
            placed = Placed(None, "")  # a calendar that does not reach there, like a Republican year before 1792
        draft.parts = names
        if names:
            placed.whole = placed.edtf
            if placed.value:
                for name in reversed(names):
                    placed.value = part_of(placed.value, name)
                    placed.readings = [part_of(reading, name) for reading in placed.readings]
                placed.edtf = edtf.format(placed.value)
        return placed

    def _trails(self, index: int, draft: Draft) -> bool:
        """Whether a date stands before a draft in its clause."""
        before = self.drafts[index - 1] if index else None
        if before is None or before.kind != "date" or not before.dated:
            return False
        r = self.r
        lex = r.word(draft.first)
        if draft.first - before.last > 12 or (lex and lex.conj):
            return False
        return all(r.tokens[k][3] != "mark" or r.tokens[k][0] in '()«»"' for k in range(before.last, draft.first))

    def _opens_sentence(self, draft: Draft) -> bool:
        """Whether at most two words stand before a date in its sentence."""
        return any(k < 0 or self.r.tokens[k][0] in _SENTENCE_ENDS for k in range(draft.first - 1, draft.first - 5, -1))

    def _place(self, index: int, draft: Draft) -> Placed:
        if draft.shift:
            return shifted(draft, self._latest(), self.paragraph)
        if draft.rel:
            return self._relative(draft)
        if draft.year is None and draft.decade is None and draft.century is None and draft.millennium is None:
            return self._without_year(index, draft)
        calendar, era, anchor, other = self._calendar(index, draft)
        year = draft.year
        if draft.decade is not None:
            year = self._decade(draft)
            if year is None:
                return Placed(None, built(draft, None, calendar)[1])
        elif draft.short_year and year is not None and year < 100:
            now = self.now.get("")
            year += (now.year // 100 * 100) if now and now.year > 100 else 1900
            anchor = "narrative"
        if year is not None:
            year = signed(year, era)
        kept, draft.era = draft.era, era
        value, text = built(draft, year, calendar)
        draft.era = kept
        placed = Placed(value, text, anchor, year if year is not None else None)
        if value and year is not None:
            placed.readings = other_readings(draft, value, year, calendar)
        if other is not None and draft.year is not None:
            reading, _ = built(draft, other[0], other[1])
            if reading:
                placed.readings.append(reading)
        return placed

    def _decade(self, draft: Draft) -> int | None:
        """First year that a decade's name means, as a written (unsigned) year."""
        value = draft.decade or 0
        if draft.century is not None:
            return (draft.century - 1) * 100 + value
        if value >= 100 or not draft.short_year:
            return value
        now = self.now.get("")
        if draft.era == "bce":
            return value
        return (now.year // 100 * 100 if now and now.year >= 1000 else 1900) + value

    def _calendar(self, index: int, draft: Draft) -> tuple[str, str, str, tuple[int, str] | None]:
        """Calendar and era of a written year; how sure; the other reading as (signed year, calendar)."""
        if draft.calendar and draft.calendar != "gregorian":
            return draft.calendar, draft.era, "", None
        if draft.era:
            return draft.calendar, draft.era, "", None
        year = draft.year
        if year is None:
            return draft.calendar, "", "", None
        if draft.month_calendar == "islamic" and year <= 1500:
            draft.calendar = "islamic"
            return "islamic", "ah", "", None
        if draft.month_calendar == "republican" and year <= 14:
            draft.calendar = "republican"
            return "republican", "ar", "", None
        if draft.month_calendar in ("coptic", "solar-hijri") and year <= 1750:
            draft.calendar = draft.month_calendar
            return draft.calendar, "", "", None
        if year > 1500 or draft.short_year:
            return draft.calendar, "", "", None
        while self._passed < len(self.eras) and self.eras[self._passed][0] <= index:
            _, era, known = self.eras[self._passed]
            self._nearest[era], self._last_era = known, era
            self._passed += 1
        nearest, last = self._nearest, self._last_era
        if last == "bce" and year < 1000 and not self._ascending:
            if abs(abs(nearest["bce"] or 0) - year) > _AGE:
                return draft.calendar, "", "", (-year, "")
            return "", "bce", "narrative", (year, "")
        if "ah" in nearest:
            ce = nearest.get("ce")
            hijri = abs(year - (nearest["ah"] or 0))
            if (ce is None and hijri < 200) or (ce is not None and hijri < abs(year - ce)):
                return "islamic", "ah", "narrative", (year, "")
            if hijri < 200:
                return draft.calendar, "", "", (year, "islamic")
        if year < 100 and not self.eras and "year-word" in draft.rules and self.r.tokens[draft.last - 1][3] == "word":
            return "islamic", "ah", "narrative", (year, "")  # «سنة أربع عشرة» of the chronicles
        if "year-word" in draft.rules and self._may_be_hijri(draft, year):
            return draft.calendar, "", "", (year, "islamic")
        return draft.calendar, "", "", None

    def _may_be_hijri(self, draft: Draft, year: int) -> bool:
        """Whether an Arabic year without an era may be of the Hijra: below 1000, or in words as chronicles write it."""
        norm, _, _, kind = self.r.tokens[draft.last - 1]
        arabic = is_arabic(self.r.tokens[draft.first][0]) or is_arabic(norm)
        return arabic and (100 <= year < 1000 or (kind == "word" and year < _HIJRI))

    def _without_year(self, index: int, draft: Draft) -> Placed:
        """A day, month or season in the narrative year, or in a year that the same sentence tells later."""
        if draft.month is None and draft.season is None:
            return self._weekday(draft)
        kind = "islamic" if draft.month_calendar == "islamic" else ""
        now = self.now.get(kind)
        ahead = self._ahead(index, kind)
        if now is None and ahead is None:
            return Placed(None, built(draft, None, "")[1])
        alternatives: list[int] = []
        if ahead is not None and (now is None or now.paragraph != self.paragraph):
            year = ahead
            if now is not None:
                alternatives.append(self._rolled(draft, now))
        elif now is not None:
            year = self._rolled(draft, now)
            if year != now.year:
                alternatives.append(now.year)
            if ahead is not None:
                alternatives.append(ahead)
        calendar = draft.calendar or ("islamic" if kind else now.calendar if now and now.calendar == "julian" else "")
        draft.calendar = calendar
        value, text = built(draft, year, calendar)
        placed = Placed(value, text, "narrative", year)
        if value:
            placed.readings = other_readings(draft, value, year, calendar)
            for other in alternatives:
                reading = built(draft, other, calendar)[0]
                if reading and other != year:
                    placed.readings.append(reading)
        return placed

    def _rolled(self, draft: Draft, now: Now) -> int:
        """The narrative year, or the one that a month far before the narrative month must lie in."""
        if draft.month is not None and now.month is not None and now.month - draft.month >= 8:
            return later(now.year, 1)
        return now.year

    def _ahead(self, index: int, kind: str) -> int | None:
        """Year of a date that stands later in the same sentence."""
        draft = self.drafts[index]
        r = self.r
        for following in self.drafts[index + 1 : index + 4]:
            end = draft.last
            for k in range(end, min(following.first, end + 60)):
                token = r.tokens[k]
                if token[0] in _SENTENCE_ENDS and (k + 1 >= r.size or r.tokens[k + 1][1] > token[2] or token[0] == "\n"):
                    return None
            if following.first - end > 60:
                return None
            one = following.others[0] if following.join == "range" else following
            if one.kind == "date" and one.year is not None and not one.short_year and _class(one) == kind:
                return signed(one.year, one.era)
            draft = following
        return None

    def _weekday(self, draft: Draft) -> Placed:
        """A weekday alone is the one next to a narrative day."""
        if draft.weekday is None:
            return Placed(None, "")
        now = self.now.get("")
        if now is None or now.day is None or now.value.start_lo is None or now.paragraph != self.paragraph:
            return Placed(None, f"XXXX-WXX-{draft.weekday + 1}")
        return Placed(None, f"XXXX-WXX-{draft.weekday + 1}")

    def _relative(self, draft: Draft) -> Placed:
        """ "the following year", «الشهر نفسه», "that summer"."""
        unit, amount = draft.rel or ("", 0)
        now = self._counted_from(draft)
        if unit == "century" and amount == -1 and draft.decade is not None and draft.decade >= 10:
            # «سبعينيات القرن الماضي»: to writers of today the century that ended in 2000
            draft.rel = None
            value, text = built(draft, 1900 + draft.decade, "")
            placed = Placed(value, text, "narrative", 1900 + draft.decade)
            other = built(draft, 1800 + draft.decade, "")[0]
            placed.readings = [other] if other else []
            return placed
        near = 3 if unit in ("year", "decade", "century", "season", "month-name") else 1
        if now is None or self.paragraph - now.paragraph > near:
            return Placed(None, yearless_relative(draft))
        calendar = now.calendar
        if unit in ("year", "season", "month-name") or (unit in ("decade", "century", "millennium") and draft.decade is None):
            return relative_year(draft, now, unit, amount)
        if unit in ("month", "day", "week"):
            return relative_day(draft, now, unit, amount)
        if unit == "century" and draft.decade is not None:
            base = (now.year // 100 + amount) * 100
            value, text = built(draft, base + draft.decade, calendar)
            return Placed(value, text, "narrative", base + draft.decade)
        return Placed(None, "")

    def _counted_from(self, draft: Draft) -> Now | None:
        """The narrative time that a relative date is counted from: the one told last, in the calendar of today where both agree."""
        now, last = self.now.get("islamic" if draft.month_calendar == "islamic" else ""), self._latest()
        if draft.month_calendar or last is None:
            return now
        return last if now is None or moment.before(now.value, last.value) or moment.before(last.value, now.value) else now

    def _latest(self) -> Now | None:
        """The narrative time of the calendar that was told last."""
        return self.now.get(self.told)


def _class(draft: Draft) -> str:
    return "islamic" if draft.calendar == "islamic" else ""
