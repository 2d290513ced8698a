"""What is remembered of feeds, and how it merges."""

from __future__ import annotations

from msgspec.structs import replace

from newsstand.fetch.feed_state import FeedState, notes_by_outlet, read_state, state_text

ONE = FeedState("https://a.example/feed", etag='"x"', asked="2024-01-20T12:00:00Z", seen="aa bb")
TWO = FeedState("https://b.example/feed", errors=2)


def test_a_state_survives_its_file() -> None:
    """One line each, in order of address, whatever order they had."""
    text = state_text([TWO, ONE])
    assert text.count("\n") == 2
    assert text == state_text({"x": ONE, "y": TWO})
    assert read_state(text) == {ONE.feed: ONE, TWO.feed: TWO}


def test_both_lines_of_a_merge_may_stay() -> None:
    """The later counts; what either has seen was seen; marks of a conflict are passed over."""
    later = replace(ONE, asked="2024-01-20T15:00:00Z", etag='"y"', seen="bb cc")
    for first, second in ((ONE, later), (later, ONE)):
        text = f"<<<<<<< ours\n{state_text([first])}=======\n{state_text([second])}>>>>>>> theirs\n"
        (found,) = read_state(text).values()
        assert found.etag == '"y"'
        assert found.marks == {"aa", "bb", "cc"}


def test_what_readers_should_know() -> None:
    """Nothing of a bad hour; nothing that changes from run to run."""
    states = [
        replace(ONE, outlet="a.example", errors=2),
        FeedState("https://c.example/1", outlet="c.example", errors=3, good="2024-01-02T00:00:00Z"),
        FeedState("https://d.example/1", outlet="d.example", errors=9, refused=True),
        FeedState("https://e.example/1", outlet="e.example", gone=True),
        FeedState("https://f.example/1", outlet="f.example", silent=True, newest="2024-01-03"),
        FeedState("https://g.example/1", errors=9),
    ]  # fmt: skip
    assert notes_by_outlet(states) == {
        "c.example": "its feed gives no answer since 2024-01-02",
        "d.example": "its feed refuses to be read",
        "e.example": "its feed is gone",
        "f.example": "its feed is silent since 2024-01-03",
    }
