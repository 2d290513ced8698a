"""Which addresses below ``/stories/`` the site answers, and where each leads."""

from __future__ import annotations

from collections.abc import Iterator

from newsstand.outputs import urls
from newsstand.site import Site


def story_addresses(site: Site) -> Iterator[tuple[str, str]]:
    """Each address, and that of the page where its reader arrives: itself, where that is a page.

    Every report of a story has one, so that a story that becomes part of another is found at its
    old address. Where a story fell apart or was renamed, those that were published lead on.
    """
    published = site.given_out.addresses
    for article in site.articles:
        story = site.story_of[article.path]
        target = urls.story(story.id) if story.has_page else urls.article(article.slug)
        lasting = {article.slug, story.id} if story.has_page else frozenset[str]()
        for name in site.names_of(article):
            if name in lasting or name in published:
                yield urls.story(name), target
