"""The words of the field: what a record, an outlet, a story and a page are.

All values are frozen; nothing here reads, prints or decides. They are msgspec's structs and not
dataclasses since those of 100,000 records are remembered from build to build: a struct is read
back ten times as fast, and takes half the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from msgspec import Struct

_DAY = timedelta(hours=23, minutes=59, seconds=59)
DRAFT = "draft"
REMOVED = "removed"
EXPIRED = "expired"
DATED_AHEAD = "dated ahead"


class Picture(Struct, frozen=True, array_like=True):
    """A picture: `source` is elsewhere or below the root; sizes are pixels, 0 where unknown."""

    source: str
    width: int = 0
    height: int = 0
    title: str = ""
    attribution: str = ""

    @property
    def is_local(self) -> bool:
        """Whether the site itself holds the picture."""
        return not self.source.startswith(("http://", "https://"))


class Provider(Struct, frozen=True, array_like=True):
    """An outlet. `domain` identifies it (``harbour.example``), `domains` are others that it has."""

    domain: str
    name: str
    description: str = ""
    other_names: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    domains: tuple[str, ...] = ()
    fediverse: str = ""  # its account there: @desk@harbour.example


class Coverage(Struct, frozen=True, array_like=True):
    """One outlet's piece about something.

    `keys` are the canonical forms of all its links, so that two entries with a key in
    common are one piece; `link` is where a reader is sent, empty where there is none.
    `outlet` is a Provider's domain, empty where unknown; `published` is UTC or None. Where only
    the day is known (`is_day`), `published` is the day's last second, so that it stands last of
    its day; see `stated` for what may be printed. `wire` is the agency that wrote it (``AP``).
    """

    title: str
    excerpt: str
    published: datetime | None
    link: str
    keys: tuple[str, ...]
    outlet: str
    kind: str = "article"
    quality: int = 0
    picture: Picture | None = None
    language: str = ""
    is_day: bool = False
    wire: str = ""

    @property
    def stated(self) -> datetime | None:
        """The time for machines: of a day its beginning, which is never after now."""
        return self.published - _DAY if self.is_day and self.published else self.published

    def __hash__(self) -> int:
        """A hash of what tells most pieces apart: texts know their hashes, instants do not."""
        return hash((self.title, self.link))


class Article(Struct, frozen=True, array_like=True):
    """One record of the content folder, as lists show it: a piece, and what the editor says of it.

    `path` is relative to the content folder and identifies the record; `slug` is its place below
    ``/news/``. `topics` are names as given. `heat` is None where the record says nothing. `story`
    is the editor's key for records that belong together; `alone` keeps it by itself. `aliases` are
    older addresses of its page, `links` those of its texts that lead to no other host. `waits` says
    why a build, but no preview, holds it back. `fingerprint` is equal only for records that say the
    same at the same path. `arrived` is when it was first seen here, UTC.
    """

    path: str
    slug: str
    piece: Coverage
    topics: tuple[str, ...] = ()
    heat: int | None = None
    promoted: bool = False
    category: str = "news"
    updated: datetime | None = None
    story: str | None = None
    alone: bool = False
    waits: str = ""
    fingerprint: bytes = b""
    aliases: tuple[str, ...] = ()
    arrived: datetime | None = None
    links: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The headline as the outlet wrote it."""
        return self.piece.title

    @property
    def published(self) -> datetime | None:
        """When the outlet published it, UTC; None where nobody says."""
        return self.piece.published

    @property
    def outlet(self) -> str:
        """The domain of the outlet, empty where unknown."""
        return self.piece.outlet


class ArticleBody(Struct, frozen=True, array_like=True):
    """What only a record's own page shows. `body` and `note` are Markdown."""

    body: str = ""
    note: str = ""
    pictures: tuple[Picture, ...] = ()
    related: tuple[Coverage, ...] = ()


NO_BODY = ArticleBody()


class Topic(Struct, frozen=True, array_like=True):
    """A section of the site. `parent` is the id of the topic above it, or empty."""

    id: str
    name: str
    shortname: str = ""
    parent: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()


class PlainPage(Struct, frozen=True, array_like=True):
    """A page of the editor's own, such as About. `body` is Markdown."""

    path: str
    slug: str
    title: str
    description: str
    body: str


class Story(Struct, frozen=True, array_like=True):
    """One event, as lists show it.

    `id` is its lasting name. `articles` are its records in order of time, the undated last.
    `outlets` are those of all its pieces in the order in which they appear, `since` the times at
    which they do. `reports` is the number of pieces that report, `others` that of all others, such
    as opinions. `first` is the outlet of the first report ("" where nobody knows its hour) and
    `middle` the time of the median one (the earlier of two), None where none is dated.
    `fingerprint` is equal only for stories that say the same, their coverage included.
    """

    id: str
    title: str
    lead: Article
    articles: tuple[Article, ...]
    outlets: tuple[str, ...]
    heat: float
    promoted: bool
    pinned: int = 0
    first: str = ""
    middle: datetime | None = None
    fingerprint: bytes = b""
    reports: int = 1
    others: int = 0
    since: tuple[datetime | None, ...] = ()

    @property
    def latest(self) -> Article:
        """The newest record of the story."""
        for article in reversed(self.articles):
            if article.piece.published:
                return article
        return self.articles[-1]

    @property
    def newest(self) -> datetime | None:
        """The time of its newest record; None where none is dated."""
        return self.latest.published

    @property
    def has_page(self) -> bool:
        """Whether the story has a page: one piece says all on its record's."""
        return self.reports + self.others > 1


class StoryCoverage(Struct, frozen=True, array_like=True):
    """Who reports a story: what its page and its card show.

    `pieces` are its records' own and those that they declare, each once, in order of time, the
    undated last. `voices` groups their positions by text: a report and its copies are one voice.
    """

    pieces: tuple[Coverage, ...]
    voices: tuple[tuple[int, ...], ...]


class HeldBack(Struct, frozen=True, array_like=True):
    """A record that is not published, and why (`DRAFT`, `REMOVED`, `EXPIRED`, `DATED_AHEAD`, …).

    `until` is the time from which it will be, where that is known; `aliases` are older addresses.
    """

    path: str
    reason: str
    until: datetime | None = None
    aliases: tuple[str, ...] = ()


class Decision(Struct, frozen=True, array_like=True):
    """One entry of ``stories.yml``: the records it is about.

    `place` is its line and column (from 1), `places` are those of its records.
    """

    records: tuple[str, ...]
    place: tuple[int, int] = (1, 1)
    places: tuple[tuple[int, int], ...] = ()
    title: str = ""


class Decisions(Struct, frozen=True, array_like=True):
    """What the editor says about stories in ``stories.yml``; records by their paths."""

    path: str = ""
    merge: tuple[Decision, ...] = ()
    split: tuple[Decision, ...] = ()
    pin: tuple[Decision, ...] = ()
    title: tuple[Decision, ...] = ()


class Holders(NamedTuple):
    """By a piece's key the first record of it by path; by path, of others, those first ones."""

    first: Mapping[str, Article]
    twins: Mapping[str, Sequence[Article]]


class Content(Struct, frozen=True, array_like=True, dict=True):
    """What the content folder says, read and checked, in order of path."""

    articles: tuple[Article, ...] = ()
    topics: tuple[Topic, ...] = ()
    providers: tuple[Provider, ...] = ()
    pages: tuple[PlainPage, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    left_out: int = 0  # records that are too wrong to be published
    pictures: tuple[str, ...] = ()
    decisions: Decisions = Decisions()
    misspelt_topics: tuple[str, ...] = ()  # names that look it, each of one record

    @cached_property
    def holders(self) -> Holders:
        """The records of each piece, by its keys."""
        keys = [(key, article) for article in self.articles for key in article.piece.keys]
        first = dict(keys)
        if len(first) == len(keys):  # mostly
            return Holders(first, {})
        first, twins = {}, dict[str, list[Article]]()
        for key, article in keys:
            holder = first.setdefault(key, article)
            if holder is not article:
                twins.setdefault(article.path, []).append(holder)
        return Holders(first, twins)


class Page(Struct, frozen=True):
    """One file still to be written: where, by which template, from which values.

    `address` is relative to the site's root and written as in a link (``news/some-slug/``,
    ``feed.xml``). `view` makes what the template prints from what all pages have in common and from
    `inputs`, and from nothing else: a page is made again when one of these is another. `source` is
    the path of the content file that the page is about, where there is one.
    """

    address: str
    template: str
    view: Callable[[Any, Any], object]
    inputs: object = None
    source: str = ""
