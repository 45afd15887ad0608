"""Applies the enabled rules to a reading, and keeps one finding per contradiction."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module

from ..bind import apart
from ..config import level, wanted
from ..model import Finding, Moment, Span
from ..named_tuple import TYPE_CHECKING
from ..reading import Reading
from .context import Context

if TYPE_CHECKING:
    from typing import Any

    from ..config import Settings
    from ..reference import Reference

KINDS: dict[str, str] = {
    "dated": "dated",
    "phrase": "phrase",
    "outlived": "outlived",
    "unbuilt": "unbuilt",
    "renamed": "renamed",
    "repeated": "repeated",
    "calendar": "calendar",
    "weekdays": "weekdays",
    "styles": "styles",
    "hijri": "hijri",
    "arithmetic": "arithmetic",
    "consistency": "consistency",
    "eras": "eras",
    "ages": "ages",
    "lasting": "lasting",
    "ended": "ended",
    "between": "between",
    "tens": "tens",
    "recalled": "recalled",
    "anniversary": "anniversaries",
    "lengths": "lengths",
    "mismatch": "mismatch",
    "spans": "spans",
    "ruled": "ruled",
    "installed": "installed",
    "incumbents": "incumbents",
    "lifespans": "lifespans",
    "sequence": "sequence",
    "totals": "totals",
    "told-counts": "told_counts",
    "narrative": "narrative",
    "kinship": "kinship",
    "families": "families",
    "acted": "acted",
    "reversed": "reversed",
    "fate": "fate",
    "fates": "fates",
    "falls": "falls",
    "realm": "realm",
    "cast": "cast",
    "slip": "slips",
    "frame": "frame",
    "order": "order",
    "aftermath": "aftermath",
    "outcome": "outcome",
    "headed": "headed",
    "ceded": "ceded",
    "turned": "turned",
    "shares": "shares",
    "leagues": "leagues",
    "directed": "directed",
    "comrades": "comrades",
    "part": "part",
    "outsiders": "outsiders",
    "lifetime": "lifetime",
    "lineage": "heirs",
    "turnover": "turnover",
    "place": "place",
    "geography": "geography",
    "scene": "scenes",
    "within": "within",
    "capital": "capitals",
    "anachronism": "anachronism",
    "named": "named",
    "misnamed": "misnamed",
    "untimely": "untimely",
    "outliers": "outliers",
    "garbled": "garbled",
    "contemporaries": "contemporaries",
    "numbered": "numbered",
    "namesakes": "namesakes",
    "counted": "counted",
    "ordinal": "ordinals",
}
"""Kinds of rule and the modules here that decide them."""

INTERNAL = "internal-error"


def level_of(rule: str, rules: Mapping[str, Mapping[str, Any]], settings: Settings) -> str:
    """The level of a rule: that of the settings, else its own."""
    return level(settings, rule, str(rules.get(rule, {}).get("level", "error")))


def findings(reading: Reading, reference: Reference, rules: Mapping[str, Mapping[str, Any]], settings: Settings) -> list[Finding]:
    """What all enabled rules find, one finding per contradiction. A rule that fails becomes a finding itself."""
    out: list[Finding] = []
    memo: dict[Any, Any] = {}
    for rule, kind, options in _enabled(rules, settings):
        context = Context(reading, reference, rule, options, memo)
        try:
            out.extend(_run(kind, context))
        except Exception as error:
            if os.environ.get("HISTLINT_DEBUG"):
                raise
            out.append(Finding(INTERNAL, Span(0, min(1, len(reading.document.text))), {"rule": rule, "error": repr(error)}))
    return list(_distinct(out, reading))


_order: tuple[object, object, list[tuple[str, str, Mapping[str, Any]]]] = (None, None, [])


def _enabled(rules: Mapping[str, Mapping[str, Any]], settings: Settings) -> list[tuple[str, str, Mapping[str, Any]]]:
    """The rules to apply with their kinds and options, in order; kept for the text after."""
    global _order
    of_rules, of_settings, enabled = _order
    if of_rules is not rules or of_settings is not settings:
        ordered = sorted(rules, key=lambda rule: (int(rules[rule].get("priority", 50)), rule))
        asked = [rule for rule in ordered if wanted(settings, rule) and level_of(rule, rules, settings) != "off"]
        known = [(rule, str(rules[rule]["kind"])) for rule in asked]
        enabled = [(rule, kind, rules[rule].get("options", {})) for rule, kind in known if kind in KINDS]
        _order = rules, settings, enabled
    return enabled


_checks: dict[str, Callable[[Context], Iterable[Finding]]] = {}


def _run(kind: str, context: Context) -> Iterable[Finding]:
    check = _checks.get(kind)
    if check is None:
        check = _checks[kind] = import_module(f".{KINDS[kind]}", __package__).check
    return list(check(context))


def _distinct(found: Sequence[Finding], reading: Reading) -> Iterator[Finding]:
    """Drop a finding that shares most of its place with an earlier one, or only follows from a date or a name that another refutes: two
    rules never report one contradiction twice."""
    kept: list[Finding] = []
    wrong = _wrong_dates(found, reading)
    misnamed = [finding for finding in found if finding.rule.startswith(_NAMES)]
    for finding in _one_of_a_date(found, reading):
        if finding.rule != INTERNAL and any(_overlap(finding.span, other.span) or _same_matter(finding, other) for other in kept):
            continue
        if finding.rule.startswith("lifetime/") and _follows(finding, wrong):
            continue
        if any(finding not in misnamed and _builds_on(finding, name) for name in misnamed):
            continue
        kept.append(finding)
        yield finding


def _wrong_dates(found: Iterable[Finding], reading: Reading) -> list[tuple[int, Moment]]:
    """Where the text has dates that a rule on dates refutes, and what they say."""
    wrong = [finding for finding in found if finding.rule.startswith(("dates/", "calendar/twins"))]
    return [
        (time.mention.start, value)
        for time in reading.times
        for finding in wrong
        if (value := time.mention.value) is not None and finding.span.start <= time.mention.start < finding.span.end
        and not _same_year(finding, value)
    ]


def _same_year(finding: Finding, value: Moment) -> bool:
    """Whether a date is refuted that misses its event by months: it still tells the year of the story."""
    known = getattr(finding.values.get("event"), "when", None)
    return isinstance(known, Moment) and not apart(known, value, _YEAR)


def _one_of_a_date(found: Sequence[Finding], reading: Reading) -> list[Finding]:
    """Of people and things that one date of a sentence puts out of their time only that next to it: the date may be what is wrong."""
    out = list(found)
    lives = [finding for finding in found if finding.rule.startswith(("lifetime/", *_NAMES)) and isinstance(finding.values.get("when"), Moment)]
    for when in {moment for finding in lives if isinstance(moment := finding.values.get("when"), Moment)} if len(lives) > 1 else ():
        for at in (time.mention.start for time in reading.times if time.mention.value == when):
            same = [finding for finding in lives if finding.values.get("when") == when and abs(finding.span.start - at) < _SENTENCE]
            next_to_it = min((abs(finding.span.start - at) for finding in same), default=0)
            out = [finding for finding in out if finding not in same or abs(finding.span.start - at) == next_to_it]
    return out


_SENTENCE = 300
"""Characters around a date in which what is told is told of it."""


def _follows(finding: Finding, wrong: Iterable[tuple[int, Moment]]) -> bool:
    """Whether the time that a finding rests on is that of a wrong date told shortly before."""
    when = finding.values.get("when")
    return isinstance(when, Moment) and any(0 < finding.span.start - at < _STORY and abs(apart(value, when)) < _YEAR for at, value in wrong)


_STORY, _YEAR = 600, 366
"""Characters for which a date goes on telling the year, and the days of a year."""
_NEAR = 60
_NAMES = ("names/", "translation/")


def _same_matter(one: Finding, other: Finding) -> bool:
    """Whether two rules of one folder speak of the same facts a few words apart,."""
    return one.rule.partition("/")[0] == other.rule.partition("/")[0] and _of_one_fact(one, other)


def _builds_on(finding: Finding, name: Finding) -> bool:
    """Whether a finding rests on him whose name another says is wrong, a few words away."""
    whose = name._replace(evidence=name.evidence[:1])
    return _of_one_fact(finding, whose) and not _overlap(finding.span, name.span)


def _of_one_fact(one: Finding, other: Finding) -> bool:
    """Whether two findings rest on one fact, a few words apart."""
    near = one.span.start - other.span.end < _NEAR and other.span.start - one.span.end < _NEAR
    shared = {item.fact for item in one.evidence if item.fact} & {item.fact for item in other.evidence if item.fact}
    return near and bool(shared)


def _overlap(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and shared * 2 >= min(one.end - one.start, other.end - other.start)
