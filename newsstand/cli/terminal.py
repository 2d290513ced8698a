"""What the command says: progress, problems and the summary."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from newsstand.build.report import BuildSummary, Report
from newsstand.cli.site_folders import on_disk
from newsstand.content.file_kinds import RECORD_ENDINGS, is_record
from newsstand.content.kinds.publication import why_held
from newsstand.content.site_inputs import Folders
from newsstand.problems import Problem, without_notes
from newsstand.text.strings import plural

T = TypeVar("T")
_SAID_BY_BUILDS = frozenset({"url-missing", "feed-empty"})  # the only notes that a build says
_SHOWN = 5  # warnings of one kind, unless all are asked for
_HELD_SHOWN = 10
_FIRST = {"it is new", "its source has changed"}  # the reasons of a site that is all new


LAST_STANDS = "Nothing was published; the last site stands."


def quiet(entries: Iterable[T], _what: str, _total: int | None) -> Iterable[T]:
    """Progress that nobody sees."""
    return entries


def bar(entries: Iterable[T], what: str, total: int | None) -> Iterable[T]:
    """A progress bar on a terminal, for what takes over a second."""
    from tqdm import tqdm  # not needed to start up

    tqdm.monitor_interval = 0  # no thread of its own: with one, processes cannot be forked
    return tqdm(entries, desc=what, total=total, unit="", delay=1, disable=None, leave=False)


def progress_for(quietly: bool) -> Any:  # noqa: ANN401
    """The progress that suits the terminal."""
    return quiet if quietly or not sys.stderr.isatty() else bar


def say_waiting(folder: str) -> None:
    """Another build holds the output."""
    print(f"Another build is writing {folder}; waiting for it to end.", flush=True)


def show_problems(
    problems: Sequence[Problem],
    folders: Folders | None,
    everything: bool,
    quietly: bool,
    problems_before: Iterable[Problem] = (),
) -> None:
    """Errors in full; of each kind of warning the first few, unless all are asked for.

    Warnings that were `problems_before` by the last build are one line with their number. Paths are
    those of files in `folders`, so that a terminal can open them.
    """
    shown: Counter[str] = Counter()
    before = {_sign(problem) for problem in problems_before} if not everything else set()
    counted = without_notes(problems)
    again = sum(not p.is_error and _sign(p) in before for p in counted)
    for problem in counted:
        if problem.is_error:
            print(coloured(on_disk(problem, folders)), file=sys.stderr)
        elif not quietly and _sign(problem) not in before:
            shown[problem.code] += 1
            if everything or shown[problem.code] <= _SHOWN:
                print(coloured(on_disk(problem, folders)), file=sys.stderr)
    for code, count in sorted(shown.items()):
        if not everything and count > _SHOWN:
            more = plural(count - _SHOWN, "more warning")
            print(f"… and {more} [{code}]; -v shows all", file=sys.stderr)
    if again and not quietly:
        new = f"{sum(shown.values()):,} new; " if shown else ""
        print(
            f"{new}{plural(again, 'warning')} as in the last build: -v shows all", file=sys.stderr
        )


def _sign(problem: Problem) -> tuple[str, str, str]:
    """What tells that a problem is the one of the last build: its line may be another."""
    return (problem.path, problem.code, problem.message)


def coloured(problem: Problem) -> str:
    """A problem as a terminal shows it: red for errors, yellow for warnings (no-color.org)."""
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return str(problem)
    place, _, rest = str(problem).partition(f" {problem.severity}: ")
    sign = "31" if problem.is_error else "33"
    return f"\033[1m{place}\033[0m \033[{sign}m{problem.severity}:\033[0m {rest}"


def summary(report: Report, folder: str, seconds: float, everything: bool) -> str:
    """The last lines of a build."""
    lines = [_read(report, report.published), *_held_back(report, everything)]
    if report.published:
        lines += [*(_written(report) if everything else ()), _made(report, seconds)]
    lines += [*_notes(report), _problems(report)]
    if report.published and any(p.is_error and _is_of_a_record(p) for p in report.problems):
        lines.append("Records with errors were left out or read as far as is safe.")
    if report.published:
        lines.append(f"The site is in {folder}")
    else:
        lines.append(not_published(report))
    return "\n".join(lines)


def _is_of_a_record(problem: Problem) -> bool:
    """Not of the settings or of a template, whose paths are none below the content folder."""
    path = problem.path
    return is_record(path) and path.lower().endswith(RECORD_ENDINGS)


def not_published(report: Report) -> str:
    """The line that says so, and why."""
    return f"Nothing was published: {report.why_not}. The last site stands."


def stood(last: BuildSummary, folder: str, everything: bool) -> str:
    """The last lines of a build that had nothing to do."""
    whole = f"{plural(last.stories, 'story', 'stories')} and {plural(last.pages, 'page')}"
    return "\n".join(
        (
            _read(last),
            *_held_back(last, everything),
            f"Nothing has changed since the last build: {whole}.",
            *_notes(last),
            _problems(last),
            f"The site is in {folder}",
        )
    )


def _problems(report: BuildSummary) -> str:
    counted = without_notes(report.problems)
    errors = sum(p.is_error for p in counted)
    # Not how many: `check` says only the first of a kind, and finds others.
    has_notes = sum(p.code not in _SAID_BY_BUILDS for p in report.problems) > len(counted)
    more = " `check` has notes, and looks further." if has_notes else ""
    if not counted:
        return f"No problems.{more}"
    return f"Problems: {plural(errors, 'error')}, {plural(len(counted) - errors, 'warning')}.{more}"


def _notes(report: BuildSummary) -> Iterable[str]:
    """What a site cannot have for want of something."""
    return [f"Note: {p.message}." for p in report.problems if p.code in _SAID_BY_BUILDS]


def _read(report: BuildSummary, published: bool = True) -> str:
    done = "published" if published else "could be published"
    return (
        f"Read {plural(report.records, 'record')}: {report.articles:,} {done}, "
        f"{report.promoted:,} of them promoted; {len(report.held_back):,} held back"
        f"{f'; {report.left_out:,} left out for errors' if report.left_out else ''}."
    )


def _written(report: Report) -> Iterable[str]:
    """Why each file was written; in one line, if that says as much."""
    reasons = Counter(w.reason for w in report.written)
    if (len(reasons) == 1 or reasons.keys() <= _FIRST) and len(report.written) > _HELD_SHOWN:
        whys = "; ".join(f"{why} ({count:,})" for why, count in reasons.most_common())
        yield f"  written: {plural(len(report.written), 'file')}: {whys}"
    else:
        yield from (f"  written: {w.path} ({w.reason})" for w in report.written)


def _made(report: Report, seconds: float) -> str:
    stories = plural(report.stories, "story", "stories")
    if not report.written:
        return f"No file had to be written: {stories} and {plural(report.pages, 'page')} stand."
    return (
        f"Made {stories} and {plural(report.pages, 'page')} "
        f"({plural(len(report.written), 'file')} written) "
        f"in {seconds:.1f} s, {peak_memory():,.0f} MB at most."
    )


def _held_back(report: BuildSummary, everything: bool) -> Iterable[str]:
    shown = report.held_back if everything else report.held_back[:_HELD_SHOWN]
    for held in shown:
        yield f"  held back: {held.path} ({why_held(held)})"
    if len(report.held_back) > len(shown):
        yield f"  … and {len(report.held_back) - len(shown):,} more; -v names all"


def peak_memory() -> float:
    """The most memory this process had, in MB."""
    import resource  # not on every system, and not needed to start up

    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
