"""What a story is called for good."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsstand.stories.story_ids import lock_text, read_lock, story_id
from tests.factories import NOON, hours, make_article


def test_a_story_is_called_like_what_arrived_first() -> None:
    """By the time of arrival where a record has it, else by that of publication, then by path."""
    early = make_article(slug="early", published=NOON, arrived=NOON + hours(5))
    late = make_article(slug="late", published=NOON + hours(1), arrived=NOON + hours(2))
    undated = make_article(slug="a", published=None)
    assert story_id([early, late, undated]) == "late"
    assert story_id([early, make_article(slug="b", published=NOON)]) == "b"
    assert story_id([undated, make_article(slug="c", published=None)]) == "a"


def test_an_id_that_was_given_out_stays() -> None:
    """Whatever joins, and with whatever date; of two stories that become one the first arrived."""
    records = [make_article(slug=s, published=NOON + hours(n)) for n, s in enumerate("abc")]
    assert story_id(records) == "a"
    assert story_id(records, {"c", "elsewhere"}) == "c"
    assert story_id(records, {"b", "c"}) == "b"


_IDS = st.sets(st.from_regex(r"[a-z0-9][a-z0-9 .-]{0,8}[a-z0-9]", fullmatch=True))


@given(_IDS)
def test_a_lock_file_says_what_was_written(ids: set[str]) -> None:
    """One id a line, in order, so that two branches merge."""
    text = lock_text(ids)
    assert read_lock(text) == ids
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines == sorted(ids)


@given(st.sets(st.text(st.sampled_from("a#%=<>|2 é~"), min_size=1)))
def test_no_id_is_taken_for_something_else(ids: set[str]) -> None:
    """A record's name may begin as a comment does, or as what a merge leaves."""
    assert read_lock(lock_text(ids)) == ids


def test_what_a_merge_left_is_passed_over() -> None:
    """Both sides of a conflict hold ids that were given out."""
    text = "# about\na\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n\n"
    assert read_lock(text) == {"a", "b", "c"}
    assert lock_text([]) == ""
