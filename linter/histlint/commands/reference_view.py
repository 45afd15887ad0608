"""What `histlint reference` shows: facts as text, names that match, counts, skeletons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .. import normalise
from ..chronology.moment import describe, year_bounds
from ..facts import Entity, Event, Fact, Name, Participant
from ..model import Moment
from ..reference import Reference

_LISTS = ("where", "by", "target", "won", "lost", "captured", "killed", "absent", "supported_by", "opposed_by", "ended", "cause")
_HOW = ("name", "former", "short", "misnomer", "demonym")  # the likeliest meaning first
_SHOWN_EVENTS = 12


# Finding


def find(reference: Reference, text: str) -> list[Fact]:
    """The facts of this id or name, in either language."""
    fact = reference.fact(text.strip())
    if fact:
        return [fact]
    key = normalise.name_key(text)
    names = reference.names({stem for word in key for stem in normalise.stems(word)}).get(key[0], ()) if key else ()
    same = sorted((name for name in names if name.key == key), key=lambda name: _HOW.index(name.how))
    return [fact for id in dict.fromkeys(name.id for name in same) if (fact := reference.fact(id))]


def matching(reference: Reference, text: str) -> list[Name]:
    """The names that hold all words of `text`, whole or as beginnings; best first, each written form once."""
    words = normalise.name_key(text)
    found: dict[tuple[str, str], Name] = {}
    for name in reference.all_names():
        if all(any(word.startswith(wanted) for word in name.key) for wanted in words):
            found.setdefault((name.text, name.id), name)
    return sorted(found.values(), key=lambda name: (len(name.key), name.text, name.id))


def near_names(reference: Reference, text: str, known: Iterable[str], limit: int = 6) -> list[Name]:
    """Names of other facts that are spelled like `text` or share its rarest word."""
    import difflib

    wanted, known = " ".join(normalise.name_key(text)), set(known)
    best: dict[str, tuple[float, Name]] = {}
    matcher = difflib.SequenceMatcher(b=wanted)
    for name in reference.all_names():
        if name.id in known or name.how == "misnomer":
            continue
        matcher.set_seq1(" ".join(name.key))
        if matcher.real_quick_ratio() > 0.72 and matcher.quick_ratio() > 0.72 and (ratio := matcher.ratio()) > 0.72:
            best[name.id] = max(best.get(name.id, (0.0, name)), (ratio, name), key=lambda pair: pair[0])
    ranked = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].id))
    return [name for _, name in ranked[:limit]]


# Showing


def describe_fact(reference: Reference, fact: Fact, lang: str) -> str:
    """A fact as lines of text; other facts are named in `lang`."""
    lines = [f"{fact.id}: {fact.kind}" + (f", {_subkind(fact)}" if _subkind(fact) else "")]
    rows = _event_rows if isinstance(fact, Event) else _entity_rows
    for title, text in [*_name_rows(fact), *rows(reference, fact, lang), *_common_rows(reference, fact, lang)]:
        if text:
            lines.append(f"  {title:<13} {text}")
    return "\n".join(lines)


def _subkind(fact: Fact) -> str:
    return fact.type if isinstance(fact, Event) else fact.subkind


def _name_rows(fact: Fact) -> Iterator[tuple[str, str]]:
    for title in ("names", "short", "misnomers", "demonyms"):
        for lang, texts in getattr(fact, title, {}).items():
            yield f"{title} {lang}", " · ".join(texts)


def _event_rows(reference: Reference, event: Any, lang: str) -> Iterator[tuple[str, str]]:
    yield "when", _when(event.when, lang)
    for number, side in enumerate(event.sides):
        leaders = event.leaders[number] if number < len(event.leaders) else ()
        yield f"side {number + 1}", ", ".join(_participant(reference, item, lang) for item in side)
        yield "  led by", _labels(reference, leaders, lang)
    if not event.sides:
        yield "leaders", _labels(reference, [leader for leaders in event.leaders for leader in leaders], lang)
    for field in _LISTS:
        yield field.replace("_", " "), _labels(reference, getattr(event, field), lang)
    for item in event.ceded:
        yield "ceded", f"{_labels(reference, item.what, lang)} by {_label(reference, item.by, lang)} to {_label(reference, item.to, lang)}"
    for share in event.shares:
        words = [word for words in share.words.values() for word in words]
        yield "share", f"{_label(reference, share.who, lang)}: {', '.join((_labels(reference, share.what, lang), *words)).lstrip(', ')}"
    for deed in event.done:
        yield "done", f"{deed.deed} by {_label(reference, deed.by, lang)} to {_label(reference, deed.to, lang)}"
    yield "result", event.result
    yield "part of", _labels(reference, event.part_of, lang)
    yield "complete", ", ".join(event.closed)
    yield "parts", _events(reference, reference.events_with(event.id, "part_of"), lang)


def _entity_rows(reference: Reference, entity: Any, lang: str) -> Iterator[tuple[str, str]]:
    yield "existed", _when(entity.existed, lang)
    yield "born", _joined(_when(entity.born, lang), _label(reference, entity.born_in, lang))
    yield "died", _joined(_when(entity.died, lang), _label(reference, entity.died_in, lang))
    yield "exiled to", ", ".join(_label(reference, place, lang) for place in entity.exiled)
    yield "father", _label(reference, entity.father, lang)
    yield "mother", _label(reference, entity.mother, lang)
    yield "married to", _labels(reference, entity.spouses, lang)
    yield "of", _labels(reference, entity.of, lang)
    for role in entity.roles:
        office = f"{role.office} of {_label(reference, role.of, lang)}" if role.of else role.office
        yield "office", _joined(office, _when(role.when, lang))
    for former in entity.former:
        texts = " · ".join(text for texts in former.names.values() for text in texts)
        yield "formerly", _joined(texts, _when(former.when, lang))
    for title, members in (("part of", entity.part_of), ("capitals", entity.capitals)):
        yield title, ", ".join(_stay(_label(reference, item.into, lang), item.start, item.end, lang) for item in members)
    yield "on", _labels(reference, entity.on, lang)
    yield "at", ", ".join(f"{degrees:g}°" for degrees in entity.at)
    yield "held by", ", ".join(_joined(_label(reference, held.who, lang), _when(held.when, lang)) for held in entity.held_by)
    yield "succeeds", _labels(reference, entity.succeeds, lang)
    yield "where", _labels(reference, entity.where, lang)
    yield "events", _events(reference, reference.events_with(entity.id), lang)


def _common_rows(reference: Reference, fact: Fact, lang: str) -> Iterator[tuple[str, str]]:
    yield "counts", ", ".join(f"{key} {low:,}" + (f"–{high:,}" if high > low else "") for key, (low, high) in fact.counts.items())
    yield "note", fact.note
    for id in fact.sources:
        source = reference.source(id)
        yield "source", _joined(source.title, source.url)


def _when(moment: Moment | None, lang: str) -> str:
    return describe(moment, lang) if moment else ""


def _label(reference: Reference, id: str, lang: str) -> str:
    fact = reference.fact(id) if id else None
    return f"{fact.label(lang)} ({id})" if fact else id


def _labels(reference: Reference, ids: Iterable[str], lang: str) -> str:
    return ", ".join(_label(reference, id, lang) for id in ids)


def _participant(reference: Reference, item: Participant, lang: str) -> str:
    return _joined(_stay(_label(reference, item.who, lang), item.start, item.end, lang), item.left)


def _stay(label: str, start: Moment | None, end: Moment | None, lang: str) -> str:
    if not start and not end:
        return label
    return f"{label} [{_when(start, lang) or '…'} – {_when(end, lang) or '…'}]"


def _events(reference: Reference, ids: Sequence[str], lang: str) -> str:
    events = [fact for id in ids if isinstance(fact := reference.fact(id), Event)]
    events.sort(key=lambda event: ((event.when and event.when.start_lo) or 0, event.id))
    more = f", … {len(events) - _SHOWN_EVENTS} more" if len(events) > _SHOWN_EVENTS else ""
    return ", ".join(_joined(event.label(lang), _when(event.when, lang)) for event in events[:_SHOWN_EVENTS]) + more


def _joined(first: str, second: str) -> str:
    return f"{first}, {second}" if first and second else first or second


# Counting


def statistics(reference: Reference) -> dict[str, Mapping[str, int]]:
    """Counts by title: kinds, event types, centuries, regions, languages of names, sources; biggest first, time in order."""
    titles = ("facts", "events by type", "events by century", "facts by region", "languages", "facts by source")
    tables: dict[str, Counter[str]] = {title: Counter() for title in titles}
    centuries: Counter[int] = Counter()
    for fact in reference.facts():
        tables["facts"][f"{fact.kind} ({fact.subkind})" if isinstance(fact, Entity) and fact.subkind else fact.kind] += 1
        tables["facts by source"].update({id.partition(":")[0] for id in fact.sources})
        tables["facts by region"].update(_regions(reference, fact))
        tables["languages"][f"{fact.kind} named in {' and '.join(sorted(fact.names)) or 'no language'}"] += 1
        if isinstance(fact, Event):
            tables["events by type"][fact.type] += 1
            if fact.when and (year := year_bounds(fact.when)[0]) is not None:
                centuries[(year - 1) // 100 + 1 if year > 0 else year // 100] += 1
    out: dict[str, Mapping[str, int]] = {title: _biggest_first(table) for title, table in tables.items()}
    out["events by century"] = {f"{abs(key)}{'' if key > 0 else ' BC'}": count for key, count in sorted(centuries.items())}
    return out


def _biggest_first(table: Counter[str]) -> dict[str, int]:
    return dict(sorted(table.items(), key=lambda row: (-row[1], row[0])))


def _regions(reference: Reference, fact: Fact) -> set[str]:
    """The continents and regions in which a fact lies."""
    start = fact.where if isinstance(fact, Event) or fact.kind == "thing" else (fact.id,)
    if isinstance(fact, Entity) and fact.kind in ("polity", "person"):
        start = (fact.id, *(capital.into for capital in fact.capitals), fact.born_in)
    above = {id for place in start if place for id in reference.ancestors(place)}
    return {id for id in above if isinstance(found := reference.fact(id), Entity) and found.subkind in ("continent", "region")}


# Writing


def skeleton(kind: str, id: str) -> str:
    """A new entry with the keys that people fill in; the ones that may be left out are comments."""
    from ..schema import ENTRIES, KIND_OF

    section = next(section for section, name in KIND_OF.items() if name == kind)
    lines = [f"{section}:", f"  {id}:"]
    for key, field in ENTRIES[section].fields.items():
        sample = _SAMPLES.get((kind, key)) or _SAMPLES.get(("", key), "")
        if sample:
            lines.append(f"    {'' if field.required else '# '}{key}: {sample}")
    return "\n".join(lines)


_NAMES, _IDS = "{ar: [], en: []}", "[]"
_SAMPLES = {
    ("polity", "kind"): "state  # state empire dynasty alliance army people organisation party",
    ("place", "kind"): "city  # city town region country river sea …",
    ("event", "type"): "battle  # battle siege war treaty conference …",
    ("", "names"): _NAMES,
    ("", "short"): _NAMES,
    ("", "demonyms"): _NAMES,
    ("", "existed"): "1922-12-30/1991-12-26",
    ("", "born"): "'1137'",
    ("", "died"): "1193-03-04",
    ("", "of"): "[]  # polities that the person belonged to or served",
    ("", "roles"): "[{office: sultan, of: ID, when: 1174/1193}]",
    ("", "former"): "[{names: {ar: [], en: []}, when: 1914/1924}]",
    ("", "when"): "1187-07-04",
    ("", "where"): _IDS,
    ("", "sides"): "[[], []]",
    ("", "leaders"): "[[], []]  # people, in the order of the sides",
    ("", "won"): _IDS,
    ("", "lost"): _IDS,
    ("", "by"): _IDS,
    ("", "target"): _IDS,
    ("", "part_of"): _IDS,
    ("", "capitals"): _IDS,
    ("", "succeeds"): _IDS,
    ("", "counts"): "{dead: 1000/1500}",
    ("", "sources"): "[]  # ids from sources, or wikidata:Q… of an item that you looked at",
}
