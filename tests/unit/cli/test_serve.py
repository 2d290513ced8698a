"""What the options of ``serve`` mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsstand.build.output import Output
from newsstand.cli.preview.site import Preview
from newsstand.cli.serve import ServeOptions
from newsstand.model import DATED_AHEAD, DRAFT


@pytest.mark.parametrize(
    ("drafts", "future", "shown", "cache"),
    [
        (False, False, set(), ".cache"),
        (True, False, {DRAFT}, ".cache/preview"),
        (False, True, {DATED_AHEAD}, ".cache/preview"),
        (True, True, {DRAFT, DATED_AHEAD}, ".cache/preview"),
    ],
)
def test_what_no_build_publishes_has_a_cache_of_its_own(
    drafts: bool, future: bool, shown: set[str], cache: str, tmp_path: Path
) -> None:
    """Drafts and records dated ahead are shown where they are asked for."""
    output, content = tmp_path / "_site", tmp_path / "content"
    options = ServeOptions(
        site=tmp_path, content=content, output=output, drafts=drafts, future=future
    )
    assert options.shown == shown
    preview = Preview(options, Output(output), shown=options.shown)
    path = preview._store._path
    assert path is not None
    assert path.parent == tmp_path / cache
