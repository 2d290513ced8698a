"""What another process finds out while this one reads what it remembers.

It looks at the files that a site is made from and at those of the site, and tells only what is
other than it was when the site was published; then it compiles the templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder

from newsstand.crew import Ahead, ahead
from newsstand.files import Listing
from newsstand.folders import FILTERS_FILE, Folders, Seen, look
from newsstand.output import FileStamp, Output
from newsstand.problems import Problem
from newsstand.stamps import Stamp
from newsstand.standing import Standing

_SOURCES, _SITE, _TEMPLATES = range(3)


class _Sources(Struct, frozen=True, array_like=True):
    """Files of the content that are new or changed, and those that are gone; all the others."""

    content: dict[str, Stamp]
    gone: tuple[str, ...]
    problems: tuple[Problem, ...]
    others: dict[str, Stamp]


class _Site(Struct, frozen=True, array_like=True):
    """Files of the site that are not what they were; those that no other folder holds."""

    other: dict[str, FileStamp | None]
    single: tuple[str, ...]


class Scout:
    """Knows how files are; `is_apart` says that another process finds it out."""

    def __init__(self, folders: Folders, output: Output, standing: Standing | None) -> None:
        self.is_apart = False
        self._folders = folders
        self._output = output
        self._standing = standing
        self._ahead: Ahead[int] | None = None
        self._has_seen_site = False

    @contextmanager
    def sent(self, jobs: int) -> Iterator[Scout]:
        """Let it go ahead, if it is known how the files were and there may be two processes."""
        if self._standing is None:
            yield self
            return
        parts = (_SOURCES, _SITE, _TEMPLATES)
        with ahead(self._found, parts, jobs) as self._ahead:
            self.is_apart = self._ahead.is_apart
            yield self

    def sources(self) -> Seen:
        """All files that the site is made from."""
        standing = self._standing
        if standing is None or self._ahead is None or not self.is_apart:
            return look(self._folders)
        found = Decoder(_Sources).decode(self._ahead.result(_SOURCES))
        stamps = {**standing.content, **found.content}
        for path in found.gone:
            del stamps[path]
        return Seen(Listing(tuple(sorted(stamps)), found.problems, stamps), found.others)

    def look_at_site(self) -> None:
        """Let the output know its files."""
        if self._standing is None or self._ahead is None or not self.is_apart:
            return
        if not self._has_seen_site:
            found = Decoder(_Site).decode(self._ahead.result(_SITE))
            self._output.trust(self._standing.files, found.other, found.single)
            self._has_seen_site = True

    def compile(self) -> None:
        """Take over the templates that were compiled."""
        if self.is_apart and self._ahead and not self._has_filters():
            from newsstand.render import take_compiled

            take_compiled(self._ahead.result(_TEMPLATES))

    def _has_filters(self) -> bool:
        """Whether templates have to be compiled with the site's own filters."""
        config = self._folders.config
        return config is not None and (config.parent / FILTERS_FILE).is_file()

    def _found(self, part: int) -> bytes:
        """What the other process does."""
        if part == _SOURCES:
            return Encoder().encode(self._other_sources())
        if part == _SITE:
            return Encoder().encode(self._other_site())
        if self._has_filters():
            return b""
        from newsstand.render import compiled

        return compiled(tuple(reversed(self._folders.templates)))

    def _other_sources(self) -> _Sources:
        seen, then = look(self._folders), self._standing.content if self._standing else {}
        stamps = seen.content.stamps
        other = {path: stamp for path, stamp in stamps.items() if then.get(path) != stamp}
        come = len(other.keys() - then.keys())
        gone = sorted(then.keys() - stamps.keys()) if len(then) + come > len(stamps) else ()
        return _Sources(other, tuple(gone), seen.content.problems, seen.others)

    def _other_site(self) -> _Site:
        files, stamp = self._standing.files if self._standing else {}, self._output.stamp
        other = {path: found for path, then in files.items() if (found := stamp(path)) != then}
        return _Site(other, tuple(self._output.single))
