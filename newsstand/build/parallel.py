"""Work that is spread over processes which share all that was read before.

A process is forked for each job but one, so that nothing has to be handed to it; what it makes
comes back through a pipe as bytes. Who is free takes the next part, the parent as well. A worker
process ends by itself when its parent is gone, runs no exit handlers and writes no buffer
that it inherited: what it prints is lost.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from newsstand.build.worker import AHEAD, FRAME, Kind, Tokens, fill_tokens, run_worker
from newsstand.build.worker_errors import LostWorkerError, unpacked_fault

if TYPE_CHECKING:
    from newsstand.content.content_reader import Share

T = TypeVar("T")
_MOST = 8  # processes: more of them wait for the disk
_READ = 1 << 20  # bytes at a time


def jobs_for(asked: int | None) -> int:
    """How many processes to work with: as many as `asked` for, else as there are processors.

    1 where processes cannot be forked, and on macOS unless asked: its own libraries may break.
    """
    if not hasattr(os, "fork"):
        return 1
    if asked is not None:
        return max(1, asked)
    if sys.platform == "darwin":
        return 1
    mine = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(_MOST, mine or 1)


def shared_out(items: Sequence[T], jobs: int, least: int) -> list[Sequence[T]]:
    """Parts for `spread`: a large one for each process, then small ones for whoever is done first.

    What stands together is mostly alike, and what one process has found out others have not.
    """
    large = len(items) * 3 // (4 * jobs)
    if jobs < 2 or large < least:
        large = least
    parts = [items[at : at + large] for at in range(0, large * jobs, large)]
    rest = range(large * jobs, len(items), least)
    return [part for part in (*parts, *[items[at : at + least] for at in rest]) if part]


def spread(work: Callable[[T], bytes], parts: Sequence[T], jobs: int) -> Iterator[bytes]:
    """What `work` makes of each part, in the order of the parts, by `jobs` processes.

    The first exception in that order is raised: as what it was where its type takes its arguments,
    with the other process's traceback as a note. Raises LostWorkerError if a process is killed.
    Where a fork is not safe (other threads run) or not worth it, everything is done here.
    """
    jobs = min(jobs, len(parts))
    if jobs < 2 or not hasattr(os, "fork") or threading.active_count() > 1:
        return map(work, parts)
    return _spread(work, parts, jobs)


def _spread(work: Callable[[T], bytes], parts: Sequence[T], jobs: int) -> Iterator[bytes]:
    made: dict[int, bytes | Exception] = {}
    with _started(work, parts, jobs) as workers:
        mine = workers.tokens.take()
        for number in range(len(parts)):
            while number not in made:
                part = next(mine, None)
                if part is not None:
                    made[part] = _tried(work, parts[part])
                made.update(workers.arrived(wait=part is None))
            result = made.pop(number)
            if isinstance(result, Exception):
                raise result
            yield result


def share_of(jobs: int, least: int = 100) -> Share | None:
    """What lets `jobs` processes work on a list, `least` items or more at a time.

    None for one process.
    """
    if jobs < 2:
        return None

    def share(
        work: Callable[[Sequence[str]], bytes], items: Sequence[str]
    ) -> Iterator[tuple[Sequence[str], bytes]]:
        parts = shared_out(items, jobs, least)
        return zip(parts, spread(work, parts, jobs), strict=True)

    return share


def _tried(work: Callable[[T], bytes], part: T) -> bytes | Exception:
    """What comes of a part. An exception waits for its turn: the first in order is raised."""
    try:
        return work(part)
    except Exception as fault:  # noqa: BLE001  (work may raise anything)
        return fault


class _Worker(Struct):
    """A worker process, as its parent sees it."""

    pid: int
    pipe: int
    read: bytearray = bytearray()
    is_done: bool = False
    status: int | None = None

    def receive(self) -> Iterator[tuple[int, bytes | Exception]]:
        """What has come through the pipe. Raises LostWorkerError where that ended early."""
        data = os.read(self.pipe, _READ)
        self.read += data
        while len(self.read) >= FRAME.size:
            kind, number, size = FRAME.unpack_from(self.read)
            beyond = FRAME.size + size
            if len(self.read) < beyond:
                break
            content = bytes(memoryview(self.read)[FRAME.size : beyond])
            del self.read[:beyond]
            if kind == Kind.END:
                self.is_done = True
            else:
                yield number, content if kind == Kind.RESULT else unpacked_fault(content)
        if not data and not self.is_done:
            raise LostWorkerError(self.end(signal.SIGKILL))

    def end(self, sign: int) -> int:
        """Let the process end, which it may have done -> its exit code."""
        if self.status is None:
            if not self.is_done:
                with suppress(ProcessLookupError):
                    os.kill(self.pid, sign)
            os.close(self.pipe)
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.status


class _Workers(Struct):
    """All worker processes of a piece of work, and what tells who does which part."""

    tokens: Tokens
    every: list[_Worker] = []

    def arrived(self, *, wait: bool) -> Iterator[tuple[int, bytes | Exception]]:
        """What the processes have made since the last call; with `wait` at least something."""
        poll = select.poll()
        running = {worker.pipe: worker for worker in self.every if not worker.is_done}
        for pipe in running:
            poll.register(pipe, select.POLLIN)
        for pipe, _ in poll.poll(None if wait and running else 0):
            yield from running[pipe].receive()


@contextmanager
def _started(
    work: Callable[[T], bytes], parts: Sequence[T], jobs: int, ahead: int = AHEAD
) -> Iterator[_Workers]:
    """Processes that take parts; when the block is left, they are gone."""
    workers = _Workers(fill_tokens(len(parts)))
    was_frozen = gc.get_freeze_count() > 0
    gc.freeze()  # a collection would write to every value, and each process would get its own copy
    try:
        with suppress(OSError):  # the system allows no more processes: fewer do it as well
            for _ in range(jobs - 1):
                workers.every.append(_fork(work, parts, workers, ahead))
        yield workers
    finally:
        os.close(workers.tokens.pipe)
        for worker in workers.every:
            worker.end(signal.SIGKILL)
        if not was_frozen:
            gc.unfreeze()


def _fork(work: Callable[[T], bytes], parts: Sequence[T], workers: _Workers, ahead: int) -> _Worker:
    pipe, results = os.pipe()
    of_others = [worker.pipe for worker in workers.every]
    parent = os.getpid()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        pid = os.fork()
        if pid == 0:
            run_worker(work, parts, workers.tokens, results, (pipe, *of_others), parent, ahead)
    except OSError:
        os.close(pipe)
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(results)
    return _Worker(pid, pipe)
