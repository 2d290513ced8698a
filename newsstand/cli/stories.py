"""The command ``stories``: print stories by rank."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import datetime

from newsstand.cli.command_table import Command
from newsstand.cli.common_options import (
    SiteOptions,
    WrongUsage,
    add_source_arguments,
    count,
    days_before,
)
from newsstand.problems import quoted
from newsstand.text.dates import read_time


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesOptions(SiteOptions):
    """The command ``stories``: of which stories, and how. `since` is an instant, or empty."""

    format: str = "text"
    since: str = ""
    outlets: int = 0
    multi: bool = False
    top: int = 0


def add_arguments(parser: ArgumentParser) -> None:
    """What the command line takes for `StoriesOptions`."""
    add_source_arguments(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--since",
        default="",
        metavar="TIME",
        help="only with a report since then: a day, an instant, or 3d for the last 3 days",
    )
    parser.add_argument(
        "--outlets", type=count, default=0, metavar="N", help="only of at least so many outlets"
    )
    parser.add_argument("--multi", action="store_true", help="only of two outlets or more")
    parser.add_argument(
        "--top", type=count, default=0, metavar="N", help="only so many, the highest ranked"
    )


def stories(options: StoriesOptions) -> int:
    """Print all stories, or those that are asked for."""
    from newsstand.cli.load_site import load_site  # not needed for --help
    from newsstand.cli.stories_list import chosen_stories, stories_json, stories_text

    since = _since(options.since, options.now)
    site = load_site(options).site
    least = max(options.outlets, 2 if options.multi else 0)
    chosen = chosen_stories(site, since, least, options.top)
    printed = stories_json if options.format == "json" else stories_text
    sys.stdout.write(printed(site, chosen))
    return 0


def _since(given: str, now: datetime) -> datetime | None:
    try:
        return days_before(given, now) or (read_time(given).at if given else None)
    except (ValueError, OverflowError):
        raise WrongUsage(
            f"--since is {quoted(given)}, which is no time; write 2024-01-18, an instant, or 3d"
        ) from None


COMMAND = Command(
    StoriesOptions,
    add_arguments,
    stories,
    "Print the stories that were found, the highest ranked first.",
    "%(prog)s --multi --since 2024-01-18 --top 10",
)
