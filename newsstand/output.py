"""The write step: a folder that changes as a whole.

The site is written beside the output folder and switched in by renames::

    -new    being written; worth nothing if the build dies
    -ready  complete; a build that dies from here on is finished by the next command
    -old    the site before, until the new one stands
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

MARKER = ".newsstand"
_NO_STEPS = frozenset({"", ".", ".."})
_MARKER_TEXT = "This folder is written by Newsstand. A build replaces it as a whole.\n"


class OutputRefused(Exception):  # noqa: N818  (not a fault of the program)
    """The output folder is none that may be replaced."""


class Output:
    """The folder that the site is published in. Use within `locked`. Raises OutputRefused."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.realpath(folder))
        if not self.folder.name:
            raise OutputRefused(f"{self.folder} cannot be replaced; name a folder below it")
        self._new, self._ready, self._old = (
            self.folder.with_name(f".newsstand-{self.folder.name}-{state}")
            for state in ("new", "ready", "old")
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
        if any(self.folder.iterdir()) and not (self.folder / MARKER).is_file():
            raise OutputRefused(
                f"{self.folder} is not empty and was not written by Newsstand; "
                "name an empty folder, or delete this one"
            )

    def recover(self) -> None:
        """Finish or undo what an earlier build left in the middle."""
        if self._ready.exists():
            self._switch()
        elif self._old.exists() and not self.folder.exists():
            self._old.rename(self.folder)
        for leftover in (self._new, self._old):
            _remove(leftover)

    def begin(self) -> None:
        """Make room for a new site."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self._new.mkdir()
        self._made = {""}
        self.write(MARKER, _MARKER_TEXT.encode())

    def write(self, path: str, data: bytes) -> None:
        """Write a file of the new site. Raises ValueError for a path that leads out of it."""
        self._target(path).write_bytes(data)

    def copy(self, source: Path, path: str) -> None:
        """Copy a file into the new site."""
        shutil.copyfile(source, self._target(path))

    def publish(self) -> None:
        """Put the new site in the place of the old."""
        self._new.rename(self._ready)
        self._switch()
        _remove(self._old)

    def abandon(self) -> None:
        """Forget the new site; the old one stands."""
        for unfinished in (self._new, self._ready):
            _remove(unfinished)

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
