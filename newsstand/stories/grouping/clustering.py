"""Pieces to stories: every piece in exactly one story.

What is tied together (see `ties`) is grouped by itself. Groups start as single pieces (and as
pieces with the very same words of a day). The two tied groups with the strongest pull are
joined, again and again, until no pull reaches the threshold. An editor's decisions are obeyed
throughout.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Sequence

from newsstand.stories.grouping.components import Knot, Tie, Tying
from newsstand.stories.grouping.pieces import Decisions, Piece, Rule
from newsstand.stories.grouping.similarity import LikenessIndex

__all__ = ["Decisions", "LikenessIndex", "Piece", "Rule", "group", "group_index"]

# Two groups of which only one is known to be a neighbour of a third may share words with it
# all the same: this many nats are granted until the pull is measured.
_BENEFIT_OF_DOUBT = 1.0

_NONE = Decisions()
_Offer = tuple[float, int, int, int, int, bool]


def group(
    pieces: Sequence[Piece], rule: Rule, decisions: Decisions = _NONE
) -> tuple[tuple[str, ...], ...]:
    """Stories as keys in order of time. The order of `pieces` changes nothing."""
    return group_index(LikenessIndex(pieces, rule), decisions)


def group_index(index: LikenessIndex, decisions: Decisions = _NONE) -> tuple[tuple[str, ...], ...]:
    """As `group`, for pieces that are indexed already."""
    knots = Tying(index, decisions).all_knots()
    stories = (story for knot in knots for story in untied(index, knot))
    return tuple(tuple(index.pieces[n].key for n in story) for story in sorted(stories))


def untied(index: LikenessIndex, knot: Knot) -> list[list[int]]:
    """The stories of what is tied together, as places in order. Nothing outside counts."""
    if len(knot.places) == 1:
        return [knot.places]
    groups = _Groups(index, knot.places)
    for a, b in knot.apart:
        groups.ban(a, b)
    for places in knot.joined:
        groups.join_all(places)
    for tie in knot.ties:
        groups.tie(tie)
    groups.settle()
    return sorted(sorted(places) for places in groups.members.values())


class _Groups:
    """Groups, each by the place of one of its pieces, and how they pull each other.

    A bond holds the nats that two groups share: measured, or (cheaper) added up from those
    of their parts, and then never much too low. `version` is -1 for a group that is gone.
    """

    def __init__(self, index: LikenessIndex, places: Sequence[int]) -> None:
        self.index = index
        self.members = {n: [n] for n in places}
        self.clusters = {n: index.cluster_at(n) for n in places}
        self.version = dict.fromkeys(places, 0)
        self.group_of = {n: n for n in places}
        self.bonds: dict[int, dict[int, float]] = defaultdict(dict)
        self.links: dict[int, dict[int, int]] = defaultdict(dict)
        self.banned: dict[int, set[int]] = defaultdict(set)
        self.heap: list[_Offer] = []

    def join_all(self, places: Sequence[int]) -> None:
        """Make the groups of these pieces one, before anything is tied."""
        for n in places[1:]:
            one, other = self.group_of[places[0]], self.group_of[n]
            if one != other:
                joined = self.join(one, other)
                for moved in self.members[joined]:
                    self.group_of[moved] = joined

    def join(self, a: int, b: int) -> int:
        """Make two groups one; returns which of them it now is."""
        if len(self.clusters[a].words) < len(self.clusters[b].words):
            a, b = b, a
        self._join_bonds(a, b)
        for other, count in self.links.pop(b, {}).items():
            del self.links[other][b]
            if other != a:
                self._link(a, other, count)
        for other in self.banned.pop(b, ()):
            self.banned[other] = self.banned[other] - {b} | {a}
            self.banned[a].add(other)
        self.clusters[a] = self.clusters[a].joined(self.clusters[b])
        self.members[a] += self.members.pop(b)
        self.version[a] += 1
        self.version[b] = -1
        return a

    def _join_bonds(self, a: int, b: int) -> None:
        mine, theirs = self.bonds[a], self.bonds.pop(b, {})
        mine.pop(b, None)
        theirs.pop(a, None)
        doubt = _BENEFIT_OF_DOUBT * min(self.clusters[a].size, self.clusters[b].size)
        for other in mine.keys() | theirs.keys():
            nats = mine.get(other, doubt) + theirs.get(other, doubt)
            mine[other] = self.bonds[other][a] = nats
            self.bonds[other].pop(b, None)

    def ban(self, a: int, b: int) -> None:
        """Keep two groups apart whatever pulls them."""
        self.banned[a].add(b)
        self.banned[b].add(a)

    def tie(self, tie: Tie) -> None:
        """Let the groups of two pieces pull each other."""
        a, b = self.group_of[tie.one], self.group_of[tie.other]
        if a == b:
            return
        if b not in self.bonds[a]:
            nats = tie.nats
            if self.clusters[a].size > 1 or self.clusters[b].size > 1:
                nats = self.index.shared(self.clusters[a], self.clusters[b])
            self.bonds[a][b] = self.bonds[b][a] = nats + _BENEFIT_OF_DOUBT
        if tie.declared:
            self._link(a, b, 1)

    def _link(self, a: int, b: int, count: int) -> None:
        self.links[a][b] = self.links[b][a] = self.links[a].get(b, 0) + count

    def settle(self) -> None:
        """Join the two groups with the strongest pull until none reaches the threshold."""
        for a, bonds in self.bonds.items():
            for b in bonds:
                if a < b:
                    self._offer(a, b, measured=False)
        while self.heap:
            _, a, b, version_a, version_b, measured = heapq.heappop(self.heap)
            if self.version[a] != version_a or self.version[b] != version_b:
                continue
            if not measured:
                nats = self.index.shared(self.clusters[a], self.clusters[b])
                self.bonds[a][b] = self.bonds[b][a] = nats
                self._offer(a, b, measured=True)
            elif b not in self.banned.get(a, ()):
                joined = self.join(a, b)
                for other in self.bonds[joined]:
                    self._offer(min(joined, other), max(joined, other), measured=False)

    def _offer(self, a: int, b: int, *, measured: bool) -> None:
        nats, one, other = self.bonds[a][b], self.clusters[a], self.clusters[b]
        declared = self.links[a].get(b, 0) if a in self.links else 0
        pull = self.index.weigh(nats, one, other, declared)
        if pull >= self.index.threshold:
            offer = (-pull, a, b, self.version[a], self.version[b], measured)
            heapq.heappush(self.heap, offer)
