"""What is not to be reported: findings suppressed in the text, and those in a baseline of known findings.

A suppression that silences nothing is itself a finding of rule `text/unused-suppression`, so that none outlives its reason.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence

from .config import ConfigError, Settings, level, matches, wanted
from .model import Diagnostic, Document, Suppression
from .named_tuple import TYPE_CHECKING, NamedTuple
from .nearest import near_rule, nearest
from .read.prose import WORDS

if TYPE_CHECKING:
    from typing import Any

UNUSED = "text/unused-suppression"
VERSION = 1  # of the baseline's form


def apply(
    document: Document,
    diagnostics: Sequence[Diagnostic],
    settings: Settings,
    known: Iterable[str],
    labels: Mapping[str, Mapping[str, str]],
) -> list[Diagnostic]:
    """The findings that no suppression of the document silences, and one for each suppression that silences none.

    `known` are the ids of all rules, `labels` the wording of the report by language.
    """
    if not document.suppressions:
        return list(diagnostics)
    used: set[tuple[Suppression, str]] = set()
    kept = [item for item in diagnostics if not _silenced(item, document.suppressions, used)]
    if wanted(settings, UNUSED):
        known = tuple(known)
        lang = settings.lang or next((item.lang for item in diagnostics), "") or document.lang or _language(document.text)
        kept += [
            _unused(document, suppression, pattern, settings, known, lang, labels[lang])
            for suppression in document.suppressions
            for pattern in (() if suppression.wrong else suppression.rules) or ("",)
            if suppression.wrong or ((suppression, pattern) not in used and _due(pattern, settings, known))
        ]
    return sorted(kept, key=lambda item: (item.line, item.column, item.rule))


def _silenced(item: Diagnostic, suppressions: Sequence[Suppression], used: set[tuple[Suppression, str]]) -> bool:
    """Whether a suppression silences the finding; all that do are marked as used."""
    if item.rule == "internal-error":
        return False
    found = False
    for suppression in suppressions:
        if suppression.first <= item.line <= suppression.last:
            for pattern in suppression.rules or ("",):
                if not pattern or matches(pattern, item.rule):
                    used.add((suppression, pattern))
                    found = True
    return found


def _due(pattern: str, settings: Settings, known: Sequence[str]) -> bool:
    """Whether an unused suppression is to be reported: not where its rule is switched off in this run."""
    if not pattern:
        return not settings.select and not settings.ignore
    meant = [rule for rule in known if matches(pattern, rule)]
    return not meant or any(wanted(settings, rule) for rule in meant)


def _unused(
    document: Document,
    suppression: Suppression,
    pattern: str,
    settings: Settings,
    known: Sequence[str],
    lang: str,
    labels: Mapping[str, str],
) -> Diagnostic:
    """The finding about a suppression that silences nothing."""
    near = ""
    if suppression.wrong:
        message = labels["unknown-word"].format(word=suppression.wrong, words=", ".join(WORDS))
        word = re.fullmatch(r"[\w-]+", suppression.wrong) and "histlint" not in suppression.wrong
        near = nearest(suppression.wrong, WORDS) if word else "histlint: ignore[…]"
    elif pattern and not any(matches(pattern, rule) for rule in known):
        message, near = labels["unknown-rule"].format(rule=pattern), near_rule(pattern, known)
    else:
        message = labels["unused-suppression"].format(rule=pattern or labels["all-rules"])
    line, column, end = suppression.line, suppression.column, suppression.end_column
    return Diagnostic(
        document.path, line, column, line, end, UNUSED, level(settings, UNUSED, "warning"), message,
        document.line_text(line)[column - 1 : end - 1], (), (), labels["did-you-mean"].format(rule=near) if near else "", lang,
    )  # fmt: skip


def _language(text: str) -> str:
    """The language most letters of the text's beginning belong to."""
    start = text[:2000]
    return "ar" if sum("\u0600" <= character <= "\u06ff" for character in start) * 2 > sum(map(str.isalpha, start)) else "en"


class Baseline(NamedTuple):
    """Known findings: how often each fingerprint may occur, in which file it did (counted from the baseline's folder)."""

    path: str
    counts: dict[str, int]
    places: dict[str, str]


def fingerprint(item: Diagnostic, folder: str) -> str:
    """What identifies a finding although lines move: its file (counted from `folder`), its rule and the words it is about."""
    from hashlib import sha256

    parts = (_relative(item.path, folder), item.rule, " ".join(item.claim.split()))
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:20]


def _relative(path: str, folder: str) -> str:
    return path if path.startswith("<") else os.path.relpath(path, folder or ".").replace(os.sep, "/")


def read_baseline(path: str) -> Baseline:
    """The baseline in a file; ConfigError where the file is none."""
    import json

    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        if data["histlint-baseline"] != VERSION:
            raise ConfigError(f"{path}: a baseline of form {data['histlint-baseline']}; this histlint reads {VERSION}")
        counts = {str(item["fingerprint"]): int(item["count"]) for item in data["findings"]}
        places = {str(item["fingerprint"]): str(item["path"]) for item in data["findings"]}
    except OSError as error:
        more = f"; write one with --write-baseline {path}" if isinstance(error, FileNotFoundError) else ""
        raise ConfigError(f"{path}: the baseline cannot be read: {error.strerror or error}{more}") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ConfigError(f"{path}: is no baseline; write one with --write-baseline {path}") from None
    return Baseline(path, counts, places)


def stale(baseline: Baseline, remaining: Mapping[str, int], paths: Iterable[str]) -> int:
    """How many findings of the baseline in the files `paths` are left over in `remaining`."""
    folder = os.path.dirname(baseline.path)
    checked = {_relative(path, folder) for path in paths}
    return sum(number for mark, number in remaining.items() if baseline.places[mark] in checked)


def known_removed(baseline: Baseline, diagnostics: Sequence[Diagnostic], remaining: dict[str, int]) -> list[Diagnostic]:
    """The findings not in the baseline. `remaining` counts what is left of it and is lowered."""
    folder, kept = os.path.dirname(baseline.path), []
    for item in diagnostics:
        mark = fingerprint(item, folder)
        if item.rule != "internal-error" and remaining.get(mark, 0) > 0:
            remaining[mark] -= 1
        else:
            kept.append(item)
    return kept


def baseline_text(path: str, diagnostics: Iterable[Diagnostic]) -> str:
    """The content of the baseline file `path` that knows these findings; the same findings always give the same text."""
    import json

    folder = os.path.dirname(path)
    found: dict[str, dict[str, Any]] = {}
    for item in diagnostics:
        mark = fingerprint(item, folder)
        entry = {"fingerprint": mark, "path": _relative(item.path, folder), "rule": item.rule, "claim": item.claim, "count": 0}
        found.setdefault(mark, entry)["count"] += 1
    entries = sorted(found.values(), key=lambda entry: (entry["path"], entry["rule"], entry["claim"]))
    return json.dumps({"histlint-baseline": VERSION, "findings": entries}, ensure_ascii=False, indent=1) + "\n"
