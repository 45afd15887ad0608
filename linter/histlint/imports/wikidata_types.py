"""What Wikidata's classes and properties are called here.

`CLASSES` is small on purpose: a class that it lacks is looked for through its own superclasses (P279) where the input has
them, then in the words of the English label, and `--types FILE` adds to it.
"""

from __future__ import annotations

from .broad_names import event_type
from .drafts import words

_TABLE = """
events/battle Q178561 Q1261499 Q997267
events/siege Q188055
events/war Q198 Q8465 Q103495 Q1006311 Q21994376 Q864113 Q104212151 Q350604
events/campaign Q831663 Q718893
events/operation Q645883 Q2001676
events/raid Q476807
events/bombing Q891854
events/invasion Q467011
events/conquest Q1361229
events/occupation Q188686
events/annexation Q194465
events/mutiny Q511866
events/crisis Q381072
events/incident Q12890393 Q2223653
events/massacre Q3199915 Q41397
events/revolt Q124734 Q6107280 Q1323212 Q124757
events/revolution Q10931
events/coup Q45382 Q25906438
events/treaty Q131569 Q625298
events/armistice Q107706
events/agreement Q321839
events/conference Q625994 Q1072326
events/independence Q1464916
events/coronation Q209715
events/election Q40231 Q43109
events/assassination Q3882219
events/disaster Q7944 Q8065 Q3839081
events/epidemic Q44512 Q12184
events/famine Q168247
events/other Q1190554 Q1656682 Q13418847 Q180684 Q273120 Q175331
polities/state Q6256 Q3624078 Q3024240 Q7275 Q417175 Q133442 Q131401 Q189898
polities/empire Q48349
polities/dynasty Q164950
polities/organisation Q43229 Q484652
polities/party Q7278
polities/army Q37726 Q176799
polities/people Q41710
people/ Q5
places/city Q515 Q1549591 Q5119 Q15661340
places/town Q3957 Q486972
places/village Q532
places/region Q82794 Q1620908 Q107390 Q34876
places/river Q4022
places/sea Q165 Q9430
places/lake Q23397
places/island Q23442 Q33837
places/mountain Q8502 Q46831
places/desert Q8514
places/strait Q37901
places/canal Q12284
places/fortress Q57821 Q57831 Q1785071 Q23413
places/building Q41176 Q32815 Q16970 Q16560 Q44539 Q12518 Q12280
places/continent Q5107
places/peninsula Q34763
places/valley Q39816
places/bay Q39594
"""

CLASSES = {id: kind for kind, *ids in map(str.split, _TABLE.strip().split("\n")) for id in ids}
"""Wikidata class → section and type of an entry, such as `events/battle`."""

VAGUE = frozenset({"events/other", "events/incident", "polities/organisation", "places/region", "places/town"})
"""Kinds that give way to a more telling one of the same item."""

LABELS = {kind.partition("/")[2].replace("-", " "): kind for kind in dict.fromkeys(CLASSES.values())}
LABELS |= {"human": "people/", "country": "polities/state", "kingdom": "polities/state", "military operation": "events/operation"}

POINTS = ("P585",)
STARTS = ("P580", "P571")
ENDS = ("P582", "P576")
COUNTS = {"P1120": "dead", "P1339": "wounded", "P1561": "survivors"}
SEXES = {"Q6581097": "male", "Q6581072": "female"}
PARTIES = words("treaty armistice agreement conference pact alliance declaration surrender ultimatum")
CIRCA = "Q5727902"


def kind_of_label(label: str) -> str:
    """The kind that a class's or an event's English label tells, "" if none."""
    known = LABELS.get(label.lower().strip())
    if known:
        return known
    type = event_type(label)
    return f"events/{type}" if type else ""
