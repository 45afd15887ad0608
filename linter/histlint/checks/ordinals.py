"""Ordinals that go beyond what they are of: the eighth day of a battle of six days, a ruler of another number.

Options: `of` is days (all from the text) or ruler (from the line of predecessors in the reference).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Entity, Role
from ..model import Finding
from ..named_tuple import NamedTuple
from ..prepositions import named_in
from ..reading import Reading, Time
from ..tag import numbers
from .context import Context, cite
from .lasting import lasting_verb
from .wordlists import denied, has, members, phrases, sentence_at

_UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
_REACH = 90
"""Words between a length and the ordinal that it is held against."""


class _Ordinal(NamedTuple):
    """An ordinal at tokens `first` to `last`, of a unit of time or of a noun."""

    number: int
    first: int
    last: int


def check(context: Context) -> Iterator[Finding]:
    """Findings of one `of`."""
    if context.options["of"] == "days":
        yield from _days(context)
    else:
        yield from _rulers(context)


# ---------------------------------------------------------------- the eighth of six days


def _days(context: Context) -> Iterator[Finding]:
    reading = context.reading
    lengths = [time for time in reading.times if _sure_length(reading, time)]
    if not lengths:
        return
    for unit, ordinal in _counted_units(reading):
        near = [t for t in lengths if t.mention.edtf.endswith(_UNITS[unit]) and _one_matter(reading, t, ordinal)]
        if len(near) != 1 or denied(reading, ordinal.first):
            continue
        most = int(near[0].mention.edtf.strip("PDWMY"))
        if ordinal.number <= most or ordinal.number > 8 * most:
            continue
        yield context.finding(
            ordinal.first,
            ordinal.last,
            {
                "ordinal": reading.text(ordinal.first, ordinal.last),
                "length": reading.text(near[0].first, near[0].last),
            },
            related=[reading.span(near[0].first, near[0].last)],
        )


def _sure_length(reading: Reading, time: Time) -> bool:
    mention = time.mention
    return (
        mention.type == "duration"
        and mention.edtf[-1:] in _UNITS.values()
        and mention.edtf.strip("PDWMY").isdigit()
        and not mention.parts
        and mention.relation in ("", "during")
        and not has(reading, time.first - 2, time.last + 1, "hedges", "more", "less")
        and lasting_verb(reading, time) is not None
        and not denied(reading, time.first)
        and (time.last >= len(reading.tokens) or reading.tokens[time.last].kind == "mark")
    )


def _counted_units(reading: Reading) -> Iterator[tuple[str, _Ordinal]]:
    """«اليوم الثامن من القتال», "the eighth day of the battle": with what goes on named behind."""
    tokens, reader, arabic = reading.tokens, reading.numbers, reading.lang == "ar"
    for at in range(len(tokens)):
        lex = reader.at(at)
        if lex is None or "unit" not in lex.cats or lex.cats["unit"][0] not in _UNITS:
            continue
        if arabic:
            number = numbers.read(reader, lex.end)
            first, last = at, number.end if number else at
        else:
            start = next((k for k in range(max(0, at - 3), at) if (n := numbers.read(reader, k)) and n.end == at), None)
            number = numbers.read(reader, start) if start is not None else None
            first, last = (start if start is not None else at), lex.end
        if number is None or not number.ordinal or first in reading.time_at or last + 1 >= len(tokens):
            continue
        if tokens[last].norm not in members(reading, "of_it") or not has(reading, last + 1, last + 3, "ongoing"):
            continue
        table = phrases(reading, "ongoing")
        hit = next(h for k in (last + 1, last + 2) if (h := table.at(tokens, k, len(tokens))) is not None)
        yield str(lex.cats["unit"][0]), _Ordinal(number.value, first, hit.last)


def _one_matter(reading: Reading, time: Time, ordinal: _Ordinal) -> bool:
    """Whether a length and an ordinal stand near each other in one paragraph, and no event is named between them."""
    first, last = sorted((time.first, ordinal.first))
    if last - first > _REACH or any(token.norm == "\n" for token in reading.tokens[first:last]):
        return False
    return not any(m.has("event") and m.how != "anaphor" for m in named_in(reading, first, last))


# ---------------------------------------------------------------- the number of a ruler

_TOLERANCE = 2
"""Places by which lists of rulers differ: second reigns, rivals, regents."""
_FOUNDED = 15 * 366
"""Days between the beginning of a state and that of the first ruler whom the reference gives it."""


def _rulers(context: Context) -> Iterator[Finding]:
    """«المعتصم بالله، وهو الخليفة السابع والعشرون», "Lincoln, the tenth president"."""
    reading = context.reading
    tokens, arabic = reading.tokens, reading.lang == "ar"
    for at in reading.lexicon.titles.places(tokens):
        title = reading.lexicon.titles.at(tokens, at, min(at + 3, len(tokens)))
        if title is None or denied(reading, at):
            continue
        if arabic:
            start, first = title.last, at
            number = numbers.read(reading.numbers, start)
            last = number.end if number is not None else at
            if number is None or not number.article:
                continue
        else:
            starts = [
                k for k in range(max(0, at - 4), at) if (n := numbers.read(reading.numbers, k)) and n.ordinal and at - n.end <= 1
            ]
            first, last = min([*starts, at]), title.last
            number = numbers.read(reading.numbers, first) if starts else None
        if number is None or not number.ordinal or first in reading.time_at:
            continue
        person = _bearer(context, first, last)
        offices = {role.office for role in person.roles} if person is not None else set()
        if person is None or len(offices) != 1 or not offices <= set(title.value):
            continue
        places = [place for role in person.roles if (place := _place(context, person, role)) is not None]
        if not places or any(abs(place - number.value) <= _TOLERANCE for place in places):
            continue
        yield context.finding(
            first,
            last,
            {"person": person, "place": str(places[0]), "stated": reading.text(first, last)},
            cite(person, "roles"),
        )


def _bearer(context: Context, first: int, last: int) -> Entity | None:
    """The one person named right beside a title with its number: before it past «وهو» or a comma, or behind it."""
    reading = context.reading
    start, stop = sentence_at(reading, first)
    for mention in named_in(reading, max(start, first - 12), min(stop, last + 3)):
        if not mention.has("person") or len(mention.ids()) != 1:
            continue
        between = range(mention.last, first) if mention.last <= first else range(last, mention.first)
        words = [reading.tokens[k].norm for k in between if reading.tokens[k].kind == "word"]
        plain = {*members(reading, "joining"), *members(reading, "article"), *reading.lexicon.pronouns, *reading.lexicon.fillers}
        if len(words) <= 2 and all(word in plain for word in words):
            people = context.people(mention)
            return people[0] if len(people) == 1 else None
    return None


def _place(context: Context, person: Entity, role: Role) -> int | None:
    """The number of a ruler: his predecessors in the office back to the first; None where the line has a gap."""
    state = context.entity(role.of) if role.of else None
    if state is None or state.existed is None or state.existed.start_lo is None:
        return None
    count, current, seen = 0, person, set()
    while current.id not in seen:
        seen.add(current.id)
        roles = [r for r in current.roles if (r.office, r.of) == (role.office, role.of) and r.when is not None]
        if not roles:
            break
        count += 1
        held = min(roles, key=lambda r: (r.when.start_lo or 0) if r.when is not None else 0)
        began = held.when.start_lo if held.when is not None else None
        if began is not None and abs(began - state.existed.start_lo) <= _FOUNDED:
            return count if not _before(context, held, role) else count + _line(context, held, role, seen)
        before = context.entity(held.predecessor) if held.predecessor else None
        if before is None:
            return None
        current = before
    return None


def _before(context: Context, held: Role, role: Role) -> bool:
    before = context.entity(held.predecessor) if held.predecessor else None
    return before is not None and any((r.office, r.of) == (role.office, role.of) for r in before.roles)


def _line(context: Context, held: Role, role: Role, seen: set[str]) -> int:
    """Further predecessors within the first years of a state."""
    count, before = 0, context.entity(held.predecessor) if held.predecessor else None
    while before is not None and before.id not in seen:
        seen.add(before.id)
        roles = [r for r in before.roles if (r.office, r.of) == (role.office, role.of)]
        if not roles:
            break
        count += 1
        before = context.entity(roles[0].predecessor) if roles[0].predecessor else None
    return count
