"""Older addresses of a record lead to its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import build_site, run_command, write_site

RECORD = "---\ntitle: Renamed <lamp>\nwebUrl: https://quay.example/l\n{}\n---\nWords.\n"
PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'/>"
SETTINGS = "url: https://t.example/repo/\n"


@pytest.mark.parametrize(
    ("key", "file", "line"),
    [
        ("aliases: [/news/older/]", "news/older/index.html", "/repo/news/older/"),
        ("redirect_from: /2019/lamp.html", "2019/lamp.html", "/repo/2019/lamp.html"),
        ("aliases: [older]", "news/older/index.html", "/repo/news/older/"),
        ("alias: https://t.example/repo/a b/", "a b/index.html", "/repo/a%20b/"),
    ],
)
def test_an_alias_leads_on(tmp_path: Path, key: str, file: str, line: str) -> None:
    """By a page with the new address, and by a line for hosts that redirect."""
    files = {"content/news/lamp.md": RECORD.format(key), "site.yml": SETTINGS}
    run = build_site(write_site(tmp_path, files), in_process=True)
    page = (run.output / file).read_text()
    root = "../" * file.count("/") or "./"
    assert f'content="0; url={root}news/lamp/"' in page
    assert '<link rel="canonical" href="https://t.example/repo/news/lamp/">' in page
    assert "Renamed &lt;lamp&gt;" in page
    assert (run.output / "_redirects").read_text() == f"{line} /repo/news/lamp/ 301\n"


@pytest.mark.parametrize(
    "alias",
    [
        "/news/other/",
        "/",
        "https://x.example/a/",
        "/../../etc/",
        "/topics/",
        "/.git/",
        "//a.example/",
        "http://[::1",
        "//[",
        "/index.html/lamp/",
        "/feed.xml/",
        "/_redirects",
        "/_redirects/",
        "/media/deck.svg",
        "/Media/Deck.SVG/",
        "/%ff/",
        "/a%0Ab/",
        "/a%0D%0A/x https:/x.example/",
        "/a%3Ab/",
        "/a\u200bb/",
        "/a./",
        pytest.param(f"/{'a' * 300}/", id="a name that is too long"),
        pytest.param(f"/{'a/' * 900}", id="a path that is too long"),
    ],
)
def test_an_alias_that_cannot_be_is_said(tmp_path: Path, alias: str) -> None:
    """It is another page's address, or none of this site."""
    files = {
        "content/news/lamp.md": RECORD.format(f"images: [deck.svg]\naliases: ['{alias}']"),
        "content/news/other.md": "# Other",
        "content/deck.svg": PICTURE,
        "site.yml": SETTINGS,
    }
    run = build_site(write_site(tmp_path, files), in_process=True)
    assert run.code == 0
    assert "[alias-refused]" in run.stderr
    now = ("--now", "2026-03-10T12:00:00Z")
    check = run_command("check", "--site", str(tmp_path), *now, in_process=True)
    assert check.stdout.count("[alias-refused]") == 1
    assert "This page has moved" not in run.page("news/other/")
    assert not (run.output / "_redirects").exists()


def test_older_addresses_under_two_keys_add_up(tmp_path: Path) -> None:
    """Whichever program wrote the second; one text may hold several."""
    keys = "aliases: [/a/]\nredirect_from: '/b/, \"/c/\"'"
    files = {"content/news/lamp.md": RECORD.format(keys), "site.yml": SETTINGS}
    run = build_site(write_site(tmp_path, files), in_process=True)
    assert all("This page has moved" in run.page(name) for name in ("a/", "b/", "c/"))


def test_an_editors_own_redirects_stay(tmp_path: Path) -> None:
    """The pages lead on all the same."""
    files = {
        "content/news/lamp.md": RECORD.format("aliases: [/old/]"),
        "static/_redirects": "/a /b\n",
        "site.yml": SETTINGS,
    }
    folder = write_site(tmp_path, files)
    run = build_site(folder, "--static", str(folder / "static"), in_process=True)
    assert (run.output / "_redirects").read_text() == "/a /b\n"
    assert (run.output / "old" / "index.html").is_file()


@pytest.mark.parametrize("aliases", ["/a.html, /a.html/b/", "/a.html/b/, /a.html"])
def test_no_alias_is_a_folder_of_another(tmp_path: Path, aliases: str) -> None:
    """What comes first stays, and the site is published."""
    files = {
        "content/news/lamp.md": RECORD.format(f"aliases: [{aliases}]"),
        "site.yml": SETTINGS,
    }
    run = build_site(write_site(tmp_path, files), in_process=True)
    assert (run.code, run.stderr.count("[alias-refused]")) == (0, 1)
    assert len((run.output / "_redirects").read_text().splitlines()) == 1
