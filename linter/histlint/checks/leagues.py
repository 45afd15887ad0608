"""Who is listed as a member of an alliance of which the reference has all: «الوفاق الثلاثي الذي جمع بريطانيا وفرنسا وإسبانيا».

A list behind or before the name of the alliance counts where some of it are members and exactly one is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..facts import Entity, Event
from ..model import Finding
from ..prepositions import named_in
from ..reading import Clause, Reading
from ..tag.entities import Mention
from .context import Context, akin, cite
from .people_words import phrases

_LEAGUES = frozenset({"alliance", "pact", "ultimatum"})
_REACH = 5
"""Words between the name of an alliance and the words that open its list."""
_UNIONS = frozenset({"alliance", "organisation"})
_SHOWN = 8
"""Members beyond which a message does not name them."""
_MEMBER = ("polity", "place", "person")


def check(context: Context) -> Iterator[Finding]:
    """The one in a list of members that was none."""
    reading = context.reading
    for clause in reading.clauses:
        for mention in clause.mentions:
            if mention.how == "anaphor" or not reading.told(clause, mention.first):
                continue
            groups = [group for fact in mention.ids() if (group := _league(context, fact)) is not None]
            for listed, least in (_behind(context, clause, mention), _before(context, mention)) if groups else ():
                fact, real = max(groups, key=lambda group: sum(_is_one(context, m, group[1]) for m in listed))
                wrong = [m for m in listed if not _is_one(context, m, real)]
                if len(wrong) == 1 and len(listed) - 1 >= least:
                    names = tuple(context.reference.fact(one) or one for one in real) if len(real) <= _SHOWN else ()
                    values = {"claimed": context.reference.fact(wrong[0].ids()[0]) or "", "league": fact, "members": names}
                    first, last = min(mention.first, listed[0].first), max(mention.last, listed[-1].last)
                    yield context.finding(first, last, values, cite(fact, "sides"))


def _league(context: Context, fact: str) -> tuple[Entity | Event, tuple[str, ...]] | None:
    """An alliance and all of its members, where they are known."""
    entity, event = context.entity(fact), context.event(fact)
    if entity is not None and entity.members:
        return entity, entity.members
    if event is not None and event.type in _LEAGUES:
        if "sides" in event.closed:
            return event, tuple(who.who for side in event.sides for who in side)
        if "by" in event.closed:
            return event, event.by
    return None


def _is_one(context: Context, mention: Mention, real: Sequence[str]) -> bool:
    """Whether a name is that of a member, or of its land, state or people."""
    return any(one in akin(context, fact) or fact in akin(context, one) for fact in mention.ids() for one in real)


def _behind(context: Context, clause: Clause, mention: Mention) -> tuple[list[Mention], int]:
    """The list behind a name, and how many of it must be members: more where only a comma opens it."""
    reading, tokens = context.reading, context.reading.tokens
    end = reading.sentences[clause.sentence][1]
    hits = list(phrases(reading, "made_of").find(tokens, mention.last, min(mention.last + _REACH, end)))
    opened = hits[0].last if hits else mention.last
    verbs = phrases(reading, "holding").find(tokens, max(0, mention.first - 2), mention.first)
    sure = bool(hits) or any(hit.last == mention.first for hit in verbs)  # «ضم الحلف فلانًا وفلانًا»
    if not sure and (opened >= end or tokens[opened].norm not in (",", "،", ":", "(", "—", "–")):
        return [], 1
    after = [m for m in named_in(reading, opened, end) if m.first >= opened]
    return (_list(context, after) if after and after[0].first - opened <= 2 else []), (1 if sure else 2)


def _before(context: Context, mention: Mention) -> tuple[list[Mention], int]:
    """The list that stands before the words for making an alliance and its name."""
    reading = context.reading
    floor = max(0, mention.first - _REACH)
    hits = list(phrases(reading, "formed_it").find(reading.tokens, floor, mention.first))
    if not hits:
        return [], 1
    front = named_in(reading, max(0, hits[0].first - 12), hits[0].first)
    listed = _list(context, front[::-1], back=True)
    near = bool(listed) and hits[0].first - listed[-1].last <= 2
    return (listed if near else []), 1


def _list(context: Context, mentions: Sequence[Mention], back: bool = False) -> list[Mention]:
    """The names at the start (or end) of a row that are joined plainly; nothing where fewer than two are."""
    found: list[Mention] = []
    for mention in mentions:
        if not mention.has(*_MEMBER) or mention.has("event") or any((e := context.entity(k)) and e.subkind in _UNIONS for k in mention.ids()):
            break
        if found and not _joined(context.reading, *((mention, found[0]) if back else (found[-1], mention))):
            break
        found.insert(0, mention) if back else found.append(mention)
    return found if len(found) > 1 else []


def _joined(reading: Reading, one: Mention, other: Mention) -> bool:
    """Whether nothing but a comma or "and" (the article) stands between two names."""
    between = [reading.tokens[k].norm for k in range(one.last, other.first)]
    if not between:
        return reading.tokens[other.first].norm.startswith("و")
    return len(between) <= 3 and all(norm in reading.lexicon.listing or norm in ("the", "and", ",", "،", "و") for norm in between)
