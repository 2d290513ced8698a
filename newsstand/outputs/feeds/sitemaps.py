"""The sitemap (sitemaps.org) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from newsstand.model import Page
from newsstand.outputs import urls
from newsstand.outputs.feeds.views import RobotsView, SitemapEntry, SitemapView
from newsstand.outputs.html.context import ViewContext
from newsstand.site import Site

_LIMIT = 50_000  # addresses in one file (sitemaps.org)


class SitemapInputs(Struct, frozen=True):
    """Addresses, each with the day of its newest report ("" for none)."""

    entries: tuple[tuple[str, str], ...]
    index: bool = False


def sitemaps(site: Site, lists: Sequence[str]) -> Iterator[Page]:
    """All pages; those of records and stories with the day of their newest report.

    `lists` are the addresses of the others but those of stories. Over 50,000 there is an index and
    its parts.
    """
    if not site.config.url:
        return
    entries = (
        (urls.FRONT, ""),
        *[(urls.article(a.slug), _day(a.updated or a.piece.stated)) for a in site.articles],
        *[(urls.story(s.id), _day(s.latest.piece.stated)) for s in site.river if s.has_page],
        *[(address, "") for address in lists],
    )
    if len(entries) <= _LIMIT:
        yield Page(urls.SITEMAP, "sitemap.xml", _view, SitemapInputs(entries))
        return
    names = [f"sitemap-{n + 1}.xml" for n in range(-(-len(entries) // _LIMIT))]
    for number, name in enumerate(names):
        part = entries[number * _LIMIT : (number + 1) * _LIMIT]
        yield Page(name, "sitemap.xml", _view, SitemapInputs(part))
    parts = tuple((name, "") for name in names)
    yield Page(urls.SITEMAP, "sitemap.xml", _view, SitemapInputs(parts, index=True))


def _view(context: ViewContext, inputs: SitemapInputs) -> SitemapView:
    url = context.config.url
    entries = tuple(SitemapEntry(f"{url}{address}", day) for address, day in inputs.entries)
    return SitemapView(index=inputs.index, entries=entries)


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def robots() -> Page:
    """robots.txt: all may read all, and here is the sitemap."""
    return Page(urls.ROBOTS, "robots.txt", _robots_view)


def _robots_view(context: ViewContext, _: None) -> RobotsView:
    url = context.config.url
    return RobotsView(f"{url}sitemap.xml" if url else "")
