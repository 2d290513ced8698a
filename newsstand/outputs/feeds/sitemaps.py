"""The sitemap (sitemaps.org) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from newsstand.model import Page, Story
from newsstand.outputs import urls
from newsstand.outputs.feeds.views import RobotsView, SitemapEntry, SitemapView
from newsstand.outputs.html.context import ViewContext
from newsstand.site import Line, Site

_LIMIT = 50_000  # addresses in one file (sitemaps.org)


class SitemapInputs(Struct, frozen=True):
    """Addresses, each with the day of its newest report ("" for none)."""

    entries: tuple[tuple[str, str], ...]
    index: bool = False


def sitemaps(site: Site, lists: Sequence[tuple[str, str]]) -> Iterator[Page]:
    """The sitemaps of all pages, with the day of the newest report that each shows.

    `lists` are the addresses of all but those of records and stories, with that day ("" for none).
    Over 50,000 there is an index and its parts.
    """
    if not site.config.url:
        return
    entries = (
        (urls.FRONT, _day(site.articles[0].piece.stated if site.articles else None)),
        *[(urls.article(a.slug), _day(a.updated or a.piece.stated)) for a in site.articles],
        *[(urls.story(s.id), _day(s.latest.piece.stated)) for s in site.river if s.has_page],
        *lists,
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


def last_shown(inputs: object) -> str:
    """The day of the newest report that a list shows, by its inputs; "" where none is dated."""
    lines: Sequence[Line] = getattr(inputs, "lines", ())
    if lines:
        return _newest_day([line.article.piece.stated for line in lines])
    counts = (*getattr(inputs, "counts", ()), *getattr(inputs, "days", ()))
    days = [day for day, _ in counts if isinstance(day, date)]
    if days:
        return max(days).isoformat()
    stories: Sequence[Story] = (*getattr(inputs, "best", ()), *getattr(inputs, "stories", ()))
    return _newest_day([story.latest.piece.stated for story in stories])


def _newest_day(moments: Iterable[datetime | None]) -> str:
    return _day(max(filter(None, moments), default=None))


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def robots() -> Page:
    """robots.txt: all may read all, and here is the sitemap."""
    return Page(urls.ROBOTS, "robots.txt", _robots_view)


def _robots_view(context: ViewContext, _: None) -> RobotsView:
    url = context.config.url
    return RobotsView(f"{url}sitemap.xml" if url else "")
