"""What the pages of the archive have in common."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from newsstand.model import Article
from newsstand.outputs import urls
from newsstand.outputs.html.cards import counted
from newsstand.outputs.html.views_of_parts import Link

Counts = tuple[tuple[date, int], ...]
"""How many records each day has, the oldest first."""


def counted_in(articles: Sequence[Article]) -> str:
    """The counts of a list: "36 reports from 12 outlets"."""
    return counted(len(articles), len({a.piece.outlet for a in articles} - {""}))


def archive_trail(*links: Link) -> tuple[Link, ...]:
    """The way from the archive down."""
    return (Link("Archive", urls.ARCHIVE), *links)


def step(places: Sequence[tuple[str, str]], place: int, by: int) -> Link | None:
    """The place beside one in a list of (name, address), where there is one."""
    beside = place + by
    return Link(*places[beside]) if 0 <= beside < len(places) else None


def addresses_of(earlier: Link | None, later: Link | None) -> tuple[str, str]:
    """The addresses of the places before and after, empty for none."""
    return earlier.address if earlier else "", later.address if later else ""
