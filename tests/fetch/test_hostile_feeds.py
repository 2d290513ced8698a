"""Feeds with scripts in every field: a site in which nothing runs, seen by a real browser."""

from __future__ import annotations

from html import escape
from io import BytesIO
from urllib.parse import quote

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.watch import Look, new_context, watched_page
from tests.conftest import Server
from tests.fetch.conftest import FedSite
from tests.fetch.local_web import NOW_TEXT, LocalWeb

_LEADS_ON = 'http-equiv="refresh"'  # a page that leads to another one at once
EVIL = [
    "<script>window.ran=1</script>",
    "\"><img src=x onerror='window.ran=1'>",
    "]]></title><svg/onload=window.ran=1>",
    "javascript:window.ran=1",
    "{{ 7*7 }}<iframe srcdoc='<script>parent.ran=1</script>'>",
    "' autofocus onfocus=window.ran=1 x='",
]


def hostile_feed(base: str) -> bytes:
    """An item for each evil, which stands in every field that a feed has."""
    items = []
    for n, evil in enumerate(EVIL):
        text, whole = escape(evil), evil.replace("]]>", "")
        items.append(
            f"<item><title>Report {n} {text}</title><link>{base}/{n}?{quote(evil)}</link>"
            f'<guid isPermaLink="false">{n}{text}</guid><category>{text}</category>'
            f"<description>{text} and a sentence of words. {text}</description>"
            f"<author>{text}</author><dc:creator>{text}</dc:creator>"
            f"<pubDate>Sat, 20 Jan 2024 0{n}:00:00 GMT</pubDate>"
            f"<content:encoded><![CDATA[<p>{whole} full text</p>]]></content:encoded>"
            f'<media:content url="{base}/p.png?{n}" medium="image"/>'
            f"<media:credit>{text}</media:credit><media:title>{text}</media:title></item>"
        )
    head = escape(EVIL[0])
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{head} Gazette</title><link>{base}/</link>"
        f"<language>{head}</language>{''.join(items)}</channel></rss>"
    ).encode()


@pytest.fixture
def hostile(web: LocalWeb, site: FedSite) -> FedSite:
    """A site that has fetched such a feed, also its full texts and pictures."""
    out = BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, "PNG")
    feed = hostile_feed(web.address)
    web.serve("/feed", feed)
    web.serve("/opml-feed", feed.replace(b"/0?", b"/x0?").replace(b"Report 0", b"Tale 0"))
    for number in range(len(EVIL)):
        web.serve(f"/p.png?{number}", out.getvalue(), "image/png")
    site.follow(more=f"  - url: {web.address}/feed\n    full_text: true\n")
    name = escape(EVIL[1], quote=True)
    (site.folder / "feeds.opml").write_text(
        f'<opml version="2.0"><body><outline text="{name}"><outline text="{name}" '
        f'xmlUrl="{web.address}/opml-feed"/></outline></body></opml>',
        encoding="utf-8",
    )
    config = "images: local\nfetch:\n  opml: feeds.opml\n"
    (site.folder / "site.yml").write_text(config, encoding="utf-8")
    run = site.fetch()
    assert run.code == 0, run.log
    assert len(site.records()) >= len(EVIL)
    return site


def test_every_record_passes_a_strict_build(hostile: FedSite) -> None:
    """And nothing of the markup is left in headlines and excerpts but as text."""
    built = hostile.build()
    assert built.code == 0, built.log
    for text in hostile.records().values():
        front = text.split("\n---\n")[0]
        assert "<script" not in front.split("fetched:")[0]


@pytest.mark.browser
def test_nothing_runs(hostile: FedSite, browser: Browser, server: Server) -> None:
    """On no page of the site, with scripts allowed."""
    output = hostile.build(now=NOW_TEXT).output
    with server(output) as root, new_context(browser, Look(1280)) as context:
        files = [path for path in output.rglob("index.html") if _LEADS_ON not in path.read_text()]
        pages = [path.parent for path in files]
        assert len(pages) > len(EVIL)
        opened = watched_page(context, root)
        for page in pages:
            address = f"{page.relative_to(output).as_posix()}/".removeprefix("./")
            opened.go(address)
            assert opened.evaluate("window.ran") is None, address
            assert (opened.complaints, opened.strangers) == ([], []), address
