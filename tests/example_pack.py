"""A small reference pack: one battle with what it needs, in two files."""

from pathlib import Path

FACTS = """
sources:
  book: {title: A Book, author: An Author, year: '1999', url: https://example.org/book}
  data: {title: Data, rows: '[0-9]+', row_url: 'https://example.org/{}'}
polities:
  soviet-union:
    kind: state
    names: {ar: [الاتحاد السوفيتي], en: [Soviet Union]}
    demonyms: {ar: [سوفيتي, سوفيات], en: [Soviet]}
    existed: 1922-12-30/1991-12-26
    part_of: [{in: eastern-bloc, from: 1945}]
    sources: [book]
  eastern-bloc: {kind: alliance, names: {en: [Eastern Bloc]}, sources: [book]}
people:
  stalin:
    names: {ar: [جوزيف ستالين], en: [Joseph Stalin]}
    short: {ar: [ستالين], en: [Stalin]}
    of: [soviet-union]
    roles: [{office: general-secretary, of: soviet-union, when: 1922-04-03/1953-03-05}]
    born: 1878-12-18
    died: 1953-03-05
    sources: ['data:7']
places:
  volgograd:
    kind: city
    names: {ar: [فولغوغراد], en: [Volgograd]}
    former: [{names: {ar: [ستالينغراد], en: [Stalingrad]}, when: 1925-04-10/1961-11-10}]
    sources: [book]
events:
  battle-of-stalingrad:
    type: battle
    names: {ar: [معركة ستالينغراد], en: [Battle of Stalingrad]}
    when: '[1942-07-17..1942-08-23]/1943-02-02'
    where: [volgograd]
    sides: [[{who: soviet-union, left: victory}], [germany]]
    leaders: [[stalin], []]
    won: [soviet-union]
    part_of: [world-war-ii]
    counts: {dead: 1000000/2000000}
    sources: [book, 'data:8']
  world-war-ii:
    type: war
    names: {ar: [الحرب العالمية الثانية], en: [World War II]}
    when: 1939-09-01/1945-09-02
    sources: [book]
complete:
  - {type: invasion, by: soviet-union, when: 1939/1945, sources: [book]}
"""
GERMANY = "polities: {germany: {kind: state, names: {ar: [ألمانيا], en: [Germany]}, sources: [book]}}\n"


def write(folder: Path) -> Path:
    """The pack in `folder`, which is made."""
    (folder / "sub").mkdir(parents=True)
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (folder / "sub" / "germany.yml").write_text(GERMANY, encoding="utf-8")
    return folder
