"""A content folder of another site (the format of everyday.cc is ours), as a folder or packed.

Nothing is unpacked to the disk: files are read from the archive, and only their own names count.
"""

from __future__ import annotations

import posixpath
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from newsstand.content.disk_reading import LARGEST, list_files, read_bytes
from newsstand.content.file_kinds import PROVIDER_FOLDERS, TOPIC_FOLDER, is_ours

_TARS = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2")
_TOPS = ("news", TOPIC_FOLDER, *PROVIDER_FOLDERS)


def is_archive(path: Path) -> bool:
    """Whether a path is a folder, or a packed one."""
    return path.is_dir() or path.name.lower().endswith((*_TARS, ".zip"))


def files_of(path: Path) -> Iterator[tuple[str, bytes]]:
    """Each record, topic and outlet: its path below the content folder, and its bytes.

    Raises OSError, or ValueError for what cannot be unpacked.
    """
    try:
        for name, data in sorted(_every(path)):
            inside = _inside(name)
            if inside and is_ours(inside):
                yield inside, data
    except (tarfile.TarError, zipfile.BadZipFile, EOFError) as problem:
        raise ValueError(f"cannot be unpacked ({problem})") from problem


def _every(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for name in list_files(path).paths:
            yield name, read_bytes(path / name)
    elif path.name.lower().endswith(".zip"):
        with zipfile.ZipFile(path) as packed:
            for entry in packed.infolist():
                if not entry.is_dir() and entry.file_size <= LARGEST:
                    yield entry.filename, packed.read(entry)
    else:
        with tarfile.open(path) as members:
            for member in members:
                opened = members.extractfile(member) if member.isreg() else None
                if opened and member.size <= LARGEST:
                    yield member.name, opened.read()


def _inside(name: str) -> str:
    """Where a file belongs in a content folder; a record that lies elsewhere goes to ``news/``."""
    parts = [part for part in posixpath.normpath(name.replace("\\", "/")).split("/") if part]
    if ".." in parts or any(part.startswith(".") for part in parts if part != "."):
        return ""
    for number, part in enumerate(parts):
        if part in _TOPS:
            return "/".join(parts[number:])
    return f"news/{'/'.join(parts[1:] or parts)}" if name.lower().endswith(".md") else ""
