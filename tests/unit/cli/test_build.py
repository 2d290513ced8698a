"""A site that stands was made with certain options, and stands only for those."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsstand.cli.build import BuildOptions

NOW = datetime(2024, 1, 20, tzinfo=UTC)
OPTIONS = BuildOptions(
    site=Path("/s"), content=Path("/s/content"), output=Path("/s/_site"), now=NOW
)
OTHERS: dict[str, Any] = {
    "site": Path("/t"),
    "content": Path("/t/content"),
    "static": Path("/t/static"),
    "templates": Path("/t/templates"),
    "config": Path("/t/site.yml"),
    "now": datetime(2024, 1, 21, tzinfo=UTC),
    "output": Path("/t/_site"),
    "base_url": "https://x.example/",
    "strict": True,
    "compress": True,
    "headers": True,
    "cache": Path("/t/.cache"),
    "no_cache": True,
    "jobs": 3,
    "quiet": True,
    "verbose": True,
}
"""Another value of each option."""
HARMLESS = {"site", "now", "cache", "no_cache", "jobs", "quiet", "verbose"}


@pytest.mark.parametrize("name", [field.name for field in fields(BuildOptions)])
def test_a_site_is_known_by_all_options_but_the_harmless(name: str) -> None:
    """One that is new is none of them until somebody has decided so, here and there."""
    assert name in OTHERS, f"decide whether another {name} makes another site"
    other = replace(OPTIONS, **{name: OTHERS[name]})
    assert other != OPTIONS
    assert (other.asked() == OPTIONS.asked()) == (name in HARMLESS)


def test_the_harmless_are_options() -> None:
    """A name that is none would hide nothing, and one that was renamed too much."""
    assert HARMLESS == BuildOptions.HARMLESS
    assert {field.name for field in fields(BuildOptions)} >= HARMLESS


def test_a_folder_is_the_same_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From here or from the root."""
    monkeypatch.chdir(tmp_path)
    named = [replace(OPTIONS, output=path) for path in (Path("_site"), tmp_path / "_site")]
    assert named[0].asked() == named[1].asked()
    assert named[0].asked() != OPTIONS.asked()


def test_equal_options_are_equal_bytes() -> None:
    """In any process: nothing of them depends on an order of chance."""
    assert replace(OPTIONS).asked() == OPTIONS.asked()
    others = {replace(OPTIONS, **{name: value}).asked() for name, value in OTHERS.items()}
    assert len(others) == 1 + len(OTHERS.keys() - HARMLESS)
