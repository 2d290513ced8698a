"""How alike two pieces are, by which words, and who is nearest."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsstand.stories.grouping.similarity import LikenessIndex, Piece, Rule

FAR = [
    Piece(f"other{n}", title, "", 1000.0 + 7 * n, f"o{n}.example")
    for n, title in enumerate(
        (
            "Council rejects budget for swimming pool",
            "Orchestra names conductor for winter tour",
            "Wolves seen near mountain village",
            "Chip maker opens factory in desert",
            "Rail drivers end strike after talks",
        )
    )
]
CRACK = Piece("crack", "Kessel bridge closed after crack found", "", 1000.0, "a.example")
SHUT = Piece(
    "shut", "Crack shuts Kessel bridge", "Inspectors closed the bridge.", 1010.0, "b.example"
)


def index_of(*pieces: Piece) -> LikenessIndex:
    """Pieces among others."""
    return LikenessIndex([*FAR, *pieces], Rule())


def test_shares_of_the_words_add_up_to_the_likeness() -> None:
    """Each shared word says what it brings, the largest first, and nothing is left over."""
    likeness = index_of(CRACK, SHUT).likeness("crack", "shut")
    assert {"kessel", "bridg", "crack"} <= {word for word, _ in likeness.words}
    assert sum(share for _, share in likeness.words) == pytest.approx(likeness.value)
    shares = [share for _, share in likeness.words]
    assert shares == sorted(shares, reverse=True)


def test_likeness_halves_in_two_days() -> None:
    """The same words two days later are half as alike; the cosine stays."""
    later = Piece("later", CRACK.title, "", 1048.0, "c.example")
    likeness = index_of(CRACK, later).likeness("crack", "later")
    assert likeness.cosine == pytest.approx(1.0)
    assert likeness.value == pytest.approx(0.5)
    assert likeness.hours_apart == 48.0


def test_a_missing_time_counts_as_two_days() -> None:
    """An undated piece is less alike than one of the same hour, and no hours are claimed."""
    undated = Piece("undated", CRACK.title, "", None, "c.example")
    likeness = index_of(CRACK, undated).likeness("crack", "undated")
    assert likeness.value == pytest.approx(0.5)
    assert likeness.hours_apart is None


def test_pieces_without_words_are_like_nothing() -> None:
    """An empty title divides by nothing."""
    empty = Piece("empty", "", "", 1000.0, "")
    index = index_of(CRACK, empty)
    assert index.likeness("crack", "empty").value == 0.0
    assert index.likeness("empty", "empty").value == 0.0
    assert index.nearest("empty", 3) == ()


def test_the_nearest_come_first() -> None:
    """The most alike piece is found, and not the piece itself."""
    index = index_of(CRACK, SHUT)
    found = index.nearest("crack", 3)
    assert found[0] == ("shut", index.likeness("crack", "shut"))
    assert "crack" not in [key for key, _ in found]
    assert len(index.nearest("crack", 1)) == 1


def test_an_undated_piece_can_be_nearest() -> None:
    """Pieces outside the order of time are not forgotten."""
    undated = Piece("undated", "Kessel bridge crack", "", None, "c.example")
    index = index_of(CRACK, undated)
    assert index.nearest("crack", 1)[0][0] == "undated"
    assert index.nearest("undated", 1)[0][0] == "crack"


def test_a_piece_that_is_no_record_can_be_compared() -> None:
    """`between` takes pieces that the index has never seen, with words it has never seen."""
    stranger = Piece("", "Zyx qwv Kessel", "", 1001.0, "z.example")
    other = Piece("", "Zyx plk", "", 1001.0, "y.example")
    index = index_of(CRACK)
    assert index.between(CRACK, stranger).words[0][0] == "kessel"
    assert index.between(stranger, other).words[0][0] == "zyx"


def test_a_declared_piece_is_near_if_words_and_time_say_so() -> None:
    """The same event a few hours later is near; other words, or a month later, are not."""
    index = index_of(CRACK)
    assert index.near(CRACK, Piece("", "Kessel bridge: crack forces closure", "", 1005.0, ""))
    assert not index.near(CRACK, Piece("", "Library stays open all night", "", 1005.0, ""))
    assert not index.near(CRACK, Piece("", "Kessel bridge reopens", "", 1720.0, ""))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from("Kessel bridge crack in the Winter Tour 2024".split())),
            st.none() | st.floats(0.0, 400.0, width=16),
        ),
        min_size=2,
        max_size=6,
    )
)
def test_near_is_what_pulls_nearly_enough(told: list[tuple[list[str], float | None]]) -> None:
    """What is known without reading two pieces is what their pull says."""
    pieces = [
        Piece(str(n), " ".join(words), "", hours, "") for n, (words, hours) in enumerate(told)
    ]
    index = LikenessIndex(pieces, Rule())
    texts = index.texts[index.place["0"]].keys() & index.texts[index.place["1"]].keys()
    pulls = index.bond(["0"], ["1"]) >= index.threshold - 1.0
    assert index.near(pieces[0], pieces[1]) == (bool(texts) and pulls)


def test_copies_of_a_text_do_not_make_its_words_common() -> None:
    """Five hundred equal titles say as much as two."""
    copies = [Piece(f"copy{n}", CRACK.title, "", 1000.0 + n / 100, "") for n in range(500)]
    few, many = index_of(CRACK, SHUT, *copies[:2]), index_of(CRACK, SHUT, *copies)
    assert few.likeness("crack", "shut") == many.likeness("crack", "shut")
    assert many.bond(["crack"], ["shut"]) > many.threshold


def test_what_an_editor_declared_is_a_hint() -> None:
    """A declared pair pulls a little more, and not across everything."""
    hinted = Piece("crack", CRACK.title, "", 1000.0, "a.example", frozenset({"shut", "other1"}))
    plain, told = index_of(CRACK, SHUT), index_of(hinted, SHUT)
    assert told.bond(["crack"], ["shut"]) > plain.bond(["crack"], ["shut"])
    assert told.bond(["crack"], ["other1"]) < told.threshold


def test_words_in_the_parts_of_a_compound_are_found() -> None:
    """A German compound is like a headline with its parts."""
    compound = Piece("k", "Brückenprüfung verschoben", "", 1000.0, "a.example")
    parts = Piece("p", "Prüfung der Brücken", "", 1001.0, "b.example")
    vocabulary = [Piece("v", "Brücken gesperrt", "", 1200.0, ""), parts]
    likeness = LikenessIndex([compound, *vocabulary], Rule()).likeness("k", "p")
    assert {"bruck", "prufung"} & {word for word, _ in likeness.words}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.text("abcdefg ", max_size=30), st.none() | st.floats(0.0, 300.0, width=16)),
        min_size=2,
        max_size=12,
    )
)
def test_likeness_is_between_nothing_and_all_and_the_same_both_ways(
    texts: list[tuple[str, float | None]],
) -> None:
    """0 to 1, symmetric, and its shares add up, whatever the text."""
    pieces = [Piece(str(n), title, "", hours, "") for n, (title, hours) in enumerate(texts)]
    Random(1).shuffle(pieces)
    index = LikenessIndex(pieces, Rule())
    one, other = index.likeness("0", "1"), index.likeness("1", "0")
    assert 0.0 <= one.value <= 1.0 + 1e-9
    assert one.value == pytest.approx(other.value)
    assert sum(share for _, share in one.words) == pytest.approx(one.value)
