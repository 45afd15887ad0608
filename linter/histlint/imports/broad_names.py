"""Which labels of a data set can stand for one event in prose, and which are phrases or the names of several.

A label passes if it has a word for a kind of event and a word of its own, and if nothing in the data says that other events
bear it too. Whoever is left out is only unknown; a name that means something else makes a wrong finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ..normalise import name_key
from .drafts import words

TYPE_WORDS = {  # word of a label → event type; the first word of the label that stands here decides
    "battle": "battle", "battles": "battle", "skirmish": "battle", "combat": "battle", "defense": "battle", "defence": "battle",
    "engagement": "battle", "encirclement": "battle", "ambush": "battle", "action": "battle", "offensive": "operation",
    "liberation": "battle", "relief": "siege", "siege": "siege", "blockade": "blockade", "capture": "battle", "fall": "fall",
    "sack": "conquest", "storming": "siege", "conquest": "conquest", "invasion": "invasion", "landing": "invasion",
    "landings": "invasion", "raid": "raid", "raids": "raid", "expedition": "campaign", "campaign": "campaign",
    "crusade": "campaign", "war": "war", "wars": "war", "feud": "war", "operation": "operation", "mutiny": "mutiny",
    "rebellion": "revolt", "revolt": "revolt", "uprising": "revolt", "insurrection": "revolt", "riot": "revolt", "riots": "revolt",
    "insurgency": "revolt", "rising": "revolt", "revolution": "revolution", "coup": "coup", "putsch": "coup",
    "massacre": "massacre", "massacres": "massacre", "pogrom": "massacre", "pogroms": "massacre", "treaty": "treaty",
    "treaties": "treaty", "peace": "treaty", "truce": "armistice", "armistice": "armistice", "pact": "pact",
    "convention": "agreement", "agreement": "agreement", "agreements": "agreement", "accord": "agreement", "accords": "agreement",
    "concordat": "agreement", "compromise": "agreement", "protocol": "agreement", "union": "union", "alliance": "alliance",
    "conference": "conference", "congress": "conference", "declaration": "declaration", "coronation": "coronation",
    "incident": "incident", "affair": "incident", "crisis": "crisis", "conspiracy": "incident", "plot": "incident",
    "rebellions": "revolt", "revolts": "revolt", "uprisings": "revolt", "invasions": "invasion", "campaigns": "campaign",
    "expeditions": "campaign", "evacuation": "operation", "retreat": "operation", "pocket": "battle", "fight": "battle",
    "clash": "battle", "strike": "other", "assassination": "assassination", "partition": "partition", "proclamation": "declaration",
    "bombing": "bombing", "bombardment": "bombing", "airstrike": "bombing", "attack": "raid", "assault": "battle",
}  # fmt: skip

_COMMON = words(
    """a an the of in on at by for from to and or against between with near over under during into de la du le les des el al
    d l s first second third fourth fifth sixth seventh eighth ninth tenth last final great greater little big new old
    north south east west northern southern eastern western central upper lower middle inner outer naval sea land air
    river lake island islands mountain mountains mount fort bridge hill hills ridge pass castle town city village bay cape
    gulf strait straits channel coast border frontier line forest valley ford fords gates gate tower church school camp
    prison university palace kingdom empire republic state states people peoples king kings queen emperor prince duke
    sultan caliph general president black white red green blue golden bloody holy civil world international national royal
    imperial general peoples peasant peasants slave slaves student students worker workers farmers miners sailors soldiers
    army guard bread salt tax food race religious anti pro independence liberation succession restoration january february
    march april may june july august september october november december spring summer autumn winter monday tuesday
    wednesday thursday friday saturday sunday day days night nights week crisis attempt attempted failed d'état etat état
    military friendship commerce amity navigation peace cooperation trade boundary conflict conflicts clashes protest
    protests movement strike strikes unrest emergency genocide ethnic cleansing killings murders murder execution
    executions trial trials century eve christmas easter good st saint san santa saints three two four six eight nine
    eleven twelve thirteen quasi orange rose purple velvet singing cold dirty secret common economic five seven hundred
    thousand thirty years year partition alliance mutual defence defense security perpetual eternal unequal brothers sons
    princes barons nobles cities towns islands lakes rivers bridges hills"""
)
_COMBINING = words(
    """anglo franco russo sino indo italo greco graeco romano hispano luso dano turco austro prusso polono serbo bulgaro
    perso arabo judeo afro euro japano soviet byzantine ottoman mamluk safavid seljuk norman roman persian arab christian
    muslim islamic jewish hindu sikh catholic protestant communist fascist nazi rebel allied loyalist royalist republican
    german dutch english scottish welsh swiss frankish saxon castilian aragonese venetian genoese florentine milanese
    bohemian muscovite crimean cossack mongol tatar khazar kievan rus macedonian spartan athenian carthaginian parthian
    sasanian sassanid umayyad abbasid fatimid mughal maratha burmese siamese khmer vietnamese goguryeo goryeo joseon ming
    qing manchu papal habsburg bourbon european asian african american"""
)
_YEAR = re.compile(r"\d{3,}|\d+(?:st|nd|rd|th)\b|[\d/#@\"“”:;,?!]")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_ORDINALS = words("first second third fourth fifth sixth seventh eighth ninth tenth last final i ii iii iv v vi vii")
_FOREIGN = re.compile(r"\b(?:der|die|das|von|und|van|het|een|os|dos|da|do|di|della|delle|y|en|og|im|am|batalla|bataille|guerra)\b")
MAX_WORDS = 7


def plain(label: str) -> str:
    """A label without what stands in brackets, its first letter a capital."""
    text = " ".join(_BRACKETS.sub("", label).split())
    return text[:1].upper() + text[1:]


def key(label: str) -> str:
    """The normalised words of a label without brackets; two events of one key share a name."""
    return " ".join(name_key(plain(label)))


def family(label: str) -> str:
    """The key without ordinals and years: "Second Maroon War" and "Maroon War" are of one family."""
    words = [word for word in key(label).split() if word not in _ORDINALS and not word.isdigit()]
    return " ".join(word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word for word in words)


def event_type(label: str) -> str:
    """The type that the label's own words tell, "" if none does."""
    words = [word for word in re.split(r"[^\w']+", label.lower()) if word]
    if "coup" in words:
        return "coup"
    if "independence" in words and "declaration" in words:
        return "independence"
    return next((TYPE_WORDS[word] for word in words if word in TYPE_WORDS), "")


class Labels:
    """All labels of a data set, and what else is known of names: who shares one, and which places are well known."""

    def __init__(self, labels: Iterable[str], demonyms: Iterable[str], places: Iterable[str]) -> None:
        self.families = Counter(family(label) for label in set(labels))
        self.demonyms = frozenset(word for text in demonyms for word in name_key(text))
        self.places = frozenset(" ".join(name_key(text)) for text in places)

    def fault(self, label: str, *, titled: bool) -> str:
        """Why this label cannot stand for one event, "" if it can. `titled`: an encyclopedia's plain title is this event."""
        text = plain(label)
        words = [re.sub("['’ʼ]s?$", "", word) for word in re.split(r"[^\w'’ʼ]+", text) if word]
        if _YEAR.search(text):
            return "holds a number"
        if len(words) < 2 or len(words) > MAX_WORDS:
            return "too short or too long"
        if not event_type(text) or _FOREIGN.search(text.lower()):
            return "no word for an event"
        own = [word for word in words if word.lower() not in TYPE_WORDS and word.lower() not in _COMMON]
        own = [word for word in own if word[:1].isupper() or not word[:1].isascii() or ("-" in text and titled)]
        if not own:
            return "an ordinary phrase"
        names = [word for word in own if not self._demonym(word)]
        if not names and not (titled and event_type(text) in ("war", "campaign")):
            return "only nationalities"
        if titled:
            return ""
        if not _ORDINALS.intersection(word.lower() for word in words) and self.families[family(text)] > 1:
            return "one of several of its family"
        if " ".join(name_key(" ".join(own))) in self.places:
            return "named after a well-known place"
        return ""

    def _demonym(self, word: str) -> bool:
        parts = [part for part in re.split("[-–'’]", word.lower()) if part and part != "s"]
        return all(part in _COMBINING or part in self.demonyms for part in parts)
