"""From tokens, names and times to a Reading: clauses, what each states, and what the text is about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from .clauses import clauses_of
from .facts import Entity
from .lexicon import Hit, Lexicon, Trigger
from .model import Document, TimeMention, Token
from .naming import EventsAt, Lookup, begin, choose, definite, fought_there, topic_of, with_anaphors
from .prepositions import named_in, preposition
from .reading import Clause, Predication, Reading, Time
from .segment import quotations, sentences
from .tag.entities import Mention
from .tag.timewords import Reader

_ACTORS = ("person", "polity")


_WEAK = frozenset({"begin", "end", "happen"})  # say when and how long, not what


def read_text(
    document: Document,
    lexicon: Lexicon,
    tokens: Sequence[Token],
    names: Sequence[Mention],
    times: Sequence[TimeMention],
    numbers: Reader,
    fact: Lookup,
    events_with: EventsAt,
) -> Reading:
    """Everything that later stages ask of the text."""
    spans = sentences(tokens, lexicon.abbreviations)
    placed = _place_times(tokens, times)
    kinds = _block_kinds(document, tokens, spans)
    mentions = choose(document.text, tokens, lexicon, names, placed, fact)
    mentions = [fought_there(tokens, lexicon, mention, mentions, fact, events_with) for mention in mentions]
    inside = {k: m.last for m in mentions for k in range(m.first, m.last)}
    placed = [time for time in placed if inside.get(begin(tokens, time), 0) < time.last]
    topic = topic_of(mentions, spans, kinds, fact)
    mentions = with_anaphors(document.text, tokens, lexicon, mentions, topic, fact)
    clauses = clauses_of(tokens, lexicon, spans, mentions, placed, kinds)
    reading = Reading(
        document,
        lexicon,
        tuple(tokens),
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
    topic = _topic_person(reading, fact)
    subject: tuple[Mention, ...] = ()
    sentence = -1
    for clause in reading.clauses:
        if clause.sentence != sentence and (topic or not _alone(reading, clause, subject)):
            subject = topic  # a new sentence speaks of the man that the text is about
        if lexicon.lang == "ar" and _stranger(reading, clause):
            subject = ()
        sentence = clause.sentence
        said = []
        for number, hit in enumerate(clause.triggers):
            if hit.value.frame in _WEAK:
                continue
            stop = _next_verb(clause, number)
            said.append(_slots(reading, clause, hit, stop))
        named = _named_subject(reading, clause)
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
                and _subject_dropped(reading, clause, predication)
            ):
                predication = predication._replace(form="passive")  # «وأُعدم في …»
            if not predication.agents and predication.form == "verb" and _subject_dropped(reading, clause, predication):
                predication = predication._replace(agents=subject, carried=bool(subject))
            elif (
                not predication.patients
                and predication.form == "passive"
                and _subject_dropped(reading, clause, predication)
                and (lexicon.lang == "ar" or _near_subject(reading, clause, predication, subject))
            ):
                predication = predication._replace(patients=subject, carried=bool(subject))
            out.append(predication)
            if predication.form == "verb" and predication.agents:
                subject = predication.agents
            elif predication.form == "passive" and predication.patients:
                subject = predication.patients
    return out


def _stranger(reading: Reading, clause: Clause) -> bool:
    """Whether a clause without a known verb may begin with a verb and a subject whom the reference does not know: «صار سعد …»."""
    if any(hit.value.form != "noun" for hit in clause.triggers):
        return False
    tokens, lexicon = reading.tokens, reading.lexicon
    at = next((k for k in range(clause.first, clause.last) if not _front(reading, k)), clause.last)
    if at + 1 >= clause.last or at in reading.mention_at or at + 1 in reading.mention_at or at + 1 in reading.time_at:
        return False
    norm = tokens[at + 1].norm
    if tokens[at].kind != "word" or tokens[at + 1].kind != "word" or norm.startswith("ال") or norm.endswith("ا") or len(norm) < 3:
        return False
    if norm in lexicon.prepositions or norm in lexicon.fillers or norm in lexicon.glue or norm in lexicon.carriers:
        return False
    tables = (lexicon.relations, lexicon.roles, lexicon.not_asserted, lexicon.nouns, lexicon.connectors)
    return not tokens[at].norm.startswith("ال") and not any(table.at(tokens, at + 1, at + 2) for table in tables)


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
        if at < clause.first or not _may_be_verb(reading, at) or at in taken:
            return []
        if all(_front(reading, k) for k in range(clause.first, at)):
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
        norm = tokens[at].norm
        if not norm.endswith(tuple(lexicon.past_endings)) or len(norm) < 5 or lexicon.telling.at(tokens, at, at + 1):
            return []
        if lexicon.verbs.at(tokens, at, clause.last) or lexicon.roles.at(tokens, at + 1, clause.last) or tokens[at + 1].norm == ",":
            return []  # "Napoleon, admired by …"
        return [Predication("act", "verb", at, at + 1, clause.index, (mention,), (), (), reading.asserted(clause, at))]
    return []


def _may_be_verb(reading: Reading, index: int) -> bool:
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


def _front(reading: Reading, index: int) -> bool:
    """Whether a word may stand before the verb of a clause without being its subject: time, conjunction, "there"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    norm = tokens[index].norm
    if index in reading.time_at or tokens[index].kind != "word" or norm in lexicon.fillers or norm in lexicon.joins:
        return True
    joined = norm[1:] if norm[:1] in ("و", "ف") else norm
    return joined in lexicon.prepositions or norm in lexicon.prepositions or bool(lexicon.relations.at(tokens, index, index + 1))


_REMEMBERED = 60
"""Words for which a subject is remembered into the next sentence."""


def _alone(reading: Reading, clause: Clause, subject: tuple[Mention, ...]) -> bool:
    """Whether the sentence before spoke of one man only, so that the next one may leave him out."""
    if not subject or clause.first - subject[0].last > _REMEMBERED or clause.sentence == 0:
        return False
    start, stop = reading.sentences[clause.sentence - 1]
    if any(reading.tokens[k].norm == "\n" for k in range(start, clause.first)):
        return False  # a new paragraph names its people
    people = {m.ids("person") for m in named_in(reading, start, stop) if m.has("person")}
    return people == {subject[0].ids("person")}


def _subject_dropped(reading: Reading, clause: Clause, predication: Predication) -> bool:
    """Whether the verb has no subject of its own: in Arabic none stands behind it, in English "and" or a pronoun before it."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if lexicon.lang != "ar":
        if _of_another(reading, clause):
            return False
        before = [token.norm for token in tokens[clause.first : predication.first] if token.kind == "word"]
        return all(word in lexicon.pronouns or word in lexicon.fillers for word in before)
    if predication.last >= len(tokens):
        return True
    token = tokens[predication.last]
    if token.kind != "word" or token.norm in lexicon.prepositions or token.norm in lexicon.fillers:
        return True
    if any(time.first <= predication.last < time.last for time in clause.times):
        return True
    if any(hit.first == predication.last and hit.value for hit in clause.relations):
        return True
    near = next((m for m in clause.mentions if m.first <= predication.last < m.last), None)
    return near is not None and (near in predication.patients or bool(preposition(reading, near)))


def _near_subject(reading: Reading, clause: Clause, predication: Predication, subject: tuple[Mention, ...]) -> bool:
    """Whether the subject left out was named in this sentence, or a pronoun stands for it."""
    start = reading.sentences[clause.sentence][0]
    pronoun = any(reading.tokens[k].norm in reading.lexicon.pronouns for k in range(clause.first, predication.first))
    return pronoun or bool(subject and subject[0].first >= start)


def _of_another(reading: Reading, clause: Clause) -> bool:
    """Whether "who" begins the clause and what stands before it is no name of the reference: "Smith, who was born …"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if clause.first < 2 or not lexicon.connectors.at(tokens, clause.first, clause.last):
        return False
    at = clause.first - 1 - (tokens[clause.first - 1].kind == "mark")
    written = reading.document.text[tokens[at].start]
    return tokens[at].kind == "word" and at not in reading.mention_at and written.isupper()


def _topic_person(reading: Reading, fact: Lookup) -> tuple[Mention, ...]:
    """The person that the text is about, as the subject of a sentence that names none."""
    if not reading.topic:
        return ()
    entry = fact(reading.topic[0])
    if not isinstance(entry, Entity) or entry.kind != "person":
        return ()
    return tuple(m for m in reading.mentions if reading.topic[0] in m.ids("person"))[:1]


def _named_subject(reading: Reading, clause: Clause) -> tuple[Mention, ...]:
    """The actor that a clause without a known verb begins with."""
    for mention in clause.mentions:
        if mention.first - clause.first > 3:
            break
        if mention.has(*_ACTORS) and not preposition(reading, mention):
            return (mention,)
    return ()


def _next_verb(clause: Clause, number: int) -> int:
    for hit in clause.triggers[number + 1 :]:
        if hit.value.form != "noun":
            return hit.first
    return clause.last


def _slots(reading: Reading, clause: Clause, hit: Hit, stop: int) -> Predication:
    trigger: Trigger = hit.value
    lexicon = reading.lexicon
    if trigger.form == "verb" and (_passive(reading, hit) or _marked_passive(reading, hit)):
        trigger = Trigger(_PASSIVE.get(trigger.frame, trigger.frame), "passive")
    after = [m for m in clause.mentions if hit.last <= m.first < stop and not _in_title(reading, clause, m)]
    before = [m for m in clause.mentions if m.last <= hit.first]
    objects = lexicon.objects.get(trigger.frame, ())
    agents: list[Mention] = []
    patients: list[Mention] = []
    others: list[tuple[str, Mention]] = []
    plain = [(preposition(reading, m), m) for m in after]
    for role, mention in plain:
        if role == "by" and mention.has(*_ACTORS):
            agents.extend(_coordinated(reading, mention, [m for m in after if m.first > mention.first]))
    free = [m for role, m in plain if not role]
    by_whom = list(agents)
    managed = _managed(reading, clause, hit) if trigger.form == "noun" and lexicon.lang == "ar" else None
    if managed:  # «تمكن المغول من هزيمة …»: a deed like any other
        agents.append(managed)
        patients.extend(_coordinated(reading, free[0], free) if free and free[0].first - hit.last <= 3 else ())
        trigger = trigger._replace(form="verb")
    elif trigger.form == "noun":
        near = [m for m in free if m.first - hit.last <= 3 and not definite(reading.tokens, hit.last - 1)]
        if near:
            target = agents if lexicon.of.get(trigger.frame) == "agent" else patients
            objects_after = [m for role, m in plain if role in ("ل", "to", *objects) and role and m.first > near[0].first]
            if target is patients and objects_after and near[0].has(*_ACTORS):
                agents.append(near[0])
                patients.append(objects_after[0])
            else:
                target.extend(_coordinated(reading, near[0], free))
    elif lexicon.lang == "ar":
        _arabic_slots(reading, clause, hit._replace(value=trigger), plain, before, objects, agents, patients)
    else:
        _english_slots(reading, trigger, plain, before, objects, agents, patients)
    if trigger.suffix:
        pointed = _pronoun(reading, hit)
        if pointed and trigger.form == "noun" and not agents and not patients:
            (agents if lexicon.of.get(trigger.frame) == "agent" else patients).append(pointed)
        elif pointed and trigger.form == "verb" and pointed not in agents:
            patients.append(pointed)
    elif trigger.form == "verb" and not agents:
        forces = _forces(reading, clause, hit)
        if forces:
            agents.append(forces)
    if trigger.frame == "conquer" and patients and all(m.has("person") and not m.has("place") for m in patients):
        trigger = trigger._replace(frame="capture")
    used = {id(m) for m in (*agents, *patients)}
    others += [(role, m) for role, m in plain if id(m) not in used and not any(m is o for _, o in others)]
    victim = (
        trigger.form == "verb" and trigger.frame in lexicon.single and patients and agents == by_whom and lexicon.lang == "ar"
    )
    return Predication(
        trigger.frame,
        "passive" if victim else trigger.form,
        hit.first,
        hit.last,
        clause.index,
        tuple(agents),
        tuple(patients),
        tuple(others),
        reading.asserted(clause, hit.first),
    )


def _managed(reading: Reading, clause: Clause, hit: Hit) -> Mention | None:
    """Who "succeeded in" the deed that an Arabic verbal noun names."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if hit.first == 0 or tokens[hit.first - 1].norm not in lexicon.prepositions:
        return None
    for verb in lexicon.managed.find(tokens, max(clause.first, hit.first - 9), hit.first):
        between = [m for m in clause.mentions if verb.last <= m.first and m.last <= hit.first - 1 and m.has(*_ACTORS)]
        if between and not preposition(reading, between[0]) and hit.first - between[-1].last <= 2:
            return between[0]
    return None


_PASSIVE = {"win": "lose"}
"""Frames whose passive is the active of another: who was defeated lost."""


_DAMMA = "\u064f"


def _marked_passive(reading: Reading, hit: Hit) -> bool:
    """Whether a vowel sign marks an Arabic verb as passive: «قُتل», «هُزم»."""
    token = reading.tokens[hit.first]
    written = reading.document.text[token.start : token.end]
    at = 1 if hit.clitic in ("و", "ف") else 0
    while at < len(written) and "\u064b" <= written[at] <= "\u0652":
        at += 1  # the vowel of the conjunction
    return written[at + 1 : at + 2] == _DAMMA and hit.value.frame not in ("born", "die", "accede")


def _passive(reading: Reading, hit: Hit) -> bool:
    """Whether an auxiliary stands before an English participle, an adverb between them or not: "was soon defeated"."""
    tokens, first = reading.tokens, hit.first
    return any(tokens[k].norm in reading.lexicon.auxiliaries for k in range(max(0, first - 2), first))


def _in_title(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a place or power only tells whose king it is: «ملك بيت المقدس بلدوين الرابع»."""
    if mention.has("person", "event") or mention.first == 0:
        return False
    if not reading.lexicon.titles.at(reading.tokens, mention.first - 1, mention.first):
        return False
    return any(m.first == mention.last and m.has("person") for m in clause.mentions)


def _pronoun(reading: Reading, hit: Hit) -> Mention | None:
    """Whom the Arabic pronoun on a trigger means: the last fitting name before it in its sentence.

    ه is a man (or none), ها a power, a town or a woman, هم and هما are not resolved.
    """
    norm = reading.tokens[hit.last - 1].norm
    made = hit.value.frame in ("found", "build", "invent", "write", "conquer", "besiege")
    if made and hit.first > 1 and reading.tokens[hit.first - 1].norm in reading.lexicon.relatives:
        head = reading.mention_at.get(hit.first - 2)  # «المدرسة التي أنشأها»: what stands before «التي», or nothing known
        free = head is not None and not preposition(reading, head) and head.how == "name"
        return head if free and head is not None and not _governed_by_noun(reading, head) else None
    start = max(reading.sentences[_sentence_of(reading, hit.first)][0], hit.first - 40)
    before = [m for m in named_in(reading, start, hit.first) if m.how != "demonym"]
    if norm.endswith("ها"):
        fits = [m for m in before if m.has("polity", "place") and not m.has("person")]
    elif norm.endswith("ه"):
        fits = (
            [m for m in before if m.has("place", "thing", "event") and not preposition(reading, m)]
            if made
            else [m for m in before if m.has("person")]
        )
        if not made and len({m.ids() for m in fits}) > 1:
            return None  # «حتى وفاته» may be anybody's of those named
    else:
        return None
    return fits[-1] if fits else None


def _governed_by_noun(reading: Reading, mention: Mention) -> bool:
    """Whether a noun stands before a name in the genitive: «مدرسة القاهرة»."""
    if mention.first == 0 or reading.tokens[mention.first - 1].kind != "word":
        return False
    norm, lexicon = reading.tokens[mention.first - 1].norm, reading.lexicon
    known = norm in lexicon.carriers or norm in lexicon.prepositions or norm in lexicon.glue
    return not known and not lexicon.verbs.at(reading.tokens, mention.first - 1, mention.first)


def _sentence_of(reading: Reading, index: int) -> int:
    return bisect_left([stop for _, stop in reading.sentences], index + 1)


def _forces(reading: Reading, clause: Clause, hit: Hit) -> Mention | None:
    """«انسحبت تلك القوات»: the power whose troops were last spoken of, where the noun has no adjective of its own."""
    tokens, lexicon = reading.tokens, reading.lexicon
    for index in range(hit.last, min(hit.last + 2, clause.last)):
        if tokens[index].norm in lexicon.forces and definite(tokens, index):
            if index + 1 < len(tokens) and tokens[index + 1].norm.startswith("ال"):
                return None
            start = reading.sentences[clause.sentence][0]
            before = [m for m in named_in(reading, start, hit.first) if m.has("polity")]
            troops = [m for m in before if m.first and tokens[m.first - 1].norm in lexicon.forces]
            return (troops or before)[-1] if before else None
    return None


def _coordinated(reading: Reading, head: Mention, mentions: Sequence[Mention]) -> list[Mention]:
    """`head` and the names joined to it by "and" or و."""
    out = [head]
    for mention in mentions:
        if mention.first < out[-1].last:
            continue
        gap = [token.norm for token in reading.tokens[out[-1].last : mention.first]]
        attached = not gap and reading.tokens[mention.first].norm.startswith("و")
        if attached or (gap and set(gap) <= reading.lexicon.listing and not set(gap) <= reading.lexicon.carriers):
            out.append(mention)
        else:
            break
    return out


def _arabic_slots(
    reading: Reading,
    clause: Clause,
    hit: Hit,
    plain: Sequence[tuple[str, Mention]],
    before: Sequence[Mention],
    objects: Sequence[str],
    agents: list[Mention],
    patients: list[Mention],
) -> None:
    trigger: Trigger = hit.value
    free = [m for role, m in plain if not role]
    first = next(iter(free), None)
    if first and (
        first.first - hit.last > 4
        or not first.has(*_ACTORS)
        or _owned(reading, hit, first)
        or _other_subject(reading, hit, first)
    ):
        first = None
    clause_verbs = [h.first for h in clause.triggers if h.value.form != "noun" and h.first < hit.first]
    lead = [m for m in before if not preposition(reading, m) and m.has(*_ACTORS) and hit.first - m.last <= 4]
    lead = [m for m in lead if not any(first < m.first for first in clause_verbs)]  # not the subject of another verb
    lead = [m for m in lead if not _in_genitive(reading, clause, hit, m)]
    if trigger.form == "passive":
        if first:
            patients.extend(_coordinated(reading, first, free))
        elif free and free[0].first - hit.last <= 4:
            patients.append(free[0])
        elif lead:
            patients.append(lead[-1])
        return
    group = _coordinated(reading, first, [m for m in free if m.has(*_ACTORS)]) if first else []
    if first:
        agents.extend(group)
    elif lead and (not hit.clitic or (hit.clitic == "ف" and lead[-1].last == hit.first)):  # «أما إيطاليا فدخلت»
        agents.append(lead[-1])
    if (
        first is not None
        and "" in objects
        and not trigger.suffix
        and not trigger.intransitive
        and not [m for m in free if m not in group]
    ):
        # one name behind a transitive verb: subject, or object of a subject left out, or victim («قُتل فلان»)
        if trigger.frame in reading.lexicon.single or first.has("place"):
            patients.extend(m for m in agents if m in group)
            agents[:] = [m for m in agents if m not in group]  # who stands behind «على يد» stays
            return
        if trigger.frame in reading.lexicon.unclear and not _object_follows(reading, clause, first):
            agents[:] = [m for m in agents if m not in group]
            return
    if trigger.suffix:
        return
    rest = [(role, m) for role, m in plain if m not in agents]
    for role, mention in rest:
        if role in objects and (role or first is not None or lead or mention.first - hit.last <= 3):
            patients.append(mention)
            break
    if not patients and not first and free and not lead and "" in objects and free[0].first - hit.last <= 3:
        patients.append(free[0])


def _in_genitive(reading: Reading, clause: Clause, hit: Hit, mention: Mention) -> bool:
    """Whether a name before a verb belongs to the verbal noun before it: «بعد مقتل ملك السويد اقتحم …»."""
    lexicon, tokens = reading.lexicon, reading.tokens
    for noun in clause.triggers:
        if noun.first >= hit.first or noun.value.form != "noun" or not 0 <= mention.first - noun.last <= 2:
            continue
        if noun.first > clause.first and lexicon.relations.at(tokens, noun.first - 1, noun.first):
            return True
    return False


def _object_follows(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a noun stands behind a name that stands behind a transitive verb: the name is its subject."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if mention.last >= clause.last:
        return False
    token = tokens[mention.last]
    norm = token.norm
    if token.kind != "word" or mention.last in reading.time_at or mention.last in reading.mention_at:
        return False
    if norm in lexicon.prepositions or norm in lexicon.fillers or norm in lexicon.glue or norm[:1] in ("و", "ف", "ب", "ل"):
        return False
    tables = (lexicon.relations, lexicon.roles, lexicon.connectors, lexicon.verbs, lexicon.nouns, lexicon.titles)
    return not any(table.at(tokens, mention.last, mention.last + 1) for table in tables)


def _owned(reading: Reading, hit: Hit, mention: Mention) -> bool:
    """Whether a verbal noun stands between the verb and the name: «بعد وفاة أبيه المهدي» names no subject of the verb."""
    return any(reading.lexicon.nouns.at(reading.tokens, k, mention.first) for k in range(hit.last, mention.first))


def _other_subject(reading: Reading, hit: Hit, mention: Mention) -> bool:
    """Whether a noun stands behind an Arabic verb before the name: «درس المؤرخون أرشيف الاتحاد السوفيتي» is not his deed.

    One word with the article may be a man's by-name or rank.
    """
    lexicon, tokens = reading.lexicon, reading.tokens
    strange = [
        tokens[k].norm
        for k in range(hit.last, mention.first)
        if tokens[k].kind == "word"
        and k not in reading.mention_at
        and k not in reading.time_at
        and tokens[k].norm not in lexicon.carriers | lexicon.glue | lexicon.fillers
        and not lexicon.ranks.at(tokens, k, mention.first)
        and not lexicon.kin.at(tokens, k, mention.first)
    ]
    described = mention.has("person") or mention.how == "demonym"  # «القائد العثماني»
    return len(strange) > 1 or (len(strange) == 1 and not (strange[0].startswith("ال") and described))


def _apposed(reading: Reading, mention: Mention, lead: Sequence[Mention]) -> bool:
    """Whether a demonym between two commas only describes who was named before: "Arminius, a Roman citizen, destroyed …"."""
    tokens = reading.tokens
    if mention.how != "demonym" or not any(m.last <= mention.first for m in lead):
        return False
    comma = {","}
    return any(tokens[k].norm in comma for k in range(max(0, mention.first - 3), mention.first)) and any(
        tokens[k].norm in comma for k in range(mention.last, min(mention.last + 4, len(tokens)))
    )


def _after_conjunction(reading: Reading, mention: Mention) -> bool:
    """Whether "before", "after" … stands directly before a name that begins a clause: "before Constantinople was taken"."""
    return mention.first > 0 and bool(reading.lexicon.relations.at(reading.tokens, mention.first - 1, mention.first))


def _english_slots(
    reading: Reading,
    trigger: Trigger,
    plain: Sequence[tuple[str, Mention]],
    before: Sequence[Mention],
    objects: Sequence[str],
    agents: list[Mention],
    patients: list[Mention],
) -> None:
    before = [m for m in before if reading.tokens[m.last].norm != "'"]  # "Genghis Khan's grandson"
    lead = [m for m in before if m.has(*_ACTORS) and (not preposition(reading, m) or _after_conjunction(reading, m))]
    lead = [m for m in lead if not _apposed(reading, m, lead)] or lead
    target = patients if trigger.form == "passive" else agents
    if lead:
        group = [lead[-1]]
        for mention in reversed(lead[:-1]):
            between = {token.norm for token in reading.tokens[mention.last : group[0].first]}
            if between and between <= {"and", ",", "the"}:
                group.insert(0, mention)
            else:
                break
        target.extend(group)
    elif trigger.form == "passive":
        other = [m for m in before if not preposition(reading, m) or _after_conjunction(reading, m)]
        if other:
            patients.append(other[-1])
    if trigger.form == "verb":
        for role, mention in plain:
            if role in objects and mention not in agents:
                patients.append(mention)
                break
