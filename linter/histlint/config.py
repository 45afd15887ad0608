"""Settings: from `histlint.toml` or `[tool.histlint]` of `pyproject.toml`, found upward from the first path.

The search ends at the root of the repository (the folder that holds `.git`). Folders in a file are relative to the file. An
unknown key or value is an error with file, line and what is allowed there. See docs/configuration.md for the keys.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from .named_tuple import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

LEVELS = ("error", "warning", "info", "off")
LANGUAGES = ("ar", "en")
MORPHOLOGIES = ("", "camel")
FILES = ("histlint.toml", "pyproject.toml")
BUILT_IN = ("internal-error", "text/unused-suppression")  # rules of the program itself, without a YAML file


class ConfigError(Exception):
    """A setting that cannot be used; the text names file, line and the choices."""


class PerFile(NamedTuple):
    """Settings for the files that `pattern` matches; what is empty is left as it is."""

    pattern: str
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, str] = {}
    lang: str = ""


class Settings(NamedTuple):
    """Everything that can be set. `lang` is the language of messages, "" that of each article; `levels` are those of rules."""

    reference: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, str] = {}
    lang: str = ""
    morphology: str = ""
    shipped: bool = True
    exclude: tuple[str, ...] = ()
    per_file: tuple[PerFile, ...] = ()
    baseline: str = ""
    root: str = ""  # the folder that the patterns of `exclude` and `per_file` count from
    source: str = ""  # the file the settings came from


def matches(pattern: str, rule: str) -> bool:
    """Whether `pattern` (a rule or a folder of rules) means `rule`."""
    return pattern == rule or rule.startswith(pattern.rstrip("/") + "/")


def wanted(settings: Settings, rule: str) -> bool:
    """Whether findings of `rule` are asked for; those about histlint itself always are."""
    if rule == "internal-error":
        return True
    if settings.select and not any(matches(pattern, rule) for pattern in settings.select):
        return False
    return not any(matches(pattern, rule) for pattern in settings.ignore) and level(settings, rule, "") != "off"


def level(settings: Settings, rule: str, default: str) -> str:
    """The level of `rule` under the settings: the most exact pattern in `levels` decides."""
    found = [pattern for pattern in settings.levels if matches(pattern, rule)]
    return settings.levels[max(found, key=len)] if found else default


def for_path(settings: Settings, path: str) -> Settings:
    """The settings that hold for one file."""
    fitting = [item for item in settings.per_file if path_matches(item.pattern, path, settings.root)]
    for item in fitting:
        settings = settings._replace(
            select=item.select or settings.select,
            ignore=(*settings.ignore, *item.ignore),
            levels={**settings.levels, **item.levels},
            lang=item.lang or settings.lang,
        )
    return settings


def path_matches(pattern: str, path: str, root: str) -> bool:
    """Whether a path lies under `pattern`, counted from `root`; a pattern without "/" may match at any depth."""
    relative = os.path.relpath(path, root or ".").replace(os.sep, "/")
    pattern = pattern.replace(os.sep, "/").removeprefix("./")
    glob = _glob(pattern.strip("/") if "/" in pattern.strip("/") or pattern.startswith("/") else "**/" + pattern.strip("/"))
    parts = relative.split("/")
    return any(glob.fullmatch("/".join(parts[:size])) for size in range(1, len(parts) + 1))


def _glob(pattern: str) -> re.Pattern[str]:
    """A pattern with `*`, `?` and `**` (any folders) as a regular expression."""
    pieces = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    found = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return re.compile("".join(pieces.get(piece) or re.escape(piece) for piece in found))


def resolve(settings: Settings, rules: Iterable[str]) -> Settings:
    """The settings with levels of folders given to each rule in them; ConfigError where they name a rule that does not exist."""
    known = sorted({*rules, *BUILT_IN})
    used: list[str] = [*settings.select, *settings.ignore, *settings.levels]
    for item in settings.per_file:
        used += [*item.select, *item.ignore, *item.levels]
    for pattern in used:
        if not any(matches(pattern, rule) for rule in known):
            from .nearest import rule_hint

            place = _place(settings.source, pattern)
            raise ConfigError(f"{place}unknown rule {pattern!r}{rule_hint(pattern, known)} (see `histlint rules`)")
    levels = {rule: level(settings, rule, "") for rule in known}
    return settings._replace(levels={rule: found for rule, found in levels.items() if found})


def _place(source: str, value: str) -> str:
    """`file:line: ` of the line of a settings file that holds `value`; "" where none does."""
    if source:
        with open(source, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if value in line.split("#")[0]:
                    return f"{source}:{number}: "
    return ""


def load(start: str, explicit: str = "") -> Settings:
    """The settings for a run whose first path is `start`, from the file `explicit` where one is named."""
    path = explicit or find(start)
    if not path:
        return Settings(root=os.getcwd())
    try:
        with open(path, "rb") as file:
            data = file.read()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8 (byte {error.start + 1})") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from None
    return parse(text, path)


def find(start: str) -> str:
    """The settings file nearest above `start`; "" where there is none up to the root of the repository."""
    folder = os.path.abspath(start if start not in ("", "-") else ".")
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    while True:
        for name in FILES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name == FILES[0] or _has_table(path)):
                return os.path.relpath(path) if os.path.splitdrive(path)[0] == os.path.splitdrive(os.getcwd())[0] else path
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return ""
        folder = above


def _has_table(path: str) -> bool:
    """Whether a pyproject.toml has settings for histlint."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return False
    if b"histlint" not in data:
        return False
    # the table by its plain name, or what may hold one: [tool], ["tool"."histlint"], tool.histlint = …, tool = …
    held = rb"""\[\s*['"]?tool['"]?\s*(?:\]|\.\s*['"]?histlint)|['"]?tool['"]?\s*[.=]"""
    named = re.search(rb"^\s*(?:(\[\s*\[?\s*tool\s*\.\s*histlint\b)|" + held + rb")", data, re.MULTILINE)
    if named is None or named[1]:
        return named is not None
    import tomllib

    try:
        tools = tomllib.loads(data.decode("utf-8-sig")).get("tool")
    except (ValueError, RecursionError):
        return False
    return isinstance(tools, dict) and "histlint" in tools


def parse(text: str, path: str) -> Settings:
    """The settings written in `text`, the content of the file at `path`."""
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = re.fullmatch(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.DOTALL)
        lines = text.rstrip().count("\n") + 1
        where = f"{path}:{said[2] or lines}:{said[3] or 1}: {said[1]}" if said else f"{path}: {error}"
        raise ConfigError(where) from None
    except RecursionError:
        raise ConfigError(f"{path}: nested too deeply") from None
    prefix: tuple[str, ...] = ()
    if os.path.basename(path) == "pyproject.toml":
        tools = data.get("tool", {})
        data, prefix = tools.get("histlint", {}) if isinstance(tools, dict) else {}, ("tool", "histlint")
    return _Decoder(text, path, prefix).settings(data)


class _Decoder:
    """Turns the tables of a settings file into Settings."""

    def __init__(self, text: str, path: str, prefix: tuple[str, ...]) -> None:
        self.text = text
        self.path = path
        self.prefix = prefix
        self.folder = os.path.dirname(os.path.abspath(path))

    def settings(self, data: Mapping[str, Any]) -> Settings:
        """All keys of the main table."""
        decoders: dict[str, Callable[[Any, tuple[str, ...]], Any]] = {
            "reference": self._folders,
            "rules": self._folders,
            "select": self._strings,
            "ignore": self._strings,
            "levels": self._levels,
            "lang": self._one_of(LANGUAGES),
            "morphology": self._one_of(MORPHOLOGIES[1:]),
            "shipped": self._flag,
            "exclude": self._strings,
            "per-file": self._per_file,
            "baseline": self._file,
        }
        values = self._table(data, (), decoders)
        values["per_file"] = values.pop("per-file", ())
        return Settings(**values, root=self.folder, source=self.path)

    def fail(self, keys: tuple[str, ...], message: str) -> ConfigError:
        """The error `message` about the value at `keys`."""
        return ConfigError(f"{self.path}:{line_of(self.text, (*self.prefix, *keys))}: {message}")

    def _table(self, data: Any, keys: tuple[str, ...], decoders: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise self.fail(keys, f"{keys[-1] if keys else 'histlint'!r} must be a table of keys and values")
        for key in data:
            if key == "tool" and not keys and not self.prefix:
                raise self.fail((key,), "[tool.histlint] belongs into pyproject.toml; in a file of its own the keys stand without it")
            if key not in decoders:
                from .nearest import hint

                raise self.fail((*keys, key), f"unknown key {key!r}{hint(key, decoders)} (keys: {', '.join(sorted(decoders))})")
        return {key: decoders[key](value, (*keys, key)) for key, value in data.items()}

    def _strings(self, value: Any, keys: tuple[str, ...]) -> tuple[str, ...]:
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(item, str) and item for item in values):
            raise self.fail(keys, f'{keys[-1]!r} must be a list of texts, like ["…", "…"]')
        return tuple(values)

    def _folders(self, value: Any, keys: tuple[str, ...]) -> tuple[str, ...]:
        folders = [os.path.join(self.folder, os.path.expanduser(item)) for item in self._strings(value, keys)]
        for folder in folders:
            if not os.path.isdir(folder):
                raise self.fail(keys, f"{keys[-1]!r} names a folder that does not exist: {folder}")
        return tuple(map(os.path.normpath, folders))

    def _file(self, value: Any, keys: tuple[str, ...]) -> str:
        if not isinstance(value, str) or not value:
            raise self.fail(keys, f"{keys[-1]!r} must be the name of a file")
        return os.path.normpath(os.path.join(self.folder, value))

    def _flag(self, value: Any, keys: tuple[str, ...]) -> bool:
        if not isinstance(value, bool):
            raise self.fail(keys, f"{keys[-1]!r} must be true or false")
        return value

    def _one_of(self, choices: Sequence[str]) -> Callable[[Any, tuple[str, ...]], str]:
        def decode(value: Any, keys: tuple[str, ...]) -> str:
            if value not in choices:
                from .nearest import hint

                near = hint(value, choices) if isinstance(value, str) else ""
                raise self.fail(keys, f"{keys[-1]!r} cannot be {value!r}{near} (choices: {', '.join(choices)})")
            return str(value)

        return decode

    def _levels(self, value: Any, keys: tuple[str, ...]) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self.fail(keys, "'levels' must be a table: rule = level")
        return {rule: self._one_of(LEVELS)(item, (*keys, rule)) for rule, item in value.items()}

    def _per_file(self, value: Any, keys: tuple[str, ...]) -> tuple[PerFile, ...]:
        decoders = {"select": self._strings, "ignore": self._strings, "levels": self._levels, "lang": self._one_of(LANGUAGES)}
        if not isinstance(value, dict):
            raise self.fail(keys, "'per-file' must be a table: a pattern of paths = {…}")
        return tuple(PerFile(pattern, **self._table(item, (*keys, pattern), decoders)) for pattern, item in value.items())


def line_of(text: str, keys: Sequence[str]) -> int:
    """The line of a TOML text that gives the key at the path `keys` its value, or begins the table nearest around it."""
    best, depth, table = 1, 0, ()  # type: int, int, tuple[str, ...]
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+([^\]]+)\]", line):
            table = _key_path(header[1])
            written = table
        elif "=" in line and (key := re.match(r"\s*((?:[\w.-]+|\"[^\"]*\"|'[^']*'|\s*\.\s*)+)\s*=", line)):
            written = (*table, *_key_path(key[1]))
        else:
            continue
        known = len(written) if tuple(keys[: len(written)]) == written else 0
        inside = known and line.split("=", 1)[-1]
        if known and known < len(keys) and inside and re.search(rf"[{{,\s\"']{re.escape(keys[-1])}[\"']?\s*=", inside):
            known = len(keys)
        if known > depth:
            best, depth = number, known
    return best


def _key_path(written: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[\w-]+", written))
