"""Finds the packs, keeps their compiled file up to date, and opens it.

This module stays light: an ordinary run finds a compiled file that fits and reads it, without loading YAML or the decoder.
The wheel brings the compiled file of the shipped packs. Packs of a checkout and of users are compiled on first use into the
user's cache folder: `decode` reads them, `check_packs` looks them over, `compile` writes the file.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from .named_tuple import TYPE_CHECKING
from .pack_errors import PackError, PackErrors
from .reference import Reference, connect, sqlite3

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

__all__ = ["PackError", "PackErrors", "cache_folder", "compile_shipped", "open_reference", "pack_files", "shipped"]

FORMAT = 37  # of the compiled file; a file of another format is made anew
SUFFIXES = (".yaml", ".yml")

_HERE = os.path.dirname(os.path.abspath(__file__))
_COMPILED = os.path.join(_HERE, "compiled.sqlite")  # in the wheel
_SHIPPED = f"shipped {FORMAT}"
_CODE = (  # what the compiled file depends on besides the packs
    "check_packs.py", "checks/phrase.py", "checks/run.py", "compile.py", "decode.py", "facts.py", "normalise.py", "rule_schema.py", "schema.py",
    "schema_types.py", "wording_tables.py", "yamlio.py", "chronology/calendars.py", "chronology/edtf.py", "chronology/moment.py",
    "tag/timewords.py",
)  # fmt: skip


def open_reference(
    reference_dirs: Iterable[str] = (), rules_dirs: Iterable[str] = (), *, include_shipped: bool = True, lenient: bool = False
) -> Reference:
    """The reference over the shipped packs and those of the user's folders, compiled anew where they changed.

    Raises PackErrors with all that is wrong in them. With `lenient` what can be used is used, and `warnings` says that some
    could not.
    """
    reference = Reference()
    try:
        if include_shipped:
            connection = _open_compiled(_COMPILED, _SHIPPED)
            if connection is not None:
                reference.add(connection, _COMPILED)
            else:
                _add(reference, _shipped_folders("reference"), _shipped_folders("rules"), lenient)
        own = [os.path.abspath(folder) for folder in reference_dirs], [os.path.abspath(folder) for folder in rules_dirs]
        if any(own):
            _add(reference, *own, lenient)
    except BaseException:
        reference.close()
        raise
    return reference


def shipped(folder: str) -> str:
    """The packs' folder `rules` or `reference`, inside the installed package or beside it in a checkout; "" if there is none."""
    for place in (os.path.join(_HERE, folder), os.path.join(os.path.dirname(os.path.dirname(_HERE)), folder)):
        if os.path.isdir(place):
            return place
    return ""


def _shipped_folders(folder: str) -> list[str]:
    return [place] if (place := shipped(folder)) else []


def pack_files(folder: str) -> list[str]:
    """The YAML files under `folder`, sorted; hidden files and folders are left out."""
    return sorted(entry.path for entry in _walk(folder))


def _walk(folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry.path)
        elif entry.name.endswith(SUFFIXES):
            yield entry


def holds_facts(folder: str) -> bool:
    """Whether a folder holds facts rather than rules or wording: no YAML file in it has a `kind` or `message` at its top."""
    for path in pack_files(folder):
        if os.path.relpath(path, folder).startswith("language" + os.sep):
            return False
        with open(path, encoding="utf-8", errors="replace") as file:
            if any(line.startswith(("kind:", "message:")) for line in file):
                return False
    return True


# The cache


def cache_folder() -> str:
    """The user's cache folder for histlint; it need not exist."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        given = os.environ.get("XDG_CACHE_HOME", "")  # a relative one is to be ignored, says the specification
        base = given if os.path.isabs(given) else os.path.expanduser("~/.cache")
    return os.path.join(base, "histlint")


def _stamp(folders: Sequence[str], base: str) -> str:
    """What the files look like from outside: names, sizes and times. Equal stamps mean that nothing changed."""
    files = sorted(_look(entry.path) for folder in folders for entry in _walk(folder))
    return "\n".join([base, *folders, *files, *(_look(os.path.join(_HERE, name)) for name in _CODE)])


def _look(path: str) -> str:
    try:
        stat = os.stat(path)
    except OSError as error:
        return f"{path} {error}"
    return f"{path} {stat.st_size} {stat.st_mtime_ns}"


def _content(folders: Sequence[str], base: str) -> str:
    """A hash of what the files hold: it is the same after a checkout that only touched them."""
    import hashlib

    found = hashlib.sha256(base.encode())
    files = [(os.path.relpath(path, folder), path) for folder in folders for path in pack_files(folder)]
    for name, path in [*files, *((name, os.path.join(_HERE, name)) for name in _CODE)]:
        found.update(f"\0{name}\0".encode())
        try:
            with open(path, "rb") as file:
                found.update(file.read())
        except OSError as error:
            found.update(type(error).__name__.encode())
    return found.hexdigest()


def _add(reference: Reference, reference_dirs: Sequence[str], rules_dirs: Sequence[str], lenient: bool) -> None:
    """Opens the compiled file of these folders, made anew where they changed, as a further layer of `reference`."""
    import zlib

    folders = [*reference_dirs, *rules_dirs]
    base = f"{FORMAT} {lenient} {len(reference_dirs)} {reference.stamp}"
    stamp = _stamp(folders, base)
    where = zlib.crc32("\n".join([str(lenient), str(len(reference_dirs)), *folders]).encode())
    path = os.path.join(cache_folder(), f"{where:08x}.sqlite")
    content = ""
    connection = _open_compiled(path, stamp)
    if connection is None:
        content = _content(folders, base)
        connection = _open_compiled(path, stamp, content)
    if connection is None:
        meta = {"stamp": stamp, "content": content}
        connection, path = _compile(path, reference, (reference_dirs, rules_dirs), meta, lenient)
    reference.add(connection, path)


def _open_compiled(path: str, stamp: str, content: str = "") -> sqlite3.Connection | None:
    """The compiled file at `path` if it is whole and of this stamp, or of this content (then it gets the stamp)."""
    if not os.path.exists(path):
        return None
    connection = None
    try:
        connection = connect(path)
        (pages,), (size,) = (connection.execute(f"PRAGMA {what}").fetchone() for what in ("page_count", "page_size"))
        if pages * size == os.path.getsize(path):
            if _meta(connection, "stamp") == stamp:
                return connection
            if content and _meta(connection, "content") == content:
                _update_stamp(path, stamp)
                return connection
    except (OSError, sqlite3.Error, ValueError, EOFError, TypeError):  # a damaged file is made anew
        pass
    if connection is not None:
        connection.close()
    return None


def _meta(connection: sqlite3.Connection, key: str) -> Any:
    row = connection.execute("SELECT value FROM blobs WHERE key = ?", (f"meta:{key}",)).fetchone()
    return marshal.loads(row[0]) if row else None


def _update_stamp(path: str, stamp: str) -> None:
    """Notes that files with other times hold the same, in a copy: another process may be reading the file itself."""
    import shutil

    temporary = _temporary(path)
    try:
        shutil.copyfile(path, temporary)
        connection = sqlite3.connect(temporary)
        connection.execute("UPDATE blobs SET value = ? WHERE key = 'meta:stamp'", (marshal.dumps(stamp, 4),))
        connection.commit()
        connection.close()
        os.replace(temporary, path)
    except (OSError, sqlite3.Error):  # a cache that cannot be written stays as it is
        _remove(temporary)


def _temporary(path: str) -> str:
    return f"{path}.{os.getpid()}.tmp"


def _compile(
    path: str, reference: Reference, dirs: tuple[Sequence[str], Sequence[str]], meta: dict[str, str], lenient: bool
) -> tuple[sqlite3.Connection, str]:
    """Compiles the packs of `dirs` to `path`, or to memory where the cache cannot be written. Gives also where it is."""
    from . import compile

    sources = compile.read(*dirs, reference, lenient=lenient)
    temporary = _temporary(path)
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        _sweep(os.path.dirname(path))
        _remove(temporary)
        compile.write(temporary, sources, meta)
        os.replace(temporary, path)
        return connect(path), path
    except (OSError, sqlite3.Error) as error:
        _remove(temporary)
        folder = os.path.dirname(path)
        reason = getattr(error, "strerror", "") or error
        reference.warnings.append(f"the cache {folder} cannot be written ({reason}): packs are compiled at every run")
        connection = sqlite3.connect(":memory:")
        compile.build(connection, sources, meta)
        return connection, ":memory:"


def compile_shipped(path: str) -> None:
    """Compiles the packs of this checkout to `path`, for the wheel. Raises PackErrors; then nothing is written."""
    from . import compile

    folders = _shipped_folders("reference"), _shipped_folders("rules")
    sources = compile.read(*folders, Reference())
    _remove(path)
    compile.write(path, sources, {"stamp": _SHIPPED, "content": _content([*folders[0], *folders[1]], _SHIPPED)})


def _sweep(folder: str) -> None:
    """Removes what processes left behind that were killed while they compiled."""
    import contextlib
    import time

    with contextlib.suppress(OSError):
        for entry in list(os.scandir(folder)):
            if entry.name.endswith(".tmp") and entry.stat().st_mtime < time.time() - 3600:
                _remove(entry.path)


def _remove(path: str) -> None:
    import contextlib

    with contextlib.suppress(OSError):
        os.remove(path)
