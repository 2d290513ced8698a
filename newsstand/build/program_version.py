"""Which program this is: what one version remembers, another does not believe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from newsstand import packaged_files
from newsstand.content.disk_reading import list_files, read_bytes
from newsstand.text.fingerprint import fingerprint_of, hash_of

_INSTALLED = (".dist-info", ".egg-info")


@lru_cache(maxsize=1)
def program_version() -> bytes:
    """A fingerprint of the program and of all libraries that are installed beside it."""
    return fingerprint_of(
        sys.version_info[:2], code_of(packaged_files.PROGRAM), installed_in(sys.path)
    )


def code_of(folder: Path) -> list[tuple[str, bytes]]:
    """Each module below a folder, in packages too, with a hash of its code."""
    modules = [path for path in list_files(folder).paths if path.endswith(".py")]
    return [(path, hash_of(read_bytes(f"{folder}/{path}"))) for path in modules]


def installed_in(folders: Iterable[str]) -> list[tuple[str, str]]:
    """The folders, named for a library and its version, in which wheels say what they are.

    To be told so by `importlib.metadata` takes as long as all else that a start takes.
    """
    installed: list[tuple[str, str]] = []
    for folder in folders:
        with suppress(OSError):
            names = sorted(os.listdir(folder or "."))  # noqa: PTH208  (names)
            installed += [(folder, name) for name in names if name.endswith(_INSTALLED)]
    return installed
