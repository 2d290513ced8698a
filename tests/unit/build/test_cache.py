"""What is remembered is believed only as it was written; anything else counts as nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec import Struct
from newsstand.build.cache import Cache

VERSION, NAME = b"version1", "some.cache"


class Value(Struct, frozen=True, array_like=True):
    """Something to remember."""

    words: tuple[str, ...]
    number: int


VALUE = Value(("harbour", "bridge"), 7)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """One that remembers `VALUE`."""
    cache = Cache(tmp_path / "deep" / ".cache", VERSION)
    cache.write(NAME, VALUE)
    return cache


def _file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / ".cache" / NAME


def test_what_was_written_is_read(cache: Cache) -> None:
    """Equal to what it was, and without a word."""
    assert cache.read(NAME, Value) == (VALUE, "")


def test_nothing_is_known_at_first(tmp_path: Path) -> None:
    """Without a file, or a folder, there is nothing and no reason to say why."""
    assert Cache(tmp_path / "none", VERSION).read(NAME, Value) == (None, "")
    nowhere = Cache(None, VERSION)
    nowhere.write(NAME, VALUE)
    nowhere.forget(NAME)
    assert nowhere.read(NAME, Value) == (None, "")


def test_what_is_forgotten_is_gone(cache: Cache) -> None:
    """And may be forgotten twice."""
    cache.forget(NAME)
    cache.forget(NAME)
    assert cache.read(NAME, Value) == (None, "")


def test_a_file_with_any_byte_spoilt_is_none(cache: Cache, tmp_path: Path) -> None:
    """Whichever it is: a note says why, and nothing of it is believed."""
    file = _file(tmp_path)
    whole = file.read_bytes()
    for place in range(len(whole)):
        for flip in (1, 0x80, 0xFF):
            spoilt = bytearray(whole)
            spoilt[place] ^= flip
            file.write_bytes(spoilt)
            value, note = cache.read(NAME, Value)
            assert value is None, (place, flip)
            assert note.endswith("all is built anew"), (place, flip)


def test_a_file_that_is_cut_off_or_goes_on_is_none(cache: Cache, tmp_path: Path) -> None:
    """At any length."""
    file = _file(tmp_path)
    whole = file.read_bytes()
    for data in (*(whole[:length] for length in range(len(whole))), whole + b"\0"):
        file.write_bytes(data)
        value, note = cache.read(NAME, Value)
        assert value is None
        assert note


def test_what_another_version_wrote_is_none(cache: Cache, tmp_path: Path) -> None:
    """Neither another program nor another shape of what is remembered is guessed at."""
    other = Cache(tmp_path / "deep" / ".cache", b"version2")
    assert other.read(NAME, Value) == (None, "the program has changed; all is built anew")
    cache.write(NAME, ("neither", "of", "them"))
    assert cache.read(NAME, Value) == (None, "the cache is damaged; all is built anew")


def test_somebody_elses_file_is_none(cache: Cache, tmp_path: Path) -> None:
    """What does not begin as it should is not looked into."""
    _file(tmp_path).write_text("my shopping list")
    value, note = cache.read(NAME, Value)
    assert value is None
    assert "none of this program" in note


def test_what_cannot_be_read_is_none(cache: Cache, tmp_path: Path) -> None:
    """A folder in its place, or a file in that of its folder."""
    _file(tmp_path).unlink()
    _file(tmp_path).mkdir()
    value, note = cache.read(NAME, Value)
    assert (value, note) == (None, "the cache cannot be read: Is a directory")
    (tmp_path / "file").write_text("")
    assert Cache(tmp_path / "file", VERSION).read(NAME, Value)[1] != ""


def test_what_cannot_be_written_leaves_what_was_there(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file changes as a whole, and nothing lies beside it."""

    def refuse(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        cache.write(NAME, Value((), 1))
    assert cache.read(NAME, Value) == (VALUE, "")
    assert [path.name for path in _file(tmp_path).parent.iterdir()] == [NAME]


def test_what_a_killed_build_left_is_swept_away(cache: Cache, tmp_path: Path) -> None:
    """After an hour; before that it may be of a build that is still writing."""
    folder = _file(tmp_path).parent
    for process in ("1", "2"):
        (folder / f"{NAME}.{process}").write_bytes(b"half")
    os.utime(folder / f"{NAME}.1", (0, 0))
    cache.write(NAME, VALUE)
    assert {path.name for path in folder.iterdir()} == {NAME, f"{NAME}.2"}
    assert cache.read(NAME, Value) == (VALUE, "")
