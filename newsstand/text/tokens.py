"""Text to words: the stems by which texts are compared.

Nothing here needs a model. A word loses case and accents and keeps its first six letters, which
meets "election" with "elections" in most languages that are written with letters (truncation,
McNamee & Mayfield 2004). Scripts that are written without spaces become pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from sys import intern

from msgspec import Struct

from newsstand.text.country_names import ENGLISH_NAMES
from newsstand.text.languages import DATE_WORDS, STOP_WORDS

STEM_LETTERS = 6
_WITH_S = 4  # letters of the shortest word that loses an s at its end
_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
# What is taken is never given back (`++`), as nothing has to follow; that is faster.
_WORD = rf"[{_SPACELESS}]++|[^\W_{_SPACELESS}]++(?:[.,][0-9]++)*+(?:['’][^\W_{_SPACELESS}]++)?+"
_SHORT = r"(?:[A-Z]\.){2,}+"  # U.N., E.U.
_TOKEN = rf"{_SHORT}|{_WORD}|[.!?:;\"“”»«\n]"
_ASCII_TOKEN = re.compile(
    rf"{_SHORT}|[A-Za-z0-9]++(?:[.,][0-9]++)*+(?:'[A-Za-z0-9]++)?+|[.!?:;\"\n]"
)
_ONE_SPACELESS = rf"[{_SPACELESS}]"
# Vietnamese tells syllables apart by their accents: they stay.
_IS_VIETNAMESE = re.compile("[\u01a0\u01a1\u01af\u01b0\u0110\u0111\u1ea0-\u1ef9]")
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال")
_ARABIC_VOWELS = "\u0640" + "".join(map(chr, range(0x64B, 0x653)))
_ARABIC_FORMS = str.maketrans("أإآىؤئ", "ااايوي", _ARABIC_VOWELS)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split(),
        2,
    )
}
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
_YEAR = re.compile(r"(?:19|20)\d\d")


@cache  # texts that are all ASCII need none of them, and to compile them takes 5 ms
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=1 << 11)  # the same text is asked for again soon, of a day's reports
def tokens_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are written, and the marks that end sentences, in order."""
    return tuple((_ASCII_TOKEN if text.isascii() else _compiled(_TOKEN)).findall(text))


def is_word(token: str) -> bool:
    """Whether a token is no mark."""
    return len(token) > 1 or token.isalnum()


class Word(Struct, frozen=True, gc=False):
    """A word as it is written: without accents and case, its stems, what it looks like."""

    plain: str
    stems: tuple[str, ...]
    is_large: bool  # begins with a capital
    is_number: bool
    is_date: bool  # names a month or a day


@cache  # a vocabulary grows ever more slowly (Heaps 1978), and no order of use has to be kept
def word_of(token: str) -> Word | None:
    """A token as a word; None for a mark."""
    if not is_word(token):
        return None
    plain, first = plain_word(token), token[0]
    return Word(plain, _stems(plain), first.isupper(), first.isdigit(), plain in DATE_WORDS)


def stems_of(word: str) -> tuple[str, ...]:
    """One word -> its stems: none for a stop word, a year or a mark, pairs for Chinese."""
    return _stems(plain_word(word))


def _stems(plain: str) -> tuple[str, ...]:
    """The stems of a plain word; equal ones are one object, which is found faster."""
    if not plain.isascii() and _compiled(_ONE_SPACELESS).match(plain):
        return tuple([intern(plain[i : i + 2]) for i in range(max(1, len(plain) - 1))])
    plain = plain.removesuffix("'s").replace("'", "")
    is_number = plain[:1].isdigit()
    if plain in STOP_WORDS or (len(plain) < 2 and not is_number):
        return ()
    if is_number:
        number = _THOUSANDS.sub("", plain).replace(",", ".").rstrip(".")
        return () if _YEAR.fullmatch(plain) else (intern(number),)
    plain = _NUMBERS.get(plain, plain)
    plain = ENGLISH_NAMES.get(plain, plain)
    if len(plain) >= _WITH_S and plain.endswith("s") and plain[-2] not in "sui":
        plain = plain[:-1]
    return (intern(plain[:STEM_LETTERS]),)


def plain_word(word: str) -> str:
    """A word without case, width and accents; marks that make another letter stay."""
    if word.isascii():
        return word.lower().replace(".", "") if word[-1] == "." else word.lower()
    if _IS_VIETNAMESE.search(word):
        return unicodedata.normalize("NFC", word).casefold()
    folded = unicodedata.normalize("NFKD", word).casefold().replace("’", "'")
    kept = "".join(c for c in folded if not "\u0300" <= c <= "\u036f")
    plain = unicodedata.normalize("NFC", kept).translate(_ARABIC_FORMS)
    if "\u0600" <= plain[:1] <= "\u06ff":
        for prefix in _ARABIC_PREFIXES:
            if plain.startswith(prefix) and len(plain) - len(prefix) >= 3:
                return plain.removeprefix(prefix)
    return plain


def stems(text: str) -> Iterator[str]:
    """All stems of a text, in order."""
    for word in map(word_of, tokens_of(text)):
        if word:
            yield from word.stems


def stems_in(text: str) -> frozenset[str]:
    """The different stems of a text."""
    return frozenset(stems(text))


def are_one_sign(one: str, other: str) -> bool:
    """Whether two pairs of characters overlap: together they are one word, not two."""
    return len(one) == len(other) == 2 and (one[1] == other[0] or one[0] == other[1])
