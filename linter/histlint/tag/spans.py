"""The grammar of what is measured by a length: durations, repeated times, and dates counted by a length ("two years later")."""

from __future__ import annotations

from histlint.tag.ages import age, age_behind
from histlint.tag.draft import Draft
from histlint.tag.evidence import ERA_CALENDARS
from histlint.tag.lengths import Length, finish, measure, r_cats, read_length
from histlint.tag.numbers import read
from histlint.tag.timewords import Lex, Reader


def span(r: Reader, i: int) -> Draft | None:
    """A duration, age, repeated time or shifted date that begins at token `i`."""
    lex = r.at(i)
    if lex is None:
        return None
    cats = lex.cats
    if "every" in cats or "set" in cats:
        found = _set(r, i, lex)
        if found:
            return found
    if "age_before" in cats:
        found = age(r, i, lex)
        if found:
            return found
    if "after_that" in cats or "before_that" in cats:
        return _after_that(r, i, lex)
    found = age_behind(r, i) or _next_lengths(r, i)
    if found:
        return found
    length = read_length(r, i)
    if length is None:
        return None
    return _placed(r, i, length)


def _next_lengths(r: Reader, i: int) -> Draft | None:
    """ "the next three months", "the following days": a duration that begins or ends at the narrative time."""
    j = r.skip(i, "the")
    lex = r.at(j)
    if lex is None or r.table.clitics or not {"next", "prev", "this", "same"} & lex.cats.keys():
        return None
    amount = 1 if "next" in lex.cats else -1 if "prev" in lex.cats else 0
    j = lex.end
    if r.is_(j, "same"):
        j += 1
    unit = r.at(j)
    if unit and unit.cats.get("unit", ("", 1))[1] == 0:
        length = finish(r, i, unit, 2.0, 9.0)
    else:
        found = measure(r, j)
        if found is None:
            return None
        length = found
    draft = _duration(r, i, length, "narrative-length")
    draft.first = i
    draft.rel = ("length", amount)
    return draft


def _duration(r: Reader, i: int, length: Length, rule: str) -> Draft:
    draft = Draft(length.first, length.end, rule, "duration")
    draft.days, draft.iso, draft.length_unit = length.days, length.iso, length.unit
    draft.amount = (length.low, length.high)
    if length.about:
        draft.about = length.about == "about"
        draft.relation = "about" if draft.about else ""
        draft.code = length.about if length.about != "about" else ""
        if length.about == "more":
            draft.days = (length.days[0], length.days[1] * 2)
        elif length.about == "less":
            draft.days = (length.days[0] // 2, length.days[1])
    return draft


def _placed(r: Reader, i: int, length: Length) -> Draft | None:
    """The length as such, or as the distance to a date ("two years later", «بعد ثلاثة أشهر»)."""
    j = length.end
    lex = r.at(j)
    if lex and lex.cats.get("era") in ("bce", "bh") and length.unit == "year" and length.low == length.high == int(length.low):
        # «3000 سنة قبل الميلاد»
        year = Draft(length.first, lex.end, "years-before-era")
        year.year, year.era = int(length.low), lex.cats["era"]
        year.calendar = ERA_CALENDARS.get(year.era, "")
        return year
    draft = _duration(r, i, length, "duration")
    if lex:
        cats = lex.cats
        if "age_old" in cats or "age_after" in cats:
            return None
        sign = 1 if "later" in cats else -1 if "earlier" in cats or "ago" in cats else 0
        if not sign and cats.get("rel") in ("after", "before") and not r.table.clitics:
            sign = 1 if cats["rel"] == "after" else -1
            if not _clause_end(r, lex.end):
                draft.relation, draft.event = str(cats["rel"]), True
                return draft
        if sign and not r.table.clitics:
            if ("after_event" in cats or "rel" in cats) and not _clause_end(r, lex.end):
                # "four days after the vote": counted from an event, which the checks may know
                draft.relation = "after" if sign > 0 else "before"
                draft.event = True
                return draft
            draft.kind, draft.last, draft.shift = "date", lex.end, (sign, length.unit)
            draft.rules = ["length-later" if sign > 0 else "length-earlier"]
            return draft
        if sign and r.table.clitics and not lex.pre:
            follow = r.at(lex.end)
            if follow and "by" in follow.cats:
                return draft
            draft.kind, draft.last, draft.shift = "date", lex.end, (sign, length.unit)
            draft.rules = ["length-later"]
            return draft
    before = r.at(i - 1)
    if r.table.clitics and before:
        # «بعد ثلاثة أشهر»: counted from the narrative unless an event follows («من سقوط المدينة»)
        k = i - 1
        relation = before.cats.get("rel")
        if relation in ("after", "before") and before.end == i and r.tokens[k][0]:
            draft.relation = draft.relation or relation
            if r.skip_phrase(j, "after_event") > j:
                draft.event = True
                return draft
            if relation == "after":
                draft.kind, draft.shift, draft.first = "date", (1, length.unit), k
                draft.relation = ""
                draft.rules = ["after-length"]
                return draft
            draft.event = True
    if not r.table.clitics and before and before.cats.get("rel") == "after":
        draft.relation = draft.relation or "after"
    return draft


def _clause_end(r: Reader, i: int) -> bool:
    """Whether nothing that could be an event follows."""
    if i >= r.size:
        return True
    token = r.tokens[i]
    return (token[3] == "mark" and token[0] not in "\"'«“") or not {"in", "to", "and"}.isdisjoint(r_cats(r, i))


def _after_that(r: Reader, i: int, lex: Lex) -> Draft | None:
    """«بعدها بعامين», «قبل ذلك بثلاثة أشهر»."""
    j = lex.end
    sign = 1 if "after_that" in lex.cats else -1
    length = _prefixed_length(r, j)
    if length is None:
        return None
    draft = _duration(r, j, length, "that-and-length")
    draft.kind, draft.first, draft.shift = "date", i, (sign, length.unit)
    draft.relation = ""
    return draft


def _prefixed_length(r: Reader, i: int) -> Length | None:
    """A length whose first word carries a preposition: «بعامين», «بنحو ثلاثة أشهر», «بسنة»."""
    lex = r.at(i)
    if lex is None or not lex.pre:
        return None
    if "unit" in lex.cats:
        number = lex.cats["unit"][1]
        if number == 0 or lex.article:
            return None
        return finish(r, i, lex, float(number), float(number))
    return read_length(r, i)


def _set(r: Reader, i: int, lex: Lex) -> Draft | None:
    if "set" in lex.cats:
        return Draft(i, lex.end, "set", "set")
    j = lex.end
    number = read(r, j)
    if number and (number.words or r.plain(j)):
        j = number.end
    unit = r.at(j)
    if unit and "unit" in unit.cats and not unit.article and unit.cats["unit"][0] != "minute":
        return Draft(i, unit.end, "every", "set")
    if unit and ("season" in unit.cats or "weekday" in unit.cats) and not r.table.clitics:
        return Draft(i, unit.end, "every", "set")
    return None


def vague(r: Reader, i: int) -> Draft | None:
    """ "now", "recently": a time that says nothing which could be checked."""
    lex = r.at(i)
    if lex is None or "vague" not in lex.cats:
        return None
    draft = Draft(i, lex.end, "vague", "vague")
    draft.code = lex.cats["vague"]
    return draft
