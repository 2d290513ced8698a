"""What each command does: the edge between the terminal and the program."""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from newsstand.cache import Cache
from newsstand.explaining import explain_record, stories_json, stories_text
from newsstand.hosting import HEADERS_FILE, headers_file
from newsstand.memory import Known
from newsstand.output import Output, locked
from newsstand.pipeline import Loaded, Report, load
from newsstand.pipeline import build as build_site
from newsstand.problems import nearest
from newsstand.render import BrokenTemplate
from newsstand.terminal import progress_for, quiet, say_waiting, show_problems, summary
from newsstand.text import plural
from newsstand.usage import base_url_of, cache_of, folders_of, output_of


def build(options: argparse.Namespace) -> int:
    """Make the site. 0: published; 1: not published."""
    started = time.monotonic()
    folders = folders_of(options)
    output = output_of(options, folders)
    progress: Any = progress_for(options.quiet)
    cache = cache_of(options)
    with locked(output, lambda: say_waiting(str(output.folder))), _without_collector():
        output.recover()
        output.check()
        looked_at = time.time_ns()
        known = remembered(cache, options.quiet)
        base_url = base_url_of(options.base_url)
        options.loaded = loaded = load(
            folders, base_url, options.now, progress, (), known, looked_at
        )
        try:
            options.made = report = build_site(
                loaded,
                folders,
                output,
                options.strict,
                progress,
                _beside(options, loaded),
                known,
                compress=options.compress,
            )
        except BrokenTemplate as broken:
            show_problems((*loaded.problems, broken.problem), options.verbose, options.quiet)
            print("Nothing was published; the last site stands.", file=sys.stderr)
            return 1
        remember(cache, report, options.quiet)
    _tell(report, options, output, time.monotonic() - started)
    return 0 if report.published else 1


def _beside(options: argparse.Namespace, loaded: Loaded) -> dict[str, bytes]:
    """The files that the site's host asks for."""
    if not getattr(options, "headers", False):
        return {}
    return {HEADERS_FILE: headers_file(loaded.config, loaded.assets.addresses).encode()}


def remembered(cache: Cache, quietly: bool) -> Known:
    """What the last build left; says so where it cannot be used."""
    known, note = cache.read()
    if note and not quietly:
        print(f"Note: {note}.", file=sys.stderr)
    return known


def remember(cache: Cache, report: Report, quietly: bool) -> None:
    """Leave for the next build what this one knows; a disk that takes nothing stops no build."""
    if not report.published:
        return
    try:
        cache.write(report.known)
    except OSError as problem:
        if not quietly:
            said = problem.strerror or problem
            print(f"Note: the cache cannot be written ({said}).", file=sys.stderr)


@contextmanager
def _without_collector() -> Iterator[None]:
    """A build makes hardly any cycles: the collector would look at the same values in vain.

    On the archive of 1,952 records this saves 6 % of the processor time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _tell(report: Report, options: argparse.Namespace, output: Output, seconds: float) -> None:
    show_problems(report.problems, options.verbose, options.quiet)
    if not options.quiet:
        print(summary(report, str(output.folder), seconds, options.verbose))


def stories(options: argparse.Namespace) -> int:
    """Print all stories."""
    loaded = _load(options)
    printed = stories_json if options.format == "json" else stories_text
    sys.stdout.write(printed(loaded.site))
    return 0


def explain(options: argparse.Namespace) -> int:
    """Say why a record is in its story."""
    loaded = _load(options)
    records = loaded.site.records
    wanted = _record_path(options.record, options.content)
    found = [path for path in sorted(records) if wanted in path]
    exact = [p for p in sorted(records) if _is_exactly(wanted, p, records[p].slug)]
    if len(exact or found) != 1:
        _say_which(options.record, found, records)
        return 1
    sys.stdout.write(explain_record(loaded.site, records[(exact or found)[0]]))
    return 0


def _is_exactly(wanted: str, path: str, slug: str) -> bool:
    return wanted in (path, path.rpartition("/")[2], slug, f"news/{slug}/")


def _record_path(given: str, content: Path) -> str:
    """A record as people name it (a file's path, a page's address) -> as the site knows it."""
    if Path(given).is_file():
        with suppress(ValueError):
            return Path(given).resolve().relative_to(content.resolve()).as_posix()
    return given.lstrip("/")


def _say_which(wanted: str, found: list[str], records: Iterable[str]) -> None:
    if found:
        print(f"{wanted!r} is a part of several paths:", *found[:10], sep="\n  ", file=sys.stderr)
        return
    close = nearest(wanted, records)
    hint = f"; did you mean {close}?" if close else ""
    print(f"no published record has {wanted!r} in its path{hint}", file=sys.stderr)


def _load(options: argparse.Namespace) -> Loaded:
    """A site to ask questions of; what is wrong with it goes to the error output, in short."""
    loaded = load(folders_of(options), "", options.now, quiet)
    errors = sum(p.is_error for p in loaded.problems)
    if errors:
        said = plural(errors, "error")
        print(f"{said} in the content; `check` shows them", file=sys.stderr)
    return loaded
