"""What programs read: the Atom feed, the sitemap, robots.txt, the web manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

from msgspec.msgpack import Encoder

from newsstand import __version__, addresses, labels
from newsstand.feed_views import FeedEntry, FeedView, RobotsView, SitemapEntry, SitemapView
from newsstand.instants import iso
from newsstand.lists import slices
from newsstand.marks import mark_of, mark_of_bytes
from newsstand.model import Page, Story
from newsstand.site import Site

_SITEMAP_LIMIT = 50_000  # addresses in one file (sitemaps.org)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def feed(site: Site) -> Page:
    """Atom (RFC 4287): the newest stories of the river, those with a date."""
    return Page(addresses.FEED, "feed.xml", partial(_feed_view, site))


def _feed_view(site: Site) -> FeedView:
    config = site.config
    dated = [s for s in site.river if s.lead.published]
    entries = tuple(_entry(site, s) for s in dated[: config.feed_size])
    return FeedView(
        id=config.url or f"urn:newsstand:{addresses.path_address(config.title)}",
        title=config.title,
        subtitle=config.description,
        home=config.url or "./",
        self_href=f"{config.url}{addresses.FEED}",
        updated=max((e.updated for e in entries), default=iso(_LONG_AGO)),
        author=config.author or config.title,
        language=config.language,
        generator=f"Newsstand {__version__}",
        entries=entries,
    )


def _entry(site: Site, story: Story) -> FeedEntry:
    lead = story.lead
    page = addresses.article(lead.slug)
    published = lead.published or _LONG_AGO
    url = site.config.url
    return FeedEntry(
        id=_entry_id(url, story),
        title=story.title,
        href=lead.piece.link or f"{url}{page}",
        page=f"{url}{page}",
        updated=iso(max(lead.updated or published, published)),
        published=iso(published),
        author=labels.outlet_name(site, lead.outlet) if lead.outlet else "Outlet not named",
        summary=lead.piece.excerpt,
        topics=tuple(site.topics[t].name for t in site.topics_of[story.id]),
        language=lead.piece.language or site.config.language,
    )


def _entry_id(url: str, story: Story) -> str:
    """The address of the story's earliest record: it stays when another record leads."""
    earliest = addresses.article(story.id)
    return f"{url}{earliest}" if url else f"urn:newsstand:{earliest}"


def sitemaps(site: Site, pages: Sequence[str]) -> Iterator[Page]:
    """All pages (their addresses are given) with the day of their newest report.

    Over 50,000 there is an index and its parts.
    """
    if not site.config.url:
        return
    listed = [address for address in pages if file_is_page(address)]
    # One mark for all parts: encoded times, as their days take longer than all the rest.
    times = Encoder().encode([a.updated or a.piece.published for a in site.articles])
    shows = mark_of_bytes(b"\n".join((times, *[address.encode() for address in listed])))
    if len(listed) <= _SITEMAP_LIMIT:
        yield _sitemap(site, addresses.SITEMAP, listed, shows)
        return
    parts = []
    for number, _, part in slices(listed, _SITEMAP_LIMIT):
        parts.append(f"sitemap-{number}.xml")
        yield _sitemap(site, parts[-1], part, shows)
    yield _sitemap(site, addresses.SITEMAP, parts, mark_of(parts), index=True)


def _sitemap(
    site: Site, address: str, listed: Sequence[str], shows: bytes, *, index: bool = False
) -> Page:
    """A sitemap of some addresses below the site's root, or an index of such."""
    view = partial(_sitemap_view, site, listed, index)
    return Page(address, "sitemap.xml", view, shows)


def _sitemap_view(site: Site, listed: Sequence[str], index: bool) -> SitemapView:
    url, days = site.config.url, labels.once(site, "days", lambda: _days(site))
    entries = tuple(SitemapEntry(f"{url}{address}", days.get(address, "")) for address in listed)
    return SitemapView(index=index, entries=entries)


def _days(site: Site) -> dict[str, str]:
    """The day of the newest report of each record's page."""
    return {addresses.article(a.slug): _day(a.updated or a.published) for a in site.articles}


def file_is_page(address: str) -> bool:
    """Whether an address is one of a page that readers may find in a search engine."""
    return not address or address.endswith("/")


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def robots(site: Site) -> Page:
    """robots.txt (RFC 9309): all may read all, and here is the sitemap."""
    url = site.config.url
    view = RobotsView(f"{url}sitemap.xml" if url else "")
    return Page(addresses.ROBOTS, "robots.txt", lambda: view)


def manifest(site: Site, assets: dict[str, str]) -> str:
    """The web app manifest (W3C), as text."""
    config = site.config
    sizes = {
        "favicon.svg": ("any", "image/svg+xml"),
        "icon-192.png": ("192x192", "image/png"),
        "icon-512.png": ("512x512", "image/png"),
    }
    icons = [
        {"src": assets[name], "sizes": size, "type": kind}
        for name, (size, kind) in sizes.items()
        if name in assets
    ]
    data = {
        "name": config.title,
        "short_name": config.title[:12].strip(),
        "description": config.description,
        "lang": config.language,
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "background_color": "#FBFAF7",
        "theme_color": "#FBFAF7",
        "icons": icons,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
