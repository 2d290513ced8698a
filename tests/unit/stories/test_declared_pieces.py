"""Which pieces that a record names report the record's own event."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from newsstand.model import Coverage
from newsstand.stories.declared_pieces import is_near
from newsstand.stories.grouping.pieces import Rule
from tests.factories import NOON, hours, make_piece

CRACK = make_piece("Kessel bridge closed after crack found", outlet="a.example", published=NOON)
SHUT = make_piece("Kessel bridge: crack forces closure", outlet="b.example", published=NOON)
SAME = replace(SHUT, title=CRACK.title)


def test_the_same_event_some_hours_later_is_near() -> None:
    """By its words."""
    assert is_near(Rule(), CRACK, replace(SHUT, published=NOON + hours(5)))
    assert is_near(Rule(), CRACK, replace(SAME, published=NOON + hours(24 * 8)))


@pytest.mark.parametrize(
    "piece",
    [
        replace(SHUT, title="Library stays open all night"),
        replace(SAME, published=NOON + hours(24 * 8 + 1)),
        replace(SAME, published=NOON - hours(24 * 30)),
        replace(SAME, published=None),
    ],
    ids=["other words", "after the story", "long before", "at no time"],
)
def test_other_words_or_times_are_not(piece: Coverage) -> None:
    """Nor what has no time."""
    assert not is_near(Rule(), CRACK, piece)
    assert not is_near(Rule(), piece, CRACK)
