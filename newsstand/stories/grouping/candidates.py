"""Which reports are worth comparing: those that share telling words."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice

from newsstand.stories.grouping.clustering import MOST_COMPARED
from newsstand.stories.grouping.same_event import Weighed

TELLING = 14  # most telling words of a report, by which others are found
MOST_WITH_A_WORD = 250  # reports with one word that are looked at, the newest
MOST_WITH_A_TITLE = 20  # and with the very same headline
LEAST_SHARED = 6.0  # nats that two reports share by such words, at least


class Candidates:
    """An index of reports, by growing numbers, by their most telling words and by headline."""

    def __init__(self, most_telling: int = TELLING) -> None:
        self._oldest = 0
        self._most_telling = most_telling
        self._reports: dict[int, Weighed] = {}
        # By a word, or all of a headline: the reports that have it, and its weight in each.
        self._with: dict[object, dict[int, float]] = defaultdict(dict)

    def add(self, place: int, report: Weighed) -> None:
        """Let a report be found by a number that is higher than all before."""
        for key in (*self._words(report), report.text.headline):
            places = self._with[key]
            places[place] = report.weights.get(key, 0.0)  # type: ignore[call-overload]
            if len(places) > MOST_WITH_A_WORD:
                del places[next(iter(places))]
        self._reports[place] = report

    def forget(self, oldest: int) -> None:
        """Forget the reports below a number."""
        for place in range(self._oldest, oldest):
            if report := self._reports.pop(place, None):
                for key in (*self._words(report), report.text.headline):
                    places = self._with[key]
                    places.pop(place, None)
                    if not places:
                        del self._with[key]
        self._oldest = oldest

    def of(self, report: Weighed) -> list[int]:
        """The reports that share enough with this one, or have its very headline."""
        weights, words = report.weights, self._words(report)
        with_words = [(weights[word], self._with[word]) for word in words if word in self._with]
        by_size = sorted([places for _, places in with_words], key=len, reverse=True)
        once: set[int] = set(*by_size[:1])  # a third of all, and a copy costs least
        several: set[int] = set()
        for places in by_size[1:]:
            several.update(once.intersection(places))
            once.update(places)
        shared = dict.fromkeys(several, 0.0)
        for weight, places in with_words:
            for place in several & places.keys():
                shared[place] += weight * places[place]
        likely = sorted([(-x, place) for place, x in shared.items() if x >= LEAST_SHARED])
        found = {place for _, place in likely[:MOST_COMPARED]}
        if report.text.headline:
            found.update([*self._with.get(report.text.headline, ())][-MOST_WITH_A_TITLE:])
        return sorted(found)

    def with_both(self, word: str, other: str) -> set[int]:
        """The reports that have both words among their most telling."""
        return self._with.get(word, {}).keys() & self._with.get(other, {}).keys()

    def _words(self, report: Weighed) -> list[str]:
        return [*islice(report.weights, self._most_telling)]
