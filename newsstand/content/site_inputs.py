"""Where everything is that a site is made from, and what tells that none of it has changed."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from newsstand.content.disk_reading import Listing, list_files
from newsstand.content.file_kinds import FETCH_STATE_FILE
from newsstand.content.file_stamps import Stamp, stamp_of
from newsstand.content.lock_file import LOCK_FILE, lock_at
from newsstand.problems import Problem, Severity, quoted

FILTERS_FILE = "filters.py"
SETTINGS_FILE = "site.yml"
_NOT_READ = "site.yaml"


class Folders(Struct, frozen=True):
    """Where everything is. Of templates and static files, later folders override earlier ones."""

    content: Path
    config: Path | None
    templates: tuple[Path, ...]
    static: tuple[Path, ...]


class Seen(Struct, frozen=True):
    """The files of a site as they were found, before any was read: the content, and the others.

    The file of story ids, which builds themselves write, is told by its text.
    """

    content: Listing
    others: dict[str, Stamp]
    lock: str = ""


def unread_settings(folders: Folders) -> list[Problem]:
    """A warning if there is a file that looks like the settings and is called otherwise."""
    if not _unread(folders):
        return []
    message = f"{quoted(_NOT_READ)} is not read: settings are in {SETTINGS_FILE}"
    hint = f"rename it to {SETTINGS_FILE}"
    return [Problem(_NOT_READ, 1, 1, Severity.WARNING, "file-unread", message, hint)]


def _unread(folders: Folders) -> list[Path]:
    config = folders.config
    if config is not None and config.name != SETTINGS_FILE:  # named in the call
        return []
    file = (config.parent if config else folders.content.parent) / _NOT_READ
    return [file] if file.is_file() else []


def look(folders: Folders) -> Seen:
    """Look at all files that a site is made from."""
    others: dict[str, Stamp] = {}
    for kind, places in (("templates", folders.templates), ("static", folders.static)):
        for number, place in enumerate(places):
            own_stamps = list_files(place).stamps
            others.update({f"{kind}/{number}/{path}": stamp for path, stamp in own_stamps.items()})
    config = folders.config
    beside = folders.content.parent / FETCH_STATE_FILE
    for file in (
        beside,
        *_unread(folders),
        *((config, config.parent / FILTERS_FILE) if config else ()),
    ):
        if file.is_file():
            others[f"settings/{file.name}"] = stamp_of(file.stat())
    listed = list_files(folders.content)
    paths = tuple([path for path in listed.paths if path != LOCK_FILE])
    content = replace(listed, paths=paths, stamps={path: listed.stamps[path] for path in paths})
    return Seen(content, others, lock_at(folders.content))
