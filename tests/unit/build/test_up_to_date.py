"""A site stands as long as nothing that it is made from has changed, and not a moment longer."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newsstand.content import file_stamps
from tests.newsroom import record
from tests.sites import Run, run_command, write_site

NOW = "2024-01-20T00:00:00Z"
STANDS = "Nothing has changed since the last build"


def _build(site: Path, *options: str, now: str = NOW) -> Run:
    output = site / "_site"
    places = ("--site", str(site), "--now", now)
    return run_command("build", *places, *options, output=output, in_process=True)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that is built; stamps are believed at once, as they are after two seconds."""
    monkeypatch.setattr(file_stamps, "MARGIN", 0)
    write_site(
        tmp_path,
        {
            "content/news/a.md": record("Bridge opens", at="2024-01-18T10:00:00Z"),
            "content/news/later.md": record("Ferry sails", at="2024-01-22T10:00:00Z"),
            "content/pictures/a.png": b"1",
            "templates/plain.html": '{% extends "built-in/plain.html" %}',
            "static/css/own.css": "/* */",
            "static/deep/er/file.txt": "text",
            "site.yml": "title: Harbour News",
        },
    )
    assert STANDS not in _build(tmp_path).stdout
    assert STANDS in _build(tmp_path).stdout
    return tmp_path


@pytest.fixture
def site_with_filters(site: Path) -> Path:
    """The same with filters, for which every build compiles all templates."""
    write_site(site, {"filters.py": "def shout(text):\n    return text\n"})
    assert STANDS not in _build(site).stdout
    assert STANDS in _build(site).stdout
    return site


def _write(path: str, text: str) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        write_site(site, {path: text})

    return change


def _remove(path: str) -> Callable[[Path], None]:
    return lambda site: (site / path).unlink()


def _replace(path: str) -> Callable[[Path], None]:
    """Other bytes of the same size and time, by a new file that takes its name."""

    def change(site: Path) -> None:
        old = site / path
        before = old.stat()
        new = old.with_name("new")
        new.write_bytes(b"#" * before.st_size)
        os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
        new.replace(old)

    return change


def _spoil(path: str) -> Callable[[Path], None]:
    """Other bytes of the same size in the same file."""

    def change(site: Path) -> None:
        file = site / path
        file.write_bytes(b"#" * file.stat().st_size)

    return change


def _spoil_and_set_time(path: str) -> Callable[[Path], None]:
    """The same, and its time set back."""

    def change(site: Path) -> None:
        file = site / path
        before = file.stat()
        file.write_bytes(b"#" * before.st_size)
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    return change


def _link_out(site: Path) -> None:
    (site / "content" / "out.md").symlink_to("/")


def _deep_file_by_another_build(site: Path) -> None:
    write_site(site, {"static/deep/er/more.txt": "more"})
    _build(site, "--no-cache")
    (site / "static/deep/er/more.txt").unlink()


_CHANGES = {
    "a record": _write("content/news/a.md", record("Bridge closes", at="2024-01-18T10:00:00Z")),
    "a new record": _write("content/news/b.md", record("Tunnel", at="2024-01-18T10:00:00Z")),
    "a record gone": _remove("content/news/a.md"),
    "a record replaced": _replace("content/news/a.md"),
    "a record of the same size and time": _spoil_and_set_time("content/news/a.md"),
    "a picture": _write("content/pictures/a.png", "2"),
    "a picture gone": _remove("content/pictures/a.png"),
    "a new topic": _write("content/topics/sea.yaml", "name: Sea\n"),
    "a link that leads out": _link_out,
    "a template": _write("templates/plain.html", "plain"),
    "a new template": _write("templates/_parts/own.html", "own"),
    "a template gone": _remove("templates/plain.html"),
    "a static file": _write("static/css/own.css", "/* 2 */"),
    "a static file gone": _remove("static/deep/er/file.txt"),
    "the settings": _write("site.yml", "title: Valley News"),
    "the settings gone": _remove("site.yml"),
    "a page spoilt": _spoil("_site/index.html"),
    "a page gone": _remove("_site/news/a/index.html"),
    "a page replaced": _replace("_site/news/a/index.html"),
    "a copied file gone": _remove("_site/deep/er/file.txt"),
    "the marker gone": _remove("_site/.newsstand"),
    "a stranger at the top": _write("_site/stranger.txt", "x"),
    "another build without the cache": _deep_file_by_another_build,
}


def _without_gone(said: str) -> str:
    lines = said.splitlines(keepends=True)
    gone = {n + by for n, line in enumerate(lines) if "[output-not-ours]" in line for by in (0, 1)}
    return "".join(line for n, line in enumerate(lines) if n not in gone)


@pytest.mark.parametrize("change", _CHANGES.values(), ids=_CHANGES.keys())
def test_each_single_change_ends_it(site: Path, change: Callable[[Path], None]) -> None:
    """Of content, templates, static files, settings, or of the site itself."""
    _hold_after(site, change)


@pytest.mark.parametrize(
    "change", [_spoil("filters.py"), _remove("filters.py")], ids=["spoilt", "gone"]
)
def test_another_filter_ends_it(site_with_filters: Path, change: Callable[[Path], None]) -> None:
    """As the code of templates does; so did the first one, when it came."""
    _hold_after(site_with_filters, change)


def _hold_after(site: Path, change: Callable[[Path], None]) -> None:
    """After a change a build makes what a clean one makes, and its site stands."""
    change(site)
    if not (site / "_site" / ".newsstand").exists():
        assert _build(site).code == 2  # a folder that may be anybody's
        return
    run = _build(site)
    assert STANDS not in run.stdout
    assert run.code == 0
    clean = run_command(
        *("build", "--site", str(site), "--now", NOW, "--no-cache"),
        *("--output", str(site / "clean")),
        output=site / "clean",
        in_process=True,
    )
    assert run.files() == clean.files()
    # What lay in the output and is gone now is said once, by the build that replaced it.
    assert _without_gone(run.stderr) == clean.stderr
    assert STANDS in _build(site).stdout


@pytest.mark.parametrize(
    "options",
    [
        ("--compress",),
        ("--headers",),
        ("--strict",),
        ("--base-url", "https://x.example/"),
        ("--no-cache",),
        ("--output", "OTHER"),
        ("--cache", "OTHER"),
        ("--templates", "OTHER"),
        ("--static", "OTHER"),
        ("--content", "OTHER"),
        ("--config", "OTHER/other.yml"),
    ],
    ids=" ".join,
)
def test_another_option_ends_it(site: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    """Whoever asks for something else gets it, and so does who asks for the first again."""
    write_site(tmp_path / "other", {"other.yml": "title: Other", "x.md": record("Other", at=NOW)})
    given = [option.replace("OTHER", str(tmp_path / "other")) for option in options]
    if options[0] == "--output":
        shutil.rmtree(tmp_path / "other")
    before = _build(site).files()
    assert STANDS not in _build(site, *given).stdout
    assert _build(site).files() == before


def test_how_much_is_said_does_not_end_it(site: Path) -> None:
    """Nor how many processes may work."""
    for options in (("-v",), ("--jobs", "2")):
        assert STANDS in _build(site, *options).stdout
    assert _build(site, "--quiet").log == ""


def test_time_ends_it_when_a_record_comes_due(site: Path) -> None:
    """Not a second before, and from that second on."""
    assert STANDS in _build(site, now="2024-01-22T09:59:59Z").stdout
    run = _build(site, now="2024-01-22T10:00:00Z")
    assert STANDS not in run.stdout
    assert "news/later/index.html" in run.files()


def test_time_set_back_ends_it_before_the_newest_record(site: Path) -> None:
    """What is published then is less."""
    assert STANDS in _build(site, now="2024-01-18T10:00:00Z").stdout
    run = _build(site, now="2024-01-18T09:59:59Z")
    assert STANDS not in run.stdout
    assert "news/a/index.html" not in run.files()


def test_what_was_wrong_is_said_again(site: Path) -> None:
    """A problem and a record held back do not vanish because nothing has changed."""
    write_site(site, {"content/news/bad.md": "---\ntitle: Bad\nheat: hot\n---\n"})
    first, again = _build(site, "-v"), _build(site, "-v")
    assert STANDS in again.stdout
    assert "heat" in first.stderr
    assert again.stderr == first.stderr
    assert "held back: news/later.md" in again.stdout


def test_a_file_that_was_changed_a_moment_ago_is_not_believed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a disk with coarse times a second change in the same moment would not show."""
    monkeypatch.setattr(file_stamps, "MARGIN", 3_600_000_000_000)
    assert STANDS not in _build(site).stdout


def test_a_file_from_the_future_is_not_believed(site: Path) -> None:
    """A clock that was wrong says nothing about when a file changed."""
    ahead = time.time() + 1000
    os.utime(site / "content/news/a.md", (ahead, ahead))
    for _ in range(2):
        assert STANDS not in _build(site).stdout
