"""How strongly shared words speak for one event, in nats.

The model behind it: an event has its own few words. Words of its pieces are drawn from a
Dirichlet-multinomial distribution around how common words are anyway. Two groups belong
together as far as their words are likelier drawn from one such distribution than from two.
Rare words that both use speak for it; common ones hardly; length speaks a little against it.
Where reports are dated, a word that nearly all reports of one group have and none of the
other speaks against it, by a beta-binomial model of how steadily an event's own words return.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, lgamma, log2, sqrt

from newsstand.stories.grouping.tokens import EVERYDAY

# A word is as common as _RAREST + (records with it / all records) x slope.
SLOPE = 110.0
SLOPE_UNTIMED = 35.0  # times that tell nothing cannot part events, so stories are broader
_RAREST = 0.06
_LEAST_OF_EVERYDAY = 1.5
_LEAST_COUNT = 4  # records: up to so many, one more changes nothing for others
_PRIOR_RECORDS = 3000.0  # of a quiet site, with which the counts of a small one are mixed

_WORDS_OF_AN_EVENT = 500.0  # the weight of the background in the model
_BASE = lgamma(_WORDS_OF_AN_EVENT)
_WEIGHT_POWER = 0.45  # nearly how the root of a word's nats grows with its weight
_CORE = 0.75  # part of a group's pieces that must have a word for it to be of the core
_AS_GOOD_AS_NONE = 0.1  # part of the other group's pieces that may have it all the same
_STEADY = 4.0  # the smaller, the more a missing word of the core speaks against one event


def step(count: float, steps: int = 2) -> float:
    """Round to so many steps per doubling, so that one more record seldom moves anything."""
    return float(2.0 ** (round(log2(count) * steps) / steps))


class Commonness(dict[str, tuple[float, float]]):
    """Word -> how common it is, and the logarithm of the gamma function of that.

    `scale` is what one record with a word adds.
    """

    def __init__(self, records_with: Mapping[str, int], records: int, slope: float) -> None:
        super().__init__()
        self.scale = slope / step(records + _PRIOR_RECORDS)
        self._records_with = records_with
        self._known: dict[float, tuple[float, float]] = {}

    def __missing__(self, word: str) -> tuple[float, float]:
        found = self[word] = self._of(word, self._records_with.get(word, 0))
        return found

    def _of(self, word: str, count: int) -> tuple[float, float]:
        common = _RAREST + self.scale * step(max(count, _LEAST_COUNT))
        if word in EVERYDAY:
            common = max(common, _LEAST_OF_EVERYDAY)
        if common not in self._known:  # commonness comes in steps
            self._known[common] = (common, lgamma(common))
        return self._known[common]

    def nats(self, word: str, weight: float = 1.0) -> float:
        """What a word speaks for one event where two pieces have it with this weight."""
        return _both(self[word][0], weight)

    def most(self, weight: float) -> float:
        """What the rarest word speaks at most, where neither piece has it with a greater weight.

        A word says the more, the rarer it is and the more weight each of the pieces gives it.
        """
        return _both(_RAREST + self.scale * step(_LEAST_COUNT), weight)


@lru_cache(maxsize=1 << 12)  # commonness comes in steps
def _both(common: float, weight: float) -> float:
    return lgamma(common + 2.0 * weight) + lgamma(common) - 2.0 * lgamma(common + weight)


class Worths(dict[str, float]):
    """Word -> the root of its nats, negative; 0 where it says fewer nats than `least`."""

    def __init__(self, common: Commonness, least: float) -> None:
        super().__init__()
        self._common, self._least = common, least

    def __missing__(self, word: str) -> float:
        nats = self._common.nats(word)
        worth = self[word] = -sqrt(nats) if nats >= self._least else 0.0
        return worth


class _Powers(dict[float, float]):
    """Weight of a word in a text -> the part of the word's worth that it brings."""

    def __missing__(self, weight: float) -> float:
        part = self[weight] = float(weight**_WEIGHT_POWER)
        return part


PART_OF_WORTH = _Powers()


def norm(worths: Iterable[tuple[float, str]]) -> float:
    """Length of a text, from the worths of its words."""
    return sqrt(sum(worth * worth for worth, _ in worths))


@dataclass(slots=True)
class Cluster:
    """Pieces taken together: their words added up, how many they are, when they begin and end.

    `core` are the words that nearly all pieces of a group have, with how many have them.
    """

    words: dict[str, float]
    total: float
    size: int
    first: float | None
    last: float | None
    core: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(cls, words: dict[str, float], hours: float | None) -> Cluster:
        """One piece."""
        return cls(words, sum(words.values()), 1, hours, hours)

    def joined(self, other: Cluster) -> Cluster:
        """Both taken together. The words of a group (not of one piece) are changed in place."""
        steady = dict.fromkeys((*self._steady(), *other._steady()))
        words = dict(self.words) if self.size == 1 else self.words
        for word, weight in other.words.items():
            words[word] = words.get(word, 0.0) + weight
        size = self.size + other.size
        return Cluster(
            words,
            self.total + other.total,
            size,
            min(_known(self.first, other.first), default=None),
            max(_known(self.last, other.last), default=None),
            tuple((word, min(words[word], size)) for word in steady if words[word] >= _CORE * size),
        )

    def _steady(self) -> Iterable[str]:
        """The words that may be of the core when the group grows: no others can."""
        if self.size > 1:
            return (word for word, _ in self.core)
        return (word for word, weight in self.words.items() if weight >= _CORE)


def _known(*hours: float | None) -> Iterable[float]:
    return [h for h in hours if h is not None]


def shared(a: Cluster, b: Cluster, common: Commonness, support: float = 0.0) -> float:
    """Nats that the words of two groups speak for one event, their length left aside.

    A word counts in full if at least the part `support` of each group's pieces has it: what
    one of ten reports happens to mention does not join two events.
    """
    if len(a.words) > len(b.words):
        a, b = b, a
    wanted, theirs_wanted = a.size * support, b.size * support
    theirs, nats = b.words, []
    for word, x in a.words.items():
        if word in theirs:
            y = theirs[word]
            c, base = common[word]
            told = lgamma(c + x + y) + base - lgamma(c + x) - lgamma(c + y)
            if x < wanted:
                told *= x / wanted
            if y < theirs_wanted:
                told *= y / theirs_wanted
            nats.append(told)
    return fsum(nats)  # exact, so that the order of the words does not matter


def missed(a: Cluster, b: Cluster) -> float:
    """Nats against one event: of each word of one group's core that the other as good as lacks.

    With n and m pieces, x of which have the word, all in one group: the logarithm of how much
    less likely that is under one rate of the word than under two (beta-binomial, rare word).
    """
    return fsum((*_missed(a, b), *_missed(b, a)))


def _missed(a: Cluster, b: Cluster) -> list[float]:
    n, m, theirs = _STEADY + a.size, b.size, b.words
    least = _AS_GOOD_AS_NONE * m
    lacked = [x for word, x in a.core if theirs.get(word, 0.0) < least]
    rate = lgamma(n + m) - lgamma(n) if lacked else 0.0
    return [rate - lgamma(n - x + m) + lgamma(n - x) for x in lacked]


def length(total: float, other: float) -> float:
    """Nats that the mere length of two groups (their words added up) speaks against one event."""
    return (
        lgamma(_WORDS_OF_AN_EVENT + total + other)
        + _BASE
        - lgamma(_WORDS_OF_AN_EVENT + total)
        - lgamma(_WORDS_OF_AN_EVENT + other)
    )
