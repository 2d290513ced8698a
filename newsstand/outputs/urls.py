"""Where pages are: addresses relative to the site's root, written as in a link."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote, unquote

FRONT = ""
TOPICS = "topics/"
OUTLETS = "outlets/"
ARCHIVE = "archive/"
STORIES = "stories/"
NEWS = "news/"
UNDATED = "archive/undated/"
NOT_FOUND = "404.html"
FEED = "feed.xml"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
MANIFEST = "site.webmanifest"
_PLAIN = re.compile(r"[A-Za-z0-9-]+")  # nearly all names, found out fast


def article(slug: str) -> str:
    """The page of a record."""
    return f"{NEWS}{_part(slug)}/"


def topic(topic_id: str) -> str:
    """The page of a topic."""
    return f"{TOPICS}{_part(topic_id)}/"


def outlet(domain: str) -> str:
    """The page of an outlet."""
    return f"{OUTLETS}{_part(domain)}/"


def story(story_id: str) -> str:
    """The page of a story."""
    return f"{STORIES}{_part(story_id)}/"


def plain(slug: str) -> str:
    """A page of the editor's own."""
    return f"{_part(slug)}/"


def year(number: int) -> str:
    """A year of the archive."""
    return f"{ARCHIVE}{number:04d}/"


def month(number: int, month_number: int) -> str:
    """A month of the archive."""
    return f"{year(number)}{month_number:02d}/"


def day(moment: date | None) -> str:
    """A day of the archive, or where the undated records are."""
    return UNDATED if moment is None else f"{month(moment.year, moment.month)}{moment.day:02d}/"


def part(first: str, number: int) -> str:
    """A page of a list that begins at `first`: 0 is that one, 1 has the oldest lines."""
    return f"{first}page/{number}/" if number else first


def root_from(address: str) -> str:
    """The way from a page back to the site's root, such as "./" or "../../"."""
    return "../" * address.count("/") or "./"


def file_of(address: str) -> str:
    """The file of an address, relative to the output folder."""
    plain_address = unquote(address) if "%" in address else address
    if plain_address.endswith("/") or not plain_address:
        return f"{plain_address}index.html"
    return plain_address


def path_address(path: str) -> str:
    """A file's path as an address."""
    return quote(path, safe="/")


def _part(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else quote(name, safe="")
