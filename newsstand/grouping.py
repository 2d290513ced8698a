"""Pieces to stories: every piece in exactly one story.

Groups start as single pieces (and as pieces with the very same words). The two neighbouring
groups with the strongest pull are joined, again and again, until no pull reaches the
threshold. An editor's decisions are obeyed throughout.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsstand.evidence import Cluster
from newsstand.likeness import LikenessIndex, Piece, Rule
from newsstand.words import head_of

__all__ = ["Decisions", "LikenessIndex", "Piece", "Rule", "group", "group_index"]

LEAST_OF_A_SERIES = 3  # headlines of one outlet that begin alike
_DAY = 24.0  # hours
# Two groups of which only one is known to be a neighbour of a third may share words with it
# all the same: this many nats are granted until the pull is measured.
_BENEFIT_OF_DOUBT = 1.0


@dataclass(frozen=True, slots=True)
class Decisions:
    """An editor's word on stories, in keys of pieces; it beats the rule.

    `together`: sets that are one story. `alone`: each stays by itself. `apart`: pairs that
    must not stand in one story. Keys that are not there are passed over.
    """

    together: tuple[frozenset[str], ...] = ()
    alone: frozenset[str] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()


_NONE = Decisions()
_Offer = tuple[float, int, int, int, int, bool]


def group(
    pieces: Sequence[Piece], rule: Rule, decisions: Decisions = _NONE
) -> tuple[tuple[str, ...], ...]:
    """Stories as keys in order of time. The order of `pieces` changes nothing."""
    return group_index(LikenessIndex(pieces, rule), decisions)


def group_index(index: LikenessIndex, decisions: Decisions = _NONE) -> tuple[tuple[str, ...], ...]:
    """As `group`, for pieces that are indexed already."""
    groups, place = _Groups(index), index.place
    alone = {place[key] for key in decisions.alone if key in place}
    parted = {place[key] for pair in decisions.apart for key in pair if key in place}
    for pair in decisions.apart:
        groups.ban([place[key] for key in pair if key in place])
    series = _series(index.pieces)
    group_of = list(range(len(index.pieces)))
    for places in [*_together(index, decisions), *_twins(index, series, alone | parted)]:
        _join_all(groups, group_of, places)
    for a, b, nats in index.neighbours(alone):
        one, other = group_of[a], group_of[b]
        if one != other and not _only_a_series(index, series, a, b):
            groups.tie(one, other, nats, index.pieces[b].key in index.pieces[a].declared)
    groups.settle()
    return tuple(tuple(index.pieces[n].key for n in story) for story in groups.stories())


class _Groups:
    """Groups, each by the place of one of its pieces, and how they pull each other.

    A bond holds the nats that two groups share: measured, or (cheaper) added up from those
    of their parts, and then never much too low. `version` is -1 for a group that is gone.
    """

    def __init__(self, index: LikenessIndex) -> None:
        self.index = index
        self.members: list[list[int]] = [[n] for n in range(len(index.pieces))]
        self.clusters = [index.cluster(piece.key) for piece in index.pieces]
        self.version = [0] * len(index.pieces)
        self.bonds: dict[int, dict[int, float]] = defaultdict(dict)
        self.links: dict[int, dict[int, int]] = defaultdict(dict)
        self.banned: dict[int, set[int]] = defaultdict(set)
        self.heap: list[_Offer] = []

    def stories(self) -> list[list[int]]:
        """Places of each group in order."""
        return sorted(sorted(places) for places in self.members if places)

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
        self.members[a] += self.members[b]
        self.members[b] = []
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

    def ban(self, places: Sequence[int]) -> None:
        """Keep two groups apart whatever pulls them."""
        if len(places) == 2:
            a, b = places
            self.banned[a].add(b)
            self.banned[b].add(a)

    def tie(self, a: int, b: int, nats: float, declared: bool) -> None:
        """Let two neighbouring groups pull each other. Two of their pieces share these nats."""
        if b not in self.bonds[a]:
            if self.clusters[a].size > 1 or self.clusters[b].size > 1:
                nats = self.index.shared(self.clusters[a], self.clusters[b])
            self.bonds[a][b] = self.bonds[b][a] = nats + _BENEFIT_OF_DOUBT
        if declared:
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


def _together(index: LikenessIndex, decisions: Decisions) -> list[list[int]]:
    sets = ([index.place[key] for key in keys if key in index.place] for keys in decisions.together)
    return sorted(sorted(places) for places in sets)


def _join_all(groups: _Groups, group_of: list[int], places: Sequence[int]) -> None:
    for n in places[1:]:
        one, other = group_of[places[0]], group_of[n]
        if one != other:
            members = {one: groups.members[other], other: groups.members[one]}
            joined = groups.join(one, other)
            for moved in members[joined]:
                group_of[moved] = joined


def _series(pieces: Sequence[Piece]) -> dict[int, tuple[str, ...]]:
    """Place -> how its headline begins, where its outlet has a series that begins so."""
    begun: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for n, piece in enumerate(pieces):
        if piece.outlet and (head := head_of(piece.title)):
            begun[piece.outlet, head].append(n)
    return {
        n: head
        for (_, head), places in begun.items()
        if len({pieces[n].title for n in places}) >= LEAST_OF_A_SERIES
        for n in places
    }


def _only_a_series(
    index: LikenessIndex, series: Mapping[int, tuple[str, ...]], a: int, b: int
) -> bool:
    """Whether two pieces have little in common but the name of their outlet's series."""
    if a not in series or series[a] != series.get(b) or not _same_outlet(index, a, b):
        return False
    one, other = (
        Cluster.of(
            {w: x for w, x in index.texts[n].items() if w not in series[n]}, index.pieces[n].hours
        )
        for n in (a, b)
    )
    return index.pull(one, other) < index.threshold


def _same_outlet(index: LikenessIndex, a: int, b: int) -> bool:
    return index.pieces[a].outlet == index.pieces[b].outlet


def _twins(
    index: LikenessIndex, series: Mapping[int, tuple[str, ...]], own: Collection[int]
) -> Iterator[list[int]]:
    """Places of pieces with the very same words within a day, if those words say enough."""
    for same in index.same:
        places = [n for n in same if n not in own and n not in series] if len(same) > 1 else []
        if len(places) > 1:
            one = index.cluster(index.pieces[places[0]].key)
            if index.pull(one, one) >= index.threshold:
                yield from _by_day(index, places)


def _by_day(index: LikenessIndex, places: Sequence[int]) -> Iterator[list[int]]:
    day: list[int] = []
    for n in places:
        if day and index.times.apart(index.pieces[day[0]].hours, index.pieces[n].hours) > _DAY:
            yield day
            day = []
        day.append(n)
    yield day
