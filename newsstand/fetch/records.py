"""Records that were fetched: what is written into them, and what can be read back.

Below the key ``fetched`` a record says where it came from (`feed`, `id`) and holds a mark of each
value as we wrote it. That is all a three-way merge needs of "what we wrote": whether a value that
stands, or one that has come, is another one. It lies in the record and not in the state file, so
that it moves, merges and goes with the record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import nh3

from newsstand.content.draft import Draft
from newsstand.content.never_published import shows_secured
from newsstand.fetch.item_identity import guid_key, link_key, text_key, title_key
from newsstand.fetch.items import Item
from newsstand.model import Picture, Provider
from newsstand.text.date_names import iso
from newsstand.text.links import host_of, web_link
from newsstand.text.strings import clean, decode_entities, short_hash

MERGED = ("title", "excerpt", "webUrl")
"""The keys that a feed may change after a record was written."""
FETCHED_KEYS = ("feed", "id", *MERGED, "publishedDateTime")
_KEPT = {"a": {"href"}}
_LINKS = re.compile(
    r"^(?:webUrl|originalUrl|ampWebUrl|cdnAmpWebUrl):[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE
)
_BLOCK = re.compile(r"^fetched:[ \t]*\n((?:[ \t]+[^\n]*\n)+)", re.MULTILINE)
_PAIR = re.compile(r"^[ \t]+(\w+):[ \t]*(?:\"((?:[^\"\\]|\\.)*)\"|([^\n]*))[ \t]*$", re.MULTILINE)
_PUBLISHED = re.compile(r"^publishedDateTime:[ \t]*[\"']?(\d{4}-\d\d-\d\d)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Known:
    """A record that stands: its path below the content folder, and its `fetched`."""

    path: str
    fetched: Mapping[str, str] = field(default_factory=dict)


def values_of(item: Item) -> dict[str, str]:
    """The values of an item that are merged, by key."""
    return {"title": item.title, "excerpt": item.excerpt, "webUrl": item.link}


def record_of(
    item: Item,
    *,
    feed: str,
    outlet: Provider,
    topics: tuple[str, ...],
    language: str,
    now: datetime,
    with_body: bool = False,
) -> Draft:
    """A new record. `language` is the site's: one in it need not say so.

    Others' whole texts are taken only `with_body`: the outlet has to allow it.
    """
    published = min(item.published or now, now)
    marks = {key: short_hash(value) for key, value in values_of(item).items()}
    fetched = {"feed": feed, "id": item.guid, **marks, "publishedDateTime": mark_of_time(item)}
    picture = item.picture
    own = item.language.partition("-")[0].lower()
    return Draft(
        title=item.title,
        published=published,
        link=item.link,
        outlet=outlet,
        topics=topics,
        excerpt=item.excerpt,
        arrived=now,
        kind=item.type if item.type != "article" else "",
        quality=item.quality,
        language=item.language if own != language.partition("-")[0].lower() else "",
        amp=item.amp if item.amp != item.link else "",
        wire=item.wire,
        pictures=(Picture(picture.link, title=picture.title, attribution=picture.attribution),)
        if picture
        else (),
        fetched=tuple((key, fetched[key]) for key in FETCHED_KEYS if fetched[key]),
        body=_body(item.body) if with_body else "",
    )


def _body(text: str) -> str:
    """HTML of a stranger that may stand in a record: a build cleans it once more."""
    cleaned = nh3.clean(text, clean_content_tags={"script", "style"}, attributes=_KEPT)
    # Markdown takes an empty line for the end of HTML, and indented lines for code.
    lines = [line.strip() for line in clean(cleaned).splitlines()]
    body = "\n".join(line for line in lines if line)
    return "" if shows_secured(body) else body


def mark_of_time(item: Item) -> str:
    """What stands for the time that the feed gave; "" where it gave none."""
    return iso(item.published) if item.published else ""


def known_record(path: str, text: str) -> tuple[Known, list[str]]:
    """What a record says of where it came from, and its keys; see `item_identity`."""
    front = text[: text.find("\n---", 3) + 1 or None]
    block = _BLOCK.search(front)
    pairs = _PAIR.findall(block[1]) if block else []
    fetched = {key: _unquoted(quoted) if quoted else plain for key, quoted, plain in pairs}
    links = [link for written in _LINKS.findall(front) if (link := web_link(written))]
    keys = [link_key(link) for link in links]
    host = host_of(links[0]) if links else ""
    if fetched and host:
        keys += _fetched_keys(fetched, host, front)
    return Known(path, fetched), keys


def _fetched_keys(fetched: Mapping[str, str], host: str, front: str) -> list[str]:
    keys = []
    published = fetched.get("publishedDateTime", "")
    day = _PUBLISHED.search(front)
    if fetched.get("id"):
        keys.append(guid_key(fetched["id"], host))
    if fetched.get("title") and (published or day):
        keys.append(title_key(fetched["title"], host, published[:10] or (day[1] if day else "")))
    if fetched.get("excerpt") and published and fetched["excerpt"] != short_hash(""):
        keys.append(text_key(fetched["excerpt"], host, published))
    return keys


def _unquoted(text: str) -> str:
    """A scalar between double quotes as `draft` writes it."""
    if "\\" in text:
        import json

        try:
            text = json.loads(f'"{text}"')
        except ValueError:
            return text
    return decode_entities(text) if "&amp;" in text else text
