"""What the commands take that bring news in: ``fetch`` and ``import``."""

from __future__ import annotations

import argparse

from newsstand.cli.place_arguments import add_config, add_content, add_now, add_site


def add_fetch(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command ``fetch``."""
    fetch = commands.add_parser("fetch", help="ask all feeds, and write a record for each new item")
    fetch.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="OUTLET",
        help="only the feeds of this outlet (domain, name or feed); may be repeated",
    )
    fetch.add_argument("--strict", action="store_true", help="exit code 1 if a source failed")
    fetch.add_argument(
        "--format",
        choices=("text", "markdown"),
        default="text",
        help="how the table of sources is written at the end",
    )
    _add_taking(fetch)
    fetch.add_argument("-q", "--quiet", action="store_true", help="no table, only what is wrong")


def add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command ``import``."""
    import_ = commands.add_parser("import", help="take over feeds, outlets or records, once")
    import_.add_argument(
        "what",
        nargs="+",
        metavar="FILE|ADDRESS",
        help="OPML, a feed, bookmarks, CSV or JSON lines, or a content folder, packed or not",
    )
    import_.add_argument(
        "--follow",
        action="store_true",
        help="write an outlet's file for each feed, which `fetch` asks from then on; no records",
    )
    _add_taking(import_)
    import_.add_argument("-q", "--quiet", action="store_true", help="no progress")


def _add_taking(parser: argparse.ArgumentParser) -> None:
    """What `fetch` and `import` have in common."""
    parser.add_argument("--dry-run", action="store_true", help="ask and say, write nothing")
    parser.add_argument(
        "--since",
        default="",
        metavar="WHEN",
        help="also older items: an instant, or 30d for the last 30 days "
        "(default: fetch: days: in the settings)",
    )
    parser.add_argument(
        "--allow-private",
        action="store_true",
        help="ask addresses of this machine and of private networks too",
    )
    add_site(parser)
    add_content(parser)
    add_config(parser)
    add_now(parser)
