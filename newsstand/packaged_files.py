"""Where the program's own files are: in the repository beside the package, in a wheel inside it."""

from __future__ import annotations

from pathlib import Path

PROGRAM = Path(__file__).resolve().parent
"""The folder of the package; nothing may ever be written to it."""


def _own(name: str) -> Path:
    installed = PROGRAM / name
    return installed if installed.is_dir() else PROGRAM.parent / name


TEMPLATES = _own("templates")
STATIC = _own("static")
NEW_SITE = PROGRAM / "cli" / "new_site"
"""The files that ``init`` writes."""
