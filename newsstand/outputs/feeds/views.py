"""What the templates for programs print: the feed, the sitemap, robots.txt."""

from __future__ import annotations

from msgspec import Struct


class FeedReport(Struct, frozen=True):
    """What another outlet says of the same."""

    outlet: str
    title: str
    href: str


class FeedEntry(Struct, frozen=True):
    """An entry of the Atom feed; all addresses are absolute where the site has a url."""

    id: str
    title: str
    href: str
    page: str
    updated: str
    published: str
    author: str
    summary: str  # plain text
    topics: tuple[str, ...]
    language: str
    count: str  # "9 reports from 7 outlets, 3 independent"; empty for one report
    reports: tuple[FeedReport, ...]


class FeedView(Struct, frozen=True):
    """feed.xml: Atom (RFC 4287)."""

    id: str
    title: str
    subtitle: str
    home: str
    self_href: str
    updated: str
    author: str
    language: str
    generator: str
    entries: tuple[FeedEntry, ...]


class SitemapEntry(Struct, frozen=True):
    """An address and the day it last changed, empty where unknown."""

    location: str
    modified: str


class SitemapView(Struct, frozen=True):
    """sitemap.xml (sitemaps.org 0.9); `index` lists sitemaps, not pages."""

    index: bool
    entries: tuple[SitemapEntry, ...]


class RobotsView(Struct, frozen=True):
    """robots.txt (RFC 9309)."""

    sitemap: str
