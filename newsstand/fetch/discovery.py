"""The head of a web page -> the feeds that it names, and what it says of its report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urljoin

from newsstand.fetch.feed_dates import read_feed_date
from newsstand.fetch.html_text import plain_text
from newsstand.text.links import web_link, without_tracking
from newsstand.text.strings import cut_at_sentence

_FEED_TYPES = {
    "application/rss+xml": 0,
    "application/atom+xml": 0,
    "application/feed+json": 1,
    "application/rdf+xml": 2,
    "application/json": 3,
}
_COMMENTS = re.compile(r"comment|kommentar|commentaire|reply", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.-]{2,40})", re.IGNORECASE)
_MOST = 600_000  # bytes of a page that are looked at: its head is at the beginning


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names."""

    link: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class PageHead:
    """What the head of a page says of its report; "" where it says nothing."""

    link: str = ""
    title: str = ""
    description: str = ""
    published: datetime | None = None
    outlet: str = ""
    picture: str = ""
    language: str = ""
    author: str = ""
    logo: str = ""
    feeds: tuple[FeedLink, ...] = ()


@dataclass
class _Found:
    meta: dict[str, str] = field(default_factory=dict)
    links: list[dict[str, str]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    language: str = ""
    base: str = ""


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = _Found()
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        head = self.found
        if tag == "html":
            head.language = values.get("lang", "")
        elif tag == "base":
            head.base = head.base or values.get("href", "")
        elif tag == "meta":
            name = (
                values.get("property") or values.get("name") or values.get("itemprop") or ""
            ).lower()
            head.meta.setdefault(name, values.get("content", ""))
        elif tag in ("link", "a"):
            if "rel" in values or tag == "link":
                head.links.append(values)
        elif tag in ("title", "h1"):
            self._in = "" if tag in head.texts else tag
        elif tag == "time" and "datetime" in values:
            head.meta.setdefault("time", values["datetime"])
        elif tag == "script" and values.get("type", "").lower() == "application/ld+json":
            self._in = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._in:
            self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "script":
            self.found.scripts.append(data)
        elif self._in:
            self.found.texts[self._in] = self.found.texts.get(self._in, "") + data


def _parsed(body: bytes, content_type: str = "") -> _Found:
    head = body[:_MOST]
    charset = _CHARSET.search(content_type.encode()) or _CHARSET.search(head[:4000])
    parser = _Parser()
    with suppress(ValueError, AssertionError):  # what strangers write may stop it half-way
        parser.feed(_decoded(head, charset[1].decode() if charset else "utf-8"))
    return parser.found


def _decoded(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def feeds_of_page(body: bytes, link: str) -> tuple[FeedLink, ...]:
    """The feeds that a page names as alternates (RSS Autodiscovery), the likeliest first."""
    return _feeds(_parsed(body), link)


def _feeds(head: _Found, link: str) -> tuple[FeedLink, ...]:
    base = urljoin(link, head.base)
    ranked = []
    for number, values in enumerate(head.links):
        kind = values.get("type", "").lower().split(";")[0].strip()
        target = web_link(urljoin(base, values.get("href", "").strip()))
        if "alternate" in values.get("rel", "").lower().split() and kind in _FEED_TYPES and target:
            title = plain_text(values.get("title", ""))
            of_comments = bool(_COMMENTS.search(f"{title} {target}"))
            if kind != "application/json" or "feed" in target:
                ranked.append((of_comments, _FEED_TYPES[kind], number, FeedLink(target, title)))
    return tuple(dict.fromkeys(feed for *_, feed in sorted(ranked, key=lambda r: r[:3])))


def head_of(body: bytes, link: str, content_type: str = "") -> PageHead:
    """What a page says of its report, in the order of trust: JSON-LD, Open Graph, plain HTML."""
    head = _parsed(body, content_type)
    linked = _linked_data(head.scripts)
    meta = head.meta
    canonical = next(
        (v["href"] for v in head.links if "canonical" in v.get("rel", "") and v.get("href")), ""
    )
    icon = next((v["href"] for v in head.links if "icon" in v.get("rel", "") and v.get("href")), "")
    title = (
        linked.get("headline")
        or meta.get("og:title")
        or head.texts.get("h1")
        or head.texts.get("title", "")
    )
    about = linked.get("description") or meta.get("og:description") or meta.get("description", "")
    picture = (
        meta.get("og:image:secure_url") or meta.get("og:image") or meta.get("twitter:image", "")
    )
    own = web_link(urljoin(link, canonical)) if canonical else ""
    return PageHead(
        link=without_tracking(own or link),
        title=plain_text(title),
        description=cut_at_sentence(plain_text(about)),
        published=_published(linked, meta),
        outlet=plain_text(meta.get("og:site_name", "")),
        picture=web_link(urljoin(link, picture)) if picture else "",
        language=(head.language or meta.get("og:locale", "")).replace("_", "-"),
        author=plain_text(meta.get("author", "")),
        logo=web_link(urljoin(link, icon)) if icon else "",
        feeds=_feeds(head, link),
    )


def _published(linked: dict[str, str], meta: dict[str, str]) -> datetime | None:
    keys = ("article:published_time", "datepublished", "date", "dc.date.issued", "time")
    for text in (linked.get("datePublished", ""), *(meta.get(key, "") for key in keys)):
        if text and (moment := read_feed_date(text)):
            return moment
    return None


def _linked_data(scripts: list[str]) -> dict[str, str]:
    """Texts of the first report that JSON-LD (schema.org) describes."""
    for script in scripts:
        with suppress(ValueError, RecursionError):
            for node in _nodes(json.loads(script), 0):
                kinds = node.get("@type")
                named = kinds if isinstance(kinds, list) else [kinds]
                if any(
                    isinstance(k, str) and k.endswith(("Article", "BlogPosting")) for k in named
                ):
                    return {k: v for k, v in node.items() if isinstance(v, str)}
    return {}


def _nodes(value: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > 5:
        return
    if isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph"), depth + 1)
    elif isinstance(value, list):
        for node in value[:100]:
            yield from _nodes(node, depth + 1)
