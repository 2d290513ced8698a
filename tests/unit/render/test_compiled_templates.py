"""Compiled templates are kept from build to build, and change nothing but the time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemBytecodeCache

from newsstand.model import Page
from newsstand.render.compiled_templates import compiled_templates
from newsstand.render.templates import Renderer

_KEPT = ("newsstand-0a-x.cache", "newsstand-0b-x.cache", "__jinja2_x.cache")
_PAGE = Page("x/", "page.html", lambda _context, _inputs: {"name": "Selm"})


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of the system that nothing was kept in."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    compiled_templates.cache_clear()
    yield folder
    compiled_templates.cache_clear()


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A folder of one template and the one it extends."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "page.html").write_text('{% extends "base.html" %}', encoding="utf-8")
    (folder / "base.html").write_text("<p>Hello {{ page.name }}", encoding="utf-8")
    return folder


def _fails(*_: object, **__: object) -> None:
    raise AssertionError("a template was compiled")


def test_a_template_is_compiled_once(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next renderer, as that of the next build, compiles nothing."""
    assert Renderer((templates,), None).render(_PAGE) == "<p>Hello Selm"
    monkeypatch.setattr(Environment, "compile", _fails)
    assert Renderer((templates,), None).render(_PAGE) == "<p>Hello Selm"


@pytest.mark.parametrize("name", ["page.html", "base.html"])
def test_another_text_is_compiled_anew(name: str, templates: Path) -> None:
    """Also of the template that another one extends."""
    Renderer((templates,), None).render(_PAGE)
    (templates / name).write_text("<p>Bye {{ page.name }}", encoding="utf-8")
    assert Renderer((templates,), None).render(_PAGE) == "<p>Bye Selm"


def test_what_is_kept_may_be_damaged(templates: Path, temporary: Path) -> None:
    """Half a file, as a full disk leaves it, is compiled anew."""
    Renderer((templates,), None).render(_PAGE)
    kept = list(temporary.glob("*/newsstand-*"))
    assert len(kept) == 2
    for path in kept:
        path.write_bytes(path.read_bytes()[:-20])
    assert Renderer((templates,), None).render(_PAGE) == "<p>Hello Selm"


def test_what_other_versions_kept_a_month_ago_goes(templates: Path) -> None:
    """And nothing else: neither what is newer nor what is somebody else's."""
    cache = compiled_templates()
    assert isinstance(cache, FileSystemBytecodeCache)
    old, new, other = (Path(cache.directory) / n for n in _KEPT)
    for path in (old, new, other):
        path.write_bytes(b"x")
    for path in (old, other):
        os.utime(path, (0, 0))
    Renderer((templates,), None).render(_PAGE)
    assert [path.exists() for path in (old, new, other)] == [False, True, True]


@pytest.mark.parametrize("refused", [OSError, RuntimeError])
def test_without_a_folder_nothing_is_kept(
    refused: type[Exception], templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that belongs to somebody else is not used; a page is made all the same."""

    def default_folder(_: object) -> str:
        raise refused

    monkeypatch.setattr("jinja2.FileSystemBytecodeCache._get_default_cache_dir", default_folder)
    assert compiled_templates() is None
    assert Renderer((templates,), None).render(_PAGE) == "<p>Hello Selm"


def test_a_full_disk_stops_no_page(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be kept is made all the same."""

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("jinja2.bccache.tempfile.NamedTemporaryFile", full)
    assert Renderer((templates,), None).render(_PAGE) == "<p>Hello Selm"
