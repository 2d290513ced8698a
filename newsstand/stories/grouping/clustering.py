"""Reports to groups: the two groups that belong together most are joined, again and again.

Average linkage (Sokal & Michener 1958) on the chances of pairs: two groups belong together as far
as their reports do on average. Pairs that were not compared count as none. In the end a report that
is left alone joins the group of which several reports are like it, though on average they are not.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from types import MappingProxyType

NONE_FIXED: Mapping[int, int] = MappingProxyType({})
Pair = tuple[int, int]
"""Two places, the lower first."""
# Mean chance from which two single reports are joined, and the same of large groups: that many
# reports of one event are all alike is much to ask.
_OF_TWO = 0.5
_OF_MANY = 0.18
# A report that is alone joins a group if so high is the mean chance of the reports that are most
# like it: half of the group, at least two, at most three. It may tell another side of the event
# than the others do.
_OF_A_LATECOMER = 0.35
_FEWEST_LIKE_IT = 2
_MOST_LIKE_IT = 3
MOST_COMPARED = 14  # reports that one is compared with: of a larger group so many stand for all


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How much is asked of two groups, by how many reports they have together."""

    breadth: float = 1.0

    def needed(self, size: float) -> float:
        """The mean chance that joins two groups of so many reports together."""
        return (_OF_MANY + (_OF_TWO - _OF_MANY) * 2.0 / size) / self.breadth


@dataclass(slots=True)
class _Groups:
    """Groups by the lowest place of each, with the sums of the chances between them.

    `sizes` are how many reports they have in all, and `fixed` are groups that were there before: no
    two of them are joined. `kept_apart` are, for a group, the numbers of the sets that have some of
    it: of a set no two come into one. `version` changes when a group grows; a group that is gone
    has none.
    """

    members: dict[int, list[int]]
    sizes: dict[int, int]
    fixed: set[int]
    thresholds: Thresholds
    sums: dict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    kept_apart: dict[int, set[int]] = field(default_factory=dict)
    version: dict[int, int] = field(default_factory=dict)
    heap: list[tuple[float, int, int, int, int]] = field(default_factory=list)

    def may_join(self, a: int, b: int) -> bool:
        """Whether two groups may be joined at all."""
        if a in self.fixed and b in self.fixed:
            return False
        return self.kept_apart.get(a, set()).isdisjoint(self.kept_apart.get(b, ()))

    def offer(self, a: int, b: int, chances: float) -> None:
        """Remember that two groups may be joined, if they belong together enough."""
        one, other = len(self.members[a]), len(self.members[b])
        mean = chances / (min(one, MOST_COMPARED) * min(other, MOST_COMPARED))
        surplus = mean - self.thresholds.needed(self.sizes[a] + self.sizes[b])
        if surplus >= 0.0 and self.may_join(a, b):
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
                self.join(a, b)

    def join(self, a: int, b: int) -> None:
        """Make one group of two, by the name of the first."""
        sums, gone = self.sums[a], self.sums.pop(b, {})
        sums.pop(b, None)
        gone.pop(a, None)
        for other, chances in gone.items():
            sums[other] = self.sums[other][a] = sums.get(other, 0.0) + chances
            del self.sums[other][b]
        if b in self.kept_apart:
            self.kept_apart.setdefault(a, set()).update(self.kept_apart.pop(b))
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
    fixed: Mapping[int, int] = NONE_FIXED,
    apart: Iterable[Iterable[int]] = (),
) -> list[list[int]]:
    """Join groups of places by the chances of their pairs, which come in an order that is fixed.

    `fixed` are places of groups of which no two are joined, with how many reports these have in
    all; `apart` are sets of which no two may come into one group. Gives groups in order of their
    lowest place, each in order.
    """
    members = {min(group): list(group) for group in groups}
    group_of = {place: low for low, group in members.items() for place in group}
    sizes = {low: len(group) for low, group in members.items()}
    sizes.update({group_of[place]: size for place, size in fixed.items()})
    found = _Groups(members, sizes, {group_of[place] for place in fixed}, thresholds)
    found.version = dict.fromkeys(members, 0)
    for number, places in enumerate(apart):
        for group in {group_of[place] for place in places if place in group_of}:
            found.kept_apart.setdefault(group, set()).add(number)
    for (one, other), chance in chances.items():
        a, b = group_of.get(one, -1), group_of.get(other, -1)
        if a != b and a >= 0 and b >= 0:
            of_a, of_b = found.sums[a], found.sums[b]
            of_a[b] = of_b[a] = of_a.get(b, 0.0) + chance
    found.settle()
    _join_latecomers(found, chances)
    return sorted(sorted(group) for group in found.members.values())


def _join_latecomers(groups: _Groups, chances: Mapping[Pair, float]) -> None:
    """Join new reports that are alone, in order, to the group whose reports are most like each."""
    group_of = {n: low for low, group in groups.members.items() for n in group}
    sizes = {low: len(group) for low, group in groups.members.items()}
    alone = {low for low, size in sizes.items() if size == 1} - groups.fixed
    near: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (one, other), chance in chances.items():
        if one in alone and sizes[group := group_of.get(other, one)] > 1:
            near[one][group].append(chance)
        if other in alone and sizes[group := group_of.get(one, other)] > 1:
            near[other][group].append(chance)
    needed = _OF_A_LATECOMER / min(groups.thresholds.breadth, 1.0)
    for lone, likes in sorted(near.items()):
        allowed = [group for group in likes if groups.may_join(lone, group)]
        means = [(_of_most_like(likes[group], sizes[group]), -group) for group in allowed]
        most, group = max(means, default=(0.0, 0))
        if most >= needed:
            groups.join(-group, lone)


def _of_most_like(chances: Sequence[float], size: int) -> float:
    """The mean of the highest chances with a group of so many; none where one is surely another."""
    count = min(_MOST_LIKE_IT, max(_FEWEST_LIKE_IT, ceil(size / 2)))
    return sum(sorted(chances)[-count:]) / count if min(chances) >= 0.0 else 0.0
