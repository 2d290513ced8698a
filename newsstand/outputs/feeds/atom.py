"""What programs read: the Atom feed, the sitemap, robots.txt, the web manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from itertools import islice

from newsstand import __version__
from newsstand.model import Page, Story
from newsstand.outputs import urls
from newsstand.outputs.feeds.views import FeedEntry, FeedView, RobotsView, SitemapEntry, SitemapView
from newsstand.outputs.html import formatting
from newsstand.site import Site
from newsstand.text.dates import iso
from newsstand.text.fingerprint import mark_of

_SITEMAP_LIMIT = 50_000  # addresses in one file (sitemaps.org)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def feed(site: Site) -> Page:
    """Atom (RFC 4287): the newest stories of the river, those with a date."""
    return Page(urls.FEED, "feed.xml", partial(_feed_view, site))


def _feed_view(site: Site) -> FeedView:
    config = site.config
    dated = (s for s in site.river if s.lead.published)
    entries = tuple(_entry(site, s) for s in islice(dated, config.feed_size))
    return FeedView(
        id=config.url or f"urn:newsstand:{urls.path_address(config.title)}",
        title=config.title,
        subtitle=config.description,
        home=config.url or "./",
        self_href=f"{config.url}{urls.FEED}",
        updated=max((e.updated for e in entries), default=iso(_LONG_AGO)),
        author=config.author or config.title,
        language=config.language,
        generator=f"Newsstand {__version__}",
        entries=entries,
    )


def _entry(site: Site, story: Story) -> FeedEntry:
    lead = story.lead
    page = urls.article(lead.slug)
    published = lead.published or _LONG_AGO
    url = site.config.url
    return FeedEntry(
        id=_entry_id(url, story),
        title=story.title,
        href=lead.piece.link or f"{url}{page}",
        page=f"{url}{page}",
        updated=iso(max(lead.updated or published, published)),
        published=iso(published),
        author=formatting.outlet_name(site, lead.outlet) if lead.outlet else "Outlet not named",
        summary=lead.piece.excerpt,
        topics=tuple(site.topics[t].name for t in site.topics_of[story.id]),
        language=lead.piece.language or site.config.language,
    )


def _entry_id(url: str, story: Story) -> str:
    """The address of the story's earliest record: it stays when another record leads."""
    earliest = urls.article(story.id)
    return f"{url}{earliest}" if url else f"urn:newsstand:{earliest}"


def sitemaps(site: Site, before: Sequence[str], after: Sequence[str]) -> Iterator[Page]:
    """All pages; those of records with the day of their newest report.

    `before` and `after` are the addresses of the pages planned before and after those of records.
    Over 50,000 there is an index and its parts.
    """
    if not site.config.url:
        return
    listed = _Listed(site, before, after)
    count = len(before) + len(site.articles) + len(after)
    shows = mark_of(before, after, site.rows.times)
    if count <= _SITEMAP_LIMIT:
        yield Page(urls.SITEMAP, "sitemap.xml", partial(listed.view, 0), shows)
        return
    names = [f"sitemap-{n + 1}.xml" for n in range(-(-count // _SITEMAP_LIMIT))]
    for number, name in enumerate(names):
        yield Page(name, "sitemap.xml", partial(listed.view, number), shows)
    parts = tuple(SitemapEntry(f"{site.config.url}{name}", "") for name in names)
    index = SitemapView(index=True, entries=parts)
    yield Page(urls.SITEMAP, "sitemap.xml", lambda: index, mark_of(names))


class _Listed:
    """What sitemaps list, made when one of them has to be written."""

    def __init__(self, site: Site, before: Sequence[str], after: Sequence[str]) -> None:
        self._site = site
        self._around = before, after

    @cached_property
    def _entries(self) -> tuple[SitemapEntry, ...]:
        url, articles = self._site.config.url, self._site.articles
        before, after = ([SitemapEntry(f"{url}{a}", "") for a in some] for some in self._around)
        dated = [(urls.article(a.slug), _day(a.updated or a.published)) for a in articles]
        return (*before, *[SitemapEntry(f"{url}{address}", day) for address, day in dated], *after)

    def view(self, number: int) -> SitemapView:
        """One of the parts, counted from 0."""
        first = number * _SITEMAP_LIMIT
        return SitemapView(index=False, entries=self._entries[first : first + _SITEMAP_LIMIT])


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def robots(site: Site) -> Page:
    """robots.txt (RFC 9309): all may read all, and here is the sitemap."""
    url = site.config.url
    view = RobotsView(f"{url}sitemap.xml" if url else "")
    return Page(urls.ROBOTS, "robots.txt", lambda: view)


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
