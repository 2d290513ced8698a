"""What programs read: the Atom feed, the sitemap, robots.txt, the web manifest."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hypothesis import given, settings
from msgspec import structs

from newsstand.content.kinds.settings import Config
from newsstand.model import Article, Page
from newsstand.outputs.feeds.atom import feed
from newsstand.outputs.feeds.sitemaps import robots, sitemaps
from newsstand.outputs.feeds.web_app_manifest import manifest
from newsstand.outputs.plan import plan
from newsstand.outputs.published_ids import published_ids
from newsstand.site import Site
from newsstand.stories.story_ids import PublishedIds
from newsstand.text.fingerprint import fingerprint
from tests.factories import NOON, hours, make_article
from tests.newsroom import random_articles, renderer_of, site_of, view_of

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
URL = "https://news.example/repo/"
WITH_URL = Config(title="Stand & Co", url=URL, author="The <editors>")


def report(number: int, **changes: Any) -> Article:  # noqa: ANN401
    """A record of its own words, `number` hours before noon."""
    changes.setdefault("published", NOON - hours(number))
    return make_article(headline(number), slug=f"r{number}", outlet=f"o{number}.example", **changes)


def headline(number: int) -> str:
    """A headline whose thirteen words no other number has; digits alone tell no stories apart."""
    own = "".join("abcdefghij"[int(digit)] for digit in f"{number:03d}")
    return " ".join(
        f"{beginning}{own}"
        for beginning in "kil lom nur pev rost sav tun vem wix yor zal quo bry".split()
    )


def printed(site: Site, page: Page) -> str:
    """The text of a page."""
    return renderer_of(site).render(page)


def feed_of(*articles: Article, config: Config = WITH_URL) -> Element:
    """The feed of a site, parsed."""
    site = site_of(*articles, config=config)
    return ElementTree.fromstring(printed(site, feed(site)))


def entries(root: Element) -> list[Element]:
    """The entries of a feed."""
    return root.findall(f"{ATOM}entry")


def said(element: Element, name: str) -> str:
    """The text of a child."""
    return element.findtext(f"{ATOM}{name}") or ""


def link(element: Element, rel: str) -> str:
    """Where the link of this kind leads."""
    found = element.find(f"{ATOM}link[@rel='{rel}']")
    assert found is not None
    return found.get("href") or ""


def test_the_feed_has_what_the_format_demands() -> None:
    """RFC 4287: id, title, updated and an author for the feed and for every entry."""
    root = feed_of(*map(report, range(5)))
    assert root.tag == f"{ATOM}feed"
    for element in (root, *entries(root)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
            assert said(element, name)
        assert element.findtext(f"{ATOM}author/{ATOM}name")
        assert datetime.fromisoformat(said(element, "updated")).tzinfo
    assert said(root, "title") == "Stand & Co"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "The <editors>"
    assert (said(root, "id"), link(root, "alternate")) == ("tag:news.example,2025:feed.xml", URL)
    assert link(root, "self") == f"{URL}feed.xml"


def test_an_entry_leads_to_the_outlet_and_to_our_page() -> None:
    """The headline's link is the outlet's, as everywhere on the site."""
    (entry,) = entries(feed_of(report(1, excerpt="A < B & C", topics=("Sea",))))
    assert link(entry, "alternate").startswith("https://o1.example/")
    assert link(entry, "related") == f"{URL}news/r1/"
    assert said(entry, "summary") == "A < B & C"
    category = entry.find(f"{ATOM}category")
    assert category is not None
    assert category.get("term") == "Sea"


def test_the_feed_has_the_newest_thirty() -> None:
    """Stories, each once, newest first; the undated are not news."""
    root = feed_of(*map(report, range(40)), report(99, published=None))
    found = [said(e, "published") for e in entries(root)]
    assert len(found) == 30
    assert found == sorted(found, reverse=True)
    assert len({said(e, "id") for e in entries(root)}) == 30
    assert said(root, "updated") == max(said(e, "updated") for e in entries(root))


def test_the_size_of_the_feed_can_be_set() -> None:
    """`feed_size` counts stories."""
    assert len(entries(feed_of(*map(report, range(9)), config=replace(WITH_URL, feed_size=4)))) == 4


def test_a_changed_record_says_when() -> None:
    """`updated` moves, the id and `published` stay."""
    (before,) = entries(feed_of(report(5)))
    (after,) = entries(feed_of(report(5, updated=NOON)))
    assert said(after, "updated") == "2024-01-18T12:00:00Z"
    assert [said(e, "id") for e in (before, after)] == [said(before, "id")] * 2
    assert said(after, "published") == said(before, "published")


def test_an_older_change_does_not_turn_time_back() -> None:
    """A record changed before it was published is as new as its publication."""
    (entry,) = entries(feed_of(report(5, updated=NOON - hours(50))))
    assert said(entry, "updated") == said(entry, "published")


def test_the_id_of_a_story_survives_a_new_lead() -> None:
    """A reader's program does not show the story again as new (RFC 4287, 4.2.6)."""
    early = report(9, story="one")
    later = report(2, story="one")
    (before,), (after,) = entries(feed_of(early)), entries(feed_of(early, later))
    assert said(after, "title") == later.title
    assert said(after, "id") == said(before, "id") == "tag:news.example,2025:stories/r9/"


def test_an_id_survives_another_address() -> None:
    """Scheme and path are no part of it; for another host the settings keep the authority."""
    places = (URL, "http://news.example/", "https://news.example/elsewhere/")
    configs = [replace(WITH_URL, url=url) for url in places]
    other = replace(WITH_URL, url="https://other.example/", feed_authority="news.example,2025")
    configs.append(other)
    ids = {said(entries(feed_of(report(1), config=config))[0], "id") for config in configs}
    assert ids == {"tag:news.example,2025:stories/r1/"}


def test_an_id_survives_a_report_that_is_dated_earlier() -> None:
    """What was published first is remembered."""
    first, earlier = report(3, story="one"), report(8, story="one")
    site = site_of(first, earlier, config=WITH_URL, given_out=PublishedIds(feed=frozenset({"r3"})))
    (entry,) = entries(ElementTree.fromstring(printed(site, feed(site))))
    assert said(entry, "id").endswith("stories/r3/")
    assert published_ids(site).pages == {"r3"}


def test_an_entry_says_who_else_reports() -> None:
    """The number, and the other outlets' headlines with their links, as XHTML."""
    root = feed_of(report(2, story="one"), report(3, story="one", excerpt="<b>"))
    (entry,) = entries(root)
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "xhtml"
    (anchor,) = content.iter("{http://www.w3.org/1999/xhtml}a")
    assert (anchor.text, anchor.get("href")) == (
        report(3).title, report(3).piece.link,
    )  # fmt: skip
    assert "2 reports from 2 outlets" in "".join(content.itertext())
    assert entries(feed_of(report(1)))[0].find(f"{ATOM}content") is None


def test_an_entry_is_new_when_a_report_of_a_later_hour_joins() -> None:
    """Not for a second one within the hour, nor for a copy."""
    begin = NOON - hours(6)

    def updated(*times: float, **more: Any) -> str:  # noqa: ANN401
        reports = [report(n, story="one", published=begin + hours(t)) for n, t in enumerate(times)]
        return said(entries(feed_of(*reports, *more.get("also", ())))[0], "updated")

    assert updated(0, 0.5) == updated(0) == "2024-01-18T06:00:00Z"
    assert updated(0, 0.5, 1.25) == "2024-01-18T07:15:00Z"
    later = {"story": "one", "published": begin + hours(3)}
    copy = make_article(headline(0), slug="copy", outlet="c.example", **later)
    assert updated(0, also=(copy,)) == updated(0)


def test_no_outlet_fills_the_feed() -> None:
    """At most every third entry is one outlet's, where there are others."""
    flood = [replace_outlet(report(n), "flood.example") for n in range(40)]
    calm = [report(n, published=NOON - hours(n + 100)) for n in range(40, 80)]
    found = [said(e, "id") for e in entries(feed_of(*flood, *calm))]
    assert len(found) == 30
    assert sum(int(i.rstrip("/").rpartition("r")[2]) < 40 for i in found) == 10
    assert len(entries(feed_of(*flood))) == 30


def replace_outlet(article: Article, outlet: str) -> Article:
    """The record at another outlet."""
    return structs.replace(article, piece=structs.replace(article.piece, outlet=outlet))


def test_ids_do_not_depend_on_what_else_is_published() -> None:
    """Another story changes no id."""
    alone = {said(e, "id") for e in entries(feed_of(report(1)))}
    among = {said(e, "id") for e in entries(feed_of(*map(report, range(6))))}
    assert alone < among


def test_a_feed_without_a_url_is_a_feed() -> None:
    """Its ids are names instead of addresses, its links relative."""
    root = feed_of(report(1), config=Config(title="Öhre & Söhne"))
    (entry,) = entries(root)
    assert said(root, "id").endswith(".invalid,2025:feed.xml")
    assert said(root, "id").isascii()
    assert said(entry, "id").startswith("tag:")
    assert link(entry, "related") == "news/r1/"


def test_an_empty_site_has_an_empty_feed() -> None:
    """Valid, and with an instant that does not depend on the clock."""
    root = feed_of()
    assert entries(root) == []
    assert said(root, "updated") == "1970-01-01T00:00:00Z"


def test_another_language_is_told() -> None:
    """The feed's own for the feed, the record's for its entry."""
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    root = feed_of(report(1, language="ar"), report(2))
    assert root.get(lang) == "en"
    assert [e.get(lang) for e in entries(root)] == ["ar", "en"]


@settings(max_examples=25)
@given(random_articles())
def test_every_feed_parses(articles: tuple[Article, ...]) -> None:
    """With unique ids, and only of stories that are dated."""
    site = site_of(*articles, config=WITH_URL)
    ids = [said(e, "id") for e in entries(ElementTree.fromstring(printed(site, feed(site))))]
    assert len(ids) == len(set(ids)) <= sum(s.newest is not None for s in site.stories)


def pages(count: int) -> list[tuple[str, str]]:
    """Addresses of lists, and their days."""
    return [(f"topics/t{n}/", "") for n in range(count)]


def locations(site: Site, page: Page) -> list[str]:
    """What a sitemap or an index lists."""
    root = ElementTree.fromstring(printed(site, page))
    assert root.tag in (f"{MAP}urlset", f"{MAP}sitemapindex")
    return [e.text or "" for e in root.iter(f"{MAP}loc")]


def test_the_sitemap_has_every_page() -> None:
    """Full addresses, and the day of a record that has one."""
    site = site_of(
        report(1), report(2, updated=NOON + hours(48)), report(3, published=None), config=WITH_URL
    )
    (page,) = sitemaps(site, [("topics/", "2024-01-17")])
    assert page.address == "sitemap.xml"
    news = [f"{URL}news/r{n}/" for n in (1, 2, 3)]
    assert locations(site, page) == [URL, *news, f"{URL}topics/"]
    root = ElementTree.fromstring(printed(site, page))
    days = [e.findtext(f"{MAP}lastmod") for e in root]
    assert days == ["2024-01-18", "2024-01-18", "2024-01-20", None, "2024-01-17"]


def test_each_page_says_how_new_it_is() -> None:
    """A list by the newest report that it shows, a day by its own, whatever came later."""
    times = (NOON, NOON - hours(30))
    records = [report(n, topics=("Sea",), story="one", published=t) for n, t in enumerate(times)]
    site = site_of(*records, config=WITH_URL)
    views = {page.address: page for page in plan(site)}
    entries_of = view_of(site, views["sitemap.xml"]).entries
    said = {e.location.removeprefix(URL): e.modified for e in entries_of}
    assert said["topics/sea/"] == said["stories/r1/"] == said["archive/2024/"] == "2024-01-18"
    older = ("archive/2024/01/17/", "outlets/o1.example/", "news/r1/")
    assert {said[address] for address in older} == {"2024-01-17"}


def test_a_large_sitemap_is_split() -> None:
    """At most 50,000 addresses in a file, and an index of the files (sitemaps.org)."""
    site = site_of(config=WITH_URL)
    *parts, index = sitemaps(site, pages(100_000))
    assert [p.address for p in parts] == [f"sitemap-{n}.xml" for n in (1, 2, 3)]
    views = [view_of(site, p) for p in parts]
    assert [len(v.entries) for v in views] == [50_000, 50_000, 1]
    assert len({e.location for v in views for e in v.entries}) == 100_001
    assert index.address == "sitemap.xml"
    assert locations(site, index) == [f"{URL}sitemap-{n}.xml" for n in (1, 2, 3)]


def test_fifty_thousand_addresses_are_one_sitemap() -> None:
    """The limit itself fits."""
    assert len(list(sitemaps(site_of(config=WITH_URL), pages(49_999)))) == 1


def test_without_a_url_there_is_no_sitemap() -> None:
    """A sitemap holds full addresses only."""
    assert list(sitemaps(site_of(), pages(3))) == []


def test_the_sitemap_knows_a_page_by_its_record() -> None:
    """Another day or another address makes it another one, whatever else a record says does not."""

    def inputs(*articles: Article) -> bytes:
        (page,) = sitemaps(site_of(*articles, config=WITH_URL), [("topics/", "")])
        return fingerprint(page.inputs)

    one, two = report(1), report(2)
    assert inputs(one, two) == inputs(report(1, promoted=True, excerpt="Other"), two)
    others = (one,), (one, report(3)), (one, report(2, updated=NOON + hours(24)))
    assert len({inputs(one, two), *[inputs(*some) for some in others]}) == 4


def test_robots_may_read_everything() -> None:
    """And learn where the sitemap is, if there is one."""
    site = site_of(config=WITH_URL)
    text = printed(site, robots())
    assert text.splitlines()[:2] == ["User-agent: *", "Allow: /"]
    assert f"Sitemap: {URL}sitemap.xml" in text.splitlines()
    assert "Sitemap" not in printed(site_of(), robots())


def test_the_manifest_is_json() -> None:
    """With icons that are there, and addresses that work below any path."""
    assets = {"favicon.svg": "favicon.1234.svg", "css/site.css": "site.css"}
    site = site_of(config=Config(title="A very long title of a site", language="de"))
    data = json.loads(manifest(site, assets))
    assert (data["name"], data["lang"]) == (site.config.title, "de")
    assert len(data["short_name"]) <= 12
    assert (data["start_url"], data["scope"]) == ("./", "./")
    assert [icon["src"] for icon in data["icons"]] == ["favicon.1234.svg"]
    assert json.loads(manifest(site, {}))["icons"] == []
