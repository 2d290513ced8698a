"""Records day by day: what becomes of stories that were there when a day's records come in."""

from __future__ import annotations

from collections.abc import Sequence

from newsstand.stories.grouping.group import Reports, group
from newsstand.stories.grouping.pieces import NO_DECISIONS, Piece, Rule


def replay(pieces: Sequence[Piece], rule: Rule) -> str:
    """How many stories lost or exchanged reports although none of the day's joined them."""
    days = sorted({piece.day for piece in pieces if piece.day is not None})
    came: list[Piece] = []
    memory, before = b"", dict[str, frozenset[str]]()
    changed = closed = 0
    for day in days:
        new = [piece for piece in pieces if piece.day == day]
        came += new
        found = group(Reports.of(came), rule, NO_DECISIONS, memory)
        memory = found.encoded()
        after = {key: frozenset(story) for story in found.stories for key in story}
        fresh = {piece.key for piece in new}
        last = {piece.key: piece.day or 0 for piece in came}
        for story in {s for key, s in before.items() if after[key] != s}:
            if not any(fresh & after[key] for key in story):
                changed += 1
            if max(last[key] for key in story) < day - rule.closed_after_days:
                closed += 1
        before = after
    return (
        f"{len(days)} days, {len(came)} new records: {changed} stories changed without a new "
        f"record, {closed} that were over"
    )
