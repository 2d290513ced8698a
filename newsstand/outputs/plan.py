"""The plan step: a site -> every page that is to be written, and no two at one address."""

from __future__ import annotations

from collections.abc import Iterator

from newsstand.model import Page
from newsstand.outputs.feeds.atom import feed
from newsstand.outputs.feeds.sitemaps import last_shown, robots, sitemaps
from newsstand.outputs.html.archive import archive_pages
from newsstand.outputs.html.article import article_pages
from newsstand.outputs.html.front import front_page
from newsstand.outputs.html.outlets import outlet_pages, outlets_page
from newsstand.outputs.html.plain import not_found_page, plain_page
from newsstand.outputs.html.redirects import folder_redirects, river_redirects, story_redirects
from newsstand.outputs.html.story import story_pages
from newsstand.outputs.html.topics import topic_pages, topics_page
from newsstand.site import Site


def plan(site: Site) -> Iterator[Page]:
    """All pages, in an order that does not depend on how the content was read."""
    lists = list[tuple[str, str]]()
    yield front_page(site)
    yield from article_pages(site)
    yield from story_pages(site)
    yield from story_redirects(site)
    yield from river_redirects(site)
    yield from folder_redirects(site)
    for page in _further_lists(site):
        if page.template != "redirect.html":
            lists.append((page.address, last_shown(page.inputs)))
        yield page
    yield not_found_page(site)
    yield feed(site)
    yield from sitemaps(site, lists)
    yield robots()


def _further_lists(site: Site) -> Iterator[Page]:
    yield topics_page(site)
    for topic in sorted(site.topics):
        yield from topic_pages(site, topic)
    yield outlets_page(site)
    for domain in sorted(site.by_outlet):
        yield from outlet_pages(site, domain)
    yield from archive_pages(site)
    for page in site.pages:
        yield plain_page(site, page)
