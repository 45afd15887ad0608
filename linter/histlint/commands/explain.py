"""`histlint rules` and `histlint explain`: the rules' own pages, from their YAML files."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from ..arguments import Labels, Linters, add_settings, settings_of
from ..cli import UsageError
from ..config import level, matches
from ..files import terminal
from ..nearest import rule_hint
from ..report.bidi import clean, isolate
from ..report.machine import in_language
from ..report.text import wrapped

_EXAMPLES = ("bad", "good", "known_miss", "known_false_alarm")
_LISTED = 6  # entries of a list of options


def register(subparsers: Any) -> None:
    """Adds `rules` and `explain` to the parser of the command line."""
    parser = subparsers.add_parser("rules", description="List the rules, each with its level and what it says.")
    parser.set_defaults(run=rules)
    add_settings(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="of the list (default: text)")
    parser.add_argument(
        "--kinds",
        action="store_true",
        help="list the kinds of rules instead, for authors of rules: their options, the fields of messages",
    )
    parser = subparsers.add_parser("explain", description="Explain rules: what they report, why, and where they go wrong.")
    parser.set_defaults(run=explain)
    parser.add_argument("rules_to_explain", nargs="+", metavar="RULE", help="a rule such as dates/event, or a folder of rules")
    add_settings(parser)


class _Book:
    """The rules and the language to show them in."""

    def __init__(self, args: argparse.Namespace) -> None:
        settings = settings_of(args)
        self.linter = Linters(settings).get(settings)
        self.settings = self.linter.settings
        self.lang = settings.lang or ("ar" if os.environ.get("LC_ALL", os.environ.get("LANG", "")).startswith("ar") else "en")
        self.labels = Labels(self.linter)[self.lang]
        self.rules: dict[str, Mapping[str, Any]] = dict(self.linter.rules)
        self.rules["text/unused-suppression"] = self._built_in("unused-suppression", "unused-why", "warning")
        self.rules["internal-error"] = self._built_in("internal-error", "internal-why", "error")

    def _built_in(self, message: str, why: str, level: str) -> dict[str, Any]:
        return {"level": level, "message": self.labels[message], "why": self.labels[why], "kind": "histlint"}

    def level(self, rule: str) -> str:
        """The level of a rule under the settings."""
        return level(self.settings, rule, str(self.rules[rule].get("level", "error")))


def rules(args: argparse.Namespace) -> int:
    """Lists the rules, or their kinds."""
    book = _Book(args)
    if args.kinds:
        return _kinds(book, args.format)
    if args.format == "json":
        from ..report.machine import dump

        listed = [{"id": rule, "level": book.level(rule), **book.rules[rule]} for rule in sorted(book.rules)]
        sys.stdout.write(dump({"rules": listed}))
        return 0
    width = max(map(len, book.rules))
    for rule in sorted(book.rules):
        why = in_language(book.rules[rule].get("why"), book.lang).split("\n")[0]
        print(f"{rule:<{width}}  {book.level(rule):<7}  {isolate(clean(why), book.lang)}")
    return 0


def _kinds(book: _Book, format: str) -> int:
    """Lists the kinds of rules."""
    from ..rule_schema import described

    kinds = described(book.linter.rules.values())
    if format == "json":
        from ..report.machine import dump

        rows = [{"kind": kind, **shown._asdict(), "fields": ["claim", *shown.fields]} for kind, shown in kinds.items()]
        sys.stdout.write(dump({"kinds": rows}))
        return 0
    for kind, shown in kinds.items():
        options = f"of: {', '.join(shown.of)}" if shown.of else "phrases: {ar: […], en: […]}" if shown.phrases else "none"
        print(kind)
        for line in (f"options  {options}", f"fields   {', '.join(['claim', *shown.fields])}"):
            print("\n".join(_paragraph(line, "en", "  ", "           ")))
    return 0


def explain(args: argparse.Namespace) -> int:
    """Explains the rules named."""
    book = _Book(args)
    chosen: list[str] = []
    for pattern in args.rules_to_explain:
        meant = sorted(rule for rule in book.rules if matches(pattern, rule))
        if not meant:
            raise UsageError(f"unknown rule {pattern!r}{rule_hint(pattern, book.rules)} (see `histlint rules`)")
        chosen += [rule for rule in meant if rule not in chosen]
    print("\n\n".join(_page(book, rule) for rule in chosen))
    return 0


def _page(book: _Book, rule: str) -> str:
    """A rule's page."""
    content, labels, lang = book.rules[rule], book.labels, book.lang
    lines = [f"{rule}  [{content.get('kind', '')}, {labels['levels'].get(book.level(rule), book.level(rule))}]"]
    why, message = in_language(content.get("why"), lang), in_language(content.get("message"), lang)
    for label, text in (("why", why), ("says", message), ("limits", in_language(content.get("limits"), lang))):
        if text:
            lines += [f"  {labels[label]}:", *_paragraph(text, lang)]
    if options := content.get("options"):
        lines += [f"  {labels['options']}:", *_paragraph(_short(options), "en")]
    examples = content.get("examples") or {}
    for section in _EXAMPLES:
        if listed := examples.get(section):
            lines.append(f"  {labels[section]}:")
            for example in listed:
                lines += _example(example)
    lines += [f"  {labels['silence']}:", f"    <!-- histlint: ignore[{rule}] … -->   [histlint: ignore[{rule}] …]"]
    return "\n".join(lines)


def _paragraph(text: str, lang: str, first: str = "    ", rest: str = "    ") -> Iterator[str]:
    """The lines of a text behind `first`, broken where the screen ends, further ones behind `rest`."""
    columns = terminal("never", to_file=False).columns
    for written in text.strip().split("\n"):
        for line in wrapped(clean(written), columns - len(rest)) if columns else [clean(written)]:
            yield f"{first}{isolate(line, lang)}"
            first = rest


def _example(example: Any) -> Iterator[str]:
    """An example, with what is said of it."""
    text = example.get("text", "") if isinstance(example, Mapping) else str(example)
    yield from _paragraph(text, _lang(text), "    - ", "      ")
    if isinstance(example, Mapping) and example.get("says"):
        says = str(example["says"])
        yield from _paragraph(says, _lang(says), "      → ", "        ")


def _lang(text: str) -> str:
    return "ar" if any("\u0600" <= character <= "\u06ff" for character in text) else "en"


def _short(options: Any) -> str:
    """Options on one line, long lists cut."""
    if isinstance(options, Mapping):
        return ", ".join(f"{key}: {_short(value)}" for key, value in options.items())
    if isinstance(options, list | tuple):
        more = f", … (+{len(options) - _LISTED})" if len(options) > _LISTED else ""
        return "[" + ", ".join(map(_short, options[:_LISTED])) + more + "]"
    return str(options)
