"""Words that news often has, in German, French and Spanish: for reports in two languages.

By hand, without accents: most as stems (see `tokens`), as whole words those whose stem begins other
words too. They are read so in texts of another language than English alone: "Richter" is a judge in
a German text, and a name in an English one.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import structs

from newsstand.text.tokens import Word, stems_of

_WORDS = """
brother: hermano hermanos
ceasefire: waffenruhe waffenstillstand
company: entreprise entreprises
court: tribunal tribunaux tribunales
media: medios
police: policia
speech: discours
tax: impuesto impuestos
voters: wahler
white: weisse weissen weisses
"""
_STEMS = """
agreem: abkomm einigu acuerd
arrest: verhaf festge arrete deteni
attack: angrif attaqu ataque ataca atacan anschl
bank: banque banco
billio: millia
book: buch livre libro
border: grenze
brothe: bruder frere
budget: hausha presup
church: kirche eglise iglesi
compan: untern empres
court: gerich
crash: abstur
daught: tochte hija
dead: tote toten mort morte muerto muerta muerte
death: tod
debt: schuld dette deuda
deport: abschi expuls
drone: drohne dron
earthq: erdbeb seisme terrem
electi: wahl wahlen elecci
fire: incend
flood: hochwa inonda inunda
friend: freund
gas: gaz
govern: regier gouver gobier
hospit: kranke hopita
hostag: geisel otage rehen
house: haus maison
judge: richte juge jueza
killed: getote
king: konig roi
lawmak: abgeor depute diputa
media: medien
millio: millon
missil: rakete misil
murder: mord meurtr asesin
negoti: verhan negoci
newspa: zeitun
oil: erdol
opposi: oposic
pardon: begnad gracie indult
parlia: parlam parlem
party: partei partid
plane: flugze avion avione
police: polize
pope: papst pape
presid: prasid
prince: prinz prinze
prison: gefang carcel
queen: konigi reine reina
resign: rucktr demiss dimisi
sancti: sankti sancio
school: schule ecole escuel
senate: senat senado
ship: navire buque
soldie: soldat soldad
speech: rede discur
stock: borse bourse
strike: streik greve huelga
summit: gipfel sommet cumbre
talk: gespra
tariff: zoll zolle arance
tax: steuer impot
truce: tregua treve
vaccin: impfge impfst vacuna
victim: opfer
weapon: waffe waffen
"""
# Names from other alphabets, as each language spells them.
_NAMES = """
gaddaf: gadafi kadhaf kaddaf
gorbac: gorbat
hezbol: hisbol hizbol
khamen: chamen jamene
khomei: chomei jomein
lavrov: lawrow
lenin: lenine
lukash: lukasc loukac
navaln: nawaln
netany: netanj netani
putin: poutin
yeltsi: jelzin eltsin
zelens: selens
"""


def _english(table: str) -> dict[str, str]:
    """The lines of a table, "English: others", as a word of another language -> the English one."""
    lines = (line.partition(":") for line in table.strip().splitlines())
    return {word: english for english, _, others in lines for word in others.split()}


ENGLISH_WORDS = _english(_WORDS)
"""A word of another language, plain -> the English word."""
ENGLISH_STEMS = _english(_STEMS) | _english(_NAMES)
"""A stem of another language -> the English stem."""


@lru_cache(maxsize=1 << 14)
def in_english(word: Word | None) -> Word | None:
    """A word of a text that is not English, with the stems of the English word, if it is known."""
    if word is None:
        return None
    english = ENGLISH_WORDS.get(word.plain)
    stems = tuple([ENGLISH_STEMS.get(stem, stem) for stem in word.stems])
    return structs.replace(word, stems=stems_of(english) if english else stems)
