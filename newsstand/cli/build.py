"""The command ``build``: make the site, or know that it stands as it would be made."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct, structs

from newsstand.build.cache import Memory, read_pages
from newsstand.build.output import Output, locked
from newsstand.build.parallel import jobs_for, share_of
from newsstand.build.report import Report
from newsstand.build.sqlite_store import Damaged, Store
from newsstand.build.up_to_date import FACT, PublishedSite, decoded, is_unchanged, stands
from newsstand.cli.cache_and_ids import read_cache, write_cache, write_ids
from newsstand.cli.command_table import Command
from newsstand.cli.common_options import (
    OutputOptions,
    add_cache,
    add_output_arguments,
    add_volume,
    count,
)
from newsstand.cli.site_folders import base_url_of, folders_of, output_of, store_of
from newsstand.cli.terminal import (
    LAST_STANDS,
    not_published,
    progress_for,
    say_waiting,
    show_problems,
    stood,
    summary,
)
from newsstand.content.lock_file import lock_at
from newsstand.content.site_inputs import Folders, Seen, look
from newsstand.problems import Problem
from newsstand.text.fingerprint import fingerprint_of

if TYPE_CHECKING:
    from newsstand.build.loaded_site import Loaded

_ALIVE: list[object] = []
"""What was made is kept until the process ends: to take it apart takes half a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions(OutputOptions):
    """The command ``build``."""

    HARMLESS: ClassVar[frozenset[str]] = frozenset(
        {"site", "now", "cache", "no_cache", "jobs", "quiet", "verbose"}
    )
    """Options that change nothing about the site, or are watched by themselves."""

    now: datetime
    strict: bool = False
    compress: bool = False
    headers: bool = False
    jobs: int | None = None

    def asked(self) -> bytes:
        """A fingerprint of all that the call asks for of the site."""
        names = [field.name for field in fields(self) if field.name not in self.HARMLESS]
        values = [(name, getattr(self, name)) for name in names]
        absolute = [(n, str(v.resolve()) if isinstance(v, Path) else v) for n, v in values]
        return fingerprint_of(absolute)


def add_arguments(parser: ArgumentParser) -> None:
    """What the command line takes for `BuildOptions`."""
    add_output_arguments(parser, "_site in the site's folder")
    parser.add_argument(
        "--strict", action="store_true", help="publish nothing if there is an error"
    )
    parser.add_argument(
        "--compress",
        action="store_true",
        help="put a compressed copy (.gz) beside each text file, for hosts that send it",
    )
    parser.add_argument(
        "--headers",
        action="store_true",
        help="write _headers, in which Netlify and Cloudflare Pages look for headers",
    )
    add_cache(parser)
    parser.add_argument(
        "--jobs",
        type=count,
        metavar="N",
        help="processes that share the work (default: one for each processor, on macOS one)",
    )
    add_volume(parser, "say only what is wrong", "say everything")


class _Call(Struct, frozen=True):
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
        store, looked_at = store_of(options), time.time_ns()
        call = _Call(options, folders, output, store, look(folders), looked_at)
        published = _last_published(call)
        asked = options.asked()
        unchanged = published and is_unchanged(published, asked, call.seen, options.now)
        if published and unchanged and _stands(call, published):
            return _let_stand(call, published)
        return _make(call, published.summary.problems if published else ())


def _last_published(call: _Call) -> PublishedSite | None:
    """The site that was published last; what is wrong with the cache is said later."""
    try:
        return decoded(call.store.fact(FACT))
    except Damaged:
        return None


def _stands(call: _Call, published: PublishedSite) -> bool:
    try:
        return stands(published, read_pages(call.store), call.output)
    except Damaged:
        return False


def _let_stand(call: _Call, published: PublishedSite) -> int:
    options = call.options
    problems = published.summary.problems
    show_problems(problems, call.folders, options.verbose, options.quiet, problems)
    if not options.quiet:
        print(stood(published.summary, str(call.output.folder), options.verbose))
    return 0


def _make(call: _Call, problems_before: tuple[Problem, ...]) -> int:
    """Read what has changed, and write what shows it. `problems_before` are of the last build."""
    from newsstand.render.errors import BrokenTemplate  # not needed where nothing is to be made

    options, started = call.options, time.monotonic()
    memory = read_cache(call.store, options.quiet)
    loaded = _load(call, memory)
    try:
        report, now = _build(call, loaded, memory)
    except BrokenTemplate as broken:
        problems = (*loaded.problems, broken.problem)
        show_problems(problems, call.folders, options.verbose, options.quiet)
        print(LAST_STANDS, file=sys.stderr)
        return 1
    _ALIVE[:] = [memory, loaded, report, now]
    if report.published:
        if _is_ours(call.folders.content, options.site):
            write_ids(call.folders.content, loaded.lock, options.quiet)
        if not options.no_cache:
            facts = {FACT: _now_published(call, loaded, report, now).encoded()}
            write_cache(call.store, memory, now, facts, options.quiet)
    again = report.summary().problems  # without what was said before the site was replaced
    show_problems(again, call.folders, options.verbose, options.quiet, problems_before)
    if not options.quiet:
        took = time.monotonic() - started
        print(summary(report, str(call.output.folder), took, options.verbose))
    elif not report.published:
        print(not_published(report), file=sys.stderr)
    return 0 if report.published else 1


def _load(call: _Call, memory: Memory) -> Loaded:
    from newsstand.content.content_reader import Before
    from newsstand.pipeline import load

    options = call.options
    share = share_of(jobs_for(options.jobs))
    before = Before(memory.files, call.looked_at, call.seen.content, share)
    base_url, progress = base_url_of(options.base_url), progress_for(options.quiet)
    return load(call.folders, base_url, options.now, progress, (), before, memory.stories)


def _build(call: _Call, loaded: Loaded, memory: Memory) -> tuple[Report, Memory]:
    from newsstand import pipeline
    from newsstand.build.loaded_site import WriteOptions
    from newsstand.outputs.compression import HEADERS_FILE, headers_file

    options, beside = call.options, dict[str, bytes]()
    if options.no_cache:
        loaded = structs.replace(loaded, stories=bytes)  # millions of bytes that nobody would read
    if options.headers:
        text = headers_file(loaded.site.config, loaded.assets.addresses)
        beside[HEADERS_FILE] = text.encode()
    wanted = WriteOptions(options.strict, jobs_for(options.jobs), options.compress, beside)
    progress = progress_for(options.quiet)

    def tell(lost: Sequence[Problem]) -> None:
        show_problems(lost, call.folders, everything=True, quietly=options.quiet)

    return pipeline.build(loaded, call.folders, call.output, wanted, progress, memory, tell)


def _now_published(call: _Call, loaded: Loaded, report: Report, now: Memory) -> PublishedSite:
    from newsstand.build.make_report import holds_between

    seen = call.seen
    stamps = (seen.content.stamps, seen.content.problems, seen.others)
    times = holds_between(loaded.read)
    asked, lock = call.options.asked(), lock_at(call.folders.content)
    return PublishedSite(asked, call.looked_at, *stamps, *times, now.site, report.summary(), lock)


def _is_ours(content: Path, site: Path) -> bool:
    """Whether records lie in the site's folder: into another one a build writes nothing."""
    return content.resolve().is_relative_to(site.resolve())


COMMAND = Command(
    BuildOptions,
    add_arguments,
    build,
    "Read the content folder and write the site; pages that stand are not made again.",
    "%(prog)s --strict --output public",
)
