"""What tells that a file is what it was, without its bytes: its size, its times and its number.

Stamps are bytes: those of 100,000 files are compared with what is remembered in every build.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping

Stamp = bytes
"""Size in bytes, times of change of the content and of the file (ns since 1970), number."""

NO_STAMP: Stamp = b""
MARGIN = 2_000_000_000
"""Nanoseconds: times of files are this coarse on some disks; a stamp has to be older than that."""

_STAMP = struct.Struct("<qqqQ")
_TIMES = struct.Struct("<8xqq8x")


def stamp_of(status: os.stat_result) -> Stamp:
    """What tells a changed file."""
    return _STAMP.pack(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def believed_until(looked_at: int, margin: int | None = None) -> int:
    """The time (ns) before which a file has last changed whose stamp is believed.

    `looked_at` is when the stamps were taken; `margin` is `MARGIN` where it is not given.
    """
    return looked_at - (MARGIN if margin is None else margin)


def changed_since(stamps: Mapping[str, Stamp], since: int) -> set[str]:
    """The files that were changed at a time (ns since 1970) or later; all have a stamp."""
    times = zip(stamps, _TIMES.iter_unpack(b"".join(stamps.values())), strict=True)
    return {path for path, (content, file) in times if content >= since or file >= since}


def changed_at(stamp: Stamp) -> int:
    """The later of a file's times of change, in nanoseconds since 1970; 0 without a stamp."""
    return max(_TIMES.unpack(stamp)) if stamp else 0
