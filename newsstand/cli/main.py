"""The command line: arguments in, exit code out."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from difflib import get_close_matches
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

from newsstand.cli.arguments import parser_of

# glibc gives memory that is freed back to the system, and asks for it anew for the next page: two
# thirds of all page faults. When so large a block is freed, it learns to keep twice as much
# (mallopt(3), M_MMAP_THRESHOLD).
_LARGE = 4 << 20
COMMANDS = (
    *("build", "serve", "check", "fetch", "import", "new", "init", "schema", "stories", "explain"),
    "completion",
)


def run(home: Path | None = None) -> NoReturn:
    """The program: does what its arguments say, and ends."""
    # Values of a build hardly ever hold each other in a circle: to look for that takes 6 % of the
    # time on 2,000 records, and a second at the end on 100,000.
    if "serve" not in sys.argv[1:2]:
        gc.disable()
    bytes(_LARGE)
    main(home=home, last=_leave)
    raise AssertionError("a process that has ended goes on")


def _leave(code: int) -> None:
    """End at once: to take the values of 100,000 records apart first takes half a second."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads any more
        code = code or 1
    os._exit(code)


def main(
    argv: Sequence[str] | None = None,
    home: Path | None = None,
    last: Callable[[int], object] = int,
) -> int:
    """0: done; 1: not published, or nothing found; 2: wrong usage.

    `home` is where a site is looked for: the folder of ``build.py``, else the working folder.
    `last` is given the code while all that was made is still there.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = parser_of("build.py" if home else "newsstand")
    if sys.getfilesystemencoding().lower().replace("-", "") != "utf8":
        said = "the environment has no UTF-8: set LC_ALL=C.UTF-8, or PYTHONUTF8=1"
        print(f"{parser.prog}: {said}", file=sys.stderr)
        if not all(map(str.isascii, arguments)):
            parser.exit(2, f"{parser.prog}: until then it cannot read what you have typed\n")
    _print_anything()
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:2], "--help"]
    if not any(a in COMMANDS or a in ("-h", "--help", "--version") for a in arguments[:1]):
        arguments.insert(0, "build")
    unknown = next((a for a in arguments[1:2] if not a.startswith("-")), "")
    if arguments[0] == "build" and unknown:
        close = get_close_matches(unknown, COMMANDS, n=1)
        hint = f"did you mean {close[0]}?" if close else f"use one of {', '.join(COMMANDS)}"
        parser.exit(2, f"{parser.prog}: there is no command {unknown!r}; {hint}\n")
    given = parser.parse_args(arguments)
    from newsstand.cli.options import WrongUsage  # only here: --version and --help start at once

    try:
        code = _run(given, home or Path.cwd())
    except WrongUsage as problem:
        parser.exit(2, f"{parser.prog}: {problem}\n")
    except OSError as problem:
        print(
            f"{parser.prog}: {problem.strerror or problem}: {problem.filename or ''}"
            "\nNothing was published; the last site stands.",
            file=sys.stderr,
        )
        code = 1
    except KeyboardInterrupt:
        print("\nStopped; the last site stands.", file=sys.stderr)
        code = 130
    last(code)
    return code


def _print_anything() -> None:
    """A terminal of few letters shows a question mark for the others."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(errors="replace")


def _run(given: argparse.Namespace, home: Path) -> int:
    """Do what a command does; its modules are loaded only when it is called. Raises WrongUsage."""
    from newsstand.cli.options import options_of

    function, kind = _command(given.command)
    said = getattr(given, "now", "")
    now = None if given.command == "serve" and not _is_fixed(said) else _now(said)
    return function(options_of(kind, given, home, now))


def _command(name: str) -> tuple[Callable[[Any], int], type]:
    """The function of a command, and what its options are."""
    from newsstand.cli import options as kinds

    if name == "build":
        from newsstand.cli import build

        return build.build, kinds.BuildOptions
    if name == "serve":
        from newsstand.cli import serve

        return serve.serve, kinds.ServeOptions
    if name == "fetch":
        from newsstand.cli import fetch

        return fetch.fetch, kinds.FetchOptions
    if name == "import":
        from newsstand.cli import import_

        return import_.import_, kinds.ImportOptions
    from newsstand.cli import authoring, check, commands

    found: dict[str, tuple[Callable[[Any], int], type]] = {
        "check": (check.check, kinds.CheckOptions),
        "stories": (commands.stories, kinds.StoriesOptions),
        "explain": (commands.explain, kinds.ExplainOptions),
        "new": (authoring.new, kinds.NewOptions),
        "init": (authoring.init, kinds.InitOptions),
        "schema": (authoring.schema, kinds.SchemaOptions),
        "completion": (commands.completion, kinds.CompletionOptions),
    }
    return found[name]


def _is_fixed(given: str) -> bool:
    """Whether a time is given, so that the clock is not asked again and again."""
    return bool(given or os.environ.get("SOURCE_DATE_EPOCH", ""))


def _now(given: str) -> datetime:
    """`--now`, else SOURCE_DATE_EPOCH (seconds), else the clock."""
    from newsstand.cli.options import WrongUsage
    from newsstand.text.dates import read_instant

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if given:
            return read_instant(given)[0]
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        said = _no_now(given) if given else _no_epoch(epoch)
        raise WrongUsage(said) from None
    return datetime.fromtimestamp(int(time.time()), UTC)


def _no_now(given: str) -> str:
    seconds = given.strip()
    if seconds.isdigit() and len(seconds) in (9, 10):
        right = datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"--now is {given!r}, the form of SOURCE_DATE_EPOCH; write {right}"
    return f"--now is {given!r}, which is no instant; write 2024-01-20T00:00:00Z"


def _no_epoch(given: str) -> str:
    """`SOURCE_DATE_EPOCH` is a number of seconds (reproducible-builds.org)."""
    from newsstand.text.dates import read_instant

    example = 1705708800
    with suppress(ValueError, OverflowError):
        example = int(read_instant(given)[0].timestamp())
    said = f"SOURCE_DATE_EPOCH is {given!r}, which is no number of seconds"
    return f"{said}; write {example}"
