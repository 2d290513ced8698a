"""What the commands ``fetch`` and ``import`` have in common: options, and where records go."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newsstand.cli.common_options import (
    ContentOptions,
    WrongUsage,
    add_content_arguments,
    days_before,
)
from newsstand.content.file_kinds import PROVIDER_FOLDERS
from newsstand.text.dates import read_instant

if TYPE_CHECKING:
    from newsstand.content.kinds.settings import Config
    from newsstand.fetch.record_store import Store

_RESERVED = (*PROVIDER_FOLDERS, "topics", "pages", "pictures")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsOptions(ContentOptions):
    """What ``fetch`` and ``import`` have in common."""

    now: datetime
    dry_run: bool = False
    since: str = ""
    allow_private: bool = False
    quiet: bool = False


def add_news_arguments(parser: ArgumentParser, since: str) -> None:
    """What the command line takes for `NewsOptions`, but for ``--quiet``.

    `since` is what ``--since`` does in the command.
    """
    parser.add_argument("--dry-run", action="store_true", help="ask and say, write nothing")
    parser.add_argument(
        "--since",
        default="",
        metavar="WHEN",
        help=f"{since}: an instant, or 30d for the last 30 days",
    )
    parser.add_argument(
        "--allow-private",
        action="store_true",
        help="ask addresses of this machine and of private networks too",
    )
    add_content_arguments(parser)


def since_of(given: str, now: datetime) -> datetime | None:
    """``--since``: an instant, or ``30d`` for so many days before now. Raises WrongUsage."""
    if not given:
        return None
    try:
        return days_before(given, now) or read_instant(given)[0]
    except (ValueError, OverflowError):
        raise WrongUsage(
            f"--since is {given!r}; write 30d, or an instant such as 2024-01-20T00:00:00Z"
        ) from None


def store_of(options: NewsOptions, config: Config) -> Store:
    """Where records go. Raises WrongUsage for a folder that is none of records."""
    from newsstand.fetch.record_store import Store  # not needed for --help

    folder = config.fetch.folder.strip("/")
    if not _is_below(folder) or folder.split("/")[0] in _RESERVED:
        raise WrongUsage(f"fetch: folder: is {folder!r}; write a folder such as news/fetched")
    pictures = config.fetch.pictures_folder.strip("/")
    if not _is_below(pictures):
        raise WrongUsage(f"fetch: pictures_folder: is {pictures!r}; write pictures/cache")
    return Store(options.content, folder, options.now, is_dry=options.dry_run)


def _is_below(folder: str) -> bool:
    """Whether a path stays in the content folder, and is none that a build passes over."""
    return all(part and part[0] != "." and "\\" not in part for part in folder.split("/"))
