"""When two items are one: the same guid, link, headline on one day, or text at one instant.

Each of these is a key; items and records with a key in common are one report. Outlets change
guids, move articles and rewrite headlines, but hardly all of it at once, and where they do, the
excerpt with the very second of publication still tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from newsstand.fetch.items import Item
from newsstand.text.date_names import iso
from newsstand.text.links import host_of, piece_key
from newsstand.text.strings import short_hash

RANKS = "gltx"
"""Kinds of keys by their first letter, the surest first: guid, link, title, text."""
_GLOBAL = ("tag:", "urn:", "http://", "https://")


def guid_key(guid: str, host: str) -> str:
    """The key of a guid: some are unique in the world, others only at their outlet."""
    return f"g:{guid if guid.startswith(_GLOBAL) else f'{host}#{guid}'}"


def link_key(link: str) -> str:
    """The key of a link."""
    return f"l:{piece_key(link)}"


def title_key(title_mark: str, host: str, day: str) -> str:
    """The key of a headline at an outlet on a day (``2024-01-18``)."""
    return f"t:{host}#{day}#{title_mark}"


def text_key(excerpt_mark: str, host: str, published: str) -> str:
    """The key of an excerpt that an outlet published at an instant."""
    return f"x:{host}#{published}#{excerpt_mark}"


def keys_of(item: Item, now: datetime) -> Iterator[str]:
    """The keys of an item, the surest first."""
    host = host_of(item.link)
    if item.guid:
        yield guid_key(item.guid, host)
    if not item.shares_link:
        yield link_key(item.link)
    if item.amp:
        yield link_key(item.amp)
    published = iso(item.published or now)
    yield title_key(short_hash(item.title), host, published[:10])
    if item.excerpt and item.published:
        yield text_key(short_hash(item.excerpt), host, published)


def seen_marks(item: Item) -> list[str]:
    """What tells an item among those that its feed held before: eight digits each."""
    guid = [short_hash(item.guid)] if item.guid else []
    return guid if item.shares_link else [*guid, short_hash(piece_key(item.link))]
