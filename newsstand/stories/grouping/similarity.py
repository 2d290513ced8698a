"""How alike pieces and groups of pieces are, and by which words. See docs/stories.md.

*Likeness* (0 to 1) compares two pieces; it finds neighbours and is what readers are shown.
*Pull* compares two groups: the evidence, in nats, that they report one event. It decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from math import sqrt

from newsstand.stories.grouping.candidates import Pair, Pairs, Telling
from newsstand.stories.grouping.compounds import add_parts, parts_among
from newsstand.stories.grouping.likelihood import (
    SLOPE,
    SLOPE_UNTIMED,
    Cluster,
    length,
    missed,
    norm,
    shared,
)
from newsstand.stories.grouping.pieces import Piece, Rule
from newsstand.stories.grouping.term_weights import Text, Weighing, Wording
from newsstand.stories.grouping.time_decay import Times
from newsstand.stories.grouping.tokens import NAME_WEIGHT, words_of

__all__ = ["Known", "Likeness", "LikenessIndex", "Piece", "Rule"]

_PULL = 1.5  # nats from which groups belong together
_PULL_UNTIMED = 2.5
_SUPPORT = 0.15  # part of a group's pieces that must have a word for it to count in full
# Words that say fewer nats are too common to find neighbours by.
_LEAST_NATS = 0.7
_LEAST_NATS_UNTIMED = 0.4
_FOR_DECLARED = 1.0  # nats for an editor's word that two pieces are related
_ROUNDING = 1e-6
_FOR_NEAR = 1.0  # nats less are enough for a declared piece that is no record


@dataclass(frozen=True, slots=True)
class Likeness:
    """Likeness of two pieces: the `cosine` of their words, halved every 48 hours.

    `words` says what each shared word (its stem) brings, most first; it adds up to `value`.
    """

    value: float
    cosine: float
    hours_apart: float | None
    words: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier run has left of an index, for pieces in order of time."""

    keys: Sequence[str]
    times: Times
    wording: Wording
    telling: Sequence[Telling]
    pairs: Pairs


class LikenessIndex:
    """Pieces by their words, in order of time, the undated last, equal times by key.

    `place` is each key's position in `pieces`, `texts` are the weighted words in the same
    order. Groups whose pull reaches `threshold` belong together. Where much of it is `known`,
    pieces come in order already and little is computed.
    """

    def __init__(self, pieces: Sequence[Piece], rule: Rule, known: Known | None = None) -> None:
        self.pieces = pieces if known else in_order(pieces)
        self.rule = rule
        self.times = known.times if known else times_of(self.pieces, rule)
        self.threshold = _PULL if self.times.timed else _PULL_UNTIMED
        self._support = _SUPPORT if self.times.timed else 0.0
        self.wording = known.wording if known else Wording.of(self.pieces, self.times.counted)
        self.texts = self.wording.texts
        self.weighing = weighing_of(self.wording, rule, timed=self.times.timed)
        self._most = self.weighing.common.most(NAME_WEIGHT)
        self._known = known
        self._totals = _Totals(self.texts)
        self._norms: dict[str, float] = {}
        self._declared: dict[tuple[str, str], Text] = {}

    @cached_property
    def place(self) -> dict[str, int]:
        """Key -> place."""
        keys = self._known.keys if self._known else [piece.key for piece in self.pieces]
        return dict(zip(keys, range(len(keys)), strict=True))

    @cached_property
    def telling(self) -> Sequence[Telling]:
        """Of each piece the most telling words and its length by them."""
        return self._known.telling if self._known else list(map(self.weighing.told, self.texts))

    @cached_property
    def pairs(self) -> Pairs:
        """All neighbours: pieces that are alike enough to be looked at."""
        return self._known.pairs if self._known else Pairs.among(self.times, self.telling)

    def neighbours(self) -> Iterator[Pair]:
        """Pairs of places that are neighbours, the earlier first, and the nats they share.

        Those are measured by their most telling words alone, so they are about right.
        """
        return iter(self.pairs)

    def likeness(self, a: str, b: str) -> Likeness:
        """Likeness of two pieces of the index, by their keys."""
        return self.between(self.pieces[self.place[a]], self.pieces[self.place[b]])

    def between(self, a: Piece, b: Piece) -> Likeness:
        """Likeness of two pieces, whether the index has them or not."""
        mine, theirs = self._both_texts(a, b)
        norms = self._norm(a, mine) * self._norm(b, theirs)
        shares = [(word, nats / norms) for word, nats in self.weighing.common_words(mine, theirs)]
        shares.sort(key=_most_first)
        fade = self.times.fade(a.hours, b.hours)
        words = tuple((word, share * fade) for word, share in shares)
        apart = None if a.hours is None or b.hours is None else abs(a.hours - b.hours)
        cosine = sum(share for _, share in shares)
        return Likeness(sum(share for _, share in words), cosine, apart, words)

    def _norm(self, piece: Piece, text: Text) -> float:
        """The length of a piece's text; of a piece of the index it is measured once."""
        if not self._text(piece)[1]:
            return norm(self.weighing.worths_of(text))
        known = self._norms.get(piece.key)
        if known is None:
            known = self._norms[piece.key] = norm(self.weighing.worths_of(text))
        return known

    def nearest(self, key: str, count: int) -> tuple[tuple[str, Likeness], ...]:
        """The neighbours of a piece that are most alike to it, most alike first."""
        own = self.place[key]
        fade, hours, pieces = self.times.fade, self.pieces[own].hours, self.pieces
        scored = sorted(
            (-nats / self.telling[n][1] * fade(hours, pieces[n].hours), n)
            for n, nats in self.pairs.of(own)
        )
        likenesses = ((pieces[n].key, self.likeness(key, pieces[n].key)) for _, n in scored[:count])
        return tuple(sorted(likenesses, key=lambda pair: (-pair[1].value, pair[0])))

    def near(self, a: Piece, b: Piece) -> bool:
        """Whether a declared piece `b` and the piece `a` that declares it report one event.

        It depends on `a`, on `b` and on how common the words are that both have.
        """
        needed = self.threshold - _FOR_NEAR + self.times.cost_between(a.hours, b.hours)
        text, own = self._text(a)
        if own and self._is_too_little(len(text), needed):
            return False
        mine, theirs = self._both_texts(a, b)
        common = len(mine.keys() & theirs.keys())
        # What is far does not come near by saying nothing.
        if not common or self._is_too_little(common, needed):
            return False
        one, other = Cluster.of(mine, a.hours), Cluster.of(theirs, b.hours)
        return self.pull(one, other) >= self.threshold - _FOR_NEAR

    def _is_too_little(self, words: int, needed: float) -> bool:
        """Whether so many words say fewer nats, be they the most telling and both texts short.

        Most declared pieces are too far in time for any words: they are not read.
        """
        return words * self._most < needed - _ROUNDING

    def shared(self, a: Cluster, b: Cluster) -> float:
        """Nats that the words of two groups speak for one event, see `evidence`."""
        nats = shared(a, b, self.weighing.common, self._support)
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

    def _both_texts(self, a: Piece, b: Piece) -> tuple[Text, Text]:
        """The words of two pieces.

        A compound of one that the index has not is parted by the words of the other, so that no
        third piece matters.
        """
        found = [self._text(piece) for piece in (a, b)]
        for (text, own), (other, _) in (found, found[::-1]):
            if not own:
                add_parts(text, parts_among(other))
        return found[0][0], found[1][0]

    def _text(self, piece: Piece) -> tuple[Text, bool]:
        """The words of a piece, and whether they are the index's own."""
        place = self.place.get(piece.key)
        if place is not None:
            known = self.pieces[place]
            if (known.title, known.excerpt) == (piece.title, piece.excerpt):
                return self.texts[place], True
        words = piece.title, piece.excerpt
        if words not in self._declared:
            self._declared[words] = words_of(*words)
        return self._declared[words].copy(), False


class _Totals(dict[int, float]):
    """Place -> the weights of its words, added up."""

    def __init__(self, texts: Sequence[Text]) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, place: int) -> float:
        total = self[place] = sum(self._texts[place].values())
        return total


def in_order(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces in order of time, the undated last, equal times by key."""
    return tuple(sorted(pieces, key=lambda p: (p.hours is None, p.hours or 0.0, p.key)))


def times_of(pieces: Iterable[Piece], rule: Rule) -> Times:
    """The times of pieces that are in order."""
    return Times([piece.hours for piece in pieces], rule.window_hours)


def weighing_of(wording: Wording, rule: Rule, *, timed: bool) -> Weighing:
    """What words tell on a site whose times tell something, or nothing."""
    slope = (SLOPE if timed else SLOPE_UNTIMED) / rule.breadth
    return Weighing(wording, slope, _LEAST_NATS if timed else _LEAST_NATS_UNTIMED)


def _most_first(share: tuple[str, float]) -> tuple[float, str]:
    return -share[1], share[0]
