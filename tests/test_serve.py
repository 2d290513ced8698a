"""The command `serve`: what is served, what an edit changes, and what is shown of a mistake."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from newsstand.fault_page import Fault, banner
from newsstand.problems import at_line
from tests.sites import ROOT, _clean_environment, write_site

_PATIENCE = 60  # seconds
RECORD = """\
---
title: Harbour bridge opens
webUrl: https://gazette.example/bridge
publishedDateTime: 2024-01-19T08:00:00Z
---
"""


class Server:
    """The command at work on a site in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.record = folder / "content/news/bridge.md"
        self.log = folder.parent / "serve.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, ROOT / "build.py", "serve", "--port", "0", "--site", folder],
                env=_clean_environment(),
                stderr=log,
                stdout=log,
            )
        self.until(lambda: "Serving http" in self.said())
        self.address = self.said().partition("Serving ")[2].split()[0]
        self.port = int(self.address.split(":")[2].split("/")[0])

    def said(self) -> str:
        """What it has printed so far."""
        return self.log.read_text(encoding="utf-8")

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        deadline = time.monotonic() + _PATIENCE
        while not holds():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of an address, sent as it is."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A site below a path, served."""
    files: dict[str, str | bytes] = {
        "site.yml": "title: Harbour News\nurl: https://harbour.example/repo/\n",
        "content/news/bridge.md": RECORD,
        "static/data/index.json": '{"here": 1}',
        "secret.txt": "not to be served",
    }
    started = Server(write_site(tmp_path / "site", files))
    try:
        yield started
    finally:
        started.process.terminate()
        started.process.wait(_PATIENCE)


def test_files_are_served_and_nothing_else(server: Server) -> None:
    """Under the path and without it, indexes, 404, no way out, nothing added on disk."""
    assert server.address.endswith("/repo/")
    with urlopen(server.address) as answer:
        front = answer.read().decode()
    assert "Harbour bridge opens" in front
    assert "livereload.js" in front
    assert server.get("/")[1] == front
    assert "livereload" not in (server.folder / "_site/index.html").read_text(encoding="utf-8")
    assert server.get("/repo/news/bridge/")[0] == 200
    assert server.get("/repo/news/bridge")[0] == 302
    assert server.get("/data/") == (200, '{"here": 1}')
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{server.address}nowhere/")
    assert "livereload.js" in server.get("/repo/nowhere/")[1]
    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/repo/../../secret.txt", "/%00"):
        status, text = server.get(path)
        assert status == 404
        assert "not to be served" not in text
    assert "LiveReload" in server.get("/livereload.js")[1]


def test_edits_and_mistakes_are_seen(server: Server) -> None:
    """A new title; a record without one; a broken template; and the end of both."""
    server.record.write_text(RECORD.replace("opens", "closes"), encoding="utf-8")
    server.until(lambda: "Harbour bridge closes" in server.get("/")[1])
    server.record.write_text(RECORD.replace("title:", "titel:"), encoding="utf-8")
    server.until(lambda: "title-missing" in server.get("/")[1])
    assert "news/bridge.md:" in server.get("/")[1]
    assert "[title-missing]" in server.said()
    server.record.write_text(RECORD, encoding="utf-8")
    server.until(lambda: "newsstand-faults" not in server.get("/")[1])
    broken = "{% extends 'built-in/front.html' %}\n{% block main %}\n<b>{{ page.titel }}</b>"
    template = server.folder / "templates/front.html"
    write_site(server.folder, {"templates/front.html": broken + "{% endblock %}"})
    server.until(lambda: "newsstand-faults" in server.get("/")[1])
    shown = server.get("/")[1]
    assert "templates/front.html:3:" in shown
    assert "&lt;b&gt;{{ page.titel }}&lt;/b&gt;" in shown
    assert "Harbour bridge opens" in shown
    assert "newsstand-faults" not in (server.folder / "_site/index.html").read_text("utf-8")
    template.unlink()
    server.until(lambda: "newsstand-faults" not in server.get("/")[1])


def test_what_is_secured_is_not_shown(server: Server) -> None:
    """A mistake in its lines is named without them."""
    wrong = RECORD.replace("title:", "secured:\n  key: [opaque4711\ntitle:")
    server.record.write_text(wrong, encoding="utf-8")
    server.until(lambda: "newsstand-faults" in server.get("/")[1])
    assert "opaque4711" not in server.get("/")[1] + server.said()


def test_another_name_of_this_machine_gets_nothing(server: Server) -> None:
    """A page of a stranger cannot read the site by a name of its own."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=_PATIENCE)
    connection.request("GET", "/", headers={"Host": "stranger.example"})
    answer = connection.getresponse()
    assert b"Harbour" not in answer.read()
    assert answer.status == 404
    connection.close()


def test_everything_in_a_fault_is_escaped() -> None:
    """Path, message, remedy and source."""
    evil = "<script>alert(1)</script>"
    shown = banner([Fault(at_line(evil, 1, evil, evil, evil), evil)])
    assert "<script>" not in shown
    assert shown.count("&lt;script&gt;") == 5
