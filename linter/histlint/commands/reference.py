"""`histlint reference …`: what the reference knows, and whether its packs are sound.

Each command is a function from parsed arguments to an exit code; `reference_view` makes what is shown.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..arguments import add_encoding, add_settings, number, settings_of, words
from ..cli import UsageError, complain
from ..report.bidi import clean
from . import reference_import

if TYPE_CHECKING:
    from ..reference import Reference
    from ..yamlio import PackError


def register(subparsers: Any) -> None:
    """Adds `reference` and its own commands to the command line; `run` of the arguments runs the chosen one."""
    parser = subparsers.add_parser("reference", description="Look into the reference facts; check and build packs.")
    commands = parser.add_subparsers(dest="reference_command", metavar="COMMAND", required=True)

    command = _command(commands, "check", check, "check packs and rules: every error and warning with its line")
    command.add_argument(
        "path",
        nargs="*",
        metavar="PATH",
        help="report only on these files or folders; a folder that is no part of the packs is checked with them",
    )
    command.add_argument("--strict", action="store_true", help="warnings count as errors")

    command = _command(commands, "build", build, "compile the packs now instead of at the next run")
    command.add_argument("--output", metavar="FILE", help="write the compiled file of the shipped packs there")

    command = _command(commands, "show", show, "show a fact by any of its names, in either language, or by its id")
    command.add_argument("name", nargs="+", type=words, metavar="NAME")

    command = _command(commands, "search", search, "list the names that hold all these words or beginnings of words")
    command.add_argument("word", nargs="+", type=words, metavar="WORD")
    command.add_argument("--limit", type=number, default=40, metavar="N", help="of lines (default: 40)")

    command = _command(commands, "stats", stats, "count facts by kind, type, period, region, language and source")
    command.add_argument("--all", action="store_true", help="whole tables, not only their heads")

    command = _command(commands, "coverage", coverage, "list what articles name that the reference knows, and does not know")
    command.add_argument("paths", nargs="+", metavar="PATH")
    add_encoding(command)

    command = _command(commands, "new", new, "print the skeleton of an entry", packs=False)
    command.add_argument("kind", choices=("polity", "person", "place", "thing", "event"))
    command.add_argument("id", nargs="?", default="", help="its id: lower-case English words joined by hyphens")

    reference_import.register(commands)

    command = _command(commands, "schema", print_schema, "print the JSON Schema of pack or rule files, for editors", packs=False)
    command.add_argument("of", nargs="?", choices=("facts", "rule"), default="facts", help="facts (the default) or rule")


def _command(commands: Any, name: str, run: Callable[[argparse.Namespace], int], help: str, *, packs: bool = True) -> Any:
    parser = commands.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
    parser.set_defaults(run=run)
    if packs:
        add_settings(parser)
    return parser


def _say(text: str) -> None:
    """Prints what may come from packs, safe for a terminal."""
    for line in text.split("\n"):
        print(clean(line))


# Packs


def check(args: argparse.Namespace) -> int:
    """Checks all packs and rules together and prints what is wrong: 0 nothing, 1 errors, 2 no packs."""
    from ..check_packs import check as check_packs
    from ..decode import decode_folders

    facts, rules = _folders(args)
    if not facts and not rules:
        return _fail("no packs found")
    packs = decode_folders(facts)
    number, wrong = _check_rules(rules, include_shipped=settings_of(args).shipped)
    found = check_packs(packs) + wrong
    found = [error for error in found if not args.path or any(_inside(error.path, path) for path in args.path)]
    for error in found:
        _say(str(error))
    errors = sum(error.level == "error" for error in found)
    summary = (
        f"{len(packs.packs)} files, {len(packs.facts)} facts, {number} rules: {errors} errors, {len(found) - errors} warnings"
    )
    print(summary, file=sys.stderr)
    return 1 if errors or (found and args.strict) else 0


def _folders(args: argparse.Namespace) -> tuple[list[str], list[str]]:
    """The folders of facts and of rules to check. A folder among the paths that is in none of them is a pack of its own."""
    from ..arguments import merged
    from ..packs import holds_facts, pack_files, shipped

    settings = settings_of(args)
    facts = merged([shipped("reference")] if settings.shipped and shipped("reference") else [], settings.reference)
    rules = merged([shipped("rules")] if settings.shipped and shipped("rules") else [], settings.rules)
    for path in args.path:
        if not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder")
        if any(_inside(path, folder) for folder in (*facts, *rules)):
            continue
        if not os.path.isdir(path):
            folder = os.path.dirname(path) or "."
            raise UsageError(f"{path}: belongs to none of the packs; check its folder: histlint reference check {folder}")
        if not pack_files(path):
            raise UsageError(f"{path}: holds no packs (files that end in .yaml or .yml)")
        if holds_facts(path):
            facts = merged(facts, [path])
        else:
            rules = merged(rules, [path])
    return list(facts), list(rules)


def _check_rules(folders: Sequence[str], *, include_shipped: bool) -> tuple[int, list[PackError]]:
    """How many rules these folders hold, and what is wrong with them and with the wording."""
    from ..compile import read_rules
    from ..packs import open_reference, shipped
    from ..reference import Reference

    own = [folder for folder in folders if folder != shipped("rules")]
    found = [read_rules([folder for folder in folders if folder not in own], Reference())]
    if own:
        with open_reference(include_shipped=include_shipped, lenient=True) as base:
            found.append(read_rules(own, base))
    return sum(len(one.rules) for one in found), [error for one in found for error in one.errors]


def _inside(path: str, folder: str) -> bool:
    return Path(path).resolve().is_relative_to(Path(folder).resolve())


def build(args: argparse.Namespace) -> int:
    """Compiles the packs: 0 done, 2 errors in the packs."""
    from ..files import check_writable
    from ..packs import PackErrors, compile_shipped, open_reference

    try:
        if args.output:
            check_writable(args.output)
            compile_shipped(args.output)
            print(args.output)
            return 0
        settings = settings_of(args)
        with open_reference(settings.reference, settings.rules, include_shipped=settings.shipped) as reference:
            _warn(reference)
            for file in reference.files:
                print(file)
    except PackErrors as errors:
        for error in errors.errors:
            print(clean(str(error)), file=sys.stderr)
        return _fail(f"{len(errors.errors)} errors: nothing was built")
    except OSError as error:
        return _fail(f"{args.output}: {error.strerror or error}")
    return 0


def new(args: argparse.Namespace) -> int:
    """Prints a skeleton entry."""
    from ..schema_types import ID
    from .reference_view import skeleton

    if args.id and not re.fullmatch(ID, args.id):
        raise UsageError(f"the id {args.id!r} is not lower-case English words joined by hyphens, such as battle-of-hattin")
    print(skeleton(args.kind, args.id or f"my-{args.kind}"))
    return 0


def print_schema(args: argparse.Namespace) -> int:
    """Prints the JSON Schema of pack files or rule files."""
    import json

    from .. import rule_schema, schema

    described = rule_schema.json_schema() if args.of == "rule" else schema.json_schema()
    print(json.dumps(described, indent=1, ensure_ascii=False))
    return 0


# Facts


def _open(args: argparse.Namespace) -> Reference:
    """The reference, as far as it can be used: `check` is the command that fails on a bad pack."""
    from ..packs import open_reference

    settings = settings_of(args)
    reference = open_reference(settings.reference, settings.rules, include_shipped=settings.shipped, lenient=True)
    _warn(reference)
    return reference


def _warn(reference: Reference) -> None:
    for warning in reference.warnings:
        complain(warning, "warning")


def _fail(message: str) -> int:
    complain(message)
    return 2


def show(args: argparse.Namespace) -> int:
    """Shows the facts that bear a name: 0 found, 1 none (then the nearest names)."""
    from .reference_view import describe_fact, find, near_names

    text = " ".join(args.name)
    with _open(args) as reference:
        found = find(reference, text)
        for number, fact in enumerate(found):
            _say("\n" * bool(number) + describe_fact(reference, fact, args.lang or "en"))
        near = near_names(reference, text, [fact.id for fact in found])
        if near:
            _say(("\n" if found else f"No fact is called «{text}». ") + "Near names:")
            for name in near:
                _say(f"  {name.text}  ({name.id}, {name.kind})")
        elif not found:
            _say(f"No fact is called «{text}», and no name is near it.")
    return 0 if found else 1


def search(args: argparse.Namespace) -> int:
    """Lists names by their words: 0 found, 1 none."""
    from .reference_view import matching

    with _open(args) as reference:
        names = matching(reference, " ".join(args.word))
        for name in names[: args.limit]:
            _say(f"{name.text}  ({name.id}, {name.kind}{'' if name.how == 'name' else f', {name.how}'})")
        if len(names) > args.limit:
            print(f"… and {len(names) - args.limit} more (--limit)", file=sys.stderr)
    return 0 if names else 1


def stats(args: argparse.Namespace) -> int:
    """Prints counts of what the reference holds."""
    from .reference_view import statistics

    with _open(args) as reference:
        for title, counts in statistics(reference).items():
            rows = list(counts.items())
            shown = rows if args.all else rows[:20]
            print(f"{title}")
            for key, count in shown:
                _say(f"  {count:>7,}  {key}")
            if len(rows) > len(shown):
                print(f"           … {len(rows) - len(shown)} more (--all)")
    return 0


def coverage(args: argparse.Namespace) -> int:
    """Lists what articles name: 0 read, 2 a file cannot be read."""
    from ..files import collect
    from ..pipeline import Linter
    from ..read import InputError, read
    from .reference_coverage import covered

    settings = settings_of(args)
    paths, errors = collect(args.paths, settings)
    with _open(args) as reference:
        linter = Linter(reference, settings)
        for path in paths:
            try:
                document = read(path, encoding=args.encoding)
            except InputError as error:
                errors.append(error)
                continue
            _say(covered(linter.read(document), reference, args.lang))
    for problem in errors:
        _fail(str(problem))
    return 2 if errors else 0


def main(argv: Sequence[str] | None = None) -> int:
    """Runs `reference …`: `python -m histlint.commands.reference check`."""
    from ..cli import main as cli

    return cli(["reference", *(sys.argv[1:] if argv is None else argv)])


if __name__ == "__main__":
    sys.exit(main())
