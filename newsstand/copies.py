"""Near-identical texts: a wire report and its copies are one voice."""

from __future__ import annotations

from collections.abc import Sequence

from newsstand.words import words_of

NEAR_IDENTICAL = 0.8


def voices(texts: Sequence[tuple[str, str, str]]) -> tuple[tuple[int, ...], ...]:
    """Group (title, excerpt, outlet) texts that are copies of each other.

    Returns positions, each in exactly one group, first position first.
    """
    titles = [frozenset(words_of(title, "")) for title, _, _ in texts]
    excerpts = [frozenset(words_of("", excerpt)) for _, excerpt, _ in texts]
    voice = list(range(len(texts)))
    for b in range(len(texts)):
        for a in range(b):
            if voice[a] != voice[b] and _copies(titles, excerpts, a, b):
                old, kept = max(voice[a], voice[b]), min(voice[a], voice[b])
                voice = [kept if v == old else v for v in voice]
    return tuple(
        tuple(n for n, v in enumerate(voice) if v == first) for first in sorted(set(voice))
    )


def _copies(titles: list[frozenset[str]], excerpts: list[frozenset[str]], a: int, b: int) -> bool:
    if excerpts[a] and excerpts[b]:
        return _overlap(excerpts[a], excerpts[b]) >= NEAR_IDENTICAL
    return _overlap(titles[a], titles[b]) >= NEAR_IDENTICAL


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0
