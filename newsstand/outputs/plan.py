"""The plan step: a site -> every page that is to be written, and no two at one address."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from newsstand.model import Page, PlainPage
from newsstand.outputs import urls
from newsstand.outputs.feeds.atom import feed, robots, sitemaps
from newsstand.outputs.html.archive import archive_pages
from newsstand.outputs.html.article import article_pages
from newsstand.outputs.html.cards import article_row
from newsstand.outputs.html.front import front_pages
from newsstand.outputs.html.head import head, not_found_root
from newsstand.outputs.html.outlets import outlet_pages, outlets_page
from newsstand.outputs.html.page_views import NotFoundView, PlainView
from newsstand.outputs.html.topics import topic_pages, topics_page
from newsstand.render.markdown import render_markdown
from newsstand.site import Site
from newsstand.text.strings import one_line

_NEWEST = 5


def plan(site: Site, places: Sequence[int] | None = None) -> Iterator[Page]:
    """All pages, in an order that does not depend on how the content was read.

    With `places` (among all records) only those of the pages of records that are theirs.
    """
    before, after = list[str](), list[str]()
    for page in front_pages(site):
        before.append(page.address)
        yield page
    yield from article_pages(site, places)
    for page in _further_lists(site):
        after.append(page.address)
        yield page
    yield _not_found(site)
    yield feed(site)
    yield from sitemaps(site, before, after)
    yield robots(site)


def _further_lists(site: Site) -> Iterator[Page]:
    yield topics_page(site)
    for topic_id in sorted(site.topics):
        yield from topic_pages(site, site.topics[topic_id])
    yield outlets_page(site)
    for domain in sorted(site.by_outlet):
        yield from outlet_pages(site, domain)
    yield from archive_pages(site)
    for page in site.pages:
        yield _plain(site, page)


def _plain(site: Site, page: PlainPage) -> Page:
    view = partial(_plain_view, site, page)
    return Page(urls.plain(page.slug), "plain.html", view, source=page.path)


def _plain_view(site: Site, page: PlainPage) -> PlainView:
    address = urls.plain(page.slug)
    root = urls.root_from(address)

    def picture(target: str) -> str:
        """A picture of the static files, written from the root."""
        place = urls.path_address(target[1:])
        held = target.startswith("/") and place in site.places
        return f"{root}{place}" if held else ""

    body = render_markdown(page.body, inside=lambda t: inside(site, address, t), picture=picture)
    description = page.description or one_line(page.body[:200])
    return PlainView(head(site, address, page.title, description), page.title, body)


def inside(site: Site, address: str, target: str) -> str:
    """A link to a place of the site, as the page at `address` has to write it; "" if none."""
    place, _, fragment = target.partition("#")
    found = place_in_site(address, place)
    if found is None or found not in site.places:
        return ""
    return f"{urls.root_from(address)}{found}{'#' + fragment if fragment else ''}"


def place_in_site(address: str, target: str) -> str | None:
    """``/topics/`` or ``../topics/`` on the page at `address` -> ``topics/``; None for no place."""
    if not target or ":" in target or "\\" in target or target.startswith("//"):
        return None
    full = target if target.startswith("/") else posixpath.join(f"/{address}", target)
    plain = posixpath.normpath(full).lstrip("/")
    if plain in ("", "."):
        return urls.FRONT
    return f"{plain}/" if target.endswith("/") else plain


def _not_found(site: Site) -> Page:
    return Page(urls.NOT_FOUND, "404.html", partial(_not_found_view, site))


def _not_found_view(site: Site) -> NotFoundView:
    rows = tuple(article_row(site, a) for a in site.articles[:_NEWEST])
    shown = head(site, urls.NOT_FOUND, "Not found", "There is no page at this address.")
    shown = replace(shown, root=not_found_root(site), canonical="")
    return NotFoundView(shown, rows)
