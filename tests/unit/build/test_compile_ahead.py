"""Templates are compiled in a second process: the first finds them, and nothing else differs."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from newsstand.build.compile_ahead import compiling_ahead
from newsstand.render import templates
from newsstand.render.templates import Renderer

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no processes can be forked here")


def _known(monkeypatch: pytest.MonkeyPatch) -> templates._Compiled:
    """What is compiled in this test alone, in which no other threads count."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    known = templates._Compiled()
    monkeypatch.setattr(templates, "COMPILED", known)
    return known


def test_what_another_process_compiled_is_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page's template is there, and so is what it draws on."""
    (tmp_path / "page.html").write_text('{% extends "base.html" %}', encoding="utf-8")
    (tmp_path / "base.html").write_text("<p>Hello", encoding="utf-8")
    expected = _known(monkeypatch)
    Renderer((tmp_path,), None).compile(["page.html"])
    here = _known(monkeypatch)
    compiling_ahead((tmp_path,), ["page.html"], jobs=2)()
    assert len(expected._known) == 2
    assert here._known.keys() == expected._known.keys()


def test_a_broken_template_is_left_to_the_first_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That one says what is wrong; the others are there."""
    (tmp_path / "broken.html").write_text("{% if %}", encoding="utf-8")
    (tmp_path / "sound.html").write_text("<p>Hello", encoding="utf-8")
    here = _known(monkeypatch)
    compiling_ahead((tmp_path,), ["broken.html", "sound.html", "gone.html"], jobs=2)()
    assert len(here._known) == 1


@pytest.mark.parametrize(("names", "jobs"), [([], 2), (["page.html"], 1)])
def test_no_process_is_started_in_vain(
    names: list[str], jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With nothing to compile, or one job only, there is none."""

    def fork() -> int:
        raise AssertionError("a process was started")

    monkeypatch.setattr(os, "fork", fork)
    compiling_ahead((tmp_path,), names, jobs)()


def test_where_no_process_can_be_started_the_first_does_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system allows no more of them."""

    def fork() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fork)
    here = _known(monkeypatch)
    compiling_ahead((tmp_path,), ["page.html"], jobs=2)()
    assert not here._known
