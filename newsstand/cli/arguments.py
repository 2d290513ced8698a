"""What the command line takes: each command with its options."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from newsstand import __version__
from newsstand.cli.command_help import ABOUT
from newsstand.cli.fetch_arguments import add_fetch, add_import
from newsstand.cli.options import LOCAL
from newsstand.cli.place_arguments import add_config, add_content, add_now, add_site


def parser_of(name: str) -> argparse.ArgumentParser:
    """The parser of all commands, for a program of this name."""
    parser = argparse.ArgumentParser(
        prog=name, description="Turn a folder of records into a static news site."
    )
    parser.add_argument("--version", action="version", version=f"newsstand {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_build(commands)
    _add_serve(commands)
    _add_check(commands)
    stories = _command(commands, "stories")
    _add_sources(stories)
    _add_choice_of_stories(stories)
    _add_authoring(commands)
    add_fetch(commands)
    add_import(commands)
    explain = _command(commands, "explain")
    explain.add_argument("record", help="path, headline or link of a record, or a part of it")
    _add_sources(explain)
    completion = _command(commands, "completion")
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="which shell it is for")
    commands.add_parser("help", help="say what a command does: help COMMAND")
    return parser


_Commands = Any  # argparse has no public name for what it adds commands to


def _command(commands: _Commands, name: str) -> argparse.ArgumentParser:
    """The parser of a command, with a sentence and an example in its help."""
    short, sentence, example = ABOUT[name]
    said = {"help": short, "description": sentence, "epilog": f"Example: {example}"}
    parser: argparse.ArgumentParser = commands.add_parser(name, **said)
    return parser


def _add_choice_of_stories(stories: argparse.ArgumentParser) -> None:
    stories.add_argument("--format", choices=("text", "json"), default="text")
    stories.add_argument(
        "--since",
        default="",
        metavar="TIME",
        help="only with a report since then (a day, an instant)",
    )
    stories.add_argument(
        "--outlets", type=_count, default=0, metavar="N", help="only of at least so many outlets"
    )
    stories.add_argument("--multi", action="store_true", help="only of two outlets or more")
    stories.add_argument(
        "--top", type=_count, default=0, metavar="N", help="only so many, the highest ranked"
    )


def _count(text: str) -> int:
    """A number from 1. Raises ValueError for anything else, as argparse wants it."""
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _add_cache(parser: argparse.ArgumentParser) -> None:
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


def _add_build(commands: _Commands) -> None:
    build = _command(commands, "build")
    _add_sources(build)
    _add_templates(build)
    build.add_argument(
        "--output",
        type=Path,
        metavar="D",
        help="folder to write the site to (default: _site in the site's folder)",
    )
    _add_base_url(build)
    build.add_argument("--strict", action="store_true", help="publish nothing if there is an error")
    build.add_argument(
        "--compress",
        action="store_true",
        help="put a compressed copy (.gz) beside each text file, for hosts that send it",
    )
    build.add_argument(
        "--headers",
        action="store_true",
        help="write _headers, in which Netlify and Cloudflare Pages look for headers",
    )
    _add_cache(build)
    build.add_argument(
        "--jobs",
        type=_count,
        metavar="N",
        help="processes that share the work (default: one for each processor, on macOS one)",
    )
    volume = build.add_mutually_exclusive_group()
    volume.add_argument("-q", "--quiet", action="store_true", help="say only what is wrong")
    volume.add_argument("-v", "--verbose", action="store_true", help="say everything")


def _add_serve(commands: _Commands) -> None:
    serve = _command(commands, "serve")
    _add_sources(serve)
    _add_templates(serve)
    serve.add_argument(
        "--output",
        type=Path,
        metavar="D",
        help="folder to write the site to (default: _site in the site's folder; "
        "with --drafts or --future _preview)",
    )
    _add_base_url(serve)
    _add_cache(serve)
    serve.add_argument("--drafts", action="store_true", help="show drafts too, marked as such")
    serve.add_argument(
        "--future", action="store_true", help="show records dated ahead too, marked as such"
    )
    serve.add_argument(
        "--port", type=int, default=8000, metavar="N", help="where to serve (default: 8000)"
    )
    serve.add_argument(
        "--host",
        default=LOCAL,
        metavar="H",
        help="name or address to serve at (default: this machine alone); at another one than that"
        " others can read the preview",
    )
    serve.add_argument("--open", action="store_true", help="open the site in a browser")
    volume = serve.add_mutually_exclusive_group()
    volume.add_argument("-q", "--quiet", action="store_true", help="say only what is wrong")
    volume.add_argument("-v", "--verbose", action="store_true", help="say everything")


def _add_check(commands: _Commands) -> None:
    check = _command(commands, "check")
    _add_sources(check)
    _add_templates(check)
    _add_base_url(check)
    check.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="text for people, json, or annotations of GitHub Actions",
    )
    check.add_argument(
        "--fail-on",
        choices=("error", "warning"),
        default="error",
        help="what exit code 1 is for (default: error, as build --strict)",
    )
    check.add_argument(
        "--external",
        action="store_true",
        help="ask other hosts whether links to them still lead somewhere",
    )
    check.add_argument(
        "--fix",
        action="store_true",
        help="mend what is safe first: shows every change; on a terminal it asks",
    )
    check.add_argument("--yes", action="store_true", help="with --fix: do not ask")
    check.add_argument("--dry-run", action="store_true", help="with --fix: show, write nothing")
    volume = check.add_mutually_exclusive_group()
    volume.add_argument(
        "-q", "--quiet", action="store_true", help="say only what exit code 1 is for"
    )
    volume.add_argument("-v", "--verbose", action="store_true", help="name every place")


def _add_base_url(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--base-url",
        default="",
        metavar="URL",
        help="address the site is served at, instead of the url in the settings",
    )


def _add_authoring(commands: _Commands) -> None:
    new = _command(commands, "new")
    new.add_argument(
        "title",
        nargs="?",
        default="",
        help="the headline as the outlet wrote it; without one the page at --url is read",
    )
    new.add_argument("--url", default="", metavar="URL", help="where the report is")
    new.add_argument(
        "--outlet",
        default="",
        metavar="NAME",
        help="domain or name of the outlet (default: the outlet of the link's host)",
    )
    new.add_argument(
        "--topic", action="append", default=[], metavar="NAME", help="a topic; may be repeated"
    )
    new.add_argument(
        "--date", default="", metavar="INSTANT", help="when the outlet published (default: now)"
    )
    new.add_argument(
        "--allow-private",
        action="store_true",
        help="read a page of this machine or of a private network too",
    )
    add_site(new)
    add_content(new)
    add_config(new)
    add_now(new)
    init = _command(commands, "init")
    init.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")
    init.add_argument("--title", default="", help="name of the site (default: from the folder's)")
    init.add_argument("--url", default="", metavar="URL", help="address the site will stand at")
    add_now(init)
    schema = _command(commands, "schema")
    schema.add_argument(
        "--output",
        dest="output_folder",
        type=Path,
        metavar="D",
        help="folder to write to (default: .schema in the site's folder)",
    )
    add_site(schema)


def _add_templates(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--templates",
        type=Path,
        metavar="D",
        help="folder of templates that override the built-in ones "
        "(default: templates in the site's folder)",
    )


def _add_sources(parser: argparse.ArgumentParser) -> None:
    add_site(parser)
    add_content(parser)
    parser.add_argument(
        "--static",
        type=Path,
        metavar="D",
        help="folder of files to copy that override the built-in ones "
        "(default: static in the site's folder)",
    )
    add_config(parser)
    add_now(parser)
