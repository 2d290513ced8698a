"""What a site gives out of its stories: their ids, and the addresses that are to last."""

from __future__ import annotations

from collections.abc import Set
from itertools import chain

from newsstand.content.content_reader import LeftOut
from newsstand.outputs.feeds.atom import feed_stories
from newsstand.site import Site
from newsstand.stories.story_ids import PublishedIds, former_name

_NONE = LeftOut()


def published_ids(site: Site, left_out: LeftOut = _NONE) -> PublishedIds:
    """The ids and addresses of this site, and those of earlier builds whose record is in no story.

    All reports of a story are noted, also of one that is over: it loses one when the editor parts
    it, when a record is taken back, or when the rule or its settings change. `left_out` are the
    records that are not published now, and may be again.
    """
    waiting = _former_names(site, left_out)
    with_page = [story for story in site.stories if story.has_page]
    alone = {
        n for s in site.stories if not s.has_page for a in s.articles for n in site.names_of(a)
    }
    earlier, story_of = site.given_out, _story_of_names(site)
    held_back = (left_out.names | waiting) - story_of.keys()
    in_no_story = held_back | alone
    pages = (earlier.pages & in_no_story).union([story.id for story in with_page])
    members = [article.slug for story in with_page for article in story.articles]
    renamed = earlier.addresses.intersection(chain.from_iterable(site.former_names.values()))
    redirects = (earlier.redirects & in_no_story).union(members, renamed) - pages
    feed = (earlier.feed & waiting).union([story.id for story in feed_stories(site)]) - pages
    story_of.update({n: s for n, s in earlier.stories.items() if n in held_back})
    stories = {name: story_of[name] for name in redirects if name in story_of}
    return PublishedIds(pages, feed, redirects, stories)


def _story_of_names(site: Site) -> dict[str, str]:
    """By each name of a record, former ones too, the id of the story that it leads to.

    That of a record which is alone is the one that it kept when all others had left, if any.
    """
    found = {
        name: story.id
        for story in site.stories
        if story.has_page
        for article in story.articles
        for name in site.names_of(article)
    }
    for path, names in site.former_names.items():
        if not site.story_of[path].has_page:
            own = site.records[path].slug
            kept = next((name for name in names if name in site.given_out.pages), own)
            found.update(dict.fromkeys((own, *names), kept))
    return found


def _former_names(site: Site, left_out: LeftOut) -> Set[str]:
    """What records that are left out were called before.

    Where one has an error nobody knows: then it is every name that no other record has.
    """
    if left_out.are_all_read:
        return {former_name(alias) for alias in left_out.aliases}
    given_out = site.given_out.ids | site.given_out.redirects
    return given_out.difference(*map(site.names_of, site.articles))
