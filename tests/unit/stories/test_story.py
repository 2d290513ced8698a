"""A story says with its fingerprint all that it says."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from newsstand.content.kinds.settings import Weights
from newsstand.model import Article, Coverage, Story
from newsstand.stories.story import IsNear, StoryMaker, time_order
from tests.factories import NOON, body_of, hours, make_article, make_piece, telling


def maker(is_near: IsNear = lambda _article, _piece: True) -> StoryMaker:
    """Makes stories of records that stand alone."""
    return StoryMaker(Weights(), body_of, lambda _: False, is_near)


def story(
    *articles: Article,
    is_near: IsNear = lambda _article, _piece: True,
    title: str = "",
    pinned: int = 0,
) -> Story:
    """The story of these records."""
    records = tuple(sorted(articles, key=time_order))
    return maker(is_near).story("a-story", records, title, pinned)[0]


LEAD = replace(make_article("Harbour bridge opens"), fingerprint=b"8 bytes.")
OTHER = replace(make_article("Bridge is open", published=NOON + hours(1)), fingerprint=b"8 others")


def test_equal_records_make_stories_of_one_fingerprint() -> None:
    """In any order."""
    assert story(LEAD, OTHER).fingerprint == story(OTHER, LEAD).fingerprint


def test_what_a_story_says_is_in_its_fingerprint() -> None:
    """Its records, its title, its pin, its heat."""
    changed = replace(OTHER, fingerprint=b"9 others")
    hot = replace(LEAD, heat=90)
    stories = [story(LEAD), story(LEAD, OTHER), story(LEAD, changed), story(hot, OTHER)]
    stories += [story(LEAD, OTHER, title="A title"), story(LEAD, OTHER, pinned=1)]
    assert len({found.fingerprint for found in stories}) == len(stories)


@pytest.mark.parametrize(
    "said",
    [{"excerpt": "Other words"}, {"published": NOON + hours(3)}, {"outlet": "wire.example"}],
    ids=str,
)
def test_of_two_entries_for_one_piece_the_one_that_is_near_counts(said: dict[str, object]) -> None:
    """They have one link and one title; which is near is for all the records to say."""
    first = make_piece("Elsewhere", link="https://quay.example/1")
    second = replace(first, **said)
    naming = telling(LEAD, related=(first, second))

    def only(wanted: Coverage) -> IsNear:
        return lambda _article, piece: piece == wanted

    one, other = (story(naming, is_near=only(piece)) for piece in (first, second))
    assert one.fingerprint != other.fingerprint
