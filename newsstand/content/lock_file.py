"""The file of story ids beside the records: read before relating, written after publishing."""

from __future__ import annotations

from pathlib import Path

from newsstand.content.disk_writing import write_whole

LOCK_FILE = "stories.lock"


def lock_at(content: Path) -> str:
    """The text of a site's lock file, "" where there is none to be read."""
    file = content / LOCK_FILE
    try:
        # A pipe of that name would be read for ever. Some editors write a mark of the encoding.
        return file.read_text(encoding="utf-8-sig", errors="replace") if file.is_file() else ""
    except OSError:
        return ""


def write_lock(content: Path, text: str) -> None:
    """Write it, if it says something else. Raises OSError."""
    if lock_at(content) != text:
        write_whole(content / LOCK_FILE, text.encode(), through_link=False)
