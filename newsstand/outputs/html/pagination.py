"""Lists: what belongs together, and what runs over pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from newsstand.outputs import urls

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


def slices(entries: Sequence[T], size: int) -> Iterator[tuple[int, int, Sequence[T]]]:
    """A list -> (number, total, entries) of each page; an empty list has one page."""
    total = max(1, -(-len(entries) // size))
    for number in range(1, total + 1):
        yield number, total, entries[(number - 1) * size : number * size]


def neighbours(first: str, number: int, total: int) -> tuple[str, str]:
    """The addresses of the pages before and after one of a list, empty where there is none."""
    before = urls.numbered(first, number - 1) if number > 1 else ""
    return before, urls.numbered(first, number + 1) if number < total else ""


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Pairs -> the values of each key, in their order."""
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}
