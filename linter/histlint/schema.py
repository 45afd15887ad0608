"""What a pack file may hold: one description that decodes packs and generates the JSON Schema that editors complete from.

`SECTIONS` at the end is the format; docs/facts.md explains it.
"""

from __future__ import annotations

from typing import Any

from . import facts
from .schema_types import ID, SOURCE_ID, Choice, Counts, Field, Id, Many, Names, Position, Record, Text, Type, When

SOURCES = Field(Many(Id("sources")), required=True)
NOTE = Text()
POLITY_KINDS = Choice("state empire dynasty alliance army people organisation party")
PLACE_KINDS = Choice(
    "city town region country river sea lake island mountain desert strait canal fortress building village "
    "continent peninsula valley bay"
)
OFFICES = Choice(
    "king queen emperor empress caliph sultan shah khan emir pharaoh doge pope patriarch president prime-minister "
    "chancellor vizier wali governor imam dey bey pasha khedive regent crown-prince minister foreign-minister "
    "defence-minister chief-of-staff general-secretary secretary-general consul dictator tsar commander ambassador "
    "chairman leader bishop"
)
EVENT_TYPES = Choice(
    "battle siege war campaign operation raid bombing invasion conquest occupation annexation blockade mutiny "
    "crisis incident massacre revolt revolution coup treaty armistice surrender pact alliance agreement declaration "
    "conference ultimatum law independence union partition founding dissolution fall coronation abdication election "
    "assassination execution death birth marriage building destruction discovery voyage invention publication "
    "migration disaster epidemic famine trial speech reform era other"
)
LEFT = Choice("surrender capitulation armistice withdrawal peace victory collapse conquered")
RESULT = Choice("stormed capitulated lifted abandoned inconclusive")
CONFIDENCE = Choice("high low")
CLOSED = Choice("sides leaders by target won lost captured killed supported_by opposed_by part_of where")

_ANYONE = "polities people places"
PEOPLE = Many(Id("people"))
PARTIES = Many(Id(_ANYONE))
EVENTS = Many(Id("events"))
LANDS = Many(Id("places polities"))

FROM_TO: dict[str, Type | Field] = {"from": Field(When(), name="start"), "to": Field(When(), name="end")}
PARTICIPANT = Record({"who": Field(Id(_ANYONE), required=True), **FROM_TO, "left": LEFT}, facts.Participant, short="who")
ROLE = Record(
    {
        "office": Field(OFFICES, required=True),
        "of": Id("polities places things"),
        "when": When(),
        "predecessor": Id("people"),
        "successor": Id("people"),
    },
    facts.Role,
)
HELD = Record({"who": Field(Id("polities people"), required=True), "when": When()}, facts.Held, short="who")
CEDED = Record(
    {
        "what": Field(Many(Id("places polities things")), required=True),
        "by": Field(Id("polities people"), required=True),
        "to": Field(Id("polities people"), required=True),
    },
    facts.Ceded,
)
SHARE = Record(
    {
        "who": Field(Id("people polities"), required=True),
        "called": Names(),
        "what": Many(Id("places polities people things")),
        "words": Names(),
    },
    facts.Share,
)
DONE = Record(
    {
        "deed": Field(Choice("hand dismiss flee demand rescue rebel wed teach trick pay yield replace appoint call"), required=True),
        "by": Field(Id("polities people"), required=True),
        "to": Field(Id("polities people"), required=True),
        "what": Many(Id("places polities people things")),
        "words": Names(),
    },
    facts.Done,
)
FORMER = Record({"names": Field(Names(), required=True), "when": Field(When(), required=True)}, facts.Former)


def _membership(key: str, kinds: str) -> Record:
    return Record({key: Field(Id(kinds), required=True, name="into"), **FROM_TO}, facts.Membership, short=key)


NAMED: dict[str, Type | Field] = {
    "names": Field(Names(), required=True),
    "short": Names(),
    "misnomers": Names(),
    "note": NOTE,
    "sources": SOURCES,
}

POLITY: dict[str, Type | Field] = {
    "kind": Field(POLITY_KINDS, required=True, name="subkind"),
    **NAMED,
    "demonyms": Names(),
    "existed": When(),
    "part_of": Many(_membership("in", "polities places")),
    "succeeds": Many(Id("polities")),
    "members": Many(Id(_ANYONE)),
    "capitals": Many(_membership("place", "places")),
    "counts": Counts(),
}
PERSON: dict[str, Type | Field] = {
    **NAMED,
    "sex": Choice("male female"),
    "born": When(),
    "born_in": Id("places polities"),
    "died": When(),
    "died_in": Id("places polities"),
    "exiled": Many(Id("places polities")),
    "father": Id("people"),
    "mother": Id("people"),
    "spouses": Many(Id("people")),
    "of": Many(Id("polities places")),
    "roles": Many(ROLE),
    "counts": Counts(),
}
PLACE: dict[str, Type | Field] = {
    "kind": Field(PLACE_KINDS, required=True, name="subkind"),
    **NAMED,
    "demonyms": Names(),
    "existed": When(),
    "former": Many(FORMER),
    "part_of": Many(_membership("in", "places polities")),
    "on": Many(Id("places")),
    "at": Position(),
    "held_by": Many(HELD),
    "counts": Counts(),
}
THING: dict[str, Type | Field] = {**NAMED, "existed": When(), "where": LANDS, "counts": Counts()}
EVENT: dict[str, Type | Field] = {
    "type": Field(EVENT_TYPES, required=True),
    **NAMED,
    "when": When(),
    "where": LANDS,
    "sides": Many(Many(PARTICIPANT)),
    "leaders": Many(Many(Id("people"))),
    "by": PARTIES,
    "target": Many(Id("polities people places things events")),
    "won": PARTIES,
    "lost": PARTIES,
    "result": RESULT,
    "captured": Many(Id("people polities")),
    "killed": Many(Id("people polities")),
    "absent": PARTIES,
    "supported_by": PARTIES,
    "opposed_by": PARTIES,
    "ended": Many(Id("events polities")),
    "cause": EVENTS,
    "part_of": EVENTS,
    "counts": Counts(),
    "closed": Many(CLOSED),
    "ceded": Many(CEDED),
    "shares": Many(SHARE),
    "done": Many(DONE),
    "confidence": CONFIDENCE,
}
SOURCE: dict[str, Type | Field] = {
    "title": Field(Text(), required=True),
    "author": Text(),
    "publisher": Text(),
    "year": Text(),
    "url": Text(r"https?://[^\s<>\"]+", "an address that starts with https:// or http://"),
    "isbn": Text(r"[0-9Xx -]{10,17}", "an ISBN"),
    "pages": Text(),
    "licence": Text(),
    "accessed": Text(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day such as 2025-11-22"),
    "rows": Text(),  # what a row's identifier looks like, for data sets that are cited as `id:row`
    "row_url": Text(r"https?://\S*\{\}\S*", "an address with {} where the row's identifier goes"),
    "note": NOTE,
}
COMPLETE = Record(
    {
        "type": Field(EVENT_TYPES, required=True),
        "by": Id("polities people"),
        "target": Id("polities people places things"),
        "part_of": Id("events"),
        "when": Field(When(), required=True),
        "sources": SOURCES,
    },
    facts.Complete,
)

ENTRIES: dict[str, Record] = {
    "polities": Record(POLITY, also="replace"),
    "people": Record(PERSON, also="replace"),
    "places": Record(PLACE, also="replace"),
    "things": Record(THING, also="replace"),
    "events": Record(EVENT, also="replace"),
}
SOURCE_ENTRY = Record(SOURCE)
TELLING = Names()
TOLD = Id("events")
SECTIONS = ("sources", *ENTRIES, "tellings", "complete")
KIND_OF = {"polities": "polity", "people": "person", "places": "place", "things": "thing", "events": "event"}
SECTION_OF = {kind: section for section, kind in KIND_OF.items()}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a pack file, for editors."""
    entries = {name: _by_id(record.schema()) for name, record in ENTRIES.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "histlint reference pack",
        "type": "object",
        "properties": {
            "sources": _by_id(SOURCE_ENTRY.schema(), SOURCE_ID),
            **entries,
            "tellings": _by_id(TELLING.schema()),
            "complete": {"type": "array", "items": COMPLETE.schema()},
        },
        "additionalProperties": False,
    }


def _by_id(entry: dict[str, Any], id: str = ID) -> dict[str, Any]:
    return {"type": "object", "patternProperties": {f"^{id}$": entry}, "additionalProperties": False}
