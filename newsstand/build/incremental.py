"""Makes the pages that show something new, and keeps the files of those that do not.

A page is made if what it is made from is not what it was, or if its file is not; it is written if
its bytes are other ones. What is kept, written and gone is told to the output at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import partial
from hashlib import file_digest
from pathlib import Path

from msgspec import Struct, structs
from msgspec.msgpack import Decoder, Encoder

from newsstand.build.cache import MadePage
from newsstand.build.output import MARKER, Change, FileStamp, Output
from newsstand.build.parallel import shared_out, spread
from newsstand.build.previous_output import is_as_long
from newsstand.build.report import Written
from newsstand.model import Page
from newsstand.outputs import urls
from newsstand.outputs.aliases import REDIRECTS
from newsstand.outputs.compression import HEADERS_FILE, is_compressible, packed_copy
from newsstand.outputs.conflicts import RESERVED
from newsstand.problems import Problem, Severity
from newsstand.render.templates import BrokenTemplate, Renderer
from newsstand.text.fingerprint import (
    changed_fields,
    fingerprint,
    fingerprint_of,
    hash_of,
    new_hash,
)

Tell = Callable[[Sequence[Problem]], None]
_NO_PAGE = MadePage()
# What only builds write at the top of a site, beside files that every site has.
_OURS = RESERVED | {urls.STORIES.rstrip("/"), HEADERS_FILE, REDIRECTS}
_OTHER = "its source has changed"
ENOUGH = 200  # pages from which it is worth to start processes
_TOO_MANY = 60_000  # pages: each process would copy too much of the memory that they share
_PART = 50  # pages that one process makes at a time, when it has made its large part
_BECAUSE = {
    "article": "its record has changed",
    "page": "its source has changed",
    "story": "its story has changed",
    "is_over": "its story is over",
    "related": "a related story has changed",
    "named": "a related record has changed",
    "naming": "a related record has changed",
    "near": "what is near it has changed",
    "lines": "a record that it lists has changed",
    "stories": "a story that it lists has changed",
    "best": "a story at its top has changed",
    "top": "what leads has changed",
    "blocks": "what leads a topic has changed",
    "every": "there is more for its chart",
    "summary": "what it counts has changed",
    "counts": "what it counts has changed",
    "earlier": "the day or month before or after it is another",
    "later": "the day or month before or after it is another",
    "full": "its list has another page",
    "target": "it leads to another page",
    "newest": "the newest record is another",
    "entries": "what it lists has changed",
}
Wanted = tuple[Page, str]
"""A page that has to be made, and why."""


class Before(Struct, frozen=True):
    """What is remembered of the site's files, and what they were made from by template.

    `trusted` is False where something has changed of which no page knows whether it shows it.
    `site` is the stamp of the marker of the site whose files they are.
    """

    pages: Mapping[str, MadePage]
    made_from: Mapping[str, bytes]
    trusted: bool = True
    site: FileStamp | None = None


class _Part(Struct, frozen=True, array_like=True):
    """What one process has made: what is known of files, those that it wrote, those that stay."""

    pages: dict[str, MadePage] = {}
    written: tuple[Written, ...] = ()
    kept: tuple[str, ...] = ()
    broken: Problem | None = None


_WRITER, _READER = Encoder(), Decoder(_Part)


class PageWriter(Struct):
    """Writes one site. `made_from` has a fingerprint for each template, and one for all ("").

    `own` are static files: no packed copy of another file takes their places.
    """

    output: Output
    before: Before
    made_from: Mapping[str, bytes]
    compress: bool
    own: Set[str] = frozenset()
    pages: dict[str, MadePage] = {}
    addresses: int = 0  # pages of the plan
    written: list[Written] = []
    kept: set[str] = set()
    _by_template: dict[str, bytes] = {}

    def wanted(self, pages: Iterable[Page]) -> list[Wanted]:
        """The pages that have to be made, and why; the files of the others are kept."""
        to_make = []
        for page in pages:
            self.addresses += 1
            reason = self._reason(page)
            if reason:
                to_make.append((page, reason))
        return to_make

    def make(self, wanted: Sequence[Wanted], renderer: Renderer, jobs: int = 1) -> None:
        """Render pages and write those whose text is new. Raises BrokenTemplate and OSError.

        `jobs` processes share the work, where there is enough of it.
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
        writer = structs.replace(self, pages={}, written=[], kept=set())
        try:
            writer._make(part, renderer)
        except BrokenTemplate as broken:
            return _WRITER.encode(_Part(broken=broken.problem))
        return _WRITER.encode(_Part(writer.pages, tuple(writer.written), tuple(writer.kept)))

    def _take(self, made: _Part) -> None:
        if made.broken:
            raise BrokenTemplate(made.broken)
        self.pages.update(made.pages)
        self.written += made.written
        for path in made.kept:
            self.output.stamp(path)  # what another process has seen there, this one has to see
        self.kept.update(made.kept)

    def _make(self, wanted: Iterable[Wanted], renderer: Renderer) -> None:
        for page, reason in wanted:
            data = renderer.render(page).encode()
            made = MadePage(self._made_from(page.template), fingerprint(page.inputs))
            self.put(urls.file_of(page.address), data, reason, made)

    def put(self, path: str, data: bytes, reason: str = _OTHER, made: MadePage = _NO_PAGE) -> None:
        """Write a file and its compressed copy, unless they are there already."""
        self._put_one(path, data, reason, made)
        copy = packed_copy(path, data) if self.compress else None
        if copy is not None and f"{path}.gz" not in self.own:
            self._put_one(f"{path}.gz", copy, reason, made)

    def copy(self, path: str, source: Path) -> None:
        """Copy a file, unless it is there already. A big one is not held in memory."""
        if self.compress and is_compressible(path):
            self.put(path, source.read_bytes())
            return
        with source.open("rb") as file:
            made = structs.replace(_NO_PAGE, digest=file_digest(file, new_hash).digest())
        if not self._keep(path, made):
            stamp = self.output.copy(source, path)
            self.written.append(Written(path, _OTHER))
            self.pages[path] = structs.replace(made, stamp=stamp)

    def publish(self, tell: Tell = lambda _: None) -> tuple[Problem, ...]:
        """Put the new site in its place -> what goes with the old one that no build wrote.

        `tell` gets it before it goes.
        """
        gone = sorted(self.before.pages.keys() - self.pages.keys())
        whole = self.before.site is not None and self.before.site == self.output.stamp(MARKER)
        written = [w.path for w in self.written]
        change = Change(written, tuple(self.kept), gone, whole)
        name = self.output.folder.name
        tops = self.output.strangers(change)
        if not whole:  # of a site that is not remembered, the folders that every site has are ours
            tops = [top for top in tops if top not in _OURS and not top.endswith(".gz")]
        lost = tuple(_not_ours(f"{name}/{top}", whole) for top in tops)
        tell(lost)
        self.output.publish(change)
        return lost

    def _reason(self, page: Page) -> str:
        """Why a page has to be made; "" where its file stays."""
        path = urls.file_of(page.address)
        before = self.before.pages.get(path)
        if before is None:
            return "it is new"
        if before.made_from != self._made_from(page.template):
            return self._other_source(page.template)
        if not self.before.trusted:
            return "how an outlet or a topic is shown has changed"
        inputs = fingerprint(page.inputs)
        if before.inputs != inputs:
            changed = changed_fields(type(page.inputs), before.inputs, inputs)
            because = _BECAUSE.get(changed[0], "") if changed else ""
            return because or "what it lists has changed"
        if not self._stands(path, before) or (self.compress and not self._copy_stands(path)):
            return "its file is not what it was"
        return ""

    def _other_source(self, template: str) -> str:
        if self.before.made_from.get(template) != self.made_from.get(template):
            return f"{template}, or a template that it draws on, has changed"
        return "the settings, a topic or a static file has changed"

    def _made_from(self, template: str) -> bytes:
        """A fingerprint of all that pages of a template are made from, but for their inputs."""
        made_from = self._by_template.get(template)
        if made_from is None:
            parts = (self.made_from[""], self.made_from.get(template), self.compress)
            made_from = self._by_template[template] = fingerprint_of(*parts)
        return made_from

    def _copy_stands(self, path: str) -> bool:
        before = self.before.pages.get(f"{path}.gz")
        return before is None or self._stands(f"{path}.gz", before)

    def _keep(self, path: str, made: MadePage) -> bool:
        """Keep a file of the site, if it stands with these bytes."""
        last = self.before.pages.get(path)
        if last is None or last.digest != made.digest:
            return False
        return self._stands(path, structs.replace(made, stamp=last.stamp))

    def _stands(self, path: str, made: MadePage) -> bool:
        """Keep a file of the site, if it stands as it was written: by its stamp or its bytes."""
        stamp = self.output.stamp(path)
        if stamp != made.stamp:
            if stamp is None or not is_as_long(stamp, made.stamp):
                return False
            if hash_of(self.output.read(path)) != made.digest:
                return False
            made = structs.replace(made, stamp=stamp)
        self.kept.add(path)
        self.pages[path] = made
        return True

    def _put_one(self, path: str, data: bytes, reason: str, made: MadePage) -> None:
        made = structs.replace(made, digest=hash_of(data))
        if not self._keep(path, made):
            stamp = self.output.write(path, data)
            self.written.append(Written(path, reason))
            self.pages[path] = structs.replace(made, stamp=stamp)


def _not_ours(path: str, is_sure: bool) -> Problem:
    """What goes; where the last build is not remembered, it may be a part of its site."""
    who = "no build wrote this" if is_sure else "the new site does not have this"
    message = f"{who}; it goes, since the site is replaced as a whole"
    hint = "put what belongs to the site below static/"
    return Problem(path, 1, 1, Severity.WARNING, "output-not-ours", message, hint)
