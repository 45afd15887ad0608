"""The wording of `people.yaml`: who killed, made or followed whom, as look-up tables."""

from __future__ import annotations

from ..lexicon import Lexicon, Phrases
from ..normalise import fold
from ..reading import Reading
from ..wording_tables import inflected_table, phrase_table

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
