"""What a site gives out of its stories: their ids, and the addresses that are to last."""

from __future__ import annotations

from newsstand.outputs.feeds.atom import feed_stories
from newsstand.site import Site
from newsstand.stories.story_ids import PublishedIds


def published_ids(site: Site) -> PublishedIds:
    """The ids and addresses of this site, and those of earlier builds whose record stands alone.

    All reports of a story are noted, also of one that is over: it loses one when the editor parts
    it, when a record is taken back, or when the rule or its settings change.
    """
    with_page = [story for story in site.stories if story.has_page]
    alone = frozenset([a.slug for s in site.stories if not s.has_page for a in s.articles])
    earlier = site.given_out
    pages = (earlier.pages & alone).union([story.id for story in with_page])
    members = [article.slug for story in with_page for article in story.articles]
    redirects = (earlier.redirects & alone).union(members) - pages
    feed = frozenset([story.id for story in feed_stories(site)]) - pages
    return PublishedIds(pages, feed, redirects)
