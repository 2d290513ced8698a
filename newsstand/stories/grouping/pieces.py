"""What grouping needs to know of reports, and what a site may change about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """What grouping needs to know of one report.

    `key` is unique and stable. `hours` are hours since 1970 (UTC), None if undated.
    `outlet` is empty if unknown. `declared` are keys of pieces that it names as related or
    that name it: a hint, no proof. `mark` is eight bytes that are equal only where title,
    excerpt, hours and outlet are; without, they are made when they are needed.
    """

    key: str
    title: str
    excerpt: str
    hours: float | None
    outlet: str
    declared: frozenset[str] = frozenset()
    mark: bytes = b""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a site may change. `breadth` above 1 makes broader stories, below 1 tighter.

    Pieces more than `window_hours` apart are not compared.
    """

    breadth: float = 1.0
    window_hours: float = 96.0


@dataclass(frozen=True, slots=True)
class Decisions:
    """An editor's word on stories, in keys of pieces; it beats the rule.

    `together`: sets that are one story. `alone`: each stays by itself. `apart`: pairs that
    must not stand in one story. Keys that are not there are passed over.
    """

    together: tuple[frozenset[str], ...] = ()
    alone: frozenset[str] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()


class Pieces:
    """Pieces by key, made when they are asked for: where little has changed few are.

    `marks` are their marks, empty for one that has none. `changed` are those whose marks may be
    others than in the last run, or that are gone, `redeclaring` those that may declare others; None
    where nobody can tell.
    """

    def __init__(
        self,
        marks: Mapping[str, bytes],
        make: Callable[[str], Piece],
        changed: Set[str] | None = None,
        redeclaring: Set[str] | None = None,
    ) -> None:
        self.marks = marks
        self.changed = changed
        self.redeclaring = redeclaring
        self._make = make
        self._made: dict[str, Piece] = {}

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> Pieces:
        """Pieces that are made already."""
        made = {piece.key: piece for piece in pieces}
        return cls({key: piece.mark for key, piece in made.items()}, made.__getitem__)

    def __getitem__(self, key: str) -> Piece:
        piece = self._made.get(key)
        if piece is None:
            piece = self._made[key] = self._make(key)
        return piece

    def __iter__(self) -> Iterator[Piece]:
        return map(self.__getitem__, self.marks)

    def __len__(self) -> int:
        return len(self.marks)


class InOrder(Sequence[Piece]):
    """Pieces in the order of some keys, looked up when asked for."""

    def __init__(self, keys: Sequence[str], pieces: Pieces) -> None:
        self._keys = keys
        self._pieces = pieces

    def __getitem__(self, place: int) -> Piece:  # type: ignore[override]
        return self._pieces[self._keys[place]]

    def __len__(self) -> int:
        return len(self._keys)
