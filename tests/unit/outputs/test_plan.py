"""From a site to its pages: which there are, and what the front page shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from newsstand.content.kinds.settings import Config
from newsstand.model import Article, PlainPage
from newsstand.outputs import urls
from newsstand.outputs.html.cards import NOT_PROMOTED
from newsstand.outputs.html.front import NOTHING
from newsstand.outputs.html.page_views import ArticleView, FrontView, TopicView
from newsstand.outputs.html.views import Card, Row
from newsstand.outputs.plan import plan
from newsstand.site import Site
from tests.factories import NOON, hours, make_article, make_piece, make_topic, telling
from tests.newsroom import html_of, parsed, random_articles, reasons, site_of, text_of, views_of

SMALL = Config(page_size=3, second_rank=2)


def report(number: int, **changes: Any) -> Article:  # noqa: ANN401
    """A record of its own words, `number` hours before noon."""
    changes.setdefault("published", NOON - hours(number))
    changes.setdefault("outlet", f"o{number}.example")
    words = f"alpha{number} beta{number} gamma{number}"
    return make_article(words, slug=f"r{number:03}", **changes)


def shown(view: FrontView) -> list[Card | Row]:
    """Everything a page of the front shows of stories."""
    cards = [*([view.lead] if view.lead else []), *view.second, *(b.card for b in view.blocks)]
    rows = [r for b in view.blocks for r in b.rows] + [r for d in view.days for r in d.rows]
    return [*cards, *rows]


def fronts(site: Site) -> list[FrontView]:
    """The front page and the pages of its river, in order."""
    return [v for v in views_of(site).values() if isinstance(v, FrontView)]


@settings(max_examples=40, deadline=None)
@given(random_articles())
def test_no_two_pages_have_one_address(articles: tuple[Article, ...]) -> None:
    """And every address has a file of its own."""
    pages = list(plan(site_of(*articles, config=replace(SMALL, url="https://news.example/"))))
    files = Counter(urls.file_of(page.address).casefold() for page in pages)
    assert [file for file, count in files.items() if count > 1] == []


@settings(max_examples=40, deadline=None)
@given(random_articles())
def test_every_story_is_once_on_the_front_and_its_river(articles: tuple[Article, ...]) -> None:
    """Page after page a reader meets every story, none twice."""
    site = site_of(*articles, config=SMALL)
    met = [item.address for view in fronts(site) for item in shown(view)]
    assert sorted(met) == sorted(urls.article(s.lead.slug) for s in site.stories)


@settings(max_examples=25, deadline=None)
@given(random_articles())
def test_every_record_has_its_page(articles: tuple[Article, ...]) -> None:
    """In its place below news, with its headline, its day and its outlet's page."""
    site = site_of(*articles)
    views = views_of(site)
    for article in articles:
        view = views[urls.article(article.slug)]
        assert isinstance(view, ArticleView)
        assert view.headline == article.title
        assert urls.day(article.published.date() if article.published else None) in views
        assert not article.outlet or urls.outlet(article.outlet) in views
        assert all(t.address in views for t in view.topics)


@settings(max_examples=25, deadline=None)
@given(random_articles(6))
def test_reasons_add_up_on_every_page(articles: tuple[Article, ...]) -> None:
    """Each "Why here" that a reader unfolds is a sum that is right."""
    for html in html_of(site_of(*articles)).values():
        for terms, score in reasons(parsed(html)) if "Why here" in html else ():
            assert terms
            assert round(sum(terms), 2) == score


def test_the_front_page_has_lead_and_second_rank_by_rank() -> None:
    """What is above the river is the top of the ranking."""
    site = site_of(*(report(n, heat=200 - n) for n in range(9)), config=SMALL)
    front = fronts(site)[0]
    assert front.lead
    leading = [front.lead.address, *(c.address for c in front.second)]
    assert leading == [urls.article(s.lead.slug) for s in site.stories[:3]]
    assert front.lead.why.terms


def test_busy_topics_have_blocks() -> None:
    """A story and two lines each, once there are stories enough, none shown elsewhere."""
    topics = ("Sea", "Sky", "Sport")
    site = site_of(
        *(report(n, topics=(topics[n % 3],)) for n in range(24)),
        config=Config(second_rank=2, topic_blocks=2),
    )
    front = fronts(site)[0]
    assert len(front.blocks) == 2
    assert all(len(block.rows) == 2 for block in front.blocks)
    assert all(block.address.startswith("topics/") for block in front.blocks)
    met = [item.address for item in shown(front)]
    assert len(met) == len(set(met))
    assert fronts(site_of(*(report(n, topics=("Sea",)) for n in range(9))))[0].blocks == ()


def test_only_the_first_page_has_more_than_the_river() -> None:
    """Further pages are the river alone, each with its number."""
    site = site_of(*map(report, range(12)), config=SMALL)
    first, *others = fronts(site)
    assert first.number == 1
    assert len(others) == 2
    assert [v.number for v in others] == [2, 3]
    assert all(v.lead is None and not v.second and not v.blocks for v in others)
    assert [v.pager.text for v in (first, *others)] == [f"Page {n} of 3" for n in (1, 2, 3)]
    assert others[0].head.address == "page/2/"


def test_what_is_not_promoted_comes_behind_under_its_heading() -> None:
    """Once on the way down the river, however many pages it has."""
    promoted = [report(n, promoted=True) for n in range(10, 17)]
    others = [report(n) for n in range(6)]
    views = fronts(site_of(*promoted, *others, config=SMALL))
    parts = [d.part for view in views for d in view.days]
    assert parts.count(NOT_PROMOTED) == 1
    headed = next(d for view in views for d in view.days if d.part)
    assert headed.rows[0].address == "news/r000/"


def test_a_site_without_promotion_has_a_front_page() -> None:
    """The best of what is there leads."""
    front = fronts(site_of(*map(report, range(5))))[0]
    assert front.lead
    assert front.empty == ""


def test_an_empty_site_has_all_its_pages() -> None:
    """Each says that nothing is there yet, and the feed and the error page exist."""
    views = views_of(site_of(config=Config(url="https://news.example/")))
    sections = {"", "topics/", "outlets/", "archive/"}
    assert sections | {"404.html", "feed.xml", "sitemap.xml", "robots.txt"} <= views.keys()
    assert views[""].empty == NOTHING
    assert all(views[a].empty for a in ("topics/", "outlets/", "archive/"))
    assert len(html_of(site_of())) >= 6


def test_a_site_of_one_record_leads_with_it() -> None:
    """Without a second rank, a block or a river."""
    front = fronts(site_of(report(1)))[0]
    assert front.lead
    assert (front.second, front.blocks, front.days) == ((), (), ())
    assert not front.pager.many


def test_a_site_of_undated_records_has_no_day() -> None:
    """Its archive has the undated, and nothing else."""
    views = views_of(site_of(report(1, published=None), report(2, published=None)))
    assert [a for a in views if a.startswith("archive/")] == ["archive/", "archive/undated/"]
    assert views["archive/"].undated.address == "archive/undated/"
    assert len(views["archive/undated/"].rows) == 2


def test_topics_have_pages_even_without_a_story() -> None:
    """A topic that only a file names says that nothing is there yet."""
    topics = (make_topic("Sea"), make_topic("Ports", parent="sea"))
    views = views_of(site_of(report(1, topics=("C#",)), topics=topics))
    sea, sharp = views["topics/sea/"], views["topics/c-sharp/"]
    assert isinstance(sea, TopicView)
    assert sea.empty
    assert [c.address for c in sea.children] == ["topics/ports/"]
    assert sharp.summary == "1 story, 1 report"
    assert {n.name for n in views["topics/"].nodes} == {"Sea", "C#"}


def test_a_long_topic_runs_over_pages() -> None:
    """Every story of the topic and of its children, each once."""
    topics = (make_topic("Sea"), make_topic("Ports", parent="sea"))
    records = [report(n, topics=("Ports" if n % 2 else "Sea",)) for n in range(8)]
    views = views_of(site_of(*records, topics=topics, config=SMALL))
    pages = [views["topics/sea/"], *(views[f"topics/sea/page/{n}/"] for n in (2, 3))]
    met = [row.address for page in pages for day in page.days for row in day.rows]
    assert met == [f"news/r{n:03}/" for n in range(8)]


def test_outlets_are_counted() -> None:
    """The busiest first; a record without an outlet is nobody's."""
    records = [report(n, outlet="busy.example") for n in range(3)]
    view = views_of(site_of(*records, report(7), report(8, outlet="", link="")))["outlets/"]
    assert [(line.badge.domain, line.count) for line in view.outlets] == [
        ("busy.example", "3 reports"),
        ("o7.example", "1 report"),
    ]
    assert view.summary == "2 outlets, 4 reports"


def test_an_outlet_says_how_often_it_was_first() -> None:
    """Of the stories that it shares with others."""
    records = (
        report(5, outlet="quick.example", story="one"),
        report(4, outlet="slow.example", story="one"),
        report(3, outlet="quick.example"),
    )
    views = views_of(site_of(*records))
    assert views["outlets/quick.example/"].summary == (
        "2 reports; 1 story shared with others, first on 1"
    )
    assert views["outlets/slow.example/"].summary.endswith("first on 0")


def test_the_archive_has_years_months_and_days() -> None:
    """Each links to the ones beside it that exist."""
    times = (NOON, NOON - hours(24 * 40), NOON - hours(24 * 400))
    site = site_of(
        *(report(n, published=t) for n, t in enumerate(times)), report(9, published=None)
    )
    views = views_of(site)
    assert [a for a in views if a.startswith("archive/")] == [
        "archive/", "archive/2022/", "archive/2023/", "archive/2024/",
        "archive/2022/12/", "archive/2023/12/", "archive/2024/01/",
        "archive/2022/12/14/", "archive/2023/12/09/", "archive/2024/01/18/", "archive/undated/",
    ]  # fmt: skip
    assert [y.label for y in views["archive/"].years] == ["2024", "2023", "2022"]
    middle = views["archive/2023/12/09/"]
    assert (middle.earlier.address, middle.later.address) == (
        "archive/2022/12/14/",
        "archive/2024/01/18/",
    )
    assert views["archive/2024/"].later is None
    assert views["archive/2022/12/"].earlier is None


def test_a_day_lists_all_its_reports() -> None:
    """Newest first; stories of several outlets stand above as cards."""
    records = [report(n, story="one" if n < 2 else None) for n in range(4)]
    view = views_of(site_of(*records))["archive/2024/01/18/"]
    assert [row.address for row in view.rows] == [f"news/r{n:03}/" for n in range(4)]
    assert len(view.cards) == 1
    assert view.summary == "4 reports from 4 outlets"


def test_an_article_knows_its_neighbours_in_time() -> None:
    """The one before and the one after, none beyond the ends."""
    views = views_of(site_of(*map(report, range(3))))
    middle = views["news/r001/"]
    assert (middle.after.address, middle.before.address) == ("news/r000/", "news/r002/")
    assert views["news/r000/"].after is None
    assert views["news/r002/"].before is None


def test_where_little_is_declared_the_nearest_are_shown() -> None:
    """Records alike in words that the page does not show already; with enough declared, none."""
    alike = [
        make_article("Harbour bridge opens", slug=f"s{n}", story=f"k{n}", outlet=f"s{n}.example")
        for n in range(3)
    ]
    views = views_of(site_of(*alike))
    assert {r.address for r in views["news/s0/"].nearest} == {"news/s1/", "news/s2/"}
    declared = tuple(make_piece(f"Elsewhere {n}", published=NOON - hours(9999)) for n in range(4))
    naming = telling(alike[0], related=declared)
    assert views_of(site_of(naming, *alike[1:]))["news/s0/"].nearest == ()


@pytest.mark.parametrize(
    ("headline", "is_shown"), [("Zebra crossing painted", False), ("Zebra finches sing", True)]
)
def test_one_word_in_common_makes_no_report_similar(headline: str, is_shown: bool) -> None:
    """Two do, in a report that is near enough to be found by them."""
    one = make_article("Zebra finches hatch at museum", slug="one", alone=True)
    other = make_article(headline, slug="other", alone=True)
    site = site_of(one, other)
    shown = [row.address for row in views_of(site)["news/one/"].nearest]
    assert shown == (["news/other/"] if is_shown else [])


@pytest.mark.parametrize(("declared", "folded"), [(2, 0), (3, 0), (5, 2)])
def test_the_tail_of_what_is_related_is_folded(declared: int, folded: int) -> None:
    """The first few are shown; the fold says how many it holds."""
    pieces = tuple(
        make_piece(f"Elsewhere {n}", outlet=f"e{n}.example", published=NOON - hours(9999))
        for n in range(declared)
    )
    view = views_of(site_of(report(1, related=pieces), config=Config(related_shown=3)))[
        "news/r001/"
    ]
    assert (len(view.related), len(view.related_more)) == (declared - folded, folded)
    assert view.related_more_label == (f"Show {folded} more reports" if folded else "")
    assert view.related_count.startswith(f"{declared} reports from {declared} outlets")


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("/topics/", "../topics/"),
        ("../news/r001/#top", "../news/r001/#top"),
        ("/archive/2024/01/18/", "../archive/2024/01/18/"),
        ("/archive/2024/", "../archive/2024/"),
        ("/", "../"),
        ("https://x.example/", "https://x.example/"),
        ("javascript:alert(1)", None),
        ("//x.example/", None),
        ("/nowhere/", None),
    ],
)
def test_plain_pages_link_into_the_site(written: str, href: str | None) -> None:
    """From the root or relative, at whatever path the site stands; nothing else gets through."""
    page = PlainPage("pages/about.md", "about", "About", "", f"[link]({written})")
    main = parsed(html_of(site_of(report(1), pages=(page,)))["about/"]).find(".//main")
    assert main is not None
    assert [a.get("href") for a in main.iter("a")] == ([href] if href else [])
    assert text_of(main) == "About link"


def test_the_error_page_offers_the_newest() -> None:
    """Five of them; its links begin at the root of the site."""
    site = site_of(*map(report, range(9)), config=Config(url="https://news.example/repo/"))
    view = views_of(site)["404.html"]
    assert [r.address for r in view.newest] == [f"news/r{n:03}/" for n in range(5)]
    assert (view.head.root, view.head.canonical) == ("/repo/", "")
