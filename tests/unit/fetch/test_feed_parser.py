"""Feeds of every format, by what is read of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsstand.fetch.entries import NotAFeedError
from newsstand.fetch.feeds import parse_feed
from newsstand.fetch.items import items_of

BASE = "https://gull.example/feed"
RSS_091 = """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN"
"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>
<title>Gull</title><link>https://gull.example/</link><language>en-us</language>
<item><title>One &amp; two</title><link>https://gull.example/1</link></item></channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel rdf:about="x"><title>Gull</title>
<link>https://gull.example/</link><sy:updatePeriod>daily</sy:updatePeriod>
<sy:updateFrequency>4</sy:updateFrequency></channel><item rdf:about="https://gull.example/1">
<title>One &amp; two</title><link>https://gull.example/1</link>
<dc:date>2024-01-20T10:00:00+01:00</dc:date><dc:creator>Jane</dc:creator></item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://gull.example/a/"
xml:lang="de">
<title type="html">&lt;b&gt;Gull&lt;/b&gt;</title><link href="https://gull.example/"/>
<entry><id>tag:gull.example,2024:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
One &amp; <em>two</em></div></title><link rel="alternate" href="../1"/>
<published>2024-01-20T09:00:00Z</published><updated>2024-01-20T11:00:00Z</updated>
<summary>Short.</summary><content type="html">
&lt;p&gt;Long &lt;img src="p.jpg"&gt;&lt;/p&gt;</content>
</entry></feed>"""
ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Gull</title>
<entry><title mode="escaped">One &amp;amp; two</title><id>1</id>
<link rel="alternate" type="text/html" href="https://gull.example/1"/>
<issued>2024-01-20T09:00:00Z</issued></entry></feed>"""
RSS_2 = """<rss version="2.0"><channel><title>Gull</title><ttl>30</ttl><item>
<title><![CDATA[One & <b>two</b>]]></title><guid>https://gull.example/1</guid>
<pubDate>Sat, 20 Jan 24 09:00:00 GMT</pubDate></item></channel></rss>"""


@pytest.mark.parametrize("text", [RSS_091, RDF, ATOM, ATOM_03, RSS_2])
def test_a_format_is_read(text: str) -> None:
    """The feed's name, the headline as text, the link as a whole."""
    feed = parse_feed(text.encode(), BASE, "text/xml")
    (item,) = items_of(feed, BASE, "en").items
    assert (feed.title, feed.is_cut) == ("Gull", False)
    assert (item.title, item.link) == ("One & two", "https://gull.example/1")
    nine = datetime(2024, 1, 20, 9, tzinfo=UTC)
    assert item.published == (None if text is RSS_091 else nine)


def test_what_a_feed_says_of_itself() -> None:
    """Its language, and how long to wait."""
    assert parse_feed(RSS_091.encode(), BASE).language == "en-us"
    assert parse_feed(RDF.encode(), BASE).pause == 360
    assert parse_feed(RSS_2.encode(), BASE).pause == 30
    atom = parse_feed(ATOM.encode(), BASE)
    assert atom.language == "de"
    assert atom.entries[0].updated == datetime(2024, 1, 20, 11, tzinfo=UTC)
    (item,) = items_of(atom, BASE, "de").items
    assert item.picture is not None
    assert item.picture.link == "https://gull.example/p.jpg"
    assert item.excerpt == ""  # "Short." and "Long" say nothing


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_charset_that_is_declared_is_taken(charset: str) -> None:
    """By the document, or by the header."""
    text = RSS_2.replace("One &", "Brücke &")
    declared = f'<?xml version="1.0" encoding="{charset}"?>{text}'.encode(charset)
    header = f"text/xml; charset={charset}"
    for body, kind in ((declared, ""), (text.encode(charset), header)):
        (item,) = items_of(parse_feed(body, BASE, kind), BASE, "").items
        assert item.title == "Brücke & two"


def test_a_feed_that_ends_too_early_is_noticed() -> None:
    """Its last entry may be half of one; a comment or a space behind the end is no fault."""
    two = RSS_2.replace("</channel>", "<item><title>Half of</channel>")
    cut = two[: two.index("Half of") + 4].encode()
    feed = parse_feed(cut, BASE)
    assert (feed.is_cut, len(feed.entries)) == (True, 1)
    assert not parse_feed(f"{RSS_2}<!-- made by hand -->\n".encode(), BASE).is_cut


@pytest.mark.parametrize(
    ("body", "is_page"),
    [(b"<!DOCTYPE html><html>", True), (b"\xef\xbb\xbf <html>", True), (b"plain", False)],
)
def test_a_page_is_no_feed(body: bytes, is_page: bool) -> None:
    """And is told from what is nothing."""
    with pytest.raises(NotAFeedError) as problem:
        parse_feed(body, BASE)
    assert problem.value.is_page is is_page
