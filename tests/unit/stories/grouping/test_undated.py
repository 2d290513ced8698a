"""Reports without a time: what speaks against two of them, and which story they join."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from newsstand.stories.grouping import undated as undated_module
from newsstand.stories.grouping.clustering import Pair, Thresholds, cluster
from newsstand.stories.grouping.pieces import Piece
from newsstand.stories.grouping.undated import Undated, likest_story

_SAID = "Marlow Quist of Penbrook spoke to Tarn Radio beside Orla Wexley and Callow 4711 today."


def _match(key: str, names: str) -> Piece:
    title = f"{names} wins the regatta final after storm"
    return Piece(key, title, f"{_SAID} It was late.", None, f"{key}.example")


def _fillers() -> list[Piece]:
    """Other undated reports: without them no word is rare."""
    words = "copper timber barley saffron walnut cotton pepper garnet".split()
    return [
        Piece(f"z{n}", f"How a {words[n % 8]} market {n} works", "", None, f"z{n}.example")
        for n in range(60)
    ]


def test_one_headline_with_names_exchanged_speaks_against(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two undated reports that surely tell two events are not only unlike."""
    seen: dict[Pair, float] = {}

    def noting(
        groups: Sequence[Sequence[int]],
        chances: Mapping[Pair, float],
        thresholds: Thresholds,
        apart: Sequence[Pair],
    ) -> list[list[int]]:
        seen.update(chances)
        return cluster(groups, chances, thresholds, apart=apart)

    monkeypatch.setattr(undated_module, "cluster", noting)
    pieces = [_match("a", "Norvane"), _match("b", "Kessel"), *_fillers()]
    stories = Undated(pieces).stories(Thresholds())
    assert seen[0, 1] < 0.0
    assert ("a",) in stories


def test_undated_reports_join_the_story_that_all_of_them_are_like() -> None:
    """Not that which one of them is most like; and none if that is too little."""
    likes = {"a": {"one": 0.9, "other": 0.7}, "b": {"other": 0.7}}
    assert likest_story(["a", "b"], likes, Thresholds()) == "other"
    assert likest_story(["a"], likes, Thresholds()) == "one"
    assert likest_story(["a", "c", "d"], likes, Thresholds()) == ""
    assert likest_story(["c"], likes, Thresholds()) == ""
