"""The program from folder to report: what is counted, held back, kept in place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from newsstand.build.loaded_site import Loaded, WriteOptions
from newsstand.build.output import Output
from newsstand.build.report import Report
from newsstand.content.site_inputs import Folders
from newsstand.pipeline import build, load
from tests.newsroom import record, story_sets
from tests.sites import ROOT, build_site, read_tree, write_site

T = TypeVar("T")


def plain(entries: Iterable[T], _doing: str, _count: int | None) -> Iterable[T]:
    """Progress that nobody watches."""
    return entries


def folders(folder: Path) -> Folders:
    """Everything below one folder; the templates are the built-in ones."""
    config = folder / "site.yml"
    return Folders(
        content=folder / "content",
        config=config if config.exists() else None,
        templates=(ROOT / "templates",),
        static=(ROOT / "static", folder / "static"),
    )


def loaded(folder: Path, now: datetime, base_url: str = "") -> Loaded:
    """The site of a folder, read and related."""
    for name in ("content", "static"):
        (folder / name).mkdir(exist_ok=True)
    return load(folders(folder), base_url, now, plain)


def built(folder: Path, now: datetime, strict: bool = False) -> Report:
    """The site of a folder, written to ``_site`` in it."""
    output = Output(folder / "_site")
    report, _ = build(loaded(folder, now), folders(folder), output, WriteOptions(strict), plain)
    return report


def codes(report: Report | Loaded) -> list[str]:
    """What was wrong, by its codes; these sites have no address, which is said of each."""
    return [problem.code for problem in report.problems if problem.code != "url-missing"]


def test_the_report_counts(tmp_path: Path, now: datetime) -> None:
    """Records read, published, promoted, stories, pages; what was held back, and why."""
    write_site(
        tmp_path,
        {
            "content/a.md": record("Mayor opens harbour bridge", published=True),
            "content/b.md": record("Mayor opens harbour bridge again", outlet="b.example"),
            "content/c.md": record("Snow closes valley railway", outlet="c.example", heat=10),
            "content/draft.md": record("Draft", draft=True),
            "content/removed.md": record("Removed", removed=True),
            "content/ahead.md": record("Ahead", at="2024-01-21T00:00:00Z"),
        },
    )
    report = built(tmp_path, now)
    assert (report.records, report.articles, report.stories, report.promoted) == (6, 3, 2, 2)
    assert {h.path: h.reason for h in report.held_back} == {
        "draft.md": "draft",
        "removed.md": "removed",
        "ahead.md": "dated ahead",
    }
    assert report.published
    written = read_tree(tmp_path / "_site")
    assert report.pages == sum(path.endswith((".html", ".xml", ".txt")) for path in written)
    for held in ("draft", "removed", "ahead"):
        assert f"news/{held}/index.html" not in written


def test_a_record_comes_due(tmp_path: Path, now: datetime) -> None:
    """Dated ahead today, published tomorrow."""
    write_site(tmp_path, {"content/a.md": record("Soon", at="2024-01-20T00:00:01Z")})
    assert story_sets(loaded(tmp_path, now).site) == set()
    assert story_sets(loaded(tmp_path, now + timedelta(seconds=1)).site) == {frozenset({"a"})}


def test_a_later_now_changes_nothing(tmp_path: Path, now: datetime) -> None:
    """A year later, with no record that has come due, every byte is the same."""
    for number in range(6):
        text = record(f"alpha{number} beta{number} and a bridge", outlet=f"o{number}.example")
        write_site(tmp_path, {f"content/r{number}.md": text})
    built(tmp_path, now)
    before = read_tree(tmp_path / "_site")
    built(tmp_path, now + timedelta(days=365))
    assert read_tree(tmp_path / "_site") == before


def test_strict_publishes_nothing_with_an_error(tmp_path: Path, now: datetime) -> None:
    """The report says so, and no folder is made."""
    write_site(tmp_path, {"content/a.md": record("Fine"), "content/b.md": "---\nexcerpt: x\n---\n"})
    report = built(tmp_path, now, strict=True)
    assert not report.published
    assert not (tmp_path / "_site").exists()
    assert built(tmp_path, now).published


def test_plain_pages_keep_out_of_the_sites_own_places(tmp_path: Path, now: datetime) -> None:
    """A page that would stand where the site has its own is left out and named."""
    pages = {f"content/pages/{n}.md": "# T\n\nText" for n in ("topics", "news", "page", "about")}
    write_site(tmp_path, pages)
    found = loaded(tmp_path, now)
    assert [page.slug for page in found.site.pages] == ["about"]
    assert codes(found) == ["address-twice"] * 3


def test_two_pages_at_one_address(tmp_path: Path, now: datetime) -> None:
    """The first in order of path stays."""
    write_site(tmp_path, {"content/pages/a/about.md": "# One", "content/pages/b/About.md": "# Two"})
    found = loaded(tmp_path, now)
    assert [page.title for page in found.site.pages] == ["One"]
    assert codes(found) == ["address-twice"]


def test_a_static_file_does_not_replace_a_page(tmp_path: Path, now: datetime) -> None:
    """The page is kept, the file named; others are copied as they are."""
    write_site(
        tmp_path,
        {"static/index.html": "mine", "static/CNAME": "news.example", "content/a.md": record("A")},
    )
    report = built(tmp_path, now)
    assert codes(report) == ["address-twice"]
    written = read_tree(tmp_path / "_site")
    assert written["index.html"] != b"mine"
    assert written["CNAME"] == b"news.example"


def test_pictures_of_the_content_are_copied(tmp_path: Path, now: datetime) -> None:
    """Below media, where pages look for them."""
    drawn = "<svg xmlns='http://www.w3.org/2000/svg'/>"
    pictured = record("Pictured", images=[{"url": "boat.svg", "width": 10, "height": 10}])
    write_site(tmp_path, {"content/news/boat.svg": drawn, "content/news/a.md": pictured})
    assert codes(built(tmp_path, now)) == []
    written = read_tree(tmp_path / "_site")
    assert written["media/news/boat.svg"] == drawn.encode()
    assert b'src="../../media/news/boat.svg"' in written["news/a/index.html"]


def test_an_empty_content_folder_is_a_warning(tmp_path: Path) -> None:
    """The site is published; a page or a draft is enough for no word."""
    (tmp_path / "content").mkdir()
    run = build_site(tmp_path, in_process=True)
    assert run.code == 0
    assert (
        f"{tmp_path}/content:1:1: warning: there is no record in the folder 'content'" in run.stderr
    )
    for path, text in (
        ("pages/about.md", "# About"),
        ("a.md", "---\ntitle: A\ndraft: true\n---\n"),
    ):
        write_site(tmp_path / path[0], {f"content/{path}": text})
        assert "content-empty" not in build_site(tmp_path / path[0], in_process=True).stderr


def test_the_settings_may_be_missing_or_empty(tmp_path: Path, now: datetime) -> None:
    """Every setting has a default."""
    write_site(tmp_path, {"content/a.md": record("A")})
    assert loaded(tmp_path, now).site.config.title == "Newsstand"
    write_site(tmp_path, {"site.yml": ""})
    assert codes(loaded(tmp_path, now)) == []


def test_the_base_url_replaces_that_of_the_settings(tmp_path: Path, now: datetime) -> None:
    """Given for one build."""
    write_site(tmp_path, {"site.yml": "url: https://one.example/\n", "content/a.md": record("A")})
    assert loaded(tmp_path, now).site.config.url == "https://one.example/"
    assert loaded(tmp_path, now, "https://two.example/").site.config.url == "https://two.example/"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"content/a.txt": "Only a title\n\nAnd a text."},
        {"content/draft.md": record("D", draft=True)},
    ],
    ids=["empty", "undated", "all held back"],
)
def test_sites_of_next_to_nothing_are_built(
    tmp_path: Path, now: datetime, files: dict[str, str]
) -> None:
    """With a front page, an archive, a feed and an error page."""
    write_site(tmp_path, files)
    report = built(tmp_path, now)
    assert report.published
    written = read_tree(tmp_path / "_site").keys()
    assert {"index.html", "archive/index.html", "feed.xml", "404.html", "robots.txt"} <= written
