"""How often a newcomer changes a story that it is not in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from newsstand.stories.grouping.clustering import LikenessIndex, Piece, Rule, group_index
from newsstand.stories.grouping.components import Tying
from newsstand.stories.grouping.pieces import Decisions

_NEWCOMERS = 40
_SLICES = (100, 340)


def locality(pieces: Sequence[Piece], rule: Rule) -> list[str]:
    """A line for each size of site, for the newest newcomers and for those of any time."""
    ordered = sorted(pieces, key=lambda p: (p.hours is None, p.hours or 0.0, p.key))
    lines = []
    for size in _SLICES:
        slices = [ordered[n : n + size] for n in range(0, len(ordered) - size, size)][:3]
        for when in ("newest", "any time"):
            found = [_changed(part, rule, when == "newest") for part in slices]
            newcomers, tied, others = map(sum, zip(*found, strict=True))
            lines.append(
                f"sites of {size}, newcomers of {when}: {newcomers} changed {tied} stories "
                f"that they are tied to and not in, {others} others"
            )
    return lines


def _changed(pieces: Sequence[Piece], rule: Rule, newest: bool) -> tuple[int, int, int]:
    """Newcomers, changed stories that they are tied to, changed stories that they are not."""
    last = max(p.hours or 0.0 for p in pieces)
    tied = others = 0
    for newcomer in Random(1).sample(list(pieces), _NEWCOMERS):
        rest = [p for p in pieces if p is not newcomer]
        came = replace(newcomer, hours=last) if newest else newcomer
        before = {frozenset(story) for story in group_index(LikenessIndex(rest, rule))}
        index = LikenessIndex([*rest, came], rule)
        place = index.place[came.key]
        knot = next(k for k in Tying(index, Decisions()).all_knots() if place in k.places)
        near = {index.pieces[n].key for n in knot.places}
        for story in group_index(index):
            if came.key not in story and frozenset(story) not in before:
                if near.isdisjoint(story):
                    others += 1
                else:
                    tied += 1
    return _NEWCOMERS, tied, others
