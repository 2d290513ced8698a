"""What benchmarks are made of: a generated site is the same each time, and has no mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import bench_disorder, bench_edits
from benchmarks.generated_site import write_site
from tests import sites
from tests.sites import read_tree, run_command


def test_a_generated_site_is_the_same_for_a_seed(tmp_path: Path) -> None:
    """The same arguments give the same bytes, another seed others."""
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_site(tmp_path / name, 20, seed)
    assert read_tree(tmp_path / "one") == read_tree(tmp_path / "again")
    assert read_tree(tmp_path / "one") != read_tree(tmp_path / "other")


def test_a_generated_site_has_so_many_records_and_no_mistake(tmp_path: Path) -> None:
    """All records are published, each is at an address of its own, and some are one story."""
    write_site(tmp_path / "site", 100)
    assert len(list((tmp_path / "site" / "content" / "news").rglob("*.md"))) == 100
    options = ("--site", str(tmp_path / "site"), "--output", str(tmp_path / "out"))
    run = run_command("build", *options, in_process=True)
    assert run.code == 0
    assert "100 published" in run.log
    assert "No problems." in run.log


def test_sequences_of_edits_are_tried_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was edited is said, and that every warm build was the clean one."""
    few = ["--sequences", "3", "--records", "2", "--builds", "2", "--edits", "2"]
    monkeypatch.setattr("sys.argv", ["bench_edits.py", *few, "--work", str(tmp_path)])
    assert bench_edits.main() == 0
    said = capsys.readouterr().out
    assert "Every warm build was the clean one, byte for byte." in said
    assert "kept" in said


def test_a_broken_law_is_shown_in_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever may be left out is, and the exit code is 1."""

    def tried(sequence: bench_edits.Sequence, *_: object) -> list[str]:
        kinds = [kind for edits in sequence.builds for kind, _, _ in edits]
        return ["index.html"] if "retitle" in kinds else []

    monkeypatch.setattr(bench_edits, "_tried", tried)
    argv = ["bench_edits.py", "--sequences", "40", "--work", str(tmp_path)]
    monkeypatch.setattr("sys.argv", argv)
    assert bench_edits.main() == 1
    said = capsys.readouterr().out
    assert "DIFFER: Sequence(records=0" in said
    assert "builds=[[('retitle'," in said


def test_what_disorder_may_not_do_is_noticed(tmp_path: Path) -> None:
    """Ids of the feed that lead to new ones or to one story, and addresses that are gone."""
    to = '<meta http-equiv="refresh" content="0; url=../../stories/{}/">'
    sites.write_site(
        tmp_path,
        {
            "stories/kept/index.html": "A story.",
            "stories/joined/index.html": to.format("kept"),
            "stories/lost/index.html": to.format("new"),
        },
    )
    ids = frozenset({"kept", "joined", "lost"})
    before = bench_disorder.Built(["kept", "joined", "lost"], ids, frozenset({"a.html", "b.html"}))
    after = bench_disorder.Built(["kept", "joined"], ids, frozenset({"a.html", "new.html"}))
    assert sorted(bench_disorder.faults_of(tmp_path, before, after)) == [
        "addresses lost", "feed ids changed", "ids or stories twice in the feed", "joined",
    ]  # fmt: skip
    quiet = bench_disorder.Built(["kept"], frozenset({"kept"}), frozenset({"a.html"}))
    assert list(bench_disorder.faults_of(tmp_path, quiet, quiet)) == []
