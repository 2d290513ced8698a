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
from math import fsum, lgamma, log2

from newsstand.words import EVERYDAY

# A word is as common as _RAREST + (records with it / all records) x slope.
SLOPE = 110.0
SLOPE_UNTIMED = 35.0  # times that tell nothing cannot part events, so stories are broader
_RAREST = 0.06
_LEAST_OF_EVERYDAY = 1.5
_LEAST_COUNT = 2  # a word's second record changes nothing for others
_PRIOR_RECORDS = 3000.0  # of a quiet site, with which the counts of a small one are mixed

_WORDS_OF_AN_EVENT = 500.0  # the weight of the background in the model
_BASE = lgamma(_WORDS_OF_AN_EVENT)
_CORE = 0.75  # part of a group's pieces that must have a word for it to be of the core
_AS_GOOD_AS_NONE = 0.1  # part of the other group's pieces that may have it all the same
_STEADY = 4.0  # the smaller, the more a missing word of the core speaks against one event


def step(count: float, steps: int = 2) -> float:
    """Round to so many steps per doubling, so that one more record seldom moves anything."""
    return float(2.0 ** (round(log2(count) * steps) / steps))


class Commonness(dict[str, tuple[float, float]]):
    """Word -> how common it is, and the logarithm of the gamma function of that."""

    def __init__(self, records_with: Mapping[str, int], records: int, slope: float) -> None:
        self._slope = slope / step(records + _PRIOR_RECORDS)
        super().__init__((word, self._of(word, count)) for word, count in records_with.items())

    def __missing__(self, word: str) -> tuple[float, float]:
        return self._of(word, 1)

    def _of(self, word: str, count: int) -> tuple[float, float]:
        common = _RAREST + self._slope * step(max(count, _LEAST_COUNT))
        if word in EVERYDAY:
            common = max(common, _LEAST_OF_EVERYDAY)
        return common, lgamma(common)

    def nats(self, word: str, weight: float = 1.0) -> float:
        """What a word speaks for one event where two pieces have it with this weight."""
        common, base = self[word]
        return lgamma(common + 2.0 * weight) + base - 2.0 * lgamma(common + weight)


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
        words = dict(self.words) if self.size == 1 else self.words
        for word, weight in other.words.items():
            words[word] = words.get(word, 0.0) + weight
        size = self.size + other.size
        least = _CORE * size
        return Cluster(
            words,
            self.total + other.total,
            size,
            min(_known(self.first, other.first), default=None),
            max(_known(self.last, other.last), default=None),
            tuple((word, min(x, size)) for word, x in words.items() if x >= least),
        )


def _known(*hours: float | None) -> Iterable[float]:
    return [h for h in hours if h is not None]


def shared(a: Cluster, b: Cluster, common: Commonness, support: float = 0.0) -> float:
    """Nats that the words of two groups speak for one event, their length left aside.

    A word counts in full if at least the part `support` of each group's pieces has it: what
    one of ten reports happens to mention does not join two events. Without `support` no word
    speaks against it either: a broad story has no words that nearly all its pieces share.
    """
    mine, theirs = a.words, b.words
    wanted_of_mine, wanted_of_theirs = a.size * support, b.size * support
    nats = []
    for word in mine.keys() & theirs.keys():
        x, y = mine[word], theirs[word]
        c, base = common[word]
        told = lgamma(c + x + y) + base - lgamma(c + x) - lgamma(c + y)
        if x < wanted_of_mine:
            told *= x / wanted_of_mine
        if y < wanted_of_theirs:
            told *= y / wanted_of_theirs
        nats.append(told)
    if support and (a.core or b.core):
        nats += _missed(a, b)
        nats += _missed(b, a)
    return fsum(nats)  # exact, so that the order of the words does not matter


def _missed(a: Cluster, b: Cluster) -> list[float]:
    """Nats against one event: of each word of the core of `a` that `b` as good as lacks.

    With n and m pieces, x of which have the word, all in `a`: the logarithm of how likely that
    is under one rate of the word for both, against a rate for each (beta-binomial, rare word).
    """
    n, m, theirs = a.size, b.size, b.words
    least = _AS_GOOD_AS_NONE * m
    lacked = [x for word, x in a.core if theirs.get(word, 0.0) < least]
    whole = lgamma(_STEADY + n + m) - lgamma(_STEADY + n) if lacked else 0.0
    return [lgamma(_STEADY + n - x + m) - lgamma(_STEADY + n - x) - whole for x in lacked]


def length(a: Cluster, b: Cluster) -> float:
    """Nats that the mere length of two groups speaks against one event."""
    return (
        lgamma(_WORDS_OF_AN_EVENT + a.total + b.total)
        + _BASE
        - lgamma(_WORDS_OF_AN_EVENT + a.total)
        - lgamma(_WORDS_OF_AN_EVENT + b.total)
    )
