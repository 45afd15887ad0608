"""`histlint wording`: help for those who write wording files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..arguments import split
from ..cli import UsageError
from ..report.bidi import clean

if TYPE_CHECKING:
    from ..morphology import Form

_PERSONS = ("1", "2", "3")


def register(subparsers: Any) -> None:
    """Adds `wording` and its own commands to the command line."""
    parser = subparsers.add_parser("wording", description="Help for authors of wording files (rules/language/).")
    commands = parser.add_subparsers(dest="wording_command", metavar="COMMAND", required=True)
    about = "list the inflected forms of Arabic verbs and nouns, ready to paste into frames.yaml"
    command = commands.add_parser(
        "expand",
        help=about,
        description=f"{about[0].upper()}{about[1:]}. Needs histlint[camel] and a morphology database of camel-tools.",
    )
    command.set_defaults(run=expand)
    command.add_argument(
        "lemmas",
        nargs="+",
        metavar="LEMMA",
        help="a verb as «انسحب» (past, he), a noun in the singular, or a phrase that begins with one: 'رفع الراية'",
    )
    command.add_argument(
        "--database",
        metavar="PATH",
        default="",
        help="an almor database (default: HISTLINT_MORPHOLOGY, or what camel_data installed)",
    )
    command.add_argument("--pos", choices=("verb", "noun"), default="", help="only as this part of speech")
    command.add_argument(
        "--person", metavar="N", action="append", default=[], help="1, 2 or 3 (repeatable, or with commas; default: 3)"
    )
    command.add_argument(
        "--pronouns", action="store_true", help="also with object and possessive pronouns, which histlint adds by itself"
    )
    command.add_argument("--missing", action="store_true", help="only what histlint does not find from the lemma by itself")
    command.add_argument("--format", choices=("text", "json"), default="text", help="of the list (default: text, as YAML)")


def expand(args: argparse.Namespace) -> int:
    """Lists the forms of the lemmas; gives the exit code."""
    persons = split(args.person) or ("3",)
    for person in persons:
        if person not in _PERSONS:
            raise UsageError(f"argument --person: unknown value {person!r} (choices: {', '.join(_PERSONS)})")
    from ..morphology import Generator

    generator = Generator(args.database)
    pos = (args.pos,) if args.pos else ("verb", "noun")
    found = [
        (lemma, part, [form for form in forms if not (args.missing and form.known)])
        for lemma in dict.fromkeys(args.lemmas)
        for part, forms in generator.expand(lemma, pos, persons, args.pronouns).items()
    ]
    if args.format == "json":
        from ..report.machine import dump

        listed = [{"lemma": lemma, "pos": part, "forms": [_object(form) for form in forms]} for lemma, part, forms in found]
        sys.stdout.write(dump({"lemmas": listed}))
    else:
        sys.stdout.write("\n".join(_block(*row) for row in found))
    return 0


def _object(form: Form) -> Mapping[str, Any]:
    return {
        "form": form.form,
        "written": form.written,
        "diacritised": list(form.vocalised),
        "list": form.key,
        "tense" if form.key != "nouns" else "number": form.tense,
        "known": form.known,
    }


def _block(lemma: str, pos: str, forms: Sequence[Form]) -> str:
    """The forms as lists of a frame, each with its diacritics and what it is as a comment."""
    lines = [f"# {clean(lemma)} ({pos}): {len(forms)} forms"]
    width = max((len(form.written) for form in forms), default=0)
    key = ""
    for form in forms:
        if form.key != key:
            key = form.key
            lines.append(f"{key}:")
        notes = "; ".join((" / ".join(form.vocalised), form.tense, *(["found from the lemma"] if form.known else [])))
        lines.append(clean(f"  - {form.written:<{width}}  # {notes}"))
    return "\n".join(lines) + "\n"
