"""What is made once for a run of tests, whichever of its processes asks first."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

_Made = TypeVar("_Made")


def once_per_session(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], _Made]
) -> _Made:
    """What `make` gives for a new folder named `name`; nobody may change what is in there.

    Processes of pytest-xdist have a folder each, all in the folder of the run. The first one makes
    it; the others wait, and read what it was. If it fails, each tries for itself.
    """
    base = factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    kept = run / f"{name}.pickle"
    with FileLock(run / f"{name}.lock"):
        if not kept.exists():
            folder = run / name
            folder.mkdir(exist_ok=True)
            kept.write_bytes(pickle.dumps(make(folder)))
        made: _Made = pickle.loads(kept.read_bytes())
    return made
