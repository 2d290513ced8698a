"""RSS 0.9x to 2.0, RDF and Atom -> `ParsedFeed`, by feedparser.

feedparser finds entries where stricter and faster parsers lose them: in broken XML, wrong charsets,
old formats. It resolves no external entity, and drops declared ones that are not plain text.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import feedparser

from newsstand.fetch.entries import Entry, FoundPicture, NotAFeedError, ParsedFeed
from newsstand.fetch.feed_dates import read_odd_date
from newsstand.fetch.html_text import plain_text
from newsstand.text.links import web_link
from newsstand.text.strings import one_line

_END = re.compile(
    rb"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\s*>\s*(?:<!--(?:(?!-->).)*-->\s*)*\Z",
    re.IGNORECASE | re.DOTALL,
)
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "yearly": 525600}
_LONGEST_PAUSE = 24 * 60
# feedparser reads years like 0099 and 9999 too.
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def parse_xml(body: bytes, link: str, content_type: str = "") -> ParsedFeed:
    """The bytes of a feed that came from `link`. Raises NotAFeedError."""
    headers = {"content-location": link}
    headers |= {"content-type": content_type} if content_type else {}
    try:
        parsed = feedparser.parse(
            BytesIO(body),
            response_headers=headers,
            sanitize_html=False,  # all of it becomes plain text
            resolve_relative_uris=False,
        )
    except Exception as problem:
        raise NotAFeedError(f"cannot be read ({type(problem).__name__})") from problem
    feed = parsed.feed
    if not parsed.version and not parsed.entries:
        raise NotAFeedError(_why_not(parsed))
    is_cut = bool(parsed.bozo) and not _END.search(body[-8000:].replace(b"\0", b""))
    entries = [_entry(entry) for entry in (parsed.entries[:-1] if is_cut else parsed.entries)]
    return ParsedFeed(
        title=plain_text(_text(feed, "title")),
        link=web_link(_text(feed, "link")),
        language=_text(feed, "language"),
        logo=web_link(_text(feed, "icon") or _text(feed.get("image") or {}, "href")),
        pause=_pause(feed),
        entries=tuple(entries),
        is_cut=is_cut,
    )


def _why_not(parsed: Any) -> str:  # noqa: ANN401  (feedparser has no types)
    problem = parsed.get("bozo_exception")
    reason = one_line(str(problem or "").removeprefix("<unknown>:"))[:80]
    return f"is no feed that can be read ({reason})" if reason else "is no feed that can be read"


def _text(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _pause(feed: Mapping[str, Any]) -> int:
    """Minutes between two visits: ``ttl`` (RSS 2.0), ``sy:`` (RSS 1.0 module Syndication)."""
    minutes = 0
    with suppress(ValueError):
        minutes = int(_text(feed, "ttl").strip() or 0)
    period = _PERIODS.get(_text(feed, "sy_updateperiod").strip().lower(), 0)
    if period:
        with suppress(ValueError):
            minutes = max(minutes, period // max(1, int(_text(feed, "sy_updatefrequency") or 1)))
    return min(max(minutes, 0), _LONGEST_PAUSE)


def _entry(entry: dict[str, Any]) -> Entry:
    contents = [c.get("value") or "" for c in entry.get("content") or ()]
    return Entry(
        guid=_text(entry, "id"),
        link=_link(entry),
        title=_text(entry, "title"),
        summary=_text(entry, "summary"),
        content=max(contents, key=len, default=""),
        published=_instant(entry, "published", "created", "updated"),
        updated=_instant(entry, "updated"),
        language=_text(entry, "language"),
        authors=tuple(_names(entry)),
        marks=tuple(one_line(t.get("term") or "") for t in entry.get("tags") or ()),
        attached=tuple(_attached(entry)),
        pictures=tuple(_pictures(entry)),
        amp=_related_link(entry, "amphtml"),
    )


def _link(entry: Mapping[str, Any]) -> str:
    """Where the item is; FeedBurner's word for it beats its own counting address."""
    own = web_link(_text(entry, "feedburner_origlink")) or web_link(_text(entry, "link"))
    guid = _text(entry, "id")
    return own or (web_link(guid) if entry.get("guidislink", True) else "")


def _related_link(entry: Mapping[str, Any], relation: str) -> str:
    links = (link for link in entry.get("links") or () if link.get("rel") == relation)
    return next((web_link(link.get("href") or "") for link in links), "")


def _instant(entry: dict[str, Any], *keys: str) -> datetime | None:
    for key in keys:
        parsed = dict.get(entry, f"{key}_parsed")  # feedparser's own takes one key for another
        moment = None
        if parsed:
            with suppress(ValueError, OverflowError, TypeError):
                moment = datetime.fromtimestamp(timegm(parsed), UTC)
        elif isinstance(text := dict.get(entry, key), str):
            moment = read_odd_date(text)
        if moment and _EARLIEST < moment < datetime.max.replace(tzinfo=UTC) - timedelta(days=2):
            return moment
    return None


def _names(entry: Mapping[str, Any]) -> Iterable[str]:
    named = [one_line(a.get("name") or "") for a in entry.get("authors") or ()]
    yield from dict.fromkeys(name for name in (*named, one_line(_text(entry, "author"))) if name)


def _attached(entry: Mapping[str, Any]) -> Iterable[str]:
    for media in (*(entry.get("enclosures") or ()), *(entry.get("media_content") or ())):
        kind = media.get("type") or media.get("medium") or ""
        if isinstance(kind, str):
            yield kind.lower()


def _pictures(entry: Mapping[str, Any]) -> Iterable[FoundPicture]:
    credit = ", ".join(
        plain_text(c.get("content") or "") for c in entry.get("media_credit") or () if c
    )
    title = plain_text(_text(entry, "media_title") or _text(entry, "media_description"))[:300]
    for media in entry.get("media_content") or ():
        kind = f"{media.get('medium') or ''} {media.get('type') or ''}".lower()
        if "image" in kind or not kind.strip():
            yield from _picture(media.get("url"), media.get("width"), title, credit)
    for media in entry.get("media_thumbnail") or ():
        yield from _picture(media.get("url"), media.get("width"), title, credit)
    for media in entry.get("enclosures") or ():
        if str(media.get("type") or "").lower().startswith("image/"):
            yield from _picture(media.get("href") or media.get("url"), 0, title, credit)
    image = entry.get("image")
    if isinstance(image, Mapping):
        yield from _picture(image.get("href"), 0, title, credit)


def _picture(link: object, width: object, title: str, credit: str) -> Iterable[FoundPicture]:
    if isinstance(link, str) and link.strip():
        digits = str(width or "")
        size = int(digits[:6]) if digits.isascii() and digits.isdecimal() else 0
        yield FoundPicture(link.strip(), size, title, credit)
