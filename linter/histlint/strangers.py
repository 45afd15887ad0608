"""Words around a name that make it somebody or something else: "Timur Shah" is not Timur, «المتوكل الزيدي» is not the Abbasid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .bind import apart
from .facts import Entity, Event, Lookup, Name
from .lexicon import Lexicon
from .model import Token
from .normalise import fold, name_key
from .reading import Time
from .tag.entities import Mention


def in_longer(text: str, tokens: Sequence[Token], mention: Mention, name: Name) -> bool:
    """Whether an English name of one word goes on with a capital: "Timur Shah" is not Timur."""
    if name.kind != "person" or mention.last - mention.first > 1 or mention.last >= len(tokens):
        return False
    after = tokens[mention.last]
    return after.kind == "word" and after.start - mention.end == 1 and text[after.start].isupper() and len(after.norm) > 2


def of_another_age(
    tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, times: Sequence[Time], fact: Lookup
) -> bool:
    """Whether a bare family name is that of somebody of whose time the text has no date: Clinton in 1778."""
    person = fact(name.id)
    if name.how != "short" or not isinstance(person, Entity) or person.kind != "person" or mention.last - mention.first > 1:
        return False
    if mention.first and lexicon.titles.at(tokens, mention.first - 1, mention.first):
        return False
    life = person.when
    dates = [t.mention.value for t in times if t.mention.type in ("date", "period") and t.mention.value is not None]
    return life is not None and len(dates) > 2 and all(abs(apart(life, value)) > _ANOTHER_AGE for value in dates)


_ANOTHER_AGE = 20_000
"""Days between a life and all dates of a text from which a bare family name is another's."""


def common_noun(
    tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, full: set[str], times: Sequence[Time], fact: Lookup
) -> bool:
    """Whether a short name that is a noun for an event with an adjective is but that: "a civil war", «الحرب الأهلية» of another land.

    It counts where the full name stands in the text too, or where the text has a date within the event.
    """
    event = fact(name.id)
    if name.how != "short" or not isinstance(event, Event) or len(name.key) < 2 or not lexicon.event_nouns.at(tokens, mention.first, mention.last):
        return False
    written = tokens[mention.first].norm.lstrip("وفبك")
    indefinite = lexicon.lang == "ar" and name.text.startswith("ال") and not written.startswith(("ال", "لل"))
    a = mention.first > 0 and tokens[mention.first - 1].norm in lexicon.indefinite
    if indefinite or a:
        return True
    dates = [t.mention.value for t in times if t.mention.type in ("date", "period") and t.mention.value is not None]
    return name.id not in full and not any(event.when and not apart(value, event.when, 1000) for value in dates)


def another_number(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name) -> bool:
    """Whether a numeral follows that is not part of a ruler's name: «قسطنطين التاسع» is not the first of that name."""
    kinds = ("person", "event", "polity") if lexicon.lang == "ar" else ("person",)  # «المملكة السعودية الثالثة»
    if name.kind not in kinds or mention.last >= len(tokens) or (name.key and name.key[-1] in lexicon.regnal):
        return False
    if name.kind != "person" and name.key and "ال" + name.key[-1] in lexicon.regnal:
        return False  # «استمرت الحرب العالمية الأولى عشر سنوات»
    after = tokens[mention.last]
    if after.norm not in lexicon.regnal or after.start - mention.end != 1:
        return False
    if name.how == "demonym" and mention.first and tokens[mention.first - 1].norm in lexicon.units | lexicon.forces:
        return False  # «الفيلق الأمريكي الثاني»
    return lexicon.lang == "ar" or len(after.norm) > 1 or after.norm in ("v", "x")


def goes_on(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, dated: set[int]) -> bool:
    """Whether the article of an event's name is missing because the name is longer: «معركة جسر يعقوب» is no «معركة الجسر»."""
    last, after = tokens[mention.last - 1].norm, mention.last
    if name.kind != "event" or not name.text.split()[-1].startswith("ال") or "ال" in last[:4] or last.startswith("لل"):
        return False
    if after >= len(tokens) or tokens[after].kind != "word" or after in dated:
        return False
    norm = tokens[after].norm
    known = norm in lexicon.glue or norm in lexicon.prepositions or norm in lexicon.carriers or norm in lexicon.joins
    tables = (lexicon.verbs, lexicon.roles, lexicon.relations, lexicon.connectors)
    joined = norm[:1] in ("و", "ف") or norm[1:3] == "ال"
    return not known and not norm.startswith("ال") and not joined and not any(table.at(tokens, after, len(tokens)) for table in tables)


def goes_on_as_another(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name) -> bool:
    """Whether the name of a state goes on to that of another, or of something else: «المملكة الرومانية الشرقية», "Muscovy Company"."""
    return name.kind == "polity" and name.how != "demonym" and mention.last < len(tokens) and tokens[mention.last].norm in lexicon.parting


def on_another(
    tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, begun: Mapping[int, Mention], fact: Lookup
) -> bool:
    """Whether a name goes on with another target: «الحملة الإيطالية على ليبيا» is not the campaign in Italy."""
    if name.kind != "event" or mention.last + 1 >= len(tokens) or tokens[mention.last].norm not in lexicon.going_to:
        return False
    target, event = begun.get(mention.last + 1), fact(name.id)
    if target is None or not isinstance(event, Event) or not target.has("place", "polity") or target.has("person", "event"):
        return False
    own = {*event.where, *event.target, *(who.who for side in event.sides for who in side)}
    own |= {whole.into for id in tuple(own) if isinstance(entry := fact(id), Entity) for whole in entry.part_of}
    wide = {whole.into for id in target.ids() if isinstance(entry := fact(id), Entity) for whole in entry.part_of}
    return not own & ({*target.ids()} | wide)


def of_another_realm(
    tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, ended: Mapping[int, Mention], fact: Lookup
) -> bool:
    """Whether a title and a realm before a ruler's short name are those of a namesake: «ملك اليونان جورج الأول»."""
    realm = ended.get(mention.first)
    if name.kind != "person" or name.how != "short" or realm is None or realm.how != "name" or not realm.has("polity", "place"):
        return False
    if realm.first == 0 or not lexicon.titles.at(tokens, realm.first - 1, realm.first):
        return False
    person = fact(name.id)
    if not isinstance(person, Entity):
        return False
    own = _with_wholes({*person.of, *(role.of for role in person.roles if role.of)}, fact)
    return bool(own) and not own & _with_wholes({*realm.ids()}, fact)


def bare_numeral(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name) -> bool:
    """Whether what looks like an Arabic ruler's numeral has no article: «عادت كليوباترا ثانية» is no Cleopatra II."""
    written, word = tokens[mention.last - 1].norm, fold(name.text.split()[-1]) if name.text else ""
    return name.kind == "person" and mention.last - mention.first > 1 and word in lexicon.regnal and word == "ال" + written


def a_junior(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name) -> bool:
    """Whether ", Jr." makes an English name that of a son: "Ferdinand Marcos, Jr."."""
    at = mention.last + (mention.last < len(tokens) and tokens[mention.last].norm == ",")
    return name.kind == "person" and at < len(tokens) and tokens[at].norm in lexicon.juniors and tokens[at].norm not in name.key


def of_another_king(
    tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, ended: Mapping[int, Mention], fact: Lookup
) -> bool:
    """Whether the king of another realm is told by a possessive: "Kongo's King Pedro V"."""
    if name.kind != "person":
        return False
    title = lexicon.titles.at(tokens, mention.first - 1, mention.first) if mention.first else None
    own = title or lexicon.titles.at(tokens, mention.first, mention.first + 1)
    at = mention.first - (1 if title else 0)
    if own is None or at < 3 or tokens[at - 1].norm != "s" or tokens[at - 2].norm != "'":
        return False
    realm, person = ended.get(at - 2), fact(name.id)
    if realm is None or not isinstance(person, Entity) or not realm.has("polity", "place"):
        return realm is None and isinstance(person, Entity)
    mine = {*person.of, *(role.of for role in person.roles if role.of)}
    return bool(mine) and not _with_wholes(mine, fact) & _with_wholes({*realm.ids()}, fact)


def coloured(tokens: Sequence[Token], mention: Mention, name: Name, ended: Mapping[int, Mention]) -> bool:
    """Whether an adjective of another power makes a land of its own: "French Sudan", "Spanish Sahara"."""
    before = ended.get(mention.first)
    return name.kind == "polity" and name.how == "name" and before is not None and before.how == "demonym" and name.id not in before.ids()


def of_another_land(tokens: Sequence[Token], mention: Mention, name: Name, begun: Mapping[int, Mention], fact: Lookup) -> bool:
    """Whether "of" and a realm that is not theirs stand behind an English name: "Maria Theresa of Spain" is not the empress."""
    if name.kind != "person" or mention.last + 1 >= len(tokens) or tokens[mention.last].norm != "of":
        return False
    realm, person = begun.get(mention.last + 1), fact(name.id)
    if realm is None or not isinstance(person, Entity) or realm.how not in ("name", "former") or not realm.has("polity", "place"):
        return False
    own = {*person.of, *(role.of for role in person.roles if role.of)}
    if not own or len(tokens) <= realm.last or realm.has("person", "event"):
        return False
    return not _with_wholes(own, fact) & _with_wholes({*realm.ids()}, fact)


_REALMS = frozenset({"state", "empire", "dynasty", "country"})


def _with_wholes(ids: set[str], fact: Lookup) -> set[str]:
    """Polities with what they are part of, succeed and are succeeded by in name."""
    out = set(ids)
    for id in ids:
        entry = fact(id)
        if isinstance(entry, Entity):
            wholes = [fact(whole.into) for whole in entry.part_of]
            out.update(whole.id for whole in wholes if isinstance(whole, Entity) and whole.subkind in _REALMS)
            out.update(entry.succeeds)
    return out


def of_another_man(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, fact: Lookup) -> bool:
    """Whether a given name that is not his stands right before somebody's by-name: «محمد المتوكل» is not the caliph Jafar."""
    if name.kind != "person" or name.how != "short" or mention.first == 0 or mention.last - mention.first > 1:
        return False
    given = tokens[mention.first - 1].norm
    given = given if given in lexicon.given_names else given.lstrip("وف")
    kin = lexicon.kin.at(tokens, mention.first - 2, mention.first - 1) if mention.first > 1 else None
    named = given in lexicon.given_names or (kin is not None and tokens[mention.first - 1].kind == "word")  # «أخوه يزيد الراضي»
    if not named or given.startswith("ال") or not tokens[mention.first].norm.startswith("ال"):
        return False
    person = fact(name.id)
    known = [word for text in (person.names.get(lexicon.lang, ()) if person else ()) for word in text.split()]
    return given not in {fold(word) for word in known}


def longer_name(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name) -> bool:
    """Whether a short name is only the front or the end of somebody else's: «العادل نور الدين محمود», «علي بن ربن الطبري»."""
    if name.kind != "person":
        return False
    behind = [tokens[k].norm for k in range(mention.last, min(mention.last + 2, len(tokens)))]
    front = [tokens[k].norm for k in range(max(0, mention.first - 2), mention.first)]
    title = tokens[mention.last - 1].norm.startswith("ال") and behind[:1] and behind[0] not in name.key
    if len(behind) == 2 and behind[1] in lexicon.name_ends and title and not behind[0].startswith("و"):
        return True
    single = mention.last - mention.first == 1
    if single and name.how == "short" and name.key[0] in lexicon.given_names and behind[:1] and behind[0] in lexicon.regnal:
        return behind[0] not in name.text and behind[0][2:] not in name.text  # «محمد الناصر» is not the Conqueror
    father = single or (len(front) == 2 and front[0] not in name.key)
    if father and front and front[-1] in lexicon.sons_of and not tokens[mention.first].norm.startswith("ال"):
        return True  # «يحيى بن إسماعيل»: the father of another
    return single and len(front) == 2 and front[0] in lexicon.sons_of and front[1] not in name.key


def of_another_father(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, fact: Lookup) -> bool:
    """Whether a father who is not his stands behind a short name: «العادل أبي بكر ابن أيوب» is not the first caliph."""
    at, person = mention.last, fact(name.id)
    if name.kind != "person" or name.how != "short" or not isinstance(person, Entity) or at + 1 >= len(tokens):
        return False
    if tokens[at].norm not in lexicon.sons_of or tokens[at + 1].kind != "word":
        return False
    father = fact(person.father) if person.father else None
    texts = [text for entry in (person, father) if entry is not None for text in entry.names.get("ar", ())]
    known = {fold(word) for text in texts for word in text.split()}
    given = tokens[at + 1].norm
    return bool(known) and given not in known and not {"ال" + given, given.removeprefix("ال")} & known


def of_another_house(tokens: Sequence[Token], mention: Mention, name: Name, begun: Mapping[int, Mention], fact: Lookup) -> bool:
    """Whether an adjective of origin that is not his stands behind a by-name: «المتوكل الزيدي» is not the Abbasid."""
    at, person = mention.last, fact(name.id)
    if name.kind != "person" or at - mention.first > 1 or at >= len(tokens) or not isinstance(person, Entity):
        return False
    word = tokens[at].norm
    if not (tokens[mention.first].norm.startswith("ال") and word.startswith("ال") and word.endswith("ي") and len(word) > 4):
        return False
    known = {fold(part) for texts in person.names.values() for text in texts for part in text.split()}
    house = begun.get(at)
    if word in known or house is None:
        return word not in known and house is None
    realms = _with_wholes({*person.of, *(role.of for role in person.roles if role.of)}, fact)
    return house.how == "demonym" and not realms & _with_wholes({*house.ids()}, fact)


def of_another_style(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, fact: Lookup) -> bool:
    """Whether an eastern title that is not his stands behind a short name: «محمد علي شاه» is not the pasha of Egypt."""
    at, person = mention.last, fact(name.id)
    if name.kind != "person" or name.how != "short" or at >= len(tokens) or not isinstance(person, Entity):
        return False
    if tokens[at].norm not in lexicon.eastern_titles or _EASTERN & {role.office for role in person.roles}:
        return False
    return not any(tokens[at].norm in fold(called).split() for called in person.names.get(lexicon.lang, ()))


_EASTERN = frozenset({"shah", "khan", "sultan", "emperor"})
"""Offices whose bearers are called so behind any name of theirs: «السلطان سليم خان»."""


def titled_work(text: str, tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, ended: Mapping[int, Mention]) -> bool:
    """Whether an English event is but a part of a title: "The Naval War of 1812", "for The Battle of Algiers", "National Union for the
    Total Independence of Angola"."""
    if name.kind != "event" or lexicon.lang == "ar" or mention.first < 2 or mention.first in ended:
        return False
    if name.text.startswith("The ") and text.startswith("The ", tokens[mention.first - 1].start):
        return False  # "wrote The Canon of Medicine"
    before, earlier = tokens[mention.first - 1], tokens[mention.first - 2]
    capital = before.kind == "word" and text[before.start].isupper() and len(before.norm) > 1
    plain = before.norm not in lexicon.prepositions and before.norm not in lexicon.joins and before.kind == "word"
    return capital and plain and earlier.norm not in (".", "\n", "!", "?", ":", '"', ")")


def of_another_throne(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, fact: Lookup) -> bool:
    """Whether the title before a numbered name is one that its bearer did not have: "Tsar Alexios I" is no emperor of Byzantium."""
    if name.kind != "person" or mention.first == 0 or tokens[mention.last - 1].norm not in lexicon.regnal:
        return False
    title = lexicon.titles.at(tokens, mention.first - 1, mention.first)
    person = fact(name.id)
    if title is None or not isinstance(person, Entity) or not _OWN_TITLES & {*title.value}:
        return False
    offices = {role.office for role in person.roles}
    return bool(offices & _THRONES) and not offices & {*title.value}


_OWN_TITLES = frozenset({"tsar", "pope", "caliph", "shah", "pharaoh", "doge", "khedive", "patriarch"})
"""Titles that rulers of one realm or line bear."""
_THRONES = _OWN_TITLES | {"king", "queen", "emperor", "empress", "sultan", "emir", "khan"}


_SHADDA = "\u0651"


def in_compound(text: str, tokens: Sequence[Token], mention: Mention, name: Name) -> bool:
    """Whether an English name of an event is the end of a compound: "the Roman–Persian wars" are not the Persian Wars."""
    if name.kind != "event" or mention.first < 2 or tokens[mention.first - 1].norm not in ("-", "–"):
        return False
    before, dash = tokens[mention.first - 2], tokens[mention.first - 1]
    return dash.end == mention.start and before.end == dash.start and before.kind == "word" and text[before.start].isupper()


def alliance_of_another_age(mention: Mention, name: Name, times: Sequence[Time], fact: Lookup) -> bool:
    """Whether "the Allies" of a war are named in a text whose dates all lie long before it."""
    allied = fact(name.id) if name.kind == "polity" else None
    if not isinstance(allied, Entity) or allied.subkind != "alliance" or allied.existed is None or mention.last - mention.first > 1:
        return False
    dates = [t.mention.value for t in times if t.mention.type in ("date", "period") and t.mention.value is not None]
    return len(dates) > 2 and all(abs(apart(allied.existed, value)) > _ANOTHER_AGE for value in dates)


def of_another_office(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, fact: Lookup) -> bool:
    """Whether the title with a short name is none of his: "Tsar Alexander" is not the king of Macedon."""
    if name.kind != "person" or name.how != "short" or len(name.key) > 1:
        return False
    title = lexicon.titles.at(tokens, mention.first, mention.last) or (
        lexicon.titles.at(tokens, mention.first - 1, mention.first) if mention.first else None
    )
    person = fact(name.id)
    offices = {role.office for role in person.roles} if isinstance(person, Entity) else set()
    return title is not None and bool(offices) and offices.isdisjoint(title.value) and not _SOVEREIGN.isdisjoint(title.value)


def of_another_cloth(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, fact: Lookup) -> bool:
    """Whether a learned or holy man's title stands before the bare short name of a statesman: «الشيخ السادات» in 1809."""
    person = fact(name.id)
    if name.kind != "person" or name.how != "short" or len(name.key) > 1 or not mention.first or not isinstance(person, Entity):
        return False
    before = tokens[mention.first - 1].norm.lstrip("وف")
    own = {fold(word) for called in person.names.get(lexicon.lang, ()) for word in called.split()}
    offices = {role.office for role in person.roles}
    return before in lexicon.clerical and before not in own and bool(offices) and offices <= _STATESMEN


_STATESMEN = frozenset({"president", "prime-minister", "foreign-minister", "defence-minister", "chief-of-staff", "secretary-general", "minister"})
"""Offices that few learned or holy men hold."""


_SOVEREIGN = frozenset({"tsar", "pope", "sultan", "caliph", "shah", "khan", "pharaoh", "doge"})
"""Titles of one realm or faith, which nobody else is given."""


def article_added(tokens: Sequence[Token], mention: Mention, name: Name) -> bool:
    """Whether an Arabic article stands before the bare name of a man that has none: «اللاجئين» are not Lajin, «الموسي» is not Musa."""
    if name.kind != "person" or mention.last - mention.first > 1:
        return False
    word, own = tokens[mention.first].norm, fold(name.text.split()[0])
    return word != own and word.lstrip("وف").removeprefix("ب").removeprefix("ك").startswith(("ال", "لل")) and not own.startswith("ال")


def with_article(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name, fact: Lookup) -> bool:
    """Whether "the" before the name of a town makes it no battle there but a ship: "one of them the Yorktown"."""
    if name.kind != "event" or name.how != "short" or not mention.first or tokens[mention.first - 1].norm != "the":
        return False
    event = fact(name.id)
    places = [place for id in event.where if (place := fact(id)) is not None] if isinstance(event, Event) else []
    towns = [place for place in places if isinstance(place, Entity) and place.subkind in _TOWNS]
    return any({*name.key} <= {*name_key(called)} for town in towns for called in town.names.get(lexicon.lang, ()))


_TOWNS = frozenset({"city", "town", "village", "port", "fort"})


def town_alone(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name) -> bool:
    """Whether nothing around a place that may stand for its battle ("at Gettysburg" for "Battle of Gettysburg") speaks of a fight."""
    if name.kind != "event" or name.how != "short":
        return False
    tables = (lexicon.titles, lexicon.ranks, lexicon.kin)
    if mention.first and any(table.at(tokens, mention.first - 1, mention.first) for table in tables):
        return True  # «مولاه بدر», "Lord Hastings": a man is called so too
    if len(name.text.split()) <= len(name.key):
        return lexicon.lang == "ar" and _a_word(tokens, lexicon, mention, name)
    if not mention.first:
        return True
    before = tokens[mention.first - 1].norm
    noun = before in lexicon.head_links and lexicon.event_nouns.at(tokens, mention.first - 2, mention.first - 1)
    if noun or lexicon.event_nouns.at(tokens, mention.first - 1, mention.first):
        return False
    if before not in lexicon.fought_at and not (lexicon.lang == "ar" and tokens[mention.first].norm.startswith("ب")):
        return True
    near = range(max(0, mention.first - _FIGHT), min(len(tokens), mention.last + _FIGHT))
    words = lexicon.victories | lexicon.defeats
    return not any(tokens[k].norm in words or ((hit := lexicon.verbs.at(tokens, k, len(tokens))) and hit.value.frame in _FOUGHT) for k in near)


def _a_word(tokens: Sequence[Token], lexicon: Lexicon, mention: Mention, name: Name) -> bool:
    """Whether a short Arabic name is the common word here: «كان أحد الحكمين», «ليلة البدر»."""
    written = tokens[mention.first].norm
    if mention.last - mention.first > 1 or len(name.key[0]) > _INITIAL:
        return False
    if written.startswith("ال") and not name.text.startswith("ال"):
        return True
    before = tokens[mention.first - 1].norm if mention.first else ""
    after = tokens[mention.last].norm if mention.last < len(tokens) else ""
    said = before in lexicon.prepositions or lexicon.event_nouns.at(tokens, mention.first - 1, mention.first) or written != name.key[0]
    return not said and after.startswith("ال")


_INITIAL = 3


_FIGHT = 7
"""Words around a place within which a fight is spoken of."""


_FOUGHT = frozenset({"win", "lose", "kill", "die", "capture", "surrender", "besiege"})


def doubled(text: str, mention: Mention) -> bool:
    """Whether a short Arabic word is marked as a verb of the second form: «عرّب» made something Arabic."""
    written = text[mention.start : mention.end]
    return mention.last - mention.first == 1 and len(written) <= 5 and written[-2:-1] == _SHADDA and mention.names[0].how == "demonym"


def goes_on_as_his(tokens: Sequence[Token], mention: Mention, name: Name, fact: Lookup) -> bool:
    """Whether the word behind a name stands in another of the same person's names: «الملك الصالح نجم الدين أيوب»."""
    person = fact(name.id)
    known = {fold(word) for texts in (person.names.values() if person else ()) for text in texts for word in text.split()}
    return mention.last < len(tokens) and tokens[mention.last].norm in known
