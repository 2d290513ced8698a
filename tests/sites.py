"""Sites for tests: write a folder of files, and run the command on it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOW = "2024-01-20T00:00:00Z"
_GUARD = ROOT / "tests" / "guard"
_TIME_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Run:
    """What a command did: its exit code, what it said, and where it was told to write."""

    code: int
    stdout: str
    stderr: str
    output: Path

    @property
    def log(self) -> str:
        """Everything it said."""
        return self.stdout + self.stderr

    def page(self, address: str) -> str:
        """The text of a page: ``run.page("news/some-slug/")``."""
        path = self.output / address
        return (path / "index.html" if path.is_dir() else path).read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file of the output by its address."""
        return read_tree(self.output)


def write_site(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder and return it; common indentation of texts is taken off."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            target.write_bytes(content)
        else:
            target.write_text(textwrap.dedent(content), encoding="utf-8", newline="")
    return folder


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path with slashes, in order of path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def build_site(
    folder: Path,
    *options: str,
    output: Path | None = None,
    now: str = NOW,
    in_process: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Build the site whose ``content/`` and ``site.yml`` lie in a folder.

    The output goes beside them, to ``_site``, unless `output` is given. A process of its
    own runs the whole command as a user would; `in_process` is quicker and can be
    debugged. `environment` adds variables to a process of its own.
    """
    target = output or folder / "_site"
    config = folder / "site.yml"
    arguments = ["build", "--content", str(folder / "content"), "--output", str(target)]
    if config.exists():
        arguments += ["--config", str(config)]
    return run_command(
        *arguments,
        *(["--now", now] if now else []),
        *options,
        output=target,
        in_process=in_process,
        environment=environment,
    )


def run_command(
    *arguments: str,
    output: Path = ROOT / "_site",
    in_process: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run ``python build.py`` with these arguments."""
    if in_process:
        return _run_here(arguments, output)
    finished = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=_clean_environment() | dict(environment or {}),
        timeout=_TIME_LIMIT,
    )
    return Run(finished.returncode, finished.stdout, finished.stderr, output)


def _run_here(arguments: tuple[str, ...], output: Path) -> Run:
    from newsstand.cli.main import main

    stdout, stderr = StringIO(), StringIO()
    with redirect_stdout(stdout), redirect_stderr(stderr):
        try:
            code = main(list(arguments), home=ROOT)
        except SystemExit as exit_:
            code = exit_.code if isinstance(exit_.code, int) else 1
    return Run(code, stdout.getvalue(), stderr.getvalue(), output)


def _clean_environment() -> dict[str, str]:
    kept = {"PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "SYSTEMROOT"}
    environment = {name: value for name, value in os.environ.items() if name in kept}
    return environment | {
        "PYTHONPATH": str(_GUARD),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": "error",
    }
