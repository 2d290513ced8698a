"""What is remembered is believed only as it was written; anything else counts as nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsstand.build.sqlite_store import FILE, TABLES, Change, Damaged, Store

VERSION = b"version1"
ROWS = {f"news/{n}.md": bytes([n]) * 30 for n in range(5)}
Rows = dict[str, dict[str, bytes]]


def all_of(store: Store) -> Rows:
    """Everything that a store remembers. Raises Damaged."""
    return {table: store.read(table) for table in TABLES}


def rows(**tables: dict[str, bytes]) -> Rows:
    """All tables, those that are not named without a row."""
    return {table: tables.get(table, {}) for table in TABLES}


def remember(store: Store, now: Rows) -> None:
    """Write everything."""
    store.write({table: Change(found) for table, found in now.items()}, lambda: now)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a store that remembers `ROWS`."""
    remember(Store(tmp_path / ".cache", VERSION), rows(files=ROWS, facts={"facts": b"x"}))
    return tmp_path / ".cache"


def read_again(folder: Path) -> Rows:
    """What another process finds. Raises Damaged."""
    return all_of(Store(folder, VERSION))


def test_what_was_written_is_read(folder: Path) -> None:
    """All rows, and single facts."""
    store = Store(folder, VERSION)
    assert all_of(store) == rows(files=ROWS, facts={"facts": b"x"})
    assert store.fact("facts") == b"x"
    assert store.fact("another") == b""


def test_nothing_is_known_at_first(tmp_path: Path) -> None:
    """Without a file, or a folder, there is nothing, and nothing is wrong."""
    assert read_again(tmp_path / "none") == rows()
    nowhere = Store(None, VERSION)
    remember(nowhere, rows(files=ROWS))
    assert all_of(nowhere) == rows()
    assert nowhere.fact("facts") == b""


_VALUES = st.dictionaries(st.sampled_from("abcdef"), st.binary(max_size=3), max_size=6)


@settings(max_examples=60)
@given(builds=st.lists(_VALUES, min_size=1, max_size=5), again=st.booleans())
def test_what_was_written_last_is_read(
    tmp_path_factory: pytest.TempPathFactory, builds: list[dict[str, bytes]], again: bool
) -> None:
    """After any changes, by one process or by many."""
    folder = tmp_path_factory.mktemp("store")
    store, before = Store(folder, VERSION), dict[str, bytes]()
    for now in builds:
        put = {key: value for key, value in now.items() if before.get(key) != value}
        change = Change(put, before.keys() - now.keys())
        store.write({"files": change}, lambda now=now: rows(files=now))  # type: ignore[misc]
        assert read_again(folder) == rows(files=now)
        if again:
            store = Store(folder, VERSION)
            store.read("files")
        before = now


def test_what_somebody_wrote_in_between_is_replaced(folder: Path) -> None:
    """Changes to what it is no more say nothing: everything is written."""
    one, other = Store(folder, VERSION), Store(folder, VERSION)
    one.read("files")
    other.read("files")
    other.write({"files": Change({"news/9.md": b"9"}, ROWS)}, dict)
    assert read_again(folder) == rows(files={"news/9.md": b"9"}, facts={"facts": b"x"})
    one.write({"files": Change({"news/8.md": b"8"})}, lambda: rows(files={"news/8.md": b"8"}))
    assert read_again(folder) == rows(files={"news/8.md": b"8"})


def test_a_file_with_any_byte_spoilt_is_true_or_none(folder: Path) -> None:
    """Whichever it is: what is read is what was written, or nothing at all."""
    file = folder / FILE
    whole, known = file.read_bytes(), read_again(folder)
    refused = list[str]()
    for place in [n for n, byte in enumerate(whole) if byte or n % 97 == 0]:
        spoilt = bytearray(whole)
        spoilt[place] ^= (1, 0x80, 0xFF)[place % 3]
        file.write_bytes(spoilt)
        try:
            assert read_again(folder) == known, place
        except Damaged as damaged:
            refused.append(str(damaged))
    assert len(refused) > sum(map(len, ROWS.values()))
    assert all(said.endswith("all is built anew") for said in refused)


def test_what_was_damaged_is_written_whole(folder: Path) -> None:
    """Nothing of it is left behind, though all that is remembered seems to be new."""
    file = folder / FILE
    file.write_bytes(file.read_bytes().replace(ROWS["news/3.md"], b"\xff" * 30))
    store = Store(folder, VERSION)
    with pytest.raises(Damaged):
        store.read("files")
    assert store.fact("facts") == b"x"
    now = rows(files={"news/0.md": b"new"})
    store.write({"files": Change(now["files"])}, lambda: now)
    assert read_again(folder) == now


def test_what_its_reader_doubts_is_written_whole(folder: Path) -> None:
    """Rows that prove themselves may still be of another shape."""
    store = Store(folder, VERSION)
    store.read("files")
    store.doubt()
    now = rows(files={"news/0.md": b"new"})
    store.write({"files": Change(now["files"])}, lambda: now)
    assert read_again(folder) == now


@pytest.mark.parametrize("length", [0, 1, 50, 100, 4096, 5000, 12288])
def test_a_file_that_is_cut_off_is_none(folder: Path, length: int) -> None:
    """At any length; the next build writes it whole."""
    file = folder / FILE
    whole = file.read_bytes()
    assert len(whole) > length
    file.write_bytes(whole[:length])
    with pytest.raises(Damaged):
        read_again(folder)
    remember(Store(folder, VERSION), rows(files=ROWS))
    assert read_again(folder) == rows(files=ROWS)


def test_a_row_that_is_gone_is_missed(folder: Path) -> None:
    """As where the program that spoilt it left a sound database."""
    with closing(sqlite3.connect(folder / FILE)) as file, file:
        file.execute("DELETE FROM files WHERE key = 'news/3.md'")
    with pytest.raises(Damaged):
        read_again(folder)


def test_what_another_version_wrote_is_none(folder: Path) -> None:
    """It is said why; writing makes it that of this version."""
    other = Store(folder, b"version2")
    with pytest.raises(Damaged, match="the program has changed; all is built anew"):
        other.read("files")
    other.write({"files": Change({"a": b"1"})}, lambda: rows(files={"a": b"1"}))
    assert all_of(Store(folder, b"version2")) == rows(files={"a": b"1"})
    with pytest.raises(Damaged):
        read_again(folder)


@pytest.mark.parametrize("text", ["my shopping list", "x" * 9000])
def test_somebody_elses_file_is_none(folder: Path, text: str) -> None:
    """What does not begin as it should is not looked into."""
    (folder / FILE).write_text(text)
    with pytest.raises(Damaged, match="none of this program"):
        read_again(folder)


def test_what_cannot_be_read_is_none(folder: Path) -> None:
    """A folder in its place, or a file in that of its folder; neither is taken away."""
    (folder / FILE).unlink()
    (folder / FILE).mkdir()
    with pytest.raises(Damaged, match="the cache cannot be read: Is a directory"):
        read_again(folder)
    with pytest.raises(OSError, match="unable to open"):
        remember(Store(folder, VERSION), rows())
    (folder / "file").write_text("mine")
    with pytest.raises(Damaged, match="the cache cannot be read"):
        read_again(folder / "file")
    with pytest.raises(OSError, match="exists"):
        remember(Store(folder / "file", VERSION), rows())
    assert (folder / "file").read_text() == "mine"


def test_a_folder_that_cannot_be_written_leaves_what_was_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database says that it cannot be written as a disk does."""

    def refuse(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    store = Store(folder, VERSION)
    known = all_of(store)
    with monkeypatch.context() as patch:
        patch.setattr("newsstand.build.sqlite_store._change", refuse)
        with pytest.raises(OSError, match="readonly"):
            store.write({"files": Change({"a": b"1"})}, rows)
    assert read_again(folder) == known


def test_who_is_killed_while_it_writes_leaves_what_was_there(folder: Path) -> None:
    """At any step; nothing is damaged, and the next one writes as if nothing had been."""
    known = read_again(folder)
    for step in range(1, 40):
        child = os.fork()
        if child == 0:
            _write_until_killed(folder, step)
        os.waitpid(child, 0)
        found = read_again(folder)
        assert set(found["files"]) in (set(known["files"]), set(_MANY)), step
    store = Store(folder, VERSION)
    store.read("files")
    remember(store, rows(files={"a": b"1"}))
    assert read_again(folder)["files"].keys() >= {"a"}


_MANY = {f"key {n}": bytes(3000) for n in range(200)}


def _write_until_killed(folder: Path, step: int) -> None:
    """Write changes of many pages with hardly any memory for them, and be killed on the way."""
    from newsstand.build import sqlite_store as module

    change_rows = module._change

    def rows_then_death(file: sqlite3.Connection, table: str, change: Change) -> None:
        file.execute("PRAGMA cache_size = 1")
        file.execute(f"DELETE FROM {table}")
        for number, (key, value) in enumerate(change.put.items()):
            change_rows(file, table, Change({key: value}))
            if number >= 5 * step:
                os.kill(os.getpid(), signal.SIGKILL)

    module._change = rows_then_death
    store = Store(folder, VERSION)
    store.read("files")
    store.write({"files": Change(_MANY)}, rows)
    os._exit(0)


@pytest.mark.parametrize("is_there", [True, False])
def test_no_link_in_its_place_is_followed(tmp_path: Path, folder: Path, is_there: bool) -> None:
    """A link that came with somebody's repository leads to what is not ours."""
    outside = tmp_path / "outside"
    if is_there:
        (folder / FILE).rename(outside)
    before = outside.read_bytes() if is_there else None
    (folder / FILE).unlink(missing_ok=True)
    (folder / FILE).symlink_to(outside)
    store = Store(folder, VERSION)
    with pytest.raises(Damaged):
        store.read("files")
    remember(store, rows(files=ROWS))
    assert (outside.read_bytes() if outside.exists() else None) == before
    assert read_again(folder) == rows(files=ROWS)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_in_its_place_is_not_waited_for(folder: Path) -> None:
    """It gives way to a file."""
    (folder / FILE).unlink()
    os.mkfifo(folder / FILE)
    store = Store(folder, VERSION)
    with pytest.raises(Damaged):
        store.fact("facts")
    remember(store, rows(files=ROWS))
    assert read_again(folder) == rows(files=ROWS)
