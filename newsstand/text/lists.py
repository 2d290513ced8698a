"""Lists: what belongs together, and a long list in parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


def parts(entries: Sequence[T], size: int) -> Iterator[tuple[int, Sequence[T]]]:
    """A list, newest first -> (number, entries) of each page, so that what is over stays put.

    Pages are counted from the oldest entries, and those with a number are full and stay so: number
    1 has the `size` oldest. The first that is given is number 0, with the rest: all that is new.
    """
    full = max(len(entries) // size - 1, 0)
    first = len(entries) - full * size
    yield 0, entries[:first]
    for number in range(full, 0, -1):
        start = first + (full - number) * size
        yield number, entries[start : start + size]


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Pairs -> the values of each key, in their order."""
    lists: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        lists[key].append(value)
    return {key: tuple(values) for key, values in lists.items()}


def names_in(text: str) -> list[str]:
    """The names of one text with commas between them; quotes around one are not a part of it."""
    parts = (part.strip() for part in text.split(","))
    return [name for part in parts if (name := _unquoted(part))]


def _unquoted(text: str) -> str:
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1].strip() if is_quoted else text
