"""What benchmarks are made of: a generated site is the same each time, and has no mistakes."""

from __future__ import annotations

from pathlib import Path

from benchmarks.generated_site import write_site
from tests.sites import read_tree, run_command


def test_a_generated_site_is_the_same_for_a_seed(tmp_path: Path) -> None:
    """The same arguments give the same bytes, another seed others."""
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_site(tmp_path / name, 60, seed)
    assert read_tree(tmp_path / "one") == read_tree(tmp_path / "again")
    assert read_tree(tmp_path / "one") != read_tree(tmp_path / "other")


def test_a_generated_site_has_so_many_records_and_no_mistake(tmp_path: Path) -> None:
    """All records are published, each is at an address of its own, and some are one story."""
    write_site(tmp_path / "site", 300)
    assert len(list((tmp_path / "site" / "content" / "news").rglob("*.md"))) == 300
    run = run_command("build", "--site", str(tmp_path / "site"), "--output", str(tmp_path / "out"))
    assert run.code == 0
    assert "300 published" in run.log
    assert "No problems." in run.log
