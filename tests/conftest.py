"""What all tests share: no network, a fixed now, the built demo and archive, a browser."""

from __future__ import annotations

import os
import shutil
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from tests import run_time
from tests.guard import sitecustomize
from tests.once_per_session import once_per_session
from tests.sites import NOW, ROOT, Run, run_command
from tools.chromium import NoBrowserError, chromium
from tools.static_server import serve

_SHARED = ROOT.parent / "shared"
_ARCHIVE = "corpus/everyday-2021.tar.xz"
_STARTED = time.monotonic()
Server = Callable[..., AbstractContextManager[str]]
# A busy machine is no fault.
settings.register_profile("tests", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")


def pytest_report_header(config: pytest.Config) -> str:
    """How long the run will take."""
    return run_time.expected(config)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Remember how long the run took, in the process that has it all."""
    if exitstatus == pytest.ExitCode.OK and "PYTEST_XDIST_WORKER" not in os.environ:
        run_time.keep(session.config, time.monotonic() - _STARTED)


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> None:
    # Again, in case something has put the real functions back.
    sitecustomize.forbid_network()


@pytest.fixture
def now() -> datetime:
    """The instant at which all tests take place."""
    return datetime.fromisoformat(NOW)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of seed documents, archive and gold sets beside the repository."""
    if not _SHARED.is_dir():
        pytest.skip("needs the folder ../shared beside the repository")
    return _SHARED


@pytest.fixture(scope="session")
def archive(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content folder of the archive, unpacked."""
    packed = shared / _ARCHIVE
    if not packed.is_file():
        pytest.skip(f"needs ../shared/{_ARCHIVE}")

    def unpack(folder: Path) -> Path:
        with tarfile.open(packed) as members:
            members.extractall(folder, filter="data")
        return folder

    return once_per_session(tmp_path_factory, "archive", unpack)


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The demo of this repository, built once; from a copy, so that its lock file stays."""

    def build(folder: Path) -> Run:
        shutil.copytree(ROOT / "content", folder / "content")
        return _built("--content", folder / "content", "--output", folder / "site")

    return once_per_session(tmp_path_factory, "demo", build)


@pytest.fixture(scope="session")
def archive_site(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The archive's site, built once with default settings."""

    def build(folder: Path) -> Run:
        config = folder / "site.yml"
        config.touch()
        # The archive ends with the year 2021: at that time its newest story was news.
        places = ("--content", archive, "--config", config, "--output", folder / "site")
        return _built(*places, "--base-url", "https://news.example/", now="2022-01-01T00:00:00Z")

    return once_per_session(tmp_path_factory, "archive-site", build)


def _built(*options: str | Path, now: str = NOW) -> Run:
    output = Path(options[options.index("--output") + 1])
    run = run_command("build", *map(str, options), "--now", now, output=output)
    assert run.code == 0, run.log
    return run


@pytest.fixture(scope="session")
def server() -> Server:
    """Serve a folder on this machine: ``with server(folder, mount="/repo/") as address``."""
    return partial(serve)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. Without one the test is skipped, or fails where one is required."""
    try:
        with chromium() as running:
            yield running
    except NoBrowserError as missing:
        if os.environ.get("NEWSSTAND_REQUIRE_BROWSER"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))
