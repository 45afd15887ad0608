"""Dates that stand beside an event and are told of something else: of another deed, of its memory, of what came before or after it."""

from __future__ import annotations

from ..bind import Dated, apart, relative, turned
from ..facts import Event
from ..prepositions import preposition
from ..reading import Clause, Reading
from .context import Context

_DOCUMENTS = frozenset(
    {"treaty", "agreement", "pact", "armistice", "law", "declaration", "alliance", "surrender", "publication", "reform"}
)
_STANDING = frozenset({"reform", "publication", "invention", "building", "law", "era", "other", "founding"})
"""Types of event whose names are mostly those of what they left behind."""


def other_matter(context: Context, clause: Clause, first: int, dated: Dated) -> bool:
    """Whether the date is not the event's own: it stands under before/after, in a doubted clause, or with a deed of its own."""
    reading = context.reading
    before = first - 1 - (first > 0 and reading.tokens[first - 1].norm in reading.lexicon.head_links)
    if (clause.kind == "heading" or dated.close) and before >= 0 and reading.tokens[before].norm in reading.lexicon.listing:
        return True  # "A and the B (1927–1937)": the dates are those of both
    if dated.close:
        return _part_of_title(reading, first)
    behind = next((m for m in clause.mentions if m.first == first and m.how == "short"), None)
    if behind is not None and reading.tokens[behind.last].norm == "," and dated.time.first - behind.last == 1:
        return True  # "Moscow, 1921-1925": where and when a book came out
    mention = next(m for m in clause.mentions if m.first == first)
    events = context.events(mention) or context.broad(mention)
    link = reading.tokens[mention.last].norm if mention.last < len(reading.tokens) else ""
    whose = link in reading.lexicon.head_links - reading.lexicon.fought_at and dated.time.first == mention.last + 1
    if whose and all(e.type in _DOCUMENTS for e in events):
        return True  # "the Tea Act of July 2, 1767": its date tells it from others of that name
    if all(e.type in _STANDING for e in events) and not any(
        h.value.frame in ("begin", "happen", "sign") for h in clause.triggers
    ):
        return True  # the Gregorian calendar, in 1918: what was made then goes on being spoken of
    signed = any(h.value.frame == "sign" and 0 <= dated.time.first - h.last <= 2 and h.first - mention.last <= 2 for h in clause.triggers)
    fates = reading.lexicon.fates.find(reading.tokens, clause.first, clause.last)
    if all(e.type in _DOCUMENTS for e in events) and fates and not signed:
        return True  # "was revoked in 1685"
    if first and reading.tokens[first - 1].norm in reading.lexicon.possessives and all(e.type == "independence" for e in events):
        return True  # "declared its independence of Mexico"
    if _unknown_deed(reading, mention.last, dated.time.first) or _of_its_events(reading, first) or _followed(reading, first):
        return True
    role = preposition(reading, mention)
    if role in reading.lexicon.aims:
        return True  # "a referendum on the independence of …"
    own_clause = relative(reading, mention.last, dated.time.first)
    if role and dated.time.first > first and not own_clause and _other_verb(reading, mention.last, dated.time.first):
        return True  # "hopes raised in the First World War were dashed in April 1919"
    turn = turned(reading, first)
    if turn == "since" and _right_behind(reading, dated, mention.last, events):
        return False  # «لم تقم لهم قائمة منذ معركة … في ربيع 1943»: the date can only be that of the battle
    if (
        turn in _TURNED
        and not relative(reading, mention.last, dated.time.first)
        and not _either_way(turn, dated, mention.last, events)
    ):
        return True
    if not reading.asserted(clause, first) and clause.kind != "heading":
        return True
    if _fame(reading, first) or (dated.part != "whole" and _went_on(reading, clause, dated.time.first)):
        return True
    if _of_a_noun(reading, clause, first, dated.part != "whole"):
        return True  # «بدأ ميزان الحرب يميل»: it is not the war that began
    if turned(reading, first) == "at" and dated.part != "whole":
        return True  # "signed at the end of the war in 1919"
    return any(
        hit.value.frame in ("born", "die", "accede", "unseat", "found", "build", "meet", "appoint") and hit.value.form != "noun"
        for hit in clause.triggers
    )


def _fame(reading: Reading, first: int) -> bool:
    """Whether a fight is only told as somebody's fame: «بطل معركة أبي قير», "victor of the Nile"."""
    at = first - 1
    while at > 0 and reading.tokens[at].norm in reading.lexicon.head_links:
        at -= 1
    return at >= 0 and reading.tokens[at].norm in reading.lexicon.heroes


def _went_on(reading: Reading, clause: Clause, time: int) -> bool:
    """Whether a verb for how something went on stands between its beginning and the date."""
    begun = [h.last for h in clause.triggers if h.value.frame in ("begin", "end") and h.last <= time]
    words = (reading.tokens[k].norm for k in range(max(begun, default=time), time))
    return any(norm in reading.lexicon.peaks or norm[1:] in reading.lexicon.peaks for norm in words)


_OF_EVENTS = frozenset({"begin", "end", "happen", "sign", "declare"})
"""Frames of verbs whose subjects are events."""


def _of_a_noun(reading: Reading, clause: Clause, first: int, edge: bool) -> bool:
    """Whether an Arabic verb, of beginning or ending or else of no event, has a noun behind it that the event only belongs to."""
    lexicon, at = reading.lexicon, first - 1
    if reading.lang != "ar" or at < 1 or at in reading.mention_at or at in reading.time_at or reading.tokens[at].kind != "word":
        return False
    frames = {h.value.frame for h in clause.triggers if h.value.form != "noun" and h.first < at == h.last}
    if not frames or (not frames & {"begin", "end"} if edge else frames & _OF_EVENTS):
        return False
    known = lexicon.event_nouns.at(reading.tokens, at, at + 1) or lexicon.titles.at(reading.tokens, at, at + 1)
    plain = (lexicon.carriers, lexicon.prepositions, lexicon.glue, lexicon.verbs.first_words())
    return not known and not any(reading.tokens[at].norm in words for words in plain)


def _of_its_events(reading: Reading, first: int) -> bool:
    """Whether a name says what something was part of: «جزءاً من معارك الحرب العالمية الثانية»."""
    plurals = reading.lexicon.wording["words"].get("plurals", {})
    return reading.lang == "ar" and first > 0 and reading.tokens[first - 1].norm in plurals


def _followed(reading: Reading, first: int) -> bool:
    """Whether a verb says that something else came next: «تلت الحرب اتفاقيتان عام 1974»."""
    return first > 0 and reading.tokens[first - 1].norm.removeprefix("و").removeprefix("ف") in reading.lexicon.followers


def _part_of_title(reading: Reading, first: int) -> bool:
    """Whether a name in front of bracketed dates is the last word of a longer one: "The Wars of the French Revolution (1792-1797)"."""
    lexicon, at = reading.lexicon, first - 1
    while at >= 0 and reading.tokens[at].norm in lexicon.head_links:
        at -= 1
    if at < 0 or at in reading.mention_at:
        return False
    capital = reading.lang != "ar" and at < first - 1 and reading.document.text[reading.tokens[at].start].isupper()
    return capital or bool(lexicon.event_nouns.at(reading.tokens, at, at + 1))  # "The Turning Tides of WW2 (1941-1943)"


_TURNED = {"after": -1, "since": -1, "before": 1, "until": 1, "within": 0}
"""On which side of an event a date behind it is wrong whether it is the event's or that of what came after or before it."""


def _right_behind(reading: Reading, dated: Dated, last: int, events: list[Event]) -> bool:
    """Whether a date stands right behind what something has been so since, and is near enough to be meant as its own."""
    value, at = dated.time.mention.value, dated.time.first
    if value is None or at - last > 1 or dated.time.mention.relation or dated.part != "whole":
        return False
    light = all(reading.tokens[k].norm in reading.lexicon.prepositions for k in range(last, at))
    return light and all(event.when is not None and apart(event.when, value, _SINCE) == 0 for event in events)


_SINCE = 3 * 366
"""Days from an event within which a date right behind it is its own."""


def _either_way(turn: str, dated: Dated, last: int, events: list[Event]) -> bool:
    """Whether a date behind "after the battle of …" is wrong on both readings: it lies before the battle."""
    value = dated.time.mention.value
    if value is None or dated.time.first - last > 2 or dated.time.mention.relation:
        return False
    return all(event.when is not None and apart(event.when, value, 31) * _TURNED[turn] > 0 for event in events)


def _unknown_deed(reading: Reading, first: int, last: int) -> bool:
    """Whether a participle of unknown meaning stands behind an auxiliary: "the battle was painted in 1874"."""
    lexicon, tokens = reading.lexicon, reading.tokens
    for k in range(first, last - 1):
        hit = lexicon.verbs.at(tokens, k, k + 2)
        if tokens[k].norm not in lexicon.auxiliaries or (hit and hit.last == k + 2):
            continue
        after = tokens[k + 1]
        if after.kind != "word" or k + 1 in reading.mention_at or k + 1 in reading.time_at:
            continue
        participle = any(after.norm.endswith(ending) for ending in lexicon.wording["words"].get("participle_endings", ()))
        if participle and after.norm not in lexicon.glue and not _weak(reading, k + 1):
            return True
    return False


def _weak(reading: Reading, index: int) -> bool:
    hit = reading.lexicon.verbs.at(reading.tokens, index, len(reading.tokens))
    return bool(hit and hit.value.frame in ("begin", "end", "happen", "sign", "declare"))


def _other_verb(reading: Reading, first: int, last: int) -> bool:
    """Whether a word that may be a verb stands between an event under a preposition and the date."""
    lexicon = reading.lexicon
    for k in range(first, last):
        token = reading.tokens[k]
        if token.kind != "word" or k in reading.mention_at or k in reading.time_at:
            continue
        if token.norm not in lexicon.glue and token.norm not in lexicon.prepositions and token.norm not in lexicon.carriers:
            return True
    return False
