"""What a build remembers of the last one: the files it read, its stories, its pages.

All of it may be thrown away at any time: it changes what a build does, never what comes of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import MsgspecError, Struct
from msgspec.msgpack import Decoder, Encoder

from newsstand.build.previous_output import FileStamp
from newsstand.build.sqlite_store import DAMAGED, Change, Damaged, Store
from newsstand.content.remembered_files import NOTHING_READ, ReadFile, ReadFiles
from newsstand.model import Provider

_ENCODER = Encoder()


class MadePage(Struct, frozen=True, array_like=True):
    """A file of the site: fingerprints of what it was made from, a hash of its bytes, its stamp.

    `made_from` is of all that its template's pages may show, `inputs` of what only this one does.
    """

    made_from: bytes = b""
    inputs: bytes = b""
    digest: bytes = b""
    stamp: FileStamp = b""


class Memory(Struct, frozen=True):
    """What is remembered of a build.

    `stories` is what relating remembers. `outlets` has a fingerprint of how each outlet and topic
    is shown, `made_from` one for each template and one for all (""). `pages` are all files of the
    one site whose marker has the stamp `site`; of any other site they are a guess, and each file
    has to prove it.
    """

    files: ReadFiles = NOTHING_READ
    stories: bytes = b""
    outlets: Mapping[str, bytes] = {}
    made_from: Mapping[str, bytes] = {}
    pages: Mapping[str, MadePage] = {}
    site: FileStamp | None = None


NOTHING = Memory()
_PAGES = Decoder(dict[str, MadePage])


class _Facts(Struct, frozen=True, array_like=True):
    """What there is only one of."""

    looked_at: int
    outlets_named: tuple[Provider, ...]
    pictures: bytes
    shown: tuple[str, ...]
    manner: str
    outlets: dict[str, bytes]
    made_from: dict[str, bytes]
    site: FileStamp | None


def read_memory(store: Store) -> Memory:
    """What the last build left. Raises Damaged."""
    try:
        said = store.read("facts")
        if "facts" not in said:
            store.doubt()  # rows without what they belong to
            return NOTHING
        facts = Decoder(_Facts).decode(said["facts"])
        file = Decoder(ReadFile).decode
        files = {path: file(data) for path, data in store.read("files").items()}
        pages = _PAGES.decode(said.get("pages", b""))
    except MsgspecError:
        store.doubt()
        raise Damaged(DAMAGED) from None
    read = ReadFiles(
        facts.looked_at,
        dict(sorted(files.items())),
        facts.outlets_named,
        facts.pictures,
        facts.shown,
        facts.manner,
    )
    stories = said.get("stories", b"")
    return Memory(read, stories, facts.outlets, facts.made_from, pages, facts.site)


def read_pages(store: Store) -> Mapping[str, MadePage]:
    """The files of the site that the last build left, by path. Raises Damaged."""
    try:
        return _PAGES.decode(store.fact("pages"))
    except MsgspecError:
        store.doubt()
        raise Damaged(DAMAGED) from None


def write_memory(store: Store, before: Memory, now: Memory, further: Mapping[str, bytes]) -> None:
    """Remember a build, and `further` facts with it. Raises OSError.

    Files that are the very ones of before are not written again.
    """
    facts = {"facts": _ENCODER.encode(_facts(now)), "stories": now.stories, **further}
    facts["pages"] = _ENCODER.encode(now.pages)
    changes = {"facts": Change(facts), "files": _change(before.files.files, now.files.files)}
    store.write(changes, lambda: {"facts": facts, "files": _encoded(now.files.files)})


def _facts(now: Memory) -> _Facts:
    read = now.files
    return _Facts(
        read.looked_at,
        read.outlets,
        read.pictures,
        read.shown,
        read.manner,
        dict(now.outlets),
        dict(now.made_from),
        now.site,
    )


def _encoded(values: Mapping[str, object]) -> dict[str, bytes]:
    return {key: _ENCODER.encode(value) for key, value in values.items()}


def _change(before: Mapping[str, object], now: Mapping[str, object]) -> Change:
    """What is not what it was, by identity."""
    get = before.get
    others = {key: value for key, value in now.items() if get(key) is not value}
    return Change(_encoded(others), [key for key in before if key not in now])
