"""What was read of each file: what a build hands to the next one, so that it need not read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from msgspec import Struct

from newsstand.content.file_stamps import Stamp
from newsstand.model import Article, Decisions, HeldBack, PlainPage, Provider, Topic
from newsstand.problems import Problem


class ReadFile(Struct, frozen=True, array_like=True):
    """What one file of the content folder says, but for a record's body.

    At most one of the values is there. `digest` is a hash of its bytes. It says the same from
    `since` until before `due`, where there are such times. `outlets` are places in
    `ReadFiles.outlets`. `own` and `related` are hashes of the links that a record has and names
    (see `link_hashes`).
    `asked` are the addresses of pictures on which what it says, or its page, depends, and `answers`
    a hash of where they were found; `pictures` are those of the content folder that its page shows.
    """

    stamp: Stamp
    digest: bytes
    article: Article | None = None
    held_back: HeldBack | None = None
    since: datetime | None = None
    due: datetime | None = None
    topic: Topic | None = None
    provider: Provider | None = None
    page: PlainPage | None = None
    decisions: Decisions | None = None
    outlets: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    own: bytes = b""
    related: bytes = b""
    asked: tuple[str, ...] = ()
    answers: bytes = b""
    pictures: tuple[str, ...] = ()


class ReadFiles(Struct, frozen=True, array_like=True):
    """All files of the content folder, when they were looked at (ns since 1970), as of when.

    `outlets` are those that records name, each once. `pictures` is a fingerprint of which pictures
    there were, `shown` the reasons to hold a record back that a preview passed over, `manner` the
    settings by which files were read.
    """

    looked_at: int = 0
    files: Mapping[str, ReadFile] = MappingProxyType({})
    outlets: tuple[Provider, ...] = ()
    pictures: bytes = b""
    shown: tuple[str, ...] = ()
    manner: str = ""


NOTHING_READ = ReadFiles()
