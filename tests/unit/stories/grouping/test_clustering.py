"""Groups by the chances of pairs, and the reports that come to them last."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest

from newsstand.stories.grouping.clustering import Pair, Thresholds, cluster


def _one_event(count: int) -> dict[Pair, float]:
    """The chances of so many reports that surely tell one event."""
    return dict.fromkeys(combinations(range(count), 2), 0.9)


def _groups(
    count: int, likes: Sequence[float], breadth: float = 1.0, apart: Sequence[Pair] = ()
) -> int:
    """How many groups come of so many reports of one event, and of one more.

    The last has these chances with the first ones.
    """
    chances = _one_event(count) | {(place, count): like for place, like in enumerate(likes)}
    singles = [[place] for place in range(count + 1)]
    return len(cluster(singles, chances, Thresholds(breadth), apart=apart))


@pytest.mark.parametrize(
    ("count", "likes", "groups"),
    [
        (2, [0.5, 0.3], 1),
        (6, [0.4, 0.4, 0.4], 1),
        (6, [0.9, 0.2, 0.2], 1),
        (2, [0.6], 2),  # one report is like it
        (6, [0.9, 0.1], 2),
        (6, [0.3, 0.3, 0.3, 0.1], 2),  # several are, but little
    ],
)
def test_a_report_comes_last_to_a_story_several_of_whose_reports_are_like_it(
    count: int, likes: Sequence[float], groups: int
) -> None:
    """Though on average they are not; one report that is more like it than not is not enough."""
    assert _groups(count, likes) == groups


def test_what_is_surely_another_event_than_one_report_does_not_come_last() -> None:
    """However like others it is: it differs from that one in a name only."""
    assert _groups(6, [0.4, 0.4, 0.4, 0.0]) == 1
    assert _groups(6, [0.4, 0.4, 0.4, -0.5]) == 2


def test_what_an_editor_keeps_apart_does_not_come_last() -> None:
    """Not with a report of the story, nor both of two to one story."""
    assert _groups(6, [0.4, 0.4, 0.4], apart=[(5, 6)]) == 2
    chances = _one_event(6) | {(n, last): 0.4 for n in range(3) for last in (6, 7)}
    found = cluster([[n] for n in range(8)], chances, Thresholds(), apart=[(6, 7)])
    assert found == [[0, 1, 2, 3, 4, 5, 6], [7]]


def test_two_stories_that_were_there_are_never_joined() -> None:
    """Nor does one that was there with one report come last to another."""
    chances = _one_event(6) | {(n, 6): 0.4 for n in range(3)}
    groups = [[n] for n in range(7)]
    assert len(cluster(groups, chances, Thresholds(), fixed={0: 1})) == 1
    assert len(cluster(groups, chances, Thresholds(), fixed={0: 1, 6: 1})) == 2


def test_breadth_asks_less_of_large_groups_too() -> None:
    """And below one it asks more, of what comes last also."""
    assert _groups(6, [0.15] * 6, breadth=3.0) == 1
    assert _groups(6, [0.4, 0.4, 0.4], breadth=0.7) == 2


def test_two_large_groups_are_two_events() -> None:
    """That each report is a little like those of the other is not enough."""
    chances = _one_event(5)
    chances |= dict.fromkeys(combinations(range(5, 10), 2), 0.9)
    chances |= {(one, other): 0.2 for one in range(5) for other in range(5, 10)}
    assert len(cluster([[n] for n in range(10)], chances, Thresholds())) == 2


def test_what_an_editor_keeps_from_one_story_comes_last_to_another() -> None:
    """To the next that has several reports like it, also if the first was joined by a partner."""
    chances = _one_event(3) | {(one + 3, other + 3): x for (one, other), x in _one_event(3).items()}
    chances |= {(n, last): 0.45 for n in (0, 1) for last in (6, 7)}
    chances |= {(n, last): 0.4 for n in (3, 4) for last in (6, 7)}
    singles = [[n] for n in range(8)]
    kept_from_first = cluster(singles, chances, Thresholds(), apart=[(0, 6)])
    assert kept_from_first == [[0, 1, 2, 7], [3, 4, 5, 6]]
    kept_from_each_other = cluster(singles, chances, Thresholds(), apart=[(6, 7)])
    assert kept_from_each_other == [[0, 1, 2, 6], [3, 4, 5, 7]]
