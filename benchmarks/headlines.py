"""Synthetic records for benchmarks: words as frequent as in real news, 1,000 a day.

A made-up vocabulary follows Zipf's law. Events begin through each day, are told in a few
words of their own and fade over days; most have one report, a few have dozens. One report
in twelve repeats another's headline, as wire copies do.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from random import Random

from newsstand.stories.grouping.pieces import Piece

A_DAY = 1000
_START = 455_832.0  # hours: 1 January 2022
_VOCABULARY = 60_000
_OUTLETS = 400
_ONSETS = "b br c ch d dr f fl g gr h j k l m n p pr qu r s sh st t th tr v w z".split()
_VOWELS = "a ai e ea i o oo u".split()
_CODAS = "b ck d g l ll m n nd ng nt p r rd rt ss st t x".split()


def pieces(count: int, seed: int = 1, excerpts: bool = True) -> list[Piece]:
    """So many pieces, the same for the same seed."""
    random = Random(seed)
    words = vocabulary(random)
    # the commonest words of all carry no subject and are left out anyway
    weights = list(accumulate(1.0 / (rank + 15.0) for rank in range(len(words))))
    made: list[Piece] = []
    while len(made) < count:
        made += _event(random, words, weights, len(made), excerpts)
    return made[:count]


def vocabulary(random: Random) -> list[str]:
    """Made-up words, most of the short ones first: they are to be the commonest."""
    found: dict[str, None] = {}
    while len(found) < _VOCABULARY:
        syllables = random.choice((1, 2, 2, 2, 3, 3))
        found["".join(_syllable(random) for _ in range(syllables))] = None
    return sorted(found, key=lambda word: (len(word) > 5, random.random()))


def _syllable(random: Random) -> str:
    return random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS)


def _event(
    random: Random, words: list[str], weights: list[float], before: int, excerpts: bool
) -> Iterator[Piece]:
    """Reports of one event: five words of its own, mixed with those of every day."""
    own = random.choices(words[300:], cum_weights=weights[: len(words) - 300], k=5)
    begins = _START + before / A_DAY * 24.0
    titles: list[str] = []
    for n in range(min(80, int(random.paretovariate(1.1)))):
        told = random.sample(own, random.randint(2, 4))
        told += random.choices(words, cum_weights=weights, k=random.randint(3, 7))
        random.shuffle(told)
        copied = titles and random.random() < 1 / 12
        titles.append(random.choice(titles) if copied else " ".join(told).capitalize())
        more = random.choices(words, cum_weights=weights, k=16) + random.sample(own, 2)
        yield Piece(
            key=f"news/{before + n:06d}.md",
            title=titles[-1],
            excerpt=" ".join(more).capitalize() if excerpts else "",
            hours=round(begins + random.expovariate(1 / 18.0), 2),
            outlet=f"outlet{random.randrange(_OUTLETS)}.example",
        )
