"""The command ``check``: all that is wrong with a site, without publishing it."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from newsstand.check import report
from newsstand.check.external_links import outer_links, problems_of, remembered, to_remember
from newsstand.check.fix.apply import find_fixes, write_fixes
from newsstand.check.run import check_site
from newsstand.cli.options import CheckOptions, WrongUsage, base_url_of, folders_of
from newsstand.cli.terminal import progress_for
from newsstand.content.input_files import Folders
from newsstand.content.write import write_whole
from newsstand.fetch.answers import Answer
from newsstand.problems import Problem, Severity, sort_problems
from newsstand.site import Site
from newsstand.text.strings import plural

CACHE = ".cache/links.json"
"""What other hosts have said about links, beside the content folder."""


def check(options: CheckOptions) -> int:
    """Say what is wrong. 0: nothing that `--fail-on` names; 1: something."""
    folders = folders_of(options)
    if options.dry_run and not options.fix:
        raise WrongUsage("--dry-run shows what --fix would do: name both")
    if options.fix:
        _fix(folders, options)
    progress: Any = progress_for(options.quiet or options.format != "text")
    checked = check_site(folders, base_url_of(options.base_url), options.now, progress)
    problems = checked.problems
    if options.external:
        outer = _external(checked.loaded.site, folders, options)
        problems = sort_problems((*problems, *outer))
    fatal = {Severity.ERROR, Severity(options.fail_on)}
    sys.stdout.write(_report(problems, fatal, folders, options))
    return int(any(problem.severity in fatal for problem in problems))


def _external(site: Site, folders: Folders, options: CheckOptions) -> Iterable[Problem]:
    """Ask about every link whose last answer is too old, and keep the answers in a file."""
    from newsstand.fetch import http_client, link_check  # only here: they reach the network

    agent = http_client.user_agent(link_check.PURPOSE)
    asker = link_check.Asker(http_client.HttpClient(http_client.MANNER, agent))
    cache = folders.content.parent / CACHE
    known = cache.read_text(encoding="utf-8") if cache.is_file() else ""
    uses = outer_links(site)
    answers = remembered(known, options.now)
    waiting = [use.link for use in uses if use.link not in answers]
    if waiting and options.format == "text":
        print(f"Asking about {plural(len(waiting), 'link')}.", file=sys.stderr)
    new: dict[str, Answer] = {}
    progress: Any = progress_for(options.format != "text")
    try:
        new.update(progress(asker.ask_all(waiting), "Asking", len(waiting)))
    finally:  # what was answered before somebody lost patience is not asked again
        if new:
            write_whole(cache, to_remember(known, new, options.now).encode())
    return problems_of(uses, {**answers, **new}, folders.content, folders.config)


def _fix(folders: Folders, options: CheckOptions) -> None:
    """Show what would be mended, then mend it; on a terminal only after a yes."""
    fixes = find_fixes(folders.content, folders.config)
    out = sys.stdout if options.format == "text" else sys.stderr
    for fix in fixes:
        out.write(fix.shown)
    files = plural(len(fixes), "file")
    if not fixes:
        print("Nothing to mend.", file=out)
    elif options.dry_run:
        print(f"{files} would be mended; nothing was written.", file=out)
    elif not options.yes and sys.stdin.isatty() and not _agreed(files):
        print("Nothing was written.", file=out)
    else:
        written, left = write_fixes(fixes)
        print(f"{plural(written, 'file')} mended.", file=out)
        for file in left:
            print(f"{file} was changed meanwhile and is left as it is", file=sys.stderr)


def _agreed(files: str) -> bool:
    try:
        return input(f"Write these changes to {files}? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _report(
    problems: tuple[Problem, ...],
    fatal: Collection[Severity],
    folders: Folders,
    options: CheckOptions,
) -> str:
    def locate(problem: Problem) -> Path:
        return file_of(problem, folders)

    if options.format == "json":
        return report.as_json(problems, locate)
    if options.format == "github":
        return report.as_annotations(problems, locate)
    if options.quiet:
        return "".join(f"{problem}\n" for problem in problems if problem.severity in fatal)
    return report.as_text(problems, options.verbose)


def file_of(problem: Problem, folders: Folders) -> Path:
    """The file that a problem is about, from the working folder where that is possible."""
    path = problem.path
    candidates = [folders.content / path]
    if folders.config and path == folders.config.name:
        candidates.insert(0, folders.config)
    for top, places in (("templates", folders.templates), ("static", folders.static)):
        if path.startswith(f"{top}/"):
            candidates += [place / path.removeprefix(f"{top}/") for place in reversed(places)]
    found = next((place for place in candidates if place.exists()), candidates[0])
    relative = os.path.relpath(found)
    return found if relative.startswith("..") else Path(relative)
