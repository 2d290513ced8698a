"""Templates are compiled in a second process while this one reads the content.

It changes nothing but the time until pages can be made: what it did not compile in time, or at
all, is compiled when a page needs it.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn


def compiling_ahead(
    folders: Sequence[Path], templates: Iterable[str], jobs: int
) -> Callable[[], None]:
    """Start to compile templates of some folders; the result waits for them and takes them over.

    With one job, and where a fork is not safe (other threads run), nothing is started.
    """
    names = sorted(templates)
    if jobs < 2 or not names or not hasattr(os, "fork") or threading.active_count() > 1:
        return _nothing
    reading, writing = os.pipe()
    try:
        pid = os.fork()
    except OSError:  # the system allows no more processes
        os.close(reading)
        os.close(writing)
        return _nothing
    if pid == 0:
        os.close(reading)
        _compile(folders, names, writing)
    os.close(writing)

    def take_over() -> None:
        from newsstand.render.templates import COMPILED

        with os.fdopen(reading, "rb") as pipe:
            data = pipe.read()
        if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0:
            COMPILED.take(data)

    return take_over


def _nothing() -> None:
    """Where no process was started there is nothing to take over."""


def _compile(folders: Sequence[Path], names: Sequence[str], writing: int) -> NoReturn:
    """Be the second process to its end. A template that is wrong is named by the first one."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears it, and ends
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        from newsstand.render.templates import COMPILED, Renderer

        Renderer(folders, None).compile(names)
        with suppress(BrokenPipeError), os.fdopen(writing, "wb") as pipe:
            pipe.write(COMPILED.encoded())
        status = 0
    finally:
        os._exit(status)  # no handlers, no buffers: both are those of the first process
