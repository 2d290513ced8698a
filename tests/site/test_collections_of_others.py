"""Collections as people bring them are read whole: what is read otherwise is said once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.collections_of_others import COLLECTIONS
from tests.once_per_session import once_per_session
from tests.sites import Run, build_site, write_site

NOW = "2026-03-11T00:00:00Z"


@dataclass(frozen=True)
class Case:
    """What a collection gives: records, parts of what is said, every kind of warning."""

    records: int
    said: tuple[str, ...]
    codes: frozenset[str]


CASES = {
    "hugo bundles": Case(
        73,
        (
            "in 73 files `date` is read as publishedDateTime",
            "in 73 files `tags` is read as topics",
            "in 73 files `description` is read as excerpt",
        ),
        frozenset({"key-read-as", "link-missing"}),
    ),
    "hugo renamed": Case(
        73,
        ("in 73 files `date` is read as publishedDateTime",),
        frozenset({"key-read-as", "link-missing"}),
    ),
    "pelican newsletter": Case(
        67,
        (
            "in 67 files `Date` is read as publishedDateTime",
            "in 67 files `Tags` is read as topics",
            "in 67 files `Category` is read as topics",
        ),
        frozenset({"key-read-as", "date-no-zone", "link-missing"}),
    ),
    "notes": Case(57, ("No problems. `check` has ",), frozenset()),
    "jekyll digest": Case(
        41,
        ("in 41 files `layout` means nothing here",),
        frozenset({"key-of-others", "link-missing"}),
    ),
    "weekly without keys": Case(47, ("No problems. `check` has ",), frozenset()),
    "wire": Case(
        235,
        (
            "in 235 files `pubDate` is read as publishedDateTime",
            "in 235 files `link` is read as webUrl",
            "in 235 files `source` is read as provider",
        ),
        frozenset({"key-read-as", "date-shared"}),
    ),
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Each collection, built when it is first asked for, by whichever process asks."""

    class Built(dict[str, Run]):
        def __missing__(self, name: str) -> Run:
            self[name] = once_per_session(
                tmp_path_factory, name, lambda folder: _built(name, folder)
            )
            return self[name]

    return Built()


def _built(name: str, folder: Path) -> Run:
    files = {f"content/{path}": text for path, text in COLLECTIONS[name]().items()}
    if name == "wire":
        files["content/providers/cable.example.md"] = (
            "---\nname: Cable\ndomain: cable.example\ndomains: [cable.test]\n---\n"
        )
    write_site(folder, {**files, "site.yml": "url: https://t.example/\n"})
    return build_site(folder, "--no-cache", now=NOW, in_process=True)


@pytest.mark.parametrize("name", CASES)
def test_no_record_is_lost(name: str, runs: dict[str, Run]) -> None:
    """Each has its page; none is held back or left out."""
    run, case = runs[name], CASES[name]
    assert run.code == 0
    assert f"Read {case.records:,} records: {case.records:,} published" in run.stdout
    assert "0 held back." in run.stdout
    assert len([p for p in (run.output / "news").iterdir() if p.is_dir()]) == case.records


@pytest.mark.parametrize("name", CASES)
def test_what_is_read_otherwise_is_said_in_a_few_lines(name: str, runs: dict[str, Run]) -> None:
    """One line a kind, with the number of files; no error."""
    run, case = runs[name], CASES[name]
    for said in case.said:
        assert said in run.log
    codes = set(re.findall(r"\[([a-z-]+)\]$", run.stderr, re.MULTILINE))
    assert codes - {"link-twice"} == case.codes
    assert ": error: " not in run.stderr
    assert len(run.stderr.splitlines()) < 60


def test_bundles_have_the_address_of_their_folder(runs: dict[str, Run]) -> None:
    """Their day, their topic, and lists in lists."""
    page = runs["hugo bundles"].page("news/2019-03-01/")
    assert "Links for 1 March" in page
    assert '<time datetime="2019-03-01T09:00:00Z">' in page
    assert re.search(r"<li>[^<]*<ul>\s*<li><a ", page)
    assert (runs["hugo bundles"].output / "topics" / "links").is_dir()


def test_lines_of_keys_are_read(runs: dict[str, Run]) -> None:
    """The headline is the title, not the line; the keys stand in no body."""
    page = runs["pelican newsletter"].page("news/2010-01-08-this-week-1/")
    assert "<h1" in page
    assert "This Week 1" in page
    assert "Title:" not in page
    assert "8 January 2010, 10:00 UTC" in page


def test_a_name_gives_the_day(runs: dict[str, Run]) -> None:
    """Shown as a day, in the archive of that day."""
    run = runs["jekyll digest"]
    assert '<time datetime="2025-09-01">1 September 2025</time>' in run.page("news/2025-09-01/")
    assert "Digest of 01 September 2025" in run.page("archive/2025/09/01/")


def test_a_picture_of_another_host_leaves_nothing(runs: dict[str, Run]) -> None:
    """No empty paragraph, no address."""
    page = runs["weekly without keys"].page("news/issue-12/")
    assert "每周通讯（第 12 期）" in page
    assert "pics.example" not in page
    assert "<p></p>" not in page


def test_items_of_feeds_are_text(runs: dict[str, Run]) -> None:
    """No tags, no tail, no counting parameters; one outlet for its three hosts."""
    run = runs["wire"]
    page = run.page("news/item-0000/")
    assert " - Cable" not in page
    assert "&lt;p&gt;" not in page
    assert "utm_source" not in page
    assert "said so." in page
    outlets = {p.name for p in (run.output / "outlets").iterdir() if p.is_dir() and "." in p.name}
    assert len(outlets) == 28
    assert "cable.example" in outlets
