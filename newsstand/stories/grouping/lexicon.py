"""Words as numbers, and the words of a piece as a row of numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from newsstand.stories.grouping.term_weights import Text
from newsstand.stories.grouping.tokens import EXCERPT_WEIGHT, NAME_WEIGHT, PART_WEIGHT, TITLE_WEIGHT

_WHOLE = (TITLE_WEIGHT, NAME_WEIGHT, EXCERPT_WEIGHT)
_OWN = (*_WHOLE, *(weight * PART_WEIGHT for weight in _WHOLE))  # whole words, pairs of characters
WEIGHTS = (*_OWN, *(weight * PART_WEIGHT for weight in _OWN))
"""What a word can weigh, by its code. The second half is of parts of compounds."""
PARTS = len(_OWN)
_CODE = {weight: code for code, weight in enumerate(_OWN)}

Row = tuple["array[int]", bytes]
"""The words of a piece as numbers, and the codes of their weights."""


class Lexicon:
    """Every word of a site with its number. Words only come; none gets another number."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.words = list(words)
        self.ids = {word: n for n, word in enumerate(self.words)}

    def id_of(self, word: str) -> int:
        """The number of a word, a new one if it has none."""
        found = self.ids.get(word)
        if found is None:
            found = self.ids[word] = len(self.words)
            self.words.append(word)
        return found

    def row_of(self, text: Text, bare: int) -> Row:
        """A weighted text as numbers. After so many words of its own, parts of compounds follow."""
        ids = array("I", [self.id_of(word) for word in text])
        weights = list(text.values())
        own = [_CODE[weight] for weight in weights[:bare]]
        return ids, bytes([*own, *(PARTS + _CODE[w / PART_WEIGHT] for w in weights[bare:])])

    def text_of(self, ids: Sequence[int], codes: bytes) -> Text:
        """The weighted text that a row stands for."""
        words = self.words
        return {words[n]: WEIGHTS[code] for n, code in zip(ids, codes, strict=True)}


def own_words(text: Text, codes: bytes) -> Text:
    """A text without the parts of its compounds."""
    return dict(islice(text.items(), sum(code < PARTS for code in codes)))


class Counts(Mapping[str, int]):
    """How many texts have a word, from a column by the words' numbers."""

    def __init__(self, lexicon: Lexicon, column: Sequence[int]) -> None:
        self._ids, self._column = lexicon.ids, column

    def __getitem__(self, word: str) -> int:
        found = self._ids[word]
        return self._column[found] if found < len(self._column) else 0

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._column)


class KnownWords:
    """The words that some piece has as its own."""

    def __init__(self, lexicon: Lexicon, known: Sequence[int]) -> None:
        self._ids, self._known = lexicon.ids, known

    def __contains__(self, word: object) -> bool:
        found = self._ids.get(word)  # type: ignore[call-overload]
        return found is not None and found < len(self._known) and self._known[found] > 0
