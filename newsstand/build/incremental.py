"""Makes the pages that show something new, and keeps the files of those that do not.

A page is made if what it is made from or what it shows is not what it was, or if its file is
not; it is written if its bytes are other ones. What is kept, written and gone is told to the output
at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import file_digest
from pathlib import Path

from msgspec import Struct, structs
from msgspec.msgpack import Decoder, Encoder

from newsstand.build.output import MARKER, Change, FileStamp, Output
from newsstand.build.parallel import shared_out, spread
from newsstand.build.previous_output import is_as_long
from newsstand.build.report import Written
from newsstand.build.state import KnownPage
from newsstand.model import Page
from newsstand.outputs import urls
from newsstand.outputs.compression import is_compressible, packed_copy
from newsstand.problems import Problem
from newsstand.render.templates import BrokenTemplate, Renderer
from newsstand.text.fingerprint import mark_of, mark_of_bytes, new_mark

_NO_PAGE = KnownPage(b"", b"", b"")
_OTHER = "its source has changed"
ENOUGH = 200  # pages from which it is worth to start processes
_TOO_MANY = 60_000  # of so many each process would copy too much of the memory that they share
_PART = 50  # pages that one process makes at a time, when it has made its large part
Wanted = tuple[Page, str]
"""A page that has to be made, and why."""


@dataclass(frozen=True, slots=True)
class Before:
    """What is remembered of the site's files, and what they were made from by template.

    `trusted` is False where something has changed of which no page knows whether it shows it.
    `site` is the stamp of the marker of the site whose files they are.
    """

    pages: Mapping[str, KnownPage]
    made_from: Mapping[str, bytes]
    trusted: bool = True
    site: FileStamp | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """What pages list as near in words: `made` by those that were made, marks of `rows` by record.

    It may be other than it was for `touched` records, or if a record that is listed is: the rows of
    the `fresh` ones are other than in the last build (None: nobody can tell).
    """

    made: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, bytes]
    touched: Set[str]
    fresh: Set[str] | None = None

    def mark(self, near: Iterable[str]) -> bytes:
        """Of what a list says."""
        return mark_of([(path, self.rows.get(path)) for path in near])

    def is_other(self, path: str, known: KnownPage) -> bool:
        """Whether a record's page may list something else than is known of it."""
        if path in self.touched:
            return True
        if self.fresh is not None and self.fresh.isdisjoint(known.near or ()):
            return False
        return self.mark(known.near or ()) != known.near_shows


class _Made(Struct, frozen=True, array_like=True):
    """What one process has made: what is known of files, those that it wrote, those that stay."""

    pages: dict[str, KnownPage] = {}
    written: tuple[Written, ...] = ()
    kept: tuple[str, ...] = ()
    broken: Problem | None = None


_WRITER, _READER = Encoder(), Decoder(_Made)


@dataclass
class Press:
    """One printing of a site. `made_from` has a mark for each template, and one for all ("").

    `why` says why the page of a record ("" for none), itself unchanged, shows something else.
    """

    output: Output
    before: Before
    made_from: Mapping[str, bytes]
    changed: Set[str]
    compress: bool
    near: Near
    why: Callable[[str], str] = lambda _: "what it lists has changed"
    own: Set[str] = frozenset()  # static files: no packed copy of another file takes their places
    pages: dict[str, KnownPage] = field(default_factory=dict)
    addresses: int = 0  # pages of the plan
    written: list[Written] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    _by_template: dict[str, bytes] = field(default_factory=dict)

    def keep(self, pages: Mapping[str, KnownPage]) -> None:
        """Let files of the site stay, which are known to stand."""
        self.pages.update(pages)
        self.kept.update(pages)
        self.addresses += len(pages)

    def wanted(self, pages: Iterable[Page]) -> list[Wanted]:
        """The pages that have to be made, and why; the files of the others are kept."""
        found = []
        for page in pages:
            self.addresses += 1
            reason = self._reason(page)
            if reason:
                found.append((page, reason))
        return found

    def make(self, wanted: Sequence[Wanted], renderer: Renderer, jobs: int = 1) -> None:
        """Render pages and write those whose text is new. Raises BrokenTemplate and OSError.

        So many processes share the work, where there is enough of it.
        """
        if jobs < 2 or not ENOUGH <= len(wanted) <= _TOO_MANY:
            self._make(wanted, renderer)
            return
        renderer.compile({page.template for page, _ in wanted})
        parts = shared_out(wanted, jobs, _PART)
        for made in spread(partial(self._made, renderer), parts, jobs):
            self._take(_READER.decode(made))

    def _made(self, renderer: Renderer, part: Sequence[Wanted]) -> bytes:
        """What comes of some pages, on its way to the process that collects it."""
        press = replace(self, pages={}, written=[], kept=set())
        try:
            press._make(part, renderer)
        except BrokenTemplate as broken:
            return _WRITER.encode(_Made(broken=broken.problem))
        return _WRITER.encode(_Made(press.pages, tuple(press.written), tuple(press.kept)))

    def _take(self, made: _Made) -> None:
        if made.broken:
            raise BrokenTemplate(made.broken)
        self.pages.update(made.pages)
        self.written += made.written
        for path in made.kept:
            self.output.stamp(
                path
            )  # what the output has seen there, it has seen in another process
        self.kept.update(made.kept)

    def _make(self, wanted: Iterable[Wanted], renderer: Renderer) -> None:
        for page, reason in wanted:
            path = urls.file_of(page.address)
            data = renderer.render(page).encode()
            made_from = self.made_from_of(page.template)
            near = self.near.made.get(page.source)
            shows = b"" if near is None else self.near.mark(near)
            known = KnownPage(made_from, self._shown(page), b"", near=near, near_shows=shows)
            self.put(path, data, reason, known)

    def _shown(self, page: Page) -> bytes:
        """A mark of what a page shows; empty where only its text can tell."""
        known = self.before.pages.get(urls.file_of(page.address)) if page.still else None
        return known.shows if known else page.shows

    def put(
        self, path: str, data: bytes, reason: str = _OTHER, known: KnownPage = _NO_PAGE
    ) -> None:
        """Write a file and its compressed copy, unless they are there already."""
        self._put_one(path, data, reason, known)
        copy = packed_copy(path, data) if self.compress else None
        if copy is not None and f"{path}.gz" not in self.own:
            self._put_one(f"{path}.gz", copy, reason, known)

    def copy(self, path: str, source: Path) -> None:
        """Copy a file, unless it is there already. A big one is not held in memory."""
        if self.compress and is_compressible(path):
            self.put(path, source.read_bytes())
            return
        with source.open("rb") as file:
            known = structs.replace(_NO_PAGE, digest=file_digest(file, new_mark).digest())
        if not self._keep(path, known):
            stamp = self.output.copy(source, path)
            self.written.append(Written(path, _OTHER))
            self.pages[path] = structs.replace(known, stamp=stamp)

    def publish(self) -> None:
        """Put the new site in its place."""
        gone = sorted(self.before.pages.keys() - self.pages.keys())
        whole = self.before.site is not None and self.before.site == self.output.stamp(MARKER)
        written = [w.path for w in self.written]
        self.output.publish(Change(written, tuple(self.kept), gone, whole))

    def _reason(self, page: Page) -> str:
        path = urls.file_of(page.address)
        known = self.before.pages.get(path)
        if known is None:
            return "it is new"
        if known.made_from != self.made_from_of(page.template):
            return self._other_source(page.template)
        if not self.before.trusted:
            return "how an outlet is shown has changed"
        if not page.still and (not page.shows or known.shows != page.shows):
            own = page.source in self.changed
            return "its record has changed" if own else self.why(page.source)
        if known.near is not None and self.near.is_other(page.source, known):
            return "what is near it has changed"
        if not self._keep(path, known) or not self._copy_stands(path):
            return "its file is not what it was"
        return ""

    def _other_source(self, template: str) -> str:
        if self.before.made_from.get(template) != self.made_from.get(template):
            return f"{template}, or a template that it draws on, has changed"
        return "the settings, a topic or a static file has changed"

    def made_from_of(self, template: str) -> bytes:
        """A mark of all that pages of a template are made from, but for the content."""
        mark = self._by_template.get(template)
        if mark is None:
            mark = mark_of(self.made_from[""], self.made_from.get(template), self.compress)
            self._by_template[template] = mark
        return mark

    def _copy_stands(self, path: str) -> bool:
        known = self.before.pages.get(f"{path}.gz") if self.compress else None
        return known is None or self._keep(f"{path}.gz", known)

    def _keep(self, path: str, known: KnownPage) -> bool:
        """Keep a file of the site, if it stands with these bytes."""
        last = self.before.pages.get(path)
        stamp = (
            self.output.stamp(path) if last is not None and last.digest == known.digest else None
        )
        if last is None or stamp is None or not is_as_long(stamp, last.stamp):
            return False
        if stamp != last.stamp and mark_of_bytes(self.output.read(path)) != known.digest:
            return False
        self.kept.add(path)
        self.pages[path] = known if known.stamp == stamp else structs.replace(known, stamp=stamp)
        return True

    def _put_one(self, path: str, data: bytes, reason: str, known: KnownPage) -> None:
        known = structs.replace(known, digest=mark_of_bytes(data))
        if not self._keep(path, known):
            stamp = self.output.write(path, data)
            self.written.append(Written(path, reason))
            self.pages[path] = structs.replace(known, stamp=stamp)
