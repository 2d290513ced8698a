"""Text to words: what a headline and an excerpt are about, as weighted stems.

Nothing here needs a model. Scripts written without spaces become pairs of characters;
other words lose case, accents, possessives and a light ending.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice

from newsstand.stories.grouping.common_words import EVERYDAY_WORDS

TITLE_WEIGHT = 1.0
NAME_WEIGHT = 1.4  # of a word that the headline writes like a name
EXCERPT_WEIGHT = 0.45  # of a word that only the excerpt has
PART_WEIGHT = 0.5  # of a part of a compound, or of a pair of characters: they overlap
LONGEST_EXCERPT = 600  # characters; what follows is rarely about the event
LONGEST_TAIL = LONGEST_HEAD = 5  # words
LEAST_OF_A_TAIL = 3  # headlines that end alike
_SHORT = 3  # letters: words that stay small where all others begin with a capital

# Words that carry grammar, not subject, and habits of headlines ("live", "update").
STOP_WORDS = frozenset(
    """
    a about after again all also am an and any are as at be been before being but by can could
    did do does for from had has have he her here him his how i if in into is it its just me more
    most my no nor not now of off on or our out over own she so some such than that the their them
    then there these they this those to too under up upon us via was we were what when where which
    while who whom why will with would you your says said say new video photos live update updates
    der die das den dem des ein eine einer eines einem einen und oder nicht von vom zu zum zur
    mit auf ist sind war wird werden bei nach fur aus als auch sich uber im am um
    le la les un une du de et ou dans sur pour par avec est sont au aux ce cette que qui ne pas
    el los las y en por para con es son del al lo se su como mas
    il gli di che per non della dei nel e o da uma os dos em na um
    het een van op te voor met niet aan door
    и в во не на с со по из у к ко о об от за до для что как это а но же бы ли или при над под его
    її та й є що як від про із зі
    في من على الى عن مع ان لا هذا هذه التي الذي
    """.split()
)

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
# What is taken is never given back (`++`), as nothing has to follow; that is faster.
_WORD = re.compile(
    rf"[{_SPACELESS}]++|[^\W_{_SPACELESS}]++(?:[.,][0-9]++)*+(?:['’][^\W_{_SPACELESS}]++)?+"
)
_ASCII_WORD = re.compile(r"[A-Za-z0-9]++(?:[.,][0-9]++)*+(?:'[A-Za-z0-9]++)?+")
_IS_SPACELESS = re.compile(rf"[{_SPACELESS}]")
_BREAK = re.compile(r"\s+[-–—|·:»]+\s+|:\s+")
_TAIL_BREAK = re.compile(r"\s+[-–—|·:»]+\s+")
_LATIN_ENDINGS = ("ings", "ing", "ers", "ies", "ed", "es", "er", "en", "ly", "s", "e", "y")
_CYRILLIC_ENDINGS = tuple(
    "иями ями ами ыми ими ого его ому ему ской ская ский ские ских ение ения "
    "ов ев ей ах ях ам ям ом ем ой ый ий ая яя ое ее ые ие ую юю ых их ть ет ит ут ют "
    "а я о е у ю ы и ь й і ї є".split()
)
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال")
_ARABIC_ENDINGS = ("ات", "ون", "ين", "ان", "ية", "ها", "ة", "ه", "ي")
_ARABIC_VOWELS = "\u0640" + "".join(map(chr, range(0x64B, 0x653)))
_ARABIC_FORMS = str.maketrans("أإآىؤئ", "ااايوي", _ARABIC_VOWELS)
_SHORTEST_PART = 4
_LINKS = ("", "s", "es", "n", "en")  # what German puts between the parts of a compound


def words_of(title: str, excerpt: str, tails: frozenset[str] = frozenset()) -> dict[str, float]:
    """Weigh the stems of a headline and, less, those that only its excerpt has.

    `tails` are endings of headlines to leave out (see `shared_tails`).
    """
    raws = _raw_words(withouttail_of(title, tails))
    words = dict.fromkeys(chain.from_iterable(map(stems_of, raws)), TITLE_WEIGHT)
    for stem in _names(raws):
        words[stem] = NAME_WEIGHT
    for stem in _stems(excerpt[:LONGEST_EXCERPT]):
        words.setdefault(stem, EXCERPT_WEIGHT)
    if not (title.isascii() and excerpt.isascii()):
        for stem in words:
            if _IS_SPACELESS.match(stem):
                words[stem] *= PART_WEIGHT
    return words


def _names(raws: Sequence[str]) -> set[str]:
    """Stems of words with a capital, where a headline does not begin every word with one."""
    capitals = [raw for raw in raws if raw[0].isupper()]
    small = sum(len(raw) > _SHORT and raw[0].islower() for raw in raws)
    if not small or len(capitals) > 2 * small:
        return set()
    return {stem for raw in capitals for stem in stems_of(raw) if stem not in EVERYDAY}


def stems_in(text: str) -> frozenset[str]:
    """All stems of a text, unweighed."""
    return frozenset(_stems(text))


def _stems(text: str) -> Iterator[str]:
    return chain.from_iterable(map(stems_of, _raw_words(text)))


@lru_cache(maxsize=1 << 18)
def stems_of(raw: str) -> tuple[str, ...]:
    """Reduce one run of letters to its stems: none for a stop word, pairs for Chinese."""
    word = _plain(raw)
    if _IS_SPACELESS.match(word):
        return tuple(word[i : i + 2] for i in range(max(1, len(word) - 1)))
    word = word.removesuffix("'s").replace("'", "")
    if word in STOP_WORDS or (len(word) == 1 and not word.isdigit()):
        return ()
    return (_stem(word),)


def _plain(text: str) -> str:
    """Fold case, width and accents; keep marks that make another letter."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).casefold().replace("’", "'")
    kept = "".join(c for c in folded if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", kept).translate(_ARABIC_FORMS)


def _stem(word: str) -> str:
    """Take a light ending off a word, so that "election" meets "elections"."""
    first = word[:1]
    if "a" <= first <= "z":
        return _without_ending(word, _LATIN_ENDINGS, 3)
    if "\u0400" <= first <= "\u04ff":
        return _without_ending(word, _CYRILLIC_ENDINGS, 4)
    if "\u0600" <= first <= "\u06ff":
        for prefix in _ARABIC_PREFIXES:
            if word.startswith(prefix) and len(word) - len(prefix) >= 3:
                word = word.removeprefix(prefix)
                break
        return _without_ending(word, _ARABIC_ENDINGS, 3)
    return word


def _without_ending(word: str, endings: tuple[str, ...], least: int) -> str:
    for ending in endings:
        if len(word) - len(ending) >= least and word.endswith(ending):
            return word[: -len(ending)]
    return word


EVERYDAY = frozenset(stem for word in EVERYDAY_WORDS for stem in stems_of(word))


def parts_of(stem: str, known: Container[str]) -> tuple[str, ...]:
    """Split a compound such as "bundestagswahl" into two known stems; empty if it is none."""
    for cut in range(len(stem) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        if stem[cut:] not in known:
            continue
        for link in _LINKS:
            first = stem[:cut].removesuffix(link)
            if len(first) >= _SHORTEST_PART and first in known and stem[:cut].endswith(link):
                return (first, stem[cut:])
    return ()


def shared_tails(titles: Iterable[str], least: int = LEAST_OF_A_TAIL) -> frozenset[str]:
    """Find endings such as "Example News" that at least so many titles carry."""
    seen = Counter(tail for title in titles if (tail := tail_of(title)))
    return frozenset(tail for tail, count in seen.items() if count >= least)


def withouttail_of(title: str, tails: frozenset[str]) -> str:
    """Cut a shared ending off a headline."""
    tail = tail_of(title) if tails else ""
    return title[: title.rindex(tail)] if tail and tail in tails else title


def tail_of(title: str) -> str:
    """What follows the last dash or bar of a headline, if that is short; else nothing."""
    parts = _TAIL_BREAK.split(title.strip())
    return parts[-1] if len(parts) > 1 and len(parts[-1].split()) <= LONGEST_TAIL else ""


def head_of(title: str) -> tuple[str, ...]:
    """The stems a headline begins with: up to a colon or dash, else the first two."""
    first = _BREAK.split(title.strip(), maxsplit=1)[0]
    if first != title.strip() and len(first.split()) <= LONGEST_HEAD:
        return tuple(_stems(first))
    raws = (found.group() for found in _WORD.finditer(title))
    return tuple(islice(chain.from_iterable(map(stems_of, raws)), 2))


def _raw_words(text: str) -> list[str]:
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)
