"""What a feed says, whatever its format: foreign shapes end at the adapters that make these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture that a feed names. Width is in pixels, 0 where unknown."""

    link: str
    width: int = 0
    title: str = ""
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as its feed says it. `title`, `summary` and `content` may be HTML.

    `published` is UTC, None where the feed says nothing that can be read. `attached` are the
    media types of what comes with it, `marks` its categories and authors its bylines.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    authors: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    pictures: tuple[FoundPicture, ...] = ()
    amp: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed. `pause` are the minutes that it asks readers to wait (``ttl``, ``sy:``), 0 for none.

    `is_cut` says that the document ends before its end; its last entry is then left out.
    `unreadable` counts entries that are passed over since they cannot be read.
    """

    title: str = ""
    link: str = ""
    language: str = ""
    logo: str = ""
    pause: int = 0
    entries: tuple[Entry, ...] = ()
    is_cut: bool = False
    unreadable: int = 0


class NotAFeedError(ValueError):
    """Bytes that are no feed. `is_page` tells that they are a web page."""

    def __init__(self, message: str, is_page: bool = False) -> None:
        super().__init__(message)
        self.is_page = is_page
