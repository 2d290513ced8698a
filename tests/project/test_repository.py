"""The files around the program: locks that fit their source and name no machine."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

import newsstand
from tests.sites import ROOT

_LOCKS = ("requirements.txt", "requirements-dev.txt")
_PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_run_time_packages_are_locked(project: dict[str, Any]) -> None:
    """Every package the program needs has a version in the lock of the site."""
    wanted = {_plain_name(line) for line in project["project"]["dependencies"]}
    assert wanted <= _pins("requirements.txt").keys()


def test_packages_for_development_are_locked(project: dict[str, Any]) -> None:
    """Every package of the tests has a version, and the program's have the same in both locks."""
    wanted = {_plain_name(line) for line in project["dependency-groups"]["dev"]}
    pins = _pins("requirements-dev.txt")
    assert wanted <= pins.keys()
    assert _pins("requirements.txt").items() <= pins.items()


@pytest.mark.parametrize("lock", _LOCKS)
def test_a_lock_names_no_place(lock: str) -> None:
    """A lock holds versions and hashes, and no address that packages come from."""
    lines = _read(lock).splitlines()
    assert [line for line in lines if re.search(r"://|--(?!hash=)\w|^[./]|@ ", line)] == []


@pytest.mark.parametrize("lock", _LOCKS)
def test_every_version_has_hashes(lock: str) -> None:
    """pip checks what it installs: each package has at least one hash."""
    entries = re.split(r"\n(?=[a-z])", _read(lock))
    unhashed = [entry for entry in entries if _PIN.match(entry) and "--hash=sha256:" not in entry]
    assert len(_pins(lock)) > 5
    assert unhashed == []


def test_the_version_is_that_of_the_package(project: dict[str, Any]) -> None:
    """There is one version number, in newsstand/__init__.py."""
    assert project["tool"]["hatch"]["version"] == {"path": "newsstand/__init__.py"}
    assert "version" not in project["project"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", newsstand.__version__)


def _read(lock: str) -> str:
    return (ROOT / lock).read_text(encoding="utf-8")


def _pins(lock: str) -> dict[str, str]:
    return {_plain_name(name): version for name, version in _PIN.findall(_read(lock))}


def _plain_name(requirement: str) -> str:
    """The name of a package in one spelling (PEP 503)."""
    name = re.match(r"[\w.-]+", requirement)
    assert name is not None
    return re.sub(r"[-_.]+", "-", name[0]).lower()
