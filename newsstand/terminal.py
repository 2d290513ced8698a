"""What the command says: progress, problems and the summary."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from newsstand.pipeline import Report
from newsstand.problems import Problem
from newsstand.text import plural

T = TypeVar("T")
_SHOWN = 5  # warnings of one kind, unless all are asked for
_HELD_SHOWN = 10


def quiet(entries: Iterable[T], _what: str, _total: int | None) -> Iterable[T]:
    """Progress that nobody sees."""
    return entries


def bar(entries: Iterable[T], what: str, total: int | None) -> Iterable[T]:
    """A progress bar on a terminal, for what takes over a second."""
    from tqdm import tqdm  # not needed to start up

    tqdm.monitor_interval = 0  # no thread of its own: with one, processes cannot be forked
    return tqdm(entries, desc=what, total=total, unit="", delay=1, disable=None, leave=False)


def progress_for(quietly: bool) -> object:
    """The progress that suits the terminal."""
    return quiet if quietly or not sys.stderr.isatty() else bar


def say_waiting(folder: str) -> None:
    """Another build holds the output."""
    print(f"Another build is writing {folder}; waiting for it to end.", flush=True)


def show_problems(problems: Sequence[Problem], everything: bool, quietly: bool) -> None:
    """Errors in full; of each kind of warning the first few, unless all are asked for."""
    shown: Counter[str] = Counter()
    for problem in problems:
        if problem.is_error:
            print(problem, file=sys.stderr)
        elif not quietly:
            shown[problem.code] += 1
            if everything or shown[problem.code] <= _SHOWN:
                print(problem, file=sys.stderr)
    for code, count in sorted(shown.items()):
        if not everything and count > _SHOWN:
            more = plural(count - _SHOWN, "more warning")
            print(f"… and {more} [{code}]; -v shows all", file=sys.stderr)


def summary(report: Report, folder: str, seconds: float, everything: bool) -> str:
    """The last lines of a build."""
    errors = sum(p.is_error for p in report.problems)
    warnings = len(report.problems) - errors
    lines = [
        _read(report),
        *_held_back(report, everything),
        *([_made(report, seconds)] if report.published else []),
        f"Problems: {plural(errors, 'error')}, {plural(warnings, 'warning')}."
        if report.problems
        else "No problems.",
    ]
    if errors and report.published:
        lines.append("Records with errors were left out or read as far as is safe.")
    if report.published:
        lines.append(f"The site is in {folder}")
    else:
        lines.append("Nothing was published: --strict allows no errors. The last site stands.")
    return "\n".join(lines)


def _read(report: Report) -> str:
    return (
        f"Read {plural(report.records, 'record')}: {report.articles:,} published, "
        f"{report.promoted:,} of them promoted; {len(report.held_back):,} held back"
        f"{f'; {report.left_out:,} left out for errors' if report.left_out else ''}."
    )


def _made(report: Report, seconds: float) -> str:
    return (
        f"Made {plural(report.stories, 'story', 'stories')} and {plural(report.pages, 'page')} "
        f"in {seconds:.1f} s, {peak_memory():,.0f} MB at most."
    )


def _held_back(report: Report, everything: bool) -> Iterable[str]:
    shown = report.held_back if everything else report.held_back[:_HELD_SHOWN]
    for held in shown:
        yield f"  held back: {held.path} ({held.reason})"
    if len(report.held_back) > len(shown):
        yield f"  … and {len(report.held_back) - len(shown):,} more; -v names all"


def peak_memory() -> float:
    """The most memory this process had, in MB."""
    import resource  # not on every system, and not needed to start up

    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
