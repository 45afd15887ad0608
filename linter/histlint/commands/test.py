"""`histlint test`: runs the examples of rules as tests, the shipped ones or those of one's own packs.

A good example is one that the rule leaves alone; of a bad one it reports exactly the words between ⟦ and ⟧ (several marks,
several findings), and says `says`. What is known to go wrong is written down too and must still go wrong: a `known_miss` that
is found, or a `known_false_alarm` that is not, is a failure that asks to be moved.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..arguments import Linters, add_settings, merged, settings_of
from ..cli import UsageError
from ..config import Settings, matches
from ..model import Diagnostic
from ..nearest import rule_hint
from ..packs import holds_facts, pack_files
from ..report.bidi import clean, line

_SECTIONS = ("bad", "good", "known_miss", "known_false_alarm")


class Failure(NamedTuple):
    """An example that does not do what its section says."""

    rule: str
    section: str
    number: int  # from 1
    text: str
    reason: str


def register(subparsers: Any) -> None:
    """Adds `test` to the parser of the command line."""
    parser = subparsers.add_parser(
        "test", description="Run the examples of rules as tests: all rules, some, or those of your own packs."
    )
    parser.set_defaults(run=run)
    parser.add_argument(
        "packs", nargs="*", metavar="PACK", help="a folder of your own rules or reference packs, a rule, or a folder of rules"
    )
    add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Runs the examples; prints the failures; 0 where there are none, 1 where there are."""
    settings, patterns, own = settings_of(args), [], []
    for pack in args.packs:
        if os.path.isdir(pack):
            if not pack_files(pack):
                raise UsageError(f"{pack}: holds no packs (files that end in .yaml or .yml)")
            if holds_facts(pack):
                settings = settings._replace(reference=merged(settings.reference, [pack]))
            else:
                settings = settings._replace(rules=merged(settings.rules, [pack]))
                own += _rule_ids(pack)
        else:
            patterns.append(pack)
    settings = settings._replace(select=(), ignore=(), levels={})
    linter = Linters(settings).get(settings)
    chosen = {rule for rule in linter.rules if rule in own or any(matches(pattern, rule) for pattern in patterns)}
    rules = sorted(chosen if patterns or own else linter.rules)
    for pattern in patterns:
        if not any(matches(pattern, rule) for rule in linter.rules):
            raise UsageError(
                f"{pattern!r} is neither a folder nor a rule{rule_hint(pattern, linter.rules)} (see `histlint rules`)"
            )
    failures = run_examples(linter, rules)
    for failure in failures:
        print(f"{failure.rule}: {failure.section} {failure.number}: {clean(failure.reason)}")
        print(f"  {line(clean(failure.text))}")
    total = sum(len(_listed(linter.rules[rule], section)) for rule in rules for section in _SECTIONS)
    bare = [rule for rule in rules if not _listed(linter.rules[rule], "bad")]
    if bare:
        print(f"without an example that fires: {', '.join(bare)}")
    print(f"{total} examples of {len(rules)} rules: {len(failures)} failures")
    return 1 if failures else 0


def _rule_ids(folder: str) -> list[str]:
    """The ids of the rules in a folder: their paths in it without suffix."""
    paths = [os.path.relpath(path, folder).replace(os.sep, "/") for path in pack_files(folder)]
    return [os.path.splitext(path)[0] for path in paths if not path.startswith("language/")]


def _listed(rule: Mapping[str, Any], section: str) -> list[Any]:
    return list((rule.get("examples") or {}).get(section) or [])


def run_examples(linter: Any, rule_ids: Iterable[str]) -> list[Failure]:
    """The examples of these rules (of a `pipeline.Linter`) that fail, in order."""
    failures: list[Failure] = []
    for rule in rule_ids:
        checker = _with_given(linter, linter.rules[rule])
        for section in _SECTIONS:
            for number, example in enumerate(_listed(linter.rules[rule], section), 1):
                text, says = (example["text"], example.get("says", "")) if isinstance(example, Mapping) else (str(example), "")
                lang = str(example.get("lang", "")) if isinstance(example, Mapping) else ""
                reason = _try(checker, rule, section, text, str(says), lang)
                if reason:
                    failures.append(Failure(rule, section, number, text, reason))
    return failures


def _with_given(linter: Any, rule: Mapping[str, Any]) -> Any:
    """The linter, with the facts that the rule's examples take as `given` on top."""
    given = (rule.get("examples") or {}).get("given")
    if not given:
        return linter
    import tempfile

    import yaml

    from .. import pipeline

    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "given.yaml"), "w", encoding="utf-8") as file:
            yaml.safe_dump(given, file, allow_unicode=True)
        settings: Settings = linter.settings
        return pipeline.load(settings._replace(reference=(*settings.reference, folder)))


def _try(linter: Any, rule: str, section: str, text: str, says: str, lang: str) -> str:
    """Why an example fails, "" where it does not."""
    from .. import pipeline

    plain, marked = _marks(text)
    try:
        found = [item for item in pipeline.check_text(linter, plain, lang) if item.rule in (rule, "internal-error")]
    except Exception as error:
        return f"histlint failed: {type(error).__name__}: {error}"
    if crash := next((item for item in found if item.rule == "internal-error"), None):
        return crash.message
    said = "; ".join(f"«{item.claim}»: {item.message}" for item in found)
    if section in ("good", "known_miss"):
        known = ", no longer a known miss: make it a bad example" if section == "known_miss" else ""
        return f"was reported{known}: {said}" if found else ""
    if section == "known_false_alarm":
        return "" if found else "was not reported, no longer a known false alarm: make it a good example"
    return _compare(plain, marked, found, says, said)


def _compare(plain: str, marked: list[tuple[int, int]], found: list[Diagnostic], says: str, said: str) -> str:
    """What differs between the marks of a bad example and the findings."""
    if not found:
        return "was not reported"
    if not marked:
        return "marks no words with ⟦ and ⟧"
    starts = [0]
    for row in plain.split("\n"):
        starts.append(starts[-1] + len(row) + 1)
    places = sorted((starts[item.line - 1] + item.column - 1, starts[item.end_line - 1] + item.end_column - 1) for item in found)
    if places != sorted(marked):
        return f"other words were reported than marked: {said}"
    if says and not any(says == item.message for item in found):
        return f"says something else: {said}"
    return ""


def _marks(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without marks, and the ranges that were between them."""
    plain, ranges, start = "", [], 0
    for character in text:
        if character == "⟦":
            start = len(plain)
        elif character == "⟧":
            ranges.append((start, len(plain)))
        else:
            plain += character
    return plain, ranges
