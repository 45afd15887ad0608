"""The office that a text gives to somebody: before his name, behind it, or said of him."""

from __future__ import annotations

from ..lexicon import Hit
from ..named_tuple import NamedTuple
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context
from .lifetime import title_of

_APPOSED = 3
"""Words between a comma and the title behind it: "X, the British prime minister"."""


class Stated(NamedTuple):
    """A title at tokens `first` to `last`, the offices that it may mean and the realms that are named with it."""

    offices: tuple[str, ...]
    first: int
    last: int
    realms: frozenset[str]
    full: bool  # more than «الرئيس», which prime ministers are called too
    then: bool = False  # «يومئذ»


def stated_office(context: Context, clause: Clause, mention: Mention, then: Hit | None) -> Stated | None:
    """The office that a clause gives to somebody."""
    reading = context.reading
    hit = title_of(reading, mention)
    if hit is not None and hit.last <= mention.first:
        return _stated(context, hit, hit.last, mention.first, False)
    behind = then or title_behind(reading, mention, clause.last)
    if behind is not None:
        return _stated(context, behind, behind.last, min(behind.last + 3, clause.last), then is not None)
    return _stated(context, hit, hit.last, hit.last, False) if hit is not None else None


def _stated(context: Context, hit: Hit, first: int, last: int, then: bool) -> Stated:
    reading = context.reading
    near = [reading.mention_at[k] for k in range(first, last) if k in reading.mention_at]
    before = reading.mention_at.get(hit.first - 1)
    near += [before] if before is not None and before.how == "demonym" and reading.lang != "ar" else []
    realms = frozenset(fact for m in near for fact in m.ids("polity", "place"))
    full = reading.lang != "ar" or hit.last - hit.first > 1
    return Stated(tuple(hit.value), hit.first, hit.last, realms, full, then)


def title_behind(reading: Reading, mention: Mention, stop: int) -> Hit | None:
    """The title behind a name: «فلان رئيس وزراء إيطاليا», «فلان رئيساً للأركان», "X, the British prime minister,"."""
    tokens, titles, at = reading.tokens, reading.lexicon.titles, mention.last
    if at + 1 >= stop:
        return None
    comma = tokens[at].norm in (",", "،")
    at += comma
    if reading.lang != "ar":
        if not comma:
            return None
        while at < min(mention.last + 1 + _APPOSED, stop) and titles.at(tokens, at, stop) is None:
            realm = reading.mention_at.get(at)
            if tokens[at].norm != "the" and (realm is None or realm.how != "demonym"):
                return None
            at += 1
        hit = titles.at(tokens, at, stop)
        return hit if hit and (hit.last >= stop or tokens[hit.last].norm in (",", ".", "and", ";", "of", ")")) else None
    hit = titles.at(tokens, at, stop) or _accusative(reading, at, stop)
    return hit if hit and hit.clitic not in ("و", "ف", "وال", "فال") and _whole(reading, hit, stop) else None


def _accusative(reading: Reading, at: int, stop: int) -> Hit | None:
    """«رئيساً للأركان», «وزيراً للخارجية», «رئيساً لحكومتها»: as «رئيس الأركان», «وزير الخارجية», «رئيس حكومة»."""
    words = reading.tokens[at : min(at + 3, stop)]
    if not words or words[0].kind != "word":
        return None
    plain = [words[0]._replace(norm=words[0].norm.removesuffix("ا"))]
    plain += [token._replace(norm=_governed(token.norm)) if token.kind == "word" else token for token in words[1:]]
    hit = reading.lexicon.titles.at(tuple(plain), 0, len(plain))
    return Hit._make((at + hit.first, at + hit.last, *hit[2:])) if hit else None


def _governed(norm: str) -> str:
    """A noun behind «ل» as it stands in the genitive: «للأركان» as «الأركان», «لحكومتها» as «حكومة»."""
    if norm.startswith("لل"):
        return "ال" + norm[2:]
    plain = norm.removeprefix("ل")
    return plain[:-3] + "ه" if plain.endswith("تها") else plain


def _whole(reading: Reading, hit: Hit, stop: int) -> bool:
    """Whether a title of one word behind a name is that of a state: «ملك إسبانيا», not «رئيس التحرير»."""
    if hit.last - hit.first > 1 or hit.last >= stop:
        return True
    realm = reading.mention_at.get(hit.last)
    return reading.tokens[hit.last].kind == "mark" or (realm is not None and realm.has("polity", "place"))
