"""What was read of each file: what a build hands to the next one, so that it need not read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from msgspec import Struct

from newsstand.content.stamps import Stamp
from newsstand.model import Article, Decisions, HeldBack, PlainPage, Provider, Topic
from newsstand.problems import Problem


class ReadFile(Struct, frozen=True, array_like=True):
    """What one file of the content folder says, but for a record's body.

    At most one of the values is there. `digest` is a hash of its bytes. `held_ahead` says that it
    was left out as it was dated ahead. `outlets` are places in `ReadFiles.outlets`. `own` and
    `related` are hashes of the links that a record has and names (see `link_hashes`).
    `finds_pictures` says that what it says, or its page, depends on which pictures there are.
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


class ReadFiles(Struct, frozen=True, array_like=True):
    """All files of the content folder, when they were looked at (ns since 1970), as of when.

    `outlets` are those that records name, each once. `pictures` is a fingerprint of which pictures
    there were, `shown` the reasons to hold a record back that a preview passed over. No record that
    was read is newer than `newest`.
    """

    looked_at: int = 0
    files: Mapping[str, ReadFile] = MappingProxyType({})
    outlets: tuple[Provider, ...] = ()
    pictures: bytes = b""
    shown: tuple[str, ...] = ()
    newest: datetime | None = None


NOTHING_READ = ReadFiles()
