"""The words of the field: what a record, an outlet, a story and a page are.

All values are frozen; nothing here reads, prints or decides. They are msgspec's structs and not
dataclasses since those of 100,000 records are remembered from build to build (see `memory`):
a struct is read back ten times as fast, and takes half the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, TypeVar

from msgspec import Struct

V = TypeVar("V")

DRAFT = "draft"
DATED_AHEAD = "dated ahead"


def as_it_is(value: V) -> V:
    """What gives the whole of a value where nothing of it is left out."""
    return value


class Picture(Struct, frozen=True, array_like=True):
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


class Provider(Struct, frozen=True, array_like=True):
    """An outlet. `domain` identifies it (``harbour.example``)."""

    domain: str
    name: str
    description: str = ""
    other_names: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Coverage(Struct, frozen=True, array_like=True):
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


class Article(Struct, frozen=True, array_like=True):
    """One record of the content folder: a piece, and what the editor says about it.

    `path` is relative to the content folder and identifies the record; `slug` is its
    place below ``/news/``. `body` and `note` are Markdown; they, `pictures` and `related` are
    empty in an article that is remembered from the last build: who shows them asks for
    ``site.whole(article)``. `topics` are names as the
    record gives them. `heat` is None where the record says nothing. `story` is the
    editor's key for records that belong together; `alone` keeps the record by itself.
    `mark` is equal only for equal files at the same path; empty where the article was made by hand.
    `waits` says why a build would hold it back: only a preview has such articles.
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
    waits: str = ""
    mark: bytes = b""

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


class Term(Struct, frozen=True, array_like=True):
    """One reason of a story's score: a name, what it was measured from, its part."""

    name: str
    reason: str
    value: float


class Story(Struct, frozen=True, array_like=True):
    """One event, with everything that is known to report it.

    `articles` are its records and `coverage` all its pieces (records and declared
    pieces, each once), both in order of time with the undated last. `voices` groups
    positions in `coverage` that say the same text: a wire report and its copies are
    one voice. `first` is the outlet of the first piece and `middle` the time of the median one (the
    earlier of two), None where none is dated.

    A story that is remembered from the last build has no coverage and no voices: who shows
    them asks for ``site.told(story)``. `mark` is equal only for stories that say the same.
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
    first: str = ""
    middle: datetime | None = None
    mark: bytes = b""


class HeldBack(Struct, frozen=True, array_like=True):
    """A record that is not published, and why (`DRAFT`, ``removed``, `DATED_AHEAD`)."""

    path: str
    reason: str


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
    """By a piece's key the first record of it; by path, of other records of it, those first ones.

    "First" is in order of path.
    """

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

    @cached_property
    def holders(self) -> Holders:
        """Which records are of which pieces."""
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

    `address` is relative to the site's root and written as in a link
    (``news/some-slug/``, ``feed.xml``); see `addresses.file_of`. `fill` makes the values, which is
    asked of it only where the page has to be written. `shows` is equal as long as all that
    the page shows of the content is equal; empty where only its text can tell. `source` is the path
    of the file below the content folder that the page is about, where there is one. `still`
    says that it shows what it showed in the last build: then `shows` need not be known.
    """

    address: str
    template: str
    fill: Callable[[], object]
    shows: bytes = b""
    source: str = ""
    still: bool = False

    @property
    def view(self) -> object:
        """What the template prints."""
        return self.fill()
