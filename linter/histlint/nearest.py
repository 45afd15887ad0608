"""The nearest right word to a wrong one, for error messages."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice most like `word`, or "" where none is near."""
    from difflib import get_close_matches

    by_lower = {choice.lower(): choice for choice in sorted(choices)}
    found = get_close_matches(word.lower(), by_lower, 1, 0.6)
    if not found:  # `event-date` for `dated/event-date`
        found = [choice for choice in by_lower if len(word) > 2 and word.lower() in choice.split("/")][:1]
    return by_lower[found[0]] if found else ""


def hint(word: str, choices: Iterable[str]) -> str:
    """`; did you mean 'x'?` for an error message, or "" where nothing is near."""
    found = nearest(word, choices)
    return f"; did you mean {found!r}?" if found else ""


def near_rule(word: str, rules: Iterable[str]) -> str:
    """The rule or folder of rules that is meant by a wrong id, which may be the last part of an id only; "" where none is near."""
    rules = sorted(rules)
    meant = {rule.rpartition("/")[2]: rule for rule in reversed(rules)}
    meant.update({rule.partition("/")[0]: rule.partition("/")[0] for rule in rules if "/" in rule})
    meant.update({rule: rule for rule in rules})
    found = nearest(word, meant)
    return meant[found] if found else ""


def rule_hint(word: str, rules: Iterable[str]) -> str:
    """`; did you mean 'dates/event'?`, or "" where no rule is near."""
    found = near_rule(word, rules)
    return f"; did you mean {found!r}?" if found else ""
