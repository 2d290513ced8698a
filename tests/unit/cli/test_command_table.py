"""The table of commands, their arguments and options, and what is loaded for them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields

import pytest

from newsstand.cli.command_table import COMMANDS, Command, command_named, parser_of
from tests.sites import ROOT

_NEEDED = {
    "explain": ["x"],
    "new": ["A title"],
    "init": ["folder"],
    "completion": ["bash"],
    "import": ["x"],
}
"""What a call must name, by command."""
_HEAVY = ("newsstand.pipeline", "jinja2", "nh3", "tornado", "urllib3", "feedparser", "PIL")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_the_command_line_has_its_value(name: str) -> None:
    """None is read from the call and then lost, and none is asked for that cannot be given."""
    command = command_named(name)
    assert isinstance(command, Command)
    given = vars(parser_of("newsstand").parse_args([name, *_NEEDED.get(name, [])]))
    with_default = {"site", "now", "content", "output", "templates"}
    taken, options = given.keys() - {"command"}, {field.name for field in fields(command.options)}
    assert taken - options <= with_default
    assert options - taken <= with_default


@pytest.mark.parametrize("name", COMMANDS)
def test_a_parser_for_one_command_knows_its_arguments(name: str) -> None:
    """As the parser of all does."""
    call = [name, *_NEEDED.get(name, [])]
    assert parser_of("x", needed=[name]).parse_args(call) == parser_of("x").parse_args(call)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_has_an_example(name: str) -> None:
    """And says what the command does."""
    command = command_named(name)
    assert command.description
    assert command.example.startswith("%(prog)s ")


def _loaded(*call: str) -> set[str]:
    """The modules that a call loads."""
    code = (
        "import atexit, sys\nfrom newsstand.cli.main import main\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        f"main({list(call)!r})\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    return set(run.stderr.split())


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_program_says_at_once_what_it_is(option: str) -> None:
    """Nothing of it is loaded but the table of commands."""
    modules = {name for name in _loaded(option) if name.startswith("newsstand")}
    cli = {"newsstand.cli", "newsstand.cli.main", "newsstand.cli.command_table"}
    assert modules == {"newsstand", *cli}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_at_once_what_it_takes(name: str) -> None:
    """What makes a site, serves it or asks others is loaded when it is needed."""
    assert _loaded(name, "--help") & set(_HEAVY) == set()
