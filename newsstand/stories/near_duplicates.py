"""Near-identical texts: a wire report and its copies are one voice."""

from __future__ import annotations

from collections.abc import Sequence

from newsstand.stories.grouping.tokens import stems_in

NEAR_IDENTICAL = 0.8


def voices(texts: Sequence[tuple[str, str, str]]) -> tuple[tuple[int, ...], ...]:
    """Group (title, excerpt, wire) texts that are copies of each other.

    Texts of one agency are one voice, however they were rewritten; `wire` is empty where the
    outlet wrote its own. Returns positions, each in exactly one group, first position
    first. A copy of a copy is the same voice. Texts of the very same words are compared once.
    """
    same: dict[_Words, list[int]] = {}
    for place, (title, excerpt, wire) in enumerate(texts):
        words = stems_in(title), stems_in(excerpt), wire
        same.setdefault(words, []).append(place)
    found: list[tuple[list[_Words], list[int]]] = []
    for words, places in same.items():
        alike = [voice for voice in found if any(_copies(words, other) for other in voice[0])]
        apart = [voice for voice in found if voice not in alike]
        told = [words, *(w for voice in alike for w in voice[0])]
        found = [*apart, (told, [*places, *(n for voice in alike for n in voice[1])])]
    return tuple(sorted(tuple(sorted(places)) for _, places in found))


_Words = tuple[frozenset[str], frozenset[str], str]


def _copies(one: _Words, other: _Words) -> bool:
    """The excerpts decide; where one is missing, the titles."""
    (title, excerpt, wire), (other_title, other_excerpt, other_wire) = one, other
    if wire and wire == other_wire:
        return True
    if excerpt and other_excerpt:
        return _overlap(excerpt, other_excerpt) >= NEAR_IDENTICAL
    return _overlap(title, other_title) >= NEAR_IDENTICAL


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0
