"""Which pieces tie each other together, so that grouping has to look at them as one.

Two neighbours are tied if what they share makes up for time and length, or nearly. Pieces with
the very same words are tied from one to the next within a day. What is tied together, directly
or through others, is grouped by itself: its stories depend on nothing outside of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from newsstand.evidence import Cluster
from newsstand.likeness import LikenessIndex, Piece
from newsstand.words import head_of

LEAST_OF_A_SERIES = 3  # headlines of one outlet that begin alike
# Less pull than joins two groups: a pair that is not quite enough may be so with a third.
LEAST_PULL = 0.5  # nats, of two single pieces, by their most telling words
_DAY = 24.0  # hours
Head = tuple[str, ...]
"""The stems that a headline begins with."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """An editor's word on stories, in keys of pieces; it beats the rule.

    `together`: sets that are one story. `alone`: each stays by itself. `apart`: pairs that
    must not stand in one story. Keys that are not there are passed over.
    """

    together: tuple[frozenset[str], ...] = ()
    alone: frozenset[str] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()


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


def knots(index: LikenessIndex, decisions: Decisions) -> list[Knot]:
    """All pieces as knots in order of their first pieces; most are of one piece."""
    series = series_of(index.pieces)
    place = index.place
    alone = {place[key] for key in decisions.alone if key in place}
    pairs = (sorted(place[key] for key in pair if key in place) for pair in decisions.apart)
    apart = [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]
    together = (sorted(place[k] for k in keys if k in place) for keys in decisions.together)
    joined = sorted(places for places in together if len(places) > 1)
    ties = list(_ties(index, series, alone))
    runs = list(_runs(index, series, alone.union(*apart)))
    firsts = _firsts(len(index.pieces), [*((t.one, t.other) for t in ties), *joined, *runs])
    joined += [day for run in runs for day in _days(index, run)]
    return _knotted(firsts, ties, joined, apart)


def _ties(
    index: LikenessIndex, series: Mapping[int, Head], alone: Collection[int]
) -> Iterator[Tie]:
    pieces = index.pieces
    for a, b, nats in index.neighbours(alone):
        declared = pieces[b].key in pieces[a].declared
        pull = index.pull_of_pair(a, b, nats, declared=declared)
        if pull >= LEAST_PULL and not _only_a_series(index, series, a, b):
            yield Tie(a, b, nats, declared)


def _firsts(count: int, tied: Iterable[Sequence[int]]) -> list[int]:
    """For each place the first place of its knot."""
    first = list(range(count))

    def first_of(place: int) -> int:
        while first[place] != place:
            first[place] = place = first[first[place]]
        return place

    for places in tied:
        one = first_of(places[0])
        for place in places[1:]:
            other = first_of(place)
            first[max(one, other)] = one = min(one, other)
    return [first_of(place) for place in range(count)]


def _knotted(
    firsts: Sequence[int],
    ties: Iterable[Tie],
    joined: Iterable[Sequence[int]],
    apart: Iterable[tuple[int, int]],
) -> list[Knot]:
    found: dict[int, Knot] = {}
    for place, first in enumerate(firsts):
        if first == place:
            found[first] = Knot([place], [], [], [])
        else:
            found[first].places.append(place)
    for tie in ties:
        found[firsts[tie.one]].ties.append(tie)
    for places in joined:
        found[firsts[places[0]]].joined.append(places)
    for a, b in apart:
        if firsts[a] == firsts[b]:
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


def _only_a_series(index: LikenessIndex, series: Mapping[int, Head], a: int, b: int) -> bool:
    """Whether two pieces have little in common but the name of their outlet's series."""
    pieces = index.pieces
    if a not in series or series[a] != series.get(b) or pieces[a].outlet != pieces[b].outlet:
        return False
    one, other = (
        Cluster.of({w: x for w, x in index.texts[n].items() if w not in series[n]}, pieces[n].hours)
        for n in (a, b)
    )
    return index.pull(one, other) < index.threshold


def _runs(
    index: LikenessIndex, series: Mapping[int, Head], own: Collection[int]
) -> Iterator[list[int]]:
    """Places of pieces with the very same words, each within a day of the one before.

    Only if those words say enough.
    """
    for same in index.same:
        places = [n for n in same if n not in own and n not in series] if len(same) > 1 else []
        if len(places) > 1:
            one = index.cluster_at(places[0])
            if index.pull(one, one) >= index.threshold:
                yield from (run for run in _parted_by_day(index, places) if len(run) > 1)


def _parted_by_day(index: LikenessIndex, places: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for n in places:
        if run and _apart(index, run[-1], n) > _DAY:
            yield run
            run = []
        run.append(n)
    yield run


def _days(index: LikenessIndex, run: Sequence[int]) -> Iterator[list[int]]:
    """A run in parts that each last a day at most."""
    day: list[int] = []
    for n in run:
        if day and _apart(index, day[0], n) > _DAY:
            yield day
            day = []
        day.append(n)
    yield day


def _apart(index: LikenessIndex, a: int, b: int) -> float:
    return index.times.apart(index.pieces[a].hours, index.pieces[b].hours)
