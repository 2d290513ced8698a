"""How sources do: in the table at the end of a run, and on the page of all outlets."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.fetch.conftest import FedSite
from tests.fetch.local_web import NOW, Item, LocalWeb


def line_of(stdout: str, outcome: str) -> str:
    """The line of the table that has a word."""
    return next(line for line in stdout.splitlines() if outcome in line)


def test_a_source_that_falls_silent_is_marked(web: LocalWeb, site: FedSite) -> None:
    """After three times its habit, of a day at least; the page says since when."""
    items = [Item(n, published=NOW - timedelta(days=2 * n + 1)) for n in range(3)]
    web.feed("/feed", items)
    site.follow(f"{web.address}/feed")
    assert "silent" not in site.fetch().stdout
    assert "silent" not in site.build().page("outlets/")
    assert "silent" not in site.fetch(now="2024-01-24T12:00:00Z").stdout
    run = site.fetch(now="2024-01-26T12:00:00Z")
    assert "unchanged, silent" in line_of(run.stdout, "Harbour Gazette")
    page = site.build(now="2024-01-26T12:00:00Z").page("outlets/")
    assert "its feed is silent since 2024-01-19" in page


def test_the_page_says_what_does_not_answer(web: LocalWeb, site: FedSite) -> None:
    """After three errors in a row; and nothing on it changes from run to run."""
    web.feed("/feed", [Item(1)])
    site.follow(f"{web.address}/feed")
    site.fetch()
    web.serve("/feed", b"", status=500)
    for day in (21, 22):
        site.fetch(now=f"2024-01-{day}T18:00:00Z")
    run = site.fetch(now="2024-01-23T18:00:00Z")
    assert " ago  3       in 1 h" in line_of(run.stdout, "failed")
    first = site.build(now="2024-01-23T20:00:00Z").page("outlets/")
    assert "its feed gives no answer since 2024-01-20" in first
    site.fetch(now="2024-01-25T18:00:00Z")
    built = site.build(now="2024-01-23T20:00:00Z")
    assert "No file had to be written" in built.stdout


def test_a_refused_feed_is_told_from_a_dead_one(web: LocalWeb, site: FedSite) -> None:
    """Also on the page."""
    web.feed("/feed", [Item(1)])
    site.follow(f"{web.address}/feed")
    site.fetch()
    web.serve("/feed", b"no", status=403)
    for day in (21, 23, 25):
        site.fetch(now=f"2024-01-{day}T18:00:00Z")
    assert "its feed refuses to be read since 2024-01-20" in site.build().page("outlets/")


def test_the_table_of_a_workflow_is_markdown(web: LocalWeb, site: FedSite) -> None:
    """In which no name of a stranger is markup."""
    web.feed("/feed", [Item(1)])
    site.follow(f"{web.address}/feed")
    path = site.folder / "content/providers/gazette.example.md"
    text = path.read_text(encoding="utf-8").replace("Harbour Gazette", "'A|[x](y)'")
    path.write_text(text, encoding="utf-8")
    lines = site.fetch("--format", "markdown").stdout.splitlines()
    assert lines[0].startswith("| Source | This run | New |")
    assert lines[2].startswith("| A\\|\\[x\\]\\(y\\) | read | 1 |")


def test_entries_that_are_no_record_are_counted(web: LocalWeb, site: FedSite) -> None:
    """With the reason, in the table and in the line below it."""
    entries = (
        "<item><title>No link</title></item>",
        "<item><title>Odd link</title><link>javascript:alert(1)</link></item>",
        "<item><link>/silent</link></item>",
        Item(1).rss(web.address),
        Item(1).rss(web.address).replace("id-1", ""),
        Item(2, published=NOW - timedelta(days=30)).rss(web.address),
    )
    body = f"<rss version='2.0'><channel><title>G</title>{''.join(entries)}</channel></rss>"
    web.serve("/feed", body.encode())
    site.follow(f"{web.address}/feed")
    run = site.fetch()
    cells = "1    1 too old, 2 without a link, 1 without a headline, 1 with the link of another"
    assert cells in line_of(run.stdout, "Harbour Gazette")
    assert "1 record written" in run.stdout
    assert "1 too old" in run.stdout.splitlines()[-1]
    assert "4 entries more left out: the table says why." in run.stdout
    assert run.code == 0
    again = site.fetch(now="2024-01-20T18:00:00Z")
    assert "left out" not in again.stdout.lower().splitlines()[-1]


def test_items_that_cannot_be_read_are_counted(web: LocalWeb, site: FedSite) -> None:
    """In a JSON Feed; and on a first visit those without a date beyond ten."""
    whole = [{"id": str(n), "url": f"/{n}", "title": f"Pier {n} opens"} for n in range(13)]
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [7, "eight", *whole]}
    web.serve("/feed", json.dumps(feed).encode(), "application/feed+json")
    site.follow(f"{web.address}/feed")
    run = site.fetch("--format", "markdown")
    assert "| 10 | 3 without a date, 2 that cannot be read |" in run.stdout
    assert "5 entries more left out" in run.stdout
