"""Compiles decoded packs, rules and wording to one SQLite file, which `reference` opens.

Names lie clustered by their rarest word, facts by id, so that a run reads only what its article mentions.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from . import check_packs, normalise, rule_schema, stored, wording_tables
from .checks import phrase
from .checks.wordforms import word_forms
from .decode import Packs, decode_folders, display
from .facts import Entity, Event, Fact, Names, encode
from .model import Moment
from .packs import pack_files, shipped
from .reference import Reference, merge
from .stored import dump
from .tag.timewords import base_of
from .yamlio import PackError, PackErrors, load, without_gc

_TABLES = """
CREATE TABLE names (anchor TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
CREATE TABLE titles (lang TEXT, head TEXT, event TEXT, place INTEGER, tail TEXT, text TEXT,
  PRIMARY KEY (lang, head, event, place)) WITHOUT ROWID;
CREATE TABLE told (anchor TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
CREATE TABLE facts (id TEXT PRIMARY KEY, kind TEXT, data BLOB) WITHOUT ROWID;
CREATE TABLE roles (entity TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
CREATE TABLE types (type TEXT, event TEXT, PRIMARY KEY (type, event)) WITHOUT ROWID;
CREATE TABLE sources (id TEXT PRIMARY KEY, title TEXT, url TEXT, rows TEXT, row_url TEXT) WITHOUT ROWID;
CREATE TABLE blobs (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
"""

_Found = tuple[tuple[str, ...], str, str, str, str, str, bytes | None]
"""A name before its rarest word is known: key, fact, kind of fact, how, language, text, time."""
NameRow = tuple[str, tuple[str, str, str, str, str, str, bytes | None]]
"""The word under which a name lies, and what lies there."""


class RulePacks:
    """The wording and rule files of some folders: `wording` by language and file name, `rules` by id."""

    def __init__(self) -> None:
        self.wording: dict[str, dict[str, Any]] = {}
        self.rules: dict[str, Any] = {}
        self.errors: list[PackError] = []


def read_rules(folders: Iterable[str], base: Reference) -> RulePacks:
    """All rules and wording under `folders`; the ids in `base` are taken, unless a rule says `replace: 'true'`."""
    packs = RulePacks()
    for folder in folders:
        if not os.path.isdir(folder):
            packs.errors.append(PackError(str(folder), 0, 0, "is not a folder"))
        for file in pack_files(folder):
            id = os.path.splitext(os.path.relpath(file, folder))[0].replace(os.sep, "/")
            _read_rule(file, id, packs, base, own=folder != shipped("rules"))
    return packs


def _read_rule(file: str, id: str, packs: RulePacks, base: Reference, *, own: bool) -> None:
    yaml = load(file, display(file))
    packs.errors.extend(yaml.errors)
    if yaml.errors or yaml.value == {}:  # a file without a word in it, or all comments, is none
        return
    if type(yaml.value) is not dict:
        packs.errors.append(yaml.error((), f"expected keys and values: {', '.join(rule_schema.RULE.fields)}"))
        return
    parts = id.split("/")
    if parts[0] == "language":
        if len(parts) != 3:
            packs.errors.append(
                yaml.error((), "wording belongs into language/LANGUAGE/NAME.yaml, such as language/ar/words.yaml")
            )
            return
        packs.errors.extend(rule_schema.check_wording(yaml, parts[1], base))
        wording = packs.wording.setdefault(parts[1], {})
        wording[parts[2]] = merge(wording.get(parts[2], {}), yaml.value)
        return
    errors = rule_schema.check_rule(yaml, rule_schema.shipped_kinds() if own else {})
    packs.errors.extend(errors)
    if id in packs.rules or (id in base.rules() and yaml.value.get("replace") != "true"):
        packs.errors.append(yaml.error((), f"the rule «{id}» exists already: give it another name, or say replace: 'true'"))
    elif not errors:
        packs.rules[id] = yaml.value


class Sources(NamedTuple):
    """What goes into one compiled file."""

    packs: Packs
    rules: RulePacks
    spelling: Mapping[str, Mapping[str, Any]]  # the wording by language, for the variants of names
    problems: tuple[PackError, ...]


def read(reference_dirs: Iterable[str], rules_dirs: Iterable[str], base: Reference, *, lenient: bool = False) -> Sources:
    """Reads and checks the packs of these folders, which build on `base`. Raises PackErrors unless `lenient`."""
    with without_gc():
        packs = decode_folders(reference_dirs, base)
        rules = read_rules(rules_dirs, base)
        problems = [error for error in check_packs.check(packs) if error.level == "error"] + rules.errors
    if problems and not lenient:
        raise PackErrors(problems)
    languages = {*base.languages(), *rules.wording}
    spelling = {lang: merge(base.wording(lang), rules.wording.get(lang, {})) for lang in sorted(languages)}
    return Sources(packs, rules, spelling, tuple(problems))


def write(path: str, sources: Sources, meta: Mapping[str, str]) -> None:
    """Writes the compiled file at `path`, which must not exist."""
    connection = sqlite3.connect(path)
    try:
        build(connection, sources, meta)
    finally:
        connection.close()


def build(connection: sqlite3.Connection, sources: Sources, meta: Mapping[str, str]) -> None:
    """Fills an empty database; `meta` says what it was made from."""
    packs, rules, spelling, problems = sources
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-65536")
    connection.executescript(_TABLES)
    with without_gc():
        _insert(connection, "titles", 6, sorted(title_rows(packs)))
        facts = sorted(packs.facts.items())
        dictionaries = {
            "names": _insert_deflated(connection, "names", _clusters(name_rows(packs, spelling))),
            "told": _insert_deflated(connection, "told", _clusters(sorted(told_rows(packs)))),
            "facts": _insert_deflated(connection, "facts", {(id, fact.kind): encode(fact) for id, fact in facts}),
            "roles": _insert_deflated(connection, "roles", _roles(facts)),
        }
        _insert(connection, "types", 2, sorted((event.type, event.id) for event in packs.events()))
        _insert(connection, "sources", 5, _source_rows(packs))
    blobs = {
        "rules": rules.rules,
        "rules:applied": {id: {key: value for key, value in rule.items() if key not in _TEXTS} for id, rule in rules.rules.items()},
        **{f"phrases:{id}": _phrase_index(rule) for id, rule in rules.rules.items() if rule["kind"] == "phrase"},
        "complete": [encode(statement) for statement in packs.complete],
        "replaced": sorted(packs.replaced),
        "languages": sorted(rules.wording),
        **{f"wording:{lang}": sorted(wording) for lang, wording in rules.wording.items()},
        **{f"wording:{lang}:{name}": part for lang, wording in rules.wording.items() for name, part in wording.items()},
        **{f"tables:{lang}": wording_tables.packed(wording_tables.build(wording)) for lang, wording in rules.wording.items()},
        **{f"times:{lang}": _times(wording["time"]) for lang, wording in rules.wording.items() if "time" in wording},
        "problems": [str(error) for error in problems],
        **{f"dictionary:{table}": dictionary for table, dictionary in dictionaries.items()},
        **{f"meta:{key}": value for key, value in meta.items()},
    }
    _insert(connection, "blobs", 2, ((key, dump(value)) for key, value in blobs.items()))
    connection.commit()


def _times(wording: Mapping[str, Any]) -> tuple[Any, Any]:
    return wording.get("style", {}), base_of(wording)


_TEXTS = ("why", "limits", "examples")
"""What only explains a rule, and takes two thirds of it."""


def _phrase_index(rule: Mapping[str, Any]) -> dict[str, bytes]:
    """The index of `checks.phrase` by language, each part to be loaded alone."""
    return {lang: dump(index) for lang, index in phrase.index_of(rule.get("options", {}).get("phrases", {})).items()}


def _insert(connection: sqlite3.Connection, table: str, columns: int, rows: Iterable[tuple[Any, ...]]) -> None:
    connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({','.join('?' * columns)})", rows)


def _insert_deflated(connection: sqlite3.Connection, table: str, values: Mapping[tuple[str, ...], Any]) -> bytes:
    """Fills a table of keys and one value each; the dictionary that reads the values back."""
    dictionary, deflated = stored.deflate(list(values.values()))
    rows = ((*key, data) for key, data in zip(values, deflated, strict=True))
    _insert(connection, table, 3 if table == "facts" else 2, rows)  # facts have their kind beside the id
    return dictionary


def _clusters(rows: Iterable[tuple[str, Any]]) -> dict[tuple[str, ...], list[Any]]:
    """What lies under one word, in the order of the rows and each once."""
    found: dict[tuple[str, ...], dict[Any, None]] = {}
    for word, item in rows:
        found.setdefault((word,), {})[item] = None
    return {word: [*items] for word, items in found.items()}


def _source_rows(packs: Packs) -> Iterator[tuple[str, ...]]:
    for id, source in packs.sources.items():
        data = packs.data_sets.get(id)
        yield (id, source.title, source.url, data.rows if data else "", data.url if data else "")


# Names


def _links(wording: Mapping[str, Any]) -> set[str]:
    """The words in names behind which another man is named, or a realm: «بن», "of"."""
    words = wording.get("words")
    return {normalise.fold(word) for word in words.get("prepositions", ())} if isinstance(words, Mapping) else set()


def _shared(found: Sequence[_Found], links: Mapping[str, set[str]]) -> list[_Found]:
    """Family names of two words and more that are the whole name of one person and end that of another: «بريمو دي ريفيرا» may be the son as well."""
    people = [row for row in found if row[2] == "person"]
    whole = {(lang, key, id) for key, id, _, _, lang, _, _ in people}
    owners: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for key, id, _, _, lang, _, _ in people:
        for start in range(1, len(key) - 1):  # his family name, and not «نابليون بونابرت»: he has a longer name that ends so
            if (lang, key[start:], id) in whole:
                owners.setdefault((lang, key[start:]), set()).add(id)
    out = []
    for key, id, kind, how, lang, text, when in people:
        for start in range(1, len(key) - 1) if how == "name" else ():
            others = owners.get((lang, key[start:]), set())
            if others and id not in others and not links.get(lang, set()) & {*key[1:start]}:
                out.append((key[start:], id, kind, "short", lang, text, when))
    return out


def name_rows(packs: Packs, spelling: Mapping[str, Mapping[str, Any]]) -> list[NameRow]:
    """The rows of the table `names`: every name of every fact in every spelling, each under its rarest word."""
    endings = {lang: normalise.spelling_groups(wording, "endings") for lang, wording in spelling.items()}
    cases = {lang: {plain: other for plain, *other in normalise.spelling_groups(wording, "cases")} for lang, wording in spelling.items()}
    numerals = {lang: _numerals(wording) for lang, wording in spelling.items()}
    titles = {lang: _titles(wording) for lang, wording in spelling.items()}
    found: list[_Found] = []
    counts: Counter[str] = Counter()
    for fact in packs.facts.values():
        for how, names, when in _named(fact):
            whn = dump(tuple(when)) if when else None
            for lang, texts in names.items():
                for text in texts:
                    for key in forms(packs.key(text), lang, how, endings.get(lang, ()), cases.get(lang, {})):
                        counts.update(key)
                        found.append((key, fact.id, fact.kind, how, lang, text, whn))
                        ruler = how == "name" and fact.kind == "person" and key[0] not in titles.get(lang, ())
                        brief = regnal_short(key, numerals.get(lang, {})) if ruler else ()
                        if brief:
                            counts.update(brief)
                            found.append((brief, fact.id, fact.kind, "short", lang, text, whn))
    links = {lang: _links(wording) for lang, wording in spelling.items()}
    for row in (*_shared(found, links), *_by_their_towns(packs, found, spelling)):
        counts.update(row[0])
        found.append(row)
    rows = [(anchor(row[0], counts), (" ".join(row[0]), *row[1:])) for row in found]
    return sorted(rows, key=lambda row: (row[0], row[1][:6]))


def _by_their_towns(packs: Packs, found: Sequence[_Found], spelling: Mapping[str, Mapping[str, Any]]) -> Iterator[_Found]:
    """Battles and sieges by the place in their name, "Gettysburg" for "Battle of Gettysburg", where nothing else bears it.

    Whether a text means the battle, `naming` asks of what stands around it.
    """
    borne = {(lang, key) for key, _, _, _, lang, _, _ in found}
    fights = {event.id for event in packs.events() if event.type in ("battle", "siege") and event.confidence == "high"}
    for key, id, kind, how, lang, text, when in found:
        if kind != "event" or how != "name" or id not in fights or len(key) < 2:
            continue
        heads = _fight_nouns(spelling.get(lang, {}))
        rest = tuple(word for word in key[1:] if word not in _LINKS) if key[0] in heads else ()
        plain = rest and len(rest) <= 3 and sum(map(len, rest)) >= _LEAST and not any(word.isdigit() for word in rest)
        common = lang == "ar" and " ال" in f" {text.split(' ', 1)[-1]}"  # «معركة الجسر»: the bridge
        if plain and not common and (lang, rest) not in borne:
            yield (rest, id, kind, "short", lang, text, when)


_LINKS = frozenset({"of", "the", "at", "in", "near"})
_LEAST = 5
"""Letters of a place that can stand for its battle."""


def _fight_nouns(wording: Mapping[str, Any]) -> set[str]:
    words = wording.get("words")
    nouns = words.get("event_nouns", {}) if isinstance(words, Mapping) else {}
    return {normalise.fold(noun) for kind in ("battle", "siege") for noun in nouns.get(kind, ())}


def _titles(wording: Mapping[str, Any]) -> set[str]:
    """The first words of titles: «الملك جورج الثاني ملك اليونان» says no more in short than «جورج الثاني»."""
    titles = wording.get("titles")
    texts = (text for group in titles.values() for text in group) if isinstance(titles, Mapping) else ()
    return {form for text in texts for token in normalise.tokenise(text)[:1] for form in (token.norm, normalise.bare(token.norm))}


def _numerals(wording: Mapping[str, Any]) -> dict[str, set[str]]:
    """The numerals of rulers by their first word, each with the words that may follow it (الثاني: عشر)."""
    words = wording.get("words")
    out: dict[str, set[str]] = {}
    for numeral in words.get("regnal", ()) if isinstance(words, Mapping) else ():
        first, *rest = (token.norm for token in normalise.tokenise(numeral))
        for form in (first, normalise.bare(first)):  # the keys of names have no article
            out.setdefault(form, set()).update(rest)
    return out


def regnal_short(key: tuple[str, ...], numerals: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The short name in a ruler's full one, "Christian IV" in "Christian IV of Denmark"; empty where there is none."""
    follow = {word for words in numerals.values() for word in words}
    for index in range(1, len(key) - 1):
        if key[index] in numerals:
            end = index + 2 if key[index + 1] in follow else index + 1
            return key[:end] if end < len(key) else ()
    return ()


def title_rows(packs: Packs) -> Iterator[tuple[str, str, str, int, str, str]]:
    """The rows of the table `titles`: the names of several words that events checked by hand have."""
    for event in packs.events():
        if event.confidence == "high":
            for lang, texts in event.names.items():
                for place, text in enumerate(texts):
                    key = packs.key(text)
                    if len(key) > 1:
                        yield lang, key[0], event.id, place, " ".join(key[1:]), text


def told_rows(packs: Packs) -> Iterator[tuple[str, tuple[str, str]]]:
    """The rows of the table `told`: words that tell of an event, under every form of the one that fewest others have."""
    stated = [(id, names) for pack in packs.packs for id, names in pack.tellings.items()]
    phrases = [(lang, packs.key(text), id) for id, names in stated for lang, texts in names.items() for text in texts]
    counts = Counter((lang, word) for lang, words, _ in phrases for word in words)
    for lang, words, id in phrases:
        rarest = min(words, key=lambda word: (counts[lang, word], -len(word), word))
        for form in word_forms(rarest):
            yield f"{lang} {form}", (" ".join(words), id)


def anchor(key: tuple[str, ...], counts: Mapping[str, int]) -> str:
    """The word of a name that leads to it: the one that fewest names have. Numbers are passed over: texts write them in words."""
    words = [word for word in key if not word.isdigit()] or [key[0]]
    return min(words, key=lambda word: (counts[word], -len(word), word))


def _named(fact: Fact) -> Iterator[tuple[str, Names, Moment | None]]:
    yield "name", fact.names, None
    yield "short", fact.short, None
    yield "misnomer", fact.misnomers, None
    if isinstance(fact, Entity):
        yield "demonym", fact.demonyms, None
        for former in fact.former:
            yield "former", former.names, former.when


_NO_CASES: Mapping[str, Sequence[str]] = {}


def forms(
    key: tuple[str, ...], lang: str, how: str, endings: Sequence[Sequence[str]] = (), cases: Mapping[str, Sequence[str]] = _NO_CASES
) -> Iterable[tuple[str, ...]]:
    """All keys under which a name is found: spelling variants, cases, and the inflected forms of an Arabic demonym."""
    if not key:
        return ()
    found: set[tuple[str, ...]] = set()
    for form in demonym_forms(key) if how == "demonym" and lang == "ar" else (key,):
        found.update(normalise.variants(form, endings))
    for form in tuple(found):
        for index, word in enumerate(form[:-1]):  # «أبا بكر», «الخليفة أبي جعفر»; not behind «بن», where the genitive stands anyhow
            found.update((*form[:index], other, *form[index + 1 :]) for other in cases.get(word, ()))
    return found


def demonym_forms(key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Masculine, feminine and plural forms of an Arabic adjective in ي; other words (listed plurals) as they are."""
    yield key
    if len(key[-1]) > 2 and key[-1].endswith("ي"):
        for ending in ("ه", "ون", "ين", "ات", "ان", "تان", "تين"):  # not ا: روسي + ا is روسيا
            yield (*key[:-1], normalise.fold(key[-1] + ending))


# Roles


def _roles(facts: Iterable[tuple[str, Fact]]) -> dict[tuple[str, ...], dict[str, list[str]]]:
    """The table `roles`: by entity, in which role it stands in which events, or who held an office there."""
    found: dict[tuple[str, ...], dict[str, dict[str, None]]] = {}
    for id, fact in facts:
        for role, entity in _event_roles(fact) if isinstance(fact, Event) else _entity_roles(fact):
            if entity:
                found.setdefault((entity,), {}).setdefault(role, {})[id] = None
    return {entity: {role: [*found[entity][role]] for role in sorted(found[entity])} for entity in sorted(found)}


_PLAIN_ROLES = (
    "by", "target", "where", "won", "lost", "captured", "killed", "absent", "supported_by", "opposed_by", "part_of", "ended",
    "cause",
)  # fmt: skip


def _event_roles(event: Event) -> list[tuple[str, str]]:
    pairs = [("side", participant.who) for side in event.sides for participant in side]
    pairs += [("leader", leader) for leaders in event.leaders for leader in leaders]
    pairs += [("ceded", thing) for item in event.ceded for thing in item.what]
    pairs += [("share", one) for item in event.shares for one in (item.who, *item.what)]
    pairs += [("done", who) for item in event.done for who in (item.by, item.to)]
    for role in _PLAIN_ROLES:
        if ids := getattr(event, role):
            pairs += [(role, id) for id in ids]
    return pairs


def _entity_roles(entity: Entity) -> list[tuple[str, str]]:
    return [
        *[("office", role.of) for role in entity.roles],
        *[("of", of) for of in entity.of],
        *[("within", whole.into) for whole in entity.part_of],
        *[("capital_of", capital.into) for capital in entity.capitals],
    ]
