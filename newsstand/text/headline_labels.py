"""Labels that outlets put before or behind their headlines: "Opinion: …", "[Video] …"."""

from __future__ import annotations

import re
from functools import lru_cache

SPONSORED, OPINION, LIVE, VIDEO, AUDIO = "sponsored", "opinion", "live", "video", "audio"
_WORDS = {
    SPONSORED: "sponsored|sponsored content|advertorial|advertisement|paid post|paid content|"
    "partner content|brand content|branded content|promoted|anzeige|publireportage|publicité",
    OPINION: "opinion|opinions|op-ed|editorial|editorials|commentary|comment|comment is free|"
    "column|columns|columnists|letters|meinung|kommentar|opinión|tribune",
    LIVE: "live|liveblog|live blog|live updates|minute by minute|liveticker|newsticker|en direct",
    VIDEO: "video|videos|watch|in video|vídeo|vidéo|im video",
    AUDIO: "audio|podcast|podcasts|listen",
}
KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split("|")}
"""A label, or the whole of a feed's category, in small letters -> the kind of report."""
# They say more than the name of their kind: an editorial is the opinion of the outlet itself.
_MORE = frozenset("editorial editorials column columns columnists letters podcast podcasts".split())

_LABEL = r"(?P<label>[^\W_][\w -]{1,19}?)"
_BRACKETED = r"[\[(](?P<inside>[^\W_][\w -]{1,19})[\])]"
_SIGN = r"(?:\s*[:|–—•]+|\s-+)"
_ICONS = r"[^\w\"'“”„‘’‚«»‹›()\[\]]*"  # such as a red dot; what is quoted is no label
_BEFORE = re.compile(rf"{_ICONS}(?:{_LABEL}{_SIGN}|{_BRACKETED}{_SIGN}?)\s+")
_BEHIND = re.compile(rf"\s(?:[|–—•-]\s+{_LABEL}|{_BRACKETED})\s*\Z")
_TAIL = 30  # characters in which a label is looked for


def label_before(headline: str) -> str:
    """What may be a label at the beginning of a headline, in small letters; "" if nothing."""
    before = _BEFORE.match(headline)
    return _label_of(before) if before else ""


@lru_cache(maxsize=4096)  # the same report stands in many lists
def without_label(headline: str, kind: str) -> str:
    """A headline for a place that names the kind of the report: without a label that says the same.

    A label that says more stays ("Editorial: …" of an opinion), and so does a headline that would
    have nothing else. A word in small letters that then comes first gets a capital.
    """
    before = _BEFORE.match(headline)
    if before and _says(_label_of(before), kind):
        rest = headline[before.end() :]
        first = rest.partition(" ")[0]
        rest = f"{rest[0].upper()}{rest[1:]}" if first.islower() else rest
        return rest or headline
    behind = _BEHIND.search(headline, max(0, len(headline) - _TAIL))
    if behind and _says(_label_of(behind), kind):
        return headline[: behind.start()].rstrip() or headline
    return headline


def _label_of(match: re.Match[str]) -> str:
    return (match["label"] or match["inside"]).strip().casefold()


def _says(label: str, kind: str) -> bool:
    """Whether a label is the name of a kind of report, or another word for it."""
    return label == kind.casefold() or (KINDS.get(label) == kind and label not in _MORE)
