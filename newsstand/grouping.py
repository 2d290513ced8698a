"""Pieces to stories: every piece in exactly one story."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from .likeness import LikenessIndex, Piece, Rule

__all__ = ["Decisions", "Piece", "Rule", "group"]

THRESHOLD = 0.18
SIZE_POWER = 0.9


@dataclass(frozen=True, slots=True)
class Decisions:
    """An editor's word on stories, in keys of pieces; it beats the rule.

    `together`: sets that are one story; `alone`: each stays by itself; `apart`: pairs
    that must not stand in one story.
    """

    together: tuple[frozenset[str], ...] = ()
    alone: frozenset[str] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()


def group(
    pieces: Sequence[Piece], rule: Rule, decisions: Decisions = Decisions()
) -> tuple[tuple[str, ...], ...]:
    """Every key in exactly one story; the order of `pieces` changes nothing."""
    return group_index(LikenessIndex(pieces, rule), decisions)


def group_index(index: LikenessIndex, decisions: Decisions) -> tuple[tuple[str, ...], ...]:
    threshold = THRESHOLD / index.rule.breadth
    members: dict[int, list[int]] = {n: [n] for n in range(len(index.pieces))}
    bonds: dict[int, dict[int, float]] = {n: {} for n in members}
    alone = {index.place[k] for k in decisions.alone if k in index.place}
    for a, b, value in index.pairs():
        if a not in alone and b not in alone:
            bonds[a][b] = bonds[b][a] = value
    banned: dict[int, set[int]] = {}
    for pair in decisions.apart:
        a, b = (index.place.get(k, -1) for k in pair)
        if a >= 0 and b >= 0:
            banned.setdefault(a, set()).add(b)
            banned.setdefault(b, set()).add(a)

    def merge(a: int, b: int) -> None:
        members[a] += members.pop(b)
        for c, value in bonds.pop(b).items():
            if c != a:
                bonds[a][c] = bonds[c][a] = bonds[a].get(c, 0.0) + value
                del bonds[c][b]
        bonds[a].pop(b, None)
        for c in banned.pop(b, ()):
            banned[c].discard(b)
            banned[c].add(a)
            banned.setdefault(a, set()).add(c)

    def score(a: int, b: int) -> float:
        return bonds[a][b] / (len(members[a]) * len(members[b])) ** SIZE_POWER

    for keys in decisions.together:
        places = sorted(index.place[k] for k in keys if k in index.place)
        for other in places[1:]:
            merge(places[0], other)
    heap = [
        (-s, a, b, len(members[a]), len(members[b]))
        for a in bonds
        for b in bonds[a]
        if a < b and (s := score(a, b)) >= threshold
    ]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if a not in members or b not in members:
            continue
        if len(members[a]) != size_a or len(members[b]) != size_b or b in banned.get(a, ()):
            continue
        merge(a, b)
        for c in bonds[a]:
            if (s := score(a, c)) >= threshold:
                x, y = min(a, c), max(a, c)
                heapq.heappush(heap, (-s, x, y, len(members[x]), len(members[y])))
    stories = [tuple(index.pieces[n].key for n in sorted(group)) for group in members.values()]
    return tuple(sorted(stories, key=lambda s: index.place[s[0]]))
