"""What a build loads: nothing of what fetching needs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.sites import ROOT

_HEAVY = ("urllib3", "feedparser", "PIL", "protego", "py3langid", "numpy", "brotli")


@pytest.mark.parametrize(
    "command",
    ["build", "preview.server", "check", "check_fix", "new", "init_files", "stories_list"],
)
def test_a_command_that_fetches_nothing_loads_nothing_for_it(command: str) -> None:
    """Neither the network nor what reads feeds and pictures: commands start at once."""
    code = (
        f"import sys, newsstand.pipeline, newsstand.cli.{command}\n"
        f"print([m for m in {_HEAVY!r} if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert run.stdout.strip() == "[]"


def test_a_run_in_which_nothing_is_new_reads_no_feed() -> None:
    """The command itself loads no parser and no picture library."""
    code = (
        "import sys, newsstand.cli.fetch_job\n"
        "print([m for m in ('feedparser', 'PIL', 'py3langid', 'numpy') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert run.stdout.strip() == "[]"
