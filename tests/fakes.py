"""A linter that stands in for the pipeline: it reports words of a fixed list, so that what is around it can be tested alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from histlint.claims import ClaimRow
from histlint.config import Settings, level, wanted
from histlint.model import Diagnostic, Document, Evidence, Source, Span

LABELS = Path(__file__).parents[1] / "rules/language"
BOOK = Source("britannica", "Battle of Hattin, Britannica", "https://example.org/hattin?a=1,2")
WORDS = {"1190": ("dates/event", "error"), "1291": ("dates/event", "error"), "cookies": ("text/boilerplate", "warning")}
RULES: dict[str, dict[str, Any]] = {
    "dates/event": {
        "kind": "dated",
        "level": "error",
        "message": {"ar": "لا في «{written}»", "en": "not “{written}”"},
        "why": {"ar": "حدث مؤرخ خطأ", "en": "A wrongly dated event."},
        "limits": "Only named events.",
        "examples": {"bad": [{"text": "Hattin ⟦1190⟧.", "says": "not “1190”"}], "good": ["Hattin 1187."]},
    },
    "text/boilerplate": {"kind": "phrase", "level": "warning", "message": {"ar": "x", "en": "x"}, "why": "Page furniture."},
    "order/events": {"kind": "order", "level": "error", "message": {"ar": "x", "en": "x"}, "why": "Order."},
}


class FakeReference:
    def wording(self, lang: str) -> dict[str, Any]:
        path = LABELS / lang / "report.yaml"
        return {"report": yaml.safe_load(path.read_text("utf-8"))} if path.exists() else {}


class FakeLinter:
    """Reports each word of WORDS; CRASH in a text makes it fail."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.rules = self.applied = RULES
        self.warnings: list[str] = []
        self.reference = FakeReference()

    def check(self, document: Document) -> list[Diagnostic]:
        if "CRASH" in document.text:
            raise RuntimeError("boom")
        document.lang = document.lang or ("ar" if re.search("[\u0600-\u06ff]", document.text) else "en")
        found = []
        for match in re.finditer("|".join(WORDS), document.text):
            rule, default = WORDS[match[0]]
            if wanted(self.settings, rule):
                found.append(
                    diagnostic(
                        document, match.start(), match.end(), rule, level(self.settings, rule, default), self.settings.lang
                    )
                )
        return found

    def claims(self, document: Document) -> list[ClaimRow]:
        verdicts = {"1190": "refuted", "1187": "supported"}
        rows = []
        for match in re.finditer("1190|1187", document.text):
            start, end = document.position(match.start()), document.position(match.end(), end=True)
            evidence = (Evidence("Hattin", "4 July 1187", (BOOK,), "battle-of-hattin"),)
            rows.append(ClaimRow(*start, *end, "dated", match[0], verdicts[match[0]], "because", evidence))
        return rows

    def times(self, document: Document) -> list[Any]:
        return []


def diagnostic(document: Document, start: int, end: int, rule: str, level: str, lang: str = "") -> Diagnostic:
    first, last = document.position(start), document.position(end, end=True)
    claim = document.text[start:end]
    evidence = (Evidence("معركة حطين", "4 تموز 1187", (BOOK,), "battle-of-hattin"), Evidence("elsewhere", span=Span(0, 2)))
    related = ((1, 1, 1, 3, document.text[:2]),)
    message = f"not “{claim}”"
    return Diagnostic(
        document.path, *first, *last, rule, level, message, claim, evidence, related, "1187", lang or document.lang or "en"
    )
