"""How alike two pieces are, and by which words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log, sqrt

from .words import shared_tails, words_of


@dataclass(frozen=True, slots=True)
class Piece:
    """What grouping needs to know of one report.

    `key` is unique and stable. `hours` are hours since 1970 (UTC), None if undated.
    `declared` are keys of pieces an editor named together with it: a hint, no proof.
    """

    key: str
    title: str
    excerpt: str
    hours: float | None
    outlet: str
    declared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """What a site may change. `breadth` above 1 makes broader stories, below 1 tighter."""

    breadth: float = 1.0
    window_hours: float = 96.0
    half_life_hours: float = 48.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """Likeness of two pieces, 0 to 1, and the shares of it that each word brings."""

    value: float
    cosine: float
    hours_apart: float | None
    words: tuple[tuple[str, float], ...] = field(default=())


LEAST = 0.1


class LikenessIndex:
    """All pieces by their words, in order of time."""

    def __init__(self, pieces: Sequence[Piece], rule: Rule) -> None:
        self.rule = rule
        self.tails = shared_tails(piece.title for piece in pieces)
        ordered = sorted(pieces, key=lambda p: (p.hours is None, p.hours or 0.0, p.key))
        self.pieces = tuple(ordered)
        self.place = {piece.key: n for n, piece in enumerate(ordered)}
        raw = [words_of(p.title, p.excerpt, self.tails) for p in ordered]
        self.frequency = Counter(word for counts in raw for word in counts)
        self.vectors = [self._unit(counts) for counts in raw]

    def _unit(self, counts: dict[str, float]) -> dict[str, float]:
        total = len(self.pieces)
        weights = {
            word: (1 + log(max(count, 1.0)))
            * (count if count < 2 else 1.0) ** 0
            * (log((1 + total) / (1 + self.frequency[word])) + 1) ** 0.7
            for word, count in counts.items()
        }
        length = sqrt(sum(w * w for w in weights.values())) or 1.0
        return {word: w / length for word, w in weights.items()}

    def vector(self, piece: Piece) -> dict[str, float]:
        """Unit vector of a piece, in the index or not."""
        if piece.key in self.place:
            return self.vectors[self.place[piece.key]]
        return self._unit(words_of(piece.title, piece.excerpt, self.tails))

    def likeness(self, a: str, b: str) -> Likeness:
        """Likeness of two pieces of the index."""
        return self.between(self.pieces[self.place[a]], self.pieces[self.place[b]])

    def between(self, a: Piece, b: Piece) -> Likeness:
        """Likeness of two pieces, in the index or not."""
        left, right = self.vector(a), self.vector(b)
        products = {w: x * right[w] for w, x in left.items() if w in right}
        cosine = sum(products.values())
        apart = None if a.hours is None or b.hours is None else abs(a.hours - b.hours)
        fade = 1.0 if apart is None else 2.0 ** (-apart / self.rule.half_life_hours)
        words = sorted(((w, p * fade) for w, p in products.items()), key=lambda x: (-x[1], x[0]))
        return Likeness(cosine * fade, cosine, apart, tuple(words))

    def near(self, a: Piece, b: Piece) -> bool:
        """Whether a declared piece reports the same event as the piece that declares it."""
        return self.between(a, b).value >= LEAST / 2

    def nearest(self, key: str, count: int) -> tuple[tuple[str, Likeness], ...]:
        """The most alike others of the index."""
        own = self.pieces[self.place[key]]
        scored = [(self.between(own, p), p.key) for p in self.pieces if p.key != key]
        scored.sort(key=lambda x: (-x[0].value, x[1]))
        return tuple((k, like) for like, k in scored[:count] if like.value > 0)

    def pairs(self) -> Iterator[tuple[int, int, float]]:
        """All pairs of places whose likeness is worth looking at."""
        postings: dict[str, list[tuple[int, float]]] = {}
        for n, vector in enumerate(self.vectors):
            hours = self.pieces[n].hours
            sums: dict[int, float] = {}
            for word, weight in vector.items():
                posting = postings.setdefault(word, [])
                start = 0
                if hours is not None:
                    oldest = hours - self.rule.window_hours
                    start = bisect_left(posting, oldest, key=lambda e: self.pieces[e[0]].hours or 0)
                for other, theirs in posting[start:]:
                    sums[other] = sums.get(other, 0.0) + weight * theirs
                posting.append((n, weight))
            for other, cosine in sums.items():
                theirs_at = self.pieces[other].hours
                fade = 1.0
                if hours is not None and theirs_at is not None:
                    fade = 2.0 ** (-abs(hours - theirs_at) / self.rule.half_life_hours)
                if cosine * fade >= LEAST:
                    yield other, n, cosine * fade
