"""What builds remember of a site, in two files: everything, and what has changed since.

To write all that is known of 100,000 records after each saved title would take longer than to find
out what to do. So only what is new is written, until it is much; then everything is again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from itertools import compress
from operator import eq, is_, not_
from typing import TypeVar

from msgspec import Struct, structs

from newsstand.build.cache import Cache
from newsstand.build.state import Known

WHOLE = "newsstand.cache"
CHANGES = "newsstand.changes"
_PART = 8  # of everything that is known: when one part has changed, everything is written
_LEAST = 200  # files, stories and pages: with fewer there is nothing to be saved
V = TypeVar("V")


class _Whole(Struct, frozen=True, array_like=True):
    """Everything, and a name that no other file has."""

    name: bytes
    known: Known


class _Changes(Struct, frozen=True, array_like=True):
    """What has changed since the file of this name was written.

    `known` has everything as it is now, but of files, stories and pages only those that are others;
    of the others' places only those that have changed are given.
    """

    since: bytes
    known: Known
    files_gone: tuple[str, ...]
    pages_gone: tuple[str, ...]
    stories: tuple[str, ...] | None  # ids of all in order
    paths: tuple[str, ...] | None  # of all records in order


class Ledger:
    """Reads and writes what is remembered in a cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._whole: _Whole | None = None

    def read(self) -> tuple[Known | None, str]:
        """What is remembered, and why it is nothing where there is a file."""
        whole, note = self._cache.read(WHOLE, _Whole)
        self._whole = whole
        if whole is None:
            return None, note
        changes, _ = self._cache.read(CHANGES, _Changes)
        if changes is None or changes.since != whole.name:
            return whole.known, ""  # of an earlier build: each of its files has to prove itself
        return _applied(whole.known, changes), ""

    def write(self, known: Known) -> None:
        """Remember for the next build. Raises OSError."""
        changes = _changes(self._whole, known) if self._whole else None
        if changes is not None:
            self._cache.write(CHANGES, changes)
            return
        self._whole = _Whole(os.urandom(8), known)
        self._cache.write(WHOLE, self._whole)
        self._cache.forget(CHANGES)


def _changes(whole: _Whole, now: Known) -> _Changes | None:
    """What is not what it was, by identity; None if that is much, or there is little to save."""
    then = whole.known
    files, files_gone = others(then.files.files, now.files.files, is_)
    pages, pages_gone = others(then.pages, now.pages, is_)
    before = {story.id: story for story in then.stories}
    stories = tuple([story for story in now.stories if before.get(story.id) is not story])
    count = len(files) + len(files_gone) + len(pages) + len(pages_gone) + len(stories)
    known = len(now.files.files) + len(now.pages) + len(now.stories)
    if count * _PART > known or known < _LEAST:
        return None
    ids, paths = tuple([story.id for story in now.stories]), now.rows.paths
    return _Changes(
        since=whole.name,
        known=structs.replace(
            now,
            files=structs.replace(now.files, files=files),
            stories=stories,
            rows=structs.replace(now.rows, paths=()),
            pages=pages,
        ),
        files_gone=files_gone,
        pages_gone=pages_gone,
        stories=None if ids == tuple(before) else ids,
        paths=None if paths == then.rows.paths else paths,
    )


def others(
    then: Mapping[str, V], now: Mapping[str, V], is_same: Callable[[object, object], bool]
) -> tuple[dict[str, V], tuple[str, ...]]:
    """Values that are not those of then, and the keys that are gone."""
    in_order = len(then) == len(now) and all(map(eq, then, now))
    before = then.values() if in_order else map(then.get, now)
    same = map(is_same, before, now.values())
    other = {key: now[key] for key in compress(now, map(not_, same))}
    come = len(other.keys() - then.keys())
    gone = then.keys() - now.keys() if len(then) + come > len(now) else set[str]()
    return other, tuple(sorted(gone))


def _applied(then: Known, changes: _Changes) -> Known:
    now = changes.known
    files = _merged(then.files.files, now.files.files, changes.files_gone)
    pages = _merged(then.pages, now.pages, changes.pages_gone)
    stories = {story.id: story for story in (*then.stories, *now.stories)}
    order = [story.id for story in then.stories] if changes.stories is None else changes.stories
    paths = then.rows.paths if changes.paths is None else changes.paths
    return structs.replace(
        now,
        files=structs.replace(now.files, files=files),
        stories=tuple([stories[one] for one in order if one in stories]),
        rows=structs.replace(now.rows, paths=paths),
        pages=pages,
    )


def _merged(then: Mapping[str, V], other: Mapping[str, V], gone: tuple[str, ...]) -> dict[str, V]:
    found = {**then, **other}
    for key in gone:
        found.pop(key, None)
    return found
