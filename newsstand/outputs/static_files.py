"""Static files: which there are, and under which address each stands in the site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath

from msgspec import Struct

from newsstand.content.disk_reading import list_files

HASHED = ("css/site.css", "css/own.css", "js/newsstand.js")
"""Files that change with the design: their names carry a hash, so caches may keep them."""


class Asset(Struct, frozen=True):
    """A file to copy: where it is, and its path in the site."""

    source: Path
    path: str


class Assets(Struct, frozen=True):
    """All files to copy, and the address of each by its path below ``static/``."""

    files: tuple[Asset, ...]
    addresses: Mapping[str, str]


def find_assets(folders: Sequence[Path]) -> Assets:
    """The files of these folders; a file in a later folder stands for that of an earlier one."""
    files: dict[str, Path] = {}
    for folder in folders:
        if folder.is_dir():
            files.update({path: folder / path for path in list_files(folder).paths})
    addresses = {
        path: _hashed(path, source.read_bytes()) if path in HASHED else path
        for path, source in sorted(files.items())
    }
    return Assets(tuple(Asset(files[p], a) for p, a in addresses.items()), addresses)


def _hashed(path: str, data: bytes) -> str:
    name = PurePosixPath(path)
    return str(name.with_suffix(f".{sha256(data).hexdigest()[:10]}{name.suffix}"))
