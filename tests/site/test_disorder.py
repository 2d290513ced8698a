"""Reports that come late and in disorder: ids stay, and no address is lost."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from newsstand.content.kinds.settings import Config
from newsstand.model import Article
from newsstand.outputs.feeds.atom import feed
from newsstand.outputs.plan import plan
from newsstand.outputs.published_ids import published_ids
from newsstand.site import Site
from newsstand.stories.story_ids import PublishedIds
from tests.factories import NOON, hours, make_article
from tests.newsroom import site_of, view_of

_CONFIG = Config(url="https://news.example/", feed_size=12, page_size=10)
_EVERY = timedelta(hours=3)


def _events(words: random.Random, count: int) -> list[tuple[datetime, Article]]:
    """Reports of some events, each with the time at which it comes to the site, 0 to 6 h late."""
    found = []
    for event in range(count):
        begun = NOON + hours(words.random() * 8 * count / 10)
        names = f"Kestrel{event} Tunnel{event} flooded near Aldmere{event}"
        for number in range(words.choice((1, 1, 2, 3, 5))):
            published = begun + hours(words.random() * 12)
            article = make_article(
                f"{names}: part {number}" if number else names,
                slug=f"e{event}-{number}",
                outlet=f"o{words.randrange(9)}.example",
                link=f"https://o.example/{event}/{number}",
                published=published,
            )
            found.append((published + hours(words.random() * 6), article))
    return sorted(found, key=lambda pair: (pair[0], pair[1].path))


def _replay(arrivals: list[tuple[datetime, Article]]) -> list[Site]:
    """The site of each build, each with the ids that the one before had given out."""
    sites: list[Site] = []
    given_out = PublishedIds()
    now, last = arrivals[0][0], arrivals[-1][0] + _EVERY
    while now <= last:
        there = [article for arrived, article in arrivals if arrived <= now]
        if there:
            site = site_of(*there, config=_CONFIG, given_out=given_out)
            given_out = published_ids(site)
            sites.append(site)
        now += _EVERY
    return sites


def _in_feed(site: Site) -> set[str]:
    return {entry.id.rsplit("/", 2)[1] for entry in view_of(site, feed(site)).entries}


@pytest.mark.parametrize(
    "events", [12, pytest.param(60, marks=pytest.mark.slow)], ids=["a day", "a week"]
)
def test_what_comes_late_changes_no_id_and_loses_no_address(events: int) -> None:
    """Also where records do not say when they arrived."""
    sites = _replay(_events(random.Random(events), events))
    addresses: set[str] = set()
    for before, after in pairwise(sites):
        fed, lasting = _in_feed(before), published_ids(before)
        for story in before.stories:
            records = {article.path for article in story.articles}
            grown = after.story_of[story.articles[0].path]
            if story.id in fed and records <= {article.path for article in grown.articles}:
                assert grown.id == story.id or grown.id in lasting.ids
        assert len({story.id for story in after.stories}) == len(after.stories)
        assert all(s.id in {a.slug for a in s.articles} for s in after.stories)
        addresses |= {page.address for page in plan(before)}
        now = {page.address for page in plan(after)}
        assert {a for a in addresses if a.startswith(("news/", "stories/"))} <= now
    assert any(story.articles[0].slug != story.id for story in sites[-1].stories)
