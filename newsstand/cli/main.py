"""The command line: arguments in, exit code out."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Callable, Collection, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from newsstand.cli.command_table import COMMANDS, command_named, parser_of

# glibc gives memory that is freed back to the system, and asks for it anew for the next page: two
# thirds of all page faults. When so large a block is freed, it learns to keep twice as much
# (mallopt(3), M_MMAP_THRESHOLD).
_LARGE = 4 << 20
_OF_THE_PROGRAM = frozenset({"-h", "--help", "--version"})


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
    """Do what the arguments say -> the exit code.

    0: done; 1: not published, or nothing found; 2: wrong usage; 130: stopped from the keyboard.

    `home` is where a site is looked for: the folder of ``build.py``, else the working folder.
    `last` is given the code while all that was made is still there.
    """
    program = "build.py" if home else "newsstand"
    typed = list(sys.argv[1:] if argv is None else argv)
    if sys.getfilesystemencoding().lower().replace("-", "") != "utf8":
        advice = "the environment has no UTF-8: set LC_ALL=C.UTF-8, or PYTHONUTF8=1"
        print(f"{program}: {advice}", file=sys.stderr)
        if not all(map(str.isascii, typed)):
            print(f"{program}: until then it cannot read what you have typed", file=sys.stderr)
            raise SystemExit(2)
    _print_anything()
    arguments = _with_command(typed)
    parser = parser_of(program, needed=arguments[:1])
    unknown = next((a for a in arguments[1:2] if not a.startswith("-")), "")
    if arguments[0] == "build" and unknown:
        parser.exit(2, f"{program}: {_advice(unknown, is_command=typed[:1] != ['build'])}\n")
    given, others = parser.parse_known_args(arguments)
    if others:
        is_bare = typed[:1] != arguments[:1]
        hint = _advice_on_option(others[0], arguments[0], _OF_THE_PROGRAM if is_bare else ())
        parser.exit(2, f"{program} {arguments[0]} does not know {others[0]!r}; {hint}\n")
    from newsstand.cli.common_options import WrongUsage  # not needed for --version and --help

    try:
        code = _run(given, home or Path.cwd())
    except WrongUsage as problem:
        parser.exit(2, f"{program}: {problem}\n")
    except OSError as problem:
        print(
            f"{program}: {problem.strerror or problem}: {problem.filename or ''}"
            "\nNothing was published; the last site stands.",
            file=sys.stderr,
        )
        code = 1
    except KeyboardInterrupt:
        print("\nStopped; the last site stands.", file=sys.stderr)
        code = 130
    last(code)
    return code


def _with_command(arguments: list[str]) -> list[str]:
    """The arguments with a command at their beginning, or with what is asked of the program."""
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:2], "--help"] if arguments[1:2] != ["help"] else ["--help"]
    if arguments and (arguments[0] in COMMANDS or arguments[0] in _OF_THE_PROGRAM):
        return arguments
    return ["build", *arguments]


def _advice(unknown: str, is_command: bool) -> str:
    """What to say of a word that is none of ours; `is_command` says where a command would stand."""
    from difflib import get_close_matches  # only here

    if not is_command:
        return f"build takes no {unknown!r}; help build names all that it takes"
    close = get_close_matches(unknown, COMMANDS, n=1)
    hint = f"did you mean {close[0]}?" if close else f"use one of {', '.join(COMMANDS)}"
    return f"there is no command {unknown!r}; {hint}"


def _advice_on_option(unknown: str, command: str, others: Collection[str]) -> str:
    """The option that was meant, for a word that is none of the command's, nor of `others`."""
    if unknown in COMMANDS:
        return f"a command stands before its options: {unknown} --…"
    if command == "new" and not unknown.startswith("-"):
        return "put the whole headline in quotes"
    from newsstand.problems import nearest  # only here

    own = argparse.ArgumentParser(prog=command)
    command_named(command).add_arguments(own)
    options = [*re.findall(r"--[a-z][a-z-]+", own.format_usage()), *others]
    close = nearest(unknown.partition("=")[0], options) if unknown.startswith("-") else ""
    return f"did you mean {close}?" if close else f"help {command} names all that is"


def _print_anything() -> None:
    """A terminal of few letters shows a question mark for the others."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(errors="replace")


def _run(given: argparse.Namespace, home: Path) -> int:
    """Do what a command does. Raises WrongUsage."""
    from newsstand.cli.common_options import is_time_given, options_of, time_of_call

    command, named_time = command_named(given.command), getattr(given, "now", "")
    asks_clock_itself = command.follows_the_clock and not is_time_given(named_time)
    now = None if asks_clock_itself else time_of_call(named_time)
    return command.run(options_of(command.options, given, home, now))
