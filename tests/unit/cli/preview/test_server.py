"""What a preview answers: to whom, and which part of a file."""

from __future__ import annotations

import re

import pytest

from newsstand.cli.preview.server import own_names, part_of


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", None),
        ("bytes=0-9", range(10)),
        ("bytes=90-", range(90, 100)),
        ("bytes=-5", range(95, 100)),
        ("bytes=-500", range(100)),
        ("bytes=50-5000", range(50, 100)),
        ("bytes=100-", range(0)),
        ("bytes=9-3", range(0)),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("lines=1-2", None),
    ],
)
def test_a_part_of_a_file(asked: str, found: range | None) -> None:
    """RFC 9110, 14.1.2: first and last byte, or the last so many; else the whole."""
    assert part_of(asked, 100) == found


@pytest.mark.parametrize(
    ("host", "name", "is_own"),
    [
        ("127.0.0.1", "localhost", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "stranger.example", False),
        ("127.0.0.1", "127x0.0.1", False),
        ("devbox.local", "devbox.local", True),
        ("devbox.local", "devboxxlocal", False),
        ("0.0.0.0", "anything.example", True),
    ],
)
def test_who_may_ask(host: str, name: str, is_own: bool) -> None:
    """This machine by its own names, and by the one that --host gives."""
    assert (re.fullmatch(own_names(host), name) is not None) == is_own
