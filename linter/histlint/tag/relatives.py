"""The grammar of times counted from the narrative: «العام التالي», "that summer", "later that month"."""

from __future__ import annotations

from histlint.tag.draft import Draft
from histlint.tag.timewords import Lex, Reader


def relative(r: Reader, i: int) -> Draft | None:
    """A unit, season or month counted from the narrative: «العام التالي», «نفس الشهر», "that summer", "the following day"."""
    start = i
    i = r.skip(i, "the")
    amount: int | None = None
    lex = r.at(i)
    same = False
    while lex and (step := modifier(lex)) is not None:
        if step == 0 and "same" in lex.cats:
            same = True
        amount = step if amount is None or step else amount
        i = lex.end
        lex = r.at(i)
        if i - start > 5:
            return None
    if lex is None:
        return None
    cats = lex.cats
    end = lex.end
    if amount is None:
        if not (r.table.clitics and "unit" in cats):
            return None
        follow = r.at(end)
        step = modifier(follow) if follow else None
        if follow is None or step is None or not (lex.article or "same" in follow.cats):
            return None
        if "this" in follow.cats and "same" not in follow.cats and not r.has(follow.end, "same"):
            return None
        amount, end = step, follow.end
    elif r.table.clitics and "unit" in cats and not lex.article and not same:
        return None  # «هذه سنة …»
    elif r.table.clitics and "unit" in cats and (follow := r.at(end)) and (step := modifier(follow)) is not None:
        amount, end = step or amount, follow.end
    draft = Draft(start, end, "relative")
    if "unit" in cats:
        unit, number = cats["unit"]
        if number != 1 or unit in ("minute", "hour"):
            return None
        draft.rel = ("day" if unit == "night" else unit, amount)
        if unit == "night":
            draft.daypart = "TNI"
        return draft
    if r.table.clitics:
        return None
    if "season" in cats:
        draft.season, draft.rel = cats["season"][0], ("season", amount)
    elif "month" in cats and r.capital(i):
        draft.month, draft.month_calendar, draft.rel = cats["month"][1], cats["month"][0], ("month-name", amount)
    elif "weekday" in cats and not cats["weekday"][1]:
        draft.weekday, draft.rel = cats["weekday"][0], ("weekday", amount)
    elif "daypart" in cats and amount in (0, 1, -1):
        draft.daypart, draft.rel = cats["daypart"], ("day", amount)
    else:
        return None
    return draft


def modifier(lex: Lex) -> int | None:
    """Years, days … that a word moves a time by: 1 next, -1 previous, 0 the same; None where it moves none."""
    cats = lex.cats
    return 1 if "next" in cats else -1 if "prev" in cats else 0 if "same" in cats or "this" in cats else None


def bare_unit(r: Reader, i: int) -> Draft | None:
    """«نهاية العام», "the end of the month": a unit with the article, inside a part, is the narrative one."""
    j = r.skip(i, "the")
    lex = r.at(j)
    if lex is None or "unit" not in lex.cats or not (j > i or lex.article):
        return None
    unit, number = lex.cats["unit"]
    if number != 1 or unit in ("minute", "hour", "night"):
        return None
    draft = Draft(i, lex.end, "narrative-unit")
    draft.rel = (unit, 0)
    return draft


def later_in(r: Reader, i: int, lex: Lex) -> Draft | None:
    """ "later that year", "earlier in the month": somewhere in it."""
    j = r.skip(lex.end, "of")
    inner = relative(r, r.skip(j, "the")) or bare_unit(r, j)
    if inner is None or inner.rel is None:
        return None
    inner.first = i
    inner.rules.append("later-in")
    return inner
