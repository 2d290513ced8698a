"""The plan step: a site -> every page that is to be written, and no two at one address."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace

from newsstand import addresses
from newsstand.archive_pages import archive_pages
from newsstand.article_page import Neighbours, article_page
from newsstand.feeds import feed, robots, sitemaps
from newsstand.front_page import front_pages
from newsstand.heads import head, not_found_root
from newsstand.model import Page, PlainPage
from newsstand.outlet_pages import outlet_pages, outlets_page
from newsstand.page_views import NotFoundView, PlainView
from newsstand.prose import render_markdown
from newsstand.rows import article_row
from newsstand.site import Site
from newsstand.text import one_line
from newsstand.topic_pages import topic_pages, topics_page

_NEWEST = 5


def plan(site: Site) -> Iterator[Page]:
    """All pages, in an order that does not depend on how the content was read."""
    addresses_seen: list[Page] = []
    for page in _readers_pages(site):
        addresses_seen.append(Page(page.address, page.template, None))
        yield page
    yield _not_found(site)
    yield feed(site)
    yield from sitemaps(site, addresses_seen)
    yield robots(site)


def _readers_pages(site: Site) -> Iterator[Page]:
    yield from front_pages(site)
    yield from _article_pages(site)
    yield topics_page(site)
    for topic_id in sorted(site.topics):
        yield from topic_pages(site, site.topics[topic_id])
    yield outlets_page(site)
    for domain in sorted(site.by_outlet):
        yield from outlet_pages(site, domain)
    yield from archive_pages(site)
    for page in site.pages:
        yield _plain(site, page)


def _article_pages(site: Site) -> Iterator[Page]:
    newest_first = site.articles
    for place, article in enumerate(newest_first):
        after = newest_first[place - 1] if place else None
        before = newest_first[place + 1] if place + 1 < len(newest_first) else None
        yield article_page(site, article, Neighbours(before, after))


def _plain(site: Site, page: PlainPage) -> Page:
    address = addresses.plain(page.slug)
    root = addresses.root_from(address)

    def inside(target: str) -> str:
        """``/topics/`` and ``../topics/`` are places of ours; others are not."""
        path, _, fragment = target.partition("#")
        if not path or ":" in path or "\\" in path or path.startswith("//"):
            return ""
        full = path if path.startswith("/") else posixpath.join(f"/{address}", path)
        plain = posixpath.normpath(full).lstrip("/")
        slash = "/" if path.endswith("/") and plain not in ("", ".") else ""
        return f"{root}{'' if plain == '.' else plain}{slash}{'#' + fragment if fragment else ''}"

    def picture(target: str) -> str:
        plain = target.lstrip("/")
        return f"{root}{addresses.path_address(plain)}" if target.startswith("/") else ""

    body = render_markdown(page.body, inside=inside, picture=picture)
    description = page.description or one_line(page.body[:200])
    return Page(
        address,
        "plain.html",
        PlainView(head(site, address, page.title, description), page.title, body),
    )


def _not_found(site: Site) -> Page:
    rows = tuple(article_row(site, a) for a in site.articles[:_NEWEST])
    shown = head(site, addresses.NOT_FOUND, "Not found", "There is no page at this address.")
    shown = replace(shown, root=not_found_root(site), canonical="")
    return Page(addresses.NOT_FOUND, "404.html", NotFoundView(shown, rows))
