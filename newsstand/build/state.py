"""What a build remembers of the last one, so that it need not do again what has not changed.

All of it may be thrown away at any time. Nothing is believed because of a file's time alone: a file
is what it was if its size, its times of change (also that which nobody can set) and its number
are, and if they are older than the last look at it; else its bytes decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from msgspec import Struct

from newsstand.content.stamps import Stamp
from newsstand.model import Article, Decisions, HeldBack, PlainPage, Provider, Topic
from newsstand.problems import Problem


class KnownFile(Struct, frozen=True, array_like=True):
    """A file of the content folder as it was read, without what only its own page shows.

    At most one of the values is there. `held_ahead` says that it was left out as it was dated
    ahead. `outlets` are places in `Known.outlets`. `own` and `related` are `kinship.Links`.
    `finds_pictures` says that its reading or its page depends on which pictures there are.
    """

    stamp: Stamp
    digest: bytes
    article: Article | None = None
    held_back: HeldBack | None = None
    held_ahead: datetime | None = None
    topic: Topic | None = None
    provider: Provider | None = None
    page: PlainPage | None = None
    decisions: Decisions | None = None
    outlets: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    own: bytes = b""
    related: bytes = b""
    finds_pictures: bool = False


class KnownFiles(Struct, frozen=True, array_like=True):
    """All files of the content folder, when they were looked at (ns since 1970), as of when.

    `outlets` are those that records name, each once. `pictures` is a mark of which pictures there
    were, `shown` the reasons to hold a record back that a preview passed over. No record that was
    read is newer than `newest`.
    """

    looked_at: int = 0
    files: Mapping[str, KnownFile] = MappingProxyType({})
    outlets: tuple[Provider, ...] = ()
    pictures: bytes = b""
    shown: tuple[str, ...] = ()
    newest: datetime | None = None


class KnownStory(Struct, frozen=True, array_like=True):
    """A story without its coverage; its records and its lead by their paths.

    `card` is a mark of how it was shown.
    """

    id: str
    title: str
    lead: str
    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    heat: float
    promoted: bool
    pinned: int
    first: str
    middle: datetime | None
    mark: bytes
    card: bytes = b""


class KnownRows(Struct, frozen=True, array_like=True):
    """The records in the order of the site, and the marks of their rows one after the other.

    `times` is a mark of their times and of their order.
    """

    paths: tuple[str, ...] = ()
    marks: bytes = b""
    times: bytes = b""


class KnownKin(Struct, frozen=True, array_like=True):
    """Which records name which: columns of `kinship.Kinship` for the records in order of path."""

    ends: bytes = b""
    named: bytes = b""


class KnownPage(Struct, frozen=True, array_like=True):
    """A file of the site: what it was made from, its bytes' hash, its size, time and number.

    `near` are the records that it lists as near in words, and `near_shows` a mark of them; None for
    a page that lists none whatever is near.
    """

    made_from: bytes
    shows: bytes
    digest: bytes
    stamp: bytes = b""
    near: tuple[str, ...] | None = None
    near_shows: bytes = b""


class KnownTemplate(Struct, frozen=True, array_like=True):
    """A template: its bytes' hash and the templates it names; None if a name is computed."""

    digest: bytes
    names: tuple[str, ...] | None


class Known(Struct, frozen=True, array_like=True):
    """All that is remembered. `outlets` gives a mark of how each outlet is shown, by domain.

    `pages` are all files of the one site whose marker has the stamp `site`; of any other site they
    are a guess, and each file has to prove it.
    """

    files: KnownFiles = KnownFiles()
    stories: tuple[KnownStory, ...] = ()
    stories_made_from: bytes = b""
    rows: KnownRows = KnownRows()
    kin: KnownKin = KnownKin()
    groups: bytes = b""
    outlets: Mapping[str, bytes] = MappingProxyType({})
    templates: Mapping[str, KnownTemplate] = MappingProxyType({})
    made_from: Mapping[str, bytes] = MappingProxyType({})
    pages: Mapping[str, KnownPage] = MappingProxyType({})
    site: bytes | None = None


NOTHING_KNOWN = Known()
