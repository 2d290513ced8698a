"""Other generators on the same records, by the commands of a folder such as ``../shared/peers``.

That folder has a ``run.py`` with ``PEERS`` and ``prepare``; where the tools are found is said
by the variables that its README names.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_NAMES = ("hugo", "eleventy")


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator with a copy of the records in a site of its own."""

    name: str
    site: Path
    command: Callable[[str, str], list[str]]

    def argv(self, output: Path) -> list[str]:
        """What builds the site into a folder."""
        return self.command(str(self.site), str(output))

    def forget(self) -> None:
        """Remove what an earlier build left beside the content."""
        for name in ("resources", ".hugo_build.lock"):
            path = self.site / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def find_peers(folder: Path, records: Sequence[Path], work: Path) -> tuple[list[Peer], list[str]]:
    """The peers that can run here, their sites written below `work`; and why others cannot."""
    script = folder / "run.py"
    if not script.exists():
        return [], [f"no peers: there is no {script}"]
    os.environ["PEERS_WORK"] = str(work)
    module = _load(script)
    flat = work / "records"
    flat.mkdir(parents=True)
    for path in records:
        (flat / path.name).symlink_to(path.resolve())
    found, missing = [], []
    for name in _NAMES:
        lacking = _lacking(module, name)
        if lacking:
            missing.append(f"{name} was left out: {lacking}")
        else:
            site = Path(module.prepare(name, len(records), str(flat)))
            found.append(Peer(name, site, module.PEERS[name][2]))
    shutil.rmtree(flat)
    return found, missing


def _lacking(module: Any, name: str) -> str:  # noqa: ANN401
    """What a peer needs and this machine does not have."""
    if name == "hugo":
        return "" if shutil.which(module.HUGO) else f"there is no {module.HUGO} (PEERS_HUGO)"
    if not shutil.which("node"):
        return "there is no node"
    has = Path(module.ELEVENTY).exists()
    return "" if has else f"there is no {module.ELEVENTY} (PEERS_NODE_MODULES)"


def _load(script: Path) -> Any:  # noqa: ANN401
    description = importlib.util.spec_from_file_location("peers_run", script)
    if description is None or description.loader is None:
        raise ImportError(script)
    module = importlib.util.module_from_spec(description)
    wrote, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        description.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = wrote
    return module
