"""What the templates for programs print: the feed, the sitemap, robots.txt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedEntry:
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


@dataclass(frozen=True, slots=True)
class FeedView:
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


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """An address and the day it last changed, empty where unknown."""

    location: str
    modified: str


@dataclass(frozen=True, slots=True)
class SitemapView:
    """sitemap.xml (sitemaps.org 0.9); `index` lists sitemaps, not pages."""

    index: bool
    entries: tuple[SitemapEntry, ...]


@dataclass(frozen=True, slots=True)
class RobotsView:
    """robots.txt (RFC 9309)."""

    sitemap: str
