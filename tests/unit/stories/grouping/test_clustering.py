"""Pieces to stories: what joins, what stays apart, what may not matter."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from benchmarks.headlines import pieces as headlines
from newsstand.stories.grouping.clustering import Decisions, LikenessIndex, Piece, Rule, group
from newsstand.stories.grouping.components import Tying
from tests.similar_events import PAIRS

_MONDAY = 455_832.0  # hours since 1970
_JANUARY = 455_832.0 + 24.0 * 8  # so that 2,500 hours end on 24 April
_QUARTER = ("Norvane profit rises 12% on cloud sales", "Cloud demand lifts Norvane profit")
_KINDS = sorted(PAIRS)


def _piece(
    key: str, title: str, hours: float | None = _MONDAY, outlet: str = "", excerpt: str = ""
) -> Piece:
    return Piece(key, title, excerpt, hours, outlet or f"{key}.example")


def _event(kind: str, start: float = _MONDAY) -> list[Piece]:
    """Both events of a pair, the second some hours after the first."""
    return [
        _piece(f"{kind}-{side}-{n}", title, start + side * 20 + n * 5, f"outlet{n}.example")
        for side, titles in enumerate(PAIRS[kind])
        for n, title in enumerate(titles)
    ]


def _stories(pieces: list[Piece], decisions: Decisions | None = None) -> set[frozenset[str]]:
    found = group(pieces, Rule(), decisions or Decisions())
    return {frozenset(story) for story in found}


def _side(key: str) -> str:
    return key.rpartition("-")[0]


@pytest.mark.parametrize("company", ["alone", "all kinds", "another kind"])
@pytest.mark.parametrize("kind", _KINDS)
def test_two_events_of_one_kind_in_one_week_stay_apart(kind: str, company: str) -> None:
    """Two elections, two earnings reports, two quakes: on a site of eight records and more."""
    others = {"alone": [], "all kinds": _KINDS, "another kind": [_KINDS[_KINDS.index(kind) - 1]]}
    pieces = [p for k in {kind, *others[company]} for p in _event(k)]
    for story in _stories(pieces):
        sides = {_side(key) for key in story if key.startswith(f"{kind}-")}
        assert len(sides) < 2, sorted(story)
        assert not sides or {_side(key) for key in story} == sides, sorted(story)


def test_most_reports_of_an_event_are_one_story() -> None:
    """Staying apart is easy for a rule that joins nothing. Each event has four reports."""
    stories = _stories([p for k in _KINDS for p in _event(k)])
    sides = [f"{kind}-{side}" for kind in _KINDS for side in (0, 1)]
    largest = [max(sum(_side(key) == side for key in story) for story in stories) for side in sides]
    assert min(largest) >= 2
    assert sum(largest) >= 0.9 * 4 * len(sides)


def test_the_order_of_the_pieces_changes_nothing() -> None:
    """Also where times are equal."""
    pieces = [
        Piece(p.key, p.title, p.excerpt, _MONDAY + n // 4, p.outlet)
        for n, p in enumerate(p for kind in _KINDS for p in _event(kind))
    ]
    expected = group(pieces, Rule())
    for seed in range(5):
        Random(seed).shuffle(pieces)
        assert group(pieces, Rule()) == expected


def test_every_piece_is_in_exactly_one_story() -> None:
    """The undated, the empty and the equal too."""
    pieces = [p for kind in _KINDS for p in _event(kind)]
    pieces += [_piece("undated", "Norvane profit rises", None), _piece("empty", "")]
    keys = [key for story in group(pieces, Rule()) for key in story]
    assert sorted(keys) == sorted(p.key for p in pieces)


def test_pieces_further_apart_than_the_window_are_not_compared() -> None:
    """The same words five days later are another event."""
    first, second = _QUARTER
    near = [_piece("a", first), _piece("b", second, _MONDAY + 20)]
    far = [_piece("a", first), _piece("b", second, _MONDAY + 24 * 30)]
    assert _stories(near) == {frozenset("ab")}
    assert _stories(far) == {frozenset("a"), frozenset("b")}


def test_what_an_editor_keeps_apart_is_not_joined_by_a_third() -> None:
    """`apart` holds however the groups grow, `alone` keeps a piece by itself."""
    pieces = [_piece(key, _QUARTER[0], _MONDAY + n) for n, key in enumerate("abc")]
    assert _stories(pieces) == {frozenset("abc")}
    parted = _stories(pieces, Decisions(apart=frozenset({frozenset("ab")})))
    assert not any({"a", "b"} <= story for story in parted)
    assert frozenset("a") in _stories(pieces, Decisions(alone=frozenset("a")))


def test_equal_texts_of_different_weeks_are_different_stories() -> None:
    """A headline that returns every month is news each time."""
    title = "Harland rail strike: commuters stranded"
    pieces = [_piece(f"p{n}", title, _MONDAY + 24 * 30 * n) for n in range(4)]
    assert len(_stories(pieces)) == 4


def test_the_series_of_one_outlet_does_not_glue_its_parts_together() -> None:
    """The words of a series say who writes, not what happened."""
    titles = ("harbour reopens", "teachers settle", "museum burns", "bees return")
    pieces = [
        _piece(f"p{n}", f"Weekly roundup: {title}", _MONDAY + n, "one.example")
        for n, title in enumerate(titles)
    ]
    assert len(_stories(pieces)) == 4


def _site(count: int) -> list[Piece]:
    """Some fifteen weeks of a quiet site, ending in the last days of a month."""
    made = sorted(headlines(count), key=lambda p: (p.hours or 0.0, p.key))
    start, slow = made[0].hours or 0.0, 2500.0 / ((made[-1].hours or 0.0) - (made[0].hours or 0.0))
    return [replace(p, hours=_JANUARY + ((p.hours or 0.0) - start) * slow) for p in made]


def _knot_of(pieces: list[Piece], key: str) -> set[str]:
    index = LikenessIndex(pieces, Rule())
    found = next(
        k.places for k in Tying(index, Decisions()).all_knots() if index.place[key] in k.places
    )
    return {index.pieces[n].key for n in found}


@pytest.mark.parametrize("seed", range(4))
def test_news_changes_only_the_stories_that_it_is_tied_to(seed: int) -> None:
    """A newest record, whatever words it shares with others: all other stories stay."""
    pieces = _site(400)
    end = max(p.hours or 0.0 for p in pieces)
    before = _stories(pieces)
    random = Random(seed)
    for n in range(8):
        source, other = random.sample(pieces, 2)
        words = [*source.title.split(), *other.title.split()]
        title = " ".join(random.sample(words, min(7, len(words))))
        newcomer = Piece("new", title, other.excerpt, end + 1.0 + n, "new.example")
        after = _stories([*pieces, newcomer])
        tied = _knot_of([*pieces, newcomer], "new")
        assert {s for s in after if s.isdisjoint(tied)} == {s for s in before if s.isdisjoint(tied)}


def test_one_misdated_record_changes_no_other_story() -> None:
    """A record of 1970 or of the last minute does not make the site look quieter or busier."""
    pieces = _site(400)
    before = _stories(pieces)
    for hours in (0.0, max(p.hours or 0.0 for p in pieces)):
        after = _stories([*pieces, Piece("new", "Zyx qwv plk", "", hours, "new.example")])
        assert after == before | {frozenset({"new"})}
