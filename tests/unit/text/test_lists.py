"""Lists: cut into pages, put together by a key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsstand.text.lists import grouped, parts


@given(st.lists(st.integers(), max_size=50), st.integers(1, 9))
def test_every_entry_is_on_one_page(entries: list[int], size: int) -> None:
    """The pages put end to end are the list; all with a number are full."""
    pages = list(parts(entries, size))
    assert [entry for _, part in pages for entry in part] == entries
    assert [number for number, _ in pages] == [0, *range(len(pages) - 1, 0, -1)]
    assert all(len(part) == size for number, part in pages if number)
    assert len(pages[0][1]) < 2 * size


@given(st.integers(0, 60), st.integers(1, 9))
def test_a_newer_entry_leaves_older_pages_as_they_are(count: int, size: int) -> None:
    """It changes the first page, or makes one more of it."""
    before, after = (dict(parts(list(range(n, 0, -1)), size)) for n in (count, count + 1))
    assert all(after[number] == part for number, part in before.items() if number)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers())))
def test_what_has_a_key_in_common_stands_together(pairs: list[tuple[int, int]]) -> None:
    """Keys and values in the order in which they came."""
    found = grouped(pairs)
    assert list(found) == list(dict.fromkeys(key for key, _ in pairs))
    for key, values in found.items():
        assert list(values) == [value for other, value in pairs if other == key]
