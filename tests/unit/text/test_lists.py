"""Lists: cut into pages, put together by a key."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from newsstand.text.lists import grouped, slices


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


@given(st.lists(st.tuples(st.integers(0, 4), st.integers())))
def test_what_has_a_key_in_common_stands_together(pairs: list[tuple[int, int]]) -> None:
    """Keys and values in the order in which they came."""
    found = grouped(pairs)
    assert list(found) == list(dict.fromkeys(key for key, _ in pairs))
    for key, values in found.items():
        assert list(values) == [value for other, value in pairs if other == key]
