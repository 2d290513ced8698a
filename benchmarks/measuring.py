"""What a command costs: seconds, processor seconds, and the memory of all its processes."""

from __future__ import annotations

import os
import re
import statistics
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.01  # seconds between two looks at memory
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
_PROC = Path("/proc")


class FailedError(Exception):
    """A command that is measured ended with a fault; its last words are the message."""


@dataclass(frozen=True, slots=True)
class Cost:
    """One run. `memory` (bytes) is the peak of all processes together, 0 where nobody looked."""

    seconds: float
    processor: float  # seconds, user and system, of all processes
    memory: int


def memory_kind() -> str:
    """What `Cost.memory` is on this machine, in words."""
    if (_PROC / "self/smaps_rollup").exists():
        return "peak of the sum over all processes, pages they share counted once (Pss)"
    if (_PROC / "self/statm").exists():
        return "peak of the sum over all processes, pages they share counted in each (RSS)"
    return "peak of the largest process (RSS)"


def run(argv: Sequence[str], folder: Path, log: Path, look: bool = False) -> Cost:
    """Run a command in a folder to its end. With `look` its memory is watched.

    Watching takes some of the machine, so the seconds of such a run are not to be used. Python
    keeps compiled modules beside the log, as it does on a user's machine beside the modules.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(log.parent / "compiled")
    with log.open("wb") as said:
        begin = time.perf_counter()
        pid = os.posix_spawnp(
            "env",
            ["env", "-C", str(folder), *argv],
            environment,
            file_actions=[(os.POSIX_SPAWN_DUP2, said.fileno(), n) for n in (1, 2)],
        )
        watch = _Watch(pid) if look else None
        _, status, used = os.wait4(pid, 0)
        seconds = time.perf_counter() - begin
    peak = watch.stop() if watch else 0
    if status:
        words = log.read_bytes()[-1500:].decode("utf-8", "replace")
        raise FailedError(f"failed ({status}): {' '.join(argv)}\n{words}")
    largest = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Cost(seconds, used.ru_utime + used.ru_stime, (peak or largest) if look else 0)


class _Watch:
    """Looks at the memory of a process and of all it started until it is told to stop."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self._peak = max(self._peak, sum(_memory(pid) for pid in _tree(self._pid)))

    def stop(self) -> int:
        self._over.set()
        self._thread.join()
        return self._peak


def _tree(pid: int) -> Iterator[int]:
    """A process, and all that it and its threads have started."""
    yield pid
    with suppress(OSError):
        for task in (_PROC / str(pid) / "task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _memory(pid: int) -> int:
    """Bytes of a process that is running; 0 for one that has ended."""
    with suppress(OSError):
        found = _PSS.search((_PROC / str(pid) / "smaps_rollup").read_text())
        if found:
            return int(found[1]) * 1024
    with suppress(OSError, IndexError):
        pages = int((_PROC / str(pid) / "statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def median(costs: Sequence[Cost]) -> Cost:
    """The middle of each figure; of memory the largest that was seen."""
    timed = [cost for cost in costs if not cost.memory] or list(costs)
    return Cost(
        statistics.median(cost.seconds for cost in timed),
        statistics.median(cost.processor for cost in timed),
        max(cost.memory for cost in costs),
    )
