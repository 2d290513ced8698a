"""Equal inputs give equal bytes: no hash seed, order of files, zone, language or folder counts."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sites import ROOT, build_site, run_command

# After the newest record of the demo.
_LATER = ("2030-06-01T12:00:00+02:00", "2031-02-28", "9999-12-31T23:59:59Z")


def _difference(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The addresses at which two sites differ."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's content and settings in a folder of their own."""
    folder = tmp_path_factory.mktemp("demo-source")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "site.yml", folder / "site.yml")
    return folder


@pytest.fixture(scope="module")
def usual(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The demo's site as it comes out of an ordinary build."""
    output = tmp_path_factory.mktemp("usual") / "site"
    run = build_site(source, output=output, in_process=True)
    assert run.code == 0
    return run.files()


@pytest.fixture(scope="module")
def latest(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The demo's site with nothing held back for its date."""
    output = tmp_path_factory.mktemp("latest") / "site"
    now = "2029-01-01T00:00:00Z"
    return build_site(source, output=output, now=now, in_process=True).files()


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "4294967295", "TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Asia/Kathmandu"},
        {"LC_ALL": "de_DE.UTF-8", "LC_TIME": "ar_EG.UTF-8", "HOME": "/nonexistent"},
    ],
    ids=["seed 0", "seed 1 and zone", "Turkish", "C locale", "German"],
)
def test_the_environment_changes_nothing(
    source: Path, usual: dict[str, bytes], tmp_path: Path, environment: dict[str, str]
) -> None:
    """Hash seed, time zone and language of the machine are in no byte of the site."""
    run = build_site(source, output=tmp_path / "site", environment=environment)
    assert run.code == 0, run.log
    assert _difference(run.files(), usual) == []


@pytest.mark.parametrize("now", _LATER)
def test_now_changes_nothing_where_it_holds_nothing_back(
    source: Path, latest: dict[str, bytes], tmp_path: Path, now: str
) -> None:
    """The instant of the build decides which records are held back, and nothing else."""
    run = build_site(source, output=tmp_path / "site", now=now, in_process=True)
    assert "0 held back" in run.stdout or "dated ahead" not in run.stdout
    assert _difference(run.files(), latest) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_files_on_the_disk_changes_nothing(
    source: Path,
    usual: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    """A disk may list the files of a folder in any order."""
    walk, listdir = os.walk, os.listdir
    order = random.Random(seed)

    def shuffled_walk(*args: Any, **named: Any) -> Iterator[Any]:  # noqa: ANN401
        for base, folders, names in walk(*args, **named):
            order.shuffle(folders)
            order.shuffle(names)
            yield base, folders, names

    def shuffled_names(*args: Any) -> list[Any]:  # noqa: ANN401
        names = listdir(*args)
        order.shuffle(names)
        return names

    monkeypatch.setattr(os, "walk", shuffled_walk)
    monkeypatch.setattr(os, "listdir", shuffled_names)
    run = build_site(source, output=tmp_path / "site", in_process=True)
    assert run.code == 0
    assert _difference(run.files(), usual) == []


def test_the_current_folder_changes_nothing(
    source: Path, usual: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the command is called, and how its folders are named, is in no byte of the site."""
    monkeypatch.chdir(source / "content")
    run = run_command(
        *("--content", ".", "--config", "../site.yml", "--output", str(tmp_path / "site")),
        *("--now", "2024-01-20T00:00:00Z"),
        output=tmp_path / "site",
        in_process=True,
    )
    assert run.code == 0
    assert _difference(run.files(), usual) == []


def test_where_the_folders_lie_changes_nothing(
    source: Path, usual: dict[str, bytes], tmp_path: Path
) -> None:
    """The same content elsewhere, with other times of its files, gives the same site."""
    moved = tmp_path / "a folder with spaces" / "ünïcödé"
    shutil.copytree(source, moved)
    for path in moved.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    run = build_site(moved, in_process=True)
    assert run.code == 0
    assert _difference(run.files(), usual) == []


def test_a_second_build_over_the_first_changes_nothing(
    source: Path, usual: dict[str, bytes], tmp_path: Path
) -> None:
    """A site is built from its content alone, not from what stood before."""
    build_site(source, output=tmp_path / "site", in_process=True)
    run = build_site(source, output=tmp_path / "site", in_process=True)
    assert _difference(run.files(), usual) == []


def test_the_epoch_of_the_environment_stands_for_now(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SOURCE_DATE_EPOCH is now where --now is not given; --now comes first."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1705708800")  # 2024-01-20T00:00:00Z
    by_epoch = build_site(source, output=tmp_path / "one", now="", in_process=True)
    both = build_site(source, output=tmp_path / "three", now="1999-01-01", in_process=True)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    now = "2024-01-20T00:00:00Z"
    by_option = build_site(source, output=tmp_path / "two", now=now, in_process=True)
    assert _difference(by_epoch.files(), by_option.files()) == []
    # In 1999 nearly everything of the demo is still to come.
    assert len(by_epoch.files()) > 2 * len(both.files())
