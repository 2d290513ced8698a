"""Fingerprints: equal for equal values, others for other ones, and which field is another."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from newsstand.text.fingerprint import (
    SIZE,
    changed_fields,
    fingerprint,
    fingerprint_of,
    hash_of,
    hash_of_text,
)


class Named(NamedTuple):
    """A tuple with names."""

    one: object
    two: object


class Plain(Struct, frozen=True):
    """A value that is described whole."""

    one: object
    two: object


class Other(Struct, frozen=True):
    """The same fields in another kind of value."""

    one: object
    two: object


class Known(Struct, frozen=True):
    """A value that stands for itself by a fingerprint."""

    said: str
    fingerprint: bytes = b""


class Inputs(Struct, frozen=True):
    """What a page may be made from."""

    number: object
    stories: object
    best: object


_SIGNS = st.text("ab,()<>{}:#'\"\\ ", max_size=4)
_SINGLE = (
    _SIGNS
    | st.none()
    | st.booleans()
    | st.integers(-2, 2)
    | st.sampled_from([1.0, 2.5, b"", b"ab", date(2024, 1, 18), datetime(2024, 1, 18, tzinfo=UTC)])
    | st.sampled_from("abc").map(lambda said: Known(said, hash_of(said.encode())))
)
_VALUES = st.recursive(
    _SINGLE,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.builds(Named, inner, inner)
        | st.builds(Plain, inner, inner)
        | st.builds(Other, inner, inner)
    ),
    max_leaves=6,
)


def _told(value: object) -> object:
    """A value with the types of all its parts: 1, 1.0 and True are three."""
    if isinstance(value, (Plain, Other)):
        return type(value), _told(value.one), _told(value.two)
    if isinstance(value, tuple):
        return type(value), [_told(part) for part in value]
    return type(value), value


@given(_VALUES, _VALUES)
def test_fingerprints_are_equal_only_for_equal_values(one: object, other: object) -> None:
    """Nested as they like; signs in texts are no borders."""
    inputs = [fingerprint(Inputs(1, value, ())) for value in (one, other)]
    assert (inputs[0] == inputs[1]) == (_told(one) == _told(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "b"), ("a,b",)),
        (("a", ("b",)), (("a", "b"),)),
        ((("a",), "b"), ("a", ("b",))),
        ((), ((),)),
        (("",), ()),
        (("'a','b'",), ("a", "b")),
        ((None,), ("None",)),
        (Named("a", "b"), ("a", "b")),
        (Plain("a", "b"), Named("a", "b")),
        (Plain("a", "b"), Other("a", "b")),
        ((Known("a", b"8 bytes."), "b"), (Known("a", b"8 bytes."), Known("b", b"8 bytes."))),
        (1, True),
        (0, 0.0),
    ],
    ids=repr,
)
def test_what_looks_alike_is_told_apart(one: object, other: object) -> None:
    """As fields, and further below."""
    assert fingerprint(Inputs(1, one, 2)) != fingerprint(Inputs(1, other, 2))
    assert fingerprint(Inputs(1, (one,), 2)) != fingerprint(Inputs(1, (other,), 2))


@given(_VALUES, _VALUES, st.sampled_from(["number", "stories", "best"]))
def test_another_field_changes_its_own_bytes_only(value: object, other: object, name: str) -> None:
    """So that inputs say which of them is another."""
    before = Inputs(value, value, value)
    now = replace(before, **{name: other})
    fingerprints = fingerprint(before), fingerprint(now)
    assert [len(found) for found in fingerprints] == [3 * SIZE, 3 * SIZE]
    changed = () if _told(value) == _told(other) else (name,)
    assert changed_fields(Inputs, *fingerprints) == changed


def test_fields_that_cannot_be_told_are_none() -> None:
    """Of another kind of inputs, or of a value without fields."""
    three, two = fingerprint(Inputs(1, 2, 3)), fingerprint(Plain(1, 2))
    assert changed_fields(Inputs, two, three) == ()
    assert changed_fields(Plain, three, three) == ()
    assert changed_fields(tuple, fingerprint((1,)), fingerprint((2,))) == ()


def test_who_has_a_fingerprint_stands_for_itself_by_it() -> None:
    """Whatever else it says; without one it is described."""
    known = Known("one", b"8 bytes.")
    for wrap in (lambda value: value, lambda value: (value, 1), lambda value: Named(value, 1)):
        same = [fingerprint(Inputs(1, wrap(replace(known, said=s)), 2)) for s in ("one", "two")]
        assert same[0] == same[1]
        bare = [fingerprint(Inputs(1, wrap(Known(said)), 2)) for said in ("one", "two")]
        assert bare[0] != bare[1]


@given(one=st.lists(st.text(max_size=3), max_size=3), other=st.lists(st.text(max_size=3)))
def test_values_beside_each_other_do_not_run_together(one: list[str], other: list[str]) -> None:
    """Two lists of texts have one fingerprint only if they are equal."""
    assert (fingerprint_of(*one) == fingerprint_of(*other)) == (one == other)


def test_the_hash_of_a_text_is_that_of_its_bytes() -> None:
    """Also where the text is none that could be written."""
    assert hash_of_text("Zürich") == hash_of("Zürich".encode())
    assert len(hash_of_text("\ud800")) == SIZE
    assert len(fingerprint(("\ud800",))) == SIZE
