"""The disk, for writing: a file is there as a whole, or as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

_BESIDE = ".{name}.part"
_LONGEST = 200  # bytes of a name; file systems take 255


def write_whole(file: Path, data: bytes, *, through_link: bool = True) -> None:
    """Write beside it first, so that no moment has half a file; its permissions stay.

    The file beside has a name that begins with a dot, which no build reads, and that follows from
    the file's: whoever writes the same file after a kill writes over it. A link in the file's own
    place is written through, or else replaced.
    """
    target = Path(os.path.realpath(file)) if through_link else file
    target.parent.mkdir(parents=True, exist_ok=True)
    name = target.name.encode()[:_LONGEST].decode("utf-8", "ignore")
    beside = target.with_name(_BESIDE.format(name=name))
    try:
        beside.unlink(missing_ok=True)
        with beside.open("xb") as opened:  # no link that lies there is followed
            opened.write(data)
        if target.is_file() and not target.is_symlink():
            shutil.copymode(target, beside)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder: path -> bytes."""
    for path, data in files.items():
        write_whole(folder / path, data)
