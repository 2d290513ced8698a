"""What the other tests stand on: the guard against the network, the static server, the scan."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.conftest import Server
from tests.crawl import crawl
from tests.guard.sitecustomize import NetworkForbiddenError
from tests.html_scan import scan_css, scan_html
from tests.once_per_session import once_per_session
from tests.sites import ROOT, Run, read_tree, write_site

# RFC 5737 keeps this network for examples: nothing answers there.
_ELSEWHERE = "192.0.2.1"
_ONLY_HERE = "[pytest]\ntestpaths = .\nmarkers = slow\n"


def test_a_test_cannot_reach_another_machine() -> None:
    """A connection or a question to a name server fails at once, before anything is sent."""
    with socket.socket() as connection, pytest.raises(NetworkForbiddenError):
        connection.connect((_ELSEWHERE, 80))
    with (
        socket.socket(type=socket.SOCK_DGRAM) as datagram,
        pytest.raises(NetworkForbiddenError),
    ):
        datagram.sendto(b"", (_ELSEWHERE, 53))
    with pytest.raises(NetworkForbiddenError):
        socket.getaddrinfo("news.example", 80)


def test_a_started_command_cannot_reach_another_machine() -> None:
    """The guard holds in processes that tests start."""
    code = f"import socket; socket.create_connection(('{_ELSEWHERE}', 80), 1)"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "tests" / "guard")}
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, check=False, encoding="utf-8", env=environment, timeout=30,
    )  # fmt: skip
    assert "NetworkForbiddenError" in run.stderr


@pytest.mark.parametrize(
    ("named", "said"),
    [("/no/such/browser", "no Chromium: install one"), ("/bin/false", "/bin/false does not start")],
)
def test_without_a_browser_it_is_said(named: str, said: str) -> None:
    """Tests that need one are skipped for this error; one that cannot start is none."""
    run = subprocess.run(
        [sys.executable, "-c", "from tools.chromium import chromium; chromium().__enter__()"],
        capture_output=True, check=False, cwd=ROOT, encoding="utf-8",
        env=os.environ | {"CHROMIUM": named}, timeout=60,
    )  # fmt: skip
    assert f"NoBrowserError: {said}" in run.stderr


def test_what_all_processes_need_is_made_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The second that asks gets an equal value, of the folder that the first has filled."""
    made = []

    def make(folder: Path) -> Run:
        made.append(write_site(folder, {"site/index.html": "front"}))
        return Run(0, "said", "", folder / "site")

    name = f"made-by-{os.getpid()}"
    first, second = (once_per_session(tmp_path_factory, name, make) for _ in range(2))
    assert first == second
    assert second.page("") == "front"
    assert len(made) == 1


_TIMED = """
from tests import run_time

def pytest_report_header(config):
    return run_time.expected(config)

def pytest_sessionfinish(session):
    run_time.keep(session.config, 130.0)
"""


def test_a_whole_run_says_how_long_it_will_take(tmp_path: Path) -> None:
    """As measured, and then as the last one here took; a part of it says nothing."""
    files = {"conftest.py": _TIMED, "test_one.py": "def test_one(): pass", "pytest.ini": _ONLY_HERE}
    write_site(tmp_path, files)

    def said(*options: str) -> list[str]:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", *options],
            capture_output=True, check=True, cwd=tmp_path, encoding="utf-8",
            env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=300,
        )  # fmt: skip
        return [line for line in run.stdout.splitlines() if line.startswith("this takes")]

    quick = ("-m", "not slow")
    assert said(*quick, "-k", "one") == said("-m", "one or not slow") == []
    assert said(*quick) == ["this takes about 4 minutes on two processors"]
    assert said(*quick) == ["this takes about 2 minutes, as it did the last time here"]
    assert said() == ["this takes longer than `make test`, which leaves out tests marked slow"]


def test_the_server_serves_a_folder_below_a_path(tmp_path: Path, server: Server) -> None:
    """Pages are found below the mount, and only there."""
    write_site(tmp_path, {"index.html": "front", "news/x/index.html": "x", "404.html": "lost"})
    with server(tmp_path, mount="/repo/") as root:
        assert root.endswith("/repo/")
        assert urlopen(root).read() == b"front"
        assert urlopen(root + "news/x").read() == b"x"
        for missing in (root + "nothing", root.removesuffix("repo/") + "news/x/"):
            with pytest.raises(HTTPError) as refused:
                urlopen(missing)
            assert refused.value.code == 404
            assert refused.value.read() == b"lost"
            refused.value.close()


def test_the_scan_sees_links_resources_and_ids() -> None:
    """Attributes are found in any quoting; comments and scripts hide what is in them."""
    scan = scan_html(
        """<h1 id=top>A</h1><!-- <a href="no"> --><a class='>' href="a/?x=1&amp;y=2">a</a>
        <link rel="canonical" href="https://news.example/"><link rel="icon" href="i.svg">
        <img src='p.png' srcset="p1.png 1x, p2.png 2x" alt="<b id='no'>">
        <script type="application/ld+json">{"a": "<a href='no'>"}</script>
        <p style="background: url(q.png)">"""
    )
    assert scan.links == ("a/?x=1&y=2",)
    assert scan.resources == ("i.svg", "p.png", "p1.png", "p2.png", "q.png")
    assert scan.ids == ("top",)
    assert scan.canonical == "https://news.example/"
    assert scan.h1_count == 1
    assert scan.inline_code == 1


@pytest.mark.parametrize(
    "code",
    ["<style>p{}</style>", "<p onclick='x()'>", "<script>x()</script>", "<p style='color:red'>"],
)
def test_the_scan_sees_inline_code(code: str) -> None:
    """What a strict Content-Security-Policy forbids is counted."""
    assert scan_html(f"<h1>A</h1>{code}").inline_code == 1


def test_the_scan_of_a_stylesheet_sees_what_it_loads() -> None:
    """Addresses in url() and @import are found; comments are not read."""
    css = """@import "a.css"; p { background: url( 'b.png' ) } /* url(no) */ q { src: url(c) }"""
    assert scan_css(css) == ("a.css", "b.png", "c")


def test_the_crawl_notices_what_is_wrong(tmp_path: Path, server: Server) -> None:
    """Dead ends, other hosts, absolute addresses and missing places are found and named."""
    write_site(
        tmp_path,
        {
            "index.html": """<h1>A</h1><a href="b/#gone">b</a><a href="lost/">lost</a>
                <a href="/b/">b</a><a href="mailto:a@b.example">a</a><a href="../up/">up</a>
                <a href="https://outlet.example/">o</a><img src="https://outlet.example/p.png">
                <link rel="stylesheet" href="style.css">""",
            "b/index.html": """<h1 id="x">B</h1><p id="x">twice</p><a href="../#y">y</a>""",
            "style.css": "p { background: url(lost.png) } q { src: url(//fonts.example/f) }",
            "orphan/index.html": "<h1>O</h1>",
        },
    )
    with server(tmp_path, mount="/repo/") as root:
        found = crawl(root)
    assert sorted(found.problems) == [
        "/: /lost/ is answered with 404",
        "/: links to ../up/",
        "/: links to /b/",
        "/: links to mailto:a@b.example",
        "/: loads https://outlet.example/p.png",
        "/style.css: /lost.png is answered with 404",
        "/style.css: loads //fonts.example/f",
    ]
    assert found.external == {"https://outlet.example/"}
    assert sorted(found.broken_fragments()) == ["/: /b/ has no #gone", "/b/: / has no #y"]
    assert found.duplicate_ids() == ["/b/: id 'x' occurs 2 times"]
    assert found.pages.keys() == {"", "b/"}


def test_a_tree_is_read_in_order_of_path(tmp_path: Path) -> None:
    """Two equal folders give equal trees."""
    write_site(tmp_path, {"b.txt": "2", "a/c.txt": b"1"})
    assert list(read_tree(tmp_path).items()) == [("a/c.txt", b"1"), ("b.txt", b"2")]
