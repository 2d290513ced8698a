"""Files that people bring -> what is in them, whatever they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsstand.fetch.bookmarks import is_bookmarks, read_bookmarks
from newsstand.fetch.csv_tables import NotATableError, Row, read_csv, read_json_lines
from newsstand.fetch.discovery import feeds_of_page
from newsstand.fetch.entries import NotAFeedError, ParsedFeed
from newsstand.fetch.feeds import is_page, parse_feed
from newsstand.fetch.opml import NotOpmlError, Outline, read_opml

_NOR_ELSE = "; nor is it OPML, bookmarks, .csv, .tsv, .jsonl or a packed folder"


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file holds: outlets with feeds, or reports; or a page that names a feed.

    `link` is where a feed came from. `fault` says why there is nothing.
    """

    kind: str = ""
    outlines: tuple[Outline, ...] = ()
    feed: ParsedFeed = field(default_factory=ParsedFeed)
    rows: tuple[Row, ...] = ()
    link: str = ""
    elsewhere: str = ""
    fault: str = ""


def brought(data: bytes, name: str, link: str = "", content_type: str = "") -> Brought:
    """The bytes of a file called `name`, which came from `link` -> what is in it."""
    if is_bookmarks(data):
        rows = tuple(Row(entry, "", entry.marks) for entry in read_bookmarks(data))
        return Brought("bookmarks", rows=rows)
    if is_page(data):
        feeds = feeds_of_page(data, link)
        fault = "" if feeds else "is a web page that names no feed"
        return Brought("page", elsewhere=feeds[0].link if feeds else "", fault=fault)
    if b"<opml" in data[:4000].lower():
        try:
            return Brought("OPML", outlines=read_opml(data))
        except NotOpmlError as problem:
            return Brought(fault=str(problem))
    try:
        return Brought("feed", feed=parse_feed(data, link, content_type), link=link)
    except NotAFeedError as problem:
        return _table(data, name.lower(), str(problem))


def _table(data: bytes, name: str, otherwise: str) -> Brought:
    try:
        text = data.decode("utf-8-sig")
        if name.endswith((".jsonl", ".ndjson", ".json")):
            return Brought("JSON lines", rows=read_json_lines(text))
        if name.endswith((".csv", ".tsv")):
            return Brought("CSV", rows=read_csv(text))
    except UnicodeDecodeError:
        return Brought(fault="is no text in UTF-8")
    except NotATableError as problem:
        return Brought(fault=str(problem))
    return Brought(fault=f"{otherwise}{'' if name.endswith('.xml') else _NOR_ELSE}")
