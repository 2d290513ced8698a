"""How alike pieces and groups of pieces are, and by which words. See docs/stories.md.

*Likeness* (0 to 1) compares two pieces; it finds neighbours and is what readers are shown.
*Pull* compares two groups: the evidence, in nats, that they report one event. It decides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from math import sqrt

from newsstand.compounds import add_parts, compounds
from newsstand.evidence import (
    PART_OF_WORTH,
    SLOPE,
    SLOPE_UNTIMED,
    Cluster,
    Commonness,
    Worths,
    length,
    missed,
    shared,
)
from newsstand.nearness import Times
from newsstand.words import shared_tails, words_of

LEAST_LIKENESS = 0.13  # below, two pieces are no neighbours
MOST_POSTINGS = 2000  # of one word that are looked at, those nearest before it in order
_STANDING = 3  # headlines of one outlet over the same excerpt
_MOST_TELLING = 12  # words of a piece, by which others are found
_LENGTH = 8  # most telling words of a piece by which its length is measured

_PULL = 1.5  # nats from which groups belong together
_PULL_UNTIMED = 2.5
# Words that say fewer nats are too common to find neighbours by.
_SUPPORT = 0.15  # part of a group's pieces that must have a word for it to count in full
_LEAST_NATS = 0.7
_LEAST_NATS_UNTIMED = 0.4
_FOR_DECLARED = 1.0  # nats for an editor's word that two pieces are related
_FOR_NEAR = 1.0  # nats less are enough for a declared piece that is no record


@dataclass(frozen=True, slots=True)
class Piece:
    """What grouping needs to know of one report.

    `key` is unique and stable. `hours` are hours since 1970 (UTC), None if undated.
    `outlet` is empty if unknown. `declared` are keys of pieces that it names as related or
    that name it: a hint, no proof.
    """

    key: str
    title: str
    excerpt: str
    hours: float | None
    outlet: str
    declared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """What a site may change. `breadth` above 1 makes broader stories, below 1 tighter.

    Pieces more than `window_hours` apart are not compared.
    """

    breadth: float = 1.0
    window_hours: float = 96.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """Likeness of two pieces: the `cosine` of their words, halved every 48 hours.

    `words` says what each shared word (its stem) brings, most first; it adds up to `value`.
    """

    value: float
    cosine: float
    hours_apart: float | None
    words: tuple[tuple[str, float], ...] = ()


_Worth = tuple[float, str]
"""A word and, negative so that the most telling sorts first, the root of its nats: products of
worths are nats again, nearly."""


class LikenessIndex:
    """Pieces by their words, in order of time, the undated last, equal times by key.

    `place` is each key's position in `pieces`, `texts` are the weighted words in the same
    order, `same` groups places of pieces with the very same ones. Groups whose pull reaches
    `threshold` belong together.
    """

    def __init__(self, pieces: Sequence[Piece], rule: Rule) -> None:
        self.pieces = tuple(sorted(pieces, key=lambda p: (p.hours is None, p.hours or 0.0, p.key)))
        self.place = {piece.key: n for n, piece in enumerate(self.pieces)}
        self.times = Times([piece.hours for piece in self.pieces], rule.window_hours)
        self.threshold = _PULL if self.times.timed else _PULL_UNTIMED
        self._support = _SUPPORT if self.times.timed else 0.0
        self._tails = shared_tails(piece.title for piece in self.pieces)
        standing = _standing_texts(self.pieces)
        self.texts = [
            words_of(p.title, "" if (p.outlet, p.excerpt) in standing else p.excerpt, self._tails)
            for p in self.pieces
        ]
        self._parts = compounds(set(chain.from_iterable(self.texts)))
        for text in self.texts:
            add_parts(text, self._parts)
        self.same = _same(self.texts)
        self._totals = [sum(text.values()) for text in self.texts]
        # Copies of a text count once: that it is copied does not make its words common.
        counted = [p[0] for p in self.same if p[0] < self.times.counted]
        records_with = Counter(chain.from_iterable(self.texts[n] for n in counted))
        least = _LEAST_NATS if self.times.timed else _LEAST_NATS_UNTIMED
        slope = (SLOPE if self.times.timed else SLOPE_UNTIMED) / rule.breadth
        self._common = Commonness(records_with, len(counted), slope)
        self._worth = Worths(self._common, least)
        self._norms: list[float] = []
        self._telling = self._post()

    def likeness(self, a: str, b: str) -> Likeness:
        """Likeness of two pieces of the index, by their keys."""
        return self.between(self.pieces[self.place[a]], self.pieces[self.place[b]])

    def between(self, a: Piece, b: Piece) -> Likeness:
        """Likeness of two pieces, whether the index has them or not."""
        mine, theirs = self._worths_of(self._text(a)), self._worths_of(self._text(b))
        norms = _norm(mine) * _norm(theirs)
        other = {word: worth for worth, word in theirs}
        shares = [(word, worth * other[word] / norms) for worth, word in mine if word in other]
        shares.sort(key=_most_first)
        fade = self.times.fade(a.hours, b.hours)
        words = tuple((word, share * fade) for word, share in shares)
        apart = None if a.hours is None or b.hours is None else abs(a.hours - b.hours)
        cosine = sum(share for _, share in shares)
        return Likeness(sum(share for _, share in words), cosine, apart, words)

    def nearest(self, key: str, count: int) -> tuple[tuple[str, Likeness], ...]:
        """The pieces of the index most alike to one of them, most alike first."""
        own = self.place[key]
        hours = self.pieces[own].hours
        sums = self._products(own, *self.times.within(hours))
        if hours is not None and self.times.timed:
            sums.update(self._products(own, *self.times.undated))
        sums.pop(own, None)
        fade = self.times.fade
        scored = sorted(
            (-product / self._norms[n] * fade(hours, self.pieces[n].hours), n)
            for n, product in sums.items()
        )
        found = [self.pieces[n].key for _, n in scored[:count]]
        likenesses = ((other, self.likeness(key, other)) for other in found)
        return tuple(sorted(likenesses, key=lambda pair: (-pair[1].value, pair[0])))

    def neighbours(self, left_out: Collection[int] = ()) -> Iterator[tuple[int, int, float]]:
        """Pairs of places that are alike enough to be looked at, each once, earlier first.

        The third is about how many nats they share, by their most telling words alone.
        """
        for n, piece in enumerate(self.pieces):
            if n in left_out:
                continue
            hours, least = piece.hours, LEAST_LIKENESS * self._norms[n]
            for other, product in self._products(n, self.times.within(hours)[0], n).items():
                needed = least * self._norms[other]
                if product < needed or other in left_out:
                    continue
                if product * self.times.fade(hours, self.pieces[other].hours) >= needed:
                    yield other, n, product

    def near(self, a: Piece, b: Piece) -> bool:
        """Whether a declared piece and the piece that declares it report one event."""
        one, other = (Cluster.of(self._text(piece), piece.hours) for piece in (a, b))
        return self.pull(one, other) >= self.threshold - _FOR_NEAR

    def shared(self, a: Cluster, b: Cluster) -> float:
        """Nats that the words of two groups speak for one event, see `evidence`."""
        nats = shared(a, b, self._common, self._support)
        return nats - missed(a, b) if self._support and (a.core or b.core) else nats

    def weigh(self, nats: float, a: Cluster, b: Cluster, declared: int = 0) -> float:
        """Pull from what `shared` gave; so many pairs of pieces are declared related."""
        fewer = min(a.size, b.size)
        against = length(a.total, b.total) + self.times.cost(a, b) * fewer
        if declared:
            against -= _FOR_DECLARED * declared / (a.size * b.size) * fewer
        return (nats - against) / sqrt(fewer)

    def pull_of_pair(self, a: int, b: int, nats: float, *, declared: bool = False) -> float:
        """Pull of two pieces, by their places, if they share so many nats."""
        apart = self.times.cost_between(self.pieces[a].hours, self.pieces[b].hours)
        hint = _FOR_DECLARED if declared else 0.0
        return nats + hint - apart - length(self._totals[a], self._totals[b])

    def pull(self, a: Cluster, b: Cluster, declared: int = 0) -> float:
        """Evidence that two groups report one event, in nats per root of the smaller's size."""
        return self.weigh(self.shared(a, b), a, b, declared)

    def bond(self, a: Iterable[str], b: Iterable[str]) -> float:
        """Pull of two groups given by their keys."""
        mine, theirs = sorted(a), sorted(b)
        links = sum(len(self.pieces[self.place[key]].declared.intersection(theirs)) for key in mine)
        one, other = (reduce(Cluster.joined, map(self.cluster, keys)) for keys in (mine, theirs))
        return self.pull(one, other, links)

    def cluster(self, key: str) -> Cluster:
        """One piece of the index, by its key, as a group."""
        return self.cluster_at(self.place[key])

    def cluster_at(self, place: int) -> Cluster:
        """One piece of the index, by its place, as a group."""
        return Cluster.of(self.texts[place], self.pieces[place].hours)

    def _text(self, piece: Piece) -> dict[str, float]:
        place = self.place.get(piece.key)
        if place is not None and self.pieces[place] == piece:
            return self.texts[place]
        text = words_of(piece.title, piece.excerpt, self._tails)
        add_parts(text, self._parts)
        return text

    def _worths_of(self, text: Mapping[str, float]) -> list[_Worth]:
        """The words of a text that tell anything, the most telling first."""
        telling, part = self._worth, PART_OF_WORTH
        return sorted([(x * part[weight], w) for w, weight in text.items() if (x := telling[w])])

    def _post(self) -> list[list[_Worth]]:
        """The most telling words of each piece, whether another has them or not.

        So they depend on no other piece. Words that another has too are posted.
        """
        pieces_with = Counter(chain.from_iterable(self.texts))
        postings: dict[str, tuple[list[int], list[float]]] = {
            word: ([], []) for word, count in pieces_with.items() if count > 1
        }
        self._postings = postings
        telling = []
        for n, text in enumerate(self.texts):
            worths = self._worths_of(text)[:_MOST_TELLING]
            self._norms.append(_norm(worths[:_LENGTH]))
            found = [worth for worth in worths if worth[1] in postings]
            for worth, word in found:
                places, told = postings[word]
                places.append(n)
                told.append(worth)
            telling.append(found)
        return telling

    def _products(self, place: int, low: int, high: int) -> dict[int, float]:
        """Scalar products of one piece with those from one place to before another."""
        sums: dict[int, float] = {}
        get = sums.get
        for mine, word in self._telling[place]:
            places, told = self._postings[word]
            end = bisect_left(places, high)
            start = max(bisect_left(places, low), end - MOST_POSTINGS)
            for n, theirs in zip(places[start:end], told[start:end], strict=True):
                sums[n] = get(n, 0.0) + mine * theirs
        return sums


def _most_first(share: tuple[str, float]) -> tuple[float, str]:
    return -share[1], share[0]


def _norm(worths: Iterable[_Worth]) -> float:
    return sqrt(sum(worth * worth for worth, _ in worths))


def _same(texts: Iterable[Mapping[str, float]]) -> list[list[int]]:
    """Places of texts with the very same words."""
    same: dict[tuple[tuple[str, float], ...], list[int]] = {}
    for n, text in enumerate(texts):
        same.setdefault(tuple(text.items()), []).append(n)
    return list(same.values())


def _standing_texts(pieces: Iterable[Piece]) -> set[tuple[str, str]]:
    """Excerpts that an outlet prints under several headlines: they tell of none of them."""
    headlines = {(p.outlet, p.excerpt, p.title) for p in pieces if p.outlet and p.excerpt}
    times = Counter((outlet, excerpt) for outlet, excerpt, _ in headlines)
    return {text for text, count in times.items() if count >= _STANDING}
