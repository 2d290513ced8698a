"""The file of story ids beside the records: read before relating, written after publishing."""

from __future__ import annotations

import os
from pathlib import Path

LOCK_FILE = "stories.lock"


def lock_at(content: Path) -> str:
    """The text of a site's lock file, "" where there is none to be read."""
    file = content / LOCK_FILE
    try:
        # A pipe of that name would be read for ever.
        return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    except OSError:
        return ""


def write_lock(content: Path, text: str) -> None:
    """Write it, if it says something else; at any moment it is there in whole. Raises OSError."""
    if lock_at(content) != text:
        beside = content / f".{LOCK_FILE}.new"
        beside.unlink(missing_ok=True)
        with beside.open("x", encoding="utf-8", newline="\n") as file:  # no link is followed
            file.write(text)
        os.replace(beside, content / LOCK_FILE)  # noqa: PTH105  (at once, as is said)
