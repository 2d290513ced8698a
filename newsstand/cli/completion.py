"""The command ``completion``: print what completes commands in a shell."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from dataclasses import dataclass

from newsstand.cli.command_table import Command, parser_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionOptions:
    """The command ``completion``."""

    shell: str


def add_arguments(parser: ArgumentParser) -> None:
    """What the command line takes for `CompletionOptions`."""
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="which shell it is for")


def completion(options: CompletionOptions) -> int:
    """Print what a shell has to run to complete commands and options."""
    import shtab  # only here

    sys.stdout.write(shtab.complete(parser_of("newsstand"), shell=options.shell) + "\n")
    return 0


COMMAND = Command(
    CompletionOptions,
    add_arguments,
    completion,
    "Print a script that completes commands and options; a shell runs it when it starts.",
    "%(prog)s bash > ~/.local/share/bash-completion/completions/newsstand",
)
