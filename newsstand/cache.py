"""The disk, for remembering: one file in ``.cache/`` that a build writes and the next one reads.

A file that is damaged, of another version or of something else counts as none. It holds values of
known types only (see `memory`), as MessagePack, and is the same on every machine.
"""

from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32

from msgspec import MsgspecError
from msgspec.msgpack import Decoder, Encoder

from newsstand.memory import NOTHING_KNOWN, Known

NAME = "newsstand.cache"
_KIND = b"newsstand cache 1\n"
_SUM = 4  # bytes
_VERSION = 8


class Cache:
    """The memory of a site's builds in a folder; `version` is a mark of the program itself.

    Without a folder nothing is remembered.
    """

    def __init__(self, folder: Path | None, version: bytes) -> None:
        self._path = folder / NAME if folder else None
        self._version = version

    def read(self) -> tuple[Known, str]:
        """What is remembered, and why it is nothing where there is a file ("" if all is well)."""
        try:
            data = self._path.read_bytes() if self._path else b""
        except FileNotFoundError:
            return NOTHING_KNOWN, ""
        except OSError as problem:
            return NOTHING_KNOWN, f"the cache cannot be read: {problem.strerror or problem}"
        if not self._path:
            return NOTHING_KNOWN, ""
        return self._decoded(data)

    def _decoded(self, data: bytes) -> tuple[Known, str]:
        start = len(_KIND) + _VERSION + _SUM
        if not data.startswith(_KIND):
            return NOTHING_KNOWN, "the cache is none of this program; all is built anew"
        if data[len(_KIND) : start - _SUM] != self._version:
            return NOTHING_KNOWN, "the program has changed; all is built anew"
        body = memoryview(data)[start:]
        if crc32(body).to_bytes(_SUM) != data[start - _SUM : start]:
            return NOTHING_KNOWN, "the cache is damaged; all is built anew"
        try:
            return Decoder(Known).decode(body), ""
        except (MsgspecError, ValueError):
            return NOTHING_KNOWN, "the cache is damaged; all is built anew"

    def write(self, known: Known) -> None:
        """Remember for the next build; the file changes as a whole. Raises OSError."""
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_name(f"{NAME}.{os.getpid()}")
        body = Encoder().encode(known)
        try:
            with beside.open("wb") as file:
                file.write(_KIND + self._version + crc32(body).to_bytes(_SUM))
                file.write(body)
            beside.replace(self._path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
