"""What another process finds out is what this one would have found."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from newsstand.build.scouting import Scout

from newsstand.build.output import MARKER, Change, Output
from newsstand.build.report import Said
from newsstand.build.up_to_date import Standing
from newsstand.content.files import list_files
from newsstand.content.input_files import Folders, look
from newsstand.model import HeldBack
from newsstand.render import templates
from tests.sites import ROOT, write_site

_SAID = Said(
    records=0, left_out=0, articles=0, stories=0, promoted=0, pages=0,
    held_back=(HeldBack("a.md", "draft"),), problems=(),
)  # fmt: skip


class Grounds:
    """A site that was published, and what is known of it."""

    def __init__(self, folder: Path) -> None:
        write_site(
            folder,
            {
                "content/a.md": "a",
                "content/b/c.md": "c",
                "content/.hidden": "h",
                "templates/own.html": "{{ page }}",
                "static/x.css": "x",
                "site.yml": "title: T",
            },
        )
        self.folder = folder
        self.folders = Folders(
            folder / "content",
            folder / "site.yml",
            (ROOT / "templates", folder / "templates"),
            (folder / "static",),
        )
        self.output = Output(folder / "_site")
        self.output.begin()
        paths = ("index.html", "deep/er/index.html", "x.css")
        stamps = {path: self.output.write(path, path.encode()) for path in paths}
        self.output.publish(Change(written=paths))
        stamps[MARKER] = self.output.stamp(MARKER) or b""
        seen = look(self.folders)
        self.standing = Standing(
            b"",
            0,
            seen.content.stamps,
            seen.content.problems,
            seen.others,
            None,
            None,
            stamps,
            _SAID,
        )

    def scout(self) -> tuple[Scout, Output]:
        """One that has not gone yet, and the output that it is to tell."""
        output = Output(self.folder / "_site")
        return Scout(self.folders, output, self.standing), output


@pytest.fixture
def grounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grounds:
    """A site; threads that other tests have left keep no process from being started."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    return Grounds(tmp_path)


def _nothing(_: Path) -> None:
    pass


def _much(folder: Path) -> None:
    write_site(folder, {"content/new.md": "n", "content/a.md": "other", "templates/own.html": "{{"})
    (folder / "content/b/c.md").unlink()
    (folder / "content/leads-out.md").symlink_to("/etc/hostname")
    (folder / "_site/x.css").unlink()
    (folder / "_site/index.html").write_text("spoilt", encoding="utf-8")


def _others(folder: Path) -> None:
    (folder / "site.yml").unlink()
    (folder / "_site" / MARKER).write_text("other", encoding="utf-8")


@pytest.mark.parametrize("change", [_nothing, _much, _others])
@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_it_sees_what_there_is(grounds: Grounds, change: Callable[[Path], None], jobs: int) -> None:
    """Of what the site is made from, and of the site; in a process of its own or not."""
    change(grounds.folder)
    scout, output = grounds.scout()
    with scout.sent(jobs):
        assert scout.is_apart == (jobs > 1 and hasattr(os, "fork"))
        seen = scout.sources()
        scout.look_at_site()
        scout.compile()
    assert seen.content == list_files(grounds.folders.content)
    assert list(seen.content.paths) == sorted(seen.content.stamps)
    assert seen == look(grounds.folders)
    fresh = Output(grounds.folder / "_site")
    for path in grounds.standing.files:
        assert output.stamp(path) == fresh.stamp(path), path
    assert output.single == fresh.single


def test_it_is_asked_in_any_order_and_again(grounds: Grounds) -> None:
    """What was not asked for is not missed."""
    scout, output = grounds.scout()
    with scout.sent(2):
        scout.compile()
        scout.look_at_site()
        scout.look_at_site()
        assert scout.sources() == look(grounds.folders)
    assert output.stamp("x.css") == grounds.standing.files["x.css"]


def test_without_a_site_that_stands_it_stays_here(grounds: Grounds) -> None:
    """There is nothing to compare with, and the first build needs all processes for itself."""
    scout = Scout(grounds.folders, grounds.output, None)
    with scout.sent(2):
        assert not scout.is_apart
        assert scout.sources() == look(grounds.folders)


def test_where_it_is_killed_this_process_does_its_work(
    grounds: Grounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that the system has ended is no reason to build nothing."""
    here = os.getpid()

    def die_elsewhere(folders: Folders) -> object:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return look(folders)

    monkeypatch.setattr("newsstand.build.scouting.look", die_elsewhere)
    scout, _ = grounds.scout()
    with scout.sent(2):
        assert scout.is_apart
        assert scout.sources() == look(grounds.folders)


def test_templates_are_compiled_but_for_those_with_filters_of_their_own(
    grounds: Grounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What such filters make of constants is compiled in."""
    cache = templates._Compiled()
    monkeypatch.setattr(templates, "_COMPILED", cache)
    scout, _ = grounds.scout()
    with scout.sent(2):
        scout.compile()
    assert len(cache.all()) > 10
    cache.__init__()  # type: ignore[misc]
    write_site(grounds.folder, {"filters.py": "def shout(text):\n    return text\n"})
    scout, _ = grounds.scout()
    with scout.sent(2):
        scout.compile()
    assert cache.all() == []
