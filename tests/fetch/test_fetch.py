"""``fetch``: feeds of a real server become records, once each."""

from __future__ import annotations

from tests.fetch.conftest import FedSite
from tests.fetch.local_web import Item, LocalWeb


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
