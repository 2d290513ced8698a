"""What a feed's own marks say of an item: its type, the agency that wrote it, how good it is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsstand.text.headline_labels import (
    AUDIO,
    KINDS,
    LIVE,
    OPINION,
    SPONSORED,
    VIDEO,
    label_before,
)

ARTICLE = "article"
_AGENCIES = {
    "AP": "ap|associated press|the associated press",
    "Reuters": "reuters|thomson reuters",
    "AFP": "afp|agence france-presse|agence france presse",
    "dpa": "dpa|deutsche presse-agentur",
    "PA": "pa|pa media|press association",
    "ANSA": "ansa",
    "EFE": "efe|agencia efe",
    "UPI": "upi|united press international",
    "Xinhua": "xinhua",
    "Kyodo": "kyodo|kyodo news",
    "TASS": "tass",
    "PTI": "pti|press trust of india",
    "ANI": "ani",
    "Yonhap": "yonhap",
    "CP": "the canadian press|canadian press",
    "AAP": "aap|australian associated press",
    "NTB": "ntb",
    "APA": "apa",
}
_AGENCY = {name: agency for agency, names in _AGENCIES.items() for name in names.split("|")}
# "WASHINGTON (AP) —", "Berlin (dpa/AFP) -", "(Reuters) -": the place, then the agency, a dash.
_DATELINE = re.compile(
    r"^(?:[^\W\d_][^()—–\n]{1,60}?\s*)?\(([A-Za-z /]{2,30})\)\s*(?:[—–]|-+(?=\s))"
)
_BYLINE = re.compile(r"^(?:by\s+|von\s+|par\s+)?(.+)$", re.IGNORECASE)
_SHORT = 4  # letters: a byline that is as short has to be written as the agency writes it


def type_of(marks: Iterable[str], title: str, attached: Iterable[str]) -> str:
    """The `type` of a record: by a category, the words before its headline, what comes along."""
    words = [*(mark.casefold().strip() for mark in marks), label_before(title)]
    kinds = {KINDS[word] for word in words if word in KINDS}
    for kind in (SPONSORED, OPINION, LIVE):
        if kind in kinds:
            return kind
    for media in (VIDEO, AUDIO):
        kinds |= {media for kind in attached if kind == media or kind.startswith(f"{media}/")}
        if media in kinds:
            return media
    return ARTICLE


def wire_of(text: str, authors: Iterable[str]) -> str:
    """The agency whose report it is, by dateline or byline; "" where none is named."""
    dateline = _DATELINE.match(text)
    named = [part.strip() for part in dateline[1].split("/")] if dateline else []
    for author in authors:
        byline = _BYLINE.match(author.strip())
        named += [part.strip() for part in re.split(r"[,/;]|\band\b", byline[1])] if byline else []
    for name in named:
        agency = _AGENCY.get(name.casefold(), "")
        if agency and (len(name) > _SHORT or name in (agency, agency.upper())):
            return agency
    return ""


def without_dateline(text: str) -> str:
    """A text without the place and the agency before its first sentence."""
    dateline = _DATELINE.match(text)
    named = [part.strip().casefold() for part in dateline[1].split("/")] if dateline else []
    if dateline and any(name in _AGENCY for name in named):
        return text[dateline.end() :].lstrip()
    return text


def quality_of(kind: str, title: str, excerpt: str, signed: bool, wire: str, picture: bool) -> int:
    """How good a piece is, 0 to 100: docs/fetch.md has the rule.

    It only decides which record of a story leads, so it prefers pieces that say much and that an
    outlet has written itself.
    """
    points = 50
    points += 10 * (len(excerpt) >= 100) + 5 * (len(excerpt) >= 200)
    points += 10 * picture + 10 * (signed and not wire) + 5 * (4 <= len(title.split()) <= 20)
    points -= 10 * bool(wire)
    return max(0, points - {SPONSORED: 40, OPINION: 15, LIVE: 10}.get(kind, 0))
