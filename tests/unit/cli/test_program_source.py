"""Where the program comes from, for a site's own requirements."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsstand.cli import program_source
from newsstand.cli.program_source import UNKNOWN, program_requirement


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        ("https://git.example/desk/newsstand.git", "git+https://git.example/desk/newsstand.git"),
        ("git@git.example:desk/newsstand.git", "git+https://git.example/desk/newsstand.git"),
        ("https://desk:s3cret@git.example/newsstand", "git+https://git.example/newsstand"),
        ("/srv/git/newsstand.git", ""),
        ("http://git.example/newsstand", ""),
    ],
)
def test_the_origin_of_a_clone_is_taken(
    origin: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a name or a password; what is no address of the open internet is left to fill in."""
    (tmp_path / ".git").mkdir()
    config = f'[core]\n\tbare = false\n[remote "origin"]\n\tfetch = x\n\turl = {origin}\n'
    (tmp_path / ".git" / "config").write_text(config)
    monkeypatch.setattr(program_source, "_installed_from", lambda: str(tmp_path))
    assert program_requirement() == (f"newsstand @ {line}" if line else UNKNOWN)


@pytest.mark.parametrize("installed", ["", "/nowhere/at/all"])
def test_nothing_is_made_up(
    installed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no repository, the line is a comment."""
    monkeypatch.setattr(program_source, "_installed_from", lambda: installed)
    monkeypatch.setattr(program_source, "PROGRAM", tmp_path / "newsstand")
    assert program_requirement() == UNKNOWN
    assert all(text.startswith("#") for text in UNKNOWN.splitlines())
