"""Options that many commands have: where a site is, and as of when it is looked at."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_content(parser: argparse.ArgumentParser) -> None:
    """The folder of records."""
    parser.add_argument(
        "--content",
        type=Path,
        metavar="D",
        help="folder of records (default: content in the site's folder)",
    )


def add_site(parser: argparse.ArgumentParser) -> None:
    """The site's folder."""
    parser.add_argument(
        "--site",
        type=Path,
        metavar="D",
        help="the site's folder, with content, site.yml, templates and static in it "
        "(default: the folder of build.py; for the installed command the working folder)",
    )


def add_now(parser: argparse.ArgumentParser) -> None:
    """As of when a command works."""
    parser.add_argument(
        "--now",
        default="",
        metavar="INSTANT",
        help="work as of this time; records dated later are held back "
        "(default: SOURCE_DATE_EPOCH, else the clock)",
    )


def add_config(parser: argparse.ArgumentParser) -> None:
    """The file of settings."""
    parser.add_argument(
        "--config",
        type=Path,
        metavar="F",
        help="file of settings (default: site.yml in the site's folder)",
    )
