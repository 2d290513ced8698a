"""What feeds hold that no feed should: what is written of it, what is said, exit code 0."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest

from tests.fetch.conftest import FedSite
from tests.fetch.local_web import NOW, RSS, Item, LocalWeb, rss
from tests.sites import run_command


def fetched(web: LocalWeb, site: FedSite, body: bytes, kind: str = RSS) -> tuple[str, list[str]]:
    """What is said, and the titles of the records, by their lines."""
    web.serve("/feed", body, kind)
    site.follow(f"{web.address}/feed")
    run = site.fetch()
    assert run.code == 0, run.log
    return run.stderr, titles(site)


def titles(site: FedSite) -> list[str]:
    """The lines of titles of all records, in order of path."""
    return [next(x for x in t.splitlines() if x[:6] == "title:") for t in site.records().values()]


def test_a_wrong_charset_is_seen_through(web: LocalWeb, site: FedSite) -> None:
    """Bytes of Windows-1252 in a document that says UTF-8, and UTF-16 that says it."""
    body = rss(web.address, [Item(1, title="Brücke öffnet – “jetzt”")]).decode()
    _, found = fetched(web, site, body.encode("cp1252"), "application/rss+xml; charset=utf-8")
    assert found == ['title: "Brücke öffnet – “jetzt”"']


def test_truncated_xml_gives_what_is_whole(web: LocalWeb, site: FedSite) -> None:
    """The item in which it ends comes with the next run, once."""
    whole = rss(web.address, [Item(n) for n in range(5)])
    web.serve("/feed", whole[: whole.index(b"<title>Report number 3") + 15])
    site.follow(f"{web.address}/feed")
    assert "ends before its end" in site.fetch().stderr
    assert len(site.records()) == 3
    web.serve("/feed", whole)
    site.fetch(now="2024-01-20T14:00:00Z")
    assert len(site.records()) == 5


def test_entities_do_not_explode(web: LocalWeb, site: FedSite) -> None:
    """A billion laughs take no time, no memory, and are no title."""
    lols = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{lols}]>'
    item = f"<item><title>&l29;Report</title><link>{web.address}/1</link></item>"
    body = f'{head}<rss version="2.0"><channel><title>t</title>{item}</channel></rss>'
    started = time.process_time()
    fetched(web, site, body.encode())
    assert time.process_time() - started < 3
    assert all(len(text) < 2000 for text in site.records().values())


def test_external_entities_are_not_read(web: LocalWeb, site: FedSite) -> None:
    """Neither files nor addresses."""
    web.serve("/secret", b"from another address", "text/plain")
    body = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">'
        f'<!ENTITY a SYSTEM "{web.address}/secret">'
        f'<!ENTITY % p SYSTEM "{web.address}/secret"> %p;]>'
        f'<rss version="2.0"><channel><title>t</title><item><title>Report &f;&a;</title>'
        f"<link>{web.address}/1</link></item></channel></rss>"
    )
    fetched(web, site, body.encode())
    assert web.paths() == ["/feed"]
    assert all("root:" not in t and "another address" not in t for t in site.records().values())


@pytest.mark.parametrize("body", [b"", b"  \n", b'<rss version="2.0"><channel></channel></rss>'])
def test_an_empty_feed_writes_nothing(web: LocalWeb, site: FedSite, body: bytes) -> None:
    """And is no fault where it is a feed."""
    said, found = fetched(web, site, body)
    assert found == []
    assert ("is empty" in said) == (not body.strip())


@pytest.mark.parametrize("body", [b"\x89PNG\r\n\x1a\n" + bytes(200), b"hello", b"{", b'{"a": 1}'])
def test_what_is_no_feed_is_said(web: LocalWeb, site: FedSite, body: bytes) -> None:
    """With what it is, if anybody can tell."""
    said, found = fetched(web, site, body)
    assert found == []
    assert "is no" in said or "is JSON" in said


def test_a_thousand_old_items_do_not_flood(web: LocalWeb, site: FedSite) -> None:
    """Those of the last days come in; the others when they are asked for."""
    items = [Item(n, published=NOW - timedelta(hours=5 * n + 1)) for n in range(1000)]
    web.feed("/feed", items)
    site.follow(f"{web.address}/feed")
    run = site.fetch()
    assert len(site.records()) == 34  # of seven days
    assert "966 too old" in run.stdout
    site.fetch("--since", "30d", now="2024-01-20T14:00:00Z")
    assert len(site.records()) == 144


def test_items_without_a_date_do_not_flood(web: LocalWeb, site: FedSite) -> None:
    """Of a first visit the first ten come in; later every new one does."""
    bare = [
        f"<item><title>Undated report {n}</title><link>/u/{n}</link></item>" for n in range(300)
    ]

    def body(items: list[str]) -> bytes:
        head = f'<rss version="2.0"><channel><title>t</title><link>{web.address}/</link>'
        return f"{head}{''.join(items)}</channel></rss>".encode()

    fetched(web, site, body(bare))
    assert len(site.records()) == 10
    assert "publishedDateTime: 2024-01-20T12:00:00Z" in next(iter(site.records().values()))
    new = "<item><title>A new undated report</title><link>/u/new</link></item>"
    web.serve("/feed", body([new, *bare]))
    site.fetch(now="2024-01-20T14:00:00Z")
    assert len(site.records()) == 11


def test_a_page_names_its_feed(web: LocalWeb, site: FedSite) -> None:
    """It is found, and from then on it is asked at once."""
    page = (
        b'<!doctype html><link rel="alternate" type="application/rss+xml" href="/feed" title="All">'
    )
    web.serve("/", page, "text/html")
    web.feed("/feed", [Item(1)])
    site.follow(f"{web.address}/")
    site.fetch()
    site.fetch(now="2024-01-20T14:00:00Z")
    assert web.paths() == ["/", "/feed", "/feed"]
    assert len(site.records()) == 1


def test_a_page_with_a_riddle_in_a_form_is_a_page(web: LocalWeb, site: FedSite) -> None:
    """It names a feed, so nobody is kept out."""
    head = (
        b'<link rel="alternate" type="application/atom+xml" href="/feed"><script>captcha</script>'
    )
    web.serve("/", b"<!doctype html>" + head, "text/html")
    web.feed("/feed", [Item(1)])
    site.follow(f"{web.address}/")
    assert "1 record written" in site.fetch().stdout


def test_a_page_that_names_no_feed_is_said(web: LocalWeb, site: FedSite) -> None:
    """With what to do."""
    said, found = fetched(web, site, b"<!DOCTYPE html><html><title>News</title>", "text/html")
    assert found == []
    assert "is a web page, no feed" in said
    assert "write the feed's own address" in said


def test_json_feed_is_read(web: LocalWeb, site: FedSite) -> None:
    """With numbers for ids, and without the items that are none."""
    items = [
        {"id": 7, "url": f"{web.address}/7", "title": "Seven",
         "content_text": "a < b & c, so it is", "date_published": "2024-01-20T10:00:00Z"},
        {"id": "8", "url": [1]},
        "nothing",
        {"id": f"{web.address}/9", "content_html": "<p>A report without a title. More.</p>"},
    ]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items}
    _, found = fetched(web, site, json.dumps(feed).encode(), "application/feed+json")
    assert sorted(found) == ['title: "A report without a title. More."', 'title: "Seven"']
    assert any('excerpt: "a < b & c, so it is"' in text for text in site.records().values())


def test_hostile_words_become_plain_text(web: LocalWeb, site: FedSite) -> None:
    """Every record that is written passes a build that allows no error."""
    odd = [
        "<script>alert(1)</script>Bridge opens", "a: b: - [c", "--- ", "'\"\\ \\n \u2028 x",
        "secured: AbCd1234efgh5678", "&lt;img src=x onerror=alert(1)&gt; opens", "\u202egnp.exe",
        "{{ 7*7 }} {% raw %}", "&amp;amp; &#x1F600; &bogus; &", "No", "2024", "~", "@x", "# y",
        "x" * 5000, "日本語の見出し", "a\x00b\x08c", "<![CDATA[x]]> y", "<b>only bold</b>",
    ]  # fmt: skip
    items = [
        Item(n, title=t, summary=f"{t} says more. {t}", link=f"/n/{n}?q=<'\"&utm_source=x#{n}")
        for n, t in enumerate(odd)
    ]
    web.serve("/feed", rss(web.address, items))
    site.follow(f"{web.address}/feed")
    run = site.fetch()
    assert run.code == 0
    assert len(site.records()) >= len(odd) - 3
    built = site.build()
    assert built.code == 0, built.log
    everything = "".join(site.records().values())
    assert "utm_source" not in everything
    assert "AbCd1234" not in built.log
    pages = "".join(p.read_text() for p in (site.folder / "_site").rglob("*.html"))
    assert "alert(1)</script>" not in pages
    assert "AbCd1234efgh5678" not in pages


def test_two_items_that_say_one_guid_are_two(web: LocalWeb, site: FedSite) -> None:
    """A guid that is given twice tells nothing."""
    items = [Item(n, title=f"Headline {n}", guid="same") for n in range(3)]
    _, found = fetched(web, site, rss(web.address, items))
    assert len(found) == 3


def test_full_texts_only_where_they_are_allowed(web: LocalWeb, site: FedSite) -> None:
    """And then without what runs."""
    text = "<p>Whole story.</p>\n\n    <p>Second part.<script>alert(1)</script></p>"
    more = (
        '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<![CDATA[{text}]]></content:encoded>"
    )
    web.feed("/feed", [Item(1, more=more)])
    web.feed("/full", [Item(2, more=more)])
    site.follow(f"{web.address}/feed", more=f"  - url: {web.address}/full\n    full_text: true\n")
    site.fetch()
    bodies = [text.split("\n---\n", 1)[1] for text in site.records().values()]
    assert sorted(bodies) == ["", "<p>Whole story.</p>\n<p>Second part.</p>\n"]
    assert site.build().code == 0


def test_three_rewrites_of_one_agencys_report_are_one_voice(web: LocalWeb, site: FedSite) -> None:
    """The agency is told by the dateline or the byline, and the story counts it once."""
    texts = [
        "WASHINGTON (AP) — The old bridge over the Orle opened again this morning for all cars.",
        "PORT ELSIN (AP) - Cars drive over the Orle bridge once more, after a month of ferries.",
        "The bridge over the Orle is open; the port city drives again, and its ferries rest.",
    ]
    byline = "<dc:creator>By The Associated Press</dc:creator>"
    for n, text in enumerate(texts):
        more = byline if n == 2 else ""
        title = f"Orle bridge {('opens again', 'open for cars again', 'reopens to cars')[n]}"
        web.feed(f"/{n}", [Item(n, title=title, summary=text, more=more, link=f"/{n}")])
        site.follow(f"{web.address}/{n}", outlet=f"o{n}.example")
    site.fetch()
    records = site.records().values()
    assert all('  wire: "AP"\n' in text for text in records)
    assert not any("(AP)" in text for text in records)
    for path, text in site.records().items():
        (site.folder / "content" / path).write_text(
            text.replace("---\n", "---\nstory: bridge\n", 1), encoding="utf-8"
        )
    options = ("--site", str(site.folder), "--now", "2024-01-20T12:00:00Z", "--format", "json")
    listed = run_command("stories", *options, in_process=True)
    (story,) = json.loads(listed.stdout)
    assert len(story["articles"]) == 3
    page = site.build().page(f"stories/{story['id']}/")
    assert "Same text at 2 outlets" in page


def test_the_language_is_what_the_feed_says_or_what_its_texts_are(
    web: LocalWeb, site: FedSite
) -> None:
    """The editor's word beats both; the site's own language is not written down."""
    german = [
        Item(n, title=f"Die Brücke ist wieder offen {n}", summary="Nach einem Monat fahren Wagen.")
        for n in range(8)
    ]
    silent = rss(web.address, german).replace(b"<language>en</language>", b"")
    web.serve("/silent", silent)
    norwegian = rss(web.address, [Item(20)]).replace(b">en<", b">no<")
    web.serve("/norwegian", norwegian)
    web.feed("/english", [Item(21)])
    web.feed("/wrong", [Item(22)])
    own = f"  - url: {web.address}/wrong\n    language: fr\n"
    site.follow(*(f"{web.address}/{n}" for n in ("silent", "norwegian", "english")), more=own)
    site.fetch()
    lines = [x for t in site.records().values() for x in t.splitlines() if x[:9] == "language:"]
    languages = sorted(set(lines))
    assert languages == ['language: "no"', "language: de", "language: fr"]
    assert sum("language" not in text for text in site.records().values()) == 1
    assert site.build().code == 0
