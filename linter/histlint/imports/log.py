"""What an import says while it runs: progress, and every row or key that it leaves out, with its place."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TextIO, TypeVar

from ..pack_errors import PackError

T = TypeVar("T")
_EVERY = 1000  # items between looks at the clock
_SECONDS = 2.0  # between two lines of progress


class Unusable(Exception):
    """Input, mapping or output with which nothing can be done; the message names it."""


class Place(NamedTuple):
    """Where something stands in the input; 0 where it is not known."""

    path: str
    line: int = 0
    column: int = 0


class Log:
    """Writes to stderr and counts what it wrote."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self.stream = stream or sys.stderr
        self.counts: Counter[str] = Counter()
        self.quiet = quiet
        self._open_line = False

    def skipped(self, place: Place, message: str) -> None:
        """Says that a whole row was left out."""
        self._say("skipped", place, f"skipped: {message}", "error")

    def note(self, place: Place, message: str) -> None:
        """Says that a part of a row was left out or differs from what the pack has."""
        self._say("note", place, message, "note")

    def _say(self, what: str, place: Place, message: str, level: str) -> None:
        self.counts[what] += 1
        self._end_line()
        where = ":".join(str(part) for part in place if part)
        print(str(PackError(where, 0, 0, message, level)), file=self.stream)

    def progress(self, what: str, items: Iterable[T], total: int = 0) -> Iterator[T]:
        """The items, with a line now and then that says how many went by."""
        last, number = time.monotonic(), 0
        for number, item in enumerate(items, 1):
            yield item
            if number % _EVERY == 0 and not self.quiet and time.monotonic() - last > _SECONDS:
                last = time.monotonic()
                self._line(f"{what}: {number:,}{f' of {total:,}' if total else ''}")
        if number >= _EVERY and not self.quiet:
            self._line(f"{what}: {number:,}")
        self._end_line()

    def _line(self, text: str) -> None:
        if self.stream.isatty():
            print(f"\r{text}\x1b[K", end="", file=self.stream, flush=True)
            self._open_line = True
        else:
            print(text, file=self.stream, flush=True)

    def _end_line(self) -> None:
        if self._open_line:
            print(file=self.stream)
            self._open_line = False
