"""Abbreviations that stand before a name or a noun, or within a name: no sentence ends with them.

By hand. Those of three letters or fewer with a capital ("Mr.", "St.", "Inc.") need no list, see
`strings.cut_at_sentence`. The languages are those of `languages`. What stands here in small letters
("prof") is known with a capital ("Prof."), too. What stands here with a capital ("Reps") is known
with it only, because without it that may be a word.
"""

from __future__ import annotations

_BY_LANGUAGE = {
    "en": "prof profs capt cmdr comdr supt insp lieut messrs atty asst vs Brig Bros Const Corp "
    "Gens Govs Pres Reps Sens",
    "de": "abg bzw ca ehem einschl evtl exkl frl geb ggf hptm hrn inkl insb lt nr sog vgl zzgl",
    "fr": "av bd mlle mlles mmes",
    "es": "dra dres excma excmo gral ilma ilmo mons pdta pdte profa sr sra sras sres srta srtas",
    "it": "avv dott geom ing magg sig sigg",
    "pt": "dras exma exmo profª srs",
    "nl": "dhr dr drs jhr mevr mgr mr mrs",
    "ru": "акад гр дер доц им корр наб оз пер пл пос просп проф св тов ул",
    "uk": "бул вул ім смт",
}
ABBREVIATIONS = frozenset(" ".join(_BY_LANGUAGE.values()).split())
