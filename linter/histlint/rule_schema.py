"""What a rule file may hold: checks rules before a run and generates the JSON Schema that editors complete from.

What the rules of a kind take is what the shipped rules of that kind show: nobody lists it a second time, and the shipped rules are
tested by their examples. docs/rules.md explains the format. Files of wording (`language/<lang>/`) are
compared with the shipped ones: an own file adds to these, so that what it says must be of the same form.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, reduce
from typing import Any, NamedTuple

from . import schema
from .checks import run
from .config import LEVELS
from .packs import pack_files, shipped
from .reference import Reference, merge
from .schema_types import LANG, Choice, Context, Field, Many, Record, Text, Type, choose
from .yamlio import PackError, Yaml, YamlPath, load


class Kind(NamedTuple):
    """What the rules of a kind take, as the shipped ones show it."""

    of: tuple[str, ...] = ()  # choices of the option `of`; empty where the kind has none
    fields: tuple[str, ...] = ()  # what their messages name in braces, besides {claim}
    phrases: bool = False  # whether they are lists of phrases
    needed: bool = True  # whether they cannot do without `of`
    more: tuple[str, ...] = ()  # their further options, each optional

    def options(self) -> _Options:
        """The type of their options."""
        return _Options(
            {
                **({"of": Field(Choice(" ".join(self.of)), required=self.needed)} if self.of else {}),
                **({"phrases": Field(Phrases(), required=True)} if self.phrases else {}),
                **{option: _Open() for option in self.more},
            }
        )


Kinds = Mapping[str, Kind]


def described(rules: Iterable[Mapping[str, Any]]) -> dict[str, Kind]:
    """The kinds of these rules."""
    of: dict[str, set[str]] = defaultdict(set)
    fields: dict[str, set[str]] = defaultdict(set)
    more: dict[str, set[str]] = defaultdict(set)
    phrases = set()
    for rule in rules:
        kind, options = str(rule["kind"]), rule.get("options", {})
        more[kind].update(set(options) - {"of", "phrases"})
        of[kind].add(options.get("of", ""))
        texts = [*rule["message"].values(), *rule.get("suggestion", {}).values()]
        fields[kind].update(field.partition(".")[0] for text in texts for field in _FIELD.findall(text))
        if "phrases" in options:
            phrases.add(kind)
    return {
        kind: Kind(
            tuple(sorted(of[kind] - {""})),
            tuple(sorted(fields[kind] - {"claim"})),
            kind in phrases,
            "" not in of[kind],
            tuple(sorted(more[kind])),
        )
        for kind in sorted(of)
    }


@cache
def shipped_kinds() -> dict[str, Kind]:
    """The kinds of the shipped rules, from their files."""
    folder = shipped("rules")
    files = [file for file in pack_files(folder) if not os.path.relpath(file, folder).startswith("language" + os.sep)]
    return described(load(file).value for file in files)


_LANG = re.compile(LANG).fullmatch
_FIELD = re.compile(r"\{([^{}]*)\}")
_MESSAGES_IN = ("ar", "en")
_OPEN_WORDING = ("frames", "titles", "claims", "relations")  # wording whose first keys are names that packs may add to


class Number(Type):
    """A whole number from `low` to `high`."""

    empty = ""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def decode(self, value: Any, path: YamlPath, context: Context) -> str:
        """The number as it is written."""
        if type(value) is str and re.fullmatch("[0-9]{1,9}", value) and self.low <= int(value) <= self.high:
            return value
        context.fail(path, f"{_shown(value)} is not a number from {self.low} to {self.high}")
        return ""

    def schema(self) -> dict[str, Any]:
        """An integer."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


class Texts(Type):
    """Text by language: {ar: …, en: …}; `required` languages must be there. With `plain` a bare text does for all."""

    empty: Mapping[str, str] = {}

    def __init__(self, *required: str, plain: bool = False) -> None:
        self.required, self.plain = required, plain

    def decode(self, value: Any, path: YamlPath, context: Context) -> Mapping[str, str]:
        """The texts by language."""
        if self.plain and type(value) is str and value.strip():
            return {"": value}
        if type(value) is not dict:
            context.fail(path, f"expected text by language: {{ar: …, en: …}}, found {_shown(value)}")
            return {}
        out = {}
        for lang, text in value.items():
            if _language(lang, path, context):
                out[lang] = _TEXT.decode(text, (*path, lang), context)
        for lang in self.required:
            if lang not in value:
                context.fail(path, f"«{lang}» is missing: messages are shown in Arabic and in English", key=True)
        return out

    def schema(self) -> dict[str, Any]:
        """An object of strings."""
        full = {"type": "object", "patternProperties": {LANG: {"type": "string"}}, "additionalProperties": False}
        if self.required:
            full["required"] = list(self.required)
        return {"anyOf": [{"type": "string"}, full]} if self.plain else full


class Phrases(Type):
    """Lists of phrases by language, "any" for all of them; a phrase is a pattern, or a mapping with what must stand around it."""

    empty: Mapping[str, tuple[Any, ...]] = {}

    def decode(self, value: Any, path: YamlPath, context: Context) -> Mapping[str, tuple[Any, ...]]:
        """The phrases by language; a phrase that can never be found is an error."""
        if type(value) is not dict:
            context.fail(path, f"expected phrases by language: {{ar: […], en: […]}}, found {_shown(value)}")
            return {}
        out = {}
        for lang, phrases in value.items():
            place = (*path, lang)
            if not _language(lang, path, context):
                continue
            if type(phrases) is not list:
                context.fail(place, f"expected a list of phrases, found {_shown(phrases)}")
                continue
            out[lang] = tuple(self._phrase(phrase, (*place, index), context) for index, phrase in enumerate(phrases))
        return out

    @staticmethod
    def _phrase(phrase: Any, path: YamlPath, context: Context) -> Any:
        decoded = _ENTRY.decode(phrase, path, context) if type(phrase) is dict else _TEXT.decode(phrase, path, context)
        places = {key: phrase[key] for key in _PATTERNS if key in phrase} if type(phrase) is dict else {"": phrase}
        for key, patterns in places.items():
            for pattern in patterns if type(patterns) is list else [patterns]:
                if type(pattern) is str and (wrong := _wrong_phrase(pattern)):
                    context.fail((*path, key) if key else path, f"«{pattern}» {wrong}")
        return decoded

    def schema(self) -> dict[str, Any]:
        """An object of lists."""
        phrases = {"type": "array", "items": {"anyOf": [{"type": "string"}, _ENTRY.schema()]}}
        return {"type": "object", "patternProperties": {LANG: phrases}, "additionalProperties": False}


def _wrong_phrase(phrase: str) -> str:
    words = phrase.split()
    core = words[words[:1] in (["^"], ["~"]) : len(words) - (words[-1:] == ["$"])]
    if words and not core:
        return "holds no word"
    if core and core[0] == "*":
        return "begins with «*»: a phrase begins with a word"
    if any("" in word.split("|") for word in core if not word.startswith("\\")):
        return "has an empty alternative beside «|»: write the words of one place as one|other, without spaces"
    return ""


def _language(lang: str, path: YamlPath, context: Context) -> bool:
    if _LANG(lang):
        return True
    context.fail((*path, lang), f"«{lang}» is not a language code such as ar or en", key=True)
    return False


def _shown(value: Any) -> str:
    return "a list" if type(value) is list else "a group of keys" if type(value) is dict else f"«{value}»" if value else "nothing"


class _Options(Record):
    """The options of a kind."""

    def unknown(self, key: str, path: YamlPath, context: Context) -> None:
        if self.fields:
            super().unknown(key, path, context)
        else:
            context.fail((*path, key), f"unknown option «{key}»: rules of this kind take no options", key=True)


_TEXT = Text()
_EXAMPLE = Record({"text": Field(_TEXT, required=True), "says": _TEXT, "lang": Text(LANG, "a language code")}, short="text")
_EXAMPLES = Many(_EXAMPLE)


class _Patterns(Type):
    """One pattern or several."""

    def decode(self, value: Any, path: YamlPath, context: Context) -> tuple[str, ...]:
        return (_TEXT.decode(value, path, context),) if type(value) is str else Many(_TEXT).decode(value, path, context)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, Many(_TEXT).schema()]}


_PATTERNS = ("say", "near", "text", "unless", "nowhere")
_ENTRY = Record(
    {
        "say": Field(_Patterns(), required=True),
        **{key: _Patterns() for key in _PATTERNS[1:]},
        "facts": Many(_TEXT),
        "fact": _TEXT,
        "means": _TEXT,
        "often": Number(1, 999),
    }
)


class _Later(Type):
    """Options, which are read when the kind is known."""

    def decode(self, value: Any, path: YamlPath, context: Context) -> Any:
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "object"}


class _Open(Type):
    """An option whose values its kind looks over."""

    def decode(self, value: Any, path: YamlPath, context: Context) -> Any:
        return value

    def schema(self) -> dict[str, Any]:
        return {}


class _Given(Type):
    """Facts that the examples of a rule take for granted: what a pack file holds, looked over by `histlint test`."""

    def decode(self, value: Any, path: YamlPath, context: Context) -> Any:
        if type(value) is not dict:
            context.fail(path, f"expected sections of facts: {', '.join(schema.SECTIONS)}")
            return None
        for section in value:
            if section not in schema.SECTIONS:
                context.fail((*path, section), f"unknown section «{section}»{choose(section, schema.SECTIONS)}", key=True)
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "object"}


RULE = Record(
    {
        "kind": Field(Choice(" ".join(sorted(run.KINDS))), required=True),
        "level": Choice(" ".join(LEVELS)),
        "options": _Later(),
        "message": Field(Texts(*_MESSAGES_IN), required=True),
        "suggestion": Texts(),
        "why": Texts(plain=True),
        "limits": Texts(plain=True),
        "priority": Number(0, 100),
        "examples": Record(
            {"given": _Given(), "bad": _EXAMPLES, "good": _EXAMPLES, "known_miss": _EXAMPLES, "known_false_alarm": _EXAMPLES}
        ),
        "replace": Choice("true"),
    }
)


def check_rule(yaml: Yaml, kinds: Kinds) -> list[PackError]:
    """All that is wrong with a loaded rule file that holds keys and values; of `kinds` not described only the rest is checked."""
    context, rule = Context(yaml), yaml.value
    if facts := [key for key in rule if key in schema.SECTIONS]:
        context.fail((facts[0],), f"«{facts[0]}» belongs to packs of facts: give their folder with --reference", key=True)
        return context.errors
    RULE.decode(rule, (), context)
    name = rule.get("kind")
    if type(name) is str and name in kinds:
        kind = kinds[name]
        if "options" in rule:
            kind.options().decode(rule["options"], ("options",), context)
        elif (kind.of and kind.needed) or kind.phrases:
            wanted = "{phrases: {ar: […], en: […]}}" if kind.phrases else f"{{of: …}}, one of {', '.join(kind.of)}"
            context.fail(("kind",), f"«options» are missing: rules of the kind «{name}» need options: {wanted}", key=True)
        for key in ("message", "suggestion"):
            if type(rule.get(key)) is dict:
                _check_fields(rule[key], (key,), kind, context)
    return sorted(context.errors, key=lambda error: (error.line, error.column))


def _check_fields(texts: Mapping[str, Any], path: YamlPath, kind: Kind, context: Context) -> None:
    """Fields in messages that no finding of this kind has: they would stay empty."""
    known = ["claim", *kind.fields]
    for lang, text in texts.items():
        for field in _FIELD.findall(text) if type(text) is str else ():
            if field.partition(".")[0] not in known:
                context.fail((*path, lang), f"unknown field «{{{field}}}»{choose(field, known)}")


# Wording


def check_wording(yaml: Yaml, lang: str, base: Reference) -> list[PackError]:
    """What in an own file of wording has another form than in the wording that it adds to."""
    context, name = Context(yaml), _name(yaml.path)
    same, others = base.wording(lang), {**base.wording("ar"), **base.wording("en")}
    shipped = same.get(name, others.get(name))
    if shipped is None:
        if others:
            context.fail((), f"no wording is called «{name}»{choose(name, others)}")
    elif name in _OPEN_WORDING and type(yaml.value) is dict and shipped:
        form = reduce(merge, shipped.values())
        for key, one in yaml.value.items():
            _compare(one, form, (key,), context)
    else:
        _compare(yaml.value, shipped, (), context)
    return context.errors


def _name(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0]


_FORMS: dict[type, str] = {dict: "a group of keys", list: "a list", str: "text"}


def _compare(value: Any, shipped: Any, path: YamlPath, context: Context, *, keys: bool = True) -> None:
    """Faults of `value` against wording of the same place: another form, and, with `keys`, unknown keys of its own."""
    if type(value) is not type(shipped):
        context.fail(path, f"expected {_FORMS[type(shipped)]} as in the shipped wording, found {_FORMS[type(value)]}")
    elif type(value) is list:
        forms = {type(item) for item in shipped} or {str}
        for index, item in enumerate(value):
            if type(item) not in forms:
                found = " or ".join(_FORMS[form] for form in _FORMS if form in forms)
                context.fail((*path, index), f"expected {found} as in the shipped wording, found {_FORMS[type(item)]}")
    elif type(value) is dict:
        for key, one in value.items():
            if key in shipped:
                _compare(one, shipped[key], (*path, key), context, keys=False)
            elif keys:
                context.fail((*path, key), f"unknown key «{key}»{choose(key, shipped)}", key=True)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a rule file, for editors."""
    rule = RULE.schema()
    rule["allOf"] = [
        {"if": {"properties": {"kind": {"const": name}}}, "then": {"properties": {"options": kind.options().schema()}}}
        for name, kind in shipped_kinds().items()
    ]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "histlint rule", **rule}
