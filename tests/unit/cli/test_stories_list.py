"""Stories as text and as JSON."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings

from newsstand.cli.stories_list import headline_counts, stories_json, stories_text
from newsstand.model import Article, Story
from newsstand.site import Site
from newsstand.stories.rank import score
from tests.factories import NOON, hours, make_article, make_provider
from tests.newsroom import random_articles, site_of

KEYS = ["id", "title", "lead", "url", "articles", "outlets", "first", "last", "heat"]
BRIDGE = "Harbour bridge opens after repair"


def report(slug: str, **changes: Any) -> Article:  # noqa: ANN401
    """A record about the bridge at an outlet of its own."""
    return make_article(BRIDGE, slug=slug, outlet=f"{slug}.example", **changes)


@settings(max_examples=40)
@given(random_articles())
def test_the_list_has_every_record_once(articles: tuple[Article, ...]) -> None:
    """With the keys that other programs rely on, in this order, by rank."""
    site = site_of(*articles)
    stories = json.loads(stories_json(site))
    assert [list(story) for story in stories] == [KEYS] * len(site.stories)
    assert [s["id"] for s in stories] == [s.id for s in site.stories]
    paths = [path for story in stories for path in story["articles"]]
    assert sorted(paths) == sorted(a.path for a in articles)
    for story in stories:
        assert story["lead"] in story["articles"]
        assert (story["first"] is None) == (story["last"] is None)
        assert story["first"] is None or story["first"] <= story["last"]


def test_a_story_as_json() -> None:
    """Addresses relative to the site, instants in UTC, outlets by domain."""
    site = site_of(report("a", heat=40), report("b", published=NOON + hours(2), quality=9))
    assert json.loads(stories_json(site)) == [
        {
            "id": "a",
            "title": BRIDGE,
            "lead": "news/b.md",
            "url": "stories/a/",
            "articles": ["news/a.md", "news/b.md"],
            "outlets": ["a.example", "b.example"],
            "first": "2024-01-18T12:00:00Z",
            "last": "2024-01-18T14:00:00Z",
            "heat": 40.0,
        }
    ]


def test_a_story_without_dates_as_json() -> None:
    """Nothing is invented: null."""
    (story,) = json.loads(stories_json(site_of(report("a", published=None))))
    assert (story["first"], story["last"]) == (None, None)


def test_an_empty_site_lists_nothing() -> None:
    """An empty list is JSON too."""
    assert json.loads(stories_json(site_of())) == []
    assert stories_text(site_of()) == ""


def _score(site: Site, story: Story) -> float:
    return score(story, site.config.ranking, site.ranking.standing(story))


def test_the_list_as_text() -> None:
    """Score, title, counts, and each record with time, outlet and path."""
    provider = make_provider("a.example", name="Anchor")
    site = site_of(
        report("a", story="x"), report("b", published=None, story="x"), providers=(provider,)
    )
    first, counts, *lines = stories_text(site).splitlines()
    assert first.split(None, 1) == [f"{_score(site, site.stories[0]):.2f}", BRIDGE]
    assert counts.strip() == "2 reports, 2 outlets"
    assert [" ".join(line.split()) for line in lines] == [
        f"18 Jan, 12:00 Anchor: {BRIDGE} (news/a.md)",
        f"undated b.example: {BRIDGE} (news/b.md)",
    ]


def test_counts_leave_out_what_is_not_known() -> None:
    """No outlet, no count of outlets."""
    site = site_of(make_article(BRIDGE, outlet="", link=""))
    assert headline_counts(site, site.stories[0]) == "1 report"
