"""What the workflows' script does with what the program says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.sites import write_site
from tools import site_workflow
from tools.site_workflow import Measure, check, measured, summary, warnings_of


@pytest.mark.parametrize(
    ("said", "code", "strict", "wanted"),
    [
        ("", 0, "true", 0),
        ("::error file=a.md,line=1::bad\n", 1, "false", 0),
        ("::error file=a.md,line=1::bad\n", 1, "true", 1),
        ("::warning file=a.md,line=1::odd\n", 1, "true", 0),
        ("", 1, "false", 1),  # it died, and named no problem
        ("", 2, "false", 2),
    ],
)
def test_errors_stop_a_strict_site_only(
    said: str, code: int, strict: str, wanted: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check that could not be made always stops the run."""
    run = subprocess.CompletedProcess([], code, said)
    monkeypatch.setattr(site_workflow, "run_program", lambda *_: run)
    monkeypatch.setenv("NEWSSTAND_STRICT", strict)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    assert check() == wanted


def test_annotations_are_printed_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the program says goes to the runner as it is; the summary has the counts."""
    said = "::error file=a.md,line=1::x\n::warning file=b.md,line=1::y\n::warning ::z\n"
    monkeypatch.setattr(
        site_workflow, "run_program", lambda *_: subprocess.CompletedProcess([], 1, said)
    )
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    assert check() == 0
    assert capsys.readouterr().out == said
    assert "1 error, 2 warnings." in (tmp_path / "summary").read_text(encoding="utf-8")


def test_check_and_build_know_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else every run would say that the settings have none."""
    monkeypatch.setenv("NEWSSTAND_BASE_URL", "https://harbour.github.example/repo")
    asked: list[tuple[str, ...]] = []

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        asked.append(arguments)
        return subprocess.CompletedProcess([], 2, "")

    monkeypatch.setattr(site_workflow, "run_program", run)
    assert [step() for step in (check, site_workflow.build)] == [2, 2]
    for arguments in asked:
        assert arguments[-2:] == ("--base-url", "https://harbour.github.example/repo")


def test_further_options_reach_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Split as a shell would, and never run by one."""
    monkeypatch.setenv("NEWSSTAND_OPTIONS", "--static 'a b' ; echo")
    seen: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        seen.append(command)
        return subprocess.CompletedProcess([], 0, "")

    monkeypatch.setattr(subprocess, "run", run)
    site_workflow.run_program("build")
    assert seen[0][-4:] == ["--static", "a b", ";", "echo"]


def test_a_site_is_measured_with_its_hidden_files(tmp_path: Path) -> None:
    """Pages are files of HTML; bytes are those of all files."""
    write_site(tmp_path, {"index.html": "1234", "a/index.html": "12", ".well-known/x": "123"})
    assert measured(tmp_path) == Measure(pages=2, files=3, size=9)


@pytest.mark.parametrize(
    ("size", "seconds", "titles"),
    [
        (799_000_000, 479, []),
        (801_000_000, 1, ["The site is large"]),
        (1, 481, ["The build is slow"]),
        (2_000_000_000, 700, ["The site is large", "The build is slow"]),
    ],
)
def test_a_warning_comes_before_the_limit(size: int, seconds: float, titles: list[str]) -> None:
    """At 80 % of 1 GB and of ten minutes."""
    assert [title for title, _ in warnings_of(Measure(1, 1, size), seconds)] == titles


def test_nothing_that_is_printed_ends_the_summary_s_block() -> None:
    """Names that strangers chose stay code."""
    said = "held back: a```.md\n</details><img src=x>"
    lines = summary(Measure(1, 1, 1), "", 1.0, said).splitlines()
    assert lines[-2:] == ["    held back: a```.md", "    </details><img src=x>"]
