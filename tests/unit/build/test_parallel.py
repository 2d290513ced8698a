"""Work that is spread over processes: the same results, and nothing is left of them."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from newsstand.build.parallel import jobs_for, share_of, shared_out, spread
from newsstand.build.worker_errors import LostWorkerError, WorkError, packed_fault, unpacked_fault
from tests.sites import ROOT

PARENT = os.getpid()


@pytest.fixture(autouse=True)
def _nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No process, no zombie and no open file stay behind, and the collector is as it was.

    Other tests may have left a browser and threads of their own: they do not count.
    """
    others = threading.active_count() - 1
    count = threading.active_count
    monkeypatch.setattr(threading, "active_count", lambda: count() - others)
    files, frozen, children = _open_files(), gc.get_freeze_count(), _children()
    yield
    assert _children() == children
    assert _open_files() == files
    assert gc.get_freeze_count() == frozen


def _children() -> set[str]:
    """The processes that this one has started, also those that have ended and wait for a word."""
    tasks = Path("/proc/self/task").glob("*/children")  # nothing on systems without it
    return {child for task in tasks for child in task.read_text().split()}


def _open_files() -> int:
    return len(os.listdir("/dev/fd"))  # noqa: PTH208


def _double(number: int) -> bytes:
    return b"%d" % (2 * number)


def _pid(_: int) -> bytes:
    time.sleep(0.02)
    return b"%d" % os.getpid()


@pytest.mark.parametrize("jobs", [0, 1, 2, 3, 7])
@pytest.mark.parametrize("count", [0, 1, 2, 50, 5000])
def test_results_come_in_the_order_of_the_parts(jobs: int, count: int) -> None:
    """However many processes do them; 5,000 are more than there are tokens."""
    assert list(spread(_double, range(count), jobs)) == [_double(n) for n in range(count)]


def test_all_processes_work() -> None:
    """The parent does its part, and so does each process that it forks."""
    pids = {int(pid) for pid in spread(_pid, range(30), 3)}
    assert PARENT in pids
    assert len(pids) == 3


def test_parts_may_take_different_times() -> None:
    """A slow part holds up nobody, and what is made meanwhile waits for it."""

    def work(number: int) -> bytes:
        time.sleep(0.1 if number % 10 == 0 else 0.001)
        return bytes([number])

    assert b"".join(spread(work, range(40), 4)) == bytes(range(40))


def test_results_may_be_larger_than_a_pipe() -> None:
    """Nobody waits for the other when both have much to say."""
    made = spread(lambda n: bytes([n]) * 3_000_000, range(12), 3)
    assert all(len(result) == 3_000_000 and result[0] == n for n, result in enumerate(made))


def test_what_the_parent_holds_needs_no_handing_over() -> None:
    """A process sees all values of its parent, also those that nothing could write down."""
    held = [partial(_double, number) for number in range(3)]

    def work(make: Callable[[], bytes]) -> bytes:
        return make()

    assert list(spread(work, held, 2)) == [b"0", b"2", b"4"]


def _in_a_child(act: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """Work that the parent leaves to the others."""

    def work(number: int) -> bytes:
        if os.getpid() == PARENT:
            time.sleep(0.2)
            return b""
        return act(number)

    return work


class OddError(Exception):
    """Takes other arguments than it keeps."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def _raise(fault: Exception) -> bytes:
    raise fault


@pytest.mark.parametrize(
    ("fault", "kind", "text"),
    [
        (ValueError("no such number"), ValueError, "no such number"),
        (FileNotFoundError(2, "Not there", "a.md"), FileNotFoundError, "a.md"),
        (PermissionError(13, "Refused", Path("b.md")), PermissionError, "b.md"),
        (UnicodeError("\ud800"), UnicodeError, "\ud800"),
        (OddError(1, 2), WorkError, "OddError: 1 and 2"),
        (ValueError(["a list"]), WorkError, "a list"),
    ],
)
def test_an_exception_is_raised_as_what_it_was(
    fault: Exception, kind: type[Exception], text: str
) -> None:
    """With the traceback of the process that it comes from."""
    with pytest.raises(kind) as raised:
        list(spread(_in_a_child(lambda _: _raise(fault)), range(6), 2))
    assert text in str(raised.value)
    assert "In another process:" in raised.value.__notes__[0]
    assert "in _raise" in raised.value.__notes__[0]
    if isinstance(fault, OSError):
        assert isinstance(raised.value, OSError)
        assert (raised.value.errno, raised.value.strerror) == (fault.errno, fault.strerror)


def test_the_first_exception_in_order_is_raised() -> None:
    """Whoever is first in time, and after the results before it."""

    def work(number: int) -> bytes:
        if number == 3:
            time.sleep(0.1)
        if number >= 3:
            raise ValueError(number)
        return b"%d" % number

    for jobs in (1, 2, 4):
        made = spread(work, range(20), jobs)
        assert [next(made) for _ in range(3)] == [b"0", b"1", b"2"]
        with pytest.raises(ValueError, match="3") as raised:
            next(made)
        assert raised.value.args == (3,)


def test_a_fault_whose_module_is_not_here_has_a_stand_in() -> None:
    """A type that another process alone has imported."""
    kind = type("LostError", (Exception,), {"__module__": "not_here"})
    fault = unpacked_fault(packed_fault(kind("gone")))
    assert type(fault) is WorkError
    assert str(fault) == "LostError: gone"


def test_a_killed_process_is_noticed() -> None:
    """Its work is not waited for."""

    def work(_: int) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b""

    with pytest.raises(LostWorkerError, match="signal 9"):
        list(spread(_in_a_child(work), range(6), 3))


def test_results_that_nobody_wants_end_the_work() -> None:
    """Closing the iterator ends the processes at once, in the middle of a part."""

    def work(number: int) -> bytes:
        time.sleep(30 if number and os.getpid() != PARENT else 0)
        return b"%d" % number

    begin = time.monotonic()
    made = spread(work, range(100), 4)
    assert next(made) == b"0"
    assert isinstance(made, Generator)
    made.close()
    assert time.monotonic() - begin < 20


def test_with_other_threads_everything_is_done_here() -> None:
    """A fork would copy locks that those hold."""
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert {int(pid) for pid in spread(_pid, range(10), 4)} == {PARENT}
    finally:
        over.set()
        thread.join()


def test_fewer_processes_than_wanted_do_it_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may refuse to fork."""

    def refuse() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse)
    assert list(spread(_double, range(5), 3)) == [_double(n) for n in range(5)]


def test_how_many_jobs_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """One for each processor, so many as asked for, one where a fork is not safe."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(3)), raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert (jobs_for(None), jobs_for(5), jobs_for(0)) == (3, 5, 1)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert (jobs_for(None), jobs_for(5)) == (1, 5)
    monkeypatch.delattr(os, "fork")
    assert (jobs_for(None), jobs_for(5)) == (1, 1)


# Who is started in the background by a shell is deaf to SIGINT, and so are the processes it starts.
_SCRIPT = """
import atexit, os, signal, sys, time
from pathlib import Path
from newsstand.build.parallel import spread
signal.signal(signal.SIGINT, signal.default_int_handler)
print("once")
atexit.register(print, "at the end")
folder = Path(sys.argv[1])
def work(number):
    if os.getpid() != parent:
        folder.joinpath(str(os.getpid())).touch()
    print("by the way" * (os.getpid() != parent), end="")
    time.sleep(float(sys.argv[2]))
    return b"x"
parent = os.getpid()
print(len(list(spread(work, range(6), 3))))
"""


def _start(folder: Path, seconds: float) -> subprocess.Popen[str]:
    buffered = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    return subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, str(folder), str(seconds)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=ROOT,
        start_new_session=True, env=buffered,
    )  # fmt: skip


def _wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise TimeoutError


def _run_still(pids: Sequence[int]) -> bool:
    states = subprocess.run(
        ["ps", "-o", "stat=", "-p", ",".join(map(str, pids))],
        capture_output=True, check=False, encoding="utf-8",
    ).stdout.split()  # fmt: skip
    return any(not state.startswith("Z") for state in states)


def test_a_process_runs_no_handlers_and_writes_no_buffers(tmp_path: Path) -> None:
    """What the parent has said and not yet written is written once."""
    said, faults = _start(tmp_path, 0.01).communicate(timeout=60)
    assert said.split("\n") == ["once", "6", "at the end", ""]
    assert faults == ""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_processes_end_with_their_parent(tmp_path: Path, sign: signal.Signals) -> None:
    """Also when it is killed; an interrupt from the keyboard, which all get, is told once."""
    parent = _start(tmp_path, 0.5)
    _wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
    if sign == signal.SIGINT:
        os.killpg(parent.pid, sign)
    else:
        parent.send_signal(sign)
    _, faults = parent.communicate(timeout=60)
    assert parent.returncode == -sign
    assert faults.count("KeyboardInterrupt") == (sign == signal.SIGINT)
    _wait_for(lambda: not _run_still([int(path.name) for path in tmp_path.iterdir()]))


@pytest.mark.parametrize("count", [0, 1, 7, 50, 399, 1000])
@pytest.mark.parametrize("jobs", [1, 2, 3, 8])
def test_parts_are_the_list_in_order(count: int, jobs: int) -> None:
    """Each item once; a large part for each process where there is enough, then small ones."""
    items = range(count)
    parts = shared_out(items, jobs, 10)
    assert [item for part in parts for item in part] == list(items)
    assert all(parts)
    assert all(len(part) <= 10 for part in parts[jobs:])
    if jobs > 1 and count >= 40 * jobs:
        assert len({len(part) for part in parts[:jobs]}) == 1
        assert len(parts[0]) > 10


def _joined(part: Sequence[str]) -> bytes:
    return " ".join(part).encode()


def test_work_on_a_list_is_shared_in_parts() -> None:
    """Each part with what came of it, in order; one process needs none of this."""
    assert share_of(1) is None
    share = share_of(3, least=7)
    assert share is not None
    items = [f"file-{number}" for number in range(100)]
    made = list(share(_joined, items))
    assert [item for part, _ in made for item in part] == items
    assert all(_joined(part) == result for part, result in made)
    assert len(made) > 3
