"""Tables as columns of bytes: what is in a row, where a value stands, rows put in and taken out."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")
NOT_THERE = 0xFFFFFFFF  # of a row that is gone


def places_of(column: bytes, value: bytes, low: int = 0, high: int | None = None) -> list[int]:
    """Rows, from one to before another, that have this value. It is as long as a cell."""
    width, found = len(value), []
    end = len(column) if high is None else high * width
    at = column.find(value, low * width, end)
    while at >= 0:
        if at % width:
            at = column.find(value, at + 1, end)
        else:
            found.append(at // width)
            at = column.find(value, at + width, end)
    return found


def as_bytes(column: array[Any]) -> bytes:
    """A column of numbers as any machine can read it."""
    if sys.byteorder != "little":
        column = column[:]
        column.byteswap()
    return column.tobytes()


def as_numbers(data: bytes, kind: str = "I") -> array[Any]:
    """What `as_bytes` wrote. Raises ValueError for what it did not."""
    column = array(kind)
    column.frombytes(data)
    if sys.byteorder != "little":
        column.byteswap()
    return column


def cell(column: bytes, row: int, width: int) -> bytes:
    """One cell of a column."""
    return column[row * width : (row + 1) * width]


@dataclass(frozen=True, slots=True)
class Splice:
    """How rows of a table become those of its next version.

    `runs` are kept rows (first old row, first new row, how many); between them stand new ones.
    """

    runs: Sequence[tuple[int, int, int]]
    before: int
    after: int

    @classmethod
    def of(cls, before: int, gone: Iterable[int], put_in: Sequence[int]) -> Splice:
        """Take rows out, and put new ones in before these old rows (sorted, may repeat)."""
        events = sorted([*((row, 0) for row in put_in), *((row, 1) for row in set(gone))])
        runs, old, new = [], 0, 0
        for row, is_gone in events:
            if row > old:
                runs.append((old, new, row - old))
                new += row - old
                old = row
            if is_gone:
                old += 1
            else:
                new += 1
        if before > old:
            runs.append((old, new, before - old))
            new += before - old
        return cls(runs, before, new)

    def without(self, rows: Iterable[int]) -> Splice:
        """Make these new rows (by their new places) too, where they were kept."""
        runs, wanted = list(self.runs), sorted(set(rows))
        kept: list[tuple[int, int, int]] = []
        for old, new, count in runs:
            first = new
            for row in wanted[
                bisect_right(wanted, new - 1) : bisect_right(wanted, new + count - 1)
            ]:
                if row > first:
                    kept.append((old + first - new, first, row - first))
                first = row + 1
            if new + count > first:
                kept.append((old + first - new, first, new + count - first))
        return Splice(kept, self.before, self.after)

    @property
    def new_rows(self) -> list[int]:
        """Places of rows that are not kept."""
        found: list[int] = []
        end = 0
        for _, new, count in self.runs:
            found += range(end, new)
            end = new + count
        return [*found, *range(end, self.after)]

    def column(self, old: bytes, width: int, cells: Iterable[bytes]) -> bytes:
        """The next version of a column, with the cells of the new rows in order."""
        parts, end, more = [], 0, iter(cells)
        for first, new, count in self.runs:
            parts += [next(more) for _ in range(new - end)]
            parts.append(old[first * width : (first + count) * width])
            end = new + count
        return b"".join([*parts, *more])

    def items(self, old: Sequence[T], more: Iterable[T]) -> list[T]:
        """As `column`, of a list."""
        found: list[T] = []
        rest = iter(more)
        for first, new, count in self.runs:
            found += [next(rest) for _ in range(new - len(found))]
            found += old[first : first + count]
        return [*found, *rest]

    def moved(self) -> list[int] | None:
        """For each old row its new place; None where all kept ones stay where they are."""
        if all(old == new for old, new, _ in self.runs):
            return None
        places = [NOT_THERE] * self.before
        for old, new, count in self.runs:
            places[old : old + count] = range(new, new + count)
        return places

    def place(self, old: int) -> int:
        """The new place of a kept row."""
        first, new, _ = self.runs[bisect_right(self.runs, (old, NOT_THERE, 0)) - 1]
        return new + old - first

    def origin(self, new: int) -> int | None:
        """The old place of a kept row, None of a new one."""
        at = bisect_right(self.runs, new, key=lambda run: run[1]) - 1
        first, start, count = self.runs[at] if at >= 0 else (0, 0, 0)
        return first + new - start if at >= 0 and new < start + count else None
