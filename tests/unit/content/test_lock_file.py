"""The file of story ids on the disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsstand.content.lock_file import LOCK_FILE, lock_at, write_lock


def test_no_link_is_followed_when_it_is_written(tmp_path: Path) -> None:
    """Links that lie in a repository lead out of it."""
    content, outside = tmp_path / "content", tmp_path / "outside"
    content.mkdir()
    outside.write_text("mine")
    for name in (LOCK_FILE, f".{LOCK_FILE}.part"):
        (content / name).symlink_to(outside)
    write_lock(content, "a\n")
    assert (outside.read_text(), lock_at(content)) == ("mine", "a\n")
    assert [path.name for path in content.iterdir()] == [LOCK_FILE]


def test_a_mark_of_the_encoding_is_no_part_of_an_id(tmp_path: Path) -> None:
    """Some editors of Windows begin files with one."""
    (tmp_path / LOCK_FILE).write_text("\ufeffa redirect\nb\n", encoding="utf-8")
    assert lock_at(tmp_path) == "a redirect\nb\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    """Nobody writes into it."""
    os.mkfifo(tmp_path / LOCK_FILE)
    assert lock_at(tmp_path) == ""
    os.mkfifo(tmp_path / f".{LOCK_FILE}.part")
    write_lock(tmp_path, "a\n")
    assert lock_at(tmp_path) == "a\n"
