"""What is new since the last build, and where it stands among what was there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Set
from dataclasses import dataclass
from math import isnan

from newsstand.stories.grouping.columns import Splice
from newsstand.stories.grouping.habits import MARK, NONE, declared_mark, mark_of
from newsstand.stories.grouping.pieces import Decisions, Piece, Pieces
from newsstand.stories.grouping.remembered import GroupMemory

_MOST_CHANGED = 400  # pieces, and one in _PART more
_PART = 20


class TooMuchError(Exception):
    """More changed than can be followed up: everything is to be grouped afresh."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed. A changed piece is both fresh and gone.

    `fresh` are in order of time, `gone` are places in the memory; `other` are keys of pieces that
    declare others now, or of which the editor says something else.
    """

    fresh: list[Piece]
    gone: list[int]
    other: set[str]

    def __bool__(self) -> bool:
        return bool(self.fresh or self.gone or self.other)


def difference(memory: GroupMemory, pieces: Pieces, decisions: Decisions) -> Difference:
    """Compare pieces with what is known of them. Raises TooMuchError."""
    known = _marks_known(memory, pieces.changed)
    get, marks = known.get, pieces.marks
    asked = known.keys() | marks.keys() if pieces.changed is None else pieces.changed
    doubtful = [key for key in asked if key in marks and get(key) != marks[key]]
    fresh = [pieces[k] for k in doubtful if marks[k] or get(k) != mark_of(pieces[k])]
    left = {key for key in asked if key in known and key not in marks}
    left.update(piece.key for piece in fresh if piece.key in known)
    gone = [row for row, key in enumerate(memory.keys) if key in left] if left else []
    other = _declaring_otherwise(memory, pieces)
    other |= _decided_otherwise(memory.decisions, decisions)
    other -= left
    if len(fresh) + len(gone) + len(other) > most_changed(len(pieces)):
        raise TooMuchError
    fresh.sort(key=lambda p: _order(p.hours, p.key))
    return Difference(fresh, gone, other)


def _marks_known(memory: GroupMemory, of: Set[str] | None) -> dict[str, bytes]:
    """The marks of all pieces of the memory, or of some."""
    rows = range(len(memory.keys))
    places = rows if of is None else [n for n in rows if memory.keys[n] in of]
    return {memory.keys[n]: memory.marks[n * MARK : (n + 1) * MARK] for n in places}


def _declaring_otherwise(memory: GroupMemory, pieces: Pieces) -> set[str]:
    declared = memory.declared
    if pieces.redeclaring is not None and not pieces.redeclaring:
        return set()
    if any(declared):
        rows = range(0, len(declared), MARK)
        cells = zip(memory.keys, [declared[n : n + MARK] for n in rows], strict=True)
        known = {key: mark for key, mark in cells if mark != NONE}
    else:
        known = {}
    keys = pieces.marks if pieces.redeclaring is None else pieces.redeclaring & pieces.marks.keys()
    asked = [p for p in map(pieces.__getitem__, keys) if p.declared or p.key in known]
    return {p.key for p in asked if declared_mark(p) != known.get(p.key, NONE)}


def most_changed(pieces: int) -> int:
    """How many pieces may change before everything is done afresh."""
    return _MOST_CHANGED + pieces // _PART


def _decided_otherwise(before: Decisions, after: Decisions) -> set[str]:
    alone = before.alone ^ after.alone
    apart = (key for pair in before.apart ^ after.apart for key in pair)
    sets = set(before.together) ^ set(after.together)
    return {*alone, *apart, *(key for keys in sets for key in keys)}


def splice_of(memory: GroupMemory, found: Difference) -> Splice:
    """Where the fresh pieces come among the old ones, which are in order of time."""
    hours, keys = memory.hours, memory.keys

    def order(row: int) -> tuple[bool, float, str]:
        return _order(None if isnan(hours[row]) else hours[row], keys[row])

    rows = range(len(keys))
    put_in = [bisect_left(rows, _order(p.hours, p.key), key=order) for p in found.fresh]
    return Splice.of(len(keys), found.gone, put_in)


def _order(hours: float | None, key: str) -> tuple[bool, float, str]:
    return hours is None, hours or 0.0, key
