"""The command line: arguments in, exit code out."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from newsstand import __version__

HOME = Path(__file__).resolve().parent.parent
COMMANDS = ("build", "stories", "explain")


def main(argv: Sequence[str] | None = None) -> int:
    """0: done; 1: not published, or nothing found; 2: wrong usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not any(a in COMMANDS or a in ("-h", "--help", "--version") for a in arguments[:1]):
        arguments.insert(0, "build")
    parser = _parser()
    unknown = next((a for a in arguments[1:2] if not a.startswith("-")), "")
    if arguments[0] == "build" and unknown:
        close = get_close_matches(unknown, COMMANDS, n=1)
        hint = f"did you mean {close[0]}?" if close else f"use one of {', '.join(COMMANDS)}"
        parser.exit(2, f"{parser.prog}: there is no command {unknown!r}; {hint}\n")
    options = parser.parse_args(arguments)
    from newsstand import commands  # only here: --version and --help start at once

    try:
        options.now = _now(options.now)
        return int(getattr(commands, options.command)(options))
    except commands.WrongUsage as problem:
        parser.exit(2, f"{parser.prog}: {problem}\n")
    except OSError as problem:
        print(
            f"{parser.prog}: {problem.strerror or problem}: {problem.filename or ''}"
            "\nNothing was published; the last site stands.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nStopped; the last site stands.", file=sys.stderr)
        return 130


def _now(given: str) -> datetime:
    """`--now`, else SOURCE_DATE_EPOCH (seconds), else the clock."""
    from newsstand.commands import WrongUsage
    from newsstand.instants import read_instant

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if given:
            return read_instant(given)[0]
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        name, value = ("--now", given) if given else ("SOURCE_DATE_EPOCH", epoch)
        raise WrongUsage(
            f"{name} is {value!r}, which is no instant; write 2024-01-20T00:00:00Z"
        ) from None
    return datetime.fromtimestamp(int(time.time()), UTC)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py", description="Turn a folder of records into a static news site."
    )
    parser.add_argument("--version", action="version", version=f"newsstand {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="make the site (the default)")
    _add_sources(build)
    build.add_argument(
        "--templates",
        type=Path,
        metavar="D",
        help="folder of templates that override the built-in ones",
    )
    build.add_argument(
        "--output",
        type=Path,
        default=HOME / "_site",
        metavar="D",
        help="folder to write the site to (default: _site beside build.py)",
    )
    build.add_argument(
        "--base-url",
        default="",
        metavar="URL",
        help="address the site is served at, instead of the url in the settings",
    )
    build.add_argument("--strict", action="store_true", help="publish nothing if there is an error")
    volume = build.add_mutually_exclusive_group()
    volume.add_argument("-q", "--quiet", action="store_true", help="say only what is wrong")
    volume.add_argument("-v", "--verbose", action="store_true", help="say everything")
    stories = commands.add_parser("stories", help="print all stories")
    _add_sources(stories)
    stories.add_argument("--format", choices=("text", "json"), default="text")
    explain = commands.add_parser("explain", help="say why a record is in its story")
    explain.add_argument("record", help="path of a record, or a part of it")
    _add_sources(explain)
    return parser


def _add_sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--content",
        type=Path,
        default=HOME / "content",
        metavar="D",
        help="folder of records (default: content beside build.py)",
    )
    parser.add_argument(
        "--static",
        type=Path,
        metavar="D",
        help="folder of files to copy that override the built-in ones",
    )
    parser.add_argument(
        "--config",
        type=Path,
        metavar="F",
        help="file of settings (default: site.yml beside build.py)",
    )
    parser.add_argument(
        "--now",
        default="",
        metavar="INSTANT",
        help="build as of this time; records dated later are held back "
        "(default: SOURCE_DATE_EPOCH, else the clock)",
    )
