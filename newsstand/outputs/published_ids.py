"""What a site gives out of its stories: their ids, and the addresses that are to last."""

from __future__ import annotations

from newsstand.outputs.feeds.atom import feed_stories
from newsstand.site import Site
from newsstand.stories.story_ids import PublishedIds


def published_ids(site: Site) -> PublishedIds:
    """The ids and addresses of this site and of earlier builds, as far as records do not tell them.

    The reports of a story that is over stay in it. So only those of running stories are noted, and
    those of undated ones, beside records that have left a story.
    """
    with_page = [story for story in site.stories if story.has_page]
    alone = frozenset([a.slug for s in site.stories if not s.has_page for a in s.articles])
    may_change = [story for story in with_page if story.newest is None or not site.is_over(story)]
    earlier = site.given_out
    pages = (earlier.pages & alone).union([story.id for story in with_page])
    members = [article.slug for story in may_change for article in story.articles]
    redirects = (earlier.redirects & alone).union(members) - pages
    feed = frozenset([story.id for story in feed_stories(site)]) - pages
    return PublishedIds(pages, feed, redirects)
