"""Which pieces tie each other together, so that grouping has to look at them as one.

Two neighbours are tied if what they share makes up for time and length, or nearly. Pieces with
the very same words are tied from one to the next within a day. What is tied together, directly
or through others, is grouped by itself: its stories depend on nothing outside of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from newsstand.stories.grouping.candidates import Pair
from newsstand.stories.grouping.likelihood import Cluster
from newsstand.stories.grouping.pieces import Decisions, Piece
from newsstand.stories.grouping.similarity import LikenessIndex
from newsstand.stories.grouping.tokens import head_of

LEAST_OF_A_SERIES = 3  # headlines of one outlet that begin alike
# Less pull than joins two groups: a pair that is not quite enough may be so with a third.
LEAST_PULL = 0.5  # nats, of two single pieces, by their most telling words
_DAY = 24.0  # hours
Head = tuple[str, ...]
"""The stems that a headline begins with."""
Series = Callable[[int], Head | None]
"""Place -> how its headline begins, where its outlet has a series that begins so."""


class Tie(NamedTuple):
    """Two places, the earlier first, the nats they share nearly, and whether one declared it."""

    one: int
    other: int
    nats: float
    declared: bool


@dataclass(frozen=True, slots=True)
class Knot:
    """Places that are tied together, in order, and by what.

    `joined` are places that are one group from the start: the editor's, and equal texts of a
    day. `apart` are pairs that may not be joined.
    """

    places: list[int]
    ties: list[Tie]
    joined: list[Sequence[int]]
    apart: list[tuple[int, int]]


class Tying:
    """What ties the pieces of an index, under an editor's decisions."""

    def __init__(
        self, index: LikenessIndex, decisions: Decisions, series: Series | None = None
    ) -> None:
        place = index.place
        self.index = index
        self._series = series or series_of(index.pieces).get
        self._alone = {place[key] for key in decisions.alone if key in place}
        pairs = (sorted(place[k] for k in pair if k in place) for pair in decisions.apart)
        self._apart = [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]
        self._own = self._alone.union(*self._apart)
        together = (sorted(place[k] for k in keys if k in place) for keys in decisions.together)
        self._together = sorted(places for places in together if len(places) > 1)

    def all_knots(self) -> list[Knot]:
        """The knots of all pieces."""
        return self.knots(range(len(self.index.pieces)), self.index.pairs)

    def knots(self, places: Sequence[int], pairs: Iterable[Pair]) -> list[Knot]:
        """The knots of these places, in order of their first; most are of one piece.

        `pairs` are all neighbours among them. The places are in order, and none is tied to
        another place.
        """
        ties = [tie for pair in pairs if (tie := self.tie(pair))]
        runs = list(self._runs(places))
        here = set(places)
        joined = [places for places in self._together if here.issuperset(places)]
        firsts = _firsts(places, [*((t.one, t.other) for t in ties), *joined, *runs])
        joined += [day for run in runs for day in self._days(run)]
        return _knotted(firsts, ties, joined, self._apart)

    def tie(self, pair: Pair) -> Tie | None:
        """What ties two neighbours; None where little does."""
        a, b, nats = pair
        if a in self._alone or b in self._alone:
            return None
        pieces = self.index.pieces
        declared = pieces[b].key in pieces[a].declared
        pull = self.index.pull_of_pair(a, b, nats, declared=declared)
        if pull < LEAST_PULL or self._only_a_series(a, b):
            return None
        return Tie(a, b, nats, declared)

    def are_tied(self, pair: Pair) -> bool:
        """Whether two neighbours are in one knot: tied, or equal texts."""
        return self.tie(pair) is not None or self.index.texts[pair[0]] == self.index.texts[pair[1]]

    def _only_a_series(self, a: int, b: int) -> bool:
        """Whether two pieces have little in common but the name of their outlet's series."""
        index, pieces = self.index, self.index.pieces
        if pieces[a].outlet != pieces[b].outlet:
            return False
        series = self._series(a)
        if not series or series != self._series(b):
            return False
        one, other = (
            Cluster.of(
                {w: x for w, x in index.texts[n].items() if w not in series}, pieces[n].hours
            )
            for n in (a, b)
        )
        return index.pull(one, other) < index.threshold

    def _runs(self, places: Iterable[int]) -> Iterator[list[int]]:
        """Places of pieces with the very same words, each within a day of the one before.

        Only if those words say enough.
        """
        for same in _same(self.index, places):
            own = [n for n in same if n not in self._own and not self._series(n)]
            if len(own) > 1 and self.index.telling[own[0]][0]:
                one = self.index.cluster_at(own[0])
                if self.index.pull(one, one) >= self.index.threshold:
                    yield from (run for run in self._parted_by_day(own) if len(run) > 1)

    def _parted_by_day(self, places: Sequence[int]) -> Iterator[list[int]]:
        run: list[int] = []
        for n in places:
            if run and self._hours(run[-1], n) > _DAY:
                yield run
                run = []
            run.append(n)
        yield run

    def _days(self, run: Sequence[int]) -> Iterator[list[int]]:
        """A run in parts that each last a day at most."""
        day: list[int] = []
        for n in run:
            if day and self._hours(day[0], n) > _DAY:
                yield day
                day = []
            day.append(n)
        yield day

    def _hours(self, a: int, b: int) -> float:
        hours = self.index.times.hours
        return self.index.times.apart(hours[a], hours[b])


def _firsts(places: Iterable[int], tied: Iterable[Sequence[int]]) -> dict[int, int]:
    """For each place the first place of its knot."""
    first = {place: place for place in places}

    def first_of(place: int) -> int:
        while first[place] != place:
            first[place] = place = first[first[place]]
        return place

    for one, *others in tied:
        a = first_of(one)
        for other in others:
            b = first_of(other)
            first[max(a, b)] = a = min(a, b)
    return {place: first_of(place) for place in first}


def _knotted(
    firsts: dict[int, int],
    ties: Iterable[Tie],
    joined: Iterable[Sequence[int]],
    apart: Iterable[tuple[int, int]],
) -> list[Knot]:
    found: dict[int, Knot] = {}
    for place, first in firsts.items():
        if first == place:
            found[first] = Knot([place], [], [], [])
        else:
            found[first].places.append(place)
    for tie in ties:
        found[firsts[tie.one]].ties.append(tie)
    for places in joined:
        found[firsts[places[0]]].joined.append(places)
    for a, b in apart:
        if a in firsts and firsts[a] == firsts.get(b):
            found[firsts[a]].apart.append((a, b))
    return list(found.values())


def series_of(pieces: Sequence[Piece]) -> dict[int, Head]:
    """Place -> how its headline begins, where its outlet has a series that begins so."""
    begun: dict[tuple[str, Head], list[int]] = defaultdict(list)
    for n, piece in enumerate(pieces):
        if piece.outlet and (head := head_of(piece.title)):
            begun[piece.outlet, head].append(n)
    return {
        n: head
        for (_, head), places in begun.items()
        if len({pieces[n].title for n in places}) >= LEAST_OF_A_SERIES
        for n in places
    }


def _same(index: LikenessIndex, places: Iterable[int]) -> Collection[list[int]]:
    """Places of texts with the very same words."""
    same: dict[tuple[tuple[str, float], ...], list[int]] = defaultdict(list)
    for n in places:
        same[tuple(index.texts[n].items())].append(n)
    return [found for found in same.values() if len(found) > 1]
