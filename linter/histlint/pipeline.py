"""The way through: read → normalise → segment → tag → extract → check → report. Start reading here.

`load` opens the reference and the rules once; a `Linter` then takes Documents (see `read`) and gives Diagnostics. Nothing
here prints; `cli` and `report` do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import normalise
from .extract import read_text
from .lexicon import Lexicon
from .messages import Messages
from .model import Diagnostic, Document, Finding, TimeMention
from .named_tuple import TYPE_CHECKING
from .naming import hide_names, nominal
from .reading import Reading
from .tag.entities import tag_entities
from .tag.listed import with_listed
from .tag.times import times_of
from .tag.timewords import Reader, Table, table_for

if TYPE_CHECKING:
    from typing import Any

    from .claims import ClaimRow
    from .config import Settings
    from .reference import Reference


class Linter:
    """Reference, rules and wording, opened once and used for any number of texts."""

    def __init__(self, reference: Reference, settings: Settings, warnings: tuple[str, ...] = ()) -> None:
        self.reference = reference
        self.settings = settings
        self.warnings = list(warnings)
        self.applied: Mapping[str, Mapping[str, Any]] = reference.rules(applied=True)
        self._lexicons: dict[str, Lexicon] = {}
        self._tables: dict[str, Table] = {}

    @property
    def rules(self) -> Mapping[str, Mapping[str, Any]]:
        """The rules with their explanations and examples."""
        return self.reference.rules()

    def lexicon(self, lang: str) -> Lexicon:
        """The wording tables of a language."""
        if lang not in self._lexicons:
            wording = self.reference.wording(lang)
            self._lexicons[lang] = Lexicon(lang, wording, self.reference.tables(lang))
        return self._lexicons[lang]

    def _times(self, lang: str) -> Table:
        """What the words of times mean in a language."""
        if lang not in self._tables:
            stored = self.reference.times(lang)
            self._tables[lang] = Table(*stored) if stored else table_for(self.reference.wording(lang).get("time", {}))
        return self._tables[lang]

    def read(self, document: Document) -> Reading:
        """A text with its tokens, names, times, clauses and what they state."""
        if not document.lang:
            document.lang = normalise.language(document.text)
        lexicon = self.lexicon(document.lang)
        tokens = tuple(normalise.tokenise(document.text))
        names = tag_entities(
            tokens,
            self.reference.names,
            lambda name, index: nominal(lexicon, tokens, name, index),
            lambda index: lexicon.titles.at(tokens, index, index + 1) is not None,
        )
        names = with_listed(tokens, lexicon, names, self.reference.names)
        words = Reader(tokens, document.text, self._times(document.lang))
        if "time" in lexicon.wording:
            times = times_of(words)
            if hidden := hide_names(tokens, names, times):
                times = times_of(Reader(hidden, document.text, words.table))
        else:  # a language without wording files: written dates only
            from .tag.fallback import tag_foreign

            times = tag_foreign(tokens, document.lang)
        return read_text(document, lexicon, tokens, names, times, words, self.reference.fact, self.reference.events_with)

    def check(self, document: Document) -> list[Diagnostic]:
        """All findings of a text in order of place, ready to print."""
        from .checks.run import findings, level_of

        reading = self.read(document)
        lang = self.settings.lang or (document.lang if document.lang in self.reference.languages() else "en")
        messages = Messages(self.reference, self.applied, self.reference.wording(lang), lang)
        out = []
        for finding in findings(reading, self.reference, self.applied, self.settings):
            level = level_of(finding.rule, self.applied, self.settings)
            out.append(messages.diagnose(finding, document, level))
        return sorted(out, key=lambda item: (item.line, item.column, item.end_line, item.end_column, item.rule))

    def claims(self, document: Document) -> list[ClaimRow]:
        """Every claim of the text with its verdict."""
        from .claims import claims

        return claims(self, document)

    def times(self, document: Document) -> list[TimeMention]:
        """Every date, period and duration of the text."""
        return [time.mention for time in self.read(document).times]


def load(settings: Settings) -> Linter:
    """A Linter for these settings. Raises `packs.PackErrors` where a pack is wrong."""
    from .packs import open_reference

    reference = open_reference(settings.reference, settings.rules, include_shipped=settings.shipped)
    linter = Linter(reference, settings, tuple(reference.warnings))
    if settings.morphology:
        from .morphology import attach

        attach(linter.lexicon("ar"))
    return linter


def check_text(linter: Linter, text: str, lang: str = "") -> list[Diagnostic]:
    """Findings of a plain text given as a string."""
    from .read import read_string

    document = read_string(text)
    document.lang = lang or document.lang
    return linter.check(document)


def iter_findings(linter: Linter, document: Document) -> Iterator[Finding]:
    """Unformatted findings, for tools that build on histlint."""
    from .checks.run import findings

    yield from findings(linter.read(document), linter.reference, linter.applied, linter.settings)
