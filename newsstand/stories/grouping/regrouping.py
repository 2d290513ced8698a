"""Grouping that remembers: only what a change touches is grouped again, with the same result.

The law: for any earlier memory, `regroup(pieces, rule, decisions, memory)` gives the stories, and
the nearest of each piece, that `regroup(pieces, rule, decisions)` gives.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import isnan, nan

from newsstand.stories.grouping.candidates import Pair, Pairs
from newsstand.stories.grouping.clustering import untied
from newsstand.stories.grouping.columns import Splice, places_of
from newsstand.stories.grouping.components import Head, Series, Tying
from newsstand.stories.grouping.differences import Difference, TooMuchError, difference, splice_of
from newsstand.stories.grouping.habits import MARK, declared_mark, mark_of
from newsstand.stories.grouping.lexicon import Counts
from newsstand.stories.grouping.meeting import (
    look_out_for_crowds,
    met_again,
    pairs_moved,
    pairs_with,
    pairs_without,
)
from newsstand.stories.grouping.pieces import Decisions, InOrder, Piece, Pieces, Rule
from newsstand.stories.grouping.remembered import GroupMemory
from newsstand.stories.grouping.remembering import memory_of
from newsstand.stories.grouping.similarity import Known, Likeness, LikenessIndex
from newsstand.stories.grouping.term_weights import Wording
from newsstand.stories.grouping.time_decay import Times
from newsstand.stories.grouping.tokens import head_of
from newsstand.stories.grouping.updating import Reading, reading
from newsstand.stories.grouping.word_tables import Tellings, Texts

_SPARE_WORDS = 1000  # that no piece has any more, before everything is tidied up
_NONE = Decisions()
Stories = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Stories, what may be other than remembered, and what answers questions about likeness.

    `stories` are keys in order of time. `touched` are keys of the pieces whose text, words'
    weights, neighbours or story may be other than the memory knew: all, if there was none.
    """

    stories: Stories
    touched: frozenset[str]
    index: LikenessIndex
    _memory: GroupMemory | None = None
    _decisions: Decisions = _NONE
    _firsts: tuple[Sequence[int], Sequence[int]] = ((), ())

    @property
    def memory(self) -> GroupMemory:
        """What the next run may be given. Made when asked for, and then not kept."""
        if self._memory:
            return self._memory
        return memory_of(self.index, self._decisions, *self._firsts)

    def nearest(self, key: str, count: int) -> tuple[tuple[str, Likeness], ...]:
        """The neighbours of a piece that are most alike to it, most alike first."""
        return self.index.nearest(key, count)


def regroup(
    pieces: Pieces | Iterable[Piece],
    rule: Rule,
    decisions: Decisions = _NONE,
    memory: GroupMemory | None = None,
) -> Grouped:
    """Group pieces, with the help of what is remembered of any earlier pieces.

    The order of `pieces` changes nothing.
    """
    known = pieces if isinstance(pieces, Pieces) else Pieces.of(pieces)
    if memory is not None and memory.rule == rule:
        try:
            return _followed_up(memory, known, decisions)
        except TooMuchError:
            pass
    return _afresh(known, rule, decisions)


def _afresh(pieces: Pieces, rule: Rule, decisions: Decisions) -> Grouped:
    index = LikenessIndex(tuple(pieces), rule)
    knots, groups = (array("I", range(len(index.pieces))) for _ in "12")
    for knot in Tying(index, decisions).all_knots():
        _mark_first(knots, knot.places)
        for group in untied(index, knot):
            _mark_first(groups, group)
    keys = [piece.key for piece in index.pieces]
    stories = _stories(keys, groups)
    return Grouped(stories, frozenset(keys), index, None, decisions, (knots, groups))


def _mark_first(firsts: array[int], places: Sequence[int]) -> None:
    for place in places:
        firsts[place] = places[0]


def _stories(keys: Iterable[str], groups: Iterable[int]) -> Stories:
    found: dict[int, list[str]] = {}
    for key, group in zip(keys, groups, strict=True):
        if group in found:
            found[group].append(key)
        else:
            found[group] = [key]
    return tuple(map(tuple, found.values()))


def _followed_up(memory: GroupMemory, pieces: Pieces, decisions: Decisions) -> Grouped:
    """Group what a change touches. Raises TooMuchError."""
    found = difference(memory, pieces, decisions)
    splice = splice_of(memory, found)
    keys = splice.items(memory.keys, [piece.key for piece in found.fresh])
    ordered = InOrder(keys, pieces)
    cells = (array("d", [nan if p.hours is None else p.hours]).tobytes() for p in found.fresh)
    hours = array("d", splice.column(memory.hours.tobytes(), 8, cells))
    times = Times([None if isnan(h) else h for h in hours], memory.rule.window_hours)
    spare = memory.known.count(0) > _SPARE_WORDS + len(memory.words) // 2
    if times.basis != memory.basis or spare:
        raise TooMuchError
    read = reading(memory, found, splice, ordered, times)
    change = _Change(memory, found, splice, _Order(keys, ordered, hours, times), read, decisions)
    change.regroup()
    touched = frozenset(keys[n] for n in change.touched)
    new = change.memory()
    return Grouped(_stories(keys, new.groups), touched, change.index, new)


@dataclass(frozen=True, slots=True)
class _Order:
    """All pieces in order of time, as they are now."""

    keys: list[str]
    pieces: Sequence[Piece]
    hours: array[float]
    times: Times


class _Change:
    """The steps from what is read again to groups, in their order."""

    def __init__(
        self,
        memory: GroupMemory,
        found: Difference,
        splice: Splice,
        order: _Order,
        read: Reading,
        decisions: Decisions,
    ) -> None:
        self._memory, self._splice, self._order, self._read = memory, splice, order, read
        self._decisions, self._found = decisions, found
        self._gone = set(found.gone)
        keys = enumerate(order.keys) if found.other else ()
        self._other = {n for n, key in keys if key in found.other}
        self.again = read.again | self._other
        self.touched = set(self.again)
        self._left = self._gone | {r for n in self.again if (r := splice.origin(n)) is not None}
        tellings = Tellings(read.told, read.lexicon, read.weighing)
        pairs, self._new = self._meet(tellings)
        wording = Wording(
            Texts(read.rows, read.lexicon), (), Counts(read.lexicon, read.counts), read.counted
        )
        known = Known(order.keys, order.times, wording, tellings, pairs)
        self.index = LikenessIndex(order.pieces, memory.rule, known)
        self._tying = Tying(self.index, decisions, self._series())
        moved = splice.moved()
        self.knots = _moved(memory.knots, splice, moved)
        self.groups = _moved(memory.groups, splice, moved)

    def _meet(self, tellings: Tellings) -> tuple[Pairs, list[Pair]]:
        memory, splice, times = self._memory, self._splice, self._order.times
        for places, table, hours in (
            (self._left, memory.told, memory.hours),
            (self.again, tellings.table, self._order.hours),
        ):
            dated = times.timed and not (hours and isnan(hours[-1]))
            look_out_for_crowds(places, table, hours, times.window_hours if dated else None)
        pairs, met = pairs_without(memory.pairs, self._left)
        self.touched.update(splice.place(row) for row in met)
        new = list(met_again(self.again, times, tellings, self._read.lexicon))
        self.touched.update(n for one, other, _ in new for n in (one, other))
        return pairs_with(pairs_moved(pairs, splice.moved()), new), new

    def _series(self) -> Series:
        habits = self._read.habits

        @cache
        def series(place: int) -> Head | None:
            title = self.index.pieces[place].title
            return head_of(title) if habits.has("series", place) else None

        return series

    def regroup(self) -> None:
        """Group every knot anew that a change touches."""
        places = self._in_touched_knots()
        before = self._groups_before()
        for knot in self._tying.knots(places, self.index.pairs.inside(places)):
            _mark_first(self.knots, knot.places)
            for group in untied(self.index, knot):
                _mark_first(self.groups, group)
                if tuple(group) not in before:
                    self.touched.update(group)

    def _in_touched_knots(self) -> list[int]:
        """Places of all knots that change, or may: none is tied to a place outside."""
        places = set(self.again)
        for pair in self._new:
            if self._tying.are_tied(pair):
                places.update(pair[:2])
        for keys in self._decisions.together:
            here = {n for key in keys if (n := self.index.place.get(key)) is not None}
            if not places.isdisjoint(here):
                places |= here
        origin, knots = self._splice.origin, self._memory.knots
        column = knots.tobytes()
        rows = self._gone | {row for n in places if (row := origin(n)) is not None}
        wanted = {knots[row] for row in rows}
        found = (places_of(column, array("I", [knot]).tobytes(), knot) for knot in wanted)
        self._rows = sorted(chain.from_iterable(found))
        kept = (self._splice.place(row) for row in self._rows if row not in self._gone)
        return sorted(places.union(kept))

    def _groups_before(self) -> set[tuple[int, ...]]:
        """The old groups, by new places; -1 stands for what is gone."""
        found: dict[int, list[int]] = {}
        for row in self._rows:
            now = -1 if row in self._gone else self._splice.place(row)
            found.setdefault(self._memory.groups[row], []).append(now)
        return {tuple(group) for group in found.values()}

    def memory(self) -> GroupMemory:
        """What is known now."""
        memory, splice, read = self._memory, self._splice, self._read
        fresh = self._found.fresh
        pieces = self.index.pieces
        declaring = splice.without(self._other)
        return GroupMemory(
            rule=memory.rule,
            decisions=self._decisions,
            basis=memory.basis,
            counted=read.counted,
            words=read.lexicon.words,
            known=read.known,
            counts=read.counts,
            keys=self._order.keys,
            marks=splice.column(memory.marks, MARK, map(mark_of, fresh)),
            declared=declaring.column(
                memory.declared, MARK, [declared_mark(pieces[n]) for n in declaring.new_rows]
            ),
            hours=self._order.hours,
            habits=read.habits,
            rows=read.rows,
            told=read.told,
            pairs=self.index.pairs,
            knots=self.knots,
            groups=self.groups,
        )


def _moved(firsts: array[int], splice: Splice, moved: Sequence[int] | None) -> array[int]:
    """First places by new places.

    Those of new rows, and of what has lost its first, are to be set.
    """
    now = firsts if moved is None else array("I", map(moved.__getitem__, firsts))
    rows = splice.new_rows
    return array("I", splice.column(now.tobytes(), 4, [bytes(4)] * len(rows)))
