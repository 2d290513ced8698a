"""The write step: a folder that changes as a whole.

What is new is written beside the output folder and switched in by renames::

    -new    being written; worth nothing if the build dies
    -next   a spare that is being brought up to date; worth nothing either
    -ready  complete; a build that dies from here on is finished by the next command
    -old    the site before, until the new one stands
    -spare  the site before, kept where there are many (see `previous_output`)

Files that stay are links to the same bytes, so that a new site costs but its new files.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newsstand.build.previous_output import (
    KEPT,
    MARKER,
    Change,
    FileStamp,
    catch_up,
    file_stamp,
    holds_only,
    link,
    link_all,
    put_in,
    read_lag,
    remove,
    write_lag,
)

__all__ = ["MARKER", "Change", "FileStamp", "Output", "OutputRefused", "locked"]

_NO_STEPS = frozenset({"", ".", ".."})
_MARKER_TEXT = "This folder is written by Newsstand. A build replaces it as a whole.\n"
_MANY = 4000  # files from which a spare is worth its place
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class OutputRefused(Exception):  # noqa: N818  (not a fault of the program)
    """The output folder is none that may be replaced."""


class Output:
    """The folder that the site is published in. Use within `locked`. Raises OutputRefused."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.path.realpath(folder))
        if not self.folder.name:
            raise OutputRefused(f"{self.folder} cannot be replaced; name a folder below it")
        self._new, self._next, self._ready, self._old, self._spare = (
            self.folder.with_name(f".newsstand-{self.folder.name}-{state}")
            for state in ("new", "next", "ready", "old", "spare")
        )
        self._made: set[str] = set()  # folders of the new site
        self._single: set[str] = set()  # files of the site that no other folder holds

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
        held = {path.name for path in self.folder.iterdir()} - KEPT
        if held and not (self.folder / MARKER).is_file():
            raise OutputRefused(
                f"{self.folder} is not empty and was not written by Newsstand; "
                "name an empty folder, or delete this one"
            )

    def recover(self) -> None:
        """Finish or undo what an earlier build left in the middle."""
        if (self._ready / MARKER).is_file():
            self._switch()
        elif self._old.exists() and not self.folder.exists():
            self._old.rename(self.folder)
        elif self._old.exists():
            self._keep_repository()
        for leftover in (self._new, self._next, self._ready, self._old):
            remove(leftover)

    @contextmanager
    def renewing(self) -> Iterator[None]:
        """Make room for what is new, and forget it where something is raised."""
        self.begin()
        try:
            yield
        except BaseException:
            self.abandon()
            raise

    def begin(self) -> None:
        """Make room for what is new."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self._new.mkdir()
        self._made = {""}

    def stamp(self, path: str) -> FileStamp | None:
        """What tells a changed file of the site that stands; None where it is not there."""
        try:
            status = os.lstat(f"{self.folder}/{path}")
        except OSError:
            return None
        if status.st_nlink == 1:
            self._single.add(path)
        return file_stamp(status) if stat.S_ISREG(status.st_mode) else None

    def read(self, path: str) -> bytes:
        """A file of the site that stands."""
        return (self.folder / path).read_bytes()

    def write(self, path: str, data: bytes) -> FileStamp:
        """Write a file of the new site. Raises ValueError for a path that leads out of it."""
        file = os.open(self._target(path), _WRITE, 0o666)
        try:
            written = os.write(file, data)
            while written < len(data):  # a disk that is nearly full, or very much data
                written += os.write(file, memoryview(data)[written:])
            return file_stamp(os.fstat(file))
        finally:
            os.close(file)

    def copy(self, source: Path, path: str) -> FileStamp:
        """Copy a file into the new site."""
        target = self._target(path)
        shutil.copyfile(source, target)
        return file_stamp(os.stat(target))  # noqa: PTH116  (it is text)

    def publish(self, change: Change = Change()) -> None:  # noqa: B008  (frozen)
        """Put the new site in the place of the old: what was written, and what is kept."""
        nothing_new = not change.written and not change.gone
        if change.whole and nothing_new and not self._strangers(self.folder, change):
            remove(self._new)
            return
        linked = True
        if not self._renew_spare(change):
            remove(self._spare)  # it would be two builds behind
            for path in change.kept:
                linked &= link(self.folder / path, Path(self._target(path)))
            (self._new / MARKER).write_text(_MARKER_TEXT, encoding="utf-8")
            self._new.rename(self._ready)
        self._switch()
        with suppress(OSError):  # the site stands: a spare is only for the next build's speed
            self._keep_spare(change, linked)

    def abandon(self) -> None:
        """Forget the new site; the old one stands.

        One that is ready is whole, and may be the only one: the next command puts it in its place.
        """
        for unfinished in (self._new, self._next):
            remove(unfinished)

    def _strangers(self, folder: Path, *changes: Change) -> bool:
        """Whether at the top of a folder lies what no build wrote."""
        ours = {MARKER}.union(*[change.tops for change in changes])
        return not holds_only(folder, ours)

    def strangers(self, *changes: Change) -> list[str]:
        """What lies at the top of the site that stands and no build wrote: it goes with it."""
        ours = KEPT.union({MARKER}, *[change.tops for change in changes])
        if not self.folder.is_dir():
            return []
        return sorted(path.name for path in self.folder.iterdir() if path.name not in ours)

    def _renew_spare(self, change: Change) -> bool:
        """Make the spare the new site, by what has changed since it was one; False if it cannot.

        What stays must be in both folders: it is one file with two links.
        """
        lag = read_lag(self._spare, self.stamp(MARKER)) if change.whole else None
        few = len(change.written) + len(change.gone) < len(change.kept)
        if lag is None or not few or self._strangers(self.folder, change):
            return False
        lost = self._single.intersection(change.kept).difference(lag.written)
        if lost or self._strangers(self._spare, lag, change):
            return False
        self._spare.rename(self._next)
        try:
            catch_up(self._next, self.folder, lag, change)
            put_in(self._next, self._new, change)
        except OSError:  # somebody else was at work there
            remove(self._next)
            return False
        (self._next / MARKER).write_text(_MARKER_TEXT, encoding="utf-8")
        self._next.rename(self._ready)
        remove(self._new)
        return True

    def _keep_spare(self, change: Change, linked: bool) -> None:
        """Keep the site before for the next build, with a list of what has changed since.

        Where not all that changed is known, or most has, the new site is linked once more; on disks
        without links there is no spare.
        """
        many = linked and len(change.kept) + len(change.written) > _MANY
        remove(self._spare)
        few = change.whole and len(change.written) < len(change.kept)
        if many and not (few and self._old.exists()):
            remove(self._old)
            many = link_all(self.folder, self._old, (*change.kept, *change.written))
            change = Change()
        if many:
            write_lag(self._old, change, self.stamp(MARKER))
            self._old.rename(self._spare)
        remove(self._old)

    def _switch(self) -> None:
        if self.folder.exists():
            remove(self._old)
            self.folder.rename(self._old)
        try:
            self._ready.rename(self.folder)
        except BaseException:  # also where somebody stops the program just now
            if self._old.exists() and not self.folder.exists():
                self._old.rename(self.folder)
            raise
        self._keep_repository()

    def _keep_repository(self) -> None:
        """What version control has in the site before belongs to the new one."""
        for name in sorted(KEPT):
            kept, place = self._old / name, self.folder / name
            if os.path.lexists(kept) and not os.path.lexists(place):
                kept.rename(place)

    def _target(self, path: str) -> str:
        """Where a file is written; its folder is made. Text, as thousands of paths take time."""
        if "\x00" in path or not _NO_STEPS.isdisjoint(path.split("/")):
            raise ValueError(f"{path!r} is no path inside the site")
        above = path.rpartition("/")[0]
        if above not in self._made:
            try:
                os.mkdir(f"{self._new}/{above}")  # noqa: PTH102  (mostly only this one is missing)
            except OSError:
                (self._new / above).mkdir(parents=True, exist_ok=True)
            self._made.add(above)
        return f"{self._new}/{path}"


@contextmanager
def locked(output: Output, say_waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the output for oneself; where another build holds it, say so and wait.

    What an earlier build left in the middle is finished or undone. Raises OutputRefused for a
    folder that may not be replaced.
    """
    from filelock import FileLock, Timeout  # not needed to start up

    output.folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(output.lock_path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say_waiting()
        lock.acquire(timeout=-1)
    try:
        output.recover()
        output.check()
        yield
    finally:
        lock.release()
