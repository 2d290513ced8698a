"""Records that name each other stand together."""

from __future__ import annotations

from newsstand.build.families import by_family
from newsstand.stories.references import References

KIN = References({"a": ("c",), "c": ("e",)}, {"c": ("a",), "e": ("c",)})


def test_a_family_stands_where_its_first_stood() -> None:
    """Through others as well; whoever has no family stays in order, what is no record is first."""
    values = ["", "a", "b", "c", "", "d", "e"]
    assert by_family(values, str, KIN) == ["", "", "a", "c", "e", "b", "d"]


def test_a_family_of_which_the_first_is_missing() -> None:
    """Whoever is named stands with whoever names it."""
    assert by_family(["e", "b", "a"], str, KIN) == ["e", "a", "b"]
    assert by_family([], str, KIN) == []
