"""``fetch``: feeds of a real server become records, once each."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler

import pytest
from filelock import FileLock

from benchmarks import bench_fetch
from newsstand.fetch.entries import ParsedFeed
from newsstand.fetch.items import FoundItems, items_of
from tests.fetch.conftest import FedSite
from tests.fetch.local_web import Item, LocalWeb
from tests.sites import read_tree, write_site


@pytest.mark.parametrize(
    ("only", "said"),
    [("Harbor Gazette", "did you mean Harbour Gazette?"), ("xyz", "feeds: Harbour Gazette")],
)
def test_an_outlet_that_has_no_feed_is_told(site: FedSite, only: str, said: str) -> None:
    """With the one that is most like it, or all."""
    site.follow("http://127.0.0.1:9/feed")
    run = site.fetch("--only", only)
    assert run.code == 2
    assert f"no outlet that has a feed is called '{only}'; {said}" in run.stderr


def test_a_quiet_fetch_ends_with_one_line(web: LocalWeb, site: FedSite) -> None:
    """What was left out is named in it, without what was not."""
    web.feed("/feed", [Item(1), Item(2, published=datetime(2023, 1, 2, tzinfo=UTC))])
    site.follow(f"{web.address}/feed")
    (line,) = site.fetch("--quiet").stdout.splitlines()
    assert line.endswith("1 record written, 0 changed. Left out: 1 too old; --since brings them.")


def test_items_become_records(web: LocalWeb, site: FedSite) -> None:
    """In the place and the format that the build reads."""
    web.feed("/feed", [Item(n) for n in range(3)])
    site.follow(f"{web.address}/feed")
    run = site.fetch()
    assert run.code == 0, run.log
    assert "3 records written" in run.stdout
    records = site.records()
    path = "news/2024/01/2024-01-20-report-number-0-from-the-harbour.md"
    assert max(records) == "news/2024/01/2024-01-20-report-number-2-from-the-harbour.md"
    assert records[path].splitlines()[:9] == [
        "---",
        'title: "Report number 0 from the harbour"',
        'excerpt: "What happened at quay 0, in two sentences. This is it."',
        "publishedDateTime: 2024-01-20T11:00:00Z",
        "arrivedDateTime: 2024-01-20T12:00:00Z",
        f'webUrl: "{web.address}/news/0"',
        "quality: 55",
        "provider:",
        '  name: "Harbour Gazette"',
    ]
    built = site.build()
    assert built.code == 0, built.log
    assert "No problems." in built.stdout


def test_the_second_run_asks_whether_anything_is_new(web: LocalWeb, site: FedSite) -> None:
    """With the tag of the last answer, and not before the interval is over."""
    web.feed("/feed", [Item(1)])
    site.follow(f"{web.address}/feed")
    site.fetch()
    records = site.records()
    soon = site.fetch(now="2024-01-20T12:30:00Z")
    assert len(web.asked) == 1
    assert "0 feeds asked" in soon.stdout
    later = site.fetch(now="2024-01-20T13:00:00Z")
    assert [("if-none-match" in headers) for _, headers in web.asked] == [False, True]
    assert "1 unchanged" in later.stdout
    assert site.records() == records


def test_fifty_feeds_are_asked_once_each(web: LocalWeb, site: FedSite) -> None:
    """A second run asks each exactly once, gets 304 from all, and touches no file of the content.

    Before the interval is over nobody is asked.
    """
    for n in range(50):
        web.feed(f"/{n}", [Item(100 * n + k, summary=f"Says {n}. And {k}.") for k in range(3)])
        site.follow(f"{web.address}/{n}", outlet=f"o{n}.example")
    assert "50 feeds asked, 0 unchanged, 0 failed" in site.fetch().stdout
    before = stamps(site)
    web.asked.clear()
    assert "50 feeds asked, 50 unchanged" in site.fetch(now="2024-01-20T13:00:00Z").stdout
    assert sorted(web.paths()) == sorted(f"/{n}" for n in range(50))
    assert stamps(site) == before
    assert "0 feeds asked" in site.fetch(now="2024-01-20T13:59:00Z").stdout
    assert len(web.asked) == 50


@pytest.mark.slow
def test_fifty_feeds_of_forty_items_take_seconds() -> None:
    """Of processor time: at most four for all that is new, at most one where nothing is."""
    first, again, soon = bench_fetch.fifty_feeds()
    assert (first.requests, first.changed) == (50, 2000)
    assert (again.requests, again.changed) == (50, 0)
    assert (soon.requests, soon.changed) == (0, 0)
    assert "50 feeds asked, 50 unchanged" in again.run.said
    assert first.run.processor <= 4
    assert again.run.processor <= 1


def stamps(site: FedSite) -> dict[str, int]:
    """When each file of the content was last written."""
    content = site.folder / "content"
    return {path: (content / path).stat().st_mtime_ns for path in read_tree(content)}


def test_a_host_is_asked_one_thing_at_a_time(web: LocalWeb, site: FedSite) -> None:
    """However many feeds it has."""
    at_once, most = [0], [0]

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        time.sleep(0.05)
        at_once[0] -= 1
        handler.send_error(404)

    for n in range(6):
        web.routes[f"/{n}"] = slowly
    site.follow(*(f"{web.address}/{n}" for n in range(6)))
    site.fetch()
    assert len(web.asked) == 6
    assert most == [1]


def test_an_opml_address_is_followed_also_when_it_gives_no_answer(
    web: LocalWeb, site: FedSite
) -> None:
    """Then the feeds of the last run are asked."""
    outline = f'<outline text="Gull" xmlUrl="{web.address}/feed"/>'
    opml = f'<opml version="2.0"><body>{outline}</body></opml>'
    web.serve("/feeds.opml", opml.encode(), "text/x-opml")
    web.feed("/feed", [Item(1)])
    write_site(site.folder, {"site.yml": f"fetch:\n  opml: {web.address}/feeds.opml\n"})
    assert "1 record written" in site.fetch().stdout
    web.serve("/feeds.opml", b"", status=500)
    web.feed("/feed", [Item(1), Item(2)])
    run = site.fetch(now="2024-01-20T14:00:00Z")
    assert "its feeds of the last run are asked" in run.stderr
    assert len(site.records()) == 2
    hostile = b'<!DOCTYPE opml [<!ENTITY a "b">]><opml><body/></opml>'
    web.serve("/feeds.opml", hostile, "text/x-opml")
    assert "declares entities" in site.fetch(now="2024-01-20T16:00:00Z").stderr


def test_a_site_without_feeds_says_so(site: FedSite) -> None:
    """That is no fault: the workflow goes on."""
    run = site.fetch()
    assert run.code == 0
    assert "No feed is named" in run.stdout


def test_another_fetch_of_the_site_is_not_begun(site: FedSite) -> None:
    """Two at a time would write twice."""
    lock = site.folder / ".cache" / "fetch.lock"
    lock.parent.mkdir()
    with FileLock(lock):
        run = site.fetch()
    assert run.code == 2
    assert "another fetch is running" in run.stderr


def test_records_stay_in_the_content_folder(web: LocalWeb, site: FedSite) -> None:
    """Whatever the settings say."""
    web.feed("/feed", [Item(1)])
    site.follow(f"{web.address}/feed")
    for folder in ("../out", "providers/x", "news/../..", ".hidden"):
        write_site(site.folder, {"site.yml": f"fetch:\n  folder: {folder}\n"})
        assert site.fetch().code == 2
    write_site(site.folder, {"site.yml": "fetch:\n  folder: news/fetched\n"})
    site.fetch()
    assert min(site.records()).startswith("news/fetched/2024/01/2024-01-20-")


def test_what_nobody_has_thought_of_fails_one_source(
    web: LocalWeb, site: FedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others come in, and the run ends well."""
    web.feed("/a", [Item(1)])
    web.feed("/b", [Item(2)])
    site.follow(f"{web.address}/a", f"{web.address}/b")

    def broken(feed: ParsedFeed, link: str, language: str) -> FoundItems:
        if link.endswith("/a"):
            raise KeyError("unheard of")
        return items_of(feed, link, language)

    monkeypatch.setattr("newsstand.fetch.run.items_of", broken)
    run = site.fetch()
    assert run.code == 0
    assert "could not be read (KeyError" in run.stderr
    assert len(site.records()) == 1
