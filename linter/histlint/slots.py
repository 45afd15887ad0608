"""Who did what to whom: the names around a verb or verbal noun put into the slots of its frame.

Arabic looks behind the verb first, English before it; a passive turns the subject into the one it was done to.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from .anaphors import definite
from .english_slots import ACTORS, adverb, english_slots
from .governed import genitive, shared
from .lexicon import Hit, Trigger
from .objects import has_object, hollow, object_apart, plural, subordinate
from .prepositions import named_in, preposition
from .reading import Clause, Predication, Reading
from .tag.entities import Mention
from .troops import last_forces, of_others

__all__ = ["ACTORS", "genitive_of", "marked_passive", "owner_under", "slots"]


def slots(reading: Reading, clause: Clause, hit: Hit, stop: int) -> Predication:
    """What a verb or verbal noun states: its agents, its patients and the other names of the clause up to token `stop`."""
    trigger: Trigger = hit.value
    lexicon = reading.lexicon
    reduced = _reduced(reading, hit)
    if trigger.form == "verb" and (reduced or _passive(reading, hit) or marked_passive(reading, hit)):
        won = reading.tokens[hit.first].norm in lexicon.won_fights  # "the victory was won": no passive of whom
        trigger = Trigger(trigger.frame if won else _PASSIVE.get(trigger.frame, trigger.frame), "passive")
    after = [m for m in clause.mentions if hit.last <= m.first < stop and not _in_title(reading, clause, m)]
    if trigger.form == "passive" and lexicon.lang == "ar" and not marked_passive(reading, hit) and after and has_object(reading, after[0]):
        # «خلع أورنكزيب أباه»; without an object the frame tells of him who goes
        trigger = trigger._replace(form="verb", frame="act" if trigger.frame == "unseat" else trigger.frame)
    before = [m for m in clause.mentions if m.last <= hit.first]
    objects = lexicon.objects.get(trigger.frame, ())
    agents: list[Mention] = []
    patients: list[Mention] = []
    others: list[tuple[str, Mention]] = []
    plain = [("" if genitive(reading, hit, m) else preposition(reading, m), m) for m in after]
    if lexicon.lang != "ar":
        plain = [("of" if role and of_others(reading, m) else role, m) for role, m in shared(reading, plain)]
    for role, mention in plain:
        if role == "by" and mention.has(*ACTORS) and not _in_relative(reading, hit.last, mention):
            agents.extend(_coordinated(reading, mention, [m for m in after if m.first > mention.first]))
    free = [m for role, m in plain if not role]
    by_whom = list(agents)
    managed = _managed(reading, clause, hit) if trigger.form in ("noun", "verb") and lexicon.lang == "ar" else None
    if managed:  # «تمكن المغول من هزيمة …»: a deed like any other
        agents.append(managed)
        patients.extend(_coordinated(reading, free[0], free) if free and free[0].first - hit.last <= 3 else ())
        trigger = trigger._replace(form="verb", frame=_MANAGED.get(trigger.frame, trigger.frame))
    elif trigger.form == "noun":
        near = [m for m in free if m.first - hit.last <= 3 and not definite(reading.tokens, hit.last - 1)]
        near = [m for m in near if lexicon.lang != "ar" or not _another_begins(reading, hit.last, m.first)]
        if genitive_of(reading, hit):  # "Stalin's death"
            (agents if lexicon.of.get(trigger.frame) == "agent" else patients).extend(m for m in before[-1:] if m.last + 1 == hit.first)
        elif near:
            target = agents if lexicon.of.get(trigger.frame) == "agent" else patients
            objects_after = [m for role, m in plain if role in ("ل", "to", *objects) and role and m.first > near[0].first]
            if target is patients and objects_after and near[0].has(*ACTORS):
                agents.append(near[0])
                patients.append(objects_after[0])
            else:
                target.extend(_coordinated(reading, near[0], free))
        owner = before[-1] if before and not agents and lexicon.lang != "ar" and lexicon.of.get(trigger.frame) == "patient" else None
        if owner is not None and owner.how == "demonym" and owner.last == hit.first and owner.has(*ACTORS):
            agents.append(owner)  # "the Ottoman capture of …"
    elif lexicon.lang == "ar":
        _arabic_slots(reading, clause, hit._replace(value=trigger), plain, before, objects, agents, patients)
    else:
        english_slots(reading, trigger, hit.first, hit.last, plain, before, objects, agents, patients)
        if reduced:  # "Cairo, founded by the Fatimids": what stands right before it
            at = hit.first - (reading.tokens[hit.first - 1].norm == ",")
            patients = [m for m in before if m.last == at]
    if trigger.suffix:
        pointed = _pronoun(reading, hit)
        if pointed and trigger.form == "noun" and not agents and not patients:
            (agents if lexicon.of.get(trigger.frame) == "agent" else patients).append(pointed)
        elif pointed and trigger.form == "verb" and pointed not in agents:
            patients.append(pointed)
    elif trigger.form == "verb" and not agents:
        forces = last_forces(reading, clause, hit)
        if forces:
            agents.append(forces)
    if trigger.frame == "conquer" and patients and all(m.has("person") and not m.has("place") for m in patients):
        if hit.last < clause.last and reading.tokens[hit.last].norm in _WITHIN:
            patients = []  # «دخلت في خدمة عماد الدين»
        elif any(reading.tokens[k].norm in lexicon.possessives for k in range(patients[-1].last, hit.first)):
            patients = []  # "Mardonius was killed and his camp was stormed"
        else:
            trigger = trigger._replace(frame="act" if _fell(reading, hit) else "capture")
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
        reading.asserted(clause, hit.first) and not _attempted(reading, hit),
    )


def _attempted(reading: Reading, hit: Hit) -> bool:
    """Whether a deed was only tried: «محاولة اغتيال فلان», "the attempted assassination of X"."""
    before = reading.tokens[hit.first - 1].norm if hit.first and hit.value.form == "noun" else ""
    return before.lstrip("وفبل") in reading.lexicon.attempts


def _in_relative(reading: Reading, start: int, mention: Mention) -> bool:
    """Whether a relative clause begins before a name, so that "by" may be its: «مقتله ذريعة للحملات التي قامت على يد فلان»."""
    heads = reading.lexicon.relatives | reading.lexicon.personal_relatives
    return any(reading.tokens[k].norm in heads for k in range(start, mention.first))


def _fell(reading: Reading, hit: Hit) -> bool:
    """Whether a verb that tells of towns that they were taken is no passive, and tells of a man that he died: «سقط عمّار», "fell"."""
    norms = {reading.tokens[k].norm for k in range(hit.first, hit.last)}
    return hit.value.form == "passive" and not norms & reading.lexicon.auxiliaries and not _passive(reading, hit) and not marked_passive(reading, hit)


def genitive_of(reading: Reading, hit: Hit) -> bool:
    """Whether an English noun begins with the ending of the genitive before it: "'s death"."""
    return reading.lang != "ar" and hit.first > 0 and reading.tokens[hit.first - 1].norm == "'"


_WITHIN = frozenset({"في"})


def _managed(reading: Reading, clause: Clause, hit: Hit) -> Mention | None:
    """Who "succeeded in" the deed that an Arabic verbal noun names."""
    tokens, lexicon = reading.tokens, reading.lexicon
    if hit.first == 0 or tokens[hit.first - 1].norm not in lexicon.prepositions:
        return None
    for verb in lexicon.managed.find(tokens, max(clause.first, hit.first - 9), hit.first):
        between = [m for m in clause.mentions if verb.last <= m.first and m.last <= hit.first - 1 and m.has(*ACTORS)]
        if between and not preposition(reading, between[0]) and hit.first - between[-1].last <= 2:
            return between[0]
    return None


_MANAGED = {"lose": "win"}
"""Who "succeeded in the defeat of" somebody won."""
_PASSIVE = {"win": "lose"}
"""Frames whose passive is the active of another: who was defeated lost."""


_DAMMA = "\u064f"


def marked_passive(reading: Reading, hit: Hit) -> bool:
    """Whether a vowel sign marks an Arabic verb as passive: «قُتل», «هُزم»."""
    token = reading.tokens[hit.first]
    written = reading.document.text[token.start : token.end]
    at = 1 if hit.clitic in ("و", "ف") else 0
    while at < len(written) and "\u064b" <= written[at] <= "\u0652":
        at += 1  # the vowel of the conjunction
    frame = getattr(hit.value, "frame", "")
    return written[at + 1 : at + 2] == _DAMMA and frame not in ("born", "die", "accede")


def _passive(reading: Reading, hit: Hit) -> bool:
    """Whether an auxiliary stands before an English participle, an adverb between them or not: "was soon defeated"."""
    tokens, first = reading.tokens, hit.first
    while reading.lang != "ar" and first > 2 and hit.first - first < _ADVERBS and adverb(reading, tokens[first - 1].norm):
        first -= 2 if tokens[first - 2].norm in reading.lexicon.joins else 1  # "both materially and morally defeated"
    return any(tokens[k].norm in reading.lexicon.auxiliaries for k in range(max(0, first - 2), first))


_ADVERBS = 6
"""Words between an auxiliary and its participle at most."""


_MADE = frozenset({"found", "build", "invent", "write"})


def _reduced(reading: Reading, hit: Hit) -> bool:
    """Whether "by" stands behind an English participle for making something that no auxiliary makes a passive: "Cairo, founded by …"."""
    if reading.lang == "ar" or hit.value.form != "verb" or hit.value.frame not in _MADE or hit.last >= len(reading.tokens):
        return False
    return reading.tokens[hit.last].norm == "by" and hit.first > 0 and not _passive(reading, hit)


def _in_title(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Whether a place or power only tells whose king it is: «ملك بيت المقدس بلدوين الرابع»."""
    if mention.has("person", "event") or mention.first == 0:
        return False
    if mention.how == "demonym" and reading.lang == "ar" and any(m.first == mention.last and m.has("person") for m in clause.mentions):
        return True  # «القائد الروماني أوكتافيان»
    if not reading.lexicon.titles.at(reading.tokens, mention.first - 1, mention.first):
        return False
    return any(m.first == mention.last and m.has("person") for m in clause.mentions)


_PRONOUN = 16
"""Words over which an Arabic pronoun points back to a man."""


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
            else [m for m in before if m.has("person") and hit.first - m.last <= _PRONOUN]
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
    plain = [(role, m) for role, m in plain if not subordinate(reading, hit.last, m.first)]
    free = [m for role, m in plain if not role]
    first = next(iter(free), None)
    if first and (
        plural(reading, hit)
        or first.first - hit.last > 4
        or not first.has(*ACTORS)
        or _owned(reading, hit, first)
        or _other_subject(reading, hit, first)
        or owner_under(reading, hit.last, first)
    ):
        first = None
    clause_verbs = [h.first for h in clause.triggers if h.value.form != "noun" and h.first < hit.first]
    lead = [m for m in before if not preposition(reading, m) and m.has(*ACTORS) and hit.first - m.last <= 4]
    lead = [m for m in lead if not any(first < m.first for first in clause_verbs)]  # not the subject of another verb
    lead = [m for m in lead if not _in_genitive(reading, clause, hit, m)]
    if hit.first and not hit.clitic and reading.tokens[hit.first - 1].norm in reading.lexicon.clausal:
        lead = []  # «حصر زنكي فولك بعد أن كسر جيشه»: what stands before «أن» belongs to the verb before it
    if hit.first and reading.tokens[hit.first - 1].norm in reading.lexicon.relatives:
        lead = [m for m in lead if m.last == hit.first - 1]  # «ومن ذرية تيمور خرج بابر الذي انتصر»
    if lead and _behind_that(reading, hit, lead[-1]):
        first, lead = None, lead[-1:]
    if trigger.form == "passive":
        if first and _another_begins(reading, hit.last, first.first):
            return  # «ثم خُلع وملك أخوه فلان»
        if first:
            patients.extend(_coordinated(reading, first, free))
        elif free and free[0].first - hit.last <= 4:
            patients.append(free[0])
        elif lead:
            patients.append(lead[-1])
        return
    group = _coordinated(reading, first, [m for m in free if m.has(*ACTORS)]) if first else []
    if first:
        agents.extend(group)
    elif lead and (not hit.clitic or (hit.clitic == "ف" and lead[-1].last == hit.first)):  # «أما إيطاليا فدخلت»
        agents.append(lead[-1])
    if (
        first is not None
        and "" in objects
        and not trigger.suffix
        and not trigger.intransitive
        and not [m for m in free if m not in group and not _another_begins(reading, group[-1].last, m.first)]
    ):
        # one name behind a transitive verb: subject, or object of a subject left out, or victim («قُتل فلان»)
        if trigger.frame in reading.lexicon.single and has_object(reading, group[-1]):
            return  # «قتل الحجاج ابنها عبد الله»: it was he who did it
        if trigger.frame in reading.lexicon.single and (hollow(reading, hit) or object_apart(reading, clause, first)):
            agents[:] = [m for m in agents if m not in group]
            return  # «اغتال فلان، وهو شاب من …، ولي العهد»
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
        if not role and trigger.intransitive and not _under(reading, hit, mention, objects):
            break  # «انتصر قائده خالد على هرقل»: he is never the object
        if role in objects and (role or first is not None or lead or mention.first - hit.last <= 3):
            if role or not group or not _another_begins(reading, group[-1].last, mention.first):
                patients.append(mention)
            break
    if not patients and not first and free and not lead and "" in objects and free[0].first - hit.last <= 3:
        if trigger.intransitive and not _under(reading, hit, free[0], objects):
            return
        patients.append(free[0])


def _behind_that(reading: Reading, hit: Hit, mention: Mention) -> bool:
    """Whether an Arabic subject stands between «أن» and its verb, so that the name behind the verb is its object: «غير أن كونراد سحق …»."""
    plain = not hit.clitic and mention.last == hit.first and mention.how != "demonym"
    return plain and mention.first > 0 and reading.tokens[mention.first - 1].norm in reading.lexicon.clausal


def _under(reading: Reading, hit: Hit, mention: Mention, objects: Sequence[str]) -> bool:
    """Whether a preposition of the verb stands before the noun that describes its object: «انتصر على واليها فلان»."""
    norms = [reading.tokens[k].norm for k in range(hit.last, mention.first)]
    return any(norm in objects or (norm.startswith("ب") and "ب" in objects) for norm in norms)


def _another_begins(reading: Reading, first: int, last: int) -> bool:
    """Whether «و» and a noun that is no company of his stand between subject and object: «أعدم فلان وتولية فلان»."""
    lexicon = reading.lexicon
    company = lexicon.carriers | lexicon.forces
    for k in range(first, last):
        norm = reading.tokens[k].norm
        if len(norm) > 3 and norm.startswith("و") and k not in reading.mention_at and not {norm[1:], norm[1:-1], norm[1:-2]} & company:
            return True
    return False


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
    if mention.has("person") and hit.last < mention.first and tokens[mention.first - 1].norm in lexicon.belongings:
        return True
    described = mention.has("person") or mention.how == "demonym"  # «القائد العثماني»
    return len(strange) > 1 or (len(strange) == 1 and not (strange[0].startswith("ال") and described))


def owner_under(reading: Reading, first: int, mention: Mention) -> bool:
    """Whether a name only says whose something is that stands, from token `first` on, under a preposition: «انهزم أمام حملة فلان»."""
    at, lexicon = mention.first - 1, reading.lexicon
    if at <= first or at in reading.time_at or at in reading.mention_at:
        return False
    norm = reading.tokens[at].norm
    pronoun = norm.endswith(("ه", "ها", "هم")) and reading.document.text[reading.tokens[at].end - 1] != "ة"
    owned = pronoun or norm.startswith("ال") or lexicon.titles.at(reading.tokens, at, at + 1)
    return not owned and norm not in lexicon.carriers and reading.tokens[at - 1].norm in lexicon.prepositions
