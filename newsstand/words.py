"""Text to words: what a headline and an excerpt are about, as counted stems.

Nothing here needs a model or a dictionary. Scripts without spaces become pairs of
characters; other words lose accents, possessives and a light suffix.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

# Words that carry grammar, not subject, and headline habits ("live", "update").
STOP_WORDS = frozenset(
    """
    a about after again all also am an and any are as at be been before being but by can could
    did do does for from had has have he her here him his how i if in into is it its just me more
    most my no nor not now of off on or our out over own she so some such than that the their them
    then there these they this those to too under up upon us via was we were what when where which
    while who whom why will with would you your says said say new video photos live update updates
    der die das den dem des ein eine einer eines einem einen und oder nicht von vom zu zum zur im
    mit auf ist sind war wird werden bei nach fur aus als auch sich uber
    le la les un une des du de et ou dans sur pour par avec est sont au aux ce cette que qui ne pas
    el los las y en por para con es son del al lo se su una como mas
    il gli di che per non della dei nel e o da uma os das dos em na no um
    het een van op te voor met niet aan door
    и в во не на с со по из у к ко о об от за до для что как это а но же бы ли или при над под его
    її та й є що як до від про на за із зі у в
    في من على إلى عن مع أن إن ان ما لا هذا هذه التي الذي و
    """.split()
)

NAME_WEIGHT = 1.2

_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(
    rf"[{_SPACELESS}々ー]+|[^\W_{_SPACELESS}]+(?:[.,][0-9]+)*(?:['’][^\W_{_SPACELESS}]+)?"
)
_RUN_WITHOUT_SPACES = re.compile(rf"[{_SPACELESS}]")
_TAIL = re.compile(r"\s+(?:[-–—|·:»]|::)\s+(?=\S)")
_LATIN_ENDINGS = ("ings", "ing", "ers", "ies", "ed", "es", "er", "ly", "s", "e")
_CYRILLIC_ENDINGS = (
    "иями ями ами ыми ими ого его ому ему ской ская ский ские ских ение ения "
    "ов ев ей ах ях ам ям ом ем ой ый ий ая яя ое ее ые ие ую юю ых их ть ет ит ут ют "
    "а я о е у ю ы и ь й і ї є"
).split()
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال")
_ARABIC_ENDINGS = ("ات", "ون", "ين", "ان", "ية", "ها", "ة", "ه", "ي")
_ARABIC_FORMS = str.maketrans("أإآىؤئ", "ااايوي", "\u0640" + "".join(map(chr, range(0x64B, 0x653))))


def words_of(title: str, excerpt: str, tails: frozenset[str] = frozenset()) -> dict[str, float]:
    """Count the stems of a headline and its excerpt; names in mid-headline count more.

    `tails` are endings of headlines to leave out (see `shared_tails`).
    """
    counts: dict[str, float] = Counter()
    names = set()
    for position, raw in enumerate(_WORD.findall(without_tail(title, tails))):
        stems = stems_of(raw)
        for stem in stems:
            counts[stem] += 1.0
        if position and (raw[:1].isupper() or raw[:1].isdigit()):
            names.update(stems)
    for raw in _WORD.findall(excerpt):
        for stem in stems_of(raw):
            counts[stem] += 1.0
    for stem in names:
        counts[stem] *= NAME_WEIGHT
    return counts


@lru_cache(maxsize=1 << 18)
def stems_of(raw: str) -> tuple[str, ...]:
    """Reduce one run of letters to its stems: none for a stop word, pairs for Chinese."""
    word = plain(raw)
    if _RUN_WITHOUT_SPACES.match(word):
        return tuple(word[i : i + 2] for i in range(max(1, len(word) - 1)))
    word = word.split("'")[0] if word.endswith("'s") else word.replace("'", "")
    if word in STOP_WORDS or (len(word) == 1 and not word.isdigit()):
        return ()
    return (stem(word),)


def plain(text: str) -> str:
    """Fold case, width and accents; keep marks that make another letter."""
    folded = unicodedata.normalize("NFKD", text).casefold().replace("’", "'")
    kept = "".join(c for c in folded if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", kept).translate(_ARABIC_FORMS)


def stem(word: str) -> str:
    """Take a light ending off a word, so that "election" meets "elections"."""
    first = word[0]
    if "a" <= first <= "z":
        return _shorter(word, _LATIN_ENDINGS, 3)
    if "\u0400" <= first <= "\u04ff":
        return _shorter(word, _CYRILLIC_ENDINGS, 4)
    if "\u0600" <= first <= "\u06ff":
        for prefix in _ARABIC_PREFIXES:
            if word.startswith(prefix) and len(word) - len(prefix) >= 3:
                word = word[len(prefix) :]
                break
        return _shorter(word, _ARABIC_ENDINGS, 3)
    return word


def _shorter(word: str, endings: Iterable[str], least: int) -> str:
    for ending in endings:
        if len(word) - len(ending) >= least and word.endswith(ending):
            return word[: -len(ending)]
    return word


def shared_tails(titles: Iterable[str], least: int = 3) -> frozenset[str]:
    """Find endings such as "Example News" that at least so many titles carry."""
    seen = Counter(tail for title in titles if (tail := _tail(title)))
    return frozenset(tail for tail, count in seen.items() if count >= least)


def without_tail(title: str, tails: frozenset[str] | Mapping[str, object]) -> str:
    """Cut a shared ending off a headline."""
    tail = _tail(title)
    return title[: title.rindex(tail)].rstrip(" -–—|·:»") if tail and tail in tails else title


def _tail(title: str) -> str:
    parts = _TAIL.split(title)
    if len(parts) < 2 or len(parts[-1].split()) > 5:
        return ""
    return parts[-1].strip()
