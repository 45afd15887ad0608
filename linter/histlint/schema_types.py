"""The types that the formats of YAML files are made of: what a value may be, how it is decoded, and its JSON Schema.

`schema` describes packs of facts with them, `rule_schema` rules. Each type decodes a raw value (dict, list or string) and
describes itself as JSON Schema. Decoding never stops at a fault: it is reported to the `Context` and the rest goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from .chronology import edtf
from .model import Moment
from .yamlio import PackError, Yaml, YamlPath


class Reference(NamedTuple):
    """A place of a pack file that names a fact or source; `kinds` are the sections it may stand in."""

    path: YamlPath
    id: str
    kinds: tuple[str, ...]


class Context:
    """Collects the errors and the references of one file while it is decoded."""

    def __init__(self, yaml: Yaml) -> None:
        self.yaml = yaml
        self.errors: list[PackError] = list(yaml.errors)
        self.references: list[Reference] = []
        self.calendar = ""

    def fail(self, path: YamlPath, message: str, *, key: bool = False, level: str = "error") -> None:
        """Reports a fault of the value (or key) at `path`."""
        self.errors.append(self.yaml.error(path, message, key=key, level=level))


_MANY = 25  # choices


def nearest(word: str, choices: Iterable[str], cutoff: float = 0.6) -> str:
    """The choice that is spelled most like `word`, or ""."""
    import difflib

    found = difflib.get_close_matches(word, list(choices), 1, cutoff)
    return found[0] if found else ""


def choose(word: str, choices: Iterable[str]) -> str:
    """The end of an error message: the nearest choice and all of them, unless that would be a page."""
    choices = list(choices)
    near = nearest(word, choices)
    if near and len(choices) > _MANY:
        return f": did you mean «{near}»?"
    hint = f": did you mean «{near}»?" if near else ":"
    return f"{hint} choices: {', '.join(choices)}"


class Type:
    """What a value may be."""

    empty: Any = None  # the value where the key is absent or wrong

    def decode(self, value: Any, path: YamlPath, context: Context) -> Any:
        """The decoded value; faults go to `context`, and `empty` comes back."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """This type as JSON Schema."""
        raise NotImplementedError


def _is_text(value: Any, path: YamlPath, context: Context) -> bool:
    if type(value) is str and value.strip():
        return True
    found = "a list" if type(value) is list else "a group of keys" if type(value) is dict else "nothing"
    context.fail(path, f"expected text, found {found}")
    return False


class Text(Type):
    """Any text; `pattern` says what it must look like, and `what` says it in words."""

    empty = ""

    def __init__(self, pattern: str = "", what: str = "") -> None:
        self.pattern = pattern
        self.match = re.compile(pattern).fullmatch if pattern else None
        self.what = what

    def decode(self, value: Any, path: YamlPath, context: Context) -> str:
        """The text without surrounding space."""
        if not _is_text(value, path, context):
            return ""
        if self.match and not self.match(value):
            context.fail(path, f"«{value}» is not {self.what}")
            return ""
        return str(value).strip()

    def schema(self) -> dict[str, Any]:
        """A string."""
        return {"type": ["string", "number"], **({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})}


class Choice(Type):
    """One of `values`."""

    empty = ""

    def __init__(self, values: str) -> None:
        self.values = tuple(values.split())
        self.known = frozenset(self.values)

    def decode(self, value: Any, path: YamlPath, context: Context) -> str:
        """The value, if it is one of the choices."""
        if type(value) is str and value in self.known:
            return value
        if _is_text(value, path, context):
            context.fail(path, f"«{value}» is not known here{choose(value, self.values)}")
        return ""

    def schema(self) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(self.values)}


class Id(Type):
    """The id of a fact of one of the sections `kinds`."""

    empty = ""

    def __init__(self, kinds: str) -> None:
        self.kinds = tuple(kinds.split())

    def decode(self, value: Any, path: YamlPath, context: Context) -> str:
        """The id; that it exists is checked once all files are read."""
        if not _is_text(value, path, context):
            return ""
        context.references.append(Reference(path, value, self.kinds))
        return str(value)

    def schema(self) -> dict[str, Any]:
        """A string that looks like an id or a cited data row."""
        return {"type": "string", "pattern": f"^{SOURCE_ID}(:.+)?$" if self.kinds == ("sources",) else f"^{ID}$"}


class Many(Type):
    """A list of `item`; a single value stands for a list of one."""

    empty: tuple[Any, ...] = ()

    def __init__(self, item: Type) -> None:
        self.item = item

    def decode(self, value: Any, path: YamlPath, context: Context) -> tuple[Any, ...]:
        """The items that could be decoded."""
        if type(value) is not list:
            one = self.item.decode(value, path, context)
            return (one,) if one or type(one) is tuple else ()
        decode = self.item.decode
        found = [decode(item, (*path, index), context) for index, item in enumerate(value)]
        return tuple(item for item in found if item or type(item) is tuple)

    def schema(self) -> dict[str, Any]:
        """A list, or one item."""
        item = self.item.schema()
        items = {"type": "array", "items": item}
        return items if isinstance(self.item, Many) else {"anyOf": [item, items]}


class When(Type):
    """A date or duration as EDTF text, in the entry's calendar."""

    def decode(self, value: Any, path: YamlPath, context: Context) -> Moment | None:
        """The time it means."""
        if not _is_text(value, path, context):
            return None
        if value[0] in "'\"":
            context.fail(path, f"the value holds quotes of its own: write '{value.strip(value[0])}' in one pair of quotes")
            return None
        try:
            return edtf.parse(value, context.calendar)
        except ValueError as error:
            context.fail(path, f"not a date: {error}")
            return None

    def schema(self) -> dict[str, Any]:
        """A string; its grammar is left to `histlint reference check`."""
        return {"type": ["string", "integer"], "description": "EDTF: 1945, 1945-08-09, 1939-09-01/1945-09-02, 570~, 480 BC"}


class Names(Type):
    """Names by language: {ar: [...], en: [...]}."""

    empty: Mapping[str, tuple[str, ...]] = {}

    def decode(self, value: Any, path: YamlPath, context: Context) -> Mapping[str, tuple[str, ...]]:
        """The names, those of each language as a tuple."""
        if type(value) is not dict:
            context.fail(path, "expected names by language: {ar: […], en: […]}")
            return {}
        out = {}
        for lang, names in value.items():
            if not _LANG(lang):
                context.fail((*path, lang), f"«{lang}» is not a language code such as ar or en", key=True)
                continue
            texts = _NAMES.decode(names, (*path, lang), context)
            if len(set(texts)) < len(texts):
                twice = next(text for text in texts if texts.count(text) > 1)
                context.fail((*path, lang), f"the name «{twice}» stands here twice", key=True, level="warning")
            if texts:
                out[lang] = texts
        return out

    def schema(self) -> dict[str, Any]:
        """An object of lists."""
        names = Many(Text()).schema()
        return {
            "type": "object",
            "properties": {"ar": names, "en": names},
            "patternProperties": {LANG: names},
            "additionalProperties": False,
        }


class Counts(Type):
    """Numbers that texts state: {key: n or low/high}."""

    empty: Mapping[str, tuple[int, int]] = {}

    def decode(self, value: Any, path: YamlPath, context: Context) -> Mapping[str, tuple[int, int]]:
        """Lowest and highest number by key."""
        if type(value) is not dict:
            context.fail(path, "expected numbers by what is counted: {dead: 1000/1500}")
            return {}
        out = {}
        for key, number in value.items():
            found = _COUNT(number) if type(number) is str else None
            if not _COUNT_KEY(key):
                context.fail((*path, key), f"«{key}» is not a lower-case word", key=True)
            elif not found:
                context.fail((*path, key), f"«{number}» is not a number or a range low/high")
            else:
                low, high = (int(part.replace("_", "")) for part in (found[1], found[2] or found[1]))
                if low > high:
                    context.fail((*path, key), f"the range {number} runs backwards")
                out[key] = (low, high)
        return out

    def schema(self) -> dict[str, Any]:
        """An object of numbers as strings."""
        number = {"type": ["string", "integer"]}
        return {"type": "object", "patternProperties": {f"^{COUNT_KEY}$": number}, "additionalProperties": False}


class Position(Type):
    """Where a place is: [latitude, longitude] in degrees (WGS 84), north and east positive."""

    empty: tuple[float, ...] = ()

    def decode(self, value: Any, path: YamlPath, context: Context) -> tuple[float, ...]:
        """Latitude and longitude in degrees."""
        degrees = [float(d) for d in value if type(d) is str and _DEGREES(d)] if type(value) is list else []
        if len(degrees) != 2 or len(value) != 2 or abs(degrees[0]) > 90 or abs(degrees[1]) > 180:
            context.fail(path, "expected [latitude, longitude] in degrees, such as [37.9, -4.8]")
            return ()
        return tuple(degrees)

    def schema(self) -> dict[str, Any]:
        """Two numbers, or strings of them."""
        return {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 2, "maxItems": 2}


class Field(NamedTuple):
    """A key of a record; `name` is its field in `facts` where that differs."""

    type: Type
    required: bool = False
    name: str = ""


class Record(Type):
    """A group of known keys. Text in its place is the value of `short`."""

    def __init__(
        self, fields: Mapping[str, Type | Field], make: Callable[..., Any] = dict, short: str = "", also: str = ""
    ) -> None:
        self.fields = {key: field if isinstance(field, Field) else Field(field) for key, field in fields.items()}
        self.make = make
        self.short = short
        dated = any(isinstance(field.type, When) for field in self.fields.values())
        self.also = frozenset(also.split()) | ({"calendar"} if dated else set())  # keys that are read elsewhere

    def decode(self, value: Any, path: YamlPath, context: Context) -> Any:
        """What `make` makes of the decoded fields; None where a required one is missing."""
        if type(value) is str and self.short and value:
            value = {self.short: value}
            fields = self.values(value, path, context, inner=False)
        elif type(value) is dict:
            outer = context.calendar
            if "calendar" in value:
                context.calendar = CALENDAR.decode(value["calendar"], (*path, "calendar"), context)
            fields = self.values(value, path, context)
            context.calendar = outer
        else:
            context.fail(path, f"expected keys and values: {', '.join(self.fields)}")
            return None
        return None if fields is None else self.make(**fields)

    def values(self, value: dict[str, Any], path: YamlPath, context: Context, *, inner: bool = True) -> dict[str, Any] | None:
        """The decoded fields by their names in `facts`, None where a required one is missing."""
        out = {}
        for key, raw in value.items():
            field = self.fields.get(key)
            if field:
                out[field.name or key] = field.type.decode(raw, (*path, key) if inner else path, context)
            elif key not in self.also:
                self.unknown(key, path, context)
        missing = [key for key, field in self.fields.items() if field.required and key not in value]
        for key in missing:
            context.fail(path, f"«{key}» is missing", key=True)
        return None if missing else out

    def unknown(self, key: str, path: YamlPath, context: Context) -> None:
        """Reports a key that has no place here."""
        hint = OLD_KEYS.get(key, "")
        hint = f": write «{hint}»" if hint in self.fields else choose(key, self.fields)
        context.fail((*path, key), f"unknown key «{key}»{hint}", key=True)

    def schema(self) -> dict[str, Any]:
        """An object, or the short form."""
        properties = {key: field.type.schema() for key, field in self.fields.items()}
        properties.update({key: {"type": "string"} for key in sorted(self.also)})
        if "calendar" in self.also:
            properties["calendar"] = CALENDAR.schema()
        full: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
        required = [key for key, field in self.fields.items() if field.required]
        if required:
            full["required"] = required
        return {"oneOf": [self.fields[self.short].type.schema(), full]} if self.short else full


ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
LANG = "^[a-z]{2,3}$"
SOURCE_ID = r"[a-z0-9_]+(?:[-.]+[a-z0-9_]+)*"
COUNT_KEY = "[a-z]+(?:[-_][a-z0-9]+)*"

_LANG = re.compile("[a-z]{2,3}").fullmatch
_COUNT = re.compile(r"([0-9][0-9_]*)(?:/([0-9][0-9_]*))?").fullmatch
_COUNT_KEY = re.compile(COUNT_KEY).fullmatch
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?").fullmatch
_NAMES = Many(Text())

OLD_KEYS = {  # what writers try → what it is called
    "aliases": "names", "name": "names", "source": "sources", "start": "from", "end": "to", "into": "in",
    "date": "when", "dates": "when", "reign": "when", "birth": "born", "death": "died", "parent": "father", "polity": "of",
    "before": "predecessor", "after": "successor", "participants": "sides", "commanders": "leaders", "location": "where",
    "place": "where", "winner": "won", "victor": "won", "loser": "lost", "agent": "by", "attacker": "by", "causes": "cause",
    "type": "kind", "kind": "type",
}  # fmt: skip

CALENDAR = Choice("gregorian julian islamic")
