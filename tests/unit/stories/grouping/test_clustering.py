"""Groups by the chances of pairs, and large groups as wholes."""

from __future__ import annotations

from itertools import combinations

from newsstand.stories.grouping.clustering import Thresholds, cluster

_LIKE = {"kessel": 2.0, "bridge": 2.0}
_UNLIKE = {"orla": 2.0, "harbour": 2.0}


def _groups(count: int, words: dict[str, float], chance: float, breadth: float = 1.0) -> int:
    """How many groups come of so many reports that are all one event, and of one more.

    The last has these words, and this chance with each of the others.
    """
    chances = dict.fromkeys(combinations(range(count), 2), 0.9)
    chances |= {(place, count): chance for place in range(count)}
    singles = [[place] for place in range(count + 1)]
    found = cluster(singles, chances, Thresholds(breadth), [*[_LIKE] * count, words].__getitem__)
    return len(found)


def test_a_report_comes_to_a_large_story_whose_words_it_has() -> None:
    """Though it is little like each of its reports."""
    assert _groups(6, _LIKE, 0.2) == 1
    assert _groups(6, _UNLIKE, 0.2) == 2


def test_a_small_story_has_no_words_of_its_own_yet() -> None:
    """There the chances of pairs decide alone."""
    assert _groups(3, _LIKE, 0.2) == 2
    assert _groups(3, _UNLIKE, 0.5) == 1


def test_what_no_report_of_a_story_is_like_stays_outside() -> None:
    """Words of one field do not make one event."""
    assert _groups(6, _LIKE, 0.05) == 2


def test_breadth_asks_less_of_large_groups_too() -> None:
    """And below one it asks more."""
    assert _groups(6, _UNLIKE, 0.2, breadth=3.0) == 1
    assert _groups(6, _UNLIKE, 0.5) == 1
    assert _groups(6, _UNLIKE, 0.5, breadth=0.7) == 2


def test_two_large_groups_are_two_events() -> None:
    """That they have the words of one kind of event is not enough."""
    chances = dict.fromkeys(combinations(range(5), 2), 0.9)
    chances |= dict.fromkeys(combinations(range(5, 10), 2), 0.9)
    chances |= {(one, other): 0.2 for one in range(5) for other in range(5, 10)}
    words = [_LIKE] * 5 + [{"kessel": 2.0, "tunnel": 2.0}] * 5
    found = cluster([[n] for n in range(10)], chances, Thresholds(), words.__getitem__)
    assert len(found) == 2
