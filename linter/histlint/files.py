"""Which files a run reads, and how its report is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from .config import Settings, path_matches
from .named_tuple import NamedTuple
from .read import SUFFIXES, InputError


def collect(paths: Sequence[str], settings: Settings) -> tuple[list[str], list[InputError]]:
    """The files that `paths` mean, sorted, each once, without excluded ones; and errors for paths that mean nothing."""
    found: dict[str, None] = {}
    errors: list[InputError] = []
    for path in paths:
        try:
            for file in _expand(path):
                found.setdefault(file if file == "-" else os.path.normpath(file))
        except InputError as error:
            errors.append(error)
    kept = [path for path in found if not any(path_matches(pattern, path, settings.root) for pattern in settings.exclude)]
    return sorted(kept), errors


def _expand(path: str) -> Iterable[str]:
    """The files of one argument: a file as it is, the readable files of a folder, the matches of a pattern."""
    if path == "-" or os.path.isfile(path):
        return [path]
    if not path:
        raise InputError("''", "is no path: an argument is empty")
    if os.path.isdir(path):
        found = list(_walk(path))
        if not found:
            raise InputError(path, f"holds no texts: no file in it ends in {', '.join(SUFFIXES)}")
        return found
    if os.path.lexists(path):
        return [path]  # a pipe, or a broken link that reading will name
    if any(character in path for character in "*?["):
        from glob import iglob

        matched = [file for file in iglob(path, recursive=True) if os.path.isfile(file)]
        if not matched:
            raise InputError(path, "no file matches this pattern")
        return matched
    raise InputError(path, "no such file or folder")


def _walk(folder: str) -> Iterator[str]:
    """The text, Markdown and HTML files under a folder; hidden files and folders are left out."""

    def fail(error: OSError) -> None:
        raise InputError(str(error.filename or folder), f"cannot be read: {error.strerror or error}")

    for place, folders, files in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                yield os.path.join(place, name)


class Output:
    """Where a report goes: standard output at once, or a file as a whole at the end."""

    def __init__(self, path: str, *, machine: bool) -> None:
        self.path = path
        self._machine = machine
        self._parts: list[str] = []
        if path:
            check_writable(path)
        elif sys.stdout is None:
            raise InputError("standard output", "is closed")
        if not path and not machine and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="backslashreplace")

    def write(self, text: str) -> None:
        """Writes, or keeps for the file."""
        if not text:
            return
        if self.path:
            self._parts.append(text)
        elif self._machine and hasattr(sys.stdout, "buffer"):
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        else:
            sys.stdout.write(text)

    def close(self) -> None:
        """Puts the file in place, whole."""
        if self.path:
            write_whole(self.path, "".join(self._parts))


def check_writable(path: str) -> None:
    """Raises InputError where no file can be written at `path`, which is said before the work and not behind it."""
    folder = os.path.dirname(path) or "."
    if os.path.isdir(path):
        raise InputError(path, "cannot be written: it is a folder")
    if not os.path.isdir(folder):
        raise InputError(path, f"cannot be written: there is no folder {folder}")
    if not os.access(path if os.path.exists(path) else folder, os.W_OK):
        raise InputError(path, "cannot be written: permission denied")


def write_whole(path: str, text: str) -> None:
    """Writes a file so that nobody sees half of it; on any error the old one stays."""
    data = text.encode("utf-8", "backslashreplace")
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):  # a device or a pipe
        try:
            with open(target, "wb") as file:
                file.write(data)
        except OSError as error:
            raise InputError(path, f"cannot be written: {error.strerror or error}") from None
        return
    temporary = os.path.join(os.path.dirname(target), f".{os.path.basename(target)}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as file:
            file.write(data)
        if os.path.exists(target):
            os.chmod(temporary, os.stat(target).st_mode & 0o7777)
        os.replace(temporary, target)
    except OSError as error:
        if os.path.exists(temporary):
            os.remove(temporary)
        raise InputError(path, f"cannot be written: {error.strerror or error}") from None


class Terminal(NamedTuple):
    """How to write to standard output."""

    colour: bool
    excerpt: int  # characters of an article's line to show
    columns: int  # where to wrap, 0 for nowhere: what is not read on a terminal may be searched by lines


def terminal(choice: str, *, to_file: bool) -> Terminal:
    """What standard output is under `--color CHOICE`."""
    shown = not to_file and sys.stdout is not None and sys.stdout.isatty()
    colour = choice == "always" or (
        choice == "auto" and shown and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
    if not shown:
        return Terminal(colour, 100, 0)
    columns = _columns()
    return Terminal(colour, min(max(columns - 6, 40), 160), max(columns, 40))


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 106
    except (OSError, ValueError):
        return 106
