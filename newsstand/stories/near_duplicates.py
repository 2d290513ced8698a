"""Near-identical texts: a wire report and its copies are one voice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from msgspec import Struct

from newsstand.text.tokens import stems_in, tokens_of, word_of

LEAST_WORDS = 12  # of a text that can be a copy; a teaser is shorter
LEAST_OF_A_TITLE = 8  # words of a headline that is a copy where it is the very same
NEAR_IDENTICAL = 0.8  # part of the runs of words that two texts share (Broder 1997)
_RUN = 3  # words
_NEGATIONS = frozenset(
    "not no never without n't nicht kein keine nie ohne ne pas jamais sans nunca sin non mai senza "
    "nao niet geen не ни без".split()
)
_AGENCIES = ("Reuters", "AP", "AFP", "dpa", "EFE", "ANSA", "Xinhua", "TASS", "PTI", "Kyodo")
_BYLINE = re.compile(rf"\((?P<name>{'|'.join(_AGENCIES)})\)\s*[-–—]")
_DOMAINS = {"reuters.com": "reuters", "apnews.com": "ap", "afp.com": "afp", "dpa.com": "dpa"}


class _Wording(Struct, frozen=True):
    """What a piece says, as words in order: headline, excerpt, and whose voice it is by byline."""

    title: tuple[str, ...]
    excerpt: tuple[str, ...]
    agency: str

    @property
    def whole(self) -> tuple[str, ...]:
        return self.title + self.excerpt


def voices(texts: Sequence[tuple[str, str, str]]) -> tuple[tuple[int, ...], ...]:
    """Group (title, excerpt, source) texts that are copies of each other.

    `source` is the agency that a record names, else its outlet.
    Returns positions, each in exactly one group, first position first. A copy of a copy is the
    same voice, and so are the reports of one agency. Texts of the very same words are compared
    once.
    """
    wordings = [
        _Wording(_words(title), _words(excerpt), _agency(excerpt, source))
        for title, excerpt, source in texts
    ]
    first: dict[_Wording, int] = {}
    voice_of = list(range(len(wordings)))
    for place, wording in enumerate(wordings):
        if wording in first and _are_one_voice(wording, wording):
            voice_of[place] = voice_of[first[wording]]
        first.setdefault(wording, place)
    for wording, other in combinations(first, 2):
        new, old = voice_of[first[wording]], voice_of[first[other]]
        if new != old and _are_one_voice(wording, other):
            voice_of = [new if voice == old else voice for voice in voice_of]
    groups: dict[int, list[int]] = {}
    for place, voice in enumerate(voice_of):
        groups.setdefault(voice, []).append(place)
    return tuple(sorted(map(tuple, groups.values())))


def overlap(one: str, other: str) -> float:
    """The part of the words of two texts that both have (0 to 1), whatever their order."""
    mine, theirs = stems_in(one), stems_in(other)
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0


def _words(text: str) -> tuple[str, ...]:
    return tuple([word.plain for word in map(word_of, tokens_of(text)) if word])


def _agency(excerpt: str, source: str) -> str:
    """Whose voice a text is, as far as that is said: by its first line, a record, an address."""
    match = _BYLINE.search(excerpt)
    if match:
        return match["name"].casefold()
    is_outlet = "." in source or not source
    return _DOMAINS.get(source, "") if is_outlet else source.casefold()


def _are_one_voice(one: _Wording, other: _Wording) -> bool:
    if one.agency and one.agency == other.agency:
        return True
    if min(len(one.excerpt), len(other.excerpt)) >= LEAST_WORDS:
        return _is_copy(one.excerpt, other.excerpt) and not _is_turned(one.title, other.title)
    if one.title == other.title and len(one.title) >= LEAST_OF_A_TITLE:
        return True
    if min(len(one.whole), len(other.whole)) >= LEAST_WORDS:
        return _is_copy(one.whole, other.whole)
    return False


def _is_copy(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two texts share nearly all runs of words, and deny the same."""
    if one == other:
        return True
    if min(len(one), len(other)) < NEAR_IDENTICAL * max(len(one), len(other)):
        return False
    mine, theirs = _runs(one), _runs(other)
    shared = len(mine & theirs)
    if shared < NEAR_IDENTICAL * (len(mine) + len(theirs) - shared):
        return False
    return _denied(one) == _denied(other)


def _is_turned(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two headlines say the same words in another order, or one denies what one says."""
    return one != other and (
        Counter(one) == Counter(other) or Counter(_kept(one)) == Counter(_kept(other))
    )


def _kept(words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word not in _NEGATIONS]


def _denied(words: tuple[str, ...]) -> int:
    return sum(word in _NEGATIONS or word.endswith("n't") for word in words)


@lru_cache(maxsize=1 << 6)  # of a text among many of a story
def _runs(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(words[n : n + _RUN] for n in range(len(words) - _RUN + 1))
