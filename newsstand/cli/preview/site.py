"""A preview: the site as last made, what is wrong with its files now, what only it shows."""

from __future__ import annotations

import os
import re
import sys
import time
import unicodedata
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from newsstand.build.loaded_site import Loaded, WriteOptions
from newsstand.build.make_report import holds_between
from newsstand.build.output import Output, OutputRefused, locked
from newsstand.cli.cache_and_ids import read_cache, write_cache
from newsstand.cli.common_options import OutputOptions, WrongUsage
from newsstand.cli.preview.banner import Fault
from newsstand.cli.site_folders import base_url_of, file_of, folders_of, on_disk, store_of
from newsstand.cli.terminal import LAST_STANDS, quiet, say_waiting, show_problems, summary
from newsstand.content.content_reader import Before
from newsstand.content.file_stamps import Stamp
from newsstand.content.kinds.plain_text import slug_of
from newsstand.content.kinds.publication import why_held
from newsstand.content.kinds.settings import base_path
from newsstand.content.site_inputs import FILTERS_FILE, SETTINGS_FILE, Folders, Seen, look
from newsstand.outputs import urls
from newsstand.outputs.static_files import find_assets
from newsstand.pipeline import build, load
from newsstand.problems import Problem, at_line, sort_problems
from newsstand.render.overridden_blocks import lost_blocks
from newsstand.render.templates import BrokenTemplate

_KEY_LINE = re.compile(r"[\w\"'][\w\"' -]*\s*:")
Stamps = dict[str, tuple[int, int, int]]


class Preview:
    """The site as last made: as of `now`, or of the clock where that is None.

    `shown` are the reasons to hold a record back that this preview passes over. `waiting` has why
    a build would hold back the page at an address, `held` why the preview itself does.
    """

    def __init__(
        self,
        options: OutputOptions,
        output: Output,
        now: datetime | None = None,
        shown: Collection[str] = (),
    ) -> None:
        self.faults: tuple[Fault, ...] = ()
        self.waiting: dict[str, str] = {}
        self.held: dict[str, str] = {}
        self.base = "/"
        self.folder = output.folder
        self.options = options
        self._output = output
        self._fixed_now = now
        self._shown = shown
        self._store = store_of(options, is_preview=bool(shown))
        self._memory = read_cache(self._store, options.quiet)
        self._seen: Seen | None = None
        self._loaded: Loaded | None = None

    def _now(self) -> datetime:
        return self._fixed_now or datetime.fromtimestamp(int(time.time()), UTC)

    def watched(self) -> tuple[Path, ...]:
        """Files and folders that the site is made from; some may not be there yet."""
        options = self.options
        config: Path = options.config or options.site / SETTINGS_FILE
        try:
            folders = folders_of(options)
        except WrongUsage:
            return (options.content, config)
        beside = (options.site / "templates", options.site / "static")
        own = (options.content, config, config.parent / FILTERS_FILE)
        return tuple(dict.fromkeys((*own, *folders.templates, *folders.static, *beside)))

    def make(self) -> bool:
        """Make the site again and say how it went; where that fails, the last one stands.

        Gives whether there is something else to see now.
        """
        folders, published, before = None, False, self._shows()
        try:
            folders = folders_of(self.options)
            problems, published = self._build(folders)
        except BrokenTemplate as broken:
            problems = (broken.problem,)
        except (OSError, OutputRefused, WrongUsage) as failed:
            problems = (_failure(failed),)
        if problems:
            show_problems(problems, folders, self.options.verbose, self.options.quiet)
        if not published:
            print(LAST_STANDS, file=sys.stderr, flush=True)
        self.faults = tuple(
            Fault(on_disk(p, folders), _source(p, folders)) for p in problems if p.is_error
        )
        sys.stdout.flush()
        return self._shows() != before

    def _shows(self) -> tuple[object, ...]:
        """What a browser may show: files by their bytes, faults, what waits."""
        files = {path: page.digest for path, page in self._memory.pages.items()}
        return files, self.faults, self.waiting

    def _still_loaded(self, seen: Seen, folders: Folders) -> Loaded | None:
        """The site as it was read, if only templates and static files have changed since."""
        before, loaded = self._seen, self._loaded
        if before is None or loaded is None or before.content != seen.content:
            return None
        if _read_from(before) != _read_from(seen):
            return None
        due = holds_between(loaded.read)[1]
        if due is not None and due <= self._now():
            return None
        others = (p for p in loaded.problems if not p.path.startswith("templates/"))
        problems = sort_problems((*others, *lost_blocks(folders.templates)))
        return replace(loaded, problems=problems, assets=find_assets(folders.static))

    def _build(self, folders: Folders) -> tuple[tuple[Problem, ...], bool]:
        """Load and publish; gives what is wrong, and whether there is a new site all the same."""
        options, started = self.options, time.monotonic()
        with locked(self._output, lambda: say_waiting(str(self.folder))):
            base_url = base_url_of(options.base_url)
            looked_at, seen = time.time_ns(), look(folders)
            memory = self._memory
            loaded = self._still_loaded(seen, folders)
            if loaded is None:
                before = Before(memory.files, looked_at, seen.content)
                loaded = load(
                    folders, base_url, self._now(), quiet, self._shown, before, memory.stories
                )
            self._seen, self._loaded = seen, loaded
            try:
                report, now = build(loaded, folders, self._output, WriteOptions(), quiet, memory)
            except BrokenTemplate as broken:
                return (broken.problem, *loaded.problems), False
        self._memory = now
        write_cache(self._store, memory, now, {}, options.quiet)
        self.base = base_path(loaded.site.config)
        waiting = [article for article in loaded.site.articles if article.waits]
        self.waiting = {urls.article(a.slug): a.waits for a in waiting}
        held = loaded.read.content.held_back
        self.held = {urls.article(slug_of(h.path)): why_held(h) for h in held}
        if not options.quiet:
            took = time.monotonic() - started
            print(summary(report, str(self.folder), took, options.verbose))
            for article in waiting:
                print(f"  only in this preview: {article.path} ({article.waits})")
        return report.problems, report.published


def _read_from(seen: Seen) -> dict[str, Stamp | None]:
    """What the site is read from beside the content: of static files only which there are."""
    return {
        path: None if path.startswith("static/") else stamp
        for path, stamp in seen.others.items()
        if not path.startswith("templates/")
    }


def _failure(failed: Exception) -> Problem:
    reason = str(failed)
    hint = "mend that, and save any file of the site"
    return at_line("site", 1, "site-not-made", f"the site could not be made: {reason}", hint)


def _source(problem: Problem, folders: Folders | None) -> str:
    """The line that a problem is about; "" where there is none, or it may hold `secured`."""
    if folders is None:
        return ""
    path = file_of(problem, folders)
    if problem.path == FILTERS_FILE and folders.config:
        path = folders.config.parent / FILTERS_FILE
    if not _lies_in(path, folders):
        return ""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return ""
    if not 0 < problem.line <= len(lines):
        return ""
    first = problem.line - 1
    while first > 0 and not _KEY_LINE.match(lines[first]):
        first -= 1
    block = "\n".join(lines[first : problem.line])
    hidden = "secured" in unicodedata.normalize("NFKC", block).casefold()
    return "" if hidden else lines[problem.line - 1]


def _lies_in(path: Path, folders: Folders) -> bool:
    """Whether a file is one of the site's and no link to one that is not."""
    places = [folders.content, *folders.templates, *folders.static]
    if folders.config:
        places.append(folders.config.parent)
    target = path.resolve()
    return any(target.is_relative_to(place.resolve()) for place in places)


def stamps(places: Iterable[Path]) -> Stamps:
    """What tells a changed file: time, size and number of each file, also of those in folders."""
    by_path: Stamps = {}
    for place in places:
        paths = [str(place)]
        for folder, _, names in os.walk(place):
            paths += [os.path.join(folder, name) for name in names]  # noqa: PTH118  (10,000 paths)
        for path in paths:
            try:
                status = os.stat(path)  # noqa: PTH116
            except OSError:
                continue
            by_path[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return by_path
