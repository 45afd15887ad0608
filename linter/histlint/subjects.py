"""Whose deed a verb tells where no subject stands with it: dropped, carried on from before, behind "who", joined by "and"."""

from __future__ import annotations

from collections.abc import Sequence

from .facts import Entity, Lookup
from .prepositions import named_in, preposition
from .reading import Clause, Predication, Reading
from .slots import ACTORS, owner_under
from .tag.entities import Mention

_COMMAS = frozenset({",", "،"})


def relative_head(reading: Reading, predication: Predication) -> Mention | None:
    """The actor of whom an Arabic relative clause speaks: «إلى العادل الذي دخل القاهرة»."""
    at = predication.first - 1
    if reading.lang != "ar":
        return _who(reading, predication)
    if at < 1 or predication.form == "noun" or reading.tokens[at].norm not in reading.lexicon.relatives:
        return None
    norm = reading.tokens[predication.last - 1].norm
    head = reading.mention_at.get(at - 1)
    if head is None or head.last != at or not head.has(*ACTORS) or head.how == "demonym" or norm.endswith(("ه", "ها", "هم", "هما")):
        return None
    return head


def _who(reading: Reading, predication: Predication) -> Mention | None:
    """The actor right before an English "who": "his wife Mumtaz Mahal, who died in 1631"."""
    tokens, lexicon, at = reading.tokens, reading.lexicon, predication.first - 1
    while at > 1 and (tokens[at].norm in lexicon.auxiliaries | lexicon.pluperfect or tokens[at].norm.endswith(lexicon.verbs.adverb_endings)):
        at -= 1
    if at > 2 and predication.form != "noun" and tokens[at].norm == ",":  # "Churchill, who lost the election, was replaced"
        start = reading.sentences[reading.clauses[predication.clause].sentence][0]
        who = next((k for k in range(at - 1, start, -1) if tokens[k].norm in lexicon.personal_relatives), 0)
        named = reading.mention_at.get(who - 2) if who and tokens[who - 1].norm == "," else None
        at = who if named is not None and not preposition(reading, named) else at
    if at < 2 or predication.form == "noun" or tokens[at].norm not in lexicon.personal_relatives:
        return None
    head = reading.mention_at.get(at - 1 - (tokens[at - 1].norm == ","))
    return head if head is not None and head.has("person") and head.how in ("name", "short") else None


def within_relative(reading: Reading, clause: Clause, predication: Predication, subject: Sequence[Mention]) -> bool:
    """Whether an Arabic relative clause on somebody unknown stands between a subject and the verb: «… العزيز …، فآل إلى العادل
    الذي دخل القاهرة وتسلطن»."""
    start = reading.sentences[clause.sentence][0]
    if reading.lang != "ar" or not subject or subject[0].first < start:
        return False
    tokens = reading.tokens
    for k in range(subject[-1].last + 1, predication.first):
        if tokens[k].norm in reading.lexicon.relatives and tokens[k - 1].kind == "word" and k - 1 not in reading.mention_at:
            return not any(tokens[j].kind == "mark" for j in range(k, predication.first))
    return False


def relative_to_unknown(reading: Reading, predication: Predication) -> bool:
    """Whether an Arabic relative clause speaks of a noun that is no name: «رئيس الحزب الذي تأسس في يونيو»."""
    at = predication.first - 1
    if reading.lang != "ar" or at < 1 or predication.form == "noun" or reading.tokens[at].norm not in reading.lexicon.relatives:
        return False
    at -= reading.tokens[at - 1].norm in _COMMAS  # «وفاة مونكو، الذي مات …»
    head = reading.tokens[at - 1]
    return at > 0 and head.kind == "word" and at - 1 not in reading.mention_at and not predication.agents and not predication.patients


def subject_ahead(reading: Reading, clause: Clause, predication: Predication) -> tuple[Mention, ...] | None:
    """The subject of an English participle that opens a sentence: "Born in Pisa, Galileo …". It stands behind a comma, or is
    nobody known; None where there is no such participle, or "he" stands there."""
    start, stop = reading.sentences[clause.sentence]
    if reading.lang == "ar" or predication.first != start or predication.form == "noun" or predication.agents:
        return None
    tokens = reading.tokens
    commas = [k for k in range(predication.last, stop - 1) if tokens[k].norm == ","]
    if not commas or any(tokens[k + 1].norm in reading.lexicon.pronouns for k in commas):
        return None
    ahead = [m for k in commas if (m := reading.mention_at.get(k + 1)) is not None and m.has(*ACTORS) and not m.has("place")]
    return tuple(ahead[:1])


def active_behind_had(reading: Reading, predication: Predication) -> Predication:
    """An Arabic verb behind "had" and its subject, which unvowelled could be a passive, has its object behind it: «كان قطز قد خلع المنصور»."""
    if reading.lang != "ar" or predication.form != "passive" or not predication.patients or predication.first < 2:
        return predication
    subject = reading.mention_at.get(predication.first - 2)
    if reading.tokens[predication.first - 1].norm not in reading.lexicon.pluperfect or subject is None or not subject.has("person"):
        return predication
    if preposition(reading, subject) or predication.patients[0].first < predication.last:
        return predication
    return predication._replace(form="verb", agents=(subject,))


def stranger(reading: Reading, clause: Clause) -> bool:
    """Whether a clause without a known verb may begin with a verb and a subject whom the reference does not know: «صار سعد …»."""
    if any(hit.value.form != "noun" for hit in clause.triggers):
        return False
    tokens, lexicon = reading.tokens, reading.lexicon
    at = next((k for k in range(clause.first, clause.last) if not front(reading, k)), clause.last)
    if at + 1 >= clause.last or at in reading.mention_at or at + 1 in reading.mention_at or at + 1 in reading.time_at:
        return False
    norm = tokens[at + 1].norm
    if tokens[at].kind != "word" or tokens[at + 1].kind != "word" or norm.startswith("ال") or norm.endswith("ا") or len(norm) < 3:
        return False
    if norm in lexicon.prepositions or norm in lexicon.fillers or norm in lexicon.glue or norm in lexicon.carriers:
        return False
    tables = (lexicon.relations, lexicon.roles, lexicon.not_asserted, lexicon.nouns, lexicon.connectors)
    return not tokens[at].norm.startswith("ال") and not any(table.at(tokens, at + 1, at + 2) for table in tables)


def turned_to(reading: Reading, clause: Clause) -> bool:
    """Whether a clause turns to a noun that is no name: «أما ابنهما فلم يحكم، ومات …»."""
    at = clause.first
    topical = reading.tokens[at].norm in reading.lexicon.topicalisers
    return topical and at + 1 < clause.last and at + 1 not in reading.mention_at and at + 2 not in reading.mention_at


def front(reading: Reading, index: int) -> bool:
    """Whether a word may stand before the verb of a clause without being its subject: time, conjunction, "there"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    norm = tokens[index].norm
    if index in reading.time_at or tokens[index].kind != "word" or norm in lexicon.fillers or norm in lexicon.joins:
        return True
    joined = norm[1:] if norm[:1] in ("و", "ف") else norm
    return joined in lexicon.prepositions or norm in lexicon.prepositions or bool(lexicon.relations.at(tokens, index, index + 1))


_REMEMBERED = 60
"""Words for which a subject is remembered into the next sentence."""


def onwards(reading: Reading, clause: Clause, subject: tuple[Mention, ...], topic: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Whom a new sentence without a subject speaks of: the one man of the sentence before, else the man that the text is about,
    else nobody sure: «وحالف بيبرس … . وتوفي …» in a text about Hulagu."""
    if _alone(reading, clause, subject):
        return subject if not topic or subject[0].ids("person") != topic[0].ids("person") else topic
    if topic and _other_heading(reading, clause, topic):
        return ()
    other = bool(topic and subject and subject[0].has("person") and subject[0].ids("person") != topic[0].ids("person"))
    return () if other and not _new_paragraph(reading, clause) else topic


def _other_heading(reading: Reading, clause: Clause, topic: tuple[Mention, ...]) -> bool:
    """Whether the text has come under a heading that is not that of the man it began with: a book of lives."""
    ids = topic[0].ids("person")
    if _other_life(reading, clause, ids):
        return True
    heads = [c for c in reading.clauses[: clause.index] if c.kind == "heading"]
    if len(heads) < 2 or not any(ids == m.ids("person") for m in heads[0].mentions):
        return False
    last = heads[-1]
    short = all(token.kind == "word" for token in reading.tokens[last.first : last.last - 1])
    if any(ids == m.ids("person") for m in last.mentions):
        return False
    return any(m.has("person") for m in last.mentions) or (short and last.last - last.first <= _NAME)


def _other_life(reading: Reading, clause: Clause, ids: tuple[str, ...]) -> bool:
    """Whether the last life that the text began is that of somebody else: «هو سعد بن أبي وقاص …» at the front of a paragraph."""
    lives = reading.memo.get("lives")
    if lives is None:
        lives = reading.memo["lives"] = [
            (start, who.ids("person")) for start, _ in reading.sentences if (who := _life_begun(reading, start)) is not None
        ]
    return bool(next((who != ids for start, who in reversed(lives) if start <= clause.first), False))


def _life_begun(reading: Reading, start: int) -> Mention | None:
    """The man whose life a paragraph begins with: "he is" before his name, or in English "was a" behind it."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if start and tokens[start - 1].norm != "\n":
        return None
    if reading.lang == "ar":
        who = reading.mention_at.get(start + 1) if tokens[start].norm in lexicon.pronouns else None
        return who if who is not None and who.has("person") and who.first == start + 1 else None
    who = reading.mention_at.get(start)
    if who is None or not who.has("person") or who.last + 1 >= len(tokens) or tokens[who.last].norm not in lexicon.auxiliaries:
        return None
    return who if tokens[who.last + 1].norm in lexicon.indefinite else None


_NAME = 5
"""Words of a heading that may be but a name."""


def _new_paragraph(reading: Reading, clause: Clause) -> bool:
    start = reading.sentences[clause.sentence][0]
    return start == 0 or any(reading.tokens[k].norm == "\n" for k in range(max(0, start - 2), clause.first))


def _alone(reading: Reading, clause: Clause, subject: tuple[Mention, ...]) -> bool:
    """Whether the sentence before spoke of one man only, so that the next one may leave him out."""
    if not subject or clause.first - subject[0].last > _REMEMBERED or clause.sentence == 0:
        return False
    start, stop = reading.sentences[clause.sentence - 1]
    if any(reading.tokens[k].norm == "\n" for k in range(start, clause.first)):
        return False  # a new paragraph names its people
    people = {m.ids("person") for m in named_in(reading, start, stop) if m.has("person")}
    return people == {subject[0].ids("person")}


def subject_dropped(reading: Reading, clause: Clause, predication: Predication) -> bool:
    """Whether the verb has no subject of its own: in Arabic none stands behind it, in English "and" or a pronoun before it."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if lexicon.lang != "ar":
        if _of_another(reading, clause):
            return False
        at = predication.first - 1
        while at > clause.first and tokens[at].norm.endswith(lexicon.verbs.adverb_endings):
            at -= 1
        if at >= clause.first and tokens[at].norm in lexicon.pronouns:
            return True  # "In November 333 BC, at Issus, he routed …"
        before = [token.norm for token in tokens[clause.first : predication.first] if token.kind == "word"]
        return all(word in lexicon.pronouns or word in lexicon.fillers for word in before)
    if subject_before_had(reading, predication):
        return False
    if predication.last >= len(tokens):
        return True
    token = tokens[predication.last]
    if token.norm in lexicon.kinsmen:
        return False  # «قُتل ابن ياسين»
    if token.kind != "word" or token.norm in lexicon.prepositions or token.norm in lexicon.fillers:
        return True
    if any(time.first <= predication.last < time.last for time in clause.times):
        return True
    if any(hit.first == predication.last and hit.value for hit in clause.relations):
        return True
    near = next((m for m in clause.mentions if m.first <= predication.last < m.last), None)
    return near is not None and (near in predication.patients or bool(preposition(reading, near)))


def subject_before_had(reading: Reading, predication: Predication) -> bool:
    """Whether a noun between "was" and "had" is the subject of an Arabic verb: «وكان أبوه ناصر الدين قد اغتيل», not «وكان في شبابه قد تعلم»."""
    tokens, lexicon, had = reading.tokens, reading.lexicon, predication.first - 1
    start = reading.sentences[reading.clauses[predication.clause].sentence][0]
    if predication.form == "noun" or had <= start or tokens[had].norm not in lexicon.pluperfect:
        return False
    was = next((k for k in range(had - 1, max(start, had - _SUBJECT) - 1, -1) if tokens[k].norm in lexicon.was_before), had)
    at = was + 1
    if at >= had or tokens[at].kind != "word" or at in reading.mention_at or at in reading.time_at:
        return False
    norm = tokens[at].norm
    said = norm in lexicon.prepositions or norm in lexicon.fillers or norm in lexicon.pronouns or norm in lexicon.glue
    return not said and norm[:1] not in ("ب", "ل") and not lexicon.relations.at(tokens, at, had)


_SUBJECT = 12
"""Words of an Arabic subject, with what is told of him, between "was" and "had"."""


def behind_comma(reading: Reading, predication: Predication, subject: Sequence[Mention]) -> bool:
    """Whether another is named right before an English verb, a comma between them: "the last Inca, Túpac Amaru, was beheaded"."""
    at = predication.first - 1
    if reading.lang == "ar" or at < 1 or reading.tokens[at].norm != ",":
        return False
    before = reading.mention_at.get(at - 1)
    return before is not None and before.has("person") and before not in subject


def joined_to_unknown(reading: Reading, clause: Clause, predication: Predication, subject: Sequence[Mention]) -> bool:
    """Whether an English verb behind "and" has a subject that is no name: "the conqueror broke his word and killed Atahualpa"."""
    start = reading.sentences[clause.sentence][0]
    if reading.lang == "ar" or not subject or subject[0].first >= start or clause.first <= start:
        return False
    tokens, lexicon = reading.tokens, reading.lexicon
    joined = any(tokens[k].norm in lexicon.verb_joins for k in range(clause.first - 1, predication.first))
    front = (*range(start, min(start + _FRONT, predication.first)), predication.first - 1)
    return joined and not any(tokens[k].norm in lexicon.pronouns for k in front)


_FRONT = 4
"""Words at the front of a sentence among which its subject may be a pronoun."""


def of_the_object(reading: Reading, clause: Clause, predication: Predication) -> bool:
    """Whether an Arabic passive behind «ف» may be told of the kinsman whom the deed before was done to: «أرسل … ابنه إسماعيل …، فقُتل»."""
    hit = next((hit for hit in clause.triggers if hit.first == predication.first), None)
    if reading.lang != "ar" or hit is None or hit.clitic != "ف" or predication.form != "passive":
        return False
    start = reading.sentences[clause.sentence][0]
    verbs = reading.lexicon.verbs.find(reading.tokens, start, predication.first)
    return bool(verbs) and bool(reading.lexicon.kin.find(reading.tokens, verbs[-1].first, predication.first))


def of_the_pronoun(reading: Reading, clause: Clause, predication: Predication, subject: Sequence[Mention]) -> bool:
    """Whether an Arabic passive of harm joined to a deed may be told of him whom a pronoun before its doer means: «ظفر به رجال المنصور
    وقُتل», «أسره بيبرس وقُتل»."""
    hit = next((hit for hit in clause.triggers if hit.first == predication.first), None)
    start = reading.sentences[clause.sentence][0]
    if reading.lang != "ar" or hit is None or not hit.clitic or predication.frame not in _BEFALLEN or not subject or subject[0].first < start:
        return False
    verbs = [h for h in reading.lexicon.verbs.find(reading.tokens, start, predication.first) if h.last <= subject[0].first]
    if not verbs or any(subject[0].last <= h.first for h in reading.lexicon.verbs.find(reading.tokens, subject[0].last, predication.first)):
        return False
    behind, light = reading.tokens[verbs[-1].last].norm, reading.lexicon.fillers | reading.lexicon.pronoun_phrases
    return bool(verbs[-1].value.suffix) or (behind in light and behind.endswith(("ه", "هم")) and len(behind) < _JOINED)


def on_himself(reading: Reading, clause: Clause, predication: Predication, subject: Sequence[Mention]) -> bool:
    """Whether the pronoun on an Arabic verb joined to the one before, without a subject of its own, would be that of the doer of
    both: «فانتقم أباقا من البرواناه وقتله»."""
    hit = next((hit for hit in clause.triggers if hit.first == predication.first), None)
    if reading.lang != "ar" or hit is None or not hit.value.suffix or not hit.clitic or len(predication.patients) != 1:
        return False
    did = predication.patients[0] in subject and subject[0].first >= reading.sentences[clause.sentence][0]
    at = predication.last
    alone = at >= len(reading.tokens) or reading.tokens[at].kind == "mark" or reading.tokens[at].norm in reading.lexicon.prepositions
    return did and alone and not suffered(reading, subject[0])


def over_another(reading: Reading, clause: Clause, predication: Predication, subject: Sequence[Mention], told: Sequence[Predication]) -> bool:
    """Whether somebody else was named since, in the same sentence, whom a dropped subject may mean: «استدعى الشاه قوام فقُتل». Who
    was but the object of the subject's own deeds does not take over the next deed that is done: "X beat Y and took Z"."""
    if not subject or subject[-1].first < reading.sentences[clause.sentence][0]:
        return False
    own = {*subject[-1].ids()}
    others = [m for m in named_in(reading, subject[-1].last, predication.first) if m.has("person") and own.isdisjoint(m.ids())]
    if others and predication.form != "passive" and predication.frame not in _BEFALLEN:
        objects = {m for p in told if any(not own.isdisjoint(m.ids()) for m in p.agents) for m in p.patients}
        others = [m for m in others if m not in objects]
    return bool(others)


def suffered(reading: Reading, mention: Mention) -> bool:
    """Whether the verb right before a name tells what was done to him, or what befell him: «هُزم فلان وقُتل»."""
    at = mention.first - 1
    while at > 0 and (reading.lexicon.titles.at(reading.tokens, at, at + 1) or reading.lexicon.ranks.at(reading.tokens, at, at + 1)):
        at -= 1
    hit = reading.lexicon.verbs.at(reading.tokens, at, at + 1) if at >= 0 else None
    return hit is not None and hit.value.frame in _BEFALLEN


_BEFALLEN = frozenset({"kill", "unseat", "capture", "die", "dismiss", "lose", "surrender", "appoint"})


def agrees(reading: Reading, predication: Predication, subject: Sequence[Mention], fact: Lookup) -> bool:
    """Whether the pronoun before the verb, if there is one, can stand for who is carried on: no "she" for a king, no "they" for one man."""
    lexicon = reading.lexicon
    if not _in_number(reading, predication, subject) or _parted(reading, predication, subject):
        return False
    near = {reading.tokens[k].norm for k in range(max(0, predication.first - 3), predication.first)} & lexicon.pronouns
    people = [person for m in subject for i in m.ids("person") if isinstance(person := fact(i), Entity)]
    if people and len(people) == len({i for m in subject for i in m.ids()}) and _feminine(reading, predication):
        return any(person.sex == "female" for person in people)
    if not near or not people:
        return True
    women = any(person.sex == "female" for person in people)
    return women if near <= lexicon.feminine else not all(person.sex == "female" for person in people)


def _parted(reading: Reading, predication: Predication, subject: Sequence[Mention]) -> bool:
    """Whether a semicolon and no pronoun stand between a subject and an English verb: "…; his son lost half his lands and was killed"."""
    at = predication.first - 1
    while at > 0 and reading.tokens[at].norm in reading.lexicon.auxiliaries | reading.lexicon.pluperfect:
        at -= 1
    if reading.lang == "ar" or not subject or reading.tokens[at].norm in reading.lexicon.pronouns:
        return False
    return any(reading.tokens[k].norm == ";" for k in range(subject[-1].last, predication.first))


def _in_number(reading: Reading, predication: Predication, subject: Sequence[Mention]) -> bool:
    """Whether an Arabic verb has the number and gender of a subject named before it: «هُزموا» is no one man, «هُزم» not three powers."""
    if reading.lang != "ar" or not subject:
        return True
    norm = reading.tokens[predication.first].norm
    bare = norm.lstrip("وف")
    plural = norm.endswith("وا") or (norm.endswith("ون") and bare[:1] in ("ي", "ت"))
    if plural:
        return len(subject) > 1 or not subject[0].has("person") or subject[0].has("polity")
    if len(subject) == 1 and _with_another(reading, subject[0]):
        return False
    if bare[:1] in ("ت", "ي") or norm.endswith(("ت", "تا")):
        return True  # the feminine, and what may be of the present
    return len(subject) == 1 and not (subject[0].how == "demonym" and reading.tokens[subject[0].last - 1].norm.endswith(("ون", "يين")))


def _with_another(reading: Reading, mention: Mention) -> bool:
    """Whether somebody of whom the reference has no name is joined to an Arabic subject: «اتفق صدام والشاه على …», «عارضه الحسين ومسلم»."""
    at, key = mention.first - 1, mention.names[0].key
    if reading.tokens[mention.first].norm.startswith("و") and key and not key[0].startswith("و") and at >= 0:
        before = reading.tokens[at]
        unknown = at not in reading.mention_at and at not in reading.time_at
        if before.kind == "word" and unknown and before.norm.startswith("ال") and not preposition(reading, mention):
            return True
    at = mention.last
    if at >= len(reading.tokens) or at in reading.mention_at or at in reading.time_at:
        return False
    norm = reading.tokens[at].norm
    return norm.startswith("وال") and len(norm) > _JOINED and reading.lexicon.titles.at(reading.tokens, at, at + 1) is not None


_JOINED = 4
"""Letters of «والي», which is no second subject."""


def _feminine(reading: Reading, predication: Predication) -> bool:
    """Whether an Arabic verb has the ending of "she": «تحالفت», not «مات»."""
    token = reading.tokens[predication.first]
    if reading.lang != "ar" or predication.last - predication.first > 1 or not token.norm.endswith("ت"):
        return False
    return reading.lexicon.verbs.at([token._replace(norm=token.norm[:-1])], 0, 1) is not None


def near_subject(reading: Reading, clause: Clause, predication: Predication, subject: tuple[Mention, ...]) -> bool:
    """Whether the subject left out was named in this sentence, or a pronoun stands for it."""
    start = reading.sentences[clause.sentence][0]
    pronoun = any(reading.tokens[k].norm in reading.lexicon.pronouns for k in range(clause.first, predication.first))
    return pronoun or bool(subject and subject[0].first >= start)


def _of_another(reading: Reading, clause: Clause) -> bool:
    """Whether the clause goes on from a name that the reference lacks: "Smith, who was born …", "…, Túpac Amaru, was beheaded"."""
    tokens, lexicon = reading.tokens, reading.lexicon
    comma = clause.first > 1 and tokens[clause.first - 1].norm == ","
    if clause.first < 2 or not (comma or lexicon.connectors.at(tokens, clause.first, clause.last)):
        return False
    at = clause.first - 1 - (tokens[clause.first - 1].kind == "mark")
    written = reading.document.text[tokens[at].start]
    return tokens[at].kind == "word" and at not in reading.mention_at and written.isupper()


def topic_person(reading: Reading, fact: Lookup) -> tuple[Mention, ...]:
    """The person that the text is about, as the subject of a sentence that names none."""
    if not reading.topic:
        return ()
    entry = fact(reading.topic[0])
    if not isinstance(entry, Entity) or entry.kind != "person":
        return ()
    return tuple(m for m in reading.mentions if reading.topic[0] in m.ids("person"))[:1]


def named_subject(reading: Reading, clause: Clause) -> tuple[Mention, ...]:
    """The actor that a clause without a known verb begins with; an English object is none: "and defeated the Franks"."""
    verbs = (hit.first for hit in clause.triggers if hit.value.form != "noun" and hit.value.frame != "accede")  # "became King Henry VI"
    verb = next(verbs, clause.last) if reading.lang != "ar" else clause.last
    for mention in clause.mentions:
        if mention.first - clause.first > 3 or mention.first > verb:
            break
        if reading.lang == "ar" and owner_under(reading, clause.first, mention):
            break
        if mention.has(*ACTORS) and not preposition(reading, mention) and not _adjective(reading, mention):
            return (mention,)
    return ()


def _adjective(reading: Reading, mention: Mention) -> bool:
    """Whether an English demonym stands before a noun: "a Spanish colony"."""
    if reading.lang == "ar" or mention.how != "demonym" or mention.first == 0 or mention.last >= len(reading.tokens):
        return False
    return reading.tokens[mention.first - 1].norm in reading.lexicon.indefinite
