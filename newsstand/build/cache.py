"""The disk, for remembering: files in ``.cache/`` that a build writes and the next one reads.

A file that is damaged, of another version or of something else counts as none. It holds values of
known types only, as MessagePack, and is the same on every machine.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from msgspec import MsgspecError
from msgspec.msgpack import Decoder, Encoder

_KIND = b"newsstand cache 1\n"
_SUM = 4  # bytes
_VERSION = 8
_OLD = 3600  # seconds: what was being written before that is of a build that was killed
T = TypeVar("T")


def _decoded(body: memoryview, sum_of_body: bytes, kind: type[T]) -> tuple[T | None, str]:
    with body:
        if crc32(body).to_bytes(_SUM) != sum_of_body:
            return None, "the cache is damaged; all is built anew"
        try:
            return Decoder(kind).decode(body), ""
        except (MsgspecError, ValueError):
            return None, "the cache is damaged; all is built anew"


class Cache:
    """A folder for what builds remember of a site; `version` is a mark of the program itself.

    Without a folder nothing is remembered.
    """

    def __init__(self, folder: Path | None, version: bytes) -> None:
        self._folder = folder
        self._version = version

    def read(self, name: str, kind: type[T]) -> tuple[T | None, str]:
        """What is remembered by a name, and why it is nothing where there is a file."""
        if self._folder is None:
            return None, ""
        try:
            with (self._folder / name).open("rb") as file:
                head = file.read(len(_KIND) + _VERSION + _SUM)
                said = self._said_of(head)
                if said:
                    return None, said
                # Not read but mapped: 200 MB need not be copied before they are decoded.
                with mmap(file.fileno(), 0, access=ACCESS_READ) as data:
                    return _decoded(memoryview(data)[len(head) :], head[-_SUM:], kind)
        except FileNotFoundError:
            return None, ""
        except OSError as problem:
            return None, f"the cache cannot be read: {problem.strerror or problem}"

    def _said_of(self, head: bytes) -> str:
        """Why a file that begins so cannot be used."""
        if not head.startswith(_KIND):
            return "the cache is none of this program; all is built anew"
        if head[len(_KIND) : -_SUM] != self._version:
            return "the program has changed; all is built anew"
        return ""

    def write(self, name: str, value: object) -> None:
        """Remember for the next build; the file changes as a whole. Raises OSError."""
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        path, beside = self._folder / name, self._folder / f"{name}.{os.getpid()}"
        body = Encoder().encode(value)
        try:
            with beside.open("wb") as file:
                file.write(_KIND + self._version + crc32(body).to_bytes(_SUM))
                file.write(body)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        self._sweep(name)

    def _sweep(self, name: str) -> None:
        """Take away what builds that were killed have left."""
        for left in self._folder.glob(f"{name}.*") if self._folder else ():
            with suppress(OSError):
                if left.stat().st_mtime < time.time() - _OLD:
                    left.unlink()

    def forget(self, name: str) -> None:
        """Believe no more what is remembered by a name."""
        if self._folder is not None:
            (self._folder / name).unlink(missing_ok=True)
