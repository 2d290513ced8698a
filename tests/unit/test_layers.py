"""The shape of the package: who may import whom, and how large a module may grow."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.sites import ROOT

# The order of packages and of the modules beside them, lowest first: imports go down only.
# Within a package modules import each other freely, as long as nothing goes round in a circle.
ORDER = (
    "__init__ packaged_files text problems model markup content fetch render stories site outputs "
    "build pipeline check cli __main__"
).split()
# Imports that still point up; none may be added.
POINTING_UP: set[tuple[str, str]] = set()
MOST_LINES_OF_A_MODULE = 300
MOST_LINES_OF_A_FUNCTION = 50
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "common", "manager", "core", "misc", "base"}

PACKAGE = ROOT / "newsstand"
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
PACKAGES = sorted(path for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE)


def _name(path: Path) -> str:
    """``stories.rank`` for newsstand/stories/rank.py."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def _room(name: str) -> str:
    """The package, or the module beside the packages, in which something is."""
    return name.partition(".")[0]


def _package(name: str) -> str:
    """``content.kinds`` for ``content.kinds.record``."""
    return name.rpartition(".")[0]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def _imported_modules(path: Path) -> frozenset[str]:
    """Modules of the package that a module imports, anywhere in its code."""
    names = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    inside = {name.removeprefix("newsstand.") for name in names if name.startswith("newsstand.")}
    return frozenset(inside & {_name(path) for path in MODULES if path.name != "__init__.py"})


def _functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


# The commands that bring news in.
_BRING_IN = {"cli.fetch_job", "cli.import_job", "cli.new_from_page"}
REACH_OUT = {
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "urllib3",
    "ftplib",
    "smtplib",
    "requests",
    "tornado",
}
# What waits for calls from this machine and makes none, by the module that uses it.
LISTENS = {
    "cli.preview.server": {
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
    """And only commands that ask others import it: a build cannot ask anybody anything."""
    trees = {_name(path): _tree(path) for path in MODULES}
    reaching = {name: _reaching(tree) - LISTENS.get(name, set()) for name, tree in trees.items()}
    assert {name for name, what in reaching.items() if what} == {"fetch.http_client"}
    imported = {_name(path): _imported_modules(path) for path in MODULES}
    using = {name for name, modules in imported.items() if "fetch.http_client" in modules}
    assert using == {"cli.check_links", "cli.network", "fetch.link_check"}
    users = {"fetch.link_check": {"cli.check_links"}, "cli.network": _BRING_IN}
    for module, allowed in users.items():
        found = {name for name, modules in imported.items() if module in modules}
        assert found == allowed


def test_what_may_listen_does() -> None:
    """An entry goes when it is used no more."""
    for name, allowed in LISTENS.items():
        assert allowed - _reaching(_tree(PACKAGE / f"{name.replace('.', '/')}.py")) == set()


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
    assert _reaching(ast.parse(source)) - LISTENS["cli.preview.server"]


def test_the_order_names_what_is_there() -> None:
    """Every package and every module beside them has one place."""
    rooms = {_room(_name(path)) for path in MODULES if path.parent != PACKAGE}
    beside = {path.stem for path in MODULES if path.parent == PACKAGE}
    assert sorted(ORDER) == sorted(rooms | beside)


def test_a_newcomer_sees_few_names() -> None:
    """At most ten packages and seven files at the top."""
    assert len([path for path in PACKAGES if path.parent.parent == PACKAGE]) <= 10
    assert len(list(PACKAGE.glob("*.py"))) <= 7


@pytest.mark.parametrize("path", PACKAGES, ids=_name)
def test_a_package_says_its_purpose_in_one_line(path: Path) -> None:
    """And holds nothing else."""
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1
    purpose = ast.get_docstring(_tree(path))
    assert purpose is not None
    assert purpose.endswith(".")


def test_imports_go_down() -> None:
    """No module imports from a package above its own."""
    upward = {
        (_name(path), other)
        for path in MODULES
        for other in _imported_modules(path)
        if ORDER.index(_room(other)) > ORDER.index(_room(_name(path) or "__init__"))
    }
    assert upward == POINTING_UP


def test_sub_packages_go_one_way() -> None:
    """Of two packages within a package one at most imports the other, through a third as well."""
    imported: dict[str, set[str]] = {}
    for path in MODULES:
        inside = _package(_name(path))
        others = {_package(other) for other in _imported_modules(path)}
        imported.setdefault(inside, set()).update(others - {inside})
    nested = {name for name in imported if "." in name}
    within = {name: imported[name] & nested for name in nested}
    tuple(TopologicalSorter(within).static_order())  # raises CycleError


def test_no_import_goes_round() -> None:
    """Modules can be put in an order in which each imports only earlier ones."""
    imported = {_name(path): _imported_modules(path) for path in MODULES}
    tuple(TopologicalSorter(imported).static_order())  # raises CycleError


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
