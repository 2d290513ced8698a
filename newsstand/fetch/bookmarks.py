"""A browser's bookmarks (the Netscape format, which all browsers export) -> reports."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from html.parser import HTMLParser

from newsstand.fetch.entries import Entry

_BEGIN = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<!DOCTYPE\s+NETSCAPE-Bookmark-file-1", re.IGNORECASE)


def is_bookmarks(data: bytes) -> bool:
    """Whether bytes are exported bookmarks."""
    return bool(_BEGIN.match(data))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Entry] = []
        self._folders: list[str] = []
        self._named = ""  # the folder whose list comes next
        self._link = ""
        self._when: datetime | None = None
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in ("a", "h3"):
            self._text = ""
            self._link = values.get("href", "")
            self._when = _time(values.get("add_date", ""))
        elif tag == "dl":
            self._folders.append(self._named)
            self._named = ""

    def handle_endtag(self, tag: str) -> None:
        text = (self._text or "").strip()
        if tag == "a" and self._link:
            folders = tuple(folder for folder in self._folders if folder)
            entry = Entry(link=self._link, title=text, published=self._when, marks=folders[-1:])
            self.found.append(entry)
        elif tag == "h3":
            self._named = text
        elif tag == "dl" and self._folders:
            self._folders.pop()
        if tag in ("a", "h3"):
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data


def _time(text: str) -> datetime | None:
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(int(text), UTC) if text else None
    return None


def read_bookmarks(data: bytes) -> tuple[Entry, ...]:
    """The bookmarks, as entries; the folder of each is its mark."""
    reader = _Reader()
    reader.feed(data.decode("utf-8", "replace"))
    return tuple(reader.found)
