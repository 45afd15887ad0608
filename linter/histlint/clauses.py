"""Clauses: sentences cut before their verbs, connectors and words of time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from .lexicon import Hit, Lexicon, marks_of
from .model import Token
from .reading import Clause, Time
from .tag.entities import Mention

_COMMAS = frozenset("،,;؛:")


def clauses_of(
    text: str,
    tokens: tuple[Token, ...],
    lexicon: Lexicon,
    spans: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    times: Sequence[Time],
    kinds: Sequence[str],
) -> list[Clause]:
    """The clauses of all sentences, each with its names, times, verbs and words of doubt."""
    out: list[Clause] = []
    named = {index for mention in mentions if mention.how != "anaphor" for index in range(mention.first, mention.last)}
    dated = {index for time in times for index in range(time.first, time.last)}
    mention_at = {mention.first: mention for mention in mentions}
    time_at = {time.first: time for time in times}
    taken = named | dated
    pairs = {pair for mention in mentions for name in mention.names if name.kind == "person" for pair in pairwise(name.key)}
    taken |= {k for k in range(len(tokens) - 1) if (tokens[k].norm, tokens[k + 1].norm) in pairs}  # «ولد داداه» was not born then
    telling = sorted({*lexicon.not_triggers.places(tokens), *lexicon.verbs.places(tokens), *lexicon.nouns.places(tokens)})
    joining = _joining(tokens, lexicon)
    for number, (start, stop) in enumerate(spans):
        triggers = _triggers(text, tokens, lexicon, start, stop, _within(telling, start, stop), taken)
        for first, last in _cut(tokens, lexicon, start, stop, _within(joining, start + 1, stop), triggers, named):
            out.append(
                Clause(
                    len(out),
                    number,
                    first,
                    last,
                    tuple(mention_at[k] for k in range(first, last) if k in mention_at),
                    tuple(time_at[k] for k in range(first, last) if k in time_at),
                    tuple(hit for hit in triggers if first <= hit.first < last),
                    tuple(hit for hit in lexicon.relations.find(tokens, first, last) if hit.first not in taken),
                    tuple(hit for hit in lexicon.not_asserted.find(tokens, first, last) if hit.first not in taken and hit.value != "asserted"),
                    kinds[number],
                )
            )
    return out


def _within(places: Sequence[int], start: int, stop: int) -> Sequence[int]:
    first = bisect_left(places, start)
    return places[first : bisect_left(places, stop, first)]


def _triggers(
    text: str, tokens: Sequence[Token], lexicon: Lexicon, start: int, stop: int, places: Sequence[int], taken: set[int]
) -> list[Hit]:
    """The verbs and verbal nouns of a sentence, which may stand at `places`."""
    out: list[Hit] = []
    behind = 0
    for index in places:
        if index < behind:
            continue
        hit = None
        other = lexicon.not_triggers.at(tokens, index, stop)
        if other:
            behind = other.last  # «بلا ولد», «بني العباس»
            continue
        if index not in taken:
            hit = lexicon.verbs.at(tokens, index, stop) or lexicon.nouns.at(tokens, index, stop)
            if hit:
                free = next((k for k in range(index + 1, min(index + 6, stop)) if k in taken), stop)  # "won | the Battle of Sedan"
                if hit.last > free:
                    hit = lexicon.verbs.at(tokens, index, free) or lexicon.nouns.at(tokens, index, free)
            if hit and (hit.value.form != "noun" or hit.value.suffix) and _feminine_noun(text, tokens[index]):
                hit = None
        if hit and hit.value.frame == "lead" and hit.value.form == "verb" and not hit.clitic and lexicon.lang == "ar" and index > start:
            if tokens[index - 1].norm in lexicon.atop:
                hit = None  # «على رأس الجيش» tells of no deed
        if hit and hit.value.frame == "act" and hit.value.form == "verb" and lexicon.lang == "ar" and index > start:
            if tokens[index - 1].norm in lexicon.prepositions and not lexicon.relations.at(tokens, index - 1, index):
                hit = None  # «أمام تقدم ابن سعود» is no deed told
        if hit and lexicon.lang == "ar" and out and out[-1].last == index and _a_noun_behind(out[-1], hit, tokens[index]):
            hit = None
        if hit and not any(k in taken for k in range(hit.first, hit.last)):
            out.append(hit)
            behind = hit.last
    return out


def _a_noun_behind(verb: Hit, hit: Hit, token: Token) -> bool:
    """Whether an Arabic word right behind a verb is its subject or object: «انهار حكم فوكاس» tells of no deed of his."""
    alike = hit.value.form == "verb" and not hit.clitic and not hit.value.suffix and hit.last - hit.first == 1
    return verb.value.form != "noun" and alike and not token.norm.startswith(("ي", "ت"))


def _feminine_noun(text: str, token: Token) -> bool:
    """Whether an Arabic word is written with the ending that no verb has: «قتلة الحسين» and «أسرة هرقل» are no deeds of theirs."""
    return text[token.start : token.end].rstrip(_VOWELS).endswith("ة")


_VOWELS = "".join(map(chr, range(0x64B, 0x653)))


def _joining(tokens: tuple[Token, ...], lexicon: Lexicon) -> list[int]:
    """The tokens of a text at which a connector or a joined word of time may stand, or which follow a comma."""
    found = {*lexicon.connectors.places(tokens)}
    found.update(index for index in lexicon.relations.places(tokens) if _joined_with(tokens[index].norm))
    found.update(index + 1 for index in marks_of(tokens, _COMMAS))
    return sorted(found)


def _joined_with(norm: str) -> bool:
    return len(norm) > 3 and norm.startswith("و")


def _cut(
    tokens: Sequence[Token],
    lexicon: Lexicon,
    start: int,
    stop: int,
    joining: Sequence[int],
    triggers: Sequence[Hit],
    named: set[int],
) -> list[tuple[int, int]]:
    """Cut before connectors, before و/ف + verb, and at commas; pieces without a verb go to their neighbour."""
    verbs = {hit.first: hit for hit in triggers if hit.value.form != "noun"}
    connectors = lexicon.connectors.by_word
    cuts = {start}
    for index in {*joining, *(index for index in verbs if index > start)}:
        before, token = tokens[index - 1], tokens[index]
        if before.kind == "mark" and before.norm in _COMMAS:
            cuts.add(index)
        elif index in verbs and verbs[index].clitic in ("و", "ف"):
            if not (
                verbs[index].clitic == "ف"
                and any(tokens[k].norm in lexicon.topicalisers for k in range(max(start, index - 5), index))
            ):
                cuts.add(index)  # but «أما إيطاليا فدخلت»
        elif index in verbs and before.norm in lexicon.joins and index - 1 > start:
            cuts.add(index - 1)  # "… and died in 1198"
        elif (
            connectors[token.norm] and token.kind == "word" and index not in named and lexicon.connectors.at(tokens, index, stop)
            and not lexicon.unbroken.at(tokens, index - 1, stop)
        ) or _joined_adverbial(tokens, lexicon, index, stop):
            cuts.add(index)
    edges = [*sorted(cuts), stop]
    pieces = [(a, b) for a, b in pairwise(edges) if b > a]
    out: list[tuple[int, int]] = []
    open_front = False  # the piece before is an adverbial or a subject that waits for its verb
    for first, last in pieces:
        verbal = any(first <= index < last for index in verbs) or _goes_on(tokens, lexicon, start, first)
        verbal = verbal or _had_done(tokens, lexicon, first, last)
        if not verbal and not open_front and _joined_adverbial(tokens, lexicon, first, last):
            out.append((first, last))  # «وخلال ثلاثة أشهر …، تم …»: the front of the next clause
            open_front = True
        elif out and (open_front or not verbal):
            out[-1] = (out[-1][0], last)
            open_front = open_front and not verbal
        else:
            out.append((first, last))
            open_front = not verbal and _waits(tokens, lexicon, first, last, named)
    return out


def _goes_on(tokens: Sequence[Token], lexicon: Lexicon, start: int, first: int) -> bool:
    """Whether an English participle behind a comma goes on with the deeds of "had": "had executed his brothers, broken Ismail at …"."""
    if first <= start + 1 or first + 1 >= len(tokens) or tokens[first - 1].norm != "," or not participle(tokens, lexicon, first):
        return False
    if tokens[first + 1].kind != "word" or tokens[first + 1].norm in lexicon.prepositions:
        return False
    had = next((k for k in range(start, first - 1) if _had_done(tokens, lexicon, k, k + 3)), first)
    commas = (k for k in range(had, first - 1) if tokens[k].norm == ",")
    return had < first and all(participle(tokens, lexicon, k + 1) for k in commas)  # no ", in a rage, " before another's deed


def _had_done(tokens: Sequence[Token], lexicon: Lexicon, first: int, last: int) -> bool:
    """Whether English words tell a deed by "had" and a participle, which the wording need not know: "had beaten Charles"."""
    if lexicon.lang == "ar":
        return False
    had = (k for k in range(first, last - 2) if tokens[k].norm in lexicon.pluperfect)
    return any(participle(tokens, lexicon, k + 1) or (tokens[k + 1].norm in lexicon.adverbs and participle(tokens, lexicon, k + 2)) for k in had)


def participle(tokens: Sequence[Token], lexicon: Lexicon, index: int) -> bool:
    """Whether an English token looks like a participle or past: regular, or one of those listed."""
    norm = tokens[index].norm
    regular = norm.endswith(tuple(lexicon.past_endings)) and len(norm) >= _REGULAR
    return regular or norm in lexicon.participles or norm in lexicon.irregular_pasts


_REGULAR = 5
"""Letters of a regular past."""


def _joined_adverbial(tokens: Sequence[Token], lexicon: Lexicon, index: int, stop: int) -> bool:
    """Whether و and a word of time or order begin here: «وبعد …», «وخلال …»."""
    return _joined_with(tokens[index].norm) and bool(lexicon.relations.at(tokens, index, stop))


def _waits(tokens: Sequence[Token], lexicon: Lexicon, first: int, last: int, named: set[int]) -> bool:
    """Whether a piece without a known verb is the front of a clause: it begins with a name, a preposition or a relation."""
    norm = tokens[first].norm
    if first in named or norm in lexicon.prepositions or norm.lstrip("وف") in lexicon.prepositions or norm in lexicon.glue:
        return True
    return (
        tokens[first].kind != "word"
        or bool(lexicon.relations.at(tokens, first, last))
        or bool(lexicon.titles.at(tokens, first, last))
    )
