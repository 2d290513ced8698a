"""The command ``build``: the site is made, or it is known that it stands as it would be made."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsstand.build.cache import Cache
from newsstand.build.ledger import Ledger
from newsstand.build.output import MARKER, Output, locked
from newsstand.build.parallel import jobs_for
from newsstand.build.report import Report
from newsstand.build.scouting import Scout
from newsstand.build.state import NOTHING_KNOWN, Known
from newsstand.build.up_to_date import Standing, is_unchanged, stands
from newsstand.cli.options import base_url_of, cache_of, folders_of, output_of
from newsstand.cli.terminal import (
    LAST_STANDS,
    progress_for,
    say_waiting,
    show_problems,
    stood,
    summary,
)
from newsstand.content.input_files import Folders, Seen, Work
from newsstand.text.fingerprint import mark_of

if TYPE_CHECKING:
    from newsstand.pipeline import Loaded

STANDING = "newsstand.standing"
_MANY = 10_000  # files of the content: to look at fewer takes less time than to remember in vain


@dataclass(frozen=True, slots=True)
class _Job:
    """A call to build, and the files as they were found (at a time in ns since 1970)."""

    options: argparse.Namespace
    folders: Folders
    output: Output
    cache: Cache
    ledger: Ledger
    seen: Seen
    looked_at: int
    scout: Scout

    @property
    def asked(self) -> bytes:
        """A mark of all that the call asks for of the site."""
        options = self.options
        names = ("base_url", "strict", "compress", "headers")
        places = (options.content.resolve(), options.output.resolve(), options.config)
        return mark_of([getattr(options, name) for name in names], [str(p) for p in places])


def build(options: argparse.Namespace) -> int:
    """Make the site. 0: published; 1: not published."""
    folders = folders_of(options)
    output = output_of(options, folders)
    base_url_of(options.base_url)
    with locked(output, lambda: say_waiting(str(output.folder))):
        output.recover()
        output.check()
        looked_at, cache = time.time_ns(), cache_of(options)
        standing, _ = cache.read(STANDING, Standing)
        with Scout(folders, output, standing).sent(jobs_for(options.jobs)) as scout:
            ledger, known = Ledger(cache), None
            # While another process looks at many files, this one has the time to remember.
            if standing and scout.is_apart and len(standing.content) > _MANY:
                known = remembered(ledger, options.quiet)
                from newsstand.render import templates  # noqa: F401
            seen = scout.sources()
            job = _Job(options, folders, output, cache, ledger, seen, looked_at, scout)
            if standing and is_unchanged(standing, job.asked, job.seen, options.now):
                scout.look_at_site()
                if stands(standing, output):
                    return _let_stand(job, standing)
            return _make(job, known or remembered(ledger, options.quiet))


def _let_stand(job: _Job, standing: Standing) -> int:
    options = job.options
    show_problems(standing.said.problems, options.verbose, options.quiet)
    if not options.quiet:
        print(stood(standing.said, str(job.output.folder), options.verbose))
    return 0


def _make(job: _Job, known: Known) -> int:
    """Read what has changed, and write what shows it."""
    from newsstand.render.templates import BrokenTemplate  # not needed where nothing is to be made

    options, started = job.options, time.monotonic()
    work = Work(known, job.looked_at, job.seen.content, jobs_for(options.jobs))
    # What is made is kept with the options until the process ends, see `cli.run`.
    options.loaded = loaded = _load(job, work)
    try:
        job.scout.look_at_site()
        job.scout.compile()
        options.made = report = _build(job, loaded, work)
    except BrokenTemplate as broken:
        show_problems((*loaded.problems, broken.problem), options.verbose, options.quiet)
        print(LAST_STANDS, file=sys.stderr)
        return 1
    if report.published:
        remember(lambda: job.ledger.write(report.known), options.quiet)
        remember(lambda: job.cache.write(STANDING, _standing(job, loaded, report)), options.quiet)
    show_problems(report.problems, options.verbose, options.quiet)
    if not options.quiet:
        took = time.monotonic() - started
        print(summary(report, str(job.output.folder), took, options.verbose))
    return 0 if report.published else 1


def _load(job: _Job, work: Work) -> Loaded:
    from newsstand.pipeline import load

    options = job.options
    base_url = base_url_of(options.base_url)
    return load(job.folders, base_url, options.now, progress_for(options.quiet), (), work)


def _build(job: _Job, loaded: Loaded, work: Work) -> Report:
    from newsstand import pipeline
    from newsstand.outputs.compression import HEADERS_FILE, headers_file

    options, beside = job.options, dict[str, bytes]()
    if options.headers:
        beside[HEADERS_FILE] = headers_file(loaded.config, loaded.assets.addresses).encode()
    return pipeline.build(
        loaded,
        job.folders,
        job.output,
        options.strict,
        progress_for(options.quiet),
        beside,
        work,
        compress=options.compress,
    )


def _standing(job: _Job, loaded: Loaded, report: Report) -> Standing:
    from newsstand.pipeline import holds_between

    seen, said = job.seen, report.said()
    files = {path: page.stamp for path, page in report.known.pages.items()}
    if report.known.site:  # so that a site which another build has published is another one
        files[MARKER] = report.known.site
    stamps = (seen.content.stamps, seen.content.problems, seen.others)
    times = holds_between(loaded)
    return Standing(job.asked, job.looked_at, *stamps, *times, files, said)


def remembered(ledger: Ledger, quietly: bool) -> Known:
    """What the last build left; says so where it cannot be used."""
    known, note = ledger.read()
    if note and not quietly:
        print(f"Note: {note}.", file=sys.stderr)
    return known or NOTHING_KNOWN


def remember(write: Callable[[], None], quietly: bool) -> None:
    """Leave something for the next build; a disk that takes nothing stops no build."""
    try:
        write()
    except OSError as problem:
        if not quietly:
            said = problem.strerror or problem
            print(f"Note: the cache cannot be written ({said}).", file=sys.stderr)
