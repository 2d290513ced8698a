"""Reports without a time: they have only their words to go by, so more is asked of them.

Two of them are compared by headline, excerpt and the beginning of the body, as if a week lay
between them, and must have several separate names or numbers in common that little else has.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from newsstand.stories.grouping.boilerplate import Boilerplate
from newsstand.stories.grouping.candidates import Candidates
from newsstand.stories.grouping.clustering import Pair, Thresholds, cluster
from newsstand.stories.grouping.pieces import NO_DECISIONS, Decisions, Piece
from newsstand.stories.grouping.same_event import Weighed, are_one_thing, compare, weighed
from newsstand.stories.grouping.term_weights import TermWeights
from newsstand.stories.grouping.texts import text_of

TELLING = 40  # words of a long text by which others are found
LEAST_NAMES = 4  # separate names or numbers that two undated reports share
LEAST_NAMES_OF_DATED = 3  # and an undated one with a dated one, which is read without its body
_LEAST_TOLD = 3.0  # nats: what one report in twenty has is told too often
MANY_AT_ONCE = 20  # reports of one outlet at one instant: that is when they were put there
MANY_OUTLETS = 20  # at one instant: that is when a whole collection was put there
Match = tuple[str, str, float]
"""The key of an undated report, that of a dated one like it, and the chance."""


class Undated:
    """The undated reports of a site."""

    def __init__(self, pieces: Iterable[Piece], decisions: Decisions = NO_DECISIONS) -> None:
        self.decisions = decisions
        ordered = sorted(pieces, key=lambda piece: piece.key)
        boilerplate, self._terms = Boilerplate(), TermWeights()
        boilerplate.add(ordered)
        texts = [text_of(p, boilerplate.own_title(p), boilerplate.own_excerpt(p)) for p in ordered]
        self._terms.add(texts)
        self.reports = [weighed(text, self._terms) for text in texts]
        self._candidates = Candidates(TELLING)
        for place, report in enumerate(self.reports):
            self._candidates.add(place, report)

    def stories(self, thresholds: Thresholds) -> list[tuple[str, ...]]:
        """The keys of undated reports that tell one event, each in exactly one group."""
        chances: dict[Pair, float] = {}
        for place, report in enumerate(self.reports):
            for other in self._candidates.of(report):
                if other < place:
                    chances[other, place] = self._chance(self.reports[other], report, LEAST_NAMES)
        places = range(len(self.reports))
        groups = cluster([[n] for n in places], chances, thresholds, apart=self._apart())
        return [tuple([self._key(n) for n in group]) for group in groups]

    def matches(self, reports: Iterable[Weighed]) -> tuple[Match, ...]:
        """Undated reports that may tell the same as one of some dated ones, and the chance."""
        if not self.reports:
            return ()
        pairs = []
        for report in reports:
            again = weighed(report.text, self._terms)
            for place in self._candidates.of(again):
                chance = self._chance(self.reports[place], again, LEAST_NAMES_OF_DATED)
                if chance > 0.0:
                    pairs.append((self._key(place), report.text.piece.key, chance))
        return tuple(pairs)

    def _chance(self, one: Weighed, other: Weighed, least: int) -> float:
        """0 where they have too little in common, below where they surely tell two events."""
        if {one.text.piece.key, other.text.piece.key} & self.decisions.alone:
            return 0.0
        if len(self._names_of_both(one, other)) < least:
            return 0.0
        return compare(one, other, len(self.reports)).chance()

    def _names_of_both(self, one: Weighed, other: Weighed) -> Sequence[str]:
        """Separate names and numbers that both have and little else."""
        both = one.weights.keys() & other.weights.keys()
        found: list[str] = []
        for word in sorted(both, key=lambda w: (-self._terms.told[w].nats, w)):
            if self._terms.told[word].nats < _LEAST_TOLD:
                break
            is_number = len(word) > 2 and word[0].isdigit()
            is_name = is_number or word in one.names or word in other.names
            if is_name and not any(are_one_thing(word, known, one, other) for known in found):
                found.append(word)
        return found

    def _key(self, place: int) -> str:
        return self.reports[place].text.piece.key

    def _apart(self) -> list[list[int]]:
        places = {self._key(n): n for n in range(len(self.reports))}
        return [[places[k] for k in keys if k in places] for keys in self.decisions.apart]


NONE_UNDATED = Undated(())


def likest_story(
    group: Sequence[str], likes: Mapping[str, Mapping[str, float]], thresholds: Thresholds
) -> str:
    """The story that undated reports join: that which is most like them, if it is enough.

    `likes` are for an undated report the stories of dated ones like it, and the highest chance.
    """
    sums: dict[str, float] = defaultdict(float)
    for key in group:
        for story, chance in likes.get(key, {}).items():
            sums[story] += chance
    likest = max(sums, key=lambda story: (sums[story], story), default="")
    return likest if sums[likest] / len(group) >= thresholds.needed(2) else ""


def at_one_instant(pieces: Sequence[Piece]) -> frozenset[str]:
    """The keys of pieces of a day that share their instant with many others of their outlet.

    Such a time says when they were put there, not when they were published. In a collection (see
    `is_collection`) all do, and are compared with each other as they are.
    """
    if is_collection(pieces):
        return frozenset()
    dated = [piece for piece in pieces if piece.hours is not None and piece.outlet]
    counts = Counter((piece.outlet, piece.hours) for piece in dated)
    return frozenset(p.key for p in dated if counts[p.outlet, p.hours] >= MANY_AT_ONCE)


def is_collection(pieces: Sequence[Piece]) -> bool:
    """Whether most pieces of a day, of many outlets, share one instant: times tell nothing."""
    counts = Counter(piece.hours for piece in pieces)
    hours, most = max(counts.items(), key=lambda count: count[1], default=(0.0, 0))
    if most * 2 <= len(pieces):
        return False
    return len({piece.outlet for piece in pieces if piece.hours == hours}) >= MANY_OUTLETS
