"""Reports to groups: the two groups that belong together most are joined, again and again.

Average linkage (Sokal & Michener 1958) on the chances of pairs: two groups belong together as far
as their reports do on average. Pairs that were not compared count as none. A large group is also
measured as a whole: by the cosine (Salton & McGill 1983) of the words of both.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from types import MappingProxyType

NONE_FIXED: Mapping[int, int] = MappingProxyType({})
Pair = tuple[int, int]
"""Two places, the lower first."""
Words = Callable[[int], Mapping[str, float]]
"""The words of the report of a place, with what each tells."""

# Mean chance from which two single reports are joined, and the same of large groups: that many
# reports of one event are all alike is much to ask.
_OF_TWO = 0.5
_OF_MANY = 0.2
# A group of so many has words of its own. How like them are those of at most two others, beyond
# what reports of one field have in common, adds to the mean chance. Two large groups are two
# events more often than not: they have but a kind of event in common.
_OF_A_WHOLE = 4
_NEWCOMERS = 2
_LIKENESS = 0.75
_LIKENESS_OF_A_FIELD = 0.2
_LEAST_MEAN = 0.1
MOST_COMPARED = 24  # reports that one is compared with: of a larger group so many stand for all


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How much is asked of two groups, by how many reports they have together."""

    breadth: float = 1.0

    def needed(self, size: float) -> float:
        """The mean chance that joins two groups of so many reports together."""
        return (_OF_MANY + (_OF_TWO - _OF_MANY) * 2.0 / size) / self.breadth


@dataclass(slots=True)
class _Wholes:
    """The words of groups as wholes: for each word the sum of what it tells in their reports."""

    words: Words
    known: dict[int, tuple[dict[str, float], float, int]] = field(default_factory=dict)

    def likeness(self, a: int, one: Sequence[int], b: int, other: Sequence[int]) -> float:
        """The cosine (0 to 1) of the words of two groups, each with its name and its reports."""
        fewer, more = self._whole(a, one), self._whole(b, other)
        if len(one) > len(other):
            fewer, more = more, fewer
        words = more[0]
        same = sum([told * words[word] for word, told in fewer[0].items() if word in words])
        return same / (fewer[1] * more[1] or 1.0)

    def _whole(self, group: int, places: Sequence[int]) -> tuple[Mapping[str, float], float]:
        """The words of a group, and the length of their vector. What was known is gone on from."""
        words, length, count = self.known.get(group) or ({}, 0.0, 0)
        if count < len(places):
            for place in places[count:]:
                for word, told in self.words(place).items():
                    words[word] = words.get(word, 0.0) + told
            length = sqrt(sum([told * told for told in words.values()]))
            self.known[group] = words, length, len(places)
        return words, length


@dataclass(slots=True)
class _Groups:
    """Groups by the lowest place of each, with the sums of the chances between them.

    `sizes` are how many reports they have in all, and `fixed` are groups that were there before: no
    two of them are joined. `version` changes when a group grows; a group that is gone has none.
    """

    members: dict[int, list[int]]
    sizes: dict[int, int]
    fixed: set[int]
    thresholds: Thresholds
    wholes: _Wholes
    sums: dict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    banned: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    version: dict[int, int] = field(default_factory=dict)
    heap: list[tuple[float, int, int, int, int]] = field(default_factory=list)

    def offer(self, a: int, b: int, chances: float) -> None:
        """Remember that two groups may be joined, if they belong together enough."""
        if (a in self.fixed and b in self.fixed) or b in self.banned.get(a, ()):
            return
        one, other = len(self.members[a]), len(self.members[b])
        mean = chances / (min(one, MOST_COMPARED) * min(other, MOST_COMPARED))
        surplus = mean - self.thresholds.needed(self.sizes[a] + self.sizes[b])
        if mean >= _LEAST_MEAN and max(one, other) >= _OF_A_WHOLE and min(one, other) <= _NEWCOMERS:
            likeness = self.wholes.likeness(a, self.members[a], b, self.members[b])
            surplus += _LIKENESS * (likeness - _LIKENESS_OF_A_FIELD) / self.thresholds.breadth
        if surplus >= 0.0:
            a, b = min(a, b), max(a, b)
            heapq.heappush(self.heap, (-surplus, a, b, self.version[a], self.version[b]))

    def settle(self) -> None:
        """Join the two that belong together most, until none do."""
        least = self.thresholds.needed(2)
        several = {group for group, size in self.sizes.items() if size > 1}
        for a, others in self.sums.items():
            for b, chances in others.items():
                if a < b and (chances >= least or a in several or b in several):
                    self.offer(a, b, chances)
        while self.heap:
            _, a, b, version_a, version_b = heapq.heappop(self.heap)
            if self.version.get(a) == version_a and self.version.get(b) == version_b:
                self._join(a, b)

    def _join(self, a: int, b: int) -> None:
        sums, gone = self.sums[a], self.sums.pop(b, {})
        sums.pop(b, None)
        gone.pop(a, None)
        for other, chances in gone.items():
            sums[other] = self.sums[other][a] = sums.get(other, 0.0) + chances
            del self.sums[other][b]
        for other in self.banned.pop(b, ()):
            self.banned[other].add(a)
            self.banned[a].add(other)
        if b in self.fixed:
            self.fixed.add(a)
        self.members[a] += self.members.pop(b)
        self.sizes[a] += self.sizes[b]
        self.version[a] += 1
        del self.version[b]
        for other, chances in sums.items():
            self.offer(a, other, chances)


def cluster(
    groups: Iterable[Sequence[int]],
    chances: Mapping[Pair, float],
    thresholds: Thresholds,
    words: Words,
    fixed: Mapping[int, int] = NONE_FIXED,
    apart: Iterable[Pair] = (),
) -> list[list[int]]:
    """Join groups of places by the chances of their pairs, which come in an order that is fixed.

    `fixed` are places of groups of which no two are joined, with how many reports these have in
    all; `apart` are pairs that may not come into one group. Gives groups in order of their lowest
    place, each in order.
    """
    members = {min(group): list(group) for group in groups}
    group_of = {place: low for low, group in members.items() for place in group}
    sizes = {low: len(group) for low, group in members.items()}
    sizes.update({group_of[place]: size for place, size in fixed.items()})
    found = _Groups(members, sizes, {group_of[place] for place in fixed}, thresholds, _Wholes(words))
    found.version = dict.fromkeys(members, 0)
    for one, other in apart:
        if one not in group_of or other not in group_of:
            continue
        found.banned[group_of[one]].add(group_of[other])
        found.banned[group_of[other]].add(group_of[one])
    for (one, other), chance in chances.items():
        a, b = group_of.get(one, -1), group_of.get(other, -1)
        if a != b and a >= 0 and b >= 0:
            found.sums[a][b] = found.sums[b][a] = found.sums[a].get(b, 0.0) + chance
    found.settle()
    return sorted(sorted(group) for group in found.members.values())
