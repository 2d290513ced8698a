"""What grouping needs to know of reports, and what a site or its editor may change about it."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

HOURS_OF_A_DAY = 24.0


class Piece(Struct, frozen=True, array_like=True, gc=False):
    """One report, as grouping sees it.

    `key` is unique and stable. `hours` are hours since 1970 (UTC), None if undated. `outlet` is
    empty if unknown. `declared` are keys of pieces that it names as related or that name it.
    """

    key: str
    title: str
    excerpt: str
    hours: float | None
    outlet: str
    declared: tuple[str, ...] = ()

    @property
    def day(self) -> int | None:
        """Days since 1970 (UTC), None if undated."""
        return None if self.hours is None else int(self.hours // HOURS_OF_A_DAY)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a site may change. `breadth` above 1 makes broader stories, below 1 tighter.

    A story is over `closed_after_days` after its last report: no report joins it any more.
    """

    breadth: float = 1.0
    closed_after_days: int = 8


@dataclass(frozen=True, slots=True)
class Decisions:
    """An editor's word on stories, in keys of pieces; it beats the rule.

    `alone`: each stays by itself. `apart`: sets of which no two stand in one story.
    """

    alone: frozenset[str] = frozenset()
    apart: tuple[frozenset[str], ...] = ()


NO_DECISIONS = Decisions()
