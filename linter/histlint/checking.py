"""Files read and checked, one after the other or side by side, given back in the order asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from .arguments import Labels, Linters
from .config import Settings, for_path
from .model import Diagnostic, Document
from .named_tuple import TYPE_CHECKING, NamedTuple
from .read import InputError, read_named

if TYPE_CHECKING:
    from typing import Any

_FILES_OF_A_JOB = 12
"""So many files at least pay for starting a process and opening the reference in it."""


class Source(NamedTuple):
    """How the files of a run are read: what standard input is called, and the encoding."""

    stdin_filename: str = ""
    encoding: str = "utf-8"


class Checked(NamedTuple):
    """What came of one file: the document and its findings, or why it could not be read (its name, the reason)."""

    document: Document | None
    found: list[Diagnostic]
    failure: tuple[str, str] | None = None


class Checker:
    """Reads and checks files under the settings of a run and their own."""

    def __init__(self, settings: Settings, source: Source, linters: Linters | None = None) -> None:
        self.settings = settings
        self.source = source
        self.linters = linters or Linters(settings)
        self.labels = Labels(self.linters.get(settings))

    def file(self, path: str) -> Checked:
        """The findings of a file after suppressions."""
        try:
            document = read_named(path, *self.source)
        except InputError as error:
            return Checked(None, [], (error.path, error.reason))
        name = self.source.stdin_filename if path == "-" and self.source.stdin_filename else path
        return Checked(document, self._check(document, for_path(self.settings, name)))

    def _check(self, document: Document, settings: Settings) -> list[Diagnostic]:
        """The findings of a document; a crash is a finding too."""
        linter = self.linters.get(settings)
        try:
            found: list[Diagnostic] = linter.check(document)
        except Exception as error:
            if os.environ.get("HISTLINT_DEBUG"):
                raise
            lang = settings.lang or document.lang
            message = str(self.labels[lang]["internal-error"]).format(error=f"{type(error).__name__}: {error}")
            return [Diagnostic(document.path, 1, 1, 1, 1, "internal-error", "error", message, "", (), (), "", lang)]
        if document.suppressions:
            from .config import BUILT_IN
            from .suppress import apply

            found = apply(document, found, linter.settings, [*linter.applied, *BUILT_IN], self.labels)
        return found


def checked(checker: Checker, paths: Sequence[str], jobs: int = 0) -> Iterator[Checked]:
    """All these files, checked in so many processes; 0 takes one for each core, as far as there are files enough for it."""
    jobs = min(jobs or _cores(), len(paths) if jobs else len(paths) // _FILES_OF_A_JOB)
    if jobs < 2 or "-" in paths:  # a process of the pool has no standard input
        yield from map(checker.file, paths)
        return
    from concurrent.futures import ProcessPoolExecutor

    each = min(_FILES_OF_A_JOB, -(-len(paths) // jobs))
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(checker.settings, checker.source)) as pool:
        yield from pool.map(_file, paths, chunksize=each)


def _cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_checker: Any = None  # of a process of the pool


def _start(settings: Settings, source: Source) -> None:
    """Opens the reference anew: a connection of the process that started this one is not to be shared."""
    import signal

    global _checker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends the others, without a traceback from each
    _checker = Checker(settings, source)


def _file(path: str) -> Checked:
    checked: Checked = _checker.file(path)
    return checked
