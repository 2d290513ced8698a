"""The files and folders that a call means."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newsstand.cli.common_options import OutputOptions
from newsstand.cli.site_folders import on_disk, store_of
from newsstand.content.site_inputs import Folders
from newsstand.problems import at_line
from tests.sites import write_site


def test_what_builds_and_previews_remember_does_not_mix(tmp_path: Path) -> None:
    """What no build may publish has a folder of its own; without a cache there is none."""
    options = OutputOptions(site=tmp_path, content=tmp_path / "content", output=tmp_path / "_site")
    places = [
        store_of(options)._path,
        store_of(options, is_preview=True)._path,
        store_of(replace(options, no_cache=True))._path,
        store_of(replace(options, cache=tmp_path / "mine"))._path,
    ]
    cache = tmp_path / ".cache"
    assert [p and p.parent for p in places] == [cache, cache / "preview", None, tmp_path / "mine"]


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("news/a.md", "mine/content/news/a.md"),
        ("site.yml", "mine/site.yml"),
        ("templates/day.html", "mine/templates/day.html"),
        ("static/css/own.css", "mine/static/css/own.css"),
        ("notes.txt", "notes.txt"),  # of the output, for one
    ],
)
def test_a_problem_is_shown_with_a_path_to_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, shown: str
) -> None:
    """From the folder of the call; what is none of the site's files keeps its name."""
    site = Path("mine")
    names = ("content/news/a.md", "site.yml", "templates/day.html", "static/css/own.css")
    write_site(tmp_path / site, dict.fromkeys(names, "-"))
    monkeypatch.chdir(tmp_path)
    below = ((site / "templates",), (site / "static",))
    problem = at_line(path, 7, "title-missing", "no title", "add one")
    for folder in (site, tmp_path / site):
        folders = Folders(folder / "content", folder / "site.yml", *below)
        assert on_disk(problem, folders).path == shown
    assert on_disk(problem, None) == problem
