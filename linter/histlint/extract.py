"""From tokens, names and times to a Reading: clauses, what each states, and what the text is about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from .anaphors import with_anaphors
from .clauses import clauses_of
from .facts import Lookup
from .gapping import gapped
from .lexicon import Hit, Lexicon
from .model import Document, TimeMention, Token
from .naming import EventsAt, begin, choose, fought_there, topic_of
from .prepositions import preposition
from .reading import Clause, Predication, Reading, Time
from .segment import quotations, sentences
from .slots import ACTORS, slots
from .subjects import (
    active_behind_had,
    agrees,
    behind_comma,
    front,
    joined_to_unknown,
    named_subject,
    near_subject,
    of_the_object,
    of_the_pronoun,
    on_himself,
    onwards,
    over_another,
    relative_head,
    relative_to_unknown,
    stranger,
    subject_ahead,
    subject_before_had,
    subject_dropped,
    topic_person,
    turned_to,
    within_relative,
)
from .tag.entities import Mention
from .tag.timewords import Reader

_WEAK = frozenset({"begin", "end", "happen"})  # say when and how long, not what


def read_text(
    document: Document,
    lexicon: Lexicon,
    tokens: tuple[Token, ...],
    names: Sequence[Mention],
    times: Sequence[TimeMention],
    numbers: Reader,
    fact: Lookup,
    events_with: EventsAt,
) -> Reading:
    """Everything that later stages ask of the text."""
    spans = sentences(document.text, tokens, lexicon.abbreviations)
    placed = _place_times(tokens, times)
    kinds = _block_kinds(document, tokens, spans)
    mentions = choose(document.text, tokens, lexicon, names, placed, fact)
    mentions = [fought_there(document.text, tokens, lexicon, mention, mentions, fact, events_with) for mention in mentions]
    inside = {k: m.last for m in mentions for k in range(m.first, m.last)}
    placed = [time for time in placed if inside.get(begin(tokens, time), 0) < time.last]
    topic = topic_of(mentions, spans, kinds, fact)
    mentions = with_anaphors(document.text, tokens, lexicon, mentions, placed, topic, fact)
    clauses = clauses_of(document.text, tokens, lexicon, spans, mentions, placed, kinds)
    reading = Reading(
        document,
        lexicon,
        tokens,
        tuple(spans),
        tuple(clauses),
        tuple(mentions),
        tuple(placed),
        (),
        topic,
        tuple(quotations(tokens)),
        {k: mention for mention in mentions for k in range(mention.first, mention.last)},
        {k: time for time in placed for k in range(time.first, time.last)},
        {},
        {k: clause.index for clause in clauses for k in range(clause.first, clause.last)},
        frozenset(name.id for mention in mentions for name in mention.names),
        numbers,
        lexicon.lang,
        {},
    )
    predications = tuple(_predications(reading, fact))
    said: dict[int, tuple[Predication, ...]] = {}
    for predication in predications:
        said[predication.clause] = (*said.get(predication.clause, ()), predication)
    return reading._replace(predications=predications, said=said)


def _place_times(tokens: Sequence[Token], times: Sequence[TimeMention]) -> list[Time]:
    starts = [token.start for token in tokens]
    out = []
    for time in times:
        first = max(0, bisect_right(starts, time.start) - 1)  # «بعامين», «وعمره»: it may begin inside a word
        last = bisect_left(starts, time.end)
        out.append(Time(first, max(last, first + 1), time))
    return out


def _block_kinds(document: Document, tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[str]:
    out, at = [], 0
    blocks = document.blocks
    for first, _ in spans:
        start = tokens[first].start
        while at + 1 < len(blocks) and blocks[at + 1].start <= start:
            at += 1
        out.append(blocks[at].kind if blocks else "paragraph")
    return out


def _predications(reading: Reading, fact: Lookup) -> list[Predication]:
    out: list[Predication] = []
    lexicon = reading.lexicon
    topic = topic_person(reading, fact)
    subject: tuple[Mention, ...] = ()
    sentence = strange = -1  # in a sentence about somebody unknown nobody is carried on
    for clause in reading.clauses:
        if clause.sentence != sentence:
            subject = onwards(reading, clause, subject, topic)
        if lexicon.lang == "ar" and (stranger(reading, clause) or turned_to(reading, clause)):
            subject = ()
            strange = clause.sentence if turned_to(reading, clause) else strange
        sentence = clause.sentence
        said = []
        for number, hit in enumerate(clause.triggers):
            if hit.value.frame in _WEAK or _participle(reading, hit):
                continue
            stop = _next_verb(clause, number)
            said.append(slots(reading, clause, hit, stop))
        if lexicon.lang != "ar":
            said = _coordinated(reading, clause, said)
        named = named_subject(reading, clause)
        if named and not (said and said[0].form == "verb" and said[0].agents and said[0].first < named[0].first):
            subject = named
        if lexicon.lang != "ar" and not any(p.form != "noun" and p.agents and not p.carried for p in said):
            said += _plain_past(reading, clause, said)
        if lexicon.lang == "ar" and not any(p.form != "noun" and p.agents and not p.carried for p in said):
            said += _plain_act(reading, clause, said)
        for predication in said:
            if (
                predication.form == "verb"
                and not predication.agents
                and not predication.patients
                and lexicon.lang == "ar"
                and predication.frame in lexicon.single
                and not any(hit.first == predication.first and hit.value.suffix for hit in clause.triggers)
                and subject_dropped(reading, clause, predication)
            ):
                predication = predication._replace(form="passive")  # «وأُعدم في …»
            predication = active_behind_had(reading, predication)
            if on_himself(reading, clause, predication, subject):
                predication = predication._replace(form="verb", agents=tuple(subject), patients=(), carried=True)
            ahead = subject_ahead(reading, clause, predication)
            if relative_to_unknown(reading, predication):
                out.append(predication)
                continue
            head = relative_head(reading, predication)
            if ahead is not None:
                predication = predication._replace(agents=ahead)
            elif head is not None and subject_dropped(reading, clause, predication):
                if predication.form == "verb" and not predication.agents:
                    predication = predication._replace(agents=(head,))
                elif predication.form == "passive" and not predication.patients:
                    predication = predication._replace(patients=(head,))
            elif not predication.agents and predication.form == "verb" and subject_dropped(reading, clause, predication):
                known = strange != clause.sentence and not within_relative(reading, clause, predication, subject)
                known = known and not joined_to_unknown(reading, clause, predication, subject)
                known = known and not over_another(reading, clause, predication, subject, out)
                agreeing = subject if known and agrees(reading, predication, subject, fact) else ()
                predication = predication._replace(agents=agreeing, carried=bool(agreeing))
            elif (
                not predication.patients
                and predication.form == "passive"
                and subject_dropped(reading, clause, predication)
                and (lexicon.lang == "ar" or near_subject(reading, clause, predication, subject))
                and not behind_comma(reading, predication, subject)
                and not of_the_object(reading, clause, predication)
                and not of_the_pronoun(reading, clause, predication, subject)
                and not over_another(reading, clause, predication, subject, out)
                and agrees(reading, predication, subject, fact)
            ):
                predication = predication._replace(patients=subject, carried=bool(subject))
            out.append(predication)
            if predication.form == "verb" and predication.agents:
                subject = predication.agents
            elif predication.form == "passive" and predication.patients:
                subject = predication.patients
            elif lexicon.lang == "ar" and subject_before_had(reading, predication):
                subject = ()  # «وكان أبوه قد مات ثم دُفن في …»
        out += gapped(reading, clause, out)
    return out


_OBJECTLESS = frozenset({"win", "act", "meet", "lead"})
"""Frames of verbs that often stand without their object."""


def _participle(reading: Reading, hit: Hit) -> bool:
    """Whether an English past form right before a comma is a participle: "the four carriers lost, the Akagi, …"."""
    trigger = hit.value
    if reading.lang == "ar" or trigger.form != "verb" or trigger.frame in _OBJECTLESS or hit.last >= len(reading.tokens):
        return False
    tokens, lexicon = reading.tokens, reading.lexicon
    if trigger.frame == "lose" and hit.last - hit.first == 1 and hit.last + 1 < len(tokens):
        determined = tokens[hit.last].norm in lexicon.possessives or tokens[hit.last].norm in lexicon.indefinite
        determined = determined or tokens[hit.last].norm == "the"
        if determined and hit.last + 1 not in reading.mention_at and not lexicon.event_nouns.at(tokens, hit.last + 1, hit.last + 3):
            return True  # "lost his position", "lost the power they had"
    transitive = trigger.frame == "lose" or "" in lexicon.objects.get(trigger.frame, ())
    return transitive and tokens[hit.last].norm == ","


def _several(reading: Reading, clause: Clause, predication: Predication) -> bool:
    """Whether a verb nobody lists stands between two actors before a verb: "Charles checked Napoleon, but lost"."""
    before = [m for m in clause.mentions if m.last <= predication.first and m.has(*ACTORS) and m not in predication.agents]
    first = predication.agents[0].first
    apart = [m for m in before if m.last <= first and not preposition(reading, m)]
    return any(first - m.last > 1 or reading.tokens[m.last].norm not in reading.lexicon.listing for m in apart)


def _coordinated(reading: Reading, clause: Clause, said: Sequence[Predication]) -> list[Predication]:
    """English verbs joined by "and" or "but" have one subject: "Charles checked Napoleon, but lost at Wagram"."""
    out: list[Predication] = []
    for predication in said:
        before = next((p for p in reversed(out) if p.form != "noun" and p.last <= predication.first), None)
        joined = predication.first and reading.tokens[predication.first - 1].norm in reading.lexicon.verb_joins
        if joined and predication.form == "verb" and predication.agents:
            if before is None and _several(reading, clause, predication):
                predication = predication._replace(agents=())
            elif before is not None and any(m.first >= before.last for m in predication.agents):
                predication = predication._replace(agents=before.agents if before.form == "verb" else before.patients)
        out.append(predication)
    return out


def _plain_act(reading: Reading, clause: Clause, said: Sequence[Predication]) -> list[Predication]:
    """«وفي سنة 1229م سلّم العادل القدس»: a verb that no wording file lists, before the man who did it.

    Only as the first word that says anything, and not one that tells what a book says or what lived on (`telling`).
    """
    tokens, lexicon = reading.tokens, reading.lexicon
    taken = {k for p in said for k in range(p.first, p.last)}
    for mention in clause.mentions:
        if not mention.has("person") or mention.has("event", "place", "polity") or mention.how in ("anaphor", "demonym"):
            continue
        at = mention.first - 1
        while at > clause.first and (lexicon.titles.at(tokens, at, at + 1) or lexicon.ranks.at(tokens, at, at + 1)):
            at -= 1
        if at < clause.first or not may_be_verb(reading, at) or at in taken:
            return []
        if all(front(reading, k) for k in range(clause.first, at)):
            return [Predication("act", "verb", at, at + 1, clause.index, (mention,), (), (), reading.asserted(clause, at))]
        return []
    return []


def _plain_past(reading: Reading, clause: Clause, said: Sequence[Predication]) -> list[Predication]:
    """ "In 1905 the viceroy, Lord Mountbatten, divided Bengal": a regular past that no wording file lists, behind who did it."""
    tokens, lexicon = reading.tokens, reading.lexicon
    taken = {k for p in said for k in range(p.first, p.last)}
    for mention in clause.mentions:
        if not mention.has("person") or mention.has("event", "place", "polity") or mention.how in ("anaphor", "demonym"):
            continue
        if preposition(reading, mention):
            continue
        at = mention.last
        while at < clause.last and (tokens[at].norm == "," or tokens[at].norm.endswith(lexicon.verbs.adverb_endings)):
            at += 1
        if at + 1 >= clause.last or at in taken or at in reading.mention_at or at in reading.time_at:
            return []
        at += tokens[at].norm in lexicon.undergoing and tokens[at + 1].norm.endswith(tuple(lexicon.past_endings))
        norm = tokens[at].norm
        regular = norm.endswith(tuple(lexicon.past_endings)) and len(norm) >= 5
        if at + 1 >= clause.last or not (regular or norm in lexicon.irregular_pasts) or lexicon.telling.at(tokens, at, at + 1):
            return []
        if lexicon.verbs.at(tokens, at, clause.last) or lexicon.roles.at(tokens, at + 1, clause.last) or tokens[at + 1].norm == ",":
            return []  # "Napoleon, admired by …"
        return [Predication("act", "verb", at, at + 1, clause.index, (mention,), (), (), reading.asserted(clause, at))]
    return []


def may_be_verb(reading: Reading, index: int) -> bool:
    """Whether an Arabic word may be a verb as far as no wording file knows it as anything else."""
    tokens, lexicon = reading.tokens, reading.lexicon
    token = tokens[index]
    word = token.norm[1:] if len(token.norm) > 4 and token.norm[0] in "وف" else token.norm
    if token.kind != "word" or index in reading.mention_at or index in reading.time_at or not 3 <= len(word) <= 7:
        return False
    if word.startswith(("ال", "ي", "لل")) or word in lexicon.glue or word in lexicon.prepositions or word in lexicon.carriers:
        return False
    tables = (lexicon.telling, lexicon.titles, lexicon.ranks, lexicon.kin, lexicon.event_nouns, lexicon.relations)
    others = (lexicon.connectors, lexicon.nouns, lexicon.verbs, lexicon.not_asserted, lexicon.roles, lexicon.retrospective)
    return not any(table.at(tokens, index, index + 1) for table in (*tables, *others))


def _next_verb(clause: Clause, number: int) -> int:
    for hit in clause.triggers[number + 1 :]:
        if hit.value.form != "noun":
            return hit.first
    return clause.last
