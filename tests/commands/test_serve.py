"""The command `serve`: what is served, what an edit changes, and what is shown of a mistake."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Error

from newsstand.cli.preview.banner import Fault, banner
from newsstand.problems import at_line
from tests.browser.watch import Look, new_context, open_page
from tests.sites import ROOT, _clean_environment, build_site, read_tree, run_command, write_site

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

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.record = folder / "content/news/bridge.md"
        self.log = folder.parent / "serve.log"
        command = ("serve", "--port", "0", "--site", str(folder))
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, ROOT / "build.py", *command, *options],
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


FILES: dict[str, str | bytes] = {
    "site.yml": "title: Harbour News\nurl: https://harbour.example/repo/\n",
    "content/news/bridge.md": RECORD,
    "static/data/index.json": '{"here": 1}',
    "secret.txt": "not to be served",
}


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Server]:
    """The command while the block runs."""
    started = Server(folder, *options)
    try:
        yield started
    finally:
        started.process.terminate()
        started.process.wait(_PATIENCE)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A site below a path, served."""
    with serving(write_site(tmp_path / "site", FILES)) as started:
        yield started


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for tests that leave the site as it was."""
    with serving(write_site(tmp_path_factory.mktemp("standing") / "site", FILES)) as started:
        yield started


def test_files_are_served_and_nothing_else(standing: Server) -> None:
    """Under the path and without it, indexes, 404, no way out, nothing added on disk."""
    assert standing.address.endswith("/repo/")
    with urlopen(standing.address) as answer:
        front = answer.read().decode()
    assert "Harbour bridge opens" in front
    assert "livereload.js" in front
    assert standing.get("/")[1] == front
    assert "livereload" not in (standing.folder / "_site/index.html").read_text(encoding="utf-8")
    assert standing.get("/repo/news/bridge/")[0] == 200
    assert standing.get("/repo/news/bridge")[0] == 302
    assert standing.get("/data/") == (200, '{"here": 1}')
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{standing.address}nowhere/")
    assert "livereload.js" in standing.get("/repo/nowhere/")[1]
    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/repo/../../secret.txt", "/%00"):
        status, text = standing.get(path)
        assert status == 404
        assert "not to be served" not in text
    assert "LiveReload" in standing.get("/livereload.js")[1]


def test_edits_and_mistakes_are_seen(server: Server) -> None:
    """A new title; a record without one; a broken template; and the end of both."""
    server.record.write_text(RECORD.replace("opens", "closes"), encoding="utf-8")
    server.until(lambda: "Harbour bridge closes" in server.get("/")[1])
    server.record.write_text(RECORD.replace("title:", "titel:"), encoding="utf-8")
    server.until(lambda: "title-missing" in server.get("/")[1])
    assert f"{server.record.as_posix()}:" in server.get("/")[1]
    assert "[title-missing]" in server.said()
    assert "the last site stands" not in server.said()
    status, page = server.get("/news/bridge/")
    assert status == 404
    assert "a record with an error is left out until it is mended" in page
    server.record.write_text(RECORD, encoding="utf-8")
    server.until(lambda: "newsstand-faults" not in server.get("/")[1])
    broken = "{% extends 'built-in/front.html' %}\n{% block main %}\n<b>{{ page.titel }}</b>"
    template = server.folder / "templates/front.html"
    write_site(server.folder, {"templates/front.html": broken + "{% endblock %}"})
    server.until(lambda: "newsstand-faults" in server.get("/")[1])
    shown = server.get("/")[1]
    assert "templates/front.html:3:" in shown
    assert "3 | &lt;b&gt;{{ page.<mark>t</mark>itel }}&lt;/b&gt;" in shown
    assert "Harbour bridge opens" in shown
    assert "Nothing was published; the last site stands." in server.said()
    assert "newsstand-faults" not in (server.folder / "_site/index.html").read_text("utf-8")
    template.unlink()
    server.until(lambda: "newsstand-faults" not in server.get("/")[1])


BROKEN: dict[str, tuple[str, str | bytes, str]] = {
    "not in UTF-8": ("templates/front.html", b"one\ncaf\xe9", "front.html:2:4</p>"),
    "a comment left open": ("templates/front.html", "\n{# open", "templates/front.html:2:1</p>"),
    "filters that end the program": ("filters.py", "raise SystemExit(3)", "filters.py:1:1</p>"),
    "settings": ("site.yml", "page_size: none at all", "site.yml:1:1</p>"),
    "a very long line": (
        "content/news/long.md",
        f"---\nexcerpt: {'x' * 300_000}: a: b\ntitle: T\n---\n",
        "news/long.md:2:300010</p>",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_comes_and_goes(standing: Server, name: str) -> None:
    """With its place, its source, and the last good site below; the command goes on."""
    path, text, wanted = BROKEN[name]
    write_site(standing.folder, {path: text})
    standing.until(lambda: wanted in standing.get("/")[1])
    shown = standing.get("/")[1]
    assert "Harbour bridge opens" in shown
    assert "<mark>" in shown
    assert len(shown) < 20_000
    if path in FILES:
        write_site(standing.folder, {path: FILES[path]})
    else:
        (standing.folder / path).unlink()
    standing.until(lambda: "newsstand-faults" not in standing.get("/")[1])


def test_a_link_out_of_the_folder_shows_nothing_of_its_target(server: Server) -> None:
    """It is named, and not read."""
    (server.folder / "content/news/out.md").symlink_to(server.folder / "secret.txt")
    server.until(lambda: "link-leads-out" in server.get("/")[1])
    assert "not to be served" not in server.get("/")[1]


WAITING = {
    'content/news/draft "1".md': f"{RECORD[:-4]}draft: true\n---\n".replace("bridge", "draft"),
    "content/news/ahead.md": RECORD.replace("2024", "2124").replace("bridge", "ahead"),
    "content/news/gone.md": f"{RECORD[:-4]}removed: true\n---\n".replace("bridge", "gone"),
}


def test_drafts_and_records_dated_ahead_are_shown_where_asked_for(tmp_path: Path) -> None:
    """Each says on its page and beside its links why; a build has none of them."""
    site = write_site(tmp_path / "site", {**FILES, **WAITING})
    assert build_site(site, now="", in_process=True).code == 0
    before = read_tree(site / "_site")
    with serving(site, "--drafts", "--future") as server:
        assert "Harbour draft opens" in server.get("/")[1]
        assert "Harbour ahead opens" in server.get("/")[1]
        assert "Harbour gone opens" not in server.get("/")[1]
        draft = server.get("/news/draft%20%221%22/")[1]
        assert "Only in this preview: draft." in draft
        assert "Only in this preview: dated ahead." in server.get("/repo/news/ahead/")[1]
        assert "newsstand-waiting" not in server.get("/news/bridge/")[1]
        style = server.get("/.newsstand-preview.css")[1]
        assert '/news/ahead/"]::after' in style
        assert style.count('""') == 0
        assert 'content: " dated ahead"' in style
        assert "only in this preview: news/ahead.md (dated ahead)" in server.said()
    assert read_tree(site / "_site") == before
    assert b"Harbour draft opens" not in before["index.html"]


@pytest.mark.parametrize(
    ("option", "shown", "hidden"),
    [("--drafts", "draft", "ahead"), ("--future", "ahead", "draft")],
)
def test_one_of_the_two_is_not_the_other(
    tmp_path: Path, option: str, shown: str, hidden: str
) -> None:
    """Drafts are no records dated ahead."""
    site = write_site(tmp_path / "site", {**FILES, **WAITING})
    with serving(site, option) as server:
        front = server.get("/")[1]
        assert f"Harbour {shown} opens" in front
        assert f"Harbour {hidden} opens" not in front
    assert (site / "_preview/index.html").is_file()
    assert not (site / "_site").exists()


@pytest.mark.browser
def test_an_open_page_loads_itself_again(tmp_path: Path, browser: Browser) -> None:
    """After an edit of a record, a template, a stylesheet, settings; a mistake comes and goes."""
    files = {**FILES, **WAITING, "static/css/own.css": ":root { --accent: #0000ff; }"}
    with serving(write_site(tmp_path / "site", files), "--drafts") as server:
        context = new_context(browser, Look(360))
        opened = open_page(context, server.address, "")
        page, folder = opened.page, server.folder

        def holds(expression: str) -> bool:
            try:
                return bool(page.evaluate(f"document.readyState == 'complete' && {expression}"))
            except Error as gone:  # the page is just being loaded again
                if "context was destroyed" not in str(gone):
                    raise
                return False

        def seen(expression: str) -> None:
            server.until(lambda: holds(expression))

        link = "document.querySelector('a[href*=\"news/draft\"]')"
        seen(f"getComputedStyle({link}, '::after').content.includes('draft')")
        server.record.write_text(RECORD.replace("opens", "closes"), encoding="utf-8")
        seen("document.body.innerText.includes('Harbour bridge closes')")
        write_site(folder, {"static/css/own.css": ":root { --accent: #00ff00; }"})
        accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"
        seen(f"{accent}.trim() == '#00ff00'")
        write_site(folder, {"site.yml": "title: Quay News\nurl: https://harbour.example/repo/\n"})
        seen("document.title.includes('Quay News')")
        block = "{% extends 'built-in/base.html' %}{% block footer %}FOOT{{ VALUE }}{% endblock %}"
        write_site(folder, {"templates/base.html": block.replace("VALUE", "page.titel")})
        fault = "document.querySelector('.newsstand-faults')"
        seen(f"{fault}?.innerText.includes('page.titel does not exist')")
        seen(f"{fault}.querySelector('mark').innerText == 't'")
        assert opened.overflow() <= 0
        masthead = "document.querySelector('.masthead').getBoundingClientRect().top"
        assert holds(f"{masthead} >= {fault}.getBoundingClientRect().bottom - 1")
        assert "Harbour bridge closes" in page.inner_text("main")
        write_site(folder, {"templates/base.html": block.replace("VALUE", "page.head.address")})
        seen(f"(!{fault}) && document.body.innerText.includes('FOOT')")
        assert [c for c in opened.complaints if "Content Security Policy" in c] == []
        context.close()


def test_what_is_secured_is_not_shown(server: Server) -> None:
    """A mistake in its lines is named without them."""
    wrong = RECORD.replace("title:", "secured:\n  key: [opaque4711\ntitle:")
    server.record.write_text(wrong, encoding="utf-8")
    server.until(lambda: "newsstand-faults" in server.get("/")[1])
    assert "opaque4711" not in server.get("/")[1] + server.said()


def test_another_name_of_this_machine_gets_nothing(standing: Server) -> None:
    """A page of a stranger cannot read the site by a name of its own."""
    connection = HTTPConnection("127.0.0.1", standing.port, timeout=_PATIENCE)
    connection.request("GET", "/", headers={"Host": "stranger.example"})
    answer = connection.getresponse()
    assert b"Harbour" not in answer.read()
    assert answer.status == 403
    connection.close()


@pytest.mark.parametrize(
    ("origin", "status"), [("http://127.0.0.1:PORT", 101), ("http://stranger.example", 403)]
)
def test_pages_of_others_may_not_listen(standing: Server, origin: str, status: int) -> None:
    """Only a page of this standing is told when something changes."""
    connection = HTTPConnection("127.0.0.1", standing.port, timeout=_PATIENCE)
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Origin": origin.replace("PORT", str(standing.port)),
        "Sec-WebSocket-Key": "bmV3c3N0YW5kLW5ld3M=",
        "Sec-WebSocket-Version": "13",
    }
    connection.request("GET", "/livereload", headers=headers)
    assert connection.getresponse().status == status
    connection.close()


def test_a_port_that_cannot_be_used_is_said(standing: Server) -> None:
    """One that is taken, and one that is none: wrong usage, with the remedy."""
    for port in (standing.port, 99_999):
        run = run_command("serve", "--site", str(standing.folder), "--port", str(port))
        assert run.code == 2
        assert f"port {port} cannot be used" in run.stderr
        assert "try --port" in run.stderr


def test_everything_in_a_fault_is_escaped() -> None:
    """Path, message, remedy and source."""
    evil = "<script>alert(1)</script>"
    shown = banner([Fault(at_line(evil, 1, evil, evil, evil), evil)])
    assert "<script>" not in shown
    assert shown.count("&lt;script&gt;") == 4
    assert "&lt;</mark>script&gt;" in shown
