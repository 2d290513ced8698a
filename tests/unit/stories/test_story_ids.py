"""What a story is called for good."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsstand.stories.story_ids import (
    PublishedIds,
    former_names,
    lock_text,
    read_lock,
    story_id,
)
from tests.factories import NOON, hours, make_article


def test_a_story_is_called_like_what_arrived_first() -> None:
    """By the time of arrival where a record has it, else by that of publication, then by path."""
    early = make_article(slug="early", published=NOON, arrived=NOON + hours(5))
    late = make_article(slug="late", published=NOON + hours(1), arrived=NOON + hours(2))
    undated = make_article(slug="a", published=None)
    assert story_id([early, late, undated]) == "late"
    assert story_id([early, make_article(slug="b", published=NOON)]) == "b"
    assert story_id([undated, make_article(slug="c", published=None)]) == "a"


def test_of_what_arrived_together_the_first_published_gives_the_name() -> None:
    """The alphabet decides only where the times are equal; an undated one comes last."""
    late, early = (
        make_article(slug=s, published=NOON + hours(n), arrived=NOON + hours(9))
        for s, n in (("docks", 1), ("port", 0))
    )
    undated = make_article(slug="a", published=None, arrived=NOON + hours(9))
    assert story_id([late, early, undated]) == "port"
    assert story_id([late, undated]) == "docks"
    assert story_id([late, make_article(slug="c", published=late.published)]) == "c"
    assert story_id([late, early], {"docks"}) == "docks"


def test_an_id_that_was_given_out_stays() -> None:
    """Whatever joins, and with whatever date; of two stories that become one the first arrived."""
    records = [make_article(slug=s, published=NOON + hours(n)) for n, s in enumerate("abc")]
    assert story_id(records) == "a"
    assert story_id(records, {"c", "elsewhere"}) == "c"
    assert story_id(records, {"b", "c"}) == "b"


_IDS = st.sets(st.from_regex(r"[a-z0-9][a-z0-9 .-]{0,8}[a-z0-9]", fullmatch=True))


@given(_IDS, _IDS, _IDS)
def test_a_lock_file_says_what_was_written(
    pages: set[str], feed: set[str], redirects: set[str]
) -> None:
    """One id a line, in order, so that two branches merge; what had no page is marked."""
    stories = dict(zip(sorted(redirects - pages), sorted(pages), strict=False))
    ids = PublishedIds(
        frozenset(pages), frozenset(feed - pages), frozenset(redirects - pages), stories
    )
    text = lock_text(ids)
    assert read_lock(text) == ids
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines == sorted(lines)
    assert len(lines) == len(ids.pages) + len(ids.feed) + len(ids.redirects)


_ODD = st.frozensets(st.text(st.sampled_from("a#%=<>|2 é~fed"), min_size=1))


@given(_ODD, _ODD, _ODD)
def test_no_id_is_taken_for_something_else(
    pages: frozenset[str], feed: frozenset[str], redirects: frozenset[str]
) -> None:
    """A record's name may begin as a comment does, or as what a merge leaves, or end in "feed"."""
    stories = dict(zip(sorted(redirects - pages), sorted(feed), strict=False))
    ids = PublishedIds(pages, feed - pages, redirects - pages, stories)
    assert read_lock(lock_text(ids)) == ids


def test_a_record_called_feed_is_no_mark() -> None:
    """Nor is one whose name ends so."""
    ids = PublishedIds(
        frozenset({"feed", "a feed"}),
        frozenset({"b feed"}),
        frozenset({"redirect", "c redirect", "x redirect y"}),
        {"redirect": "redirect", "c redirect": "a feed", "x redirect y": "p redirect q"},
    )
    assert read_lock(lock_text(ids)) == ids


def test_of_two_branches_the_page_is_believed() -> None:
    """In one the story was alone in the feed, in the other it has a page."""
    assert read_lock("a\na feed\nb feed\n") == PublishedIds(frozenset({"a"}), frozenset({"b"}))


def test_of_two_branches_the_one_that_says_more_is_believed() -> None:
    """An older version of the program did not say to which story an address leads."""
    for text in ("a\nb redirect\nb redirect a\na redirect b\n", "b redirect a\nb redirect\na\n"):
        ids = read_lock(text)
        assert ids == PublishedIds(frozenset({"a"}), redirects=frozenset({"b"}), stories={"b": "a"})


@pytest.mark.parametrize("name", ["..", "a/b", "../../x", "index.html", "Kept", "x" * 300])
def test_what_can_be_no_folder_is_inherited_by_nobody(name: str) -> None:
    """Nor a name that a record has: anyone may edit the file of ids."""
    records = [make_article(slug="b"), make_article(slug="kept")]
    for ids in (
        PublishedIds(frozenset({name}), redirects=frozenset({"b"}), stories={"b": name}),
        PublishedIds(frozenset({"b"}), redirects=frozenset({name}), stories={name: "b"}),
    ):
        assert not former_names(records, ids)


def test_what_a_merge_left_is_passed_over() -> None:
    """Both sides of a conflict hold ids that were given out."""
    text = "# about\na\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n\n"
    assert read_lock(text) == PublishedIds(pages=frozenset({"a", "b", "c"}))
    assert lock_text(PublishedIds()) == ""


def test_of_two_names_that_are_one_folder_one_is_inherited() -> None:
    """On some disks: capital letters tell them not apart."""
    stories = {"b": "Snow", "c": "snow"}
    ids = PublishedIds(frozenset({"Snow", "snow"}), redirects=frozenset("bc"), stories=stories)
    records = [make_article(slug=name) for name in "bc"]
    assert former_names(records, ids) == {records[0].path: ("Snow",)}
