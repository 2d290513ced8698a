"""Whom an editor keeps apart."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from newsstand.stories.kept_apart import KeptApart


@pytest.mark.parametrize("seed", range(5))
def test_two_are_kept_apart_where_one_set_has_both(seed: int) -> None:
    """As if all pairs of all sets were written down."""
    random = Random(seed)
    sets = [frozenset(random.sample("abcdefghij", random.randint(2, 4))) for _ in range(4)]
    pairs = {pair for keys in sets for pair in combinations(sorted(keys), 2)}
    apart = KeptApart(sets)
    assert {p for p in combinations("abcdefghij", 2) if apart.parts(*p)} == pairs
    assert apart.keys == frozenset().union(*sets)


def test_a_fingerprint_tells_whom_a_piece_is_kept_from() -> None:
    """Not in which order the sets stand; a piece in none has one too."""
    one, other = frozenset("abc"), frozenset("ad")
    assert KeptApart([one, other]).fingerprint("a") == KeptApart([other, one]).fingerprint("a")
    assert KeptApart([one]).fingerprint("a") != KeptApart([one, other]).fingerprint("a")
    assert KeptApart([one]).fingerprint("d") == KeptApart([]).fingerprint("d")


def test_thousands_kept_apart_are_no_pairs() -> None:
    """Two thousand have two million pairs; none of what is kept grows so."""
    keys = frozenset(map(str, range(2000)))
    apart = KeptApart([keys])
    assert apart.sets_with(["1", "2"]) == [keys]
    assert sum(len(numbers) for numbers in apart._sets_of.values()) == 2000


def test_of_a_story_those_go_that_are_kept_from_one_before() -> None:
    """Not who is kept from these alone; and without an editor's word the story is as it was."""
    apart = KeptApart([frozenset("ab"), frozenset("bc")])
    assert apart.parted(list("abcd")) == [["a", "c", "d"], ["b"]]
    assert apart.parted(list("bda")) == [["b", "d"], ["a"]]
    assert KeptApart([]).parted(list("abc")) == [["a", "b", "c"]]
