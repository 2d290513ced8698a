"""Records that name each other, and those that these name, and so on: a family.

What pages of a family list is mostly the same. If they are made one after the other, one process
makes most of them, and what it has printed no other has to print, nor to keep.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from newsstand.stories.references import References

T = TypeVar("T")


def by_family(values: Sequence[T], record_of: Callable[[T], str], kin: References) -> list[T]:
    """Values with families together, each at the place of its first; else as they stand.

    `record_of` gives the path of a value's record, "" for none: those come first. They are lists,
    and print lines that no page of a record has.
    """
    first: dict[str, int] = {}
    placed = []
    for place, value in enumerate(values):
        path = record_of(value)
        if path and path not in first:
            _put_family(path, place, kin, first)
        placed.append((first.get(path, -1), place))
    return [values[place] for _, place in sorted(placed)]


def _put_family(path: str, place: int, kin: References, first: dict[str, int]) -> None:
    """Note a place for all of a record's family."""
    first[path] = place
    waiting = [path]
    while waiting:
        one = waiting.pop()
        for other in kin.of(one):
            if other not in first:
                first[other] = place
                waiting.append(other)
