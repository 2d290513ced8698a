"""Compounds such as "Bundestagswahl", which count as their parts too."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container

from newsstand.stories.grouping.tokens import PART_WEIGHT, parts_of

SHORTEST_COMPOUND = 9  # letters
Parts = Callable[[str], tuple[str, ...] | None]
"""Word -> the words that it is made of, if it is made of any."""


def compounds(known: Collection[str]) -> Parts:
    """Which of these words are made of two others of them."""
    long = (word for word in known if len(word) >= SHORTEST_COMPOUND)
    return {word: parts for word in long if (parts := parts_of(word, known))}.get


def parts_among(known: Container[str]) -> Parts:
    """As `compounds`, looked up when asked."""
    return lambda word: parts_of(word, known) if len(word) >= SHORTEST_COMPOUND else None


def add_parts(text: dict[str, float], parts: Parts) -> None:
    """Add to a weighted text the parts of its compounds that it does not have yet."""
    found = [(word, told) for word in text if (told := parts(word))]
    for compound, told in found:
        for part in told:
            text.setdefault(part, text[compound] * PART_WEIGHT)
