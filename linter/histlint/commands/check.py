"""`histlint check`: reads the files, checks them, and reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..arguments import Linters, add_input, add_rules, add_settings, number, settings_of
from ..checking import Checked, Checker, Source, checked
from ..cli import complain
from ..config import Settings
from ..files import Output, check_writable, collect, terminal, write_whole
from ..model import Diagnostic
from ..named_tuple import TYPE_CHECKING
from ..read import InputError
from ..report import FORMATS, Options, Report, Run, make

if TYPE_CHECKING:
    import argparse
    from typing import Any


def register(subparsers: Any) -> None:
    """Adds `check` to the parser of the command line."""
    parser = subparsers.add_parser(
        "check", description="Report the claims of historical texts that conflict with the reference or with each other."
    )
    parser.set_defaults(run=run)
    add_input(parser)
    add_rules(parser)
    add_settings(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="of the report (default: text)")
    parser.add_argument("--output", metavar="FILE", default="", help="write the report there instead of to standard output")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="of the text report")
    parser.add_argument("-q", "--quiet", action="store_true", help="one line for each finding, and no summary, warnings or notes")
    parser.add_argument("--statistics", action="store_true", help="count the findings of each rule")
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 although there are findings")
    parser.add_argument(
        "-j", "--jobs", type=number, metavar="N", help="processes to check many files in (default: as many as there are cores)"
    )
    parser.add_argument("--baseline", metavar="FILE", default="", help="do not report the findings known in this file")
    parser.add_argument(
        "--write-baseline", metavar="FILE", default="", help="write all present findings to this file, and report none"
    )


def run(args: argparse.Namespace) -> int:
    """Checks; gives the exit code."""
    settings = settings_of(args)
    paths, errors = collect(args.paths, settings)
    for error in errors:
        complain(str(error))
    if errors and not paths:
        return 2
    if not paths and not args.quiet:
        complain(f"all files are excluded by {settings.source or 'the settings'}", "note")
    return _Check(args, settings, errors).run(paths)


class _Check:
    """One run over all files."""

    def __init__(self, args: argparse.Namespace, settings: Settings, errors: Sequence[InputError]) -> None:
        self.args = args
        self.settings = settings
        self.linters = Linters(settings)
        self.linter = self.linters.get(settings)
        self.checker = Checker(settings, Source(args.stdin_filename, args.encoding), self.linters)
        self.failures = [(error.path, error.reason) for error in errors]
        self.found: list[Diagnostic] = []  # kept only for --write-baseline
        self.paths: list[str] = []
        self.count = 0
        if args.write_baseline:
            check_writable(args.write_baseline)
        self.output = Output(args.output, machine=args.format != "text")
        self.baseline = _Known(args.baseline or settings.baseline) if not args.write_baseline else _Known("")

    def run(self, paths: Sequence[str]) -> int:
        """Reads, checks and reports these files; gives the exit code."""
        args = self.args
        self._warn(self.linters.warnings)
        screen = terminal(args.color, to_file=bool(args.output))
        options = Options(screen.colour, args.quiet, args.statistics, screen.excerpt, self.settings.lang, screen.columns)
        report = make(args.format, self.checker.labels, self.linter.rules if args.format == "sarif" else {}, options)
        for one in checked(self.checker, paths, args.jobs or 0):
            self._add(one, report)
        if args.write_baseline:
            return self._write_baseline()
        self.output.write(report.finish(Run(len(self.paths), self.failures)))
        self.output.close()
        if not args.quiet and (stale := self.baseline.stale(self.paths)):
            complain(
                f"{'1 finding' if stale == 1 else f'{stale} findings'} of {self.baseline.path} {'is' if stale == 1 else 'are'} gone; "
                f"write it anew with --write-baseline {self.baseline.path}",
                "note",
            )
        if self.failures:
            return 2
        return 1 if self.count and not args.exit_zero else 0

    def _add(self, one: Checked, report: Report) -> None:
        """What came of one file, into the report."""
        if one.document is None:
            if one.failure:
                self._fail(InputError(*one.failure))
            return
        self.paths.append(one.document.path)
        found = self.baseline.without(one.found)
        self.count += len(found)
        if self.args.write_baseline:
            self.found += found
        else:
            self.output.write(report.add(one.document, found))

    def _fail(self, error: InputError) -> None:
        complain(str(error))
        self.failures.append((error.path, error.reason))

    def _warn(self, warnings: Iterable[str]) -> None:
        if not self.args.quiet:
            for text in warnings:
                complain(text, "warning")

    def _write_baseline(self) -> int:
        from ..suppress import baseline_text

        if self.failures:
            complain("no baseline was written, because not all files could be read")
            return 2
        write_whole(self.args.write_baseline, baseline_text(self.args.write_baseline, self.found))
        known = "1 finding is" if len(self.found) == 1 else f"{len(self.found)} findings are"
        complain(f"{known} known in {self.args.write_baseline}", "note")
        return 0


class _Known:
    """The findings of a baseline that may still be taken from a run; none where no file is named."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._remaining: dict[str, int] = {}
        if path:
            from ..suppress import read_baseline

            self._baseline = read_baseline(path)
            self._remaining = dict(self._baseline.counts)

    def without(self, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
        """The findings that the baseline does not know."""
        if not self.path:
            return list(diagnostics)
        from ..suppress import known_removed

        return known_removed(self._baseline, diagnostics, self._remaining)

    def stale(self, paths: Sequence[str]) -> int:
        """How many known findings of these files were not found any more."""
        if not self.path:
            return 0
        from ..suppress import stale

        return stale(self._baseline, self._remaining, paths)
