"""What the options of a command mean; a site stands only for those that made it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsstand.cli import main
from newsstand.cli.arguments import parser_of
from newsstand.cli.main import COMMANDS
from newsstand.cli.options import BuildOptions, ServeOptions, store_of

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


def test_what_builds_and_previews_remember_does_not_mix(tmp_path: Path) -> None:
    """What no build may publish has a folder of its own; without a cache there is none."""
    serve = ServeOptions(site=tmp_path, content=tmp_path / "content", output=tmp_path / "_site")
    build = replace(OPTIONS, site=tmp_path, content=tmp_path / "content")
    places = [
        store_of(options)._path
        for options in (
            *(build, serve, replace(serve, drafts=True), replace(serve, future=True)),
            *(replace(build, no_cache=True), replace(build, cache=tmp_path / "mine")),
        )
    ]
    cache = tmp_path / ".cache"
    folders = [cache, cache, cache / "preview", cache / "preview", None, tmp_path / "mine"]
    assert [path and path.parent for path in places] == folders


_COMMANDS = {
    "explain": ["x"],
    "new": ["A title"],
    "init": ["folder"],
    "completion": ["bash"],
    "import": ["x"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_the_command_line_has_its_value(name: str) -> None:
    """None is read from the call and then lost, and none is asked for that cannot be given."""
    given = vars(parser_of("newsstand").parse_args([name, *_COMMANDS.get(name, [])]))
    kind = main._command(name)[1]
    with_default = {"site", "now", "content", "output", "templates"}
    taken, told = given.keys() - {"command"}, {field.name for field in fields(kind)}
    assert taken - told <= with_default
    assert told - taken <= with_default
