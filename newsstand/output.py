"""The write step: a folder that changes as a whole.

What is new is written beside the output folder and switched in by renames::

    -new    being written; worth nothing if the build dies
    -ready  complete: a whole site that takes the place of the folder
    -patch  complete: some files that take their places in the folder, and a list of those that go
    -old    the site before, until the new one stands

A build that dies from -ready or -patch on is finished by the next command. A patch is for few
files: a reader may meet the folder between two of its renames, within milliseconds.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MARKER = ".newsstand"
_NO_STEPS = frozenset({"", ".", ".."})
_MARKER_TEXT = "This folder is written by Newsstand. A build replaces it as a whole.\n"
_FEW = 1000  # files that a patch may change
FileStamp = tuple[int, int, int]
"""Size in bytes, time of change of the content (ns since 1970), number."""


class OutputRefused(Exception):  # noqa: N818  (not a fault of the program)
    """The output folder is none that may be replaced."""


class Output:
    """The folder that the site is published in. Use within `locked`. Raises OutputRefused."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.realpath(folder))
        if not self.folder.name:
            raise OutputRefused(f"{self.folder} cannot be replaced; name a folder below it")
        self._new, self._ready, self._patch, self._old = (
            self.folder.with_name(f".newsstand-{self.folder.name}-{state}")
            for state in ("new", "ready", "patch", "old")
        )
        self._made: set[str] = set()  # folders of the new site

    @property
    def lock_path(self) -> Path:
        """The file that only one build at a time may lock."""
        return self.folder.with_name(f".newsstand-{self.folder.name}.lock")

    def check(self) -> None:
        """Refuse a folder that holds something else. Raises OutputRefused."""
        if not self.folder.exists():
            return
        if not self.folder.is_dir():
            raise OutputRefused(f"{self.folder} is a file, not a folder")
        if any(self.folder.iterdir()) and not self.is_ours():
            raise OutputRefused(
                f"{self.folder} is not empty and was not written by Newsstand; "
                "name an empty folder, or delete this one"
            )

    def is_ours(self) -> bool:
        """Whether the folder is there and was written by this program."""
        return (self.folder / MARKER).is_file()

    def recover(self) -> None:
        """Finish or undo what an earlier build left in the middle."""
        if self._ready.exists():
            self._switch()
        elif self._old.exists() and not self.folder.exists():
            self._old.rename(self.folder)
        if self._patch.exists():
            self._apply()
        for leftover in (self._new, self._old):
            _remove(leftover)

    def begin(self) -> None:
        """Make room for what is new."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self._new.mkdir()
        self._made = {""}

    def stamp(self, path: str) -> FileStamp | None:
        """What tells a changed file of the site that stands; None where it is not there."""
        try:
            found = os.stat(f"{self.folder}/{path}", follow_symlinks=False)  # noqa: PTH116  (speed)
        except OSError:
            return None
        return _stamp(found)

    def read(self, path: str) -> bytes:
        """A file of the site that stands."""
        return (self.folder / path).read_bytes()

    def write(self, path: str, data: bytes) -> FileStamp:
        """Write a file of the new site. Raises ValueError for a path that leads out of it."""
        with self._target(path).open("wb") as file:
            file.write(data)
            file.flush()
            return _stamp(os.fstat(file.fileno()))

    def copy(self, source: Path, path: str) -> FileStamp:
        """Copy a file into the new site."""
        target = self._target(path)
        shutil.copyfile(source, target)
        return _stamp(target.stat())

    def publish(self, kept: Iterable[str] = (), gone: Iterable[str] = (), changed: int = 0) -> None:
        """Put what was written in its place.

        `kept` are files of the site that stands which the new one has too, `gone` those that it
        has not, and `changed` counts those that were written.
        """
        kept, gone = list(kept), list(gone)
        if self._may_patch(kept, gone, changed):
            self._publish_patch(gone, is_empty=not changed and not gone)
            return
        for path in kept:
            self._link(path)
        self.write(MARKER, _MARKER_TEXT.encode())
        self._new.rename(self._ready)
        self._switch()
        _remove(self._old)

    def abandon(self) -> None:
        """Forget the new site; the old one stands."""
        for unfinished in (self._new, self._ready):
            _remove(unfinished)

    def _may_patch(self, kept: list[str], gone: list[str], changed: int) -> bool:
        few = bool(kept) and changed + len(gone) <= _FEW
        return few and self.is_ours() and not self._strangers(kept + gone)

    def _strangers(self, known: Iterable[str]) -> bool:
        """Whether at the top of the folder lies what no build wrote."""
        ours = {path.split("/", 1)[0] for path in known} | {MARKER}
        return any(name not in ours for name in os.listdir(self.folder))  # noqa: PTH208  (names)

    def _link(self, path: str) -> None:
        """A file of the site that stands, in the new one too."""
        target = self._target(path)
        try:
            os.link(f"{self.folder}/{path}", target, follow_symlinks=False)
        except OSError:  # a disk without links
            shutil.copy2(self.folder / path, target)

    def _publish_patch(self, gone: Iterable[str], *, is_empty: bool) -> None:
        if is_empty:
            _remove(self._new)
            return
        (self._new / MARKER).write_text(json.dumps(sorted(gone)), encoding="utf-8")
        self._new.rename(self._patch)
        self._apply()

    def _apply(self) -> None:
        """Take away what goes, and put what is new in its place. What is done is no fault."""
        listed = self._patch / MARKER
        for path in json.loads(listed.read_text(encoding="utf-8")):
            (self.folder / path).unlink(missing_ok=True)
            self._prune(path)
        for above, _, names in os.walk(self._patch):
            target = self.folder / Path(above).relative_to(self._patch)
            target.mkdir(parents=True, exist_ok=True)
            for name in names:
                source = Path(above, name)
                if source != listed:
                    source.replace(target / name)
        self._patch.rename(self._new)  # at once, so that no half of it is applied again
        _remove(self._new)

    def _prune(self, path: str) -> None:
        """Take away the folders above a file that are empty now."""
        with suppress(OSError):
            for above in Path(path).parents:
                if above.name:
                    (self.folder / above).rmdir()

    def _switch(self) -> None:
        if self.folder.exists():
            _remove(self._old)
            self.folder.rename(self._old)
        try:
            self._ready.rename(self.folder)
        except OSError:
            if self._old.exists():
                self._old.rename(self.folder)
            raise

    def _target(self, path: str) -> Path:
        """Where a file is written; its folder is made."""
        if "\x00" in path or not _NO_STEPS.isdisjoint(path.split("/")):
            raise ValueError(f"{path!r} is no path inside the site")
        above = path.rpartition("/")[0]
        if above not in self._made:
            (self._new / above).mkdir(parents=True, exist_ok=True)
            self._made.add(above)
        return self._new / path


def _stamp(found: os.stat_result) -> FileStamp:
    return found.st_size, found.st_mtime_ns, found.st_ino


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


@contextmanager
def locked(output: Output, say_waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the output for oneself; where another build holds it, say so and wait."""
    from filelock import FileLock, Timeout  # not needed to start up

    output.folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(output.lock_path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say_waiting()
        lock.acquire(timeout=-1)
    try:
        yield
    finally:
        lock.release()
