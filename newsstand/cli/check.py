"""The command ``check``: say all that is wrong with a site, without publishing it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsstand.cli.command_table import Command
from newsstand.cli.common_options import (
    SiteOptions,
    WrongUsage,
    add_base_url,
    add_source_arguments,
    add_templates,
    add_volume,
)
from newsstand.problems import Problem, Severity, sort_problems

if TYPE_CHECKING:
    from newsstand.content.site_inputs import Folders


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions(SiteOptions):
    """The command ``check``."""

    base_url: str = ""
    format: str = "text"
    fail_on: str = "error"
    external: bool = False
    fix: bool = False
    yes: bool = False
    dry_run: bool = False
    quiet: bool = False
    verbose: bool = False


def add_arguments(parser: ArgumentParser) -> None:
    """What the command line takes for `CheckOptions`."""
    add_source_arguments(parser)
    add_templates(parser)
    add_base_url(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="text for people, json, or annotations of GitHub Actions",
    )
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        default="error",
        help="what exit code 1 is for (default: error, as build --strict)",
    )
    parser.add_argument(
        "--external",
        action="store_true",
        help="ask other hosts whether links to them still lead somewhere",
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="mend what is safe first: shows every change; on a terminal it asks",
    )
    parser.add_argument("--yes", action="store_true", help="with --fix: do not ask")
    parser.add_argument("--dry-run", action="store_true", help="with --fix: show, write nothing")
    add_volume(parser, "say only what exit code 1 is for", "name every place")


def check(options: CheckOptions) -> int:
    """Say what is wrong. 0: nothing that `--fail-on` names; 1: something."""
    from newsstand.check.run import check_site  # not needed for --help
    from newsstand.cli.site_folders import base_url_of, folders_of
    from newsstand.cli.terminal import progress_for

    folders = folders_of(options)
    if options.dry_run and not options.fix:
        raise WrongUsage("--dry-run shows what --fix would do: name both")
    if options.yes and not options.fix:
        raise WrongUsage("--yes lets --fix write without a question: name both")
    is_text = options.format == "text"
    if options.fix:
        from newsstand.cli.check_fix import fix

        fix(folders, options.dry_run, options.yes, sys.stdout if is_text else sys.stderr)
    progress: Any = progress_for(options.quiet or not is_text)
    checked = check_site(folders, base_url_of(options.base_url), options.now, progress)
    problems = checked.problems
    if options.external:
        from newsstand.cli.check_links import check_links

        outer = check_links(checked.loaded.site, folders, options.now, is_text)
        problems = sort_problems((*problems, *outer))
    fatal = {Severity.ERROR, Severity(options.fail_on)}
    sys.stdout.write(_report(problems, fatal, folders, options))
    return int(any(problem.severity in fatal for problem in problems))


def _report(
    problems: tuple[Problem, ...],
    fatal: Collection[Severity],
    folders: Folders,
    options: CheckOptions,
) -> str:
    from newsstand.check import report
    from newsstand.cli.site_folders import file_of, on_disk

    def locate(problem: Problem) -> Path:
        return file_of(problem, folders)

    if options.format == "json":
        return report.as_json(problems, locate)
    if options.format == "github":
        return report.as_annotations(problems, locate)
    shown = [on_disk(problem, folders) for problem in problems]
    if options.quiet:
        return "".join(f"{problem}\n" for problem in shown if problem.severity in fatal)
    return report.as_text(shown, options.verbose)


COMMAND = Command(
    CheckOptions,
    add_arguments,
    check,
    "Read the site as a build does, make every page and forget it, and look further.",
    "%(prog)s --fix --dry-run",
)
