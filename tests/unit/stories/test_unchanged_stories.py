"""What relating remembers changes nothing but the time that it takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from newsstand.content.kinds.settings import Config, Grouping, Weights
from newsstand.model import Article, ArticleBody, Content
from newsstand.stories import unchanged_stories
from newsstand.stories.relate import Related, relate
from tests.factories import body_of, make_article
from tests.newsroom import edited_articles, marked, random_articles


def related(
    articles: tuple[Article, ...], before: bytes = b"", config: Config | None = None
) -> Related:
    """The stories of records, with what is remembered of others."""
    content = Content(articles=tuple(sorted(articles, key=lambda a: a.path)))
    return relate(content, config or Config(), body_of, None, before)


def said(found: Related) -> dict[str, Any]:
    """All that relating says."""
    return {
        "stories": sorted(found.stories, key=lambda story: story.id),
        "coverage": {story.id: found.coverage(story) for story in found.stories},
        "near": {path: found.near(path) for path in found.records},
        "references": found.references,
        "problems": found.problems,
    }


@settings(max_examples=150)
@given(edited_articles(), st.booleans())
def test_what_is_remembered_changes_nothing(
    edited: tuple[tuple[Article, ...], tuple[Article, ...]], asked: bool
) -> None:
    """Whichever records have come, gone or changed; whether or not all was asked before."""
    old, new = edited
    before = related(old)
    if asked:
        said(before)
    known = before.memory()
    warm = related(new, known)
    assert said(warm) == said(related(new))
    assert said(related(old, warm.memory())) == said(related(old))


@settings(max_examples=40)
@given(random_articles())
def test_a_story_comes_back_as_it_was(articles: tuple[Article, ...]) -> None:
    """Without a look at the bodies of its records."""
    records = marked(articles)
    before = related(records)
    assert _without_bodies(records, before.memory()).stories == before.stories


def _without_bodies(records: tuple[Article, ...], known: bytes) -> Related:
    """The stories of records that nobody links, where to ask for a body fails."""

    def nobody(article: Article) -> ArticleBody:
        raise AssertionError(article.path)

    links = {a.path: _NoLinks for a in records}
    content = Content(articles=tuple(sorted(records, key=lambda a: a.path)))
    return relate(content, Config(), nobody, links, known)


class _NoLinks:
    """A record that has and names no link."""

    own = b""
    related = b""


@settings(max_examples=40)
@given(random_articles())
def test_a_story_is_remembered_by_the_paths_of_its_records(articles: tuple[Article, ...]) -> None:
    """And is the same story when they are there."""
    found = related(marked(articles))
    for story in found.stories:
        known = unchanged_stories.known_story(story, b"made from")
        assert known.articles == tuple(a.path for a in story.articles)
        assert unchanged_stories.story_again(known, found.records) == story


@settings(max_examples=40)
@given(random_articles())
def test_the_coverage_of_a_running_story_is_remembered(articles: tuple[Article, ...]) -> None:
    """It is what it was, its records' pieces are their own, and no body is read for it."""
    records = marked(articles)
    before = related(records)
    again = _without_bodies(records, before.memory())
    newest = max((s.newest for s in before.stories if s.newest), default=None)
    for story in again.stories:
        if newest and story.newest and newest - story.newest <= timedelta(days=8):
            coverage = again.coverage(story)
            assert coverage == before.coverage(story)
            own = {id(article.piece) for article in story.articles}
            assert any(id(piece) in own for piece in coverage.pieces)
            assert again.memory() == before.memory()


def test_records_that_are_alike_keep_their_own_pieces() -> None:
    """Two without a link, of the very same words and hour: each page lists its own record."""
    alike = [make_article(slug=slug, keys=(), link="", outlet="") for slug in ("a", "b")]
    records = marked([replace(article, story="one") for article in alike])
    again = related(records, related(records).memory())
    (story,) = again.stories
    pieces = again.coverage(story).pieces
    assert [id(piece) for piece in pieces] == [id(a.piece) for a in story.articles]


def test_the_coverage_of_a_story_that_is_over_is_not_remembered() -> None:
    """It is read again where a page asks for it."""
    first = make_article(
        "Harbour bridge opens", slug="a", published=datetime(2024, 1, 1, tzinfo=UTC)
    )
    later = make_article("Rail strike ends", slug="b", published=datetime(2024, 3, 1, tzinfo=UTC))
    memory = related(marked([first])).memory()
    both = unchanged_stories.decoded(related(marked([first, later]), memory).memory())
    assert [bool(story.coverage) for story in both.stories] == [False, True]


def test_other_settings_make_other_stories() -> None:
    """What was remembered by other weights or rules is of no use."""
    records = marked(make_article("Harbour bridge opens", slug=s, story="x") for s in "ab")
    known = related(records).memory()
    for config in (
        Config(ranking=Weights(outlets=99.0)),
        Config(stories=Grouping(breadth=0.5)),
    ):
        assert said(related(records, known, config)) == said(related(records, b"", config))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no",
        b"\xff" * 50,
        unchanged_stories.encoded(unchanged_stories.StoryMemory(stories=()))[:-1],
    ],
)
def test_what_cannot_be_read_is_nothing(data: bytes) -> None:
    """Neither half of it nor something else."""
    assert unchanged_stories.decoded(data) == unchanged_stories.NOTHING
    records = marked([make_article("Harbour bridge opens")])
    assert said(related(records, data)) == said(related(records))


def test_what_grouping_knew_may_be_of_another_version() -> None:
    """The stories are remembered, and all is grouped afresh."""
    records = marked(make_article("Harbour bridge opens", slug=s) for s in "abc")
    known = unchanged_stories.decoded(related(records).memory())
    assert known.stories
    odd = unchanged_stories.encoded(replace(known, groups=b"odd"))
    assert said(related(records, odd)) == said(related(records))
