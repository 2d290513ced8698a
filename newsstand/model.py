"""The words of the field: what a record, an outlet, a story and a page are.

All values are frozen; nothing here reads, prints or decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a piece, a topic or an outlet.

    `source` is an http(s) address on another host, or an address below the site's
    root (``pictures/bridge.svg``). Width and height are pixels, 0 where unknown.
    """

    source: str
    width: int = 0
    height: int = 0
    title: str = ""
    attribution: str = ""

    @property
    def is_local(self) -> bool:
        """Whether the site itself holds the picture."""
        return not self.source.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Provider:
    """An outlet. `domain` identifies it (``harbour.example``)."""

    domain: str
    name: str
    description: str = ""
    other_names: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """One outlet's piece about something.

    `keys` are the canonical forms of all its links, so that two entries with a key in
    common are one piece; `link` is where a reader is sent, empty where there is none.
    `outlet` is a Provider's domain, empty where unknown; `published` is UTC or None.
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

    def __hash__(self) -> int:
        """Of what tells most pieces apart: texts know their hashes, instants do not."""
        return hash((self.title, self.link))


@dataclass(frozen=True, slots=True)
class Article:
    """One record of the content folder: a piece, and what the editor says about it.

    `path` is relative to the content folder and identifies the record; `slug` is its
    place below ``/news/``. `body` and `note` are Markdown. `topics` are names as the
    record gives them. `heat` is None where the record says nothing. `story` is the
    editor's key for records that belong together; `alone` keeps the record by itself.
    """

    path: str
    slug: str
    piece: Coverage
    body: str = ""
    note: str = ""
    topics: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    heat: int | None = None
    promoted: bool = False
    category: str = "news"
    updated: datetime | None = None
    related: tuple[Coverage, ...] = ()
    story: str | None = None
    alone: bool = False

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


@dataclass(frozen=True, slots=True)
class Topic:
    """A section of the site. `parent` is the id of the topic above it, or empty."""

    id: str
    name: str
    shortname: str = ""
    parent: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page of the editor's own, such as About. `body` is Markdown."""

    path: str
    slug: str
    title: str
    description: str
    body: str


@dataclass(frozen=True, slots=True)
class Term:
    """One reason of a story's score: a name, what it was measured from, its part."""

    name: str
    reason: str
    value: float


@dataclass(frozen=True, slots=True)
class Story:
    """One event, with everything that is known to report it.

    `articles` are its records and `coverage` all its pieces (records and declared
    pieces, each once), both in order of time with the undated last. `voices` groups
    positions in `coverage` that say the same text: a wire report and its copies are
    one voice.
    """

    id: str
    title: str
    lead: Article
    articles: tuple[Article, ...]
    coverage: tuple[Coverage, ...]
    voices: tuple[tuple[int, ...], ...]
    outlets: tuple[str, ...]
    heat: float
    promoted: bool
    pinned: int = 0


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A record that is not published, and why (draft, removed, dated ahead)."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of ``stories.yml``: the records it is about.

    `place` is its line and column (from 1), `places` are those of its records.
    """

    records: tuple[str, ...]
    place: tuple[int, int] = (1, 1)
    places: tuple[tuple[int, int], ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the editor says about stories in ``stories.yml``; records by their paths."""

    path: str = ""
    merge: tuple[Decision, ...] = ()
    split: tuple[Decision, ...] = ()
    pin: tuple[Decision, ...] = ()
    title: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What the content folder says, read and checked, in order of path."""

    articles: tuple[Article, ...] = ()
    topics: tuple[Topic, ...] = ()
    providers: tuple[Provider, ...] = ()
    pages: tuple[PlainPage, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    left_out: int = 0  # records that are too wrong to be published
    pictures: tuple[str, ...] = ()
    decisions: Decisions = Decisions()


@dataclass(frozen=True, slots=True)
class Page:
    """One file still to be written: where, by which template, from which values.

    `address` is relative to the site's root and written as in a link
    (``news/some-slug/``, ``feed.xml``); see `addresses.file_of`. `source` is the path of the file
    below the content folder that the page is about, where there is one.
    """

    address: str
    template: str
    view: object
    source: str = ""
