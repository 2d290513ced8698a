"""The command ``check``: all that is wrong with a site, without publishing it."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from newsstand import check_report
from newsstand.checks import check_site
from newsstand.pipeline import Folders
from newsstand.problems import Problem, Severity
from newsstand.terminal import progress_for
from newsstand.usage import base_url_of, folders_of


def check(options: argparse.Namespace) -> int:
    """Say what is wrong. 0: nothing that `--fail-on` names; 1: something."""
    folders = folders_of(options)
    progress: Any = progress_for(options.format != "text")
    checked = check_site(folders, base_url_of(options.base_url), options.now, progress)
    problems = checked.problems
    sys.stdout.write(_report(problems, folders, options))
    fatal = {Severity.ERROR, Severity(options.fail_on)}
    return int(any(problem.severity in fatal for problem in problems))


def _report(problems: tuple[Problem, ...], folders: Folders, options: argparse.Namespace) -> str:
    def locate(problem: Problem) -> Path:
        return file_of(problem, folders)

    if options.format == "json":
        return check_report.as_json(problems, locate)
    if options.format == "github":
        return check_report.as_annotations(problems, locate)
    return check_report.as_text(problems, options.verbose)


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
