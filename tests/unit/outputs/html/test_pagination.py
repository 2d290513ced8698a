"""Lists that run over pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsstand.outputs.html.pagination import neighbours, slices


@settings(deadline=None)
@given(st.lists(st.integers(), max_size=50), st.integers(1, 9))
def test_every_entry_is_on_one_page(entries: list[int], size: int) -> None:
    """The pages put end to end are the list, and none is longer than it may be."""
    pages = list(slices(entries, size))
    assert [entry for _, _, part in pages for entry in part] == entries
    assert [number for number, _, _ in pages] == list(range(1, len(pages) + 1))
    assert {total for _, total, _ in pages} == {len(pages)}
    assert all(len(part) <= size for _, _, part in pages)
    assert all(part for _, _, part in pages) or not entries


def test_an_empty_list_has_one_page() -> None:
    """There is a place to say that nothing is there."""
    assert list(slices([], 10)) == [(1, 1, [])]


@pytest.mark.parametrize(
    ("number", "total", "expected"),
    [
        (1, 1, ("", "")),
        (1, 3, ("", "topics/sea/page/2/")),
        (2, 3, ("topics/sea/", "topics/sea/page/3/")),
        (3, 3, ("topics/sea/page/2/", "")),
    ],
)
def test_neighbours_of_a_page(number: int, total: int, expected: tuple[str, str]) -> None:
    """The first page has no number in its address, and the ends have no neighbour."""
    assert neighbours("topics/sea/", number, total) == expected
