"""The shape of the package: who may import whom, and how large a module may grow."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.sites import ROOT

# One layer a line, lowest first. A module imports only from lines above its own.
LAYERS = """
    __init__ everyday built_in marks stamps content_files
    model problems secured text links instants addresses views feed_views words keys
    template_places pieces columns
    page_views lists copies evidence memory kinship compounds
    prose files cache spare yaml_nodes plain_yaml nearness wording template_faults families
    neighbours lexicon
    output folders reports places records assets likeness template_files ledger
    own_templates
    own_filters standing version crew_faults
    crew_worker
    crew
    mapped obeying ties word_tables
    grouping habits
    remembered
    differences remembering
    updating meeting
    regrouping
    fields plain_text charts
    config pictures decisions schema_kinds
    articles taxonomy rank topic_tree
    shown
    clashes stories schema still
    relate
    gathering
    batches
    reading
    site starter drafting
    labels
    heads rows
    feeds coverage explaining front_page topic_pages outlet_pages archive_pages
    related_coverage
    article_page
    repeating
    printing
    plan render hosting
    sources press
    untouched
    inner_links template_checks
    outer_links
    outside recalling
    pipeline
    content_checks story_checks yaml_trees
    mends
    mending
    fixing
    checks
    check_report
    terminal usage fault_page scouting
    building
    commands authoring check_command
    previewing
    serving
    arguments
    cli
    __main__
"""
MOST_LINES_OF_A_MODULE = 300
MOST_LINES_OF_A_FUNCTION = 50
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "common", "manager", "core", "misc", "base"}

PACKAGE = ROOT / "newsstand"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
_ROWS = [line.split() for line in LAYERS.strip().splitlines()]
_LAYER = {module: depth for depth, row in enumerate(_ROWS) for module in row}


def _name(path: Path) -> str:
    """``stories.grouping`` for newsstand/stories/grouping.py."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _imported_modules(tree: ast.Module) -> set[str]:
    """Modules of the package that a module imports, anywhere in its code."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "newsstand":
            found |= {f"newsstand.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    inside = {name.removeprefix("newsstand.") for name in found if name.startswith("newsstand.")}
    modules = {_name(path) for path in MODULES}
    # What is no module is a value of the package itself: `from newsstand import __version__`.
    return {name if name in modules else "__init__" for name in inside}


def _functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def test_no_module_stands_twice_in_the_table() -> None:
    """Each module has one layer."""
    assert len(_LAYER) == sum(map(len, _ROWS))


REACH_OUT = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "requests", "tornado"}
# What waits for calls from this machine and makes none, by the module that uses it.
LISTENS = {
    "serving": {
        "tornado.httpserver.HTTPServer",
        "tornado.netutil.bind_sockets",
        "tornado.web.Application",
        "tornado.web.RequestHandler",
        "tornado.websocket.WebSocketHandler",
    },
}
# What opens a connection, whatever it is a method of.
CONNECTS = {
    "AsyncHTTPClient", "ClientSession", "HTTPConnection", "HTTPSConnection", "TCPClient",
    "connect", "connect_ex", "create_connection", "create_datagram_endpoint", "open_connection",
    "sendto", "urlopen", "urlretrieve", "websocket_connect",
}  # fmt: skip


def _reaching(tree: ast.Module) -> set[str]:
    """What a module has of the network's modules, and what it names that opens connections."""
    found = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    outer = {name for name in found if any(f"{name}.".startswith(f"{r}.") for r in REACH_OUT)}
    names = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    names |= {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    return outer | (names & CONNECTS)


def test_one_module_reaches_the_network() -> None:
    """And only the command `check` imports it: a build cannot ask anybody anything."""
    trees = {_name(path): _tree(path) for path in MODULES}
    reaching = {name: _reaching(tree) - LISTENS.get(name, set()) for name, tree in trees.items()}
    assert {name for name, what in reaching.items() if what} == {"outside"}
    using = {name for name, tree in trees.items() if "outside" in _imported_modules(tree)}
    assert using == {"check_command"}


def test_what_may_listen_does() -> None:
    """An entry goes when it is used no more."""
    for name, allowed in LISTENS.items():
        assert allowed - _reaching(_tree(PACKAGE / f"{name}.py")) == set()


@pytest.mark.parametrize(
    "source",
    [
        "import socket",
        "import tornado",
        "import urllib.request as u",
        "from tornado.httpclient import AsyncHTTPClient",
        "from tornado import httpclient",
        "from tornado.websocket import WebSocketHandler, websocket_connect",
        "import asyncio\n\nasyncio.open_connection('host', 1)",
        "sockets[0].connect(('host', 1))",
        "async def f(loop):\n    await loop.create_connection(object, 'host', 1)",
    ],
)
def test_a_module_that_calls_others_is_found(source: str) -> None:
    """Also in the module that may listen."""
    assert _reaching(ast.parse(source)) - LISTENS["serving"]


def test_the_table_names_modules_that_exist() -> None:
    """A row of the table goes when its module goes."""
    assert set(_LAYER) - {_name(path) for path in MODULES} == set()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_imports_only_from_layers_below(path: Path) -> None:
    """A module is in the table and depends only on modules of lower layers."""
    name = _name(path)
    assert name in _LAYER, f"{name} is in no layer: add it to LAYERS"
    upward = {
        other
        for other in _imported_modules(_tree(path))
        if _LAYER.get(other, len(_ROWS)) >= _LAYER[name]
    }
    assert upward == set(), f"{name} may not import {', '.join(sorted(upward))}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_has_a_telling_name_and_is_short(path: Path) -> None:
    """A module's name says what is in it, and it fits a few screens."""
    assert not NAMES_THAT_SAY_NOTHING & set(_name(path).split("."))
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES_OF_A_MODULE, f"{_name(path)} has {lines} lines"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_functions_are_short(path: Path) -> None:
    """A function fits one screen."""
    lengths = {
        function.name: (function.end_lineno or function.lineno) - function.lineno + 1
        for function in _functions(_tree(path))
    }
    assert {name: n for name, n in lengths.items() if n > MOST_LINES_OF_A_FUNCTION} == {}
