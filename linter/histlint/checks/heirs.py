"""Who followed whom, told otherwise than by a verb of succession: «تولى فلان الخلافة بعد فلان», "after the death of X, Y became king",
"was followed by", "X's successor, Y". What the verbs tell is in `lineage`."""

from __future__ import annotations

from collections.abc import Iterator

from ..bind import subjects
from ..model import Finding
from ..prepositions import preposition
from ..reading import Clause, Predication, Reading
from ..tag.entities import Mention
from . import given_heirs, lineage
from .context import RULING, Context
from .lineage import compare, last_subject
from .people_words import phrases
from .story import possessive

_ENDED = frozenset({"death", "assassination", "execution", "abdication"})
_NEAR, _FAR = 3, 9


def check(context: Context) -> Iterator[Finding]:
    """Successions that the reigns of the reference refute."""
    yield from lineage.check(context)
    yield from given_heirs.check(context)
    reading = context.reading
    for predication in reading.predications:
        if predication.frame == "accede" and predication.form != "noun" and predication.asserted and not predication.carried:
            yield from _came_after(context, predication)
        elif predication.frame == "succeed" and predication.asserted:
            yield from _kin_or_pronoun(context, predication)
    table = phrases(reading, "came_after", "followed", "successor", "became", "passed_on")
    if not table.places(reading.tokens):
        return
    for clause in reading.clauses_with(table):
        if clause.kind not in ("paragraph", "item"):
            continue
        for hit in table.find(reading.tokens, clause.first, clause.last):
            if hit.first in reading.mention_at or not reading.asserted(clause, hit.first):
                continue
            said = Predication("succeed", "verb", hit.first, hit.last, clause.index, (), (), (), True)
            pair = _PAIRS[str(hit.value)](context, clause, said)
            if pair is not None and pair[0].ids() != pair[1].ids():
                yield from compare(context, said, *pair)


def _people(reading: Reading, clause: Clause) -> list[Mention]:
    return [m for m in clause.mentions if m.has("person") and m.how not in ("anaphor", "demonym") and not m.has("event", "polity")]


def _came_after(context: Context, predication: Predication) -> Iterator[Finding]:
    """«تولى عثمان الخلافة بعد عمر», «وبعد وفاة الرشيد تولى الخلافة ابنه الأمين»."""
    reading = context.reading
    clause = reading.clauses[predication.clause]
    people = _people(reading, clause)
    came = [m for m in subjects(predication) if m in people]
    if not came and reading.lang == "ar":
        came = [m for m in people if 0 <= m.first - predication.last <= 1 + _NEAR and _kinsman(reading, m)][:1]
    if len(came) != 1:
        return
    before = _plainly_after(reading, clause, people, came[0], predication) or _dead(context, clause, predication)
    if before is not None and before.ids() != came[0].ids():
        yield from compare(context, predication, before, came[0])


def _kinsman(reading: Reading, mention: Mention) -> bool:
    """Whether a word for a kinsman of him who was named stands right before a name: «ابنه الأمين»."""
    at = mention.first - 1
    return at >= 0 and reading.lexicon.kin.at(reading.tokens, at, mention.first) is not None


def _plainly_after(reading: Reading, clause: Clause, people: list[Mention], came: Mention, said: Predication) -> Mention | None:
    """Him who stands alone under "after": «بعد عمر»; not «بعد عمر بسنوات», and no list."""
    near = range(max(said.last, came.last), max(said.last, came.last) + _NEAR + 1)
    behind = [m for m in people if m is not came and m.first in near and preposition(reading, m) in _AFTER]
    if len(behind) != 1:
        return None
    man, tokens = behind[0], reading.tokens
    if tokens[man.first - 1].norm not in _AFTER:
        return None  # «بعد انتصاره على …»
    follows = tokens[man.last].norm if man.last < len(tokens) else ""
    loose = reading.mention_at.get(man.last) or man.last in reading.time_at or follows[:1] in ("و", "ب") or follows in ("and", "'")
    return None if loose or any(t.mention.type == "duration" for t in clause.times) else man


_AFTER = frozenset({"بعد", "after"})


def _dead(context: Context, clause: Clause, said: Predication) -> Mention | None:
    """Whose death the clause begins with: "After the death of Stalin, …", by a noun or the name of an event."""
    reading = context.reading
    if any(t.mention.type == "duration" for t in clause.times):
        return None
    for mention in clause.mentions:
        events = context.events(mention) if mention.how == "name" else []
        if events and all(e.type in _ENDED for e in events) and preposition(reading, mention) in ("after", "بعد", "on", "with", "عند", "at"):
            at = mention.first - 1 - (reading.tokens[mention.first - 1].norm == "the")
            long = at > 0 and reading.tokens[at - 1].norm in reading.lexicon.vaguely - _SOON  # "years after the death of Stalin"
            return None if long else mention
    for other in reading.said.get(clause.index, ()):
        if other.frame != "die" or other.form != "noun" or other.first >= said.first:
            continue
        hits = [hit for hit in clause.relations if hit.value in ("after", "at") and 0 <= other.first - hit.last <= 1]
        who = [m for m in (*other.patients, *other.agents) if m.has("person") and 0 <= m.first - other.last <= 2]
        if hits and len(who) == 1:
            return who[0]
    return None


_SOON = frozenset({"shortly", "soon", "just", "immediately", "مباشره"})


def _kin_or_pronoun(context: Context, predication: Predication) -> Iterator[Finding]:
    """«خلف الرشيد ابنه المأمون», "her son George V succeeded her"."""
    reading = context.reading
    agents = [m for m in predication.agents if m.has("person")]
    if predication.form != "verb" or len(agents) != 1 or predication.carried or predication.patients:
        return
    if reading.lang == "ar":
        heirs = [m for _, m in predication.others if m.has("person") and m.first == agents[0].last + 1 and _kinsman(reading, m)]
        clause = reading.clauses[predication.clause]
        suffix = any(hit.first == predication.first and hit.value.suffix for hit in clause.triggers)
        if len(heirs) == 1 and not suffix and agents[0].first == predication.last:
            gone = reading.tokens[heirs[0].first - 1].norm in reading.lexicon.kin_objects  # «خلف أباقا أباه هولاكو»
            yield from compare(context, predication, *((heirs[0], agents[0]) if gone else (agents[0], heirs[0])))
        return
    if predication.last < len(reading.tokens) and reading.tokens[predication.last].norm in ("him", "her"):
        before = last_subject(context, predication)
        if before is not None and before.ids() != agents[0].ids():
            yield from compare(context, predication, before, agents[0])


def _came(context: Context, clause: Clause, said: Predication) -> tuple[Mention, Mention] | None:
    """«جاء بعد أبي بكر في الخلافة عمر»: the throne must be named."""
    reading = context.reading
    people = [m for m in _people(reading, clause) if m.first >= said.last]
    if len(people) != 2 or people[0].first != said.last or people[1].first - people[0].last > _NEAR or preposition(reading, people[1]):
        return None
    throne = phrases(reading, "throne").find(reading.tokens, people[0].last, people[1].first)
    return (people[0], people[1]) if throne else None


def _followed(context: Context, clause: Clause, said: Predication) -> tuple[Mention, Mention] | None:
    """ "Augustus was followed by Tiberius", "when Stalin died, he was followed by …"."""
    reading = context.reading
    people = _people(reading, clause)
    heir = next((m for m in people if 0 <= m.first - said.last <= _NEAR and not possessive(reading, m)), None)
    ahead = [m for m in people if m.last == said.first and not preposition(reading, m)]
    pronoun = said.first > clause.first - 1 and reading.tokens[said.first - 1].norm in reading.lexicon.pronouns
    before = ahead[0] if ahead else last_subject(context, said) if pronoun else None
    return (before, heir) if before is not None and heir is not None else None


def _successor(context: Context, clause: Clause, said: Predication) -> tuple[Mention, Mention] | None:
    """ "Wilson's successor, Harding", "Harding, the successor of Wilson"."""
    reading = context.reading
    tokens, people = reading.tokens, _people(reading, clause)
    owner = next((m for m in people if m.last + 2 == said.first and possessive(reading, m)), None)
    if owner is not None:
        heir = next((m for m in people if 0 <= m.first - said.last <= 1), None)
        return (owner, heir) if heir is not None else None
    if said.last < len(tokens) and tokens[said.last].norm in ("of", "to"):
        gone = next((m for m in people if m.first == said.last + 1), None)
        heir = next((m for m in people if 1 <= said.first - m.last <= 2 and all(tokens[k].norm in _APPOSED for k in range(m.last, said.first))), None)
        return (gone, heir) if gone is not None and heir is not None else None
    return None


_APPOSED = frozenset({",", "the", "as", "was"})


def _became(context: Context, clause: Clause, said: Predication) -> tuple[Mention, Mention] | None:
    """ "After the death of Stalin, Brezhnev became leader": behind a death, with the title of a throne."""
    reading = context.reading
    heir = [m for m in _people(reading, clause) if m.last == said.first and not preposition(reading, m)]
    titles = reading.lexicon.titles.find(reading.tokens, said.last, min(said.last + _NEAR, clause.last))
    offices = {office for hit in titles for office in hit.value}
    if len(heir) != 1 or (reading.tokens[said.first].norm in ("became", "become") and not offices & RULING):
        return None
    for k in range(max(clause.first, heir[0].first - _FAR), heir[0].first):
        if reading.tokens[k].norm in ("death", "assassination", "murder", "abdication", "resignation"):
            owner = next((m for m in _people(reading, clause) if m.last + 2 == k and possessive(reading, m)), None)
            if owner is not None and reading.lexicon.relations.at(reading.tokens, owner.first - 1, owner.first):
                return owner, heir[0]
    dead = _dead(context, clause, said)
    return (dead, heir[0]) if dead is not None and dead.last <= heir[0].first else None


def _passed(context: Context, clause: Clause, said: Predication) -> tuple[Mention, Mention] | None:
    """«ثم آلت الخلافة بعد معاوية إلى يزيد», "the throne passed from X to Y"."""
    reading = context.reading
    people = [m for m in _people(reading, clause) if 0 <= m.first - said.last <= _FAR]
    gone = [m for m in people if preposition(reading, m) in ("from", "بعد", "من", "after")]
    heirs = [m for m in people if preposition(reading, m) in ("to", "الي")]
    return (gone[0], heirs[0]) if len(gone) == len(heirs) == 1 and gone[0].first < heirs[0].first else None


_PAIRS = {"came_after": _came, "followed": _followed, "successor": _successor, "became": _became, "passed_on": _passed}
