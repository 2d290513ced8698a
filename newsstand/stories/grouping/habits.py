"""Habits of outlets, as short marks: how they end headlines, what they print under many."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from newsstand.stories.grouping.columns import Splice, cell, places_of
from newsstand.stories.grouping.components import LEAST_OF_A_SERIES
from newsstand.stories.grouping.pieces import Piece
from newsstand.stories.grouping.term_weights import STANDING
from newsstand.stories.grouping.tokens import LEAST_OF_A_TAIL, head_of, tail_of

MARK = 8  # bytes
NONE = bytes(MARK)
KINDS = ("tails", "standing", "series")
_TITLE = 4  # bytes
_LEAST = {"tails": LEAST_OF_A_TAIL, "standing": STANDING, "series": LEAST_OF_A_SERIES}

Habits = tuple[bytes, bytes, bytes, bytes]
"""Marks of a piece's tail, of its outlet with its excerpt and with how its headline begins (zeros
where there is none), and four bytes of its title."""


@dataclass(frozen=True, slots=True, eq=False)
class HabitTable:
    """The marks of pieces in columns, a row for each piece."""

    tails: bytes = b""
    standing: bytes = b""
    series: bytes = b""
    titles: bytes = b""

    def at(self, place: int) -> Habits:
        """The marks of one piece."""
        tail, standing, series = (cell(getattr(self, kind), place, MARK) for kind in KINDS)
        return tail, standing, series, cell(self.titles, place, _TITLE)

    def is_one(self, kind: str, value: bytes) -> bool:
        """Whether so many pieces have a mark that it is a habit.

        Equal headlines count once, but where they end alike.
        """
        if value == NONE:
            return False
        places = self.with_mark(kind, value)
        if kind != "tails" and len(places) >= _LEAST[kind]:
            return len({cell(self.titles, n, _TITLE) for n in places}) >= _LEAST[kind]
        return len(places) >= _LEAST[kind]

    def with_mark(self, kind: str, value: bytes) -> list[int]:
        """Places of the pieces that have a mark."""
        return places_of(getattr(self, kind), value)

    def has(self, kind: str, place: int) -> bool:
        """Whether a piece follows a habit."""
        return self.is_one(kind, cell(getattr(self, kind), place, MARK))

    def spliced(self, splice: Splice, habits: Sequence[Habits]) -> HabitTable:
        """The next version of the table, with new rows."""
        tails, standing, series = (
            splice.column(getattr(self, kind), MARK, [marks[n] for marks in habits])
            for n, kind in enumerate(KINDS)
        )
        titles = splice.column(self.titles, _TITLE, [marks[3] for marks in habits])
        return HabitTable(tails, standing, series, titles)


def habits_of(piece: Piece) -> Habits:
    """What a piece may have in common with others of its outlet, or of its site."""
    tail, head = tail_of(piece.title), head_of(piece.title) if piece.outlet else ()
    return (
        _mark(tail) if tail else NONE,
        _mark(piece.outlet, piece.excerpt) if piece.outlet and piece.excerpt else NONE,
        _mark(piece.outlet, *head) if head else NONE,
        struct.pack("<I", zlib.crc32(_bytes(piece.title))),
    )


def mark_of(piece: Piece) -> bytes:
    """Eight bytes that are equal only for equal title, excerpt, hours and outlet."""
    return piece.mark or _mark(piece.title, piece.excerpt, repr(piece.hours), piece.outlet)


def declared_mark(piece: Piece) -> bytes:
    """Eight bytes for what a piece declares; zeros for nothing."""
    return _mark(*sorted(piece.declared)) if piece.declared else NONE


def _mark(*texts: str) -> bytes:
    return blake2b(_bytes("\0".join(texts)), digest_size=MARK).digest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
