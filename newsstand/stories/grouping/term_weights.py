"""The words of a site's pieces, and how many records have each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from newsstand.stories.grouping.compounds import add_parts, compounds
from newsstand.stories.grouping.likelihood import PART_OF_WORTH, Commonness, Worths, norm
from newsstand.stories.grouping.pieces import Piece
from newsstand.stories.grouping.tokens import shared_tails, words_of

STANDING = 3  # headlines of one outlet over the same excerpt
MOST_TELLING = 10  # words of a piece, by which others are found
_LENGTH = 8  # most telling words of a piece by which its length is measured

Text = dict[str, float]
Worth = tuple[float, str]
"""A word and, negative so that the most telling sorts first, the root of its nats: products of
worths are nats again, nearly."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of pieces in order of time.

    `bare` says how many words of each text are its own: parts of its compounds follow.
    `records_with` counts the texts that have a word, of `counted` texts: each once, however
    often it is copied, and only where a site's records count (see `Times`).
    """

    texts: Sequence[Text]
    bare: Sequence[int]
    records_with: Mapping[str, int]
    counted: int

    @classmethod
    def of(cls, pieces: Sequence[Piece], counted: int) -> Wording:
        """Read the words of pieces, of which the first so many count."""
        tails = shared_tails(piece.title for piece in pieces)
        standing = _standing_texts(pieces)
        texts = [
            words_of(p.title, "" if (p.outlet, p.excerpt) in standing else p.excerpt, tails)
            for p in pieces
        ]
        bare = [len(text) for text in texts]
        parts = compounds(set(chain.from_iterable(texts)))
        for text in texts:
            add_parts(text, parts)
        once = {tuple(text.items()): text for text in texts[:counted]}
        return cls(texts, bare, Counter(chain.from_iterable(once.values())), len(once))


class Weighing:
    """What words tell: `common` says how common they are, `worth` what is left of them."""

    def __init__(self, wording: Wording, slope: float, least: float) -> None:
        self.common = Commonness(wording.records_with, wording.counted, slope)
        self.worth = Worths(self.common, least)

    def worths_of(self, text: Mapping[str, float]) -> list[Worth]:
        """The words of a text that tell anything, the most telling first."""
        telling, part = self.worth, PART_OF_WORTH
        return sorted([(x * part[weight], w) for w, weight in text.items() if (x := telling[w])])

    def common_words(self, one: Text, other: Text) -> list[tuple[str, float]]:
        """The words of two texts that tell anything, and the nats that the texts share by each."""
        telling, part = self.worth, PART_OF_WORTH
        return [
            (word, x * part[one[word]] * (x * part[other[word]]))
            for word in one.keys() & other.keys()
            if (x := telling[word])
        ]

    def told(self, text: Mapping[str, float]) -> tuple[list[Worth], float]:
        """The most telling words of a text, whoever else has them, and its length by them."""
        worths = self.worths_of(text)[:MOST_TELLING]
        return worths, norm(worths[:_LENGTH])


def _standing_texts(pieces: Iterable[Piece]) -> set[tuple[str, str]]:
    """Excerpts that an outlet prints under several headlines: they tell of none of them."""
    headlines = {(p.outlet, p.excerpt, p.title) for p in pieces if p.outlet and p.excerpt}
    times = Counter((outlet, excerpt) for outlet, excerpt, _ in headlines)
    return {text for text, count in times.items() if count >= STANDING}
