"""Options that several commands have: the folders of a site, its address, the cache, the time."""

from __future__ import annotations

import os
import re
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_CACHE_FOLDER = ".cache"
LOCAL = "127.0.0.1"  # this machine, and no other
_DAYS = re.compile(r"(\d{1,5})d")


class WrongUsage(Exception):  # noqa: N818  (a fault of the call, not of the program)
    """The command was called with something that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentOptions:
    """Where a site's records and settings are."""

    site: Path
    content: Path
    config: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOptions(ContentOptions):
    """Where all is that a site is made from."""

    static: Path | None = None
    templates: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOptions(SourceOptions):
    """Where a site is, and as of when it is looked at."""

    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputOptions(SourceOptions):
    """What ``build`` and ``serve`` have in common: where a site is, and where it is written to."""

    output: Path
    base_url: str = ""
    cache: Path | None = None
    no_cache: bool = False
    quiet: bool = False
    verbose: bool = False


Options = TypeVar("Options", bound="DataclassInstance")


def options_of(kind: type[Options], given: Namespace, home: Path, now: datetime | None) -> Options:
    """The options of a command, with the folders that were not named: they lie in the site's.

    That is `--site`, else `home`: the folder of ``build.py``, or for the installed command
    the working folder. Raises WrongUsage.
    """
    site: Path = getattr(given, "site", None) or home
    if not site.is_dir():
        raise WrongUsage(f"there is no folder {site}")
    # What no build may publish is kept out of the folder that people copy to their host.
    held_back = getattr(given, "drafts", False) or getattr(given, "future", False)
    output = "_preview" if held_back else "_site"
    defaults = {"content": site / "content", "output": site / output}
    values: dict[str, Any] = {"site": site, "now": now}
    for field in fields(kind):
        if field.name not in values:
            value = getattr(given, field.name, None)
            value = defaults.get(field.name) if value is None else value
            values[field.name] = tuple(value) if isinstance(value, list) else value
    return kind(**{f.name: values[f.name] for f in fields(kind)})


def content_folder(options: ContentOptions) -> Path:
    """The folder of records. Raises WrongUsage where there is none."""
    if not options.content.is_dir():
        raise WrongUsage(
            f"there is no content folder {options.content}; `init DIR` makes a new site"
        )
    return options.content


def cache_folder(content: Path) -> Path:
    """Where commands keep what saves the next one time, for a folder of records."""
    return content.resolve().parent / _CACHE_FOLDER


def add_content_arguments(parser: ArgumentParser) -> None:
    """``--site``, ``--content``, ``--config``, ``--now``."""
    add_site(parser)
    _add_content(parser)
    _add_config(parser)
    add_now(parser)


def add_source_arguments(parser: ArgumentParser) -> None:
    """``--site``, ``--content``, ``--static``, ``--config``, ``--now``."""
    add_site(parser)
    _add_content(parser)
    parser.add_argument(
        "--static",
        type=Path,
        metavar="D",
        help="folder of files to copy that override the built-in ones "
        "(default: static in the site's folder)",
    )
    _add_config(parser)
    add_now(parser)


def add_output_arguments(parser: ArgumentParser, default: str) -> None:
    """The arguments of sources, ``--templates``, ``--output`` with its default, ``--base-url``."""
    add_source_arguments(parser)
    add_templates(parser)
    parser.add_argument(
        "--output",
        type=Path,
        metavar="D",
        help=f"folder to write the site to (default: {default})",
    )
    add_base_url(parser)


def add_site(parser: ArgumentParser) -> None:
    """``--site``: the site's folder."""
    parser.add_argument(
        "--site",
        type=Path,
        metavar="D",
        help="the site's folder, with content, site.yml, templates and static in it "
        "(default: the folder of build.py; for the installed command the working folder)",
    )


def _add_content(parser: ArgumentParser) -> None:
    """``--content``: the folder of records."""
    parser.add_argument(
        "--content",
        type=Path,
        metavar="D",
        help="folder of records (default: content in the site's folder)",
    )


def _add_config(parser: ArgumentParser) -> None:
    """``--config``: the file of settings."""
    parser.add_argument(
        "--config",
        type=Path,
        metavar="F",
        help="file of settings (default: site.yml in the site's folder)",
    )


def add_now(parser: ArgumentParser) -> None:
    """``--now``: as of when a command works."""
    parser.add_argument(
        "--now",
        default="",
        metavar="INSTANT",
        help="work as of this time; records dated later are held back "
        "(default: SOURCE_DATE_EPOCH, else the clock)",
    )


def add_templates(parser: ArgumentParser) -> None:
    """``--templates``: the site's own ones."""
    parser.add_argument(
        "--templates",
        type=Path,
        metavar="D",
        help="folder of templates that override the built-in ones "
        "(default: templates in the site's folder)",
    )


def add_base_url(parser: ArgumentParser) -> None:
    """``--base-url``: the site's address."""
    parser.add_argument(
        "--base-url",
        default="",
        metavar="URL",
        help="address the site is served at, instead of the url in the settings",
    )


def add_cache(parser: ArgumentParser) -> None:
    """``--cache`` and ``--no-cache``: what is kept for the next build."""
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--cache",
        type=Path,
        metavar="D",
        help="folder in which a build remembers what it did (default: .cache beside the content)",
    )
    where.add_argument(
        "--no-cache", action="store_true", help="remember nothing, and make every page"
    )


def add_volume(parser: ArgumentParser, quiet: str, verbose: str) -> None:
    """``--quiet`` or ``--verbose``, with what each of them says."""
    volume = parser.add_mutually_exclusive_group()
    volume.add_argument("-q", "--quiet", action="store_true", help=quiet)
    volume.add_argument("-v", "--verbose", action="store_true", help=verbose)


def count(text: str) -> int:
    """A number from 1. Raises ArgumentTypeError for anything else."""
    return _number(text, 1)


def number(text: str) -> int:
    """A number from 0. Raises ArgumentTypeError for anything else."""
    return _number(text, 0)


def _number(text: str, least: int) -> int:
    try:
        found = int(text)
    except ValueError:
        found = -1
    if found < least:
        raise ArgumentTypeError(f"is {text!r}; write a whole number from {least}")
    return found


def days_before(given: str, now: datetime) -> datetime | None:
    """``30d`` -> 30 days before now; None for what is no number of days.

    Raises OverflowError for more days than there have been.
    """
    days = _DAYS.fullmatch(given.strip())
    return now - timedelta(days=int(days[1])) if days else None


def is_time_given(now: str) -> bool:
    """Whether ``--now`` or SOURCE_DATE_EPOCH says the time, so that the clock is not asked."""
    return bool(now or os.environ.get("SOURCE_DATE_EPOCH", ""))


def time_of_call(now: str) -> datetime:
    """``--now``, else SOURCE_DATE_EPOCH (seconds), else the clock. Raises WrongUsage."""
    from newsstand.text.dates import read_instant  # not needed for --help

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if now:
            return read_instant(now)[0]
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise WrongUsage(_no_instant(now) if now else _no_epoch(epoch)) from None
    return datetime.fromtimestamp(int(time.time()), UTC)


def _no_instant(now: str) -> str:
    seconds = now.strip()
    if seconds.isdigit() and len(seconds) in (9, 10):
        right = datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"--now is {now!r}, the form of SOURCE_DATE_EPOCH; write {right}"
    return f"--now is {now!r}, which is no instant; write 2024-01-20T00:00:00Z"


def _no_epoch(epoch: str) -> str:
    """`SOURCE_DATE_EPOCH` is a number of seconds (reproducible-builds.org)."""
    from newsstand.text.dates import read_instant

    example = 1705708800
    with suppress(ValueError, OverflowError):
        example = int(read_instant(epoch)[0].timestamp())
    return f"SOURCE_DATE_EPOCH is {epoch!r}, which is no number of seconds; write {example}"
