"""Words that tell of an event without its name: the section `tellings` of packs and what is compared."""

from __future__ import annotations

from pathlib import Path

from histlint.check_packs import check
from histlint.config import Settings
from histlint.decode import Packs, decode_pack
from histlint.pipeline import Linter, check_text, load
from histlint.yamlio import loads

PACK = """
sources: {book: {title: A Book, url: 'https://example.org/book'}}
people:
  ada-quill: {names: {ar: [آدا كويل], en: [Ada Quill]}, born: '1710', died: '1790', sources: [book]}
  bert-mossop: {names: {ar: [بيرت موسوب], en: [Bert Mossop]}, born: '1712', died: '1791', sources: [book]}
events:
  opening-of-the-granary:
    type: incident
    names: {ar: [حادثة الأهراء], en: [Granary Affair]}
    when: 1751-03-04
    by: [ada-quill]
    sources: [book]
tellings:
  opening-of-the-granary: {en: [threw open granary], ar: [أبواب الأهراء للجياع]}
"""


def linter(folder: Path) -> Linter:
    """The shipped packs and the one above."""
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    return load(Settings(reference=(str(folder),)))


def rules(linter: Linter, text: str) -> list[str]:
    return [finding.rule for finding in check_text(linter, text)]


def test_tellings_date_and_name_what_is_told(tmp_path: Path) -> None:
    one = linter(tmp_path / "packs")
    assert rules(one, "On 4 March 1751 Ada Quill threw open the granary.") == []
    assert rules(one, "On 4 March 1761 she threw open the great granary.") == ["dates/slip"]
    assert rules(one, "Bert Mossop threw open the granary.") == ["part/doer"]
    assert rules(one, "وفي سنة 1757م فُتحت أبواب الأهراء للجياع.") == ["dates/slip"]
    assert rules(one, "وفي سنة 1751م فُتحت أبواب الأهراء للجياع.") == []


def test_other_occasions_are_silent(tmp_path: Path) -> None:
    one = linter(tmp_path / "packs")
    for text in (
        "In 1761, ten years after she threw open the granary, the town put up a statue.",
        "She threw open the granary and in 1761 moved to the coast.",
        "In 1761 she wanted to throw open the granary.",
        "In 1951 a museum opened where she threw open the granary.",
    ):
        assert rules(one, text) == [], text


def test_a_telling_needs_two_words_an_event_and_its_letters() -> None:
    text = PACK.replace("[threw open granary]", "[granary, threw open الأهراء]").replace("  opening-of-the-granary: {en", "  ada-quill: {en")
    pack, errors = decode_pack(loads(text, "pack.yaml"))
    packs = Packs()
    packs.add(pack)
    found = [error.message for error in (*errors, *check(packs))]
    assert any("at least 2 words" in message for message in found)
    assert any("letters of «en»" in message for message in found)
    assert any("«ada-quill» stands in «people»; here belongs one of: events" in message for message in found)
