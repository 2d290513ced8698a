"""What a worker process does (see `parallel`): take a part, do it, hand over what came of it."""

from __future__ import annotations

import gc
import os
import select
import signal
import struct
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from typing import NoReturn, TypeVar

from msgspec import Struct

from newsstand.build.worker_errors import packed_fault

T = TypeVar("T")
FRAME = struct.Struct("<BIQ")
"""What goes before each result in the pipe: its kind, the number of its part, its size."""

_TOKENS = 2048  # what every system's pipe holds, 4 bytes each
_TOKEN = struct.Struct("<I")
AHEAD = 16 << 20  # bytes


class Kind(IntEnum):
    """What a frame holds; `END` says that nothing more will come."""

    RESULT = 0
    FAULT = 1
    END = 2


class Tokens(Struct, frozen=True):
    """Numbers in a pipe: who reads one does the parts that it stands for."""

    pipe: int
    count: int
    parts: int

    def take(self) -> Iterator[int]:
        """The parts that nobody has taken yet, one by one."""
        while taken := os.read(self.pipe, _TOKEN.size):
            token = _TOKEN.unpack(taken)[0]
            yield from range(self._first(token), self._first(token + 1))

    def _first(self, token: int) -> int:
        return token * self.parts // self.count


def fill_tokens(parts: int) -> Tokens:
    """A pipe with all tokens and an end."""
    count = min(parts, _TOKENS)
    pipe, filled = os.pipe()
    os.write(filled, b"".join(map(_TOKEN.pack, range(count))))
    os.close(filled)
    return Tokens(pipe, count, parts)


def run_worker(
    work: Callable[[T], bytes],
    parts: Sequence[T],
    tokens: Tokens,
    results: int,
    others: Sequence[int],
    parent: int,
    ahead: int = AHEAD,
) -> NoReturn:
    """Be a worker process to its end.

    `others` are pipes of other workers, which it inherits and closes. `ahead` is how many bytes
    may wait to be handed over while it goes on with the next part. An interrupt from the keyboard
    goes to all processes: the parent hears it and ends this one.
    """
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        gc.disable()
        for pipe in others:
            os.close(pipe)
        outbox = _Outbox(results, ahead)
        for part in tokens.take():
            outbox.put(part, *_done(work, parts[part]))
            if os.getppid() != parent:
                break
        else:
            outbox.put(0, Kind.END, b"")
            outbox.empty()
            status = 0
    finally:
        os._exit(status)  # no handlers, no buffers: both are the parent's


def _done(work: Callable[[T], bytes], part: T) -> tuple[Kind, bytes]:
    try:
        return Kind.RESULT, work(part)
    except Exception as fault:  # noqa: BLE001  (work may raise anything)
        return Kind.FAULT, packed_fault(fault)


class _Outbox:
    """Hands over without waiting for the parent, which may be at work itself."""

    def __init__(self, pipe: int, ahead: int) -> None:
        self._pipe = pipe
        self._ahead = ahead
        self._waiting = bytearray()
        os.set_blocking(pipe, False)

    def put(self, part: int, kind: Kind, content: bytes) -> None:
        """Hand over what came of a part, now or later."""
        self._waiting += FRAME.pack(kind, part, len(content)) + content
        self._hand_over(leave=self._ahead)

    def empty(self) -> None:
        """Wait until everything is handed over."""
        self._hand_over(leave=0)

    def _hand_over(self, leave: int) -> None:
        while self._waiting:
            try:
                with memoryview(self._waiting) as view:
                    written = os.write(self._pipe, view)
                del self._waiting[:written]
            except BlockingIOError:
                if len(self._waiting) <= leave:
                    return
                poll = select.poll()
                poll.register(self._pipe, select.POLLOUT)
                poll.poll()
