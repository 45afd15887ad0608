"""Texts that break off anywhere: no check may look past the end of what is there."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from histlint.config import Settings
from histlint.pipeline import load
from histlint.read import read_string

DOCUMENTS = Path(__file__).parent / "documents"
_SEED, _FRAGMENTS = 20, 700


def _fragments() -> Iterator[str]:
    """Pieces of lines of the articles, from one word to the whole line, the same ones on every run."""
    chance = random.Random(_SEED)
    lines = [line for path in sorted(DOCUMENTS.glob("*.txt")) for line in path.read_text(encoding="utf-8").split("\n") if line.split()]
    for line in chance.sample(lines, _FRAGMENTS):
        words = line.split()
        first = chance.randrange(len(words))
        yield " ".join(words[first : chance.randrange(first, len(words)) + 1])


def test_no_check_fails_on_a_fragment() -> None:
    linter = load(Settings())
    failed = {text: [found.message for found in linter.check(read_string(text)) if found.rule == "internal-error"] for text in _fragments()}
    assert not {text: messages for text, messages in failed.items() if messages}
