"""Compounds such as "Bundestagswahl", which count as their parts too."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from newsstand.words import PART_WEIGHT, parts_of

SHORTEST_COMPOUND = 9  # letters


def compounds(known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The words that are made of two others, with those."""
    long = (word for word in known if len(word) >= SHORTEST_COMPOUND)
    return {word: parts for word in long if (parts := parts_of(word, known))}


def add_parts(text: dict[str, float], parts: Mapping[str, tuple[str, ...]]) -> None:
    """Add to a weighted text the parts of its compounds that it does not have yet."""
    if parts.keys().isdisjoint(text):
        return
    for compound in [word for word in text if word in parts]:
        for part in parts[compound]:
            text.setdefault(part, text[compound] * PART_WEIGHT)
