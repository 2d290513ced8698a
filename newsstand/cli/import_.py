"""The command ``import``: what people have already becomes outlets and records, once."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass

from newsstand.cli.command_table import Command
from newsstand.cli.common_options import content_folder
from newsstand.cli.fetch_and_import import NewsOptions, add_news_arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions(NewsOptions):
    """The command ``import``."""

    what: tuple[str, ...]
    follow: bool = False


def add_arguments(parser: ArgumentParser) -> None:
    """What the command line takes for `ImportOptions`."""
    parser.add_argument(
        "what",
        nargs="+",
        metavar="FILE|ADDRESS",
        help="OPML, a feed, bookmarks, CSV or JSON lines, or a content folder, packed or not",
    )
    parser.add_argument(
        "--follow",
        action="store_true",
        help="write an outlet's file for each feed, which `fetch` asks from then on; no records",
    )
    add_news_arguments(parser, "leave out what is older (default: take all)")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")


def import_(options: ImportOptions) -> int:
    """Take over files and addresses. 0: done; 1: one of them could not be read."""
    from newsstand.cli.import_job import ImportJob  # not needed for --help
    from newsstand.cli.site_folders import of_content

    content_folder(options)
    job = ImportJob(options, options.follow)
    readable = [job.take(name) for name in options.what]
    for problem in job.store.problems:
        print(of_content(problem, options.content), file=sys.stderr)
    return int(not all(readable))


COMMAND = Command(
    ImportOptions,
    add_arguments,
    import_,
    "Make outlets and records of what you have; nothing is written twice.",
    "%(prog)s --follow https://gazette.example/ feeds.opml",
)
