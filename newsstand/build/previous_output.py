"""The site before the last one, kept to become the next one by what has changed since.

To write a new site of 100,000 files beside the old one takes seconds, even if all are but links.
The site that was switched out lacks only what the last build and this one have changed.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
from collections.abc import Iterable, Sequence, Set
from contextlib import suppress
from errno import ELOOP
from functools import cached_property
from pathlib import Path

from msgspec import Struct

MARKER = ".newsstand"
"""The file by which a folder is known as one that may be replaced; in a spare, its lag.

It is written anew with each site that is published, so its stamp tells one site from another.
"""
FileStamp = bytes
"""Size in bytes, time of change of the content (ns since 1970), number."""
_STAMP = struct.Struct("<qqQ")
_SIZE = 8  # bytes of the stamp


def file_stamp(status: os.stat_result) -> FileStamp:
    """What tells a changed file of the site."""
    return _STAMP.pack(status.st_size, status.st_mtime_ns, status.st_ino)


def is_as_long(one: FileStamp, other: FileStamp) -> bool:
    """Whether two stamps are of files of the same size."""
    return one[:_SIZE] == other[:_SIZE]


class Change(Struct, frozen=True, dict=True):
    """Paths of files that were written, that stay as they are, and that go.

    `whole` says that those which stay and go are all there were.
    """

    written: Sequence[str] = ()
    kept: Sequence[str] = ()
    gone: Sequence[str] = ()
    whole: bool = False

    @cached_property
    def tops(self) -> frozenset[str]:
        """What they are or lie in at the top of the site."""
        paths = (*self.kept, *self.gone, *self.written)
        return frozenset([path.split("/", 1)[0] for path in paths])


def write_lag(spare: Path, change: Change, site: FileStamp | None) -> None:
    """Note what has changed since a folder was the site, and the stamp of the site's marker."""
    lag = {"written": sorted(change.written), "gone": sorted(change.gone)}
    lag["site"] = [site.hex()] if site else []
    (spare / MARKER).unlink(missing_ok=True)  # it may be a link to that of the site
    (spare / MARKER).write_text(json.dumps(lag), encoding="utf-8")


def read_lag(spare: Path, site: FileStamp | None) -> Change | None:
    """What has changed from a folder to the site with this marker; None where nobody knows."""
    try:
        lag = json.loads((spare / MARKER).read_text(encoding="utf-8"))
        if site is None or lag["site"] != [site.hex()]:
            return None
        return Change(written=lag["written"], gone=lag["gone"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def catch_up(spare: Path, site: Path, lag: Change, change: Change) -> None:
    """Make a spare what the site is, but for files that change now anyway. Raises OSError."""
    anyway = {*change.written, *change.gone}
    for path in lag.gone:
        _take_away(spare, path)
    for path in lag.written:
        if path not in anyway:
            _place(site / path, spare / path)


def put_in(spare: Path, new: Path, change: Change) -> None:
    """Change what changes now. Raises OSError."""
    for path in change.gone:
        _take_away(spare, path)
    for path in change.written:
        _place(new / path, spare / path)


KEPT = frozenset({".git", ".hg", ".svn"})
"""What version control keeps at the top of a folder (of a worktree a file): it stays there."""


def holds_only(folder: Path, tops: Set[str]) -> bool:
    """Whether a folder holds nothing at its top but these names, and no link to elsewhere.

    What version control keeps there does not count.
    """
    with os.scandir(folder) as entries:
        others = [entry for entry in entries if entry.name not in KEPT]
        return all(entry.name in tops and not entry.is_symlink() for entry in others)


def link_all(site: Path, target: Path, paths: Iterable[str]) -> bool:
    """A second folder of the same files; False (and half a folder) on disks without links.

    Paths are put together as text: of thousands, `Path` takes as long as the links.
    """
    made = set()
    for path in paths:
        above = f"{target}/{path}".rpartition("/")[0]
        if above not in made:
            os.makedirs(above, exist_ok=True)  # noqa: PTH103
            made.add(above)
        if not link(f"{site}/{path}", f"{target}/{path}"):
            return False
    return True


def link(source: str | Path, target: str | Path) -> bool:
    """Link a file to another place; a copy (and False) on disks that have no links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(source, target)
        return False
    return True


def remove(folder: Path) -> None:
    """A folder and all in it, if it is there; the marker first, so that half of it is nothing."""
    if folder.exists():
        (folder / MARKER).unlink(missing_ok=True)
        shutil.rmtree(folder)


def _place(source: Path, target: Path) -> None:
    """Put a file in the place of another. Raises OSError where a link would lead elsewhere."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _keep_inside(target)
    target.unlink(missing_ok=True)
    link(source, target)


def _keep_inside(target: Path) -> None:
    """Somebody may have put a link in a folder's place: nothing is written through it."""
    if os.path.realpath(target.parent) != str(target.parent):
        raise OSError(ELOOP, "a link leads out of the site", str(target.parent))


def _take_away(folder: Path, path: str) -> None:
    """A file, and the folders above it that are empty then. Raises OSError as `_place`."""
    if not (folder / path).parent.exists():
        return
    _keep_inside(folder / path)
    (folder / path).unlink(missing_ok=True)
    with suppress(OSError):
        for above in Path(path).parents:
            if above.name:
                (folder / above).rmdir()
