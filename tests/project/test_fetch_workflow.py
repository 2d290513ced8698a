"""What the workflow does with news that came: one commit, a branch of one commit, or the cache."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from newsstand.fetch.feed_state import read_state
from tests.sites import write_site
from tools import fetch_workflow
from tools.fetch_workflow import changed, keep, keep_ids, restore

RECORD = "---\ntitle: Bridge opens\n---\n"
STATE = '{"feed":"https://gull.example/feed","asked":"2024-01-20T12:00:00Z","etag":"b"}\n'
OLDER = '{"feed":"https://gull.example/feed","asked":"2024-01-19T12:00:00Z","etag":"a"}\n'


def git(folder: Path, *arguments: str) -> str:
    """What git says."""
    name = ("-c", "user.name=Desk", "-c", "user.email=desk@newsstand.example")
    run = subprocess.run(
        ["git", *name, *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8"
    )
    return run.stdout


@pytest.fixture
def origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one record, as a host has it."""
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    work = write_site(
        tmp_path / "work",
        {"content/news/old.md": RECORD, ".gitignore": ".cache/\n/content/pictures/cache/\n"},
    )
    git(work, "init", "--quiet", "--initial-branch=main")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message=Begin")
    git(tmp_path, "clone", "--quiet", "--bare", "work", "origin.git")
    return tmp_path / "origin.git"


def clone(origin: Path, name: str) -> Path:
    """A runner's checkout."""
    folder = origin.parent / name
    git(origin.parent, "clone", "--quiet", "--depth=1", f"file://{origin}", name)
    return folder


def fetched(site: Path, *names: str, state: str = STATE) -> None:
    """What a run of `fetch` leaves."""
    files = {f"content/news/{name}.md": RECORD for name in names}
    picture = {"content/pictures/cache/0123456789abcdef-9x9-ffffff.webp": "x"}
    write_site(site, {**files, **picture, "fetch-state.jsonl": state})


def test_one_commit_a_run_and_only_if_something_came(origin: Path) -> None:
    """With the state in it, without pictures."""
    site = clone(origin, "one")
    fetched(site, "a", "b")
    assert keep(site, "commit") == 0
    assert git(origin, "log", "--format=%s", "main").splitlines() == ["News: 2 records", "Begin"]
    named = git(origin, "ls-tree", "-r", "--name-only", "main").split()
    assert "fetch-state.jsonl" in named
    assert not any("pictures" in name for name in named)
    write_site(site, {"fetch-state.jsonl": STATE.replace("12:00", "15:00")})
    assert keep(site, "commit") == 0
    assert len(git(origin, "log", "--format=%s", "main").splitlines()) == 2


def test_somebody_may_push_meanwhile(origin: Path) -> None:
    """The commit goes on top of theirs."""
    site, editor = clone(origin, "one"), clone(origin, "two")
    write_site(editor, {"content/news/own.md": RECORD})
    git(editor, "add", "--all")
    git(editor, "commit", "--quiet", "--message=Own")
    git(editor, "push", "--quiet", "origin", "main")
    fetched(site, "a")
    assert keep(site, "commit") == 0
    log = git(origin, "log", "--format=%s", "main").splitlines()
    assert log == ["News: 1 record", "Own", "Begin"]


def test_news_that_could_not_be_kept_come_again(
    origin: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The next run does not take them for seen and deleted."""
    site = clone(origin, "one")
    write_site(origin / "hooks", {"pre-receive": "#!/bin/sh\nexit 1\n"})
    (origin / "hooks/pre-receive").chmod(0o755)
    write_site(site, {".cache/fetched/fetch-state.jsonl": OLDER})
    fetched(site, "a")
    assert keep(site, "commit") == 0
    assert "::warning title=The news were not kept::" in capfd.readouterr().out
    assert git(origin, "log", "--format=%s", "main").splitlines() == ["Begin"]
    assert not (site / ".cache/fetched/fetch-state.jsonl").exists()


def test_ids_of_stories_are_committed_with_the_next_news(origin: Path) -> None:
    """They are written by the build, after news were kept; they alone make no commit."""
    one = clone(origin, "one")
    write_site(one, {"content/stories.lock": "# Ids\nbridge\n"})
    assert keep_ids(one, "commit") == 0
    two = clone(origin, "two")
    (one / ".cache").rename(two / ".cache")
    write_site(two, {"content/stories.lock": "# Ids\nferry\n"})
    restore(two, "commit")
    assert (two / "content/stories.lock").read_text() == "# Ids\nferry\nbridge\n"
    assert changed(two) == []
    assert keep(two, "commit") == 0
    assert git(origin, "log", "--format=%s", "main").splitlines() == ["Begin"]
    fetched(two, "a")
    assert keep(two, "commit") == 0
    assert "bridge" in git(origin, "show", "main:content/stories.lock")


def test_a_branch_of_news_has_one_commit(origin: Path) -> None:
    """However many runs there were; the next run puts its records back, none over the commit's."""
    for run, names in enumerate((["a"], ["a", "b"], ["a", "b"])):
        site = clone(origin, f"run-{run}")
        restore(site, "branch")
        assert (site / "content/news/a.md").exists() == (run > 0)
        fetched(site, *names)
        assert keep(site, "branch") == 0
    assert git(origin, "rev-list", "--count", "newsstand-data").strip() == "1"
    assert git(origin, "log", "--format=%s", "main").splitlines() == ["Begin"]
    named = git(origin, "ls-tree", "-r", "--name-only", "newsstand-data").split()
    assert named == ["content/news/a.md", "content/news/b.md", "fetch-state.jsonl"]


def test_the_cache_alone_may_keep_them(origin: Path) -> None:
    """Nothing is committed anywhere."""
    site = clone(origin, "one")
    fetched(site, "a")
    assert keep(site, "cache") == 0
    assert git(origin, "branch", "--list").split() == ["*", "main"]
    other = clone(origin, "two")
    (site / ".cache").rename(other / ".cache")
    restore(other, "cache")
    assert changed(other) == ["content/news/a.md"]
    assert (other / "fetch-state.jsonl").read_text() == STATE


def test_the_later_of_two_states_counts(origin: Path) -> None:
    """That of the cache may be newer than that of the commit, or older."""
    site = clone(origin, "one")
    write_site(site, {"fetch-state.jsonl": OLDER, ".cache/fetched/fetch-state.jsonl": STATE})
    restore(site, "commit")
    (state,) = read_state((site / "fetch-state.jsonl").read_text()).values()
    assert state.etag == "b"


def test_a_push_fetches_nothing(origin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It only puts back what was kept."""
    monkeypatch.setenv("GITHUB_EVENT_NAME", "push")
    monkeypatch.setattr(fetch_workflow, "run_program", lambda *_: pytest.fail("it fetched"))
    site = clone(origin, "one")
    write_site(site, {".cache/fetched/content/news/a.md": RECORD})
    assert fetch_workflow.fetch(site, "cache") == 0
    assert (site / "content/news/a.md").is_file()
