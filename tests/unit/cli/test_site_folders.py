"""The files and folders that a call means."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from newsstand.cli.common_options import OutputOptions
from newsstand.cli.site_folders import store_of


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
