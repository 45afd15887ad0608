"""Arabic morphology from camel-tools: lemmas of words at run time, and the inflected forms of a lemma.

The only module that imports camel-tools, and only when something is asked of it. It reads one almor database, given by path
or installed by `camel_data`; it never connects to anything (see `_camel`). Nothing of camel-tools or of its data is shipped.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from .cli import UsageError
from .lexicon import Hit, Lexicon, Phrases, Trigger
from .model import Token
from .nearest import hint
from .normalise import bare, fold, is_arabic, tokenise
from .wording_tables import build

DATABASE = "HISTLINT_MORPHOLOGY"
"""The environment variable that names a database."""

# The database


def find_database(given: str = "") -> Path:
    """The database to use: the one `given`, that of HISTLINT_MORPHOLOGY, or what `camel_data` installed; else a UsageError."""
    named = given or os.environ.get(DATABASE, "")
    path = Path(named).expanduser() if named else data_folder() / "data" / "morphology_db" / "calima-msa-r13" / "morphology.db"
    if path.is_dir():
        path /= "morphology.db"
    if not path.is_file():
        raise UsageError(
            f"{path}: no such morphology database; install it with `camel_data -i morphology-db-msa-r13`, "
            f"or name another one with {DATABASE}=PATH (`histlint wording expand`: --database PATH)"
        )
    return path.absolute()


def data_folder() -> Path:
    """Where camel-tools keeps its data: CAMELTOOLS_DATA, or the folder in the user's home that `camel_data` uses."""
    if folder := os.environ.get("CAMELTOOLS_DATA"):
        return Path(folder).expanduser().absolute()
    return Path.home() / ("AppData/Roaming/camel_tools" if sys.platform == "win32" else ".camel_tools")


def _camel(module: str) -> Any:
    """A module of `camel_tools.morphology`, imported without its download of a catalogue; a UsageError where it is missing."""
    try:
        with _own_catalogue():
            return import_module(f"camel_tools.morphology.{module}")
    except ModuleNotFoundError as error:
        part = "" if str(error.name).startswith("camel_tools") else f" (it lacks {error.name})"
        raise UsageError(f'this needs camel-tools, which is not installed{part}: pip install "histlint[camel]"') from None
    except Exception as error:
        raise UsageError(f"camel-tools cannot be imported: {type(error).__name__}: {error}") from None


@contextmanager
def _own_catalogue() -> Iterator[None]:
    """While camel-tools is imported, gives it an empty catalogue and a passing home where the user has no catalogue.

    Finding none it would download one, and make a folder in the home. A catalogue only says what could be downloaded; databases
    are opened by their path.
    """
    if "camel_tools.data" in sys.modules or (data_folder() / "catalogue.json").is_file():
        yield
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="histlint-camel-") as folder:
        Path(folder, "catalogue.json").write_text('{"version": "", "packages": {}, "components": {}}', encoding="utf-8")
        names = ("CAMELTOOLS_DATA", "HOME", "USERPROFILE")
        before = {name: os.environ.get(name) for name in names}
        os.environ.update(dict.fromkeys(names, folder))
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


@lru_cache(maxsize=4)
def _open(path: Path, flags: str) -> Any:
    """The MorphologyDB of a file, for analysis ("a") or generation ("g"); a UsageError where the file is none."""
    opener = _camel("database").MorphologyDB
    try:
        database = opener(str(path), flags)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    except Exception as error:  # the parser fails in many ways on a file that is something else
        raise UsageError(f"{path}: not a morphology database of camel-tools (almor): {error}") from None
    if not (database.stem_hash if flags == "a" else database.lemma_hash):
        raise UsageError(f"{path}: not a morphology database of camel-tools (almor): it has no stems")
    return database


# Lemmas of words


class Word(NamedTuple):
    """One reading of a written word.

    `lemma` is folded, `vocalised` as the database spells it; `clitics` what is written before the word (و ف ب ل ك). `stated`: a
    form in which prose tells what happened: third person, past or present, not future, jussive, subjunctive or imperative; of a
    noun the singular.
    """

    lemma: str
    vocalised: str
    pos: str
    stated: bool
    present: bool
    passive: bool
    suffix: bool
    clitics: str


_NONE = ("0", "na", "", "-")
_CLITICS = {"wa": "و", "fa": "ف", "bi": "ب", "li": "ل", "ka": "ك"}
_LETTERS = re.compile("[ء-غف-ي]+")


@lru_cache(maxsize=4)
def _analyser(path: Path) -> Callable[[str], list[dict[str, str]]]:
    """`Analyzer.analyze` for folded words. camel-tools folds less than histlint (ئ and ؤ stay), so the keys are folded too."""
    database = _open(path, "a")
    for name in ("prefix_hash", "stem_hash", "suffix_hash"):
        folded: dict[str, list[Any]] = {}
        for key, entries in getattr(database, name).items():
            folded.setdefault(fold(key) if key else "", []).extend(entries)
        setattr(database, name, folded)
    for entries in database.prefix_hash.values():
        for category, _ in entries:
            database.prefix_stem_compat.setdefault(category, set())
    analyse: Callable[[str], list[dict[str, str]]] = _camel("analyzer").Analyzer(database).analyze
    return analyse


@lru_cache(maxsize=100_000)
def readings(word: str, database: Path) -> tuple[Word, ...]:
    """All readings of a folded word; none where it is not Arabic or not known."""
    if not _LETTERS.fullmatch(word):
        return ()
    return tuple(dict.fromkeys(map(_word, _analyser(database)(word))))


def lemmas(word: str, database: str = "") -> tuple[str, ...]:
    """The folded lemmas that a written word may belong to, from the database named, given by HISTLINT_MORPHOLOGY or installed."""
    return tuple(dict.fromkeys(reading.lemma for reading in readings(fold(word), find_database(database)))) if word else ()


def _word(analysis: Mapping[str, str]) -> Word:
    pos = analysis.get("pos", "")
    own = [analysis.get(name, "0") for name in ("prc3", "prc2", "prc1", "prc0")]
    suffix = analysis.get("enc0", "0")
    conjunction = own[1][:3] in ("wa_", "fa_")
    stated = own[0] in _NONE and (conjunction or own[1] in _NONE) and (suffix in _NONE or suffix.startswith("3"))
    if pos == "verb":
        stated = stated and own[2] in _NONE and own[3] in _NONE and analysis.get("per") == "3" and _told(analysis)
    else:
        stated = stated and analysis.get("num") == "s"
    clitics = "".join(_CLITICS.get(value.split("_")[0], "") for value in own[1:3])
    lemma = analysis.get("lex", "")
    present, passive = analysis.get("asp") == "i", analysis.get("vox") == "p"
    return Word(fold(lemma) if lemma else "", lemma, pos, stated, present, passive, suffix not in _NONE, clitics)


def _told(analysis: Mapping[str, str]) -> bool:
    """Whether a verb form can tell what happened: the perfect, or the imperfect in the indicative."""
    return analysis.get("asp") == "p" or (analysis.get("asp") == "i" and analysis.get("mod", "u") in ("i", "u", *_NONE))


# Matching triggers by lemma

_REACH = 20  # tokens that a phrase and its gap may take
_VAGUE = frozenset({"happen"})  # being and taking place: the other forms of كان and جاء have too many uses


def attach(lexicon: Lexicon) -> None:
    """Lets the verbs and verbal nouns of an Arabic lexicon match by lemma where no written form of theirs matches.

    Raises UsageError at once where camel-tools or its database is missing.
    """
    _camel("analyzer")  # before the database: without camel-tools a database is of no use
    database = find_database()
    _analyser(database)
    unreal = frozenset(map(fold, lexicon.wording.get("words", {}).get("unreal_before", ())))
    lexicon.verbs = _ByLemma(lexicon.verbs, _listed(lexicon, "verb"), "verb", database, unreal)
    lexicon.nouns = _ByLemma(lexicon.nouns, _listed(lexicon, "noun"), "noun", database)


class _Listed(NamedTuple):
    """What a lemma in a wording file states; `direct`: it is a verb whose object stands without a preposition."""

    frame: str
    form: str
    direct: bool
    intransitive: bool
    alone: bool  # a phrase of one word


_LISTS = {"verb": ("verbs", "intransitive"), "noun": ("nouns",)}


def _listed(lexicon: Lexicon, form: str) -> Phrases:
    """The verbs or nouns of the frames as the wording files list them, without their regular endings."""
    phrases: dict[str, list[tuple[tuple[str, ...], _Listed]]] = {}
    tight = set()
    for frame, entry in lexicon.wording.get("frames", {}).items():
        for key in _LISTS[form] if frame not in _VAGUE else ():
            for phrase in entry.get(key, ()):
                words = tuple(token.norm for token in tokenise(phrase.replace("_", " ")))
                if form == "noun":
                    words = tuple(map(bare, words))
                intransitive = key == "intransitive"
                direct = "" in lexicon.objects[frame] and not intransitive
                phrases.setdefault(words[0], []).append((words, _Listed(frame, form, direct, intransitive, len(words) == 1)))
                if "_" in phrase:
                    tight.add(words)
    longest = {first: sorted(entries, key=lambda entry: -len(entry[0])) for first, entries in phrases.items()}
    table = build({})["phrases"][f"{form}s"]
    return Phrases({**table, "phrases": longest, "tight": frozenset(tight), "triggers": False})


class _ByLemma(Phrases):
    """The phrases of a lexicon, found by form and, where that fails, by the lemma of their first word.

    A lemma counts only where nothing else can be meant: every reading of the word, of whatever part of speech, belongs to
    triggers of one frame.
    """

    any_word = True

    def __init__(
        self, phrases: Phrases, listed: Phrases, pos: str, database: Path, unreal: frozenset[str] = frozenset()
    ) -> None:
        self.__dict__.update(vars(phrases))  # the same tables
        self._listed, self._pos, self._database = listed, pos, database
        self._unreal = unreal  # words behind which a present form tells of nothing that happened: أن لا قد

    def at(self, tokens: Sequence[Token], index: int, stop: int) -> Hit | None:
        """The longest phrase at token `index`, by form or by lemma."""
        return super().at(tokens, index, stop) or self._by_lemma(tokens, index, stop)

    def _by_lemma(self, tokens: Sequence[Token], index: int, stop: int) -> Hit | None:
        token = tokens[index]
        if token.kind != "word" or not is_arabic(token.norm):
            return None
        words = readings(token.norm, self._database)
        if not words or any(word.pos != self._pos for word in words):
            return None
        following, hits = tokens[index + 1 : min(stop, index + _REACH)], []
        for lemma in dict.fromkeys(word.lemma for word in words):
            hit = self._listed.at([token._replace(norm=lemma), *following], 0, 1 + len(following))
            if hit is None or hit.clitic or not self._clear(lemma, hit.value):
                return None
            hits.append(hit)
        unreal = index > 0 and tokens[index - 1].norm in self._unreal
        stated = [word for word in words if word.stated and not (unreal and word.present)]
        clitics = {word.clitics for word in stated}
        if len({(hit.value.frame, hit.last) for hit in hits}) > 1 or len(clitics) != 1:
            return None
        listed: _Listed = hits[0].value
        form, suffix = listed.form, listed.alone and all(word.suffix for word in stated)
        if all(word.passive for word in stated):
            if not (listed.direct and listed.alone):
                return None
            form = "passive"
        return Hit(index, index + hits[0].last, Trigger(listed.frame, form, suffix, listed.intransitive), clitics.pop())

    def _clear(self, lemma: str, listed: _Listed) -> bool:
        """Whether the unvocalised word in the wording file can be one lemma only, and in one voice where that matters.

        «وقع» is both "signed" and "fell", «استشهد» both "fell a martyr" and "quoted": their other forms tell which, the word
        in the list does not. In a frame with a direct object the written form itself stands for both voices.
        """
        own = [word for word in readings(lemma, self._database) if word.lemma == lemma and word.pos == self._pos]
        if len({word.vocalised for word in own}) > 1:
            return False
        return listed.direct or not any(word.passive for word in own)


# Forms of lemmas


class Form(NamedTuple):
    """A written form of a lemma; `key` is the list of a frame that it belongs in (verbs, passive, nouns)."""

    form: str  # folded
    written: str  # as people write it: no diacritics
    vocalised: tuple[str, ...]
    key: str
    tense: str  # past, present; of nouns singular, dual, plural
    known: bool  # the lexicon finds it from the lemma alone


_POS = ("verb", "noun")
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_SEVENTH = re.compile("ان[^ت].{1,2}")  # انفعل: intransitive; an «انت…» is mostly of the eighth form
_NUMBERS = {"s": "singular", "d": "dual", "p": "plural"}


class Generator:
    """The inflected forms of lemmas from one database."""

    def __init__(self, database: str = "") -> None:
        module = _camel("generator")
        self._path = find_database(database)
        self._database = _open(self._path, "g")
        self._generate: Callable[[str, dict[str, str]], list[dict[str, str]]] = module.Generator(self._database).generate
        for entries in self._database.lemma_hash.values():
            for stem in entries:
                self._database.stem_prefix_compat.setdefault(stem["stemcat"], set())
                self._database.stem_suffix_compat.setdefault(stem["stemcat"], set())
        self._by_form: dict[str, list[str]] = {}
        for lemma in self._database.lemma_hash:
            if lemma:
                self._by_form.setdefault(fold(lemma), []).append(lemma)

    def expand(
        self, phrase: str, pos: Iterable[str] = _POS, persons: Iterable[str] = ("3",), pronouns: bool = False
    ) -> dict[str, list[Form]]:
        """The forms of a lemma, or of a phrase that begins with one, by part of speech; a UsageError where it is not known."""
        head, *rest = phrase.replace("_", " ").split() or [""]
        if not head:
            raise UsageError("an empty lemma")
        glue = "_" if "_" in phrase else " "
        found = {}
        for part in pos:
            analyses = [item for lemma in self._spelled(head) for item in self._analyses(lemma, part, set(persons), pronouns)]
            if analyses:
                found[part] = _forms(glue.join((head, *rest)), part, analyses)
        if not found:
            raise UsageError(self._unknown(head, tuple(pos)))
        return found

    def _spelled(self, word: str) -> list[str]:
        """The database's own spellings of a lemma: the very word where it is one, else all that are written alike."""
        alike = self._by_form.get(fold(word), [])
        return [word] if word in alike else sorted(alike)

    def _unknown(self, word: str, pos: tuple[str, ...]) -> str:
        wanted = " or ".join(pos)
        if self._spelled(word):
            return f"{word}: not a {wanted} in {self._path}"
        return (
            f"{word}: no such lemma in {self._path}{hint(fold(word), self._by_form)} "
            "(a lemma is a verb in the past, third person singular masculine, or a noun in the singular)"
        )

    def _analyses(self, lemma: str, pos: str, persons: set[str], pronouns: bool) -> Iterator[dict[str, str]]:
        if pos not in self._database.defaults:
            return
        for suffix in ("", *(self._suffixes(lemma, pos) if pronouns else ())):
            for analysis in self._generate(lemma, {"pos": pos, **({"enc0": suffix} if suffix else {})}):
                if _useful(analysis, pos, persons):
                    yield analysis

    def _suffixes(self, lemma: str, pos: str) -> list[str]:
        """The pronouns that histories hang on a verb or noun, as the database names them."""
        if pos == "verb" and _SEVENTH.fullmatch(_written(lemma)):
            return []
        kind = "dobj" if pos == "verb" else "poss"
        return sorted(value for value in self._database.defines.get("enc0") or () if re.fullmatch(f"3(ms|fs|mp|d)_{kind}", value))


def _useful(analysis: Mapping[str, str], pos: str, persons: set[str]) -> bool:
    """Whether narrative prose uses a generated form (see docs/wording.md for the filters)."""
    number, gender = analysis.get("num"), analysis.get("gen")
    if pos == "noun":
        return not (number == "d" and analysis.get("stt") == "c")
    if analysis.get("per") not in persons or not _told(analysis) or (number == "p" and gender == "f"):
        return False
    return analysis.get("vox") != "p" or (analysis.get("per") == "3" and analysis.get("enc0", "0") in _NONE)


def _forms(phrase: str, pos: str, analyses: Iterable[Mapping[str, str]]) -> list[Form]:
    """Unique written forms, sorted; one that may be active or passive is an active one."""
    groups: dict[str, list[Mapping[str, str]]] = {}
    for analysis in analyses:
        groups.setdefault(fold(analysis["diac"]), []).append(analysis)
    key, rest = f"{pos}s", phrase[len(re.split("[ _]", phrase)[0]) :]
    found = Phrases(build({"frames": {"own": {key: [phrase]}}})["phrases"][key])
    out = []
    for group in groups.values():
        active = [item for item in group if item.get("vox") != "p"]
        if not active and rest:
            continue  # the object in the phrase would be the subject
        first = (active or group)[0]
        written = _written(first["diac"]) + rest
        tokens = tokenise(written.replace("_", " "))
        hit = found.at(tokens, 0, len(tokens))
        known = hit is not None and hit.last == len(tokens)
        vocalised = tuple(sorted({item["diac"] for item in group}))
        form = " ".join(token.norm for token in tokens)
        out.append(Form(form, written, vocalised, key if active else "passive", _tense(first, pos), known))
    return sorted(out, key=lambda form: (form.key != key, form.form))


def _written(vocalised: str) -> str:
    return _MARKS.sub("", vocalised).replace("ٱ", "ا")


def _tense(analysis: Mapping[str, str], pos: str) -> str:
    if pos == "noun":
        return _NUMBERS.get(analysis.get("num", ""), "")
    return "past" if analysis.get("asp") == "p" else "present"
