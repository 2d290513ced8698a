"""How much a word tells: the rarer among the newest reports, the more. And which are names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import log, sqrt

from msgspec import Struct

from newsstand.stories.grouping.recent_counts import DayCounts, RecentCounts
from newsstand.stories.grouping.texts import Text
from newsstand.text.everyday_words import EVERYDAY_WORDS
from newsstand.text.tokens import stems_of

# A site that has just begun is mixed with a quiet one of so many reports.
_PRIOR_REPORTS = 200.0
_EVERYDAY_RATE = 0.03  # part of the quiet site's reports that have an everyday word
_RARE_RATE = 0.005  # and any other
MOST_NATS = 5.0  # a word that is rarer than one in 150 tells no more
_NAME_IN_EXCERPT = 0.7  # how much of what a word tells counts where only the excerpt has it
_IN_EXCERPT = 0.35
_NAME = 0.7  # part of the times that a word stands with a capital within a sentence
EVERYDAY = frozenset(stem for word in EVERYDAY_WORDS for stem in stems_of(word))


class Told(Struct, frozen=True, gc=False):
    """What a word tells, in nats, and the roots of what of that counts.

    It counts in full in a headline, less in an excerpt, and there more if it is a name.
    """

    nats: float
    in_headline: float
    in_excerpt: float
    as_name_in_excerpt: float


class _Told(dict[str, Told]):
    """What each word tells, by how many of so many reports have it; made where it is asked for."""

    def __init__(self, counts: Counter[str], reports: int) -> None:
        super().__init__()
        self._counts, self._reports = counts, reports
        self._by_count: dict[tuple[int, bool], Told] = {}

    def __missing__(self, word: str) -> Told:
        key = self._counts.get(word, 0), word in EVERYDAY
        told = self._by_count.get(key)
        if told is None:
            count = key[0] + _PRIOR_REPORTS * (_EVERYDAY_RATE if key[1] else _RARE_RATE)
            nats = min(MOST_NATS, log((self._reports + _PRIOR_REPORTS) / count))
            told = Told(nats, sqrt(nats), sqrt(_IN_EXCERPT * nats), sqrt(_NAME_IN_EXCERPT * nats))
            self._by_count[key] = told
        self[word] = told
        return told


class TermWeights:
    """Counts the words of the newest reports, and tells from that what a word tells (`told`).

    What a word tells is its self-information -log(rate), in nats (Spärck Jones 1972), with the
    rate smoothed by what a quiet site would have.
    """

    def __init__(self, days: Iterable[DayCounts] = ()) -> None:
        self._recent = RecentCounts(3, days)
        self._reports, self._capital, self._small = self._recent.sums
        self.told: Mapping[str, Told] = _Told(self._reports, self._recent.texts)

    @property
    def days(self) -> tuple[DayCounts, ...]:
        """The days that are counted: how many reports have a word, a capital one, a small one."""
        return tuple(self._recent.days)

    def add(self, texts: Sequence[Text]) -> None:
        """Count the reports of a day, equal ones once."""
        self._recent.add(_counted(texts))
        self.told = _Told(self._reports, self._recent.texts)

    def names(self, text: Text) -> frozenset[str]:
        """The words of a text that are names: mostly written with a capital within sentences."""
        large, small = self._capital.get, self._small.get
        rare = []
        for word in text.words:
            capitals = large(word, 0)
            if capitals:
                is_name = capitals > _NAME * (capitals + small(word, 0))
            else:
                is_name = word in text.opening and not small(word, 0)
            if is_name and word not in EVERYDAY and not word[0].isdigit():
                rare.append(word)
        return frozenset(rare)


def _counted(reports: Sequence[Text]) -> DayCounts:
    texts = {(t.headline, t.excerpt, t.capital, t.small): t for t in reports}.values()
    kinds = (
        Counter(chain.from_iterable([text.words for text in texts])),
        Counter(chain.from_iterable([text.capital for text in texts])),
        Counter(chain.from_iterable([text.small for text in texts])),
    )
    return DayCounts(len(reports), len(texts), kinds)
