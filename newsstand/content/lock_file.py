"""The file of story ids beside the records: read before relating, written after publishing."""

from __future__ import annotations

import os
from pathlib import Path

LOCK_FILE = "stories.lock"


def lock_at(content: Path) -> str:
    """The text of a site's lock file, "" where there is none to be read."""
    try:
        return (content / LOCK_FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def write_lock(content: Path, text: str) -> None:
    """Write it, if it says something else; at any moment it is there in whole. Raises OSError."""
    if lock_at(content) != text:
        beside = content / f".{LOCK_FILE}.new"
        beside.write_text(text, encoding="utf-8", newline="\n")
        os.replace(beside, content / LOCK_FILE)  # noqa: PTH105  (at once, as is said)
