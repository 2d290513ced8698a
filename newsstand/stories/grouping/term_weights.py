"""How much a word tells: the rarer among the newest reports, the more. And which are names."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Hashable, Sequence
from math import log

from newsstand.stories.grouping.common_words import EVERYDAY_WORDS
from newsstand.stories.grouping.texts import Text
from newsstand.stories.grouping.tokens import stems_of

LEAST_COUNTED = 2000  # reports by which words are counted; a busier day counts itself
# A site that has just begun is mixed with a quiet one of so many reports.
_PRIOR_REPORTS = 200.0
_EVERYDAY_RATE = 0.03  # part of the quiet site's reports that have an everyday word
_RARE_RATE = 0.005  # and any other
MOST_NATS = 5.0  # a word that is rarer than one in 150 tells no more
_NAME = 0.7  # part of the times that a word stands with a capital within a sentence
EVERYDAY = frozenset(stem for word in EVERYDAY_WORDS for stem in stems_of(word))


class TermWeights:
    """Counts the words of the newest reports, and tells from that what a word tells.

    What a word tells is its self-information -log(rate), in nats (Spärck Jones 1972), with the
    rate smoothed by what a quiet site would have.
    """

    def __init__(self) -> None:
        self._texts: deque[Text] = deque()
        self._reports: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        self._small: Counter[str] = Counter()
        self._copies: Counter[Hashable] = Counter()  # each text counts once
        self._known: dict[str, float] = {}

    def add(self, texts: Sequence[Text]) -> None:
        """Count the reports of a day; the oldest are forgotten where there are enough."""
        for text in texts:
            self._texts.append(text)
            self._copies[_said(text)] += 1
            if self._copies[_said(text)] == 1:
                self._reports.update(text.words)
                self._capital.update(text.capital)
                self._small.update(text.small)
        while len(self._texts) > max(LEAST_COUNTED, len(texts)):
            old = self._texts.popleft()
            self._copies[_said(old)] -= 1
            if not self._copies[_said(old)]:
                del self._copies[_said(old)]
                self._reports.subtract(old.words)
                self._capital.subtract(old.capital)
                self._small.subtract(old.small)
        self._known = {}

    def nats(self, word: str) -> float:
        """What a word tells."""
        found = self._known.get(word)
        if found is None:
            rate = _EVERYDAY_RATE if word in EVERYDAY else _RARE_RATE
            count = self._reports[word] + _PRIOR_REPORTS * rate
            found = self._known[word] = min(
                MOST_NATS, log((len(self._copies) + _PRIOR_REPORTS) / count)
            )
        return found

    def names(self, text: Text) -> Collection[str]:
        """The words of a text that are names: mostly written with a capital within sentences."""
        large, small = self._capital.get, self._small.get
        found = []
        for word in text.words:
            capitals = large(word, 0)
            if capitals:
                is_name = capitals > _NAME * (capitals + small(word, 0))
            else:
                is_name = word in text.opening and not small(word, 0)
            if is_name and word not in EVERYDAY and not word[0].isdigit():
                found.append(word)
        return frozenset(found)


def _said(text: Text) -> Hashable:
    """What is counted of a text."""
    return text.words, text.capital, text.small
