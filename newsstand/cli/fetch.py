"""The command ``fetch``: ask all feeds, and write a record for each new item."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass

from newsstand.cli.command_table import Command
from newsstand.cli.common_options import WrongUsage
from newsstand.cli.fetch_and_import import NewsOptions, add_news_arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions(NewsOptions):
    """The command ``fetch``."""

    only: tuple[str, ...] = ()
    strict: bool = False
    format: str = "text"


def add_arguments(parser: ArgumentParser) -> None:
    """What the command line takes for `FetchOptions`."""
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="OUTLET",
        help="only the feeds of this outlet (domain, name or feed); may be repeated",
    )
    parser.add_argument("--strict", action="store_true", help="exit code 1 if a source failed")
    parser.add_argument(
        "--format",
        choices=("text", "markdown"),
        default="text",
        help="how the table of sources is written at the end",
    )
    add_news_arguments(parser, "also older items (default: fetch: days: in the settings)")
    parser.add_argument("-q", "--quiet", action="store_true", help="no table, one line of counts")


def fetch(options: FetchOptions) -> int:
    """Ask all feeds. 0: done, whatever single feeds did; 1 with `--strict`: one failed."""
    from filelock import FileLock, Timeout  # not needed for --help

    from newsstand.cli.fetch_job import FetchJob

    job = FetchJob(options, options.only, options.format)
    lock = job.cache / "fetch.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock, timeout=0):
            failures = job.run()
    except Timeout:
        raise WrongUsage("another fetch is running for this site") from None
    return int(options.strict and failures > 0)


COMMAND = Command(
    FetchOptions,
    add_arguments,
    fetch,
    "Ask the feeds that outlets' files or an OPML file name; each new item is a record.",
    "%(prog)s --only gazette.example --dry-run",
)
