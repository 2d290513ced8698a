"""Marks: short hashes, alone and many in a row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsstand.text.fingerprint import (
    SIZE,
    holds,
    mark_of,
    mark_of_bytes,
    mark_of_text,
    packed,
    unpacked,
)

# Few different bytes, so that a mark is often found across the border of two others.
_MARKS = st.binary(min_size=SIZE, max_size=SIZE).map(lambda b: bytes(byte % 2 for byte in b))


@given(marks=st.sets(_MARKS, max_size=20))
def test_packed_marks_come_back(marks: set[bytes]) -> None:
    """All of them, each once, in order."""
    assert unpacked(packed(marks)) == sorted(marks)


@given(marks=st.sets(_MARKS, max_size=20), wanted=_MARKS)
def test_packed_marks_hold_what_was_packed_and_nothing_else(
    marks: set[bytes], wanted: bytes
) -> None:
    """A mark that only shows across the border of two others is not held."""
    assert holds(packed(marks), wanted) == (wanted in marks)


def test_a_mark_across_a_border_does_not_hide_the_one_behind_it() -> None:
    """The search goes on behind a place that is none."""
    wanted = b"\1" * 7 + b"\2"
    row = b"\0" + wanted[:7] + wanted[7:] + b"\1" * 7 + wanted
    assert holds(row, wanted)
    assert not holds(row[:-SIZE], wanted)


@given(one=st.lists(st.text(max_size=3), max_size=3), other=st.lists(st.text(max_size=3)))
def test_marks_are_equal_only_for_equal_values(one: list[str], other: list[str]) -> None:
    """What stands beside each other does not run together."""
    assert (mark_of(*one) == mark_of(*other)) == (one == other)


def test_a_mark_of_text_is_that_of_its_bytes() -> None:
    """Also where the text is none that could be written."""
    assert mark_of_text("Zürich") == mark_of_bytes("Zürich".encode())
    assert len(mark_of_text("\ud800")) == SIZE
