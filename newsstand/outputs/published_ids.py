"""What a site gives out of its stories: their ids, and the addresses that are to last."""

from __future__ import annotations

from collections.abc import Set
from itertools import chain

from newsstand.outputs.feeds.atom import feed_stories
from newsstand.site import Site
from newsstand.stories.story_ids import PublishedIds


def published_ids(site: Site, left_out: Set[str] = frozenset()) -> PublishedIds:
    """The ids and addresses of this site, and those of earlier builds whose record is in no story.

    All reports of a story are noted, also of one that is over: it loses one when the editor parts
    it, when a record is taken back, or when the rule or its settings change. `left_out` are names
    of records that are not published now, and may be again.
    """
    with_page = [story for story in site.stories if story.has_page]
    alone = {a.slug for s in site.stories if not s.has_page for a in s.articles}
    for path, names in site.former_names.items():
        if not site.story_of[path].has_page:
            alone.update(names)
    earlier, in_no_story = site.given_out, left_out | alone
    pages = (earlier.pages & in_no_story).union([story.id for story in with_page])
    members = [article.slug for story in with_page for article in story.articles]
    renamed = earlier.addresses.intersection(chain.from_iterable(site.former_names.values()))
    redirects = (earlier.redirects & in_no_story).union(members, renamed) - pages
    feed = frozenset([story.id for story in feed_stories(site)]) - pages
    return PublishedIds(pages, feed, redirects)
