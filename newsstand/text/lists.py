"""Lists: what belongs together, and a long list in parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


def slices(entries: Sequence[T], size: int) -> Iterator[tuple[int, int, Sequence[T]]]:
    """A list -> (number, total, entries) of each page; an empty list has one page."""
    total = max(1, -(-len(entries) // size))
    for number in range(1, total + 1):
        yield number, total, entries[(number - 1) * size : number * size]


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Pairs -> the values of each key, in their order."""
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
