"""Days that are open: in which order pairs come, and what is forgotten."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from newsstand.stories.grouping import days as days_module
from newsstand.stories.grouping.candidates import Candidates
from newsstand.stories.grouping.clustering import Pair, cluster
from newsstand.stories.grouping.days import OpenDays
from newsstand.stories.grouping.pieces import NO_DECISIONS, Piece, Rule
from newsstand.stories.grouping.same_event import weighed
from newsstand.stories.grouping.term_weights import TermWeights
from newsstand.stories.grouping.texts import text_of

_MONDAY = 455_832.0  # hours since 1970


def _day(number: int, count: int = 11) -> list[Piece]:
    """So many reports of one strike, of as many outlets."""
    return [
        Piece(
            f"{number}-{n:02}",
            f"Kessel rail strike strands commuters in Orla, union {number} says {n}",
            "",
            _MONDAY + 24.0 * number + n,
            f"outlet{n}.example",
        )
        for n in range(count)
    ]


def test_pairs_come_in_order_whatever_the_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that sums of chances are the same in a build that began on another day."""
    seen: list[list[Pair]] = []

    def noting(groups: object, chances: Mapping[Pair, float], *more: object) -> list[list[int]]:
        seen.append(list(chances))
        return cluster(groups, chances, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(days_module, "cluster", noting)
    opened = OpenDays(Rule(), NO_DECISIONS)
    for number in range(14):
        opened.group(_day(number))
    assert max(map(len, seen)) > 100
    for pairs in seen:
        assert pairs == sorted(pairs, key=lambda pair: (pair[1], pair[0]))


def test_a_headline_is_forgotten_with_its_reports() -> None:
    """It finds those that are left, and none once all are gone."""
    text = text_of(_day(0)[0], "Rivers rise", "")
    terms = TermWeights()
    terms.add([text])
    report = weighed(text, terms)
    candidates = Candidates()
    for place in range(3):
        candidates.add(place, report)
    assert candidates.of(report) == [0, 1, 2]
    candidates.forget(2)
    assert candidates.of(report) == [2]
    candidates.forget(3)
    assert candidates.of(report) == []
    assert not candidates._with
