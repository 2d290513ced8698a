"""Neighbours: pieces that are alike enough to be looked at, each pair once."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from newsstand.stories.grouping.columns import places_of
from newsstand.stories.grouping.term_weights import Worth
from newsstand.stories.grouping.time_decay import Times

LEAST_LIKENESS = 0.13  # below, two pieces are no neighbours
MOST_POSTINGS = 1000  # of one word that are looked at, those nearest before it in order

_FEW = 200  # questions that are answered by searching; then it pays to sort all pairs

Telling = tuple[list[Worth], float]
"""The most telling words of a piece, and its length by them."""
Pair = tuple[int, int, float]
"""Two places, the earlier first, and the nats that their most telling words share."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs in order of the later place, then of the earlier, in columns."""

    ones: array[int]
    others: array[int]
    nats: array[float]
    _found: dict[int, list[tuple[int, float]]] = field(default_factory=dict)
    _asked: list[int] = field(default_factory=list)

    @classmethod
    def of_pairs(cls, pairs: Iterable[Pair]) -> Pairs:
        """Pairs that are in order already."""
        found = cls(array("I"), array("I"), array("d"))
        for one, other, nats in pairs:
            found.ones.append(one)
            found.others.append(other)
            found.nats.append(nats)
        return found

    @classmethod
    def among(cls, times: Times, telling: Sequence[Telling]) -> Pairs:
        """Find the neighbours among pieces in order of time."""
        return cls.of_pairs(_found(times, telling))

    def __iter__(self) -> Iterator[Pair]:
        return zip(self.ones, self.others, self.nats, strict=True)

    def __len__(self) -> int:
        return len(self.ones)

    def inside(self, places: Sequence[int]) -> Iterator[Pair]:
        """The pairs of which both places are among some."""
        here = set(places)
        for place in sorted(here):
            for one, nats in self._before(place):
                if one in here:
                    yield one, place, nats

    def _before(self, place: int) -> Iterator[tuple[int, float]]:
        start = bisect_left(self.others, place)
        end = bisect_left(self.others, place + 1)
        return zip(self.ones[start:end], self.nats[start:end], strict=True)

    def of(self, place: int) -> Iterator[tuple[int, float]]:
        """The neighbours of a place, and the nats that it shares with each."""
        yield from self._before(place)
        if len(self._asked) < _FEW:
            self._asked.append(place)
            after = bisect_left(self.others, place + 1)
            value = array("I", [place]).tobytes()
            for n in places_of(self.ones.tobytes(), value, after):
                yield self.others[n], self.nats[n]
            return
        if not self._found:
            for one, other, nats in self:
                self._found.setdefault(one, []).append((other, nats))
        yield from self._found.get(place, ())


def product(one: Sequence[Worth], other: Sequence[Worth]) -> float:
    """Nats that two pieces share, added up in the order of the later's words (`other`)."""
    worths = {word: worth for worth, word in one}
    nats = 0.0
    for worth, word in other:
        if word in worths:
            nats += worth * worths[word]
    return nats


def are_near(
    times: Times, one: int, other: int, nats: float, *, lengths: tuple[float, float]
) -> bool:
    """Whether two places are neighbours, by what they share and both their lengths."""
    needed = LEAST_LIKENESS * lengths[1] * lengths[0]  # in this order, for the last digit
    return nats >= needed and nats * times.fade(times.hours[one], times.hours[other]) >= needed


def _found(times: Times, telling: Sequence[Telling]) -> Iterator[Pair]:
    postings: dict[str, tuple[list[int], list[float]]] = {}
    lengths, hours, fade = [length for _, length in telling], times.hours, times.fade
    for n, (worths, length) in enumerate(telling):
        low, sums = times.within(hours[n])[0], dict[int, float]()
        get = sums.get
        for mine, word in worths:
            if word not in postings:
                postings[word] = [n], [mine]
                continue
            places, told = postings[word]
            end = len(places)
            start = max(bisect_left(places, low), end - MOST_POSTINGS)
            for other, theirs in zip(places[start:end], told[start:end], strict=True):
                sums[other] = get(other, 0.0) + mine * theirs
            places.append(n)
            told.append(mine)
        least = LEAST_LIKENESS * length
        alike = [(o, nats, least * lengths[o]) for o, nats in sums.items()]
        yield from sorted(
            (other, n, nats)
            for other, nats, needed in alike
            if nats >= needed and nats * fade(hours[other], hours[n]) >= needed
        )
