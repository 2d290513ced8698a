"""Entries of feeds -> items: plain text and whole links, ready to become records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from newsstand.fetch.entries import Entry, FoundPicture, ParsedFeed
from newsstand.fetch.html_text import excerpt_of, pictures_in, plain_text
from newsstand.fetch.kinds_of_report import quality_of, type_of, wire_of, without_dateline
from newsstand.text.links import (
    is_drawing,
    piece_key,
    web_link,
    without_amp_cache,
    without_tracking,
)
from newsstand.text.strings import cut_at_word

NO_LINK = "without a link"
NO_TITLE = "without a headline"
TWICE = "twice in the feed"
SHARED_LINK = "with the link of another"
_LONGEST_TITLE = 300
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class Item:
    """One report as it came. `guid` is empty where a feed gives none, or gives it twice.

    `published` is None where the feed says nothing; `body` is HTML, for outlets that allow their
    full text. `shares_link` says that other items of the feed have the same link, which then tells
    none of them.
    """

    title: str
    link: str
    guid: str = ""
    excerpt: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    type: str = "article"
    wire: str = ""
    quality: int = 0
    picture: FoundPicture | None = None
    amp: str = ""
    marks: tuple[str, ...] = ()
    body: str = ""
    shares_link: bool = False


@dataclass(frozen=True, slots=True)
class FoundItems:
    """The items of a feed in its order, each once; `left_out` counts other entries by reason."""

    items: tuple[Item, ...]
    left_out: Mapping[str, int]


def items_of(feed: ParsedFeed, link: str, language: str) -> FoundItems:
    """The items of a feed that came from `link`. `language` is that of the feed.

    An entry without a headline or without a link is none.
    """
    guids = Counter(entry.guid for entry in feed.entries)
    by_key: dict[str, Item] = {}
    left_out: Counter[str] = Counter()
    for entry in feed.entries:
        item = _item(entry, feed.link or link, language)
        if isinstance(item, str):
            left_out[item] += 1
            continue
        if guids[entry.guid] > 1:
            item = replace(item, guid="")
        own = by_key.setdefault(item.guid or piece_key(item.link) + item.title, item)
        left_out[TWICE] += own is not item
    own_links = tuple(_with_own_links(by_key.values()))
    left_out[SHARED_LINK] += len(by_key) - len(own_links)
    return FoundItems(own_links, +left_out)


def _with_own_links(items: Iterable[Item]) -> Iterator[Item]:
    """Items whose link is theirs; of those that share one (a podcast's page) those with a guid."""
    items = list(items)
    uses = Counter(piece_key(item.link) for item in items)
    for item in items:
        if uses[piece_key(item.link)] == 1:
            yield item
        elif item.guid:
            yield replace(item, shares_link=True)


def _item(entry: Entry, base: str, language: str) -> Item | str:
    """An entry's item, or the reason why it is none."""
    link = _plain_link(entry.link, base)
    if not link:
        return NO_LINK
    text = plain_text(entry.summary or entry.content)
    headline = plain_text(entry.title) or cut_at_word(text, 100)
    title = without_dateline(headline) or headline
    if not title:
        return NO_TITLE
    title = cut_at_word(title, _LONGEST_TITLE)
    kind = type_of(entry.marks, title, entry.attached)
    wire = wire_of(text, entry.authors) or wire_of(headline, ())
    excerpt = without_dateline(excerpt_of(entry.summary, entry.content, title))
    picture = _picture(entry, link)
    quality = quality_of(kind, title, excerpt, bool(entry.authors), wire, picture is not None)
    return Item(
        title=title,
        link=link,
        guid=entry.guid.strip()[:1000],
        excerpt=excerpt,
        published=entry.published,
        updated=entry.updated,
        language=tag_of(entry.language) or language,
        type=kind,
        wire=wire,
        quality=quality,
        picture=picture,
        amp=entry.amp,
        marks=entry.marks,
        body=entry.content or entry.summary,
    )


def _plain_link(link: str, base: str) -> str:
    """A whole link to the piece itself: out of AMP caches, without what only counts readers."""
    try:
        whole = web_link(urljoin(base, link)) if link else ""
    except ValueError:
        return ""
    return without_tracking(without_amp_cache(whole)) if whole else ""


def tag_of(text: str) -> str:
    """A language tag (BCP 47) as feeds write it (``en_us``, ``de-DE``); "" for none."""
    plain = text.strip().replace("_", "-")
    return plain if _LANGUAGE.fullmatch(plain) else ""


def _picture(entry: Entry, base: str) -> FoundPicture | None:
    """The widest that the feed names for the item, else the first in its text."""
    named = [_whole(picture, base) for picture in entry.pictures]
    good = [picture for picture in named if picture]
    if good:
        return max(good, key=lambda p: p.width)
    texts = (entry.content, entry.summary)
    inside = (_whole(p, base) for text in texts if "<" in text for p in pictures_in(text, base))
    return next((picture for picture in inside if picture), None)


def _whole(picture: FoundPicture, base: str) -> FoundPicture | None:
    try:
        link = web_link(urljoin(base, picture.link))
    except ValueError:
        return None
    if not link or is_drawing(link):
        return None
    return FoundPicture(link, picture.width, picture.title, picture.attribution)
