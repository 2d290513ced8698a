"""What grouping needs to know of reports, and what a site may change about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


class InOrder(Sequence[Piece]):
    """Pieces in the order of some keys, looked up when asked for."""

    def __init__(self, keys: Sequence[str], pieces: Iterable[Piece]) -> None:
        self._keys = keys
        self._pieces = {piece.key: piece for piece in pieces}

    def __getitem__(self, place: int) -> Piece:  # type: ignore[override]
        return self._pieces[self._keys[place]]

    def __len__(self) -> int:
        return len(self._keys)
