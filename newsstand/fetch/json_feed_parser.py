"""JSON Feed 1.0 and 1.1 (jsonfeed.org) -> `ParsedFeed`."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import msgspec

from newsstand.fetch.entries import Entry, FoundPicture, NotAFeedError, ParsedFeed
from newsstand.text.dates import instant_of
from newsstand.text.links import web_link
from newsstand.text.strings import one_line

Text = str | int | float | None


class _Author(msgspec.Struct):
    name: Text = ""


class _Attachment(msgspec.Struct):
    mime_type: Text = ""
    url: Text = ""


class _Item(msgspec.Struct):
    id: Text = ""
    url: Text = ""
    external_url: Text = ""
    title: Text = ""
    content_html: Text = ""
    content_text: Text = ""
    summary: Text = ""
    image: Text = ""
    banner_image: Text = ""
    date_published: Text = ""
    date_modified: Text = ""
    language: Text = ""
    author: _Author | None = None
    authors: list[_Author] | None = None
    tags: list[Text] | None = None
    attachments: list[_Attachment] | None = None


class _Feed(msgspec.Struct):
    version: Text = ""
    title: Text = ""
    home_page_url: Text = ""
    language: Text = ""
    icon: Text = ""
    favicon: Text = ""
    items: list[msgspec.Raw] = []


def parse_json(body: bytes) -> ParsedFeed:
    """The bytes of a JSON Feed. An item that is none is counted. Raises NotAFeedError."""
    try:
        feed = msgspec.json.decode(body, type=_Feed)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise NotAFeedError(f"is no JSON Feed ({one_line(str(problem))[:80]})") from problem
    if "jsonfeed.org" not in _line(feed.version):
        raise NotAFeedError("is JSON, but no JSON Feed")
    entries = tuple(_entries(feed.items))
    return ParsedFeed(
        title=one_line(_line(feed.title)),
        link=web_link(_line(feed.home_page_url)),
        language=_line(feed.language),
        logo=web_link(_line(feed.icon) or _line(feed.favicon)),
        entries=entries,
        unreadable=len(feed.items) - len(entries),
    )


def _entries(items: Iterable[Any]) -> Iterable[Entry]:
    for raw in items:
        with suppress(msgspec.DecodeError):
            yield _entry(msgspec.json.decode(raw, type=_Item))


def _entry(item: _Item) -> Entry:
    pictures = (item.image, item.banner_image)
    authors = [*([item.author] if item.author else []), *(item.authors or [])]
    guid = _line(item.id)
    return Entry(
        guid=guid,
        link=_link(item, guid),
        title=_line(item.title),
        summary=_line(item.summary),
        content=_line(item.content_html) or _as_html(_line(item.content_text)),
        published=instant_of(_line(item.date_published)),
        updated=instant_of(_line(item.date_modified)),
        language=_line(item.language),
        authors=tuple(dict.fromkeys(n for a in authors if (n := one_line(_line(a.name))))),
        marks=tuple(one_line(_line(tag)) for tag in item.tags or ()),
        attached=tuple(_line(a.mime_type).lower() for a in item.attachments or ()),
        pictures=tuple(FoundPicture(_line(p)) for p in pictures if _line(p)),
    )


def _link(item: _Item, guid: str) -> str:
    """The first that leads anywhere; else one that may be relative to the feed's page."""
    named = (_line(item.url), _line(item.external_url), guid)
    return next((web_link(link) for link in named if web_link(link)), "") or named[0]


def _line(value: Text) -> str:
    return "" if value is None else str(value).strip()


def _as_html(text: str) -> str:
    """Plain text as HTML that says the same."""
    return text.replace("&", "&amp;").replace("<", "&lt;")
