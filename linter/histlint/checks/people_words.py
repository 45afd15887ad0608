"""The wording of `people.yaml`: who killed, made or followed whom, as look-up tables."""

from __future__ import annotations

from ..lexicon import Lexicon, Phrases
from ..normalise import fold, stems
from ..reading import Reading
from ..tag.entities import Mention
from ..wording_tables import inflected_table, phrase_table
from .wordforms import word_forms

_tables: dict[tuple[int, tuple[str, ...]], tuple[Lexicon, Phrases]] = {}
_sets: dict[tuple[int, str], tuple[Lexicon, frozenset[str]]] = {}


def phrases(reading: Reading, *keys: str) -> Phrases:
    """The phrases of these keys; the value of a hit is its key."""
    known = _tables.get((id(reading.lexicon), keys))
    if known is None:
        table = Phrases(phrase_table({key: reading.lexicon.lists.get(f"people/{key}", ()) for key in keys}))
        known = _tables[id(reading.lexicon), keys] = (reading.lexicon, table)  # keeps the lexicon alive, so that its id stays its own
    return known[1]


def verbs(reading: Reading, key: str) -> Phrases:
    """The verbs of a key with their endings."""
    known = _tables.get((id(reading.lexicon), ("verbs", key)))
    if known is None:
        words = reading.lexicon.wording.get("people", {}).get(key, ())
        table = Phrases(inflected_table(key, [str(word) for word in words]))
        known = _tables[id(reading.lexicon), ("verbs", key)] = (reading.lexicon, table)
    return known[1]


def members(reading: Reading, key: str) -> frozenset[str]:
    """The words of the phrases of a key, folded."""
    known = _sets.get((id(reading.lexicon), key))
    if known is None:
        words = reading.lexicon.wording.get("people", {}).get(key, ())
        known = _sets[id(reading.lexicon), key] = (reading.lexicon, frozenset(fold(part) for word in words for part in str(word).split()))
    return known[1]


def in_clan(reading: Reading, mention: Mention) -> bool:
    """Whether a name is that of a house, called after its forefather: «ملك بني عبد المؤمن»."""
    before = reading.tokens[mention.first - 1] if mention.first else None
    if before is None or not any(stem in members(reading, "clans") for stem in stems(before.norm)):
        return False
    return not reading.document.text[before.start : before.end].endswith("ى")  # «بنى»


def descended(reading: Reading, mention: Mention) -> bool:
    """Whether the name of a house stands beside a noun for nobles of that descent: «الأشراف الأدارسة», "Idrisid sharifs"."""
    at = mention.first - 1 if reading.lang == "ar" else mention.last
    return 0 <= at < len(reading.tokens) and reading.tokens[at].norm in members(reading, "descended")


def moves(reading: Reading, first: int, last: int) -> bool:
    """Whether what is moved stands between two tokens as an object: «نقل جيشه إلى …»; no company: «نُفي مع جنوده»."""
    objects = members(reading, "moved")
    found = (k for k in range(first, last) if any(form in objects for form in word_forms(reading.tokens[k].norm)))
    return any(reading.tokens[k - 1].norm not in reading.lexicon.prepositions for k in found)
