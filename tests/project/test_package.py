"""The wheel: built without network, installed elsewhere, it makes a site by itself."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.sites import NOW, ROOT, read_tree

_TIME_LIMIT = 300


def run(*command: str | Path, folder: Path = ROOT, code: int = 0) -> str:
    """Run a command in a folder, far from this repository's modules; gives what it said."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    finished = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=kept | {"PYTHONUTF8": "1", "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=_TIME_LIMIT,
    )
    assert finished.returncode == code, finished.stdout + finished.stderr
    return finished.stdout + finished.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this repository."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    run(sys.executable, "-m", "pip", "wheel", *options, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in an environment of its own, which borrows the packages of this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=True)
    into = ("-m", "pip", "--python", folder / "bin" / "python")
    run(sys.executable, *into, "install", "--quiet", "--no-deps", wheel, folder=folder)
    (packages,) = folder.glob("lib/*/site-packages")
    (packages / "borrowed.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return folder / "bin" / "newsstand"


def test_the_wheel_has_the_files_of_the_repository(wheel: Path) -> None:
    """Templates, static files and those of a new site, byte for byte; no tests, no demo."""
    with zipfile.ZipFile(wheel) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    for part in ("templates", "static"):
        for path, data in read_tree(ROOT / part).items():
            assert held[f"newsstand/{part}/{path}"] == data
    new_site = read_tree(ROOT / "newsstand" / "cli" / "new_site")
    assert "dot-github/workflows/site.yml" in new_site
    for path, data in new_site.items():
        assert held[f"newsstand/cli/new_site/{path}"] == data
    tops = {name.partition("/")[0] for name in held}
    assert [top for top in tops if not top.startswith("newsstand")] == []


def test_an_installed_command_makes_a_site_in_an_empty_folder(
    installed: Path, tmp_path: Path
) -> None:
    """init, new, stories and build, in a folder that knows nothing of this repository."""
    run(installed, "init", ".", "--now", NOW, folder=tmp_path)
    run(installed, "new", "Ferry late", "--url", "https://quay.example/f", folder=tmp_path)
    said = run(installed, "build", folder=tmp_path)
    assert "No problems." in said
    pages = read_tree(tmp_path / "_site")
    assert b"Ferry late" in pages["index.html"]
    assert "Ferry late" in run(installed, "stories", folder=tmp_path)
    assert run(installed, "--version", folder=tmp_path).startswith("newsstand ")


def test_an_installed_command_says_where_it_looked(installed: Path, tmp_path: Path) -> None:
    """In a folder without a site: exit code 2, and how to make one."""
    said = run(installed, "build", folder=tmp_path, code=2)
    assert f"there is no content folder {tmp_path}" in said
    assert "init" in said


def test_the_installed_program_makes_the_same_site(installed: Path, tmp_path: Path) -> None:
    """The demo, byte for byte as ``python build.py`` makes it."""
    options = ("build", "--quiet", "--now", NOW)
    run(installed, *options, "--site", ROOT, "--output", tmp_path / "one", folder=tmp_path)
    run(sys.executable, ROOT / "build.py", *options, "--output", tmp_path / "two")
    assert read_tree(tmp_path / "one") == read_tree(tmp_path / "two")


def test_a_theme_survives_a_change_around_its_block(installed: Path, tmp_path: Path) -> None:
    """A template that overrides one block stands in a page whose built-in template changes."""
    run(installed, "init", ".", "--now", NOW, folder=tmp_path)
    mine = '{% extends "built-in/base.html" %}{% block name %}My own masthead{% endblock %}'
    (tmp_path / "templates" / "base.html").write_text(mine, encoding="utf-8")
    (built_in,) = installed.parent.parent.glob("lib/*/site-packages/newsstand/templates/base.html")
    as_it_was = built_in.read_text(encoding="utf-8")
    try:
        built_in.write_text(as_it_was.replace("</body>", "<p>New</p></body>"), encoding="utf-8")
        run(installed, "build", folder=tmp_path)
    finally:
        built_in.write_text(as_it_was, encoding="utf-8")
    page = (tmp_path / "_site" / "about" / "index.html").read_text(encoding="utf-8")
    assert "My own masthead" in page
    assert "<p>New</p></body>" in page
