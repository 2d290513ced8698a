"""The table of commands, and the parser of the command line that comes from it.

A command is the module of its name: its options, the arguments that give them, what it does. The
module is loaded only when its command is called.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Collection
from importlib import import_module
from typing import Any, NamedTuple, NoReturn

from newsstand import __version__

COMMANDS = {
    "build": "make the site (the default)",
    "serve": "show the site in a browser, and each change at once",
    "check": "say all that is wrong, and publish nothing",
    "stories": "print stories by rank",
    "new": "write a record with what is known",
    "init": "write a whole new site into an empty folder",
    "schema": "write the JSON Schema of all files",
    "fetch": "ask all feeds, and write a record for each new item",
    "import": "take over feeds, outlets or records, once",
    "explain": "say why a record is in its story",
    "completion": "print what completes commands in a shell",
}
"""Each command with its line in the list of all, in the order of that list."""
_EXAMPLE = "Example: "
_MODULES = {"import": "import_"}  # where Python keeps the name for itself


_ARGUMENT = re.compile(r"argument ([^:]+): (.*)", re.DOTALL)
_CHOICE = re.compile(r"invalid choice: (.*) \(choose from (.*)\)", re.DOTALL)


class Command(NamedTuple):
    """What a command's module says of it: `run` gets a value of `options`, and gives an exit code.

    One that `follows_the_clock` asks it again and again while it runs, unless a time is given.
    """

    options: type
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Any], int]
    description: str | None = None
    example: str = ""
    follows_the_clock: bool = False


class Parser(argparse.ArgumentParser):
    """A parser whose errors are a line: which argument, what is wrong, how it is written."""

    def error(self, message: str) -> NoReturn:
        """End the program with exit code 2."""
        about = _ARGUMENT.fullmatch(message)
        name, said = about.groups() if about else ("", message)
        choice = _CHOICE.fullmatch(said)
        if choice:
            said = f"is {choice[1]}; write one of {choice[2].replace(chr(39), '')}"
        program, _, command = self.prog.partition(" ")
        help_on = f"{program} help {command}".rstrip()
        self.exit(2, f"{self.prog}: {f'{name} {said}'.strip()}\n    -> {help_on} says more\n")


class _Help(argparse.HelpFormatter):
    """Help whose example stays on its line, to be copied; the description is wrapped as usual."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if text.startswith(_EXAMPLE):
            return text
        return super()._fill_text(text, width, indent)


def command_named(name: str) -> Command:
    """The command of this name, one of `COMMANDS`."""
    command: Command = import_module(f"newsstand.cli.{_MODULES.get(name, name)}").COMMAND
    return command


def parser_of(program: str, needed: Collection[str] = tuple(COMMANDS)) -> Parser:
    """The parser of a program of this name; it knows the arguments of the commands `needed`."""
    parser = Parser(prog=program, description="Turn a folder of records into a static news site.")
    parser.add_argument("--version", action="version", version=f"newsstand {__version__}")
    parsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, line in COMMANDS.items():
        own_parser = parsers.add_parser(name, help=line)
        if name in needed:
            command = command_named(name)
            own_parser.description = command.description
            own_parser.formatter_class = _Help
            own_parser.epilog = f"{_EXAMPLE}{command.example}" if command.example else None
            command.add_arguments(own_parser)
    parsers.add_parser("help", help="say what a command does: help COMMAND")
    return parser
