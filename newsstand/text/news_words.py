"""Words that news often has, in German, French and Spanish: for reports in two languages.

By hand, without accents: most as stems (see `tokens`), as whole words those whose stem begins other
words too. Left out is what is a word, a first name or a common surname in English ("tote", "Reina",
"Richter"), what all write alike, and who makes news in some years only.
"""

from __future__ import annotations

_WORDS = """
bank: banque banques
brother: hermano hermanos
budget: presupuesto presupuestos
ceasefire: waffenruhe waffenstillstand
church: kirche kirchen iglesia
company: entreprise entreprises empresa empresas
court: tribunaux tribunales
deported: expulse expulses expulsado expulsados
fire: incendie incendies incendio incendios
flood: inundacion inundaciones
friend: freunde freundin
hostage: geiseln
house: maison maisons
judge: richterin
media: medios
party: partido partidos
police: policia
prince: prinz prinzen
school: schule schulen
speech: discours discurso discursos
tax: impuesto impuestos
voters: wahler
white: weisse weissen weisses
"""
_STEMS = """
agreem: abkomm einigu acuerd
arrest: verhaf festge arrete deteni
attack: angrif attaqu ataque ataca atacan anschl
bank: banco
billio: millia
book: buch livre libro
border: grenze
brothe: frere
budget: hausha
church: eglise
compan: untern
court: gerich
crash: abstur
daught: tochte hija
dead: toten morte muerto muerta muerte
debt: schuld dette deuda
deport: abschi
drone: drohne dron
earthq: erdbeb seisme terrem
electi: wahlen elecci
flood: hochwa inonda
gas: gaz
govern: regier gouver gobier
hospit: kranke hopita
hostag: otage rehen
house: haus
judge: juge jueza
killed: getote
king: konig roi
lawmak: abgeor diputa
media: medien
millio: millon
missil: rakete misil
murder: mord meurtr asesin
negoti: verhan negoci
newspa: zeitun
oil: erdol
opposi: oposic
pardon: begnad indult
parlia: parlam parlem
party: partei
plane: flugze avion avione
police: polize
pope: papst
presid: prasid
prison: gefang carcel
queen: konigi reine
resign: rucktr demiss dimisi
sancti: sankti sancio
school: ecole escuel
senate: senat senado
ship: navire buque
soldie: soldat soldad
speech: rede
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


def _english(table: str) -> dict[str, str]:
    """The lines of a table, "English: others", as a word of another language -> the English one."""
    lines = (line.partition(":") for line in table.strip().splitlines())
    return {word: english for english, _, others in lines for word in others.split()}


ENGLISH_WORDS = _english(_WORDS)
"""A word of another language, plain -> the English word."""
ENGLISH_STEMS = _english(_STEMS)
"""A stem of another language -> the English stem."""
