"""What an English verb or verbal noun governs through its preposition: "the murder of Uthman", "in Bulgaria and Poland"."""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import Hit
from .prepositions import preposition, under
from .reading import Reading
from .tag.entities import Mention


def shared(reading: Reading, plain: Sequence[tuple[str, Mention]]) -> list[tuple[str, Mention]]:
    """English names with the prepositions that they stand under, that of a list also for its further names: "in Bulgaria and Poland"."""
    out: list[tuple[str, Mention]] = []
    for role, mention in plain:
        if not role and out and out[-1][0] in reading.lexicon.prepositions and out[-1][0] not in _ROLES:
            between = [token.norm for token in reading.tokens[out[-1][1].last : mention.first]]
            if between and between[-1] in reading.lexicon.joins and len(between) <= 2:
                role = out[-1][0]
        out.append((role, mention))
    return out


_ROLES = frozenset({"by", "led", "against", "beside", "between", "of"})


def genitive(reading: Reading, hit: Hit, mention: Mention) -> bool:
    """Whether the "of" of an English verbal noun is what a name stands under: "the murder of Uthman"."""
    if hit.value.form != "noun" or reading.lang == "ar" or hit.last - hit.first < 2 or preposition(reading, mention) != "of":
        return False
    return mention.first == hit.last or under(reading, mention) == hit.last - 1
