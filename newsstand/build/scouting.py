"""What another process finds out while this one reads what it remembers.

It looks at the files that a site is made from and at those of the site, and tells only what is
other than it was when the site was published; then it compiles the templates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from operator import eq

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder

from newsstand.build.ledger import others
from newsstand.build.output import FileStamp, Output
from newsstand.build.parallel import Ahead, ahead
from newsstand.build.up_to_date import Standing
from newsstand.content.files import Listing
from newsstand.content.input_files import FILTERS_FILE, Folders, Seen, look
from newsstand.content.stamps import Stamp
from newsstand.problems import Problem

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
    """Knows how files are, by what they were when the site that stands was published."""

    def __init__(self, folders: Folders, output: Output, standing: Standing | None) -> None:
        self._folders = folders
        self._output = output
        self._is_known = standing is not None
        self._content: Mapping[str, Stamp] = standing.content if standing else {}
        self._files: Mapping[str, FileStamp] = standing.files if standing else {}
        self._ahead: Ahead[int] | None = None

    @property
    def is_apart(self) -> bool:
        """Whether another process finds it out."""
        return self._ahead is not None

    @contextmanager
    def sent(self, jobs: int) -> Iterator[Scout]:
        """Let it go ahead, if it is known how the files were and there may be two processes."""
        parts = (_SOURCES, _SITE, _TEMPLATES)
        with ahead(self._found, parts, jobs if self._is_known else 1) as work:
            self._ahead = work if work.is_apart else None
            yield self

    def sources(self) -> Seen:
        """All files that the site is made from."""
        if self._ahead is None:
            return look(self._folders)
        found = Decoder(_Sources).decode(self._ahead.result(_SOURCES))
        stamps = {**self._content, **found.content}
        for path in found.gone:
            del stamps[path]
        return Seen(Listing(tuple(sorted(stamps)), found.problems, stamps), found.others)

    def look_at_site(self) -> None:
        """Let the output know its files, if it does not yet."""
        if self._ahead is not None and self._output.other is None:
            found = Decoder(_Site).decode(self._ahead.result(_SITE))
            self._output.trust(self._files, found.other, found.single)

    def compile(self) -> None:
        """Take over the templates that were compiled."""
        if self._ahead is not None and not self._has_filters():
            from newsstand.render.templates import take_compiled

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
        from newsstand.render.templates import compiled

        return compiled(tuple(reversed(self._folders.templates)))

    def _other_sources(self) -> _Sources:
        seen = look(self._folders)
        other, gone = others(self._content, seen.content.stamps, eq)
        return _Sources(other, gone, seen.content.problems, seen.others)

    def _other_site(self) -> _Site:
        found = {path: self._output.stamp(path) for path in self._files}
        other = {path: stamp for path, stamp in found.items() if stamp != self._files[path]}
        return _Site(other, tuple(self._output.single))
