"""Which reports are worth comparing: those that share telling words."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from newsstand.stories.grouping.clustering import MOST_COMPARED
from newsstand.stories.grouping.same_event import Weighed

TELLING = 14  # most telling words of a report, by which others are found
MOST_WITH_A_WORD = 250  # reports with one word that are looked at, the newest
MOST_WITH_A_TITLE = 20  # and with the very same headline
LEAST_SHARED = 6.0  # nats that two reports share by such words, at least


class Candidates:
    """An index of reports, by growing numbers, by their most telling words.

    Reports below `oldest` are forgotten.
    """

    def __init__(self, most_telling: int = TELLING) -> None:
        self.oldest = 0
        self._most_telling = most_telling
        self._reports: dict[int, Weighed] = {}
        self._with: dict[str, list[int]] = defaultdict(list)
        self._titles: dict[tuple[str, ...], list[int]] = defaultdict(list)

    def add(self, place: int, report: Weighed) -> None:
        """Let a report be found by a number that is higher than all before."""
        for word in islice(report.weights, self._most_telling):
            self._with[word].append(place)
        self._titles[report.text.headline].append(place)
        self._reports[place] = report

    def forget(self, oldest: int) -> None:
        """Forget the reports below a number."""
        for place in range(self.oldest, oldest):
            if report := self._reports.pop(place, None):
                same = self._titles[report.text.headline]
                same.remove(place)
                if not same:
                    del self._titles[report.text.headline]
        self.oldest = oldest

    def of(self, report: Weighed) -> list[int]:
        """The reports that share enough with this one, or have its very headline."""
        words = [*islice(report.weights, self._most_telling)]
        once: set[int] = set()
        several: set[int] = set()
        for places in map(self._open, words):
            several.update(once.intersection(places))
            once.update(places)
        mine, likely = report.weights, []
        for place in several:
            theirs = self._reports[place].weights
            weight_shared = sum([mine[word] * theirs[word] for word in words if word in theirs])
            if weight_shared >= LEAST_SHARED:
                likely.append((-weight_shared, place))
        likely.sort()
        found = {place for _, place in likely[:MOST_COMPARED]}
        if report.text.headline:
            found.update(self._titles.get(report.text.headline, ())[-MOST_WITH_A_TITLE:])
        return sorted(found)

    def with_both(self, word: str, other: str) -> set[int]:
        """The reports that have both words among their most telling."""
        return set(self._open(word)).intersection(self._open(other))

    def _open(self, word: str) -> Sequence[int]:
        """The newest reports with a word."""
        places = self._with.get(word)
        if places is None:
            return ()
        if places[0] < self.oldest:
            del places[: bisect_left(places, self.oldest)]
            if not places:
                del self._with[word]
        return places if len(places) <= MOST_WITH_A_WORD else places[-MOST_WITH_A_WORD:]
