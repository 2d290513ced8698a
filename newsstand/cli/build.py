"""The command ``build``: the site is made, or it is known that it stands as it would be made."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsstand.build.compile_ahead import compiling_ahead
from newsstand.build.memory import NOTHING, Memory, read_memory, write_memory
from newsstand.build.output import MARKER, Output, locked
from newsstand.build.parallel import jobs_for, share_of
from newsstand.build.report import NOT_OURS, Report
from newsstand.build.store import Damaged, Store
from newsstand.build.up_to_date import FACT, Standing, decoded, is_unchanged, stands
from newsstand.cli.options import BuildOptions, base_url_of, folders_of, output_of, store_of
from newsstand.cli.terminal import (
    LAST_STANDS,
    progress_for,
    say_waiting,
    show_problems,
    stood,
    summary,
)
from newsstand.content.input_files import Folders, Seen, look
from newsstand.content.lock_file import LOCK_FILE, lock_at, write_lock
from newsstand.problems import Problem

if TYPE_CHECKING:
    from newsstand.pipeline import Loaded

_ALIVE: list[object] = []
"""What was made is kept until the process ends: to take it apart takes half a second."""


@dataclass(frozen=True, slots=True)
class _Call:
    """A call to build, and the files as they were found (at a time in ns since 1970)."""

    options: BuildOptions
    folders: Folders
    output: Output
    store: Store
    seen: Seen
    looked_at: int


def build(options: BuildOptions) -> int:
    """Make the site. 0: published; 1: not published."""
    folders = folders_of(options)
    output = output_of(options, folders)
    base_url_of(options.base_url)
    with locked(output, lambda: say_waiting(str(output.folder))):
        output.recover()
        output.check()
        store, looked_at = store_of(options), time.time_ns()
        call = _Call(options, folders, output, store, look(folders), looked_at)
        standing = _standing(call)
        asked = options.asked()
        unchanged = standing and is_unchanged(standing, asked, call.seen, options.now)
        if standing and unchanged and stands(standing, output):
            return _let_stand(call, standing)
        return _make(call, standing.said.problems if standing else ())


def _standing(call: _Call) -> Standing | None:
    """The site that was published last; what is wrong with the cache is said later."""
    try:
        return decoded(call.store.fact(FACT))
    except Damaged:
        return None


def _let_stand(call: _Call, standing: Standing) -> int:
    options = call.options
    said = standing.said.problems
    show_problems(said, options.verbose, options.quiet, said)
    if not options.quiet:
        print(stood(standing.said, str(call.output.folder), options.verbose))
    return 0


def _make(call: _Call, said: tuple[Problem, ...]) -> int:
    """Read what has changed, and write what shows it. `said` is what the last build has said."""
    from newsstand.render.errors import BrokenTemplate  # not needed where nothing is to be made

    options, started = call.options, time.monotonic()
    memory = remembered(call.store, options.quiet)
    take_over = _compiling_ahead(call, memory)
    loaded = _load(call, memory)
    take_over()
    try:
        report, now = _build(call, loaded, memory)
    except BrokenTemplate as broken:
        show_problems((*loaded.problems, broken.problem), options.verbose, options.quiet)
        print(LAST_STANDS, file=sys.stderr)
        return 1
    _ALIVE[:] = [memory, loaded, report, now]
    if report.published:
        if _is_ours(call.folders.content, options.site):
            remember_ids(call.folders.content, loaded.lock, options.quiet)
        facts = {FACT: _now_standing(call, loaded, report, now).encoded()}
        remember(lambda: write_memory(call.store, memory, now, facts), options.quiet)
    told = [p for p in report.problems if p.code != NOT_OURS]
    show_problems(told, options.verbose, options.quiet, said)
    if not options.quiet:
        took = time.monotonic() - started
        print(summary(report, str(call.output.folder), took, options.verbose))
    return 0 if report.published else 1


def _compiling_ahead(call: _Call, memory: Memory) -> Callable[[], None]:
    """Begin with the templates of the last build, where only few pages are likely to be made."""
    templates = [name for name in memory.made_from if name]
    folders = tuple(reversed(call.folders.templates))
    return compiling_ahead(folders, templates, jobs_for(call.options.jobs))


def _load(call: _Call, memory: Memory) -> Loaded:
    from newsstand.content.reader import Before
    from newsstand.pipeline import load

    options = call.options
    share = share_of(jobs_for(options.jobs))
    before = Before(memory.files, call.looked_at, call.seen.content, share)
    base_url, progress = base_url_of(options.base_url), progress_for(options.quiet)
    return load(call.folders, base_url, options.now, progress, (), before, memory.stories)


def _build(call: _Call, loaded: Loaded, memory: Memory) -> tuple[Report, Memory]:
    from newsstand import pipeline
    from newsstand.outputs.compression import HEADERS_FILE, headers_file

    options, beside = call.options, dict[str, bytes]()
    if options.headers:
        text = headers_file(loaded.site.config, loaded.assets.addresses)
        beside[HEADERS_FILE] = text.encode()
    return pipeline.build(
        loaded,
        call.folders,
        call.output,
        options.strict,
        progress_for(options.quiet),
        beside,
        memory,
        jobs_for(options.jobs),
        compress=options.compress,
        tell=lambda lost: show_problems(lost, everything=True, quietly=options.quiet),
    )


def _now_standing(call: _Call, loaded: Loaded, report: Report, now: Memory) -> Standing:
    from newsstand.build.summary import holds_between

    seen, files = call.seen, {path: page.stamp for path, page in now.pages.items()}
    if now.site:  # so that a site which another build has published is another one
        files[MARKER] = now.site
    stamps = (seen.content.stamps, seen.content.problems, seen.others)
    times = holds_between(loaded.read)
    asked, lock = call.options.asked(), lock_at(call.folders.content)
    return Standing(asked, call.looked_at, *stamps, *times, files, report.said(), lock)


def remembered(store: Store, quietly: bool) -> Memory:
    """What the last build left; says so where it cannot be used."""
    try:
        return read_memory(store)
    except Damaged as problem:
        if not quietly:
            print(f"Note: {problem}.", file=sys.stderr)
        return NOTHING


def _is_ours(content: Path, site: Path) -> bool:
    """Whether records lie in the site's folder: into another one a build writes nothing."""
    return content.resolve().is_relative_to(site.resolve())


def remember_ids(content: Path, text: str, quietly: bool) -> None:
    """Keep the ids of stories with the records; a folder that takes nothing stops no build."""
    try:
        write_lock(content, text)
    except OSError as problem:
        if not quietly:
            said = problem.strerror or problem
            print(f"Note: {LOCK_FILE} cannot be written ({said}).", file=sys.stderr)


def remember(write: Callable[[], None], quietly: bool) -> None:
    """Leave something for the next build; a disk that takes nothing stops no build."""
    try:
        write()
    except OSError as problem:
        if not quietly:
            said = problem.strerror or problem
            print(f"Note: the cache cannot be written ({said}).", file=sys.stderr)
