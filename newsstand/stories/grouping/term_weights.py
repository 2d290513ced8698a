"""How much a word tells: the rarer among the newest reports, the more. And which are names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import log

from newsstand.stories.grouping.recent_counts import DayCounts, RecentCounts
from newsstand.stories.grouping.texts import Text
from newsstand.text.everyday_words import EVERYDAY_WORDS
from newsstand.text.tokens import stems_of

# A site that has just begun is mixed with a quiet one of so many reports.
_PRIOR_REPORTS = 200.0
_EVERYDAY_RATE = 0.03  # part of the quiet site's reports that have an everyday word
_RARE_RATE = 0.005  # and any other
MOST_NATS = 5.0  # a word that is rarer than one in 150 tells no more
_NAME = 0.7  # part of the times that a word stands with a capital within a sentence
EVERYDAY = frozenset(stem for word in EVERYDAY_WORDS for stem in stems_of(word))


class _Nats(dict[str, float]):
    """What each word tells, by how many of so many reports have it; made where it is asked for."""

    def __init__(self, counts: Counter[str], reports: int) -> None:
        super().__init__()
        self._counts, self._reports = counts, reports

    def __missing__(self, word: str) -> float:
        rate = _EVERYDAY_RATE if word in EVERYDAY else _RARE_RATE
        count = self._counts[word] + _PRIOR_REPORTS * rate
        self[word] = min(MOST_NATS, log((self._reports + _PRIOR_REPORTS) / count))
        return self[word]


class TermWeights:
    """Counts the words of the newest reports, and tells from that what a word tells (`nats`).

    What a word tells is its self-information -log(rate), in nats (Spärck Jones 1972), with the
    rate smoothed by what a quiet site would have.
    """

    def __init__(self, days: Iterable[DayCounts] = ()) -> None:
        self._recent = RecentCounts(3, days)
        self._reports, self._capital, self._small = self._recent.sums
        self.nats: Mapping[str, float] = _Nats(self._reports, self._recent.texts)

    @property
    def days(self) -> tuple[DayCounts, ...]:
        """The days that are counted: how many reports have a word, a capital one, a small one."""
        return tuple(self._recent.days)

    def add(self, texts: Sequence[Text]) -> None:
        """Count the reports of a day, equal ones once."""
        self._recent.add(_counted(texts))
        self.nats = _Nats(self._reports, self._recent.texts)

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
    texts = {(text.words, text.capital, text.small): text for text in reports}.values()
    kinds = (
        Counter(chain.from_iterable([text.words for text in texts])),
        Counter(chain.from_iterable([text.capital for text in texts])),
        Counter(chain.from_iterable([text.small for text in texts])),
    )
    return DayCounts(len(reports), len(texts), kinds)
